/* ORGANIZATION: what kind of house it is stays ("General Hospital"), its own name changes. */
#include "redact/letter_case.h"
#include "redact/name_pool.h"
#include "redact/number_form.h"
#include "redact/value_words.h"

static bool is_own(const struct value_word *w)
{
    return !(w->kinds & (KIND_HEAD | KIND_COMMON));
}

static bool is_link(const struct value_word *w)
{
    static const view links[] = { VIEW("the"), VIEW("of"), VIEW("and"), VIEW("at"), VIEW("for"),
                                  VIEW("in"),  VIEW("on"), VIEW("de"),  VIEW("a"),  VIEW("an") };
    for (size_t i = 0; i < COUNT_OF(links); i++)
        if (view_eq(value_word_key(w), links[i])) return true;
    return false;
}

static bool is_acronym(const struct value_words *ws, uint32_t i)
{
    const struct value_word *w = &ws->v[i];
    if (w->letters <= 0 || w->n_digits || !w->ascii || w->n_letters < 2 || w->n_letters > 6)
        return false;
    if (w->end - w->start != w->n_letters) return false;
    if (ws->n == 1) return true;
    for (uint32_t k = 0; k < ws->n; k++) /* "ST MARY HOSPITAL" has none */
        if (ws->v[k].letters <= 0 && ws->v[k].n_letters) return true;
    return false;
}

static err put_run(struct rewrite *r, const struct value_words *ws, uint32_t i, uint32_t j,
                   bool *done)
{
    char room[VALUE_KEY_ROOM], out[64];
    const struct value_word *v = ws->v;
    if (j - i == 1 && is_acronym(ws, i))
        return number_form_put(r, v[i].start, v[i].end, NUMBER_ACRONYM, done);
    if (j - i == 1 && v[i].n_letters == 0)
        return number_form_put(r, v[i].start, v[i].end, NUMBER_ANY, done);
    view key = value_key(ws, i, j, ' ', room);
    view word = pool_surrogate(r->keys, SHEET_ORGANIZATION, POOL_ORGANIZATION, key);
    return rewrite_put(r, v[i].start, value_run_end(ws, j),
                       letter_case_apply(word, value_letters(ws, i, j), out));
}

/* No own word in it ("Children's Hospital"): the first that only qualifies is taken for the name. */
static err put_qualifier(struct rewrite *r, const struct value_words *ws, bool *done)
{
    uint32_t i = 0, j;
    while (i < ws->n && ((ws->v[i].kinds & KIND_HEAD) || is_link(&ws->v[i])))
        i++;
    for (j = i; j < ws->n && !(ws->v[j].kinds & KIND_HEAD) && !is_link(&ws->v[j]); j++)
        ;
    *done = i < j;
    return *done ? put_run(r, ws, i, j, done) : OK;
}

err surrogate_organization(struct rewrite *r, bool *done)
{
    struct value_words ws;
    bool any = false;
    err e = OK;
    TRY(value_split(r->value, SHEET_ORGANIZATION, r->arena, &ws, done));
    for (uint32_t i = 0, j; *done && i < ws.n; i = j) {
        j = i + 1;
        if (!is_own(&ws.v[i])) continue;
        bool single = ws.v[i].n_letters == 0 || is_acronym(&ws, i);
        while (!single && j < ws.n && is_own(&ws.v[j]) && ws.v[j].segment == ws.v[i].segment &&
               ws.v[j].n_letters && !is_acronym(&ws, j))
            j++;
        TRY(put_run(r, &ws, i, j, done));
        any = true;
    }
    if (*done && !any) TRY(put_qualifier(r, &ws, done));
out:
    value_words_wipe(&ws);
    return e;
}
