/* llm/chat.h — a language model that a server in the house has loaded already (Ollama, vLLM,
 * llama-server): a text in, what the model wrote out, by POST /v1/chat/completions, or by Ollama's own
 * POST /api/chat where the URL ends with /api and has that, or has no path and an Ollama answers.
 *
 *     struct chat_params p = chat_default_params();
 *     p.http.url = "http://127.0.0.1:11434";   p.task = &task;
 *     chat_server_open(&s, &p, &d);                 once: which model, and does it keep to a schema
 *     chat_new(&c, s, &d);                          one a thread
 *     chat_ask(c, text, &words, &d);
 *
 * The system's message holds the instructions, the user's the text between `before` and `after`. A text
 * is data: where it holds what a template marks its parts with ("<|im_end|>", "[/INST]") a blank is put
 * behind the bracket, so that a server that reads such marks in a message finds none.
 * What is written comes from a model: the caller judges every word of it.
 * Threads: a server is immutable and shared, a chat belongs to one thread at a time.
 */
#pragma once
#include "base/arena.h"
#include "http/http_client.h"

/* What keeps the model to the answer's form. AUTO: SCHEMA when the server takes it, else NONE. */
enum chat_constraint {
    CHAT_AUTO,
    CHAT_SCHEMA,  /* "response_format":{"type":"json_schema"…}; of Ollama's own "format":{…} */
    CHAT_GRAMMAR, /* "grammar": GBNF, llama-server's own */
    CHAT_NONE,
};
/* Does the bracket at text[at] begin a tag of our own, which is sent as it stands? */
typedef bool chat_is_tag_fn(view text, size_t at);
struct chat_task { /* copied by chat_server_open */
    view instructions, before, after;
    view sample;            /* a text that names nobody, to try the server with */
    view schema;            /* JSON Schema of the answer */
    view grammar;           /* the same as GBNF */
    uint32_t answer_tokens; /* a longer answer is cut off, and so refused */
    uint32_t text_max;      /* bytes of the longest text that will be sent */
    chat_is_tag_fn *is_tag; /* NULL: there are none */
};
struct chat_params {
    struct http_params http;
    const char *model; /* NULL: the one that the server has; copied */
    enum chat_constraint constraint;
    const struct chat_task *task;
};
struct chat_params chat_default_params(void);

struct chat_server;
struct chat;
/* Asks the server which models it has when none is named, and for an answer about the sample. ERR_CONFIG:
 * as http_client_new and http_send, or it has several models and none was named, or it refuses the schema
 * that was asked for. ERR_MODEL: whatever it or the connection did wrong; ERR_TIMEOUT, ERR_MEMORY … */
MUST_USE err chat_server_open(struct chat_server **out, const struct chat_params *p,
                              struct diag *d);
void chat_server_free(struct chat_server *s);
const char *chat_server_model(const struct chat_server *s); /* its name, for a person to see */
bool chat_server_is_constrained(const struct chat_server *s);
MUST_USE err chat_new(struct chat **out, const struct chat_server *s, struct diag *d);
void chat_free(struct chat *c);
/* *words: what the model wrote, in the chat's memory until it is used again. ERR_MODEL whatever the
 * server or the connection did wrong, and for an answer that is none or was cut off; ERR_TIMEOUT,
 * ERR_CANCELLED, ERR_MEMORY. */
MUST_USE err chat_ask(struct chat *c, view text, view *words, struct diag *d);

/* ---- for tests and fuzzing ---- */

/* Appends `text` with a blank behind each bracket that could begin a template's mark and is no tag. */
MUST_USE err chat_defuse(view text, chat_is_tag_fn *is_tag, struct buf *out);
/* The words in the body of a server's answer; *words lives in body or arena. ERR_FORMAT, ERR_MEMORY. */
MUST_USE err chat_answer_read(view body, struct arena *a, view *words, struct diag *d);
/* The first name in the body of GET /models or GET /tags and how many there are. */
MUST_USE err chat_models_read(view body, struct arena *a, view *first, uint32_t *n, struct diag *d);
/* One JSON value as a model writes it: without thoughts before it (up to </think>) and without a fence of
 * ``` around it. */
view chat_unfenced(view words);
