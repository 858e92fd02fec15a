/* Findings, as the public header shows them: words instead of numbers, bytes of the text as it was given
 * (a byte order mark counts there, and is no part of the text that detectors see). */
#include "api/library.h"

#include "detect/subject.h"

static struct cordon_finding public_finding(const struct finding *f, size_t skipped)
{
    bool has_cue = f->cue_end > f->cue_start;
    return (struct cordon_finding){
        .start = f->start + skipped,
        .end = f->end + skipped,
        .cue_start = has_cue ? f->cue_start + skipped : 0,
        .cue_end = has_cue ? f->cue_end + skipped : 0,
        .score = (double)f->score,
        .label = label_name(f->label),
        .rule = rule_name(f->rule),
        .reason = rule_text(f->rule),
        .whose = subject_name(f->subject),
    };
}

enum cordon_error cordon_detect(struct cordon_session *s, const char *text, size_t n,
                                const struct cordon_finding **out, size_t *n_out,
                                struct cordon_problem *problem)
{
    err e = OK;
    struct diag d = { 0 };
    view given, decoded;
    struct offset_map map;
    if (out) *out = NULL;
    if (n_out) *n_out = 0;
    if (!s || !out || !n_out)
        TRY(DIAG(&d, ERR_USAGE, "cordon_detect needs a session and places for its result"));
    mem_free(s->list);
    s->list = NULL;
    TRY(library_text(text, n, s->engine->max_text, &given, &d));
    TRY(encoding_decode(ENC_UTF8, given, &s->arena, &decoded, &map, &d));
    TRY(detect_text(deid_detector(s->engine->deid), s->detect, decoded, VIEW(""), &s->found));
    if (s->found.n == 0) goto out;
    s->list = mem_alloc(s->found.n * sizeof *s->list);
    if (!s->list) TRY(ERR_MEMORY);
    for (uint32_t i = 0; i < s->found.n; i++)
        s->list[i] = public_finding(&s->found.v[i], n - decoded.n);
    *out = s->list;
    *n_out = s->found.n;
out:
    if (s) arena_reset(&s->arena);
    return library_result(e, &d, problem);
}
