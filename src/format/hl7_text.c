#include "format/hl7_text.h"

#include "text/scan.h"
#include "text/utf8.h"

struct maker {
    const struct hl7_source *s;
    struct offset_builder marks;
    struct arena *arena;
    char *out;
    size_t n;
    uint32_t base;
    /* Of the stretch at work: its text before escapes are resolved, and the way from there to bytes. */
    view src;
    struct offset_map map;
    uint32_t at; /* where in the record, from base, it begins */
    bool has_gaps;
    struct diag *diag;
};

static bool is_ascii(view v)
{
    return scan_ascii(v.p, v.n) == v.n;
}

static uint32_t source_of(const struct maker *m, size_t i)
{
    return m->at + offset_start(&m->map, (uint32_t)i);
}

static err mark(struct maker *m, uint32_t from)
{
    return offset_mark_add(&m->marks, (uint32_t)m->n, from);
}

/* src[from, to) as it is. */
static err copy_run(struct maker *m, size_t from, size_t to)
{
    err e = OK;
    if (from == to) return OK;
    TRY(mark(m, source_of(m, from)));
    for (uint32_t i = offset_mark_after(&m->map, (uint32_t)from);
         i < m->map.n && m->map.marks[i].to < to; i++)
        TRY(offset_mark_add(&m->marks, (uint32_t)(m->n + m->map.marks[i].to - from),
                            m->at + m->map.marks[i].from));
    memcpy(m->out + m->n, m->src.p + from, to - from);
    m->n += to - from;
    TRY(mark(m, source_of(m, to)));
out:
    return e;
}

static bool is_hex(view v)
{
    for (size_t i = 0; i < v.n; i++)
        if (!ascii_is_hex(v.p[i])) return false;
    return true;
}

static unsigned hex_digit(char c)
{
    return ascii_is_digit(c) ? (unsigned)(c - '0') : (unsigned)(ascii_lower(c) - 'a' + 10);
}

/* The text that bytes in hexadecimal stand for. What is no text there is a mark that nobody reads. */
static err hex_text(struct maker *m, view hex, view *text)
{
    char *bytes = arena_alloc(m->arena, hex.n / 2);
    struct offset_map unused;
    if (!bytes) return ERR_MEMORY;
    for (size_t i = 0; i + 1 < hex.n; i += 2)
        bytes[i / 2] = (char)(hex_digit(hex.p[i]) << 4 | hex_digit(hex.p[i + 1]));
    err e =
        encoding_decode(m->s->encoding, view_of(bytes, hex.n / 2), m->arena, text, &unused, NULL);
    if (e != ERR_ENCODING) return e;
    *text = VIEW("\xEF\xBF\xBD");
    return OK;
}

/* ".br", ".sp3", ".in+4": what a formatting command leaves of itself. */
static bool command_text(view name, view *text)
{
    static const struct {
        char name[4];
        char text;
    } commands[] = { { ".br", '\n' }, { ".sp", '\n' }, { ".ce", '\n' }, { ".in", ' ' },
                     { ".ti", ' ' },  { ".sk", ' ' },  { ".fi", ' ' },  { ".nf", ' ' } };
    if (name.n < 3 || name.n > 8) return false;
    for (size_t i = 3; i < name.n; i++)
        if (!ascii_is_digit(name.p[i]) && !strchr("+- ", name.p[i])) return false;
    for (size_t i = 0; i < COUNT_OF(commands); i++)
        if (view_eq_nocase(view_sub(name, 0, 3), view_of_str(commands[i].name))) {
            *text = view_of(&commands[i].text, 1);
            return true;
        }
    return false;
}

/* What the escape `name` means; *known is false when it means nothing but itself. */
static err escape_text(struct maker *m, view name, view *text, bool *known)
{
    static const char letters[] = "FSRETP"; /* in the order of MSH */
    *known = true;
    *text = VIEW("");
    if (name.n == 1) {
        const struct hl7_marks *k = &m->s->marks;
        const char *marks[] = { &k->field,  &k->component,    &k->repetition,
                                &k->escape, &k->subcomponent, "#" };
        const char *letter = strchr(letters, name.p[0]);
        if (letter && name.p[0] && *marks[letter - letters])
            *text = view_of(marks[letter - letters], 1);
        else
            *known = name.p[0] == 'H' || name.p[0] == 'N';
        return OK;
    }
    if (name.n > 2 && name.n % 2 && name.p[0] == 'X' && is_hex(view_sub(name, 1, name.n)))
        return hex_text(m, view_sub(name, 1, name.n), text);
    if ((name.n == 5 || name.n == 7) && (name.p[0] == 'C' || name.p[0] == 'M') &&
        is_hex(view_sub(name, 1, name.n)))
        return view_eq_nocase(name, VIEW("C2842")) ? OK : ERR_UNSUPPORTED;
    *known = command_text(name, text);
    return OK;
}

/* src[at, next) stands within a word: between two letters. */
static bool is_in_word(const struct maker *m, size_t at, size_t next)
{
    return at && next < m->src.n && ascii_is_alpha(m->src.p[at - 1]) &&
           ascii_is_alpha(m->src.p[next]);
}

/* src[at] is an escape mark: takes the escape, or the mark alone. *next: what follows. */
static err take_escape(struct maker *m, size_t at, size_t *next)
{
    err e = OK;
    view text;
    bool known = false;
    size_t end = view_find_byte(m->src, at + 1, m->s->marks.escape);
    if (end < m->src.n) {
        e = escape_text(m, view_sub(m->src, at + 1, end), &text, &known);
        if (e == ERR_UNSUPPORTED)
            DIAG_AT(m->diag, e, "an escape to another character set", m->base + source_of(m, at),
                    end + 1 - at);
        if (e) return e;
    }
    *next = known ? end + 1 : at + 1;
    if (!known) return copy_run(m, at, at + 1);
    if (m->src.p[at + 1] == '.' && is_in_word(m, at, *next)) text = VIEW("\n");
    TRY(mark(m, source_of(m, at)));
    if (text.n) memcpy(m->out + m->n, text.p, text.n);
    m->n += text.n;
    m->has_gaps |= text.n == 0;
    TRY(mark(m, source_of(m, *next)));
out:
    return e;
}

static err take_stretch(struct maker *m, const struct hl7_stretch *st)
{
    err e = OK;
    view raw = view_sub(m->s->bytes, st->from, st->to);
    m->at = st->from - m->base;
    m->src = raw;
    m->map = (struct offset_map){ 0 };
    if (m->s->encoding != ENC_UTF8 && !is_ascii(raw)) {
        struct diag inner = { 0 };
        e = encoding_decode(m->s->encoding, raw, m->arena, &m->src, &m->map, &inner);
        if (e == ERR_ENCODING)
            DIAG_AT(m->diag, e, "a byte that the character set does not have",
                    st->from + inner.offset, 1);
        TRY(e);
    }
    for (size_t i = 0; i < m->src.n;) {
        size_t esc = m->s->marks.escape ? view_find_byte(m->src, i, m->s->marks.escape) : m->src.n;
        TRY(copy_run(m, i, esc));
        i = esc;
        if (i < m->src.n) TRY(take_escape(m, i, &i));
    }
out:
    return e;
}

err hl7_text(const struct hl7_source *s, const struct hl7_stretch *v, uint32_t n, struct arena *a,
             struct piece *p, struct diag *d)
{
    err e = OK;
    size_t size = n;
    view first = view_sub(s->bytes, v[0].from, v[0].to);
    struct maker m = { .s = s, .arena = a, .base = v[0].from, .diag = d };
    p->base = v[0].from;
    p->map = (struct offset_map){ 0 };
    p->has_gaps = false;
    if (n == 1 && (s->encoding == ENC_UTF8 || is_ascii(first)) &&
        (!s->marks.escape || view_find_byte(first, 0, s->marks.escape) == first.n)) {
        p->text = first;
        return OK;
    }
    for (uint32_t i = 0; i < n; i++)
        size += 3 * (size_t)(v[i].to - v[i].from); /* no byte becomes more than three */
    m.out = arena_alloc(a, size);
    if (!m.out) return ERR_MEMORY;
    offset_builder_init(&m.marks, a);
    TRY(mark(&m, 0));
    for (uint32_t i = 0; i < n; i++) {
        if (i > 0) {
            uint32_t end = v[i - 1].to - m.base;
            TRY(mark(&m, end));
            m.out[m.n++] = v[i].before;
            TRY(mark(&m, end));
            TRY(mark(&m, v[i].from - m.base));
            m.has_gaps = true;
        }
        TRY(take_stretch(&m, &v[i]));
    }
    TRY(mark(&m, v[n - 1].to - m.base));
    p->text = view_of(m.out, m.n);
    p->map = offset_builder_done(&m.marks);
    p->has_gaps = m.has_gaps;
out:
    return e;
}

enum encoding hl7_charset(view name)
{
    static const struct {
        const char *name;
        enum encoding encoding;
    } names[] = {
        { "ASCII", ENC_UTF8 },         { "US-ASCII", ENC_UTF8 }, { "ISO IR6", ENC_UTF8 },
        { "UNICODE UTF-8", ENC_UTF8 }, { "UNICODE", ENC_UTF8 },  { "UTF-8", ENC_UTF8 },
        { "UTF8", ENC_UTF8 },
    };
    enum encoding enc = ENC_AUTO;
    for (size_t i = 0; i < COUNT_OF(names); i++)
        if (view_eq_nocase(name, view_of_str(names[i].name))) return names[i].encoding;
    return encoding_from_name(name, &enc) && enc != ENC_UTF16LE && enc != ENC_UTF16BE ? enc
                                                                                      : ENC_AUTO;
}

bool hl7_charset_is_ascii(view name)
{
    return view_eq_nocase(name, VIEW("ASCII")) || view_eq_nocase(name, VIEW("US-ASCII")) ||
           view_eq_nocase(name, VIEW("ISO IR6"));
}
