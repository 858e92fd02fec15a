#include <unistd.h>

#include "base/base.h"

/* Written by hand and with write(2): after a broken invariant neither stdio nor the heap is
 * trusted. */
_Noreturn void bug_abort(const char *file, int line)
{
    char digits[12];
    size_t at = sizeof digits;
    unsigned n = line > 0 ? (unsigned)line : 0;

    digits[--at] = '\n';
    do {
        digits[--at] = (char)('0' + n % 10);
        n /= 10;
    } while (n);
    /* Nothing can be done when standard error is gone: the abort says enough. */
    if (write(STDERR_FILENO, "cordon: bug at ", 15) < 0 ||
        write(STDERR_FILENO, file, strlen(file)) < 0 || write(STDERR_FILENO, ":", 1) < 0 ||
        write(STDERR_FILENO, digits + at, sizeof digits - at) < 0)
        abort();
    abort();
}
