/* tests/faults.h — every allocation of a run fails once, in turn.
 *
 *     static err run(void *ctx) { … build something, check what came out, free it … }
 *     faults_in_turn(run, &ctx);
 *
 * For k = 0, 1, 2 … the k-th allocation fails (once alone, then with every later one), until a run asks
 * for fewer. Each run must leave nothing behind, and either say that memory was short or be right all
 * the same: `run` itself checks its result before it returns OK. An assertion
 * that fails in between leaves the fault armed for the tests after it: only the first failure counts.
 * Include after cmocka.h.
 */
#pragma once
#include "base/mem.h"

typedef err fault_run(void *ctx);

static inline void faults_in_turn_by(fault_run *run, void *ctx, int64_t step)
{
    for (int sticky = 0; sticky <= 1; sticky++) {
        for (int64_t k = 0;; k += step) {
            size_t before = mem_in_use();
            (void)mem_fail_at(k, sticky);
            err e = run(ctx);
            uint64_t asked = mem_fail_at(-1, false);
            if (mem_in_use() != before)
                fail_msg("allocation %lld failed and %zu bytes were left behind", (long long)k,
                         mem_in_use() - before);
            if (asked <= (uint64_t)k) {
                if (e != OK) fail_msg("nothing was made to fail, yet: %s", err_name(e));
                break;
            }
            if (e != OK && e != ERR_MEMORY && e != ERR_LIMIT)
                fail_msg("allocation %lld failed and the error was %s", (long long)k, err_name(e));
        }
    }
}
static inline void faults_in_turn(fault_run *run, void *ctx)
{
    faults_in_turn_by(run, ctx, 1);
}
