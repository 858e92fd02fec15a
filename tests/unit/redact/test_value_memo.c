/* With a memory of values or without, in any order: the same replacements. */
#include "redacted.h"

#include "base/mem.h"
#include "redact/value_memo.h"

static struct key *key;
static struct keyed_domain *prepared;

static int open_keys(void **state)
{
    (void)state;
    key = frozen_key(7);
    assert_ok(keyed_domain_new(&prepared, key, VIEW("project")));
    return 0;
}

static int close_keys(void **state)
{
    (void)state;
    keyed_domain_free(prepared);
    key_free(key);
    return 0;
}

static const struct {
    enum label l;
    int part;
    const char *value;
} values[] = {
    { LABEL_NAME, PART_WHOLE, "Smith, John Q." },
    { LABEL_NAME, PART_FAMILY, "Jordan" },
    { LABEL_NAME, PART_GIVEN, "Jordan" },
    { LABEL_NAME, PART_WHOLE, "de la Cruz, María Elena Sofía Inés" },
    { LABEL_NAME, PART_WHOLE, "()" },
    { LABEL_LOCATION, PART_TOWN, "Tulsa" },
    { LABEL_ORGANIZATION, PART_WHOLE, "Jordan" },
    { LABEL_LOCATION, PART_ZIP, "02139" },
    { LABEL_DATE, PART_WHOLE, "3/5/2021" },
    { LABEL_DATE, PART_BIRTH, "3/5/1921" },
    { LABEL_DATE, PART_WHOLE, "3/5/1921" },
    { LABEL_DATE, PART_WHOLE, "Tuesday" },
    { LABEL_AGE, PART_WHOLE, "93" },
    { LABEL_AGE, PART_WHOLE, "90+" },
    { LABEL_MRN, PART_WHOLE, "00482913" },
    { LABEL_PHONE, PART_WHOLE, "(617) 555-0123" },
    { LABEL_EMAIL, PART_WHOLE, "jane.doe@hospital.example" },
    { LABEL_ORGANIZATION, PART_WHOLE,
      "The Very Long Name Of A Hospital That No Slot Of The Memory Has Room For" },
};

static void check_action(struct value_memo *m, enum action action, bool shared)
{
    struct redacted with, without;
    redacted_init(&with, key, action);
    redacted_init(&without, key, action);
    if (shared) with.params.prepared = prepared;
    with.domains.memo = m;
    for (int round = 0; round < 3; round++)
        for (size_t i = 0; i < COUNT_OF(values); i++) {
            view patient = i + (size_t)round % 2 ? VIEW("one") : VIEW("other");
            with.domains.patient = without.domains.patient = patient;
            char want[sizeof with.text];
            COPY(want, redacted(&without, values[i].l, values[i].part, values[i].value));
            const char *got = redacted(&with, values[i].l, values[i].part, values[i].value);
            if (strcmp(got, want) != 0)
                fail_msg("%s became %s, not %s", values[i].value, got, want);
            assert_int_equal(with.done, without.done);
            assert_int_equal(with.masked, without.masked);
        }
    redacted_clear(&with);
    redacted_clear(&without);
}

static void it_never_shows(void **state)
{
    (void)state;
    struct value_memo *m;
    assert_ok(value_memo_new(&m));
    for (int action = ACTION_KEEP; action <= ACTION_AGE90; action++) {
        check_action(m, (enum action)action, false);
        check_action(m, (enum action)action, true);
    }
    value_memo_free(m);
}

/* What one engine kept, another one does not get. */
static void another_engine_begins_anew(void **state)
{
    (void)state;
    struct value_memo *m;
    struct redacted r;
    assert_ok(value_memo_new(&m));
    redacted_init(&r, key, ACTION_YEAR);
    r.domains.memo = m;
    value_memo_serve(m, 1);
    r.params.oldest_birth_year = 1900;
    assert_string_equal(redacted(&r, LABEL_DATE, PART_BIRTH, "3/5/1921"), "1921");
    r.params.oldest_birth_year = 1936;
    value_memo_serve(m, 1);
    assert_string_equal(redacted(&r, LABEL_DATE, PART_BIRTH, "3/5/1921"), "1921");
    value_memo_serve(m, 2);
    assert_string_equal(redacted(&r, LABEL_DATE, PART_BIRTH, "3/5/1921"), "[DATE]");
    redacted_clear(&r);
    value_memo_free(m);
}

static void no_memory_is_an_error(void **state)
{
    (void)state;
    struct value_memo *m = NULL;
    mem_fail_at(0, true);
    assert_int_equal(value_memo_new(&m), ERR_MEMORY);
    mem_fail_at(-1, false);
    assert_null(m);
    value_memo_free(NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(it_never_shows),
        cmocka_unit_test(another_engine_begins_anew),
        cmocka_unit_test(no_memory_is_an_error),
    };
    return cmocka_run_group_tests(tests, open_keys, close_keys);
}
