#include "format/hl7_phone.h"

enum { WHOLE = 1, COUNTRY = 5, AREA = 6, LOCAL = 7, EXTENSION = 8, DIGITS_MAX = 32 };

struct digits {
    char d[DIGITS_MAX];
    uint32_t n, n_main; /* n_main: before the word for an extension */
    view text;
    bool is_readable; /* nothing but what telephone numbers are written with */
};

static struct digits digits_of(const struct hl7_walk *w, struct hl7_range rep, uint32_t n)
{
    struct digits out = { .is_readable = true };
    const struct hl7_marks *k = &w->source.marks;
    out.text = hl7_bytes(w, hl7_part_at(w, rep, k->component, n));
    bool in_word = false;
    for (size_t i = 0; i < out.text.n; i++) {
        char c = out.text.p[i];
        in_word |= ascii_is_alpha(c) && out.n;
        out.is_readable &= (unsigned char)c < 0x80 && (c != k->escape || !c) &&
                           (!ascii_is_digit(c) || out.n < DIGITS_MAX);
        if (!ascii_is_digit(c) || out.n == DIGITS_MAX) continue;
        out.d[out.n++] = c;
        out.n_main += !in_word;
    }
    return out;
}

static bool ends_with(const struct digits *whole, const struct digits *a, const struct digits *b)
{
    uint32_t n = a->n + b->n;
    if (!n || n > whole->n_main) return false;
    const char *tail = whole->d + (whole->n_main - n);
    return !memcmp(tail, a->d, a->n) && !memcmp(tail + a->n, b->d, b->n);
}

/* "+44" and the parts behind it; a number of North America goes without its country. */
static err join(struct hl7_walk *w, const struct digits *country, const struct digits *area,
                const struct digits *local, view *out)
{
    char room[1 + 3 * DIGITS_MAX];
    size_t n = 0;
    if (country->n) room[n++] = '+';
    memcpy(room + n, country->d, country->n);
    n += country->n;
    memcpy(room + n, area->d, area->n);
    n += area->n;
    memcpy(room + n, local->d, local->n);
    err e = arena_copy(w->arena, view_of(room, n + local->n), out);
    mem_wipe(room, sizeof room);
    return e;
}

static err find_number(struct hl7_walk *w, struct hl7_range rep, uint32_t n,
                       struct number_part *out)
{
    const struct digits area = digits_of(w, rep, AREA), local = digits_of(w, rep, LOCAL);
    const struct digits whole = digits_of(w, rep, WHOLE);
    *out = (struct number_part){ { "", 0 }, 0 };
    if (!area.is_readable || !local.is_readable) return OK;
    if (whole.is_readable && ends_with(&whole, &area, &local)) {
        out->number = whole.text;
        out->at = whole.n_main - (n < EXTENSION ? local.n : 0) - (n == AREA ? area.n : 0);
        return OK;
    }
    struct digits country = digits_of(w, rep, COUNTRY);
    if (n == EXTENSION || !area.n || !local.n || !country.is_readable) return OK;
    if (country.n == 1 && country.d[0] == '1') country.n = 0;
    out->at = country.n + (n == LOCAL ? area.n : 0);
    return join(w, &country, &area, &local, &out->number);
}

err hl7_phone_part(struct hl7_walk *w, struct hl7_range rep, uint32_t n,
                   const struct number_part **out)
{
    err e = OK;
    *out = NULL;
    if (n < AREA || n > EXTENSION) return OK;
    struct number_part *part = arena_alloc(w->arena, sizeof *part);
    if (!part) return ERR_MEMORY;
    TRY(find_number(w, rep, n, part));
    if (part->number.n) *out = part;
out:
    return e;
}
