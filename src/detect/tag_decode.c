#include "detect/tag_decode.h"

#ifdef __SSE2__
#include <emmintrin.h>
#endif

#include "base/exp_plain.h"

enum { NEVER = -16000, NODE_MAX = 12000 };

static void node_scores(const struct tag_model *m, const uint64_t *keys, int16_t *out)
{
    uint32_t W = m->width;
    int16_t sum[TAG_WIDTH_MAX] = { 0 };
    for (uint64_t todo = m->kind->templates; todo; todo &= todo - 1)
        __builtin_prefetch(&m->checks[tag_home(keys[__builtin_ctzll(todo)], m->n_slots)]);
    for (uint64_t todo = m->kind->templates; todo; todo &= todo - 1) {
        uint64_t key = keys[__builtin_ctzll(todo)];
        const int8_t *row = key ? tag_row(m, key) : NULL;
        if (!row) continue;
        for (uint32_t t = 0; t < W; t++)
            sum[t] = (int16_t)(sum[t] + row[t]); /* at most 64 × 127 */
    }
    memcpy(out, sum, W * sizeof *out);
}

/* now[t] = max over from of was[from] + link[from][t], with saturation. */
static void step(const struct tag_model *m, const int16_t *was, int16_t *now)
{
    uint32_t W = m->width;
#ifdef __SSE2__
    for (uint32_t t = 0; t < W; t += 8) {
        __m128i best = _mm_set1_epi16(INT16_MIN);
        for (uint32_t f = 0; f < m->n_tags; f++) {
            __m128i link =
                _mm_loadu_si128((const __m128i *)(const void *)(m->links + (size_t)f * W + t));
            best = _mm_max_epi16(best, _mm_adds_epi16(link, _mm_set1_epi16(was[f])));
        }
        _mm_storeu_si128((__m128i *)(void *)(now + t), best);
    }
#else
    for (uint32_t t = 0; t < W; t++) {
        int best = INT16_MIN;
        for (uint32_t f = 0; f < m->n_tags; f++) {
            int x = was[f] + m->links[(size_t)f * W + t];
            best = MAX(best, MAX(x, INT16_MIN));
        }
        now[t] = (int16_t)MIN(best, INT16_MAX);
    }
#endif
}

/* Adds the node's scores and moves the best to 0, so that no run overflows. */
static void settle(int16_t *now, const int16_t *node, uint32_t n_tags, int32_t bias)
{
    int best = INT16_MIN;
    int sum[TAG_WIDTH_MAX];
    for (uint32_t t = 0; t < n_tags; t++) {
        sum[t] = now[t] + node[t] - (t ? 0 : bias);
        best = MAX(best, sum[t]);
    }
    for (uint32_t t = 0; t < n_tags; t++)
        now[t] = (int16_t)MAX(sum[t] - best, NEVER);
}

static void viterbi(const struct tag_model *m, struct tag_decoder *s, uint32_t n, int32_t bias,
                    struct tag_decoded *out)
{
    uint32_t T = m->n_tags, W = m->width;
    memcpy(s->best[0], m->links + (size_t)T * W, W * sizeof(int16_t));
    settle(s->best[0], s->node[0], T, bias);
    for (uint32_t i = 1; i < n; i++) {
        step(m, s->best[i - 1], s->best[i]);
        settle(s->best[i], s->node[i], T, bias);
    }
    uint32_t t = 0;
    for (uint32_t k = 1; k < T; k++)
        if (s->best[n - 1][k] > s->best[n - 1][t]) t = k;
    for (uint32_t i = n; i-- > 0;) {
        out[i].tag = (uint8_t)t;
        if (!i) break;
        uint32_t from = 0;
        int most = INT32_MIN;
        for (uint32_t f = 0; f < T; f++) {
            int x = s->best[i - 1][f] + m->links[(size_t)f * W + t];
            if (x > most) most = x, from = f;
        }
        t = from;
    }
}

static void marginals(const struct tag_model *m, struct tag_decoder *s, uint32_t n,
                      struct tag_decoded *out)
{
    uint32_t T = m->n_tags, W = m->width;
    float link[(TAG_TAGS_MAX + 1) * TAG_WIDTH_MAX], beta[TAG_WIDTH_MAX], next[TAG_WIDTH_MAX];
    for (uint32_t k = 0; k < (T + 1) * W; k++)
        link[k] = m->links[k] <= NEVER ? 0 : exp_plain((float)m->links[k] * m->unit);
    for (uint32_t i = 0; i < n; i++) {
        float *a = s->alpha[i], *p = s->psi[i], sum = 0;
        int most = INT32_MIN;
        for (uint32_t t = 0; t < T; t++)
            most = MAX(most, s->node[i][t]);
        for (uint32_t t = 0; t < T; t++)
            p[t] = exp_plain((float)(s->node[i][t] - most) * m->unit);
        for (uint32_t t = 0; t < T; t++)
            a[t] = i ? 0 : link[T * W + t];
        for (uint32_t f = 0; i && f < T; f++)
            for (uint32_t t = 0; t < T; t++)
                a[t] += s->alpha[i - 1][f] * link[f * W + t];
        for (uint32_t t = 0; t < T; t++)
            sum += a[t] *= p[t];
        for (uint32_t t = 0; t < T; t++)
            a[t] *= 1.0F / sum;
    }
    for (uint32_t i = n; i-- > 0;) {
        float sum = 0, label = 0;
        if (i == n - 1) {
            for (uint32_t t = 0; t < T; t++)
                beta[t] = 1;
        } else {
            for (uint32_t t = 0; t < T; t++)
                next[t] = beta[t] * s->psi[i + 1][t];
            for (uint32_t f = 0; f < T; f++) {
                float x = 0;
                for (uint32_t t = 0; t < T; t++)
                    x += link[f * W + t] * next[t];
                beta[f] = x;
            }
        }
        for (uint32_t t = 0; t < T; t++)
            sum += s->alpha[i][t] * beta[t];
        float outside = s->alpha[i][0] * beta[0] / sum;
        if (out[i].tag) {
            uint32_t k = (out[i].tag + 1U) / 2 * 2; /* its "goes on" */
            label = (s->alpha[i][k] * beta[k] + s->alpha[i][k - 1] * beta[k - 1]) / sum;
        }
        out[i].inside = 1 - outside;
        out[i].label = out[i].tag ? label : out[i].inside;
        for (uint32_t t = 0; t < T; t++)
            beta[t] *= 1.0F / sum;
    }
}

void tag_decode(const struct tag_model *m, struct tag_decoder *s, const uint64_t *keys, uint32_t n,
                int32_t bias, bool *scores, struct tag_decoded *out)
{
    BUG_IF(!n || n > TAG_RUN_MAX);
    for (uint32_t i = 0; i < n; i++)
        node_scores(m, keys + (size_t)i * TAG_TEMPLATES, s->node[i]);
    viterbi(m, s, n, bias, out);
    if (!scores) return;
    for (uint32_t i = 0; i < n; i++)
        *scores |= out[i].tag != 0;
    if (*scores) marginals(m, s, n, out);
}

float tag_calibrated(const struct tag_model *m, float raw)
{
    float x = (raw < 0 ? 0 : raw > 1 ? 1 : raw) * (TAG_KNOTS - 1);
    uint32_t k = (uint32_t)x;
    if (k >= TAG_KNOTS - 1) return (float)m->curve[TAG_KNOTS - 1] / 65535.0F;
    float part = x - (float)k;
    return ((1 - part) * (float)m->curve[k] + part * (float)m->curve[k + 1]) / 65535.0F;
}
