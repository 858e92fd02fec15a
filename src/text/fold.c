/* text/fold.c — the folded form, and the way back to each byte of it.
 *
 * The text is walked once. ASCII is leapt over; of the rest each code point has a fate:
 *
 *      KEEP    stays, and nothing before it changes for it
 *      DROP    not visible: gone
 *      ASCII   stands for an ASCII character
 *      NORMAL  joins what stands before it, or has a canonical decomposition
 *
 * Entities ("O&apos;Brien") are what they mean, but for letters of ASCII, hidden and joining characters.
 * What is not KEEP is handled as a cluster: a base and all that joins it, whatever is dropped between
 * them. A cluster that NFC changes is one atomic stretch of the map. Clusters are cut at CLUSTER_MAX
 * code points, as the Stream-Safe Text Format of UAX #15 does: ordering marks takes quadratic time,
 * and no language needs thirty of them. Nothing is copied before the first change.
 */
#include "text/fold.h"

#include <utf8proc.h>

#include "text/entity.h"
#include "text/scan.h"
#include "text/utf8.h"

enum { CLUSTER_MAX = 31, DECOMPOSED_MAX = 4 * CLUSTER_MAX };
enum fate { KEEP, DROP, ASCII, NORMAL };

struct range {
    uint32_t first, last;
};

/* Default_Ignorable_Code_Point of Unicode 15, but for U+00AD, which is tested apart: zero-width
 * characters, bidi controls, fillers, variation selectors, tags. */
static const struct range dropped[] = {
    { 0x034F, 0x034F }, { 0x061C, 0x061C },   { 0x115F, 0x1160 },   { 0x17B4, 0x17B5 },
    { 0x180B, 0x180F }, { 0x200B, 0x200F },   { 0x202A, 0x202E },   { 0x2060, 0x206F },
    { 0x3164, 0x3164 }, { 0xFE00, 0xFE0F },   { 0xFEFF, 0xFEFF },   { 0xFFA0, 0xFFA0 },
    { 0xFFF0, 0xFFF8 }, { 0x1BCA0, 0x1BCA3 }, { 0x1D173, 0x1D17A }, { 0xE0000, 0xE0FFF },
};

static bool is_dropped(uint32_t cp)
{
    if (cp < 0x300) return cp == 0xAD;
    for (size_t i = 0; i < COUNT_OF(dropped) && dropped[i].first <= cp; i++)
        if (cp <= dropped[i].last) return true;
    return false;
}

/* The ASCII character that cp stands for, or 0. */
static char ascii_of(uint32_t cp)
{
    if (cp >= 0xFF01 && cp <= 0xFF5E) return (char)(cp - 0xFF01 + '!');
    if (cp >= 0x2000 && cp <= 0x200A) return ' ';
    if (cp >= 0x2010 && cp <= 0x2015) return '-';
    switch (cp) {
    case 0x00A0:
    case 0x1680:
    case 0x202F:
    case 0x205F:
    case 0x3000: return ' ';
    case 0x0085:
    case 0x2028:
    case 0x2029: return '\n';
    case 0x2212:
    case 0xFE58:
    case 0xFE63: return '-';
    case 0x00B4:
    case 0x02B9:
    case 0x02BB:
    case 0x02BC:
    case 0x1FFD:
    case 0x0374: /* as apostrophes in names */
    case 0x2018:
    case 0x2019:
    case 0x201A:
    case 0x201B:
    case 0x2032:
    case 0x2035: return '\'';
    case 0x02BA:
    case 0x201C:
    case 0x201D:
    case 0x201E:
    case 0x201F:
    case 0x2033:
    case 0x2036: return '"';
    case 0x2044:
    case 0x2215: return '/';
    }
    return 0;
}

/* Does cp take part in the character before it? A little more than NFC_QC=Maybe: nothing is lost by
 * looking at a cluster that turns out to be normal. */
static bool joins(uint32_t cp)
{
    if (cp < 0x300) return false;
    if (cp >= 0x1161 && cp <= 0x11FF) return true; /* vowels and finals of Hangul */
    utf8proc_propval_t c = utf8proc_get_property((utf8proc_int32_t)cp)->category;
    return c == UTF8PROC_CATEGORY_MN || c == UTF8PROC_CATEGORY_MC || c == UTF8PROC_CATEGORY_ME;
}

/* A bit for each 64 code points of the Basic Multilingual Plane: is one among them that is dropped,
 * joins, stands for ASCII, or is not in NFC by itself? A unit test holds it against utf8proc. */
/* clang-format off */
static const uint64_t loud_blocks[16] = {
    0xFFFFFFFFFBC47404, 0xE089FF15F40020E7, 0x00A808000000111B, 0x0000000000000025, 0, 0, 0, 0,
    0, 0, 0x00008FFD0E000000, 0, 0, 0, 0, 0xFB003FF000000000,
};
/* clang-format on */

static enum fate fate_of(uint32_t cp)
{
    if (cp < 0x10000 && !(loud_blocks[cp >> 12] >> (cp >> 6 & 63) & 1)) return KEEP;
    if (is_dropped(cp)) return DROP;
    if (ascii_of(cp)) return ASCII;
    if (cp < 0x300) return KEEP; /* the composed letters here are normal */
    if (joins(cp)) return NORMAL;
    const utf8proc_property_t *p = utf8proc_get_property((utf8proc_int32_t)cp);
    return p->decomp_seqindex != UINT16_MAX && p->decomp_type == 0 ? NORMAL : KEEP;
}

struct fold {
    view in;
    struct arena *arena;
    char *out; /* NULL until something changes */
    size_t n, cap;
    size_t copied; /* of `in`, what is in out or dropped */
    struct offset_builder marks;
};

static err room(struct fold *f, size_t more)
{
    size_t need, cap = MAX(f->cap * 2, f->in.n + f->in.n / 16 + 64);
    if (!size_add(f->n, more, &need)) return ERR_LIMIT;
    if (f->out && need <= f->cap) return OK;
    cap = MAX(cap, need);
    if (cap > UINT32_MAX) return ERR_LIMIT;
    char *p = arena_alloc(f->arena, cap);
    if (!p) return ERR_MEMORY;
    if (f->n) memcpy(p, f->out, f->n);
    f->out = p;
    f->cap = cap;
    return OK;
}

/* `with` stands for in[from, to). */
static err put(struct fold *f, const char *with, size_t len, size_t from, size_t to)
{
    err e = OK;
    TRY(room(f, len));
    TRY(offset_mark_add(&f->marks, (uint32_t)f->n, (uint32_t)from));
    if (len) memcpy(f->out + f->n, with, len);
    f->n += len;
    TRY(offset_mark_add(&f->marks, (uint32_t)f->n, (uint32_t)to));
    f->copied = to;
out:
    return e;
}

/* What stands unchanged before `to`. */
static err flush(struct fold *f, size_t to)
{
    if (f->copied == to && f->out) return OK;
    return put(f, f->in.p + f->copied, to - f->copied, f->copied, to);
}

struct member {
    uint32_t cp;
    size_t from, to;
    char ascii; /* what it stands for, or 0 */
};
struct cluster {
    struct member m[CLUSTER_MAX];
    uint32_t n;
    size_t end;
};

static void join(struct cluster *c, uint32_t cp, size_t from, size_t to)
{
    char ascii = ascii_of(cp);
    c->m[c->n++] = (struct member){ ascii ? (unsigned char)ascii : cp, from, to, ascii };
    c->end = to;
}

/* The character at `from` and all that joins it, over dropped characters. */
static void gather(view in, size_t from, struct cluster *c)
{
    size_t pos = from;
    c->n = 0;
    uint32_t cp = utf8_next(in, &pos);
    join(c, cp, from, pos);
    while (c->n < CLUSTER_MAX && pos < in.n && (unsigned char)in.p[pos] >= 0xC2) {
        size_t at = pos;
        cp = utf8_next(in, &pos);
        if (is_dropped(cp)) continue;
        if (!joins(cp)) break;
        join(c, cp, at, pos);
    }
}

/* NFC of `text` into out; returns its length. */
static size_t compose(const char *text, size_t text_len, char *out)
{
    utf8proc_int32_t cps[DECOMPOSED_MAX];
    const utf8proc_option_t nfc = UTF8PROC_STABLE | UTF8PROC_COMPOSE;
    utf8proc_ssize_t n = utf8proc_decompose((const utf8proc_uint8_t *)text,
                                            (utf8proc_ssize_t)text_len, cps, DECOMPOSED_MAX, nfc);
    BUG_IF(n < 0 || n > DECOMPOSED_MAX);
    n = utf8proc_normalize_utf32(cps, n, nfc);
    BUG_IF(n < 0);
    size_t len = 0;
    for (utf8proc_ssize_t i = 0; i < n; i++)
        len += utf8_put((uint32_t)cps[i], out + len);
    return len;
}

/* A stretch of the same length on both sides is read as linear; is that right for these? If not (marks
 * in another order, that is all), the cluster stays as it was: a right map matters more. */
static bool is_safely_linear(const char *a, const char *b, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if ((a[i] & 0xC0) != 0x80 && (b[i] & 0xC0) == 0x80) return false;
    return true;
}

static err put_members(struct fold *f, const struct cluster *c)
{
    err e = OK;
    char one[4];
    for (uint32_t i = 0; i < c->n; i++)
        TRY(put(f, one, utf8_put(c->m[i].cp, one), c->m[i].from, c->m[i].to));
out:
    return e;
}

static err fold_cluster(struct fold *f, const struct cluster *c)
{
    err e = OK;
    char text[4 * CLUSTER_MAX], out[4 * DECOMPOSED_MAX];
    size_t from = c->m[0].from, source = c->end - from, n = 0, len;
    bool is_source = true; /* text is what stands in the source */
    if (c->n == 1 && c->m[0].ascii) {
        TRY(flush(f, from));
        return put(f, &c->m[0].ascii, 1, from, c->end);
    }
    for (uint32_t i = 0; i < c->n; i++) {
        n += utf8_put(c->m[i].cp, text + n);
        is_source &= !c->m[i].ascii && (i == 0 || c->m[i].from == c->m[i - 1].to);
    }
    len = compose(text, n, out);
    bool is_same = len == n && memcmp(text, out, n) == 0;
    if (is_same && is_source) return OK; /* normal already: part of the plain run */
    TRY(flush(f, from));
    if (is_same || (len == source && !is_safely_linear(out, f->in.p + from, len)))
        return put_members(f, c);
    TRY(put(f, out, len, from, c->end));
out:
    return e;
}

/* The end of the dropped characters at `at`. */
static size_t dropped_end(view in, size_t at)
{
    size_t pos = at;
    while (pos < in.n && (unsigned char)in.p[pos] >= 0xC2) {
        if (!is_dropped(utf8_next(in, &pos))) return at;
        at = pos;
    }
    return at;
}

/* Handles the character at `at`, whose fate is not KEEP; *next is where the walk goes on. */
static err fold_special(struct fold *f, size_t at, enum fate fate, size_t *next)
{
    err e = OK;
    size_t base = at, ahead = fate == DROP ? dropped_end(f->in, at) : at, pos = ahead;
    bool is_joined = pos < f->in.n && joins(utf8_next(f->in, &pos));
    bool has_base = at > f->copied; /* a character that belongs to no cluster yet */
    if (fate == DROP && !(is_joined && has_base)) {
        TRY(flush(f, at));
        f->copied = *next = ahead;
        return OK;
    }
    if (is_joined && has_base) {
        do
            base--;
        while ((f->in.p[base] & 0xC0) == 0x80);
    }
    struct cluster c;
    gather(f->in, base, &c);
    *next = c.end;
    TRY(fold_cluster(f, &c));
out:
    return e;
}

/* What an entity for cp folds to: cp, the ASCII it stands for, or 0 where it stays as it is written. Nothing that
 * another entity could be made of, so that what is folded stays. */
static uint32_t entity_fold(uint32_t cp)
{
    if (cp < 0x80) {
        const bool makes = ascii_is_alpha((char)cp) || ascii_is_digit((char)cp) || cp == '#' ||
                           cp == ';' || cp == '&';
        return makes || scan_is_control((unsigned char)cp) ? 0 : cp;
    }
    const enum fate fate = fate_of(cp);
    if (fate == ASCII) return entity_fold((unsigned char)ascii_of(cp));
    return fate == KEEP && cp >= 0xA0 ? cp : 0;
}

/* "&apos;", "&iacute;" at `at`: *next is where the walk goes on. */
static err fold_entity(struct fold *f, size_t at, size_t *next)
{
    err e = OK;
    char as[4];
    uint32_t cp = 0;
    const size_t len = entity_at(f->in, at, &cp);
    *next = at + 1;
    if (!len || !(cp = entity_fold(cp))) return OK;
    TRY(flush(f, at));
    TRY(put(f, as, utf8_put(cp, as), at, at + len));
    *next = at + len;
out:
    return e;
}

err fold_text(view text, struct arena *a, view *folded, struct offset_map *map)
{
    err e = OK;
    struct fold f = { .in = text, .arena = a };
    size_t i = 0;
    if (text.n > UINT32_MAX / 4) return ERR_LIMIT;
    offset_builder_init(&f.marks, a);
    while (i < text.n) {
        i += scan_to_special(text.p + i, text.n - i);
        if (i == text.n) break;
        size_t at = i;
        if (text.p[i] == '&') {
            TRY(fold_entity(&f, at, &i));
            continue;
        }
        if ((unsigned char)text.p[i] < 0x80) { /* a control character */
            TRY(flush(&f, at));
            f.copied = ++i;
            continue;
        }
        enum fate fate = fate_of(utf8_next(text, &i));
        if (fate != KEEP) TRY(fold_special(&f, at, fate, &i));
    }
    if (f.out) {
        TRY(flush(&f, text.n));
        TRY(offset_mark_add(&f.marks, (uint32_t)f.n, (uint32_t)text.n));
    }
    *folded = f.out ? view_of(f.out, f.n) : text;
    *map = offset_builder_done(&f.marks);
out:
    return e;
}
