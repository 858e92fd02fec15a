/* Runs a fuzz target over the files of its corpus, without a fuzzing engine. */
#include <stdio.h>

#include "base/file.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

enum { INPUT_MAX = 64 << 20 };

/* An exact copy on the heap, so that a sanitizer sees a read one byte past the end. */
static err run(const char *folder, view name)
{
    err e = OK;
    char path[4096];
    struct buf bytes;
    uint8_t *exact = NULL;

    buf_init(&bytes, INPUT_MAX);
    snprintf(path, sizeof path, "%s/%.*s", folder, (int)name.n, name.p);
    TRY(file_read(path, &bytes, NULL));
    exact = mem_alloc(bytes.n);
    if (!exact) TRY(ERR_MEMORY);
    if (bytes.n) memcpy(exact, bytes.p, bytes.n);
    LLVMFuzzerTestOneInput(exact, bytes.n);
out:
    if (e) fprintf(stderr, "%s: %s\n", path, err_text(e));
    mem_free(exact);
    buf_clear(&bytes);
    return e;
}

int main(int argc, char **argv)
{
    err e = OK;
    struct arena names;
    struct file_list list = { 0 };

    if (argc != 2) {
        fprintf(stderr, "usage: replay-TARGET CORPUS\n");
        return 2;
    }
    arena_init(&names, 64 << 20);
    TRY(file_walk(argv[1], &names, &list, NULL));
    LLVMFuzzerTestOneInput((const uint8_t *)"", 0);
    for (size_t i = 0; i < list.n; i++)
        TRY(run(argv[1], list.paths[i]));
    printf("%zu inputs\n", list.n);
out:
    arena_clear(&names);
    if (e || list.n == 0 || list.unreadable) {
        fprintf(stderr, "%s: %s\n", argv[1], e ? err_text(e) : "an empty or unreadable corpus");
        return 1;
    }
    return 0;
}
