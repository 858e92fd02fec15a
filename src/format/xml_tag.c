#include "format/xml_tag.h"

#include "text/utf8.h"

/* The tag as UTF-8, and the way to the record's bytes. */
struct tag_text {
    view text;
    struct offset_map map;
    uint32_t from;
};

static uint32_t source_of(const struct tag_text *t, size_t at)
{
    return t->from + offset_start(&t->map, (uint32_t)at);
}

/* The code point of the entity text[at …] = "&…;", and its length; 0 when it is none. */
static uint32_t entity(view text, size_t at, size_t *length)
{
    static const struct {
        const char *name;
        uint32_t cp;
    } names[] = { { "amp", '&' }, { "lt", '<' }, { "gt", '>' }, { "quot", '"' }, { "apos", '\'' } };
    size_t end = view_find_byte(text, at, ';');
    view name = view_sub(text, at + 1, end);
    *length = end + 1 - at;
    if (end == text.n) return 0;
    for (size_t i = 0; i < COUNT_OF(names); i++)
        if (view_eq(name, view_of_str(names[i].name))) return names[i].cp;
    if (name.n < 2 || name.n > 10 || name.p[0] != '#') return 0;
    bool hex = name.p[1] == 'x';
    uint32_t cp = 0;
    for (size_t i = hex ? 2 : 1; i < name.n; i++) {
        char c = ascii_lower(name.p[i]);
        if (!ascii_is_digit(c) && !(hex && c >= 'a' && c <= 'f')) return 0;
        cp = cp * (hex ? 16 : 10) + (uint32_t)(ascii_is_digit(c) ? c - '0' : c - 'a' + 10);
        if (cp > 0x10FFFF) return 0;
    }
    return cp >= 0xD800 && cp < 0xE000 ? 0 : cp;
}

/* text[from, to) with the marks of the map below, behind what is in out. */
static err add_run(const struct tag_text *t, size_t from, size_t to, uint32_t base, char *out,
                   size_t *n, struct offset_builder *marks)
{
    err e = OK;
    if (from == to) return OK;
    TRY(offset_mark_add(marks, (uint32_t)*n, source_of(t, from) - base));
    for (uint32_t i = offset_mark_after(&t->map, (uint32_t)from);
         i < t->map.n && t->map.marks[i].to < to; i++)
        TRY(offset_mark_add(marks, (uint32_t)(*n + t->map.marks[i].to - from),
                            t->from + t->map.marks[i].from - base));
    memcpy(out + *n, t->text.p + from, to - from);
    *n += to - from;
    TRY(offset_mark_add(marks, (uint32_t)*n, source_of(t, to) - base));
out:
    return e;
}

/* The value in text[from, to). */
static err read_value(const struct tag_text *t, size_t from, size_t to, struct arena *a,
                      struct xml_attribute *out)
{
    err e = OK;
    size_t n = 0, length;
    struct offset_builder marks;
    view raw = view_sub(t->text, from, to);
    out->base = source_of(t, from);
    out->map = (struct offset_map){ 0 };
    out->text = raw;
    if (!t->map.n && view_find_byte(raw, 0, '&') == raw.n) return OK;
    char *p = arena_alloc(a, raw.n + 1);
    if (!p) return ERR_MEMORY;
    offset_builder_init(&marks, a);
    TRY(offset_mark_add(&marks, 0, 0));
    for (size_t i = from; i < to;) {
        size_t amp = MIN(to, view_find_byte(t->text, i, '&'));
        TRY(add_run(t, i, amp, out->base, p, &n, &marks));
        i = amp;
        if (i == to) break;
        uint32_t cp = entity(view_sub(t->text, 0, to), i, &length);
        if (!cp) length = 1; /* not in a well-formed tag; itself then */
        TRY(offset_mark_add(&marks, (uint32_t)n, source_of(t, i) - out->base));
        n += utf8_put(cp ? cp : '&', p + n);
        i += length;
        TRY(offset_mark_add(&marks, (uint32_t)n, source_of(t, i) - out->base));
    }
    out->text = view_of(p, n);
    out->map = offset_builder_done(&marks);
out:
    return e;
}

static bool ends_name(char c)
{
    return ascii_is_space(c) || c == '=' || c == '/' || c == '>';
}

err xml_tag_read(view bytes, uint32_t from, uint32_t to, enum encoding enc, struct arena *a,
                 struct xml_tag *out)
{
    err e = OK;
    struct tag_text t = { .text = view_sub(bytes, from, to), .from = from };
    if (enc != ENC_UTF8) TRY(encoding_decode(enc, t.text, a, &t.text, &t.map, NULL));
    view v = t.text;
    size_t i = 1;
    while (i < v.n && !ends_name(v.p[i]))
        i++;
    out->name = view_sub(v, 1, i);
    out->n = 0;
    for (;;) {
        while (i < v.n && ascii_is_space(v.p[i]))
            i++;
        if (i >= v.n || v.p[i] == '>' || v.p[i] == '/') break;
        size_t name = i;
        while (i < v.n && !ends_name(v.p[i]))
            i++;
        size_t name_end = i;
        while (i < v.n && v.p[i] != '"' && v.p[i] != '\'')
            i++;
        if (i >= v.n) break;
        size_t close = view_find_byte(v, i + 1, v.p[i]);
        if (out->n == XML_ATTRIBUTES_MAX) return ERR_LIMIT;
        struct xml_attribute *x = &out->v[out->n++];
        x->name = view_sub(v, name, name_end);
        TRY(read_value(&t, i + 1, MIN(close, v.n), a, x));
        i = close + 1;
    }
out:
    return e;
}

view xml_tag_get(const struct xml_tag *t, view name)
{
    for (uint32_t i = 0; i < t->n; i++)
        if (view_eq(t->v[i].name, name)) return t->v[i].text;
    return VIEW("");
}

view xml_local(view name)
{
    size_t colon = view_find_byte(name, 0, ':');
    return colon < name.n ? view_sub(name, colon + 1, name.n) : name;
}
