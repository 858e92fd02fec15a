#include "detect/name_board.h"

#include "detect/shape.h"

enum { ROWS = 2, NAME_WORDS = 3, WHY_MAX = 6, SIGNS_MAX = 3, NEW = 4 };

struct board_row {
    uint32_t first, last; /* the name */
    uint32_t signs;       /* who sees to it */
};

/* Words in capitals from token i to the next column: false if there are none, or too many. */
static bool name_at(const struct doc *d, uint32_t i, struct board_row *r)
{
    r->first = i;
    for (uint32_t n = 0; n < NAME_WORDS; n++) {
        const struct token *t = doc_tok(d, i);
        if (t->kind != TOK_WORD || !(t->flags & TOK_UPPER) || t->len < 2 || d->shield[i])
            return false;
        r->last = shape_word_end(d, i);
        i = r->last + 1;
        if (!doc_is_on_line(d, i) || shape_opens_column(d, i)) return true;
    }
    return false;
}

/* "4   LINDEMAR    chest pain   JK" from the number i that opens its line. */
static bool row_at(const struct doc *d, uint32_t i, struct board_row *r)
{
    if (!doc_is_on_line(d, i + 1) || !shape_opens_column(d, i + 1) || !name_at(d, i + 1, r))
        return false;
    uint32_t at = r->last + 1;
    if (!doc_is_on_line(d, at) || !shape_opens_column(d, at)) return false;
    for (uint32_t n = 0; n < WHY_MAX; n++)
        if (!doc_is_on_line(d, ++at))
            return false;
        else if (shape_opens_column(d, at))
            break;
    const struct token *t = &d->tok[at];
    r->signs = at;
    return shape_opens_column(d, at) && t->kind == TOK_WORD && t->flags & TOK_UPPER && t->len > 1 &&
           t->len <= SIGNS_MAX + ((t->flags & TOK_WIDE) != 0) && !doc_is_on_line(d, at + 1);
}

/* A name above all, or a word that no list knows. */
static bool is_name(const struct doc *d, uint32_t i)
{
    const uint64_t other = LEX(MEDICAL) | LEX(DRUG) | LEX(ABBREVIATION) | LEX(UNIT) | LEX(MONTH) |
                           LEX(WEEKDAY) | LEX(FUNCTION) | LEX(CLINICIAN) | LEX(EPONYM);
    const struct lex_info *l = d->lex[i];
    const int rank = MAX(l->given, l->surname);
    return l->bits ? rank >= 1 && rank > l->word && !(l->bits & other) : d->tok[i].len >= NEW;
}

/* What the lexicon has as another thing only: no name even in such a row. */
static bool is_thing(const struct doc *d, uint32_t i)
{
    const uint64_t other = LEX(MEDICAL) | LEX(DRUG) | LEX(ABBREVIATION) | LEX(UNIT);
    const struct lex_info *l = d->lex[i];
    return l->bits & other && MAX(l->given, l->surname) <= l->word;
}

static err add(const struct doc *d, uint32_t first, uint32_t last, enum finding_role role,
               struct findings *out)
{
    return doc_add_name(d, first, last, RULE_NAME_LIST, 0.8F, role, out);
}

static err emit(const struct doc *d, const struct board_row *r, const uint8_t *taken,
                struct findings *out)
{
    if (taken[r->first] || taken[r->last] || is_thing(d, r->first)) return OK;
    err e = add(d, r->first, r->last, WHO_PATIENT, out);
    return e || taken[r->signs] ? e : add(d, r->signs, r->signs, WHO_CLINICIAN, out);
}

err name_boards(const struct doc *d, const struct token_list *opens, const uint8_t *taken,
                struct findings *out)
{
    err e = OK;
    struct board_row r;
    uint32_t all = 0, names = 0;
    for (uint32_t k = 0; k < opens->n; k++) {
        if (!row_at(d, opens->v[k], &r)) continue;
        all++;
        names += is_name(d, r.first);
    }
    if (names < ROWS || names * 3 < all * 2) return OK;
    for (uint32_t k = 0; k < opens->n; k++)
        if (row_at(d, opens->v[k], &r)) TRY(emit(d, &r, taken, out));
out:
    return e;
}
