#include "cli/summary.h"

#include "cli/console.h"

enum { COLUMNS = 96 };

/* "NAME 12 (1 masked)" and so on, wrapped. */
static void print_labels(const struct deid_counts *c, bool replaced)
{
    int at = 0;
    for (unsigned l = 0; l < LABEL_COUNT; l++) {
        char item[96], masked[40] = "", kept[40] = "";
        uint64_t found = c->found[l];
        if (!found) continue;
        if (replaced && c->replaced[l] < found)
            snprintf(kept, sizeof kept, ", %" PRIu64 " kept", found - c->replaced[l]);
        if (c->masked[l]) snprintf(masked, sizeof masked, ", %" PRIu64 " masked", c->masked[l]);
        int n =
            snprintf(item, sizeof item, "%s %" PRIu64 "%s%s", label_name(l), found, kept, masked);
        if (at == 0 || at + n + 2 > COLUMNS) {
            fprintf(stderr, at ? "\n  " : "  ");
            at = 2;
        } else {
            fputs("  ", stderr);
            at += 2;
        }
        fputs(item, stderr);
        at += n;
    }
    if (at) fputc('\n', stderr);
}

/* "1 record", "2 records" */
static void print_count(uint64_t n, const char *what)
{
    fprintf(stderr, "%" PRIu64 " %s%s", n, what, n == 1 ? "" : "s");
}

void summary_print(const struct batch_result *r, const char *command,
                   const struct summary_claim *claim)
{
    const struct deid_counts *c = &r->counts;
    char size[16], speed[16];
    console_bytes(size, (double)c->bytes_in);
    console_bytes(speed, r->seconds > 0 ? (double)c->bytes_in / r->seconds : 0);
    fprintf(stderr, "cordon %s: ", command);
    print_count(c->records, "record");
    fprintf(stderr, ", %s, %.2f s, %s/s, ", size, r->seconds, speed);
    print_count(deid_counts_found(c), "finding");
    fputc('\n', stderr);
    print_labels(c, claim != NULL);
    if (r->records_failed || r->inputs_failed) {
        fputs("  FAILED: ", stderr);
        if (r->records_failed) print_count(r->records_failed, "record");
        if (r->records_failed && r->inputs_failed) fputs(", ", stderr);
        if (r->inputs_failed) print_count(r->inputs_failed, "input");
        fprintf(stderr, "; %s no output\n",
                r->records_failed + r->inputs_failed == 1 ? "it has" : "they have");
    }
    if (r->passed_over)
        fprintf(stderr,
                "  not read: %" PRIu64 " in folders, hidden, a link, or neither file nor folder\n",
                r->passed_over);
    if (c->by_source[SOURCE_READER])
        fprintf(stderr, "  added by the second reader: %" PRIu64 "\n", c->by_source[SOURCE_READER]);
    if (c->unread)
        fprintf(stderr, "  done WITHOUT the second reader, which failed: %" PRIu64 " record%s\n",
                c->unread, c->unread == 1 ? "" : "s");
    if (r->inputs_before)
        fprintf(stderr, "  inputs that an earlier run has done, by its journal: %" PRIu64 "\n",
                r->inputs_before);
    if (r->inputs_again)
        fprintf(stderr, "  inputs done again, since more is known of their patients: %" PRIu64 "\n",
                r->inputs_again);
    if (r->adds)
        fputs("  the output folder held files before: these outputs stand beside them\n", stderr);
    if (r->names_changed)
        fprintf(stderr, "  outputs that could not keep the name of their input: %" PRIu64 "\n",
                r->names_changed);
    if (!claim) return;
    fprintf(stderr, "  profile %s, style %s, ", profile_name(claim->profile), claim->style);
    if (claim->key)
        fprintf(stderr, "key %.*s\n", (int)key_id(claim->key).n, key_id(claim->key).p);
    else
        fputs("a key that ended with this run\n", stderr);
    fprintf(stderr, "  claim: %s\n", profile_claim(claim->profile));
}
