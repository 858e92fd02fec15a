/* The vault: what was replaced comes back, sealed in between; what was cut, changed or of another key does not. */
#include "unit.h"

#include "faults.h"

#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "deid/deid.h"
#include "deid/vault_back.h"
#include "deid/vault_log.h"
#include "redact/key_secret.h"

static char folder[] = "/tmp/test_vault_XXXXXX";
static char path[64], log_path[72];
static struct key *key, *other_key;

static struct key *make_key(uint8_t first)
{
    uint8_t secret[KEY_SECRET_LEN] = { first, 1, 2, 3 };
    struct key *k;
    assert_ok(key_from_secret(&k, secret, false));
    return k;
}

static int set_up(void **state)
{
    (void)state;
    if (!mkdtemp(folder)) return -1;
    (void)snprintf(path, sizeof path, "%s/v", folder);
    (void)snprintf(log_path, sizeof log_path, "%s/v.log", folder);
    key = make_key(7);
    other_key = make_key(9);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    (void)unlink(path);
    (void)unlink(log_path);
    key_free(key);
    key_free(other_key);
    return rmdir(folder);
}

static const char *const notes[] = {
    "Patient John Smithson, MRN 00482913, seen 03/12/2021.\n",
    "Patient Mary Quelby was seen by Dr. Maria Lopez on March 5, 2021.\r\n",
    "{\"id\":\"7\",\"text\":\"Patient Jos\\u00e9 Dorbrecht, MRN 00771234\",\"age\":93}\n",
    "Nothing to replace: metoprolol 25 mg.\n",
};

struct run {
    struct deid *d;
    struct deid_scratch *s;
    struct buf out;
};

static err run_open(struct run *r, struct vault *v, enum style style)
{
    err e = OK;
    struct deid_params p = deid_default_params();
    *r = (struct run){ 0 };
    buf_init(&r->out, 1 << 20);
    p.vault = v;
    p.style = style;
    TRY(deid_new(&r->d, &p, NULL));
    TRY(deid_scratch_new(&r->s));
out:
    return e;
}

static void run_close(struct run *r)
{
    buf_clear(&r->out);
    deid_scratch_free(r->s);
    deid_free(r->d);
}

static err replace(struct run *r, const char *note)
{
    struct deid_counts counts = { 0 };
    const struct format *f = format_by_name(note[0] == '{' ? VIEW("jsonl") : VIEW("text"));
    buf_reset(&r->out);
    return deid_record(r->d, r->s, f, ENC_UTF8, view_of_str(note), VIEW(""), &r->out, &counts,
                       NULL);
}

/* The notes through one run into the vault; their outputs into `outs`. */
static void seal_notes(enum style style, bool ends, char outs[COUNT_OF(notes)][256])
{
    struct vault *v;
    struct run r;
    assert_ok(vault_open(&v, path, key, NULL));
    assert_ok(run_open(&r, v, style));
    for (size_t i = 0; i < COUNT_OF(notes); i++) {
        assert_ok(replace(&r, notes[i]));
        assert_true(r.out.n < 256);
        memcpy(outs[i], r.out.p, r.out.n);
        outs[i][r.out.n] = '\0';
    }
    run_close(&r);
    assert_ok(vault_sync(v, NULL));
    if (ends)
        assert_ok(vault_close(v, NULL));
    else
        vault_abandon(v);
}

static void expect_back(const struct vault_back *b, const char *text, const char *expected)
{
    struct buf out;
    struct vault_back_counts counts = { 0 };
    buf_init(&out, 1 << 20);
    assert_ok(vault_back_record(b, view_of_str(text), &out, &counts));
    if (!view_eq(buf_view(&out), view_of_str(expected)))
        fail_msg("\"%s\" became \"%.*s\", should be \"%s\"", text, (int)out.n, out.p, expected);
    buf_clear(&out);
}

static void outputs_turn_back_byte_for_byte(void **state)
{
    (void)state;
    static const enum style styles[] = { STYLE_TAG, STYLE_SURROGATE, STYLE_MASK };
    for (size_t s = 0; s < COUNT_OF(styles); s++) {
        char outs[COUNT_OF(notes)][256];
        struct vault_back *b;
        struct stat st;
        (void)unlink(path);
        seal_notes(styles[s], true, outs);
        assert_int_equal(stat(path, &st), 0);
        assert_int_equal(st.st_mode & 0777, 0600);
        assert_ok(vault_back_open(&b, path, key, false, NULL));
        assert_int_equal(vault_back_facts(b)->unfinished, 0);
        for (size_t i = 0; i < COUNT_OF(notes); i++)
            expect_back(b, outs[i], notes[i]);
        vault_back_free(b);
    }
}

static void a_text_written_from_an_output_is_searched(void **state)
{
    (void)state;
    char outs[COUNT_OF(notes)][256], text[512], expected[512];
    struct vault_back *b;
    (void)unlink(path);
    seal_notes(STYLE_TAG, true, outs);
    /* "Patient [NAME-xxxx] [NAME-yyyy]…": the first two tags, in another sentence. */
    const char *tags = strchr(outs[0], '[');
    assert_non_null(tags);
    (void)snprintf(text, sizeof text, "Summary: %.23s came in 2021, [NAME-ZZZZ] too.", tags);
    (void)snprintf(expected, sizeof expected, "Summary: %s came in 2021, [NAME-ZZZZ] too.",
                   "John Smithson");
    assert_ok(vault_back_open(&b, path, key, false, NULL));
    expect_back(b, text, expected);
    vault_back_free(b);
    assert_ok(vault_back_open(&b, path, key, true, NULL));
    expect_back(b, text, text);
    expect_back(b, outs[0], notes[0]);
    vault_back_free(b);
}

static void runs_add_up_and_a_torn_one_counts_as_far_as_it_goes(void **state)
{
    (void)state;
    char first[COUNT_OF(notes)][256], second[COUNT_OF(notes)][256];
    struct vault_back *b;
    struct stat st;
    (void)unlink(path);
    seal_notes(STYLE_TAG, false, first);
    assert_int_equal(stat(path, &st), 0);
    FILE *f = fopen(path, "ab"); /* a frame that was cut */
    assert_non_null(f);
    assert_int_equal(fwrite("\x40\x00\x00\x00half", 1, 8, f), 8);
    assert_int_equal(fclose(f), 0);
    assert_ok(vault_back_open(&b, path, key, false, NULL));
    assert_int_equal(vault_back_facts(b)->unfinished, 1);
    expect_back(b, first[0], notes[0]);
    vault_back_free(b);
    seal_notes(STYLE_TAG, true, second);
    assert_ok(vault_back_open(&b, path, key, false, NULL));
    assert_int_equal(vault_back_facts(b)->segments, 2);
    assert_int_equal(vault_back_facts(b)->unfinished, 1);
    expect_back(b, first[1], notes[1]);
    expect_back(b, second[1], notes[1]);
    vault_back_free(b);
}

static void what_could_be_two_originals_stays(void **state)
{
    (void)state;
    struct vault *v;
    struct vault_back *b;
    const struct vault_swap smith = { 4, VIEW("[NAME]"), VIEW("Smith") };
    const struct vault_swap jones = { 4, VIEW("[NAME]"), VIEW("Jones") };
    (void)unlink(path);
    assert_ok(vault_open(&v, path, key, NULL));
    assert_ok(vault_add(v, VIEW("Mr. [NAME]\n"), &smith, 1));
    assert_ok(vault_add(v, VIEW("Mr. [NAME]"), &jones, 1));
    assert_ok(vault_close(v, NULL));
    assert_ok(vault_back_open(&b, path, key, false, NULL));
    expect_back(b, "Mr. [NAME]\n", "Mr. [NAME]\n");
    vault_back_free(b);
}

static err ignore(void *ctx, const uint8_t digest[VAULT_DIGEST], view swaps)
{
    (void)ctx, (void)digest, (void)swaps;
    return OK;
}

static void what_was_changed_is_refused(void **state)
{
    (void)state;
    char outs[COUNT_OF(notes)][256];
    struct buf file;
    struct vault_facts facts;
    struct vault *v;
    (void)unlink(path);
    seal_notes(STYLE_TAG, true, outs);
    buf_init(&file, 1 << 20);
    assert_ok(file_read(path, &file, NULL));
    assert_null(memmem(file.p, file.n, "Smithson", 8));
    assert_ok(vault_read(buf_view(&file), key, ignore, NULL, &facts, NULL));
    assert_int_equal(facts.entries, COUNT_OF(notes));
    assert_err(vault_read(buf_view(&file), other_key, ignore, NULL, &facts, NULL), ERR_KEY);
    for (size_t i = 0; i < file.n; i++) {
        file.p[i] ^= 0x10;
        err e = vault_read(buf_view(&file), key, ignore, NULL, &facts, NULL);
        /* A length that grew past the end looks like a frame that was cut: what is before it counts. */
        if (!e && !facts.unfinished) fail_msg("byte %zu was changed and nobody noticed", i);
        file.p[i] ^= 0x10;
    }
    for (size_t n = 0; n < file.n; n++) {
        err e = vault_read(view_of(file.p, n), key, ignore, NULL, &facts, NULL);
        if (!e && !facts.unfinished) fail_msg("cut at %zu and nobody noticed", n);
    }
    buf_clear(&file);
    assert_err(vault_open(&v, path, other_key, NULL), ERR_KEY);
    FILE *f = fopen(path, "wb");
    assert_non_null(f);
    assert_true(
        fputs("this is no vault, but somebody's notes, which nobody wants to lose: 0123456789 "
              "0123456789 0123456789 0123456789\n",
              f) > 0);
    assert_int_equal(fclose(f), 0);
    assert_err(vault_open(&v, path, key, NULL), ERR_CORRUPT);
}

static void two_runs_do_not_write_at_once(void **state)
{
    (void)state;
    struct vault *v, *w;
    (void)unlink(path);
    assert_ok(vault_open(&v, path, key, NULL));
    assert_err(vault_open(&w, path, key, NULL), ERR_EXISTS);
    assert_ok(vault_close(v, NULL));
    assert_ok(vault_open(&w, path, key, NULL));
    assert_ok(vault_close(w, NULL));
}

static void uses_are_recorded_in_a_chain(void **state)
{
    (void)state;
    const struct vault_event opened = { .name = "opened",
                                        .reason = VIEW("incidental \"finding\"") };
    const struct vault_event done = { .name = "restored", .records = 2, .put_back = 5, .left = 1 };
    struct buf file;
    (void)unlink(log_path);
    assert_ok(vault_log_add(log_path, key, &opened, NULL));
    assert_ok(vault_log_add(log_path, key, &done, NULL));
    assert_err(vault_log_add(log_path, other_key, &done, NULL), ERR_CORRUPT);
    buf_init(&file, 1 << 20);
    assert_ok(file_read(log_path, &file, NULL));
    assert_non_null(memmem(file.p, file.n, "\"reason\":\"incidental \\\"finding\\\"\"", 32));
    assert_non_null(memmem(file.p, file.n, "\"put_back\":5", 12));
    for (size_t i = 0; i < file.n; i += 7) { /* a byte changed, anywhere */
        FILE *f = fopen(log_path, "wb");
        assert_non_null(f);
        file.p[i] ^= 1;
        assert_int_equal(fwrite(file.p, 1, file.n, f), file.n);
        file.p[i] ^= 1;
        assert_int_equal(fclose(f), 0);
        assert_err(vault_log_add(log_path, key, &done, NULL), ERR_CORRUPT);
    }
    buf_clear(&file);
    assert_true(vault_reason_holds(VIEW("audit 2026-114")));
    assert_false(vault_reason_holds(VIEW("   why   ")));
    assert_false(vault_reason_holds(VIEW("a line\nbreak here")));
    assert_false(vault_reason_holds(VIEW("broken \xFF utf-8")));
}

static err run_once(void *ctx)
{
    (void)ctx;
    err e = OK;
    struct vault *v = NULL;
    struct vault_back *b = NULL;
    struct run r = { 0 };
    struct buf out;
    struct vault_back_counts counts = { 0 };
    (void)unlink(path);
    buf_init(&out, 1 << 20);
    TRY(vault_open(&v, path, key, NULL));
    TRY(run_open(&r, v, STYLE_TAG));
    TRY(replace(&r, notes[0]));
    e = vault_close(v, NULL);
    v = NULL;
    TRY(e);
    TRY(vault_back_open(&b, path, key, false, NULL));
    TRY(vault_back_record(b, buf_view(&r.out), &out, &counts));
    assert_true(view_eq(buf_view(&out), view_of_str(notes[0])));
out:
    vault_abandon(v);
    vault_back_free(b);
    run_close(&r);
    buf_clear(&out);
    return e;
}

static void allocations_fail(void **state)
{
    (void)state;
    faults_in_turn(run_once, NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(outputs_turn_back_byte_for_byte),
        cmocka_unit_test(a_text_written_from_an_output_is_searched),
        cmocka_unit_test(runs_add_up_and_a_torn_one_counts_as_far_as_it_goes),
        cmocka_unit_test(what_could_be_two_originals_stays),
        cmocka_unit_test(what_was_changed_is_refused),
        cmocka_unit_test(two_runs_do_not_write_at_once),
        cmocka_unit_test(uses_are_recorded_in_a_chain),
        cmocka_unit_test(allocations_fail),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
