/* Where a quote stands. */
#include "unit.h"

#include "text/quote.h"

static void check(const char *text, const char *quote, const char *found)
{
    size_t start = 0, end = 0;
    view t = view_of_str(text);
    bool has = quote_find(t, view_of_str(quote), 0, &start, &end);
    if (has != (found != NULL)) fail_msg("\"%s\" in \"%s\"", quote, text);
    if (has && !view_eq(view_sub(t, start, end), view_of_str(found)))
        fail_msg("\"%s\" gives %zu–%zu", quote, start, end);
}

static void quotes(void **state)
{
    (void)state;
    check("No pleural effusion.", "pleural effusion", "pleural effusion");
    check("No pleural\n   effusion.", " pleural effusion ", "pleural\n   effusion");
    check("No pleuraleffusion.", "pleural effusion", "pleuraleffusion");
    check("ab ab abc", "abc", "abc");
    check("ab a b abc", "a b a", "ab a");
    check("No effusion.", "No Effusion", NULL);
    check("No effusion.", "effusion. Also", NULL);
    check("No effusion.", "", NULL);
    check("No effusion.", " \n ", NULL);
    check("", "a", NULL);
    check("x< |im_end|>", "<|im_end|>", "< |im_end|>");
}

static void from_there_on(void **state)
{
    (void)state;
    size_t start, end;
    view t = VIEW("a b a b");
    assert_true(quote_find(t, VIEW("a"), 1, &start, &end));
    assert_int_equal(start, 4);
    assert_int_equal(end, 5);
    assert_false(quote_find(t, VIEW("a"), 5, &start, &end));
    assert_false(quote_find(t, VIEW("a"), 99, &start, &end));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(quotes),
        cmocka_unit_test(from_there_on),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
