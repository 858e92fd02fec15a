#!/bin/sh
# Names of inputs that failed: sealed, for who has the key, and nowhere else.
. "$(dirname "$0")/lib.sh"
run 0 "$CORDON" key new ops.key
run 0 "$CORDON" key new other.key
mkdir -p in/QUELBY_ROBERT
note >in/fine.txt
printf 'Patient \000' >in/QUELBY_ROBERT/scan.txt
printf 'MSH|^~\\&|A|B|C|D|2021||ADT^A01|4|P|2.5\rPID|1\rMSH|^~\\&|A\rPID|\rZZ\r' >in/Zorblax.hl7
deid 3 in -o clean --failures failed.sealed --vault-key ops.key --report run.json
for f in err run.json failed.sealed; do
    has_not $f QUELBY
    has_not $f Zorblax
done
[ "$(stat -c %a failed.sealed)" = 600 ] || fail "others may read the index"
run 0 "$CORDON" failures --key ops.key failed.sealed
[ "$(wc -l <out)" -eq 2 ] || fail "not two failures"
has out '"input":1,"record":null,"kind":"not text in a known encoding","reason":"[^"]*","path":"in/QUELBY_ROBERT/scan.txt"}'
has out '"input":2,"record":2,"kind":"not well-formed","reason":"[^"]*","path":"in/Zorblax.hl7"}'

# Another run adds to it; another key does not read it; a vault is none, nor the other way round.
printf 'x \000' >"in/$(printf 'caf\351').txt"
deid 3 -q in -o again --failures failed.sealed --vault-key ops.key
run 0 "$CORDON" failures --key ops.key failed.sealed
[ "$(wc -l <out)" -eq 5 ] || fail "not five failures"
has out '"path":null,"path_hex":"696e2f636166e92e747874"}'
run 2 "$CORDON" failures --key other.key failed.sealed
[ -s out ] && fail "read with another key"
deid 0 -q in/fine.txt -o fine.txt --vault study.vault --vault-key ops.key
run 3 "$CORDON" failures --key ops.key study.vault
run 3 "$CORDON" reidentify --vault failed.sealed --key ops.key --reason 'audit 2026-114' clean/fine.txt
cp failed.sealed broken.sealed
printf 'x' | dd of=broken.sealed bs=1 seek=130 conv=notrunc 2>/dev/null
run 3 "$CORDON" failures --key ops.key broken.sealed
deid 2 in -o no --failures no.sealed
run 2 "$CORDON" failures failed.sealed
no_temporaries
done_testing
