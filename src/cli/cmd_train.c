/* cordon train — a tagger from texts that a person marked. docs/train.md. */
#include "base/file.h"
#include "cli/command.h"
#include "cli/console.h"
#include "cli/options.h"
#include "train/judge.h"

static const size_t texts_max = (size_t)4 << 30, image_max = (size_t)1 << 30;

static int help(const struct opt *table, size_t n)
{
    fputs(
        "usage: cordon train [options] -o MODEL MARKED.jsonl...\n"
        "       cordon train --test MARKED.jsonl -m MODEL\n\n"
        "Learns to find identifiers from texts in which a person marked them: a JSON object a "
        "line,\n"
        "{\"id\", \"text\", \"spans\": [{\"start\", \"end\", \"label\"}]}, offsets in Unicode code "
        "points.\n\n"
        "  cordon train --lang es -o phi-es.tag train.jsonl\n"
        "  cordon train --test dev.jsonl -m phi-es.tag      strict scores of a model, by label\n\n"
        "A part of the texts is held out, chosen by their ids and the seed; it decides when to "
        "stop.\n"
        "The same texts, seed and version give the same bytes, with any number of jobs.\n\n"
        "options:\n",
        stdout);
    options_help(table, n, stdout);
    return EXIT_DONE;
}

/* ------------------------------------------------------------------ what is printed */

struct show {
    bool quiet;
};

static void print_scores(const struct tag_score *s)
{
    printf("P %.4f  R %.4f  F1 %.4f  characters %.4f", tag_precision(&s->all), tag_recall(&s->all),
           tag_f1(&s->all), s->gold_bytes ? (double)s->covered / (double)s->gold_bytes : 0);
}

static void print_labels(const struct corpus *c, const struct tag_score *s)
{
    printf("  %-36s %7s %8s %8s %8s\n", "label", "marked", "P", "R", "F1");
    for (uint32_t k = 0; k < c->labels.n; k++)
        printf("  %-36s %7" PRIu64 " %8.4f %8.4f %8.4f\n", c->labels.v[k].name, s->label[k].gold,
               tag_precision(&s->label[k]), tag_recall(&s->label[k]), tag_f1(&s->label[k]));
}

static void report(void *ctx, const struct fit_news *n)
{
    const struct show *show = ctx;
    const struct corpus *c = n->corpus;
    if (show->quiet) return;
    switch (n->what) {
    case FIT_READ:
        printf("read %u texts: %" PRIu64
               " tokens, %u looked at in %u runs; %u spans of %u labels, %u cut "
               "inside a token; %u features; %.1f s\n",
               c->n_texts, c->n_words, c->n_tokens, c->n_runs, c->n_spans, c->labels.n,
               c->spans_cut, c->n_features, n->seconds);
        break;
    case FIT_ROUND:
        if (n->fold) printf("part %u, ", n->fold);
        printf("round %2u  loss %.5f  held out: ", n->round, n->loss);
        print_scores(n->held);
        printf("  %.1f s\n", n->seconds);
        break;
    case FIT_CHOSEN:
        printf("held out, as it will be stored (\"outside\" loses %.2f nats): ", (double)n->bias);
        print_scores(n->held);
        printf("\n");
        print_labels(c, n->held);
        printf("  raw score      tokens   inside a span\n");
        for (int b = 0; b < TAG_KNOTS - 1; b++)
            if (n->bin_n[b])
                printf("  %.4f-%.4f %8u   %.4f\n", (double)b / (TAG_KNOTS - 1),
                       (double)(b + 1) / (TAG_KNOTS - 1), n->bin_n[b],
                       (double)n->bin_right[b] / n->bin_n[b]);
        break;
    case FIT_REFIT:
        printf("all texts, round %2u  loss %.5f  %.1f s\n", n->round, n->loss, n->seconds);
        break;
    case FIT_IMAGE: printf("model: %u features, %zu bytes\n", n->rows, n->bytes); break;
    }
    fflush(stdout);
}

static void report_judge(void *ctx, const struct judge_news *n)
{
    const struct show *show = ctx;
    if (show->quiet) return;
    if (n->what == JUDGE_PART)
        printf("held out part %u of %u: %u candidates in doubt so far, %u of them marked\n",
               n->part, n->parts, n->candidates, n->marked);
    else
        printf("%u trees from %u candidates: loss %.4f  %.1f s\n", n->trees, n->candidates, n->loss,
               n->seconds);
    fflush(stdout);
}

/* ------------------------------------------------------------------ the two uses */

static err read_all(char *const *files, int n, struct buf *out, struct diag *d)
{
    err e = OK;
    for (int i = 0; i < n; i++) {
        d->input = (uint64_t)i + 1;
        TRY(file_read_operand(files[i], out, d));
        if (out->n && out->p[out->n - 1] != '\n') TRY(buf_add_char(out, '\n'));
    }
    if (n > 1) d->input = 0;
out:
    return e;
}

static err train_judged(struct buf *image, char *const *files, int n, unsigned parts,
                        const struct fit_params *p, struct show *show, struct diag *d)
{
    err e = OK;
    view *views = mem_alloc_zero((size_t)n * sizeof *views);
    struct buf *texts = mem_alloc((size_t)n * sizeof *texts);
    for (int i = 0; texts && i < n; i++)
        buf_init(&texts[i], texts_max);
    if (!views || !texts) TRY(DIAG(d, ERR_MEMORY, "the texts to learn from"));
    for (int i = 0; i < n; i++) {
        const err bad = read_all(files + i, 1, &texts[i], d);
        d->input = (uint64_t)i + 1;
        TRY(bad);
        views[i] = buf_view(&texts[i]);
    }
    d->input = 0;
    TRY(judge_fit(image, views, (uint32_t)n, parts, p, report, report_judge, show, d));
out:
    for (int i = 0; texts && i < n; i++)
        buf_clear(&texts[i]);
    mem_free(texts);
    mem_free(views);
    return e;
}

static err train(const char *output, char *const *files, int n, unsigned parts,
                 const struct fit_params *p, struct show *show, struct diag *d)
{
    err e = OK;
    struct buf texts, image;
    struct file_out out = { .fd = -1 };
    buf_init(&texts, texts_max);
    buf_init(&image, image_max);
    if (parts) {
        TRY(train_judged(&image, files, n, parts, p, show, d));
    } else {
        TRY(read_all(files, n, &texts, d));
        TRY(fit_run(&image, buf_view(&texts), p, report, show, d));
    }
    TRY(file_out_open(&out, output, FILE_OUT_REPLACE, d));
    TRY(file_out_write(&out, buf_view(&image), d));
    TRY(file_out_commit(&out, d));
out:
    file_out_clear(&out);
    buf_clear(&texts);
    buf_clear(&image);
    return e;
}

static err test(const char *model, const char *file, unsigned threads, struct diag *d)
{
    err e = OK;
    struct file_map map = { .bytes = VIEW("") };
    struct tag_model m;
    struct buf texts;
    struct corpus c = { .n_texts = 0 };
    struct tag_score s;
    buf_init(&texts, texts_max);
    TRY(file_map(&map, model, d));
    TRY(tag_model_open(&m, map.bytes, d));
    d->input = 1;
    TRY(read_all((char *const *)&file, 1, &texts, d));
    TRY(fit_test(&m, buf_view(&texts), threads, &c, &s, d));
    printf("%u texts, %u marked spans: ", c.n_texts, c.n_spans);
    print_scores(&s);
    printf("\n");
    print_labels(&c, &s);
out:
    corpus_clear(&c);
    buf_clear(&texts);
    file_unmap(&map);
    return e;
}

int cmd_train(int argc, char **argv)
{
    struct fit_params p = fit_default_params();
    struct show show = { .quiet = false };
    const char *output = NULL, *model = NULL, *texts = NULL, *seed = NULL, *language = "en";
    bool want_help = false;
    unsigned parts = 0;
    const struct opt table[] = {
        { "output", 'o', OPT_TEXT, &output, "MODEL",
          "where the model goes; replaced when complete" },
        { "lang", 0, OPT_TEXT, &language, "CODE", "language of the texts: en or es; default en" },
        { "seed", 0, OPT_TEXT, &seed, "N", "of what is held out and of all chance; default 1" },
        { "rounds", 0, OPT_COUNT, &p.rounds_max, "N", "at most; default 12" },
        { "features", 0, OPT_COUNT, &p.rows_max, "N", "thousands of them to keep; default 100" },
        { "folds", 0, OPT_COUNT, &p.folds, "N",
          "choose by all texts, held out in turn in N parts; N times as long" },
        { "judge", 0, OPT_COUNT, &parts, "N",
          "learn to judge what is in doubt, files held out in N parts" },
        { "jobs", 'j', OPT_COUNT, &p.threads, "N", "workers; default: one a processor" },
        { "test", 0, OPT_TEXT, &texts, "FILE", "do not learn: score MODEL on these texts" },
        { "model", 'm', OPT_TEXT, &model, "MODEL", "the model to score" },
        { "quiet", 'q', OPT_FLAG, &show.quiet, NULL, "print nothing but errors" },
        { "help", 'h', OPT_FLAG, &want_help, NULL, "this text" },
    };
    int operands = 0;
    struct opt_fault fault;
    struct console console;
    struct diag d = { 0 };
    p.rows_max /= 1000;
    if (options_parse(table, COUNT_OF(table), argc, argv, &operands, &fault))
        return console_fault("train", &fault);
    if (want_help) return help(table, COUNT_OF(table));
    if (seed && !view_to_u64(view_of_str(seed), &p.seed))
        return console_misuse("train", "--seed takes a number");
    if (p.folds == 1 || p.folds > 50) return console_misuse("train", "--folds takes 2 to 50");
    p.rows_max *= 1000;
    p.kind = tag_kind_of(view_of_str(language));
    if (!p.kind && !texts) return console_misuse("train", "--lang takes en or es");
    if (texts ? !model || output || operands : !output || model || !operands)
        return console_misuse("train",
                              "it takes `-o MODEL MARKED...`, or `--test MARKED -m MODEL`");
    if (parts && p.kind && p.kind->rules != RULES_ALL)
        return console_misuse(
            "train", "--judge is for English: nothing of other languages is left in doubt");
    if (parts == 1 || (parts && (int)parts > operands))
        return console_misuse("train", "--judge takes 2 parts or more, each of a file or more");
    console_init(&console, "train", show.quiet);
    err e = texts ? test(model, texts, p.threads, &d)
                  : train(output, argv + 1, operands, parts, &p, &show, &d);
    console_end(&console);
    if (e) return console_stop(&console, e, &d);
    return fflush(stdout) == 0 && !ferror(stdout) ? EXIT_DONE : EXIT_USE;
}
