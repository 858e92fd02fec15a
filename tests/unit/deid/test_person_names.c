/* Initials in a record mean whom its own patient's pieces name, in fields and in prose, before and after. */
#include "unit.h"

#include "faults.h"

#include "deid/deid.h"
#include "redact/key_secret.h"

struct fixture {
    struct key *key;
    struct deid *d;
    struct deid_scratch *s;
    struct buf out;
};

static err fixture_make(struct fixture *f)
{
    err e = OK;
    uint8_t secret[KEY_SECRET_LEN] = { 7 };
    struct deid_params p = deid_default_params();
    *f = (struct fixture){ 0 };
    buf_init(&f->out, 1 << 20);
    TRY(key_from_secret(&f->key, secret, false));
    p.profile = PROFILE_EXPERT;
    p.key = f->key;
    TRY(deid_new(&f->d, &p, NULL));
    TRY(deid_scratch_new(&f->s));
out:
    return e;
}

static void fixture_clear(struct fixture *f)
{
    buf_clear(&f->out);
    deid_scratch_free(f->s);
    deid_free(f->d);
    key_free(f->key);
}

static err run(struct fixture *f, const char *format, const char *text)
{
    struct deid_counts counts = { 0 };
    buf_reset(&f->out);
    return deid_record(f->d, f->s, format_by_name(view_of_str(format)), ENC_UTF8, view_of_str(text),
                       VIEW(""), &f->out, &counts, NULL);
}

/* The text that stands between two others in the output. */
static view between(const struct fixture *f, const char *before, const char *after)
{
    view v = buf_view(&f->out);
    const char *at = memmem(v.p, v.n, before, strlen(before));
    if (!at) fail_msg("no %s in %.*s", before, (int)v.n, v.p);
    size_t from = (size_t)(at - v.p) + strlen(before);
    const char *end = memmem(v.p + from, v.n - from, after, strlen(after));
    if (!end) fail_msg("no %s in %.*s", after, (int)v.n, v.p);
    return view_sub(v, from, (size_t)(end - v.p));
}

static void expect_initials(view initials, view given, view family)
{
    const char expected[] = { given.p[0], '.', family.p[0], '.', 0 };
    assert_int_equal(initials.n, 4);
    assert_memory_equal(initials.p, expected, 4);
}

/* Of two patients in one bundle who share their initials each has his own; the clinician is everybody's. */
static void each_patient_has_his_own(void **state)
{
    (void)state;
    struct fixture f;
    assert_ok(fixture_make(&f));
    assert_ok(run(
        &f, "fhir",
        "{\"resourceType\":\"Bundle\",\"type\":\"collection\",\"entry\":["
        "{\"resource\":{\"resourceType\":\"DocumentReference\",\"id\":\"d1\",\"subject\":"
        "{\"reference\":\"Patient/p1\"},\"description\":\"Pt J.S. was told. Seen by Dr. O. Brandt "
        "today, one.\"}},"
        "{\"resource\":{\"resourceType\":\"DocumentReference\",\"id\":\"d2\",\"subject\":"
        "{\"reference\":\"Patient/p2\"},\"description\":\"Pt J.S. was told. Seen by Dr. O. Brandt "
        "today, two.\"}},"
        "{\"resource\":{\"resourceType\":\"Patient\",\"id\":\"p1\",\"name\":[{\"family\":\"Smith\","
        "\"given\":[\"John\"]}]}},"
        "{\"resource\":{\"resourceType\":\"Patient\",\"id\":\"p2\",\"name\":[{\"family\":\"Stone\","
        "\"given\":[\"Jane\"]}]}},"
        "{\"resource\":{\"resourceType\":\"Practitioner\",\"id\":\"c\",\"name\":[{\"family\":"
        "\"Brandt\",\"given\":[\"Otto\"]}]}}]}"));
    view v = buf_view(&f.out), family[3], given[3];
    size_t at = 0;
    for (int i = 0; i < 3; i++) { /* the names stand last, in their order */
        view rest = view_sub(v, at, v.n);
        const char *x = memmem(rest.p, rest.n, "\"family\":\"", 10);
        assert_non_null(x);
        size_t from = (size_t)(x - v.p) + 10;
        family[i] = view_sub(v, from, view_find_byte(v, from, '"'));
        from += family[i].n + strlen("\",\"given\":[\"");
        given[i] = view_sub(v, from, view_find_byte(v, from, '"'));
        at = from;
    }
    assert_true(given[0].p[0] != given[1].p[0] || family[0].p[0] != family[1].p[0]);
    view one = between(&f, "Pt ", " today, one."), by = between(&f, "by Dr. ", " today, one.");
    expect_initials(view_sub(one, 0, 4), given[0], family[0]);
    assert_int_equal(by.p[0], given[2].p[0]);
    assert_true(view_eq(view_sub(by, 3, by.n), family[2]));
    const char *second = memmem(one.p + one.n, (size_t)(v.p + v.n - one.p) - one.n, "Pt ", 3);
    assert_non_null(second);
    expect_initials(view_of(second + 3, 4), given[1], family[1]);
    fixture_clear(&f);
}

/* Pieces of one record speak of the same persons; those of another one don't. */
static void what_one_field_says_counts_in_another(void **state)
{
    (void)state;
    struct fixture f;
    assert_ok(fixture_make(&f));
    assert_ok(
        run(&f, "jsonl", "{\"a\":\"Pt J.S. was told.\",\"b\":\"Seen: John Smith came in.\"}\n"));
    view given = between(&f, "Seen: ", " ");
    view family = view_of(given.p + given.n + 1, 8);
    expect_initials(between(&f, "Pt ", " was"), given, family);
    char first[8];
    view initials = between(&f, "Pt ", " was");
    memcpy(first, initials.p, initials.n);
    assert_ok(run(&f, "jsonl", "{\"a\":\"Pt J.S. was told.\",\"b\":\"Nobody came in.\"}\n"));
    assert_memory_not_equal(between(&f, "Pt ", " was").p, first, 4);
    fixture_clear(&f);
}

/* What covers an address of mail is nobody's name, whose family would be "org". */
static void what_covers_more_names_nobody(void **state)
{
    (void)state;
    struct fixture f;
    assert_ok(fixture_make(&f));
    assert_ok(
        run(&f, "cda",
            "<ClinicalDocument xmlns=\"urn:hl7-org:v3\"><author><assignedAuthor>"
            "<assignedPerson><name><given>Karen</given><family>O'Brien</family></name>"
            "</assignedPerson></assignedAuthor></author><component><structuredBody><component>"
            "<section><text>Mail to ko'brien@x.org please. Dr. O. left.</text></section>"
            "</component></structuredBody></component></ClinicalDocument>"));
    view family = between(&f, "<family>", "<"), initial = between(&f, "Dr. ", ". left");
    assert_int_equal(between(&f, "Mail to ", " please").p[0], '['); /* masked as a whole */
    assert_int_equal(initial.n, 1);
    assert_int_equal(initial.p[0], family.p[0]);
    fixture_clear(&f);
}

static err whole(void *ctx)
{
    struct fixture f;
    (void)ctx;
    err e = fixture_make(&f);
    if (!e)
        e = run(&f, "jsonl",
                "{\"a\":\"Pt J.S. was told, J. Smith and jsmith@x.org.\",\"b\":\"John Smith\"}\n");
    if (e && f.out.n) fail_msg("a failed call left an output");
    fixture_clear(&f);
    return e;
}

static void memory_runs_short(void **state)
{
    (void)state;
    faults_in_turn(whole, NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_patient_has_his_own),
        cmocka_unit_test(what_one_field_says_counts_in_another),
        cmocka_unit_test(what_covers_more_names_nobody),
        cmocka_unit_test(memory_runs_short),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
