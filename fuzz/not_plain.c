/* fuzz/not_plain.c — the first byte chooses the encoding; what is refused is refused at a place in the input, and in
 * UTF-16 as it is in UTF-8. */
#include "format/not_plain.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const enum encoding encodings[] = { ENC_UTF8, ENC_UTF16LE, ENC_UTF16BE,
                                               ENC_WINDOWS1252 };
    if (size == 0) return 0;
    view bytes = { (const char *)data + 1, size - 1 };
    enum encoding enc = encodings[data[0] % COUNT_OF(encodings)];
    struct diag d = { 0 }, w = { 0 };
    struct buf wide;
    err e = not_plain_check(bytes, enc, &d);
    BUG_IF(e && (e != ERR_UNSUPPORTED || d.offset > bytes.n));
    buf_init(&wide, 64 << 20);
    /* a NUL is left to the decoder, which refuses it */
    bool is_text = enc == ENC_UTF8 && view_find_byte(bytes, 0, '\0') == bytes.n &&
                   !encoding_encode(ENC_UTF16LE, bytes, &wide);
    if (e && is_text) BUG_IF(not_plain_check(buf_view(&wide), ENC_UTF16LE, &w) != e);
    buf_clear(&wide);
    return 0;
}
