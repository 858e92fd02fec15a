# What no format knows and is no plain text all the same is refused, with what to do; never read as prose.
. "$(dirname "$0")/lib.sh"

# refused FILE WORDS: exit 3, no output, WORDS in the message, no byte of the input in it
refused() {
    deid 3 "$1"
    [ -s out ] && fail "$1 gave output"
    has err "$2"
    has_not err "quxw"
}
wide() { iconv -f UTF-8 -t UTF-16LE | { printf '\377\376'; cat; }; }

# ---- UTF-16: prose is read, all else refused ----
printf '{"resourceType":"Patient","id":"p1","name":[{"family":"quxwyrth"}],"birthDate":"1928-06-11"}' >one.json
{ cat one.json; echo; cat one.json; echo; } >two.ndjson
printf 'mrn\tfamily_name\tcity\nA12\tquxwyrth\tBurlingford\nB13\tquxwaldo\tBurlingford\n' >table.txt
for f in one.json two.ndjson table.txt; do
    deid 0 "$f"
    has_not out quxw
    wide <"$f" >"wide-$f"
    refused "wide-$f" "UTF-16: convert it to UTF-8"
done
note | wide >wide.txt
deid 0 --style mask wide.txt
iconv -f UTF-16LE -t UTF-8 out >narrow
has narrow "Patient \[NAME\]"

# ---- JSON behind a comment or a record separator ----
{ echo '// exported'; cat one.json; } >comment.json
{ printf '\036'; cat one.json; } >separated.json
{ echo '10:15:00 INFO received:'; cat two.ndjson; } >log.txt
for f in comment.json separated.json log.txt; do refused $f "JSON within other text, or not well-formed"; done
deid 0 --format text comment.json # somebody says so
deid 3 comment.json two.ndjson -o done
absent done/comment.json
present done/two.ndjson

# ---- HL7 with anything before its first MSH ----
printf 'MSH|^~\\&|A|B|C|D|2021||ADT^A01|1|P|2.5\rPID|1||8837211^^^H^MR||QUXWYRTH^VRONKE^T\r' >msg.hl7
deid 0 msg.hl7
{ printf '\034\r\013'; cat msg.hl7; printf '\034\r'; } >frame.hl7
{ echo '2021-03-04 10:15:00 INFO received:'; cat msg.hl7; } >log.hl7
{ printf 'EVN|A01|20210304\r'; cat msg.hl7; } >event.hl7
tr '\r' '\n' <msg.hl7 | tail -n +2 >headless.hl7
for f in frame.hl7 log.hl7 event.hl7 headless.hl7; do refused $f "HL7 that does not begin with MSH"; done
# Said to be HL7, what comes before the first message fails alone.
deid 3 --format hl7 frame.hl7
has err "record 1"
has_not err "record 2"
has out "PID|1||\[MRN"
has_not out QUXWYRTH

# ---- documents that are bytes of another program without a NUL ----
printf '%%PDF-1.4\n1 0 obj<</Length 40>>stream\nBT (Mr. John Quxw) Tj (yrth) Tj ET\nendstream endobj\n' >a.pdf
printf '{\\rtf1\\ansi Patient: {\\b Quxw}yrth}' >a.rtf
printf '<html><body><p>Mr. John Quxw<b>yr</b>th</p><br></body></html>\n' >a.html
printf 'Subject: a\nContent-Transfer-Encoding: base64\n\nTXIuIEpvaG4gU21pdGg=\n' >a.eml
{ note; note; } | base64 >a.b64
{ note; note; } | base64 | tr -d '\n' >b.b64
for f in a.b64 b.b64; do refused $f "base64: decode it first"; done
{ echo "The letter:"; base64 <a.pdf; echo "ends here"; } >letter.txt
deid 0 --style mask letter.txt
printf 'The letter:\n[ID]\nends here\n' | cmp -s - out || fail "base64 in a text is not replaced whole"
refused a.pdf "PDF"
refused a.rtf "RTF"
refused a.html "HTML"
refused a.eml "mail"

done_testing
