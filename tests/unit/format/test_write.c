/* Writing back: the same bytes but for the edits, each spelled as its place needs. */
#include "unit.h"

#include "faults.h"
#include "format/format.h"
#include "plain_keys.h"
#include "room.h"

struct change {
    uint32_t piece, start, end;
    const char *with;
};

static err rewrite(const char *format, enum encoding enc, view in, const struct change *changes,
                   size_t n)
{
    struct record r;
    struct edit v[16];
    struct edits edits[16] = { 0 };
    assert_ok(format_decode(format_by_name(view_of_str(format)), in, enc, &arena, &r, NULL));
    drop_plain_keys(&r);
    assert_true(r.n <= 16 && n <= 16);
    for (size_t i = 0; i < n; i++) {
        struct edits *e = &edits[changes[i].piece];
        assert_true(changes[i].piece < r.n);
        v[i] = (struct edit){ changes[i].start, changes[i].end, view_of_str(changes[i].with) };
        if (!e->n) e->v = &v[i];
        e->n++;
    }
    buf_reset(&out);
    return format_write(&r, edits, &out, NULL);
}
#define REWRITE(format, enc, in, ...)                                                              \
    rewrite(format, enc, in, (const struct change[]){ __VA_ARGS__ },                               \
            COUNT_OF(((const struct change[]){ __VA_ARGS__ })))

static void without_edits_nothing_changes(void **state)
{
    (void)state;
    static const view texts[] = {
        { "", 0 },
        { "a\r\nb\n\r", 6 },
        { "\xEF\xBB\xBF"
          "a\xC3\xA9\n",
          7 },
        { "\xFF\xFE"
          "a\0\n\0",
          6 },
        { "\x93"
          "a\xE9",
          3 },
    };
    for (size_t i = 0; i < COUNT_OF(texts); i++) {
        assert_ok(rewrite("text", ENC_AUTO, texts[i], NULL, 0));
        assert_true(view_eq(buf_view(&out), texts[i]));
    }
    view line = VIEW(" { \"a\" : \"x\\u00E9\\/\" ,\t\"n\":1.50E+03, \"a b\":[ ] }\r\n");
    assert_ok(rewrite("jsonl", ENC_AUTO, line, NULL, 0));
    assert_true(view_eq(buf_view(&out), line));
}

static void a_text_is_changed_in_its_encoding(void **state)
{
    (void)state;
    assert_ok(
        REWRITE("text", ENC_AUTO, VIEW("\xEF\xBB\xBFJos\xC3\xA9\r\n"), { 0, 0, 5, "[NAME]" }));
    assert_view(buf_view(&out), "\xEF\xBB\xBF[NAME]\r\n");
    assert_ok(REWRITE("text", ENC_AUTO, VIEW("\xFF\xFEJ\0\xE9\0!\0"), { 0, 0, 3, "A\xC3\xA9" }));
    assert_view(buf_view(&out), "\xFF\xFE"
                                "A\0\xE9\0!\0");
    assert_ok(REWRITE("text", ENC_AUTO, VIEW("\x93J\xE9\x94"), { 0, 3, 6, "Ren\xC3\xA9" }));
    assert_view(buf_view(&out), "\x93Ren\xE9\x94");
    assert_err(REWRITE("text", ENC_AUTO, VIEW("\x93J\xE9\x94"), { 0, 3, 6, "\xC4\x80" }),
               ERR_ENCODING);
    assert_int_equal(out.n, 0);
    /* Many edits, at both ends, next to each other, and an insertion. */
    assert_ok(REWRITE("text", ENC_AUTO, VIEW("abcdefgh"), { 0, 0, 1, "1" }, { 0, 1, 2, "" },
                      { 0, 4, 4, "+" }, { 0, 7, 8, "888" }));
    assert_view(buf_view(&out), "1cd+efg888");
}

static void a_string_is_changed_with_escapes(void **state)
{
    (void)state;
    view line = VIEW("{\"t\":\"a\\u00e9\\nJane\\\"\",\"u\":\"x\"}\n");
    assert_ok(REWRITE("jsonl", ENC_UTF8, line, { 0, 4, 8, "\"M\\\n\x02 \xC3\xA9" }));
    assert_view(buf_view(&out),
                "{\"t\":\"a\\u00e9\\n\\\"M\\\\\\n\\u0002 \xC3\xA9\\\"\",\"u\":\"x\"}\n");
    assert_ok(
        REWRITE("jsonl", ENC_UTF8, line, { 0, 1, 3, "e" }, { 0, 3, 4, " " }, { 1, 0, 1, "" }));
    assert_view(buf_view(&out), "{\"t\":\"ae Jane\\\"\",\"u\":\"\"}\n");
    assert_err(REWRITE("jsonl", ENC_UTF8, line, { 0, 4, 8, "\xFF" }), ERR_ENCODING);
    assert_int_equal(out.n, 0);
    assert_ok(
        REWRITE("jsonl", ENC_UTF8, VIEW("{\"J\\u0061ne Doe\":{\"a\":1}}"), { 0, 0, 8, "[NAME]" }));
    assert_view(buf_view(&out), "{\"[NAME]\":{\"a\":1}}");
}

static void a_number_stays_one_or_becomes_a_string(void **state)
{
    (void)state;
    view line = VIEW("{\"mrn\": 1234567 , \"x\":\"y\"}");
    assert_ok(REWRITE("jsonl", ENC_UTF8, line, { 0, 0, 7, "7654321" }));
    assert_view(buf_view(&out), "{\"mrn\": 7654321 , \"x\":\"y\"}");
    assert_ok(REWRITE("jsonl", ENC_UTF8, line, { 0, 0, 7, "[MRN \"a\"]" }));
    assert_view(buf_view(&out), "{\"mrn\": \"[MRN \\\"a\\\"]\" , \"x\":\"y\"}");
    assert_ok(
        REWRITE("jsonl", ENC_UTF8, line, { 0, 0, 7, "0123456" })); /* not as JSON spells one */
    assert_view(buf_view(&out), "{\"mrn\": \"0123456\" , \"x\":\"y\"}");
    assert_ok(
        REWRITE("jsonl", ENC_UTF8, line, { 0, 0, 2, "99" }, { 0, 6, 7, "0" }, { 1, 0, 1, "z" }));
    assert_view(buf_view(&out), "{\"mrn\": 9934560 , \"x\":\"z\"}");
    assert_ok(REWRITE("jsonl", ENC_UTF8, line, { 0, 0, 7, "" }));
    assert_view(buf_view(&out), "{\"mrn\": \"\" , \"x\":\"y\"}");
}

static void a_limit_leaves_nothing_half_written(void **state)
{
    (void)state;
    struct record r;
    struct edit v = { 0, 1, VIEW("0123456789") };
    struct edits edits = { &v, 1 };
    struct buf small;
    struct diag d = { 0 };
    buf_init(&small, 12);
    assert_ok(buf_add(&small, VIEW("kept")));
    assert_ok(
        format_decode(format_by_name(VIEW("text")), VIEW("abcd"), ENC_UTF8, &arena, &r, NULL));
    assert_err(format_write(&r, &edits, &small, &d), ERR_LIMIT);
    assert_int_equal(d.code, ERR_LIMIT);
    assert_view(buf_view(&small), "kept");
    buf_clear(&small);
}

static err write_some(void *ctx)
{
    (void)ctx;
    struct arena a;
    struct record r;
    struct buf b;
    struct edit v = { 0, 5, VIEW("a much longer text than there was before") };
    struct edits edits[2] = { { &v, 1 }, { &v, 1 } };
    err e = OK;
    arena_init(&a, 1 << 20);
    buf_init(&b, 1 << 20);
    TRY(format_decode(format_by_name(VIEW("jsonl")),
                      VIEW("{\"a\":\"\\u00e9abcdef\",\"n\":1234567}"), ENC_UTF8, &a, &r, NULL));
    drop_plain_keys(&r);
    e = format_write(&r, edits, &b, NULL);
    if (e) assert_int_equal(b.n, 0);
out:
    arena_clear(&a);
    buf_clear(&b);
    return e;
}

static void writing_survives_want_of_memory(void **state)
{
    (void)state;
    faults_in_turn(write_some, NULL);
}

/* A text over markup and over the ends of segments: the structure stays. */
static err rewrite_gaps(enum piece_spelling spelling, view marks, const struct edit *edit,
                        const struct edit *inner)
{
    /* bytes  Jo<b>hn</b> Doe|x     text John Doe, and the name of the tag as a piece in a gap */
    static const struct offset_mark map[] = { { 0, 0 }, { 2, 2 },  { 2, 5 },
                                              { 4, 7 }, { 4, 11 }, { 8, 15 } };
    struct piece pieces[] = {
        { .text = VIEW("John Doe"),
          .map = { map, COUNT_OF(map) },
          .spelling = spelling,
          .encoding = ENC_UTF8,
          .has_gaps = true },
        { .text = VIEW("b"), .base = 3, .spelling = spelling, .encoding = ENC_LATIN1 },
    };
    struct record r = {
        .bytes = VIEW("Jo<b>hn</b> Doe|x"), .pieces = pieces, .n = 2, .marks = marks
    };
    struct edit copy[2];
    struct edits edits[2] = { 0 };
    if (edit) copy[0] = *edit, edits[0] = (struct edits){ &copy[0], 1 };
    if (inner) copy[1] = *inner, edits[1] = (struct edits){ &copy[1], 1 };
    buf_reset(&out);
    return format_write(&r, edits, &out, NULL);
}

static void structure_inside_an_edit_stays(void **state)
{
    (void)state;
    struct edit john = { 0, 4, VIEW("[N]") }, all = { 0, 8, VIEW("<A&B>\"") },
                inner = { 0, 1, VIEW("'em'") };
    assert_ok(rewrite_gaps(SPELL_PLAIN, VIEW(""), &john, NULL));
    assert_view(buf_view(&out), "[N]<b></b> Doe|x");
    assert_ok(rewrite_gaps(SPELL_XML_TEXT, VIEW(""), &all, NULL));
    assert_view(buf_view(&out), "&lt;A&amp;B&gt;\"<b></b>|x");
    assert_ok(rewrite_gaps(SPELL_XML_ATTRIBUTE, VIEW(""), &all, &inner));
    assert_view(buf_view(&out), "&lt;A&amp;B&gt;&quot;<&apos;em&apos;></b>|x");
    assert_err(rewrite_gaps(SPELL_XML_MIXED, VIEW(""), &all, NULL), ERR_ENCODING);
    assert_int_equal(out.n, 0);
    assert_ok(rewrite_gaps(SPELL_XML_LITERAL, VIEW(""), &all, NULL));
    assert_view(buf_view(&out), "<A&B>\"<b></b>|x");
    static const char *const ends[] = { "a--b", "-a", "a-", "a?>", ">", "a]]>b" };
    for (size_t i = 0; i < COUNT_OF(ends); i++) {
        struct edit x = { 0, 8, view_of_str(ends[i]) };
        assert_err(rewrite_gaps(SPELL_XML_LITERAL, VIEW(""), &x, NULL), ERR_ENCODING);
    }
    struct edit end = { 3, 5, VIEW("") }, none = { 4, 4, VIEW("+") };
    assert_ok(rewrite_gaps(SPELL_XML_LITERAL, VIEW(""), &end, NULL));
    assert_view(buf_view(&out), "Jo<b>h</b>Doe|x");
    assert_ok(rewrite_gaps(SPELL_XML_LITERAL, VIEW(""), &none, NULL));
    assert_view(buf_view(&out), "Jo<b>hn</b>+ Doe|x");
}

static void hl7_marks_are_escaped(void **state)
{
    (void)state;
    struct edit all = { 0, 8, VIEW("a|b^c~d\\e&f#g\nh\t") };
    assert_ok(rewrite_gaps(SPELL_HL7, VIEW("|^~\\&#"), &all, NULL));
    assert_view(buf_view(&out), "a\\F\\b\\S\\c\\R\\d\\E\\e\\T\\f\\P\\g\\.br\\h\\X09\\<b></b>|x");
    assert_ok(rewrite_gaps(SPELL_HL7, VIEW("*^~%"), &all, NULL));
    assert_view(buf_view(&out), "a|b%S%c%R%d\\e&f#g%.br%h%X09%<b></b>|x");
    assert_err(rewrite_gaps(SPELL_HL7, VIEW("|^"), &all, NULL), ERR_ENCODING);
}

static void what_an_encoding_lacks_has_a_number_in_xml(void **state)
{
    (void)state;
    struct edit inner = { 0, 1, VIEW("\xC3\xA9\xE2\x82\xAC") }, bell = { 0, 1, VIEW("\a") };
    assert_ok(rewrite_gaps(SPELL_XML_TEXT, VIEW(""), NULL, &inner));
    assert_view(buf_view(&out), "Jo<\xE9&#8364;>hn</b> Doe|x");
    assert_err(rewrite_gaps(SPELL_XML_LITERAL, VIEW(""), NULL, &inner), ERR_ENCODING);
    assert_err(rewrite_gaps(SPELL_XML_TEXT, VIEW(""), NULL, &bell), ERR_ENCODING);
}

static err write_with_faults(void *ctx)
{
    (void)ctx;
    struct edit john = { 0, 8, VIEW("[N]") };
    err e = rewrite_gaps(SPELL_XML_TEXT, VIEW(""), &john, NULL);
    if (!e) assert_view(buf_view(&out), "[N]<b></b>|x");
    buf_clear(&out);
    return e;
}

static void memory_may_fail_among_gaps(void **state)
{
    (void)state;
    buf_clear(&out);
    faults_in_turn(write_with_faults, NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(structure_inside_an_edit_stays),
        cmocka_unit_test(hl7_marks_are_escaped),
        cmocka_unit_test(what_an_encoding_lacks_has_a_number_in_xml),
        cmocka_unit_test(memory_may_fail_among_gaps),
        cmocka_unit_test(without_edits_nothing_changes),
        cmocka_unit_test(a_text_is_changed_in_its_encoding),
        cmocka_unit_test(a_string_is_changed_with_escapes),
        cmocka_unit_test(a_number_stays_one_or_becomes_a_string),
        cmocka_unit_test(a_limit_leaves_nothing_half_written),
        cmocka_unit_test(writing_survives_want_of_memory),
    };
    return cmocka_run_group_tests(tests, room_start, room_end);
}
