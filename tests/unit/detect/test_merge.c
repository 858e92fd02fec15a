/* The merge of DESIGN.md, read from merge_cases.txt; every case is run in each order of its inputs. */
#include "detect/merge.h"
#include "unit.h"

static const char *cases_path;

struct merge_case {
    struct finding in[8], out[8];
    unsigned n_in, n_out;
};

static uint8_t source_from(const char *s)
{
    static const char *const names[] = {
        "tagger", "lexicon", "rule", "checksum", "known", "reader"
    };
    for (uint8_t i = 0; i < COUNT_OF(names); i++)
        if (strcmp(s, names[i]) == 0) return i;
    fail_msg("unknown source %s", s);
    return 0;
}

static struct finding read_finding(const char *label, unsigned start, unsigned end, float score)
{
    enum label l;
    assert_true(label_from_name(view_of_str(label), &l));
    return (struct finding){ .start = start, .end = end, .label = (uint8_t)l, .score = score };
}

static void check(const struct merge_case *c, const unsigned *order, const char *title)
{
    struct findings f;
    findings_init(&f, 16);
    for (unsigned i = 0; i < c->n_in; i++)
        assert_int_equal(findings_add(&f, c->in[order[i]]), OK);
    merge_findings(&f);
    if (f.n != c->n_out) fail_msg("%s: %u findings, not %u", title, f.n, c->n_out);
    for (unsigned i = 0; i < f.n; i++) {
        if (f.v[i].start != c->out[i].start || f.v[i].end != c->out[i].end ||
            f.v[i].is_mixed != c->out[i].is_mixed || f.v[i].label != c->out[i].label ||
            f.v[i].score != c->out[i].score)
            fail_msg("%s: finding %u is %s %u-%u %.2f", title, i, label_name(f.v[i].label),
                     f.v[i].start, f.v[i].end, (double)f.v[i].score);
    }
    findings_clear(&f);
}

static void check_all_orders(const struct merge_case *c, unsigned *order, unsigned k,
                             const char *title)
{
    if (k == c->n_in) {
        check(c, order, title);
        return;
    }
    for (unsigned i = k; i < c->n_in; i++) {
        unsigned t = order[k];
        order[k] = order[i], order[i] = t;
        check_all_orders(c, order, k + 1, title);
        t = order[k];
        order[k] = order[i], order[i] = t;
    }
}

static void run_case(const struct merge_case *c, const char *title)
{
    unsigned order[8] = { 0, 1, 2, 3, 4, 5, 6, 7 };
    if (c->n_in) check_all_orders(c, order, 0, title);
}

static void test_cases(void **state)
{
    (void)state;
    FILE *file = fopen(cases_path, "r");
    assert_non_null(file);
    char line[256], title[256] = "", label[32], source[32];
    struct merge_case c = { .n_in = 0 };
    unsigned start, end, n = 0;
    float score;
    while (fgets(line, sizeof line, file)) {
        if (strncmp(line, "case ", 5) == 0) {
            run_case(&c, title);
            snprintf(title, sizeof title, "%s", line + 5);
            c = (struct merge_case){ .n_in = 0 };
            n++;
        } else if (sscanf(line, "in %31s %31s %u-%u %f", label, source, &start, &end, &score) ==
                   5) {
            c.in[c.n_in] = read_finding(label, start, end, score);
            c.in[c.n_in++].source = source_from(source);
        } else if (sscanf(line, "out %31s %u-%u %f", label, &start, &end, &score) == 4) {
            c.out[c.n_out] = read_finding(label, start, end, score);
            c.out[c.n_out++].is_mixed = strstr(line, " mixed") != NULL;
        }
    }
    run_case(&c, title);
    fclose(file);
    assert_true(n >= 10);
}

/* Known of two people alike, or of a clinician and a town: what may be kept for the one goes for the other. */
static void a_clinicians_name_is_kept_for_nobody_else(void **state)
{
    (void)state;
    for (unsigned turn = 0; turn < 4; turn++) {
        bool is_town = turn & 1;
        struct finding clinician = read_finding("NAME", 0, 5, 1.0F),
                       other = read_finding(is_town ? "LOCATION" : "NAME", 0, 5, 0.95F);
        struct findings f;
        clinician.source = other.source = SOURCE_KNOWN;
        clinician.role = WHO_CLINICIAN;
        other.role = WHO_PATIENT;
        findings_init(&f, 4);
        assert_ok(findings_add(&f, turn & 2 ? clinician : other));
        assert_ok(findings_add(&f, turn & 2 ? other : clinician));
        merge_findings(&f);
        assert_int_equal(f.n, 1);
        assert_int_equal(f.v[0].label, LABEL_NAME);
        assert_true(is_town ? f.v[0].is_mixed : f.v[0].role == WHO_PATIENT);
        findings_clear(&f);
    }
}

int main(int argc, char **argv)
{
    if (argc != 2) return 2;
    cases_path = argv[1];
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_cases), cmocka_unit_test(a_clinicians_name_is_kept_for_nobody_else)
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
