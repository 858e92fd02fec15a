/* fuzz/cda.c — documents that decode are written back byte for byte, and stay well-formed when changed. */
#include "format/attachment_options.h"
#include "format/format_options.h"
#include "round_trip.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* It decodes again; only a content type that is no longer one of text may make a document in it one that is refused. */
static void judge(const struct record *r, err e, view out, struct arena *a)
{
    struct record again;
    BUG_IF(e);
    e = format_decode(&format_cda, out, ENC_AUTO, a, &again, NULL);
    BUG_IF(e && !(e == ERR_UNSUPPORTED && r->n_embedded));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const struct attachment_options drop = { .drop_attachments = true };
    static const struct format_options options = { .attachments = &drop };
    const struct format *dropping;
    struct arena a;
    view bytes = view_of((const char *)data, size);
    round_trip(&format_cda, bytes, VIEW("A[b] 7"), judge);
    arena_init(&a, 1 << 16);
    BUG_IF(format_cda.open(&format_cda, &options, VIEW(""), &a, &dropping, NULL));
    round_trip(dropping, bytes, VIEW("A[b] 7"), judge);
    arena_clear(&a);
    return 0;
}
