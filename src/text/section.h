/* text/section.h — headers and what stands below them.
 *
 * A header is a short phrase before a colon at a line start, or a line in capitals alone ("FINDINGS",
 * "History of Present Illness:"). The header's words decide the kind; an unknown header is
 * SECTION_OTHER. Notes whose line breaks are lost run on ("… as needed.,ALLERGIES: , None."): a phrase
 * of a known kind before a colon counts there too, after a full stop or a comma.
 * Part of an examination ("HEENT:", "Lungs:") is of the kind of what it stands in, and EXAM elsewhere.
 * Threads: pure.
 */
#pragma once
#include "text/token.h"

/* clang-format off */
#define SECTION_MAP(X)                                                                             \
    X(NONE)                                                                                        \
    X(OTHER) X(DEMOGRAPHICS) X(INDICATION) X(HISTORY) X(FAMILY_HISTORY) X(SOCIAL_HISTORY)          \
        X(MEDICATIONS) X(ALLERGIES) X(EXAM) X(LABS) X(TECHNIQUE) X(COMPARISON) X(FINDINGS)         \
            X(IMPRESSION) X(PLAN) X(ADDENDUM) X(SIGNATURE)
/* clang-format on */
enum section_kind {
#define X(name) SECTION_##name,
    SECTION_MAP(X)
#undef X
};
struct section {
    uint32_t header; /* token index of the header's first token; equals `body` when there is none */
    uint32_t body;   /* token index of the first token after the header */
    uint32_t end;    /* one past its last token */
    enum section_kind kind;
};
struct sections {
    struct section *v; /* in the arena; covers all tokens in order */
    uint32_t n;
};
MUST_USE err section_split(view text, const struct tokens *t, struct arena *a,
                           struct sections *out);
/* Is a header at token i? *body is the first token after it (and after a comma behind its colon). */
bool section_header_at(view text, const struct tokens *t, uint32_t i, uint32_t *body,
                       enum section_kind *kind);
