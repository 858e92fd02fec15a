#include "detect/name_crew.h"

#include "detect/name_role.h"
#include "detect/shape.h"

/* ';', '/', ',', '|' at token i. */
static bool is_parting(const struct doc *d, int64_t i)
{
    const struct token *t = doc_tok(d, i);
    return t->kind == TOK_MARK &&
           (t->hash == ';' || t->hash == '/' || t->hash == ',' || t->hash == '|');
}

/* Does an item of a row begin with token i? */
static bool opens_item(const struct doc *d, int64_t i)
{
    return i >= 0 && (i == 0 || d->tok[i].flags & TOK_LINE || is_parting(d, i - 1) ||
                      doc_is_mark(d, i - 1, '.') || shape_opens_column(d, (uint32_t)i));
}

/* The role up to token i, with one word more before it, at the head of an item: its first token, or -1. */
static int64_t role_before(const struct doc *d, int64_t i)
{
    if (doc_is_mark(d, i, ':') || (doc_is_mark(d, i, '.') && doc_joined(d, i))) i--;
    if (!(name_role_in_crew(d, i) & NAME_ROLE_CREW)) return -1;
    if (opens_item(d, i)) return i;
    if (doc_is_mark(d, i - 1, '-') && doc_joined(d, i)) i--;
    return name_role_in_crew(d, i - 1) & NAME_ROLE_FIRST && opens_item(d, i - 1) ? i - 1 : -1;
}

/* Is a role that a capital word follows at token i? */
static bool is_role(const struct doc *d, int64_t i)
{
    if (!(name_role_in_crew(d, i) & NAME_ROLE_CREW)) return false;
    int64_t at = i + 1;
    if (doc_is_mark(d, at, ':') || (doc_is_mark(d, at, '.') && doc_joined(d, at))) at++;
    return doc_is_on_line(d, at) && doc_tok(d, at)->flags & TOK_CAP;
}

/* Is there another role beside the item first … last of its row? */
static bool has_other(const struct doc *d, int64_t first, uint32_t last)
{
    enum { FAR = 12 };
    for (int64_t k = (int64_t)last + 1; k < (int64_t)last + FAR && doc_is_on_line(d, k); k++) {
        if (is_role(d, k)) return true;
        if (doc_is_mark(d, k, '.') && !doc_joined(d, k + 1) && d->tok[k - 1].len > 4) break;
    }
    for (int64_t k = first; k > 0 && k > first - FAR && !(d->tok[k].flags & TOK_LINE); k--)
        if (is_role(d, k - 1)) return true;
    return false;
}

/* A word that people may be called by: a rare word of the language too, and of a double name its last part. */
static bool is_name(const struct doc *d, uint32_t i)
{
    enum { RARE = 2 };
    const uint64_t other = LEX(MEDICAL) | LEX(DRUG) | LEX(ABBREVIATION) | LEX(MONTH) |
                           LEX(WEEKDAY) | LEX(UNIT) | LEX(ORG_HEAD) | LEX(ORG_NAME) |
                           LEX(CLINICIAN) | LEX(RELATIVE) | LEX(CREDENTIAL) | LEX(FUNCTION) |
                           LEX(TITLE) | LEX(STATE) | LEX(EPONYM);
    const struct token *t = doc_tok(d, i);
    if (i >= d->n || t->kind != TOK_WORD || !(t->flags & TOK_CAP) || t->len < 2 || d->shield[i] ||
        name_role_in_crew(d, i) & NAME_ROLE_CREW)
        return false;
    const uint32_t last = shape_word_end(d, i);
    const struct lex_info *l = d->lex[last];
    const int rank = MAX(l->given, l->surname);
    if (!l->bits) return d->tok[last].len > 2;
    if (l->bits == LEX(WORD)) return l->word <= RARE && d->tok[i].len > 3;
    return l->bits & other ? rank >= 3 && rank > l->word : rank >= 1 && rank >= l->word;
}

/* Does an item end behind token `last`? */
static bool ends_item(const struct doc *d, uint32_t last)
{
    return !doc_is_on_line(d, (int64_t)last + 1) || is_parting(d, (int64_t)last + 1) ||
           doc_is_mark(d, (int64_t)last + 1, '.') || shape_opens_column(d, last + 1);
}

/* The item whose name begins with token i: its last token, or 0, and its role's first token. */
static uint32_t item_at(const struct doc *d, uint32_t i, int64_t *role)
{
    enum { WORDS = 3 };
    uint32_t last = i, at = i;
    *role = doc_is_on_line(d, i) ? role_before(d, (int64_t)i - 1) : -1;
    if (*role < 0) return 0;
    if (d->tok[i].len == 1 && doc_is_mark(d, (int64_t)i + 1, '.')) at = i + 2; /* "T. Tonkova" */
    for (int n = 0; n < WORDS; n++) {
        /* "pt Torbin TV   PT Vann": his initials too */
        const bool sign =
            n && d->tok[at].kind == TOK_WORD && d->tok[at].flags & TOK_UPPER && d->tok[at].len <= 3;
        if (!is_name(d, at) && !sign) return 0;
        last = shape_word_end(d, at);
        if (ends_item(d, last)) return last;
        at = last + 1;
    }
    return 0;
}

static err add(const struct doc *d, uint32_t first, uint32_t last, const uint8_t *taken,
               struct findings *out)
{
    if (taken[first]) return OK;
    return doc_add_name(d, first, last, RULE_NAME_HANDOVER, 0.8F, WHO_CLINICIAN, out);
}

/* The item beside one, whose name begins with token i: behind a full stop ("hosp. Imsel") nobody looks for a role, and
 * nowhere for a word of the language ("circ Thaw"). */
static err beside(const struct doc *d, int64_t i, const uint8_t *taken, struct findings *out)
{
    int64_t role;
    if (i < 1 || i >= (int64_t)d->n || d->tok[i].kind != TOK_WORD) return OK;
    const uint32_t last = item_at(d, (uint32_t)i, &role);
    return last ? add(d, (uint32_t)i, last, taken, out) : OK;
}

err name_crew(const struct doc *d, uint32_t i, const uint8_t *taken, struct findings *out)
{
    enum { REACH = 4 };
    err e = OK;
    int64_t role;
    const uint32_t last = item_at(d, i, &role);
    if (!last || !has_other(d, role, last)) return OK;
    TRY(add(d, i, last, taken, out));
    for (uint32_t k = last + 2; k <= last + REACH && doc_is_on_line(d, k); k++)
        TRY(beside(d, k, taken, out));
    if (role > 1 && is_parting(d, role - 1))
        TRY(beside(d, shape_word_begin(d, (uint32_t)role - 2), taken, out));
out:
    return e;
}
