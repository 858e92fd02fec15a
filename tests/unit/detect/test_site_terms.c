/* A site's phrases and patterns in a text: what is found, what is left, what fails. */
#include "detect/engine.h"
#include "detect/site_pattern.h"
#include "detect/site_terms.h"
#include "unit.h"
/* after unit.h */
#include "faults.h"

static const struct site_term allow = { .kind = SITE_ALLOW };
static const struct site_term ward = { SITE_DENY, LABEL_LOCATION, WHO_UNKNOWN };
static const struct site_term patient = { SITE_KNOWN, LABEL_NAME, WHO_PATIENT };
static const struct site_term family = { SITE_KNOWN_WORD, LABEL_NAME, WHO_PATIENT };
static const struct site_term number = { SITE_KNOWN, LABEL_MRN, WHO_UNKNOWN };

static err fill_terms(struct site_terms **t)
{
    err e = OK;
    TRY(site_terms_new(t));
    TRY(site_terms_add(*t, VIEW("Ward 7 North"), ward));
    TRY(site_terms_add(*t, VIEW("Caf\xC3\xA9 Zephyr"), ward));
    TRY(site_terms_add(*t, VIEW("Elm Street protocol"), allow));
    TRY(site_terms_add(*t, VIEW("Quelby scale"), allow));
    TRY(site_terms_add(*t, VIEW("Tamsin Quelby"), patient));
    TRY(site_terms_add(*t, VIEW("Quelby Tamsin"), patient));
    TRY(site_terms_add(*t, VIEW("Quelby"), family));
    TRY(site_terms_add(*t, VIEW("Will Hope"), patient));
    TRY(site_terms_add(*t, VIEW("Hope Will"), patient));
    TRY(site_terms_add(*t, VIEW("Hope"), family));
    TRY(site_terms_add(*t, VIEW("77-1234"), number));
    TRY(site_terms_add(*t, VIEW("00500"), number));
out:
    return e;
}

static err fill_patterns(struct site_patterns **p)
{
    err e = OK;
    const struct site_pattern study = { VIEW("ZX-\\d{6}\\b"), LABEL_ID, VIEW("study"), 9, 9 };
    const struct site_pattern badge = { VIEW("\\bQB\\d+"), LABEL_LICENSE, VIEW(""), 4, 8 };
    TRY(site_patterns_new(p));
    TRY(site_patterns_add(*p, &study));
    TRY(site_patterns_add(*p, &badge));
out:
    return e;
}

struct engine {
    struct site_terms *terms;
    struct site_patterns *patterns;
    struct detect *d;
    struct detect_scratch *s;
    struct findings f;
};

static err engine_open(struct engine *x)
{
    err e = OK;
    *x = (struct engine){ 0 };
    findings_init(&x->f, DETECT_MAX);
    TRY(fill_terms(&x->terms));
    TRY(fill_patterns(&x->patterns));
    TRY(detect_new_with(&x->d,
                        &(struct detect_params){ lexicon_builtin(), x->terms, x->patterns }));
    TRY(detect_scratch_new(&x->s));
out:
    return e;
}

static void engine_close(struct engine *x)
{
    findings_clear(&x->f);
    detect_scratch_free(x->s);
    detect_free(x->d);
    site_patterns_free(x->patterns);
    site_terms_free(x->terms);
}

/* The values that the site's lists gave, each as "LABEL value", in brackets. */
static void values(struct engine *x, const char *text, char *out, size_t size)
{
    size_t n = 0;
    out[0] = '\0';
    assert_ok(detect_text(x->d, x->s, view_of_str(text), VIEW(""), &x->f));
    for (uint32_t i = 0; i < x->f.n; i++) {
        const struct finding *f = &x->f.v[i];
        if (f->rule < RULE_SITE_DENY || f->rule > RULE_SITE_PATTERN) continue;
        n += (size_t)snprintf(out + n, size - n, "[%s %.*s]", label_name((enum label)f->label),
                              (int)(f->end - f->start), text + f->start);
    }
}

static void finds_and_leaves(void **state)
{
    (void)state;
    struct engine x;
    const struct {
        const char *text, *want;
    } cases[] = {
        /* deny: whatever the case, the spaces, hyphens, line breaks, accents; whole words alone */
        { "Moved to Ward 7 North today.", "[LOCATION Ward 7 North]" },
        { "moved to ward-7\nnorth", "[LOCATION ward-7\nnorth]" },
        { "WARD 7 NORTHERN block", "" },
        { "Forward 7 North", "" },
        { "Ward 07 North", "" },
        { "Ward\n\n7 North", "" },
        { "Lunch at cafe zephyr", "[LOCATION cafe zephyr]" },
        { "Ward\xC2\xA0"
          "7\xE2\x80\x8B North",
          "[LOCATION Ward\xC2\xA0"
          "7\xE2\x80\x8B North]" },
        /* rosters: both orders; a family name alone where it is no ordinary word */
        { "QUELBY, TAMSIN was seen", "[NAME QUELBY, TAMSIN]" },
        { "with tamsin quelby and others of Them", "[NAME tamsin quelby]" },
        { "then Quelby left", "[NAME Quelby]" },
        { "then quelby left the Room", "" },
        { "so quelby left", "[NAME quelby]" },
        { "Tamsin Quelby came. Later Tamsin left", "[NAME Tamsin Quelby][NAME Tamsin]" },
        { "There is Hope", "" },
        { "We will hope for It", "" },
        { "So I hope. Will she come", "" },
        { "Will Hope came", "[NAME Will Hope]" },
        /* numbers: exactly; never those of a dose */
        { "chart 77-1234 here", "[MRN 77-1234]" },
        { "chart 77.1234 or 77 1234 here", "" },
        { "took 00500 mg", "" },
        { "177-12345", "" },
        /* tags stay */
        { "[NAME-QB12]", "" },
        /* patterns */
        { "Study no. ZX-123456 was", "[ID ZX-123456]" },
        { "badge QB123", "[LICENSE QB123]" },
        { "badge QB1", "" },
    };
    assert_ok(engine_open(&x));
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        char got[256];
        values(&x, cases[i].text, got, sizeof got);
        if (strcmp(got, cases[i].want) != 0)
            fail_msg("\"%s\" gives %s, not %s", cases[i].text, got, cases[i].want);
    }
    engine_close(&x);
}

static void drops_what_is_allowed(void **state)
{
    (void)state;
    struct engine x;
    assert_ok(engine_open(&x));
    const view outside = VIEW("Lives at 12 Elm Street.");
    assert_ok(detect_text(x.d, x.s, outside, VIEW(""), &x.f));
    assert_int_equal(x.f.n, 1);
    const view inside = VIEW("Follows the Elm  Street protocol.");
    assert_ok(detect_text(x.d, x.s, inside, VIEW(""), &x.f));
    assert_int_equal(x.f.n, 0);
    /* A finding that reaches out of the phrase stays, and so does what a roster vouches for. */
    const view reaches = VIEW("12 Elm Street protocol");
    assert_ok(detect_text(x.d, x.s, reaches, VIEW(""), &x.f));
    assert_int_equal(x.f.n, 1);
    assert_ok(detect_text(x.d, x.s, VIEW("on the Quelby scale"), VIEW(""), &x.f));
    assert_int_equal(x.f.n, 0);
    assert_ok(detect_text(x.d, x.s, VIEW("on the Tamsin Quelby scale"), VIEW(""), &x.f));
    assert_int_equal(x.f.n, 1);
    engine_close(&x);
}

static void keeps_the_role_that_protects_most(void **state)
{
    (void)state;
    struct engine x;
    const struct site_term clinician = { SITE_KNOWN, LABEL_NAME, WHO_CLINICIAN };
    assert_ok(engine_open(&x));
    assert_ok(site_terms_add(x.terms, VIEW("Tamsin Quelby"), clinician));
    assert_ok(site_terms_add(x.terms, VIEW("Ugo Zabrel"), clinician));
    assert_ok(detect_text(x.d, x.s, VIEW("for Tamsin Quelby by Ugo Zabrel"), VIEW(""), &x.f));
    assert_int_equal(x.f.n, 2);
    assert_int_equal(x.f.v[0].role, WHO_PATIENT);
    assert_int_equal(x.f.v[0].source, SOURCE_KNOWN);
    assert_int_equal(x.f.v[1].role, WHO_CLINICIAN);
    engine_close(&x);
}

static void refuses_phrases_and_patterns(void **state)
{
    (void)state;
    struct engine x;
    const struct site_pattern wrong[] = {
        { VIEW("(x"), LABEL_ID, VIEW(""), 1, 9 },   { VIEW("x?"), LABEL_ID, VIEW(""), 1, 9 },
        { VIEW("x"), LABEL_ID, VIEW("--"), 1, 9 },  { VIEW("x"), LABEL_ID, VIEW(""), 0, 9 },
        { VIEW("x"), LABEL_ID, VIEW(""), 1, 9999 },
    };
    const err why[] = { ERR_FORMAT, ERR_UNSUPPORTED, ERR_USAGE, ERR_LIMIT, ERR_LIMIT };
    assert_ok(engine_open(&x));
    for (size_t i = 0; i < COUNT_OF(wrong); i++)
        assert_err(site_patterns_add(x.patterns, &wrong[i]), why[i]);
    assert_err(site_terms_add(x.terms, VIEW("ward 7 NORTH"), ward), ERR_EXISTS);
    assert_err(site_terms_add(x.terms, VIEW("ward 7 NORTH"), allow), ERR_EXISTS);
    assert_err(site_terms_add(x.terms, VIEW("..."), allow), ERR_FORMAT);
    assert_err(site_terms_add(x.terms, VIEW("q"), allow), ERR_FORMAT);
    assert_err(site_terms_add(x.terms, VIEW("120"), number), ERR_FORMAT);
    assert_ok(site_terms_add(x.terms, VIEW("120"), allow));
    engine_close(&x);
}

/* A pattern that runs away fails the text: nobody knows what it would have found. */
static void fails_closed_at_a_bound(void **state)
{
    (void)state;
    struct engine x;
    const struct site_pattern slow = { VIEW("(a+)+[!?]"), LABEL_ID, VIEW(""), 1, 64 };
    const struct site_pattern wide = { VIEW("Q#.+"), LABEL_ID, VIEW(""), 1, 8 };
    assert_ok(engine_open(&x));
    assert_ok(site_patterns_add(x.patterns, &slow));
    assert_ok(site_patterns_add(x.patterns, &wide));
    assert_ok(detect_text(x.d, x.s, VIEW("aaa! Dr. Smith Q#12"), VIEW(""), &x.f));
    assert_true(x.f.n >= 2);
    assert_err(detect_text(x.d, x.s, VIEW("Dr. Smith aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"),
                           VIEW(""), &x.f),
               ERR_LIMIT);
    assert_int_equal(x.f.n, 0);
    assert_err(detect_text(x.d, x.s, VIEW("Q#123456789"), VIEW(""), &x.f), ERR_LIMIT);
    assert_ok(detect_text(x.d, x.s, VIEW(""), VIEW(""), &x.f));
    engine_close(&x);
}

/* Look-arounds and \K can make a match empty or turn it around; the scan still ends. */
static void ends_on_odd_matches(void **state)
{
    (void)state;
    struct engine x;
    const struct site_pattern odd[] = {
        { VIEW("a(?=b)\\K"), LABEL_ID, VIEW(""), 1, 9 },
        { VIEW("\xC3\xA9\\Kb|\\bx"), LABEL_ID, VIEW(""), 1, 9 },
    };
    assert_ok(engine_open(&x));
    for (size_t i = 0; i < COUNT_OF(odd); i++) {
        err e = site_patterns_add(x.patterns, &odd[i]);
        assert_true(e == OK || e == ERR_UNSUPPORTED);
    }
    assert_ok(detect_text(x.d, x.s,
                          VIEW("ab ab x \xC3\xA9"
                               "b \xC3\xA9"),
                          VIEW(""), &x.f));
    engine_close(&x);
}

static err detect_once(void *unused)
{
    (void)unused;
    struct engine x;
    err e = engine_open(&x);
    if (!e)
        e = detect_text(x.d, x.s, VIEW("Tamsin Quelby, Ward 7 North, study ZX-123456"), VIEW(""),
                        &x.f);
    if (!e && x.f.n != 3) fail_msg("%u findings", x.f.n);
    engine_close(&x);
    return e;
}

static void survives_every_failed_allocation(void **state)
{
    (void)state;
    faults_in_turn(detect_once, NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(finds_and_leaves),
        cmocka_unit_test(drops_what_is_allowed),
        cmocka_unit_test(keeps_the_role_that_protects_most),
        cmocka_unit_test(refuses_phrases_and_patterns),
        cmocka_unit_test(fails_closed_at_a_bound),
        cmocka_unit_test(ends_on_odd_matches),
        cmocka_unit_test(survives_every_failed_allocation),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
