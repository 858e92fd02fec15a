/* format/jsonl.c — JSON, a record a line or one document: each place where data can hide a piece.
 *
 *      string values at any depth   SPELL_JSON_STRING; field is the nearest key around it
 *      numbers of 5 digits or more  SPELL_JSON_NUMBER (a record number need not be quoted)
 *      shorter ones under a key     the same ({"age": 93}, {"zip": 2139}); a single digit is nothing
 *      keys that could be data      SPELL_JSON_STRING; field "" ({"Jane Doe": {…}})
 *      keys of one plain word       the same, as ROLE_KEY ({"Jane": {…}})
 *
 * A path of the user's own (format/json_paths.h) says of a value what it is, and of all inside it; then it is
 * a piece of that role whatever it looks like, or, kept, none at all, and no more are the keys inside it.
 *
 * The top-level "id" names the record. A line is UTF-8 (RFC 8259, 8.1); a BOM before it and its line
 * end are kept. A blank line is a record without pieces.
 */
#include "format/format_options.h"
#include "format/formats.h"
#include "format/json.h"
#include "format/json_paths.h"
#include "text/utf8.h"

enum { DIGITS_WITH_KEY = 2, FIRST_PIECES = 8, VALUE_SEEN = 16, DEPTH_MAX = 512 };

/* The first line with anything on it is a JSON object, as far as the head shows. */
static bool sniff(view head)
{
    view line = { "", 0 };
    bool is_cut = false; /* its end is beyond the head */
    for (size_t at = json_bom_length(head); at < head.n && !line.n;) {
        size_t end = view_find_byte(head, at, '\n');
        line = view_trim(view_sub(head, at, end));
        is_cut = end == head.n;
        at = end + 1;
    }
    struct json j;
    enum json_event event;
    json_init(&j, line);
    if (json_next(&j, &event, NULL) || event != JSON_OBJECT) return false;
    if (is_cut) return !json_next(&j, &event, NULL); /* a key and its colon will do */
    while (event != JSON_END)
        if (json_next(&j, &event, NULL)) return false;
    return true;
}

struct walk {
    struct json j;
    struct arena *arena;
    struct record *out;
    uint32_t cap;                          /* of out->pieces */
    view field[DEPTH_MAX + 1];             /* at each depth, the key of the value that comes next */
    uint32_t group[DEPTH_MAX + 1], groups; /* at each depth, the number of the object; how many */
    struct json_tracks tracks;
    uint32_t index[DEPTH_MAX + 1]; /* of the next element, or IN_OBJECT */
    enum piece_role patient_role;  /* of the value that r->patient is; ROLE_TEXT: none yet */
};
enum { IN_OBJECT = UINT32_MAX };

static err push(struct walk *w, struct piece piece)
{
    struct record *r = w->out;
    struct piece *v = arena_more(w->arena, r->pieces, sizeof *v, r->n, &w->cap, FIRST_PIECES);
    if (!v) return ERR_MEMORY;
    r->pieces = v;
    r->pieces[r->n++] = piece;
    return OK;
}

/* Is the value at v a number, true, false or null? */
static bool is_flat(view v)
{
    v = view_trim(v);
    return v.n && v.p[0] != '{' && v.p[0] != '[' && v.p[0] != '"';
}

static err take_key(struct walk *w)
{
    err e = OK;
    struct piece p = { .base = (uint32_t)w->j.start,
                       .role = ROLE_TEXT,
                       .spelling = SPELL_JSON_STRING,
                       .encoding = ENC_UTF8 };
    TRY(json_string(&w->j, w->arena, &p.text, &p.map));
    w->field[w->j.depth] = p.text;
    const struct json_rule *rule = json_tracks_rule(&w->tracks, w->j.depth);
    if (rule && rule->keep) return OK;
    if (!json_key_could_be_data(p.text)) {
        p.role = ROLE_KEY;
        p.group = w->group[w->j.depth];
        p.is_flat = is_flat(view_sub(w->j.doc, w->j.pos, w->j.pos + VALUE_SEEN));
    }
    TRY(push(w, p));
out:
    return e;
}

/* The value of a record number tells whose the record is, or else that of a social security or plan number. */
static void note_patient(struct walk *w, const struct piece *p)
{
    static const uint8_t rank[ROLE_COUNT] = { [ROLE_MRN] = 3, [ROLE_SSN] = 2, [ROLE_PLAN] = 1 };
    if (p->who != OF_PATIENT || rank[p->role] <= rank[w->patient_role]) return;
    w->patient_role = p->role;
    w->out->patient = view_trim(p->text);
}

/* The patient is person 1 of the record; others are one person when they stand in one object. */
static uint16_t person_of(const struct walk *w, enum piece_who who)
{
    uint32_t group = w->group[w->j.depth];
    if (who == OF_PATIENT) return 1;
    return who == OF_UNKNOWN || group > UINT16_MAX - 2 ? 0 : (uint16_t)(group + 2);
}

static err take_ruled(struct walk *w, const struct json_rule *rule, struct piece *p)
{
    err e = OK;
    if (rule->keep) return OK;
    p->role = rule->role;
    p->who = rule->who;
    if (p->role >= ROLE_NAME) p->person = person_of(w, rule->who);
    if (p->role == ROLE_ID && !w->out->id.n) w->out->id = p->text;
    note_patient(w, p);
    if (p->text.n) TRY(push(w, *p));
out:
    return e;
}

static err take_value(struct walk *w, enum json_event event)
{
    err e = OK;
    struct json *j = &w->j;
    const struct json_rule *rule = json_tracks_rule(&w->tracks, j->depth + 1);
    struct piece p = { .field = w->field[j->depth],
                       .base = (uint32_t)j->start,
                       .role = ROLE_TEXT,
                       .spelling = event == JSON_STRING ? SPELL_JSON_STRING : SPELL_JSON_NUMBER,
                       .encoding = ENC_UTF8 };
    if (event == JSON_STRING)
        TRY(json_string(j, w->arena, &p.text, &p.map));
    else
        p.text = view_sub(j->doc, j->start, j->end);
    if (rule) return take_ruled(w, rule, &p);
    if (j->depth == 1 && view_eq(p.field, VIEW("id"))) {
        p.role = ROLE_ID;
        if (!w->out->id.n) w->out->id = p.text;
    }
    size_t digits = p.field.n ? DIGITS_WITH_KEY : JSON_DIGITS_OF_DATA;
    if (event == JSON_STRING || view_count_digits(p.text) >= digits) TRY(push(w, p));
out:
    return e;
}

/* A value begins: which paths lead to it. */
static err follow(struct walk *w, enum json_event event)
{
    uint32_t around = w->j.depth - (event == JSON_OBJECT || event == JSON_ARRAY);
    if (!w->tracks.paths || around == 0) return OK;
    bool in_object = w->index[around] == IN_OBJECT;
    uint32_t index = in_object ? 0 : w->index[around]++;
    return json_tracks_enter(&w->tracks, around, in_object, w->field[around], index);
}

static err walk_line(struct walk *w, struct diag *d)
{
    err e = OK;
    enum json_event event;
    for (;;) {
        TRY(json_next(&w->j, &event, d));
        uint32_t depth = w->j.depth;
        bool begins = event != JSON_END && event != JSON_KEY && event != JSON_OBJECT_END &&
                      event != JSON_ARRAY_END;
        if (begins) TRY(follow(w, event));
        switch (event) {
        case JSON_END: return OK;
        case JSON_OBJECT:
            w->field[depth] = (view){ "", 0 };
            w->group[depth] = w->groups++;
            w->index[depth] = IN_OBJECT;
            break;
        case JSON_ARRAY:
            w->field[depth] = w->field[depth - 1];
            w->group[depth] = w->group[depth - 1];
            w->index[depth] = 0;
            break;
        case JSON_KEY: TRY(take_key(w)); break;
        case JSON_STRING:
        case JSON_NUMBER: TRY(take_value(w, event)); break;
        default: break;
        }
    }
out:
    return e;
}

/* The same format with paths of the user's own. */
struct with_paths {
    struct format format;
    const struct json_paths *paths;
};
static const struct json_paths *paths_of(const struct format *self)
{
    if (self == &format_jsonl || self == &format_json) return NULL;
    return ((const struct with_paths *)(const void *)self)->paths;
}

static err decode(const struct format *self, view bytes, enum encoding enc, struct arena *a,
                  struct record *out, struct diag *d)
{
    err e = OK;
    struct record r = { .bytes = bytes };
    FILLED_LATER struct walk w; /* 8 KB of fields: a depth's is set when the walk comes there */
    if (enc != ENC_AUTO && enc != ENC_UTF8)
        return DIAG(d, ERR_UNSUPPORTED, "JSON in another encoding than UTF-8");
    if (bytes.n > UINT32_MAX / 4) return DIAG(d, ERR_LIMIT, "a JSON text over 1 GB");
    size_t bad = utf8_bad_at(bytes);
    if (bad < bytes.n) return DIAG_AT(d, ERR_ENCODING, "broken UTF-8", bad, 1);
    json_init(&w.j, bytes);
    w.j.pos = json_bom_length(bytes);
    w.arena = a;
    w.out = &r;
    w.cap = 0;
    w.groups = 0;
    w.field[0] = (view){ "", 0 };
    w.group[0] = 0;
    w.patient_role = ROLE_TEXT;
    w.tracks = (struct json_tracks){ .paths = paths_of(self), .arena = a };
    TRY(json_tracks_start(&w.tracks));
    if (view_trim(view_sub(bytes, w.j.pos, bytes.n)).n) TRY(walk_line(&w, d));
    *out = r;
out:
    return e;
}

/* An object or array that goes well through the head, and to its end when the head is all there is. A
 * note that begins with "[NAME]" is no JSON. */
static bool sniff_document(view head)
{
    enum { ENOUGH = 3, HEAD_IS_CUT = 4096 };
    struct json j;
    enum json_event event;
    json_init(&j, head);
    j.pos = json_bom_length(head);
    for (unsigned events = 0;; events++) {
        if (json_next(&j, &event, NULL)) return events >= ENOUGH && head.n >= HEAD_IS_CUT;
        if (events == 0 && event != JSON_OBJECT && event != JSON_ARRAY) return false;
        if (event == JSON_END) return true;
    }
}

static err open_with(const struct format *self, const struct format_options *o, view head,
                     struct arena *a, const struct format **out, struct diag *d)
{
    (void)head;
    *out = self;
    if (!json_paths_count(o->json)) return OK;
    struct with_paths *v = arena_alloc(a, sizeof *v);
    if (!v) return DIAG(d, ERR_MEMORY, "no room for paths");
    *v = (struct with_paths){ *self, o->json };
    *out = &v->format;
    return OK;
}

const struct format format_jsonl = {
    .name = "jsonl",
    .is_stream = true,
    .has_fields = true,
    .opens_bare = true,
    .sniff = sniff,
    .split = format_split_lines,
    .open = open_with,
    .decode = decode,
};
const struct format format_json = {
    .name = "json",
    .has_fields = true,
    .opens_bare = true,
    .sniff = sniff_document,
    .open = open_with,
    .decode = decode,
};
