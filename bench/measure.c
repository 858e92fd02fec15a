/* bench/measure.c — run a command several times; print the median of wall and CPU seconds and the peak
 * of resident memory.
 *
 *     measure RUNS INPUT OUTPUT COMMAND ARGS…      INPUT and OUTPUT become its standard streams
 *     0.412345 0.398000 18432                      wall, user + system, KB
 *
 * When RUNS is over 1, one run before them, not counted, warms the page cache. Exits 1 when the command fails once.
 */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { RUNS_MAX = 1001 };

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

static double seconds(struct timeval t)
{
    return (double)t.tv_sec + (double)t.tv_usec * 1e-6;
}

static void child(const char *in, const char *out, char **command)
{
    int r = open(in, O_RDONLY), w = open(out, O_WRONLY | O_CREAT | O_TRUNC, 0600);
    if (r < 0 || w < 0 || dup2(r, 0) < 0 || dup2(w, 1) < 0) {
        perror("measure: open");
        _exit(126);
    }
    close(r);
    close(w);
    execvp(command[0], command);
    perror("measure: exec");
    _exit(127);
}

static int by_value(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

int main(int argc, char **argv)
{
    static double wall[RUNS_MAX], cpu[RUNS_MAX];
    long peak = 0, runs = argc > 4 ? strtol(argv[1], NULL, 10) : 0;
    if (runs < 1 || runs > RUNS_MAX) {
        fprintf(stderr, "usage: measure RUNS INPUT OUTPUT COMMAND ARGS...\n");
        return 2;
    }
    for (long i = runs > 1 ? -1 : 0; i < runs; i++) {
        struct rusage use;
        int status;
        double begun = now();
        pid_t pid = fork();
        if (pid == 0) child(argv[2], argv[3], argv + 4);
        if (pid < 0 || wait4(pid, &status, 0, &use) != pid) {
            perror("measure");
            return 1;
        }
        double ended = now();
        if (!WIFEXITED(status) || WEXITSTATUS(status) != 0) {
            fprintf(stderr, "measure: the command failed\n");
            return 1;
        }
        if (use.ru_maxrss > peak) peak = use.ru_maxrss;
        if (i < 0) continue;
        wall[i] = ended - begun;
        cpu[i] = seconds(use.ru_utime) + seconds(use.ru_stime);
    }
    qsort(wall, (size_t)runs, sizeof *wall, by_value);
    qsort(cpu, (size_t)runs, sizeof *cpu, by_value);
    printf("%.6f %.6f %ld\n", wall[runs / 2], cpu[runs / 2], peak);
    return 0;
}
