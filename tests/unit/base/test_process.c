/* What the process says (log, bug) and what it lets others see (harden). Each runs in a child, whose
 * standard error and exit are looked at. */
#include "unit.h"

#include <fcntl.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/harden.h"
#include "base/log.h"
#include "base/mem.h"
#include "base/poison.h"
#include "base/random.h"

/* Runs f in a child; what it wrote to standard error goes to said (terminated). Its wait status. */
static int in_child(void (*f)(void), char *said, size_t room)
{
    int pipe_fd[2], status = 0;
    size_t n = 0;
    assert_int_equal(pipe(pipe_fd), 0);
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        dup2(pipe_fd[1], STDERR_FILENO);
        close(pipe_fd[0]);
        close(pipe_fd[1]);
        const struct rlimit none = { 0, 0 };
        setrlimit(RLIMIT_CORE, &none);
        f();
        _exit(0);
    }
    close(pipe_fd[1]);
    for (ssize_t got; n + 1 < room && (got = read(pipe_fd[0], said + n, room - 1 - n)) > 0;)
        n += (size_t)got;
    said[n] = '\0';
    close(pipe_fd[0]);
    assert_int_equal(waitpid(child, &status, 0), child);
    return status;
}

static void log_some(void)
{
    log_event(LOG_DEBUG, "not shown", LOG_U64("n", 1));
    log_event(LOG_WARN, "input failed", LOG_U64("input", 3), LOG_F64("share", -0.5),
              LOG_ERR(ERR_FORMAT), LOG_WORD("stage", "two words"), LOG_WORD("kind", "one"));
    log_set_level(LOG_OFF);
    log_event(LOG_ERROR, "not shown either");
}
static void a_log_line_has_typed_fields(void **state)
{
    (void)state;
    char said[4096];
    assert_int_equal(in_child(log_some, said, sizeof said), 0);
    assert_memory_equal(said, "time=20", 7);
    const char *rest = strchr(said, ' ');
    assert_non_null(rest);
    assert_string_equal(rest, " level=warn event=\"input failed\" input=3 share=-0.500 "
                              "error=ERR_FORMAT stage=\"two words\" kind=one\n");
}

static void log_too_much(void)
{
    struct log_field f[200];
    for (size_t i = 0; i < COUNT_OF(f); i++)
        f[i] = LOG_U64("a_long_key", UINT64_MAX);
    log_write(LOG_ERROR, "flood", f, COUNT_OF(f));
}
static void a_line_too_long_is_cut_at_a_field(void **state)
{
    (void)state;
    char said[4096];
    assert_int_equal(in_child(log_too_much, said, sizeof said), 0);
    size_t n = strlen(said);
    assert_true(n <= 1024);
    assert_string_equal(said + n - strlen("551615 cut=1\n"), "551615 cut=1\n");
}

static void free_inside(void)
{
    char *p = mem_alloc(10);
    BUG_IF(!p);
    char *inside = p + 1;
    mem_free(inside); /* no block begins here */
}
static void a_bug_stops_the_program(void **state)
{
    (void)state;
    char said[16384];
    int status = in_child(free_inside, said, sizeof said);
    assert_false(WIFEXITED(status) && WEXITSTATUS(status) == 0);
#ifndef CORDON_ASAN /* which has its own words for it */
    assert_true(WIFSIGNALED(status));
    assert_memory_equal(said, "cordon: bug at ", 15);
    assert_non_null(strstr(said, "mem.c:"));
#endif
}

static void be_hardened(void)
{
    struct rlimit core;
    mode_t before = umask(0123);
    close(0);
    BUG_IF(harden_process() != OK);
    BUG_IF(getrlimit(RLIMIT_CORE, &core) != 0 || core.rlim_cur != 0 || core.rlim_max != 0);
    BUG_IF(prctl(PR_GET_NO_NEW_PRIVS, 0, 0, 0, 0) != 1);
#ifndef CORDON_ASAN
    BUG_IF(prctl(PR_GET_DUMPABLE, 0, 0, 0, 0) != 0);
#endif
    BUG_IF(fcntl(0, F_GETFD) < 0); /* a closed standard input was filled */
    BUG_IF(umask(before) != 0123);
}
static void a_hardened_process_leaves_no_core_and_no_gap(void **state)
{
    (void)state;
    char said[4096];
    assert_int_equal(in_child(be_hardened, said, sizeof said), 0);
    assert_string_equal(said, "");
}

static void random_numbers_are_in_range_and_differ(void **state)
{
    (void)state;
    uint8_t a[32] = { 0 }, b[32] = { 0 };
    bool seen[5] = { false };
    assert_ok(random_start());
    random_bytes(a, sizeof a);
    random_bytes(b, sizeof b);
    assert_memory_not_equal(a, b, sizeof a);
    for (int i = 0; i < 1000; i++)
        seen[random_below(5)] = true;
    for (int i = 0; i < 5; i++)
        assert_true(seen[i]);
    assert_int_equal(random_below(1), 0);
}

static void clocks_go_forward(void **state)
{
    (void)state;
    uint64_t a = clock_mono_ns(), b = clock_mono_ns();
    assert_true(b >= a);
    struct clock_utc t = clock_utc_now();
    assert_in_range(t.year, 2024, 9999);
    assert_in_range(t.month, 1, 12);
    assert_in_range(t.day, 1, 31);
    assert_in_range(t.second, 0, 60);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_log_line_has_typed_fields),
        cmocka_unit_test(a_line_too_long_is_cut_at_a_field),
        cmocka_unit_test(a_bug_stops_the_program),
        cmocka_unit_test(a_hardened_process_leaves_no_core_and_no_gap),
        cmocka_unit_test(random_numbers_are_in_range_and_differ),
        cmocka_unit_test(clocks_go_forward),
    };
    return cmocka_run_group_tests_name("base/process", tests, NULL, NULL);
}
