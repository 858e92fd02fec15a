#!/bin/sh
# What is left of a name follows its bearer: initials, sign-offs, names to sign on with, in every format and any order.
here=$(cd "$(dirname "$0")" && pwd)
. "$(dirname "$0")/lib.sh"

# A key that is known: by another one a surrogate could, once in a while, begin as the original does.
run 0 cp "$here/../../examples/example.key" study.key
chmod 600 study.key
# expert FILE…: by surrogates of the key, to standard output
expert() { deid 0 --quiet --profile expert --key study.key "$@"; }
# word N FILE: the n-th word of the first line
word() { head -1 "$2" | cut -d' ' -f"$1" | tr -d '\r.,;'; }

# --- a note: one person, one surrogate, and nothing of the original ---
{
    echo 'Xylon Quelby was admitted.'
    echo 'X. Quelby was told. Mr. Quelby agreed, X.Q. was seen. Pt X.Q. left.'
    echo 'Mail: xquelby@clinic.org, xylon.q@clinic.org'
    echo 'Xylon Q. is well.'
} >after.txt
tac after.txt >before.txt
expert after.txt && cp out after.out
given=$(word 1 after.out) family=$(word 2 after.out)
g=$(printf %.1s "$given") f=$(printf %.1s "$family")
small=$(printf %s "$g$family" | tr '[:upper:]' '[:lower:]')
has after.out "^$g. $family was told. Mr. $family agreed, $g.$f. was seen. Pt $g.$f. left.$"
has after.out "^Mail: $small@example.[a-z]*, $(printf %s "$given.$f" | tr '[:upper:]' '[:lower:]')@example"
has after.out "^$given $f. is well.$"
for rest in Xylon Quelby xquelby xylon 'X\.'; do has_not after.out "$rest"; done

# The name may come last; and nothing depends on the run, its threads, or what else is de-identified in it.
expert before.txt
tac after.out >turned.out
same out turned.out
{
    for n in 1 2 3 4 5 6 7 8; do
        printf '{"id":"%s","text":"JS was told. Dr. Otto Brandt, pager %s. O. Brandt signed."}\n' $n $n
        printf '{"id":"x%s","text":"Pt X.Q. left.","more":"Xylon Quelby was admitted."}\n' $n
    done
} >many.jsonl
expert --jobs 1 many.jsonl && cp out one.out
expert --jobs 4 many.jsonl
same out one.out
has one.out "\"text\":\"Pt $g.$f. left.\",\"more\":\"$given $family was admitted.\""

# Two of whom it could be: as where nobody is named.
echo 'X.Q. was told.' >alone.txt
printf 'X.Q. was told.\nXylon Quelby and Xenia Quelby were told.\n' >two.txt
expert alone.txt && cp out alone.out
expert two.txt && head -1 out >two.out
same two.out alone.out

# Masks and tags are as they were; surrogates from a table that dies with the run follow, too.
deid 0 --quiet --style mask after.txt
has out '^\[NAME\] was told. \[NAME\] agreed, \[NAME\] was seen'
deid 0 --quiet --style surrogate after.txt && cp out harbor.out
g=$(word 1 harbor.out | cut -c1) f=$(word 2 harbor.out | cut -c1)
has harbor.out "agreed, $g.$f. was seen"

# --- what fields say of a patient ---
printf 'MSH|^~\\&|A|B|C|D|2021||ORU^R01|1|P|2.5\rPID|1||8837211^^^H^MR||Quelby^Xylon^R||||||||^^^xquelby@clinic.org\rOBX|1|TX|N||X. Quelby was told, X.Q. and X.R.Q. left.||||||F\r' >oru.hl7
expert oru.hl7
tr '\r' '\n' <out >lines
family=$(sed -n 's/^PID|1||[^|]*||\([A-Za-z]*\)^.*/\1/p' lines)
given=$(sed -n 's/^PID|1||[^|]*||[A-Za-z]*^\([A-Za-z]*\)^.*/\1/p' lines)
middle=$(sed -n 's/^PID|1||[^|]*||[A-Za-z]*^[A-Za-z]*^\([A-Z]\)|.*/\1/p' lines)
g=$(printf %.1s "$given") f=$(printf %.1s "$family")
has lines "|$g. $family was told, $g.$f. and $g.$middle.$f. left.|"
has lines "|^^^$(printf %s "$g$family" | tr '[:upper:]' '[:lower:]')@example"

printf '{"resourceType":"Patient","id":"a","name":[{"family":"Quelby","given":["Xylon"]}],"text":{"status":"generated","div":"<div>Pt X.Q. was told. X. Quelby agreed.</div>"}}\n' >patient.json
expert patient.json
has out "\"family\":\"$family\",\"given\":\[\"$given\"\]"
has out "Pt $g.$f. was told. $g. $family agreed."

printf 'mrn,first_name,last_name,email,note\n8837211,Xylon,Quelby,xquelby@clinic.org,Pt X.Q. was told.\n' >rows.csv
expert rows.csv
has out "^[0-9]*,$given,$family,$(printf %s "$g$family" | tr '[:upper:]' '[:lower:]')@example.[a-z]*,Pt $g.$f. was told.$"

# … or another input says it.
mkdir in
cp rows.csv in
printf '{"id":"n","mrn":"8837211","text":"Pt X.Q. was told. X. Quelby agreed."}\n' >in/notes.jsonl
expert --patient-field mrn in -o clean
has clean/notes.jsonl "Pt $g.$f. was told. $g. $family agreed."

# The first given name stays the first one, whatever the alphabet says of the second.
mkdir two
printf 'MSH|^~\\&|A|B|C|D|2021||ADT^A01|1|P|2.5\rPID|1||8837211^^^H^MR||Quelby^Xylon^Adam\r' >two/first.hl7
printf 'MSH|^~\\&|A|B|C|D|2021||ORU^R01|2|P|2.5\rPID|1||8837211^^^H^MR\rOBX|1|TX|N||Pt X.Q. was told. X. Quelby agreed.||||||F\r' >two/second.hl7
expert two -o told
has told/second.hl7 "|Pt $g.$f. was told. $g. $family agreed.|"

# --- one telephone number in parts ---
{
    printf 'MSH|^~\\&|A|B|C|D|2021||ADT^A01|1|P|2.5\rPID|1||8837211^^^H^MR||Quelby^Xylon||||||||'
    printf '(617)555-2368X22^PRN^PH^^1^617^5552368^22~^PRN^PH^^1^617^5552368~^PRN^PH^^44^20^79460958~+44 20 7946 0958'
    printf '~^PRN^CP^^^^^^^^^+16175552368\r'
} >phones.hl7
expert phones.hl7
tr '\r' '\n' <out | tr '~' '\n' | sed -n '/^PID/,$p' | sed 's/^PID.*|//' >phones
area=$(sed -n '1s/^(\([0-9]*\)).*/\1/p' phones) line=$(sed -n '1s/^([0-9]*)\([0-9]*\)-\([0-9]*\)X.*/\1\2/p' phones)
extension=$(sed -n '1s/^[^X]*X\([0-9]*\)^.*/\1/p' phones)
{ [ "$area" != 617 ] && [ "$line" != 5552368 ] && [ "$extension" != 22 ]; } || fail "a telephone number stays"
has phones "X$extension^PRN^PH^^1^$area^$line^$extension$"
has phones "^^PRN^PH^^1^$area^$line$"
has phones "+1$area$line$"
abroad=$(sed -n 's/^+44 \(.*\)/\1/p' phones | tr -d ' ')
parts=$(sed -n 's/^^PRN^PH^^44^\([0-9]*\)^\([0-9]*\)$/\1\2/p' phones)
{ [ -n "$parts" ] && [ "$abroad" = "$parts" ]; } || fail "the parts of a number abroad are another number"
deid 0 --quiet --style mask phones.hl7
has out '|\[PHONE\]^PRN^PH^^1^\[PHONE\]^\[PHONE\]^\[PHONE\]~'

# --- the way back ---
deid 0 --quiet --style surrogate --vault v --vault-key study.key after.txt -o v.out
run 0 "$CORDON" reidentify --quiet --vault v --key study.key --reason 'audit 2026-114' v.out
same out after.txt
deid 0 --quiet --style surrogate --vault v2 --vault-key study.key oru.hl7 -o v2.out
run 0 "$CORDON" reidentify --quiet --vault v2 --key study.key --reason 'audit 2026-114' v2.out
same out oru.hl7

done_testing
