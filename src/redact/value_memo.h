/* redact/value_memo.h — what values became, for when they come again.
 *
 * Columns of tables repeat: towns, given names, dates. What a value becomes follows from the params, the action,
 * the label, the part and its bytes alone, unless a date moves with its patient; so it is worked out once, and
 * nobody can tell from the result. Bounded: two values a slot, one that has come again and the last one that
 * has not, so that a column of numbers which never repeat can't push out a column of towns.
 * Threads: one owner, as the scratch that it belongs to.
 */
#pragma once
#include "redact/rewrite.h"

struct value_memo;
MUST_USE err value_memo_new(struct value_memo **out);
void value_memo_free(struct value_memo *m); /* wiped; NULL is fine */
/* From here on for `of`, a random number that stands for params and domain; what was kept for another one is
 * wiped. */
void value_memo_serve(struct value_memo *m, uint64_t of);

/* The value in r's hand, treated with `action`: puts what it became. *known is false when it has not been seen;
 * r is as it was then. */
MUST_USE err value_memo_put(struct value_memo *m, enum action action, struct rewrite *r,
                            bool *was_masked, bool *known);
/* Keeps r->v[first …] as what the value in r's hand became, if both are short. */
void value_memo_keep(struct value_memo *m, enum action action, const struct rewrite *r,
                     uint32_t first, bool was_masked);
