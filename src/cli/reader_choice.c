#include "cli/reader_choice.h"

#include "base/pool.h"

enum { SERVED_JOBS = 4 }; /* records that a server is asked about at once */

static bool is_url(const char *where)
{
    view v = view_of_str(where);
    return view_starts(v, VIEW("http://")) || view_starts(v, VIEW("https://"));
}

const char *reader_choice_misuse(const struct reader_choice *c, bool has_report)
{
    if (!c->where && (c->name || c->seconds || c->may_fail || endpoint_has_more(&c->endpoint)))
        return "--reader-model, --reader-timeout, --reader-may-fail, --constrain, --token-file, "
               "--ca-file and --allow-public are for --reader";
    if (!c->where) return NULL;
    if (!is_url(c->where) && (c->name || endpoint_has_more(&c->endpoint)))
        return "--reader-model, --constrain, --token-file, --ca-file and --allow-public are for a "
               "--reader in a server";
    if (c->may_fail && !has_report)
        return "--reader-may-fail takes a --report, where the records done without the reader are "
               "counted";
    return NULL;
}

err reader_choice_open(struct reader_choice *c, unsigned *jobs, const struct second_reader **out,
                       struct diag *d)
{
    err e = OK;
    *out = NULL;
    if (!c->where) return OK;
    if (is_url(c->where)) {
        c->endpoint.url = c->where;
        struct chat_params p = endpoint_params(&c->endpoint, c->name, c->seconds);
        if (!*jobs) *jobs = SERVED_JOBS;
        TRY(reader_server_open(&c->server, &p, d));
        c->reader = reader_served(c->server);
    } else {
        if (!*jobs) *jobs = 1; /* each has a process and the model's state of its own */
        c->model =
            (struct reader_model){ .params = llm_default_params(), .lexicon = lexicon_builtin() };
        c->model.params.model = c->where;
        c->model.params.threads = MAX(pool_cpus() / *jobs, 1U);
        c->model.params.text_tokens = READER_TEXT_MAX; /* never more tokens than bytes */
        if (c->seconds) c->model.params.text_timeout_ms = c->seconds * 1000;
        TRY(reader_model_open(&c->model, d));
        c->reader = reader_model(&c->model);
    }
    c->reader.may_fail = c->may_fail;
    *out = &c->reader;
out:
    return e;
}

void reader_choice_close(struct reader_choice *c)
{
    reader_model_close(&c->model);
    chat_server_free(c->server);
    c->server = NULL;
}
