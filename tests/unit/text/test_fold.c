/* Folding: the table of what becomes what, the way back, and every code point against utf8proc. */
#include "unit.h"

#include <utf8proc.h>

#include "faults.h"
#include "room.h"
#include "text/fold.h"
#include "text/utf8.h"

static view fold(view text, struct offset_map *map)
{
    view folded;
    assert_ok(fold_text(text, &arena, &folded, map));
    return folded;
}

static void texts_fold(void **state)
{
    (void)state;
    static const struct {
        const char *text, *folded;
    } cases[] = {
        { "Jose\u0301 Mun\u0303oz", "Jos\u00E9 Mu\u00F1oz" },
        { "\u212B\u2126\u212A", "\u00C5\u03A9K" },
        { "\u1112\u1161\u11AB", "\uD55C" },
        { "\u0958", "\u0915\u093C" },
        { "a\u0323\u0302 a\u0302\u0323", "\u1EAD \u1EAD" },
        { "J\u200Bo\u200Ch\u200Dn\u2060 D\uFEFFo\u00ADe", "John Doe" },
        { "e\u200B\u0301", "\u00E9" }, /* hidden between a letter and its accent */
        { "\u00A01\u20002\u200A3\u202F4\u205F5\u3000", " 1 2 3 4 5 " },
        { "O\u2019Brien \u2018a\u2019 \u201Cb\u201D 5\u2032 6\u2033", "O'Brien 'a' \"b\" 5' 6\"" },
        { "O\u02BCBrien O\u00B4Brien", "O'Brien O'Brien" },
        { "617\u2010555\u20111234\u2012\u2013\u2014\u2015\u22121", "617-555-1234-----1" },
        { "\uFF2A\uFF4F\uFF45 \uFF16\uFF11\uFF17\uFF0D\uFF15", "Joe 617-5" },
        { "\uFF45\u0301", "\u00E9" },
        { "\u200E\u200F\u202Aa\u202Bb\u202Cc\u202Dd\u202E\u2066\u2067\u2068\u2069", "abcd" },
        { "a\u2028b\xC2\x85"
          "c\r\nd\ne",
          "a\nb\nc\r\nd\ne" },
        { "\u0301a", "\u0301a" },
        { "x\u0301", "x\u0301" },
        { "\uFEFF\u200B", "" },
        { "", "" },
        { "12\u204403\u20442020", "12/03/2020" },
        { "J\u3164o\uFE0Fe\U000E0061", "Joe" },
        { "O&apos;Brien O&#39;Brien O&#x27;Brien", "O'Brien O'Brien O'Brien" }, /* entities */
        { "Jos&eacute;&nbsp;Mart&#237;nez &Eacute;", "Jos\u00E9 Mart\u00EDnez \u00C9" },
        { "&lt;5 &gt;7 A&ndash;B", "<5 >7 A-B" },
        { "R&D; a & b &; &#; &#0; &#xD800; &eacute", "R&D; a & b &; &#; &#0; &#xD800; &eacute" },
        { "&amp;lt; &#97; &#8203; &#769;", "&amp;lt; &#97; &#8203; &#769;" }, /* stay: see fold.c */
        { "J\001o\033e\177\tD\u00ADo\bR\u00E9\002", "Joe\tDoR\u00E9" }, /* control characters */
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct offset_map map;
        view folded = fold(view_of_str(cases[i].text), &map);
        if (!view_eq(folded, view_of_str(cases[i].folded)))
            fail_msg("row %zu: \"%.*s\"", i, (int)folded.n, folded.p);
    }
}

static void a_nul_hides_no_name(void **state)
{
    (void)state;
    struct offset_map map;
    view text = VIEW("Dr. Jo\0hn \0Doe");
    assert_view(fold(text, &map), "Dr. John Doe");
    assert_int_equal(offset_start(&map, 4), 4);  /* J */
    assert_int_equal(offset_end(&map, 8), 9);    /* n: the NUL is inside */
    assert_int_equal(offset_start(&map, 9), 11); /* D: the NUL before it is not */
}

static void what_is_folded_is_borrowed(void **state)
{
    (void)state;
    static const char *const texts[] = {
        "",
        "Plain ASCII, \"12/03/2020\".\r\n\tMore.",
        "Jos\u00E9 Mu\u00F1oz, \u0130\u0160",
        "\u041C\u043E\u0439 \u60A3\u8005 \uD55C\uAE00 \U0001F600",
        "x\u0301 \u1EAD",
    };
    for (size_t i = 0; i < COUNT_OF(texts); i++) {
        struct offset_map map = { NULL, 7 };
        view text = view_of_str(texts[i]), folded = fold(text, &map);
        assert_ptr_equal(folded.p, text.p);
        assert_int_equal(folded.n, text.n);
        assert_int_equal(map.n, 0);
    }
}

static void the_way_back_is_exact(void **state)
{
    (void)state;
    /*                0 1  4 5  8      12   15    18 */
    view text = VIEW("J\u200Bo\u2019e\u0301\u00AD \uFEFFx"), folded;
    struct offset_map map;
    folded = fold(text, &map);
    assert_view(folded, "Jo'\u00E9 x");
    assert_int_equal(offset_start(&map, 0), 0);
    assert_int_equal(offset_end(&map, 1), 1);
    assert_int_equal(offset_start(&map, 1), 4); /* o: the hidden space stays outside */
    assert_int_equal(offset_end(&map, 2), 5);
    assert_int_equal(offset_start(&map, 2), 5); /* ' */
    assert_int_equal(offset_end(&map, 3), 8);
    assert_int_equal(offset_start(&map, 3), 8); /* é: letter and accent */
    assert_int_equal(offset_start(&map, 4), 8);
    assert_int_equal(offset_end(&map, 5), 11);
    assert_int_equal(offset_start(&map, 5), 13);
    assert_int_equal(offset_start(&map, 6), 17);
    assert_int_equal(offset_end(&map, 7), 18);
    /* A stretch over the hidden characters holds them. */
    assert_int_equal(offset_start(&map, 0), 0);
    assert_int_equal(offset_end(&map, 2), 5);
}

/* Marks in another order may take as many bytes as before; a place between them is no place then. */
static void reordered_marks_never_split_a_character(void **state)
{
    (void)state;
    view text = VIEW("x\u0301\u1DC2");
    struct offset_map map;
    view folded = fold(text, &map);
    for (size_t at = 0; at < folded.n;) {
        uint32_t from = offset_start(&map, (uint32_t)at);
        assert_true((text.p[from] & 0xC0) != 0x80);
        (void)utf8_next(folded, &at);
    }
}

static bool is_ours(uint32_t cp)
{
    struct offset_map map;
    char text[4];
    view folded = fold(view_of(text, utf8_put(cp, text)), &map);
    return folded.n == 0 || (folded.n == 1 && cp >= 0x80);
}

/* Alone, and after a letter that joins: what is neither dropped nor made ASCII is NFC's. */
static void every_code_point_is_normal(void **state)
{
    (void)state;
    const utf8proc_option_t nfc = UTF8PROC_STABLE | UTF8PROC_COMPOSE;
    /* Planes 3 to 13 and the private ones are empty: a sample will do. */
    for (uint32_t cp = 1; cp <= 0x10FFFF; cp += cp < 0x30000 || cp >> 12 == 0xE0 ? 1 : 61) {
        if (cp >= 0xD800 && cp <= 0xDFFF) continue;
        if (is_ours(cp)) continue;
        for (int with_base = 0; with_base <= 1; with_base++) {
            utf8proc_int32_t cps[32];
            char text[8] = "A", want[128];
            size_t n = with_base, len = 0;
            struct offset_map map;
            n += utf8_put(cp, text + n);
            utf8proc_ssize_t k = utf8proc_decompose((const utf8proc_uint8_t *)text,
                                                    (utf8proc_ssize_t)n, cps, 32, nfc);
            k = utf8proc_normalize_utf32(cps, k, nfc);
            for (utf8proc_ssize_t i = 0; i < k; i++)
                len += utf8_put((uint32_t)cps[i], want + len);
            view folded = fold(view_of(text, n), &map);
            if (!view_eq(folded, view_of(want, len))) fail_msg("U+%04X, base %d", cp, with_base);
        }
        if (cp % 256 == 0) arena_reset(&arena);
    }
}

/* Hangul and Indic vowels join without being marks of class 0 … every second of a pair is looked at. */
static void all_pairs_that_compose_do(void **state)
{
    (void)state;
    for (uint32_t cp = 0x80; cp <= 0x2FFFF; cp++) {
        utf8proc_int32_t parts[32];
        char text[128], one[4];
        size_t n = 0;
        struct offset_map map;
        if (cp >= 0xD800 && cp <= 0xDFFF) continue;
        utf8proc_ssize_t k = utf8proc_decompose_char((utf8proc_int32_t)cp, parts, 32,
                                                     UTF8PROC_STABLE | UTF8PROC_DECOMPOSE, NULL);
        if (k < 2) continue;
        for (utf8proc_ssize_t i = 0; i < k; i++)
            n += utf8_put((uint32_t)parts[i], text + n);
        view folded = fold(view_of(text, n), &map);
        view alone = fold(view_of(one, utf8_put(cp, one)), &map);
        if (!view_eq(folded, alone)) fail_msg("U+%04X", cp);
        if (cp % 256 == 0) arena_reset(&arena);
    }
}

static void a_million_marks_take_linear_time(void **state)
{
    (void)state;
    enum { N = 1 << 20 };
    char *text = mem_alloc(2 * N + 1);
    struct offset_map map;
    assert_non_null(text);
    text[0] = 'a';
    for (size_t i = 0; i < N; i++)
        memcpy(text + 1 + 2 * i, i % 2 ? "\u0301" : "\u0323", 2);
    view folded = fold(view_of(text, 2 * N + 1), &map);
    assert_int_equal(utf8_bad_at(folded), folded.n);
    mem_free(text);
}

static err fold_some(void *ctx)
{
    (void)ctx;
    struct arena a;
    struct offset_map map;
    view folded;
    char text[3000];
    for (size_t i = 0; i + 3 <= sizeof text; i += 3)
        memcpy(text + i, "\u2019", 3);
    arena_init(&a, 1 << 20);
    err e = fold_text(view_of(text, sizeof text), &a, &folded, &map);
    if (!e) assert_int_equal(folded.n, sizeof text / 3);
    arena_clear(&a);
    return e;
}

static void folding_survives_want_of_memory(void **state)
{
    (void)state;
    faults_in_turn(fold_some, NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(texts_fold),
        cmocka_unit_test(a_nul_hides_no_name),
        cmocka_unit_test(what_is_folded_is_borrowed),
        cmocka_unit_test(the_way_back_is_exact),
        cmocka_unit_test(reordered_marks_never_split_a_character),
        cmocka_unit_test(every_code_point_is_normal),
        cmocka_unit_test(all_pairs_that_compose_do),
        cmocka_unit_test(a_million_marks_take_linear_time),
        cmocka_unit_test(folding_survives_want_of_memory),
    };
    return cmocka_run_group_tests(tests, room_start, room_end);
}
