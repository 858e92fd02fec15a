/* llm/wire.h — what cordon and its child cordon-llm say to each other over a socket pair.
 *
 *      frame    u32 type · u32 length · length bytes          all numbers little-endian
 *
 *      cordon ─ LOAD ────▶ child      once, first             ◀─ LOADED or FAILED
 *      cordon ─ TEXT ────▶ child      any number              ◀─ ANSWER or FAILED, in order
 *      cordon ─ CANCEL ──▶ child      while a TEXT is read    ◀─ FAILED for it
 *      cordon closes its end: the child ends
 *
 *   LOAD     "CORDLLM" 0 · u32 WIRE_VERSION · u32 threads · u32 most tokens of a text · u32 mode
 *            · str instructions · str before · str after · str lead
 *            · u32 questions · str … · u32 labels · str …
 *   LOADED   u32 tokens of the prefix · u32 vocabulary · u8 the model has a template · u8 prefix was cached
 *            · u64 parameters · u64 bytes · str description
 *   TEXT     str text · u32 questions · str …: where LOAD brought none, each text brings its own
 *   ANSWER   u32 tokens of the text · u64 questions × labels floats: log probabilities among the labels
 *   FAILED   u32 err · str why, one of the child's own literals: never a byte of a text
 *   str      u32 length · bytes
 *
 * Threads: pure but for the descriptor.
 */
#pragma once
#include "base/buf.h"
#include "base/diag.h"

enum { WIRE_VERSION = 3, WIRE_FRAME_MAX = 64 << 20 };
#define WIRE_MAGIC "CORDLLM"
/* clang-format off */
enum wire_type {
    WIRE_LOAD = 1, WIRE_LOADED, WIRE_TEXT, WIRE_ANSWER, WIRE_CANCEL, WIRE_FAILED,
};
/* clang-format on */
enum wire_mode {
    WIRE_APART,   /* every question in a sequence of its own, all in one batch */
    WIRE_BEGUN,   /* the same, but the question begins the answer: what all share is longer */
    WIRE_CHAINED, /* one after the other, each seeing the answers before it */
};

/* Writing: appended to a payload. OK, ERR_MEMORY, ERR_LIMIT. */
MUST_USE err wire_put_u32(struct buf *b, uint32_t x);
MUST_USE err wire_put_u64(struct buf *b, uint64_t x);
MUST_USE err wire_put_float(struct buf *b, float x);
MUST_USE err wire_put_str(struct buf *b, view v);

/* Reading: each takes its part from the front; ERR_CORRUPT when it is not there. */
struct wire_reader {
    view rest;
};
MUST_USE err wire_get_u32(struct wire_reader *r, uint32_t *x);
MUST_USE err wire_get_u64(struct wire_reader *r, uint64_t *x);
MUST_USE err wire_get_float(struct wire_reader *r, float *x);
MUST_USE err wire_get_str(struct wire_reader *r, view *v); /* borrowed */

/* A whole frame. Sending never raises SIGPIPE: an end that is gone is ERR_SYSTEM. */
MUST_USE err wire_send(int fd, enum wire_type type, view payload);
/* The next frame's payload into *out (reset first). ERR_TIMEOUT when it has not come whole after
 * timeout_ms (< 0: waits for ever), ERR_SYSTEM when the other end is gone, ERR_CORRUPT for a frame that
 * can't be. */
MUST_USE err wire_receive(int fd, int timeout_ms, uint32_t *type, struct buf *out);
