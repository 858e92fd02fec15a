/* cli/compare_files.h — what `cordon agree` and `cordon eval` share: files of findings, draws, reports.
 * Threads: the main thread only. */
#pragma once
#include "cli/report_files.h"
#include "extract/compare.h"
#include "report/report.h"

struct compare_files {
    struct label_names names;
    struct buf bytes[READERS_MAX];
    struct label_file files[READERS_MAX];
    uint32_t n;
};
void compare_files_init(struct compare_files *c);
void compare_files_clear(struct compare_files *c);
/* Reads all; "-" is standard input. The diag names the file by its ordinal. */
MUST_USE err compare_files_read(struct compare_files *c, char *const *paths, uint32_t n,
                                struct diag *d);
/* A table of the four statuses by two readers, as rows of the report's present table. */
void compare_table_rows(struct report *r, const char *first, const char *second,
                        const uint32_t table[STATUSES * STATUSES]);
/* What comparisons share on their command line, and its rows in the table of options. */
struct compare_ask {
    bool json, force;
    const char *boot, *seed;
    struct opt_texts reports;
};
/* clang-format off */
#define COMPARE_REPORT(ask)                                                                        \
    { "report", 0, OPT_TEXTS, &(ask).reports, "FILE", ".html or .json, may be given twice" }
#define COMPARE_DRAWS(ask)                                                                         \
    { "boot", 0, OPT_TEXT, &(ask).boot, "N", "draws for the intervals; default 1000, 0: none" },   \
    { "seed", 0, OPT_TEXT, &(ask).seed, "S", "seed of the draws; default 1" }
#define COMPARE_OUTPUT(ask)                                                                        \
    { "json", 0, OPT_FLAG, &(ask).json, NULL, "the report as JSON instead of a table" },           \
    { "force", 0, OPT_FLAG, &(ask).force, NULL, "replace files that exist" }
/* clang-format on */

/* What --boot and --seed say, each NULL where it was not given. False: neither is what it takes. */
bool compare_draws(const char *boot, const char *seed, struct bootstrap_params *out);
#define COMPARE_DRAWS_WRONG "--boot takes a number up to 1000000, --seed a number"
/* The report as JSON on standard output with --json, and as the files that were asked for. */
MUST_USE err compare_report(struct report *r, const struct compare_ask *ask, struct diag *d);
/* "0.571  [0.452, 0.660]" on standard output, or a dash. */
void compare_print(double value, struct interval in);
