/* format/fhir_queries.c — "Patient?identifier=system|value&birthdate=ge1950": what a search holds, value by value. */
#include "format/fhir_walk.h"

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
        if (view_starts_nocase(view_sub(value, i, value.n), VIEW("%7C"))) bar = i + 3;
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
        TRY(fhir_push_part(w, s, what, role, params[i].shape));
        return is_identifier && what.n ? fhir_await_role(w, value) : OK;
    }
    struct fhir_link l = fhir_read_link(value);
    bool is_token = fhir_id_length(value) == value.n;
    if (l.id.n) return fhir_push_part(w, s, l.id, ROLE_LINK, fhir_id_shape(l.id));
    if (is_token) return fhir_push_part(w, s, value, ROLE_LINK, fhir_id_shape(value));
    /* Unknown. What is written in percents can't be read as text, so it goes as a whole. */
    bool is_coded = view_find_byte(value, 0, '%') < value.n;
    e = fhir_push_part(w, s, value, is_coded ? ROLE_NUMBER : ROLE_TEXT, SHAPE_ANY);
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
            TRY(fhir_push_part(w, s, name, ROLE_TEXT, SHAPE_ANY));
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
