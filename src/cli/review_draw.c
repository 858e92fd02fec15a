#include "cli/review_draw.h"

#include <sys/stat.h>

#include "base/random.h"

struct review_draw review_draw_default(void)
{
    return (struct review_draw){ .random = 100, .uncertain = 100 };
}

static bool can_read_twice(const struct batch_params *p)
{
    struct stat st;
    for (size_t i = 0; i < p->n_inputs; i++) {
        if (strcmp(p->inputs[i], "-") == 0) return false;
        if (stat(p->inputs[i], &st) == 0 && !S_ISREG(st.st_mode) && !S_ISDIR(st.st_mode))
            return false;
    }
    return true;
}

err review_draw(const struct review_draw *o, const struct deid *d, const struct batch_params *p,
                struct batch_result *result, struct diag *diag)
{
    err e = OK;
    struct batch_params pass = *p;
    struct batch_result drawn;
    struct review_plan plan = { .deid = d,
                                .random_size = o->random,
                                .uncertain_size = o->uncertain };
    if (!can_read_twice(p))
        return DIAG(diag, ERR_USAGE, "--review reads its inputs twice: name files or folders");
    plan.seed = o->seed;
    if (!o->seed) random_bytes(&plan.seed, sizeof plan.seed);
    const struct batch_work count = review_count_work(&plan), draw = review_sample_work(&plan);
    TRY(batch_run_work(&count, &pass, result, diag));
    plan.whole = result->counts;
    pass.output = o->file;
    pass.on_failure = NULL; /* told in the first pass */
    mode_t before = umask(077);
    e = batch_run_work(&draw, &pass, &drawn, diag);
    (void)umask(before);
out:
    return e;
}
