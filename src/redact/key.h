/* redact/key.h — the secret from which surrogates, tags and date offsets follow.
 *
 * A key has an id (printed in outputs and reports), a scheme number (which pools and permutations: see
 * docs/internals/surrogates.md) and a creation date. It lives in a file of mode 0600, is locked in
 * memory and kept out of core dumps, and is wiped by key_free. An ephemeral key never leaves the
 * process: what it made can't be computed again.
 * Source: DESIGN rule 4; 45 CFR 164.514(c).   Threads: immutable after creation; share it.
 */
#pragma once
#include "base/base.h"
#include "base/diag.h"

enum { KEY_SCHEME = 1 };
struct key; /* opaque, in guarded memory */

MUST_USE err key_ephemeral(struct key **out);
/* Writes a new key to `path`, which must not exist (ERR_EXISTS), mode 0600. */
MUST_USE err key_create_file(const char *path, struct diag *d);
/* ERR_KEY when the file is no key, damaged, or readable by others; ERR_VERSION for a later scheme. */
MUST_USE err key_open_file(struct key **out, const char *path, struct diag *d);
void key_free(struct key *k);
view key_id(const struct key *k); /* "7QK2M4XA" */
bool key_is_ephemeral(const struct key *k);

/* Pseudo-random 32 bytes for (purpose, domain, value): keyed BLAKE2b with lengths framed. */
void key_derive(const struct key *k, view purpose, view domain, view value, uint8_t out[32]);
