#include "detect/date_stamped.h"

#include "detect/date_context.h"
#include "detect/date_judge_numbers.h"
#include "detect/date_timed.h"
#include "detect/wordset.h"

bool date_read_glued(const struct doc *d, uint32_t i, struct finding *f)
{
    enum { SHORT_MONTH = 4 };
    static const struct wordset_row rows[] = {
        { "gene genes positive negative pos neg stain stains staining immunostain ihc expression "
          "methylation "
          "methylated mutation assay antibody protein nuclear inhibitor inhibitors transporter "
          "transporters substrate substrates genotype variant variants polymorphism fusion",
          1 },
    };
    static struct wordset stains = WORDSET(rows);
    const struct token *t = &d->tok[i], *next = doc_tok(d, (int64_t)i + 1);
    if (!t->hash || t->hash > 31 || !i) return false;
    const struct token *month = &d->tok[i - 1];
    if (!(date_class(d, (int64_t)i - 1) & DATE_MONTH) || month->len > SHORT_MONTH ||
        !(month->flags & TOK_CAP || d->is_caseless))
        return false;
    if ((doc_joined(d, (int64_t)i - 1) && doc_tok(d, (int64_t)i - 2)->kind != TOK_MARK) ||
        (doc_joined(d, (int64_t)i + 1) && next->kind != TOK_MARK) ||
        doc_is_mark(d, (int64_t)i + 1, '-'))
        return false;
    if (t->len == 1 &&
        (doc_is_word(d, i - 1, VIEW("oct")) || doc_is_word(d, i - 1, VIEW("sept"))) &&
        (wordset_class(wordset_ready(&stains), next) || next->kind == TOK_MARK))
        return false; /* OCT4, SEPT9 */
    if (wordset_class(wordset_ready(&stains), next)) return false;
    *f = doc_finding(d, i - 1, i, LABEL_DATE, RULE_DATE_DAY, 0.7f);
    return true;
}

bool date_read_year_first(const struct doc *d, uint32_t i, struct finding *f)
{
    const struct token *t = &d->tok[i];
    const uint64_t year = t->hash / 10000, month = t->hash / 100 % 100, day = t->hash % 100;
    if (year < 10 || year > 39 || month < 1 || month > 12 || day < 1 || day > 31) return false;
    if (date_is_chained(d, i, i) || date_is_glued(d, i, i) || d->shield[i] & SHIELD_TAG)
        return false;
    const struct date_context c = date_context_of(d, i, i);
    if (c.after & (DATE_UNIT | DATE_LINK) || c.percent) return false;
    if (!(c.before & (DATE_STRONG | DATE_EVENT | DATE_NEAR)) && !date_has_time(d, i)) return false;
    *f = doc_finding(d, i, i, LABEL_DATE, RULE_DATE_FULL, 0.65f);
    return true;
}

bool date_read_cut_year(const struct doc *d, uint32_t i, struct finding *f, uint32_t *last)
{
    enum { PARTS = 6, YEAR = 5, RIGHT_QUOTE = 0x2019 };
    const struct token *t = &d->tok[i], *sign = doc_tok(d, (int64_t)i + YEAR - 1);
    if (LIKELY((sign->hash != '\'') & (sign->hash != RIGHT_QUOTE)) || i + PARTS > d->n)
        return false;
    if (sign->kind != TOK_MARK || t[YEAR].len != 2 || t[YEAR].kind != TOK_NUMBER) return false;
    if (t[1].hash != t[3].hash || (t[1].hash != '/' && t[1].hash != '-' && t[1].hash != '.') ||
        t[2].kind != TOK_NUMBER || t[0].len > 2 || t[2].len > 2)
        return false;
    for (uint32_t k = 1; k < PARTS; k++)
        if (!doc_joined(d, i + k)) return false;
    const uint64_t a = t[0].hash, b = t[2].hash;
    if (!a || !b || a > 31 || b > 31 || (a > 12 && b > 12) || doc_joined(d, i)) return false;
    if (doc_joined(d, i + PARTS) && doc_tok(d, (int64_t)i + PARTS)->kind != TOK_MARK) return false;
    *last = i + YEAR;
    *f = doc_finding(d, i, *last, LABEL_DATE, RULE_DATE_FULL, 0.95f);
    return true;
}
