#include "cli/console.h"

#include <errno.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "base/clock.h"
#include "cli/signals.h"

enum { FAILURES_SHOWN = 50, BAR_CELLS = 24 };
static const uint64_t BAR_AFTER_NS = 1000000000, BAR_EVERY_NS = 100000000;

void console_init(struct console *c, const char *command, bool quiet)
{
    const char *term = getenv("TERM");
    bool dumb = term && strcmp(term, "dumb") == 0;
    *c = (struct console){ .command = command,
                           .quiet = quiet,
                           .has_bar = !quiet && !dumb && isatty(STDERR_FILENO),
                           .begun_ns = clock_mono_ns() };
}

static void clear_bar(struct console *c)
{
    if (c->drawn) fputs("\r\033[K", stderr);
    c->drawn = false;
}

static void print_diag(const char *command, err e, const struct diag *d)
{
    struct buf line;
    buf_init(&line, 4096);
    if (d && d->code && diag_print(d, &line) == OK)
        fprintf(stderr, "cordon %s: %.*s\n", command, (int)line.n, line.p);
    else
        fprintf(stderr, "cordon %s: %s\n", command, err_text(e));
    buf_clear(&line);
}

void console_failure(void *console, const struct diag *d)
{
    struct console *c = console;
    if (++c->failures > FAILURES_SHOWN) return;
    clear_bar(c);
    print_diag(c->command, d->code, d);
}

void console_bytes(char out[16], double bytes)
{
    static const char *const units[] = { "bytes", "KB", "MB", "GB", "TB" };
    unsigned u = 0;
    for (; bytes >= 1000 && u + 1 < COUNT_OF(units); u++)
        bytes /= 1000;
    snprintf(out, 16, u ? "%.1f %s" : "%.0f %s", bytes, units[u]);
}

/* [########........] 41 %  1.2 GB  58.1 MB/s  0:31 left */
void console_progress(void *console, uint64_t done, uint64_t total, uint64_t records)
{
    struct console *c = console;
    if (!c->has_bar) return;
    uint64_t now = clock_mono_ns();
    if (now - c->begun_ns < BAR_AFTER_NS || now - c->drawn_ns < BAR_EVERY_NS) return;
    c->drawn_ns = now;
    c->drawn = true;
    double seconds = (double)(now - c->begun_ns) * 1e-9, rate = (double)done / seconds;
    char size[16], speed[16];
    console_bytes(size, (double)done);
    console_bytes(speed, rate);
    fputs("\r\033[K", stderr);
    if (total > 0) {
        double share = MIN(1.0, (double)done / (double)total);
        char bar[BAR_CELLS + 1];
        for (unsigned i = 0; i < BAR_CELLS; i++)
            bar[i] = i < share * BAR_CELLS ? '#' : '.';
        bar[BAR_CELLS] = '\0';
        unsigned left = rate > 0 ? (unsigned)((double)(total - MIN(done, total)) / rate + 0.5) : 0;
        fprintf(stderr, "[%s] %3.0f %%  %s  %s/s  ", bar, share * 100, size, speed);
        if (left >= 3600) fprintf(stderr, "%u h ", left / 3600);
        fprintf(stderr, "%u:%02u left", left / 60 % 60, left % 60);
    } else {
        fprintf(stderr, "%" PRIu64 " records  %s  %s/s", records, size, speed);
    }
    fflush(stderr);
}

void console_end(struct console *c)
{
    clear_bar(c);
    if (c->failures > FAILURES_SHOWN)
        fprintf(stderr, "cordon %s: %" PRIu64 " more failures\n", c->command,
                c->failures - FAILURES_SHOWN);
}

int console_fault(const char *command, const struct opt_fault *f)
{
    const char *name = f->o ? f->o->name : NULL;
    fprintf(stderr, "cordon %s: argument %d%s%s%s%s%s", command, f->at, name ? " (--" : "",
            name ? name : "", name ? "): " : ": ", name ? "" : "it ", f->what);
    if (f->hint) fprintf(stderr, "; did you mean --%s?", f->hint);
    if (f->o && f->o->choices) {
        fputs(":", stderr);
        for (size_t i = 0; f->o->choices[i]; i++)
            fprintf(stderr, " %s", f->o->choices[i]);
    }
    fprintf(stderr, "\ntry `cordon %s --help`\n", command);
    return EXIT_USE;
}

int console_misuse(const char *command, const char *literal)
{
    fprintf(stderr, "cordon %s: %s\ntry `cordon %s --help`\n", command, literal, command);
    return EXIT_USE;
}

int console_stop(struct console *c, err e, const struct diag *d)
{
    clear_bar(c);
    if (e == ERR_CANCELLED) signals_end();
    if (d->os == EPIPE) signals_end_pipe();
    print_diag(c->command, e, d);
    return e == ERR_USAGE || e == ERR_CONFIG || e == ERR_KEY || e == ERR_VERSION ? EXIT_USE
                                                                                 : EXIT_SOME_FAILED;
}

int console_exit_code(const struct batch_result *r)
{
    return r->inputs_failed || r->records_failed ? EXIT_SOME_FAILED : EXIT_DONE;
}

bool console_has_colour(int fd)
{
    const char *no = getenv("NO_COLOR"), *term = getenv("TERM");
    if (no && *no) return false;
    return isatty(fd) && !(term && strcmp(term, "dumb") == 0);
}

unsigned console_width(void)
{
    struct winsize w;
    uint64_t n = 0;
    if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &w) == 0 && w.ws_col > 0)
        n = w.ws_col;
    else if (!view_to_u64(view_of_str(getenv("COLUMNS")), &n) || n == 0)
        n = 100;
    return (unsigned)MAX(40, MIN(n, 400));
}
