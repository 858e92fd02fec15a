/* The place of a value in an ordered list. */
#include "base/base.h"
#include "base/sorted.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

static bool is_before(const void *element, const void *what)
{
    return *(const int *)element < *(const int *)what;
}

static bool is_not_behind(const void *element, const void *what)
{
    return *(const int *)element <= *(const int *)what;
}

static void the_place_is_that_of_a_walk(void **state)
{
    (void)state;
    static const int list[] = { 1, 3, 3, 3, 7, 9, 9, 20 };
    for (uint32_t n = 0; n <= COUNT_OF(list); n++)
        for (int what = 0; what <= 21; what++) {
            uint32_t first = 0, behind = 0;
            while (first < n && list[first] < what)
                first++;
            while (behind < n && list[behind] <= what)
                behind++;
            const void *of = n ? list : NULL;
            assert_int_equal(sorted_first(of, n, sizeof *list, &what, is_before), first);
            assert_int_equal(sorted_first(of, n, sizeof *list, &what, is_not_behind), behind);
        }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_place_is_that_of_a_walk),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
