/* The paths of JSON documents and what is said of them; no value is shown. */
#include "unit.h"

#include "faults.h"

#include "deid/json_shape.h"

static err shape(const char *const *documents, size_t n, const struct json_paths *paths,
                 struct buf *out)
{
    err e = OK;
    struct json_shape *s = NULL;
    TRY(json_shape_new(&s, paths));
    for (size_t i = 0; i < n; i++)
        TRY(json_shape_add(s, view_of_str(documents[i]), NULL));
    TRY(json_shape_print(s, out));
out:
    json_shape_free(s);
    return e;
}

static bool has(const struct buf *b, const char *text)
{
    return memmem(b->p, b->n, text, strlen(text)) != NULL;
}

static const char *const documents[] = {
    "{\"id\":\"7\",\"pt\":{\"last_name\":\"Quelby\",\"no\":77},\"v\":[{\"n\":\"a\"},{\"n\":\"b\"}]"
    "}",
    "",
    "{\"pt\":{\"by-name\":{\"482913\":\"Tamsin\",\"482914\":true}},\"v\":[[1,2],null]}",
};

static void every_path_has_a_row_and_no_value_is_shown(void **state)
{
    (void)state;
    struct buf out;
    struct json_paths *paths;
    struct json_path_fault fault;
    buf_init(&out, 1 << 20);
    assert_ok(json_paths_new(&paths));
    assert_ok(json_paths_add(paths, VIEW("$.pt.no"), VIEW("mrn"), &fault));
    assert_ok(json_paths_add(paths, VIEW("$.v[*].n"), VIEW("keep"), &fault));
    assert_ok(shape(documents, COUNT_OF(documents), paths, &out));
    assert_true(has(&out, "\"$.id\"\n    role: id # names the record; strings 1,"));
    assert_true(has(&out, "\"$.pt.last_name\"\n    role: text # its key: a person's name"));
    assert_true(has(&out, "\"$.pt.no\"\n    role: mrn # given; strings 0, other values 1"));
    assert_true(has(&out, "\"$.v[*].n\"\n    role: keep # given; strings 2,"));
    assert_true(has(
        &out, "\"$.v[*][*]\"\n    role: text # looked at word by word; strings 0, other values 2"));
    assert_true(
        has(&out, "\"$.pt['by-name'].*\"\n    role: text # looked at word by word; strings 1"));
    assert_false(has(&out, "Quelby") || has(&out, "Tamsin") || has(&out, "48291"));
    json_paths_free(paths);
    buf_clear(&out);
}

static void rows_have_a_bound(void **state)
{
    (void)state;
    static char big[1 << 17];
    size_t n = 0;
    struct buf out;
    const char *const one[] = { big };
    buf_init(&out, 1 << 20);
    for (unsigned i = 0; i < JSON_SHAPE_PATHS_MAX + 5; i++)
        n += (size_t)snprintf(big + n, sizeof big - n, "%s\"k%ux\":\"\"", i ? "," : "{", i);
    (void)snprintf(big + n, sizeof big - n, "}");
    assert_ok(shape(one, 1, NULL, &out));
    assert_true(has(&out, "not listed: 5\n"));
    buf_clear(&out);
}

static void what_is_no_json_is_refused(void **state)
{
    (void)state;
    struct buf out;
    static const char *const bad[] = { "{\"a\":}", "{\"a\":\"\xff\"}", "nothing" };
    buf_init(&out, 1 << 20);
    assert_int_equal(shape(bad, 1, NULL, &out), ERR_FORMAT);
    assert_int_equal(shape(bad + 1, 1, NULL, &out), ERR_ENCODING);
    assert_int_equal(shape(bad + 2, 1, NULL, &out), ERR_FORMAT);
    buf_clear(&out);
}

static err run_once(void *ctx)
{
    (void)ctx;
    struct buf out;
    buf_init(&out, 1 << 20);
    err e = shape(documents, COUNT_OF(documents), NULL, &out);
    if (!e) assert_true(has(&out, "$.pt.last_name"));
    buf_clear(&out);
    return e;
}

static void no_memory_is_an_error(void **state)
{
    (void)state;
    faults_in_turn(run_once, NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_path_has_a_row_and_no_value_is_shown),
        cmocka_unit_test(rows_have_a_bound),
        cmocka_unit_test(what_is_no_json_is_refused),
        cmocka_unit_test(no_memory_is_an_error),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
