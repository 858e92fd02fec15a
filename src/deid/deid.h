/* deid/deid.h — de-identification as a user sees it: one record in, one record out, under a
 * profile.
 *
 *   profile        dates            names, ids, places        the claim a run may make
 *   SAFE_HARBOR    year only        tags or random surrogates 45 CFR 164.514(b)(2), given no actual
 * knowledge EXPERT         shifted          keyed surrogates          none by itself: input to
 * (b)(1) LIMITED        kept             direct identifiers gone   164.514(e)(2), needs a data use
 * agreement TRANSPORT      shifted          keyed surrogates or tags  a safeguard, never
 * de-identification
 *
 * Threads: struct deid is immutable and shared; a scratch belongs to one thread at a time.
 */
#pragma once
#include "detect/engine.h"
#include "format/format.h"
#include "redact/redact.h"

enum profile {
    PROFILE_SAFE_HARBOR,
    PROFILE_EXPERT,
    PROFILE_LIMITED,
    PROFILE_TRANSPORT,
    PROFILE_COUNT
};
enum style { STYLE_DEFAULT, STYLE_MASK, STYLE_TAG, STYLE_SURROGATE };
const char *profile_name(enum profile p);  /* "safe-harbor" */
const char *profile_claim(enum profile p); /* one sentence for reports */
bool profile_from_name(view name, enum profile *out);

struct site_config;
struct patient_index;
struct vault;
struct second_reader;
struct deid_params {
    enum profile profile;
    enum style style; /* STYLE_DEFAULT: the profile's own */
    const struct key
        *key;           /* NULL: an ephemeral one is made; EXPERT and TRANSPORT need a key file */
    view project;       /* domain of names; default "project" */
    view patient_field; /* field that says whose record it is (dates); "" if none */
    bool keep_clinicians;
    bool shift_whole_weeks;     /* dates that move keep their weekday */
    bool has_date_order;        /* false: the site's, else month first */
    enum date_order date_order; /* of 3/5/2021, where both are possible */
    enum detect_language language;
    enum recall recall; /* detect/tagger.h; 0: high */
    const struct tag_model
        *model; /* borrowed; in place of the one inside the program; NULL: none */
    /* deid/site_config.h, borrowed for the engine's life; NULL: none */
    const struct site_config *site;
    /* deid/patient_index.h, filled, borrowed for the engine's life; NULL: each record is on its own */
    const struct patient_index *patients;
    /* deid/vault.h, open, borrowed for the engine's life: every record's way back goes there; NULL: none */
    struct vault *vault;
    /* deid/second_reader.h, borrowed for the life of engine and scratches; NULL: none */
    const struct second_reader *reader;
    size_t max_document;
    /* For deid_list alone: nothing is replaced, so that profile, style and actions of a site are not asked
     * whether they go together. */
    bool lists_only;
};
struct deid_params deid_default_params(void);

/* Findings by score: band i holds scores from deid_score_floor(i) up to the next band's. */
enum { SCORE_BANDS = 8 };
double deid_score_floor(unsigned band); /* 0, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.99 */

/* masked: replaced by a mask although the profile wanted more; part of `replaced`. What the second reader
 * added is by_source[SOURCE_READER]; unread: records done although it failed. */
struct deid_counts {
    uint64_t records, pieces, bytes_in, bytes_out;
    uint64_t found[LABEL_COUNT], replaced[LABEL_COUNT], masked[LABEL_COUNT];
    uint64_t by_rule[RULE_COUNT], by_source[SOURCE_COUNT], by_score[SCORE_BANDS];
    uint64_t unread;
};

struct deid;
struct deid_scratch;
/* ERR_CONFIG when profile, style and key do not go together (the diag says how). */
MUST_USE err deid_new(struct deid **out, const struct deid_params *p, struct diag *d);
void deid_free(struct deid *d);
/* Its detector, for who wants the findings alone. Owned by d. */
const struct detect *deid_detector(const struct deid *d);
/* What it does, whether the params or the site's file said so. */
enum date_order deid_date_order(const struct deid *d);
bool deid_shifts_weeks(const struct deid *d);
const char *
deid_style_name(const struct deid *d); /* what replaces names: "mask", "tag", "surrogate" */
MUST_USE err deid_scratch_new(struct deid_scratch **out);
/* For runs over many records; see detect_scratch_remember. */
MUST_USE err deid_scratch_remember(struct deid_scratch *s);
void deid_scratch_free(struct deid_scratch *s);

/* What would be done to a record: its texts, and the edits of each. Lives in the scratch until that
 * is used again. */
struct deid_exam {
    struct record record;
    const struct edits *edits; /* record.n of them */
};
/* Decodes the record in `bytes` by f and finds its edits; `domain` is the patient or document it
 * belongs to (dates), "" to use the patient field, else the record's id, else its content. On
 * failure the counts are as they were. */
MUST_USE err deid_examine(const struct deid *d, struct deid_scratch *s, const struct format *f,
                          enum encoding enc, view bytes, view domain, struct deid_exam *out,
                          struct deid_counts *counts, struct diag *diag);
/* Calls `each` for every piece of the record in which something identifies, in order, with what it is, in bytes of
 * the piece's text: fields that hold a value as deid_record takes them, prose with what the record's fields say of
 * its people. Both live until the next call. Its errors end the list. ERR_FORMAT …, as deid_examine. */
typedef err deid_list_fn(void *ctx, const struct record *r, const struct piece *p,
                         const struct findings *found);
MUST_USE err deid_list(const struct deid *d, struct deid_scratch *s, const struct format *f,
                       enum encoding enc, view bytes, deid_list_fn *each, void *ctx,
                       struct deid_counts *counts, struct diag *diag);
/* De-identifies the record in `bytes` and appends the result to out. On failure nothing is appended
 * and the counts are as they were. */
MUST_USE err deid_record(const struct deid *d, struct deid_scratch *s, const struct format *f,
                         enum encoding enc, view bytes, view domain, struct buf *out,
                         struct deid_counts *counts, struct diag *diag);
/* Reads on in `block`, whole records one after the other, of which deid_record, deid_examine or deid_list will be called
 * for each, in order and with domain "": what can be done for several together is done now. Nothing of it shows in what
 * they give. Returns how many bytes of the block it is about: at the end of a record, and over 0 unless the block is
 * empty. */
size_t deid_ahead(const struct deid *d, struct deid_scratch *s, const struct format *f,
                  enum encoding enc, view block);
/* What an output of this engine needs on disk before it appears: the vault's entries. */
MUST_USE err deid_settle(const struct deid *d, struct diag *diag);
/* A file's or folder's name without what identifies: findings become masks without brackets, and so
 * do runs of six or more digits, which in a name are a record number more often than a count.
 * Appends one path component, never empty, never "." or "..". *changed tells whether it differs
 * from `name`. */
MUST_USE err deid_name(const struct deid *d, struct deid_scratch *s, view name, struct buf *out,
                       bool *changed);
void deid_counts_add(struct deid_counts *to, const struct deid_counts *from);
uint64_t deid_counts_found(const struct deid_counts *c); /* of all labels */
