/* tools/embed.c — files into a C table, at build time.
 *
 *     embed OUT.c HEADER TYPE TABLE FILE … [-- TABLE FILE …]
 *
 * Writes for each TABLE `const struct TYPE TABLE[] = { { "name", bytes, length } … };` and TABLE_n; a
 * name is the file's without folder and ending. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void die(const char *what, const char *which)
{
    fprintf(stderr, "embed: %s: %s\n", what, which);
    exit(1);
}

static size_t put_bytes(FILE *out, const char *path, int number)
{
    FILE *in = fopen(path, "rb");
    size_t n = 0;
    if (!in) die("can't open", path);
    fprintf(out, "static const char text_%d[] = {", number);
    for (int c; (c = getc(in)) != EOF; n++)
        fprintf(out, "%s%d,", n % 24 ? "" : "\n", c < 128 ? c : c - 256);
    if (ferror(in)) die("can't read", path);
    fclose(in);
    fprintf(out, "\n0 };\n");
    return n;
}

int main(int argc, char **argv)
{
    if (argc < 6) die("usage", "OUT.c HEADER TYPE TABLE FILE ...");
    FILE *out = fopen(argv[1], "w");
    if (!out) die("can't write", argv[1]);
    fprintf(out, "#include \"%s\"\n", argv[2]);
    size_t *lengths = calloc((size_t)argc, sizeof *lengths);
    if (!lengths) die("memory", "");
    for (int i = 5; i < argc; i++) {
        if (strcmp(argv[i], "--") == 0)
            i++;
        else
            lengths[i] = put_bytes(out, argv[i], i);
    }
    for (int i = 4; i < argc;) {
        const char *table = argv[i++];
        int n = 0;
        fprintf(out, "const struct %s %s[] = {\n", argv[3], table);
        for (; i < argc && strcmp(argv[i], "--") != 0; i++, n++) {
            const char *slash = strrchr(argv[i], '/');
            const char *name = slash ? slash + 1 : argv[i];
            const char *dot = strrchr(name, '.');
            fprintf(out, "{ \"%.*s\", text_%d, %zu },\n",
                    dot ? (int)(dot - name) : (int)strlen(name), name, i, lengths[i]);
        }
        fprintf(out, "};\nconst uint32_t %s_n = %d;\n", table, n);
        if (i < argc) i++;
    }
    free(lengths);
    return fclose(out) ? 1 : 0;
}
