/* name_handover_after.c — see name_handover_inside.h. */
#include "detect/name_handover_inside.h"

WORDSET_CLASS_AT(cls, name_handover_words)

/* "a carpenter from", "a retired school teacher, presents": who somebody is, from the article on. */
static bool says_trade(const struct doc *d, int64_t i)
{
    if (!(cls(d, i) & W_ARTICLE)) return false;
    for (int64_t j = i + 2; j < i + 5; j++) {
        if (cls(d, j) & W_COMES) return true;
        if (!(doc_tok(d, j)->flags & TOK_LOWER) || doc_tok(d, j)->flags & TOK_LINE) return false;
    }
    return false;
}

/* "a patient of Dr. Lam" from token j. */
static bool is_patient_of(const struct doc *d, int64_t j)
{
    return cls(d, j) & W_ARTICLE && doc_is_word(d, j + 1, VIEW("patient")) &&
           doc_is_word(d, j + 2, VIEW("of"));
}

/* "65yo", "76 y/o", "62-yr-old", "70M" from token i. */
static bool says_age(const struct doc *d, int64_t i)
{
    const struct token *n = doc_tok(d, i), *u = doc_tok(d, i + 1);
    if (n->kind != TOK_NUMBER || n->len > 3) return false;
    if (doc_is_mark(d, i + 1, '-')) u = doc_tok(d, ++i + 1);
    char letter = u->kind == TOK_WORD && u->len == 1 ? ascii_lower(d->text.p[u->start]) : 0;
    return letter == 'y' || (letter && (letter == 'm' || letter == 'f') && doc_joined(d, i + 1)) ||
           (u->kind == TOK_WORD && doc_bits(d, i + 1) & LEX(CUE_AGE));
}

/* "Miditta, 48, doing well" */
static bool is_age_between(const struct doc *d, int64_t i)
{
    const struct token *n = doc_tok(d, i);
    return n->kind == TOK_NUMBER && n->len >= 2 && n->hash >= 15 && n->hash <= 110 &&
           doc_is_mark(d, i + 1, ',') && doc_tok(d, i + 2)->flags & TOK_LOWER;
}

SELDOM static void after_bracket(const struct doc *d, uint32_t i, struct name_context *c)
{
    const uint64_t people = LEX(RELATIVE) | LEX(CLINICIAN) | LEX(CREDENTIAL);
    bool service = cls(d, i + 1) & W_SERVICE;
    if (!service && !(doc_bits(d, i + 1) & people) && !(cls(d, i + 1) & W_TRADE)) return;
    if (service && doc_bits(d, (int64_t)i - 1) & LEX(EPONYM)) return; /* "Gleason (urology)" */
    if (doc_is_mark(d, i + 2, ')') || doc_is_mark(d, i + 3, ')'))
        name_handover_told(i + 1, i + 1, service ? WHO_CLINICIAN : WHO_UNKNOWN, c);
}

static void after_comma(const struct doc *d, uint32_t first, uint32_t i, struct name_context *c)
{
    int64_t j = i + 1;
    bool ward = doc_tok(d, (int64_t)first - 1)->kind == TOK_NUMBER; /* "5 West, bed 12" */
    if (cls(d, j) & W_BED && doc_tok(d, j + 1)->kind == TOK_NUMBER && !ward)
        name_handover_told(j, j + 1, WHO_PATIENT, c);
    else if (cls(d, j) & W_PAGED && doc_tok(d, j + 1)->kind == TOK_NUMBER)
        name_handover_told(j, j + 1, WHO_CLINICIAN, c); /* "(Rosenquist, pgr 6614)" */
    else if (says_trade(d, j) || is_patient_of(d, j) || is_age_between(d, j) ||
             doc_is_word(d, j, VIEW("who")) || says_age(d, j) ||
             (cls(d, j) & W_OUR && says_age(d, j + 1)))
        name_handover_told(j, j, WHO_PATIENT, c);
    else if (doc_bits(d, j) & LEX(CLINICIAN) && doc_tok(d, j)->flags & TOK_LOWER)
        name_handover_told(j, j, WHO_CLINICIAN, c);
}

void name_handover_after(const struct doc *d, uint32_t first, uint32_t last, struct name_context *c)
{
    uint32_t i = last + 1;
    if (i >= d->n || d->tok[i].flags & TOK_LINE) {
        /* "E. Sow" alone on its line */
        if (d->tok[first].flags & TOK_LINE && d->tok[first].len == 1)
            name_handover_told(first, last, WHO_UNKNOWN, c);
        return;
    }
    const struct token *t = &d->tok[i];
    if (t->kind == TOK_MARK) {
        if (t->hash == '(') after_bracket(d, i, c);
        if (t->hash == ',') after_comma(d, first, i, c);
        return;
    }
    if (t->kind != TOK_WORD) return;
    uint32_t is = cls(d, i);
    if (is & W_DOES && t->flags & TOK_LOWER) {
        name_handover_told(i, i, WHO_UNKNOWN, c);
    } else if (is & W_OUR && says_age(d, (int64_t)i + 1)) {
        name_handover_told(i, i, WHO_PATIENT, c);
    } else if (is & W_TOGETHER && doc_is_word(d, (int64_t)first - 1, VIEW("and")) &&
               t->flags & TOK_LOWER && shape_of(d, (int64_t)first - 2) == SHAPE_TITLE) {
        name_handover_told(i, i, WHO_UNKNOWN, c);
    } else if (doc_is_word(d, i, VIEW("from"))) { /* "King from vascular surgery" */
        if ((cls(d, (int64_t)i + 1) | cls(d, (int64_t)i + 2)) & (W_SERVICE | W_DEPARTMENT))
            name_handover_told(i, i + 1, WHO_CLINICIAN, c);
    } else if (doc_is_word(d, i, VIEW("in")) || doc_is_word(d, i, VIEW("at"))) {
        if (cls(d, (int64_t)i + 1) & W_DEPARTMENT) name_handover_told(i, i + 1, WHO_CLINICIAN, c);
    } else if (doc_is_word(d, i, VIEW("to"))) { /* "Claude to follow." */
        if (cls(d, (int64_t)i + 1) & W_ACTS) name_handover_told(i, i + 1, WHO_CLINICIAN, c);
    } else if (doc_is_word(d, i, VIEW("pgy"))) {
        name_handover_told(i, i, WHO_CLINICIAN, c);
    }
}
