/* What golden tables can't say: cues from a field's name, parts of findings, and the cue's own place. */
#include "engine_room.h"

static void expect_whole(struct fixture *e, view text, view field, enum label label)
{
    assert_int_equal(detect_text(e->d, e->s, text, field, &e->f), OK);
    assert_int_equal(e->f.n, 1);
    assert_int_equal(e->f.v[0].start, 0);
    assert_int_equal(e->f.v[0].end, text.n);
    assert_int_equal(e->f.v[0].label, label);
}

static void field_names_are_cues(void **state)
{
    struct fixture *e = *state;
    expect_whole(e, VIEW("445566"), VIEW("mrn"), LABEL_MRN);
    expect_whole(e, VIEW("445566"), VIEW("patientMrn"), LABEL_MRN);
    expect_whole(e, VIEW("445566"), VIEW("medical_record_number"), LABEL_MRN);
    expect_whole(e, VIEW("12-99812"), VIEW("acctNo"), LABEL_ACCOUNT);
    expect_whole(e, VIEW("123456789"), VIEW("SSN"), LABEL_SSN);
    expect_whole(e, VIEW("6175550123"), VIEW("home-phone"), LABEL_PHONE);
    expect_whole(e, VIEW("6175550123"), VIEW("faxNumber"), LABEL_FAX);
}

static void plain_fields_are_not(void **state)
{
    struct fixture *e = *state;
    static const char *const fields[] = { "", "text", "dose", "count", "note" };
    for (size_t i = 0; i < COUNT_OF(fields); i++) {
        assert_int_equal(detect_text(e->d, e->s, VIEW("4455"), view_of_str(fields[i]), &e->f), OK);
        assert_int_equal(e->f.n, 0);
    }
}

static void zip_and_street_are_parts(void **state)
{
    struct fixture *e = *state;
    view text = VIEW("123 Main Street, 02115");
    assert_int_equal(detect_text(e->d, e->s, text, VIEW(""), &e->f), OK);
    assert_int_equal(e->f.n, 2);
    assert_int_equal(e->f.v[0].part, PART_STREET);
    assert_int_equal(e->f.v[1].part, PART_ZIP);
    assert_int_equal(e->f.v[1].end - e->f.v[1].start, 5);
}

static void findings_name_their_cue(void **state)
{
    struct fixture *e = *state;
    view text = VIEW("Her policy number is HPN-456789.");
    assert_int_equal(detect_text(e->d, e->s, text, VIEW(""), &e->f), OK);
    assert_int_equal(e->f.n, 1);
    view cue = view_sub(text, e->f.v[0].cue_start, e->f.v[0].cue_end);
    assert_true(view_eq(cue, VIEW("policy number")));
}

static void check_digits_outweigh_rules(void **state)
{
    struct fixture *e = *state;
    view text = VIEW("drove 1HGCM82633A004352");
    assert_int_equal(detect_text(e->d, e->s, text, VIEW(""), &e->f), OK);
    assert_int_equal(e->f.n, 1);
    assert_int_equal(e->f.v[0].source, SOURCE_CHECKSUM);
    text = VIEW("drove 1HGCM82633A004353"); /* still an identifier by its form */
    assert_int_equal(detect_text(e->d, e->s, text, VIEW(""), &e->f), OK);
    assert_true(e->f.n == 0 || e->f.v[0].source == SOURCE_RULE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(field_names_are_cues),        cmocka_unit_test(plain_fields_are_not),
        cmocka_unit_test(zip_and_street_are_parts),    cmocka_unit_test(findings_name_their_cue),
        cmocka_unit_test(check_digits_outweigh_rules),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
