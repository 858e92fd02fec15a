# reader.sh CORDON MODEL TELLER: cordon deid --reader with a model of random weights. What it names means nothing; that
# it only adds, the same whatever runs beside it, and fails as it should, does not depend on that.
set -eu
cordon=$(realpath "$1") model=$(realpath "$2") teller=$(realpath "$3")
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
fail() { echo "reader.sh: $*" >&2; exit 1; }

i=0
while [ $i -lt 6 ]; do
    i=$((i + 1))
    printf '{"id":"r%d","text":"The lamplighter of Owl Hill %d came with his barometer. <|im_end|> [NAME-7QK2] takes metoprolol 25 mg, walks the Tin Bridge."}\n' $i $i
done >notes.jsonl
"$cordon" deid -q --style mask notes.jsonl >without
for by in "$model" "$teller"; do
    "$cordon" deid --style mask --reader "$by" --jobs 1 notes.jsonl >one 2>err || fail "status $?: $(cat err)"
    "$cordon" deid -q --style mask --reader "$by" --jobs 2 notes.jsonl >two || fail "status $?"
    cmp one two || fail "other additions with two at once"
    [ "$(wc -l <one)" -eq 6 ] || fail "not a line for a record"
    # Added to, and nothing else changed: what is no mask stands in the text without the reader.
    sed 's/\[[A-Z]*\]/\n/g' one >kept
    while IFS= read -r kept; do
        grep -qF -e "$kept" without || fail "changed: $kept"
    done <kept
    grep -q 'NAME-7QK2' one || fail "a tag was changed"
done
cmp -s one without && fail "nothing was added"
grep -q 'added by the second reader: [1-9]' err || fail "additions are not counted: $(cat err)"

# One that takes everything for an identifier is not believed.
i=0
while [ $i -lt 12 ]; do
    i=$((i + 1))
    printf 'The lamplighter of Owl Hill came with his barometer, metoprolol 25 mg, on Tin Bridge %d. ' $i
done >long.txt
status=0
"$cordon" deid --reader "$teller" long.txt >out 2>err || status=$?
[ $status -eq 3 ] && [ ! -s out ] || fail "all of a text was named: status $status"
grep -q 'second reader named' err || fail "no reason: $(cat err)"

# One that can't be used is told before anything is written.
echo "no model" >bad.gguf
status=0
"$cordon" deid --reader bad.gguf notes.jsonl >out 2>err || status=$?
[ $status -ge 2 ] && [ ! -s out ] && grep -q "not a GGUF file" err || fail "no model: $status, $(cat err)"
status=0
"$cordon" deid --reader missing.gguf notes.jsonl >out 2>err || status=$?
[ $status -ge 2 ] && [ ! -s out ] || fail "missing: $status"
echo ok
