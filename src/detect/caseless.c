#include "detect/caseless.h"

#include "detect/shape.h"

enum {
    ONE_IN = 50,    /* one word in so many with a capital for no reason is a slip */
    AT_MOST_IN = 3, /* more than one in so many mean something, whatever they are */
    ENOUGH = 8,     /* words to judge by, where some have a capital */
    SHORT = 5,      /* letters of an abbreviation that the lexicon lacks */
    EARLY = 4,      /* capitals that outnumber small starts so far: the rest will be alike */
    HEAD_WORDS = 6,
    MOSTLY = 3 /* sentences that begin small for one that does not */
};

static bool is_abbreviation(const struct doc *d, uint32_t i)
{
    const struct token *t = &d->tok[i];
    return t->flags & TOK_UPPER && (t->len <= SHORT || d->lex[i]->bits & LEX(ABBREVIATION));
}

/* "Subject:", "Progress Note" alone on the line that begins at i: the token after the head, or i. */
static uint32_t after_head(const struct doc *d, uint32_t i)
{
    uint32_t words = 0, small = 0, j = i;
    for (; j < d->n && words <= HEAD_WORDS && (j == i || !(d->tok[j].flags & TOK_LINE)); j++) {
        if (words && doc_is_mark(d, j, ':')) return j + 1;
        if (d->tok[j].kind != TOK_WORD) return i;
        words++;
        small += (d->tok[j].flags & TOK_LOWER) != 0;
    }
    return j < d->n && words <= HEAD_WORDS && !small ? j : i;
}

static bool ends_sentence(const struct doc *d, int64_t i)
{
    return doc_is_mark(d, i, '.') || doc_is_mark(d, i, '?') || doc_is_mark(d, i, '!');
}

bool caseless_is(const struct doc *d, uint32_t words, uint32_t capitals)
{
    const uint32_t few = words / ONE_IN;
    uint32_t meant = 0, small_starts = 0, capital_starts = 0;
    if (capitals <= few) return true;
    if (words < ENOUGH || (uint64_t)capitals * AT_MOST_IN > words) return false;
    for (uint32_t i = 0; i < d->n; i++) {
        const uint8_t flags = d->tok[i].flags & (TOK_LOWER | TOK_LINE);
        if (flags == TOK_LOWER && d->tok[i - 1].kind != TOK_MARK) continue; /* most words */
        if (flags & TOK_LINE) i = after_head(d, i);
        if (i >= d->n) break;
        const struct token *t = &d->tok[i];
        if (t->kind != TOK_WORD || t->len < 2 || is_abbreviation(d, i)) continue;
        const bool small = t->flags & TOK_LOWER;
        if (small && !(t->flags & TOK_PARA) && !ends_sentence(d, (int64_t)i - 1)) continue;
        /* a line that begins small may go on from the one before it */
        if (shape_starts_sentence(d, i)) {
            small_starts += small;
            capital_starts += !small && !doc_is_mark(d, (int64_t)i - 1, ':');
        } else {
            meant += !small;
        }
        const uint32_t minded = meant + capital_starts;
        if (meant > few || minded > MAX(small_starts, EARLY)) return false;
    }
    return capital_starts <= few ||
           (small_starts > 1 && small_starts >= (uint64_t)MOSTLY * capital_starts);
}
