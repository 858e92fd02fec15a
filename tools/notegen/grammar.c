/* See grammar.h. */
#include "grammar.h"

#include "base/file.h"
#include "base/hash.h"
#include "note.h"
#include "people.h"
#include "text/token.h"
#include "text/utf8.h"
#include "values.h"

struct pending { /* a reference waits until all rules are known */
    struct pending *next;
    struct node *node;
    view name;
    const char *file;
    uint32_t line;
};
struct reading {
    struct grammar *g;
    const char *file;
    uint32_t line;
    view s;
    size_t at;
    bool block; /* | outside brackets is a character */
};

static _Noreturn void fault(const char *file, uint32_t line, const char *why)
{
    fprintf(stderr, "%s:%u: %s\n", file, line, why);
    exit(2);
}

static void *need(void *p)
{
    if (!p) die("out of memory");
    return p;
}

bool grammar_is_test(view text)
{
    struct arena a;
    struct tokens t;
    uint64_t h = 7;
    arena_init(&a, (size_t)16 << 20);
    if (token_split(text, &a, &t) != OK) die("out of memory");
    for (uint32_t i = 0; i < t.n; i++) /* words without case and diacritics, and numbers */
        if (t.v[i].kind != TOK_MARK) h = hash_mix(h, t.v[i].hash);
    arena_clear(&a);
    return hash_mix(h, 77) % 4 == 0;
}

/* ------------------------------------------------------------------ reading one alternative */

struct nodes { /* a sequence that grows */
    struct node *v;
    uint32_t n, cap;
};

static struct node *nodes_add(struct reading *r, struct nodes *s)
{
    if (s->n == s->cap) {
        uint32_t cap = s->cap ? s->cap * 2 : 4;
        struct node *v = need(arena_array(&r->g->arena, cap, sizeof *v));
        if (s->n) memcpy(v, s->v, s->n * sizeof *v);
        /* Nodes move while they are read: references to them are noted only when they stand still. */
        s->v = v;
        s->cap = cap;
    }
    s->v[s->n] = (struct node){ .low = 1, .high = 1 };
    return &s->v[s->n++];
}

static void add_text(struct reading *r, struct nodes *s, struct buf *text)
{
    if (!text->n) return;
    struct node *n = nodes_add(r, s);
    n->kind = NODE_TEXT;
    if (arena_copy(&r->g->arena, buf_view(text), &n->text) != OK) die("out of memory");
    buf_reset(text);
}

static uint32_t read_number(struct reading *r, uint32_t max)
{
    uint64_t n = 0;
    size_t from = r->at;
    while (r->at < r->s.n && ascii_is_digit(r->s.p[r->at]) && n <= max)
        n = n * 10 + (uint64_t)(r->s.p[r->at++] - '0');
    if (from == r->at || n > max) fault(r->file, r->line, "a number is missing or too large");
    return (uint32_t)n;
}

static bool is_name_char(char c)
{
    return ascii_is_alpha(c) || ascii_is_digit(c) || c == '_' || c == '.';
}

/* After "{". The name waits in n->text. */
static void read_reference(struct reading *r, struct node *n)
{
    n->kind = NODE_RULE;
    if (r->at < r->s.n && (r->s.p[r->at] == '^' || r->s.p[r->at] == '!'))
        n->letters = r->s.p[r->at++] == '^' ? CASE_CAPITAL : CASE_UPPER;
    if (n->letters == CASE_CAPITAL && r->at < r->s.n && r->s.p[r->at] == '^')
        n->letters = CASE_WORDS, r->at++;
    if (r->at < r->s.n && ascii_is_digit(r->s.p[r->at])) {
        n->low = read_number(r, 1000);
        if (r->at >= r->s.n || r->s.p[r->at++] != '-')
            fault(r->file, r->line, "{2-4 name} wants a -");
        n->high = read_number(r, 1000);
        if (r->at >= r->s.n || !strchr(" ,/#-", r->s.p[r->at]) || n->high < n->low)
            fault(r->file, r->line, "{2-4 name} wants one of \" ,/#-\" after an ascending range");
        n->between = r->s.p[r->at++];
    }
    size_t from = r->at;
    while (r->at < r->s.n && is_name_char(r->s.p[r->at]))
        r->at++;
    n->text = view_sub(r->s, from, r->at);
    if (!n->text.n) fault(r->file, r->line, "a reference without a name");
    while (r->at < r->s.n && r->s.p[r->at] == ' ') {
        r->at++;
        if (n->n_args == COUNT_OF(n->args)) fault(r->file, r->line, "too many numbers");
        n->args[n->n_args++] = read_number(r, 1000000000);
    }
    if (r->at >= r->s.n || r->s.p[r->at++] != '}')
        fault(r->file, r->line, "an open { without its }");
}

/* Notes the references of a finished sequence. */
static void settle(struct reading *r, struct nodes *s)
{
    for (uint32_t i = 0; i < s->n; i++) {
        if (s->v[i].kind != NODE_RULE) continue;
        struct pending *p = need(arena_alloc(&r->g->arena, sizeof *p));
        *p = (struct pending){ r->g->pending, &s->v[i], s->v[i].text, r->file, r->line };
        r->g->pending = p;
    }
}

static uint32_t read_weight(struct reading *r)
{
    size_t at = r->at;
    while (at < r->s.n && ascii_is_digit(r->s.p[at]))
        at++;
    if (at == r->at || at >= r->s.n || r->s.p[at] != '*') return 1;
    uint32_t w = read_number(r, 100000);
    r->at++;
    if (r->at < r->s.n && r->s.p[r->at] == ' ') r->at++;
    return w;
}

static void read_choices(struct reading *r, struct node *out, uint32_t depth);

/* Up to a "|" or the end of its bracket (depth > 0) or text. */
static void read_sequence(struct reading *r, struct sequence *out, uint32_t depth)
{
    struct nodes s = { 0 };
    struct buf text;
    buf_init(&text, 1 << 20);
    out->weight = read_weight(r);
    for (; r->at < r->s.n; r->at++) {
        char c = r->s.p[r->at];
        if (c == '|' && (depth || !r->block)) break;
        if (c == ']') {
            if (!depth) fault(r->file, r->line, "a ] without its [");
            break;
        }
        if (c == '}') fault(r->file, r->line, "a } without its {");
        if (c == '[' || c == '{') {
            add_text(r, &s, &text);
            r->at++;
            struct node fresh = { .low = 1, .high = 1 };
            if (c == '[')
                read_choices(r, &fresh, depth + 1);
            else
                read_reference(r, &fresh);
            *nodes_add(r, &s) = fresh;
            r->at--;
            continue;
        }
        if (c == '\\') {
            if (++r->at == r->s.n) fault(r->file, r->line, "a \\ with nothing after it");
            c = r->s.p[r->at];
            c = c == 'n' ? '\n' : c == 't' ? '\t' : c == '_' ? ' ' : c;
        }
        if (buf_add_char(&text, c) != OK) die("out of memory");
    }
    add_text(r, &s, &text);
    buf_clear(&text);
    out->v = s.v;
    out->n = s.n;
    settle(r, &s);
}

/* After "[": to behind its "]". */
static void read_choices(struct reading *r, struct node *out, uint32_t depth)
{
    struct sequence list[256];
    uint32_t n = 0;
    if (depth > 32) fault(r->file, r->line, "brackets nest too deeply");
    out->kind = NODE_ALT;
    do {
        if (n + 1 >= COUNT_OF(list)) fault(r->file, r->line, "too many alternatives in brackets");
        list[n] = (struct sequence){ 0 };
        read_sequence(r, &list[n++], depth);
        if (r->at >= r->s.n) fault(r->file, r->line, "an open [ without its ]");
    } while (r->s.p[r->at++] == '|');
    if (n == 1) list[n++] = (struct sequence){ .weight = list[0].weight }; /* [a] is [a|] */
    out->choices = need(arena_array(&r->g->arena, n, sizeof *list));
    memcpy(out->choices, list, n * sizeof *list);
    out->n = n;
    for (uint32_t i = 0; i < n; i++)
        out->total += list[i].weight;
    if (!out->total) fault(r->file, r->line, "nothing in brackets has a weight");
}

/* ------------------------------------------------------------------ reading a file */

static void add_alternatives(struct reading *r, struct grammar_rule *rule, view s, bool block)
{
    r->s = s;
    r->at = 0;
    r->block = block;
    uint32_t weight = 1;
    for (bool first = true;; first = false) {
        while (!block && r->at < s.n && s.p[r->at] == ' ')
            r->at++;
        size_t from = r->at;
        struct sequence q = { 0 };
        read_sequence(r, &q, 0);
        if (first) weight = q.weight; /* a weight before a line holds for all of it */
        if (q.weight == 1) q.weight = weight;
        view text = view_trim(view_sub(s, from, r->at));
        if (!block && q.n && q.v[q.n - 1].kind == NODE_TEXT) { /* blanks before | do not count */
            view *last = &q.v[q.n - 1].text;
            bool escaped = r->at >= 2 && s.p[r->at - 1] == '_' && s.p[r->at - 2] == '\\';
            while (!escaped && last->n && last->p[last->n - 1] == ' ')
                last->n--;
        }
        q.test = grammar_is_test(text);
        q.mark = r->g->n_marks++;
        if (rule->n == rule->cap) {
            uint32_t cap = rule->cap ? rule->cap * 2 : 8;
            struct sequence *v = need(arena_array(&r->g->arena, cap, sizeof *v));
            if (rule->n) memcpy(v, rule->v, rule->n * sizeof *v);
            rule->v = v;
            rule->cap = cap;
        }
        rule->v[rule->n++] = q;
        if (r->at >= s.n) break;
        r->at++; /* the | */
    }
}

static struct grammar_rule *begin_rule(struct reading *r, view head)
{
    struct grammar *g = r->g;
    size_t at = 0;
    struct grammar_rule rule = { .file = r->file, .line = r->line, .label = -1 };
    while (at < head.n) {
        while (at < head.n && head.p[at] == ' ')
            at++;
        size_t from = at;
        while (at < head.n && head.p[at] != ' ')
            at++;
        view w = view_sub(head, from, at);
        enum label label;
        uint64_t n;
        if (!w.n) break;
        if (!rule.name.n)
            rule.name = w;
        else if (view_starts(w, VIEW("label=")) && label_from_name(view_sub(w, 6, w.n), &label))
            rule.label = (int)label;
        else if (view_eq(w, VIEW("nolabel")))
            rule.label = -2;
        else if (view_eq(w, VIEW("keep")))
            rule.keep = true;
        else if (view_eq(w, VIEW("split")))
            rule.split = true;
        else if (view_eq(w, VIEW("template")))
            rule.template = true;
        else if (view_starts(w, VIEW("kind=")) && view_to_u64(view_sub(w, 5, w.n), &n) && n &&
                 n < 1000)
            rule.kind = (uint32_t)n, rule.template = rule.used = true;
        else
            fault(r->file, r->line, "a rule has no such property");
    }
    uint32_t there;
    if (!rule.name.n) fault(r->file, r->line, "a rule without a name");
    if (map_get(&g->names, rule.name, &there)) { /* a rule may be continued in another place */
        if (head.n != rule.name.n)
            fault(r->file, r->line, "properties stand where the rule begins");
        return &g->v[there];
    }
    if (g->n == g->cap) {
        uint32_t cap = g->cap ? g->cap * 2 : 256;
        struct grammar_rule *v = need(arena_array(&g->arena, cap, sizeof *v));
        if (g->n) memcpy(v, g->v, g->n * sizeof *v);
        g->v = v;
        g->cap = cap;
    }
    if (map_put(&g->names, rule.name, g->n) != OK) die("out of memory");
    g->v[g->n] = rule;
    return &g->v[g->n++];
}

static void read_text(struct grammar *g, const char *file, view text)
{
    struct reading r = { .g = g, .file = file };
    struct grammar_rule *rule = NULL;
    size_t block_from = 0;
    uint32_t block_line = 0;
    for (size_t at = 0; at < text.n;) {
        size_t end = view_find_byte(text, at, '\n');
        view line = view_sub(text, at, end);
        r.line++;
        if (block_line) {
            if (view_eq(line, VIEW(">>>"))) {
                uint32_t last = r.line;
                r.line = block_line;
                view body = view_sub(text, block_from, at ? at - 1 : 0);
                add_alternatives(&r, rule, body, true);
                r.line = last;
                block_line = 0;
            }
        } else if (view_starts(line, VIEW("@ "))) {
            rule = begin_rule(&r, view_trim(view_sub(line, 2, line.n)));
        } else if (line.n && line.p[0] != '#') {
            if (!rule) fault(file, r.line, "a line before the first rule");
            if (view_eq(line, VIEW("<<<"))) {
                block_line = r.line;
                block_from = MIN(end + 1, text.n);
            } else {
                add_alternatives(&r, rule, line, false);
            }
        }
        at = end + 1;
    }
    if (block_line) fault(file, block_line, "an open <<< without its >>>");
}

/* ------------------------------------------------------------------ after reading */

static void resolve(struct grammar *g)
{
    for (struct pending *p = g->pending; p; p = p->next) {
        struct node *n = p->node;
        uint32_t rule;
        if (map_get(&g->names, p->name, &rule)) {
            if (n->n_args) fault(p->file, p->line, "a rule takes no numbers");
            n->rule = rule;
            g->v[rule].used = true;
        } else if (people_find(p->name, &n->what, &n->form)) {
            n->kind = NODE_PERSON;
        } else if (values_find(p->name, n->n_args, &n->what)) {
            n->kind = NODE_VALUE;
        } else {
            fprintf(stderr, "%s:%u: there is no \"%.*s\", or not with these numbers\n", p->file,
                    p->line, (int)p->name.n, p->name.p);
            exit(2);
        }
    }
}

/* Both sides of a template have something to say. */
static void share_out(struct grammar_rule *r)
{
    uint32_t test = 0;
    for (uint32_t i = 0; i < r->n; i++)
        test += r->v[i].test;
    if (r->template && r->n < 2)
        fault(r->file, r->line, "a template wants two alternatives or more: one for each side");
    if (r->template && (test == 0 || test == r->n)) r->v[r->n / 2].test = test == 0;
}

void grammar_load(struct grammar *g, const char *folder)
{
    struct file_list files;
    struct diag d = { 0 };
    *g = (struct grammar){ 0 };
    arena_init(&g->arena, (size_t)512 << 20);
    map_init(&g->names, &g->arena);
    if (file_walk(folder, &g->arena, &files, &d) != OK || !files.n)
        die("no grammar in that folder");
    for (size_t i = 0; i < files.n; i++) {
        struct buf path, text;
        view name = files.paths[i], kept;
        if (name.n < 4 || !view_eq(view_sub(name, name.n - 4, name.n), VIEW(".txt"))) continue;
        buf_init(&path, 1 << 16);
        buf_init(&text, 64 << 20);
        if (buf_add(&path, view_of_str(folder)) != OK || buf_add_char(&path, '/') != OK ||
            buf_add(&path, name) != OK || buf_add_char(&path, 0) != OK ||
            file_read(path.p, &text, &d) != OK ||
            arena_copy(&g->arena, buf_view(&path), &name) != OK ||
            arena_copy(&g->arena, buf_view(&text), &kept) != OK)
            die("a file of the grammar can't be read");
        if (utf8_bad_at(kept) != kept.n) fault(name.p, 0, "not UTF-8");
        read_text(g, name.p, kept);
        buf_clear(&path);
        buf_clear(&text);
    }
    resolve(g);
    for (uint32_t i = 0; i < g->n; i++) {
        struct grammar_rule *r = &g->v[i];
        if (!r->n) fault(r->file, r->line, "a rule without alternatives");
        share_out(r);
        for (uint32_t k = 0; k < r->n; k++)
            r->total += r->v[k].weight;
    }
}

void grammar_clear(struct grammar *g)
{
    arena_clear(&g->arena);
}

view grammar_prefix(enum side side)
{
    static const char *const prefixes[SIDES] = { "",        "",         "",         "known_",
                                                 "known2_", "known3_",  "known4_",  "fresh_",
                                                 "known5_", "known6_",  "known7_",  "known8_",
                                                 "known9_", "known10_", "known11_", "plain_" };
    return view_of_str(prefixes[side]);
}

view grammar_plain_name(view name)
{
    for (enum side side = SIDE_ALL; side < SIDES; side++) {
        view prefix = grammar_prefix(side);
        if (prefix.n && view_starts(name, prefix)) return view_sub(name, prefix.n, name.n);
    }
    return name;
}

const struct grammar_rule *grammar_find(const struct grammar *g, view name)
{
    uint32_t i;
    return map_get(&g->names, name, &i) ? &g->v[i] : NULL;
}
