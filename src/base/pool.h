/* base/pool.h — workers for independent jobs, results in the order of submission.
 *
 * One owner thread submits and takes; `threads` workers run. With threads = 1 no thread is started
 * and pool_submit runs the job itself, so that a single core pays nothing.
 *
 *     pool_submit(p, job)   blocks never; the owner must take first when pool_is_full(p)
 *     pool_take(p)          the oldest job once it is done; NULL when none is in flight
 *
 * Threads: submit, take and free from the owner only; `work` runs on any worker, worker index
 * 0 … threads-1, so that each can have scratch of its own.
 */
#pragma once
#include "base/base.h"

struct pool;
typedef void pool_work(void *ctx, unsigned worker, void *job);

/* max_in_flight ≥ threads bounds the memory held. OK, ERR_MEMORY, ERR_SYSTEM (no thread). */
MUST_USE err pool_new(struct pool **out, unsigned threads, unsigned max_in_flight, pool_work *work,
                      void *ctx);
/* Waits for what is running. Jobs are the owner's: take them all first (pool_take until NULL); one that
 * no worker has begun by now is dropped unrun. NULL is fine. */
void pool_free(struct pool *p);
bool pool_is_full(const struct pool *p);
void pool_submit(struct pool *p, void *job);
void *pool_take(struct pool *p);
/* Processors this process may run on, at least 1. */
unsigned pool_cpus(void);
