#include "cli/command.h"
int main(void)
{
    return EXIT_USE;
}
