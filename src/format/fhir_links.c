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

/* Characters of ids, a bit each: '-' and '.' and digits, then '_' and letters. */
static const uint64_t ID_CHARS[2] = { UINT64_C(0x03FF600000000000), UINT64_C(0x07FFFFFE87FFFFFE) };

size_t fhir_id_length(view v)
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
    size_t n = fhir_id_length(rest);
    *version = view_sub(rest, 0, n);
    return n ? sizeof history - 1 + n : 0;
}

/* TYPE/id[/_history/v] at the front of v, to its end. */
static bool read_typed(view v, struct fhir_link *out)
{
    bool is_definition = false;
    if (!v.n || v.p[0] < 'A' || v.p[0] > 'Z') return false; /* as all types begin */
    size_t n = fhir_id_length(v);
    if (n == v.n || v.p[n] != '/') return false;
    view type = view_sub(v, 0, n), rest = view_sub(v, n + 1, v.n);
    unsigned resource = fhir_resource(type, &is_definition);
    if (resource == FHIR_T_UNKNOWN) return false;
    size_t id = fhir_id_length(rest);
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
    if (view_starts_nocase(text, VIEW("urn:uuid:")) || view_starts_nocase(text, VIEW("urn:oid:"))) {
        size_t at = view_find_byte(text, 4, ':') + 1;
        l.id = view_sub(text, at, text.n);
        l.is_uuid = view_is_uuid(l.id);
        l.is_oid = is_oid(l.id);
        return l;
    }
    size_t mark = view_find_byte(text, 0, '?');
    view path = view_sub(text, 0, mark);
    if (mark < text.n) l.query = view_sub(text, mark + 1, text.n);
    l.is_absolute =
        view_starts_nocase(path, VIEW("http://")) || view_starts_nocase(path, VIEW("https://"));
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

err fhir_push_part(struct fhir_walk *w, const struct fhir_string *s, view part,
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
        TRY(fhir_push_part(w, s, l.id, ROLE_LINK, fhir_id_shape(l.id)));
    if (l.version.n && !is_small_counter(l.version))
        TRY(fhir_push_part(w, s, l.version, ROLE_LINK, fhir_id_shape(l.version)));
    if (l.query.n && l.is_absolute && !l.id.n &&
        !l.type.n) /* any page: its path is nobody's form */
        TRY(fhir_push_part(w, s, path_of(s->text, l.query), ROLE_TEXT, SHAPE_ANY));
    if (l.query.n) TRY(fhir_push_query(w, s, at_of(s, l.query), l.resource));
    if (l.rest.n && l.is_absolute)
        TRY(fhir_push_part(w, s, l.rest, ROLE_TEXT, SHAPE_URL));
    else if (l.rest.n) /* no address at all, or an id without its type */
        TRY(fhir_push_part(w, s, l.rest, fhir_id_length(l.rest) == l.rest.n ? ROLE_LINK : ROLE_TEXT,
                           fhir_id_length(l.rest) == l.rest.n ? fhir_id_shape(l.rest) : SHAPE_ANY));
out:
    return e;
}
