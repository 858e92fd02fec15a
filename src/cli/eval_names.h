/* cli/eval_names.h — `cordon eval names`: is any group's name found less often than another's?
 * argv as main's, argv[0] is "names".   Threads: the main thread only. */
#pragma once
#include "cli/command.h"

int eval_names(int argc, char **argv);
