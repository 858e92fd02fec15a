/* format/fhir_gist.c — what a resource says of people and of whose it is, without taking it apart.
 *
 * Most resources of an export are measurements and codes of a patient who has a thousand of them. What a first pass
 * learns from one is decided by its type and by the References in it, each with the way to it. So those are the gist;
 * and a resource with anything else in it that could be a value of somebody's has none, and must be decoded.
 *
 * It follows the walk of fhir.c: what is made to be more than prose there, by the kind of an element (fhir_strings.c) or
 * at the end of an object (fhir_end_object), has to be let go of here. fuzz/fhir.c compares the two. It reads what is JSON,
 * and need not tell what is none: from that nothing is learned by either.
 */
#include "format/fhir_walk.h"
#include "text/scan.h"

enum { GIST_DEPTH = 24, GIST_MAX = 1 << 10 };

struct level {
    uint16_t type;
    bool is_said;                       /* of a Reference: it has words of its own */
    const struct fhir_element *element; /* of the value that comes next */
    view key;                           /* of it */
    view about, code;                   /* of a Reference: as in struct fhir_frame */
};
struct gist {
    view doc;
    size_t at;       /* behind what was read */
    view text;       /* of the string read last, as it stands there … */
    bool has_escape; /* … perhaps with escapes */
    uint32_t depth;  /* levels in use less one */
    size_t n;
    char *to; /* GIST_MAX bytes */
    struct level levels[GIST_DEPTH];
};

static struct level *top(struct gist *g)
{
    return &g->levels[g->depth];
}

/* ---- writing ---- */

static bool put(struct gist *g, view v)
{
    if (v.n > UINT16_MAX || g->n + 2 + v.n > GIST_MAX) return false;
    const uint16_t length = (uint16_t)v.n;
    memcpy(g->to + g->n, &length, 2);
    if (v.n) memcpy(g->to + g->n + 2, v.p, v.n);
    g->n += 2 + v.n;
    return true;
}

/* What follows: nothing that is written can be read in two ways. */
enum gist_mark { MARK_WORD = 'w', MARK_REFERENCE = 'r', MARK_CONTAINED = 'c' };

static bool put_mark(struct gist *g, enum gist_mark mark)
{
    const char c = (char)mark;
    return put(g, view_of(&c, 1));
}

/* The way to the object on top: which elements lead there. */
static bool put_path(struct gist *g)
{
    bool fits = put(g, view_of((const char *)&g->depth, sizeof g->depth));
    for (uint32_t i = 0; i <= g->depth && fits; i++) {
        const struct fhir_element *e = g->levels[i].element;
        const uint16_t at[3] = { g->levels[i].type, e ? e->owner : 0, e ? e->key : 0 };
        fits = put(g, view_of((const char *)at, sizeof at));
    }
    return fits;
}

/* ---- reading ---- */

static void skip_space(struct gist *g)
{
    while (g->at < g->doc.n && (unsigned char)g->doc.p[g->at] <= ' ')
        g->at++;
}

static bool skip(struct gist *g, char c)
{
    skip_space(g);
    if (g->at >= g->doc.n || g->doc.p[g->at] != c) return false;
    g->at++;
    return true;
}

/* The string whose opening quote was just read. */
static bool read_string(struct gist *g)
{
    const size_t from = g->at, n = g->doc.n;
    g->has_escape = false;
    for (;;) {
        g->at += scan_to_either(g->doc.p + g->at, n - g->at, '"', '\\');
        if (g->at >= n) return false;
        if (g->doc.p[g->at] == '"') break;
        g->has_escape = true;
        g->at += 2;
        if (g->at > n) return false;
    }
    g->text = view_sub(g->doc, from, g->at++);
    return true;
}

/* ---- strings ---- */

/* A part of an address behind '?' is a search, which can be for anybody. */
static bool may_search(view v)
{
    return view_find_byte(v, 0, '?') < v.n;
}

/* The same of markup, where addresses are written with entities; of its escapes only those of marks are harmless. */
static bool markup_may_search(view v)
{
    if (may_search(v)) return true;
    for (size_t i = 0; (i = view_find_byte(v, i, '&')) < v.n; i++)
        if (i + 1 < v.n && v.p[i + 1] == '#') return true;
    for (size_t i = 0; (i = view_find_byte(v, i, '\\')) < v.n; i += 2)
        if (i + 1 < v.n && v.p[i + 1] == 'u') return true;
    return false;
}

static bool is_nobodys(enum piece_role role)
{
    return role == ROLE_TEXT || role == ROLE_NUMBER;
}

static bool in_identifier(const struct gist *g)
{
    for (uint32_t i = 0; i <= g->depth; i++)
        if (g->levels[i].type == FHIR_T_Identifier) return true;
    return false;
}

/* A string or number of a Reference but for its address is the name of whom it leads to. */
static bool take_of_reference(struct gist *g, view v, enum fhir_kind kind)
{
    struct level *l = top(g);
    if (g->has_escape) return false;
    switch (kind) {
    case FHIR_REFERENCE: l->about = v; return !may_search(v);
    case FHIR_REF_TYPE: l->code = v; return true;
    case FHIR_ID: return true;
    case FHIR_DISPLAY:
    case FHIR_TEXT:
    case FHIR_NONE: l->is_said = true; return put_mark(g, MARK_WORD) && put(g, l->key) && put(g, v);
    default: return false;
    }
}

/* False: it could be somebody's. */
static bool take(struct gist *g, view v, bool is_string)
{
    const struct level *l = top(g);
    enum fhir_kind kind = l->element ? (enum fhir_kind)l->element->kind : FHIR_NONE;
    if (!v.n) return true;
    if (l->type == FHIR_T_Reference) return is_string && take_of_reference(g, v, kind);
    switch (kind) {
    case FHIR_NONE:
    case FHIR_TEXT:
    case FHIR_KEEP:
    case FHIR_CODE:
    case FHIR_AGE_UNIT:
    case FHIR_DATE:
    case FHIR_INSTANT:
    case FHIR_ID:
    case FHIR_VERSION:
    case FHIR_ETAG:
    case FHIR_SIZE:
    case FHIR_SAMPLED:
    case FHIR_AGE:
    case FHIR_LOOSE_NUMBER:
    case FHIR_LOOSE_DECIMAL:
    case FHIR_DISPLAY:
    case FHIR_COUNTRY:
    case FHIR_NUMBER: return true;
    case FHIR_CODING_CODE:
        if (g->has_escape || fhir_is_birth_code(v)) return false;
        return !in_identifier(g) || is_nobodys(fhir_role_of_code(v));
    case FHIR_IDENT_SYSTEM:
        return !g->has_escape && !may_search(v) && is_nobodys(fhir_role_of_system(v));
    case FHIR_IDENT: return l->type == FHIR_T_Identifier;
    case FHIR_SYSTEM:
    case FHIR_LINK:
    case FHIR_UID:
    case FHIR_URL: return !g->has_escape && !may_search(v);
    case FHIR_XHTML: return is_string && !markup_may_search(v);
    default: return false;
    }
}

/* ---- objects ---- */

/* Of those types the end of an object tells more than its strings, or they are of people. */
static bool may_open(const struct gist *g, unsigned type)
{
    switch (type) {
    case FHIR_T_ContactPoint:
    case FHIR_T_HumanName:
    case FHIR_T_Address:
    case FHIR_T_Extension:
    case FHIR_T_Attachment:
    case FHIR_T_Binary:
    case FHIR_T_Bundle:
    case FHIR_T_Bundle_entry:
    case FHIR_T_Patient:
    case FHIR_T_Patient_contact:
    case FHIR_T_Person:
    case FHIR_T_Practitioner:
    case FHIR_T_PractitionerRole:
    case FHIR_T_QuestionnaireResponse:
    case FHIR_T_QuestionnaireResponse_item:
    case FHIR_T_QuestionnaireResponse_item_answer: return false;
    /* what holds it may tell that the number is a person's; in a Reference it tells who is meant */
    case FHIR_T_Identifier:
        return fhir_role_by_holder(g->levels[g->depth].type) == ROLE_NUMBER &&
               g->levels[g->depth].type != FHIR_T_Reference;
    default: return !fhir_is_any_resource(type);
    }
}

/* The resource just opened: its type has to come first. */
static bool open_resource(struct gist *g)
{
    if (!skip(g, '"') || !read_string(g) || !view_eq(g->text, VIEW("resourceType"))) return false;
    if (!skip(g, ':') || !skip(g, '"') || !read_string(g)) return false;
    unsigned type = fhir_resource(g->text, NULL);
    *top(g) = (struct level){ .type = (uint16_t)type };
    return may_open(g, type) && put(g, fhir_resource_name(type));
}

static bool open_object(struct gist *g)
{
    const struct fhir_element *e = top(g)->element;
    if (!e || g->depth + 1 == GIST_DEPTH) return false;
    /* a resource that is no record of its own: what it says is said of whom the one around it is about */
    bool is_contained = g->depth == 0 && view_eq(top(g)->key, VIEW("contained"));
    if (is_contained && fhir_is_any_resource(e->type)) {
        g->depth++;
        return put_mark(g, MARK_CONTAINED) && open_resource(g);
    }
    if (!may_open(g, e->type)) return false;
    g->levels[++g->depth] = (struct level){ .type = e->type };
    return true;
}

/* Does it say nothing of a clinician, and surely not whose the resource is? */
static bool leads_elsewhere(const struct level *l, uint8_t hint)
{
    if (l->is_said || l->code.n) return false;
    struct fhir_link link = fhir_read_link(l->about);
    return link.resource == FHIR_T_UNKNOWN
               ? !(hint & FHIR_TO_PATIENT)
               : link.resource != FHIR_T_Patient && !fhir_is_of_clinicians(link.resource);
}

static bool close_object(struct gist *g)
{
    const struct level *l = top(g);
    bool fits = true;
    if (l->type == FHIR_T_Reference && !leads_elsewhere(l, g->levels[g->depth - 1].element->hint))
        fits = put_mark(g, MARK_REFERENCE) && put_path(g) && put(g, l->about) && put(g, l->code);
    if (g->depth) g->depth--;
    return fits;
}

static bool take_key(struct gist *g)
{
    struct level *l = top(g);
    l->key = g->text;
    l->element = fhir_element_of(l->type, l->key);
    return !g->has_escape;
}

static bool is_of_number(char c)
{
    return ascii_is_digit(c) || memchr("+-.eE", c, 5) != NULL;
}

/* The string or number that begins with `c`; of anything else, true and false among them, nothing is to be told. */
static bool take_value(struct gist *g, char c)
{
    if (c == '"') {
        if (!read_string(g)) return false;
        return skip(g, ':') ? take_key(g) : take(g, g->text, true);
    }
    if (!ascii_is_digit(c) && c != '-') return true;
    const size_t from = g->at - 1;
    while (g->at < g->doc.n && is_of_number(g->doc.p[g->at]))
        g->at++;
    return take(g, view_sub(g->doc, from, g->at), false);
}

static bool start(struct gist *g, view bytes, struct arena *a)
{
    g->doc = bytes;
    g->at = json_bom_length(bytes);
    g->depth = 0;
    g->n = 0;
    g->to = arena_alloc(a, GIST_MAX);
    return g->to && skip(g, '{') && open_resource(g);
}

bool fhir_gist(const struct format *self, view bytes, struct arena *a, view *out)
{
    FILLED_LATER struct gist g; /* levels are set when the walk comes there */
    bool is_open = true;
    (void)self;
    if (!start(&g, bytes, a)) return false;
    while (is_open) {
        if (g.at >= bytes.n) return false;
        const char c = bytes.p[g.at++];
        if (c == '}') {
            is_open = g.depth > 0;
            if (!close_object(&g)) return false;
        } else if (c == '{' ? !open_object(&g) : !take_value(&g, c)) {
            return false;
        }
    }
    *out = view_of(g.to, g.n);
    return true;
}
