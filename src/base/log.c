/* A line is put together on the stack and written at once: no heap, no lock, no stdio, so that
 * logging works when memory is gone and lines of several threads never mix. */
#include "base/log.h"

#include <math.h>
#include <stdatomic.h>
#include <time.h>
#include <unistd.h>

enum { LINE_MAX_BYTES = 1024 };
struct line {
    char s[LINE_MAX_BYTES];
    size_t n;
};

static atomic_int lowest_level = LOG_INFO;

void log_set_level(enum log_level lowest)
{
    atomic_store_explicit(&lowest_level, (int)lowest, memory_order_relaxed);
}

static const char *level_name(enum log_level l)
{
    static const char *const names[] = { "debug", "info", "warn", "error" };
    return (unsigned)l < COUNT_OF(names) ? names[l] : "error";
}

/* Room for the closing mark is always kept; a field that does not fit is left out whole. */
static bool put(struct line *l, const char *s)
{
    size_t n = strlen(s);
    if (n > LINE_MAX_BYTES - sizeof " cut=1\n" - l->n) return false;
    memcpy(l->s + l->n, s, n);
    l->n += n;
    return true;
}

static bool put_field(struct line *l, const struct log_field *f)
{
    char number[40] = "";
    const char *value = number;

    switch (f->type) {
    case LOG_T_U64: snprintf(number, sizeof number, "%" PRIu64, f->v.u); break;
    case LOG_T_F64:
        /* In thousandths, by integers: a locale must not change the decimal point. */
        if (!isfinite(f->v.f) || fabs(f->v.f) > 1e15)
            value = "out-of-range";
        else
            snprintf(number, sizeof number, "%s%llu.%03llu", f->v.f < 0 ? "-" : "",
                     (unsigned long long)llround(fabs(f->v.f) * 1000) / 1000,
                     (unsigned long long)llround(fabs(f->v.f) * 1000) % 1000);
        break;
    case LOG_T_ERR: value = err_name((err)f->v.u); break;
    case LOG_T_WORD: value = f->v.word; break;
    }
    bool quote = f->type == LOG_T_WORD && (!*value || strpbrk(value, " =\"") != NULL);
    size_t before = l->n;
    if (put(l, " ") && put(l, f->key) && put(l, quote ? "=\"" : "=") && put(l, value) &&
        put(l, quote ? "\"" : ""))
        return true;
    l->n = before;
    return false;
}

void log_write(enum log_level level, const char *event, const struct log_field *fields, size_t n)
{
    if ((int)level < atomic_load_explicit(&lowest_level, memory_order_relaxed) || level >= LOG_OFF)
        return;

    struct line l = { .n = 0 };
    struct timespec now = { 0 };
    struct tm tm = { 0 };
    char when[96];
    clock_gettime(CLOCK_REALTIME, &now);
    gmtime_r(&now.tv_sec, &tm);
    snprintf(when, sizeof when, "%04d-%02d-%02dT%02d:%02d:%02d.%03dZ", tm.tm_year + 1900,
             tm.tm_mon + 1, tm.tm_mday, tm.tm_hour, tm.tm_min, tm.tm_sec,
             (int)(now.tv_nsec / 1000000));

    bool whole = put(&l, "time=") && put(&l, when) && put(&l, " level=") &&
                 put(&l, level_name(level)) && put(&l, " event=\"") && put(&l, event) &&
                 put(&l, "\"");
    for (size_t i = 0; i < n; i++)
        whole = put_field(&l, &fields[i]) && whole;
    if (!whole) {
        memcpy(l.s + l.n, " cut=1", 6);
        l.n += 6;
    }
    l.s[l.n++] = '\n';
    if (write(STDERR_FILENO, l.s, l.n) < 0) return; /* nobody is left to tell */
}
