/* cordon reidentify — the way back, for who has the vault, its key and a reason. */
#include <pthread.h>

#include "cli/inputs.h"
#include "deid/vault_back.h"
#include "deid/vault_log.h"
#include "redact/key.h"

struct reidentify_options {
    struct input_options in;
    const char *vault, *key, *reason;
    bool is_exact;
};

static int print_help(const struct opt *table, size_t n)
{
    fputs("usage: cordon reidentify --vault FILE --key FILE --reason TEXT [options] INPUT...\n\n"
          "Puts back what `cordon deid --vault` replaced. A record that is an output of that run,\n"
          "byte for byte, becomes the original, byte for byte; in any other text a replacement is\n"
          "put back where it stands for one value alone. Who did it, when and why is written to\n"
          "FILE.log first, in a chain of keyed hashes.\n\n"
          "  cordon key new vault.key\n"
          "  cordon deid --vault study.vault --vault-key vault.key notes/ -o clean/\n"
          "  cordon reidentify --vault study.vault --key vault.key \\\n"
          "      --reason 'incidental finding, IRB 2026-114' clean/note.txt\n\n"
          "Whoever has the vault and its key has the identities: keep them apart from each other\n"
          "and from the output. See docs/reidentify.md.\n\n"
          "options:\n",
          stdout);
    options_help(table, n, stdout);
    return EXIT_DONE;
}

/* ---- as work of a batch ---- */

struct totals {
    const struct vault_back *back;
    pthread_mutex_t lock;
    struct vault_back_counts counts;
};

static err scratch_none(void **out)
{
    *out = NULL;
    return OK;
}

static void scratch_forget(void *scratch)
{
    (void)scratch;
}

static err back_one(const void *ctx, void *scratch, const struct batch_record *r, struct buf *out,
                    struct deid_counts *counts, struct diag *d)
{
    (void)scratch;
    struct totals *t = *(struct totals *const *)ctx;
    struct vault_back_counts now = { 0 };
    err e = vault_back_record(t->back, r->bytes, out, &now);
    if (e) return DIAG(d, e, "the record could not be restored");
    counts->records++;
    counts->bytes_in += r->bytes.n;
    (void)pthread_mutex_lock(&t->lock);
    t->counts.records += now.records;
    t->counts.other += now.other;
    t->counts.put_back += now.put_back;
    t->counts.left += now.left;
    (void)pthread_mutex_unlock(&t->lock);
    return OK;
}

static void tell(const struct totals *t)
{
    const struct vault_back_counts *c = &t->counts;
    const struct vault_facts *f = vault_back_facts(t->back);
    fprintf(stderr,
            "cordon reidentify: %" PRIu64 " records of the run restored, %" PRIu64
            " others searched; %" PRIu64 " values put back, %" PRIu64 " left\n",
            c->records, c->other, c->put_back, c->left);
    if (f->unfinished)
        fprintf(stderr,
                "cordon reidentify: %" PRIu64 " of the %" PRIu64
                " runs in the vault did not end: what they sealed last may be missing\n",
                f->unfinished, f->segments);
}

static err log_event(const struct reidentify_options *o, const struct key *k,
                     const struct vault_event *event, struct diag *d)
{
    err e = OK;
    struct buf path;
    buf_init(&path, 8192);
    TRY(buf_add(&path, view_of_str(o->vault)));
    TRY(buf_add(&path, view_of(".log", 5))); /* with its end */
    TRY(vault_log_add(path.p, k, event, d));
out:
    buf_clear(&path);
    return e;
}

static int run(struct reidentify_options *o, char **operands, int n)
{
    err e = OK;
    struct diag d = { 0 };
    struct console console;
    struct batch_params params;
    struct batch_result result = { 0 };
    struct key *key = NULL;
    struct vault_back *back = NULL;
    struct totals totals = { .lock = PTHREAD_MUTEX_INITIALIZER }, *ctx = &totals;
    struct vault_event opened = { .name = "opened", .reason = view_of_str(o->reason) };
    const struct batch_work work = { .ctx = &ctx,
                                     .scratch_new = scratch_none,
                                     .scratch_free = scratch_forget,
                                     .record = back_one,
                                     .packs = true };
    console_init(&console, "reidentify", o->in.quiet);
    if (!input_params(&o->in, operands, n, &console, &params)) return EXIT_USE;
    params.keep_names = true;
    TRY(key_open_file(&key, o->key, &d));
    TRY(vault_back_open(&back, o->vault, key, o->is_exact, &d));
    totals.back = back;
    TRY(log_event(o, key, &opened, &d));
    TRY(batch_run_work(&work, &params, &result, &d));
    struct vault_event restored = { .name = "restored",
                                    .records = totals.counts.records,
                                    .put_back = totals.counts.put_back,
                                    .left = totals.counts.left };
    TRY(log_event(o, key, &restored, &d));
    console_end(&console);
    if (!o->in.quiet) tell(&totals);
out:
    console_end(&console);
    vault_back_free(back);
    key_free(key);
    return e ? console_stop(&console, e, &d) : console_exit_code(&result);
}

int cmd_reidentify(int argc, char **argv)
{
    struct reidentify_options o = { .in = input_default_options() };
    int operands = 0;
    struct opt_fault fault;
    const struct opt table[] = {
        { "vault", 0, OPT_TEXT, &o.vault, "FILE", "made by `cordon deid --vault`" },
        { "key", 'k', OPT_TEXT, &o.key, "FILE", "the vault's key" },
        { "reason", 0, OPT_TEXT, &o.reason, "TEXT",
          "why, in 8 to 500 bytes; it is recorded, so name no\npatient in it" },
        { "exact", 0, OPT_FLAG, &o.is_exact, NULL,
          "only whole records of the run; other texts stay" },
        { "output", 'o', OPT_TEXT, &o.in.output, "PATH",
          "file or folder; default: standard output" },
        INPUT_OPTIONS(o.in),
    };
    if (options_parse(table, COUNT_OF(table), argc, argv, &operands, &fault))
        return console_fault("reidentify", &fault);
    if (o.in.help) return print_help(table, COUNT_OF(table));
    if (!o.vault || !o.key || !o.reason)
        return console_misuse("reidentify", "it takes --vault, --key and --reason");
    if (!vault_reason_holds(view_of_str(o.reason)))
        return console_misuse("reidentify", "--reason says why, in 8 to 500 bytes of text");
    int code = run(&o, argv + 1, operands);
    input_options_clear(&o.in);
    return code;
}
