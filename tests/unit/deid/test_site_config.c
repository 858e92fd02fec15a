/* A site's file: what it says is taken, and each kind of fault is told with its line and column. */
#include <stdlib.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/file.h"
#include "deid/site_actions.h"
#include "deid/site_config.h"
#include "unit.h"
/* after unit.h */
#include "faults.h"

#define HEAD "version: 1\n"

static void takes_what_it_says(void **state)
{
    (void)state;
    struct site_config *c = NULL;
    struct diag d = { 0 };
    const view yaml =
        VIEW("# a comment\n" HEAD "allow: [Elm Street protocol, 'Will Hope scale']\n"
             "deny:\n  - {text: Ward 7 North, label: LOCATION}\n"
             "patterns:\n"
             "  - name: study\n    label: ID\n    regex: 'ZX-\\d{6}'\n    cue: study\n"
             "    min: 9\n    max: 9\n"
             "  - {name: badge, label: LICENSE, regex: 'B\\d{5}'}\n"
             "dates: {order: dmy, shift: weeks}\n"
             "actions: {ORGANIZATION: mask, DATE: year, LOCATION: zip3, AGE: age90}\n"
             "rosters: []\n"
             "hl7:\n  - {field: ZPD-2.1.3, role: family/relative}\n"
             "  - {field: Z01-12, role: keep}\n  - {field: PID-8, role: keep}\n");
    assert_ok(site_config_read(&c, yaml, NULL, &d));
    assert_int_equal(c->hl7.options.n, 3);
    const struct hl7_field_rule *r = c->hl7.options.rules;
    assert_string_equal(r[0].segment, "ZPD");
    assert_int_equal(r[0].field, 2);
    assert_int_equal(r[0].component, 1);
    assert_int_equal(r[0].subcomponent, 3);
    assert_int_equal(r[0].role, ROLE_FAMILY);
    assert_int_equal(r[0].who, OF_RELATIVE);
    assert_false(r[0].keep);
    assert_int_equal(r[1].field, 12);
    assert_int_equal(r[1].component, HL7_ANY);
    assert_true(r[1].keep);
    assert_int_equal(c->n_allow, 2);
    assert_int_equal(c->n_deny, 1);
    assert_int_equal(c->n_patterns, 2);
    assert_int_equal(c->date_order, DATE_DAY_FIRST);
    assert_true(c->shift_whole_weeks);
    assert_int_equal(c->n_actions, 4);
    assert_int_equal(c->n_rosters, 0);
    assert_true(c->actions[LABEL_DATE].is_set);
    assert_int_equal(c->actions[LABEL_DATE].action, ACTION_YEAR);
    assert_false(c->actions[LABEL_NAME].is_set);
    site_config_free(c);
}

/* ---- faults ---- */

struct fault {
    const char *yaml;
    unsigned line, column; /* 0: not looked at */
    const char *what;      /* begins so */
};

static const struct fault faults[] = {
    { "", 0, 0, "" },
    { "allow: []\n", 1, 1, "site file: version" },
    { "version: 2\n", 1, 10, "site file: another version" },
    { "version: [1]\n", 1, 11, "site file: version" },
    { "- version\n", 1, 3, "site file: a mapping" },
    { HEAD "colour: red\n", 2, 1, "site file: there is no such key" },
    { HEAD "allow: [a1]\nallow: [b2]\n", 3, 1, "site file: the key was given before" },
    { HEAD "allow: [a1\n", 0, 0, "not YAML" },
    { HEAD "allow: [a1]\n---\nversion: 1\n", 4, 1, "more than one YAML" },
    { HEAD "allow: {a: b}\n", 2, 9, "allow: a list" },
    { HEAD "hl7: {a: b}\n", 2, 7, "hl7: a list" },
    { HEAD "hl7:\n  - {field: ZPD, role: mrn}\n", 3, 13, "hl7: a field" },
    { HEAD "hl7:\n  - {field: ZPD-0, role: mrn}\n", 3, 13, "hl7: a field" },
    { HEAD "hl7:\n  - {field: zpd-1, role: mrn}\n", 3, 13, "hl7: a field" },
    { HEAD "hl7:\n  - {field: ZPD-1.2.3.4, role: mrn}\n", 3, 13, "hl7: a field" },
    { HEAD "hl7:\n  - {field: ZPD-1000, role: mrn}\n", 3, 13, "hl7: a field" },
    { HEAD "hl7:\n  - {field: ZPD-1, role: surname}\n", 3, 26, "hl7: a role" },
    { HEAD "hl7:\n  - {field: ZPD-1, role: code}\n", 3, 26, "hl7: a role" },
    { HEAD "hl7:\n  - {field: ZPD-1}\n", 0, 0, "hl7: a role" },
    { HEAD "hl7:\n  - {field: PID-7, role: keep}\n", 3, 26, "hl7: this field identifies" },
    { HEAD "hl7:\n  - {field: NK1-37, role: keep}\n", 3, 27, "hl7: this field identifies" },
    { HEAD "allow:\n", 2, 1, "site file: the key has no" },
    { HEAD "deny:\n  - {text: , label: ID}\n", 3, 6, "deny: the key has no" },
    { HEAD "allow:\n  - one thing\n  -\n", 0, 0, "allow: a phrase" },
    { HEAD "allow:\n  - one thing\n  - ''\n", 4, 5, "allow: a phrase" },
    { HEAD "allow:\n  - one thing\n  - [two]\n", 4, 6, "allow: a phrase" },
    { HEAD "allow:\n  - one thing\n  - One  Thing\n", 4, 5, "allow: the phrase is on" },
    { HEAD "allow: [x]\n", 2, 9, "allow: too short" },
    { HEAD "allow: ['--']\n", 2, 9, "allow: too short" },
    { HEAD "allow: [a b c d e f g h i j k l m n o p q]\n", 2, 9, "allow: more than sixteen" },
    { HEAD "allow: [&x one, *x]\n", 2, 0, "allow: a phrase" },
    { HEAD "allow: [!!str one]\n", 2, 0, "allow: a phrase" },
    { HEAD "deny: [Ward 7]\n", 2, 8, "deny: a mapping" },
    { HEAD "deny:\n  - {text: Ward 7}\n", 0, 0, "deny: a label" },
    { HEAD "deny:\n  - {label: NAME}\n", 0, 0, "deny: a text" },
    { HEAD "deny:\n  - {text: Ward 7, label: PLACE}\n", 3, 27, "deny: a label" },
    { HEAD "deny:\n  - {text: Ward 7, label: NAME, color: red}\n", 3, 33,
      "deny: there is no such" },
    { HEAD "deny:\n  - {text: Ward 7, label: NAME, text: x}\n", 3, 33, "deny: the key was given" },
    { HEAD "deny:\n  - {text: '120', label: ID}\n", 3, 12, "deny: too short" },
    { HEAD "allow: [Ward 7]\ndeny:\n  - {text: ward-7, label: NAME}\n", 4, 12,
      "deny: the phrase is on" },
    { HEAD "patterns: {}\n", 2, 1, "patterns: a list" },
    { HEAD "patterns:\n  - {name: a, label: ID}\n", 0, 0, "patterns: a regex" },
    { HEAD "patterns:\n  - {name: a, label: ID, regex: '(x'}\n", 3, 33,
      "patterns: the regex is not" },
    { HEAD "patterns:\n  - {name: a, label: ID, regex: 'x*'}\n", 3, 33,
      "patterns: the regex can match" },
    { HEAD "patterns:\n  - {name: a, label: ID, regex: 'x\\C'}\n", 3, 33,
      "patterns: the regex is not" },
    { HEAD "patterns:\n  - {name: a, label: IDS, regex: x}\n", 3, 22, "patterns: a label" },
    { HEAD "patterns:\n  - {name: a, label: ID, regex: x, min: 0}\n", 3, 41,
      "patterns: min and max" },
    { HEAD "patterns:\n  - {name: a, label: ID, regex: x, max: 999}\n", 3, 41,
      "patterns: min and max" },
    { HEAD "patterns:\n  - {name: a, label: ID, regex: x, min: 9, max: 8}\n", 3, 49,
      "patterns: min and" },
    { HEAD "patterns:\n  - {name: a, label: ID, regex: x, cue: '!'}\n", 3, 41,
      "patterns: the cue" },
    { HEAD "patterns:\n  - {name: a, label: ID, regex: x}\n  - {name: a, label: ID, regex: y}\n", 4,
      12, "patterns: the name was given" },
    { HEAD "dates: dmy\n", 2, 8, "dates: a mapping" },
    { HEAD "dates: {order: ymd}\n", 2, 16, "dates: the order is mdy or dmy" },
    { HEAD "dates: {shift: months}\n", 2, 16, "dates: the shift is by days or weeks" },
    { HEAD "actions: [DATE]\n", 2, 11, "actions: a mapping" },
    { HEAD "actions: {DAY: keep}\n", 2, 11, "actions: there is no such key" },
    { HEAD "actions: {DATE: drop}\n", 2, 17, "actions: keep, mask" },
    { HEAD "actions: {NAME: shift}\n", 2, 17, "actions: this can't be done" },
    { HEAD "actions: {DATE: surrogate}\n", 2, 17, "actions: this can't be done" },
    { HEAD "rosters:\n  - {file: x, kind: patient}\n", 0, 0, "rosters: the form" },
    { HEAD "rosters:\n  - {file: x, kind: cat, form: id}\n", 3, 0, "rosters: ids have" },
    { HEAD "rosters:\n  - {file: x, kind: cat, form: 'given family'}\n", 3, 21,
      "rosters: the kind" },
    { HEAD "rosters:\n  - {file: no-such, kind: patient, form: 'given family'}\n", 3, 12,
      "rosters: the file could not be read" },
    { HEAD "allow: [\xFF]\n", 2, 9, "not text in UTF-8" },
};

static void tells_the_place_of_each_fault(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT_OF(faults); i++) {
        const struct fault *f = &faults[i];
        struct site_config *c = NULL;
        struct diag d = { 0 };
        err e = site_config_read(&c, view_of_str(f->yaml), "", &d);
        if (e == OK) fail_msg("taken: %s", f->yaml);
        if (e != ERR_CONFIG && e != ERR_NOT_FOUND) fail_msg("%s: %s", err_name(e), f->yaml);
        assert_int_equal(d.code, e);
        if (!view_starts(view_of_str(d.what), view_of_str(f->what)))
            fail_msg("says '%s', not '%s': %s", d.what, f->what, f->yaml);
        if (!d.line || !d.column) fail_msg("no place: %s", f->yaml);
        if ((f->line && d.line != f->line) || (f->column && d.column != f->column))
            fail_msg("line %u, column %u: %s", d.line, d.column, f->yaml);
    }
}

static void prints_line_and_column_alone(void **state)
{
    (void)state;
    struct site_config *c = NULL;
    struct diag d = { 0 };
    struct buf out;
    buf_init(&out, 4096);
    assert_err(site_config_read(&c, VIEW(HEAD "Quixwortham: 1\n"), NULL, &d), ERR_CONFIG);
    assert_ok(diag_print(&d, &out));
    assert_view(buf_view(&out),
                "line 2, column 1: wrong configuration: site file: there is no such key");
    buf_clear(&out);
}

/* ---- rosters ---- */

struct folder {
    char path[64], file[128], site[128];
};

static void write_file(const char *path, const char *text)
{
    struct file_out f = { 0 };
    assert_ok(file_out_open(&f, path, FILE_OUT_REPLACE, NULL));
    assert_ok(file_out_write(&f, view_of_str(text), NULL));
    assert_ok(file_out_commit(&f, NULL));
    file_out_clear(&f);
}

static void folder_make(struct folder *f, const char *form, const char *roster)
{
    char yaml[256];
    snprintf(f->path, sizeof f->path, "/tmp/test_site_XXXXXX");
    assert_non_null(mkdtemp(f->path));
    snprintf(f->file, sizeof f->file, "%s/list", f->path);
    snprintf(f->site, sizeof f->site, "%s/site.yaml", f->path);
    snprintf(yaml, sizeof yaml, HEAD "rosters:\n  - file: list\n    form: %s\n", form);
    write_file(f->file, roster);
    write_file(f->site, yaml);
}

static void folder_remove(struct folder *f)
{
    (void)unlink(f->file);
    (void)unlink(f->site);
    (void)rmdir(f->path);
}

static void reads_rosters_beside_the_file(void **state)
{
    (void)state;
    struct folder f;
    struct site_config *c = NULL;
    struct diag d = { 0 };
    folder_make(&f, "'family,given'\n    kind: patient",
                "\xEF\xBB\xBF# ward\nQuelby,Tamsin Ann\r\n\n\"Hope\",\"Will\"\n");
    assert_ok(site_config_open(&c, f.site, &d));
    assert_int_equal(c->n_names, 2);
    assert_int_equal(c->n_ids, 0);
    site_config_free(c);
    folder_remove(&f);
    folder_make(&f, "id\n    label: ACCOUNT", "0012345\nAB-9\n");
    assert_ok(site_config_open(&c, f.site, &d));
    assert_int_equal(c->n_ids, 2);
    site_config_free(c);
    folder_remove(&f);
}

static void tells_the_line_of_a_roster(void **state)
{
    (void)state;
    const struct {
        const char *form, *roster;
        unsigned record;
    } cases[] = {
        { "'family,given'\n    kind: patient", "Quelby,Tamsin\nQuelby Tamsin\n", 2 },
        { "'family,given'\n    kind: patient", "\nQuelby,Tamsin,1970-01-01\n", 2 },
        { "'family,given'\n    kind: patient", "Quelby,\n", 1 },
        { "given family\n    kind: clinician", "# one\nTamsin Quelby\nTamsin\n", 3 },
        { "given family\n    kind: clinician", "Quelby, Tamsin\n", 1 },
        { "id", "0012345\n12\n", 2 },
        { "id", "0012345\n\xFF\xFE\n", 2 },
        { "id", "# nobody\n", 0 },
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct folder f;
        struct site_config *c = NULL;
        struct diag d = { 0 };
        folder_make(&f, cases[i].form, cases[i].roster);
        assert_err(site_config_open(&c, f.site, &d), ERR_CONFIG);
        assert_int_equal(d.record, cases[i].record);
        assert_int_equal(d.line, 3);
        folder_remove(&f);
    }
}

/* ---- profiles ---- */

static void refuses_actions_against_the_claim(void **state)
{
    (void)state;
    const struct {
        const char *actions;
        bool safe_harbor, expert, limited, transport;
    } cases[] = {
        { "{ORGANIZATION: keep}", false, true, true, true },
        { "{NAME: keep}", false, true, false, true },
        { "{DATE: keep}", false, true, true, true },
        { "{DATE: shift}", false, true, true, true },
        { "{DATE: year}", true, true, true, false },
        { "{PHONE: mask}", true, true, true, false },
        { "{NAME: surrogate, ID: tag}", true, true, true, true },
        { "{LOCATION: keep}", false, true, false, true },
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        char yaml[128];
        struct site_config *c = NULL;
        struct diag d = { 0 };
        snprintf(yaml, sizeof yaml, HEAD "actions: %s\n", cases[i].actions);
        assert_ok(site_config_read(&c, view_of_str(yaml), NULL, &d));
        assert_int_equal(site_actions_check(c, PROFILE_EXPERT, &d), OK);
        assert_int_equal(!site_actions_check(c, PROFILE_LIMITED, NULL), cases[i].limited);
        assert_int_equal(!site_actions_check(c, PROFILE_TRANSPORT, NULL), cases[i].transport);
        err e = site_actions_check(c, PROFILE_SAFE_HARBOR, &d);
        assert_int_equal(!e, cases[i].safe_harbor);
        if (e) assert_int_equal(d.line, 2);
        site_config_free(c);
    }
}

static view deid_text(const struct site_config *c, enum profile p, const char *text,
                      struct buf *out)
{
    struct deid *engine;
    struct deid_scratch *s;
    struct deid_counts counts = { 0 };
    struct diag d = { 0 };
    struct deid_params params = deid_default_params();
    params.profile = p;
    params.style = STYLE_MASK;
    params.site = c;
    assert_ok(deid_new(&engine, &params, &d));
    assert_ok(deid_scratch_new(&s));
    buf_reset(out);
    assert_ok(deid_record(engine, s, format_by_name(VIEW("text")), ENC_UTF8, view_of_str(text),
                          VIEW(""), out, &counts, &d));
    deid_scratch_free(s);
    deid_free(engine);
    return buf_view(out);
}

static void does_what_the_actions_say(void **state)
{
    (void)state;
    struct buf out;
    struct site_config *c = NULL;
    const char *text = "Seen on 03/12/2021 in Springfield, IL 62704 at Mercy Hospital.";
    buf_init(&out, 4096);
    assert_ok(site_config_read(
        &c, VIEW(HEAD "actions: {DATE: mask, LOCATION: mask, ORGANIZATION: mask}\n"), NULL, NULL));
    view is = deid_text(c, PROFILE_SAFE_HARBOR, text, &out);
    assert_null(memmem(is.p, is.n, "2021", 4));
    assert_null(memmem(is.p, is.n, "62", 2));
    /* A limited data set may keep towns, but the site says otherwise. */
    is = deid_text(c, PROFILE_LIMITED, text, &out);
    assert_null(memmem(is.p, is.n, "Springfield", 11));
    assert_null(memmem(is.p, is.n, "Mercy", 5));
    is = deid_text(NULL, PROFILE_LIMITED, text, &out);
    assert_non_null(memmem(is.p, is.n, "Springfield", 11));
    site_config_free(c);
    buf_clear(&out);
}

/* ---- memory ---- */

static err read_once(void *ctx)
{
    struct site_config *c = NULL;
    struct diag d = { 0 };
    const struct folder *f = ctx;
    err e = site_config_open(&c, f->site, &d);
    if (!e && (c->n_names != 1 || c->n_rosters != 1)) fail_msg("%s", "not all was read");
    if (e && d.code != e && d.code != ERR_MEMORY) fail_msg("the diag says %s", err_name(d.code));
    site_config_free(c);
    return e;
}

static err read_lists(void *unused)
{
    (void)unused;
    struct site_config *c = NULL;
    err e =
        site_config_read(&c,
                         VIEW(HEAD "allow: [Elm Street]\ndeny: [{text: Ward 7, label: ID}]\n"
                                   "patterns: [{name: a, label: ID, regex: 'Z\\d+', cue: no}]\n"),
                         NULL, NULL);
    site_config_free(c);
    return e;
}

static void survives_every_failed_allocation(void **state)
{
    (void)state;
    struct folder f;
    faults_in_turn(read_lists, NULL);
    folder_make(&f, "given family\n    kind: patient", "Tamsin Ann Quelby\n");
    faults_in_turn(read_once, &f);
    folder_remove(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(takes_what_it_says),
        cmocka_unit_test(tells_the_place_of_each_fault),
        cmocka_unit_test(prints_line_and_column_alone),
        cmocka_unit_test(reads_rosters_beside_the_file),
        cmocka_unit_test(tells_the_line_of_a_roster),
        cmocka_unit_test(refuses_actions_against_the_claim),
        cmocka_unit_test(does_what_the_actions_say),
        cmocka_unit_test(survives_every_failed_allocation),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
