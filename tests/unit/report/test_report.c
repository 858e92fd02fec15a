/* Reports: what is written is well-formed and harmless whatever stands in a cell, and all or nothing. */
#include <math.h>

#include "base/hash.h"
#include "format/json.h"
#include "report/report.h"
#include "unit.h"

#include "faults.h"

static const struct report_column columns[] = {
    { "name", "Name", CELL_TEXT },
    { "n", "Number", CELL_COUNT },
    { "share", "Share", CELL_SHARE },
};

static struct report *hostile(void)
{
    struct report *r = NULL;
    assert_ok(report_new(&r, "test", VIEW("A <b>title</b> & more"), VIEW("\"sub\"")));
    report_tile(r, "big", "Big", cell_count(1234567));
    report_section(r, "first", "First");
    report_fact(r, "text", "Text", cell_text(VIEW("<script>alert('x')</script>\n\x01\"\\")));
    report_fact(r, "code", "Code", cell_code(VIEW("a&b")));
    report_fact(r, "nan", "NaN", cell_seconds(NAN));
    report_fact(r, "infinite", "Infinite", cell_share(INFINITY));
    report_fact(r, "none", "None", cell_none());
    report_fact(r, "blank", "Blank", cell_blank());
    report_fact(r, "yes", "Yes", cell_bool(true));
    report_fact(r, "most", "Most", cell_count(UINT64_MAX));
    report_fact(r, "bytes", "Bytes", cell_bytes(1005000));
    report_note(r, VIEW("5 > 4 … ok"));
    report_table(r, "rows", "Rows", columns, COUNT_OF(columns));
    report_row(r, (struct cell[]){ cell_str("a"), cell_count(1000), cell_share(0.25) });
    report_row(r, (struct cell[]){ cell_none(), cell_none(), cell_share(-3) });
    report_table(r, "empty", "Empty", columns, COUNT_OF(columns));
    report_json_text(r, "whole", "<Whole>", VIEW("{\"a\":\n\"<b>\"}\n"));
    report_section(r, "second", "Second");
    return r;
}

static bool holds(view text, const char *part)
{
    view p = view_of_str(part);
    for (size_t i = 0; i + p.n <= text.n; i++)
        if (view_starts(view_sub(text, i, text.n), p)) return true;
    return false;
}
#define assert_holds(b, part)                                                                      \
    do {                                                                                           \
        if (!holds(buf_view(b), part)) fail_msg("lacks %s in %.*s", part, (int)(b)->n, (b)->p);    \
    } while (0)

static void writes_json(void **state)
{
    (void)state;
    struct report *r = hostile();
    struct buf out;
    struct json j;
    enum json_event event = JSON_NULL;
    buf_init(&out, 1 << 20);
    assert_ok(report_json(r, &out));
    assert_true(report_is_one(buf_view(&out)));
    json_init(&j, buf_view(&out));
    do {
        struct diag d = { 0 };
        assert_ok(json_next(&j, &event, &d));
    } while (event != JSON_END);
    assert_holds(&out, "\"cordon_report\":1,\n \"kind\":\"test\"");
    assert_holds(&out, "\"summary\":{\n  \"big\":1234567}");
    assert_holds(&out, "\"nan\":null");
    assert_holds(&out, "\"infinite\":null");
    assert_holds(&out, "\"blank\":null");
    assert_holds(&out, "\"yes\":true");
    assert_holds(&out, "\"most\":18446744073709551615");
    assert_holds(&out, "{\"name\":\"a\",\"n\":1000,\"share\":0.250000}");
    assert_holds(&out, "\"empty\":[]");
    assert_holds(&out, "\"whole\":{\"a\":\n\"<b>\"}}");
    assert_holds(&out, "\"second\":{}");
    buf_clear(&out);
    report_free(r);
}

static void escapes_html(void **state)
{
    (void)state;
    struct report *r = hostile();
    struct buf out;
    buf_init(&out, 1 << 20);
    assert_ok(report_html(r, &out));
    assert_true(report_is_one(buf_view(&out)));
    assert_holds(&out, "<h1>A &lt;b&gt;title&lt;/b&gt; &amp; more</h1>");
    assert_holds(&out, "&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;  &quot;\\");
    assert_false(holds(buf_view(&out), "<script"));
    assert_false(holds(buf_view(&out), "http://"));
    assert_false(holds(buf_view(&out), "https://"));
    assert_false(holds(buf_view(&out), "nan"));
    assert_false(holds(buf_view(&out), "inf"));
    assert_holds(&out, "<dd>1,234,567</dd>");
    assert_holds(&out, "18,446,744,073,709,551,615");
    assert_holds(&out, "1,005,000 <span class=\"unit\">(1.0 MB)</span>");
    assert_holds(&out, "<b>25.0 %</b><i style=\"width:1.50rem\">");
    assert_holds(&out, "<b>-300.0 %</b></td>");
    buf_clear(&out);
    report_free(r);
}

static void writes_nothing_when_it_fails(void **state)
{
    (void)state;
    struct report *r = hostile();
    struct buf out;
    buf_init(&out, 300);
    assert_ok(buf_add(&out, VIEW("before")));
    assert_err(report_json(r, &out), ERR_LIMIT);
    assert_err(report_html(r, &out), ERR_LIMIT);
    assert_view(buf_view(&out), "before");
    report_note(r, VIEW("\xc3\x28"));
    report_note(r, VIEW("fine"));
    assert_err(report_json(r, &out), ERR_ENCODING);
    assert_err(report_html(r, &out), ERR_ENCODING);
    assert_view(buf_view(&out), "before");
    buf_clear(&out);
    report_free(r);
}

static void knows_its_own(void **state)
{
    (void)state;
    assert_false(report_is_one(VIEW("")));
    assert_false(report_is_one(VIEW("{\"id\":1}")));
    assert_false(report_is_one(VIEW("<!doctype html>\n<html>")));
}

static err whole_report(void *ctx)
{
    err e = OK;
    (void)ctx;
    struct report *r = NULL;
    struct buf out;
    buf_init(&out, 1 << 20);
    TRY(report_new(&r, "test", VIEW("t"), VIEW("s")));
    report_section(r, "a", "A");
    report_table(r, "rows", "Rows", columns, COUNT_OF(columns));
    report_row(r, (struct cell[]){ cell_str("x"), cell_count(1), cell_share(1) });
    TRY(report_html(r, &out));
    TRY(report_json(r, &out));
out:
    buf_clear(&out);
    report_free(r);
    return e;
}

static void survives_every_failing_allocation(void **state)
{
    (void)state;
    faults_in_turn(whole_report, NULL);
}

static void hashes_in_parts(void **state)
{
    (void)state;
    uint8_t whole[32], parts[32];
    char hex[64];
    struct checksum c;
    checksum32(VIEW("abcdef"), whole);
    checksum_init(&c);
    checksum_add(&c, VIEW("abc"));
    checksum_add(&c, VIEW(""));
    checksum_add(&c, VIEW("def"));
    checksum_end(&c, parts);
    assert_memory_equal(whole, parts, sizeof whole);
    checksum32(VIEW(""), whole); /* RFC 7693: BLAKE2b with 32 bytes, of nothing */
    checksum_hex(whole, hex);
    assert_memory_equal(hex, "0e5751c026e543b2e8ab2eb06099daa1d1e5df47778f7787faab45cdf12fe3a8",
                        sizeof hex);
}

/* Intervals of a column are drawn on one line, or a lower value could stand further right. */
static void intervals_can_be_compared(void **state)
{
    (void)state;
    static const struct report_column one[] = { { "name", "Name", CELL_TEXT },
                                                { "k", "Kappa", CELL_INTERVAL } };
    struct report *r = NULL;
    struct buf out;
    assert_ok(report_new(&r, "test", VIEW("Title"), VIEW("")));
    report_tile(r, "alone", "Alone", cell_interval(0.5, 0.25, 0.75));
    report_section(r, "first", "First");
    report_table(r, "rows", "Rows", one, COUNT_OF(one));
    report_row(r, (struct cell[]){ cell_str("a"), cell_interval(0.5, 0.25, 0.75) });
    report_row(r, (struct cell[]){ cell_str("b"), cell_interval(0.25, -0.5, 0.5) });
    buf_init(&out, 1 << 20);
    assert_ok(report_html(r, &out));
    assert_holds(&out, "cx=\"62.0\"/></svg> <span class=\"ci\">0.500 "); /* by itself: from 0 */
    assert_holds(&out, "cx=\"90.0\"/></svg> <span class=\"ci\">0.500 ");
    assert_holds(&out, "cx=\"76.0\"/></svg> <span class=\"ci\">0.250 ");
    buf_clear(&out);
    report_free(r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(intervals_can_be_compared),
        cmocka_unit_test(writes_json),
        cmocka_unit_test(escapes_html),
        cmocka_unit_test(writes_nothing_when_it_fails),
        cmocka_unit_test(knows_its_own),
        cmocka_unit_test(survives_every_failing_allocation),
        cmocka_unit_test(hashes_in_parts),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
