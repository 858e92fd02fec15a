/* cordon extract — reports read into findings, with the words that say so. */
#include <unistd.h>

#include "cli/endpoint_choice.h"
#include "cli/inputs.h"
#include "deid/site_config.h"
#include "extract/extract.h"
#include "extract/extract_served.h"

struct command_options {
    struct input_options in;
    struct extract_options extract;
    const char *schema_name, *field, *site;
    int mode, shape, unit, engine, strategy;
    const char *model, *cache;
    struct endpoint_choice endpoint;
    unsigned threads, model_seconds;
    bool no_cache;
    bool deid, implied, parents, list;
    const char *show;
};
enum { MODE_CLINICAL, MODE_CHEXPERT };
enum { ENGINE_RULES, ENGINE_LLM, ENGINE_HTTP, ENGINE_BOTH };
enum { SERVED_JOBS = 4 }; /* reports that a server is asked about at once */

static int print_help(const struct opt *table, size_t n)
{
    fputs(
        "usage: cordon extract [options] [FILE|FOLDER|-]...\n\n"
        "Reads reports into findings: present, absent, uncertain or not mentioned, each with the\n"
        "place in the text that says so. By rules, or by a model of yours; nothing leaves the "
        "house.\n\n"
        "  cordon extract report.txt                        14 findings of a chest radiograph\n"
        "  cordon extract --schema symptoms notes/          another schema of the program\n"
        "  cordon extract --schema my.yaml reports.jsonl    your own\n"
        "  cordon extract --output-format csv reports/ -o findings.csv\n"
        "  cordon extract --deid reports.jsonl              de-identified on the way\n"
        "  cordon extract --engine llm --model qwen.gguf reports.jsonl    a language model reads\n"
        "  cordon extract --engine http --endpoint http://127.0.0.1:11434 --model qwen2.5:7b "
        "reports.jsonl\n"
        "                                                   one that a server of the house has\n"
        "  cordon extract --engine both --model qwen.gguf reports.jsonl   and where they differ\n"
        "  cordon extract --list-schemas                    what the program brings\n"
        "  cordon eval extract gold.jsonl findings.jsonl    how good it was\n"
        "  cordon agree a.jsonl b.jsonl                     how far two readers agree\n\n"
        "A report that is empty, of another language, too long or no report at all has a state\n"
        "that says so and no findings. Every record gives a line, in order.\n\n"
        "options:\n",
        stdout);
    options_help(table, n, stdout);
    return EXIT_DONE;
}

static int list_schemas(void)
{
    for (uint32_t i = 0; schema_builtin_name(i).n; i++) {
        struct schema *s = NULL;
        struct diag d = { 0 };
        view name = schema_builtin_name(i);
        if (schema_builtin(&s, name, &d)) return EXIT_USE;
        printf("%-18.*s %2" PRIu32 "  %.*s\n", (int)name.n, name.p, s->n_findings, (int)s->title.n,
               s->title.p);
        schema_free(s);
    }
    return EXIT_DONE;
}

static int show_schema(const char *name)
{
    for (uint32_t i = 0; schema_builtin_name(i).n; i++) {
        if (!view_eq(schema_builtin_name(i), view_of_str(name))) continue;
        view text = schema_builtin_text(i);
        return fwrite(text.p, 1, text.n, stdout) == text.n ? EXIT_DONE : EXIT_USE;
    }
    return console_misuse("extract", "there is no schema of that name in the program");
}

/* A name with a dot or a slash is a file's. */
static err open_schema(const struct command_options *o, struct schema **out, struct diag *d)
{
    const char *name = o->schema_name;
    if (!name) name = o->mode == MODE_CHEXPERT ? "chexpert-labeler" : "chexpert14";
    if (strchr(name, '.') || strchr(name, '/')) return schema_open(out, name, d);
    err e = schema_builtin(out, view_of_str(name), d);
    if (e != ERR_NOT_FOUND) return e;
    *d = (struct diag){ 0 };
    return DIAG(d, ERR_USAGE, "there is no schema of that name in the program (--list-schemas)");
}

static err open_deid(const struct command_options *o, struct site_config **site, struct deid **out,
                     struct diag *d)
{
    err e = OK;
    struct deid_params p = deid_default_params();
    if (!o->deid) return OK;
    if (o->site) TRY(site_config_open(site, o->site, d));
    p.site = *site;
    p.max_document = o->in.max_document;
    TRY(deid_new(out, &p, d));
out:
    return e;
}

/* $XDG_CACHE_HOME/cordon or ~/.cache/cordon, owned by the caller; NULL without either. */
static char *cache_folder(void)
{
    const char *base = getenv("XDG_CACHE_HOME"), *home = getenv("HOME"), *rest = "/cordon";
    if (!base || base[0] != '/') {
        base = home;
        rest = "/.cache/cordon";
    }
    if (!base || base[0] != '/') return NULL;
    size_t a = strlen(base), b = strlen(rest);
    char *path = mem_alloc(a + b + 1);
    if (!path) return NULL;
    memcpy(path, base, a);
    memcpy(path + a, rest, b + 1);
    return path;
}

/* Asks the server once, with a text that names nobody, so that one that can't be used is told before
 * anything is read. */
static err open_server(const struct command_options *o, const struct schema *schema,
                       struct batch_params *params, struct model_options *model,
                       struct chat_server **server, struct diag *d)
{
    err e = OK;
    struct chat_params chat = endpoint_params(&o->endpoint, o->model, o->model_seconds);
    TRY(served_open(server, schema, &chat, d));
    *model = (struct model_options){ .schema = schema, .server = *server };
    if (params->jobs == 0) params->jobs = SERVED_JOBS;
    if (!o->in.quiet)
        fprintf(stderr, "extract: %s%s\n", chat_server_model(*server),
                chat_server_is_constrained(*server)
                    ? ""
                    : "; nothing keeps it to the form of the answer, which is checked");
out:
    return e;
}

/* Opens the first of the run's models, so that one that can't be used is told before anything is read. */
static err open_model(const struct command_options *o, const struct schema *schema,
                      struct batch_params *params, struct model_options *model, char **cache,
                      struct extract_run *run, struct diag *d)
{
    err e = OK;
    struct model_reader *first;
    long processors = sysconf(_SC_NPROCESSORS_ONLN);
    *model = (struct model_options){ .schema = schema,
                                     .strategy = (enum model_strategy)o->strategy,
                                     .llm = llm_default_params() };
    if (params->jobs == 0) params->jobs = 1;
    model->llm.model = o->model;
    model->llm.threads =
        o->threads ? o->threads : (unsigned)MAX(processors / (long)params->jobs, 1);
    if (o->model_seconds) model->llm.text_timeout_ms = o->model_seconds * 1000;
    if (!o->no_cache && !o->cache) *cache = cache_folder();
    model->llm.cache = o->cache ? o->cache : *cache;
    TRY(model_reader_new(&first, model, d));
    run->model = first;
    if (!o->in.quiet) {
        const struct llm_facts *f = model_reader_facts(first);
        fprintf(stderr, "extract: %s, %" PRIu64 " MB%s\n", f->description, f->bytes >> 20,
                f->has_template ? "" : "; the model has no chat template that is known");
    }
out:
    return e;
}

static const char *plural(uint64_t n)
{
    return n == 1 ? "" : "s";
}

static void print_summary(const struct extract_run *run, const struct batch_result *result)
{
    uint64_t read = atomic_load(&run->tally.states[REPORT_READ]), all = 0;
    for (int s = 0; s <= REPORT_NOT_TEXT; s++)
        all += atomic_load(&run->tally.states[s]);
    fprintf(stderr, "extract: %" PRIu64 " report%s, %" PRIu64 " read", all, plural(all), read);
    for (int s = REPORT_EMPTY; s <= REPORT_NOT_TEXT; s++) {
        uint64_t n = atomic_load(&run->tally.states[s]);
        if (n) fprintf(stderr, ", %" PRIu64 " %s", n, report_state_name((enum report_state)s));
    }
    uint64_t unquoted = atomic_load(&run->tally.unquoted);
    if (unquoted)
        fprintf(stderr, "; %" PRIu64 " answer%s whose quote is not in the report", unquoted,
                plural(unquoted));
    uint64_t disagreed = atomic_load(&run->tally.disagreed);
    if (run->options.both)
        fprintf(stderr, "; %" PRIu64 " finding%s on which rules and model differ", disagreed,
                plural(disagreed));
    fprintf(stderr, "; %.2f s\n", result->seconds);
}

static int run(struct command_options *o, char **operands, int n)
{
    err e = OK;
    struct diag d = { 0 };
    struct console console;
    struct batch_params params;
    struct batch_result result = { 0 };
    struct schema *schema = NULL;
    struct site_config *site = NULL;
    struct deid *engine = NULL;
    struct extract_run work_run = { 0 };
    struct model_options model = { 0 };
    struct chat_server *server = NULL;
    char *cache = NULL;
    struct buf head;
    buf_init(&head, 1 << 20);
    console_init(&console, "extract", o->in.quiet);
    if (!input_params(&o->in, operands, n, &console, &params)) return EXIT_USE;
    TRY(open_schema(o, &schema, &d));
    TRY(open_deid(o, &site, &engine, &d));
    if (o->endpoint.url)
        TRY(open_server(o, schema, &params, &model, &server, &d));
    else if (o->model)
        TRY(open_model(o, schema, &params, &model, &cache, &work_run, &d));
    o->extract.labeler = (struct labeler){ schema, label_default_options() };
    o->extract.labeler.options.context.chexpert = o->mode == MODE_CHEXPERT;
    o->extract.labeler.options.context.implied = o->implied;
    o->extract.labeler.options.parents = o->parents;
    o->extract.deid = engine;
    work_run.options = o->extract;
    work_run.options.model = o->engine != ENGINE_RULES ? &model : NULL;
    work_run.options.both = o->engine == ENGINE_BOTH;
    struct batch_work work = extract_work(&work_run);
    if (o->extract.shape == EXTRACT_CSV) TRY(extract_csv_head(schema, &head));
    work.head = buf_view(&head);
    TRY(batch_run_work(&work, &params, &result, &d));
out:
    console_end(&console);
    if (!e && !o->in.quiet) print_summary(&work_run, &result);
    buf_clear(&head);
    mem_free(cache);
    model_reader_free(work_run.model);
    chat_server_free(server);
    deid_free(engine);
    site_config_free(site);
    schema_free(schema);
    return e ? console_stop(&console, e, &d) : console_exit_code(&result);
}

/* Options that do not go together; NULL when they do. */
static const char *misuse_of_models(const struct command_options *o)
{
    const bool served = o->endpoint.url != NULL;
    if (!served && endpoint_has_more(&o->endpoint))
        return "--constrain, --token-file, --ca-file and --allow-public are for --endpoint URL";
    switch (o->engine) {
    case ENGINE_RULES:
        return o->model || served ? "--model and --endpoint are for --engine llm, http or both"
                                  : NULL;
    case ENGINE_LLM:
        if (served) return "--endpoint is for --engine http or both";
        return o->model ? NULL : "--engine llm and both need --model FILE";
    case ENGINE_HTTP:
        if (!served) return "--engine http needs --endpoint URL";
        break;
    case ENGINE_BOTH:
        if (!served) return o->model ? NULL : "--engine both needs --model FILE or --endpoint URL";
        break;
    }
    if (o->strategy != MODEL_PARALLEL && o->strategy != MODEL_ONE_STEP)
        return "a served model is asked in one step: --strategy is for a model in a file";
    if (o->cache || o->no_cache || o->threads)
        return "--cache, --no-cache and --threads are for a model in a file";
    return NULL;
}

int cmd_extract(int argc, char **argv)
{
    static const char *const units[] = { "chars", "bytes", NULL };
    static const char *const modes[] = { "clinical", "chexpert", NULL };
    static const char *const shapes[] = { "json", "csv", "fhir", NULL };
    static const char *const engines[] = { "rules", "llm", "http", "both", NULL };
    static const char *const strategies[] = { "parallel", "one-step", "steps", NULL };
    struct command_options o = { .in = input_default_options(), .field = "text" };
    int operands = 0;
    struct opt_fault fault;
    const struct opt table[] = {
        { "output", 'o', OPT_TEXT, &o.in.output, "FILE", "default: standard output" },
        { "schema", 's', OPT_TEXT, &o.schema_name, "NAME",
          "a schema of the program, or a file of yours (with a dot\nin its name); default "
          "chexpert14" },
        { "engine", 'e', OPT_CHOICE, &o.engine, "NAME",
          "rules; llm: a language model; http: one in a server;\nboth: what rules and model agree "
          "on, and uncertain\nwhere they do not",
          engines },
        { "model", 0, OPT_TEXT, &o.model, "FILE",
          "the language model, a GGUF file; with --endpoint: its\nname there, when there are "
          "several" },
        ENDPOINT_OPTIONS(o.endpoint),
        { "strategy", 0, OPT_CHOICE, &o.strategy, "NAME",
          "parallel: every finding a question, all at once;\none-step: one answer for all; steps: "
          "present? absent?\nmight it be otherwise?",
          strategies },
        { "threads", 0, OPT_COUNT, &o.threads, "N",
          "of each model; default: the processors, shared by --jobs\n(default with a model: 1, "
          "with "
          "--endpoint: 4)" },
        { "model-timeout", 0, OPT_COUNT, &o.model_seconds, "SECONDS", "for a report; default 60" },
        { "cache", 0, OPT_TEXT, &o.cache, "FOLDER",
          "where a model's decoded prompt is kept (no report's);\ndefault ~/.cache/cordon" },
        { "no-cache", 0, OPT_FLAG, &o.no_cache, NULL, "keep none" },
        { "mode", 'm', OPT_CHOICE, &o.mode, "NAME",
          "clinical, or chexpert: with the habits of the CheXpert\nlabeler, to compare", modes },
        { "output-format", 0, OPT_CHOICE, &o.shape, "NAME", "json, csv (as CheXpert) or fhir (R4)",
          shapes },
        { "deid", 0, OPT_FLAG, &o.deid, NULL, "de-identify each report before it is read" },
        { "site", 0, OPT_TEXT, &o.site, "FILE", "with --deid: the site's own lists" },
        { "implied", 0, OPT_FLAG, &o.implied, NULL,
          "\"lungs are clear\" says that consolidation … is absent" },
        { "parents", 0, OPT_FLAG, &o.parents, NULL, "a finding makes its parent present" },
        { "field", 0, OPT_TEXT, &o.field, "NAME", "the field with the text; default text" },
        { "text", 0, OPT_FLAG, &o.extract.with_text, NULL,
          "json: with the text that offsets are of" },
        { "explain", 'x', OPT_FLAG, &o.extract.explain, NULL,
          "json: the cue of each, and what did not count" },
        { "offsets", 0, OPT_CHOICE, &o.unit, "UNIT", "chars (code points) or bytes", units },
        { "list-schemas", 0, OPT_FLAG, &o.list, NULL, "the schemas of the program" },
        { "show-schema", 0, OPT_TEXT, &o.show, "NAME", "one of them, to begin your own with" },
        INPUT_OPTIONS(o.in),
    };
    if (options_parse(table, COUNT_OF(table), argc, argv, &operands, &fault))
        return console_fault("extract", &fault);
    if (o.in.help) return print_help(table, COUNT_OF(table));
    if (o.list) return list_schemas();
    if (o.show) return show_schema(o.show);
    const char *wrong = misuse_of_models(&o);
    if (wrong) return console_misuse("extract", wrong);
    if (o.site && !o.deid) return console_misuse("extract", "--site is for --deid");
    o.extract.field = view_of_str(o.field);
    o.extract.byte_offsets = o.unit == 1;
    o.extract.shape = (enum extract_shape)o.shape;
    int status = run(&o, argv + 1, operands);
    input_options_clear(&o.in);
    return status;
}
