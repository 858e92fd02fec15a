#!/bin/sh
# The way back: a vault beside a run, outputs turned into originals again, who did it and why on record.
. "$(dirname "$0")/lib.sh"

run 0 "$CORDON" key new vault.key
mkdir in
note >in/note.txt
printf '{"id":"1","text":"Patient Mary Quelby, MRN 00482913"}\n{"id":"2","text":"none"}\n' >in/lines.jsonl
printf 'MSH|^~\\&|A|B|C|D|20210312||ADT^A01|1|P|2.5\rPID|1||482913^^^H^MR||Quelby^Robert||19850305|M\r' >in/adt.hl7

deid 0 --quiet --vault study.vault --vault-key vault.key in -o clean
[ "$(stat -c %a study.vault)" = 600 ] || fail "the vault can be read by others"
has_not study.vault Quelby
has_not clean/adt.hl7 Quelby
run 0 "$CORDON" reidentify --quiet --vault study.vault --key vault.key --reason 'audit 2026-114' clean -o back
for f in in/*; do same "$f" "back/${f#in/}"; done
has study.vault.log '"event":"opened","reason":"audit 2026-114"'
has study.vault.log '"event":"restored","records":4'

# Another text with the same tags; nothing that is not in the vault.
tag=$(grep -o '\[NAME-[0-9A-Z]*\]' clean/lines.jsonl | head -1)
echo "Dear $tag, and [NAME-ZZZZ]" >letter.txt
run 0 "$CORDON" reidentify --quiet --vault study.vault --key vault.key --reason 'audit 2026-114' letter.txt
has out 'Dear Mary, and \[NAME-ZZZZ\]'
run 0 "$CORDON" reidentify --quiet --exact --vault study.vault --key vault.key --reason 'audit 2026-114' letter.txt
has out "Dear \\$tag"

# A number and a string of JSON under one tag: in quotes it may be either, and is left and counted.
printf '{"mrn":"1234567"}\n{"mrn":1234567}\n' >both.jsonl
deid 0 --quiet --profile limited --vault both.vault --vault-key vault.key both.jsonl -o both.out
[ "$(sort -u both.out | wc -l)" -eq 1 ] || fail "the number and the string have two tags"
run 0 "$CORDON" reidentify --vault both.vault --key vault.key --reason 'audit 2026-114' both.out
same both.out out
has err '0 values put back, 2 left'
echo "about $(grep -o '\[MRN-[0-9A-Z]*\]' both.out | head -1) again" >about.txt
run 0 "$CORDON" reidentify -q --vault both.vault --key vault.key --reason 'audit 2026-114' about.txt
has out '^about 1234567 again$'

# A second run adds to the vault; both can be undone.
deid 0 --quiet --vault study.vault --vault-key vault.key --force in/note.txt -o again.txt
run 0 "$CORDON" reidentify --quiet --vault study.vault --key vault.key --reason 'audit 2026-114' again.txt
same in/note.txt out
run 0 "$CORDON" reidentify --quiet --vault study.vault --key vault.key --reason 'audit 2026-114' clean/note.txt
same in/note.txt out

# Without a reason, the key, or an honest record nothing is put back.
run 2 "$CORDON" reidentify --vault study.vault --key vault.key clean/note.txt
run 2 "$CORDON" reidentify --vault study.vault --key vault.key --reason 'why' clean/note.txt
run 0 "$CORDON" key new other.key
run 2 "$CORDON" reidentify --vault study.vault --key other.key --reason 'audit 2026-114' clean/note.txt
has_not out Smith
deid 2 --vault study.vault --vault-key other.key --force in/note.txt -o again.txt
deid 2 --vault new.vault in/note.txt -o new.txt
absent new.vault
sed -i 's/audit/nothing/' study.vault.log
run 3 "$CORDON" reidentify --vault study.vault --key vault.key --reason 'audit 2026-114' clean/note.txt
has_not out Smith
has err 'was changed'

# A vault that can't be written ends the run before any output.
deid 3 --quiet --vault /nowhere/v --vault-key vault.key in -o none
absent none/note.txt

# A run that is refused before it wrote anything leaves no vault behind; one that was there stays.
deid 2 --quiet --profile expert --vault fresh.vault --vault-key vault.key in -o none
absent fresh.vault
: >there.vault
deid 2 --quiet --profile expert --vault there.vault --vault-key vault.key in -o none
present there.vault

# What was packed comes back packed, under its name.
printf 'mrn,last_name,note\n4829133,Quelby,Quelby is well\n' >table.csv
gzip -kn table.csv
zstd -q table.csv 2>/dev/null || cp table.csv.gz table.csv.zst
deid 0 --quiet --vault packed.vault --vault-key vault.key table.csv.gz table.csv.zst -o packed
run 0 "$CORDON" reidentify --quiet --vault packed.vault --key vault.key --reason 'audit 2026-114' packed -o back
gzip -dc back/table.csv.gz >unpacked || fail "what came back is no gzip"
same table.csv unpacked
[ "$(head -c 2 back/table.csv.zst | od -An -tx1)" = "$(head -c 2 table.csv.zst | od -An -tx1)" ] || fail "packed otherwise"
done_testing
