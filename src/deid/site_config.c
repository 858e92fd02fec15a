#include "deid/site_config.h"

#include "base/file.h"
#include "deid/site_actions.h"
#include "deid/site_inside.h"
#include "detect/site_pattern.h"
#include "detect/site_terms.h"

err site_choice(struct site_reader *r, struct fy_node *n, const char *const *names,
                const char *what, unsigned *out)
{
    view name;
    err e = yaml_scalar(&r->y, n, what, &name);
    if (e) return e;
    for (unsigned i = 0; names[i]; i++) {
        if (!view_eq(view_of_str(names[i]), name)) continue;
        *out = i;
        return OK;
    }
    return yaml_refuse(&r->y, n, ERR_CONFIG, what);
}

err site_label(struct site_reader *r, struct fy_node *n, const char *what, enum label *out)
{
    view name;
    err e = yaml_scalar(&r->y, n, what, &name);
    if (e) return e;
    return label_from_name(name, out) ? OK : yaml_refuse(&r->y, n, ERR_CONFIG, what);
}

static err read_actions(struct site_reader *r, struct fy_node *n)
{
    static const char *const keys[] = {
#define X(name, letter) #name,
        LABEL_MAP(X)
#undef X
            NULL
    };
    static const struct yaml_place place = YAML_PLACE("actions", keys);
    err e = OK;
    struct fy_node *v[YAML_KEYS_MAX];
    TRY(yaml_mapping(&r->y, n, &place, v));
    for (unsigned l = 0; l < LABEL_COUNT; l++) {
        static const char what[] =
            "actions: keep, mask, tag, surrogate, year, shift, zip3 or age90 is expected";
        struct site_action *a = &r->c->actions[l];
        view name;
        if (!v[l]) continue;
        TRY(yaml_scalar(&r->y, v[l], what, &name));
        if (!site_action_from_name(name, &a->action))
            TRY(yaml_refuse(&r->y, v[l], ERR_CONFIG, what));
        if (!site_action_fits((enum label)l, a->action))
            TRY(yaml_refuse(&r->y, v[l], ERR_CONFIG,
                            "actions: this can't be done with this label"));
        a->is_set = true;
        a->line = r->y.line;
        a->column = r->y.column;
        r->c->n_actions++;
    }
out:
    return e;
}

/* `dates`: how the site writes them, and by what they move. */
static err read_dates(struct site_reader *r, struct fy_node *n)
{
    enum { ORDER, SHIFT };
    static const char *const keys[] = { "order", "shift", NULL };
    static const struct yaml_place place = YAML_PLACE("dates", keys);
    static const char *const orders[] = { "mdy", "dmy", NULL };
    static const char *const steps[] = { "days", "weeks", NULL };
    err e = OK;
    unsigned order = 0, step = 0;
    struct fy_node *v[YAML_KEYS_MAX];
    TRY(yaml_mapping(&r->y, n, &place, v));
    if (v[ORDER]) TRY(site_choice(r, v[ORDER], orders, "dates: the order is mdy or dmy", &order));
    if (v[SHIFT])
        TRY(site_choice(r, v[SHIFT], steps, "dates: the shift is by days or weeks", &step));
    r->c->date_order = order ? DATE_DAY_FIRST : DATE_MONTH_FIRST;
    r->c->shift_whole_weeks = step == 1;
out:
    return e;
}

static err read_root(struct site_reader *r, struct fy_node *root)
{
    enum { VERSION, ALLOW, DENY, PATTERNS, ACTIONS, DATES, ROSTERS, HL7, JSON };
    static const char *const keys[] = { "version", "allow",   "deny", "patterns", "actions",
                                        "dates",   "rosters", "hl7",  "json",     NULL };
    static const struct yaml_place place = YAML_PLACE("site file", keys);
    err e = OK;
    view version;
    struct fy_node *v[YAML_KEYS_MAX];
    TRY(yaml_mapping(&r->y, root, &place, v));
    if (!v[VERSION]) TRY(DIAG_LINE(r->d, ERR_CONFIG, "site file: version: 1 is expected", 1, 1));
    TRY(yaml_scalar(&r->y, v[VERSION], "site file: version: 1 is expected", &version));
    if (!view_eq(version, VIEW("1")))
        TRY(yaml_refuse(&r->y, v[VERSION], ERR_CONFIG, "site file: another version than 1"));
    if (v[ALLOW]) TRY(site_read_allow(r, v[ALLOW]));
    if (v[DENY]) TRY(site_read_deny(r, v[DENY]));
    if (v[PATTERNS]) TRY(site_read_patterns(r, v[PATTERNS]));
    if (v[ACTIONS]) TRY(read_actions(r, v[ACTIONS]));
    if (v[DATES]) TRY(read_dates(r, v[DATES]));
    if (v[ROSTERS]) TRY(site_read_rosters(r, v[ROSTERS]));
    if (v[HL7]) TRY(site_hl7_read(&r->y, v[HL7], &r->c->hl7));
    if (v[JSON]) TRY(site_json_read(&r->y, v[JSON], r->c->json));
out:
    return e;
}

err site_config_read(struct site_config **out, view yaml, const char *folder, struct diag *d)
{
    err e = OK;
    struct fy_node *root = NULL;
    struct site_reader r = { .folder = folder, .d = d };
    if (yaml.n > SITE_FILE_MAX) return DIAG(d, ERR_LIMIT, "the site file is too large");
    r.c = mem_alloc_zero(sizeof *r.c);
    if (!r.c) return DIAG(d, ERR_MEMORY, "no room for the site file");
    buf_init(&r.c->records, SITE_RECORDS_MAX);
    TRY(site_terms_new(&r.c->terms));
    TRY(site_patterns_new(&r.c->patterns));
    TRY(json_paths_new(&r.c->json));
    TRY(yaml_open(&r.y, yaml, d, &root));
    TRY(read_root(&r, root));
    *out = r.c;
out:
    if (e) {
        (void)DIAG(d, e, "the site file could not be taken in");
        site_config_free(r.c);
    }
    yaml_close(&r.y);
    return e;
}

err site_config_open(struct site_config **out, const char *path, struct diag *d)
{
    err e = OK;
    struct buf text, folder;
    const char *slash = strrchr(path, '/');
    buf_init(&text, SITE_FILE_MAX);
    buf_init(&folder, SITE_PATH_MAX);
    e = file_read(path, &text, NULL);
    if (e && e != ERR_MEMORY) TRY(DIAG(d, ERR_CONFIG, "the site file could not be read"));
    if (e) TRY(e);
    if (slash) TRY(buf_add(&folder, view_of(path, slash == path ? 1 : (size_t)(slash - path))));
    TRY(buf_add_char(&folder, '\0'));
    TRY(site_config_read(out, buf_view(&text), folder.p, d));
out:
    if (e) (void)DIAG(d, e, "the site file could not be read");
    buf_clear(&folder);
    buf_clear(&text);
    return e;
}

void site_config_free(struct site_config *c)
{
    if (!c) return;
    site_terms_free(c->terms);
    site_patterns_free(c->patterns);
    site_hl7_clear(&c->hl7);
    json_paths_free(c->json);
    buf_clear(&c->records);
    mem_free(c);
}
