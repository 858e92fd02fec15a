#include <unistd.h>

#include "base/file.h"
#include "deid/site_inside.h"
#include "deid/site_roster.h"

static err roster_path(struct site_reader *r, struct fy_node *n, view file, struct buf *out)
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

static err read_roster_file(struct site_reader *r, struct fy_node *n, view file,
                            const struct roster *how)
{
    err e = OK;
    uint64_t entries = 0;
    struct buf path, text;
    struct diag d = { 0 };
    buf_init(&path, SITE_PATH_MAX);
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
static err add_records(struct site_reader *r, struct fy_node *n, view file)
{
    err e = OK;
    struct buf path;
    buf_init(&path, SITE_PATH_MAX);
    TRY(roster_path(r, n, file, &path));
    if (access(path.p, R_OK) != 0)
        TRY(yaml_refuse(&r->y, n, ERR_CONFIG, "rosters: the file could not be read"));
    TRY(buf_add(&r->c->records, buf_view(&path)));
out:
    buf_clear(&path);
    return e;
}

static err read_roster(struct site_reader *r, struct fy_node *item)
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
    TRY(site_choice(r, v[FORM], forms,
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
            TRY(site_label(r, v[LABEL], "rosters: a label is expected, such as MRN", &how.label));
    } else {
        if (v[LABEL])
            TRY(yaml_refuse(&r->y, v[LABEL], ERR_CONFIG, "rosters: names have a kind, no label"));
        TRY(site_choice(r, v[KIND], kinds, "rosters: the kind is patient, relative or clinician",
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

err site_read_rosters(struct site_reader *r, struct fy_node *n)
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
