/* cordon deid — the same texts without the identifiers. */
#include <unistd.h>

#include "cli/batches.h"
#include "cli/detect_choice.h"
#include "cli/diff.h"
#include "cli/inputs.h"
#include "cli/json_show.h"
#include "cli/reader_choice.h"
#include "cli/review_draw.h"
#include "cli/run_report.h"
#include "cli/summary.h"
#include "deid/failure_index.h"
#include "deid/patient_index.h"
#include "deid/site_config.h"
#include "deid/vault.h"

enum { DIFF_NONE = -1 };

struct deid_options {
    struct input_options in;
    struct detect_choice choice;
    int profile, style, diff, date_order, patients;
    const char *key, *project, *patient_field, *site, *vault, *vault_key, *failures;
    struct opt_texts reports;
    struct batches batches;
    struct review_draw review;
    struct reader_choice reader;
    const struct opt *table; /* of the command: what a run is */
    size_t n_table;
    bool keep_clinicians, keep_names, shift_weeks;
};

enum patients { PATIENTS_AUTO, PATIENTS_FIRST_PASS, PATIENTS_OFF };
static const char *const patients_choices[] = { "auto", "first-pass", "off", NULL };
static const char *const styles[] = { "mask", "tag", "surrogate", NULL };
static const enum style style_of[] = { STYLE_MASK, STYLE_TAG, STYLE_SURROGATE };

static int print_help(const struct opt *table, size_t n)
{
    fputs(
        "usage: cordon deid [options] [FILE|FOLDER|-]...\n\n"
        "Writes the same texts with names, dates, numbers and places replaced. Bytes outside a\n"
        "finding stay as they are.\n\n"
        "  cordon deid note.txt                     one note, to standard output\n"
        "  cordon deid < note.txt > clean.txt       the same through pipes\n"
        "  cordon deid notes/ -o clean/             a folder, into another of the same shape\n"
        "  cordon deid notes.jsonl -o clean.jsonl   JSON lines: every string in them is looked at\n"
        "  cordon deid notes.csv -o clean.csv       a table; `--columns show` tells what its\n"
        "                                           columns are taken for\n"
        "  cordon deid feed.hl7 -o clean.hl7        HL7 v2 messages; CDA documents too\n"
        "  cordon deid --diff note.txt              before and after, for your eyes\n"
        "  cordon deid --reader qwen.gguf notes/ -o clean/       a language model reads what is\n"
        "                                           left, and adds what still identifies\n"
        "  cordon key new study.key\n"
        "  cordon deid --profile expert --key study.key --patient-field mrn notes.jsonl\n"
        "  cordon deid -p expert -k study.key --shift-weeks --date-order dmy note.txt\n\n"
        "profiles (what a run may claim):\n",
        stdout);
    for (unsigned p = 0; p < PROFILE_COUNT; p++)
        printf("  %-12s %s\n", profile_name(p), profile_claim(p));
    fputs("\nstyles:\n"
          "  mask         [NAME]\n"
          "  tag          [NAME-7QK2]: the same value gives the same tag\n"
          "  surrogate    a plausible value that can't be real\n\n"
          "Names of outputs below a folder pass through the engine too. A JSON line that fails is\n"
          "left out; another input that fails has no output; the rest goes on (exit status 3).\n"
          "Inputs are named by their ordinal in messages: file names are input.\n\n"
          "options:\n",
          stdout);
    options_help(table, n, stdout);
    return EXIT_DONE;
}

/* The first pass, when one is wanted and can be made, and the site's rosters of records. *out stays NULL without
 * both. */
static err index_patients(const struct deid_options *o, const struct batch_params *params,
                          const struct site_config *site, struct patient_index **out,
                          struct diag *d)
{
    err e = OK;
    bool helps = o->patients != PATIENTS_OFF && patient_index_may_help(params);
    bool has_rosters = site && site->records.n;
    if (o->patients != PATIENTS_FIRST_PASS && !helps && !has_rosters) return OK;
    if (!helps && o->patients == PATIENTS_FIRST_PASS)
        return DIAG(d, ERR_USAGE,
                    "--patients first-pass reads its inputs twice: it takes files and folders of a "
                    "format that names patients");
    TRY(patient_index_new(out, d));
    if (has_rosters) TRY(patient_index_fill_from(*out, buf_view(&site->records), params, d));
    if (!helps) return OK;
    if (batches_may_journal(&o->batches, params))
        patient_index_watch(*out, o->patient_field != NULL);
    struct batch_params whole = *params; /* a part's patients may be named in another part */
    whole.shards = 0;
    TRY(patient_index_fill(*out, &whole, d));
out:
    return e;
}

/* What is sealed, when there is to be something: under a key of its own, or the run's. */
static err open_sealed(const struct deid_options *o, const struct key *key, struct key **own,
                       struct vault **vault, struct failure_index **failures, struct diag *d)
{
    err e = OK;
    if (o->vault_key) TRY(key_open_file(own, o->vault_key, d));
    if (*own) key = *own;
    if (o->vault) TRY(vault_open(vault, o->vault, key, d));
    if (o->failures) TRY(failure_index_open(failures, o->failures, key, d));
out:
    return e;
}

static err open_engine(struct deid_options *o, const struct patient_index *patients,
                       const struct second_reader *reader, struct key **key, struct key **vault_key,
                       struct vault **vault, struct failure_index **failures,
                       const struct site_config *site, struct deid **out,
                       struct deid_params *params, struct diag *d)
{
    err e = OK;
    struct deid_params p = deid_default_params();
    p.patients = patients;
    p.reader = reader;
    if (o->key) TRY(key_open_file(key, o->key, d));
    TRY(open_sealed(o, *key, vault_key, vault, failures, d));
    p.vault = *vault;
    TRY(detect_choice_open(&o->choice, &p.model, d));
    p.language = (enum detect_language)o->choice.language;
    p.recall = (enum recall)o->choice.recall;
    p.site = site;
    p.profile = (enum profile)o->profile;
    if (o->style >= 0) p.style = style_of[o->style];
    p.key = *key;
    if (o->project) p.project = view_of_str(o->project);
    if (o->patient_field) p.patient_field = view_of_str(o->patient_field);
    p.keep_clinicians = o->keep_clinicians;
    p.shift_whole_weeks = o->shift_weeks;
    p.has_date_order = o->date_order >= 0;
    if (p.has_date_order) p.date_order = (enum date_order)o->date_order;
    p.max_document = o->in.max_document;
    TRY(deid_new(out, &p, d));
    *params = p;
out:
    return e;
}

static err run_batch(const struct deid_options *o, const struct deid *d,
                     const struct batch_params *params, struct batch_result *result,
                     struct diag *diag)
{
    if (o->review.file) return review_draw(&o->review, d, params, result, diag);
    if (o->diff == DIFF_NONE) return batch_run(d, params, result, diag);
    const struct diff_options show = { .deid = d,
                                       .layout = (enum diff_layout)o->diff,
                                       .width = console_width(),
                                       .colour = console_has_colour(STDOUT_FILENO) };
    const struct batch_work work = diff_work(&show);
    return batch_run_work(&work, params, result, diag);
}

static err write_report(struct run_report *r, const struct deid_options *o,
                        const struct deid *engine, const struct deid_params *p,
                        const struct batch_result *result, struct diag *d)
{
    char reading[64];
    input_reading(&o->in, reading);
    const struct run_facts facts = {
        .params = p,
        .reading = view_of(reading, sizeof reading),
        .style = deid_style_name(engine),
        .format = o->in.format >= 0 ? input_formats[o->in.format] : NULL,
        .encoding = o->in.encoding >= 0 ? input_encodings[o->in.encoding] : NULL,
        .date_order = input_date_orders[deid_date_order(engine)],
        .shift_weeks = deid_shifts_weeks(engine),
        .jobs = o->in.jobs,
        .keep_names = o->keep_names,
        .force = o->in.force,
        .has_project = o->project != NULL,
        .has_patient_field = o->patient_field != NULL,
    };
    return run_report_write(r, &facts, result, d);
}

static int run(struct deid_options *o, char **operands, int n)
{
    err e = OK;
    struct diag d = { 0 };
    struct console console;
    struct batch_params params;
    struct batch_result result = { 0 };
    struct deid_params engine_params;
    struct run_report report;
    struct key *key = NULL, *vault_key = NULL;
    struct vault *vault = NULL;
    struct failure_index *failures = NULL;
    struct site_config *site = NULL;
    struct deid *engine = NULL;
    struct patient_index *patients = NULL;
    const struct second_reader *reader = NULL;
    int status = EXIT_DONE;
    bool is_shown = false;
    console_init(&console, "deid", o->in.quiet);
    if (n && o->batches.inputs_from)
        return console_misuse("deid", "--inputs-from and inputs on the command line: choose one");
    if (!input_params(&o->in, operands, o->batches.inputs_from ? 1 : n, &console, &params) ||
        !batches_ready(&o->batches, &console, &params))
        return EXIT_USE;
    if (table_options_show(&o->in.table)) return table_show(&console, &params);
    params.keep_names = o->keep_names;
    run_report_init(&report);
    if (o->site) TRY(site_config_open(&site, o->site, &d));
    if (site) {
        o->in.formats.hl7 = &site->hl7.options;
        if (o->in.json) json_paths_follow(o->in.json, site->json);
        o->in.formats.json = o->in.json ? o->in.json : site->json;
    }
    if (o->in.shows_json) {
        status = json_show(&console, &params);
        is_shown = true;
        goto out;
    }
    TRY(index_patients(o, &params, site, &patients, &d)); /* reads as the run will */
    TRY(reader_choice_open(&o->reader, &params.jobs, &reader, &d));
    TRY(open_engine(o, patients, reader, &key, &vault_key, &vault, &failures, site, &engine,
                    &engine_params, &d));
    params.known_of = patients ? patient_index_told : NULL;
    params.known_ctx = patients;
    params.on_failed_path = failures ? failure_index_hear : NULL;
    params.path_ctx = failures;
    TRY(run_report_open(&report, &o->reports, o->in.force, &d));
    run_report_watch(&report, &console, &params);
    bool repeatable = key || (!o->site && strcmp(deid_style_name(engine), "mask") == 0);
    /* A sample is of a whole run: what an earlier one has done can't be drawn from. */
    if (o->diff == DIFF_NONE && !o->review.file &&
        !batches_journal(&o->batches, &console, o->table, o->n_table, key, repeatable, &params)) {
        status = EXIT_USE;
        goto out;
    }
    TRY(run_batch(o, engine, &params, &result, &d));
    e = vault_close(vault, &d);
    vault = NULL;
    TRY(e);
    e = failure_index_close(failures, &d);
    failures = NULL;
    TRY(e);
    TRY(write_report(&report, o, engine, &engine_params, &result, &d));
    if (!o->in.quiet) {
        struct summary_claim claim = { .profile = (enum profile)o->profile,
                                       .style = deid_style_name(engine),
                                       .key = key };
        console_end(&console);
        summary_print(&result, "deid", &claim);
    }
out:
    console_end(&console);
    run_report_clear(&report);
    deid_free(engine);
    reader_choice_close(&o->reader);
    detect_choice_close(&o->choice);
    vault_abandon(vault);
    failure_index_abandon(failures);
    key_free(vault_key);
    patient_index_free(patients);
    site_config_free(site);
    key_free(key);
    if (status || is_shown) return status;
    return e ? console_stop(&console, e, &d) : console_exit_code(&result);
}

int cmd_deid(int argc, char **argv)
{
    static const char *const layouts[] = { "inline", "side", NULL };
    const char *profiles[PROFILE_COUNT + 1] = { 0 };
    struct deid_options o = {
        .in = input_default_options(), .style = -1, .diff = DIFF_NONE, .date_order = -1
    };
    int operands = 0;
    struct opt_fault fault;
    for (unsigned p = 0; p < PROFILE_COUNT; p++)
        profiles[p] = profile_name(p);
    const struct opt table[] = {
        { "output", 'o', OPT_TEXT, &o.in.output, "PATH",
          "file or folder; default: standard output" },
        { "profile", 'p', OPT_CHOICE, &o.profile, "NAME", "default safe-harbor", profiles },
        { "style", 's', OPT_CHOICE, &o.style, "NAME", "default: the profile's own", styles },
        { "key", 'k', OPT_TEXT, &o.key, "FILE", "made by `cordon key new`" },
        { "project", 0, OPT_TEXT, &o.project, "NAME",
          "names are replaced alike within it; default project" },
        { "patient-field", 0, OPT_TEXT, &o.patient_field, "NAME",
          "JSON field that says whose record it is: a patient's\ndates move together, and what "
          "is known of the patient is\nsearched; default: id, for the dates alone" },
        { "patients", 0, OPT_CHOICE, &o.patients, "WHEN",
          "auto, first-pass or off: read messages, resources and\ntables once before, for what "
          "they say about each patient;\ndefault auto: when they are files or folders; rosters\n"
          "of records in --site are read in any case",
          patients_choices },
        { "vault", 0, OPT_TEXT, &o.vault, "FILE",
          "keep the way back there, sealed, for cordon reidentify" },
        { "vault-key", 0, OPT_TEXT, &o.vault_key, "FILE",
          "seals the vault; made by `cordon key new`, kept apart\nfrom it; default: --key" },
        { "failures", 0, OPT_TEXT, &o.failures, "FILE",
          "keep there, sealed as a vault is, which inputs failed,\nby name; see cordon failures" },
        { "site", 0, OPT_TEXT, &o.site, "FILE",
          "the site's own lists, patterns, actions and rosters;\nsee cordon site --help" },
        { "shift-weeks", 0, OPT_FLAG, &o.shift_weeks, NULL,
          "dates that are shifted keep their weekday" },
        { "date-order", 0, OPT_CHOICE, &o.date_order, "ORDER",
          "mdy or dmy: how 3/5/2021 is read; default: the site\nfile's, else mdy",
          input_date_orders },
        { "keep-clinicians", 0, OPT_FLAG, &o.keep_clinicians, NULL, "names of clinicians stay" },
        { "keep-names", 0, OPT_FLAG, &o.keep_names, NULL,
          "outputs are named as inputs, whatever that tells" },
        { "diff", 0, OPT_MAYBE, &o.diff, "LAYOUT",
          "show before and after instead: inline or side.\nThis prints clear text", layouts },
        { "report", 0, OPT_TEXTS, &o.reports, "FILE",
          "for an auditor: what was done, in numbers; .html or\n.json, may be given twice" },
        DETECT_OPTIONS(o.choice),
        READER_OPTIONS(o.reader),
        BATCH_OPTIONS(o.batches),
        REVIEW_OPTIONS(o.review),
        INPUT_OPTIONS(o.in),
    };
    o.table = table;
    o.n_table = COUNT_OF(table);
    batches_init(&o.batches);
    o.review = review_draw_default();
    if (options_parse(table, COUNT_OF(table), argc, argv, &operands, &fault))
        return console_fault("deid", &fault);
    if (o.in.help) return print_help(table, COUNT_OF(table));
    if ((o.vault || o.failures) && !o.vault_key && !o.key)
        return console_misuse("deid", "--vault and --failures take a key: --vault-key FILE, made "
                                      "by `cordon key new`");
    if (o.vault_key && !o.vault && !o.failures)
        return console_misuse("deid", "--vault-key is the key of a --vault or of --failures");
    if (o.vault && o.diff != DIFF_NONE)
        return console_misuse("deid", "--diff shows and --vault keeps: choose one");
    const char *wrong = reader_choice_misuse(&o.reader, o.reports.n > 0);
    if (wrong) return console_misuse("deid", wrong);
    if (o.diff != DIFF_NONE && o.in.output)
        return console_misuse("deid", "--diff shows and --output writes: choose one");
    if (o.diff != DIFF_NONE && o.reports.n)
        return console_misuse("deid",
                              "--report is of a run that writes, and --diff shows: choose one");
    if (o.review.file && (o.diff != DIFF_NONE || o.batches.journal))
        return console_misuse("deid", "--review reads all inputs: leave --diff and --journal away");
    if (o.review.file && !o.in.output && (o.reports.n || o.vault))
        return console_misuse("deid", "--review without -o writes no output: leave --report and "
                                      "--vault away");
    int status = run(&o, argv + 1, operands);
    input_options_clear(&o.in);
    batches_clear(&o.batches);
    return status;
}
