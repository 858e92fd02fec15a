#!/bin/sh
# guided.sh: what tools/build-guided does in which order, what it refuses, and what `make install GUIDED=1` installs. Meson,
# ninja and the compiler are played by scripts, since the real ones take minutes; `make guided` itself compares what it
# built.
set -u
root=$(cd "$(dirname "$0")/../.." && pwd)
tmp=$(mktemp -d) || exit 1
trap 'rm -rf "$tmp"' EXIT
cd "$tmp" || exit 1
mkdir -p tools bench examples bin
cp "$root/tools/build-guided" tools/
cp "$root/Makefile" .
echo '{"text":"x"}' >examples/notes.jsonl
failed=0
fail() {
    echo "FAILED: $*"
    failed=1
    cat out err steps 2>/dev/null
}
# is_played NAME: reads a script from standard input
is_played() {
    cat >"$1"
    chmod +x "$1"
}
# guided STATUS [NAME=VALUE]: runs it with what bin/ plays
guided() {
    want=$1
    shift
    : >steps
    env STEPS="$PWD/steps" PATH="$PWD/bin:$PATH" "$@" tools/build-guided >out 2>err
    got=$?
    [ $got -eq "$want" ] || fail "exit status $got, not $want"
}
says() { grep -q -e "$2" "$1" || fail "$1 has no '$2'"; }
gcc_is_cc() { printf '#!/bin/sh\necho "cc (Debian 12.2.0) 12.2.0"\n' | is_played bin/cc; }

is_played bench/structured.py <<'EOF'
#!/bin/sh
echo "$1 $2"
EOF
is_played bin/meson <<'EOF'
#!/bin/sh
echo "meson $*" >>"$STEPS"
case "$1 $3" in
'configure --prefix') echo "$4" >prefix ;;
'install build')
    to=$DESTDIR$(cat prefix)/bin
    mkdir -p "$to"
    printf '#!/bin/sh\necho "not by counts"\n' >"$to/cordon"
    chmod 755 "$to/cordon"
    ;;
esac
EOF
# The program that ninja makes finds John in all texts; by the counts it finds what FINDS says.
is_played bin/ninja <<'EOF'
#!/bin/sh
echo "ninja $*" >>"$STEPS"
[ "$2" = build-guided ] || exit 0
mkdir -p build-guided/tools/notegen
printf '#!/bin/sh\necho "a note"\n' >build-guided/tools/notegen/notegen
cat >build-guided/cordon <<'END'
#!/bin/sh
echo "cordon $1" >>"$STEPS"
[ "$1" != "${FAILS:-}" ] || { echo "no room for it" >&2; exit 1; }
out=/dev/stdout
while [ $# -gt 0 ]; do
    [ "$1" != -o ] || out=$2
    shift
done
if grep -q pgo=use "$STEPS"; then echo "${FINDS:-John}"; else echo John; fi >"$out"
END
chmod +x build-guided/cordon build-guided/tools/notegen/notegen
[ "$1 $2 $3" != "${BREAKS:-}" ] || { echo "undefined reference"; exit 1; }
EOF

# With counters, a run that fills them, by the counts, and a look at what was made.
gcc_is_cc
guided 0
uniq steps >order
cat >wanted <<'EOF'
meson setup build-guided --buildtype=release -Dllama=none -Db_pgo=generate
ninja -C build-guided cordon tools/notegen/notegen
cordon key
cordon deid
cordon detect
cordon deid
meson configure build-guided -Db_pgo=use -Db_lto=true
ninja -C build-guided cordon
cordon deid
cordon detect
cordon deid
EOF
cmp -s order wanted || fail "another order: $(diff wanted order)"
says out '^build-guided: build-guided/cordon$'
[ -x build-guided/cordon ] || fail "there is no program"

# A program that finds something else is not left there.
guided 1 FINDS=Jane
says err 'do not find the same'
[ ! -e build-guided/cordon ] || fail "a program that finds something else is left"

# What fails shows what it said.
guided 1 BREAKS='-C build-guided cordon'
says err 'undefined reference'
says err 'build-guided: ninja failed'
guided 1 FAILS=deid
says err 'no room for it'
says err 'build-guided: build-guided/cordon failed'
guided 1 FAILS=detect
says err 'no room for it'

# Another compiler, or none: nothing is begun, and what was there stays.
gcc_is_cc
guided 0
printf '#!/bin/sh\necho "Debian clang version 14.0.6"\n' | is_played bin/cc
guided 2
says err 'needs gcc as cc, which is clang here'
[ ! -s steps ] || fail "begun with clang"
printf '#!/bin/sh\nexit 127\n' | is_played bin/cc
guided 2
says err 'there is no cc'
[ -x build-guided/cordon ] || fail "a refusal took the program away"

# installed STATUS [NAME=VALUE]: make install, and what the program says there of a line
installed() {
    want=$1
    shift
    rm -rf dest
    : >steps
    env STEPS="$PWD/steps" PATH="$PWD/bin:$PATH" make -s install DESTDIR="$PWD/dest" PREFIX=/opt/cordon GUIDED= "$@" \
        >out 2>err
    got=$?
    case $want.$got in 0.0 | 1.[1-9]*) ;; *) fail "make install: exit status $got" ;; esac
    said=$(echo "John was seen." | STEPS="$PWD/steps" dest/opt/cordon/bin/cordon detect - 2>/dev/null)
}
gcc_is_cc
installed 0
[ "$said" = "not by counts" ] || fail "another program is installed: $said"
grep -q build-guided steps && fail "built by counts unasked"
installed 0 GUIDED=1
[ "$said" = John ] || fail "the program by counts is not the one installed: $said"
[ "$(stat -c %a dest/opt/cordon/bin/cordon)" = 755 ] || fail "others may not run it"
installed 1 GUIDED=1 FINDS=Jane
[ ! -e dest ] || fail "a program that finds something else is installed, or another for it"
exit $failed
