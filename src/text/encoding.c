/* text/encoding.c — one decoder and one encoder an encoding, each writing the map as it goes. */
#include "text/encoding.h"

#include "text/iso8859.h"
#include "text/scan.h"
#include "text/utf8.h"

/* Windows-1252 from 0x80 to 0x9F; 0 is a byte that means nothing. 0xA0 up is Latin-1. */
static const uint16_t windows1252[32] = {
    0x20AC, 0,      0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
    0x2039, 0x0152, 0,      0x017D, 0,      0,      0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0,      0x017E, 0x0178,
};

static const view bom_utf8 = { "\xEF\xBB\xBF", 3 };
static const view bom_16le = { "\xFF\xFE", 2 };
static const view bom_16be = { "\xFE\xFF", 2 };

/* A text has no U+0000: where one stands, these are the bytes of something else. */
static err refuse_nul(view bytes, struct diag *d)
{
    const char *nul = bytes.n ? memchr(bytes.p, 0, bytes.n) : NULL;
    if (!nul) return OK;
    return DIAG_AT(d, ERR_ENCODING, "a NUL byte: binary, not text", (size_t)(nul - bytes.p), 1);
}

static bool has_well_formed_sequence(view v)
{
    size_t i = 0;
    while (i < v.n) {
        i += scan_ascii(v.p + i, v.n - i);
        if (i == v.n) break;
        view rest = view_sub(v, i, MIN(i + 4, v.n));
        if (utf8_bad_at(rest) > 0) return true;
        i++;
    }
    return false;
}

/* Of bytes that are not UTF-8: were they meant to be? */
static err guess_single_byte(view v, enum encoding *out, struct diag *d)
{
    size_t bad = utf8_bad_at(v);
    if (has_well_formed_sequence(v)) return DIAG_AT(d, ERR_ENCODING, "broken UTF-8", bad, 1);
    for (size_t i = bad; i < v.n; i++) {
        unsigned char c = (unsigned char)v.p[i];
        if (c >= 0x80 && c < 0xA0 && !windows1252[c - 0x80])
            return DIAG_AT(d, ERR_ENCODING, "neither UTF-8 nor Windows-1252", i, 1);
    }
    *out = ENC_WINDOWS1252;
    return OK;
}

err encoding_guess(view bytes, enum encoding *out, struct diag *d)
{
    if (view_starts(bytes, bom_16le) || view_starts(bytes, bom_16be)) {
        *out = view_starts(bytes, bom_16le) ? ENC_UTF16LE : ENC_UTF16BE;
        return OK;
    }
    err e = refuse_nul(bytes, d);
    if (e) return e;
    /* ESC $: ISO 2022 switches to letters of two bytes, which look like ASCII and are not */
    for (size_t at = view_find_byte(bytes, 0, '\x1B'); at + 1 < bytes.n;
         at = view_find_byte(bytes, at + 1, '\x1B'))
        if (bytes.p[at + 1] == '$')
            return DIAG_AT(d, ERR_ENCODING, "a switch of character sets (ISO 2022)", at, 2);
    size_t bad = utf8_bad_at(bytes);
    if (bad == bytes.n) {
        *out = ENC_UTF8;
        return OK;
    }
    if (view_starts(bytes, bom_utf8)) return DIAG_AT(d, ERR_ENCODING, "broken UTF-8", bad, 1);
    return guess_single_byte(bytes, out, d);
}

static err decode_utf8(view bytes, struct offset_builder *marks, view *text, struct diag *d)
{
    err e = OK;
    TRY(refuse_nul(bytes, d));
    size_t bad = utf8_bad_at(bytes), skip = view_starts(bytes, bom_utf8) ? bom_utf8.n : 0;
    if (bad < bytes.n) return DIAG_AT(d, ERR_ENCODING, "broken UTF-8", bad, 1);
    *text = view_sub(bytes, skip, bytes.n);
    if (skip) {
        TRY(offset_mark_add(marks, 0, 0));
        TRY(offset_mark_add(marks, 0, (uint32_t)skip));
        TRY(offset_mark_add(marks, (uint32_t)text->n, (uint32_t)bytes.n));
    }
out:
    return e;
}

/* The code point of byte c, or 0 when it has none. */
static uint32_t single_byte(enum encoding enc, unsigned char c)
{
    if (enc == ENC_WINDOWS1252 && c >= 0x80 && c < 0xA0) return windows1252[c - 0x80];
    if (enc >= ENC_ISO8859_2 && c >= ISO8859_FIRST)
        return iso8859[enc - ENC_ISO8859_2][c - ISO8859_FIRST];
    return c;
}

static err decode_single_byte(enum encoding enc, view v, struct offset_builder *marks, view *text,
                              struct diag *d)
{
    err e = OK;
    size_t size = v.n, i = 0, n = 0;
    for (size_t k = scan_ascii(v.p, v.n); k < v.n; k++) {
        unsigned char c = (unsigned char)v.p[k];
        if (c < 0x80) continue;
        uint32_t cp = single_byte(enc, c);
        if (!cp)
            return DIAG_AT(d, ERR_ENCODING, "a byte that the character set does not have", k, 1);
        size += cp < 0x800 ? 1 : 2;
    }
    if (size == v.n) { /* plain ASCII */
        *text = v;
        return OK;
    }
    char *out = arena_alloc(marks->arena, size);
    if (!out) return ERR_MEMORY;
    TRY(offset_mark_add(marks, 0, 0));
    while (i < v.n) {
        size_t run = scan_ascii(v.p + i, v.n - i);
        memcpy(out + n, v.p + i, run);
        n += run, i += run;
        TRY(offset_mark_add(marks, (uint32_t)n, (uint32_t)i));
        if (i == v.n) break;
        n += utf8_put(single_byte(enc, (unsigned char)v.p[i++]), out + n);
        TRY(offset_mark_add(marks, (uint32_t)n, (uint32_t)i));
    }
    *text = view_of(out, n);
out:
    return e;
}

static uint32_t unit16(enum encoding enc, const char *p)
{
    unsigned char a = (unsigned char)p[0], b = (unsigned char)p[1];
    return enc == ENC_UTF16LE ? (uint32_t)(b << 8 | a) : (uint32_t)(a << 8 | b);
}

static err decode_utf16(enum encoding enc, view v, struct offset_builder *marks, view *text,
                        struct diag *d)
{
    err e = OK;
    size_t n = 0, i = view_starts(v, enc == ENC_UTF16LE ? bom_16le : bom_16be) ? 2 : 0;
    if (v.n % 2) return DIAG_AT(d, ERR_ENCODING, "half a UTF-16 unit at the end", v.n - 1, 1);
    char *out = arena_alloc(marks->arena, v.n / 2 * 3); /* two bytes become three at most */
    if (!out) return ERR_MEMORY;
    TRY(offset_builder_reserve(marks, (uint32_t)(v.n / 2 + 3))); /* nearly every unit is a mark */
    TRY(offset_mark_add(marks, 0, 0));
    TRY(offset_mark_add(marks, 0, (uint32_t)i));
    while (i < v.n) {
        uint32_t cp = unit16(enc, v.p + i);
        size_t len = 2;
        if (cp == 0) return DIAG_AT(d, ERR_ENCODING, "U+0000: binary, not text", i, 2);
        if (cp >= 0xD800 && cp <= 0xDFFF) {
            uint32_t low = v.n - i >= 4 ? unit16(enc, v.p + i + 2) : 0;
            if (cp >= 0xDC00 || low < 0xDC00 || low > 0xDFFF)
                return DIAG_AT(d, ERR_ENCODING, "half a surrogate pair", i, 2);
            cp = 0x10000 + ((cp - 0xD800) << 10) + (low - 0xDC00);
            len = 4;
        }
        n += utf8_put(cp, out + n);
        i += len;
        TRY(offset_mark_add(marks, (uint32_t)n, (uint32_t)i));
    }
    *text = view_of(out, n);
out:
    return e;
}

err encoding_decode(enum encoding enc, view bytes, struct arena *a, view *text,
                    struct offset_map *map, struct diag *d)
{
    err e = OK;
    view got = { NULL, 0 };
    struct offset_builder marks;
    offset_builder_init(&marks, a);
    if (bytes.n > UINT32_MAX / 4) return DIAG(d, ERR_LIMIT, "a text over 1 GB");
    if (enc == ENC_AUTO) TRY(encoding_guess(bytes, &enc, d));
    switch (enc) {
    case ENC_UTF8: TRY(decode_utf8(bytes, &marks, &got, d)); break;
    case ENC_UTF16LE:
    case ENC_UTF16BE: TRY(decode_utf16(enc, bytes, &marks, &got, d)); break;
    case ENC_WINDOWS1252:
    case ENC_LATIN1:
    case ENC_ISO8859_2:
    case ENC_ISO8859_3:
    case ENC_ISO8859_4:
    case ENC_ISO8859_5:
    case ENC_ISO8859_6:
    case ENC_ISO8859_7:
    case ENC_ISO8859_8:
    case ENC_ISO8859_9:
    case ENC_ISO8859_15:
        TRY(refuse_nul(bytes, d));
        TRY(decode_single_byte(enc, bytes, &marks, &got, d));
        break;
    case ENC_AUTO: BUG_IF(true);
    }
    *text = got;
    *map = offset_builder_done(&marks);
out:
    return e;
}

/* The byte of cp in enc, or -1. */
static int single_byte_of(enum encoding enc, uint32_t cp)
{
    if (cp < 0x80) return (int)cp;
    if (enc >= ENC_ISO8859_2) {
        const uint16_t *of = iso8859[enc - ENC_ISO8859_2];
        for (int i = 0; i < ISO8859_BYTES; i++)
            if (of[i] == cp) return ISO8859_FIRST + i;
        return cp < ISO8859_FIRST ? (int)cp : -1;
    }
    if (cp >= 0xA0 && cp < 0x100) return (int)cp;
    if (enc == ENC_LATIN1) return cp < 0x100 ? (int)cp : -1;
    for (int i = 0; i < 32; i++)
        if (windows1252[i] == cp) return 0x80 + i;
    return -1;
}

static size_t put16(enum encoding enc, uint32_t unit, char *out)
{
    char hi = (char)(unit >> 8), lo = (char)unit;
    out[0] = enc == ENC_UTF16LE ? lo : hi;
    out[1] = enc == ENC_UTF16LE ? hi : lo;
    return 2;
}

err encoding_encode(enum encoding enc, view text, struct buf *out)
{
    err e = OK;
    size_t before = out->n, size;
    BUG_IF(enc == ENC_AUTO);
    if (utf8_bad_at(text) < text.n) return ERR_ENCODING;
    if (enc == ENC_UTF8) return buf_add(out, text);
    if (!size_mul(text.n, 2, &size)) return ERR_LIMIT; /* no encoding takes more */
    TRY(buf_reserve(out, enc == ENC_UTF16LE || enc == ENC_UTF16BE ? size : text.n));
    for (size_t i = 0; i < text.n;) {
        uint32_t cp = utf8_next(text, &i);
        char *p = out->p + out->n;
        if (enc == ENC_UTF16LE || enc == ENC_UTF16BE) {
            if (cp < 0x10000) {
                out->n += put16(enc, cp, p);
                continue;
            }
            out->n += put16(enc, 0xD800 + ((cp - 0x10000) >> 10), p);
            out->n += put16(enc, 0xDC00 + ((cp - 0x10000) & 0x3FF), p + 2);
            continue;
        }
        int c = single_byte_of(enc, cp);
        if (c < 0) {
            mem_wipe(out->p + before, out->n - before);
            out->n = before;
            return ERR_ENCODING;
        }
        *p = (char)c;
        out->n++;
    }
out:
    return e;
}

/* "iso-8859-2", "ISO8859/15", "8859/9": part 1 to 9 or 15. */
static bool read_iso8859(view name, enum encoding *out)
{
    size_t at = 0;
    uint64_t part;
    if (name.n > 3 && view_eq_nocase(view_sub(name, 0, 3), VIEW("iso"))) {
        at = 3;
        if (name.p[at] == '-' || name.p[at] == ' ' || name.p[at] == '_') at++;
    }
    view rest = view_sub(name, at, name.n);
    if (rest.n < 6 || !view_starts(rest, VIEW("8859")) || !memchr("-/_", rest.p[4], 3))
        return false;
    rest = view_sub(rest, 5, rest.n);
    if (rest.n > 2 || !view_to_u64(rest, &part) || rest.p[0] == '0') return false;
    if (part == 1)
        *out = ENC_LATIN1;
    else if (part == 15)
        *out = ENC_ISO8859_15;
    else if (part <= 9)
        *out = (enum encoding)(ENC_ISO8859_2 + (part - 2));
    else
        return false;
    return true;
}

bool encoding_from_name(view name, enum encoding *out)
{
    static const struct {
        view name;
        enum encoding enc;
    } names[] = {
        { { "auto", 4 }, ENC_AUTO },          { { "utf-8", 5 }, ENC_UTF8 },
        { { "utf8", 4 }, ENC_UTF8 },          { { "utf-16le", 8 }, ENC_UTF16LE },
        { { "utf-16be", 8 }, ENC_UTF16BE },   { { "windows-1252", 12 }, ENC_WINDOWS1252 },
        { { "cp1252", 6 }, ENC_WINDOWS1252 }, { { "latin1", 6 }, ENC_LATIN1 },
        { { "latin-1", 7 }, ENC_LATIN1 },     { { "iso-8859-1", 10 }, ENC_LATIN1 },
    };
    for (size_t i = 0; i < COUNT_OF(names); i++) {
        if (!view_eq_nocase(name, names[i].name)) continue;
        *out = names[i].enc;
        return true;
    }
    return read_iso8859(name, out);
}
