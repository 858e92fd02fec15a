/* detect/date_misread.c — see date_misread.h. */
#include "detect/date_misread.h"

enum { BYTES_MAX = 10 }; /* of a date of this form */

/* A letter that a scanner reads for a digit, as that digit, or 0. */
static char misread(char c)
{
    return c == 'O' || c == 'o' ? '0' : c == 'l' || c == 'I' ? '1' : ascii_is_digit(c) ? c : 0;
}

static bool is_date_piece(const struct doc *d, uint32_t i)
{
    return d->tok[i].kind != TOK_MARK || d->tok[i].hash == '/';
}

/* "O3/l2/2021": the run without blanks around the '/' at m, if it is a date once misread letters are
 * digits again. Its first and last token. */
static bool is_misread(const struct doc *d, uint32_t m, uint32_t *first, uint32_t *last)
{
    uint32_t a = m, b = m, n = 0, letters = 0, slashes = 0, part[3] = { 0 }, len[3] = { 0 };
    while (doc_joined(d, a) && m - a < 8 && is_date_piece(d, a - 1))
        a--;
    while (doc_joined(d, b + 1) && b - m < 8 && is_date_piece(d, b + 1))
        b++;
    view v = doc_view(d, a, b);
    if (v.n < 6 || v.n > BYTES_MAX) return false;
    for (size_t i = 0; i < v.n; i++) {
        if (v.p[i] == '/') {
            if (++slashes > 2) return false;
            continue;
        }
        char c = misread(v.p[i]);
        if (!c) return false;
        letters += !ascii_is_digit(v.p[i]);
        part[slashes] = part[slashes] * 10 + (uint32_t)(c - '0');
        len[slashes]++;
        n++;
    }
    *first = a;
    *last = b;
    return slashes == 2 && letters && letters * 2 <= n && len[0] && len[0] <= 2 && len[1] &&
           len[1] <= 2 && (len[2] == 4 || len[2] == 2) && part[0] && part[0] <= 31 && part[1] &&
           part[1] <= 31 && (part[0] <= 12 || part[1] <= 12) &&
           (len[2] == 2 || (part[2] >= 1880 && part[2] < 2100));
}

/* Is the mark before or behind the k-th one another '/', as near as they are in a date? */
static inline bool has_second(const struct doc *d, uint32_t k)
{
    const struct token *t = &d->tok[d->marks.v[k]], *l = &d->tok[d->marks.v[k - (k > 0)]],
                       *r = &d->tok[d->marks.v[k + (k + 1 < d->marks.n)]];
    const uint32_t before = t->start - l->start, behind = r->start - t->start;
    return ((l->hash == '/') & (before - 1 < BYTES_MAX)) |
           ((r->hash == '/') & (behind - 1 < BYTES_MAX));
}

err date_find_misread(const struct doc *d, struct findings *out)
{
    err e = OK;
    uint32_t done = 0;
    for (uint32_t k = 0; k < d->marks.n; k++) {
        uint32_t m = d->marks.v[k], first, last;
        if (d->tok[m].hash != '/' || !has_second(d, k)) continue;
        if (m < done || !doc_joined(d, m) || !doc_joined(d, m + 1)) continue;
        /* a letter or two beside digits: most slashes part words */
        const struct token *l = &d->tok[m - 1], *r = &d->tok[m + 1];
        if ((l->kind == TOK_WORD && l->len > 2) || (r->kind == TOK_WORD && r->len > 2)) continue;
        /* "120/80": the other '/' is beyond one of the two */
        if (!doc_joined(d, (int64_t)m - 1) && !doc_joined(d, (int64_t)m + 2)) continue;
        if (!is_misread(d, m, &first, &last)) continue;
        TRY(findings_add(out, doc_finding(d, first, last, LABEL_DATE, RULE_DATE_FULL, 0.75f)));
        done = last + 1;
    }
out:
    return e;
}
