#include "deid/column_file.h"

#include "base/file.h"
#include "format/yaml.h"

enum { FILE_MAX = 4 << 20 };

struct column_roles {
    struct arena arena;
    struct csv_given *v;
    uint32_t n, cap;
};

static err add(struct column_roles *r, view name, struct csv_given g)
{
    err e = OK;
    if (r->n == CSV_COLUMNS_MAX) return ERR_LIMIT;
    struct csv_given *v = arena_more(&r->arena, r->v, sizeof *v, r->n, &r->cap, 32);
    if (!v) return ERR_MEMORY;
    r->v = v;
    TRY(arena_copy(&r->arena, name, &g.name));
    r->v[r->n++] = g;
out:
    return e;
}

static bool has_name(const struct column_roles *r, view name)
{
    for (size_t i = 0; i < r->n; i++)
        if (view_eq(r->v[i].name, name)) return true;
    return false;
}

static err make(struct column_roles **out)
{
    struct column_roles *r = mem_alloc_zero(sizeof *r);
    if (!r) return ERR_MEMORY;
    arena_init(&r->arena, 64 << 20);
    *out = r;
    return OK;
}

static err read_list(struct column_roles *r, struct yaml *y, struct fy_node *root)
{
    enum { COLUMNS };
    enum { NAME, ROLE };
    static const char *const top_keys[] = { "columns", NULL }, *const keys[] = { "name", "role",
                                                                                 NULL };
    static const struct yaml_place top = YAML_PLACE("file of columns", top_keys),
                                   place = YAML_PLACE("columns", keys);
    err e = OK;
    void *pos = NULL;
    struct fy_node *item, *v[YAML_KEYS_MAX];
    TRY(yaml_mapping(y, root, &top, v));
    struct fy_node *list = v[COLUMNS];
    TRY(yaml_sequence(y, list, "columns: a list of mappings with name and role is expected"));
    while ((item = yaml_item(list, &pos))) {
        view name, role;
        struct csv_given g = { 0 };
        TRY(yaml_mapping(y, item, &place, v));
        TRY(yaml_scalar(y, v[NAME], "columns: a name is expected", &name));
        g.line = y->line;
        if (has_name(r, name))
            TRY(yaml_refuse(y, v[NAME], ERR_CONFIG, "columns: the name was given before"));
        TRY(yaml_scalar(y, v[ROLE], "columns: a role is expected, such as mrn or text", &role));
        if (!csv_role_parse(role, &g))
            TRY(yaml_refuse(y, v[ROLE], ERR_CONFIG,
                            "columns: there is no such role; see cordon-deid(1)"));
        TRY(add(r, name, g));
    }
out:
    return e;
}

err column_roles_open(struct column_roles **out, const char *path, struct diag *d)
{
    err e = OK;
    struct buf text;
    struct yaml y = { 0 };
    struct fy_node *root;
    struct column_roles *r = NULL;
    buf_init(&text, FILE_MAX);
    TRY(file_read(path, &text, d));
    TRY(make(&r));
    TRY(yaml_open(&y, buf_view(&text), d, &root));
    TRY(read_list(r, &y, root));
    *out = r;
    r = NULL;
out:
    if (e) DIAG(d, e, "the file of columns could not be read");
    yaml_close(&y);
    column_roles_free(r);
    buf_clear(&text);
    return e;
}

err column_roles_parse(struct column_roles **out, view list, struct diag *d)
{
    err e = OK;
    struct column_roles *r = NULL;
    TRY(make(&r));
    for (size_t at = 0; at <= list.n;) {
        size_t end = view_find_byte(list, at, ',');
        view item = view_sub(list, at, end);
        size_t equals = item.n;
        while (equals > 0 && item.p[equals - 1] != '=')
            equals--;
        struct csv_given g = { 0 };
        view name = view_trim(view_sub(item, 0, equals ? equals - 1 : 0));
        if (!name.n || has_name(r, name) ||
            !csv_role_parse(view_trim(view_sub(item, equals, item.n)), &g))
            TRY(DIAG(d, ERR_USAGE, "--columns: a list of name=role is expected, each name once"));
        TRY(add(r, name, g));
        at = end + 1;
    }
    *out = r;
    r = NULL;
out:
    if (e) DIAG(d, e, "the list of columns could not be read");
    column_roles_free(r);
    return e;
}

void column_roles_free(struct column_roles *r)
{
    if (!r) return;
    arena_clear(&r->arena);
    mem_free(r);
}

const struct csv_given *column_roles_list(const struct column_roles *r, size_t *n)
{
    *n = r->n;
    return r->v;
}
