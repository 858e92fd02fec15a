/* cordon eval extract — findings against a gold standard. */
#include <math.h>

#include "cli/compare_files.h"
#include "cli/console.h"

struct score_options {
    int uncertain;
    bool common, help;
    struct compare_ask ask;
};

static int print_help(const struct opt *table, size_t n)
{
    fputs(
        "usage: cordon eval extract [options] GOLD PRED\n\n"
        "Scores findings against what a person labelled. Files are what `cordon extract` writes,\n"
        "JSON lines or CSV (1, 0, -1, empty); reports are joined by id, findings by name. A\n"
        "report that PRED does not have, or could not read (any state but read), counts as one\n"
        "in which nothing was found, and is counted apart.\n"
        "A finding that GOLD alone has counts as never found; --common leaves it out.\n\n"
        "  cordon extract --schema chestxray14 reports.jsonl -o found.jsonl\n"
        "  cordon eval extract gold.csv found.jsonl\n"
        "  cordon eval extract gold.csv found.jsonl --report score.html\n\n"
        "Precision, recall and F1 are of \"present\"; the area under the ROC curve is of the\n"
        "score, with DeLong's interval; the others are 95 % bootstrap intervals over reports.\n"
        "The last line is of all four statuses, where gold has them.\n\n"
        "options:\n",
        stdout);
    options_help(table, n, stdout);
    return EXIT_DONE;
}

static void print_share(double v)
{
    isnan(v) ? printf("      -") : printf("  %.3f", v);
}

static bool has_four(const struct scoring *s)
{
    for (uint32_t i = 0; i < s->n; i++)
        for (uint32_t b = 0; b < STATUSES; b++)
            if (s->v[i].table[STATUS_NOT_MENTIONED * STATUSES + b] ||
                s->v[i].table[STATUS_UNCERTAIN * STATUSES + b])
                return true;
    return false;
}

static void print_scores(const struct scoring *s, const struct compare_files *c, bool is_common)
{
    printf("%" PRIu32 " reports, %" PRIu32 " findings\n", s->reports, s->n);
    if (s->missing)
        printf("  %" PRIu32 " reports WITHOUT a prediction: counted as if nothing was found\n",
               s->missing);
    if (s->unread)
        printf("  %" PRIu32
               " reports that the prediction could NOT READ: counted as if nothing was found\n",
               s->unread);
    if (s->left_out)
        printf("  %" PRIu32 " reports that gold has no answer for: left out\n", s->left_out);
    if (s->unknown)
        printf("  %" PRIu32 " findings that the prediction DOES NOT KNOW: %s\n", s->unknown,
               is_common ? "left out" : "counted as never found (marked *)");
    printf("  %-26s %6s %6s %6s %6s  %8s  %-18s %7s\n", "finding", "gold", "P", "R", "F1", "",
           "95 % interval", "AUC");
    for (uint32_t i = 0; i < s->n; i++) {
        const struct scored_finding *f = &s->v[i];
        view name = c->names.name[f->name];
        printf(" %c%-26.*s %6" PRIu32, f->is_unknown ? '*' : ' ', (int)name.n, name.p,
               f->n.tp + f->n.fn);
        print_share(counts_precision(f->n));
        print_share(counts_recall(f->n));
        compare_print(counts_f1(f->n), f->f1_in);
        print_share(f->auc.area);
        if (!isnan(f->auc.in.low)) printf(" [%.3f, %.3f]", f->auc.in.low, f->auc.in.high);
        printf("\n");
    }
    printf("  %-26s %6" PRIu32, "all (micro)", s->micro.tp + s->micro.fn);
    print_share(counts_precision(s->micro));
    print_share(counts_recall(s->micro));
    compare_print(counts_f1(s->micro), s->micro_in);
    printf("\n  macro F1 over findings");
    print_share(s->macro_f1);
    printf("\n");
    if (!has_four(s)) return;
    printf("  four statuses, macro F1");
    compare_print(s->state_macro, s->state_in);
    printf(" ");
    for (int k = STATUS_PRESENT; k >= 0; k--) {
        printf(" %s", status_name((enum status)k));
        print_share(s->state_f1[k]);
    }
    printf("\n");
}

static err make_report(struct report **out, const struct scoring *s, const struct compare_files *c)
{
    static const struct report_column by_finding[] = { { "finding", "Finding", CELL_TEXT },
                                                       { "gold", "In gold", CELL_COUNT },
                                                       { "precision", "Precision", CELL_SHARE },
                                                       { "recall", "Recall", CELL_SHARE },
                                                       { "f1", "F1", CELL_INTERVAL },
                                                       { "auc", "AUC", CELL_INTERVAL } };
    static const struct report_column by_status[] = { { "status", "Status", CELL_TEXT },
                                                      { "f1", "F1", CELL_SHARE } };
    static const struct report_column confusion[] = { { "gold", "Gold", CELL_TEXT },
                                                      { "says", "says", CELL_TEXT },
                                                      { "prediction", "Prediction", CELL_TEXT },
                                                      { "says_too", "says", CELL_TEXT },
                                                      { "answers", "Answers", CELL_COUNT } };
    err e = OK;
    struct report *r = NULL;
    uint32_t all[STATUSES * STATUSES] = { 0 };
    TRY(report_new(&r, "eval_extract", VIEW("Findings against a gold standard"), VIEW("")));
    report_tile(r, "reports", "Reports", cell_count(s->reports));
    report_tile(r, "micro_f1", "Micro F1",
                cell_interval(counts_f1(s->micro), s->micro_in.low, s->micro_in.high));
    report_tile(r, "macro_f1", "Macro F1 over findings", cell_interval(s->macro_f1, NAN, NAN));
    report_section(r, "scores", "Scores by finding");
    report_fact(r, "missing", "Reports without a prediction", cell_count(s->missing));
    report_fact(r, "unread", "Reports that the prediction could not read", cell_count(s->unread));
    report_fact(r, "left_out", "Reports that gold has no answer for, left out",
                cell_count(s->left_out));
    report_fact(r, "unknown", "Findings that the prediction does not know", cell_count(s->unknown));
    report_fact(r, "precision", "Micro precision", cell_share(counts_precision(s->micro)));
    report_fact(r, "recall", "Micro recall", cell_share(counts_recall(s->micro)));
    report_note(r,
                VIEW("F1: 95 % bootstrap interval over reports. AUC: of the score, DeLong's 95 % "
                     "interval."));
    report_table(r, "by_finding", "Present or not", by_finding, COUNT_OF(by_finding));
    for (uint32_t i = 0; i < s->n; i++) {
        const struct scored_finding *f = &s->v[i];
        const struct cell cells[] = { cell_text(c->names.name[f->name]),
                                      cell_count(f->n.tp + f->n.fn),
                                      cell_share(counts_precision(f->n)),
                                      cell_share(counts_recall(f->n)),
                                      cell_interval(counts_f1(f->n), f->f1_in.low, f->f1_in.high),
                                      cell_interval(f->auc.area, f->auc.in.low, f->auc.in.high) };
        report_row(r, cells);
        for (uint32_t k = 0; k < STATUSES * STATUSES; k++)
            all[k] += f->table[k];
    }
    report_section(r, "statuses", "The four statuses");
    report_fact(r, "macro_f1", "Macro F1 over statuses",
                cell_interval(s->state_macro, s->state_in.low, s->state_in.high));
    report_table(r, "by_status", "F1 of each status", by_status, COUNT_OF(by_status));
    for (int k = STATUS_PRESENT; k >= 0; k--) {
        const struct cell cells[] = { cell_str(status_name((enum status)k)),
                                      cell_share(s->state_f1[k]) };
        report_row(r, cells);
    }
    report_table(r, "confusion", "Differences", confusion, COUNT_OF(confusion));
    compare_table_rows(r, "gold", "prediction", all);
    *out = r;
    r = NULL;
out:
    report_free(r);
    return e;
}

static int run(const struct score_options *o, const struct compare_options *how, char **files)
{
    err e = OK;
    struct diag d = { 0 };
    struct console console;
    struct compare_files c;
    struct scoring s = { 0 };
    struct report *r = NULL;
    console_init(&console, "eval", true);
    compare_files_init(&c);
    TRY(compare_files_read(&c, files, 2, &d));
    TRY(compare_gold(&c.files[0], &c.files[1], &c.names, how, &s));
    if (s.n == (how->common ? 0 : s.unknown))
        TRY(DIAG(&d, ERR_FORMAT, "the two files have no finding in common"));
    TRY(make_report(&r, &s, &c));
    if (!o->ask.json) print_scores(&s, &c, how->common);
    TRY(compare_report(r, &o->ask, &d));
    if (fflush(stdout) || ferror(stdout)) TRY(DIAG(&d, ERR_IO, "standard output"));
out:
    report_free(r);
    scoring_clear(&s);
    compare_files_clear(&c);
    return e ? console_stop(&console, e, &d) : EXIT_DONE;
}

int eval_extract(int argc, char **argv)
{
    static const char *const as[] = { "absent", "present", NULL };
    struct score_options o = { 0 };
    struct compare_options how = { .boot = bootstrap_default_params() };
    const struct opt table[] = {
        { "uncertain", 0, OPT_CHOICE, &o.uncertain, "AS",
          "what uncertain counts as: absent (default) or present", as },
        { "common", 0, OPT_FLAG, &o.common, NULL, "score only findings that both files have",
          NULL },
        COMPARE_REPORT(o.ask),
        COMPARE_DRAWS(o.ask),
        COMPARE_OUTPUT(o.ask),
        { "help", 'h', OPT_FLAG, &o.help, NULL, "this text" },
    };
    int operands = 0;
    struct opt_fault fault;
    if (options_parse(table, COUNT_OF(table), argc, argv, &operands, &fault))
        return console_fault("eval", &fault);
    if (o.help) return print_help(table, COUNT_OF(table));
    if (operands != 2) return console_misuse("eval", "extract takes GOLD and PRED");
    if (!compare_draws(o.ask.boot, o.ask.seed, &how.boot))
        return console_misuse("eval", COMPARE_DRAWS_WRONG);
    how.uncertain_is_present = o.uncertain == 1;
    how.common = o.common;
    return run(&o, &how, argv + 1);
}
