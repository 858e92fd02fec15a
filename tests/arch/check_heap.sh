#!/bin/sh
# check_heap.sh ROOT: the heap is used through src/base alone, where it is counted, limited, wiped and made
# to fail.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
cd "$1"
find src -name '*.[ch]' ! -path 'src/base/*' | sort | xargs awk \
    -v words='malloc|calloc|realloc|reallocarray|free|cfree|aligned_alloc|posix_memalign|memalign|valloc|pvalloc|alloca|strdup|strndup|strdupa|wcsdup|asprintf|vasprintf|getline|getdelim|open_memstream|scandir|mmap|mmap64|mremap|munmap|brk|sbrk|sodium_malloc|sodium_allocarray|sodium_free' \
    -v why='heap use outside src/base' -f "$here/code.awk" -f "$here/words.awk"
