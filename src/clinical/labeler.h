/* clinical/labeler.h — a report's findings by rules: which, where it says so, and how sure it is.
 *
 *     struct labeler l = { schema, label_default_options() };
 *     label_scratch_new(&s);
 *     label_report(&l, s, text, &r);      r.state, then r.answers[i] for finding i of the schema
 *
 * Sections decide what counts: an indication is a question and no finding, comparison and technique
 * speak of other things, an addendum's word on a finding replaces what stood before. Within the rest
 * "present" weighs more than "uncertain", and that more than "absent"; where the impression and what
 * stands before it contradict each other, the impression is the answer and `conflict` is set.
 * Threads: a labeler is immutable and shared, a scratch belongs to one thread.
 */
#pragma once
#include "clinical/context.h"

/* What became of a text as a whole. Only READ has answers. */
#define REPORT_STATE_MAP(X)                                                                        \
    X(READ, "read", "read")                                                                        \
    X(EMPTY, "empty", "no words in it")                                                            \
    X(NOT_REPORT, "not_a_report", "nothing in it that such a report speaks of")                    \
    X(OTHER_LANGUAGE, "other_language", "not in a language that the rules know")                   \
    X(TOO_LONG, "too_long", "longer than a report can be")                                         \
    X(FAILED, "failed", "the language model could not read it, or not in time")                    \
    X(NOT_TEXT, "not_text", "not text, or not well-formed")
enum report_state {
#define X(name, text, why) REPORT_##name,
    REPORT_STATE_MAP(X)
#undef X
};
const char *report_state_name(enum report_state s);
const char *report_state_meaning(enum report_state s);

enum { REPORT_BYTES_MAX = 256 << 10, INSTANCES_MAX = 8 };

struct instance { /* one side of one finding */
    uint8_t values[VALUE_GROUPS];
    uint8_t status;
    float score;
};
struct answer {
    enum status status;
    float score;
    bool conflict;                               /* impression and findings contradict each other */
    bool historical, hypothetical, other_person; /* not mentioned otherwise, but so */
    struct instance instances[INSTANCES_MAX];
    uint32_t n_instances;
};
struct label_result {
    enum report_state state;
    struct answer answers[FINDINGS_MAX];
    /* All that was said; of finding i those whose `counts` is set made the answer. Text order. */
    const struct statement *statements;
    const uint8_t *counts;
    uint32_t n_statements;
    /* The statements of each finding: label_first, and from one to the next. */
    uint64_t told; /* a bit for each finding that there is one of */
    uint32_t first[FINDINGS_MAX];
    const uint32_t *next; /* NO_STATEMENT behind the last */
};
#define NO_STATEMENT UINT32_MAX
static inline uint32_t label_first(const struct label_result *r, uint32_t finding)
{
    return r->told >> finding & 1 ? r->first[finding] : NO_STATEMENT;
}

struct label_options {
    struct context_options context;
    bool parents; /* a finding that is present makes its parent present */
};
struct labeler {
    const struct schema *schema; /* borrowed */
    struct label_options options;
};
struct label_options label_default_options(void);

struct label_scratch;
MUST_USE err label_scratch_new(struct label_scratch **out);
void label_scratch_free(struct label_scratch *s);
/* `text`: well-formed UTF-8 (else the state is NOT_TEXT). *out lives until the scratch is used again.
 * OK or ERR_MEMORY. */
MUST_USE err label_report(const struct labeler *l, struct label_scratch *s, view text,
                          struct label_result *out);
/* Makes these the result's statements; counts are the caller's. ERR_MEMORY. */
MUST_USE err label_set_statements(struct label_result *r, const struct statement *v, uint32_t n,
                                  struct arena *a);
/* The answer is made of this statement (it counts and has the answer's status). */
bool label_is_evidence(const struct label_result *r, uint32_t statement);
