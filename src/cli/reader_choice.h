/* cli/reader_choice.h — the options of a second reader (deid/second_reader.h), and the reader that follows
 * from them.   Threads: the main thread only. */
#pragma once
#include "cli/endpoint_choice.h"
#include "reader/reader_engines.h"

struct reader_choice {
    const char *where, *name; /* a GGUF file or a URL; the model's name there */
    unsigned seconds;
    bool may_fail;
    struct endpoint_choice endpoint;
    /* once opened */
    struct reader_model model;
    struct chat_server *server;
    struct second_reader reader;
};
/* Rows for an option table; `c` is a struct reader_choice. */
#define READER_OPTIONS(c)                                                                            \
    { "reader",                                                                                      \
      0,                                                                                             \
      OPT_TEXT,                                                                                      \
      &(c).where,                                                                                    \
      "MODEL",                                                                                       \
      "a language model reads what is left and names what\nstill identifies: a GGUF file, or the "   \
      "URL of a server\nof the house" },                                                             \
        { "reader-model", 0,      OPT_TEXT,                                                          \
          &(c).name,      "NAME", "its name in the server, when there are several" },                \
        { "reader-timeout", 0, OPT_COUNT, &(c).seconds, "SECONDS", "for 6 KB of text; default 60" }, \
        { "reader-may-fail",                                                                         \
          0,                                                                                         \
          OPT_FLAG,                                                                                  \
          &(c).may_fail,                                                                             \
          NULL,                                                                                      \
          "records that it can't read are done without it, and\ncounted in the --report; "           \
          "default: "                                                                                \
          "they fail" },                                                                             \
        ENDPOINT_MORE_OPTIONS((c).endpoint)

/* Options that do not go together; NULL when they do. */
const char *reader_choice_misuse(const struct reader_choice *c, bool has_report);
/* Opens the model or asks the server; *out is NULL when none was named. `jobs`: how many sessions there will
 * be at once. Undone by reader_choice_close, after the engine and its scratches. */
MUST_USE err reader_choice_open(struct reader_choice *c, unsigned *jobs,
                                const struct second_reader **out, struct diag *d);
void reader_choice_close(struct reader_choice *c);
