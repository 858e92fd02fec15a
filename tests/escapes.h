/* tests/escapes.h — the escapes \n \t \r \\ of the tables that tests read. */
#pragma once
#include "base/base.h"

/* v without its escapes into `to` (at least v.n bytes; v's own will do); returns the length. */
static inline size_t unescape(view v, char *to)
{
    size_t n = 0;
    for (size_t i = 0; i < v.n; i++) {
        char c = v.p[i];
        if (c == '\\' && i + 1 < v.n) {
            c = v.p[++i];
            c = c == 'n' ? '\n' : c == 't' ? '\t' : c == 'r' ? '\r' : c;
        }
        to[n++] = c;
    }
    return n;
}
