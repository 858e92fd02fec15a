/* cordon release — one dossier for one output, from records that are all of it, or a refusal. */
#include "base/clock.h"
#include "base/file.h"
#include "cli/console.h"
#include "cli/release_document.h"
#include "cli/report_files.h"
#include "text/utf8.h"

enum { RECORD_MAX = 256 << 20 };

struct release_options {
    struct opt_texts output;
    const char *attest, *until;
    int profile;
    bool force, help;
};

static int print_help(const struct opt *table, size_t n)
{
    fputs(
        "usage: cordon release OUTPUT RECORD... -o DOSSIER.html [-o DOSSIER.json]\n"
        "       cordon release --attest NAME --until DATE OUTPUT -o ATTESTATION.json\n\n"
        "Gathers what speaks for one output (a file or a folder) into one dossier: the method it\n"
        "may claim, versions, the id of the key, the check, the review with its bounds, the run's\n"
        "report, and who attests it until when. Each record names the output it was made on by a\n"
        "checksum; the output is hashed now, and what is of another one is refused.\n\n"
        "  cordon deid export/ -o clean/ --report run.json --review sample.jsonl\n"
        "  cordon check export/ clean/ --report check.json\n"
        "  cordon review result sample.jsonl a.jsonl b.jsonl --bound 0.02 -o review.json\n"
        "  cordon release --attest 'A. Weber, privacy officer' --until 2027-06-30 clean/ \\\n"
        "      -o attest.json\n"
        "  cordon release clean/ run.json check.json review.json attest.json \\\n"
        "      -o dossier.html -o dossier.json\n\n"
        "The review may be missing but for the profile expert. All else is needed, and must "
        "hold.\n\n"
        "exit status: 0 written, 1 refused (the reasons are told, nothing is written), 2 wrong\n"
        "use, 3 something could not be read or written\n\n"
        "options:\n",
        stdout);
    options_help(table, n, stdout);
    return EXIT_DONE;
}

static void today_of(char out[RELEASE_DATE + 1])
{
    struct clock_utc t = clock_utc_now();
    (void)snprintf(out, RELEASE_DATE + 1, "%04u-%02u-%02u", (unsigned)t.year % 10000,
                   (unsigned)t.month % 100, (unsigned)t.day % 100);
}

static err attest(const struct release_options *o, const char *path, const char *today,
                  struct diag *d)
{
    err e = OK;
    struct output_set set;
    struct report *doc = NULL;
    const struct attestation a = { .profile = (enum profile)o->profile,
                                   .by = view_trim(view_of_str(o->attest)),
                                   .until = view_of_str(o->until),
                                   .today = today };
    output_set_init(&set);
    TRY(output_set_path(&set, path, d));
    TRY(attestation_document(&doc, &a, &set));
    TRY(report_files_save(doc, &o->output, o->force, d));
    printf("%s\n", release_statement(a.profile));
out:
    report_free(doc);
    output_set_clear(&set);
    return e;
}

static err read_records(struct release *r, char **paths, int n, struct diag *d)
{
    err e = OK;
    struct buf json;
    buf_init(&json, RECORD_MAX);
    for (int i = 0; i < n; i++) {
        struct diag here = { .input = (uint64_t)i + 1 };
        buf_reset(&json);
        e = file_read(paths[i], &json, &here);
        if (!e) e = release_add(r, buf_view(&json), &here);
        if (!e) continue;
        here.input = (uint64_t)i + 1;
        *d = here;
        break;
    }
    buf_clear(&json);
    return e;
}

static err gather(const struct release_options *o, char **operands, int n, const char *today,
                  int *status, struct diag *d)
{
    err e = OK;
    struct release r;
    struct report *doc = NULL;
    release_init(&r);
    TRY(release_output(&r, operands[0], d));
    TRY(read_records(&r, operands + 1, n - 1, d));
    release_judge(&r, today);
    for (unsigned i = 0; i < r.n_refused; i++)
        fprintf(stderr, "cordon release: refused: %s\n", r.refused[i]);
    if (r.n_refused) *status = EXIT_NEGATIVE;
    if (r.n_refused) goto out;
    TRY(release_document(&doc, &r, today));
    TRY(report_files_save(doc, &o->output, o->force, d));
out:
    report_free(doc);
    release_clear(&r);
    return e;
}

/* What is wrong with an attestation as it was asked for, or NULL. */
static const char *attest_fault(const struct release_options *o, int operands, const char *today)
{
    view by = view_of_str(o->attest), until = view_of_str(o->until);
    if (operands != 1) return "--attest is for one OUTPUT";
    if (!view_trim(by).n || utf8_bad_at(by) < by.n) return "--attest says who attests, in UTF-8";
    if (!release_is_date(until)) return "--until says how long it holds: YYYY-MM-DD";
    if (view_cmp(until, view_of_str(today)) < 0) return "--until has passed";
    if (!release_statement((enum profile)o->profile))
        return "outputs of the profile transport are not released";
    return NULL;
}

int cmd_release(int argc, char **argv)
{
    struct release_options o = { 0 };
    const char *profiles[PROFILE_COUNT + 1] = { 0 };
    int operands = 0, status = EXIT_DONE;
    char today[RELEASE_DATE + 1];
    struct opt_fault fault;
    struct diag d = { 0 };
    struct console console;
    for (unsigned p = 0; p < PROFILE_COUNT; p++)
        profiles[p] = profile_name(p);
    const struct opt table[] = {
        { "output", 'o', OPT_TEXTS, &o.output, "FILE",
          "the dossier or the attestation; .html or .json, may\nbe given twice" },
        { "attest", 0, OPT_TEXT, &o.attest, "NAME",
          "attest OUTPUT: the statement that its profile needs\nis printed and kept, with this "
          "name" },
        { "until", 0, OPT_TEXT, &o.until, "DATE", "the last day on which it holds, YYYY-MM-DD" },
        { "profile", 'p', OPT_CHOICE, &o.profile, "NAME",
          "of the run, for --attest; default safe-harbor", profiles },
        { "force", 0, OPT_FLAG, &o.force, NULL, "replace files that exist" },
        { "help", 'h', OPT_FLAG, &o.help, NULL, "this text" },
    };
    if (options_parse(table, COUNT_OF(table), argc, argv, &operands, &fault))
        return console_fault("release", &fault);
    if (o.help) return print_help(table, COUNT_OF(table));
    today_of(today);
    const char *wrong = o.attest ? attest_fault(&o, operands, today) : NULL;
    if (!o.attest && o.until) wrong = "--until is for --attest";
    if (!wrong && operands < 1) wrong = "name the output, and the records of it";
    if (!wrong && o.output.n == 0) wrong = "-o names what is written, .html or .json";
    if (wrong) return console_misuse("release", wrong);
    console_init(&console, "release", false);
    err e = o.attest ? attest(&o, argv[1], today, &d)
                     : gather(&o, argv + 1, operands, today, &status, &d);
    return e ? console_stop(&console, e, &d) : status;
}
