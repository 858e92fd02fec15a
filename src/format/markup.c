#include "format/markup.h"

#include "text/entity.h"
#include "text/utf8.h"

enum { TAG_NAME_MAX = 16 };

struct reader_of_markup {
    view in;
    const struct offset_map *under;
    uint32_t at_under; /* marks of `under` before it are behind us */
    struct arena *arena;
    struct markup *out;
};

/* ---- text and its map ---- */

struct writer_of_text {
    char *p;
    uint32_t n;
    struct offset_builder marks;
};

static uint32_t source_of(const struct reader_of_markup *r, size_t at)
{
    return offset_start(r->under, (uint32_t)at);
}

static err mark(struct reader_of_markup *r, struct writer_of_text *t, size_t at)
{
    return offset_mark_add(&t->marks, t->n, source_of(r, at));
}

/* Bytes [from, to) of the input as they are, with the marks of the map below them. */
static err put_run(struct reader_of_markup *r, struct writer_of_text *t, size_t from, size_t to)
{
    err e = OK;
    const struct offset_map *u = r->under;
    if (from == to) return OK;
    TRY(mark(r, t, from));
    for (uint32_t i = offset_mark_after(u, (uint32_t)from); i < u->n && u->marks[i].to < to; i++)
        TRY(offset_mark_add(&t->marks, t->n + (u->marks[i].to - (uint32_t)from), u->marks[i].from));
    memcpy(t->p + t->n, r->in.p + from, to - from);
    t->n += (uint32_t)(to - from);
    TRY(mark(r, t, to));
out:
    return e;
}

/* Text without tags: runs, and entities as what they mean. */
static err put_text(struct reader_of_markup *r, struct writer_of_text *t, size_t from, size_t to)
{
    err e = OK;
    while (from < to) {
        view in = view_sub(r->in, 0, to);
        size_t at = view_find_byte(in, from, '&'), len = 0;
        uint32_t cp = 0;
        while (at < to && !(len = entity_at(in, at, &cp)))
            at = view_find_byte(in, at + 1, '&');
        TRY(put_run(r, t, from, at));
        if (at == to) break;
        TRY(mark(r, t, at));
        t->n += (uint32_t)utf8_put(cp, t->p + t->n); /* never longer than its name */
        from = at + len;
        TRY(mark(r, t, from));
    }
out:
    return e;
}

static err begin(struct reader_of_markup *r, struct writer_of_text *t, size_t room)
{
    *t = (struct writer_of_text){ .p = arena_alloc(r->arena, room + 1) };
    offset_builder_init(&t->marks, r->arena);
    return t->p ? OK : ERR_MEMORY;
}

/* ---- values in tags ---- */

static err add_value(struct reader_of_markup *r, view name, size_t from, size_t to)
{
    err e = OK;
    struct markup *m = r->out;
    struct writer_of_text t;
    if (from == to) return OK;
    struct markup_value *v = arena_more(r->arena, m->values, sizeof *v, m->n, &m->cap, 8);
    if (!v) return ERR_MEMORY;
    m->values = v;
    TRY(begin(r, &t, to - from));
    TRY(name.n ? put_text(r, &t, from, to) : put_run(r, &t, from, to));
    m->values[m->n++] = (struct markup_value){ .name = name,
                                               .text = view_of(t.p, t.n),
                                               .map = offset_builder_done(&t.marks) };
out:
    return e;
}

static bool is_space(char c)
{
    return c == ' ' || c == '\n' || c == '\r' || c == '\t' || c == '\f';
}

/* The attributes between the name of a tag and its end. */
static err read_attributes(struct reader_of_markup *r, size_t at, size_t end)
{
    err e = OK;
    view in = r->in;
    while (at < end) {
        while (at < end && (is_space(in.p[at]) || in.p[at] == '/'))
            at++;
        size_t name = at;
        while (at < end && !is_space(in.p[at]) && in.p[at] != '=' && in.p[at] != '/')
            at++;
        size_t name_end = at;
        while (at < end && is_space(in.p[at]))
            at++;
        if (at == end || in.p[at] != '=') { /* a name without a value could be anything */
            if (name_end > name) TRY(add_value(r, VIEW("title"), name, name_end));
            at = MAX(at, name_end + (name_end == name));
            continue;
        }
        at++;
        while (at < end && is_space(in.p[at]))
            at++;
        char quote = at < end && (in.p[at] == '"' || in.p[at] == '\'') ? in.p[at++] : 0;
        size_t from = at;
        while (at < end && (quote ? in.p[at] != quote : !is_space(in.p[at])))
            at++;
        view known = name_end > name ? view_sub(in, name, name_end) : VIEW("title");
        TRY(add_value(r, known, from, at));
        at += quote && at < end;
    }
out:
    return e;
}

/* ---- tags ---- */

static bool is_inline(view name)
{
    static const char *const names[] = { "a",     "abbr", "acronym", "b",      "bdo", "big",
                                         "cite",  "code", "del",     "dfn",    "em",  "font",
                                         "i",     "ins",  "kbd",     "q",      "s",   "samp",
                                         "small", "span", "strike",  "strong", "sub", "sup",
                                         "tt",    "u",    "var" };
    for (size_t i = 0; i < COUNT_OF(names); i++)
        if (view_eq_nocase(name, view_of_str(names[i]))) return true;
    return false;
}

/* The end of the tag at `at` ('<'), behind its '>'; 0 when there is none. A '>' may stand in quotes. */
static size_t tag_end(view in, size_t at)
{
    char quote = 0;
    for (size_t i = at + 1; i < in.n; i++) {
        char c = in.p[i];
        if (quote)
            quote = c == quote ? 0 : quote;
        else if (c == '"' || c == '\'')
            quote = c;
        else if (c == '>')
            return i + 1;
        else if (c == '<')
            return 0;
    }
    return 0;
}

/* What stands at `at`: the end of a tag, a comment, a declaration; 0 when it is text. */
static err read_tag(struct reader_of_markup *r, size_t at, size_t *end, bool *breaks)
{
    err e = OK;
    view in = r->in, rest = view_sub(in, at, in.n);
    *end = 0;
    *breaks = true;
    if (view_starts(rest, VIEW("<!--"))) {
        const char *close = rest.n > 6 ? memmem(rest.p + 4, rest.n - 4, "-->", 3) : NULL;
        if (!close) return OK;
        *end = at + (size_t)(close - rest.p) + 3;
        *breaks = false;
        return add_value(r, VIEW(""), at + 4, *end - 3);
    }
    if (view_starts(rest, VIEW("<![CDATA["))) return OK; /* text, its frame too */
    bool closes = rest.n > 1 && rest.p[1] == '/';
    size_t name = at + 1 + closes;
    if (name >= in.n) return OK;
    if (in.p[name] == '!' || in.p[name] == '?') {
        if (!(*end = tag_end(in, at))) return OK;
        return add_value(r, VIEW(""), name + 1, *end - 1);
    }
    if (!ascii_is_alpha(in.p[name])) return OK;
    if (!(*end = tag_end(in, at))) return OK;
    size_t behind = name;
    while (behind < *end - 1 && !is_space(in.p[behind]) && in.p[behind] != '/')
        behind++;
    *breaks = !is_inline(view_sub(in, name, behind));
    /* A tag that no schema has is looked at: "<John Smith>" is somebody's name. */
    if (behind - name > TAG_NAME_MAX) TRY(add_value(r, VIEW("title"), name, behind));
    TRY(read_attributes(r, behind, *end - 1));
out:
    return e;
}

err markup_read(view in, const struct offset_map *under, struct arena *a, struct markup *out)
{
    err e = OK;
    struct reader_of_markup r = { .in = in, .under = under, .arena = a, .out = out };
    struct writer_of_text t;
    size_t done = 0, at = 0;
    bool ends_line = true; /* nothing to part from what comes */
    *out = (struct markup){ .text = { "", 0 } };
    if (in.n >= UINT32_MAX) return ERR_LIMIT;
    TRY(begin(&r, &t, in.n));
    TRY(mark(&r, &t, 0));
    while ((at = view_find_byte(in, at, '<')) < in.n) {
        size_t end;
        bool breaks;
        TRY(read_tag(&r, at, &end, &breaks));
        if (!end) {
            at++;
            continue;
        }
        if (at > done) ends_line = false;
        TRY(put_text(&r, &t, done, at));
        TRY(mark(&r, &t, at));
        TRY(mark(&r, &t, end));
        if (breaks && !ends_line) { /* shorter than the tag: there is room */
            t.p[t.n++] = '\n';
            TRY(mark(&r, &t, end));
            ends_line = true;
        }
        at = done = end;
    }
    TRY(put_text(&r, &t, done, in.n));
    TRY(mark(&r, &t, in.n));
    out->text = view_of(t.p, t.n);
    out->map = offset_builder_done(&t.marks);
out:
    return e;
}
