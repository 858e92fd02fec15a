/* format/format.h — files as decoded texts with a role, and the same file back with texts changed.
 *
 * A format splits a stream into records (a whole text, a JSON line, a message), and a record into
 * pieces: each a UTF-8 text, the field it came from, and a map to the record's bytes. Writing back
 * copies the record and replaces mapped byte ranges only, each replacement spelled as that place
 * needs (JSON escapes, an encoding, later entities and HL7 escapes), so bytes outside an edit are
 * unchanged by construction. A format knows nothing of identifiers.
 * Threads: a struct format is immutable; records and arenas belong to one thread.
 */
#pragma once
#include "base/arena.h"
#include "base/buf.h"
#include "base/diag.h"
#include "text/edit.h"
#include "text/encoding.h"
#include "text/offsets.h"

enum { DOCUMENT_MAX = 16 << 20 }; /* default largest record, bytes */

enum piece_role {
    ROLE_TEXT, /* prose: everything in it is looked at */
    ROLE_ID,   /* the record's own identifier; looked at like prose, and copied into reports */
    /* issue by issue: ROLE_NAME, ROLE_DATE, … for fields whose meaning the format knows */
};
enum piece_spelling { SPELL_PLAIN, SPELL_JSON_STRING, SPELL_JSON_NUMBER };

struct piece {
    view text;             /* well-formed UTF-8, borrowed from the record or in its arena */
    view field;            /* key or field name, "" when there is none; may hold clear text */
    struct offset_map map; /* text to record bytes, counted from `base` */
    uint32_t base;         /* where in the record the map's source begins */
    enum piece_role role;
    enum piece_spelling spelling;
    enum encoding encoding; /* of the record */
};
struct record {
    view bytes; /* as in the file, with its line end */
    view id;    /* decoded, "" when it has none */
    struct piece *pieces;
    uint32_t n;
};

struct format {
    const char *name; /* "text", "jsonl", "json" */
    bool is_lines;    /* records are lines; else the whole input is one */
    bool has_fields;  /* pieces come from named fields; else the one piece is the whole text */
    /* Does the head of a stream (up to 4 KB) look like this format? */
    bool (*sniff)(view head);
    /* Splits one record; `bytes` is borrowed. ERR_FORMAT and ERR_ENCODING carry the offset in it. */
    err (*decode)(view bytes, enum encoding enc, struct arena *a, struct record *out,
                  struct diag *d);
};
const struct format *format_by_name(view name); /* NULL when unknown */
const struct format *format_sniff(view head);   /* never NULL: text is the last resort */

/* Appends r's bytes to out with edits[i] applied to piece i (r->n of them). On failure out is as it
 * was. ERR_ENCODING when a replacement can't be spelled, ERR_MEMORY, ERR_LIMIT. */
MUST_USE err format_write(const struct record *r, const struct edits *edits, struct buf *out,
                          struct diag *d);
