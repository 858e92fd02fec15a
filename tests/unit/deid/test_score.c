/* The measures by hand-made cases; agreement on whole files is tests/eval. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/mem.h"
#include "deid/score.h"

struct fixture {
    struct score_words *w;
    struct arena a;
};

static int set_up(void **state)
{
    static struct fixture f;
    arena_init(&f.a, 1 << 24);
    *state = &f;
    return score_words_new(&f.w);
}

static int tear_down(void **state)
{
    struct fixture *f = *state;
    score_words_free(f->w);
    arena_clear(&f->a);
    return 0;
}

/* Marks are drawn below the text: g gold, p predicted, b both; one character a code point. */
static struct score_row row_of(struct fixture *f, const char *text, const char *marks)
{
    struct score_span gold[16], pred[16];
    size_t n_gold = 0, n_pred = 0;
    struct score_row r = { 0 };
    for (const char *letter = "gp"; *letter; letter++) {
        struct score_span *v = *letter == 'g' ? gold : pred;
        size_t *n = *letter == 'g' ? &n_gold : &n_pred;
        bool open = false;
        for (uint32_t i = 0; i <= strlen(marks); i++) {
            bool in = marks[i] == *letter || marks[i] == 'b';
            if (in && !open) v[(*n)++] = (struct score_span){ .start = i, .label = VIEW("") };
            if (!in && open) v[*n - 1].end = i;
            open = in;
        }
    }
    arena_reset(&f->a);
    assert_int_equal(
        score_text(f->w, view_of_str(text), gold, n_gold, pred, n_pred, &f->a, &r, NULL, NULL), OK);
    return r;
}

static void edges_do_not_matter(void **state)
{
    struct score_row r = row_of(*state, "seen (John Smith), well", /**/
                                "     gggggggggggg      ");
    assert_int_equal(r.gold, 1);
    assert_int_equal(r.gold_chars, 9);
    assert_int_equal(r.full, 0);
    r = row_of(*state, "seen (John Smith), well", /**/
               "     gbbbbbbbbbbgp     ");
    assert_int_equal(r.full, 1);
    assert_int_equal(r.pred, 2 - 1); /* the comma alone says nothing */
    assert_int_equal(r.lost, 0);
    assert_int_equal(r.other_chars, 8);
}

static void a_part_is_any_not_full(void **state)
{
    struct score_row r = row_of(*state, "seen John Smith well", /**/
                                "     bbbbggggggpppp ");
    assert_int_equal(r.full, 0);
    assert_int_equal(r.core, 0);
    assert_int_equal(r.any, 1);
    assert_int_equal(r.covered, 4);
    assert_int_equal(r.pred, 2);
    assert_int_equal(r.right, 1);
    assert_int_equal(r.lost, 3);
}

static void generic_words_are_not_core(void **state)
{
    struct score_row r = row_of(*state, "at Mercy General Hospital", /**/
                                "   bbbbbgggggggggggggggggg");
    assert_int_equal(r.full, 0);
    assert_int_equal(r.core, 1);
    r = row_of(*state, "at General Hospital", /**/
               "   gggggggggggggggg");
    assert_int_equal(r.core, 0);
    r = row_of(*state, "at General Hospital", /**/
               "   bbgggggggggggggg");
    assert_int_equal(r.core, 1); /* nothing but generic words: a touch is enough */
}

static void repeats_and_cues_are_neutral(void **state)
{
    struct score_row r = row_of(*state, "Dr. Smith saw SMITH", /**/
                                "ppppbbbbb     ppppp");
    assert_int_equal(r.full, 1);
    assert_int_equal(r.pred, 1); /* the repeat is neither right nor wrong */
    assert_int_equal(r.lost, 0);
    assert_int_equal(r.other_chars, 3);              /* "saw" */
    r = row_of(*state, "MRN and then after all 123", /**/
               "ppp                    bbb");
    assert_int_equal(r.lost, 3); /* the cue is too far away */
}

static void only_ages_and_years_are_forgiven(void **state)
{
    static const char *const ages[] = { "45",
                                        "45 y/o M",
                                        "45-year-old male",
                                        "in 2019",
                                        "aged 7",
                                        "1999",
                                        "since '80s",
                                        "12 days ago",
                                        " (3 months old) ",
                                        "over 89",
                                        "\u0664\u0665 years" };
    static const char *const more[] = { "2105",  "Jan 2019", "45 Smith", "x",
                                        "March", "in",       "45 y/old" };
    for (size_t i = 0; i < COUNT_OF(ages) + COUNT_OF(more); i++) {
        const char *text = i < COUNT_OF(ages) ? ages[i] : more[i - COUNT_OF(ages)];
        struct fixture *f = *state;
        struct score_row r;
        struct score_span all = { .start = 0, .end = 99, .label = VIEW("") };
        arena_reset(&f->a);
        assert_int_equal(
            score_text(f->w, view_of_str(text), NULL, 0, &all, 1, &f->a, &r, NULL, NULL), OK);
        assert_true(r.negative && r.touched);
        if (r.touched_more != (i >= COUNT_OF(ages))) fail_msg("wrong for: %s", text);
    }
}

static void long_blanks_take_no_time(void **state)
{
    struct fixture *f = *state;
    enum { N = 200000 };
    char *text = mem_alloc(N);
    struct score_span all = { .start = 0, .end = N, .label = VIEW("") };
    struct score_row r;
    memset(text, ' ', N);
    text[0] = '7';
    text[N - 1] = 'q';
    arena_reset(&f->a);
    assert_int_equal(score_text(f->w, view_of(text, N), NULL, 0, &all, 1, &f->a, &r, NULL, NULL),
                     OK);
    assert_true(r.touched_more);
    mem_free(text);
}

static void lower_is_python_s(void **state)
{
    static const struct {
        const char *text;
        const uint32_t want[8];
        size_t n;
    } table[] = {
        { "Ab1", { 'a', 'b', '1' }, 3 },
        { "\u0130x", { 'i', 0x307, 'x' }, 3 },
        { "\u0391\u03A3", { 0x3B1, 0x3C2 }, 2 },
        { "\u0391\u03A3\u0391", { 0x3B1, 0x3C3, 0x3B1 }, 3 },
        { "\u0391\u03A3.\u0391", { 0x3B1, 0x3C3, '.', 0x3B1 }, 4 },
        { "\u0391\u03A3 \u0391", { 0x3B1, 0x3C2, ' ', 0x3B1 }, 4 },
        { "\u03A3", { 0x3C3 }, 1 },
        { "\u1E9E\u212A", { 0xDF, 'k' }, 2 },
    };
    struct fixture *f = *state;
    for (size_t i = 0; i < COUNT_OF(table); i++) {
        uint32_t *low;
        size_t n;
        arena_reset(&f->a);
        assert_int_equal(score_lower(f->w, view_of_str(table[i].text), &f->a, &low, &n), OK);
        assert_int_equal(n, table[i].n);
        assert_memory_equal(low, table[i].want, n * sizeof *low);
    }
}

static void ends_of_the_scale(void **state)
{
    struct score_row r[2];
    double v[SCORE_METRIC_COUNT];
    r[0] = row_of(*state, "Mrs Lee lives in Ames", /**/
                  "    bbb          bbbb");
    r[1] = row_of(*state, "no one is here", "");
    score_total(r, NULL, 2, v);
    for (int m = 0; m < SCORE_METRIC_COUNT; m++)
        assert_true(v[m] == (m == SCORE_OR || m == SCORE_OR_X || m == SCORE_LOST ? 0 : 1));
    r[0] = row_of(*state, "Mrs Lee lives in Ames", /**/
                  "    ggg          gggg");
    score_total(r, NULL, 2, v);
    for (int m = 0; m < SCORE_METRIC_COUNT; m++)
        if (m == SCORE_P_ENT || m == SCORE_F1) /* nothing was predicted: undefined, not nought */
            assert_true(isnan(v[m]));
        else
            assert_true(v[m] == 0);
    score_total(r, NULL, 0, v);
    for (int m = 0; m < SCORE_METRIC_COUNT; m++)
        assert_true(isnan(v[m]));
}

static void spans_past_the_text_count_for_nothing(void **state)
{
    struct fixture *f = *state;
    struct score_span far = { .start = 50, .end = UINT32_MAX, .label = VIEW("") };
    struct score_row r;
    arena_reset(&f->a);
    assert_int_equal(score_text(f->w, VIEW("short"), &far, 1, &far, 1, &f->a, &r, NULL, NULL), OK);
    assert_int_equal(r.full, 1); /* nothing to cover */
    assert_int_equal(r.any, 0);
    assert_int_equal(r.pred, 0);
}

static void every_allocation_may_fail(void **state)
{
    (void)state;
    for (int64_t k = 0;; k++) {
        struct score_words *w = NULL;
        struct arena a;
        struct score_row r;
        struct score_span s = { .start = 4, .end = 9, .label = VIEW("") };
        arena_init(&a, 1 << 20);
        mem_fail_at(k, false);
        err e = score_words_new(&w);
        if (!e) e = score_text(w, VIEW("Dr. Smith 45"), &s, 1, &s, 1, &a, &r, NULL, NULL);
        mem_fail_at(-1, false);
        if (w) score_words_free(w);
        arena_clear(&a);
        if (e == OK) break;
        assert_int_equal(e, ERR_MEMORY);
        assert_true(k < 1000);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(edges_do_not_matter),
        cmocka_unit_test(a_part_is_any_not_full),
        cmocka_unit_test(generic_words_are_not_core),
        cmocka_unit_test(repeats_and_cues_are_neutral),
        cmocka_unit_test(only_ages_and_years_are_forgiven),
        cmocka_unit_test(long_blanks_take_no_time),
        cmocka_unit_test(lower_is_python_s),
        cmocka_unit_test(ends_of_the_scale),
        cmocka_unit_test(spans_past_the_text_count_for_nothing),
        cmocka_unit_test(every_allocation_may_fail),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
