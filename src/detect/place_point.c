/* place_point.c — a point on the earth in decimal degrees: "GPS 42.129, -80.085", "42.129 N 80.085 W".
 *
 * Three decimals are a hundred metres, so that the pair is a home. Behind a word for it, or with four decimals
 * in both. Source: 45 CFR 164.514(b)(2)(i)(B). */
#include "detect/detectors.h"
#include "detect/wordset.h"

enum { W_POINT = 1 };
static const struct wordset_row rows[] = {
    { "gps coordinates coords coord lat latitude long lon longitude latlong geo pin location",
      W_POINT },
};
static struct wordset words = WORDSET(rows);

struct degree {
    uint32_t first, last, decimals;
    bool ok;
};

/* "-80.085" from token i on: at most `most` degrees. */
static struct degree degree_at(const struct doc *d, uint32_t i, uint64_t most)
{
    struct degree g = { .first = i };
    if (doc_is_mark(d, i, '-') && doc_joined(d, (int64_t)i + 1)) i++;
    const struct token *whole = doc_tok(d, i), *part = doc_tok(d, (int64_t)i + 2);
    g.ok = whole->kind == TOK_NUMBER && whole->len <= 3 && whole->hash <= most &&
           doc_is_mark(d, i + 1, '.') && doc_joined(d, (int64_t)i + 1) &&
           part->kind == TOK_NUMBER && doc_joined(d, (int64_t)i + 2) && !(whole->flags & TOK_PARA);
    g.last = i + 2;
    g.decimals = g.ok ? part->len : 0;
    return g;
}

/* The letter of a side of the earth, in capitals, at token i. */
SELDOM static bool is_side(const struct doc *d, uint32_t i, char a, char b)
{
    const struct token *t = doc_tok(d, i);
    if (t->kind != TOK_WORD || t->len != 1 || t->flags & TOK_LINE) return false;
    return d->text.p[t->start] == a || d->text.p[t->start] == b;
}

SELDOM static bool is_cued(const struct doc *d, uint32_t first)
{
    int64_t i = (int64_t)first - 1;
    while (i >= 0 && (doc_is_mark(d, i, ':') || doc_is_mark(d, i, '(') || doc_is_mark(d, i, '=')))
        i--;
    return wordset_class(wordset_ready(&words), doc_tok(d, i)) & W_POINT;
}

err place_point_find(const struct doc *d, struct findings *out)
{
    enum { CUED = 3, ALONE = 4, LATITUDE = 90, LONGITUDE = 180 };
    err e = OK;
    uint32_t next = 0;
    for (uint32_t k = 0; k < d->rows.n; k++) {
        uint32_t i = d->rows.v[k];
        if (i < next || d->tok[i].len > 2 || doc_tok(d, (int64_t)i + 2)->len < CUED ||
            !doc_is_mark(d, (int64_t)i + 1, '.'))
            continue;
        if (doc_is_mark(d, (int64_t)i - 1, '-') && doc_joined(d, i)) i--;
        struct degree lat = degree_at(d, i, LATITUDE);
        if (!lat.ok || lat.decimals < CUED) continue;
        const bool north = is_side(d, lat.last + 1, 'N', 'S');
        const uint32_t gap = lat.last + 1 + north;
        const bool comma = doc_is_mark(d, gap, ',');
        struct degree lon = degree_at(d, gap + comma, LONGITUDE);
        if (!(north || comma) || !lon.ok || lon.decimals < CUED) continue;
        lon.last += is_side(d, lon.last + 1, 'E', 'W');
        const bool fine = lat.decimals >= ALONE && lon.decimals >= ALONE;
        if (!fine && !is_cued(d, lat.first)) continue;
        next = lon.last + 1;
        TRY(findings_add(
            out, doc_finding(d, lat.first, lon.last, LABEL_LOCATION, RULE_PLACE_CUE, 0.85F)));
    }
out:
    return e;
}
