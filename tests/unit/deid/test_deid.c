/* deid: profiles and what they refuse, records in and out, domains, names of outputs, failures. */
#include "unit.h"

#include "faults.h"

#include "deid/deid.h"
#include "redact/key_secret.h"
#include "text/civil.h"

static const char note[] =
    "Patient John Smith (MRN 00482913) was seen on 03/12/2021 by Dr. Maria Lopez, age 93.\r\n"
    "DOB: 04/05/1931. Lives at 12 Oak Street, Springfield, IL 62704. Call (617) 555-0123.\r\n"
    "Parkinson's disease; metoprolol 25 mg BID, BP 148/86, GCS 15. Wells score 1.5.\r\n";

struct fixture {
    struct deid *d;
    struct deid_scratch *s;
    struct key *key;
    struct buf out;
    struct deid_counts counts;
    struct diag diag;
};

static struct deid_params params_of(enum profile p, enum style style, const struct key *key)
{
    struct deid_params params = deid_default_params();
    params.profile = p;
    params.style = style;
    params.key = key;
    return params;
}

static void key_make(struct key **out)
{
    char path[] = "/tmp/test_deid_key_XXXXXX";
    int fd = mkstemp(path);
    assert_true(fd >= 0);
    (void)remove(path);
    assert_ok(key_create_file(path, NULL));
    assert_ok(key_open_file(out, path, NULL));
    (void)remove(path);
}

static void open_with(struct fixture *f, struct deid_params p)
{
    *f = (struct fixture){ 0 };
    buf_init(&f->out, 1 << 20);
    assert_ok(deid_new(&f->d, &p, &f->diag));
    assert_ok(deid_scratch_new(&f->s));
}

static void open_profile(struct fixture *f, enum profile p, enum style style, const struct key *key)
{
    open_with(f, params_of(p, style, key));
}

static void close_all(struct fixture *f)
{
    buf_clear(&f->out);
    deid_scratch_free(f->s);
    deid_free(f->d);
    key_free(f->key);
}

static view text_record_of(struct fixture *f, const char *text, view patient)
{
    buf_reset(&f->out);
    assert_ok(deid_record(f->d, f->s, format_by_name(VIEW("text")), ENC_UTF8, view_of_str(text),
                          patient, &f->out, &f->counts, &f->diag));
    return buf_view(&f->out);
}

static view text_record(struct fixture *f, const char *text)
{
    return text_record_of(f, text, VIEW(""));
}

static view json_record(struct fixture *f, const char *line)
{
    buf_reset(&f->out);
    assert_ok(deid_record(f->d, f->s, format_by_name(VIEW("jsonl")), ENC_UTF8, view_of_str(line),
                          VIEW(""), &f->out, &f->counts, &f->diag));
    return buf_view(&f->out);
}

static bool holds(view text, const char *needle)
{
    return memmem(text.p, text.n, needle, strlen(needle)) != NULL;
}

/* ---- profiles ---- */

static void refuses_what_contradicts_the_claim(void **state)
{
    (void)state;
    struct key *key, *ephemeral;
    key_make(&key);
    assert_ok(key_ephemeral(&ephemeral));
    const struct {
        enum profile profile;
        enum style style;
        const struct key *key;
        err expected;
    } cases[] = {
        { PROFILE_SAFE_HARBOR, STYLE_DEFAULT, NULL, OK },
        { PROFILE_SAFE_HARBOR, STYLE_SURROGATE, NULL, OK },
        { PROFILE_SAFE_HARBOR, STYLE_DEFAULT, key, ERR_CONFIG },
        { PROFILE_SAFE_HARBOR, STYLE_MASK, key, ERR_CONFIG },
        { PROFILE_EXPERT, STYLE_DEFAULT, key, OK },
        { PROFILE_EXPERT, STYLE_MASK, key, OK },
        { PROFILE_EXPERT, STYLE_DEFAULT, NULL, ERR_CONFIG },
        { PROFILE_EXPERT, STYLE_DEFAULT, ephemeral, ERR_CONFIG },
        { PROFILE_LIMITED, STYLE_DEFAULT, NULL, OK },
        { PROFILE_LIMITED, STYLE_SURROGATE, key, OK },
        { PROFILE_TRANSPORT, STYLE_DEFAULT, NULL, ERR_CONFIG },
        { PROFILE_TRANSPORT, STYLE_DEFAULT, key, OK },
        { PROFILE_TRANSPORT, STYLE_SURROGATE, key, OK },
        { PROFILE_TRANSPORT, STYLE_MASK, key, ERR_CONFIG },
        { PROFILE_COUNT, STYLE_DEFAULT, NULL, ERR_CONFIG },
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct deid_params p = params_of(cases[i].profile, cases[i].style, cases[i].key);
        struct deid *d = NULL;
        struct diag diag = { 0 };
        assert_err(deid_new(&d, &p, &diag), cases[i].expected);
        assert_int_equal(diag.code, cases[i].expected);
        if (cases[i].expected) assert_non_null(diag.what);
        deid_free(d);
    }
    key_free(key);
    key_free(ephemeral);
}

static void knows_profiles_by_name(void **state)
{
    (void)state;
    for (unsigned i = 0; i < PROFILE_COUNT; i++) {
        enum profile p;
        assert_true(profile_from_name(view_of_str(profile_name(i)), &p));
        assert_int_equal(p, i);
        assert_true(strlen(profile_claim(p)) > 20);
    }
    enum profile p;
    assert_false(profile_from_name(VIEW("safe"), &p));
}

static void safe_harbor_leaves_years_areas_and_medicine(void **state)
{
    (void)state;
    struct fixture f;
    open_profile(&f, PROFILE_SAFE_HARBOR, STYLE_MASK, NULL);
    view out = text_record(&f, note);
    static const char *const gone[] = { "John",  "Smith", "00482913", "03/12",       "Lopez",
                                        "04/05", "Oak",   "62704",    "Springfield", "0123" };
    static const char *const stay[] = { "seen on 2021 by", "627**", "[NAME]", "age 90+",
                                        "Parkinson's disease; metoprolol 25 mg BID, BP 148/86" };
    for (size_t i = 0; i < COUNT_OF(gone); i++)
        if (holds(out, gone[i])) fail_msg("\"%s\" is still there", gone[i]);
    for (size_t i = 0; i < COUNT_OF(stay); i++)
        if (!holds(out, stay[i])) fail_msg("\"%s\" is missing", stay[i]);
    assert_false(holds(out, "1931")); /* the year shows an age over 89 */
    close_all(&f);
}

static void limited_keeps_dates_and_wide_places(void **state)
{
    (void)state;
    struct fixture f;
    open_profile(&f, PROFILE_LIMITED, STYLE_MASK, NULL);
    view out = text_record(&f, note);
    static const char *const gone[] = { "John", "Smith", "00482913", "Lopez", "12 Oak", "0123" };
    static const char *const stay[] = { "03/12/2021", "04/05/1931", "age 93",
                                        "Springfield, IL 62704" };
    for (size_t i = 0; i < COUNT_OF(gone); i++)
        if (holds(out, gone[i])) fail_msg("\"%s\" is still there", gone[i]);
    for (size_t i = 0; i < COUNT_OF(stay); i++)
        if (!holds(out, stay[i])) fail_msg("\"%s\" is missing", stay[i]);
    close_all(&f);
}

static void masks_and_tags_are_idempotent(void **state)
{
    (void)state;
    struct buf once;
    buf_init(&once, 1 << 20);
    for (int p = 0; p <= PROFILE_LIMITED; p += PROFILE_LIMITED) {
        for (int style = STYLE_MASK; style <= STYLE_TAG; style++) {
            struct fixture f;
            open_profile(&f, (enum profile)p, (enum style)style, NULL);
            view out = text_record(&f, note);
            buf_reset(&once);
            assert_ok(buf_add(&once, out));
            assert_ok(buf_add_char(&once, '\0'));
            out = text_record(&f, once.p);
            once.n--;
            if (!view_eq(buf_view(&once), out))
                fail_msg("%s, style %d: twice is not once:\n%.*s\n%.*s",
                         profile_name((enum profile)p), style, (int)once.n, once.p, (int)out.n,
                         out.p);
            close_all(&f);
        }
    }
    buf_clear(&once);
}

/* ---- domains ---- */

/* What stands between "Patient " and " was" or " came". */
static view name_in(view out)
{
    const char *end = memmem(out.p, out.n, " was", 4);
    assert_non_null(end);
    assert_true(view_starts(out, VIEW("Patient ")));
    return view_sub(out, 8, (size_t)(end - out.p));
}

static void links_documents_only_under_a_key(void **state)
{
    (void)state;
    static const char first[] = "Patient John Smith was admitted.";
    static const char other[] = "Patient John Smith was discharged.";
    struct fixture f;
    struct buf name;
    buf_init(&name, 256);
    open_profile(&f, PROFILE_SAFE_HARBOR, STYLE_TAG, NULL);
    assert_ok(buf_add(&name, name_in(text_record(&f, first))));
    assert_false(view_eq(buf_view(&name), name_in(text_record(&f, other))));
    close_all(&f);

    struct key *key;
    key_make(&key);
    for (int style = STYLE_TAG; style <= STYLE_SURROGATE; style++) {
        open_profile(&f, PROFILE_EXPERT, (enum style)style, key);
        buf_reset(&name);
        assert_ok(buf_add(&name, name_in(text_record(&f, first))));
        assert_true(view_eq(buf_view(&name), name_in(text_record(&f, other))));
        close_all(&f);
        struct deid_params p = params_of(PROFILE_EXPERT, (enum style)style, key);
        p.project = VIEW("another");
        open_with(&f, p);
        assert_false(view_eq(buf_view(&name), name_in(text_record(&f, other))));
        close_all(&f);
    }
    key_free(key);
    buf_clear(&name);
}

static void moves_dates_by_patient(void **state)
{
    (void)state;
    struct key *key;
    struct fixture f;
    struct buf one;
    buf_init(&one, 256);
    key_make(&key);
    struct deid_params p = params_of(PROFILE_EXPERT, STYLE_TAG, key);
    p.patient_field = VIEW("patient");
    open_with(&f, p);
    assert_ok(buf_add(&one, json_record(&f, "{\"id\":\"a\",\"patient\":\"p1\",\"text\":\"Seen on "
                                            "03/12/2021 at noon.\"}")));
    view first = view_sub(buf_view(&one), view_find_byte(buf_view(&one), 0, 'S'), one.n);
    view same = json_record(
        &f, "{\"id\":\"b\",\"patient\":\"p1\",\"text\":\"Seen on 03/12/2021 at noon.\"}");
    assert_true(view_eq(first, view_sub(same, view_find_byte(same, 0, 'S'), same.n)));
    unsigned alike = 0; /* offsets of other patients: 727 are possible, so that 8 don't all agree */
    for (char c = '2'; c <= '9'; c++) {
        char line[] = "{\"id\":\"b\",\"patient\":\"p?\",\"text\":\"Seen on 03/12/2021 at noon.\"}";
        *strchr(line, '?') = c;
        view out = json_record(&f, line);
        alike += view_eq(first, view_sub(out, view_find_byte(out, 0, 'S'), out.n));
    }
    assert_true(alike < 8);
    close_all(&f);
    key_free(key);
    buf_clear(&one);
}

/* Day number of the n-th "MM/DD/YYYY" of a text. */
static int day_of(view text, int n)
{
    for (size_t i = 0; i + 10 <= text.n; i++) {
        int m, d, y, used = 0;
        if (text.p[i + 2] != '/' || text.p[i + 5] != '/') continue;
        char date[11] = { 0 };
        memcpy(date, text.p + i, 10);
        if (sscanf(date, "%2d/%2d/%4d%n", &m, &d, &y, &used) != 3 || used != 10) continue;
        if (n-- == 0) return civil_days(y, m, d);
        i += 9;
    }
    fail_msg("no such date");
    return 0;
}

/* Each person of a note has an offset, and keeps it in the patient's other notes. */
static void moves_dates_by_person(void **state)
{
    (void)state;
    static const char one[] =
        "Seen on 03/12/2021.\n\nMOTHER\nAdmitted 03/01/2021, home 03/05/2021.\n\n"
        "INFANT\nBorn 03/02/2021.\n\nTWIN B: born 03/02/2021.\n",
                      other[] = "TWIN B: seen on 04/02/2021.\n\nMother: seen on 04/01/2021.\n\n"
                                "Clinic 04/12/2021.\n";
    uint8_t secret[KEY_SECRET_LEN] = { 3 };
    struct fixture f;
    struct key *key;
    int moved[5], again[3];
    assert_ok(key_from_secret(&key, secret, false));
    open_profile(&f, PROFILE_EXPERT, STYLE_DEFAULT, key);
    view out = text_record_of(&f, one, VIEW("p1"));
    for (int i = 0; i < 5; i++)
        moved[i] = day_of(out, i) - day_of(view_of_str(one), i);
    out = text_record_of(&f, other, VIEW("p1"));
    for (int i = 0; i < 3; i++)
        again[i] = day_of(out, i) - day_of(view_of_str(other), i);
    assert_int_equal(moved[1], moved[2]); /* an interval of the mother's */
    assert_int_not_equal(moved[0], moved[1]);
    assert_int_not_equal(moved[0], moved[3]);
    assert_int_not_equal(moved[1], moved[3]);
    assert_int_not_equal(moved[3], moved[4]);
    assert_int_equal(again[0], moved[4]);
    assert_int_equal(again[1], moved[1]);
    assert_int_equal(again[2], moved[0]);
    out = text_record_of(&f, other, VIEW("p2"));
    assert_int_not_equal(day_of(out, 1) - day_of(view_of_str(other), 1), moved[1]);
    close_all(&f);
    key_free(key);
}

/* ---- records ---- */

/* Bytes outside a finding are unchanged: what deid_record writes is what was there, with the edits of
 * deid_examine in their places and nothing else. */
static view observation_of(struct fixture *f, struct deid_scratch *s, unsigned patient)
{
    char json[256];
    int n =
        snprintf(json, sizeof json,
                 "{\"resourceType\":\"Observation\",\"subject\":{\"reference\":\"Patient/p%u\"},"
                 "\"effectiveDateTime\":\"2021-03-04\"}",
                 patient);
    buf_reset(&f->out);
    assert_ok(deid_record(f->d, s, format_by_name(VIEW("ndjson")), ENC_UTF8,
                          view_of(json, (size_t)n), VIEW(""), &f->out, &f->counts, &f->diag));
    return buf_view(&f->out);
}

/* What is remembered of a patient from one record to the next is never another patient's, nor another key's. */
static void a_scratch_serves_engines_in_turn(void **state)
{
    (void)state;
    enum { PATIENTS = 8 };
    struct fixture f[2];
    struct key *keys[2];
    struct buf own[2][PATIENTS];
    unsigned differ = 0;
    for (unsigned i = 0; i < 2; i++) {
        key_make(&keys[i]);
        open_profile(&f[i], PROFILE_EXPERT, STYLE_SURROGATE, keys[i]);
        for (unsigned p = 0; p < PATIENTS; p++) {
            struct deid_scratch *fresh;
            assert_ok(deid_scratch_new(&fresh));
            buf_init(&own[i][p], 1 << 10);
            assert_ok(buf_add(&own[i][p], observation_of(&f[i], fresh, p)));
            deid_scratch_free(fresh);
        }
    }
    for (unsigned round = 0; round < 4 * PATIENTS; round++)
        for (unsigned i = 0; i < 2; i++) {
            const unsigned p = round / 2 % PATIENTS;
            assert_true(view_eq(observation_of(&f[i], f[0].s, p), buf_view(&own[i][p])));
            differ += !view_eq(buf_view(&own[0][p]), buf_view(&own[1][p]));
        }
    assert_true(differ > 0);
    for (unsigned i = 0; i < 2; i++) {
        for (unsigned p = 0; p < PATIENTS; p++)
            buf_clear(&own[i][p]);
        close_all(&f[i]);
        key_free(keys[i]);
    }
}

static void changes_nothing_else(void **state)
{
    (void)state;
    struct fixture f;
    struct deid_exam exam;
    struct buf built;
    buf_init(&built, 1 << 20);
    for (int style = STYLE_MASK; style <= STYLE_SURROGATE; style++) {
        open_profile(&f, PROFILE_SAFE_HARBOR, (enum style)style, NULL);
        for (size_t cut = 0; cut + 1 < sizeof note; cut += 7) {
            view text = view_sub(view_of_str(note), cut, sizeof note - 1);
            buf_reset(&f.out);
            buf_reset(&built);
            assert_ok(deid_record(f.d, f.s, format_by_name(VIEW("text")), ENC_UTF8, text, VIEW(""),
                                  &f.out, &f.counts, &f.diag));
            assert_ok(deid_examine(f.d, f.s, format_by_name(VIEW("text")), ENC_UTF8, text, VIEW(""),
                                   &exam, &f.counts, &f.diag));
            assert_int_equal(exam.record.n, 1);
            size_t at = 0;
            for (uint32_t i = 0; i < exam.edits[0].n; i++) {
                const struct edit *x = &exam.edits[0].v[i];
                assert_true(x->start >= at && x->end <= text.n);
                assert_ok(buf_add(&built, view_sub(text, at, x->start)));
                assert_ok(buf_add(&built, x->with));
                at = x->end;
            }
            assert_ok(buf_add(&built, view_sub(text, at, text.n)));
            assert_true(view_eq(buf_view(&built), buf_view(&f.out)));
        }
        close_all(&f);
    }
    buf_clear(&built);
}

static void keeps_json_as_it_was_written(void **state)
{
    (void)state;
    struct fixture f;
    open_profile(&f, PROFILE_SAFE_HARBOR, STYLE_MASK, NULL);
    assert_view(
        json_record(
            &f, "{ \"id\" : 7,\t\"n\": 1.50e+01, \"text\":\"\\u0050atient John Smith\\n\" }\r\n"),
        "{ \"id\" : 7,\t\"n\": 1.50e+01, \"text\":\"\\u0050atient [NAME]\\n\" }\r\n");
    assert_int_equal(f.counts.records, 1);
    assert_int_equal(f.counts.found[LABEL_NAME], 1);
    assert_int_equal(f.counts.replaced[LABEL_NAME], 1);
    assert_int_equal(f.counts.bytes_out, f.out.n);
    close_all(&f);
}

/* {"Jane": {…}} files notes by person; a schema's words stay, whatever else they are. */
static void finds_names_among_plain_keys(void **state)
{
    (void)state;
    static const struct {
        const char *in, *out; /* out NULL: as it was */
    } rows[] = {
        { "{\"Jane\":{\"bmi\":22},\"Robert\":{\"bmi\":23}}",
          "{\"[NAME]\":{\"bmi\":22},\"[NAME]\":{\"bmi\":23}}" },
        { "{\"Jane\":{\"bmi\":22}}", "{\"[NAME]\":{\"bmi\":22}}" },
        { "{\"notes\":{\"Kowalski\":\"ok\"}}", "{\"notes\":{\"[NAME]\":\"ok\"}}" },
        { "{\"visits\":[{\"jane_smith\":1},{\"MariaLopez\":2}]}",
          "{\"visits\":[{\"[NAME]\":1},{\"[NAME]\":2}]}" },
        { "{\"SMITH\":1,\"JONES\":2}", "{\"[NAME]\":1,\"[NAME]\":2}" },
        { "{\"jane\":1,\"robert\":2,\"mark\":3}", "{\"[NAME]\":1,\"[NAME]\":2,\"[NAME]\":3}" },
        /* a schema's */
        { "{\"id\":1,\"text\":\"x\",\"Patient\":{\"Name\":\"x\"},\"Grant\":{\"Page\":1,\"Mark\":2}"
          "}",
          NULL },
        { "{\"Jane\":{\"bmi\":22},\"visits\":3}", NULL },
        { "{\"Norton\":3}", NULL },
        { "{\"Apgar\":9,\"Braden\":18,\"Wells\":2}", NULL },
        { "{\"scores\":{\"Norton\":14,\"total\":3}}", NULL },
        { "{\"May\":1,\"June\":2,\"April\":3}", NULL },
        { "{\"Race\":\"x\",\"Sex\":\"x\",\"Case\":1,\"Ward\":\"x\",\"Cost\":2,\"Root\":{}}", NULL },
        { "{\"Dosage\":{},\"Encounters\":[],\"Observation\":{},\"Bundle\":{},\"Claim\":{}}", NULL },
        { "{\"min\":1,\"max\":2}", NULL },
        { "{\"Max\":1}", NULL },
        { "{\"ana\":\"x\",\"alt\":1}", NULL },
        { "{\"Ana\":\"x\"}", NULL },
        { "{\"Metformin\":{},\"Allegra\":{}}", NULL },
        { "{\"jane\":{}}", NULL },
    };
    struct fixture f;
    open_profile(&f, PROFILE_SAFE_HARBOR, STYLE_MASK, NULL);
    for (size_t i = 0; i < COUNT_OF(rows); i++)
        if (!view_eq(json_record(&f, rows[i].in),
                     view_of_str(rows[i].out ? rows[i].out : rows[i].in)))
            fail_msg("%s became %.*s", rows[i].in, (int)f.out.n, f.out.p);
    close_all(&f);
}

static void leaves_everything_alone_when_it_fails(void **state)
{
    (void)state;
    struct fixture f;
    struct deid_counts before;
    struct deid_params p = deid_default_params();
    p.max_document = 100;
    open_with(&f, p);
    assert_ok(buf_add(&f.out, VIEW("before")));
    before = f.counts;
    const struct {
        const char *bytes, *format;
        err expected;
    } cases[] = {
        { "{\"id\":\"1\",\"text\":\"John Smith}", "jsonl", ERR_FORMAT },
        { "John Smith \xc3\x28", "text", ERR_ENCODING },
        { note, "text", ERR_LIMIT },
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct diag diag = { 0 };
        assert_err(deid_record(f.d, f.s, format_by_name(view_of_str(cases[i].format)), ENC_UTF8,
                               view_of_str(cases[i].bytes), VIEW(""), &f.out, &f.counts, &diag),
                   cases[i].expected);
        assert_int_equal(diag.code, cases[i].expected);
        assert_view(buf_view(&f.out), "before");
        assert_memory_equal(&before, &f.counts, sizeof before);
    }
    close_all(&f);
}

static err whole_run(void *ctx)
{
    err e = OK;
    (void)ctx;
    struct deid *d = NULL;
    struct deid_scratch *s = NULL;
    struct buf out;
    struct deid_counts counts = { 0 };
    struct deid_params p = deid_default_params();
    p.style = STYLE_MASK;
    buf_init(&out, 1 << 20);
    TRY(deid_new(&d, &p, NULL));
    TRY(deid_scratch_new(&s));
    TRY(deid_record(d, s, format_by_name(VIEW("jsonl")), ENC_UTF8,
                    VIEW("{\"text\":\"Patient John Smith, zip 62704\"}"), VIEW(""), &out, &counts,
                    NULL));
    assert_view(buf_view(&out), "{\"text\":\"Patient [NAME], zip 627**\"}");
out:
    buf_clear(&out);
    deid_scratch_free(s);
    deid_free(d);
    return e;
}

static void survives_every_failing_allocation(void **state)
{
    (void)state;
    faults_in_turn(whole_run, NULL);
}

/* ---- names of outputs ---- */

static void cleans_names(void **state)
{
    (void)state;
    static const struct {
        const char *in, *out;
    } cases[] = {
        { "report.txt", "report.txt" },
        { "discharge_summary_00017.txt", "discharge_summary_00017.txt" },
        { "ct-chest-2.jsonl", "ct-chest-2.jsonl" },
        { "DocumentReference.ndjson", "DocumentReference.ndjson" },
        { "Observation.000.ndjson", "Observation.000.ndjson" },
        { "MedicationRequest-3.ndjson", "MedicationRequest-3.ndjson" },
        { "LabResults.csv", "LabResults.csv" },
        { "LabResultsSMITH.csv", NULL },
        { "PatientXzulkowski.ndjson", NULL },
        { "SMITH_JOHN.hl7", NULL },
        { "smith-john.hl7", NULL },
        { "john.smith.txt", NULL },
        { "note_for_LOPEZ.txt", NULL },
        { "mrn_00482913.txt", NULL },
        { "00482913", NULL },
        { "john.smith@example.com.txt", NULL },
        { "Xzulkowski note.txt", NULL },
        { "..", "unnamed" },
        { ".profile", NULL },
        { "broken\xff.txt", "unnamed.txt" },
    };
    static const char *const telling[] = { "SMITH", "JOHN",     "smith", "john",
                                           "LOPEZ", "00482913", "Xzul" };
    struct fixture f;
    open_profile(&f, PROFILE_SAFE_HARBOR, STYLE_MASK, NULL);
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        bool changed = false;
        buf_reset(&f.out);
        assert_ok(deid_name(f.d, f.s, view_of_str(cases[i].in), &f.out, &changed));
        view out = buf_view(&f.out);
        if (cases[i].out && !view_eq(out, view_of_str(cases[i].out)))
            fail_msg("%s became %.*s", cases[i].in, (int)out.n, out.p);
        assert_int_equal(changed, !view_eq(out, view_of_str(cases[i].in)));
        assert_true(out.n > 0 && out.p[0] != '.');
        assert_false(holds(out, "/") || holds(out, "["));
        for (size_t t = 0; t < COUNT_OF(telling); t++)
            if (holds(out, telling[t])) fail_msg("%s became %.*s", cases[i].in, (int)out.n, out.p);
    }
    close_all(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(refuses_what_contradicts_the_claim),
        cmocka_unit_test(knows_profiles_by_name),
        cmocka_unit_test(safe_harbor_leaves_years_areas_and_medicine),
        cmocka_unit_test(limited_keeps_dates_and_wide_places),
        cmocka_unit_test(masks_and_tags_are_idempotent),
        cmocka_unit_test(links_documents_only_under_a_key),
        cmocka_unit_test(moves_dates_by_patient),
        cmocka_unit_test(moves_dates_by_person),
        cmocka_unit_test(changes_nothing_else),
        cmocka_unit_test(keeps_json_as_it_was_written),
        cmocka_unit_test(a_scratch_serves_engines_in_turn),
        cmocka_unit_test(finds_names_among_plain_keys),
        cmocka_unit_test(leaves_everything_alone_when_it_fails),
        cmocka_unit_test(survives_every_failing_allocation),
        cmocka_unit_test(cleans_names),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
