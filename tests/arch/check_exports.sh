#!/bin/sh
# check_exports.sh LIBRARY: a shared link of the core shows the world cordon_… and nothing else.
set -eu
nm -D --defined-only "$1" | awk -v library="$1" '
    { sub(/@.*/, "", $3) }
    $3 !~ /^cordon_/ { print library ": exports " $3; found = 1 }
    END { exit found }'
