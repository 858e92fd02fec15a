/* fuzz/cda.c — documents that decode are written back byte for byte, and stay well-formed when changed. */
#include "round_trip.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* It decodes again. */
static void judge(const struct record *r, err e, view out, struct arena *a)
{
    struct record again;
    (void)r;
    BUG_IF(e || format_decode(&format_cda, out, ENC_AUTO, a, &again, NULL));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    round_trip(&format_cda, view_of((const char *)data, size), VIEW("A[b] 7"), judge);
    return 0;
}
