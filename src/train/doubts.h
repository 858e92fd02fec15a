/* train/doubts.h — the candidates that a model leaves in doubt in marked texts, and which of them are marked.
 * Threads: one owner; texts are looked through by several. */
#pragma once
#include "base/diag.h"
#include "detect/tag_judge.h"

struct doubt_rows {
    uint8_t *facts;   /* n × TAG_FACTS */
    uint8_t *is_true; /* one a row: half of it or more is marked, whatever the label */
    uint32_t n, n_true;
    uint64_t cap_facts, cap_true; /* rows there is room for */
};
/* Appends those of the texts of `file` (JSON lines as `cordon train` reads them), in their order. The whole engine runs with
 * `m` in place of its own model. ERR_FORMAT, ERR_ENCODING, ERR_LIMIT, ERR_MEMORY, ERR_SYSTEM. */
MUST_USE err doubts_collect(struct doubt_rows *r, const struct tag_model *m, view file,
                            unsigned threads, struct diag *d);
void doubts_clear(struct doubt_rows *r);
