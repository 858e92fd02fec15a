# A sample is drawn, read by two, and carried back to the whole.
. "$(dirname "$0")/lib.sh"
mkdir in
i=1
while [ $i -le 40 ]; do
    {
        note
        echo "Visit $i; his cat purring & <b>dog</b> sat."
    } >in/$i.txt
    i=$((i + 1))
done
"$CORDON" key new k.key >/dev/null || fail "no key"
deid 0 -q -p expert --key k.key --style tag in --review s.jsonl --review-random 20 --review-doubtful 10 --review-seed 3
[ -s out ] && fail "a sample gave output"
[ "$(stat -c %a s.jsonl)" = 600 ] || fail "others may read the sample"
has s.jsonl '^{"cordon_sample":1,"id":"[0-9a-f]*","outputs":null,"set_blake2b_256":null}$'
n=$(($(wc -l <s.jsonl) - 1))
[ "$n" -gt 15 ] && [ "$n" -lt 40 ] || fail "$n records drawn"
deid 0 -q -p expert --key k.key --style tag in --review again.jsonl --review-random 20 --review-doubtful 10 --review-seed 3 --jobs 3
same s.jsonl again.jsonl
deid 0 -q -p expert --key k.key --style tag in --review all.jsonl --review-random 4000
[ "$(wc -l <all.jsonl)" -eq 41 ] || fail "not all are drawn"
deid 3 -q in --review s.jsonl
deid 2 -q - --review stdin.jsonl </dev/null
deid 2 -q in --review s2.jsonl --report r.json
deid 2 -q in --review s2.jsonl -o x --journal j

# With an output: the same bytes as without a sample, and the sample names them.
deid 0 -q -p expert --key k.key --style tag in -o plain --no-journal
deid 0 -q -p expert --key k.key --style tag in -o clean --review with.jsonl --review-random 20 --review-doubtful 10 --review-seed 3 --report with.json
diff -r plain clean >/dev/null || fail "a sample changes the output"
absent clean.journal
sed 1d s.jsonl >apart
sed 1d with.jsonl >together
same apart together
set=$(sed -n 's/^ *"set_blake2b_256":"\([0-9a-f]*\)",$/\1/p' with.json)
has with.jsonl "\"outputs\":40,\"set_blake2b_256\":\"$set\""
[ "$(stat -c %a with.jsonl)" = 600 ] || fail "others may read the sample"
# --force replaces a sample, and never an input.
cp in/1.txt before
deid 3 -q in --review in/1.txt --force
same before in/1.txt
deid 0 -q in --review apart.jsonl
deid 0 -q in --review apart.jsonl --force
no_temporaries

run 0 "$CORDON" review page s.jsonl -o p.html
has p.html '&amp; &lt;b&gt;dog&lt;/b&gt;'
has p.html "default-src 'none'"
has p.html "data-sample=\"$(sed -n '1s/.*"id":"\([0-9a-f]*\)".*/\1/p' s.jsonl)\""
has_not p.html '<b>dog'
[ "$(grep -c '<section' p.html)" -eq "$n" ] || fail "not a section a record"
[ "$(stat -c %a p.html)" = 600 ] || fail "others may read the page"

# A finds nothing, then two names; B one of them. What was read is not asked again.
yes '' | head -5 | "$CORDON" review read s.jsonl --reviewer A -o a.jsonl >out 2>err
[ "$(wc -l <a.jsonl)" -eq 5 ] || fail "not five verdicts"
{
    printf 'purring\n\nnot there\npurring\n\n'
    yes '' | head -100
} | "$CORDON" review read s.jsonl --reviewer A -o a.jsonl >out 2>err
[ "$(wc -l <a.jsonl)" -eq "$n" ] || fail "not all are read"
has out 'that does not stand there'
has_not a.jsonl purring
{
    yes '' | head -5
    printf 'purring\n'
    yes '' | head -100
} | "$CORDON" review read s.jsonl --reviewer B -o b.jsonl >out 2>err
run 0 "$CORDON" review result s.jsonl a.jsonl
has out "^read $n of $n records drawn"
has out '2 of them with a miss, 2 misses'
has out 'read by one'
run 1 "$CORDON" review result s.jsonl a.jsonl b.jsonl --bound 0.001 -o r.json
has out '^two readers: '
has r.json '"read_by_two":'
has r.json '"is_reached":false'
run 0 "$CORDON" review result s.jsonl a.jsonl -o r.html
has_not r.html purring
yes '' | head -100 | "$CORDON" review read s.jsonl --reviewer C -o c.jsonl >out 2>err
run 0 "$CORDON" review result s.jsonl c.jsonl --bound 0.3
has out 'the bound of 0.3 is reached'
run 1 "$CORDON" review result s.jsonl c.jsonl --bound 0.001
has out 'for a bound of 0.001 read [0-9]* more'

# A verdict that a full disk or a kill cut off is asked again; a file that holds something else is left alone.
wc -l <c.jsonl >whole
for cut in 2 20; do
    head -c -$cut c.jsonl >cut.jsonl
    yes '' | head -100 | "$CORDON" review read s.jsonl --reviewer C -o cut.jsonl >out 2>err
    has out 'cut off: its record is asked again'
    wc -l <cut.jsonl | same - whole
    run 0 "$CORDON" review result s.jsonl cut.jsonl
done
head -c -1 c.jsonl >cut.jsonl
yes '' | head -100 | "$CORDON" review read s.jsonl --reviewer C -o cut.jsonl >out 2>err
same cut.jsonl c.jsonl
printf 'other words' >other
cp other kept
run 3 "$CORDON" review read s.jsonl --reviewer C -o other
same other kept

# What is no sample or no verdict is refused by its line, without its content.
echo '{"unit":"Quixwortham"}' >bad.jsonl
run 3 "$CORDON" review result bad.jsonl a.jsonl
has err 'record 1'
has_not err Quixwortham
id=$(sed -n '1s/.*"id":"\([0-9a-f]*\)".*/\1/p' s.jsonl)
echo '{"unit":"99:1","reviewer":"Quixwortham","missed":[]}' >bad.jsonl
run 3 "$CORDON" review result s.jsonl bad.jsonl
has_not err Quixwortham
echo '{"sample":"'$id'","unit":"99:1","reviewer":"Quixwortham","missed":[]}' >bad.jsonl
run 3 "$CORDON" review result s.jsonl bad.jsonl
has err 'not in the sample'
has_not err Quixwortham
sed 's/"sample":"[0-9a-f]*"/"sample":"00"/' a.jsonl >bad.jsonl
run 3 "$CORDON" review result s.jsonl bad.jsonl
has err 'another sample'
run 2 "$CORDON" review read s.jsonl -o x.jsonl
run 2 "$CORDON" review
done_testing
