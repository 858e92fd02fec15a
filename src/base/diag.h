/* base/diag.h — where and why something failed, without a byte of what it failed on.
 *
 * A caller passes one struct diag down; the function that finds the fault fills it. `what` is always
 * a string literal: the type of diag_set's argument is enforced by the DIAG macro. File names are
 * input too: places are counted (third input, 17th record), never named.
 */
#pragma once
#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "base/view.h"

struct diag {
    err code;
    const char *what; /* a literal: "unpaired surrogate in a JSON string" */
    uint64_t input;   /* 1-based ordinal of the input; 0: none */
    uint64_t record;  /* 1-based ordinal of the record (line, message) in it; 0: none */
    uint64_t offset;  /* byte offset in the input; meaningful if has_offset */
    uint64_t length;  /* bytes concerned; 0: unknown */
    uint64_t lines; /* that lie in the record when they are more than it should have; 0: not said */
    /* 1-based, of a configuration file; column also of a table's row: the cell. 0: none */
    uint32_t line, column;
    const char
        *segment; /* of a message, a name out of a table, never of the input; NULL: another */
    uint32_t segment_number, field; /* 1-based ordinals in the message and the segment; 0: none */
    /* Of a resource: where in it, in names of the standard and numbers, never of the input; "": not said.
     * A longer one ends with "...". */
    char element[96];
    bool has_offset;
    int os; /* errno, or 0 */
};

/* Fill *d (d may be NULL) unless it is filled already (the deepest place wins), and return e. */
#define DIAG(d, e, what) diag_set((d), (e), "" what)
#define DIAG_AT(d, e, what, offset, length) diag_set_at((d), (e), "" what, (offset), (length))
#define DIAG_LINE(d, e, what, line, column) diag_set_line((d), (e), "" what, (line), (column))
#define DIAG_OS(d, what) diag_set_os((d), "" what) /* code from errno */
err diag_set(struct diag *d, err e, const char *literal);
err diag_set_at(struct diag *d, err e, const char *literal, uint64_t offset, uint64_t length);
err diag_set_line(struct diag *d, err e, const char *literal, uint32_t line, uint32_t column);
/* Says in which segment and field of a message the fault that *d tells of lies, unless that is said. */
void diag_in_segment(struct diag *d, const char *segment, uint32_t number, uint32_t field);
/* Says in which element the fault that *d tells of lies; `path` must hold no byte of the input. */
void diag_in_element(struct diag *d, view path);
err diag_set_os(struct diag *d, const char *literal);
/* The err for an errno value: ENOENT gives ERR_NOT_FOUND, ENOSPC and EDQUOT ERR_NO_SPACE … */
err err_from_errno(int os);

struct buf;
/* One line for a person: "input 3, record 17, byte 5120: not well-formed: unpaired surrogate…".
 * Appends to out; OK, ERR_MEMORY or ERR_LIMIT. */
err diag_print(const struct diag *d, struct buf *out);
