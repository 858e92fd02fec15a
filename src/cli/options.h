/* cli/options.h — a command's options as one table, from which parsing and help both follow.
 *
 *     static const char *const styles[] = { "mask", "tag", "surrogate", NULL };
 *     struct opt table[] = {
 *         { "jobs",  'j', OPT_COUNT,  &jobs,  "N", "workers; default: one a processor" },
 *         { "style", 's', OPT_CHOICE, &style, "STYLE", "how values are replaced", styles },
 *     };
 *
 * `--name value`, `--name=value`, `-n value`, `-nvalue` and joined flags (`-qf`) are understood,
 * options and operands may mix, `--` ends the options, `-` is an operand. What a user typed is
 * never echoed: an argument may be a file's name, and so a patient's. A fault names the argument's
 * place.
 */
#pragma once
#include "base/base.h"

enum opt_kind {
    OPT_FLAG,   /* bool * */
    OPT_TEXT,   /* const char ** */
    OPT_TEXTS,  /* struct opt_texts *: may be given several times */
    OPT_COUNT,  /* unsigned *, 1 … 4096 */
    OPT_SIZE,   /* size_t *, bytes, with K, M or G */
    OPT_CHOICE, /* int *, index into `choices` */
    OPT_MAYBE,  /* int *, as OPT_CHOICE; without `=value` the first choice */
    OPT_HEADING /* a line in the help; everything but `help` is NULL */
};
enum { OPT_TEXTS_MAX = 32 };
struct opt_texts {
    const char *v[OPT_TEXTS_MAX];
    unsigned n;
};
struct opt {
    const char *name; /* long name without dashes */
    char letter;      /* 0: none */
    enum opt_kind kind;
    void *into;
    const char *value; /* what the help calls the value */
    const char *help;
    const char *const *choices; /* ends with NULL */
};

struct opt_fault {
    int at;              /* which argument, from 1 */
    const char *what;    /* a literal */
    const char *hint;    /* the nearest option's name, or NULL */
    const struct opt *o; /* the option concerned, or NULL */
};

/* Reads argv[1 …]; operands are moved to the front of argv + 1 and counted in *operands. Values are
 * borrowed from argv. OK, or ERR_USAGE with *fault filled. */
MUST_USE err options_parse(const struct opt *table, size_t n, int argc, char **argv, int *operands,
                           struct opt_fault *fault);
/* The table as aligned lines on `to`. */
void options_help(const struct opt *table, size_t n, FILE *to);
