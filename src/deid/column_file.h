/* deid/column_file.h — what a person says about the columns of a table: `--columns`.
 *
 *     columns:
 *       - name: PAT_ID          # of the header; or "#3", the third
 *         role: mrn             # words of format/csv.h: csv_role_words
 *
 * or in one line: PAT_ID=mrn,AUTH=name/clinician. What is not understood is ERR_CONFIG with line and
 * column (of the file) and no byte of it.   Threads: immutable once opened.
 */
#pragma once
#include "format/csv.h"

struct column_roles; /* owns what it gives */
/* ERR_CONFIG, ERR_MEMORY, and what reading a file can say. */
MUST_USE err column_roles_open(struct column_roles **out, const char *path, struct diag *d);
/* ERR_USAGE when it is no list of name=role. */
MUST_USE err column_roles_parse(struct column_roles **out, view list, struct diag *d);
void column_roles_free(struct column_roles *r);
const struct csv_given *column_roles_list(const struct column_roles *r, size_t *n);
