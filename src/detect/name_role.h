/* detect/name_role.h — names behind a role, and family names in the rows of a board or a hand-over list.
 *
 *     Tech: Mo    Crew: Dombroski/Vance    PCA Jaylen    attn Chip    (dtr Crystal)    COUSIN RAY RAY
 *     Thornbury, J  78M    Rm 302 OSEI 45/F    "DELACROIX, M - left breast"    OR2  Mbeki      Lap chole
 *     3. Frost - DKA       2. OSTROVA - home Tue       where the other rows begin with names too
 *     the clerk Marcus     nurse Temple     caseworker B. Stavrou     the Parks family     the Yoders
 *
 * Threads: pure. */
#pragma once
#include "detect/name_spots.h"

struct wordset;

/* `taken`: detect/taken.h. OK, ERR_MEMORY or ERR_LIMIT. */
MUST_USE err name_roles(const struct doc *d, const struct name_spots *s, const uint8_t *taken,
                        struct findings *out);
/* The words of roles and of what stands beside them, ready. */
const struct wordset *name_role_words(void);

/* What the word at token i is in a row of staff, see detect/name_crew.h: set of … */
enum {
    NAME_ROLE_CREW = 1, /* who somebody is: "charge", "neph" */
    NAME_ROLE_FIRST = 2 /* the first of two words for it: "break cover" */
};
uint32_t name_role_in_crew(const struct doc *d, int64_t i);
