#!/bin/sh
# check_print.sh ROOT: nothing is printed outside src/cli. The logger and the abort message are the two
# writers of standard error; both take no input.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
cd "$1"
find src -name '*.[ch]' ! -path 'src/cli/*' | sort | xargs awk \
    -v words='printf|fprintf|vprintf|vfprintf|dprintf|vdprintf|puts|fputs|putchar|putc|fputc|putw|fwrite|wprintf|fwprintf|perror|psignal|stdout|stderr|syslog|vsyslog|warn|warnx|verr|verrx|errx|error_at_line' \
    -v why='printing outside src/cli' -f "$here/code.awk" -f "$here/words.awk"
find src -name '*.[ch]' ! -path 'src/cli/*' ! -path src/base/log.c ! -path src/base/bug.c |
    sort | xargs awk -v words='STDERR_FILENO' -v why='standard error outside src/cli, base/log.c and base/bug.c' \
    -f "$here/code.awk" -f "$here/words.awk"
