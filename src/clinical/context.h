/* clinical/context.h — what a sentence says about each finding that it mentions.
 *
 *     sentence ─▶ hits of the vocabulary ─▶ clauses ─▶ cues that reach a mention ─▶ its status
 *
 * A cue reaches from where it stands to the end of its clause (or back to the beginning of it). A
 * clause ends at words such as "but", at a semicolon, and where a comma or "and" begins a statement
 * with a verb of its own ("no effusion, and the heart is enlarged"). Of overlapping cues the longest
 * counts. The approach is that of NegEx and ConText (Chapman and others 2001; Harkema and others
 * 2009), with clauses instead of a fixed window.   Threads: a scratch each.
 */
#pragma once
#include "clinical/words.h"

enum status { STATUS_NOT_MENTIONED, STATUS_ABSENT, STATUS_UNCERTAIN, STATUS_PRESENT };
const char *status_name(enum status s); /* "not_mentioned" … */
bool status_from_name(view name, enum status *out);

enum { NO_VALUE = 0xFF };
struct statement {
    uint32_t start, end;         /* bytes of the text: the mention */
    uint32_t cue_start, cue_end; /* bytes of the cue that decided; equal when none did */
    uint32_t section_number;
    uint16_t finding;
    uint8_t status;  /* NOT_MENTIONED: talked of without a word on whether it is there */
    uint8_t section; /* enum section_kind */
    uint8_t values[VALUE_GROUPS]; /* numbers of schema values, or NO_VALUE */
    bool likely;                  /* present with reserve, or absent with reserve */
    bool is_sign;                 /* uncertain by what may be a sign of it, and no word on itself */
    bool historical, hypothetical, other_person, implied;
    float score; /* how sure the text is that the finding is there, 0 to 1 */
};
struct statements {
    struct statement *v; /* in the arena */
    uint32_t n, cap;
};

/* Habits that readers differ in. */
struct context_options {
    bool chexpert; /* as the CheXpert labeler: "no new" uncertain, history of it absent */
    bool implied;  /* "lungs are clear" says that what would be seen is absent */
};

struct context_scratch;
MUST_USE err context_scratch_new(struct context_scratch **out);
void context_scratch_free(struct context_scratch *c);

/* Appends what sentence i of `w` says. *about is set when a word of the schema's `about` stands there. */
MUST_USE err context_read(struct context_scratch *c, const struct schema *s,
                          const struct context_options *o, const struct words *w, uint32_t i,
                          struct arena *a, struct statements *out, bool *about);
/* The same for one mention that a caller found: words [first, end) of sentence i. For measuring the cues
 * alone. */
MUST_USE err context_judge(struct context_scratch *c, const struct schema *s,
                           const struct context_options *o, const struct words *w, uint32_t i,
                           uint32_t first, uint32_t end, struct statement *out);
