/* deid/person_names.h — whom a record names, for what is left of a name in it (redact/persons.h).
 *
 *     person_names_init(&names, record, all, found, n, arena);   once all pieces are looked through
 *     TRY(person_names_for(&names, piece, said, n, &persons));   those whom that piece may mean
 *
 * A piece may mean whom its own patient's pieces name, in fields or in prose, and those who are nobody's in particular (a
 * clinician of a bundle); where its patient is unknown, everyone in the record. Nothing is made before it is asked for,
 * and then once a patient; those who are nobody's once for all patients.   Threads: one owner; everything lies in the arena.
 */
#pragma once
#include "base/map.h"
#include "deid/inside.h"
#include "detect/known.h"
#include "redact/persons.h"

struct person_names {
    const struct record *r;
    const struct finding *all;       /* borrowed */
    const struct found_range *found; /* borrowed; of pieces in order, and one more */
    uint32_t n_found;
    struct arena *arena;
    struct naming_piece
        *pieces; /* that name somebody: by patient, then as they stand in the record */
    uint32_t n;
    bool is_listed;
    const struct persons *nobodys; /* whom each patient's persons lie over; NULL: not made */
    /* Made so far, by what the record says alone and with what others say: a patient to its place in `made`. */
    struct map sets[2];
    const struct persons **made;
    uint32_t n_made, cap_made;
};
void person_names_init(struct person_names *pn, const struct record *r, const struct finding *all,
                       const struct found_range *found, uint32_t n, struct arena *a);
/* `said`: what other records say of the patient, a person's values one after the other; of a patient's fields always
 * the same, and of the prose. ERR_MEMORY. */
MUST_USE err person_names_for(struct person_names *pn, const struct piece *p,
                              const struct known_value *said, uint32_t n_said,
                              const struct persons **out);
