/* deid/leak_inside.h — what the search for leaks is made of, between the leak_*.c files alone.
 *
 *     leak_values.c   the table of hashes, and the form in which words are compared
 *     leak_gather.c   values of an original's fields into the table
 *     leak_dates.c    a birth as people write it: in words, with two digits of the year
 *     leak_search.c   values of the table in an output
 *     leak_judge.c    whether what was found was left, or put there by the run
 *     leak_pairs.c    which original a record of an output is of
 *     leak_align.c    and where the original has the same value, whether it is the same one
 *     leak_check.c    all of it as work of a batch, and the list of leaks
 *
 * A value is a run of words and numbers in canonical form; its hash is rolled over them without marks
 * between, so that it is found however it is written.
 * Threads: leak_add locks; the search only reads the table, which no one adds to then. */
#pragma once
#include "deid/leak_check.h"
#include "text/offsets.h"
#include "text/token.h"

enum {
    LEAK_WORDS_MAX = 24, /* of one value */
    LEAK_DIGITS_MIN = 6, /* a number of fewer digits is short: it counts in one record only */
};

/* ---- leak_values.c ---- */

struct leak_value {
    uint64_t hash; /* 0: empty */
    uint8_t label;
    bool is_short_number; /* counts when the original is one record only */
    bool as_name;   /* a name that is a word too: counts in a text, where it is written as a name */
    bool in_single; /* and, rarer as a name, when the original is one record only */
    bool is_code, in_parts; /* as the label says; of several labels, what finds more */
};
/* The place of the hash in a table of `cap` (a power of two): its value, or the empty one to be filled. */
struct leak_value *leak_slot(struct leak_value *v, uint32_t cap, uint64_t hash);
/* Adds a value of `n` letters and digits; one too short or too long to be searched is passed over. Named
 * twice, it is what finds more, whoever came first. ERR_MEMORY, ERR_LIMIT. */
MUST_USE err leak_add(struct leak_check *c, uint64_t rolled, size_t n, struct leak_value what);

#define LEAK_ROLL_START UINT64_C(0xCBF29CE484222325)
/* Goes on with the hash over one more word. */
uint64_t leak_roll(uint64_t h, view v);
/* What stands in the table for what was rolled; never 0. */
uint64_t leak_closed(uint64_t h);
/* A token of a folded text as it is compared; lives in the arena. */
MUST_USE err leak_word(view folded, const struct token *t, struct arena *a, view *out);

/* ---- leak_gather.c ---- */

/* Adds what the field names, if the profile does not keep it. */
MUST_USE err leak_gather_piece(struct leak_check *c, const struct piece *p, struct arena *a);

/* ---- leak_dates.c ---- */

struct leak_date {
    uint32_t end; /* of its bytes */
    unsigned n;
    uint64_t hash[4]; /* of the days that may be meant, as a birth stands in the table */
};
/* The whole date that begins at a token of a folded text; false when there is none. */
bool leak_date_at(view folded, const struct token *from, struct leak_date *out);

/* ---- leak_judge.c ---- */

struct leak_range {
    uint64_t from, to; /* bytes of a record that a run may replace */
    uint64_t at;       /* bytes of the form before them */
    bool is_marked;    /* of an original: a value under suspicion stands there */
};
struct leak_form {
    uint64_t
        hash; /* of all other bytes; and of what tells which original it is of (leak_pair_of) */
    struct leak_range *ranges;
    uint32_t n;
};
/* In the arena. ERR_MEMORY. */
MUST_USE err leak_form_read(struct leak_form *f, uint64_t pair, const struct batch_record *b,
                            const struct record *r, struct arena *a);
/* The range with that byte, or NULL. */
struct leak_range *leak_range_of(const struct leak_form *f, uint64_t offset);
/* Where in the record the base64 lies that holds a piece's bytes (piece.inside). */
struct leak_range leak_embedded_at(const struct record *r, uint32_t inside);

struct leak_hunt;
/* The places of the hunt are to be judged. ERR_MEMORY. */
MUST_USE err leak_suspect(struct leak_hunt *h, const struct leak_form *f);
/* Is something to be judged in records of the form? Then an original of it is marked, with what stands where. */
bool leak_is_form(const struct leak_check *c, const struct leak_form *f);
void leak_mark_form(struct leak_check *c, const struct leak_form *f);
void leak_mark(struct leak_check *c, const struct leak_form *f, uint64_t offset, uint64_t value);
/* Sets is_put and is_formless in the hunt. */
void leak_judge(struct leak_hunt *h, const struct leak_form *f);

/* ---- leak_pairs.c ---- */

/* Counts a record of an input. ERR_MEMORY. */
MUST_USE err leak_count(struct leak_inputs *x, const struct batch_record *r);
/* All were counted: was no record lost on the way? */
bool leak_inputs_match(const struct leak_inputs *originals, const struct leak_inputs *outputs);
/* The same for a record of the outputs and those originals that it may be of; 0 when any may be. */
uint64_t leak_pair_of(const struct leak_check *c, const struct leak_inputs *x,
                      const struct batch_record *r);

/* ---- leak_align.c ---- */

/* Keeps the words of the marked ranges of an original, for leak_align. ERR_MEMORY. */
MUST_USE err leak_keep_old(struct leak_check *c, const struct leak_form *f, view bytes,
                           struct arena *a);
/* All are kept: puts them in order. */
void leak_olds_end(struct leak_olds *o);
/* Sets is_put in the hunt where the value stands in the original too, at another place of the text. `bytes`: the
 * record. ERR_MEMORY, ERR_LIMIT. */
MUST_USE err leak_align(struct leak_hunt *h, const struct leak_form *f, view bytes);

/* ---- leak_search.c ---- */

struct leak_hunt {
    struct leak_check *c;
    struct arena *arena;
    struct leak *v; /* of one record */
    bool in_bytes;  /* of the record, where codes and measurements stand too */
    bool in_fields; /* and where marks between fields stand */
    uint32_t n, cap;
    uint64_t n_aside, n_put;
};
/* A text as the words that are compared. */
struct leak_words {
    view folded;
    struct offset_map map; /* from the folded text to the text */
    struct tokens t;
    view *words; /* of each token; "" for a mark */
};
/* In the arena. ERR_MEMORY, ERR_LIMIT. */
MUST_USE err leak_words_read(view text, struct arena *a, struct leak_words *w);
/* Adds the values in `text` to the hunt. The text stands at `base` of the record and came from there by
 * `source`; NULL: it is the bytes there. */
MUST_USE err leak_search_text(struct leak_hunt *h, view text, size_t base,
                              const struct offset_map *source);
/* Tells of every value that stands in `text`, whatever is around it, that an original of the form has it there. */
MUST_USE err leak_mark_text(struct leak_hunt *h, view text, size_t base,
                            const struct offset_map *source, const struct leak_form *f);
/* What is seen in the bytes and again in a text counts once: sorts the hunt by offset, once for a record, since
 * a record can have a hundred thousand. What the run put there is counted apart. */
void leak_drop_doubles(struct leak_hunt *h);
/* Takes away what lies in the place of a code and may be one; counts it. Sorts r->codes. */
void leak_set_aside(struct leak_hunt *h, struct record *r);
