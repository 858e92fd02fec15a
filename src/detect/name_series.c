#include "detect/name_series.h"

#include "detect/name_handover.h"
#include "detect/name_register_inside.h"
#include "detect/name_series_inside.h"
#include "detect/shape.h"
#include "detect/taken.h"

enum { ITEM_MAX = 16, ROW_MAX = 192, PREFIX_MAX = 5, SURE = 2 };

static bool is_mark(const struct doc *d, uint32_t i, uint32_t mark)
{
    if (!i || !doc_is_mark(d, i, mark) || d->tok[i].flags & TOK_LINE) return false;
    /* "lap/open", "3/4" are no lists, but where both sides are names */
    return mark != '/' || doc_tok(d, (int64_t)i + 1)->flags & TOK_CAP;
}

/* Past particles, to the word that says whether it is a name. */
static uint32_t past_particles(const struct doc *d, uint32_t i)
{
    enum { PARTICLES_MAX = 3 };
    uint32_t j = i;
    while (j < i + PARTICLES_MAX && doc_bits(d, j) & LEX(PARTICLE) && doc_is_on_line(d, j + 1) &&
           d->tok[j].len > 1 && d->tok[j + 1].kind == TOK_WORD)
        j++;
    return j;
}

static enum follow follows(const struct doc *d, uint32_t last)
{
    const struct token *t = doc_tok(d, (int64_t)last + 1);
    if (!doc_is_on_line(d, last + 1) || t->kind == TOK_MARK) return ENDS;
    if (t->kind == TOK_NUMBER) return NUMBER;
    return t->len > 1 && shape_of(d, (int64_t)last + 1) == SHAPE_TITLE ? CALLED : SAYS;
}

bool name_series_is_word(const struct doc *d, uint32_t i, bool sure)
{
    const uint64_t never = LEX(MONTH) | LEX(WEEKDAY) | LEX(UNIT) | LEX(STATE) | LEX(COUNTRY) |
                           LEX(ORG_NAME) | LEX(ORG_HEAD) | LEX(EPONYM) | LEX(DRUG) | LEX(DIRECTION);
    const uint64_t other = LEX(MEDICAL) | LEX(ABBREVIATION) | LEX(CLINICIAN) | LEX(RELATIVE) |
                           LEX(CREDENTIAL) | LEX(FUNCTION) | LEX(TITLE) | LEX(ORG_WORD) |
                           LEX(NAME_CUE) | LEX(STREET_TYPE) | LEX(CUE_DATE);
    const struct lex_info *l = d->lex[i];
    const int rank = MAX(l->given, l->surname);
    if (!l->bits) return d->tok[i].len > 2 || sure;
    if (rank < 1 || l->bits & never || (l->bits & other && rank < (sure ? 2 : 4))) return false;
    return sure ? l->word <= rank + 1 : rank > l->word && rank > l->place;
}

bool name_series_may_be(const struct name_series *s, uint32_t i, bool sure)
{
    const struct doc *d = s->d;
    return i < d->n && d->tok[i].kind == TOK_WORD && !s->taken[i] && !d->shield[i] &&
           d->tok[i].len > 1 && shape_of(d, i) == SHAPE_TITLE && name_series_is_word(d, i, sure);
}

/* The head of the item that begins at token i: past a time, a bed or a number, or UINT32_MAX. */
static uint32_t head_of(const struct name_series *s, uint32_t i)
{
    const struct doc *d = s->d;
    uint32_t at = i;
    bool numbered = false;
    while (at < i + PREFIX_MAX && doc_is_on_line(d, at + 1) &&
           (d->tok[at].kind == TOK_NUMBER ||
            (d->tok[at].kind == TOK_MARK && at > i && d->tok[at].hash != s->mark) ||
            (d->tok[at].len <= 2 && doc_tok(d, (int64_t)at + 1)->kind == TOK_NUMBER))) {
        numbered |= d->tok[at].kind == TOK_NUMBER;
        at++;
    }
    return at < d->n && d->tok[at].kind == TOK_WORD && numbered == s->numbered ? at : UINT32_MAX;
}

static void keep(struct name_series *s, uint32_t first)
{
    const uint32_t head = head_of(s, first);
    if (head != UINT32_MAX && s->n < ITEMS_MAX) s->heads[s->n++] = head;
}

/* Prose has commas too: there the list ends with the first item that nobody heads. */
static bool goes_on(const struct name_series *s, uint32_t first)
{
    const uint32_t head = s->mark == ',' ? head_of(s, first) : 0;
    if (s->mark != ',') return true;
    if (head == UINT32_MAX) return false;
    return s->taken[head] == NAMED || name_series_may_be(s, past_particles(s->d, head), true);
}

/* The heads of the items on both sides of the one that begins at token `begin`, as far as a row of a board reaches: a
 * line that never ends costs each of its names no more. */
static void collect(struct name_series *s, uint32_t begin)
{
    const struct doc *d = s->d;
    uint32_t far = 0;
    for (uint32_t i = begin;
         i > 0 && begin - i < ROW_MAX && !(d->tok[i].flags & TOK_LINE) && far < ITEM_MAX; i--) {
        if (doc_is_mark(d, (int64_t)i - 1, ':') && !doc_joined(d, i)) {
            if (i != begin) keep(s, i);
            break;
        }
        far = is_mark(d, i - 1, s->mark) ? 0 : far + 1;
        if (!far && s->mark == '/') {
            keep(s, shape_word_begin(d, i - 2));
        } else if (!far && i != begin) {
            if (!goes_on(s, i)) break;
            keep(s, i);
        }
        if (i <= 1 || d->tok[i - 1].flags & TOK_LINE) {
            if (far && s->mark != '/') keep(s, i - 1);
            break;
        }
    }
    far = 0;
    for (uint32_t i = begin + 1; doc_is_on_line(d, i) && i - begin < ROW_MAX && far < ITEM_MAX;
         i++) {
        far = is_mark(d, i, s->mark) ? 0 : far + 1;
        if (far || !doc_is_on_line(d, i + 1)) continue;
        if (!goes_on(s, i + 1)) break;
        keep(s, i + 1);
    }
}

/* The name at a head, to *last. */
static bool name_at(const struct name_series *s, uint32_t head, bool sure, uint32_t *last)
{
    const struct doc *d = s->d;
    struct name_entry x;
    if (s->filed) {
        if (!name_entry_at(d, head, true, &x) || x.is_caret) return false;
        *last = x.last;
        return !doc_is_on_line(d, x.last + 1) || doc_tok(d, (int64_t)x.last + 1)->kind == TOK_MARK;
    }
    const uint32_t at = past_particles(d, head);
    /* "Fontaine/Abbas": a town behind a name and a slash is one too */
    if (!name_series_may_be(s, at,
                            sure || (s->mark == '/' && d->lex[at]->surname > d->lex[at]->word)))
        return false;
    *last = shape_word_end(d, at);
    const enum follow then = follows(d, *last);
    if (then == CALLED || doc_is_mark(d, (int64_t)*last + 1, '\'') ||
        doc_is_mark(d, (int64_t)*last + 1, ':'))
        return false;
    if (s->mark == '|' && then == ENDS && !name_is_usual(d, at))
        return false; /* "| Lind | Anes |" */
    return s->mark != ',' || then == s->then ||
           (sure && !s->unseeded && (then == ENDS) == (s->then == ENDS));
}

err name_series_add(struct name_series *s, uint32_t first, uint32_t last)
{
    memset(s->taken + first, NAMED, last - first + 1);
    return findings_add(s->out, doc_finding(s->d, first, last, LABEL_NAME, RULE_NAME_LIST, 0.75F));
}

static err lift(struct name_series *s)
{
    err e = OK;
    uint32_t known = 1, last;
    for (uint32_t k = 0; k < s->n; k++)
        known += s->taken[past_particles(s->d, s->heads[k])] == NAMED;
    const bool sure = s->unseeded || (known >= SURE && known * 3 >= s->n);
    if (s->doubtful && !s->numbered && !s->headed && s->mark == ',' && known < SURE) return OK;
    for (uint32_t k = 0; k < s->n; k++) {
        const uint32_t first = s->heads[k];
        if (!name_at(s, first, sure, &last)) continue;
        bool is_new = false, is_other = false;
        for (uint32_t i = first; i <= last; i++) {
            is_new |= !s->taken[i] && s->d->tok[i].kind == TOK_WORD;
            is_other |= s->taken[i] == OTHER;
        }
        if (!is_new || is_other) continue;
        TRY(name_series_add(s, first, last));
    }
out:
    return e;
}

/* Are the heads of a list in which no name was found usual names so often that they are all persons? */
static bool is_roster(const struct name_series *s)
{
    enum { ROSTER = 3, STRONG = 2, PAIR = 2 };
    const struct doc *d = s->d;
    uint32_t n = 0, strong = 0, bare = 0, last;
    uint64_t says = 0;
    bool differ = false, all_known = true;
    for (uint32_t k = 0; k < s->n; k++) {
        const uint32_t at = past_particles(d, s->heads[k]);
        const bool named = s->taken[at] == NAMED;
        if (s->mark != ',' && d->tok[at].flags & TOK_LOWER) continue; /* "; drain out" */
        n++;
        if (!named && !name_at(s, s->heads[k], true, &last)) return false;
        if (named) last = shape_word_end(d, at);
        strong += named || name_is_usual(d, at);
        all_known &= named || d->lex[at]->bits;
        bare += follows(d, last) == ENDS;
        differ |=
            k && doc_tok(d, (int64_t)last + 1)->hash != says; /* "Western blot; Southern blot" */
        says = doc_tok(d, (int64_t)last + 1)->hash;
    }
    const bool alone = bare * 2 > n; /* makers and towns are listed so too */
    return n >= (s->headed && !bare ? PAIR : ROSTER) && strong >= STRONG && strong * 2 >= n &&
           (alone ? s->headed && all_known && strong * 3 >= n * 2 : differ);
}

static const char marks[] = ";|/,";

static uint32_t mark_bit(const struct token *t)
{
    const char *m =
        t->kind == TOK_MARK && t->hash && t->hash < 0x80 ? strchr(marks, (int)t->hash) : NULL;
    return m ? 1U << (m - marks) : 0;
}

/* Which of them part the item that goes on with token i from the next. */
static uint32_t marks_behind(const struct doc *d, uint32_t i)
{
    uint32_t seen = 0;
    for (const uint32_t end = i + ITEM_MAX; i < end && doc_is_on_line(d, i); i++)
        if (d->tok[i].kind == TOK_MARK) seen |= mark_bit(&d->tok[i]);
    return seen;
}

/* The list in which the name first … last heads an item, if there is one. */
static err beside(struct name_series *s, uint32_t first, uint32_t last)
{
    err e = OK;
    const struct doc *d = s->d;
    uint32_t begin = first;
    s->filed = false;
    for (uint32_t i = first; i <= last; i++)
        s->filed |= doc_is_mark(d, i, ',');
    s->numbered = false;
    while (begin > 0 && first - begin < PREFIX_MAX && !(d->tok[begin].flags & TOK_LINE) &&
           (d->tok[begin - 1].kind == TOK_NUMBER ||
            (d->tok[begin - 1].kind == TOK_MARK && begin > 1 &&
             d->tok[begin - 2].kind == TOK_NUMBER && !mark_bit(&d->tok[begin - 1])) ||
            (begin < first && d->tok[begin - 1].len <= 2 && d->tok[begin - 1].kind == TOK_WORD &&
             d->tok[begin].kind == TOK_NUMBER))) {
        begin--;
        s->numbered |= d->tok[begin].kind == TOK_NUMBER;
    }
    s->headed = doc_is_mark(d, (int64_t)first - 1, ':');
    if (begin && s->headed && !(d->tok[begin].flags & TOK_LINE) && !mark_bit(&d->tok[begin - 1])) {
        begin = first; /* "Holding 4: Mercer" */
        s->numbered = false;
    }
    const bool opens =
        !begin || d->tok[begin].flags & TOK_LINE || doc_is_mark(d, (int64_t)begin - 1, ':');
    uint32_t seen = opens ? marks_behind(d, last + 1) : mark_bit(&d->tok[begin - 1]);
    s->then = follows(d, last);
    for (const char *m = marks; seen; m++, seen >>= 1) {
        s->mark = (uint8_t)*m;
        if (!(seen & 1) || (s->filed && *m == ',')) continue;
        s->n = 0;
        collect(s, begin);
        if (s->unseeded && s->n < ITEMS_MAX) s->heads[s->n++] = first;
        if (s->n && (!s->unseeded || is_roster(s))) TRY(lift(s));
    }
out:
    return e;
}

err name_series_prepare(struct name_series *s)
{
    const struct doc *d = s->d;
    s->taken = arena_alloc(d->arena, d->n + 1);
    if (!s->taken) return ERR_MEMORY;
    memset(s->taken, 0, d->n + 1);
    for (uint32_t k = 0; k < s->out->n; k++) {
        const struct finding *x = &s->out->v[k];
        for (uint32_t i = taken_token_at(d, x->start); i < d->n && d->tok[i].start < x->end; i++)
            s->taken[i] = x->label == LABEL_NAME ? NAMED : OTHER;
    }
    return OK;
}

/* A capital word that the lexicon has as a name. Without a branch: what heads a part of a note is none. */
static bool may_be_called(const struct doc *d, uint32_t i)
{
    const struct lex_info *l = d->lex[i];
    return ((d->tok[i].flags & TOK_CAP) != 0) & (l->bits != 0) & (d->shield[i] == 0) &
           (MAX(l->given, l->surname) > 0);
}

/* "Holding: Mercer 12h, Landry 9h, Vega 4h", "9:15 Tolliver BP | …": the first item of a list in which no name
 * need be found, behind the colon before token i or at the head of the text. */
static err opened(struct name_series *s, uint32_t i)
{
    const struct doc *d = s->d;
    for (uint32_t n = 0; !s->headed && n < PREFIX_MAX && i < d->n; n++, i++)
        if (d->tok[i].kind == TOK_WORD &&
            !(d->tok[i].len <= 2 && doc_tok(d, (int64_t)i + 1)->kind == TOK_NUMBER))
            break;
    if (i >= d->n || !may_be_called(d, i) || (i && d->tok[i].flags & TOK_LINE) ||
        !name_series_is_word(d, i, true) || !marks_behind(d, i + 1))
        return OK;
    err e = s->taken ? OK : name_series_prepare(s);
    s->unseeded = true;
    s->doubtful = false;
    return !e && name_series_may_be(s, i, true) ? beside(s, i, shape_word_end(d, i)) : e;
}

/* May the name x head an item: does the text before it end with a mark of a list, a number or a line? Cheap, for
 * most names stand in sentences. */
static bool may_head(const struct doc *d, const struct finding *x)
{
    if (x->label != LABEL_NAME) return false;
    uint32_t at = x->start;
    while (at > 0 && d->text.p[at - 1] == ' ')
        at--;
    const char c = at ? d->text.p[at - 1] : '\n';
    return c == '\n' || c == '\r' || c == '\t' || strchr(";|/,:)", c) || (c >= '0' && c <= '9');
}

err name_series(const struct doc *d, struct findings *out)
{
    err e = OK;
    const uint32_t n = out->n;
    struct name_series s = { .d = d, .out = out };
    for (uint32_t k = 0; k < n; k++) {
        const struct finding x = out->v[k];
        if (!may_head(d, &x)) continue;
        const uint32_t first = taken_token_at(d, x.start), last = taken_last(d, first, x.end);
        if (!marks_behind(d, last + 1) && (!first || !mark_bit(&d->tok[first - 1]))) continue;
        if (!s.taken) TRY(name_series_prepare(&s));
        s.unseeded = false;
        s.doubtful = x.rule == RULE_NAME_ALONE || x.source == SOURCE_TAGGER;
        TRY(beside(&s, first, last));
    }
    s.headed = false;
    TRY(opened(&s, 0));
    for (uint32_t k = 0; k < d->marks.n; k++) {
        const uint32_t m = d->marks.v[k];
        if (d->tok[m].hash == ':') {
            s.headed = true;
            TRY(opened(&s, m + 1));
        } else if (d->tok[m].hash == '/') {
            TRY(name_series_joined(&s, m));
        }
    }
out:
    return e;
}
