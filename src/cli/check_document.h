/* cli/check_document.h — what a check says to a person later: what was searched in what, and where it stands.
 * As the report of a run it holds no byte of input, and names the output by its checksum.
 * Threads: the main thread only. */
#pragma once
#include "deid/leak_check.h"
#include "deid/output_set.h"
#include "report/report.h"

struct check_facts {
    const struct leak_check *check;
    const struct batch_result *originals, *outputs; /* what became of reading them */
    struct output_set *set;                         /* NULL: the output is no file */
    view reading;                                   /* input_reading */
    bool failed;                                    /* something could not be read */
};
MUST_USE err check_document(struct report **out, const struct check_facts *f);
