/* tools/surrogates_build.c — the frozen pools of a scheme, from text files to one C file.
 *
 *     surrogates_build OUT.c POOLS-FOLDER ZIP3-FOLDER
 *
 * Runs at build time. What it writes is described in src/redact/pools.h: the words of each pool in the
 * order of its file, and for each sheet a table of all words that sheet knows, found by FNV-1a and
 * linear probing. */
#include <inttypes.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { WORDS_MAX = 1 << 16, TEXT_MAX = 1 << 20, LINE_MAX_BYTES = 1 << 14, NONE = 255 };

static const char *const pool_names[] = { "women",  "men",  "either", "both-men",    "both-women",
                                          "family", "town", "street", "organization" };
enum { POOLS = sizeof pool_names / sizeof *pool_names };
static const int pool_sheet[POOLS] = { 0, 0, 0, 0, 0, 0, 1, 1, 2 };
static const char *const sheet_names[] = { "name", "place", "org" };
enum { SHEETS = 3 };
static const char *const kind_names[] = { "particle", "title",     "credential", "weak",  "suffix",
                                          "street",   "direction", "unit",       "kind",  "nation",
                                          "state",    "code",      "head",       "common" };
enum { KINDS = sizeof kind_names / sizeof *kind_names };

struct word {
    uint32_t text;
    uint8_t len, pool, sheet;
    uint16_t index, kinds;
};
static char text[TEXT_MAX];
static uint32_t n_text;
static struct word words[WORDS_MAX];
static uint32_t n_words, pool_size[POOLS];
static int16_t zip3[1000]; /* 1: an area that exists; 2: one too small to be named */

static void die(const char *what, const char *which)
{
    fprintf(stderr, "surrogates_build: %s: %s\n", what, which);
    exit(1);
}

static uint32_t fnv1a(const char *p, size_t n)
{
    uint32_t h = 2166136261u;
    for (size_t i = 0; i < n; i++)
        h = (h ^ (uint8_t)p[i]) * 16777619u;
    return h;
}

/* Words are few and this runs once: a plain table to find doubles in. */
static uint32_t slots[1 << 17];

static struct word *enter(int sheet, const char *w)
{
    size_t n = strlen(w);
    if (n == 0 || n > 60) die("a word of no length or too long", w);
    uint32_t at = (fnv1a(w, n) * 3u + (uint32_t)sheet) & ((1 << 17) - 1);
    for (; slots[at]; at = (at + 1) & ((1 << 17) - 1)) {
        struct word *x = &words[slots[at] - 1];
        if (x->sheet == sheet && x->len == n && memcmp(text + x->text, w, n) == 0) return x;
    }
    if (n_words == WORDS_MAX || n_text + n + 1 > TEXT_MAX) die("too many words", w);
    struct word *x = &words[n_words];
    *x = (struct word){ .text = n_text,
                        .len = (uint8_t)n,
                        .pool = NONE,
                        .sheet = (uint8_t)sheet,
                        .index = UINT16_MAX };
    memcpy(text + n_text, w, n);
    n_text += (uint32_t)n;
    slots[at] = ++n_words;
    return x;
}

static int find_name(const char *const *names, int n, const char *w)
{
    for (int i = 0; i < n; i++)
        if (strcmp(names[i], w) == 0) return i;
    die("unknown class", w);
    return -1;
}

static FILE *open_in(const char *folder, const char *name)
{
    char path[4096];
    if (snprintf(path, sizeof path, "%s/%s.txt", folder, name) >= (int)sizeof path)
        die("path too long", name);
    FILE *f = fopen(path, "r");
    if (!f) die("can't open", path);
    return f;
}

static bool next_line(FILE *f, char *line)
{
    while (fgets(line, LINE_MAX_BYTES, f)) {
        size_t n = strlen(line);
        if (n == LINE_MAX_BYTES - 1) die("line too long", line);
        while (n && (line[n - 1] == '\n' || line[n - 1] == '\r'))
            line[--n] = 0;
        if (n && line[0] != '#') return true;
    }
    if (ferror(f)) die("can't read", "a list");
    return false;
}

static void read_pool(const char *folder, int pool)
{
    char line[LINE_MAX_BYTES];
    FILE *f = open_in(folder, pool_names[pool]);
    while (next_line(f, line)) {
        struct word *w = enter(pool_sheet[pool], line);
        if (w->index != UINT16_MAX) die("a word in two pools", line);
        w->pool = (uint8_t)pool;
        w->index = (uint16_t)pool_size[pool]++;
    }
    fclose(f);
}

static void read_known(const char *folder)
{
    char line[LINE_MAX_BYTES];
    FILE *f = open_in(folder, "known");
    while (next_line(f, line)) {
        char *space = strchr(line, ' ');
        if (!space) die("no class", line);
        *space = 0;
        int pool = find_name(pool_names, POOLS, line);
        struct word *w = enter(pool_sheet[pool], space + 1);
        if (w->index != UINT16_MAX) die("a word of a pool again", space + 1);
        w->pool = (uint8_t)pool;
    }
    fclose(f);
}

static void read_words(const char *folder)
{
    char line[LINE_MAX_BYTES], *save;
    FILE *f = open_in(folder, "words");
    while (next_line(f, line)) {
        char *sheet = strtok_r(line, " ", &save), *kind = strtok_r(NULL, " ", &save), *w;
        if (!kind) die("no class", line);
        int s = find_name(sheet_names, SHEETS, sheet), k = find_name(kind_names, KINDS, kind);
        while ((w = strtok_r(NULL, " ", &save)))
            enter(s, w)->kinds |= (uint16_t)(1 << k);
    }
    fclose(f);
}

static void read_zip3(const char *folder, const char *name, int16_t mark)
{
    char line[LINE_MAX_BYTES], *save;
    FILE *f = open_in(folder, name);
    while (next_line(f, line))
        for (char *w = strtok_r(line, " ", &save); w; w = strtok_r(NULL, " ", &save)) {
            if (strlen(w) != 3 || strspn(w, "0123456789") != 3) die("no ZIP area", w);
            zip3[strtol(w, NULL, 10)] = mark;
        }
    fclose(f);
}

static void write_sheet(FILE *out, int sheet)
{
    static uint32_t table[1 << 16];
    uint32_t n = 0, cap = 16, at, row = 0;
    for (uint32_t i = 0; i < n_words; i++)
        n += words[i].sheet == sheet;
    while (cap < 2 * n)
        cap *= 2;
    if (cap > sizeof table / sizeof *table) die("too many words", sheet_names[sheet]);
    memset(table, 0, sizeof table);
    fprintf(out, "static const struct pool_word words_%d[] = {\n", sheet);
    for (uint32_t i = 0; i < n_words; i++) {
        const struct word *w = &words[i];
        if (w->sheet != sheet) continue;
        fprintf(out, "{%u,%u,%u,%u,%u},\n", w->text, w->len, w->pool, w->index, w->kinds);
        at = fnv1a(text + w->text, w->len) & (cap - 1);
        while (table[at])
            at = (at + 1) & (cap - 1);
        table[at] = ++row;
    }
    fprintf(out, "};\nstatic const uint16_t slots_%d[] = {", sheet);
    for (at = 0; at < cap; at++)
        fprintf(out, "%u,%s", table[at], at % 32 == 31 ? "\n" : "");
    fprintf(out, "};\n");
}

static void write_all(FILE *out)
{
    fprintf(out, "/* Written by tools/surrogates_build.c. */\n#include \"redact/pools_image.h\"\n"
                 "const char pools_text[] =\n");
    for (uint32_t i = 0; i < n_words; i++)
        fprintf(out, "\"%.*s\"\n", words[i].len, text + words[i].text);
    fprintf(out, ";\n");
    for (int s = 0; s < SHEETS; s++)
        write_sheet(out, s);
    fprintf(out, "const struct pool_sheet pools_sheets[] = {\n");
    for (int s = 0; s < SHEETS; s++)
        fprintf(out, "{words_%d, slots_%d, sizeof slots_%d / sizeof *slots_%d - 1},\n", s, s, s, s);
    fprintf(out, "};\n");
    for (int p = 0; p < POOLS; p++) {
        uint32_t row = 0, seen = 0;
        fprintf(out, "static const uint16_t pool_%d[] = {\n", p);
        for (uint32_t i = 0; i < n_words; i++) {
            if (words[i].sheet != pool_sheet[p]) continue;
            if (words[i].pool == p && words[i].index != UINT16_MAX) {
                if (words[i].index != seen++) die("out of order", pool_names[p]);
                fprintf(out, "%u,%s", row, seen % 16 ? "" : "\n");
            }
            row++;
        }
        fprintf(out, "};\n");
    }
    fprintf(out, "const struct pool_list pools_lists[] = {\n");
    for (int p = 0; p < POOLS; p++)
        fprintf(out, "{words_%d, pool_%d, %u},\n", pool_sheet[p], p, pool_size[p]);
    fprintf(out, "};\nconst uint8_t pools_zip3[125] = {"); /* one bit an area: may be named */
    for (int i = 0; i < 1000; i += 8) {
        int byte = 0;
        for (int b = 0; b < 8; b++)
            byte |= (zip3[i + b] == 1) << b;
        fprintf(out, "%d,", byte);
    }
    fprintf(out, "};\n");
}

int main(int argc, char **argv)
{
    if (argc != 4) die("use", "surrogates_build OUT.c POOLS-FOLDER ZIP3-FOLDER");
    for (int p = 0; p < POOLS; p++)
        read_pool(argv[2], p);
    read_known(argv[2]);
    read_words(argv[2]);
    read_zip3(argv[3], "areas", 1);
    read_zip3(argv[3], "2020", 2);
    FILE *out = fopen(argv[1], "w");
    if (!out) die("can't write", argv[1]);
    write_all(out);
    if (fclose(out) != 0) die("can't write", argv[1]);
    return 0;
}
