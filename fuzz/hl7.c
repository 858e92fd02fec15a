/* fuzz/hl7.c — messages that decode are written back byte for byte, and changed where asked alone. */
#include "round_trip.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static size_t segments(view v)
{
    size_t n = 0;
    for (size_t i = 0; i < v.n; i++)
        n += v.p[i] == '\r';
    return n;
}

/* It decodes again, and as many segments as before stand there. */
static void judge(const struct record *r, err e, view out, struct arena *a)
{
    struct record again;
    struct diag d = { 0 };
    if (e == ERR_ENCODING) return; /* no escape is declared */
    BUG_IF(e);
    e = format_decode(&format_hl7, out, ENC_AUTO, a, &again, &d);
    BUG_IF(e && e != ERR_UNSUPPORTED && e != ERR_ENCODING);
    BUG_IF(!e && segments(r->bytes) != segments(out));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    round_trip(&format_hl7, view_of((const char *)data, size), VIEW("A|b^~\\&\n"), judge);
    return 0;
}
