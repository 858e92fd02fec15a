/* detect/engine.h — text in, findings out.
 *
 *     struct detect *d;  detect_new(&d, lexicon_builtin());
 *     struct detect_scratch *s;  detect_scratch_new(&s);          one a thread
 *     findings_init(&f, DETECT_MAX);  detect_text(d, s, text, field, &f);
 *
 * Threads: struct detect is immutable and shared; a scratch belongs to one thread at a time.
 */
#pragma once
#include "detect/finding.h"
#include "detect/tagger.h"
#include "lexicon/lexicon.h"
#include "text/written_date.h"

enum { DETECT_MAX = 1 << 22 }; /* findings in a text, at most */

/* AUTO: by the text's own function words (detect/language.h). */
enum detect_language { DETECT_ENGLISH, DETECT_SPANISH, DETECT_AUTO };

struct detect;
struct detect_scratch;
struct site_terms;
struct site_patterns;
struct known_list;
struct detect_params { /* all borrowed for the engine's life */
    const struct lexicon *lexicon;
    const struct site_terms *terms;       /* detect/site_terms.h; NULL: none */
    const struct site_patterns *patterns; /* detect/site_pattern.h; NULL: none */
    enum date_order date_order;           /* of 3/5/2021, where both are possible */
    enum detect_language language;
    enum recall recall;            /* detect/tagger.h; 0: high */
    const struct tag_model *model; /* in place of the one inside the program; NULL: none */
};
MUST_USE err detect_new(struct detect **out, const struct lexicon *l);
MUST_USE err detect_new_with(struct detect **out, const struct detect_params *p);
void detect_free(struct detect *d);
MUST_USE err detect_scratch_new(struct detect_scratch **out);
/* For runs over many records: short texts that come again are looked through once (detect/seen.h). They stay
 * in memory, 1 MB of them at most, until the scratch is freed. ERR_MEMORY. */
MUST_USE err detect_scratch_remember(struct detect_scratch *s);
/* Shows what the tagger leaves in doubt to `tap` (detect/tag_judge.h) in place of having it judged; NULL: no more. For training.
 * It is borrowed, and its bytes are those of `text` as it was given. */
struct tag_tap;
void detect_scratch_tap(struct detect_scratch *s, const struct tag_tap *tap);
void detect_scratch_free(struct detect_scratch *s); /* wiped */

/* Findings of `text` (well-formed UTF-8 of at most DOCUMENT_MAX bytes) in text order, never overlapping, in
 * bytes of `text`. `field` names where the text came from, or is empty. *out is emptied first, and
 * empty when this fails. ERR_MEMORY or ERR_LIMIT. */
MUST_USE err detect_text(const struct detect *d, struct detect_scratch *s, view text, view field,
                         struct findings *out);
/* The same, and what `known` holds (detect/known.h; NULL: nothing) is found as well. */
MUST_USE err detect_text_known(const struct detect *d, struct detect_scratch *s, view text,
                               view field, const struct known_list *known, struct findings *out);

/* A text among others. All but `result` is the caller's. */
struct detect_task {
    view text, field;
    const struct known_list *known; /* NULL: nothing */
    struct findings *out;           /* each task its own */
    err result;                     /* as detect_text returns it */
};
/* The same for several texts (TUNE_TOGETHER_MAX at most), each for itself and as if it were alone: they share the code
 * that is fetched for them, not what is found. */
void detect_together(const struct detect *d, struct detect_scratch *s, struct detect_task *v,
                     uint32_t n);
