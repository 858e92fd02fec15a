/* cordon — the table of commands. */
#include <unistd.h>

#include "base/harden.h"
#include "base/random.h"
#include "cli/command.h"
#include "cli/signals.h"
#include "cli/version.h"
#include "lexicon/lexicon.h"

/* In the order in which a project comes to need them. */
static const struct command commands[] = {
    { "deid", cmd_deid, "replace the identifiers in texts, messages, tables and folders of them" },
    { "detect", cmd_detect, "list the identifiers in texts, and why each is one" },
    { "check", cmd_check, "search an output for what the originals name" },
    { "extract", cmd_extract, "read reports into findings" },
    { "agree", cmd_agree, "how far readers of the same reports agree" },
    { "eval", cmd_eval, "measure what was found against what a person marked" },
    { "review", cmd_review, "let people read a sample, and say what was missed in the whole" },
    { "release", cmd_release, "gather what speaks for an output into one dossier, or refuse" },
    { "reidentify", cmd_reidentify, "put back what a vault holds, and record who did and why" },
    { "failures", cmd_failures, "name the inputs that failed, for who has the key" },
    { "key", cmd_key, "make and show the keys that replacements follow from" },
    { "site", cmd_site, "check a site's own lists, patterns, actions and rosters" },
    { "train", cmd_train, "learn to find identifiers from texts that a person marked" },
    { "doctor", cmd_doctor, "which language models this machine can run, and how fast" },
};

static void print_help(FILE *to)
{
    fputs("cordon keeps patient identities inside the hospital.\n\n"
          "usage: cordon COMMAND [options] [inputs]\n\n",
          to);
    for (size_t i = 0; i < COUNT_OF(commands); i++)
        fprintf(to, "  %-10s %s\n", commands[i].name, commands[i].summary);
    fputs("\n"
          "  cordon deid note.txt                     a note without identifiers, on standard "
          "output\n"
          "  cordon deid notes/ -o clean/             a folder of notes, into another folder\n"
          "  cordon detect --explain note.txt         what is an identifier, and why\n"
          "  cordon COMMAND --help                    each command by example\n"
          "  cordon --version\n"
          "\n"
          "exit status: 0 done, 1 a negative answer, 2 wrong use or configuration,\n"
          "             3 some inputs failed and the rest were done\n",
          to);
}

static int print_version(void)
{
    view lexicon = lexicon_version(lexicon_builtin());
    printf("cordon %s\nlexicon %.*s\n", CORDON_VERSION, (int)MIN(lexicon.n, 16), lexicon.p);
    return EXIT_DONE;
}

static int run(int argc, char **argv)
{
    const char *name = argc > 1 ? argv[1] : "";
    for (size_t i = 0; i < COUNT_OF(commands); i++)
        if (strcmp(name, commands[i].name) == 0) return commands[i].run(argc - 1, argv + 1);
    if (strcmp(name, "--version") == 0) return print_version();
    bool help = strcmp(name, "--help") == 0 || strcmp(name, "-h") == 0 || strcmp(name, "help") == 0;
    if (help && argc > 2) { /* cordon help deid */
        for (size_t i = 0; i < COUNT_OF(commands); i++)
            if (strcmp(argv[2], commands[i].name) == 0)
                return commands[i].run(2, (char *[]){ argv[2], (char[]){ "--help" }, NULL });
    }
    if (argc > 1 && !help) fputs("cordon: there is no such command\n\n", stderr);
    print_help(help ? stdout : stderr);
    return help ? EXIT_DONE : EXIT_USE;
}

int main(int argc, char **argv)
{
    if (harden_process() != OK) {
        fputs("cordon: the operating system refused to protect this process\n", stderr);
        return EXIT_USE;
    }
    if (random_start() != OK) {
        fputs("cordon: the operating system has no randomness to give\n", stderr);
        return EXIT_USE;
    }
    signals_start();
    int code = run(argc, argv);
    /* Results that a full disk swallowed are no results. */
    if (fflush(stdout) != 0 && code == EXIT_DONE) {
        fputs("cordon: standard output could not be written\n", stderr);
        code = EXIT_SOME_FAILED;
    }
    return code;
}
