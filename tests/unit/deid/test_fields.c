/* deid: pieces whose format knows what they hold, under every profile and in every form. */
#include "unit.h"

#include "faults.h"
#include "field_format.h"

#include "deid/deid.h"
#include "redact/shaped.h"

struct fixture {
    struct deid *d;
    struct deid_scratch *s;
    struct key *key;
    struct buf out;
    struct deid_counts counts;
};

static void open_profile(struct fixture *f, enum profile profile, enum style style)
{
    char path[] = "/tmp/test_fields_key_XXXXXX";
    struct deid_params p = deid_default_params();
    *f = (struct fixture){ 0 };
    buf_init(&f->out, 1 << 20);
    p.profile = profile;
    p.style = style;
    if (profile == PROFILE_EXPERT || profile == PROFILE_TRANSPORT) {
        int fd = mkstemp(path);
        assert_true(fd >= 0);
        (void)remove(path);
        assert_ok(key_create_file(path, NULL));
        assert_ok(key_open_file(&f->key, path, NULL));
        (void)remove(path);
        p.key = f->key;
    }
    assert_ok(deid_new(&f->d, &p, NULL));
    assert_ok(deid_scratch_new(&f->s));
}

static void close_all(struct fixture *f)
{
    buf_clear(&f->out);
    deid_scratch_free(f->s);
    deid_free(f->d);
    key_free(f->key);
}

static view record_of(struct fixture *f, const char *text)
{
    buf_reset(&f->out);
    assert_ok(deid_record(f->d, f->s, &field_format, ENC_UTF8, view_of_str(text), VIEW(""), &f->out,
                          &f->counts, NULL));
    return buf_view(&f->out);
}

/* What the one value became; valid until two calls later. */
static const char *value_of(struct fixture *f, int role, int shape, int who, const char *text)
{
    static char out[4][1024];
    static unsigned next;
    view v = record_of(f, FIELD(role, shape, who, text));
    size_t bar = view_find_byte(v, 0, '|');
    view value = view_sub(v, bar + 1, v.n - 1);
    char *to = out[next++ % 4];
    assert_true(value.n < sizeof out[0]);
    if (value.n) memcpy(to, value.p, value.n);
    to[value.n] = '\0';
    return to;
}

static void safe_harbor_masks(void **state)
{
    (void)state;
    static const struct {
        int role, who;
        const char *text, *expected;
    } cases[] = {
        { ROLE_NAME, OF_PATIENT, "Zorblax, Quentin", "[NAME]" },
        { ROLE_FAMILY, OF_PATIENT, "will", "[NAME]" },
        { ROLE_GIVEN, OF_CLINICIAN, "J", "[NAME]" },
        { ROLE_STREET, OF_PATIENT, "  somewhere 7 ", "  [LOCATION] " },
        { ROLE_TOWN, OF_PATIENT, "Nowhere", "[LOCATION]" },
        { ROLE_STATE, OF_PATIENT, "IL", "IL" },
        { ROLE_STATE, OF_PATIENT, "New York", "New York" },
        { ROLE_STATE, OF_PATIENT, "Smithville", "[LOCATION]" },
        { ROLE_STATE, OF_PATIENT, "IL 62704", "IL 627**" },
        { ROLE_STREET, OF_PATIENT, "12 Oak St, Salem, IL 62704",
          "[LOCATION], [LOCATION], IL 627**" },
        /* and once is as often as twice */
        { ROLE_STREET, OF_PATIENT, "[LOCATION], [LOCATION], IL 627**",
          "[LOCATION], [LOCATION], IL 627**" },
        { ROLE_ZIP, OF_PATIENT, "627**", "627**" },
        { ROLE_STREET, OF_PATIENT, "12 Oak St, IL 627**", "[LOCATION]" },
        { ROLE_MRN, OF_PATIENT, "627**", "[MRN]" },
        { ROLE_ZIP, OF_PATIENT, "02139", "021**" },
        { ROLE_ZIP, OF_PATIENT, "03601", "000**" },
        { ROLE_ORGANIZATION, OF_EMPLOYER, "Acme", "[ORGANIZATION]" },
        { ROLE_DATE, OF_PATIENT, "2021-03-12T14:30:00+02:00", "2021" },
        { ROLE_DATE, OF_PATIENT, "03/12/2021", "2021" },
        { ROLE_DATE, OF_PATIENT, "yesterday", "[DATE]" },
        { ROLE_BIRTH, OF_PATIENT, "1985-01-02", "1985" },
        { ROLE_BIRTH, OF_PATIENT, "1912-01-02", "[DATE]" },
        { ROLE_AGE, OF_PATIENT, "45", "45" },
        { ROLE_AGE, OF_PATIENT, "1020 months", "1020 months" },
        { ROLE_AGE, OF_PATIENT, "093Y", "90+Y" },
        { ROLE_PHONE, OF_PATIENT, "1234", "[PHONE]" },
        { ROLE_MRN, OF_PATIENT, "7", "[MRN]" },
        { ROLE_NUMBER, OF_PATIENT, "ab", "[ID]" },
        { ROLE_MRN, OF_PATIENT, "", "" },
        { ROLE_MRN, OF_PATIENT, " -- ", " -- " },
        { ROLE_NAME, OF_PATIENT, "[NAME-7QK2], [NAME]", "[NAME-7QK2], [NAME]" },
        { ROLE_NAME, OF_PATIENT, "[NAME-7QK2] Smith", "[NAME]" },
        { ROLE_NAME, OF_PATIENT, "[7QK2]", "[NAME]" },
        { ROLE_TEXT, OF_PATIENT, "metoprolol 25 mg BID", "metoprolol 25 mg BID" },
    };
    struct fixture f;
    open_profile(&f, PROFILE_SAFE_HARBOR, STYLE_MASK);
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        const char *is = value_of(&f, cases[i].role, SHAPE_ANY, cases[i].who, cases[i].text);
        if (strcmp(is, cases[i].expected) != 0)
            fail_msg("\"%s\" became \"%s\", should be \"%s\"", cases[i].text, is,
                     cases[i].expected);
    }
    close_all(&f);
}

static void forms_are_kept(void **state)
{
    (void)state;
    static const struct {
        int role, shape;
        const char *text;
    } cases[] = {
        { ROLE_LINK, SHAPE_TOKEN, "pat-1" },
        { ROLE_LINK, SHAPE_TOKEN, "482913" },
        { ROLE_LINK, SHAPE_UUID, "0F1E2D3C-4B5A-6978-8796-A5B4C3D2E1F0" },
        { ROLE_LINK, SHAPE_OID, "1.2.840.113619.2.1" },
        { ROLE_LINK, SHAPE_OID, "not one" },
        { ROLE_LINK, SHAPE_URL, "http://ehr.example.edu/Patient/1" },
        { ROLE_LINK, SHAPE_URL, "urn:uuid:0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0" },
        { ROLE_LINK, SHAPE_DIGITS, "482913" },
        { ROLE_NUMBER, SHAPE_TOKEN, "A.7 b" },
        { ROLE_NUMBER, SHAPE_UUID, "x" },
        { ROLE_DEVICE, SHAPE_OID, "1.2.3" },
        { ROLE_DATE, SHAPE_DATE, "2021-03-12" },
        { ROLE_DATE, SHAPE_DATE, "2021-03" },
        { ROLE_DATE, SHAPE_DATE, "garbage" },
        { ROLE_DATE, SHAPE_DATE, "2021-03-12T10:00:00" },
        { ROLE_BIRTH, SHAPE_DATE, "1912-03-12" },
        { ROLE_DATE, SHAPE_INSTANT, "2021-03-12T14:30:00.123+02:00" },
        { ROLE_DATE, SHAPE_INSTANT, "12 March" },
        { ROLE_BIRTH, SHAPE_INSTANT, "1912-03-12T00:00:00Z" },
        { ROLE_MRN, SHAPE_DIGITS, "00482913" },
        { ROLE_MRN, SHAPE_DIGITS, "7" },
        { ROLE_AGE, SHAPE_DIGITS, "97" },
        { ROLE_ZIP, SHAPE_DIGITS, "02139" },
        { ROLE_ZIP, SHAPE_DIGITS, "021394307" },
        { ROLE_PHONE, SHAPE_DIGITS, "6175550123" },
        { ROLE_SSN, SHAPE_DIGITS, "123456789" },
        { ROLE_DATE, SHAPE_DIGITS, "20210312143000" },
        { ROLE_URL, SHAPE_URL, "https://smith.example.edu/jane" },
        { ROLE_URL, SHAPE_URL, "tel:+16175550199" },
        { ROLE_URL, SHAPE_URL, "not a url" },
        { ROLE_EMAIL, SHAPE_EMAIL, "jane.smith@example.edu" },
        { ROLE_EMAIL, SHAPE_EMAIL, "no address" },
    };
    static const struct {
        enum profile profile;
        enum style style;
    } runs[] = {
        { PROFILE_SAFE_HARBOR, STYLE_TAG },  { PROFILE_SAFE_HARBOR, STYLE_SURROGATE },
        { PROFILE_SAFE_HARBOR, STYLE_MASK }, { PROFILE_EXPERT, STYLE_DEFAULT },
        { PROFILE_TRANSPORT, STYLE_TAG },
    };
    for (size_t r = 0; r < COUNT_OF(runs); r++) {
        struct fixture f;
        open_profile(&f, runs[r].profile, runs[r].style);
        for (size_t i = 0; i < COUNT_OF(cases); i++) {
            const char *is = value_of(&f, cases[i].role, cases[i].shape, OF_PATIENT, cases[i].text);
            if (strcmp(is, cases[i].text) == 0) fail_msg("\"%s\" stayed", cases[i].text);
            if (!form_holds((enum value_shape)cases[i].shape, view_of_str(is)))
                fail_msg("run %zu: \"%s\" became \"%s\"", r, cases[i].text, is);
        }
        /* What no form can be found for in digits goes altogether. */
        assert_string_equal(value_of(&f, ROLE_DATE, SHAPE_DIGITS, 0, "UNK"), "");
        assert_string_equal(value_of(&f, ROLE_DATE, SHAPE_DATE, 0, "garbage"), "1900");
        close_all(&f);
    }
}

static void dates_say_a_year_and_ages_are_capped(void **state)
{
    (void)state;
    char cap[16];
    struct fixture f;
    open_profile(&f, PROFILE_SAFE_HARBOR, STYLE_TAG);
    (void)snprintf(cap, sizeof cap, "%04d", redact_default_params().oldest_birth_year - 1);
    assert_string_equal(value_of(&f, ROLE_DATE, SHAPE_DATE, 0, "2021-03-12"), "2021");
    assert_string_equal(value_of(&f, ROLE_DATE, SHAPE_DATE, 0, "2021"), "2021");
    assert_string_equal(value_of(&f, ROLE_DATE, SHAPE_INSTANT, 0, "2021-03-12T14:30:00.1+02:00"),
                        "2021-01-01T00:00:00Z");
    assert_string_equal(value_of(&f, ROLE_DATE, SHAPE_DIGITS, 0, "20210312143000.123+0200"),
                        "2021");
    assert_string_equal(value_of(&f, ROLE_BIRTH, SHAPE_DATE, 0, "1912-03-12"), cap);
    assert_string_equal(value_of(&f, ROLE_BIRTH, SHAPE_DIGITS, 0, "19120312"), cap);
    /* What somebody has lived to see tells as much, and a field that says the birth again. */
    assert_string_equal(value_of(&f, ROLE_DATE, SHAPE_DATE, 0, "1912-03-12"), cap);
    assert_string_equal(value_of(&f, ROLE_DATE, SHAPE_DIGITS, 0, "19120312"), cap);
    assert_string_equal(value_of(&f, ROLE_DATE, SHAPE_ANY, 0, "1912-03-12"), "[DATE]");
    assert_string_equal(value_of(&f, ROLE_AGE, SHAPE_DIGITS, 0, "97"), "90");
    assert_string_equal(value_of(&f, ROLE_AGE, SHAPE_DIGITS, 0, "89"), "89");
    assert_string_equal(value_of(&f, ROLE_ZIP, SHAPE_DIGITS, 0, "02139"), "02100");
    assert_string_equal(value_of(&f, ROLE_ZIP, SHAPE_DIGITS, 0, "03601"), "00000");
    close_all(&f);
}

static void links_join_wherever_they_stand(void **state)
{
    (void)state;
    static const enum profile profiles[] = { PROFILE_SAFE_HARBOR, PROFILE_EXPERT };
    for (size_t i = 0; i < COUNT_OF(profiles); i++) {
        struct fixture f;
        open_profile(&f, profiles[i], STYLE_DEFAULT);
        char first[64];
        (void)snprintf(first, sizeof first, "%s", value_of(&f, ROLE_LINK, SHAPE_TOKEN, 0, "pat-1"));
        const char *padded = value_of(&f, ROLE_LINK, SHAPE_ANY, OF_PATIENT, " pat-1 ");
        assert_memory_equal(padded + 1, first, strlen(first));
        assert_int_equal(strlen(padded), strlen(first) + 2);
        assert_string_not_equal(value_of(&f, ROLE_LINK, SHAPE_TOKEN, 0, "pat-2"), first);
        (void)snprintf(
            first, sizeof first, "%s",
            value_of(&f, ROLE_LINK, SHAPE_TOKEN, 0, "0F1E2D3C-4B5A-6978-8796-A5B4C3D2E1F0"));
        assert_string_equal(
            value_of(&f, ROLE_LINK, SHAPE_UUID, 0, "0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0"), first);
        close_all(&f);
    }
}

/* What is known to be one patient's agrees from record to record, in a run that keeps no key too. */
static void one_patient_agrees_from_record_to_record(void **state)
{
    (void)state;
    char first[512], same[512], other[512];
    struct fixture f;
    open_profile(&f, PROFILE_SAFE_HARBOR, STYLE_TAG);
    const char *mrn = field_text(ROLE_MRN, SHAPE_ANY, OF_PATIENT, 1, "-", "482913");
    (void)snprintf(first, sizeof first, "@p1\nfirst\n%s", mrn);
    (void)snprintf(same, sizeof same, "@p1\nsecond\n%s", mrn);
    (void)snprintf(other, sizeof other, "@p2\nthird\n%s", mrn);
    char a[64], b[64], c[64];
    const char *const texts[] = { first, same, other };
    char *const into[] = { a, b, c };
    for (int i = 0; i < 3; i++) {
        view v = record_of(&f, texts[i]);
        const char *bracket = memchr(v.p, '[', v.n);
        assert_non_null(bracket);
        (void)snprintf(into[i], 64, "%.10s", bracket);
    }
    assert_string_equal(a, b);
    assert_string_not_equal(a, c);
    close_all(&f);
}

static void the_date_offset_follows_the_patient_of_the_piece(void **state)
{
    (void)state;
    struct fixture f;
    open_profile(&f, PROFILE_EXPERT, STYLE_DEFAULT);
    char alone[256], together[256];
    view v = record_of(&f, field_text(ROLE_DATE, SHAPE_DATE, 0, 0, "p1", "2021-03-12"));
    (void)snprintf(alone, sizeof alone, "%.*s", (int)v.n, v.p);
    char text[512];
    (void)snprintf(text, sizeof text, "%s@p1\n", FIELD(ROLE_DATE, SHAPE_DATE, 0, "2021-03-12"));
    v = record_of(&f, text);
    (void)snprintf(together, sizeof together, "%.*s", (int)v.n, v.p);
    assert_memory_equal(strchr(alone, '|'), strchr(together, '|'), 11);
    assert_memory_not_equal(strchr(alone, '|') + 1, "2021-03-12", 10);
    close_all(&f);
}

static void profiles_decide_on_fields_too(void **state)
{
    (void)state;
    struct fixture f;
    open_profile(&f, PROFILE_LIMITED, STYLE_MASK);
    assert_string_equal(value_of(&f, ROLE_DATE, SHAPE_DATE, 0, "2021-03-12"), "2021-03-12");
    assert_string_equal(value_of(&f, ROLE_TOWN, 0, 0, "Boston"), "Boston");
    assert_string_equal(value_of(&f, ROLE_ZIP, 0, 0, "02139"), "02139");
    assert_string_equal(value_of(&f, ROLE_STREET, 0, 0, "1 Main St"), "[LOCATION]");
    assert_string_equal(value_of(&f, ROLE_MRN, 0, 0, "02139"), "[MRN]");
    close_all(&f);
    struct deid_params p = deid_default_params();
    p.keep_clinicians = true;
    p.style = STYLE_MASK;
    f = (struct fixture){ 0 };
    buf_init(&f.out, 1 << 20);
    assert_ok(deid_new(&f.d, &p, NULL));
    assert_ok(deid_scratch_new(&f.s));
    assert_string_equal(value_of(&f, ROLE_NAME, 0, OF_CLINICIAN, "Jones"), "Jones");
    assert_string_equal(value_of(&f, ROLE_NAME, 0, OF_UNKNOWN, "Jones"), "[NAME]");
    assert_string_equal(value_of(&f, ROLE_PHONE, 0, OF_CLINICIAN, "5550100"), "[PHONE]");
    close_all(&f);
}

static void what_fields_say_is_searched_in_the_same_patients_prose(void **state)
{
    (void)state;
    struct fixture f;
    open_profile(&f, PROFILE_SAFE_HARBOR, STYLE_MASK);
    static const char record[] = "@p1\n"
                                 "3 0 1 1 -|Cane\n"
                                 "4 0 1 1 -|Robert\n"
                                 "19 0 1 1 -|ZQ-4451-7\n"
                                 "3 0 1 2 p2|Walker\n"
                                 "0 0 0 0 -|told cane that bob, zq44517, has a walker\n"
                                 "0 0 0 0 p2|uses a cane, so walker left\n";
    view v = record_of(&f, record);
    assert_non_null(memmem(v.p, v.n, "told [NAME] that [NAME], [MRN], has a walker", 44));
    assert_non_null(memmem(v.p, v.n, "uses a cane, so [NAME] left", 27));
    /* Nobody's values are everyone's, and prose of an unknown patient gets all of them. */
    static const char nobody[] = "3 0 5 1 -|Quelby\n"
                                 "3 0 1 2 p2|Dorbrecht\n"
                                 "0 0 0 0 p2|quelby and dorbrecht\n"
                                 "0 0 0 0 -|quelby and dorbrecht\n";
    v = record_of(&f, nobody);
    assert_null(memmem(v.p, v.n, "quelby", 6));
    assert_null(memmem(v.p, v.n, "dorbrecht", 9));
    close_all(&f);
}

static err run_once(void *ctx)
{
    (void)ctx;
    err e = OK;
    struct deid *d = NULL;
    struct deid_scratch *s = NULL;
    struct deid_params p = deid_default_params();
    struct deid_counts counts = { 0 };
    struct buf out;
    static const char text[] = "@p1\n2 0 1 1 -|Jones, Jane\n10 4 1 1 -|2021-03-12\n"
                               "27 1 1 1 -|pat-1\n0 0 0 0 -|Seen by Dr. Jones.\n";
    buf_init(&out, 1 << 20);
    TRY(deid_new(&d, &p, NULL));
    TRY(deid_scratch_new(&s));
    TRY(deid_record(d, s, &field_format, ENC_UTF8, view_of_str(text), VIEW(""), &out, &counts,
                    NULL));
    assert_null(memmem(out.p, out.n, "Jones", 5));
    assert_null(memmem(out.p, out.n, "pat-1", 5));
out:
    if (e) assert_int_equal(out.n, 0);
    buf_clear(&out);
    deid_scratch_free(s);
    deid_free(d);
    return e;
}

static void allocations_fail(void **state)
{
    (void)state;
    faults_in_turn(run_once, NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(safe_harbor_masks),
        cmocka_unit_test(forms_are_kept),
        cmocka_unit_test(dates_say_a_year_and_ages_are_capped),
        cmocka_unit_test(links_join_wherever_they_stand),
        cmocka_unit_test(one_patient_agrees_from_record_to_record),
        cmocka_unit_test(the_date_offset_follows_the_patient_of_the_piece),
        cmocka_unit_test(profiles_decide_on_fields_too),
        cmocka_unit_test(what_fields_say_is_searched_in_the_same_patients_prose),
        cmocka_unit_test(allocations_fail),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
