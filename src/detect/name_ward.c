#include "detect/name_ward.h"

#include "detect/shape.h"

enum { ROWS = 2, PLACE_LETTERS = 3, OLDEST = 115, RECORD_DIGITS = 5 };

/* An age or a record's number at token i, and no dose or value. */
SELDOM static bool is_persons_number(const struct doc *d, uint32_t i)
{
    if (!doc_is_on_line(d, i) || d->tok[i].kind != TOK_NUMBER) return false;
    const struct token *n = &d->tok[i], *after = doc_tok(d, (int64_t)i + 1);
    const bool sexed = after->kind == TOK_WORD && after->len == 1;
    /* "98F": no temperature, behind a place and a name */
    if (d->shield[i] & ~(sexed && doc_joined(d, (int64_t)i + 1) ? SHIELD_MEASURE : 0)) return false;
    if (n->len >= RECORD_DIGITS) return true;
    const bool measured =
        doc_is_on_line(d, i + 1) && (doc_bits(d, (int64_t)i + 1) & LEX(UNIT) ||
                                     (after->kind == TOK_MARK && after->hash != '|'));
    return n->len <= 3 && n->hash <= OLDEST && (sexed || !measured);
}

/* The name of the row whose place ends with the number at token i: its first token, and its last in *last; or 0. */
static uint32_t row_name(const struct doc *d, uint32_t i, uint32_t *last)
{
    const struct token *place = doc_tok(d, (int64_t)i - 1);
    const bool opens = !i || d->tok[i].flags & TOK_LINE ||
                       (place->kind == TOK_WORD && place->len <= PLACE_LETTERS &&
                        (place->flags & TOK_LINE || i == 1));
    uint32_t at = i + 1;
    if (!opens || d->tok[i].len > 4) return 0;
    if (doc_joined(d, at) && doc_tok(d, at)->kind == TOK_WORD && d->tok[at].len == 1) at++; /* 4A */
    if (doc_is_on_line(d, at) && d->tok[at].kind == TOK_MARK) at++;
    if (!doc_is_on_line(d, at) || doc_joined(d, at) || d->tok[at].kind != TOK_WORD ||
        !(d->tok[at].flags & TOK_CAP) || d->tok[at].len < 2 || d->shield[at])
        return 0;
    *last = shape_word_end(d, at);
    if (doc_is_mark(d, *last + 1, ',') && doc_tok(d, *last + 2)->flags & TOK_CAP)
        *last = shape_word_end(d, *last + 2);
    else if (doc_is_on_line(d, *last + 1) && doc_tok(d, *last + 1)->len == 1 &&
             doc_tok(d, *last + 1)->flags & TOK_CAP)
        *last += 1;
    return is_persons_number(d, *last + 1) ? at : 0;
}

static bool is_name(const struct doc *d, uint32_t i)
{
    const uint64_t other = LEX(MEDICAL) | LEX(DRUG) | LEX(ABBREVIATION) | LEX(MONTH) | LEX(UNIT) |
                           LEX(WEEKDAY) | LEX(FUNCTION) | LEX(CLINICIAN);
    const struct lex_info *l = d->lex[i];
    return l->bits ? l->surname >= 1 && l->surname > l->word && !(l->bits & other)
                   : d->tok[i].len > 3;
}

err name_wards(const struct doc *d, const uint8_t *taken, struct findings *out)
{
    uint32_t all = 0, names = 0, last;
    for (uint32_t k = 0; k < d->digits.n; k++) {
        const uint32_t i = d->digits.v[k], first = row_name(d, i, &last);
        if (!first) continue;
        all++;
        names += is_name(d, first);
    }
    if (names < ROWS || names * 2 < all) return OK;
    for (uint32_t k = 0; k < d->digits.n; k++) {
        const uint32_t first = row_name(d, d->digits.v[k], &last);
        if (!first || taken[first] || taken[last]) continue;
        if (d->lex[first]->bits & (LEX(MEDICAL) | LEX(DRUG)) && !is_name(d, first)) continue;
        struct finding x = doc_finding(d, first, last, LABEL_NAME, RULE_NAME_LIST, 0.8F);
        x.role = WHO_PATIENT;
        err e = findings_add(out, x);
        if (e) return e;
    }
    return OK;
}
