/* deid/site_roster.h — a list of known persons or numbers, one a line, into a site's terms.
 *
 * A name is known as "given family" and "family given" (with or without a comma), with and without what
 * stands between them, with its middle initial; its family name also by itself where that is no ordinary
 * word. Empty lines and lines that begin with '#' count for nothing.   Threads: one thread.
 */
#pragma once
#include "base/diag.h"
#include "detect/site_terms.h"

enum roster_form {
    ROSTER_FAMILY_GIVEN, /* Smith,John Andrew */
    ROSTER_GIVEN_FAMILY, /* John Andrew Smith: the last word is the family name */
    ROSTER_ID            /* a number or code, found exactly as it is */
};
struct roster {
    enum roster_form form;
    enum finding_role role; /* names */
    enum label label;       /* ids */
};
/* `text` is UTF-8. The number of entries into *n. ERR_CONFIG with the line of the roster as the diag's
 * record, ERR_LIMIT, ERR_MEMORY. */
MUST_USE err roster_read(const struct roster *r, view text, struct site_terms *t, uint64_t *n,
                         struct diag *d);
