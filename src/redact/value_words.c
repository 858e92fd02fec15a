#include "redact/value_words.h"

#include "base/mem.h"

static size_t word_end(view v, size_t at, struct value_word *w)
{
    size_t end = at;
    bool upper = false, lower = false;
    uint32_t letters = 0, digits = 0;
    w->ascii = true;
    for (size_t pos = at; pos < v.n;) {
        size_t next = pos;
        uint32_t cp;
        enum glyph g = glyph_next(v, &next, &cp);
        if (g == GLYPH_LETTER || g == GLYPH_DIGIT) {
            end = next;
            upper |= glyph_case(cp) > 0;
            lower |= glyph_case(cp) < 0;
            letters += g == GLYPH_LETTER;
            digits += g == GLYPH_DIGIT;
            w->ascii &= cp < 0x80;
        } else if (glyph_is_apostrophe(cp)) { /* "Vincent's", "O'Fallon" */
            size_t after = next;
            if (after >= v.n || glyph_next(v, &after, &cp) != GLYPH_LETTER) break;
        } else if (g != GLYPH_HIDDEN) {
            break;
        }
        pos = next;
    }
    w->letters = upper && !lower ? 1 : lower && !upper ? -1 : 0;
    w->n_letters = (uint8_t)MIN(letters, 255u);
    w->n_digits = (uint8_t)MIN(digits, 255u);
    return end;
}

static err fill_key(view word, enum sheet sheet, struct arena *a, struct value_word *w, bool *fits)
{
    char room[CANON_ROOM];
    view key;
    err e = canonical(word, CANON_WORD, a, room, &key);
    if (e) return e;
    *fits = key.n > 0 && key.n <= VALUE_WORD_ROOM;
    if (!*fits) return OK;
    memcpy(w->key, key.p, key.n);
    w->n_key = (uint8_t)key.n;
    const struct pool_word *known = pool_find(sheet, key);
    w->kinds = known ? known->kinds : 0;
    return OK;
}

err value_split(view value, enum sheet sheet, struct arena *a, struct value_words *out, bool *done)
{
    uint8_t segment = 0;
    bool hyphen = false;
    err e = OK;
    *done = false;
    out->value = value;
    out->n = 0;
    for (size_t pos = 0; pos < value.n;) {
        size_t start = pos;
        uint32_t cp;
        enum glyph g = glyph_next(value, &pos, &cp);
        if (g == GLYPH_BORDER || g == GLYPH_HIDDEN) {
            bool line = cp == '\n' || cp == '\r' || cp == ',' || cp == ';' || cp == '^';
            if (line && out->n && out->v[out->n - 1].segment == segment && segment < 255) segment++;
            hyphen = cp == '-' && out->n && out->v[out->n - 1].end == start;
            continue;
        }
        if (out->n == VALUE_WORDS_MAX) return OK;
        struct value_word *w = &out->v[out->n++];
        *w = (struct value_word){ .start = (uint32_t)start, .segment = segment, .joined = hyphen };
        w->end = (uint32_t)word_end(value, start, w);
        hyphen = false;
        pos = w->end;
        bool fits = true;
        TRY(fill_key(view_sub(value, w->start, w->end), sheet, a, w, &fits));
        if (!fits) return OK;
    }
    *done = out->n > 0;
out:
    return e;
}

void value_words_wipe(struct value_words *ws)
{
    mem_wipe(ws->v, MIN(ws->n, (uint32_t)VALUE_WORDS_MAX) * sizeof ws->v[0]);
}

size_t value_run_end(const struct value_words *ws, uint32_t j)
{
    const struct value_word *w = &ws->v[j - 1];
    return w->n_letters == 1 && w->end < ws->value.n && ws->value.p[w->end] == '.' ? w->end + 1
                                                                                   : w->end;
}

view value_key(const struct value_words *ws, uint32_t i, uint32_t j, char gap,
               char room[VALUE_KEY_ROOM])
{
    size_t n = 0;
    for (uint32_t k = i; k < j; k++) {
        const struct value_word *w = &ws->v[k];
        if (n + 1 + w->n_key > VALUE_KEY_ROOM) break; /* 250 bytes of a name are enough to key by */
        if (k > i && gap) room[n++] = gap;
        memcpy(room + n, w->key, w->n_key);
        n += w->n_key;
    }
    return view_of(room, n);
}

int value_letters(const struct value_words *ws, uint32_t i, uint32_t j)
{
    bool upper = true, lower = true, any = false;
    for (uint32_t k = i; k < j; k++) {
        const struct value_word *w = &ws->v[k];
        if (w->n_letters == 0 || w->n_digits) continue; /* "42nd" */
        if (w->n_letters == 1 && w->letters > 0 && j - i > 1)
            continue; /* "T" of "T Street" says nothing */
        any = true;
        upper &= w->letters > 0;
        lower &= w->letters < 0;
    }
    return !any ? 0 : upper ? 1 : lower ? -1 : 0;
}
