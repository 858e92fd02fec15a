/* The public library: what it finds and replaces, and what it refuses. */
#include "library_fixture.h"

#include <errno.h>
#include <sys/stat.h>
#include <unistd.h>

#include "redact/key.h"
#include "text/civil.h"

static struct cordon_redaction *redact(struct library *l, const char *text, size_t n,
                                       const char *patient)
{
    struct cordon_redaction *r;
    assert_int_equal(cordon_redact(l->session, text, n, patient, &r, NULL), CORDON_OK);
    return r;
}

static void finds_with_reasons(void **state)
{
    (void)state;
    struct library l = library_open(CORDON_STYLE_DEFAULT);
    const struct cordon_finding *found;
    size_t n;
    assert_int_equal(cordon_detect(l.session, library_note, strlen(library_note), &found, &n, NULL),
                     CORDON_OK);
    assert_true(n >= 6);
    bool name = false, phone = false;
    for (size_t i = 0; i < n; i++) {
        view v = view_sub(view_of_str(library_note), found[i].start, found[i].end);
        if (i > 0) assert_true(found[i].start >= found[i - 1].end);
        assert_true(found[i].score > 0 && found[i].score <= 1);
        assert_true(strlen(found[i].rule) > 0 && strlen(found[i].reason) > 0);
        name |= view_eq(v, VIEW("Dr. Maria Lopez")) && strcmp(found[i].label, "NAME") == 0;
        phone |= view_eq(v, VIEW("(617) 555-0123")) && strcmp(found[i].label, "PHONE") == 0;
    }
    assert_true(name && phone);
    assert_int_equal(cordon_detect(l.session, "aspirin 81 mg", 13, &found, &n, NULL), CORDON_OK);
    assert_int_equal(n, 0);
    assert_null(found);
    library_close(&l);
}

/* Offsets are those of the text as given, whether or not it begins with a byte order mark. */
static void byte_order_mark_counts(void **state)
{
    (void)state;
    static const char text[] = "\xEF\xBB\xBFSeen by Dr. Maria Lopez.";
    struct library l = library_open(CORDON_STYLE_MASK);
    const struct cordon_finding *found;
    size_t n;
    assert_int_equal(cordon_detect(l.session, text, strlen(text), &found, &n, NULL), CORDON_OK);
    assert_int_equal(n, 1);
    assert_view(view_sub(view_of_str(text), found[0].start, found[0].end), "Dr. Maria Lopez");
    assert_view(view_sub(view_of_str(text), found[0].cue_start, found[0].cue_end), "Dr");
    struct cordon_redaction *r = redact(&l, text, strlen(text), NULL);
    const char *out = cordon_redaction_text(r, &n);
    assert_view(view_of(out, n), "\xEF\xBB\xBFSeen by [NAME].");
    const struct cordon_replacement *list = cordon_redaction_list(r, &n);
    assert_int_equal(n, 1);
    assert_view(view_sub(view_of_str(text), list[0].start, list[0].end), "Dr. Maria Lopez");
    assert_view(view_sub(view_of_str(out), list[0].new_start, list[0].new_end), "[NAME]");
    cordon_redaction_free(r);
    library_close(&l);
}

/* Outside the replacements every byte is as it was; the list says where both stand. */
static void list_covers_every_change(void **state)
{
    (void)state;
    for (int style = CORDON_STYLE_DEFAULT; style <= CORDON_STYLE_SURROGATE; style++) {
        struct library l = library_open((enum cordon_style)style);
        view given = view_of_str(library_note);
        struct cordon_redaction *r = redact(&l, given.p, given.n, NULL);
        size_t n, n_list, at = 0, new_at = 0;
        const char *out = cordon_redaction_text(r, &n);
        assert_int_equal(strlen(out), n);
        const struct cordon_replacement *list = cordon_redaction_list(r, &n_list);
        assert_true(n_list >= 6);
        for (size_t i = 0; i < n_list; i++) {
            assert_true(view_eq(view_sub(given, at, list[i].start),
                                view_sub(view_of(out, n), new_at, list[i].new_start)));
            at = list[i].end;
            new_at = list[i].new_end;
        }
        assert_true(view_eq(view_sub(given, at, given.n), view_sub(view_of(out, n), new_at, n)));
        assert_null(strstr(out, "Lopez"));
        assert_null(strstr(out, "00482913"));
        assert_non_null(strstr(out, "Parkinson's disease; metoprolol 25 mg BID"));
        cordon_redaction_free(r);
        library_close(&l);
    }
}

static void nothing_to_do(void **state)
{
    (void)state;
    struct library l = library_open(CORDON_STYLE_DEFAULT);
    size_t n = 7;
    struct cordon_redaction *r = redact(&l, NULL, 0, "");
    assert_string_equal(cordon_redaction_text(r, &n), "");
    assert_int_equal(n, 0);
    assert_null(cordon_redaction_list(r, &n));
    assert_int_equal(n, 0);
    cordon_redaction_free(r);
    r = redact(&l, "aspirin 81 mg", 13, NULL);
    assert_string_equal(cordon_redaction_text(r, NULL), "aspirin 81 mg");
    assert_int_equal(cordon_redaction_lost(r), 0);
    cordon_redaction_free(r);
    library_close(&l);
}

static void keyed_engine(struct library *l, char *path)
{
    struct cordon_params p = cordon_default_params();
    p.profile = CORDON_TRANSPORT;
    p.key_file = path;
    assert_int_equal(cordon_engine_new(&l->engine, &p, NULL), CORDON_OK);
    assert_int_equal(cordon_session_new(&l->session, l->engine, NULL), CORDON_OK);
}

/* A key file and a patient give the same output in every engine; another patient other dates. */
static void key_and_patient_decide(void **state)
{
    (void)state;
    char path[] = "/tmp/test_api_key_XXXXXX";
    int fd = mkstemp(path);
    assert_true(fd >= 0);
    close(fd);
    (void)unlink(path);
    assert_ok(key_create_file(path, NULL));
    struct library a, b;
    keyed_engine(&a, path);
    keyed_engine(&b, path);
    size_t n = strlen(library_note);
    struct cordon_redaction *one = redact(&a, library_note, n, "17");
    struct cordon_redaction *two = redact(&b, library_note, n, "17");
    assert_string_equal(cordon_redaction_text(one, NULL), cordon_redaction_text(two, NULL));
    bool differs = false; /* two patients may share an offset, all of these do not */
    for (char who[2] = "a"; who[0] < 'k'; who[0]++) {
        struct cordon_redaction *other = redact(&b, library_note, n, who);
        differs |=
            strcmp(cordon_redaction_text(one, NULL), cordon_redaction_text(other, NULL)) != 0;
        cordon_redaction_free(other);
    }
    assert_true(differs);
    cordon_redaction_free(one);
    cordon_redaction_free(two);
    library_close(&a);
    library_close(&b);

    struct cordon_problem problem;
    struct cordon_params p = cordon_default_params();
    p.profile = CORDON_TRANSPORT;
    p.key_file = path;
    assert_int_equal(chmod(path, 0644), 0);
    assert_int_equal(cordon_engine_new(&a.engine, &p, &problem), CORDON_ERROR_KEY);
    assert_null(a.engine);
    (void)unlink(path);
    assert_int_equal(cordon_engine_new(&a.engine, &p, &problem), CORDON_ERROR_KEY);
    assert_int_equal(problem.os_error, ENOENT);
    assert_null(strstr(problem.what, "test_api"));
}

static void refused(struct cordon_params p, enum cordon_error expected)
{
    struct cordon_engine *engine = (struct cordon_engine *)(uintptr_t)16;
    struct cordon_problem problem;
    assert_int_equal(cordon_engine_new(&engine, &p, &problem), expected);
    assert_null(engine);
    assert_int_equal(problem.error, expected);
    assert_true(strlen(problem.what) > 0);
}

static void wrong_params(void **state)
{
    (void)state;
    struct cordon_params p = cordon_default_params();
    p.struct_size += 8;
    refused(p, CORDON_ERROR_VERSION);
    p.struct_size = 0;
    refused(p, CORDON_ERROR_VERSION);
    cordon_params_init(&p, sizeof p - 8);
    refused(p, CORDON_ERROR_VERSION);
    p = cordon_default_params();
    p.profile = (enum cordon_profile)7;
    refused(p, CORDON_ERROR_CONFIG);
    p = cordon_default_params();
    p.style = (enum cordon_style)7;
    refused(p, CORDON_ERROR_CONFIG);
    p = cordon_default_params();
    p.profile = CORDON_EXPERT; /* needs a key */
    refused(p, CORDON_ERROR_CONFIG);
    p = cordon_default_params();
    p.max_text_bytes = CORDON_TEXT_MAX + 1;
    refused(p, CORDON_ERROR_CONFIG);
    p.max_text_bytes = 0;
    refused(p, CORDON_ERROR_CONFIG);
    p = cordon_default_params();
    p.date_order = (enum cordon_date_order)3;
    refused(p, CORDON_ERROR_CONFIG);
    p = cordon_default_params();
    p.shift_weeks = 1; /* safe harbor shifts nothing */
    refused(p, CORDON_ERROR_CONFIG);
    p = cordon_default_params();
    p.site_file = "/no/such/site.yaml";
    refused(p, CORDON_ERROR_CONFIG);
    p.site_yaml = "version: 1\n";
    p.site_yaml_bytes = 11;
    refused(p, CORDON_ERROR_CONFIG); /* two of them */
}

/* A site's words go into detect and redact, and a fault in its file has a place. */
static void sites(void **state)
{
    (void)state;
    static const char yaml[] = "version: 1\n"
                               "deny: [{text: Ward 7 North, label: LOCATION}]\n"
                               "allow: [Elm Street protocol]\n";
    static const char text[] = "Moved to ward-7 north, Elm Street protocol.";
    struct cordon_params p = cordon_default_params();
    struct cordon_problem problem;
    struct cordon_engine *engine;
    struct cordon_session *session;
    struct cordon_redaction *r;
    const struct cordon_finding *found;
    size_t n;
    p.style = CORDON_STYLE_MASK;
    p.site_yaml = yaml;
    p.site_yaml_bytes = sizeof yaml - 1;
    assert_int_equal(cordon_engine_new(&engine, &p, &problem), CORDON_OK);
    assert_int_equal(cordon_session_new(&session, engine, NULL), CORDON_OK);
    assert_int_equal(cordon_detect(session, text, sizeof text - 1, &found, &n, NULL), CORDON_OK);
    assert_int_equal(n, 1);
    assert_string_equal(found[0].rule, "SITE_DENY");
    assert_string_equal(found[0].whose, "");
    assert_int_equal(cordon_redact(session, text, sizeof text - 1, NULL, &r, NULL), CORDON_OK);
    assert_string_equal(cordon_redaction_text(r, NULL),
                        "Moved to [LOCATION], Elm Street protocol.");
    cordon_redaction_free(r);
    cordon_session_free(session);
    cordon_engine_free(engine);
    p.site_yaml_bytes = sizeof "version: 1\ndeny: [" - 1;
    assert_int_equal(cordon_engine_new(&engine, &p, &problem), CORDON_ERROR_CONFIG);
    assert_true(problem.line > 1);
    assert_true(problem.column > 0);
    p.site_yaml = "version: 1\nrosters: [{file: x, kind: patient, form: given family}]\n";
    p.site_yaml_bytes = strlen(p.site_yaml);
    assert_int_equal(cordon_engine_new(&engine, &p, &problem), CORDON_ERROR_CONFIG);
}

/* Under the profiles that shift: weeks, the order of a numeric date, and whose date it is. */
static void dates(void **state)
{
    (void)state;
    static const char text[] = "Seen 05/03/2021, again 15/03/2021.\nMOTHER: seen 15/03/2021.\n";
    static const char *const keys[] = { "/tmp/test_api_dates.key" };
    char path[64];
    (void)snprintf(path, sizeof path, "%s.%ld", keys[0], (long)getpid());
    (void)remove(path);
    assert_ok(key_create_file(path, NULL));
    struct cordon_params p = cordon_default_params();
    struct cordon_engine *engine;
    struct cordon_session *session;
    struct cordon_redaction *r;
    const struct cordon_finding *found;
    size_t n;
    p.profile = CORDON_EXPERT;
    p.key_file = path;
    p.shift_weeks = 1;
    p.date_order = CORDON_DATES_DMY;
    assert_int_equal(cordon_engine_new(&engine, &p, NULL), CORDON_OK);
    assert_int_equal(cordon_session_new(&session, engine, NULL), CORDON_OK);
    assert_int_equal(cordon_detect(session, text, sizeof text - 1, &found, &n, NULL), CORDON_OK);
    assert_int_equal(n, 3);
    assert_string_equal(found[0].whose, "");
    assert_string_equal(found[2].whose, "mother");
    assert_int_equal(cordon_redact(session, text, sizeof text - 1, "p", &r, NULL), CORDON_OK);
    int d[6];
    assert_int_equal(sscanf(cordon_redaction_text(r, NULL), "Seen %d/%d/%d, again %d/%d/%d.", &d[0],
                            &d[1], &d[2], &d[3], &d[4], &d[5]),
                     6);
    int first = civil_days(d[2], d[1], d[0]), second = civil_days(d[5], d[4], d[3]);
    assert_int_equal(second - first, 10);
    assert_int_equal((first - civil_days(2021, 3, 5)) % 7, 0);
    assert_int_not_equal(first, civil_days(2021, 3, 5));
    cordon_redaction_free(r);
    cordon_session_free(session);
    cordon_engine_free(engine);
    (void)remove(path);
}

/* A struct of a later version is filled to its end, and none of another's bytes is touched. */
static void params_stay_inside(void **state)
{
    (void)state;
    union {
        struct cordon_params p;
        unsigned char bytes[sizeof(struct cordon_params) + 32];
    } big;
    memset(big.bytes, 0xAA, sizeof big.bytes);
    cordon_params_init(&big.p, sizeof big.p + 16);
    assert_int_equal(big.p.struct_size, sizeof big.p + 16);
    assert_int_equal(big.bytes[sizeof big.p + 15], 0);
    assert_int_equal(big.bytes[sizeof big.p + 16], 0xAA);
    memset(big.bytes, 0xAA, sizeof big.bytes);
    cordon_params_init(&big.p, sizeof(size_t));
    assert_int_equal(big.p.struct_size, sizeof(size_t));
    assert_int_equal(big.bytes[sizeof(size_t)], 0xAA);
    cordon_params_init(&big.p, 1);
    cordon_params_init(NULL, sizeof big.p);
}

static void bad_text(struct library *l, const char *text, size_t n, enum cordon_error expected,
                     size_t offset)
{
    const struct cordon_finding *found = (const struct cordon_finding *)(uintptr_t)16;
    struct cordon_redaction *r = (struct cordon_redaction *)(uintptr_t)16;
    struct cordon_problem problem;
    size_t n_found = 7;
    assert_int_equal(cordon_detect(l->session, text, n, &found, &n_found, &problem), expected);
    assert_null(found);
    assert_int_equal(n_found, 0);
    if (expected == CORDON_ERROR_ENCODING) {
        assert_true(problem.has_offset);
        assert_int_equal(problem.offset, offset);
    }
    assert_int_equal(cordon_redact(l->session, text, n, NULL, &r, &problem), expected);
    assert_null(r);
    assert_int_equal(problem.error, expected);
    if (expected == CORDON_ERROR_ENCODING) assert_int_equal(problem.offset, offset);
}

static void wrong_texts(void **state)
{
    (void)state;
    struct library l;
    struct cordon_params p = cordon_default_params();
    p.max_text_bytes = 64;
    assert_int_equal(cordon_engine_new(&l.engine, &p, NULL), CORDON_OK);
    assert_int_equal(cordon_session_new(&l.session, l.engine, NULL), CORDON_OK);
    bad_text(&l, "Mr. Lopez \xC0\xAF", 12, CORDON_ERROR_ENCODING, 10);
    bad_text(&l, "Mr. Lopez \xE2\x82", 12, CORDON_ERROR_ENCODING, 10);
    bad_text(&l, "Mr.\0Lopez", 9, CORDON_ERROR_ENCODING, 3);
    bad_text(&l, NULL, 3, CORDON_ERROR_USAGE, 0);
    bad_text(&l, library_note, 65, CORDON_ERROR_LIMIT, 0);
    bad_text(&l, library_note, SIZE_MAX, CORDON_ERROR_LIMIT, 0);
    struct cordon_redaction *r = redact(&l, library_note, 64, NULL); /* and it goes on working */
    cordon_redaction_free(r);
    library_close(&l);
}

static void nothing_where_something_must_be(void **state)
{
    (void)state;
    struct library l = library_open(CORDON_STYLE_DEFAULT);
    struct cordon_params p = cordon_default_params();
    struct cordon_engine *engine;
    struct cordon_session *session;
    const struct cordon_finding *found;
    struct cordon_redaction *r;
    char *text;
    size_t n;
    const enum cordon_error usage = CORDON_ERROR_USAGE;
    assert_int_equal(cordon_engine_new(NULL, &p, NULL), usage);
    assert_int_equal(cordon_engine_new(&engine, NULL, NULL), usage);
    assert_int_equal(cordon_session_new(NULL, l.engine, NULL), usage);
    assert_int_equal(cordon_session_new(&session, NULL, NULL), usage);
    assert_int_equal(cordon_detect(NULL, "x", 1, &found, &n, NULL), usage);
    assert_int_equal(cordon_detect(l.session, "x", 1, NULL, &n, NULL), usage);
    assert_int_equal(cordon_detect(l.session, "x", 1, &found, NULL, NULL), usage);
    assert_int_equal(cordon_redact(NULL, "x", 1, NULL, &r, NULL), usage);
    assert_int_equal(cordon_redact(l.session, "x", 1, NULL, NULL, NULL), usage);
    assert_int_equal(cordon_restore(NULL, "x", 1, &text, &n, NULL, NULL), usage);
    assert_null(cordon_redaction_text(NULL, &n));
    assert_null(cordon_redaction_list(NULL, &n));
    assert_int_equal(cordon_redaction_lost(NULL), 0);
    assert_string_equal(cordon_engine_claim(NULL), "");
    cordon_engine_free(NULL);
    cordon_session_free(NULL);
    cordon_redaction_free(NULL);
    cordon_free(NULL);
    library_close(&l);
}

static void words_for_everything(void **state)
{
    (void)state;
    struct library l = library_open(CORDON_STYLE_DEFAULT);
    for (int e = -1; e <= 12; e++)
        assert_true(strlen(cordon_error_text((enum cordon_error)e)) > 0);
    assert_non_null(strstr(cordon_engine_claim(l.engine), "164.514(b)(2)"));
    assert_true(strchr(cordon_version(), '.') != NULL);
    library_close(&l);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(finds_with_reasons),
        cmocka_unit_test(byte_order_mark_counts),
        cmocka_unit_test(list_covers_every_change),
        cmocka_unit_test(nothing_to_do),
        cmocka_unit_test(key_and_patient_decide),
        cmocka_unit_test(wrong_params),
        cmocka_unit_test(params_stay_inside),
        cmocka_unit_test(sites),
        cmocka_unit_test(dates),
        cmocka_unit_test(wrong_texts),
        cmocka_unit_test(nothing_where_something_must_be),
        cmocka_unit_test(words_for_everything),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
