/* cordon review — people read a sample; what they find is carried back to the whole. */
#include <fcntl.h>
#include <math.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "cli/console.h"
#include "cli/diff.h"
#include "cli/run_document.h"
#include "cli/sample_page.h"
#include "text/utf8.h"

struct review_options {
    const char *output, *reviewer, *bound, *confidence;
    bool help, force;
};

static void print_help(const struct opt *table, size_t n)
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

/* ---- reading in the terminal ---- */

static uint32_t count_points(view v)
{
    uint32_t n = 0;
    for (size_t i = 0; i < v.n; i++)
        n += (v.p[i] & 0xC0) != 0x80;
    return n;
}

/* Appends every place of `what` in the unit's outputs as a missed range; how many. */
static err add_places(const struct review_unit *u, view what, struct buf *missed, uint32_t *n)
{
    err e = OK;
    for (uint32_t t = 0; t < u->n_texts; t++) {
        view text = u->texts[t].output;
        for (size_t at = 0; at + what.n <= text.n;) {
            if (memcmp(text.p + at, what.p, what.n) != 0) {
                at++;
                continue;
            }
            uint32_t start = count_points(view_sub(text, 0, at));
            TRY(buf_add(missed, missed->n ? VIEW(",[") : VIEW("[")));
            TRY(buf_add_u64(missed, t));
            TRY(buf_add_char(missed, ','));
            TRY(buf_add_u64(missed, start));
            TRY(buf_add_char(missed, ','));
            TRY(buf_add_u64(missed, start + count_points(what)));
            TRY(buf_add_char(missed, ']'));
            (*n)++;
            at += what.n;
        }
    }
out:
    return e;
}

static err show_unit(const struct review_unit *u)
{
    err e = OK;
    struct arena a;
    struct buf out;
    arena_init(&a, 1 << 30);
    buf_init(&out, 1 << 30);
    for (uint32_t t = 0; t < u->n_texts; t++) {
        if (u->texts[t].field.n) {
            TRY(buf_add(&out, u->texts[t].field));
            TRY(buf_add(&out, VIEW(":\n")));
        }
        TRY(diff_text(&out, DIFF_SIDE, console_width(), console_has_colour(STDOUT_FILENO), &a,
                      u->texts[t].text, &u->texts[t].edits));
    }
    fwrite(out.p, 1, out.n, stdout);
out:
    arena_clear(&a);
    buf_clear(&out);
    return e;
}

/* Asks until the reader has said all; *quit when he wants no more. */
static err ask(const struct review_unit *u, struct buf *missed, bool *quit)
{
    char line[4096];
    for (;;) {
        fputs("\nstill there (copy it), Enter when there is nothing more, q to stop > ", stdout);
        fflush(stdout);
        if (!fgets(line, sizeof line, stdin)) {
            *quit = true;
            return OK;
        }
        view v = view_trim(view_of_str(line));
        uint32_t n = 0;
        if (!v.n) return OK;
        if (view_eq(v, VIEW("q"))) {
            *quit = true;
            return OK;
        }
        err e = utf8_bad_at(v) < v.n ? OK : add_places(u, v, missed, &n);
        if (e) return e;
        printf(n ? "noted: %" PRIu32 "\n" : "that does not stand there (%" PRIu32 " places)\n", n);
    }
}

/* How a verdict on a record of the sample begins. */
static err add_beginning(struct buf *line, const struct review *r)
{
    err e = OK;
    TRY(buf_add(line, VIEW("{\"sample\":")));
    TRY(buf_add_json(line, r->id));
    TRY(buf_add(line, VIEW(",\"unit\":")));
out:
    return e;
}

static err add_verdict(int fd, const struct review *r, const struct review_unit *u, view reader,
                       view missed, struct diag *d)
{
    err e = OK;
    struct buf line;
    buf_init(&line, 1 << 24);
    TRY(add_beginning(&line, r));
    TRY(buf_add_json(&line, u->name));
    TRY(buf_add(&line, VIEW(",\"reviewer\":")));
    TRY(buf_add_json(&line, reader));
    TRY(buf_add(&line, VIEW(",\"missed\":[")));
    TRY(buf_add(&line, missed));
    TRY(buf_add(&line, VIEW("]}\n")));
    TRY(file_write_fd(fd, buf_view(&line), d));
out:
    buf_clear(&line);
    return e;
}

/* Where the last whole line ends, and how the rest does. False: it can't be read. */
static bool last_line_end(int fd, off_t size, off_t *end, bool *is_whole)
{
    char block[4096];
    *is_whole = false;
    for (*end = size; *end > 0;) {
        size_t n = (size_t)MIN(*end, (off_t)sizeof block);
        if (pread(fd, block, n, *end - (off_t)n) != (ssize_t)n) return false;
        if (*end == size) *is_whole = n > 1 && memcmp(block + n - 2, "]}", 2) == 0;
        const char *mark = memrchr(block, '\n', n);
        *end -= mark ? block + n - mark - 1 : (off_t)n;
        if (mark) break;
    }
    return true;
}

/* Is what stands from `end` on the beginning of a verdict? Another file is not touched. */
static err is_cut_verdict(int fd, const struct review *r, off_t end, bool *out)
{
    err e = OK;
    char block[256];
    struct buf line;
    buf_init(&line, sizeof block);
    TRY(add_beginning(&line, r));
    ssize_t n = pread(fd, block, line.n, end);
    *out = n > 0 && memcmp(block, line.p, (size_t)n) == 0;
out:
    buf_clear(&line);
    return e;
}

/* A full disk or a kill can have cut the last verdict off, which nobody was told is noted: its record is asked again. Not
 * while another reader writes. */
static err mend_end(int fd, const struct review *r, struct diag *d)
{
    err e = OK;
    struct stat st;
    off_t end;
    bool is_whole, is_ours;
    if (fstat(fd, &st) != 0 || !S_ISREG(st.st_mode) || flock(fd, LOCK_EX | LOCK_NB) != 0) return OK;
    if (!last_line_end(fd, st.st_size, &end, &is_whole))
        return DIAG_OS(d, "the verdicts can't be read");
    if (end == st.st_size) return OK;
    TRY(is_cut_verdict(fd, r, end, &is_ours));
    if (!is_ours) return OK;
    if (is_whole) return file_write_fd(fd, VIEW("\n"), d);
    if (ftruncate(fd, end) != 0) TRY(DIAG_OS(d, "the verdicts can't be written"));
    puts("the last verdict was cut off: its record is asked again");
out:
    return e;
}

static err read_sample(struct review *r, const struct review_options *o, struct diag *d)
{
    err e = OK;
    bool quit = false;
    struct buf missed;
    view reader = view_of_str(o->reviewer);
    enum file_kind kind;
    buf_init(&missed, 1 << 20);
    bool was_there = file_kind_of(o->output, &kind, NULL) == OK;
    int fd = open(o->output, O_RDWR | O_APPEND | O_CREAT | O_CLOEXEC, 0666);
    if (fd < 0) TRY(DIAG_OS(d, "the verdicts can't be written"));
    TRY(mend_end(fd, r, d));
    (void)flock(fd, LOCK_SH);
    /* What was read before is not asked again. */
    if (was_there) TRY(review_verdicts(r, o->output, d));
    for (uint32_t i = 0; i < r->n_units && !quit && !e; i++) {
        if (review_has_read(r, i, reader)) continue;
        printf("\n== record %" PRIu32 " of %" PRIu32 "\n", i + 1, r->n_units);
        buf_reset(&missed);
        e = show_unit(&r->units[i]);
        if (!e) e = ask(&r->units[i], &missed, &quit);
        if (!e && !quit) e = add_verdict(fd, r, &r->units[i], reader, buf_view(&missed), d);
    }
out:
    if (fd >= 0 && close(fd) != 0 && !e) e = DIAG_OS(d, "the verdicts can't be written");
    buf_clear(&missed);
    return e;
}

/* ---- the result ---- */

static struct cell number_cell(double x)
{
    return isfinite(x) ? cell_count((uint64_t)x) : cell_none();
}

static err make_report(struct report **out, const struct review *r, const struct review_result *x,
                       double confidence, double bound)
{
    struct report *doc = NULL;
    err e = report_new(&doc, "review", VIEW("Review of a de-identification run"), VIEW(""));
    if (e) return e;
    report_tile(doc, "notes_leaking", "Records with a miss", cell_share(x->notes));
    report_tile(doc, "notes_upper", "At most (one-sided bound)", cell_share(x->notes_upper));
    report_tile(doc, "identifiers_leaking", "Identifiers missed", cell_share(x->identifiers));
    report_section(doc, "estimate", "Estimate for the whole run");
    report_fact(doc, "confidence", "Confidence of intervals and bounds", cell_share(confidence));
    report_fact(doc, "notes_low", "Records with a miss: interval from",
                cell_share(x->notes_in.low));
    report_fact(doc, "notes_high", "to", cell_share(x->notes_in.high));
    report_fact(doc, "identifiers_low", "Identifiers missed: interval from",
                cell_share(x->identifiers_in.low));
    report_fact(doc, "identifiers_high", "to", cell_share(x->identifiers_in.high));
    report_fact(doc, "bound", "Wanted bound on records with a miss", cell_share(bound));
    report_fact(doc, "is_reached", "The bound is reached", cell_bool(x->notes_upper <= bound));
    report_fact(doc, "more", "Records still to read for it, at the rate seen",
                number_cell(x->more));
    report_note(doc,
                VIEW("Intervals are exact binomial ones at the effective size of the reading; "
                     "identifiers: the wider of a bootstrap over records and what the bound on "
                     "records allows. An estimate holds for texts like those sampled, and for "
                     "what readers can see."));
    report_section(doc, "reading", "Reading");
    report_fact(doc, "records", "Records in the run", number_cell(r->records));
    report_fact(doc, "findings", "Identifiers replaced in the run", number_cell(r->findings));
    report_fact(doc, "by_reader", "Identifiers that the second reader added",
                number_cell(r->by_reader));
    report_fact(doc, "drawn", "Records drawn", cell_count(x->drawn));
    report_fact(doc, "read", "Records read", cell_count(x->read));
    report_fact(doc, "effective_size", "Worth as many equally likely records",
                number_cell(floor(x->size + 1e-6)));
    report_fact(doc, "with_misses", "Records read that held a miss", cell_count(x->with_misses));
    report_fact(doc, "misses", "Different misses in them", cell_count(x->misses));
    report_fact(doc, "reviewers", "Reviewers", cell_count(r->n_readers));
    report_fact(doc, "read_by_two", "Records read by both of the first two",
                cell_count(x->read_by_two));
    report_fact(doc, "overlooked", "Misses there are to misses seen, in hundredths",
                number_cell(round(x->missed_by_readers * 100)));
    report_note(doc,
                x->is_modelled
                    ? VIEW("What readers overlook is estimated from how far two of them agree "
                           "(Chapman). Misses that are hard for both make it an underestimate.")
                    : VIEW("No record was read by two: what readers themselves overlook is not "
                           "in these numbers."));
    if (x->read < x->drawn)
        report_note(doc, VIEW("Not all records drawn were read: that is sound only when which were "
                              "left out has nothing to do with what is in them."));
    report_section(doc, "sample", "The sample");
    report_fact(doc, "id", "Its name", cell_code(r->id));
    report_section(doc, "outputs", "The output it was drawn from");
    report_fact(doc, "outputs", "Files", r->output_set.n ? number_cell(r->outputs) : cell_none());
    report_fact(doc, OUTPUT_SET_KEY, "Checksum of the whole",
                r->output_set.n ? cell_code(r->output_set) : cell_none());
    if (!r->output_set.n)
        report_note(doc, VIEW("None: the sample was drawn apart from a run that writes, so this "
                              "review is of no output (cordon deid -o OUTPUT --review SAMPLE)."));
    *out = doc;
    return OK;
}

static void print_share(const char *what, double x, struct interval in)
{
    printf("%-24s %.4f   interval %.4f to %.4f\n", what, x, in.low, in.high);
}

static err print_result(const struct review *r, const struct review_options *o, double confidence,
                        double bound, bool *reached, struct diag *d)
{
    err e = OK;
    struct review_result x;
    struct report *doc = NULL;
    const struct opt_texts paths = { { o->output }, o->output != NULL };
    TRY(review_estimate(r, confidence, bound, &x));
    *reached = x.notes_upper <= bound;
    printf("read %" PRIu32 " of %" PRIu32 " records drawn, worth %.0f; %" PRIu32
           " of them with a miss, %" PRIu64 " misses\n",
           x.read, x.drawn, floor(x.size + 1e-6), x.with_misses, x.misses);
    if (r->by_reader > 0)
        printf("added by the second reader in the run: %.0f of %.0f identifiers\n", r->by_reader,
               r->findings);
    print_share("records with a miss", x.notes, x.notes_in);
    print_share("identifiers missed", x.identifiers, x.identifiers_in);
    printf("%-24s %.4f at %.0f %%\n", "records: at most", x.notes_upper, confidence * 100);
    if (x.is_modelled)
        printf("two readers: %.2f misses there are for each one seen\n", x.missed_by_readers);
    else
        puts("read by one: what readers overlook is not in these numbers");
    if (*reached)
        printf("the bound of %g is reached\n", bound);
    else if (isfinite(x.more))
        printf("for a bound of %g read %.0f more\n", bound, x.more);
    else
        printf("a bound of %g is not to be had at this rate of misses\n", bound);
    if (o->output) {
        TRY(make_report(&doc, r, &x, confidence, bound));
        TRY(report_files_save(doc, &paths, o->force, d));
    }
out:
    report_free(doc);
    return e;
}

static bool read_share(const char *s, double usual, double *out)
{
    char *end;
    *out = usual;
    if (!s) return true;
    *out = strtod(s, &end);
    return *s && !*end && *out > 0 && *out < 1;
}

static err run(const struct review_options *o, char **operands, int n, double confidence,
               double bound, int *status, struct diag *d)
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
        TRY(read_sample(&r, o, d));
    } else {
        for (int i = 2; i < n; i++)
            TRY(review_verdicts(&r, operands[i], d));
        TRY(print_result(&r, o, confidence, bound, &reached, d));
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
    double confidence, bound;
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
    if (o.help) {
        print_help(table, COUNT_OF(table));
        return EXIT_DONE;
    }
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
    if (!read_share(o.bound, 0.01, &bound) || !read_share(o.confidence, 0.95, &confidence))
        return console_misuse("review", "--bound and --confidence are shares between 0 and 1");
    console_init(&console, "review", false);
    err e = run(&o, argv + 1, operands, confidence, bound, &status, &d);
    return e ? console_stop(&console, e, &d) : status;
}
