/* detect/name_frame_inside.h — what the files of name_frame.c share.
 *
 * name_frame.c          what stands before the name: the words of it, and a word
 * name_frame_mark.c     a mark before the name
 * name_frame_behind.c   what stands behind it
 * name_letters.c        asks for moments
 * name_frame_two.c      frames that two persons fill, so that each is told by the other's place:
 *
 *     Handoff Corvella to Ansgard 07:40      blood checked Lindemar/Ostrova      Anesthesia Tressick/Vann
 *     Counts correct per Hartvig and Imsel   Ilvana and Torbin are joint decision makers
 *
 * name_frame_list.c   rows of persons behind one word for all of them:
 *
 *     Tried Okelva twice      sends a homemaker, Okelva, 4 hrs/wk      what needs the words on both sides
 *     kids Ilvana, Torbin, Amparo      cared for by Dr. Tarrow, Ilvana and Torbin      team Beckwater, Imsel
 *
 * name_frame_form.c   forms, orders, messages and rotas:
 *
 *     TORB Lindemar to Vann, read back      COPY    Lindemar; Vann      FW: Lindemar 335430      Rota: Ilvana early
 *     this vet, Lindemar, agreed            Plan agreed Ilvana, Torbin, Amparo.                  Lindemar's list
 *
 * name_frame_asked.c   what is asked of an assistant, a colleague or a search:
 *
 *     How is Tarrow doing?      explain Tarrow's lipase      a runner, Tarrow, has      leaflet for Tarrow before she goes
 *
 * Threads: pure. */
#pragma once
#include "detect/name_handover.h"
#include "detect/wordset.h"

enum { ARROW = 0x2192, DASH = 0x2013 };

/* ---- name_frame.c and name_frame_mark.c ---- */

enum {
    F_MEETS = 1 << 0,     /* with "w/" or "with": "seen w/ Chen" */
    F_WITH = 1 << 1,      /* that word */
    F_STRAIGHT = 1 << 2,  /* its name follows: "MRP Tobrell", "spelled Brenholt" */
    F_IS_WHO = 1 << 3,    /* "ride is Tovelle", "charge = Tovelle" */
    F_ACTED = 1 << 4,     /* "placed by Selmanov" */
    F_PARTICLE = 1 << 5,  /* between that verb and "by": "signed out 10/27 by" */
    F_CHILDREN = 1 << 6,  /* with a comma: "two kids, Ilvana and Torbin" */
    F_MAY = 1 << 7,       /* before, and a verb behind: "can Tavisha call" */
    F_CALLS = 1 << 8,     /* that verb */
    F_SOLE = 1 << 9,      /* its name ends what is said: "transferred, accepting Wexcott." */
    F_BEHIND = 1 << 10,   /* a role: "Prescriber DEA … on the bottle, Selmanov." */
    F_JOINT = 1 << 11,    /* the small words of these frames, before a name */
    F_AWAITS = 1 << 12,   /* "transport came for Lindemann" */
    F_KNOWN = 1 << 13,    /* "left name as Dusty" */
    F_STUDY = 1 << 14,    /* its number, then who read it: "Path 15-03580 (Tovelle)" */
    F_NUMBERED = 1 << 15, /* one of several: "RN 1 Petrov / RN 2 Doi" */
    F_LETTERS = 1 << 16,  /* of a trade, as a title: "MD Hartvig notified" */
    F_PENNED = 1 << 17,   /* its name and a day follow: "order renewed Ardelmo 2-23" */
    F_GREETS = 1 << 18,   /* "FYI Meredwyn:", "hey Meredwyn," */
    F_THANKS = 1 << 19,   /* "Thanks, Meredwyn" */
    F_WHEN = 1 << 20,    /* before, and what the name may do behind: "before Ilvana could verify" */
    F_DATED = 1 << 21,   /* ends with a comma and its name: "tolerated, Ilvana." */
    F_BOOKED = 1 << 22,  /* "late cancel Ostrandel - truck broke down" */
    F_REPORT = 1 << 23,  /* a name and a colon follow: "ID sign-off Kvistel: dapto" */
    F_SERVICE = 1 << 25, /* with an extension: "surgery = Beckwater 66123" */
    F_SEEING = 1 << 24,  /* with "for": "Thank you for seeing Kev Stainstone" */
};
extern struct wordset name_frame_words;

/* Does what is said stop behind token `last`, or go on with a mark, a number or a small word of the language? What
 * goes on with another word is a thing called after somebody: "performed by Seldinger technique". */
SELDOM bool name_frame_stops(const struct doc *d, uint32_t last);
/* "w/" or "with" up to token i, behind a verb of those who meet: its token, or -1. */
int64_t name_frame_met(const struct doc *d, int64_t i);
/* "Thank you" up to token i. */
bool name_frame_is_thanks(const struct doc *d, int64_t i);
/* Does token `last` end a line, or a sentence with a full stop behind it? */
bool name_frame_ends_sentence(const struct doc *d, uint32_t last);
/* Adds to *c what the mark before the name, at token i, tells. */
void name_frame_behind_mark(const struct doc *d, int64_t i, uint32_t last, struct name_context *c);

/* ---- all ---- */

/* Adds what stands beside people only to *c: the tokens of it, and who it speaks of. Before the first token is none. */
static inline void name_frame_told(int64_t cue_first, int64_t cue_last, enum finding_role role,
                                   struct name_context *c)
{
    name_context_reason(c, NAME_HANDOVER_POINTS, RULE_NAME_HANDOVER, (uint32_t)MAX(cue_first, 0),
                        (uint32_t)cue_last, role);
}

/* Do a day or a time of day stand at token i, and no count: "2-23", "8/5", "07:40"? */
bool name_is_moment(const struct doc *d, int64_t i);
/* Is the word at token i a name above all, or one that no list knows? */
bool name_is_new_or_usual(const struct doc *d, uint32_t i);
/* Adds to *c what stands behind the run first … last. */
void name_frame_behind(const struct doc *d, uint32_t first, uint32_t last, struct name_context *c);
/* The token of a form, an order or a message that asks for a person where the run first … last stands, or -1. */
int64_t name_frame_form(const struct doc *d, uint32_t first, uint32_t last);
/* The token of the word that says, alone or with the one behind, that the run first … last is a person, or -1. */
int64_t name_frame_list(const struct doc *d, uint32_t first, uint32_t last);
/* The token of the question or request that has a person where the run first … last stands, or -1. */
int64_t name_frame_asked(const struct doc *d, uint32_t first, uint32_t last);
/* The token of the word that says that the run first … last is one of two persons, or -1. */
int64_t name_frame_two(const struct doc *d, uint32_t first, uint32_t last);
