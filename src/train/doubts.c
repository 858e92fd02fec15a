#include "train/doubts.h"

#include "base/pool.h"
#include "deid/score_run.h"
#include "detect/engine.h"
#include "text/utf8.h"
#include "train/rows.h"

static const size_t KEEP_MAX = (size_t)32 << 30;

struct job {
    const struct score_line *line;
    struct doubt_rows rows;
    uint8_t *marked; /* one a byte of the text */
    err e;
};
struct worker {
    struct detect_scratch *scratch;
    struct findings found;
};
struct run {
    struct detect *engine;
    struct worker *workers;
};

/* ------------------------------------------------------------------ one text, on any thread */

static err mark(struct job *j)
{
    const view text = j->line->text;
    j->marked = mem_alloc_zero(text.n + 1);
    if (!j->marked) return ERR_MEMORY;
    size_t at = 0; /* of code point cp */
    uint32_t cp = 0;
    for (size_t k = 0; k < j->line->n; k++) {
        const struct score_span *s = &j->line->spans[k];
        if (s->start < cp) at = cp = 0; /* files have them in order, mostly */
        for (; cp < s->start && at < text.n; cp++)
            (void)utf8_next(text, &at);
        size_t to = at;
        for (uint32_t c = cp; c < s->end && to < text.n; c++)
            (void)utf8_next(text, &to);
        memset(j->marked + at, 1, to - at);
    }
    return OK;
}

static err add(struct doubt_rows *r, const uint8_t *facts, bool is_true)
{
    err e = OK;
    TRY(rows_room(&r->facts, TAG_FACTS, r->n, &r->cap_facts));
    TRY(rows_room(&r->is_true, 1, r->n, &r->cap_true));
    memcpy(r->facts + (size_t)r->n * TAG_FACTS, facts, TAG_FACTS);
    r->is_true[r->n++] = is_true;
    r->n_true += is_true;
out:
    return e;
}

static err see(void *ctx, uint32_t start, uint32_t end, const uint8_t facts[TAG_FACTS])
{
    struct job *j = ctx;
    uint32_t marked = 0;
    for (uint32_t i = start; i < end; i++)
        marked += j->marked[i];
    return add(&j->rows, facts, 2 * marked >= end - start);
}

static void work(void *ctx, unsigned worker, void *job)
{
    const struct run *run = ctx;
    struct worker *w = &run->workers[worker];
    struct job *j = job;
    const struct tag_tap tap = { see, j };
    j->e = mark(j);
    if (!j->e) {
        detect_scratch_tap(w->scratch, &tap);
        j->e = detect_text(run->engine, w->scratch, j->line->text, VIEW(""), &w->found);
        detect_scratch_tap(w->scratch, NULL);
    }
    mem_free(j->marked);
}

/* ------------------------------------------------------------------ all of them, in order */

static err take(struct doubt_rows *to, const struct doubt_rows *from)
{
    err e = OK;
    for (uint32_t i = 0; !e && i < from->n; i++)
        e = add(to, from->facts + (size_t)i * TAG_FACTS, from->is_true[i]);
    return e;
}

static err run_jobs(struct doubt_rows *r, struct run *run, const struct score_marked *m,
                    unsigned threads)
{
    err e = OK;
    struct pool *pool = NULL;
    const unsigned in_flight = threads * 4;
    struct job *jobs = mem_alloc_zero(in_flight * sizeof *jobs);
    if (!jobs) return ERR_MEMORY;
    TRY(pool_new(&pool, threads, in_flight, work, run));
    for (uint32_t i = 0, done = 0; done < m->n; done++) {
        for (; i < m->n && i < done + in_flight; i++) {
            struct job *j = &jobs[i % in_flight];
            *j = (struct job){ .line = &m->v[i] };
            pool_submit(pool, j);
        }
        struct job *j = pool_take(pool);
        if (!e) e = j->e;
        if (!e) e = take(r, &j->rows);
        doubts_clear(&j->rows);
    }
out:
    pool_free(pool);
    mem_free(jobs);
    return e;
}

err doubts_collect(struct doubt_rows *r, const struct tag_model *m, view file, unsigned threads,
                   struct diag *d)
{
    err e = OK;
    struct arena keep;
    struct score_marked marked = { 0 };
    struct run run = { .engine = NULL };
    if (!threads) threads = pool_cpus();
    arena_init(&keep, KEEP_MAX);
    TRY(score_marked_read(&marked, file, true, &keep, d));
    TRY(detect_new_with(&run.engine,
                        &(struct detect_params){ .lexicon = lexicon_builtin(), .model = m }));
    run.workers = mem_alloc_zero(threads * sizeof *run.workers);
    if (!run.workers) TRY(ERR_MEMORY);
    for (unsigned i = 0; i < threads; i++) {
        findings_init(&run.workers[i].found, DETECT_MAX);
        TRY(detect_scratch_new(&run.workers[i].scratch));
    }
    TRY(run_jobs(r, &run, &marked, threads));
out:
    for (unsigned i = 0; run.workers && i < threads; i++) {
        detect_scratch_free(run.workers[i].scratch);
        findings_clear(&run.workers[i].found);
    }
    mem_free(run.workers);
    detect_free(run.engine);
    arena_clear(&keep);
    return e;
}

void doubts_clear(struct doubt_rows *r)
{
    mem_free(r->facts);
    mem_free(r->is_true);
    *r = (struct doubt_rows){ .n = 0 };
}
