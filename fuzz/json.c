/* fuzz/json.c — the walker on any bytes: events nest, ranges ascend, strings decode and return. */
#include "format/json.h"

#include "text/utf8.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_string(const struct json *j, struct arena *a, struct buf *out)
{
    view text, again;
    struct offset_map map, map_again;
    BUG_IF(json_string(j, a, &text, &map));
    BUG_IF(utf8_bad_at(text) < text.n);
    uint32_t source = (uint32_t)(j->end - j->start), before = 0;
    for (size_t at = 0; at < text.n;) {
        uint32_t first = (uint32_t)at;
        (void)utf8_next(text, &at);
        uint32_t from = offset_start(&map, first), to = offset_end(&map, (uint32_t)at);
        BUG_IF(from != before || from >= to || to > source);
        before = to;
    }
    BUG_IF(before != source);
    /* Spelled anew, it means the same. */
    buf_reset(out);
    BUG_IF(buf_add_char(out, '"') || json_escape(text, out) || buf_add_char(out, '"'));
    struct json k;
    enum json_event event;
    json_init(&k, buf_view(out));
    BUG_IF(json_next(&k, &event, NULL) || event != JSON_STRING);
    BUG_IF(json_string(&k, a, &again, &map_again) || !view_eq(text, again));
    BUG_IF(json_next(&k, &event, NULL) || event != JSON_END);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    view doc = { (const char *)data, size };
    struct json j, skipping;
    enum json_event event = JSON_NULL;
    struct diag d = { 0 };
    struct arena a;
    struct buf out;
    size_t before = 0;
    if (utf8_bad_at(doc) < size) return 0;
    arena_init(&a, 64 << 20);
    buf_init(&out, 64 << 20);
    json_init(&j, doc);
    while (event != JSON_END) {
        if (json_next(&j, &event, &d)) {
            BUG_IF(d.code != ERR_FORMAT || !d.has_offset || d.offset > size);
            BUG_IF(json_next(&j, &event, NULL) != ERR_FORMAT); /* it does not recover */
            goto out;
        }
        BUG_IF(j.start < before || j.end < j.start || j.end > size);
        before = j.start;
        if (event == JSON_STRING || event == JSON_KEY) check_string(&j, &a, &out);
        if (event == JSON_NUMBER) BUG_IF(!json_is_number(view_sub(doc, j.start, j.end)));
    }
    /* What can be walked can be skipped. */
    json_init(&skipping, doc);
    BUG_IF(json_next(&skipping, &event, NULL) || json_skip(&skipping, event, NULL));
    BUG_IF(json_next(&skipping, &event, NULL) || event != JSON_END);
out:
    buf_clear(&out);
    arena_clear(&a);
    return 0;
}
