/* llm/child/child_cache.c — the decoded prefix as a file, so that a start costs reading it.
 *
 *      "CORDPFX" 0 · u32 1 · u32 tokens · u64 bytes · 32 bytes BLAKE2b-256 of what follows · the sequence's
 *      state as llama.cpp writes it
 *
 * The file's name holds the checksum of model and task (llm.c), so a file is of this prefix or damaged. */
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/hash.h"
#include "llm/child/child.h"

enum { HEAD_BYTES = 8 + 4 + 4 + 8 + 32, STATE_MAX = 1 << 30 };
#define CACHE_MAGIC "CORDPFX"

static bool is_file(void)
{
    struct stat st;
    return fstat(LLM_FD_CACHE, &st) == 0 && S_ISREG(st.st_mode);
}

bool child_cache_read(struct child *c)
{
    bool good = false;
    uint8_t sum[32];
    struct buf file;
    uint32_t version, tokens;
    uint64_t bytes;
    buf_init(&file, (size_t)STATE_MAX + HEAD_BYTES);
    if (!is_file() || file_read_fd(LLM_FD_CACHE, &file, NULL)) goto out;
    if (file.n < HEAD_BYTES || memcmp(file.p, CACHE_MAGIC, 8) != 0) goto out;
    struct wire_reader r = { view_sub(buf_view(&file), 8, file.n) };
    if (wire_get_u32(&r, &version) || wire_get_u32(&r, &tokens) || wire_get_u64(&r, &bytes))
        goto out;
    view state = view_sub(r.rest, 32, r.rest.n);
    checksum32(state, sum);
    if (version != 1 || tokens != (uint32_t)c->head.n || bytes != state.n ||
        memcmp(r.rest.p, sum, sizeof sum) != 0)
        goto out;
    good = llama_state_seq_set_data(c->ctx, (const uint8_t *)state.p, state.n, 0) == state.n;
    if (!good) llama_memory_clear(c->memory, true);
out:
    buf_clear(&file);
    return good;
}

void child_cache_write(struct child *c)
{
    uint8_t sum[32];
    struct buf head, state;
    buf_init(&head, HEAD_BYTES);
    buf_init(&state, STATE_MAX);
    size_t n = is_file() ? llama_state_seq_get_size(c->ctx, 0) : 0;
    if (n == 0 || n > STATE_MAX || buf_reserve(&state, n)) goto out;
    state.n = llama_state_seq_get_data(c->ctx, (uint8_t *)state.p, n, 0);
    checksum32(buf_view(&state), sum);
    if (buf_add(&head, view_of(CACHE_MAGIC, 8)) || wire_put_u32(&head, 1) ||
        wire_put_u32(&head, (uint32_t)c->head.n) || wire_put_u64(&head, state.n) ||
        buf_add(&head, view_of((const char *)sum, sizeof sum)))
        goto out;
    /* a file that is not whole is one that will not be taken */
    if (lseek(LLM_FD_CACHE, 0, SEEK_SET) != 0 ||
        file_write_fd(LLM_FD_CACHE, buf_view(&head), NULL) ||
        file_write_fd(LLM_FD_CACHE, buf_view(&state), NULL))
        (void)!ftruncate(LLM_FD_CACHE, 0);
out:
    buf_clear(&head);
    buf_clear(&state);
}
