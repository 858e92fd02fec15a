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

/* The words that the pattern of number 0 matches from the first word of text; 0: none. */
static uint32_t matched(struct fixture *f, const char *text)
{
    struct tokens t;
    uint16_t symbols[64];
    uint32_t n = 0;
    struct vocab_hit hits[8];
    view v = view_of_str(text);
    assert_ok(token_split(v, &f->arena, &t));
    for (uint32_t i = 0; i < t.n; i++)
        symbols[n++] = t.v[i].kind == TOK_MARK ? SYM_COMMA : vocab_symbol(f->v, v, &t.v[i]);
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
        cmocka_unit_test(refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
