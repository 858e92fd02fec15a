#include "report/html_text.h"

err html_add(struct buf *b, view v)
{
    err e = OK;
    for (size_t i = 0; i < v.n; i++) {
        unsigned char c = (unsigned char)v.p[i];
        switch (c) {
        case '&': TRY(buf_add(b, VIEW("&amp;"))); break;
        case '<': TRY(buf_add(b, VIEW("&lt;"))); break;
        case '>': TRY(buf_add(b, VIEW("&gt;"))); break;
        case '"': TRY(buf_add(b, VIEW("&quot;"))); break;
        case '\'': TRY(buf_add(b, VIEW("&#39;"))); break;
        default: /* a control character has no place in HTML */
            TRY(buf_add_char(b, c < 0x20 || c == 0x7F ? ' ' : (char)c));
        }
    }
out:
    return e;
}
