#include "train/crf.h"

#include "base/exp_plain.h"
#include "base/hash.h"
#include "base/pool.h"
#include "detect/tag_window.h"

enum { SHARDS = 16, BATCH_TOKENS = 1024, RUN_MAX = TAG_RUN_MAX };

static const float NEVER = -1e6F, START_SQ = 1e-3F;

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
            if (k >= n_tags || !crf_may_follow(n_tags, i, k)) m->link[i * width + k] = NEVER;
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

/* Natural logarithm, x > 0 and normal; the loss that is printed, not what is learned. */
static double log_plain(double x)
{
    int n = 0;
    while (x > 1.5)
        x *= 0.5, n++;
    while (x < 0.75)
        x *= 2, n--;
    double z = (x - 1) / (x + 1), zz = z * z, s = 0, p = z;
    for (int k = 1; k < 30; k += 2, p *= zz)
        s += p / k;
    return 2 * s + n * 0.69314718055994530942;
}

/* ------------------------------------------------------------------ scores */

struct shard {
    struct crf_work *w;
    uint32_t index;
    double loss;
    float *link_grad;          /* (n_tags + 1) × width */
    float *alpha, *beta, *psi; /* RUN_MAX × width */
    uint32_t *kept;            /* features that stay in this round */
};
struct crf_work {
    struct crf *m;
    struct crf_params p;
    struct pool *pool;
    struct shard shard[SHARDS];
    float *link_exp;
    /* the batch */
    const uint32_t *runs;
    uint32_t n_runs, n_tokens, round;
    uint32_t *first; /* one a run: first token in the batch */
    float *grad;     /* one row a token of the batch */
    bool is_step, is_held;
    uint8_t *tags;
    unsigned parts;
};

/* Is this occurrence of a feature left out in this round? The same for measuring and for moving. */
static inline bool is_dropped(const struct crf_work *w, uint32_t token, uint32_t feature)
{
    if (w->p.dropout <= 0) return false;
    uint64_t h = hash_mix((uint64_t)token << 32 | feature, w->p.seed + w->round);
    return (float)(h >> 40) * (1.0F / 16777216.0F) < w->p.dropout;
}

static void node_scores(const struct crf_work *w, uint32_t token, bool learn, float *out)
{
    const struct crf *m = w->m;
    const struct corpus *c = m->c;
    memset(out, 0, m->width * sizeof *out);
    for (uint64_t k = c->feature[token]; k < c->feature[token + 1]; k++) {
        if (k + 8 < c->feature[token + 1])
            __builtin_prefetch(m->w + (size_t)c->ids[k + 8] * m->width);
        if (learn && is_dropped(w, token, c->ids[k])) continue;
        const float *row = m->w + (size_t)c->ids[k] * m->width;
        for (uint32_t t = 0; t < m->width; t++)
            out[t] += row[t];
    }
    if (learn && w->p.dropout > 0)
        for (uint32_t t = 0; t < m->width; t++)
            out[t] *= 1.0F / (1.0F - w->p.dropout);
}

/* Forward and backward over one run; grad gets P(tag) - gold. */
static void measure_run(struct shard *s, const struct tag_run *r, float *grad)
{
    struct crf_work *w = s->w;
    const struct crf *m = w->m;
    uint32_t W = m->width, T = m->n_tags, n = r->n;
    float *alpha = s->alpha, *beta = s->beta, *psi = s->psi;
    const uint8_t *gold = m->c->gold + r->first;
    double log_z = 0, score = 0;
    for (uint32_t i = 0; i < n; i++) {
        float *p = psi + (size_t)i * W, *a = alpha + (size_t)i * W, best = -1e30F, sum = 0;
        node_scores(w, r->first + i, true, p);
        score += (double)p[gold[i]] + (double)m->link[(i ? gold[i - 1] : T) * (size_t)W + gold[i]];
        for (uint32_t t = 0; t < T; t++)
            best = p[t] > best ? p[t] : best;
        for (uint32_t t = 0; t < W; t++)
            p[t] = exp_plain(p[t] - best);
        if (i == 0) {
            memcpy(a, w->link_exp + (size_t)T * W, W * sizeof *a);
        } else {
            const float *b = a - W;
            memset(a, 0, W * sizeof *a);
            for (uint32_t f = 0; f < T; f++)
                for (uint32_t t = 0; t < W; t++)
                    a[t] += b[f] * w->link_exp[(size_t)f * W + t];
        }
        for (uint32_t t = 0; t < W; t++)
            a[t] *= p[t];
        for (uint32_t t = 0; t < T; t++)
            sum += a[t];
        float scale = 1.0F / sum;
        for (uint32_t t = 0; t < W; t++)
            a[t] *= scale;
        log_z += (double)best + log_plain((double)sum);
    }
    s->loss += log_z - score;
    for (uint32_t i = n; i-- > 0;) {
        float *b = beta + (size_t)i * W, *a = alpha + (size_t)i * W, *g = grad + (size_t)i * W;
        if (i == n - 1) {
            for (uint32_t t = 0; t < W; t++)
                b[t] = 1.0F;
        } else {
            /* next: psi · beta of i + 1, scaled */
            float next[TAG_WIDTH_MAX], sum = 0;
            const float *pn = psi + (size_t)(i + 1) * W, *bn = beta + (size_t)(i + 1) * W;
            for (uint32_t t = 0; t < W; t++)
                next[t] = pn[t] * bn[t];
            for (uint32_t f = 0; f < T; f++) {
                float x = 0;
                const float *row = w->link_exp + (size_t)f * W;
                float part[8] = { 0 };
                for (uint32_t t = 0; t < W; t += 8)
                    for (uint32_t q = 0; q < 8; q++)
                        part[q] += row[t + q] * next[t + q];
                for (uint32_t q = 0; q < 8; q++)
                    x += part[q];
                b[f] = x;
            }
            for (uint32_t f = T; f < W; f++)
                b[f] = 0;
            for (uint32_t f = 0; f < T; f++)
                sum += a[f] * b[f];
            float scale = 1.0F / sum;
            /* expected links */
            for (uint32_t f = 0; f < T; f++) {
                float k = a[f] * scale;
                float *to = s->link_grad + (size_t)f * W;
                const float *row = w->link_exp + (size_t)f * W;
                for (uint32_t t = 0; t < W; t++)
                    to[t] += k * row[t] * next[t];
            }
            for (uint32_t f = 0; f < T; f++)
                b[f] *= scale;
            s->link_grad[(size_t)gold[i] * W + gold[i + 1]] -= 1.0F;
        }
        for (uint32_t t = 0; t < W; t++)
            g[t] = a[t] * b[t];
        g[gold[i]] -= 1.0F;
    }
    for (uint32_t t = 0; t < W; t++)
        s->link_grad[(size_t)T * W + t] += grad[t];
}

static void viterbi_run(const struct crf_work *w, const struct tag_run *r, bool learn,
                        uint8_t *back, uint8_t *tags)
{
    const struct crf *m = w->m;
    uint32_t W = m->width, T = m->n_tags;
    float was[TAG_WIDTH_MAX], now[TAG_WIDTH_MAX], node[TAG_WIDTH_MAX];
    for (uint32_t i = 0; i < r->n; i++) {
        node_scores(w, r->first + i, learn, node);
        for (uint32_t t = 0; t < T; t++) {
            float best = NEVER * 2;
            uint32_t from = 0;
            if (i == 0) {
                best = m->link[(size_t)T * W + t];
            } else {
                for (uint32_t f = 0; f < T; f++) {
                    float x = was[f] + m->link[(size_t)f * W + t];
                    if (x > best) best = x, from = f;
                }
            }
            now[t] = best + node[t];
            back[(size_t)i * W + t] = (uint8_t)from;
        }
        memcpy(was, now, sizeof was);
    }
    uint32_t t = 0;
    for (uint32_t k = 1; k < T; k++)
        if (was[k] > was[t]) t = k;
    for (uint32_t i = r->n; i-- > 0;) {
        tags[i] = (uint8_t)t;
        t = back[(size_t)i * W + t];
    }
}

static void measure_perceptron(struct shard *s, const struct tag_run *r, float *grad)
{
    struct crf_work *w = s->w;
    const struct crf *m = w->m;
    uint32_t W = m->width, T = m->n_tags;
    uint8_t tags[RUN_MAX];
    const uint8_t *gold = m->c->gold + r->first;
    viterbi_run(w, r, true, (uint8_t *)s->alpha, tags);
    memset(grad, 0, (size_t)r->n * W * sizeof *grad);
    for (uint32_t i = 0; i < r->n; i++) {
        uint32_t pt = i ? tags[i - 1] : T, pg = i ? gold[i - 1] : T;
        if (tags[i] != gold[i]) {
            grad[(size_t)i * W + tags[i]] += 1;
            grad[(size_t)i * W + gold[i]] -= 1;
            s->loss += 1;
        }
        if (tags[i] != gold[i] || pt != pg) {
            s->link_grad[(size_t)pt * W + tags[i]] += 1;
            s->link_grad[(size_t)pg * W + gold[i]] -= 1;
        }
    }
}

/* ------------------------------------------------------------------ a batch */

static void do_measure(struct shard *s)
{
    struct crf_work *w = s->w;
    uint32_t W = w->m->width;
    s->loss = 0;
    memset(s->link_grad, 0, ((size_t)w->m->n_tags + 1) * W * sizeof(float));
    for (uint32_t k = s->index; k < w->n_runs; k += SHARDS) {
        const struct tag_run *r = &w->m->c->runs[w->runs[k]];
        (w->p.is_perceptron ? measure_perceptron : measure_run)(s, r,
                                                                w->grad + (size_t)w->first[k] * W);
    }
}

static inline void move(float *w, float *sq, const float *g, uint32_t n, float rate, float keep)
{
    for (uint32_t t = 0; t < n; t++) {
        sq[t] += g[t] * g[t];
        w[t] = w[t] * keep - rate * g[t] / __builtin_sqrtf(sq[t] + START_SQ);
    }
}

static void do_move(struct shard *s)
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
                if (id % w->parts != s->index || is_dropped(w, r->first + i, id)) continue;
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

static void do_decode(struct shard *s)
{
    struct crf_work *w = s->w;
    const struct corpus *c = w->m->c;
    for (uint32_t k = s->index; k < c->n_runs; k += SHARDS) {
        const struct tag_run *r = &c->runs[k];
        if (c->is_held[r->text] == w->is_held)
            viterbi_run(w, r, false, (uint8_t *)s->alpha, w->tags + r->first);
    }
}

enum phase { MEASURE, MOVE, DECODE };
struct task {
    struct shard *s;
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
    struct task task[SHARDS];
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
        w->link_exp[i] = m->link[i] <= NEVER ? 0 : exp_plain(m->link[i]);
    run_phase(w, MEASURE, SHARDS);
    run_phase(w, MOVE, w->parts);
    for (uint32_t i = 0; i < SHARDS; i++) {
        const float *g = w->shard[i].link_grad;
        for (size_t k = 0; k < links; k++)
            if (m->link[k] > NEVER && g[k] != 0)
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
        for (int i = 0; i < SHARDS; i++)
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
    run_phase(w, DECODE, SHARDS);
    return OK;
}

err crf_work_new(struct crf_work **out, struct crf *m, const struct crf_params *p)
{
    err e = OK;
    struct crf_work *w = mem_alloc_zero(sizeof *w);
    if (!w) return ERR_MEMORY;
    size_t links = ((size_t)m->n_tags + 1) * m->width, rows = (size_t)RUN_MAX * m->width;
    w->m = m;
    w->p = *p;
    w->parts = MIN(p->threads, SHARDS);
    if (!(w->link_exp = mem_alloc(links * sizeof(float)))) TRY(ERR_MEMORY);
    if (!(w->first = mem_alloc(BATCH_TOKENS * sizeof *w->first))) TRY(ERR_MEMORY);
    if (!(w->grad = mem_alloc((size_t)(BATCH_TOKENS + RUN_MAX) * m->width * sizeof(float))))
        TRY(ERR_MEMORY);
    for (uint32_t i = 0; i < SHARDS; i++) {
        struct shard *s = &w->shard[i];
        *s = (struct shard){ .w = w, .index = i };
        if (!(s->link_grad = mem_alloc_zero(links * sizeof(float)))) TRY(ERR_MEMORY);
        if (!(s->alpha = mem_alloc(rows * sizeof(float)))) TRY(ERR_MEMORY);
        if (!(s->beta = mem_alloc(rows * sizeof(float)))) TRY(ERR_MEMORY);
        if (!(s->psi = mem_alloc(rows * sizeof(float)))) TRY(ERR_MEMORY);
    }
    TRY(pool_new(&w->pool, p->threads, SHARDS, do_task, NULL));
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
    for (uint32_t i = 0; i < SHARDS; i++) {
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
