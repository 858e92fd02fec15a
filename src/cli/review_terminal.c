/* See review_terminal.h. */
#include "cli/review_terminal.h"

#include <unistd.h>

#include "cli/console.h"
#include "cli/diff.h"
#include "cli/verdicts.h"
#include "text/utf8.h"

static uint32_t count_points(view v)
{
    uint32_t n = 0;
    for (size_t i = 0; i < v.n; i++)
        n += (v.p[i] & 0xC0) != 0x80;
    return n;
}

/* Appends every place of `what` in the unit's outputs as a missed range; how many. */
static err add_places(const struct review_unit *u, view what, struct buf *missed, uint32_t *n)
{
    err e = OK;
    for (uint32_t t = 0; t < u->n_texts; t++) {
        view text = u->texts[t].output;
        for (size_t at = 0; at + what.n <= text.n;) {
            if (memcmp(text.p + at, what.p, what.n) != 0) {
                at++;
                continue;
            }
            uint32_t start = count_points(view_sub(text, 0, at));
            TRY(buf_add(missed, missed->n ? VIEW(",[") : VIEW("[")));
            TRY(buf_add_u64(missed, t));
            TRY(buf_add_char(missed, ','));
            TRY(buf_add_u64(missed, start));
            TRY(buf_add_char(missed, ','));
            TRY(buf_add_u64(missed, start + count_points(what)));
            TRY(buf_add_char(missed, ']'));
            (*n)++;
            at += what.n;
        }
    }
out:
    return e;
}

static err show_unit(const struct review_unit *u)
{
    err e = OK;
    struct arena a;
    struct buf out;
    arena_init(&a, 1 << 30);
    buf_init(&out, 1 << 30);
    for (uint32_t t = 0; t < u->n_texts; t++) {
        if (u->texts[t].field.n) {
            TRY(buf_add(&out, u->texts[t].field));
            TRY(buf_add(&out, VIEW(":\n")));
        }
        TRY(diff_text(&out, DIFF_SIDE, console_width(), console_has_colour(STDOUT_FILENO), &a,
                      u->texts[t].text, &u->texts[t].edits));
    }
    fwrite(out.p, 1, out.n, stdout);
out:
    arena_clear(&a);
    buf_clear(&out);
    return e;
}

/* Asks until the reader has said all; *quit when he wants no more. */
static err ask(const struct review_unit *u, struct buf *missed, bool *quit)
{
    char line[4096];
    for (;;) {
        fputs("\nstill there (copy it), Enter when there is nothing more, q to stop > ", stdout);
        fflush(stdout);
        if (!fgets(line, sizeof line, stdin)) {
            *quit = true;
            return OK;
        }
        view v = view_trim(view_of_str(line));
        uint32_t n = 0;
        if (!v.n) return OK;
        if (view_eq(v, VIEW("q"))) {
            *quit = true;
            return OK;
        }
        err e = utf8_bad_at(v) < v.n ? OK : add_places(u, v, missed, &n);
        if (e) return e;
        printf(n ? "noted: %" PRIu32 "\n" : "that does not stand there (%" PRIu32 " places)\n", n);
    }
}

err review_in_terminal(struct review *r, const char *path, view reader, struct diag *d)
{
    err e = OK;
    bool quit = false;
    int fd = -1;
    struct buf missed;
    buf_init(&missed, 1 << 20);
    TRY(verdicts_open(&fd, r, path, d));
    for (uint32_t i = 0; i < r->n_units && !quit && !e; i++) {
        if (review_has_read(r, i, reader)) continue;
        printf("\n== record %" PRIu32 " of %" PRIu32 "\n", i + 1, r->n_units);
        buf_reset(&missed);
        e = show_unit(&r->units[i]);
        if (!e) e = ask(&r->units[i], &missed, &quit);
        if (!e && !quit) e = verdicts_add(fd, r, &r->units[i], reader, buf_view(&missed), d);
    }
out:
    if (fd >= 0 && close(fd) != 0 && !e) e = DIAG_OS(d, "the verdicts can't be written");
    buf_clear(&missed);
    return e;
}
