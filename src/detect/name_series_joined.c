#include "detect/name_handover.h"
#include "detect/name_series_inside.h"
#include "detect/shape.h"

/* "Swanson/Pellman cover": two usual names around the mark m, of which no rule found one. */
static err of_two(struct name_series *s, uint32_t m)
{
    const struct doc *d = s->d;
    if (!m || !doc_joined(d, m) || !doc_joined(d, m + 1) || !name_is_usual(d, m + 1)) return OK;
    const uint32_t first = shape_word_begin(d, m - 1), last = shape_word_end(d, m + 1);
    if (!name_is_usual(d, first) || !name_series_is_word(d, first, false) ||
        !name_series_is_word(d, m + 1, false))
        return OK;
    err e = s->taken ? OK : name_series_prepare(s);
    if (e || !name_series_may_be(s, first, false) || !name_series_may_be(s, m + 1, false)) return e;
    e = name_series_add(s, first, m - 1);
    return e ? e : name_series_add(s, m + 1, last);
}

/* Is the word behind the mark m the last one before "team"? */
static bool is_of_team(const struct doc *d, uint32_t m)
{
    return m && doc_tok(d, (int64_t)m + 1)->flags & TOK_CAP &&
           doc_is_word(d, (int64_t)shape_word_end(d, m + 1) + 1, VIEW("team"));
}

/* "Alderby/Tonkova/Brillman team": the words joined to the one behind the mark m, when all of them may be persons. */
SELDOM static err of_team(struct name_series *s, uint32_t m)
{
    err e = OK;
    const struct doc *d = s->d;
    uint32_t first = m + 1;
    if (!name_series_may_be(s, first, true)) return OK;
    for (s->n = 0; first > 1 && s->n + 1 < ITEMS_MAX && doc_is_mark(d, (int64_t)first - 1, '/');) {
        s->heads[s->n++] = first;
        first = shape_word_begin(d, first - 2);
        if (s->taken[first] != NAMED && !name_series_may_be(s, first, true)) return OK;
    }
    s->heads[s->n++] = first;
    for (uint32_t k = 0; k < s->n; k++)
        if (!s->taken[s->heads[k]])
            TRY(name_series_add(s, s->heads[k], shape_word_end(d, s->heads[k])));
out:
    return e;
}

err name_series_joined(struct name_series *s, uint32_t m)
{
    if (!is_of_team(s->d, m)) return of_two(s, m);
    err e = s->taken ? OK : name_series_prepare(s);
    return e ? e : of_team(s, m);
}
