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
/* What --boot and --seed say, each NULL where it was not given. False: neither is what it takes. */
bool compare_draws(const char *boot, const char *seed, struct bootstrap_params *out);
/* The report as JSON on standard output where `json`, and as the files that were asked for. */
MUST_USE err compare_report(struct report *r, bool json, const struct opt_texts *files, bool force,
                            struct diag *d);
/* "0.571  [0.452, 0.660]" on standard output, or a dash. */
void compare_print(double value, struct interval in);
