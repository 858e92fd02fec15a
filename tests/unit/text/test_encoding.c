/* Encodings: what is guessed, what is refused and where, and that all comes back. */
#include "unit.h"

#include "faults.h"
#include "room.h"
#include "text/encoding.h"

#define BYTES(literal) view_of("" literal, sizeof(literal) - 1)

static void assert_guess(view bytes, enum encoding want)
{
    enum encoding enc = ENC_AUTO;
    assert_ok(encoding_guess(bytes, &enc, NULL));
    assert_int_equal(enc, want);
}

static void assert_refused(enum encoding enc, view bytes, uint64_t offset)
{
    view text;
    struct offset_map map;
    struct diag d = { 0 };
    assert_err(encoding_decode(enc, bytes, &arena, &text, &map, &d), ERR_ENCODING);
    assert_true(d.has_offset);
    assert_int_equal(d.offset, offset);
}

static void an_encoding_is_guessed(void **state)
{
    (void)state;
    assert_guess(BYTES(""), ENC_UTF8);
    assert_guess(BYTES("plain"), ENC_UTF8);
    assert_guess(BYTES("Jos\xC3\xA9"), ENC_UTF8);
    assert_guess(BYTES("\xEF\xBB\xBF"
                       "a"),
                 ENC_UTF8);
    assert_guess(BYTES("\xFF\xFE"
                       "a\0"),
                 ENC_UTF16LE);
    assert_guess(BYTES("\xFE\xFF\0a"), ENC_UTF16BE);
    assert_guess(BYTES("Jos\xE9"), ENC_WINDOWS1252);
    assert_guess(BYTES("\x93Jos\xE9\x94 said"), ENC_WINDOWS1252);
}

static void what_is_no_text_is_refused_at_its_place(void **state)
{
    (void)state;
    assert_refused(ENC_AUTO, BYTES("PK\x03\x04\0\0"), 4);
    assert_refused(ENC_AUTO, BYTES("a\0b\0"), 1); /* UTF-16 without its mark is not guessed */
    assert_refused(ENC_AUTO, BYTES("Jos\xC3\xA9 and Jos\xE9"), 13); /* half right: broken */
    assert_refused(ENC_AUTO, BYTES("\xEF\xBB\xBFJos\xE9"), 6);
    assert_refused(ENC_AUTO, BYTES("a\x81 b"), 1);
    assert_refused(ENC_UTF8, BYTES("Jos\xE9"), 3);
    assert_refused(ENC_UTF8, BYTES("a\0"), 1);
    assert_refused(ENC_WINDOWS1252, BYTES("ab\x8D"), 2);
    assert_refused(ENC_LATIN1, BYTES("a\0"), 1);
    assert_refused(ENC_UTF16LE,
                   BYTES("\xFF\xFE"
                         "a"),
                   2); /* odd */
    assert_refused(ENC_UTF16LE,
                   BYTES("\xFF\xFE\0\xD8"
                         "a\0"),
                   2); /* high alone */
    assert_refused(ENC_UTF16LE,
                   BYTES("\xFF\xFE"
                         "a\0\0\xDC"),
                   4);                                       /* low alone */
    assert_refused(ENC_UTF16BE, BYTES("\xFE\xFF\xD8\0"), 2); /* cut in half */
    assert_refused(ENC_UTF16BE, BYTES("\xFE\xFF\0\0"), 2);   /* U+0000 */
}

static void a_text_leads_back_to_its_bytes(void **state)
{
    (void)state;
    static const struct {
        enum encoding enc;
        view bytes;
        const char *text;
        uint32_t from, to; /* of the first character */
    } cases[] = {
        { ENC_UTF8, { "\xC3\xA9t\r\n", 5 }, "\xC3\xA9t\r\n", 0, 2 },
        { ENC_UTF8, { "\xEF\xBB\xBF\xC3\xA9", 5 }, "\xC3\xA9", 3, 5 },
        { ENC_UTF16LE, { "\xFF\xFE\xE9\0t\0", 6 }, "\xC3\xA9t", 2, 4 },
        { ENC_UTF16BE, { "\xFE\xFF\x20\xAC\0t", 6 }, "\xE2\x82\xACt", 2, 4 },
        { ENC_UTF16LE, { "\x3D\xD8\0\xDE!\0", 6 }, "\xF0\x9F\x98\x80!", 0, 4 },
        { ENC_WINDOWS1252, { "\x80\xE9 \x9F", 4 }, "\xE2\x82\xAC\xC3\xA9 \xC5\xB8", 0, 1 },
        { ENC_LATIN1, { "\x80\xE9", 2 }, "\xC2\x80\xC3\xA9", 0, 1 },
        { ENC_LATIN1, { "plain", 5 }, "plain", 0, 1 },
        { ENC_ISO8859_2, { "\xB3\x85z", 3 }, "\xC5\x82\xC2\x85z", 0, 1 },
        { ENC_ISO8859_5, { "\xB8\xD2", 2 }, "\xD0\x98\xD0\xB2", 0, 1 },
        { ENC_ISO8859_7, { "\xA4\xE1", 2 }, "\xE2\x82\xAC\xCE\xB1", 0, 1 },
        { ENC_ISO8859_9, { "\xFD\xE9", 2 }, "\xC4\xB1\xC3\xA9", 0, 1 },
        { ENC_ISO8859_15, { "\xA4\xE9", 2 }, "\xE2\x82\xAC\xC3\xA9", 0, 1 },
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        view text;
        struct offset_map map;
        struct buf again;
        uint32_t first = 1;
        assert_ok(encoding_decode(cases[i].enc, cases[i].bytes, &arena, &text, &map, NULL));
        assert_int_equal(text.n, strlen(cases[i].text));
        assert_memory_equal(text.p, cases[i].text, text.n);
        while (first < text.n && (text.p[first] & 0xC0) == 0x80)
            first++;
        assert_int_equal(offset_start(&map, 0), cases[i].from);
        assert_int_equal(offset_end(&map, first), cases[i].to);
        assert_int_equal(offset_end(&map, (uint32_t)text.n), cases[i].bytes.n);
        buf_init(&again, 100);
        assert_ok(encoding_encode(cases[i].enc, text, &again));
        view body = view_sub(cases[i].bytes, cases[i].from, cases[i].bytes.n);
        assert_true(view_eq(buf_view(&again), body));
        buf_clear(&again);
    }
    arena_clear(&arena);
}

static void what_an_encoding_lacks_is_not_written(void **state)
{
    (void)state;
    struct buf small;
    buf_init(&small, 8);
    assert_ok(buf_add(&small, VIEW("x")));
    assert_err(encoding_encode(ENC_LATIN1, VIEW("ab\xE2\x82\xAC"), &small), ERR_ENCODING);
    assert_err(encoding_encode(ENC_WINDOWS1252, VIEW("\xC4\x80"), &small), ERR_ENCODING);
    assert_err(encoding_encode(ENC_ISO8859_2, VIEW("a\xC3\xB1"), &small), ERR_ENCODING);
    assert_err(encoding_encode(ENC_ISO8859_15, VIEW("\xC2\xA4"), &small), ERR_ENCODING);
    assert_err(encoding_encode(ENC_UTF8, VIEW("\xFF"), &small), ERR_ENCODING);
    assert_err(encoding_encode(ENC_UTF16LE, VIEW("abcd"), &small), ERR_LIMIT);
    assert_view(buf_view(&small), "x");
    buf_clear(&small);
}

static void encodings_have_names(void **state)
{
    (void)state;
    enum encoding enc;
    assert_true(encoding_from_name(VIEW("UTF-8"), &enc) && enc == ENC_UTF8);
    assert_true(encoding_from_name(VIEW("latin1"), &enc) && enc == ENC_LATIN1);
    assert_true(encoding_from_name(VIEW("cp1252"), &enc) && enc == ENC_WINDOWS1252);
    assert_true(encoding_from_name(VIEW("8859/2"), &enc) && enc == ENC_ISO8859_2);
    assert_true(encoding_from_name(VIEW("ISO-8859-9"), &enc) && enc == ENC_ISO8859_9);
    assert_true(encoding_from_name(VIEW("iso8859/15"), &enc) && enc == ENC_ISO8859_15);
    assert_true(encoding_from_name(VIEW("8859/1"), &enc) && enc == ENC_LATIN1);
    assert_false(encoding_from_name(VIEW("8859/10"), &enc));
    assert_false(encoding_from_name(VIEW("8859/02"), &enc));
    assert_false(encoding_from_name(VIEW("8859/"), &enc));
    assert_false(encoding_from_name(VIEW("8859-1252"), &enc));
    assert_false(encoding_from_name(VIEW("ebcdic"), &enc));
    assert_false(encoding_from_name(VIEW(""), &enc));
}

static err decode_some(void *ctx)
{
    (void)ctx;
#define SOME "\x93Jos\xE9\x94 \x80 \xE9\xE8\xE7"
    view text;
    struct offset_map map;
    struct arena a;
    arena_init(&a, 1 << 20);
    err e = encoding_decode(ENC_AUTO, VIEW(SOME), &a, &text, &map, NULL);
    if (!e) assert_int_equal(offset_end(&map, (uint32_t)text.n), sizeof SOME - 1);
    arena_clear(&a);
    return e;
}

static void decoding_survives_want_of_memory(void **state)
{
    (void)state;
    faults_in_turn(decode_some, NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_encoding_is_guessed),
        cmocka_unit_test(what_is_no_text_is_refused_at_its_place),
        cmocka_unit_test(a_text_leads_back_to_its_bytes),
        cmocka_unit_test(what_an_encoding_lacks_is_not_written),
        cmocka_unit_test(encodings_have_names),
        cmocka_unit_test(decoding_survives_want_of_memory),
    };
    return cmocka_run_group_tests(tests, room_start, room_end);
}
