/* fuzz/name_sets.c — any file of names or of sentences is read or refused with the line; what is read is sound. */
#include "deid/name_probe.h"
#include "text/utf8.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    view file = view_of((const char *)data, size);
    struct name_sets s;
    struct probe_templates t;
    struct diag d = { 0 };
    err e = name_sets_read(&s, file, lexicon_builtin(), &d);
    BUG_IF((e == ERR_FORMAT || e == ERR_ENCODING) && !d.record);
    for (uint32_t i = 0; i < s.n && !e; i++) {
        const struct name_entry *n = &s.v[i];
        BUG_IF(!n->given.n || !n->family.n || n->set >= s.n_sets);
        BUG_IF(utf8_bad_at(n->given) != n->given.n || utf8_bad_at(n->family) != n->family.n);
        BUG_IF(i && n->set < s.v[i - 1].set);
    }
    name_sets_clear(&s);
    d = (struct diag){ 0 };
    e = probe_templates_read(&t, file, &d);
    BUG_IF(e && d.code != e && e != ERR_MEMORY);
    BUG_IF(!e && !t.n);
    probe_templates_clear(&t);
    return 0;
}
