/* extract/compare.h — findings of several readers compared, finding by finding.
 *
 * compare_agree   kappa between readers, none of whom is right by definition
 * compare_gold    precision, recall, F1 and area under the curve of one against a gold standard
 *
 * Reports are joined by id. For agreement those count that all readers have read; against gold all that gold
 * has read, as "nothing mentioned" where the other has no answer, and so a finding that the other file does not
 * know: a program gains nothing by failing on a hard report. Intervals: percentile bootstrap over reports for
 * kappa and F1,
 * DeLong's for the area.   Threads: pure.
 */
#pragma once
#include "extract/labels.h"
#include "stats/bootstrap.h"
#include "stats/delong.h"

enum { READERS_MAX = 8, STATUSES = 4 };

/* What two classes are made of the four statuses. */
struct compare_options {
    bool uncertain_is_present; /* else absent */
    bool four;                 /* kappa over the four statuses; else over present or not */
    bool common;               /* against gold: findings that both have, and no others */
    struct bootstrap_params boot;
};

struct agree_finding {
    uint32_t name;
    uint32_t table[STATUSES * STATUSES]; /* first reader's status, then the second's: two readers */
    double kappa, raw;                   /* Cohen's with two readers, else Fleiss' */
    struct interval in;
};
struct agreement {
    struct agree_finding *v;
    uint32_t n;               /* findings that all readers have */
    uint32_t reports;         /* that all readers have read */
    uint32_t left_out;        /* ids that one of them has not */
    uint32_t unread;          /* that all have and one of them could not read */
    double low, median, high; /* quartiles of the kappas that are defined */
    struct arena arena;
};
enum compare_joined { JOINED_READ, JOINED_UNREAD, JOINED_MISSING };
/* The rows of all readers for the first one's `i`-th, NULL where a reader has none; what may be said of them:
 * all have read the report, one could not, or one has it not. */
enum compare_joined compare_join(const struct label_file *readers, uint32_t n_readers, uint32_t i,
                                 const struct label_row **rows);
MUST_USE err compare_agree(const struct label_file *readers, uint32_t n_readers,
                           const struct label_names *names, const struct compare_options *o,
                           struct agreement *out);
void agreement_clear(struct agreement *a);

struct score_counts {
    uint32_t tp, fp, fn, tn;
};
struct scored_finding {
    uint32_t name;
    bool is_unknown; /* gold alone has it: it was never found */
    struct score_counts n;
    struct interval f1_in;
    struct auc auc;
    uint32_t table[STATUSES * STATUSES]; /* gold's status, then the prediction's */
};
struct scoring {
    struct scored_finding *v;
    uint32_t n;
    uint32_t reports;  /* that gold has an answer for */
    uint32_t missing;  /* of those, that the other has not */
    uint32_t unread;   /* … that it has and could not read */
    uint32_t left_out; /* that gold has and could not read */
    uint32_t unknown;  /* findings that gold alone has, scored or not */
    struct score_counts micro;
    struct interval micro_in;
    double macro_f1; /* over findings that gold or prediction has a positive of */
    double state_f1[STATUSES], state_macro; /* each status, all findings together; their mean */
    struct interval state_in;
    struct arena arena;
};
MUST_USE err compare_gold(const struct label_file *gold, const struct label_file *pred,
                          const struct label_names *names, const struct compare_options *o,
                          struct scoring *out);
void scoring_clear(struct scoring *s);
double counts_precision(struct score_counts c); /* NaN when nothing was predicted */
double counts_recall(struct score_counts c);
double counts_f1(struct score_counts c);
