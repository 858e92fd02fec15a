/* clinical/context_inside.h — what the files of context.c share.
 *
 * context.c         sentences: of each mention its statement, choices between two, the other side
 * context_judge.c   what is said of one mention: side, severity, course, status
 * context_reach.c   its clause, and the cues that reach it
 *
 * Threads: a scratch each. */
#pragma once
#include "clinical/context.h"
#include "clinical/sentence_hits.h"

enum { CONTEXT_VALUE_BEFORE = 5 }; /* words from a value to the mention behind it, at most */

/* A mention while it is judged. */
struct judging {
    const struct sentence_hits *h;
    const struct mention *m;
    uint32_t begin, end; /* the clause */
    uint32_t reach;      /* a bit for each kind of cue that reaches the mention */
    uint8_t side;
    const struct cue_hit *by[CUE_KINDS];
};

/* Does a cue of kind k reach it? */
static inline bool judging_has(const struct judging *j, enum cue_kind k)
{
    return j->reach >> k & 1;
}

/* Does the symbol stand in words [from, to)? */
static inline bool judging_between(const struct judging *j, uint16_t symbol, uint32_t from,
                                   uint32_t to)
{
    return from < to && hits_symbol_inside(j->h, symbol, from, to);
}

/* ---- context_reach.c ---- */

/* Sets where its clause begins and ends. */
void judging_find_clause(struct judging *j);
/* Does a verb begin in words [from, to)? */
bool judging_verb_between(const struct judging *j, uint32_t from, uint32_t to);
/* Does a mention begin there? `others_only`: of another finding. */
bool judging_mention_between(const struct judging *j, uint32_t from, uint32_t to, bool others_only);
/* Is its finding a thing that stays once it is there? */
bool judging_is_lasting(const struct judging *j);
/* Sets which cues of its clause reach it. */
void judging_gather(struct judging *j);

/* ---- context_judge.c ---- */

/* What its sentence says of mention m. */
void context_judge_mention(const struct sentence_hits *h, const struct mention *m,
                           const struct context_options *o, const struct sentence_span *span,
                           struct statement *st);
