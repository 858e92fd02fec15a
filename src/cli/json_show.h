/* cli/json_show.h — `--json-path show`: the paths of a JSON input and what their values are taken for. */
#pragma once
#include "cli/console.h"
#include "deid/batch.h"

/* Prints them on standard output: of all of a document, or of the first lines. Gives an exit code. */
int json_show(struct console *c, const struct batch_params *p);
