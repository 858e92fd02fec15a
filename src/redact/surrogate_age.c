/* AGE over 89: "94" becomes "90+", as does "ninety-four" and "95th"; words around a number stay, but for a unit that is
 * no year: "1116 months" is "90+ years". */
#include "redact/canonical.h"
#include "redact/rewrite.h"
#include "text/age_unit.h"

static bool is_number_word(view w)
{
    static const view words[] = {
        VIEW("one"),       VIEW("two"),     VIEW("three"),  VIEW("four"),    VIEW("five"),
        VIEW("six"),       VIEW("seven"),   VIEW("eight"),  VIEW("nine"),    VIEW("ten"),
        VIEW("eleven"),    VIEW("twelve"),  VIEW("ninety"), VIEW("hundred"), VIEW("and"),
        VIEW("first"),     VIEW("second"),  VIEW("third"),  VIEW("fourth"),  VIEW("fifth"),
        VIEW("sixth"),     VIEW("seventh"), VIEW("eighth"), VIEW("ninth"),   VIEW("ninetieth"),
        VIEW("hundredth"),
    };
    for (size_t i = 0; i < COUNT_OF(words); i++)
        if (view_eq_nocase(w, words[i])) return true;
    return false;
}

static size_t run_end(view v, size_t at, bool digits)
{
    while (at < v.n && (digits ? ascii_is_digit(v.p[at]) : ascii_is_alpha(v.p[at])))
        at++;
    return at;
}

/* The one number in v, with an ordinal's ending, or its words; false when there is none or several. */
static bool find_number(view v, size_t *from, size_t *to)
{
    unsigned n = 0;
    bool in_words = false;
    for (size_t i = 0; i < v.n;) {
        if (ascii_is_digit(v.p[i])) {
            size_t end = run_end(v, i, true), after = run_end(v, end, false);
            view tail = view_sub(v, end, after);
            if (n++) return false;
            *from = i;
            *to = view_eq_nocase(tail, VIEW("th")) || view_eq_nocase(tail, VIEW("st")) ||
                          view_eq_nocase(tail, VIEW("nd")) || view_eq_nocase(tail, VIEW("rd"))
                      ? after
                      : end;
            in_words = false;
            i = *to;
        } else if (ascii_is_alpha(v.p[i])) {
            size_t end = run_end(v, i, false);
            if (is_number_word(view_sub(v, i, end))) {
                if (!in_words && n++) return false;
                if (!in_words) *from = i;
                *to = end;
                in_words = true;
            } else {
                in_words = false;
            }
            i = end;
        } else {
            if ((unsigned char)v.p[i] >= 0x80) return false;
            i++;
        }
    }
    return n == 1;
}

err age_ninety(struct rewrite *r, bool *done)
{
    size_t from = 0, to = r->value.n;
    *done = r->label == LABEL_AGE;
    if (!*done) return OK;
    r->may_stay = true;
    if (!find_number(r->value, &from, &to)) from = 0, to = r->value.n;
    view unit = age_unit_behind(r->value, to);
    if (to < r->value.n && r->value.p[to] == '+') to++;
    if (age_unit_in_year(unit) > 1)
        return rewrite_put(r, from, (size_t)(unit.p + unit.n - r->value.p), VIEW("90+ years"));
    return rewrite_put(r, from, to, VIEW("90+"));
}
