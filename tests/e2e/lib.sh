# Shared by the end-to-end tests. CORDON is the program under test; each test has a folder of its own.
set -u
: "${CORDON:?set CORDON to the program under test}"
tmp=$(mktemp -d) || exit 1
trap 'chmod -R u+rwx "$tmp" 2>/dev/null; rm -rf "$tmp"' EXIT
cd "$tmp" || exit 1
failed=0

# fail TEXT: note that something is wrong and go on, so that one run shows all of it.
fail() {
    echo "FAILED: $*"
    failed=1
}
# run STATUS command...: its standard output in ./out, its standard error in ./err, STATUS expected.
run() {
    want=$1
    shift
    "$@" >out 2>err
    got=$?
    [ "$got" -eq "$want" ] || { fail "exit status $got, not $want: $*"; head -5 err; }
}
# deid and detect as `run` with the program and the command before the arguments.
deid() {
    want_status=$1
    shift
    run "$want_status" "$CORDON" deid "$@"
}
detect() {
    want_status=$1
    shift
    run "$want_status" "$CORDON" detect "$@"
}
has() { grep -q -e "$2" "$1" || { fail "$1 has no '$2'"; head -5 "$1"; }; }
has_not() { if grep -q -e "$2" "$1"; then fail "$1 has '$2'"; fi; }
same() { cmp -s "$1" "$2" || fail "$1 and $2 differ"; }
absent() { [ ! -e "$1" ] || fail "$1 exists"; }
present() { [ -e "$1" ] || fail "$1 is missing"; }
no_temporaries() {
    left=$(find . -name '.cordon-*' | wc -l)
    [ "$left" -eq 0 ] || fail "$left temporary files are left"
}
done_testing() { exit $failed; }

# A note that every detector worth its name finds something in; no file name in it.
note() {
    echo "Patient John Smith was seen on 03/12/2021 by Dr. Maria Lopez, MD."
    echo "DOB: 04/05/1947. Parkinson's disease, stable on carbidopa-levodopa 25/100 mg."
}
