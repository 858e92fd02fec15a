/* Files of marked texts: what counts when ids repeat or are absent, and what happens without memory. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "base/mem.h"
#include "deid/score_run.h"

static const char gold_file[] =
    "\xEF\xBB\xBF{\"id\":\"a\",\"text\":\"Dr. "
    "Lee\\u0020came\",\"spans\":[{\"start\":4,\"end\":7,\"label\":\"NAME\"}]}\n"
    "{\"id\":7,\"text\":\"old\",\"spans\":[]}\r\n"
    "\n"
    "{\"spans\":[{\"end\":4,\"start\":0,\"label\":\"DATE\",\"x\":{\"y\":[1,null]}}],\"text\":\"May "
    "5\",\"id\":\"7\"}";
static const char pred_file[] =
    "{\"id\":\"a\",\"spans\":[{\"start\":4,\"end\":7},{\"start\":8,\"end\":99}]}\n";

static err run_all(struct score_run *r, struct score_marked *pred, struct diag *d)
{
    err e = OK;
    score_run_init(r, 5);
    TRY(score_marked_read(&r->gold, view_of_str(gold_file), true, &r->keep, d));
    TRY(score_marked_read(pred, view_of_str(pred_file), false, &r->keep, d));
    TRY(score_run_compare(r, score_predict_file, pred, d));
out:
    return e;
}

static void ids_decide(void **state)
{
    (void)state;
    struct score_run r;
    struct score_marked pred;
    struct diag d = { 0 };
    assert_int_equal(run_all(&r, &pred, &d), OK);
    assert_int_equal(r.gold.n, 2);
    assert_int_equal(r.gold.repeated, 1); /* 7 and "7" are one id, and its last line counts */
    assert_int_equal(r.rows[1].gold, 1);
    assert_int_equal(r.matched, 1);
    assert_int_equal(r.unpredicted, 1);
    assert_int_equal(r.outside, 1);
    assert_int_equal(r.rows[0].full, 1);
    assert_int_equal(r.rows[0].pred, 2);
    assert_int_equal(r.rows[0].right, 1);
    assert_int_equal(r.n_missed, 1);
    assert_true(view_eq(r.missed[0].value, VIEW("May ")));
    assert_true(view_eq(r.missed[0].label, VIEW("DATE")));
    assert_int_equal(r.n_extra, 1);
    assert_true(view_eq(r.extra[0].value, VIEW("came")));
    assert_int_equal(r.gold_labels.n, 2);
    assert_int_equal(r.gold_labels.v[0].hits, 1);
    score_run_clear(&r);
}

static void place_of_a_fault(void **state)
{
    (void)state;
    static const char file[] = "{\"id\":\"a\",\"spans\":[]}\n\n{\"id\":\"b\",\"spans\":[4]}\n";
    struct arena a;
    struct score_marked m;
    struct diag d = { .input = 2 };
    arena_init(&a, 1 << 20);
    assert_int_equal(score_marked_read(&m, view_of_str(file), false, &a, &d), ERR_FORMAT);
    assert_int_equal(d.input, 2);
    assert_int_equal(d.record, 3);
    assert_int_equal(d.offset, strchr(file, '4') - file);
    assert_int_equal(score_marked_read(&m, view_of_str(file), true, &a, NULL), ERR_FORMAT);
    arena_clear(&a);
}

static void every_allocation_may_fail(void **state)
{
    (void)state;
    size_t before = mem_in_use();
    for (int64_t k = 0;; k++) {
        struct score_run r;
        struct score_marked pred;
        struct diag d = { 0 };
        mem_fail_at(k, false);
        err e = run_all(&r, &pred, &d);
        mem_fail_at(-1, false);
        score_run_clear(&r);
        assert_int_equal(mem_in_use(), before);
        if (e == OK) break;
        assert_int_equal(e, ERR_MEMORY);
        assert_int_equal(d.code, ERR_MEMORY);
        assert_true(k < 1000);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ids_decide),
        cmocka_unit_test(place_of_a_fault),
        cmocka_unit_test(every_allocation_may_fail),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
