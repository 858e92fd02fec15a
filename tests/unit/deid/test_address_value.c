/* A whole address in one field: which part is which, and what is none. */
#include "unit.h"

#include "deid/address_value.h"

static const char *name_of_part(uint8_t part)
{
    return part == PART_STREET ? "street" : part == PART_TOWN ? "town" : "zip";
}

static void parts_are_told_apart(void **state)
{
    (void)state;
    static const struct {
        const char *address, *parts;
    } cases[] = {
        { "12 Xanthe Street, Boston, MA 02139", "street 12 Xanthe Street|town Boston|zip 02139|" },
        { "12 Xanthe Street, Apt 4, Boston, MA, 02139-1234",
          "street 12 Xanthe Street, Apt 4|town Boston|zip 02139-1234|" },
        { "12 Xanthe St Boston MA 02139", "street 12 Xanthe St Boston|zip 02139|" },
        { "12 Xanthe St, Washington, District of Columbia 20500",
          "street 12 Xanthe St|town Washington|zip 20500|" },
        { "9 Elm St, New York, New York  10001", "street 9 Elm St|town New York|zip 10001|" },
        { "12 Xanthe St, Boston 02139", "street 12 Xanthe St|town Boston|zip 02139|" },
        { "12 Xanthe St, Boston, 02139", "street 12 Xanthe St|town Boston|zip 02139|" },
        { "12 Xanthe St, Apt 4, 02139", "street 12 Xanthe St, Apt 4|zip 02139|" },
        { " MA 02139 ", "zip 02139|" },
        /* no ZIP code, as far as anybody can tell */
        { "12 Xanthe St, Suite 02139", "" },
        { "12 Xanthe St, PO Box 02139", "" },
        { "12 Xanthe St, 4 Mill 02139", "" },
        { "Highway 90210", "" },
        { "02139", "" },
        { "12 Xanthe Street, Boston, MA", "" },
        { "12 Xanthe Street, Boston, MA 021391", "" },
        { "12 Xanthe Street, Boston, MA 02139-123", "" },
        { "12 Xanthe Street, London SW1A 1AA", "" },
    };
    struct arena a;
    arena_init(&a, 1 << 20);
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct finding out[ADDRESS_PARTS];
        char told[256] = "";
        uint32_t n, at = 0;
        view text = view_of_str(cases[i].address), v = view_trim(text);
        const struct finding whole = { .start = (uint32_t)(v.p - text.p),
                                       .end = (uint32_t)(v.p - text.p + v.n),
                                       .label = LABEL_LOCATION,
                                       .part = PART_STREET,
                                       .role = WHO_PATIENT };
        address_parts(lexicon_builtin(), text, &whole, &a, out, &n);
        for (uint32_t k = 0; k < n; k++) {
            assert_int_equal(out[k].label, LABEL_LOCATION);
            assert_int_equal(out[k].role, WHO_PATIENT);
            at += (uint32_t)snprintf(told + at, sizeof told - at, "%s %.*s|",
                                     name_of_part(out[k].part), (int)(out[k].end - out[k].start),
                                     text.p + out[k].start);
        }
        if (strcmp(told, cases[i].parts) != 0) fail_msg("%s: %s", cases[i].address, told);
    }
    arena_clear(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(parts_are_told_apart) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
