#!/bin/sh
# What fields hold, in the formats that name it differently: one rule for the same value in each.
. "$(dirname "$0")/lib.sh"

oldest=$(($(date +%Y) - 90))

# The day of an old birth tells no more where a field repeats it than where it is said to be one.
printf 'MSH|^~\\&|A|B|C|D|2021||ORU^R01|1|P|2.5\rPID|1||8837211^^^H^MR||Quxworth^Zbigniew||19280611\rOBX|1|DT|21112-8^Birth date^LN||19280611\rOBX|2|TX|N||First day 06/11/1928\r' >birth.hl7
printf '<ClinicalDocument xmlns="urn:hl7-org:v3" xmlns:xsi="x"><component><observation><code code="21112-8" codeSystem="2.16.840.1.113883.6.1"/><effectiveTime value="19280611"/><value xsi:type="TS" value="19280611"/></observation></component></ClinicalDocument>' >birth.xml
printf '{"resourceType":"Patient","birthDate":"1928-06-11","extension":[{"url":"x","valueDate":"1928-06-11"}]}' >birth.json
for f in birth.hl7 birth.xml birth.json; do
    deid 0 --quiet $f
    has out "$oldest"
    has_not out 1928
done

# Ages over 89: whatever says that it is one, in the unit that stands beside it.
printf 'MSH|^~\\&|A|B|C|D|2021||ORU^R01|1|P|2.5\rPID|1||8837211^^^H^MR||Quxworth^Zbigniew\rOBX|1|NM|AGE^X^L||93|years\rOBX|2|NM|X1^X^L^30525-0^Age^LN||1116|mo\rOBX|3|SN|30525-0^Age^LN||>^93|a\rOBX|4|NM|V^Voltage^L||94|V\rOBX|5|NM|A^Age^L||88\r' >age.hl7
deid 0 --quiet age.hl7
tr '\r' '\n' <out >lines
has lines '^OBX|1|NM|AGE^X^L||90|years$'
has lines '^OBX|2|NM|X1^X^L^30525-0^Age^LN||1080|mo$'
has lines '^OBX|3|SN|30525-0^Age^LN||>^90|a$'
has lines '^OBX|4|NM|V^Voltage^L||94|V$'
has lines '^OBX|5|NM|A^Age^L||88$'
printf '{"resourceType":"Observation","valueQuantity":{"value":93.5,"unit":"years"},"code":{"coding":[{"code":"30525-0"}]}}\n{"resourceType":"FamilyMemberHistory","deceasedAge":{"value":1116,"unit":"months"}}\n{"resourceType":"FamilyMemberHistory","deceasedAge":{"value":93,"unit":"months"}}\n' >age.ndjson
deid 0 --quiet age.ndjson
has out '"value":90,"unit":"years"'
has out '"value":1080,"unit":"months"'
has out '"value":93,"unit":"months"'
printf '<ClinicalDocument xmlns="urn:hl7-org:v3" xmlns:xsi="x"><component><observation><code code="x"><translation code="30525-0"/></code><value xsi:type="PQ" value="1116" unit="mo"/><value xsi:type="INT" value="93"/><value xsi:type="ST">93</value><entryRelationship><observation><code code="y"/><value xsi:type="INT" value="94"/></observation></entryRelationship></observation></component></ClinicalDocument>' >age.xml
deid 0 --quiet age.xml
has out 'value="1080" unit="mo"/><value xsi:type="INT" value="90"/><value xsi:type="ST">90+</value>'
has out 'value="94"'
printf 'age,note\n1116 months,x\nninety-three,x\n34000 days,x\n93 M,x\neighty-nine,x\n30 months,x\nhundred days,x\n' >age.csv
deid 0 --quiet age.csv
printf 'age,note\n90+ years,x\n90+,x\n90+ years,x\n90+ M,x\neighty-nine,x\n30 months,x\nhundred days,x\n' >want
same out want

# A number that is found by what it is like stays a number of the kind that its element holds, and none begins with 0.
for style in tag surrogate mask; do
    printf '{"resourceType":"Basic","extension":[{"url":"http://x/mrn","valueInteger":99887766},{"valuePositiveInt":99887761,"url":"http://x/recordNumber"},{"url":"http://x/mrn","valueDecimal":99887762}]}' >number.json
    deid 0 --quiet --style $style number.json
    has out '"valueInteger":[1-9][0-9]\{7\}}\|"valueInteger":0}'
    has out '"valuePositiveInt":[1-9][0-9]\{7\},\|"valuePositiveInt":1,'
    has out '"valueDecimal":[1-9][0-9]\{7\}}\|"valueDecimal":0}'
    has_not out 998877
done

# What a label in plain words says of a value: a question, whether it stands before its answer or behind it, and the
# end of an extension's url.
printf '{"resourceType":"QuestionnaireResponse","status":"completed","item":[{"text":"MRN","answer":[{"valueInteger":99887766}]},{"answer":[{"valueInteger":93}],"text":"Age"},{"text":"Phone","answer":[{"valueString":"555 0177"}]},{"text":"Family name","answer":[{"valueString":"Torvaldo","item":[{"text":"Street address","answer":[{"valueString":"77 Tamarind"}]},{"text":"Steps","answer":[{"valueInteger":94}]}]}]},{"text":"ZIP code","answer":[{"valueString":"05401"}]}]}' >asked.json
deid 0 --quiet asked.json
has_not out '99887766\|:93}\|0177\|Torvaldo\|Tamarind\|05401'
has out '"valueInteger":90}\],"text":"Age"'
has out '"text":"Steps","answer":\[{"valueInteger":94}'
printf '{"resourceType":"Basic","extension":[{"url":"http://x/familyName","valueString":"Torvaldo"},{"valueString":"555 0177","url":"http://x/phone"},{"url":"http://x/zip","valueString":"05401"},{"url":"http://x/age","valueInteger":93},{"url":"http://x/steps","valueInteger":94}]}' >named.json
deid 0 --quiet named.json
has_not out 'Torvaldo\|0177\|05401\|:93}'
has out '"valueInteger":94'
# The same where it is the words of a coding, a concept or a reference; a term of a standard stays, and so does what has a
# unit. A code without a system is no code of anybody's.
printf '{"resourceType":"QuestionnaireResponse","status":"completed","item":[{"text":"Family name","answer":[{"valueCoding":{"display":"torvaldo"}}]},{"text":"City","answer":[{"valueReference":{"display":"quuxbury"}}]},{"text":"MRN","answer":[{"valueCoding":{"code":"8837211","display":"8837211"}}]},{"text":"Street drugs","answer":[{"valueCoding":{"system":"http://loinc.org","code":"LA32-8","display":"Never"}}]},{"text":"Street drugs a week","answer":[{"valueQuantity":{"value":3,"unit":"g"}}]},{"text":"Who comes?","answer":[{"valueCoding":{"display":"My sister Ann Torvaldo, 617-555-0134"}}]}],"extension":[{"url":"http://x/familyName","valueCodeableConcept":{"text":"torvaldo"}}]}' >coded.json
deid 0 --quiet coded.json
has_not out 'orvaldo\|quuxbury\|8837211\|0134'
has out '"code":"LA32-8","display":"Never"'
has out '"value":3,"unit":"g"'

# A name in the place of a code is replaced there, whatever the format; a code that is none stays.
printf '{"resourceType":"Patient","name":[{"family":"Quxworth"}],"gender":"Quxworth","communication":[{"language":{"coding":[{"code":"Quxworth"}]}}],"maritalStatus":{"coding":[{"system":"http://x.org","code":"QUXWORTH"},{"code":"married"}]}}' >codes.json
run 1 "$CORDON" check codes.json codes.json
deid 0 --quiet codes.json -o codes.out.json
[ "$(grep -ci quxworth codes.out.json)" -eq 0 ] || fail "a name in the place of a code is left"
has codes.out.json '"code":"married"'
run 0 "$CORDON" check codes.json codes.out.json

# A name is found joined, split and without its apostrophe, and check looks for it so.
printf 'mrn,last_name,first_name,note\n4829131,MacTorvald,Bo,Mac Torvald ok\n4829132,Torvild,MaryAnne,Mary Anne ok; mary-anne\n4829133,Torvuld,Mary Anne,MaryAnne ok\n' >joined.csv
deid 0 --quiet joined.csv -o joined.out.csv
[ "$(grep -ci 'torv\|mary\|anne' joined.out.csv)" -eq 0 ] || fail "a name is left joined or split"
run 0 "$CORDON" check --quiet joined.csv joined.out.csv
printf 'MSH|^~\\&|A|B|C|D|2021||ADT^A01|1|P|2.5\rPID|1||8837211^^^H^MR||O%sBrien-Quxworth^Zed\rNTE|1||seen obrien; OBrien ok\r' "'" >joined.hl7
deid 0 --quiet joined.hl7
[ "$(grep -ci obrien out)" -eq 0 ] || fail "a name is left without its apostrophe"
echo 'seen obrien' >joined.txt
run 1 "$CORDON" check --quiet joined.hl7 joined.txt

# The address of a register stays, by design; check sets it aside where it is called as an organisation, not a person.
printf '{"resourceType":"Patient","identifier":[{"system":"http://quelby.example/mrn","value":"8837211","assigner":{"display":"Quelby"}}]}' >register.json
deid 0 --quiet register.json -o register.out.json
has register.out.json 'http://quelby.example/mrn'
run 0 "$CORDON" check register.json register.out.json
has err 'set aside: 1 '
sed 's/"assigner":{"display":"Quelby"}}\]/"use":"usual"}],"name":[{"family":"Quelby"}]/' register.json >person.json
deid 0 --quiet person.json -o person.out.json
run 1 "$CORDON" check --quiet person.json person.out.json

# One person has one surrogate, whichever name stands first.
run 0 "$CORDON" key new swap.key
printf 'MSH|^~\\&|A|B|C|D|2021||ADT^A01|1|P|2.5\rPID|1||8837211^^^H^MR||Quxworth^Zbigniew\rZPI|1|Quxworth Zbigniew|Zbigniew Quxworth\r' >swap.hl7
deid 0 --quiet --profile expert --key swap.key swap.hl7
tr '\r' '\n' <out >lines
family=$(sed -n 's/^PID|1||[^|]*||\([^^]*\)^.*/\1/p' lines)
given=$(sed -n 's/^PID|1||[^|]*||[^^]*^\(.*\)$/\1/p' lines)
has lines "^ZPI|1|$family $given|$given $family\$"

done_testing
