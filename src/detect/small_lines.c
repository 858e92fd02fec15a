/* detect/small_lines.c — see small_lines.h. */
#include "detect/small_lines.h"

#include "detect/wordset.h"

enum { WORDS_LEAST = 4 };

/* "5 a.m. on the day", "[NAME]. de guardia": no sentence ends with a short word, and none may with what was masked. A line
 * may only go on from the one before. */
static bool may_begin(const struct doc *d, uint32_t i)
{
    enum { SHORT = 3 };
    const uint32_t end = i - (i > 1 ? 2 : 0); /* before the full stop */
    if (!(doc_tok(d, i)->flags & TOK_LOWER)) return false;
    if (!doc_is_mark(d, (int64_t)i - 1, '.')) return true;
    return !(d->shield[end] & SHIELD_TAG) &&
           (d->tok[end].kind != TOK_WORD || d->tok[end].len >= SHORT);
}

/* "me duele el pecho": of a language whose words the English rules do not know. */
static bool is_foreign(const struct doc *d, uint32_t i)
{
    static const struct wordset_row rows[] = {
        { "el los las lo que por para una muy estoy tengo duele desde pero como avec und der das "
          "nicht "
          "ich",
          1 },
    };
    static struct wordset set = WORDSET(rows);
    return wordset_class(wordset_ready(&set), &d->tok[i]);
}

/* A word that nobody knows, or that is a name and nothing else. */
static bool may_name(const struct doc *d, uint32_t i)
{
    const uint64_t names =
        LEX_GIVEN | LEX(SURNAME) | LEX(PLACE) | LEX(NICK) | LEX(COUNTY) | LEX(SAINT);
    const struct lex_info *l = d->lex[i];
    if (d->tok[i].len < 3 || d->shield[i]) return false;
    return !l->bits || (l->bits & names && l->word < 2) || l->bits & LEX(TITLE);
}

/* The last token of the words without a capital from token i on, or i where they are few or name nothing. *past is behind
 * them: what begins before it is a part of them and tells no more. */
static uint32_t stretch_end(const struct doc *d, uint32_t i, uint32_t *past)
{
    uint32_t j = i, words = 0;
    bool tells = false;
    for (; j < d->n && (j == i || !(d->tok[j].flags & TOK_PARA)); j++) {
        const struct token *t = &d->tok[j];
        if (t->kind != TOK_WORD) continue;
        if (!(t->flags & TOK_LOWER)) break;
        if (is_foreign(d, j)) {
            tells = false;
            break;
        }
        tells |= may_name(d, j);
        words++;
    }
    *past = MAX(j, i + 1);
    return tells && words >= WORDS_LEAST ? j - 1 : i;
}

bool small_lines_next(struct small_lines *s, uint32_t *first, uint32_t *last)
{
    const struct doc *d = s->d;
    while (s->k <= d->small_starts.n) {
        const uint32_t k = s->k++,
                       i = k ? d->small_starts.v[k - 1] : 0; /* the text itself begins one */
        if (i < s->past || !may_begin(d, i)) continue;
        const uint32_t end = stretch_end(d, i, &s->past);
        if (end == i) continue;
        *first = i;
        *last = end;
        return true;
    }
    return false;
}
