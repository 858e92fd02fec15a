/* cli/run_findings.h — what a run found, in the tables of its report.   Threads: the main thread only. */
#pragma once
#include "deid/deid.h"
#include "report/report.h"

/* A section: by kind, by what was done, by rule, by source, by score. */
void run_findings(struct report *doc, const struct deid_counts *c);
