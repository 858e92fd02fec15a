/* cli/detect_line.h — a text's findings as one JSON line, the shape that `cordon eval` reads.
 *
 *     {"id":"…","spans":[{"start":86,"end":93,"label":"NAME","score":0.998}]}
 *     {"id":null,"error":"not well-formed"}
 *     {"id":"…","field":"PID-5","at":61,"spans":[…]}
 *
 * The last is of messages and documents with fields (HL7, FHIR, CDA, JSON): a line for each field in which there
 * is something: `at` is its first byte in the record, offsets are in its decoded text.
 *
 * Threads: the work is for deid/batch.h, one scratch a worker.
 */
#pragma once
#include "deid/batch.h"

struct detect_options {
    const struct deid *engine; /* one that lists only */
    view field; /* the field that holds the text of a JSON line or row; of a message, "": all */
    bool byte_offsets; /* else code points */
    bool explain;      /* rule, reason and cue with every span */
};
/* The work of `cordon detect`: every record gives one line, also one that failed. */
struct batch_work detect_line_work(const struct detect_options *o);
