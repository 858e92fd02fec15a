/* ahead: records that are looked through together come out as each does alone, whatever fails on the way. */
#include "unit.h"

#include "faults.h"

#include "deid/deid.h"
#include "format/reader.h"

/* Names that recur, a line that is broken, an empty one, one without prose, one that is too long to go with others, and
 * one of more pieces than go together. */
static void fill(struct buf *out)
{
    for (int i = 0; i < 90; i++) {
        char line[256];
        snprintf(
            line, sizeof line,
            "{\"id\":\"n%d\",\"mrn\":\"00%d\",\"text\":\"%.*sPatient John Smith (MRN 00%d) saw "
            "Dr. Maria "
            "Lopez on 0%d/1%d/2021, BP %d/80.\"}\n",
            i, 400100 + i % 7, i % 5 * 6, "today today today today today ", 400100 + i % 7,
            1 + i % 9, i % 9, 110 + i % 30);
        assert_ok(buf_add(out, view_of_str(line)));
        if (i % 11 == 3) assert_ok(buf_add(out, VIEW("{broken Smith\n")));
        if (i % 13 == 5) assert_ok(buf_add(out, VIEW("{\"id\":\"x\",\"n\":4}\n\n")));
        if (i == 50) assert_ok(buf_add(out, VIEW("{\"text\":\"Ms. Quelby ")));
        for (int k = 0; i == 50 && k < 4000; k++)
            assert_ok(buf_add(out, VIEW("is stable today and ")));
        if (i == 50) assert_ok(buf_add(out, VIEW("left with Anna Vance.\"}\n{")));
        for (int k = 0; i == 50 && k < 100; k++) {
            snprintf(line, sizeof line, "\"k%d\":\"seen by Dr. Ada Hill %d days ago\",", k, k);
            assert_ok(buf_add(out, view_of_str(line)));
        }
        if (i == 50) assert_ok(buf_add(out, VIEW("\"end\":\"\"}\n")));
    }
}

struct run {
    struct deid *d;
    view block;
    struct buf out;
    struct deid_counts counts;
    bool alone;
    int64_t fault; /* this allocation of each look ahead fails; -1: none */
};

/* What comes out, with a mark for each record that fails, into r->out. */
static void go(struct run *r)
{
    const struct format *f = format_by_name(VIEW("jsonl"));
    struct deid_scratch *s;
    size_t pos = 0, ahead = 0;
    assert_ok(deid_scratch_new(&s));
    assert_ok(deid_scratch_remember(s));
    buf_reset(&r->out);
    r->counts = (struct deid_counts){ 0 };
    while (pos < r->block.n) {
        struct diag d = { 0 };
        if (!r->alone && pos >= ahead) {
            if (r->fault >= 0) (void)mem_fail_at(r->fault, false);
            ahead = pos + deid_ahead(r->d, s, f, ENC_UTF8, view_sub(r->block, pos, r->block.n));
            (void)mem_fail_at(-1, false);
            assert_true(ahead > pos && ahead <= r->block.n);
        }
        view bytes = reader_record(f, r->block, &pos);
        if (deid_record(r->d, s, f, ENC_UTF8, bytes, VIEW(""), &r->out, &r->counts, &d))
            assert_ok(buf_add(&r->out, VIEW("failed\n")));
    }
    deid_scratch_free(s);
}

static void is_as_alone(void **state)
{
    struct buf block;
    struct run alone = { .alone = true, .fault = -1 }, together = { .fault = -1 };
    struct deid_params p = deid_default_params();
    (void)state;
    p.style = STYLE_TAG;
    buf_init(&block, 1 << 20);
    fill(&block);
    assert_ok(deid_new(&alone.d, &p, NULL));
    together.d = alone.d;
    together.block = alone.block = buf_view(&block);
    buf_init(&alone.out, 1 << 22);
    buf_init(&together.out, 1 << 22);
    go(&alone);
    assert_true(alone.counts.replaced[LABEL_NAME] > 200);
    for (together.fault = -1; together.fault < 40; together.fault++) {
        go(&together);
        assert_true(view_eq(buf_view(&alone.out), buf_view(&together.out)));
        assert_memory_equal(&alone.counts, &together.counts, sizeof alone.counts);
    }
    buf_clear(&alone.out);
    buf_clear(&together.out);
    buf_clear(&block);
    deid_free(alone.d);
}

/* Somebody takes other records than those he told of. */
static void forgets_what_does_not_come(void **state)
{
    static const char said[] = "{\"text\":\"Mr. John Smith\"}\n{\"text\":\"Mr. Otto Quelby\"}\n";
    const struct format *f = format_by_name(VIEW("jsonl"));
    struct deid_params p = deid_default_params();
    struct deid_counts counts = { 0 };
    struct deid_scratch *s;
    struct deid *d;
    struct buf out;
    (void)state;
    p.style = STYLE_MASK;
    buf_init(&out, 4096);
    assert_ok(deid_new(&d, &p, NULL));
    assert_ok(deid_scratch_new(&s));
    assert_true(deid_ahead(d, s, f, ENC_UTF8, view_of_str(said)) > 0);
    assert_ok(deid_record(d, s, f, ENC_UTF8, VIEW("{\"text\":\"none\"}\n"), VIEW(""), &out, &counts,
                          NULL));
    size_t pos = 0;
    view first = reader_record(f, view_of_str(said), &pos);
    assert_ok(deid_record(d, s, f, ENC_UTF8, first, VIEW(""), &out, &counts, NULL));
    assert_view(buf_view(&out), "{\"text\":\"none\"}\n{\"text\":\"[NAME]\"}\n");
    buf_clear(&out);
    deid_scratch_free(s);
    deid_free(d);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(is_as_alone),
        cmocka_unit_test(forgets_what_does_not_come),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
