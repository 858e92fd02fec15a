#include "unit.h"

#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <time.h>
#include <unistd.h>

#include "base/log.h"
#include "base/pool.h"
#include "faults.h"

struct job {
    unsigned n, squared;
};
struct shared {
    unsigned threads;
    atomic_uint runs;
    unsigned
        per_worker[64]; /* each written by one worker alone: ThreadSanitizer would see it if not */
};

/* Later jobs are quicker, so that they are done first and order has to be made. */
static void square(void *ctx, unsigned worker, void *job)
{
    struct shared *s = ctx;
    struct job *j = job;
    struct timespec nap = { 0, (j->n % 7 == 0) ? 200000 : 0 };

    BUG_IF(worker >= s->threads);
    s->per_worker[worker]++;
    atomic_fetch_add(&s->runs, 1);
    nanosleep(&nap, NULL);
    j->squared = j->n * j->n;
}

enum { JOBS = 300 };
struct shape {
    unsigned threads, in_flight;
};

static err run_all(void *ctx)
{
    const struct shape *shape = ctx;
    err e = OK;
    struct shared s = { .threads = shape->threads };
    struct pool *p = NULL;
    static struct job jobs[JOBS];
    unsigned taken = 0, ran = 0;

    TRY(pool_new(&p, shape->threads, shape->in_flight, square, &s));
    assert_null(pool_take(p));
    for (unsigned i = 0; i < JOBS; i++) {
        jobs[i] = (struct job){ .n = i };
        if (pool_is_full(p)) {
            struct job *j = pool_take(p);
            assert_ptr_equal(j, &jobs[taken]);
            assert_int_equal(j->squared, taken * taken);
            taken++;
        }
        pool_submit(p, &jobs[i]);
    }
    for (struct job *j; (j = pool_take(p)); taken++) {
        assert_ptr_equal(j, &jobs[taken]);
        assert_int_equal(j->squared, taken * taken);
    }
    assert_int_equal(taken, JOBS);
    assert_int_equal(atomic_load(&s.runs), JOBS);
    for (unsigned i = 0; i < s.threads; i++)
        ran += s.per_worker[i];
    assert_int_equal(ran, JOBS);
out:
    pool_free(p);
    return e;
}

static void results_come_in_order_from_any_number_of_workers(void **state)
{
    (void)state;
    struct shape shapes[] = { { 1, 1 }, { 1, 16 }, { 2, 2 }, { 3, 8 }, { 8, 64 }, { 4, 1 } };
    for (size_t i = 0; i < COUNT_OF(shapes); i++)
        assert_ok(run_all(&shapes[i]));
    assert_true(pool_cpus() >= 1);
}

static void a_pool_survives_every_fault(void **state)
{
    (void)state;
    struct shape shape = { 3, 8 };
    faults_in_turn(run_all, &shape);
}

static void a_pool_is_freed_with_work_in_flight(void **state)
{
    (void)state;
    struct shared s = { .threads = 2 };
    struct job jobs[20];
    struct pool *p;
    assert_ok(pool_new(&p, 2, 20, square, &s));
    for (unsigned i = 0; i < COUNT_OF(jobs); i++) {
        jobs[i] = (struct job){ .n = i * 7 };
        pool_submit(p, &jobs[i]);
    }
    pool_free(p); /* after this no worker touches jobs or s */
    pool_free(NULL);
    unsigned runs = atomic_load(&s.runs);
    assert_true(runs <= COUNT_OF(jobs));
    assert_int_equal(s.per_worker[0] + s.per_worker[1], runs);
}

static pthread_t owner;
static atomic_int caught_elsewhere, caught;
static void on_signal(int sig)
{
    (void)sig;
    atomic_fetch_add(&caught, 1);
    if (!pthread_equal(pthread_self(), owner)) atomic_fetch_add(&caught_elsewhere, 1);
}
static void signals_come_to_the_owner(void **state)
{
    (void)state;
    struct shared s = { .threads = 4 };
    struct pool *p;
    owner = pthread_self();
    signal(SIGUSR1, on_signal);
    assert_ok(pool_new(&p, 4, 4, square, &s));
    for (int i = 0; i < 50; i++)
        kill(getpid(), SIGUSR1);
    pool_free(p);
    signal(SIGUSR1, SIG_DFL);
    assert_true(atomic_load(&caught) > 0);
    assert_int_equal(atomic_load(&caught_elsewhere), 0);
}

static void allocate(void *ctx, unsigned worker, void *job)
{
    struct job *j = job;
    (void)ctx;
    (void)worker;
    for (unsigned i = 0; i < 50; i++) {
        char *p = mem_alloc(100 + i);
        BUG_IF(!p);
        p = mem_resize(p, 10);
        BUG_IF(!p);
        mem_free(p);
    }
    log_event(LOG_DEBUG, "a job ran", LOG_U64("job", j->n));
}
static void the_heap_counts_right_from_many_threads(void **state)
{
    (void)state;
    size_t before = mem_in_use();
    struct job jobs[100] = { 0 };
    struct pool *p;
    assert_ok(pool_new(&p, 4, 100, allocate, NULL));
    for (size_t i = 0; i < COUNT_OF(jobs); i++)
        pool_submit(p, &jobs[i]);
    while (pool_take(p))
        ;
    pool_free(p);
    assert_int_equal(mem_in_use(), before);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(results_come_in_order_from_any_number_of_workers),
        cmocka_unit_test(a_pool_survives_every_fault),
        cmocka_unit_test(a_pool_is_freed_with_work_in_flight),
        cmocka_unit_test(signals_come_to_the_owner),
        cmocka_unit_test(the_heap_counts_right_from_many_threads),
    };
    return cmocka_run_group_tests_name("base/pool", tests, NULL, NULL);
}
