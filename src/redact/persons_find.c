#include "redact/persons_inside.h"

enum { NOWHERE = 255 };

struct asked {
    const struct person_words *words;
    uint8_t order[PERSON_WORDS_MAX]; /* places in words: given names, then family names */
    unsigned n, n_given;
};
struct best {
    unsigned matched; /* words and letters, of those who tell something */
    bool any, told, clash, crowded;
    struct person_answer *out;
};

/* Is the word of a person the one asked, or does it begin with the letter asked? */
static bool is_like(const struct person_word *asked, const struct person_word *w)
{
    return person_is_initial(asked) ? w->key.p[0] == asked->key.p[0] : view_eq(asked->key, w->key);
}

static uint8_t find_in(const struct person *x, const struct person_word *asked, unsigned from,
                       unsigned to)
{
    for (unsigned k = from; k < to; k++)
        if (is_like(asked, &x->w[k])) return (uint8_t)k;
    return NOWHERE;
}

/* Which word of x each word asked is; how many are none of it, or -1 when x can't be meant. */
static int lay_over(const struct person *x, const struct asked *q, uint8_t at[PERSON_WORDS_MAX])
{
    unsigned from = 0;
    int missing = 0;
    for (unsigned i = 0; i < q->n; i++) {
        const struct person_word *w = &q->words->w[q->order[i]];
        bool family = i >= q->n_given;
        unsigned to = family               ? x->n
                      : i == 0             ? MIN(1U, x->n_given)
                      : q->words->is_group ? x->n - 1U
                                           : x->n_given;
        if (i == q->n_given) from = MAX(from, (unsigned)x->n_given);
        at[i] = find_in(x, w, from, to);
        if (at[i] != NOWHERE)
            from = at[i] + 1U;
        else if (family || i == 0 || !person_is_initial(w))
            return -1;
        else
            missing++; /* a middle initial that this name is written without */
    }
    return missing;
}

/* What x tells of the initials asked, at the places that lay_over gave. A letter tells as little as is asked. */
static unsigned tell(const struct person *x, const struct asked *q,
                     const uint8_t at[PERSON_WORDS_MAX],
                     const struct person_word *told[PERSON_WORDS_MAX])
{
    unsigned n = 0;
    for (unsigned i = 0; i < q->n; i++) {
        const struct person_word *w = at[i] == NOWHERE ? NULL : &x->w[at[i]];
        bool tells = w && person_is_initial(&q->words->w[q->order[i]]) && !person_is_initial(w);
        told[i] = tells ? w : NULL;
        n += tells;
    }
    return n;
}

/* Of the names that tell something those which leave fewest letters open decide, if they agree. */
static void weigh(const struct person *x, const struct asked *q, struct best *b)
{
    uint8_t at[PERSON_WORDS_MAX];
    const struct person_word *told[PERSON_WORDS_MAX];
    if (!q->n_given && x->is_clinician != q->words->is_clinician) return;
    int missing = lay_over(x, q, at);
    if (missing < 0) return;
    b->any = true;
    unsigned matched = q->n - (unsigned)missing;
    if (!tell(x, q, at, told) || (b->told && matched < b->matched)) return;
    if (!b->told || matched > b->matched) {
        memset(b->out->of, 0, sizeof b->out->of);
        b->clash = false;
    }
    b->told = true;
    b->matched = matched;
    for (unsigned i = 0; i < q->n; i++) {
        const struct person_word **of = &b->out->of[q->order[i]];
        if (!told[i]) continue;
        b->clash |= *of && (!view_eq((*of)->key, told[i]->key) || (*of)->family != told[i]->family);
        *of = told[i];
    }
}

/* One of `of`, which are p or their base, as p tell them. */
static struct person person_of(const struct persons *p, const struct persons *of, uint32_t i)
{
    struct person x = of->v[i];
    if (!p->is_closed) x.w = x.written;
    for (uint32_t k = 0; of != p && p->is_closed && k < p->n_retold; k++)
        if (p->retold[k].person == i) x.w = p->retold[k].w;
    return x;
}

/* given PERSON_LETTERS: whatever the given names are. */
static void weigh_chain(const struct persons *p, unsigned given, unsigned family,
                        const struct asked *q, struct best *b)
{
    b->crowded |= persons_are_crowded(p, family);
    for (const struct persons *of = b->crowded ? NULL : p; of; of = of->base)
        for (unsigned i = of->head[family]; i != PERSONS_NONE; i = of->links[i].next) {
            if (given != PERSON_LETTERS && of->links[i].given != given) continue;
            const struct person x = person_of(p, of, of->links[i].person);
            weigh(&x, q, b);
        }
}

static void settle(struct best *b, struct person_answer *out)
{
    out->any = b->any && !b->crowded; /* who of a crowd is held goes by the order */
    if (b->clash || b->crowded) memset(out->of, 0, sizeof out->of);
}

void persons_find(const struct persons *p, const struct person_words *words,
                  struct person_answer *out)
{
    struct asked q = { .words = words };
    struct best b = { .out = out };
    *out = (struct person_answer){ 0 };
    for (int family = 0; family <= 1; family++) {
        for (uint32_t i = 0; i < words->n; i++)
            if (words->w[i].family == (bool)family) q.order[q.n++] = (uint8_t)i;
        if (!family) q.n_given = q.n;
    }
    if (!q.n_given || q.n == q.n_given) return;
    unsigned g = person_letter(words->w[q.order[0]].key),
             f = person_letter(words->w[q.order[q.n_given]].key);
    weigh_chain(p, g, f, &q, &b);
    settle(&b, out);
}

void persons_find_family(const struct persons *p, const struct person_words *words,
                         struct person_answer *out)
{
    struct asked q = { .words = words, .n = 1 };
    struct best b = { .out = out };
    *out = (struct person_answer){ 0 };
    weigh_chain(p, PERSON_LETTERS, person_letter(words->w[0].key), &q, &b);
    settle(&b, out);
}

struct person_uses persons_word(const struct persons *p, view key)
{
    uint32_t uses = 0, more = 0;
    (void)map_get(&p->words, key, &uses);
    if (p->base && map_get(&p->base->words, key, &more)) uses |= more;
    return (struct person_uses){ uses & 1, uses & 2 };
}

/* ---- names in one word ---- */

enum { LOGIN_MAX = 40, INITIALS_MAX = 3 };

/* Does somebody have the name that the word is cut into at `a` and at `b`? An empty middle is none. */
static bool is_cut(const struct persons *p, view key, size_t a, size_t b, bool family_first,
                   struct person_words *out, struct person_answer *answer)
{
    *out = (struct person_words){ 0 };
    out->w[out->n++] = (struct person_word){ view_sub(key, 0, a), family_first };
    if (b > a) out->w[out->n++] = (struct person_word){ view_sub(key, a, b), false };
    out->w[out->n++] = (struct person_word){ view_sub(key, b, key.n), !family_first };
    persons_find(p, out, answer);
    return answer->any;
}

void persons_find_initials(const struct persons *p, view letters, struct person_words *asked,
                           struct person_answer *out)
{
    BUG_IF(letters.n > PERSON_WORDS_MAX);
    *asked = (struct person_words){ .n = (uint32_t)letters.n, .is_group = true };
    for (size_t i = 0; i < letters.n; i++)
        asked->w[i] = (struct person_word){ view_sub(letters, i, i + 1), i + 1 == letters.n };
    persons_find(p, asked, out);
}

void persons_login(const struct persons *p, view key, struct person_words *out,
                   struct person_answer *answer)
{
    size_t n = key.n;
    if (n >= 2 && n <= LOGIN_MAX) {
        for (size_t i = 2; i + 2 <= n; i++)
            for (int family_first = 0; family_first <= 1; family_first++)
                if (is_cut(p, key, i, i, family_first, out, answer)) return;
        if (n > 2 && is_cut(p, key, 1, 1, false, out, answer)) return;
        if (n > 2 && is_cut(p, key, n - 1, n - 1, true, out, answer)) return;
        if (n > 2 && is_cut(p, key, n - 1, n - 1, false, out, answer)) return;
        if (n > 3 && is_cut(p, key, 1, 2, false, out, answer)) return;
        persons_find_initials(p, view_sub(key, 0, MIN(n, INITIALS_MAX)), out, answer);
        if (n <= INITIALS_MAX && answer->of[0] && answer->of[n - 1]) return;
    }
    out->n = 0;
    *answer = (struct person_answer){ 0 };
}
