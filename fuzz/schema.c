/* fuzz/schema.c — any schema file is taken or refused with a place; what is taken reads reports safely. */
#include "clinical/labeler.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void look(const struct schema *s)
{
    static const view text =
        VIEW("FINDINGS: No large effusion, but a small nodule may be present.\n"
             "IMPRESSION: 1. Mild cough. 2. History of xxx [NAME]?");
    struct labeler l = { s, label_default_options() };
    struct label_scratch *scratch = NULL;
    struct label_result r;
    l.options.parents = true;
    if (!label_scratch_new(&scratch) && !label_report(&l, scratch, text, &r) &&
        r.state == REPORT_READ) {
        for (uint32_t i = 0; i < r.n_statements; i++)
            BUG_IF(r.statements[i].end > text.n || r.statements[i].start >= r.statements[i].end ||
                   r.statements[i].finding >= s->n_findings);
    }
    label_scratch_free(scratch);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct schema *s = NULL;
    struct diag d = { 0 };
    err e = schema_read(&s, view_of((const char *)data, size), &d);
    BUG_IF(e && d.code != e);
    BUG_IF(e == ERR_CONFIG && (!d.line || !d.column));
    BUG_IF(!e != (s != NULL));
    if (!e) look(s);
    schema_free(s);
    return 0;
}
