/* lexicon/lexicon.h — which words are names, places, medicine or plain language, and how much so.
 *
 * One read-only image, built from the lists in data/lexicon by tools/lexicon/ at build time, part of
 * the program (or mapped from a file). A word is looked up by its token hash, so case and diacritics
 * do not count. An entry has classes (what the word can be) and ranks (how usual it is as that), from
 * which a detector judges how ambiguous it is: "will" is a given name of low rank and a word of the
 * highest. Phrases ("new york", "cedars sinai", "tylenol pm") are followed word by word.
 * Threads: immutable; share it.
 */
#pragma once
#include "base/base.h"
#include "base/diag.h"
#include "text/token.h"

/* What a word can be. The second column is the word used in data/lexicon/ files. */
/* clang-format off */
#define LEX_MAP(X)                                                                                 \
    X(GIVEN_F, "given-f")       /* given name borne by women */                                    \
    X(GIVEN_M, "given-m")                                                                          \
    X(SURNAME, "surname")                                                                          \
    X(NICK, "nick")             /* Bill, Peggy */                                                  \
    X(PARTICLE, "particle")     /* de, van, von, bin: inside a name */                             \
    X(SUFFIX, "suffix")         /* Jr, Sr, III */                                                  \
    X(TITLE, "title")           /* Mr, Dr, Sister: before a name */                                \
    X(CREDENTIAL, "credential") /* MD, RN, PhD: after a name */                                    \
    X(NAME_CUE, "name-cue")     /* patient, named, attending, signed: a name may follow */         \
    X(RELATIVE, "relative")     /* mother, wife, neighbour */                                      \
    X(CLINICIAN, "clinician")   /* physician, nurse, surgeon, attending */                         \
    X(PLACE, "place")           /* town or city as one word */                                     \
    X(COUNTY, "county")                                                                            \
    X(STATE, "state")           /* full name of a US state or Canadian province */                 \
    X(STATE_CODE, "state-code") /* NY, CA */                                                       \
    X(COUNTRY, "country")                                                                          \
    X(DEMONYM, "demonym")       /* Mexican, Asian */                                               \
    X(DIRECTION, "direction")   /* north, eastern, upper */                                        \
    X(SAINT, "saint")           /* St, Saint, San, Mount: begins a place or hospital name */       \
    X(STREET_TYPE, "street")    /* street, ave, blvd */                                            \
    X(ORG_HEAD, "org-head")     /* hospital, clinic, university, school, pharmacy, inc */          \
    X(ORG_WORD, "org-word")     /* memorial, general, regional, medical, mercy: inside such names */\
    X(ORG_NAME, "org-name")     /* an organisation's own name or acronym: UCLA, Kaiser, Walmart */ \
    X(WORD, "word")             /* ordinary language */                                            \
    X(FUNCTION, "function")     /* the, of, with, was */                                           \
    X(MEDICAL, "medical")       /* disease, anatomy, procedure, laboratory word */                 \
    X(DRUG, "drug")                                                                                \
    X(EPONYM, "eponym")         /* a person's name that medicine uses: Parkinson, Wells, Foley */  \
    X(EPONYM_HEAD, "eponym-head") /* what follows an eponym: disease, syndrome, sign, score */     \
    X(ABBREVIATION, "abbreviation") /* clinical: SOB, HTN, PT */                                   \
    X(UNIT, "unit")             /* mg, mmHg, bpm, tablets */                                       \
    X(MONTH, "month")           /* full or short */                                                \
    X(WEEKDAY, "weekday")                                                                          \
    X(SEASON, "season")                                                                            \
    X(HOLIDAY, "holiday")                                                                          \
    X(NUMBER_WORD, "number-word") /* one … ninety, first … */                                      \
    X(PERSON_VERB, "person-verb") /* after a person: presented, reports, denies, states, was */    \
    X(PLACE_CUE, "place-cue")   /* in, at, from, near, lives: before a place */                    \
    X(CUE_MRN, "cue-mrn") X(CUE_ACCOUNT, "cue-account") X(CUE_PLAN, "cue-plan")                    \
    X(CUE_LICENSE, "cue-license") X(CUE_NPI, "cue-npi") X(CUE_DEA, "cue-dea")                      \
    X(CUE_ACCESSION, "cue-accession") X(CUE_SSN, "cue-ssn") X(CUE_PHONE, "cue-phone")              \
    X(CUE_FAX, "cue-fax") X(CUE_DEVICE, "cue-device") X(CUE_VEHICLE, "cue-vehicle")                \
    X(CUE_ID, "cue-id")         /* id, number, no, code: an identifier may follow */               \
    X(CUE_DATE, "cue-date")     /* dob, born, admitted, dated */                                   \
    X(CUE_AGE, "cue-age")       /* age, aged, yo, years */                                         \
    X(CUE_ADDRESS, "cue-address") /* address, lives, resides, apt, zip */                          \
    X(TRADE, "trade")           /* roofing, endoscopy: ends an organisation's name with a capital */\
    X(EPONYM_FAMILY, "eponym-family") /* a usual family name that medicine uses too: Hawkins, Kelly */
enum lex_bit {
#define X(name, word) LEX_BIT_##name,
    LEX_MAP(X)
#undef X
    LEX_BIT_COUNT
};
/* clang-format on */
_Static_assert(LEX_BIT_COUNT <= 64, "classes are one 64-bit set");
#define LEX(name) (UINT64_C(1) << LEX_BIT_##name)
#define LEX_GIVEN (LEX(GIVEN_F) | LEX(GIVEN_M))

struct lex_info {
    uint64_t bits;   /* set of LEX(…) */
    uint8_t given;   /* usual as a given name: 0 not … 7 among the most frequent */
    uint8_t surname; /* the same as a surname */
    uint8_t place;   /* the same as a town, by inhabitants */
    uint8_t
        word; /* usual as an ordinary or clinical word in lower case: 0 never seen … 7 everywhere */
    uint32_t next; /* != 0: a phrase may begin here; pass to lexicon_phrase */
};

struct lexicon;
/* The image inside the program. Never fails: it was checked when it was built. */
const struct lexicon *lexicon_builtin(void);
/* From bytes in Cordon's image format (drawn in lexicon/image.h); checks magic, version, sizes and
 * checksum. `bytes` is borrowed for the life of *out. ERR_CORRUPT, ERR_VERSION, ERR_MEMORY. */
MUST_USE err lexicon_open(struct lexicon **out, view bytes, struct diag *d);
void lexicon_close(struct lexicon *l);

/* The entry for a WORD token's hash; never NULL: an unknown word has bits = 0. */
const struct lex_info *lexicon_find(const struct lexicon *l, uint64_t word_hash);
/* The same for n tokens at once, in a third of the time: out[i] is tok[i]'s entry, and the unknown
 * word's for numbers and marks. */
void lexicon_find_all(const struct lexicon *l, const struct token *tok, uint32_t n,
                      const struct lex_info **out);
/* All entries there are: *n of them, the first being that of unknown words. Every entry returned here
 * is one of them. */
const struct lex_info *lexicon_entries(const struct lexicon *l, uint32_t *n);
/* at: n_at tokens of tok[0 … n), ascending, whose entries, of lex, have `next`. Keeps those at which a phrase may
 * begin for all that its second word tells, a few in a hundred, and returns how many they are. */
uint32_t lexicon_may_lead(const struct lexicon *l, const struct token *tok,
                          const struct lex_info *const *lex, uint32_t n, uint32_t *at,
                          uint32_t n_at);
/* Longest phrase that begins at tok[0] (whose entry is `first`), looking at most at n tokens; words
 * must be adjacent or apart by one space, hyphen or line break; "." and "'" inside are passed over
 * ("St. Mary's"). Returns the number of tokens it spans and its entry in *out, or 0. */
uint32_t lexicon_phrase(const struct lexicon *l, const struct lex_info *first,
                        const struct token *tok, uint32_t n, const struct lex_info **out);
/* Hex of the image's checksum: which lists a run used (64 characters, static). */
view lexicon_version(const struct lexicon *l);
