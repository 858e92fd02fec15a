/* deid/review.h — a sample of a run for people to read, and what their verdicts say of the whole.
 *
 *     review_count_work     first pass: how many records, how uncertain
 *     review_sample_work    second pass: each record is drawn by chance, and written out if that is wanted
 *     review_sample_lines   what was drawn, as a file
 *     review_open           the sample again; review_verdicts  what reviewers found in it
 *     review_estimate       back to the whole
 *
 * A record is drawn with chance p = 1 - (1 - r)(1 - w): r alike for all, w in proportion to its doubt (low
 * scores, length), each by a coin of its own (Poisson sampling), so that p is known exactly and the
 * whole can be estimated without bias.
 * A sample is lines, and holds clear text. The first, {"cordon_sample":1,"id":…,"outputs":…,
 * "set_blake2b_256":…}, names it and the output that was written with it (deid/output_set.h), or null; then
 * {"unit":"3:17","records":…,"findings":…,"by_reader":…,"p":…,"texts":[{"field":…,"text":…,"edits":[[start,end,"with"],
 * …]}]}, offsets in bytes. A verdict holds no text: {"sample":id,"unit":"3:17","reviewer":"A","missed":
 * [[text,start,end],…]}, offsets in code points of the output text.
 * Threads: works as batch works; the rest one owner.
 */
#pragma once
#include "deid/batch.h"
#include "deid/output_set.h"
#include "stats/capture.h"
#include "stats/interval.h"

struct review_drawn; /* what the second pass has drawn; its lines are clear text */
struct review_plan {
    const struct deid *deid;
    uint64_t seed;
    double random_size, uncertain_size; /* how many records are wanted of each kind */
    struct deid_counts whole;           /* of the first pass */
    bool writes;                        /* the second pass de-identifies, too */
    struct review_drawn *drawn;         /* owned by the caller */
};
MUST_USE err review_drawn_new(struct review_drawn **out);
void review_drawn_free(struct review_drawn *d); /* NULL is fine */
/* How much a record is worth a look: 0.05 for being there, 0.01 for each KB, and for each finding what
 * its score lacks to certainty. */
double review_doubt(const struct deid_counts *c);
double review_chance(const struct review_plan *p, const struct deid_counts *of_record);

struct batch_work review_count_work(const struct review_plan *p);
struct batch_work review_sample_work(const struct review_plan *p);
/* Appends the sample, in the order of inputs and records. `set`: of the output, or NULL when none was
 * written. */
MUST_USE err review_sample_lines(const struct review_plan *p, struct output_set *set,
                                 struct buf *out);

struct review_text {
    view field, text, output; /* output: with the edits */
    struct edits edits;
};
struct review_range {
    uint32_t text, start, end; /* code points of the output */
};
struct review_unit {
    view name; /* "3:17" */
    double chance;
    struct review_text *texts;
    uint32_t n_texts;
};
enum { REVIEW_READERS = 8 };
struct review_verdict {
    uint32_t unit, reader; /* indexes */
    struct review_range *missed;
    uint32_t n_missed;
};
struct review {
    struct arena arena;
    view id;         /* of the sample; "": its first line was not read */
    view output_set; /* hexadecimal; "": it was drawn apart from any output */
    double outputs;  /* files */
    struct review_unit *units;
    uint32_t n_units, cap_units;
    double records, findings; /* of the whole */
    double by_reader;         /* of the findings: added by the second reader, if there was one */
    view readers[REVIEW_READERS];
    uint32_t n_readers;
    struct review_verdict *verdicts;
    uint32_t n_verdicts, cap_verdicts;
};
void review_init(struct review *r);
void review_clear(struct review *r);
/* ERR_FORMAT with the line when the file is no sample. */
MUST_USE err review_open(struct review *r, const char *path, struct diag *d);
/* Adds a file of verdicts. ERR_FORMAT for what is none or is on another sample, for a unit that is not in the
 * sample or a range that is not in its text; ERR_LIMIT for too many readers. A reader's last word on a unit counts. */
MUST_USE err review_verdicts(struct review *r, const char *path, struct diag *d);
/* One line of either; borrowed as long as r lives. Well-formed UTF-8. */
MUST_USE err review_add_unit(struct review *r, view line, struct diag *d);
MUST_USE err review_add_verdict(struct review *r, view line, struct diag *d);
bool review_has_read(const struct review *r, uint32_t unit, view reader);

struct review_result {
    uint32_t drawn, read, read_by_two, with_misses; /* records */
    uint64_t misses;                                /* different ones, in the records read */
    double size;               /* of how many equally likely records the reading is worth */
    struct capture capture;    /* of the first two readers, in what both read */
    bool is_modelled;          /* they read at least one record both */
    double missed_by_readers;  /* factor of misses seen to misses there are, at least 1 */
    double notes, identifiers; /* leak rates: records with a miss, and of all identifiers */
    struct interval notes_in, identifiers_in;
    double notes_upper; /* one-sided */
    double more;        /* records still to read for the bound; INFINITY when it is not to be had */
};
MUST_USE err review_estimate(const struct review *r, double confidence, double bound,
                             struct review_result *out);
