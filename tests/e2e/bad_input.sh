# Input that is broken: a clear message without a byte of it, exit 3, and the rest done.
. "$(dirname "$0")/lib.sh"
canary=Quixwortham # stands in every broken input; must stand in no message
printf 'Patient %s \000\001\002 %s' $canary $canary >zz_one.dat
printf 'caf\303\251 %s \303\050 end\n' $canary >zz_two.txt
printf '{"id":"1","text":"Patient John Smith"}\n{"id":"2","text":"%s}\nnot json %s\n{"id":"4","text":"\\ud800 %s"}\n{"id":"5","text":"Patient John Smith"}\n' $canary $canary $canary >zz_three.jsonl
note >good.txt

quiet_about() {
    has_not err $canary
    has_not out $canary
    has_not err zz_
}
mkdir "$canary.d"
cp zz_one.dat "$canary.d/$canary.dat"

deid 3 zz_one.dat
quiet_about
[ -s out ] && fail "binary input gave output"
has err "^cordon deid: input 1.*not text"
deid 3 zz_two.txt -o clean.txt
quiet_about
absent clean.txt
has err "input 1, byte"

deid 3 -q --style mask zz_three.jsonl
quiet_about
[ "$(wc -l <out)" -eq 2 ] || fail "not the two good lines"
has err "input 1, record 2"
has err "input 1, record 3"
has err "input 1, record 4"
[ "$(grep -c '"text":"Patient \[NAME\]"' out)" -eq 2 ] || fail "good lines are not done"

deid 3 zz_one.dat good.txt zz_two.txt zz_three.jsonl "$canary-missing" -o done
quiet_about
present done/good.txt
present done/zz_three.jsonl
[ "$(find done -type f | wc -l)" -eq 2 ] || fail "a broken input has an output"
has err "^cordon deid: input 1[,:]"
has err "^cordon deid: input 3, "
has err "^cordon deid: input 5: .*no such file"
has err "FAILED: 3 records, 3 inputs"

deid 3 "$canary.d" -o done2
quiet_about
deid 3 "$canary"
quiet_about
deid 2 --"$canary" good.txt
quiet_about
deid 2 -p "$canary" good.txt
quiet_about
deid 2 --key "$canary" --profile expert good.txt
quiet_about
deid 3 good.txt -o "$canary-no/such/folder/x"
quiet_about
"$CORDON" "$canary" >out 2>err
[ $? -eq 2 ] || fail "an unknown command is not wrong use"
quiet_about

# detect keeps a line for a line.
detect 3 -q zz_three.jsonl
[ "$(wc -l <out)" -eq 5 ] || fail "detect: not a line for a line"
sed -n 2p out | grep -qx '{"id":null,"error":"not well-formed"}' || fail "detect: line 2"
sed -n 5p out | grep -q '^{"id":"5","spans":\[{' || fail "detect: line 5"
quiet_about
detect 3 -q zz_three.jsonl --jobs 3
sed -n 5p out | grep -q '^{"id":"5","spans":\[{' || fail "detect in parallel: line 5"
printf '{"id":"1","other":"x"}\n' >no_text.jsonl
detect 3 -q no_text.jsonl
has out '^{"id":null,"error":"not well-formed"}$'

# A directory as standard input, a device that can't be read as text.
"$CORDON" deid - <"$tmp" >out 2>err
[ $? -eq 3 ] || fail "a folder as standard input"
head -c 100000 /dev/urandom >random
deid 3 random
[ -s out ] && fail "random bytes gave output"

# An input of which every record failed leaves no empty file, in a folder or alone; what it begins with stays.
mkdir only
printf 'MSH|^~\\&|A\rPID|\rZZ\r' >only/a.hl7
printf 'MSH|^~\\&|A|B|C|D|2021||ADT^A01|4|P|2.5\rPID|1\r' >only/b.hl7
: >only/empty.txt
deid 3 only -o only_out
absent only_out/a.hl7
present only_out/b.hl7
present only_out/empty.txt
has err 'FAILED: 1 record, 1 input; they have no output'
deid 3 -q only/a.hl7 -o alone.hl7
absent alone.hl7
deid 3 -q only/a.hl7 only/b.hl7 -o both.hl7
present both.hl7
"$CORDON" key new only.key >/dev/null
deid 3 -q -p expert -k only.key only -o journaled
absent journaled/a.hl7
deid 3 -p expert -k only.key only -o journaled
has err 'earlier run has done, by its journal: 2'
no_temporaries
done_testing
