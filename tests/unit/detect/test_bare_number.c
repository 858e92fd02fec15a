/* A small number by itself is passed over: the detectors, made to look at it, find nothing there either. */
#include "detect/bare_number.h"

#include "detect/site_terms.h"
#include "engine_room.h"

static const char *const fields[] = {
    "",    "id",  "note_id", "value",     "result",      "count", "code", "seq",
    "row", /* silent */
    "mrn", "zip", "age",     "birthYear", "patient_age", "phone", "case", "date_of_birth",
};
enum { SILENT = 9 };

/* An engine with a site's list, though an empty one, looks at everything. */
struct both {
    struct detect *plain, *looks;
    struct detect_scratch *s;
    struct site_terms *none;
    struct findings a, b;
};

static int both_set_up(void **state)
{
    static struct both x;
    *state = &x;
    findings_init(&x.a, DETECT_MAX);
    findings_init(&x.b, DETECT_MAX);
    if (site_terms_new(&x.none) || detect_new(&x.plain, lexicon_builtin())) return 1;
    struct detect_params p = { .lexicon = lexicon_builtin(), .terms = x.none };
    return detect_new_with(&x.looks, &p) || detect_scratch_new(&x.s);
}

static int both_tear_down(void **state)
{
    struct both *x = *state;
    detect_scratch_free(x->s);
    detect_free(x->plain);
    detect_free(x->looks);
    site_terms_free(x->none);
    findings_clear(&x->a);
    findings_clear(&x->b);
    return 0;
}

static void assert_alike(struct both *x, const char *number, const char *field)
{
    view text = view_of_str(number), of = view_of_str(field);
    assert_int_equal(detect_text(x->plain, x->s, text, of, &x->a), OK);
    assert_int_equal(detect_text(x->looks, x->s, text, of, &x->b), OK);
    if (x->a.n != x->b.n) fail_msg("%s in \"%s\": %u and %u", number, field, x->a.n, x->b.n);
    for (uint32_t i = 0; i < x->a.n; i++)
        assert_int_equal(x->a.v[i].label, x->b.v[i].label);
}

static void none_of_up_to_four_digits_is_anything(void **state)
{
    static const int tens[] = { 1, 10, 100, 1000, 10000 };
    char number[16];
    for (int len = 1; len <= 4; len++)
        for (int i = 0; i < tens[len]; i++) {
            snprintf(number, sizeof number, "%0*d", len, i);
            for (size_t f = 0; f < COUNT_OF(fields); f++)
                if (len < 4 || f == 1 || (size_t)i % COUNT_OF(fields) == f)
                    assert_alike(*state, number, fields[f]);
        }
}

static void nor_is_one_of_five_or_six(void **state)
{
    char number[16];
    for (int i = 0; i < 1000000; i += 89) {
        snprintf(number, sizeof number, "%0*d", i < 100000 && i % 2 ? 5 : 6, i);
        assert_alike(*state, number, fields[(size_t)i % COUNT_OF(fields)]);
    }
}

static void a_field_that_asks_is_answered(void **state)
{
    struct both *x = *state;
    for (size_t f = 0; f < COUNT_OF(fields); f++)
        assert_int_equal(bare_number(VIEW("4711"), view_of_str(fields[f])), f < SILENT);
    assert_false(bare_number(VIEW(""), VIEW("")));
    assert_false(bare_number(VIEW("1234567"), VIEW("")));
    assert_false(bare_number(VIEW("12a"), VIEW("")));
    assert_false(bare_number(VIEW(" 12"), VIEW("")));
    assert_int_equal(detect_text(x->plain, x->s, VIEW("94"), VIEW("age"), &x->a), OK);
    assert_int_equal(x->a.n, 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(none_of_up_to_four_digits_is_anything),
        cmocka_unit_test(nor_is_one_of_five_or_six),
        cmocka_unit_test(a_field_that_asks_is_answered),
    };
    return cmocka_run_group_tests(tests, both_set_up, both_tear_down);
}
