/* Schemas: those of the program are read, wrong ones are refused with their line. */
#include "clinical/schema.h"
#include "unit.h"

#include "faults.h"

static void the_programs_own(void **state)
{
    uint32_t i = 0;
    (void)state;
    for (; schema_builtin_name(i).n; i++) {
        struct schema *s;
        struct diag d = { 0 };
        assert_ok(schema_builtin(&s, schema_builtin_name(i), &d));
        assert_true(view_eq(s->name, schema_builtin_name(i)));
        assert_true(s->n_findings >= 13 && s->title.n);
        schema_free(s);
    }
    assert_true(i >= 5);
}

static void mukherjee_is_chexpert_without_no_finding(void **state)
{
    struct schema *s;
    struct diag d = { 0 };
    (void)state;
    assert_ok(schema_builtin(&s, VIEW("mukherjee13"), &d));
    assert_int_equal(s->n_findings, 13);
    assert_int_equal(schema_find(s, VIEW("No Finding")), -1);
    assert_true(schema_find(s, VIEW("pleural_effusion")) >= 0);
    schema_free(s);
}

static void wrong_ones(void **state)
{
    static const struct {
        const char *text;
        uint32_t line;
    } rows[] = {
        { "findings: [{name: A, find: [a]}]", 1 },
        { "schema: x", 1 },
        { "schema: x\nfindings: []", 2 },
        { "schema: x\nfindings:\n - find: [a]", 3 },
        { "schema: x\nfindings:\n - name: A\n   find: [a]\n - name: a\n   find: [b]", 5 },
        { "schema: x\nfindings:\n - name: A\n   find: ['[a] b']", 4 },
        { "schema: x\nfindings:\n - name: A\n   find: [a]\n   parent: B", 5 },
        { "schema: x\nfindings:\n - name: A\n   find: [a]\n   parent: A", 5 },
        { "schema: x\nfindings:\n - name: A\n   rest: [B]", 4 },
        { "schema: x\nfindings:\n - name: A\n   find: [a]\n   lasting: perhaps", 5 },
        { "schema: x\nreads: poems\nfindings: [{name: A, find: [a]}]", 2 },
        { "schema: x\ncues:\n  absent: [no]\n  nonsense: [x]\nfindings: [{name: A, find: [a]}]",
          4 },
        { "schema: x\nvalues:\n - of: colour\n   name: x\n   words: [y]\nfindings: []", 3 },
        { "schema: x\nwords:\n - name: be\n   list: [x]\nfindings: [{name: A, find: [a]}]", 3 },
        { "schema: x\nfrom: nowhere", 2 },
        { "schema: x\nwithout: [A]\nfindings: [{name: A, find: [a]}]", 2 },
        { "schema: x\nfrom: chexpert14\nwithout:\n - No Finding\n - Pneumonias", 5 },
        { "schema: x\nfindings:\n - name: A\n   find: []", 4 },
        { "schema: x\nfindings:\n - name: A\n   maybe: [a]", 3 },
        { "schema: x\nfindings:\n - name: A\n   find: [a]\n   maybe: a", 5 },
        { "schema: x\nfindings:\n - {name: A, find: [a]}\n - [", 5 },
    };
    (void)state;
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        struct schema *s;
        struct diag d = { 0 };
        err e = schema_read(&s, view_of_str(rows[i].text), &d);
        if (e != ERR_CONFIG || d.line != rows[i].line || s)
            fail_msg("row %zu: %s, line %u", i, err_name(e), d.line);
    }
}

static err run(void *ctx)
{
    struct schema *s;
    struct diag d = { 0 };
    (void)ctx;
    err e = schema_read(&s,
                        VIEW("schema: x\nfindings:\n - name: A\n   find: [a bcd*]\n"
                             "words: [{name: w, list: [x]}]\n"),
                        &d);
    schema_free(s);
    return e;
}

static void memory_runs_out(void **state)
{
    (void)state;
    faults_in_turn_by(run, NULL, 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_programs_own),
        cmocka_unit_test(mukherjee_is_chexpert_without_no_finding),
        cmocka_unit_test(wrong_ones),
        cmocka_unit_test(memory_runs_out),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
