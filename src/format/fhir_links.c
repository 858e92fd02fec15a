/* format/fhir_links.c — "Patient/123", "urn:uuid:…", "#p1", "https://host/fhir/Patient/123/_history/4",
 * "Patient?identifier=system|value", "https://host/fhir?_getpages=…": what joins resources.
 *
 * Only the id is a piece, so that the address stays one of the same server and type.
 */
#include "format/fhir_walk.h"
#include "text/uuid.h"

static bool is_oid(view v)
{
    size_t dots = 0;
    for (size_t i = 0; i < v.n; i++) {
        if (v.p[i] == '.')
            dots++;
        else if (!ascii_is_digit(v.p[i]))
            return false;
    }
    return dots >= 2 && ascii_is_digit(v.p[0]) && ascii_is_digit(v.p[v.n - 1]);
}

enum piece_shape fhir_id_shape(view id)
{
    return view_is_uuid(id) ? SHAPE_UUID : is_oid(id) ? SHAPE_OID : SHAPE_TOKEN;
}

static bool starts_nocase(view v, view prefix)
{
    return v.n >= prefix.n && view_eq_nocase(view_sub(v, 0, prefix.n), prefix);
}

/* Characters of ids, a bit each: '-' and '.' and digits, then '_' and letters. */
static const uint64_t ID_CHARS[2] = { UINT64_C(0x03FF600000000000), UINT64_C(0x07FFFFFE87FFFFFE) };

static size_t id_length(view v)
{
    size_t n = 0;
    for (; n < v.n; n++) {
        unsigned char c = (unsigned char)v.p[n];
        if (c >= 128 || !(ID_CHARS[c / 64] >> (c % 64) & 1)) break;
    }
    return n;
}

/* "/_history/4" at the front of v; the length of the whole, 0 when it is none. */
static size_t read_version(view v, view *version)
{
    static const char history[] = "/_history/";
    if (!view_starts(v, view_of_str(history))) return 0;
    view rest = view_sub(v, sizeof history - 1, v.n);
    size_t n = id_length(rest);
    *version = view_sub(rest, 0, n);
    return n ? sizeof history - 1 + n : 0;
}

/* TYPE/id[/_history/v] at the front of v, to its end. */
static bool read_typed(view v, struct fhir_link *out)
{
    bool is_definition = false;
    if (!v.n || v.p[0] < 'A' || v.p[0] > 'Z') return false; /* as all types begin */
    size_t n = id_length(v);
    if (n == v.n || v.p[n] != '/') return false;
    view type = view_sub(v, 0, n), rest = view_sub(v, n + 1, v.n);
    unsigned resource = fhir_resource(type, &is_definition);
    if (resource == FHIR_T_UNKNOWN) return false;
    size_t id = id_length(rest);
    if (!id || rest.p[0] == '_' || rest.p[0] == '$') return false;
    view version = { "", 0 };
    size_t behind = read_version(view_sub(rest, id, rest.n), &version);
    if (id + behind != rest.n) return false;
    out->type = type;
    out->resource = resource;
    out->id = view_sub(rest, 0, id);
    out->version = version;
    out->is_definition = is_definition;
    return true;
}

/* The last path segments of an absolute address that are a resource's. */
static void read_path(view path, struct fhir_link *out)
{
    const char *slash;
    for (size_t n = path.n; (slash = memrchr(path.p, '/', n)); n = (size_t)(slash - path.p))
        if (read_typed(view_sub(path, (size_t)(slash - path.p) + 1, path.n), out)) return;
}

/* The type whose resources are searched there: the last segment. */
static void read_searched(view path, struct fhir_link *out)
{
    const char *slash = path.n ? memrchr(path.p, '/', path.n) : NULL;
    view type = slash ? view_sub(path, (size_t)(slash - path.p) + 1, path.n) : path;
    unsigned resource = fhir_resource(type, NULL);
    if (resource == FHIR_T_UNKNOWN) return;
    out->type = type;
    out->resource = resource;
}

struct fhir_link fhir_read_link(view text)
{
    struct fhir_link l = { .type = { "", 0 } };
    l.id = l.version = l.query = l.rest = l.type;
    if (text.n > 1 && text.p[0] == '#') {
        l.id = view_sub(text, 1, text.n);
        l.is_contained = true;
        return l;
    }
    if (starts_nocase(text, VIEW("urn:uuid:")) || starts_nocase(text, VIEW("urn:oid:"))) {
        size_t at = view_find_byte(text, 4, ':') + 1;
        l.id = view_sub(text, at, text.n);
        l.is_uuid = view_is_uuid(l.id);
        l.is_oid = is_oid(l.id);
        return l;
    }
    size_t mark = view_find_byte(text, 0, '?');
    view path = view_sub(text, 0, mark);
    if (mark < text.n) l.query = view_sub(text, mark + 1, text.n);
    l.is_absolute = starts_nocase(path, VIEW("http://")) || starts_nocase(path, VIEW("https://"));
    if (l.is_absolute) {
        read_path(path, &l);
        if (!l.id.n && l.query.n) read_searched(path, &l);
    } else if (!read_typed(path, &l) && view_find_byte(path, 0, '/') == path.n) {
        read_searched(path, &l);
    }
    if (!l.id.n && !l.query.n && !l.type.n) l.rest = text;
    return l;
}

const struct fhir_link *fhir_link_of(struct fhir_walk *w, view text)
{
    if (!text.p || text.p != w->link_text.p || text.n != w->link_text.n) {
        w->link = fhir_read_link(text);
        w->link_text = text;
    }
    return &w->link;
}

static size_t at_of(const struct fhir_string *s, view part)
{
    return (size_t)(part.p - s->text.p);
}

static err push_part(struct fhir_walk *w, const struct fhir_string *s, view part,
                     enum piece_role role, enum piece_shape shape)
{
    size_t at = at_of(s, part);
    return part.n ? fhir_push(w, s, at, at + part.n, role, shape) : OK;
}

/* A counter of versions says nothing; a long one can be a time or an id. */
static bool is_small_counter(view v)
{
    size_t i = 0;
    while (i < v.n && ascii_is_digit(v.p[i]))
        i++;
    return v.n <= 4 && i == v.n;
}

/* What stands between the host and the query of an absolute address. */
static view path_of(view text, view query)
{
    size_t host = view_find_byte(text, 0, ':') + 3, end = (size_t)(query.p - text.p) - 1;
    return view_sub(text, MIN(view_find_byte(text, host, '/'), end), end);
}

err fhir_push_link(struct fhir_walk *w, const struct fhir_string *s)
{
    err e = OK;
    const struct fhir_link l = *fhir_link_of(w, s->text);
    if (l.id.n && !(l.is_absolute && l.is_definition))
        TRY(push_part(w, s, l.id, ROLE_LINK, fhir_id_shape(l.id)));
    if (l.version.n && !is_small_counter(l.version))
        TRY(push_part(w, s, l.version, ROLE_LINK, fhir_id_shape(l.version)));
    if (l.query.n && l.is_absolute && !l.id.n &&
        !l.type.n) /* any page: its path is nobody's form */
        TRY(push_part(w, s, path_of(s->text, l.query), ROLE_TEXT, SHAPE_ANY));
    if (l.query.n) TRY(fhir_push_query(w, s, at_of(s, l.query), l.resource));
    if (l.rest.n && l.is_absolute)
        TRY(push_part(w, s, l.rest, ROLE_TEXT, SHAPE_URL));
    else if (l.rest.n) /* no address at all, or an id without its type */
        TRY(push_part(w, s, l.rest, id_length(l.rest) == l.rest.n ? ROLE_LINK : ROLE_TEXT,
                      id_length(l.rest) == l.rest.n ? fhir_id_shape(l.rest) : SHAPE_ANY));
out:
    return e;
}

/* ---- queries ---- */

static bool ends_with(view v, view end)
{
    return v.n >= end.n && view_eq(view_sub(v, v.n - end.n, v.n), end);
}

/* What search parameters hold that are no references (HL7's search parameters of R4 and R5). */
static const struct {
    const char *name;
    uint8_t role; /* ROLE_ID: nothing; ROLE_NUMBER: an identifier */
    uint8_t shape;
} params[] = {
    { "identifier", ROLE_NUMBER, SHAPE_ANY },
    { "name", ROLE_NAME, SHAPE_ANY },
    { "family", ROLE_FAMILY, SHAPE_ANY },
    { "given", ROLE_GIVEN, SHAPE_ANY },
    { "phonetic", ROLE_NAME, SHAPE_ANY },
    { "birthdate", ROLE_BIRTH, SHAPE_DATE },
    { "death-date", ROLE_DATE, SHAPE_DATE },
    { "date", ROLE_DATE, SHAPE_DATE },
    { "_lastUpdated", ROLE_DATE, SHAPE_DATE },
    { "_since", ROLE_DATE, SHAPE_DATE },
    { "authored", ROLE_DATE, SHAPE_DATE },
    { "issued", ROLE_DATE, SHAPE_DATE },
    { "period", ROLE_DATE, SHAPE_DATE },
    { "address", ROLE_STREET, SHAPE_ANY },
    { "address-city", ROLE_TOWN, SHAPE_ANY },
    { "address-state", ROLE_STATE, SHAPE_ANY },
    { "address-postalcode", ROLE_ZIP, SHAPE_ANY },
    { "phone", ROLE_PHONE, SHAPE_ANY },
    { "telecom", ROLE_PHONE, SHAPE_ANY },
    { "email", ROLE_EMAIL, SHAPE_EMAIL },
    { "_count", ROLE_ID, 0 },
    { "_sort", ROLE_ID, 0 },
    { "_summary", ROLE_ID, 0 },
    { "_elements", ROLE_ID, 0 },
    { "_include", ROLE_ID, 0 },
    { "_revinclude", ROLE_ID, 0 },
    { "_total", ROLE_ID, 0 },
    { "_format", ROLE_ID, 0 },
    { "_type", ROLE_ID, 0 },
    { "_profile", ROLE_ID, 0 },
    { "_offset", ROLE_ID, 0 },
    { "_getpagesoffset", ROLE_ID, 0 },
    { "_bundletype", ROLE_ID, 0 },
    { "_pretty", ROLE_ID, 0 },
    { "page", ROLE_ID, 0 },
    { "status", ROLE_ID, 0 },
    { "code", ROLE_ID, 0 },
    { "category", ROLE_ID, 0 },
    { "type", ROLE_ID, 0 },
    { "gender", ROLE_ID, 0 },
    { "class", ROLE_ID, 0 },
    { "url", ROLE_ID, 0 },
    { "active", ROLE_ID, 0 },
};

/* Comparators before dates and numbers: ge2020-01-01. */
static size_t comparator(view v)
{
    static const char *const all[] = { "eq", "ne", "gt", "lt", "ge", "le", "sa", "eb", "ap" };
    for (size_t i = 0; i < COUNT_OF(all) && v.n > 2; i++)
        if (view_starts(v, view_of_str(all[i])) && ascii_is_digit(v.p[2])) return 2;
    return 0;
}

/* One value of a parameter: "system|value" has its value behind the bar (also written %7C). */
static err push_value(struct fhir_walk *w, const struct fhir_string *s, view name, view value,
                      unsigned type)
{
    err e = OK;
    size_t colon = view_find_byte(name, 0, ':'); /* name:exact, subject:Patient */
    view stem = view_sub(name, 0, colon), modifier = view_sub(name, colon, name.n);
    size_t bar = value.n;
    for (size_t i = 0; i < value.n; i++) {
        if (value.p[i] == '|') bar = i + 1;
        if (starts_nocase(view_sub(value, i, value.n), VIEW("%7C"))) bar = i + 3;
    }
    view namespace = bar < value.n ? view_sub(value, 0, bar) : (view){ "", 0 };
    view what = bar < value.n ? view_sub(value, bar, value.n) : value;
    for (size_t i = 0; i < COUNT_OF(params); i++) {
        enum piece_role role = params[i].role;
        if (!view_eq(stem, view_of_str(params[i].name)) &&
            !ends_with(modifier, VIEW(":identifier")))
            continue;
        if (ends_with(modifier, VIEW(":identifier"))) role = ROLE_NUMBER;
        if (role == ROLE_ID) return OK;
        bool is_identifier = role == ROLE_NUMBER;
        if (is_identifier) role = fhir_role_by_holder(type);
        if (is_identifier && fhir_role_of_system(namespace) != ROLE_TEXT)
            role = fhir_role_of_system(namespace);
        what = view_sub(what, is_identifier ? 0 : comparator(what), what.n);
        TRY(push_part(w, s, what, role, params[i].shape));
        return is_identifier && what.n ? fhir_await_role(w, value) : OK;
    }
    struct fhir_link l = fhir_read_link(value);
    bool is_token = id_length(value) == value.n;
    if (l.id.n) return push_part(w, s, l.id, ROLE_LINK, fhir_id_shape(l.id));
    if (is_token) return push_part(w, s, value, ROLE_LINK, fhir_id_shape(value));
    /* Unknown. What is written in percents can't be read as text, so it goes as a whole. */
    bool is_coded = view_find_byte(value, 0, '%') < value.n;
    e = push_part(w, s, value, is_coded ? ROLE_NUMBER : ROLE_TEXT, SHAPE_ANY);
out:
    return e;
}

err fhir_push_query(struct fhir_walk *w, const struct fhir_string *s, size_t from, unsigned type)
{
    err e = OK;
    view all = s->text;
    if (from == 0) from = view_find_byte(all, 0, '?') < all.n ? view_find_byte(all, 0, '?') + 1 : 0;
    while (from < all.n) {
        size_t end = MIN(view_find_byte(all, from, '&'), all.n);
        size_t equals = MIN(view_find_byte(all, from, '='), end);
        view name = view_sub(all, from, equals);
        if (equals == end) /* a value without a name, which can be anything */
            TRY(push_part(w, s, name, ROLE_TEXT, SHAPE_ANY));
        for (size_t at = equals + 1; at < end;) { /* values that any may match: a,b */
            size_t comma = MIN(view_find_byte(all, at, ','), end);
            TRY(push_value(w, s, name, view_sub(all, at, comma), type));
            at = comma + 1;
        }
        from = end + 1;
    }
out:
    return e;
}

/* ---- identifiers ---- */

enum piece_role fhir_role_of_code(view code)
{
    static const struct {
        const char *code; /* HL7 table 0203 */
        uint8_t role;
    } codes[] = {
        { "MR", ROLE_MRN },       { "MRT", ROLE_MRN },     { "PI", ROLE_MRN },
        { "PT", ROLE_MRN },       { "PE", ROLE_MRN },      { "PN", ROLE_NUMBER },
        { "SS", ROLE_SSN },       { "SB", ROLE_SSN },      { "DL", ROLE_LICENSE },
        { "PPN", ROLE_LICENSE },  { "NPI", ROLE_LICENSE }, { "MD", ROLE_LICENSE },
        { "DEA", ROLE_LICENSE },  { "RN", ROLE_LICENSE },  { "LN", ROLE_LICENSE },
        { "DN", ROLE_LICENSE },   { "DDS", ROLE_LICENSE }, { "DO", ROLE_LICENSE },
        { "PA", ROLE_LICENSE },   { "NP", ROLE_LICENSE },  { "PRN", ROLE_LICENSE },
        { "UPIN", ROLE_LICENSE }, { "SL", ROLE_LICENSE },  { "BRN", ROLE_NUMBER },
        { "MB", ROLE_PLAN },      { "MA", ROLE_PLAN },     { "MC", ROLE_PLAN },
        { "HC", ROLE_PLAN },      { "NH", ROLE_PLAN },     { "SN", ROLE_PLAN },
        { "JHN", ROLE_PLAN },     { "PNT", ROLE_NUMBER },  { "NIIP", ROLE_PLAN },
        { "MCD", ROLE_PLAN },     { "MCR", ROLE_PLAN },    { "WC", ROLE_PLAN },
        { "AN", ROLE_ACCOUNT },   { "ANT", ROLE_ACCOUNT }, { "ANC", ROLE_ACCOUNT },
        { "AM", ROLE_ACCOUNT },   { "BA", ROLE_ACCOUNT },  { "CC", ROLE_ACCOUNT },
        { "SNO", ROLE_DEVICE },   { "UDI", ROLE_DEVICE },  { "SID", ROLE_NUMBER },
    };
    for (size_t i = 0; i < COUNT_OF(codes); i++)
        if (view_eq_nocase(code, view_of_str(codes[i].code))) return (enum piece_role)codes[i].role;
    return ROLE_TEXT;
}

/* A bit of two characters, whatever their case. */
static uint64_t pair_bit(const char *p)
{
    return UINT64_C(1) << (((unsigned)ascii_lower(p[0]) * 7 + (unsigned)ascii_lower(p[1])) % 64);
}

/* The first of them that is a part of it. */
enum piece_role fhir_role_of_system(view namespace)
{
    static const struct {
        const char *part; /* of the system */
        uint8_t role;
    } systems[] = {
        { "/us-ssn", ROLE_SSN },
        { "2.16.840.1.113883.4.1", ROLE_SSN },
        { "/us-npi", ROLE_LICENSE },
        { "2.16.840.1.113883.4.6", ROLE_LICENSE },
        { "2.16.840.1.113883.4.814", ROLE_LICENSE }, /* DEA */
        { "2.16.840.1.113883.4.3", ROLE_LICENSE }, /* driving licences; .4.3.25 Massachusetts … */
        { "/us-medicare", ROLE_PLAN },
        { "/us-mbi", ROLE_PLAN },
        { "2.16.840.1.113883.4.927", ROLE_PLAN },
        { "2.16.840.1.113883.4.572", ROLE_PLAN },
        { "passport", ROLE_LICENSE },
        { "2.16.840.1.113883.4.330", ROLE_LICENSE }, /* passports by country */
        { "licen", ROLE_LICENSE },
        { "nhs-number", ROLE_MRN },
        { "medical-record", ROLE_MRN },
        { "mrn", ROLE_MRN },
        { "ssn", ROLE_SSN },
        { "account", ROLE_ACCOUNT },
        { "member", ROLE_PLAN },
        { "subscriber", ROLE_PLAN },
        { "insurance", ROLE_PLAN },
    };
    size_t best = COUNT_OF(systems);
    /* how they begin, a bit each: hardly any place of an address does */
    uint64_t pairs[COUNT_OF(systems)], all = 0;
    for (size_t i = 0; i < COUNT_OF(systems); i++)
        all |= pairs[i] = pair_bit(systems[i].part);
    for (size_t at = 0; at + 1 < namespace.n; at++) {
        const uint64_t pair = pair_bit(namespace.p + at);
        for (size_t i = 0; i < best && pair & all; i++) {
            if (pairs[i] != pair) continue;
            view part = view_of_str(systems[i].part);
            char behind = at + part.n < namespace.n ? namespace.p[at + part.n] : '/';
            if (at + part.n > namespace.n ||
                !view_eq_nocase(view_sub(namespace, at, at + part.n), part))
                continue;
            /* ".4.1" is no part of ".4.14"; ".4.3" is one of ".4.3.25" */
            if (ascii_is_digit(part.p[part.n - 1]) && ascii_is_digit(behind)) continue;
            best = i;
        }
    }
    if (best < COUNT_OF(systems)) return (enum piece_role)systems[best].role;
    return ROLE_TEXT;
}
