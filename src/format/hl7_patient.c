/* hl7_patient.c — whose a message is: the identifier of PID that stays with the patient. */
#include "format/hl7_inside.h"
#include "format/patient_number.h"

/* The best of a field's repetitions; "" when none stays with the patient. `type_at`: the component that says what
 * kind of number it is. */
static err best_of(struct hl7_walk *w, const struct hl7_seg *s, uint32_t field,
                   enum piece_role unsaid, view *out)
{
    enum { TYPE_AT = 5 }; /* of CX */
    err e = OK;
    unsigned best = 0;
    struct hl7_range rep;
    const struct hl7_marks *k = &w->source.marks;
    struct hl7_range all = hl7_field_at(w, s, field);
    for (uint32_t a = all.from; hl7_next_part(w, all, k->repetition, &a, &rep);) {
        view type = view_trim(hl7_bytes(w, hl7_part_at(w, rep, k->component, TYPE_AT))), id;
        enum piece_role role = type.n ? hl7_identifier_role(type) : unsaid;
        unsigned rank = patient_number_rank(type, role);
        if (rank <= best) continue;
        TRY(hl7_first_text(w, rep, &id));
        if (!id.n) continue;
        best = rank;
        *out = id;
    }
out:
    return e;
}

err hl7_take_patient(struct hl7_walk *w, const struct hl7_seg *s)
{
    err e = OK;
    /* The list of identifiers, the fields that it took the place of, the social security number. */
    static const struct {
        uint8_t field, unsaid;
    } order[] = { { 3, ROLE_MRN }, { 2, ROLE_MRN }, { 4, ROLE_MRN }, { 19, ROLE_SSN } };
    view id = { "", 0 };
    for (size_t i = 0; i < COUNT_OF(order) && !id.n; i++)
        TRY(best_of(w, s, order[i].field, (enum piece_role)order[i].unsaid, &id));
    if (!w->out->patient.n)
        w->out->patient = id;
    else
        w->patient = view_eq(id, w->out->patient) ? VIEW("") : id;
out:
    return e;
}
