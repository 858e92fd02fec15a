/* deid/patient_inside.h — between the patient_index*.c files alone.   Threads: as deid/patient_index.h. */
#pragma once
#include <pthread.h>
#include <sodium.h>

#include "deid/patient_index.h"

enum {
    NONCE = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES,
    MAC = crypto_aead_xchacha20poly1305_ietf_ABYTES,
    HEAD = 8 + 4 + 2,
    VALUE_PERSON = 1 + 1 + 1, /* behind label, part and role */
    VALUE_LENGTH = VALUE_PERSON + 8,
    VALUE_HEAD = VALUE_LENGTH + 4,
    BLOCK_MAX = 1 << 20,
    VALUES_IN_BLOCK = 4000,
    FIRST_SLOTS = 1 << 10,
    FIRST_SAID = 1 << 12,
    VALUE_LINK = 0xFF, /* in place of a label: the text is a person's, as in piece.owner */
    VALUE_SAME = 0xFE, /* the same: a patient's, as in piece.patient */
};

struct secrets {
    uint8_t seal[crypto_aead_xchacha20poly1305_ietf_KEYBYTES];
    uint8_t table[crypto_shorthash_KEYBYTES];
};
struct slot {
    uint64_t hash; /* of the chain; 0: empty */
    uint64_t at;   /* the latest block */
    uint32_t n;    /* its bytes */
};
/* What has been said of whom, so that it is kept once however often it is said: hashes under the key of the table. */
struct said {
    uint64_t *v;     /* 0: empty */
    uint32_t n, cap; /* cap: a power of two */
};
/* Which patients an input speaks of (patient_index_inputs.c). */
struct noted {
    uint64_t input; /* a hash of its path */
    uint64_t chain; /* of the patient's values */
};
struct noted_inputs {
    struct noted *v; /* each once, in order, when the pass is over */
    uint32_t n, cap;
    bool wanted, too_many, all_matter;
};
struct patient_index {
    struct noted_inputs inputs;
    uint64_t
        all_told; /* of all that was said of anybody: no order in it, and the same in the next run */
    struct secrets *secrets;
    int fd;
    uint64_t end;
    struct slot *slots;
    uint32_t n, cap; /* cap: a power of two */
    struct said told;
    uint32_t patients;
    bool has_names; /* some patient goes by several */
    uint64_t said;  /* how often something was said of someone */
    pthread_mutex_t lock;
    err failed; /* the first thing that went wrong while it was filled */
};

/* One patient has a chain of values, and one of clinicians who had to do with him; a clinician has one of values,
 * and perhaps another of who he is in other resources. What else a patient goes by has one of the patients who do,
 * and a patient one of the numbers that messages and tables have in place of his id. */
enum patient_chain { CHAIN_VALUES, CHAIN_LINKS, CHAIN_NAMES, CHAIN_NUMBERS };

struct place { /* of a block; sealed before the values of the next one */
    uint64_t at;
    uint32_t n;
};

static inline void put_le(uint8_t *to, uint64_t v, size_t n)
{
    for (size_t i = 0; i < n; i++)
        to[i] = (uint8_t)(v >> (8 * i));
}

static inline uint64_t get_le(const uint8_t *from, size_t n)
{
    uint64_t v = 0;
    for (size_t i = n; i-- > 0;)
        v = v << 8 | from[i];
    return v;
}

/* From the hash of a name to that of one of its chains. */
static inline uint64_t patient_chain_hash(uint64_t name, bool is_person, enum patient_chain of)
{
    name ^= (uint64_t)(2 * of + is_person) * UINT64_C(0x9E3779B97F4A7C15);
    return name ? name : 1;
}
/* Tells chains apart; never 0. `is_person`: v is as in piece.owner. */
uint64_t patient_hash(const struct patient_index *x, view v, bool is_person, enum patient_chain of);
/* Where the chain's slot is, or would be. */
struct slot *patient_slot(struct slot *slots, uint32_t cap, uint64_t hash);
/* Notes that the input at `path` speaks of the record's patients. ERR_MEMORY. */
MUST_USE err patient_note_input(struct patient_index *x, const char *path, const struct record *r);
/* All inputs have been read. */
void patient_inputs_done(struct patient_index *x);
/* A digest of what patient_index_find and patient_index_number go by for the patient with that chain of values; the same
 * in the next run when no more and no less was said. As patient_index_find. */
MUST_USE err patient_index_digest(const struct patient_index *x, uint64_t chain, struct arena *a,
                                  uint64_t *out);
/* Under the lock: is it said of the chain for the first time? Notes that it was. ERR_MEMORY, ERR_LIMIT. */
MUST_USE err patient_note_said(struct patient_index *x, uint64_t chain, view what, bool *is_new);
