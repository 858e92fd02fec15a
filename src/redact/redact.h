/* redact/redact.h — findings in, edits out: mask, tag, surrogate, shift, generalise.
 *
 * What happens to each label is a table of actions, made by the caller (deid/profile.h). A replacement
 * depends on key, domain, label and value alone, never on neighbours or order, so it is the same on
 * any machine and in any thread. What is left of a name, "J. Smith", follows the person whom the domains' persons
 * tell, in any order too (redact/follow.h). Replacements:
 *   KEEP       nothing
 *   MASK       "[NAME]"
 *   TAG        "[NAME-7QK2]": keyed, the same value in the same domain gives the same tag; a NAME has a
 *              tag a word, so that "John Smith", "SMITH, JOHN" and "Mr. Smith" share one
 *   SURROGATE  a plausible value that can't be real (phone 555-01xx, SSN 000, example.org)
 *   YEAR       a date becomes its year, as it was written; "[DATE]" when it has none
 *   SHIFT      a date moves by the domain's secret offset of days, in the spelling it had; what can't
 *              be moved safely is masked
 *   ZIP3       "021**" when the area has more than 20,000 people, else "000**"; other places are masked
 *   AGE90      "90+"
 * A finding may give several edits (one a word of a name), so that line breaks and markup between them
 * stay. What can't be replaced surely (no digit in a number, a name of symbols) falls back to MASK.
 * MASK and TAG leave text in which doing it again changes nothing.   Threads: pure; arena is the caller's.
 */
#pragma once
#include "base/arena.h"
#include "base/diag.h"
#include "detect/finding.h"
#include "redact/key.h"
#include "text/edit.h"
#include "text/written_date.h"

/* clang-format off */
enum action {
    ACTION_KEEP, ACTION_MASK, ACTION_TAG, ACTION_SURROGATE, ACTION_YEAR, ACTION_SHIFT, ACTION_ZIP3,
    ACTION_AGE90,
};
/* clang-format on */
struct keyed_domain;
struct persons_source;
struct value_memo;
/* Offsets of the patient whose dates were moved last: most often the next date is the same one's. Starts as zero; whoever
 * keeps it wipes it. */
struct redact_shifts {
    char patient[128];
    size_t n;                /* 0: none */
    int days[SUBJECT_COUNT]; /* 0: not derived yet */
};
struct redact_domains {
    view project; /* names, places, organisations, ids are keyed by this */
    view patient; /* dates; the document's own domain where the patient is unknown */
    /* NULL, or what was derived so far for this key and project (keyed_domain_init): a caller with many
     * texts of one domain keeps and wipes it. One thread's. */
    struct keyed_domain *working;
    struct value_memo
        *memo; /* redact/value_memo.h; NULL: none. One thread's, and these params' alone. */
    const struct persons_source
        *persons;                 /* redact/persons.h: who is in the text; NULL: not known */
    struct redact_shifts *shifts; /* NULL: none. One thread's, and these params' alone. */
};
/* What follows from a key and a project, derived once for many texts (about 40 µs). Immutable; share it.
 * `k` is borrowed as long as the domain lives. ERR_MEMORY, ERR_LIMIT (project over 256 bytes), ERR_SYSTEM. */
struct keyed_domain;
MUST_USE err keyed_domain_new(struct keyed_domain **out, const struct key *k, view project);
void keyed_domain_free(struct keyed_domain *d); /* wiped */

enum { REDACT_TAG_MIN = 4, REDACT_TAG_MAX = 6 };
struct redact_params {
    enum action action[LABEL_COUNT];
    bool keep_clinicians;  /* NAME with role WHO_CLINICIAN stays */
    const struct key *key; /* borrowed; needed by TAG, SURROGATE and SHIFT */
    const struct keyed_domain
        *prepared;      /* borrowed; of `key` and the texts' project, or NULL: then each
                                            call derives what it needs. The result is the same. */
    int tag_letters;    /* REDACT_TAG_MIN … REDACT_TAG_MAX; default 4 */
    int shift_max_days; /* dates move by 1 … this many days, back or forth; default 364 */
    bool shift_whole_weeks;
    enum date_order date_order; /* of 3/5/2021 when it is shifted; default DATE_MONTH_FIRST */
    int oldest_birth_year; /* YEAR: a date before it may show an age over 89 and is masked; default:
                              this year - 89 */
};
struct redact_params redact_default_params(void);
/* The secret offset of days of a patient's (or document's) dates, or of another person's in it. */
int redact_shift_days(const struct redact_params *p, const struct redact_domains *dom,
                      enum finding_subject subject);

/* Edits for the findings of one text (sorted, not overlapping), with counts added to done[label] and
 * masked[label] (those that fell back to MASK). Everything in *out lives in the arena. A finding whose
 * action is KEEP gives no edit. OK, ERR_MEMORY or ERR_LIMIT; *out is empty when this fails. */
MUST_USE err redact_text(const struct redact_params *p, const struct redact_domains *dom, view text,
                         const struct findings *f, struct arena *a, struct edits *out,
                         uint64_t done[LABEL_COUNT], uint64_t masked[LABEL_COUNT]);
