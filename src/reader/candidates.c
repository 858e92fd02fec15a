#include "reader/candidates.h"

#include "deid/second_reader.h"

enum { PHRASE_TOKENS = 6 };

/* One byte a token: 1 where it lies in a tag. */
static err mark_tags(view text, const struct tokens *t, struct arena *a, uint8_t **out)
{
    uint8_t *in_tag = arena_alloc(a, (size_t)t->n + 1);
    size_t end = 0;
    if (!in_tag) return ERR_MEMORY;
    for (uint32_t i = 0; i < t->n; i++) {
        const size_t at = t->v[i].start;
        if (at >= end && t->v[i].kind == TOK_MARK) end = at + reader_placeholder(text, at);
        in_tag[i] = at < end;
    }
    *out = in_tag;
    return OK;
}

/* A word of two letters, or a number of two digits. */
static bool tells(const struct token *t)
{
    return t->kind != TOK_MARK && t->len > 1;
}

static err add(struct candidates *c, struct arena *a, uint32_t *cap, view v)
{
    view *room = arena_more(a, c->v, sizeof *room, c->n, cap, 32);
    if (!room) return ERR_MEMORY;
    c->v = room;
    c->v[c->n++] = v;
    return OK;
}

static view span(view text, const struct tokens *t, uint32_t first, uint32_t last)
{
    return view_sub(text, t->v[first].start, token_end(&t->v[last]));
}

/* Tokens [first, end) in pieces of at most CANDIDATE_MAX bytes, those with nothing in them left out. */
static err add_pieces(struct candidates *c, view text, const struct tokens *t,
                      const uint8_t *in_tag, uint32_t first, uint32_t end, struct arena *a,
                      uint32_t *cap)
{
    err e = OK;
    while (first < end) {
        uint32_t last = first;
        bool any = false;
        for (uint32_t i = first; i < end; i++) {
            if (i > first && token_end(&t->v[i]) - t->v[first].start > CANDIDATE_MAX) break;
            any = any || (!in_tag[i] && tells(&t->v[i]));
            last = i;
        }
        if (any) TRY(add(c, a, cap, span(text, t, first, last)));
        first = last + 1;
    }
out:
    return e;
}

err candidates_sentences(view text, struct arena *a, struct candidates *out)
{
    err e = OK;
    struct tokens t;
    struct sentences s;
    uint8_t *in_tag;
    uint32_t cap = 0;
    *out = (struct candidates){ 0 };
    TRY(token_split(text, a, &t));
    TRY(sentence_split(text, &t, a, &s));
    TRY(mark_tags(text, &t, a, &in_tag));
    for (uint32_t i = 0; i < s.n; i++)
        TRY(add_pieces(out, text, &t, in_tag, s.first[i], i + 1 < s.n ? s.first[i + 1] : t.n, a,
                       &cap));
out:
    return e;
}

enum look { LOOK_NONE, LOOK_CAPITAL, LOOK_SMALL, LOOK_NUMBER, LOOK_JOINT };

static enum look look_of(const struct lexicon *l, const struct token *t, bool joined)
{
    switch ((enum token_kind)t->kind) {
    case TOK_NUMBER: return LOOK_NUMBER;
    case TOK_MARK: /* 12-345, O'Neil, x@y.org, J. Smith */
        return joined && t->hash < 0x80 && strchr("-'.@/&_:", (int)t->hash) ? LOOK_JOINT
                                                                            : LOOK_NONE;
    case TOK_WORD: break;
    }
    if (lexicon_find(l, t->hash)->bits & LEX(FUNCTION)) return LOOK_NONE;
    return t->flags & TOK_CAP ? LOOK_CAPITAL : LOOK_SMALL;
}

err candidates_phrases(const struct lexicon *l, view sentence, struct arena *a,
                       struct candidates *out)
{
    err e = OK;
    struct tokens t;
    uint8_t *in_tag;
    uint32_t cap = 0;
    *out = (struct candidates){ 0 };
    TRY(token_split(sentence, a, &t));
    TRY(mark_tags(sentence, &t, a, &in_tag));
    for (uint32_t i = 0; i < t.n; i++) {
        enum look kind = LOOK_NONE;
        uint32_t last = i;
        bool any = false;
        for (uint32_t k = i; k < t.n && k < i + PHRASE_TOKENS; k++) {
            const bool joined = !(t.v[k].flags & TOK_SPACE);
            enum look look = in_tag[k] ? LOOK_NONE : look_of(l, &t.v[k], joined && k > i);
            if (look == LOOK_NONE) break;
            if (look == LOOK_JOINT) continue; /* part of it when something follows */
            if (kind != LOOK_NONE && look != kind && !joined && look != LOOK_NUMBER &&
                kind != LOOK_NUMBER)
                break;
            if (kind == LOOK_NONE || kind == LOOK_NUMBER) kind = look;
            any = any || tells(&t.v[k]);
            last = k;
        }
        if (kind == LOOK_NONE) continue;
        if (any) TRY(add(out, a, &cap, span(sentence, &t, i, last)));
        i = last;
    }
out:
    return e;
}
