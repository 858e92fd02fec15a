/* golden_text — the tables of tests/golden/text/ against the splitters.
 *
 *     golden_text FOLDER
 *
 * sentences.txt   a line is a text, '|' before each sentence but the first
 * sections.txt    a line is a text, {KIND} before each section, '|' between its header and its body
 *
 * Both know the escapes \n and \\. A line that starts with '#' is a comment. The marks are taken out,
 * the text is split, and the marks put where the splitter says must make the same line.
 */
#include "base/file.h"
#include "text/section.h"
#include "text/sentence.h"

enum { FILE_MAX = 1 << 20 };

static const char *const kind_names[] = {
#define X(name) #name,
    SECTION_MAP(X)
#undef X
};

static err add_escaped(struct buf *out, view v)
{
    err e = OK;
    for (size_t i = 0; i < v.n && !e; i++)
        e = v.p[i] == '\n'   ? buf_add(out, VIEW("\\n"))
            : v.p[i] == '\\' ? buf_add(out, VIEW("\\\\"))
                             : buf_add_char(out, v.p[i]);
    return e;
}

/* The text of a row: without marks, escapes read. */
static err plain_text(view row, struct buf *out)
{
    err e = OK;
    for (size_t i = 0; i < row.n; i++) {
        char c = row.p[i];
        if (c == '|') continue;
        if (c == '{') {
            i = view_find_byte(row, i, '}');
            continue;
        }
        if (c == '\\' && i + 1 < row.n) c = row.p[++i] == 'n' ? '\n' : '\\';
        TRY(buf_add_char(out, c));
    }
out:
    return e;
}

static err mark_sentences(view text, const struct tokens *t, struct arena *a, struct buf *out)
{
    err e = OK;
    struct sentences s;
    size_t pos = 0;
    TRY(sentence_split(text, t, a, &s));
    for (uint32_t i = 1; i < s.n; i++) {
        size_t at = t->v[s.first[i]].start;
        TRY(add_escaped(out, view_sub(text, pos, at)));
        TRY(buf_add_char(out, '|'));
        pos = at;
    }
    TRY(add_escaped(out, view_sub(text, pos, text.n)));
out:
    return e;
}

static size_t token_at(view text, const struct tokens *t, uint32_t i)
{
    return i < t->n ? t->v[i].start : text.n;
}

static err mark_sections(view text, const struct tokens *t, struct arena *a, struct buf *out)
{
    err e = OK;
    struct sections s;
    TRY(section_split(text, t, a, &s));
    for (uint32_t i = 0; i < s.n; i++) {
        const struct section *x = &s.v[i];
        size_t from = i ? token_at(text, t, x->header) : 0, to = token_at(text, t, x->end);
        BUG_IF(x->end != (i + 1 < s.n ? s.v[i + 1].header : t->n) || (i == 0 && x->header));
        BUG_IF(x->body < x->header || x->body > x->end);
        TRY(buf_add_char(out, '{'));
        TRY(buf_add(out, view_of_str(kind_names[x->kind])));
        TRY(buf_add_char(out, '}'));
        if (x->body > x->header) {
            size_t body = token_at(text, t, x->body);
            TRY(add_escaped(out, view_sub(text, from, body)));
            TRY(buf_add_char(out, '|'));
            from = body;
        }
        TRY(add_escaped(out, view_sub(text, from, to)));
    }
out:
    return e;
}

typedef err marker(view text, const struct tokens *t, struct arena *a, struct buf *out);

static unsigned run(const char *path, marker *mark)
{
    struct buf file, text, is;
    struct arena a;
    unsigned row_number = 0, failed = 0, rows = 0;
    buf_init(&file, FILE_MAX);
    buf_init(&text, FILE_MAX);
    buf_init(&is, FILE_MAX);
    arena_init(&a, 16 << 20);
    if (file_read(path, &file, NULL)) failed++;
    for (size_t at = 0; at < file.n; at++) {
        size_t end = view_find_byte(buf_view(&file), at, '\n');
        view row = view_sub(buf_view(&file), at, end);
        struct tokens t;
        at = end;
        row_number++;
        if (!row.n || row.p[0] == '#') continue;
        rows++;
        buf_reset(&text);
        buf_reset(&is);
        arena_reset(&a);
        BUG_IF(plain_text(row, &text) || token_split(buf_view(&text), &a, &t));
        BUG_IF(mark(buf_view(&text), &t, &a, &is));
        if (view_eq(row, buf_view(&is))) continue;
        failed++;
        printf("%s:%u\n  should be  %.*s\n  is         %.*s\n", path, row_number, (int)row.n, row.p,
               (int)is.n, is.p);
    }
    printf("%s: %u rows, %u failed\n", path, rows, failed);
    buf_clear(&file);
    buf_clear(&text);
    buf_clear(&is);
    arena_clear(&a);
    return rows ? failed : 1;
}

int main(int argc, char **argv)
{
    char path[4096];
    unsigned failed = 0;
    if (argc != 2) return 2;
    snprintf(path, sizeof path, "%s/sentences.txt", argv[1]);
    failed += run(path, mark_sentences);
    snprintf(path, sizeof path, "%s/sections.txt", argv[1]);
    failed += run(path, mark_sections);
    return failed ? 1 : 0;
}
