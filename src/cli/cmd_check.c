/* cordon check — is anything that the originals name left in the output? */
#include <sys/stat.h>

#include "cli/check_document.h"
#include "cli/inputs.h"
#include "cli/report_files.h"

static int print_help(const struct opt *table, size_t n)
{
    fputs(
        "usage: cordon check [options] ORIGINAL OUTPUT\n\n"
        "Searches every identifier that the fields of ORIGINAL name (messages, resources, tables)\n"
        "in the whole of OUTPUT: names and their parts, births, addresses, numbers, links, of at\n"
        "least four letters and digits; without case, accents and punctuation, in reverse order,\n"
        "by digits alone. Words of the language and years are left out. Both may be folders.\n\n"
        "  cordon check adt.hl7 clean.hl7           two files\n"
        "  cordon check export/ clean/              two folders\n"
        "  cordon check --profile limited in.hl7 out.hl7\n"
        "  cordon check export/ clean/ --report check.json    for cordon release\n\n"
        "It shows that no identifier that is known from fields is left, and says no more than\n"
        "that. A surrogate that is somebody's real value is set aside and counted: the original\n"
        "has something else there.\n\n"
        "exit status: 0 nothing found, 1 something found (places on standard output, never what\n"
        "stands there), 2 wrong use, 3 something could not be read, so nothing is shown\n\n"
        "options:\n",
        stdout);
    options_help(table, n, stdout);
    return EXIT_DONE;
}

static void print_leaks(const struct leak_check *c)
{
    for (uint32_t i = 0; i < c->n_kept; i++) {
        const struct leak *x = &c->leaks[i];
        printf("input %" PRIu64 ", record %" PRIu64 ", byte %" PRIu64 ": %s of %" PRIu64
               " bytes is left\n",
               x->input, x->record, x->offset, label_name(x->label), x->length);
    }
    if (c->n_leaks > c->n_kept) printf("and %" PRIu64 " more places\n", c->n_leaks - c->n_kept);
}

/* Where what was found could not be judged: what the user can do about it. */
static void print_advice(const struct leak_check *c)
{
    if (c->suspects.is_full)
        fputs("cordon check: too much was found to tell what is a surrogate: the output may be the "
              "original\n",
              stderr);
    else if (c->pass == LEAK_FIND && c->n_leaks)
        fputs("cordon check: surrogates that are somebody's real value are told from what was left "
              "when ORIGINAL and OUTPUT are files or folders\n",
              stderr);
    else if (c->n_leaks > c->n_formless)
        fputs("cordon check: at these places the original has the same value: look at each\n",
              stderr);
    if (c->n_formless)
        fprintf(stderr,
                "cordon check: %" PRIu64 " places are in records of which there is no original: "
                "they may be surrogates; give the originals of all records, and outputs as they "
                "were written\n",
                c->n_formless);
}

static bool can_read_again(const char *path)
{
    struct stat st;
    return strcmp(path, "-") != 0 && stat(path, &st) == 0 &&
           (S_ISREG(st.st_mode) || S_ISDIR(st.st_mode));
}

/* The checksum of the output, when a report will name it. */
static err sum_output(const struct report_files *files, const char *output, struct output_set *set,
                      uint8_t sum[32], struct diag *d)
{
    err e = OK;
    if (files->paths->n == 0 || strcmp(output, "-") == 0) return OK;
    TRY(output_set_path(set, output, d));
    output_set_end(set, sum);
out:
    return e;
}

/* before: of the output as it was when the search began. What was searched is what the report names, or there is
 * none. */
static err write_report(struct report_files *files, const struct check_facts *found,
                        const char *output, const uint8_t before[32], struct diag *d)
{
    err e = OK;
    struct report *doc = NULL;
    struct check_facts f = *found;
    struct output_set set;
    uint8_t sum[32] = { 0 };
    output_set_init(&set);
    if (files->paths->n == 0) return OK;
    TRY(sum_output(files, output, &set, sum, d));
    if (memcmp(before, sum, sizeof sum) != 0)
        TRY(DIAG(d, ERR_CORRUPT, "the output was changed while it was searched"));
    if (strcmp(output, "-") != 0) f.set = &set;
    TRY(check_document(&doc, &f));
    TRY(report_files_write(files, doc, d));
out:
    report_free(doc);
    output_set_clear(&set);
    return e;
}

static int run(struct input_options *in, const struct leak_params *p,
               const struct opt_texts *reports, char **operands)
{
    err e = OK;
    struct diag d = { 0 };
    struct console console;
    struct batch_params originals, outputs;
    struct batch_result before = { 0 }, after = { 0 };
    struct leak_check *c = NULL;
    struct report_files files = { 0 };
    struct output_set set;
    uint8_t sum[32] = { 0 };
    char reading[64];
    output_set_init(&set);
    console_init(&console, "check", in->quiet);
    if (!input_params(in, operands, 1, &console, &originals) ||
        !input_params(in, operands + 1, 1, &console, &outputs))
        return EXIT_USE;
    TRY(report_files_open(&files, reports, in->force, &d));
    TRY(leak_check_new(&c, p));
    TRY(sum_output(&files, operands[1], &set, sum, &d));
    output_set_clear(&set);
    TRY(leak_check_gather(c, &originals, &before, &d));
    TRY(leak_check_search(c, &outputs, &after, &d));
    if (can_read_again(operands[0]) && can_read_again(operands[1]))
        TRY(leak_check_judge(c, &originals, &outputs, &d));
    console_end(&console);
    print_leaks(c);
    bool is_missing = before.counts.records > 0 && after.counts.records == 0;
    bool failed = console_exit_code(&before) || console_exit_code(&after) || is_missing;
    input_reading(in, reading);
    struct check_facts facts = { .check = c,
                                 .originals = &before,
                                 .outputs = &after,
                                 .reading = view_of(reading, sizeof reading),
                                 .failed = failed };
    TRY(write_report(&files, &facts, operands[1], sum, &d));
    if (!in->quiet) {
        fprintf(stderr,
                "cordon check: %" PRIu64 " values of %" PRIu64 " records, %" PRIu64
                " records searched, %" PRIu64 " places found\n",
                c->n_values, before.counts.records, after.counts.records, c->n_leaks);
        if (c->n_aside)
            fprintf(stderr,
                    "cordon check: set aside: %" PRIu64 " codes where the standard has one and "
                    "names of firms, equal to a number or place that may be one\n",
                    c->n_aside);
        if (c->n_put)
            fprintf(stderr,
                    "cordon check: set aside: %" PRIu64
                    " surrogates that are somebody's real value: "
                    "the original has something else there\n",
                    c->n_put);
        print_advice(c);
        if (is_missing)
            fputs("cordon check: OUTPUT holds no record of these originals: this shows nothing\n",
                  stderr);
        if (!c->n_values && !failed)
            fputs("cordon check: the original names no identifiers in fields: this shows nothing\n",
                  stderr);
    }
    int code = c->n_leaks ? EXIT_NEGATIVE : failed ? EXIT_SOME_FAILED : EXIT_DONE;
    leak_check_free(c);
    report_files_clear(&files);
    return code;
out:
    console_end(&console);
    output_set_clear(&set);
    report_files_clear(&files);
    leak_check_free(c);
    return console_stop(&console, e, &d);
}

int cmd_check(int argc, char **argv)
{
    const char *profiles[PROFILE_COUNT + 1] = { 0 };
    struct input_options in = input_default_options();
    struct leak_params p = { .profile = PROFILE_SAFE_HARBOR };
    struct opt_texts reports = { 0 };
    int operands = 0, profile = PROFILE_SAFE_HARBOR;
    struct opt_fault fault;
    for (unsigned i = 0; i < PROFILE_COUNT; i++)
        profiles[i] = profile_name(i);
    const struct opt table[] = {
        { "profile", 'p', OPT_CHOICE, &profile, "NAME",
          "what this profile keeps is no leak; default safe-harbor", profiles },
        { "keep-clinicians", 0, OPT_FLAG, &p.keep_clinicians, NULL, "nor are names of clinicians" },
        { "report", 0, OPT_TEXTS, &reports, "FILE",
          "what was searched and found; .html or .json, may be\ngiven twice" },
        INPUT_OPTIONS(in),
    };
    if (options_parse(table, COUNT_OF(table), argc, argv, &operands, &fault))
        return console_fault("check", &fault);
    if (in.help) return print_help(table, COUNT_OF(table));
    if (operands != 2) return console_misuse("check", "it takes ORIGINAL and OUTPUT");
    p.profile = (enum profile)profile;
    int code = run(&in, &p, &reports, argv + 1);
    input_options_clear(&in);
    return code;
}
