/* detect/organization_inside.h — what the files of organization.c share.
 *
 * organization.c        the walk over a text, and names that only the words beside them tell: "LA General", "the VA in …"
 * organization_named.c  names that say it themselves: a head word, a known name, a saint
 * organization_house.c  houses told by their first word and "at", letters in parentheses
 * organization_at.c     capital words of any kind behind "at" and where somebody works
 * organization_gone.c   houses of usual words, by where somebody is, comes from or goes to
 * organization_letters.c  letters that end as names of hospitals do
 * organization_frame.c  names of any words where nothing but an organisation stands: "Employer: …", "works …"
 * organization_letterhead.c  names on the line above a street
 *
 * Functions that look at a place take `floor`, the token after the organisation before, 0 when there is none;
 * *next becomes the token after what they found.   Threads: pure. */
#pragma once
#include "detect/organization_extent.h"

/* "at Walmart, then Methodist", "between Baptist and Memorial": only such words since the organisation
 * that ended before token `end` (0: none), whose word of place counts here too. */
bool organization_is_next_stop(const struct doc *d, uint32_t first, uint32_t end);
/* Does a word of place stand before token `first`: "at", "to the", "Facility:", or an organisation of the same list? */
bool organization_has_cue(const struct doc *d, uint32_t first, uint32_t floor);
/* Nothing else on its line: a letterhead, or a heading. */
SELDOM bool organization_is_line(const struct doc *d, uint32_t first, uint32_t last);
/* The finding of s with its town, form and branch. OK, ERR_MEMORY or ERR_LIMIT. */
MUST_USE err organization_emit(const struct doc *d, struct extent s, enum rule rule, float score,
                               struct findings *out, uint32_t *next);
/* "Elm Clinic", "UCLA Medical Center", "Hospital of St. Raphael": the head is tokens first … last. */
MUST_USE err organization_headed(const struct doc *d, uint32_t first, uint32_t last, uint32_t floor,
                                 struct findings *out, uint32_t *next);
/* "UCSF", "Kaiser Permanente": tokens first … last are a name that the lexicon knows. */
MUST_USE err organization_known(const struct doc *d, uint32_t first, uint32_t last,
                                const struct lex_info *l, uint32_t floor, struct findings *out,
                                uint32_t *next);
/* "St. Luke's", "Mt. Sinai": a saint's or mountain's name after a word of place, or as a possessive. */
MUST_USE err organization_saint(const struct doc *d, uint32_t i, struct findings *out,
                                uint32_t *next);
/* "Our Lady of Lourdes", with or without a head behind it: "lady" is token i. */
SELDOM MUST_USE err organization_our_lady(const struct doc *d, uint32_t i, struct findings *out,
                                          uint32_t *next);
/* "Children's of Zelby", "Larkmead Children's": a house for them, called by its town; the first word is token i. */
MUST_USE err organization_childrens(const struct doc *d, uint32_t i, uint32_t floor,
                                    struct findings *out, uint32_t *next);
/* The last of the capital words behind token `last` that end in one that names of houses end in ("Custom Boats"),
 * or `last`. */
uint32_t organization_tail_end(const struct doc *d, uint32_t last);
/* Does the word at token i end names of houses? */
bool organization_is_tail(const struct doc *d, uint32_t i);
/* Names above the street of a letterhead, among the findings so far. */
MUST_USE err organization_letterheads(const struct doc *d, struct findings *out);
/* "The Terrace at Sorvik", "Arbor Villas at Zelby": the word behind "at" or "of" is token i. */
MUST_USE err organization_house(const struct doc *d, uint32_t i, struct findings *out,
                                uint32_t *next);
/* "OSH (SVH)": the letters of another hospital at token i, behind a parenthesis. */
MUST_USE err organization_outside(const struct doc *d, uint32_t i, struct findings *out,
                                  uint32_t *next);
/* "at Cedar Sinai", "agency Open Cradle": a capital word at token i, in mid-line. */
MUST_USE err organization_after_at(const struct doc *d, uint32_t i, struct findings *out,
                                   uint32_t *next);
/* "NLMC", "KRHC": letters at token i, all capitals and unknown, that end as names of hospitals do. */
MUST_USE err organization_letters(const struct doc *d, uint32_t i, struct findings *out,
                                  uint32_t *next);
/* "TenderHands": a capital word of two at token i that no list has, the second of them usual in names of houses. */
MUST_USE err organization_brand(const struct doc *d, uint32_t i, struct findings *out,
                                uint32_t *next);
/* "USS Braddock", "F/V Captain Elroy", "aboard the MV Miss Evangeline": the name behind the letters at token i - 1. */
SELDOM MUST_USE err organization_ship(const struct doc *d, uint32_t i, struct findings *out,
                                      uint32_t *next);
/* "cake at Serenity", "floated from Twin Oaks": the first word of a house of usual words at token i. */
MUST_USE err organization_gone(const struct doc *d, uint32_t i, struct findings *out,
                               uint32_t *next);
/* "Hospice of the Iron Range": the word behind "the", or the one behind that, at token i. */
MUST_USE err organization_hospice(const struct doc *d, uint32_t i, struct findings *out,
                                  uint32_t *next);
/* "seen at twin oaks", "lives elk prairie", in a text without case. */
MUST_USE err organization_small(const struct doc *d, struct findings *out);
/* Names that only what stands around them tells: see organization_frame.c. */
MUST_USE err organization_frames(const struct doc *d, struct findings *out);
