#define PCRE2_CODE_UNIT_WIDTH 8
#include "detect/site_pattern.h"

#include <pcre2.h>

#include "detect/site_phrase.h"
#include "detect/taken.h"
#include "text/utf8.h"

enum {
    STEPS_MAX = 10000, /* at one place of the text */
    DEPTH_MAX = 1000,
    HEAP_MAX_KB = 1024,
    NEST_MAX = 32, /* brackets in a pattern */
};

struct compiled {
    pcre2_code *code;
    struct site_phrase cue; /* n = 0: none; its keys are in `keys` */
    uint64_t keys[SITE_PHRASE_MAX];
    uint32_t min, max;
    enum label label;
};
struct site_patterns {
    struct compiled v[SITE_PATTERNS_MAX];
    uint32_t n;
    pcre2_general_context *memory;
    pcre2_compile_context *rules;
    pcre2_match_context *limits;
    struct arena arena; /* scratch of site_patterns_add */
};

static void *heap_take(PCRE2_SIZE n, void *unused)
{
    (void)unused;
    return mem_alloc(n);
}
static void heap_give(void *p, void *unused)
{
    (void)unused;
    mem_free(p);
}
/* While matching, PCRE2 takes from the document's arena, which is wiped with the document. */
static void *arena_take(PCRE2_SIZE n, void *arena)
{
    return arena_alloc(arena, n);
}
static void arena_give(void *p, void *arena)
{
    (void)p;
    (void)arena;
}

err site_patterns_new(struct site_patterns **out)
{
    err e = OK;
    struct site_patterns *p = mem_alloc_zero(sizeof *p);
    if (!p) return ERR_MEMORY;
    arena_init(&p->arena, 1 << 20);
    p->memory = pcre2_general_context_create(heap_take, heap_give, NULL);
    if (!p->memory) TRY(ERR_MEMORY);
    p->rules = pcre2_compile_context_create(p->memory);
    p->limits = pcre2_match_context_create(p->memory);
    if (!p->rules || !p->limits) TRY(ERR_MEMORY);
    pcre2_set_max_pattern_length(p->rules, SITE_REGEX_MAX);
    pcre2_set_parens_nest_limit(p->rules, NEST_MAX);
    pcre2_set_match_limit(p->limits, STEPS_MAX);
    pcre2_set_depth_limit(p->limits, DEPTH_MAX);
    pcre2_set_heap_limit(p->limits, HEAP_MAX_KB);
    *out = p;
out:
    if (e) site_patterns_free(p);
    return e;
}

void site_patterns_free(struct site_patterns *p)
{
    if (!p) return;
    for (uint32_t i = 0; i < p->n; i++)
        pcre2_code_free(p->v[i].code);
    pcre2_compile_context_free(p->rules);
    pcre2_match_context_free(p->limits);
    pcre2_general_context_free(p->memory);
    arena_clear(&p->arena);
    mem_free(p);
}

static err compile(const struct site_patterns *p, view regex, pcre2_code **out)
{
    int code;
    PCRE2_SIZE at;
    /* A pattern can't lift its own limits: (*LIMIT_MATCH=…) only lowers what is set here, and \C, which
     * splits characters, is refused. */
    const uint32_t options = PCRE2_UTF | PCRE2_UCP | PCRE2_NEVER_BACKSLASH_C;
    if (regex.n > SITE_REGEX_MAX) return ERR_LIMIT;
    *out = pcre2_compile((PCRE2_SPTR)regex.p, regex.n, options, &code, &at, p->rules);
    if (*out) return OK;
    return code == PCRE2_ERROR_HEAP_FAILED ? ERR_MEMORY : ERR_FORMAT;
}

err site_patterns_add(struct site_patterns *p, const struct site_pattern *what)
{
    err e = OK;
    uint32_t matches_empty = 0;
    struct compiled c = { .min = what->min, .max = what->max, .label = what->label };
    if (p->n == SITE_PATTERNS_MAX || c.max > SITE_MATCH_MAX || c.min > c.max || c.min == 0)
        return ERR_LIMIT;
    if (what->cue.n) {
        e = site_phrase_read(&c.cue, what->cue, SITE_PHRASE_MAX, &p->arena);
        if (e == ERR_FORMAT) e = ERR_USAGE;
        TRY(e);
        memcpy(c.keys, c.cue.key, c.cue.n * sizeof *c.keys);
    }
    TRY(compile(p, what->regex, &c.code));
    (void)pcre2_pattern_info(c.code, PCRE2_INFO_MATCHEMPTY, &matches_empty);
    if (matches_empty) TRY(ERR_UNSUPPORTED);
    p->v[p->n] = c;
    p->v[p->n].cue.key = p->v[p->n].keys;
    p->n++;
    c.code = NULL;
out:
    pcre2_code_free(c.code);
    arena_reset(&p->arena);
    return e;
}

static bool has_cue(const struct doc *d, uint32_t first, const struct site_phrase *cue,
                    struct finding *x)
{
    for (uint32_t k = 1; k <= SITE_CUE_REACH && k <= first; k++) {
        uint32_t last;
        if (!site_phrase_at(d, first - k, cue, &last) || last >= first) continue;
        x->cue_start = d->tok[first - k].start;
        x->cue_end = token_end(&d->tok[last]);
        return true;
    }
    return false;
}

/* Tags stay tags; digits of a dose or value stay, whatever matches them. */
static bool is_shielded(const struct doc *d, uint32_t first, uint32_t end)
{
    bool has_word = false;
    uint8_t shield = 0;
    for (uint32_t i = first; i < d->n && d->tok[i].start < end; i++) {
        shield |= d->shield[i];
        has_word = has_word || d->tok[i].kind == TOK_WORD;
    }
    return (shield & SHIELD_TAG) || (!has_word && (shield & SHIELD_MEASURE));
}

static err take(const struct compiled *c, const struct doc *d, size_t start, size_t end,
                struct findings *out)
{
    while (start < end && ascii_is_space(d->text.p[start]))
        start++;
    while (end > start && ascii_is_space(d->text.p[end - 1]))
        end--;
    if (start >= end) return OK; /* \K may put the start behind the end */
    size_t length = utf8_count(view_sub(d->text, start, end));
    if (length > c->max) return ERR_LIMIT;
    if (length < c->min) return OK;
    struct finding x = {
        .start = (uint32_t)start,
        .end = (uint32_t)end,
        .score = 1.0F,
        .rule = RULE_SITE_PATTERN,
        .label = (uint8_t)c->label,
        .source = SOURCE_RULE,
    };
    uint32_t first = taken_token_at(d, x.start);
    if (is_shielded(d, first, x.end)) return OK;
    if (c->cue.n && !has_cue(d, first, &c->cue, &x)) return OK;
    return findings_add(out, x);
}

static err find_one(const struct site_patterns *p, const struct compiled *c, const struct doc *d,
                    pcre2_match_data *data, struct findings *out)
{
    const PCRE2_SIZE *pair = pcre2_get_ovector_pointer(data);
    for (size_t at = 0; at < d->text.n;) {
        int n = pcre2_match(c->code, (PCRE2_SPTR)d->text.p, d->text.n, at, PCRE2_NO_UTF_CHECK, data,
                            p->limits);
        if (n == PCRE2_ERROR_NOMATCH) return OK;
        if (n == PCRE2_ERROR_NOMEMORY) return ERR_MEMORY;
        if (n < 0) return ERR_LIMIT;
        err e = take(c, d, pair[0], pair[1], out);
        if (e) return e;
        /* Always forward, also past a match that look-arounds made empty or that ends where it began. */
        size_t next = MAX(pair[1], at);
        if (next == at || pair[0] >= pair[1]) {
            next = MAX(next, pair[0]);
            if (next < d->text.n) (void)utf8_next(d->text, &next);
        }
        at = next;
    }
    return OK;
}

err site_patterns_find(const struct site_patterns *p, const struct doc *d, struct findings *out)
{
    err e = OK;
    if (!p->n || !d->text.n) return OK;
    pcre2_general_context *memory = pcre2_general_context_create(arena_take, arena_give, d->arena);
    pcre2_match_data *data = memory ? pcre2_match_data_create(1, memory) : NULL;
    if (!data) return ERR_MEMORY;
    for (uint32_t i = 0; i < p->n; i++)
        TRY(find_one(p, &p->v[i], d, data, out));
out:
    return e; /* what PCRE2 took goes with the arena */
}
