#include "detect/date_ordinal.h"

#include "detect/date_context.h"
#include "detect/wordset.h"

enum {
    O_BEFORE = 1, /* since the 14th */
    O_EVENT = 2,  /* discharged the 21st; admitted on the 3rd */
    O_AFTER = 4,  /* … at 10 */
    O_THE = 8,
    O_SUFFIX = 16,
    O_OTHER = 32,   /* what else is counted: toes, ribs, doses */
    O_JOINS = 64,   /* the 2nd and 3rd */
    O_SPAN = 128,   /* the night of the 11th */
    O_BOOKED = 256, /* booked 21st */
};
static const struct wordset_row rows[] = {
    { "on since until till til by through thru after before due from between about around circa",
      O_BEFORE },
    { "discharged admitted seen scheduled set due moved rescheduled started stopped ended "
      "arrived died expired delivered fell returned returns returning home again visit appointment "
      "appt surgery here next last comes ends closes opens begins starts expires visits flies "
      "leaves dialysis clinic eeg mri ct echo uss cxr rv fu fup review recheck tci dc theatre "
      "chemo "
      "scan bloods labs colonoscopy procedure court hearing inspection "
      "booked delivered",
      O_EVENT },
    { "at with for but when and he she pt patient because as if to or around between after before "
      "then where who via per am pm morning evening night afternoon prox inst ult so but noon",
      O_AFTER },
    { "the", O_THE },
    { "st nd rd th", O_SUFFIX },
    { "finger fingers digit digits toe toes rib ribs metatarsal metatarsals metacarpal metacarpals "
      "ray rays floor nerve nerves ventricle space interspace interspaces intercostal grade "
      "percentile degree trimester dose doses cycle cycles attempt phalanx mtp pip dip web nail "
      "nails toenail toenails tooth molar molars vertebra ward street avenue generation edition "
      "pass stage part",
      O_OTHER },
    { "and or to", O_JOINS },
    { "night morning evening afternoon day week weekend early eve", O_SPAN },
    { "booked scheduled rescheduled moved due set", O_BOOKED },
};
static struct wordset words = WORDSET(rows);
WORDSET_CLASS_AT(cls, words)

static bool is_ordinal(const struct doc *d, int64_t i)
{
    const struct token *t = doc_tok(d, i);
    return t->kind == TOK_NUMBER && t->len <= 2 && t->hash >= 1 && t->hash <= 31 &&
           doc_joined(d, i + 1) && cls(d, i + 1) & O_SUFFIX;
}

/* Nothing that it counts follows: the sentence ends or goes on with something else. */
static bool ends_there(const struct doc *d, int64_t after)
{
    const struct token *t = doc_tok(d, after);
    if (after >= (int64_t)d->n || t->flags & TOK_LINE) return true;
    if (t->kind == TOK_NUMBER) return false;
    if (t->kind == TOK_MARK)
        return t->hash == '.' || t->hash == ',' || t->hash == ';' || t->hash == ')' ||
               t->hash == ':' || t->hash == '@' || t->hash == '?';
    if (cls(d, after) & O_JOINS) { /* "the 2nd and 3rd toes" */
        int64_t next = cls(d, after + 1) & O_THE ? after + 2 : after + 1;
        if (is_ordinal(d, next)) return ends_there(d, next + 2);
    }
    return cls(d, after) & O_AFTER;
}

static bool counts_something(const struct doc *d, int64_t i)
{
    enum { REACH = 12 };
    for (int64_t k = i - 1; k >= 0 && k >= i - REACH; k--) {
        if (cls(d, k) & O_OTHER) return true;
        if (doc_is_mark(d, k, '.') || d->tok[k + 1].flags & TOK_PARA) break;
    }
    return false;
}

/* "d/c the 19th", "r/v the 3rd", "f/u the 5th" */
static bool is_short_event(const struct doc *d, int64_t i)
{
    static const char *const pairs[] = { "dc", "rv", "fu", "rs", "fv" };
    const int64_t a = i - 2;
    if (!doc_is_mark(d, i - 1, '/') || doc_tok(d, a)->len != 1 || doc_tok(d, i)->len != 1)
        return false;
    for (size_t k = 0; k < COUNT_OF(pairs); k++)
        if (ascii_lower(d->text.p[d->tok[a].start]) == pairs[k][0] &&
            ascii_lower(d->text.p[d->tok[i].start]) == pairs[k][1])
            return true;
    return false;
}

/* "the 30th of last month" */
static bool is_of_month(const struct doc *d, int64_t i)
{
    static const view which[] = { { "last", 4 }, { "this", 4 }, { "next", 4 }, { "the", 3 } };
    if (!doc_is_word(d, i, VIEW("of")) || !doc_is_word(d, i + 2, VIEW("month"))) return false;
    for (size_t k = 0; k < COUNT_OF(which); k++)
        if (doc_is_word(d, i + 1, which[k])) return true;
    return false;
}

bool date_is_ordinal(const struct doc *d, uint32_t i)
{
    if (!is_ordinal(d, i) || d->tok[i].flags & TOK_LINE) return false;
    int64_t b = (int64_t)i - 1;
    const bool about = doc_is_mark(d, b, '~'); /* "due ~22nd" */
    if (doc_joined(d, i) && !about) return false;
    if (about) b--;
    bool the = cls(d, b) & O_THE;
    if (the) b--;
    if (is_of_month(d, (int64_t)i + 2)) return true;
    uint32_t before = cls(d, b);
    bool led = before & O_BEFORE || (the && (before & O_EVENT || is_short_event(d, b)));
    if (!led)
        led = the ? doc_is_word(d, b, VIEW("of")) && cls(d, b - 1) & O_SPAN : before & O_BOOKED;
    /* "set for the 22nd" */
    if (!led && the && doc_is_word(d, b, VIEW("for"))) led = cls(d, b - 1) & O_EVENT;
    /* "the 2nd and the 5th": the first one's lead */
    if (!led && cls(d, b) & O_JOINS && is_ordinal(d, b - 2))
        return date_class(d, b - 3) & DATE_MONTH ? ends_there(d, (int64_t)i + 2)
                                                 : date_is_ordinal(d, (uint32_t)b - 2);
    return led && ends_there(d, (int64_t)i + 2) && !counts_something(d, i);
}
