/* The kinds of Spanish words that the model's features go by: words of a kind are alike, and what stands further off
 * is looked for within the sentence. */
#include "detect/tag_spanish.h"
#include "lexicon/lexicon.h"
#include "text/offsets.h"
#include "unit.h"

struct read {
    struct arena arena;
    struct routes routes;
    struct offset_map map;
    struct doc d;
};

static void read_text(struct read *r, const char *text)
{
    arena_init(&r->arena, (size_t)1 << 24);
    assert_ok(routes_init(&r->routes, lexicon_builtin()));
    assert_ok(doc_prepare(&r->d, &r->routes, view_of_str(text), VIEW(""), &r->arena, &r->map));
}

static void read_clear(struct read *r)
{
    routes_clear(&r->routes);
    arena_clear(&r->arena);
}

static void words_of_a_kind_are_alike(void **state)
{
    (void)state;
    struct read r;
    read_text(&r, "Colombia UCRANIA perú soldadora marzo 12 absceso");
    const uint64_t country = tag_spanish_kinds(&r.d, 0);
    assert_true(country);
    assert_true(tag_spanish_kinds(&r.d, 1) == country);
    assert_true(tag_spanish_kinds(&r.d, 2) == country);
    assert_true(tag_spanish_kinds(&r.d, 3) && tag_spanish_kinds(&r.d, 3) != country);
    assert_true(tag_spanish_kinds(&r.d, 4) && tag_spanish_kinds(&r.d, 4) != country);
    assert_true(!tag_spanish_kinds(&r.d, 5) && !tag_spanish_kinds(&r.d, 6));
    assert_true(!tag_spanish_kinds(&r.d, -1) && !tag_spanish_kinds(&r.d, r.d.n));
    read_clear(&r);
}

static void whose_age_it_is_stands_before(void **state)
{
    (void)state;
    struct read r;
    /*            0     1  2  3         4  5  6  7    8 9  10 11 12 */
    read_text(&r, "Padre de 65 años. A los 40 años, tía de 52 años\nDe 7 años");
    assert_true(tag_spanish_left(&r.d, 2));
    assert_true(!tag_spanish_left(&r.d, 7)); /* another sentence */
    assert_true(tag_spanish_left(&r.d, 12));
    assert_true(!tag_spanish_left(&r.d, 15)); /* another line */
    assert_true(!tag_spanish_left(&r.d, 0));
    read_clear(&r);
}

static void what_it_is_counted_from_stands_behind(void **state)
{
    (void)state;
    struct read r;
    /*            0 1    2  3         4    5  6    7       8  9    10 */
    read_text(&r, "3 años de evolución. Con 4 años acude. A los 5 años");
    assert_true(tag_spanish_right(&r.d, 0));
    assert_true(tag_spanish_right(&r.d, 0) != tag_spanish_right(&r.d, 1)); /* nearer */
    assert_true(!tag_spanish_right(&r.d, 6));
    assert_true(!tag_spanish_right(&r.d, r.d.n - 1));
    read_clear(&r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words_of_a_kind_are_alike),
        cmocka_unit_test(whose_age_it_is_stands_before),
        cmocka_unit_test(what_it_is_counted_from_stands_behind),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
