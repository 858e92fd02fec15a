/* format/cda_walk.c — expat's events into pieces.
 *
 * Outside of prose each element's text is a value of its own. Inside of prose (section text, titles,
 * original text) all text up to the end of the outermost element is one text, with a line end where
 * anything but inline markup stands. Comments and processing instructions are prose of their own.
 */
#include "format/cda_walk.h"

#include <expat.h>

#include "format/base64.h"
#include "format/cda_table.h"
#include "format/embed.h"
#include "format/hl7_value.h"
#include "format/xml_run.h"
#include "format/xml_tag.h"
#include "text/utf8.h"

enum { DEPTH_MAX = 256, PERSONS_MAX = 65000 };
enum scope { SCOPE_NONE, SCOPE_PERSON, SCOPE_ORGANIZATION, SCOPE_THING, SCOPE_PLACE };

struct frame {
    const struct cda_element *element;
    view name; /* local */
    enum scope scope;
    enum piece_who who;
    uint16_t person, names; /* names: how many the owner of the scope has had */
    uint16_t owner;         /* the frame that began the scope */
    bool is_time, is_prose, is_plan, is_base64;
    view type; /* of what is in base64 */
};
struct walk {
    XML_Parser parser;
    struct embed embed; /* documents in base64 */
    struct record *out;
    struct arena *arena;
    struct diag *diag;
    view bytes;
    enum encoding encoding;
    uint32_t unit; /* bytes of an ASCII character */
    err e;
    uint32_t cap, cap_codes; /* of out->pieces, out->codes */
    uint16_t persons;
    uint32_t depth; /* frames[depth] is the present one; [0] is around the root */
    bool in_cdata, has_literal;
    struct xml_run run;
    struct frame frames[DEPTH_MAX + 1];
    struct xml_tag tag;
};

static err push(struct walk *w, struct piece piece)
{
    return format_push(w->arena, &w->out->pieces, &w->out->n, &w->cap, &piece);
}

static uint16_t new_person(struct walk *w)
{
    return w->persons < PERSONS_MAX ? ++w->persons : 0;
}

static uint32_t event_at(const struct walk *w)
{
    return (uint32_t)XML_GetCurrentByteIndex(w->parser);
}

static uint32_t event_end(const struct walk *w)
{
    return event_at(w) + (uint32_t)XML_GetCurrentByteCount(w->parser);
}

static void stop(struct walk *w, err e)
{
    if (!e || w->e) return;
    w->e = e;
    (void)XML_StopParser(w->parser, XML_FALSE);
}

/* ---- values ---- */

static bool is_uuid(view v)
{
    if (v.n != 36) return false;
    for (size_t i = 0; i < v.n; i++) {
        char c = ascii_lower(v.p[i]);
        bool dash = i == 8 || i == 13 || i == 18 || i == 23;
        if (dash ? c != '-' : !ascii_is_digit(c) && !(c >= 'a' && c <= 'f')) return false;
    }
    return true;
}

/* Words of the standard, maybe several. */
static bool is_word_list(view v)
{
    if (v.n > 64) return false;
    for (size_t i = 0; i < v.n; i++)
        if (!ascii_is_digit(v.p[i]) && !ascii_is_alpha(v.p[i]) &&
            !strchr(" -._:#/%{}[]*+,'", v.p[i]))
            return false;
    return true;
}

/* A day, written with eight digits or more. */
static bool is_full_date(view v)
{
    uint64_t month, day;
    return v.n >= 8 && hl7_is_date(v) && (v.p[0] == '1' || v.p[0] == '2') &&
           view_to_u64(view_sub(v, 4, 6), &month) && view_to_u64(view_sub(v, 6, 8), &day) &&
           month >= 1 && month <= 12 && day >= 1 && day <= 31;
}

static struct piece blank_piece(const struct walk *w, view field)
{
    return (struct piece){
        .field = field, .role = ROLE_TEXT, .spelling = SPELL_XML_ATTRIBUTE, .encoding = w->encoding
    };
}

/* Attribute x as a piece of this role and shape, of whom the frame is. */
static err push_attribute(struct walk *w, const struct frame *f, const struct xml_attribute *x,
                          view field, enum piece_role role, enum piece_shape shape)
{
    struct piece p = blank_piece(w, field);
    if (!view_trim(x->text).n) return OK;
    p.text = x->text;
    p.map = x->map;
    p.base = x->base;
    p.role = role;
    p.shape = shape;
    if (role != ROLE_TEXT) p.who = f->who, p.person = f->person;
    return push(w, p);
}

/* Attribute x stays: it is a code of a system that may be named, or (fixed) of the document or a register. */
static err keep_attribute(struct walk *w, const struct xml_attribute *x, bool has_system,
                          bool is_fixed)
{
    struct piece p = blank_piece(w, x->name);
    p.text = x->text;
    p.map = x->map;
    p.base = x->base;
    p.has_system = has_system;
    p.is_fixed = is_fixed;
    return format_push(w->arena, &w->out->codes, &w->out->n_codes, &w->cap_codes, &p);
}

static err push_date(struct walk *w, const struct frame *f, const struct xml_attribute *x,
                     enum piece_role role)
{
    return push_attribute(w, f, x, f->name, role, hl7_is_date(x->text) ? SHAPE_DIGITS : SHAPE_ANY);
}

/* Only what is behind "tel:" and its like, so that the scheme stays. */
static err push_telecom(struct walk *w, const struct frame *f, struct xml_attribute x)
{
    static const struct {
        const char *scheme;
        enum piece_role role;
    } schemes[] = { { "tel:", ROLE_PHONE },
                    { "fax:", ROLE_FAX },
                    { "x-text-fax:", ROLE_FAX },
                    { "mailto:", ROLE_EMAIL },
                    { "mail:", ROLE_EMAIL } };
    enum piece_role role = view_find_byte(x.text, 0, '@') < x.text.n ? ROLE_EMAIL : ROLE_PHONE;
    for (size_t i = 0; i < COUNT_OF(schemes); i++) {
        view s = view_of_str(schemes[i].scheme);
        if (!view_eq_nocase(view_sub(x.text, 0, s.n), s)) continue;
        role = schemes[i].role;
        if (x.map.n) break; /* entities in it: it goes with its scheme */
        x.text = view_sub(x.text, s.n, x.text.n);
        x.base += (uint32_t)s.n;
        return push_attribute(w, f, &x, f->name, role,
                              role == ROLE_EMAIL ? SHAPE_EMAIL : SHAPE_ANY);
    }
    bool is_url = view_starts(x.text, VIEW("http")) || view_starts(x.text, VIEW("ftp"));
    if (is_url) return push_attribute(w, f, &x, f->name, ROLE_URL, SHAPE_URL);
    return push_attribute(w, f, &x, f->name, role, role == ROLE_EMAIL ? SHAPE_EMAIL : SHAPE_ANY);
}

/* What kind of number an identifier is, by its register and by what it is in. */
static enum piece_role id_role(const struct walk *w, const struct frame *f, view root)
{
    const struct frame *in = w->depth > 1 ? &w->frames[w->depth - 1] : &w->frames[0];
    enum piece_role role = cda_role_of_root(root);
    if (role != ROLE_NUMBER) return role;
    if (view_eq(in->name, VIEW("patientRole")) || view_eq(in->name, VIEW("patient")))
        return ROLE_MRN;
    if (f->is_plan) return ROLE_PLAN;
    if (f->scope == SCOPE_THING && !view_eq(in->name, VIEW("manufacturedProduct")))
        return ROLE_DEVICE;
    if (view_eq(in->name, VIEW("ClinicalDocument")) || view_eq(in->name, VIEW("parentDocument")))
        return ROLE_LINK;
    return ROLE_NUMBER;
}

/* An OID under which there is but this identifier: 1.2.3.777 for 777. */
static bool ends_with_arc(view oid, view arc)
{
    return arc.n >= 3 && oid.n > arc.n + 1 && oid.p[oid.n - arc.n - 1] == '.' &&
           view_eq(view_sub(oid, oid.n - arc.n, oid.n), arc);
}

static err take_id(struct walk *w, const struct frame *f)
{
    err e = OK;
    view root = xml_tag_get(&w->tag, VIEW("root")), ext = xml_tag_get(&w->tag, VIEW("extension"));
    view null = xml_tag_get(&w->tag, VIEW("nullFlavor"));
    view in = w->depth > 1 ? w->frames[w->depth - 1].name : VIEW("");
    view value = view_trim(ext).n ? ext : root;
    enum piece_role role = id_role(w, f, root);
    if (view_eq(in, VIEW("patientRole")) && !w->out->patient.n) w->out->patient = value;
    if (view_eq(in, VIEW("ClinicalDocument")) && !w->out->id.n) w->out->id = value;
    for (uint32_t i = 0; i < w->tag.n; i++) {
        const struct xml_attribute *x = &w->tag.v[i];
        if (view_eq(x->name, VIEW("extension"))) {
            TRY(push_attribute(w, f, x, f->name, role, SHAPE_ANY));
        } else if (view_eq(x->name, VIEW("root"))) {
            bool alone = (!view_trim(ext).n && !null.n) || ends_with_arc(x->text, ext);
            if (is_uuid(x->text))
                TRY(push_attribute(w, f, x, f->name, ROLE_LINK, SHAPE_UUID));
            else if (!hl7_is_oid(x->text))
                TRY(push_attribute(w, f, x, f->name, ROLE_TEXT, SHAPE_ANY));
            else if (alone && cda_role_of_root(x->text) == ROLE_NUMBER)
                TRY(push_attribute(w, f, x, f->name, ROLE_LINK, SHAPE_OID));
            else
                TRY(keep_attribute(w, x, false, true));
        } else if (!cda_is_structural(x->name) && !view_eq(x->name, VIEW("displayable"))) {
            TRY(push_attribute(w, f, x, x->name, ROLE_TEXT, SHAPE_ANY));
        }
    }
out:
    return e;
}

/* The attribute `value` of an element that is neither a time nor a telecommunication address. */
static err take_value(struct walk *w, const struct frame *f, const struct xml_attribute *x)
{
    view unit = xml_tag_get(&w->tag, VIEW("unit")), type = xml_tag_get(&w->tag, VIEW("xsi:type"));
    view kind = xml_local(type), v = view_trim(x->text);
    static const view times[] = { { "TS", 2 },      { "IVL_TS", 6 },  { "PIVL_TS", 7 },
                                  { "EIVL_TS", 7 }, { "SXCM_TS", 7 }, { "IVXB_TS", 7 } };
    for (size_t i = 0; i < COUNT_OF(times); i++)
        if (view_eq(kind, times[i])) return push_date(w, f, x, ROLE_DATE);
    if (view_eq(unit, VIEW("a")) && hl7_is_number(v))
        return push_attribute(w, f, x, f->name, ROLE_AGE, SHAPE_DIGITS);
    if (view_eq(v, VIEW("true")) || view_eq(v, VIEW("false"))) return OK;
    bool measured = unit.n || kind.n || v.n <= 6;
    if (hl7_is_number(v) && measured) return OK;
    if (is_full_date(v)) return push_date(w, f, x, ROLE_DATE);
    return push_attribute(w, f, x, f->name, ROLE_TEXT, SHAPE_ANY);
}

static err take_pointer(struct walk *w, const struct frame *f, const struct xml_attribute *x)
{
    if (x->text.n && x->text.p[0] == '#' && hl7_is_code(x->text, true)) return OK;
    if (view_starts(x->text, VIEW("http")) || view_starts(x->text, VIEW("ftp")))
        return push_attribute(w, f, x, f->name, ROLE_URL, SHAPE_URL);
    return push_attribute(w, f, x, f->name, ROLE_NUMBER, SHAPE_ANY); /* the name of a file */
}

/* An attribute of which the element says nothing. */
static err take_other(struct walk *w, const struct frame *f, const struct xml_attribute *x)
{
    bool coded = xml_tag_get(&w->tag, VIEW("codeSystem")).n > 0;
    view local = xml_local(x->name);
    if (cda_is_structural(x->name) && (view_starts(x->name, VIEW("xml")) || is_word_list(x->text)))
        return view_eq(x->name, VIEW("ID")) ? keep_attribute(w, x, false, true) : OK;
    if (view_eq(local, VIEW("code")) && hl7_is_code(x->text, coded))
        return keep_attribute(w, x, coded, false);
    if (view_eq(local, VIEW("codeSystem")) && (hl7_is_oid(x->text) || is_uuid(x->text)))
        return keep_attribute(w, x, false, true);
    if (coded && (view_eq(local, VIEW("displayName")) || view_eq(local, VIEW("codeSystemName")) ||
                  view_eq(local, VIEW("codeSystemVersion"))))
        return keep_attribute(w, x, true, false);
    return push_attribute(w, f, x, x->name, ROLE_TEXT, SHAPE_ANY);
}

static err take_attributes(struct walk *w, const struct frame *f)
{
    err e = OK;
    enum cda_class class = f->element->class;
    if (class == CDA_ID) return take_id(w, f);
    for (uint32_t i = 0; i < w->tag.n; i++) {
        const struct xml_attribute *x = &w->tag.v[i];
        bool is_value = view_eq(x->name, VIEW("value"));
        if (class == CDA_KEEP_ID && is_word_list(x->text))
            TRY(keep_attribute(w, x, true, true));
        else if (is_value && class == CDA_TELECOM)
            TRY(push_telecom(w, f, *x));
        else if (is_value && class == CDA_BIRTH)
            TRY(push_date(w, f, x, ROLE_BIRTH));
        else if (is_value && f->is_time && !xml_tag_get(&w->tag, VIEW("unit")).n)
            TRY(push_date(w, f, x, ROLE_DATE));
        else if (is_value && class == CDA_POINTER)
            TRY(take_pointer(w, f, x));
        else if (is_value)
            TRY(take_value(w, f, x));
        else
            TRY(take_other(w, f, x));
    }
out:
    return e;
}

/* ---- texts ---- */

/* What the text of an element is. */
static enum piece_role text_role(const struct frame *f)
{
    switch (f->element->class) {
    case CDA_ROLE: return f->element->role;
    case CDA_BINARY: return ROLE_NUMBER;
    case CDA_NAME: break;
    default: return ROLE_TEXT;
    }
    switch (f->scope) {
    case SCOPE_PERSON: return ROLE_NAME;
    case SCOPE_ORGANIZATION: return ROLE_ORGANIZATION;
    case SCOPE_PLACE: return ROLE_TOWN;
    default: return ROLE_TEXT;
    }
}

static err push_embedded(void *ctx, const struct piece *p)
{
    return push(ctx, *p);
}

/* Base64 that is no text is refused; white space and line ends in it are none of it. */
static err take_base64(struct walk *w, const struct frame *f, const struct piece *p)
{
    err e = OK;
    bool is_text = false;
    uint32_t end = p->base + offset_end(&p->map, (uint32_t)p->text.n);
    struct piece like = { .field = f->name, .role = ROLE_TEXT };
    view bytes;
    e = base64_decode(p->text, w->arena, &bytes);
    if (e == ERR_FORMAT) return DIAG_AT(w->diag, e, "broken base64", p->base, p->text.n);
    TRY(e);
    if (hl7_is_readable(bytes))
        TRY(embed_text(&w->embed, p->text, f->type, p->base, end - p->base, &like, &is_text,
                       w->diag));
    if (!is_text)
        return DIAG_AT(w->diag, ERR_UNSUPPORTED, "an embedded document that is no text", p->base,
                       p->text.n);
    w->out->embedded = w->embed.v;
    w->out->n_embedded = w->embed.n;
out:
    return e;
}

/* The text since the last one as a piece of frame f. */
static err flush(struct walk *w, const struct frame *f)
{
    err e = OK;
    struct piece p = blank_piece(w, f->name);
    p.spelling = w->has_literal ? SPELL_XML_MIXED : SPELL_XML_TEXT;
    w->has_literal = false;
    if (!xml_run_take(&w->run, &p)) return OK;
    if (!f->is_prose) p.role = text_role(f);
    if (p.role != ROLE_TEXT) p.who = f->who, p.person = f->person;
    if (p.role == ROLE_TEXT && f->is_base64 && !p.has_gaps) return take_base64(w, f, &p);
    if (p.role == ROLE_TEXT && (f->is_base64 || hl7_is_base64(p.text)))
        return DIAG_AT(w->diag, ERR_UNSUPPORTED, "an embedded document that is no text", p.base,
                       p.text.n);
    TRY(push(w, p));
out:
    return e;
}

/* The frame whose text it is: that around inline markup. */
static const struct frame *text_frame(const struct walk *w)
{
    uint32_t i = w->depth;
    while (i > 0 && w->frames[i].element->class == CDA_INLINE)
        i--;
    return &w->frames[i];
}

static bool is_space_at(const struct walk *w, uint32_t at)
{
    const char *p = w->bytes.p + at;
    if (w->unit == 1) return ascii_is_space(p[0]);
    bool little = w->encoding == ENC_UTF16LE;
    return p[little] == 0 && ascii_is_space(p[!little]);
}

/* A stretch of bytes that is one text: a comment, an instruction. What parts an instruction from its
 * name is not in it. */
static err push_literal(struct walk *w, uint32_t from, uint32_t to, view field)
{
    err e = OK;
    struct piece p = blank_piece(w, field);
    BUG_IF(from > to || to > w->bytes.n);
    while (from + w->unit <= to && is_space_at(w, from))
        from += w->unit;
    p.spelling = SPELL_XML_LITERAL;
    p.base = from;
    p.text = view_sub(w->bytes, from, to);
    if (w->encoding != ENC_UTF8)
        TRY(encoding_decode(w->encoding, p.text, w->arena, &p.text, &p.map, NULL));
    if (view_trim(p.text).n) TRY(push(w, p));
out:
    return e;
}

/* ---- elements ---- */

static void enter_scope(struct walk *w, struct frame *f, enum scope scope, enum piece_who who)
{
    bool same = scope == SCOPE_PERSON && f->scope == scope && f->who == who && f->person;
    if (same) return;
    f->scope = scope;
    f->who = who;
    f->person = scope == SCOPE_PERSON ? new_person(w) : 0;
    f->owner = (uint16_t)w->depth;
    f->names = 0;
}

static void enter_role_by_code(struct walk *w, struct frame *f)
{
    view code = xml_tag_get(&w->tag, VIEW("classCode"));
    enum piece_who who = cda_who_of_class(code, OF_UNKNOWN);
    bool is_associate = view_eq(f->name, VIEW("associatedEntity"));
    if (view_eq(code, VIEW("MANU")) || view_eq(code, VIEW("MMAT")))
        enter_scope(w, f, SCOPE_THING, OF_UNKNOWN);
    else if (view_eq(code, VIEW("SDLOC")))
        enter_scope(w, f, SCOPE_ORGANIZATION, OF_UNKNOWN);
    else if (who != OF_UNKNOWN || is_associate)
        enter_scope(w, f, SCOPE_PERSON, who);
    else
        enter_scope(w, f, SCOPE_NONE, OF_UNKNOWN);
    f->is_plan = who == OF_PATIENT || who == OF_HOUSEHOLD;
}

/* A second name of somebody is a name of its own. */
static void enter_name(struct walk *w, struct frame *f)
{
    struct frame *owner = &w->frames[f->owner];
    if (f->scope == SCOPE_PERSON && ++owner->names > 1) f->person = new_person(w);
}

static void enter(struct walk *w, struct frame *f)
{
    switch (f->element->class) {
    case CDA_PERSON: enter_scope(w, f, SCOPE_PERSON, f->element->who); break;
    case CDA_ROLE_BY_CODE: enter_role_by_code(w, f); break;
    case CDA_ORGANIZATION: enter_scope(w, f, SCOPE_ORGANIZATION, OF_UNKNOWN); break;
    case CDA_THING: enter_scope(w, f, SCOPE_THING, OF_UNKNOWN); break;
    case CDA_PLACE: enter_scope(w, f, SCOPE_PLACE, f->who); break;
    case CDA_NAME: enter_name(w, f); break;
    case CDA_PROSE: f->is_prose = true; break;
    default: break;
    }
    if (f->element->class == CDA_TIME || f->element->class == CDA_BIRTH) f->is_time = true;
    f->is_base64 = view_eq_nocase(xml_tag_get(&w->tag, VIEW("representation")), VIEW("B64"));
    f->type = xml_tag_get(&w->tag, VIEW("mediaType"));
}

static void XMLCALL on_start(void *ctx, const XML_Char *name, const XML_Char **atts)
{
    (void)name, (void)atts;
    struct walk *w = ctx;
    err e = OK;
    if (w->depth == DEPTH_MAX) {
        stop(w, DIAG_AT(w->diag, ERR_LIMIT, "XML nested too deeply", event_at(w), 0));
        return;
    }
    TRY(xml_tag_read(w->bytes, event_at(w), event_end(w), w->encoding, w->arena, &w->tag));
    const struct frame *around = &w->frames[w->depth];
    struct frame f = *around; /* what is around it holds for it */
    f.name = xml_local(w->tag.name);
    f.element = cda_element_find(f.name);
    f.is_base64 = false;
    bool is_inline = f.element->class == CDA_INLINE;
    if (around->is_prose)
        xml_run_break(&w->run, is_inline ? 0 : '\n');
    else if (!is_inline)
        TRY(flush(w, text_frame(w)));
    w->frames[++w->depth] = f;
    enter(w, &w->frames[w->depth]);
    TRY(take_attributes(w, &w->frames[w->depth]));
out:
    if (e == ERR_LIMIT) DIAG_AT(w->diag, e, "a tag with too many attributes", event_at(w), 0);
    stop(w, e);
}

static void XMLCALL on_end(void *ctx, const XML_Char *name)
{
    (void)name;
    struct walk *w = ctx;
    err e = OK;
    const struct frame *f = &w->frames[w->depth], *around = f - 1;
    if (!w->depth) return;
    if (around->is_prose)
        xml_run_break(&w->run, f->element->class == CDA_INLINE ? 0 : '\n');
    else if (f->element->class != CDA_INLINE || w->depth == 1)
        e = flush(w, f);
    w->depth--;
    stop(w, e);
}

static void XMLCALL on_text(void *ctx, const XML_Char *s, int len)
{
    struct walk *w = ctx;
    view text = { s, (size_t)len };
    uint32_t from = event_at(w), to = event_end(w);
    size_t first = w->encoding == ENC_UTF16BE ? from + 1 : from;
    bool is_entity = !w->in_cdata && first < w->bytes.n && w->bytes.p[first] == '&';
    bool is_line_end = len == 1 && s[0] == '\n' && to - from > w->unit;
    w->has_literal |= w->in_cdata;
    stop(w, xml_run_add(&w->run, text, from, to, is_entity || is_line_end));
}

static void XMLCALL on_cdata(void *ctx)
{
    ((struct walk *)ctx)->in_cdata = true;
}

static void XMLCALL on_cdata_end(void *ctx)
{
    ((struct walk *)ctx)->in_cdata = false;
}

static void XMLCALL on_comment(void *ctx, const XML_Char *data)
{
    (void)data;
    struct walk *w = ctx;
    stop(w, push_literal(w, event_at(w) + 4 * w->unit, event_end(w) - 3 * w->unit, VIEW("")));
}

static void XMLCALL on_instruction(void *ctx, const XML_Char *target, const XML_Char *data)
{
    (void)data;
    struct walk *w = ctx;
    uint32_t skip = (uint32_t)(2 + utf8_count(view_of_str(target))) * w->unit;
    stop(w, push_literal(w, event_at(w) + skip, event_end(w) - 2 * w->unit, VIEW("")));
}

static void XMLCALL on_declaration(void *ctx, const XML_Char *version, const XML_Char *encoding,
                                   int standalone)
{
    (void)version, (void)standalone;
    struct walk *w = ctx;
    enum encoding enc = ENC_UTF8;
    if (!encoding || w->unit == 2) return; /* UTF-16 shows in the bytes */
    if (view_eq_nocase(view_of_str(encoding), VIEW("iso-8859-1")))
        enc = ENC_LATIN1;
    else if (view_eq_nocase(view_of_str(encoding), VIEW("windows-1252")))
        enc = ENC_WINDOWS1252;
    w->encoding = enc;
    w->run.encoding = enc;
}

static void XMLCALL on_doctype(void *ctx, const XML_Char *name, const XML_Char *system_id,
                               const XML_Char *public_id, int has_internal)
{
    (void)name, (void)system_id, (void)public_id, (void)has_internal;
    struct walk *w = ctx;
    stop(w, DIAG_AT(w->diag, ERR_UNSUPPORTED, "a document type declaration", event_at(w), 0));
}

/* The one single-byte set that expat does not know and hospitals use. */
static int XMLCALL on_unknown_encoding(void *ctx, const XML_Char *name, XML_Encoding *info)
{
    (void)ctx;
    if (!view_eq_nocase(view_of_str(name), VIEW("windows-1252"))) return XML_STATUS_ERROR;
    for (int c = 0; c < 256; c++) {
        char byte = (char)c, utf8[8];
        struct arena a;
        struct offset_map map;
        view text;
        arena_init(&a, 4096);
        err e = c ? encoding_decode(ENC_WINDOWS1252, view_of(&byte, 1), &a, &text, &map, NULL) : OK;
        size_t at = 0;
        if (c && !e) memcpy(utf8, text.p, text.n);
        info->map[c] = e ? -1 : c ? (int)utf8_next(view_of(utf8, text.n), &at) : 0;
        arena_clear(&a);
    }
    info->data = NULL;
    info->convert = NULL;
    info->release = NULL;
    return XML_STATUS_OK;
}

static void set_handlers(struct walk *w)
{
    XML_SetUserData(w->parser, w);
    XML_SetElementHandler(w->parser, on_start, on_end);
    XML_SetCharacterDataHandler(w->parser, on_text);
    XML_SetCdataSectionHandler(w->parser, on_cdata, on_cdata_end);
    XML_SetCommentHandler(w->parser, on_comment);
    XML_SetProcessingInstructionHandler(w->parser, on_instruction);
    XML_SetXmlDeclHandler(w->parser, on_declaration);
    XML_SetStartDoctypeDeclHandler(w->parser, on_doctype);
    XML_SetUnknownEncodingHandler(w->parser, on_unknown_encoding, w);
}

/* Why expat stopped, as one of our errors. */
static err parser_error(struct walk *w)
{
    enum XML_Error code = XML_GetErrorCode(w->parser);
    uint64_t at = (uint64_t)XML_GetCurrentByteIndex(w->parser);
    if (w->e) return DIAG(w->diag, w->e, "an XML document could not be taken apart");
    if (code == XML_ERROR_NO_MEMORY)
        return DIAG(w->diag, ERR_MEMORY, "no room for an XML document");
    if (code == XML_ERROR_UNKNOWN_ENCODING)
        return DIAG(w->diag, ERR_UNSUPPORTED, "a character set that can't be read");
    if (code == XML_ERROR_UNDEFINED_ENTITY)
        return DIAG_AT(w->diag, ERR_FORMAT, "an entity that XML does not have", at, 0);
    return DIAG_AT(w->diag, ERR_FORMAT, "not well-formed XML", MIN(at, w->bytes.n), 0);
}

/* As expat guesses it; a declaration may then tell which single-byte set it is. */
static enum encoding first_encoding(view v)
{
    if (v.n < 2) return ENC_UTF8;
    if (view_starts(v, VIEW("\xFF\xFE")) || v.p[1] == 0) return ENC_UTF16LE;
    if (view_starts(v, VIEW("\xFE\xFF")) || v.p[0] == 0) return ENC_UTF16BE;
    return ENC_UTF8;
}

err cda_walk(view bytes, struct arena *a, struct record *out, struct diag *d)
{
    err e = OK;
    static const XML_Memory_Handling_Suite heap = { mem_alloc, mem_resize, mem_free };
    if (bytes.n > INT32_MAX / 4) return DIAG(d, ERR_LIMIT, "an XML document over 512 MB");
    struct walk *w = arena_alloc(a, sizeof *w);
    if (!w) return ERR_MEMORY;
    memset(w, 0, offsetof(struct walk, frames));
    w->out = out;
    w->arena = a;
    w->embed = (struct embed){ .arena = a, .push = push_embedded, .ctx = w };
    w->diag = d;
    w->bytes = bytes;
    w->encoding = first_encoding(bytes);
    w->unit = w->encoding == ENC_UTF8 ? 1 : 2;
    w->frames[0] = (struct frame){ .element = cda_element_find(VIEW("")), .name = VIEW("") };
    xml_run_init(&w->run, bytes, w->encoding, a);
    w->parser = XML_ParserCreate_MM(NULL, &heap, NULL);
    if (!w->parser) return DIAG(d, ERR_MEMORY, "no room for an XML parser");
    set_handlers(w);
    if (XML_Parse(w->parser, bytes.p, (int)bytes.n, XML_TRUE) != XML_STATUS_OK) e = parser_error(w);
    XML_ParserFree(w->parser);
    return e;
}
