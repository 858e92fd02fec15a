/* detect/date_doses.c — see date_doses.h. */
#include "detect/date_doses.h"

#include "detect/wordset.h"

enum {
    D_INSULIN = 1, /* with every meal a dose of its own */
    D_FALLS = 2,   /* less as the day goes on */
    D_LEVODOPA = 4,
    D_DOUBTFUL = 8, /* an insulin beside another one only */
    D_NAME = D_INSULIN | D_FALLS | D_LEVODOPA | D_DOUBTFUL,
    D_HAPPENED = 16,
    D_BETWEEN = 32, /* between the name and the doses */
};
static const struct wordset_row rows[] = {
    { "insulin novorapid novolog humalog admelog apidra fiasp lyumjev trurapi actrapid humulin "
      "novolin insuman hypurin aspart lispro glulisine isophane insulatard mixtard novomix "
      "ryzodeg basalog wosulin huminsulin",
      D_INSULIN },
    { "regular nph", D_DOUBTFUL },
    { "levodopa carbidopa careldopa beneldopa sinemet madopar stalevo syndopa pcea", D_LEVODOPA },
    { "hydrocortisone cortef cortisone methylphenidate ritalin midodrine", D_FALLS },
    { "start starts started starting restart restarted resume resumed stop stopped stopping begin "
      "began begun initiated switched changed last first next given gave received administered "
      "fill filled fills refill refilled refills dispensed rx prescribed ordered renewed since "
      "until till from discontinued held holding dc injection shot dose seen dated date "
      "expires exp expired lot supply pickup picked authorization auth trial tried failed "
      "reaction allergy rash",
      D_HAPPENED },
    { "units unit u doses insulin tds tid", D_BETWEEN },
};
static struct wordset words = WORDSET(rows);
WORDSET_CLASS_AT(cls, words)

/* Meals differ, but not as a month, a day and a year do: 8/10/12, not 3/4/21. A nought leads no dose. */
static bool is_alike(const struct doc *d, uint32_t first, bool falls, uint32_t times)
{
    enum { MOST = 60 };
    uint64_t lo = MOST, hi = 0;
    for (uint32_t i = first; i <= first + 4; i += 2) {
        const struct token *t = doc_tok(d, i);
        if (t->kind != TOK_NUMBER || t->len > 2 || d->text.p[t->start] == '0' ||
            (falls && i > first && t->hash > lo))
            return false;
        lo = MIN(lo, t->hash);
        hi = MAX(hi, t->hash);
    }
    return hi <= MOST && hi <= lo * times;
}

/* "Regular 10/10/10, NPH 20" */
static bool is_beside_insulin(const struct doc *d, int64_t name, uint32_t last)
{
    enum { REACH = 6 };
    for (int64_t i = name - REACH; i <= (int64_t)last + REACH; i++)
        if (i != name && cls(d, i) & (D_INSULIN | D_DOUBTFUL)) return true;
    return false;
}

static bool has_happened(const struct doc *d, int64_t name, uint32_t last)
{
    enum { BACK = 5, AHEAD = 3 };
    for (int64_t i = name - 1, n = 0; i >= 0 && n < BACK; i--, n++) {
        if (d->tok[i + 1].flags & TOK_LINE || doc_is_mark(d, i, ';') || doc_is_mark(d, i, ','))
            break;
        if (cls(d, i) & D_HAPPENED) return true;
    }
    for (int64_t i = (int64_t)last + 1, n = 0; i < (int64_t)d->n && n < AHEAD; i++, n++) {
        if (d->tok[i].flags & TOK_LINE || doc_is_mark(d, i, ';') || doc_is_mark(d, i, ',')) break;
        /* "started", but not "since 3/4", which has its own day, masked or not */
        const bool is_masked = i + 1 < (int64_t)d->n && d->shield[i + 1] & SHIELD_TAG;
        if (cls(d, i) & D_HAPPENED) return doc_tok(d, i + 1)->kind != TOK_NUMBER && !is_masked;
    }
    return false;
}

bool date_is_doses(const struct doc *d, uint32_t first, uint32_t last)
{
    enum { LIKE_MEALS = 3, LIKE_SPLIT = 5 };
    if (last != first + 4 || !first || d->tok[first].flags & TOK_LINE || doc_joined(d, first))
        return false;
    int64_t name = (int64_t)first - 1;
    if (cls(d, name) & D_BETWEEN && cls(d, name - 1) & D_NAME) name--;
    const uint32_t what = cls(d, name) & D_NAME;
    if (!what || (what == D_DOUBTFUL && !is_beside_insulin(d, name, last))) return false;
    return is_alike(d, first, what == D_FALLS,
                    what & (D_FALLS | D_LEVODOPA) ? LIKE_SPLIT : LIKE_MEALS) &&
           !has_happened(d, name, last);
}
