#include "cli/run_findings.h"

static const char *const label_words[LABEL_COUNT] = {
    [LABEL_NAME] = "names",
    [LABEL_LOCATION] = "places smaller than a state",
    [LABEL_ORGANIZATION] = "hospitals, employers, schools",
    [LABEL_DATE] = "dates, all but the year",
    [LABEL_AGE] = "ages over 89",
    [LABEL_PHONE] = "telephone numbers",
    [LABEL_FAX] = "fax numbers",
    [LABEL_EMAIL] = "e-mail addresses",
    [LABEL_SSN] = "social security numbers",
    [LABEL_MRN] = "medical record numbers",
    [LABEL_PLAN] = "health plan numbers",
    [LABEL_ACCOUNT] = "account numbers",
    [LABEL_LICENSE] = "certificates and licences",
    [LABEL_VEHICLE] = "vehicles and plates",
    [LABEL_DEVICE] = "devices and serial numbers",
    [LABEL_URL] = "web addresses",
    [LABEL_IP] = "IP addresses",
    [LABEL_BIOMETRIC] = "biometric identifiers",
    [LABEL_ID] = "any other unique number or code",
};
static const struct {
    const char *name, *text;
} sources[SOURCE_COUNT] = {
    [SOURCE_TAGGER] = { "tagger", "a learned tagger" },
    [SOURCE_LEXICON] = { "lexicon", "lists of words" },
    [SOURCE_RULE] = { "rule", "the form of it or the words around it" },
    [SOURCE_CHECKSUM] = { "checksum", "a check digit that holds" },
    [SOURCE_KNOWN] = { "known", "a list given for this run" },
    [SOURCE_READER] = { "reader", "the second reader, in what the others had left" },
};

static uint64_t total(const uint64_t *v, size_t n)
{
    uint64_t sum = 0;
    for (size_t i = 0; i < n; i++)
        sum += v[i];
    return sum;
}

static struct cell share(uint64_t part, uint64_t whole)
{
    return whole ? cell_share((double)part / (double)whole) : cell_none();
}

static void add_by_label(struct report *doc, const struct deid_counts *c)
{
    static const struct report_column columns[] = {
        { "letter", "Item", CELL_TEXT },     { "label", "Label", CELL_CODE },
        { "what", "What it is", CELL_TEXT }, { "found", "Found", CELL_COUNT },
        { "share", "Share", CELL_SHARE },    { "replaced", "Replaced", CELL_COUNT },
        { "masked", "Masked", CELL_COUNT },  { "kept", "Kept", CELL_COUNT },
    };
    uint64_t all = deid_counts_found(c);
    report_table(doc, "by_label", "By kind", columns, COUNT_OF(columns));
    for (unsigned l = 0; l < LABEL_COUNT; l++) {
        const struct cell row[] = {
            cell_str(label_letter(l)), cell_code(view_of_str(label_name(l))),
            cell_str(label_words[l]),  cell_count(c->found[l]),
            share(c->found[l], all),   cell_count(c->replaced[l]),
            cell_count(c->masked[l]),  cell_count(c->found[l] - c->replaced[l]),
        };
        report_row(doc, row);
    }
}

static void add_by_action(struct report *doc, const struct deid_counts *c)
{
    static const struct report_column columns[] = {
        { "action", "Action", CELL_CODE },
        { "what", "What was done", CELL_TEXT },
        { "findings", "Findings", CELL_COUNT },
        { "share", "Share", CELL_SHARE },
    };
    uint64_t all = deid_counts_found(c), replaced = total(c->replaced, LABEL_COUNT);
    uint64_t masked = total(c->masked, LABEL_COUNT);
    const struct {
        view name, what;
        uint64_t n;
    } rows[] = {
        { VIEW("replaced"), VIEW("replaced as the profile says"), replaced - masked },
        { VIEW("masked"), VIEW("masked, where that could not be done surely"), masked },
        { VIEW("kept"), VIEW("kept, as the profile or an option allows"), all - replaced },
    };
    report_table(doc, "by_action", "By what was done", columns, COUNT_OF(columns));
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        const struct cell row[] = { cell_code(rows[i].name), cell_text(rows[i].what),
                                    cell_count(rows[i].n), share(rows[i].n, all) };
        report_row(doc, row);
    }
}

/* The most frequent first; equals in the order of the table of rules. */
static unsigned most_frequent(const uint64_t n[RULE_COUNT], const bool done[RULE_COUNT])
{
    unsigned best = RULE_COUNT;
    for (unsigned i = 0; i < RULE_COUNT; i++)
        if (n[i] && !done[i] && (best == RULE_COUNT || n[i] > n[best])) best = i;
    return best;
}

static void add_by_rule(struct report *doc, const struct deid_counts *c)
{
    static const struct report_column columns[] = {
        { "rule", "Rule", CELL_CODE },
        { "reason", "Reason", CELL_TEXT },
        { "findings", "Findings", CELL_COUNT },
        { "share", "Share", CELL_SHARE },
    };
    bool done[RULE_COUNT] = { 0 };
    uint64_t all = total(c->by_rule, RULE_COUNT);
    report_table(doc, "by_rule", "By rule", columns, COUNT_OF(columns));
    for (unsigned i; (i = most_frequent(c->by_rule, done)) < RULE_COUNT; done[i] = true) {
        const struct cell row[] = { cell_code(view_of_str(rule_name(i))), cell_str(rule_text(i)),
                                    cell_count(c->by_rule[i]), share(c->by_rule[i], all) };
        report_row(doc, row);
    }
}

static void add_by_source(struct report *doc, const struct deid_counts *c)
{
    static const struct report_column columns[] = {
        { "source", "Source", CELL_CODE },
        { "what", "What gave it away", CELL_TEXT },
        { "findings", "Findings", CELL_COUNT },
        { "share", "Share", CELL_SHARE },
    };
    uint64_t all = total(c->by_source, SOURCE_COUNT);
    report_table(doc, "by_source", "By source", columns, COUNT_OF(columns));
    for (unsigned i = 0; i < SOURCE_COUNT; i++) {
        if (!c->by_source[i]) continue;
        const struct cell row[] = { cell_code(view_of_str(sources[i].name)),
                                    cell_str(sources[i].text), cell_count(c->by_source[i]),
                                    share(c->by_source[i], all) };
        report_row(doc, row);
    }
}

static void add_by_score(struct report *doc, const struct deid_counts *c)
{
    static const struct report_column columns[] = {
        { "score", "Score", CELL_CODE },
        { "findings", "Findings", CELL_COUNT },
        { "share", "Share", CELL_SHARE },
    };
    uint64_t all = total(c->by_score, SCORE_BANDS);
    report_table(doc, "by_score", "By score: how sure a finding is", columns, COUNT_OF(columns));
    for (unsigned i = 0; i < SCORE_BANDS; i++) {
        char band[32];
        double top = i + 1 < SCORE_BANDS ? deid_score_floor(i + 1) : 1;
        int n = snprintf(band, sizeof band, "%.2f-%.2f", deid_score_floor(i), top);
        const struct cell row[] = { cell_code(view_of(band, (size_t)n)), cell_count(c->by_score[i]),
                                    share(c->by_score[i], all) };
        report_row(doc, row);
    }
}

void run_findings(struct report *doc, const struct deid_counts *c)
{
    report_section(doc, "findings", "Findings");
    report_note(doc,
                VIEW("Item: the letter in 45 CFR 164.514(b)(2)(i). Masked: of those replaced, the "
                     "ones that got a mask because nothing else was sure."));
    add_by_label(doc, c);
    add_by_action(doc, c);
    add_by_rule(doc, c);
    add_by_source(doc, c);
    add_by_score(doc, c);
}
