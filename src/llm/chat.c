#include "llm/chat.h"

#include "format/json.h"

enum {
    TASK_BYTES = 4 << 20,
    REQUEST_BYTES = 16 << 20,
    ANSWER_BYTES = 1 << 20,
    NAME_MAX_BYTES = 512,
};
#define OLLAMA_PATH "/api"
#define ADD(literal) TRY(buf_add(out, VIEW(literal)))

struct chat_server {
    struct arena arena; /* copies */
    struct http_params http;
    struct chat_task task;
    view model; /* with a zero byte behind it */
    enum chat_constraint constraint;
    bool is_ollama; /* asked by Ollama's own interface */
};
struct chat {
    const struct chat_server *server;
    struct http_client *http;
    struct arena arena; /* of the answer last read */
    struct buf request, answer, text;
};

struct chat_params chat_default_params(void)
{
    struct chat_params p = { .http = http_default_params() };
    p.http.usual_path = "/v1";
    p.http.answer_max = ANSWER_BYTES;
    return p;
}

const char *chat_server_model(const struct chat_server *s)
{
    return s->model.p;
}

bool chat_server_is_constrained(const struct chat_server *s)
{
    return s->constraint != CHAT_NONE;
}

/* Marks of templates begin with a bracket and a letter, a bar, a slash or another bracket: <|im_end|>,
 * </s>, <<SYS>>, <start_of_turn>, [INST], [/INST]. "<5 mm" and "[3]" do not. */
static bool begins_mark(view text, size_t at)
{
    char c = text.p[at];
    if ((c != '<' && c != '[') || at + 1 == text.n) return false;
    char next = text.p[at + 1];
    return !ascii_is_space(next) && !ascii_is_digit(next);
}

err chat_defuse(view text, chat_is_tag_fn *is_tag, struct buf *out)
{
    err e = OK;
    size_t from = 0;
    for (size_t i = 0; i < text.n; i++) {
        if (!begins_mark(text, i) || (is_tag && is_tag(text, i))) continue;
        TRY(buf_add(out, view_sub(text, from, i + 1)));
        TRY(buf_add_char(out, ' '));
        from = i + 1;
    }
    TRY(buf_add(out, view_sub(text, from, text.n)));
out:
    return e;
}

static err add_constraint(const struct chat_server *s, enum chat_constraint how, struct buf *out)
{
    err e = OK;
    switch (how) {
    case CHAT_AUTO:
    case CHAT_SCHEMA:
        if (s->is_ollama) {
            ADD(",\"format\":");
            TRY(buf_add(out, s->task.schema));
            break;
        }
        ADD(",\"response_format\":{\"type\":\"json_schema\",\"json_schema\":{\"name\":\"answer\","
            "\"strict\":true,\"schema\":");
        TRY(buf_add(out, s->task.schema));
        ADD("}}");
        break;
    case CHAT_GRAMMAR:
        ADD(",\"grammar\":");
        TRY(buf_add_json(out, s->task.grammar));
        break;
    case CHAT_NONE: break;
    }
out:
    return e;
}

/* Ollama gives a model as little room as its own default has, and cuts off what does not fit without a
 * word. So the room is asked for: as many tokens as the longest text can have at three bytes a token,
 * the same for every request, since another number makes it load the model again. What has more tokens
 * all the same is refused ("truncate") or ends for lack of room ("shift"); older versions know neither. */
static uint64_t ollama_room(const struct chat_task *t)
{
    const uint64_t step = 1024;
    uint64_t bytes = (uint64_t)t->instructions.n + t->before.n + t->text_max + t->after.n;
    return (bytes / 3 + t->answer_tokens + step) / step * step;
}

static err add_settings(const struct chat_server *s, struct buf *out)
{
    err e = OK;
    if (!s->is_ollama) {
        ADD(",\"temperature\":0,\"seed\":0,\"stream\":false,\"max_tokens\":");
        return buf_add_u64(out, s->task.answer_tokens);
    }
    ADD(",\"stream\":false,\"think\":false,\"truncate\":false,\"shift\":false,"
        "\"options\":{\"temperature\":0,\"seed\":0,\"num_ctx\":");
    TRY(buf_add_u64(out, ollama_room(&s->task)));
    ADD(",\"num_predict\":");
    TRY(buf_add_u64(out, s->task.answer_tokens));
    ADD("}");
out:
    return e;
}

/* Of all that can go wrong with a server, what a caller does about it. */
static err of_model(err e, const struct diag *own, struct diag *d)
{
    if (e == OK) return OK;
    if (d && !d->code) *d = *own;
    if (e == ERR_MEMORY || e == ERR_TIMEOUT || e == ERR_CANCELLED || e == ERR_CONFIG ||
        e == ERR_KEY || e == ERR_NOT_FOUND)
        return e;
    if (d && d->what == own->what) d->code = ERR_MODEL;
    return ERR_MODEL;
}

static err put_request(struct chat *c, view text, enum chat_constraint how)
{
    err e = OK;
    const struct chat_server *s = c->server;
    struct buf *out = &c->request;
    buf_reset(out);
    buf_reset(&c->text);
    TRY(chat_defuse(text, s->task.is_tag, &c->text));
    ADD("{\"model\":");
    TRY(buf_add_json(out, s->model));
    ADD(",\"messages\":[{\"role\":\"system\",\"content\":");
    TRY(buf_add_json(out, s->task.instructions));
    ADD("},{\"role\":\"user\",\"content\":\"");
    TRY(json_escape(s->task.before, out));
    TRY(json_escape(buf_view(&c->text), out));
    TRY(json_escape(s->task.after, out));
    ADD("\"}]");
    TRY(add_settings(s, out));
    TRY(add_constraint(s, how, out));
    ADD("}");
out:
    return e;
}

static err ask(struct chat *c, view text, enum chat_constraint how, view *words, struct diag *d)
{
    err e = OK;
    e = put_request(c, text, how);
    if (e) return DIAG(d, e, "the text is too long for the model's server");
    arena_reset(&c->arena);
    TRY(http_send(c->http, c->server->is_ollama ? VIEW("/chat") : VIEW("/chat/completions"),
                  buf_view(&c->request), &c->answer, d));
    TRY(chat_answer_read(buf_view(&c->answer), &c->arena, words, d));
out:
    return e;
}

err chat_ask(struct chat *c, view text, view *words, struct diag *d)
{
    struct diag own = { 0 };
    err e = ask(c, text, c->server->constraint, words, &own);
    if (e == ERR_CONFIG) e = ERR_MODEL; /* it could be asked once: the server is another now */
    return of_model(e, &own, d);
}

err chat_new(struct chat **out, const struct chat_server *s, struct diag *d)
{
    err e = OK;
    struct chat *c = mem_alloc_zero(sizeof *c);
    if (!c) return DIAG(d, ERR_MEMORY, "no room for a connection");
    c->server = s;
    arena_init(&c->arena, ANSWER_BYTES * 2);
    buf_init(&c->request, REQUEST_BYTES);
    buf_init(&c->answer, ANSWER_BYTES);
    buf_init(&c->text, REQUEST_BYTES);
    TRY(http_client_new(&c->http, &s->http, d));
    *out = c;
    c = NULL;
out:
    chat_free(c);
    return e;
}

void chat_free(struct chat *c)
{
    if (!c) return;
    http_client_free(c->http);
    arena_clear(&c->arena);
    buf_clear(&c->request);
    buf_clear(&c->answer);
    buf_clear(&c->text);
    mem_free(c);
}

/* The name that the user gave, or the only one that the server has. */
static err know_model(struct chat_server *s, struct chat *c, const char *named, struct diag *d)
{
    err e = OK;
    view name = view_of_str(named);
    uint32_t n = 1;
    if (!named) {
        TRY(http_send(c->http, s->is_ollama ? VIEW("/tags") : VIEW("/models"), (view){ 0 },
                      &c->answer, d));
        TRY(chat_models_read(buf_view(&c->answer), &c->arena, &name, &n, d));
        if (n == 0) TRY(DIAG(d, ERR_CONFIG, "the model's server has no model"));
        if (n > 1) TRY(DIAG(d, ERR_CONFIG, "the server has several models: name one with --model"));
    }
    if (name.n == 0 || name.n > NAME_MAX_BYTES || memchr(name.p, '\0', name.n))
        TRY(DIAG(d, ERR_CONFIG, "a model's name has 1 to 512 bytes"));
    for (size_t i = 0; i < name.n; i++) /* it is shown on a terminal */
        if ((unsigned char)name.p[i] < 0x20 || (unsigned char)name.p[i] >= 0x7F)
            TRY(DIAG(d, ERR_CONFIG, "a model's name has signs beyond printable ASCII"));
    char *copy = arena_alloc(&s->arena, name.n + 1);
    if (!copy) TRY(ERR_MEMORY);
    memcpy(copy, name.p, name.n);
    copy[name.n] = '\0';
    s->model = view_of(copy, name.n);
out:
    return e;
}

/* One answer about a text of our own, before a text of anybody is sent. What the model makes of it does
 * not matter here: only whether the server takes the request. */
static err try_server(struct chat_server *s, struct chat *c, struct diag *d)
{
    struct diag first = { 0 };
    view words;
    if (s->is_ollama && s->constraint == CHAT_GRAMMAR)
        return DIAG(d, ERR_CONFIG, "Ollama takes a schema and no grammar (--constrain)");
    err e = ask(c, s->task.sample, s->constraint, &words, &first);
    if (e == ERR_UNSUPPORTED && s->constraint == CHAT_AUTO) {
        first = (struct diag){ 0 };
        e = ask(c, s->task.sample, CHAT_NONE, &words, &first);
        if (!e) s->constraint = CHAT_NONE;
    }
    if (s->constraint == CHAT_AUTO) s->constraint = CHAT_SCHEMA;
    if (e == ERR_UNSUPPORTED && s->constraint == CHAT_SCHEMA)
        return DIAG(d, ERR_CONFIG,
                    "the server does not take a schema for the answer (--constrain)");
    if (e && d && !d->code) *d = first;
    return e;
}

static err copy_task(struct chat_server *s, const struct chat_task *t)
{
    err e = OK;
    s->task = *t; /* numbers and functions; the words are copied */
    TRY(arena_copy(&s->arena, t->instructions, &s->task.instructions));
    TRY(arena_copy(&s->arena, t->before, &s->task.before));
    TRY(arena_copy(&s->arena, t->after, &s->task.after));
    TRY(arena_copy(&s->arena, t->sample, &s->task.sample));
    TRY(arena_copy(&s->arena, t->schema, &s->task.schema));
    TRY(arena_copy(&s->arena, t->grammar, &s->task.grammar));
out:
    return e;
}

/* A URL that ends with /api means Ollama's own interface. */
static bool names_ollama(const struct chat *c)
{
    const size_t n = sizeof OLLAMA_PATH - 1;
    view url = http_url(c->http);
    return url.n > n && memcmp(url.p + url.n - n, OLLAMA_PATH, n) == 0;
}

/* Did an Ollama answer where the user named no path? Its other interface can't be told how much room the
 * model needs, so its own is taken. */
static bool is_ollama_found(const struct chat *c)
{
    static const char fingerprint[] = "\"fp_ollama\"";
    return http_has_usual_path(c->http) && c->answer.n &&
           memmem(c->answer.p, c->answer.n, fingerprint, sizeof fingerprint - 1);
}

static err know_and_try(struct chat_server *s, struct chat *c, const struct chat_params *p,
                        struct diag *d)
{
    err e = OK;
    s->constraint = p->constraint;
    if (s->model.n == 0) TRY(know_model(s, c, p->model, d));
    e = try_server(s, c, d);
out:
    return e;
}

static err take_ollama(struct chat_server *s, struct chat **c, const struct chat_params *p,
                       struct diag *d)
{
    err e = OK;
    s->is_ollama = true;
    s->http.usual_path = OLLAMA_PATH;
    chat_free(*c);
    *c = NULL;
    TRY(chat_new(c, s, d));
    e = know_and_try(s, *c, p, d);
out:
    return e;
}

static bool has_no_such_path(const struct chat *c)
{
    return http_status(c->http) == 404 || http_status(c->http) == 405;
}

/* Others end with /api too (Open WebUI, whose /api/tags is a page and whose chat is
 * /api/chat/completions). What went wrong by that way is told, unless the server has it as little. */
static err take_other(struct chat_server *s, struct chat *c, const struct chat_params *p, err e,
                      struct diag *d)
{
    struct diag own = { 0 };
    s->is_ollama = false;
    err other = know_and_try(s, c, p, &own);
    if (other && has_no_such_path(c)) return e;
    *d = own;
    return other;
}

err chat_server_open(struct chat_server **out, const struct chat_params *p, struct diag *d)
{
    err e = OK;
    struct chat *c = NULL;
    struct diag own = { 0 };
    struct chat_server *s = mem_alloc_zero(sizeof *s);
    if (!s) return DIAG(d, ERR_MEMORY, "no room for a server's facts");
    arena_init(&s->arena, TASK_BYTES);
    s->http = p->http;
    s->constraint = p->constraint;
    TRY(copy_task(s, p->task));
    TRY(chat_new(&c, s, &own));
    s->is_ollama = names_ollama(c);
    e = know_and_try(s, c, p, &own);
    if (s->is_ollama && (e == ERR_FORMAT || has_no_such_path(c))) {
        e = take_other(s, c, p, e, &own);
    } else if (!s->is_ollama && is_ollama_found(c)) { /* also where its answer there was cut off */
        own = (struct diag){ 0 };
        e = take_ollama(s, &c, p, &own);
    }
    TRY(e);
    *out = s;
    s = NULL;
out:
    if (e) DIAG(&own, e, "the model's server could not be asked");
    e = of_model(e, &own, d);
    chat_free(c);
    chat_server_free(s);
    return e;
}

void chat_server_free(struct chat_server *s)
{
    if (!s) return;
    arena_clear(&s->arena);
    mem_free(s);
}
