#include "cli/json_show.h"

#include <fcntl.h>
#include <unistd.h>

#include "deid/json_shape.h"
#include "format/format_options.h"
#include "format/formats.h"
#include "format/reader.h"

enum { LINES_SEEN = 10000 };

/* Adds up to LINES_SEEN records; *is_cut when the input has more. */
static err add_records(struct reader *r, struct batch *b, struct json_shape *s, unsigned *lines,
                       bool *is_cut, struct diag *d)
{
    err e = OK;
    bool done = false;
    while (*lines < LINES_SEEN) {
        TRY(reader_next(r, b, &done, d));
        if (done) break;
        bool is_json = strcmp(r->format->name, format_jsonl.name) == 0 ||
                       strcmp(r->format->name, format_json.name) == 0;
        if (!is_json || b->too_large) TRY(DIAG(d, ERR_FORMAT, "the input is no JSON of your own"));
        size_t pos = 0;
        for (uint64_t i = 0; pos < b->bytes.n && *lines < LINES_SEEN; i++, ++*lines) {
            struct diag here = { .input = 1, .record = b->first_record + i };
            e = json_shape_add(s, reader_record(r->format, buf_view(&b->bytes), &pos), &here);
            if (e && d && !d->code) *d = here;
            TRY(e);
        }
        *is_cut = pos < b->bytes.n;
    }
    if (!done && !*is_cut) { /* is there a line behind the last? */
        TRY(reader_next(r, b, &done, d));
        *is_cut = !done;
    }
out:
    return e;
}

int json_show(struct console *c, const struct batch_params *p)
{
    err e = OK;
    int fd = -1;
    struct diag d = { 0 };
    struct arena a;
    struct buf out;
    struct reader r;
    struct json_shape *s = NULL;
    struct batch b = { 0 };
    unsigned lines = 0;
    bool is_cut = false;
    if (p->n_inputs != 1) return console_misuse(c->command, "--json-path show takes one input");
    fd = strcmp(p->inputs[0], "-") == 0 ? STDIN_FILENO
                                        : open(p->inputs[0], O_RDONLY | O_CLOEXEC | O_NOCTTY);
    arena_init(&a, 64 << 20);
    buf_init(&out, 64 << 20);
    buf_init(&b.bytes, 2 * p->max_document);
    reader_init(&r, fd, p->format, p->encoding, p->max_document, 1 << 16);
    reader_prepare(&r, p->format_options, &a);
    if (fd < 0) TRY(DIAG_OS(&d, "the input can't be opened"));
    TRY(json_shape_new(&s, p->format_options ? p->format_options->json : NULL));
    TRY(add_records(&r, &b, s, &lines, &is_cut, &d));
    TRY(json_shape_print(s, &out));
    fwrite(out.p, 1, out.n, stdout);
    if (is_cut)
        fprintf(stderr,
                "cordon %s: the paths of the first %u records; the input has more, which may hold "
                "others\n",
                c->command, lines);
out:
    if (fd > STDIN_FILENO) close(fd);
    json_shape_free(s);
    reader_clear(&r);
    buf_clear(&b.bytes);
    buf_clear(&out);
    arena_clear(&a);
    return e ? console_stop(c, e, &d) : EXIT_DONE;
}
