/* cordon eval — how good de-identification is, against texts that a person marked. docs/measure.md. */
#include "base/file.h"
#include "cli/command.h"
#include "cli/compare_files.h"
#include "cli/console.h"
#include "cli/eval_names.h"
#include "cli/eval_report.h"
#include "detect/engine.h"
#include "text/utf8.h"

/* A file of marked texts is read whole: the texts of a large benchmark are some 100 MB. */
static const size_t file_max = (size_t)4 << 30;

/* ------------------------------------------------------------------ the engine as prediction */

struct engine {
    struct detect *detect;
    struct detect_scratch *scratch;
    struct findings found;
};

static err engine_open(struct engine *g, struct diag *d)
{
    err e = OK;
    findings_init(&g->found, DETECT_MAX);
    TRY(detect_new(&g->detect, lexicon_builtin()));
    TRY(detect_scratch_new(&g->scratch));
out:
    return e ? DIAG(d, e, "the engine") : OK;
}

static void engine_close(struct engine *g)
{
    findings_clear(&g->found);
    detect_scratch_free(g->scratch);
    detect_free(g->detect);
}

/* What `cordon detect` would print for this text. */
static err predict_engine(void *ctx, const struct score_line *gold, struct arena *a,
                          const struct score_span **spans, size_t *n, bool *known)
{
    err e = OK;
    struct engine *g = ctx;
    struct score_span *out;
    size_t byte = 0;
    uint32_t cp = 0;

    TRY(detect_text(g->detect, g->scratch, gold->text, VIEW(""), &g->found));
    if (!(out = arena_array(a, (size_t)g->found.n + 1, sizeof *out))) TRY(ERR_MEMORY);
    for (uint32_t i = 0; i < g->found.n;
         i++) { /* ascending, never overlapping: one walk is enough */
        const struct finding *f = &g->found.v[i];
        for (; byte < f->start; cp++)
            (void)utf8_next(gold->text, &byte);
        out[i].start = cp;
        for (; byte < f->end; cp++)
            (void)utf8_next(gold->text, &byte);
        out[i].end = cp;
        out[i].label = view_of_str(label_name(f->label));
    }
    *spans = out;
    *n = g->found.n;
    *known = true;
out:
    return e;
}

/* ------------------------------------------------------------------ the run */

static int eval_deid(const struct eval_options *o, const struct bootstrap_params *boot,
                     char *const *files, struct console *console)
{
    err e = OK;
    int code = EXIT_USE;
    struct diag d = { .input = 1 };
    struct buf gold, pred;
    struct eval ev = { .o = o, .boot = *boot };
    struct engine engine = { 0 };

    buf_init(&gold, file_max);
    buf_init(&pred, file_max);
    score_run_init(&ev.run, o->show);
    TRY(file_read_operand(files[0], &gold, &d));
    TRY(score_marked_read(&ev.run.gold, buf_view(&gold), true, &ev.run.keep, &d));
    if (o->run) {
        TRY(engine_open(&engine, &d));
        TRY(score_run_compare(&ev.run, predict_engine, &engine, &d));
    } else {
        d.input = 2;
        TRY(file_read_operand(files[1], &pred, &d));
        TRY(score_marked_read(&ev.pred, buf_view(&pred), false, &ev.run.keep, &d));
        d.input = 1;
        TRY(score_run_compare(&ev.run, score_predict_file, &ev.pred, &d));
    }
    d = (struct diag){ 0 };
    score_total(ev.run.rows, NULL, ev.run.gold.n, ev.value);
    e = score_intervals(ev.run.rows, ev.run.gold.n, boot, ev.in);
    if (e) TRY(DIAG(&d, e, "the intervals"));
    (o->json ? eval_report_json : eval_report_text)(&ev);
    code = fflush(stdout) == 0 && !ferror(stdout) ? EXIT_DONE : EXIT_USE;
out:
    if (e) (void)console_stop(console, e, &d);
    engine_close(&engine);
    score_run_clear(&ev.run);
    buf_clear(&gold);
    buf_clear(&pred);
    return code;
}

static int help(const struct opt *table, size_t n)
{
    printf(
        "usage: cordon eval deid [options] GOLD.jsonl PRED.jsonl\n"
        "       cordon eval deid --run [options] GOLD.jsonl\n"
        "       cordon eval names [options]      whether some people's names are found less often\n"
        "       cordon eval extract [options] GOLD PRED       (see cordon eval extract --help)\n"
        "\n"
        "Scores identifiers found against identifiers that a person marked. Both files hold a\n"
        "JSON object a line, {\"id\", \"spans\": [{\"start\", \"end\", \"label\"}]}; GOLD also "
        "has\n"
        "\"text\". Offsets count Unicode code points. One of the files may be \"-\".\n"
        "\n"
        "  cordon detect --format jsonl gold.jsonl > found.jsonl\n"
        "  cordon eval deid gold.jsonl found.jsonl --by-label\n"
        "\noptions:\n");
    options_help(table, n, stdout);
    printf("\nmeasures (only letters and digits count):\n");
    for (int m = 0; m < SCORE_METRIC_COUNT; m++)
        printf("  %-8s%s\n", score_metric_name(m), score_metric_meaning(m));
    printf("\nGOLD's own text appears in the output only with --show, its labels only with\n"
           "--by-label and --show.\n");
    return EXIT_DONE;
}

int cmd_eval(int argc, char **argv)
{
    struct eval_options o = { 0 };
    const struct opt table[] = {
        { "run", 0, OPT_FLAG, &o.run, NULL, "score this program's own detection" },
        { "by-label", 0, OPT_FLAG, &o.by_label, NULL, "a line for each label" },
        { "show", 0, OPT_COUNT, &o.show, "K", "print K missed and K extra spans of GOLD" },
        COMPARE_DRAWS(o),
        { "json", 0, OPT_FLAG, &o.json, NULL, "one JSON object instead of a table" },
        { "help", 'h', OPT_FLAG, &o.help, NULL, "this text" },
    };
    int operands = 0;
    struct opt_fault fault;
    struct console console;
    struct bootstrap_params boot = bootstrap_default_params();

    if (argc > 1 && strcmp(argv[1], "names") == 0) return eval_names(argc - 1, argv + 1);
    if (argc > 1 && strcmp(argv[1], "extract") == 0) return eval_extract(argc - 1, argv + 1);
    if (options_parse(table, COUNT_OF(table), argc, argv, &operands, &fault) != OK)
        return console_fault("eval", &fault);
    if (o.help) return help(table, COUNT_OF(table));
    if (operands < 1 || strcmp(argv[1], "deid") != 0 || operands != (o.run ? 2 : 3))
        return console_misuse(
            "eval",
            "it takes `deid GOLD PRED`, `deid --run GOLD`, `extract GOLD PRED`, or `names`");
    if (!compare_draws(o.boot, o.seed, &boot)) return console_misuse("eval", COMPARE_DRAWS_WRONG);
    console_init(&console, "eval", true);
    return eval_deid(&o, &boot, argv + 2, &console);
}
