/* spanish_birth.c — births and ages over 89 in Spanish: "F. Nac.: 12/05/1931", "nacido en 1930", "94 años". */
#include "base/clock.h"
#include "detect/spanish_inside.h"
#include "detect/taken.h"

enum { LOOK_BACK = 9, CAPITALS = 4, OVER_89 = 90, OLDEST = 120 };

/* Does a word for birth lead token i? Over marks, small words, and the town: "nacida en Soria el". */
static bool is_birth_before(const struct doc *d, uint32_t i)
{
    uint32_t lines = d->tok[i].flags & TOK_LINE ? 1 : 0, capitals = 0;
    for (int64_t k = (int64_t)i - 1; k >= 0 && k + LOOK_BACK >= i; k--) {
        const struct token *t = &d->tok[k];
        if (d->tok[k + 1].flags & TOK_PARA) return false;
        if (t->kind == TOK_NUMBER) return false;
        const uint32_t c = spanish_class(d, k);
        if (c & ES_BIRTH) return true;
        if (doc_is_word(d, k, VIEW("n")) && doc_is_mark(d, k - 1, '.') &&
            doc_is_word(d, k - 2, VIEW("f")))
            return true; /* F.N. */
        lines += (t->flags & TOK_LINE) != 0;
        if (lines > 1) return false; /* the value may stand below its head, no further */
        if (t->kind == TOK_MARK) {
            bool passes = t->hash < 0x80 && memchr(".:,-()/|", (int)t->hash, 8);
            bool stop = t->hash == '.' && doc_tok(d, k - 1)->len > 4;
            if (!passes || stop) return false;
        } else if (!(c & (ES_PARTICLE | ES_FILL)) && !doc_is_word(d, k, VIEW("en")) &&
                   !doc_is_word(d, k, VIEW("fecha")) && !doc_is_word(d, k, VIEW("dia"))) {
            if (!(t->flags & TOK_CAP) || ++capitals > CAPITALS) return false;
        }
    }
    return false;
}

void spanish_mark_births(const struct doc *d, struct findings *out)
{
    for (uint32_t k = 0; k < out->n; k++) {
        struct finding *f = &out->v[k];
        if (f->label != LABEL_DATE || f->part != PART_WHOLE) continue;
        const uint32_t i = taken_token_at(d, f->start);
        if (i < d->n && is_birth_before(d, i)) f->part = PART_BIRTH;
    }
}

err spanish_birth_year_at(const struct doc *d, uint32_t i, struct findings *out)
{
    const struct token *t = &d->tok[i];
    if (t->len != 4 || t->hash < 1850 || (int)t->hash > clock_utc_now().year - OVER_89) return OK;
    if (doc_joined(d, i) &&
        (doc_is_mark(d, (int64_t)i - 1, '/') || doc_is_mark(d, (int64_t)i - 1, '-')))
        return OK; /* the year of a date */
    if (!is_birth_before(d, i)) return OK;
    struct finding f = doc_finding(d, i, i, LABEL_DATE, RULE_DATE_BIRTH_YEAR, 0.9F);
    f.part = PART_YEAR;
    return findings_add(out, f);
}

err spanish_age_at(const struct doc *d, uint32_t i, struct findings *out)
{
    const struct token *t = &d->tok[i];
    if (t->hash < OVER_89 || t->hash >= OLDEST || t->len > 3 || d->shield[i] & SHIELD_TAG)
        return OK;
    if (doc_joined(d, i) && !doc_is_mark(d, (int64_t)i - 1, ':') &&
        !doc_is_mark(d, (int64_t)i - 1, '('))
        return OK;
    int64_t head = (int64_t)i - 1;
    while (doc_is_mark(d, head, ':') || doc_is_word(d, head, VIEW("de")))
        head--;
    bool is_field = doc_is_word(d, head, VIEW("edad"));
    bool is_years = doc_is_word(d, (int64_t)i + 1, VIEW("anos")) &&
                    !(spanish_class(d, (int64_t)i - 1) & ES_SINCE);
    if (!is_field && !is_years) return OK;
    return findings_add(out, doc_finding(d, i, i, LABEL_AGE, RULE_AGE_NUMBER, 0.9F));
}
