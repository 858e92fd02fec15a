#include "deid/site_hl7.h"

#include "format/csv.h"
#include "format/hl7_table.h"

/* A whole number at v[*at]; false when there is none, or it is 0 or over 999. */
static bool read_number(view v, size_t *at, uint16_t *out)
{
    uint64_t n;
    size_t from = *at;
    while (*at < v.n && ascii_is_digit(v.p[*at]))
        ++*at;
    if (*at == from || !view_to_u64(view_sub(v, from, *at), &n) || n < 1 || n > 999) return false;
    *out = (uint16_t)n;
    return true;
}

/* "ZPD-2", "PID-3.4", "PID-3.4.1". */
static bool read_place(view v, struct hl7_field_rule *out)
{
    size_t at = 4;
    if (v.n < 5 || v.p[3] != '-') return false;
    for (size_t i = 0; i < 3; i++) {
        bool letter = v.p[i] >= 'A' && v.p[i] <= 'Z';
        if (!letter && (i == 0 || !ascii_is_digit(v.p[i]))) return false;
        out->segment[i] = v.p[i];
    }
    if (!read_number(v, &at, &out->field)) return false;
    if (at < v.n && (v.p[at++] != '.' || !read_number(v, &at, &out->component))) return false;
    if (at < v.n && (v.p[at++] != '.' || !read_number(v, &at, &out->subcomponent))) return false;
    return at == v.n;
}

static err read_role(struct yaml *y, struct fy_node *n, struct hl7_field_rule *out)
{
    static const char what[] =
        "hl7: a role is expected, such as family, mrn, number/relative, text or keep";
    view role;
    struct csv_given given = { 0 };
    err e = yaml_scalar(y, n, what, &role);
    if (e) return e;
    if (!csv_role_parse(role, &given) || (given.pass != CSV_LOOK && given.pass != CSV_KEEP))
        return yaml_refuse(y, n, ERR_CONFIG, what);
    out->role = given.role;
    out->who = given.who;
    out->keep = given.pass == CSV_KEEP;
    if (out->keep && hl7_field_identifies(view_of(out->segment, 3), out->field))
        return yaml_refuse(y, n, ERR_CONFIG, "hl7: this field identifies; it can't be kept");
    return OK;
}

static err add_rule(struct site_hl7 *s, uint32_t *cap, const struct hl7_field_rule *r)
{
    if (s->options.n == *cap) {
        uint32_t more = *cap ? *cap * 2 : 16;
        struct hl7_field_rule *v =
            mem_resize((void *)(uintptr_t)s->options.rules, more * sizeof *v);
        if (!v) return ERR_MEMORY;
        s->options.rules = v;
        *cap = more;
    }
    ((struct hl7_field_rule *)(uintptr_t)s->options.rules)[s->options.n++] = *r;
    return OK;
}

err site_hl7_read(struct yaml *y, struct fy_node *n, struct site_hl7 *out)
{
    enum { FIELD, ROLE };
    static const char *const keys[] = { "field", "role", NULL };
    static const struct yaml_place place = YAML_PLACE("hl7", keys);
    err e = OK;
    uint32_t cap = 0;
    void *pos = NULL;
    struct fy_node *item, *v[YAML_KEYS_MAX];
    TRY(yaml_sequence(y, n, "hl7: a list of mappings with field and role is expected"));
    while ((item = yaml_item(n, &pos))) {
        static const char what[] = "hl7: a field is expected, such as ZPD-2 or PID-3.1";
        view name;
        struct hl7_field_rule r = { 0 };
        TRY(yaml_mapping(y, item, &place, v));
        TRY(yaml_scalar(y, v[FIELD], what, &name));
        if (!read_place(name, &r)) TRY(yaml_refuse(y, v[FIELD], ERR_CONFIG, what));
        TRY(read_role(y, v[ROLE], &r));
        if (out->options.n == SITE_HL7_MAX)
            TRY(yaml_refuse(y, v[FIELD], ERR_CONFIG, "hl7: more than 4096 fields"));
        TRY(add_rule(out, &cap, &r));
    }
out:
    return e;
}

void site_hl7_clear(struct site_hl7 *s)
{
    mem_free((void *)(uintptr_t)s->options.rules);
    s->options = (struct hl7_options){ 0 };
}
