#include "detect/subject.h"

#include "detect/subject_header.h"
#include "text/section.h"

enum { PARTS_SEEN = 64, RULE_MARKS = 4, FIRST_ROWS = 8 };

/* clang-format off */
static const char *const names[SUBJECT_COUNT] = {
    [SUBJECT_PATIENT] = "", [SUBJECT_MOTHER] = "mother", [SUBJECT_INFANT] = "infant",
    [SUBJECT_DONOR] = "donor", [SUBJECT_RECIPIENT] = "recipient", [SUBJECT_TWIN_A] = "twin-a",
    [SUBJECT_TWIN_B] = "twin-b", [SUBJECT_TWIN_C] = "twin-c", [SUBJECT_TWIN_D] = "twin-d",
};
/* clang-format on */

const char *subject_name(enum finding_subject s)
{
    BUG_IF((unsigned)s >= SUBJECT_COUNT);
    return names[s];
}

/* ---- stretches ---- */

struct stretch {
    uint32_t start, end; /* bytes of the folded text */
    enum finding_subject of;
};
struct stretches {
    struct stretch *v; /* in the arena; in text order, not overlapping */
    uint32_t n, cap;
};

static err add_stretch(const struct doc *d, struct stretches *s, uint32_t from, uint32_t to,
                       enum finding_subject of)
{
    struct stretch *v = arena_more(d->arena, s->v, sizeof *v, s->n, &s->cap, FIRST_ROWS);
    if (!v) return ERR_MEMORY;
    s->v = v;
    uint32_t end = to < d->n ? d->tok[to].start : (uint32_t)d->text.n;
    s->v[s->n++] = (struct stretch){ d->tok[from].start, end, of };
    return OK;
}

struct headers {
    struct subject_header *v; /* in the arena */
    uint32_t n, cap;
};

/* The first token of a line from token i on, or d->n. */
static uint32_t line_from(const struct doc *d, uint32_t i)
{
    const struct token *t = d->tok + i, *const end = d->tok + d->n;
    while (t < end && !(t->flags & TOK_LINE))
        t++;
    return (uint32_t)(t - d->tok);
}

static err find_headers(const struct doc *d, struct headers *out)
{
    struct subject_header h;
    uint32_t whole = 0; /* set of the persons that have a part of the note below */
    for (uint32_t i = 0; i < d->n; i = line_from(d, i + 1)) {
        if (!subject_header_at(d, i, &h)) continue;
        struct subject_header *v =
            arena_more(d->arena, out->v, sizeof *v, out->n, &out->cap, FIRST_ROWS);
        if (!v) return ERR_MEMORY;
        out->v = v;
        out->v[out->n++] = h;
        i = h.body - 1;
    }
    for (uint32_t k = out->n; k-- > 0;) {
        struct subject_header *x = &out->v[k];
        if (!x->is_whole) continue;
        x->is_parted = (whole & ~(1U << x->of)) != 0;
        whole |= 1U << x->of;
    }
    return OK;
}

/* Headers inside the parts that another person's header ended: the last part has the same. */
struct seen {
    uint64_t v[PARTS_SEEN];
    unsigned n;
};

static uint64_t phrase_hash(const struct doc *d, uint32_t from, uint32_t to)
{
    uint64_t h = 0;
    for (uint32_t i = from; i < to && i < d->n; i++)
        h = (h ^ d->tok[i].hash) * UINT64_C(0x9E3779B97F4A7C15);
    return h;
}

static bool is_seen(const struct seen *s, uint64_t h)
{
    for (unsigned i = 0; i < s->n; i++)
        if (s->v[i] == h) return true;
    return false;
}

/* "-----": a line of marks alone. */
static bool is_ruled(const struct doc *d, uint32_t i)
{
    uint32_t j = i;
    while (j < d->n && d->tok[j].kind == TOK_MARK && d->tok[j].hash == d->tok[i].hash &&
           (j == i || doc_joined(d, j)))
        j++;
    return j - i >= RULE_MARKS && subject_is_line_start(d, j) &&
           !(i && subject_is_line_start(d, i - 1));
}

/* "exam: …", "2. …", "- …": a line that begins something, though it may be no header. */
static bool is_item(const struct doc *d, uint32_t i)
{
    uint32_t j = i;
    if (d->tok[i].kind == TOK_MARK) return true;
    if (d->tok[i].kind == TOK_NUMBER)
        return doc_joined(d, (int64_t)i + 1) && d->tok[i + 1].kind == TOK_MARK &&
               !doc_joined(d, (int64_t)i + 2);
    while (j - i < SUBJECT_WORDS_MAX && (j == i || !subject_is_line_start(d, j)) &&
           d->tok[j].kind == TOK_WORD)
        j++;
    return j < d->n && !subject_is_line_start(d, j) && doc_is_mark(d, j, ':');
}

/* Does what h began end before the line that begins at i? */
static bool ends_before(const struct doc *d, const struct subject_header *h, uint32_t i,
                        struct seen *seen)
{
    const struct tokens t = { .v = (struct token *)d->tok, .n = d->n };
    uint32_t body;
    enum section_kind kind;
    bool is_paragraph = (d->tok[i].flags & TOK_PARA) != 0;
    if (i != h->body && is_ruled(d, i)) return true;
    if (subject_class_of(&d->tok[i]) & S_END) return true;
    if (!h->is_block && (is_paragraph || is_item(d, i))) return true;
    if (!section_header_at(d->text, &t, i, &body, &kind)) return false;
    if (kind == SECTION_SIGNATURE || kind == SECTION_ADDENDUM || !h->is_block) return true;
    uint64_t hash = phrase_hash(d, i, body);
    if (h->is_parted && seen->n < PARTS_SEEN) seen->v[seen->n++] = hash;
    if (h->is_parted || i == h->body || (h->is_whole && is_seen(seen, hash))) return false;
    return subject_is_line_start(d, body) || is_paragraph;
}

static err find_stretches(const struct doc *d, struct stretches *out)
{
    err e = OK;
    struct headers headers = { 0 };
    FILLED_LATER struct seen seen;
    seen.n = 0;
    TRY(find_headers(d, &headers));
    for (uint32_t k = 0; k < headers.n; k++) {
        const struct subject_header *h = &headers.v[k];
        uint32_t most = k + 1 < headers.n ? headers.v[k + 1].at : d->n, i = h->body;
        while (i < most && !(subject_is_line_start(d, i) && ends_before(d, h, i, &seen)))
            i++;
        TRY(add_stretch(d, out, h->at, i, h->of));
    }
out:
    return e;
}

/* The first token of the words before the colon at `colon` that are a person's field, or `colon`. */
static uint32_t field_before(const struct doc *d, uint32_t colon, enum finding_subject *of)
{
    uint32_t c[SUBJECT_WORDS_MAX], first = colon, all = 0;
    unsigned n = 0;
    for (uint32_t i = colon; i > 0 && !subject_is_line_start(d, i) && n < SUBJECT_WORDS_MAX; i--) {
        const struct token *t = &d->tok[i - 1];
        if (subject_is_joiner(t)) continue;
        uint32_t cls = t->kind == TOK_MARK ? 0 : subject_class_of(t);
        if (!cls) break;
        memmove(c + 1, c, n * sizeof *c);
        c[0] = cls;
        n++;
        all |= cls;
        if (cls & S_PERSON && (d->is_caseless || t->flags & TOK_CAP)) first = i - 1;
    }
    if (first == colon || !(all & S_PERSON)) return colon;
    *of = subject_of_words(c, n);
    return *of == SUBJECT_PATIENT || (subject_is_line_start(d, first) && !(all & S_FIELD)) ? colon
                                                                                           : first;
}

/* "Mother's DOB: 3/5/1990   Infant DOB: …", anywhere in a line: to the next colon after a word, or the
 * line's end. A line's first header that is no field of one value is a stretch instead. */
static err find_fields(const struct doc *d, struct stretches *out)
{
    err e = OK;
    for (uint32_t k = 0; k < d->marks.n; k++) {
        uint32_t colon = d->marks.v[k];
        enum finding_subject of;
        if (!doc_is_mark(d, colon, ':') || subject_is_line_start(d, colon)) continue;
        uint32_t first = field_before(d, colon, &of), end = colon + 1;
        if (first == colon) continue;
        if (subject_is_line_start(d, end) && end < d->n) end++; /* the value is below */
        while (!subject_is_line_start(d, end) &&
               !(doc_is_mark(d, end, ':') && d->tok[end - 1].kind == TOK_WORD))
            end++;
        TRY(add_stretch(d, out, first, end, of));
    }
out:
    return e;
}

/* What covers `at`, or NULL; *k only grows. */
static const struct stretch *covering(const struct stretches *s, uint32_t *k, uint32_t at)
{
    while (*k < s->n && s->v[*k].end <= at)
        ++*k;
    return *k < s->n && s->v[*k].start <= at ? &s->v[*k] : NULL;
}

err subject_mark(const struct doc *d, struct findings *f)
{
    err e = OK;
    struct stretches parts = { 0 }, fields = { 0 };
    uint32_t at_part = 0, at_field = 0, n = 0;
    for (uint32_t i = 0; i < f->n; i++)
        n += f->v[i].label == LABEL_DATE;
    if (!n) return OK;
    enum finding_subject usual = d->field.n ? subject_of_field(d->field) : SUBJECT_PATIENT;
    TRY(find_stretches(d, &parts));
    TRY(find_fields(d, &fields));
    for (uint32_t i = 0; i < f->n; i++) {
        struct finding *x = &f->v[i];
        if (x->label != LABEL_DATE) continue;
        const struct stretch *in = covering(&fields, &at_field, x->start);
        if (!in) in = covering(&parts, &at_part, x->start);
        x->subject = (uint8_t)(in ? in->of : usual);
    }
out:
    return e;
}
