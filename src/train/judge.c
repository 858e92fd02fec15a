#include "train/judge.h"

#include "base/clock.h"
#include "deid/score_run.h"
#include "train/boost.h"
#include "train/doubts.h"
#include "train/model_write.h"

static const size_t TEXTS_MAX = (size_t)8 << 30, IMAGE_MAX = (size_t)1 << 30;

static bool is_held(uint32_t file, unsigned part, unsigned parts)
{
    return file % parts == part;
}

/* The files of the other parts, one after the other. */
static err join_others(struct buf *out, const view *files, uint32_t n, unsigned part,
                       unsigned parts)
{
    err e = OK;
    for (uint32_t i = 0; i < n; i++)
        if (!is_held(i, part, parts)) TRY(buf_add(out, files[i]));
out:
    return e;
}

/* Appends what a model of the other parts leaves in doubt in this one. */
static err collect(struct doubt_rows *rows, const view *files, uint32_t n, unsigned part,
                   unsigned parts, const struct fit_params *p, fit_report *report, void *ctx,
                   struct diag *d)
{
    err e = OK;
    struct buf texts, image;
    struct tag_model m;
    buf_init(&texts, TEXTS_MAX);
    buf_init(&image, IMAGE_MAX);
    TRY(join_others(&texts, files, n, part, parts));
    TRY(fit_run(&image, buf_view(&texts), p, report, ctx, d));
    buf_clear(&texts);
    TRY(tag_model_open(&m, buf_view(&image), d));
    for (uint32_t i = 0; i < n; i++) {
        if (!is_held(i, part, parts)) continue;
        d->input = i + 1;
        TRY(doubts_collect(rows, &m, files[i], p->threads, d));
    }
    d->input = 0;
out:
    buf_clear(&texts);
    buf_clear(&image);
    return e;
}

struct watch {
    judge_report *tell;
    void *ctx;
    struct judge_news news;
};

static void see_tree(void *ctx, unsigned tree, double loss)
{
    struct watch *w = ctx;
    (void)tree;
    w->news.loss = loss;
}

static err learn_trees(struct buf *image, const struct doubt_rows *rows, unsigned threads,
                       struct watch *w)
{
    err e = OK;
    struct boost_params p = boost_default_params();
    const uint64_t t0 = clock_mono_ns();
    float base;
    p.threads = threads;
    struct tag_tree *trees = mem_alloc_zero(p.trees * sizeof *trees);
    if (!trees) return ERR_MEMORY;
    const struct boost_rows all = {
        .n = rows->n, .width = TAG_FACTS, .facts = rows->facts, .is_true = rows->is_true
    };
    w->news.what = JUDGE_TREES;
    e = boost_learn(&all, &p, trees, &base, see_tree, w);
    if (e && e != ERR_UNSUPPORTED) goto out;
    if (!e) { /* else nothing is in doubt, or nothing to tell apart: no trees */
        w->news.trees = p.trees;
        e = model_put_trees(image, trees, p.trees, TAG_FACTS, base);
    } else {
        e = OK;
    }
    TRY(e);
    w->news.seconds = (double)(clock_mono_ns() - t0) / 1e9;
    if (w->tell) w->tell(w->ctx, &w->news);
out:
    mem_free(trees);
    return e;
}

/* Are all of them well formed? Told before hours of learning, with the file that is not. */
static err read_each(const view *files, uint32_t n, struct diag *d)
{
    err e = OK;
    for (uint32_t i = 0; i < n; i++) {
        struct arena keep;
        struct score_marked m = { 0 };
        arena_init(&keep, TEXTS_MAX);
        d->input = i + 1;
        e = score_marked_read(&m, files[i], true, &keep, d);
        arena_clear(&keep);
        TRY(e);
    }
    d->input = 0;
out:
    return e;
}

err judge_fit(struct buf *image, const view *files, uint32_t n, unsigned parts,
              const struct fit_params *p, fit_report *report, judge_report *tell, void *ctx,
              struct diag *d)
{
    err e = OK;
    struct buf texts;
    struct doubt_rows rows = { .n = 0 };
    struct watch watch = { .tell = tell, .ctx = ctx, .news = { .parts = parts } };
    buf_init(&texts, TEXTS_MAX);
    TRY(read_each(files, n, d));
    for (unsigned k = 0; k < parts; k++) {
        TRY(collect(&rows, files, n, k, parts, p, report, ctx, d));
        watch.news.what = JUDGE_PART;
        watch.news.part = k + 1;
        watch.news.candidates = rows.n;
        watch.news.marked = rows.n_true;
        if (tell) tell(ctx, &watch.news);
    }
    for (uint32_t i = 0; i < n; i++)
        TRY(buf_add(&texts, files[i]));
    TRY(fit_run(image, buf_view(&texts), p, report, ctx, d));
    e = learn_trees(image, &rows, p->threads, &watch);
    if (e) DIAG(d, e, "learning to judge what is in doubt");
out:
    buf_clear(&texts);
    doubts_clear(&rows);
    return e;
}
