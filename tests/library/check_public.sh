#!/bin/sh
# check_public.sh HEADER SHARED STATIC: both libraries define the functions that the header declares, and no
# other name.
set -eu
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
grep -v 'static inline' "$1" | awk '/^CORDON_API/ && match($0, /cordon_[a-z_]+\(/) {
    print substr($0, RSTART, RLENGTH - 1) }' | sort >"$tmp/declared"
nm -D --defined-only "$2" | awk '{ sub(/@.*/, "", $3); print $3 }' | sort >"$tmp/shared"
nm -g --defined-only "$3" | awk 'NF == 3 { print $3 }' | sort >"$tmp/static"
[ "$(wc -l <"$tmp/declared")" -ge 16 ] || { echo "$1: no declarations were found"; exit 1; }
diff -u "$tmp/declared" "$tmp/shared"
diff -u "$tmp/declared" "$tmp/static"
