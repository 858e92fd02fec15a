/* deid/record_known.h — what the fields of a record say about a patient, for that patient's prose in it.
 *
 *     struct record_known rk;
 *     TRY(record_known_init(&rk, d, record, arena, diag));
 *     TRY(record_known_for(&rk, piece, &list));          a set a patient, made when it is first asked for
 *
 * Values that belong to nobody in particular (a clinician of a bundle) are searched for in everyone's prose,
 * and in prose whose patient is unknown every value is. The former are one set, which all patients of a record share:
 * a bundle grows with patients and clinicians, not with one times the other.   Threads: one owner; sets live in the arena.
 */
#pragma once
#include "base/map.h"
#include "deid/inside.h"
#include "detect/known.h"

struct record_known {
    const struct deid *d;
    const struct record *r;
    struct arena *arena;
    struct known_item *items; /* by patient, then as they stand in the record */
    uint32_t n;
    bool needs_digits;         /* all of them do (known_needs_digits) */
    struct known *nobodys;     /* what each patient's set lies over; NULL: not made, or nothing */
    bool has_nobodys;          /* it is made */
    struct map sets;           /* made so far: a patient to its place in `made` */
    const struct known **made; /* NULL: nothing is known */
    uint32_t cap_made;
};
/* Whose the piece is: its own patient, or the record's. */
view piece_patient(const struct record *r, const struct piece *p);

/* ERR_MEMORY, or ERR_LIMIT with its place: a number that known_is_too_long. */
MUST_USE err record_known_init(struct record_known *k, const struct deid *d, const struct record *r,
                               struct arena *a, struct diag *diag);
/* *out is NULL when nothing is known. */
MUST_USE err record_known_for(struct record_known *k, const struct piece *p,
                              const struct known **out);

/* Codes of r that are, whole and in any case of letters, a value that a field of the record names become pieces of
 * it, of that field's role: somebody's name does not become a code by standing in the wrong field. Not those that
 * are short or a word of the language, nor a number that could well be one of a system that is named: the longer
 * it must be. Where no system is named, those too that are made of such a name ("smith-johnny") or are somebody's full
 * name by the lexicon (deid/code_name.h). `r` is the record k was made for. ERR_MEMORY or ERR_LIMIT. */
MUST_USE err record_known_codes(const struct record_known *k, struct record *r);

/* A piece as a known value; false when it is none that is searched for. `a` is scratch. */
bool piece_known(const struct lexicon *l, const struct piece *p, struct arena *a,
                 struct known_value *out);
