#include "clinical/schema.h"

#include "clinical/schema_text.h"

static const char *const cue_names[] = {
#define X(name, text) text,
    CUE_MAP(X)
#undef X
};

const char *cue_kind_name(enum cue_kind k)
{
    return cue_names[k];
}

view schema_builtin_name(uint32_t i)
{
    return i < schema_texts_n ? view_of_str(schema_texts[i].name) : VIEW("");
}

view schema_builtin_text(uint32_t i)
{
    return i < schema_texts_n ? view_of(schema_texts[i].p, schema_texts[i].n) : VIEW("");
}

err schema_builtin(struct schema **out, view name, struct diag *d)
{
    for (uint32_t i = 0; i < schema_texts_n; i++)
        if (view_eq(name, schema_builtin_name(i)))
            return schema_read(out, schema_builtin_text(i), d);
    return DIAG(d, ERR_NOT_FOUND, "there is no schema of that name in the program");
}

void schema_free(struct schema *s)
{
    if (!s) return;
    vocab_free(s->vocabulary);
    arena_clear(&s->arena);
    mem_free(s);
}

static bool counts(char c)
{
    return c != ' ' && c != '_' && c != '-';
}

static bool same_name(view a, view b)
{
    size_t i = 0, k = 0;
    for (;;) {
        while (i < a.n && !counts(a.p[i]))
            i++;
        while (k < b.n && !counts(b.p[k]))
            k++;
        if (i == a.n || k == b.n) return i == a.n && k == b.n;
        if (ascii_lower(a.p[i++]) != ascii_lower(b.p[k++])) return false;
    }
}

int schema_find(const struct schema *s, view name)
{
    for (uint32_t i = 0; i < s->n_findings; i++)
        if (same_name(s->findings[i].name, name)) return (int)i;
    return -1;
}
