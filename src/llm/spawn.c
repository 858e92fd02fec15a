#include "llm/spawn.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/close_range.h>
#include <signal.h>
#include <stdio.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/file.h"

/* The path's bytes and a zero, owned by the caller. */
static char *joined(view a, view b)
{
    char *p = mem_alloc(a.n + b.n + 1);
    if (!p) return NULL;
    memcpy(p, a.p, a.n);
    memcpy(p + a.n, b.p, b.n);
    p[a.n + b.n] = '\0';
    return p;
}

/* cordon-llm beside the running program, else in ../libexec. */
static err find_program(char **out, struct diag *d)
{
    enum { PATH_BYTES = 4096 };
    char here[PATH_BYTES];
    static const char *const places[] = { "/cordon-llm", "/../libexec/cordon-llm" };
    ssize_t n = readlink("/proc/self/exe", here, sizeof here);
    if (n <= 0 || n == sizeof here) return DIAG(d, ERR_SYSTEM, "could not tell where cordon lies");
    while (n > 0 && here[n - 1] != '/')
        n--;
    for (size_t i = 0; i < COUNT_OF(places); i++) {
        char *path = joined(view_of(here, (size_t)MAX(n - 1, 0)), view_of_str(places[i]));
        if (!path) return ERR_MEMORY;
        if (access(path, X_OK) == 0) {
            *out = path;
            return OK;
        }
        mem_free(path);
    }
    return DIAG(d, ERR_NOT_FOUND,
                "the program cordon-llm is not here: this cordon was built without a language "
                "model (docs/model.md says how to build it with one)");
}

err llm_cache_open(struct llm_files *f, const char *folder, struct checksum *sum, struct diag *d)
{
    err e = OK;
    uint8_t is[32];
    char name[80] = "/prefix-", hex[64];
    struct diag unused = { 0 };
    checksum_end(sum, is);
    checksum_hex(is, hex);
    memcpy(name + 8, hex, 40);
    f->path = joined(view_of_str(folder), view_of(name, 48));
    f->temp = joined(view_of_str(folder), VIEW("/.cordon-XXXXXX"));
    if (!f->path || !f->temp) return DIAG(d, ERR_MEMORY, "no room for a path");
    TRY(file_make_folders(folder, &unused));
    f->cache = open(f->path, O_RDONLY | O_CLOEXEC);
    if (f->cache >= 0) {
        mem_free(f->temp);
        f->temp = NULL;
    } else {
        f->cache = mkostemp(f->temp, O_CLOEXEC);
    }
out:
    return OK; /* without a cache the prefix is decoded again */
}

void llm_cache_keep(struct llm_files *f)
{
    if (f->cache < 0 || !f->temp) return;
    struct stat st;
    if (fstat(f->cache, &st) || st.st_size == 0 || fsync(f->cache) || rename(f->temp, f->path))
        return;
    mem_free(f->temp);
    f->temp = NULL;
}

void llm_files_close(struct llm_files *f)
{
    if (f->temp && f->cache >= 0) (void)unlink(f->temp);
    if (f->model >= 0) (void)close(f->model);
    if (f->cache >= 0) (void)close(f->cache);
    mem_free(f->path);
    mem_free(f->temp);
    *f = (struct llm_files){ .model = -1, .cache = -1 };
}

/* In the new process, between fork and exec: only what may be called there. */
_Noreturn static void become(const char *program, int socket, const struct llm_files *f,
                             uint64_t memory_max, pid_t parent)
{
    /* first out of the way of the numbers that they will have */
    int s = fcntl(socket, F_DUPFD, 16), m = fcntl(f->model, F_DUPFD, 16);
    int c = f->cache >= 0 ? fcntl(f->cache, F_DUPFD, 16) : -1;
    int null = open("/dev/null", O_RDWR);
    bool good = s >= 0 && m >= 0 && null >= 0 && dup2(null, 0) == 0 && dup2(null, 1) == 1 &&
                dup2(null, 2) == 2 && dup2(s, LLM_FD_SOCKET) == LLM_FD_SOCKET &&
                dup2(m, LLM_FD_MODEL) == LLM_FD_MODEL;
    unsigned first = LLM_FD_CACHE;
    if (good && c >= 0) {
        good = dup2(c, LLM_FD_CACHE) == LLM_FD_CACHE;
        first++;
    }
    good = good && close_range(first, ~0U, 0) == 0 && prctl(PR_SET_PDEATHSIG, SIGKILL) == 0 &&
           getppid() == parent; /* else it has gone already */
    if (good && memory_max) {
        struct stat st;
        good = fstat(LLM_FD_MODEL, &st) == 0;
        uint64_t max = memory_max + (uint64_t)st.st_size;
        good = good && setrlimit(RLIMIT_AS, &(struct rlimit){ max, max }) == 0;
    }
    static char name[] = "cordon-llm";
    char *const argv[] = { name, NULL }, *const env[] = { NULL };
    if (good) (void)execve(program, argv, env);
    _exit(127);
}

err llm_spawn(struct llm_child *c, const char *program, const struct llm_files *f,
              uint64_t memory_max, struct diag *d)
{
    err e = OK;
    int pair[2] = { -1, -1 };
    char *found = NULL;
    pid_t parent = getpid();
    *c = (struct llm_child){ .fd = -1 };
    if (!program) {
        TRY(find_program(&found, d));
        program = found;
    } else if (access(program, X_OK) != 0) {
        TRY(DIAG_OS(d, "the program cordon-llm is not here"));
    }
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair))
        TRY(DIAG_OS(d, "could not make a socket"));
    pid_t pid = fork();
    if (pid < 0) TRY(DIAG_OS(d, "could not start a process"));
    if (pid == 0) become(program, pair[1], f, memory_max, parent);
    c->pid = pid;
    c->fd = pair[0];
    pair[0] = -1;
out:
    for (int i = 0; i < 2; i++)
        if (pair[i] >= 0) (void)close(pair[i]);
    mem_free(found);
    return e;
}

void llm_kill(struct llm_child *c)
{
    if (c->fd >= 0) (void)close(c->fd);
    c->fd = -1;
    if (c->pid <= 0) return;
    (void)kill(c->pid, SIGKILL);
    while (waitpid(c->pid, NULL, 0) < 0 && errno == EINTR)
        continue;
    c->pid = 0;
}
