/* fuzz/labeler.c — any bytes are read or have a state; evidence lies in the text; twice is the same. */
#include "clinical/labeler.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static struct schema *schema;
static struct label_scratch *scratch;

static void check(const struct label_result *r, view text)
{
    if (r->state != REPORT_READ) return;
    for (uint32_t i = 0; i < r->n_statements; i++) {
        const struct statement *st = &r->statements[i];
        BUG_IF(st->start >= st->end || st->end > text.n || st->cue_end > text.n ||
               st->finding >= schema->n_findings || st->status > STATUS_PRESENT);
    }
    for (uint32_t f = 0; f < schema->n_findings; f++)
        BUG_IF(!(r->answers[f].score >= 0 && r->answers[f].score <= 1));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct diag d = { 0 };
    static struct label_result one, two;
    view text = view_of((const char *)data, size);
    if (!schema)
        BUG_IF(schema_builtin(&schema, VIEW("chexpert14"), &d) || label_scratch_new(&scratch));
    struct labeler l = { schema, label_default_options() };
    l.options.context.implied = size & 1;
    if (label_report(&l, scratch, text, &one)) return 0;
    check(&one, text);
    BUG_IF(label_report(&l, scratch, text, &two));
    BUG_IF(one.state != two.state || one.n_statements != two.n_statements);
    for (uint32_t f = 0; one.state == REPORT_READ && f < schema->n_findings; f++)
        BUG_IF(one.answers[f].status != two.answers[f].status);
    return 0;
}
