/* The lexicon in the program: what it must know about ambiguity, and how phrases are followed. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "base/arena.h"
#include "lexicon/lexicon.h"

static const struct lex_info *word(const char *w)
{
    return lexicon_find(lexicon_builtin(), token_hash_word(view_of_str(w)));
}

struct row {
    const char *word;
    uint64_t has, lacks;     /* classes */
    int given, surname, use; /* least ranks; use: of lower-case use */
    int given_max, use_max;  /* greatest */
};

/* clang-format off */
static const struct row rows[] = {
    { "mary",      LEX(GIVEN_F), LEX(GIVEN_M) | LEX(MEDICAL), 6, 0, 0, 7, 0 },
    { "james",     LEX(GIVEN_M) | LEX(SURNAME), LEX(GIVEN_F), 7, 6, 0, 7, 0 },
    { "smith",     LEX(SURNAME), LEX(MEDICAL), 0, 7, 0, 3, 0 },
    { "nguyen",    LEX(SURNAME), LEX(WORD), 0, 6, 0, 3, 0 },
    { "garcia",    LEX(SURNAME), LEX(WORD), 0, 7, 0, 4, 0 },
    { "patel",     LEX(SURNAME), LEX(WORD), 0, 4, 0, 7, 0 },
    { "zhang",     LEX(SURNAME), LEX(WORD), 0, 3, 0, 7, 0 },
    { "okafor",    LEX(SURNAME), LEX(WORD), 0, 2, 0, 7, 0 },
    { "kowalski",  LEX(SURNAME), LEX(WORD), 0, 3, 0, 7, 0 },
    { "priya",     LEX_GIVEN, LEX(WORD), 2, 0, 0, 7, 0 },
    { "will",      LEX(GIVEN_M) | LEX(FUNCTION), 0, 2, 3, 7, 5, 7 },
    { "long",      LEX(SURNAME) | LEX(WORD), 0, 0, 4, 5, 4, 7 },
    { "white",     LEX(SURNAME) | LEX(WORD), 0, 0, 6, 5, 7, 7 },
    { "brown",     LEX(SURNAME) | LEX(WORD), 0, 0, 6, 3, 7, 5 },
    { "grace",     LEX(GIVEN_F), 0, 5, 0, 0, 7, 3 },
    { "hope",      LEX(GIVEN_F) | LEX(WORD), 0, 3, 0, 2, 7, 5 },
    { "may",       LEX(MONTH) | LEX(FUNCTION) | LEX(GIVEN_F), 0, 3, 3, 7, 7, 7 },
    { "june",      LEX(MONTH) | LEX(GIVEN_F), LEX(MEDICAL), 4, 0, 0, 7, 3 },
    { "april",     LEX(MONTH) | LEX(GIVEN_F), LEX(MEDICAL), 4, 0, 0, 7, 3 },
    { "parkinson", LEX(SURNAME) | LEX(EPONYM), LEX(WORD), 0, 2, 0, 3, 0 },
    { "foley",     LEX(EPONYM) | LEX(SURNAME), 0, 0, 3, 0, 3, 3 },
    { "crohn",     LEX(EPONYM), 0, 0, 0, 0, 2, 1 },
    { "reading",   LEX(PLACE) | LEX(WORD), 0, 0, 0, 3, 2, 7 },
    { "boston",    LEX(PLACE), LEX(WORD), 0, 0, 0, 5, 0 },
    { "patient",   LEX(NAME_CUE) | LEX(WORD), LEX_GIVEN | LEX(SURNAME), 0, 0, 7, 0, 7 },
    { "the",       LEX(FUNCTION), LEX_GIVEN | LEX(SURNAME) | LEX(PLACE), 0, 0, 7, 0, 7 },
    { "with",      LEX(FUNCTION), LEX_GIVEN | LEX(SURNAME) | LEX(PLACE), 0, 0, 7, 0, 7 },
    { "liver",     LEX(MEDICAL), LEX_GIVEN | LEX(SURNAME) | LEX(PLACE), 0, 0, 5, 0, 7 },
    { "albumin",   LEX(MEDICAL), LEX_GIVEN | LEX(SURNAME), 0, 0, 1, 0, 7 },
    { "alkphos",   LEX(MEDICAL), LEX_GIVEN | LEX(SURNAME), 0, 0, 0, 0, 7 },
    { "COPD",      LEX(ABBREVIATION), LEX_GIVEN | LEX(SURNAME), 0, 0, 0, 0, 7 },
    { "ADA",       LEX(ABBREVIATION) | LEX(GIVEN_F), 0, 3, 0, 0, 7, 3 },
    { "lisinopril", LEX(DRUG), LEX_GIVEN | LEX(SURNAME), 0, 0, 0, 0, 7 },
    { "Lipitor",   LEX(DRUG), LEX_GIVEN | LEX(SURNAME), 0, 0, 0, 0, 7 },
    { "mg",        LEX(UNIT), LEX(SURNAME), 0, 0, 0, 0, 7 },
    { "Dr",        LEX(TITLE), LEX(SURNAME), 0, 0, 0, 0, 7 },
    { "RN",        LEX(CREDENTIAL), LEX(SURNAME), 0, 0, 0, 0, 7 },
    { "wife",      LEX(RELATIVE), LEX(SURNAME), 0, 0, 0, 0, 7 },
    { "texas",     LEX(STATE), 0, 0, 0, 0, 7, 7 },
    { "NY",        LEX(STATE_CODE), 0, 0, 0, 0, 7, 7 },
    { "mexico",    LEX(COUNTRY), 0, 0, 0, 0, 7, 7 },
    { "hispanic",  LEX(DEMONYM), 0, 0, 0, 0, 7, 7 },
    { "hospital",  LEX(ORG_HEAD), LEX(SURNAME), 0, 0, 5, 0, 7 },
    { "UCSF",      LEX(ORG_NAME), LEX(WORD), 0, 0, 0, 0, 7 },
    { "walgreens", LEX(ORG_NAME), 0, 0, 0, 0, 0, 7 },
    { "xqzptv",    0, UINT64_MAX, 0, 0, 0, 0, 0 },
};
/* clang-format on */

static void knows_how_ambiguous_words_are(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        const struct row *r = &rows[i];
        const struct lex_info *l = word(r->word);
        bool good = (l->bits & r->has) == r->has && !(l->bits & r->lacks) && l->given >= r->given &&
                    l->given <= r->given_max && l->surname >= r->surname && l->word >= r->use &&
                    l->word <= r->use_max;
        if (!good)
            fail_msg("%s: bits %" PRIx64 " given %d surname %d word %d", r->word, l->bits, l->given,
                     l->surname, l->word);
    }
}

static void case_and_diacritics_do_not_count(void **state)
{
    (void)state;
    assert_ptr_equal(word("MUNOZ"), word("muñoz"));
    assert_true(word("Muñoz")->bits & LEX(SURNAME));
    assert_ptr_equal(word("Müller"), word("muller"));
    assert_ptr_equal(word("the"), word("THE"));
}

/* Tokens that the longest phrase at the start of `text` spans, and its classes. */
static uint32_t phrase(const char *text, uint64_t *bits)
{
    struct arena a;
    struct tokens t;
    const struct lex_info *out = NULL;
    arena_init(&a, 1 << 16);
    assert_int_equal(token_split(view_of_str(text), &a, &t), OK);
    const struct lexicon *l = lexicon_builtin();
    uint32_t n = lexicon_phrase(l, lexicon_find(l, t.v[0].hash), t.v, t.n, &out);
    assert_true((n != 0) == (out != NULL));
    *bits = out ? out->bits : 0;
    arena_clear(&a);
    return n;
}

static const struct {
    const char *text;
    uint32_t tokens;
    uint64_t bits;
} phrases[] = {
    { "New York", 2, LEX(PLACE) | LEX(STATE) },
    { "new york city hospital", 3, LEX(PLACE) },
    { "Los Angeles", 2, LEX(PLACE) },
    { "LOS\nANGELES", 2, LEX(PLACE) },
    { "LOS\n\nANGELES", 0, 0 },
    { "Los. Angeles", 3, LEX(PLACE) }, /* a short word may carry a point */
    { "Angeles. Los", 0, 0 },
    { "Cedar. Falls were noted", 0, 0 }, /* a longer one ends a sentence */
    { "Cedar Falls", 2, LEX(PLACE) },
    { "Wilkes-Barre", 3, LEX(PLACE) },
    { "Cook County", 2, LEX(COUNTY) },
    { "Cedars-Sinai", 3, LEX(ORG_NAME) },
    { "St. Mary's Hospital", 6, LEX(ORG_NAME) },
    { "Brigham & Women's", 5, LEX(ORG_NAME) },
    { "Kaiser Permanente", 2, LEX(ORG_NAME) },
    { "Medical Center", 2, LEX(ORG_HEAD) },
    { "Down's syndrome", 4, LEX(EPONYM) },
    { "Downs syndrome", 2, LEX(EPONYM) },
    { "Down syndrome", 2, LEX(EPONYM) },
    { "down the road", 0, 0 },
    { "Rocky Mountain spotted fever", 4, LEX(MEDICAL) },
    { "West Nile virus", 3, LEX(MEDICAL) },
    { "St. John's wort", 6, LEX(MEDICAL) },
    { "Tylenol PM", 2, LEX(DRUG) },
    { "medical record number 123", 3, LEX(CUE_MRN) },
    { "mother-in-law", 5, LEX(RELATIVE) },
};

static void follows_phrases(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT_OF(phrases); i++) {
        uint64_t bits;
        uint32_t n = phrase(phrases[i].text, &bits);
        if (n != phrases[i].tokens || (bits & phrases[i].bits) != phrases[i].bits)
            fail_msg("%s: %u tokens, bits %" PRIx64, phrases[i].text, n, bits);
    }
}

static void names_its_version(void **state)
{
    (void)state;
    view v = lexicon_version(lexicon_builtin());
    assert_int_equal(v.n, 64);
    for (size_t i = 0; i < v.n; i++)
        assert_true(ascii_is_digit(v.p[i]) || (v.p[i] >= 'a' && v.p[i] <= 'f'));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(knows_how_ambiguous_words_are),
        cmocka_unit_test(case_and_diacritics_do_not_count),
        cmocka_unit_test(follows_phrases),
        cmocka_unit_test(names_its_version),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
