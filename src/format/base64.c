#include "format/base64.h"

static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

static int value_of(char c)
{
    if (c >= 'A' && c <= 'Z') return c - 'A';
    if (c >= 'a' && c <= 'z') return c - 'a' + 26;
    if (ascii_is_digit(c)) return c - '0' + 52;
    return c == '+' ? 62 : c == '/' ? 63 : -1;
}

err base64_decode(view text, struct arena *a, view *out)
{
    char *p = arena_alloc(a, text.n / 4 * 3 + 3);
    size_t n = 0, letters_seen = 0, padding = 0;
    uint32_t bits = 0;
    if (!p) return ERR_MEMORY;
    for (size_t i = 0; i < text.n; i++) {
        char c = text.p[i];
        int v = value_of(c);
        if (ascii_is_space(c)) continue;
        if (c == '=' && letters_seen % 4 >= 2 && padding < 2) {
            padding++;
            continue;
        }
        if (v < 0 || padding) return ERR_FORMAT;
        bits = bits << 6 | (uint32_t)v;
        if (++letters_seen % 4 == 0) {
            p[n++] = (char)(bits >> 16);
            p[n++] = (char)(bits >> 8);
            p[n++] = (char)bits;
        }
    }
    size_t left = letters_seen % 4;
    if (left == 1 || (padding && left + padding != 4)) return ERR_FORMAT;
    if (left >= 2) p[n++] = (char)(left == 2 ? bits >> 4 : bits >> 10);
    if (left == 3) p[n++] = (char)(bits >> 2);
    *out = view_of(p, n);
    return OK;
}

err base64_encode(view bytes, struct buf *out)
{
    err e = OK;
    size_t before = out->n;
    TRY(buf_reserve(out, bytes.n / 3 * 4 + 4));
    for (size_t i = 0; i < bytes.n; i += 3) {
        size_t left = MIN(bytes.n - i, (size_t)3);
        uint32_t bits = (uint32_t)(unsigned char)bytes.p[i] << 16;
        if (left > 1) bits |= (uint32_t)(unsigned char)bytes.p[i + 1] << 8;
        if (left > 2) bits |= (uint32_t)(unsigned char)bytes.p[i + 2];
        char four[4] = { letters[bits >> 18], letters[bits >> 12 & 63],
                         left > 1 ? letters[bits >> 6 & 63] : '=',
                         left > 2 ? letters[bits & 63] : '=' };
        TRY(buf_add(out, view_of(four, sizeof four)));
    }
out:
    if (e) {
        mem_wipe(out->p + before, out->n - before);
        out->n = before;
    }
    return e;
}
