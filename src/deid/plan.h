/* deid/plan.h — which inputs a run reads, and where the result of each goes.
 *
 * Made before anything is read: folders are walked, names of outputs are passed through the engine,
 * and what would write over an input is refused.   Threads: one owner.
 */
#pragma once
#include "deid/batch.h"

struct plan_item {
    const char *input;  /* NULL: standard input */
    const char *output; /* NULL: the run's one output */
    struct diag diag;   /* code != OK: this input has failed already */
};
struct plan {
    struct arena arena; /* holds what the items point to */
    struct plan_item *v;
    size_t n, cap;
    bool shared;            /* results go to one output, `output` or standard output when NULL */
    const char *output;     /* borrowed from the params */
    uint64_t bytes_total;   /* of all inputs; 0 when one of them has no length (a pipe) */
    uint64_t names_changed; /* outputs that could not keep their name */
    bool adds; /* the outputs join others, and no journal tells which of them an earlier run made */
    uint64_t passed_over; /* what folders hold and no run reads (struct file_list) */
};

/* ERR_USAGE for what can't be meant, ERR_MEMORY; a single input that fails is an item with a diag. */
MUST_USE err plan_make(struct plan *p, const struct batch_work *w,
                       const struct batch_params *params, struct diag *d);
void plan_clear(struct plan *p);
/* A file's name without an ending that says how it is packed (".gz", ".zst"). */
view plan_name_unpacked(view name);
