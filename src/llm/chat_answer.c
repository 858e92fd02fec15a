/* llm/chat_answer.c — what a server answers, read strictly: nothing in it is guessed. */
#include "format/json.h"
#include "llm/chat.h"
#include "text/utf8.h"

/* The member `key` of the object whose opening was just returned is next when *found; its opening event
 * is *event. A key that stands twice has no sure meaning and is the caller's to refuse: all are seen. */
static err next_key(struct json *j, struct arena *a, view *key, bool *ended, struct diag *d)
{
    err e = OK;
    enum json_event event;
    TRY(json_next(j, &event, d));
    *ended = event == JSON_OBJECT_END;
    if (!*ended) TRY(json_string(j, a, key, NULL));
out:
    return e;
}

struct choice {
    view content, finish;
    bool has_content, has_finish;
};

static err read_text(struct json *j, struct arena *a, view *out, bool *has, struct diag *d)
{
    err e = OK;
    enum json_event event;
    TRY(json_next(j, &event, d));
    if (*has) return DIAG(d, ERR_FORMAT, "the server's answer has a member twice");
    if (event == JSON_STRING) {
        *has = true;
        TRY(json_string(j, a, out, NULL));
    } else {
        TRY(json_skip(j, event, d));
    }
out:
    return e;
}

/* `event` is the value's first. */
static err read_message(struct json *j, struct arena *a, enum json_event event, struct choice *c,
                        struct diag *d)
{
    err e = OK;
    view key;
    bool ended;
    if (event != JSON_OBJECT) return json_skip(j, event, d);
    for (;;) {
        TRY(next_key(j, a, &key, &ended, d));
        if (ended) break;
        if (view_eq(key, VIEW("content"))) {
            TRY(read_text(j, a, &c->content, &c->has_content, d));
        } else {
            TRY(json_next(j, &event, d));
            TRY(json_skip(j, event, d));
        }
    }
out:
    return e;
}

static err read_choice(struct json *j, struct arena *a, struct choice *c, struct diag *d)
{
    err e = OK;
    enum json_event event;
    view key;
    bool ended;
    for (;;) {
        TRY(next_key(j, a, &key, &ended, d));
        if (ended) break;
        if (view_eq(key, VIEW("message"))) {
            TRY(json_next(j, &event, d));
            TRY(read_message(j, a, event, c, d));
        } else if (view_eq(key, VIEW("finish_reason"))) {
            TRY(read_text(j, a, &c->finish, &c->has_finish, d));
        } else {
            TRY(json_next(j, &event, d));
            TRY(json_skip(j, event, d));
        }
    }
out:
    return e;
}

/* Exactly one choice: one was asked for. */
static err read_choices(struct json *j, struct arena *a, struct choice *c, uint32_t *n,
                        struct diag *d)
{
    err e = OK;
    enum json_event event;
    TRY(json_next(j, &event, d));
    if (event != JSON_ARRAY) return json_skip(j, event, d);
    for (;;) {
        TRY(json_next(j, &event, d));
        if (event == JSON_ARRAY_END) break;
        ++*n;
        if (event == JSON_OBJECT && *n == 1)
            TRY(read_choice(j, a, c, d));
        else
            TRY(json_skip(j, event, d));
    }
out:
    return e;
}

static err open_object(struct json *j, view body, struct diag *d)
{
    err e = OK;
    enum json_event event;
    if (utf8_bad_at(body) < body.n)
        return DIAG(d, ERR_FORMAT, "the model's server did not answer with text");
    json_init(j, body);
    TRY(json_next(j, &event, NULL));
    if (event != JSON_OBJECT) e = ERR_FORMAT;
out:
    return e ? DIAG(d, e, "the model's server did not answer with a JSON object") : OK;
}

err chat_answer_read(view body, struct arena *a, view *words, struct diag *d)
{
    err e = OK;
    struct json j;
    struct choice c = { 0 };
    struct diag own = { 0 }; /* offsets in the answer tell a person nothing */
    enum json_event event;
    uint32_t n = 0;
    view key;
    bool ended;
    TRY(open_object(&j, body, d));
    for (;;) {
        TRY(next_key(&j, a, &key, &ended, &own));
        if (ended) break;
        if (view_eq(key, VIEW("choices"))) {
            TRY(read_choices(&j, a, &c, &n, &own));
        } else if (view_eq(key, VIEW("message"))) { /* Ollama's own interface: no list around it */
            TRY(json_next(&j, &event, &own));
            n += event == JSON_OBJECT; /* others have it too, as null */
            TRY(read_message(&j, a, event, &c, &own));
        } else if (view_eq(key, VIEW("done_reason"))) {
            TRY(read_text(&j, a, &c.finish, &c.has_finish, &own));
        } else {
            TRY(json_next(&j, &event, &own));
            TRY(json_skip(&j, event, &own));
        }
    }
    TRY(json_next(&j, &event, &own)); /* the end */
    if (n != 1 || !c.has_content)
        TRY(DIAG(d, ERR_FORMAT, "the server's answer holds no words of a model"));
    if (c.has_finish && !view_eq(c.finish, VIEW("stop")))
        TRY(DIAG(d, ERR_FORMAT, "the model did not come to the end of its answer"));
    *words = c.content;
out:
    return e ? DIAG(d, e, "the model's server did not answer as it should") : OK;
}

static err read_model(struct json *j, struct arena *a, view name_key, view *name, struct diag *d)
{
    err e = OK;
    enum json_event event;
    view key;
    bool ended, has = false;
    for (;;) {
        TRY(next_key(j, a, &key, &ended, d));
        if (ended) break;
        if (view_eq(key, name_key)) {
            TRY(read_text(j, a, name, &has, d));
        } else {
            TRY(json_next(j, &event, d));
            TRY(json_skip(j, event, d));
        }
    }
    if (!has) e = ERR_FORMAT;
out:
    return e;
}

struct model_list {
    view first;
    uint32_t n;
};

/* The array whose opening was just returned. */
static err read_models(struct json *j, struct arena *a, view name_key, struct model_list *out,
                       struct diag *d)
{
    err e = OK;
    enum json_event event;
    view name;
    for (;;) {
        TRY(json_next(j, &event, d));
        if (event == JSON_ARRAY_END) break;
        if (event != JSON_OBJECT) TRY(ERR_FORMAT);
        TRY(read_model(j, a, name_key, &name, d));
        if (out->n++ == 0) out->first = name;
    }
out:
    return e;
}

err chat_models_read(view body, struct arena *a, view *first, uint32_t *n, struct diag *d)
{
    err e = OK;
    struct json j;
    struct diag own = { 0 };
    /* "data" is everybody's, "models" Ollama's own, and llama-server has both */
    struct model_list data = { 0 }, models = { 0 };
    bool has_data = false;
    enum json_event event;
    view key;
    bool ended;
    *n = 0;
    TRY(open_object(&j, body, d));
    for (;;) {
        TRY(next_key(&j, a, &key, &ended, &own));
        if (ended) break;
        TRY(json_next(&j, &event, &own));
        bool is_data = view_eq(key, VIEW("data"));
        if (event == JSON_ARRAY && is_data) {
            has_data = true;
            TRY(read_models(&j, a, VIEW("id"), &data, &own));
        } else if (event == JSON_ARRAY && view_eq(key, VIEW("models"))) {
            TRY(read_models(&j, a, VIEW("name"), &models, &own));
        } else {
            TRY(json_skip(&j, event, &own));
        }
    }
    TRY(json_next(&j, &event, &own));
    *first = has_data ? data.first : models.first;
    *n = has_data ? data.n : models.n;
out:
    return e ? DIAG(d, e, "the model's server did not answer as it should") : OK;
}

/* What a model thought aloud, where its server leaves that before the answer. Templates that open the
 * thoughts themselves (DeepSeek-R1's) leave only the closing mark; a value or a fence that stands first
 * is the answer, whatever is quoted in it. */
static view without_thoughts(view v)
{
    static const view close = VIEW("</think>");
    if (v.n == 0 || strchr("{[`", v.p[0])) return v;
    const char *end = memmem(v.p, v.n, close.p, close.n);
    return end ? view_trim(view_sub(v, (size_t)(end - v.p) + close.n, v.n)) : v;
}

view chat_unfenced(view words)
{
    static const view fence = VIEW("```");
    view v = without_thoughts(view_trim(words));
    if (!view_starts(v, fence) || v.n < 2 * fence.n) return v;
    if (!view_eq(view_sub(v, v.n - fence.n, v.n), fence)) return v;
    size_t line = view_find_byte(v, 0, '\n'); /* behind ``` may stand the language */
    if (line >= v.n - fence.n) return v;
    return view_trim(view_sub(v, line, v.n - fence.n));
}
