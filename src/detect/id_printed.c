/* id_printed.c — numbers in groups, as those who give them out print them: blood units, parcels, accounts of Europe,
 * insured persons of Britain, aliens and clients of the United States. The form tells them, with no word before. */
#include "detect/id_kinds.h"
#include "detect/measure_words.h"
#include "detect/shape.h"

/* "W0367 21 445566", a blood unit's number as ISBT 128 prints it: its last token, or 0. */
static uint32_t donation_last(const struct doc *d, uint32_t i)
{
    const struct token *letter = doc_tok(d, (int64_t)i - 1), *year = doc_tok(d, (int64_t)i + 1),
                       *serial = doc_tok(d, (int64_t)i + 2);
    bool is = d->tok[i].len == 4 && doc_joined(d, i) && letter->kind == TOK_WORD &&
              letter->len == 1 && letter->flags & TOK_UPPER && !doc_joined(d, i - 1) &&
              year->kind == TOK_NUMBER && year->len == 2 && serial->kind == TOK_NUMBER &&
              serial->len == 6 && !((year->flags | serial->flags) & TOK_LINE);
    if (!is) return 0;
    /* "W2591 23 523949 25": its check digits */
    const struct token *check = doc_tok(d, (int64_t)i + 3);
    const bool checked = check->kind == TOK_NUMBER && check->len == 2 &&
                         !(check->flags & TOK_LINE) && !shape_opens_column(d, i + 3) &&
                         !d->shield[i + 3] &&
                         (doc_ends_line(d, i + 3) || !doc_joined(d, i + 4) ||
                          doc_tok(d, (int64_t)i + 4)->kind == TOK_MARK);
    return checked ? i + 3 : i + 2;
}

/* "9400 7099 7114 1477 4846 05", "7019 5338 4786 9637 0017": a parcel's or a letter's, as the post prints it. Its last
 * token, or 0. */
static uint32_t parcel_last(const struct doc *d, uint32_t i)
{
    enum { GROUPS = 5, CARD = 4, OF_LETTERS = 7100, APART = 4 };
    uint32_t k = i, odd = 0;
    uint64_t low = UINT64_MAX, high = 0;
    while (k < i + GROUPS && doc_tok(d, k)->kind == TOK_NUMBER && doc_tok(d, k)->len == 4 &&
           (k == i || !(d->tok[k].flags & TOK_LINE)) &&
           (!doc_joined(d, k + 1) || doc_tok(d, (int64_t)k + 1)->kind == TOK_MARK)) {
        const uint64_t v = d->tok[k++].hash;
        low = MIN(low, v);
        high = MAX(high, v);
        odd += (v % 100 >= 60 || v >= 2400) && (v < 1900 || v >= 2100) && v % 100;
    }
    /* "7680 8540 7909 0632": no times of day, no years; "urine 1875 2480 2260 1990 cc": one value, day by day */
    if (k == i + CARD)
        return odd >= 2 && high / APART >= low && !(doc_bits(d, k) & LEX(UNIT)) ? k - 1 : 0;
    if (k < i + GROUPS || d->tok[i].hash - 7000 >= 2600) return 0;
    const struct token *pair = doc_tok(d, k);
    if (pair->kind == TOK_NUMBER && pair->len == 2 && !(pair->flags & TOK_LINE)) return k;
    return d->tok[i].hash < OF_LETTERS ? k - 1 : 0;
}

/* "HR 72 80 96 B", "GI 120 230 340 US": the letters before token i are medicine's. */
static bool is_behind_medicine(const struct doc *d, uint32_t i)
{
    return doc_bits(d, (int64_t)i - 1) & (LEX(MEDICAL) | LEX(ABBREVIATION) | LEX(UNIT)) ||
           d->shield[i] & SHIELD_MEASURE;
}

/* "DK 91 76 52 D": what Britain insures a person by. Its last token, or 0. */
static uint32_t insured_last(const struct doc *d, uint32_t i)
{
    const struct token *l = doc_tok(d, (int64_t)i - 1), *r = doc_tok(d, (int64_t)i + 3);
    if (l->kind != TOK_WORD || l->len != 2 || r->kind != TOK_WORD || r->len != 1 ||
        !(l->flags & r->flags & TOK_UPPER) || doc_joined(d, i) || doc_joined(d, i + 3) ||
        d->text.p[r->start] > 'D' || is_behind_medicine(d, i))
        return 0;
    for (uint32_t k = i; k < i + 3; k++)
        if (doc_tok(d, k)->kind != TOK_NUMBER || doc_tok(d, k)->len != 2 ||
            doc_tok(d, k)->flags & TOK_LINE)
            return 0;
    return r->flags & TOK_LINE ? 0 : i + 3;
}

/* "EH 952 298 489 US": what goes by post between countries. Its last token, or 0. */
static uint32_t mail_last(const struct doc *d, uint32_t i)
{
    const struct token *l = doc_tok(d, (int64_t)i - 1), *r = doc_tok(d, (int64_t)i + 3);
    if (l->len != 2 || r->len != 2 || !(l->flags & r->flags & TOK_UPPER) || l->kind != TOK_WORD ||
        r->kind != TOK_WORD || doc_joined(d, i) || doc_joined(d, i + 3) || is_behind_medicine(d, i))
        return 0;
    for (uint32_t k = i; k < i + 3; k++)
        if (doc_tok(d, k)->kind != TOK_NUMBER || doc_tok(d, k)->len != 3 ||
            doc_tok(d, k)->flags & TOK_LINE)
            return 0;
    return r->flags & TOK_LINE ? 0 : i + 3;
}

/* "GB26BARC 3381 8758 3104 33", "DE88 7512 1722 0282 1676 78": an account as Europe prints it, of which the first group of
 * four digits is token i. Its last token, or 0; *first. */
static uint32_t iban_last(const struct doc *d, uint32_t i, uint32_t *first)
{
    enum { GROUPS = 3 };
    int64_t check = (int64_t)i - 1; /* the two digits behind the country */
    if (doc_tok(d, check)->kind == TOK_WORD && doc_tok(d, check)->len == 4) check--;
    const struct token *c = doc_tok(d, check), *land = doc_tok(d, check - 1);
    if (c->kind != TOK_NUMBER || c->len != 2 || land->kind != TOK_WORD || land->len != 2 ||
        !(land->flags & TOK_UPPER) || !doc_joined(d, check))
        return 0;
    uint32_t k = i;
    while (doc_tok(d, k)->kind == TOK_NUMBER && doc_tok(d, k)->len == 4 && !doc_joined(d, k) &&
           !(doc_tok(d, k)->flags & TOK_LINE))
        k++;
    if (k < i + GROUPS) return 0;
    const struct token *rest = doc_tok(d, k);
    *first = (uint32_t)check - 1;
    return rest->kind == TOK_NUMBER && rest->len < 4 && !(rest->flags & TOK_LINE) ? k : k - 1;
}

/* Could token i open that? Few numbers do. */
static inline bool may_be_parcel(const struct doc *d, uint32_t i)
{
    const struct token *t = &d->tok[i], *l = &d->tok[i - (i > 0)];
    if (t->len == 3) return (l->len == 2) & ((l->flags & TOK_UPPER) != 0);
    return (t->len == 4) & (doc_tok(d, (int64_t)i + 1)->len == 4) &&
           doc_tok(d, (int64_t)i + 1)->kind == TOK_NUMBER;
}

/* "A# A 208 441 773", "A-number A208 441 773": what the immigration service numbers a person by. The last token, or 0. */
static uint32_t alien_last(const struct doc *d, uint32_t i)
{
    const struct token *a = doc_tok(d, (int64_t)i - 1);
    if (d->tok[i].len != 3 || a->len != 1 || !(a->flags & TOK_UPPER) || i < 3) return 0;
    for (uint32_t k = i; k <= i + 2; k++) {
        const struct token *t = doc_tok(d, k);
        if (t->kind != TOK_NUMBER || t->len != 3 || (k > i && t->flags & TOK_LINE)) return 0;
    }
    if (d->text.p[a->start] != 'A' || (doc_joined(d, i + 3) && doc_tok(d, i + 3)->kind != TOK_MARK))
        return 0;
    /* "A#", "Alien no.", "A-number", "A-file" */
    const bool told = doc_is_mark(d, (int64_t)i - 2, '#') ||
                      cue_class_of(doc_tok(d, (int64_t)i - 2)) & (CUE_NUMBER | CUE_ID);
    return told ? i + 2 : 0;
}

/* "FM 58334 N": how New York, Minnesota and others number who is on Medicaid. The last token, or 0. */
static uint32_t client_last(const struct doc *d, uint32_t i)
{
    const struct token *n = &d->tok[i], *l = doc_tok(d, (int64_t)i - 1),
                       *r = doc_tok(d, (int64_t)i + 1);
    if (l->len != 2 || r->len != 1 || !(l->flags & r->flags & TOK_UPPER) ||
        (n->flags | r->flags) & TOK_LINE || doc_joined(d, i) || doc_joined(d, i + 1) ||
        doc_joined(d, i - 1) || d->is_caseless)
        return 0;
    /* "MN 55802 A niece": a ZIP code and a new sentence */
    const bool article = (doc_bits(d, (int64_t)i + 1) & LEX(FUNCTION)) != 0;
    return article && doc_bits(d, (int64_t)i - 1) & LEX(STATE_CODE) ? 0 : i + 1;
}

/* "(file AG07 0909)", "Chart on doc: VU58 0789", "(EP08 2865)": what stands before letters that medicine has too. */
static bool is_filed_as(const struct doc *d, int64_t before)
{
    const struct token *t = doc_tok(d, before);
    if (t->kind == TOK_MARK) return t->hash == '(' || t->hash == ':';
    return doc_is_word(d, before, VIEW("file")) || cue_class_of(t) & (CUE_IDS | CUE_NUMBER);
}

uint32_t id_block_last(const struct doc *d, uint32_t i)
{
    const struct token *l = doc_tok(d, (int64_t)i - 1), *n = doc_tok(d, (int64_t)i + 1);
    if (!(l->flags & TOK_UPPER) || n->kind != TOK_NUMBER || n->len < 4 || n->len > 5 ||
        l->len > 2 || n->flags & TOK_LINE || !doc_joined(d, i) || doc_joined(d, i + 1) ||
        doc_joined(d, i - 1) || d->is_caseless)
        return 0;
    if ((d->shield[i] | d->shield[i + 1]) & SHIELD_TAG || d->shield[i + 1] & SHIELD_MEASURE)
        return 0;
    const struct token *more = doc_tok(d, (int64_t)i + 2);
    if (more->kind == TOK_NUMBER && !(more->flags & TOK_LINE)) return 0; /* an IBAN */
    /* "C24 8140/3" is a kind of tumour, "T12 1998" a year */
    if (doc_joined(d, i + 2) &&
        (doc_tok(d, (int64_t)i + 2)->kind != TOK_MARK || (doc_joined(d, i + 3) && i + 3 < d->n)))
        return 0;
    if ((n->len == 4 && n->hash >= 1900 && n->hash < 2100) || n->hash % 100 == 0 ||
        doc_bits(d, (int64_t)i + 2) & LEX(UNIT))
        return 0;
    if (l->len == 1) return d->tok[i].hash >= 15 && d->tok[i].hash <= 30 ? i + 1 : 0;
    if (is_filed_as(d, (int64_t)i - 2)) return i + 1;
    return doc_bits(d, (int64_t)i - 1) &
                       (LEX(MEDICAL) | LEX(UNIT) | LEX(DRUG) | LEX(ABBREVIATION)) ||
                   wordset_class(measure_words(), l)
               ? 0
               : i + 1;
}

bool id_as_printed(const struct doc *d, uint32_t i, struct finding *f, uint32_t *next)
{
    const uint16_t len = d->tok[i].len;
    uint32_t last = 0, from = i;
    if (UNLIKELY(may_be_parcel(d, i)) && !(last = iban_last(d, i, &from))) last = parcel_last(d, i);
    const bool is_account = from < i, led = !last; /* led: by letters, which are part of it */
    if (!last) last = donation_last(d, i);
    if (!last) last = alien_last(d, i);
    if (!last && len == 5) last = client_last(d, i);
    if (!last && len == 3) last = mail_last(d, i);
    if (!last && len == 2) last = insured_last(d, i);
    if (!last) return false;
    *next = last + 1;
    *f = doc_finding(d, led ? i - 1 : from, last, is_account ? LABEL_ACCOUNT : LABEL_ID,
                     RULE_ID_CODE, 0.85f);
    return true;
}
