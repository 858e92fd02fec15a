/* llm/child/child_load.c — the model and the task: opened, put into the model's own template, cut into
 * tokens once. */
#include <stdio.h>
#include <string.h>

#include "llm/child/child.h"

enum { BATCH = 2048, UBATCH = 512, SPARE_SEQUENCES = 8, GROUP_MAX = 48, TASK_BYTES = 16 << 20 };

struct task { /* of the LOAD frame, borrowed from it */
    uint32_t threads, text_tokens, mode, n_questions, n_labels;
    view instructions, before, after, lead;
    view question[LLM_QUESTIONS_MAX], label[LLM_LABELS_MAX];
};

static err task_read(view load, struct task *t)
{
    err e = OK;
    struct wire_reader r = { load };
    uint32_t version;
    if (!view_starts(load, view_of(WIRE_MAGIC, sizeof WIRE_MAGIC))) return ERR_CORRUPT;
    r.rest = view_sub(load, sizeof WIRE_MAGIC, load.n);
    TRY(wire_get_u32(&r, &version));
    if (version != WIRE_VERSION) return ERR_VERSION;
    TRY(wire_get_u32(&r, &t->threads));
    TRY(wire_get_u32(&r, &t->text_tokens));
    TRY(wire_get_u32(&r, &t->mode));
    TRY(wire_get_str(&r, &t->instructions));
    TRY(wire_get_str(&r, &t->before));
    TRY(wire_get_str(&r, &t->after));
    TRY(wire_get_str(&r, &t->lead));
    TRY(wire_get_u32(&r, &t->n_questions));
    if (t->n_questions > LLM_QUESTIONS_MAX || t->mode > WIRE_CHAINED) return ERR_CORRUPT;
    for (uint32_t i = 0; i < t->n_questions; i++)
        TRY(wire_get_str(&r, &t->question[i]));
    TRY(wire_get_u32(&r, &t->n_labels));
    if (t->n_labels > LLM_LABELS_MAX) return ERR_CORRUPT;
    for (uint32_t i = 0; i < t->n_labels; i++)
        TRY(wire_get_str(&r, &t->label[i]));
out:
    return e;
}

err child_tokenize(struct child *c, struct arena *a, view v, bool begins, bool special,
                   struct toks *out)
{
    if (v.n > INT32_MAX / 2) return ERR_LIMIT;
    int32_t max = (int32_t)v.n + 8;
    *out = (struct toks){ arena_array(a, (size_t)max, sizeof(llama_token)), 0 };
    if (!out->v) return ERR_MEMORY;
    int32_t n = llama_tokenize(c->vocab, v.p, (int32_t)v.n, out->v, max, begins, special);
    if (n < 0) {
        out->v = arena_array(a, (size_t)-n, sizeof(llama_token));
        if (!out->v) return ERR_MEMORY;
        n = llama_tokenize(c->vocab, v.p, (int32_t)v.n, out->v, -n, begins, special);
    }
    out->n = n;
    return n < 0 ? ERR_SYSTEM : OK;
}

/* Where the text and the question will stand: letters that no task's words hold. */
static const char TEXT_HERE[] = "\x1d\x1d"
                                "text\x1d\x1d",
                  QUESTION_HERE[] = "\x1d\x1dquestion\x1d\x1d";

/* The conversation in the model's template, as one string with the two places in it. */
static err apply_template(struct child *c, const struct task *t, struct buf *out)
{
    err e = OK;
    struct buf instructions, user;
    buf_init(&instructions, TASK_BYTES);
    buf_init(&user, TASK_BYTES);
    TRY(buf_add(&instructions, t->instructions));
    TRY(buf_add_char(&instructions, '\0'));
    TRY(buf_add(&user, t->before));
    TRY(buf_add(&user, view_of_str(TEXT_HERE)));
    TRY(buf_add(&user, t->after));
    if (t->mode == WIRE_APART) TRY(buf_add(&user, view_of_str(QUESTION_HERE)));
    TRY(buf_add_char(&user, '\0'));
    const char *model_template = llama_model_chat_template(c->model, NULL);
    const struct llama_chat_message chat[] = { { "system", instructions.p }, { "user", user.p } };
    size_t room = instructions.n + user.n + 4096;
    TRY(buf_reserve(out, room));
    int32_t n = model_template ? llama_chat_apply_template(model_template, chat, COUNT_OF(chat),
                                                           true, out->p, (int32_t)room)
                               : -1;
    c->has_template = n > 0 && (size_t)n <= room;
    if (c->has_template) {
        out->n = (size_t)n;
    } else { /* a model without a template, or with one that llama.cpp does not know */
        TRY(buf_add(out, view_sub(buf_view(&instructions), 0, instructions.n - 1)));
        TRY(buf_add(out, VIEW("\n\n")));
        TRY(buf_add(out, view_sub(buf_view(&user), 0, user.n - 1)));
        TRY(buf_add(out, VIEW("\n")));
    }
out:
    buf_clear(&instructions);
    buf_clear(&user);
    return e;
}

static size_t find(view v, const char *what)
{
    const char *at = memmem(v.p, v.n, what, strlen(what));
    return at ? (size_t)(at - v.p) : v.n;
}

static err task_tokens(struct child *c, const struct task *t)
{
    err e = OK;
    struct buf all;
    buf_init(&all, TASK_BYTES);
    TRY(apply_template(c, t, &all));
    TRY(buf_add(&all, t->lead));
    view v = buf_view(&all);
    size_t text = find(v, TEXT_HERE), after = text + strlen(TEXT_HERE), question = v.n, rest = v.n;
    if (text == v.n) TRY(ERR_CONFIG); /* the template dropped the user's message */
    if (t->mode == WIRE_APART) {
        question = find(v, QUESTION_HERE);
        rest = question + strlen(QUESTION_HERE);
        if (question < after || question == v.n) TRY(ERR_CONFIG);
    }
    TRY(child_tokenize(c, &c->arena, view_sub(v, 0, text), true, true, &c->head));
    TRY(child_tokenize(c, &c->arena, view_sub(v, after, question), false, true, &c->middle));
    TRY(child_tokenize(c, &c->arena, view_sub(v, rest, v.n), false, true, &c->tail));
    for (uint32_t i = 0; i < t->n_questions; i++)
        TRY(child_tokenize(c, &c->arena, t->question[i], false, false, &c->question[i]));
    for (uint32_t i = 0; i < t->n_labels; i++)
        TRY(child_tokenize(c, &c->arena, t->label[i], false, false, &c->label[i]));
out:
    if (e == ERR_CONFIG) c->why = "the model has no vocabulary for text";
    buf_clear(&all);
    return e;
}

/* A label's tokens must not begin another's: where the shorter one ends could not be told. */
static err labels_differ(struct child *c)
{
    for (uint32_t a = 0; a < c->n_labels; a++) {
        for (uint32_t b = 0; b < c->n_labels; b++) {
            const struct toks *x = &c->label[a], *y = &c->label[b];
            if (a == b || x->n > y->n) continue;
            if (x->n == 0 || memcmp(x->v, y->v, (size_t)x->n * sizeof *x->v) == 0) {
                c->why = "two labels are the same to the model's vocabulary";
                return ERR_CONFIG;
            }
        }
    }
    return OK;
}

static void swallow_log(enum ggml_log_level level, const char *text, void *out_of_memory)
{
    (void)level;
    if (strstr(text, "alloc") || strstr(text, "mmap")) *(bool *)out_of_memory = true;
}

static err load_model(struct child *c, const struct task *t)
{
    static bool ignored; /* llama.cpp goes on calling after this returns */
    bool out_of_memory = false;
    char path[32];
    struct llama_model_params p = llama_model_default_params();
    p.n_gpu_layers = 0;
    llama_log_set(swallow_log, &out_of_memory);
    ggml_backend_load_all();
    llama_backend_init();
    (void)snprintf(path, sizeof path, "/proc/self/fd/%d", LLM_FD_MODEL);
    c->model = llama_model_load_from_file(path, p);
    llama_log_set(swallow_log, &ignored);
    if (!c->model) {
        c->why = out_of_memory
                     ? "the model does not fit into memory"
                     : "the model can't be loaded: damaged, or of a kind that this llama.cpp "
                       "does not know";
        return out_of_memory ? ERR_MEMORY : ERR_CONFIG;
    }
    c->vocab = llama_model_get_vocab(c->model);
    if (!c->vocab || llama_vocab_n_tokens(c->vocab) < 2 || !llama_model_has_decoder(c->model)) {
        c->why = "the model has no vocabulary for text";
        return ERR_CONFIG;
    }
    (void)t;
    return OK;
}

/* Room for the prefix, a text, and what comes behind it in every sequence of a group. */
static int64_t context_tokens(const struct child *c)
{
    int64_t behind = 0, label = 0;
    for (uint32_t i = 0; i < c->n_labels; i++)
        label = MAX(label, (int64_t)c->label[i].n);
    if (c->brings_questions) behind = BATCH + GROUP_MAX * label; /* a group fits a batch */
    for (uint32_t i = 0; i < c->n_questions; i++)
        behind += c->question[i].n + c->tail.n + label;
    return c->head.n + c->text_tokens + c->middle.n + behind + 64;
}

static err make_context(struct child *c, const struct task *t)
{
    int64_t tokens = context_tokens(c);
    /* a sequence is as long as the longest way through it, not as all of them together */
    int64_t longest = c->head.n + c->text_tokens + c->middle.n + c->tail.n + 256;
    if (longest > llama_model_n_ctx_train(c->model) || tokens > INT32_MAX / 2) {
        c->why = "the model's context is too short for the task";
        return ERR_LIMIT;
    }
    struct llama_context_params p = llama_context_default_params();
    p.n_ctx = (uint32_t)(tokens + 255) & ~255U;
    p.n_batch = BATCH;
    p.n_ubatch = UBATCH;
    p.n_seq_max = (uint32_t)(2 + c->group + SPARE_SEQUENCES);
    p.kv_unified = true;
    p.n_threads = p.n_threads_batch = (int32_t)t->threads;
    p.flash_attn_type = LLAMA_FLASH_ATTN_TYPE_AUTO;
    p.no_perf = true;
    c->ctx = llama_init_from_model(c->model, p);
    if (!c->ctx) {
        c->why = "the model does not fit into memory";
        return ERR_MEMORY;
    }
    c->memory = llama_get_memory(c->ctx);
    c->batch = llama_batch_init(BATCH, 0, 1);
    return OK;
}

err child_load(struct child *c, view load)
{
    err e = OK;
    struct task t;
    memset(&t, 0, sizeof t);
    arena_init(&c->arena, 256 << 20);
    arena_init(&c->per_text, 256 << 20);
    e = task_read(load, &t);
    if (e) {
        c->why = "another version of cordon-llm";
        return ERR_VERSION;
    }
    c->mode = (enum wire_mode)t.mode;
    c->text_tokens = (int32_t)MIN(t.text_tokens, (uint32_t)(1 << 20));
    c->n_questions = t.n_questions;
    c->n_labels = t.n_labels;
    c->brings_questions = t.n_questions == 0;
    c->group = (int32_t)MIN(c->brings_questions ? GROUP_MAX : t.n_questions, (uint32_t)GROUP_MAX);
    TRY(load_model(c, &t));
    TRY(task_tokens(c, &t));
    TRY(labels_differ(c));
    TRY(make_context(c, &t));
    c->was_cached = child_cache_read(c);
    if (!c->was_cached) {
        for (int32_t at = 0; at < c->head.n; at += BATCH) {
            struct toks part = { c->head.v + at, MIN(c->head.n - at, (int32_t)BATCH) };
            child_batch_add(c, &part, at, 0, false);
            TRY(child_decode(c));
        }
        child_cache_write(c);
    }
out:
    return e;
}

void child_clear(struct child *c)
{
    if (c->ctx) {
        llama_batch_free(c->batch);
        llama_free(c->ctx);
    }
    if (c->model) llama_model_free(c->model);
    arena_clear(&c->arena);
    arena_clear(&c->per_text);
}
