# Standard input and output, files, JSON lines, encodings.
. "$(dirname "$0")/lib.sh"
note >note.txt

deid 0 note.txt
has_not out "John Smith"
has_not out "Lopez"
has_not out "03/12/2021"
has out "Parkinson's disease, stable on carbidopa-levodopa 25/100 mg"
has err "claim: safe harbor"

deid 0 --style mask - <note.txt
cp out by_stdin
deid 0 --style mask <note.txt
same out by_stdin
deid 0 --style mask note.txt
same out by_stdin
deid 0 --quiet --style mask note.txt
[ -s err ] && fail "--quiet is not quiet"
deid 0 -q --style mask note.txt -o clean.txt
[ -s out ] && fail "standard output is not empty with -o"
same clean.txt by_stdin
deid 0 -q --style mask --output=- note.txt
same out by_stdin

# An output that exists is kept, unless told otherwise; an input is never written over.
cp clean.txt before
deid 3 --style tag note.txt -o clean.txt
same clean.txt before
deid 0 --style tag --force note.txt -o clean.txt
cmp -s clean.txt before && fail "--force did not replace"
cp note.txt before
deid 2 --force note.txt -o note.txt
same note.txt before
ln -s note.txt link.txt
deid 2 --force link.txt -o note.txt
deid 2 --force note.txt -o link.txt
same note.txt before
"$CORDON" deid note.txt >>note.txt 2>err
[ $? -eq 2 ] || fail "appending to its own input was not refused"
same note.txt before
mkdir same
cp note.txt same/
deid 2 --force same/note.txt -o same/
same same/note.txt before

# JSON lines: values change, the rest stays byte for byte; blank lines and endings too.
printf '{"id": 1,  "text":"Patient John Smith seen 03/12/2021", "n":[1.50e0,true]}\r\n\n{"text":"none","id":"b"}' >in.jsonl
deid 0 -q --style mask in.jsonl
printf '{"id": 1,  "text":"Patient [NAME] seen 2021", "n":[1.50e0,true]}\r\n\n{"text":"none","id":"b"}' >want
same out want
deid 0 -q --style mask --format jsonl - <in.jsonl
same out want

# Encodings come back as they came.
printf 'Patient Jos\351 Garc\355a, f\351vrier.\r\n' >latin1.txt
deid 0 -q --style mask latin1.txt
has_not out "Garc"
printf ', f\351vrier.\r\n' >tail_want
tail -c 12 out >tail_got
same tail_got tail_want
note | iconv -f utf-8 -t utf-16 >utf16.txt
deid 0 -q --style mask utf16.txt
iconv -f utf-16 -t utf-8 <out >got
deid 0 -q --style mask note.txt
same got out

# An empty input gives an empty output.
: >empty.txt
deid 0 -q empty.txt -o empty_out.txt
present empty_out.txt
[ -s empty_out.txt ] && fail "something came from nothing"

# detect: a line a text, ordinals as ids.
detect 0 -q note.txt - <note.txt
[ "$(wc -l <out)" -eq 2 ] || fail "not a line a text"
has out '^{"id":"1","spans":\[{"start":8,"end":18,"label":"NAME","score":[01]\.[0-9]*}'
has out '^{"id":"2","spans":'
detect 0 -q --explain note.txt
has out '"rule":"NAME_[A-Z_]*","reason":"'
printf '{"id":"x","text":"\303\251\303\251 Patient John Smith"}\n{"text":"Patient John Smith","id":7}\n' >uni.jsonl
detect 0 -q uni.jsonl
has out '^{"id":"x","spans":\[{"start":11,"end":21,"label":"NAME"'
has out '^{"id":"7","spans":\[{"start":8,"end":18,"label":"NAME"'
detect 0 -q --offsets bytes uni.jsonl
has out '^{"id":"x","spans":\[{"start":13,"end":23,"label":"NAME"'
printf '{"id":"x","note":"Patient John Smith"}\n' >note.jsonl
detect 0 -q --field note note.jsonl
has out '"label":"NAME"'

# A closed stream is neither empty nor a place for results.
"$CORDON" deid -q - <&- >out 2>err
[ $? -eq 3 ] || fail "a closed standard input passed for an empty one"
"$CORDON" deid -q note.txt >&- 2>err
[ $? -eq 3 ] || fail "results written to a closed standard output passed for done"
"$CORDON" --version >&- 2>err
[ $? -eq 3 ] || fail "a version written to a closed standard output passed for done"
"$CORDON" deid --style mask note.txt -o closed.txt <&- >&- 2>&-
[ $? -eq 0 ] || fail "an output file needs no standard streams"
same closed.txt by_stdin
no_temporaries
done_testing
