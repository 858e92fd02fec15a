#include "format/json_paths.h"

#include "format/csv.h"

struct json_paths {
    struct arena arena;
    struct json_rule *v;
    uint32_t n, cap;
    const struct json_paths *before;
};

enum { PATHS_BYTES_MAX = 4 << 20 };

/* ---- the rules ---- */

err json_paths_new(struct json_paths **out)
{
    struct json_paths *p = mem_alloc_zero(sizeof *p);
    if (!p) return ERR_MEMORY;
    arena_init(&p->arena, PATHS_BYTES_MAX);
    *out = p;
    return OK;
}

void json_paths_free(struct json_paths *p)
{
    if (!p) return;
    arena_clear(&p->arena);
    mem_free(p);
}

void json_paths_follow(struct json_paths *p, const struct json_paths *before)
{
    p->before = before;
}

uint32_t json_paths_count(const struct json_paths *p)
{
    return p ? p->n + json_paths_count(p->before) : 0;
}

static const struct json_rule *rule_at(const struct json_paths *p, uint32_t i)
{
    uint32_t before = json_paths_count(p->before);
    return i < before ? rule_at(p->before, i) : &p->v[i - before];
}

static bool read_role(view role, struct json_rule *out)
{
    struct csv_given given = { 0 };
    if (!csv_role_parse(role, &given) || (given.pass != CSV_LOOK && given.pass != CSV_KEEP))
        return false;
    out->role = given.role;
    out->who = given.who;
    out->keep = given.pass == CSV_KEEP;
    return true;
}

err json_paths_add(struct json_paths *p, view path, view role, struct json_path_fault *fault)
{
    err e = OK;
    struct json_rule r = { 0 };
    *fault = (struct json_path_fault){ 0 };
    if (p->n == JSON_PATHS_MAX) return ERR_LIMIT;
    TRY(json_path_parse(path, &p->arena, &r.path, fault));
    if (!read_role(role, &r)) {
        *fault = (struct json_path_fault){
            .what = "a role is expected, such as name, mrn, date/relative, text or keep",
            .is_role = true,
        };
        return ERR_FORMAT;
    }
    struct json_rule *v = arena_more(&p->arena, p->v, sizeof *v, p->n, &p->cap, 8);
    if (!v) return ERR_MEMORY;
    p->v = v;
    p->v[p->n++] = r;
out:
    return e;
}

/* ---- following them ---- */

struct json_state {
    const struct json_rule *rule;
    /* A word a rule: bit i is set when its first i steps lead to this value. */
    uint32_t *reached;
};

static err need_level(struct json_tracks *t, uint32_t depth)
{
    if (depth >= t->cap) {
        uint32_t cap = MAX(depth + 1, t->cap ? t->cap * 2 : 8);
        struct json_state *v = arena_array(t->arena, cap, sizeof *v);
        if (!v) return ERR_MEMORY;
        if (t->cap) memcpy(v, t->levels, t->cap * sizeof *v);
        memset(v + t->cap, 0, (cap - t->cap) * sizeof *v);
        t->levels = v;
        t->cap = cap;
    }
    struct json_state *s = &t->levels[depth];
    if (!s->reached) s->reached = arena_array(t->arena, t->n, sizeof *s->reached);
    return s->reached ? OK : ERR_MEMORY;
}

err json_tracks_start(struct json_tracks *t)
{
    err e = OK;
    if (!t->paths) return OK;
    t->n = json_paths_count(t->paths);
    t->cap = 0;
    TRY(need_level(t, 1));
    t->levels[1].rule = NULL;
    for (uint32_t i = 0; i < t->n; i++) {
        t->levels[1].reached[i] = 1;
        if (rule_at(t->paths, i)->path.n == 0) t->levels[1].rule = rule_at(t->paths, i);
    }
out:
    return e;
}

static bool leads_to(const struct json_step *s, bool has_key, view key, uint32_t index)
{
    switch ((enum json_step_kind)s->kind) {
    case JSON_STEP_KEY: return has_key && view_eq(s->key, key);
    case JSON_STEP_INDEX: return !has_key && s->index == index;
    case JSON_STEP_ANY: return true;
    }
    return false;
}

err json_tracks_enter(struct json_tracks *t, uint32_t depth, bool has_key, view key, uint32_t index)
{
    err e = OK;
    if (!t->paths) return OK;
    TRY(need_level(t, depth + 1));
    const struct json_state *around = &t->levels[depth];
    struct json_state *here = &t->levels[depth + 1];
    here->rule = around->rule;
    for (uint32_t i = 0; i < t->n; i++) {
        const struct json_rule *r = rule_at(t->paths, i);
        uint32_t from = around->reached[i], to = 0;
        for (uint32_t k = 0; k < r->path.n && from >> k; k++) {
            const struct json_step *s = &r->path.steps[k];
            if (!(from >> k & 1)) continue;
            if (s->is_deep) to |= 1u << k;
            if (leads_to(s, has_key, key, index)) to |= 1u << (k + 1);
        }
        here->reached[i] = to;
        if (to >> r->path.n & 1) here->rule = r;
    }
out:
    return e;
}

const struct json_rule *json_tracks_rule(const struct json_tracks *t, uint32_t depth)
{
    return t->paths ? t->levels[depth].rule : NULL;
}
