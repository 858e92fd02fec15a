/* email.c — e-mail addresses.
 *
 * From each '@' outwards: a local part of words, digits and . _ - + % ', and a domain with a dot. One
 * blank beside the '@' is allowed where the rest leaves no doubt; a domain without a dot needs the
 * word "email" before or a local part that reads like an address.
 * Source: 45 CFR 164.514(b)(2)(i)(F). */
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
static uint32_t local_first(const struct doc *d, uint32_t at, bool *rich)
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
static uint32_t domain_last(const struct doc *d, uint32_t at, bool *dotted)
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

static bool has_cue(const struct doc *d, uint32_t first)
{
    static const char *const words[] = { "email", "mail", "emails", "emailed", "contact" };
    for (int64_t i = (int64_t)first - 1; i >= 0 && i + 5 > first; i--)
        for (size_t w = 0; w < COUNT_OF(words); w++)
            if (d->tok[i].kind == TOK_WORD &&
                view_eq_nocase(doc_view(d, (uint32_t)i, (uint32_t)i), view_of_str(words[w])))
                return true;
    return false;
}

err email_find(const struct doc *d, struct findings *out)
{
    for (uint32_t k = 0; k < d->marks.n; k++) {
        uint32_t at = d->marks.v[k];
        bool rich, dotted;
        if (d->tok[at].hash != '@' || d->shield[at] & SHIELD_TAG) continue;
        uint32_t first = local_first(d, at, &rich), last = domain_last(d, at + 1, &dotted);
        if (first == at || last == at) continue;
        bool joined = doc_joined(d, at) && doc_joined(d, at + 1);
        const struct token *end = &d->tok[last];
        bool named = dotted && (end->kind == TOK_NUMBER || end->len >= 2);
        bool sure = named && joined;
        bool likely = (named && rich) || (joined && rich && end->kind == TOK_WORD &&
                                          end->len >= 4 && d->tok[first].kind == TOK_WORD);
        if (!sure && !likely && !((named || joined) && has_cue(d, first))) continue;
        err e = findings_add(
            out, doc_finding(d, first, last, LABEL_EMAIL, RULE_EMAIL_SHAPE, sure ? 0.99f : 0.8f));
        if (e) return e;
    }
    return OK;
}
