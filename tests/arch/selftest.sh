#!/bin/sh
# selftest.sh COMPILER…: plants violations in a tree of its own and sees each check find its own, with its
# place, and nothing in what is allowed.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
tree=$(mktemp -d)
trap 'rm -rf "$tree"' EXIT
failed=0

begin() {
    rm -rf "$tree/src"
    mkdir -p "$tree/src/base" "$tree/src/text" "$tree/src/format" "$tree/src/lexicon" "$tree/src/cli"
}
plant() { # PATH TEXT
    printf '%b' "$2" >"$tree/src/$1"
}
finds() { # CHECK PLACE [ARGUMENTS]
    check=$1 place=$2
    shift 2
    if said=$(sh "$here/$check.sh" "$tree" "$@" 2>&1); then
        echo "selftest: $check did not fail on $place"
        failed=1
    elif ! printf '%s\n' "$said" | grep -qF "$place"; then
        echo "selftest: $check failed without naming $place: $said"
        failed=1
    fi
}
passes() { # CHECK [ARGUMENTS]
    check=$1
    shift
    if ! said=$(sh "$here/$check.sh" "$tree" "$@" 2>&1); then
        echo "selftest: $check failed on an allowed tree: $said"
        failed=1
    fi
}

# What is allowed: words in comments and strings, members, longer names, snprintf, and base's own heap.
begin
plant base/mem.h '#pragma once\n#include <stdlib.h>\nstatic inline void f(void *p) { free(p); }\n'
plant text/ok.h '#pragma once\n#include "base/mem.h"\n'
plant text/ok.c '#include "text/ok.h"\n/* malloc(1); "unclosed\n printf("x") */\n// free(p);\nconst char *s = "malloc(1) \\" printf";\nint g(struct x *x) { my_free(x->free); return snprintf(0, 0, ""); }\nchar q = \0047"\0047; // "stderr\n'
plant cli/say.c '#include "text/ok.h"\nint main(void) { printf("x"); }\n'
plant lexicon/made.h.in '#define X @X@\n'
plant lexicon/use.c '#include "made.h"\n'
for check in layers heap print names; do passes check_$check; done
passes check_headers "$tree" "$@"

begin; plant text/a.c '\nint x;\nvoid *p = malloc(1);\n'; finds check_heap src/text/a.c:3:
begin; plant text/a.c 'void (*gone)(void *) = free;\n'; finds check_heap src/text/a.c:1:
begin; plant text/a.c '/* a\n */ char *s = strdup("x");\n'; finds check_heap src/text/a.c:2:
begin; plant text/a.c 'void *p = mmap(0);\n'; finds check_heap src/text/a.c:1:
begin; plant text/a.c '\n  printf("x");\n'; finds check_print src/text/a.c:2:
begin; plant text/a.c 'f(stderr);\n'; finds check_print src/text/a.c:1:
begin; plant text/a.c '\n\nwrite(STDERR_FILENO, "", 0);\n'; finds check_print src/text/a.c:3:
begin; plant format/a.c '#include "base/x.h"\n#include "lexicon/x.h"\n'; finds check_layers src/format/a.c:2:
begin; plant base/a.h '#include "text/x.h"\n'; finds check_layers src/base/a.h:1:
begin; plant base/a.h '#  include <text/x.h>\n'; finds check_layers src/base/a.h:1:
begin; plant text/a.c '#include "b.h"\n'; finds check_layers src/text/a.c:1:
begin; plant format/a.c '#include "text/b_inside.h"\n'; finds check_layers src/format/a.c:1:
begin; plant text/a.c '#include "../base/b.h"\n'; finds check_layers src/text/a.c:1:
begin; mkdir "$tree/src/new"; plant new/a.c '#include "base/b.h"\n'; finds check_layers src/new/a.c:1:
begin; plant text/a.c ''; plant format/a.c ''; finds check_names /a.c:1:
begin; plant text/a.h '#pragma once\nsize_t n;\n'; finds check_headers src/text/a.h:1: "$tree" "$@"
begin; plant text/a.h 'struct twice { int x; };\n'; finds check_headers src/text/a.h:1: "$tree" "$@"

begin
plant text/a.c 'int cordon_open(void) { return 0; }\nint leaked(void) { return 1; }\n'
"$@" -shared -fPIC -o "$tree/lib.so" "$tree/src/text/a.c"
if said=$(sh "$here/check_exports.sh" "$tree/lib.so"); then
    echo "selftest: check_exports did not fail on a leaked symbol"
    failed=1
fi
case $said in *leaked*) ;; *) echo "selftest: check_exports did not name it: $said"; failed=1 ;; esac
case $said in *cordon_open*) echo "selftest: check_exports refused cordon_open"; failed=1 ;; esac

exit $failed
