/* deid/second_reader.h — a model that reads what de-identification left of a record, and names what still
 * identifies someone.
 *
 *     record ─ examine ─▶ edits ─▶ what is left, with tags ─ model ─▶ words ─▶ findings, added
 *
 * It can only add. What it names must stand in the text, letter by letter (white space aside), outside
 * every tag; each place where it does is a finding, cut to whole words. They are masked, or tagged where
 * the run tags: nothing plausible takes the place of what only a model took for an identifier. What the
 * profile keeps stays.
 * A reader that fails, is late, names what is not there, or names too much, fails the record; or, when it
 * may fail, the record goes on without it and is counted (deid_counts.unread).
 * Threads: the interface is shared and immutable; a session belongs to one thread.
 */
#pragma once
#include "base/arena.h"
#include "base/diag.h"
#include "detect/label.h"

enum {
    READER_NAMED_MAX = 64,  /* words named in one text */
    READER_WORDS_MAX = 200, /* bytes of one of them */
    READER_TEXT_MAX =
        6000, /* bytes shown at once; a longer record is read in parts, cut at line ends */
};
struct reader_named {
    view words;
    enum label label;
    float score;
};
struct reader_answer {
    struct reader_named v[READER_NAMED_MAX];
    uint32_t n;
};
struct second_reader {
    void *ctx;
    err (*open)(void *ctx, void **session, struct diag *d);
    void (*close)(void *session);
    /* `left`: well-formed UTF-8, at most READER_TEXT_MAX bytes. Words live in the arena or in `left`.
     * ERR_MODEL, ERR_TIMEOUT, ERR_CANCELLED, ERR_MEMORY; after ERR_SYSTEM the session is at its end. */
    err (*read)(void *session, view left, struct arena *a, struct reader_answer *out,
                struct diag *d);
    bool may_fail;
};
/* Bytes of the placeholder that begins at text[at], 0 when none does: [NAME], [NAME-7QK2], [**…**]. */
size_t reader_placeholder(view text, size_t at);
