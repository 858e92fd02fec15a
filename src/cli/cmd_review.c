/* cordon review — people read a sample; what they find is carried back to the whole. */
#include <unistd.h>

#include "base/file.h"
#include "cli/command.h"
#include "cli/console.h"
#include "cli/review_result.h"
#include "cli/review_terminal.h"
#include "cli/sample_page.h"

struct review_options {
    const char *output, *reviewer, *bound, *confidence;
    bool help, force;
};

static int print_help(const struct opt *table, size_t n)
{
    fputs(
        "usage: cordon review page SAMPLE -o PAGE.html\n"
        "       cordon review read SAMPLE --reviewer NAME -o VERDICTS\n"
        "       cordon review result SAMPLE VERDICTS... [-o REPORT.html|.json]\n\n"
        "A sample of a run is read by people; how much the program missed in the whole run "
        "follows\n"
        "from what they find, with its bounds.\n\n"
        "  cordon deid --key study.key -p expert notes/ --review sample.jsonl\n"
        "                                           draw it: 100 records at random, 100 by doubt\n"
        "  cordon review page sample.jsonl -o page.html     to read in a browser, side by side\n"
        "  cordon review read sample.jsonl --reviewer A -o a.jsonl         or in the terminal\n"
        "  cordon review result sample.jsonl a.jsonl b.jsonl --bound 0.01\n\n"
        "Two reviewers who read the same records tell how much readers themselves overlook. The\n"
        "sample and the page hold clear text; verdicts and reports do not.\n\n"
        "options:\n",
        stdout);
    options_help(table, n, stdout);
    return EXIT_DONE;
}

static err write_out(const char *path, bool force, view v, struct diag *d)
{
    err e = OK;
    struct file_out f = { .fd = -1 };
    if (!path) return file_write_fd(STDOUT_FILENO, v, d);
    TRY(file_out_open(&f, path, FILE_OUT_PRIVATE | (force ? FILE_OUT_REPLACE : 0), d));
    TRY(file_out_write(&f, v, d));
    TRY(file_out_commit(&f, d));
out:
    file_out_clear(&f);
    return e;
}

static err make_page(const struct review *r, const struct review_options *o, struct diag *d)
{
    err e = OK;
    struct buf out;
    buf_init(&out, (size_t)4 << 30);
    TRY(sample_page(r, &out));
    TRY(write_out(o->output, o->force, buf_view(&out), d));
out:
    buf_clear(&out);
    return e ? DIAG(d, e, "the page could not be written") : OK;
}

static bool read_share(const char *s, double usual, double *out)
{
    char *end;
    *out = usual;
    if (!s) return true;
    *out = strtod(s, &end);
    return *s && !*end && *out > 0 && *out < 1;
}

static err run(const struct review_options *o, const struct review_wanted *wanted, char **operands,
               int n, int *status, struct diag *d)
{
    err e = OK;
    struct review r;
    bool reached = true;
    const char *verb = operands[0];
    review_init(&r);
    TRY(review_open(&r, operands[1], d));
    if (strcmp(verb, "page") == 0) {
        TRY(make_page(&r, o, d));
    } else if (strcmp(verb, "read") == 0) {
        TRY(review_in_terminal(&r, o->output, view_of_str(o->reviewer), d));
    } else {
        for (int i = 2; i < n; i++)
            TRY(review_verdicts(&r, operands[i], d));
        TRY(review_tell(&r, wanted, &reached, d));
        if (o->bound && !reached) *status = EXIT_NEGATIVE;
    }
out:
    review_clear(&r);
    return e;
}

int cmd_review(int argc, char **argv)
{
    struct review_options o = { 0 };
    int operands = 0, status = EXIT_DONE;
    struct review_wanted wanted = { 0 };
    struct opt_fault fault;
    struct diag d = { 0 };
    struct console console;
    const struct opt table[] = {
        { "output", 'o', OPT_TEXT, &o.output, "FILE", "the page, the verdicts or a report" },
        { "reviewer", 'r', OPT_TEXT, &o.reviewer, "NAME", "who reads" },
        { "bound", 'b', OPT_TEXT, &o.bound, "SHARE",
          "of records with a miss, wanted at most; default 0.01.\nGiven and not reached: exit "
          "status 1" },
        { "confidence", 0, OPT_TEXT, &o.confidence, "SHARE", "default 0.95" },
        { "force", 0, OPT_FLAG, &o.force, NULL, "replace files that exist" },
        { "help", 'h', OPT_FLAG, &o.help, NULL, "this text" },
    };
    if (options_parse(table, COUNT_OF(table), argc, argv, &operands, &fault))
        return console_fault("review", &fault);
    if (o.help) return print_help(table, COUNT_OF(table));
    const char *verb = operands > 0 ? argv[1] : "";
    bool page = strcmp(verb, "page") == 0, read = strcmp(verb, "read") == 0;
    if (!page && !read && strcmp(verb, "result") != 0)
        return console_misuse("review", "it takes `page`, `read` or `result`");
    if (operands < 2 || (!page && !read && operands < 3))
        return console_misuse("review", "name the sample, and for a result the verdicts");
    if ((page || read) && (!o.output || operands > 2))
        return console_misuse("review", "it takes one sample, and -o names what is written");
    if (read && (!o.reviewer || !*o.reviewer))
        return console_misuse("review", "--reviewer says who reads");
    if (!read_share(o.bound, 0.01, &wanted.bound) ||
        !read_share(o.confidence, 0.95, &wanted.confidence))
        return console_misuse("review", "--bound and --confidence are shares between 0 and 1");
    wanted.output = o.output;
    wanted.force = o.force;
    console_init(&console, "review", false);
    err e = run(&o, &wanted, argv + 1, operands, &status, &d);
    return e ? console_stop(&console, e, &d) : status;
}
