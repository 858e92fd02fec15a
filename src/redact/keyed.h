/* redact/keyed.h — what follows from a key and a project: sub-keys, permutations, keyed hashes.
 *
 * Sub-keys are derived once and used for every value, so a value costs one short hash. Nothing here
 * depends on what was asked before.
 * Threads: a domain from keyed_domain_new is immutable and shared; one from keyed_domain_init fills
 * itself as it is asked and belongs to one thread.
 */
#pragma once
#include "base/base.h"
#include "redact/key.h"
#include "redact/permutation.h"
#include "redact/pools.h"

/* Project domains longer than this are refused, never cut. */
enum { KEYED_PROJECT_MAX = 256 };

/* A value of one use says nothing about another. */
enum keyed_use {
    KEYED_TAG,
    KEYED_WORD,
    KEYED_NUMBER,
    KEYED_FORM, /* of fpe.h */
    KEYED_CONTACT,
    KEYED_LINK, /* of forms.h */
    KEYED_USE_COUNT,
};
enum { KEYED_LETTERS = POOL_COUNT, KEYED_PERMUTATIONS }; /* the 26 letters, for initials */

struct keyed_domain {
    const struct key *key; /* borrowed; compared, and asked for what is not derived yet */
    view project;          /* copied into project_bytes, or borrowed after keyed_domain_init */
    uint32_t use_ready, permutation_ready; /* sets of what is derived */
    uint8_t use[KEYED_USE_COUNT][32];
    char project_bytes[KEYED_PROJECT_MAX];
    struct permutation permutation[KEYED_PERMUTATIONS];
};

/* In place; `project` and `k` borrowed as long as it is used. Wipe with keyed_domain_wipe. */
void keyed_domain_init(struct keyed_domain *d, const struct key *k, view project);
void keyed_domain_wipe(struct keyed_domain *d);

/* 32 secret bytes for a use. */
const uint8_t *keyed_use_key(struct keyed_domain *d, enum keyed_use use);
/* 64 random bits for (use, kind, canonical value). */
uint64_t keyed_hash(struct keyed_domain *d, enum keyed_use use, uint8_t kind, view value);
/* The permutation of a pool, or of KEYED_LETTERS. */
const struct permutation *keyed_permutation(struct keyed_domain *d, unsigned pool);

/* A run of random numbers for one value: the same numbers in the same order, always. */
struct keyed_stream {
    uint8_t block[64];
    uint8_t key[32];
    uint64_t counter;
    unsigned used;
};
void keyed_stream_init(struct keyed_stream *s, struct keyed_domain *d, enum keyed_use use,
                       uint8_t kind, view value);
uint32_t keyed_below(struct keyed_stream *s, uint32_t bound); /* uniform; 0 < bound < 65536 */
