/* tools/notegen/plant.h — identifiers with known places, planted into notes that others wrote.
 *
 * First what looks real is taken out: every sentence that holds a title with a name, a month, a numeric
 * date, or anything the library's own rules find, is dropped whole. Then the grammar's rules put
 * identifiers in:
 *     plant_head   before the note            plant_tail   after it
 *     plant_name   in place of "The patient", "This is a 52-year-old …" and titles with a placeholder
 *                  ("Ms. ABC"); plant_doctor for "Dr. X"
 *     plant_line   sentences between the note's own
 * On the sides fresh, plain, known, known2 …: the same rules under names that begin with fresh_, plain_,
 * known_, known2_ …, and a chance of its own for every sentence, so that what other rules of the library
 * drop changes nothing elsewhere.
 * The patient's sex and age are those of the note. Sentences are ended by . ? ! or a line end; the
 * transcription service's ".," and ":," become line ends and blanks.
 * What is lost: sentences that the detection finds something in by mistake are dropped too, so that notes
 * planted here show fewer false alarms than notes do.
 * Threads: one owner.
 */
#pragma once
#include "detect/engine.h"
#include "speak.h"

struct planter {
    struct routes routes;
    struct arena arena; /* of one note */
    struct findings found;
    struct buf text;
    const struct grammar_rule *head, *tail, *name, *doctor, *line;
    uint64_t sentences, dropped, notes;
};
/* Takes the rules of the speaker's side. */
void planter_init(struct planter *p, const struct speaker *s);
void planter_clear(struct planter *p);
/* The note `text` (UTF-8) with identifiers planted, into s->note. */
void plant(struct planter *p, struct speaker *s, view text, uint64_t seed);
/* "id" and "text" of a JSON line, in the arena; false when it has them not. */
bool plant_read(view line, struct arena *a, view *id, view *text);
