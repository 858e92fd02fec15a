#include "cli/detect_line.h"

#include "cli/text_lines.h"
#include "format/csv.h"
#include "format/fhir_path.h"
#include "format/formats.h"

#include "detect/subject.h"
#include "text/ruler.h"

enum { SCRATCH_MAX = 1 << 30 };

struct line_scratch {
    struct text_lines *lines;
    struct arena arena;          /* of a record with fields */
    struct deid_scratch *fields; /* once one came */
    struct buf path;
};

static void scratch_free(void *scratch)
{
    struct line_scratch *s = scratch;
    if (!s) return;
    arena_clear(&s->arena);
    text_lines_free(s->lines);
    deid_scratch_free(s->fields);
    buf_clear(&s->path);
    mem_free(s);
}

static err scratch_new(void **out)
{
    struct line_scratch *s = mem_alloc_zero(sizeof *s);
    if (!s) return ERR_MEMORY;
    arena_init(&s->arena, SCRATCH_MAX);
    buf_init(&s->path, FHIR_PATH_MAX);
    err e = text_lines_new(&s->lines);
    if (e) {
        scratch_free(s);
        return e;
    }
    *out = s;
    return OK;
}

static err add_range(struct buf *out, struct ruler *r, uint32_t start, uint32_t end)
{
    err e = OK;
    TRY(buf_add(out, VIEW("\"start\":")));
    TRY(buf_add_u64(out, ruler_at(r, start)));
    TRY(buf_add(out, VIEW(",\"end\":")));
    TRY(buf_add_u64(out, ruler_at(r, end)));
out:
    return e;
}

static err add_reason(struct buf *out, struct ruler *cues, const struct finding *f)
{
    err e = OK;
    TRY(buf_add(out, VIEW(",\"rule\":")));
    TRY(buf_add_json(out, view_of_str(rule_name(f->rule))));
    TRY(buf_add(out, VIEW(",\"reason\":")));
    TRY(buf_add_json(out, view_of_str(rule_text(f->rule))));
    if (f->subject) {
        TRY(buf_add(out, VIEW(",\"whose\":")));
        TRY(buf_add_json(out, view_of_str(subject_name(f->subject))));
    }
    if (f->cue_end > f->cue_start) {
        TRY(buf_add(out, VIEW(",\"cue\":{")));
        TRY(add_range(out, cues, f->cue_start, f->cue_end));
        TRY(buf_add_char(out, '}'));
    }
out:
    return e;
}

static err add_spans(struct buf *out, view text, const struct detect_options *o,
                     const struct findings *found)
{
    err e = OK;
    struct ruler spans = { .text = text, .bytes = o->byte_offsets }, cues = spans;
    for (uint32_t i = 0; i < found->n; i++) {
        const struct finding *f = &found->v[i];
        TRY(buf_add(out, i ? VIEW(",{") : VIEW("{")));
        TRY(add_range(out, &spans, f->start, f->end));
        TRY(buf_add(out, VIEW(",\"label\":\"")));
        TRY(buf_add(out, view_of_str(label_name(f->label))));
        TRY(buf_add(out, VIEW("\",\"score\":")));
        TRY(buf_add_fixed(out, f->score, 3));
        if (o->explain) TRY(add_reason(out, &cues, f));
        TRY(buf_add_char(out, '}'));
    }
out:
    return e;
}

/* The record's own id where it has one, else the ordinal: of the line, or of the input. */
static err add_id(struct buf *out, view id, const struct batch_record *r)
{
    err e = OK;
    TRY(buf_add(out, VIEW("{\"id\":")));
    if (id.n > 0) {
        TRY(buf_add_json(out, id));
    } else {
        TRY(buf_add_char(out, '"'));
        TRY(buf_add_u64(out, r->format->is_stream ? r->number : r->input));
        TRY(buf_add_char(out, '"'));
    }
out:
    return e;
}

/* A cell of a column that the table has, with nothing in it to look at. */
static bool is_empty_cell(const struct format *f, view field)
{
    const struct csv *c = csv_of(f);
    return c && csv_has_column(c, field);
}

/* ---- records of many fields ---- */

/* A line of JSON and a row of a table have one text, as gold standards do; messages have as many as they have
 * fields. */
static bool lists_fields(const struct format *f)
{
    if (!f->has_fields || csv_of(f)) return false;
    return !f->is_stream || strcmp(f->name, format_jsonl.name) != 0;
}

struct fields {
    const struct detect_options *o;
    const struct batch_record *r;
    struct buf *out;
    struct fhir_paths *paths; /* of a resource; NULL: no resource */
    struct buf *path;
};

static bool is_fhir(const struct format *f)
{
    return strcmp(f->name, format_fhir.name) == 0 || strcmp(f->name, format_fhir_lines.name) == 0;
}

/* What is found in a resource has no field of its own: its element's path tells. */
static err field_of(const struct fields *x, const struct piece *p, view *out)
{
    err e = OK;
    *out = p->field;
    if (!x->paths || p->field.n || p->inside) return OK;
    buf_reset(x->path);
    TRY(fhir_paths_at(x->paths, p->base, x->path));
    *out = buf_view(x->path);
out:
    return e;
}

static err write_field(void *ctx, const struct record *rec, const struct piece *p,
                       const struct findings *found)
{
    err e = OK;
    struct fields *x = ctx;
    view field;
    TRY(field_of(x, p, &field));
    if (x->o->field.n && !view_eq(field, x->o->field)) return OK;
    TRY(add_id(x->out, rec->id, x->r));
    TRY(buf_add(x->out, VIEW(",\"field\":")));
    TRY(buf_add_json(x->out, field));
    if (!p->inside) { /* else it lies in what is packed in the record */
        TRY(buf_add(x->out, VIEW(",\"at\":")));
        TRY(buf_add_u64(x->out, p->base));
    }
    TRY(buf_add(x->out, VIEW(",\"spans\":[")));
    TRY(add_spans(x->out, p->text, x->o, found));
    TRY(buf_add(x->out, VIEW("]}\n")));
out:
    return e;
}

static err write_fields(const struct detect_options *o, struct line_scratch *s,
                        const struct batch_record *r, struct buf *out, struct deid_counts *counts,
                        struct diag *d)
{
    err e = OK;
    struct fields x = { .o = o, .r = r, .out = out, .path = &s->path };
    arena_reset(&s->arena);
    if (is_fhir(r->format)) TRY(fhir_paths_new(&x.paths, r->bytes, &s->arena));
    if (!s->fields) TRY(deid_scratch_new(&s->fields));
    TRY(deid_list(o->engine, s->fields, r->format, r->encoding, r->bytes, write_field, &x, counts,
                  d));
out:
    return e;
}

static struct text_work text_work_of(const struct detect_options *o)
{
    return (struct text_work){ deid_detector(o->engine), o->field.n ? o->field : VIEW("text") };
}

static size_t look_ahead(const void *ctx, void *scratch, const struct batch_record *r, view block)
{
    const struct detect_options *o = ctx;
    struct line_scratch *s = scratch;
    const struct text_work work = text_work_of(o);
    if (!lists_fields(r->format)) return text_lines_ahead(s->lines, &work, r, block);
    if (!s->fields && deid_scratch_new(&s->fields)) return block.n;
    return deid_ahead(o->engine, s->fields, r->format, r->encoding, block);
}

static err write_line(const void *ctx, void *scratch, const struct batch_record *r, struct buf *out,
                      struct deid_counts *counts, struct diag *d)
{
    err e = OK;
    const struct detect_options *o = ctx;
    struct line_scratch *s = scratch;
    size_t before = out->n;
    if (r->format->is_stream && view_trim(r->bytes).n == 0)
        return OK; /* a blank line is no record */
    if (lists_fields(r->format)) {
        TRY(write_fields(o, s, r, out, counts, d));
        counts->bytes_out += out->n - before;
        return OK;
    }
    struct text_line *line;
    const struct text_work work = text_work_of(o);
    TRY(text_lines_take(s->lines, &work, r, &line, d));
    if (line->record.is_header) return OK;
    if (!line->piece && !is_empty_cell(r->format, work.field))
        return DIAG(d, ERR_FORMAT, "the line has no such field (see --field)");
    TRY(add_id(out, line->record.id, r));
    TRY(buf_add(out, VIEW(",\"spans\":[")));
    TRY(add_spans(out, line->piece ? line->piece->text : VIEW(""), o, &line->found));
    TRY(buf_add(out, VIEW("]}\n")));
    counts->records++;
    counts->pieces++;
    counts->bytes_in += r->bytes.n;
    counts->bytes_out += out->n - before;
    for (uint32_t i = 0; i < line->found.n; i++)
        counts->found[line->found.v[i].label]++;
out:
    if (e) out->n = before;
    return e;
}

/* A line for a line: whoever joins output to input by position must be able to. */
static err write_failed(const void *ctx, void *scratch, const struct batch_record *r, err why,
                        struct buf *out)
{
    err e = OK;
    (void)ctx, (void)scratch;
    if (r->format->is_stream)
        TRY(buf_add(out, VIEW("{\"id\":null")));
    else
        TRY(add_id(out, VIEW(""), r));
    TRY(buf_add(out, VIEW(",\"error\":")));
    TRY(buf_add_json(out, view_of_str(err_text(why))));
    TRY(buf_add(out, VIEW("}\n")));
out:
    return e;
}

struct batch_work detect_line_work(const struct detect_options *o)
{
    return (struct batch_work){ .ctx = o,
                                .scratch_new = scratch_new,
                                .scratch_free = scratch_free,
                                .ahead = look_ahead,
                                .record = write_line,
                                .failed = write_failed,
                                .collect = true };
}
