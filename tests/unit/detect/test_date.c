/* What the tables of tests/golden can't say: parts and cues of dates, ages joined to letters. */
#include "base/clock.h"
#include "engine_room.h"

/* The finding with this label, or NULL. */
static const struct finding *find(struct fixture *x, const char *text, enum label label)
{
    assert_int_equal(detect_text(x->d, x->s, view_of_str(text), VIEW(""), &x->f), OK);
    for (uint32_t i = 0; i < x->f.n; i++)
        if (x->f.v[i].label == label) return &x->f.v[i];
    return NULL;
}

static void births_are_marked(void **state)
{
    static const struct {
        const char *text;
        enum finding_part part;
    } rows[] = {
        { "DOB: 11/02/1958", PART_BIRTH },
        { "D.O.B. 11/02/58", PART_BIRTH },
        { "date of birth 3/4/1950", PART_BIRTH },
        { "born March 4, 1950", PART_BIRTH },
        { "born on 3/4/1950", PART_BIRTH },
        { "admitted 3/4/2020", PART_WHOLE },
        { "born in 1921", PART_YEAR },
    };
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        const struct finding *f = find(*state, rows[i].text, LABEL_DATE);
        if (!f || f->part != rows[i].part) fail_msg("%s", rows[i].text);
    }
}

/* "11/16" is a day where the text's dates stand around it, and else a day or a month with its year. */
static void days_are_told_from_months(void **state)
{
    static const struct {
        const char *text;
        enum finding_part part;
    } rows[] = {
        { "Biopsy on 11/16. Seen 11/02/2024.", PART_DAY },
        { "Biopsy on 11/16, cath on 11/3.", PART_DAY },
        { "Biopsy on 11/16.", PART_WHOLE },
        { "Biopsy on 11/16. Seen 06/02/2024.", PART_WHOLE },
        { "Biopsy on 11/16. Seen 11/02/2024. CABG in 9/98.", PART_WHOLE },
    };
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        const struct finding *f = find(*state, rows[i].text, LABEL_DATE);
        if (!f || f->part != rows[i].part) fail_msg("%s", rows[i].text);
    }
}

/* The year that shows an age over 89 moves with the clock. */
static void years_of_birth(void **state)
{
    char text[64];
    int year = clock_utc_now().year;
    snprintf(text, sizeof text, "born in %d", year - 90);
    assert_non_null(find(*state, text, LABEL_DATE));
    snprintf(text, sizeof text, "born in %d", year - 89);
    assert_null(find(*state, text, LABEL_DATE));
}

static void cues_are_kept(void **state)
{
    const struct finding *f = find(*state, "last seen on 3/15/21", LABEL_DATE);
    assert_non_null(f);
    assert_int_equal(f->cue_start, 10);
    assert_int_equal(f->cue_end, 12);
}

/* Surer the more it says. */
static void scores_are_ordered(void **state)
{
    static const char *const weak_to_strong[] = { "surgery in 12/07", "surgery on 12/27",
                                                  "surgery on 12/27/07", "surgery on 12/27/2007" };
    float last = 0;
    for (size_t i = 0; i < COUNT_OF(weak_to_strong); i++) {
        const struct finding *f = find(*state, weak_to_strong[i], LABEL_DATE);
        assert_non_null(f);
        assert_true(f->score >= last && f->score <= 1);
        last = f->score;
    }
}

/* «94»F: the mark of a golden row can't stand before a capital. */
static void ages_with_a_letter(void **state)
{
    static const struct {
        const char *text;
        bool found;
    } rows[] = {
        { "94F with chest pain", true },
        { "A 94M presents after a fall", true },
        { "T 98F with chills", false },
        { "temp 99F, HR 90", false },
        { "94F", false },
        { "Pt 92F", true },
        { "Pt 101F this AM", false },
        { "Rm 4 92F CHF", true },
        { "92 F", false },
        { "92-F", true },
        { "89F with chest pain", false },
    };
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        const struct finding *f = find(*state, rows[i].text, LABEL_AGE);
        if ((f != NULL) != rows[i].found) fail_msg("%s", rows[i].text);
        if (f) assert_int_equal(f->end - f->start, 2);
    }
}

/* What another run left stays as it is. */
static void placeholders_stay(void **state)
{
    static const char *const rows[] = { "seen on [DATE]", "seen on [DATE-7QK2] and [DATE-2MAR]",
                                        "a 90+ year old man", "[**2021-03-05**]" };
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        if (find(*state, rows[i], LABEL_DATE)) fail_msg("%s", rows[i]);
        if (find(*state, rows[i], LABEL_AGE)) fail_msg("%s", rows[i]);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(births_are_marked),  cmocka_unit_test(days_are_told_from_months),
        cmocka_unit_test(years_of_birth),     cmocka_unit_test(cues_are_kept),
        cmocka_unit_test(scores_are_ordered), cmocka_unit_test(ages_with_a_letter),
        cmocka_unit_test(placeholders_stay),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
