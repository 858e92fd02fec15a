/* id_device.c — numbers of devices that no cue word stands straight before, see id_kinds.h. */
#include "detect/id_kinds.h"
#include "detect/wordset.h"

/* "(21) 46191789": does the next part of a UDI begin at token i, behind a blank? */
static bool is_next_part(const struct doc *d, uint32_t i)
{
    return doc_is_mark(d, i, '(') && doc_tok(d, (int64_t)i + 1)->kind == TOK_NUMBER &&
           doc_tok(d, (int64_t)i + 1)->len == 2 && doc_joined(d, i + 1) &&
           doc_is_mark(d, i + 2, ')') && !(d->tok[i].flags & TOK_LINE);
}

uint32_t id_gs1_last(const struct doc *d, uint32_t i)
{
    if (d->tok[i].hash != 1 || !doc_is_mark(d, (int64_t)i - 1, '(') ||
        !doc_is_mark(d, i + 1, ')') || doc_tok(d, i + 2)->len != 14 ||
        doc_tok(d, i + 2)->flags & TOK_LINE)
        return 0;
    uint32_t last = i + 2;
    while (last - i < CODE_REACH && last + 1 < d->n) {
        /* "(01) 02903575260465 (21) 46191789": the mark's value stands behind a blank as well */
        const bool value = doc_is_mark(d, last, ')') && !(d->tok[last + 1].flags & TOK_LINE) &&
                           is_next_part(d, last - 2);
        if (!doc_joined(d, last + 1) && !value && !is_next_part(d, last + 1)) break;
        last++;
    }
    while (doc_is_mark(d, last, '.') || doc_is_mark(d, last, ','))
        last--;
    return last;
}

uint32_t id_hibc_last(const struct doc *d, uint32_t last)
{
    uint32_t i = last + 1;
    if (!doc_is_mark(d, i, '/') || !doc_joined(d, i) || !doc_is_mark(d, i + 1, '$') ||
        !doc_joined(d, i + 1))
        return last;
    while (doc_joined(d, i + 1) && i - last < CODE_REACH)
        i++;
    while (d->tok[i].kind == TOK_MARK && i > last)
        i--;
    return i;
}

bool id_by_icd(const struct doc *d, const struct code *c, const struct cue *cue, struct finding *f)
{
    enum { LENGTH = 8, DIGITS = 6 }; /* codes of diagnoses have at most seven signs */
    if (cue->last + 1 != c->first || !doc_is_word(d, cue->last, VIEW("icd")) || !c->upper ||
        c->measure || code_is_date(d, c) || c->digits > 15 ||
        (c->letters ? c->digits + c->letters < LENGTH : c->digits < DIGITS))
        return false;
    *f = doc_finding(d, c->first, c->last, LABEL_DEVICE, RULE_ID_CUE, 0.8f);
    return true;
}

/* "R: 0F5E3740    L: 15-466662-I    Charger: 21W36-312": what goes with both stands behind them in the line. */
static bool is_before_charger(const struct doc *d, const struct code *c, struct finding *f)
{
    enum { REACH = 16 };
    static const struct wordset_row rows[] = { { "charger chargers receiver streamer remote", 1 } };
    static struct wordset set = WORDSET(rows);
    for (uint32_t i = c->last + 1; i < c->last + REACH && i < d->n; i++) {
        if (d->tok[i].flags & TOK_LINE) return false;
        if (!wordset_class(wordset_ready(&set), &d->tok[i])) continue;
        *f = doc_finding(d, c->first, c->last, LABEL_DEVICE, RULE_ID_CUE, 0.8f);
        return doc_is_mark(d, i + 1, ':');
    }
    return false;
}

bool id_by_side(const struct doc *d, const struct code *c, struct finding *f)
{
    enum { REACH = 12 };
    static const struct wordset_row rows[] = { { "l r lt rt left right", 1 } };
    static struct wordset set = WORDSET(rows);
    /* the token behind the side's: a ':', or the code itself */
    const int64_t colon = (int64_t)c->first - (doc_is_mark(d, (int64_t)c->first - 1, ':') ? 1 : 0);
    if (!c->upper || c->measure || code_is_date(d, c) || code_is_range(d, c) ||
        !wordset_class(wordset_ready(&set), doc_tok(d, colon - 1)))
        return false;
    /* "10X15X20MM" */
    uint32_t times = 0;
    for (uint32_t i = c->first; i <= c->last; i++)
        times += doc_is_word(d, i, VIEW("x"));
    if (times > 1 || doc_bits(d, c->last) & LEX(UNIT)) return false;
    for (int64_t i = colon - 2; i >= 0 && i + REACH > colon; i--) {
        if (cue_class_of(&d->tok[i]) & CUE_DEVICE) {
            *f = doc_finding(d, c->first, c->last, LABEL_DEVICE, RULE_ID_CUE, 0.85f);
            return true;
        }
        if (d->tok[i].flags & TOK_LINE) break;
    }
    return colon < c->first && is_before_charger(d, c, f);
}
