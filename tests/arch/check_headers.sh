#!/bin/sh
# check_headers.sh ROOT BUILD COMPILER…: every header compiles alone, and twice.
set -eu
cd "$1"
build=$2
shift 2
failed=0
for header in $(find src -name '*.h' ! -path 'src/llm/child/*' | sort); do # those need llama.h
    name=${header#src/}
    printf '#include "%s"\n#include "%s"\nextern int nothing_;\n' "$name" "$name" |
        "$@" -std=gnu17 -D_GNU_SOURCE -Wall -Werror -fsyntax-only -I src -I include -I "$build" -I "$build/.." -x c - || {
        echo "$header:1: does not compile alone"
        failed=1
    }
done
exit $failed
