/* deid/leak_check.h — is a value that the originals name still in the output?
 *
 *     struct leak_check *c;
 *     TRY(leak_check_new(&c, &params));
 *     TRY(leak_check_gather(c, &originals, &result, diag));    what their fields say
 *     TRY(leak_check_search(c, &outputs, &result, diag));      and where of that is left
 *     TRY(leak_check_judge(c, &originals, &outputs, diag));    left there, or put there by the run?
 *     … c->leaks …
 *
 * Every value of at least four letters and digits that a format knows to identify (names and their parts, birth
 * dates, addresses, numbers, links) is searched in all bytes of the outputs and in all texts in them, without case,
 * accents and punctuation, with its words in reverse order, and by its digits alone where it has six. Left out are
 * words of the language, years, what the profile keeps, and, where the originals are more than one record, numbers of
 * four and five digits: another record's code or measurement is the same too often. In one record they are searched
 * in its texts, and not among its codes. A name that is a word too ("Mark") is searched in texts, where it is written as
 * a name: with a capital, within a sentence or set apart by a mark; a rarer given name ("Brown") in one record only.
 * No place is a part of an OID, of a longer number in groups, or of two fields. Where the standard has a code and one
 * stands (record.codes), what may be a code as well, a place, an organisation, a number of no person, is set aside and
 * counted; what the same record names there the engine has replaced (deid/record_known.h).
 * It shows that no known identifier is left, and nothing more.
 * Of values only hashes are kept. Threads: one owner; gather and search start workers of their own.
 */
#pragma once
#include <pthread.h>

#include "deid/batch.h"

enum { LEAKS_KEPT = 1000, LEAK_VALUE_MIN = 4, LEAK_VALUE_MAX = 128 };

struct leak {
    uint64_t input, record; /* of the output, 1-based */
    uint64_t offset;        /* bytes from the beginning of the record */
    uint64_t length;
    enum label label;
    uint64_t value;   /* hash of what was found */
    bool may_be_code; /* set aside where the standard has a code */
    bool is_put;      /* the original has something else there */
    bool is_embedded; /* in base64, whose place it has */
    bool
        is_formless; /* no original has the form of the record, so that nothing can be said of it */
};
struct leak_params {
    enum profile profile; /* what it keeps is no leak */
    bool keep_clinicians;
};
struct leak_value;
struct leak_suspect { /* a value at a place of a form, or a form (deid/leak_judge.c) */
    uint64_t key;     /* 0: empty */
    bool is_original;
};
struct leak_suspects {
    struct leak_suspect *v; /* owned */
    uint32_t n, cap;        /* cap: a power of two */
    bool is_full;           /* more is to be judged than can be */
};
struct leak_old { /* words of an original (deid/leak_align.c) */
    uint64_t place;
    uint32_t from, n; /* of leak_olds.words */
};
struct leak_olds {
    struct leak_old *v; /* owned; by place, once all are there */
    uint32_t n, cap;
    uint32_t *words; /* owned; hashes */
    uint32_t n_words, word_cap;
    bool is_cut; /* some could not be kept */
};
struct leak_input {
    uint64_t n, last; /* records that were read; the number of the last */
};
struct leak_inputs {      /* deid/leak_pairs.c */
    struct leak_input *v; /* owned; by ordinal */
    uint32_t cap;
    bool is_cut; /* there are more */
};
struct leak_check {
    struct leak_params params;
    struct leak_value *values; /* owned; a table of hashes */
    uint32_t cap;
    uint64_t n_values;
    size_t longest;
    bool has_births;    /* dates of births are among the values */
    uint64_t n_records; /* of the originals */
    bool is_single;
    struct leak *leaks; /* owned; in order of input, record and place, the first LEAKS_KEPT */
    uint32_t n_kept;
    uint64_t n_leaks;
    uint64_t
        n_aside; /* places where a code, or a name that medicine knows, is equal to a value that may be one */
    uint64_t n_put; /* places that hold a surrogate: the original has something else there */
    uint64_t
        n_formless; /* of n_leaks: places that could not be judged, no original has the record's form */
    struct leak_suspects suspects;
    struct leak_olds olds;
    struct leak_inputs originals, outputs;
    bool is_paired; /* the n-th record of an output is the n-th of an original of its length */
    enum leak_pass { LEAK_FIND, LEAK_SUSPECT, LEAK_JUDGE } pass; /* over the outputs */
    pthread_mutex_t lock;
};
MUST_USE err leak_check_new(struct leak_check **out, const struct leak_params *p);
void leak_check_free(struct leak_check *c); /* NULL is fine */
/* A record that can't be read is counted in *result: what it says is not known. */
MUST_USE err leak_check_gather(struct leak_check *c, const struct batch_params *originals,
                               struct batch_result *result, struct diag *d);
MUST_USE err leak_check_search(struct leak_check *c, const struct batch_params *outputs,
                               struct batch_result *result, struct diag *d);
/* Takes away from what was found the places where the originals have something else: surrogates that are somebody's real
 * value. Reads both again, in the same way; they can't be pipes. Leaves all of it where there is too much to judge. */
MUST_USE err leak_check_judge(struct leak_check *c, const struct batch_params *originals,
                              const struct batch_params *outputs, struct diag *d);
