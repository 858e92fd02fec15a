#include "detect/site_phrase.h"

#include "base/hash.h"
#include "text/fold.h"
#include "text/utf8.h"

enum { MARKS_BETWEEN = 2 };

static bool is_soft(const struct token *t)
{
    if (t->kind != TOK_MARK) return false;
    switch (t->hash) {
    case '-':
    case '.':
    case ',':
    case '\'':
    case '^':
    case '_': return true;
    default: return false;
    }
}

static uint64_t key_of(view text, const struct token *t)
{
    switch (t->kind) {
    case TOK_WORD: return t->hash;
    case TOK_NUMBER: return hash64(view_sub(text, t->start, token_end(t)), TOK_NUMBER);
    default: return hash_mix(t->hash, TOK_MARK);
    }
}

/* What stands between two numbers is part of the later one's key. */
static uint64_t with_gap(uint64_t key, const struct token *tok, uint32_t from, uint32_t to)
{
    for (uint32_t i = from + 1; i < to; i++)
        key = hash_mix(key, tok[i].hash << 1 | (tok[i].flags & TOK_SPACE));
    return hash_mix(key, tok[to].flags & TOK_SPACE);
}

/* "I hope. Will she" is no name in reverse; "St. Mary" and "J. Smith" are phrases. */
static bool ends_sentence(const struct token *before, const struct token *mark,
                          const struct token *after)
{
    if (mark->kind != TOK_MARK || mark->hash != '.' || !(after->flags & TOK_SPACE)) return false;
    return before->kind != TOK_WORD || before->len > 3;
}

static bool next_element(const struct token *tok, uint32_t n, view text, struct site_step *s)
{
    uint32_t i = s->at + 1, marks = 0;
    if (i + 1 < n && ends_sentence(&tok[s->at], &tok[i], &tok[i + 1])) return false;
    while (i < n && is_soft(&tok[i]) && !(tok[i].flags & TOK_PARA) && marks < MARKS_BETWEEN) {
        i++;
        marks++;
    }
    if (i >= n || is_soft(&tok[i]) || (tok[i].flags & TOK_PARA)) return false;
    bool numbers = tok[i].kind == TOK_NUMBER && tok[s->at].kind == TOK_NUMBER;
    uint64_t key = key_of(text, &tok[i]);
    *s = (struct site_step){ numbers ? with_gap(key, tok, s->at, i) : key, i };
    return true;
}

static bool is_alphanumeric(const struct token *t)
{
    return t->kind != TOK_MARK;
}

/* Nothing of a phrase is lost because it was typed with more marks than a text would have. */
static void take_element(struct site_phrase *out, view text, const struct token *t, uint64_t key)
{
    out->key[out->n++] = key;
    if (!is_alphanumeric(t)) return;
    out->has_word = out->has_word || t->kind == TOK_WORD;
    out->n_characters += (uint32_t)utf8_count(view_sub(text, t->start, token_end(t)));
}

err site_phrase_read(struct site_phrase *out, view text, uint32_t most, struct arena *a)
{
    err e = OK;
    view folded;
    struct offset_map map;
    struct tokens t;
    *out = (struct site_phrase){ 0 };
    TRY(fold_text(text, a, &folded, &map));
    TRY(token_split(folded, a, &t));
    out->key = arena_array(a, t.n, sizeof *out->key);
    if (!out->key) TRY(ERR_MEMORY);
    uint32_t last = UINT32_MAX;
    for (uint32_t i = 0; i < t.n; i++) {
        if (is_soft(&t.v[i])) continue;
        uint64_t key = key_of(folded, &t.v[i]);
        if (last != UINT32_MAX && t.v[i].kind == TOK_NUMBER && t.v[last].kind == TOK_NUMBER)
            key = with_gap(key, t.v, last, i);
        if (out->n == most) TRY(ERR_LIMIT);
        take_element(out, folded, &t.v[i], key);
        last = i;
    }
    if (!out->n_characters) e = ERR_FORMAT;
out:
    return e;
}

bool site_phrase_begin(const struct doc *d, uint32_t i, struct site_step *s)
{
    const struct token *t = &d->tok[i];
    if (is_soft(t)) return false;
    if (is_alphanumeric(t) && doc_joined(d, i) && is_alphanumeric(&d->tok[i - 1])) return false;
    *s = (struct site_step){ key_of(d->text, t), i };
    return true;
}

bool site_phrase_next(const struct doc *d, struct site_step *s)
{
    return next_element(d->tok, d->n, d->text, s);
}

bool site_phrase_ends(const struct doc *d, uint32_t i)
{
    return !is_alphanumeric(&d->tok[i]) || i + 1 >= d->n || !doc_joined(d, (int64_t)i + 1) ||
           !is_alphanumeric(&d->tok[i + 1]);
}

bool site_phrase_at(const struct doc *d, uint32_t i, const struct site_phrase *p, uint32_t *last)
{
    struct site_step s;
    if (!site_phrase_begin(d, i, &s)) return false;
    for (uint32_t k = 0; s.key == p->key[k];) {
        *last = s.at;
        if (++k == p->n) return site_phrase_ends(d, s.at);
        if (!site_phrase_next(d, &s)) return false;
    }
    return false;
}
