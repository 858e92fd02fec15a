/* Files of findings: an id that stands twice, and reports that a reader could not read. */
#include "unit.h"

#include "extract/compare.h"
#include "faults.h"

struct readers {
    struct label_file file[2];
    struct label_names names;
    struct agreement a;
};

static err compare(struct readers *r, view one, view two, struct diag *d)
{
    err e = OK;
    struct compare_options o = { .boot = bootstrap_default_params() };
    o.boot.replicates = 0;
    *r = (struct readers){ 0 };
    label_file_init(&r->file[0]);
    label_file_init(&r->file[1]);
    TRY(label_file_read(&r->file[0], one, &r->names, d));
    TRY(label_file_read(&r->file[1], two, &r->names, d));
    TRY(compare_agree(r->file, 2, &r->names, &o, &r->a));
out:
    return e;
}

static void clear(struct readers *r)
{
    agreement_clear(&r->a);
    label_file_clear(&r->file[0]);
    label_file_clear(&r->file[1]);
}

static void an_id_twice_is_refused_with_its_line(void **state)
{
    (void)state;
    static const struct {
        const char *file;
        uint64_t line;
    } cases[] = {
        { "id,Edema\na,1\nb,0\na,1\n", 4 },
        { "{\"id\":\"a\"}\n\n{\"id\":\"b\"}\n{\"id\":\"a\"}\n", 4 },
        { "{\"id\":7}\n{\"id\":\"7\"}\n", 2 },
        { "{}\n{}\n", 2 },
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct label_file f;
        struct label_names names = { 0 };
        struct diag d = { 0 };
        label_file_init(&f);
        assert_err(label_file_read(&f, view_of_str(cases[i].file), &names, &d), ERR_FORMAT);
        assert_int_equal(d.record, cases[i].line);
        assert_non_null(strstr(d.what, "already"));
        label_file_clear(&f);
    }
}

static void what_nobody_read_is_not_agreed_on(void **state)
{
    (void)state;
    static const view one =
        VIEW("{\"id\":\"1\",\"state\":\"failed\",\"findings\":{}}\n"
             "{\"id\":\"2\",\"state\":\"not_text\",\"findings\":{}}\n"
             "{\"id\":\"3\",\"state\":\"read\",\"findings\":{\"Edema\":\"absent\"}}\n"
             "{\"id\":\"4\",\"findings\":{\"Edema\":\"present\"}}\n"
             "{\"id\":\"5\",\"findings\":{}}\n");
    static const view two = VIEW("id,state,Edema\n1,failed,\n2,read,0\n3,,1\n4, read ,1\n");
    struct readers r;
    struct diag d = { 0 };
    const struct label_row *rows[2];
    assert_ok(compare(&r, one, two, &d));
    assert_int_equal(r.a.reports, 2);
    assert_int_equal(r.a.unread, 2);
    assert_int_equal(r.a.left_out, 1);
    assert_int_equal(r.a.n, 1);
    assert_true(r.a.v[0].raw > 0.49 && r.a.v[0].raw < 0.51);
    assert_int_equal(compare_join(r.file, 2, 0, rows), JOINED_UNREAD);
    assert_int_equal(compare_join(r.file, 2, 2, rows), JOINED_READ);
    assert_view(rows[1]->id, "3");
    assert_int_equal(compare_join(r.file, 2, 4, rows), JOINED_MISSING);
    assert_null(rows[1]);
    clear(&r);
}

/* What the other could not read is scored as nothing found, whatever its cells say, and counted. */
static void what_was_not_read_is_not_found(void **state)
{
    (void)state;
    static const view gold = VIEW("id,state,Edema\n1,read,1\n2,,1\n3,read,1\n4,failed,1\n5,,0\n");
    static const view pred =
        VIEW("{\"id\":\"1\",\"state\":\"failed\",\"findings\":{\"Edema\":\"present\"}}\n"
             "{\"id\":\"2\",\"findings\":{\"Edema\":\"present\"}}\n"
             "{\"id\":\"4\",\"findings\":{\"Edema\":\"absent\"}}\n"
             "{\"id\":\"5\",\"state\":\"not_text\",\"findings\":{\"Edema\":\"present\"}}\n");
    struct readers r;
    struct diag d = { 0 };
    struct scoring s;
    struct compare_options o = { .boot = bootstrap_default_params() };
    o.boot.replicates = 0;
    assert_ok(compare(&r, gold, pred, &d));
    assert_ok(compare_gold(&r.file[0], &r.file[1], &r.names, &o, &s));
    assert_int_equal(s.reports, 4);
    assert_int_equal(s.unread, 2);
    assert_int_equal(s.missing, 1);
    assert_int_equal(s.left_out, 1);
    assert_int_equal(s.micro.tp, 1);
    assert_int_equal(s.micro.fn, 2);
    assert_int_equal(s.micro.fp, 0);
    assert_int_equal(s.micro.tn, 1);
    scoring_clear(&s);
    clear(&r);
}

static err compare_once(void *ctx)
{
    (void)ctx;
    struct readers r;
    struct diag d = { 0 };
    err e = compare(
        &r, VIEW("{\"id\":\"1\",\"state\":\"failed\",\"findings\":{\"Edema\":\"absent\"}}\n"),
        VIEW("id,state,Edema\n\"1\",read,1\n"), &d);
    clear(&r);
    return e;
}

static void memory(void **state)
{
    (void)state;
    faults_in_turn(compare_once, NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_id_twice_is_refused_with_its_line),
        cmocka_unit_test(what_nobody_read_is_not_agreed_on),
        cmocka_unit_test(what_was_not_read_is_not_found),
        cmocka_unit_test(memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
