/* detect/age_passing_word.c — see age_passing.h: by the word before the number. */
#include "detect/age_inside.h"
#include "detect/age_passing_inside.h"

static uint32_t cls(const struct doc *d, int64_t i)
{
    return age_passing_class(d, i);
}

/* "will be 94 come May", "Will be 94 if spared", "he'd have been 94 come July" */
static bool is_to_be(const struct doc *d, int64_t first, int64_t last)
{
    const bool when = cls(d, last + 1) & PASS_WHEN && !(doc_bits(d, last + 2) & LEX(UNIT));
    if (doc_is_word(d, first - 1, VIEW("been")))
        return when && doc_is_word(d, first - 2, VIEW("have"));
    if (!doc_is_word(d, first - 2, VIEW("will"))) return false;
    return when && (age_passing_opens(d, first - 2) || age_passing_is_somebody(d, first - 3) ||
                    cls(d, first - 3) & PASS_PRONOUN);
}

/* Is one of these classes among the words of the clause up to token i? */
static bool has_before(const struct doc *d, int64_t i, uint32_t classes)
{
    enum { REACH = 8 };
    for (int64_t k = i; k >= 0 && k > i - REACH; k--) {
        if (cls(d, k) & classes) return true;
        const bool short_for = doc_is_mark(d, k, '.') && doc_bits(d, k - 1) & LEX(SAINT); /* St. */
        if (doc_tok(d, k)->kind == TOK_NUMBER || (doc_is_mark(d, k, '.') && !short_for) ||
            doc_is_mark(d, k, ';') || doc_tok(d, k)->flags & TOK_LINE)
            return false;
    }
    return false;
}

/* "Great-grandmother at 100 holding", "oldest of the parish at 94", "says his mother went at 92, same thing" */
static bool is_behind_at(const struct doc *d, int64_t first, int64_t last, bool closed)
{
    const int64_t p = first - 2;
    if (age_passing_opens(d, first - 1) && cls(d, last + 1) & PASS_WHOSE) /* At 94 his mother */
        return cls(d, last + 2) & PASS_KIN;
    if (cls(d, p) & PASS_KIN) return closed || age_passing_ends_in(d, last + 1, VIEW("ing"));
    if (!closed) return false;
    if (doc_is_word(d, p, VIEW("went")) || doc_is_word(d, p, VIEW("died")))
        return has_before(d, p, PASS_KIN | PASS_PRONOUN);
    return has_before(d, p, PASS_ELDEST);
}

bool age_passing_is_behind_word(const struct doc *d, int64_t first, int64_t last)
{
    const int64_t p = first - 1, after = last + 1;
    const uint32_t c = cls(d, p);
    const bool closed = age_passing_is_closed(d, after);
    const bool told = closed || (age_passing_counts_nothing(d, last) &&
                                 (doc_tok(d, after)->flags & TOK_LOWER || first < last));
    if (!told || doc_tok(d, first)->flags & TOK_LINE) return false;
    if (doc_is_word(d, p, VIEW("gone"))) /* just gone 94 */
        return closed &&
               (doc_is_word(d, p - 1, VIEW("just")) || doc_is_word(d, p - 1, VIEW("well")));
    if (doc_is_word(d, p, VIEW("be")) || doc_is_word(d, p, VIEW("been")))
        return is_to_be(d, first, last);
    if (doc_is_word(d, p, VIEW("of"))) /* her neighbour of 94 heard */
        return cls(d, p - 1) & PASS_KIN;
    if (doc_is_word(d, p, VIEW("past"))) /* two uncles past 94 */
        return cls(d, p - 1) & (PASS_MANY | PASS_KIN) && closed;
    if (doc_is_word(d, p, VIEW("being")))
        return cls(d, p - 1) & PASS_DESPITE && (closed || doc_is_word(d, after, VIEW("and")));
    if (doc_is_word(d, p, VIEW("for")))
        return cls(d, p - 1) & PASS_PRAISE && (closed || cls(d, after) & PASS_SAYS);
    if (doc_is_word(d, p, VIEW("at"))) return is_behind_at(d, first, last, closed);
    if (doc_is_word(d, p, VIEW("see"))) /* hoping to see 94 */
        return closed && doc_is_word(d, p - 1, VIEW("to")) && cls(d, p - 2) & PASS_HOPE;
    if (doc_is_word(d, p, VIEW("to"))) /* made it to 94 */
        return cls(d, p - (doc_is_word(d, p - 1, VIEW("it")) ? 2 : 1)) & PASS_LIVED;
    if (doc_is_word(d, p, VIEW("made"))) /* Great-aunt made 94 on the same valve */
        return cls(d, p - 1) & PASS_KIN;
    if (doc_is_word(d, p, VIEW("said"))) /* obit said 94 */
        return closed && cls(d, p - 1) & PASS_ELDEST;
    if (c & PASS_REACH) { /* mother hit 94, mom just hit 94, oldest of the pedigree reached 94 */
        const int64_t who = cls(d, p - 1) & PASS_BARELY ? p - 2 : p - 1;
        return cls(d, who) & (PASS_KIN | PASS_PRONOUN) ||
               (closed && has_before(d, who, PASS_ELDEST));
    }
    if (age_passing_is_possessive(d, p)) /* Nan's 94 now */
        return cls(d, p - 2) & PASS_KIN && (closed || doc_is_word(d, after, VIEW("now")));
    if (age_class_at(d, p) &
        AGE_BE) { /* gran is 94 n still, carer is 94!, widow of Ada who was 94 */
        if (cls(d, after) & PASS_SELF) return has_before(d, p - 1, PASS_KIN);
        return cls(d, p - 1) & PASS_KIN &&
               (closed || first < last || doc_is_word(d, after, VIEW("n")) ||
                doc_is_word(d, after, VIEW("so")));
    }
    if (c & PASS_KIN) /* survivor 94; great-aunt ninety, frail */
        return (closed && doc_tok(d, p)->len > 3) || first < last;
    /* "Great-aunt Ada 94 signs" */
    return age_passing_is_somebody(d, p) && cls(d, p - 1) & PASS_KIN &&
           doc_tok(d, p - 1)->len > 3 && doc_tok(d, p)->flags & TOK_CAP;
}
