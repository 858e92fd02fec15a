/* Putting values back: exactly where it is sure, and nowhere else. */
#include "library_fixture.h"

#include "redact/restore.h"

/* An edit of the only `from` in text. */
static struct edit edit_of(const char *text, const char *from, const char *with)
{
    const char *p = strstr(text, from);
    assert_non_null(p);
    uint32_t at = (uint32_t)(p - text);
    return (struct edit){ at, at + (uint32_t)strlen(from), view_of_str(with) };
}

struct row {
    const char *text, *from[3], *with[3]; /* what was replaced in the text, in its order */
    const char *reply, *restored;
    unsigned put_back, left, lost;
};
static const struct row rows[] = {
    { "Lopez came.",
      { "Lopez" },
      { "[NAME-7QK2]" },
      "Call [NAME-7QK2] and [NAME-7QK3].",
      "Call Lopez and [NAME-7QK3].",
      1,
      0,
      0 },
    /* as a word only */
    { "Lopez came.",
      { "Lopez" },
      { "Quinn" },
      "Quinn, Quinns, McQuinn, Quinn\xC3\xA9, Quinn_ (Quinn)",
      "Lopez, Quinns, McQuinn, Quinn\xC3\xA9, Quinn_ (Lopez)",
      2,
      0,
      0 },
    /* the longer one wins, and the shorter stands elsewhere */
    { "Ann Lopez of Lee Clinic",
      { "Ann", "Lee Clinic" },
      { "Moor", "Moor House" },
      "Moor at Moor House; Moor Houses",
      "Ann at Lee Clinic; Ann Houses",
      3,
      0,
      0 },
    /* two values, one replacement */
    { "Smith, later SMITH",
      { "Smith", "SMITH" },
      { "[NAME-22]", "[NAME-22]" },
      "[NAME-22]?",
      "[NAME-22]?",
      0,
      1,
      2 },
    /* the text said it already */
    { "Grant of Quinn", { "Grant" }, { "Quinn" }, "Quinn", "Quinn", 0, 1, 1 },
    /* less than the value; too short; no letter */
    { "on 03/12/2021 at 93",
      { "03/12/2021", "93" },
      { "2021", "90+" },
      "2021, 90+",
      "2021, 90+",
      0,
      2,
      2 },
    { "Li came", { "Li" }, { "Wu" }, "Wu", "Wu", 0, 1, 1 },
    /* numbers are not found inside numbers */
    { "since 03/12 now",
      { "03/12" },
      { "11/30" },
      "11/30 11/30/2020 1.11/30 11/30-31 11/30.",
      "03/12 11/30/2020 1.11/30 11/30-31 03/12.",
      2,
      0,
      0 },
    /* the same value twice is no doubt */
    { "Ann, Bob, Ann", { "Ann", "Bob" }, { "[N-2]", "[N-3]" }, "[N-3][N-2]", "BobAnn", 2, 0, 0 },
    /* what was put back is not looked at again */
    { "Quinn, Moore",
      { "Quinn", "Moore" },
      { "Moore2", "Quinn2" },
      "Moore2 Quinn2",
      "Quinn Moore",
      2,
      0,
      0 },
    /* a piece of a word can't be known again */
    { "xLopezx", { "Lopez" }, { "Quinn" }, "xQuinnx", "xQuinnx", 0, 0, 1 },
    /* what was only taken out can't come back */
    { "a Lopez b", { "Lopez" }, { "" }, "a  b", "a  b", 0, 0, 1 },
    { "", { 0 }, { 0 }, "", "", 0, 0, 0 },
};

static void rows_hold(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        const struct row *t = &rows[i];
        struct edit v[3];
        struct edits edits = { v, 0 };
        struct restore *r;
        struct restore_counts counts;
        struct buf out;
        buf_init(&out, 4096);
        while (edits.n < 3 && t->from[edits.n]) {
            v[edits.n] = edit_of(t->text, t->from[edits.n], t->with[edits.n]);
            edits.n++;
        }
        assert_ok(restore_new(&r, view_of_str(t->text), &edits));
        assert_ok(restore_text(r, view_of_str(t->reply), &out, &counts));
        if (!view_eq(buf_view(&out), view_of_str(t->restored)))
            fail_msg("row %zu gives \"%.*s\"", i, (int)out.n, out.p);
        if (counts.put_back != t->put_back || counts.left != t->left || restore_lost(r) != t->lost)
            fail_msg("row %zu: %u put back, %u left, %u lost", i, (unsigned)counts.put_back,
                     (unsigned)counts.left, (unsigned)restore_lost(r));
        buf_clear(&out);
        restore_free(r);
    }
}

/* Whatever lost says 0 of comes back whole; and a redaction outlives its session. */
static void round_trip(void **state)
{
    (void)state;
    static const char text[] = "\xEF\xBB\xBFPatient: Maria Lopez. Call (617) 555-0123 or mail "
                               "mlopez@mercy-clinic.org. Dr. Harold Abernathy agrees.";
    for (int style = CORDON_STYLE_TAG; style <= CORDON_STYLE_SURROGATE; style++) {
        struct library l = library_open((enum cordon_style)style);
        struct cordon_redaction *r;
        struct cordon_restore_counts counts;
        size_t n, n_list, n_back;
        char *back;
        assert_int_equal(cordon_redact(l.session, text, strlen(text), NULL, &r, NULL), CORDON_OK);
        library_close(&l);
        const char *out = cordon_redaction_text(r, &n);
        (void)cordon_redaction_list(r, &n_list);
        assert_null(strstr(out, "Abernathy"));
        assert_int_equal(cordon_restore(r, out, n, &back, &n_back, &counts, NULL), CORDON_OK);
        assert_int_equal(n_back, strlen(back));
        assert_int_equal(counts.put_back + cordon_redaction_lost(r), n_list);
        if (style == CORDON_STYLE_TAG) assert_int_equal(cordon_redaction_lost(r), 0);
        if (cordon_redaction_lost(r) == 0) assert_string_equal(back, text);
        cordon_free(back);
        cordon_redaction_free(r);
    }
}

static void refuses_what_is_no_text(void **state)
{
    (void)state;
    struct library l = library_open(CORDON_STYLE_TAG);
    struct cordon_redaction *r;
    struct cordon_problem problem;
    char *back;
    size_t n;
    assert_int_equal(cordon_redact(l.session, "Mr. Lopez", 9, NULL, &r, NULL), CORDON_OK);
    assert_int_equal(cordon_restore(r, "a\xFF", 2, &back, &n, NULL, &problem),
                     CORDON_ERROR_ENCODING);
    assert_null(back);
    assert_int_equal(problem.offset, 1);
    assert_int_equal(cordon_restore(r, NULL, 2, &back, &n, NULL, NULL), CORDON_ERROR_USAGE);
    assert_int_equal(cordon_restore(r, "a", SIZE_MAX, &back, &n, NULL, NULL), CORDON_ERROR_LIMIT);
    assert_int_equal(cordon_restore(r, NULL, 0, &back, &n, NULL, NULL), CORDON_OK);
    assert_string_equal(back, "");
    cordon_free(back);
    cordon_redaction_free(r);
    library_close(&l);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rows_hold),
        cmocka_unit_test(round_trip),
        cmocka_unit_test(refuses_what_is_no_text),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
