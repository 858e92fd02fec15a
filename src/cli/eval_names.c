#include "cli/eval_names.h"

#include <math.h>

#include "base/file.h"
#include "cli/console.h"
#include "deid/name_probe.h"

static const size_t file_max = (size_t)4 << 30;
enum { PER_SET = 10000, PER_SET_MAX = 1000000, DEALS_MAX = 100000, SEED = 1, TRIES = 6 };

struct names_options {
    const char *sets, *templates, *names, *deals, *seed;
    unsigned tries, jobs;
    bool by_template, json, list, help;
};
struct names_eval {
    struct names_options o;
    uint64_t per_set, seed;
    struct gap_params gap_params;
    struct buf sets_file, templates_file;
    struct name_sets sets;
    struct probe_templates templates;
    struct probe_result result;
    struct detect *detect;
    struct gap gap, known_gap, outside_gap;
};

/* ------------------------------------------------------------------ counting */

struct share {
    uint64_t names, outside, tries, hits, part_tries[2], part_hits[2];
};

static struct share share_of(const struct names_eval *v, uint32_t set)
{
    struct share s = { 0 };
    for (uint32_t i = 0; i < v->sets.n; i++) {
        const struct gap_item *x = &v->result.items[i];
        if (set != UINT32_MAX && x->group != set) continue;
        s.names++;
        s.outside += x->stratum;
        s.tries += x->tries;
        s.hits += x->hits;
        s.part_tries[x->stratum] += x->tries;
        s.part_hits[x->stratum] += x->hits;
    }
    return s;
}

static double ratio(uint64_t hits, uint64_t tries)
{
    return tries ? (double)hits / (double)tries : NAN;
}

/* The gap among names of one stratum alone. */
static err part_gap(const struct names_eval *v, uint16_t stratum, struct gap *out)
{
    err e = OK;
    uint32_t n = 0;
    struct gap_item *items = mem_alloc(((size_t)v->sets.n + 1) * sizeof *items);
    if (!items) return ERR_MEMORY;
    for (uint32_t i = 0; i < v->sets.n; i++)
        if (v->result.items[i].stratum == stratum) items[n++] = v->result.items[i];
    e = gap_measure(&v->gap_params, items, n, v->sets.n_sets, out);
    mem_free(items);
    return e;
}

/* ------------------------------------------------------------------ what is printed */

static void json_string(view s)
{
    struct buf b;
    buf_init(&b, 1 << 20);
    if (buf_add_json(&b, s) == OK)
        printf("%.*s", (int)b.n, b.p);
    else
        printf("\"\"");
    buf_clear(&b);
}

/* A label of a user's file, harmless for a terminal and cut to the column. */
static void text_label(view s)
{
    enum { COLUMN = 26 };
    int n = 0;
    for (size_t i = 0; i < s.n && n < COLUMN; i++, n++)
        putchar(s.p[i] > ' ' && s.p[i] < 127 ? s.p[i] : '_');
    printf("%*s", COLUMN - n, "");
}

static void text_share(double x)
{
    isnan(x) ? printf("        -") : printf("  %.4f", x);
}

static void text_row(const struct names_eval *v, view label, uint32_t set)
{
    struct share s = share_of(v, set);
    struct interval in = wilson_clustered(v->result.items, v->sets.n, set, 0.95);
    text_label(label);
    printf("%9" PRIu64 "%8.1f %%", s.names, 100 * ratio(s.outside, s.names));
    text_share(ratio(s.hits, s.tries));
    if (!isnan(in.low)) printf("  [%.4f, %.4f]", in.low, in.high);
    text_share(ratio(s.part_hits[0], s.part_tries[0]));
    text_share(ratio(s.part_hits[1], s.part_tries[1]));
    putchar('\n');
}

static void text_gap(const struct names_eval *v, const char *what, const struct gap *g)
{
    if (isnan(g->gap)) return;
    printf("%s: %.2f points, ", what, 100 * g->gap);
    text_label(v->sets.labels[g->high]);
    printf(" over ");
    text_label(v->sets.labels[g->low]);
    printf("\n  sampling alone gives %.2f (median) to %.2f (%.0f %%); beyond it: %.2f points, p = "
           "%.4f\n",
           100 * g->usual, 100 * g->limit, 100 * v->gap_params.confidence, 100 * g->beyond, g->p);
}

static void report_text(const struct names_eval *v)
{
    printf("%" PRIu32 " names in %" PRIu32 " sets, each in %" PRIu32 " of %" PRIu32
           " sentences; recall: every letter of the name is covered\n\n",
           v->sets.n, v->sets.n_sets, MIN(v->o.tries, v->templates.n), v->templates.n);
    printf("%-26s%9s%10s%8s  %-18s%8s%8s\n", "set", "names", "outside", "recall", "  95 %", "known",
           "outside");
    for (uint32_t i = 0; i < v->sets.n_sets; i++)
        text_row(v, v->sets.labels[i], i);
    text_row(v, VIEW("all"), UINT32_MAX);
    putchar('\n');
    text_gap(v, "largest gap", &v->gap);
    text_gap(v, "among names the lexicon knows", &v->known_gap);
    text_gap(v, "among names outside it", &v->outside_gap);
    if (v->o.by_template) {
        printf("\nrecall by sentence\n");
        for (uint32_t i = 0; i < v->templates.n; i++) {
            text_share(ratio(v->result.template_hits[i], v->result.template_tries[i]));
            printf("  ");
            json_string(v->templates.v[i].line);
            putchar('\n');
        }
    }
}

static void json_number(const char *key, double x)
{
    isnan(x) ? printf("\"%s\":null", key) : printf("\"%s\":%.6f", key, x);
}

static void json_gap(const struct names_eval *v, const char *key, const struct gap *g)
{
    printf(",\"%s\":{", key);
    json_number("gap", g->gap);
    if (!isnan(g->gap)) {
        printf(",\"high\":");
        json_string(v->sets.labels[g->high]);
        printf(",\"low\":");
        json_string(v->sets.labels[g->low]);
    }
    putchar(',');
    json_number("median_by_chance", g->usual);
    putchar(',');
    json_number("limit_by_chance", g->limit);
    putchar(',');
    json_number("beyond", g->beyond);
    putchar(',');
    json_number("p", g->p);
    putchar('}');
}

static void report_json(const struct names_eval *v)
{
    printf("{\"names\":%" PRIu32 ",\"templates\":%" PRIu32 ",\"tries\":%" PRIu32 ",\"sets\":[",
           v->sets.n, v->templates.n, MIN(v->o.tries, v->templates.n));
    for (uint32_t i = 0; i < v->sets.n_sets; i++) {
        struct share s = share_of(v, i);
        struct interval in = wilson_clustered(v->result.items, v->sets.n, i, 0.95);
        printf("%s{\"set\":", i ? "," : "");
        json_string(v->sets.labels[i]);
        printf(",\"names\":%" PRIu64 ",\"outside\":%" PRIu64 ",", s.names, s.outside);
        json_number("recall", ratio(s.hits, s.tries));
        putchar(',');
        json_number("low", in.low);
        putchar(',');
        json_number("high", in.high);
        putchar(',');
        json_number("recall_known", ratio(s.part_hits[0], s.part_tries[0]));
        putchar(',');
        json_number("recall_outside", ratio(s.part_hits[1], s.part_tries[1]));
        putchar('}');
    }
    putchar(']');
    json_gap(v, "gap", &v->gap);
    json_gap(v, "gap_known", &v->known_gap);
    json_gap(v, "gap_outside", &v->outside_gap);
    if (v->o.by_template) {
        printf(",\"by_template\":[");
        for (uint32_t i = 0; i < v->templates.n; i++) {
            printf("%s{\"template\":", i ? "," : "");
            json_string(v->templates.v[i].line);
            putchar(',');
            json_number("recall", ratio(v->result.template_hits[i], v->result.template_tries[i]));
            putchar('}');
        }
        putchar(']');
    }
    printf("}\n");
}

/* "set<TAB>given<TAB>family", as --sets reads it. */
static void list_names(const struct names_eval *v)
{
    for (uint32_t i = 0; i < v->sets.n; i++) {
        const struct name_entry *n = &v->sets.v[i];
        view label = v->sets.labels[n->set];
        printf("%.*s\t%.*s\t%.*s\n", (int)label.n, label.p, (int)n->given.n, n->given.p,
               (int)n->family.n, n->family.p);
    }
}

/* ------------------------------------------------------------------ the run */

static err load(struct names_eval *v, struct diag *d)
{
    err e = OK;
    const struct lexicon *l = lexicon_builtin();
    view templates = name_sets_templates();
    if (v->o.sets) {
        d->input = 1;
        TRY(file_read_operand(v->o.sets, &v->sets_file, d));
        TRY(name_sets_read(&v->sets, buf_view(&v->sets_file), l, d));
    } else {
        TRY(name_sets_shipped(&v->sets, (uint32_t)v->per_set, v->seed, l, d));
    }
    if (!v->sets.n) TRY(DIAG(d, ERR_FORMAT, "there are no names"));
    if (v->o.templates) {
        d->input = v->o.sets ? 2 : 1;
        TRY(file_read_operand(v->o.templates, &v->templates_file, d));
        templates = buf_view(&v->templates_file);
    }
    TRY(probe_templates_read(&v->templates, templates, d));
    *d = (struct diag){ 0 };
out:
    return e;
}

static err measure(struct names_eval *v, struct diag *d)
{
    err e = OK;
    struct probe_params p = { .tries = v->o.tries, .jobs = v->o.jobs };
    TRY(detect_new(&v->detect, lexicon_builtin()));
    TRY(name_probe_run(v->detect, &v->sets, &v->templates, &p, &v->result));
    TRY(part_gap(v, 0, &v->known_gap));
    TRY(part_gap(v, 1, &v->outside_gap));
    TRY(gap_measure(&v->gap_params, v->result.items, v->sets.n, v->sets.n_sets, &v->gap));
out:
    return e ? DIAG(d, e, "the measurement") : OK;
}

static int run(struct names_eval *v)
{
    err e = OK;
    int code = EXIT_USE;
    struct diag d = { 0 };
    struct console console;
    console_init(&console, "eval", true);
    buf_init(&v->sets_file, file_max);
    buf_init(&v->templates_file, 16 << 20);
    TRY(load(v, &d));
    if (v->o.list) {
        list_names(v);
    } else {
        TRY(measure(v, &d));
        (v->o.json ? report_json : report_text)(v);
    }
    code = fflush(stdout) == 0 && !ferror(stdout) ? EXIT_DONE : EXIT_USE;
out:
    if (e) (void)console_stop(&console, e, &d);
    detect_free(v->detect);
    probe_result_clear(&v->result);
    probe_templates_clear(&v->templates);
    name_sets_clear(&v->sets);
    buf_clear(&v->sets_file);
    buf_clear(&v->templates_file);
    return code;
}

static int help(const struct opt *table, size_t n)
{
    printf("usage: cordon eval names [options]\n"
           "\n"
           "Puts names of many groups into clinical sentences and compares how many are found\n"
           "whole. Without --sets: shipped sets of women's and men's names of several origins,\n"
           "decades and degrees of popularity, half of each unknown to the lexicon.\n"
           "\n"
           "  cordon eval names\n"
           "  cordon eval names --sets staff.tsv --by-template\n"
           "  cordon eval names --list > names.tsv\n"
           "\noptions:\n");
    options_help(table, n, stdout);
    printf(
        "\nThe largest gap between two sets is compared with what it would be if the names of all\n"
        "sets were shuffled (among the known and among the unknown): docs/measure.md.\n");
    return EXIT_DONE;
}

static bool number(const char *text, uint64_t max, uint64_t *out)
{
    uint64_t n;
    if (!text) return true;
    if (!view_to_u64(view_of_str(text), &n) || n < 1 || n > max) return false;
    *out = n;
    return true;
}

int eval_names(int argc, char **argv)
{
    struct names_eval v = { .o = { .tries = TRIES },
                            .per_set = PER_SET,
                            .seed = SEED,
                            .gap_params = gap_default_params() };
    struct names_options *o = &v.o;
    const struct opt table[] = {
        { "sets", 0, OPT_TEXT, &o->sets, "FILE",
          "names to compare: set, tab, name (or given, tab, family)" },
        { "templates", 0, OPT_TEXT, &o->templates, "FILE",
          "sentences with {name}, {given}, {family} …" },
        { "names", 'n', OPT_TEXT, &o->names, "N", "names of each shipped set; default 10000" },
        { "tries", 0, OPT_COUNT, &o->tries, "K", "sentences for each name; default 6" },
        { "deals", 0, OPT_TEXT, &o->deals, "N", "shuffles for the gap by chance; default 1000" },
        { "seed", 0, OPT_TEXT, &o->seed, "S", "seed of names and shuffles; default 1" },
        { "jobs", 'j', OPT_COUNT, &o->jobs, "N", "workers; default: one a processor" },
        { "by-template", 0, OPT_FLAG, &o->by_template, NULL, "recall of each sentence too" },
        { "list", 0, OPT_FLAG, &o->list, NULL, "print the names instead, as --sets reads them" },
        { "json", 0, OPT_FLAG, &o->json, NULL, "one JSON object instead of a table" },
        { "help", 'h', OPT_FLAG, &o->help, NULL, "this text" },
    };
    struct opt_fault fault;
    int operands = 0;
    uint64_t deals = v.gap_params.deals;

    if (options_parse(table, COUNT_OF(table), argc, argv, &operands, &fault) != OK)
        return console_fault("eval", &fault);
    if (o->help) return help(table, COUNT_OF(table));
    if (operands)
        return console_misuse("eval", "`names` takes options only; --sets FILE gives names");
    if (!number(o->names, PER_SET_MAX, &v.per_set) || !number(o->deals, DEALS_MAX, &deals) ||
        !number(o->seed, UINT64_MAX, &v.seed))
        return console_misuse("eval", "--names, --deals and --seed take numbers of 1 and more");
    v.gap_params.deals = (uint32_t)deals;
    v.gap_params.seed = v.seed;
    return run(&v);
}
