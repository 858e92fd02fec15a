#include "cli/eval_report.h"

#include <math.h>

#include "base/buf.h"

enum { STRING_MAX = 64 << 20 };

static uint64_t sum_gold(const struct score_run *r, bool pred)
{
    uint64_t n = 0;
    for (uint32_t i = 0; i < r->gold.n; i++)
        n += pred ? r->rows[i].pred : r->rows[i].gold;
    return n;
}

/* Predictions for ids that gold does not have. */
static uint32_t strangers(const struct eval *ev)
{
    return ev->o->run ? 0 : ev->pred.n - ev->run.matched;
}

/* ------------------------------------------------------------------ for people */

static void print_counts(const struct eval *ev)
{
    const struct score_run *r = &ev->run;
    printf("%" PRIu32 " texts, %" PRIu64 " gold spans, %" PRIu64 " predicted spans\n", r->gold.n,
           sum_gold(r, false), sum_gold(r, true));
    if (r->unpredicted)
        printf("  %" PRIu32
               " texts WITHOUT a prediction: counted as if nothing was found in them\n",
               r->unpredicted);
    if (strangers(ev))
        printf("  %" PRIu32 " predictions for ids that are not in gold: left out\n", strangers(ev));
    if (r->gold.repeated || ev->pred.repeated)
        printf("  %" PRIu32 " lines repeat an id: the last one counts\n",
               r->gold.repeated + ev->pred.repeated);
    if (r->outside)
        printf("  %" PRIu64 " predicted spans reach past the end of their text: offsets are code "
               "points, not bytes\n",
               r->outside);
}

static void print_share(double v)
{
    isnan(v) ? printf("     -") : printf("%.4f", v);
}

static void print_interval(struct interval in)
{
    if (isnan(in.low)) return;
    printf("  [%.4f, %.4f]", in.low, in.high);
}

static void print_metrics(const struct eval *ev)
{
    for (int m = 0; m < SCORE_METRIC_COUNT; m++) {
        printf("  %-7s ", score_metric_name(m));
        print_share(ev->value[m]);
        print_interval(ev->in[m]);
        putchar('\n');
    }
    if (ev->boot.replicates > 0)
        printf("  [%.0f %% intervals: bootstrap over texts, %" PRIu32 " draws, seed %" PRIu64 "]\n",
               ev->boot.confidence * 100, ev->boot.replicates, ev->boot.seed);
}

/* A file's own string, safe for a terminal: as JSON. */
static void print_json_string(view v)
{
    struct buf b;
    buf_init(&b, STRING_MAX);
    if (buf_add_json(&b, v) == OK)
        fwrite(b.p, 1, b.n, stdout);
    else
        printf("\"\"");
    buf_clear(&b);
}

static void print_labels(const char *title, const struct score_labels *l)
{
    printf("\n%s\n", title);
    for (uint32_t i = 0; i < l->n; i++) {
        const struct score_label *x = &l->v[i];
        printf("  %7" PRIu64 " of %7" PRIu64 "  ", x->hits, x->spans);
        print_share(x->spans ? (double)x->hits / (double)x->spans : NAN);
        print_interval(wilson_interval(x->hits, x->spans, 0.95));
        printf("  ");
        print_json_string(x->name);
        putchar('\n');
    }
}

static void print_shown(const char *title, const struct score_shown *v, uint64_t n, uint32_t max)
{
    if (n == 0) return;
    printf("\n%s (%" PRIu64 "%s)\n", title, n, n > max ? ", the first of them" : "");
    for (uint32_t i = 0; i < MIN(n, max); i++) {
        printf("  ");
        print_json_string(v[i].label);
        putchar('\t');
        print_json_string(v[i].value);
        putchar('\n');
    }
}

void eval_report_text(const struct eval *ev)
{
    const struct score_run *r = &ev->run;
    print_counts(ev);
    print_metrics(ev);
    if (ev->o->by_label) {
        print_labels("gold spans fully covered, by gold label (Wilson 95 %)", &r->gold_labels);
        print_labels("predicted spans that touch gold, by predicted label (Wilson 95 %)",
                     &r->pred_labels);
    }
    if (ev->o->show) {
        print_shown("missed: gold spans not fully covered", r->missed, r->n_missed, r->show_max);
        print_shown("extra: predicted spans that touch no gold", r->extra, r->n_extra, r->show_max);
    }
}

/* ------------------------------------------------------------------ for programs */

static void json_number(double v)
{
    isnan(v) ? printf("null") : printf("%.6f", v);
}

static void json_measure(double v, struct interval in)
{
    printf("{\"value\":");
    json_number(v);
    printf(",\"low\":");
    json_number(in.low);
    printf(",\"high\":");
    json_number(in.high);
}

static void json_labels(const char *key, const struct score_labels *l)
{
    printf(",\"%s\":{", key);
    for (uint32_t i = 0; i < l->n; i++) {
        const struct score_label *x = &l->v[i];
        if (i) putchar(',');
        print_json_string(x->name);
        putchar(':');
        json_measure(x->spans ? (double)x->hits / (double)x->spans : NAN,
                     wilson_interval(x->hits, x->spans, 0.95));
        printf(",\"hits\":%" PRIu64 ",\"spans\":%" PRIu64 "}", x->hits, x->spans);
    }
    putchar('}');
}

static void json_shown(const char *key, const struct score_shown *v, uint64_t n, uint32_t max)
{
    printf(",\"%s\":{\"count\":%" PRIu64 ",\"first\":[", key, n);
    for (uint32_t i = 0; i < MIN(n, max); i++) {
        printf("%s{\"label\":", i ? "," : "");
        print_json_string(v[i].label);
        printf(",\"value\":");
        print_json_string(v[i].value);
        putchar('}');
    }
    printf("]}");
}

void eval_report_json(const struct eval *ev)
{
    const struct score_run *r = &ev->run;
    printf("{\"texts\":%" PRIu32 ",\"gold_spans\":%" PRIu64 ",\"predicted_spans\":%" PRIu64
           ",\"without_prediction\":%" PRIu32 ",\"not_in_gold\":%" PRIu32
           ",\"repeated_ids\":%" PRIu32 ",\"spans_past_text\":%" PRIu64,
           r->gold.n, sum_gold(r, false), sum_gold(r, true), r->unpredicted, strangers(ev),
           r->gold.repeated + ev->pred.repeated, r->outside);
    printf(",\"bootstrap\":{\"draws\":%" PRIu32 ",\"seed\":%" PRIu64 ",\"confidence\":%.2f}",
           ev->boot.replicates, ev->boot.seed, ev->boot.confidence);
    printf(",\"metrics\":{");
    for (int m = 0; m < SCORE_METRIC_COUNT; m++) {
        printf("%s\"%s\":", m ? "," : "", score_metric_name(m));
        json_measure(ev->value[m], ev->in[m]);
        putchar('}');
    }
    putchar('}');
    if (ev->o->by_label) {
        json_labels("gold_labels", &r->gold_labels);
        json_labels("predicted_labels", &r->pred_labels);
    }
    if (ev->o->show) {
        json_shown("missed", r->missed, r->n_missed, r->show_max);
        json_shown("extra", r->extra, r->n_extra, r->show_max);
    }
    printf("}\n");
}
