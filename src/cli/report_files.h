/* cli/report_files.h — a report under the names that a user gave it, each as .html or .json.
 *
 *     report_files_open(&f, &paths, force, &d)      before the work: refuses what can't be written
 *     report_files_write(&f, doc, &d)               after it
 *     report_files_clear(&f)                        what was not written leaves no file
 *
 * A file is replaced only with `force`, and then only if it is a report: the name may be that of an input, or of
 * an output just written.   Threads: the main thread only.
 */
#pragma once
#include "cli/options.h"
#include "deid/sink.h"
#include "report/report.h"

struct report_files {
    const struct opt_texts *paths; /* borrowed */
    bool force;
    struct sink sinks[OPT_TEXTS_MAX];
};
/* ERR_USAGE for an ending other than .html and .json or a path given twice; ERR_EXISTS; what file_out_open
 * says. Nothing is open then. */
MUST_USE err report_files_open(struct report_files *f, const struct opt_texts *paths, bool force,
                               struct diag *d);
MUST_USE err report_files_write(struct report_files *f, const struct report *doc, struct diag *d);
void report_files_clear(struct report_files *f); /* fine on a zeroed one */
/* All of it at once, for a report that costs no work to lose. */
MUST_USE err report_files_save(const struct report *doc, const struct opt_texts *paths, bool force,
                               struct diag *d);
