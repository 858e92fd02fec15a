/* JSON lines: which places are pieces, under which field, and what is no line. */
#include "unit.h"

#include "decode_faults.h"
#include "format/format.h"
#include "plain_keys.h"
#include "room.h"

static const struct format *jsonl;

static struct record decode_all(view line)
{
    struct record r;
    struct diag d = { 0 };
    if (format_decode(jsonl, line, ENC_AUTO, &arena, &r, &d)) fail_msg("%s", d.what);
    assert_ptr_equal(r.bytes.p, line.p);
    assert_int_equal(r.bytes.n, line.n);
    return r;
}

/* Without plain keys, which have a test of their own. */
static struct record decode(view line)
{
    struct record r = decode_all(line);
    drop_plain_keys(&r);
    return r;
}

static void assert_piece(const struct record *r, uint32_t i, const char *field, const char *text,
                         enum piece_role role, enum piece_spelling spelling)
{
    assert_true(i < r->n);
    const struct piece *p = &r->pieces[i];
    if (!view_eq(p->field, view_of_str(field)))
        fail_msg("field %.*s, should be %s", (int)p->field.n, p->field.p, field);
    if (!view_eq(p->text, view_of_str(text)))
        fail_msg("text %.*s, should be %s", (int)p->text.n, p->text.p, text);
    assert_int_equal(p->role, role);
    assert_int_equal(p->spelling, spelling);
}
#define STRING(i, field, text) assert_piece(&r, i, field, text, ROLE_TEXT, SPELL_JSON_STRING)
#define NUMBER(i, field, text) assert_piece(&r, i, field, text, ROLE_TEXT, SPELL_JSON_NUMBER)

static void every_string_is_a_piece(void **state)
{
    (void)state;
    struct record r =
        decode(VIEW("{\"text\":\"a\\nb\",\"o\":{\"in\":[\"x\",[\"y\"],{\"k\":\"z\"},\"w\"],"
                    "\"t\":true},\"\":\"e\",\"last\":\"\"}\n"));
    assert_int_equal(r.n, 7);
    STRING(0, "text", "a\nb");
    STRING(1, "in", "x");
    STRING(2, "in", "y");
    STRING(3, "k", "z");
    STRING(4, "in", "w"); /* after an object the array's key holds again */
    STRING(5, "", "e");
    STRING(6, "last", "");
    assert_int_equal(r.id.n, 0);
    r = decode(VIEW("\"bare\""));
    assert_int_equal(r.n, 1);
    STRING(0, "", "bare");
    r = decode(VIEW("[\"a\",{\"k\":\"v\"},\"b\"]"));
    assert_int_equal(r.n, 3);
    STRING(2, "", "b");
}

static void numbers_that_could_identify_are_pieces(void **state)
{
    (void)state;
    struct record r =
        decode(VIEW("{\"age\":64,\"mrn\":123456,\"v\":-12.345e1,\"k\":7,\"n\":[12345]}"));
    assert_int_equal(r.n, 4);
    NUMBER(0, "age", "64"); /* the key says what a short one is */
    NUMBER(1, "mrn", "123456");
    NUMBER(2, "v", "-12.345e1");
    NUMBER(3, "n", "12345");
    r = decode(VIEW("[1987,12345]"));
    assert_int_equal(r.n, 1);
    NUMBER(0, "", "12345");
}

static void keys_that_could_be_data_are_pieces(void **state)
{
    (void)state;
    struct record r = decode(VIEW("{\"patient_name\":{\"Jane Doe\":1},\"p12345\":{\"x1234\":null},"
                                  "\"a\\u0020b\":\"v\",\"Jos\xC3\xA9\":true}"));
    assert_int_equal(r.n, 5);
    STRING(0, "", "Jane Doe");
    STRING(1, "", "p12345");
    STRING(2, "", "a b");
    STRING(3, "a b", "v"); /* the field is the decoded key */
    STRING(4, "", "Jos\xC3\xA9");
}

static void plain_keys_know_their_siblings(void **state)
{
    (void)state;
    static const struct {
        const char *key;
        uint32_t group;
        bool is_flat;
    } want[] = {
        { "a", 0, false },  { "Jane", 1, true }, { "x", 2, false },
        { "Bob", 1, true }, { "b", 0, false },   { "c", 3, true },
    };
    uint32_t n = 0;
    struct record r = decode_all(VIEW(
        "{\"a\":{\"Jane\": 1,\"Jane Doe\":{\"x\":\"\"},\"Bob\" :null},\"b\":[{\"c\": true}]}"));
    for (uint32_t i = 0; i < r.n; i++) {
        const struct piece *p = &r.pieces[i];
        if (p->role != ROLE_KEY) continue;
        assert_true(n < COUNT_OF(want));
        assert_true(view_eq(p->text, view_of_str(want[n].key)));
        assert_int_equal(p->group, want[n].group);
        assert_int_equal(p->is_flat, want[n].is_flat);
        n++;
    }
    assert_int_equal(n, COUNT_OF(want));
}

static void the_id_names_the_record(void **state)
{
    (void)state;
    struct record r =
        decode(VIEW("{\"a\":{\"id\":\"no\"},\"id\":\"n\\u002d1\",\"b\":[{\"id\":\"no\"}]}"));
    assert_view(r.id, "n-1");
    assert_int_equal(r.n, 3);
    assert_int_equal(r.pieces[0].role, ROLE_TEXT);
    assert_piece(&r, 1, "id", "n-1", ROLE_ID, SPELL_JSON_STRING);
    assert_int_equal(r.pieces[2].role, ROLE_TEXT);
    r = decode(VIEW("{\"id\":17}"));
    assert_view(r.id, "17");
    assert_piece(&r, 0, "id", "17", ROLE_ID, SPELL_JSON_NUMBER);
    r = decode(VIEW("{\"id\":1234567,\"id\":\"again\"}"));
    assert_view(r.id, "1234567");
    assert_piece(&r, 0, "id", "1234567", ROLE_ID, SPELL_JSON_NUMBER);
    assert_piece(&r, 1, "id", "again", ROLE_ID, SPELL_JSON_STRING);
}

static void blank_lines_and_marks_are_kept(void **state)
{
    (void)state;
    assert_int_equal(decode(VIEW("\n")).n, 0);
    assert_int_equal(decode(VIEW("\r\n")).n, 0);
    assert_int_equal(decode(VIEW(" \t\r\n")).n, 0);
    assert_int_equal(decode(VIEW("")).n, 0);
    assert_int_equal(decode(VIEW("\xEF\xBB\xBF\n")).n, 0);
    struct record r = decode(VIEW("\xEF\xBB\xBF{\"a\":\"b\"}\r\n"));
    assert_int_equal(r.n, 1);
    assert_int_equal(r.pieces[0].base, 9);
}

static void what_is_no_line_is_refused_at_its_place(void **state)
{
    (void)state;
    static const struct {
        view line;
        err e;
        uint64_t offset;
    } cases[] = {
        { { "{\"a\":1\n", 7 }, ERR_FORMAT, 7 },
        { { "hello\n", 6 }, ERR_FORMAT, 0 },
        { { "{}{}\n", 5 }, ERR_FORMAT, 2 },
        { { "{\"a\":\"Jos\xE9\"}\n", 13 }, ERR_ENCODING, 9 },
        { { "{\"a\":\"\xED\xA0\x80\"}\n", 12 }, ERR_ENCODING, 6 },
        { { "{\"a\":\"\0\"}\n", 10 }, ERR_FORMAT, 6 },
        { { "\0", 1 }, ERR_FORMAT, 0 },
        { { "\xEF\xBB\xBF{x\n", 6 }, ERR_FORMAT, 4 },
        { { "\xFF\xFE{\0}\0", 6 }, ERR_ENCODING, 0 },
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct record r;
        struct diag d = { 0 };
        assert_err(format_decode(jsonl, cases[i].line, ENC_UTF8, &arena, &r, &d), cases[i].e);
        assert_true(d.has_offset);
        assert_int_equal(d.offset, cases[i].offset);
    }
    struct record r;
    assert_err(format_decode(jsonl, VIEW("{}"), ENC_LATIN1, &arena, &r, NULL), ERR_UNSUPPORTED);
}

static void a_document_is_read_like_a_line(void **state)
{
    (void)state;
    struct record r;
    const view doc =
        VIEW("{\n  \"id\": \"7\",\n  \"notes\": [\n    {\"text\": \"Jos\\u00e9\"}\n  ]\n}\n");
    assert_ok(format_decode(format_by_name(VIEW("json")), doc, ENC_AUTO, &arena, &r, NULL));
    drop_plain_keys(&r);
    assert_int_equal(r.n, 2);
    assert_view(r.id, "7");
    assert_view(r.pieces[1].field, "text");
    assert_view(r.pieces[1].text, "Jos\xC3\xA9");
}

static void a_head_tells_the_format(void **state)
{
    (void)state;
    static const struct {
        const char *head, *name;
    } cases[] = {
        { "{\"id\":1,\"text\":\"a\"}\n{\"x\":1}\n", "jsonl" },
        { "\n \r\n{\"a\":1}\n", "jsonl" },
        { "\xEF\xBB\xBF{\"a\":1}", "jsonl" },
        { "{}\n", "jsonl" },
        { "{\"text\":\"a long line that the head cu", "jsonl" },
        { "{\"text\": ", "jsonl" },
        { "{\n  \"a\": 1\n}\n", "json" }, /* one document over many lines is not lines */
        { "[\n {\"text\": \"Jos\\u00e9\"}\n]\n", "json" },
        { "[NAME] was seen", "text" },
        { "[2021-03-05] was seen", "text" },
        { "{curly} text", "text" },
        { "{\"a\":1} and more\n", "text" },
        { "{\"a\" 1}\n", "text" },
        { "[1,2]\n", "json" },
        { "Jane Doe was seen.\n", "text" },
        { "\n\n", "text" },
        { "", "text" },
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++)
        assert_string_equal(format_sniff(view_of_str(cases[i].head))->name, cases[i].name);
    assert_null(format_by_name(VIEW("docx")));
    assert_string_equal(format_by_name(VIEW("text"))->name, "text");
}

static void decoding_survives_want_of_memory(void **state)
{
    (void)state;
    decode_in_turn(
        jsonl,
        VIEW("{\"a\":[\"x\\n\",\"x\\n\",\"x\\n\",\"x\\n\",\"x\\n\",\"x\\n\",\"x\\n\",\"x\\n\","
             "\"x\\n\",\"x\\n\",\"\\u00e9\"]}"),
        12); /* and the key */
}

static int start(void **state)
{
    jsonl = format_by_name(VIEW("jsonl"));
    return room_start(state);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_string_is_a_piece),
        cmocka_unit_test(numbers_that_could_identify_are_pieces),
        cmocka_unit_test(keys_that_could_be_data_are_pieces),
        cmocka_unit_test(plain_keys_know_their_siblings),
        cmocka_unit_test(the_id_names_the_record),
        cmocka_unit_test(blank_lines_and_marks_are_kept),
        cmocka_unit_test(what_is_no_line_is_refused_at_its_place),
        cmocka_unit_test(a_document_is_read_like_a_line),
        cmocka_unit_test(a_head_tells_the_format),
        cmocka_unit_test(decoding_survives_want_of_memory),
    };
    return cmocka_run_group_tests(tests, start, room_end);
}
