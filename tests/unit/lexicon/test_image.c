/* Images from outside: a sound one works like the one inside, anything else is refused. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "base/mem.h"
#include "lexicon/image.h"

/* A small image made by hand as image.h draws it: "ada" is a given name, "ada lee" a phrase. */
static char *make_image(size_t *n)
{
    struct lex_header h = { .version = LEX_VERSION,
                            .order = LEX_ORDER,
                            .classes = lex_classes_hash(),
                            .n_infos = 3,
                            .n_top = 4,
                            .n_hot = 4,
                            .n_nodes = 3,
                            .n_phrases = 4,
                            .n_words = 4 };
    memcpy(h.magic, LEX_MAGIC, sizeof h.magic);
    struct lex_layout o = lex_layout_of(&h);
    h.size = o.size;
    char *p = mem_alloc_zero(o.size);
    assert_non_null(p);
    struct lex_info *infos = (void *)(p + o.infos);
    struct lex_slot *words = (void *)(p + o.words), *phrases = (void *)(p + o.phrases);
    uint32_t *nodes = (void *)(p + o.nodes);
    uint64_t ada = token_hash_word(VIEW("ada")), lee = token_hash_word(VIEW("lee"));
    infos[1] = (struct lex_info){ .bits = LEX(GIVEN_F), .given = 5, .next = 1 };
    infos[2] = (struct lex_info){ .bits = LEX(ORG_NAME) };
    words[lex_home(ada, 4)] = (struct lex_slot){ lex_check(ada), 1 };
    uint64_t edge = lex_edge(1, lee);
    phrases[lex_home(edge, 4)] = (struct lex_slot){ lex_check(edge), 2 };
    uint32_t bit = lex_lead(ada, lee);
    p[o.filter + bit / 8] |= (char)(1 << (bit % 8));
    nodes[1] = LEX_NODE_MORE;
    nodes[2] = 2;
    memcpy(p, &h, sizeof h);
    *n = o.size;
    return p;
}

static void seal(char *p, size_t n)
{
    uint8_t sum[32];
    checksum32(view_of(p, n - LEX_SUM_LEN), sum);
    for (size_t i = 0; i < sizeof sum; i++) {
        p[n - LEX_SUM_LEN + 2 * i] = "0123456789abcdef"[sum[i] >> 4];
        p[n - LEX_SUM_LEN + 2 * i + 1] = "0123456789abcdef"[sum[i] & 15];
    }
}

static err open_it(const char *p, size_t n)
{
    struct lexicon *l = NULL;
    struct diag d = { 0 };
    err e = lexicon_open(&l, view_of(p, n), &d);
    assert_true(e == OK ? l != NULL : l == NULL && d.code == e && d.what);
    lexicon_close(l);
    return e;
}

static void opens_what_is_drawn(void **state)
{
    (void)state;
    size_t n;
    char *p = make_image(&n);
    seal(p, n);
    struct lexicon *l = NULL;
    assert_int_equal(lexicon_open(&l, view_of(p, n), NULL), OK);
    const struct lex_info *ada = lexicon_find(l, token_hash_word(VIEW("Ada"))), *out = NULL;
    assert_int_equal(ada->given, 5);
    assert_int_equal(lexicon_find(l, token_hash_word(VIEW("lee")))->bits, 0);
    struct arena a;
    struct tokens t;
    arena_init(&a, 1 << 16);
    assert_int_equal(token_split(VIEW("Ada Lee left"), &a, &t), OK);
    assert_int_equal(lexicon_phrase(l, ada, t.v, t.n, &out), 2);
    assert_int_equal(out->bits, LEX(ORG_NAME));
    assert_int_equal(lexicon_phrase(l, ada, t.v, 1, &out), 0); /* it looks at n tokens only */
    arena_clear(&a);
    assert_memory_equal(lexicon_version(l).p, p + n - LEX_SUM_LEN, LEX_SUM_LEN);
    lexicon_close(l);
    mem_free(p);
}

static void refuses_every_changed_byte(void **state)
{
    (void)state;
    size_t n;
    char *p = make_image(&n);
    seal(p, n);
    for (size_t i = 0; i < n; i++) {
        p[i] ^= 1;
        assert_int_not_equal(open_it(p, n), OK);
        p[i] ^= 1;
    }
    for (size_t k = 0; k < n; k += 7)
        assert_int_equal(open_it(p, k), ERR_CORRUPT);
    assert_int_equal(open_it(p, n), OK);
    mem_free(p);
}

/* The checksum is right, the content is not. */
static void refuses_sealed_nonsense(void **state)
{
    (void)state;
    size_t n;
    char *p = make_image(&n);
    struct lex_header *h = (void *)p;
    struct lex_layout o = lex_layout_of(h);
    struct lex_slot *words = (void *)(p + o.words), *phrases = (void *)(p + o.phrases);
    struct lex_info *infos = (void *)(p + o.infos);
    uint32_t *nodes = (void *)(p + o.nodes);
    struct lex_slot keep[4];

#define REFUSED(change, back)                                                                      \
    do {                                                                                           \
        change;                                                                                    \
        seal(p, n);                                                                                \
        assert_int_not_equal(open_it(p, n), OK);                                                   \
        back;                                                                                      \
    } while (0)
    memcpy(keep, words, sizeof keep);
    for (int i = 0; i < 4; i++)
        words[i] = (struct lex_slot){ 7, 1 };
    REFUSED((void)0, memcpy(words, keep, sizeof keep)); /* no empty slot: a search would not end */
    REFUSED(phrases[0].index = 3, phrases[0].index = 0);
    REFUSED(infos[1].next = 3, infos[1].next = 1);
    REFUSED(infos[2].given = 8, infos[2].given = 0);
    REFUSED(infos[2].bits |= UINT64_C(1) << 63, infos[2].bits = LEX(ORG_NAME));
    REFUSED(infos[0].word = 1, infos[0].word = 0);
    REFUSED(nodes[2] = 3, nodes[2] = 2);
    REFUSED(h->n_infos = 0, h->n_infos = 3);
    REFUSED(h->n_words = UINT32_MAX, h->n_words = 4);
    REFUSED(h->size++, h->size--);
#undef REFUSED
    h->version++;
    seal(p, n);
    assert_int_equal(open_it(p, n), ERR_VERSION);
    h->version--;
    h->classes ^= 1;
    seal(p, n);
    assert_int_equal(open_it(p, n), ERR_VERSION);
    mem_free(p);
}

static void reports_a_lack_of_memory(void **state)
{
    (void)state;
    size_t n;
    char *p = make_image(&n);
    seal(p, n);
    mem_fail_at(0, false);
    assert_int_equal(open_it(p, n), ERR_MEMORY);
    mem_fail_at(-1, false);
    mem_free(p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(opens_what_is_drawn),
        cmocka_unit_test(refuses_every_changed_byte),
        cmocka_unit_test(refuses_sealed_nonsense),
        cmocka_unit_test(reports_a_lack_of_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
