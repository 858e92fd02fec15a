/* detect/date_jotted.c — see date_jotted.h. */
#include "detect/date_jotted.h"

#include "detect/date_context.h"
#include "detect/measure_words.h"
#include "detect/wordset.h"

enum {
    J_TOLD = 1,    /* straight before a day: what happened then and has no size */
    J_LAST = 2,    /* makes a day of what follows the word behind it */
    J_RECORD = 4,  /* behind a day: what was written or done then */
    J_BEFORE = 8,  /* "of", "to" and the like: the word before them tells */
    J_PERIOD = 16, /* before J_BEFORE */
    J_PER = 32,    /* behind a day: a person follows */
    J_WHOM = 64,   /* before a day that a '/' parts: whom it happened to */
    J_AND = 128,   /* between two days */
    J_ON = 256,
    J_NEAR =
        512, /* the same as J_TOLD, but for what may be one of so many: "visit 2/6", "HPV 1/3" */
    J_VALUE = 1024, /* before values as well: "INR returned 2.3", "hold until 2.5" */
};

static const struct wordset_row rows[] = {
    { "complaint interviewed wrote consent hospice portal wknd weekend interview "
      "baptized anointed notarized expelled suspended arraigned sentenced booked jailed "
      "randomised randomized enrolled consented onset recollected "
      "resubmitted replied emailed texted phoned voicemail potluck picnic "
      "wedding funeral ama eloped escaped absconded "
      "mailed faxed shipped delivered signed cosigned dated filed hired laid retired "
      "divorced separated moved evicted paroled released deported naturalized graduated "
      "cancel cancels cancelled canceled redraw redrawn banked quashed denied rescheduled "
      "disclosed "
      "undelivered pronounced ships harvest hearing mediation deposition burial buried cremated "
      "served "
      "stolen expires",
      J_TOLD },
    { "since until till returned closed asked refilled restarted reopened", J_TOLD | J_VALUE },
    { "skipped answered knocked interrogated extubated expired coming enrolled opened pulled rec "
      "recd change",
      J_NEAR | J_VALUE },
    { "reaction screened party wake reunion crash wreck rollover fire fall note visit home "
      "away back",
      J_NEAR },
    { "last missed", J_LAST },
    { "entry entries visit visits note notes letter addendum appt appointment clinic email message "
      "voicemail encounter consult consultation labs mammogram colonoscopy",
      J_RECORD },
    { "of", J_BEFORE },
    { "to", J_BEFORE },
    { "weekend wk week wkend month los download downloads extended through late delayed",
      J_PERIOD },
    { "per", J_PER },
    { "him her them you us me", J_WHOM },
    { "and through thru", J_AND },
    { "on", J_ON },
};
static struct wordset set = WORDSET(rows);
WORDSET_CLASS_AT(cls, set)

/* "--A. Mohr 8/8": who wrote it signs the last line with the day. */
static bool is_signature(const struct doc *d, uint32_t first, uint32_t last)
{
    enum { REACH = 6 };
    if (!doc_ends_line(d, last) || !(doc_tok(d, (int64_t)first - 1)->flags & TOK_CAP)) return false;
    for (int64_t i = (int64_t)first - 1; i >= 0 && i + REACH >= first; i--) {
        const struct token *t = &d->tok[i];
        if (t->kind == TOK_MARK && (t->hash == '-' || t->hash == '~' || t->hash == 0x2014))
            return t->flags & TOK_LINE || doc_tok(d, i - 1)->flags & TOK_LINE;
        if (t->flags & TOK_LINE ||
            (t->kind == TOK_WORD ? !(t->flags & TOK_CAP) : t->hash != '.' && t->hash != ','))
            return false;
    }
    return false;
}

/* Nothing is counted or measured behind it. */
static bool ends_clause(const struct doc *d, uint32_t last)
{
    const struct token *t = doc_tok(d, (int64_t)last + 1);
    if (doc_ends_line(d, last)) return true;
    if (t->kind == TOK_MARK)
        return t->hash < 0x80 && strchr(".,;:)\"", (int)t->hash) && !doc_joined(d, last + 2);
    return t->kind == TOK_WORD && !doc_joined(d, last + 1) &&
           doc_bits(d, (int64_t)last + 1) & LEX(FUNCTION) &&
           !(date_class(d, (int64_t)last + 1) & (DATE_UNIT | DATE_GRADE | DATE_LINK));
}

/* "2/6": the second of six, or a share. */
static bool is_one_of_many(const struct doc *d, uint32_t first, uint32_t last)
{
    const uint64_t a = d->tok[first].hash, b = d->tok[last].hash;
    return a <= b && (b <= 6 || b == 8 || b == 10 || b == 12);
}

/* Two numbers that a '/' or '.' parts, the last of them at token i: the first one's token, or i. */
static uint32_t pair_first(const struct doc *d, uint32_t i)
{
    if (i < 2 || d->tok[i].kind != TOK_NUMBER || !doc_joined(d, i) || !doc_joined(d, i - 1) ||
        d->tok[i - 2].kind != TOK_NUMBER)
        return i;
    const uint64_t mark = d->tok[i - 1].hash;
    return mark == '/' || mark == '.' || mark == '-' ? i - 2 : i;
}

bool date_is_measured_before(const struct doc *d, uint32_t first)
{
    enum { REACH = 8 };
    for (int64_t i = (int64_t)first - 1; i >= 0 && i + REACH >= first; i--) {
        const struct token *t = &d->tok[i];
        if (t->kind == TOK_WORD &&
            (doc_bits(d, i) & LEX(DRUG) || wordset_class(measure_words(), t) & MW_BEFORE ||
             (t->flags & TOK_UPPER && t->len > 1 && !(doc_bits(d, i) & LEX(CREDENTIAL)))))
            return true;
        if (t->flags & TOK_LINE) break;
    }
    return false;
}

/* "INR returned 2.3", "Hold warfarin until 2.5": behind such a word a value stands as well. */
static bool may_be_value(const struct doc *d, uint32_t first)
{
    const int64_t led = (int64_t)first - 1;
    if (doc_is_mark(d, led + 2, '/') || !(cls(d, led) & J_VALUE)) return false;
    const bool spans = doc_is_word(d, led, VIEW("since")) || doc_is_word(d, led, VIEW("until")) ||
                       doc_is_word(d, led, VIEW("till"));
    return !spans || date_is_measured_before(d, first);
}

/* "last visit 3/12", "missed call 7.14", not "last INR 2.3" */
static bool is_last(const struct doc *d, uint32_t first)
{
    return cls(d, (int64_t)first - 2) & J_LAST &&
           (doc_is_mark(d, (int64_t)first + 1, '/') ||
            doc_is_word(d, (int64_t)first - 2, VIEW("missed")));
}

/* "Missed visits 10/23/25, 7.14 and 11/7", "brought him back 10.19 and 1/9": one more day of a list. `commas`: a ',' may
 * part it as well. Two that a '.' parts are values, "on 3/4/21, 4.1 and 4.3". */
static bool is_of_list(const struct doc *d, uint32_t first, bool commas, uint32_t depth)
{
    enum { DEPTH = 3 };
    const int64_t joint = (int64_t)first - 1;
    if (joint < 3 || depth > DEPTH ||
        !(cls(d, joint) & J_AND || (commas && doc_is_mark(d, joint, ','))))
        return false;
    const uint32_t end = (uint32_t)joint - 1, pair = pair_first(d, end);
    if (pair == end || d->tok[joint].flags & TOK_LINE) return false;
    if (pair_first(d, pair) < pair) return true; /* a whole day */
    if (doc_joined(d, pair)) return false;
    if (cls(d, (int64_t)pair - 1) & (J_TOLD | J_NEAR | J_WHOM)) return !may_be_value(d, pair);
    if (is_last(d, pair) && doc_tok(d, (int64_t)pair - 1)->kind == TOK_WORD) return true;
    const bool slash = doc_is_mark(d, first + 1, '/') || doc_is_mark(d, pair + 1, '/');
    return slash && is_of_list(d, pair, true, depth + 1);
}

/* "sent to records@mohrclinic.org 6/12" */
static bool is_behind_address(const struct doc *d, int64_t i)
{
    return doc_tok(d, i)->kind == TOK_WORD && doc_joined(d, i) && doc_is_mark(d, i - 1, '.') &&
           doc_joined(d, i - 1) && doc_tok(d, i - 2)->kind == TOK_WORD;
}

/* A day and its month by name from token i on, "19-Jan", "Feb 9th", "4Aug", or a month and what is no share's second
 * number, "3/27". */
static bool is_named_day(const struct doc *d, int64_t i)
{
    const struct token *t = doc_tok(d, i), *two = doc_tok(d, i + 2);
    if (date_part(d, i) & DATE_MONTH) return doc_tok(d, i + 1)->kind == TOK_NUMBER;
    if (t->kind != TOK_NUMBER || t->len > 2 || doc_tok(d, i)->flags & TOK_LINE) return false;
    const bool dash = doc_is_mark(d, i + 1, '-') && doc_joined(d, (uint32_t)i + 1);
    if (date_part(d, i + 1 + dash) & DATE_MONTH) return true;
    return doc_is_mark(d, i + 1, '/') && two->kind == TOK_NUMBER && two->len == 2 &&
           two->hash > 12 && two->hash < 32 && t->hash && t->hash <= 12 &&
           !doc_joined(d, (uint32_t)i + 3);
}

/* "11/20, 6/10 and 5/12", "1/5, 19-Jan and 4/21", "on 19-Jan and 4/21": one of a list of days. */
static bool is_beside_named(const struct doc *d, uint32_t first, uint32_t last)
{
    enum { PARTS = 4 };
    int64_t k = (int64_t)last + 1;
    if (doc_is_mark(d, (int64_t)first + 1, '.') || d->tok[first].flags & TOK_LINE) return false;
    const int64_t before = (int64_t)first - 1;
    const bool opens = doc_is_mark(d, k, ',') || cls(d, k) & J_AND;
    const bool goes_on = doc_is_mark(d, before, ',') || cls(d, before) & J_AND;
    if (opens && is_named_day(d, k + 1 + (doc_is_mark(d, k, ',') && cls(d, k + 1) & J_AND)))
        return true;
    if (!goes_on || !ends_clause(d, last)) return false;
    for (int64_t i = before - 1, n = 0;
         i > 0 && n < PARTS && !(doc_tok(d, i + 1)->flags & TOK_LINE); i--, n++)
        if (is_named_day(d, i) && (i == 0 || !doc_joined(d, (uint32_t)i))) return true;
    return false;
}

bool date_is_jotted(const struct doc *d, uint32_t first, uint32_t last)
{
    const int64_t before = (int64_t)first - 1, after = (int64_t)last + 1;
    if (d->tok[first].flags & TOK_LINE || doc_joined(d, first) || may_be_value(d, first))
        return false;
    const uint32_t led = cls(d, before), follows = cls(d, after);
    if (follows & J_PER && doc_tok(d, after + 1)->flags & TOK_CAP)
        return !(doc_bits(d, before) & LEX(DRUG)) &&
               (doc_is_mark(d, (int64_t)first + 1, '/') || !date_is_measured_before(d, first));
    if (follows & J_RECORD && !(doc_tok(d, after)->flags & TOK_LINE)) return !doc_joined(d, after);
    if (is_beside_named(d, first, last)) return !date_is_measured_before(d, first);
    if (!ends_clause(d, last)) return false;
    const bool slash = doc_is_mark(d, (int64_t)first + 1, '/');
    if (led & J_TOLD || (led & J_NEAR && !(slash && is_one_of_many(d, first, last)))) return true;
    if (slash &&
        ((led & J_WHOM && !is_one_of_many(d, first, last)) || is_behind_address(d, before)))
        return true;
    /* "hit me on 2.27", not "on 6.25" of a drug */
    if (led & J_ON && !slash && d->tok[last].len == 2 && d->tok[last].hash % 5) return true;
    /* values stand behind a whole day too: "on 3/4/21, 4.1" */
    const bool goes_on = follows & J_AND && doc_is_mark(d, after + 2, '/');
    /* "2.4 on 5/1 and 1.3 on 5/6": a value and its own day */
    const bool dated = doc_is_mark(d, (int64_t)first + 1, '.') && follows & J_ON;
    if (!dated && is_of_list(d, first, slash || goes_on, 0)) return true;
    if (led & J_BEFORE) return cls(d, before - 1) & J_PERIOD;
    if (is_last(d, first))
        return doc_tok(d, before)->kind == TOK_WORD &&
               !(doc_bits(d, before) & (LEX(UNIT) | LEX(DRUG))) &&
               !(date_class(d, before) & (DATE_AGAINST | DATE_UNIT));
    return is_signature(d, first, last);
}
