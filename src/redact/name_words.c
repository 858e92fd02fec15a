#include "redact/name_words.h"

#include "detect/finding.h"
#include "redact/name_pool.h"

void name_words_wipe(struct name_words *ws)
{
    mem_wipe(ws, sizeof ws->n + (MIN(ws->n, (uint32_t)NAME_WORDS_MAX)) * sizeof ws->v[0]);
}

/* A hyphen at a line's end followed by a letter: where the word goes on, or 0. */
static size_t after_line_break(view v, size_t at)
{
    size_t i = at;
    bool line = false;
    if (i >= v.n || v.p[i] != '-') return 0;
    for (i++; i < v.n && ascii_is_space(v.p[i]); i++)
        line |= v.p[i] == '\n' || v.p[i] == '\r';
    uint32_t cp;
    size_t next = i;
    if (!line || i >= v.n || glyph_next(v, &next, &cp) != GLYPH_LETTER) return 0;
    return glyph_case(cp) < 0 ? i : 0; /* "Gon-/zalez", not "Smith-/Jones" */
}

/* At an apostrophe: the end of a possessive 's that nothing follows, or 0. */
static size_t possessive_end(view v, size_t at)
{
    size_t pos = at;
    uint32_t cp;
    if (at >= v.n) return 0;
    glyph_next(v, &pos, &cp);
    if (!glyph_is_apostrophe(cp) || pos >= v.n || ascii_lower(v.p[pos]) != 's') return 0;
    size_t end = ++pos;
    return pos >= v.n || glyph_next(v, &pos, &cp) == GLYPH_BORDER ? end : 0;
}

/* The end of a run of letters from `at`; apostrophes inside a word belong to it, a possessive 's not. */
static size_t letters_end(view v, size_t at)
{
    size_t end = at;
    for (size_t pos = at; pos < v.n;) {
        size_t next = pos, after;
        uint32_t cp;
        enum glyph g = glyph_next(v, &next, &cp);
        if (g == GLYPH_LETTER) {
            end = next;
        } else if (glyph_is_apostrophe(cp) && next < v.n && !possessive_end(v, pos)) {
            after = next;
            if (glyph_next(v, &after, &cp) != GLYPH_LETTER) break;
        } else if (g != GLYPH_HIDDEN) {
            break;
        }
        pos = next;
    }
    return end;
}

static void measure(view v, struct name_word *w)
{
    bool upper = false, lower = false;
    uint32_t n = 0;
    for (int half = 0; half < 2; half++)
        for (size_t pos = half ? w->tail_start : w->start; pos < (half ? w->tail_end : w->end);) {
            uint32_t cp;
            if (glyph_next(v, &pos, &cp) != GLYPH_LETTER) continue;
            upper |= glyph_case(cp) > 0;
            lower |= glyph_case(cp) < 0;
            n++;
        }
    w->letters = upper && !lower ? 1 : lower && !upper ? -1 : 0;
    w->n_letters = (uint8_t)MIN(n, 255u);
}

static err add_key(view part, struct arena *a, struct name_word *w, bool *fits)
{
    char room[CANON_ROOM];
    view key;
    err e = canonical(part, CANON_WORD, a, room, &key);
    if (e) return e;
    *fits = w->n_key + key.n <= NAME_WORD_ROOM;
    if (*fits) {
        memcpy(w->key + w->n_key, key.p, key.n);
        w->n_key = (uint8_t)(w->n_key + key.n);
    }
    return OK;
}

/* A word of ASCII letters that nothing is joined to but by a hyphen: what most words of names are. False when
 * the long way must look. */
static bool take_plain(view v, struct name_word *w)
{
    size_t at = w->start, n_upper = 0;
    for (; at < v.n && ascii_is_alpha(v.p[at]); at++) {
        if (at - w->start == NAME_WORD_ROOM) return false;
        w->key[at - w->start] = ascii_lower(v.p[at]);
        n_upper += v.p[at] <= 'Z';
    }
    if (at < v.n && ((unsigned char)v.p[at] >= 0x80 || glyph_is_apostrophe((uint8_t)v.p[at])))
        return false;
    if (at + 1 < v.n && v.p[at] == '-' && ascii_is_space(v.p[at + 1])) return false;
    size_t n = at - w->start;
    w->end = (uint32_t)at;
    w->n_key = w->n_letters = (uint8_t)n;
    w->letters = n_upper == n ? 1 : n_upper ? 0 : -1;
    return true;
}

/* The bytes of its key are left as they are. */
static void begin_word(struct name_word *w, size_t start, uint8_t segment)
{
    memset(w, 0, offsetof(struct name_word, key));
    w->start = (uint32_t)start;
    w->segment = segment;
}

/* Cuts the value into runs of letters and runs of digits. */
static err cut(view v, struct arena *a, struct name_words *out, bool *done)
{
    uint8_t segment = 0;
    err e = OK;
    *done = false;
    for (size_t pos = 0; pos < v.n;) {
        size_t start = pos;
        uint32_t cp;
        enum glyph g = glyph_next(v, &pos, &cp);
        if (g == GLYPH_BORDER || g == GLYPH_HIDDEN) {
            if ((cp == ',' || cp == '^') && out->n && segment < 255) segment++;
            continue;
        }
        if (out->n == NAME_WORDS_MAX) return OK;
        struct name_word *w = &out->v[out->n++];
        begin_word(w, start, segment);
        if (ascii_is_alpha(v.p[start]) && take_plain(v, w)) {
            pos = w->end;
            continue;
        }
        begin_word(w, start, segment);
        if (g == GLYPH_LETTER) {
            w->end = (uint32_t)letters_end(v, start);
            size_t tail = after_line_break(v, w->end);
            if (tail) {
                w->tail_start = (uint32_t)tail;
                w->tail_end = (uint32_t)letters_end(v, tail);
            }
            pos = tail ? w->tail_end : w->end;
            pos = MAX(pos, possessive_end(v, pos));
        } else {
            w->kind = NAME_NUMBER;
            for (size_t next = pos; next < v.n && glyph_next(v, &next, &cp) == GLYPH_DIGIT;)
                pos = next;
            w->end = (uint32_t)pos;
        }
        bool fits = true;
        TRY(add_key(view_sub(v, w->start, w->end), a, w, &fits));
        if (fits && w->tail_end) TRY(add_key(view_sub(v, w->tail_start, w->tail_end), a, w, &fits));
        if (!fits) return OK;
        measure(v, w);
    }
    *done = out->n > 0;
out:
    return e;
}

static uint32_t kinds_of(view key)
{
    const struct pool_word *w = pool_find(SHEET_NAME, key);
    return w ? w->kinds : 0;
}

/* "M.D.", "Ph.D.": the dotted words from i that spell a credential together; returns how many, or 0. */
static uint32_t dotted_credential(view v, const struct name_words *ws, uint32_t i)
{
    char joined[8];
    size_t n = 0;
    for (uint32_t k = i; k < ws->n; k++) {
        const struct name_word *w = &ws->v[k];
        if (w->n_key == 0 || w->n_key > 4 || n + w->n_key > sizeof joined) return 0;
        if (k > i && (w->start != ws->v[k - 1].end + 1 || v.p[w->start - 1] != '.')) return 0;
        memcpy(joined + n, w->key, w->n_key);
        n += w->n_key;
        if (k > i && (kinds_of(view_of(joined, n)) & (KIND_CREDENTIAL | KIND_WEAK)))
            return k - i + 1;
    }
    return 0;
}

static bool has_lower(const struct name_words *ws)
{
    for (uint32_t i = 0; i < ws->n; i++)
        if (ws->v[i].letters <= 0 && ws->v[i].kind != NAME_NUMBER) return true;
    return false;
}

/* "VAN" of "VAN DER BERG", which is a given name elsewhere: another particle and a name follow. */
static bool leads_particles(const struct name_words *ws, uint32_t i)
{
    return i + 2 < ws->n && ws->v[i + 2].segment == ws->v[i].segment &&
           kinds_of(name_key(&ws->v[i + 1])) & KIND_PARTICLE;
}

/* Marks what is no name: titles in front, suffixes and credentials behind, particles between. */
static void mark_kinds(view v, struct name_words *ws)
{
    uint32_t names = 0; /* name words so far */
    bool mixed = has_lower(ws);
    for (uint32_t i = 0; i < ws->n; i++) {
        struct name_word *w = &ws->v[i];
        if (w->kind == NAME_NUMBER) continue;
        uint32_t kinds = kinds_of(name_key(w));
        bool first = i == 0 || ws->v[i - 1].segment != w->segment, last = i + 1 == ws->n;
        bool after_title = i && ws->v[i - 1].kind == NAME_TITLE;
        uint32_t dotted = names ? dotted_credential(v, ws, i) : 0;
        if (dotted) {
            for (uint32_t k = 0; k < dotted; k++)
                ws->v[i + k].kind = NAME_CREDENTIAL;
            i += dotted - 1;
        } else if ((kinds & KIND_TITLE) && (first || after_title) && !last &&
                   !name_pool_knows(name_key(w))) {
            w->kind = NAME_TITLE;
        } else if ((kinds & KIND_SUFFIX) && names) {
            w->kind = NAME_SUFFIX;
        } else if ((kinds & KIND_CREDENTIAL) && names && !name_pool_knows(name_key(w))) {
            w->kind = NAME_CREDENTIAL;
        } else if ((kinds & (KIND_WEAK | KIND_CREDENTIAL)) && w->segment && w->letters > 0 &&
                   (mixed || names > 1)) {
            w->kind = NAME_CREDENTIAL;
        } else if ((kinds & KIND_PARTICLE) && !last && ws->v[i + 1].segment == w->segment &&
                   (w->letters < 0 ||
                    (w->n_letters > 1 &&
                     (!first || !name_pool_knows(name_key(w)) || leads_particles(ws, i))))) {
            w->kind = NAME_PARTICLE;
        } else if ((kinds & KIND_TITLE) && ws->n == 1 && !name_pool_knows(name_key(w))) {
            w->kind = NAME_TITLE; /* "Dr." alone: no name to replace */
        } else {
            w->kind = w->n_letters == 1 && w->n_key == 1 && ascii_is_alpha(w->key[0]) ? NAME_INITIAL
                                                                                      : NAME_WORD;
            names++;
        }
    }
}

static bool is_plain_ascii(const struct name_word *w)
{
    return w->n_key == w->n_letters &&
           (w->tail_end ? w->tail_end - w->tail_start : 0) + w->end - w->start == w->n_key;
}

/* "JS", "JRS" alone and "JS/mt" of who dictated and who typed, which no list knows as a name. */
static void mark_initials(view v, struct name_words *ws, uint8_t part)
{
    bool typed = ws->n > 1 && memchr(v.p, '/', v.n);
    for (uint32_t i = 0; i < ws->n; i++) {
        struct name_word *w = &ws->v[i];
        if (w->kind != NAME_WORD || w->n_letters > 3 || !is_plain_ascii(w)) continue;
        if (w->letters <= 0 && !(typed && w->letters < 0)) continue;
        if (part == PART_INITIAL || ((ws->n == 1 || typed) && !name_pool_knows(name_key(w))))
            w->kind = NAME_INITIALS;
    }
}

/* Does a hyphen alone stand between this word and the next one? */
static bool is_hyphened(view v, const struct name_word *w)
{
    return w[1].start == w->end + 1 && v.p[w->end] == '-';
}

/* Family names stand before a comma, else last; one name alone is the family's unless said otherwise. */
static void mark_families(view v, struct name_words *ws, uint8_t part)
{
    uint32_t words = 0, last = 0, after_comma = 0;
    uint32_t n = 0;
    bool initial_after = false;
    for (uint32_t i = 0; i < ws->n; i++) {
        const struct name_word *w = &ws->v[i];
        if (w->kind == NAME_WORD) {
            words++, last = i, initial_after = false;
            after_comma += w->segment > 0;
        } else if (w->kind == NAME_INITIAL) {
            initial_after = true;
            after_comma += w->segment > 0;
        }
    }
    for (uint32_t i = 0; i < ws->n; i++) {
        struct name_word *w = &ws->v[i];
        if (w->kind != NAME_WORD) continue;
        bool is_first = n++ == 0;
        if (part == PART_GIVEN || part == PART_FAMILY)
            w->family = part == PART_FAMILY;
        else if (after_comma)
            w->family = w->segment == 0;
        else if (part == PART_FAMILY_FIRST)
            w->family = is_first || (w[-1].family && is_hyphened(v, &w[-1]));
        else
            w->family = i == last && !(words == 1 && initial_after); /* "Anna S." is a given name */
    }
    /* "Garcia-Lopez": the parts of a hyphenated name are of one kind */
    for (uint32_t i = ws->n; i-- > 1;)
        if (ws->v[i].kind == NAME_WORD && ws->v[i - 1].kind == NAME_WORD &&
            is_hyphened(v, &ws->v[i - 1]))
            ws->v[i - 1].family |= ws->v[i].family;
}

err name_split(view value, uint8_t part, struct arena *a, struct name_words *out, bool *done)
{
    out->n = 0;
    err e = cut(value, a, out, done);
    if (e || !*done) return e;
    mark_kinds(value, out);
    mark_initials(value, out, part);
    mark_families(value, out, part);
    return OK;
}
