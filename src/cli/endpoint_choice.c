#include "cli/endpoint_choice.h"

#include "deid/batch.h"

const char *const endpoint_constraints[] = { "auto", "schema", "grammar", "none", NULL };

struct chat_params endpoint_params(const struct endpoint_choice *c, const char *model,
                                   unsigned timeout_s)
{
    struct chat_params p = chat_default_params();
    p.http.url = c->url;
    p.http.ca_file = c->ca_file;
    p.http.token_file = c->token_file;
    p.http.allow_public = c->allow_public;
    p.http.stop = batch_is_cancelled;
    if (timeout_s) p.http.timeout_ms = timeout_s * 1000;
    p.constraint = (enum chat_constraint)c->constraint;
    p.model = model;
    return p;
}

bool endpoint_has_more(const struct endpoint_choice *c)
{
    return c->ca_file || c->token_file || c->allow_public || c->constraint != CHAT_AUTO;
}
