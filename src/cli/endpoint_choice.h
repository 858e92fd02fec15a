/* cli/endpoint_choice.h — the options that say where a model is served, and how it may be reached.
 * Threads: the main thread only. */
#pragma once
#include "cli/options.h"
#include "llm/chat.h"

struct endpoint_choice {
    const char *url, *ca_file, *token_file;
    int constraint; /* enum chat_constraint */
    bool allow_public;
};
/* Rows for an option table; `c` is a struct endpoint_choice. */
#define ENDPOINT_OPTIONS(c)                                                                        \
    { "endpoint",                                                                                  \
      0,                                                                                           \
      OPT_TEXT,                                                                                    \
      &(c).url,                                                                                    \
      "URL",                                                                                       \
      "a server of the house with a model in it, such as\n"                                        \
      "http://127.0.0.1:11434 (Ollama, vLLM, llama-server)" },                                     \
        ENDPOINT_MORE_OPTIONS(c)
/* Those without the address, for a command that has it elsewhere. */
#define ENDPOINT_MORE_OPTIONS(c)                                                                   \
    { "constrain",                                                                                 \
      0,                                                                                           \
      OPT_CHOICE,                                                                                  \
      &(c).constraint,                                                                             \
      "HOW",                                                                                       \
      "what keeps the served model to the answer's form: auto,\nschema (response_format), "        \
      "grammar (llama-server) or\nnone; default auto: schema where the server takes it",           \
      endpoint_constraints },                                                                      \
        { "token-file",    0,      OPT_TEXT,                                                       \
          &(c).token_file, "FILE", "holds the token that the server wants (mode 0600)" },          \
        { "ca-file",    0,      OPT_TEXT,                                                          \
          &(c).ca_file, "FILE", "trust these certificates (PEM), not the system's" },              \
    {                                                                                              \
        "allow-public", 0, OPT_FLAG, &(c).allow_public, NULL,                                      \
            "let texts go to a public address, by https: they leave\nthe house"                    \
    }
extern const char *const endpoint_constraints[];

/* What the user chose; `model` names one of the server's, or is NULL. Borrows from c. */
struct chat_params endpoint_params(const struct endpoint_choice *c, const char *model,
                                   unsigned timeout_s);
/* Was an option given that only a server has a use for? */
bool endpoint_has_more(const struct endpoint_choice *c);
