/* base/err.h — every way an operation can fail, in one table.
 *
 * The text is what an operator reads; it never holds input. Where it happened is in struct diag.
 */
#pragma once

#define ERR_MAP(X)                                                                                 \
    X(OK, "done")                                                                                  \
    X(ERR_MEMORY, "out of memory")                                                                 \
    X(ERR_LIMIT, "larger than the limit allows")                                                   \
    X(ERR_IO, "could not read or write")                                                           \
    X(ERR_NO_SPACE, "no space left to write")                                                      \
    X(ERR_NOT_FOUND, "no such file or folder")                                                     \
    X(ERR_PERMISSION, "permission denied")                                                         \
    X(ERR_EXISTS, "exists already")                                                                \
    X(ERR_ENCODING, "not text in a known encoding")                                                \
    X(ERR_FORMAT, "not well-formed")                                                               \
    X(ERR_UNSUPPORTED, "understood, but not supported")                                            \
    X(ERR_CORRUPT, "damaged: checksum or structure does not hold")                                 \
    X(ERR_VERSION, "written by another version")                                                   \
    X(ERR_USAGE, "wrong use")                                                                      \
    X(ERR_CONFIG, "wrong configuration")                                                           \
    X(ERR_KEY, "key missing, unreadable or not private")                                           \
    X(ERR_CANCELLED, "cancelled")                                                                  \
    X(ERR_TIMEOUT, "took longer than the limit allows")                                            \
    X(ERR_SYSTEM, "the operating system refused")                                                  \
    X(ERR_MODEL, "the language model gave no answer")

typedef enum err {
#define X(name, text) name,
    ERR_MAP(X)
#undef X
} err;

/* Static storage, never NULL. */
const char *err_name(err e);
const char *err_text(err e);
