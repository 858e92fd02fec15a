/* redact_text as its callers see it: actions, counts, the same everywhere, and memory that fails. */
#include "redacted.h"

#include <pthread.h>

#include "faults.h"

static struct key *key;

static int open_key(void **state)
{
    (void)state;
    key = frozen_key(1);
    return 0;
}
static int close_key(void **state)
{
    (void)state;
    key_free(key);
    return 0;
}

static void actions_do_what_they_say(void **state)
{
    (void)state;
    static const struct {
        enum action action;
        enum label l;
        int part;
        const char *value, *becomes;
    } cases[] = {
        { ACTION_KEEP, LABEL_NAME, 0, "John", "John" },
        { ACTION_MASK, LABEL_NAME, 0, "John\nSmith", "[NAME]" },
        { ACTION_MASK, LABEL_ORGANIZATION, 0, "MGH", "[ORGANIZATION]" },
        { ACTION_YEAR, LABEL_DATE, 0, "03/05/2021", "2021" },
        { ACTION_YEAR, LABEL_DATE, 0, "3/5", "[DATE]" },
        { ACTION_YEAR, LABEL_DATE, PART_YEAR, "1921", "[DATE]" },
        { ACTION_YEAR, LABEL_DATE, PART_BIRTH, "03/05/1921", "[DATE]" },
        { ACTION_YEAR, LABEL_DATE, PART_BIRTH, "03/05/25", "[DATE]" }, /* 1925 or 2025 */
        { ACTION_YEAR, LABEL_DATE, PART_BIRTH, "03/05/2015", "2015" },
        { ACTION_YEAR, LABEL_DATE, 0, "03/05/1921", "[DATE]" }, /* lived to see */
        { ACTION_YEAR, LABEL_DATE, 0, "03/05/25", "2025" },
        { ACTION_YEAR, LABEL_NAME, 0, "May", "[NAME]" },
        { ACTION_SHIFT, LABEL_DATE, 0, "nothing", "[DATE]" },
        { ACTION_ZIP3, LABEL_LOCATION, 0, "02115", "021**" },
        { ACTION_ZIP3, LABEL_LOCATION, 0, "02115-1234", "021**" },
        { ACTION_ZIP3, LABEL_LOCATION, 0, "03601", "000**" }, /* few people */
        { ACTION_ZIP3, LABEL_LOCATION, 0, "09012", "000**" }, /* military: no area of the census */
        { ACTION_ZIP3, LABEL_LOCATION, 0, "Boston", "[LOCATION]" },
        { ACTION_ZIP3, LABEL_LOCATION, 0, "021", "[LOCATION]" },
        { ACTION_ZIP3, LABEL_MRN, 0, "02115", "[MRN]" },
        { ACTION_AGE90, LABEL_AGE, 0, "94", "90+" },
        { ACTION_AGE90, LABEL_AGE, 0, "90+", "90+" },
        { ACTION_AGE90, LABEL_NAME, 0, "94", "[NAME]" },
        { ACTION_SURROGATE, LABEL_ID, 0, "--", "[ID]" },
        { ACTION_SURROGATE, LABEL_NAME, 0, "Dr.", "[NAME]" },
        { ACTION_SURROGATE, LABEL_NAME, 0, "***", "[NAME]" },
        { ACTION_SURROGATE, LABEL_ORGANIZATION, 0, "the Medical Center", "[ORGANIZATION]" },
        { ACTION_SURROGATE, LABEL_EMAIL, 0, "not an address", "[EMAIL]" },
        { ACTION_SURROGATE, LABEL_IP, 0, "router", "[IP]" },
        { ACTION_SURROGATE, LABEL_PHONE, 0, "by phone", "[PHONE]" },
        { ACTION_SURROGATE, LABEL_LOCATION, PART_STATE, "Texas", "Texas" },
        { ACTION_TAG, LABEL_PHONE, 0, "()", "[PHONE]" },
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct redacted r;
        redacted_init(&r, key, cases[i].action);
        const char *out = redacted(&r, cases[i].l, cases[i].part, cases[i].value);
        if (strcmp(out, cases[i].becomes) != 0)
            fail_msg("%s became %s, not %s", cases[i].value, out, cases[i].becomes);
        assert_int_equal(r.done, cases[i].action != ACTION_KEEP);
        assert_int_equal(r.masked, cases[i].becomes[0] == '[' && cases[i].action != ACTION_MASK);
        redacted_clear(&r);
    }
}

static void clinicians_may_stay(void **state)
{
    (void)state;
    struct redacted r;
    struct edits e;
    uint64_t done[LABEL_COUNT] = { 0 }, masked[LABEL_COUNT] = { 0 };
    redacted_init(&r, key, ACTION_MASK);
    r.params.keep_clinicians = true;
    assert_ok(findings_add(
        &r.found,
        (struct finding){ .start = 0, .end = 3, .label = LABEL_NAME, .role = WHO_CLINICIAN }));
    assert_ok(findings_add(
        &r.found,
        (struct finding){ .start = 4, .end = 7, .label = LABEL_NAME, .role = WHO_PATIENT }));
    assert_ok(
        redact_text(&r.params, &r.domains, VIEW("Who Who"), &r.found, &r.arena, &e, done, masked));
    assert_int_equal(e.n, 1);
    assert_int_equal(e.v[0].start, 4);
    assert_view(e.v[0].with, "[NAME]");
    assert_int_equal(done[LABEL_NAME], 1);
    redacted_clear(&r);
}

/* "[LABEL]" or "[LABEL-" and 4 to 6 of the thirty signs and "]", and what stood between words. */
/* "3/5/2021 Smith", found as one: no action on a date may leave the name. */
static void what_reaches_over_another_kind_goes_as_a_whole(void **state)
{
    (void)state;
    static const enum action actions[] = { ACTION_KEEP, ACTION_MASK,  ACTION_TAG,  ACTION_SURROGATE,
                                           ACTION_YEAR, ACTION_SHIFT, ACTION_ZIP3, ACTION_AGE90 };
    static const struct {
        enum label label;
        view text;
    } rows[] = {
        { LABEL_DATE, VIEW("3/5/2021 Smith") },  { LABEL_AGE, VIEW("93 John Smith") },
        { LABEL_PHONE, VIEW("555-0123 Smith") }, { LABEL_ORGANIZATION, VIEW("Clinic Smith") },
        { LABEL_IP, VIEW("10.0.0.1 Smith") },
    };
    for (size_t i = 0; i < COUNT_OF(rows) * COUNT_OF(actions); i++) {
        enum label l = rows[i / COUNT_OF(actions)].label;
        view text = rows[i / COUNT_OF(actions)].text;
        struct redacted r;
        struct edits e;
        uint64_t done[LABEL_COUNT] = { 0 }, masked[LABEL_COUNT] = { 0 };
        redacted_init(&r, key, actions[i % COUNT_OF(actions)]);
        assert_ok(findings_add(
            &r.found,
            (struct finding){ .end = (uint32_t)text.n, .label = (uint8_t)l, .is_mixed = true }));
        assert_ok(redact_text(&r.params, &r.domains, text, &r.found, &r.arena, &e, done, masked));
        assert_int_equal(e.n, 1);
        assert_int_equal(e.v[0].start, 0);
        assert_int_equal(e.v[0].end, text.n);
        assert_int_equal(e.v[0].with.p[0], '[');
        redacted_clear(&r);
    }
}

static void tags_are_well_formed_and_link(void **state)
{
    (void)state;
    struct redacted r;
    char a[256], b[256];
    redacted_init(&r, key, ACTION_TAG);
    for (int letters = REDACT_TAG_MIN; letters <= REDACT_TAG_MAX; letters++) {
        r.params.tag_letters = letters;
        for (int l = 0; l < LABEL_COUNT; l++) {
            const char *out = redacted(&r, (enum label)l, 0, "Value7");
            size_t name = strlen(label_name((enum label)l));
            if (l == LABEL_NAME) continue; /* two words to it: a name and a number */
            assert_int_equal(strlen(out), name + 3 + (size_t)letters);
            assert_int_equal(strspn(out + name + 2, "0123456789BCDFGHJKMNPQRSTVWXYZ"), letters);
        }
    }
    r.params.tag_letters = REDACT_TAG_MIN;
    COPY(a, redacted(&r, LABEL_NAME, 0, "Smith"));
    COPY(b, redacted(&r, LABEL_NAME, PART_GIVEN, "John"));
    char want[600];
    snprintf(want, sizeof want, "%s, %s", a, b);
    assert_string_equal(redacted(&r, LABEL_NAME, 0, "SMITH, JOHN"), want);
    snprintf(want, sizeof want, "Mr. %s's", a);
    assert_string_equal(redacted(&r, LABEL_NAME, 0, "Mr. Smith's"), want);
    COPY(a, redacted(&r, LABEL_PHONE, 0, "617-555-1234"));
    assert_string_equal(redacted(&r, LABEL_PHONE, 0, "(617) 555 1234"), a);
    COPY(a, redacted(&r, LABEL_NAME, 0, "Berg"));
    assert_string_equal(redacted(&r, LABEL_NAME, 0, "van der Berg"), a);
    redacted_clear(&r);
}

static void keys_and_domains_part_what_they_make(void **state)
{
    (void)state;
    struct redacted r;
    struct key *second = frozen_key(2);
    char first[64];
    redacted_init(&r, key, ACTION_TAG);
    COPY(first, redacted(&r, LABEL_MRN, 0, "12345678"));
    r.domains.project = VIEW("another");
    assert_string_not_equal(redacted(&r, LABEL_MRN, 0, "12345678"), first);
    r.domains.project = VIEW("project");
    r.domains.patient = VIEW("another"); /* of dates alone */
    assert_string_equal(redacted(&r, LABEL_MRN, 0, "12345678"), first);
    r.params.key = second;
    assert_string_not_equal(redacted(&r, LABEL_MRN, 0, "12345678"), first);
    redacted_clear(&r);
    key_free(second);
}

/* Over many patients every offset is within bounds, none is zero, and both directions occur. */
static void dates_move_by_a_secret_of_the_patient(void **state)
{
    (void)state;
    struct redacted r;
    int back = 0, forth = 0;
    redacted_init(&r, key, ACTION_SHIFT);
    r.params.shift_max_days = 20;
    for (int i = 0; i < 500; i++) {
        char patient[16], first[32];
        r.params.shift_whole_weeks = i % 2;
        snprintf(patient, sizeof patient, "p%d", i);
        r.domains.patient = view_of_str(patient);
        COPY(first, redacted(&r, LABEL_DATE, 0, "2021-06-30"));
        assert_string_not_equal(first, "2021-06-30");
        assert_string_equal(redacted(&r, LABEL_DATE, 0, "2021-06-30"), first);
        int day = (first[8] - '0') * 10 + first[9] - '0', days = first[6] == '7' ? day : day - 30;
        assert_true(days >= -20 && days <= 20 && days != 0);
        if (i % 2) assert_int_equal(days % 7, 0);
        back += days < 0;
        forth += days > 0;
    }
    assert_true(back > 150 && forth > 150);
    redacted_clear(&r);
}

static const char note[] =
    "SMITH, JOHN Q., MD; call (617) 867-5309, MRN HP-987654 at 12 Elm St, Salem, MA "
    "02115; seen 03/05/2021 at Elm Clinic; jsmith@x.org 10.1.2.3 123-45-6789 94 "
    "www.x.org Xqzta Vwxyz";
static const struct {
    const char *value;
    enum label l;
} note_values[] = {
    { "SMITH, JOHN Q., MD", LABEL_NAME }, { "(617) 867-5309", LABEL_PHONE },
    { "HP-987654", LABEL_MRN },           { "12 Elm St, Salem, MA 02115", LABEL_LOCATION },
    { "03/05/2021", LABEL_DATE },         { "Elm Clinic", LABEL_ORGANIZATION },
    { "jsmith@x.org", LABEL_EMAIL },      { "10.1.2.3", LABEL_IP },
    { "123-45-6789", LABEL_SSN },         { "94", LABEL_AGE },
    { "www.x.org", LABEL_URL },           { "Xqzta Vwxyz", LABEL_NAME },
};

struct work {
    enum action action;
    const struct keyed_domain *prepared;
    char out[1024];
    size_t n;
};

static err run_note(void *ctx)
{
    struct work *w = ctx;
    struct redact_params p = redact_default_params();
    struct redact_domains dom = { VIEW("project"), VIEW("patient") };
    struct arena a;
    struct findings f;
    struct edits e = { 0 };
    uint64_t done[LABEL_COUNT] = { 0 }, masked[LABEL_COUNT] = { 0 };
    err r = OK;
    for (int l = 0; l < LABEL_COUNT; l++)
        p.action[l] = w->action;
    p.key = key;
    p.prepared = w->prepared;
    arena_init(&a, 1 << 20);
    findings_init(&f, 64);
    for (size_t i = 0; i < COUNT_OF(note_values) && !r; i++) {
        const char *at = strstr(note, note_values[i].value);
        uint32_t start = (uint32_t)(at - note);
        r = findings_add(&f,
                         (struct finding){ .start = start,
                                           .end = start + (uint32_t)strlen(note_values[i].value),
                                           .label = (uint8_t)note_values[i].l });
    }
    if (!r) r = redact_text(&p, &dom, view_of_str(note), &f, &a, &e, done, masked);
    if (r && (e.n || done[LABEL_NAME])) fail_msg("a failed call left edits or counts");
    w->n = 0;
    uint32_t at = 0;
    for (uint32_t i = 0; i < e.n; i++) {
        memcpy(w->out + w->n, note + at, e.v[i].start - at);
        w->n += e.v[i].start - at;
        memcpy(w->out + w->n, e.v[i].with.p, e.v[i].with.n);
        w->n += e.v[i].with.n;
        at = e.v[i].end;
    }
    findings_clear(&f);
    arena_clear(&a);
    return r;
}

static void *run_often(void *ctx)
{
    struct work *w = ctx, first = *w;
    if (run_note(&first)) return NULL;
    for (int i = 0; i < 200; i++)
        if (run_note(w) || w->n != first.n || memcmp(w->out, first.out, w->n) != 0) return NULL;
    return w;
}

static void the_same_in_every_thread(void **state)
{
    (void)state;
    struct keyed_domain *prepared;
    assert_ok(keyed_domain_new(&prepared, key, VIEW("project")));
    for (enum action action = ACTION_TAG; action <= ACTION_SURROGATE; action++) {
        struct work w[4];
        pthread_t t[4];
        for (int i = 0; i < 4; i++) { /* half of them derive for themselves */
            w[i] = (struct work){ .action = action, .prepared = i % 2 ? prepared : NULL };
            assert_int_equal(pthread_create(&t[i], NULL, run_often, &w[i]), 0);
        }
        for (int i = 0; i < 4; i++) {
            void *ok;
            assert_int_equal(pthread_join(t[i], &ok), 0);
            assert_non_null(ok);
            assert_int_equal(w[i].n, w[0].n);
            assert_memory_equal(w[i].out, w[0].out, w[0].n);
        }
    }
    keyed_domain_free(prepared);
}

static void memory_may_fail_anywhere(void **state)
{
    (void)state;
    for (enum action action = ACTION_MASK; action <= ACTION_SHIFT; action++) {
        struct work w = { .action = action };
        faults_in_turn(run_note, &w);
    }
}

static void a_project_of_any_length_is_keyed(void **state)
{
    (void)state;
    char project[400];
    struct keyed_domain *d;
    memset(project, 'p', sizeof project);
    assert_err(keyed_domain_new(&d, key, view_of(project, sizeof project)), ERR_LIMIT);
    assert_null(d);
    struct redacted r;
    char first[64];
    redacted_init(&r, key, ACTION_TAG);
    r.domains.project = view_of(project, sizeof project);
    COPY(first, redacted(&r, LABEL_MRN, 0, "1234567"));
    project[399] = 'q';
    assert_string_not_equal(redacted(&r, LABEL_MRN, 0, "1234567"), first);
    redacted_clear(&r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(actions_do_what_they_say),
        cmocka_unit_test(clinicians_may_stay),
        cmocka_unit_test(what_reaches_over_another_kind_goes_as_a_whole),
        cmocka_unit_test(tags_are_well_formed_and_link),
        cmocka_unit_test(keys_and_domains_part_what_they_make),
        cmocka_unit_test(dates_move_by_a_secret_of_the_patient),
        cmocka_unit_test(the_same_in_every_thread),
        cmocka_unit_test(memory_may_fail_anywhere),
        cmocka_unit_test(a_project_of_any_length_is_keyed),
    };
    return cmocka_run_group_tests_name("redact/redact", tests, open_key, close_key);
}
