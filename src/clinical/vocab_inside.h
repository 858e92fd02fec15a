/* clinical/vocab_inside.h — the vocabulary while patterns come in, and as it stands, between its files alone.
 *
 *     vocab_patterns.c   patterns and classes into atoms, items and raw patterns
 *     vocab_compile.c    these into tables, bitmaps and programs
 *     vocab_starts.c     which programs a pair of words may begin
 *     vocabulary.c       words to symbols, and looking for programs
 *
 * Threads: as clinical/vocabulary.h. */
#pragma once
#include "base/map.h"
#include "clinical/vocabulary.h"

enum { VOCAB_BYTES_MAX = 256 << 20, VOCAB_STEM_KEYS = 26 * 26 * 26, VOCAB_NO_STEM = 0xFFFF };

struct vocab_atom {
    uint64_t hash;
    view text; /* lower case; "" when it is not ASCII letters */
    bool is_stem, is_number;
};
struct vocab_range {
    uint32_t first, n;
};
struct raw_item {
    struct vocab_range refs;
    uint8_t gap;
    bool optional;
};
struct raw_pattern {
    uint32_t item, n;
    struct meaning meaning;
};
struct vocab_vec {
    void *p;
    uint32_t n, cap;
};
struct vocab_builder {
    struct arena arena;
    struct map atom_of, class_of;
    struct vocab_vec atoms, refs, items, patterns, classes, class_refs;
    bool class_is_open;
};

struct vocab_item {
    uint32_t set; /* a symbol, or the number of a bitmap */
    bool is_bitmap, optional;
    uint8_t gap;
};
struct vocab_program {
    uint32_t item, n;
    struct meaning meaning;
};
/* Of a hash table of words and numbers: all of a bucket are compared without a branch, since whether the first
 * or the second is the word can't be guessed. A slot is 48 bits of the key and the symbol; 0 is free. A bucket is
 * filled from its beginning, and what finds it full goes to the next. */
struct vocab_bucket {
    uint64_t slot[4];
};
struct vocab_stem {
    view text;
    uint16_t symbol;
};
/* Which programs to try where a symbol stands: a list is its length and then programs, in their order. Of
 * most programs the word behind the first one tells that they can't match; the lists of a pair leave
 * those out, and `alone` has the ones that take any word, or none, behind the first. List 0 is empty. */
struct vocab_start {
    uint32_t alone; /* where in `lists` */
    bool has_pairs;
};
struct vocab_pair {
    uint32_t key; /* vocab_pair_key; 0: free */
    uint32_t list;
};
struct vocabulary {
    struct arena arena;
    uint64_t id; /* the same for the same words alone, as they are numbered */
    struct vocab_bucket *buckets;
    uint32_t bucket_mask;
    struct vocab_stem *stems; /* grouped by first three letters, longest first */
    uint16_t *stem_at;        /* VOCAB_STEM_KEYS: where a group begins; VOCAB_NO_STEM */
    uint32_t n_stems;
    struct vocab_item *items;
    struct vocab_program *programs;
    uint64_t *bitmaps;
    struct vocab_start *starts; /* of each symbol */
    struct vocab_pair *pairs;   /* a hash table */
    uint32_t *lists;
    uint32_t pair_mask;
    uint32_t n_symbols, bitmap_words;
};

/* Room for one more of `size` bytes, or NULL. */
void *vocab_push(struct arena *a, struct vocab_vec *v, size_t size);
#define VOCAB_PUSH(b, field, type) ((type *)vocab_push(&(b)->arena, &(b)->field, sizeof(type)))
#define VOCAB_AT(b, field, type, i) (&((type *)(b)->field.p)[i])

static inline uint32_t vocab_pair_key(uint32_t first, uint32_t second)
{
    return first << 16 | second;
}
static inline uint32_t vocab_pair_slot(uint32_t key)
{
    return (uint32_t)(key * UINT64_C(0x9E3779B97F4A7C15) >> 32);
}
/* A power of two with room for n in a hash table. */
uint32_t vocab_table_size(uint32_t n);
/* Fills in starts, pairs and lists from the programs; `scratch` holds what is needed meanwhile. */
MUST_USE err vocab_make_starts(struct vocabulary *v, uint32_t n_programs, struct arena *scratch);

/* Its first three letters, of any case, as a number under VOCAB_STEM_KEYS. */
static inline uint32_t vocab_stem_key(const char *p)
{
    return ((uint32_t)(ascii_lower(p[0]) - 'a') * 26 + (uint32_t)(ascii_lower(p[1]) - 'a')) * 26 +
           (uint32_t)(ascii_lower(p[2]) - 'a');
}

/* Of the hash of a word, or the value of a number. */
static inline uint64_t vocab_key(uint64_t hash, bool is_number)
{
    return is_number ? hash_mix(UINT64_C(0xC04D0A5EED000002), hash) : hash;
}

static inline bool vocab_item_has(const struct vocabulary *v, const struct vocab_item *it,
                                  uint32_t symbol)
{
    if (!it->is_bitmap) return it->set == symbol;
    return v->bitmaps[(size_t)it->set * v->bitmap_words + symbol / 64] >> (symbol % 64) & 1;
}
