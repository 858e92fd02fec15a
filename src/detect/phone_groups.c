/* detect/phone_groups.c — the row of digit groups that a number is, and the marks between them: see phone_inside.h. */
#include "detect/phone_inside.h"
#include "detect/shape.h"

/* "617·555·0123", "617_555_0123": between groups of three and four */
static inline bool is_rare_mark(const struct doc *d, uint32_t i)
{
    enum { MIDDLE_DOT = 0xB7 };
    return (doc_is_mark(d, i, '_') || doc_is_mark(d, i, MIDDLE_DOT)) && doc_joined(d, i) &&
           doc_joined(d, i + 1) && doc_tok(d, (int64_t)i - 1)->len == 3;
}

/* "617 dash 555 dash 0123" */
static inline bool is_spoken_mark(const struct doc *d, uint32_t i)
{
    return doc_tok(d, (int64_t)i + 1)->kind == TOK_NUMBER &&
           (doc_is_word(d, i, VIEW("dash")) || doc_is_word(d, i, VIEW("hyphen")));
}

/* The token of the group after token `at`, or 0. */
static uint32_t next_group(const struct doc *d, uint32_t at, bool after_country, bool *marked)
{
    uint32_t i = at + 1;
    *marked = false;
    if ((doc_is_mark(d, i, ')') || doc_is_mark(d, i, ']')) && doc_joined(d, i)) {
        i++, *marked = true;
        if (doc_is_mark(d, i, '_') && doc_joined(d, i)) i++; /* "(617)_555-2231" */
    }
    if (phone_is_mark(d, i)) {
        /* "555. 0123" is two sentences, "555 . 0123" a number that somebody set out */
        if (doc_is_mark(d, i, '.') && !doc_joined(d, i + 1) && doc_joined(d, i)) return 0;
        i++, *marked = true;
        if (doc_is_mark(d, i, '-') && doc_joined(d, i)) i++; /* "555--0123" */
    } else if (is_rare_mark(d, i) || is_spoken_mark(d, i)) {
        i++, *marked = true;
    }
    /* a bracket inside a number holds the area, or the trunk prefix: "+44 (0)20 7946" */
    if (doc_is_mark(d, i, '(') && doc_is_mark(d, i + 2, ')') &&
        (after_country || doc_tok(d, i + 1)->len == 1))
        i++, *marked = true;
    if (doc_tok(d, i)->kind != TOK_NUMBER || doc_tok(d, i)->flags & TOK_PARA) return 0;
    if (doc_tok(d, i)->flags & TOK_LINE && !*marked) return 0;
    return doc_joined(d, i) || i > at + 1 || doc_tok(d, i)->flags & TOK_SPACE ? i : 0;
}

static void take(const struct doc *d, struct phone_number *n, uint32_t i)
{
    n->tok[n->n] = i;
    n->len[n->n++] = (uint8_t)MIN(d->tok[i].len, 255);
    n->digits += d->tok[i].len;
    n->last = i;
}

void phone_read_groups(const struct doc *d, uint32_t i, struct phone_number *n)
{
    bool marked;
    *n = (struct phone_number){ .first = i, .blanks = true };
    take(d, n, i);
    const bool round = doc_is_mark(d, i + 1, ')');
    if (doc_joined(d, i) && (round || doc_is_mark(d, i + 1, ']')) &&
        doc_is_mark(d, (int64_t)i - 1, round ? '(' : '['))
        n->bracket = true, n->first--;
    if (n->first && doc_joined(d, n->first) && doc_is_mark(d, (int64_t)n->first - 1, '+'))
        n->plus = true, n->first--;
    while (n->n < PHONE_GROUPS_MAX) {
        uint32_t next = next_group(d, n->last, n->n == 1 && n->len[0] <= 3, &marked);
        if (!next || d->tok[next].len + n->digits > PHONE_DIGITS_MAX) break;
        if (!marked && !n->plus && shape_is_wide_gap(d, next)) break; /* another column */
        /* "0972 283 8226 / 532-418-6110": another number */
        if (marked && n->digits >= 10 && doc_is_mark(d, n->last + 1, '/') &&
            !doc_joined(d, n->last + 1))
            break;
        if (marked) n->blanks = false;
        n->slash |= marked && doc_is_mark(d, n->last + 1, '/');
        take(d, n, next);
    }
}
