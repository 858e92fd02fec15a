#include "train/fit.h"

#include "base/clock.h"
#include "base/hash.h"
#include "base/pool.h"
#include "detect/tag_decode.h"
#include "train/model_write.h"

enum { BINS = TAG_KNOTS - 1, AVERAGE_FROM = 2 };
static const float BIAS_STEP = 0.25F;
static const double BIAS_GIVES = 0.002; /* of F1 */
enum { BIAS_STEPS = 13 };

struct fit_params fit_default_params(void)
{
    return (struct fit_params){ .seed = 1,
                                .held_percent = 10,
                                .rounds_max = 12,
                                .patience = 6,
                                .least = 2,
                                .rows_max = 100000,
                                .rate = 0.05F,
                                .dropout = 0.5F,
                                .shrink = 5e-5F };
}

struct fit {
    const struct fit_params *p;
    fit_report *report;
    void *ctx;
    struct corpus c;
    struct crf m, mean; /* the mean of the weights after each round */
    uint32_t *order, n_order;
    uint8_t *tags;
    struct model_extra extra;
    unsigned fold;
    struct tag_score held[BIAS_STEPS]; /* by what "outside" loses, over the folds so far */
    uint32_t bin_n[BINS], bin_right[BINS];
};

static void tell(struct fit *f, struct fit_news n)
{
    n.corpus = &f->c;
    if (f->report) f->report(f->ctx, &n);
}

/* ------------------------------------------------------------------ rounds */

static void shuffle(struct fit *f, unsigned round)
{
    for (uint32_t i = f->n_order; i > 1; i--) {
        uint32_t k = (uint32_t)(hash_mix(((uint64_t)round << 32) + i, f->p->seed) % i);
        uint32_t x = f->order[i - 1];
        f->order[i - 1] = f->order[k];
        f->order[k] = x;
    }
}

/* mean = mean · (1 - share) + now · share */
static void take_mean(struct fit *f, float share)
{
    size_t n = (size_t)f->c.n_features * f->m.width, links = ((size_t)f->m.n_tags + 1) * f->m.width;
    for (size_t i = 0; i < n; i++)
        f->mean.w[i] += (f->m.w[i] - f->mean.w[i]) * share;
    for (size_t i = 0; i < links; i++)
        f->mean.link[i] += (f->m.link[i] - f->mean.link[i]) * share;
}

static err round_of(struct fit *f, struct crf_work *w, unsigned round, double *loss)
{
    shuffle(f, round);
    err e = crf_round(w, f->order, f->n_order, round, loss);
    if (!e) take_mean(f, round < AVERAGE_FROM ? 1.0F : 1.0F / (float)(round - AVERAGE_FROM + 1));
    return e;
}

static void choose_runs(struct fit *f, bool all)
{
    f->n_order = 0;
    for (uint32_t i = 0; i < f->c.n_runs; i++)
        if (all || !f->c.is_held[f->c.runs[i].text]) f->order[f->n_order++] = i;
}

static err rounds_until_stop(struct fit *f, struct crf_work *w, struct crf_work *mean,
                             unsigned *rounds)
{
    err e = OK;
    double best_f1 = -1;
    unsigned best = 0;
    for (unsigned round = 0; round < f->p->rounds_max && round <= best + f->p->patience; round++) {
        struct fit_news news = { .what = FIT_ROUND, .round = round + 1, .fold = f->fold };
        struct tag_score held;
        uint64_t t0 = clock_mono_ns();
        TRY(round_of(f, w, round, &news.loss));
        TRY(crf_decode(mean, true, f->tags));
        tag_score_of(&f->c, f->tags, true, &held);
        news.held = &held;
        news.seconds = (double)(clock_mono_ns() - t0) / 1e9;
        tell(f, news);
        if (tag_f1(&held.all) > best_f1) {
            best_f1 = tag_f1(&held.all);
            best = round;
        }
        *rounds = round + 1;
    }
out:
    return e;
}

static err learn(struct fit *f, bool all, unsigned *rounds)
{
    err e = OK;
    struct crf_work *w = NULL, *mean = NULL;
    struct crf_params p = { .rate = f->p->rate,
                            .dropout = f->p->dropout,
                            .shrink = f->p->shrink,
                            .threads = f->p->threads,
                            .seed = f->p->seed,
                            .is_perceptron = f->p->is_perceptron };
    crf_clear(&f->m);
    crf_clear(&f->mean);
    TRY(crf_init(&f->m, &f->c));
    TRY(crf_init(&f->mean, &f->c));
    TRY(crf_work_new(&w, &f->m, &p));
    TRY(crf_work_new(&mean, &f->mean, &p));
    choose_runs(f, all);
    if (!all) {
        TRY(rounds_until_stop(f, w, mean, rounds));
    } else {
        for (unsigned round = 0; round < *rounds; round++) {
            struct fit_news news = { .what = FIT_REFIT, .round = round + 1 };
            uint64_t t0 = clock_mono_ns();
            TRY(round_of(f, w, round, &news.loss));
            news.seconds = (double)(clock_mono_ns() - t0) / 1e9;
            tell(f, news);
        }
    }
out:
    crf_work_free(w);
    crf_work_free(mean);
    return e;
}

/* ------------------------------------------------------------------ what is chosen on held-out texts */

/* The features of a run as the tagger would see them; which template each is of does not matter. */
static void keys_of(const struct fit *f, const struct tag_run *r, uint64_t *keys)
{
    memset(keys, 0, (size_t)r->n * TAG_TEMPLATES * sizeof *keys);
    for (uint32_t i = 0; i < r->n; i++) {
        uint64_t k = f->c.feature[r->first + i], end = f->c.feature[r->first + i + 1];
        for (uint64_t *at = keys + (size_t)i * TAG_TEMPLATES; k < end; k++)
            *at++ = f->c.keys[f->c.ids[k]];
    }
}

static err decode_held(struct fit *f, const struct tag_model *m, struct tag_decoder *s,
                       uint64_t *keys, int32_t bias, bool count)
{
    struct tag_decoded out[TAG_RUN_MAX];
    for (uint32_t i = 0; i < f->c.n_runs; i++) {
        const struct tag_run *r = &f->c.runs[i];
        if (!f->c.is_held[r->text]) continue;
        keys_of(f, r, keys);
        tag_decode(m, s, keys, r->n, bias, out);
        if (count) tag_scores(m, s, r->n, out);
        for (uint32_t t = 0; t < r->n; t++) {
            f->tags[r->first + t] = out[t].tag;
            if (!count) continue;
            uint32_t bin = (uint32_t)(out[t].inside * BINS);
            bin = MIN(bin, BINS - 1);
            f->bin_n[bin]++;
            f->bin_right[bin] += f->c.gold[r->first + t] != 0;
        }
    }
    return OK;
}

/* Shares of bins made ascending (pool adjacent violators), read at the knots between them. */
static void make_curve(struct fit *f)
{
    double share[BINS], weight[BINS];
    int n = 0, size[BINS];
    for (int b = 0; b < BINS; b++) {
        /* half a token of each kind keeps an empty bin where a calibrated model would have it */
        double middle = ((double)b + 0.5) / BINS;
        share[n] = ((double)f->bin_right[b] + middle) / ((double)f->bin_n[b] + 1);
        weight[n] = (double)f->bin_n[b] + 1;
        size[n++] = 1;
        while (n > 1 && share[n - 2] > share[n - 1]) {
            double w = weight[n - 2] + weight[n - 1];
            share[n - 2] = (share[n - 2] * weight[n - 2] + share[n - 1] * weight[n - 1]) / w;
            weight[n - 2] = w;
            size[n - 2] += size[n - 1];
            n--;
        }
    }
    double at[BINS];
    for (int i = 0, b = 0; i < n; i++)
        for (int k = 0; k < size[i]; k++)
            at[b++] = share[i];
    for (int k = 0; k < TAG_KNOTS; k++) {
        double x = k == 0 ? 0 : k == BINS ? at[BINS - 1] : (at[k - 1] + at[k]) / 2;
        f->extra.curve[k] = (uint16_t)(x * 65535.0);
    }
}

static int32_t bias_units(int step)
{
    return (int32_t)(BIAS_STEP * (float)step / model_unit() + 0.5F);
}

/* Adds what each setting of "outside" finds in the held-out texts, with the weights as they will be stored, and how
 * often each probability was right. */
static err measure_biases(struct fit *f)
{
    err e = OK;
    struct buf image;
    struct tag_model m;
    struct tag_decoder *s = mem_alloc_zero(sizeof *s);
    uint64_t *keys = mem_alloc((size_t)TAG_RUN_MAX * TAG_TEMPLATES * sizeof *keys);
    uint32_t rows;
    buf_init(&image, (size_t)1 << 31);
    if (!s || !keys) TRY(ERR_MEMORY);
    TRY(model_write(&f->mean, f->p->kind, f->p->rows_max, &f->extra, &image, &rows));
    TRY(tag_model_open(&m, buf_view(&image), NULL));
    for (int k = 0; k < BIAS_STEPS; k++) {
        struct tag_score held;
        TRY(decode_held(f, &m, s, keys, bias_units(k), k == 0));
        tag_score_of(&f->c, f->tags, true, &held);
        tag_score_add(&f->held[k], &held);
    }
out:
    buf_clear(&image);
    mem_free(keys);
    mem_free(s);
    return e;
}

/* What is missed may harm a patient, what is found too much a text: of settings that are as good but for
 * BIAS_GIVES, the one that finds most. */
static void choose_bias(struct fit *f)
{
    double best = -1;
    int chosen = 0;
    for (int k = 0; k < BIAS_STEPS; k++)
        best = MAX(best, tag_f1(&f->held[k].all));
    for (int k = 0; k < BIAS_STEPS; k++)
        if (tag_f1(&f->held[k].all) >= best - BIAS_GIVES) chosen = k;
    f->extra.bias = bias_units(chosen);
    make_curve(f);
    tell(f, (struct fit_news){ .what = FIT_CHOSEN,
                               .held = &f->held[chosen],
                               .bias = BIAS_STEP * (float)chosen,
                               .bin_n = f->bin_n,
                               .bin_right = f->bin_right });
}

/* Learns from what is not held out, once or a fold at a time. *rounds: how many, on the mean. */
static err learn_and_measure(struct fit *f, unsigned *rounds)
{
    err e = OK;
    unsigned sum = 0, folds = MAX(f->p->folds, 1);
    for (unsigned k = 0; k < folds; k++) {
        unsigned n = 1;
        if (f->p->folds) {
            f->fold = k + 1;
            corpus_hold_out(&f->c, 100 * k / folds, 100 * (k + 1) / folds);
        }
        TRY(learn(f, false, &n));
        TRY(measure_biases(f));
        sum += n;
    }
    *rounds = (sum + folds / 2) / folds;
out:
    return e;
}

err fit_run(struct buf *image, view file, const struct fit_params *params, fit_report *report,
            void *ctx, struct diag *d)
{
    err e = OK;
    struct fit_params p = *params;
    if (!p.threads) p.threads = pool_cpus();
    struct fit *f = mem_alloc_zero(sizeof *f);
    if (!f) return DIAG(d, ERR_MEMORY, "learning");
    *f = (struct fit){ .p = &p, .report = report, .ctx = ctx };
    struct corpus_params cp = { .kind = p.kind,
                                .seed = p.seed,
                                .held_percent = p.held_percent,
                                .threads = p.threads,
                                .least = p.least };
    uint64_t t0 = clock_mono_ns();
    unsigned rounds = 1;
    uint32_t rows;
    for (int k = 0; k < TAG_KNOTS; k++)
        f->extra.curve[k] = (uint16_t)(65535 * k / (TAG_KNOTS - 1));
    TRY(corpus_read(&f->c, file, &cp, d));
    tell(f, (struct fit_news){ .what = FIT_READ, .seconds = (double)(clock_mono_ns() - t0) / 1e9 });
    if (!f->c.n_spans || !f->c.n_tokens)
        TRY(DIAG(d, ERR_UNSUPPORTED, "nothing is marked in the texts"));
    f->order = mem_alloc(f->c.n_runs * sizeof *f->order);
    f->tags = mem_alloc_zero(f->c.n_tokens);
    if (!f->order || !f->tags) TRY(DIAG(d, ERR_MEMORY, "learning"));
    TRY(learn_and_measure(f, &rounds));
    choose_bias(f);
    TRY(learn(f, true, &rounds));
    TRY(model_write(&f->mean, p.kind, p.rows_max, &f->extra, image, &rows));
    tell(f, (struct fit_news){ .what = FIT_IMAGE, .rows = rows, .bytes = image->n });
out:
    if (e) DIAG(d, e, "learning");
    crf_clear(&f->m);
    crf_clear(&f->mean);
    corpus_clear(&f->c);
    mem_free(f->order);
    mem_free(f->tags);
    mem_free(f);
    return e;
}

err fit_test(const struct tag_model *m, view file, unsigned threads, struct corpus *c,
             struct tag_score *out, struct diag *d)
{
    struct corpus_params p = { .kind = m->kind,
                               .model = m,
                               .threads = threads ? threads : pool_cpus() };
    err e = corpus_read(c, file, &p, d);
    if (!e) tag_score_of(c, c->gold, false, out);
    return e;
}
