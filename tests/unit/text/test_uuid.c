/* What a UUID is. */
#include "unit.h"

#include "text/uuid.h"

static void forms(void **state)
{
    (void)state;
    assert_true(view_is_uuid(VIEW("27de96c6-6910-4f0f-8f10-00ce6090f447")));
    assert_true(view_is_uuid(VIEW("27DE96C6-6910-4F0F-8F10-00CE6090F447")));
    assert_false(view_is_uuid(VIEW("27de96c6-6910-4f0f-8f10-00ce6090f44")));
    assert_false(view_is_uuid(VIEW("27de96c6-6910-4f0f-8f10-00ce6090f4477")));
    assert_false(view_is_uuid(VIEW("27de96c6-6910-4f0f-8f10-00ce6090f44g")));
    assert_false(view_is_uuid(VIEW("27de96c6-6910-4f0f-8f10-00ce6090f4-7")));
    assert_false(view_is_uuid(VIEW("27de96c6-6910-4f0f-8f1000ce6090f44770")));
    assert_false(view_is_uuid(VIEW("")));
}

/* Any other sign in any place. */
static void signs(void **state)
{
    (void)state;
    char v[] = "27de96c6-6910-4f0f-8f10-00ce6090f447";
    for (size_t i = 0; i < UUID_LEN; i++) {
        char was = v[i];
        for (unsigned c = 0; c < 256; c++) {
            v[i] = (char)c;
            bool hex = c && strchr("0123456789abcdefABCDEF", (int)c);
            assert_int_equal(view_is_uuid(view_of(v, UUID_LEN)), was == '-' ? c == '-' : hex);
        }
        v[i] = was;
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(forms), cmocka_unit_test(signs) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
