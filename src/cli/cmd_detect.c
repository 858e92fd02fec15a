/* cordon detect — what in a text is an identifier, and why. */
#include "cli/detect_choice.h"
#include "cli/detect_line.h"
#include "cli/inputs.h"
#include "cli/summary.h"
#include "deid/site_config.h"

static int print_help(const struct opt *table, size_t n)
{
    fputs(
        "usage: cordon detect [options] [FILE|FOLDER|-]...\n\n"
        "Prints one JSON line a text: its id and the identifiers in it. Nothing is changed.\n\n"
        "  cordon detect note.txt                   ids are ordinals: \"1\", \"2\", …\n"
        "  cordon detect notes.jsonl -o spans.jsonl lines with \"id\" and \"text\"\n"
        "  cordon detect --explain note.txt         with rule, reason and cue of each\n"
        "  cordon detect feed.hl7                   HL7, FHIR, CDA and JSON documents: a line for\n"
        "                                           each field that holds something\n"
        "  cordon eval deid gold.jsonl spans.jsonl  how good it was\n\n"
        "Offsets count Unicode code points (as brat and Presidio do), or bytes of the text in\n"
        "UTF-8 with --offsets bytes. Every line of JSON lines gives one line, in order; one that\n"
        "can't be read gives {\"id\":null,\"error\":\"…\"}, and exit status 3. Blank lines give "
        "none.\n\n"
        "options:\n",
        stdout);
    options_help(table, n, stdout);
    return EXIT_DONE;
}

static err open_engine(const char *site_file, int date_order, struct detect_choice *choice,
                       struct input_options *in, struct site_config **site, struct deid **out,
                       struct diag *d)
{
    err e = OK;
    struct deid_params p = deid_default_params();
    p.lists_only = true;
    p.language = (enum detect_language)choice->language;
    p.recall = (enum recall)choice->recall;
    p.max_document = in->max_document;
    TRY(detect_choice_open(choice, &p.model, d));
    if (site_file) {
        TRY(site_config_open(site, site_file, d));
        p.site = *site;
        in->formats.hl7 = &p.site->hl7.options;
        in->formats.json = p.site->json;
    }
    p.has_date_order = date_order >= 0;
    if (p.has_date_order) p.date_order = (enum date_order)date_order;
    TRY(deid_new(out, &p, d));
out:
    return e;
}

static int run(struct input_options *in, struct detect_options *o, const char *site_file,
               int date_order, struct detect_choice *choice, char **operands, int n)
{
    err e = OK;
    struct diag d = { 0 };
    struct console console;
    struct batch_params params;
    struct batch_result result = { 0 };
    struct site_config *site = NULL;
    struct deid *engine = NULL;
    console_init(&console, "detect", in->quiet);
    if (!input_params(in, operands, n, &console, &params)) return EXIT_USE;
    TRY(open_engine(site_file, date_order, choice, in, &site, &engine, &d));
    o->engine = engine;
    struct batch_work work = detect_line_work(o);
    TRY(batch_run_work(&work, &params, &result, &d));
out:
    console_end(&console);
    deid_free(engine);
    detect_choice_close(choice);
    site_config_free(site);
    if (e) return console_stop(&console, e, &d);
    if (!in->quiet) summary_print(&result, "detect", NULL);
    return console_exit_code(&result);
}

int cmd_detect(int argc, char **argv)
{
    static const char *const units[] = { "chars", "bytes", NULL };
    struct input_options in = input_default_options();
    struct detect_options o = { 0 };
    struct detect_choice choice = { .language = 0 };
    const char *field = "", *site_file = NULL;
    int unit = 0, operands = 0, date_order = -1;
    struct opt_fault fault;
    const struct opt table[] = {
        { "output", 'o', OPT_TEXT, &in.output, "FILE", "default: standard output" },
        { "explain", 'x', OPT_FLAG, &o.explain, NULL, "rule, reason and cue with each span" },
        { "offsets", 0, OPT_CHOICE, &unit, "UNIT", "chars (code points) or bytes", units },
        { "field", 0, OPT_TEXT, &field, "NAME",
          "the field with the text; default text. Of a\nmessage: only that field, such as PID-5" },
        { "site", 0, OPT_TEXT, &site_file, "FILE", "the site's own lists; see cordon site --help" },
        { "date-order", 0, OPT_CHOICE, &date_order, "ORDER",
          "mdy or dmy: how 3/5/2021 is read; default: the site\nfile's, else mdy",
          input_date_orders },
        DETECT_OPTIONS(choice),
        INPUT_OPTIONS(in),
    };
    if (options_parse(table, COUNT_OF(table), argc, argv, &operands, &fault))
        return console_fault("detect", &fault);
    if (in.help) return print_help(table, COUNT_OF(table));
    o.byte_offsets = unit == 1;
    o.field = view_of_str(field);
    int status = run(&in, &o, site_file, date_order, &choice, argv + 1, operands);
    input_options_clear(&in);
    return status;
}
