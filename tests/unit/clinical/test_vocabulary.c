/* Patterns against words: what they match, how far, and which are refused. */
#include "clinical/vocabulary.h"
#include "unit.h"

struct fixture {
    struct arena arena;
    struct vocabulary *v;
};

static void build(struct fixture *f, const char *const *patterns)
{
    struct vocab_builder *b;
    const char *why = NULL;
    arena_init(&f->arena, 1 << 20);
    assert_ok(vocab_builder_new(&b));
    assert_ok(vocab_class_begin(b, VIEW("size"), &why));
    assert_ok(vocab_class_add(b, VIEW("small"), &why));
    assert_ok(vocab_class_add(b, VIEW("tiny|enorm*"), &why));
    for (uint16_t i = 0; patterns[i]; i++)
        assert_ok(vocab_add(b, view_of_str(patterns[i]), (struct meaning){ 0, 0, i }, &why));
    assert_ok(vocab_build(b, &f->v));
    vocab_builder_free(b);
}

/* All of text as symbols; marks are commas. */
static uint32_t symbols_of(struct fixture *f, const char *text, uint16_t symbols[64])
{
    struct tokens t;
    view v = view_of_str(text);
    assert_ok(token_split(v, &f->arena, &t));
    for (uint32_t i = 0; i < t.n; i++)
        symbols[i] = t.v[i].kind == TOK_MARK ? SYM_COMMA : vocab_symbol(f->v, v, &t.v[i]);
    return t.n;
}

/* The words that the pattern of number 0 matches from the first word of text; 0: none. */
static uint32_t matched(struct fixture *f, const char *text)
{
    uint16_t symbols[64];
    struct vocab_hit hits[8];
    uint32_t n = symbols_of(f, text, symbols);
    return vocab_match(f->v, symbols, n, 0, hits, 8) ? hits[0].end : 0;
}

static void check(const char *pattern, const char *text, uint32_t words)
{
    struct fixture f;
    const char *const patterns[] = { pattern, NULL };
    build(&f, patterns);
    uint32_t got = matched(&f, text);
    if (got != words) fail_msg("\"%s\" on \"%s\": %u words, not %u", pattern, text, got, words);
    vocab_free(f.v);
    arena_clear(&f.arena);
}

static void words_and_stems(void **state)
{
    (void)state;
    check("pleural effusion", "Pleural EFFUSION", 2);
    check("pleural effusion", "pleural fluid", 0);
    check("effusion*", "effusions", 1);
    check("effusion*", "effusio", 0);
    check("lung|lungs clear", "lungs clear", 2);
    check("grade 3", "grade 3", 2);
    check("grade 3", "grade 4", 0);
    check("edema",
          "\xC3\xA9"
          "dema",
          1);
    check("air-space disease", "air space disease", 3);
}

static void may_be_missing(void **state)
{
    (void)state;
    check("no [large|small] effusion", "no effusion", 2);
    check("no [large|small] effusion", "no small effusion", 3);
    check("no [large|small] effusion", "no big effusion", 0);
    check("a [b] [c]", "a c", 2);
    check("a [b] [c]", "a", 1);
}

static void gaps(void **state)
{
    (void)state;
    check("heart .. enlarged", "heart enlarged", 2);
    check("heart .. enlarged", "heart is quite clearly enlarged", 5);
    check("heart .. enlarged", "heart is not very clearly enlarged", 0);
    check("heart ..4 enlarged", "heart is not very clearly enlarged", 6);
    check("heart .. enlarged", "heart, surely, enlarged", 5);
}

static void classes(void **state)
{
    (void)state;
    check("$size nodule", "tiny nodule", 2);
    check("$size nodule", "enormous nodule", 2);
    check("$size nodule", "large nodule", 0);
}

/* "opacities" is told by the longer stem, and by the shorter one all the same. */
static void stems_in_stems(void **state)
{
    static const char *const patterns[] = { "opac* x", "opaciti* y", NULL };
    struct fixture f;
    (void)state;
    build(&f, patterns);
    assert_int_equal(matched(&f, "opacities x"), 2);
    assert_int_equal(matched(&f, "opacities y"), 2);
    assert_int_equal(matched(&f, "opacity y"), 0);
    vocab_free(f.v);
    arena_clear(&f.arena);
}

/* Whatever else begins with the same words, each pattern matches where it does alone, and hits come in the
 * patterns' order. */
static void many_at_one_word(void **state)
{
    static const char *const patterns[] = {
        "no effusion",
        "no",
        "no [new] effusion*",
        "no [new] [large|small] edema",
        "no .. edema",
        "no [new]",
        "no new|large effusion",
        "no , edema",
        "new effusion",
        "new",
        "no [new] ..2 edema",
        "no $size [new] edema",
        "effus*",
        "no new",
        "no 3 [new]",
        "no [3|new] 4",
        NULL,
    };
    static const char *const texts[] = {
        "no effusion",
        "no effusions",
        "no new effusion",
        "no new large edema",
        "no large edema",
        "no edema",
        "no",
        "no other",
        "no other edema",
        "no , edema",
        "no new",
        "no new other edema",
        "no tiny edema",
        "no enormous new edema",
        "no 3 new",
        "no 3",
        "no 4",
        "no 3 4",
        "new effusion",
        "no new 4",
        "effusing",
        "no ,",
    };
    struct fixture all;
    (void)state;
    build(&all, patterns);
    for (size_t i = 0; i < COUNT_OF(texts); i++) {
        uint16_t symbols[64];
        struct vocab_hit hits[32];
        uint32_t n = symbols_of(&all, texts[i], symbols), at = 0;
        uint32_t got = vocab_match(all.v, symbols, n, 0, hits, COUNT_OF(hits));
        for (uint16_t k = 0; patterns[k]; k++) {
            const char *const one[] = { patterns[k], NULL };
            struct fixture alone;
            build(&alone, one);
            uint32_t end = matched(&alone, texts[i]);
            vocab_free(alone.v);
            arena_clear(&alone.arena);
            if (end == 0) continue;
            if (at == got || hits[at].meaning.which != k || hits[at].end != end)
                fail_msg("\"%s\" on \"%s\": not as alone", patterns[k], texts[i]);
            at++;
        }
        assert_int_equal(at, got);
    }
    vocab_free(all.v);
    arena_clear(&all.arena);
}

/* Four letters for each number. */
static void spell(unsigned number, char out[4])
{
    for (unsigned k = 0; k < 4; k++, number /= 26)
        out[k] = (char)('a' + number % 26);
}

static uint16_t again(const struct fixture *f, struct vocab_memo *m, const char *word)
{
    struct tokens t;
    struct arena a;
    view v = view_of_str(word);
    arena_init(&a, 1 << 16);
    assert_ok(token_split(v, &a, &t));
    uint16_t symbol = vocab_symbol(f->v, v, &t.v[0]);
    for (int i = 0; i < 2; i++)
        assert_int_equal(vocab_symbol_again(f->v, m, v, &t.v[0]), symbol);
    arena_clear(&a);
    return symbol;
}

/* A word is the same the second time: beside one that differs in an accent alone, which is no stem's, among more
 * words than are kept, and after another vocabulary's. */
static void remembered_words(void **state)
{
    static const char *const patterns[] = { "effusion* x", "edema", NULL };
    static const char *const others[] = { "edema y", "effusion* x", NULL };
    struct fixture f, other;
    struct vocab_memo m = { 0 };
    char word[] = "____";
    (void)state;
    build(&f, patterns);
    build(&other, others);
    vocab_memo_for(&m, f.v);
    uint16_t stem = again(&f, &m, "effusions");
    assert_int_not_equal(stem, SYM_OTHER);
    assert_int_equal(again(&f, &m,
                           "\xC3\xA9"
                           "ffusions"),
                     SYM_OTHER);
    assert_int_equal(again(&f, &m, "EFFUSIONS"), stem);
    for (unsigned i = 0; i < 3 * VOCAB_MEMO_SLOTS; i++) {
        spell(i, word);
        assert_int_equal(again(&f, &m, word), SYM_OTHER);
    }
    assert_int_equal(again(&f, &m, "effusions"), stem);
    vocab_memo_for(&m, other.v);
    assert_int_not_equal(again(&other, &m, "effusions"), stem);
    vocab_free(f.v);
    vocab_free(other.v);
    arena_clear(&f.arena);
    arena_clear(&other.arena);
}

/* More pairs of words than are listed: the last ones are looked for all the same. */
static void many_pairs(void **state)
{
    enum { WORDS = 2100 };
    struct vocab_builder *b;
    struct fixture f;
    const char *why = NULL;
    char text[] = "____ ____";
    (void)state;
    arena_init(&f.arena, 4 << 20);
    assert_ok(vocab_builder_new(&b));
    assert_ok(vocab_class_begin(b, VIEW("any"), &why));
    for (unsigned i = 0; i < WORDS; i++) {
        spell(i, text);
        assert_ok(vocab_class_add(b, view_of(text, 4), &why));
    }
    assert_ok(vocab_add(b, VIEW("$any $any"), (struct meaning){ 0 }, &why));
    assert_ok(vocab_build(b, &f.v));
    vocab_builder_free(b);
    for (unsigned i = 0; i < WORDS; i += 7) {
        spell(i, text);
        spell(WORDS - 1 - i, text + 5);
        assert_int_equal(matched(&f, text), 2);
        spell(WORDS + i, text + 5);
        assert_int_equal(matched(&f, text), 0);
    }
    vocab_free(f.v);
    arena_clear(&f.arena);
}

static void refused(void **state)
{
    static const char *const wrong[] = { "",     "[a] b", "a ..",  ".. a",    "ab*",  "a|",
                                         "a .b", "$none", "a..0b", "[a b]",   "a [b", "t4",
                                         "a.b",  "*",     "a ;",   "[$size|]" };
    struct vocab_builder *b;
    (void)state;
    assert_ok(vocab_builder_new(&b));
    for (size_t i = 0; i < COUNT_OF(wrong); i++) {
        const char *why = NULL;
        err e = vocab_add(b, view_of_str(wrong[i]), (struct meaning){ 0 }, &why);
        if (e != ERR_CONFIG || !why) fail_msg("\"%s\" is not refused", wrong[i]);
    }
    vocab_builder_free(b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words_and_stems),
        cmocka_unit_test(may_be_missing),
        cmocka_unit_test(gaps),
        cmocka_unit_test(classes),
        cmocka_unit_test(stems_in_stems),
        cmocka_unit_test(many_at_one_word),
        cmocka_unit_test(many_pairs),
        cmocka_unit_test(remembered_words),
        cmocka_unit_test(refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
