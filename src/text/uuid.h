/* text/uuid.h — a UUID as RFC 4122 writes it: 8-4-4-4-12 digits of sixteen, in either case.
 *
 * Exports hold one in nearly every line, so all of it is looked at without a branch.   Threads: pure.
 */
#pragma once
#include "base/base.h"

enum { UUID_LEN = 36 };

/* Is all of v one? */
static inline bool view_is_uuid(view v)
{
    static const char form[UUID_LEN + 1] = "xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx";
    unsigned char bad = 0;
    if (v.n != UUID_LEN || v.p[8] != '-') return false;
    for (size_t i = 0; i < UUID_LEN; i++) {
        unsigned char c = (unsigned char)v.p[i];
        unsigned char digit = (unsigned char)(c - '0') < 10;
        unsigned char letter = (unsigned char)((c | 0x20) - 'a') < 6;
        unsigned char dash = c == '-', due = form[i] == '-';
        bad |= (unsigned char)((dash ^ due) | ((dash | digit | letter) ^ 1));
    }
    return !bad;
}
