#include "redact/tag.h"

#include "redact/alphabet.h"
#include "redact/name_words.h"
#include "redact/redact.h"

enum { TAG_ROOM = 32 };

view tag_mask(enum label l)
{
    static const view masks[] = {
#define X(name, letter) VIEW("[" #name "]"),
        LABEL_MAP(X)
#undef X
    };
    return masks[l];
}

static view spell(struct rewrite *r, int letters, view key, char out[TAG_ROOM])
{
    view mask = tag_mask(r->label);
    BUG_IF(mask.n + 1 + (size_t)letters > TAG_ROOM);
    memcpy(out, mask.p, mask.n - 1);
    out[mask.n - 1] = '-';
    alphabet_spell(keyed_hash(r->keys, KEYED_TAG, (uint8_t)r->label, key), out + mask.n,
                   (size_t)letters);
    out[mask.n + (size_t)letters] = ']';
    return view_of(out, mask.n + (size_t)letters + 1);
}

/* Numbers are the same however they are grouped; words need their borders. */
static enum canon canon_of(enum label l)
{
    switch (l) {
    case LABEL_NAME:
    case LABEL_LOCATION:
    case LABEL_ORGANIZATION:
    case LABEL_DATE:
    case LABEL_AGE:
    case LABEL_EMAIL:
    case LABEL_URL:
    case LABEL_IP: return CANON_TEXT;
    default: return CANON_WORD;
    }
}

static err tag_whole(struct rewrite *r, int letters, bool *done)
{
    char room[CANON_ROOM], out[TAG_ROOM];
    view key = { 0 };
    err e = OK;
    TRY(canonical(r->value, canon_of(r->label), r->arena, room, &key));
    *done = key.n > 0;
    if (*done) TRY(rewrite_put(r, 0, r->value.n, spell(r, letters, key, out)));
out:
    if (key.p == room) mem_wipe(room, key.n); /* what did not fit in it lies in the arena */
    return e;
}

static err tag_name(struct rewrite *r, int letters, bool *done)
{
    struct name_words ws;
    size_t from = 0;
    bool pending = false; /* particles before the word go with it: "van der Berg" is one tag */
    err e = OK;
    TRY(name_split(r->value, r->part, r->arena, &ws, done));
    for (uint32_t i = 0; *done && i < ws.n; i++) {
        const struct name_word *w = &ws.v[i];
        char out[TAG_ROOM];
        size_t end = w->end;
        if (w->kind == NAME_TITLE || w->kind == NAME_CREDENTIAL) continue;
        if (!pending) from = w->start;
        pending = w->kind == NAME_PARTICLE;
        if (pending) continue;
        if (w->n_key == 0) {
            *done = false;
            break;
        }
        if ((w->kind == NAME_INITIAL || w->kind == NAME_SUFFIX) && end < r->value.n &&
            r->value.p[end] == '.')
            end++;
        if (w->tail_end) end++; /* the hyphen before the line break */
        TRY(rewrite_put(r, from, end, spell(r, letters, name_key(w), out)));
        if (w->tail_end) TRY(rewrite_put(r, w->tail_start, w->tail_end, VIEW("")));
    }
    if (pending) *done = false;
out:
    name_words_wipe(&ws);
    return e;
}

err tag_value(struct rewrite *r, int letters, bool *done)
{
    return r->label == LABEL_NAME ? tag_name(r, letters, done) : tag_whole(r, letters, done);
}
