#include "extract/compare.h"

#include <math.h>

#include "base/mem.h"
#include "stats/agreement.h"

enum { ARENA_MAX = 1 << 30 };

double counts_precision(struct score_counts c)
{
    return c.tp + c.fp ? (double)c.tp / ((double)c.tp + c.fp) : NAN;
}

double counts_recall(struct score_counts c)
{
    return c.tp + c.fn ? (double)c.tp / ((double)c.tp + c.fn) : NAN;
}

double counts_f1(struct score_counts c)
{
    double n = 2.0 * c.tp + c.fp + c.fn;
    return n > 0 ? 2.0 * c.tp / n : NAN;
}

static bool is_positive(uint8_t status, const struct compare_options *o)
{
    return status == STATUS_PRESENT || (o->uncertain_is_present && status == STATUS_UNCERTAIN);
}

/* ---- agreement ---- */

struct agreeing {
    const struct label_row **rows; /* by report, then reader */
    uint32_t readers, name, classes;
    const struct compare_options *o;
    uint32_t *counts;  /* by report, then class */
    uint8_t *class_of; /* by report, then reader */
};

static void classify(struct agreeing *g, uint32_t reports)
{
    memset(g->counts, 0, (size_t)reports * g->classes * sizeof *g->counts);
    for (uint32_t i = 0; i < reports; i++) {
        for (uint32_t r = 0; r < g->readers; r++) {
            uint8_t s = label_row_cell(g->rows[i * g->readers + r], g->name).status;
            uint8_t c = g->o->four ? s : is_positive(s, g->o);
            g->class_of[i * g->readers + r] = c;
            g->counts[i * g->classes + c]++;
        }
    }
}

static void kappa_of(void *ctx, const uint32_t *items, uint32_t n, double *out)
{
    const struct agreeing *g = ctx;
    if (g->readers > 2) {
        *out = fleiss_kappa(g->counts, items, n, g->classes, g->readers);
        return;
    }
    uint32_t table[STATUSES * STATUSES] = { 0 };
    for (uint32_t i = 0; i < n; i++) {
        const uint8_t *c = g->class_of + (size_t)(items ? items[i] : i) * 2;
        table[c[0] * g->classes + c[1]]++;
    }
    *out = cohen_kappa(table, g->classes);
}

static err quartiles(struct agreement *a)
{
    uint32_t n = 0;
    double *v = arena_array(&a->arena, a->n + 1, sizeof *v);
    if (!v) return ERR_MEMORY;
    for (uint32_t i = 0; i < a->n; i++)
        if (!isnan(a->v[i].kappa)) v[n++] = a->v[i].kappa;
    a->low = a->median = a->high = NAN;
    if (n == 0) return OK;
    quantile_sort(v, n);
    a->low = quantile_sorted(v, n, 0.25);
    a->median = quantile_sorted(v, n, 0.5);
    a->high = quantile_sorted(v, n, 0.75);
    return OK;
}

enum compare_joined compare_join(const struct label_file *readers, uint32_t n_readers, uint32_t i,
                                 const struct label_row **rows)
{
    enum compare_joined joined = JOINED_READ;
    for (uint32_t r = 0; r < n_readers; r++) {
        rows[r] = label_file_find(&readers[r], readers[0].rows[i].id);
        if (!rows[r])
            joined = JOINED_MISSING;
        else if (rows[r]->is_unread && joined == JOINED_READ)
            joined = JOINED_UNREAD;
    }
    return joined;
}

static err join(const struct label_file *readers, uint32_t n_readers, struct agreement *a,
                const struct label_row ***out)
{
    const struct label_row **rows =
        arena_array(&a->arena, (size_t)readers[0].n + 1, n_readers * sizeof *rows);
    if (!rows) return ERR_MEMORY;
    for (uint32_t i = 0; i < readers[0].n; i++) {
        switch (compare_join(readers, n_readers, i, rows + (size_t)a->reports * n_readers)) {
        case JOINED_READ: a->reports++; break;
        case JOINED_UNREAD: a->unread++; break;
        case JOINED_MISSING: a->left_out++; break;
        }
    }
    *out = rows;
    return OK;
}

static void fill_table(const struct agreeing *g, uint32_t reports, struct agree_finding *f)
{
    uint32_t same = 0;
    for (uint32_t i = 0; i < reports; i++) {
        uint8_t a = label_row_cell(g->rows[i * g->readers], g->name).status;
        uint8_t b = label_row_cell(g->rows[i * g->readers + 1], g->name).status;
        f->table[a * STATUSES + b]++;
        const uint8_t *c = g->class_of + (size_t)i * g->readers;
        bool all = true;
        for (uint32_t r = 1; r < g->readers; r++)
            all &= c[r] == c[0];
        same += all;
    }
    f->raw = reports ? (double)same / reports : NAN;
}

err compare_agree(const struct label_file *readers, uint32_t n_readers,
                  const struct label_names *names, const struct compare_options *o,
                  struct agreement *out)
{
    err e = OK;
    struct agreement a = { 0 };
    struct agreeing g = { .readers = n_readers, .classes = o->four ? STATUSES : 2, .o = o };
    BUG_IF(n_readers < 2 || n_readers > READERS_MAX);
    arena_init(&a.arena, ARENA_MAX);
    a.v = arena_array(&a.arena, names->n + 1, sizeof *a.v);
    if (!a.v) TRY(ERR_MEMORY);
    TRY(join(readers, n_readers, &a, &g.rows));
    g.counts = arena_array(&a.arena, (size_t)a.reports + 1, g.classes * sizeof *g.counts);
    g.class_of = arena_array(&a.arena, (size_t)a.reports + 1, n_readers);
    if (!g.counts || !g.class_of) TRY(ERR_MEMORY);
    for (g.name = 0; g.name < names->n; g.name++) {
        bool all = true;
        for (uint32_t r = 0; r < n_readers; r++)
            all &= readers[r].has >> g.name & 1;
        if (!all) continue;
        struct agree_finding *f = &a.v[a.n++];
        *f = (struct agree_finding){ .name = g.name };
        classify(&g, a.reports);
        fill_table(&g, a.reports, f);
        kappa_of(&g, NULL, a.reports, &f->kappa);
        TRY(bootstrap_percentile(&o->boot, a.reports, 1, kappa_of, &g, &f->in));
    }
    TRY(quartiles(&a));
    *out = a;
    return OK;
out:
    arena_clear(&a.arena);
    return e;
}

void agreement_clear(struct agreement *a)
{
    arena_clear(&a->arena);
}

/* ---- against gold ---- */

struct judging_gold {
    const struct label_row **gold, **pred; /* by report; of pred NULL where it has no answer */
    const uint32_t *name;                  /* of the findings that count */
    uint32_t n;
    const struct compare_options *o;
};

static void count_one(struct score_counts *c, bool gold, bool pred)
{
    c->tp += gold && pred;
    c->fp += !gold && pred;
    c->fn += gold && !pred;
    c->tn += !gold && !pred;
}

/* F1 of each finding, of all, and the mean of the four statuses' F1. */
static void f1_of(void *ctx, const uint32_t *items, uint32_t n, double *out)
{
    const struct judging_gold *g = ctx;
    struct score_counts all = { 0 }, state[STATUSES] = { 0 };
    for (uint32_t f = 0; f < g->n; f++) {
        struct score_counts own = { 0 };
        for (uint32_t i = 0; i < n; i++) {
            uint32_t at = items ? items[i] : i;
            uint8_t a = label_row_cell(g->gold[at], g->name[f]).status;
            uint8_t b = label_row_cell(g->pred[at], g->name[f]).status;
            count_one(&own, is_positive(a, g->o), is_positive(b, g->o));
            for (uint8_t s = 0; s < STATUSES; s++)
                count_one(&state[s], a == s, b == s);
        }
        out[f] = counts_f1(own);
        all.tp += own.tp, all.fp += own.fp, all.fn += own.fn, all.tn += own.tn;
    }
    double sum = 0;
    for (int s = 0; s < STATUSES; s++)
        sum += counts_f1(state[s]);
    out[g->n] = counts_f1(all);
    out[g->n + 1] = sum / STATUSES;
}

/* Without a score the status itself ranks. */
static double rank_of(struct label_cell c)
{
    static const double ranks[STATUSES] = { 0.1, 0.0, 0.5, 1.0 };
    return c.has_score ? (double)c.score : ranks[c.status];
}

static err score_finding(const struct judging_gold *g, uint32_t reports, struct scored_finding *f,
                         double *scores, bool *positive, struct score_counts state[STATUSES])
{
    for (uint32_t i = 0; i < reports; i++) {
        struct label_cell a = label_row_cell(g->gold[i], f->name);
        struct label_cell b = label_row_cell(g->pred[i], f->name);
        positive[i] = is_positive(a.status, g->o);
        scores[i] = rank_of(b);
        f->table[a.status * STATUSES + b.status]++;
        count_one(&f->n, positive[i], is_positive(b.status, g->o));
        for (uint8_t s = 0; s < STATUSES; s++)
            count_one(&state[s], a.status == s, b.status == s);
    }
    return auc_delong(scores, positive, reports, g->o->boot.confidence, &f->auc);
}

static void sum_up(struct scoring *s, const struct score_counts state[STATUSES])
{
    uint32_t with = 0;
    for (uint32_t f = 0; f < s->n; f++) {
        struct score_counts c = s->v[f].n;
        s->micro.tp += c.tp, s->micro.fp += c.fp, s->micro.fn += c.fn, s->micro.tn += c.tn;
        if (isnan(counts_f1(c))) continue;
        s->macro_f1 += counts_f1(c);
        with++;
    }
    s->macro_f1 = with ? s->macro_f1 / with : NAN;
    for (int k = 0; k < STATUSES; k++) {
        s->state_f1[k] = counts_f1(state[k]);
        s->state_macro += s->state_f1[k] / STATUSES;
    }
}

/* The reports that gold has an answer for, and the other's answer to each. */
static void join_gold(const struct label_file *gold, const struct label_file *pred,
                      struct judging_gold *g, struct scoring *s)
{
    for (uint32_t i = 0; i < gold->n; i++) {
        const struct label_row *row = label_file_find(pred, gold->rows[i].id);
        if (gold->rows[i].is_unread) {
            s->left_out++;
            continue;
        }
        s->missing += row == NULL;
        s->unread += row && row->is_unread;
        g->gold[s->reports] = &gold->rows[i];
        g->pred[s->reports++] = row && !row->is_unread ? row : NULL;
    }
}

err compare_gold(const struct label_file *gold, const struct label_file *pred,
                 const struct label_names *names, const struct compare_options *o,
                 struct scoring *out)
{
    err e = OK;
    struct scoring s = { 0 };
    struct score_counts state[STATUSES] = { 0 };
    arena_init(&s.arena, ARENA_MAX);
    uint32_t *name = arena_array(&s.arena, names->n + 1, sizeof *name);
    struct judging_gold g = { .name = name, .o = o };
    g.gold = arena_array(&s.arena, gold->n + 1, sizeof *g.gold);
    g.pred = arena_array(&s.arena, gold->n + 1, sizeof *g.pred);
    double *scores = arena_array(&s.arena, gold->n + 1, sizeof *scores);
    bool *positive = arena_array(&s.arena, gold->n + 1, sizeof *positive);
    struct interval *in = arena_array(&s.arena, names->n + 2, sizeof *in);
    s.v = arena_array(&s.arena, names->n + 1, sizeof *s.v);
    if (!name || !g.gold || !g.pred || !scores || !positive || !in || !s.v) TRY(ERR_MEMORY);
    join_gold(gold, pred, &g, &s);
    for (uint32_t k = 0; k < names->n; k++) {
        if (!(gold->has >> k & 1)) continue;
        const bool is_unknown = !(pred->has >> k & 1);
        s.unknown += is_unknown;
        if (is_unknown && o->common) continue;
        name[g.n++] = k;
        struct scored_finding *f = &s.v[s.n++];
        *f = (struct scored_finding){ .name = k, .is_unknown = is_unknown };
        TRY(score_finding(&g, s.reports, f, scores, positive, state));
    }
    TRY(bootstrap_percentile(&o->boot, s.reports, s.n + 2, f1_of, &g, in));
    for (uint32_t f = 0; f < s.n; f++)
        s.v[f].f1_in = in[f];
    s.micro_in = in[s.n];
    s.state_in = in[s.n + 1];
    sum_up(&s, state);
    *out = s;
    return OK;
out:
    arena_clear(&s.arena);
    return e;
}

void scoring_clear(struct scoring *s)
{
    arena_clear(&s->arena);
}
