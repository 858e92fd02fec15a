#include "format/not_plain.h"

#include "format/formats.h"
#include "text/encoded_run.h"

enum {
    HEAD = 4096,  /* as the reader guesses from */
    START = 1024, /* where a file says what it is */
};

struct sign {
    const char *what; /* a literal */
    size_t at;
};

static size_t skip_space(view v, size_t at)
{
    while (at < v.n && ascii_is_space(v.p[at]))
        at++;
    return at;
}

static bool is_break(char c)
{
    return (c >= '\n' && c <= '\r') || c == 0x1C; /* VT and FS: the frame of MLLP */
}

/* Where the line that begins at `at` ends. */
static size_t end_of_line(view v, size_t at)
{
    while (at < v.n && !is_break(v.p[at]))
        at++;
    return at;
}

/* ---- JSON with something around it ---- */

/* { "key": … at v[at], the brace. */
static bool is_object(view v, size_t at)
{
    enum { KEY_MAX = 64 };
    at = skip_space(v, at + 1);
    if (at == v.n || (v.p[at] != '"' && v.p[at] != '\'')) return false;
    view key = view_sub(v, 0, at + KEY_MAX);
    size_t end = view_find_byte(key, at + 1, v.p[at]);
    if (end == key.n) return false;
    end = skip_space(v, end + 1);
    return end < v.n && v.p[end] == ':';
}

static bool find_json(view v, struct sign *out)
{
    for (size_t at = 0; (at = view_find_byte(v, at, '{')) < v.n; at++)
        if (is_object(v, at)) {
            *out = (struct sign){
                "JSON within other text, or not well-formed: leave only well-formed JSON", at
            };
            return true;
        }
    return false;
}

/* ---- HL7 v2 ---- */

/* Segments that somebody is named in, and what messages begin with. */
static const char *const segments[] = { "MSH", "PID", "NK1", "PV1", "OBX", "OBR",
                                        "EVN", "NTE", "GT1", "IN1", "FHS", "BHS" };

/* PID|1||…: the name, and the same mark again and again. Other marks than the usual one stand in prose too
 * ("PID: …"), and in tables. */
static bool is_segment(view line)
{
    enum { SEPARATORS_MIN = 4 };
    bool is_named = false;
    size_t separators = 0;
    if (line.n < 4 || !line.p[3] || !strchr("|#$!*~^&@", line.p[3])) return false;
    for (size_t i = 0; i < COUNT_OF(segments) && !is_named; i++)
        is_named = memcmp(line.p, segments[i], 3) == 0;
    for (size_t i = 3; is_named && i < line.n; i++)
        separators += line.p[i] == line.p[3];
    return separators >= SEPARATORS_MIN;
}

static bool find_hl7(view v, struct sign *out)
{
    static const char what[] = "HL7 that does not begin with MSH: leave only its messages";
    static const view head = VIEW("MSH|^~"); /* also behind a log's words */
    const char *p = v.n ? memmem(v.p, v.n, head.p, head.n) : NULL;
    if (p) *out = (struct sign){ what, (size_t)(p - v.p) };
    for (size_t at = 0, end; !p && at < v.n; at = end + 1) {
        end = end_of_line(v, at);
        if (!is_segment(view_sub(v, at, end))) continue;
        *out = (struct sign){ what, at };
        return true;
    }
    return p != NULL;
}

/* ---- pages and documents ---- */

/* A line of its own among the first ones: %PDF-1.4, and for PostScript %!PS-Adobe-3.0. */
static bool find_page(view v, struct sign *out)
{
    static const view pdf = VIEW("%PDF-"), ps = VIEW("%!PS");
    view head = view_sub(v, 0, START);
    for (size_t at = 0, end; at < head.n; at = end + 1) {
        end = end_of_line(head, at);
        view line = view_trim(view_sub(head, at, end));
        if (!(view_starts(line, pdf) && line.n == pdf.n + 3 && ascii_is_digit(line.p[pdf.n])) &&
            !(at == 0 && view_starts(line, ps)))
            continue;
        *out = (struct sign){ "PDF or PostScript: take its text out first", at };
        return true;
    }
    return false;
}

/* {\rtf1\ansi: the head of a document, which may stand within something else. */
static bool find_rtf(view v, struct sign *out)
{
    static const view head = VIEW("{\\rtf");
    for (size_t at = 0; at < v.n; at += head.n) {
        const char *p = memmem(v.p + at, v.n - at, head.p, head.n);
        if (!p) return false;
        at = (size_t)(p - v.p);
        size_t end = at + head.n;
        while (end < v.n && ascii_is_digit(v.p[end]))
            end++;
        if (end == at + head.n || end == v.n || (v.p[end] != '\\' && v.p[end] != '{')) continue;
        *out = (struct sign){ "RTF: take its text out first", at };
        return true;
    }
    return false;
}

/* The letters and digits behind the bracket at v[at], or behind </; *closes says which. "": no tag of HTML that cuts
 * words or sets columns. */
static view tag_name(view v, size_t at, bool *closes)
{
    static const char *const names[] = { "html", "head", "body", "div", "span",   "p",  "table",
                                         "tr",   "td",   "th",   "ul",  "ol",     "li", "font",
                                         "h1",   "h2",   "h3",   "b",   "strong", "a" };
    *closes = at + 1 < v.n && v.p[at + 1] == '/';
    size_t from = at + 1 + *closes, to = from;
    while (to < v.n && (ascii_is_alpha(v.p[to]) || ascii_is_digit(v.p[to])))
        to++;
    view name = view_sub(v, from, to);
    if (to == v.n || (v.p[to] != '>' && !ascii_is_space(v.p[to]))) return VIEW("");
    for (size_t i = 0; i < COUNT_OF(names); i++)
        if (view_eq_nocase(name, view_of_str(names[i]))) return name;
    return VIEW("");
}

/* It says so at its start, or has elements all over. A line break <br> between words hides nothing, and one
 * element may be spoken of. */
static bool find_html(view v, struct sign *out)
{
    enum { ELEMENTS_MIN = 3, BYTES_A_TAG = 400 };
    size_t tags = 0, closed = 0, first = v.n;
    bool closes, says = false;
    for (size_t at = 0; !says && (at = view_find_byte(v, at, '<')) < v.n; at++) {
        view name = tag_name(v, at, &closes);
        if (at < START)
            says = view_eq_nocase(name, VIEW("html")) ||
                   view_starts_nocase(view_sub(v, at, v.n), VIEW("<!doctype html"));
        if (!name.n && !says) continue;
        if (!tags++) first = at;
        closed += closes;
    }
    *out = (struct sign){ "HTML that is no XML: take its text out first", MIN(first, v.n) };
    return says || (closed >= ELEMENTS_MIN && tags * BYTES_A_TAG >= v.n);
}

/* ---- mail ---- */

/* =?utf-8?B?…?= at v[at]. */
static bool is_encoded_word(view v, size_t at)
{
    size_t end = at + 2;
    while (end < v.n && (ascii_is_alpha(v.p[end]) || ascii_is_digit(v.p[end]) || v.p[end] == '-' ||
                         v.p[end] == '_'))
        end++;
    return end > at + 2 && end + 2 < v.n && v.p[end] == '?' && v.p[end + 2] == '?' &&
           strchr("BbQq", v.p[end + 1]);
}

/* A header that says how what follows is encoded, or one that is encoded itself. */
static bool find_mail(view v, struct sign *out)
{
    static const view header = VIEW("Content-Transfer-Encoding:");
    static const char *const how[] = { "base64", "quoted-printable", "x-uuencode", "uuencode" };
    bool found = false;
    for (size_t at = 0, end; !found && at < v.n; at = end + 1) {
        end = end_of_line(v, at);
        view line = view_sub(v, at, end), value;
        out->at = at;
        if (view_starts_nocase(line, header)) {
            value = view_sub(v, skip_space(v, at + header.n), v.n); /* perhaps on the next line */
            for (size_t i = 0; i < COUNT_OF(how); i++)
                found |= view_starts_nocase(value, view_of_str(how[i]));
        }
        for (size_t k = at; !found && (k = view_find_byte(view_sub(v, 0, end), k, '=')) < end; k++)
            found = k + 1 < end && v.p[k + 1] == '?' && is_encoded_word(v, k);
    }
    out->what = "mail with encoded parts: save its text first";
    return found;
}

/* ---- base64 alone ---- */

static bool find_encoded(view v, struct sign *out)
{
    size_t from, to, at = skip_space(v, 0);
    *out = (struct sign){ "base64: decode it first", at };
    return encoded_run_at(v, at, &from, &to) && skip_space(v, to) == v.n;
}

/* ---- all of them ---- */

static bool find_sign(view v, struct sign *out)
{
    return find_page(v, out) || find_rtf(v, out) || find_html(v, out) || find_mail(v, out) ||
           find_hl7(v, out) || find_json(v, out) || find_encoded(v, out);
}

bool not_plain_is_html(view text)
{
    struct sign s;
    return find_html(text, &s);
}

bool not_plain_hides(view text)
{
    struct sign s;
    return find_page(text, &s) || find_rtf(text, &s) || find_mail(text, &s);
}

static err refuse(const struct sign *s, struct diag *d)
{
    return diag_set_at(d, ERR_UNSUPPORTED, s->what, s->at, 0);
}

/* A file in UTF-16 is decoded to see what it is: the formats are known by their bytes. */
static err check_wide(view bytes, enum encoding enc, struct diag *d)
{
    err e = OK;
    struct sign s;
    struct arena a;
    struct offset_map map;
    view text;
    arena_init(&a, (size_t)1 << 30);
    e = encoding_decode(enc, bytes, &a, &text, &map, NULL);
    if (e == ERR_ENCODING || e == ERR_LIMIT) {
        e = OK;
        goto out;
    }
    TRY(e);
    if (format_sniff(view_sub(text, 0, MIN(text.n, (size_t)HEAD))) != &format_text)
        TRY(DIAG(d, ERR_UNSUPPORTED,
                 "a table, messages or JSON in UTF-16: convert it to UTF-8 first"));
    if (find_sign(text, &s)) {
        s.at = offset_start(&map, (uint32_t)s.at);
        TRY(refuse(&s, d));
    }
out:
    arena_clear(&a);
    return e;
}

err not_plain_check(view bytes, enum encoding enc, struct diag *d)
{
    struct sign s;
    if (enc == ENC_UTF16LE || enc == ENC_UTF16BE) return check_wide(bytes, enc, d);
    return find_sign(bytes, &s) ? refuse(&s, d) : OK;
}
