/* Paths of JSON documents: what is a path, where the fault of another is, and to which values they lead. */
#include "unit.h"

#include "faults.h"
#include "format/format_options.h"
#include "format/json_paths.h"
#include "pieces.h"

static void a_path_is_read_or_its_fault_is_placed(void **state)
{
    static const struct {
        const char *path;
        int steps;     /* -1: refused */
        size_t offset; /* then where */
    } cases[] = {
        { "$", 0, 0 },
        { "$.a.b[*].c", 4, 0 },
        { "$..name", 1, 0 },
        { "..name", 1, 0 },
        { "$.*", 1, 0 },
        { "$..*", 1, 0 },
        { "$..['a b'][12]", 2, 0 },
        { "$[0]", 1, 0 },
        { "$['it\\'s']", 1, 0 },
        { "$[\"a\\\\b\"]", 1, 0 },
        { "$.n\xC3\xA4me", 1, 0 },
        { "", -1, 0 },
        { "name", -1, 0 },
        { ".name", -1, 0 },
        { "$name", -1, 1 },
        { "$.", -1, 2 },
        { "$...a", -1, 3 },
        { "$.a-b", -1, 3 },
        { "$.1a", -1, 2 },
        { "$.a b", -1, 3 },
        { "$[", -1, 2 },
        { "$['a", -1, 4 },
        { "$['a'", -1, 5 },
        { "$['\\u0041']", -1, 3 },
        { "$['a\n']", -1, 4 },
        { "$[01]", -1, 2 },
        { "$[4294967296]", -1, 2 },
        { "$[-1]", -1, 2 },
        { "$[1:2]", -1, 3 },
        { "$['a','b']", -1, 5 },
        { "$[?@.a]", -1, 2 },
        { "$.a..", -1, 5 },
        { "$.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a", 31, 0 },
        { "$.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a", -1, 63 },
    };
    struct arena a;
    (void)state;
    arena_init(&a, 1 << 20);
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct json_path p = { 0 };
        struct json_path_fault f = { 0 };
        err e = json_path_parse(view_of_str(cases[i].path), &a, &p, &f);
        if (cases[i].steps < 0) {
            if (e != ERR_FORMAT || !f.what || f.offset != cases[i].offset)
                fail_msg("%s: %s at %zu", cases[i].path, err_name(e), f.offset);
        } else if (e || p.n != (uint32_t)cases[i].steps) {
            fail_msg("%s: %s, %u steps", cases[i].path, err_name(e), p.n);
        }
    }
    arena_clear(&a);
}

struct said {
    const char *path, *role;
};

/* The pieces of a line under paths; of plain keys, which have no role, nothing. */
static err decode_with(const struct said *said, size_t n, view line, struct arena *a,
                       struct record *out)
{
    err e = OK;
    const struct format *f = format_by_name(VIEW("jsonl"));
    struct json_paths *p = NULL;
    TRY(json_paths_new(&p));
    for (size_t i = 0; i < n; i++) {
        struct json_path_fault fault;
        TRY(json_paths_add(p, view_of_str(said[i].path), view_of_str(said[i].role), &fault));
    }
    const struct format_options o = { .json = p };
    TRY(f->open(f, &o, line, a, &f, NULL));
    TRY(format_decode(f, line, ENC_AUTO, a, out, NULL));
    uint32_t kept = 0;
    for (uint32_t i = 0; i < out->n; i++)
        if (out->pieces[i].role != ROLE_KEY) out->pieces[kept++] = out->pieces[i];
    out->n = kept;
out:
    json_paths_free(p);
    return e;
}

static void paths_lead_to_values(void **state)
{
    static const struct {
        struct said said[3];
        size_t n;
        const char *line, *pieces;
    } cases[] = {
        { { { "$.pt.nm", "name" } },
          1,
          "{\"pt\":{\"nm\":\"Ann\",\"x\":\"y\"},\"nm\":\"z\"}",
          "nm NAME patient/1 'Ann'\nx TEXT 'y'\nnm TEXT 'z'\n" },
        { { { "$..nm", "family/relative" } },
          1,
          "{\"nm\":\"A\",\"o\":[{\"nm\":\"B\"},[{\"nm\":\"C\"}]]}",
          "nm FAMILY relative/2 'A'\nnm FAMILY relative/3 'B'\nnm FAMILY relative/4 'C'\n" },
        { { { "$.v[*].t", "keep" } },
          1,
          "{\"v\":[{\"t\":\"a\"},{\"u\":\"b\"},{\"t\":[\"c\",{\"Jane Doe\":\"d\"}]}]}",
          "u TEXT 'b'\n" },
        { { { "$.v[1]", "date" } },
          1,
          "{\"v\":[\"a\",\"b\",\"c\"],\"1\":\"d\"}",
          "v TEXT 'a'\nv DATE patient/1 'b'\nv TEXT 'c'\n1 TEXT 'd'\n" },
        /* the deepest value decides; of paths to one value the last */
        { { { "$.a.b", "text" }, { "$.a", "keep" } },
          2,
          "{\"a\":{\"b\":\"x\",\"c\":\"y\"}}",
          "b TEXT 'x'\n" },
        { { { "$.a", "keep" }, { "$.*", "name" }, { "$.b", "mrn" } },
          3,
          "{\"a\":\"x\",\"b\":\"y\"}",
          "a NAME patient/1 'x'\nb MRN patient/1 'y'\n" },
        { { { "$", "keep" }, { "$..note", "text" } },
          2,
          "{\"a\":\"x\",\"b\":{\"note\":{\"c\":\"y\"}}}",
          "c TEXT 'y'\n" },
        /* short numbers too, when somebody says what they are */
        { { { "$.n", "mrn" } }, 1, "{\"n\":7,\"m\":7}", "n MRN patient/1 '7'\n" },
        { { { "$.x", "id" } }, 1, "{\"x\":\"r1\",\"t\":\"u\"}", "x ID 'r1'\nt TEXT 'u'\n" },
        { { { "$['a b'].c", "phone/clinician" } },
          1,
          "{\"a b\":{\"c\":\"555\"}}",
          " TEXT 'a b'\nc PHONE clinician/3 '555'\n" },
        { { { "$..*", "keep" } }, 1, "[\"a\",{\"b\":[\"c\"]}]", "" },
        { { { "$", "keep" } }, 1, "\"a\"", "" },
        { { { "$.a.b", "keep" } }, 1, "{\"a\":\"x\",\"b\":\"y\"}", "a TEXT 'x'\nb TEXT 'y'\n" },
    };
    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct arena a;
        struct record r;
        arena_init(&a, 1 << 20);
        assert_ok(decode_with(cases[i].said, cases[i].n, view_of_str(cases[i].line), &a, &r));
        assert_pieces(&r, cases[i].pieces);
        arena_clear(&a);
    }
}

static void a_number_says_whose_the_record_is(void **state)
{
    static const struct said said[] = { { "$.ssn", "ssn" },
                                        { "$.mrn", "mrn" },
                                        { "$.other", "mrn/relative" } };
    struct arena a;
    struct record r;
    (void)state;
    arena_init(&a, 1 << 20);
    const view line = VIEW("{\"other\":\"9\",\"ssn\":\"1\",\"mrn\":\"2\",\"id\":\"x\"}");
    assert_ok(decode_with(said, COUNT_OF(said), line, &a, &r));
    assert_true(view_eq(r.patient, VIEW("2")));
    assert_true(view_eq(r.id, VIEW("x")));
    assert_ok(decode_with(said, 1, line, &a, &r));
    assert_true(view_eq(r.patient, VIEW("1")));
    arena_clear(&a);
}

static void roles_of_tables_alone_are_refused(void **state)
{
    static const char *const roles[] = { "", "code", "measure", "nome", "name/", "text/patient" };
    struct json_paths *p;
    struct json_path_fault f;
    (void)state;
    assert_ok(json_paths_new(&p));
    for (size_t i = 0; i < COUNT_OF(roles); i++) {
        assert_int_equal(json_paths_add(p, VIEW("$.a"), view_of_str(roles[i]), &f), ERR_FORMAT);
        assert_true(f.is_role);
    }
    assert_int_equal(json_paths_count(p), 0);
    for (unsigned i = 0; i < JSON_PATHS_MAX; i++)
        assert_ok(json_paths_add(p, VIEW("$.a"), VIEW("keep"), &f));
    assert_int_equal(json_paths_add(p, VIEW("$.a"), VIEW("keep"), &f), ERR_LIMIT);
    json_paths_free(p);
}

static void those_before_count_less(void **state)
{
    struct json_paths *site, *own;
    struct json_path_fault f;
    struct arena a;
    struct record r;
    const struct format *format = format_by_name(VIEW("jsonl"));
    (void)state;
    arena_init(&a, 1 << 20);
    assert_ok(json_paths_new(&site));
    assert_ok(json_paths_new(&own));
    assert_ok(json_paths_add(site, VIEW("$.a"), VIEW("keep"), &f));
    assert_ok(json_paths_add(site, VIEW("$.b"), VIEW("keep"), &f));
    assert_ok(json_paths_add(own, VIEW("$.a"), VIEW("name"), &f));
    json_paths_follow(own, site);
    assert_int_equal(json_paths_count(own), 3);
    const struct format_options o = { .json = own };
    assert_ok(format->open(format, &o, VIEW(""), &a, &format, NULL));
    assert_ok(format_decode(format, VIEW("{\"a\":\"x\",\"b\":\"y\"}"), ENC_AUTO, &a, &r, NULL));
    assert_int_equal(r.n, 3); /* two keys and a name */
    assert_int_equal(r.pieces[1].role, ROLE_NAME);
    json_paths_free(own);
    json_paths_free(site);
    arena_clear(&a);
}

static err decode_deep(void *ctx)
{
    static const struct said said[] = { { "$..['a b'][0].*", "name" }, { "$[3]..x", "keep" } };
    err e = OK;
    struct arena a;
    struct record r;
    (void)ctx;
    arena_init(&a, 1 << 20);
    TRY(decode_with(said, COUNT_OF(said),
                    VIEW("[1,2,3,[[[[[[[[[[{\"x\":\"1\"},{\"a b\":[{\"q\":\"2\"}]}]]]]]]]]]]]"), &a,
                    &r));
    assert_int_equal(r.n, 2); /* assert_pieces would ask for memory */
    assert_int_equal(r.pieces[0].role, ROLE_TEXT);
    assert_int_equal(r.pieces[1].role, ROLE_NAME);
out:
    arena_clear(&a);
    return e;
}

static void every_allocation_may_fail(void **state)
{
    (void)state;
    faults_in_turn(decode_deep, NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_path_is_read_or_its_fault_is_placed),
        cmocka_unit_test(paths_lead_to_values),
        cmocka_unit_test(a_number_says_whose_the_record_is),
        cmocka_unit_test(roles_of_tables_alone_are_refused),
        cmocka_unit_test(those_before_count_less),
        cmocka_unit_test(every_allocation_may_fail),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
