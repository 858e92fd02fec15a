/* A ring of jobs in the order of submission. Three places move along it and never overtake:
 *
 *      take ≤ start ≤ put ≤ take + size
 *
 * [take, start) is running or done, [start, put) waits for a worker. The owner takes at `take`
 * alone, so results come in order however the workers finish.
 */
#include "base/pool.h"

#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <unistd.h>

#include "base/mem.h"

struct entry {
    void *job;
    bool done;
};
struct worker {
    struct pool *pool;
    pthread_t thread;
    unsigned index;
};
struct pool {
    pool_work *work;
    void *ctx;
    unsigned n_threads; /* that were started; 0: the owner works */
    unsigned size;
    uint64_t take, start, put; /* take and put change in the owner alone */
    bool stop, owner_waits;
    pthread_mutex_t lock;
    pthread_cond_t to_do, done;
    struct worker *workers;
    struct entry *ring;
};

static struct entry *at(const struct pool *p, uint64_t i)
{
    return &p->ring[i % p->size];
}

static void *run_worker(void *arg)
{
    const struct worker *self = arg;
    struct pool *p = self->pool;

    pthread_mutex_lock(&p->lock);
    for (;;) {
        while (!p->stop && p->start == p->put)
            pthread_cond_wait(&p->to_do, &p->lock);
        if (p->stop) break;
        uint64_t i = p->start++;
        void *job = at(p, i)->job;
        pthread_mutex_unlock(&p->lock);

        p->work(p->ctx, self->index, job);

        pthread_mutex_lock(&p->lock);
        at(p, i)->done = true;
        if (p->owner_waits && i == p->take) pthread_cond_signal(&p->done);
    }
    pthread_mutex_unlock(&p->lock);
    return NULL;
}

/* Workers take no signals: handlers run on the owner's thread, where the program expects them. */
static err start_workers(struct pool *p, unsigned threads)
{
    sigset_t all, before;
    err e = OK;

    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    for (unsigned i = 0; i < threads; i++) {
        struct worker *w = &p->workers[i];
        *w = (struct worker){ .pool = p, .index = i };
        if (pthread_create(&w->thread, NULL, run_worker, w) != 0) {
            e = ERR_SYSTEM;
            break;
        }
        p->n_threads++;
    }
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    return e;
}

err pool_new(struct pool **out, unsigned threads, unsigned max_in_flight, pool_work *work,
             void *ctx)
{
    err e = OK;
    size_t ring_bytes, worker_bytes;
    if (threads == 0) threads = 1;
    unsigned size = MAX(max_in_flight, threads);

    struct pool *p = mem_alloc_zero(sizeof *p);
    if (!p) return ERR_MEMORY;
    p->work = work;
    p->ctx = ctx;
    p->size = size;
    pthread_mutex_init(&p->lock,
                       NULL); /* on Linux these three can't fail with default attributes */
    pthread_cond_init(&p->to_do, NULL);
    pthread_cond_init(&p->done, NULL);

    if (!size_mul(size, sizeof *p->ring, &ring_bytes) ||
        !size_mul(threads, sizeof *p->workers, &worker_bytes)) {
        e = ERR_LIMIT;
        goto out;
    }
    e = ERR_MEMORY;
    p->ring = mem_alloc_zero(ring_bytes);
    if (!p->ring) goto out;
    p->workers = mem_alloc_zero(worker_bytes);
    if (!p->workers) goto out;
    e = OK;
    if (threads > 1) TRY(start_workers(p, threads));
out:
    if (e) {
        pool_free(p);
        p = NULL;
    }
    *out = p;
    return e;
}

void pool_free(struct pool *p)
{
    if (!p) return;
    pthread_mutex_lock(&p->lock);
    p->stop = true;
    pthread_cond_broadcast(&p->to_do);
    pthread_mutex_unlock(&p->lock);
    for (unsigned i = 0; i < p->n_threads; i++)
        pthread_join(p->workers[i].thread, NULL);
    pthread_mutex_destroy(&p->lock);
    pthread_cond_destroy(&p->to_do);
    pthread_cond_destroy(&p->done);
    mem_free(p->workers);
    mem_free(p->ring);
    mem_free(p);
}

bool pool_is_full(const struct pool *p)
{
    return p->put - p->take == p->size;
}

void pool_submit(struct pool *p, void *job)
{
    BUG_IF(pool_is_full(p));
    if (p->n_threads == 0) {
        p->work(p->ctx, 0, job);
        *at(p, p->put++) = (struct entry){ .job = job, .done = true };
        return;
    }
    pthread_mutex_lock(&p->lock);
    *at(p, p->put++) = (struct entry){ .job = job };
    pthread_cond_signal(&p->to_do);
    pthread_mutex_unlock(&p->lock);
}

void *pool_take(struct pool *p)
{
    if (p->take == p->put) return NULL;
    if (p->n_threads == 0) return at(p, p->take++)->job;

    pthread_mutex_lock(&p->lock);
    p->owner_waits = true;
    while (!at(p, p->take)->done)
        pthread_cond_wait(&p->done, &p->lock);
    p->owner_waits = false;
    void *job = at(p, p->take++)->job;
    pthread_mutex_unlock(&p->lock);
    return job;
}

unsigned pool_cpus(void)
{
    cpu_set_t set;
    if (sched_getaffinity(0, sizeof set, &set) == 0) {
        int n = CPU_COUNT(&set);
        if (n > 0) return (unsigned)n;
    }
    /* More processors than cpu_set_t has bits for. */
    long n = sysconf(_SC_NPROCESSORS_ONLN);
    return n > 0 ? (unsigned)n : 1;
}
