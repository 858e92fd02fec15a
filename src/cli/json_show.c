#include "cli/json_show.h"

#include <fcntl.h>
#include <unistd.h>

#include "deid/json_shape.h"
#include "format/format_options.h"
#include "format/formats.h"
#include "format/reader.h"

enum { LINES_SEEN = 10000 };

static err add_records(struct reader *r, struct batch *b, struct json_shape *s, struct diag *d)
{
    err e = OK;
    bool done = false;
    for (unsigned lines = 0; lines < LINES_SEEN;) {
        TRY(reader_next(r, b, &done, d));
        if (done) break;
        bool is_json = strcmp(r->format->name, format_jsonl.name) == 0 ||
                       strcmp(r->format->name, format_json.name) == 0;
        if (!is_json || b->too_large) TRY(DIAG(d, ERR_FORMAT, "the input is no JSON of your own"));
        for (size_t pos = 0; pos < b->bytes.n && lines < LINES_SEEN; lines++)
            TRY(json_shape_add(s, reader_record(r->format, buf_view(&b->bytes), &pos), d));
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
    TRY(add_records(&r, &b, s, &d));
    TRY(json_shape_print(s, &out));
    fwrite(out.p, 1, out.n, stdout);
out:
    if (fd > STDIN_FILENO) close(fd);
    json_shape_free(s);
    reader_clear(&r);
    buf_clear(&b.bytes);
    buf_clear(&out);
    arena_clear(&a);
    return e ? console_stop(c, e, &d) : EXIT_DONE;
}
