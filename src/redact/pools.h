/* redact/pools.h — the words of scheme 1: what surrogates are drawn from, and what tells a kind.
 *
 * The lists are data/surrogates/scheme1, frozen for as long as a key of that scheme is in use; they are
 * part of the program. A sheet knows the words of its pools, and words that only have kinds. Keys are
 * canonical (redact/canonical.h): lower-case ASCII, several words joined by one space.
 * The lexicon of detect/ is not asked: it changes between releases, and a surrogate must not.
 * Threads: immutable.
 */
#pragma once
#include "base/base.h"

enum pool {
    POOL_WOMEN,
    POOL_MEN,
    POOL_EITHER,
    POOL_BOTH_MEN,
    POOL_BOTH_WOMEN, /* given names that are family names too */
    POOL_FAMILY,
    POOL_TOWN,
    POOL_STREET,
    POOL_ORGANIZATION,
    POOL_COUNT,
    POOL_NONE = 255,
};
enum sheet { SHEET_NAME, SHEET_PLACE, SHEET_ORGANIZATION, SHEET_COUNT };

enum word_kind { /* of words that a surrogate keeps */
                 KIND_PARTICLE = 1,
                 KIND_TITLE = 2,
                 KIND_CREDENTIAL = 4,
                 KIND_WEAK = 8, /* a credential that is a name as well: Do, Ma */
                 KIND_SUFFIX = 16,
                 KIND_STREET = 32,
                 KIND_DIRECTION = 64,
                 KIND_UNIT = 128,
                 KIND_PLACE = 256,
                 KIND_NATION = 512,
                 KIND_STATE = 1024, /* full names, their words joined */
                 KIND_CODE = 2048,
                 KIND_HEAD = 4096,
                 KIND_COMMON = 8192, /* organisations */
};
enum { POOL_NO_INDEX = UINT16_MAX };

struct pool_word {
    uint32_t text;
    uint8_t len;
    uint8_t pool;   /* enum pool that answers for the word, or POOL_NONE */
    uint16_t index; /* its place in that pool, or POOL_NO_INDEX when it is no surrogate itself */
    uint16_t kinds; /* set of enum word_kind */
};

/* NULL when the sheet does not know the word. */
const struct pool_word *pool_find(enum sheet s, view key);
uint32_t pool_size(enum pool p);
view pool_word(enum pool p, uint32_t index);

/* Whether the three-digit ZIP area may be named (45 CFR 164.514(b)(2)(i)(B)): it exists and has more
 * than 20,000 people by the census in force (data/zip3). */
bool zip3_may_stay(unsigned area);
/* Which list that is, for reports: the census, and a checksum of what follows from it. */
#define ZIP3_CENSUS "2020" /* the file that tools/surrogates_build.c reads last */
void zip3_checksum(uint8_t out[32]);
