#include "base/harden.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

#include "base/poison.h"

/* A program started with a closed standard stream would give that number to the next file it opens,
 * and a message for the terminal would end up in someone's output. The number is filled with what can't
 * be used: results written to a closed standard output are lost and must fail, and a closed standard
 * input is not an empty one. */
static bool streams_open(void)
{
    for (int fd = 0; fd <= 2; fd++) {
        if (fcntl(fd, F_GETFD) >= 0) continue;
        if (errno != EBADF) return false;
        if (open("/dev/null", fd == 0 ? O_WRONLY : O_RDONLY) != fd) return false;
    }
    return true;
}

err harden_process(void)
{
    const struct rlimit none = { 0, 0 };

    if (!streams_open()) return ERR_SYSTEM;
    if (setrlimit(RLIMIT_CORE, &none) != 0) return ERR_SYSTEM;
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) return ERR_SYSTEM;
#ifndef CORDON_ASAN /* its leak check attaches to the process */
    if (prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) != 0) return ERR_SYSTEM;
#endif
    return OK;
}
