#!/bin/sh
# What one message says about a patient is found in another one's text: a first pass over the inputs.
. "$(dirname "$0")/lib.sh"

printf 'MSH|^~\\&|A|B|C|D|20210312||ADT^A01|1|P|2.5\rPID|1||482913^^^H^MR||Quelby^Robert||19850305|M\rNK1|1|Dorbrecht^Xanthippe|SPO\r' >a.hl7
printf 'MSH|^~\\&|A|B|C|D|20210312||ORU^R01|2|P|2.5\rPID|1||482913^^^H^MR\rOBR|1|||X\rOBX|1|TX|N||plan of quelby for bob, xanthippe||||||F\r' >b.hl7
printf 'MSH|^~\\&|A|B|C|D|20210312||ORU^R01|3|P|2.5\rPID|1||700001^^^H^MR\rOBR|1|||X\rOBX|1|TX|N||plan of quelby for bob, xanthippe||||||F\r' >c.hl7

"$CORDON" deid --quiet --style mask a.hl7 b.hl7 c.hl7 -o out || fail "the run failed"
grep -q 'plan of \[NAME\] for \[NAME\], \[NAME\]' out/b.hl7 || fail "known names are left"
grep -q 'plan of quelby for bob, xanthippe' out/c.hl7 ||
    fail "another patient's names were taken for this one's"

# However many rows come between, and whoever takes turns in them.
{
    echo 'mrn,last_name,mother_name,provider_name,note'
    echo '1234567,Roe,Mirthe Zwaluwbek,Avery,x'
    for _ in 1 2 3 4 5 6 7 8 9 10; do
        for _ in 1 2 3 4 5 6 7 8 9 10; do
            for provider in Avery Blanco Carter Dietz; do echo "1234567,Roe,,$provider,ok"; done
        done
    done
    echo ' 1234567 ,Roe,,Dietz,zwaluwbek is glad and mirthe too'
} >many.csv
"$CORDON" deid --quiet --style mask many.csv >many || fail "the run failed"
grep -iq 'mirthe\|zwaluwbek' many && fail "what the first of many rows says is forgotten"
grep -q '\[NAME\] is glad and \[NAME\] too' many || fail "more than the names went"

# Which row comes first, and which thread reads it, makes no difference to what a name becomes.
printf 'mrn,mother_first_name,mother_last_name,note\n1234567,Mirthe,Zwaluwbek,a\n1234567,Zwaluwbek,Mirthe,b\n1234567,,,told mirthe\n' >first.csv
printf 'mrn,mother_first_name,mother_last_name,note\n1234567,Zwaluwbek,Mirthe,b\n1234567,Mirthe,Zwaluwbek,a\n1234567,,,told mirthe\n' >second.csv
"$CORDON" key new order.key >/dev/null || fail "no key"
for order in first second; do
    "$CORDON" deid --quiet -p expert -s surrogate -k order.key $order.csv | sed -n '$p' >$order.note
done
{ grep -q 'told ' first.note && ! grep -q mirthe first.note; } || fail "the name is left"
cmp -s first.note second.note || fail "a name depends on the order of rows"

# Blanks around a number make nobody another patient: dates move alike, and the bytes stay.
printf 'mrn,seen,note\n1234567,2021-03-04,a\n 1234567 ,2021-03-04,a\n' >blank.csv
"$CORDON" deid --quiet -p expert -s tag -k order.key blank.csv | cut -d, -f2 | sed 1d | uniq >moved
{ [ "$(wc -l <moved)" -eq 1 ] && ! grep -q 2021-03-04 moved; } || fail "a blank in a column makes another patient"
printf '{"mrn":"Q1","text":"seen on 2021-03-04"}\n{"mrn":" Q1 ","text":"seen on 2021-03-04"}\n' >blank.jsonl
"$CORDON" deid --quiet -p expert -s tag -k order.key --patient-field mrn blank.jsonl | sed 's/.*seen on//' | uniq >moved
{ [ "$(wc -l <moved)" -eq 1 ] && ! grep -q 2021-03-04 moved; } || fail "a blank in a field makes another patient"
sed 's/482913/ 482913 /' b.hl7 >d.hl7
"$CORDON" deid --quiet --style mask a.hl7 d.hl7 -o blanks || fail "the run failed"
grep -q 'plan of \[NAME\] for \[NAME\], \[NAME\]' blanks/d.hl7 ||
    fail "a blank in a message makes another patient"

# A name is nobody's to keep where the employer is called the same.
printf 'mrn,first_name,employer,note\n1,Elizabeth,Beth,told Beth twice\n' >employer.csv
"$CORDON" deid --quiet -p limited employer.csv >employed || fail "the run failed"
grep -q 'told Beth' employed && fail "an employer called like the patient keeps the name"

# Bulk exports keep clinicians apart: who is named in one resource of a patient is found in the text of another, in
# field and note alike, and in nobody else's.
mkdir bulk
cat >bulk/Practitioner.ndjson <<'END'
{"resourceType":"Practitioner","id":"d1","name":[{"family":"Dorbrecht","given":["Xanthippe"]}]}
{"resourceType":"Practitioner","id":"d2","name":[{"family":"Okwundu","given":["Ifeoma"]}]}
{"resourceType":"PractitionerRole","id":"r2","practitioner":{"reference":"Practitioner/d2"}}
END
cat >bulk/Encounter.ndjson <<'END'
{"resourceType":"Encounter","id":"e1","participant":[{"individual":{"reference":"Practitioner/d1"}}],"subject":{"reference":"Patient/p1"}}
{"resourceType":"Encounter","id":"e2","subject":{"reference":"Patient/p1"},"participant":[{"individual":{"reference":"https://fhir.test/PractitionerRole/r2"}}]}
END
for patient in p1 p2; do
    printf '{"resourceType":"Observation","id":"o-%s","subject":{"reference":"Patient/%s"},"valueString":"told xanthippe of the dorbrecht and okwundu plan"}\n' \
        $patient $patient
done >bulk/Observation.ndjson
"$CORDON" key new bulk.key >/dev/null || fail "no key"
"$CORDON" deid --quiet -p expert -s surrogate -k bulk.key bulk -o bulk.out || fail "the run failed"
for name in Dorbrecht Okwundu; do
    n=$([ $name = Dorbrecht ] && echo 1 || echo 2)
    family=$(sed -n "${n}s/.*\"family\":\"\([^\"]*\)\".*/\1/p" bulk.out/Practitioner.ndjson | tr '[:upper:]' '[:lower:]')
    { [ -n "$family" ] && sed -n 1p bulk.out/Observation.ndjson | grep -q " $family "; } ||
        fail "$name is another one in field and note"
done
sed -n 2p bulk.out/Observation.ndjson | grep -q 'dorbrecht and okwundu' ||
    fail "another patient's clinicians were taken for this one's"

# One patient in resources, messages, documents and tables: dates move together, also where the Patient is in another
# file and in a run of its own; and what one format says is known in the notes of the others.
mkdir mixed
mr='"type":{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/v2-0203","code":"MR"}]}'
printf '{"resourceType":"Patient","id":"p1","identifier":[{"value":"VN55","type":{"coding":[{"code":"VN"}]}},{%s,"value":"8837211"}],"name":[{"family":"Quelbyorth"}],"birthDate":"1948-06-11"}\n' "$mr" >mixed/Patient.ndjson
printf '{"resourceType":"Observation","id":"o1","status":"final","subject":{"reference":"Patient/p1"},"effectiveDateTime":"1948-06-11","note":[{"text":"the zorblaxen plan"}]}\n' >mixed/Observation.ndjson
printf 'MSH|^~\\&|A|B|C|D|2021||ADT^A01|1|P|2.5\rPID|1||VN56^^^H^VN~8837211^^^H^MR||Quelbyorth^Tamsin||19480611\rNK1|1|Zorblaxen^Ruth|SIS\rNTE|1||the dorbrecht plan\r' >mixed/m.hl7
printf 'mrn,name,attending_physician,dob\n8837211,"Quelbyorth, Tamsin",Dorbrecht,1948-06-11\n' >mixed/t.csv
printf '<ClinicalDocument xmlns="urn:hl7-org:v3"><recordTarget><patientRole><id root="2.16.840.1.113883.4.1" extension="900-11-2222"/><id root="1.2.3.4.5" extension="8837211"/><patient><birthTime value="19480611"/></patient></patientRole></recordTarget></ClinicalDocument>' >mixed/d.xml
"$CORDON" deid --quiet -p expert -k bulk.key mixed -o mixed.out --keep-names || fail "the run failed"
day=$(sed -n 's/.*"birthDate":"\([0-9-]*\)".*/\1/p' mixed.out/Patient.ndjson)
{ [ -n "$day" ] && [ "$day" != 1948-06-11 ]; } || fail "the birth date was not moved"
grep -q "\"effectiveDateTime\":\"$day\"" mixed.out/Observation.ndjson || fail "a resource apart from its Patient has another offset"
grep -q "$(echo "$day" | tr -d -)" mixed.out/m.hl7 || fail "the message has another offset"
grep -q "$(echo "$day" | tr -d -)" mixed.out/d.xml || fail "the document has another offset"
grep -q "$day" mixed.out/t.csv || fail "the table has another offset"
grep -q 'zorblaxen' mixed.out/Observation.ndjson && fail "what a message says is not known in a resource"
grep -q 'dorbrecht' mixed.out/m.hl7 && fail "what a table says is not known in a message"
for f in Patient.ndjson m.hl7 d.xml t.csv; do
    "$CORDON" deid --quiet -p expert -k bulk.key mixed/$f -o alone-$f || fail "the run failed"
    grep -q "$day\|$(echo "$day" | tr -d -)" alone-$f || fail "$f alone has another offset"
done
# A Bundle through a pipe says it by itself.
printf '{"resourceType":"Bundle","type":"collection",\n"entry":[{"resource":%s},{"resource":%s}]}\n' \
    "$(cat mixed/Patient.ndjson)" "$(cat mixed/Observation.ndjson)" >bundle.json
"$CORDON" deid --quiet -p expert -k bulk.key <bundle.json >bundle.out || fail "the run failed"
[ "$(grep -o "$day" bundle.out | wc -l)" -eq 2 ] || fail "a bundle through a pipe has another offset"

# A roster of records: what a table says of each patient is known in texts that come without it, through a pipe too.
printf 'mrn,patient_name,dob,attending_physician\n700001,"Quelby, Robert",1985-03-05,"Okwundu, Ifeoma"\n' >known.csv
printf 'version: 1\nrosters:\n  - file: known.csv\n    form: records\n' >site.yaml
printf '{"mrn":"700001","text":"told bob of the okwundu plan"}\n{"mrn":"700002","text":"told bob of the okwundu plan"}\n' >notes.jsonl
"$CORDON" deid --quiet -s mask --site site.yaml --patient-field mrn <notes.jsonl >rostered || fail "the run failed"
sed -n 1p rostered | grep -q 'told \[NAME\] of the \[NAME\] plan' || fail "the roster is not known"
sed -n 2p rostered | grep -q 'told bob of the okwundu plan' || fail "another patient's roster was used"
"$CORDON" deid --quiet -s mask --site site.yaml --patients off --patient-field mrn <notes.jsonl >rostered ||
    fail "the run failed"
sed -n 1p rostered | grep -q 'told \[NAME\] of the \[NAME\] plan' || fail "off drops the site's roster"
echo 'no table at all' >known.csv
"$CORDON" deid --quiet --site site.yaml --patient-field mrn <notes.jsonl >refused 2>err
{ [ $? -eq 2 ] && [ ! -s refused ]; } || fail "a roster that says nothing is taken"
rm known.csv
"$CORDON" deid --quiet --site site.yaml <notes.jsonl >refused 2>err
{ [ $? -eq 2 ] && grep -q 'line 3' err; } || fail "a roster that is not there is taken"

# A bulk export through a pipe: its dates move as in the folder where its Patients are a roster, and alike in any case.
cat >Patient.ndjson <<'EOF'
{"resourceType":"Patient","id":"p1","identifier":[{"type":{"coding":[{"code":"MR"}]},"value":"700001"}],"birthDate":"1951-04-05"}
EOF
cat >Observation.ndjson <<'EOF'
{"resourceType":"Observation","status":"final","subject":{"reference":"Patient/p1"},"effectiveDateTime":"2021-03-04"}
EOF
printf 'mrn,visit_date\n700001,2021-03-04\n700002,2021-03-04\n' >visits.csv
printf 'version: 1\nrosters:\n  - {file: Patient.ndjson, form: records}\n' >site.yaml
"$CORDON" key new pipe.key >/dev/null
expert() { "$CORDON" deid --quiet --profile expert --style surrogate --key pipe.key "$@"; }
expert visits.csv >visits || fail "the run failed"
day=$(sed -n 's/^[0-9]*,\(2.*\)$/\1/p' visits | sed -n 1p)
expert --site site.yaml --format ndjson - <Observation.ndjson >piped || fail "the run failed"
grep -q "\"effectiveDateTime\":\"$day\"" piped || fail "a pipe with a roster moves dates otherwise"
cat Patient.ndjson Observation.ndjson | expert --format ndjson - >piped || fail "the run failed"
days() { echo $(($(date -ud "$1" +%s) / 86400 - $(date -ud "$2" +%s) / 86400)); }
born=$(sed -n 's/.*"birthDate":"\([^"]*\)".*/\1/p' piped)
seen=$(sed -n 's/.*"effectiveDateTime":"\([^"]*\)".*/\1/p' piped)
[ "$(days "$seen" "$born")" -eq "$(days 2021-03-04 1951-04-05)" ] || fail "a pipe moves dates of one patient apart"

# Without a first pass each message is on its own, and a pipe can't be read twice.
"$CORDON" deid --quiet --style mask --patients off a.hl7 b.hl7 -o off || fail "the run failed"
grep -q 'xanthippe' off/b.hl7 || fail "off reads all the same"
"$CORDON" deid --quiet --style mask <b.hl7 >piped || fail "a pipe is refused"
"$CORDON" deid --quiet --patients first-pass <b.hl7 >piped 2>err
[ $? -eq 2 ] || fail "a first pass over a pipe is not refused"

# The index needs a place to be, and the run is refused where there is none.
TMPDIR=/nowhere/at/all "$CORDON" deid --quiet a.hl7 b.hl7 -o none >/dev/null 2>&1 &&
    fail "a run went on without its index"
[ ! -e none/b.hl7 ] || fail "output without the index"
done_testing
