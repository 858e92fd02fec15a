/* detect/date_judge_dashed.c — two numbers with a dash between, "11-02", see date_judge_numbers.h. */
#include "detect/date_charted.h"
#include "detect/date_judge_numbers.h"
#include "detect/date_named.h"
#include "detect/date_timed.h"
#include "detect/wordset.h"

bool date_ends_clause(const struct doc *d, uint32_t last)
{
    const struct token *t = doc_tok(d, (int64_t)last + 1);
    if (last + 1 >= d->n || t->flags & TOK_LINE) return true;
    if (t->kind == TOK_MARK) {
        bool stop = t->hash == '.' || t->hash == ',' || t->hash == ';' || t->hash == ')' ||
                    t->hash == ':' || t->hash == '?';
        return stop && !(doc_joined(d, (int64_t)last + 2) &&
                         doc_tok(d, (int64_t)last + 2)->kind == TOK_NUMBER);
    }
    return t->kind == TOK_WORD && doc_bits(d, (int64_t)last + 1) & LEX(FUNCTION) &&
           !(date_class(d, (int64_t)last + 1) & (DATE_LINK | DATE_UNIT | DATE_GRADE));
}

bool date_is_of_cycle(const struct doc *d, uint32_t first)
{
    const int64_t i = (int64_t)first - (doc_is_mark(d, (int64_t)first - 1, '=') ||
                                                doc_is_word(d, (int64_t)first - 1, VIEW("given"))
                                            ? 2
                                            : 1);
    const struct token *n = doc_tok(d, i), *day = doc_tok(d, i - 1), *cycle = doc_tok(d, i - 3);
    return n->kind == TOK_NUMBER && n->len <= 2 && doc_joined(d, i) && doc_joined(d, i - 1) &&
           doc_joined(d, i - 2) && !doc_joined(d, i + 1) && day->len == 1 && cycle->len == 1 &&
           day->kind == TOK_WORD && cycle->kind == TOK_WORD &&
           ascii_lower(d->text.p[day->start]) == 'd' && ascii_lower(d->text.p[cycle->start]) == 'c';
}

bool date_is_of_note(const struct doc *d, uint32_t first)
{
    static const struct wordset_row rows[] = {
        { "note notes letter report visit email message consult consultation fax addendum memo", 1 }
    };
    static struct wordset set = WORDSET(rows);
    return (doc_is_word(d, (int64_t)first - 1, VIEW("of")) ||
            doc_is_word(d, (int64_t)first - 1, VIEW("from"))) &&
           wordset_class(wordset_ready(&set), doc_tok(d, (int64_t)first - 2));
}

/* "laminectomy 4-5": of vertebrae. */
static bool is_of_spine(const struct doc *d, uint32_t first)
{
    static const struct wordset_row rows[] = {
        { "laminectomy discectomy corpectomy foraminotomy laminotomy vertebroplasty kyphoplasty "
          "laminoplasty hemilaminectomy foraminoplasty facetectomy microdiscectomy myelogram "
          "discogram",
          1 }
    };
    static struct wordset set = WORDSET(rows);
    return wordset_class(wordset_ready(&set), doc_tok(d, (int64_t)first - 1));
}

/* "sutures placed 2-3", "removed 2-3.", "called 2-3.": how many, or how often. */
static bool is_counted(const struct doc *d, uint32_t first)
{
    static const struct wordset_row rows[] = {
        { "seen last next on hd sent fell up u till til until called missed", 1 }
    };
    static struct wordset set = WORDSET(rows);
    const struct token *verb = doc_tok(d, (int64_t)first - 1), *of = doc_tok(d, (int64_t)first - 2);
    if (wordset_class(wordset_ready(&set), verb)) return true;
    const view v = verb->kind == TOK_WORD ? doc_view(d, first - 1, first - 1) : VIEW("");
    const bool done = v.n > 4 && view_eq_nocase(view_sub(v, v.n - 2, v.n), VIEW("ed"));
    if (of->kind != TOK_WORD || verb->flags & TOK_LINE) return done;
    const view w = doc_view(d, first - 2, first - 2);
    return w.n > 4 && ascii_lower(w.p[w.n - 1]) == 's';
}

/* "since 4-5 pm": hours */
static bool is_of_clock(const struct doc *d, uint32_t last)
{
    static const view words[] = { { "am", 2 }, { "pm", 2 }, { "a", 1 }, { "p", 1 }, { "o", 1 } };
    for (size_t k = 0; k < COUNT_OF(words); k++)
        if (doc_is_word(d, (int64_t)last + 1, words[k])) return true;
    return false;
}

bool date_judge_dashed(const struct doc *d, uint32_t first, uint32_t last,
                       const struct written_date *w, const struct date_context *c)
{
    enum { TOLD = DATE_STUDY | DATE_EVENT | DATE_NEAR | DATE_WEAK };
    if (date_is_dictated(d, first, last)) return true;
    const bool timed = date_is_timed(d, first, last, c);
    const bool ends = date_ends_clause(d, last) || timed;
    const bool result = (c->after & DATE_RESULT) != 0;
    const bool done = date_is_done_then(d, first);
    const bool named =
        (done || !(c->around & DATE_AGAINST)) && date_is_of_named(d, first, last, c, ends);
    bool label =
        c->before & DATE_STRONG || named || date_is_of_cycle(d, first) ||
        ((c->before & TOLD || done || (result && c->around & DATE_STUDY)) && (ends || result));
    if (c->opens_line && d->tok[first].flags & TOK_LINE)
        label |= doc_is_mark(d, (int64_t)last + 1, ':');
    else if (c->opens_line &&
             c->around & (DATE_STUDY | DATE_WEAK)) /* "Biopsy 11-15244 (1-11): benign" */
        label |= doc_is_mark(d, (int64_t)last + 2, ':');
    if (!label || c->after & DATE_LINK) return false;
    const bool zero = d->text.p[d->tok[first].start] == '0' || d->text.p[d->tok[last].start] == '0';
    const bool falls = d->tok[first].hash >= d->tok[last].hash && (ends || result);
    const bool head = (doc_is_mark(d, (int64_t)first - 1, ':') && c->before & DATE_STRONG) ||
                      doc_is_word(d, (int64_t)first - 1, VIEW("appt")) ||
                      doc_is_word(d, (int64_t)first - 1, VIEW("appointment"));
    if (w->part[0].day > 12 || zero || falls || (head && ends) || named) return true;
    if (!ends || is_of_clock(d, last) || doc_is_word(d, (int64_t)last + 1, VIEW("to")))
        return false;
    const bool event = c->before & (DATE_STRONG | DATE_EVENT | DATE_NEAR);
    return c->before & DATE_SURE || (event && !is_counted(d, first)) || date_is_of_note(d, first) ||
           date_is_of_cycle(d, first) || (c->before & DATE_STUDY && !is_of_spine(d, first)) ||
           (c->opens_line && !(d->tok[first].flags & TOK_LINE));
}
