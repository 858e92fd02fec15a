#include "text/token.h"
#include "unit.h"

static struct arena arena;

static struct tokens split(const char *text)
{
    struct tokens t;
    assert_int_equal(token_split(view_of_str(text), &arena, &t), OK);
    return t;
}

static void assert_token(const char *text, struct tokens t, uint32_t i, const char *want,
                         enum token_kind kind, unsigned flags)
{
    assert_true(i < t.n);
    assert_int_equal(t.v[i].len, strlen(want));
    assert_memory_equal(text + t.v[i].start, want, strlen(want));
    assert_int_equal(t.v[i].kind, kind);
    assert_int_equal(t.v[i].flags, flags);
}

static void test_kinds(void **state)
{
    (void)state;
    const char *text = "HP-98b Smith,\nmcG é日 3\r\n\r\nX";
    struct tokens t = split(text);
    assert_token(text, t, 0, "HP", TOK_WORD, TOK_SPACE | TOK_LINE | TOK_PARA | TOK_CAP | TOK_UPPER);
    assert_token(text, t, 1, "-", TOK_MARK, 0);
    assert_token(text, t, 2, "98", TOK_NUMBER, 0);
    assert_token(text, t, 3, "b", TOK_WORD, TOK_LOWER);
    assert_token(text, t, 4, "Smith", TOK_WORD, TOK_SPACE | TOK_CAP);
    assert_token(text, t, 5, ",", TOK_MARK, 0);
    assert_token(text, t, 6, "mcG", TOK_WORD, TOK_SPACE | TOK_LINE);
    assert_token(text, t, 7, "é日", TOK_WORD, TOK_SPACE | TOK_LOWER | TOK_WIDE);
    assert_token(text, t, 8, "3", TOK_NUMBER, TOK_SPACE);
    assert_token(text, t, 9, "X", TOK_WORD, TOK_SPACE | TOK_LINE | TOK_PARA | TOK_CAP | TOK_UPPER);
    assert_int_equal(t.n, 10);
    assert_int_equal(t.v[2].hash, 98);
    assert_int_equal(t.v[1].hash, '-');
}

/* Case and diacritics never change the hash, and word order of letters always does. */
static void test_hash(void **state)
{
    (void)state;
    static const char *const same[][2] = {
        { "Smith", "SMITH" },    { "José", "jose" },
        { "Müller", "MULLER" },  { "Søren", "soren" },
        { "Łukasz", "lukasz" },  { "internationalization", "INTERNATIONALIZATION" },
        { "Straße", "strasse" }, { "a", "A" }
    };
    for (size_t i = 0; i < COUNT_OF(same); i++)
        assert_int_equal(token_hash_word(view_of_str(same[i][0])),
                         token_hash_word(view_of_str(same[i][1])));
    assert_int_not_equal(token_hash_word(VIEW("abc")), token_hash_word(VIEW("acb")));
    assert_int_not_equal(token_hash_word(VIEW("abcdefgh")), token_hash_word(VIEW("abcdefghh")));
    /* the token's own hash is that of its letters wherever it stands, also at the very end */
    const char *text = "josé garcia JOSE";
    struct tokens t = split(text);
    assert_int_equal(t.v[0].hash, t.v[2].hash);
    assert_int_equal(t.v[1].hash, token_hash_word(VIEW("García")));
}

static void test_long_runs(void **state)
{
    (void)state;
    enum { N = 200000 };
    static char text[N];
    memset(text, 'x', N / 2);
    memset(text + N / 2, '7', N / 2);
    struct tokens t;
    assert_int_equal(token_split(view_of(text, N), &arena, &t), OK);
    uint32_t at = 0;
    for (uint32_t i = 0; i < t.n; i++) {
        assert_int_equal(t.v[i].start, at);
        at += t.v[i].len;
    }
    assert_int_equal(at, N);
    assert_true(t.v[t.n - 1].hash == UINT64_MAX);
}

static int reset(void **state)
{
    (void)state;
    arena_clear(&arena);
    return 0;
}

int main(void)
{
    arena_init(&arena, 64 << 20);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_teardown(test_kinds, reset),
        cmocka_unit_test_teardown(test_hash, reset),
        cmocka_unit_test_teardown(test_long_runs, reset),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
