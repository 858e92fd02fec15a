#include "unit.h"

#include <signal.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/guarded.h"
#include "base/tuning.h"
#include "faults.h"

static void blocks_are_aligned_counted_and_resized(void **state)
{
    (void)state;
    size_t before = mem_in_use();
    char *p = mem_alloc(5);
    assert_non_null(p);
    assert_int_equal((uintptr_t)p % 16, 0);
    assert_int_equal(mem_in_use(), before + 5);
    memcpy(p, "abcd", 5);
    p = mem_resize(p, 1000);
    assert_string_equal(p, "abcd");
    p = mem_resize(p, 2);
    assert_memory_equal(p, "ab", 2);
    mem_free(p);
    mem_free(NULL);

    char *zero = mem_alloc_zero(64), *empty = mem_alloc(0);
    assert_non_null(empty);
    for (int i = 0; i < 64; i++)
        assert_int_equal(zero[i], 0);
    mem_free(zero);
    mem_free(empty);
    assert_int_equal(mem_in_use(), before);
}

static void the_budget_and_absurd_sizes_say_no(void **state)
{
    (void)state;
    char *p = mem_alloc(100);
    mem_set_budget(mem_in_use() + 50);
    assert_null(mem_alloc(51));
    assert_null(mem_resize(p, 200)); /* and the old block stays */
    memset(p, 1, 100);
    char *q = mem_alloc(50);
    assert_non_null(q);
    mem_set_budget(0);
    mem_free(p);
    mem_free(q);
    assert_null(mem_alloc(SIZE_MAX));
    assert_null(mem_alloc(SIZE_MAX - 8));
    assert_int_equal(mem_in_use(), 0);
}

static void the_chosen_allocation_fails(void **state)
{
    (void)state;
    (void)mem_fail_at(1, false);
    void *a = mem_alloc(1), *b = mem_alloc(1), *c = mem_alloc(1);
    assert_int_equal(mem_fail_at(0, true), 3);
    assert_non_null(a);
    assert_null(b);
    assert_non_null(c);
    assert_null(mem_alloc(1));
    assert_null(mem_alloc_zero(1));
    assert_null(mem_resize(a, 2));
    (void)mem_fail_at(-1, false);
    mem_free(a);
    mem_free(c);
}

static void pieces_are_aligned_and_apart(void **state)
{
    (void)state;
    struct arena a;
    unsigned char *piece[200];

    arena_init(&a, 1 << 20);
    for (size_t i = 0; i < COUNT_OF(piece); i++) {
        piece[i] = arena_alloc(&a, i);
        assert_non_null(piece[i]);
        assert_int_equal((uintptr_t)piece[i] % 16, 0);
        memset(piece[i], (int)i, i);
    }
    for (size_t i = 0; i < COUNT_OF(piece); i++)
        for (size_t k = 0; k < i; k++)
            assert_int_equal(piece[i][k], i);
    arena_clear(&a);
    assert_int_equal(a.held, 0);
    assert_int_equal(mem_in_use(), 0);
}

static void an_arena_never_holds_more_than_its_limit(void **state)
{
    (void)state;
    struct arena a;
    view out = VIEW("before");

    arena_init(&a, 100000);
    while (arena_alloc(&a, 100))
        assert_true(a.held <= a.max);
    assert_true(a.held <= a.max);
    assert_true(a.held > a.max / 2); /* and uses what it may hold */
    assert_null(arena_array(&a, SIZE_MAX / 2, 16));
    assert_null(arena_alloc(&a, SIZE_MAX));
    assert_int_not_equal(arena_copy(&a, view_of("x", 100000), &out), OK);
    assert_view(out, "before");
    arena_clear(&a);

    arena_init(&a, 0);
    assert_null(arena_alloc(&a, 1));
    arena_clear(&a);
}

/* After a reset the same memory comes again, without the bytes of the document before. */
static void a_reset_wipes_and_keeps_small_blocks(void **state)
{
    (void)state;
    struct arena a;

    arena_init(&a, 64 << 20);
    char *secret = arena_alloc(&a, 32);
    memset(secret, 'S', 32);
    assert_non_null(arena_alloc(&a, 3 << 20)); /* a block of its own, too large to keep */
    size_t held = a.held;
    arena_reset(&a);
    assert_true(a.held < held);
    assert_true(a.held <= 2 * tune.arena_keep_max + 1024);
    char *again = arena_alloc(&a, 32);
    assert_ptr_equal(secret, again);
    for (int i = 0; i < 32; i++)
        assert_int_equal(again[i], 0);

    /* A run that repeats itself settles: the heap is asked for nothing more. */
    for (int round = 0; round < 3; round++) {
        arena_reset(&a);
        (void)mem_fail_at(-1, false);
        for (int i = 0; i < 40; i++)
            assert_non_null(arena_alloc(&a, 16));
    }
    assert_int_equal(mem_fail_at(-1, false), 0);
    arena_clear(&a);
    assert_int_equal(mem_in_use(), 0);
}

/* What a piece turned out not to need is taken by the next one, and holds nothing of it. */
static void the_last_piece_gives_back_its_end(void **state)
{
    (void)state;
    struct arena a;

    arena_init(&a, 1 << 20);
    char *first = arena_alloc(&a, 64), *last = arena_alloc(&a, 4096);
    memset(first, 'F', 64);
    memset(last, 'S', 4096);
    arena_trim(&a, first, 16); /* no more the last one */
    arena_trim(&a, last, 100);
    arena_trim(&a, last, 200); /* it has no more */
    char *next = arena_alloc(&a, 512);
    assert_true(next > last && next < last + 4096);
    for (int i = 0; i < 512; i++)
        assert_int_equal(next[i], 0);
    for (int i = 0; i < 100; i++)
        assert_true(last[i] == 'S' && first[i % 64] == 'F');
    char *unused = arena_alloc(&a, 1024);
    memset(unused, 'U', 32);
    arena_give_back(&a, unused, 32);
    char *after = arena_alloc(&a, 16);
    assert_true(after > unused && after < unused + 1024 && unused[31] == 'U');
    assert_non_null(arena_alloc(&a, 1 << 16)); /* another block */
    arena_trim(&a, next, 0);
    assert_int_equal(next[511], 0);
    arena_reset(&a);
    arena_trim(&a, next, 0);
    arena_clear(&a);
    assert_int_equal(mem_in_use(), 0);
}

static err fill(void *ctx)
{
    err e = OK;
    struct arena a;
    view v;
    (void)ctx;

    arena_init(&a, 1 << 20);
    for (int i = 0; i < 50; i++) {
        TRY(arena_copy(&a, VIEW("some bytes that are copied"), &v));
        assert_view(v, "some bytes that are copied");
        if (!arena_alloc(&a, 10000)) TRY(ERR_MEMORY);
    }
out:
    arena_clear(&a);
    return e;
}
static void an_arena_survives_every_fault(void **state)
{
    (void)state;
    faults_in_turn(fill, NULL);
}

static err hold_a_secret(void *ctx)
{
    (void)ctx;
    for (size_t n = 0; n < 40; n += 13) {
        char *p = guarded_alloc(n);
        if (!p) return ERR_MEMORY;
        assert_int_equal((uintptr_t)p % 16, 0);
        memset(p, 'k', n);
        assert_ok(guarded_seal(p));
        for (size_t i = 0; i < n; i++)
            assert_int_equal(p[i], 'k');
        guarded_free(p);
    }
    guarded_free(NULL);
    return OK;
}
static void a_sealed_secret_is_read_only(void **state)
{
    (void)state;
    int status = 0;
    faults_in_turn(hold_a_secret, NULL);

    char *p = guarded_alloc(32);
    assert_non_null(p);
    assert_ok(guarded_seal(p));
    pid_t child = fork();
    if (child == 0) {
        signal(SIGSEGV, SIG_DFL); /* a sanitizer would tell of it at length */
        *(volatile char *)p = 'x';
        _exit(0);
    }
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFSIGNALED(status));
    guarded_free(p);
    assert_int_equal(mem_in_use(), 0);
}

/* Else a run that asks for tiny sizes of a build that has none would be an ordinary one, unknown to all. */
static void the_sizes_are_those_asked_for(void **state)
{
    (void)state;
    bool tiny = getenv("CORDON_STRESS") != NULL;
    assert_int_equal(tune.read_chunk, tiny ? 7 : 256 << 10);
    assert_int_equal(tune.map_first, tiny ? 4 : 16);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(blocks_are_aligned_counted_and_resized),
        cmocka_unit_test(the_budget_and_absurd_sizes_say_no),
        cmocka_unit_test(the_chosen_allocation_fails),
        cmocka_unit_test(pieces_are_aligned_and_apart),
        cmocka_unit_test(an_arena_never_holds_more_than_its_limit),
        cmocka_unit_test(a_reset_wipes_and_keeps_small_blocks),
        cmocka_unit_test(the_last_piece_gives_back_its_end),
        cmocka_unit_test(an_arena_survives_every_fault),
        cmocka_unit_test(a_sealed_secret_is_read_only),
        cmocka_unit_test(the_sizes_are_those_asked_for),
    };
    return cmocka_run_group_tests_name("base/mem", tests, NULL, NULL);
}
