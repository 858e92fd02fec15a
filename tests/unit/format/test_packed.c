/* Packed bytes come out as they went in, however they are cut; what is damaged is refused. */
#include "unit.h"

#include <unistd.h>

#include "faults.h"
#include "format/packed.h"

/* The bytes from a pipe or file, unpacked `step` at a time, appended to out. */
static err unpack(view packed, size_t step, struct buf *out, struct diag *d)
{
    err e = OK;
    char name[] = "/tmp/cordon-test-XXXXXX", chunk[4096];
    struct unpacker u;
    int fd = mkstemp(name);
    assert_true(fd >= 0);
    unlink(name);
    assert_int_equal(write(fd, packed.p, packed.n), packed.n);
    assert_int_equal(lseek(fd, 0, SEEK_SET), 0);
    unpacker_init(&u, fd);
    for (;;) {
        size_t got;
        TRY(unpacker_read(&u, chunk, MIN(step, sizeof chunk), &got, d));
        if (!got) break;
        TRY(buf_add(out, view_of(chunk, got)));
    }
    assert_int_equal(u.taken, packed.n);
out:
    unpacker_clear(&u);
    close(fd);
    return e;
}

static void fill(struct buf *b, size_t n)
{
    for (size_t i = 0; b->n < n; i++)
        assert_ok(buf_add_u64(b, i * 7919 % 100003));
}

static void what_is_packed_comes_out(void **state)
{
    (void)state;
    static const enum packing kinds[] = { PACKED_NOT, PACKED_GZIP, PACKED_ZSTD };
    static const size_t sizes[] = { 0, 1, 3, 1000, 300000 };
    struct buf in, packed, out;
    buf_init(&in, 1 << 20);
    buf_init(&packed, 4 << 20);
    buf_init(&out, 4 << 20);
    for (size_t k = 0; k < COUNT_OF(kinds); k++)
        for (size_t s = 0; s < COUNT_OF(sizes); s++)
            for (size_t step = 1; step <= 4096;
                 step = step == 1 && sizes[s] > 1000 ? 4096 : step * 64) {
                buf_reset(&in);
                buf_reset(&packed);
                buf_reset(&out);
                fill(&in, sizes[s]);
                /* Three members are one content. */
                size_t third = in.n / 3;
                assert_ok(packed_add(kinds[k], view_sub(buf_view(&in), 0, third), &packed));
                assert_ok(packed_add(kinds[k], view_sub(buf_view(&in), third, 2 * third), &packed));
                assert_ok(packed_add(kinds[k], view_sub(buf_view(&in), 2 * third, in.n), &packed));
                assert_ok(unpack(buf_view(&packed), step, &out, NULL));
                assert_true(view_eq(buf_view(&in), buf_view(&out)));
            }
    buf_clear(&in);
    buf_clear(&packed);
    buf_clear(&out);
}

static void damage_is_refused(void **state)
{
    (void)state;
    static const enum packing kinds[] = { PACKED_GZIP, PACKED_ZSTD };
    struct buf in, packed, out;
    buf_init(&in, 1 << 20);
    buf_init(&packed, 1 << 20);
    buf_init(&out, 1 << 20);
    fill(&in, 5000);
    for (size_t k = 0; k < COUNT_OF(kinds); k++) {
        struct diag d = { 0 };
        buf_reset(&packed);
        assert_ok(packed_add(kinds[k], buf_view(&in), &packed));
        for (size_t n = 4; n < packed.n; n += 37) { /* cut anywhere */
            buf_reset(&out);
            assert_err(unpack(view_sub(buf_view(&packed), 0, n), 4096, &out, NULL), ERR_CORRUPT);
        }
        for (size_t at = packed.n / 4; at < packed.n; at += 53) { /* one bit anywhere in the data */
            packed.p[at] ^= 4;
            buf_reset(&out);
            err e = unpack(buf_view(&packed), 4096, &out, NULL);
            bool same = view_eq(buf_view(&out), buf_view(&in)); /* a bit that says nothing */
            if (e != ERR_CORRUPT && !(e == OK && same)) fail_msg("bit %zu: %s", at, err_name(e));
            packed.p[at] ^= 4;
        }
        assert_ok(buf_add(&packed, VIEW("\0\0\0\0\0\0")));
        buf_reset(&out);
        assert_ok(unpack(buf_view(&packed), 4096, &out, NULL)); /* padding of a tape */
        assert_ok(buf_add(&packed, VIEW("x")));
        buf_reset(&out);
        assert_err(unpack(buf_view(&packed), 4096, &out, &d), ERR_CORRUPT);
        assert_true(d.has_offset);
    }
    buf_clear(&in);
    buf_clear(&packed);
    buf_clear(&out);
}

static err fault_run_all(void *ctx)
{
    err e = OK;
    enum packing how = *(const enum packing *)ctx;
    struct buf packed, out;
    buf_init(&packed, 1 << 20);
    buf_init(&out, 1 << 20);
    TRY(packed_add(how, VIEW("Patient John Smith"), &packed));
    TRY(unpack(buf_view(&packed), 4096, &out, NULL));
    assert_view(buf_view(&out), "Patient John Smith");
out:
    buf_clear(&packed);
    buf_clear(&out);
    return e;
}

static void memory_may_be_short(void **state)
{
    (void)state;
    static enum packing kinds[] = { PACKED_GZIP, PACKED_ZSTD };
    faults_in_turn(fault_run_all, &kinds[0]);
    faults_in_turn(fault_run_all, &kinds[1]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_packed_comes_out),
        cmocka_unit_test(damage_is_refused),
        cmocka_unit_test(memory_may_be_short),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
