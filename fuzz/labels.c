/* fuzz/labels.c — any file of findings is read or refused; comparing it with itself is safe. */
#include "extract/compare.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct label_file f[2];
    static struct label_names names;
    struct diag d = { 0 };
    struct agreement a;
    struct scoring s;
    struct compare_options o = { .boot = bootstrap_default_params(), .four = true };
    view bytes = view_of((const char *)data, size);
    o.boot.replicates = 3;
    names.n = 0;
    label_file_init(&f[0]);
    label_file_init(&f[1]);
    err e = label_file_read(&f[0], bytes, &names, &d);
    BUG_IF(e && d.code != e);
    if (!e && !label_file_read(&f[1], bytes, &names, &d)) {
        if (!compare_agree(f, 2, &names, &o, &a)) {
            BUG_IF(a.left_out);
            agreement_clear(&a);
        }
        if (!compare_gold(&f[0], &f[1], &names, &o, &s)) {
            BUG_IF(s.micro.fp || s.micro.fn || s.missing);
            scoring_clear(&s);
        }
    }
    label_file_clear(&f[0]);
    label_file_clear(&f[1]);
    return 0;
}
