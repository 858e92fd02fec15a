#include "clinical/schema_inside.h"

err schema_read_words(struct schema_reading *r, struct fy_node *n)
{
    enum { NAME, LIST };
    static const char *const keys[] = { "name", "list", NULL };
    static const struct yaml_place place = YAML_PLACE("words", keys);
    err e = OK;
    void *pos = NULL;
    struct fy_node *item, *v[YAML_KEYS_MAX];
    if (!n) return OK;
    TRY(yaml_sequence(&r->y, n, "words: a list of mappings with name and list is expected"));
    while ((item = yaml_item(n, &pos))) {
        view text;
        const char *why = "a word is expected";
        void *at = NULL;
        struct fy_node *word;
        TRY(yaml_mapping(&r->y, item, &place, v));
        TRY(yaml_scalar(&r->y, v[NAME], "words: a name is expected", &text));
        e = vocab_class_begin(r->b, text, &why);
        if (e) return schema_refuse(r, v[NAME], e, why);
        TRY(yaml_sequence(&r->y, v[LIST], "words: a list of words is expected"));
        while ((word = yaml_item(v[LIST], &at))) {
            TRY(yaml_scalar(&r->y, word, "words: a word is expected", &text));
            e = vocab_class_add(r->b, text, &why);
            if (e) return schema_refuse(r, word, e, why);
        }
    }
out:
    return e;
}

err schema_read_cues(struct schema_reading *r, struct fy_node *n)
{
    static const char *const keys[] = {
#define X(name, text) text,
        CUE_MAP(X)
#undef X
            NULL
    };
    static const struct yaml_place place = YAML_PLACE("cues", keys);
    err e = OK;
    struct fy_node *v[YAML_KEYS_MAX];
    _Static_assert((int)CUE_KINDS <= (int)YAML_KEYS_MAX, "one mapping holds all kinds");
    if (!n) return OK;
    TRY(yaml_mapping(&r->y, n, &place, v));
    for (int k = 0; k < CUE_KINDS; k++)
        TRY(schema_add_patterns(r, v[k], (struct meaning){ PATTERN_CUE, 0, (uint16_t)k },
                                "cues: a list of patterns is expected"));
out:
    return e;
}

static err value_number(struct schema_reading *r, struct fy_node *n, enum value_group g, view name,
                        uint16_t *out)
{
    err e = OK;
    struct schema *s = r->s;
    for (uint32_t i = 0; i < s->n_values; i++) {
        if (s->values[i].group != g || !view_eq(s->values[i].name, name)) continue;
        *out = (uint16_t)i;
        return OK;
    }
    if (s->n_values == VALUES_MAX) return yaml_refuse(&r->y, n, ERR_CONFIG, "values: too many");
    struct schema_value *v = &s->values[s->n_values];
    v->group = g;
    TRY(arena_copy(&s->arena, name, &v->name));
    *out = (uint16_t)s->n_values++;
out:
    return e;
}

err schema_read_values(struct schema_reading *r, struct fy_node *n)
{
    enum { OF, NAME, WORDS };
    static const char *const keys[] = { "of", "name", "words", NULL };
    static const char *const groups[] = { "side", "severity", "course" };
    static const struct yaml_place place = YAML_PLACE("values", keys);
    err e = OK;
    void *pos = NULL;
    struct fy_node *item, *v[YAML_KEYS_MAX];
    if (!n) return OK;
    TRY(yaml_sequence(&r->y, n, "values: a list of mappings with of, name and words is expected"));
    while ((item = yaml_item(n, &pos))) {
        view text;
        uint16_t which;
        int g = VALUE_GROUPS;
        TRY(yaml_mapping(&r->y, item, &place, v));
        TRY(yaml_scalar(&r->y, v[OF], "values: of is one of side, severity, course", &text));
        while (g-- > 0)
            if (view_eq(text, view_of_str(groups[g]))) break;
        if (g < 0)
            return yaml_refuse(&r->y, v[OF], ERR_CONFIG,
                               "values: of is one of side, severity, course");
        TRY(yaml_scalar(&r->y, v[NAME], "values: a name is expected", &text));
        TRY(value_number(r, v[NAME], (enum value_group)g, text, &which));
        TRY(yaml_sequence(&r->y, v[WORDS], "values: a list of patterns is expected"));
        TRY(schema_add_patterns(r, v[WORDS], (struct meaning){ PATTERN_VALUE, (uint8_t)g, which },
                                "values: a list of patterns is expected"));
    }
out:
    return e;
}
