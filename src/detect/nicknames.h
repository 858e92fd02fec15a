/* detect/nicknames.h — which short names stand for which given names: Bob for Robert, Peggy for Margaret.
 *
 * English usage in the United States, with the commonest Spanish ones; our own list, data/names/nicknames.txt.
 * Threads: immutable once made; share it.
 */
#pragma once
#include "base/base.h"

struct nicknames;
MUST_USE err nicknames_new(struct nicknames **out);
void nicknames_free(struct nicknames *n); /* NULL is fine */

/* Calls `each` with the hash (token_hash_word) of every name that may stand for the one with this hash: the
 * short forms of a full name, the full names of a short form, and those names' other short forms. The
 * same hash may come twice. Stops at the first error, and returns it. */
typedef err nickname_fn(void *ctx, uint64_t hash);
MUST_USE err nicknames_of(const struct nicknames *n, uint64_t hash, nickname_fn *each, void *ctx);
