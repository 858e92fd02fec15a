#include "detect/date_dotted.h"

#include "detect/date_context.h"
#include "detect/date_jotted.h"
#include "detect/date_named.h"
#include "detect/measure_words.h"
#include "detect/number_row.h"
#include "detect/wordset.h"

/* What happens to a person on a day and has no size. */
static bool is_told(const struct doc *d, int64_t i)
{
    static const struct wordset_row rows[] = {
        { "adm admitted readmitted dcd discharged seen served placed inserted implanted removed "
          "explanted signed dated written rescheduled resched appt due return eff expires born "
          "died dob doi dos doa tci edd lmp pod surgery transferred intubated extubated hearing "
          "court "
          "coll collected drawn booked moved posted faxed mailed shipped inspected renewed "
          "recertified notified spoken visited reviewed rechecked dispensed recd received",
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

/* "04:16" */
SELDOM static bool is_clock(const struct doc *d, int64_t i)
{
    const struct token *hour = doc_tok(d, i), *minute = doc_tok(d, i + 2);
    return hour->kind == TOK_NUMBER && hour->len <= 2 && hour->hash < 24 &&
           doc_is_mark(d, i + 1, ':') && doc_joined(d, i + 1) && doc_joined(d, i + 2) &&
           minute->kind == TOK_NUMBER && minute->len == 2 && minute->hash < 60;
}

/* Behind it nothing is measured, and no more of a number. */
static bool ends(const struct doc *d, int64_t i)
{
    const struct token *t = doc_tok(d, i);
    if (i >= (int64_t)d->n || t->flags & TOK_LINE) return true;
    if (t->kind == TOK_NUMBER) return (number_is_clock(t) || is_clock(d, i)) && !doc_joined(d, i);
    if (t->kind == TOK_MARK)
        return t->hash < 0x80 && strchr(",.;):\"", (int)t->hash) && !doc_joined(d, i + 1);
    if (doc_is_word(d, i, VIEW("w")) && doc_is_mark(d, i + 1, '/')) return true;
    return !doc_joined(d, i) && !(doc_bits(d, i) & LEX(UNIT)) &&
           !(date_class(d, i) & (DATE_UNIT | DATE_GRADE)) &&
           !(wordset_class(measure_words(), t) & (MW_UNIT | MW_SHORT));
}

bool date_is_roman(const struct doc *d, uint32_t i)
{
    static const char *const months[] = { "I",   "II",   "III", "IV", "V",  "VI",
                                          "VII", "VIII", "IX",  "X",  "XI", "XII" };
    const struct token *day = &d->tok[i], *month = doc_tok(d, (int64_t)i + 2),
                       *year = doc_tok(d, (int64_t)i + 4);
    if (day->kind != TOK_NUMBER || day->len > 2 || day->hash < 1 || day->hash > 31 ||
        month->kind != TOK_WORD || month->len > 4 || year->kind != TOK_NUMBER ||
        (year->len == 4 ? year->hash < 1900 || year->hash > 2099 : year->len != 2) ||
        !doc_is_mark(d, (int64_t)i + 3, '.') || doc_joined(d, i))
        return false;
    /* 4.v.21 may be a paragraph */
    if (month->len < 2 && (!(month->flags & TOK_UPPER) || year->len == 2)) return false;
    for (uint32_t k = i + 1; k <= i + 4; k++)
        if (!doc_joined(d, k)) return false;
    for (size_t k = 0; k < COUNT_OF(months); k++)
        if (view_eq_nocase(doc_view(d, i + 2, i + 2), view_of_str(months[k]))) return true;
    return false;
}

bool date_is_dotted(const struct doc *d, uint32_t i)
{
    const struct token *month = &d->tok[i], *day = doc_tok(d, (int64_t)i + 2);
    if (month->kind != TOK_NUMBER || month->len > 2 || !doc_is_mark(d, (int64_t)i + 1, '.') ||
        day->kind != TOK_NUMBER)
        return false;
    const uint64_t a = month->hash, b = day->hash;
    /* "TCI 14.7": the day first where it can't be the month */
    const bool is_day =
        (a >= 1 && a <= 12 && b >= 1 && b <= 31) || (a > 12 && a <= 31 && b >= 1 && b <= 12);
    /* "9.17 04:16 RR 22": a row of a flowsheet */
    const bool is_charted = month->flags & TOK_LINE && is_clock(d, (int64_t)i + 3);
    return is_day && day->len <= 2 && doc_joined(d, (int64_t)i + 1) &&
           doc_joined(d, (int64_t)i + 2) && !doc_joined(d, i) &&
           !((d->shield[i] | d->shield[i + 2]) & ~SHIELD_MEASURE) &&
           (is_charted || (ends(d, (int64_t)i + 3) &&
                           (is_told(d, (int64_t)i - 1) || date_is_jotted(d, i, i + 2) ||
                            (date_is_after_doer(d, i) && !date_is_measured_before(d, i)))));
}
