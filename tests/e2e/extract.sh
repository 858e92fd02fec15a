# Reports into findings: shapes, order, states, wrong schemas.
. "$(dirname "$0")/lib.sh"

printf '%s\n' '{"id":"a","text":"Small left pleural effusion. No pneumothorax."}' \
    '{"id":"b","text":""}' \
    '{"id":"c","text":"Kein Pneumothorax. Herz nicht vergr."}' \
    '{"id":"d","text":"Please find the invoice enclosed."}' \
    'not json' \
    '{"id":"f","text":"Cardiomegaly. \u00e9dema? Possible pneumonia."}' >reports.jsonl

run 3 "$CORDON" extract -q reports.jsonl
cp out one
[ "$(wc -l <out)" = 6 ] || fail "a line a record"
has out '^{"id":"a","state":"read","findings":{.*"Pleural Effusion":{"status":"present","evidence":\[{"start":11,"end":27}\],"score":0.97,"instances":\[{"side":"left","severity":"small","status":"present"}\]}'
has out '"Pneumothorax":{"status":"absent"'
has out '^{"id":"b","state":"empty","findings":{}}$'
has out '^{"id":"c","state":"other_language","findings":{}}$'
has out '^{"id":"d","state":"not_a_report","findings":{}}$'
has out '^{"id":"5","state":"not_text","findings":{}}$'
has out '^{"id":"f".*"Pneumonia":{"status":"uncertain"'

# The same with many workers, from a pipe, to a file.
run 3 "$CORDON" extract -q -j 4 -o many reports.jsonl
same many one
"$CORDON" extract -q - <reports.jsonl >piped || true
same piped one

# A record that fails keeps the id that could be read of it; only one without takes its number.
printf '%s\n' '{"id":"2","text":"Small effusion."}' '{"id":"a","txt":"x"}' '{"id":"1","text":"No effusion."}' \
    '{"txt":"x"}' >ids.jsonl
for jobs in 1 3; do
    run 3 "$CORDON" extract -q -j $jobs ids.jsonl
    cut -d, -f1 out | tr -d '\n' >ids
    has ids '^{"id":"2"{"id":"a"{"id":"1"{"id":"4"$'
    run 3 "$CORDON" extract -q -j $jobs --deid ids.jsonl
    has out '^{"id":"a","state":"not_text"'
done
# One that is too large is not read at all: it has not the id of the record before it.
{
    echo '{"id":"a","txt":"x"}'
    printf '{"id":"b","text":"%3000s"}\n' x
    echo '{"id":"c","text":"Small effusion."}'
} >large.jsonl
run 3 "$CORDON" extract -q --max-document 1K large.jsonl
cut -d, -f1 out | tr -d '\n' >ids
has ids '^{"id":"a"{"id":"2"{"id":"c"$'

run 3 "$CORDON" extract -q --output-format csv --schema mukherjee13 reports.jsonl
has out '^id,state,Enlarged Cardiomediastinum,Cardiomegaly,'
has out '^a,read,,,,,,,,,0,1,,,$'
has out '^b,empty,,,,,,,,,,,,,$'
has out '^f,read,,1,,,-1,,-1,,,,,,$'

run 3 "$CORDON" extract -q --output-format fhir reports.jsonl
[ "$(wc -l <out)" = 6 ] || fail "a bundle a record"
has out '"resourceType":"DiagnosticReport"'
has out '"code":"POS"'
has out '"status":"cancelled"'
[ -z "$(grep -o '"fullUrl":"[^"]*"' out | sort | uniq -d)" ] || fail "two entries have one name"
grep -o '"reference":"[^"]*"' out | cut -d'"' -f4 >references
[ -s references ] || fail "no references"
while read -r entry; do
    has out "\"fullUrl\":\"$entry\""
done <references

# Reports by themselves are all "1": other words, other names; the same again, the same.
for words in 'Small effusion.' 'Large effusion.' 'Small effusion.'; do
    echo "$words" >alone.txt
    run 0 "$CORDON" extract -q --output-format fhir alone.txt
    grep -o '"fullUrl":"[^"]*"' out >>all_names
done
sort -u all_names >names
[ "$(($(wc -l <names) * 3))" = "$(($(wc -l <all_names) * 2))" ] || fail "names of reports meet"

# A table: its header is no report, an empty cell is an empty one.
printf 'id,text\nx,"Small effusion."\ny,\nz,No pneumothorax\n' >table.csv
run 0 "$CORDON" extract -q --output-format csv --schema mukherjee13 table.csv
[ "$(wc -l <out)" = 4 ] || fail "a line a row"
has out '^x,read,,,,,,,,,,1,,,$'
has out '^y,empty,'
has out '^z,read,,,,,,,,,0,,,,$'

# Offsets in code points, or bytes.
printf '{"id":"x","text":"\303\251\303\251 cardiomegaly"}\n' >wide.jsonl
run 0 "$CORDON" extract -q wide.jsonl
has out '"Cardiomegaly":{"status":"present","evidence":\[{"start":3,"end":15}\]'
run 0 "$CORDON" extract -q --offsets bytes wide.jsonl
has out '"Cardiomegaly":{"status":"present","evidence":\[{"start":5,"end":17}\]'

# De-identified on the way: no name is left in the text that is given back.
printf '{"id":"x","text":"Mr. John Smith has cardiomegaly. MRN: 12345678."}\n' >named.jsonl
run 0 "$CORDON" extract -q --deid --text named.jsonl
if grep -q -e Smith -e 12345678 out; then fail "--deid leaves an identifier"; fi
has out '"Cardiomegaly":{"status":"present"'

# Nothing at all, bytes that are no text, a megabyte of text.
: >nothing.txt
echo "Small effusion." >some.txt
: >nothing.jsonl
run 0 "$CORDON" extract -q nothing.txt some.txt nothing.jsonl
[ "$(wc -l <out)" -eq 2 ] || fail "not a line for each report"
has out '^{"id":"1","state":"empty","findings":{}}$'
has out '^{"id":"2","state":"read"'
run 0 "$CORDON" extract -q - </dev/null
has out '"state":"empty"'
head -c 3000 /dev/zero >zero.txt
run 3 "$CORDON" extract -q zero.txt
has out '"state":"not_text","findings":{}}'
awk 'BEGIN { for (i = 0; i < 60000; i++) printf "No effusion or mass. " }' >long.txt
run 0 "$CORDON" extract -q long.txt
has out '"state":"too_long","findings":{}}'
awk 'BEGIN { for (i = 0; i < 12000; i++) printf "no effusion, " }' >sentence.txt
run 0 "$CORDON" extract -q sentence.txt
has out '"Pleural Effusion":{"status":"absent"'

# Schemas: those of the program, a user's own, wrong ones.
run 0 "$CORDON" extract --list-schemas
has out '^mukherjee13 .* 13 '
run 0 "$CORDON" extract --show-schema symptoms
cp out mine.yaml
printf 'Denies cough.\n' >note.txt
run 0 "$CORDON" extract -q --schema ./mine.yaml note.txt
has out '"Cough":{"status":"absent"'
run 2 "$CORDON" extract -q --schema nonsense note.txt
printf 'schema: x\nfindings:\n  - name: A\n    find: [a b]\n    colour: red\n' >wrong.yaml
run 2 "$CORDON" extract -q --schema ./wrong.yaml note.txt
has err 'line 5'
printf 'schema: x\nfindings:\n  - name: A\n    find:\n      - "ok"\n      - "[x] y"\n' >wrong.yaml
run 2 "$CORDON" extract -q --schema ./wrong.yaml note.txt
has err 'line 6'
printf 'schema: x\nfindings:\n  - name: A\n    find: [a]\n    parent: B\n  - name: B\n    find: [b]\n    parent: A\n' >wrong.yaml
run 2 "$CORDON" extract -q --schema ./wrong.yaml note.txt
has err 'circle'
done_testing
