/* redact/persons_inside.h — how persons are held, between the persons*.c files alone.
 *
 *     persons.c         who is there: names are taken in
 *     persons_find.c    who is meant: letters and words are asked
 *     persons_close.c   names written short get the words that others tell
 *
 * Threads: as redact/persons.h. */
#pragma once
#include "base/map.h"
#include "redact/persons.h"

/* Persons are held by the first letter of a family name. A text in which PERSON_CHAIN_MAX names begin with one letter says
 * nothing of its initials; nor does it cost more. */
enum { PERSON_LETTERS = 27, PERSON_CHAIN_MAX = 64, PERSONS_FIRST = 8, PERSONS_NONE = UINT16_MAX };

struct person {
    const struct person_word
        *w; /* given names, then family names; once closed as others tell them */
    const struct person_word *written; /* as they came */
    uint8_t n, n_given;
    bool is_clinician;
};
struct person_link {
    uint32_t person;
    uint16_t next;
    uint8_t given; /* letter of the first given name */
};
/* One of the base whose letters these persons tell otherwise. */
struct retold {
    uint32_t person;
    const struct person_word *w;
};
struct persons {
    struct arena *arena;
    const struct persons *base; /* or NULL */
    bool is_closed;
    struct retold *retold;
    uint32_t n_retold;
    struct person *v;
    struct person_link *links;
    uint32_t n, cap, n_links, cap_links;
    uint16_t head[PERSON_LETTERS];
    uint8_t length[PERSON_LETTERS];
    struct map words;
};

/* 0 … 25, or 26 for no letter of the alphabet. */
static inline unsigned person_letter(view key)
{
    return key.n && key.p[0] >= 'a' && key.p[0] <= 'z' ? (unsigned)(key.p[0] - 'a')
                                                       : PERSON_LETTERS - 1;
}
/* Do so many names begin with the letter that nobody of them counts? */
static inline bool persons_are_crowded(const struct persons *p, unsigned family)
{
    return p->length[family] + (p->base ? p->base->length[family] : 0) >= PERSON_CHAIN_MAX;
}
