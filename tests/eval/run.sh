#!/bin/sh
# tests/eval/run.sh CORDON — `cordon eval deid` against numbers that an independent scorer gave for gold.jsonl
# and pred.jsonl (expected.txt), at both ends of the scale, and on input that is wrong.
set -u
cordon=$1
here=$(dirname "$0")
tmp=$(mktemp -d) || exit 1
trap 'rm -rf "$tmp"' EXIT
failed=0
fail() { echo "FAILED: $*" >&2; failed=1; }
metrics() { awk '$1 ~ /^(E-full|E-core|E-any|C-rec|P-ent|F1|clean|OR|OR-x|lost)$/ { print $1, $2 }'; }

"$cordon" eval deid "$here/gold.jsonl" "$here/pred.jsonl" >"$tmp/out" || fail "scoring"
metrics <"$tmp/out" | diff "$here/expected.txt" - || fail "the numbers of the independent scorer"
grep -q '^  1 texts WITHOUT a prediction' "$tmp/out" || fail "an absent prediction is announced"
grep -q '^  1 predictions for ids that are not in gold' "$tmp/out" || fail "a stranger is announced"

# Order of lines, line ends and repeated ids (the last one counts) change nothing.
{ head -n 1 "$here/gold.jsonl" | sed 's/"spans": .*/"spans": []}/'; sort -r "$here/gold.jsonl"; } |
    awk '{ printf "%s\r\n", $0 }' >"$tmp/again.jsonl"
"$cordon" eval deid "$tmp/again.jsonl" "$here/pred.jsonl" | metrics | diff "$here/expected.txt" - || fail "order"
# Standard input, and the same seed gives the same report.
"$cordon" eval deid - "$here/pred.jsonl" <"$here/gold.jsonl" | cmp -s - "$tmp/out" || fail "standard input"
"$cordon" eval deid --seed 2 "$here/gold.jsonl" "$here/pred.jsonl" | cmp -s - "$tmp/out" && fail "the seed is used"

# Gold as its own prediction is right everywhere; no prediction is right nowhere.
"$cordon" eval deid "$here/gold.jsonl" "$here/gold.jsonl" | metrics >"$tmp/out"
awk '($1 ~ /^(OR|OR-x|lost)$/ ? $2 != "0.0000" : $2 != "1.0000") { exit 1 }' "$tmp/out" || fail "gold as prediction"
: >"$tmp/empty.jsonl"
"$cordon" eval deid "$here/gold.jsonl" "$tmp/empty.jsonl" | metrics >"$tmp/out"
awk '($1 ~ /^(P-ent|F1)$/ ? $2 != "-" : $2 != "0.0000") { exit 1 }' "$tmp/out" || fail "empty prediction"

# Text of gold appears on request only.
"$cordon" eval deid --json --by-label "$here/gold.jsonl" "$here/pred.jsonl" | grep -q Whitfield && fail "text unasked"
"$cordon" eval deid --json --show 9 "$here/gold.jsonl" "$here/pred.jsonl" | grep -q 'John A. Whitfield' || fail "--show"

# A line that can't be used: exit 2, its number and offset, nothing of its content.
bad() { # WHAT LINE
    printf '{"id":"a","text":"x","spans":[]}\n%s\n' "$2" >"$tmp/bad.jsonl"
    for order in "$tmp/bad.jsonl $here/pred.jsonl" "$here/gold.jsonl $tmp/bad.jsonl"; do
        # shellcheck disable=SC2086
        "$cordon" eval deid $order >"$tmp/out" 2>"$tmp/err"
        code=$?
        [ $code -eq 2 ] || fail "$1: exit $code"
        grep -q 'record 2, byte [0-9]' "$tmp/err" || fail "$1: place"
        grep -qi 'secret' "$tmp/out" "$tmp/err" && fail "$1: content shown"
        [ -s "$tmp/out" ] && fail "$1: half a report"
    done
}
bad 'no JSON' '{"id":"secret",'
bad 'trailing bytes' '{"id":"secret","text":"x","spans":[]} secret'
bad 'no object' '["secret"]'
bad 'no id' '{"text":"secret","spans":[]}'
bad 'fractional id' '{"id":1.5,"text":"secret","spans":[]}'
bad 'no spans' '{"id":"secret","text":"x"}'
bad 'spans of another kind' '{"id":"secret","text":"x","spans":{"start":1}}'
bad 'span of another kind' '{"id":"secret","text":"x","spans":[1]}'
bad 'span without end' '{"id":"secret","text":"x","spans":[{"start":0}]}'
bad 'negative offset' '{"id":"secret","text":"x","spans":[{"start":-1,"end":1}]}'
bad 'fractional offset' '{"id":"secret","text":"x","spans":[{"start":0,"end":1.0}]}'
bad 'huge offset' '{"id":"secret","text":"x","spans":[{"start":0,"end":4294967296}]}'
bad 'backward span' '{"id":"secret","text":"x","spans":[{"start":5,"end":1}]}'
bad 'label of another kind' '{"id":"secret","text":"x","spans":[{"start":0,"end":1,"label":7}]}'
bad 'lone surrogate' '{"id":"secret","text":"\ud800","spans":[]}'
bad 'not UTF-8' "$(printf '{"id":"secret","text":"\377","spans":[]}')"
printf '{"id":"a","spans":[]}\n' >"$tmp/bad.jsonl"
"$cordon" eval deid "$tmp/bad.jsonl" "$here/pred.jsonl" 2>/dev/null
[ $? -eq 2 ] || fail "gold without text"
for args in '' 'deid' "deid $here/gold.jsonl" "nonsense a b" "deid --boot many $here/gold.jsonl $here/pred.jsonl" \
    "deid $here/gold.jsonl $tmp/absent.jsonl"; do
    # shellcheck disable=SC2086
    "$cordon" eval $args >/dev/null 2>&1
    [ $? -eq 2 ] || fail "wrong use: $args"
done
exit $failed
