/* cordon site — the file with which a site adjusts what is found and what is done. */
#include "cli/console.h"
#include "deid/site_actions.h"
#include "deid/site_config.h"

static int print_help(const struct opt *table, size_t n)
{
    fputs("usage: cordon site check FILE\n\n"
          "Reads a site file and its rosters and prints what it contains by count, and which\n"
          "profiles bear its actions. What is not understood is refused with its line and column\n"
          "(exit status 2); nothing of its content is printed.\n\n"
          "  cordon site check site.yaml              before it is used\n"
          "  cordon deid --site site.yaml notes/ -o clean/\n"
          "  cordon detect --site site.yaml --explain note.txt\n\n"
          "options:\n",
          stdout);
    options_help(table, n, stdout);
    return EXIT_DONE;
}

static void print_config(const struct site_config *c)
{
    printf("allow     %" PRIu32 "\n", c->n_allow);
    printf("deny      %" PRIu32 "\n", c->n_deny);
    printf("patterns  %" PRIu32 "\n", c->n_patterns);
    printf("actions   %" PRIu32 "\n", c->n_actions);
    printf("dates     %s, shifted by %s\n", c->date_order == DATE_DAY_FIRST ? "dmy" : "mdy",
           c->shift_whole_weeks ? "weeks" : "days");
    if (c->hl7.options.n) printf("hl7       %" PRIu32 "\n", c->hl7.options.n);
    if (json_paths_count(c->json)) printf("json      %" PRIu32 "\n", json_paths_count(c->json));
    printf("rosters   %" PRIu32 " (names %" PRIu64 ", ids %" PRIu64 ")\n", c->n_rosters, c->n_names,
           c->n_ids);
    printf("profiles ");
    for (unsigned p = 0; p < PROFILE_COUNT; p++)
        if (site_actions_check(c, (enum profile)p, NULL) == OK)
            printf(" %s", profile_name((enum profile)p));
    printf("\n");
}

int cmd_site(int argc, char **argv)
{
    bool help = false;
    int operands = 0;
    struct opt_fault fault;
    struct diag d = { 0 };
    struct console console;
    struct site_config *config = NULL;
    const struct opt table[] = {
        { "help", 'h', OPT_FLAG, &help, NULL, "this text" },
    };
    if (options_parse(table, COUNT_OF(table), argc, argv, &operands, &fault))
        return console_fault("site", &fault);
    if (help) return print_help(table, COUNT_OF(table));
    console_init(&console, "site", false);
    if (operands != 2 || strcmp(argv[1], "check") != 0)
        return console_misuse("site", "it takes `check FILE`");
    err e = site_config_open(&config, argv[2], &d);
    if (!e) print_config(config);
    site_config_free(config);
    if (!e) return EXIT_DONE;
    (void)console_stop(&console, e, &d);
    return EXIT_USE;
}
