/* format/format.c — the table of formats. */
#include "format/format.h"

#include "format/format_options.h"
#include "format/formats.h"
#include "format/json_paths.h"

/* In the order in which they are asked whether they know a head. */
static const struct format *const formats[] = { &format_fhir_lines, &format_fhir,  &format_hl7,
                                                &format_cda,        &format_jsonl, &format_json,
                                                &format_tsv,        &format_csv,   &format_text };

const struct format *format_by_name(view name)
{
    for (size_t i = 0; i < COUNT_OF(formats); i++)
        if (view_eq(name, view_of_str(formats[i]->name))) return formats[i];
    return NULL;
}

bool format_has_roles(const struct format *f)
{
    return f != &format_text && f != &format_jsonl && f != &format_json;
}

bool format_may_have_roles(const struct format *f, const struct format_options *o)
{
    bool is_json = f == &format_jsonl || f == &format_json;
    return format_has_roles(f) || (is_json && o && json_paths_count(o->json));
}

const struct format *format_sniff(view head)
{
    for (size_t i = 0; i < COUNT_OF(formats); i++)
        if (formats[i]->sniff(head)) return formats[i];
    return &format_text;
}

err format_decode(const struct format *f, view bytes, enum encoding enc, struct arena *a,
                  struct record *out, struct diag *d)
{
    return f->decode(f, bytes, enc, a, out, d);
}

err format_push(struct arena *a, struct piece **v, uint32_t *n, uint32_t *cap,
                const struct piece *p)
{
    enum { FIRST = 64 };
    struct piece *to = arena_more(a, *v, sizeof *to, *n, cap, FIRST);
    if (!to) return ERR_MEMORY;
    *v = to;
    (*v)[(*n)++] = *p;
    return OK;
}

size_t format_split_lines(const struct format *self, view bytes, size_t from, size_t searched,
                          bool at_end)
{
    (void)self;
    size_t nl = view_find_byte(bytes, MIN(from + searched, bytes.n), '\n');
    if (nl < bytes.n) return nl + 1 - from;
    return at_end ? bytes.n - from : 0;
}
