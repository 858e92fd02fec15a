#include "detect/tag_window.h"

#include "detect/tag_left.h"

static err add(const struct doc *d, struct tag_windows *w, uint32_t *cap, uint32_t first,
               uint32_t last)
{
    if (w->n == *cap) {
        uint32_t want = *cap ? *cap * 2 : 64;
        struct tag_window *v = arena_array(d->arena, want, sizeof *v);
        if (!v) return ERR_MEMORY;
        if (w->n) memcpy(v, w->v, w->n * sizeof *v);
        w->v = v;
        *cap = want;
    }
    w->v[w->n++] = (struct tag_window){ first, last };
    return OK;
}

/* Token i begins a sentence inside its line, as far as that can be told cheaply. */
static bool is_after_stop(const struct doc *d, uint32_t i)
{
    return i > 0 && doc_is_mark(d, (int64_t)i - 1, '.') && (d->tok[i].flags & TOK_SPACE);
}

static err all(const struct doc *d, struct tag_windows *w)
{
    uint32_t cap = 0, first = 0, stop = 0;
    for (uint32_t i = 1; i <= d->n; i++) {
        bool line_ends = i == d->n || (d->tok[i].flags & TOK_LINE);
        if (!line_ends && is_after_stop(d, i)) stop = i;
        while (line_ends ? first < i : i - first >= TAG_RUN_MAX) {
            uint32_t end = i - first <= TAG_RUN_MAX && line_ends ? i
                           : stop > first                        ? stop
                                                                 : first + TAG_RUN_MAX;
            err e = add(d, w, &cap, first, end - 1);
            if (e) return e;
            first = end;
        }
    }
    return OK;
}

/* ------------------------------------------------------------------ windows */

/* Tokens beside what opens a window. A model learns with one and is asked with two: planted notes that nobody had read gave
 * .928 so, .925 with one, and .926 when it learned with two as well. */
enum { AROUND_LEARNT = 1, AROUND = 2, PARTS_MAX = 8 };

static bool is_small_or_none(const struct doc *d, int64_t i)
{
    const struct token *t = doc_tok(d, i);
    return t->kind != TOK_WORD || (t->flags & TOK_LOWER);
}

/* Up to four capitals that nobody knows, among small letters, and no word before that leads to a place:
 * a hundred such are medicine's for one that is a house. */
static bool is_abbreviation(const struct doc *d, uint32_t i)
{
    const struct token *k = &d->tok[i];
    bool own_line =
        (i == 0 || (k->flags & TOK_LINE)) && (i + 1 >= d->n || (d->tok[i + 1].flags & TOK_LINE));
    return (k->flags & TOK_UPPER) && k->len <= 4 && !d->is_caseless && !own_line &&
           is_small_or_none(d, (int64_t)i - 1) && is_small_or_none(d, (int64_t)i + 1) &&
           !((doc_bits(d, (int64_t)i - 1) | doc_bits(d, (int64_t)i - 2)) & LEX(PLACE_CUE));
}

static bool is_capital(const struct token *t)
{
    return t->kind == TOK_WORD && (t->flags & TOK_CAP);
}

/* "American", "16 French": a people, with no name beside it. */
static bool is_people(const struct doc *d, uint32_t i)
{
    return (d->lex[i]->bits & LEX(DEMONYM)) && !d->is_caseless &&
           !is_capital(doc_tok(d, (int64_t)i - 1)) && !is_capital(doc_tok(d, (int64_t)i + 1));
}

/* "June" of a day that a rule is sure of. */
static bool is_in_date(const struct tag_text *t, uint32_t i)
{
    return t->hit && (t->hit[i] & 0x1F) == 1 + LABEL_DATE && !(t->hit[i] & TAG_HIT_UNSURE);
}

/* Is the word at i unknown, or a name more often than plain language ("General", "An" at a line's head) or than a word
 * of medicine that is hardly one? A text without capitals tells less. */
static bool is_telling_word(const struct doc *d, uint32_t i)
{
    const struct lex_info *l = d->lex[i];
    const uint64_t names = LEX_GIVEN | LEX(SURNAME) | LEX(NICK) | LEX(PLACE) | LEX(COUNTY) |
                           LEX(ORG_HEAD) | LEX(ORG_WORD) | LEX(ORG_NAME) | LEX(SAINT) |
                           LEX(EPONYM) | LEX(STREET_TYPE) | LEX(TITLE) | LEX(CREDENTIAL);
    const uint64_t terms = LEX(MEDICAL) | LEX(DRUG) | LEX(EPONYM);
    if (!l->bits) return true;
    if (l->bits & (d->is_caseless ? names : LEX(ORG_NAME) | LEX(SAINT))) return true;
    const int rank = MAX(MAX(l->given, l->surname), l->place);
    if (rank < 5 && (l->bits & terms) && !d->is_caseless) return false;
    return rank > 0 && rank >= l->word + (l->word < 4 ? -1 : 1);
}

/* The hot tokens at which something could be an identifier as far as a look tells. What that look says can't be guessed,
 * and no branch depends on it. */
static uint32_t look_at_words(const struct doc *d, uint32_t *v)
{
    const uint32_t small = d->is_caseless ? 0 : TOK_LOWER;
    uint32_t n = 0;
    for (uint32_t k = 0; k < d->hot.n; k++) {
        const uint32_t i = d->hot.v[k];
        const struct token *t = &d->tok[i];
        v[n] = i;
        /* tag_gate.h lets nothing shielded through */
        n += (d->shield[i] == 0) & (t->len > 1) & !(t->flags & small);
    }
    return n;
}

/* Of these, is i one that the rules left, or were not sure of? */
static bool is_open_word(const struct tag_text *t, uint32_t i)
{
    const struct doc *d = t->d;
    return is_telling_word(d, i) && !is_abbreviation(d, i) && !is_people(d, i) &&
           !is_in_date(t, i) && !(t->hit && (t->hit[i] & TAG_HIT_KNOWN)); /* nothing to add */
}

enum { DIGITS_LEAST = 5 }; /* in parts perhaps: tag_gate.h lets no fewer through */

/* The numbers that are long enough, or have two tokens right behind them, as the parts of one have. */
static uint32_t look_at_numbers(const struct doc *d, uint32_t *v)
{
    uint32_t n = 0;
    for (uint32_t k = 0; k < d->digits.n; k++) {
        const uint32_t i = d->digits.v[k], has_two = i + 2 < d->n;
        const uint32_t parts = has_two & (d->beside[k] / BESIDE_RIGHT) &
                               ~(uint32_t)d->tok[has_two ? i + 2 : i].flags & TOK_SPACE;
        v[n] = i;
        n += (d->shield[i] == 0) & ((d->tok[i].len >= DIGITS_LEAST) | parts);
    }
    return n;
}
_Static_assert(BESIDE_RIGHT == 1 && TOK_SPACE == 1, "taken as numbers above");

static bool is_open_number(const struct tag_text *t, uint32_t i)
{
    enum { PARTS = 6 };
    const struct doc *d = t->d;
    if (t->hit && t->hit[i] && !(t->hit[i] & TAG_HIT_UNSURE)) return false; /* nothing to add */
    uint32_t digits = d->tok[i].len;
    for (uint32_t j = i + 1; digits < DIGITS_LEAST && j < i + PARTS && doc_joined(d, j); j++)
        if (d->tok[j].kind == TOK_NUMBER) digits += d->tok[j].len;
    return digits >= DIGITS_LEAST;
}

/* "with Strand of micro", "(Dale)": the capitals that neither a sentence nor a heading gives, and no shield explains. */
static uint32_t look_at_capitals(const struct doc *d, uint32_t *v)
{
    /* of marks, and ',' where a word stands before it (".,": line ends that were lost) */
    const uint64_t marks = DOC_MARK_BIT('(') | DOC_MARK_BIT('/') | DOC_MARK_BIT(';');
    uint32_t n = 0;
    for (uint32_t k = 0; k < d->called.n; k++) {
        const uint32_t i = d->called.v[k], had = i > 0;
        const struct token *t = &d->tok[i], *before = t - had;
        const uint64_t mark = before->hash - 0x20;
        const uint32_t opens = (before->kind != TOK_MARK) | (before->hash == ',') |
                               (before->hash == '|') | ((mark < 64) & (marks >> (mark & 63)));
        v[n] = i;
        n += had & (t->len > 1) & (d->shield[i] == 0) & opens;
    }
    return n;
}

static bool is_open_capital(const struct tag_text *t, uint32_t i)
{
    const struct doc *d = t->d;
    /* a kind of house, person or trade is no name without another word of one beside it, which opens for both */
    const uint64_t kinds =
        LEX(ORG_HEAD) | LEX(ORG_WORD) | LEX(TRADE) | LEX(CLINICIAN) | LEX(RELATIVE);
    if (d->lex[i]->bits & kinds) return false;
    if (doc_is_mark(d, (int64_t)i - 1, ',') && (i < 2 || d->tok[i - 2].kind == TOK_MARK))
        return false;
    if (t->hit && (t->hit[i] & TAG_HIT_KNOWN)) return false; /* nothing to add */
    return !is_people(d, i) && !is_in_date(t, i);
}

/* "Thumb clock FACE-98ea5be830 missed 4/19": does something that a rule found stand near in its line? */
static bool is_near_hit(const struct tag_text *t, uint32_t i)
{
    enum { NEAR = 6, PAIR = 3 };
    const struct doc *d = t->d;
    for (uint32_t k = i, n = 0; k > 0 && n < NEAR && !(d->tok[k].flags & TOK_LINE); n++)
        if (t->hit[--k]) return true;
    for (uint32_t k = i + PAIR, n = 0; k < d->n && n < NEAR && !(d->tok[k].flags & TOK_LINE); n++)
        if (t->hit[k++]) return true;
    return false;
}

/* The same, and what could be a day and its month. */
static bool is_open_number_or_day(const struct tag_text *t, uint32_t i)
{
    if (is_open_number(t, i)) return true;
    return t->hit && !t->hit[i] && tag_left_is_pair(t->d, i) && is_near_hit(t, i) &&
           tag_left_may_be_day(t->d, i);
}

typedef uint32_t look_fn(const struct doc *d, uint32_t *v);
typedef bool open_fn(const struct tag_text *t, uint32_t i);

/* Those of n tokens that are open: few, so that what follows walks a few tokens. An UINT32_MAX ends them. */
static inline uint32_t *open_ones(const struct tag_text *t, uint32_t n, look_fn *look,
                                  open_fn *is_open)
{
    uint32_t *v = arena_array(t->d->arena, (size_t)n + 1, sizeof *v), kept = 0;
    if (!v) return NULL;
    if (n) n = look(t->d, v);
    for (uint32_t k = 0; k < n; k++)
        if (is_open(t, v[k])) v[kept++] = v[k];
    v[kept] = UINT32_MAX;
    return v;
}

/* A mark that holds the parts of one thing together, or any other token. */
static bool is_glue(const struct token *t)
{
    const uint64_t marks = DOC_MARK_BIT('-') | DOC_MARK_BIT('/') | DOC_MARK_BIT('.') |
                           DOC_MARK_BIT('\'') | DOC_MARK_BIT('#') | DOC_MARK_BIT(':') |
                           DOC_MARK_BIT('&') | DOC_MARK_BIT('+');
    const uint64_t mark = t->hash - 0x20;
    return t->kind != TOK_MARK || (mark < 64 && (marks >> mark & 1)) || t->hash == '_';
}

/* Does token i go on with what the token before it is part of: "CJ/FP/7285", "03 26 2025", "Driftless Newborn Screening",
 * "L. Mac Giollacuddy"? What only ends a sentence or stands in its marks does not. */
static bool goes_on(const struct doc *d, uint32_t i)
{
    const struct token *t = &d->tok[i], *before = t - 1;
    if (t->flags & TOK_LINE) return false;
    if (!(t->flags & TOK_SPACE))
        return is_glue(t) && is_glue(before) &&
               (t->kind != TOK_MARK || doc_joined(d, (int64_t)i + 1)) &&
               (before->kind != TOK_MARK || doc_joined(d, (int64_t)i - 1));
    if (before->kind == TOK_NUMBER) return t->kind == TOK_NUMBER;
    if (!is_capital(t) || d->is_caseless) return false;
    return is_capital(before) ||
           (before->kind == TOK_MARK && before->hash == '.' && doc_joined(d, (int64_t)i - 1) &&
            i > 1 && is_capital(before - 1) && before[-1].len == 1);
}

static err windows(const struct tag_text *t, bool to_learn, struct tag_windows *w)
{
    err e = OK;
    const struct doc *d = t->d;
    const uint32_t *word = open_ones(t, d->hot.n, look_at_words, is_open_word);
    const uint32_t *name =
        open_ones(t, to_learn ? 0 : d->called.n, look_at_capitals, is_open_capital);
    const uint32_t *number = open_ones(t, d->digits.n, look_at_numbers,
                                       to_learn ? is_open_number : is_open_number_or_day);
    const uint32_t around = to_learn ? AROUND_LEARNT : AROUND;
    uint32_t cap = 0;
    if (!word || !name || !number) return ERR_MEMORY;
    for (;;) {
        const uint32_t i = MIN(MIN(*word, *name), *number);
        if (i == UINT32_MAX) break;
        word += *word == i;
        name += *name == i;
        number += *number == i;
        uint32_t first = i, last = i;
        while (first > 0 && i - first < PARTS_MAX && goes_on(d, first))
            first--;
        while (last + 1 < d->n && last - i < PARTS_MAX && goes_on(d, last + 1))
            last++;
        first -= MIN(first, around);
        last = MIN(last + around, d->n - 1);
        /* what a rule found is seen whole, unless it is too long for any window */
        while (t->hit && (t->hit[first] & 0x80) && last - first < TAG_RUN_MAX)
            first--;
        while (t->hit && last + 1 < d->n && (t->hit[last + 1] & 0x80) && last - first < TAG_RUN_MAX)
            last++;
        if (last - first >= TAG_RUN_MAX) continue;
        struct tag_window *before = w->n ? &w->v[w->n - 1] : NULL;
        if (before && first <= before->last + 1 && last - before->first < TAG_RUN_MAX) {
            before->last = MAX(before->last, last);
        } else {
            if (before && first <= before->last) first = before->last + 1;
            if (first <= last) TRY(add(d, w, &cap, first, last));
        }
    }
out:
    return e;
}

err tag_windows_find(const struct tag_text *t, enum tag_reach reach, bool to_learn,
                     struct tag_windows *out)
{
    *out = (struct tag_windows){ .n = 0 };
    return reach == TAG_REACH_ALL ? all(t->d, out) : windows(t, to_learn, out);
}
