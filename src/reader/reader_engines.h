/* reader/reader_engines.h — a second reader (deid/second_reader.h): a model in a file (llm/llm.h) or in a server of
 * the house (llm/chat.h).
 *
 *     struct reader_model m = { .params = llm_default_params() };  m.params.model = "model.gguf";
 *     params.reader = &reader;   with   reader = reader_model(&m);
 *
 * The model in a file points and never writes: each sentence of what is left is put to it, and of those
 * that it takes for telling, each phrase; the answers are labels that are compared (docs/adr/0012). The
 * model in a server quotes, and what it quotes is looked for.
 * Threads: what an interface points to is immutable while it is used, but for `first`, which the first
 * session takes.
 */
#pragma once
#include "deid/second_reader.h"
#include "lexicon/lexicon.h"
#include "llm/chat.h"
#include "llm/llm.h"

struct reader_model {
    struct llm_params params; /* but for the task */
    const struct lexicon *lexicon;
    /* Opened by reader_model_open, so that a model that can't be used is told before anything is read. */
    struct llm *first;
};
/* As llm_open. */
MUST_USE err reader_model_open(struct reader_model *m, struct diag *d);
void reader_model_close(struct reader_model *m);
struct second_reader reader_model(struct reader_model *m);

/* As chat_server_open; p->task is set here. */
MUST_USE err reader_server_open(struct chat_server **out, const struct chat_params *p,
                                struct diag *d);
struct second_reader reader_served(struct chat_server *s);
/* What a served model wrote: {"found":[{"words":"…","kind":"name"}, …]} and nothing else. ERR_MODEL,
 * ERR_MEMORY. */
MUST_USE err reader_answer_read(view words, struct arena *a, struct reader_answer *out,
                                struct diag *d);

/* The kinds that a model is asked to tell apart, in the order of its labels; kind 0 is none. */
enum { READER_KINDS = 7 };
extern const view reader_kinds[READER_KINDS];
extern const enum label reader_labels[READER_KINDS];
/* What the others are, as a prompt says it. */
#define READER_KINDS_TOLD                                                                          \
    "name: a person's name\n"                                                                      \
    "place: a town, street or address\n"                                                           \
    "organization: a hospital, school, employer\n"                                                 \
    "date: a day\n"                                                                                \
    "number: a telephone number, record number or other code of a person\n"                        \
    "other: anything else by which somebody could be known, such as an office or a public event\n"
