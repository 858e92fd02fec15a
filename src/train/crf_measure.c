#include "base/exp_plain.h"
#include "base/log_plain.h"
#include "train/crf_inside.h"

static void node_scores(const struct crf_work *w, uint32_t token, bool learn, float *out)
{
    const struct crf *m = w->m;
    const struct corpus *c = m->c;
    memset(out, 0, m->width * sizeof *out);
    for (uint64_t k = c->feature[token]; k < c->feature[token + 1]; k++) {
        if (k + 8 < c->feature[token + 1])
            __builtin_prefetch(m->w + (size_t)c->ids[k + 8] * m->width);
        if (learn && crf_is_dropped(w, token, c->ids[k])) continue;
        const float *row = m->w + (size_t)c->ids[k] * m->width;
        for (uint32_t t = 0; t < m->width; t++)
            out[t] += row[t];
    }
    if (learn && w->p.dropout > 0)
        for (uint32_t t = 0; t < m->width; t++)
            out[t] *= 1.0F / (1.0F - w->p.dropout);
}

void crf_measure_run(struct crf_shard *s, const struct tag_run *r, float *grad)
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

void crf_viterbi_run(const struct crf_work *w, const struct tag_run *r, bool learn, uint8_t *back,
                     uint8_t *tags)
{
    const struct crf *m = w->m;
    uint32_t W = m->width, T = m->n_tags;
    float was[TAG_WIDTH_MAX], now[TAG_WIDTH_MAX], node[TAG_WIDTH_MAX];
    for (uint32_t i = 0; i < r->n; i++) {
        node_scores(w, r->first + i, learn, node);
        for (uint32_t t = 0; t < T; t++) {
            float best = CRF_NEVER * 2;
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

void crf_measure_perceptron(struct crf_shard *s, const struct tag_run *r, float *grad)
{
    struct crf_work *w = s->w;
    const struct crf *m = w->m;
    uint32_t W = m->width, T = m->n_tags;
    uint8_t tags[CRF_RUN_MAX];
    const uint8_t *gold = m->c->gold + r->first;
    crf_viterbi_run(w, r, true, (uint8_t *)s->alpha, tags);
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
