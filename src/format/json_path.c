/* format/json_path.c — one path, read from its text (RFC 9535, without filters, slices and unions). */
#include "format/json_paths.h"

struct path_reader {
    view in;
    size_t at;
    struct arena *arena;
    struct json_step steps[JSON_PATH_STEPS_MAX];
    uint32_t n;
    struct json_path_fault *fault;
};

static err refuse(struct path_reader *r, const char *what)
{
    *r->fault = (struct json_path_fault){ .what = what, .offset = r->at };
    return ERR_FORMAT;
}

static char next_char(const struct path_reader *r)
{
    return r->at < r->in.n ? r->in.p[r->at] : '\0';
}

/* Letters, '_' and what is beyond ASCII; digits behind the first. */
static bool is_name_char(char c, bool is_first)
{
    return ascii_is_alpha(c) || c == '_' || (unsigned char)c >= 0x80 ||
           (!is_first && ascii_is_digit(c));
}

static err read_name(struct path_reader *r, struct json_step *s)
{
    size_t from = r->at;
    while (r->at < r->in.n && is_name_char(r->in.p[r->at], r->at == from))
        r->at++;
    if (r->at == from)
        return refuse(r, "a key is expected: letters, digits and '_', or quoted in brackets");
    char c = next_char(r);
    if (c && c != '.' && c != '[')
        return refuse(r, "a key with other signs than letters, digits and '_' is written ['key']");
    s->kind = JSON_STEP_KEY;
    return arena_copy(r->arena, view_sub(r->in, from, r->at), &s->key);
}

/* At the opening quote. */
static err read_quoted(struct path_reader *r, struct json_step *s)
{
    static const char names[] = "'\"\\/bfnrt", values[] = "'\"\\/\b\f\n\r\t";
    char quote = r->in.p[r->at++];
    char *out = arena_alloc(r->arena, r->in.n);
    size_t n = 0;
    if (!out) return ERR_MEMORY;
    for (; next_char(r) != quote; r->at++) {
        char c = next_char(r);
        if (r->at == r->in.n) return refuse(r, "the quotes are not closed");
        if ((unsigned char)c < 0x20) return refuse(r, "a control character");
        if (c == '\\') {
            const char *is = r->at + 1 < r->in.n ? memchr(names, r->in.p[r->at + 1], 9) : NULL;
            if (!is) return refuse(r, "no such escape; write the character itself");
            c = values[is - names];
            r->at++;
        }
        out[n++] = c;
    }
    r->at++;
    s->kind = JSON_STEP_KEY;
    s->key = view_of(out, n);
    return OK;
}

static err read_index(struct path_reader *r, struct json_step *s)
{
    uint64_t n;
    size_t from = r->at;
    while (ascii_is_digit(next_char(r)))
        r->at++;
    view digits = view_sub(r->in, from, r->at);
    bool leads_zero = digits.n > 1 && digits.p[0] == '0';
    if (leads_zero || !view_to_u64(digits, &n) || n > UINT32_MAX) {
        r->at = from;
        return refuse(r, "no index of an array");
    }
    s->kind = JSON_STEP_INDEX;
    s->index = (uint32_t)n;
    return OK;
}

/* Behind the opening bracket. */
static err read_bracket(struct path_reader *r, struct json_step *s)
{
    err e = OK;
    char c = next_char(r);
    if (c == '*') {
        s->kind = JSON_STEP_ANY;
        r->at++;
    } else if (c == '\'' || c == '"') {
        TRY(read_quoted(r, s));
    } else if (ascii_is_digit(c)) {
        TRY(read_index(r, s));
    } else {
        return refuse(r,
                      "a quoted key, an index or * is expected; there are no filters, slices and "
                      "negative indexes");
    }
    if (next_char(r) != ']')
        return refuse(r, "a closing bracket is expected; there are no lists and slices");
    r->at++;
out:
    return e;
}

static err read_step(struct path_reader *r)
{
    struct json_step *s = &r->steps[r->n];
    if (r->n == JSON_PATH_STEPS_MAX) return refuse(r, "more than 31 steps");
    *s = (struct json_step){ 0 };
    r->n++;
    if (next_char(r) == '[') {
        r->at++;
        return read_bracket(r, s);
    }
    if (next_char(r) != '.') return refuse(r, "'.' or '[' is expected");
    r->at++;
    if (next_char(r) == '.') {
        s->is_deep = true;
        r->at++;
        if (next_char(r) == '[') {
            r->at++;
            return read_bracket(r, s);
        }
    }
    if (next_char(r) != '*') return read_name(r, s);
    s->kind = JSON_STEP_ANY;
    r->at++;
    return OK;
}

err json_path_parse(view text, struct arena *a, struct json_path *out,
                    struct json_path_fault *fault)
{
    err e = OK;
    struct path_reader r = { .in = text, .arena = a, .fault = fault };
    if (text.n > JSON_PATH_BYTES_MAX) return refuse(&r, "longer than 1024 bytes");
    if (next_char(&r) == '$')
        r.at++;
    else if (!view_starts(text, VIEW("..")))
        return refuse(&r, "a path begins with $, as in $.patient.name, or with ..");
    while (r.at < text.n)
        TRY(read_step(&r));
    struct json_step *steps = arena_array(a, (size_t)r.n + 1, sizeof *steps);
    if (!steps) return ERR_MEMORY;
    memcpy(steps, r.steps, r.n * sizeof *steps);
    *out = (struct json_path){ steps, r.n };
out:
    return e;
}
