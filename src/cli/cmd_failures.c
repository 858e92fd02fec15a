/* cordon failures — the names of inputs that failed, for who has the key. */
#include <unistd.h>

#include "base/file.h"
#include "cli/console.h"
#include "deid/failure_index.h"

static const size_t LINES_MAX = (size_t)4 << 30;

static int print_help(const struct opt *table, size_t n)
{
    fputs("usage: cordon failures --key FILE INDEX\n\n"
          "Lists what `cordon deid --failures` has kept: a JSON line a failure, with ordinals of\n"
          "run, input and record, the kind of failure, and the path of the input. Paths can name\n"
          "patients: the index is sealed, and messages and reports have ordinals alone.\n\n"
          "  cordon key new ops.key\n"
          "  cordon deid notes/ -o clean/ --failures failed.sealed --vault-key ops.key\n"
          "  cordon failures --key ops.key failed.sealed\n\n"
          "options:\n",
          stdout);
    options_help(table, n, stdout);
    return EXIT_DONE;
}

static err list(const char *path, const char *key_path, struct diag *d)
{
    err e = OK;
    struct key *key = NULL;
    struct file_map map = { 0 };
    struct buf lines;
    uint64_t unfinished = 0;
    buf_init(&lines, LINES_MAX);
    TRY(key_open_file(&key, key_path, d));
    TRY(file_map(&map, path, d));
    TRY(failure_index_read(map.bytes, key, &lines, &unfinished, d));
    TRY(file_write_fd(STDOUT_FILENO, buf_view(&lines), d));
    if (unfinished)
        fprintf(stderr,
                "cordon failures: runs that did not end: %" PRIu64
                "; what failed in them last may be missing\n",
                unfinished);
out:
    file_unmap(&map);
    buf_clear(&lines);
    key_free(key);
    return e;
}

int cmd_failures(int argc, char **argv)
{
    const char *key = NULL;
    bool help = false;
    int operands = 0;
    struct opt_fault fault;
    struct diag d = { 0 };
    struct console console;
    const struct opt table[] = {
        { "key", 'k', OPT_TEXT, &key, "FILE", "that sealed it" },
        { "help", 'h', OPT_FLAG, &help, NULL, "this text" },
    };
    if (options_parse(table, COUNT_OF(table), argc, argv, &operands, &fault))
        return console_fault("failures", &fault);
    if (help) return print_help(table, COUNT_OF(table));
    if (operands != 1 || !key) return console_misuse("failures", "it takes --key and one INDEX");
    console_init(&console, "failures", true);
    err e = list(argv[1], key, &d);
    return e ? console_stop(&console, e, &d) : EXIT_DONE;
}
