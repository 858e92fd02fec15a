/* deid/resume.h — what of a plan an earlier run has done, by its journal.   Threads: one owner. */
#pragma once
#include "deid/journal.h"
#include "deid/plan.h"

/* Opens the journal that the params name, or *out NULL when they name none. ERR_USAGE when results go
 * to one output: that is whole or absent anyway. */
MUST_USE err resume_open(struct journal **out, const struct plan *p,
                         const struct batch_params *params, struct diag *d);
/* Is the item's output there, as the journal has it, and would the run make the same of its input? *id is filled for what follows; without a journal,
 * or for an input that has no time of change, nothing is done and *has_id false. A kill between an
 * output's name and its record is made good here. is_stale: the output is what an earlier run made, knowing something
 * else of its patients, so that it may be replaced. ERR_NO_SPACE, ERR_IO … of the journal and of params->known_of. */
struct resume_item {
    struct journal_id id;
    bool has_id, is_done, is_stale;
    uint64_t input_bytes, output_bytes;
    uint64_t known; /* journal_known_of what is known now */
    uint8_t sum[32];
};
MUST_USE err resume_look(struct journal *j, const struct batch_params *params,
                         const struct plan_item *item, uint64_t ordinal, struct resume_item *out,
                         struct diag *d);
