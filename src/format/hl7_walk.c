/* format/hl7_walk.c — down from a segment to leaves, and from each leaf to a piece or to nothing.
 *
 *      segment ─ fields ─ repetitions ─ components ─ subcomponents
 *
 * A leaf that is empty or "" (delete) is nothing. Prose of a field is one piece, with its components and
 * repetitions joined; that of OBX-5 and NTE-3 goes on over segments that continue each other.
 */
#include "format/hl7_walk.h"

#include "format/base64.h"
#include "format/hl7_value.h"

enum { FIRST_STRETCHES = 8, PERSONS_MAX = 65000 };

struct range {
    uint32_t from, to;
};
struct segment {
    struct range at;
    view name;                       /* three bytes of the record */
    const char *known;               /* the same, when it is a standard one */
    const struct hl7_segment *table; /* NULL: unknown */
    enum piece_who who;
    uint32_t number;
    uint16_t person;         /* whom it is about; 0: nobody yet */
    bool person_named;       /* by a name that came already */
    struct range value_type; /* OBX-2 */
    view label;              /* OBX-3: what is observed */
    bool is_age;             /* … an age in years */
};
struct field {
    uint32_t number;
    enum hl7_type type;
    struct hl7_meaning meaning;
    view name; /* "PID-5"; made when it is first wanted */
};
/* What is known of a leaf besides its bytes. */
struct leaf {
    enum hl7_type type;
    enum piece_role number_role; /* of T_NUMBER */
    enum piece_who who;
    uint16_t person;
    bool system_named; /* of T_CODE */
    bool is_fax;
};

static view bytes_of(const struct hl7_walk *w, struct range r)
{
    return view_sub(w->source.bytes, r.from, r.to);
}

/* The part of `in` that begins at *at and ends before the next `mark`; *at moves behind that. False when
 * there is none left. */
static bool next_part(const struct hl7_walk *w, struct range in, char mark, uint32_t *at,
                      struct range *out)
{
    if (*at > in.to) return false;
    uint32_t end = in.to;
    if (mark) end = (uint32_t)view_find_byte(view_sub(w->source.bytes, 0, in.to), *at, mark);
    *out = (struct range){ *at, end };
    *at = end + 1;
    return true;
}

/* The nth part (from 1) of `in`; empty when there are fewer. */
static struct range part_at(const struct hl7_walk *w, struct range in, char mark, uint32_t n)
{
    struct range r = { in.to, in.to };
    uint32_t at = in.from;
    for (uint32_t i = 1; i <= n; i++)
        if (!next_part(w, in, mark, &at, &r)) return (struct range){ in.to, in.to };
    return r;
}

static err fail(const struct hl7_walk *w, const struct segment *s, const struct field *f, err e)
{
    if (w->diag && e && e != ERR_MEMORY)
        diag_in_segment(w->diag, s->known, s->number, f ? f->number : 0);
    return e;
}
#define FAIL_AT(w, s, f, e, what, from, len)                                                       \
    (DIAG_AT((w)->diag, e, what, from, len), fail(w, s, f, e))

static err push(struct hl7_walk *w, struct piece piece)
{
    return format_push(w->arena, &w->out->pieces, &w->out->n, &w->cap, &piece);
}

/* "PID-5", in the arena. */
static err name_field(struct hl7_walk *w, const struct segment *s, struct field *f)
{
    err e = OK;
    struct buf b;
    if (f->name.n) return OK;
    buf_init(&b, 16);
    TRY(buf_add(&b, s->name));
    TRY(buf_add_char(&b, '-'));
    TRY(buf_add_u64(&b, f->number));
    TRY(arena_copy(w->arena, buf_view(&b), &f->name));
out:
    buf_clear(&b);
    return e;
}

static uint16_t new_person(struct hl7_walk *w)
{
    return w->persons < PERSONS_MAX ? ++w->persons : 0;
}

/* ---- prose ---- */

static err add_stretch(struct hl7_walk *w, struct hl7_stretches *to, struct range r, char before)
{
    if (to->n == to->cap) {
        uint32_t cap = to->cap ? to->cap * 2 : FIRST_STRETCHES;
        struct hl7_stretch *v = arena_array(w->arena, cap, sizeof *v);
        if (!v) return ERR_MEMORY;
        if (to->n) memcpy(v, to->v, to->n * sizeof *v);
        to->v = v;
        to->cap = cap;
    }
    to->v[to->n++] = (struct hl7_stretch){ r.from, r.to, before };
    return OK;
}

/* Makes a piece of the stretches and forgets them. */
static err push_prose(struct hl7_walk *w, struct hl7_stretches *of, view field)
{
    err e = OK;
    uint32_t n = of->n;
    struct piece p = { .field = field,
                       .role = ROLE_TEXT,
                       .spelling = SPELL_HL7,
                       .encoding = w->source.encoding,
                       .patient = w->patient };
    of->n = 0;
    if (!n) return OK;
    TRY(hl7_text(&w->source, of->v, n, w->arena, &p, w->diag));
    if (hl7_is_base64(p.text))
        return DIAG_AT(w->diag, ERR_UNSUPPORTED, "a text that is encoded data", p.base, p.text.n);
    TRY(push(w, p));
out:
    return e;
}

err hl7_walk_end(struct hl7_walk *w)
{
    w->open_key = VIEW("");
    err e = push_prose(w, &w->open, w->open_field);
    if (e && e != ERR_MEMORY)
        diag_in_segment(w->diag, w->open_segment, w->open_number, w->open_field_number);
    return e;
}

static bool is_nothing(view raw)
{
    return raw.n == 0 || view_eq(raw, VIEW("\"\""));
}

/* All of a field as one text: components and subcomponents with a blank between, repetitions on lines
 * of their own. */
static err add_prose(struct hl7_walk *w, struct hl7_stretches *to, struct range in)
{
    err e = OK;
    struct range rep, comp, sub;
    const struct hl7_marks *k = &w->source.marks;
    char before = '\n';
    for (uint32_t a = in.from; next_part(w, in, k->repetition, &a, &rep); before = '\n')
        for (uint32_t b = rep.from; next_part(w, rep, k->component, &b, &comp);)
            for (uint32_t c = comp.from; next_part(w, comp, k->subcomponent, &c, &sub);) {
                if (is_nothing(bytes_of(w, sub))) continue;
                TRY(add_stretch(w, to, sub, before));
                before = ' ';
            }
out:
    return e;
}

/* ---- leaves ---- */

/* True when the value is to be left as it is; else *p has its role and shape. */
static bool judge(const struct leaf *l, struct piece *p)
{
    view v = p->text;
    switch (l->type) {
    case T_ID:
    case T_IS: return hl7_is_code(v, false) && !hl7_is_proper(v);
    case T_KEEP: return hl7_is_code(v, true);
    case T_CODE: return hl7_is_code(v, l->system_named) && (l->system_named || !hl7_is_proper(v));
    case T_NM:
    case T_SI: return hl7_is_number(v);
    case T_TM: return hl7_is_time(v);
    case T_UID: return hl7_is_oid(v);
    case T_DTM:
        p->role = l->number_role == ROLE_BIRTH ? ROLE_BIRTH : ROLE_DATE;
        p->shape = hl7_is_date(v) ? SHAPE_DIGITS : SHAPE_ANY;
        return false;
    case T_NUMBER:
        p->role = l->number_role == ROLE_TEXT || l->number_role == ROLE_BIRTH ? ROLE_NUMBER
                                                                              : l->number_role;
        p->shape = p->role == ROLE_LINK ? SHAPE_TOKEN : SHAPE_ANY;
        return false;
    case T_FAMILY: p->role = ROLE_FAMILY; return false;
    case T_GIVEN: p->role = ROLE_GIVEN; return false;
    case T_NAME: p->role = ROLE_NAME; return false;
    case T_STREET: p->role = ROLE_STREET; return false;
    case T_TOWN: p->role = ROLE_TOWN; return false;
    case T_STATE: p->role = ROLE_STATE; return false;
    case T_ZIP: p->role = ROLE_ZIP; return false;
    case T_ORG: p->role = ROLE_ORGANIZATION; return false;
    case T_LICENSE: p->role = ROLE_LICENSE; return false;
    case T_POINTER: p->role = ROLE_NUMBER; return false;
    case T_PHONE: p->role = l->is_fax ? ROLE_FAX : ROLE_PHONE; break;
    case T_ADDRESS:
        p->role = ROLE_NUMBER;
        if (view_find_byte(v, 0, ':') < v.n) p->role = ROLE_URL, p->shape = SHAPE_URL;
        break;
    default: return false;
    }
    if (view_find_byte(v, 0, '@') < v.n) /* where the telephone number should be, too */
        p->role = ROLE_EMAIL, p->shape = SHAPE_EMAIL;
    return false;
}

/* Only prose may run over line feeds. */
static err refuse_break(const struct hl7_walk *w, const struct segment *s, const struct field *f,
                        struct range at)
{
    view raw = bytes_of(w, at);
    if (!w->lone_breaks || view_find_byte(raw, 0, '\n') == raw.n) return OK;
    return FAIL_AT(w, s, f, ERR_FORMAT, "a line that is no segment", at.from, at.to - at.from);
}

static err take_leaf(struct hl7_walk *w, const struct segment *s, struct field *f,
                     const struct leaf *l, struct range at)
{
    err e = OK;
    struct piece p = { .role = ROLE_TEXT,
                       .spelling = SPELL_HL7,
                       .encoding = w->source.encoding,
                       .who = l->who,
                       .person = l->person,
                       .patient = w->patient };
    struct hl7_stretch st = { at.from, at.to, 0 };
    if (is_nothing(bytes_of(w, at))) return OK;
    if (l->type != T_TX && l->type != T_ST) TRY(refuse_break(w, s, f, at));
    TRY(hl7_text(&w->source, &st, 1, w->arena, &p, w->diag));
    if (!p.text.n) return OK;
    bool stays = judge(l, &p);
    if (stays || (l->type == T_REGISTER && hl7_is_code(p.text, false))) {
        bool is_code = l->type == T_ID || l->type == T_IS || l->type == T_CODE;
        p.has_system = l->system_named;
        p.is_fixed = !is_code;
        TRY(format_push(w->arena, &w->out->codes, &w->out->n_codes, &w->cap_codes, &p));
        if (stays) return OK;
    }
    if (p.role == ROLE_TEXT) p.who = OF_UNKNOWN, p.person = 0;
    TRY(name_field(w, s, f));
    p.field = f->name;
    if (p.role == ROLE_TEXT && hl7_is_base64(p.text))
        return FAIL_AT(w, s, f, ERR_UNSUPPORTED, "a text that is encoded data", at.from,
                       at.to - at.from);
    TRY(push(w, p));
out:
    return fail(w, s, f, e);
}

/* ---- encapsulated data ---- */

static err push_embedded(void *ctx, const struct piece *p)
{
    return push(ctx, *p);
}

void hl7_walk_init(struct hl7_walk *w)
{
    w->embed = (struct embed){ .arena = w->arena, .push = push_embedded, .ctx = w };
}

/* The data of an ED: what is in it counts, not what its type says. */
static err take_base64(struct hl7_walk *w, const struct segment *s, struct field *f, view type,
                       struct range at)
{
    err e = OK;
    bool is_text = false;
    struct hl7_stretch st = { at.from, at.to, 0 };
    struct piece data = { 0 }, like = { .role = ROLE_TEXT, .patient = w->patient };
    TRY(name_field(w, s, f));
    like.field = f->name;
    TRY(hl7_text(&w->source, &st, 1, w->arena, &data, w->diag));
    view bytes;
    e = base64_decode(data.text, w->arena, &bytes);
    if (e == ERR_FORMAT) return FAIL_AT(w, s, f, e, "broken base64", at.from, at.to - at.from);
    TRY(e);
    if (hl7_is_readable(bytes))
        TRY(embed_text(&w->embed, data.text, type, at.from, at.to - at.from, &like, &is_text,
                       w->diag));
    if (!is_text)
        return FAIL_AT(w, s, f, ERR_UNSUPPORTED, "an encapsulated document that is no text",
                       at.from, at.to - at.from);
    w->out->embedded = w->embed.v;
    w->out->n_embedded = w->embed.n;
out:
    return fail(w, s, f, e);
}

/* "text/xml" and the like out of the subtype of an ED (table 0291), which may be a whole type. */
static view content_type(view subtype)
{
    static const struct {
        const char *name;
        view type;
    } types[] = { { "XML", { "text/xml", 8 } },
                  { "HTML", { "text/html", 9 } },
                  { "x-hl7-cda-level-one", { "text/xml", 8 } },
                  { "RTF", { "text/rtf", 8 } },
                  { "JSON", { "application/json", 16 } } };
    for (size_t i = 0; i < COUNT_OF(types); i++)
        if (view_eq_nocase(subtype, view_of_str(types[i].name))) return types[i].type;
    return VIEW("");
}

static err take_data(struct hl7_walk *w, const struct segment *s, struct field *f, struct range rep,
                     const struct leaf *l, struct range at)
{
    struct leaf text = *l;
    view how = bytes_of(w, part_at(w, rep, w->source.marks.component, 4));
    text.type = T_TX;
    if (is_nothing(bytes_of(w, at))) return OK;
    if (how.n == 0 || view_eq_nocase(how, VIEW("A"))) return take_leaf(w, s, f, &text, at);
    if (view_eq_nocase(how, VIEW("Base64"))) {
        view subtype = bytes_of(w, part_at(w, rep, w->source.marks.component, 3));
        return take_base64(w, s, f, content_type(subtype), at);
    }
    return FAIL_AT(w, s, f, ERR_UNSUPPORTED, "an encapsulated document that is no text", at.from,
                   at.to - at.from);
}

/* ---- down ---- */

static const struct hl7_field_rule *rule_of(const struct hl7_walk *w, const struct segment *s,
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

static bool has_rules(const struct hl7_walk *w, const struct segment *s, uint32_t field)
{
    for (uint32_t i = 0; w->options && i < w->options->n; i++)
        if (w->options->rules[i].field == field &&
            view_eq(s->name, view_of(w->options->rules[i].segment, 3)))
            return true;
    return false;
}

/* A leaf of which a site says what it is. */
static err take_ruled(struct hl7_walk *w, const struct segment *s, struct field *f,
                      const struct hl7_field_rule *r, struct range at)
{
    err e = OK;
    struct hl7_stretch st = { at.from, at.to, 0 };
    struct piece p = { .role = r->role,
                       .spelling = SPELL_HL7,
                       .encoding = w->source.encoding,
                       .who = r->who,
                       .shape = r->role == ROLE_LINK ? SHAPE_TOKEN : SHAPE_ANY,
                       .person = r->role == ROLE_TEXT ? 0 : s->person,
                       .patient = w->patient };
    if (is_nothing(bytes_of(w, at))) return OK;
    if (r->role != ROLE_TEXT) TRY(refuse_break(w, s, f, at));
    if (r->keep) return OK;
    TRY(hl7_text(&w->source, &st, 1, w->arena, &p, w->diag));
    if ((r->role == ROLE_DATE || r->role == ROLE_BIRTH) && hl7_is_date(p.text))
        p.shape = SHAPE_DIGITS;
    TRY(name_field(w, s, f));
    p.field = f->name;
    if (p.text.n) TRY(push(w, p));
out:
    return fail(w, s, f, e);
}

static bool is_person(enum hl7_type t)
{
    return t == T_XPN || t == T_XCN || t == T_PPN || t == T_CNN || t == T_NDL;
}

/* Who a repetition of a field is about, and his number. */
static void identify(struct hl7_walk *w, struct segment *s, const struct field *f, struct leaf *l)
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

static err take_component(struct hl7_walk *w, struct segment *s, struct field *f, struct leaf *l,
                          enum hl7_type type, uint32_t number, struct range at, struct range rep)
{
    err e = OK;
    struct range sub;
    char mark = w->source.marks.subcomponent;
    bool ruled = has_rules(w, s, f->number);
    if (type == T_DATA && !ruled) return take_data(w, s, f, rep, l, at);
    if (type == T_TX && !ruled) { /* its subcomponents are one text */
        TRY(add_prose(w, &w->prose, at));
        if (w->prose.n) TRY(name_field(w, s, f));
        return fail(w, s, f, push_prose(w, &w->prose, f->name));
    }
    uint32_t a = at.from;
    for (uint32_t i = 1; next_part(w, at, mark, &a, &sub); i++) {
        const struct hl7_field_rule *r = ruled ? rule_of(w, s, f->number, number, i) : NULL;
        l->type = hl7_type_leaf(hl7_type_part(type, i - 1));
        l->system_named = false;
        if (l->type == T_CODE) { /* its system stands two parts on */
            struct range coding = type == T_CODE
                                      ? part_at(w, rep, w->source.marks.component, number + 2)
                                      : part_at(w, at, mark, i + 2);
            l->system_named = coding.to > coding.from && !hl7_is_proper(bytes_of(w, coding));
        }
        TRY(r ? take_ruled(w, s, f, r, sub) : take_leaf(w, s, f, l, sub));
    }
out:
    return fail(w, s, f, e);
}

static err take_repetition(struct hl7_walk *w, struct segment *s, struct field *f, struct range rep)
{
    err e = OK;
    struct range comp;
    char mark = w->source.marks.component;
    struct leaf l = { .number_role = f->meaning.role };
    identify(w, s, f, &l);
    if (f->type == T_CX || f->type == T_XCN || f->type == T_XON) {
        uint32_t at = f->type == T_CX ? 5 : f->type == T_XCN ? 13 : 7;
        enum piece_role said = hl7_identifier_role(bytes_of(w, part_at(w, rep, mark, at)));
        bool is_patients = f->type == T_CX;
        if (is_patients ? said != ROLE_NUMBER : said == ROLE_LICENSE || said == ROLE_SSN)
            l.number_role = said;
    }
    if (f->type == T_XTN)
        l.is_fax = view_eq_nocase(bytes_of(w, part_at(w, rep, mark, 3)), VIEW("FX"));
    uint32_t a = rep.from;
    for (uint32_t i = 1; next_part(w, rep, mark, &a, &comp); i++)
        TRY(take_component(w, s, f, &l, hl7_type_part(f->type, i - 1), i, comp, rep));
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

static view part_bytes(const struct hl7_walk *w, struct range in, char mark, uint32_t n)
{
    return bytes_of(w, part_at(w, in, mark, n));
}

/* "@PID.5.1^DOE": a field by name, and what it is to be. False when the repetition is no such pair. */
static err take_query(struct hl7_walk *w, struct segment *s, struct field *f, struct range rep,
                      bool *is_pair)
{
    struct hl7_target t;
    char mark = w->source.marks.component;
    view name = part_bytes(w, rep, mark, 1);
    *is_pair = name.n && name.p[0] == '@' && hl7_target_find(name, &t);
    if (!*is_pair) return OK;
    struct leaf l = { .number_role = t.meaning.role, .who = t.meaning.who, .person = s->person };
    if (t.type < T_LEAVES && t.meaning.role != ROLE_TEXT) t.type = type_of_role(t.meaning.role);
    return take_component(w, s, f, &l, t.type, 2, part_at(w, rep, mark, 2), rep);
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
static void take_columns(struct hl7_walk *w, struct range at)
{
    struct range rep;
    const struct hl7_marks *k = &w->source.marks;
    w->n_columns = 0;
    for (uint32_t a = at.from; next_part(w, at, k->repetition, &a, &rep);) {
        if (w->n_columns == HL7_COLUMNS_MAX) return;
        struct hl7_target *t = &w->columns[w->n_columns++];
        *t = (struct hl7_target){ .type = T_TX };
        (void)hl7_target_find(part_bytes(w, rep, k->component, 1), t);
    }
}

static bool continues(const struct segment *s, uint32_t field)
{
    return (view_eq(s->name, VIEW("OBX")) && field == 5) ||
           (view_eq(s->name, VIEW("NTE")) && field == 3);
}

static err take_prose_field(struct hl7_walk *w, const struct segment *s, struct field *f,
                            struct range at)
{
    err e = OK;
    TRY(name_field(w, s, f));
    if (continues(s, f->number)) {
        if (!w->open.n) w->open_field = s->label.n ? s->label : f->name;
        w->open_segment = s->known;
        w->open_number = s->number;
        w->open_field_number = f->number;
        TRY(add_prose(w, &w->open, at));
    } else {
        TRY(add_prose(w, &w->prose, at));
        TRY(push_prose(w, &w->prose, f->name));
    }
out:
    return fail(w, s, f, e);
}

static err take_field(struct hl7_walk *w, struct segment *s, uint32_t number, struct range at)
{
    err e = OK;
    struct range rep;
    struct field f = { .number = number, .type = T_TX };
    if (is_nothing(bytes_of(w, at))) return OK;
    f.meaning = hl7_field_meaning(s->name, number);
    if (s->table && number <= s->table->n) f.type = (enum hl7_type)s->table->types[number - 1];
    if (number == 5 && s->value_type.to > s->value_type.from)
        f.type = hl7_type_by_name(bytes_of(w, s->value_type));
    if (f.type < T_LEAVES && f.meaning.role != ROLE_TEXT) f.type = type_of_role(f.meaning.role);
    if (f.type == T_CWE && f.meaning.role == ROLE_ORGANIZATION) f.type = T_CWO;
    if (s->is_age && number == 5 && (f.type == T_NM || f.type == T_TX || f.type == T_ST))
        f.type = T_NUMBER, f.meaning.role = ROLE_AGE;
    bool is_query = view_eq(s->name, VIEW("QPD")) && number >= 3, is_pair = false;
    if (view_eq(s->name, VIEW("RDF")) && number == 2) take_columns(w, at);
    if (view_eq(s->name, VIEW("RDT")) && number <= w->n_columns) {
        f.type = w->columns[number - 1].type;
        f.meaning = w->columns[number - 1].meaning;
        if (f.type < T_LEAVES && f.meaning.role != ROLE_TEXT) f.type = type_of_role(f.meaning.role);
    }
    if (!is_query && (f.type == T_TX || f.type == T_ST) && !has_rules(w, s, number))
        return take_prose_field(w, s, &f, at);
    for (uint32_t a = at.from; next_part(w, at, w->source.marks.repetition, &a, &rep);) {
        if (is_query) TRY(take_query(w, s, &f, rep, &is_pair));
        if (is_query) f.type = bare_query(bytes_of(w, rep));
        if (!is_pair) TRY(take_repetition(w, s, &f, rep));
    }
out:
    return e;
}

/* ---- segments ---- */

static struct range field_at(const struct hl7_walk *w, const struct segment *s, uint32_t n)
{
    return part_at(w, s->at, w->source.marks.field, n + 1);
}

/* The first part of the first repetition of a field, as text. */
static err first_text(struct hl7_walk *w, const struct segment *s, uint32_t n, view *out)
{
    struct piece p = { 0 };
    const struct hl7_marks *k = &w->source.marks;
    struct range r = part_at(w, field_at(w, s, n), k->repetition, 1);
    r = part_at(w, part_at(w, r, k->component, 1), k->subcomponent, 1);
    *out = VIEW("");
    if (is_nothing(bytes_of(w, r))) return OK;
    struct hl7_stretch st = { r.from, r.to, 0 };
    err e = hl7_text(&w->source, &st, 1, w->arena, &p, w->diag);
    *out = e ? VIEW("") : p.text;
    return e;
}

/* PID-3, else PID-2, else PID-4. */
static err take_patient(struct hl7_walk *w, const struct segment *s)
{
    err e = OK;
    static const uint8_t order[] = { 3, 2, 4 };
    view id = { "", 0 };
    for (size_t i = 0; i < COUNT_OF(order) && !id.n; i++)
        TRY(first_text(w, s, order[i], &id));
    if (!w->out->patient.n)
        w->out->patient = id;
    else
        w->patient = view_eq(id, w->out->patient) ? VIEW("") : id;
out:
    return e;
}

/* Ages by LOINC: current, reported, estimated, at death, calculated. */
static bool is_age_code(view code)
{
    static const view codes[] = { { "30525-0", 7 }, { "21611-9", 7 }, { "21612-7", 7 },
                                  { "29553-5", 7 }, { "63900-5", 7 }, { "39016-1", 7 },
                                  { "35659-2", 7 }, { "46251-5", 7 } };
    for (size_t i = 0; i < COUNT_OF(codes); i++)
        if (view_eq(code, codes[i])) return true;
    return false;
}

/* What an OBX says about its value, and whether it goes on where the one before it stopped. */
static err take_observation(struct hl7_walk *w, struct segment *s, view *key)
{
    err e = OK;
    struct piece p = { 0 };
    struct range id = field_at(w, s, 3), text = part_at(w, id, w->source.marks.component, 2);
    s->value_type = field_at(w, s, 2);
    s->is_age = is_age_code(bytes_of(w, part_at(w, id, w->source.marks.component, 1)));
    *key = view_sub(w->source.bytes, s->value_type.from, id.to);
    if (!is_nothing(bytes_of(w, text))) {
        struct hl7_stretch st = { text.from, text.to, 0 };
        TRY(hl7_text(&w->source, &st, 1, w->arena, &p, w->diag));
        s->label = p.text;
    }
out:
    return e;
}

static err begin_segment(struct hl7_walk *w, struct segment *s)
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
    if (view_eq(s->name, VIEW("PID"))) TRY(take_patient(w, s));
out:
    return e;
wrong:
    return DIAG_AT(w->diag, ERR_FORMAT, "a line that is no segment", s->at.from,
                   s->at.to - s->at.from);
}

err hl7_walk_segment(struct hl7_walk *w, uint32_t from, uint32_t to, uint32_t number)
{
    err e = OK;
    struct segment s = { .at = { from, to }, .number = number };
    struct range field;
    TRY(fail(w, &s, NULL, begin_segment(w, &s)));
    bool is_header = view_eq(s.name, VIEW("MSH")) || view_eq(s.name, VIEW("BHS")) ||
                     view_eq(s.name, VIEW("FHS"));
    uint32_t at = from + 4, n = 1;
    if (is_header) { /* field 1 is the separator itself, field 2 the other marks */
        (void)next_part(w, s.at, w->source.marks.field, &at, &field);
        n = 3;
    }
    for (; next_part(w, s.at, w->source.marks.field, &at, &field); n++)
        TRY(take_field(w, &s, n, field));
    if (view_eq(s.name, VIEW("MSH"))) TRY(first_text(w, &s, 9, &w->out->id));
out:
    return fail(w, &s, NULL, e);
}
