/* fuzz/json_paths.c — the first line is a path, the rest a document: a path is taken or refused with its place,
 * and under a path that is taken a document is written back as it was, with no piece from what is kept. */
#include "format/json_paths.h"

#include "format/format_options.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static uint32_t decode(view role, view path, view doc, struct arena *a)
{
    const struct format *f = format_by_name(VIEW("json"));
    struct json_paths *p = NULL;
    struct json_path_fault fault;
    struct record r = { 0 };
    struct buf out;
    buf_init(&out, 64 << 20);
    BUG_IF(json_paths_new(&p) || json_paths_add(p, path, role, &fault));
    const struct format_options o = { .json = p };
    BUG_IF(f->open(f, &o, doc, a, &f, NULL));
    if (!format_decode(f, doc, ENC_UTF8, a, &r, NULL)) {
        struct edits *none = arena_array(a, (size_t)r.n + 1, sizeof *none);
        BUG_IF(!none);
        memset(none, 0, ((size_t)r.n + 1) * sizeof *none);
        BUG_IF(format_write(&r, none, &out, NULL) || !view_eq(buf_view(&out), doc));
    }
    buf_clear(&out);
    json_paths_free(p);
    return r.n;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    view all = { (const char *)data, size };
    size_t end = view_find_byte(all, 0, '\n');
    view text = view_sub(all, 0, end), doc = view_sub(all, MIN(end + 1, size), size);
    struct json_path path;
    struct json_path_fault fault = { 0 };
    struct arena a;
    arena_init(&a, 64 << 20);
    err e = json_path_parse(text, &a, &path, &fault);
    BUG_IF(e && e != ERR_FORMAT);
    BUG_IF(e && (!fault.what || fault.offset > text.n));
    if (!e) {
        BUG_IF(path.n > JSON_PATH_STEPS_MAX);
        BUG_IF(decode(VIEW("keep"), text, doc, &a) > decode(VIEW("name"), text, doc, &a));
    }
    arena_clear(&a);
    return 0;
}
