/* cli/review_draw.h — `cordon deid --review FILE`: the sample that `cordon review` reads.
 * Threads: the main thread only. */
#pragma once
#include "cli/options.h"
#include "deid/review.h"

struct review_draw {
    const char *file;
    unsigned random, uncertain, seed;
};
/* Rows for an option table; `o` is a struct review_draw. */
#define REVIEW_OPTIONS(o)                                                                          \
    { "review",                                                                                    \
      0,                                                                                           \
      OPT_TEXT,                                                                                    \
      &(o).file,                                                                                   \
      "FILE",                                                                                      \
      "a sample of before and after for cordon review, with\n"                                     \
      "the output or, without -o, alone. It holds clear text" },                                   \
        { "review-random", 0, OPT_COUNT, &(o).random, "N", "records at random; default 100" },     \
        { "review-doubtful", 0,   OPT_COUNT,                                                       \
          &(o).uncertain,    "N", "records by how doubtful they are; default 100" },               \
    {                                                                                              \
        "review-seed", 0, OPT_COUNT, &(o).seed, "N", "the same sample again; default: any"         \
    }
struct review_draw review_draw_default(void);
/* Two passes over the inputs; the second writes the output that p names, if it names one, and the sample
 * then says which. ERR_USAGE when an input can't be read twice; ERR_EXISTS … of the file, which gets mode
 * 0600 and takes the place of a sample alone, if p->replace is set. */
MUST_USE err review_draw(const struct review_draw *o, const struct deid *d,
                         const struct batch_params *p, struct batch_result *result,
                         struct diag *diag);
