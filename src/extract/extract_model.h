/* extract/extract_model.h — what a language model says of a report's findings: one in a child process
 * (llm/llm.h), or one in a server of the house (llm/chat.h, extract/extract_served.h).
 *
 *      PARALLEL   each finding a question of its own, all in one batch, answered by one of four labels
 *      ONE_STEP   one JSON object for all findings, each answer seeing those before it
 *      STEPS      three questions a finding: present? absent? might it be otherwise?
 *
 * ONE_STEP and STEPS are the prompts of Mukherjee and others (Radiology 2023) asked by comparing labels;
 * PARALLEL is faster than both. A report with more tokens than the model is given is read in parts, cut
 * at an empty line or else the end of a line nearest its middle; what a part has present outweighs
 * uncertain, that absent, and that not mentioned. A server is asked as in ONE_STEP, with a quote for each
 * answer; how long a text its model takes is not known, so parts are of 16 KB there.
 * Threads: options are shared; a reader, which has a process or a connection of its own, belongs to one
 * thread.
 */
#pragma once
#include "clinical/context.h"
#include "clinical/schema.h"
#include "llm/chat.h"
#include "llm/llm.h"

enum model_strategy { MODEL_PARALLEL, MODEL_ONE_STEP, MODEL_STEPS };
struct model_options {
    const struct schema *schema; /* borrowed */
    enum model_strategy strategy;
    struct llm_params llm; /* but for the task */
    /* of served_open, for the same schema; borrowed. NULL: `llm` */
    const struct chat_server *server;
};
struct model_answer {
    uint8_t status; /* enum status */
    float score;    /* probability of present, and half of that of uncertain */
};
struct model_reading {
    uint32_t parts; /* in how many the report was read */
    /* Where what a server's model quoted for its answers stands, in text order; in the arena. */
    struct statements quotes;
    uint64_t unquoted; /* a bit a finding: answered by a server's model without such a quote */
};
struct model_reader;
/* As llm_open or chat_new; ERR_CONFIG also for a finding without a question. */
MUST_USE err model_reader_new(struct model_reader **out, const struct model_options *o,
                              struct diag *d);
void model_reader_free(struct model_reader *r);
/* NULL when the model is in a server. */
const struct llm_facts *model_reader_facts(const struct model_reader *r);
/* out[i] for finding i of the schema. As llm_read or chat_ask. */
MUST_USE err model_reader_read(struct model_reader *r, view text, struct arena *a,
                               struct model_answer *out, struct model_reading *reading,
                               struct diag *d);
