#include "format/embed.h"

#include "format/base64.h"
#include "format/format_options.h"
#include "format/formats.h"
#include "format/hl7_value.h"
#include "format/markup.h"
#include "format/not_plain.h"
#include "format/reader.h"
#include "text/utf8.h"

enum { HEAD_MAX = 4096, TABLE_HEAD_MAX = 1 << 16, FIRST_ROWS = 8 };

/* ---- tables ---- */

static err add(struct embed *x, struct embedded new)
{
    struct embedded *v = arena_more(x->arena, x->v, sizeof *v, x->n, &x->cap, FIRST_ROWS);
    if (!v) return ERR_MEMORY;
    x->v = v;
    x->v[x->n++] = new;
    return OK;
}

static err add_derived(struct embed *x, struct derived new)
{
    struct derived *v =
        arena_more(x->arena, x->derived, sizeof *v, x->n_derived, &x->derived_cap, FIRST_ROWS);
    if (!v) return ERR_MEMORY;
    x->derived = v;
    x->derived[x->n_derived++] = new;
    return OK;
}

err embed_derive(struct embed *x, uint32_t of, enum derived_kind kind, uint32_t base,
                 uint32_t length)
{
    BUG_IF(of >= x->n);
    return add_derived(x, (struct derived){ base, length, of, kind });
}

/* ---- content types ---- */

static bool contains(view v, const char *part)
{
    view p = view_of_str(part);
    for (size_t i = 0; i + p.n <= v.n; i++)
        if (view_eq_nocase(view_sub(v, i, i + p.n), p)) return true;
    return false;
}

enum content {
    CONTENT_OTHER,
    CONTENT_PLAIN,
    CONTENT_HTML,
    CONTENT_XML,
    CONTENT_RECORD,
    CONTENT_TABLE,
};

/* text/rtf is commands with text between them, which is another format. */
static enum content content_of(view type)
{
    view name = view_trim(view_sub(type, 0, view_find_byte(type, 0, ';')));
    if (contains(name, "rtf")) return CONTENT_OTHER;
    if (contains(name, "json") || contains(name, "hl7")) return CONTENT_RECORD;
    if (contains(name, "csv") || contains(name, "tab-separated")) return CONTENT_TABLE;
    if (contains(name, "html")) return CONTENT_HTML;
    if (contains(name, "xml")) return CONTENT_XML;
    if (!name.n || contains(name, "text/")) return CONTENT_PLAIN;
    return CONTENT_OTHER;
}

/* False: a character set is named that can't be read. */
static bool charset_of(view type, enum encoding *out)
{
    static const char cue[] = "charset=";
    *out = ENC_AUTO;
    for (size_t i = 0; i + sizeof cue - 1 <= type.n; i++) {
        if (!view_eq_nocase(view_sub(type, i, i + sizeof cue - 1), view_of_str(cue))) continue;
        size_t from = i + sizeof cue - 1;
        view name = view_trim(view_sub(type, from, view_find_byte(type, from, ';')));
        if (name.n > 1 && name.p[0] == '"') name = view_sub(name, 1, name.n - 1);
        if (view_eq_nocase(name, VIEW("us-ascii")) || view_eq_nocase(name, VIEW("utf-16")))
            continue; /* its bytes tell */
        if (!encoding_from_name(name, out)) return false;
    }
    return true;
}

/* ---- what is inside ---- */

struct inside {
    struct embed *x;
    const struct piece *like;
    uint32_t number; /* as in struct piece */
    view bytes;
    enum encoding enc;
    view text; /* decoded, its own map */
    struct offset_map map;
};

static err push_plain(struct inside *in)
{
    struct piece p = *in->like;
    p.text = in->text;
    p.map = in->map;
    p.base = 0;
    p.spelling = SPELL_PLAIN;
    p.encoding = in->enc;
    p.inside = in->number;
    return in->x->push(in->x->ctx, &p);
}

static err push_markup(struct inside *in)
{
    err e = OK;
    struct markup m;
    struct piece p = *in->like;
    TRY(markup_read(in->text, &in->map, in->x->arena, &m));
    p.text = m.text;
    p.map = m.map;
    p.base = 0;
    p.spelling = SPELL_XML_TEXT;
    p.encoding = in->enc;
    p.inside = in->number;
    p.has_gaps = true;
    TRY(in->x->push(in->x->ctx, &p));
    p.has_gaps = false;
    for (uint32_t i = 0; i < m.n; i++) {
        p.text = m.values[i].text;
        p.map = m.values[i].map;
        p.field = m.values[i].name;
        p.spelling = p.field.n ? SPELL_XML_ATTRIBUTE : SPELL_XML_LITERAL;
        TRY(in->x->push(in->x->ctx, &p));
    }
out:
    return e;
}

/* The pieces of a record of another format, which lies at `at` of the bytes. */
static err adopt(struct inside *in, const struct record *r, size_t at)
{
    err e = OK;
    struct embed *x = in->x;
    uint32_t before = x->n;
    for (uint32_t i = 0; i < r->n_embedded; i++) {
        struct embedded new = r->embedded[i];
        if (!new.inside) new.base += (uint32_t)at;
        new.inside = new.inside ? new.inside + before : in->number;
        TRY(add(x, new));
    }
    for (uint32_t i = 0; i < r->n_derived; i++) {
        struct derived new = r->derived[i];
        if (!r->embedded[new.of].inside) new.base += (uint32_t)at;
        new.of += before;
        TRY(add_derived(x, new));
    }
    for (uint32_t i = 0; i < r->n; i++) {
        struct piece p = r->pieces[i];
        if (!p.inside) p.base += (uint32_t)at;
        p.inside = p.inside ? p.inside + before : in->number;
        p.patient = p.patient.n ? p.patient : r->patient.n ? r->patient : in->like->patient;
        TRY(x->push(x->ctx, &p));
    }
out:
    return e;
}

static bool is_fhir(const struct format *f)
{
    return f == &format_fhir || f == &format_fhir_lines;
}

/* Messages with marks of their own each can't lie in one. */
static bool take_marks(struct embedded *x, view marks)
{
    if (!x->marks.n) x->marks = marks;
    return !marks.n || view_eq(x->marks, marks);
}

static err push_records(struct inside *in, const struct format *f, struct diag *d)
{
    static const struct format_options nothing_said = { 0 };
    err e = OK;
    const struct format *with = is_fhir(f) ? in->x->fhir : f;
    if (!with) return DIAG(d, ERR_LIMIT, "attachments nested too deeply");
    if (f->open && !f->opens_bare && !is_fhir(f)) { /* a table's dialect and columns */
        view head = view_sub(in->bytes, 0, TABLE_HEAD_MAX);
        TRY(f->open(f, &nothing_said, head, in->x->arena, &with, d));
        f = with;
    }
    for (size_t pos = 0; pos < in->bytes.n;) {
        struct record r;
        size_t at = pos;
        view bytes = reader_record(f, in->bytes, &pos);
        TRY(format_decode(with, bytes, in->enc, in->x->arena, &r, d));
        if (!take_marks(&in->x->v[in->number - 1], r.marks))
            return DIAG(d, ERR_UNSUPPORTED, "messages with other separators than the first");
        TRY(adopt(in, &r, at));
    }
out:
    return e;
}

/* The format whose records are in it; text when it is one text. A note may look like a table, so that it is one only
 * where somebody says so. */
static const struct format *format_inside(const struct inside *in, enum content content)
{
    const struct format *f = format_sniff(view_sub(in->bytes, 0, HEAD_MAX));
    bool is_table = f == &format_csv || f == &format_tsv;
    bool may_be = content == CONTENT_HTML ? is_fhir(f) : !is_table || content == CONTENT_TABLE;
    return may_be ? f : &format_text;
}

static err push_inside(struct inside *in, const struct format *f, bool is_markup, struct diag *d)
{
    if (f != &format_text) return push_records(in, f, d);
    return is_markup ? push_markup(in) : push_plain(in);
}

static bool begins_like_no_text(view bytes)
{
    static const view heads[] = {
        { "%PDF", 4 }, { "{\\rtf", 5 },       { "PK\3\4", 4 },           { "\x1F\x8B", 2 },
        { "GIF8", 4 }, { "\xFF\xD8\xFF", 3 }, { "\x28\xB5\x2F\xFD", 4 },
    };
    for (size_t i = 0; i < COUNT_OF(heads); i++)
        if (view_starts(bytes, heads[i])) return true;
    return false;
}

/* Control characters, which no text has. */
static bool has_controls(view text)
{
    for (size_t i = 0; i < text.n; i++)
        if ((unsigned char)text.p[i] < 0x20 && !ascii_is_space(text.p[i])) return true;
    return false;
}

/* in->enc: as the type says, if the bytes can be that. UTF-16 with a blank or a line end has zeros, and what is UTF-8
 * is no other set by chance. False when nobody can tell. */
static bool settle_encoding(struct inside *in)
{
    const view bytes = in->bytes;
    bool is_wide = in->enc == ENC_UTF16LE || in->enc == ENC_UTF16BE;
    bool is_utf8 = utf8_bad_at(bytes) == bytes.n,
         has_zeros = view_find_byte(bytes, 0, '\0') < bytes.n;
    if (is_wide && has_zeros) return true;
    if (in->enc == ENC_AUTO || is_utf8) return !encoding_guess(bytes, &in->enc, NULL);
    return !is_wide;
}

/* Is it all read where it stands, as one text or between tags? Base64 once more is not. */
static err is_all_read(const struct inside *in, bool is_markup, bool *yes)
{
    err e = is_markup ? OK : not_plain_check(in->bytes, in->enc, NULL);
    *yes = !e && !hl7_is_base64(in->text) && !(is_markup && not_plain_hides(in->text));
    return e == ERR_UNSUPPORTED ? OK : e;
}

err embed_text(struct embed *x, view text, view type, uint32_t base, uint32_t length,
               const struct piece *like, enum embed_kind *kind, struct diag *d)
{
    err e = OK;
    struct inside in = { .x = x, .like = like, .number = x->n + 1 };
    enum content content = content_of(type);
    *kind = EMBED_BROKEN;
    e = base64_decode(text, x->arena, &in.bytes);
    if (e == ERR_FORMAT) return OK;
    TRY(e);
    *kind = EMBED_OTHER;
    if (content == CONTENT_OTHER || begins_like_no_text(in.bytes)) return OK;
    if (!charset_of(type, &in.enc) || !settle_encoding(&in)) return OK;
    e = encoding_decode(in.enc, in.bytes, x->arena, &in.text, &in.map, NULL);
    if (e == ERR_ENCODING) return OK; /* not what its type says */
    TRY(e);
    if (has_controls(in.text)) return OK;
    const struct format *f = format_inside(&in, content);
    bool is_markup =
             content == CONTENT_XML || content == CONTENT_HTML || not_plain_is_html(in.text),
         is_read = true;
    if (f == &format_text) TRY(is_all_read(&in, is_markup, &is_read));
    if (!is_read) return OK;
    TRY(add(x, (struct embedded){ .bytes = in.bytes, .base = base, .length = length }));
    struct diag within = { 0 };
    e = push_inside(&in, f, is_markup, &within);
    if (e && e != ERR_MEMORY) e = DIAG_AT(d, e, "what is in base64 is broken", base, length);
    *kind = EMBED_TEXT;
out:
    return e;
}

err embed_whole(struct embed *x, view text, uint32_t base, uint32_t length,
                const struct piece *like)
{
    err e = OK;
    struct piece p = *like;
    TRY(add(x, (struct embedded){ .bytes = text, .base = base, .length = length }));
    p.text = text;
    p.map = (struct offset_map){ 0 };
    p.base = 0;
    p.role = ROLE_BIOMETRIC;
    p.shape = SHAPE_ANY;
    p.spelling = SPELL_PLAIN;
    p.encoding = ENC_UTF8;
    p.inside = x->n;
    TRY(x->push(x->ctx, &p));
out:
    return e;
}
