/* Marked lines as `cordon train` takes them: read, prepared, tagged; whatever they say, it ends. */
#include "train/corpus.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    static const char *const languages[] = { "en", "es" };
    for (int i = 0; i < 2; i++) {
        struct corpus c = { .n_texts = 0 };
        struct diag d = { 0 };
        const struct corpus_params p = { .kind = tag_kind_of(view_of_str(languages[i])),
                                         .held_percent = 10,
                                         .threads = 1,
                                         .least = 1 };
        if (corpus_read(&c, view_of((const char *)data, n), &p, &d) == OK)
            for (uint32_t t = 0; t < c.n_tokens; t++)
                if (c.gold[t] > 2 * c.labels.n || c.start[t] > c.end[t]) __builtin_trap();
        corpus_clear(&c);
    }
    return 0;
}
