#include "detect/date_named.h"

#include "detect/date_timed.h"
#include "detect/date_value.h"
#include "detect/number_row.h"
#include "detect/wordset.h"

/* "signed out 3/2 by Farley", "ultrasound 1-7 read by Farley", not "given 1/2 by mouth" */
static bool is_by_person(const struct doc *d, uint32_t last, const struct date_context *c)
{
    int64_t by = (int64_t)last + 1;
    if (doc_tok(d, by)->kind == TOK_WORD && doc_tok(d, by)->flags & TOK_LOWER &&
        doc_is_word(d, by + 1, VIEW("by")))
        by++;
    const struct token *who = doc_tok(d, by + 1);
    return doc_is_word(d, by, VIEW("by")) && who->kind == TOK_WORD && who->flags & TOK_CAP &&
           !(who->flags & TOK_LINE) && !d->is_caseless &&
           c->around & (DATE_EVENT | DATE_STRONG | DATE_WEAK | DATE_STUDY);
}

enum { DOER = 1, PLACE = 2 };

/* "Circ by Dr. Farley 12-27", "anointed by Father Gashi 6/2", "saw Farley 12/7", "came from Red Rock Manor 11/11": who did
 * it or where, and when. Behind "with", "from" and "at" no share. */
static uint32_t doer_before(const struct doc *d, uint32_t first)
{
    enum { REACH = 10 };
    static const struct wordset_row rows[] = {
        { "by per saw via", DOER },
        { "with w from at", PLACE },
    };
    static struct wordset set = WORDSET(rows);
    bool name = false;
    if (d->is_caseless || d->tok[first].flags & TOK_LINE || doc_joined(d, first) ||
        doc_tok(d, (int64_t)first - 1)->kind == TOK_NUMBER)
        return 0;
    for (int64_t i = (int64_t)first - 1; i >= 0 && i + REACH > first; i--) {
        const struct token *t = &d->tok[i];
        if (t->kind == TOK_MARK) {
            if (t->hash != '.' && t->hash != ',' && t->hash != '-' && t->hash != '\'') return 0;
        } else if (t->kind != TOK_WORD) {
            return 0;
        } else if (t->flags & TOK_CAP) {
            if (doc_bits(d, i) & (LEX(DRUG) | LEX(EPONYM)) || date_class(d, i) & DATE_AGAINST)
                return 0;
            name |= !(t->flags & TOK_UPPER) && t->len > 2 && !date_class(d, i);
        } else {
            return name ? wordset_class(wordset_ready(&set), t) : 0;
        }
        if (t->flags & TOK_LINE) return 0;
    }
    return 0;
}

static bool is_after_doer(const struct doc *d, uint32_t first, uint32_t last)
{
    const bool place = (doc_bits(d, (int64_t)first - 1) & LEX(ORG_HEAD)) != 0;
    const uint64_t a = d->tok[first].hash, b = d->tok[last].hash;
    const uint32_t led = doer_before(d, first);
    return led & DOER || (led & PLACE && (!(a <= b && b <= 5) || place));
}

bool date_is_after_doer(const struct doc *d, uint32_t first)
{
    return doer_before(d, first) & DOER;
}

/* "car seat test passed 3-9 KP": who did it signs behind the day. */
static bool is_initialled_after(const struct doc *d, uint32_t first, uint32_t last)
{
    const struct token *t = doc_tok(d, (int64_t)last + 1), *next = doc_tok(d, (int64_t)last + 2);
    const bool ends = last + 2 >= d->n || next->flags & TOK_LINE || next->kind == TOK_MARK;
    return ends && t->kind == TOK_WORD && t->flags & TOK_UPPER && t->len == 2 && !d->is_caseless &&
           !(t->flags & TOK_LINE) && !doc_joined(d, last + 1) &&
           !(doc_bits(d, (int64_t)last + 1) & (LEX(UNIT) | LEX(FUNCTION) | LEX(DRUG))) &&
           !date_class(d, (int64_t)last + 1) && date_is_done_then(d, first);
}

/* "Monitor Ada Roe on site 8-12" */
static bool is_on_site(const struct doc *d, uint32_t first)
{
    return doc_is_word(d, (int64_t)first - 1, VIEW("site")) &&
           doc_is_word(d, (int64_t)first - 2, VIEW("on"));
}

/* "appt with Dieu 5/4": what was or will be done stands before the name. */
static bool is_after_name(const struct doc *d, uint32_t first, const struct date_context *c)
{
    const struct token *t = doc_tok(d, (int64_t)first - 1);
    return c->around & DATE_STRONG && t->kind == TOK_WORD && t->flags & TOK_CAP &&
           !(t->flags & TOK_UPPER) && t->len > 2 && !(d->tok[first].flags & TOK_LINE) &&
           !d->is_caseless && !(doc_bits(d, (int64_t)first - 1) & (LEX(DRUG) | LEX(EPONYM))) &&
           !date_class(d, (int64_t)first - 1);
}

/* "Read & noted PWS 3/6": who did it signs with the day. */
static bool is_initialled(const struct doc *d, uint32_t first)
{
    static const struct wordset_row rows[] = {
        { "noted initialed initialled signed cosigned verified reviewed checked", 1 }
    };
    static struct wordset set = WORDSET(rows);
    const struct token *t = doc_tok(d, (int64_t)first - 1);
    return t->kind == TOK_WORD && t->flags & TOK_UPPER && t->len >= 2 && t->len <= 3 &&
           !d->is_caseless && !(d->tok[first].flags & TOK_LINE) &&
           wordset_class(wordset_ready(&set), doc_tok(d, (int64_t)first - 2));
}

/* "8 p.m.", "11 AM" */
static bool is_hour(const struct doc *d, int64_t i)
{
    const struct token *hour = doc_tok(d, i), *half = doc_tok(d, i + 1);
    if (hour->kind != TOK_NUMBER || hour->len > 2 || !hour->hash || hour->hash > 12 ||
        hour->flags & TOK_LINE || half->kind != TOK_WORD || half->flags & TOK_LINE)
        return false;
    if (doc_is_word(d, i + 1, VIEW("am")) || doc_is_word(d, i + 1, VIEW("pm"))) return true;
    return (doc_is_word(d, i + 1, VIEW("a")) || doc_is_word(d, i + 1, VIEW("p"))) &&
           doc_is_mark(d, i + 2, '.') && doc_is_word(d, i + 3, VIEW("m"));
}

/* "8/9 @ 4:15p", "2/8 03:17", "8/5 3 p.m."; scores of five, ten and fifteen are read at a time too. */
static bool has_clock(const struct doc *d, uint32_t first, uint32_t last)
{
    int64_t i = (int64_t)last + 1;
    const uint64_t a = d->tok[first].hash, b = d->tok[last].hash;
    if (doc_is_mark(d, i, '@')) i++;
    const struct token *hour = doc_tok(d, i), *minute = doc_tok(d, i + 2);
    if (!is_hour(d, i) &&
        (hour->kind != TOK_NUMBER || hour->len > 2 || hour->hash > 24 || hour->flags & TOK_LINE ||
         !doc_is_mark(d, i + 1, ':') || !doc_joined(d, i + 1) || !doc_joined(d, i + 2) ||
         minute->kind != TOK_NUMBER || minute->len != 2))
        return false;
    return !(a <= b && (b <= 5 || b == 10 || b == 15));
}

/* "Inv. Kopecky 8/1 0240", "form signed 0310 7/5": a time of four digits beside what no score and no share is; not behind
 * what is measured or given. */
static bool is_beside_clock(const struct doc *d, uint32_t first, uint32_t last, bool ends)
{
    const struct token *before = doc_tok(d, (int64_t)first - 1),
                       *after = doc_tok(d, (int64_t)last + 1);
    const uint64_t a = d->tok[first].hash, b = d->tok[last].hash;
    if (a <= b && (b <= 6 || b == 8 || b == 10 || b == 15)) return false;
    if (number_is_clock(after) && !doc_joined(d, (int64_t)last + 1) && !(after->flags & TOK_LINE) &&
        doc_tok(d, (int64_t)last + 2)->kind != TOK_NUMBER &&
        !(doc_bits(d, (int64_t)last + 2) & LEX(UNIT)))
        return !date_is_after_measured(d, first, false);
    return ends && number_is_clock(before) && !doc_joined(d, first) &&
           !(d->tok[first].flags & TOK_LINE) && doc_tok(d, (int64_t)first - 2)->kind == TOK_WORD &&
           !(before->flags & TOK_LINE) && !date_is_after_measured(d, first - 1, false);
}

bool date_is_of_named(const struct doc *d, uint32_t first, uint32_t last,
                      const struct date_context *c, bool ends)
{
    return is_by_person(d, last, c) || has_clock(d, first, last) ||
           is_beside_clock(d, first, last, ends) || is_initialled_after(d, first, last) ||
           (ends && (is_after_name(d, first, c) || is_initialled(d, first) ||
                     is_on_site(d, first) || is_after_doer(d, first, last)));
}
