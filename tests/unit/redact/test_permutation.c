/* Bijections: over every pool, without fixed points, and over numbers of one shape. */
#include "redacted.h"

#include "redact/fpe.h"
#include "redact/keyed.h"

static uint8_t seen[PERMUTATION_MAX];

static void is_derangement(const struct permutation *p)
{
    memset(seen, 0, sizeof seen);
    for (uint32_t x = 0; x < p->n; x++) {
        uint32_t y = permutation_apply(p, x);
        assert_true(y < p->n && y < sizeof seen && y != x && !seen[y]);
        seen[y] = 1;
        assert_int_equal(permutation_invert(p, y), x);
    }
}

static void every_size_is_deranged(void **state)
{
    (void)state;
    struct permutation p;
    for (uint32_t n = 2; n < 700; n++) {
        uint8_t seed[32] = { (uint8_t)n, (uint8_t)(n >> 8) };
        permutation_init(&p, n, seed);
        is_derangement(&p);
    }
    for (uint32_t n = PERMUTATION_MAX - 2; n <= PERMUTATION_MAX; n++) {
        permutation_init(&p, n, (const uint8_t[32]){ 1 });
        is_derangement(&p);
    }
}

static void every_pool_is_deranged(void **state)
{
    (void)state;
    static const uint32_t least[POOL_COUNT] = {
        [POOL_WOMEN] = 3000,   [POOL_MEN] = 490,        [POOL_EITHER] = 90,
        [POOL_BOTH_MEN] = 600, [POOL_BOTH_WOMEN] = 400, [POOL_FAMILY] = 9500,
        [POOL_TOWN] = 1500,    [POOL_STREET] = 2000,    [POOL_ORGANIZATION] = 5000,
    };
    struct keyed_domain *d;
    struct key *k;
    assert_ok(key_ephemeral(&k));
    assert_ok(keyed_domain_new(&d, k, VIEW("project")));
    for (unsigned p = 0; p < KEYED_PERMUTATIONS; p++) {
        if (p < POOL_COUNT) {
            assert_true(pool_size((enum pool)p) >= least[p]);
            assert_int_equal(keyed_permutation(d, p)->n, pool_size((enum pool)p));
        }
        is_derangement(keyed_permutation(d, p));
    }
    keyed_domain_free(d);
    key_free(k);
}

/* A pool word is found again as itself, in canonical form, once, and is no word that a reader of a
 * clinical text would take for something else. */
static void pools_are_clean(void **state)
{
    (void)state;
    static const enum sheet sheet_of[POOL_COUNT] = {
        [POOL_TOWN] = SHEET_PLACE,
        [POOL_STREET] = SHEET_PLACE,
        [POOL_ORGANIZATION] = SHEET_ORGANIZATION, /* the others are names: 0 */
    };
    for (unsigned p = 0; p < POOL_COUNT; p++)
        for (uint32_t i = 0; i < pool_size((enum pool)p); i++) {
            view w = pool_word((enum pool)p, i);
            const struct pool_word *found = pool_find(sheet_of[p], w);
            assert_true(found && found->pool == p && found->index == i);
            assert_true(w.n >= 3 && w.n <= 20);
            for (size_t c = 0; c < w.n; c++)
                assert_true((w.p[c] >= 'a' && w.p[c] <= 'z') || (p == POOL_TOWN && w.p[c] == ' '));
            if (i) assert_true(view_cmp(pool_word((enum pool)p, i - 1), w) < 0);
        }
}

static void numbers_of_a_shape_are_permuted(void **state)
{
    (void)state;
    static uint8_t hit[26 * 10 * 10 * 26];
    static const uint8_t radix[4] = { 26, 10, 10, 26 };
    const uint8_t key[16] = { 3 };
    for (uint32_t family = 0; family < 2; family++) {
        memset(hit, 0, sizeof hit);
        for (uint32_t x = 0; x < sizeof hit; x++) {
            uint8_t s[4] = { (uint8_t)(x / 2600), (uint8_t)(x / 260 % 10), (uint8_t)(x / 26 % 10),
                             (uint8_t)(x % 26) };
            fpe_permute(key, family, radix, s, 4);
            uint32_t y = ((s[0] * 10u + s[1]) * 10 + s[2]) * 26 + s[3];
            assert_true(y < sizeof hit && hit[y]++ == 0);
        }
    }
}

/* Each place of a long value depends on the key, and values that differ early differ late. */
static void long_numbers_are_permuted_throughout(void **state)
{
    (void)state;
    uint8_t radix[64], a[64] = { 0 }, b[64] = { 1 };
    unsigned same = 0;
    memset(radix, 10, sizeof radix);
    fpe_permute((const uint8_t[16]){ 3 }, 0, radix, a, 64);
    fpe_permute((const uint8_t[16]){ 3 }, 0, radix, b, 64);
    for (int i = 0; i < 64; i++)
        same += a[i] == b[i];
    assert_true(same < 25);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_size_is_deranged),
        cmocka_unit_test(every_pool_is_deranged),
        cmocka_unit_test(pools_are_clean),
        cmocka_unit_test(numbers_of_a_shape_are_permuted),
        cmocka_unit_test(long_numbers_are_permuted_throughout),
    };
    return cmocka_run_group_tests_name("redact/permutation", tests, NULL, NULL);
}
