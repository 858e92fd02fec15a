#include "text/token_one.h"
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
    assert_int_equal(t.v[i].flags, flags | (kind == TOK_WORD ? TOK_LETTERS : 0));
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
    static const char *const literals[] = { "a",        "s",         "patient",
                                            "discharg", "discharge", "extraordinaries" };
    for (size_t i = 0; i < COUNT_OF(literals); i++)
        assert_int_equal(token_hash_literal(view_of_str(literals[i])),
                         token_hash_word(view_of_str(literals[i])));
    assert_int_equal(token_hash_literal(VIEW("")), token_hash_word(VIEW("")));
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

/* The white space at `at`, as token.h words it: a flag of the token after it. */
static size_t skip_gap(view text, size_t at, uint8_t *flags)
{
    unsigned lines = 0;
    for (; at < text.n; at++) {
        uint8_t c = token_class[(uint8_t)text.p[at]];
        if (c != C_SPACE && c != C_LINE) break;
        *flags |= TOK_SPACE;
        bool pair = text.p[at] == '\r' && at + 1 < text.n && text.p[at + 1] == '\n';
        if (c == C_LINE && !pair) lines++;
    }
    if (lines) *flags |= TOK_LINE;
    if (lines > 1) *flags |= TOK_PARA;
    return at;
}

/* Wherever blocks begin and end, the tokens are those found one at a time. */
static void test_blocks(void **state)
{
    (void)state;
    static const char *const bits[] = {
        "a",
        "The",
        "PATIENT",
        "antidisestablishmentarianism",
        "é",
        "Muñoz",
        "東",
        "\xE2\x80\x99",
        "7",
        "2021",
        "12345678901234567890",
        ".",
        ",",
        "-",
        "@",
        " ",
        " ",
        " ",
        "\n",
        "\r\n",
        "\r",
        "\t",
        "\x7F",
        "\x01",
        "o\xCC\x81",
        "eightcha",
        "sixteen_",
        "abcdefghijklmnop",
    };
    uint32_t random = 1;
    for (int round = 0; round < 3000; round++) {
        char text[400];
        size_t n = 0, parts = (size_t)round % 70;
        for (size_t i = 0; i < parts; i++) {
            random = random * 1664525 + 1013904223;
            const char *bit = bits[(random >> 16) % COUNT_OF(bits)];
            if (n + strlen(bit) > sizeof text) break;
            memcpy(text + n, bit, strlen(bit));
            n += strlen(bit);
        }
        struct tokens t;
        view v = view_of(text, n);
        assert_int_equal(token_split(v, &arena, &t), OK);
        uint32_t k = 0, words = 0, capitals = 0;
        uint8_t flags = TOK_SPACE | TOK_LINE | TOK_PARA;
        for (size_t at = skip_gap(v, 0, &flags); at < n; k++) {
            struct token want = { .start = (uint32_t)at, .flags = flags };
            at = token_one(v, at, &want);
            assert_true(k < t.n);
            assert_int_equal(t.v[k].start, want.start);
            assert_int_equal(t.v[k].len, want.len);
            assert_int_equal(t.v[k].kind, want.kind);
            assert_int_equal(t.v[k].flags, want.flags);
            assert_true(t.v[k].hash == want.hash);
            words += want.kind == TOK_WORD && want.len > 1;
            capitals += want.kind == TOK_WORD && want.len > 1 && !(want.flags & TOK_LOWER);
            flags = 0;
            at = skip_gap(v, at, &flags);
        }
        assert_int_equal(k, t.n);
        assert_int_equal(words, t.words);
        assert_int_equal(capitals, t.capitals);
        arena_reset(&arena);
    }
}

static int reset(void **state)
{
    (void)state;
    arena_clear(&arena);
    return 0;
}

/* A text whose end is denser than its front, and the most tokens that one may have. */
static void test_dense(void **state)
{
    (void)state;
    enum { PROSE = 500000, DENSE = 400000 };
    struct tokens t;
    size_t n = token_max(0) + 1;
    char *text = mem_alloc(n);
    assert_non_null(text);
    for (size_t i = 0; i < PROSE; i += 5)
        memcpy(text + i, "word ", 5);
    memset(text + PROSE, ',', DENSE);
    assert_int_equal(token_split(view_of(text, PROSE + DENSE), &arena, &t), OK);
    assert_int_equal(t.n, PROSE / 5 + DENSE);
    for (uint32_t i = 0; i < t.n; i++)
        assert_int_equal(t.v[i].start, i < PROSE / 5 ? i * 5 : PROSE + i - PROSE / 5);
    arena_reset(&arena);
    memset(text, ',', n);
    assert_int_equal(token_split(view_of(text, n - 1), &arena, &t), OK);
    assert_int_equal(t.n, n - 1);
    arena_reset(&arena);
    assert_int_equal(token_split(view_of(text, n), &arena, &t), ERR_LIMIT);
    mem_free(text);
}

int main(void)
{
    arena_init(&arena, 512 << 20);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_teardown(test_kinds, reset),
        cmocka_unit_test_teardown(test_hash, reset),
        cmocka_unit_test_teardown(test_long_runs, reset),
        cmocka_unit_test_teardown(test_blocks, reset),
        cmocka_unit_test_teardown(test_dense, reset),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
