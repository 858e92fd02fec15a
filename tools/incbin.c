/* tools/incbin — a file as read-only data of the program: incbin OUT.S SYMBOL FILE.
 *
 * cet.h marks the object as fit for control-flow enforcement: without it the linker would switch that off
 * for the whole program. The name of the file is in OUT.S alone, not in the object. */
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>

int main(int argc, char **argv)
{
    char file[PATH_MAX];
    if (argc != 4 || !realpath(argv[3], file)) {
        fprintf(stderr, "usage: incbin OUT.S SYMBOL FILE\n");
        return 2;
    }
    FILE *f = fopen(argv[1], "w");
    if (!f) return 1;
    const char *name = argv[2];
    int good = fprintf(f,
                       "#if defined(__CET__)\n#include <cet.h>\n#endif\n"
                       "    .section .rodata.%s, \"a\", %%progbits\n"
                       "    .balign 64\n"
                       "    .globl %s\n    .hidden %s\n    .type %s, %%object\n"
                       "%s:\n    .incbin \"%s\"\n"
                       "    .size %s, . - %s\n"
                       "    .globl %s_end\n    .hidden %s_end\n%s_end:\n"
                       "    .section .note.GNU-stack, \"\", %%progbits\n",
                       name, name, name, name, name, file, name, name, name, name, name) > 0;
    return fclose(f) == 0 && good ? 0 : 1;
}
