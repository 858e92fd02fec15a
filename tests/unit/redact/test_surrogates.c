/* Surrogates: one person is one person, forms are kept, and nothing can be real. */
#include "redacted.h"

#include "redact/check_digits.h"

enum { ROUNDS = 10000 };
static struct key *key;

static int open_key(void **state)
{
    (void)state;
    return key_ephemeral(&key) == OK ? 0 : -1;
}
static int close_key(void **state)
{
    (void)state;
    key_free(key);
    return 0;
}

/* Random values for properties, the same in every run. */
static uint32_t turn;
static uint32_t draw(uint32_t bound)
{
    turn = turn * 1664525u + 1013904223u;
    return (turn >> 8) % bound;
}

static const char *surrogate(struct redacted *r, enum label l, const char *value)
{
    const char *out = redacted(r, l, PART_WHOLE, value);
    assert_int_equal(r->done, 1);
    return out;
}

/* "<" is the given name of a spelling, ">" the family name. */
static void spell(char *out, const char *spelling, const char *given, const char *family)
{
    for (; *spelling; spelling++) {
        const char *part = *spelling == '<' ? given : *spelling == '>' ? family : NULL;
        size_t n = part ? strlen(part) : 1;
        memcpy(out, part ? part : spelling, n);
        out += n;
    }
    *out = 0;
}

/* Every spelling of one line shares the family name's surrogate. */
static void one_person_has_one_surrogate(void **state)
{
    (void)state;
    static const char *const families[] = { "Smith",    "Garcia", "Brown",
                                            "Xqztwell", "Muñoz",  "O'Brien" };
    static const char *const spellings[] = { "< >",   "<  >",  "<\n>",    "Mr. < >",
                                             "< >'s", "< >’s", "< > Jr.", "Dr. < >, MD, Ph.D.",
                                             ">, <",  ">^<",   "Ms. >",   ">" };
    for (size_t i = 0; i < COUNT_OF(families); i++) {
        struct redacted r;
        char value[128], upper[64], family[64], given[64];
        redacted_init(&r, key, ACTION_SURROGATE);
        COPY(family, surrogate(&r, LABEL_NAME, families[i]));
        COPY(given, redacted(&r, LABEL_NAME, PART_GIVEN, "John"));
        COPY(upper, family);
        for (char *c = upper; *c; c++)
            if (*c >= 'a' && *c <= 'z') *c = (char)(*c - 32);

        for (size_t k = 0; k < COUNT_OF(spellings); k++) {
            char want[192];
            spell(value, spellings[k], "John", families[i]);
            spell(want, spellings[k], given, family);
            assert_string_equal(surrogate(&r, LABEL_NAME, value), want);
        }
        if (strcmp(families[i], "Muñoz") != 0) { /* toupper of ñ is not this test's */
            for (size_t c = 0; (value[c] = families[i][c]); c++)
                if (value[c] >= 'a' && value[c] <= 'z') value[c] = (char)(value[c] - 32);
            assert_string_equal(surrogate(&r, LABEL_NAME, value), upper);
        }
        redacted_clear(&r);
    }
}

static void spellings_of_a_letter_agree(void **state)
{
    (void)state;
    struct redacted r;
    char first[64];
    redacted_init(&r, key, ACTION_SURROGATE);
    COPY(first, surrogate(&r, LABEL_NAME, "Munoz"));
    assert_string_equal(surrogate(&r, LABEL_NAME, "Muñoz"), first);
    assert_string_equal(surrogate(&r, LABEL_NAME, "Mun\xCC\x83oz"), first);     /* decomposed */
    assert_string_equal(surrogate(&r, LABEL_NAME, "Mu\xE2\x80\x8Bnoz"), first); /* zero width */
    assert_string_equal(surrogate(&r, LABEL_NAME, "Mu\xC2\xADnoz"), first);     /* soft hyphen */
    snprintf(first, sizeof first, "%s\n", surrogate(&r, LABEL_NAME, "Gonzalez"));
    assert_string_equal(surrogate(&r, LABEL_NAME, "Gon-\nzalez"), first);
    redacted_clear(&r);
}

/* X a capital, x a small letter, 9 a digit; anything else is itself. */
static bool fits(const char *s, const char *form)
{
    for (; *form; form++, s++) {
        if (*form == 'X'   ? !(*s >= 'A' && *s <= 'Z')
            : *form == 'x' ? !(*s >= 'a' && *s <= 'z')
            : *form == '9' ? !ascii_is_digit(*s)
                           : *s != *form)
            return false;
    }
    return *s == 0;
}

static void forms_are_kept(void **state)
{
    (void)state;
    static const struct {
        enum label l;
        const char *value, *form;
    } cases[] = {
        { LABEL_NAME, "J.R.", "X.X." },
        { LABEL_NAME, "JRS", "XXX" },
        { LABEL_NAME, "S", "X" },
        { LABEL_MRN, "12345678", "99999999" },
        { LABEL_MRN, "HP-987654", "XX-999999" },
        { LABEL_ID, "S24-12345", "X99-99999" },
        { LABEL_ID, "ab_12/c", "xx_99/x" },
        { LABEL_ACCOUNT, "4111 1111 1111 1111", "9999 9999 9999 9999" },
        { LABEL_SSN, "123-45-6789", "999-99-9999" },
        { LABEL_SSN, "123 45 6789", "999 99 9999" },
        { LABEL_PHONE, "(617) 555-1234", "(999) 555-0199" },
        { LABEL_PHONE, "617.555.1234", "999.555.0199" },
        { LABEL_PHONE, "+1 617-867-5309 x22", "+1 999-555-0199 x99" },
        { LABEL_FAX, "867-5309", "555-0199" },
        { LABEL_PHONE, "+44 20 7946 0958", "+44 00 0999 9999" },
        { LABEL_PHONE, "x3131", "x0009" },
        { LABEL_LOCATION, "02115", "00999" },
        { LABEL_LOCATION, "02115-1234", "00999-9999" },
        { LABEL_LOCATION, "P.O. Box 1234", "P.O. Box 9999" },
        { LABEL_LOCATION, "Room 302", "Room 999" },
        { LABEL_LOCATION, "4W bed 12", "9X bed 99" },
        { LABEL_ORGANIZATION, "MGH", "XXX" },
        { LABEL_IP, "00:1A:2B:3C:4D:5E", NULL },
        { LABEL_AGE, "94", "90+" },
        { LABEL_AGE, "ninety-four-year-old", "90+-year-old" },
        { LABEL_AGE, "95th birthday", "90+ birthday" },
        { LABEL_AGE, "94 years 3 months", "90+" },
    };
    struct redacted r;
    redacted_init(&r, key, ACTION_SURROGATE);
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        const char *out = surrogate(&r, cases[i].l, cases[i].value);
        if (cases[i].form && !fits(out, cases[i].form))
            fail_msg("%s became %s, not like %s", cases[i].value, out, cases[i].form);
        assert_string_not_equal(out, cases[i].value);
        assert_int_equal(r.masked, 0);
    }
    redacted_clear(&r);
}

/* What says the kind of a place or house stays; the rest goes. */
static void places_and_houses_keep_their_kind(void **state)
{
    (void)state;
    static const struct {
        enum label l;
        const char *value, *begins, *ends, *gone;
    } cases[] = {
        { LABEL_LOCATION, "123 Main St, Springfield, IL 62704", "", ", IL 00", "Main" },
        { LABEL_LOCATION, "123 Main St, Springfield, IL 62704", "", " St, ", "Springfield" },
        { LABEL_LOCATION, "45 N. King Blvd Apt 4B", "", " N. ", "King" },
        { LABEL_LOCATION, "45 N. King Blvd Apt 4B", "", " Blvd Apt ", "4B" },
        { LABEL_LOCATION, "Suffolk County", "", " County", "Suffolk" },
        { LABEL_LOCATION, "Town of Essex", "Town of ", "", "Essex" },
        { LABEL_LOCATION, "New York, NY", "", ", NY", "York" },
        { LABEL_LOCATION, "Washington, D.C.", "", ", D.C.", "Washington" },
        { LABEL_LOCATION, "St. Louis, Missouri", "", ", Missouri", "Louis" },
        { LABEL_LOCATION, "Highway 9", "Highway ", "", "9" },
        { LABEL_LOCATION, "221B Baker Street", "", " Street", "Baker" },
        { LABEL_LOCATION, "42nd Street", "", " Street", "42" },
        { LABEL_ORGANIZATION, "Massachusetts General Hospital", "", " General Hospital", "Massa" },
        { LABEL_ORGANIZATION, "University of Pittsburgh", "University of ", "", "Pitts" },
        { LABEL_ORGANIZATION, "UCLA Medical Center", "", " Medical Center", "UCLA" },
        { LABEL_ORGANIZATION, "Children's Hospital", "", " Hospital", "Children" },
        { LABEL_ORGANIZATION, "St. Vincent's", "", "", "Vincent" },
    };
    struct redacted r;
    redacted_init(&r, key, ACTION_SURROGATE);
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        const char *out = surrogate(&r, cases[i].l, cases[i].value);
        assert_int_equal(r.masked, 0);
        assert_int_equal(strncmp(out, cases[i].begins, strlen(cases[i].begins)), 0);
        if (!strstr(out, cases[i].ends) || strstr(out, cases[i].gone))
            fail_msg("%s became %s", cases[i].value, out);
    }
    redacted_clear(&r);
}

/* An address of e-mail follows the person it names. */
static void mail_follows_the_person(void **state)
{
    (void)state;
    struct redacted r;
    char family[64], given[64], want[192];
    redacted_init(&r, key, ACTION_SURROGATE);
    COPY(family, surrogate(&r, LABEL_NAME, "smith"));
    COPY(given, surrogate(&r, LABEL_NAME, "anna"));
    char initial = (char)(surrogate(&r, LABEL_NAME, "J.")[0] + 32);
    snprintf(want, sizeof want, "%s.%s@example.", given, family);
    assert_int_equal(
        strncmp(surrogate(&r, LABEL_EMAIL, "Anna.Smith@hospital.org"), want, strlen(want)), 0);
    snprintf(want, sizeof want, "%c%s@example.", initial, family);
    assert_int_equal(strncmp(surrogate(&r, LABEL_EMAIL, "jsmith@hospital.org"), want, strlen(want)),
                     0);
    snprintf(want, sizeof want, "%s%c", family, initial);
    assert_int_equal(strncmp(surrogate(&r, LABEL_EMAIL, "smithj7@x.edu"), want, strlen(want)), 0);
    redacted_clear(&r);
}

static size_t digits_of(const char *s, char *out)
{
    size_t n = 0;
    for (; *s; s++)
        if (ascii_is_digit(*s) || ascii_is_alpha(*s)) out[n++] = ascii_lower(*s);
    out[n] = 0;
    return n;
}

static void random_value(const char *form, char *out)
{
    for (; *form; form++)
        *out++ = (char)(*form == '9' ? '0' + draw(10) : *form == 'X' ? 'A' + draw(26) : *form);
    *out = 0;
}

static void has_year(const char *value, const char *s)
{
    for (; s[0] && s[1] && s[2] && s[3]; s++)
        if (ascii_is_digit(s[0]) && ascii_is_digit(s[1]) && ascii_is_digit(s[2]) &&
            ascii_is_digit(s[3]) && (memcmp(s, "19", 2) == 0 || memcmp(s, "20", 2) == 0))
            fail_msg("%s shows a year", value);
}

/* No registry's check holds, no year shows, and the value is another one. */
static void numbers_are_never_valid(void **state)
{
    (void)state;
    static const char *const forms[] = { "99999999",
                                         "999-999-999",
                                         "9999999999",
                                         "XX9999999",
                                         "9999 9999 9999 9999",
                                         "9XX9-XX9-XX99",
                                         "99999999X",
                                         "9XXXX99999X999999",
                                         "2021-999999",
                                         "99999999999999",
                                         "X9X 9X9",
                                         "999999",
                                         "HP-999999",
                                         "999999999999999" };
    struct redacted r;
    redacted_init(&r, key, ACTION_SURROGATE);
    for (int i = 0; i < ROUNDS; i++) {
        char value[64], plain[64], was[64];
        random_value(forms[(size_t)i % COUNT_OF(forms)], value);
        const char *out = surrogate(&r, LABEL_ID, value);
        assert_int_equal(r.masked, 0);
        size_t n = digits_of(out, plain);
        assert_int_equal(n, digits_of(value, was));
        assert_string_not_equal(plain, was);
        if (check_digits_valid(view_of(plain, n))) fail_msg("%s is valid", out);
        has_year(out, out);
        for (size_t k = 0, run = 0; k <= n; k++) /* no run of digits or letters as it was */
            if (k == n || ascii_is_digit(plain[k]) != ascii_is_digit(plain[run])) {
                assert_memory_not_equal(plain + run, was + run, k - run);
                run = k;
            }
    }
    redacted_clear(&r);
}

static void the_same_number_is_the_same_everywhere(void **state)
{
    (void)state;
    struct redacted r;
    char a[64], b[64], plain[64];
    redacted_init(&r, key, ACTION_SURROGATE);
    digits_of(surrogate(&r, LABEL_MRN, "1234-5678"), a);
    digits_of(surrogate(&r, LABEL_ID, "12345678"), b);
    assert_string_equal(a, b);
    digits_of(surrogate(&r, LABEL_PHONE, "(617) 867-5309"), a);
    digits_of(surrogate(&r, LABEL_FAX, "+1 617.867.5309"), plain);
    assert_string_equal(a, plain + 1);
    redacted_clear(&r);
}

static void contact_numbers_are_never_valid(void **state)
{
    (void)state;
    struct redacted r;
    redacted_init(&r, key, ACTION_SURROGATE);
    for (int i = 0; i < ROUNDS; i++) {
        char value[64], plain[64], was[64];
        random_value("999-99-9999", value);
        const char *out = surrogate(&r, LABEL_SSN, value);
        assert_true(memcmp(out, "000", 3) == 0 || memcmp(out, "666", 3) == 0);
        assert_string_not_equal(out, value);

        random_value(i % 2 ? "(999) 999-9999" : "1-999-999-9999", value);
        digits_of(value, was);
        digits_of(surrogate(&r, LABEL_PHONE, value), plain);
        const char *area = plain + (i % 2 ? 0 : 1);
        assert_memory_equal(area + 3, "55501", 5);
        assert_memory_not_equal(area, was + (i % 2 ? 0 : 1), 3);
        assert_true(area[0] >= '2' && area[1] != '9' && !(area[1] == '1' && area[2] == '1'));

        random_value("99999-9999", value);
        out = redacted(&r, LABEL_LOCATION, PART_ZIP, value);
        assert_true(memcmp(out, "00", 2) == 0 && out[2] < '5');

        snprintf(value, sizeof value, "%u.%u.%u.%u", draw(256), draw(256), draw(256), draw(256));
        out = surrogate(&r, LABEL_IP, value);
        assert_true(!strncmp(out, "192.0.2.", 8) || !strncmp(out, "198.51.100.", 11) ||
                    !strncmp(out, "203.0.113.", 10));
        snprintf(value, sizeof value, "fe80::%x:%x", 1 + draw(65535), 1 + draw(65535));
        assert_int_equal(strncmp(surrogate(&r, LABEL_IP, value), "2001:db8:", 9), 0);
        snprintf(value, sizeof value, "00:%02x:%02x:%02x:%02x:%02x", draw(256), draw(256),
                 draw(256), draw(256), draw(256));
        assert_non_null(memchr("26ae", surrogate(&r, LABEL_IP, value)[1], 4));

        random_value("user9999@hospital99.org", value);
        out = strchr(surrogate(&r, LABEL_EMAIL, value), '@');
        assert_true(!strcmp(out, "@example.org") || !strcmp(out, "@example.com") ||
                    !strcmp(out, "@example.net"));
        random_value("https://www.XXXX.org/p/9999?id=X9#x", value);
        out = surrogate(&r, LABEL_URL, value);
        assert_int_equal(strncmp(out, "https://www.example.", 20), 0);
        assert_int_equal(strlen(strchr(out + 12, '/')), strlen("/p/9999?id=X9#x"));
    }
    redacted_clear(&r);
}

static void registries_are_known(void **state)
{
    (void)state;
    static const char *const valid[] = {
        "1234567893",        /* NPI */
        "9434765919",        /* NHS */
        "ab1234563",         /* DEA */
        "1hgcm82633a004352", /* VIN */
        "4111111111111111",  /* card */
        "1eg4te5mk73",       /* MBI */
        "12345678z",         /* DNI */
        "021000021",         /* ABA */
        "00643169001763",    /* GTIN of a device, as its maker's check digit has it */
        "k1a0b1",            /* Canadian post code */
    };
    for (size_t i = 0; i < COUNT_OF(valid); i++)
        if (!check_digits_valid(view_of_str(valid[i]))) fail_msg("%s passes no check", valid[i]);
    assert_true(check_npi(VIEW("1234567893")) && !check_npi(VIEW("1234567892")));
    assert_true(check_nhs(VIEW("9434765919")) && check_dea(VIEW("AB1234563")));
    assert_true(check_vin(VIEW("1HGCM82633A004352")) && !check_vin(VIEW("1HGCM82634A004352")));
    assert_true(check_luhn(VIEW("4111111111111111")));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_person_has_one_surrogate),
        cmocka_unit_test(spellings_of_a_letter_agree),
        cmocka_unit_test(forms_are_kept),
        cmocka_unit_test(places_and_houses_keep_their_kind),
        cmocka_unit_test(mail_follows_the_person),
        cmocka_unit_test(numbers_are_never_valid),
        cmocka_unit_test(the_same_number_is_the_same_everywhere),
        cmocka_unit_test(contact_numbers_are_never_valid),
        cmocka_unit_test(registries_are_known),
    };
    return cmocka_run_group_tests_name("redact/surrogates", tests, open_key, close_key);
}
