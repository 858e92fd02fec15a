/* detect/organization_ship.c — ships by the letters before their names, see organization_inside.h. */
#include "detect/organization_inside.h"
#include "detect/shape.h"
#include "detect/wordset.h"

/* "MV" is a valve as well: a word of ships must stand not far before token `first`. */
static bool is_at_sea(const struct doc *d, uint32_t first)
{
    enum { NEAR = 4 };
    static const struct wordset_row rows[] = {
        { "aboard board off deckhand captain crew sailed sails ship vessel shipyard retired served",
          1 },
    };
    static struct wordset set = WORDSET(rows);
    for (uint32_t i = first, n = 0; i > 0 && n < NEAR && !(d->tok[i].flags & TOK_LINE); n++)
        if (wordset_class(wordset_ready(&set), &d->tok[--i])) return true;
    return false;
}

err organization_ship(const struct doc *d, uint32_t i, struct findings *out, uint32_t *next)
{
    enum { WORDS = 3 };
    uint32_t first = i - 1, last = i;
    if (!(d->tok[first].flags & TOK_UPPER) || shape_of(d, i) != SHAPE_TITLE || d->shield[first] ||
        d->lex[i]->bits & (LEX(MEDICAL) | LEX(UNIT) | LEX(DRUG) | LEX(ABBREVIATION)))
        return OK;                /* "the MV Annulus" */
    if (d->tok[first].len == 1) { /* F/V, M/V, S/V, R/V, T/V */
        if (first < 2 || !doc_is_mark(d, (int64_t)first - 1, '/') || !doc_joined(d, first) ||
            d->tok[first - 2].len != 1 || !(d->tok[first - 2].flags & TOK_CAP))
            return OK;
        first -= 2;
    } else if (doc_is_word(d, first, VIEW("mv")) && !is_at_sea(d, first)) {
        return OK;
    }
    for (uint32_t n = 1; n < WORDS && last + 1 < d->n; n++) {
        const struct token *t = &d->tok[last + 1];
        if (t->flags & TOK_LINE || !(t->flags & TOK_CAP) || shape_opens_column(d, last + 1)) break;
        last++;
    }
    *next = last + 1;
    return findings_add(out,
                        doc_finding(d, first, last, LABEL_ORGANIZATION, RULE_ORG_FRAME, 0.95F));
}
