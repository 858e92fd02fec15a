/* The patient index: what one record says is found in another's prose, sealed, for that patient alone. */
#include "unit.h"

#include "faults.h"
#include "field_format.h"

#include <fcntl.h>
#include <unistd.h>

#include "deid/patient_index.h"
#include "detect/engine.h"
#include "detect/nicknames.h"
#include "lexicon/lexicon.h"

static err add(struct patient_index *x, const char *text)
{
    err e = OK;
    struct arena a;
    struct record r;
    arena_init(&a, 64 << 20);
    TRY(field_decode(&field_format, view_of_str(text), ENC_UTF8, &a, &r, NULL));
    TRY(patient_index_add(x, &r, &a));
out:
    arena_clear(&a);
    return e;
}

static const char patient[] = "@p1\n3 0 1 1 -|Quelby\n4 0 1 1 -|Robert\n19 0 1 1 -|ZQ-44-5\n"
                              "10 4 1 1 -|2021-03-12\n26 0 0 0 -|77665\n";
static const char relative[] = "@p1\n4 0 2 1 -|Xanthippe\n3 0 1 2 p2|Dorbrecht\n";
static const char note[] =
    "@%s\n0 0 0 0 -|told Quelby: Bob, zq445 and 77665, xanthippe, dorbrecht\n";

static view note_of(struct deid *d, struct deid_scratch *s, const char *whose, struct buf *out)
{
    char text[256];
    struct deid_counts counts = { 0 };
    (void)snprintf(text, sizeof text, note, whose);
    buf_reset(out);
    assert_ok(deid_record(d, s, &field_format, ENC_UTF8, view_of_str(text), VIEW(""), out, &counts,
                          NULL));
    return view_sub(buf_view(out), view_find_byte(buf_view(out), 0, '|') + 1, out->n - 1);
}

static void what_one_record_says_is_found_in_another(void **state)
{
    (void)state;
    struct patient_index *x;
    struct deid *d;
    struct deid_scratch *s;
    struct buf out;
    struct deid_params p = deid_default_params();
    buf_init(&out, 1 << 20);
    assert_ok(patient_index_new(&x, NULL));
    assert_ok(add(x, patient));
    assert_ok(add(x, relative));
    assert_int_equal(patient_index_patients(x), 2);
    p.patients = x;
    p.style = STYLE_MASK;
    assert_ok(deid_new(&d, &p, NULL));
    assert_ok(deid_scratch_new(&s));
    assert_view(note_of(d, s, "p1", &out),
                "told [NAME]: [NAME], [MRN] and 77665, [NAME], dorbrecht");
    view other = note_of(d, s, "p2", &out);
    assert_non_null(memmem(other.p, other.n, "zq445 and 77665, xanthippe, [NAME]", 34));
    assert_view(note_of(d, s, "p1", &out),
                "told [NAME]: [NAME], [MRN] and 77665, [NAME], dorbrecht");
    other = note_of(d, s, "p3", &out);
    assert_non_null(memmem(other.p, other.n, "zq445 and 77665, xanthippe, dorbrecht", 37));
    buf_clear(&out);
    deid_scratch_free(s);
    deid_free(d);
    patient_index_free(x);
}

/* Looks through what this process has open: the index has no name, and nothing in it can be read. */
static bool is_in_open_files(view secret, size_t *bytes)
{
    bool found = false;
    for (int fd = 3; fd < 64; fd++) {
        char path[64], target[512];
        static char content[1 << 20];
        (void)snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
        ssize_t n = readlink(path, target, sizeof target);
        if (n <= 0 || !memmem(target, (size_t)n, "deleted", 7)) continue;
        ssize_t got = pread(fd, content, sizeof content, 0);
        if (got <= 0) continue;
        *bytes += (size_t)got;
        found |= memmem(content, (size_t)got, secret.p, secret.n) != NULL;
    }
    return found;
}

static void the_file_holds_nothing_to_read(void **state)
{
    (void)state;
    struct patient_index *x;
    size_t bytes = 0;
    assert_ok(patient_index_new(&x, NULL));
    assert_ok(add(x, patient));
    assert_false(is_in_open_files(VIEW("Quelby"), &bytes));
    assert_true(bytes > 0);
    patient_index_free(x);
}

static void many_patients_and_many_records_of_one(void **state)
{
    (void)state;
    enum { MANY = 3000 };
    struct patient_index *x;
    struct arena a;
    struct nicknames *nick;
    const struct known *k;
    arena_init(&a, 64 << 20);
    assert_ok(nicknames_new(&nick));
    const struct known_help help = { lexicon_builtin(), nick, DATE_MONTH_FIRST };
    assert_ok(patient_index_new(&x, NULL));
    for (unsigned i = 0; i < MANY; i++) {
        char text[128];
        (void)snprintf(text, sizeof text, "@m%u\n19 0 1 1 -|55%06u\n", i, i);
        assert_ok(add(x, text));
        (void)snprintf(text, sizeof text, "@one\n19 0 1 1 -|66%06u\n", i % 700);
        assert_ok(add(x, text));
        assert_ok(add(x, text)); /* the same again takes no room */
    }
    assert_int_equal(patient_index_patients(x), MANY + 1);
    for (unsigned i = 0; i < MANY; i += 97) {
        char whose[16];
        int n = snprintf(whose, sizeof whose, "m%u", i);
        arena_reset(&a);
        assert_ok(patient_index_find(x, view_of(whose, (size_t)n), &help, &a, &k, NULL));
        assert_non_null(k);
    }
    assert_ok(patient_index_find(x, VIEW("one"), &help, &a, &k, NULL));
    assert_non_null(k);
    assert_ok(patient_index_find(x, VIEW("nobody"), &help, &a, &k, NULL));
    assert_null(k);
    assert_ok(patient_index_find(x, VIEW(""), &help, &a, &k, NULL));
    assert_null(k);
    patient_index_free(x);
    nicknames_free(nick);
    arena_clear(&a);
}

static void find_all(struct patient_index *x, const char *whose, err expected, struct arena *a)
{
    const struct known *k;
    const struct known_help help = { lexicon_builtin(), NULL, DATE_MONTH_FIRST };
    arena_reset(a);
    assert_err(patient_index_find(x, view_of_str(whose), &help, a, &k, NULL), expected);
}

/* One value of n letters or digits, of the role. */
static err add_long(struct patient_index *x, const char *whose, int role, size_t n)
{
    struct buf b;
    char head[64];
    buf_init(&b, 4 << 20);
    (void)snprintf(head, sizeof head, "@%s\n%d 0 1 1 -|", whose, role);
    err e = buf_add(&b, view_of_str(head));
    for (size_t i = 0; i < n && !e; i++)
        e = buf_add(&b, role == ROLE_MRN ? VIEW("7") : i % 9 ? VIEW("w") : VIEW(" "));
    if (!e) e = buf_add(&b, VIEW("\0"));
    if (!e) e = add(x, buf_view(&b).p);
    buf_clear(&b);
    return e;
}

/* What was said first is known however much is said after it; and nothing is known by halves. */
static void nothing_is_forgotten(void **state)
{
    (void)state;
    static const char *const seen_by[] = { "Avery", "Blanco", "Carter" };
    char text[128];
    struct patient_index *x;
    struct deid *d;
    struct deid_scratch *s;
    struct arena a;
    struct buf out;
    struct deid_params p = deid_default_params();
    arena_init(&a, 64 << 20);
    buf_init(&out, 1 << 20);
    assert_ok(patient_index_new(&x, NULL));
    assert_ok(add(x, relative));
    for (unsigned i = 0; i < 2000; i++) {
        (void)snprintf(text, sizeof text, "@p1\n4 0 5 %u -|%s\n", 1 + i % 2, seen_by[i % 3]);
        assert_ok(add(x, text));
        if (i % 2) continue;
        (void)snprintf(text, sizeof text, "@p1\n19 0 1 1 -|66%06u\n", i);
        assert_ok(add(x, text));
    }
    p.patients = x;
    p.style = STYLE_MASK;
    assert_ok(deid_new(&d, &p, NULL));
    assert_ok(deid_scratch_new(&s));
    assert_view(note_of(d, s, "p1", &out),
                "told [NAME]: [NAME], zq445 and 77665, [NAME], dorbrecht");
    for (unsigned i = 0; i < 6000; i++) {
        (void)snprintf(text, sizeof text, "@p1\n19 0 1 1 -|77%06u\n", i);
        assert_ok(add(x, text));
    }
    deid_scratch_free(s); /* what it has looked up is kept in it */
    assert_ok(deid_scratch_new(&s));
    assert_view(note_of(d, s, "p1", &out),
                "told [NAME]: [NAME], zq445 and 77665, [NAME], dorbrecht");
    assert_ok(add_long(x, "p1", ROLE_NAME, 70000));
    find_all(x, "p1", OK, &a);
    assert_ok(add_long(x, "p1", ROLE_STREET, 2 << 19)); /* more than a block */
    find_all(x, "p1", OK, &a);
    assert_ok(add_long(x, "p1", ROLE_MRN, KNOWN_SIGNS_MAX + 1)); /* nobody searches for that */
    find_all(x, "p1", ERR_LIMIT, &a);
    find_all(x, "p2", OK, &a);
    buf_clear(&out);
    arena_clear(&a);
    deid_scratch_free(s);
    deid_free(d);
    patient_index_free(x);
}

static err add_fhir(struct patient_index *x, const char *resource)
{
    err e = OK;
    struct arena a;
    struct record r;
    arena_init(&a, 64 << 20);
    TRY(format_decode(format_by_name(VIEW("ndjson")), view_of_str(resource), ENC_UTF8, &a, &r,
                      NULL));
    TRY(patient_index_add(x, &r, &a));
out:
    arena_clear(&a);
    return e;
}

static const char practitioner[] =
    "{\"resourceType\":\"Practitioner\",\"id\":\"d1\",\"name\":[{\"family\":\"Okwundu\"}]}";
static const char role[] = "{\"resourceType\":\"PractitionerRole\",\"id\":\"r1\","
                           "\"practitioner\":{\"reference\":\"Practitioner/d1\"}}";
static const char encounter[] =
    "{\"resourceType\":\"Encounter\",\"id\":\"e%u\",\"subject\":{\"reference\":\"Patient/"
    "p8\"},\"participant\":[{\"individual\":{\"reference\":\"PractitionerRole/r1\"}}]}";

/* A clinician of no patient's record is known to who has to do with her, however often that is said. */
static void clinicians_come_by_links(void **state)
{
    (void)state;
    struct patient_index *x;
    struct arena a;
    const struct known *k;
    const struct known_help help = { lexicon_builtin(), NULL, DATE_MONTH_FIRST };
    arena_init(&a, 64 << 20);
    assert_ok(patient_index_new(&x, NULL));
    for (unsigned i = 0; i < 1000; i++) {
        char text[256];
        (void)snprintf(text, sizeof text, encounter, i);
        assert_ok(add_fhir(x, text));
    }
    assert_ok(add_fhir(x, practitioner));
    assert_ok(patient_index_find(x, VIEW("p8"), &help, &a, &k, NULL));
    assert_null(k); /* nobody has said yet who has the role */
    assert_ok(add_fhir(x, role));
    assert_ok(patient_index_find(x, VIEW("p8"), &help, &a, &k, NULL));
    assert_non_null(k);
    assert_ok(patient_index_find(x, VIEW("p9"), &help, &a, &k, NULL));
    assert_null(k);
    assert_ok(patient_index_find(x, VIEW("Practitioner/d1"), &help, &a, &k, NULL));
    assert_null(k); /* a patient may bear any name */
    assert_int_equal(patient_index_patients(x), 0);
    patient_index_free(x);
    arena_clear(&a);
}

/* The first given name is the first one, and not that which the alphabet puts first; what is said twice counts once. */
static void given_names_keep_their_order(void **state)
{
    (void)state;
    static const char *const texts[] = { "Xylon", "Adam", "Quelby" };
    const char text[] = "{\"resourceType\":\"Patient\",\"id\":\"%s\",\"name\":[{\"family\":"
                        "\"Quelby\",\"given\":[\"Xylon\",\"Adam\"]}]}";
    struct patient_index *x;
    struct patient_said said;
    struct arena a;
    const struct known *k;
    const struct known_help help = { lexicon_builtin(), NULL, DATE_MONTH_FIRST };
    char one[256];
    arena_init(&a, 64 << 20);
    assert_ok(patient_index_new(&x, NULL));
    (void)snprintf(one, sizeof one, text, "p1");
    assert_ok(add_fhir(x, one));
    assert_ok(add_fhir(x, one));
    assert_ok(patient_index_find(x, VIEW("p1"), &help, &a, &k, &said));
    uint32_t n = 0;
    for (uint32_t i = 0; i < said.n; i++) {
        if (said.v[i].label != LABEL_NAME) continue;
        assert_true(n < COUNT_OF(texts));
        assert_true(view_eq(said.v[i].text, view_of_str(texts[n++])));
    }
    assert_int_equal(n, COUNT_OF(texts));
    patient_index_free(x);
    arena_clear(&a);
}

static const char patient_of_bundle[] =
    "{\"resourceType\":\"Bundle\",\"entry\":[{\"fullUrl\":\"urn:uuid:%c1e6f1e6-1111-4222-8333-"
    "123456789abc\",\"resource\":{\"resourceType\":\"Patient\",\"id\":\"p%c\",\"identifier\":[{"
    "\"system\":\"http://h.org/a\",\"value\":\"A-%c\"},{\"system\":\"http://h.org/b\",\"value\":"
    "\"unknown\"}],\"name\":[{\"family\":\"%s\"}]}}]}";

static const char named[] =
    "{\"resourceType\":\"Patient\",\"id\":\"p9\",\"identifier\":[{\"system\":\"s\",\"value\":"
    "\"v\"}],\"name\":[{\"family\":\"Quelbyorth\"}]}";

static bool is_known_of(struct patient_index *x, const char *whose, const char *name,
                        struct arena *a)
{
    const struct known *k;
    struct detect *d;
    struct detect_scratch *s;
    struct findings found;
    const struct known_help help = { lexicon_builtin(), NULL, DATE_MONTH_FIRST };
    bool is_known = false;
    findings_init(&found, DETECT_MAX);
    assert_ok(patient_index_find(x, view_of_str(whose), &help, a, &k, NULL));
    assert_ok(detect_new(&d, lexicon_builtin()));
    assert_ok(detect_scratch_new(&s));
    const struct known_list list = { { k }, 1 };
    assert_ok(detect_text_known(d, s, view_of_str(name), VIEW(""), &list, &found));
    for (uint32_t i = 0; i < found.n; i++)
        is_known |= found.v[i].source == SOURCE_KNOWN;
    findings_clear(&found);
    detect_scratch_free(s);
    detect_free(d);
    return is_known;
}

/* A patient goes by id, address and identifiers. What one identifier leads to is nobody else's. */
static void a_patient_goes_by_several_names(void **state)
{
    (void)state;
    static const struct {
        const char *whose;
        bool first, second;
    } cases[] = {
        { "p1", true, false },
        { "http://h.org/a|A-1", true, false },
        { "|A-1", true, false },
        { "11e6f1e6-1111-4222-8333-123456789abc", true, false },
        { "http://h.org/a|A-2", false, true },
        { "http://h.org/b|unknown", true, true }, /* either may be meant */
        { "http://h.org/c|A-1", false, false },
    };
    struct patient_index *x;
    struct arena a;
    char text[512];
    arena_init(&a, 64 << 20);
    assert_ok(patient_index_new(&x, NULL));
    (void)snprintf(text, sizeof text, patient_of_bundle, '1', '1', '1', "Quelbyorth");
    assert_ok(add_fhir(x, text));
    (void)snprintf(text, sizeof text, patient_of_bundle, '2', '2', '2', "Dorbrecht");
    assert_ok(add_fhir(x, text));
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        assert_int_equal(is_known_of(x, cases[i].whose, "told quelbyorth", &a), cases[i].first);
        assert_int_equal(is_known_of(x, cases[i].whose, "told dorbrecht", &a), cases[i].second);
    }
    view own;
    assert_ok(patient_index_number(x, VIEW("http://h.org/a|A-1"), &a, &own));
    assert_view(own, "A-1");
    assert_ok(patient_index_number(x, VIEW("http://h.org/b|unknown"), &a, &own));
    assert_view(own, "http://h.org/b|unknown");
    assert_ok(patient_index_number(x, VIEW("p1"), &a, &own));
    assert_view(own, "A-1");
    assert_ok(patient_index_number(x, VIEW("A-1"), &a, &own)); /* a message's: as it is */
    assert_view(own, "A-1");
    /* what the resource says is known of the number, and the other way */
    assert_true(is_known_of(x, "A-1", "told quelbyorth", &a));
    assert_false(is_known_of(x, "A-1", "told dorbrecht", &a));
    assert_ok(add(x, "@A-1\n2 0 1 1 -|Brendlebaum"));
    assert_true(is_known_of(x, "p1", "told brendlebaum", &a));
    assert_false(is_known_of(x, "p2", "told brendlebaum", &a));
    /* and what is said under the address is known to the patient */
    assert_ok(
        add_fhir(x, "{\"resourceType\":\"RelatedPerson\",\"id\":\"r\",\"patient\":{\"reference\":"
                    "\"urn:uuid:11e6f1e6-1111-4222-8333-123456789abc\"},\"name\":[{\"family\":"
                    "\"Zorblaxen\"}]}"));
    assert_true(is_known_of(x, "p1", "told zorblaxen", &a));
    assert_false(is_known_of(x, "p2", "told zorblaxen", &a));
    patient_index_free(x);
    arena_clear(&a);
}

static err run_once(void *ctx)
{
    (void)ctx;
    err e = OK;
    struct patient_index *x = NULL;
    struct nicknames *nick = NULL;
    struct arena a;
    const struct known *k = NULL;
    view own;
    arena_init(&a, 64 << 20);
    TRY(nicknames_new(&nick));
    TRY(patient_index_new(&x, NULL));
    TRY(add(x, patient));
    TRY(add(x, relative));
    TRY(add_fhir(x, practitioner));
    TRY(add_fhir(x, role));
    TRY(add_fhir(x, encounter));
    TRY(add_fhir(x, named));
    const struct known_help help = { lexicon_builtin(), nick, DATE_MONTH_FIRST };
    TRY(patient_index_find(x, VIEW("p1"), &help, &a, &k, NULL));
    assert_non_null(k);
    TRY(patient_index_find(x, VIEW("p8"), &help, &a, &k, NULL));
    assert_non_null(k);
    TRY(patient_index_find(x, VIEW("s|v"), &help, &a, &k, NULL));
    assert_non_null(k);
    TRY(patient_index_number(x, VIEW("s|v"), &a, &own));
    assert_view(own, "v");
out:
    patient_index_free(x);
    nicknames_free(nick);
    arena_clear(&a);
    return e;
}

static void allocations_fail(void **state)
{
    (void)state;
    faults_in_turn(run_once, NULL);
}

static void a_first_pass_needs_inputs_to_read_twice(void **state)
{
    (void)state;
    const char *const pipe_input[] = { "-" }, *const folder[] = { "/tmp" },
                      *const none[] = { "/nowhere" };
    struct batch_params p = batch_default_params();
    p.n_inputs = 1;
    p.inputs = pipe_input;
    assert_false(patient_index_may_help(&p));
    p.inputs = none;
    assert_false(patient_index_may_help(&p));
    p.inputs = folder;
    assert_true(patient_index_may_help(&p));
    p.format = format_by_name(VIEW("text"));
    assert_false(patient_index_may_help(&p));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_one_record_says_is_found_in_another),
        cmocka_unit_test(the_file_holds_nothing_to_read),
        cmocka_unit_test(many_patients_and_many_records_of_one),
        cmocka_unit_test(nothing_is_forgotten),
        cmocka_unit_test(clinicians_come_by_links),
        cmocka_unit_test(given_names_keep_their_order),
        cmocka_unit_test(a_patient_goes_by_several_names),
        cmocka_unit_test(allocations_fail),
        cmocka_unit_test(a_first_pass_needs_inputs_to_read_twice),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
