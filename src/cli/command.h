/* cli/command.h — the table of commands and what they share.
 *
 * A command is a row in cli/main.c and a file cmd_NAME.c. Exit codes: 0 done, 1 a negative answer,
 * 2 wrong use or configuration, 3 some inputs failed and the rest were done.
 */
#pragma once
#include "base/base.h"
#include "base/diag.h"

enum { EXIT_DONE = 0, EXIT_NEGATIVE = 1, EXIT_USE = 2, EXIT_SOME_FAILED = 3 };

struct command {
    const char *name;
    int (*run)(int argc, char **argv); /* argv[0] is the command's name */
    const char *summary;               /* one line for `cordon --help` */
};

int cmd_check(int argc, char **argv);
int cmd_agree(int argc, char **argv);
int cmd_deid(int argc, char **argv);
int cmd_detect(int argc, char **argv);
int cmd_doctor(int argc, char **argv);
int cmd_extract(int argc, char **argv);
int cmd_failures(int argc, char **argv);
int cmd_eval(int argc, char **argv);
int cmd_key(int argc, char **argv);
int cmd_reidentify(int argc, char **argv);
int cmd_release(int argc, char **argv);
int cmd_review(int argc, char **argv);
int cmd_site(int argc, char **argv);
int cmd_train(int argc, char **argv);
/* A part of cmd_eval: argv[0] is "extract". */
int eval_extract(int argc, char **argv);
