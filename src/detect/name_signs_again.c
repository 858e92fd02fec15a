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

/* Are the letters the first ones of the name x, in its order or with the family name of "Kestrel, Ilvana" last? */
static bool is_short_for(const struct doc *d, view letters, const struct finding *x)
{
    char of[LETTERS_MAX];
    uint32_t n = 0, family = 0;
    for (uint32_t i = taken_token_at(d, x->start); i < d->n && d->tok[i].start < x->end; i++) {
        const struct token *t = &d->tok[i];
        if (doc_is_mark(d, i, ',')) family = n;
        if (t->kind != TOK_WORD || d->lex[i]->bits & LEX(TITLE) ||
            doc_is_mark(d, (int64_t)i - 1, '-'))
            continue;
        if (n == LETTERS_MAX || !(t->flags & TOK_CAP)) return false;
        of[n++] = d->text.p[t->start];
    }
    if (n < 2 || family > 1) return false;
    if (family) { /* Kestrel, Ilvana */
        const char last = of[0];
        memmove(of, of + 1, n - 1);
        of[n - 1] = last;
    }
    if (letters.n == n) return memcmp(letters.p, of, n) == 0;
    return letters.n == 2 && letters.p[0] == of[0] && letters.p[1] == of[n - 1];
}

err name_signs_again(const struct doc *d, uint32_t from, const uint8_t *taken, struct findings *out)
{
    const uint32_t n = out->n;
    if (from == n) return OK;
    for (uint32_t k = 0; k < d->signs.n; k++) {
        const uint32_t i = d->signs.v[k];
        if (taken[i] || d->shield[i] || d->tok[i].flags & TOK_WIDE) continue;
        if (!is_told_of(d, i) && !name_letters_mean_nothing(d, i)) continue;
        if (name_signs_is_other(d, i)) continue;
        const view letters = doc_view(d, i, i);
        for (uint32_t f = from; f < n; f++) {
            if (out->v[f].label != LABEL_NAME || out->v[f].rule == RULE_NAME_INITIALS ||
                !is_short_for(d, letters, &out->v[f]))
                continue;
            struct finding x = doc_finding(d, i, i, LABEL_NAME, RULE_NAME_AGAIN, 0.8F);
            x.role = out->v[f].role;
            err e = findings_add(out, x);
            if (e) return e;
            break;
        }
    }
    return OK;
}
