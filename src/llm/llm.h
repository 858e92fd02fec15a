/* llm/llm.h — a language model in a child process: a text in, a probability for each answer to each
 * question out.
 *
 *     struct llm_params p = llm_default_params();
 *     p.model = "qwen2.5-0.5b-instruct-q4_0.gguf";  p.task = &task;
 *     llm_open(&m, &p, &d);   llm_read(m, text, logp, &d);   llm_close(m);
 *
 * The model is never asked to write: each question is put behind the text and the labels are compared
 * where its answer would begin, so that an answer can't be anything but a label. The task's own words
 * are decoded once, and every text goes on from there. A text is data: nothing in it is read as one of
 * the model's control tokens, wherever it says so.
 *
 * cordon-llm has the model open and nothing else: no network, no files, no other program
 * (llm/child/child_sandbox.c). Foreign code never shares an address space with keys.
 * Threads: a struct llm belongs to one thread at a time; several may be open, and share the model's
 * memory through the page cache.
 */
#pragma once
#include "llm/wire.h"

enum { LLM_QUESTIONS_MAX = 128, LLM_LABELS_MAX = 16 };

/* What stands around a text, in order; the model's own template goes around the messages:
 *      WIRE_APART                 (instructions) (before TEXT after question) (lead ANSWER
 *      WIRE_BEGUN, WIRE_CHAINED   (instructions) (before TEXT after) (lead question ANSWER
 * and of a chained task the next question right behind. All borrowed until llm_open returns. */
struct llm_task {
    view instructions, before, after, lead;
    const view *questions;
    uint32_t n_questions; /* 0: each text brings its own (llm_ask) */
    const view *labels;   /* none may begin with another */
    uint32_t n_labels;
    enum wire_mode mode;
};
struct llm_params {
    const char *model; /* a GGUF file; borrowed for the call */
    const char *child; /* the program cordon-llm; NULL: beside the running program, or ../libexec */
    const char *cache; /* folder where decoded prefixes are kept; NULL: none are */
    const struct llm_task *task;
    unsigned threads;     /* of the child; 0: one a processor */
    uint32_t text_tokens; /* a longer text is ERR_LIMIT; default 2048 */
    uint64_t memory_max;  /* bytes of address space of the child beyond the model; 0: no limit */
    unsigned load_timeout_ms, text_timeout_ms; /* defaults 120,000 and 60,000 */
};
struct llm_facts { /* of a model that was loaded; text is the model's own, for a person to see */
    char description[128];
    uint64_t parameters, bytes;
    uint32_t prefix_tokens, vocabulary;
    bool has_template; /* else roles are told apart by line breaks alone */
    bool was_cached;
};
struct llm_params llm_default_params(void);

struct llm;
/* ERR_NOT_FOUND and others for files; ERR_FORMAT: not a GGUF file; ERR_CONFIG: the model or the task
 * can't be used (the diag says why); ERR_MEMORY: does not fit; ERR_TIMEOUT; ERR_SYSTEM: the child ended;
 * ERR_UNSUPPORTED: this program was built without a language model. */
MUST_USE err llm_open(struct llm **out, const struct llm_params *p, struct diag *d);
void llm_close(struct llm *m); /* ends the child */
const struct llm_facts *llm_facts(const struct llm *m);
/* logp[q * n_labels + l]: natural logarithm of the probability of label l among the labels of question q.
 * ERR_LIMIT: the text has too many tokens; ERR_TIMEOUT: it took too long, the child goes on with the next
 * one; ERR_SYSTEM: the child ended, and every later call says so. */
MUST_USE err llm_read(struct llm *m, view text, float *logp, struct diag *d);
/* The same for a task without questions: these are asked, n of them, 1 to LLM_QUESTIONS_MAX. */
MUST_USE err llm_ask(struct llm *m, view text, const view *questions, uint32_t n, float *logp,
                     struct diag *d);
/* Tokens of the text last read, as the model's vocabulary cuts it. */
uint32_t llm_text_tokens(const struct llm *m);
/* May be called from another thread or a signal handler: a llm_read under way ends with ERR_CANCELLED. */
void llm_cancel(struct llm *m);
