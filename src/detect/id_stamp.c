/* id_stamp.c — who a time stamp is of: a name to sign on with that a line consists of, with the day and time.
 *
 *     --- end of note ---          audit trail
 *     eino.niskanen 2015-12-06 1:45pm          2019-04-28 07:40 jtran2
 *
 * One lower-case word that no list knows needs the time; letters that '.' or '_' joins, or digits behind them, do not. */
#include "detect/detectors.h"
#include "detect/id_user.h"
#include "detect/taken.h"
#include "detect/wordset.h"

enum { CLOCK_TOKENS = 8 };

/* Token i and those after it are the time of a stamp: "1:45pm", "0233", "11 p.m.". *timed: there is one. The token after
 * it. */
static uint32_t past_clock(const struct doc *d, uint32_t i, bool *timed)
{
    static const struct wordset_row rows[] = { { "am pm a p m h hr hrs est edt cst cdt pst z t at",
                                                 1 } };
    static struct wordset set = WORDSET(rows);
    const struct wordset *s = wordset_ready(&set);
    for (uint32_t n = 0; i < d->n && !(d->tok[i].flags & TOK_LINE) && n < CLOCK_TOKENS; n++, i++) {
        const struct token *t = &d->tok[i];
        const bool mark =
            t->kind == TOK_MARK && (t->hash == ':' || t->hash == '.' || t->hash == ',');
        if (t->kind == TOK_NUMBER ? t->len > 6 : !mark && !wordset_class(s, t)) break;
        *timed |= t->kind == TOK_NUMBER;
    }
    return i;
}

static bool is_on(const struct doc *d, uint32_t i)
{
    return doc_is_word(d, i, VIEW("on")) || doc_is_mark(d, i, '@') || doc_is_mark(d, i, ',');
}

err id_stamp_find(const struct doc *d, struct findings *out)
{
    err e = OK;
    for (uint32_t k = 0, n = out->n; k < n; k++) {
        const struct finding x = out->v[k];
        if (x.label != LABEL_DATE && x.label != LABEL_IP) continue;
        const uint32_t day = taken_token_at(d, x.start);
        if (x.label == LABEL_IP) { /* "printed by fgouveiros from 172.19.20.207" */
            uint32_t first, last;
            if (day > 1 && doc_is_word(d, (int64_t)day - 1, VIEW("from")) &&
                (id_user_at(d, day - 2, &first, &last) ||
                 id_user_before_day(d, day - 2, &first, &last)))
                TRY(findings_add(out, doc_finding(d, first, last, LABEL_ID, RULE_ID_CUE, 0.75F)));
            continue;
        }
        uint32_t next = day;
        while (next < d->n && token_end(&d->tok[next]) <= x.end)
            next++;
        const bool leads = d->tok[day].flags & TOK_LINE || !day;
        bool timed = view_find_byte(view_sub(d->text, x.start, x.end), 0, ':') < x.end - x.start;
        const uint32_t after = past_clock(d, next, &timed);
        uint32_t first, last;
        /* "last modified by kwallace on 3/4/2020": the day may end any sentence */
        const uint32_t on = day && is_on(d, day - 1) ? day - 1 : day;
        if (on && !leads &&
            (id_user_at(d, on - 1, &first, &last) ||
             id_user_before_day(d, on - 1, &first, &last))) {
            TRY(findings_add(out, doc_finding(d, first, last, LABEL_ID, RULE_ID_CUE, 0.75F)));
            continue;
        }
        if (leads == doc_ends_line(d, (int64_t)after - 1)) continue;
        if (leads) { /* the name stands behind, and ends the line */
            if (!timed || x.rule != RULE_DATE_FULL ||
                !id_user_alone(d, after, false, &first, &last) || first != after ||
                !doc_ends_line(d, last))
                continue;
        } else if (!id_user_alone(d, day - 1, timed, &first, &last) || last + 1 != day ||
                   !(d->tok[first].flags & TOK_LINE || !first)) {
            continue;
        }
        TRY(findings_add(out, doc_finding(d, first, last, LABEL_ID, RULE_ID_CUE, 0.8F)));
    }
out:
    return e;
}
