#include "extract/extract.h"

#include "extract/extract_write.h"
#include "format/csv.h"

enum { SCRATCH_MAX = 1 << 30, CLEAN_MAX = 1 << 28 };

struct extract_scratch {
    struct arena arena;
    struct label_scratch *label;
    struct deid_scratch *deid;
    struct buf clean; /* the record without identifiers */
    struct model_reader *model;
    unsigned model_ends; /* how often its process ended */
    view failed_id;      /* of the record that just failed, where it could be read; else "" */
};

static void scratch_free(void *scratch)
{
    struct extract_scratch *s = scratch;
    if (!s) return;
    arena_clear(&s->arena);
    buf_clear(&s->clean);
    model_reader_free(s->model);
    label_scratch_free(s->label);
    deid_scratch_free(s->deid);
    mem_free(s);
}

static err scratch_new(void **out)
{
    err e = OK;
    struct extract_scratch *s = mem_alloc_zero(sizeof *s);
    if (!s) return ERR_MEMORY;
    arena_init(&s->arena, SCRATCH_MAX);
    buf_init(&s->clean, CLEAN_MAX);
    TRY(label_scratch_new(&s->label));
    TRY(deid_scratch_new(&s->deid));
    *out = s;
    s = NULL;
out:
    scratch_free(s);
    return e;
}

static bool is_prose(const struct piece *p)
{
    return p->role == ROLE_TEXT && memchr(p->text.n ? p->text.p : "", ' ', p->text.n);
}

/* All prose of the record, a line break after each piece. */
static err join_prose(const struct record *rec, struct arena *a, view *out)
{
    size_t n = 0;
    for (uint32_t i = 0; i < rec->n; i++)
        if (is_prose(&rec->pieces[i])) n += rec->pieces[i].text.n + 1;
    char *p = arena_alloc(a, n + 1);
    if (!p) return ERR_MEMORY;
    size_t at = 0;
    for (uint32_t i = 0; i < rec->n; i++) {
        if (!is_prose(&rec->pieces[i])) continue;
        memcpy(p + at, rec->pieces[i].text.p, rec->pieces[i].text.n);
        at += rec->pieces[i].text.n;
        p[at++] = '\n';
    }
    *out = view_of(p, at);
    return OK;
}

static err text_of(const struct extract_options *o, const struct record *rec,
                   const struct format *f, struct arena *a, view *out, struct diag *d)
{
    for (uint32_t i = 0; i < rec->n; i++) {
        if (f->has_fields && !view_eq(rec->pieces[i].field, o->field)) continue;
        *out = rec->pieces[i].text;
        return OK;
    }
    const struct csv *table = csv_of(f);
    if (!f->has_fields || (table && csv_has_column(table, o->field))) {
        *out = VIEW(""); /* an empty file, or an empty cell */
        return OK;
    }
    if (table || (f->is_stream && strcmp(f->name, "jsonl") == 0))
        return DIAG(d, ERR_FORMAT, "the record has no such field (see --field)");
    return join_prose(rec, a, out);
}

static err ordinal(const struct batch_record *r, struct arena *a, view *out)
{
    err e = OK;
    struct buf b;
    buf_init(&b, 32);
    TRY(buf_add_u64(&b, r->format->is_stream ? r->number : r->input));
    TRY(arena_copy(a, buf_view(&b), out));
out:
    buf_clear(&b);
    return e;
}

static err write_report(const struct extract_options *o, const struct extract_report *r,
                        struct buf *out)
{
    switch (o->shape) {
    case EXTRACT_JSON: return extract_write_json(o, r, out);
    case EXTRACT_CSV: return extract_write_csv(o, r, out);
    case EXTRACT_FHIR: return extract_write_fhir(o, r, out);
    }
    return ERR_UNSUPPORTED;
}

/* The record's bytes as they are read: cleaned on the way when that is wanted. */
static err clean_record(const struct extract_options *o, struct extract_scratch *s,
                        const struct batch_record *r, struct deid_counts *counts, view *out,
                        enum encoding *enc, struct diag *d)
{
    *out = r->bytes;
    *enc = r->encoding;
    if (!o->deid) return OK;
    buf_reset(&s->clean);
    err e = deid_record(o->deid, s->deid, r->format, r->encoding, r->bytes, VIEW(""), &s->clean,
                        counts, d);
    if (!e) *out = buf_view(&s->clean);
    return e;
}

/* The model of this worker: the one that is open already, or a process of its own. One that ends again
 * and again is not started for every report. */
static err model_of(struct extract_run *run, struct extract_scratch *s, struct diag *d)
{
    enum { ENDS_MAX = 3 };
    if (s->model) return OK;
    s->model = atomic_exchange(&run->model, NULL);
    if (s->model) return OK;
    if (s->model_ends >= ENDS_MAX) return DIAG(d, ERR_SYSTEM, "the model's process ended");
    return model_reader_new(&s->model, run->options.model, d);
}

/* What a server's model quoted takes the place of what the rules found. */
static err quotes_as_evidence(struct extract_run *run, struct arena *a,
                              const struct model_reading *reading, struct extract_report *r,
                              struct label_result *result)
{
    err e = OK;
    uint8_t *counts = arena_alloc(a, (size_t)reading->quotes.n + 1);
    if (!counts) return ERR_MEMORY;
    memset(counts, 1, reading->quotes.n);
    result->counts = counts;
    TRY(label_set_statements(result, reading->quotes.v, reading->quotes.n, a));
    r->unquoted = reading->unquoted;
    atomic_fetch_add_explicit(&run->tally.unquoted,
                              (uint64_t)__builtin_popcountll(reading->unquoted),
                              memory_order_relaxed);
out:
    return e;
}

/* The model's answers into the result; what the rules said of a finding stays beside them. */
static err ask_model(struct extract_run *run, struct extract_scratch *s, struct extract_report *r,
                     struct label_result *result, struct diag *d)
{
    err e = OK;
    const uint32_t n = run->options.labeler.schema->n_findings;
    struct model_answer answers[FINDINGS_MAX];
    struct model_reading reading;
    uint8_t *by_rules = arena_alloc(&s->arena, n), *by_model = arena_alloc(&s->arena, n);
    if (!by_rules || !by_model) TRY(ERR_MEMORY);
    TRY(model_of(run, s, d));
    e = model_reader_read(s->model, r->text, &s->arena, answers, &reading, d);
    r->parts = reading.parts;
    if (e == ERR_LIMIT) { /* no place to cut it at */
        result->state = REPORT_TOO_LONG;
        return OK;
    }
    if (e == ERR_SYSTEM && !run->options.model->server) {
        model_reader_free(s->model);
        s->model = NULL;
        s->model_ends++;
    }
    if (e) goto out;
    for (uint32_t f = 0; f < n; f++) {
        struct answer *a = &result->answers[f];
        by_rules[f] = (uint8_t)a->status;
        by_model[f] = answers[f].status;
        bool agreed = by_rules[f] == by_model[f];
        if (!agreed) atomic_fetch_add_explicit(&run->tally.disagreed, 1, memory_order_relaxed);
        if (agreed && run->options.both) continue;
        a->status = run->options.both ? STATUS_UNCERTAIN : (enum status)by_model[f];
        a->score = run->options.both ? (a->score + answers[f].score) / 2 : answers[f].score;
        a->conflict = a->historical = a->hypothetical = a->other_person = false;
        if (!agreed) a->n_instances = 0;
    }
    if (run->options.both) {
        r->by_rules = by_rules;
        r->by_model = by_model;
    } else if (run->options.model->server) {
        TRY(quotes_as_evidence(run, &s->arena, &reading, r, result));
    }
out:
    return e;
}

static err read_record(const void *ctx, void *scratch, const struct batch_record *r,
                       struct buf *out, struct deid_counts *counts, struct diag *d)
{
    err e = OK;
    struct extract_run *run = (struct extract_run *)ctx;
    const struct extract_options *o = &run->options;
    struct extract_scratch *s = scratch;
    struct record rec;
    struct deid_counts own FILLED_LATER; /* with --deid: a kilobyte */
    struct label_result result FILLED_LATER;
    size_t before = out->n;
    view bytes, id = VIEW("");
    enum encoding enc;
    if (r->format->is_stream && view_trim(r->bytes).n == 0) return OK; /* a blank line */
    arena_reset(&s->arena);
    if (o->deid) own = (struct deid_counts){ 0 };
    TRY(clean_record(o, s, r, &own, &bytes, &enc, d));
    TRY(format_decode(r->format, bytes, enc, &s->arena, &rec, d));
    if (rec.is_header) goto out;
    id = rec.id;
    struct extract_report report = { .id = id, .result = &result };
    TRY(text_of(o, &rec, r->format, &s->arena, &report.text, d));
    if (report.id.n == 0) TRY(ordinal(r, &s->arena, &report.id));
    TRY(label_report(&o->labeler, s->label, report.text, &result));
    if (o->model && result.state == REPORT_READ) TRY(ask_model(run, s, &report, &result, d));
    TRY(write_report(o, &report, out));
    if (o->deid) {
        own.bytes_out = out->n - before;
        deid_counts_add(counts, &own);
    } else {
        counts->records++;
        counts->pieces++;
        counts->bytes_in += r->bytes.n;
        counts->bytes_out += out->n - before;
    }
    atomic_fetch_add_explicit(&run->tally.states[result.state], 1, memory_order_relaxed);
out:
    s->failed_id = e ? id : VIEW("");
    if (e) out->n = before;
    return e;
}

/* A line for a line: a record that can't be read has a state too, and its own id where that was read
 * before it failed (with --deid that of the cleaned record). The id is taken once, since a record that is
 * too large comes here without read_record. */
static err write_failed(const void *ctx, void *scratch, const struct batch_record *r, err why,
                        struct buf *out)
{
    err e = OK;
    struct extract_run *run = (struct extract_run *)ctx;
    struct extract_scratch *s = scratch;
    struct label_result result = { .state = REPORT_NOT_TEXT };
    struct extract_report report = { .id = s->failed_id, .result = &result };
    s->failed_id = VIEW("");
    if (why == ERR_LIMIT) result.state = REPORT_TOO_LONG;
    if (why == ERR_TIMEOUT || why == ERR_SYSTEM || why == ERR_MODEL) result.state = REPORT_FAILED;
    if (report.id.n == 0) TRY(ordinal(r, &s->arena, &report.id));
    TRY(write_report(&run->options, &report, out));
    atomic_fetch_add_explicit(&run->tally.states[result.state], 1, memory_order_relaxed);
out:
    return e;
}

struct batch_work extract_work(struct extract_run *r)
{
    return (struct batch_work){ .ctx = r,
                                .scratch_new = scratch_new,
                                .scratch_free = scratch_free,
                                .record = read_record,
                                .failed = write_failed,
                                .collect = true,
                                .takes_empty = true };
}
