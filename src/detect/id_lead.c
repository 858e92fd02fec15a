/* id_lead.c — capitals that a blank parts from the number they belong to: "Case CIV 622643", "A# A 48451246",
 * "Book-in #: SPN 3565902". A cue or a field's mark stands before them, so that they are no word of the sentence. */
#include "detect/cue.h"
#include "detect/id_kinds.h"
#include "detect/shape.h"

/* "#", ":", "(" or a word that announces numbers at token i. */
static bool is_announced(const struct doc *d, int64_t i)
{
    if (i < 0) return false;
    const struct token *t = doc_tok(d, i);
    if (t->kind == TOK_MARK) return t->hash == '#' || t->hash == ':' || t->hash == '(';
    return cue_class_of(t) & (CUE_IDS | CUE_NUMBER) && !(cue_class_of(t) & CUE_SYSTEM);
}

bool id_is_lead(const struct doc *d, uint32_t i)
{
    enum { MOST = 4, LEAST_DIGITS = 5 };
    const uint64_t other = LEX(MEDICAL) | LEX(DRUG) | LEX(UNIT) | LEX(ABBREVIATION);
    const struct token *t = &d->tok[i], *n = doc_tok(d, (int64_t)i + 1);
    if (n->kind != TOK_NUMBER || n->len < LEAST_DIGITS || !(t->flags & TOK_UPPER) ||
        t->len > MOST || t->kind != TOK_WORD)
        return false;
    if (n->flags & TOK_LINE || doc_joined(d, i + 1) || shape_opens_column(d, i + 1) ||
        d->is_caseless || d->shield[i])
        return false;
    if ((t->len > 1 && d->lex[i]->bits & other) || cue_class_of(t) & ~CUE_FILL) return false;
    const bool joined = doc_joined(d, i);
    if (joined && doc_tok(d, (int64_t)i - 1)->kind != TOK_MARK) return false;
    if (t->len > 1 && d->lex[i]->bits & LEX(FUNCTION)) return false;
    return (joined || !(t->flags & TOK_LINE)) && is_announced(d, (int64_t)i - 1);
}
