#!/bin/sh
# run_example.sh PROGRAM: the example says what it should, and fails as it should.
set -u
root=$(cd "$(dirname "$0")/../.." && pwd)
tmp=$(mktemp -d) || exit 1
trap 'rm -rf "$tmp"' EXIT
failed=0
install -m 600 "$root/examples/example.key" "$tmp/key"
"$1" "$tmp/key" <"$root/examples/library/note.txt" >"$tmp/out" 2>&1
diff -u "$root/tests/library/example_output.txt" "$tmp/out" || failed=1

refuses() { # WHAT KEY INPUT
    if said=$("$program" ${2:+"$2"} <"$3" 2>&1); then
        echo "the example did not fail: $1"
        failed=1
    fi
    case $said in
    *"$1"*) ;;
    *) echo "not said: $1; but: $said"; failed=1 ;;
    esac
}
program=$1
chmod 644 "$tmp/key"
refuses 'key missing, unreadable or not private: the key file is open to its group or to others' "$tmp/key" "$root/examples/library/note.txt"
chmod 600 "$tmp/key"
refuses 'key missing, unreadable or not private: the key file could not be opened' "$tmp/none" "$root/examples/library/note.txt"
refuses 'wrong configuration: transport needs a key' '' "$root/examples/library/note.txt"
printf 'Mr. Abernathy \300\n' >"$tmp/broken"
refuses 'broken UTF-8' "$tmp/key" "$tmp/broken"
echo 'Moved to ward-7 north.' >"$tmp/moved"
printf 'version: 1\ndeny: [{text: Ward 7 North, label: LOCATION}]\n' >"$tmp/site.yaml"
"$program" "$tmp/key" "$tmp/site.yaml" <"$tmp/moved" 2>&1 | grep -q 'a phrase of the site' || {
    echo "the site file has no effect"
    failed=1
}
printf 'version: 1\nallow: x\n' >"$tmp/site.yaml"
"$program" "$tmp/key" "$tmp/site.yaml" <"$tmp/moved" 2>&1 | grep -q 'line 2, column 8' || {
    echo "a fault of the site file has no place"
    failed=1
}
exit $failed
