/* bench/roundtrip.c — roundtrip FILE…: takes every record of the files apart and writes it back without
 * edits. Prints, for each format, how many records came back byte for byte, how many were refused and how
 * many did not come back; exit 1 when there is one of the last.
 */
#include <fcntl.h>
#include <unistd.h>

#include "base/file.h"
#include "format/reader.h"

enum { FORMATS_MAX = 16 };
struct tally {
    const char *name; /* a literal: formats of a file live as long as it is read */
    uint64_t same, refused, changed;
};

static struct tally *tally_of(struct tally *v, const char *name)
{
    uint32_t i = 0;
    while (i + 1 < FORMATS_MAX && v[i].name && strcmp(v[i].name, name) != 0)
        i++;
    v[i].name = name;
    return &v[i];
}

static err try_record(const struct reader *r, view bytes, struct arena *a, struct buf *out,
                      struct tally *t)
{
    struct record rec;
    if (format_decode(r->format, bytes, r->encoding, a, &rec, NULL)) {
        t->refused++;
        return OK;
    }
    struct edits *none = arena_array(a, (size_t)rec.n + 1, sizeof *none);
    if (!none) return ERR_MEMORY;
    memset(none, 0, ((size_t)rec.n + 1) * sizeof *none);
    buf_reset(out);
    err e = format_write(&rec, none, out, NULL);
    if (!e && view_eq(buf_view(out), bytes))
        t->same++;
    else
        t->changed++;
    return OK;
}

static err try_file(const char *path, struct tally *tallies)
{
    err e = OK;
    struct reader r;
    struct batch b = { 0 };
    struct arena a, formats;
    struct buf out;
    bool done = false;
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0) return ERR_IO;
    arena_init(&a, (size_t)1 << 30);
    arena_init(&formats, 64 << 20);
    buf_init(&out, (size_t)DOCUMENT_MAX * 2);
    buf_init(&b.bytes, (size_t)DOCUMENT_MAX * 2);
    reader_init(&r, fd, NULL, ENC_AUTO, DOCUMENT_MAX, 256 << 10);
    reader_prepare(&r, NULL, &formats);
    while (!done) {
        TRY(reader_next(&r, &b, &done, NULL));
        for (size_t pos = 0; !done && pos < b.bytes.n; arena_reset(&a)) {
            view bytes = reader_record(r.format, buf_view(&b.bytes), &pos);
            TRY(try_record(&r, bytes, &a, &out, tally_of(tallies, r.format->name)));
        }
    }
out:
    reader_clear(&r);
    buf_clear(&b.bytes);
    buf_clear(&out);
    arena_clear(&a);
    arena_clear(&formats);
    (void)close(fd);
    return e;
}

int main(int argc, char **argv)
{
    struct tally tallies[FORMATS_MAX] = { 0 };
    int bad = 0;
    for (int i = 1; i < argc; i++)
        if (try_file(argv[i], tallies)) bad = 1, fprintf(stderr, "roundtrip: input %d failed\n", i);
    for (size_t i = 0; i < FORMATS_MAX && tallies[i].name; i++) {
        printf("%-8s %6" PRIu64 " as they were, %" PRIu64 " refused, %" PRIu64 " changed\n",
               tallies[i].name, tallies[i].same, tallies[i].refused, tallies[i].changed);
        bad |= tallies[i].changed != 0;
    }
    return bad;
}
