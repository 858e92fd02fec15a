/* format/hl7_walk.c — down from a segment to leaves, and from each leaf to a piece or to nothing.
 *
 *      segment ─ fields ─ repetitions ─ components ─ subcomponents
 *
 * A leaf that is empty or "" (delete) is nothing. Prose of a field is one piece, with its components and
 * repetitions joined; that of OBX-5 and NTE-3 goes on over segments that continue each other.
 */
#include "format/hl7_walk.h"
#include "format/hl7_inside.h"
#include "format/hl7_phone.h"
#include "format/hl7_value.h"
#include "text/age_unit.h"

enum { PERSONS_MAX = 65000 };

err hl7_fail(const struct hl7_walk *w, const struct hl7_seg *s, const struct hl7_field *f, err e)
{
    if (w->diag && e && e != ERR_MEMORY)
        diag_in_segment(w->diag, s->known, s->number, f ? f->number : 0);
    return e;
}

err hl7_push(struct hl7_walk *w, struct piece piece)
{
    return format_push(w->arena, &w->out->pieces, &w->out->n, &w->cap, &piece);
}

err hl7_name_field(struct hl7_walk *w, const struct hl7_seg *s, struct hl7_field *f)
{
    char digits[10]; /* of UINT32_MAX */
    size_t at = sizeof digits;
    if (f->name.n) return OK;
    for (uint32_t n = f->number; n || at == sizeof digits; n /= 10)
        digits[--at] = (char)('0' + n % 10);
    const size_t used = sizeof digits - at;
    char *p = arena_alloc(w->arena, s->name.n + 1 + used);
    if (!p) return ERR_MEMORY;
    memcpy(p, s->name.p, s->name.n);
    p[s->name.n] = '-';
    memcpy(p + s->name.n + 1, digits + at, used);
    f->name = view_of(p, s->name.n + 1 + used);
    return OK;
}

static uint16_t new_person(struct hl7_walk *w)
{
    return w->persons < PERSONS_MAX ? ++w->persons : 0;
}

/* ---- down ---- */

static const struct hl7_field_rule *rule_of(const struct hl7_walk *w, const struct hl7_seg *s,
                                            uint32_t field, uint32_t component, uint32_t sub)
{
    const struct hl7_field_rule *best = NULL;
    for (uint32_t i = 0; w->options && i < w->options->n; i++) {
        const struct hl7_field_rule *r = &w->options->rules[i];
        if (!view_eq(s->name, view_of(r->segment, 3)) || r->field != field) continue;
        if (r->component != HL7_ANY && r->component != component) continue;
        if (r->subcomponent != HL7_ANY && r->subcomponent != sub) continue;
        unsigned now = 2 * (r->component != HL7_ANY) + (r->subcomponent != HL7_ANY);
        unsigned had =
            best ? 2 * (best->component != HL7_ANY) + (best->subcomponent != HL7_ANY) : 0;
        if (!best || now >= had) best = r;
    }
    return best;
}

static bool has_rules(const struct hl7_walk *w, const struct hl7_seg *s, uint32_t field)
{
    for (uint32_t i = 0; w->options && i < w->options->n; i++)
        if (w->options->rules[i].field == field &&
            view_eq(s->name, view_of(w->options->rules[i].segment, 3)))
            return true;
    return false;
}

static bool is_person(enum hl7_type t)
{
    return t == T_XPN || t == T_XCN || t == T_PPN || t == T_CNN || t == T_NDL;
}

/* Who a repetition of a field is about, and his number. */
static void identify(struct hl7_walk *w, struct hl7_seg *s, const struct hl7_field *f,
                     struct hl7_leaf *l)
{
    l->who = f->meaning.has_who   ? f->meaning.who
             : f->type == T_XPN   ? s->who
             : is_person(f->type) ? OF_CLINICIAN
                                  : s->who;
    if (f->type == T_XPN && s->person && l->who == s->who && !s->person_named) {
        s->person_named = true;
        l->person = s->person;
    } else if (is_person(f->type)) {
        l->person = new_person(w);
    } else {
        l->person = l->who == s->who ? s->person : 0;
    }
}

static err take_component(struct hl7_walk *w, struct hl7_seg *s, struct hl7_field *f,
                          struct hl7_leaf *l, enum hl7_type type, uint32_t number,
                          struct hl7_range at, struct hl7_range rep)
{
    err e = OK;
    struct hl7_range sub;
    char mark = w->source.marks.subcomponent;
    bool ruled = has_rules(w, s, f->number);
    if (type == T_DATA && !ruled) return hl7_take_data(w, s, f, rep, l, at);
    if (type == T_TX && !ruled) { /* its subcomponents are one text */
        TRY(hl7_add_prose(w, &w->prose, at));
        if (w->prose.n) TRY(hl7_name_field(w, s, f));
        return hl7_fail(w, s, f, hl7_push_prose(w, &w->prose, f->name));
    }
    uint32_t a = at.from;
    for (uint32_t i = 1; hl7_next_part(w, at, mark, &a, &sub); i++) {
        const struct hl7_field_rule *r = ruled ? rule_of(w, s, f->number, number, i) : NULL;
        l->type = hl7_type_leaf(hl7_type_part(type, i - 1));
        l->system_named = false;
        if (l->type == T_CODE) { /* its system stands two parts on */
            struct hl7_range coding =
                type == T_CODE ? hl7_part_at(w, rep, w->source.marks.component, number + 2)
                               : hl7_part_at(w, at, mark, i + 2);
            l->system_named = coding.to > coding.from && !hl7_is_proper(hl7_bytes(w, coding));
        }
        TRY(r ? hl7_take_ruled(w, s, f, r, sub) : hl7_take_leaf(w, s, f, l, sub));
    }
out:
    return hl7_fail(w, s, f, e);
}

static err take_repetition(struct hl7_walk *w, struct hl7_seg *s, struct hl7_field *f,
                           struct hl7_range rep)
{
    err e = OK;
    struct hl7_range comp;
    char mark = w->source.marks.component;
    struct hl7_leaf l = { .number_role = f->meaning.role, .in_year = s->in_year };
    identify(w, s, f, &l);
    if (f->type == T_CX || f->type == T_XCN || f->type == T_XON) {
        uint32_t at = f->type == T_CX ? 5 : f->type == T_XCN ? 13 : 7;
        enum piece_role said = hl7_identifier_role(hl7_bytes(w, hl7_part_at(w, rep, mark, at)));
        bool is_patients = f->type == T_CX;
        if (is_patients ? said != ROLE_NUMBER : said == ROLE_LICENSE || said == ROLE_SSN)
            l.number_role = said;
    }
    if (f->type == T_XTN)
        l.is_fax = view_eq_nocase(hl7_bytes(w, hl7_part_at(w, rep, mark, 3)), VIEW("FX"));
    struct hl7_seats seats = { 0 };
    const bool is_nobodys = !is_person(f->type) && f->type != T_XAD &&
                            !has_rules(w, s, f->number) &&
                            view_find_byte(hl7_bytes(w, rep), 0, mark) < rep.to - rep.from;
    uint32_t a = rep.from;
    for (uint32_t i = 1; hl7_next_part(w, rep, mark, &a, &comp); i++) {
        const uint32_t n_pieces = w->out->n, n_codes = w->out->n_codes;
        if (f->type == T_XTN) TRY(hl7_phone_part(w, rep, i, &l.part));
        TRY(take_component(w, s, f, &l, hl7_type_part(f->type, i - 1), i, comp, rep));
        if (is_nobodys) hl7_seat_take(w, &seats, comp, n_pieces, n_codes);
    }
out:
    return e;
}

/* A field without parts of which more is known than its type: all of its leaves are that. */
static enum hl7_type type_of_role(enum piece_role role)
{
    switch (role) {
    case ROLE_TEXT: return T_TX;
    case ROLE_NAME: return T_NAME;
    case ROLE_TOWN: return T_TOWN;
    case ROLE_ORGANIZATION: return T_ORG;
    case ROLE_BIRTH: return T_DTM;
    case ROLE_EMAIL: return T_ADDRESS;
    default: return T_NUMBER;
    }
}

/* ---- queries ---- */

static view part_bytes(const struct hl7_walk *w, struct hl7_range in, char mark, uint32_t n)
{
    return hl7_bytes(w, hl7_part_at(w, in, mark, n));
}

/* "@PID.5.1^DOE": a field by name, and what it is to be. False when the repetition is no such pair. */
static err take_query(struct hl7_walk *w, struct hl7_seg *s, struct hl7_field *f,
                      struct hl7_range rep, bool *is_pair)
{
    struct hl7_target t;
    char mark = w->source.marks.component;
    view name = part_bytes(w, rep, mark, 1);
    *is_pair = name.n && name.p[0] == '@' && hl7_target_find(name, &t);
    if (!*is_pair) return OK;
    struct hl7_leaf l = { .number_role = t.meaning.role,
                          .who = t.meaning.who,
                          .person = s->person };
    if (t.type < T_LEAVES && t.meaning.role != ROLE_TEXT) t.type = type_of_role(t.meaning.role);
    return take_component(w, s, f, &l, t.type, 2, hl7_part_at(w, rep, mark, 2), rep);
}

/* Without a name it is a number that the query asks for, when it has digits enough. */
static enum hl7_type bare_query(view v)
{
    size_t digits = 0;
    for (size_t i = 0; i < v.n; i++)
        digits += ascii_is_digit(v.p[i]) != 0;
    return digits >= 4 ? T_CX : T_TX;
}

/* RDF-2: the columns of the rows that follow. */
static void take_columns(struct hl7_walk *w, struct hl7_range at)
{
    struct hl7_range rep;
    const struct hl7_marks *k = &w->source.marks;
    w->n_columns = 0;
    for (uint32_t a = at.from; hl7_next_part(w, at, k->repetition, &a, &rep);) {
        if (w->n_columns == HL7_COLUMNS_MAX) return;
        struct hl7_target *t = &w->columns[w->n_columns++];
        *t = (struct hl7_target){ .type = T_TX };
        (void)hl7_target_find(part_bytes(w, rep, k->component, 1), t);
    }
}

/* Types of OBX-5 that hold an age where one is observed: texts, and numbers with what stands around them. */
static bool may_be_age(enum hl7_type t)
{
    return t == T_NM || t == T_SN || t == T_NR || t == T_CQ || t == T_TX || t == T_ST;
}

static err take_field(struct hl7_walk *w, struct hl7_seg *s, uint32_t number, struct hl7_range at)
{
    err e = OK;
    struct hl7_range rep;
    struct hl7_field f = { .number = number, .type = T_TX };
    if (hl7_is_nothing(hl7_bytes(w, at))) return OK;
    f.meaning = hl7_field_meaning(s->name, number);
    if (s->table && number <= s->table->n) f.type = (enum hl7_type)s->table->types[number - 1];
    if (number == 5 && s->value_type.to > s->value_type.from)
        f.type = hl7_type_by_name(hl7_bytes(w, s->value_type));
    if (f.type < T_LEAVES && f.meaning.role != ROLE_TEXT) f.type = type_of_role(f.meaning.role);
    if (f.type == T_CWE && f.meaning.role == ROLE_ORGANIZATION) f.type = T_CWO;
    if (s->is_age && number == 5 && may_be_age(f.type)) {
        f.meaning.role = ROLE_AGE;
        if (f.type == T_TX || f.type == T_ST) f.type = T_NUMBER;
    }
    bool is_query = view_eq(s->name, VIEW("QPD")) && number >= 3, is_pair = false;
    if (view_eq(s->name, VIEW("RDF")) && number == 2) take_columns(w, at);
    if (view_eq(s->name, VIEW("RDT")) && number <= w->n_columns) {
        f.type = w->columns[number - 1].type;
        f.meaning = w->columns[number - 1].meaning;
        if (f.type < T_LEAVES && f.meaning.role != ROLE_TEXT) f.type = type_of_role(f.meaning.role);
    }
    if (!is_query && (f.type == T_TX || f.type == T_ST) && !has_rules(w, s, number))
        return hl7_take_prose(w, s, &f, at);
    for (uint32_t a = at.from; hl7_next_part(w, at, w->source.marks.repetition, &a, &rep);) {
        if (is_query) TRY(take_query(w, s, &f, rep, &is_pair));
        if (is_query) f.type = bare_query(hl7_bytes(w, rep));
        if (!is_pair) TRY(take_repetition(w, s, &f, rep));
    }
out:
    return e;
}

/* ---- segments ---- */

struct hl7_range hl7_field_at(const struct hl7_walk *w, const struct hl7_seg *s, uint32_t n)
{
    return hl7_part_at(w, s->at, w->source.marks.field, n + 1);
}

err hl7_first_text(struct hl7_walk *w, struct hl7_range rep, view *out)
{
    struct piece p = { 0 };
    const struct hl7_marks *k = &w->source.marks;
    struct hl7_range r = hl7_part_at(w, hl7_part_at(w, rep, k->component, 1), k->subcomponent, 1);
    *out = VIEW("");
    if (hl7_is_nothing(hl7_bytes(w, r))) return OK;
    struct hl7_stretch st = { r.from, r.to, 0 };
    err e = hl7_text(&w->source, &st, 1, w->arena, &p, w->diag);
    *out = e ? VIEW("") : view_trim(p.text); /* a blank makes nobody another one */
    return e;
}

/* Does OBX-3 say that it is an age, in its code or the other one, or in the name of either? */
static bool observes_age(const struct hl7_walk *w, struct hl7_range id)
{
    static const uint8_t codes[] = { 1, 4 };
    char mark = w->source.marks.component;
    for (size_t i = 0; i < COUNT_OF(codes); i++)
        if (age_is_code(part_bytes(w, id, mark, codes[i])) ||
            age_is_label(part_bytes(w, id, mark, codes[i] + 1U)))
            return true;
    return false;
}

/* How many of the unit in OBX-6 make a year: its code, or else its name. */
static uint32_t units_in_year(const struct hl7_walk *w, struct hl7_range unit)
{
    view code = part_bytes(w, unit, w->source.marks.component, 1);
    if (!code.n) code = part_bytes(w, unit, w->source.marks.component, 2);
    return age_unit_in_year(code);
}

/* What an OBX says about its value, and whether it goes on where the one before it stopped. */
static err take_observation(struct hl7_walk *w, struct hl7_seg *s, view *key)
{
    err e = OK;
    struct piece p = { 0 };
    struct hl7_range id = hl7_field_at(w, s, 3),
                     text = hl7_part_at(w, id, w->source.marks.component, 2);
    s->value_type = hl7_field_at(w, s, 2);
    s->is_age = observes_age(w, id);
    if (s->is_age) s->in_year = units_in_year(w, hl7_field_at(w, s, 6));
    *key = view_sub(w->source.bytes, s->value_type.from, id.to);
    if (!hl7_is_nothing(hl7_bytes(w, text))) {
        struct hl7_stretch st = { text.from, text.to, 0 };
        TRY(hl7_text(&w->source, &st, 1, w->arena, &p, w->diag));
        s->label = p.text;
    }
out:
    return e;
}

static err begin_segment(struct hl7_walk *w, struct hl7_seg *s)
{
    err e = OK;
    view key = { "", 0 };
    if (s->at.to - s->at.from < 3) goto wrong;
    s->name = view_sub(w->source.bytes, s->at.from, s->at.from + 3);
    for (size_t i = 0; i < 3; i++)
        if (!(s->name.p[i] >= 'A' && s->name.p[i] <= 'Z') &&
            (i == 0 || !ascii_is_digit(s->name.p[i])))
            goto wrong;
    if (s->at.to - s->at.from > 3 && w->source.bytes.p[s->at.from + 3] != w->source.marks.field)
        goto wrong;
    s->table = hl7_segment_find(s->name);
    s->known = s->table ? s->table->name : NULL;
    s->who = hl7_segment_who(s->name);
    s->person = s->who == OF_UNKNOWN ? 0 : new_person(w);
    if (view_eq(s->name, VIEW("OBX"))) TRY(take_observation(w, s, &key));
    if (view_eq(s->name, VIEW("NTE"))) key = s->name;
    if (!key.n || !view_eq(key, w->open_key)) TRY(hl7_walk_end(w));
    w->open_key = key;
    if (view_eq(s->name, VIEW("PID"))) TRY(hl7_take_patient(w, s));
out:
    return e;
wrong:
    return DIAG_AT(w->diag, ERR_FORMAT, "a line that is no segment", s->at.from,
                   s->at.to - s->at.from);
}

err hl7_walk_segment(struct hl7_walk *w, uint32_t from, uint32_t to, uint32_t number)
{
    err e = OK;
    struct hl7_seg s = { .at = { from, to }, .number = number };
    struct hl7_range field;
    TRY(hl7_fail(w, &s, NULL, begin_segment(w, &s)));
    bool is_header = view_eq(s.name, VIEW("MSH")) || view_eq(s.name, VIEW("BHS")) ||
                     view_eq(s.name, VIEW("FHS"));
    uint32_t at = from + 4, n = 1;
    if (is_header) { /* field 1 is the separator itself, field 2 the other marks */
        (void)hl7_next_part(w, s.at, w->source.marks.field, &at, &field);
        n = 3;
    }
    for (; hl7_next_part(w, s.at, w->source.marks.field, &at, &field); n++)
        TRY(take_field(w, &s, n, field));
    if (view_eq(s.name, VIEW("MSH"))) {
        struct hl7_range id = hl7_field_at(w, &s, 9);
        TRY(hl7_first_text(w, hl7_part_at(w, id, w->source.marks.repetition, 1), &w->out->id));
    }
out:
    return hl7_fail(w, &s, NULL, e);
}
