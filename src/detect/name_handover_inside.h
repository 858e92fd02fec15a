/* detect/name_handover_inside.h — what the files of name_handover*.c share.
 *
 * name_handover.c        the words, and what stands before a name
 * name_handover_after.c  what stands behind it
 *
 * Threads: pure. */
#pragma once
#include "detect/name_handover.h"
#include "detect/wordset.h"

enum {
    W_BED = 1,         /* its number, then its patient */
    W_CLOSING = 2,     /* whoever writes signs on the line below */
    W_HANDED = 4,      /* with a preposition: "given to", "relieved by" */
    W_TO = 8,          /* that preposition */
    W_COVERS = 16,     /* "covering for" */
    W_DOES = 32,       /* what only people do or are */
    W_SERVICE = 64,    /* a department, as doctors call it */
    W_TELL = 128,      /* somebody is to be told, asked, thanked */
    W_STAFF = 256,     /* stands before a name as a title does: "SW Otebe" */
    W_COMES = 512,     /* ends what ", a carpenter" began */
    W_OUR = 1024,      /* ", our 20 y/o female" */
    W_TOGETHER = 2048, /* a verb of several: "Ann and Bo live" */
    W_ARTICLE = 4096,
    W_ACTS = 8192, /* "to follow": what a colleague is to do */
    W_SEX = 16384,
    W_DEPARTMENT = 32768, /* where somebody works: "Yevgeny in micro" */
    W_TRADE = 65536,      /* in brackets behind a name: "(volunteer)" */
    W_BESIDES = 131072,   /* before a name in brackets: "transport (Deshawn)" */
    W_PAGED = 262144,     /* ", pgr 6614" */
    W_TOLD = 524288,      /* somebody was told: so many were that a capital must say who */
    W_SAYS = 1048576,     /* what somebody of a service does next */
};
extern struct wordset name_handover_words;

/* Adds to *c that tokens cue_first … cue_last stand beside people only. */
SELDOM void name_handover_told(int64_t cue_first, int64_t cue_last, enum finding_role role,
                               struct name_context *c);
/* Adds to *c what stands behind the run first … last. */
void name_handover_after(const struct doc *d, uint32_t first, uint32_t last,
                         struct name_context *c);
