/* llm/llm.c — the parent's side: starts the child, hands it the model, asks it text by text. */
#include "llm/llm.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/file.h"
#include "base/hash.h"
#include "llm/spawn.h"

enum {
    LOAD_MS = 120000,
    TEXT_MS = 60000,
    AFTER_CANCEL_MS = 5000, /* within this a child that is well has stopped */
};

struct llm {
    struct llm_child child;
    struct llm_facts facts;
    struct buf frame;
    struct buf text; /* the frame that is sent */
    uint32_t n_questions, n_labels;
    uint32_t text_tokens;
    unsigned text_timeout_ms;
    bool is_dead;
    int cancelled; /* atomic */
};

struct llm_params llm_default_params(void)
{
    return (struct llm_params){ .text_tokens = 2048,
                                .load_timeout_ms = LOAD_MS,
                                .text_timeout_ms = TEXT_MS };
}

const struct llm_facts *llm_facts(const struct llm *m)
{
    return &m->facts;
}

uint32_t llm_text_tokens(const struct llm *m)
{
    return m->text_tokens;
}

static err task_check(const struct llm_task *t, struct diag *d)
{
    if (t->n_questions > LLM_QUESTIONS_MAX)
        return DIAG(d, ERR_CONFIG, "a task for a model has at most 128 questions");
    if (t->n_labels < 2 || t->n_labels > LLM_LABELS_MAX)
        return DIAG(d, ERR_CONFIG, "a task for a model needs 2 to 16 labels");
    for (uint32_t i = 0; i < t->n_labels; i++)
        for (uint32_t k = 0; k < t->n_labels; k++)
            if (i != k && view_starts(t->labels[i], t->labels[k]))
                return DIAG(d, ERR_CONFIG, "one label of a task begins with another");
    return OK;
}

static err put_load(const struct llm_params *p, struct buf *b)
{
    err e = OK;
    const struct llm_task *t = p->task;
    TRY(buf_add(b, view_of(WIRE_MAGIC, sizeof WIRE_MAGIC)));
    TRY(wire_put_u32(b, WIRE_VERSION));
    TRY(wire_put_u32(b, p->threads));
    TRY(wire_put_u32(b, p->text_tokens));
    TRY(wire_put_u32(b, t->mode));
    TRY(wire_put_str(b, t->instructions));
    TRY(wire_put_str(b, t->before));
    TRY(wire_put_str(b, t->after));
    TRY(wire_put_str(b, t->lead));
    TRY(wire_put_u32(b, t->n_questions));
    for (uint32_t i = 0; i < t->n_questions; i++)
        TRY(wire_put_str(b, t->questions[i]));
    TRY(wire_put_u32(b, t->n_labels));
    for (uint32_t i = 0; i < t->n_labels; i++)
        TRY(wire_put_str(b, t->labels[i]));
out:
    return e;
}

/* The child's reasons are its own literals; diag wants a literal of this program. */
static err failed(struct wire_reader *r, struct diag *d)
{
    static const char *const reasons[] = { LLM_REASONS };
    uint32_t code;
    view why;
    if (wire_get_u32(r, &code) || wire_get_str(r, &why) || code == OK || code > ERR_SYSTEM)
        return DIAG(d, ERR_SYSTEM, "the model's process does not speak as it should");
    for (size_t i = 0; i < COUNT_OF(reasons); i++)
        if (view_eq(why, view_of_str(reasons[i]))) return diag_set(d, (err)code, reasons[i]);
    return DIAG(d, (err)code, "the model's process gave up");
}

static err get_loaded(struct llm *m, struct wire_reader *r)
{
    err e = OK;
    uint32_t template = 0, cached = 0;
    view description;
    TRY(wire_get_u32(r, &m->facts.prefix_tokens));
    TRY(wire_get_u32(r, &m->facts.vocabulary));
    TRY(wire_get_u32(r, &template));
    TRY(wire_get_u32(r, &cached));
    TRY(wire_get_u64(r, &m->facts.parameters));
    TRY(wire_get_u64(r, &m->facts.bytes));
    TRY(wire_get_str(r, &description));
    m->facts.has_template = template != 0;
    m->facts.was_cached = cached != 0;
    size_t n = MIN(description.n, sizeof m->facts.description - 1);
    memcpy(m->facts.description, description.p, n);
    m->facts.description[n] = '\0';
out:
    return e;
}

/* A GGUF file by its first bytes; also what a cached prefix is known by. */
static err model_identity(int fd, struct checksum *sum, struct diag *d)
{
    enum { HEAD = 1 << 20 };
    err e = OK;
    struct stat st;
    struct buf head;
    buf_init(&head, HEAD);
    TRY(buf_reserve(&head, HEAD));
    ssize_t n = pread(fd, head.p, HEAD, 0);
    if (n < 0 || fstat(fd, &st)) TRY(DIAG_OS(d, "could not read the model"));
    head.n = (size_t)n;
    if (!view_starts(buf_view(&head), VIEW("GGUF")))
        TRY(DIAG(d, ERR_FORMAT, "the model is not a GGUF file"));
    checksum_add(sum, buf_view(&head));
    const int64_t facts[] = { st.st_size, st.st_mtim.tv_sec, st.st_mtim.tv_nsec };
    checksum_add(sum, view_of((const char *)facts, sizeof facts));
out:
    buf_clear(&head);
    return e;
}

static err ask(struct llm *m, enum wire_type type, view payload, unsigned timeout_ms,
               uint32_t *answer, struct diag *d)
{
    err e = wire_send(m->child.fd, type, payload);
    if (!e)
        e = wire_receive(m->child.fd, (int)MIN(timeout_ms, (unsigned)INT32_MAX), answer, &m->frame);
    if (e == ERR_TIMEOUT && type == WIRE_TEXT) {
        e = wire_send(m->child.fd, WIRE_CANCEL, (view){ "", 0 });
        if (!e) e = wire_receive(m->child.fd, AFTER_CANCEL_MS, answer, &m->frame);
        if (!e) return DIAG(d, ERR_TIMEOUT, "the model took too long over a text");
    }
    if (!e) return OK;
    m->is_dead = true;
    llm_kill(&m->child);
    if (e == ERR_TIMEOUT) /* over a text, the caller learns that there is no child any more */
        return DIAG(d, type == WIRE_TEXT ? ERR_SYSTEM : e, "the model took too long and was ended");
    if (e == ERR_SYSTEM) return DIAG(d, e, "the model's process ended");
    return DIAG(d, e, "the model's process does not speak as it should");
}

err llm_open(struct llm **out, const struct llm_params *p, struct diag *d)
{
    err e = OK;
    struct buf load;
    struct checksum sum;
    struct llm_files files = { .model = -1, .cache = -1 };
    uint32_t answer;
    struct llm *m = mem_alloc_zero(sizeof *m);
    buf_init(&load, WIRE_FRAME_MAX);
    if (!m) TRY(ERR_MEMORY);
    m->child.fd = -1;
    buf_init(&m->frame, WIRE_FRAME_MAX);
    buf_init(&m->text, WIRE_FRAME_MAX);
    m->text_timeout_ms = p->text_timeout_ms;
    TRY(task_check(p->task, d));
    m->n_questions = p->task->n_questions;
    m->n_labels = p->task->n_labels;
    TRY(put_load(p, &load));
    files.model = open(p->model, O_RDONLY | O_CLOEXEC);
    if (files.model < 0) TRY(DIAG_OS(d, "could not open the model"));
    checksum_init(&sum);
    TRY(model_identity(files.model, &sum, d));
    checksum_add(&sum, buf_view(&load));
    if (p->cache) TRY(llm_cache_open(&files, p->cache, &sum, d));
    TRY(llm_spawn(&m->child, p->child, &files, p->memory_max, d));
    TRY(ask(m, WIRE_LOAD, buf_view(&load), p->load_timeout_ms, &answer, d));
    struct wire_reader r = { buf_view(&m->frame) };
    if (answer == WIRE_FAILED) TRY(failed(&r, d));
    if (answer != WIRE_LOADED || get_loaded(m, &r))
        TRY(DIAG(d, ERR_SYSTEM, "the model's process does not speak as it should"));
    if (p->cache && !m->facts.was_cached) llm_cache_keep(&files);
    *out = m;
    m = NULL;
out:
    if (e) DIAG(d, e, "the language model could not be started");
    llm_files_close(&files);
    buf_clear(&load);
    llm_close(m);
    return e;
}

void llm_close(struct llm *m)
{
    if (!m) return;
    llm_kill(&m->child);
    buf_clear(&m->frame);
    buf_clear(&m->text);
    mem_free(m);
}

static err put_text(struct llm *m, view text, const view *questions, uint32_t n)
{
    err e = OK;
    buf_reset(&m->text);
    TRY(wire_put_str(&m->text, text));
    TRY(wire_put_u32(&m->text, n));
    for (uint32_t i = 0; i < n; i++)
        TRY(wire_put_str(&m->text, questions[i]));
out:
    return e;
}

static err read_answers(struct llm *m, view text, const view *questions, uint32_t n, float *logp,
                        struct diag *d)
{
    err e = OK;
    uint32_t answer;
    const uint32_t asked = n ? n : m->n_questions;
    if (m->is_dead) return DIAG(d, ERR_SYSTEM, "the model's process ended");
    e = put_text(m, text, questions, n);
    if (e) return DIAG(d, e, "the text is too long for the model");
    TRY(ask(m, WIRE_TEXT, buf_view(&m->text), m->text_timeout_ms, &answer, d));
    struct wire_reader r = { buf_view(&m->frame) };
    if (answer == WIRE_FAILED) TRY(failed(&r, d));
    if (answer != WIRE_ANSWER) TRY(ERR_CORRUPT);
    TRY(wire_get_u32(&r, &m->text_tokens));
    for (uint32_t i = 0; i < asked * m->n_labels; i++) {
        TRY(wire_get_float(&r, &logp[i]));
        if (!(logp[i] <= 0)) TRY(ERR_CORRUPT); /* also what is no number */
    }
    if (r.rest.n) TRY(ERR_CORRUPT);
out:
    if (__atomic_load_n(&m->cancelled, __ATOMIC_ACQUIRE)) {
        m->is_dead = true;
        return DIAG(d, ERR_CANCELLED, "stopped");
    }
    if (e == ERR_CORRUPT) DIAG(d, e, "the model's process does not speak as it should");
    return e;
}

err llm_read(struct llm *m, view text, float *logp, struct diag *d)
{
    BUG_IF(m->n_questions == 0);
    return read_answers(m, text, NULL, 0, logp, d);
}

err llm_ask(struct llm *m, view text, const view *questions, uint32_t n, float *logp,
            struct diag *d)
{
    BUG_IF(m->n_questions != 0 || n == 0 || n > LLM_QUESTIONS_MAX);
    return read_answers(m, text, questions, n, logp, d);
}

void llm_cancel(struct llm *m)
{
    __atomic_store_n(&m->cancelled, 1, __ATOMIC_RELEASE);
    if (m->child.pid > 0) (void)kill(m->child.pid, SIGKILL);
}
