/* detect/name_frame_inside.h — what the files of name_frame.c share.
 *
 * name_frame.c          what stands before the name
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

enum { ARROW = 0x2192, DASH = 0x2013 };

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
