#include "train/corpus.h"

#include "base/hash.h"
#include "base/pool.h"
#include "deid/score_run.h"
#include "detect/rules_run.h"
#include "detect/tag_decode.h"
#include "text/offsets.h"
#include "text/utf8.h"
#include "train/dictionary.h"
#include "train/rows.h"

static const size_t SCRATCH_MAX = (size_t)1 << 30, KEEP_MAX = (size_t)32 << 30;

/* ------------------------------------------------------------------ labels */

static int by_name(const void *a, const void *b)
{
    return strcmp(((const struct tag_label *)a)->name, ((const struct tag_label *)b)->name);
}

static int find_label(const struct tag_labels *l, view name)
{
    for (uint32_t i = 0; i < l->n; i++)
        if (view_eq(view_of_str(l->v[i].name), name)) return (int)i;
    return -1;
}

static err learn_labels(struct tag_labels *l, const struct score_marked *m,
                        const struct tag_kind *kind, struct diag *d)
{
    for (uint32_t i = 0; i < m->n; i++)
        for (uint32_t k = 0; k < m->v[i].n; k++) {
            view name = m->v[i].spans[k].label;
            if (!tag_kind_label(kind, &name) || find_label(l, name) >= 0) continue;
            if (name.n == 0 || name.n >= TAG_NAME_LEN)
                return DIAG(d, ERR_FORMAT, "a label is empty or longer than 60 bytes");
            if (l->n == TAG_LABELS_MAX) return DIAG(d, ERR_LIMIT, "more than 31 labels");
            struct tag_label *to = &l->v[l->n++];
            *to = (struct tag_label){ .name = "" };
            tag_kind_mean(kind, name, to);
            memcpy(to->name, name.p, name.n);
        }
    qsort(l->v, l->n, sizeof l->v[0], by_name);
    return OK;
}

/* ------------------------------------------------------------------ one text, on any thread */

struct job {
    const struct score_line *line;
    const struct corpus_params *p;
    const struct routes *routes;
    const struct tag_labels *labels;
    struct arena arena;    /* scratch of doc_prepare */
    struct findings found; /* by the rules */
    err e;
    /* the result, in an arena of its own */
    struct arena out;
    struct tag_window *runs;
    uint32_t n_runs, n_tokens, n_words;
    uint64_t *keys; /* n_tokens × TAG_TEMPLATES, as tag_features writes them; 0 beyond */
    uint32_t *start, *end;
    uint8_t *gold;
    struct gold_span *spans;
    uint32_t n_spans, cut;
};

/* The gold spans of the text that have a label, in bytes, by start. */
static err gold_bytes(struct job *j)
{
    const struct score_line *s = j->line;
    j->spans = arena_array(&j->out, (size_t)s->n + 1, sizeof *j->spans);
    if (!j->spans) return ERR_MEMORY;
    for (uint32_t k = 0; k < s->n; k++) {
        view name = s->spans[k].label;
        if (!tag_kind_label(j->p->kind, &name) || s->spans[k].start >= s->spans[k].end) continue;
        struct gold_span g = { .start = s->spans[k].start, .end = s->spans[k].end };
        int label = find_label(j->labels, name);
        g.label = label < 0 ? TAG_LABELS_MAX : (uint32_t)label; /* a model may not know it */
        uint32_t at = j->n_spans++; /* insertion: files have them in order */
        for (; at && j->spans[at - 1].start > g.start; at--)
            j->spans[at] = j->spans[at - 1];
        j->spans[at] = g;
    }
    /* code points to bytes; spans may overlap, so ends are looked for from their starts */
    size_t byte = 0;
    uint32_t cp = 0;
    for (uint32_t k = 0; k < j->n_spans; k++) {
        struct gold_span *g = &j->spans[k];
        for (; cp < g->start && byte < s->text.n; cp++)
            (void)utf8_next(s->text, &byte);
        size_t to = byte;
        for (uint32_t c = cp; c < g->end && to < s->text.n; c++)
            (void)utf8_next(s->text, &to);
        g->start = (uint32_t)byte;
        g->end = (uint32_t)to;
    }
    return OK;
}

/* A tag for each token of the runs; where spans overlap, the first has it. A span that a run's border cuts
 * begins again behind it, because no tag goes on at the start of a run. */
static void gold_tags(struct job *j)
{
    uint32_t t = 0, run = 0, next = 0; /* `next`: first token of the run after this one */
    for (uint32_t k = 0; k < j->n_spans; k++) {
        const struct gold_span *g = &j->spans[k];
        bool begun = false;
        while (t < j->n_tokens && j->end[t] <= g->start)
            t++;
        for (; t < j->n_tokens && j->start[t] < g->end; t++) {
            if (j->start[t] < g->start || j->end[t] > g->end) j->cut++;
            bool starts_run = false;
            for (; next <= t && run < j->n_runs; run++) {
                starts_run = next == t;
                next += j->runs[run].last - j->runs[run].first + 1;
            }
            j->gold[t] = (uint8_t)(1 + 2 * g->label + (begun && !starts_run));
            begun = true;
        }
    }
}

static err model_tags(struct job *j)
{
    struct tag_decoder *s = arena_alloc(&j->arena, sizeof *s);
    if (!s) return ERR_MEMORY;
    memset(s, 0, sizeof *s);
    uint32_t t = 0;
    for (uint32_t i = 0; i < j->n_runs; i++) {
        struct tag_decoded out[TAG_RUN_MAX];
        uint32_t n = j->runs[i].last - j->runs[i].first + 1;
        tag_decode(j->p->model, s, j->keys + (size_t)t * TAG_TEMPLATES, n, j->p->model->bias, out);
        for (uint32_t k = 0; k < n; k++)
            j->gold[t++] = out[k].tag;
    }
    return OK;
}

static err prepare(struct job *j)
{
    err e = OK;
    struct doc d;
    struct offset_map map;
    struct tag_text text;
    struct tag_windows w;
    const struct tag_kind *kind = j->p->kind;
    TRY(doc_prepare(&d, j->routes, j->line->text, VIEW(""), &j->arena, &map));
    TRY(rules_run(kind->rules, &d, &j->found));
    TRY(tag_text_prepare(&text, &d, &j->found, kind->templates));
    TRY(tag_text_remember(&text, kind->reach == TAG_REACH_WINDOWS));
    TRY(tag_windows_find(&text, kind->reach, true, &w));
    j->n_words = d.n;
    for (uint32_t i = 0; i < w.n; i++)
        j->n_tokens += w.v[i].last - w.v[i].first + 1;
    j->keys = arena_array(&j->out, (size_t)j->n_tokens + 1, TAG_TEMPLATES * sizeof *j->keys);
    j->start = arena_array(&j->out, (size_t)j->n_tokens + 1, sizeof *j->start);
    j->end = arena_array(&j->out, (size_t)j->n_tokens + 1, sizeof *j->end);
    j->gold = arena_alloc(&j->out, j->n_tokens + 1);
    j->runs = arena_array(&j->out, (size_t)w.n + 1, sizeof *j->runs);
    if (!j->keys || !j->start || !j->end || !j->gold || !j->runs) TRY(ERR_MEMORY);
    memset(j->keys, 0, (size_t)j->n_tokens * TAG_TEMPLATES * sizeof *j->keys);
    memset(j->gold, 0, j->n_tokens);
    if (w.n) memcpy(j->runs, w.v, w.n * sizeof *w.v);
    j->n_runs = w.n;
    uint32_t t = 0;
    for (uint32_t i = 0; i < w.n; i++) {
        tag_features(&text, NULL, w.v[i].first, w.v[i].last, j->keys + (size_t)t * TAG_TEMPLATES);
        for (uint32_t k = w.v[i].first; k <= w.v[i].last; k++, t++) {
            j->start[t] = map.n ? offset_start(&map, d.tok[k].start) : d.tok[k].start;
            j->end[t] = map.n ? offset_end(&map, token_end(&d.tok[k])) : token_end(&d.tok[k]);
        }
    }
    TRY(gold_bytes(j));
    if (j->p->model)
        TRY(model_tags(j));
    else
        gold_tags(j);
out:
    return e;
}

static void work(void *ctx, unsigned worker, void *job)
{
    struct job *j = job;
    (void)ctx, (void)worker;
    j->e = prepare(j);
    arena_clear(&j->arena);
    findings_clear(&j->found);
}

/* ------------------------------------------------------------------ all texts, in order */

struct gather {
    struct corpus *c;
    bool is_test;
    struct dictionary words;
    uint64_t cap_runs, cap_gold, cap_start, cap_end, cap_feature, cap_ids, cap_spans, n_ids;
};

static err take_text(struct gather *g, const struct job *j)
{
    err e = OK;
    struct corpus *c = g->c;
    uint32_t before = c->n_tokens, at = 0;
    for (uint32_t i = 0; i < j->n_runs; i++) {
        uint32_t n = j->runs[i].last - j->runs[i].first + 1;
        TRY(rows_room(&c->runs, sizeof *c->runs, c->n_runs, &g->cap_runs));
        c->runs[c->n_runs++] = (struct tag_run){ before + at, n, c->n_texts };
        at += n;
    }
    for (uint32_t t = 0; t < j->n_tokens; t++) {
        TRY(rows_room(&c->gold, 1, c->n_tokens, &g->cap_gold));
        TRY(rows_room(&c->start, sizeof *c->start, c->n_tokens, &g->cap_start));
        TRY(rows_room(&c->end, sizeof *c->end, c->n_tokens, &g->cap_end));
        TRY(rows_room(&c->feature, sizeof *c->feature, (uint64_t)c->n_tokens + 1, &g->cap_feature));
        c->gold[c->n_tokens] = j->gold[t];
        c->start[c->n_tokens] = j->start[t];
        c->end[c->n_tokens] = j->end[t];
        c->feature[c->n_tokens++] = g->n_ids;
        for (uint32_t k = 0; k < TAG_TEMPLATES; k++) {
            uint64_t key = j->keys[(size_t)t * TAG_TEMPLATES + k];
            if (!key || g->is_test) continue;
            uint32_t id;
            TRY(dictionary_add(&g->words, key, &id));
            TRY(rows_room(&c->ids, sizeof *c->ids, g->n_ids, &g->cap_ids));
            c->ids[g->n_ids++] = id;
        }
        c->feature[c->n_tokens] = g->n_ids;
    }
    for (uint32_t k = 0; k < j->n_spans; k++) {
        TRY(rows_room(&c->spans, sizeof *c->spans, c->n_spans, &g->cap_spans));
        c->spans[c->n_spans] = j->spans[k];
        c->spans[c->n_spans++].text = c->n_texts;
    }
    c->spans_cut += j->cut;
    c->n_words += j->n_words;
    c->n_texts++;
out:
    return e;
}

/* Drops features seen too seldom and numbers the others without gaps, in order of first sight. */
static err keep_frequent(struct gather *g, unsigned least)
{
    struct corpus *c = g->c;
    uint32_t *to = mem_alloc(((size_t)g->words.n + 1) * sizeof *to);
    c->keys = mem_alloc(((size_t)g->words.n + 1) * sizeof *c->keys);
    if (!to || !c->keys) {
        mem_free(to);
        return ERR_MEMORY;
    }
    for (uint32_t i = 0; i < g->words.n; i++) {
        to[i] = UINT32_MAX;
        if (g->words.entry[i].count < least) continue;
        c->keys[c->n_features] = g->words.entry[i].key;
        to[i] = c->n_features++;
    }
    uint64_t n = 0, from = 0;
    for (uint32_t t = 0; t < c->n_tokens; t++) {
        uint64_t end = c->feature[t + 1];
        c->feature[t] = n;
        for (; from < end; from++)
            if (to[c->ids[from]] != UINT32_MAX) c->ids[n++] = to[c->ids[from]];
    }
    if (c->n_tokens) c->feature[c->n_tokens] = n;
    mem_free(to);
    return OK;
}

static uint8_t share_of(view id, uint64_t seed)
{
    return (uint8_t)(hash64(id, hash_mix(seed, 0x7E57)) % 100);
}

void corpus_hold_out(struct corpus *c, unsigned from, unsigned to)
{
    for (uint32_t i = 0; i < c->n_texts; i++)
        c->is_held[i] = c->share[i] >= from && c->share[i] < to;
}

static err run_jobs(struct gather *g, const struct score_marked *m, const struct corpus_params *p)
{
    err e = OK;
    struct pool *pool = NULL;
    struct routes routes = { .lexicon = NULL };
    unsigned in_flight = p->threads * 4;
    struct job *jobs = mem_alloc_zero(in_flight * sizeof *jobs), *j;
    if (!jobs) return ERR_MEMORY;
    TRY(routes_init(&routes, lexicon_builtin()));
    TRY(pool_new(&pool, p->threads, in_flight, work, NULL));
    for (uint32_t i = 0, done = 0; done < m->n;) {
        for (; i < m->n && i < done + in_flight; i++) {
            j = &jobs[i % in_flight];
            *j = (struct job){
                .line = &m->v[i], .p = p, .routes = &routes, .labels = &g->c->labels
            };
            arena_init(&j->arena, SCRATCH_MAX);
            arena_init(&j->out, SCRATCH_MAX);
            findings_init(&j->found, 1U << 22);
            pool_submit(pool, j);
        }
        j = pool_take(pool);
        done++;
        if (!e) e = j->e;
        if (!e) e = take_text(g, j);
        arena_clear(&j->out);
    }
out:
    pool_free(pool);
    routes_clear(&routes);
    mem_free(jobs);
    return e;
}

err corpus_read(struct corpus *c, view file, const struct corpus_params *p, struct diag *d)
{
    err e = OK;
    struct arena keep;
    struct score_marked m = { 0 };
    struct gather g = { .c = c, .is_test = p->model != NULL };
    arena_init(&keep, KEEP_MAX);
    *c = (struct corpus){ .n_texts = 0 };
    TRY(score_marked_read(&m, file, true, &keep, d));
    if (p->model) {
        c->labels.n = p->model->n_labels;
        memcpy(c->labels.v, p->model->labels, c->labels.n * sizeof c->labels.v[0]);
    } else {
        TRY(learn_labels(&c->labels, &m, p->kind, d));
    }
    c->is_held = mem_alloc_zero((size_t)m.n + 1);
    c->share = mem_alloc((size_t)m.n + 1);
    if (!c->is_held || !c->share) TRY(ERR_MEMORY);
    for (uint32_t i = 0; i < m.n; i++)
        c->share[i] = share_of(m.v[i].id, p->seed);
    TRY(dictionary_init(&g.words));
    TRY(run_jobs(&g, &m, p));
    TRY(keep_frequent(&g, p->least));
    corpus_hold_out(c, 0, p->held_percent);
out:
    dictionary_clear(&g.words);
    arena_clear(&keep);
    if (e) {
        corpus_clear(c);
        DIAG(d, e, "the texts to learn from");
    }
    return e;
}

void corpus_clear(struct corpus *c)
{
    mem_free(c->is_held);
    mem_free(c->share);
    mem_free(c->runs);
    mem_free(c->gold);
    mem_free(c->start);
    mem_free(c->end);
    mem_free(c->feature);
    mem_free(c->ids);
    mem_free(c->keys);
    mem_free(c->spans);
    *c = (struct corpus){ .n_texts = 0 };
}
