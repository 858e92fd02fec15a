#include "detect/name_signs_described.h"

#include "detect/wordset.h"

enum { W_BE = 1, W_ARTICLE = 2, W_ANYBODY = 4, W_SPAN = 8, W_OLD = 16 };

static const struct wordset_row rows[] = {
    { "is was s", W_BE },
    { "a an the our this", W_ARTICLE },
    { "year years yr yrs month months mo week weeks wk day days", W_SPAN },
    { "old yo yof yom male female man woman gentleman lady boy girl", W_OLD },
    /* who is meant without being named, and heads before a sentence that lacks its subject */
    { "pt pts ptn cc hpi hx phx pmh pmx id dx rx fh sh ros bg imp he she it who one man boy mom "
      "dad "
      "mum son gf bf kid",
      W_ANYBODY },
};
static struct wordset words = WORDSET(rows);
WORDSET_CLASS_AT(cls, words)

bool name_signs_is_age(const struct doc *d, int64_t i)
{
    enum { FAR = 8 };
    const struct token *n = doc_tok(d, i);
    if (n->kind != TOK_NUMBER || n->len > 3) return false;
    for (int64_t k = i + 1; k < i + FAR; k++) {
        const struct token *t = doc_tok(d, k);
        if (t->flags & TOK_LINE) return false;
        if (cls(d, k) & W_OLD) return true;
        if (t->kind == TOK_WORD && !(cls(d, k) & W_SPAN)) return false;
        if (t->kind == TOK_MARK && t->hash != '-' && t->hash != '/' && t->hash != '.') return false;
    }
    return false;
}

err name_signs_described(const struct doc *d, uint32_t i, const uint8_t *taken,
                         struct findings *out)
{
    int64_t at = (int64_t)i + 1;
    if (!(cls(d, at) & W_BE) || (doc_tok(d, at)->flags & TOK_LINE)) return OK;
    while (cls(d, at + 1) & W_ARTICLE)
        at++;
    if (!name_signs_is_age(d, at + 1) || taken[i] || d->shield[i] ||
        (d->lex[i]->bits & LEX(FUNCTION)) || cls(d, i) & W_ANYBODY)
        return OK;
    return doc_add_name(d, i, i, RULE_NAME_INITIALS, 0.85F, WHO_PATIENT, out);
}
