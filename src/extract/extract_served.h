/* extract/extract_served.h — what a model in a server (llm/chat.h) is asked about a report, and what of its
 * answer counts.
 *
 *     {"Edema":{"status":"present","quote":"mild interstitial edema"},"Fracture":{…}, …}
 *
 * Such a model writes, where llm/llm.h compares; so its answer is taken only whole: one JSON object, every
 * finding of the schema once and nothing else, a status of the four. Else the report has failed. A quote is
 * evidence where it stands in the report, and nothing where it does not.
 * Threads: pure.
 */
#pragma once
#include "clinical/context.h"
#include "clinical/schema.h"
#include "llm/chat.h"

enum {
    SERVED_TEXT_MAX = 16 << 10
}; /* bytes of a report sent at once; a longer one is read in parts */

/* A server asked about findings of `s`; p->task is set here. As chat_server_open; ERR_CONFIG also for a
 * finding without a question. */
MUST_USE err served_open(struct chat_server **out, const struct schema *s,
                         const struct chat_params *p, struct diag *d);

struct served_finding {
    uint8_t status; /* enum status */
    view quote;     /* of the model: perhaps of the report */
};
/* out[i] for finding i; quotes live in `words` or the arena. ERR_MODEL, ERR_MEMORY. */
MUST_USE err served_answer_read(const struct schema *s, view words, struct arena *a,
                                struct served_finding *out, struct diag *d);
