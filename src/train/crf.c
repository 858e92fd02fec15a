#include "train/crf.h"

#include "base/exp_plain.h"
#include "train/crf_inside.h"

enum { BATCH_TOKENS = 1024 };

static const float START_SQ = 1e-3F;

bool crf_may_follow(uint32_t n_tags, uint32_t from, uint32_t to)
{
    bool goes_on = to && to % 2 == 0;
    if (!goes_on) return true;
    return from < n_tags && (from == to || from + 1 == to);
}

err crf_init(struct crf *m, const struct corpus *c)
{
    uint32_t n_tags = 1 + 2 * c->labels.n, width = (n_tags + 15) / 16 * 16;
    size_t n = (size_t)c->n_features * width, links = ((size_t)n_tags + 1) * width;
    *m = (struct crf){ .c = c, .n_tags = n_tags, .width = width };
    m->w = mem_alloc_zero(n * sizeof(float) + 64);
    m->w_sq = mem_alloc_zero(n * sizeof(float) + 64);
    m->link = mem_alloc_zero(links * sizeof(float));
    m->link_sq = mem_alloc_zero(links * sizeof(float));
    if (!m->w || !m->w_sq || !m->link || !m->link_sq) {
        crf_clear(m);
        return ERR_MEMORY;
    }
    for (uint32_t i = 0; i <= n_tags; i++)
        for (uint32_t k = 0; k < width; k++)
            if (k >= n_tags || !crf_may_follow(n_tags, i, k)) m->link[i * width + k] = CRF_NEVER;
    return OK;
}

void crf_clear(struct crf *m)
{
    mem_free(m->w);
    mem_free(m->w_sq);
    mem_free(m->link);
    mem_free(m->link_sq);
    *m = (struct crf){ .n_tags = 0 };
}

/* ---- a batch ---- */

static void do_measure(struct crf_shard *s)
{
    struct crf_work *w = s->w;
    uint32_t W = w->m->width;
    s->loss = 0;
    memset(s->link_grad, 0, ((size_t)w->m->n_tags + 1) * W * sizeof(float));
    for (uint32_t k = s->index; k < w->n_runs; k += CRF_SHARDS) {
        const struct tag_run *r = &w->m->c->runs[w->runs[k]];
        (w->p.is_perceptron ? crf_measure_perceptron
                            : crf_measure_run)(s, r, w->grad + (size_t)w->first[k] * W);
    }
}

static inline void move(float *w, float *sq, const float *g, uint32_t n, float rate, float keep)
{
    for (uint32_t t = 0; t < n; t++) {
        sq[t] += g[t] * g[t];
        w[t] = w[t] * keep - rate * g[t] / __builtin_sqrtf(sq[t] + START_SQ);
    }
}

static void do_move(struct crf_shard *s)
{
    struct crf_work *w = s->w;
    struct crf *m = w->m;
    const struct corpus *c = m->c;
    uint32_t W = m->width;
    for (uint32_t k = 0; k < w->n_runs; k++) {
        const struct tag_run *r = &c->runs[w->runs[k]];
        for (uint32_t i = 0; i < r->n; i++) {
            const float *g = w->grad + (size_t)(w->first[k] + i) * W;
            float size = 0;
            for (uint32_t t = 0; t < W; t++)
                size += g[t] * g[t];
            if (size < 1e-6F) continue;
            uint64_t end = c->feature[r->first + i + 1];
            for (uint64_t q = c->feature[r->first + i]; q < end; q++) {
                uint32_t id = c->ids[q];
                if (id % w->parts != s->index || crf_is_dropped(w, r->first + i, id)) continue;
                if (q + 6 < end) {
                    __builtin_prefetch(m->w + (size_t)c->ids[q + 6] * W);
                    __builtin_prefetch(m->w_sq + (size_t)c->ids[q + 6] * W);
                }
                move(m->w + (size_t)id * W, m->w_sq + (size_t)id * W, g, W, w->p.rate,
                     1.0F - w->p.shrink);
            }
        }
    }
}

static void do_decode(struct crf_shard *s)
{
    struct crf_work *w = s->w;
    const struct corpus *c = w->m->c;
    for (uint32_t k = s->index; k < c->n_runs; k += CRF_SHARDS) {
        const struct tag_run *r = &c->runs[k];
        if (c->is_held[r->text] == w->is_held)
            crf_viterbi_run(w, r, false, (uint8_t *)s->alpha, w->tags + r->first);
    }
}

enum phase { MEASURE, MOVE, DECODE };
struct task {
    struct crf_shard *s;
    enum phase phase;
};

static void do_task(void *ctx, unsigned worker, void *job)
{
    struct task *t = job;
    (void)ctx, (void)worker;
    switch (t->phase) {
    case MEASURE: do_measure(t->s); break;
    case MOVE: do_move(t->s); break;
    case DECODE: do_decode(t->s); break;
    }
}

static void run_phase(struct crf_work *w, enum phase phase, unsigned n)
{
    struct task task[CRF_SHARDS];
    for (unsigned i = 0; i < n; i++) {
        task[i] = (struct task){ &w->shard[i], phase };
        pool_submit(w->pool, &task[i]);
    }
    while (pool_take(w->pool)) {
    }
}

static void run_batch(struct crf_work *w)
{
    struct crf *m = w->m;
    uint32_t W = m->width;
    size_t links = ((size_t)m->n_tags + 1) * W;
    for (size_t i = 0; i < links; i++)
        w->link_exp[i] = m->link[i] <= CRF_NEVER ? 0 : exp_plain(m->link[i]);
    run_phase(w, MEASURE, CRF_SHARDS);
    run_phase(w, MOVE, w->parts);
    for (uint32_t i = 0; i < CRF_SHARDS; i++) {
        const float *g = w->shard[i].link_grad;
        for (size_t k = 0; k < links; k++)
            if (m->link[k] > CRF_NEVER && g[k] != 0)
                move(&m->link[k], &m->link_sq[k], &g[k], 1, w->p.rate, 1.0F);
    }
}

err crf_round(struct crf_work *w, const uint32_t *order, uint32_t n, uint32_t round, double *loss)
{
    uint64_t tokens = 0;
    double sum = 0;
    w->round = round;
    for (uint32_t at = 0; at < n;) {
        w->runs = order + at;
        w->n_runs = w->n_tokens = 0;
        while (at < n && w->n_runs < BATCH_TOKENS) {
            uint32_t more = w->m->c->runs[order[at]].n;
            if (w->n_tokens + more > BATCH_TOKENS && w->n_runs) break;
            w->first[w->n_runs++] = w->n_tokens;
            w->n_tokens += more;
            at++;
        }
        run_batch(w);
        for (int i = 0; i < CRF_SHARDS; i++)
            sum += w->shard[i].loss;
        tokens += w->n_tokens;
    }
    *loss = tokens ? sum / (double)tokens : 0;
    return OK;
}

err crf_decode(struct crf_work *w, bool held, uint8_t *tags)
{
    w->is_held = held;
    w->tags = tags;
    run_phase(w, DECODE, CRF_SHARDS);
    return OK;
}

err crf_work_new(struct crf_work **out, struct crf *m, const struct crf_params *p)
{
    err e = OK;
    struct crf_work *w = mem_alloc_zero(sizeof *w);
    if (!w) return ERR_MEMORY;
    size_t links = ((size_t)m->n_tags + 1) * m->width, rows = (size_t)CRF_RUN_MAX * m->width;
    w->m = m;
    w->p = *p;
    w->parts = MIN(p->threads, CRF_SHARDS);
    if (!(w->link_exp = mem_alloc(links * sizeof(float)))) TRY(ERR_MEMORY);
    if (!(w->first = mem_alloc(BATCH_TOKENS * sizeof *w->first))) TRY(ERR_MEMORY);
    if (!(w->grad = mem_alloc((size_t)(BATCH_TOKENS + CRF_RUN_MAX) * m->width * sizeof(float))))
        TRY(ERR_MEMORY);
    for (uint32_t i = 0; i < CRF_SHARDS; i++) {
        struct crf_shard *s = &w->shard[i];
        *s = (struct crf_shard){ .w = w, .index = i };
        if (!(s->link_grad = mem_alloc_zero(links * sizeof(float)))) TRY(ERR_MEMORY);
        if (!(s->alpha = mem_alloc(rows * sizeof(float)))) TRY(ERR_MEMORY);
        if (!(s->beta = mem_alloc(rows * sizeof(float)))) TRY(ERR_MEMORY);
        if (!(s->psi = mem_alloc(rows * sizeof(float)))) TRY(ERR_MEMORY);
    }
    TRY(pool_new(&w->pool, p->threads, CRF_SHARDS, do_task, NULL));
out:
    if (e) {
        crf_work_free(w);
        w = NULL;
    }
    *out = w;
    return e;
}

void crf_work_free(struct crf_work *w)
{
    if (!w) return;
    pool_free(w->pool);
    for (uint32_t i = 0; i < CRF_SHARDS; i++) {
        mem_free(w->shard[i].link_grad);
        mem_free(w->shard[i].alpha);
        mem_free(w->shard[i].beta);
        mem_free(w->shard[i].psi);
    }
    mem_free(w->link_exp);
    mem_free(w->first);
    mem_free(w->grad);
    mem_free(w);
}
