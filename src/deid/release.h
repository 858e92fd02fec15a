/* deid/release.h — may this output be released? What its records say, and why not.
 *
 *     release_init(&r);
 *     TRY(release_output(&r, "clean/", diag));       hashes what is there now
 *     TRY(release_add(&r, json, diag));  …           run, check, review, attestation, in any order
 *     release_judge(&r, "2026-11-22");
 *     if (r.n_refused) … r.refused[i] …              sentences for the operator; else the records hold
 *
 * Each record names the output it was made on by one checksum (deid/output_set.h), so that a report of
 * another run, or of the same output before it was changed, is no record of this one. A check must be of as
 * many records and bytes as the run read, and by the run's profile: a check of other originals shows nothing.
 * A review is asked for by the profile expert and optional for others; given, it must hold.
 * Threads: one owner.
 */
#pragma once
#include "deid/deid.h"
#include "deid/output_set.h"
#include "deid/report_facts.h"

enum release_kind {
    RELEASE_RUN,
    RELEASE_CHECK,
    RELEASE_REVIEW,
    RELEASE_ATTESTATION,
    RELEASE_KINDS
};
enum { RELEASE_REASONS = 24, RELEASE_DATE = 10 };
struct release {
    struct report_facts record[RELEASE_KINDS];
    bool has[RELEASE_KINDS];
    uint8_t sum[RELEASE_KINDS][32]; /* of the records' own bytes */
    struct output_set set;
    char set_hex[64];
    enum profile profile; /* of the run, when there is one */
    const char *refused[RELEASE_REASONS];
    unsigned n_refused;
};
void release_init(struct release *r);
void release_clear(struct release *r);
MUST_USE err release_output(struct release *r, const char *path, struct diag *d);
/* ERR_FORMAT: no such record; ERR_USAGE: a second one of its kind. */
MUST_USE err release_add(struct release *r, view json, struct diag *d);
/* `today` is YYYY-MM-DD. */
void release_judge(struct release *r, const char today[RELEASE_DATE + 1]);

/* What a person attests of an output of this profile; NULL when nothing could make it fit for release. */
const char *release_statement(enum profile p);
/* "safe harbor", "limited data set" …: the method that an output of this profile may claim. */
const char *release_method(enum profile p);
/* Is it a day of the calendar, as YYYY-MM-DD? */
bool release_is_date(view v);
