/* bench/limits.c — what this machine could do at most with the same bytes, one core.
 *
 *     limits FILE      one line a pass: "NAME SECONDS", the best of several
 *
 * lines    memchr for line ends: reading memory, nothing else
 * utf8     checking that the bytes are UTF-8
 * tokens   cutting each line into tokens: the least that any reader of words must do
 */
#include <stdio.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/clock.h"
#include "base/file.h"
#include "text/token.h"
#include "text/utf8.h"

enum { PASSES = 7 };
static uint64_t sink; /* so that no pass is left out */

static err pass_lines(view all, struct arena *a)
{
    (void)a;
    for (size_t at = 0; at < all.n; at = view_find_byte(all, at, '\n') + 1)
        sink++;
    return OK;
}

static err pass_utf8(view all, struct arena *a)
{
    (void)a;
    sink += utf8_bad_at(all);
    return OK;
}

static err pass_tokens(view all, struct arena *a)
{
    for (size_t at = 0; at < all.n;) {
        size_t end = view_find_byte(all, at, '\n');
        struct tokens t;
        arena_reset(a);
        err e = token_split(view_sub(all, at, end), a, &t);
        if (e) return e;
        sink += t.n;
        at = end + 1;
    }
    return OK;
}

int main(int argc, char **argv)
{
    static const struct {
        const char *name;
        err (*pass)(view, struct arena *);
    } passes[] = { { "lines", pass_lines }, { "utf8", pass_utf8 }, { "tokens", pass_tokens } };
    struct buf file;
    struct arena a;
    struct diag d = { 0 };
    buf_init(&file, (size_t)4 << 30);
    arena_init(&a, (size_t)1 << 30);
    if (argc != 2 || file_read(argv[1], &file, &d) != OK) return 2;
    for (size_t k = 0; k < COUNT_OF(passes); k++) {
        uint64_t best = UINT64_MAX;
        for (int i = 0; i < PASSES; i++) {
            uint64_t begun = clock_mono_ns();
            if (passes[k].pass(buf_view(&file), &a) != OK) return 1;
            best = MIN(best, clock_mono_ns() - begun);
        }
        printf("%s %.9f\n", passes[k].name, (double)best * 1e-9);
    }
    arena_clear(&a);
    buf_clear(&file);
    return sink == 0;
}
