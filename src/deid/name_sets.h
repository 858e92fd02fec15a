/* deid/name_sets.h — sets of names whose protection is compared: shipped, or read from a file.
 *
 * A file holds a name a line, "set<TAB>name" or "set<TAB>given<TAB>family", in any order; empty lines and
 * lines that begin with '#' count for nothing. Of a name in one piece the last word is the family name,
 * with the particles before it ("Maria de la Cruz"); a single word is both.
 *
 * The shipped sets (data/names/sets.txt, in the program) are pools of given and family names; names are
 * drawn from them without repetition, half of those that the lexicon knew and half new ones.
 * Threads: immutable once read; share it.
 */
#pragma once
#include "base/arena.h"
#include "base/diag.h"
#include "lexicon/lexicon.h"

enum { NAME_SETS_MAX = 4096, NAMES_MAX = 1 << 26, NAME_LEN_MAX = 200 };
struct name_entry {
    view given, family; /* UTF-8, not empty */
    uint32_t set;
    bool outside; /* the lexicon knows none of its words */
};
struct name_sets {
    struct arena keep;
    struct name_entry *v; /* set by set, in order of first sight */
    uint32_t n, cap;
    view *labels; /* one a set */
    uint32_t n_sets;
};
/* `file` is borrowed as long as *out is used. ERR_FORMAT or ERR_ENCODING with the line as the diag's
 * record, ERR_LIMIT, ERR_MEMORY. *out wants name_sets_clear in any case. */
MUST_USE err name_sets_read(struct name_sets *out, view file, const struct lexicon *l,
                            struct diag *d);
/* `per_set` names of each shipped set, or all that its pools give; the same for the same seed. */
MUST_USE err name_sets_shipped(struct name_sets *out, uint32_t per_set, uint64_t seed,
                               const struct lexicon *l, struct diag *d);
void name_sets_clear(struct name_sets *s);
/* The shipped pools and the shipped templates (deid/name_probe.h). */
view name_sets_pools(void);
view name_sets_templates(void);
