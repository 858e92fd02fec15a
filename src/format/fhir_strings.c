/* format/fhir_strings.c — what the string of an element becomes, by its kind.
 *
 * Kept without a look is only what the definitions say is a code, a number, a time of day or the
 * address of a definition, and what is spelled like one. Everything else is a piece.
 */
#include "format/fhir_walk.h"
#include "text/age_unit.h"

enum { CODE_MAX = 64, LOOSE_DIGITS = 5, UNKNOWN_DIGITS = 2 };

/* ---- what looks like what ---- */

/* A code as terminologies have them: no blanks, not too long. What has blanks could be a sentence. */
static bool is_code(view v)
{
    if (v.n == 0 || v.n > CODE_MAX) return v.n == 0;
    for (size_t i = 0; i < v.n; i++) {
        unsigned char c = (unsigned char)v.p[i];
        if (c <= ' ' || c >= 0x7F || c == '@' || c == '"' || c == '<') return false;
    }
    return true;
}

/* Content types, with parameters: "text/plain; charset=utf-8". */
static bool is_content_type(view v)
{
    for (size_t i = 0; i < v.n; i++)
        if (!ascii_is_alpha(v.p[i]) && !ascii_is_digit(v.p[i]) && !memchr("/;=+.-_ \"", v.p[i], 9))
            return false;
    return v.n <= CODE_MAX && view_find_byte(v, 0, '/') < v.n;
}

/* What the definitions say is a number, a truth value or a time of day, in quotes. */
static bool is_plain_value(view v)
{
    for (size_t i = 0; i < v.n; i++)
        if (!ascii_is_digit(v.p[i]) && !memchr(".:+-eE", v.p[i], 6))
            return view_eq(v, VIEW("true")) || view_eq(v, VIEW("false"));
    return v.n <= 20;
}

/* "1.2 0.4 E U L -3": what SampledData.data may hold (FHIR, data types). */
static bool is_sampled(view v)
{
    for (size_t i = 0; i < v.n; i++)
        if (!ascii_is_digit(v.p[i]) && !memchr(" .EUL-+eE", v.p[i], 9)) return false;
    return true;
}

/* A country by its code. */
static bool is_country_code(view v)
{
    for (size_t i = 0; i < v.n; i++)
        if (!ascii_is_alpha(v.p[i])) return false;
    return v.n <= 3;
}

/* http(s) addresses and well-known urns without anything that could be data: no query, nobody's
 * account. */
static bool is_definition_url(view v)
{
    bool known = view_starts(v, VIEW("http://")) || view_starts(v, VIEW("https://")) ||
                 view_starts(v, VIEW("urn:"));
    for (size_t i = 0; i < v.n; i++) {
        unsigned char c = (unsigned char)v.p[i];
        if (c <= ' ' || c >= 0x7F || c == '?' || c == '@') return false;
    }
    return known;
}

/* ---- by kind ---- */

/* It stays, unless it is a value that a field names; is_fixed: whatever it is. Shorter ones are none
 * (deid/record_known.h). */
static err keep_code(struct fhir_walk *w, const struct fhir_string *s, bool is_fixed)
{
    enum { VALUE_MIN = 4 };
    const struct fhir_frame *f = fhir_top(w);
    const struct piece p = { .text = s->text,
                             .map = s->map,
                             .base = s->base,
                             .spelling = SPELL_JSON_STRING,
                             .encoding = ENC_UTF8,
                             .has_system = f->type == FHIR_T_Coding,
                             .is_fixed = is_fixed };
    if (s->text.n < VALUE_MIN) return OK;
    return format_push(w->arena, &w->out->codes, &w->out->n_codes, &w->cap_codes, &p);
}

bool fhir_is_standard(view namespace)
{
    static const view standards[] = {
        { "http://hl7.org/", 15 },           { "http://terminology.hl7.org/", 27 },
        { "http://loinc.org", 16 },          { "http://snomed.info/", 19 },
        { "http://unitsofmeasure.org", 25 }, { "http://www.nlm.nih.gov/", 23 },
    };
    for (size_t i = 0; i < COUNT_OF(standards); i++)
        if (view_starts(namespace, standards[i])) return true;
    return false;
}

/* The address of a register stays, though its host may be called as the organisation that keeps it: others could not
 * tell what numbers are. Those of the standards, which most are, name nobody. */
static err keep_system(struct fhir_walk *w, const struct fhir_string *s)
{
    return fhir_is_standard(s->text) ? OK : keep_code(w, s, true);
}

/* The terminology's own object identifiers are kept, a hospital's and one-time ones are not. */
static err take_system(struct fhir_walk *w, const struct fhir_string *s, bool of_identifier)
{
    /* Most are; and none of them is a link of another kind. */
    if (view_starts(s->text, VIEW("http")) && is_definition_url(s->text)) return keep_system(w, s);
    struct fhir_link l = fhir_read_link(s->text);
    if (l.is_contained || l.is_uuid) return fhir_push_link(w, s);
    if (l.is_oid && of_identifier && !view_starts(l.id, VIEW("2.16.840.1.113883.4.")))
        return fhir_push_link(w, s);
    if (is_definition_url(s->text)) return keep_system(w, s);
    if (l.id.n && !l.is_absolute) return fhir_push_link(w, s);
    return is_code(s->text) && !ascii_is_digit(s->text.p[0])
               ? OK
               : fhir_push_all(w, s, ROLE_TEXT, SHAPE_ANY);
}

static err take_url(struct fhir_walk *w, const struct fhir_string *s)
{
    const struct fhir_link *l = fhir_link_of(w, s->text);
    bool is_page = l->is_absolute && !l->id.n &&
                   !l->type.n; /* a query may follow: what it asks for is in the path */
    if (!l->rest.n && !is_page) return fhir_push_link(w, s);
    return fhir_push_all(w, s, ROLE_URL, SHAPE_URL);
}

static err take_id(struct fhir_walk *w, const struct fhir_string *s)
{
    struct fhir_frame *f = fhir_top(w);
    if (f->is_resource && !f->about.n) {
        f->about = s->text;
        if (w->depth == 0 && !w->out->id.n) w->out->id = s->text;
    }
    return s->text.n ? fhir_push_all(w, s, ROLE_LINK, fhir_id_shape(s->text)) : OK;
}

/* W/"4": the version between the quotes. */
static err take_etag(struct fhir_walk *w, const struct fhir_string *s)
{
    size_t from = view_find_byte(s->text, 0, '"');
    size_t to = from < s->text.n ? view_find_byte(s->text, from + 1, '"') : s->text.n;
    from = from < s->text.n ? from + 1 : 0;
    if (to - from <= 4 && view_count_digits(view_sub(s->text, from, to)) == to - from) return OK;
    return fhir_push(w, s, from, to, ROLE_LINK, fhir_id_shape(view_sub(s->text, from, to)));
}

static err take_reference(struct fhir_walk *w, const struct fhir_string *s)
{
    fhir_top(w)->about = s->text;
    return fhir_push_link(w, s);
}

static bool is_in(const struct fhir_frame *f, unsigned type)
{
    return f && f->type == type;
}

/* The code of a Coding tells something of the object two levels up: Identifier.type.coding.code. */
static void hand_up_code(struct fhir_walk *w, view code)
{
    struct fhir_frame *f = fhir_around(w, 2);
    if (!f) return;
    if (is_in(f, FHIR_T_Identifier) && (!f->code.n || fhir_role_of_code(f->code) == ROLE_TEXT))
        f->code = code;
    bool is_about = view_eq(f->key, VIEW("code")) || view_eq(f->key, VIEW("relationship"));
    if (is_about && !f->code.n) f->code = code;
    if (is_about) f->is_age |= age_is_code(code);
}

static err take_code(struct fhir_walk *w, const struct fhir_string *s, enum fhir_kind kind)
{
    struct fhir_frame *f = fhir_top(w);
    switch (kind) {
    case FHIR_CODING_CODE: hand_up_code(w, s->text); break;
    case FHIR_CONTACT_SYSTEM:
    case FHIR_IDENT_SYSTEM:
    case FHIR_EXT_URL: f->about = s->text; break;
    case FHIR_AGE_UNIT:
    case FHIR_REF_TYPE: f->code = s->text; break;
    case FHIR_CONTENT_TYPE:
        f->about = s->text;
        f->type_at = s->base;
        f->type_length = (uint32_t)(w->j.end - w->j.start);
        if (is_content_type(s->text)) return OK;
        break;
    case FHIR_KEEP: return is_plain_value(s->text) ? OK : fhir_push_all(w, s, ROLE_TEXT, SHAPE_ANY);
    default: break;
    }
    if (kind == FHIR_SYSTEM && f->type == FHIR_T_Coding) f->about = s->text;
    if (kind == FHIR_SYSTEM || kind == FHIR_IDENT_SYSTEM || kind == FHIR_EXT_URL)
        return take_system(w, s, kind == FHIR_IDENT_SYSTEM);
    if (is_definition_url(s->text)) return OK;
    return is_code(s->text) ? keep_code(w, s, false) : fhir_push_all(w, s, ROLE_TEXT, SHAPE_ANY);
}

/* The date of a birth certificate's time element, a month alone: shapes of FHIR's own regular
 * expressions. What is no date at all is text. */
static err take_date(struct fhir_walk *w, const struct fhir_string *s, enum fhir_kind kind)
{
    view v = s->text;
    bool is_date =
        v.n >= 4 && view_count_digits(view_sub(v, 0, 4)) == 4 && (v.n == 4 || v.p[4] == '-');
    if (!is_date) return v.n ? fhir_push_all(w, s, ROLE_TEXT, SHAPE_ANY) : OK;
    enum piece_role role = kind == FHIR_BIRTH ? ROLE_BIRTH : ROLE_DATE;
    return fhir_push_value(w, s, role, kind == FHIR_INSTANT ? SHAPE_INSTANT : SHAPE_DATE);
}

static const struct {
    uint8_t role, shape;
} plain[FHIR_EMPTY] = {
    [FHIR_NAME] = { ROLE_NAME },
    [FHIR_PERSON] = { ROLE_NAME },
    [FHIR_FAMILY] = { ROLE_FAMILY },
    [FHIR_GIVEN] = { ROLE_GIVEN },
    [FHIR_STREET] = { ROLE_STREET },
    [FHIR_TOWN] = { ROLE_TOWN },
    [FHIR_STATE] = { ROLE_STATE },
    [FHIR_ZIP] = { ROLE_ZIP },
    [FHIR_ORGANIZATION] = { ROLE_ORGANIZATION },
    [FHIR_IP] = { ROLE_IP },
    [FHIR_PLAN] = { ROLE_PLAN },
    [FHIR_ACCOUNT] = { ROLE_ACCOUNT },
    [FHIR_DEVICE] = { ROLE_DEVICE },
    [FHIR_NUMBER] = { ROLE_NUMBER },
};

static err take(struct fhir_walk *w, const struct fhir_string *s, enum fhir_kind kind)
{
    switch (kind) {
    case FHIR_CODE:
    case FHIR_CODING_CODE:
    case FHIR_CONTACT_SYSTEM:
    case FHIR_IDENT_SYSTEM:
    case FHIR_EXT_URL:
    case FHIR_SYSTEM:
    case FHIR_AGE_UNIT:
    case FHIR_REF_TYPE:
    case FHIR_CONTENT_TYPE:
    case FHIR_KEEP: return take_code(w, s, kind);
    case FHIR_SIZE: return fhir_take_size(w); /* R5 has it as a string */
    case FHIR_DATE:
    case FHIR_INSTANT:
    case FHIR_BIRTH: return take_date(w, s, kind);
    case FHIR_ID:
    case FHIR_VERSION:
        if (kind == FHIR_VERSION && s->text.n <= 4 && view_count_digits(s->text) == s->text.n)
            return OK;
        return take_id(w, s);
    case FHIR_ETAG: return take_etag(w, s);
    case FHIR_REFERENCE: return take_reference(w, s);
    case FHIR_LINK:
        if (fhir_top(w)->type == FHIR_T_Bundle_entry) fhir_top(w)->about = s->text; /* fullUrl */
        return fhir_push_link(w, s);
    case FHIR_UID: return fhir_push_link(w, s);
    case FHIR_QUERY: return fhir_push_query(w, s, 0, FHIR_T_UNKNOWN);
    case FHIR_URL: return take_url(w, s);
    case FHIR_BASE64:
    case FHIR_BASE64_GONE:
    case FHIR_DATA:
    case FHIR_HASH: return fhir_take_data(w, s, kind);
    case FHIR_XHTML: return fhir_take_xhtml(w, s);
    case FHIR_SAMPLED: return is_sampled(s->text) ? OK : fhir_push_all(w, s, ROLE_TEXT, SHAPE_ANY);
    case FHIR_COUNTRY:
        return is_country_code(s->text) ? OK : fhir_push_all(w, s, ROLE_TEXT, SHAPE_ANY);
    case FHIR_IDENT:
    case FHIR_CONTACT: return fhir_push_value(w, s, ROLE_NUMBER, SHAPE_ANY);
    case FHIR_DISPLAY: return fhir_push_value(w, s, ROLE_TEXT, SHAPE_ANY);
    case FHIR_NONE:
    case FHIR_TEXT:
    case FHIR_AGE:
    case FHIR_GEO:
    case FHIR_LOOSE_NUMBER:
    case FHIR_LOOSE_DECIMAL: return fhir_push_value(w, s, ROLE_TEXT, SHAPE_ANY);
    default: break;
    }
    BUG_IF(!plain[kind].role);
    return fhir_push_all(w, s, (enum piece_role)plain[kind].role,
                         (enum piece_shape)plain[kind].shape);
}

err fhir_take_string(struct fhir_walk *w)
{
    err e = OK;
    const struct fhir_frame *f = fhir_top(w);
    enum fhir_kind kind = f->element ? f->element->kind : FHIR_NONE;
    struct fhir_string s = { .base = (uint32_t)w->j.start };
    TRY(json_string(&w->j, w->arena, &s.text, &s.map));
    if (s.text.n) TRY(take(w, &s, kind));
    fhir_read_word(w, s.text);
out:
    return e;
}

/* ---- numbers ---- */

static err push_number(struct fhir_walk *w, enum piece_role role, enum piece_shape shape)
{
    const struct fhir_string s = { .text = view_sub(w->j.doc, w->j.start, w->j.end),
                                   .base = (uint32_t)w->j.start };
    err e = fhir_push_value(w, &s, role, shape);
    if (e) return e;
    fhir_last(w)->spelling = SPELL_JSON_NUMBER;
    fhir_last(w)->is_positive = fhir_top(w)->is_positive;
    return OK;
}

err fhir_take_number(struct fhir_walk *w)
{
    struct fhir_frame *f = fhir_top(w);
    enum fhir_kind kind = f->element ? f->element->kind : FHIR_NONE;
    view v = view_sub(w->j.doc, w->j.start, w->j.end);
    f->is_positive = view_eq(f->key, VIEW("valuePositiveInt"));
    switch (kind) {
    case FHIR_KEEP: return fhir_may_tell(f) ? fhir_take_size(w) : OK;
    case FHIR_SIZE: return fhir_take_size(w);
    case FHIR_AGE: return push_number(w, ROLE_AGE, SHAPE_DIGITS);
    case FHIR_GEO: return push_number(w, ROLE_STREET, SHAPE_DIGITS);
    case FHIR_LOOSE_DECIMAL:
    case FHIR_LOOSE_NUMBER: /* a measurement, or a record number: as in JSON lines */
        f->size_at = (uint32_t)w->j.start;
        f->size_length = (uint32_t)(w->j.end - w->j.start);
        return view_count_digits(v) >= LOOSE_DIGITS && view_find_byte(v, 0, '.') == v.n
                   ? push_number(w, ROLE_TEXT, SHAPE_DIGITS)
                   : OK;
    default:
        return view_count_digits(v) >= UNKNOWN_DIGITS ? push_number(w, ROLE_TEXT, SHAPE_DIGITS)
                                                      : OK;
    }
}
