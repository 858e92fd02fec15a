#include "format/yaml.h"

#include <libfyaml.h>

#include "text/utf8.h"

static uint32_t from_one(int n)
{
    return n < 0 ? 1 : (uint32_t)n + 1;
}

/* Line and column of the byte at `at`. */
static void place_of_byte(view text, size_t at, uint32_t *line, uint32_t *column)
{
    *line = *column = 1;
    for (size_t i = 0; i < at; i++) {
        (*column)++;
        if (text.p[i] != '\n') continue;
        (*line)++;
        *column = 1;
    }
}

static err not_yaml(struct yaml *y)
{
    void *pos = NULL;
    const struct fy_diag_error *first = fy_diag_errors_iterate(y->faults, &pos);
    uint32_t line = first ? from_one(first->line - 1) : 1;
    uint32_t column = first ? from_one(first->column - 1) : 1;
    return DIAG_LINE(y->d, ERR_CONFIG, "not YAML", line, column);
}

/* What a second document says would silently not hold. */
static err is_last(struct yaml *y)
{
    struct fy_document *second = fy_parse_load_document(y->parser);
    if (second) {
        err e = yaml_refuse(y, fy_document_root(second), ERR_CONFIG, "more than one YAML document");
        fy_parse_document_destroy(y->parser, second);
        return e;
    }
    return fy_parser_get_stream_error(y->parser) ? not_yaml(y) : OK;
}

err yaml_open(struct yaml *y, view text, struct diag *d, struct fy_node **root)
{
    *y = (struct yaml){ .d = d, .line = 1, .column = 1 };
    size_t bad = utf8_bad_at(text);
    for (size_t i = 0; i < bad; i++)
        if (text.p[i] == '\0') bad = i;
    if (bad < text.n) {
        place_of_byte(text, bad, &y->line, &y->column);
        return DIAG_LINE(d, ERR_CONFIG, "not text in UTF-8", y->line, y->column);
    }
    const struct fy_diag_cfg silent = { .level = FYET_ERROR, .module_mask = ~0U };
    y->faults = fy_diag_create(&silent);
    if (!y->faults) return DIAG(d, ERR_MEMORY, "no room to read YAML");
    fy_diag_set_collect_errors(y->faults, true);
    const struct fy_parse_cfg cfg = {
        .search_path = "",
        .flags = FYPCF_QUIET | FYPCF_COLLECT_DIAG | FYPCF_ALLOW_DUPLICATE_KEYS,
        .diag = y->faults,
    };
    y->parser = fy_parser_create(&cfg);
    if (!y->parser) return DIAG(d, ERR_MEMORY, "no room to read YAML");
    if (fy_parser_set_string(y->parser, text.p, text.n)) return not_yaml(y);
    y->document = fy_parse_load_document(y->parser);
    if (!y->document) return not_yaml(y);
    *root = fy_document_root(y->document);
    return is_last(y);
}

void yaml_close(struct yaml *y)
{
    if (y->document) fy_parse_document_destroy(y->parser, y->document);
    if (y->parser) fy_parser_destroy(y->parser);
    if (y->faults) fy_diag_destroy(y->faults);
    y->document = NULL;
    y->parser = NULL;
    y->faults = NULL;
}

static bool locate_scalar(struct yaml *y, struct fy_node *n)
{
    struct fy_token *t = fy_node_get_scalar_token(n);
    const struct fy_mark *m = t ? fy_token_start_mark(t) : NULL;
    if (!m) return false;
    y->line = from_one(m->line);
    y->column = from_one(m->column);
    /* Of a quoted one the library's mark is the character behind the quote. */
    enum fy_scalar_style style = fy_token_scalar_style(t);
    bool quoted = style == FYSS_SINGLE_QUOTED || style == FYSS_DOUBLE_QUOTED;
    if (quoted && y->column > 1) y->column--;
    return true;
}

/* A collection stands where its first scalar does. */
static bool locate_first(struct yaml *y, struct fy_node *n)
{
    while (n && !fy_node_is_scalar(n)) {
        void *pos = NULL;
        if (fy_node_is_mapping(n)) {
            struct fy_node_pair *pair = fy_node_mapping_iterate(n, &pos);
            n = pair ? fy_node_pair_key(pair) : NULL;
        } else {
            n = fy_node_sequence_iterate(n, &pos);
        }
    }
    return n && locate_scalar(y, n);
}

static struct fy_node *key_of(struct fy_node *mapping, struct fy_node *value)
{
    void *pos = NULL;
    struct fy_node_pair *pair;
    while ((pair = fy_node_mapping_iterate(mapping, &pos)))
        if (fy_node_pair_value(pair) == value) return fy_node_pair_key(pair);
    return NULL;
}

void yaml_locate(struct yaml *y, struct fy_node *n)
{
    if (!n || locate_first(y, n)) return;
    /* An empty one has no place of its own: the nearest key above it has. */
    for (struct fy_node *up = fy_node_get_parent(n); up; n = up, up = fy_node_get_parent(n)) {
        struct fy_node *key = fy_node_is_mapping(up) ? key_of(up, n) : NULL;
        if (key && locate_first(y, key)) return;
    }
}

err yaml_refuse(struct yaml *y, struct fy_node *n, err e, const char *literal)
{
    yaml_locate(y, n);
    return diag_set_line(y->d, e, literal, y->line, y->column);
}

static bool is_plain(struct fy_node *n)
{
    return n && !fy_node_is_alias(n) && !fy_node_get_tag_token(n);
}

static int key_index(const struct yaml_place *place, view key)
{
    for (int k = 0; place->keys[k]; k++)
        if (view_eq(view_of_str(place->keys[k]), key)) return k;
    return -1;
}

err yaml_mapping(struct yaml *y, struct fy_node *n, const struct yaml_place *place,
                 struct fy_node *values[YAML_KEYS_MAX])
{
    void *pos = NULL;
    struct fy_node_pair *pair;
    bool given[YAML_KEYS_MAX] = { 0 };
    for (int k = 0; k < YAML_KEYS_MAX; k++)
        values[k] = NULL;
    if (!is_plain(n) || !fy_node_is_mapping(n)) return yaml_refuse(y, n, ERR_CONFIG, place->type);
    while ((pair = fy_node_mapping_iterate(n, &pos))) {
        view key = { 0 };
        struct fy_node *name = fy_node_pair_key(pair), *value = fy_node_pair_value(pair);
        if (is_plain(name) && fy_node_is_scalar(name)) key.p = fy_node_get_scalar(name, &key.n);
        int k = key.p ? key_index(place, key) : -1;
        if (k < 0) return yaml_refuse(y, name, ERR_CONFIG, place->unknown);
        BUG_IF(k >= YAML_KEYS_MAX);
        if (given[k]) return yaml_refuse(y, name, ERR_CONFIG, place->twice);
        given[k] = true;
        if (!value || fy_node_is_null(value)) return yaml_refuse(y, name, ERR_CONFIG, place->empty);
        values[k] = value;
    }
    return OK;
}

err yaml_scalar(struct yaml *y, struct fy_node *n, const char *what, view *out)
{
    view v = { 0 };
    if (is_plain(n) && fy_node_is_scalar(n)) v.p = fy_node_get_scalar(n, &v.n);
    if (!v.p || view_trim(v).n == 0) return yaml_refuse(y, n, ERR_CONFIG, what);
    yaml_locate(y, n);
    *out = v;
    return OK;
}

err yaml_sequence(struct yaml *y, struct fy_node *n, const char *what)
{
    if (!is_plain(n) || !fy_node_is_sequence(n)) return yaml_refuse(y, n, ERR_CONFIG, what);
    return OK;
}

struct fy_node *yaml_item(struct fy_node *n, void **pos)
{
    return fy_node_sequence_iterate(n, pos);
}
