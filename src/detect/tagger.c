#include "detect/tag_judge.h"
#include "detect/taken.h"

static const struct tag_preset presets[] = {
    [RECALL_HIGH] = { true, 0, 0.01F },
    [RECALL_BALANCED] = { false, 0, 0.05F },
    [RECALL_UTILITY] = { false, 0.8F, 0.25F },
};
static const float VETO_SCORE = 0.9F; /* what the rules are surer of is theirs */

err tagger_scratch_new(struct tagger_scratch **out)
{
    return (*out = mem_alloc_zero(sizeof **out)) ? OK : ERR_MEMORY;
}

void tagger_scratch_free(struct tagger_scratch *s)
{
    mem_free(s);
}

static bool may_doubt(const struct finding *x)
{
    return x->source == SOURCE_LEXICON && x->score < VETO_SCORE;
}

static err window(struct tag_pass *p, struct tag_window w, bool doubts, struct tag_doubts *left)
{
    err e = OK;
    const struct tag_decoded *out = p->out;
    uint32_t n = w.last - w.first + 1;
    int32_t bias = p->with.biased ? p->m->bias : 0;
    p->w = w;
    p->has_scores = false;
    memset(p->taken, 0, n);
    tag_features(&p->text, p->m, w.first, w.last, p->s->keys);
    tag_decode(p->m, &p->s->decoder, p->s->keys, n, bias, p->out);
    if (doubts) tag_pass_need_scores(p);
    for (uint32_t i = 0; doubts && i < n; i++)
        p->inside[w.first + i] = (uint8_t)(out[i].inside * 254.0F + 0.5F);
    for (uint32_t i = 0; i < n;) {
        uint32_t first = i, label = (uint32_t)(out[i].tag - 1) / 2;
        if (!out[i++].tag) continue;
        /* two names with nothing between are one, whatever the model says of their border */
        while (i < n && (out[i].tag == 2 + 2 * label ||
                         (out[i].tag == 1 + 2 * label && p->m->labels[label].label == LABEL_NAME &&
                          !(p->d->tok[w.first + i].flags & TOK_LINE))))
            i++;
        TRY(tag_add(p, w.first + first, w.first + i - 1, label));
    }
    if (tag_pass_is_gated(p) && p->with.biased) TRY(tag_look_again(p));
    if (tag_pass_is_gated(p) && left) TRY(tag_doubts_note(p, left));
out:
    return e;
}

enum { UNSEEN = 255 };

/* Takes back what of the first n findings is doubted and was nowhere likely. */
static void take_back(struct tag_pass *p, uint32_t n)
{
    struct findings *f = p->found;
    uint32_t kept = 0;
    float veto = p->with.veto * 254.0F;
    for (uint32_t k = 0; k < f->n; k++) {
        bool stays = k >= n || !may_doubt(&f->v[k]);
        uint32_t i = stays ? 0 : taken_token_at(p->d, f->v[k].start);
        for (; !stays && i < p->d->n && p->d->tok[i].start < f->v[k].end; i++)
            stays = p->inside[i] == UNSEEN || (float)p->inside[i] >= veto;
        if (stays) f->v[kept++] = f->v[k];
    }
    f->n = kept;
}

/* Sets doubted[k] of the windows that x reaches into; halved, as a text may be nothing but doubts and windows. */
static void doubt(const struct doc *d, const struct finding *x, const struct tag_windows *w,
                  uint8_t *doubted)
{
    uint32_t k = 0, end = w->n;
    while (k < end) {
        const uint32_t middle = k + (end - k) / 2;
        if (token_end(&d->tok[w->v[middle].last]) > x->start)
            end = middle;
        else
            k = middle + 1;
    }
    for (; k < w->n && d->tok[w->v[k].first].start < x->end; k++)
        doubted[k] = 1;
}

err tagger_find(const struct tag_model *m, enum recall recall, const struct doc *d,
                struct tagger_scratch *s, struct findings *found, struct tag_doubts *doubts)
{
    err e = OK;
    FILLED_LATER struct tag_pass p;
    p.m = m;
    p.with = presets[recall];
    p.d = d;
    p.s = s;
    p.found = found;
    p.inside = NULL;
    struct tag_windows w;
    const uint32_t n = found->n;
    bool has_doubts = false;
    if (doubts) *doubts = (struct tag_doubts){ .n = 0 };
    TRY(tag_text_prepare(&p.text, d, found, m->kind->templates));
    TRY(tag_windows_find(&p.text, m->kind->reach, false, &w));
    if (!w.n) return OK;
    TRY(tag_text_remember(&p.text, m->kind->reach == TAG_REACH_WINDOWS));
    uint8_t *doubted = arena_alloc(d->arena, w.n); /* one a window */
    if (!doubted) return ERR_MEMORY;
    memset(doubted, 0, w.n);
    for (uint32_t k = 0; k < n; k++) {
        if (!may_doubt(&found->v[k])) continue;
        doubt(d, &found->v[k], &w, doubted);
        has_doubts = true;
    }
    if (has_doubts) {
        p.inside = arena_alloc(d->arena, d->n + 1);
        if (!p.inside) return ERR_MEMORY;
        memset(p.inside, UNSEEN, d->n + 1);
    }
    for (uint32_t i = 0; i < w.n; i++)
        TRY(window(&p, w.v[i], doubted[i], doubts));
    if (has_doubts) take_back(&p, n);
out:
    return e;
}
