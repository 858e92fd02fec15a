/* tools/notegen/speak.h — a grammar speaks: one note after another, each with a seed of its own.
 *
 *     struct speaker s;  speaker_init(&s, &grammar, &wordlists, SIDE_TRAIN);
 *     speaker_begin(&s, seed);  speak_rule(&s, rule);          then s.note
 * Threads: one owner; grammar and lists may be shared.
 */
#pragma once
#include "grammar.h"
#include "note.h"
#include "people.h"
#include "text/civil.h"
#include "wordlists.h"

struct kept;
struct speaker {
    const struct grammar *g;
    const struct wordlists *lists;
    enum side side;
    struct stat_random r;
    struct note note;
    struct person people[WHO_MAX];
    int32_t today;   /* days; the day of the note */
    int date_style;  /* what this note's author writes */
    uint32_t silent; /* > 0: inside a label or where nothing counts */
    uint32_t depth;
    struct kept *kept; /* one a rule */
    uint32_t *said;    /* by mark of an alternative: the last note that said it */
    uint32_t note_number;
    struct arena arena; /* of this note */
};
void speaker_init(struct speaker *s, const struct grammar *g, const struct wordlists *w,
                  enum side side);
void speaker_clear(struct speaker *s);
void speaker_begin(struct speaker *s, uint64_t seed);
void speak_rule(struct speaker *s, const struct grammar_rule *r);
/* What rule r gives, as bytes without marks, into out (emptied first); the note is as it was. */
void speak_aside(struct speaker *s, const struct grammar_rule *r, struct buf *out);
/* Is the speaker's side one of those with rules of their own (grammar.h, enum side)? */
bool speaker_has_own_rules(const struct speaker *s);
/* The rule that a text begins with, on the speaker's side; NULL: none. */
const struct grammar_rule *speaker_find(const struct speaker *s, view name);
/* Does this value stand on the speaker's side? */
bool speaker_may_say(const struct speaker *s, view value);
