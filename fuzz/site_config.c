/* fuzz/site_config.c — any site file is taken or refused with a place; what is taken finds and fails safely. */
#include "deid/site_config.h"
#include "detect/engine.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void look(const struct site_config *c)
{
    static const view text = VIEW(
        "Elm Street protocol, Ward-7 North. Study ZX-123456, aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa! "
        "Dose 500 mg [NAME-7QK2] 12-34.");
    const struct detect_params p = { lexicon_builtin(), c->terms, c->patterns, c->date_order };
    struct detect *d = NULL;
    struct detect_scratch *s = NULL;
    struct findings f;
    findings_init(&f, DETECT_MAX);
    if (!detect_new_with(&d, &p) && !detect_scratch_new(&s)) {
        err e = detect_text(d, s, text, VIEW(""), &f);
        BUG_IF(e && f.n);
        for (uint32_t i = 0; i < f.n; i++)
            BUG_IF(f.v[i].end > text.n || (i && f.v[i].start < f.v[i - 1].end));
    }
    findings_clear(&f);
    detect_scratch_free(s);
    detect_free(d);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct site_config *c = NULL;
    struct diag d = { 0 };
    err e = site_config_read(&c, view_of((const char *)data, size), NULL, &d);
    BUG_IF(e && d.code != e);
    BUG_IF(e == ERR_CONFIG && (!d.line || !d.column));
    if (!e) look(c);
    site_config_free(c);
    return 0;
}
