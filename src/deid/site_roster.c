#include "deid/site_roster.h"

#include "base/buf.h"
#include "text/utf8.h"

enum { WORDS_MAX = 8, NAME_BYTES_MAX = 512 };

struct name {
    view given[WORDS_MAX];
    uint32_t n_given;
    view family; /* one or more words */
};

/* A field of a list that a spreadsheet wrote may stand in quotes. */
static view field_of(view v)
{
    v = view_trim(v);
    if (v.n >= 2 && v.p[0] == '"' && v.p[v.n - 1] == '"') v = view_trim(view_sub(v, 1, v.n - 1));
    return v;
}

static bool next_word(view v, size_t *at, view *word)
{
    while (*at < v.n && ascii_is_space(v.p[*at]))
        ++*at;
    size_t start = *at;
    while (*at < v.n && !ascii_is_space(v.p[*at]))
        ++*at;
    *word = view_sub(v, start, *at);
    return word->n > 0;
}

/* Jr, Sr, III: part of no family name. */
static bool is_suffix(view word)
{
    static const char *const known[] = { "jr", "jr.", "sr", "sr.", "ii", "iii", "iv" };
    for (size_t i = 0; i < COUNT_OF(known); i++)
        if (view_eq_nocase(word, view_of_str(known[i]))) return true;
    return false;
}

static bool split_given(view v, struct name *out)
{
    view word;
    for (size_t at = 0; next_word(v, &at, &word);) {
        if (is_suffix(word)) continue;
        if (out->n_given == WORDS_MAX) return false;
        out->given[out->n_given++] = word;
    }
    return out->n_given > 0;
}

static view without_suffix(view family)
{
    size_t at = family.n;
    while (at > 0 && !ascii_is_space(family.p[at - 1]))
        at--;
    bool cut = at > 0 && is_suffix(view_sub(family, at, family.n));
    return cut ? view_trim(view_sub(family, 0, at)) : family;
}

static bool split_family_given(view line, struct name *out)
{
    size_t comma = view_find_byte(line, 0, ',');
    if (comma == line.n || view_find_byte(line, comma + 1, ',') < line.n) return false;
    out->family = without_suffix(field_of(view_sub(line, 0, comma)));
    return out->family.n > 0 && split_given(field_of(view_sub(line, comma + 1, line.n)), out);
}

static bool split_given_family(view line, struct name *out)
{
    line = field_of(line);
    if (view_find_byte(line, 0, ',') < line.n || !split_given(line, out) || out->n_given < 2)
        return false;
    out->family = out->given[--out->n_given];
    return true;
}

static err add_spaced(struct buf *b, view v)
{
    err e = b->n ? buf_add_char(b, ' ') : OK;
    return e ? e : buf_add(b, v);
}

/* given[0 … n) and the family name in both orders; `initial` shortens all but the first. */
static err add_orders(const struct name *x, uint32_t n, bool initial, struct site_terms *t,
                      struct site_term what, struct buf *b)
{
    err e = OK;
    for (int family_first = 0; family_first <= 1; family_first++) {
        buf_reset(b);
        if (family_first) TRY(add_spaced(b, x->family));
        for (uint32_t i = 0; i < n; i++) {
            view word = x->given[i];
            size_t first = 0;
            if (initial && i) (void)utf8_next(word, &first);
            TRY(add_spaced(b, initial && i ? view_sub(word, 0, first) : word));
        }
        if (!family_first) TRY(add_spaced(b, x->family));
        TRY(site_terms_add(t, buf_view(b), what));
    }
out:
    return e;
}

static err add_name(const struct name *x, const struct roster *r, struct site_terms *t,
                    struct buf *b)
{
    err e = OK;
    struct site_term what = { SITE_KNOWN, LABEL_NAME, r->role };
    TRY(add_orders(x, 1, false, t, what, b));
    if (x->n_given > 1) {
        TRY(add_orders(x, x->n_given, false, t, what, b));
        TRY(add_orders(x, x->n_given, true, t, what, b));
    }
    what.kind = SITE_KNOWN_WORD;
    e = site_terms_add(t, x->family, what);
    if (e == ERR_FORMAT) e = OK; /* "O": too short to be found by itself */
out:
    return e;
}

static err add_line(const struct roster *r, view line, struct site_terms *t, struct buf *b,
                    struct diag *d)
{
    err e;
    struct name x = { 0 };
    switch (r->form) {
    case ROSTER_ID:
        e = site_terms_add(t, field_of(line),
                           (struct site_term){ SITE_KNOWN, r->label, WHO_UNKNOWN });
        break;
    case ROSTER_FAMILY_GIVEN:
        if (!split_family_given(line, &x))
            return DIAG(d, ERR_CONFIG, "rosters: not one family name, a comma and given names");
        e = add_name(&x, r, t, b);
        break;
    default:
        if (!split_given_family(line, &x))
            return DIAG(d, ERR_CONFIG,
                        "rosters: not given names and a family name without a comma");
        e = add_name(&x, r, t, b);
        break;
    }
    if (e == ERR_FORMAT)
        return DIAG(d, ERR_CONFIG, "rosters: too short to be told from ordinary text");
    if (e == ERR_LIMIT)
        return DIAG(d, ERR_LIMIT, "rosters: a line of too many words, or too many lines");
    return e;
}

err roster_read(const struct roster *r, view text, struct site_terms *t, uint64_t *n,
                struct diag *d)
{
    err e = OK;
    uint64_t line_number = 0;
    struct buf b;
    buf_init(&b, NAME_BYTES_MAX);
    *n = 0;
    if (view_starts(text, VIEW("\xEF\xBB\xBF"))) text = view_sub(text, 3, text.n);
    for (size_t at = 0; at < text.n;) {
        size_t end = view_find_byte(text, at, '\n');
        view line = view_trim(view_sub(text, at, end));
        at = end + 1;
        line_number++;
        if (!line.n || line.p[0] == '#') continue;
        if (utf8_bad_at(line) < line.n)
            TRY(DIAG(d, ERR_CONFIG, "rosters: the file is not text in UTF-8"));
        TRY(add_line(r, line, t, &b, d));
        ++*n;
    }
out:
    if (e && d && d->code == e && !d->record) d->record = line_number;
    buf_clear(&b);
    return e;
}
