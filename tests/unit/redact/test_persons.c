/* What is left of a name follows the person of the text, whose surrogate's letters it gets. */
#include "redacted.h"

#include "faults.h"

#include "redact/persons.h"

static const char *table;

/* ---- persons of a text ---- */

enum { NAMES_MAX = 16 };
struct people {
    struct arena arena;
    struct persons *persons;
    struct persons_source source;
};

static err get(void *ctx, const struct persons **out)
{
    *out = ((struct people *)ctx)->persons;
    return OK;
}

/* "John Smith;Jane Stone". Those whose bits are in `below` are of the base. */
static err people_make(struct people *p, const char *names, bool backwards, unsigned below)
{
    err e = OK;
    view v = view_of_str(names), one[NAMES_MAX];
    struct persons *base = NULL;
    uint32_t n = 0;
    arena_init(&p->arena, 16 << 20);
    p->source = (struct persons_source){ get, p };
    for (size_t at = 0; at < v.n;) {
        size_t end = view_find_byte(v, at, ';');
        if (n < COUNT_OF(one)) one[n++] = view_sub(v, at, end);
        at = end + 1;
    }
    if (below) {
        TRY(persons_new(&base, &p->arena));
        for (uint32_t i = 0; i < n; i++)
            if (below >> i & 1)
                TRY(persons_add(base, &(struct person_part){ one[i], PART_WHOLE }, 1));
        TRY(persons_close(base));
    }
    TRY(persons_new_over(&p->persons, base, &p->arena));
    for (uint32_t i = 0; i < n; i++) {
        uint32_t at = backwards ? n - 1 - i : i;
        const struct person_part whole = { one[at], PART_WHOLE };
        if (!(below >> at & 1)) TRY(persons_add(p->persons, &whole, 1));
    }
    TRY(persons_close(p->persons));
out:
    return e;
}

static void people_init(struct people *p, const char *names, bool backwards)
{
    assert_ok(people_make(p, names, backwards, 0));
}

static void people_clear(struct people *p)
{
    arena_clear(&p->arena);
}

/* ---- golden rows ---- */

static void rows_are_as_they_were(void **state)
{
    (void)state;
    char line[1024];
    int rows = 0;
    struct redacted r;
    struct key *k = frozen_key(1);
    FILE *f = fopen(table, "r");
    assert_non_null(f);
    redacted_init(&r, k, ACTION_SURROGATE);
    while (fgets(line, sizeof line, f)) {
        char *field[4] = { line };
        enum label l;
        line[strcspn(line, "\n")] = 0;
        if (line[0] == '#' || line[0] == 0) {
            if (getenv("CORDON_WRITE")) puts(line);
            continue;
        }
        for (int i = 1; i < 4; i++) {
            field[i] = strchr(field[i - 1], '|');
            assert_non_null(field[i]);
            *field[i]++ = 0;
        }
        assert_true(label_from_name(view_of_str(field[1]), &l));
        unsigned names = 1;
        for (const char *at = field[0]; *at; at++)
            names += *at == ';';
        assert_true(names <= NAMES_MAX);
        /* who is named first is all the same, and who is of the base */
        for (unsigned at = 0; at <= 1U << MIN(names, 8U); at++) {
            struct people p;
            bool backwards = at == 1;
            assert_ok(people_make(&p, field[0], backwards, at > 1 ? at - 1 : 0));
            r.domains.persons = &p.source;
            const char *out = redacted(&r, l, PART_WHOLE, field[2]);
            if (!getenv("CORDON_WRITE")) {
                if (strcmp(out, field[3]) != 0)
                    fail_msg("of %s: %s became %s, not %s", field[0], field[2], out, field[3]);
            } else if (!at) {
                printf("%s|%s|%s|%s\n", field[0], field[1], field[2], out);
            }
            people_clear(&p);
        }
        rows++;
    }
    assert_true(rows > 50);
    (void)fclose(f);
    redacted_clear(&r);
    key_free(k);
}

/* ---- properties ---- */

static const char *const givens[] = { "John",   "Anna",   "Kwabena", "Maria", "Xqzto", "Li",
                                      "Robert", "Ingrid", "Jordan",  "Omar",  "Tara",  "Zoe" };
static const char *const families[] = { "Smith",   "Lindqvist", "Garcia", "Jordan",
                                        "O'Brien", "Chen",      "Quxley", "Baker",
                                        "Nyberg",  "Stone",     "Muller", "West" };

static char upper(char c)
{
    return (char)(c >= 'a' && c <= 'z' ? c - 32 : c);
}
static char lower(char c)
{
    return ascii_lower(c);
}

/* Letters of v in small letters. */
static void small(char *to, const char *v)
{
    size_t n = 0;
    for (; *v; v++)
        if (ascii_is_alpha(*v)) to[n++] = lower(*v);
    to[n] = 0;
}

enum { FORMS = 12, VALUE_ROOM = 192 };
/* One of the ways in which people shorten a name. */
static enum label spell(int form, const char *g, const char *f, char *out)
{
    char gs[64], fs[64];
    small(gs, g);
    small(fs, f);
    switch (form) {
    case 0: (void)snprintf(out, VALUE_ROOM, "%c. %s", g[0], f); break;
    case 1: (void)snprintf(out, VALUE_ROOM, "%s %c.", g, f[0]); break;
    case 2: (void)snprintf(out, VALUE_ROOM, "%c%c", g[0], f[0]); break;
    case 3: (void)snprintf(out, VALUE_ROOM, "%c.%c.", g[0], f[0]); break;
    case 4: (void)snprintf(out, VALUE_ROOM, "%s, %c", f, g[0]); break;
    case 5: (void)snprintf(out, VALUE_ROOM, "Mr. %s", f); break;
    case 6: (void)snprintf(out, VALUE_ROOM, "%s", g); break;
    case 7: (void)snprintf(out, VALUE_ROOM, "%c%s", gs[0], fs); break;
    case 8: (void)snprintf(out, VALUE_ROOM, "%c%s@x.org", gs[0], fs); return LABEL_EMAIL;
    case 9: (void)snprintf(out, VALUE_ROOM, "%s.%c@x.org", gs, fs[0]); return LABEL_EMAIL;
    case 10: (void)snprintf(out, VALUE_ROOM, "%s_%s@x.org", fs, gs); return LABEL_EMAIL;
    default: (void)snprintf(out, VALUE_ROOM, "%c%s", upper(gs[0]), f); break;
    }
    return LABEL_NAME;
}

/* The surrogate's given and family name. */
static void full_name(struct redacted *r, const char *g, const char *f, char *given, char *family)
{
    char name[128];
    (void)snprintf(name, sizeof name, "%s %s", g, f);
    const char *out = redacted(r, LABEL_NAME, PART_WHOLE, name), *blank = strchr(out, ' ');
    assert_non_null(blank);
    copy_text(family, 64, blank + 1);
    memcpy(given, out, (size_t)(blank - out));
    given[blank - out] = 0;
}

/* Whatever of a name a text has, it is that of the one surrogate; and no name of the original is left. */
static void one_person_has_one_surrogate(void **state)
{
    (void)state;
    int followed = 0, same = 0;
    for (uint8_t first = 1; first <= 8; first++) {
        struct key *k = frozen_key(first);
        struct redacted r;
        redacted_init(&r, k, ACTION_SURROGATE);
        for (size_t i = 0; i < COUNT_OF(givens) * COUNT_OF(families); i++) {
            const char *g = givens[i % COUNT_OF(givens)], *f = families[i / COUNT_OF(givens)];
            char names[128], given[64], family[64], value[VALUE_ROOM], expected[VALUE_ROOM];
            struct people p;
            if (strcmp(g, f) == 0) continue;
            (void)snprintf(names, sizeof names, "%s %s;Quincy Zuckerman", g, f);
            people_init(&p, names, i % 2);
            r.domains.persons = &p.source;
            full_name(&r, g, f, given, family);
            for (int form = 0; form < FORMS; form++) {
                enum label l = spell(form, g, f, value);
                (void)spell(form, given, family, expected);
                if (l == LABEL_EMAIL) expected[strcspn(expected, "@")] = 0;
                const char *out = redacted(&r, l, PART_WHOLE, value);
                if (l == LABEL_EMAIL) r.text[strcspn(r.text, "@")] = 0;
                bool own = strcmp(expected, value) == 0; /* the surrogate has the same letters */
                same += own;
                if (own ? strcmp(out, value) == 0 : strcmp(out, expected) != 0)
                    fail_msg("%s %s is %s %s, but %s became %s", g, f, given, family, value, out);
                followed++;
            }
            people_clear(&p);
        }
        redacted_clear(&r);
        key_free(k);
    }
    assert_true(followed > 10000);
    assert_true(same > 0); /* it was met, and never left as it was */
}

/* Nobody, or several: what an initial becomes does not depend on who else is in the text. */
static void doubt_changes_nothing(void **state)
{
    (void)state;
    static const struct {
        const char *names, *value;
    } rows[] = {
        { "Quincy Zuckerman", "JS" },
        { "Quincy Zuckerman", "J.S." },
        { "Quincy Zuckerman", "J. Smith" },
        { "Quincy Zuckerman", "jsmith" },
        { "Quincy Zuckerman", "Mr. S." },
        { "", "John S." },
        { "Mr. Smith", "JS" },
        { "Smith", "J. Smith" },
        { "John", "JS" },
        { "John Smith;Jane Smith", "JS" },
        { "John Smith;Jane Smith", "J. Smith" },
        { "John Smith;James Stone", "J.S." },
        { "John Smith;John Stone", "John S." },
        { "John Smith;Anna Stone", "Mr. S." },
        { "John Smith;Jane Smith;J. Smith", "JS" },
        { "John Smith", "S." },
        { "John Smith", "SJ" },
        { "John Smith", "R. Smith" },
        { "John Smith", "J. Jones" },
    };
    struct key *k = frozen_key(1);
    struct redacted with, without;
    redacted_init(&with, k, ACTION_SURROGATE);
    redacted_init(&without, k, ACTION_SURROGATE);
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        struct people p;
        people_init(&p, rows[i].names, false);
        with.domains.persons = &p.source;
        assert_string_equal(redacted(&with, LABEL_NAME, PART_WHOLE, rows[i].value),
                            redacted(&without, LABEL_NAME, PART_WHOLE, rows[i].value));
        people_clear(&p);
    }
    redacted_clear(&with);
    redacted_clear(&without);
    key_free(k);
}

/* More names than are looked through: initials are as nobody's, whatever came first. */
static void a_crowd_says_nothing(void **state)
{
    (void)state;
    struct key *k = frozen_key(1);
    struct redacted with, without;
    struct people p;
    people_init(&p, "John Smith", false);
    redacted_init(&with, k, ACTION_SURROGATE);
    redacted_init(&without, k, ACTION_SURROGATE);
    with.domains.persons = &p.source;
    assert_string_equal(redacted(&with, LABEL_NAME, PART_WHOLE, "JS"), "DN");
    for (int i = 0; i < 400; i++) {
        char name[32];
        (void)snprintf(name, sizeof name, "Anna S%c%cson", 'a' + i / 26, 'a' + i % 26);
        const struct person_part whole = { view_of_str(name), PART_WHOLE };
        assert_ok(persons_add(p.persons, &whole, 1));
    }
    assert_string_equal(redacted(&with, LABEL_NAME, PART_WHOLE, "JS"),
                        redacted(&without, LABEL_NAME, PART_WHOLE, "JS"));
    redacted_clear(&with);
    redacted_clear(&without);
    people_clear(&p);
    key_free(k);
}

/* A name of two family names counts with both, and a word with what it is told to be, though one letter is crowded. */
static void a_crowd_does_not_tell_the_order(void **state)
{
    (void)state;
    struct person_answer answer;
    for (int backwards = 0; backwards < 2; backwards++) {
        struct people p;
        people_init(&p, "Tom Tate", false);
        for (int i = 0; i < 400; i++) {
            char name[64];
            int of = backwards ? 399 - i : i; /* "Anna S…", then "Xqzto S…-T…" */
            (void)snprintf(name, sizeof name, of < 200 ? "Anna S%c%c" : "Xqzto S%c%c-Tarn",
                           'a' + of / 26, 'a' + of % 26);
            const struct person_part whole = { view_of_str(name), PART_WHOLE };
            assert_ok(persons_add(p.persons, &whole, 1));
        }
        assert_ok(persons_close(p.persons));
        struct person_words asked;
        persons_find_initials(p.persons, VIEW("tt"), &asked, &answer);
        const struct person_uses uses = persons_word(p.persons, VIEW("xqzto"));
        assert_true(uses.given && !uses.family);
        assert_null(answer.of[0]);
        for (int i = 0; i < 400; i++) { /* "annasaa" of one who is held, or not */
            char word[16];
            (void)snprintf(word, sizeof word, "annas%c%c", 'a' + i / 26, 'a' + i % 26);
            persons_login(p.persons, view_of_str(word), &asked, &answer);
            assert_int_equal(asked.n, 0);
        }
        people_clear(&p);
    }
}

/* Nor does it tell who is of the base: a crowd is what both hold, and who is held twice counts once. */
static void a_crowd_is_of_both(void **state)
{
    (void)state;
    enum { HELD = 64, BELOW = 40 };
    for (int own = 20; own < 30; own++) {
        struct people p;
        struct persons *base;
        struct person_answer answer;
        struct person_words asked;
        bool is_crowd = BELOW + own + 1 >= HELD;
        arena_init(&p.arena, 1 << 20);
        assert_ok(persons_new(&base, &p.arena));
        p.persons = base;
        for (int i = 0; i < BELOW + own; i++) {
            char name[64];
            if (i == BELOW) {
                assert_ok(persons_close(base));
                assert_ok(persons_new_over(&p.persons, base, &p.arena));
            }
            (void)snprintf(name, sizeof name, "Anna S%c%c", 'a' + i / 26, 'a' + i % 26);
            const struct person_part whole = { view_of_str(name), PART_WHOLE };
            assert_ok(persons_add(p.persons, &whole, 1));
        }
        const struct person_part again = { VIEW("Anna Saa"), PART_WHOLE },
                                 one = { VIEW("Xqzto Stone"), PART_WHOLE };
        assert_ok(persons_add(p.persons, &again, 1));
        assert_ok(persons_add(p.persons, &one, 1));
        assert_ok(persons_close(p.persons));
        persons_find_initials(p.persons, VIEW("xs"), &asked, &answer);
        assert_int_equal(answer.of[0] == NULL, is_crowd);
        assert_int_equal(answer.any, !is_crowd);
        assert_true(persons_word(p.persons, VIEW("anna")).given);
        persons_find_initials(base, VIEW("xs"), &asked, &answer);
        assert_false(answer.any); /* the base stays as it is */
        people_clear(&p);
    }
}

static void names_come_in_parts(void **state)
{
    (void)state;
    static const struct person_part parts[] = { { { "SMITH", 5 }, PART_FAMILY },
                                                { { "JOHN", 4 }, PART_GIVEN },
                                                { { "Robert", 6 }, PART_GIVEN } };
    struct key *k = frozen_key(1);
    struct redacted r;
    struct people p;
    char whole[64];
    people_init(&p, "", false);
    assert_ok(persons_add(p.persons, parts, COUNT_OF(parts)));
    assert_ok(persons_close(p.persons));
    redacted_init(&r, k, ACTION_SURROGATE);
    r.domains.persons = &p.source;
    COPY(whole, redacted(&r, LABEL_NAME, PART_WHOLE, "John Robert Smith"));
    const char *middle = strchr(whole, ' ') + 1, *last = strchr(middle, ' ') + 1;
    const char expected[] = { whole[0], middle[0], last[0], 0 };
    assert_string_equal(redacted(&r, LABEL_NAME, PART_WHOLE, "JRS"), expected);
    redacted_clear(&r);
    people_clear(&p);
    key_free(k);
}

static err run(void *ctx)
{
    struct people p;
    const unsigned below = *(const unsigned *)ctx;
    err e = people_make(&p, "John Smith;J. R. Smith;Anna Garcia-Lopez;Xqzto Quxley;Mr. S.", false,
                        below);
    people_clear(&p);
    return e;
}

static void memory_runs_short(void **state)
{
    (void)state;
    for (unsigned below = 0; below <= 2; below += 2)
        faults_in_turn(run, &below);
}

int main(int argc, char **argv)
{
    if (argc < 2) return 2;
    table = argv[1];
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rows_are_as_they_were),
        cmocka_unit_test(one_person_has_one_surrogate),
        cmocka_unit_test(doubt_changes_nothing),
        cmocka_unit_test(a_crowd_says_nothing),
        cmocka_unit_test(a_crowd_does_not_tell_the_order),
        cmocka_unit_test(a_crowd_is_of_both),
        cmocka_unit_test(names_come_in_parts),
        cmocka_unit_test(memory_runs_short),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
