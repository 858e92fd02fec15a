/* extract/labels.h — files of findings, as people and programs write them, side by side.
 *
 *     JSON lines   {"id": "7", "findings": {"Cardiomegaly": {"status": "present", "score": 0.97,
 *                  "evidence": [{"start": 3, "end": 9}]}, …}}; a status may stand alone: {"Edema": "absent"}
 *     CSV          a first column with ids and a column a finding: 1 present, 0 absent, -1 uncertain,
 *                  empty not mentioned; `state`, `text` and `normal` are no findings
 *
 * `state`, where it says anything but "read", makes a report unread: none of its findings is an answer.
 * Names of findings are the same whatever their case, blanks and underscores. Reports are joined by id, so a
 * file that has an id twice is refused.   Threads: one owner; the file's bytes are borrowed.
 */
#pragma once
#include "base/map.h"
#include "clinical/context.h"

struct label_span {
    uint32_t start, end; /* code points */
};
struct label_cell {
    uint8_t status; /* enum status */
    bool has_score;
    float score;
    const struct label_span *evidence;
    uint32_t n_evidence;
};
enum { LABEL_NAMES_MAX = 64 };
struct label_names {
    view name[LABEL_NAMES_MAX]; /* as first written */
    uint32_t n;
};
struct label_row {
    view id, text;            /* text "" when the file has none */
    bool is_unread;           /* its cells say nothing */
    struct label_cell *cells; /* by number of the name; shorter rows have no more */
    uint32_t n_cells;
};
struct label_file {
    struct arena arena;
    struct label_row *rows;
    uint32_t n, cap;
    uint64_t has; /* a bit for each name that the file has */
    struct map by_id;
};
void label_file_init(struct label_file *f);
void label_file_clear(struct label_file *f);
/* Reads a file whole; names that are new are added to `names`, which all files of a comparison share.
 * ERR_FORMAT (an id twice is one) and ERR_ENCODING with the line; ERR_LIMIT for more than 64 findings. */
MUST_USE err label_file_read(struct label_file *f, view bytes, struct label_names *names,
                             struct diag *d);
/* NULL when there is none of that id. */
const struct label_row *label_file_find(const struct label_file *f, view id);
/* What a row says of a name; not mentioned where it has no such cell. */
struct label_cell label_row_cell(const struct label_row *r, uint32_t name);
/* The number of a name, or -1. */
int label_name_find(const struct label_names *names, view name);
