#include "detect/tag_decode.h"

#ifdef __SSE2__
#include <emmintrin.h>
#endif

#include "base/exp_plain.h"

enum { NEVER = -16000, NODE_MAX = 12000 };

enum { NO_SLOT = -1 };

#ifdef __SSE2__
/* What eight slots hold, two bits each: the check that is sought, or nothing. */
struct look {
    uint32_t same, none;
};
static inline struct look look_at(const uint16_t *checks, uint16_t check)
{
    const __m128i slots = _mm_loadu_si128((const __m128i *)(const void *)checks);
    const __m128i same = _mm_cmpeq_epi16(slots, _mm_set1_epi16((short)check));
    const __m128i none = _mm_cmpeq_epi16(slots, _mm_setzero_si128());
    return (struct look){ (uint32_t)_mm_movemask_epi8(same), (uint32_t)_mm_movemask_epi8(none) };
}
#endif

/* The slot of a key, searched from slot i on, or NO_SLOT. */
static __attribute__((noinline)) int32_t slot_from(const struct tag_model *m, uint64_t key,
                                                   uint32_t i)
{
    const uint16_t check = tag_check(key);
#ifdef __SSE2__
    for (; i + TAG_LOOK <= m->n_slots; i += TAG_LOOK) {
        const struct look l = look_at(m->checks + i, check);
        if (!(l.same | l.none)) continue;
        const uint32_t at = (uint32_t)__builtin_ctz(l.same | l.none);
        return l.same >> at & 1 ? (int32_t)(i + at / 2) : NO_SLOT;
    }
    if (i == m->n_slots) i = 0;
#endif
    while (m->checks[i] != check) {
        if (!m->checks[i]) return NO_SLOT;
        if (++i == m->n_slots) i = 0;
    }
    return (int32_t)i;
}

/* Which rows a token's keys have: one look at the eight slots from a key's home on, where nearly every search ends.
 * Which of them it ends at can't be guessed, and is not: no branch depends on it. The model is larger than the nearest
 * caches: the rows are asked for as soon as they are known, and those of all tokens before any of them is used, so that
 * the reads overlap. */
static uint32_t find_rows(const struct tag_model *m, const uint64_t *keys, uint32_t *rows)
{
    const uint32_t n_slots = m->n_slots;
    uint32_t *end = rows;
#ifdef __SSE2__
    const uint16_t *const checks = m->checks;
    const uint32_t whole = n_slots - MIN(n_slots, TAG_LOOK); /* before it, a look does not wrap */
    for (const uint64_t *k = keys; k < keys + TAG_TEMPLATES && *k; k++) {
        const uint32_t home = tag_home(*k, n_slots);
        if (LIKELY(home < whole)) {
            const struct look l = look_at(checks + home, tag_check(*k));
            if (LIKELY(l.same | l.none)) {
                const uint32_t at = (uint32_t)__builtin_ctz(l.same | l.none);
                *end = home + at / 2;
                end += l.same >> at & 1;
                continue;
            }
        }
        const int32_t slot = slot_from(m, *k, home);
        *end = (uint32_t)slot;
        end += slot >= 0;
    }
#else
    for (const uint64_t *k = keys; k < keys + TAG_TEMPLATES && *k; k++) {
        const int32_t slot = slot_from(m, *k, tag_home(*k, n_slots));
        *end = (uint32_t)slot;
        end += slot >= 0;
    }
#endif
    for (const uint32_t *r = rows; r < end; r++)
        __builtin_prefetch(m->rows + (size_t)*r * m->width);
    return (uint32_t)(end - rows);
}

/* The sum of rows; at most 64 × 127. */
static void add_rows(const struct tag_model *m, const uint32_t *rows, uint32_t n, int16_t *out)
{
    const uint32_t W = m->width;
#ifdef __SSE2__
    for (uint32_t t = 0; t < W; t += 16) {
        __m128i low = _mm_setzero_si128(), high = low;
        for (uint32_t k = 0; k < n; k++) {
            const int8_t *row = m->rows + (size_t)rows[k] * W + t;
            __m128i v = _mm_loadu_si128((const __m128i *)(const void *)row);
            low = _mm_add_epi16(low, _mm_srai_epi16(_mm_unpacklo_epi8(v, v), 8));
            high = _mm_add_epi16(high, _mm_srai_epi16(_mm_unpackhi_epi8(v, v), 8));
        }
        _mm_storeu_si128((__m128i *)(void *)(out + t), low);
        _mm_storeu_si128((__m128i *)(void *)(out + t + 8), high);
    }
#else
    memset(out, 0, W * sizeof *out);
    for (uint32_t k = 0; k < n; k++)
        for (uint32_t t = 0; t < W; t++)
            out[t] = (int16_t)(out[t] + m->rows[(size_t)rows[k] * W + t]);
#endif
}

static void node_scores(const struct tag_model *m, struct tag_decoder *s, const uint64_t *keys,
                        uint32_t n)
{
    for (uint32_t i = 0; i < n; i++)
        s->n_rows[i] = find_rows(m, keys + (size_t)i * TAG_TEMPLATES, s->rows[i]);
    for (uint32_t i = 0; i < n; i++)
        add_rows(m, s->rows[i], s->n_rows[i], s->node[i]);
}

#ifdef __SSE2__
static inline const __m128i *lanes_at(const int16_t *p)
{
    return (const __m128i *)(const void *)p;
}

/* The largest lane, in all lanes. */
static inline __m128i largest(__m128i x)
{
    x = _mm_max_epi16(x, _mm_shuffle_epi32(x, _MM_SHUFFLE(1, 0, 3, 2)));
    x = _mm_max_epi16(x, _mm_shuffle_epi32(x, _MM_SHUFFLE(2, 3, 0, 1)));
    return _mm_max_epi16(x, _mm_or_si128(_mm_slli_epi32(x, 16), _mm_srli_epi32(x, 16)));
}
#endif

/* now[t] = max over from of was[from] + link[from][t], with saturation. */
static inline void step(const struct tag_model *m, const int16_t *was, int16_t *now)
{
    uint32_t W = m->width;
#ifdef __SSE2__
    for (uint32_t t = 0; t < W; t += 16) {
        __m128i low = _mm_set1_epi16(INT16_MIN), high = low;
        const int16_t *link = m->links + t;
        for (const int16_t *f = was, *end = was + m->n_tags; f < end; f++, link += W) {
            const __m128i from = _mm_set1_epi16(*f);
            low = _mm_max_epi16(low, _mm_adds_epi16(_mm_load_si128(lanes_at(link)), from));
            high = _mm_max_epi16(high, _mm_adds_epi16(_mm_load_si128(lanes_at(link + 8)), from));
        }
        _mm_storeu_si128((__m128i *)(void *)(now + t), low);
        _mm_storeu_si128((__m128i *)(void *)(now + t + 8), high);
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

/* Adds the node's scores and moves the best to 0, so that no run overflows. What lies beyond the tags is
 * kept out of it: most[t] is the largest that now[t] may be. */
static inline void settle(const struct tag_model *m, const int16_t *most, const int16_t *node,
                          int32_t bias, int16_t *now)
{
#ifdef __SSE2__
    const uint32_t W = m->width;
    __m128i best = _mm_set1_epi16(INT16_MIN), lost = _mm_cvtsi32_si128(bias & 0xFFFF);
    for (uint32_t t = 0; t < W; t += 8, lost = _mm_setzero_si128()) {
        __m128i x = _mm_loadu_si128(lanes_at(now + t));
        x = _mm_min_epi16(x, _mm_loadu_si128(lanes_at(most + t)));
        x = _mm_adds_epi16(_mm_subs_epi16(x, lost), _mm_loadu_si128(lanes_at(node + t)));
        _mm_storeu_si128((__m128i *)(void *)(now + t), x);
        best = _mm_max_epi16(best, x);
    }
    best = largest(best);
    for (uint32_t t = 0; t < W; t += 8) {
        const __m128i x = _mm_subs_epi16(_mm_loadu_si128(lanes_at(now + t)), best);
        _mm_storeu_si128((__m128i *)(void *)(now + t), _mm_max_epi16(x, _mm_set1_epi16(NEVER)));
    }
#else
    int best = INT16_MIN;
    (void)most;
    now[0] = (int16_t)MIN(MAX(now[0] - bias, INT16_MIN), INT16_MAX);
    for (uint32_t t = 0; t < m->n_tags; t++) {
        int sum = now[t] + node[t];
        now[t] = (int16_t)MIN(MAX(sum, INT16_MIN), INT16_MAX);
        best = MAX(best, now[t]);
    }
    for (uint32_t t = 0; t < m->n_tags; t++)
        now[t] = (int16_t)MAX(MIN(now[t] - best, INT16_MAX), NEVER);
#endif
}

/* The first tag from which the way to a token is best: was[f] + back[f] is largest. */
static inline uint32_t best_from(const struct tag_model *m, const int16_t *was, const int16_t *back)
{
    uint32_t from = 0;
#ifdef __SSE2__
    __m128i most = _mm_set1_epi16(INT16_MIN);
    for (uint32_t f = 0; f < m->width; f += 8)
        most = _mm_max_epi16(most, _mm_adds_epi16(_mm_loadu_si128(lanes_at(was + f)),
                                                  _mm_loadu_si128(lanes_at(back + f))));
    const __m128i best = largest(most);
    for (uint32_t f = 0; (int16_t)_mm_extract_epi16(best, 0) > INT16_MIN; f += 8) {
        /* else more than one may have overflowed */
        const __m128i sum =
            _mm_adds_epi16(_mm_loadu_si128(lanes_at(was + f)), _mm_loadu_si128(lanes_at(back + f)));
        const int at = _mm_movemask_epi8(_mm_cmpeq_epi16(sum, best));
        if (at) return f + (uint32_t)__builtin_ctz((unsigned)at) / 2;
    }
#endif
    for (uint32_t f = 1; f < m->n_tags; f++)
        if (was[f] + back[f] > was[from] + back[from]) from = f;
    return from;
}

static void viterbi(const struct tag_model *m, struct tag_decoder *s, uint32_t n, int32_t bias,
                    struct tag_decoded *out)
{
    uint32_t T = m->n_tags, W = m->width;
    memcpy(s->best[0], m->links + (size_t)T * W, W * sizeof(int16_t));
    settle(m, s->most, s->node[0], bias, s->best[0]);
    for (uint32_t i = 1; i < n; i++) {
        step(m, s->best[i - 1], s->best[i]);
        settle(m, s->most, s->node[i], bias, s->best[i]);
    }
    for (uint32_t i = n, t = T; i-- > 0;) {
        t = best_from(m, s->best[i], s->links_back + (size_t)t * W);
        out[i].tag = (uint8_t)t;
    }
}

/* out[t] = sum over f of by[f] × rows[f][t], f ascending, for all t of the width. */
static void sum_rows(const float *rows, const float *by, uint32_t n, uint32_t width, float *out)
{
    typedef float lanes __attribute__((vector_size(16)));
    for (uint32_t t = 0; t < width; t += 8) {
        lanes low = { 0 }, high = { 0 }, a, b;
        for (uint32_t f = 0; f < n; f++) {
            memcpy(&a, &rows[f * width + t], sizeof a);
            memcpy(&b, &rows[f * width + t + 4], sizeof b);
            low += by[f] * a;
            high += by[f] * b;
        }
        memcpy(out + t, &low, sizeof low);
        memcpy(out + t + 4, &high, sizeof high);
    }
}

/* What is made of the model's transitions, once for each model that a thread asks. */
static void take_links(const struct tag_model *m, struct tag_decoder *s)
{
    uint32_t T = m->n_tags, W = m->width;
    BUG_IF(m->sum.n != sizeof s->links_of);
    if (LIKELY(memcmp(s->links_of, m->sum.p, sizeof s->links_of) == 0)) return;
    for (uint32_t k = 0; k < (T + 1) * W; k++)
        s->weights[k] = m->links[k] <= NEVER ? 0 : exp_plain((float)m->links[k] * m->unit);
    for (uint32_t t = 0; t < T; t++)
        for (uint32_t f = 0; f < T; f++)
            s->weights_back[t * W + f] = s->weights[f * W + t];
    for (uint32_t t = 0; t <= T; t++)
        for (uint32_t f = 0; f < W; f++)
            s->links_back[t * W + f] = f >= T ? INT16_MIN : t < T ? m->links[f * W + t] : 0;
    for (uint32_t t = 0; t < W; t++)
        s->most[t] = t < T ? INT16_MAX : INT16_MIN;
    memcpy(s->links_of, m->sum.p, sizeof s->links_of);
}

/* A token less likely than this to be part of any span is asked for no label. */
static const float LIKELY_LEAST = 0.1F;

/* The label whose two tags are the likeliest of those that are not "outside". */
static uint8_t likely_label(const struct tag_model *m, const float *alpha, const float *beta)
{
    uint8_t best = 0;
    float most = -1;
    for (uint32_t k = 0; k < m->n_labels; k++) {
        const uint32_t t = 1 + 2 * k;
        const float x = alpha[t] * beta[t] + alpha[t + 1] * beta[t + 1];
        if (x > most) {
            most = x;
            best = (uint8_t)k;
        }
    }
    return best;
}

void tag_scores(const struct tag_model *m, struct tag_decoder *s, uint32_t n,
                struct tag_decoded *out)
{
    uint32_t T = m->n_tags, W = m->width;
    float beta[TAG_WIDTH_MAX], next[TAG_WIDTH_MAX];
    for (uint32_t i = 0; i < n; i++) {
        float *a = s->alpha[i], *p = s->psi[i], sum = 0;
        int most = INT32_MIN;
        for (uint32_t t = 0; t < T; t++)
            most = MAX(most, s->node[i][t]);
        for (uint32_t t = 0; t < T; t++)
            p[t] = exp_plain((float)(s->node[i][t] - most) * m->unit);
        if (i)
            sum_rows(s->weights, s->alpha[i - 1], T, W, a);
        else
            memcpy(a, s->weights + T * W, W * sizeof *a);
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
            sum_rows(s->weights_back, next, T, W, beta);
        }
        for (uint32_t t = 0; t < T; t++)
            sum += s->alpha[i][t] * beta[t];
        float outside = s->alpha[i][0] * beta[0] / sum;
        if (out[i].tag) {
            uint32_t k = (out[i].tag + 1U) / 2 * 2; /* its "goes on" */
            label = (s->alpha[i][k] * beta[k] + s->alpha[i][k - 1] * beta[k - 1]) / sum;
        }
        out[i].inside = 1 - outside;
        out[i].likely = out[i].inside < LIKELY_LEAST ? 0 : likely_label(m, s->alpha[i], beta);
        out[i].label = out[i].tag ? label : out[i].inside;
        for (uint32_t t = 0; t < T; t++)
            beta[t] *= 1.0F / sum;
    }
}

void tag_decode(const struct tag_model *m, struct tag_decoder *s, const uint64_t *keys, uint32_t n,
                int32_t bias, struct tag_decoded *out)
{
    BUG_IF(!n || n > TAG_RUN_MAX);
    take_links(m, s);
    node_scores(m, s, keys, n);
    viterbi(m, s, n, bias, out);
}

bool tag_is_within(const struct tag_model *m, const struct tag_decoder *s, uint32_t k, float nats)
{
    int32_t most = INT16_MIN;
    for (uint32_t tag = 1; tag < m->n_tags; tag++)
        most = MAX(most, s->node[k][tag]);
    return (float)(s->node[k][0] - most) * m->unit < nats;
}

float tag_calibrated(const struct tag_model *m, float raw)
{
    float x = (raw < 0 ? 0 : raw > 1 ? 1 : raw) * (TAG_KNOTS - 1);
    uint32_t k = (uint32_t)x;
    if (k >= TAG_KNOTS - 1) return (float)m->curve[TAG_KNOTS - 1] / 65535.0F;
    float part = x - (float)k;
    return ((1 - part) * (float)m->curve[k] + part * (float)m->curve[k + 1]) / 65535.0F;
}
