#include "format/spell.h"

#include "format/json.h"
#include "text/utf8.h"

/* `c` as markup writes it, "" when it stands for itself. */
static view xml_entity(enum piece_spelling s, char c)
{
    switch (c) {
    case '&': return VIEW("&amp;");
    case '<': return VIEW("&lt;");
    case '>': return VIEW("&gt;");
    case '"': return s == SPELL_XML_ATTRIBUTE ? VIEW("&quot;") : VIEW("");
    case '\'': return s == SPELL_XML_ATTRIBUTE ? VIEW("&apos;") : VIEW("");
    case '\t': return s == SPELL_XML_ATTRIBUTE ? VIEW("&#9;") : VIEW("");
    case '\n': return s == SPELL_XML_ATTRIBUTE ? VIEW("&#10;") : VIEW("");
    case '\r': return VIEW("&#13;");
    default: return VIEW("");
    }
}

/* A character that the encoding lacks has a number. */
static err spell_by_number(enum encoding enc, uint32_t cp, struct buf *out)
{
    char digits[16];
    size_t at = sizeof digits;
    digits[--at] = ';';
    for (; cp; cp /= 10)
        digits[--at] = (char)('0' + cp % 10);
    digits[--at] = '#';
    digits[--at] = '&';
    return encoding_encode(enc, view_of(digits + at, sizeof digits - at), out);
}

/* What XML 1.0 has no way to write, not by number either (2.2). */
static bool is_no_xml_char(uint32_t cp)
{
    return (cp < 0x20 && cp != '\t' && cp != '\n' && cp != '\r') || cp == 0xFFFE || cp == 0xFFFF;
}

/* Would it end a comment or an instruction, or be half of what does? */
static bool ends_literal(view v)
{
    static const char marks[] = "-?]";
    for (size_t i = 0; i < v.n; i++)
        if ((v.p[i] == '>' && i > 0 && strchr(marks, v.p[i - 1])) ||
            (v.p[i] == '-' && i > 0 && v.p[i - 1] == '-'))
            return true;
    return v.n && (v.p[0] == '-' || v.p[0] == '>' || v.p[v.n - 1] == '-');
}

static err spell_xml(const struct piece *p, enum piece_spelling spelling, view with,
                     struct buf *out)
{
    err e = OK;
    if (spelling == SPELL_XML_LITERAL && ends_literal(with)) return ERR_ENCODING;
    for (size_t i = 0; i < with.n;) {
        size_t from = i;
        uint32_t cp = utf8_next(with, &i);
        view entity = cp < 0x80 ? xml_entity(spelling, (char)cp) : VIEW("");
        if (is_no_xml_char(cp)) return ERR_ENCODING;
        if (spelling == SPELL_XML_LITERAL || spelling == SPELL_XML_MIXED) {
            bool is_markup = cp == '&' || cp == '<' || cp == '>';
            if (spelling == SPELL_XML_MIXED && is_markup) return ERR_ENCODING;
            TRY(encoding_encode(p->encoding, view_sub(with, from, i), out));
            continue;
        }
        e = encoding_encode(p->encoding, entity.n ? entity : view_sub(with, from, i), out);
        if (e == ERR_ENCODING) e = spell_by_number(p->encoding, cp, out);
        TRY(e);
    }
out:
    return e;
}

/* Markup in a JSON string. */
static err spell_json_xml(const struct piece *p, enum piece_spelling spelling, view with,
                          struct buf *out)
{
    err e = OK;
    struct buf markup;
    buf_init(&markup, out->max);
    TRY(spell_xml(p, spelling, with, &markup));
    TRY(json_escape(buf_view(&markup), out));
out:
    buf_clear(&markup);
    return e;
}

/* In the order of MSH: what the separator with this index is called between escape marks. */
static const char hl7_letters[] = { 'F', 'S', 'R', 'E', 'T', 'P' };
enum { HL7_ESCAPE = 3 };

/* The name of an escape for c, which `out` gets between escape marks; "" when c stands for itself. */
static view hl7_escape_of(view marks, char c, char hex[3])
{
    static const char digits[] = "0123456789ABCDEF";
    unsigned char byte = (unsigned char)c;
    for (size_t i = 0; i < MIN(marks.n, sizeof hl7_letters); i++)
        if (marks.p[i] == c) return view_of(&hl7_letters[i], 1);
    if (c == '\n') return VIEW(".br");
    if (byte >= 0x20) return VIEW("");
    hex[0] = 'X', hex[1] = digits[byte >> 4], hex[2] = digits[byte & 15];
    return view_of(hex, 3);
}

static err spell_hl7(const struct record *r, const struct piece *p, view with, struct buf *out)
{
    err e = OK;
    size_t done = 0;
    char hex[3];
    const view marks = p->inside ? r->embedded[p->inside - 1].marks : r->marks;
    for (size_t i = 0; i < with.n; i++) {
        view name = hl7_escape_of(marks, with.p[i], hex);
        if (!name.n) continue;
        if (marks.n <= HL7_ESCAPE) return ERR_ENCODING; /* the message declares no escape */
        TRY(encoding_encode(p->encoding, view_sub(with, done, i), out));
        TRY(buf_add_char(out, marks.p[HL7_ESCAPE]));
        TRY(buf_add(out, name));
        TRY(buf_add_char(out, marks.p[HL7_ESCAPE]));
        done = i + 1;
    }
    TRY(encoding_encode(p->encoding, view_sub(with, done, with.n), out));
out:
    return e;
}

err spell(const struct record *r, const struct piece *p, view with, struct buf *out)
{
    switch (p->spelling) {
    case SPELL_JSON_STRING: return json_escape(with, out);
    case SPELL_HL7: return spell_hl7(r, p, with, out);
    case SPELL_XML_TEXT:
    case SPELL_XML_ATTRIBUTE:
    case SPELL_XML_LITERAL:
    case SPELL_XML_MIXED: return spell_xml(p, p->spelling, with, out);
    case SPELL_JSON_XML_TEXT: return spell_json_xml(p, SPELL_XML_TEXT, with, out);
    case SPELL_JSON_XML_ATTRIBUTE: return spell_json_xml(p, SPELL_XML_ATTRIBUTE, with, out);
    case SPELL_JSON_XML_LITERAL: return spell_json_xml(p, SPELL_XML_LITERAL, with, out);
    default: return encoding_encode(p->encoding, with, out);
    }
}
