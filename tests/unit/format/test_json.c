/* The JSON walker: what it takes, what it refuses and where, and what its strings mean. */
#include "unit.h"

#include "faults.h"
#include "format/json.h"

static struct arena arena;

/* Events as letters: { } [ ] k(ey) s(tring) n(umber) t f 0, '.' at the end, '!' when refused. */
static void events(view doc, char *out, size_t room, struct diag *d)
{
    static const char letters[] = ".{}[]ksntf0";
    struct json j;
    enum json_event event = JSON_NULL;
    size_t n = 0;
    json_init(&j, doc);
    do {
        err e = json_next(&j, &event, d);
        out[n++] = e ? '!' : letters[event];
        if (e) {
            assert_int_equal(e, ERR_FORMAT);
            assert_int_equal(json_next(&j, &event, NULL), ERR_FORMAT);
            break;
        }
    } while (event != JSON_END && n + 1 < room);
    out[n] = 0;
}

static void documents_are_walked(void **state)
{
    (void)state;
    static const struct {
        const char *doc, *events;
    } cases[] = {
        { "{}", "{}." },
        { " [ ] ", "[]." },
        { "\t\r\n1\n", "n." },
        { "\"a\"", "s." },
        { "{\"a\":1,\"b\":[true,false,null,\"x\"]}", "{knk[tf0s]}." },
        { "[[],{},[{}],{\"a\":{}}]", "[[]{}[{}]{k{}}]." },
        { "{\"a\" : 1 , \"a\" : 2}", "{knkn}." }, /* duplicate keys are allowed */
        { "[0,-0,1.5,-1e5,2E+10,3e-7]", "[nnnnnn]." },
        { "[\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u00e9\\uD83D\\uDE00\"]", "[s]." },
    };
    char got[64];
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        events(view_of_str(cases[i].doc), got, sizeof got, NULL);
        assert_string_equal(got, cases[i].events);
    }
}

static void what_is_no_json_is_refused_at_its_place(void **state)
{
    (void)state;
    static const struct {
        view doc;
        uint64_t offset;
    } cases[] = {
        { { "", 0 }, 0 },
        { { "  ", 2 }, 2 },
        { { "{", 1 }, 1 },
        { { "[1,]", 4 }, 3 },
        { { "[1", 2 }, 2 },
        { { "[1,", 3 }, 3 },
        { { "[1 2]", 5 }, 3 },
        { { "[,1]", 4 }, 1 },
        { { "{\"a\"}", 5 }, 4 },
        { { "{\"a\":}", 6 }, 5 },
        { { "{\"a\":1,}", 8 }, 7 },
        { { "{a:1}", 5 }, 1 },
        { { "{1:1}", 5 }, 1 },
        { { "[1}", 3 }, 2 },
        { { "{\"a\":1]", 7 }, 6 },
        { { "1 2", 3 }, 2 },
        { { "{} x", 4 }, 3 },
        { { "01", 2 }, 1 },
        { { "-", 1 }, 0 },
        { { "1.", 2 }, 0 },
        { { ".5", 2 }, 0 },
        { { "+1", 2 }, 0 },
        { { "1e", 2 }, 0 },
        { { "tru", 3 }, 0 },
        { { "nul", 3 }, 0 },
        { { "TRUE", 4 }, 0 },
        { { "NaN", 3 }, 0 },
        { { "'a'", 3 }, 0 },
        { { "\"a", 2 }, 0 },
        { { "\"a\\\"", 4 }, 0 },
        { { "\"a\nb\"", 5 }, 2 },
        { { "\"a\0b\"", 5 }, 2 },
        { { "\"a\tb\"", 5 }, 2 },
        { { "\"\\x\"", 4 }, 1 },
        { { "\"\\u12g4\"", 8 }, 1 },
        { { "\"\\u12\"", 6 }, 1 },
        { { "\"\\ud800\"", 8 }, 1 },
        { { "\"\\udc00\"", 8 }, 1 },
        { { "\"\\ud800\\n\"", 10 }, 1 },
        { { "\"\\ud800\\ud800\"", 14 }, 1 },
        { { "\"\\ud800x\"", 9 }, 1 },
        { { "\\", 1 }, 0 },
    };
    char got[64];
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct diag d = { 0 };
        events(cases[i].doc, got, sizeof got, &d);
        if (got[strlen(got) - 1] != '!') fail_msg("row %zu is taken: %s", i, got);
        if (!d.has_offset || d.offset != cases[i].offset)
            fail_msg("row %zu: offset %llu", i, (unsigned long long)d.offset);
    }
}

static void depth_has_a_limit(void **state)
{
    (void)state;
    char doc[1200], got[1200];
    for (size_t depth = 511; depth <= 513; depth++) {
        memset(doc, '[', depth);
        memset(doc + depth, ']', depth);
        events(view_of(doc, 2 * depth), got, sizeof got, NULL);
        assert_int_equal(got[strlen(got) - 1], depth <= 512 ? '.' : '!');
    }
}

static void a_value_is_skipped(void **state)
{
    (void)state;
    struct json j;
    enum json_event event;
    json_init(&j, VIEW("[{\"a\":[1,{\"b\":2}]},7]"));
    assert_ok(json_next(&j, &event, NULL));
    assert_ok(json_next(&j, &event, NULL));
    assert_int_equal(event, JSON_OBJECT);
    assert_ok(json_skip(&j, event, NULL));
    assert_ok(json_next(&j, &event, NULL));
    assert_int_equal(event, JSON_NUMBER);
    assert_ok(json_skip(&j, event, NULL));
    assert_ok(json_next(&j, &event, NULL));
    assert_int_equal(event, JSON_ARRAY_END);
    assert_ok(json_next(&j, &event, NULL));
    assert_int_equal(event, JSON_END);
}

static view string_of(view doc, struct offset_map *map)
{
    struct json j;
    enum json_event event;
    view text;
    json_init(&j, doc);
    assert_ok(json_next(&j, &event, NULL));
    assert_int_equal(event, JSON_STRING);
    assert_ok(json_string(&j, &arena, &text, map));
    return text;
}

static void strings_are_decoded(void **state)
{
    (void)state;
    struct offset_map map;
    assert_view(string_of(VIEW("\"plain \xC3\xA9\""), &map), "plain \xC3\xA9");
    assert_int_equal(map.n, 0);
    assert_view(string_of(VIEW("\"\\u00e9\\\"\\\\\\/\\b\\f\\n\\r\\t\""), &map),
                "\xC3\xA9\"\\/\b\f\n\r\t");
    assert_view(string_of(VIEW("\"\\uD83D\\uDE00!\""), &map), "\xF0\x9F\x98\x80!");
    assert_int_equal(offset_end(&map, 4), 12);
    assert_int_equal(offset_start(&map, 4), 12);
    assert_view(string_of(VIEW("\"a\\u0000b\""), NULL), "a\0b");
    /* An escape is atomic. */
    assert_view(string_of(VIEW("\"ab\\n\\ncd\""), &map), "ab\n\ncd");
    assert_int_equal(offset_start(&map, 2), 2);
    assert_int_equal(offset_end(&map, 3), 4);
    assert_int_equal(offset_start(&map, 3), 4);
    assert_int_equal(offset_start(&map, 5), 7);
}

static void strings_are_spelled(void **state)
{
    (void)state;
    struct buf out;
    buf_init(&out, 64);
    assert_ok(json_escape(VIEW("\"\\/\b\f\n\r\t\x01\x1F\x7F \xC3\xA9"), &out));
    assert_view(buf_view(&out), "\\\"\\\\/\\b\\f\\n\\r\\t\\u0001\\u001f\x7F \xC3\xA9");
    buf_reset(&out);
    assert_err(json_escape(VIEW("ab\xFF"), &out), ERR_ENCODING);
    assert_int_equal(out.n, 0);
    assert_err(
        json_escape(VIEW("0123456789012345678901234567890123456789\n\n\n\n\n\n\n\n\n\n\n\n\n"),
                    &out),
        ERR_LIMIT);
    assert_int_equal(out.n, 0);
    buf_clear(&out);
    assert_true(json_is_number(VIEW("-12.5e+3")));
    assert_false(json_is_number(VIEW("02139")));
    assert_false(json_is_number(VIEW("1 ")));
    assert_false(json_is_number(VIEW("")));
}

/* The leap over plain bytes must stop at the right one wherever it stands. */
static void an_escape_is_seen_at_every_place(void **state)
{
    (void)state;
    static const char stops[] = "\"\\\n";
    char doc[80];
    for (size_t at = 1; at < 70; at++) {
        for (int k = 0; k < 3; k++) {
            struct diag d = { 0 };
            struct json j;
            enum json_event event;
            memset(doc, 0xC3, sizeof doc); /* bytes with the top bit set stop nothing */
            doc[0] = '"';
            doc[at] = stops[k];
            doc[at + 1] = k == 1 ? 'n' : ' ';
            doc[at + 2] = '"';
            json_init(&j, view_of(doc, at + 3));
            err e = json_next(&j, &event, &d);
            assert_int_equal(e, k == 2 ? ERR_FORMAT : OK);
            if (k == 2) assert_int_equal(d.offset, at);
            if (k == 1) assert_true(j.has_escape);
            if (k != 2) assert_int_equal(j.end, k == 0 ? at : at + 2);
        }
    }
}

static int start(void **state)
{
    (void)state;
    arena_init(&arena, 1 << 20);
    return 0;
}
static int end(void **state)
{
    (void)state;
    arena_clear(&arena);
    return mem_in_use() != 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(documents_are_walked),
        cmocka_unit_test(what_is_no_json_is_refused_at_its_place),
        cmocka_unit_test(depth_has_a_limit),
        cmocka_unit_test(a_value_is_skipped),
        cmocka_unit_test(strings_are_decoded),
        cmocka_unit_test(strings_are_spelled),
        cmocka_unit_test(an_escape_is_seen_at_every_place),
    };
    return cmocka_run_group_tests(tests, start, end);
}
