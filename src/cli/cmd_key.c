/* cordon key — the secrets from which keyed replacements follow. */
#include "base/file.h"
#include "cli/command.h"
#include "cli/console.h"
#include "redact/key.h"

enum { KEY_FILE_MAX = 4096 };

static int print_help(const struct opt *table, size_t n)
{
    fputs(
        "usage: cordon key new FILE\n"
        "       cordon key show FILE\n\n"
        "A key makes replacements repeatable: the same patient gets the same surrogate in every\n"
        "run, and whoever holds the key can compute the way back. So a key is kept where the\n"
        "clear text is kept, and never travels with the output.\n\n"
        "  cordon key new study.key                 writes a new key, mode 0600; never overwrites\n"
        "  cordon key show study.key                its id, scheme and date, never the secret\n"
        "  cordon deid --profile expert --key study.key notes/ -o clean/\n\n"
        "options:\n",
        stdout);
    options_help(table, n, stdout);
    return EXIT_DONE;
}

/* The value of the line that begins with `name`, in the part of a checked key file before its secret. */
static view line_value(view file, view name)
{
    for (size_t at = 0; at < file.n;) {
        size_t end = view_find_byte(file, at, '\n');
        view line = view_sub(file, at, end);
        if (view_starts(line, VIEW("secret "))) break;
        if (view_starts(line, name)) return view_sub(line, name.n, line.n);
        at = end + 1;
    }
    return VIEW("unknown");
}

static err key_show(const char *path, struct diag *d)
{
    err e = OK;
    struct key *k = NULL;
    struct buf file;
    buf_init(&file, KEY_FILE_MAX);
    TRY(key_open_file(&k, path, d)); /* checks everything the lines below rely on */
    TRY(file_read(path, &file, d));
    view all = buf_view(&file), id = key_id(k);
    view scheme = line_value(all, VIEW("scheme ")), created = line_value(all, VIEW("created "));
    printf("id       %.*s\n", (int)id.n, id.p);
    printf("scheme   %.*s\n", (int)scheme.n, scheme.p);
    printf("created  %.*s\n", (int)created.n, created.p);
out:
    buf_clear(&file);
    key_free(k);
    return e;
}

int cmd_key(int argc, char **argv)
{
    bool help = false;
    int operands = 0;
    struct opt_fault fault;
    struct diag d = { 0 };
    struct console console;
    const struct opt table[] = {
        { "help", 'h', OPT_FLAG, &help, NULL, "this text" },
    };
    if (options_parse(table, COUNT_OF(table), argc, argv, &operands, &fault))
        return console_fault("key", &fault);
    if (help) return print_help(table, COUNT_OF(table));
    console_init(&console, "key", false);
    if (operands != 2) return console_misuse("key", "it takes `new FILE` or `show FILE`");
    err e;
    if (strcmp(argv[1], "new") == 0)
        e = key_create_file(argv[2], &d);
    else if (strcmp(argv[1], "show") == 0)
        e = OK;
    else
        return console_misuse("key", "it takes `new FILE` or `show FILE`");
    if (!e) e = key_show(argv[2], &d);
    if (!e) return EXIT_DONE;
    (void)console_stop(&console, e, &d);
    return EXIT_USE;
}
