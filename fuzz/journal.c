/* fuzz/journal.c — any bytes as a journal, as they are and with their checksums made right: no crash, a
 * result that says why, and no more records than there is room for. */
#include "deid/journal.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    uint64_t records;
    struct diag d = { 0 };
    view bytes = { (const char *)data, size };
    err e = journal_check(bytes, NULL, VIEW("terms"), &records, &d);
    BUG_IF(e && d.code != e);
    BUG_IF(records > size / 96);
    BUG_IF(e && e != ERR_FORMAT && e != ERR_VERSION && e != ERR_CORRUPT && e != ERR_CONFIG);
    return 0;
}
