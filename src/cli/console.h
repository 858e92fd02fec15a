/* cli/console.h — what a command says to a person: faults, failures, progress, and how it ends.
 *
 * All of it goes to standard error, holds no byte of input, and names inputs by ordinals. Standard
 * output carries results alone.   Threads: the main thread only.
 */
#pragma once
#include "cli/command.h"
#include "cli/options.h"
#include "deid/batch.h"

struct console {
    const char *command; /* "deid" */
    bool quiet;          /* no progress, no summary; failures are told all the same */
    bool has_bar;        /* standard error is a terminal */
    bool drawn;          /* a bar stands on the present line */
    uint64_t begun_ns, drawn_ns;
    uint64_t failures;
};

void console_init(struct console *c, const char *command, bool quiet);
/* For batch_params: on_failure and on_progress, with the console as ctx. */
void console_failure(void *console, const struct diag *d);
void console_progress(void *console, uint64_t done, uint64_t total, uint64_t records);
/* Takes the bar away, tells how many failures were not shown. */
void console_end(struct console *c);

/* A wrong argument; gives EXIT_USE. */
int console_fault(const char *command, const struct opt_fault *f);
/* Wrong use in words; gives EXIT_USE. */
int console_misuse(const char *command, const char *literal);
/* Tells why the command as a whole failed and gives its exit code; a broken pipe or a signal ends the
 * process as the shell expects it, without a word. */
int console_stop(struct console *c, err e, const struct diag *d);
int console_exit_code(const struct batch_result *r);

/* Colour is wanted on this descriptor: a terminal, and NO_COLOR is not set. */
bool console_has_colour(int fd);
/* Columns of the terminal on standard output, or COLUMNS, or 100; 40 … 400. */
unsigned console_width(void);
/* "12.3 MB" into out. */
void console_bytes(char out[16], double bytes);
