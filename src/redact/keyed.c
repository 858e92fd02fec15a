#include "redact/keyed.h"

#include <endian.h>
#include <sodium.h>

#include "base/guarded.h"
#include "base/mem.h"
#include "redact/redact.h"

enum { SHORT_MAX = 127 };
static const char *const use_names[KEYED_USE_COUNT] = { "tag",  "word",    "number",
                                                        "form", "contact", "link" };
static const char *const pool_names[KEYED_PERMUTATIONS] = {
    "women",  "men",  "either", "both-men",     "both-women",
    "family", "town", "street", "organization", "letters",
};

void keyed_domain_init(struct keyed_domain *d, const struct key *k, view project)
{
    d->key = k;
    d->project = project;
    d->use_ready = d->permutation_ready = 0;
}

void keyed_domain_wipe(struct keyed_domain *d)
{
    if (d->use_ready) mem_wipe(d->use, sizeof d->use);
    if (d->permutation_ready) mem_wipe(d->permutation, sizeof d->permutation);
    d->use_ready = d->permutation_ready = 0;
}

const uint8_t *keyed_use_key(struct keyed_domain *d, enum keyed_use use)
{
    if (UNLIKELY(!(d->use_ready >> use & 1))) {
        BUG_IF(!d->key);
        key_derive(d->key, VIEW("surrogate 1 use"), d->project, view_of_str(use_names[use]),
                   d->use[use]);
        d->use_ready |= 1u << use;
    }
    return d->use[use];
}

const struct permutation *keyed_permutation(struct keyed_domain *d, unsigned pool)
{
    BUG_IF(pool >= KEYED_PERMUTATIONS);
    if (UNLIKELY(!(d->permutation_ready >> pool & 1))) {
        uint8_t seed[32];
        BUG_IF(!d->key);
        key_derive(d->key, VIEW("surrogate 1 pool"), d->project, view_of_str(pool_names[pool]),
                   seed);
        permutation_init(&d->permutation[pool], pool == KEYED_LETTERS ? 26 : pool_size(pool), seed);
        mem_wipe(seed, sizeof seed);
        d->permutation_ready |= 1u << pool;
    }
    return &d->permutation[pool];
}

/* BLAKE2b over sub-key, kind and value. The sub-key as a prefix of fixed length is as good a MAC as the
 * keyed mode, since BLAKE2b can't be extended, and a short value costs one block instead of two. */
static void hash_value(struct keyed_domain *d, enum keyed_use use, uint8_t kind, view value,
                       uint8_t *out, size_t n_out)
{
    uint8_t message[128];
    const uint8_t *key = keyed_use_key(d, use);
    memcpy(message, key, 32);
    message[32] = kind;
    if (LIKELY(value.n <= sizeof message - 33)) {
        if (value.n) memcpy(message + 33, value.p, value.n);
        crypto_generichash(out, n_out, message, 33 + value.n, NULL, 0);
    } else {
        crypto_generichash_state st;
        crypto_generichash_init(&st, NULL, 0, n_out);
        crypto_generichash_update(&st, message, 33);
        crypto_generichash_update(&st, (const unsigned char *)value.p, value.n);
        crypto_generichash_final(&st, out, n_out);
        mem_wipe(&st, sizeof st);
    }
    mem_wipe(message, 33 + MIN(value.n, sizeof message - 33));
}

/* Nothing that a key makes which dies with the run is ever made again: no scheme binds it, and SipHash-2-4, a
 * keyed function made for short inputs, costs a fifth. */
static void hash_short(struct keyed_domain *d, enum keyed_use use, uint8_t kind, view value,
                       uint8_t out[8])
{
    uint8_t message[1 + SHORT_MAX];
    message[0] = kind;
    if (value.n) memcpy(message + 1, value.p, value.n);
    crypto_shorthash(out, message, 1 + value.n, keyed_use_key(d, use));
    mem_wipe(message, 1 + value.n);
}

uint64_t keyed_hash(struct keyed_domain *d, enum keyed_use use, uint8_t kind, view value)
{
    uint8_t h[16];
    uint64_t bits;
    if (value.n <= SHORT_MAX && key_is_ephemeral(d->key))
        hash_short(d, use, kind, value, h);
    else
        hash_value(d, use, kind, value, h, sizeof h);
    memcpy(&bits, h, sizeof bits);
    return le64toh(bits);
}

void keyed_stream_init(struct keyed_stream *s, struct keyed_domain *d, enum keyed_use use,
                       uint8_t kind, view value)
{
    hash_value(d, use, kind, value, s->key, sizeof s->key);
    s->counter = 0;
    s->used = sizeof s->block;
}

/* The next 16 bits; a value rarely needs more than one block of 32 numbers. */
static uint32_t next16(struct keyed_stream *s)
{
    static const uint8_t nonce[crypto_stream_chacha20_NONCEBYTES];
    static const uint8_t zero[64];
    if (s->used == sizeof s->block) {
        crypto_stream_chacha20_xor_ic(s->block, zero, sizeof s->block, nonce, s->counter++, s->key);
        s->used = 0;
    }
    uint32_t x = s->block[s->used] | (uint32_t)s->block[s->used + 1] << 8;
    s->used += 2;
    return x;
}

uint32_t keyed_below(struct keyed_stream *s, uint32_t bound)
{
    BUG_IF(bound == 0 || bound > 65535);
    if ((bound & (bound - 1)) == 0)
        return next16(s) & (bound - 1); /* what the rest comes to, undivided */
    uint32_t limit = 65536 - 65536 % bound, x;
    do
        x = next16(s);
    while (x >= limit);
    return x % bound;
}

err keyed_domain_new(struct keyed_domain **out, const struct key *k, view project)
{
    *out = NULL;
    if (project.n > KEYED_PROJECT_MAX) return ERR_LIMIT;
    if (sodium_init() < 0) return ERR_SYSTEM;
    struct keyed_domain *d = guarded_alloc(sizeof *d);
    if (!d) return ERR_MEMORY;
    keyed_domain_init(d, k, view_of(d->project_bytes, project.n));
    if (project.n) memcpy(d->project_bytes, project.p, project.n);
    for (unsigned u = 0; u < KEYED_USE_COUNT; u++)
        keyed_use_key(d, (enum keyed_use)u);
    for (unsigned p = 0; p < KEYED_PERMUTATIONS; p++)
        keyed_permutation(d, p);
    if (guarded_seal(d) != OK) { /* shared by threads: a write would be a bug */
        guarded_free(d);
        return ERR_SYSTEM;
    }
    *out = d;
    return OK;
}

void keyed_domain_free(struct keyed_domain *d)
{
    guarded_free(d);
}
