/* cli/run_document.h — what the report of a run says, in the order in which an auditor asks.
 * The claim and what it leaves open first, numbers next, proof last.   Threads: the main thread only. */
#pragma once
#include "cli/run_report.h"
#include "report/report.h"

MUST_USE err run_document(struct report **out, const struct run_report *r,
                          const struct run_facts *f, const struct batch_result *result);
