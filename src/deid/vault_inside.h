/* deid/vault_inside.h — the file as vault.h draws it, between vault_head.c, vault.c (which writes it) and
 * vault_read.c alone.   Threads: pure. */
#pragma once
#include <sodium.h>

#include "base/little.h"
#include "deid/vault.h"

#define VAULT_STREAM_KEY crypto_secretstream_xchacha20poly1305_KEYBYTES
#define VAULT_STREAM_HEAD crypto_secretstream_xchacha20poly1305_HEADERBYTES
#define VAULT_STREAM_MORE crypto_secretstream_xchacha20poly1305_ABYTES
enum {
    VAULT_MAGIC = 8,
    VAULT_VERSION = 1,
    VAULT_AT_KEY = 12,
    VAULT_AT_SALT = 20,
    VAULT_SALT = 16,
    VAULT_AT_STREAM = 36,
    VAULT_AT_SUM = 60,
    VAULT_HEAD = 92,
    VAULT_FRAME = 64 << 10, /* clear bytes of a frame */
    VAULT_FRAME_MAX = VAULT_FRAME + 64,
    VAULT_ENTRY_HEAD = 4 + VAULT_DIGEST + 4,
    VAULT_SWAP_HEAD = 12,
};
_Static_assert(VAULT_STREAM_HEAD == 24 && VAULT_AT_STREAM + 24 == VAULT_AT_SUM,
               "as drawn in vault.h");
/* Clear bytes that one run or one reader holds at once. */
static const size_t VAULT_CLEAR_MAX = (size_t)1 << 30;

const char *vault_magic(enum vault_kind kind); /* VAULT_MAGIC bytes */
/* The key of a segment's stream, into VAULT_STREAM_KEY bytes of guarded memory. */
void vault_stream_key(enum vault_kind kind, const struct key *k, view salt, uint8_t *out);

/* The head that begins `file`. ERR_CORRUPT, ERR_VERSION, ERR_KEY. */
MUST_USE err vault_check_head(view file, enum vault_kind kind, const struct key *k, struct diag *d);
/* Where the segment that begins at `at` ends as far as its frames are whole. */
size_t vault_segment_end(view file, size_t at);
bool vault_is_segment(view file, enum vault_kind kind, size_t at);
/* A run that was killed before its head was whole. */
bool vault_is_cut_head(view file, enum vault_kind kind, size_t at);
