/* format/fhir_reference.c — who is meant by an Identifier or a Reference.
 *
 * Both name something of another record: a number, by its type, its system or the resource that holds it; the
 * target of a Reference, by its address, its type or the element that it stands in. */
#include "format/fhir_walk.h"
#include "format/patient_number.h"

enum piece_role fhir_role_by_holder(unsigned type)
{
    switch (type) {
    case FHIR_T_Patient:
    case FHIR_T_Person: return ROLE_MRN;
    case FHIR_T_Coverage: return ROLE_PLAN;
    case FHIR_T_Account: return ROLE_ACCOUNT;
    case FHIR_T_Device: return ROLE_DEVICE;
    case FHIR_T_Practitioner:
    case FHIR_T_PractitionerRole: return ROLE_LICENSE;
    default: return ROLE_NUMBER;
    }
}

static unsigned type_led_to(struct fhir_walk *w, const struct fhir_frame *f)
{
    const struct fhir_link *l = fhir_link_of(w, f->about);
    if (f->code.n) return fhir_resource(f->code, NULL);
    if (l->resource != FHIR_T_UNKNOWN) return l->resource;
    switch (f->hint & ~FHIR_TO_OTHER) {
    case FHIR_TO_PATIENT: return FHIR_T_Patient;
    case FHIR_TO_RELATED: return FHIR_T_RelatedPerson;
    case FHIR_TO_CLINICIAN: return FHIR_T_Practitioner;
    case FHIR_TO_ORGANIZATION: return FHIR_T_Organization;
    case FHIR_TO_PLACE: return FHIR_T_Location;
    default: return FHIR_T_UNKNOWN;
    }
}

/* What an identifier in a Reference is of. A subject that may be a group or a device too is a patient most often. */
static unsigned type_meant(struct fhir_walk *w, const struct fhir_frame *reference)
{
    unsigned type = type_led_to(w, reference);
    bool may_be_patient = type == FHIR_T_UNKNOWN && reference->hint & FHIR_TO_PATIENT;
    return may_be_patient ? FHIR_T_Patient : type;
}

/* Messages and tables know no resource's id: there the patient goes by a number. */
static void note_number(struct fhir_frame *holder, view code, enum piece_role role, bool is_said,
                        view value)
{
    if (!holder || holder->type != FHIR_T_Patient || !holder->is_resource) return;
    if (is_said && !code.n && role == ROLE_MRN) code = VIEW("MR"); /* its system says so */
    unsigned rank = patient_number_rank(code, role);
    value = view_trim(value);
    if (!value.n || rank <= holder->number_rank) return;
    holder->number = value;
    holder->number_rank = (uint8_t)rank;
}

err fhir_end_identifier(struct fhir_walk *w, const struct fhir_frame *f)
{
    err e = OK;
    struct piece *p = fhir_value_of(w, f);
    struct fhir_frame *around = fhir_around(w, 1);
    if (!p) return OK;
    view value = p->text;
    enum piece_role role = fhir_role_of_code(f->code);
    if (role == ROLE_TEXT) role = fhir_role_of_system(f->about);
    bool is_said = role != ROLE_TEXT;
    if (role == ROLE_TEXT && around)
        role = fhir_role_by_holder(around->type == FHIR_T_Reference ? type_meant(w, around)
                                                                    : around->type);
    p->role = role;
    note_number(around, f->code, role, is_said, value);
    if (role == ROLE_NUMBER && fhir_id_shape(p->text) == SHAPE_UUID) {
        p->role = ROLE_LINK; /* often the id of another resource, and as hard to guess */
        p->shape = SHAPE_UUID;
    }
    /* urn:uuid:… and urn:oid:… are addresses: only what is behind the prefix goes. */
    struct fhir_link l = fhir_read_link(p->text);
    if ((l.is_uuid || l.is_oid) && !p->map.n) {
        p->base += (uint32_t)(l.id.p - p->text.p);
        p->text = l.id;
        p->role = ROLE_LINK;
        p->shape = l.is_uuid ? SHAPE_UUID : SHAPE_OID;
    }
    TRY(fhir_note_identifier(w, f, value, is_said, around));
out:
    return e;
}

/* ---- Reference ---- */

/* The number of the person with that resource id; made when it is new. */
static err person_of(struct fhir_walk *w, view id, uint16_t *out)
{
    uint32_t known = 0;
    *out = 0;
    if (!id.n) return OK;
    if (map_get(&w->persons, id, &known)) {
        *out = (uint16_t)known;
        return OK;
    }
    if (w->last_person == UINT16_MAX) return OK;
    *out = ++w->last_person;
    return map_put(&w->persons, id, *out);
}

err fhir_end_reference(struct fhir_walk *w, const struct fhir_frame *f)
{
    err e = OK;
    struct piece *p = fhir_value_of(w, f);
    const struct fhir_link *l = fhir_link_of(w, f->about);
    unsigned type = type_led_to(w, f);
    bool is_person = true;
    enum piece_who who = fhir_who(type, OF_UNKNOWN);
    if (type == FHIR_T_UNKNOWN && f->hint & (FHIR_TO_PATIENT | FHIR_TO_RELATED | FHIR_TO_CLINICIAN))
        who = f->hint & FHIR_TO_CLINICIAN ? OF_CLINICIAN : OF_PATIENT;
    else if (who == OF_UNKNOWN)
        is_person = type == FHIR_T_Person;
    if (!p) return OK;
    if (is_person) {
        p->role = ROLE_NAME;
        p->who = who;
        if (!l->is_contained) TRY(person_of(w, l->id, &p->person));
        /* "Performer: Memorial Laboratory" is a name all the same. */
    } else if (type == FHIR_T_Organization || type == FHIR_T_Location ||
               type == FHIR_T_HealthcareService) {
        p->role = ROLE_ORGANIZATION;
        p->who = OF_UNKNOWN;
    }
out:
    return e;
}

/* Is the element under `key` of a resource the one that says whose the resource is? */
static uint8_t patient_rank(const struct fhir_frame *resource, unsigned led_to, uint8_t hint)
{
    static const view keys[] = { { "patient", 7 },     { "subject", 7 },     { "beneficiary", 11 },
                                 { "individual", 10 }, { "deliverFor", 10 }, { "for", 3 } };
    bool may_be = led_to == FHIR_T_Patient || (led_to == FHIR_T_UNKNOWN && hint & FHIR_TO_PATIENT);
    for (size_t i = 0; i < COUNT_OF(keys); i++)
        if (may_be && view_eq(resource->key, keys[i])) return 3;
    return led_to == FHIR_T_Patient ? 1 : 0;
}

err fhir_hand_up_patient(struct fhir_walk *w, const struct fhir_frame *f)
{
    err e = OK;
    const struct fhir_link *l = fhir_link_of(w, f->about);
    view who = l->id;
    unsigned type = type_led_to(w, f);
    if (l->is_contained) return OK;
    if (!who.n) TRY(fhir_identity_of_link(w, l, &who));
    if (!who.n) who = f->identity;
    for (uint32_t up = 1; up <= w->depth; up++) {
        struct fhir_frame *r = fhir_around(w, up);
        if (!r->is_resource) continue;
        if (r->type == FHIR_T_Patient || r->type == FHIR_T_Bundle) break;
        uint8_t rank = patient_rank(r, type, f->hint);
        if (up > 1 && rank == 3) rank = 1; /* deeper: somebody else may be meant */
        if (rank <= r->patient_by || !who.n) break;
        r->patient = who;
        r->patient_by = rank;
        break;
    }
out:
    return e;
}
