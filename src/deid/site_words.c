#include "deid/site_inside.h"
#include "detect/site_pattern.h"
#include "detect/site_terms.h"

/* What site_terms_add says of a phrase, in the words of its list. */
static err add_phrase(struct site_reader *r, struct fy_node *n, view text, struct site_term what)
{
    err e = site_terms_add(r->c->terms, text, what);
    bool allow = what.kind == SITE_ALLOW;
    switch (e) {
    case ERR_EXISTS:
        return yaml_refuse(&r->y, n, ERR_CONFIG,
                           allow ? "allow: the phrase is on this list or on deny already"
                                 : "deny: the phrase is on this list or on allow already");
    case ERR_FORMAT:
        return yaml_refuse(
            &r->y, n, ERR_CONFIG,
            allow ? "allow: too short to be told from ordinary text (two letters or digits)"
                  : "deny: too short to be told from ordinary text (two letters, or four "
                    "digits)");
    case ERR_LIMIT:
        return yaml_refuse(&r->y, n, ERR_CONFIG,
                           allow ? "allow: more than sixteen words, numbers and marks"
                                 : "deny: more than sixteen words, numbers and marks");
    default: return e;
    }
}

err site_read_allow(struct site_reader *r, struct fy_node *n)
{
    err e = OK;
    void *pos = NULL;
    struct fy_node *item;
    TRY(yaml_sequence(&r->y, n, "allow: a list of phrases is expected"));
    while ((item = yaml_item(n, &pos))) {
        view text;
        TRY(yaml_scalar(&r->y, item, "allow: a phrase is expected", &text));
        TRY(add_phrase(r, item, text, (struct site_term){ .kind = SITE_ALLOW }));
        r->c->n_allow++;
    }
out:
    return e;
}

err site_read_deny(struct site_reader *r, struct fy_node *n)
{
    enum { TEXT, LABEL };
    static const char *const keys[] = { "text", "label", NULL };
    static const struct yaml_place place = YAML_PLACE("deny", keys);
    err e = OK;
    void *pos = NULL;
    struct fy_node *item, *v[YAML_KEYS_MAX];
    TRY(yaml_sequence(&r->y, n, "deny: a list of mappings with text and label is expected"));
    while ((item = yaml_item(n, &pos))) {
        view text;
        struct site_term what = { .kind = SITE_DENY };
        TRY(yaml_mapping(&r->y, item, &place, v));
        TRY(yaml_scalar(&r->y, v[TEXT], "deny: a text is expected", &text));
        TRY(site_label(r, v[LABEL], "deny: a label is expected, such as LOCATION", &what.label));
        TRY(add_phrase(r, v[TEXT], text, what));
        r->c->n_deny++;
    }
out:
    return e;
}

enum { NAME, LABEL, REGEX, CUE, LEAST, MOST };
static const char *const pattern_keys[] = { "name", "label", "regex", "cue", "min", "max", NULL };
static const struct yaml_place pattern_place = YAML_PLACE("patterns", pattern_keys);
static const char lengths[] =
    "patterns: min and max are whole numbers from 1 to 256, min the smaller";

/* A whole number from 1 to SITE_MATCH_MAX; `usual` when there is none. */
static err read_length(struct site_reader *r, struct fy_node *n, uint32_t usual, uint32_t *out)
{
    view v;
    uint64_t number;
    *out = usual;
    if (!n) return OK;
    err e = yaml_scalar(&r->y, n, lengths, &v);
    if (e) return e;
    if (!view_to_u64(v, &number) || number < 1 || number > SITE_MATCH_MAX)
        return yaml_refuse(&r->y, n, ERR_CONFIG, lengths);
    *out = (uint32_t)number;
    return OK;
}

static err add_pattern(struct site_reader *r, struct fy_node *regex, struct fy_node *cue,
                       struct fy_node *max, const struct site_pattern *p)
{
    err e = OK;
    if (p->min > p->max) return yaml_refuse(&r->y, max ? max : regex, ERR_CONFIG, lengths);
    if (r->c->n_patterns == SITE_PATTERNS_MAX)
        return yaml_refuse(&r->y, regex, ERR_CONFIG, "patterns: more than 256 of them");
    e = site_patterns_add(r->c->patterns, p);
    switch (e) {
    case ERR_FORMAT:
        return yaml_refuse(&r->y, regex, ERR_CONFIG, "patterns: the regex is not valid");
    case ERR_UNSUPPORTED:
        return yaml_refuse(&r->y, regex, ERR_CONFIG,
                           "patterns: the regex can match nothing at all");
    case ERR_USAGE:
        return yaml_refuse(&r->y, cue, ERR_CONFIG, "patterns: the cue has no letter or digit");
    case ERR_LIMIT:
        return yaml_refuse(&r->y, regex, ERR_CONFIG, "patterns: the regex or its cue is too long");
    default: r->c->n_patterns += e == OK; return e;
    }
}

/* The names of patterns serve the people who read the file; two of one name would be a slip. */
static err check_names(struct site_reader *r, struct fy_node *list, struct fy_node *item, view name)
{
    static const char what[] = "patterns: the name was given before";
    void *pos = NULL;
    struct fy_node *other;
    while ((other = yaml_item(list, &pos)) && other != item) {
        struct fy_node *v[YAML_KEYS_MAX];
        view before;
        err e = yaml_mapping(&r->y, other, &pattern_place, v);
        if (!e) e = yaml_scalar(&r->y, v[NAME], what, &before);
        if (e) return e;
        if (view_eq(before, name)) {
            e = yaml_mapping(&r->y, item, &pattern_place, v);
            return e ? e : yaml_refuse(&r->y, v[NAME], ERR_CONFIG, what);
        }
    }
    return OK;
}

err site_read_patterns(struct site_reader *r, struct fy_node *n)
{
    err e = OK;
    void *pos = NULL;
    struct fy_node *item, *v[YAML_KEYS_MAX];
    TRY(yaml_sequence(&r->y, n,
                      "patterns: a list of mappings with name, label and regex is expected"));
    while ((item = yaml_item(n, &pos))) {
        view name;
        struct site_pattern p = { 0 };
        TRY(yaml_mapping(&r->y, item, &pattern_place, v));
        TRY(yaml_scalar(&r->y, v[NAME], "patterns: a name is expected", &name));
        TRY(site_label(r, v[LABEL], "patterns: a label is expected, such as ID", &p.label));
        TRY(yaml_scalar(&r->y, v[REGEX], "patterns: a regex is expected", &p.regex));
        if (v[CUE]) TRY(yaml_scalar(&r->y, v[CUE], "patterns: a cue is a word or phrase", &p.cue));
        TRY(read_length(r, v[LEAST], 1, &p.min));
        TRY(read_length(r, v[MOST], MAX(SITE_MATCH_USUAL, p.min), &p.max));
        TRY(check_names(r, n, item, name));
        TRY(add_pattern(r, v[REGEX], v[CUE], v[MOST], &p));
    }
out:
    return e;
}
