/* batch and reader: a format that is made from the head of each input, and outlives what was read with it. */
#include "unit.h"

#include "faults.h"

#include <sys/stat.h>
#include <unistd.h>

#include "deid/batch.h"
#include "format/reader.h"

/* Every line begins with the input's first letter; an input that begins with '!' can't be opened. */
struct marked {
    struct format f;
    char mark;
    const struct format_options *said;
};

static err marked_decode(const struct format *self, view bytes, enum encoding enc, struct arena *a,
                         struct record *out, struct diag *d)
{
    (void)enc, (void)a;
    const struct marked *m = (const struct marked *)self;
    if (bytes.n == 0 || bytes.p[0] != m->mark) return DIAG(d, ERR_FORMAT, "another input's record");
    *out = (struct record){ .bytes = bytes };
    return OK;
}

static err marked_open(const struct format *self, const struct format_options *o, view head,
                       struct arena *a, const struct format **out, struct diag *d)
{
    if (head.n == 0 || head.p[0] == '!') return DIAG(d, ERR_FORMAT, "no head of a table");
    struct marked *m = arena_alloc(a, sizeof *m);
    if (!m) return ERR_MEMORY;
    m->f = *self;
    m->mark = head.p[0];
    m->said = o;
    *out = &m->f;
    return OK;
}

static const struct format marked_format = { .name = "marked",
                                             .is_stream = true,
                                             .split = format_split_lines,
                                             .open = marked_open,
                                             .decode = marked_decode };

enum { LINES = 60000 };
static char root[] = "/tmp/test_open_XXXXXX";
static char in[64], out[64];

static void write_input(char mark, unsigned lines)
{
    char path[128];
    (void)snprintf(path, sizeof path, "%s/%c.txt", in, mark == '!' ? 'm' : mark);
    FILE *f = fopen(path, "w");
    assert_non_null(f);
    for (unsigned i = 0; i < lines; i++)
        assert_true(fprintf(f, "%c%u and more\n", mark, i) > 0);
    assert_int_equal(fclose(f), 0);
}

static int set_up(void **state)
{
    (void)state;
    if (!mkdtemp(root)) return -1;
    (void)snprintf(in, sizeof in, "%s/in", root);
    (void)snprintf(out, sizeof out, "%s/out", root);
    if (mkdir(in, 0700) != 0) return -1;
    write_input('a', LINES);
    write_input('b', LINES);
    write_input('!', 3);
    write_input('z', LINES);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    const char *const folders[] = { in, out };
    for (size_t i = 0; i < COUNT_OF(folders); i++) {
        for (const char *name = "abmz"; *name; name++) {
            char path[128];
            (void)snprintf(path, sizeof path, "%s/%c.txt", folders[i], *name);
            (void)unlink(path);
        }
        (void)rmdir(folders[i]);
    }
    return rmdir(root);
}

static struct batch_params params_of(const char *const *inputs, unsigned jobs)
{
    struct batch_params p = batch_default_params();
    p.inputs = inputs;
    p.n_inputs = 1;
    p.output = out;
    p.format = &marked_format;
    p.jobs = jobs;
    p.replace = true;
    return p;
}

static void each_input_has_a_format_of_its_own(void **state)
{
    (void)state;
    const char *const inputs[] = { in };
    for (unsigned jobs = 1; jobs <= 3; jobs++) {
        struct deid *d;
        struct deid_params dp = deid_default_params();
        struct batch_result r;
        struct batch_params p = params_of(inputs, jobs);
        assert_ok(deid_new(&d, &dp, NULL));
        assert_ok(batch_run(d, &p, &r, NULL));
        assert_int_equal(r.inputs_done, 3);
        assert_int_equal(r.inputs_failed, 1);
        assert_int_equal(r.records_failed, 0);
        assert_int_equal(r.counts.records, 3 * LINES);
        deid_free(d);
    }
}

static void a_reader_that_was_not_prepared_refuses(void **state)
{
    (void)state;
    char path[128];
    struct reader r;
    struct batch b;
    bool done;
    (void)snprintf(path, sizeof path, "%s/a.txt", in);
    FILE *f = fopen(path, "r");
    assert_non_null(f);
    buf_init(&b.bytes, 1 << 20);
    reader_init(&r, fileno(f), &marked_format, ENC_AUTO, 1 << 16, 1 << 10);
    assert_err(reader_next(&r, &b, &done, NULL), ERR_USAGE);
    reader_clear(&r);
    buf_clear(&b.bytes);
    (void)fclose(f);
}

static err run_once(void *ctx)
{
    struct deid *d = NULL;
    struct deid_params dp = deid_default_params();
    struct batch_result r;
    struct batch_params p = params_of(ctx, 1);
    err e = deid_new(&d, &dp, NULL);
    if (!e) e = batch_run(d, &p, &r, NULL);
    if (!e && r.inputs_done != 3) e = ERR_MEMORY; /* an input may fail for want of memory */
    deid_free(d);
    return e;
}

static void allocations_fail(void **state)
{
    (void)state;
    const char *const inputs[] = { in };
    faults_in_turn_by(run_once, (void *)inputs, 17);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_input_has_a_format_of_its_own),
        cmocka_unit_test(a_reader_that_was_not_prepared_refuses),
        cmocka_unit_test(allocations_fail),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
