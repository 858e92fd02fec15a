#include "deid/site_config.h"

#include <unistd.h>

#include "base/file.h"
#include "deid/site_actions.h"
#include "deid/site_roster.h"
#include "detect/site_pattern.h"
#include "format/yaml.h"

enum { PATH_BYTES_MAX = 4096, RECORDS_BYTES_MAX = 64 * PATH_BYTES_MAX };

struct reader {
    struct yaml y;
    struct site_config *c;
    const char *folder;
    struct diag *d;
};

static err read_choice(struct reader *r, struct fy_node *n, const char *const *names,
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

static err read_label(struct reader *r, struct fy_node *n, const char *what, enum label *out)
{
    view name;
    err e = yaml_scalar(&r->y, n, what, &name);
    if (e) return e;
    return label_from_name(name, out) ? OK : yaml_refuse(&r->y, n, ERR_CONFIG, what);
}

/* What site_terms_add says of a phrase, in the words of its list. */
static err add_phrase(struct reader *r, struct fy_node *n, view text, struct site_term what)
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

static err read_allow(struct reader *r, struct fy_node *n)
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

static err read_deny(struct reader *r, struct fy_node *n)
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
        TRY(read_label(r, v[LABEL], "deny: a label is expected, such as LOCATION", &what.label));
        TRY(add_phrase(r, v[TEXT], text, what));
        r->c->n_deny++;
    }
out:
    return e;
}

/* A whole number from 1 to SITE_MATCH_MAX; `usual` when there is none. */
static err read_length(struct reader *r, struct fy_node *n, uint32_t usual, uint32_t *out)
{
    static const char what[] =
        "patterns: min and max are whole numbers from 1 to 256, min the smaller";
    view v;
    uint64_t number;
    *out = usual;
    if (!n) return OK;
    err e = yaml_scalar(&r->y, n, what, &v);
    if (e) return e;
    if (!view_to_u64(v, &number) || number < 1 || number > SITE_MATCH_MAX)
        return yaml_refuse(&r->y, n, ERR_CONFIG, what);
    *out = (uint32_t)number;
    return OK;
}

static err add_pattern(struct reader *r, struct fy_node *regex, struct fy_node *cue,
                       struct fy_node *max, const struct site_pattern *p)
{
    err e = OK;
    if (p->min > p->max)
        return yaml_refuse(
            &r->y, max ? max : regex, ERR_CONFIG,
            "patterns: min and max are whole numbers from 1 to 256, min the smaller");
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
static err check_names(struct reader *r, struct fy_node *list, struct fy_node *item, view name)
{
    static const char what[] = "patterns: the name was given before";
    void *pos = NULL;
    struct fy_node *other;
    while ((other = yaml_item(list, &pos)) && other != item) {
        static const char *const keys[] = { "name", "label", "regex", "cue", "min", "max", NULL };
        static const struct yaml_place place = YAML_PLACE("patterns", keys);
        struct fy_node *v[YAML_KEYS_MAX];
        view before;
        err e = yaml_mapping(&r->y, other, &place, v);
        if (!e) e = yaml_scalar(&r->y, v[0], what, &before);
        if (e) return e;
        if (view_eq(before, name)) {
            e = yaml_mapping(&r->y, item, &place, v);
            return e ? e : yaml_refuse(&r->y, v[0], ERR_CONFIG, what);
        }
    }
    return OK;
}

static err read_patterns(struct reader *r, struct fy_node *n)
{
    enum { NAME, LABEL, REGEX, CUE, LEAST, MOST };
    static const char *const keys[] = { "name", "label", "regex", "cue", "min", "max", NULL };
    static const struct yaml_place place = YAML_PLACE("patterns", keys);
    err e = OK;
    void *pos = NULL;
    struct fy_node *item, *v[YAML_KEYS_MAX];
    TRY(yaml_sequence(&r->y, n,
                      "patterns: a list of mappings with name, label and regex is expected"));
    while ((item = yaml_item(n, &pos))) {
        view name;
        struct site_pattern p = { 0 };
        TRY(yaml_mapping(&r->y, item, &place, v));
        TRY(yaml_scalar(&r->y, v[NAME], "patterns: a name is expected", &name));
        TRY(read_label(r, v[LABEL], "patterns: a label is expected, such as ID", &p.label));
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

static err read_actions(struct reader *r, struct fy_node *n)
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
static err read_dates(struct reader *r, struct fy_node *n)
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
    if (v[ORDER]) TRY(read_choice(r, v[ORDER], orders, "dates: the order is mdy or dmy", &order));
    if (v[SHIFT])
        TRY(read_choice(r, v[SHIFT], steps, "dates: the shift is by days or weeks", &step));
    r->c->date_order = order ? DATE_DAY_FIRST : DATE_MONTH_FIRST;
    r->c->shift_whole_weeks = step == 1;
out:
    return e;
}

/* ---- rosters ---- */

static err roster_path(struct reader *r, struct fy_node *n, view file, struct buf *out)
{
    err e = OK;
    if (view_find_byte(file, 0, '\0') < file.n)
        return yaml_refuse(&r->y, n, ERR_CONFIG, "rosters: a file is expected");
    if (file.p[0] != '/' && r->folder[0]) {
        TRY(buf_add(out, view_of_str(r->folder)));
        TRY(buf_add_char(out, '/'));
    }
    TRY(buf_add(out, file));
    TRY(buf_add_char(out, '\0'));
out:
    return e;
}

static err read_roster_file(struct reader *r, struct fy_node *n, view file,
                            const struct roster *how)
{
    err e = OK;
    uint64_t entries = 0;
    struct buf path, text;
    struct diag d = { 0 };
    buf_init(&path, PATH_BYTES_MAX);
    buf_init(&text, SITE_ROSTER_MAX);
    TRY(roster_path(r, n, file, &path));
    e = file_read(path.p, &text, &d);
    if (e && e != ERR_MEMORY) e = ERR_CONFIG;
    if (e) TRY(yaml_refuse(&r->y, n, e, "rosters: the file could not be read"));
    e = roster_read(how, buf_view(&text), r->c->terms, &entries, &d);
    if (e) {
        if (r->d) r->d->record = d.record;
        TRY(yaml_refuse(&r->y, n, e, d.what ? d.what : "rosters: the file could not be taken in"));
    }
    if (!entries) TRY(yaml_refuse(&r->y, n, ERR_CONFIG, "rosters: the file is empty"));
    *(how->form == ROSTER_ID ? &r->c->n_ids : &r->c->n_names) += entries;
out:
    buf_clear(&text);
    buf_clear(&path);
    return e;
}

/* Read with the inputs of a run, as they are; here it must only be there. */
static err add_records(struct reader *r, struct fy_node *n, view file)
{
    err e = OK;
    struct buf path;
    buf_init(&path, PATH_BYTES_MAX);
    TRY(roster_path(r, n, file, &path));
    if (access(path.p, R_OK) != 0)
        TRY(yaml_refuse(&r->y, n, ERR_CONFIG, "rosters: the file could not be read"));
    TRY(buf_add(&r->c->records, buf_view(&path)));
out:
    buf_clear(&path);
    return e;
}

static err read_roster(struct reader *r, struct fy_node *item)
{
    enum { FILE_NAME, KIND, FORM, LABEL };
    static const char *const keys[] = { "file", "kind", "form", "label", NULL };
    static const struct yaml_place place = YAML_PLACE("rosters", keys);
    static const char *const forms[] = { "family,given", "given family", "id", "records", NULL };
    enum { RECORDS = ROSTER_ID + 1 };
    static const char *const kinds[] = { "patient", "relative", "clinician", NULL };
    static const enum finding_role roles[] = { WHO_PATIENT, WHO_RELATIVE, WHO_CLINICIAN };
    err e = OK;
    unsigned form = 0, kind = 0;
    view file;
    struct fy_node *v[YAML_KEYS_MAX];
    struct roster how = { .label = LABEL_MRN };
    TRY(yaml_mapping(&r->y, item, &place, v));
    TRY(yaml_scalar(&r->y, v[FILE_NAME], "rosters: a file is expected", &file));
    TRY(read_choice(r, v[FORM], forms,
                    "rosters: the form is \"family,given\", \"given family\", id or records",
                    &form));
    how.form = (enum roster_form)form;
    if (form == RECORDS) {
        if (v[KIND] || v[LABEL])
            TRY(yaml_refuse(&r->y, v[KIND] ? v[KIND] : v[LABEL], ERR_CONFIG,
                            "rosters: records say themselves whose their values are"));
    } else if (how.form == ROSTER_ID) {
        if (v[KIND])
            TRY(yaml_refuse(&r->y, v[KIND], ERR_CONFIG, "rosters: ids have a label, no kind"));
        if (v[LABEL])
            TRY(read_label(r, v[LABEL], "rosters: a label is expected, such as MRN", &how.label));
    } else {
        if (v[LABEL])
            TRY(yaml_refuse(&r->y, v[LABEL], ERR_CONFIG, "rosters: names have a kind, no label"));
        TRY(read_choice(r, v[KIND], kinds, "rosters: the kind is patient, relative or clinician",
                        &kind));
        how.role = roles[kind];
    }
    if (!r->folder)
        return yaml_refuse(&r->y, v[FILE_NAME], ERR_CONFIG, "rosters: none may be read here");
    TRY(form == RECORDS ? add_records(r, v[FILE_NAME], file)
                        : read_roster_file(r, v[FILE_NAME], file, &how));
    r->c->n_rosters++;
out:
    return e;
}

static err read_rosters(struct reader *r, struct fy_node *n)
{
    err e = OK;
    void *pos = NULL;
    struct fy_node *item;
    TRY(yaml_sequence(&r->y, n,
                      "rosters: a list of mappings with file, kind and form is expected"));
    while ((item = yaml_item(n, &pos)))
        TRY(read_roster(r, item));
out:
    return e;
}

/* ---- the file ---- */

static err read_root(struct reader *r, struct fy_node *root)
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
    if (v[ALLOW]) TRY(read_allow(r, v[ALLOW]));
    if (v[DENY]) TRY(read_deny(r, v[DENY]));
    if (v[PATTERNS]) TRY(read_patterns(r, v[PATTERNS]));
    if (v[ACTIONS]) TRY(read_actions(r, v[ACTIONS]));
    if (v[DATES]) TRY(read_dates(r, v[DATES]));
    if (v[ROSTERS]) TRY(read_rosters(r, v[ROSTERS]));
    if (v[HL7]) TRY(site_hl7_read(&r->y, v[HL7], &r->c->hl7));
    if (v[JSON]) TRY(site_json_read(&r->y, v[JSON], r->c->json));
out:
    return e;
}

err site_config_read(struct site_config **out, view yaml, const char *folder, struct diag *d)
{
    err e = OK;
    struct fy_node *root = NULL;
    struct reader r = { .folder = folder, .d = d };
    if (yaml.n > SITE_FILE_MAX) return DIAG(d, ERR_LIMIT, "the site file is too large");
    r.c = mem_alloc_zero(sizeof *r.c);
    if (!r.c) return DIAG(d, ERR_MEMORY, "no room for the site file");
    buf_init(&r.c->records, RECORDS_BYTES_MAX);
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
    buf_init(&folder, PATH_BYTES_MAX);
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
