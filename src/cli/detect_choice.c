#include "cli/detect_choice.h"

const char *const detect_languages[] = { "en", "es", "auto", NULL };
const char *const detect_recalls[] = { "high", "balanced", "utility", NULL };

err detect_choice_open(struct detect_choice *c, const struct tag_model **out, struct diag *d)
{
    err e = OK;
    *out = NULL;
    if (!c->model_file) return OK;
    TRY(file_map(&c->map, c->model_file, d));
    TRY(tag_model_open(&c->model, c->map.bytes, d));
    *out = &c->model;
out:
    /* Whatever is wrong with the file: without the model that was asked for, nothing is done. */
    return e ? ERR_CONFIG : OK;
}

void detect_choice_close(struct detect_choice *c)
{
    file_unmap(&c->map);
    c->map.bytes = VIEW("");
}
