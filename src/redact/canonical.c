#include "redact/canonical.h"

#include <utf8proc.h>

#include "text/utf8.h"

/* A character gives at most this many bytes (U+FDFA decomposes into 18 characters, 33 bytes from 3). */
enum { GROWTH = 12, DECOMPOSED_MAX = 32 };

enum glyph glyph_of(uint32_t cp)
{
    if (cp < 0x80) {
        if (ascii_is_alpha((char)cp)) return GLYPH_LETTER;
        return ascii_is_digit((char)cp) ? GLYPH_DIGIT : GLYPH_BORDER;
    }
    switch (utf8proc_category((utf8proc_int32_t)cp)) {
    case UTF8PROC_CATEGORY_LU:
    case UTF8PROC_CATEGORY_LL:
    case UTF8PROC_CATEGORY_LT:
    case UTF8PROC_CATEGORY_LM:
    case UTF8PROC_CATEGORY_LO:
    case UTF8PROC_CATEGORY_MN:
    case UTF8PROC_CATEGORY_MC:
    case UTF8PROC_CATEGORY_ME: return cp == 0x2BC ? GLYPH_BORDER : GLYPH_LETTER;
    case UTF8PROC_CATEGORY_ND:
    case UTF8PROC_CATEGORY_NL:
    case UTF8PROC_CATEGORY_NO: return GLYPH_DIGIT;
    case UTF8PROC_CATEGORY_CF: return GLYPH_HIDDEN; /* soft hyphen, zero-width characters, BOM */
    default: return GLYPH_BORDER;
    }
}

enum glyph glyph_next(view v, size_t *pos, uint32_t *cp)
{
    unsigned char c = (unsigned char)v.p[*pos];
    *cp = c < 0x80 ? (++*pos, c) : utf8_next(v, pos);
    return glyph_of(*cp);
}

int glyph_case(uint32_t cp)
{
    if (cp < 0x80) return cp >= 'A' && cp <= 'Z' ? 1 : cp >= 'a' && cp <= 'z' ? -1 : 0;
    switch (utf8proc_category((utf8proc_int32_t)cp)) {
    case UTF8PROC_CATEGORY_LU:
    case UTF8PROC_CATEGORY_LT: return 1;
    case UTF8PROC_CATEGORY_LL: return -1;
    default: return 0;
    }
}

/* Letters that no decomposition takes apart but that people type without their stroke. */
static const char *plain_letter(uint32_t cp)
{
    switch (cp) {
    case 0xE6: return "ae";
    case 0xF0:
    case 0x111: return "d";
    case 0xF8: return "o";
    case 0xFE: return "th";
    case 0x127: return "h";
    case 0x131: return "i";
    case 0x142: return "l";
    case 0x153: return "oe";
    default: return NULL;
    }
}

struct sink {
    char *p;
    size_t n;
    enum canon form;
    bool gap;    /* a border was seen since the last letter or digit */
    bool quoted; /* that border was an apostrophe alone: it joins */
};

static void put(struct sink *s, const char *p, size_t n)
{
    if (s->gap && s->n && s->form == CANON_TEXT && !s->quoted) s->p[s->n++] = ' ';
    s->gap = s->quoted = false;
    memcpy(s->p + s->n, p, n);
    s->n += n;
}

static void put_border(struct sink *s, uint32_t cp)
{
    s->quoted = glyph_is_apostrophe(cp) && !s->gap;
    s->gap = true;
}

static void put_wide(struct sink *s, uint32_t cp)
{
    utf8proc_int32_t out[DECOMPOSED_MAX];
    int last = 0;
    if (glyph_of(cp) == GLYPH_HIDDEN) return;
    utf8proc_ssize_t k =
        utf8proc_decompose_char((utf8proc_int32_t)cp, out, DECOMPOSED_MAX,
                                UTF8PROC_DECOMPOSE | UTF8PROC_COMPAT | UTF8PROC_CASEFOLD |
                                    UTF8PROC_STRIPMARK | UTF8PROC_STABLE | UTF8PROC_IGNORE,
                                &last);
    for (utf8proc_ssize_t i = 0; i < k && i < DECOMPOSED_MAX; i++) {
        uint32_t c = (uint32_t)out[i];
        const char *plain = plain_letter(c);
        char bytes[4];
        if (glyph_of(c) == GLYPH_BORDER)
            put_border(s, c);
        else if (plain)
            put(s, plain, strlen(plain));
        else
            put(s, bytes, utf8_put(c, bytes));
    }
}

err canonical(view v, enum canon form, struct arena *a, char room[CANON_ROOM], view *out)
{
    struct sink s = { .p = room, .form = form };
    bool ascii = utf8_is_ascii(v);
    size_t need;
    if (!size_mul(v.n, ascii ? 1 : GROWTH, &need)) return ERR_LIMIT;
    if (need > CANON_ROOM && !(s.p = arena_alloc(a, need))) return ERR_MEMORY;
    for (size_t pos = 0; pos < v.n;) {
        unsigned char c = (unsigned char)v.p[pos];
        if (c < 0x80) {
            pos++;
            char low = ascii_lower((char)c);
            if ((low >= 'a' && low <= 'z') || ascii_is_digit(low))
                put(&s, &low, 1);
            else
                put_border(&s, c);
        } else {
            put_wide(&s, utf8_next(v, &pos));
        }
    }
    BUG_IF(s.n > MAX(need, (size_t)CANON_ROOM));
    *out = view_of(s.p, s.n);
    return OK;
}
