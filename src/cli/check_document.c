#include "cli/check_document.h"

#include "base/clock.h"
#include "cli/run_document.h"
#include "cli/version.h"

static const char *status_of(const struct check_facts *f)
{
    return f->check->n_leaks ? "found" : f->failed ? "incomplete" : "passed";
}

static void add_places(struct report *doc, const struct leak_check *c)
{
    static const struct report_column columns[] = {
        { "input", "Output", CELL_COUNT }, { "record", "Record", CELL_COUNT },
        { "byte", "Byte", CELL_COUNT },    { "label", "Kind", CELL_CODE },
        { "bytes", "Bytes", CELL_COUNT },
    };
    report_section(doc, "places", "Places found");
    report_fact(doc, "places", "Places", cell_count(c->n_leaks));
    report_fact(doc, "not_listed", "Not listed", cell_count(c->n_leaks - c->n_kept));
    report_fact(
        doc, "set_aside",
        "Set aside: codes, where the standard has one, and names of firms, equal to a value",
        cell_count(c->n_aside));
    report_fact(
        doc, "surrogates",
        "Set aside: surrogates that are somebody's real value, the original has something else",
        cell_count(c->n_put));
    report_fact(doc, "not_judged", "In records of which there is no original, perhaps surrogates",
                cell_count(c->n_formless));
    report_table(doc, "found", "By place in the output", columns, COUNT_OF(columns));
    for (uint32_t i = 0; i < c->n_kept; i++) {
        const struct leak *x = &c->leaks[i];
        const struct cell row[] = { cell_count(x->input), cell_count(x->record),
                                    cell_count(x->offset),
                                    cell_code(view_of_str(label_name(x->label))),
                                    cell_count(x->length) };
        report_row(doc, row);
    }
}

err check_document(struct report **out, const struct check_facts *f)
{
    struct report *doc = NULL;
    char subtitle[96];
    const struct leak_check *c = f->check;
    const struct clock_utc now = clock_utc_now();
    int n = snprintf(subtitle, sizeof subtitle, "cordon %s, profile %s, %04d-%02d-%02d",
                     CORDON_VERSION, profile_name(c->params.profile), now.year, now.month, now.day);
    err e = report_new(&doc, "check", VIEW("Check of an output"), view_of(subtitle, (size_t)n));
    if (e) return e;
    report_tile(doc, "status", "Status", cell_str(status_of(f)));
    report_tile(doc, "values", "Values searched", cell_count(c->n_values));
    report_tile(doc, "places", "Places found", cell_count(c->n_leaks));
    report_section(doc, "options", "What was asked");
    report_fact(doc, "profile", "Profile: what it keeps is no leak",
                cell_str(profile_name(c->params.profile)));
    report_fact(doc, "keep_clinicians", "Clinicians' names may stay",
                cell_bool(c->params.keep_clinicians));
    report_fact(doc, "reading", "How inputs are read (checksum of those options)",
                cell_code(f->reading));
    report_section(doc, "limits", "What it shows");
    report_note(doc, VIEW("That of the identifiers which the fields of the originals name none is "
                          "left, in any common writing. What only prose says is not known to it: "
                          "how much of that is left, a review of a sample tells."));
    if (!c->n_values)
        report_note(doc, VIEW("The originals name no identifiers in fields. This shows nothing."));
    report_section(doc, "originals", "Originals");
    report_fact(doc, "inputs", "Inputs", cell_count(f->originals->inputs_done));
    report_fact(doc, "records", "Records", cell_count(f->originals->counts.records));
    report_fact(doc, "bytes", "Bytes in them", cell_bytes(f->originals->counts.bytes_in));
    report_fact(doc, "failed", "Records and inputs that could not be read",
                cell_count(f->originals->inputs_failed + f->originals->records_failed));
    report_section(doc, "outputs", "Output");
    report_output_set(doc, f->set, f->set != NULL);
    report_fact(doc, "records", "Records searched", cell_count(f->outputs->counts.records));
    report_fact(doc, "failed", "Records and files that could not be read",
                cell_count(f->outputs->inputs_failed + f->outputs->records_failed));
    add_places(doc, c);
    report_versions(doc);
    *out = doc;
    return OK;
}
