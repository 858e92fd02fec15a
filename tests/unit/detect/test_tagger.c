/* The tagger: its models are sound, damaged ones are refused, it finds what no list knows, leaves what
 * medicine owns, and is never left out. */
#include "base/hash.h"
#include "detect/engine.h"
#include "detect/language.h"
#include "detect/tag_judge.h"
#include "text/offsets.h"
#include "unit.h"

#include "faults.h"

static void opens_what_the_program_holds(void **state)
{
    (void)state;
    static const char *const languages[] = { "en", "es" };
    for (size_t i = 0; i < COUNT_OF(languages); i++) {
        view bytes = tag_model_builtin_bytes(view_of_str(languages[i]));
        struct tag_model m;
        struct diag d = { 0 };
        assert_ok(tag_model_open(&m, bytes, &d));
        assert_true(m.n_labels > 3);
    }
    assert_true(tag_model_builtin_bytes(VIEW("en")).n <= 4 << 20);
    assert_null(tag_model_builtin(VIEW("xx")));
}

static err open_copy(char *p, size_t n)
{
    struct tag_model m = { .n_labels = 77 };
    struct diag d = { 0 };
    err e = tag_model_open(&m, view_of(p, n), &d);
    if (e) {
        assert_int_equal(m.n_labels, 77); /* untouched */
        assert_non_null(d.what);
    }
    return e;
}

static void seal(char *p, size_t n)
{
    uint8_t sum[32];
    checksum32(view_of(p, n - TAG_SUM_LEN), sum);
    checksum_hex(sum, p + n - TAG_SUM_LEN);
}

static void refuses_what_is_damaged(void **state)
{
    (void)state;
    view good = tag_model_builtin_bytes(VIEW("en"));
    char *p = mem_alloc(good.n);
    assert_non_null(p);
    memcpy(p, good.p, good.n);
    assert_ok(open_copy(p, good.n));
    /* cut short, anywhere */
    for (size_t n = 0; n < good.n; n += n < 300 ? 1 : good.n / 7)
        assert_true(open_copy(p, n) == ERR_CORRUPT);
    /* any byte of the header or of the tables */
    for (size_t at = 0; at < good.n; at += at < sizeof(struct tag_header) ? 1 : good.n / 13) {
        p[at] = (char)(p[at] ^ 0x21);
        assert_true(open_copy(p, good.n) != OK);
        p[at] = (char)(p[at] ^ 0x21);
    }
    /* with a checksum that holds, what only a writer could have meant */
    struct tag_header h;
    memcpy(&h, p, sizeof h);
    struct tag_header bad[] = { h, h, h, h, h };
    bad[0].version++;
    bad[1].features++;
    bad[2].n_slots = 0;
    memcpy(bad[3].language, "xx", 2);
    bad[4].templates ^= 1;
    const err expected[] = { ERR_VERSION, ERR_VERSION, ERR_CORRUPT, ERR_UNSUPPORTED,
                             ERR_UNSUPPORTED };
    for (size_t i = 0; i < COUNT_OF(bad); i++) {
        memcpy(p, &bad[i], sizeof h);
        seal(p, good.n);
        assert_err(open_copy(p, good.n), expected[i]);
    }
    mem_free(p);
}

static void refuses_trees_that_lead_nowhere(void **state)
{
    (void)state;
    const view good = tag_model_builtin_bytes(VIEW("en"));
    struct tag_model m;
    struct diag d = { 0 };
    char *p = mem_alloc(good.n);
    assert_non_null(p);
    assert_ok(tag_model_open(&m, good, &d));
    assert_true(m.n_trees > 0);
    const size_t at = (size_t)((const char *)m.trees - good.p);
    const struct tag_tree first = m.trees[0];
    struct tag_tree bad[] = { first, first, first, first };
    bad[0].node[0].fact = TAG_FACTS;
    bad[1].node[0].low = 0; /* itself */
    bad[2].node[3].high = TAG_TREE_NODES;
    bad[3].node[14].low = TAG_TREE_IS_LEAF + TAG_TREE_LEAVES;
    memcpy(p, good.p, good.n);
    for (size_t i = 0; i < COUNT_OF(bad); i++) {
        memcpy(p + at, &bad[i], sizeof first);
        seal(p, good.n);
        assert_err(open_copy(p, good.n), ERR_CORRUPT);
    }
    memcpy(p + at, &first, sizeof first);
    struct tag_header h;
    memcpy(&h, good.p, sizeof h);
    h.n_facts++;
    memcpy(p, &h, sizeof h);
    seal(p, good.n);
    assert_err(open_copy(p, good.n), ERR_VERSION);
    h.n_facts--;
    h.trees_base = INT32_MAX;
    memcpy(p, &h, sizeof h);
    seal(p, good.n);
    assert_err(open_copy(p, good.n), ERR_CORRUPT);
    mem_free(p);
}

static uint32_t count_by(const struct tag_model *m, enum recall recall, view text, enum label label)
{
    struct detect *d;
    struct detect_scratch *s;
    struct findings f;
    uint32_t n = 0;
    const struct detect_params p = { .lexicon = lexicon_builtin(), .recall = recall, .model = m };
    findings_init(&f, 1000);
    assert_ok(detect_new_with(&d, &p));
    assert_ok(detect_scratch_new(&s));
    assert_ok(detect_text(d, s, text, VIEW(""), &f));
    for (uint32_t i = 0; i < f.n; i++)
        n += f.v[i].label == label;
    findings_clear(&f);
    detect_scratch_free(s);
    detect_free(d);
    return n;
}

static uint32_t count(enum recall recall, view text, enum label label)
{
    return count_by(NULL, recall, text, label);
}

/* What the trees alone find is not found by the same model without them, and not by one that asks for more. */
static void judges_what_is_in_doubt(void **state)
{
    (void)state;
    view text = VIEW("Mohr, Rostam: 68M, 3772-046-4, room 204");
    struct tag_model bare = *tag_model_builtin(VIEW("en"));
    bare.n_trees = 0;
    assert_int_equal(count(RECALL_HIGH, text, LABEL_NAME), 1);
    assert_int_equal(count_by(&bare, RECALL_HIGH, text, LABEL_NAME), 0);
    assert_int_equal(count(RECALL_UTILITY, text, LABEL_NAME), 0);
}

static void finds_names_that_no_list_knows(void **state)
{
    (void)state;
    view text =
        VIEW("Discharge summary. The patient, Zhevarko Quillomond, was admitted with pneumonia and "
             "his wife Brunhexa Quillomond stayed with him. Dr. Oskvartin agreed with the plan.");
    assert_true(count(RECALL_HIGH, text, LABEL_NAME) >= 3);
    assert_true(count(RECALL_UTILITY, text, LABEL_NAME) <= count(RECALL_HIGH, text, LABEL_NAME));
}

/* A name alone, where a page has names: told from words of medicine by its place. */
static void finds_names_by_their_place(void **state)
{
    (void)state;
    static const char *const texts[] = {
        "Brief op note\nSurgeon: Dr. Hardale\nAsst: Quimburydge\nProcedure: thyroidectomy\n",
        "Hi Lishleigh,\nMay take lisinopril with food.\n",
        "I cannot afford the tablets. Please call me. - Brunhexa",
        "Draft a text to Chalynn (623-563-3180) that the room is ready.",
        "02/04/2021\tSands, Wolf\tbronchoscopy\tHavdottir\n",
    };
    for (size_t i = 0; i < COUNT_OF(texts); i++)
        assert_true(count(RECALL_HIGH, view_of_str(texts[i]), LABEL_NAME) > (i == 0 || i == 4));
}

/* A list of what medicine calls after people stays, in a long note too; so does one word of a pair. */
static void leaves_lists_of_terms(void **state)
{
    (void)state;
    view text = VIEW(
        "The patient was seen in clinic for a follow-up of her hypertension and reports that she "
        "feels well. There is no chest pain and no shortness of breath. The lungs are clear and "
        "the "
        "heart is regular. We will continue the present tablets and see her again in three months. "
        "The table of eponyms that the students asked about:\n"
        "Shirodkar; McVay; Moberg; Girdlestone; Weaver-Dunn.\n"
        "Mumford; Lapidus; McBride.\nBetke; Curschmann; Howell-Jolly; Dakin's.\n");
    assert_int_equal(count(RECALL_HIGH, text, LABEL_NAME), 0);
}

static void leaves_numbers_to_the_rules(void **state)
{
    (void)state;
    view text =
        VIEW("Zorvex 12/30 given, Qtrix 4500-11000, PLX 17/44; Tmin 12345 and Brask 7.35/45/80.");
    assert_int_equal(count(RECALL_HIGH, text, LABEL_DATE), 0);
    assert_int_equal(count(RECALL_HIGH, text, LABEL_ID), 0);
    assert_int_equal(count(RECALL_HIGH, text, LABEL_PHONE), 0);
}

static bool is_spanish(view text)
{
    struct arena a;
    struct routes r;
    struct doc d;
    struct offset_map map;
    arena_init(&a, 1 << 24);
    assert_ok(routes_init(&r, lexicon_builtin()));
    assert_ok(doc_prepare(&d, &r, text, VIEW(""), &a, &map));
    bool yes = language_is_spanish(&d);
    routes_clear(&r);
    arena_clear(&a);
    return yes;
}

static void tells_spanish_from_english(void **state)
{
    (void)state;
    assert_true(is_spanish(
        VIEW("Paciente de 45 años que ingresa por dolor en el pecho desde hace dos días.")));
    assert_true(
        is_spanish(VIEW("NOMBRE: ANA. APELLIDOS: RUIZ. FECHA DE NACIMIENTO: 1/2/1960. EDAD: 53")));
    assert_false(
        is_spanish(VIEW("The patient, Maria de la Cruz, was seen for pain in the left knee.")));
    assert_false(is_spanish(VIEW("Su hija Lucia de la Torre interprets for the patient.")));
    assert_false(is_spanish(VIEW("BP 120/80")));
    assert_false(is_spanish(VIEW("")));
}

static err run_once(void *ctx)
{
    err e = OK;
    struct detect *d = NULL;
    struct detect_scratch *s = NULL;
    struct findings f;
    (void)ctx;
    findings_init(&f, 100);
    TRY(detect_new(&d, lexicon_builtin()));
    TRY(detect_scratch_new(&s));
    TRY(detect_text(d, s, VIEW("Mr. Zhevarko Quillomond (71M) saw Brunhexa. MRN 4459812."),
                    VIEW(""), &f));
    if (f.n < 2) e = ERR_FORMAT;
out:
    findings_clear(&f);
    detect_scratch_free(s);
    detect_free(d);
    return e;
}

static void says_when_memory_is_short(void **state)
{
    (void)state;
    faults_in_turn(run_once, NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(opens_what_the_program_holds),
        cmocka_unit_test(refuses_what_is_damaged),
        cmocka_unit_test(refuses_trees_that_lead_nowhere),
        cmocka_unit_test(judges_what_is_in_doubt),
        cmocka_unit_test(finds_names_that_no_list_knows),
        cmocka_unit_test(finds_names_by_their_place),
        cmocka_unit_test(leaves_lists_of_terms),
        cmocka_unit_test(leaves_numbers_to_the_rules),
        cmocka_unit_test(tells_spanish_from_english),
        cmocka_unit_test(says_when_memory_is_short),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
