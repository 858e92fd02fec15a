# Killed at any instant, a run goes on where it was, and ends as if it had never been stopped.
. "$(dirname "$0")/lib.sh"
"$CORDON" key new k.key >/dev/null || fail "no key"
mkdir -p in/a in/SMITH_JOHN
i=0
while [ $i -lt 60 ]; do
    {
        note
        echo "Visit $i."
    } >"in/a/note$i.txt"
    i=$((i + 1))
done
note >in/SMITH_JOHN/x.txt
printf 'Patient \000 Smith' >in/a/binary.txt
deid_k() { deid "$1" -q --profile expert --key k.key --jobs 2 in -o "$2"; }
deid_k 3 whole
present whole.journal
grep -aq -e SMITH -e note5 -e in/a whole.journal && fail "a name in the journal"

# A finished run does nothing; what failed is tried again.
touch -d '1 hour ago' whole/a/note5.txt
deid 3 --profile expert --key k.key in -o whole
has err 'earlier run has done, by its journal: 61'
[ "$(find whole/a/note5.txt -mmin +30 | wc -l)" -eq 1 ] || fail "a finished output was written again"
deid 0 -q --profile expert --key k.key --report r.json in/a/note1.txt in/a/note2.txt -o two/
deid 0 -q --profile expert --key k.key --report r2.json in/a/note1.txt in/a/note2.txt -o two/
[ "$(grep -o '"blake2b_256":"[0-9a-f]*"' r.json | sort)" = "$(grep -o '"blake2b_256":"[0-9a-f]*"' r2.json | sort)" ] ||
    fail "the second report has other outputs"

# Killed again and again at odd moments.
kills=0
round=0
while [ $round -lt 40 ]; do
    round=$((round + 1))
    "$CORDON" deid -q --profile expert --key k.key --jobs 2 in -o killed >/dev/null 2>&1 &
    pid=$!
    # As far as the journal has grown by then is as good as random.
    want=$((round * 96 * 4))
    while kill -0 $pid 2>/dev/null; do
        size=$( (wc -c <killed.journal) 2>/dev/null || echo 0)
        [ "$size" -ge "$want" ] && break
    done
    kill -KILL $pid 2>/dev/null && kills=$((kills + 1))
    wait $pid 2>/dev/null
    [ $? -eq 3 ] && break
done
[ $kills -gt 2 ] || fail "only $kills kills"
deid_k 3 killed
diff -r whole killed >/dev/null || fail "after $kills kills the result is another"
no_temporaries

# A record cut short was never acknowledged; damage elsewhere is.
cp -a killed torn
cp killed.journal torn.journal
truncate -s -40 torn.journal
deid_k 3 torn
[ "$(wc -c <torn.journal)" -ge "$(wc -c <killed.journal)" ] || fail "the torn record is not made good"
cp killed.journal bad.journal
printf 'x' | dd of=bad.journal bs=1 seek=300 conv=notrunc 2>/dev/null
mkdir bad
deid_k 3 bad
has err 'damaged'
cp killed.journal none.journal
deid 2 -q --profile expert --key k.key --date-order dmy in -o none
has err 'other'
cp in/a/note1.txt other.journal
deid_k 3 other
same in/a/note1.txt other.journal
# An input that changed is done again, one that was added is done; --force begins anew.
echo 'Visit more.' >>in/a/note7.txt
note >in/a/new.txt
deid 3 -q --profile expert --key k.key in -o killed
has err 'input [0-9]*: exists already'
present killed/a/new.txt
deid 3 -q --force --profile expert --key k.key in -o killed
has killed/a/note7.txt 'Visit more'
rm killed/a/new.txt
deid 3 -q --profile expert --key k.key in -o killed
present killed/a/new.txt

# Inputs that come later may say more of a patient: what was done of that patient is done again, and nothing else.
mkdir grow
# A capital in the note, none in the word: then no model takes it for a name, and it is known by a table alone.
table() { printf 'mrn,note\n%s,%s\n' "$1" "$2"; }
table 8837211 'Rest well quxwyrth ok' >grow/b.csv
table 7700112 'told torvaldo so' >grow/c.csv
grow() { deid 0 --profile expert --key k.key grow -o "$1"; }
grow grown
has grown/b.csv quxwyrth
touch -d '1 hour ago' grown/c.csv
printf 'mrn,last_name,first_name\n8837211,Quxwyrth,Vronke\n' >grow/a.csv
grow grown
has_not grown/b.csv quxwyrth
has err 'done again, since more is known of their patients: 1'
has err 'earlier run has done, by its journal: 1'
[ "$(find grown/c.csv -mmin +30 | wc -l)" -eq 1 ] || fail "another patient's output was written again"
grow whole-grown
diff -r grown whole-grown >/dev/null || fail "grown, the result is another"
grow grown
has err 'earlier run has done, by its journal: 3'
# What is known less of is done again too; a clinician who is told apart counts with her patients.
mv grow/a.csv a.csv
mkdir more && mv grow/c.csv more/
printf '{"resourceType":"Observation","id":"o","status":"final","subject":{"reference":"Patient/p1"},"performer":[{"reference":"Practitioner/d1"}],"note":[{"text":"the dorbrecht plan"}]}\n' >grow/o.ndjson
grow grown
has grown/b.csv quxwyrth
has grown/o.ndjson 'the dorbrecht plan'
printf '{"resourceType":"Practitioner","id":"d1","name":[{"family":"Dorbrecht"}]}\n' >grow/p.ndjson
grow grown
has_not grown/o.ndjson 'the dorbrecht plan'
# An output that somebody else has changed is not written over.
mv a.csv grow/
echo 'mine' >>grown/b.csv
deid 3 -q --profile expert --key k.key grow -o grown
has err 'exists already'
has grown/b.csv mine
# Whose a line is can be known to the run alone (--patient-field): then all that is said counts.
mkdir lines
printf '{"mrn":"8837211","text":"Rest well quxwyrth ok"}\n' >lines/n.jsonl
deid 0 -q --profile expert --key k.key --patient-field mrn lines -o lined
has lined/n.jsonl quxwyrth
cp grow/a.csv lines/
deid 0 -q --profile expert --key k.key --patient-field mrn lines -o lined
has_not lined/n.jsonl quxwyrth
no_temporaries

# Without a key that outlives the run a journal would join what does not fit.
deid 2 -q --journal j in -o tags
deid 3 -q in -o tags
absent tags.journal
deid 3 -q --style mask --no-journal in -o masks
absent masks.journal

# Parts: together all, each once; a list says what the inputs are.
for i in 1 2 3; do
    deid_status=0
    "$CORDON" deid -q --profile expert --key k.key --shard $i/3 in -o parts 2>err || deid_status=$?
    [ $deid_status -eq 0 ] || [ $deid_status -eq 3 ] || fail "part $i: status $deid_status"
    present parts.$i-of-3.journal
done
deid_k 3 all
diff -r all parts >/dev/null || fail "parts are not the whole"
deid 2 -q --shard 4/3 in -o no
deid 2 -q --shard x in -o no
find in/a -name 'note1*' | sort >list
deid 0 -q --profile expert --key k.key --inputs-from list -o listed/
[ "$(find listed -type f | wc -l)" -eq "$(wc -l <list)" ] || fail "not the list"
tr '\n' '\0' <list | "$CORDON" deid -q --profile expert --key k.key --inputs-from - -o nul/ 2>err
diff -r listed nul >/dev/null || fail "a list ended by NUL"
: >empty
deid 2 -q --inputs-from empty -o no/
no_temporaries

# With a vault: whatever run wrote an output, killed or not, the way back is there when the output is.
"$CORDON" key new v.key >/dev/null || fail "no key"
mkdir -p notes
i=0
while [ $i -lt 30 ]; do
    {
        note
        echo "Visit $i."
    } >"notes/n$i.txt"
    i=$((i + 1))
done
kills=0
round=0
while [ $round -lt 30 ]; do
    round=$((round + 1))
    "$CORDON" deid -q --profile expert --key k.key --vault study.vault --vault-key v.key --jobs 2 notes -o sealed >/dev/null 2>&1 &
    pid=$!
    want=$((round * 96 * 4))
    while kill -0 $pid 2>/dev/null; do
        size=$( (wc -c <sealed.journal) 2>/dev/null || echo 0)
        [ "$size" -ge "$want" ] && break
    done
    kill -KILL $pid 2>/dev/null && kills=$((kills + 1))
    wait $pid 2>/dev/null
    [ $? -eq 0 ] && break
    # What is there after this kill can be turned back already.
    if [ $round -eq 3 ] && [ -d sealed ]; then
        run 0 "$CORDON" reidentify -q --exact --vault study.vault --key v.key --reason 'killed run, audit' sealed -o early
        for f in early/*.txt; do same "$f" "notes/${f##*/}"; done
    fi
done
[ $kills -gt 1 ] || fail "only $kills kills with a vault"
deid 0 -q --profile expert --key k.key --vault study.vault --vault-key v.key --jobs 2 notes -o sealed
[ "$(find sealed -name '*.txt' | wc -l)" -eq 30 ] || fail "outputs are missing"
run 0 "$CORDON" reidentify -q --exact --vault study.vault --key v.key --reason 'killed run, audit' sealed -o restored
diff -r notes restored >/dev/null || fail "after $kills kills the way back is not whole"
no_temporaries
done_testing
