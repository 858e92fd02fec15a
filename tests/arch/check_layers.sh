#!/bin/sh
# check_layers.sh ROOT: every include of src/ is one that layers.txt allows.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
cd "$1"
# Headers that the build writes stand in no folder of the tree: X.h.in here is X.h there.
made=$(find src -name '*.h.in' -exec basename {} .in \; | tr '\n' ' ')
find src -name '*.[ch]' | sort | xargs awk -v keep_strings=1 -v layers="$here/layers.txt" \
    -v made_names="$made" -f "$here/code.awk" -f "$here/layers.awk" "$here/layers.txt"
