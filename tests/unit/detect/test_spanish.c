/* Texts in Spanish: what the golden table (tests/golden/spanish.txt) can't say — births, roles, that English is left
 * alone, and what a fault of memory leaves. */
#include "unit.h"

#include "detect/engine.h"
#include "faults.h"
#include "lexicon/lexicon.h"

struct fixture {
    struct detect *spanish, *english;
    struct detect_scratch *s;
    struct findings f;
};

static int set_up(void **state)
{
    static struct fixture x;
    const struct detect_params p = { .lexicon = lexicon_builtin(),
                                     .language = DETECT_SPANISH,
                                     .date_order = DATE_DAY_FIRST };
    findings_init(&x.f, DETECT_MAX);
    *state = &x;
    return detect_new_with(&x.spanish, &p) || detect_new(&x.english, p.lexicon) ||
           detect_scratch_new(&x.s);
}

static int tear_down(void **state)
{
    struct fixture *x = *state;
    detect_scratch_free(x->s);
    detect_free(x->spanish);
    detect_free(x->english);
    findings_clear(&x->f);
    return 0;
}

static const struct finding *only(struct fixture *x, view text)
{
    assert_int_equal(detect_text(x->spanish, x->s, text, VIEW(""), &x->f), OK);
    assert_int_equal(x->f.n, 1);
    return &x->f.v[0];
}

static void births_are_told(void **state)
{
    static const char *const births[] = {
        "Fecha de nacimiento: 12/05/1931", "F. Nac.: 3-4-1929", "Nacido el 12 de mayo de 1931",
        "Fecha nac. (01-02-1950)",         "F.N.: 02/11/1927",  "Fecha de nacimiento\n12/05/1931",
    };
    for (size_t i = 0; i < COUNT_OF(births); i++) {
        const struct finding *f = only(*state, view_of_str(births[i]));
        assert_int_equal(f->label, LABEL_DATE);
        assert_int_equal(f->part, PART_BIRTH);
    }
    assert_int_equal(only(*state, VIEW("Fecha de ingreso: 12/05/2021"))->part, PART_WHOLE);
    assert_int_equal(only(*state, VIEW("Nacimiento por parto normal. Alta 12/05/2021"))->part,
                     PART_WHOLE);
    assert_int_equal(only(*state, VIEW("Mujer nacida en 1930."))->part, PART_YEAR);
}

static void roles_are_told(void **state)
{
    assert_int_equal(only(*state, VIEW("Visto por el Dr. Aranda en consulta."))->role,
                     WHO_CLINICIAN);
    assert_int_equal(only(*state, VIEW("Vive con su marido, Paco."))->role, WHO_RELATIVE);
}

static void a_check_letter_outweighs(void **state)
{
    assert_int_equal(only(*state, VIEW("Presenta 12345678Z como documento."))->source,
                     SOURCE_CHECKSUM);
    assert_int_equal(only(*state, VIEW("Presenta X-1234567-L como documento."))->source,
                     SOURCE_CHECKSUM);
}

static void english_is_left_alone(void **state)
{
    struct fixture *x = *state;
    static const char *const texts[] = { "NASS 41 12345678 90 given.",
                                         "CIP ALPR271102914007 given." };
    for (size_t i = 0; i < COUNT_OF(texts); i++) {
        view text = view_of_str(texts[i]);
        assert_int_equal(detect_text(x->english, x->s, text, VIEW(""), &x->f), OK);
        for (uint32_t k = 0; k < x->f.n; k++)
            assert_int_not_equal(x->f.v[k].label, LABEL_PLAN);
    }
}

/* Values at the very end and the very front: nothing behind or before them is read. */
static void edges_hold(void **state)
{
    struct fixture *x = *state;
    static const char *const texts[] = {
        "",
        "Dr",
        "Dr.",
        "D.",
        "su hijo",
        "Madre:",
        "NHC",
        "NHC:",
        "Nº",
        "tel",
        "tel. (+",
        "+34",
        "C/",
        "calle",
        "C/ Sol",
        "Calle Sol,",
        "nacido",
        "94",
        "X",
        "1234567L",
        "Madre: (",
        "Ext.",
        "Avda. de la",
        "C/ Sol 3,",
        "C/ Sol 3, 2",
        "CP",
        "F.N.",
        "C/ Sol 3. 28001",
        "Sr. D.",
        "DNI -",
        "tel 612 345",
        "nº 3 - ",
    };
    for (size_t i = 0; i < COUNT_OF(texts); i++)
        assert_int_equal(detect_text(x->spanish, x->s, view_of_str(texts[i]), VIEW(""), &x->f), OK);
}

static err find_all(void *ctx)
{
    struct fixture *x = ctx;
    struct detect_scratch *s;
    struct findings f;
    err e = detect_scratch_new(&s);
    if (e) return e;
    findings_init(&f, DETECT_MAX);
    e = detect_text(x->spanish, s,
                    VIEW("Madre: Lucía Oñate. NHC 55120. Tel. 699112233, C/ Sol 3, 2º B, 28001 "
                         "Getafe. Dr. Aranda"),
                    VIEW(""), &f);
    if (e == OK) assert_int_equal(f.n, 6);
    findings_clear(&f);
    detect_scratch_free(s);
    return e;
}

static void memory_may_be_short(void **state)
{
    faults_in_turn(find_all, *state);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(births_are_told),
        cmocka_unit_test(roles_are_told),
        cmocka_unit_test(a_check_letter_outweighs),
        cmocka_unit_test(english_is_left_alone),
        cmocka_unit_test(edges_hold),
        cmocka_unit_test(memory_may_be_short),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
