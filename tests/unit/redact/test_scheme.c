/* Scheme 1 is frozen: under a known key each value of scheme1.txt becomes what is written there, in this
 * release and in every later one. A line: label, part, value, surrogate, tag; "|" between, "\n" a line
 * break. With CORDON_WRITE set, the lines are printed as they are now (for a new scheme, never for an
 * old one). */
#include "redacted.h"

static const char *table;

static void unescape(char *s)
{
    char *to = s;
    for (; *s; s++)
        *to++ = s[0] == '\\' && s[1] == 'n' ? (s++, '\n') : *s;
    *to = 0;
}

static void print_escaped(const char *s)
{
    for (; *s; s++)
        if (*s == '\n')
            printf("\\n");
        else
            putchar(*s);
}

static int part_of(const char *name)
{
    static const char *const names[] = { "-",      "given", "family", "initial",
                                         "street", "town",  "zip",    "state" };
    for (size_t i = 0; i < COUNT_OF(names); i++)
        if (strcmp(names[i], name) == 0) return (int)i;
    fail_msg("no part: %s", name);
    return 0;
}

static void surrogates_are_as_they_were(void **state)
{
    (void)state;
    char line[1024];
    int lines = 0;
    struct redacted surrogate, tag;
    struct key *k = frozen_key(1);
    FILE *f = fopen(table, "r");
    assert_non_null(f);
    redacted_init(&surrogate, k, ACTION_SURROGATE);
    redacted_init(&tag, k, ACTION_TAG);
    while (fgets(line, sizeof line, f)) {
        char *field[5] = { line };
        enum label l;
        line[strcspn(line, "\n")] = 0;
        if (line[0] == '#' || line[0] == 0) {
            if (getenv("CORDON_WRITE")) puts(line);
            continue;
        }
        for (int i = 1; i < 5; i++)
            if ((field[i] = strchr(field[i - 1], '|')))
                *field[i]++ = 0;
            else
                field[i] = line + sizeof line - 1, *field[i] = 0;
        assert_true(label_from_name(view_of_str(field[0]), &l));
        for (int i = 2; i < 5; i++)
            unescape(field[i]);
        const char *s = redacted(&surrogate, l, part_of(field[1]), field[2]);
        const char *t = redacted(&tag, l, part_of(field[1]), field[2]);
        if (getenv("CORDON_WRITE")) {
            printf("%s|%s|", field[0], field[1]);
            print_escaped(field[2]);
            putchar('|');
            print_escaped(s);
            putchar('|');
            print_escaped(t);
            putchar('\n');
        } else {
            if (strcmp(s, field[3]) != 0) fail_msg("%s is now %s, was %s", field[2], s, field[3]);
            if (strcmp(t, field[4]) != 0) fail_msg("%s is now %s, was %s", field[2], t, field[4]);
        }
        lines++;
    }
    assert_true(lines > 50);
    fclose(f);
    redacted_clear(&surrogate);
    redacted_clear(&tag);
    key_free(k);
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(surrogates_are_as_they_were) };
    if (argc != 2) return 2;
    table = argv[1];
    return cmocka_run_group_tests_name("redact/scheme", tests, NULL, NULL);
}
