/* Boosted trees: what rows tell is learned, votes are what training saw, the bytes do not depend on the threads. */
#include "train/boost.h"

#include "base/exp_plain.h"
#include "base/hash.h"
#include "base/log_plain.h"
#include "unit.h"

#include "faults.h"

enum { N = 4000, WIDTH = 24, XOR_A = 3, XOR_B = 17, LEVEL = 9, BYTES_EVERY = 5, TREES = 40 };

static uint8_t facts[N * WIDTH], is_true[N];
static struct tag_tree trees[3][TREES];

/* True: one of two facts and not the other, or a level past 200; between noise of one bit, of a byte, and none. */
static struct boost_rows make_rows(uint32_t n, uint64_t seed)
{
    for (uint32_t i = 0; i < n; i++) {
        uint8_t *f = facts + (size_t)i * WIDTH;
        for (uint32_t k = 0; k < WIDTH; k++) {
            uint64_t h = hash_mix((uint64_t)i << 32 | k, seed);
            f[k] = k % BYTES_EVERY == LEVEL % BYTES_EVERY ? (uint8_t)h : h % 3 == 0;
        }
        f[1] = 7;
        is_true[i] = f[XOR_A] != f[XOR_B] || f[LEVEL] > 200;
    }
    return (struct boost_rows){ n, WIDTH, facts, is_true };
}
static struct boost_params params(unsigned threads)
{
    struct boost_params p = boost_default_params();
    p.trees = TREES;
    p.rate = 0.3F;
    p.threads = threads;
    return p;
}
static float score_of(const struct tag_tree *t, uint32_t n, float base, const uint8_t *f)
{
    return base + (float)tag_trees_vote(t, n, f) / TAG_VOTE_UNIT;
}

static void learns_what_rows_tell(void **state)
{
    (void)state;
    struct boost_rows r = make_rows(N, 1);
    struct boost_params p = params(1);
    float base;
    assert_ok(boost_learn(&r, &p, trees[0], &base, NULL, NULL));
    assert_true(tag_trees_are_sound(trees[0], TREES, WIDTH));
    (void)make_rows(N, 2); /* others */
    uint32_t wrong = 0;
    for (uint32_t i = 0; i < N; i++)
        wrong += (score_of(trees[0], TREES, base, facts + (size_t)i * WIDTH) > 0) != is_true[i];
    assert_in_range(wrong, 0, N / 200);
}

struct course {
    unsigned n;
    double loss;
};
static void see_it_fall(void *ctx, unsigned n_trees, double loss)
{
    struct course *c = ctx;
    assert_int_equal(n_trees, ++c->n);
    assert_true(loss < c->loss);
    c->loss = loss;
}

static double loss_of(const struct boost_rows *r, const struct tag_tree *t, uint32_t n, float base)
{
    double sum = 0;
    for (uint32_t i = 0; i < r->n; i++) {
        float s = score_of(t, n, base, r->facts + (size_t)i * r->width);
        sum += log_plain(1 + (double)exp_plain(r->is_true[i] ? -s : s));
    }
    return sum / r->n;
}

/* The loss that training counts from what it keeps of each row is the one that the votes of the stored trees give. */
static void votes_as_training_saw(void **state)
{
    (void)state;
    struct boost_rows r = make_rows(N - 3, 1);
    struct boost_params p = params(1);
    struct course c = { .n = 0, .loss = 1 };
    float base;
    assert_ok(boost_learn(&r, &p, trees[0], &base, see_it_fall, &c));
    assert_int_equal(c.n, TREES);
    double off = loss_of(&r, trees[0], TREES, base) - c.loss;
    assert_true(off < 1e-6 && off > -1e-6);
}

static void gives_the_same_bytes_with_any_threads(void **state)
{
    (void)state;
    const unsigned threads[] = { 1, 3, 40 };
    struct boost_rows r = make_rows(N, 3);
    float base[3];
    for (size_t i = 0; i < COUNT_OF(threads); i++) {
        struct boost_params p = params(threads[i]);
        assert_ok(boost_learn(&r, &p, trees[i], &base[i], NULL, NULL));
        assert_memory_equal(&base[i], &base[0], sizeof base[0]);
        assert_memory_equal(trees[i], trees[0], sizeof trees[0]);
    }
}

/* Of columns that say the same, the first is asked, whichever thread looked at it. */
static void asks_the_first_of_equals(void **state)
{
    (void)state;
    struct boost_rows r = make_rows(N, 4);
    for (uint32_t i = 0; i < N; i++)
        facts[i * WIDTH + 20] = facts[i * WIDTH + 6] = facts[i * WIDTH + 11] = is_true[i];
    for (unsigned threads = 1; threads <= 4; threads++) {
        struct boost_params p = params(threads);
        float base;
        p.trees = 1;
        assert_ok(boost_learn(&r, &p, trees[0], &base, NULL, NULL));
        assert_int_equal(trees[0][0].node[0].fact, 6);
        assert_int_equal(trees[0][0].node[0].most, 0);
        assert_true(trees[0][0].leaf[0] < 0 && trees[0][0].leaf[1] > 0);
        assert_int_equal(trees[0][0].leaf[2], 0);
    }
}

static err learn(uint32_t n, uint32_t width, const char *f, const char *truth)
{
    struct boost_rows r = { n, width, (const uint8_t *)f, (const uint8_t *)truth };
    struct boost_params p = params(2);
    float base;
    p.least_rows = 1;
    err e = boost_learn(&r, &p, trees[0], &base, NULL, NULL);
    assert_true(e || tag_trees_are_sound(trees[0], TREES, width));
    return e;
}

static void learns_from_little(void **state)
{
    (void)state;
    assert_err(learn(0, 1, "", ""), ERR_UNSUPPORTED);
    assert_err(learn(1, 1, "\1", "\1"), ERR_UNSUPPORTED);
    assert_err(learn(3, 1, "\1\2\3", "\0\0\0"), ERR_UNSUPPORTED);
    assert_err(learn(3, 1, "\1\2\3", "\1\1\1"), ERR_UNSUPPORTED);
    assert_err(learn(2, 0, "", "\0\1"), ERR_UNSUPPORTED);
    /* one column: half way between what is told apart, so that what was never seen goes to the nearer */
    assert_ok(learn(2, 1, "\10\20", "\0\1"));
    assert_int_equal(trees[0][0].node[0].most, 12);
    assert_true(trees[0][0].leaf[0] < 0 && trees[0][0].leaf[1] == -trees[0][0].leaf[0]);
    assert_ok(learn(2, 1, "\0\377", "\1\0"));
    assert_int_equal(trees[0][0].node[0].most, 127);
    /* columns that tell nothing: trees of one leaf, which has nothing to add to where rows begin */
    assert_ok(learn(4, 2, "\5\0\5\0\5\0\5\0", "\0\1\1\0"));
    assert_int_equal(trees[0][0].node[0].low, TAG_TREE_IS_LEAF);
    assert_int_equal(trees[0][0].node[0].high, TAG_TREE_IS_LEAF);
    assert_int_equal(tag_trees_vote(trees[0], TREES, (const uint8_t *)"\5\0"), 0);
}

static void keeps_to_what_it_is_told(void **state)
{
    (void)state;
    struct boost_rows r = make_rows(N, 5);
    struct boost_params p = params(1);
    float base;
    p.trees = 2;
    p.leaves = 3;
    assert_ok(boost_learn(&r, &p, trees[0], &base, NULL, NULL));
    assert_int_not_equal(trees[0][0].leaf[2], 0);
    for (uint32_t i = 3; i < TAG_TREE_LEAVES; i++)
        assert_int_equal(trees[0][0].leaf[i], 0);
    p.least_rows = N / 2 + 1; /* no two leaves have so many */
    assert_ok(boost_learn(&r, &p, trees[0], &base, NULL, NULL));
    assert_int_equal(trees[0][0].node[0].low, TAG_TREE_IS_LEAF);
    r.n = BOOST_ROWS_MAX + 1;
    assert_err(boost_learn(&r, &p, trees[0], &base, NULL, NULL), ERR_LIMIT);
}

static err learn_once(void *ctx)
{
    struct boost_params p = params(3);
    float base;
    p.trees = 2;
    err e = boost_learn(ctx, &p, trees[0], &base, NULL, NULL);
    if (!e && !tag_trees_are_sound(trees[0], 2, WIDTH)) e = ERR_FORMAT;
    return e;
}

static void says_when_memory_is_short(void **state)
{
    (void)state;
    struct boost_rows r = make_rows(100, 6);
    faults_in_turn(learn_once, &r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(learns_what_rows_tell),
        cmocka_unit_test(votes_as_training_saw),
        cmocka_unit_test(gives_the_same_bytes_with_any_threads),
        cmocka_unit_test(asks_the_first_of_equals),
        cmocka_unit_test(learns_from_little),
        cmocka_unit_test(keeps_to_what_it_is_told),
        cmocka_unit_test(says_when_memory_is_short),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
