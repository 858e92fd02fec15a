#include "redact/persons_inside.h"

static bool has_initial(const struct person *x)
{
    for (unsigned k = 0; k < x->n; k++)
        if (person_is_initial(&x->written[k])) return true;
    return false;
}

static bool is_told_so(const struct person *x, const struct person_answer *a)
{
    for (unsigned k = 0; k < x->n; k++)
        if (!view_eq(x->w[k].key, (a->of[k] ? a->of[k] : &x->written[k])->key)) return false;
    return true;
}

/* The words of x, where others tell them otherwise than they stand in x->w; else NULL. */
static err retell(struct persons *p, const struct person *x, const struct person_word **out)
{
    struct person_words asked = { .n = x->n };
    struct person_answer answer;
    *out = NULL;
    if (!has_initial(x)) return OK;
    memcpy(asked.w, x->written, x->n * sizeof *x->written);
    persons_find(p, &asked, &answer);
    if (is_told_so(x, &answer)) return OK;
    struct person_word *w = arena_array(p->arena, x->n, sizeof *w);
    if (!w) return ERR_MEMORY;
    for (unsigned k = 0; k < x->n; k++) {
        w[k] = x->written[k];
        if (answer.of[k]) w[k].key = answer.of[k]->key;
    }
    *out = w;
    return OK;
}

/* Those of the base whose letters go by family names that begin with f. */
static err retell_base(struct persons *p, unsigned f, uint32_t *cap)
{
    err e = OK;
    for (unsigned i = p->base->head[f]; i != PERSONS_NONE; i = p->base->links[i].next) {
        uint32_t at = p->base->links[i].person;
        const struct person *x = &p->base->v[at];
        const struct person_word *w;
        if (person_letter(x->w[x->n_given].key) != f) continue;
        TRY(retell(p, x, &w));
        if (!w) continue;
        struct retold *v =
            arena_more(p->arena, p->retold, sizeof *v, p->n_retold, cap, PERSONS_FIRST);
        if (!v) TRY(ERR_MEMORY);
        p->retold = v;
        v[p->n_retold++] = (struct retold){ at, w };
    }
out:
    return e;
}

/* The letters of names written short get the words that other names tell. Until all are told everyone is asked as he
 * is written, so that the order shows nowhere. */
err persons_close(struct persons *p)
{
    err e = OK;
    uint32_t cap = 0;
    const struct person_word *w;
    for (uint32_t i = 0; i < p->n; i++) {
        TRY(retell(p, &p->v[i], &w));
        if (w) p->v[i].w = w;
    }
    for (unsigned f = 0; p->base && f < PERSON_LETTERS; f++)
        if (p->length[f]) TRY(retell_base(p, f, &cap));
    p->is_closed = true;
out:
    return e;
}
