#include "detect/date_dotted.h"

#include "detect/measure_words.h"
#include "detect/number_row.h"
#include "detect/wordset.h"

/* What happens to a person on a day and has no size. */
static bool is_told(const struct doc *d, int64_t i)
{
    static const struct wordset_row rows[] = {
        { "adm admitted readmitted dcd discharged seen served placed inserted implanted removed "
          "explanted signed dated written rescheduled resched appt due return eff expires born "
          "died dob doi dos doa pod surgery transferred intubated extubated hearing court coll "
          "collected drawn booked moved posted faxed mailed shipped inspected renewed recertified "
          "notified spoken visited reviewed rechecked dispensed recd received",
          1 },
        { "r d f", 2 },
        { "s c u", 4 },
    };
    static struct wordset set = WORDSET(rows);
    const struct wordset *s = wordset_ready(&set);
    if (doc_is_mark(d, i, ':')) i--;
    const uint32_t c = wordset_class(s, doc_tok(d, i));
    if (c & 4) /* r/s, d/c, f/u */
        return doc_is_mark(d, i - 1, '/') && doc_joined(d, i) &&
               wordset_class(s, doc_tok(d, i - 2)) & 2;
    return c & 1;
}

/* Behind it nothing is measured, and no more of a number. */
static bool ends(const struct doc *d, int64_t i)
{
    const struct token *t = doc_tok(d, i);
    if (i >= (int64_t)d->n || t->flags & TOK_LINE) return true;
    if (t->kind == TOK_NUMBER) return number_is_clock(t) && !doc_joined(d, i);
    if (t->kind == TOK_MARK)
        return (t->hash == ',' || t->hash == '.' || t->hash == ';' || t->hash == ')') &&
               !doc_joined(d, i + 1);
    if (doc_is_word(d, i, VIEW("w")) && doc_is_mark(d, i + 1, '/')) return true;
    return !doc_joined(d, i) && !(doc_bits(d, i) & LEX(UNIT)) &&
           !(date_class(d, i) & (DATE_UNIT | DATE_GRADE)) &&
           !(wordset_class(measure_words(), t) & (MW_UNIT | MW_SHORT));
}

bool date_is_dotted(const struct doc *d, uint32_t i)
{
    const struct token *month = &d->tok[i], *day = doc_tok(d, (int64_t)i + 2);
    if (month->kind != TOK_NUMBER || month->len > 2 || !doc_is_mark(d, (int64_t)i + 1, '.') ||
        day->kind != TOK_NUMBER)
        return false;
    return month->hash >= 1 && month->hash <= 12 && day->len <= 2 && day->hash >= 1 &&
           day->hash <= 31 && doc_joined(d, (int64_t)i + 1) && doc_joined(d, (int64_t)i + 2) &&
           !doc_joined(d, i) && !((d->shield[i] | d->shield[i + 2]) & ~SHIELD_MEASURE) &&
           is_told(d, (int64_t)i - 1) && ends(d, (int64_t)i + 3);
}
