/* batch: when memory runs out anywhere in a run, nothing leaks and no output is half-written. */
#include "unit.h"

#include "faults.h"

#include <dirent.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "deid/batch.h"

static char root[] = "/tmp/test_batch_XXXXXX";
static char in_folder[64], out_folder[64];

static const struct {
    const char *name, *text, *clean;
} files[] = {
    { "note_a.txt", "Patient John Smith, metoprolol 25 mg.\n",
      "Patient [NAME], metoprolol 25 mg.\n" },
    { "note_b.jsonl",
      "{\"id\":\"1\",\"text\":\"Patient John Smith\"}\n{\"id\":\"2\",\"text\":\"none\"}\n",
      "{\"id\":\"1\",\"text\":\"Patient [NAME]\"}\n{\"id\":\"2\",\"text\":\"none\"}\n" },
    { "note_c.txt", "no findings here\n", "no findings here\n" },
};

static void path_in(char out[256], const char *folder, const char *name)
{
    snprintf(out, 256, "%s/%s", folder, name);
}

static int set_up(void **state)
{
    (void)state;
    if (!mkdtemp(root)) return -1;
    snprintf(in_folder, sizeof in_folder, "%s/in", root);
    snprintf(out_folder, sizeof out_folder, "%s/out", root);
    if (mkdir(in_folder, 0700) != 0) return -1;
    for (size_t i = 0; i < COUNT_OF(files); i++) {
        char path[256];
        path_in(path, in_folder, files[i].name);
        FILE *f = fopen(path, "w");
        if (!f || fputs(files[i].text, f) < 0 || fclose(f) != 0) return -1;
    }
    return 0;
}

/* Empties the output folder; how many files were in it that are no output of ours. */
static unsigned sweep(const char *folder)
{
    unsigned strange = 0;
    DIR *dir = opendir(folder);
    if (!dir) return 0;
    for (struct dirent *ent; (ent = readdir(dir));) {
        char path[512];
        if (ent->d_name[0] == '.' && ent->d_name[1] != 'c') continue;
        strange += ent->d_name[0] == '.';
        snprintf(path, sizeof path, "%s/%s", folder, ent->d_name);
        (void)unlink(path);
    }
    closedir(dir);
    return strange;
}

static int tear_down(void **state)
{
    (void)state;
    (void)sweep(in_folder);
    (void)sweep(out_folder);
    (void)rmdir(in_folder);
    (void)rmdir(out_folder);
    return rmdir(root);
}

/* What got holds is whole lines of clean, in their order; *missing grows by the lines it lacks. */
static bool is_lines_of(view got, view clean, uint64_t *missing)
{
    size_t at = 0;
    for (size_t i = 0; i < clean.n;) {
        size_t next = MIN(view_find_byte(clean, i, '\n') + 1, clean.n);
        view line = view_sub(clean, i, next);
        if (view_starts(view_sub(got, at, got.n), line))
            at += line.n;
        else
            ++*missing;
        i = next;
    }
    return at == got.n;
}

/* An output is either absent or complete, but for the JSON lines that were reported as failed. */
static void check_outputs(uint64_t records_failed)
{
    uint64_t missing = 0;
    for (size_t i = 0; i < COUNT_OF(files); i++) {
        char path[256], got[512];
        path_in(path, out_folder, files[i].name);
        FILE *f = fopen(path, "r");
        if (!f) continue;
        size_t n = fread(got, 1, sizeof got, f);
        (void)fclose(f);
        view clean = view_of_str(files[i].clean);
        bool whole = view_eq(view_of(got, n), clean);
        if (records_failed && strstr(files[i].name, ".jsonl"))
            whole = is_lines_of(view_of(got, n), clean, &missing);
        if (!whole) fail_msg("%s is neither absent nor complete", files[i].name);
    }
    /* Nothing is lost in silence: fewer may be missing, where the whole file has no output. */
    if (missing > records_failed) fail_msg("a line is missing that was not reported");
}

static err whole_run(void *ctx)
{
    err e = OK;
    const unsigned *jobs = ctx;
    struct deid *d = NULL;
    struct batch_result result = { 0 };
    struct deid_params engine = deid_default_params();
    struct batch_params p = batch_default_params();
    const char *inputs[] = { in_folder };
    engine.style = STYLE_MASK;
    p.inputs = inputs;
    p.n_inputs = 1;
    p.output = out_folder;
    p.jobs = *jobs;
    TRY(deid_new(&d, &engine, NULL));
    TRY(batch_run(d, &p, &result, NULL));
    if (result.inputs_failed || result.records_failed) e = ERR_MEMORY;
    if (!e && result.inputs_done != COUNT_OF(files)) fail_msg("not every input was done");
out:
    deid_free(d);
    check_outputs(result.records_failed);
    if (sweep(out_folder)) fail_msg("a temporary file is left");
    return e;
}

static void survives_every_failing_allocation(void **state)
{
    (void)state;
    unsigned jobs = 1;
    faults_in_turn(whole_run, &jobs);
}

static void works_with_threads(void **state)
{
    (void)state;
    unsigned jobs = 3;
    assert_ok(whole_run(&jobs));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(survives_every_failing_allocation),
        cmocka_unit_test(works_with_threads),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
