#include "train/tag_score.h"

/* The next span of run r at or after token *t; *t is moved past it. False: there is none. */
static bool next_span(const struct corpus *c, const uint8_t *tags, const struct tag_run *r,
                      uint32_t *t, struct gold_span *out)
{
    uint32_t end = r->first + r->n;
    while (*t < end && !tags[*t])
        ++*t;
    if (*t == end) return false;
    uint32_t first = *t, label = (uint32_t)(tags[first] - 1) / 2;
    for (++*t; *t < end && tags[*t] == 2 + 2 * label;)
        ++*t;
    *out = (struct gold_span){ r->text, c->start[first], c->end[*t - 1], label };
    return true;
}

static void count_found(const struct gold_span *f, const struct gold_span *gold, uint32_t n_gold,
                        struct tag_score *s)
{
    s->label[f->label].found++;
    for (uint32_t g = 0; g < n_gold; g++) {
        uint32_t a = MAX(gold[g].start, f->start), b = MIN(gold[g].end, f->end);
        if (a >= b) continue;
        s->covered += b - a;
        if (gold[g].start == f->start && gold[g].end == f->end && gold[g].label == f->label)
            s->label[f->label].right++;
    }
}

void tag_score_of(const struct corpus *c, const uint8_t *tags, bool held, struct tag_score *out)
{
    *out = (struct tag_score){ .gold_bytes = 0 };
    uint32_t run = 0, gold = 0;
    for (uint32_t text = 0; text < c->n_texts; text++) {
        bool counts = c->is_held[text] == held;
        uint32_t first = gold;
        for (; gold < c->n_spans && c->spans[gold].text == text; gold++) {
            const struct gold_span *g = &c->spans[gold];
            if (!counts) continue;
            out->gold_bytes += g->end - g->start;
            if (g->label < c->labels.n)
                out->label[g->label].gold++;
            else
                out->all.gold++; /* of a label that the model does not know: missed */
        }
        for (; run < c->n_runs && c->runs[run].text == text; run++) {
            const struct tag_run *r = &c->runs[run];
            struct gold_span f;
            for (uint32_t t = r->first; counts && next_span(c, tags, r, &t, &f);)
                count_found(&f, c->spans + first, gold - first, out);
        }
    }
    for (uint32_t k = 0; k < c->labels.n; k++) {
        out->all.gold += out->label[k].gold;
        out->all.found += out->label[k].found;
        out->all.right += out->label[k].right;
    }
}

static void count_add(struct tag_count *sum, const struct tag_count *part)
{
    sum->gold += part->gold;
    sum->found += part->found;
    sum->right += part->right;
}

void tag_score_add(struct tag_score *sum, const struct tag_score *part)
{
    for (uint32_t k = 0; k < TAG_LABELS_MAX; k++)
        count_add(&sum->label[k], &part->label[k]);
    count_add(&sum->all, &part->all);
    sum->gold_bytes += part->gold_bytes;
    sum->covered += part->covered;
}
