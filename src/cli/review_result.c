/* See review_result.h. */
#include "cli/review_result.h"

#include <math.h>

#include "cli/run_document.h"

static struct cell number_cell(double x)
{
    return isfinite(x) ? cell_count((uint64_t)x) : cell_none();
}

static err make_report(struct report **out, const struct review *r, const struct review_result *x,
                       double confidence, double bound)
{
    struct report *doc = NULL;
    err e = report_new(&doc, "review", VIEW("Review of a de-identification run"), VIEW(""));
    if (e) return e;
    report_tile(doc, "notes_leaking", "Records with a miss", cell_share(x->notes));
    report_tile(doc, "notes_upper", "At most (one-sided bound)", cell_share(x->notes_upper));
    report_tile(doc, "identifiers_leaking", "Identifiers missed", cell_share(x->identifiers));
    report_section(doc, "estimate", "Estimate for the whole run");
    report_fact(doc, "confidence", "Confidence of intervals and bounds", cell_share(confidence));
    report_fact(doc, "notes_low", "Records with a miss: interval from",
                cell_share(x->notes_in.low));
    report_fact(doc, "notes_high", "to", cell_share(x->notes_in.high));
    report_fact(doc, "identifiers_low", "Identifiers missed: interval from",
                cell_share(x->identifiers_in.low));
    report_fact(doc, "identifiers_high", "to", cell_share(x->identifiers_in.high));
    report_fact(doc, "bound", "Wanted bound on records with a miss", cell_share(bound));
    report_fact(doc, "is_reached", "The bound is reached", cell_bool(x->notes_upper <= bound));
    report_fact(doc, "more", "Records still to read for it, at the rate seen",
                number_cell(x->more));
    report_note(doc,
                VIEW("Intervals are exact binomial ones at the effective size of the reading; "
                     "identifiers: the wider of a bootstrap over records and what the bound on "
                     "records allows. An estimate holds for texts like those sampled, and for "
                     "what readers can see."));
    report_section(doc, "reading", "Reading");
    report_fact(doc, "records", "Records in the run", number_cell(r->records));
    report_fact(doc, "findings", "Identifiers replaced in the run", number_cell(r->findings));
    report_fact(doc, "by_reader", "Identifiers that the second reader added",
                number_cell(r->by_reader));
    report_fact(doc, "drawn", "Records drawn", cell_count(x->drawn));
    report_fact(doc, "read", "Records read", cell_count(x->read));
    report_fact(doc, "effective_size", "Worth as many equally likely records",
                number_cell(floor(x->size + 1e-6)));
    report_fact(doc, "with_misses", "Records read that held a miss", cell_count(x->with_misses));
    report_fact(doc, "misses", "Different misses in them", cell_count(x->misses));
    report_fact(doc, "reviewers", "Reviewers", cell_count(r->n_readers));
    report_fact(doc, "read_by_two", "Records read by both of the first two",
                cell_count(x->read_by_two));
    report_fact(doc, "overlooked", "Misses there are to misses seen, in hundredths",
                number_cell(round(x->missed_by_readers * 100)));
    report_note(doc,
                x->is_modelled
                    ? VIEW("What readers overlook is estimated from how far two of them agree "
                           "(Chapman). Misses that are hard for both make it an underestimate.")
                    : VIEW("No record was read by two: what readers themselves overlook is not "
                           "in these numbers."));
    if (x->read < x->drawn)
        report_note(doc, VIEW("Not all records drawn were read: that is sound only when which were "
                              "left out has nothing to do with what is in them."));
    report_section(doc, "sample", "The sample");
    report_fact(doc, "id", "Its name", cell_code(r->id));
    report_section(doc, "outputs", "The output it was drawn from");
    report_fact(doc, "outputs", "Files", r->output_set.n ? number_cell(r->outputs) : cell_none());
    report_fact(doc, OUTPUT_SET_KEY, "Checksum of the whole",
                r->output_set.n ? cell_code(r->output_set) : cell_none());
    if (!r->output_set.n)
        report_note(doc, VIEW("None: the sample was drawn apart from a run that writes, so this "
                              "review is of no output (cordon deid -o OUTPUT --review SAMPLE)."));
    *out = doc;
    return OK;
}

static void print_share(const char *what, double x, struct interval in)
{
    printf("%-24s %.4f   interval %.4f to %.4f\n", what, x, in.low, in.high);
}

err review_tell(const struct review *r, const struct review_wanted *o, bool *reached,
                struct diag *d)
{
    err e = OK;
    struct review_result x;
    struct report *doc = NULL;
    const struct opt_texts paths = { { o->output }, o->output != NULL };
    TRY(review_estimate(r, o->confidence, o->bound, &x));
    *reached = x.notes_upper <= o->bound;
    printf("read %" PRIu32 " of %" PRIu32 " records drawn, worth %.0f; %" PRIu32
           " of them with a miss, %" PRIu64 " misses\n",
           x.read, x.drawn, floor(x.size + 1e-6), x.with_misses, x.misses);
    if (r->by_reader > 0)
        printf("added by the second reader in the run: %.0f of %.0f identifiers\n", r->by_reader,
               r->findings);
    print_share("records with a miss", x.notes, x.notes_in);
    print_share("identifiers missed", x.identifiers, x.identifiers_in);
    printf("%-24s %.4f at %.0f %%\n", "records: at most", x.notes_upper, o->confidence * 100);
    if (x.is_modelled)
        printf("two readers: %.2f misses there are for each one seen\n", x.missed_by_readers);
    else
        puts("read by one: what readers overlook is not in these numbers");
    if (*reached)
        printf("the bound of %g is reached\n", o->bound);
    else if (isfinite(x.more))
        printf("for a bound of %g read %.0f more\n", o->bound, x.more);
    else
        printf("a bound of %g is not to be had at this rate of misses\n", o->bound);
    if (o->output) {
        TRY(make_report(&doc, r, &x, o->confidence, o->bound));
        TRY(report_files_save(doc, &paths, o->force, d));
    }
out:
    report_free(doc);
    return e;
}
