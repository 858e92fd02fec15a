/* detect/site_terms.h — a site's own lists: what is never an identifier, what always is, who is known.
 *
 *     struct site_terms *t;  site_terms_new(&t);
 *     site_terms_add(t, VIEW("Ward 7 North"), (struct site_term){ SITE_DENY, LABEL_LOCATION });
 *     … struct detect_params p = { .lexicon = …, .terms = t };
 *
 * All phrases are one table of hashed prefixes: a token that begins none costs one look-up, whatever the
 * size of the lists.   Threads: fill it from one thread; then it is immutable and shared.
 */
#pragma once
#include "detect/doc.h"

enum site_kind {
    SITE_ALLOW,      /* a finding that lies wholly inside it is none */
    SITE_DENY,       /* always a finding */
    SITE_KNOWN,      /* of a roster: a full name, or a number */
    SITE_KNOWN_WORD, /* of a roster: a family name, found by itself where it is surely no other word */
};
struct site_term {
    enum site_kind kind;
    enum label label;       /* DENY and KNOWN */
    enum finding_role role; /* KNOWN NAME; of several the one that protects most is kept */
};
enum {
    SITE_TERMS_MAX = 8 << 20, /* phrases */
    SITE_CHARACTERS_MIN = 2,  /* letters and digits in a phrase */
    SITE_DIGITS_MIN = 4,      /* in one without letters, but for an allowed one */
};

struct site_terms;
MUST_USE err site_terms_new(struct site_terms **out);
void site_terms_free(struct site_terms *t); /* wiped */
/* OK; ERR_FORMAT when the phrase is too short to be told from ordinary text; ERR_EXISTS when it is there
 * already as the same, or when it would be both allowed and denied (roster phrases may repeat: OK);
 * ERR_LIMIT, ERR_MEMORY. Unchanged when it fails, but that prefixes may stay. */
MUST_USE err site_terms_add(struct site_terms *t, view text, struct site_term what);

struct site_span {
    uint32_t start, end;
};
struct site_spans {
    struct site_span *v; /* in the document's arena, by start */
    uint32_t n, cap;
};
/* Appends what is denied and known to `out`, and the places of allowed phrases to `allowed`. OK,
 * ERR_MEMORY or ERR_LIMIT. */
MUST_USE err site_terms_find(const struct site_terms *t, const struct doc *d, struct findings *out,
                             struct site_spans *allowed);
/* Drops the findings that lie wholly inside an allowed phrase, but for those that a checksum or a
 * roster vouches for. */
void site_terms_drop(const struct site_spans *allowed, struct findings *f);
