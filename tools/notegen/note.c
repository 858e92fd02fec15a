/* See note.h. */
#include "note.h"

#include "deid/score_words.h"
#include "text/utf8.h"

void die(const char *why)
{
    fprintf(stderr, "notegen: %s\n", why);
    exit(2);
}

uint32_t between(struct stat_random *r, uint32_t low, uint32_t high)
{
    return low + stat_random_below(r, high - low + 1);
}

bool chance(struct stat_random *r, uint32_t percent)
{
    return stat_random_below(r, 100) < percent;
}

void note_clear(struct note *t)
{
    mem_free(t->cp);
    mem_free(t->marks);
    *t = (struct note){ 0 };
}

void note_reset(struct note *t)
{
    t->n = t->n_marks = 0;
}

void note_put(struct note *t, uint32_t cp)
{
    if (t->n == t->cap) {
        t->cap = t->cap ? t->cap * 2 : 4096;
        if (!(t->cp = mem_resize(t->cp, (size_t)t->cap * sizeof *t->cp))) die("out of memory");
    }
    t->cp[t->n++] = cp;
}

void note_add(struct note *t, view utf8)
{
    for (size_t at = 0; at < utf8.n;)
        note_put(t, utf8_next(utf8, &at));
}

void note_mark(struct note *t, uint32_t start, uint32_t end, enum label label)
{
    if (start == end) return;
    if (t->n_marks == t->cap_marks) {
        t->cap_marks = t->cap_marks ? t->cap_marks * 2 : 64;
        t->marks = mem_resize(t->marks, (size_t)t->cap_marks * sizeof *t->marks);
        if (!t->marks) die("out of memory");
    }
    t->marks[t->n_marks++] = (struct note_mark){ start, end, label };
}

void note_cut(struct note *t, uint32_t n)
{
    t->n = n;
    while (t->n_marks && t->marks[t->n_marks - 1].end > n)
        t->n_marks--;
}

void note_utf8(const struct note *t, uint32_t from, uint32_t to, struct buf *out)
{
    for (; from < to; from++) {
        char bytes[4];
        size_t n = utf8_put(t->cp[from], bytes);
        if (buf_add(out, view_of(bytes, n)) != OK) die("out of memory");
    }
}

static bool is_blank(uint32_t cp)
{
    return cp == ' ' || (cp >= '\t' && cp <= '\r') || cp == 0xA0;
}

void note_json(const struct note *t, view id, struct buf *out)
{
    struct buf text;
    err e = OK;
    bool first = true;

    buf_init(&text, (size_t)64 << 20);
    note_utf8(t, 0, t->n, &text);
    TRY(buf_add(out, VIEW("{\"id\":")));
    TRY(buf_add_json(out, id));
    TRY(buf_add(out, VIEW(",\"text\":")));
    TRY(buf_add_json(out, buf_view(&text)));
    TRY(buf_add(out, VIEW(",\"spans\":[")));
    for (uint32_t i = 0; i < t->n_marks; i++) {
        struct note_mark m = t->marks[i];
        bool says = false;
        while (m.start < m.end && is_blank(t->cp[m.start]))
            m.start++;
        while (m.start < m.end && is_blank(t->cp[m.end - 1]))
            m.end--;
        for (uint32_t k = m.start; k < m.end && !says; k++)
            says = score_is_alnum(t->cp[k]);
        if (!says) continue;
        TRY(buf_add(out, first ? VIEW("{\"start\":") : VIEW(",{\"start\":")));
        TRY(buf_add_u64(out, m.start));
        TRY(buf_add(out, VIEW(",\"end\":")));
        TRY(buf_add_u64(out, m.end));
        TRY(buf_add(out, VIEW(",\"label\":\"")));
        TRY(buf_add(out, view_of_str(label_name(m.label))));
        TRY(buf_add(out, VIEW("\"}")));
        first = false;
    }
    TRY(buf_add(out, VIEW("]}\n")));
out:
    buf_clear(&text);
    if (e) die("out of memory");
}
