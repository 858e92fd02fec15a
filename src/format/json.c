/* format/json.c — the walker. String bodies are leapt over; everything else is a byte or two.
 *
 * What may come next is `state`; what encloses it is a bit a level in `stack`.
 */
#include "format/json.h"

#include "text/scan.h"
#include "text/utf8.h"

enum state {
    S_VALUE,         /* a value */
    S_FIRST_ELEMENT, /* after '[': a value or ']' */
    S_FIRST_KEY,     /* after '{': a key or '}' */
    S_KEY,           /* after ',' in an object */
    S_AFTER,         /* after a value inside something: ',' or its end */
    S_DONE,          /* after the root */
    S_FAILED,
};
enum { DEPTH_MAX = 512 };
_Static_assert(sizeof((struct json *)0)->stack * 8 == DEPTH_MAX, "a bit a level");

void json_init(struct json *j, view doc)
{
    *j = (struct json){ .doc = doc, .state = S_VALUE };
}

#define FAIL(j, d, what, at) ((j)->state = S_FAILED, DIAG_AT((d), ERR_FORMAT, what, (at), 1))

static void skip_space(struct json *j)
{
    const char *p = j->doc.p;
    size_t i = j->pos, n = j->doc.n;
    while (i < n && (p[i] == ' ' || p[i] == '\n' || p[i] == '\r' || p[i] == '\t'))
        i++;
    j->pos = i;
}

static int hex_digit(char c)
{
    if (ascii_is_digit(c)) return c - '0';
    c = ascii_lower(c);
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* The unit of four hex digits at p; -1 when they are none. */
static int32_t hex_unit(const char *p, size_t room)
{
    int32_t unit = 0;
    if (room < 4) return -1;
    for (int i = 0; i < 4; i++) {
        int x = hex_digit(p[i]);
        if (x < 0) return -1;
        unit = unit << 4 | x;
    }
    return unit;
}

/* Reads the escape at p (a backslash): its length in the source, 0 when it is none. */
static size_t read_escape(const char *p, size_t room, uint32_t *cp)
{
    static const char names[] = "\"\\/bfnrt", values[] = "\"\\/\b\f\n\r\t";
    if (room < 2) return 0;
    if (p[1] != 'u') {
        const char *at = p[1] ? strchr(names, p[1]) : NULL;
        if (!at) return 0;
        *cp = (unsigned char)values[at - names];
        return 2;
    }
    int32_t unit = hex_unit(p + 2, room - 2);
    if (unit < 0 || (unit >= 0xDC00 && unit <= 0xDFFF)) return 0;
    *cp = (uint32_t)unit;
    if (unit < 0xD800 || unit > 0xDBFF) return 6;
    if (room < 12 || p[6] != '\\' || p[7] != 'u') return 0;
    int32_t low = hex_unit(p + 8, room - 8);
    if (low < 0xDC00 || low > 0xDFFF) return 0;
    *cp = 0x10000 + ((uint32_t)(unit - 0xD800) << 10) + (uint32_t)(low - 0xDC00);
    return 12;
}

/* At the opening quote; leaves j->pos after the closing one. */
static err read_string(struct json *j, struct diag *d)
{
    const char *p = j->doc.p;
    size_t n = j->doc.n, i = j->pos + 1;
    uint32_t cp;
    j->start = i;
    j->has_escape = false;
    for (;;) {
        i += scan_json_plain(p + i, n - i);
        if (i == n) return FAIL(j, d, "a string without end", j->start - 1);
        if (p[i] == '"') break;
        if (p[i] != '\\') return FAIL(j, d, "a control character in a string", i);
        size_t len = read_escape(p + i, n - i, &cp);
        if (!len) return FAIL(j, d, "an invalid escape or half a surrogate pair", i);
        j->has_escape = true;
        i += len;
    }
    j->end = i;
    j->pos = i + 1;
    return OK;
}

static size_t skip_digits(view v, size_t i)
{
    while (i < v.n && ascii_is_digit(v.p[i]))
        i++;
    return i;
}

/* Length of the number at `at`, 0 when there is none. */
static size_t number_length(view v, size_t at)
{
    size_t i = at, from;
    if (i < v.n && v.p[i] == '-') i++;
    if (i == v.n || !ascii_is_digit(v.p[i])) return 0;
    i = v.p[i] == '0' ? i + 1 : skip_digits(v, i);
    if (i < v.n && v.p[i] == '.') {
        from = i + 1;
        if ((i = skip_digits(v, from)) == from) return 0;
    }
    if (i < v.n && (v.p[i] == 'e' || v.p[i] == 'E')) {
        from = i + 1;
        if (from < v.n && (v.p[from] == '+' || v.p[from] == '-')) from++;
        if ((i = skip_digits(v, from)) == from) return 0;
    }
    return i - at;
}

bool json_is_number(view v)
{
    return v.n && number_length(v, 0) == v.n;
}

static void after_value(struct json *j)
{
    j->state = j->depth ? S_AFTER : S_DONE;
}

static bool in_object(const struct json *j)
{
    uint32_t level = j->depth - 1;
    return j->stack[level / 8] >> (level % 8) & 1;
}

static err open_level(struct json *j, bool is_object, enum json_event *out, struct diag *d)
{
    if (j->depth == DEPTH_MAX) return FAIL(j, d, "nested too deeply", j->pos);
    uint8_t bit = (uint8_t)(1u << (j->depth % 8)), *level = &j->stack[j->depth / 8];
    *level = (uint8_t)(is_object ? *level | bit : *level & ~bit);
    j->depth++;
    j->start = j->pos;
    j->end = ++j->pos;
    j->state = is_object ? S_FIRST_KEY : S_FIRST_ELEMENT;
    *out = is_object ? JSON_OBJECT : JSON_ARRAY;
    return OK;
}

static err close_level(struct json *j, enum json_event *out)
{
    *out = in_object(j) ? JSON_OBJECT_END : JSON_ARRAY_END;
    j->start = j->pos;
    j->end = ++j->pos;
    j->depth--;
    after_value(j);
    return OK;
}

static err read_word(struct json *j, view word, enum json_event event, enum json_event *out,
                     struct diag *d)
{
    if (!view_starts(view_sub(j->doc, j->pos, j->doc.n), word))
        return FAIL(j, d, "neither a value nor true, false, null", j->pos);
    j->start = j->pos;
    j->end = j->pos += word.n;
    *out = event;
    after_value(j);
    return OK;
}

static err read_value(struct json *j, enum json_event *out, struct diag *d)
{
    err e = OK;
    switch (j->doc.p[j->pos]) {
    case '{': return open_level(j, true, out, d);
    case '[': return open_level(j, false, out, d);
    case 't': return read_word(j, VIEW("true"), JSON_TRUE, out, d);
    case 'f': return read_word(j, VIEW("false"), JSON_FALSE, out, d);
    case 'n': return read_word(j, VIEW("null"), JSON_NULL, out, d);
    case '"':
        TRY(read_string(j, d));
        *out = JSON_STRING;
        break;
    default: {
        size_t len = number_length(j->doc, j->pos);
        if (!len) return FAIL(j, d, "no value where one must be", j->pos);
        j->start = j->pos;
        j->end = j->pos += len;
        *out = JSON_NUMBER;
    }
    }
    after_value(j);
out:
    return e;
}

static err read_key(struct json *j, enum json_event *out, struct diag *d)
{
    err e = OK;
    if (j->doc.p[j->pos] != '"') return FAIL(j, d, "no key where one must be", j->pos);
    TRY(read_string(j, d));
    skip_space(j);
    if (j->pos == j->doc.n || j->doc.p[j->pos] != ':')
        return FAIL(j, d, "no colon after a key", j->pos);
    j->pos++;
    j->state = S_VALUE;
    *out = JSON_KEY;
out:
    return e;
}

err json_next(struct json *j, enum json_event *out, struct diag *d)
{
    if (j->state == S_FAILED) return DIAG(d, ERR_FORMAT, "not JSON");
    skip_space(j);
    if (j->pos == j->doc.n) {
        if (j->state != S_DONE) return FAIL(j, d, "JSON that ends too early", j->pos);
        j->start = j->end = j->pos;
        *out = JSON_END;
        return OK;
    }
    char c = j->doc.p[j->pos];
    switch ((enum state)j->state) {
    case S_AFTER:
        if (c == (in_object(j) ? '}' : ']')) return close_level(j, out);
        if (c != ',') return FAIL(j, d, "neither a comma nor an end after a value", j->pos);
        j->pos++;
        j->state = in_object(j) ? S_KEY : S_VALUE;
        skip_space(j);
        if (j->pos == j->doc.n) return FAIL(j, d, "JSON that ends too early", j->pos);
        return j->state == S_KEY ? read_key(j, out, d) : read_value(j, out, d);
    case S_FIRST_ELEMENT: return c == ']' ? close_level(j, out) : read_value(j, out, d);
    case S_FIRST_KEY: return c == '}' ? close_level(j, out) : read_key(j, out, d);
    case S_KEY: return read_key(j, out, d);
    case S_VALUE: return read_value(j, out, d);
    case S_DONE: return FAIL(j, d, "something after the end of the JSON value", j->pos);
    case S_FAILED: break;
    }
    BUG_IF(true);
}

err json_skip(struct json *j, enum json_event opening, struct diag *d)
{
    err e = OK;
    if (opening != JSON_OBJECT && opening != JSON_ARRAY) return OK;
    uint32_t outside = j->depth - 1;
    enum json_event event;
    while (j->depth > outside)
        TRY(json_next(j, &event, d));
out:
    return e;
}

err json_string(const struct json *j, struct arena *a, view *text, struct offset_map *map)
{
    err e = OK;
    view in = view_sub(j->doc, j->start, j->end);
    FILLED_LATER struct offset_builder marks; /* where there is an escape */
    size_t i = 0, n = 0;
    if (in.n > UINT32_MAX) return ERR_LIMIT;
    if (!j->has_escape) {
        *text = in;
        if (map) *map = (struct offset_map){ 0 };
        return OK;
    }
    offset_builder_init(&marks, a);
    char *out = arena_alloc(a, in.n); /* an escape is longer than what it means */
    if (!out) return ERR_MEMORY;
    if (map) TRY(offset_mark_add(&marks, 0, 0));
    for (;;) {
        size_t run = scan_json_plain(in.p + i, in.n - i);
        memcpy(out + n, in.p + i, run);
        n += run, i += run;
        if (map) TRY(offset_mark_add(&marks, (uint32_t)n, (uint32_t)i));
        if (i == in.n) break;
        uint32_t cp;
        size_t len = read_escape(in.p + i, in.n - i, &cp);
        BUG_IF(!len); /* json_next has seen it */
        n += utf8_put(cp, out + n);
        i += len;
        if (map) TRY(offset_mark_add(&marks, (uint32_t)n, (uint32_t)i));
    }
    *text = view_of(out, n);
    if (map) *map = offset_builder_done(&marks);
out:
    return e;
}

err json_escape(view text, struct buf *out)
{
    static const char hex[] = "0123456789abcdef";
    err e = OK;
    size_t i = 0, before = out->n;
    if (!text.n) return OK; /* which may point nowhere */
    if (utf8_bad_at(text) < text.n) return ERR_ENCODING;
    for (;;) {
        size_t run = scan_json_plain(text.p + i, text.n - i);
        TRY(buf_add(out, view_of(text.p + i, run)));
        i += run;
        if (i == text.n) break;
        char c = text.p[i++], esc[6] = { '\\', c };
        size_t len = 2;
        switch (c) {
        case '"':
        case '\\': break;
        case '\n': esc[1] = 'n'; break;
        case '\r': esc[1] = 'r'; break;
        case '\t': esc[1] = 't'; break;
        case '\b': esc[1] = 'b'; break;
        case '\f': esc[1] = 'f'; break;
        default:
            memcpy(esc, "\\u00", 4);
            esc[4] = hex[(unsigned char)c >> 4];
            esc[5] = hex[c & 15];
            len = 6;
        }
        TRY(buf_add(out, view_of(esc, len)));
    }
out:
    if (e) {
        mem_wipe(out->p + before, out->n - before);
        out->n = before;
    }
    return e;
}

bool json_key_could_be_data(view key)
{
    for (size_t i = 0; i < key.n; i++) {
        char c = key.p[i];
        if (!ascii_is_alpha(c) && !ascii_is_digit(c) && c != '_') return true;
    }
    return view_count_digits(key) >= JSON_DIGITS_OF_DATA;
}
