/* The journal: what it keeps, what it refuses, what a cut leaves of it. */
#include "unit.h"

#include <unistd.h>

#include "base/file.h"
#include "base/random.h"
#include "deid/journal.h"
#include "faults.h"

static char path[] = "/tmp/cordon-journal-XXXXXX";
static const uint8_t sum[32] = { 7 };

static struct journal *open_with(view terms, bool restart)
{
    struct journal *j = NULL;
    struct diag d = { 0 };
    const struct journal_params p = { .path = path, .terms = terms, .restart = restart };
    if (journal_open(&j, &p, &d)) fail_msg("%s", d.what);
    return j;
}

static err open_error(view terms)
{
    struct journal *j = NULL;
    const struct journal_params p = { .path = path, .terms = terms };
    err e = journal_open(&j, &p, NULL);
    journal_free(j);
    return e;
}

static void fill(unsigned n)
{
    struct journal *j = open_with(VIEW("t"), true);
    for (unsigned i = 0; i < n; i++) {
        struct journal_id id = journal_id_of(j, VIEW("out"), i, 1);
        assert_ok(journal_intend(j, &id, i + 1, 100 + i, sum, 3, NULL));
        if (i % 3 == 1) assert_ok(journal_failed(j, &id, i + 1, ERR_FORMAT, NULL));
        if (i % 3 == 2) assert_ok(journal_done(j, &id, i + 1, NULL));
    }
    journal_free(j);
}

static void read_all(struct buf *b)
{
    buf_reset(b);
    assert_ok(file_read(path, b, NULL));
}

static void write_all(view v)
{
    struct file_out f;
    assert_ok(file_out_open(&f, path, FILE_OUT_REPLACE, NULL));
    assert_ok(file_out_write(&f, v, NULL));
    assert_ok(file_out_commit(&f, NULL));
    file_out_clear(&f);
}

static void what_was_kept_is_known_again(void **state)
{
    (void)state;
    static const enum journal_state states[] = { JOURNAL_INTENT, JOURNAL_FAILED, JOURNAL_DONE };
    fill(300);
    struct journal *j = open_with(VIEW("t"), false);
    for (unsigned i = 0; i < 300; i++) {
        struct journal_id id = journal_id_of(j, VIEW("out"), i, 1);
        const struct journal_entry *e = journal_find(j, &id);
        assert_non_null(e);
        assert_int_equal(e->state, states[i % 3]);
        if (i % 3 != 1) assert_int_equal(e->bytes, 100 + i);
        if (i % 3 != 1) assert_int_equal(e->known, 3);
        if (i % 3 != 1) assert_memory_equal(e->sum, sum, sizeof sum);
    }
    struct journal_id id = journal_id_of(j, VIEW("out"), 0, 2); /* changed since */
    assert_null(journal_find(j, &id));
    id = journal_id_of(j, VIEW("other"), 0, 1);
    assert_null(journal_find(j, &id));
    assert_err(open_error(VIEW("t")), ERR_EXISTS); /* it is held */
    journal_free(j);
    assert_err(open_error(VIEW("u")), ERR_CONFIG);
    assert_err(open_error(VIEW("t")), OK);
    j = open_with(VIEW("u"), true);
    id = journal_id_of(j, VIEW("out"), 2, 1);
    assert_null(journal_find(j, &id));
    journal_free(j);
}

static void every_cut_leaves_what_was_whole(void **state)
{
    (void)state;
    struct buf all;
    buf_init(&all, 1 << 20);
    fill(5);
    read_all(&all);
    for (size_t n = 0; n <= all.n; n++) {
        uint64_t records;
        write_all(view_sub(buf_view(&all), 0, n));
        assert_ok(journal_check(view_sub(buf_view(&all), 0, n), NULL, VIEW("t"), &records, NULL));
        assert_int_equal(records, n < 96 ? 0 : n / 96 - 1);
        struct journal *j = open_with(VIEW("t"), false);
        struct journal_id id = journal_id_of(j, VIEW("out"), 9, 9);
        assert_ok(
            journal_intend(j, &id, 10, 1, sum, 3, NULL)); /* it goes on behind what is whole */
        journal_free(j);
        j = open_with(VIEW("t"), false);
        id = journal_id_of(j, VIEW("out"), 9, 9);
        assert_non_null(journal_find(j, &id));
        journal_free(j);
    }
    buf_clear(&all);
}

static void damage_is_no_cut(void **state)
{
    (void)state;
    struct buf all;
    buf_init(&all, 1 << 20);
    fill(5);
    read_all(&all);
    for (size_t at = 0; at < all.n; at++) {
        uint64_t records, whole = all.n / 96 - 1;
        all.p[at] ^= 16;
        err e = journal_check(buf_view(&all), NULL, VIEW("t"), &records, NULL);
        if (at >= all.n - 96)
            assert_true(e == OK && records == whole - 1); /* as good as torn */
        else if (e != ERR_CORRUPT && e != ERR_FORMAT && e != ERR_VERSION)
            fail_msg("byte %zu: %s", at, err_name(e));
        all.p[at] ^= 16;
    }
    write_all(VIEW("Patient John Smith was seen."));
    struct journal *j = NULL;
    const struct journal_params p = { .path = path, .terms = VIEW("t"), .restart = true };
    assert_err(journal_open(&j, &p, NULL), ERR_EXISTS); /* a file of somebody's is not replaced */
    buf_clear(&all);
}

static err fault_run_all(void *ctx)
{
    (void)ctx;
    err e = OK;
    struct journal *j = NULL;
    struct journal_params p = { .path = path, .terms = VIEW("t"), .restart = true };
    TRY(journal_open(&j, &p, NULL));
    struct journal_id id = journal_id_of(j, VIEW("out"), 1, 1);
    TRY(journal_intend(j, &id, 1, 1, sum, 3, NULL));
    TRY(journal_done(j, &id, 1, NULL));
    journal_free(j);
    j = NULL;
    p.restart = false;
    TRY(journal_open(&j, &p, NULL));
    assert_int_equal(journal_find(j, &id)->state, JOURNAL_DONE);
out:
    journal_free(j);
    return e;
}

static void memory_may_be_short(void **state)
{
    (void)state;
    assert_int_equal(unlink(path), 0);
    faults_in_turn(fault_run_all, NULL);
}

static int setup(void **state)
{
    (void)state;
    int fd = mkstemp(path);
    if (fd >= 0) close(fd);
    return fd < 0 || random_start();
}
static int teardown(void **state)
{
    (void)state;
    return unlink(path);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_was_kept_is_known_again),
        cmocka_unit_test(every_cut_leaves_what_was_whole),
        cmocka_unit_test(damage_is_no_cut),
        cmocka_unit_test(memory_may_be_short),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
