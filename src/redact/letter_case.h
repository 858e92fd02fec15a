/* redact/letter_case.h — a lower-case replacement in the case its value had.   Threads: pure. */
#pragma once
#include "base/base.h"

/* 1: ALL UPPER, -1: all lower, 0: Each Word Begins With A Capital. `word` is lower-case ASCII; out has
 * room for word.n bytes. */
static inline view letter_case_apply(view word, int letters, char *out)
{
    bool first = true;
    for (size_t i = 0; i < word.n; i++) {
        char c = word.p[i];
        bool upper = letters > 0 || (letters == 0 && first);
        first = c == ' ' || c == '-';
        out[i] = upper && c >= 'a' && c <= 'z' ? (char)(c - 32) : c;
    }
    return view_of(out, word.n);
}
