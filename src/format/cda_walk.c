/* format/cda_walk.c — expat's events into pieces.
 *
 * Outside of prose each element's text is a value of its own. Inside of prose (section text, titles,
 * original text) all text up to the end of the outermost element is one text, with a line end where
 * anything but inline markup stands. Comments and processing instructions are prose of their own.
 */
#include "format/cda_inside.h"
#include "format/formats.h"
#include "text/age_unit.h"
#include "text/utf8.h"

enum { PERSONS_MAX = 65000 };

err cda_push(struct cda_walk *w, struct piece piece)
{
    return format_push(w->arena, &w->out->pieces, &w->out->n, &w->cap, &piece);
}

static uint16_t new_person(struct cda_walk *w)
{
    return w->persons < PERSONS_MAX ? ++w->persons : 0;
}

static uint32_t event_at(const struct cda_walk *w)
{
    return (uint32_t)XML_GetCurrentByteIndex(w->parser);
}

static uint32_t event_end(const struct cda_walk *w)
{
    return event_at(w) + (uint32_t)XML_GetCurrentByteCount(w->parser);
}

static void stop(struct cda_walk *w, err e)
{
    if (!e || w->e) return;
    w->e = e;
    (void)XML_StopParser(w->parser, XML_FALSE);
}

/* ---- elements ---- */

static void enter_scope(struct cda_walk *w, struct cda_frame *f, enum cda_scope scope,
                        enum piece_who who)
{
    bool same = scope == SCOPE_PERSON && f->scope == scope && f->who == who && f->person;
    if (same) return;
    f->scope = scope;
    f->who = who;
    f->person = scope == SCOPE_PERSON ? new_person(w) : 0;
    f->owner = (uint16_t)w->depth;
    f->names = 0;
}

static void enter_role_by_code(struct cda_walk *w, struct cda_frame *f)
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
static void enter_name(struct cda_walk *w, struct cda_frame *f)
{
    struct cda_frame *owner = &w->frames[f->owner];
    if (f->scope == SCOPE_PERSON && ++owner->names > 1) f->person = new_person(w);
}

/* The content type, and where it stands. */
static view enter_type(struct cda_walk *w, struct cda_frame *f)
{
    f->type_length = 0;
    for (uint32_t i = 0; i < w->tag.n; i++) {
        const struct xml_attribute *x = &w->tag.v[i];
        if (!view_eq(x->name, VIEW("mediaType"))) continue;
        f->type_at = x->base + offset_start(&x->map, 0);
        f->type_length = x->base + offset_end(&x->map, (uint32_t)x->text.n) - f->type_at;
        return x->text;
    }
    return (view){ "", 0 };
}

/* The code of an observation, or a translation of it, says that its value is an age: known to all that follows. */
static void enter_code(struct cda_walk *w)
{
    bool is_translation = view_eq(w->frames[w->depth].name, VIEW("translation"));
    if (!age_is_code(xml_tag_get(&w->tag, VIEW("code"))) &&
        !age_is_label(xml_tag_get(&w->tag, VIEW("displayName"))))
        return;
    uint32_t up = is_translation ? 2 : 1;
    if (w->depth <= up) return;
    struct cda_frame *of = &w->frames[w->depth - up];
    of->is_age |= view_eq(of->name, VIEW("observation"));
}

static void enter(struct cda_walk *w, struct cda_frame *f)
{
    if (view_eq(f->name, VIEW("observation"))) f->is_age = false;
    if (view_eq(f->name, VIEW("code")) || view_eq(f->name, VIEW("translation"))) enter_code(w);
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
    if (f->is_base64)
        f->is_prose = false; /* what stands behind it, as a reference, is none of it */
    f->type = enter_type(w, f);
    f->is_packed = xml_tag_get(&w->tag, VIEW("compression")).n > 0;
}

/* ---- events ---- */

/* The frame whose text it is: that around inline markup. */
static const struct cda_frame *text_frame(const struct cda_walk *w)
{
    uint32_t i = w->depth;
    while (i > 0 && w->frames[i].element->class == CDA_INLINE)
        i--;
    return &w->frames[i];
}

static void XMLCALL on_start(void *ctx, const XML_Char *name, const XML_Char **atts)
{
    (void)name, (void)atts;
    struct cda_walk *w = ctx;
    err e = OK;
    if (w->depth == CDA_DEPTH_MAX) {
        stop(w, DIAG_AT(w->diag, ERR_LIMIT, "XML nested too deeply", event_at(w), 0));
        return;
    }
    TRY(xml_tag_read(w->bytes, event_at(w), event_end(w), w->encoding, w->arena, &w->tag));
    const struct cda_frame *around = &w->frames[w->depth];
    struct cda_frame f = *around; /* what is around it holds for it */
    f.name = xml_local(w->tag.name);
    f.element = cda_element_find(f.name);
    f.is_base64 = false;
    bool is_inline = f.element->class == CDA_INLINE;
    if (around->is_prose)
        xml_run_break(&w->run, is_inline ? 0 : '\n');
    else if (!is_inline)
        TRY(cda_flush(w, text_frame(w)));
    w->frames[++w->depth] = f;
    enter(w, &w->frames[w->depth]);
    TRY(cda_take_attributes(w, &w->frames[w->depth]));
out:
    if (e == ERR_LIMIT) DIAG_AT(w->diag, e, "a tag with too many attributes", event_at(w), 0);
    stop(w, e);
}

static void XMLCALL on_end(void *ctx, const XML_Char *name)
{
    (void)name;
    struct cda_walk *w = ctx;
    err e = OK;
    const struct cda_frame *f = &w->frames[w->depth], *around = f - 1;
    if (!w->depth) return;
    if (around->is_prose)
        xml_run_break(&w->run, f->element->class == CDA_INLINE ? 0 : '\n');
    else if (f->element->class != CDA_INLINE || w->depth == 1)
        e = cda_flush(w, f);
    w->depth--;
    stop(w, e);
}

static void XMLCALL on_text(void *ctx, const XML_Char *s, int len)
{
    struct cda_walk *w = ctx;
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
    ((struct cda_walk *)ctx)->in_cdata = true;
}

static void XMLCALL on_cdata_end(void *ctx)
{
    ((struct cda_walk *)ctx)->in_cdata = false;
}

static void XMLCALL on_comment(void *ctx, const XML_Char *data)
{
    (void)data;
    struct cda_walk *w = ctx;
    stop(w, cda_push_literal(w, event_at(w) + 4 * w->unit, event_end(w) - 3 * w->unit, VIEW("")));
}

static void XMLCALL on_instruction(void *ctx, const XML_Char *target, const XML_Char *data)
{
    (void)data;
    struct cda_walk *w = ctx;
    uint32_t skip = (uint32_t)(2 + utf8_count(view_of_str(target))) * w->unit;
    stop(w, cda_push_literal(w, event_at(w) + skip, event_end(w) - 2 * w->unit, VIEW("")));
}

static void XMLCALL on_declaration(void *ctx, const XML_Char *version, const XML_Char *encoding,
                                   int standalone)
{
    (void)version, (void)standalone;
    struct cda_walk *w = ctx;
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
    struct cda_walk *w = ctx;
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

static void set_handlers(struct cda_walk *w)
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
static err parser_error(struct cda_walk *w)
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

err cda_walk(view bytes, bool drops_attachments, struct arena *a, struct record *out,
             struct diag *d)
{
    err e = OK;
    static const XML_Memory_Handling_Suite heap = { mem_alloc, mem_resize, mem_free };
    if (bytes.n > INT32_MAX / 4) return DIAG(d, ERR_LIMIT, "an XML document over 512 MB");
    struct cda_walk *w = arena_alloc(a, sizeof *w);
    if (!w) return ERR_MEMORY;
    memset(w, 0, offsetof(struct cda_walk, frames));
    w->out = out;
    w->arena = a;
    w->embed =
        (struct embed){ .arena = a, .fhir = &format_fhir, .push = cda_push_embedded, .ctx = w };
    w->drops_attachments = drops_attachments;
    w->diag = d;
    w->bytes = bytes;
    w->encoding = first_encoding(bytes);
    w->unit = w->encoding == ENC_UTF8 ? 1 : 2;
    w->frames[0] = (struct cda_frame){ .element = cda_element_find(VIEW("")), .name = VIEW("") };
    xml_run_init(&w->run, bytes, w->encoding, a);
    w->parser = XML_ParserCreate_MM(NULL, &heap, NULL);
    if (!w->parser) return DIAG(d, ERR_MEMORY, "no room for an XML parser");
    set_handlers(w);
    if (XML_Parse(w->parser, bytes.p, (int)bytes.n, XML_TRUE) != XML_STATUS_OK) e = parser_error(w);
    XML_ParserFree(w->parser);
    return e;
}
