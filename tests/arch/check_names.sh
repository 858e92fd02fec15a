#!/bin/sh
# check_names.sh ROOT: no file name twice, so that a name in a log, a test or a talk means one file.
set -eu
cd "$1"
find src include -name '*.[ch]' 2>/dev/null | awk -F/ '
    { name = $NF }
    name in first { print $0 ":1: the same file name as " first[name]; found = 1; next }
    { first[name] = $0 }
    END { exit found }'
