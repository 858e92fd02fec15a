/* llm/child/child.h — inside cordon-llm: a model, a task, and texts that go on from a shared prefix.
 *
 *      sequence 0      the template's head, instructions, before              decoded once, or from the cache
 *      sequence 1      … TEXT after                                     once a text
 *      sequence 2 + i  … … question i, the template's tail, lead        all questions in one batch
 *
 * A sequence that goes on from another shares its cells; nothing is copied. WIRE_BEGUN has the tail and
 * lead in sequence 1, and question i alone in 2 + i. WIRE_CHAINED has sequence 1 alone: … tail, lead,
 * question 1, answer 1, question 2 …
 * Threads: one, but for those of ggml.
 */
#pragma once
#include <llama.h>

#include "base/arena.h"
#include "llm/llm.h"
#include "llm/spawn.h"

struct toks {
    llama_token *v;
    int32_t n;
};
struct child {
    struct arena arena; /* tokens of the task */
    struct arena per_text;
    struct llama_model *model;
    struct llama_context *ctx;
    const struct llama_vocab *vocab;
    llama_memory_t memory;
    struct llama_batch batch;
    int32_t text_tokens, group; /* most tokens of a text; questions at once */
    enum wire_mode mode;
    struct toks head, middle; /* before and behind a text */
    struct toks tail;         /* behind a question: WIRE_APART */
    struct toks question[LLM_QUESTIONS_MAX], label[LLM_LABELS_MAX];
    uint32_t n_questions, n_labels;
    bool brings_questions; /* each text has its own */
    bool has_template, was_cached;
    const char *why; /* one of LLM_REASONS, when a function failed */
};

/* Loads the model on LLM_FD_MODEL and decodes the prefix (child_load.c). */
MUST_USE err child_load(struct child *c, view load);
void child_clear(struct child *c);
/* Cuts `v` into tokens in `a`. `special`: control tokens of the model are read as such; never for a text
 * or a question. */
MUST_USE err child_tokenize(struct child *c, struct arena *a, view v, bool begins, bool special,
                            struct toks *out);
/* The questions that came with a text, in place of those of the text before (child_score.c). */
MUST_USE err child_take_questions(struct child *c, struct wire_reader *r);
/* Log probabilities of the labels for each question (child_score.c). */
MUST_USE err child_score(struct child *c, view text, float *logp, uint32_t *tokens);
/* Tokens [0, n) of t appended to the batch, in sequence `seq` from position `at` on; logits for the last
 * one when `ask`. The batch has room. */
void child_batch_add(struct child *c, const struct toks *t, int32_t at, int32_t seq, bool ask);
/* Decodes the batch and empties it. */
MUST_USE err child_decode(struct child *c);
/* The prefix from or to LLM_FD_CACHE (child_cache.c); a cache that is of no use is passed over. */
bool child_cache_read(struct child *c);
void child_cache_write(struct child *c);
/* From here on nothing can be opened, connected to or started (child_sandbox.c). */
MUST_USE err child_sandbox(void);
/* Tries what must be refused; the exit status for main: 0 when all of it was. */
int child_sandbox_prove(void);
