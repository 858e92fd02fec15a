# No room for the output: a clear message, nothing half-written.
. "$(dirname "$0")/lib.sh"
yes '{"id":"1","text":"Patient John Smith was seen on 03/12/2021."}' | head -20000 >lines.jsonl
note >note.txt

if [ -c /dev/full ]; then
    "$CORDON" deid -q lines.jsonl >/dev/full 2>err
    [ $? -eq 3 ] || fail "full standard output: exit status"
    has err "no space left"
    deid 3 -q lines.jsonl -o /dev/full
    has err "no space left"
    "$CORDON" detect -q lines.jsonl >/dev/full 2>err
    [ $? -eq 3 ] || fail "detect: full standard output: exit status"
    "$CORDON" deid --help >/dev/full 2>err
    [ $? -eq 3 ] || fail "help to a full standard output: exit status"
fi
(
    ulimit -f 16 # blocks of 512 or 1024 bytes
    "$CORDON" deid -q lines.jsonl -o clean.jsonl 2>err
    echo $? >status
)
[ "$(cat status)" -eq 3 ] || fail "file over its limit: exit status $(cat status)"
absent clean.jsonl
[ -s err ] || fail "no message"
no_temporaries

# In a folder the input whose output does not fit fails, the others are done.
mkdir in
cp note.txt in/a.txt
cp lines.jsonl in/b.jsonl
cp note.txt in/c.txt
(
    ulimit -f 16
    "$CORDON" deid -q in -o clean 2>err
    echo $? >status
)
[ "$(cat status)" -eq 3 ] || fail "a folder with one too large: exit status $(cat status)"
present clean/a.txt
absent clean/b.jsonl
present clean/c.txt
no_temporaries
done_testing
