#include "deid/site_json.h"

err site_json_read(struct yaml *y, struct fy_node *n, struct json_paths *out)
{
    enum { PATH, ROLE };
    static const char *const keys[] = { "path", "role", NULL };
    static const struct yaml_place place = YAML_PLACE("json", keys);
    err e = OK;
    void *pos = NULL;
    struct fy_node *item, *v[YAML_KEYS_MAX];
    TRY(yaml_sequence(y, n, "json: a list of mappings with path and role is expected"));
    while ((item = yaml_item(n, &pos))) {
        view path, role;
        struct json_path_fault fault;
        TRY(yaml_mapping(y, item, &place, v));
        TRY(yaml_scalar(y, v[PATH], "json: a path is expected, such as $.patient.name", &path));
        TRY(yaml_scalar(y, v[ROLE], "json: a role is expected, such as name, text or keep", &role));
        e = json_paths_add(out, path, role, &fault);
        if (e == ERR_FORMAT)
            TRY(yaml_refuse(y, v[fault.is_role ? ROLE : PATH], ERR_CONFIG, fault.what));
        if (e == ERR_LIMIT) TRY(yaml_refuse(y, v[PATH], ERR_CONFIG, "json: more than 256 paths"));
        TRY(e);
    }
out:
    return e;
}
