#!/bin/sh
# check_header_alone.sh c|c++ INCLUDE COMPILER…: cordon.h compiles alone and twice, without extensions.
set -eu
language=$1 include=$2
shift 2
if ! command -v "$1" >/dev/null 2>&1; then
    echo "SKIPPED: there is no $1 here, so nothing was compiled as $language"
    exit 77
fi
case $language in
c) standards="c11 c17" ;;
c++) standards="c++11 c++17" ;;
esac
for standard in $standards; do
    printf '#include <cordon.h>\n#include <cordon.h>\nint f(void);\nint f(void)\n{\n%s\n}\n' \
        'struct cordon_params p = cordon_default_params(); return (int)p.struct_size;' |
        "$@" -std="$standard" -pedantic -Wall -Wextra -Wshadow -Wundef -Werror -fsyntax-only \
            -I "$include" -x "$language" -
done
