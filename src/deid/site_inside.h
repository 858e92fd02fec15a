/* deid/site_inside.h — the parts of a site file, between the files that read it (site_*.c) alone.
 * A part that is not understood is refused with its line and column (yaml_refuse).   Threads: one owner. */
#pragma once
#include "deid/site_config.h"

enum { SITE_PATH_MAX = 4096, SITE_RECORDS_MAX = 64 * SITE_PATH_MAX };

struct site_reader {
    struct yaml y;
    struct site_config *c;
    const char *folder; /* where rosters lie; NULL: none may be read */
    struct diag *d;
};

/* ---- site_config.c: for all parts; `what` is a literal that says what is expected ---- */

/* Which of `names`, which NULL ends. */
MUST_USE err site_choice(struct site_reader *r, struct fy_node *n, const char *const *names,
                         const char *what, unsigned *out);
MUST_USE err site_label(struct site_reader *r, struct fy_node *n, const char *what,
                        enum label *out);

/* ---- site_words.c: `allow`, `deny` and `patterns` ---- */

MUST_USE err site_read_allow(struct site_reader *r, struct fy_node *n);
MUST_USE err site_read_deny(struct site_reader *r, struct fy_node *n);
MUST_USE err site_read_patterns(struct site_reader *r, struct fy_node *n);

/* ---- site_roster_files.c: `rosters` ---- */

MUST_USE err site_read_rosters(struct site_reader *r, struct fy_node *n);
