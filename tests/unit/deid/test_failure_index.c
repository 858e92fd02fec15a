/* Failures by name: what was heard is read again with the key, and what could not be kept is told at the end. */
#include "unit.h"

#include <unistd.h>

#include "base/file.h"
#include "deid/failure_index.h"
#include "faults.h"
#include "redact/key_secret.h"

static char path[] = "/tmp/test_failures_XXXXXX";
static struct key *key;

static err write_and_read(void *ctx)
{
    err e = OK;
    struct failure_index *x = NULL;
    struct file_map map = { 0 };
    struct buf lines;
    uint64_t unfinished;
    const struct diag one = { .code = ERR_FORMAT, .what = "a \"fault\"", .input = 3, .record = 17 };
    const struct diag two = { .code = ERR_IO, .what = "gone", .input = 4 };
    (void)ctx;
    buf_init(&lines, 1 << 20);
    assert_int_equal(truncate(path, 0), 0);
    TRY(failure_index_open(&x, path, key, NULL));
    failure_index_hear(x, &one, "in/Quelby.txt");
    failure_index_hear(x, &two, "caf\xe9");
    e = failure_index_close(x, NULL);
    x = NULL;
    TRY(e);
    TRY(file_map(&map, path, NULL));
    TRY(failure_index_read(map.bytes, key, &lines, &unfinished, NULL));
    assert_int_equal(unfinished, 0);
    TRY(buf_add_char(&lines, '\0'));
    const char *first =
        strstr(lines.p, "\"input\":3,\"record\":17,\"kind\":\"not well-formed\","
                        "\"reason\":\"a \\\"fault\\\"\",\"path\":\"in/Quelby.txt\"}\n");
    assert_non_null(first);
    assert_non_null(strstr(first,
                           "\"input\":4,\"record\":null,\"kind\":\"could not read or write\","
                           "\"reason\":\"gone\",\"path\":null,\"path_hex\":\"636166e9\"}\n"));
out:
    failure_index_abandon(x);
    file_unmap(&map);
    buf_clear(&lines);
    return e;
}

static void what_failed_is_read_again(void **state)
{
    (void)state;
    assert_ok(write_and_read(NULL));
}

static void memory_may_be_short(void **state)
{
    (void)state;
    faults_in_turn(write_and_read, NULL);
}

static void a_run_that_was_killed_is_told(void **state)
{
    (void)state;
    struct failure_index *x;
    struct file_map map;
    struct buf lines;
    uint64_t unfinished = 0;
    const struct diag one = { .code = ERR_FORMAT, .what = "x", .input = 1 };
    buf_init(&lines, 1 << 20);
    assert_int_equal(truncate(path, 0), 0);
    assert_ok(failure_index_open(&x, path, key, NULL));
    failure_index_hear(x, &one, "a");
    failure_index_abandon(x);
    assert_ok(file_map(&map, path, NULL));
    assert_ok(failure_index_read(map.bytes, key, &lines, &unfinished, NULL));
    assert_int_equal(unfinished, 1);
    file_unmap(&map);
    buf_clear(&lines);
}

static int set_up(void **state)
{
    static const uint8_t secret[KEY_SECRET_LEN] = { 7, 1, 2, 3 };
    (void)state;
    int fd = mkstemp(path);
    if (fd < 0) return -1;
    close(fd);
    return key_from_secret(&key, secret, false) ? -1 : 0;
}

static int tear_down(void **state)
{
    (void)state;
    key_free(key);
    return unlink(path);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_failed_is_read_again),
        cmocka_unit_test(a_run_that_was_killed_is_told),
        cmocka_unit_test(memory_may_be_short),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
