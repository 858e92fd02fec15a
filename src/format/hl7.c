/* format/hl7.c — HL7 v2 messages (2.1 to 2.8) in files and feeds.
 *
 *      bytes    BOM? ( 0x0B? message ( 0x1C 0x0D )? | FHS… | BHS… | BTS… | FTS… )*
 *      message  MSH|^~\&|… CR segment CR …        line ends CR, LF, CRLF, also mixed
 *
 * A record is a message with its frame and the blank lines behind it; each segment of a batch's envelope
 * is a record of its own. Where segments end with carriage returns, a line feed alone in a field of
 * prose is a part of it. Anything else that is no segment makes the message malformed.
 * Sources: HL7 v2.8 chapter 2; MLLP R1.
 */
#include "format/attachment_options.h"
#include "format/format_options.h"
#include "format/formats.h"
#include "format/hl7_walk.h"
#include "text/scan.h"
#include "text/utf8.h"

enum { FRAME_START = 0x0B, FRAME_END = 0x1C, MARKS_MAX = 5 };

static const view bom = { "\xEF\xBB\xBF", 3 };

static bool is_blank(char c)
{
    return c == '\r' || c == '\n' || c == ' ' || c == '\t';
}

static bool is_line_end(char c)
{
    return c == '\r' || c == '\n';
}

/* A separator of fields: a mark that can't be part of a name or number. */
static bool is_mark(char c)
{
    return c > ' ' && c < 0x7F && !ascii_is_alpha(c) && !ascii_is_digit(c) && c != '"';
}

/* Does a record begin at `at`, where a line begins? */
static bool starts_record(view v, size_t at)
{
    static const view heads[] = {
        { "MSH", 3 }, { "FHS", 3 }, { "BHS", 3 }, { "BTS", 3 }, { "FTS", 3 }
    };
    if (at < v.n && v.p[at] == FRAME_START) return true;
    if (at + 3 > v.n) return false;
    for (size_t i = 0; i < COUNT_OF(heads); i++)
        if (view_eq(view_sub(v, at, at + 3), heads[i])) {
            if (at + 3 < v.n && is_mark(v.p[at + 3])) return true;
            return i >= 3 && (at + 3 == v.n || is_line_end(v.p[at + 3])); /* trailers may be bare */
        }
    return false;
}

/* Where the first thing of the record that begins at `at` stands. */
static size_t skip_blank(view v, size_t at)
{
    if (view_starts(view_sub(v, at, v.n), bom)) at += bom.n;
    while (at < v.n && is_blank(v.p[at]))
        at++;
    return at;
}

static bool sniff(view head)
{
    size_t at = skip_blank(head, 0);
    if (view_starts(head, (view){ "\xFF\xFEM\0S\0H\0", 8 }) ||
        view_starts(head, (view){ "\xFE\xFF\0M\0S\0H", 8 }))
        return true; /* in UTF-16, which is refused, and no prose */
    if (at < head.n && head.p[at] == FRAME_START) at++;
    return starts_record(head, at) && head.p[at] != FRAME_START && head.n - at > 3;
}

/* Behind the blanks at `at`; a record keeps those that follow it. */
static size_t end_of_blanks(view v, size_t at)
{
    while (at < v.n && is_blank(v.p[at]))
        at++;
    return at;
}

/* A record ends behind its frame, or before a line where the next one begins. To see that, four bytes
 * of the next line must be there. */
static size_t split(const struct format *self, view bytes, size_t from, size_t searched,
                    bool at_end)
{
    (void)self;
    enum { LOOK_BACK = 8 };
    size_t start = skip_blank(bytes, from);
    bool framed = start < bytes.n && bytes.p[start] == FRAME_START;
    size_t at = MAX(start + 1, from + (searched > LOOK_BACK ? searched - LOOK_BACK : 0));
    for (; at < bytes.n; at++) {
        char c = bytes.p[at];
        bool ends = c == FRAME_END && framed;
        if (!ends && !(is_line_end(bytes.p[at - 1]) &&
                       (c == FRAME_START || c == 'M' || c == 'F' || c == 'B')))
            continue;
        if (!ends && at + 4 > bytes.n && !at_end) return 0;
        if (!ends && !starts_record(bytes, at)) continue;
        size_t end = ends ? end_of_blanks(bytes, at + 1) : at;
        return end < bytes.n || at_end ? end - from : 0;
    }
    return at_end ? bytes.n - from : 0;
}

/* ---- decoding ---- */

/* Where in the record its segments stand. */
struct body {
    size_t from, to;
};

/* Leaves out mark, frame and blanks. from == to: nothing but those. */
static err find_body(view bytes, struct body *out, struct diag *d)
{
    size_t from = skip_blank(bytes, 0), to = bytes.n;
    bool framed = from < to && bytes.p[from] == FRAME_START;
    if (framed) from++;
    size_t end = view_find_byte(view_sub(bytes, 0, to), from, FRAME_END);
    *out = (struct body){ from, to };
    if (framed && end == to) return DIAG_AT(d, ERR_FORMAT, "a frame without an end", from - 1, 1);
    if (!framed && end < to)
        return DIAG_AT(d, ERR_FORMAT, "the end of a frame without a start", end, 1);
    if (framed && end_of_blanks(bytes, end + 1) < to)
        return DIAG_AT(d, ERR_FORMAT, "bytes behind the end of a frame", end + 1, to - end - 1);
    while (end > from && is_blank(bytes.p[end - 1]))
        end--;
    out->to = end;
    return OK;
}

/* MSH-1 and MSH-2, or those of the batch; trailers of batches do not repeat them. */
static err read_marks(view bytes, struct body b, struct hl7_marks *out, view *marks, struct diag *d)
{
    view head = view_sub(bytes, b.from, b.from + 3);
    bool is_trailer = view_eq(head, VIEW("BTS")) || view_eq(head, VIEW("FTS"));
    if (!starts_record(bytes, b.from))
        return DIAG_AT(d, ERR_FORMAT, "a message that does not begin with MSH", b.from, 3);
    *marks = VIEW("|^~\\&");
    if (is_trailer && b.to - b.from > 3) *marks = view_of(bytes.p + b.from + 3, 1);
    if (!is_trailer) {
        size_t end = b.from + 4;
        while (end < b.to && bytes.p[end] != bytes.p[b.from + 3] && !is_line_end(bytes.p[end]))
            end++;
        *marks = view_sub(bytes, b.from + 3, end);
    }
    if (marks->n > 1 + MARKS_MAX || (!is_trailer && marks->n < 2))
        return DIAG_AT(d, ERR_FORMAT, "separators that are too few or too many", b.from + 3,
                       marks->n);
    for (size_t i = 0; i < marks->n; i++)
        if (!is_mark(marks->p[i]) || view_find_byte(*marks, 0, marks->p[i]) < i)
            return DIAG_AT(d, ERR_FORMAT, "a separator that is none, or is there twice",
                           b.from + 3 + i, 1);
    view m = *marks;
    if (is_trailer && m.n == 1) m = VIEW("|^~\\&");
    *out = (struct hl7_marks){ marks->p[0], m.n > 1 ? m.p[1] : 0, m.n > 2 ? m.p[2] : 0,
                               m.n > 3 ? m.p[3] : 0, m.n > 4 ? m.p[4] : 0 };
    if (is_trailer && view_find_byte(view_sub(m, 1, m.n), 0, marks->p[0]) < m.n - 1)
        out->component = out->repetition = out->escape = out->subcomponent = 0;
    return OK;
}

/* The first name in MSH-18; "" when there is none. */
static view declared_charset(view bytes, struct body b, const struct hl7_marks *k)
{
    size_t at = b.from, n = 1; /* the field that begins at `at`: MSH-1 is the first separator */
    if (!view_starts(view_sub(bytes, b.from, b.to), VIEW("MSH"))) return VIEW("");
    for (; at < b.to && n < 18 && !is_line_end(bytes.p[at]); at++)
        n += bytes.p[at] == k->field;
    size_t end = at;
    while (n == 18 && end < b.to && bytes.p[end] != k->field && !is_line_end(bytes.p[end]) &&
           !(k->repetition && bytes.p[end] == k->repetition))
        end++;
    return n == 18 ? view_trim(view_sub(bytes, at, end)) : VIEW("");
}

/* What the message says, else what it looks like; plain ASCII needs neither. */
static err choose_encoding(view bytes, struct body b, const struct hl7_marks *k,
                           enum encoding given, enum encoding *out, struct diag *d)
{
    err e = OK;
    view name = declared_charset(bytes, b, k), body = view_sub(bytes, b.from, b.to);
    bool ascii = scan_ascii(body.p, body.n) == body.n, switches = false;
    *out = ENC_UTF8;
    const char *nul = body.n ? memchr(body.p, 0, body.n) : NULL;
    if (nul) return DIAG_AT(d, ERR_ENCODING, "a NUL byte", (size_t)(nul - bytes.p), 1);
    /* ESC switches to another character set (ISO 2022): what stands behind it would be read as other letters */
    switches = view_find_byte(body, 0, 0x1B) < body.n;
    if (ascii && !switches) {
        enum encoding said = name.n ? hl7_charset(name) : ENC_UTF8;
        if (said != ENC_AUTO) *out = said;
        return OK;
    }
    if (switches) {
        *out = ENC_AUTO;
    } else if (given != ENC_AUTO && given != ENC_UTF8) {
        *out = given;
    } else if (name.n && !hl7_charset_is_ascii(name)) {
        *out = hl7_charset(name);
    } else {
        struct diag inner = { 0 };
        e = encoding_guess(body, out, &inner); /* "ASCII" and nothing are often not true */
        if (e) return DIAG_AT(d, e, "broken UTF-8", b.from + inner.offset, 1);
    }
    if (*out == ENC_AUTO || *out == ENC_UTF16LE || *out == ENC_UTF16BE) {
        DIAG(d, ERR_UNSUPPORTED, "a character set that can't be read");
        if (d) diag_in_segment(d, "MSH", 1, 18);
        return ERR_UNSUPPORTED;
    }
    size_t bad = *out == ENC_UTF8 ? utf8_bad_at(body) : body.n;
    if (bad < body.n) return DIAG_AT(d, ERR_ENCODING, "broken UTF-8", b.from + bad, 1);
    return OK;
}

static bool starts_segment(view v, size_t at, char field)
{
    for (size_t i = 0; i < 3; i++)
        if (at + i >= v.n ||
            !((v.p[at + i] >= 'A' && v.p[at + i] <= 'Z') || (i && ascii_is_digit(v.p[at + i]))))
            return false;
    return at + 3 == v.n || v.p[at + 3] == field || is_line_end(v.p[at + 3]);
}

/* The end of the line at `at`; a line feed alone does not end it where it is part of a text. */
static size_t end_of_line(view v, size_t at, const struct hl7_walk *w)
{
    for (; at < v.n; at++) {
        if (v.p[at] == '\r') return at;
        if (v.p[at] != '\n') continue;
        if (!w->lone_breaks || starts_segment(v, end_of_blanks(v, at), w->source.marks.field))
            return at;
    }
    return at;
}

static err walk_body(struct hl7_walk *w, struct body b)
{
    err e = OK;
    uint32_t number = 0;
    view v = view_sub(w->source.bytes, 0, b.to);
    size_t at = b.from;
    while (at < b.to) {
        size_t end = number ? end_of_line(v, at, w) : at;
        if (!number) {
            while (end < v.n && !is_line_end(v.p[end]))
                end++;
            w->lone_breaks = end < v.n && v.p[end] == '\r';
        }
        if (end > at) TRY(hl7_walk_segment(w, (uint32_t)at, (uint32_t)end, ++number));
        for (at = end; at < b.to && is_line_end(v.p[at]);)
            at++;
    }
    TRY(hl7_walk_end(w));
out:
    return e;
}

struct hl7_format {
    struct format format; /* the first: a pointer to it is one to all */
    const struct hl7_options *options;
    bool drops_attachments;
};

static err open(const struct format *self, const struct format_options *o, view head,
                struct arena *a, const struct format **out, struct diag *d)
{
    (void)head;
    *out = self;
    bool drops = o && o->attachments && o->attachments->drop_attachments;
    bool has_rules = o && o->hl7 && o->hl7->n;
    if (!has_rules && !drops) return OK;
    struct hl7_format *f = arena_alloc(a, sizeof *f);
    if (!f) return DIAG(d, ERR_MEMORY, "no room for a site's fields");
    f->format = format_hl7;
    f->options = has_rules ? o->hl7 : NULL;
    f->drops_attachments = drops;
    *out = &f->format;
    return OK;
}

static err decode(const struct format *self, view bytes, enum encoding enc, struct arena *a,
                  struct record *out, struct diag *d)
{
    err e = OK;
    struct body b;
    struct record r = { .bytes = bytes };
    struct hl7_walk w = { .source.bytes = bytes, .arena = a, .out = &r, .diag = d };
    if (self != &format_hl7) {
        const struct hl7_format *said = (const void *)self;
        w.options = said->options;
        w.drops_attachments = said->drops_attachments;
    }
    if (bytes.n > UINT32_MAX / 4) return DIAG(d, ERR_LIMIT, "a message over 1 GB");
    hl7_walk_init(&w);
    TRY(find_body(bytes, &b, d));
    if (b.from < b.to) {
        TRY(read_marks(bytes, b, &w.source.marks, &r.marks, d));
        TRY(choose_encoding(bytes, b, &w.source.marks, enc, &w.source.encoding, d));
        TRY(walk_body(&w, b));
    }
    *out = r;
out:
    return e;
}

const struct format format_hl7 = {
    .name = "hl7",
    .is_stream = true,
    .has_fields = true,
    .opens_bare = true,
    .sniff = sniff,
    .split = split,
    .open = open,
    .decode = decode,
};
