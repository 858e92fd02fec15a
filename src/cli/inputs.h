/* cli/inputs.h — the options that deid and detect share: inputs, formats, workers.
 * Threads: the main thread only. */
#pragma once
#include "cli/tables.h"
#include "format/attachment_options.h"
#include "format/json_paths.h"

struct input_options {
    int format, encoding;
    bool has_format, has_encoding;
    unsigned jobs;
    size_t max_document;
    const char *output;
    bool force, quiet, help;
    struct table_options table;
    struct attachment_options attachments;
    struct opt_texts json_paths;
    bool shows_json;               /* one of them is `show` */
    struct json_paths *json;       /* owned; what follows from them, or NULL */
    struct format_options formats; /* what follows from the options of each format */
};
struct input_options input_default_options(void);
void input_options_clear(struct input_options *o);

/* Rows for an option table; `o` is a struct input_options. */
#define INPUT_OPTIONS(o)                                                                             \
    { "format",     'f',                                                                             \
      OPT_CHOICE,   &(o).format,                                                                     \
      "NAME",       "text, jsonl, json, fhir, ndjson, hl7, cda, csv or tsv;\ndefault: by content",   \
      input_formats },                                                                               \
        { "encoding",     0,                                                                         \
          OPT_CHOICE,     &(o).encoding,                                                             \
          "NAME",         "utf-8, utf-16le, utf-16be, windows-1252 or latin1;\ndefault: by content", \
          input_encodings },                                                                         \
        { "jobs", 'j', OPT_COUNT, &(o).jobs, "N", "workers; default: one a processor" },             \
        { "max-document",    0,      OPT_SIZE,                                                       \
          &(o).max_document, "SIZE", "a larger text or line is refused; default 16M" },              \
        TABLE_OPTIONS((o).table),                                                                    \
        { "json-path",                                                                               \
          0,                                                                                         \
          OPT_TEXTS,                                                                                 \
          &(o).json_paths,                                                                           \
          "PATH=ROLE",                                                                               \
          "what JSON values hold, as $.patient.name=name; may be\ngiven again, or in --site; "       \
          "`show` prints what they are\ntaken for" },                                                \
        { "drop-attachments",                                                                        \
          0,                                                                                         \
          OPT_FLAG,                                                                                  \
          &(o).attachments.drop_attachments,                                                         \
          NULL,                                                                                      \
          "empty what is no text in messages, FHIR and CDA\n(images, PDF) instead of refusing "      \
          "it" },                                                                                    \
        { "force", 0, OPT_FLAG, &(o).force, NULL, "replace files that exist" },                      \
        { "quiet", 'q', OPT_FLAG, &(o).quiet, NULL, "no progress and no summary" },                  \
    {                                                                                                \
        "help", 'h', OPT_FLAG, &(o).help, NULL, "this text"                                          \
    }

extern const char *const input_formats[], *const input_encodings[];
/* By enum date_order. */
extern const char *const input_date_orders[];

/* What the options say about how inputs are read (format, encoding, tables, paths), as 64 signs in hexadecimal: two
 * programs that are asked to read alike have it alike. It tells nothing of what was named. */
void input_reading(const struct input_options *o, char hex[64]);
/* The options as batch parameters, which borrow from o. Without operands the input is standard input; false, with a word
 * to the user, when that is a terminal. */
bool input_params(struct input_options *o, char **operands, int n, struct console *c,
                  struct batch_params *out);
