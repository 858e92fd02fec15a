#include "cli/run_document.h"

#include "cli/run_findings.h"
#include "cli/version.h"
#include "deid/second_reader.h"
#include "deid/site_config.h"
#include "lexicon/lexicon.h"
#include "redact/pools.h"

#if defined __clang__
#define COMPILER "clang " __clang_version__
#else
#define COMPILER "gcc " __VERSION__
#endif

/* What a program can't say, a person has to. */
static const char *const attest[PROFILE_COUNT] = {
    [PROFILE_SAFE_HARBOR] =
        "To be attested by a person, 45 CFR 164.514(b)(2)(ii): the covered entity has no actual "
        "knowledge that the information that is left could be used, alone or in combination with "
        "other information, to identify an individual who is a subject of it.",
    [PROFILE_EXPERT] =
        "To be attested by a person, 45 CFR 164.514(b)(1): an expert determines that the risk of "
        "identification is very small, and documents the methods and results. Whoever holds the "
        "key "
        "can compute replacements again; keep it apart from the outputs.",
    [PROFILE_LIMITED] = "To be attested by a person, 45 CFR 164.514(e)(4): a data use agreement "
                        "with the recipient is "
                        "in force. The outputs are protected health information still.",
    [PROFILE_TRANSPORT] = "To be attested by a person: the disclosure is permitted without this "
                          "run, for instance by a "
                          "business associate contract, 45 CFR 164.504(e). The outputs are "
                          "protected health information "
                          "still, and whoever holds the key can undo the replacements.",
};

static void add_tiles(struct report *doc, const struct batch_result *b)
{
    bool failed = b->inputs_failed || b->records_failed;
    report_tile(doc, "status", "Status", cell_str(failed ? "incomplete" : "done"));
    report_tile(doc, "records", "Records", cell_count(b->counts.records));
    report_tile(doc, "findings", "Findings", cell_count(deid_counts_found(&b->counts)));
    report_tile(doc, "inputs_failed", "Inputs failed", cell_count(b->inputs_failed));
    report_tile(doc, "records_failed", "Records failed", cell_count(b->records_failed));
}

static void add_claim(struct report *doc, const struct run_facts *f)
{
    enum profile p = f->params->profile;
    report_section(doc, "claim", "What the run may claim");
    report_fact(doc, "profile", "Profile", cell_str(profile_name(p)));
    report_fact(doc, "claim", "Claim", cell_str(profile_claim(p)));
    report_fact(doc, "attested_by", "Attested by", cell_blank());
    report_fact(doc, "attested_on", "Date, signature", cell_blank());
    report_note(doc, view_of_str(attest[p]));
    if (f->keep_names)
        report_note(doc,
                    VIEW("The claim is of what is in the outputs. Their names are those of the "
                         "inputs (--keep-names), and nobody has looked at them."));
}

static void add_limits(struct report *doc)
{
    report_section(doc, "limits", "What this report does not show");
    report_note(doc,
                VIEW("That nothing was missed. The numbers are of what was found; an identifier "
                     "that was not found is in no number. How much is found in texts like "
                     "yours is measured on texts that a person has marked (cordon eval deid)."));
    report_note(doc, VIEW("That a kind with no finding is absent, or that every finding was an "
                          "identifier. Only text was looked at; 164.514(b)(2)(i)(Q), photographs, "
                          "is not in text."));
    report_note(doc, VIEW("That a file is free of identifiers because its checksum is listed. The "
                          "checksum shows that the file is the one this run wrote."));
    report_note(doc, VIEW("Who made it. The report is not signed; keep it where it can't be "
                          "changed."));
}

static void add_run(struct report *doc, const struct run_report *r, const struct batch_result *b)
{
    char when[CLOCK_STAMP];
    report_section(doc, "run", "The run");
    report_fact(doc, "begun", "Begun (UTC)", cell_text(clock_utc_stamp(&r->begun, when)));
    report_fact(doc, "seconds", "Duration", cell_seconds(b->seconds));
    report_fact(doc, "inputs_done", "Inputs done", cell_count(b->inputs_done));
    report_fact(doc, "inputs_before", "Inputs done by an earlier run (journal; not in the counts)",
                cell_count(b->inputs_before));
    report_fact(doc, "inputs_failed", "Inputs failed", cell_count(b->inputs_failed));
    report_fact(doc, "passed_over",
                "Not read in folders: hidden, a link, or neither file nor folder",
                cell_count(b->passed_over));
    report_fact(doc, "records", "Records done", cell_count(b->counts.records));
    report_fact(doc, "records_failed", "Records failed", cell_count(b->records_failed));
    report_fact(doc, "by_reader", "Findings added by the second reader",
                cell_count(b->counts.by_source[SOURCE_READER]));
    report_fact(doc, "unread", "Records done without the second reader, which failed",
                cell_count(b->counts.unread));
    report_fact(doc, "bytes_in", "Bytes in", cell_bytes(b->counts.bytes_in));
    report_fact(doc, "bytes_out", "Bytes out", cell_bytes(b->counts.bytes_out));
    report_fact(doc, "adds", "The output folder held other files before", cell_bool(b->adds));
    report_fact(doc, "names_changed", "Outputs renamed", cell_count(b->names_changed));
}

/* What a site's file adjusted, in numbers: its words are names, too. */
static void add_site(struct report *doc, const struct site_config *s)
{
    report_fact(doc, "site_file", "Site's own file", cell_bool(s != NULL));
    if (!s) return;
    report_fact(doc, "site_allowed", "Allowed entries", cell_count(s->n_allow));
    report_fact(doc, "site_denied", "Denied entries", cell_count(s->n_deny));
    report_fact(doc, "site_patterns", "Patterns", cell_count(s->n_patterns));
    report_fact(doc, "site_actions", "Actions", cell_count(s->n_actions));
    report_fact(doc, "site_rosters", "Rosters", cell_count(s->n_rosters));
    report_fact(doc, "site_names", "Names in rosters", cell_count(s->n_names));
    report_fact(doc, "site_ids", "Numbers in rosters", cell_count(s->n_ids));
}

static void add_options(struct report *doc, const struct run_facts *f)
{
    const struct deid_params *p = f->params;
    report_section(doc, "options", "Options");
    report_fact(doc, "profile", "Profile", cell_str(profile_name(p->profile)));
    report_fact(doc, "style", "Style", cell_str(f->style));
    report_fact(doc, "key", "Key",
                cell_str(p->key ? "from a file" : "ephemeral, ended with the run"));
    report_fact(doc, "key_id", "Key id", p->key ? cell_code(key_id(p->key)) : cell_none());
    report_fact(doc, "format", "Format", cell_str(f->format ? f->format : "by content"));
    report_fact(doc, "encoding", "Encoding", cell_str(f->encoding ? f->encoding : "by content"));
    report_fact(doc, "reading", "How inputs are read (checksum of those options)",
                cell_code(f->reading));
    report_fact(doc, "jobs", "Workers (–: one a processor)",
                f->jobs ? cell_count(f->jobs) : cell_none());
    report_fact(doc, "max_document", "Largest document", cell_bytes(p->max_document));
    report_fact(doc, "own_project", "Project of its own", cell_bool(f->has_project));
    report_fact(doc, "patient_field", "Patient field given", cell_bool(f->has_patient_field));
    report_fact(doc, "date_order", "Order of numeric dates", cell_str(f->date_order));
    report_fact(doc, "shift_weeks", "Dates shifted by whole weeks", cell_bool(f->shift_weeks));
    report_fact(doc, "reader", "Second reader",
                cell_str(!p->reader ? "none"
                         : p->reader->may_fail
                             ? "a language model, which may fail"
                             : "a language model; records that it can't read fail"));
    report_fact(doc, "keep_clinicians", "Clinicians' names kept", cell_bool(p->keep_clinicians));
    report_fact(doc, "keep_names", "Outputs named as inputs", cell_bool(f->keep_names));
    report_fact(doc, "force", "Existing outputs replaced", cell_bool(f->force));
    add_site(doc, p->site);
}

static void add_failures(struct report *doc, const struct run_report *r)
{
    static const struct report_column kinds[] = { { "kind", "Kind", CELL_TEXT },
                                                  { "failures", "Failures", CELL_COUNT } };
    static const struct report_column places[] = {
        { "input", "Input", CELL_COUNT },  { "record", "Record", CELL_COUNT },
        { "byte", "Byte", CELL_COUNT },    { "kind", "Kind", CELL_TEXT },
        { "reason", "Reason", CELL_TEXT },
    };
    uint64_t listed = r->failures.n / sizeof(struct diag);
    report_section(doc, "failures", "Failures");
    report_fact(doc, "failures", "Failures", cell_count(r->n_failures));
    report_fact(doc, "not_listed", "Not listed", cell_count(r->n_failures - listed));
    report_note(doc,
                VIEW("What failed has no output. Inputs and records are named by their place in "
                     "the order of the run, from 1: names are input."));
    report_table(doc, "by_kind", "By kind of failure", kinds, COUNT_OF(kinds));
    for (unsigned i = 0; i < ERR_KINDS; i++) {
        if (!r->failed[i]) continue;
        const struct cell row[] = { cell_str(err_text((err)i)), cell_count(r->failed[i]) };
        report_row(doc, row);
    }
    report_table(doc, "places", "By place", places, COUNT_OF(places));
    for (uint64_t i = 0; i < listed; i++) {
        struct diag d;
        memcpy(&d, r->failures.p + i * sizeof d, sizeof d);
        const struct cell row[] = { d.input ? cell_count(d.input) : cell_none(),
                                    d.record ? cell_count(d.record) : cell_none(),
                                    d.has_offset ? cell_count(d.offset) : cell_none(),
                                    cell_str(err_text(d.code)),
                                    d.what ? cell_str(d.what) : cell_none() };
        report_row(doc, row);
    }
}

void report_output_set(struct report *doc, struct output_set *set, bool is_known)
{
    char hex[64];
    uint8_t sum[32];
    report_fact(doc, "outputs", "Files", is_known ? cell_count(set->files) : cell_none());
    report_fact(doc, "bytes", "Bytes", is_known ? cell_bytes(set->bytes) : cell_none());
    if (is_known) output_set_end(set, sum);
    report_fact(doc, OUTPUT_SET_KEY, "Checksum of the whole",
                is_known ? hex_cell(sum, hex) : cell_none());
}

struct cell hex_cell(const uint8_t sum[32], char hex[64])
{
    checksum_hex(sum, hex);
    return cell_code(view_of(hex, 64));
}

static void add_outputs(struct report *doc, struct run_report *r)
{
    static const struct report_column columns[] = { { "input", "Of input", CELL_COUNT },
                                                    { "bytes", "Bytes", CELL_BYTES },
                                                    { "blake2b_256", "BLAKE2b-256", CELL_CODE } };
    uint64_t listed = r->outputs.n / sizeof(struct run_output);
    report_section(doc, "outputs", "Outputs");
    report_output_set(doc, &r->set, !r->set_is_partial);
    report_fact(doc, "not_listed", "Not listed", cell_count(r->n_outputs - listed));
    report_note(doc,
                VIEW("The checksum is the one that b2sum -l 256 prints. An output without an "
                     "input's number holds the results of all inputs. The checksum of the whole "
                     "is that of the sorted list of checksums."));
    report_table(doc, "files", "Outputs by the place of their input", columns, COUNT_OF(columns));
    for (uint64_t i = 0; i < listed; i++) {
        struct run_output o;
        char hex[64];
        memcpy(&o, r->outputs.p + i * sizeof o, sizeof o);
        const struct cell row[] = { o.input ? cell_count(o.input) : cell_none(),
                                    cell_bytes(o.bytes), hex_cell(o.sum, hex) };
        report_row(doc, row);
    }
}

void report_versions(struct report *doc)
{
    char hex[64];
    uint8_t sum[32];
    struct file_map program;
    struct diag d = { 0 };
    report_section(doc, "versions", "Versions and checksums");
    report_fact(doc, "program", "Program", cell_str("cordon " CORDON_VERSION));
    report_fact(doc, "compiler", "Compiled by", cell_str(COMPILER));
    if (file_map(&program, "/proc/self/exe", &d) == OK) {
        checksum32(program.bytes, sum);
        file_unmap(&program);
        report_fact(doc, "program_blake2b_256", "Program's BLAKE2b-256", hex_cell(sum, hex));
    } else {
        report_fact(doc, "program_blake2b_256", "Program's BLAKE2b-256", cell_none());
    }
    report_fact(doc, "lexicon", "Lexicon", cell_code(lexicon_version(lexicon_builtin())));
    report_fact(doc, "zip3_census", "ZIP areas by census", cell_text(VIEW(ZIP3_CENSUS)));
    zip3_checksum(sum);
    report_fact(doc, "zip3_blake2b_256", "ZIP areas' BLAKE2b-256", hex_cell(sum, hex));
    report_fact(doc, "surrogate_scheme", "Surrogate scheme", cell_count(KEY_SCHEME));
}

/* The learned taggers: the user's, or the program's own. */
static void add_models(struct report *doc, const struct deid_params *p)
{
    const struct tag_model *en = tag_model_builtin(VIEW("en"));
    const struct tag_model *es = tag_model_builtin(VIEW("es"));
    report_fact(doc, "model", "Tagger, of the user's own",
                p->model ? cell_code(p->model->sum) : cell_none());
    report_fact(doc, "model_en", "Tagger for English", en ? cell_code(en->sum) : cell_none());
    report_fact(doc, "model_es", "Tagger for Spanish", es ? cell_code(es->sum) : cell_none());
}

err run_document(struct report **out, struct run_report *r, const struct run_facts *f,
                 const struct batch_result *result)
{
    struct report *doc = NULL;
    char subtitle[96];
    int n =
        snprintf(subtitle, sizeof subtitle, "cordon %s, profile %s, %04d-%02d-%02d", CORDON_VERSION,
                 profile_name(f->params->profile), r->begun.year, r->begun.month, r->begun.day);
    err e = report_new(&doc, "deid", VIEW("De-identification run"), view_of(subtitle, (size_t)n));
    if (e) return e;
    add_tiles(doc, result);
    add_claim(doc, f);
    add_limits(doc);
    add_run(doc, r, result);
    add_options(doc, f);
    run_findings(doc, &result->counts);
    add_failures(doc, r);
    add_outputs(doc, r);
    report_versions(doc);
    add_models(doc, f->params);
    *out = doc;
    return OK;
}
