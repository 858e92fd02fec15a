/* The secret in guarded memory (base/guarded.h): between unreadable pages, locked and kept out of core
 * dumps (when the limit on locked memory says no, the rest still holds), and read-only once filled. */
#include "redact/key.h"

#include <sodium.h>

#include "base/guarded.h"
#include "base/random.h"
#include "redact/alphabet.h"
#include "redact/key_secret.h"

struct key {
    uint8_t secret[KEY_SECRET_LEN];
    char id[KEY_ID_LEN];
    bool ephemeral;
};

/* The id follows from the secret, so a key file whose id was edited is noticed; nothing about the
 * secret follows from the id. */
static void name_key(struct key *k)
{
    uint8_t h[32];
    key_derive(k, VIEW("id"), VIEW(""), VIEW(""), h);
    uint64_t bits;
    memcpy(&bits, h, sizeof bits);
    alphabet_spell(le64toh(bits), k->id, KEY_ID_LEN);
    sodium_memzero(h, sizeof h);
}

err key_from_secret(struct key **out, const uint8_t secret[KEY_SECRET_LEN], bool ephemeral)
{
    *out = NULL;
    if (sodium_init() < 0) return ERR_SYSTEM;
    struct key *k = guarded_alloc(sizeof *k);
    if (!k) return ERR_MEMORY;
    memcpy(k->secret, secret, KEY_SECRET_LEN);
    k->ephemeral = ephemeral;
    name_key(k);
    if (guarded_seal(k) != OK) {
        guarded_free(k);
        return ERR_SYSTEM;
    }
    *out = k;
    return OK;
}

err key_ephemeral(struct key **out)
{
    uint8_t secret[KEY_SECRET_LEN];
    *out = NULL;
    if (sodium_init() < 0) return ERR_SYSTEM;
    random_bytes(secret, sizeof secret);
    err e = key_from_secret(out, secret, true);
    sodium_memzero(secret, sizeof secret);
    return e;
}

void key_free(struct key *k)
{
    guarded_free(k); /* wipes */
}

view key_id(const struct key *k)
{
    return view_of(k->id, KEY_ID_LEN);
}

bool key_is_ephemeral(const struct key *k)
{
    return k->ephemeral;
}

static void add_framed(crypto_generichash_state *st, view v)
{
    uint64_t n = htole64(v.n);
    crypto_generichash_update(st, (const unsigned char *)&n, sizeof n);
    crypto_generichash_update(st, (const unsigned char *)v.p, v.n);
}

void key_derive(const struct key *k, view purpose, view domain, view value, uint8_t out[32])
{
    crypto_generichash_state st;
    crypto_generichash_init(&st, k->secret, KEY_SECRET_LEN, 32);
    add_framed(&st, purpose);
    add_framed(&st, domain);
    add_framed(&st, value);
    crypto_generichash_final(&st, out, 32);
    sodium_memzero(&st, sizeof st);
}
