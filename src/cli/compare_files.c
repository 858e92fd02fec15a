#include "cli/compare_files.h"

#include <math.h>

#include "base/file.h"

static const size_t file_max = (size_t)4 << 30;

void compare_files_init(struct compare_files *c)
{
    *c = (struct compare_files){ 0 };
    for (uint32_t i = 0; i < READERS_MAX; i++) {
        buf_init(&c->bytes[i], file_max);
        label_file_init(&c->files[i]);
    }
}

void compare_files_clear(struct compare_files *c)
{
    for (uint32_t i = 0; i < READERS_MAX; i++) {
        label_file_clear(&c->files[i]);
        buf_clear(&c->bytes[i]);
    }
}

err compare_files_read(struct compare_files *c, char *const *paths, uint32_t n, struct diag *d)
{
    err e = OK;
    for (c->n = 0; c->n < n; c->n++) {
        struct buf *b = &c->bytes[c->n];
        *d = (struct diag){ .input = c->n + 1 };
        TRY(file_read_operand(paths[c->n], b, d));
        TRY(label_file_read(&c->files[c->n], buf_view(b), &c->names, d));
    }
    *d = (struct diag){ 0 };
out:
    return e;
}

bool compare_draws(const char *boot, const char *seed, struct bootstrap_params *out)
{
    enum { MOST = 1000000 };
    uint64_t draws = out->replicates;
    if (boot && (!view_to_u64(view_of_str(boot), &draws) || draws > MOST)) return false;
    out->replicates = (uint32_t)draws;
    return !seed || view_to_u64(view_of_str(seed), &out->seed);
}

err compare_report(struct report *r, const struct compare_ask *ask, struct diag *d)
{
    err e = OK;
    struct buf text;
    buf_init(&text, 1 << 30);
    if (ask->json) {
        TRY(report_json(r, &text));
        (void)fwrite(text.p, 1, text.n, stdout);
    }
    TRY(report_files_save(r, &ask->reports, ask->force, d));
out:
    buf_clear(&text);
    return e;
}

void compare_table_rows(struct report *r, const char *first, const char *second,
                        const uint32_t table[STATUSES * STATUSES])
{
    for (uint32_t a = 0; a < STATUSES; a++) {
        for (uint32_t b = 0; b < STATUSES; b++) {
            if (a == b || !table[a * STATUSES + b]) continue;
            const struct cell cells[] = { cell_str(first), cell_str(status_name((enum status)a)),
                                          cell_str(second), cell_str(status_name((enum status)b)),
                                          cell_count(table[a * STATUSES + b]) };
            report_row(r, cells);
        }
    }
}

void compare_print(double value, struct interval in)
{
    if (isnan(value)) {
        printf("      -                   ");
        return;
    }
    printf("  %6.4f", value);
    if (isnan(in.low))
        printf("                  ");
    else
        printf("  [%.4f, %.4f]", in.low, in.high);
}
