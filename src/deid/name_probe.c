#include "deid/name_probe.h"

#include "base/buf.h"
#include "base/pool.h"
#include "deid/score_words.h"
#include "text/utf8.h"

#include <utf8proc.h>

enum { TEMPLATE_MAX = 4096, PIECES_MAX = 64, TEXT_MAX_BYTES = 1 << 16, SHARE = 64 };

enum slot { SLOT_TEXT, SLOT_NAME, SLOT_GIVEN, SLOT_FAMILY, SLOT_COMMA, SLOT_LI, SLOT_FI };
enum letters { AS_IS, UPPER, LOWER };
static const struct {
    const char *name;
    enum slot slot;
    enum letters letters;
} slots[] = {
    { "name", SLOT_NAME, AS_IS },     { "given", SLOT_GIVEN, AS_IS },
    { "family", SLOT_FAMILY, AS_IS }, { "comma", SLOT_COMMA, AS_IS },
    { "li", SLOT_LI, AS_IS },         { "fi", SLOT_FI, AS_IS },
    { "NAME", SLOT_NAME, UPPER },     { "GIVEN", SLOT_GIVEN, UPPER },
    { "FAMILY", SLOT_FAMILY, UPPER }, { "COMMA", SLOT_COMMA, UPPER },
    { "lower", SLOT_NAME, LOWER },
};
struct probe_piece {
    enum slot slot;
    enum letters letters;
    view text; /* SLOT_TEXT */
};

/* ------------------------------------------------------------------ templates */

static bool find_slot(view name, struct probe_piece *out)
{
    for (size_t i = 0; i < COUNT_OF(slots); i++)
        if (view_eq(name, view_of_str(slots[i].name))) {
            *out = (struct probe_piece){ .slot = slots[i].slot, .letters = slots[i].letters };
            return true;
        }
    return false;
}

static err read_template(struct probe_templates *t, view line, struct diag *d)
{
    err e = OK;
    struct probe_piece list[PIECES_MAX], *v;
    uint32_t n = 0;
    bool has_slot = false;

    if (utf8_bad_at(line) != line.n) return DIAG(d, ERR_ENCODING, "not UTF-8");
    for (size_t at = 0; at < line.n;) {
        size_t from = at;
        if (n == PIECES_MAX) return DIAG(d, ERR_LIMIT, "a template has too many parts");
        if (line.p[at] == '{') {
            size_t end = view_find_byte(line, at, '}');
            if (!find_slot(view_sub(line, at + 1, end), &list[n++]))
                return DIAG(d, ERR_FORMAT, "a template has no such slot");
            has_slot = true;
            at = end + 1;
        } else if (line.p[at] == '\\') {
            if (at + 1 >= line.n || line.p[at + 1] != 'n')
                return DIAG(d, ERR_FORMAT, "a \\ stands before n alone");
            list[n++] = (struct probe_piece){ .text = VIEW("\n") };
            at += 2;
        } else {
            while (at < line.n && line.p[at] != '{' && line.p[at] != '\\')
                at++;
            list[n++] = (struct probe_piece){ .text = view_sub(line, from, at) };
        }
    }
    if (!has_slot) return DIAG(d, ERR_FORMAT, "a template without a name");
    if (t->n == TEMPLATE_MAX) return DIAG(d, ERR_LIMIT, "too many templates");
    if (!(v = arena_array(&t->keep, n, sizeof *v))) TRY(ERR_MEMORY);
    memcpy(v, list, n * sizeof *v);
    t->v[t->n++] = (struct probe_template){ v, n, line };
out:
    return e;
}

err probe_templates_read(struct probe_templates *out, view text, struct diag *d)
{
    err e = OK;
    uint64_t number = 0;
    *out = (struct probe_templates){ 0 };
    arena_init(&out->keep, 64 << 20);
    if (!(out->v = arena_array(&out->keep, TEMPLATE_MAX, sizeof *out->v))) TRY(ERR_MEMORY);
    for (size_t at = 0; at < text.n;) {
        size_t end = view_find_byte(text, at, '\n');
        view line = view_sub(text, at, end);
        at = end + 1;
        number++;
        if (line.n && line.p[line.n - 1] == '\r') line.n--;
        if (!view_trim(line).n || line.p[0] == '#') continue;
        e = read_template(out, line, d);
        if (e && d) d->record = number;
        if (e) goto out;
    }
    if (!out->n) TRY(DIAG(d, ERR_FORMAT, "no template"));
out:
    return e;
}

void probe_templates_clear(struct probe_templates *t)
{
    arena_clear(&t->keep);
    *t = (struct probe_templates){ 0 };
}

/* ------------------------------------------------------------------ one text */

struct worker {
    struct detect_scratch *scratch;
    struct findings found;
    struct buf text;
    uint64_t *tries, *hits; /* by template */
};
struct span {
    size_t start, end;
};

static err add_letters(struct buf *b, view v, enum letters letters)
{
    err e = OK;
    for (size_t at = 0; at < v.n;) {
        char bytes[4];
        utf8proc_int32_t cp = (utf8proc_int32_t)utf8_next(v, &at);
        if (letters == UPPER) cp = utf8proc_toupper(cp);
        if (letters == LOWER) cp = utf8proc_tolower(cp);
        TRY(buf_add(b, view_of(bytes, utf8_put((uint32_t)cp, bytes))));
    }
out:
    return e;
}

static view initial(view name)
{
    size_t at = 0;
    (void)utf8_next(name, &at);
    return view_sub(name, 0, at);
}

static err add_name(struct buf *b, const struct probe_piece *p, const struct name_entry *n)
{
    err e = OK;
    view first = n->given, second = n->family, between = VIEW(" "), after = VIEW("");
    switch (p->slot) {
    case SLOT_GIVEN: second = between = VIEW(""); break;
    case SLOT_FAMILY: first = between = VIEW(""); break;
    case SLOT_COMMA:
        first = n->family;
        second = n->given;
        between = VIEW(", ");
        break;
    case SLOT_LI:
        second = initial(n->family);
        after = VIEW(".");
        break;
    case SLOT_FI:
        first = initial(n->given);
        between = VIEW(". ");
        break;
    default: break;
    }
    TRY(add_letters(b, first, p->letters));
    TRY(buf_add(b, between));
    TRY(add_letters(b, second, p->letters));
    TRY(buf_add(b, after));
out:
    return e;
}

/* Every letter and digit of text[s) lies in a finding. */
static bool is_covered(view text, struct span s, const struct findings *f)
{
    uint32_t i = 0;
    for (size_t at = s.start, from; from = at, at < s.end;) {
        uint32_t cp = utf8_next(text, &at);
        while (i < f->n && f->v[i].end <= from)
            i++;
        if ((i == f->n || f->v[i].start > from) && score_is_alnum(cp)) return false;
    }
    return true;
}

static err try_once(const struct detect *d, struct worker *w, const struct probe_template *t,
                    const struct name_entry *name, bool *hit)
{
    err e = OK;
    struct span spans[PIECES_MAX];
    uint32_t n = 0;
    buf_reset(&w->text);
    for (uint32_t i = 0; i < t->n; i++) {
        spans[n].start = w->text.n;
        if (t->v[i].slot == SLOT_TEXT) {
            TRY(buf_add(&w->text, t->v[i].text));
        } else {
            TRY(add_name(&w->text, &t->v[i], name));
            spans[n++].end = w->text.n;
        }
    }
    TRY(detect_text(d, w->scratch, buf_view(&w->text), VIEW(""), &w->found));
    *hit = true;
    for (uint32_t i = 0; i < n; i++)
        *hit &= is_covered(buf_view(&w->text), spans[i], &w->found);
out:
    return e;
}

/* ------------------------------------------------------------------ all of them */

struct run {
    const struct detect *detect;
    const struct name_sets *sets;
    const struct probe_templates *templates;
    uint32_t tries;
    struct gap_item *items;
    uint32_t *place; /* of a name in its set */
    struct worker *workers;
};
struct job {
    uint32_t first, n;
    err e;
};

static void work(void *ctx, unsigned worker, void *job)
{
    struct run *r = ctx;
    struct job *j = job;
    struct worker *w = &r->workers[worker];
    for (uint32_t i = j->first; i < j->first + j->n && j->e == OK; i++) {
        struct gap_item *item = &r->items[i];
        for (uint32_t k = 0; k < r->tries && j->e == OK; k++) {
            uint64_t at = ((uint64_t)r->place[i] * r->tries + k) % r->templates->n;
            bool hit = false;
            j->e = try_once(r->detect, w, &r->templates->v[at], &r->sets->v[i], &hit);
            item->tries++;
            item->hits = (uint16_t)(item->hits + hit);
            w->tries[at]++;
            w->hits[at] += hit;
        }
    }
}

static err workers_open(struct run *r, unsigned jobs)
{
    err e = OK;
    if (!(r->workers = mem_alloc_zero(jobs * sizeof *r->workers))) TRY(ERR_MEMORY);
    for (unsigned i = 0; i < jobs; i++) {
        struct worker *w = &r->workers[i];
        findings_init(&w->found, DETECT_MAX);
        buf_init(&w->text, TEXT_MAX_BYTES);
    }
    for (unsigned i = 0; i < jobs; i++) {
        struct worker *w = &r->workers[i];
        w->tries = mem_alloc_zero(r->templates->n * sizeof *w->tries);
        w->hits = mem_alloc_zero(r->templates->n * sizeof *w->hits);
        if (!w->tries || !w->hits) TRY(ERR_MEMORY);
        TRY(detect_scratch_new(&w->scratch));
    }
out:
    return e;
}

static void workers_close(struct run *r, unsigned jobs)
{
    for (unsigned i = 0; i < jobs && r->workers; i++) {
        struct worker *w = &r->workers[i];
        detect_scratch_free(w->scratch);
        findings_clear(&w->found);
        buf_clear(&w->text);
        mem_free(w->tries);
        mem_free(w->hits);
    }
    mem_free(r->workers);
}

static err run_jobs(struct run *r, struct pool *pool, struct job *list, uint32_t n)
{
    err e = OK;
    struct job *done;
    for (uint32_t i = 0; i < n; i++) {
        if (pool_is_full(pool) && (done = pool_take(pool)) && done->e && !e) e = done->e;
        uint32_t first = i * SHARE;
        list[i] = (struct job){ first, MIN(SHARE, r->sets->n - first), e };
        pool_submit(pool, &list[i]);
    }
    while ((done = pool_take(pool)))
        if (done->e && !e) e = done->e;
    return e;
}

static err items_new(struct run *r, struct probe_result *out)
{
    const struct name_sets *s = r->sets;
    out->items = mem_alloc_zero(((size_t)s->n + 1) * sizeof *out->items);
    r->place = mem_alloc(((size_t)s->n + 1) * sizeof *r->place);
    if (!out->items || !r->place) return ERR_MEMORY;
    for (uint32_t i = 0; i < s->n; i++) {
        r->place[i] = i && s->v[i].set == s->v[i - 1].set ? r->place[i - 1] + 1 : 0;
        out->items[i].group = (uint16_t)s->v[i].set;
        out->items[i].stratum = s->v[i].outside;
    }
    r->items = out->items;
    return OK;
}

err name_probe_run(const struct detect *d, const struct name_sets *s,
                   const struct probe_templates *t, const struct probe_params *p,
                   struct probe_result *out)
{
    err e = OK;
    unsigned jobs = p->jobs ? p->jobs : pool_cpus();
    struct run r = { .detect = d, .sets = s, .templates = t, .tries = MIN(p->tries, t->n) };
    struct pool *pool = NULL;
    uint32_t n = s->n / SHARE + (s->n % SHARE != 0);
    struct job *list = NULL;

    *out = (struct probe_result){ 0 };
    out->template_tries = mem_alloc_zero(t->n * sizeof *out->template_tries);
    out->template_hits = mem_alloc_zero(t->n * sizeof *out->template_hits);
    list = mem_alloc(((size_t)n + 1) * sizeof *list);
    if (!out->template_tries || !out->template_hits || !list) TRY(ERR_MEMORY);
    TRY(items_new(&r, out));
    TRY(workers_open(&r, jobs));
    TRY(pool_new(&pool, jobs, jobs * 4, work, &r));
    TRY(run_jobs(&r, pool, list, n));
    for (unsigned i = 0; i < jobs; i++)
        for (uint32_t k = 0; k < t->n; k++) {
            out->template_tries[k] += r.workers[i].tries[k];
            out->template_hits[k] += r.workers[i].hits[k];
        }
out:
    pool_free(pool);
    workers_close(&r, jobs);
    mem_free(list);
    mem_free(r.place);
    return e;
}

void probe_result_clear(struct probe_result *r)
{
    mem_free(r->items);
    mem_free(r->template_tries);
    mem_free(r->template_hits);
    *r = (struct probe_result){ 0 };
}
