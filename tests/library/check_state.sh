#!/bin/sh
# check_state.sh SHARED: what the library can write to outside its things is what docs/internals/library.md
# names, and nothing else: word sets (64 bytes, and aligned so: nothing else is), and these.
#   asked budget fault_… in_use   counters of the heap, atomic
#   builtin builtin_once          the lexicon's descriptor
#   models_builtin models_once    the taggers' descriptors
#   column_words column_words_once   what columns and labels are named by, filled once
#   lock                          around filling a word set
#   wordset_pool wordset_pool_used   where word sets keep their words, written under that lock
#   completed __…                 the compiler's own
set -eu
objdump -t "$1" | awk -v library="$1" '
    NF < 4 || $(NF - 2) !~ /^\.(data|bss|tdata|tbss)$/ { next }
    { seen++; name = $NF; size = $(NF - 1); sub(/\.[0-9]+$/, "", name) }
    $(NF - 2) == ".data" && size ~ /^0*40$/ && $1 ~ /[048c]0$/ { next }
    name ~ /^(asked|budget|fault_in|fault_on|fault_sticky|in_use|wordset_pool|wordset_pool_used|builtin|builtin_once|models_builtin|models_once|column_words|column_words_once|lock|completed|__.*)$/ { next }
    name ~ /^\.(data|bss)$/ { next }
    { print library ": state that is not named: " $NF; found = 1 }
    END { if (seen < 9) { print library ": no symbols were read"; found = 1 } exit found }'
