/* The option parser: what it understands, what it refuses, and that it never echoes an argument. */
#include "unit.h"

#include "cli/options.h"

struct values {
    bool flag, other;
    const char *text;
    unsigned count;
    size_t size;
    int choice, maybe;
    struct opt_texts texts;
};
static const char *const choices[] = { "one", "two", NULL };

static err parse(struct values *v, const char *const *args, int n, int *operands,
                 const char **first_operand, struct opt_fault *fault)
{
    *v = (struct values){ .choice = -1, .maybe = -1 };
    const struct opt table[] = {
        { "quiet", 'q', OPT_FLAG, &v->flag, NULL, "" },
        { "force", 'f', OPT_FLAG, &v->other, NULL, "" },
        { "output", 'o', OPT_TEXT, &v->text, "PATH", "" },
        { "jobs", 'j', OPT_COUNT, &v->count, "N", "" },
        { "size", 0, OPT_SIZE, &v->size, "SIZE", "" },
        { "choice", 'c', OPT_CHOICE, &v->choice, "NAME", "", choices },
        { "also", 'a', OPT_TEXTS, &v->texts, "PATH", "" },
        { "diff", 'd', OPT_MAYBE, &v->maybe, "NAME", "", choices },
    };
    char *argv[OPT_TEXTS_MAX + 8] = { (char[]){ "command" } };
    for (int i = 0; i < n; i++)
        argv[i + 1] = (char *)(uintptr_t)args[i];
    *fault = (struct opt_fault){ 0 };
    err e = options_parse(table, COUNT_OF(table), n + 1, argv, operands, fault);
    *first_operand = argv[1];
    return e;
}
#define PARSE(v, operands, first, fault, ...)                                                      \
    parse((v), (const char *const[]){ __VA_ARGS__ },                                               \
          (int)COUNT_OF(((const char *const[]){ __VA_ARGS__ })), (operands), (first), (fault))

static void collects_what_may_come_several_times(void **state)
{
    (void)state;
    struct values v;
    struct opt_fault fault;
    const char *first;
    int n;
    assert_ok(PARSE(&v, &n, &first, &fault, "--also", "x", "-ay", "--also=z"));
    assert_int_equal(v.texts.n, 3);
    assert_string_equal(v.texts.v[0], "x");
    assert_string_equal(v.texts.v[1], "y");
    assert_string_equal(v.texts.v[2], "z");
    assert_err(PARSE(&v, &n, &first, &fault, "--also="), ERR_USAGE);
    const char *many[OPT_TEXTS_MAX + 1];
    for (int i = 0; i <= OPT_TEXTS_MAX; i++)
        many[i] = "-a1";
    assert_ok(parse(&v, many, OPT_TEXTS_MAX, &n, &first, &fault));
    assert_err(parse(&v, many, OPT_TEXTS_MAX + 1, &n, &first, &fault), ERR_USAGE);
    assert_int_equal(fault.at, OPT_TEXTS_MAX + 1);
}

static void reads_every_spelling(void **state)
{
    (void)state;
    struct values v;
    struct opt_fault fault;
    const char *first;
    int n;
    assert_ok(
        PARSE(&v, &n, &first, &fault, "a", "--output", "x", "-j4", "b", "-qf", "--choice=two"));
    assert_int_equal(n, 2);
    assert_string_equal(first, "a");
    assert_string_equal(v.text, "x");
    assert_int_equal(v.count, 4);
    assert_true(v.flag && v.other);
    assert_int_equal(v.choice, 1);
    assert_ok(PARSE(&v, &n, &first, &fault, "-qo", "y", "--diff", "-", "--", "--output", "-q"));
    assert_int_equal(n, 3);
    assert_string_equal(first, "-");
    assert_string_equal(v.text, "y");
    assert_int_equal(v.maybe, 0);
    assert_ok(PARSE(&v, &n, &first, &fault, "--diff=two", "--size", "16M", "-j", "2"));
    assert_int_equal(v.maybe, 1);
    assert_int_equal(v.size, 16 << 20);
    assert_int_equal(v.count, 2);
    assert_ok(PARSE(&v, &n, &first, &fault, "--size=512k", "-otext"));
    assert_int_equal(v.size, 512 << 10);
    assert_string_equal(v.text, "text");
}

static void refuses_with_a_place_and_a_hint(void **state)
{
    (void)state;
    static const struct {
        const char *args[3];
        int n, at;
        const char *hint;
    } cases[] = {
        { { "--quite" }, 1, 1, "quiet" },
        { { "a", "--outptu=x" }, 2, 2, "output" },
        { { "--outp" }, 1, 1, "output" },
        { { "--john-smith" }, 1, 1, NULL },
        { { "-Z" }, 1, 1, NULL },
        { { "-qZ" }, 1, 1, NULL },
        { { "--quiet=yes" }, 1, 1, NULL },
        { { "--jobs" }, 1, 1, NULL },
        { { "--jobs", "0" }, 2, 2, NULL },
        { { "-j", "4097" }, 2, 2, NULL },
        { { "-j-1" }, 1, 1, NULL },
        { { "--size=1T" }, 1, 1, NULL },
        { { "--size=99999999999999999999G" }, 1, 1, NULL },
        { { "--size=18446744073709551615G" }, 1, 1, NULL },
        { { "--size=" }, 1, 1, NULL },
        { { "--choice", "three" }, 2, 2, NULL },
        { { "--diff=three" }, 1, 1, NULL },
        { { "--output=" }, 1, 1, NULL },
        { { "--" /* a name of 40 letters is no near miss */
            "quietquietquietquietquietquietquietquiet" },
          1,
          1,
          NULL },
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct values v;
        struct opt_fault fault;
        const char *first;
        int n;
        assert_err(parse(&v, cases[i].args, cases[i].n, &n, &first, &fault), ERR_USAGE);
        assert_int_equal(fault.at, cases[i].at);
        assert_non_null(fault.what);
        if (cases[i].hint)
            assert_string_equal(fault.hint, cases[i].hint);
        else
            assert_null(fault.hint);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_every_spelling),
        cmocka_unit_test(collects_what_may_come_several_times),
        cmocka_unit_test(refuses_with_a_place_and_a_hint),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
