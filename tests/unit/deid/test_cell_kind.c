/* What cells could be, and what columns then are. */
#include "unit.h"

#include "deid/cell_kind.h"
#include "faults.h"
#include "room.h"

static void is(const char *cell, unsigned kinds)
{
    unsigned k = 0;
    assert_ok(cell_kinds(view_of_str(cell), &arena, &k));
    if (k != kinds) fail_msg("\"%s\" is %u, not %u", cell, k, kinds);
    arena_reset(&arena);
}

static void cells_are_judged_by_their_words(void **state)
{
    (void)state;
    is("Maria", CSV_KIND_MAYBE | CSV_KIND_GIVEN);
    is(" garcia ", CSV_KIND_MAYBE | CSV_KIND_FAMILY);
    is("Garcia, Maria Q.", CSV_KIND_MAYBE | CSV_KIND_NAME);
    is("Quuxwyrth", CSV_KIND_MAYBE | CSV_KIND_RARE);
    is("Quuxwyrth-Vronk", CSV_KIND_MAYBE | CSV_KIND_RARE);
    is("Quuxwyrth pain", 0);
    is("White", CSV_KIND_MAYBE | CSV_KIND_WORD);
    is("Boston", CSV_KIND_MAYBE | CSV_KIND_TOWN);
    is("M\xFCller", CSV_KIND_MAYBE); /* Latin-1 */
    is("", 0);
    is("8837211", 0);
    is("Kidney", 0);
    is("Lipitor", 0);
    is("seen by Maria", 0);
    is("mg/dL", 0);
}

static const char people[] = "7000001,Garcia,Maria,White,Boston\n"
                             "7000002,Quuxwyrth,John,Black,Worcester\n"
                             "7000003,Nguyen,Vronke,White,Springfield\n";

/* The role of the first column. */
static enum piece_role first_role(const char *table, bool *has_header)
{
    const struct csv_options o = { .kinds_of = cell_kinds };
    struct csv *c;
    assert_ok(csv_open(&c, &o, 0, view_of_str(table), true, &arena, NULL));
    enum piece_role role = c->columns[0].role;
    *has_header = c->header.n > 0;
    arena_reset(&arena);
    return role;
}

/* Names that no list has, and a first row of people whose names are words of headers. */
static void rare_names_are_names_and_people_no_header(void **state)
{
    (void)state;
    bool has_header;
    assert_int_equal(first_role("Quuxwyrth,4\nVronke,5\nZwabbelt-Kro,6\n", &has_header), ROLE_NAME);
    assert_int_equal(first_role("Hemolyzed,4\nClotted,5\nIcteric,6\n", &has_header), ROLE_TEXT);
    assert_int_equal(first_role("John,Street\nMaria,Garcia\nPeter,Jones\n", &has_header),
                     ROLE_GIVEN);
    assert_false(has_header);
    assert_int_equal(first_role("Street,Kim,Boston\nWhite,Chen,Lowell\n", &has_header), ROLE_TEXT);
    assert_false(has_header);
    assert_int_equal(first_role("mrn,Smith,Jones,Lee\n17,5,2,4\n18,6,3,4\n", &has_header),
                     ROLE_MRN);
    assert_true(has_header);
    assert_int_equal(first_role("John,Street\n4,Main\n5,Elm\n", &has_header), ROLE_TEXT);
    assert_true(has_header);
}

static err open_people(void *ctx)
{
    static const enum piece_role want[] = { ROLE_NUMBER, ROLE_FAMILY, ROLE_GIVEN, ROLE_TEXT,
                                            ROLE_TOWN };
    const struct csv_options o = { .kinds_of = cell_kinds };
    struct arena a;
    struct csv *c;
    (void)ctx;
    arena_init(&a, 1 << 20);
    err e = csv_open(&c, &o, 0, view_of_str(people), true, &a, NULL);
    for (uint32_t i = 0; !e && i < COUNT_OF(want); i++)
        if (c->columns[i].role != want[i]) fail_msg("column %u is %d", i, (int)c->columns[i].role);
    if (!e) assert_int_equal(c->header.n, 0);
    arena_clear(&a);
    return e;
}

static void columns_are_judged_by_their_cells(void **state)
{
    (void)state;
    assert_ok(open_people(NULL));
    faults_in_turn(open_people, NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(cells_are_judged_by_their_words),
                                        cmocka_unit_test(columns_are_judged_by_their_cells),
                                        cmocka_unit_test(
                                            rare_names_are_names_and_people_no_header) };
    return cmocka_run_group_tests(tests, room_start, room_end);
}
