/* llm/child/child_sandbox.c — once the model is open the process needs memory, threads and its socket, and
 * gets nothing else: system calls that are not listed fail with EPERM. */
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <seccomp.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include "llm/child/child.h"

/* clang-format off */
static const char *const allowed[] = {
    /* the socket */
    "sendto", "recvfrom", "poll", "ppoll", "close",
    /* memory */
    "mmap", "munmap", "mprotect", "mremap", "madvise", "brk",
    /* threads */
    "futex", "set_robust_list", "rseq", "set_tid_address", "gettid", "getpid", "tgkill",
    "sched_yield", "sched_getaffinity", "sched_setaffinity", "sched_setscheduler",
    "sched_getparam", "sched_getscheduler", "membarrier", "getcpu", "sigaltstack", "rt_sigaction",
    "rt_sigprocmask", "rt_sigreturn", "restart_syscall", "exit", "exit_group",
    /* time and chance */
    "clock_gettime", "clock_getres", "gettimeofday", "nanosleep", "clock_nanosleep", "getrandom",
    "sysinfo",
    /* what is open already */
    "read", "pread64", "lseek", "fstat", "newfstatat",
};
/* clang-format on */

err child_sandbox(void)
{
    err e = OK;
    scmp_filter_ctx filter = NULL;
    if (setrlimit(RLIMIT_CORE, &(struct rlimit){ 0, 0 }) || prctl(PR_SET_DUMPABLE, 0) ||
        prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0))
        return ERR_SYSTEM;
    (void)close(LLM_FD_CACHE); /* not there in every run */
    filter = seccomp_init(SCMP_ACT_ERRNO(EPERM));
    if (!filter) return ERR_SYSTEM;
    for (size_t i = 0; i < COUNT_OF(allowed); i++)
        if (seccomp_rule_add(filter, SCMP_ACT_ALLOW, seccomp_syscall_resolve_name(allowed[i]), 0) !=
            0)
            TRY(ERR_SYSTEM);
#ifdef __x86_64__ /* tiles of the processor (AMX) are asked for at the first use of them */
    enum { REQUEST_PERMISSION = 0x1023 };
    if (seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(arch_prctl), 1,
                         SCMP_A0(SCMP_CMP_EQ, REQUEST_PERMISSION)) != 0)
        TRY(ERR_SYSTEM);
#endif
    /* a thread, never a process; what clone3 is asked can't be seen, and libc does without it */
    if (seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(clone), 1,
                         SCMP_A0(SCMP_CMP_MASKED_EQ, CLONE_THREAD, CLONE_THREAD)) != 0 ||
        seccomp_rule_add(filter, SCMP_ACT_ERRNO(ENOSYS), SCMP_SYS(clone3), 0) != 0)
        TRY(ERR_SYSTEM);
    if (seccomp_load(filter) != 0) TRY(ERR_SYSTEM);
out:
    seccomp_release(filter);
    return e;
}

int child_sandbox_prove(void)
{
    int pair[2];
    char *const none[] = { NULL };
    if (child_sandbox()) return 2;
    if (socket(AF_INET, SOCK_STREAM, 0) >= 0 || errno != EPERM) return 3;
    if (socketpair(AF_UNIX, SOCK_STREAM, 0, pair) == 0 || errno != EPERM) return 4;
    if (open("/etc/passwd", O_RDONLY) >= 0 || errno != EPERM) return 5;
    if (open("/tmp/x", O_WRONLY | O_CREAT, 0600) >= 0 || errno != EPERM) return 6;
    if (execve("/bin/true", none, none) == 0 || errno != EPERM) return 7;
    if (fork() >= 0) return 8;
    return 0;
}
