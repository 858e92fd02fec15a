/* cli/run_document.h — what the report of a run says, in the order in which an auditor asks.
 * The claim and what it leaves open first, numbers next, proof last.   Threads: the main thread only. */
#pragma once
#include "cli/run_report.h"
#include "report/report.h"

/* Facts of the present section: files, bytes and checksum of an output, or that they are not known. */
void report_output_set(struct report *doc, struct output_set *set, bool is_known);
/* A section: program, lexicon, tables. */
void report_versions(struct report *doc);
struct cell hex_cell(const uint8_t sum[32], char hex[64]); /* borrows hex */

MUST_USE err run_document(struct report **out, struct run_report *r, const struct run_facts *f,
                          const struct batch_result *result);
