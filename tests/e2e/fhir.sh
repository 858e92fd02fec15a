# FHIR: a Bundle and lines of resources through deid and check; what stays joined; where faults lie.
. "$(dirname "$0")/lib.sh"
canary=Quixwortham
cat >bundle.json <<'END'
{
  "resourceType": "Bundle",
  "type": "collection",
  "entry": [
    { "fullUrl": "urn:uuid:11111111-2222-4333-8444-555555555555",
      "resource": {
        "resourceType": "Patient",
        "id": "11111111-2222-4333-8444-555555555555",
        "identifier": [ { "type": { "coding": [ { "code": "MR" } ] }, "value": "00482913" } ],
        "name": [ { "family": "Quixwortham", "given": [ "Zephyrine", "Ann" ] } ],
        "gender": "female",
        "birthDate": "1947-04-05",
        "address": [ { "line": [ "12 Cedar Lane" ], "city": "Springfield", "state": "OH" } ] } },
    { "resource": {
        "resourceType": "Observation",
        "id": "obs1",
        "status": "final",
        "code": { "coding": [ { "system": "http://loinc.org", "code": "29463-7" } ], "text": "Body Weight" },
        "subject": { "reference": "urn:uuid:11111111-2222-4333-8444-555555555555" },
        "valueQuantity": { "value": 71.5, "unit": "kg" },
        "note": [ { "text": "Zephyrine Quixwortham, MRN 482913, is stable." } ] } }
  ]
}
END
for style in mask tag surrogate; do
    deid 0 -q --style $style bundle.json -o clean.$style.json
    has clean.$style.json '"value": 71.5, "unit": "kg"'
    has clean.$style.json '"text": "Body Weight"'
    has_not clean.$style.json $canary
    has_not clean.$style.json Zephyrine
    has_not clean.$style.json 482913
    has_not clean.$style.json 1947-
    has_not clean.$style.json Cedar
    has_not clean.$style.json 11111111-2222
    [ "$(wc -l <clean.$style.json)" -eq "$(wc -l <bundle.json)" ] || fail "$style: not the same lines"
    # The reference leads to the patient still.
    id=$(sed -n 's/.*"id": "\(.*-.*\)",$/\1/p' clean.$style.json)
    [ -n "$id" ] && [ "$(grep -c "urn:uuid:$id" clean.$style.json)" -eq 2 ] || fail "$style: the graph does not join"
    run 0 "$CORDON" check -q bundle.json clean.$style.json
done
run 1 "$CORDON" check -q bundle.json bundle.json
has_not err $canary
has_not out $canary

# However many values one record says of its patient, the last is known as the first is; a number that is too long to
# be searched refuses the record, and says where it lies.
{
    printf '{"resourceType":"Bundle","type":"collection","entry":[{"resource":{"resourceType":"Patient","id":"p1","name":['
    awk 'BEGIN { for (i = 1; i <= 6000; i++) printf "%s{\"family\":\"Quelb%sorth\"}", (i > 1 ? "," : ""), \
        substr("abcdefghij", i % 10 + 1, 1) substr("klmnopqrst", int(i / 10) % 10 + 1, 1) \
        substr("uvwxyzabcd", int(i / 100) % 10 + 1, 1) substr("efghijklmn", int(i / 1000) % 10 + 1, 1) }'
    printf ',{"family":"Quixwortham"}]}},{"resource":{"resourceType":"Observation","id":"o1","status":"final",'
    printf '"subject":{"reference":"Patient/p1"},"note":[{"text":"her sister quixwortham, not quelling, told it"}]}}]}\n'
} >many.json
deid 0 -q --style mask many.json
has out '"text":"her \[NAME\], not quelling, told it"'
{
    printf '{"resourceType":"Patient","id":"p1","identifier":[{"value":"'
    awk 'BEGIN { for (i = 0; i < 1200; i++) printf "7" }'
    printf '"}],"text":{"status":"generated","div":"<div xmlns=\\"http://www.w3.org/1999/xhtml\\">well</div>"}}\n'
} >long.json
deid 3 -q --style mask long.json -o long.out
absent long.out
has err 'input 1, record 1, byte 60: .*a number is too long to be searched (1200 bytes)'

# A patient in one bundle, and who refers to her in another: by identifier, by address, by an identifier alone. The name
# in small letters, with a letter wrong, is known; what joins the two is replaced alike.
mkdir pair
cat >pair/a.json <<'END'
{"resourceType":"Bundle","type":"transaction","entry":[{"fullUrl":"urn:uuid:21111111-2222-4333-8444-555555555555",
"resource":{"resourceType":"Patient","id":"p1","identifier":[{"system":"http://h.example/ids","value":"QX-0048291"}],
"name":[{"family":"Quixwortham"}]}}]}
END
cat >pair/b.json <<'END'
{"resourceType":"Bundle","type":"transaction","entry":[
{"resource":{"resourceType":"Observation","status":"final","subject":{"reference":"Patient?identifier=http://h.example/ids|QX-0048291"},"note":[{"text":"quixworthan one"}]}},
{"resource":{"resourceType":"Observation","status":"final","subject":{"reference":"urn:uuid:21111111-2222-4333-8444-555555555555"},"note":[{"text":"quixworthan two"}]}},
{"resource":{"resourceType":"Observation","status":"final","subject":{"identifier":{"system":"http://h.example/ids","value":"QX-0048291"}},"note":[{"text":"quixworthan three"}]}}]}
END
deid 0 -q --style tag pair -o pair.tag --keep-names
[ "$(grep -c '"text":"\[NAME-[0-9A-Z]*\] ' pair.tag/b.json)" -eq 3 ] || fail "a reference by another name is not followed"
tag=$(sed -n 's/.*"value":"\(\[MRN-[0-9A-Z]*\]\)".*/\1/p' pair.tag/a.json)
[ -n "$tag" ] && [ "$(grep -cF "$tag" pair.tag/b.json)" -eq 2 ] || fail "an identifier is not the same in a reference"
[ "$(sed -n 's/.*"text":"\(\[NAME-[0-9A-Z]*\]\).*/\1/p' pair.tag/b.json | sort -u | wc -l)" -eq 1 ] || fail "a name is not the same"
run 0 "$CORDON" check -q pair pair.tag

# One resource a line: the same by content, in order, with one worker and with two.
cat >lines.ndjson <<'END'
{"resourceType":"Patient","id":"p1","name":[{"family":"Quixwortham","given":["Zephyrine"]}],"birthDate":"1947-04-05"}
{"resourceType":"Observation","id":"o1","status":"final","subject":{"reference":"Patient/p1"},"note":[{"text":"Quixwortham is fine"}]}
END
run 0 "$CORDON" key new k.key
deid 0 -q --profile expert --style surrogate --key k.key --jobs 1 lines.ndjson
mv out first
deid 0 -q --profile expert --style surrogate --key k.key --jobs 2 lines.ndjson
same out first
has_not out $canary
id=$(sed -n '1s/.*"Patient","id":"\([^"]*\)".*/\1/p' out)
has out "\"reference\":\"Patient/$id\""
run 0 "$CORDON" check -q lines.ndjson first

# What is broken is told by element, in words of the standard alone; the rest goes on.
{
    cat lines.ndjson
    printf '{"resourceType":"Patient","name":[{"given":["a","%s\\q"]}]}\n' $canary
    printf '{"resourceType":"Patient","%s":[1,2,x]}\n' $canary
    printf '{"resourceType":"Patient","photo":[{"contentType":"image/png","data":"iVBORw0KGgo="}]}\n'
} >broken.ndjson
deid 3 --style mask --jobs 1 broken.ndjson
has err 'input 1, record 3, byte [0-9]*, Patient\.name\[0\]\.given\[1\]: not well-formed'
has err 'input 1, record 4, byte [0-9]*, Patient\.?\[2\]: not well-formed'
has err 'input 1, record 5, byte [0-9]*, Patient\.photo\[0\]\.data: '
has_not err $canary
has_not out $canary
[ "$(wc -l <out)" -eq 2 ] || fail "not the good lines"
deid 0 -q --style mask --drop-attachments --jobs 1 lines.ndjson

# A code that somebody made of a name, where no system is named.
printf '{"resourceType":"Patient","id":"p1","name":[{"family":"%s"}],"maritalStatus":{"coding":[{"code":"%s-ann"},{"code":"dr-john-smith"},{"code":"MaryJones"},{"code":"in-progress"},{"system":"http://loinc.org","code":"8867-4"}]}}\n' $canary $canary >slug.json
deid 0 -q --style mask slug.json
has out '"coding":\[{"code":"\[NAME\]"},{"code":"\[NAME\]"},{"code":"\[NAME\]"},{"code":"in-progress"},{"system":"http://loinc.org","code":"8867-4"}\]'

# What is found is told by its element.
detect 0 -q bundle.json
has out '"field":"Bundle.entry\[0\].resource.name\[0\].family","at":'
has out '"field":"Bundle.entry\[0\].resource.name\[0\].given\[1\]","at":'
has out '"field":"Bundle.entry\[1\].resource.note\[0\].text","at":'
has_not out '"field":""'
detect 0 -q --field 'Bundle.entry[0].resource.birthDate' bundle.json
[ "$(wc -l <out)" -eq 1 ] || fail "not one field"
has out '"label":"DATE"'
done_testing
