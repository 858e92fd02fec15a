/* detect/known.h — identifiers that are known of someone, searched in prose in every spelling that people use.
 *
 *     struct known_value v[] = { { VIEW("SMITH, JOHN Q"), LABEL_NAME, PART_WHOLE, WHO_PATIENT, 1 },
 *                                { VIEW("00482913"), LABEL_MRN, PART_WHOLE, WHO_PATIENT, 1 } };
 *     TRY(known_new(&known, v, 2, &help, &arena));
 *     TRY(detect_text_known(d, s, text, field, &(struct known_list){ { known }, 1 }, &found));
 *
 * What a header, a resource, a roster or a column says about a patient, relatives and clinicians:
 *
 *   names       full and in parts, swapped ("SMITH, JOHN"), with initials ("J Smith", "J.S."), nicknames,
 *               and with one edit in words of six letters and more that are no words of the language
 *   numbers     with other separators or none, without leading zeros, their digits alone; telephone numbers
 *               with and without country and area code
 *   births      in any spelling of the date
 *   streets     with another word for street or none; towns, organisations, addresses of the web as written
 *
 * A name that is a word too ("Will", "Page") counts by itself only where its capital says so: within a
 * sentence, before what persons do or a mark that sets it apart, after a title, anywhere where it is among the most
 * frequent given names ("John"); in small letters only beside another part of the name, or as the whole text.
 * What medicine names after people stays ("Parkinson's disease").
 * What is known of many alike (the clinicians of a bundle of ten thousand patients) is made once, and each one's own
 * set lies over it: the two find what one set of all the values would.
 * Findings have SOURCE_KNOWN.   Threads: immutable once made; share it.
 */
#pragma once
#include "base/arena.h"
#include "detect/finding.h"
#include "lexicon/lexicon.h"
#include "text/written_date.h"

enum { KNOWN_SIGNS_MAX = 1024, KNOWN_SETS_MAX = 4 };

struct known_value {
    view text;       /* well-formed UTF-8, borrowed for the call */
    uint8_t label;   /* enum label */
    uint8_t part;    /* enum finding_part; DATE: only PART_BIRTH is searched */
    uint8_t role;    /* enum finding_role */
    uint32_t person; /* values with the same number are one person's; 0: nobody else's */
};
struct nicknames;
struct known_help { /* borrowed as long as the set lives */
    const struct lexicon *lexicon;
    const struct nicknames *nicknames; /* NULL: none */
    enum date_order date_order;        /* of a birth written 3/5/1985 */
};
struct known;
struct known_list {
    const struct known *v[KNOWN_SETS_MAX]; /* borrowed; NULL is none */
    uint32_t n;
};

/* In the arena. *out is NULL when there is nothing to search for. What is too short or too usual to be told
 * from other words is left out; nothing else is, however many values there are and however long they are.
 * ERR_MEMORY, ERR_LIMIT (the arena's, or a number of more than KNOWN_SIGNS_MAX letters and digits). */
MUST_USE err known_new(struct known **out, const struct known_value *v, size_t n,
                       const struct known_help *help, struct arena *a);

/* The same, with everything that `base` knows: borrowed as long as the set lives, itself over none, or NULL. *out is
 * `base` when v tells nothing. A person of v is none of those of `base`, whatever his number. */
MUST_USE err known_new_over(struct known **out, struct known *base, const struct known_value *v,
                            size_t n, const struct known_help *help, struct arena *a);

/* Is it a number of more letters and digits than can be searched for? */
bool known_is_too_long(const struct known_value *v);
/* Is it found by its digits alone, so that it stands in no ASCII text without any? */
bool known_needs_digits(const struct known_value *v);

/* Is it a word that people use for something else? A capital must then say that it is a name. */
bool known_is_language(const struct lex_info *l);
/* A word of the language that is a given name first ("John", "Mark", not "Will"): with a capital it is the name. */
bool known_is_given(const struct lex_info *l);
/* Is what stands before `next` set apart by it, as a name is: "John (room 4)", "John: well"? NULL: the end. */
bool known_is_set_apart(const struct token *next);

/* Appends what is known to `out`, in any order, possibly overlapping. ERR_MEMORY, ERR_LIMIT. */
struct doc;
MUST_USE err known_find(const struct known *k, const struct doc *d, struct findings *out);
