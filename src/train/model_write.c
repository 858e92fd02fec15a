#include "train/model_write.h"

#include "base/hash.h"

/* Weights beyond ±4 nats are rare, and nothing is gained by their size. */
enum { UNIT = 65536 * 4 / 127 };
static const float LEAST =
    0.03F; /* nats: a feature all of whose weights are smaller says nothing */

float model_unit(void)
{
    return (float)UNIT / 65536.0F;
}

static int32_t rounded(float w, int32_t max)
{
    float x = w / model_unit();
    if (x >= (float)max) return max;
    if (x <= (float)-max) return -max;
    return (int32_t)(x + (x < 0 ? -0.5F : 0.5F));
}

struct rank {
    float weight;
    uint32_t id;
};

static int by_weight(const void *pa, const void *pb)
{
    const struct rank *a = pa, *b = pb;
    if (a->weight != b->weight) return a->weight > b->weight ? -1 : 1;
    return a->id < b->id ? -1 : a->id > b->id;
}

/* The features to keep, heaviest first. */
static uint32_t choose(const struct crf *m, uint32_t rows_max, struct rank *r)
{
    uint32_t n = 0;
    for (uint32_t i = 0; i < m->c->n_features; i++) {
        float sum = 0, most = 0;
        for (uint32_t t = 0; t < m->n_tags; t++) {
            float x = m->w[(size_t)i * m->width + t];
            x = x < 0 ? -x : x;
            sum += x;
            most = x > most ? x : most;
        }
        if (most >= LEAST) r[n++] = (struct rank){ sum, i };
    }
    qsort(r, n, sizeof *r, by_weight);
    return MIN(n, rows_max);
}

static void put(struct tag_model *m, uint16_t *checks, int8_t *rows, const struct crf *from,
                uint32_t id)
{
    uint64_t key = from->c->keys[id];
    uint32_t i = tag_home(key, m->n_slots);
    while (checks[i])
        i = i + 1 == m->n_slots ? 0 : i + 1;
    checks[i] = tag_check(key);
    for (uint32_t t = 0; t < from->n_tags; t++)
        rows[(size_t)i * m->width + t] =
            (int8_t)rounded(from->w[(size_t)id * from->width + t], 127);
}

static void put_sum(char *image, uint64_t at)
{
    uint8_t sum[32];
    checksum32(view_of(image, at), sum);
    checksum_hex(sum, image + at);
}

err model_write(const struct crf *m, const struct tag_kind *kind, uint32_t rows_max,
                const struct model_extra *extra, struct buf *out, uint32_t *n_rows)
{
    err e = OK;
    struct rank *rank = mem_alloc(((size_t)m->c->n_features + 1) * sizeof *rank);
    if (!rank) return ERR_MEMORY;
    uint32_t n = choose(m, rows_max, rank);
    struct tag_header h = { .version = TAG_VERSION,
                            .order = TAG_ORDER,
                            .features = TAG_FEATURES_VERSION,
                            .n_labels = m->c->labels.n,
                            .width = m->width,
                            .n_slots = n + n / 2 + 1,
                            .templates = kind->templates,
                            .unit = UNIT,
                            .bias = extra->bias };
    struct tag_layout o = tag_layout_of(h.n_labels, h.width, h.n_slots, 0);
    memcpy(h.magic, TAG_MAGIC, sizeof h.magic);
    memcpy(h.language, kind->language, MIN(strlen(kind->language), sizeof h.language - 1));
    memcpy(h.curve, extra->curve, sizeof h.curve);
    h.size = o.size;
    TRY(buf_reserve(out, o.size));
    char *p = out->p + out->n;
    memset(p, 0, o.size);
    memcpy(p, &h, sizeof h);
    memcpy(p + o.labels, m->c->labels.v, h.n_labels * sizeof(struct tag_label));
    int16_t *links = (void *)(p + o.links);
    for (uint32_t k = 0; k < (m->n_tags + 1) * m->width; k++)
        links[k] = (int16_t)(m->link[k] < -1000 ? -16000 : rounded(m->link[k], 4000));
    struct tag_model to = { .n_slots = h.n_slots, .width = h.width };
    for (uint32_t k = 0; k < n; k++)
        put(&to, (void *)(p + o.checks), (void *)(p + o.rows), m, rank[k].id);
    put_sum(p, o.sum);
    out->n += o.size;
    *n_rows = n;
out:
    mem_free(rank);
    return e;
}

err model_put_trees(struct buf *image, const struct tag_tree *trees, uint32_t n, uint32_t n_facts,
                    float base)
{
    err e = OK;
    struct tag_header h;
    memcpy(&h, image->p, sizeof h);
    h.n_trees = n;
    h.n_facts = n_facts;
    h.trees_base = (int32_t)(base * TAG_VOTE_UNIT + (base < 0 ? -0.5F : 0.5F));
    const struct tag_layout o = tag_layout_of(h.n_labels, h.width, h.n_slots, n);
    if (o.size > image->n) TRY(buf_reserve(image, o.size - image->n));
    h.size = image->n = o.size;
    memcpy(image->p, &h, sizeof h);
    memcpy(image->p + o.trees, trees, n * sizeof *trees);
    put_sum(image->p, o.sum);
out:
    return e;
}
