/* cli/batches.h — the options of large runs: lists of inputs, parts of them, and a journal.
 * Threads: the main thread only. */
#pragma once
#include "cli/console.h"

struct batches {
    const char *journal, *inputs_from, *shard;
    bool no_journal;
    /* What follows: */
    struct arena arena; /* the list, the journal's path */
    struct buf terms;
};

/* Rows for an option table; `o` is a struct batches. */
#define BATCH_OPTIONS(o)                                                                           \
    { "inputs-from", 0,                                                                            \
      OPT_TEXT,      &(o).inputs_from,                                                             \
      "FILE",        "paths of inputs, one a line (or ended by NUL); - for\nstandard input" },     \
        { "shard", 0, OPT_TEXT, &(o).shard, "I/N", "only the I-th of N parts of the inputs" },     \
        { "journal",                                                                               \
          0,                                                                                       \
          OPT_TEXT,                                                                                \
          &(o).journal,                                                                            \
          "FILE",                                                                                  \
          "what is done, so that a killed run goes on; default:\n"                                 \
          "FOLDER.journal beside an output folder, with --key or\n--style mask" },                 \
    {                                                                                              \
        "no-journal", 0, OPT_FLAG, &(o).no_journal, NULL, "keep none"                              \
    }

void batches_init(struct batches *b);
void batches_clear(struct batches *b);
/* Adds to the params; they borrow from b. False, with a word to the user, for what can't be meant. */
bool batches_ready(struct batches *b, struct console *c, struct batch_params *p);
/* Before it is: will there be one, unless the run can't be repeated? */
bool batches_may_journal(const struct batches *b, const struct batch_params *p);
/* The journal, once the key is known; `table` are the options of the run. `repeatable`: another run
 * with the same options gives the same bytes. */
bool batches_journal(struct batches *b, struct console *c, const struct opt *table, size_t n,
                     const struct key *key, bool repeatable, struct batch_params *p);
