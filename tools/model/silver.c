/* tools/model/silver — texts marked by the rules alone: what the tagger learns to leave as it is.
 *
 *     silver --half train < notes.jsonl > marked.jsonl
 *
 * Reads JSON lines with "id" and "text", takes the half of them that a hash of the id chooses, and spells a
 * part of them in small letters, in capitals or without punctuation. The notes hold few identifiers; those
 * that the rules find are marked, so that nothing teaches the tagger to doubt them. The same input gives the
 * same bytes. Not installed: a tool of the build.
 */
#include "base/buf.h"
#include "base/file.h"
#include "base/hash.h"
#include "deid/score_read.h"
#include "detect/rules_run.h"
#include "lexicon/lexicon.h"
#include "text/offsets.h"
#include "text/utf8.h"

struct silver {
    struct routes routes;
    struct arena arena;
    struct findings found;
    struct buf text, out;
    bool train;
};

enum spelling { AS_IS, LOWER, UPPER, BARE };

static enum spelling spelling_of(uint64_t h)
{
    uint64_t k = (h >> 8) % 100;
    return k < 15 ? LOWER : k < 28 ? UPPER : k < 36 ? BARE : AS_IS;
}

/* ASCII alone: every offset still holds. */
static char spelled(char c, enum spelling how)
{
    if (how == LOWER) return ascii_lower(c);
    if (how == UPPER && c >= 'a' && c <= 'z') return (char)(c - 32);
    if (how == BARE && (c & 0x80) == 0 && !ascii_is_alpha(c) && !ascii_is_digit(c) &&
        !ascii_is_space(c))
        return ' ';
    return c;
}

static err write_line(struct silver *s, const struct score_line *line, const struct offset_map *map)
{
    err e = OK;
    size_t byte = 0;
    uint64_t cp = 0;
    TRY(buf_add(&s->out, VIEW("{\"id\":")));
    TRY(buf_add_json(&s->out, line->id));
    TRY(buf_add(&s->out, VIEW(",\"text\":")));
    TRY(buf_add_json(&s->out, buf_view(&s->text)));
    TRY(buf_add(&s->out, VIEW(",\"spans\":[")));
    for (uint32_t i = 0, n = 0; i < s->found.n; i++) {
        struct finding *f = &s->found.v[i];
        size_t start = map->n ? offset_start(map, f->start) : f->start;
        size_t end = map->n ? offset_end(map, f->end) : f->end;
        if (start < byte) continue; /* overlaps the one before */
        for (; byte < start; cp++)
            (void)utf8_next(line->text, &byte);
        TRY(buf_add(&s->out, n++ ? VIEW(",{\"start\":") : VIEW("{\"start\":")));
        TRY(buf_add_u64(&s->out, cp));
        for (; byte < end; cp++)
            (void)utf8_next(line->text, &byte);
        TRY(buf_add(&s->out, VIEW(",\"end\":")));
        TRY(buf_add_u64(&s->out, cp));
        TRY(buf_add(&s->out, VIEW(",\"label\":")));
        TRY(buf_add_json(&s->out, view_of_str(label_name((enum label)f->label))));
        TRY(buf_add_char(&s->out, '}'));
    }
    TRY(buf_add(&s->out, VIEW("]}\n")));
out:
    return e;
}

static err each(void *ctx, view bytes, struct diag *d)
{
    err e = OK;
    struct silver *s = ctx;
    struct score_line line;
    struct doc doc;
    struct offset_map map;
    arena_reset(&s->arena);
    TRY(score_line_read(bytes, &s->arena, &line, d));
    uint64_t h = hash64(line.id, 0x51);
    if ((h % 2 == 0) != s->train) return OK;
    s->found.n = 0;
    TRY(doc_prepare(&doc, &s->routes, line.text, VIEW(""), &s->arena, &map));
    TRY(rules_run(RULES_ALL, &doc, &s->found));
    findings_sort(&s->found);
    buf_reset(&s->text);
    for (size_t i = 0; i < line.text.n; i++)
        TRY(buf_add_char(&s->text, spelled(line.text.p[i], s->train ? spelling_of(h) : AS_IS)));
    TRY(write_line(s, &line, &map));
out:
    return e;
}

int main(int argc, char **argv)
{
    struct buf in;
    struct diag d = { 0 };
    bool train = argc == 3 && strcmp(argv[1], "--half") == 0 && strcmp(argv[2], "train") == 0;
    bool test = argc == 3 && strcmp(argv[1], "--half") == 0 && strcmp(argv[2], "test") == 0;
    if (!train && !test) {
        fprintf(stderr, "usage: silver --half train|test < notes.jsonl > marked.jsonl\n");
        return 2;
    }
    struct silver s = { .train = train };
    buf_init(&in, (size_t)1 << 30);
    buf_init(&s.text, (size_t)1 << 26);
    buf_init(&s.out, (size_t)1 << 30);
    arena_init(&s.arena, (size_t)1 << 30);
    findings_init(&s.found, 1U << 20);
    err e = routes_init(&s.routes, lexicon_builtin());
    if (!e) e = file_read_fd(0, &in, &d);
    if (!e) e = score_lines(buf_view(&in), each, &s, &d);
    if (!e) e = file_write_fd(1, buf_view(&s.out), &d);
    if (e) fprintf(stderr, "silver: line %" PRIu64 ": %s\n", d.record, err_text(e));
    routes_clear(&s.routes);
    findings_clear(&s.found);
    arena_clear(&s.arena);
    buf_clear(&s.text);
    buf_clear(&s.out);
    buf_clear(&in);
    return e ? 1 : 0;
}
