/* detect/known_set.h — inside known*.c: what a compiled set of known identifiers is made of.
 *
 *   words     token hash -> uses: a part of a person's name, or the first element of a phrase. A bit in
 *             `bloom` says whether a token is worth the look-up: of most tokens that is all that is asked.
 *   numbers   hash of the letters and digits of a number, without what stands between them
 *   typos     names of six letters and more, as letters. One edit leaves the first two or the last two of them as
 *             they are: each name is in the chain of either pair, so that a word is held against few
 * Threads: as known.h.
 */
#pragma once
#include "detect/doc.h"
#include "detect/known.h"
#include "detect/site_phrase.h"

enum known_kind { KNOWN_FAMILY, KNOWN_GIVEN, KNOWN_NICK, KNOWN_INITIALS, KNOWN_PHRASE };
enum { KNOWN_NONE = UINT32_MAX, TYPO_MIN = 6, TYPO_MAX = 40 };

struct known_use {
    uint64_t hash;
    uint32_t next;     /* use of the same slot, or KNOWN_NONE; phrases come before parts of names */
    uint32_t of;       /* index of a person or of a phrase */
    uint32_t next_own; /* earlier use of the same person, or KNOWN_NONE */
    uint8_t kind;
};
/* Of the word whose first use of a person is at the same index (known_crowd.c). */
struct known_crowd {
    uint32_t n; /* uses of the word by persons */
    uint32_t
        next_unlike; /* of a long list: the next one for whose person nobody before stands, or KNOWN_NONE */
};
struct known_person {
    uint32_t number;
    uint32_t next; /* person in the same chain while the set is made, or KNOWN_NONE */
    uint32_t uses; /* his last one, or KNOWN_NONE */
    uint8_t role;
    uint32_t given_initials, family_initials; /* sets of letters */
};
struct known_typo {
    view letters; /* ASCII in lower case, other bytes as they are */
    uint32_t person;
    uint32_t next_begin, next_end; /* in the same chain, later in the list; or KNOWN_NONE */
    uint8_t kind;
};
struct known_phrase {
    struct site_phrase words;
    uint8_t label, part, role;
    bool takes_street_type; /* "12 Oak" goes on with "St" */
};
struct known_number {
    uint64_t hash; /* 0: empty */
    uint8_t label, part, role;
    uint16_t n; /* letters and digits */
};
struct known_birth {
    int year, month, day;
    uint8_t role;
};
struct known {
    const struct known *base; /* what is searched for with it, or NULL; itself over none */
    uint64_t bloom[16];
    uint32_t *slots, n_slots; /* a power of two */
    struct known_use *uses;
    uint32_t n_uses;
    struct known_crowd *crowds; /* one a use; NULL: no word is so many persons' */
    struct known_person *persons;
    uint32_t n_persons;
    struct known_phrase *phrases;
    uint32_t n_phrases;
    struct known_typo *typos;
    uint32_t n_typos;
    uint32_t *typo_begins, *typo_ends; /* the first of each chain */
    uint32_t typo_chains;              /* a power of two */
    struct known_number *numbers;
    uint32_t number_slots; /* a power of two, or 0 */
    /* From here to number_longest, and of births but the list: with those of the base. */
    uint64_t number_first; /* letters and digits that begin one */
    uint16_t number_min, number_longest;
    struct known_birth *births;
    uint32_t n_births;
    /* which days, months and years without their century births have; years with it */
    uint64_t birth_parts[2], birth_short_years[2];
    int birth_first_year, birth_last_year;
    bool has_births, has_number_phrases;
};

/* The sets to search: the base, then what lies over it; NULL behind the last. The other way round it is s->base. */
static inline const struct known *known_lowest(const struct known *k)
{
    return k->base ? k->base : k;
}
static inline const struct known *known_above(const struct known *k, const struct known *s)
{
    return s == k ? NULL : k;
}
static inline bool known_may_have(const struct known *k, uint64_t hash)
{
    return k->bloom[hash >> 60] >> (hash >> 54 & 63) & 1;
}
/* The first use with this hash at or after use i of its chain; KNOWN_NONE when there is none. */
static inline uint32_t known_use_from(const struct known *k, uint32_t i, uint64_t hash)
{
    while (i != KNOWN_NONE && k->uses[i].hash != hash)
        i = k->uses[i].next;
    return i;
}
static inline uint32_t known_first_use(const struct known *k, uint64_t hash)
{
    if (!known_may_have(k, hash)) return KNOWN_NONE;
    return known_use_from(k, k->slots[hash & (k->n_slots - 1)], hash);
}
/* 0 … 35 for a letter (of either case) or digit of ASCII, else -1. */
static inline int known_sign(char c)
{
    if (ascii_is_digit(c)) return c - '0';
    return ascii_is_alpha(c) ? 10 + (ascii_lower(c) - 'a') : -1;
}
static inline uint64_t known_roll(uint64_t h, int sign)
{
    return (h ^ (uint64_t)(sign + 1)) * UINT64_C(0x100000001B3);
}
/* The chain of two letters, in lower case. */
static inline uint32_t known_typo_chain(const struct known *k, char a, char b)
{
    return ((uint32_t)(unsigned char)a * 33 + (unsigned char)b) & (k->typo_chains - 1);
}
static inline bool known_has_bit(const uint64_t set[2], uint64_t n)
{
    return n < 128 && (set[n >> 6] >> (n & 63) & 1);
}
#define KNOWN_ROLL_START UINT64_C(0xCBF29CE484222325)

/* What of v a set is made from: in longer lists what is said again is left out, and so is a person of whom the same
 * is said as of another in the same role (each result's observer has a number of his own). In the order of v; in the
 * arena, or v itself. ERR_MEMORY. */
MUST_USE err known_distinct(const struct known_value *v, uint32_t n, struct arena *a,
                            const struct known_value **out, uint32_t *n_out);

/* Does token i stand there as a name, as far as its letters and its place say? */
bool known_is_sure(const struct doc *d, uint32_t i);

/* The next word behind token i that can be of the same name; KNOWN_NONE when none follows closely. */
uint32_t known_next_word(const struct doc *d, uint32_t i);

/* ---- known_crowd.c ---- */
enum { KNOWN_TRIED_MAX = 256 };
/* All uses are there and in their chains. ERR_MEMORY. */
MUST_USE err known_crowds_make(struct known *k, struct arena *a);
/* Which uses of token i have to be held against the text, so that the best name that begins there is among them; how
 * many. KNOWN_NONE: all of them. */
uint32_t known_crowd_at(const struct known *k, const struct doc *d, uint32_t i,
                        uint32_t tried[KNOWN_TRIED_MAX]);

/* The name that begins at token i, which has use `use`; *next is the token behind it. */
MUST_USE err known_name_at(const struct known *k, const struct doc *d, uint32_t i, uint32_t *next,
                           struct findings *out);
MUST_USE err known_typo_at(const struct known *k, const struct doc *d, uint32_t i,
                           struct findings *out);
/* A word of a name or place that line breaks cut, from token i. */
MUST_USE err known_broken_at(const struct known *k, const struct doc *d, uint32_t i, uint32_t *next,
                             struct findings *out);
/* "J.S." from token i. */
MUST_USE err known_initials_at(const struct known *k, const struct doc *d, uint32_t i,
                               struct findings *out);
MUST_USE err known_number_at(const struct known *k, const struct doc *d, uint32_t i,
                             struct findings *out);
MUST_USE err known_birth_at(const struct known *k, const struct doc *d, uint32_t i,
                            struct findings *out);
