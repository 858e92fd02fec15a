/* Values of structured records, where the field's name is all the context there is. */
#include "engine_room.h"

struct row {
    const char *field, *value;
    const char *found; /* the findings' texts, apart by '|' */
    enum label label;
    enum finding_part part;
};

static void check(struct fixture *x, const struct row *r)
{
    char got[256] = "";
    size_t n = 0;
    view value = view_of_str(r->value);
    assert_int_equal(detect_text(x->d, x->s, value, view_of_str(r->field), &x->f), OK);
    for (uint32_t i = 0; i < x->f.n; i++) {
        const struct finding *f = &x->f.v[i];
        n += (size_t)snprintf(got + n, sizeof got - n, "%s%.*s", i ? "|" : "",
                              (int)(f->end - f->start), value.p + f->start);
        if (r->label != LABEL_COUNT && (f->label != r->label || f->part != r->part))
            fail_msg("%s: %s: label %d, part %d", r->field, r->value, f->label, f->part);
    }
    if (strcmp(got, r->found) != 0) fail_msg("%s: %s: found '%s'", r->field, r->value, got);
}

static void a_field_says_what_its_value_is(void **state)
{
    static const struct row rows[] = {
        { "lastName", "Okonkwo", "Okonkwo", LABEL_NAME, PART_WHOLE },
        { "first_name", "Ngozi", "Ngozi", LABEL_NAME, PART_WHOLE },
        { "PATIENT-NAME", "Ngozi Okonkwo", "Ngozi Okonkwo", LABEL_NAME, PART_WHOLE },
        { "surname", "may", "may", LABEL_NAME, PART_WHOLE }, /* a word, but here a name */
        { "family", "Okonkwo", "Okonkwo", LABEL_NAME, PART_WHOLE },
        { "given", "John", "John", LABEL_NAME, PART_WHOLE },
        { "first", "John", "John", LABEL_NAME, PART_WHOLE },
        { "name", "Xylander Okonkwo", "Xylander Okonkwo", LABEL_NAME, PART_WHOLE },
        { "referring_physician", "Ngozi Okonkwo", "Ngozi Okonkwo", LABEL_NAME, PART_WHOLE },
        { "city", "Boston", "Boston", LABEL_LOCATION, PART_TOWN },
        { "homeCity", "Wetwang", "Wetwang", LABEL_LOCATION, PART_TOWN },
        { "place_of_birth", "Wetwang", "Wetwang", LABEL_LOCATION, PART_TOWN },
        { "zip", "02139", "02139", LABEL_LOCATION, PART_ZIP },
        { "zip", "2139", "2139", LABEL_LOCATION, PART_ZIP },
        { "postalCode", "02139-1234", "02139-1234", LABEL_LOCATION, PART_ZIP },
        { "employer", "Wetwang Widgets", "Wetwang Widgets", LABEL_ORGANIZATION, PART_WHOLE },
        { "dob", "1930-03-05", "1930-03-05", LABEL_DATE, PART_BIRTH },
        { "birthDate", "19300305", "19300305", LABEL_DATE, PART_BIRTH },
        { "birth_year", "1925", "1925", LABEL_DATE, PART_YEAR },
        { "age", "93", "93", LABEL_AGE, PART_WHOLE },
        { "age", "93+", "93+", LABEL_AGE, PART_WHOLE },
        { "patientAge", "101 years", "101", LABEL_AGE, PART_WHOLE },
        { "address", "The Old Mill, Wetwang", "Old|Mill|Wetwang", LABEL_LOCATION, PART_STREET },
    };
    for (size_t i = 0; i < COUNT_OF(rows); i++)
        check(*state, &rows[i]);
}

/* Folding parts a digit from a mark over it; in the text both are one character, and one finding. */
static void parts_of_one_character_are_one_finding(void **state)
{
    static const struct row rows[] = {
        { "address", "1\xCD\x84", "1\xCD\x84", LABEL_LOCATION, PART_STREET },
        { "address", "Hut 1\xCD\x84 x", "Hut|1\xCD\x84|x", LABEL_LOCATION, PART_STREET },
    };
    for (size_t i = 0; i < COUNT_OF(rows); i++)
        check(*state, &rows[i]);
}

static void a_field_claims_no_more_than_it_says(void **state)
{
    static const struct row rows[] = {
        { "name", "hemoglobin", "", LABEL_COUNT, 0 },
        { "name", "blood pressure", "", LABEL_COUNT, 0 },
        { "test_name", "Okonkwo panel", "", LABEL_COUNT, 0 },
        { "first", "initial visit", "", LABEL_COUNT, 0 },
        { "mother", "diabetes, hypertension", "", LABEL_COUNT, 0 },
        { "patient_name", "unknown", "", LABEL_COUNT, 0 },
        { "city", "n/a", "", LABEL_COUNT, 0 },
        { "age", "64", "", LABEL_COUNT, 0 },
        { "stage", "93", "", LABEL_COUNT, 0 },
        { "birth_weight", "1925", "", LABEL_COUNT, 0 },
        { "birth_year", "1987", "", LABEL_COUNT, 0 },
        { "capacity", "02139", "", LABEL_COUNT, 0 },
        { "state", "MA", "", LABEL_COUNT, 0 },
    };
    for (size_t i = 0; i < COUNT_OF(rows); i++)
        check(*state, &rows[i]);
}

/* What a run has written is not found again. */
static void what_was_replaced_stays(void **state)
{
    static const struct row rows[] = {
        { "patient_name", "[NAME]", "", LABEL_COUNT, 0 },
        { "patient_name", "Dr. [NAME-7QK2] [NAME-CPKP], MD", "", LABEL_COUNT, 0 },
        { "city", "[LOCATION-7QK2]", "", LABEL_COUNT, 0 },
        { "zip", "021**", "", LABEL_COUNT, 0 },
        { "address", "[LOCATION-7QK2], [LOCATION-CPKP] 021**", "", LABEL_COUNT, 0 },
        { "hospital", "[ORGANIZATION]", "", LABEL_COUNT, 0 },
        { "age", "90+", "", LABEL_COUNT, 0 },
        { "patient_name", "[NAME] Okonkwo", "Okonkwo", LABEL_NAME, PART_WHOLE },
    };
    for (size_t i = 0; i < COUNT_OF(rows); i++)
        check(*state, &rows[i]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_field_says_what_its_value_is, set_up, tear_down),
        cmocka_unit_test_setup_teardown(parts_of_one_character_are_one_finding, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_field_claims_no_more_than_it_says, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_was_replaced_stays, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
