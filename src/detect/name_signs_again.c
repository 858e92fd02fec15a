#include "detect/name_signs_again.h"

#include "detect/name_initials.h"
#include "detect/name_signs.h"
#include "detect/shape.h"
#include "detect/taken.h"

enum { LETTERS_MAX = 3 };

/* "IK's daughter", "IK tolerated": said so, letters that mean something too are a person all the same. */
static bool is_told_of(const struct doc *d, uint32_t i)
{
    const struct token *next = doc_tok(d, (int64_t)i + 1);
    if (next->kind == TOK_MARK)
        return next->hash == '\'' && doc_joined(d, (int64_t)i + 1) &&
               doc_is_word(d, (int64_t)i + 2, VIEW("s"));
    return next->flags & TOK_LOWER && !(next->flags & TOK_LINE) &&
           doc_bits(d, (int64_t)i + 1) & LEX(PERSON_VERB) &&
           (shape_starts_sentence(d, i) || doc_is_mark(d, (int64_t)i - 1, ','));
}

/* The first letters of the words of the name x, in its order or with the family name of "Kestrel, Ilvana" last: how many,
 * or 0. */
static uint32_t letters_of(const struct doc *d, const struct finding *x, char of[LETTERS_MAX])
{
    uint32_t n = 0, family = 0;
    for (uint32_t i = taken_token_at(d, x->start); i < d->n && d->tok[i].start < x->end; i++) {
        const struct token *t = &d->tok[i];
        if (doc_is_mark(d, i, ',')) family = n;
        if (t->kind != TOK_WORD || d->lex[i]->bits & LEX(TITLE) ||
            doc_is_mark(d, (int64_t)i - 1, '-'))
            continue;
        if (n == LETTERS_MAX || !(t->flags & TOK_CAP)) return 0;
        of[n++] = d->text.p[t->start];
    }
    if (n < 2 || family > 1) return 0;
    if (family) { /* Kestrel, Ilvana */
        const char last = of[0];
        memmove(of, of + 1, n - 1);
        of[n - 1] = last;
    }
    return n;
}

/* Names by their initials, so that a text of nothing else takes no time by its square. Made when initials are first asked
 * for: few texts have any. */
struct short_names {
    struct short_name {
        uint32_t letters; /* as key_of has them; 0: free */
        uint32_t finding; /* the first of them */
    } * v;
    uint32_t mask;
};

static uint32_t key_of(const char *letters, size_t n)
{
    uint32_t key = 0;
    for (size_t k = 0; k < n; k++)
        key = key << 8 | (uint8_t)letters[k];
    return key;
}

static struct short_name *slot_of(const struct short_names *s, uint32_t letters)
{
    uint32_t i = letters * 0x9E3779B1U >> 8 & s->mask;
    while (s->v[i].letters && s->v[i].letters != letters)
        i = (i + 1) & s->mask;
    return &s->v[i];
}

static void keep(const struct short_names *s, uint32_t letters, uint32_t finding)
{
    struct short_name *x = slot_of(s, letters);
    if (!x->letters) *x = (struct short_name){ letters, finding };
}

/* Those of the findings from … n - 1. */
SELDOM static err list_names(const struct doc *d, const struct findings *out, uint32_t from,
                             uint32_t n, struct short_names *s)
{
    enum { KEYS = 2 }; /* at most, of a name: "IAK" and "IK" */
    uint32_t slots = 8;
    while (slots < 2 * KEYS * (n - from))
        slots *= 2;
    s->v = arena_array(d->arena, slots, sizeof *s->v);
    if (!s->v) return ERR_MEMORY;
    memset(s->v, 0, slots * sizeof *s->v);
    s->mask = slots - 1;
    for (uint32_t f = from; f < n; f++) {
        char of[LETTERS_MAX];
        const struct finding *x = &out->v[f];
        if (x->label != LABEL_NAME || x->rule == RULE_NAME_INITIALS) continue;
        const uint32_t words = letters_of(d, x, of);
        if (!words) continue;
        keep(s, key_of(of, words), f);
        of[1] = of[words - 1];
        keep(s, key_of(of, 2), f);
    }
    return OK;
}

err name_signs_again(const struct doc *d, uint32_t from, const uint8_t *taken, struct findings *out)
{
    err e = OK;
    const uint32_t n = out->n;
    struct short_names names = { 0 };
    if (from == n) return OK;
    for (uint32_t k = 0; k < d->signs.n; k++) {
        const uint32_t i = d->signs.v[k];
        if (taken[i] || d->shield[i] || d->tok[i].flags & TOK_WIDE) continue;
        if (!is_told_of(d, i) && !name_letters_mean_nothing(d, i)) continue;
        if (name_signs_is_other(d, i)) continue;
        if (!names.v) TRY(list_names(d, out, from, n, &names));
        const view letters = doc_view(d, i, i);
        const struct short_name *s = slot_of(&names, key_of(letters.p, letters.n));
        if (!s->letters) continue;
        TRY(doc_add_name(d, i, i, RULE_NAME_AGAIN, 0.8F, out->v[s->finding].role, out));
    }
out:
    return e;
}
