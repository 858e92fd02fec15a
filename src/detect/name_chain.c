#include "detect/name_chain.h"

#include "detect/shape.h"
#include "detect/taken.h"

enum { ITEMS_MAX = 12 };

/* "," "&" "and" between two items. */
static bool is_joint(const struct doc *d, int64_t i)
{
    const struct token *t = doc_tok(d, i);
    if (t->flags & TOK_LINE) return false;
    if (t->kind == TOK_MARK) return t->hash == ',' || t->hash == '&';
    return doc_is_word(d, i, VIEW("and"));
}

/* Past a joint at token i: ", and" is one. */
static int64_t past_joint(const struct doc *d, int64_t i)
{
    if (!is_joint(d, i)) return i;
    return is_joint(d, i + 1) && doc_is_mark(d, i, ',') ? i + 2 : i + 1;
}

/* A word that may be a person beside persons: unknown to all lists, or a name more than a word. */
static bool may_be(const struct doc *d, int64_t i)
{
    const uint64_t other = LEX(MEDICAL) | LEX(DRUG) | LEX(ABBREVIATION) | LEX(MONTH) |
                           LEX(WEEKDAY) | LEX(UNIT) | LEX(STATE) | LEX(COUNTRY) | LEX(ORG_NAME) |
                           LEX(ORG_HEAD) | LEX(EPONYM) | LEX(FUNCTION) | LEX(CLINICIAN) |
                           LEX(CREDENTIAL) | LEX(RELATIVE) | LEX(STREET_TYPE) | LEX(TITLE);
    const struct token *t = doc_tok(d, i);
    if (t->kind != TOK_WORD || t->len < 3 || t->flags & TOK_LINE || d->shield[i] ||
        shape_of(d, i) != SHAPE_TITLE)
        return false;
    const struct lex_info *l = d->lex[i];
    const int rank = MAX(l->given, l->surname);
    return l->bits ? rank > l->word && rank > l->place && !(l->bits & other) : true;
}

struct chain {
    const struct doc *d;
    struct findings *out;
    uint8_t *found; /* one a token; NULL until somebody asks: few texts hold a list */
};

/* Was token i found? Walking all findings for each item would take time by their square. */
SELDOM static err look_up(struct chain *c, int64_t i, bool *is_found)
{
    if (!c->found) c->found = taken_by(c->d, c->out, ~0U);
    if (!c->found) return ERR_MEMORY;
    *is_found = c->found[i];
    return OK;
}

SELDOM static err add(struct chain *c, int64_t first, int64_t last)
{
    err e = OK;
    TRY(findings_add(c->out, doc_finding(c->d, (uint32_t)first, (uint32_t)last, LABEL_NAME,
                                         RULE_NAME_LIST, 0.7F)));
    memset(c->found + first, 1, (size_t)(last - first) + 1);
out:
    return e;
}

/* Does the item end behind token `last`? Where a word in small letters goes on from it, `more` must say that the list is
 * one. */
static bool item_ends(const struct doc *d, int64_t last, bool more)
{
    const struct token *t = doc_tok(d, last + 1);
    if (doc_ends_line(d, last) || is_joint(d, last + 1)) return true;
    if (t->kind == TOK_MARK)
        return t->hash == '.' || t->hash == ';' || t->hash == ')' || t->hash == ':';
    return more && t->kind == TOK_WORD && t->flags & TOK_LOWER;
}

/* The items behind token `last`. */
static err rightwards(struct chain *c, int64_t last)
{
    err e = OK;
    bool is_found;
    const struct doc *d = c->d;
    for (unsigned n = 0; n < ITEMS_MAX; n++) {
        const int64_t at = past_joint(d, last + 1);
        if (at == last + 1 || !may_be(d, at)) break;
        last = shape_word_end(d, (uint32_t)at);
        /* "Roe, Ada" files one; three in a row, or an "and", list several */
        const bool lists = n > 0 || is_joint(d, last + 1) || !doc_is_mark(d, at - 1, ',');
        if (!lists || !item_ends(d, last, true)) break;
        TRY(look_up(c, at, &is_found));
        if (!is_found) TRY(add(c, at, last));
    }
out:
    return e;
}

/* "E. Abernathy/B. Karirebay", "A. Roe RN / T. Khieu": the family name behind a slash and a letter, or 0. The slash is
 * token i. */
static int64_t behind_slash(const struct doc *d, int64_t i)
{
    const struct token *t = doc_tok(d, i + 1);
    const int64_t at = i + 3;
    if (!doc_is_mark(d, i, '/') || d->tok[i].flags & TOK_LINE || t->kind != TOK_WORD ||
        t->len != 1 || !(t->flags & TOK_CAP) || t->flags & TOK_LINE ||
        !doc_is_mark(d, i + 2, '.') || !may_be(d, at))
        return 0;
    return shape_word_end(d, (uint32_t)at);
}

/* The items before token `first`, up to the head of the list. */
static err leftwards(struct chain *c, int64_t first)
{
    err e = OK;
    bool is_found;
    const struct doc *d = c->d;
    for (unsigned n = 0; n < ITEMS_MAX && first > 1; n++) {
        int64_t at = first - 1;
        if (!is_joint(d, at) || d->tok[first].flags & TOK_LINE) break;
        while (at > 0 && is_joint(d, at))
            at--;
        const int64_t begin = shape_word_begin(d, (uint32_t)at);
        const struct token *t = doc_tok(d, begin - 1);
        /* the first of a line carries its capital for nothing: then another must follow the one that was found */
        const bool headed =
            begin > 0 && (is_joint(d, begin - 1) || doc_is_mark(d, begin - 1, ':') ||
                          (t->kind == TOK_WORD && t->flags & TOK_LOWER));
        const bool opens = begin == 0 || d->tok[begin].flags & TOK_LINE;
        const struct lex_info *l = d->lex[begin];
        if (!(headed || (opens && !l->bits && n > 0)) || d->tok[begin].kind != TOK_WORD ||
            d->tok[begin].len < 3 || d->shield[begin] || shape_of(d, begin) != SHAPE_TITLE ||
            (!opens && !may_be(d, begin)))
            break;
        TRY(look_up(c, begin, &is_found));
        if (!is_found) {
            /* one name behind a comma is no list yet: "Thornby, Ada" */
            if (n == 0 && !is_joint(d, begin - 1) && !doc_is_word(d, first - 1, VIEW("and"))) break;
            TRY(add(c, begin, at));
        }
        first = begin;
    }
out:
    return e;
}

/* Does the text go on with a joint or slash behind byte `at`? Most names are told by it, without a search for tokens. */
static bool may_go_on(view text, size_t at)
{
    if (at + 2 >= text.n) return false;
    const char c = text.p[at] == ' ' ? text.p[at + 1] : text.p[at];
    return c == ',' || c == '/' || c == '&' ||
           (c == 'a' && text.p[at] == ' ' && text.p[at + 2] == 'n');
}

static bool may_have_gone_on(view text, size_t at)
{
    if (at < 3 || text.p[at - 1] != ' ') return false;
    const char c = text.p[at - 2];
    return c == ',' || c == '&' || (c == 'd' && text.p[at - 3] == 'n');
}

err name_chains(const struct doc *d, struct findings *out)
{
    err e = OK;
    const uint32_t n = out->n;
    bool is_found = false;
    struct chain c = { .d = d, .out = out };
    if (d->is_caseless) return OK;
    for (uint32_t k = 0; k < n; k++) {
        const struct finding x = out->v[k];
        if (x.label != LABEL_NAME) continue;
        if (may_go_on(d->text, x.end)) {
            const uint32_t end = taken_token_at(d, x.end - 1);
            const int64_t slashed = behind_slash(d, (int64_t)end + 1);
            if (slashed) TRY(look_up(&c, slashed, &is_found));
            if (slashed && !is_found) TRY(add(&c, (int64_t)end + 2, slashed));
            TRY(rightwards(&c, end));
        }
        if (may_have_gone_on(d->text, x.start)) TRY(leftwards(&c, taken_token_at(d, x.start)));
    }
out:
    return e;
}
