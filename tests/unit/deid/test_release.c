/* What a release asks of its records: a table of small changes to good ones, and the reason each is refused for. */
#include "unit.h"

#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/hash.h"
#include "deid/release.h"
#include "faults.h"

/* The set of one file that holds "x": b2sum -l 256 of that file's b2sum -l 256 and a line end. */
static char set_hex[65];
static char folder[] = "/tmp/test_release_XXXXXX";

#define SET "SSSS" /* stands for set_hex below */
static const char run_json[] =
    "{\"cordon_report\":1,\"kind\":\"deid\",\"summary\":{\"status\":\"done\"},"
    "\"run\":{\"records\":3,\"bytes_in\":90,\"inputs_before\":0},"
    "\"options\":{\"profile\":\"safe-harbor\",\"keep_clinicians\":false,\"reading\":\"ab\"},"
    "\"outputs\":{\"files\":[{\"input\":1}],\"set_blake2b_256\":\"" SET "\"}}";
static const char check_json[] =
    "{\"cordon_report\":1,\"kind\":\"check\",\"summary\":{\"status\":\"passed\"},"
    "\"options\":{\"profile\":\"safe-harbor\",\"keep_clinicians\":false,\"reading\":\"ab\"},"
    "\"originals\":{\"records\":3,\"bytes\":90},\"outputs\":{\"set_blake2b_256\":\"" SET "\"}}";
static const char review_json[] = "{\"cordon_report\":1,\"kind\":\"review\",\"estimate\":{"
                                  "\"confidence\":0.95,\"is_reached\":true},"
                                  "\"outputs\":{\"set_blake2b_256\":\"" SET "\"}}";
static const char attestation_json[] =
    "{\"cordon_report\":1,\"kind\":\"attestation\",\"options\":{\"profile\":\"safe-harbor\"},"
    "\"attestation\":{\"by\":\"A\",\"on\":\"2026-11-01\",\"until\":\"2026-11-22\"},"
    "\"outputs\":{\"set_blake2b_256\":\"" SET "\"}}";

/* `json` with `from` (SET always) replaced once by `to`. */
static void edit(struct buf *out, const char *json, const char *from, const char *to)
{
    view all = view_of_str(json), part = view_of_str(from);
    bool done = !from;
    for (size_t i = 0; i < all.n;) {
        view rest = view_sub(all, i, all.n);
        if (!done && view_starts(rest, part)) {
            assert_ok(buf_add(out, view_of_str(to)));
            i += part.n;
            done = true;
        } else if (view_starts(rest, VIEW(SET))) {
            assert_ok(buf_add(out, view_of_str(set_hex)));
            i += sizeof SET - 1;
        } else {
            assert_ok(buf_add_char(out, all.p[i++]));
        }
    }
    if (!done) fail_msg("no '%s' to change", from);
}

static const char *const records[RELEASE_KINDS] = { run_json, check_json, review_json,
                                                    attestation_json };

static err add(struct release *r, unsigned kind, const char *from, const char *to)
{
    struct buf b;
    struct diag d = { 0 };
    buf_init(&b, 1 << 16);
    edit(&b, records[kind], from, to);
    err e = release_add(r, buf_view(&b), &d);
    buf_clear(&b);
    return e;
}

static err open_output(struct release *r)
{
    struct diag d = { 0 };
    release_init(r);
    return release_output(r, folder, &d);
}

static void expect_reason(const struct release *r, const char *part)
{
    for (unsigned i = 0; i < r->n_refused; i++)
        if (strstr(r->refused[i], part)) return;
    fail_msg("not refused for '%s' (%u reasons, the first: %s)", part, r->n_refused,
             r->n_refused ? r->refused[0] : "none");
}

static void good_records_hold(void **state)
{
    (void)state;
    struct release r;
    assert_ok(open_output(&r));
    for (unsigned k = 0; k < RELEASE_KINDS; k++)
        assert_ok(add(&r, k, NULL, NULL));
    release_judge(&r, "2026-11-22");
    if (r.n_refused) fail_msg("refused: %s", r.refused[0]);
    assert_int_equal(r.profile, PROFILE_SAFE_HARBOR);
    assert_err(add(&r, RELEASE_RUN, NULL, NULL), ERR_USAGE);
    release_judge(&r, "2026-11-23");
    expect_reason(&r, "has expired");
    release_clear(&r);
}

static void each_change_is_refused_for_its_reason(void **state)
{
    (void)state;
    static const struct {
        unsigned kind;
        const char *from, *to, *why;
    } cases[] = {
        { RELEASE_RUN, SET, "00", "another output" },
        { RELEASE_CHECK, SET, "00", "of another output" },
        { RELEASE_REVIEW, "\"" SET "\"", "null", "of another output" },
        { RELEASE_ATTESTATION, SET, "00", "of another output" },
        { RELEASE_RUN, "safe-harbor", "transport", "never de-identification" },
        { RELEASE_RUN, "safe-harbor", "thorough", "no profile that is known" },
        { RELEASE_RUN, "safe-harbor", "limited", "made by another profile" },
        { RELEASE_RUN, "safe-harbor", "limited", "attestation is for another profile" },
        { RELEASE_CHECK, "passed", "found", "found identifiers" },
        { RELEASE_CHECK, "passed", "incomplete", "could not read all" },
        { RELEASE_CHECK, "\"passed\"", "null", "could not read all" },
        { RELEASE_CHECK, "false", "true", "another profile than the run" },
        { RELEASE_CHECK, "\"bytes\":90", "\"bytes\":91", "other originals" },
        { RELEASE_CHECK, "\"records\":3", "\"records\":2", "other originals" },
        { RELEASE_CHECK, "\"records\":3,", "", "other originals" },
        { RELEASE_CHECK, "\"reading\":\"ab\"", "\"reading\":\"cd\"", "in another way" },
        { RELEASE_CHECK, ",\"reading\":\"ab\"", "", "in another way" },
        { RELEASE_REVIEW, "true", "false", "does not reach" },
        { RELEASE_REVIEW, "\"is_reached\":true", "\"is\":true", "does not reach" },
        { RELEASE_REVIEW, "0.95", "0.001", "less than 90 % confidence" },
        { RELEASE_ATTESTATION, "\"A\"", "\" \"", "names nobody" },
        { RELEASE_ATTESTATION, "2026-11-22", "2026-11-21", "has expired" },
        { RELEASE_ATTESTATION, "2026-11-22", "2026-11-31", "no date" },
        { RELEASE_ATTESTATION, "2026-11-22", "9999", "no date" },
        { RELEASE_ATTESTATION, "2026-11-01", "2026-11-23", "no date" },
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct release r;
        assert_ok(open_output(&r));
        for (unsigned k = 0; k < RELEASE_KINDS; k++)
            assert_ok(add(&r, k, k == cases[i].kind ? cases[i].from : NULL, cases[i].to));
        release_judge(&r, "2026-11-22");
        expect_reason(&r, cases[i].why);
        release_clear(&r);
    }
}

static void what_is_missing_is_told(void **state)
{
    (void)state;
    struct release r;
    assert_ok(open_output(&r));
    release_judge(&r, "2026-11-22");
    expect_reason(&r, "report of the run is missing");
    expect_reason(&r, "check is missing");
    expect_reason(&r, "attestation is missing");
    assert_int_equal(r.n_refused, 3); /* the review is asked for by expert alone */
    assert_ok(add(&r, RELEASE_RUN, "safe-harbor", "expert"));
    release_judge(&r, "2026-11-22");
    expect_reason(&r, "review is missing");
    release_clear(&r);
}

/* A run that went on where a killed one was counts its own part alone. */
static void a_resumed_run_has_read_less(void **state)
{
    (void)state;
    struct release r;
    assert_ok(open_output(&r));
    assert_ok(add(&r, RELEASE_RUN, "\"records\":3,\"bytes_in\":90,\"inputs_before\":0",
                  "\"records\":1,\"bytes_in\":30,\"inputs_before\":2"));
    assert_ok(add(&r, RELEASE_CHECK, NULL, NULL));
    assert_ok(add(&r, RELEASE_ATTESTATION, NULL, NULL));
    release_judge(&r, "2026-11-22");
    assert_int_equal(r.n_refused, 0);
    release_clear(&r);
}

static void what_is_no_record_is_refused(void **state)
{
    (void)state;
    static const struct {
        const char *json;
        err why;
    } cases[] = {
        { "", ERR_FORMAT },
        { "[]", ERR_FORMAT },
        { "{}", ERR_FORMAT },
        { "{\"kind\":\"deid\"}", ERR_FORMAT },
        { "{\"cordon_report\":1,\"kind\":\"agree\"}", ERR_FORMAT },
        { "{\"cordon_report\":2,\"kind\":\"deid\"}", ERR_VERSION },
        { "{\"cordon_report\":1,\"kind\":\"deid\",\"kind\":\"check\"}", ERR_FORMAT },
        { "{\"cordon_report\":1,\"kind\":\"deid\",\"a\":{\"b\":1,\"b\":2}}", ERR_FORMAT },
        { "{\"cordon_report\":1,\"kind\":\"deid\"} x", ERR_FORMAT },
        { "{\"cordon_report\":1,\"kind\":\"\xff\"}", ERR_ENCODING },
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct release r;
        struct diag d = { 0 };
        release_init(&r);
        err e = release_add(&r, view_of_str(cases[i].json), &d);
        if (e != cases[i].why) fail_msg("%s: %s", cases[i].json, err_name(e));
        assert_int_equal(d.code, e);
        release_clear(&r);
    }
}

static void every_profile_but_transport_has_a_statement(void **state)
{
    (void)state;
    for (unsigned p = 0; p < PROFILE_COUNT; p++)
        assert_int_equal(release_statement(p) != NULL, p != PROFILE_TRANSPORT);
}

static err fault_run_all(void *ctx)
{
    err e = OK;
    const struct buf *json = ctx;
    struct release r;
    release_init(&r);
    TRY(release_output(&r, folder, NULL));
    for (unsigned k = 0; k < RELEASE_KINDS; k++)
        TRY(release_add(&r, buf_view(&json[k]), NULL));
    release_judge(&r, "2026-11-22");
    assert_int_equal(r.n_refused, 0);
out:
    release_clear(&r);
    return e;
}

static void memory_may_be_short(void **state)
{
    (void)state;
    struct buf json[RELEASE_KINDS];
    for (unsigned k = 0; k < RELEASE_KINDS; k++) {
        buf_init(&json[k], 1 << 16);
        edit(&json[k], records[k], NULL, NULL);
    }
    faults_in_turn(fault_run_all, json);
    for (unsigned k = 0; k < RELEASE_KINDS; k++)
        buf_clear(&json[k]);
}

/* The order of files, and their names, are not in it; what is in them is. */
static void a_set_is_what_is_in_its_files(void **state)
{
    (void)state;
    static const uint8_t a[32] = { 1 }, b[32] = { 2 };
    struct output_set one, other;
    uint8_t first[32], second[32];
    output_set_init(&one);
    output_set_init(&other);
    assert_ok(output_set_add(&one, 5, a));
    assert_ok(output_set_add(&one, 7, b));
    assert_ok(output_set_add(&other, 7, b));
    assert_ok(output_set_add(&other, 5, a));
    output_set_end(&one, first);
    output_set_end(&other, second);
    assert_memory_equal(first, second, 32);
    assert_int_equal(one.files, 2);
    assert_int_equal(one.bytes, 12);
    assert_ok(output_set_add(&other, 5, a)); /* twice the same file is not once */
    output_set_end(&other, second);
    assert_memory_not_equal(first, second, 32);
    output_set_clear(&one);
    output_set_clear(&other);
}

static void what_no_run_writes_is_no_output(void **state)
{
    (void)state;
    char link_path[64];
    struct output_set s;
    struct diag d = { 0 };
    snprintf(link_path, sizeof link_path, "%s/link", folder);
    assert_int_equal(symlink("a.txt", link_path), 0);
    output_set_init(&s);
    assert_err(output_set_path(&s, folder, &d), ERR_UNSUPPORTED);
    assert_err(output_set_path(&s, "/nonexistent/x", NULL), ERR_NOT_FOUND);
    output_set_clear(&s);
    assert_int_equal(unlink(link_path), 0);
}

static int make_output(void **state)
{
    (void)state;
    char path[64];
    uint8_t sum[32];
    struct file_out f;
    char line[65];
    if (!mkdtemp(folder)) return -1;
    snprintf(path, sizeof path, "%s/a.txt", folder);
    if (file_out_open(&f, path, 0, NULL) || file_out_write(&f, VIEW("x"), NULL) ||
        file_out_commit(&f, NULL))
        return -1;
    file_out_clear(&f);
    checksum32(VIEW("x"), sum);
    checksum_hex(sum, line);
    line[64] = '\n';
    checksum32(view_of(line, sizeof line), sum);
    checksum_hex(sum, set_hex);
    return 0;
}

static int remove_output(void **state)
{
    (void)state;
    char path[64];
    snprintf(path, sizeof path, "%s/a.txt", folder);
    return unlink(path) || rmdir(folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(good_records_hold),
        cmocka_unit_test(each_change_is_refused_for_its_reason),
        cmocka_unit_test(what_is_missing_is_told),
        cmocka_unit_test(a_resumed_run_has_read_less),
        cmocka_unit_test(what_is_no_record_is_refused),
        cmocka_unit_test(every_profile_but_transport_has_a_statement),
        cmocka_unit_test(memory_may_be_short),
        cmocka_unit_test(a_set_is_what_is_in_its_files),
        cmocka_unit_test(what_no_run_writes_is_no_output),
    };
    return cmocka_run_group_tests(tests, make_output, remove_output);
}
