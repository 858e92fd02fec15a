/* deid/inside.h — the engine and its scratch, for the files of deid/ that make up the engine.
 * Nothing outside deid/ includes it.   Threads: as deid/deid.h. */
#pragma once
#include "deid/profile.h"
#include "deid/second_reader.h"
#include "redact/keyed.h"
#include "redact/shaped.h"
#include "redact/value_memo.h"

struct deid {
    uint64_t number; /* random: tells it from one that stood at the same address before */
    const struct profile_row *row;
    struct detect *detect;
    const struct lexicon *lexicon;
    struct nicknames *nicknames;
    struct key *own_key; /* ephemeral, or NULL when the caller brought one */
    /* Of the key and the project. What joins records is replaced by it in every profile; `prepared` is
     * the same, or NULL when every document has a domain of its own. */
    struct keyed_domain *links;
    const struct keyed_domain *prepared;
    struct redact_params usual, zip; /* zip: for ZIP codes, when they are treated apart */
    bool zip_apart;
    bool follows;        /* names become surrogates, and initials those of their bearer's */
    bool wide_places_go; /* the site has an action for all places, whatever the profile keeps */
    struct buf project, patient_field;    /* copies */
    const struct patient_index *patients; /* borrowed, or NULL */
    struct vault *vault;                  /* borrowed, or NULL */
    const struct second_reader *reader;   /* borrowed, or NULL */
    struct redact_params of_reader;       /* for what it names */
    size_t max_document;
};
/* Patients whose sets this thread has opened; forgotten together when the arena is full. */
struct patient_cache {
    struct arena arena;
    struct patient_set *sets;
    uint32_t n;
    uint64_t forgotten; /* how often */
    /* The number of the patient asked for last: the next record is most often the same one's. No letters: none. */
    char asked[128], number[128];
    size_t asked_n, number_n;
};
/* Where in a list of findings those of one piece stand: up to where the next one's begin. */
struct found_range {
    uint32_t piece, at;
    uint32_t zips_at : 31; /* ZIP codes, where they are treated apart, behind the others */
    uint32_t is_value : 1; /* one value of a field */
};
struct ahead;
struct deid_scratch {
    uint64_t engine;    /* the number of the one that it served last; 0: none */
    struct arena arena; /* of the records in hand */
    struct ahead *ahead;
    struct patient_cache cache;
    struct detect_scratch *detect;
    struct findings found, zips;
    struct findings kept; /* of pieces that wait for each other; offsets alone, as in `found` */
    struct found_range *ranges;
    uint32_t n_ranges, cap_ranges;
    void *reader; /* session of the second reader, once one was needed */
    void (*reader_close)(void *session);
    unsigned reader_ends;        /* sessions that ended by themselves */
    struct value_memo *memo;     /* what values became under this engine */
    struct redact_shifts shifts; /* the same of offsets */
    struct keyed_domain
        keys; /* of the domain last used in the record in hand, where each has its own */
};

/* Decodes a record and finds its edits (examine.c). *now starts as zero; no use when this fails. */
MUST_USE err deid_examine_record(const struct deid *d, struct deid_scratch *s,
                                 const struct format *f, enum encoding enc, view bytes, view domain,
                                 struct deid_exam *out, struct deid_counts *now, struct diag *diag);
/* Counts s->found, drops what the profile keeps, and moves ZIP codes to s->zips when they are
 * treated apart. Both lists stay in text order. */
MUST_USE err deid_select_found(const struct deid *d, struct deid_scratch *s,
                               struct deid_counts *counts);
/* What was selected of a text; borrowed. */
struct deid_found {
    struct findings usual, zips;
};
/* The edits for it, in text order, in the scratch's arena. */
MUST_USE err deid_redact_found(const struct deid *d, struct deid_scratch *s,
                               const struct redact_domains *dom, view text,
                               const struct deid_found *found, struct edits *out,
                               struct deid_counts *counts);
/* Both in text order, and neither overlapping the other. */
MUST_USE err deid_merge_edits(struct edits a, struct edits b, struct arena *arena,
                              struct edits *out);

/* The domains of a piece's values, of the record that `owner` knows (examine.c). */
typedef err deid_domains_fn(void *owner, const struct piece *p, struct redact_domains *out);
/* Shows the record, as its edits leave it, to the second reader, and adds to `edits` what that names
 * (second_reader.c). */
MUST_USE err deid_read_again(const struct deid *d, struct deid_scratch *s,
                             const struct deid_exam *exam, deid_domains_fn *domains, void *owner,
                             struct edits *edits, struct deid_counts *now, struct diag *diag);
void deid_reader_close(struct deid_scratch *s);
