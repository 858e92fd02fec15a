/* detect/encoded.c — base64 that stands in a text is taken whole: nobody can say what is in it. */
#include "detect/detectors.h"
#include "text/encoded_run.h"

enum {
    DIGITS_LOOK = 3,    /* so many runs of digits further on … */
    DIGITS_REACH = 128, /* … is at most as many bytes further on */
};

/* Letters touch most digits of such a run, and other digits are near. */
static inline bool may_be_in_run(const struct doc *d, uint32_t k)
{
    if (LIKELY(!(d->beside[k] & (BESIDE_LEFT_WORD | BESIDE_RIGHT_WORD)))) return false;
    const uint32_t i = d->digits.v[k], later = d->digits.v[k + DIGITS_LOOK];
    return d->tok[later].start - d->tok[i].start <= DIGITS_REACH;
}

err encoded_find(const struct doc *d, struct findings *out)
{
    size_t seen = 0, from, to;
    for (uint32_t k = 0; k + DIGITS_LOOK < d->digits.n; k++) {
        if (LIKELY(!may_be_in_run(d, k))) continue;
        const size_t at = d->tok[d->digits.v[k]].start;
        if (at < seen) continue;
        bool is_encoded = encoded_run_at(d->text, at, &from, &to);
        seen = to;
        if (!is_encoded) continue;
        err e = findings_add(out, (struct finding){ .start = (uint32_t)from,
                                                    .end = (uint32_t)to,
                                                    .score = 0.9F,
                                                    .rule = RULE_ID_ENCODED,
                                                    .label = LABEL_ID,
                                                    .source = SOURCE_RULE });
        if (e) return e;
    }
    return OK;
}
