/* clinical/schema_read.c — a schema's YAML into findings and one vocabulary. */
#include "base/file.h"
#include "clinical/schema.h"
#include "clinical/schema_text.h"
#include "format/yaml.h"

struct reading {
    struct yaml y;
    struct schema *s;
    struct vocab_builder *b;
    struct diag *d;
    struct fy_node *without; /* names of findings that are not taken from another schema */
};

/* After a failure of the vocabulary: a wrong pattern has a place, lack of memory has none. */
static err refuse(struct reading *r, struct fy_node *n, err e, const char *why)
{
    if (e == ERR_CONFIG) return yaml_refuse(&r->y, n, e, why);
    if (e == ERR_LIMIT) return yaml_refuse(&r->y, n, ERR_CONFIG, "too many words");
    return e;
}

static err add_patterns(struct reading *r, struct fy_node *n, struct meaning m, const char *type)
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
        if (e) return refuse(r, item, e, why);
    }
out:
    return e;
}

static err keep(struct reading *r, struct fy_node *n, const char *what, view *out)
{
    view v;
    err e = OK;
    if (!n) return OK;
    TRY(yaml_scalar(&r->y, n, what, &v));
    TRY(arena_copy(&r->s->arena, v, out));
out:
    return e;
}

static err read_yes(struct reading *r, struct fy_node *n, bool *out)
{
    view v;
    err e = OK;
    if (!n) return OK;
    TRY(yaml_scalar(&r->y, n, "yes or no is expected", &v));
    *out = view_eq(v, VIEW("yes")) || view_eq(v, VIEW("true"));
    if (!*out && !view_eq(v, VIEW("no")) && !view_eq(v, VIEW("false")))
        return yaml_refuse(&r->y, n, ERR_CONFIG, "yes or no is expected");
out:
    return e;
}

static err read_words(struct reading *r, struct fy_node *n)
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
        if (e) return refuse(r, v[NAME], e, why);
        TRY(yaml_sequence(&r->y, v[LIST], "words: a list of words is expected"));
        while ((word = yaml_item(v[LIST], &at))) {
            TRY(yaml_scalar(&r->y, word, "words: a word is expected", &text));
            e = vocab_class_add(r->b, text, &why);
            if (e) return refuse(r, word, e, why);
        }
    }
out:
    return e;
}

static err read_cues(struct reading *r, struct fy_node *n)
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
        TRY(add_patterns(r, v[k], (struct meaning){ PATTERN_CUE, 0, (uint16_t)k },
                         "cues: a list of patterns is expected"));
out:
    return e;
}

static err value_number(struct reading *r, struct fy_node *n, enum value_group g, view name,
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

static err read_values(struct reading *r, struct fy_node *n)
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
        TRY(add_patterns(r, v[WORDS], (struct meaning){ PATTERN_VALUE, (uint8_t)g, which },
                         "values: a list of patterns is expected"));
    }
out:
    return e;
}

static err keep_json(struct reading *r, struct schema_finding *f)
{
    err e = OK;
    struct buf b;
    buf_init(&b, 1 << 20);
    TRY(buf_add_json(&b, f->name));
    TRY(arena_copy(&r->s->arena, buf_view(&b), &f->json_name));
out:
    buf_clear(&b);
    return e;
}

enum { F_NAME, F_QUESTION, F_FIND, F_NOT, F_NORMAL, F_IMPLIED, F_PARENT, F_LASTING, F_REST };
static const char *const finding_keys[] = { "name",    "question", "find",    "not",  "normal",
                                            "implied", "parent",   "lasting", "rest", NULL };
static const struct yaml_place finding_place = YAML_PLACE("findings", finding_keys);

static err read_finding(struct reading *r, struct fy_node *n)
{
    err e = OK;
    struct fy_node *v[YAML_KEYS_MAX];
    struct schema *s = r->s;
    struct schema_finding *f = &s->findings[s->n_findings];
    *f = (struct schema_finding){ .parent = -1 };
    TRY(yaml_mapping(&r->y, n, &finding_place, v));
    if (!v[F_NAME]) return yaml_refuse(&r->y, n, ERR_CONFIG, "findings: a name is missing");
    TRY(keep(r, v[F_NAME], "findings: a name is expected", &f->name));
    if (schema_find(s, f->name) >= 0)
        return yaml_refuse(&r->y, v[F_NAME], ERR_CONFIG, "findings: the name was given before");
    TRY(keep_json(r, f));
    TRY(keep(r, v[F_QUESTION], "findings: a question is expected", &f->question));
    TRY(read_yes(r, v[F_LASTING], &f->lasting));
    f->is_rest = v[F_REST] != NULL;
    if (!f->is_rest && !v[F_FIND])
        return yaml_refuse(&r->y, n, ERR_CONFIG, "findings: find (or rest) is missing");
    static const struct {
        int key;
        enum pattern_kind kind;
    } lists[] = { { F_FIND, PATTERN_FIND },
                  { F_NOT, PATTERN_NOT },
                  { F_NORMAL, PATTERN_NORMAL },
                  { F_IMPLIED, PATTERN_IMPLIED } };
    for (size_t i = 0; i < COUNT_OF(lists); i++)
        TRY(add_patterns(r, v[lists[i].key],
                         (struct meaning){ (uint8_t)lists[i].kind, 0, (uint16_t)s->n_findings },
                         "findings: a list of patterns is expected"));
    s->n_findings++;
out:
    return e;
}

/* Names of other findings: they may come later in the file. */
static err read_links(struct reading *r, struct fy_node *n)
{
    err e = OK;
    void *pos = NULL;
    struct fy_node *item, *other, *v[YAML_KEYS_MAX];
    while ((item = yaml_item(n, &pos))) {
        view name;
        void *at = NULL;
        TRY(yaml_mapping(&r->y, item, &finding_place, v));
        TRY(yaml_scalar(&r->y, v[F_NAME], "findings: a name is expected", &name));
        int i = schema_find(r->s, name);
        if (i < 0) continue; /* left out */
        struct schema_finding *f = &r->s->findings[i];
        if (v[F_PARENT]) {
            TRY(yaml_scalar(&r->y, v[F_PARENT], "findings: parent is a finding's name", &name));
            f->parent = schema_find(r->s, name);
            if (f->parent == i || (f->parent < 0 && !r->without))
                return yaml_refuse(&r->y, v[F_PARENT], ERR_CONFIG,
                                   "findings: parent is the name of another finding");
        }
        if (!v[F_REST]) continue;
        TRY(yaml_sequence(&r->y, v[F_REST], "findings: rest is a list of findings"));
        while ((other = yaml_item(v[F_REST], &at))) {
            TRY(yaml_scalar(&r->y, other, "findings: rest is a list of findings", &name));
            int k = schema_find(r->s, name);
            if (k < 0 && !r->without)
                return yaml_refuse(&r->y, other, ERR_CONFIG,
                                   "findings: rest names a finding that is not there");
            if (k >= 0) f->except |= UINT64_C(1) << k;
        }
    }
    /* A chain of parents that comes back to itself has no top. */
    for (uint32_t i = 0; i < r->s->n_findings; i++) {
        int up = r->s->findings[i].parent;
        for (uint32_t steps = 0; up >= 0; up = r->s->findings[up].parent)
            if (++steps > r->s->n_findings)
                return yaml_refuse(&r->y, n, ERR_CONFIG, "findings: parents go round in a circle");
    }
out:
    return e;
}

static err is_left_out(struct reading *r, struct fy_node *finding, bool *out)
{
    err e = OK;
    void *pos = NULL;
    struct fy_node *item, *v[YAML_KEYS_MAX];
    view name, other;
    *out = false;
    if (!r->without) return OK;
    TRY(yaml_mapping(&r->y, finding, &finding_place, v));
    TRY(yaml_scalar(&r->y, v[F_NAME], "findings: a name is expected", &name));
    while ((item = yaml_item(r->without, &pos))) {
        TRY(yaml_scalar(&r->y, item, "without: a list of findings is expected", &other));
        *out |= view_eq(name, other);
    }
out:
    return e;
}

static err read_findings(struct reading *r, struct fy_node *n)
{
    err e = OK;
    void *pos = NULL;
    struct fy_node *item;
    TRY(yaml_sequence(&r->y, n, "findings: a list of findings is expected"));
    while ((item = yaml_item(n, &pos))) {
        if (r->s->n_findings == FINDINGS_MAX)
            return yaml_refuse(&r->y, item, ERR_CONFIG, "findings: more than 64");
        bool left_out;
        TRY(is_left_out(r, item, &left_out));
        if (!left_out) TRY(read_finding(r, item));
    }
    if (r->s->n_findings == 0)
        return yaml_refuse(&r->y, n, ERR_CONFIG, "findings: a list of findings is expected");
    TRY(read_links(r, n));
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

static err read_head(struct reading *r, struct fy_node *root, struct fy_node **v)
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
    TRY(keep(r, v[S_SCHEMA], "schema: a name is expected", &s->name));
    TRY(keep(r, v[S_VERSION], "version: a number is expected", &s->version));
    TRY(keep(r, v[S_TITLE], "title: a text is expected", &s->title));
    if (v[S_READS]) TRY(yaml_scalar(&r->y, v[S_READS], "reads: radiology or notes", &reads));
    s->reads_notes = view_eq(reads, VIEW("notes"));
    if (!s->reads_notes && !view_eq(reads, VIEW("radiology")))
        return yaml_refuse(&r->y, v[S_READS], ERR_CONFIG, "reads: radiology or notes");
out:
    return e;
}

static err read_body(struct reading *r, struct fy_node **v)
{
    err e = OK;
    TRY(read_words(r, v[S_WORDS]));
    TRY(add_patterns(r, v[S_ABOUT], (struct meaning){ PATTERN_ABOUT, 0, 0 },
                     "about: a list of patterns is expected"));
    TRY(read_cues(r, v[S_CUES]));
    TRY(read_values(r, v[S_VALUES]));
    if (v[S_FINDINGS]) TRY(read_findings(r, v[S_FINDINGS]));
out:
    return e;
}

/* Everything of one of the program's own schemas, but for its name and the findings left out. */
static err read_from(struct reading *r, struct fy_node *from, struct fy_node *without)
{
    err e = OK;
    view name;
    struct fy_node *root, *v[YAML_KEYS_MAX];
    struct reading base = { .s = r->s, .b = r->b, .d = r->d, .without = without };
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
static err read_context(struct reading *r, view text)
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
}

static err name_languages(struct reading *r)
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

err schema_read(struct schema **out, view text, struct diag *d)
{
    err e = OK;
    struct fy_node *root, *v[YAML_KEYS_MAX];
    struct reading r = { .d = d };
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
