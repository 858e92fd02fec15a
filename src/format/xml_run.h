/* format/xml_run.h — character data of a document, event by event, as one text with its way back.
 *
 *      Jo<b>hn</b> &amp; <br/>Doe        John & ⏎Doe
 *
 * Pieces of character data that touch are one stretch; between others lies markup, which the map keeps
 * as a gap, with one character for it in the text where asked.   Threads: one owner.
 */
#pragma once
#include "format/format.h"

struct xml_run {
    struct arena *arena; /* borrowed */
    view bytes;          /* of the record */
    enum encoding encoding;
    bool begun;
    bool is_plain; /* the text is bytes [base, end) of the record */
    bool has_gaps;
    char before_next; /* what stands for the markup before the next stretch; 0: nothing */
    uint32_t base, end;
    char *p;
    uint32_t n, cap;
    struct offset_builder marks;
};

void xml_run_init(struct xml_run *r, view bytes, enum encoding enc, struct arena *a);
/* `text` (UTF-8) came from bytes [from, to), which do not begin before the last ones ended. It is a
 * whole or part of character data, or, when is_atomic, one character by another spelling. ERR_MEMORY. */
MUST_USE err xml_run_add(struct xml_run *r, view text, uint32_t from, uint32_t to, bool is_atomic);
/* There is markup here that a reader sees as a new line, or does not see at all (0). */
void xml_run_break(struct xml_run *r, char mark);
/* The text so far into p's text, map, base and has_gaps, and begins anew. False when there is none but
 * white space. */
bool xml_run_take(struct xml_run *r, struct piece *p);
