# JSON with paths of the user's own: roles, what is kept, the site file, faults with their place.
. "$(dirname "$0")/lib.sh"
canary=Quixwortham
cat >in.jsonl <<'END'
{"id":"1","pt":{"nm":"Quixwortham","no":77,"dob":"1950-02-03"},"by":"Ann Li","note":"Quixwortham is stable.","meta":{"Norton":"Smith, John"}}
{"id":"2","pt":{"nm":"Oak","no":78,"dob":"1951-02-03"},"by":"Bo Li","note":"fine","meta":{}}
END
deid 0 -q --style mask --json-path '$.pt.nm=family' --json-path '$.pt.no=mrn' --json-path '$.pt.dob=birth' \
    --json-path '..by=name/clinician' --json-path '$.meta=keep' in.jsonl
cat >wanted <<'END'
{"id":"1","pt":{"nm":"[NAME]","no":"[MRN]","dob":"1950"},"by":"[NAME]","note":"[NAME] is stable.","meta":{"Norton":"Smith, John"}}
{"id":"2","pt":{"nm":"[NAME]","no":"[MRN]","dob":"1951"},"by":"[NAME]","note":"fine","meta":{}}
END
same out wanted
mv out flags

# The same by a site file; what the command line says goes before it.
cat >site.yaml <<'END'
version: 1
json:
  - {path: "$.pt.nm", role: family}
  - {path: "$['pt']['no']", role: mrn}
  - {path: "$.pt.dob", role: birth}
  - {path: "$..by", role: name/clinician}
  - {path: "$.meta", role: keep}
END
deid 0 -q --style mask --site site.yaml in.jsonl
same out flags
run 0 "$CORDON" site check site.yaml
has out '^json      5$'
deid 0 -q --style mask --site site.yaml --json-path '$.meta=text' in.jsonl
has out '"\[NAME\]"}}$'
has_not out 'Smith'

# What each path is taken for, for the site file; no value of a document is shown.
run 0 "$CORDON" deid --json-path show --json-path '$.pt.nm=family' --json-path '..by=name/clinician' in.jsonl
has out 'path: "$.pt.nm"'
has out 'role: family # given; strings 2,'
has out 'role: name/clinician # given; strings 2,'
has_not out "$canary"
{ echo 'version: 1'; cat out; } >shown.yaml
run 0 "$CORDON" site check shown.yaml
has out '^json      [1-9]'
run 3 "$CORDON" deid --json-path show json_paths.none

# One document, its lines as they were; and a folder, where a first pass joins documents by the patient's number.
printf '{\n  "visits": [ {"who": "Zorb", "t": "a"},\n    {"who": "Zarb", "t": "b"} ]\n}\n' >one.json
deid 0 -q --style mask --json-path '$.visits[1].who=name' one.json
printf '{\n  "visits": [ {"who": "Zorb", "t": "a"},\n    {"who": "[NAME]", "t": "b"} ]\n}\n' >wanted
same out wanted
mkdir tree
printf '{"no":"77","nm":"Zorbwick"}\n' >tree/a.jsonl
printf '{"no":"77","note":"zorbwick called"}\n' >tree/b.jsonl
deid 0 -q --style mask --keep-names --json-path '$.no=mrn' --json-path '$.nm=family' tree -o clean
has clean/b.jsonl 'note":"\[NAME\] called'

# A key works for the whole: the same values give the same surrogates.
run 0 "$CORDON" key new k.key
deid 0 -q --profile expert --style surrogate --key k.key --json-path '$.pt.nm=family' in.jsonl
mv out first
deid 0 -q --profile expert --style surrogate --key k.key --json-path '$.pt.nm=family' --jobs 2 in.jsonl
same out first
has_not out $canary

# What is no path or no role stops at once, and says where, without the words.
deid 2 -q --json-path "\$.$canary[?@.a]=name" in.jsonl -o none.jsonl
has err '^cordon deid: byte 14: wrong use: '
has_not err $canary
absent none.jsonl
deid 2 -q --json-path "\$.a=$canary" in.jsonl
has err 'a role is expected'
has_not err $canary
deid 2 -q --json-path "$canary" in.jsonl
has_not err $canary
printf 'version: 1\njson:\n  - {path: "$.%s[1:2]", role: name}\n' $canary >bad.yaml
deid 2 -q --site bad.yaml in.jsonl
has err 'line 3, column 12'
has_not err $canary

# A broken line is told by its place, and that not all lines were looked at is said.
printf '{"a":1}\n{"a":%s}\n' $canary >broken.jsonl
run 3 "$CORDON" deid --json-path show broken.jsonl
has err 'input 1, record 2, byte 5: '
has_not err $canary
yes '{"a":1}' | head -n 10001 >long.jsonl
run 0 "$CORDON" deid --json-path show long.jsonl
has err 'the first 10000 records'
head -n 10000 long.jsonl >exact.jsonl
run 0 "$CORDON" deid --json-path show exact.jsonl
has_not err 'records'
done_testing
