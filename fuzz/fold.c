/* fuzz/fold.c — folding any text: well-formed, an exact and ascending map, nothing special left. */
#include "text/fold.h"
#include "text/utf8.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static bool is_boundary(view v, uint32_t at)
{
    return at == v.n || (v.p[at] & 0xC0) != 0x80;
}

static void check_map(view text, view folded, const struct offset_map *m)
{
    BUG_IF(m->n && (m->marks[0].to || m->marks[0].from));
    BUG_IF(m->n && (m->marks[m->n - 1].to != folded.n || m->marks[m->n - 1].from != text.n));
    uint32_t from_before = 0, to_before = 0;
    for (size_t at = 0; at < folded.n;) {
        uint32_t first = (uint32_t)at;
        uint32_t cp = utf8_next(folded, &at);
        uint32_t from = offset_start(m, first), to = offset_end(m, (uint32_t)at);
        BUG_IF(from >= to || to > text.n);
        BUG_IF(from < from_before || to < to_before);
        BUG_IF(!is_boundary(text, from) || !is_boundary(text, to));
        /* A plain ASCII source gives itself. */
        if (to - from == 1) BUG_IF(cp != (unsigned char)text.p[from]);
        from_before = from;
        to_before = to;
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    view text = { (const char *)data, size }, folded, again;
    struct offset_map map, map_again;
    struct arena a;
    if (utf8_bad_at(text) < size) return 0;
    arena_init(&a, 64 << 20);
    BUG_IF(fold_text(text, &a, &folded, &map));
    BUG_IF(utf8_bad_at(folded) < folded.n);
    BUG_IF(map.n == 0 && folded.p != text.p);
    check_map(text, folded, &map);
    /* What is folded stays (text/fold.c says why a reordered cluster may take a second pass), where no
     * cluster was so long that it was cut. */
    BUG_IF(fold_text(folded, &a, &folded, &map_again));
    BUG_IF(fold_text(folded, &a, &again, &map_again));
    BUG_IF(utf8_count(text) < 31 && !view_eq(folded, again));
    arena_clear(&a);
    return 0;
}
