/* Frames: what is sent is what is received, and what can't be a frame is refused. */
#include "unit.h"

#include <sys/socket.h>
#include <unistd.h>

#include "llm/wire.h"

static int pair[2];
static struct buf out;

static int set_up(void **state)
{
    (void)state;
    buf_init(&out, WIRE_FRAME_MAX);
    return socketpair(AF_UNIX, SOCK_STREAM, 0, pair);
}

static int tear_down(void **state)
{
    (void)state;
    buf_clear(&out);
    (void)close(pair[0]);
    if (pair[1] >= 0) (void)close(pair[1]);
    return 0;
}

static void round_trip(void **state)
{
    (void)state;
    struct buf b;
    uint32_t type, small;
    uint64_t large;
    float x;
    view v;
    buf_init(&b, 1000);
    assert_ok(wire_put_u32(&b, 0x12345678));
    assert_ok(wire_put_u64(&b, UINT64_C(0x123456789ABCDEF0)));
    assert_ok(wire_put_float(&b, -1.5F));
    assert_ok(wire_put_str(&b, VIEW("text")));
    assert_ok(wire_send(pair[0], WIRE_TEXT, buf_view(&b)));
    assert_ok(wire_receive(pair[1], 1000, &type, &out));
    assert_int_equal(type, WIRE_TEXT);
    struct wire_reader r = { buf_view(&out) };
    assert_ok(wire_get_u32(&r, &small));
    assert_ok(wire_get_u64(&r, &large));
    assert_ok(wire_get_float(&r, &x));
    assert_ok(wire_get_str(&r, &v));
    assert_int_equal(small, 0x12345678);
    assert_true(large == UINT64_C(0x123456789ABCDEF0) && x == -1.5F && view_eq(v, VIEW("text")));
    assert_err(wire_get_u32(&r, &small), ERR_CORRUPT);
    buf_clear(&b);
}

static void short_strings_are_refused(void **state)
{
    (void)state;
    view v;
    struct wire_reader r = { view_of("\5\0\0\0abcd", 8) };
    assert_err(wire_get_str(&r, &v), ERR_CORRUPT);
}

static void what_is_no_frame(void **state)
{
    (void)state;
    uint32_t type;
    assert_err(wire_receive(pair[1], 10, &type, &out), ERR_TIMEOUT);
    assert_int_equal(write(pair[0], "\1\0\0\0\xFF\xFF\xFF\xFF", 8), 8);
    assert_err(wire_receive(pair[1], 1000, &type, &out), ERR_CORRUPT);
    /* half a frame, then nothing more */
    assert_int_equal(write(pair[0], "\1\0\0\0\4\0\0\0ab", 10), 10);
    assert_err(wire_receive(pair[1], 10, &type, &out), ERR_TIMEOUT);
}

static void the_other_end_is_gone(void **state)
{
    (void)state;
    uint32_t type;
    (void)close(pair[1]);
    pair[1] = -1;
    assert_err(wire_send(pair[0], WIRE_TEXT, VIEW("x")), ERR_SYSTEM); /* and no SIGPIPE */
    assert_err(wire_receive(pair[0], 1000, &type, &out), ERR_SYSTEM);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(round_trip, set_up, tear_down),
        cmocka_unit_test_setup_teardown(short_strings_are_refused, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_is_no_frame, set_up, tear_down),
        cmocka_unit_test_setup_teardown(the_other_end_is_gone, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
