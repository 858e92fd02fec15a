#include "cli/inputs.h"

#include <unistd.h>

#include "base/hash.h"

enum { CHOICE_NONE = -1 };

const char *const input_formats[] = { "text", "jsonl", "json", "fhir", "ndjson",
                                      "csv",  "tsv",   "hl7",  "cda",  NULL };
const char *const input_encodings[] = { "utf-8",        "utf-16le", "utf-16be",
                                        "windows-1252", "latin1",   NULL };
const char *const input_date_orders[] = {
    [DATE_MONTH_FIRST] = "mdy", [DATE_DAY_FIRST] = "dmy", NULL
};
static const enum encoding encodings[] = { ENC_UTF8, ENC_UTF16LE, ENC_UTF16BE, ENC_WINDOWS1252,
                                           ENC_LATIN1 };
static const char *const standard_input[] = { "-" };

struct input_options input_default_options(void)
{
    return (struct input_options){ .format = CHOICE_NONE,
                                   .encoding = CHOICE_NONE,
                                   .max_document = DOCUMENT_MAX,
                                   .table = table_default_options() };
}

/* "$.patient.name=name": the role stands behind the last sign of equality. */
static bool read_json_paths(struct input_options *o, struct console *c)
{
    err e = OK;
    struct diag d = { 0 };
    if (!o->json_paths.n) return true;
    TRY(json_paths_new(&o->json));
    for (unsigned i = 0; i < o->json_paths.n; i++) {
        view text = view_of_str(o->json_paths.v[i]);
        struct json_path_fault fault;
        size_t equals = text.n;
        if (view_eq(text, VIEW("show"))) {
            o->shows_json = true;
            continue;
        }
        while (equals > 0 && text.p[equals - 1] != '=')
            equals--;
        if (!equals)
            TRY(DIAG(&d, ERR_USAGE, "--json-path: PATH=ROLE is expected, as $.patient.name=name"));
        e = json_paths_add(o->json, view_sub(text, 0, equals - 1), view_sub(text, equals, text.n),
                           &fault);
        if (e == ERR_FORMAT)
            TRY(diag_set_at(&d, ERR_USAGE, fault.what, fault.is_role ? equals : fault.offset, 0));
        TRY(e);
    }
    o->formats.json = o->json;
out:
    if (e) (void)console_stop(c, e, &d);
    return e == OK;
}

/* Each with its length, so that no two lists of texts look alike; one that is not given is not an empty one. */
static void add_text(struct checksum *c, const char *text)
{
    const uint64_t n = text ? strlen(text) + 1 : 0;
    checksum_add(c, view_of((const char *)&n, sizeof n));
    if (text) checksum_add(c, view_of(text, (size_t)n));
}

void input_reading(const struct input_options *o, char hex[64])
{
    struct checksum c;
    uint8_t sum[32];
    const struct table_options *t = &o->table;
    checksum_init(&c);
    add_text(&c, o->format >= 0 ? input_formats[o->format] : NULL);
    add_text(&c, o->encoding >= 0 ? input_encodings[o->encoding] : NULL);
    add_text(&c, t->columns);
    add_text(&c, t->delimiter);
    add_text(&c, t->quote);
    add_text(&c, t->escape >= 0 ? table_escapes[t->escape] : NULL);
    add_text(&c, t->header >= 0 ? table_headers[t->header] : NULL);
    for (unsigned i = 0; i < o->json_paths.n; i++)
        add_text(&c, o->json_paths.v[i]);
    checksum_end(&c, sum);
    checksum_hex(sum, hex);
}

void input_options_clear(struct input_options *o)
{
    json_paths_free(o->json);
    table_options_clear(&o->table);
}

bool input_params(struct input_options *o, char **operands, int n, struct console *c,
                  struct batch_params *out)
{
    if (n == 0 && isatty(STDIN_FILENO)) {
        (void)console_misuse(c->command, "name a file, a folder, or - for standard input");
        return false;
    }
    if (!table_options_ready(&o->table, c) || !read_json_paths(o, c)) return false;
    o->formats.csv = &o->table.csv;
    o->formats.attachments = &o->attachments;
    *out = batch_default_params();
    out->format_options = &o->formats;
    out->inputs = n > 0 ? (const char *const *)operands : standard_input;
    out->n_inputs = n > 0 ? (size_t)n : 1;
    out->output = o->output && strcmp(o->output, "-") != 0 ? o->output : NULL;
    if (o->format != CHOICE_NONE)
        out->format = format_by_name(view_of_str(input_formats[o->format]));
    if (o->encoding != CHOICE_NONE) out->encoding = encodings[o->encoding];
    out->jobs = o->jobs;
    out->max_document = o->max_document;
    out->replace = o->force;
    if (!out->output && isatty(STDOUT_FILENO)) c->has_bar = false; /* results scroll there */
    out->on_failure = console_failure;
    out->on_progress = console_progress;
    out->ctx = c;
    return true;
}
