/* format/fhir_ends.c — what is known only when the whole of an object has been read.
 *
 * A ContactPoint's system, an Identifier's type, an Extension's url, the target of a Reference and the
 * subject of a resource may stand behind what they speak of. So pieces get their last word here.
 */
#include "format/fhir_walk.h"

enum piece_who fhir_who(unsigned type, enum piece_who around)
{
    switch (type) {
    case FHIR_T_Patient: return OF_PATIENT;
    case FHIR_T_Patient_contact:
    case FHIR_T_RelatedPerson:
    case FHIR_T_FamilyMemberHistory: return OF_RELATIVE;
    case FHIR_T_Practitioner:
    case FHIR_T_PractitionerRole: return OF_CLINICIAN;
    default: return around;
    }
}

/* ---- ContactPoint ---- */

static void end_contact(struct fhir_walk *w, const struct fhir_frame *f)
{
    static const struct {
        const char *name;
        uint8_t role, shape;
    } systems[] = {
        { "phone", ROLE_PHONE, SHAPE_ANY },   { "fax", ROLE_FAX, SHAPE_ANY },
        { "pager", ROLE_PHONE, SHAPE_ANY },   { "sms", ROLE_PHONE, SHAPE_ANY },
        { "email", ROLE_EMAIL, SHAPE_EMAIL }, { "url", ROLE_URL, SHAPE_URL },
    };
    struct piece *p = fhir_value_of(w, f);
    if (!p) return;
    p->role = ROLE_PHONE;
    if (view_find_byte(p->text, 0, '@') < p->text.n)
        p->role = ROLE_EMAIL;
    else if (view_starts(p->text, VIEW("http")) || view_starts(p->text, VIEW("www.")))
        p->role = ROLE_URL;
    for (size_t i = 0; i < COUNT_OF(systems); i++) {
        if (!view_eq_nocase(f->about, view_of_str(systems[i].name))) continue;
        p->role = (enum piece_role)systems[i].role;
        p->shape = (enum piece_shape)systems[i].shape;
    }
}

/* ---- Observation, Patient.contact ---- */

/* Observations that say what a Patient would: LOINC codes of dates of birth. */
bool fhir_is_birth_code(view code)
{
    return view_eq(code, VIEW("21112-8")) || view_eq(code, VIEW("91556-0"));
}

static void end_observation(struct fhir_walk *w, const struct fhir_frame *f)
{
    struct piece *p = fhir_value_of(w, f);
    if (p && p->role == ROLE_DATE && fhir_is_birth_code(f->code)) p->role = ROLE_BIRTH;
}

/* HL7 table 0131: an employer or its contact is no relative. */
static void end_contact_person(struct fhir_walk *w, const struct fhir_frame *f)
{
    if (!view_eq(f->code, VIEW("E"))) return;
    for (uint32_t i = f->first; i < w->out->n; i++)
        w->out->pieces[i].who = OF_EMPLOYER;
}

/* ---- resources ---- */

err fhir_note_alias(struct fhir_walk *w, view from, view to)
{
    err e = OK;
    uint32_t at;
    if (map_get(&w->aliases, from, &at)) {
        if (!view_eq(w->alias_of[at], to)) w->alias_of[at] = (view){ "", 0 };
        return OK;
    }
    view *v = arena_more(w->arena, w->alias_of, sizeof *v, w->n_aliases, &w->alias_cap, 16);
    if (!v) return ERR_MEMORY;
    w->alias_of = v;
    TRY(map_put(&w->aliases, from, w->n_aliases));
    w->alias_of[w->n_aliases++] = to;
out:
    return e;
}

static err end_resource(struct fhir_walk *w, struct fhir_frame *f)
{
    err e = OK;
    struct record *r = w->out;
    if (f->type == FHIR_T_Bundle) return OK;
    if (f->type == FHIR_T_Patient && f->about.n) f->patient = f->about;
    struct fhir_frame *around = fhir_around(w, 1);
    bool is_contained = around && view_eq(around->key, VIEW("contained"));
    TRY(fhir_settle_identities(w, f, is_contained));
    if (f->number.n && !is_contained) TRY(fhir_settle_number(w, f));
    for (uint32_t i = f->first; i < r->n && f->patient.n && !is_contained; i++)
        if (!r->pieces[i].patient.n) r->pieces[i].patient = f->patient;
    if (f->person && f->about.n && !is_contained) {
        uint32_t known;
        if (!map_get(&w->persons, f->about, &known)) {
            TRY(map_put(&w->persons, f->about, f->person));
        } else { /* a reference to it came first */
            for (uint32_t i = f->first; i < r->n; i++)
                if (r->pieces[i].person == f->person) r->pieces[i].person = (uint16_t)known;
        }
    }
    if (!is_contained) TRY(fhir_settle_people(w, f));
    if (around && around->type == FHIR_T_Bundle_entry) {
        around->holds_patient = f->type == FHIR_T_Patient;
        around->patient = around->holds_patient ? f->patient : f->about;
    }
out:
    return e;
}

/* fullUrl and the id of the resource usually agree; references go by the first. */
static err end_entry(struct fhir_walk *w, const struct fhir_frame *f)
{
    struct fhir_link l = fhir_read_link(f->about);
    struct record *r = w->out;
    if (!l.id.n || view_eq(l.id, f->patient)) return OK;
    if (f->holds_patient && f->patient.n) return fhir_settle_address(w, &l, f->patient);
    if (f->patient.n) return fhir_note_alias(w, l.id, f->patient);
    for (uint32_t i = f->first; i < r->n && f->holds_patient; i++) /* it has no other name */
        if (!r->pieces[i].patient.n) r->pieces[i].patient = l.id;
    return OK;
}

err fhir_end_object(struct fhir_walk *w)
{
    err e = OK;
    struct fhir_frame *f = fhir_top(w);
    switch (f->type) {
    case FHIR_T_ContactPoint: end_contact(w, f); break;
    case FHIR_T_Identifier: TRY(fhir_end_identifier(w, f)); break;
    case FHIR_T_Reference:
        TRY(fhir_end_reference(w, f));
        TRY(fhir_note_person(w, f->about));
        TRY(fhir_hand_up_patient(w, f));
        fhir_hand_up_value(w, f);
        break;
    case FHIR_T_Coding: fhir_end_coding(w, f); break;
    case FHIR_T_CodeableConcept: fhir_hand_up_value(w, f); break;
    case FHIR_T_Extension: TRY(fhir_end_extension(w, f)); break;
    case FHIR_T_Age: fhir_end_age(w, f); break;
    case FHIR_T_Quantity: TRY(fhir_end_quantity(w, f)); break;
    case FHIR_T_Observation:
    case FHIR_T_Observation_component:
        end_observation(w, f);
        TRY(fhir_end_observed_age(w, f));
        break;
    case FHIR_T_QuestionnaireResponse_item_answer: TRY(fhir_end_answer(w, f)); break;
    case FHIR_T_QuestionnaireResponse_item: TRY(fhir_end_question(w, f)); break;
    case FHIR_T_Patient_contact: end_contact_person(w, f); break;
    case FHIR_T_Attachment:
    case FHIR_T_Binary: TRY(fhir_end_attachment(w, f)); break;
    case FHIR_T_Bundle_entry: TRY(end_entry(w, f)); break;
    default: break;
    }
    if (f->is_resource) TRY(end_resource(w, f));
out:
    return e;
}
