#include "deid/name_sets.h"

#include "base/map.h"
#include "stats/bootstrap.h"
#include "text/token.h"
#include "text/utf8.h"

enum { KEEP_MAX = 1 << 30 };
static const view tab = { "\t", 1 };

extern const char names_pools_data[], names_pools_end[], names_templates_data[],
    names_templates_end[];

view name_sets_pools(void)
{
    return view_between(names_pools_data, names_pools_end);
}

view name_sets_templates(void)
{
    return view_between(names_templates_data, names_templates_end);
}

static void start(struct name_sets *s)
{
    *s = (struct name_sets){ 0 };
    arena_init(&s->keep, KEEP_MAX);
}

void name_sets_clear(struct name_sets *s)
{
    mem_free(s->v);
    mem_free(s->labels);
    arena_clear(&s->keep);
    *s = (struct name_sets){ 0 };
}

/* ------------------------------------------------------------------ one name */

/* Knows the lexicon one of v's words (of two letters and more)? Where family names begin is told by its
 * particles: *family is the byte where the last word or the particles before it begin. */
static err look(const struct lexicon *l, view v, struct arena *a, bool *known, size_t *family)
{
    err e = OK;
    struct tokens t;
    size_t last = 0;
    bool in_particles = false;
    TRY(token_split(v, a, &t));
    for (uint32_t i = 0; i < t.n; i++) {
        uint64_t bits = lexicon_find(l, t.v[i].hash)->bits;
        bool particle = t.v[i].kind == TOK_WORD && (bits & LEX(PARTICLE));
        if (t.v[i].kind == TOK_WORD && t.v[i].len > 1 && !particle && bits) *known = true;
        if (t.v[i].kind != TOK_WORD || !(t.v[i].flags & TOK_SPACE)) continue;
        if (!in_particles) last = t.v[i].start;
        in_particles = particle && i + 1 < t.n;
    }
    if (family) *family = last;
out:
    return e;
}

static err add(struct name_sets *s, uint32_t set, view given, view family, bool outside)
{
    if (s->n == s->cap) {
        if (s->n >= NAMES_MAX) return ERR_LIMIT;
        uint32_t cap = s->cap ? s->cap * 2 : 1024;
        struct name_entry *v = mem_resize(s->v, (size_t)cap * sizeof *v);
        if (!v) return ERR_MEMORY;
        s->v = v;
        s->cap = cap;
    }
    s->v[s->n++] = (struct name_entry){ given, family, set, outside };
    return OK;
}

static err set_of(struct name_sets *s, struct map *by_label, view label, uint32_t *set)
{
    err e = OK;
    if (map_get(by_label, label, set)) return OK;
    if (s->n_sets >= NAME_SETS_MAX) return ERR_LIMIT;
    if (s->n_sets % 64 == 0) {
        view *v = mem_resize(s->labels, ((size_t)s->n_sets + 64) * sizeof *v);
        if (!v) return ERR_MEMORY;
        s->labels = v;
    }
    TRY(map_put(by_label, label, s->n_sets));
    s->labels[s->n_sets] = label;
    *set = s->n_sets++;
out:
    return e;
}

/* ------------------------------------------------------------------ a file */

static err read_line(struct name_sets *s, struct map *by_label, const struct lexicon *l,
                     struct arena *a, view line, struct diag *d)
{
    err e = OK;
    size_t one = view_find_byte(line, 0, tab.p[0]), two = view_find_byte(line, one + 1, tab.p[0]);
    view label = view_trim(view_sub(line, 0, one)), given, family;
    uint32_t set;
    bool known = false;
    size_t cut = 0;

    if (utf8_bad_at(line) != line.n) return DIAG(d, ERR_ENCODING, "not UTF-8");
    given = view_trim(view_sub(line, one + 1, two));
    family = view_trim(view_sub(line, two + 1, line.n));
    if (!label.n || !given.n || (two < line.n && !family.n) ||
        view_find_byte(line, two + 1, tab.p[0]) < line.n)
        return DIAG(d, ERR_FORMAT, "a set, a tab and a name are expected");
    if (given.n > NAME_LEN_MAX || family.n > NAME_LEN_MAX)
        return DIAG(d, ERR_LIMIT, "the name is too long");
    arena_reset(a);
    TRY(look(l, given, a, &known, &cut));
    if (family.n) {
        TRY(look(l, family, a, &known, NULL));
    } else {
        family = view_sub(given, cut, given.n);
        if (cut) given = view_trim(view_sub(given, 0, cut));
    }
    TRY(set_of(s, by_label, label, &set));
    TRY(add(s, set, given, family, !known));
out:
    return e;
}

static int by_set(const void *a, const void *b)
{
    const struct name_entry *x = a, *y = b;
    if (x->set != y->set) return x->set > y->set ? 1 : -1;
    return (x->given.p > y->given.p) - (x->given.p < y->given.p); /* the order of the file */
}

err name_sets_read(struct name_sets *out, view file, const struct lexicon *l, struct diag *d)
{
    err e = OK;
    struct map by_label;
    struct arena a;
    uint64_t number = 0;

    start(out);
    arena_init(&a, 1 << 20);
    map_init(&by_label, &out->keep);
    for (size_t at = 0; at < file.n;) {
        size_t end = view_find_byte(file, at, '\n');
        view line = view_sub(file, at, end);
        at = end + 1;
        number++;
        if (!view_trim(line).n || line.p[0] == '#') continue;
        e = read_line(out, &by_label, l, &a, line, d);
        if (e && d) d->record = number;
        if (e) goto out;
    }
    if (out->n) qsort(out->v, out->n, sizeof *out->v, by_set);
out:
    arena_clear(&a);
    return e;
}

/* ------------------------------------------------------------------ what is shipped */

struct name_pool_list {
    view *v;
    uint32_t n;
};
struct shipped {
    struct map pools; /* name to place */
    struct name_pool_list *v;
    uint32_t n, cap;
};

/* The names in text[from …) up to the next line that begins with '@'; commas and line ends part them. */
static err read_pool(struct arena *a, view text, size_t from, struct name_pool_list *out,
                     size_t *to)
{
    size_t end = from, marks = 1;
    while (end < text.n && !(text.p[end] == '@' && (end == 0 || text.p[end - 1] == '\n')))
        marks += text.p[end] == ',' || text.p[end] == '\n', end++;
    *out = (struct name_pool_list){ arena_array(a, marks, sizeof *out->v), 0 };
    if (!out->v) return ERR_MEMORY;
    for (size_t at = from; at < end;) {
        size_t stop = at;
        while (stop < end && text.p[stop] != ',' && text.p[stop] != '\n')
            stop++;
        view name = view_trim(view_sub(text, at, stop));
        if (name.n) out->v[out->n++] = name;
        at = stop + 1;
    }
    *to = end;
    return OK;
}

static const struct name_pool_list *find_pool(const struct shipped *s, view name)
{
    uint32_t i;
    return map_get(&s->pools, view_trim(name), &i) ? &s->v[i] : NULL;
}

/* `n` different pairs of the two pools. */
static err draw(struct name_sets *s, uint32_t set, const struct name_pool_list *given,
                const struct name_pool_list *family, uint32_t n, struct stat_random *r,
                const struct lexicon *l)
{
    err e = OK;
    struct arena a;
    uint64_t pairs = (uint64_t)given->n * family->n;
    uint8_t *drawn = NULL;

    arena_init(&a, 1 << 20);
    if (!pairs || pairs > UINT32_MAX) TRY(ERR_LIMIT);
    if (!(drawn = mem_alloc_zero(pairs / 8 + 1))) TRY(ERR_MEMORY);
    for (uint32_t i = 0; i < n && i < pairs; i++) {
        uint32_t x = stat_random_below(r, (uint32_t)pairs);
        while (drawn[x / 8] & (1U << x % 8))
            x = (x + 1) % (uint32_t)pairs;
        drawn[x / 8] |= (uint8_t)(1U << x % 8);
        view g = given->v[x % given->n], f = family->v[x / given->n];
        bool known = false;
        arena_reset(&a);
        TRY(look(l, g, &a, &known, NULL));
        TRY(look(l, f, &a, &known, NULL));
        TRY(add(s, set, g, f, !known));
    }
out:
    mem_free(drawn);
    arena_clear(&a);
    return e;
}

/* "known: women-black + black" */
static err draw_line(struct name_sets *s, uint32_t set, const struct shipped *x, view line,
                     uint32_t n, struct stat_random *r, const struct lexicon *l)
{
    size_t colon = view_find_byte(line, 0, ':'), plus = view_find_byte(line, colon, '+');
    const struct name_pool_list *given = find_pool(x, view_sub(line, colon + 1, plus)),
                                *family = find_pool(x, view_sub(line, plus + 1, line.n));
    return given && family ? draw(s, set, given, family, n, r, l) : ERR_FORMAT;
}

static err read_shipped(struct name_sets *s, struct shipped *x, view text, uint32_t per_set,
                        struct stat_random *r, const struct lexicon *l)
{
    err e = OK;
    struct map by_label;
    map_init(&by_label, &s->keep);
    map_init(&x->pools, &s->keep);
    x->cap = 512;
    if (!(x->v = arena_array(&s->keep, x->cap, sizeof *x->v))) TRY(ERR_MEMORY);
    for (size_t at = 0; at < text.n;) {
        size_t end = view_find_byte(text, at, '\n');
        view line = view_sub(text, at, end);
        at = end + 1;
        if (view_starts(line, VIEW("@ pool "))) {
            if (x->n == x->cap) TRY(ERR_LIMIT);
            TRY(map_put(&x->pools, view_trim(view_sub(line, 7, line.n)), x->n));
            TRY(read_pool(&s->keep, text, at, &x->v[x->n++], &at));
        } else if (view_starts(line, VIEW("@ set "))) {
            uint32_t set;
            TRY(set_of(s, &by_label, view_trim(view_sub(line, 6, line.n)), &set));
            for (int half = 0; half < 2; half++) {
                end = view_find_byte(text, at, '\n');
                TRY(draw_line(s, set, x, view_sub(text, at, end),
                              half ? per_set / 2 : per_set - per_set / 2, r, l));
                at = end + 1;
            }
        } else if (line.n && line.p[0] != '#') {
            TRY(ERR_FORMAT);
        }
    }
out:
    return e;
}

err name_sets_shipped(struct name_sets *out, uint32_t per_set, uint64_t seed,
                      const struct lexicon *l, struct diag *d)
{
    err e = OK;
    struct shipped x = { 0 };
    struct stat_random r;
    start(out);
    stat_random_seed(&r, seed);
    TRY(read_shipped(out, &x, name_sets_pools(), per_set, &r, l));
out:
    return e ? DIAG(d, e, "the shipped sets of names") : OK;
}
