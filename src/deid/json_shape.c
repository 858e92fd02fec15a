#include "deid/json_shape.h"

#include "base/map.h"
#include "detect/field.h"
#include "format/csv.h"
#include "format/json.h"
#include "text/utf8.h"

enum {
    DEPTH_MAX = 512,
    SHAPE_BYTES_MAX = 16 << 20,
    DOCUMENT_BYTES_MAX = 256 << 20,
    DATA_DIGITS = 5
};

struct row {
    view path;
    view key;                     /* the nearest, "" without one */
    uint64_t strings, others;     /* others: numbers, true, false */
    const struct json_rule *rule; /* of the last value there */
};
struct json_shape {
    const struct json_paths *paths;
    struct arena arena, scratch;
    struct map rows; /* by path */
    struct row *v;
    uint32_t n;
    uint64_t left_out; /* values of paths past the limit */
};

/* Where the walk is: the path so far, and how long it is at each depth. */
struct walk {
    struct json_shape *s;
    struct json j;
    struct json_tracks tracks;
    char path[JSON_PATH_BYTES_MAX];
    size_t length[DEPTH_MAX + 2]; /* of the path of the container at that depth */
    view key[DEPTH_MAX + 2];      /* of the value that comes next in it */
    bool in_object[DEPTH_MAX + 2];
    uint32_t index[DEPTH_MAX + 2];
};

err json_shape_new(struct json_shape **out, const struct json_paths *paths)
{
    err e = OK;
    struct json_shape *s = mem_alloc_zero(sizeof *s);
    if (!s) return ERR_MEMORY;
    arena_init(&s->arena, SHAPE_BYTES_MAX);
    arena_init(&s->scratch, DOCUMENT_BYTES_MAX);
    map_init(&s->rows, &s->arena);
    s->paths = paths;
    s->v = arena_array(&s->arena, JSON_SHAPE_PATHS_MAX, sizeof *s->v);
    if (!s->v) TRY(ERR_MEMORY);
    *out = s;
    s = NULL;
out:
    json_shape_free(s);
    return e;
}

void json_shape_free(struct json_shape *s)
{
    if (!s) return;
    arena_clear(&s->arena);
    arena_clear(&s->scratch);
    mem_free(s);
}

static bool is_word_of_schema(view key)
{
    size_t digits = 0;
    for (size_t i = 0; i < key.n; i++) {
        if (!ascii_is_alpha(key.p[i]) && !ascii_is_digit(key.p[i]) && key.p[i] != '_') return false;
        digits += ascii_is_digit(key.p[i]);
    }
    return key.n && digits < DATA_DIGITS && !ascii_is_digit(key.p[0]);
}

/* A long number, or one that is none but digits, tells of a person, not of a kind of value. */
static bool is_data(view key)
{
    const size_t digits = view_count_digits(key);
    return digits >= DATA_DIGITS || digits == key.n;
}

/* Appends a step to the path of w, which is `at` long; its new length, or 0 when there is no room. */
static size_t put(struct walk *w, size_t at, view v)
{
    if (!at || v.n > sizeof w->path - at) return 0;
    memcpy(w->path + at, v.p, v.n);
    return at + v.n;
}

static size_t put_key(struct walk *w, size_t at, view key)
{
    if (is_data(key)) return put(w, at, VIEW(".*"));
    if (is_word_of_schema(key)) return put(w, put(w, at, VIEW(".")), key);
    at = put(w, at, VIEW("['"));
    for (size_t i = 0; i < key.n; i++) {
        if (key.p[i] == '\'' || key.p[i] == '\\') at = put(w, at, VIEW("\\"));
        at = put(w, at, view_sub(key, i, i + 1));
    }
    return put(w, at, VIEW("']"));
}

/* The length of the path of the value that begins in the container at `around`. */
static size_t enter(struct walk *w, uint32_t around)
{
    if (!around) return put(w, 1, VIEW(""));
    return w->in_object[around] ? put_key(w, w->length[around], w->key[around])
                                : put(w, w->length[around], VIEW("[*]"));
}

static err count(struct walk *w, size_t length, bool is_string, uint32_t around)
{
    err e = OK;
    struct json_shape *s = w->s;
    uint32_t at;
    view path = view_of(w->path, length);
    if (!length || (!map_get(&s->rows, path, &at) && s->n == JSON_SHAPE_PATHS_MAX)) {
        s->left_out++;
        return OK;
    }
    if (!map_get(&s->rows, path, &at)) {
        at = s->n;
        s->v[at] = (struct row){ .key = { "", 0 } };
        TRY(arena_copy(&s->arena, path, &s->v[at].path));
        TRY(arena_copy(&s->arena, w->key[around], &s->v[at].key));
        TRY(map_put(&s->rows, s->v[at].path, at));
        s->n++;
    }
    s->v[at].strings += is_string;
    s->v[at].others += !is_string;
    s->v[at].rule = json_tracks_rule(&w->tracks, around + 1);
out:
    return e;
}

static err take(struct walk *w, enum json_event event)
{
    err e = OK;
    bool opens = event == JSON_OBJECT || event == JSON_ARRAY;
    uint32_t around = w->j.depth - opens;
    if (around && w->s->paths)
        TRY(json_tracks_enter(&w->tracks, around, w->in_object[around], w->key[around],
                              w->index[around]));
    if (around && !w->in_object[around]) w->index[around]++;
    size_t length = enter(w, around);
    if (!opens) return event == JSON_NULL ? OK : count(w, length, event == JSON_STRING, around);
    uint32_t depth = w->j.depth;
    w->length[depth] = length;
    w->in_object[depth] = event == JSON_OBJECT;
    w->index[depth] = 0;
    w->key[depth] = event == JSON_ARRAY && around ? w->key[around] : VIEW("");
out:
    return e;
}

err json_shape_add(struct json_shape *s, view document, struct diag *d)
{
    err e = OK;
    enum json_event event;
    size_t bad = utf8_bad_at(document);
    if (bad < document.n) return DIAG_AT(d, ERR_ENCODING, "broken UTF-8", bad, 1);
    arena_reset(&s->scratch);
    if (!view_trim(document).n) return OK;
    struct walk *w = arena_alloc(&s->scratch, sizeof *w);
    if (!w) return ERR_MEMORY;
    memset(w, 0, sizeof *w);
    w->s = s;
    w->path[0] = '$';
    w->key[0] = VIEW("");
    w->tracks = (struct json_tracks){ .paths = s->paths, .arena = &s->scratch };
    json_init(&w->j, document);
    TRY(json_tracks_start(&w->tracks));
    for (;;) {
        TRY(json_next(&w->j, &event, d));
        if (event == JSON_END) break;
        if (event == JSON_OBJECT_END || event == JSON_ARRAY_END) continue;
        if (event == JSON_KEY)
            TRY(json_string(&w->j, &s->scratch, &w->key[w->j.depth], NULL));
        else
            TRY(take(w, event));
    }
out:
    arena_reset(&s->scratch);
    return e;
}

/* ---- printing ---- */

/* What the name of the field adds to what the text itself shows. */
static const char *why_of_key(view key)
{
    switch (field_kind_of(key)) {
    case FIELD_NAME: return "its key: a person's name";
    case FIELD_CLINICIAN: return "its key: a clinician's name";
    case FIELD_MAY_NAME: return "its key: a name where it looks like one";
    case FIELD_ORGANIZATION: return "its key: an organisation";
    case FIELD_TOWN: return "its key: a town";
    case FIELD_ADDRESS: return "its key: an address";
    case FIELD_ZIP: return "its key: a ZIP code";
    case FIELD_BIRTH: return "its key: a birth";
    case FIELD_AGE: return "its key: an age";
    case FIELD_OTHER: break;
    }
    return "looked at word by word";
}

static err print_row(const struct row *r, struct buf *out)
{
    err e = OK;
    const struct csv_column as = { .role = r->rule ? r->rule->role : ROLE_TEXT,
                                   .who = r->rule ? r->rule->who : OF_UNKNOWN };
    bool is_id = !r->rule && view_eq(r->path, VIEW("$.id"));
    TRY(buf_add(out, VIEW("  - path: ")));
    TRY(buf_add_json(out, r->path));
    TRY(buf_add(out, VIEW("\n    role: ")));
    if (r->rule && r->rule->keep)
        TRY(buf_add(out, VIEW("keep")));
    else if (is_id)
        TRY(buf_add(out, VIEW("id")));
    else
        TRY(csv_role_print(&as, out));
    TRY(buf_add(out, VIEW(" # ")));
    TRY(buf_add(out, view_of_str(r->rule ? "given"
                                 : is_id ? "names the record"
                                         : why_of_key(r->key))));
    TRY(buf_add(out, VIEW("; strings ")));
    TRY(buf_add_u64(out, r->strings));
    TRY(buf_add(out, VIEW(", other values ")));
    TRY(buf_add_u64(out, r->others));
    TRY(buf_add_char(out, '\n'));
out:
    return e;
}

err json_shape_print(const struct json_shape *s, struct buf *out)
{
    err e = OK;
    TRY(buf_add(out, VIEW("# without a path too, strings are looked at, and numbers of two digits "
                          "and more\njson:\n")));
    for (uint32_t i = 0; i < s->n; i++)
        TRY(print_row(&s->v[i], out));
    if (s->left_out) {
        TRY(buf_add(out, VIEW("# values under more paths, or longer ones, not listed: ")));
        TRY(buf_add_u64(out, s->left_out));
        TRY(buf_add_char(out, '\n'));
    }
out:
    return e;
}
