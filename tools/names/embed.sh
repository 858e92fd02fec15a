#!/bin/sh
# embed.sh OUT.S POOLS TEMPLATES: the two files as read-only data of the program (deid/name_sets.h).
set -eu
out=$1
shift
for part in pools templates; do
    name=names_$part
    cat <<END
    .section .rodata.cordon_names, "a", %progbits
    .globl ${name}_data, ${name}_end
    .hidden ${name}_data, ${name}_end
${name}_data:
    .incbin "$1"
${name}_end:
END
    shift
done >"$out"
echo '    .section .note.GNU-stack, "", %progbits' >>"$out"
