# The second reader: it adds what it names where that stands, and a reader that fails fails the record.
. "$(dirname "$0")/../e2e/lib.sh"
. "$(dirname "$0")/lib_served.sh"

cat >note.txt <<'EOF'
The Owl's keeper was seen by John Smith. Owl's
keeper denies cough; takes 25 mg. Owlskeeper [NAME-7QK2] is another word.
EOF
echo '{"found":[{"words":"Owl'"'"'s keeper","kind":"other"},{"words":"[REMOVED]","kind":"name"}]}' >answer
deid 0 --style mask --reader "$at/good" note.txt
cat >expected <<'EOF'
The [ID] was seen by [NAME] [NAME]. [ID] denies cough; takes 25 mg. Owlskeeper [NAME-7QK2] is another word.
EOF
tr '\n' ' ' <out >flat && tr '\n' ' ' <expected >flat_expected
sed 's/\[NAME\] \[NAME\]/[NAME]/; s/\[ID\] *\[ID\]/[ID]/' flat >flat1
sed 's/\[NAME\] \[NAME\]/[NAME]/' flat_expected >flat2
same flat1 flat2
has err 'added by the second reader: 2'
has log 'seen by \[REMOVED\]' # as the instructions name it
has_not log Smith

# Only added: without it everything else is the same.
run 0 "$CORDON" deid -q --style mask note.txt
grep -o 'denies cough; takes 25 mg. Owlskeeper \[NAME-7QK2\] is another word.' out >rest || fail "other text changed"

# Never something plausible: masked where the run writes surrogates, tagged where it tags.
deid 0 --style surrogate --reader "$at/good" note.txt
has out 'The \[ID\] was seen by'
deid 0 --style tag --reader "$at/good" note.txt
has out 'The \[ID-[0-9A-Z]*\] was seen by'

# In every text of a record, in order, whatever the number of workers; kinds by their labels.
i=0
while [ $i -lt 12 ]; do
    i=$((i + 1))
    printf '{"id":"r%d","text":"Known as case-%d, says the lamp.","more":"Again case-%d, not case-%d9."}\n' $i $i $i $i
done >notes.jsonl
echo '{"found":[{"words":"@CASE@","kind":"organization"},{"words":"lamp","kind":"place"}]}' >answer
deid 0 -q --style mask --reader "$at/good/v1" --jobs 1 notes.jsonl
mv out one
deid 0 -q --style mask --reader "$at/good/v1" --jobs 4 notes.jsonl
same out one
has one '{"id":"r7","text":"Known as \[ORGANIZATION\], says the \[LOCATION\].","more":"Again \[ORGANIZATION\], not case-79."}'
deid 0 -q --profile limited --style mask --reader "$at/good/v1" notes.jsonl
has out '"text":"Known as case-7, says the \[LOCATION\]' # what a profile keeps stays

# The report and the review count them apart, and say what they are.
deid 0 -q --reader "$at/good" --report report.json notes.jsonl
has report.json '"by_reader":36'
has report.json '"SECOND_READER"'
has report.json 'named by the second reader'
deid 0 -q --reader "$at/good" --review sample.jsonl notes.jsonl
has sample.jsonl '"by_reader":36'
i=0
while [ $i -lt 30 ]; do
    i=$((i + 1))
    echo
done | "$CORDON" review read sample.jsonl --reviewer A -o verdicts.jsonl >/dev/null
run 0 "$CORDON" review result sample.jsonl verdicts.jsonl
has out 'added by the second reader in the run: 36 of'

# Readers that fail: the record fails, the others are done.
sed 's/case-5\b/case-13/g' notes.jsonl >thirteen.jsonl
grep -v '"id":"r5"' one >expected
for kind in slow close half broken nonsense cut huge redirect; do
    deid 3 --style mask --reader "$at/$kind" --reader-timeout 2 --jobs 2 thirteen.jsonl
    same out expected
    has err 'record 5'
    has err '1 record'
done
# … or it is done without the reader, and that is counted.
deid 0 --style mask --reader "$at/broken" --reader-may-fail --report may.json thirteen.jsonl
has out '{"id":"r5","text":"Known as case-13, says the lamp.'
has err 'WITHOUT the second reader, which failed: 1 record'
has may.json '"unread":1'
deid 2 --reader "$at/broken" --reader-may-fail thirteen.jsonl
has err 'takes a --report'

# Readers that say what can't be: nothing of it is believed.
refuses() {
    printf '%s\n' "$1" >answer
    deid 3 --reader "$at/good" notes.jsonl
    [ ! -s out ] || fail "taken: $1"
}
refuses 'The lamp.'
refuses '{"found":[{"words":"candle","kind":"name"}]}'
has err 'does not stand in the text'
refuses '{"found":[{"words":"lamp","kind":"person"}]}'
refuses '{"found":[{"words":"lamp"}]}'
refuses '{"found":[]} lamp'
refuses '{"found":{}}'
refuses '{"lost":[]}'
long=$(printf 'says the lamp %.0s' 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20)
refuses "{\"found\":[{\"words\":\"$long\",\"kind\":\"name\"}]}"
many=$(i=0; while [ $i -lt 65 ]; do i=$((i + 1)); printf '{"words":"lamp","kind":"name"},'; done)
refuses "{\"found\":[${many%,}]}"
printf '{"id":"a","text":"%s"}\n' "$(i=0; while [ $i -lt 200 ]; do i=$((i + 1)); printf 'the lamp '; done)" >lamps.jsonl
echo '{"found":[{"words":"the lamp","kind":"name"}]}' >answer
deid 3 --reader "$at/good" lamps.jsonl
has err 'more than could have been overlooked'
echo '{"found":[]}' >answer
deid 0 -q --reader "$at/good" lamps.jsonl
same out lamps.jsonl

# A long record is read in parts.
i=0
while [ $i -lt 400 ]; do
    i=$((i + 1))
    echo "Line $i: the lungs are clear and the heart is quiet."
done >long.txt
echo "The lamplighter came." >>long.txt
echo '{"found":[]}' >answer
: >log
deid 0 -q --reader "$at/good" --jobs 1 long.txt
same out long.txt
[ "$(grep -c 'Line ' log)" -ge 4 ] || fail "a long record was sent at once"
deid 2 --reader-model x note.txt
deid 2 --reader x.gguf --allow-public note.txt
deid 2 --reader http://192.0.2.1/ note.txt
has err 'no address of the house'
done_testing
