/* What the originals name, searched in the outputs: in any writing, and nothing that is everyone's word. */
#include "unit.h"

#include "field_format.h"

#include <unistd.h>

#include "deid/leak_check.h"

static char original[] = "/tmp/test_leak_a_XXXXXX", output[] = "/tmp/test_leak_b_XXXXXX";

static void write_file(const char *path, const char *text)
{
    FILE *f = fopen(path, "w");
    assert_non_null(f);
    assert_true(fputs(text, f) >= 0);
    assert_int_equal(fclose(f), 0);
}

static struct batch_params params_of(const char *const *input, const struct format *f)
{
    struct batch_params p = batch_default_params();
    p.inputs = input;
    p.n_inputs = 1;
    p.format = f;
    p.jobs = 1;
    return p;
}

static uint64_t leaks_of(const char *fields, const char *text, struct leak_params with,
                         struct leak *first)
{
    struct leak_check *c;
    struct batch_result r;
    const char *const before[] = { original }, *const after[] = { output };
    struct batch_params originals = params_of(before, &field_format);
    struct batch_params outputs = params_of(after, format_by_name(VIEW("text")));
    write_file(original, fields);
    write_file(output, text);
    assert_ok(leak_check_new(&c, &with));
    assert_ok(leak_check_gather(c, &originals, &r, NULL));
    assert_int_equal(r.counts.records, 1);
    assert_ok(leak_check_search(c, &outputs, &r, NULL));
    assert_int_equal(r.counts.records, 1);
    uint64_t n = c->n_leaks;
    if (first && n) *first = c->leaks[0];
    leak_check_free(c);
    return n;
}

static const char fields[] = "2 0 1 1 -|Quelby-Dorbrecht, Robert Will\n"
                             "19 0 1 1 -|ZQ-4451-7\n"
                             "11 4 1 1 -|19850305\n"
                             "5 0 1 1 -|12 Xanthe Street\n"
                             "6 0 1 1 -|Springfield\n"
                             "13 0 1 1 -|(617) 555-0123\n"
                             "26 0 0 0 -|E00771234\n"
                             "26 0 0 0 -|2021\n"
                             "26 0 0 0 -|abc\n"
                             "2 0 5 2 -|Tanaka-Lindqvist\n"
                             "10 4 1 1 -|20210312\n"
                             "9 0 0 0 -|General Hospital\n"
                             "26 0 0 0 -|999.1\n"
                             "26 0 0 0 -|Placer 1\n"
                             "26 0 0 0 -|1.2.840.77\n"
                             "26 0 0 0 -|88-7766\n"
                             "26 0 0 0 -|71234\n";

static void what_is_left_is_found(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        unsigned leaks;
    } cases[] = {
        { "nothing here in 2021, abc, at the general hospital, he will rest on 03/12/2021", 0 },
        { "seen: QUELBY", 1 },
        { "seen: dorbrecht, robert", 2 },
        { "robert will quelby dorbrecht", 3 },
        { "zq44517", 1 },
        { "ZQ 4451 7 and zq.4451.7", 2 },
        { "born 3/5/1985 or 1985-03-05 or 05.03.1985", 3 },
        { "born 1985", 0 },
        { "12 xanthe street", 1 },
        { "12 Oak Street", 0 },
        { "SPRING FIELD, springfield", 2 },
        { "6175550123, 617.555.0123", 2 },
        { "MRN00771234X", 1 },
        { "771234", 0 },
        { "lindqvist tanaka", 1 },
        { "in 1999 and 1.999", 0 },                  /* groups of a number are not swapped */
        { "placer 1", 0 },                           /* a word, not a number */
        { "under 1.2.840.77.5 or 3.1.2.840.77", 0 }, /* another object's OID */
        { "under 1.2.840.77.", 1 },
        { "on 411-88-7766, and 88-7766-2", 0 }, /* the groups of a longer number */
        { "is 88-7766, or 887766", 2 },
        { "Model-71234 and 71234-B", 0 },
        { "no. 71234", 1 },
        { "Quelby\xC3\xA9 and Qu\xC3\xA9lby", 1 },
    };
    const struct leak_params usual = { .profile = PROFILE_SAFE_HARBOR };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        uint64_t n = leaks_of(fields, cases[i].text, usual, NULL);
        if (n != cases[i].leaks)
            fail_msg("\"%s\": %u places, should be %u", cases[i].text, (unsigned)n, cases[i].leaks);
    }
}

static void places_are_told(void **state)
{
    (void)state;
    struct leak x;
    const struct leak_params usual = { .profile = PROFILE_SAFE_HARBOR };
    assert_int_equal(leaks_of(fields, "nobody but\nR. Quelby, dear", usual, &x), 1);
    assert_int_equal(x.input, 1);
    assert_int_equal(x.record, 1);
    assert_int_equal(x.offset, 14);
    assert_int_equal(x.length, 6);
    assert_int_equal(x.label, LABEL_NAME);
}

/* A value that is a person's name and an organisation's is the person's, whichever was read first. */
static void a_value_named_twice_is_judged_alike(void **state)
{
    (void)state;
    static const char *const orders[] = {
        "2 0 1 1 -|Quelby, Robert\n9 0 0 0 -|Quelby\n",
        "9 0 0 0 -|Quelby\n2 0 1 1 -|Quelby, Robert\n",
    };
    const struct leak_params usual = { .profile = PROFILE_SAFE_HARBOR };
    for (size_t i = 0; i < COUNT_OF(orders); i++) {
        struct leak x = { 0 };
        assert_int_equal(leaks_of(orders[i], "to Quelby", usual, &x), 1);
        assert_int_equal(x.label, LABEL_NAME);
        assert_false(x.may_be_code);
    }
}

static void what_the_profile_keeps_is_no_leak(void **state)
{
    (void)state;
    static const char text[] = "Springfield, 3/5/1985, Quelby, Lindqvist";
    struct leak_params p = { .profile = PROFILE_SAFE_HARBOR };
    assert_int_equal(leaks_of(fields, text, p, NULL), 4);
    p.keep_clinicians = true;
    assert_int_equal(leaks_of(fields, text, p, NULL), 3);
    p.profile = PROFILE_LIMITED;
    assert_int_equal(leaks_of(fields, text, p, NULL), 1);
}

static int set_up(void **state)
{
    (void)state;
    int a = mkstemp(original), b = mkstemp(output);
    if (a >= 0) close(a);
    if (b >= 0) close(b);
    return a < 0 || b < 0 ? -1 : 0;
}

static int tear_down(void **state)
{
    (void)state;
    return unlink(original) | unlink(output);
}

/* ---- left, or put there ---- */

struct judged {
    uint64_t leaks, put, formless;
};

static struct judged judge_inputs(const char *const *in, const char *const *out, size_t n,
                                  const struct format *f)
{
    struct leak_check *c;
    struct batch_result r;
    const struct leak_params usual = { .profile = PROFILE_SAFE_HARBOR };
    struct batch_params originals = params_of(in, f), outputs = params_of(out, f);
    originals.n_inputs = outputs.n_inputs = n;
    assert_ok(leak_check_new(&c, &usual));
    assert_ok(leak_check_gather(c, &originals, &r, NULL));
    assert_ok(leak_check_search(c, &outputs, &r, NULL));
    assert_ok(leak_check_judge(c, &originals, &outputs, NULL));
    const struct judged j = { c->n_leaks, c->n_put, c->n_formless };
    assert_int_equal(c->n_kept, j.leaks);
    leak_check_free(c);
    return j;
}

static struct judged judge(const char *before, const char *after, const struct format *f)
{
    const char *const in[] = { original }, *const out[] = { output };
    write_file(original, before);
    write_file(output, after);
    return judge_inputs(in, out, 1, f);
}

#define MESSAGE(name, seen_by)                                                                     \
    "MSH|^~\\&|a|b|c|d|20210101||ADT^A01|1|P|2.5\rPID|1||77||" name "\rZPV|" seen_by "|x\r"

static void surrogates_are_told_from_what_was_left(void **state)
{
    (void)state;
    static const char message[] = MESSAGE("Zorblax^Quelby", "Ambry^Quelby");
    static const char two[] = "last_name,city,note\nQuelby,Dorbrecht,well\nZorblax,Xanthe,ill\n";
    static const char bundle[] =
        "{\"resourceType\":\"Patient\",\"id\":\"p1\",\"name\":[{\"family\":\"Quelby\"}],"
        "\"address\":[{\"city\":\"Zorblax\"}],\"maritalStatus\":{\"text\":\"%s\"}}";
    static const struct {
        const char *format, *before, *after;
        struct judged want;
    } cases[] = {
        { "csv", two, "last_name,city,note\nVerwick,Quelby,well\nHolm,Ambry,ill\n", { 0, 1, 0 } },
        /* one patient's name is the other's surrogate: the row of the same number is the original */
        { "csv", two, "last_name,city,note\nZorblax,Xanthe,well\nQuelby,Ambry,ill\n", { 0, 3, 0 } },
        { "csv", two, "last_name,city,note\nQuelby,Ambry,well\nHolm,Xanthe,ill\n", { 2, 0, 0 } },
        { "csv",
          two,
          "last_name,city,note\n\"Quelby, J\",Ambry,well\nHolm,Ambry,ill\n",
          { 1, 0, 0 } },
        /* a row is lost: any row may be the original */
        { "csv", two, "last_name,city,note\nQuelby,Ambry,ill\n", { 1, 0, 0 } },
        { "csv", two, "last_name,city,note\nVerwick,Quelby,ill\n", { 0, 1, 0 } },
        /* another form: nothing can be said of it */
        { "csv", two, "last_name,city,note,more\nVerwick,Quelby,ill,x\n", { 1, 0, 1 } },
        { "fhir",
          bundle,
          "{\"resourceType\":\"Patient\",\"id\":\"p1\",\"name\":[{\"family\":\"Zorblax\"}],"
          "\"address\":[{\"city\":\"Quelby\"}],\"maritalStatus\":{\"text\":\"%s\"}}",
          { 0, 2, 0 } },
        { "fhir",
          bundle,
          "{\"resourceType\":\"Patient\",\"id\":\"p1\",\"name\":[{\"family\":\"Zorblax\"}],"
          "\"address\":[{\"city\":\"ZORBLAX\"}],\"maritalStatus\":{\"text\":\"%s\"}}",
          { 1, 1, 0 } },
        /* a name over several components of a field: what stood in the last of them is in the first */
        { "hl7", message, MESSAGE("Xanthe^Dorn", "Zorblax Holm^"), { 0, 1, 0 } },
        { "hl7", message, MESSAGE("Xanthe^Dorn", "Verwick^Quelby"), { 1, 0, 0 } },
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct judged j =
            judge(cases[i].before, cases[i].after, format_by_name(view_of_str(cases[i].format)));
        if (memcmp(&j, &cases[i].want, sizeof j) != 0)
            fail_msg("case %zu: %u left, %u put, %u without an original", i, (unsigned)j.leaks,
                     (unsigned)j.put, (unsigned)j.formless);
    }
}

/* The text of the original has the value, too: the words around it tell whether it is the same one. */
static void a_surrogate_that_the_same_text_names_is_told(void **state)
{
    (void)state;
    static const char before[] = "last_name,note\nQuelby,told Quelby by Dr. Zorblax and Dr. Ambry\n"
                                 "Zorblax,Zorblax Zorblax Ambry\nAmbry,x\n";
    static const struct {
        const char *notes[2];
        struct judged want;
    } cases[] = {
        { { "told Zorblax by Dr. Ambry and Dr. Holm", "Verwick Verwick Holm" }, { 0, 2, 0 } },
        { { "told Zorblax by Dr. Zorblax and Dr. Holm", "Holm Holm Verwick" }, { 1, 1, 0 } },
        { { "told Ambry by Dr. Quelby and Dr. Ambry", "Holm Holm Verwick" }, { 1, 2, 0 } },
        /* nothing else tells: it may have moved, so it counts */
        { { "told Holm by Dr. Holm and Dr. Holm", "Ambry Holm Holm" }, { 1, 0, 0 } },
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        char after[256];
        (void)snprintf(after, sizeof after, "last_name,note\nHolm,%s\nVerwick,%s\nHolm,x\n",
                       cases[i].notes[0], cases[i].notes[1]);
        struct judged j = judge(before, after, format_by_name(VIEW("csv")));
        if (memcmp(&j, &cases[i].want, sizeof j) != 0)
            fail_msg("case %zu: %u left, %u put, %u without an original", i, (unsigned)j.leaks,
                     (unsigned)j.put, (unsigned)j.formless);
    }
}

/* Of several tables, the one that is as long is the original, as long as none has lost a row. */
static void rows_of_several_tables_are_paired(void **state)
{
    (void)state;
    static char other[] = "/tmp/test_leak_c_XXXXXX", other_out[] = "/tmp/test_leak_d_XXXXXX";
    const char *const in[] = { original, other }, *const out[] = { other_out, output };
    assert_int_equal(close(mkstemp(other)) | close(mkstemp(other_out)), 0);
    write_file(original, "last_name,note\nQuelby,well\nZorblax,ill\n");
    write_file(other, "last_name,note\nAmbry,ill\n");
    write_file(output, "last_name,note\nZorblax,well\nQuelby,ill\n");
    write_file(other_out, "last_name,note\nQuelby,ill\n");
    struct judged j = judge_inputs(in, out, 2, format_by_name(VIEW("csv")));
    assert_int_equal(j.leaks, 0);
    assert_int_equal(j.put, 3);
    write_file(output, "last_name,note\nZorblax,ill\n"); /* a row is lost: which one? */
    j = judge_inputs(in, out, 2, format_by_name(VIEW("csv")));
    assert_int_equal(j.leaks, 2);
    write_file(output, "last_name,note\nZorblax,well\nZorblax,ill\n"); /* one was left */
    j = judge_inputs(in, out, 2, format_by_name(VIEW("csv")));
    assert_int_equal(j.leaks, 1);
    assert_int_equal(unlink(other) | unlink(other_out), 0);
}

/* A value that a longer one hid in the original is left all the same. */
static void what_a_longer_value_hid_is_left(void **state)
{
    (void)state;
    static const char before[] =
        "mrn,last_name,first_name,note\n1,Quelby,Zorblax,Zorblax Quelby is "
        "well\n2,Zorblax Quelby,,x\n";
    static const char after[] =
        "mrn,last_name,first_name,note\n0,Holm,Ada,Zorblax Holm is well\n0,Ambry,,x\n";
    struct judged j = judge(before, after, format_by_name(VIEW("csv")));
    assert_int_equal(j.leaks, 1);
    assert_int_equal(j.put, 0);
}

static void what_stood_in_base64_is_judged(void **state)
{
    (void)state;
    /* "told Quelby" and "told Zorblax" */
    static const char of[] =
        "{\"resourceType\":\"Bundle\",\"entry\":[{\"resource\":{\"resourceType\":\"Patient\","
        "\"id\":\"p1\",\"name\":[{\"family\":\"%s\"}]}},{\"resource\":{\"resourceType\":"
        "\"Binary\",\"id\":\"b1\",\"contentType\":\"text/plain\",\"data\":\"%s\"}}]}";
    char before[512], after[512];
    (void)snprintf(before, sizeof before, of, "Quelby", "dG9sZCBRdWVsYnk=");
    (void)snprintf(after, sizeof after, of, "Holm", "dG9sZCBRdWVsYnk=");
    struct judged j = judge(before, after, format_by_name(VIEW("fhir")));
    assert_int_equal(j.leaks, 1);
    (void)snprintf(before, sizeof before, of, "Quelby", "dG9sZCBab3JibGF4");
    j = judge(before, after, format_by_name(VIEW("fhir")));
    assert_int_equal(j.leaks, 0);
    assert_int_equal(j.put, 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_left_is_found),
        cmocka_unit_test(places_are_told),
        cmocka_unit_test(a_value_named_twice_is_judged_alike),
        cmocka_unit_test(what_the_profile_keeps_is_no_leak),
        cmocka_unit_test(surrogates_are_told_from_what_was_left),
        cmocka_unit_test(a_surrogate_that_the_same_text_names_is_told),
        cmocka_unit_test(rows_of_several_tables_are_paired),
        cmocka_unit_test(what_a_longer_value_hid_is_left),
        cmocka_unit_test(what_stood_in_base64_is_judged),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
