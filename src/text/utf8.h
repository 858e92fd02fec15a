/* text/utf8.h — reading and checking UTF-8 (RFC 3629: no overlong forms, no surrogates).
 * Threads: pure. */
#pragma once
#include "base/base.h"

/* Byte offset of the first ill-formed sequence, or v.n when all of v is well-formed. */
size_t utf8_bad_at(view v);
/* True when every byte is below 0x80. */
bool utf8_is_ascii(view v);
/* The code point at *pos, which is moved past it. v must be well-formed and *pos < v.n. */
uint32_t utf8_next(view v, size_t *pos);
/* Code points in v (well-formed). */
size_t utf8_count(view v);
/* 1–4 bytes into out; returns how many. cp must be a scalar value. */
size_t utf8_put(uint32_t cp, char out[4]);
