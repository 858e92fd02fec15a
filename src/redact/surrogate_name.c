/* NAME: word by word, so that one person has one surrogate in every spelling. */
#include "redact/follow.h"
#include "redact/letter_case.h"
#include "redact/name_pool.h"
#include "redact/name_words.h"
#include "redact/rewrite.h"

/* "JRS" → "KVB"; or where the text says whose they are, the letters of that one's surrogate (`as`). */
static err put_initials(struct rewrite *r, const struct name_word *w,
                        const char as[FOLLOW_LETTERS_MAX])
{
    char out[NAME_WORD_ROOM];
    for (size_t i = 0; i < w->n_key; i++) {
        char c = i < FOLLOW_LETTERS_MAX ? as[i] : 0;
        if (!c) c = name_pool_initial(r->keys, w->key[i]);
        out[i] = w->letters > 0 || (w->letters == 0 && i == 0) ? (char)(c - 32) : c;
    }
    return rewrite_put(r, w->start, w->end, view_of(out, w->n_key));
}

static err put_digits(struct rewrite *r, const struct name_word *w)
{
    struct keyed_stream s;
    char out[NAME_WORD_ROOM];
    bool same = true;
    keyed_stream_init(&s, r->keys, KEYED_NUMBER, LABEL_NAME, name_key(w));
    for (size_t i = 0; i < w->n_key; i++) {
        out[i] = (char)('0' + keyed_below(&s, 10));
        if (same && i + 1 == w->n_key && out[i] == w->key[i])
            out[i] = out[i] == '9' ? '0' : out[i] + 1;
        same = same && out[i] == w->key[i];
    }
    mem_wipe(&s, sizeof s);
    return rewrite_put(r, w->start, w->end, view_of(out, w->n_key));
}

static err put_word(struct rewrite *r, const struct name_word *w)
{
    char out[NAME_WORD_ROOM];
    view word = name_pool_word(r->keys, name_key(w), w->family);
    /* "McDonald" and "DeLuca" become a plain "Baker"; a broken word goes before the break */
    err e = rewrite_put(r, w->start, w->tail_end ? w->end + 1 : w->end,
                        letter_case_apply(word, w->n_letters > 1 ? w->letters : 0, out));
    if (!e && w->tail_end) e = rewrite_put(r, w->tail_start, w->tail_end, VIEW(""));
    return e;
}

/* "jsmith" of somebody in the text; *done is false when it is nobody's. */
static err put_login(struct rewrite *r, const struct name_word *w, const struct persons *p,
                     bool *done)
{
    char out[FOLLOW_LOGIN_ROOM], cased[FOLLOW_LOGIN_ROOM];
    size_t n;
    *done = follow_login(r->keys, p, name_key(w), w->letters == 0, out, &n);
    if (!*done) return OK;
    view with = view_of(out, n);
    return rewrite_put(r, w->start, w->end,
                       w->letters > 0 ? letter_case_apply(with, 1, cased) : with);
}

err surrogate_name(struct rewrite *r, bool *done)
{
    struct name_words ws;
    struct followed as;
    bool is_login = false;
    err e = OK;
    TRY(name_split(r->value, r->part, r->arena, &ws, done));
    if (*done) TRY(follow_name(r, &ws, &as));
    for (uint32_t i = 0; *done && i < ws.n; i++) {
        const struct name_word *w = &ws.v[i];
        switch ((enum name_kind)w->kind) {
        case NAME_WORD:
            if (w->n_key == 0)
                *done = false; /* marks alone: nothing to key by */
            else if (as.login)
                TRY(put_login(r, w, as.login, &is_login));
            if (*done && !is_login) TRY(put_word(r, w));
            break;
        case NAME_INITIAL:
        case NAME_INITIALS: TRY(put_initials(r, w, as.letter[i])); break;
        case NAME_NUMBER: TRY(put_digits(r, w)); break;
        case NAME_SUFFIX:
        case NAME_PARTICLE:
        case NAME_TITLE:
        case NAME_CREDENTIAL: break;
        }
    }
out:
    name_words_wipe(&ws);
    return e;
}
