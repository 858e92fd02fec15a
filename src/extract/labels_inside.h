/* extract/labels_inside.h — rows of findings on their way into a file's table, between the labels*.c files
 * alone.   Threads: one owner. */
#pragma once
#include "extract/labels.h"

/* Are these names of one finding? Only letters and digits count, without case. */
bool label_same_name(view a, view b);
/* The number of a finding's name, which the file has from now on. ERR_LIMIT past LABEL_NAMES_MAX. */
MUST_USE err label_name_number(struct label_file *f, struct label_names *names, view name,
                               uint32_t *out);
/* Does a report's `state` say that it was not read? One that stands nowhere or is "" does not. */
bool label_is_unread(view state);
/* ERR_FORMAT when there is a row of that id. */
MUST_USE err label_add_row(struct label_file *f, const struct label_row *row, struct diag *d);

/* One line, in labels_json.c. */
MUST_USE err label_read_json(struct label_file *f, struct label_names *names, view line,
                             struct diag *d);
/* A whole table, in labels_csv.c; the diag's record is the line. */
MUST_USE err label_read_csv(struct label_file *f, struct label_names *names, view bytes,
                            struct diag *d);
