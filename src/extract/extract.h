/* extract/extract.h — reports in any format that `cordon deid` reads, to findings in one of three shapes.
 *
 *     json   {"id":"…","state":"read","findings":{"Cardiomegaly":{"status":"present",
 *            "evidence":[{"start":12,"end":34}],"score":0.97}, …}}      a line a report
 *     csv    id,state,Cardiomegaly,…      1 present, 0 absent, -1 uncertain, empty not mentioned
 *     fhir   a Bundle a line: a DiagnosticReport and an Observation a finding (FHIR R4)
 *
 * The text of a report is its field `text` (or another that is named); of a format that has no such
 * field the prose of the record, piece by piece, with a line break between. Offsets are of that text.
 * A report that can't be read has a state that says so and no findings.
 * Threads: the work is for deid/batch.h, one scratch a worker.
 */
#pragma once
#include <stdatomic.h>

#include "clinical/labeler.h"
#include "deid/batch.h"
#include "extract/extract_model.h"

enum extract_shape { EXTRACT_JSON, EXTRACT_CSV, EXTRACT_FHIR };

struct extract_options {
    struct labeler labeler;
    const struct model_options *model; /* a language model's answers; NULL: the rules' */
    bool both; /* with `model`: where the two agree that is the answer, else it is uncertain */
    const struct deid *deid; /* reports are de-identified before they are read; NULL: not */
    view field;              /* of JSON lines: which holds the text */
    enum extract_shape shape;
    bool byte_offsets; /* else code points */
    bool explain;      /* json: the cue with each piece of evidence, and what did not count */
    bool with_text;    /* json: the text that offsets are of */
};

/* How many reports came to which state; the caller's, counted by the workers together. */
struct extract_tally {
    _Atomic uint64_t states[REPORT_NOT_TEXT + 1];
    _Atomic uint64_t unquoted;  /* answers of a server's model whose quote is not in the report */
    _Atomic uint64_t disagreed; /* findings on which rules and model differ */
};
struct extract_run {
    struct extract_options options;
    struct extract_tally tally;
    /* A model that is open already, for the first worker that wants one; owned by the run. */
    _Atomic(struct model_reader *) model;
};
/* The work for batch_run_work; `r` is shared by all workers. */
struct batch_work extract_work(struct extract_run *r);
/* Appends the line with the names of the columns. */
MUST_USE err extract_csv_head(const struct schema *s, struct buf *out);
