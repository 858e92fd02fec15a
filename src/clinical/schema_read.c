/* clinical/schema_read.c — a schema's YAML into findings and one vocabulary. */
#include "base/file.h"
#include "clinical/schema_inside.h"
#include "clinical/schema_text.h"

err schema_refuse(struct schema_reading *r, struct fy_node *n, err e, const char *why)
{
    if (e == ERR_CONFIG) return yaml_refuse(&r->y, n, e, why);
    if (e == ERR_LIMIT) return yaml_refuse(&r->y, n, ERR_CONFIG, "too many words");
    return e;
}

err schema_add_patterns(struct schema_reading *r, struct fy_node *n, struct meaning m,
                        const char *type)
{
    err e = OK;
    void *pos = NULL;
    struct fy_node *item;
    if (!n) return OK;
    TRY(yaml_sequence(&r->y, n, type));
    while ((item = yaml_item(n, &pos))) {
        view text;
        const char *why = "a pattern is expected";
        TRY(yaml_scalar(&r->y, item, "a pattern is expected", &text));
        e = vocab_add(r->b, text, m, &why);
        if (e) return schema_refuse(r, item, e, why);
    }
out:
    return e;
}

err schema_keep(struct schema_reading *r, struct fy_node *n, const char *what, view *out)
{
    view v;
    err e = OK;
    if (!n) return OK;
    TRY(yaml_scalar(&r->y, n, what, &v));
    TRY(arena_copy(&r->s->arena, v, out));
out:
    return e;
}

enum {
    S_SCHEMA,
    S_VERSION,
    S_TITLE,
    S_FROM,
    S_WITHOUT,
    S_READS,
    S_ABOUT,
    S_WORDS,
    S_FINDINGS,
    S_CUES,
    S_VALUES
};
static const char *const schema_keys[] = { "schema",   "version", "title",  "from",
                                           "without",  "reads",   "about",  "words",
                                           "findings", "cues",    "values", NULL };
static const struct yaml_place schema_place = YAML_PLACE("schema", schema_keys);

static err read_head(struct schema_reading *r, struct fy_node *root, struct fy_node **v)
{
    err e = OK;
    struct schema *s = r->s;
    view reads = VIEW("radiology");
    TRY(yaml_mapping(&r->y, root, &schema_place, v));
    if (!v[S_SCHEMA]) return yaml_refuse(&r->y, root, ERR_CONFIG, "schema: its name is missing");
    if (!v[S_FINDINGS] && !v[S_FROM])
        return yaml_refuse(&r->y, root, ERR_CONFIG, "schema: findings are missing");
    if (v[S_WITHOUT]) {
        if (!v[S_FROM])
            return yaml_refuse(&r->y, v[S_WITHOUT], ERR_CONFIG, "without: only after from");
        TRY(yaml_sequence(&r->y, v[S_WITHOUT], "without: a list of findings is expected"));
    }
    TRY(schema_keep(r, v[S_SCHEMA], "schema: a name is expected", &s->name));
    TRY(schema_keep(r, v[S_VERSION], "version: a number is expected", &s->version));
    TRY(schema_keep(r, v[S_TITLE], "title: a text is expected", &s->title));
    if (v[S_READS]) TRY(yaml_scalar(&r->y, v[S_READS], "reads: radiology or notes", &reads));
    s->reads_notes = view_eq(reads, VIEW("notes"));
    if (!s->reads_notes && !view_eq(reads, VIEW("radiology")))
        return yaml_refuse(&r->y, v[S_READS], ERR_CONFIG, "reads: radiology or notes");
out:
    return e;
}

static err read_body(struct schema_reading *r, struct fy_node **v)
{
    err e = OK;
    TRY(schema_read_words(r, v[S_WORDS]));
    TRY(schema_add_patterns(r, v[S_ABOUT], (struct meaning){ PATTERN_ABOUT, 0, 0 },
                            "about: a list of patterns is expected"));
    TRY(schema_read_cues(r, v[S_CUES]));
    TRY(schema_read_values(r, v[S_VALUES]));
    if (v[S_FINDINGS]) TRY(schema_read_findings(r, v[S_FINDINGS]));
out:
    return e;
}

/* Everything of one of the program's own schemas, but for its name and the findings left out. */
static err read_from(struct schema_reading *r, struct fy_node *from, struct fy_node *without)
{
    err e = OK;
    view name;
    struct fy_node *root, *v[YAML_KEYS_MAX];
    struct schema_reading base = { .s = r->s, .b = r->b, .d = r->d, .without = without };
    uint32_t i = 0;
    TRY(yaml_scalar(&r->y, from, "from: the name of a schema that comes with the program", &name));
    while (i < schema_texts_n && !view_eq(name, schema_builtin_name(i)))
        i++;
    if (i == schema_texts_n)
        return yaml_refuse(&r->y, from, ERR_CONFIG,
                           "from: the name of a schema that comes with the program");
    e = yaml_open(&base.y, schema_builtin_text(i), r->d, &root);
    if (!e) e = yaml_mapping(&base.y, root, &schema_place, v);
    if (!e && v[S_FROM])
        e = yaml_refuse(&r->y, from, ERR_CONFIG, "from: that schema is taken from another itself");
    if (!e) e = read_body(&base, v);
    yaml_close(&base.y);
out:
    return e;
}

/* What all schemas share is a schema without findings. */
static err read_context(struct schema_reading *r, view text)
{
    err e = OK;
    struct fy_node *root, *v[YAML_KEYS_MAX];
    e = yaml_open(&r->y, text, r->d, &root);
    if (!e) e = yaml_mapping(&r->y, root, &schema_place, v);
    if (!e) e = read_body(r, v);
    yaml_close(&r->y);
    return e;
}

static uint16_t symbol_of(const struct schema *s, view word)
{
    const struct token t = { .len = (uint16_t)word.n,
                             .kind = TOK_WORD,
                             .hash = token_hash_word(word) };
    return vocab_symbol(s->vocabulary, word, &t);
}

static void name_words(struct schema *s)
{
    s->word_and = symbol_of(s, VIEW("and"));
    s->word_or = symbol_of(s, VIEW("or"));
    s->word_neither = symbol_of(s, VIEW("neither"));
    s->word_nor = symbol_of(s, VIEW("nor"));
    s->word_no = symbol_of(s, VIEW("no"));
    s->word_with = symbol_of(s, VIEW("with"));
    s->word_is = symbol_of(s, VIEW("is"));
    s->word_was = symbol_of(s, VIEW("was"));
    s->word_has = symbol_of(s, VIEW("has"));
    s->word_history = symbol_of(s, VIEW("history"));
    s->word_cannot = symbol_of(s, VIEW("cannot"));
    s->word_may = symbol_of(s, VIEW("may"));
    s->word_could = symbol_of(s, VIEW("could"));
    s->word_left = symbol_of(s, VIEW("left"));
    s->word_right = symbol_of(s, VIEW("right"));
    s->word_possible = symbol_of(s, VIEW("possible"));
    s->word_a = symbol_of(s, VIEW("a"));
    s->word_than = symbol_of(s, VIEW("than"));
    s->word_one = symbol_of(s, VIEW("one"));
    s->word_likely = symbol_of(s, VIEW("likely"));
}

static err name_languages(struct schema_reading *r)
{
    static const char *const classes[] = {
        [LANGUAGE_ENGLISH] = "english", [LANGUAGE_OTHER] = "foreign"
    };
    uint32_t n = vocab_symbols(r->s->vocabulary), members;
    const uint32_t *symbols;
    r->s->language_of = arena_alloc(&r->s->arena, n);
    if (!r->s->language_of) return ERR_MEMORY;
    memset(r->s->language_of, LANGUAGE_NONE, n);
    for (uint32_t k = LANGUAGE_ENGLISH; k <= LANGUAGE_OTHER; k++) {
        if (!vocab_class_get(r->b, view_of_str(classes[k]), &symbols, &members)) continue;
        for (uint32_t i = 0; i < members; i++)
            r->s->language_of[symbols[i]] = (uint8_t)k;
    }
    return OK;
}

static err name_traits(struct schema_reading *r)
{
    static const char *const classes[] = {
#define X(name, text) text,
        TRAIT_MAP(X)
#undef X
    };
    uint32_t n = vocab_symbols(r->s->vocabulary), members;
    const uint32_t *symbols;
    _Static_assert(TRAITS <= 16, "two bytes a symbol");
    r->s->traits_of = arena_array(&r->s->arena, n, sizeof *r->s->traits_of);
    if (!r->s->traits_of) return ERR_MEMORY;
    memset(r->s->traits_of, 0, n * sizeof *r->s->traits_of);
    for (uint32_t k = 0; k < TRAITS; k++) {
        if (!vocab_class_get(r->b, view_of_str(classes[k]), &symbols, &members)) continue;
        for (uint32_t i = 0; i < members; i++)
            r->s->traits_of[symbols[i]] |= (uint16_t)(1U << k);
    }
    return OK;
}

err schema_read(struct schema **out, view text, struct diag *d)
{
    err e = OK;
    struct fy_node *root, *v[YAML_KEYS_MAX];
    struct schema_reading r = { .d = d };
    bool opened = false;
    *out = NULL;
    if (text.n > SCHEMA_BYTES_MAX) return DIAG_LINE(d, ERR_CONFIG, "schema: too large", 1, 1);
    r.s = mem_alloc_zero(sizeof *r.s);
    if (!r.s) return DIAG(d, ERR_MEMORY, "no room for a schema");
    arena_init(&r.s->arena, 64 << 20);
    TRY(vocab_builder_new(&r.b));
    r.s->findings = arena_array(&r.s->arena, FINDINGS_MAX, sizeof *r.s->findings);
    r.s->values = arena_array(&r.s->arena, VALUES_MAX, sizeof *r.s->values);
    if (!r.s->findings || !r.s->values) TRY(ERR_MEMORY);
    for (uint32_t i = 0; i < context_texts_n; i++)
        TRY(read_context(&r, view_of(context_texts[i].p, context_texts[i].n)));
    opened = true;
    TRY(yaml_open(&r.y, text, d, &root));
    TRY(read_head(&r, root, v));
    if (v[S_FROM]) TRY(read_from(&r, v[S_FROM], v[S_WITHOUT]));
    TRY(read_body(&r, v));
    TRY(arena_copy(&r.s->arena, text, &r.s->text));
    TRY(vocab_build(r.b, &r.s->vocabulary));
    name_words(r.s);
    TRY(name_languages(&r));
    TRY(name_traits(&r));
    *out = r.s;
    r.s = NULL;
out:
    if (opened) yaml_close(&r.y);
    vocab_builder_free(r.b);
    schema_free(r.s);
    return e && d && !d->code ? diag_set(d, e, "no room for a schema") : e;
}

err schema_open(struct schema **out, const char *path, struct diag *d)
{
    err e = OK;
    struct buf text;
    *out = NULL;
    buf_init(&text, SCHEMA_BYTES_MAX);
    TRY(file_read(path, &text, d));
    TRY(schema_read(out, buf_view(&text), d));
out:
    buf_clear(&text);
    return e;
}
