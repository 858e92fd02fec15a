#!/bin/sh
# run_installed.sh BUILD COMPILER…: installs into a folder of its own and builds the example there as a user
# would, with pkg-config, against the shared library and the static one.
set -eu
build=$1
shift
root=$(cd "$(dirname "$0")/../.." && pwd)
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
command -v pkg-config >/dev/null 2>&1 || { echo "SKIPPED: there is no pkg-config here"; exit 77; }
meson install -C "$build" --no-rebuild --quiet --destdir "$tmp/root" >"$tmp/log" 2>&1 || { cat "$tmp/log"; exit 1; }
pc=$(find "$tmp/root" -name cordon.pc)
[ -n "$pc" ] || { echo "no cordon.pc was installed"; exit 1; }
# Below our root, ours; the libraries it needs are the system's.
prefix=$tmp/root$(pkg-config --variable=prefix "$pc")
ask() { pkg-config --define-variable=prefix="$prefix" "$@" "$pc"; }
libdir=$(ask --variable=libdir)
[ -e "$libdir/libcordon.so.0" ] || { echo "no libcordon.so.0 in libdir"; exit 1; }

# shellcheck disable=SC2046 # lists of options
"$@" "$root/examples/library/detect_redact.c" $(ask --cflags --libs) -o "$tmp/shared"
LD_LIBRARY_PATH=$libdir sh "$root/tests/library/run_example.sh" "$tmp/shared"
rm "$libdir"/libcordon.so*
# shellcheck disable=SC2046
"$@" "$root/examples/library/detect_redact.c" $(ask --static --cflags --libs) -o "$tmp/static"
sh "$root/tests/library/run_example.sh" "$tmp/static"
