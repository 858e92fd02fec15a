/* format/hl7_text.h — texts of an HL7 v2 message out of its escapes and its character set.
 *
 *      \F\ \S\ \T\ \R\ \E\ \P\      the separators, the escape and the truncation mark
 *      \X0D0A\                      bytes of the message's character set
 *      \.br\ \.sp3\ \.ce\           a new line; \.in+4\ \.ti-2\ \.sk2\ \.fi\ \.nf\ a blank, within a
 *                                  word a new line too: who looks for a word can look across one
 *      \H\ \N\ \C2842\              nothing (highlighting; back to ASCII)
 *      anything else                itself, marks and all: \Zpage3\, C:\reports\
 *
 * Source: HL7 v2.8, 2.7.   Threads: pure.
 */
#pragma once
#include "format/format.h"

/* The marks of a message; 0 for one that it does not declare, which no text holds. */
struct hl7_marks {
    char field, component, repetition, escape, subcomponent;
};
/* A stretch of a text, bytes [from, to) of the record. Between stretches is structure; in the text one
 * character stands for it. */
struct hl7_stretch {
    uint32_t from, to;
    char before; /* of the first one it has no meaning */
};
struct hl7_source {
    view bytes; /* the record's, without NUL; well-formed when encoding is UTF-8 */
    enum encoding encoding;
    struct hl7_marks marks;
};

/* The text of n stretches (n > 0), as p->text, map, base and has_gaps. Borrowed from the record when
 * it is all there. ERR_UNSUPPORTED for an escape to another character set, ERR_ENCODING, ERR_MEMORY. */
MUST_USE err hl7_text(const struct hl7_source *s, const struct hl7_stretch *v, uint32_t n,
                      struct arena *a, struct piece *p, struct diag *d);
/* How names of character sets in MSH-18 (table 0211, and what is seen) are read. ENC_AUTO: unknown, or
 * none that can be read. */
enum encoding hl7_charset(view name);
/* A name of plain ASCII, which senders leave there whatever they send. */
bool hl7_charset_is_ascii(view name);
