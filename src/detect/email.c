/* email.c — e-mail addresses.
 *
 * From each '@' outwards: a local part of words, digits and . _ - + % ', and a domain with a dot. One
 * blank beside the '@' is allowed where the rest leaves no doubt; a domain without a dot needs the
 * word "email" before or a local part that reads like an address.
 * Source: 45 CFR 164.514(b)(2)(i)(F). */
#include "detect/code.h"
#include "detect/detectors.h"

static bool is_part(const struct token *t)
{
    return t->kind == TOK_WORD || t->kind == TOK_NUMBER;
}

static bool is_local_mark(const struct token *t)
{
    return t->kind == TOK_MARK && (t->hash == '.' || t->hash == '_' || t->hash == '-' ||
                                   t->hash == '+' || t->hash == '%' || t->hash == '\'');
}

/* First token of the local part that ends before `at`; == at when there is none. */
SELDOM static uint32_t local_first(const struct doc *d, uint32_t at, bool *rich)
{
    uint32_t i = at;
    *rich = false;
    while (i > 0 && (i == at || doc_joined(d, i))) {
        const struct token *t = &d->tok[i - 1];
        if (!is_part(t) && !is_local_mark(t)) break;
        if (i == at && !is_part(t)) break;
        if (t->kind != TOK_WORD) *rich = true;
        i--;
    }
    while (i < at && d->tok[i].kind == TOK_MARK)
        i++; /* "-- john@…" */
    return i;
}

/* Last token of the domain that begins at `at`; at - 1 when there is none. */
SELDOM static uint32_t domain_last(const struct doc *d, uint32_t at, bool *dotted)
{
    uint32_t i = at;
    *dotted = false;
    if (!is_part(doc_tok(d, i))) return at - 1;
    for (;;) {
        if (doc_joined(d, i + 1) && is_part(&d->tok[i + 1])) {
            i++;
        } else if (doc_joined(d, i + 1) && doc_joined(d, i + 2) && is_part(&d->tok[i + 2]) &&
                   (doc_is_mark(d, i + 1, '.') || doc_is_mark(d, i + 1, '-'))) {
            if (doc_is_mark(d, i + 1, '.')) *dotted = true;
            i += 2;
        } else {
            return i;
        }
    }
}

SELDOM static bool has_cue(const struct doc *d, uint32_t first)
{
    static const char *const words[] = { "email", "mail", "emails", "emailed", "contact" };
    for (int64_t i = (int64_t)first - 1; i >= 0 && i + 5 > first; i--)
        for (size_t w = 0; w < COUNT_OF(words); w++)
            if (d->tok[i].kind == TOK_WORD &&
                view_eq_nocase(doc_view(d, (uint32_t)i, (uint32_t)i), view_of_str(words[w])))
                return true;
    return false;
}

static bool is_one_of(const struct doc *d, int64_t i, const char *const *words, size_t n)
{
    const struct token *t = doc_tok(d, i);
    if (t->kind != TOK_WORD) return false;
    for (size_t w = 0; w < n; w++)
        if (view_eq_nocase(view_of(d->text.p + t->start, t->len), view_of_str(words[w])))
            return true;
    return false;
}

/* Do the last three letters of the word spell a top domain? */
SELDOM static bool ends_in_domain(const struct doc *d, const struct token *t)
{
    const char *p = d->text.p + token_end(t) - 3;
    char w[3] = { ascii_lower(p[0]), ascii_lower(p[1]), ascii_lower(p[2]) };
    return memcmp(w, "com", 3) == 0 || memcmp(w, "org", 3) == 0 || memcmp(w, "net", 3) == 0 ||
           memcmp(w, "edu", 3) == 0 || memcmp(w, "gov", 3) == 0;
}

/* An address that lost its marks or is spelled out, by its top domain at token i: "john doe example
 * com", "john at example dot com". Its first token, or i when it is none. */
SELDOM static uint32_t spelled_first(const struct doc *d, uint32_t i)
{
    static const char *const cues[] = { "email", "mail", "emails", "emailed", "contact", "mailto" };
    static const char *const between[] = { "is",  "was",     "at", "address", "via",
                                           "for", "records", "to", "info",    "the" };
    bool dot = view_eq_nocase(doc_view(d, i - 1, i - 1), VIEW("dot"));
    if (!dot && !code_is_unmarked(d, i)) return i;
    for (uint32_t k = i; k-- > 0 && i - k < 11;) {
        if (!is_one_of(d, k, cues, COUNT_OF(cues))) continue;
        uint32_t first = k + 1;
        while (first < i && is_one_of(d, first, between, COUNT_OF(between)))
            first++;
        if (i - first >= 2) return first;
    }
    return dot && i >= 4 ? i - 4 : i >= 2 && !dot ? i - 2 : i;
}

/* Is there a mark early on, and no word "dot"? Nearly every text is so, and needs no closer look. */
static bool may_spell(const struct doc *d)
{
    uint32_t first_mark = 0;
    if (d->has_dot_word) return true;
    while (first_mark < d->n && d->tok[first_mark].kind != TOK_MARK)
        first_mark++;
    return first_mark > 32 || first_mark == d->n;
}

static err find_spelled(const struct doc *d, struct findings *out)
{
    if (!may_spell(d)) return OK;
    for (uint32_t i = 2; i < d->n; i++) {
        const struct token *t = &d->tok[i];
        if (t->kind != TOK_WORD || (t->len != 3 && t->len < 10) || !ends_in_domain(d, t)) continue;
        uint32_t first = i;
        if (doc_joined(d, i)) continue;
        if (t->len == 3) {
            first = spelled_first(d, i);
            if (first == i) continue;
        } else if (!code_is_unmarked(d, i) || !has_cue(d, i)) {
            continue; /* "ebrownexamplecom" */
        }
        err e = findings_add(out, doc_finding(d, first, i, LABEL_EMAIL, RULE_EMAIL_SPELLED, 0.6f));
        if (e) return e;
    }
    return OK;
}

err email_find(const struct doc *d, struct findings *out)
{
    for (uint32_t k = 0; k < d->marks.n; k++) {
        uint32_t at = d->marks.v[k];
        bool rich, dotted;
        if (LIKELY(d->tok[at].hash != '@') || d->shield[at] & SHIELD_TAG) continue;
        uint32_t first = local_first(d, at, &rich), last = domain_last(d, at + 1, &dotted);
        if (first == at || last == at) continue;
        bool joined = doc_joined(d, at) && doc_joined(d, at + 1);
        const struct token *end = &d->tok[last];
        bool named = dotted && (end->kind == TOK_NUMBER || end->len >= 2);
        /* "thresholds 0.75 @ 0.4" */
        if (end->kind == TOK_NUMBER && d->tok[first].kind == TOK_NUMBER) continue;
        bool sure = named && joined;
        bool likely = (named && rich) || (joined && rich && end->kind == TOK_WORD &&
                                          end->len >= 4 && d->tok[first].kind == TOK_WORD);
        if (!sure && !likely && !((named || joined) && has_cue(d, first))) continue;
        err e = findings_add(
            out, doc_finding(d, first, last, LABEL_EMAIL, RULE_EMAIL_SHAPE, sure ? 0.99f : 0.8f));
        if (e) return e;
    }
    return find_spelled(d, out);
}
