#include "cli/signals.h"

#include <signal.h>
#include <stdatomic.h>
#include <unistd.h>

#include "deid/batch.h"

static atomic_int came; /* the signal, or 0 */

static void on_signal(int number)
{
    came = number;
    batch_cancel();
}

void signals_start(void)
{
    /* No SA_RESTART: an open that waits for a writer must come back. */
    struct sigaction stop = { .sa_handler = on_signal, .sa_flags = (int)SA_RESETHAND };
    struct sigaction ignore = { .sa_handler = SIG_IGN }, old;
    static const int numbers[] = { SIGINT, SIGTERM, SIGHUP };
    for (size_t i = 0; i < COUNT_OF(numbers); i++)
        if (sigaction(numbers[i], NULL, &old) == 0 && old.sa_handler != SIG_IGN) /* nohup */
            sigaction(numbers[i], &stop, NULL);
    sigaction(SIGPIPE, &ignore, NULL);
    sigaction(SIGXFSZ, &ignore, NULL);
}

static void end_by(int number)
{
    struct sigaction usual = { .sa_handler = SIG_DFL };
    sigset_t set;
    sigaction(number, &usual, NULL);
    sigemptyset(&set);
    sigaddset(&set, number);
    sigprocmask(SIG_UNBLOCK, &set, NULL);
    raise(number);
    _exit(128 + number); /* only when the signal is blocked from outside */
}

void signals_end(void)
{
    if (came) end_by(came);
}

void signals_end_pipe(void)
{
    end_by(SIGPIPE);
}
