/* format/fhir_ends.c — what is known only when the whole of an object has been read.
 *
 * A ContactPoint's system, an Identifier's type, an Extension's url, the target of a Reference and the
 * subject of a resource may stand behind what they speak of. So pieces get their last word here.
 */
#include "format/fhir_walk.h"
#include "format/patient_number.h"

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

static struct piece *value_of(struct fhir_walk *w, const struct fhir_frame *f)
{
    return f->value ? &w->out->pieces[f->value - 1] : NULL;
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
    struct piece *p = value_of(w, f);
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

/* ---- Identifier ---- */

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

static err end_identifier(struct fhir_walk *w, const struct fhir_frame *f)
{
    err e = OK;
    struct piece *p = value_of(w, f);
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

static err end_reference(struct fhir_walk *w, const struct fhir_frame *f)
{
    err e = OK;
    struct piece *p = value_of(w, f);
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

/* Tells the resource around a Reference whose it is. */
static err hand_up_patient(struct fhir_walk *w, const struct fhir_frame *f)
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

/* ---- Extension ---- */

static view last_segment(view url)
{
    size_t from = url.n;
    while (from && url.p[from - 1] != '/' && url.p[from - 1] != ':' && url.p[from - 1] != '#')
        from--;
    return view_sub(url, from, url.n);
}

/* Extensions whose value is of a kind that the type of the value does not tell. */
static const struct {
    const char *name; /* last part of the url */
    uint8_t role, who, shape;
} extensions[] = {
    { "patient-mothersMaidenName", ROLE_FAMILY, OF_RELATIVE, SHAPE_ANY },
    { "mothersMaidenName", ROLE_FAMILY, OF_RELATIVE, SHAPE_ANY },
    { "humanname-mothers-family", ROLE_FAMILY, OF_RELATIVE, SHAPE_ANY },
    { "humanname-fathers-family", ROLE_FAMILY, OF_RELATIVE, SHAPE_ANY },
    { "humanname-partner-name", ROLE_FAMILY, OF_RELATIVE, SHAPE_ANY },
    { "humanname-own-name", ROLE_FAMILY, OF_UNKNOWN, SHAPE_ANY },
    { "iso21090-EN-qualifier", ROLE_TEXT, OF_UNKNOWN, SHAPE_ANY },
    { "iso21090-ADXP-streetName", ROLE_STREET, OF_UNKNOWN, SHAPE_ANY },
    { "iso21090-ADXP-streetNameBase", ROLE_STREET, OF_UNKNOWN, SHAPE_ANY },
    { "iso21090-ADXP-houseNumber", ROLE_STREET, OF_UNKNOWN, SHAPE_ANY },
    { "iso21090-ADXP-additionalLocator", ROLE_STREET, OF_UNKNOWN, SHAPE_ANY },
    { "iso21090-ADXP-postBox", ROLE_STREET, OF_UNKNOWN, SHAPE_ANY },
    { "iso21090-ADXP-unitID", ROLE_STREET, OF_UNKNOWN, SHAPE_ANY },
    { "iso21090-ADXP-precinct", ROLE_TOWN, OF_UNKNOWN, SHAPE_ANY },
    { "iso21090-SC-coding", ROLE_TEXT, OF_UNKNOWN, SHAPE_ANY },
    { "iso21090-ADXP-censusTract", ROLE_STREET, OF_UNKNOWN, SHAPE_ANY },
    { "patient-birthTime", ROLE_BIRTH, OF_UNKNOWN, SHAPE_DATE },
    { "latitude", ROLE_STREET, OF_UNKNOWN, SHAPE_DIGITS },
    { "longitude", ROLE_STREET, OF_UNKNOWN, SHAPE_DIGITS },
    { "lat", ROLE_STREET, OF_UNKNOWN, SHAPE_DIGITS },
    { "long", ROLE_STREET, OF_UNKNOWN, SHAPE_DIGITS },
    { "lng", ROLE_STREET, OF_UNKNOWN, SHAPE_DIGITS },
};

/* The number in an extension that is of no length to be looked at, but of a role. */
static err push_number(struct fhir_walk *w, struct fhir_frame *f)
{
    err e = OK;
    const struct fhir_string s = { .text = view_sub(w->j.doc, f->size_at,
                                                    (size_t)f->size_at + f->size_length),
                                   .base = f->size_at };
    TRY(fhir_push(w, &s, 0, s.text.n, ROLE_TEXT, SHAPE_DIGITS));
    fhir_last(w)->spelling = SPELL_JSON_NUMBER;
    fhir_last(w)->is_positive = f->is_positive;
    f->value = w->out->n;
out:
    return e;
}

static bool has_role(view name)
{
    for (size_t i = 0; i < COUNT_OF(extensions); i++)
        if (view_eq_nocase(name, view_of_str(extensions[i].name))) return true;
    return false;
}

static err end_extension(struct fhir_walk *w, struct fhir_frame *f)
{
    err e = OK;
    view name = last_segment(f->about);
    view number = view_sub(w->j.doc, f->size_at, (size_t)f->size_at + f->size_length);
    bool is_known = has_role(name);
    if (!f->value && f->size_length && (is_known || fhir_is_labelled_number(name, number)))
        TRY(push_number(w, f));
    for (uint32_t i = f->first; i < w->out->n; i++)
        if (view_starts(w->out->pieces[i].field, VIEW("value"))) w->out->pieces[i].field = name;
    struct piece *p = value_of(w, f);
    if (!p) return OK;
    if (!is_known) fhir_label_piece(p, name);
    for (size_t i = 0; i < COUNT_OF(extensions); i++) {
        if (!view_eq_nocase(name, view_of_str(extensions[i].name))) continue;
        p->role = (enum piece_role)extensions[i].role;
        if (extensions[i].who) p->who = (enum piece_who)extensions[i].who;
        if (extensions[i].who) p->person = 0;
        if (p->shape != SHAPE_INSTANT) p->shape = (enum piece_shape)extensions[i].shape;
    }
out:
    return e;
}

/* ---- Observation, Patient.contact ---- */

/* Observations that say what a Patient would: LOINC codes of dates of birth. */
static void end_observation(struct fhir_walk *w, const struct fhir_frame *f)
{
    static const char *const birth[] = { "21112-8", "91556-0" };
    struct piece *p = value_of(w, f);
    for (size_t i = 0; i < COUNT_OF(birth) && p; i++)
        if (view_eq(f->code, view_of_str(birth[i])) && p->role == ROLE_DATE) p->role = ROLE_BIRTH;
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
    case FHIR_T_Identifier: TRY(end_identifier(w, f)); break;
    case FHIR_T_Reference:
        TRY(end_reference(w, f));
        TRY(fhir_note_person(w, f->about));
        TRY(hand_up_patient(w, f));
        fhir_hand_up_value(w, f);
        break;
    case FHIR_T_Coding: fhir_end_coding(w, f); break;
    case FHIR_T_CodeableConcept: fhir_hand_up_value(w, f); break;
    case FHIR_T_Extension: TRY(end_extension(w, f)); break;
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
