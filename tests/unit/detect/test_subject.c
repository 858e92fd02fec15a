/* subject: whose dates a stretch of a text holds. A row is a text, and the subjects of its dates. */
#include "unit.h"

#include "base/buf.h"
#include "detect/engine.h"
#include "detect/subject.h"

struct row {
    const char *text, *subjects;
    const char *field;
};
static const struct row rows[] = {
    /* nobody else: the patient */
    { "Seen 03/05/2021. MRI on 03/07/2021.", "- -" },
    { "Her mother died on 3/5/2010.", "-" },
    { "mother\nborn 3/5/2010", "-" },
    { "Donor site: healed by 3/5/2021\nNewborn screen: 3/7/2021", "- -" },
    { "FAMILY HISTORY:\nMaternal aunt: breast cancer 3/5/2010\nMaternal family history: none "
      "3/2010",
      "- -" },
    { "NEWBORN COURSE:\nJaundice on 3/5/2021", "-" },
    { "Infant of diabetic mother: glucose checked 3/5/2021", "-" },
    { "Maternal grandmother:\nStroke 3/5/2010", "-" },
    { "Twin pregnancy: LMP 3/5/2021", "-" },
    /* a line with text: to an empty line, or any header */
    { "DOB: 3/2/2021\nMother: admitted 3/1/2021,\nruptured 3/2/2021.\n\nSeen 3/5/2021.",
      "- mother mother -" },
    { "Mother: 3/1/2021\nExam: 3/5/2021", "mother -" },
    { "Maternal history: GBS 2/14/2021.\nAssessment: 3/5/2021", "mother -" },
    { "MOTHER - admitted 3/1/2021\nFather: born 3/5/1990", "mother -" },
    { "Mother of baby: seen 3/1/2021", "mother" },
    { "1. Seen 3/1/2021\n- Mother: seen 3/2/2021\n- Patient: seen 3/3/2021", "- mother -" },
    /* a line alone */
    { "MATERNAL HISTORY\nG2P1, GBS 2/14/2021.\n\nAlso on 2/20/2021.\n\nPHYSICAL EXAM: 3/5/2021",
      "mother mother -" },
    { "MATERNAL HISTORY\nGBS 2/14/2021\nLABS\nCBC 3/5/2021", "mother -" },
    { "DONOR INFORMATION:\nSerologies: 2/14/2021\nCrossmatch: 2/20/2021\nPLAN\nBiopsy on 3/5/2021",
      "donor donor -" },
    { "Donor:\n\nDied: 2/14/2021\n\nElectronically signed 2/20/2021", "donor -" },
    { "== MOTHER ==\nSeen 3/1/2021\n=====\nSeen 3/2/2021", "mother -" },
    { "** Infant **\nBorn 3/2/2021", "infant" },
    { "Baby\nBorn 3/2/2021", "infant" },
    /* a note that is parted by persons */
    { "Seen 3/9/2021.\nTWIN A\n\nHISTORY: born 3/1/2021\n\nEXAM\nOn 3/2/2021\n\n"
      "TWIN B\n\nHISTORY: born 3/1/2021\n\nEXAM\nOn 3/2/2021\n\nPLAN: clinic 3/20/2021",
      "- twin-a twin-a twin-b twin-b -" },
    { "MOTHER\nAdmitted 3/1/2021\n\nPLAN: home 3/4/2021\n\nINFANT\nBorn 3/2/2021\n\nPLAN: home "
      "3/5/2021",
      "mother mother infant infant" },
    { "DONOR\nAge 30, died 3/1/2021\nRECIPIENT\nTransplant 3/2/2021\nADDENDUM:\nSeen 3/9/2021",
      "donor recipient -" },
    { "Baby A: born 3/1/2021\nBaby boy B: born 3/1/2021\nTriplet 3: born 3/1/2021\nTwin II: born "
      "3/1/2021",
      "twin-a twin-b twin-c twin-b" },
    { "TWIN A:\nBorn 3/1/2021\nDictated by: X 3/2/2021", "twin-a -" },
    /* fields */
    { "Mother's DOB: 3/5/1990\nAdmitted 3/1/2021", "mother -" },
    { "DOB: 3/2/2021   Mother DOB: 3/5/1990   Admitted: 3/1/2021", "- mother -" },
    { "Mother DOB: 3/5/1990 Infant DOB: 3/2/2021", "mother infant" },
    { "MOTHER\nAdmitted 3/1/2021\nInfant's DOB: 3/2/2021\nDischarged 3/4/2021",
      "mother infant mother" },
    { "Maternal EDC:\n3/5/2021\nSeen 3/1/2021", "mother -" },
    { "Seen 3/1/2021, history from mother: fever on 3/5/2021", "- -" },
    { "Recipient date of birth: 3/5/1990", "recipient" },
    /* as a hospital types */
    { "mother: seen 3/1/2021\nexam: on 3/5/2021", "mother -" },
    { "MADRE: ingreso 3/1/2021\nBEB\xC3\x89: nacido 3/2/2021", "mother infant" },
    { "Mother:\r\nSeen 3/1/2021\r\n\r\nPLAN:\r\nClinic 3/5/2021", "mother -" },
    /* a field of a record */
    { "Seen on 3/1/2021", "mother", "maternal_history" },
    { "3/5/1990", "mother", "motherDob" },
    { "3/5/1990", "donor", "donor_date_of_birth" },
    { "3/5/1990", "-", "newborn_screen_date" },
    { "3/2/2021", "twin-b", "baby_b_dob" },
};

static void test_rows(void **state)
{
    (void)state;
    struct detect *d;
    struct detect_scratch *s;
    struct findings f;
    unsigned failed = 0;
    assert_ok(detect_new(&d, lexicon_builtin()));
    assert_ok(detect_scratch_new(&s));
    findings_init(&f, 64);
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        char got[256] = "";
        size_t n = 0;
        assert_ok(detect_text(d, s, view_of_str(rows[i].text), view_of_str(rows[i].field), &f));
        for (uint32_t k = 0; k < f.n; k++) {
            if (f.v[k].label != LABEL_DATE) continue;
            const char *who = f.v[k].subject ? subject_name(f.v[k].subject) : "-";
            int len = snprintf(got + n, sizeof got - n, "%s%s", n ? " " : "", who);
            assert_true(len > 0 && (size_t)len < sizeof got - n);
            n += (size_t)len;
        }
        if (strcmp(got, rows[i].subjects) == 0) continue;
        failed++;
        print_error("row %zu: got \"%s\" for\n%s\n", i, got, rows[i].text);
    }
    findings_clear(&f);
    detect_scratch_free(s);
    detect_free(d);
    assert_int_equal(failed, 0);
}

/* Nobody gets an offset by what is not a header: no subject is lost either way as the text grows. */
static void test_many_headers(void **state)
{
    (void)state;
    enum { LINES = 20000 };
    static const char line[] = "MOTHER\nINFANT\nMother: Infant: seen 3/1/2021\n";
    struct detect *d;
    struct detect_scratch *s;
    struct findings f;
    struct buf text;
    assert_ok(detect_new(&d, lexicon_builtin()));
    assert_ok(detect_scratch_new(&s));
    findings_init(&f, DETECT_MAX);
    buf_init(&text, 8 << 20);
    for (int i = 0; i < LINES; i++)
        assert_ok(buf_add(&text, view_of(line, sizeof line - 1)));
    assert_ok(detect_text(d, s, buf_view(&text), VIEW(""), &f));
    uint32_t dates = 0;
    for (uint32_t i = 0; i < f.n; i++) {
        if (f.v[i].label != LABEL_DATE) continue;
        dates++;
        assert_int_equal(f.v[i].subject, SUBJECT_INFANT);
    }
    assert_int_equal(dates, LINES);
    buf_clear(&text);
    findings_clear(&f);
    detect_scratch_free(s);
    detect_free(d);
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(test_rows),
                                        cmocka_unit_test(test_many_headers) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
