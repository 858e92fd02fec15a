/* See wordlists.h. */
#include "wordlists.h"

#include <utf8proc.h>

#include "base/file.h"
#include "note.h"
#include "text/utf8.h"

static void add(struct wordlists *w, enum word_kind k, uint32_t rank, view word)
{
    struct word_tier *t = &w->tier[k][rank < WORD_TIERS ? rank : WORD_TIERS - 1];
    if (t->n == t->cap) {
        uint32_t cap = t->cap ? t->cap * 2 : 256;
        view *v = arena_array(&w->arena, cap, sizeof *v);
        if (!v) die("out of memory");
        if (t->n) memcpy(v, t->v, t->n * sizeof *v);
        t->v = v;
        t->cap = cap;
    }
    t->v[t->n++] = word;
}

static void read_list(struct wordlists *w, const char *folder, const char *name)
{
    struct buf path, text;
    struct diag d = { 0 };
    view kept;
    bool is[WORDS_KINDS] = { 0 };
    uint32_t rank = 0;

    buf_init(&path, 1 << 16);
    buf_init(&text, 64 << 20);
    if (buf_add(&path, view_of_str(folder)) != OK || buf_add_char(&path, '/') != OK ||
        buf_add(&path, view_of_str(name)) != OK || buf_add_char(&path, 0) != OK ||
        file_read(path.p, &text, &d) != OK || arena_copy(&w->arena, buf_view(&text), &kept) != OK)
        die("a list of the lexicon can't be read");
    for (size_t at = 0; at < kept.n;) {
        size_t end = view_find_byte(kept, at, '\n');
        view line = view_sub(kept, at, end);
        at = end + 1;
        if (!line.n || line.p[0] == '#') continue;
        if (line.p[0] != '@') {
            for (int k = 0; k < WORDS_KINDS; k++)
                if (is[k] && line.n < 40) add(w, (enum word_kind)k, rank, line);
            continue;
        }
        memset(is, 0, sizeof is);
        for (size_t i = 1; i < line.n;) {
            size_t from = i;
            while (i < line.n && line.p[i] != ' ')
                i++;
            view word = view_sub(line, from, i++);
            size_t eq = view_find_byte(word, 0, '=');
            if (eq < word.n) rank = (uint32_t)(word.p[eq + 1] - '0') % WORD_TIERS;
            is[WORDS_WOMEN] |= view_eq(word, VIEW("given-f"));
            is[WORDS_MEN] |= view_eq(word, VIEW("given-m"));
            is[WORDS_FAMILY] |= view_eq(word, VIEW("surname"));
            is[WORDS_TOWNS] |= view_eq(word, VIEW("place"));
        }
    }
    buf_clear(&path);
    buf_clear(&text);
}

void wordlists_load(struct wordlists *w, const char *folder)
{
    *w = (struct wordlists){ .lexicon = lexicon_builtin() };
    arena_init(&w->arena, (size_t)256 << 20);
    read_list(w, folder, "given_names.txt");
    read_list(w, folder, "surnames.txt");
    read_list(w, folder, "places.txt");
    for (int k = 0; k < WORDS_KINDS; k++) {
        uint32_t n = 0;
        for (int t = 0; t < WORD_TIERS; t++)
            n += w->tier[k][t].n;
        if (n < 1000) die("the lists of names and towns are too short");
    }
}

void wordlists_clear(struct wordlists *w)
{
    arena_clear(&w->arena);
}

view wordlists_pick(const struct wordlists *w, enum word_kind kind, struct stat_random *r)
{
    static const uint8_t share[WORD_TIERS] = { 0, 8, 12, 14, 16, 18, 16, 16 };
    for (;;) {
        uint32_t at = stat_random_below(r, 100), t = 0;
        while (at >= share[t])
            at -= share[t++];
        const struct word_tier *tier = &w->tier[kind][t];
        if (tier->n) return tier->v[stat_random_below(r, tier->n)];
    }
}

bool wordlists_knows(const struct wordlists *w, view v, bool any)
{
    struct arena a;
    struct tokens t;
    uint32_t words = 0, known = 0;
    arena_init(&a, 1 << 20);
    if (token_split(v, &a, &t) != OK) die("out of memory");
    for (uint32_t i = 0; i < t.n; i++) {
        uint64_t bits = lexicon_find(w->lexicon, t.v[i].hash)->bits;
        if (t.v[i].kind != TOK_WORD || t.v[i].len < 2 || (bits & LEX(PARTICLE))) continue;
        words++;
        known += (any ? bits : bits & (LEX_GIVEN | LEX(SURNAME))) != 0;
    }
    arena_clear(&a);
    return any ? known > 0 : known == words;
}

void wordlists_capitals(view v, struct buf *out)
{
    bool up = true;
    size_t word = 0;
    for (size_t at = 0; at < v.n;) {
        size_t from = at;
        uint32_t cp = utf8_next(v, &at);
        char bytes[4];
        if (up) word = from;
        if (from == word + 2 && v.n - word > 4 && v.p[word] == 'm' && v.p[word + 1] == 'c')
            up = true;
        if (up) cp = (uint32_t)utf8proc_toupper((utf8proc_int32_t)cp);
        up = cp == ' ' || cp == '-' || cp == '\'' || cp == 0x2019;
        if (buf_add(out, view_of(bytes, utf8_put(cp, bytes))) != OK) die("out of memory");
    }
}
