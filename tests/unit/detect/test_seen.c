/* What is remembered of short texts changes no answer. */
#include "detect/seen.h"

#include "detect/engine.h"
#include "detect/known.h"
#include "unit.h"
/* after unit.h */
#include "faults.h"

static const char *const texts[] = {
    "Springfield",
    "Seen by Dr. Sandoval on 3/14/2021.",
    "Body Weight",
    "MRN 00482913",
    "mother: Alice Sandoval",
    "",
    "142/90",
    "Sandoval",
    "call (617) 555-0123 or 617-555-0199 or 617-555-0111, or write to a@example.org",
    "Ａｌｉｃｅ Sandoval, 45",
};

static void assert_same(const struct findings *a, const struct findings *b)
{
    assert_int_equal(a->n, b->n);
    for (uint32_t i = 0; i < a->n; i++) {
        const struct finding *x = &a->v[i], *y = &b->v[i];
        assert_int_equal(x->start, y->start);
        assert_int_equal(x->end, y->end);
        assert_int_equal(x->cue_start, y->cue_start);
        assert_int_equal(x->cue_end, y->cue_end);
        assert_int_equal(x->rule, y->rule);
        assert_int_equal(x->label, y->label);
        assert_int_equal(x->source, y->source);
        assert_int_equal(x->role, y->role);
        assert_int_equal(x->part, y->part);
        assert_int_equal(x->subject, y->subject);
        assert_true(x->score == y->score);
    }
}

static err ask_twice(const struct detect *d, const struct known *k)
{
    err e = OK;
    struct detect_scratch *plain = NULL, *remembers = NULL;
    struct findings a, b;
    const struct known_list someone = { { k }, 1 };
    findings_init(&a, DETECT_MAX);
    findings_init(&b, DETECT_MAX);
    TRY(detect_scratch_new(&plain));
    TRY(detect_scratch_new(&remembers));
    TRY(detect_scratch_remember(remembers));
    for (unsigned round = 0; round < 4; round++)
        for (size_t i = 0; i < COUNT_OF(texts); i++) {
            const struct known_list *known = (round + i) % 2 ? &someone : NULL;
            view text = view_of_str(texts[i]), field = i % 3 ? view_of(NULL, 0) : VIEW("town");
            if (!text.n) text.p = NULL;
            TRY(detect_text_known(d, plain, text, field, known, &a));
            TRY(detect_text_known(d, remembers, text, field, known, &b));
            assert_same(&a, &b);
        }
out:
    findings_clear(&a);
    findings_clear(&b);
    detect_scratch_free(plain);
    detect_scratch_free(remembers);
    return e;
}

static err all(void *ctx)
{
    err e = OK;
    struct detect *d = NULL;
    struct arena a;
    struct known *k = NULL;
    const struct known_value v = { VIEW("Springfield"), LABEL_NAME, PART_FAMILY, 1, 1 };
    const struct known_help help = { lexicon_builtin(), NULL, DATE_MONTH_FIRST };
    (void)ctx;
    arena_init(&a, 1 << 20);
    TRY(known_new(&k, &v, 1, &help, &a));
    TRY(detect_new(&d, lexicon_builtin()));
    TRY(ask_twice(d, k));
out:
    detect_free(d);
    arena_clear(&a);
    return e;
}

static void answers_stay_the_same(void **state)
{
    (void)state;
    assert_ok(all(NULL));
}

static void every_allocation_may_fail(void **state)
{
    (void)state;
    faults_in_turn(all, NULL);
}

static void another_detector_is_not_answered_for(void **state)
{
    struct seen *s;
    struct findings found;
    (void)state;
    findings_init(&found, 8);
    assert_ok(seen_new(&s));
    assert_ok(findings_add(&found, (struct finding){ .end = 5, .label = LABEL_NAME }));
    seen_keep(s, 1, VIEW("Alice"), VIEW("a"), &found);
    found.n = 0;
    assert_false(seen_find(s, 2, VIEW("Alice"), VIEW("a"), &found));
    assert_false(seen_find(s, 1, VIEW("Alicea"), VIEW(""), &found));
    assert_false(seen_find(s, 1, VIEW("alice"), VIEW("a"), &found));
    for (int i = 0; i < 3; i++) {
        found.n = 0;
        assert_true(seen_find(s, 1, VIEW("Alice"), VIEW("a"), &found));
        assert_int_equal(found.n, 1);
        assert_int_equal(found.v[0].end, 5);
    }
    seen_free(s);
    findings_clear(&found);
}

static void values_that_never_repeat_push_nothing_out(void **state)
{
    struct seen *s;
    struct findings found;
    char number[24];
    (void)state;
    findings_init(&found, 8);
    assert_ok(seen_new(&s));
    seen_keep(s, 1, VIEW("Albany"), VIEW(""), &found);
    assert_true(seen_find(s, 1, VIEW("Albany"), VIEW(""), &found));
    for (int i = 0; i < 100000; i++) {
        int n = snprintf(number, sizeof number, "%d", i);
        seen_keep(s, 1, view_of(number, (size_t)n), VIEW(""), &found);
    }
    assert_true(seen_find(s, 1, VIEW("Albany"), VIEW(""), &found));
    seen_free(s);
    findings_clear(&found);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(answers_stay_the_same),
        cmocka_unit_test(every_allocation_may_fail),
        cmocka_unit_test(another_detector_is_not_answered_for),
        cmocka_unit_test(values_that_never_repeat_push_nothing_out),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
