#include "cli/review_draw.h"

#include <sys/stat.h>

#include "base/file.h"
#include "base/random.h"
#include "deid/sink.h"

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

/* An existing file is replaced only when it is a sample: the name may be that of an input. */
static err check_place(const struct review_draw *o, bool replace, struct diag *d)
{
    static const view head = { "{\"cordon_sample\":", 17 };
    struct file_map m;
    enum file_kind kind;
    if (!replace || file_kind_of(o->file, &kind, NULL)) return OK;
    if (kind != FILE_REGULAR || file_map(&m, o->file, NULL))
        return DIAG(d, ERR_EXISTS, "the sample's name belongs to no file");
    bool is_sample = m.bytes.n == 0 || view_starts(m.bytes, head);
    file_unmap(&m);
    return is_sample ? OK : DIAG(d, ERR_EXISTS, "the sample's name belongs to a file that is none");
}

/* What the second pass writes is heard here, and passed on. */
struct listener {
    const struct batch_params *params;
    struct output_set set;
    err failed;
};

static void hear_output(void *ctx, uint64_t input, uint64_t bytes, const uint8_t sum[32])
{
    struct listener *l = ctx;
    if (!l->failed) l->failed = output_set_add(&l->set, bytes, sum);
    if (l->params->on_output) l->params->on_output(l->params->ctx, input, bytes, sum);
}

static void hear_failure(void *ctx, const struct diag *d)
{
    const struct listener *l = ctx;
    if (l->params->on_failure) l->params->on_failure(l->params->ctx, d);
}

static void hear_progress(void *ctx, uint64_t done, uint64_t total, uint64_t records)
{
    const struct listener *l = ctx;
    if (l->params->on_progress) l->params->on_progress(l->params->ctx, done, total, records);
}

static err write_sample(const struct review_plan *plan, struct output_set *set, struct sink *file,
                        struct diag *d)
{
    err e = OK;
    struct buf lines;
    buf_init(&lines, (size_t)2 << 30);
    TRY(review_sample_lines(plan, set, &lines));
    TRY(sink_write(file, buf_view(&lines), d));
    TRY(sink_commit(file, d));
out:
    buf_clear(&lines);
    return e ? DIAG(d, e, "the sample could not be written") : OK;
}

err review_draw(const struct review_draw *o, const struct deid *d, const struct batch_params *p,
                struct batch_result *result, struct diag *diag)
{
    err e = OK;
    struct batch_params count = *p, draw = *p;
    struct batch_result whole;
    struct listener heard = { .params = p };
    struct sink file = { 0 };
    struct review_plan plan = { .deid = d,
                                .seed = o->seed,
                                .random_size = o->random,
                                .uncertain_size = o->uncertain,
                                .writes = p->output != NULL };
    if (!can_read_twice(p))
        return DIAG(diag, ERR_USAGE, "--review reads its inputs twice: name files or folders");
    if (!o->seed) random_bytes(&plan.seed, sizeof plan.seed);
    output_set_init(&heard.set);
    TRY(review_drawn_new(&plan.drawn));
    TRY(check_place(o, p->replace, diag));
    mode_t before = umask(077);
    e = sink_open(&file, o->file, p->replace, diag);
    (void)umask(before);
    TRY(e);
    count.output = NULL;
    count.on_failure = NULL; /* told in the second pass */
    count.on_failed_path = NULL;
    count.on_output = NULL;
    const struct batch_work counting = review_count_work(&plan),
                            drawing = review_sample_work(&plan);
    TRY(batch_run_work(&counting, &count, &whole, diag));
    plan.whole = whole.counts;
    draw.ctx = &heard;
    draw.on_failure = hear_failure;
    draw.on_progress = hear_progress;
    draw.on_output = plan.writes ? hear_output : NULL;
    TRY(batch_run_work(&drawing, &draw, result, diag));
    TRY(heard.failed);
    TRY(write_sample(&plan, plan.writes ? &heard.set : NULL, &file, diag));
out:
    sink_discard(&file);
    review_drawn_free(plan.drawn);
    output_set_clear(&heard.set);
    return e;
}
