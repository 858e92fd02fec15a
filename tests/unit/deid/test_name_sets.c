/* Sets of names, the shipped ones and those of a file, and names put through sentences. */
#include "unit.h"

#include "deid/name_probe.h"
#include "text/utf8.h"

#include "faults.h"

static view str(const char *s)
{
    return view_of_str(s);
}

static void a_file_is_read_set_by_set(void **state)
{
    (void)state;
    struct name_sets s;
    struct diag d = { 0 };
    const char *file = "# staff\n"
                       "b\tMaria de la Cruz\n"
                       "a\tZdrunkel\tXqvortle\r\n"
                       "\n"
                       "b\tJohn Smith\n"
                       "a\tCher\n";
    assert_ok(name_sets_read(&s, str(file), lexicon_builtin(), &d));
    assert_int_equal(s.n, 4);
    assert_int_equal(s.n_sets, 2);
    assert_view(s.labels[0], "b");
    assert_view(s.v[0].given, "Maria");
    assert_view(s.v[0].family, "de la Cruz");
    assert_view(s.v[1].given, "John");
    assert_view(s.v[1].family, "Smith");
    assert_false(s.v[1].outside);
    assert_view(s.v[2].given, "Zdrunkel");
    assert_view(s.v[2].family, "Xqvortle");
    assert_true(s.v[2].outside);
    assert_view(s.v[3].given, "Cher");
    assert_view(s.v[3].family, "Cher");
    name_sets_clear(&s);
}

static void a_bad_line_is_named(void **state)
{
    (void)state;
    static const struct {
        const char *file;
        err e;
        uint64_t line;
    } table[] = {
        { "a\tJohn Smith\nno tab\n", ERR_FORMAT, 2 },
        { "\tJohn Smith\n", ERR_FORMAT, 1 },
        { "a\tJohn\t\n", ERR_FORMAT, 1 },
        { "a\tJohn\tSmith\tJr\n", ERR_FORMAT, 1 },
        { "# x\n\na\tJo\xFFn Smith\n", ERR_ENCODING, 3 },
    };
    for (size_t i = 0; i < COUNT_OF(table); i++) {
        struct name_sets s;
        struct diag d = { 0 };
        assert_err(name_sets_read(&s, str(table[i].file), lexicon_builtin(), &d), table[i].e);
        assert_int_equal(d.record, table[i].line);
        name_sets_clear(&s);
    }
}

/* What the measurement promises: 16 sets and more, 10,000 different names each, half of them new. */
static void shipped_sets_are_as_promised(void **state)
{
    (void)state;
    struct name_sets s;
    struct diag d = { 0 };
    assert_ok(name_sets_shipped(&s, 10000, 1, lexicon_builtin(), &d));
    assert_true(s.n_sets >= 16);
    assert_int_equal(s.n, s.n_sets * 10000);
    uint32_t outside = 0, n = 0;
    for (uint32_t i = 0; i < s.n; i++) {
        assert_true(s.v[i].given.n && s.v[i].family.n);
        assert_true(utf8_bad_at(s.v[i].given) == s.v[i].given.n);
        assert_true(s.v[i].given.p[0] < 'a' || s.v[i].given.p[0] > 'z');
        outside += s.v[i].outside;
        n++;
        if (i + 1 < s.n && s.v[i + 1].set == s.v[i].set) continue;
        assert_int_equal(n, 10000);
        assert_in_range(outside, 4800, 5200);
        outside = n = 0;
    }
    struct name_sets again;
    assert_ok(name_sets_shipped(&again, 50, 1, lexicon_builtin(), &d));
    assert_int_equal(again.n, s.n_sets * 50);
    struct name_sets third;
    assert_ok(name_sets_shipped(&third, 50, 1, lexicon_builtin(), &d));
    for (uint32_t i = 0; i < again.n; i++)
        assert_true(view_eq(again.v[i].given, third.v[i].given) &&
                    view_eq(again.v[i].family, third.v[i].family));
    name_sets_clear(&third);
    name_sets_clear(&again);
    name_sets_clear(&s);
}

static void templates_are_read_strictly(void **state)
{
    (void)state;
    struct probe_templates t;
    struct diag d = { 0 };
    assert_ok(probe_templates_read(&t, name_sets_templates(), &d));
    assert_true(t.n >= 60);
    probe_templates_clear(&t);
    static const struct {
        const char *text;
        uint64_t line;
    } bad[] = {
        { "See {name}.\nSee {nobody}.\n", 2 }, { "See {name.\n", 1 },  { "# x\nSee nobody.\n", 2 },
        { "See {name} \\t there\n", 1 },       { "See {name} \\", 1 }, { "# only a comment\n", 0 },
    };
    for (size_t i = 0; i < COUNT_OF(bad); i++) {
        d = (struct diag){ 0 };
        assert_err(probe_templates_read(&t, str(bad[i].text), &d), ERR_FORMAT);
        assert_int_equal(d.record, bad[i].line);
        probe_templates_clear(&t);
    }
}

struct probing {
    struct detect *detect;
    struct name_sets sets;
    struct probe_templates templates;
};

static void probing_open(struct probing *p, const char *names, const char *templates)
{
    struct diag d = { 0 };
    assert_ok(detect_new(&p->detect, lexicon_builtin()));
    assert_ok(name_sets_read(&p->sets, str(names), lexicon_builtin(), &d));
    assert_ok(probe_templates_read(&p->templates, str(templates), &d));
}

static void probing_close(struct probing *p)
{
    detect_free(p->detect);
    name_sets_clear(&p->sets);
    probe_templates_clear(&p->templates);
}

/* "Mr. NAME" is found; what reads like a medicine's dose is not; a name half found is not found. */
static void hits_are_names_found_whole(void **state)
{
    (void)state;
    struct probing p;
    struct probe_result r;
    struct probe_params params = { .tries = 9, .jobs = 2 };
    probing_open(&p, "a\tJohn Smith\nb\tMaria Lopez\n",
                 "Mr. {name} denies pain.\nSeen by Dr. {family}. Dr. {family} agreed.\nxx{given}yy "
                 "mg twice\n");
    assert_ok(name_probe_run(p.detect, &p.sets, &p.templates, &params, &r));
    assert_int_equal(p.templates.n, 3);
    for (uint32_t i = 0; i < 2; i++) {
        assert_int_equal(r.items[i].tries, 3);
        assert_int_equal(r.items[i].hits, 2);
        assert_int_equal(r.items[i].group, i);
        assert_int_equal(r.items[i].stratum, 0);
    }
    assert_int_equal(r.template_tries[0], 2);
    assert_int_equal(r.template_hits[0], 2);
    assert_int_equal(r.template_hits[1], 2);
    assert_int_equal(r.template_hits[2], 0);
    probe_result_clear(&r);
    probing_close(&p);
}

/* However many workers: the same counts; each set meets each template equally often. */
static void workers_change_nothing(void **state)
{
    (void)state;
    struct name_sets s;
    struct probe_templates t;
    struct probe_result one, many;
    struct detect *detect;
    struct diag d = { 0 };
    assert_ok(detect_new(&detect, lexicon_builtin()));
    assert_ok(name_sets_shipped(&s, 36, 3, lexicon_builtin(), &d));
    assert_ok(probe_templates_read(&t, name_sets_templates(), &d));
    assert_ok(name_probe_run(detect, &s, &t, &(struct probe_params){ 4, 1 }, &one));
    assert_ok(name_probe_run(detect, &s, &t, &(struct probe_params){ 4, 3 }, &many));
    assert_memory_equal(one.items, many.items, s.n * sizeof *one.items);
    assert_memory_equal(one.template_hits, many.template_hits, t.n * sizeof *one.template_hits);
    for (uint32_t i = 0; i < t.n; i++)
        assert_int_equal(one.template_tries[i], s.n * 4 / t.n);
    probe_result_clear(&one);
    probe_result_clear(&many);
    probe_templates_clear(&t);
    name_sets_clear(&s);
    detect_free(detect);
}

static err all_of_it(void *ctx)
{
    err e = OK;
    struct detect *detect = ctx;
    struct name_sets s;
    struct probe_templates t = { 0 };
    struct probe_result r = { 0 };
    struct diag d = { 0 };
    e = name_sets_read(&s, str("a\tJohn Smith\na\tMaria de la Cruz\nb\tXu Li\n"), lexicon_builtin(),
                       &d);
    if (!e) e = probe_templates_read(&t, str("Mr. {name} came.\n{COMMA}\\n{fi}\n"), &d);
    if (!e) e = name_probe_run(detect, &s, &t, &(struct probe_params){ 2, 1 }, &r);
    if (!e) assert_int_equal(r.items[0].tries, 2);
    probe_result_clear(&r);
    probe_templates_clear(&t);
    name_sets_clear(&s);
    return e;
}

static void memory_may_end_anywhere(void **state)
{
    (void)state;
    struct detect *detect;
    assert_ok(detect_new(&detect, lexicon_builtin()));
    faults_in_turn(all_of_it, detect);
    detect_free(detect);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_file_is_read_set_by_set),
        cmocka_unit_test(a_bad_line_is_named),
        cmocka_unit_test(shipped_sets_are_as_promised),
        cmocka_unit_test(templates_are_read_strictly),
        cmocka_unit_test(hits_are_names_found_whole),
        cmocka_unit_test(workers_change_nothing),
        cmocka_unit_test(memory_may_end_anywhere),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
