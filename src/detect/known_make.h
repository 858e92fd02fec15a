/* detect/known_make.h — inside detect/known_make*.c: a set of known identifiers while it is made.
 *
 * known_make.c         towns, streets, births; the tables of the finished set
 * known_make_name.c    parts of names
 * known_make_number.c  numbers as letters and digits
 *
 * Threads: one owner. */
#pragma once
#include "detect/known_set.h"

enum { KNOWN_PERSON_CHAINS = 64 };

struct known_maker {
    const struct known_help *help;
    struct arena *arena;
    struct known *k;
    uint32_t cap_uses, cap_phrases, cap_typos, cap_persons, cap_births, cap_numbers;
    struct known_number *list; /* of numbers, before they are put into the table */
    uint32_t n_list;
    const struct known_value *value; /* in hand */
    view text;                       /* folded */
    struct tokens tok;
    uint32_t person;
    uint32_t chains[KNOWN_PERSON_CHAINS]; /* of persons with a number */
};

/* Room for one more element of `size` bytes. What was there before stays in the arena. */
MUST_USE err known_room_for(struct known_maker *m, void *list, uint32_t n, uint32_t *cap,
                            size_t size);
#define KNOWN_ROOM(m, list, n, cap) known_room_for((m), &(list), (n), &(cap), sizeof *(list))

/* A token of that hash is a part of person or phrase `of`. ERR_MEMORY. */
MUST_USE err known_add_use(struct known_maker *m, uint64_t hash, enum known_kind kind, uint32_t of);
/* `text` as a phrase of the value in hand, unless it is too short. ERR_MEMORY, ERR_LIMIT. */
MUST_USE err known_add_phrase(struct known_maker *m, view text, bool takes_street_type);
/* The classes of the word at i of the value in hand; 0: it is no word. */
static inline uint64_t known_bits_at(const struct known_maker *m, uint32_t i)
{
    return m->tok.v[i].kind == TOK_WORD ? lexicon_find(m->help->lexicon, m->tok.v[i].hash)->bits
                                        : 0;
}

/* ---- known_make_name.c ---- */

/* The value in hand, a name, and every part of it that is one by itself. ERR_MEMORY. */
MUST_USE err known_take_name(struct known_maker *m);

/* ---- known_make_number.c ---- */

/* The value in hand, a number, with and without what may be left out of it. ERR_MEMORY, ERR_LIMIT. */
MUST_USE err known_take_number(struct known_maker *m);
