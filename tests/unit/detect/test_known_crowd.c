/* A word that thousands have as their name: the same is found as when the text is held against each of them, and at each
 * place the text is held against few, however many there are. */
#include "unit.h"

#include "detect/engine.h"
#include "detect/known_set.h"
#include "detect/nicknames.h"
#include "detect/route.h"
#include "lexicon/lexicon.h"
#include "stats/bootstrap.h"
#include "text/offsets.h"

enum { PEOPLE_MAX = 4000, WORD = 16, TEXT_MAX_BYTES = 1 << 16 };

static const char *const families[] = { "Quelby", "Dorbrecht", "Brown", "Xanthe-Quelby" };
static const char *const fillers[] = { "and", "de",  "R.",  "Q.", ",",  "Quelby", "saw", "Mrs.",
                                       "la",  "Bob", "J. ", "-",  "\n", ".",      "the", "Xan" };

struct room {
    struct arena arena;
    struct routes routes;
    struct nicknames *nick;
    struct stat_random rnd;
    struct known_value values[PEOPLE_MAX * 4];
    char givens[PEOPLE_MAX][WORD];
    uint32_t n;
};
static struct room room;

static uint32_t below(uint32_t n)
{
    return stat_random_below(&room.rnd, n);
}

static void add(const char *text, enum finding_part part, uint8_t role, uint32_t person)
{
    room.values[room.n++] = (struct known_value){ .text = view_of_str(text),
                                                  .label = LABEL_NAME,
                                                  .part = (uint8_t)part,
                                                  .role = role,
                                                  .person = person };
}

static void invent(char *out, uint32_t i)
{
    static const char *const parts[] = { "ba", "ko", "ri", "zu", "mal", "vor", "fen", "mo" };
    (void)snprintf(out, WORD, "%s%s%s%s", parts[i % 8], parts[i / 8 % 8], parts[i / 64 % 8],
                   parts[i / 512 % 8]);
    out[0] = (char)(out[0] - 'a' + 'A');
}

static const struct doc *read_text(const char *text)
{
    static struct doc d;
    static struct offset_map map;
    assert_ok(doc_prepare(&d, &room.routes, view_of_str(text), VIEW(""), &room.arena, &map));
    return &d;
}

static struct known *make(void)
{
    struct known *k;
    const struct known_help help = { lexicon_builtin(), room.nick, DATE_MONTH_FIRST };
    assert_ok(known_new(&k, room.values, room.n, &help, &room.arena));
    return k;
}

static void find(const struct known *k, const struct doc *d, struct findings *out)
{
    findings_init(out, DETECT_MAX);
    assert_ok(known_find(k, d, out));
}

static void begin(uint64_t seed)
{
    arena_reset(&room.arena);
    stat_random_seed(&room.rnd, seed);
    room.n = 0;
}

/* Few names, so that most words are those of many: families, given names, whole names, in several roles. */
static void crowd(uint32_t people, uint32_t givens)
{
    static const uint8_t roles[] = { WHO_PATIENT, WHO_RELATIVE, WHO_CLINICIAN, WHO_UNKNOWN };
    for (uint32_t i = 0; i < 40; i++)
        invent(room.givens[i], i * 101);
    for (uint32_t i = 1; i <= people; i++) {
        const uint8_t role = roles[below(30) ? 2 + below(2) : below(2)];
        add(families[below(COUNT_OF(families))], below(9) ? PART_FAMILY : PART_WHOLE, role, i);
        add(below(5) ? room.givens[below(givens)] : "Robert", PART_GIVEN, role, i);
        if (below(3) == 0) add(room.givens[below(givens)], PART_GIVEN, role, i);
        if (below(8) == 0) add("Quelby", below(2) ? PART_GIVEN : PART_FAMILY, role, i);
    }
}

static void write_text(char *out, size_t words)
{
    size_t n = 0;
    for (size_t i = 0; i < words; i++) {
        const char *w = below(3) == 0   ? families[below(COUNT_OF(families))]
                        : below(2) == 0 ? room.givens[below(40)]
                                        : fillers[below(COUNT_OF(fillers))];
        n += (size_t)snprintf(out + n, TEXT_MAX_BYTES - n, "%s%s", i && below(6) ? " " : "", w);
    }
}

static void the_same_is_found(void **state)
{
    (void)state;
    static char text[TEXT_MAX_BYTES];
    uint32_t found = 0, shortened = 0, tried[KNOWN_TRIED_MAX];
    for (uint64_t seed = 1; seed <= 40; seed++) {
        struct findings all, few;
        begin(seed);
        crowd(seed % 2 ? 40 * (uint32_t)seed + 20 : (uint32_t)seed + 60, seed % 3 ? 40 : 2);
        write_text(text, 1500);
        struct known *k = make();
        const struct doc *d = read_text(text);
        assert_non_null(k->crowds);
        for (uint32_t i = 0; i < d->n; i++)
            shortened += known_crowd_at(k, d, i, tried) != KNOWN_NONE;
        find(k, d, &few);
        k->crowds = NULL;
        find(k, d, &all);
        assert_int_equal(few.n, all.n);
        for (uint32_t i = 0; i < all.n; i++)
            assert_memory_equal(&few.v[i], &all.v[i], sizeof all.v[i]);
        found += all.n;
        findings_clear(&all);
        findings_clear(&few);
    }
    assert_true(found > 5000 && shortened > 5000);
}

/* How many persons are held against a text of fifty relatives, of so many. */
static uint32_t tried_of(uint32_t people)
{
    static char text[TEXT_MAX_BYTES];
    uint32_t tried[KNOWN_TRIED_MAX], sum = 0;
    size_t n = 0;
    begin(7);
    for (uint32_t i = 0; i < people; i++) {
        invent(room.givens[i], i);
        add("Quelby", PART_FAMILY, WHO_RELATIVE, i + 1);
        add(room.givens[i], PART_GIVEN, WHO_RELATIVE, i + 1);
    }
    for (uint32_t i = 0; i < 50; i++)
        n += (size_t)snprintf(text + n, sizeof text - n, "Quelby, %s came. Mrs. Quelby left. ",
                              room.givens[i]);
    const struct known *k = make();
    const struct doc *d = read_text(text);
    for (uint32_t i = 0; i < d->n; i++) {
        if (d->tok[i].hash != token_hash_word(VIEW("quelby"))) continue;
        uint32_t at = known_crowd_at(k, d, i, tried);
        assert_int_not_equal(at, KNOWN_NONE);
        sum += at;
    }
    return sum;
}

static void few_are_tried_of_many(void **state)
{
    (void)state;
    const uint32_t few = tried_of(250), many = tried_of(PEOPLE_MAX);
    assert_true(few > 100); /* each place at least once */
    assert_true(many <= 2 * few);
}

static int start(void **state)
{
    (void)state;
    arena_init(&room.arena, 256 << 20);
    if (nicknames_new(&room.nick)) return -1;
    return routes_init(&room.routes, lexicon_builtin()) ? -1 : 0;
}

static int end(void **state)
{
    (void)state;
    arena_clear(&room.arena);
    nicknames_free(room.nick);
    routes_clear(&room.routes);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(the_same_is_found),
                                        cmocka_unit_test(few_are_tried_of_many) };
    return cmocka_run_group_tests(tests, start, end);
}
