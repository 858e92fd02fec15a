/* llm/child/child_main.c — cordon-llm: reads frames from its parent until that closes its end.
 *
 *      cordon-llm                    as llm/spawn.h starts it
 *      cordon-llm --prove-sandbox    tries what must be refused; exit 0 when all of it was */
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "llm/child/child.h"

/* ggml asks between operations: has the parent said CANCEL, or gone? */
static bool is_cancelled(void *unused)
{
    (void)unused;
    char head[8];
    struct pollfd p = { .fd = LLM_FD_SOCKET, .events = POLLIN };
    if (poll(&p, 1, 0) <= 0) return false;
    ssize_t n = recv(LLM_FD_SOCKET, head, sizeof head, MSG_PEEK | MSG_DONTWAIT);
    return n == 0 || (n == (ssize_t)sizeof head && head[0] == WIRE_CANCEL);
}

static err send_failed(err code, const char *why)
{
    err e = OK;
    struct buf b;
    buf_init(&b, 4096);
    TRY(wire_put_u32(&b, code));
    TRY(wire_put_str(&b, view_of_str(why ? why : "")));
    TRY(wire_send(LLM_FD_SOCKET, WIRE_FAILED, buf_view(&b)));
out:
    buf_clear(&b);
    return e;
}

static err send_loaded(struct child *c)
{
    err e = OK;
    char text[128] = "";
    struct buf b;
    buf_init(&b, 4096);
    (void)llama_model_desc(c->model, text, sizeof text);
    TRY(wire_put_u32(&b, (uint32_t)c->head.n));
    TRY(wire_put_u32(&b, (uint32_t)llama_vocab_n_tokens(c->vocab)));
    TRY(wire_put_u32(&b, c->has_template));
    TRY(wire_put_u32(&b, c->was_cached));
    TRY(wire_put_u64(&b, llama_model_n_params(c->model)));
    TRY(wire_put_u64(&b, llama_model_size(c->model)));
    TRY(wire_put_str(&b, view_of_str(text)));
    TRY(wire_send(LLM_FD_SOCKET, WIRE_LOADED, buf_view(&b)));
out:
    buf_clear(&b);
    return e;
}

static err answer_text(struct child *c, view frame, struct buf *out)
{
    err e = OK;
    view text;
    struct wire_reader r = { frame };
    float logp[LLM_QUESTIONS_MAX * LLM_LABELS_MAX];
    uint32_t tokens = 0;
    TRY(wire_get_str(&r, &text));
    TRY(child_take_questions(c, &r));
    e = child_score(c, text, logp, &tokens);
    if (e) return send_failed(e, c->why);
    buf_reset(out);
    TRY(wire_put_u32(out, tokens));
    for (uint32_t i = 0; i < c->n_questions * c->n_labels; i++)
        TRY(wire_put_float(out, logp[i]));
    TRY(wire_send(LLM_FD_SOCKET, WIRE_ANSWER, buf_view(out)));
out:
    return e;
}

static err serve(struct child *c)
{
    err e = OK;
    struct buf frame, answer;
    uint32_t type;
    buf_init(&frame, WIRE_FRAME_MAX);
    buf_init(&answer, 1 << 20);
    TRY(wire_receive(LLM_FD_SOCKET, -1, &type, &frame));
    if (type != WIRE_LOAD) TRY(ERR_CORRUPT);
    e = child_load(c, buf_view(&frame));
    if (!e) {
        e = child_sandbox();
        if (e) c->why = "the process of the model could not be closed off";
    }
    if (e) {
        (void)send_failed(e, c->why);
        goto out;
    }
    llama_set_abort_callback(c->ctx, is_cancelled, NULL);
    TRY(send_loaded(c));
    for (;;) {
        TRY(wire_receive(LLM_FD_SOCKET, -1, &type, &frame));
        if (type == WIRE_TEXT)
            TRY(answer_text(c, buf_view(&frame), &answer));
        else if (type != WIRE_CANCEL) /* one that came too late is nothing */
            TRY(ERR_CORRUPT);
    }
out:
    buf_clear(&frame);
    buf_clear(&answer);
    return e;
}

int main(int argc, char **argv)
{
    static struct child c;
    if (argc == 2 && strcmp(argv[1], "--prove-sandbox") == 0) return child_sandbox_prove();
    err e = argc == 1 ? serve(&c) : ERR_USAGE;
    child_clear(&c);
    return e == ERR_SYSTEM ? 0 : 1; /* the parent has closed its end */
}
