#include "unit.h"

#include <math.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/diag.h"
#include "base/hash.h"
#include "base/map.h"
#include "faults.h"

static void a_buffer_grows_to_its_limit_and_no_further(void **state)
{
    (void)state;
    struct buf b;

    buf_init(&b, 10);
    assert_ok(buf_add(&b, VIEW("12345")));
    assert_ok(buf_add_char(&b, '6'));
    assert_err(buf_add(&b, VIEW("78901")), ERR_LIMIT);
    assert_view(buf_view(&b), "123456");
    assert_ok(buf_add(&b, VIEW("7890")));
    assert_err(buf_add_char(&b, '!'), ERR_LIMIT);
    assert_err(buf_reserve(&b, SIZE_MAX), ERR_LIMIT);
    assert_true(b.cap <= 10);
    buf_reset(&b);
    assert_int_equal(b.n, 0);
    assert_ok(buf_add(&b, VIEW("")));
    buf_clear(&b);
    assert_int_equal(b.max, 10);
    assert_int_equal(mem_in_use(), 0);
}

static void numbers_are_spelled(void **state)
{
    (void)state;
    struct buf b;
    buf_init(&b, 4096);

    assert_ok(buf_add_u64(&b, 0));
    assert_ok(buf_add_char(&b, ' '));
    assert_ok(buf_add_u64(&b, UINT64_MAX));
    assert_ok(buf_add_char(&b, ' '));
    assert_ok(buf_add_u64_pad(&b, 7, 4));
    assert_ok(buf_add_u64_pad(&b, 12345, 2));
    assert_view(buf_view(&b), "0 18446744073709551615 000712345");

    buf_reset(&b);
    assert_ok(buf_add_fixed(&b, -3.14159, 3));
    assert_ok(buf_add_char(&b, ' '));
    assert_ok(buf_add_fixed(&b, 2, 0));
    assert_ok(buf_add_char(&b, ' '));
    assert_ok(buf_add_fixed(&b, NAN, 2));
    assert_ok(buf_add_char(&b, ' '));
    assert_ok(buf_add_fixed(&b, INFINITY, 2));
    assert_view(buf_view(&b), "-3.142 2 null null");
    assert_ok(buf_add_fixed(&b, -1.7976931348623157e308, 99));
    buf_clear(&b);
}

static void json_strings_are_escaped(void **state)
{
    (void)state;
    static const struct {
        const char *in, *out;
    } cases[] = {
        { "", "\"\"" },
        { "plain", "\"plain\"" },
        { "eight by", "\"eight by\"" },
        { "a \"quote\"", "\"a \\\"quote\\\"\"" },
        { "\\", "\"\\\\\"" },
        { "tab\tline\nreturn\rform\fback\b", "\"tab\\tline\\nreturn\\rform\\fback\\b\"" },
        { "\x01\x1f", "\"\\u0001\\u001f\"" },
        { "\x7f", "\"\x7f\"" },
        { "Jos\xc3\xa9 \xf0\x9f\x98\x80", "\"Jos\xc3\xa9 \xf0\x9f\x98\x80\"" },
        { "0123456\"89abcde\\", "\"0123456\\\"89abcde\\\\\"" },
    };
    struct buf b;
    buf_init(&b, 1000);
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        buf_reset(&b);
        assert_ok(buf_add_json(&b, view_of_str(cases[i].in)));
        assert_true(view_eq(buf_view(&b), view_of_str(cases[i].out)));
    }
    buf_clear(&b);
}

/* Each byte at each place of a longer run: the eight-at-a-time scan misses none and takes none too many. */
static void json_escapes_are_found_at_every_place(void **state)
{
    (void)state;
    struct buf b;
    buf_init(&b, 1000);
    for (size_t at = 0; at < 20; at++) {
        for (int c = 0; c < 256; c++) {
            char in[20];
            memset(in, 'x', sizeof in);
            in[at] = (char)c;
            buf_reset(&b);
            assert_ok(buf_add_json(&b, view_of(in, sizeof in)));
            size_t added = b.n - sizeof in - 2;
            bool is_short = c == '"' || c == '\\' || c == '\b' || c == '\f' || c == '\n' ||
                            c == '\r' || c == '\t';
            assert_int_equal(added, is_short ? 1 : c < 0x20 ? 5 : 0);
        }
    }
    buf_clear(&b);
}

static void json_that_does_not_fit_leaves_nothing(void **state)
{
    (void)state;
    struct buf b;
    buf_init(&b, 12);
    assert_ok(buf_add(&b, VIEW("abc")));
    assert_err(buf_add_json(&b, VIEW("12\n34\n56")), ERR_LIMIT);
    assert_view(buf_view(&b), "abc");
    buf_clear(&b);
}

static void the_diag_says_where_and_never_what_stood_there(void **state)
{
    (void)state;
    struct buf b;
    struct diag d = { 0 };
    buf_init(&b, 1000);

    assert_err(DIAG_AT(&d, ERR_FORMAT, "a quote is missing", 5120, 1), ERR_FORMAT);
    assert_err(DIAG(&d, ERR_IO, "the deeper place has spoken"), ERR_IO);
    d.input = 3;
    d.record = 17;
    assert_ok(diag_print(&d, &b));
    assert_view(buf_view(&b),
                "input 3, record 17, byte 5120: not well-formed: a quote is missing (1 byte)");

    buf_reset(&b);
    d = (struct diag){ .code = ERR_SYSTEM, .what = "x", .os = 24 };
    assert_ok(diag_print(&d, &b));
    assert_view(buf_view(&b), "the operating system refused: x (Too many open files)");
    b.max = b.n + 3;
    assert_err(diag_print(&d, &b), ERR_LIMIT);
    assert_view(buf_view(&b), "the operating system refused: x (Too many open files)");
    assert_err(DIAG(NULL, ERR_KEY, "nobody asked"), ERR_KEY);
    buf_clear(&b);

    assert_string_equal(err_name(ERR_NO_SPACE), "ERR_NO_SPACE");
    assert_non_null(err_text((err)9999));
}

static void views_are_compared_cut_and_read(void **state)
{
    (void)state;
    uint64_t n = 5;
    assert_true(view_eq_nocase(VIEW("MrN"), VIEW("mRn")));
    assert_false(
        view_eq_nocase(VIEW("["), VIEW("{"))); /* differ in the bit that letters' case is in */
    assert_int_equal(view_cmp(VIEW("a"), VIEW("ab")), -1);
    assert_int_equal(view_cmp(VIEW("\xff"), VIEW("a")), 1);
    assert_int_equal(view_cmp(VIEW(""), (view){ NULL, 0 }), 0);
    assert_int_equal(view_find_byte(VIEW("a.b.c"), 2, '.'), 3);
    assert_int_equal(view_find_byte(VIEW("abc"), 9, 'a'), 3);
    assert_view(view_trim(VIEW(" \r\n x y\t")), "x y");
    assert_view(view_trim(VIEW(" \t")), "");
    assert_view(view_sub(VIEW("hello"), 3, 99), "lo");
    assert_true(view_to_u64(VIEW("18446744073709551615"), &n));
    assert_true(n == UINT64_MAX);
    static const char *const bad[] = { "", "18446744073709551616", "-1", "+1", " 1", "1a" };
    for (size_t i = 0; i < COUNT_OF(bad); i++)
        assert_false(view_to_u64(view_of_str(bad[i]), &n));
    assert_true(n == UINT64_MAX);
}

/* Values that images and surrogates depend on: a change here breaks what was written before. */
static void hashes_stay_as_they_are(void **state)
{
    (void)state;
    uint8_t sum[32];
    char text[300];
    uint64_t one[2], two[2];
    memset(text, 'x', sizeof text);
    for (size_t n = 0; n < sizeof text; n++) { /* every byte counts in both halves */
        hash128(view_of(text, n), one);
        hash128(view_of(text, n + 1), two);
        assert_true(one[0] != two[0] && one[1] != two[1]);
        for (size_t i = 0; i < n; i += 7) {
            text[i] = 'y';
            hash128(view_of(text, n), two);
            assert_true(one[0] != two[0] && one[1] != two[1]);
            text[i] = 'x';
        }
    }
    assert_true(hash64(VIEW(""), 0) != hash64(VIEW(""), 1));
    assert_true(hash64(VIEW("a"), 0) != hash64(VIEW("a\0"), 0));
    assert_true(hash64(VIEW("0123456789abcdef0"), 7) != hash64(VIEW("0123456789abcdef1"), 7));
    assert_int_equal(hash64(VIEW("a"), 0), UINT64_C(0x032d283ef7f5316c));
    assert_int_equal(hash64(VIEW("0123456789abcdef0123456789abcdef012"), 42),
                     UINT64_C(0xd05c317420d97495));
    checksum32(VIEW("abc"), sum);
    assert_memory_equal(sum, "\xbd\xdd\x81\x3c\x63\x42\x39\x72\x31\x71\xef\x3f\xee\x98\x57\x9b",
                        16);
}

static err use_map(void *ctx)
{
    err e = OK;
    struct arena a;
    struct map m;
    static char keys[1000][8];
    uint32_t value = 0;
    (void)ctx;

    arena_init(&a, 1 << 20);
    map_init(&m, &a);
    assert_false(map_get(&m, VIEW("x"), &value));
    for (uint32_t i = 0; i < COUNT_OF(keys); i++) {
        int n = snprintf(keys[i], sizeof keys[i], "%u", i);
        TRY(map_put(&m, view_of(keys[i], (size_t)n), i));
    }
    TRY(map_put(&m, VIEW("7"), 77));
    TRY(map_put(&m, VIEW(""), 5));
    assert_int_equal(m.n, 1001);
    for (uint32_t i = 0; i < COUNT_OF(keys); i++) {
        assert_true(map_get(&m, view_of_str(keys[i]), &value));
        assert_int_equal(value, i == 7 ? 77 : i);
    }
    assert_false(map_get(&m, VIEW("1000"), &value));
    assert_true(map_get(&m, VIEW(""), &value));
    assert_int_equal(value, 5);
out:
    arena_clear(&a);
    return e;
}
static void a_map_keeps_what_it_was_given(void **state)
{
    (void)state;
    faults_in_turn(use_map, NULL);
}

static err use_buf(void *ctx)
{
    err e = OK;
    struct buf b;
    (void)ctx;
    buf_init(&b, 1 << 16);
    for (int i = 0; i < 300; i++)
        TRY(buf_add_json(&b, VIEW("a \"quoted\" line\n")));
    assert_int_equal(b.n, 300 * strlen("\"a \\\"quoted\\\" line\\n\""));
out:
    buf_clear(&b);
    return e;
}
static void a_buffer_survives_every_fault(void **state)
{
    (void)state;
    faults_in_turn(use_buf, NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_buffer_grows_to_its_limit_and_no_further),
        cmocka_unit_test(numbers_are_spelled),
        cmocka_unit_test(json_strings_are_escaped),
        cmocka_unit_test(json_escapes_are_found_at_every_place),
        cmocka_unit_test(json_that_does_not_fit_leaves_nothing),
        cmocka_unit_test(the_diag_says_where_and_never_what_stood_there),
        cmocka_unit_test(views_are_compared_cut_and_read),
        cmocka_unit_test(hashes_stay_as_they_are),
        cmocka_unit_test(a_map_keeps_what_it_was_given),
        cmocka_unit_test(a_buffer_survives_every_fault),
    };
    return cmocka_run_group_tests_name("base/buf", tests, NULL, NULL);
}
