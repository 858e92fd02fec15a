/* detect/phone_form.c — forms that speak for themselves, see phone_inside.h. */
#include "detect/phone_inside.h"

#include "detect/number_row.h"

void phone_cut(const struct doc *d, struct phone_number *n, uint32_t k)
{
    n->digits = 0;
    n->n = k;
    for (uint32_t i = 0; i < k; i++)
        n->digits += d->tok[n->tok[i]].len;
    n->last = n->tok[k - 1];
}

bool phone_ends(const struct doc *d, uint32_t last)
{
    const struct token *t = doc_tok(d, last + 1);
    if (!doc_joined(d, last + 1)) return true;
    if (t->kind == TOK_WORD) return doc_is_word(d, last + 1, VIEW("x")) || t->flags & TOK_CAP;
    if (t->hash == '-' || t->hash == '.' || t->hash == '/' || t->hash == ',')
        return !doc_joined(d, last + 2) || doc_tok(d, last + 2)->kind != TOK_NUMBER ||
               t->hash == '/' || t->hash == ',';
    return t->hash != '%' && t->hash != '@';
}

uint32_t phone_north_american(const struct doc *d, const struct phone_number *n)
{
    uint32_t k = n->len[0] == 1 && d->tok[n->tok[0]].hash == 1 ? 1 : 0;
    if (n->n < k + 3 || n->len[k] != 3 || n->len[k + 1] != 3 || n->len[k + 2] != 4) return 0;
    uint64_t area = d->tok[n->tok[k]].hash, exchange = d->tok[n->tok[k + 1]].hash;
    bool callable = area >= 200 && exchange >= 200;
    return n->blanks && !n->plus && !callable ? 0 : k + 3;
}

bool phone_is_pairs(const struct doc *d, const struct phone_number *n)
{
    if (n->n != 5 || n->digits != 10 || d->text.p[d->tok[n->tok[0]].start] != '0') return false;
    for (uint32_t i = 0; i < 5; i++)
        if (n->len[i] != 2) return false;
    return true;
}

bool phone_is_area_and_rest(const struct doc *d, const struct phone_number *n)
{
    if (n->n < 2 || n->len[0] != 3 || n->len[1] != 7 || n->blanks) return false;
    if (n->bracket) return doc_joined(d, n->tok[1]);
    return doc_is_mark(d, n->tok[0] + 1, '-') && doc_joined(d, n->tok[1]) &&
           d->tok[n->tok[0]].hash >= 200 && d->tok[n->tok[1]].hash >= 2000000;
}

bool phone_is_timed_row(const struct doc *d, const struct phone_number *n)
{
    if (n->slash) return true;
    if (!number_is_clock(&d->tok[n->tok[0]])) return false;
    const bool form = n->n == 3 && n->len[1] == 3 && n->len[2] == 4;
    return !form || (n->blanks && number_is_row(d, n->tok[0], n->last));
}

bool phone_is_spelled(const struct doc *d, struct phone_number *n, const struct cue *c)
{
    const uint32_t k = n->len[0] == 1 && d->tok[n->tok[0]].hash == 1 ? 1 : 0;
    uint32_t i = n->last + 2, length = 0, letters = 0;
    if (n->n != k + 2 || n->len[k] != 3 || n->len[k + 1] != 3 || !phone_is_mark(d, n->last + 1) ||
        !doc_joined(d, n->last + 1) || !doc_joined(d, i))
        return false;
    for (; i < d->n && doc_joined(d, i) && d->tok[i].kind != TOK_MARK && length < 4; i++) {
        if (d->tok[i].kind == TOK_WORD && !(d->tok[i].flags & TOK_UPPER)) return false;
        letters += d->tok[i].kind == TOK_WORD ? d->tok[i].len : 0;
        length += d->tok[i].len;
    }
    const uint64_t area = d->tok[n->tok[k]].hash;
    const bool toll_free = area == 800 || (area >= 833 && area <= 888 && area % 11 == 8);
    if (length != 4 || !phone_ends(d, i - 1)) return false;
    if (letters == 4 ? !(toll_free || c->what) : letters != 1 || !c->what) return false;
    n->last = i - 1;
    return true;
}

bool phone_is_spaced(const struct doc *d, struct phone_number *n)
{
    static const uint8_t groups[] = { 3, 3, 4 };
    uint32_t i = n->first;
    for (int from = 0; from < 2; from++) {
        i = n->first;
        bool fits = true;
        for (size_t g = (size_t)from; g < COUNT_OF(groups) && fits; g++) {
            for (int k = 0; k < groups[g] && fits; k++, i++)
                fits = doc_tok(d, i)->kind == TOK_NUMBER && doc_tok(d, i)->len == 1 &&
                       (i == n->first || !(d->tok[i].flags & TOK_LINE));
            if (fits && g + 1 < COUNT_OF(groups)) fits = doc_is_mark(d, i++, '-');
        }
        if (!fits || (doc_tok(d, i)->kind == TOK_NUMBER && !(doc_tok(d, i)->flags & TOK_LINE)))
            continue;
        n->last = i - 1;
        return true;
    }
    return false;
}
