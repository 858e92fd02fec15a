#include "cli/release_document.h"

#include "cli/run_document.h"
#include "cli/version.h"

/* A fact of a record, shown again under the same key. */
static void repeat(struct report *doc, const struct report_facts *f, const char *section,
                   const char *key, const char *label, enum cell_kind kind)
{
    struct cell c = cell_none();
    view text = report_facts_text(f, section, key);
    if (kind == CELL_TEXT || kind == CELL_CODE) {
        if (text.n) c = kind == CELL_CODE ? cell_code(text) : cell_text(text);
    } else if (kind == CELL_BOOL) {
        c = cell_bool(report_facts_is_true(f, section, key));
    } else {
        c.kind = kind;
        bool is_there = kind == CELL_COUNT || kind == CELL_BYTES
                            ? report_facts_count(f, section, key, &c.count)
                            : report_facts_number(f, section, key, &c.number);
        if (!is_there) c = cell_none();
    }
    report_fact(doc, key, label, c);
}

static struct cell text_cell(const struct report_facts *f, const char *section, const char *key)
{
    return cell_text(report_facts_text(f, section, key));
}

static void add_claim(struct report *doc, const struct release *r)
{
    const struct report_facts *run = &r->record[RELEASE_RUN];
    report_section(doc, "claim", "What this output may claim");
    report_fact(doc, "method", "Method", cell_str(release_method(r->profile)));
    report_fact(doc, "profile", "Profile", cell_str(profile_name(r->profile)));
    report_fact(doc, "claim", "Claim of the profile", cell_str(profile_claim(r->profile)));
    if (report_facts_is_true(run, "options", "keep_names"))
        report_note(doc, VIEW("The files are named as the inputs were (--keep-names): nobody has "
                              "looked at their names."));
    if (r->profile != PROFILE_SAFE_HARBOR)
        report_note(doc, r->profile == PROFILE_EXPERT
                             ? VIEW("By itself this dossier claims nothing: it is what an expert "
                                    "needs. Whoever holds the key can compute the way back.")
                             : VIEW("The output is protected health information still."));
}

static void add_output(struct report *doc, struct release *r)
{
    report_section(doc, "outputs", "The output");
    report_output_set(doc, &r->set, true);
    report_fact(doc, "command", "Printed, for a folder, by",
                cell_code(VIEW("find OUTPUT -type f -exec b2sum -l 256 {} + | cut -c 1-64 | "
                               "LC_ALL=C sort | b2sum -l 256")));
    report_note(doc, VIEW("The dossier is of these files and no others."));
}

static void add_attestation(struct report *doc, const struct report_facts *f)
{
    report_section(doc, "attestation", "Attestation");
    report_note(doc, report_facts_text(f, "attestation", "statement"));
    repeat(doc, f, "attestation", "by", "Attested by", CELL_TEXT);
    repeat(doc, f, "attestation", "on", "On", CELL_TEXT);
    repeat(doc, f, "attestation", "until", "Holds until", CELL_TEXT);
    report_fact(doc, "signature", "Signature", cell_blank());
}

static void add_run(struct report *doc, const struct report_facts *f)
{
    report_section(doc, "run", "The run");
    repeat(doc, f, "run", "begun", "Begun (UTC)", CELL_TEXT);
    repeat(doc, f, "summary", "status", "Status", CELL_TEXT);
    repeat(doc, f, "run", "records", "Records done", CELL_COUNT);
    repeat(doc, f, "summary", "findings", "Findings", CELL_COUNT);
    repeat(doc, f, "run", "inputs_failed", "Inputs failed: they have no output", CELL_COUNT);
    repeat(doc, f, "run", "records_failed", "Records failed: they have no output", CELL_COUNT);
    repeat(doc, f, "run", "inputs_before", "Inputs done by an earlier run, in no other count",
           CELL_COUNT);
    repeat(doc, f, "options", "style", "Style", CELL_TEXT);
    repeat(doc, f, "options", "key", "Key", CELL_TEXT);
    repeat(doc, f, "options", "key_id", "Key id", CELL_CODE);
    repeat(doc, f, "options", "keep_clinicians", "Clinicians' names kept", CELL_BOOL);
    repeat(doc, f, "options", "site_file", "Site's own file", CELL_BOOL);
}

static void add_check(struct report *doc, const struct report_facts *f)
{
    uint64_t values = 0;
    report_section(doc, "check", "Check for identifiers of the originals");
    repeat(doc, f, "summary", "status", "Status", CELL_TEXT);
    repeat(doc, f, "summary", "values", "Identifiers that fields of the originals name",
           CELL_COUNT);
    repeat(doc, f, "summary", "places", "Places where one is left", CELL_COUNT);
    repeat(doc, f, "originals", "records", "Records of the originals", CELL_COUNT);
    repeat(doc, f, "outputs", "records", "Records searched", CELL_COUNT);
    if (report_facts_count(f, "summary", "values", &values) && values == 0)
        report_note(doc, VIEW("The originals name no identifiers in fields: the check shows "
                              "nothing."));
}

static void add_review(struct report *doc, const struct release *r)
{
    const struct report_facts *f = &r->record[RELEASE_REVIEW];
    report_section(doc, "review", "Review by people");
    if (!r->has[RELEASE_REVIEW]) {
        report_note(doc, VIEW("None. How much was missed was not measured on this output; the "
                              "profile does not ask for it."));
        return;
    }
    repeat(doc, f, "reading", "read", "Records read", CELL_COUNT);
    repeat(doc, f, "reading", "reviewers", "Reviewers", CELL_COUNT);
    repeat(doc, f, "reading", "misses", "Misses they found", CELL_COUNT);
    repeat(doc, f, "estimate", "confidence", "Confidence", CELL_SHARE);
    repeat(doc, f, "summary", "notes_leaking", "Records with a miss", CELL_SHARE);
    repeat(doc, f, "summary", "notes_upper", "Records with a miss: at most", CELL_SHARE);
    repeat(doc, f, "summary", "identifiers_leaking", "Identifiers missed", CELL_SHARE);
    repeat(doc, f, "estimate", "identifiers_low", "Identifiers missed: interval from", CELL_SHARE);
    repeat(doc, f, "estimate", "identifiers_high", "to", CELL_SHARE);
    repeat(doc, f, "estimate", "bound", "Bound wanted on records with a miss", CELL_SHARE);
    repeat(doc, f, "estimate", "is_reached", "It is reached", CELL_BOOL);
    report_note(doc, VIEW("An estimate for the whole run from a sample of it, with its bounds."));
}

static void add_versions(struct report *doc, const struct report_facts *f)
{
    report_section(doc, "versions", "Versions of the run");
    repeat(doc, f, "versions", "program", "Program", CELL_TEXT);
    repeat(doc, f, "versions", "program_blake2b_256", "Program's BLAKE2b-256", CELL_CODE);
    repeat(doc, f, "versions", "lexicon", "Lexicon", CELL_CODE);
    repeat(doc, f, "versions", "model", "Tagger, of the user's own", CELL_CODE);
    repeat(doc, f, "versions", "model_en", "Tagger for English", CELL_CODE);
    repeat(doc, f, "versions", "model_es", "Tagger for Spanish", CELL_CODE);
    repeat(doc, f, "versions", "zip3_census", "ZIP areas by census", CELL_TEXT);
    repeat(doc, f, "versions", "surrogate_scheme", "Surrogate scheme", CELL_COUNT);
}

static void add_records(struct report *doc, const struct release *r)
{
    static const struct report_column columns[] = { { "record", "Record", CELL_TEXT },
                                                    { "blake2b_256", "BLAKE2b-256", CELL_CODE } };
    static const char *const words[RELEASE_KINDS][2] = {
        [RELEASE_RUN] = { "run_report", "The report of the run" },
        [RELEASE_CHECK] = { "check_report", "The check" },
        [RELEASE_REVIEW] = { "review_report", "The review" },
        [RELEASE_ATTESTATION] = { "attestation_record", "The attestation" },
    };
    char hex[64];
    report_section(doc, "records", "The records, whole");
    report_note(doc, VIEW("Each names the output above by its checksum. The dossier is not signed; "
                          "keep it where it can't be changed."));
    report_table(doc, "files", "Files", columns, COUNT_OF(columns));
    for (unsigned k = 0; k < RELEASE_KINDS; k++) {
        if (!r->has[k]) continue;
        const struct cell row[] = { cell_str(words[k][1]), hex_cell(r->sum[k], hex) };
        report_row(doc, row);
        report_json_text(doc, words[k][0], words[k][1], r->record[k].json);
    }
}

static err begin(struct report **doc, const char *kind, view title, enum profile p,
                 const char *today)
{
    char subtitle[96];
    int n = snprintf(subtitle, sizeof subtitle, "cordon %s, profile %s, %s", CORDON_VERSION,
                     profile_name(p), today);
    return report_new(doc, kind, title, view_of(subtitle, (size_t)n));
}

err release_document(struct report **out, struct release *r, const char *today)
{
    struct report *doc = NULL;
    const struct report_facts *review = &r->record[RELEASE_REVIEW];
    const struct report_facts *attestation = &r->record[RELEASE_ATTESTATION];
    double upper = 0;
    err e = begin(&doc, "release", VIEW("Release dossier"), r->profile, today);
    if (e) return e;
    bool has_bound = report_facts_number(review, "summary", "notes_upper", &upper);
    report_tile(doc, "files", "Files", cell_count(r->set.files));
    report_tile(doc, "check", "Check", text_cell(&r->record[RELEASE_CHECK], "summary", "status"));
    report_tile(doc, "notes_upper", "Records with a miss, at most",
                has_bound ? cell_share(upper) : cell_none());
    report_tile(doc, "attested_by", "Attested by", text_cell(attestation, "attestation", "by"));
    report_tile(doc, "until", "Until", text_cell(attestation, "attestation", "until"));
    add_claim(doc, r);
    add_attestation(doc, attestation);
    add_output(doc, r);
    add_run(doc, &r->record[RELEASE_RUN]);
    add_check(doc, &r->record[RELEASE_CHECK]);
    add_review(doc, r);
    add_versions(doc, &r->record[RELEASE_RUN]);
    add_records(doc, r);
    *out = doc;
    return OK;
}

err attestation_document(struct report **out, const struct attestation *a, struct output_set *set)
{
    struct report *doc = NULL;
    err e = begin(&doc, "attestation", VIEW("Attestation for an output"), a->profile, a->today);
    if (e) return e;
    report_section(doc, "options", "For");
    report_fact(doc, "profile", "Profile of the run", cell_str(profile_name(a->profile)));
    report_section(doc, "attestation", "Attestation");
    report_fact(doc, "statement", "Statement", cell_str(release_statement(a->profile)));
    report_fact(doc, "by", "Attested by", cell_text(a->by));
    report_fact(doc, "on", "On", cell_str(a->today));
    report_fact(doc, "until", "Holds until", cell_text(a->until));
    report_fact(doc, "signature", "Signature", cell_blank());
    report_section(doc, "outputs", "The output");
    report_output_set(doc, set, true);
    *out = doc;
    return OK;
}
