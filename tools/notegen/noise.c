/* See noise.h. */
#include "noise.h"

#include <utf8proc.h>

#include "deid/score_words.h"

static const struct {
    const char *name;
    uint32_t share;
} rows[] = {
#define X(name, share) { #name, share },
    NOISE_MAP(X)
#undef X
};

bool noise_from_name(view name, enum noise *out)
{
    for (int i = 0; i < NOISE_COUNT; i++)
        if (view_eq(name, view_of_str(rows[i].name))) {
            *out = (enum noise)i;
            return true;
        }
    return false;
}

enum noise noise_pick(struct stat_random *r)
{
    uint32_t total = 0, i = 0;
    for (int k = 0; k < NOISE_COUNT; k++)
        total += rows[k].share;
    uint32_t at = stat_random_below(r, total);
    while (at >= rows[i].share)
        at -= rows[i++].share;
    return (enum noise)i;
}

static bool is_letter(uint32_t cp)
{
    return score_is_alnum(cp) && !(cp >= '0' && cp <= '9');
}

/* ------------------------------------------------------------------ one character for another */

static uint32_t other_case(uint32_t cp, bool up)
{
    return (uint32_t)(up ? utf8proc_toupper((utf8proc_int32_t)cp)
                         : utf8proc_tolower((utf8proc_int32_t)cp));
}

static void change_case(struct note *t, enum noise kind)
{
    bool first = true;
    for (uint32_t i = 0; i < t->n; i++) {
        uint32_t cp = t->cp[i];
        if (kind == NOISE_lower || kind == NOISE_lowbare) t->cp[i] = other_case(cp, false);
        if (kind == NOISE_upper || (kind == NOISE_title && first)) t->cp[i] = other_case(cp, true);
        first = !score_is_alnum(cp) && cp != '\'' && cp != 0x2019;
    }
}

static void blank_marks(struct note *t)
{
    for (uint32_t i = 0; i < t->n; i++)
        if (!score_is_alnum(t->cp[i]) && t->cp[i] != '\n') t->cp[i] = ' ';
}

static uint32_t misread(uint32_t cp, struct stat_random *r)
{
    static const char *const pairs =
        "l1 1l O0 0O S5 5S B8 8B e\xC3\xA9 cea ec I1 Il Z2 G6 6G b6 g9 hb nu vy ij tf ,. .,";
    char c = cp < 128 ? (char)cp : 0;
    uint32_t hits = 0, out = cp;
    if (!c || c == ' ') return cp;
    for (const char *p = pairs; *p; p++)
        if (*p == c && (p == pairs || p[-1] == ' ') && (unsigned char)p[1] < 128 &&
            stat_random_below(r, ++hits) == 0)
            out = (uint32_t)p[1];
    return out;
}

/* ------------------------------------------------------------------ characters come and go */

struct rebuild {
    struct note *from, *to;
    uint32_t *where; /* of each old character in the new text, and of the end */
    struct stat_random *r;
};

static void rebuild_begin(struct rebuild *b, struct note *t, struct note *spare,
                          struct stat_random *r)
{
    *b = (struct rebuild){ t, spare, mem_alloc(((size_t)t->n + 1) * sizeof(uint32_t)), r };
    if (!b->where) die("out of memory");
    note_reset(spare);
}

static void rebuild_end(struct rebuild *b)
{
    struct note swap = *b->from;
    b->where[b->from->n] = b->to->n;
    for (uint32_t i = 0; i < b->from->n_marks; i++) {
        struct note_mark m = b->from->marks[i];
        note_mark(b->to, b->where[m.start], b->where[m.end], m.label);
    }
    *b->from = *b->to;
    *b->to = swap;
    mem_free(b->where);
}

static uint32_t typo(struct rebuild *b, uint32_t i)
{
    struct note *t = b->from;
    uint32_t cp = t->cp[i];
    bool inside = i + 1 < t->n && is_letter(cp) && is_letter(t->cp[i + 1]);
    if (inside && stat_random_below(b->r, 100) == 0) {
        switch (stat_random_below(b->r, 4)) {
        case 0: return i; /* dropped */
        case 1: note_put(b->to, cp); break;
        case 2:
            b->where[i + 1] = b->to->n + 1;
            note_put(b->to, t->cp[i + 1]);
            note_put(b->to, cp);
            return i + 1;
        default:
            note_put(b->to, cp);
            cp = 'a' + stat_random_below(b->r, 26);
            break;
        }
    }
    note_put(b->to, cp);
    return i;
}

static void remake(struct note *t, enum noise kind, struct stat_random *r, struct note *spare)
{
    struct rebuild b;
    uint32_t column = 0, width = between(r, 50, 100), way = stat_random_below(r, 3);
    rebuild_begin(&b, t, spare, r);
    for (uint32_t i = 0; i < t->n; i++) {
        uint32_t cp = t->cp[i];
        b.where[i] = spare->n;
        switch (kind) {
        case NOISE_unmarked:
            if (!strchr(".,:;()\"", cp < 128 && cp ? (int)cp : 'x')) note_put(spare, cp);
            break;
        case NOISE_typos: i = typo(&b, i); break;
        case NOISE_together:
            if (cp != '\n')
                note_put(spare, cp);
            else if (way == 0)
                note_put(spare, ' ');
            else if (way == 1)
                note_add(spare, VIEW(", "));
            else if (chance(r, 50))
                note_add(spare, VIEW("  "));
            break;
        case NOISE_joined:
            if (cp != ' ' || !chance(r, 6)) note_put(spare, cp);
            break;
        case NOISE_spaced:
            note_put(spare, cp);
            if (cp == ' ' && chance(r, 20)) note_put(spare, ' ');
            break;
        default: { /* wrapped: before a word that does not fit */
            uint32_t end = i + 1;
            while (end < t->n && t->cp[end] != ' ' && t->cp[end] != '\n')
                end++;
            bool full = cp == ' ' && column + (end - i) > width;
            note_put(spare, full ? '\n' : cp);
            column = full || cp == '\n' ? 0 : column + 1;
            break;
        }
        }
    }
    rebuild_end(&b);
}

void noise_make(struct note *t, enum noise kind, struct stat_random *r, struct note *spare)
{
    switch (kind) {
    case NOISE_none:
    case NOISE_COUNT: return;
    case NOISE_lower:
    case NOISE_upper:
    case NOISE_title: change_case(t, kind); return;
    case NOISE_lowbare:
        change_case(t, kind);
        blank_marks(t);
        return;
    case NOISE_bare: blank_marks(t); return;
    case NOISE_ocr:
        for (uint32_t i = 0; i < t->n; i++)
            if (stat_random_below(r, 50) == 0) t->cp[i] = misread(t->cp[i], r);
        return;
    default: remake(t, kind, r, spare);
    }
}
