# HL7 v2 messages and clinical documents: the same file but for what identifies; faults are told by place.
. "$(dirname "$0")/lib.sh"

# --- HL7 v2 ---
{
    printf 'MSH|^~\\&|ADT|KILKEEL CLINIC|||20240301081500||ADT^A01^ADT_A01|77|P|2.5.1\r'
    printf 'PID|1||9A1007^^^KC^MR||QUELBY^TAMSIN^T^^MRS||19480229|F|||4 QUAY ST^^NEWRY^NY^12180||5185550100\r'
    printf 'PV1|1|I|W4^2^B||||1881234567^ODDBODY^ORLA^^^DR^^^^^^^NPI\r'
    printf 'OBX|1|NM|718-7^Hemoglobin^LN||13.2|g/dL|12-16|N|||F|||20240301\r'
    printf 'OBX|2|TX|11506-3^Note^LN||Mrs. Quel\\.br\\by took 500 mg, asks for Tamsin''s son.||||||F\r'
    printf 'ZPD|1|QUELBY^COLM|keep me\r'
} >one.hl7
deid 0 -q -s mask one.hl7
has out '|13.2|g/dL|12-16|N|||F|||2024'
has out '|ADT^A01^ADT_A01|'
has out 'took 500 mg'
has out '^MSH|^~\\&|ADT|'
for value in QUELBY TAMSIN Tamsin 9A1007 19480229 'QUAY ST' NEWRY 5185550100 ODDBODY ORLA 1881234567; do
    has_not out "$value"
done
[ "$(tr -cd '\r' <out | wc -c)" -eq 6 ] || fail "the segments did not stay"
[ "$(tr -cd '|' <one.hl7 | wc -c)" -eq "$(tr -cd '|' <out | wc -c)" ] || fail "the fields did not stay"

# What is listed is what is replaced: fields by their meaning, prose with the names that they say.
detect 0 -q one.hl7
has out '^{"id":"77","field":"PID-5","at":[0-9]*,"spans":\[{"start":0,"end":6,"label":"NAME"'
has out '"field":"PID-3".*"MRN"'
has_not out "13.2"
detect 0 -q --field Note one.hl7
[ "$(wc -l <out)" -eq 1 ] && grep -q '"label":"NAME".*"label":"NAME"' out || fail "names of the header in the note"
sed -n 's/.*"field":"Note","at":\([0-9]*\).*/\1/p' out | {
    read -r at
    tail -c +$((at + 1)) one.hl7 | head -c 12 | grep -q '^Mrs. Quel' || fail "at is another place"
}

# A formatting escape within a word hides no name, whatever it says and wherever it stands.
{
    printf 'MSH|^~\\&|A|B|C|D|2021||ADT^A01|1|P|2.5\rPID|1||8837211^^^H^MR||Quxworth^Zbigniew\r'
    i=0
    for escape in .br .sp1 .ti-2 .in+4 .sk1 X0D X0A X0D0A; do
        i=$((i + 1))
        printf 'OBX|%s|TX|N%s||Quxw\\%s\\orth was seen||||||F\r' $i $i $escape
        printf 'NTE|%s||told ZBIG\\%s\\NIEW so\rZAA|1|and quxwo\\%s\\rth agreed\r' $i $escape $escape
    done
} >cut.hl7
deid 0 -q -s mask cut.hl7
tr '\r' '\n' <out >lines
[ "$(grep -c '|\[NAME\] was seen' lines)" -eq 8 ] || fail "a name cut by an escape stands in OBX-5"
[ "$(grep -c 'told \[NAME\] so' lines)" -eq 8 ] || fail "a name cut by an escape stands in NTE-3"
[ "$(grep -c 'and \[NAME\] agreed' lines)" -eq 8 ] || fail "a name cut by an escape stands in a Z-segment"

# A batch in frames: the bad message is told by segment and offset and left out, the rest goes on.
{
    printf '\v'
    cat one.hl7
    printf '\034\r\vMSH|^~\\&|ADT\rID|1||QUELBY\r\034\r\v'
    cat one.hl7
    printf '\034\r'
} >feed.hl7
deid 3 -q -s mask feed.hl7
has err 'record 2, segment 2, byte 417: not well-formed'
has_not err QUELBY
[ "$(grep -a -c 'ADT^A01' out)" -ge 1 ] || fail "no message came through"
[ "$(tr -cd '\034' <out | wc -c)" -eq 2 ] || fail "not two frames came through"
has_not out QUELBY

# A site knows what its Z-segments hold.
cat >site.yaml <<'EOF'
version: 1
hl7:
  - {field: ZPD-2.1, role: family/relative}
  - {field: ZPD-2.2, role: given/relative}
  - {field: ZPD-3, role: keep}
EOF
deid 0 -q -s mask --site site.yaml one.hl7
has out 'ZPD|1|\[NAME\]^\[NAME\]|keep me'
printf 'version: 1\nhl7:\n  - {field: PID-5, role: keep}\n' >wrong.yaml
deid 2 -q --site wrong.yaml one.hl7
has err 'line 3, column 26: wrong configuration: hl7: this field identifies'

# --- clinical documents ---
cat >doc.xml <<'EOF'
<?xml version="1.0" encoding="UTF-8"?>
<ClinicalDocument xmlns="urn:hl7-org:v3" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
  <id root="1.2.3.4" extension="D77"/>
  <code code="34133-9" codeSystem="2.16.840.1.113883.6.1" displayName="Summary"/>
  <recordTarget><patientRole><id root="1.2.3.5" extension="9A1007"/>
    <addr><streetAddressLine>4 Quay St</streetAddressLine><city>Newry</city><state>NY</state></addr>
    <telecom value="tel:+1-518-555-0100" use="HP"/>
    <patient><name><given>Tamsin</given><family>Quelby</family></name>
      <birthTime value="19480229"/></patient></patientRole></recordTarget>
  <component><section><title>Course</title>
    <text>Mrs. Quel<content styleCode="Bold">by</content> &amp; son took 500 mg<!-- for Tamsin Quelby -->.</text>
    <entry><observation><value xsi:type="PQ" value="13.2" unit="g/dL"/></observation></entry>
  </section></component>
</ClinicalDocument>
EOF
deid 0 -q -s mask doc.xml
has out '<value xsi:type="PQ" value="13.2" unit="g/dL"/>'
has out '<content styleCode="Bold"></content> &amp; son took 500 mg<!-- for \[NAME\] -->'
has out '<birthTime value="1948"/>'
has out 'value="tel:\[PHONE\]"'
for value in Quelby Tamsin 9A1007 19480229 Quay Newry 555-0100; do
    has_not out "$value"
done
sed 's/<recordTarget>/<!DOCTYPE x><recordTarget>/' doc.xml >dtd.xml
deid 3 -q dtd.xml
has err 'input 1'

# A character set of MSH-18 beyond Western Europe: read as it says, written in it, refused where it has no such byte.
printf 'MSH|^~\\&|A|B|C|D|20210314||ADT^A01|m1|P|2.5|||||POL|8859/2\rPID|1||00482913||Wa\263\352sa^\243ukasz\rNTE|1||Wa\263\352sa, \277ona.\r' >pl.hl7
deid 0 -q --style mask pl.hl7
tr '\r' '\n' <out | sed -n '2,3p' >two
printf 'PID|1||[MRN]||[NAME]^[NAME]\nNTE|1||[NAME], \277ona.\n' >wanted
same two wanted
deid 0 -q --style surrogate pl.hl7
LC_ALL=C grep -q "$(printf 'Wa\263')" out && fail "the name stands in its own character set"
printf 'MSH|^~\\&|A|B|C|D|20210314||ADT^A01|m1|P|2.5|||||GRC|8859/7\rPID|1||1||A\322^B\r' >greek.hl7
deid 3 -q --style mask greek.hl7
has err 'segment 2 (PID), field 5, byte [0-9]*: not text in a known encoding'

# A document around a PDF: refused, since nobody can look into it, or emptied; the page around it stays, whole.
{
    printf '<ClinicalDocument xmlns="urn:hl7-org:v3"><recordTarget><patientRole><patient><name>Zephyrine Quixwortham</name>'
    printf '</patient></patientRole></recordTarget><component><nonXMLBody><text mediaType="application/pdf" representation="B64">'
    head -c 3000 /dev/zero | base64 -w 76
    printf '</text></nonXMLBody></component><title>Letter of Quixwortham</title></ClinicalDocument>\n'
} >letter.xml
deid 3 -q letter.xml -o letter.out
absent letter.out
has err 'an embedded document that is no text'
deid 0 -q --style mask --drop-attachments letter.xml -o letter.out
has letter.out 'mediaType="text/plain" representation="B64">W0JJT01FVFJJQ10='
has letter.out '<title>Letter of \[NAME\]</title>'
run 0 "$CORDON" check -q --drop-attachments letter.xml letter.out

# A message with a PDF: the same.
printf 'MSH|^~\\&|A|B|C|D|2021||ORU^R01|1|P|2.5\rPID|1||8837211^^^H^MR||QUIXWORTHAM^ZED\rOBX|1|ED|1^Report||^application^pdf^Base64^JVBERi0xLjQK||||||F\rNTE|1||zed quixwortham well\r' >report.hl7
deid 3 -q report.hl7
has err 'an encapsulated document that is no text'
deid 0 -q --style mask --drop-attachments report.hl7 -o report.out
has report.out '||^TEXT^plain^Base64^W0JJT01FVFJJQ10=||||||F'
has_not report.out '[Qq][Uu][Ii][Xx]'
run 0 "$CORDON" check -q --drop-attachments report.hl7 report.out

# A person in a field that is nobody's: a telephone, the source of a specimen, an answer by a code. Codes stay.
{
    printf 'MSH|^~\\&|A|B|C|D|2021||ORU^R01|1|P|2.5\rPID|1||8837211^^^H^MR||QUIXWORTHAM^ZED\r'
    printf 'SCH|1||||||||||||||||88^Otterbury^Fenwick\rOBR|1|||718-7^Hemoglobin^LN|||||||||||BLD&Blood^^^MARSWELL^OTIS\r'
    printf 'OBX|1|CE|7^Z||12345^SMITH^JOHN\rOBX|2|CE|7^Z||77123^Penicillin^L\rNTE|1||Talked to Fenwick Otterbury.\r'
} >misplaced.hl7
deid 0 -q --style mask misplaced.hl7 -o misplaced.out
tr '\r' '\n' <misplaced.out | sed -n '3,7p' >two
printf 'SCH|[ID]||||||||||||||||[PHONE]^[NAME]^[NAME]\nOBR|1|||718-7^Hemoglobin^LN|||||||||||BLD&Blood^^^[NAME]^[NAME]\n' >wanted
printf 'OBX|1|CE|7^Z||[ID]^[NAME]^[NAME]\nOBX|2|CE|7^Z||77123^Penicillin^L\nNTE|1||Talked to [NAME].\n' >>wanted
same two wanted
run 0 "$CORDON" check -q misplaced.hl7 misplaced.out
[ "$failed" -eq 0 ]
