#include "format/xml_run.h"

#include "text/utf8.h"

enum { FIRST_TEXT = 256 };

void xml_run_init(struct xml_run *r, view bytes, enum encoding enc, struct arena *a)
{
    *r = (struct xml_run){ .arena = a, .bytes = bytes, .encoding = enc };
}

static err room(struct xml_run *r, size_t more)
{
    if (r->cap - r->n >= more) return OK;
    size_t cap = MAX((size_t)FIRST_TEXT, MAX((size_t)r->cap * 2, r->n + more));
    if (cap > UINT32_MAX) return ERR_LIMIT;
    char *p = arena_alloc(r->arena, cap);
    if (!p) return ERR_MEMORY;
    if (r->n) memcpy(p, r->p, r->n);
    r->p = p;
    r->cap = (uint32_t)cap;
    return OK;
}

static err mark(struct xml_run *r, uint32_t source)
{
    return offset_mark_add(&r->marks, r->n, source - r->base);
}

/* From here on the text is no longer just a range of the record. */
static err leave_plain(struct xml_run *r)
{
    err e = OK;
    view so_far = view_sub(r->bytes, r->base, r->end);
    if (!r->is_plain) return OK;
    r->is_plain = false;
    r->n = 0;
    offset_builder_init(&r->marks, r->arena);
    TRY(room(r, so_far.n));
    TRY(mark(r, r->base));
    if (so_far.n) memcpy(r->p, so_far.p, so_far.n);
    r->n = (uint32_t)so_far.n;
    TRY(mark(r, r->end));
out:
    return e;
}

/* How many bytes a character takes where it is spelled as itself. */
static uint32_t width(enum encoding enc, uint32_t cp, size_t utf8)
{
    switch (enc) {
    case ENC_UTF16LE:
    case ENC_UTF16BE: return cp > 0xFFFF ? 4 : 2;
    case ENC_LATIN1:
    case ENC_WINDOWS1252: return 1;
    default: return (uint32_t)utf8;
    }
}

/* The bytes of `text` in the record, were every character spelled as itself. */
static size_t source_size(enum encoding enc, view text)
{
    size_t size = 0;
    for (size_t i = 0; i < text.n;) {
        size_t at = i;
        uint32_t cp = utf8_next(text, &i);
        size += width(enc, cp, i - at);
    }
    return size;
}

static err add_mapped(struct xml_run *r, view text, uint32_t from, uint32_t to, bool is_atomic)
{
    err e = OK;
    is_atomic |= source_size(r->encoding, text) != to - from;
    TRY(leave_plain(r));
    TRY(room(r, text.n + 1));
    if (from != r->end) {
        r->has_gaps = true;
        TRY(mark(r, r->end));
        if (r->before_next) {
            r->p[r->n++] = r->before_next;
            TRY(mark(r, r->end));
        }
    }
    TRY(mark(r, from));
    for (size_t i = 0; i < text.n && !is_atomic;) {
        size_t at = i;
        uint32_t cp = utf8_next(text, &i);
        memcpy(r->p + r->n, text.p + at, i - at);
        r->n += (uint32_t)(i - at);
        from += width(r->encoding, cp, i - at);
        TRY(mark(r, from));
    }
    if (is_atomic) {
        memcpy(r->p + r->n, text.p, text.n);
        r->n += (uint32_t)text.n;
    }
    TRY(mark(r, to));
out:
    return e;
}

err xml_run_add(struct xml_run *r, view text, uint32_t from, uint32_t to, bool is_atomic)
{
    err e = OK;
    bool as_it_is = !is_atomic && r->encoding == ENC_UTF8 && text.n == to - from;
    if (!text.n) return OK;
    if (!r->begun) {
        r->begun = r->is_plain = true;
        r->base = r->end = from;
    }
    if (!(r->is_plain && as_it_is && from == r->end)) TRY(add_mapped(r, text, from, to, is_atomic));
    r->end = to;
    r->before_next = 0;
out:
    return e;
}

void xml_run_break(struct xml_run *r, char mark)
{
    if (r->begun && mark) r->before_next = mark;
}

/* White space at both ends stays out of a text that is only copied bytes. */
static void trim(const struct xml_run *r, struct piece *p)
{
    view all = view_sub(r->bytes, r->base, r->end), text = view_trim(all);
    p->text = text;
    p->base = r->base + (uint32_t)(text.n ? text.p - all.p : 0);
}

bool xml_run_take(struct xml_run *r, struct piece *p)
{
    bool any = false;
    p->map = (struct offset_map){ 0 };
    p->has_gaps = r->has_gaps;
    if (r->begun && r->is_plain) {
        trim(r, p);
        any = p->text.n > 0;
    } else if (r->begun) {
        p->text = view_of(r->p, r->n);
        p->base = r->base;
        p->map = offset_builder_done(&r->marks);
        any = view_trim(p->text).n > 0;
    }
    xml_run_init(r, r->bytes, r->encoding, r->arena);
    return any;
}
