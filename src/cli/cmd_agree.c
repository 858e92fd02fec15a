/* cordon agree — how far two or more readers of the same reports agree. */
#include <math.h>

#include "cli/compare_files.h"
#include "cli/console.h"
#include "report/review_page.h"
#include "text/utf8.h"

struct agree_options {
    bool four, uncertain, help;
    const char *review;
    struct compare_ask ask;
};

static int print_help(const struct opt *table, size_t n)
{
    fputs(
        "usage: cordon agree [options] A B [C]...\n\n"
        "Compares findings of the same reports by several readers, people or programs: Cohen's\n"
        "kappa of two, Fleiss' kappa of more, with 95 % intervals by bootstrap over reports.\n"
        "Files are what `cordon extract` writes, JSON lines or CSV; reports are joined by id.\n\n"
        "  cordon extract reports.jsonl -o rules.jsonl\n"
        "  cordon agree rules.jsonl radiologist.csv\n"
        "  cordon agree a.jsonl b.jsonl c.jsonl --four\n"
        "  cordon extract --text reports.jsonl -o a.jsonl\n"
        "  cordon agree a.jsonl b.jsonl --review look.html --report kappa.html\n\n"
        "By default a finding is there (present) or not (all else); --uncertain counts uncertain\n"
        "as there; --four compares all four statuses. The review page holds the reports' text.\n\n"
        "options:\n",
        stdout);
    options_help(table, n, stdout);
    return EXIT_DONE;
}

/* ---- for people ---- */

static void print_agreement(const struct agreement *a, const struct compare_files *c)
{
    printf("%" PRIu32 " reports, %" PRIu32 " readers, %" PRIu32 " findings\n", a->reports, c->n,
           a->n);
    if (a->left_out)
        printf("  %" PRIu32 " reports that not every reader has: left out\n", a->left_out);
    if (a->unread)
        printf("  %" PRIu32 " reports that a reader could NOT READ: left out\n", a->unread);
    printf("  %-28s %8s  %-18s %8s\n", "finding", c->n > 2 ? "Fleiss" : "Cohen", "  95 % interval",
           "same");
    for (uint32_t i = 0; i < a->n; i++) {
        view name = c->names.name[a->v[i].name];
        printf("  %-28.*s", (int)name.n, name.p);
        compare_print(a->v[i].kappa, a->v[i].in);
        isnan(a->v[i].raw) ? printf("        -\n") : printf("   %6.4f\n", a->v[i].raw);
    }
    if (!isnan(a->median))
        printf("  median kappa %.4f, quartiles %.4f and %.4f\n", a->median, a->low, a->high);
}

/* ---- as a report ---- */

static err make_report(struct report **out, const struct agreement *a,
                       const struct compare_files *c, const struct agree_options *o)
{
    static const struct report_column by_finding[] = { { "finding", "Finding", CELL_TEXT },
                                                       { "kappa", "Kappa", CELL_INTERVAL },
                                                       { "same", "Same answer", CELL_SHARE } };
    static const struct report_column confusion[] = { { "reader_a", "Reader", CELL_TEXT },
                                                      { "says_a", "says", CELL_TEXT },
                                                      { "reader_b", "Reader", CELL_TEXT },
                                                      { "says_b", "says", CELL_TEXT },
                                                      { "reports", "Answers", CELL_COUNT } };
    err e = OK;
    struct report *r = NULL;
    TRY(report_new(&r, "agree", VIEW("Agreement of readers"),
                   o->four ? VIEW("four statuses") : VIEW("present or not")));
    report_tile(r, "reports", "Reports", cell_count(a->reports));
    report_tile(r, "readers", "Readers", cell_count(c->n));
    report_tile(r, "median_kappa", "Median kappa", cell_interval(a->median, a->low, a->high));
    report_section(r, "agreement", "Agreement by finding");
    report_fact(r, "left_out", "Reports that not every reader has", cell_count(a->left_out));
    report_fact(r, "unread", "Reports that a reader could not read, left out",
                cell_count(a->unread));
    report_note(r, c->n > 2 ? VIEW("Fleiss' kappa with a 95 % bootstrap interval over reports. The "
                                   "tile's interval is the quartiles over findings.")
                            : VIEW("Cohen's kappa with a 95 % bootstrap interval over reports. The "
                                   "tile's interval is the quartiles over findings."));
    report_table(r, "by_finding", "Kappa", by_finding, COUNT_OF(by_finding));
    uint32_t all[STATUSES * STATUSES] = { 0 };
    for (uint32_t i = 0; i < a->n; i++) {
        const struct agree_finding *f = &a->v[i];
        const struct cell cells[] = { cell_text(c->names.name[f->name]),
                                      cell_interval(f->kappa, f->in.low, f->in.high),
                                      cell_share(f->raw) };
        report_row(r, cells);
        for (uint32_t k = 0; k < STATUSES * STATUSES; k++)
            all[k] += f->table[k];
    }
    report_section(r, "confusion", "Where the first two readers differ");
    report_table(r, "by_status", "Differences by status", confusion, COUNT_OF(confusion));
    compare_table_rows(r, "A", "B", all);
    *out = r;
    r = NULL;
out:
    report_free(r);
    return e;
}

/* ---- the review page ---- */

enum { MARKS_MAX = 512, ITEMS_MAX = 5000 };

/* The byte at which code point `n` begins, from a known place on. */
static uint32_t byte_of(view text, uint32_t n)
{
    size_t at = 0;
    for (; n > 0 && at < text.n; n--)
        (void)utf8_next(text, &at);
    return (uint32_t)at;
}

static uint32_t collect_marks(const struct label_row *const *rows, uint32_t readers, uint32_t name,
                              view text, struct review_mark *marks)
{
    uint32_t n = 0;
    for (uint32_t r = 0; r < readers; r++) {
        struct label_cell c = label_row_cell(rows[r], name);
        for (uint32_t i = 0; i < c.n_evidence && n < MARKS_MAX; i++)
            marks[n++] = (struct review_mark){ byte_of(text, c.evidence[i].start),
                                               byte_of(text, c.evidence[i].end), (uint8_t)r };
    }
    return n;
}

static bool differ(const char *const *says, uint32_t n)
{
    for (uint32_t r = 1; r < n; r++)
        if (says[r] != says[0]) return true;
    return false;
}

static err add_item(struct buf *page, const struct compare_files *c,
                    const struct label_row *const *rows, const char *const *says, uint32_t name,
                    uint32_t which, uint64_t number)
{
    struct review_mark marks[MARKS_MAX] FILLED_LATER;
    view text = VIEW("");
    for (uint32_t r = 0; r < c->n && !text.n; r++)
        text = rows[r]->text;
    const struct review_item item = { .number = number,
                                      .id = rows[0]->id,
                                      .finding = c->names.name[name],
                                      .which = which,
                                      .text = text,
                                      .says = says,
                                      .n_readers = c->n,
                                      .marks = marks,
                                      .n_marks = collect_marks(rows, c->n, name, text, marks) };
    return review_page_item(page, &item);
}

struct page_counts {
    uint64_t items, left_out;
};

/* A report is on the page with all its disagreements or with none. */
static err add_report(struct buf *page, const struct compare_files *c, const struct agreement *a,
                      const struct label_row *const *rows, struct page_counts *counts)
{
    err e = OK;
    char codes[LABEL_NAMES_MAX];
    const char *says[LABEL_NAMES_MAX][READERS_MAX];
    uint32_t open = 0;
    for (uint32_t i = 0; i < a->n; i++) {
        for (uint32_t r = 0; r < c->n; r++)
            says[i][r] = status_name((enum status)label_row_cell(rows[r], a->v[i].name).status);
        const bool differs = differ(says[i], c->n);
        const uint8_t status = label_row_cell(rows[0], a->v[i].name).status;
        codes[i] = (char)(differs ? REVIEW_DIFFER : '0' + status);
        open += differs;
    }
    if (open > ITEMS_MAX - counts->items) {
        counts->left_out += open;
        return OK;
    }
    TRY(review_page_report(page, rows[0]->id, view_of(codes, a->n)));
    for (uint32_t i = 0; i < a->n; i++)
        if (codes[i] == REVIEW_DIFFER)
            TRY(add_item(page, c, rows, says[i], a->v[i].name, i, ++counts->items));
out:
    return e;
}

static err write_review(const struct compare_files *c, const struct agreement *a,
                        const struct agree_options *o, struct diag *d)
{
    err e = OK;
    struct page_counts counts = { 0 };
    struct buf page;
    struct sink sink = { 0 };
    view names[LABEL_NAMES_MAX];
    buf_init(&page, 1 << 30);
    for (uint32_t i = 0; i < a->n; i++)
        names[i] = c->names.name[a->v[i].name];
    TRY(review_page_begin(&page, VIEW("Disagreements"), names, a->n));
    for (uint32_t i = 0; i < c->files[0].n; i++) {
        const struct label_row *rows[READERS_MAX];
        if (compare_join(c->files, c->n, i, rows) == JOINED_READ)
            TRY(add_report(&page, c, a, rows, &counts));
    }
    TRY(review_page_end(&page, counts.left_out, a->unread));
    TRY(sink_open(&sink, o->review, o->ask.force, d));
    TRY(sink_write(&sink, buf_view(&page), d));
    TRY(sink_commit(&sink, d));
out:
    sink_discard(&sink);
    buf_clear(&page);
    return e ? DIAG(d, e, "the review page could not be written") : OK;
}

static int run(const struct agree_options *o, const struct compare_options *how, char **files,
               uint32_t n)
{
    err e = OK;
    struct diag d = { 0 };
    struct console console;
    struct compare_files c;
    struct agreement a = { 0 };
    struct report *r = NULL;
    console_init(&console, "agree", true);
    compare_files_init(&c);
    TRY(compare_files_read(&c, files, n, &d));
    TRY(compare_agree(c.files, c.n, &c.names, how, &a));
    TRY(make_report(&r, &a, &c, o));
    if (!o->ask.json) print_agreement(&a, &c);
    TRY(compare_report(r, &o->ask, &d));
    if (o->review) TRY(write_review(&c, &a, o, &d));
    if (fflush(stdout) || ferror(stdout)) TRY(DIAG(&d, ERR_IO, "standard output"));
out:
    report_free(r);
    agreement_clear(&a);
    compare_files_clear(&c);
    return e ? console_stop(&console, e, &d) : EXIT_DONE;
}

int cmd_agree(int argc, char **argv)
{
    struct agree_options o = { 0 };
    struct compare_options how = { .boot = bootstrap_default_params() };
    const struct opt table[] = {
        { "four", 0, OPT_FLAG, &o.four, NULL, "compare all four statuses" },
        { "uncertain", 0, OPT_FLAG, &o.uncertain, NULL, "uncertain counts as there" },
        COMPARE_REPORT(o.ask),
        { "review", 0, OPT_TEXT, &o.review, "FILE",
          "a page with each disagreement and its evidence marked;\nthe text is that of "
          "cordon extract --text" },
        COMPARE_DRAWS(o.ask),
        COMPARE_OUTPUT(o.ask),
        { "help", 'h', OPT_FLAG, &o.help, NULL, "this text" },
    };
    int operands = 0;
    struct opt_fault fault;
    if (options_parse(table, COUNT_OF(table), argc, argv, &operands, &fault))
        return console_fault("agree", &fault);
    if (o.help) return print_help(table, COUNT_OF(table));
    if (operands < 2 || operands > READERS_MAX)
        return console_misuse("agree", "it takes the files of two to eight readers");
    if (!compare_draws(o.ask.boot, o.ask.seed, &how.boot))
        return console_misuse("agree", COMPARE_DRAWS_WRONG);
    how.four = o.four;
    how.uncertain_is_present = o.uncertain;
    return run(&o, &how, argv + 1, (uint32_t)operands);
}
