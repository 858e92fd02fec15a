/* detect/place.h — towns and counties as the other detectors ask for them.    Threads: pure. */
#pragma once
#include "detect/shape.h"

struct town {
    uint32_t first, last; /* tokens, with "the" left out */
    bool has_state;       /* "Austin, TX": last covers it */
    const struct lex_info *lex;
};
/* A town's name at token i, with its state or country after a comma. False when there is none, or case
 * speaks against it. */
bool place_town_at(const struct doc *d, uint32_t i, struct town *out);
/* Is the word at i "ID" before somebody's number, "Cigna, ID W4477102", and not Idaho? */
bool place_is_number_of(const struct doc *d, uint32_t i);
/* A name of a place around token i, a word with a capital first that begins no line, that need be on no list, told as where somebody lives or goes: see
 * place_told.c. Its state goes with it. */
bool place_told_at(const struct doc *d, uint32_t i, struct town *out);
/* Does a word of living, coming or going rule the preposition before token `first`: "grew up in", "er in"? */
bool place_is_ruled(const struct doc *d, uint32_t first);
/* Capital words from token i on that may be a place's name, on a list or not, with the state behind a comma;
 * *is_new: one of them is hardly a word of the language, or they are a town on a list. */
bool place_run_at(const struct doc *d, uint32_t i, struct town *out, bool *is_new);
/* Capital words from token i on whatever they mean, medicine too ("Alkali Lake"), unless all are usual in notes: for
 * where nothing but a town can stand. */
bool place_any_at(const struct doc *d, uint32_t i, struct town *out);
/* "Box 27, Sorvik", "Box 44, Zelby WY": is the number at token i that of a box, by the town behind it? */
bool place_is_box(const struct doc *d, uint32_t i);
/* Where a name that begins at token `first` begins with what belongs to it: "The Willows", "City of
 * Fairmont". */
uint32_t place_first(const struct doc *d, uint32_t first);
/* Is the word at i, with a capital on the line of the word before it, one that names of places end in: "Creek",
 * "Falls", "Point"? See place_land.c. */
bool place_is_land(const struct doc *d, uint32_t i);
/* Where the name begins whose word of land is token i: "Monday" of "Monday Creek"; i when nothing stands before it. */
uint32_t place_land_first(const struct doc *d, uint32_t i);
/* The organisation or place at tokens first … last is spoken of as a source of knowledge, not as where
 * a patient was: "guidelines from Mayo Clinic", "Stanford protocol", "Framingham Heart Study". */
bool place_is_cited(const struct doc *d, uint32_t first, uint32_t last);
/* The first half of that alone: for names of which no sign, test or classification is made. */
bool place_is_source(const struct doc *d, uint32_t first, uint32_t last);
/* Tokens of a county whose name is no word worth a look by itself, told by the "County" at token i: "Tarpaper County",
 * "Switzerland County", "County of Merganser". False when it is none. */
bool place_county_called(const struct doc *d, uint32_t i, uint32_t *first, uint32_t *last);
