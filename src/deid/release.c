#include "deid/release.h"

#include "base/hash.h"
#include "text/civil.h"

/* Reasons are told as they stand here: what is wrong, and what to do. */
static const struct {
    const char *kind, *missing, *other;
} kinds[RELEASE_KINDS] = {
    [RELEASE_RUN] = { "deid", "the report of the run is missing: cordon deid … --report run.json",
                      "the report is of a run that wrote another output" },
    [RELEASE_CHECK] = { "check",
                        "the check is missing: cordon check ORIGINAL OUTPUT --report check.json",
                        "the check is of another output, or the output was changed since" },
    [RELEASE_REVIEW] = { "review",
                         "the review is missing, and an expert needs its rate of misses: "
                         "cordon deid -o OUTPUT --review SAMPLE, then cordon review",
                         "the review is of another output: its sample must be drawn by the run "
                         "that wrote this one (cordon deid -o OUTPUT --review SAMPLE)" },
    [RELEASE_ATTESTATION] = { "attestation",
                              "the attestation is missing: cordon release --attest NAME --until "
                              "DATE OUTPUT -o attest.json",
                              "the attestation is of another output, or the output was changed "
                              "since" },
};

static const struct {
    const char *method, *statement;
} of_profile[PROFILE_COUNT] = {
    [PROFILE_SAFE_HARBOR] = { "safe harbor, 45 CFR 164.514(b)(2)",
                              "I have no actual knowledge that the information in this output "
                              "could be used, alone or "
                              "in combination with other information, to identify an individual "
                              "who is a subject of "
                              "it (45 CFR 164.514(b)(2)(ii))." },
    [PROFILE_EXPERT] = { "support for an expert determination, 45 CFR 164.514(b)(1)",
                         "I have no actual knowledge that the information in this output could be "
                         "used, alone or "
                         "in combination with other information, to identify an individual who is "
                         "a subject of "
                         "it. This is no expert determination: that risk is very small is "
                         "determined, and the "
                         "methods and results documented, by a person with appropriate knowledge "
                         "and experience "
                         "(45 CFR 164.514(b)(1))." },
    [PROFILE_LIMITED] = { "limited data set, 45 CFR 164.514(e)",
                          "A data use agreement with the recipient, as 45 CFR 164.514(e)(4) has "
                          "it, is in force. I "
                          "have no actual knowledge that a direct identifier of 164.514(e)(2) is "
                          "left in this "
                          "output. It is protected health information still." },
    [PROFILE_TRANSPORT] = { "none", NULL },
};

const char *release_statement(enum profile p)
{
    return of_profile[p].statement;
}

const char *release_method(enum profile p)
{
    return of_profile[p].method;
}

void release_init(struct release *r)
{
    *r = (struct release){ 0 };
    for (unsigned k = 0; k < RELEASE_KINDS; k++)
        report_facts_init(&r->record[k]);
    output_set_init(&r->set);
}

void release_clear(struct release *r)
{
    for (unsigned k = 0; k < RELEASE_KINDS; k++)
        report_facts_clear(&r->record[k]);
    output_set_clear(&r->set);
}

err release_output(struct release *r, const char *path, struct diag *d)
{
    err e = OK;
    uint8_t sum[32];
    TRY(output_set_path(&r->set, path, d));
    output_set_end(&r->set, sum);
    checksum_hex(sum, r->set_hex);
out:
    return e;
}

err release_add(struct release *r, view json, struct diag *d)
{
    struct report_facts f;
    report_facts_init(&f);
    err e = report_facts_read(&f, json, d);
    view kind = report_facts_text(&f, "", "kind");
    unsigned k = 0;
    while (!e && k < RELEASE_KINDS && !view_eq(kind, view_of_str(kinds[k].kind)))
        k++;
    if (!e && k == RELEASE_KINDS)
        e = DIAG(d, ERR_FORMAT, "a report, but not of a run, check, review or attestation");
    if (!e && r->has[k]) e = DIAG(d, ERR_USAGE, "two records of one kind");
    if (e) {
        report_facts_clear(&f);
        return e;
    }
    r->record[k] = f;
    r->has[k] = true;
    checksum32(json, r->sum[k]);
    return OK;
}

static void refuse(struct release *r, const char *why)
{
    BUG_IF(r->n_refused == RELEASE_REASONS);
    r->refused[r->n_refused++] = why;
}

static bool is_of_output(const struct release *r, enum release_kind k)
{
    return view_eq(report_facts_text(&r->record[k], "outputs", OUTPUT_SET_KEY),
                   view_of(r->set_hex, sizeof r->set_hex));
}

static bool same_text(const struct release *r, enum release_kind a, enum release_kind b,
                      const char *section, const char *key)
{
    view of_a = report_facts_text(&r->record[a], section, key);
    return of_a.n && view_eq(of_a, report_facts_text(&r->record[b], section, key));
}

static void judge_run(struct release *r)
{
    const struct report_facts *f = &r->record[RELEASE_RUN];
    if (!profile_from_name(report_facts_text(f, "options", "profile"), &r->profile))
        refuse(r, "the report of the run names no profile that is known");
    else if (!of_profile[r->profile].statement)
        refuse(r, "the profile transport is a safeguard on a permitted disclosure, never "
                  "de-identification: its outputs are not released");
}

/* Of the run: what the check must have read. An earlier part of a resumed run is in no count of its report. */
static bool same_originals(const struct release *r)
{
    uint64_t before = 0, records, bytes, run_records, run_bytes;
    const struct report_facts *run = &r->record[RELEASE_RUN], *check = &r->record[RELEASE_CHECK];
    (void)report_facts_count(run, "run", "inputs_before", &before);
    if (!report_facts_count(check, "originals", "records", &records) ||
        !report_facts_count(check, "originals", "bytes", &bytes) ||
        !report_facts_count(run, "run", "records", &run_records) ||
        !report_facts_count(run, "run", "bytes_in", &run_bytes))
        return false;
    if (before) return records >= run_records && bytes >= run_bytes;
    return records == run_records && bytes == run_bytes;
}

static void judge_check(struct release *r)
{
    const struct report_facts *f = &r->record[RELEASE_CHECK];
    view status = report_facts_text(f, "summary", "status");
    if (view_eq(status, VIEW("found")))
        refuse(r, "the check found identifiers of the originals in the output");
    else if (!view_eq(status, VIEW("passed")))
        refuse(r, "the check could not read all it was given, so it shows nothing");
    if (!r->has[RELEASE_RUN]) return;
    if (!same_text(r, RELEASE_RUN, RELEASE_CHECK, "options", "profile") ||
        report_facts_is_true(f, "options", "keep_clinicians") !=
            report_facts_is_true(&r->record[RELEASE_RUN], "options", "keep_clinicians"))
        refuse(r, "the check was made by another profile than the run, or with another "
                  "--keep-clinicians");
    /* read in another way, the originals may name nothing, and a check that searches for nothing passes */
    if (!same_text(r, RELEASE_RUN, RELEASE_CHECK, "options", "reading"))
        refuse(r,
               "the check read its inputs in another way than the run: format, encoding, columns "
               "or paths");
    if (!same_originals(r))
        refuse(r, "the check was made with other originals than the run: other records or bytes");
}

static void judge_review(struct release *r)
{
    static const double CONFIDENCE_LEAST = 0.9; /* a bound at less says next to nothing */
    double confidence;
    if (!report_facts_number(&r->record[RELEASE_REVIEW], "estimate", "confidence", &confidence) ||
        confidence < CONFIDENCE_LEAST)
        refuse(r, "the review's bound holds at less than 90 % confidence");
    if (!report_facts_is_true(&r->record[RELEASE_REVIEW], "estimate", "is_reached"))
        refuse(r, "the review does not reach its bound: read more, or say with --bound what is "
                  "wanted");
}

static void judge_attestation(struct release *r, const char *today)
{
    const struct report_facts *f = &r->record[RELEASE_ATTESTATION];
    view until = report_facts_text(f, "attestation", "until");
    view on = report_facts_text(f, "attestation", "on"), now = view_of(today, RELEASE_DATE);
    if (!view_trim(report_facts_text(f, "attestation", "by")).n)
        refuse(r, "the attestation names nobody");
    if (!release_is_date(until) || !release_is_date(on) || view_cmp(on, now) > 0)
        refuse(r, "the attestation has no date that could be meant");
    else if (view_cmp(until, now) < 0)
        refuse(r, "the attestation has expired");
    if (r->has[RELEASE_RUN] &&
        !same_text(r, RELEASE_RUN, RELEASE_ATTESTATION, "options", "profile"))
        refuse(r, "the attestation is for another profile than the run's: cordon release --attest "
                  "NAME --profile PROFILE");
}

void release_judge(struct release *r, const char today[RELEASE_DATE + 1])
{
    r->n_refused = 0;
    if (!r->set.files) refuse(r, "there is nothing in the output");
    if (r->has[RELEASE_RUN]) judge_run(r);
    for (unsigned k = 0; k < RELEASE_KINDS; k++) {
        bool is_wanted = k != RELEASE_REVIEW || r->profile == PROFILE_EXPERT;
        if (!r->has[k] && is_wanted) refuse(r, kinds[k].missing);
        if (r->has[k] && !is_of_output(r, k)) refuse(r, kinds[k].other);
    }
    if (r->has[RELEASE_CHECK]) judge_check(r);
    if (r->has[RELEASE_REVIEW]) judge_review(r);
    if (r->has[RELEASE_ATTESTATION]) judge_attestation(r, today);
}

bool release_is_date(view v)
{
    uint64_t y, m, d;
    return v.n == RELEASE_DATE && v.p[4] == '-' && v.p[7] == '-' &&
           view_to_u64(view_sub(v, 0, 4), &y) && view_to_u64(view_sub(v, 5, 7), &m) &&
           view_to_u64(view_sub(v, 8, 10), &d) && civil_is_date((int)y, (int)m, (int)d);
}
