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
    /* "9-1-617-555-0123": the 9 that leads out of the house */
    uint32_t k = n->len[0] == 1 && d->tok[n->tok[0]].hash == 9 && !n->blanks && n->n > 3 ? 1 : 0;
    k += n->len[k] == 1 && d->tok[n->tok[k]].hash == 1 ? 1 : 0;
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

/* "Crisis line 379-CARE", "call 211-HELP": what a local number of letters stands behind. */
static bool is_behind_call(const struct doc *d, uint32_t first)
{
    static const struct wordset_row rows[] = {
        { "at call calls dial line lines team hotline helpline phone text reach ph tel or ring", 1 }
    };
    static struct wordset set = WORDSET(rows);
    const int64_t before = (int64_t)first - 1 - doc_is_mark(d, (int64_t)first - 1, ':');
    return wordset_class(wordset_ready(&set), doc_tok(d, before));
}

bool phone_is_lettered(const struct doc *d, struct phone_number *n)
{
    enum { LEAST = 4, SIGNS_LEAST = 7, SIGNS_MOST = 10, TOKENS = 8 };
    const uint32_t k = n->len[0] == 1 && d->tok[n->tok[0]].hash == 1 ? 1 : 0;
    if (n->n < k + 1 || n->n > k + 2 || n->len[k] != 3 || n->slash) return false;
    const uint64_t area = d->tok[n->tok[k]].hash;
    if (area < 200 || (k && n->n > 1 && n->blanks)) return false;
    uint32_t signs = n->n > k + 1 ? n->len[k + 1] : 0, letters = 0, i = n->last + 1, last = 0;
    if (signs > 3) return false;
    if (doc_is_mark(d, i, ')') && doc_joined(d, i))
        i++;
    else if (!doc_joined(d, i))
        return false;
    bool plain = false, capitals = true;
    for (uint32_t from = i; i < d->n && i < from + TOKENS && signs < SIGNS_MOST; i++) {
        const struct token *t = &d->tok[i];
        if (i > from && !doc_joined(d, i)) break;
        if (t->kind == TOK_MARK) {
            if (t->hash != '-' && t->hash != '.') break;
            continue;
        }
        if (t->flags & TOK_LINE || (t->kind == TOK_WORD && t->flags & TOK_WIDE)) return false;
        if (t->kind == TOK_WORD) {
            /* "300-DAYS", "850-CALORIE" */
            if (doc_bits(d, i) & LEX(UNIT) || doc_is_word(d, i, VIEW("calorie"))) return false;
            letters += t->len;
            capitals &= (t->flags & TOK_UPPER) != 0;
            plain |= t->len >= LEAST && d->lex[i]->word > 1;
        }
        signs += t->len;
        last = i;
    }
    const bool sure = (area >= 800 && area < 900) || k; /* free of charge */
    if (letters < 3 || !phone_ends(d, last) || (!capitals && !(sure && d->is_caseless)))
        return false;
    /* "617-DOC-0123" and a local "379-CARE" need more than letters: a code may be written so */
    if (!sure && !(signs == SIGNS_LEAST && letters >= LEAST) &&
        !(signs == LEAST && letters == LEAST && plain && is_behind_call(d, n->first)))
        return false;
    if (sure && signs < SIGNS_LEAST - 2) return false;
    n->last = last;
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
