/* A redaction: the text with its identifiers replaced, and what is needed to put them back. */
#include "api/library.h"

static const size_t RESULT_MAX = (size_t)1 << 30;

static err list_replacements(struct cordon_redaction *r, const struct edits *edits, size_t skipped)
{
    size_t longer = 0, shorter = 0; /* replacements so far, and what they replaced */
    if (edits->n == 0) return OK;
    r->list = mem_alloc(edits->n * sizeof *r->list);
    if (!r->list) return ERR_MEMORY;
    for (uint32_t i = 0; i < edits->n; i++) {
        const struct edit *x = &edits->v[i];
        size_t start = x->start + skipped;
        r->list[i] = (struct cordon_replacement){
            .start = start,
            .end = x->end + skipped,
            .new_start = start + longer - shorter,
            .new_end = start + longer - shorter + x->with.n,
        };
        longer += x->with.n;
        shorter += x->end - x->start;
    }
    r->n = edits->n;
    return OK;
}

enum cordon_error cordon_redact(struct cordon_session *s, const char *text, size_t n,
                                const char *patient, struct cordon_redaction **out,
                                struct cordon_problem *problem)
{
    err e = OK;
    struct diag d = { 0 };
    struct deid_exam exam;
    view given;
    struct deid_counts counts = { 0 };
    struct cordon_redaction *r = NULL;
    if (out) *out = NULL;
    if (!s || !out)
        TRY(DIAG(&d, ERR_USAGE, "cordon_redact needs a session and a place for its result"));
    TRY(library_text(text, n, s->engine->max_text, &given, &d));
    r = mem_alloc_zero(sizeof *r);
    if (!r) TRY(ERR_MEMORY);
    buf_init(&r->text, RESULT_MAX);
    TRY(deid_examine(s->engine->deid, s->deid, format_by_name(VIEW("text")), ENC_UTF8, given,
                     view_of_str(patient), &exam, &counts, &d));
    BUG_IF(exam.record.n != 1);
    TRY(format_write(&exam.record, exam.edits, &r->text, &d));
    TRY(buf_add_char(&r->text, 0));
    TRY(list_replacements(r, &exam.edits[0], n - exam.record.pieces[0].text.n));
    TRY(restore_new(&r->restore, exam.record.pieces[0].text, &exam.edits[0]));
    *out = r;
    r = NULL;
out:
    cordon_redaction_free(r);
    return library_result(e, &d, problem);
}

void cordon_redaction_free(struct cordon_redaction *r)
{
    if (!r) return;
    buf_clear(&r->text);
    mem_free(r->list);
    restore_free(r->restore);
    mem_free(r);
}

const char *cordon_redaction_text(const struct cordon_redaction *r, size_t *n_out)
{
    if (n_out) *n_out = r ? r->text.n - 1 : 0;
    return r ? r->text.p : NULL;
}

const struct cordon_replacement *cordon_redaction_list(const struct cordon_redaction *r,
                                                       size_t *n_out)
{
    if (n_out) *n_out = r ? r->n : 0;
    return r ? r->list : NULL;
}

size_t cordon_redaction_lost(const struct cordon_redaction *r)
{
    return r ? restore_lost(r->restore) : 0;
}

enum cordon_error cordon_restore(const struct cordon_redaction *r, const char *text, size_t n,
                                 char **out, size_t *n_out, struct cordon_restore_counts *counts,
                                 struct cordon_problem *problem)
{
    err e = OK;
    struct diag d = { 0 };
    struct arena arena;
    struct buf restored;
    struct offset_map map;
    struct restore_counts now = { 0 };
    view given, decoded;
    arena_init(&arena, RESULT_MAX);
    buf_init(&restored, RESULT_MAX);
    if (out) *out = NULL;
    if (n_out) *n_out = 0;
    if (counts) *counts = (struct cordon_restore_counts){ 0 };
    if (!r || !out || !n_out)
        TRY(DIAG(&d, ERR_USAGE, "cordon_restore needs a redaction and places for its result"));
    TRY(library_text(text, n, RESULT_MAX - 1, &given, &d));
    TRY(encoding_decode(ENC_UTF8, given, &arena, &decoded, &map, &d));
    TRY(buf_add(&restored, view_sub(given, 0, n - decoded.n))); /* byte order mark */
    TRY(restore_text(r->restore, decoded, &restored, &now));
    TRY(buf_add_char(&restored, 0));
    *n_out = restored.n - 1;
    *out = restored.p; /* taken by the caller */
    buf_init(&restored, RESULT_MAX);
    if (counts)
        *counts = (struct cordon_restore_counts){ .put_back = (size_t)now.put_back,
                                                  .left = (size_t)now.left };
out:
    buf_clear(&restored);
    arena_clear(&arena);
    return library_result(e, &d, problem);
}
