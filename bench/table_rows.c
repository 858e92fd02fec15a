/* bench/table_rows.c — a table of patients and notes, made on the fly: table_rows BYTES > table.csv
 * As near to BYTES as whole rows come. Several hundred MB/s, so that its reader is what is measured. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char head[] = "mrn,patient_name,dob,sex,sodium,admit_date,note\n";

int main(int argc, char **argv)
{
    static char out[1 << 16];
    char *end;
    unsigned long long want = argc == 2 ? strtoull(argv[1], &end, 10) : 0;
    if (argc != 2 || *end || !*argv[1]) {
        fputs("usage: table_rows BYTES > table.csv\n", stderr);
        return 2;
    }
    setvbuf(stdout, out, _IOFBF, sizeof out);
    if (fputs(head, stdout) == EOF) return 1;
    unsigned long long written = sizeof head - 1;
    for (unsigned long long i = 1; written < want; i++) {
        unsigned n9 = (unsigned)(i % 9);
        int n = printf(
            "%08llu,\"Smith, John\",0%u/1%u/19%02u,M,1%02u,2021-03-1%u,"
            "\"Patient John Smith was seen on 03/1%u/2021 by Dr. Maria Lopez.\n"
            "Stable on metoprolol 25 mg; \"\"fine\"\", BP 120/80. Call (617) 555-0%03u. %s\"\n",
            i, 1 + n9, n9, 30 + (unsigned)(i % 60), 30 + (unsigned)(i % 20), n9, n9,
            (unsigned)(i % 1000),
            i % 7 ? "No acute distress, lungs clear, abdomen soft."
                  : "Follow-up in two weeks with labs.");
        if (n < 0) return 1;
        written += (unsigned long long)n;
    }
    return fflush(stdout) != 0;
}
