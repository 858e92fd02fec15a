#include <errno.h>
#include <fcntl.h>
#include <stdatomic.h>
#include <unistd.h>

#include "deid/batch_inside.h"

/* batch_cancel may come at any instruction. It sets a flag, and so that a read that waits does not
 * wait for ever, puts an empty file in the place of the descriptor being read: the read that was
 * interrupted ends at once, also when it is begun again. What was read is then thrown away. */
static atomic_int cancelled, reading_fd = -1, empty_fd = -1;

void batch_cancel(void)
{
    int keep = errno, from = empty_fd, to = reading_fd;
    cancelled = 1;
    if (from >= 0 && to >= 0) (void)dup2(from, to);
    errno = keep;
}

bool batch_is_cancelled(void)
{
    return cancelled != 0;
}

void batch_cancel_begin(void)
{
    empty_fd = open("/dev/null", O_RDONLY | O_CLOEXEC);
}

void batch_cancel_watch(int fd)
{
    reading_fd = fd;
}

void batch_cancel_end(void)
{
    if (empty_fd >= 0) close(empty_fd);
    empty_fd = -1;
    cancelled = 0; /* not at the start: a signal that came before is not lost */
}
