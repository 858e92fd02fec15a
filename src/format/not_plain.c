#include "format/not_plain.h"

#include "format/formats.h"

enum { HEAD = 4096 /* as the reader guesses from */ };

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

/* ---- JSON with something around it ---- */

/* { "key": … at v[at], the brace. */
static bool is_object(view v, size_t at)
{
    enum { KEY_MAX = 64 };
    at = skip_space(v, at + 1);
    if (at == v.n || (v.p[at] != '"' && v.p[at] != '\'')) return false;
    size_t end = view_find_byte(view_sub(v, 0, MIN(v.n, at + KEY_MAX)), at + 1, v.p[at]);
    end = skip_space(v, end + 1);
    return end < v.n && v.p[end] == ':';
}

static bool find_json(view v, struct sign *out)
{
    for (size_t at = 0; (at = view_find_byte(v, at, '{')) < v.n; at++)
        if (is_object(v, at)) {
            *out = (struct sign){ "JSON with something before it: leave only the JSON", at };
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
    if (line.n < 4 || !strchr("|#$!*~^&@", line.p[3])) return false;
    for (size_t i = 0; i < COUNT_OF(segments) && !is_named; i++)
        is_named = memcmp(line.p, segments[i], 3) == 0;
    for (size_t i = 3; is_named && i < line.n; i++)
        separators += line.p[i] == line.p[3];
    return separators >= SEPARATORS_MIN;
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

/* ---- all of them ---- */

static bool find_sign(view v, struct sign *out)
{
    return find_hl7(v, out) || find_json(v, out);
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
