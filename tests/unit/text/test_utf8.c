/* UTF-8: what is well-formed, at every place of a long ASCII run, and what the offsets of a map mean. */
#include "unit.h"

#include "faults.h"
#include "text/offsets.h"
#include "text/utf8.h"

static void a_fault_is_found_wherever_it_stands(void **state)
{
    (void)state;
    static const struct {
        const char *bytes;
        size_t n;
        bool is_good;
    } cases[] = {
        { "\xC3\xA9", 2, true },
        { "\xE2\x82\xAC", 3, true },
        { "\xF0\x9F\x98\x80", 4, true },
        { "\xF4\x8F\xBF\xBF", 4, true },
        { "\xED\x9F\xBF", 3, true },
        { "\xEE\x80\x80", 3, true },
        { "\x80", 1, false },
        { "\xC0\xAF", 2, false }, /* overlong */
        { "\xE0\x9F\xBF", 3, false },
        { "\xF0\x8F\xBF\xBF", 4, false },
        { "\xED\xA0\x80", 3, false },
        { "\xED\xBF\xBF", 3, false }, /* surrogates */
        { "\xF4\x90\x80\x80", 4, false },
        { "\xF5\x80\x80\x80", 4, false },
        { "\xC3", 1, false },
        { "\xE2\x82", 2, false },
        { "\xF0\x9F\x98", 3, false },
        { "\xC3\x41", 2, false },
        { "\xE2\x82\x41", 3, false },
        { "\xFF", 1, false },
    };
    char text[200];
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        for (size_t at = 0; at < 100; at++) {
            size_t n = at + cases[i].n, tail = at % 3 * 10;
            memset(text, 'a', sizeof text);
            memcpy(text + at, cases[i].bytes, cases[i].n);
            view v = { text, n + (cases[i].is_good ? tail : 0) };
            assert_int_equal(utf8_bad_at(v), cases[i].is_good ? v.n : at);
            assert_false(utf8_is_ascii(v));
        }
    }
    assert_int_equal(utf8_bad_at(VIEW("")), 0);
    assert_true(utf8_is_ascii(VIEW("")));
}

static void every_scalar_value_comes_back(void **state)
{
    (void)state;
    char text[4];
    for (uint32_t cp = 0; cp <= 0x10FFFF; cp++) {
        if (cp >= 0xD800 && cp <= 0xDFFF) continue;
        size_t n = utf8_put(cp, text), pos = 0;
        view v = { text, n };
        assert_int_equal(utf8_bad_at(v), n);
        assert_int_equal(utf8_next(v, &pos), cp);
        assert_int_equal(pos, n);
        assert_int_equal(utf8_count(v), 1);
    }
}

static void characters_are_counted_at_any_length(void **state)
{
    (void)state;
    char text[120];
    size_t n = 0;
    for (size_t i = 0; i < 30; i++) {
        assert_int_equal(utf8_count(view_of(text, n)), i);
        n += utf8_put(i % 4 == 0   ? 'a'
                      : i % 4 == 1 ? 0xE9
                      : i % 4 == 2 ? 0x20AC
                                   : 0x1F600,
                      text + n);
    }
}

static void a_map_leads_to_the_source(void **state)
{
    (void)state;
    /* source  a \u00e9 . [BOM] b "  "   text  a é . b */
    static const struct offset_mark marks[] = { { 0, 0 },  { 1, 1 },  { 3, 7 }, { 4, 8 },
                                                { 4, 11 }, { 5, 12 }, { 5, 14 } };
    const struct offset_map m = { marks, COUNT_OF(marks) };
    assert_int_equal(offset_start(&m, 0), 0);
    assert_int_equal(offset_end(&m, 1), 1);
    assert_int_equal(offset_start(&m, 1), 1);
    assert_int_equal(offset_start(&m, 2), 1); /* inside é: all of it */
    assert_int_equal(offset_end(&m, 2), 7);
    assert_int_equal(offset_end(&m, 3), 7);
    assert_int_equal(offset_start(&m, 3), 7);
    assert_int_equal(offset_end(&m, 4), 8); /* what is removed stays outside */
    assert_int_equal(offset_start(&m, 4), 11);
    assert_int_equal(offset_end(&m, 5), 12);
    assert_int_equal(offset_start(&m, 5), 14);
    assert_int_equal(offset_start(&m, 99), 14); /* past the end: the end */
    assert_int_equal(offset_end(&m, 99), 14);
    const struct offset_map identity = { NULL, 0 };
    assert_int_equal(offset_start(&identity, 7), 7);
    assert_int_equal(offset_end(&identity, 7), 7);
}

static void a_builder_keeps_only_boundaries_that_matter(void **state)
{
    (void)state;
    struct arena a;
    struct offset_builder b;
    arena_init(&a, 1 << 20);
    offset_builder_init(&b, &a);
    for (uint32_t i = 0; i <= 10; i++)
        assert_ok(offset_mark_add(&b, i, i)); /* linear */
    assert_ok(offset_mark_add(&b, 11, 12));   /* atomic */
    assert_ok(offset_mark_add(&b, 12, 14));   /* and another */
    assert_ok(offset_mark_add(&b, 12, 17));   /* removed */
    assert_ok(offset_mark_add(&b, 12, 20));   /* removed */
    struct offset_map m = offset_builder_done(&b);
    assert_int_equal(m.n, 5);
    assert_int_equal(offset_start(&m, 5), 5);
    assert_int_equal(offset_start(&m, 11), 12);
    assert_int_equal(offset_end(&m, 12), 14);
    assert_int_equal(offset_start(&m, 12), 20);
    arena_clear(&a);
}

static err build_many(void *ctx)
{
    (void)ctx;
    err e = OK;
    struct arena a;
    struct offset_builder b;
    arena_init(&a, 4 << 20);
    offset_builder_init(&b, &a);
    for (uint32_t i = 0; i < 5000; i++)
        TRY(offset_mark_add(&b, i, 3 * i));
    struct offset_map m = offset_builder_done(&b);
    for (uint32_t i = 0; i < 5000; i++)
        assert_int_equal(offset_end(&m, i), 3 * i);
out:
    arena_clear(&a);
    return e;
}

static void a_builder_survives_want_of_memory(void **state)
{
    (void)state;
    faults_in_turn(build_many, NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_fault_is_found_wherever_it_stands),
        cmocka_unit_test(every_scalar_value_comes_back),
        cmocka_unit_test(characters_are_counted_at_any_length),
        cmocka_unit_test(a_map_leads_to_the_source),
        cmocka_unit_test(a_builder_keeps_only_boundaries_that_matter),
        cmocka_unit_test(a_builder_survives_want_of_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
