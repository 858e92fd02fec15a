# Compressed inputs: read as what is in them, written as they came; damaged ones refused.
. "$(dirname "$0")/lib.sh"
awk 'BEGIN { for (i = 1; i <= 20000; i++)
    printf "{\"id\":\"%d\",\"text\":\"Patient John Smith was seen on 03/12/2021 by Dr. Lee, visit %d.\"}\n", i, i * 7919 % 100003 }' >l.jsonl
deid 0 -q --style mask l.jsonl -o plain.jsonl
gzip -k l.jsonl
deid 0 -q --style mask l.jsonl.gz -o g.jsonl.gz
gzip -t g.jsonl.gz || fail "the output is no gzip"
gzip -dc g.jsonl.gz | cmp -s - plain.jsonl || fail "gzip: another content"
deid 0 -q --style mask <l.jsonl.gz
gzip -dc out | cmp -s - plain.jsonl || fail "gzip through pipes: another content"
deid 0 -q --style mask --jobs 3 l.jsonl.gz
cmp -s out g.jsonl.gz || fail "gzip: more workers give other bytes"
# Several members, and zeros behind them as tapes leave them.
{
    head -500 l.jsonl | gzip -c
    tail -n +501 l.jsonl | gzip -c
    head -c 512 /dev/zero
} >m.gz
deid 0 -q --style mask m.gz
gzip -dc out | cmp -s - plain.jsonl || fail "members: another content"
if command -v zstd >/dev/null; then
    zstd -q -k l.jsonl
    deid 0 -q --style mask l.jsonl.zst -o z.jsonl.zst
    zstd -q -dc z.jsonl.zst | cmp -s - plain.jsonl || fail "zstd: another content"
    head -c 1000 l.jsonl.zst >cut.zst
    deid 3 -q cut.zst -o cut.out
    absent cut.out
    has err 'too early'
fi
detect 0 -q l.jsonl.gz
[ "$(wc -l <out)" -eq 20000 ] || fail "detect: not a line a text"

# A folder keeps endings; an identifier in a name goes all the same.
mkdir in
cp l.jsonl.gz in/notes.jsonl.gz
note | gzip -c >in/SMITH_JOHN.txt.gz
printf 'mrn,name\n0048291,John Smith\n' | gzip -c >in/table.csv.gz
deid 0 -q --style mask in -o clean
present clean/notes.jsonl.gz
present clean/table.csv.gz
[ "$(gzip -dc clean/table.csv.gz | tail -1)" = '[MRN],[NAME]' ] || fail "a table in gzip"
[ "$(find clean -name '*SMITH*' | wc -l)" -eq 0 ] || fail "a name in a name"
[ "$(find clean -name '*.txt.gz' | wc -l)" -eq 1 ] || fail "the ending of a text is gone"

# Cut short, damaged, followed by something else: refused, without output, without content.
size=$(wc -c <l.jsonl.gz)
head -c $((size / 2)) l.jsonl.gz >cut.gz
{
    head -c $((size / 2)) l.jsonl.gz
    printf 'xxxxxxxx'
    tail -c +$((size / 2 + 9)) l.jsonl.gz
} >bad.gz
{
    cat l.jsonl.gz
    echo Quixwortham
} >tail.gz
for f in cut bad tail; do
    deid 3 -q --style mask $f.gz -o $f.out
    absent $f.out
    has err '^cordon deid: input 1, byte [0-9]*: damaged'
    has_not err Quixwortham
done
# What grows without end is no note, and ends before the disk is full.
head -c 300000000 /dev/zero | tr '\0' 'a' | gzip -9 >bomb.gz
deid 3 -q --format jsonl bomb.gz -o bomb.out
absent bomb.out
has err 'grow more than two-hundredfold'
: | gzip -c >empty.gz
deid 0 -q empty.gz -o e.gz
gzip -t e.gz || fail "an empty output is no gzip"
no_temporaries
done_testing
