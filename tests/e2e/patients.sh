#!/bin/sh
# What one message says about a patient is found in another one's text: a first pass over the inputs.
. "$(dirname "$0")/lib.sh"

printf 'MSH|^~\\&|A|B|C|D|20210312||ADT^A01|1|P|2.5\rPID|1||482913^^^H^MR||Quelby^Robert||19850305|M\rNK1|1|Dorbrecht^Xanthippe|SPO\r' >a.hl7
printf 'MSH|^~\\&|A|B|C|D|20210312||ORU^R01|2|P|2.5\rPID|1||482913^^^H^MR\rOBR|1|||X\rOBX|1|TX|N||told bob and xanthippe of the quelby plan||||||F\r' >b.hl7
printf 'MSH|^~\\&|A|B|C|D|20210312||ORU^R01|3|P|2.5\rPID|1||700001^^^H^MR\rOBR|1|||X\rOBX|1|TX|N||told bob and xanthippe of the quelby plan||||||F\r' >c.hl7

"$CORDON" deid --quiet --style mask a.hl7 b.hl7 c.hl7 -o out || fail "the run failed"
grep -q 'told \[NAME\] and \[NAME\] of the \[NAME\] plan' out/b.hl7 || fail "known names are left"
grep -q 'told bob and xanthippe of the quelby plan' out/c.hl7 ||
    fail "another patient's names were taken for this one's"

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
