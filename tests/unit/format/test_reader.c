/* The reader: the same batches however the bytes come, and flat memory whatever comes. */
#include "unit.h"

#include <pthread.h>
#include <unistd.h>

#include "faults.h"
#include "format/reader.h"

/* A writer at the other end of a pipe. */
struct feed {
    view bytes;
    size_t chunk;
    size_t filler; /* so many 'x' before the bytes */
    int fd;
    pthread_t thread;
};

static void write_all(int fd, const char *p, size_t n, size_t chunk)
{
    for (size_t i = 0; i < n;) {
        ssize_t k = write(fd, p + i, MIN(chunk, n - i));
        if (k <= 0) return; /* the reader has gone */
        i += (size_t)k;
    }
}

static void *feed_run(void *arg)
{
    struct feed *f = arg;
    static char x[1 << 16];
    memset(x, 'x', sizeof x);
    for (size_t left = f->filler; left;) {
        size_t n = MIN(left, sizeof x);
        write_all(f->fd, x, n, n);
        left -= n;
    }
    write_all(f->fd, f->bytes.p, f->bytes.n, f->chunk);
    close(f->fd);
    return NULL;
}

static int feed_start(struct feed *f)
{
    int fds[2];
    assert_int_equal(pipe(fds), 0);
    f->fd = fds[1];
    assert_int_equal(pthread_create(&f->thread, NULL, feed_run, f), 0);
    return fds[0];
}

/* What a reader gives, one line a batch: "first_record@offset:bytes|". */
static void transcript(view in, size_t chunk, const char *format, size_t max_record,
                       size_t batch_bytes, struct buf *out)
{
    struct feed f = { .bytes = in, .chunk = chunk };
    int fd = feed_start(&f);
    struct reader r;
    struct batch b;
    bool done = false;
    buf_init(&b.bytes, 1 << 20);
    reader_init(&r, fd, format ? format_by_name(view_of_str(format)) : NULL, ENC_AUTO, max_record,
                batch_bytes);
    for (;;) {
        assert_ok(reader_next(&r, &b, &done, NULL));
        if (done) break;
        assert_ok(buf_add_u64(out, b.first_record));
        assert_ok(buf_add_char(out, '@'));
        assert_ok(buf_add_u64(out, b.offset));
        assert_ok(buf_add_char(out, ':'));
        assert_ok(buf_add(out, b.too_large ? VIEW("(too large)") : buf_view(&b.bytes)));
        assert_ok(buf_add_char(out, '|'));
    }
    assert_ok(reader_next(&r, &b, &done, NULL)); /* the end stays the end */
    assert_true(done);
    if (r.format->is_stream) assert_int_equal(r.offset, in.n);
    reader_clear(&r);
    buf_clear(&b.bytes);
    pthread_join(f.thread, NULL);
    close(fd);
}

static void assert_batches(view in, const char *format, size_t max_record, size_t batch_bytes,
                           const char *want)
{
    static const size_t chunks[] = { 1, 2, 3, 7, 64, 1 << 20 };
    for (size_t i = 0; i < COUNT_OF(chunks); i++) {
        struct buf out;
        buf_init(&out, 1 << 20);
        transcript(in, chunks[i], format, max_record, batch_bytes, &out);
        if (!view_eq(buf_view(&out), view_of_str(want)))
            fail_msg("by %zu: \"%.*s\", should be \"%s\"", chunks[i], (int)out.n, out.p, want);
        buf_clear(&out);
    }
    assert_int_equal(mem_in_use(), 0);
}

static void lines_are_batched(void **state)
{
    (void)state;
    assert_batches(VIEW("1\n22\n333\n4444\n"), "jsonl", 100, 5,
                   "1@0:1\n22\n|3@5:333\n|4@9:4444\n|");
    assert_batches(VIEW("1\n22\n333\n4444\n"), "jsonl", 100, 100, "1@0:1\n22\n333\n4444\n|");
    assert_batches(VIEW("1\n22\n333\n4444"), "jsonl", 100, 9, "1@0:1\n22\n333\n|4@9:4444|");
    assert_batches(VIEW("\n\r\n\n1"), "jsonl", 100, 3, "1@0:\n\r\n|3@3:\n1|");
    assert_batches(VIEW("a line over the batch\nb\n"), "jsonl", 100, 4,
                   "1@0:a line over the batch\n|2@22:b\n|");
    assert_batches(VIEW(""), "jsonl", 100, 5, "");
    assert_batches(VIEW("x"), "jsonl", 100, 0, "1@0:x|");
}

static void a_line_over_the_limit_is_a_batch_of_its_own(void **state)
{
    (void)state;
    assert_batches(VIEW("1\n0123456789\n2\n"), "jsonl", 8, 100,
                   "1@0:1\n|2@2:(too large)|3@13:2\n|");
    assert_batches(VIEW("0123456789\n0123456789\n2\n"), "jsonl", 8, 3,
                   "1@0:(too large)|2@11:(too large)|3@22:2\n|");
    assert_batches(VIEW("1\n0123456789"), "jsonl", 8, 4, "1@0:1\n|2@2:(too large)|");
    /* Just at the limit, line end and all. */
    assert_batches(VIEW("1234567\n12345678\n12345678"), "jsonl", 8, 8,
                   "1@0:1234567\n|2@8:(too large)|3@17:12345678|");
}

static void a_text_is_one_batch(void **state)
{
    (void)state;
    assert_batches(VIEW("a\nb\nc"), "text", 100, 2, "1@0:a\nb\nc|");
    assert_batches(VIEW("12345678"), "text", 8, 2, "1@0:12345678|");
    assert_batches(VIEW("123456789"), "text", 8, 2, "1@0:(too large)|");
    assert_batches(VIEW(""), "text", 8, 2, "");
}

static void the_format_is_sniffed(void **state)
{
    (void)state;
    assert_batches(VIEW("{\"a\":1}\n{\"b\":2}\n"), NULL, 100, 9,
                   "1@0:{\"a\":1}\n|2@8:{\"b\":2}\n|");
    assert_batches(VIEW("Jane\nDoe\n"), NULL, 100, 3, "1@0:Jane\nDoe\n|");
    assert_batches(VIEW(""), NULL, 100, 3, "");
}

static void the_encoding_of_a_text_is_guessed(void **state)
{
    (void)state;
    struct feed f = { .bytes = VIEW("Jos\xE9\n"), .chunk = 1 };
    struct reader r;
    struct batch b;
    bool done;
    int fd = feed_start(&f);
    buf_init(&b.bytes, 100);
    reader_init(&r, fd, NULL, ENC_AUTO, 100, 100);
    assert_ok(reader_next(&r, &b, &done, NULL));
    assert_int_equal(r.encoding, ENC_WINDOWS1252);
    reader_clear(&r);
    buf_clear(&b.bytes);
    pthread_join(f.thread, NULL);
    close(fd);
}

/* 100 MB in one line, with 3 MB of memory; the record after it is read. */
static void a_huge_line_costs_nothing(void **state)
{
    (void)state;
    enum { HUGE_LINE = 100 << 20 };
    struct feed f = { .bytes = VIEW("\n{\"a\":1}\n"), .chunk = 64, .filler = HUGE_LINE };
    struct reader r;
    struct batch b;
    bool done;
    int fd = feed_start(&f);
    mem_set_budget(3 << 20);
    buf_init(&b.bytes, 1 << 20);
    reader_init(&r, fd, format_by_name(VIEW("jsonl")), ENC_AUTO, 1 << 20, 64 << 10);
    assert_ok(reader_next(&r, &b, &done, NULL));
    assert_true(b.too_large && !done && b.bytes.n == 0);
    assert_ok(reader_next(&r, &b, &done, NULL));
    assert_view(buf_view(&b.bytes), "{\"a\":1}\n");
    assert_int_equal(b.first_record, 2);
    assert_int_equal(b.offset, HUGE_LINE + 1);
    assert_ok(reader_next(&r, &b, &done, NULL));
    assert_true(done);
    reader_clear(&r);
    buf_clear(&b.bytes);
    mem_set_budget(0);
    pthread_join(f.thread, NULL);
    close(fd);
}

static void what_cannot_be_read_is_an_error(void **state)
{
    (void)state;
    struct reader r;
    struct batch b;
    bool done;
    struct diag d = { 0 };
    buf_init(&b.bytes, 100);
    reader_init(&r, -1, NULL, ENC_AUTO, 100, 100);
    err e = reader_next(&r, &b, &done, &d);
    assert_true(e != OK && e != ERR_MEMORY);
    assert_int_equal(d.code, e);
    reader_clear(&r);
    buf_clear(&b.bytes);
}

static void records_are_cut(void **state)
{
    (void)state;
    const struct format *jsonl = format_by_name(VIEW("jsonl")),
                        *text = format_by_name(VIEW("text"));
    size_t pos = 0;
    view in = VIEW("a\r\n\nb");
    assert_view(reader_record(jsonl, in, &pos), "a\r\n");
    assert_view(reader_record(jsonl, in, &pos), "\n");
    assert_view(reader_record(jsonl, in, &pos), "b");
    assert_int_equal(pos, in.n);
    pos = 0;
    assert_view(reader_record(text, in, &pos), "a\r\n\nb");
    assert_int_equal(pos, in.n);
}

static err read_some(void *ctx)
{
    int fd = *(int *)ctx;
    struct reader r;
    struct batch b;
    bool done = false;
    size_t got = 0;
    err e = OK;
    BUG_IF(lseek(fd, 0, SEEK_SET) != 0);
    buf_init(&b.bytes, 1 << 16);
    reader_init(&r, fd, NULL, ENC_AUTO, 1 << 16, 10);
    while (!done) {
        TRY(reader_next(&r, &b, &done, NULL));
        got += b.bytes.n;
    }
    assert_int_equal(got, 24);
out:
    reader_clear(&r);
    buf_clear(&b.bytes);
    return e;
}

static void reading_survives_want_of_memory(void **state)
{
    (void)state;
    FILE *f = tmpfile();
    assert_non_null(f);
    int fd = fileno(f);
    write_all(fd, "{\"a\":1}\n{\"a\":1}\n{\"a\":1}\n", 24, 24);
    faults_in_turn(read_some, &fd);
    fclose(f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lines_are_batched),
        cmocka_unit_test(a_line_over_the_limit_is_a_batch_of_its_own),
        cmocka_unit_test(a_text_is_one_batch),
        cmocka_unit_test(the_format_is_sniffed),
        cmocka_unit_test(the_encoding_of_a_text_is_guessed),
        cmocka_unit_test(a_huge_line_costs_nothing),
        cmocka_unit_test(what_cannot_be_read_is_an_error),
        cmocka_unit_test(records_are_cut),
        cmocka_unit_test(reading_survives_want_of_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
