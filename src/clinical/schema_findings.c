#include "base/buf.h"
#include "clinical/schema_inside.h"

static err read_yes(struct schema_reading *r, struct fy_node *n, bool *out)
{
    view v;
    err e = OK;
    if (!n) return OK;
    TRY(yaml_scalar(&r->y, n, "yes or no is expected", &v));
    *out = view_eq(v, VIEW("yes")) || view_eq(v, VIEW("true"));
    if (!*out && !view_eq(v, VIEW("no")) && !view_eq(v, VIEW("false")))
        return yaml_refuse(&r->y, n, ERR_CONFIG, "yes or no is expected");
out:
    return e;
}

static err keep_json(struct schema_reading *r, struct schema_finding *f)
{
    err e = OK;
    struct buf b;
    buf_init(&b, 1 << 20);
    TRY(buf_add_json(&b, f->name));
    TRY(arena_copy(&r->s->arena, buf_view(&b), &f->json_name));
out:
    buf_clear(&b);
    return e;
}

enum {
    F_NAME,
    F_QUESTION,
    F_FIND,
    F_MAYBE,
    F_NOT,
    F_NORMAL,
    F_IMPLIED,
    F_PARENT,
    F_LASTING,
    F_REST
};
static const char *const finding_keys[] = { "name",    "question", "find",    "maybe",
                                            "not",     "normal",   "implied", "parent",
                                            "lasting", "rest",     NULL };
static const struct yaml_place finding_place = YAML_PLACE("findings", finding_keys);

/* A finding without patterns would never be found, and nobody told. */
static err refuse_empty(struct schema_reading *r, struct fy_node *n)
{
    void *pos = NULL;
    err e = yaml_sequence(&r->y, n, "findings: a list of patterns is expected");
    if (!e && !yaml_item(n, &pos))
        e = yaml_refuse(&r->y, n, ERR_CONFIG, "findings: find has no patterns");
    return e;
}

static err read_finding(struct schema_reading *r, struct fy_node *n)
{
    err e = OK;
    struct fy_node *v[YAML_KEYS_MAX];
    struct schema *s = r->s;
    struct schema_finding *f = &s->findings[s->n_findings];
    *f = (struct schema_finding){ .parent = -1 };
    TRY(yaml_mapping(&r->y, n, &finding_place, v));
    if (!v[F_NAME]) return yaml_refuse(&r->y, n, ERR_CONFIG, "findings: a name is missing");
    TRY(schema_keep(r, v[F_NAME], "findings: a name is expected", &f->name));
    if (schema_find(s, f->name) >= 0)
        return yaml_refuse(&r->y, v[F_NAME], ERR_CONFIG, "findings: the name was given before");
    TRY(keep_json(r, f));
    TRY(schema_keep(r, v[F_QUESTION], "findings: a question is expected", &f->question));
    TRY(read_yes(r, v[F_LASTING], &f->lasting));
    f->is_rest = v[F_REST] != NULL;
    if (!f->is_rest && !v[F_FIND])
        return yaml_refuse(&r->y, n, ERR_CONFIG, "findings: find (or rest) is missing");
    static const struct {
        int key;
        enum pattern_kind kind;
        uint8_t more;
    } lists[] = { { F_FIND, PATTERN_FIND, 0 },
                  { F_MAYBE, PATTERN_FIND, PATTERN_FIND_MAYBE },
                  { F_NOT, PATTERN_NOT, 0 },
                  { F_NORMAL, PATTERN_NORMAL, 0 },
                  { F_IMPLIED, PATTERN_IMPLIED, 0 } };
    if (v[F_FIND] && !f->is_rest) TRY(refuse_empty(r, v[F_FIND]));
    for (size_t i = 0; i < COUNT_OF(lists); i++)
        TRY(schema_add_patterns(
            r, v[lists[i].key],
            (struct meaning){ (uint8_t)lists[i].kind, lists[i].more, (uint16_t)s->n_findings },
            "findings: a list of patterns is expected"));
    s->n_findings++;
out:
    return e;
}

/* Names of other findings: they may come later in the file. */
static err read_links(struct schema_reading *r, struct fy_node *n)
{
    err e = OK;
    void *pos = NULL;
    struct fy_node *item, *other, *v[YAML_KEYS_MAX];
    while ((item = yaml_item(n, &pos))) {
        view name;
        void *at = NULL;
        TRY(yaml_mapping(&r->y, item, &finding_place, v));
        TRY(yaml_scalar(&r->y, v[F_NAME], "findings: a name is expected", &name));
        int i = schema_find(r->s, name);
        if (i < 0) continue; /* left out */
        struct schema_finding *f = &r->s->findings[i];
        if (v[F_PARENT]) {
            TRY(yaml_scalar(&r->y, v[F_PARENT], "findings: parent is a finding's name", &name));
            f->parent = schema_find(r->s, name);
            if (f->parent == i || (f->parent < 0 && !r->without))
                return yaml_refuse(&r->y, v[F_PARENT], ERR_CONFIG,
                                   "findings: parent is the name of another finding");
        }
        if (!v[F_REST]) continue;
        TRY(yaml_sequence(&r->y, v[F_REST], "findings: rest is a list of findings"));
        while ((other = yaml_item(v[F_REST], &at))) {
            TRY(yaml_scalar(&r->y, other, "findings: rest is a list of findings", &name));
            int k = schema_find(r->s, name);
            if (k < 0 && !r->without)
                return yaml_refuse(&r->y, other, ERR_CONFIG,
                                   "findings: rest names a finding that is not there");
            if (k >= 0) f->except |= UINT64_C(1) << k;
        }
    }
    /* A chain of parents that comes back to itself has no top. */
    for (uint32_t i = 0; i < r->s->n_findings; i++) {
        int up = r->s->findings[i].parent;
        for (uint32_t steps = 0; up >= 0; up = r->s->findings[up].parent)
            if (++steps > r->s->n_findings)
                return yaml_refuse(&r->y, n, ERR_CONFIG, "findings: parents go round in a circle");
    }
out:
    return e;
}

static err is_left_out(struct schema_reading *r, struct fy_node *finding, bool *out)
{
    err e = OK;
    void *pos = NULL;
    struct fy_node *item, *v[YAML_KEYS_MAX];
    view name, other;
    *out = false;
    if (!r->without) return OK;
    TRY(yaml_mapping(&r->y, finding, &finding_place, v));
    TRY(yaml_scalar(&r->y, v[F_NAME], "findings: a name is expected", &name));
    while ((item = yaml_item(r->without, &pos))) {
        TRY(yaml_scalar(&r->y, item, "without: a list of findings is expected", &other));
        *out |= view_eq(name, other);
    }
out:
    return e;
}

static err is_finding_of(struct schema_reading *r, struct fy_node *findings, view wanted, bool *out)
{
    err e = OK;
    void *pos = NULL;
    struct fy_node *item, *v[YAML_KEYS_MAX];
    view name;
    *out = false;
    while ((item = yaml_item(findings, &pos)) && !*out) {
        TRY(yaml_mapping(&r->y, item, &finding_place, v));
        TRY(yaml_scalar(&r->y, v[F_NAME], "findings: a name is expected", &name));
        *out = view_eq(name, wanted);
    }
out:
    return e;
}

/* A name that is misspelled would leave in what the user wants out. */
static err check_without(struct schema_reading *r, struct fy_node *findings)
{
    err e = OK;
    void *pos = NULL;
    struct fy_node *item;
    view name;
    bool known;
    while (r->without && (item = yaml_item(r->without, &pos))) {
        TRY(yaml_scalar(&r->y, item, "without: a list of findings is expected", &name));
        TRY(is_finding_of(r, findings, name, &known));
        if (!known)
            return yaml_refuse(&r->y, item, ERR_CONFIG,
                               "without: names a finding that the other schema does not have");
    }
out:
    return e;
}

err schema_read_findings(struct schema_reading *r, struct fy_node *n)
{
    err e = OK;
    void *pos = NULL;
    struct fy_node *item;
    TRY(yaml_sequence(&r->y, n, "findings: a list of findings is expected"));
    TRY(check_without(r, n));
    while ((item = yaml_item(n, &pos))) {
        if (r->s->n_findings == FINDINGS_MAX)
            return yaml_refuse(&r->y, item, ERR_CONFIG, "findings: more than 64");
        bool left_out;
        TRY(is_left_out(r, item, &left_out));
        if (!left_out) TRY(read_finding(r, item));
    }
    if (r->s->n_findings == 0)
        return yaml_refuse(&r->y, n, ERR_CONFIG, "findings: a list of findings is expected");
    TRY(read_links(r, n));
out:
    return e;
}
