/* llm/spawn.h — the child's process: what it is given, and that it goes when its parent does.
 *
 *      descriptor 3   the socket        4   the model, read-only
 *                 5   a file that keeps the decoded prefix: read if it holds one, else written
 *
 * Nothing else is open in it, its environment is empty, and it is killed when the parent ends.
 * Threads: as llm/llm.h.
 */
#pragma once
#include "base/diag.h"
#include "base/hash.h"

enum { LLM_FD_SOCKET = 3, LLM_FD_MODEL = 4, LLM_FD_CACHE = 5 };

/* Every reason the child may give: both sides know them, so that none can hold a byte of a text. */
#define LLM_REASONS                                                                                \
    "the model can't be loaded: damaged, or of a kind that this llama.cpp does not know",          \
        "the model does not fit into memory", "the model has no vocabulary for text",              \
        "the model's context is too short for the task",                                           \
        "two labels are the same to the model's vocabulary",                                       \
        "the text has too many tokens for the model", "the model could not be run",                \
        "stopped before the text was read", "the process of the model could not be closed off",    \
        "another version of cordon-llm"

struct llm_child {
    int fd, pid;
};
struct llm_files {
    int model, cache;  /* -1: none */
    char *path, *temp; /* of the cache; temp: to be renamed to path when it is complete. Owned */
};
/* The file in `folder` for what `sum` has seen; one that is not there is made under another name. A cache
 * that can't be had is none: *f says so. ERR_MEMORY. */
MUST_USE err llm_cache_open(struct llm_files *f, const char *folder, struct checksum *sum,
                            struct diag *d);
void llm_cache_keep(struct llm_files *f); /* what was written is complete */
void llm_files_close(struct llm_files *f);

/* `program` as llm_params.child. ERR_NOT_FOUND when there is none, ERR_SYSTEM. */
MUST_USE err llm_spawn(struct llm_child *c, const char *program, const struct llm_files *f,
                       uint64_t memory_max, struct diag *d);
void llm_kill(struct llm_child *c); /* and waits for it */
