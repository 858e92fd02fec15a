/* lexlist.c — reads list files: "@" lines say what the terms below them are, one term a line.
 *
 *      # a remark
 *      @ given-f : given            every term below has its rank in the second column
 *      mary<TAB>7
 *      @ function word=7            a rank that all terms below share
 *      the
 *      @ place : place word         two columns
 *
 * A term of several words becomes a phrase. "x's" inside a term is entered as the words "x", "s" and
 * as the one word "xs", because both are written. */
#include "lexlist.h"

#include "base/hash.h"
#include "base/mem.h"

enum { WORDS_MAX = 12, COLUMNS_MAX = 4, CLASSES_MAX = 64 };
enum rank { RANK_GIVEN, RANK_SURNAME, RANK_PLACE, RANK_WORD, RANK_NONE };

struct section { /* what an "@" line said */
    struct lex_info info;
    enum rank columns[COLUMNS_MAX];
    uint32_t n_columns;
    bool open;
};

static err table_grow(struct lex_table *t, struct arena *a)
{
    struct lex_table to = { .cap = t->cap ? t->cap * 2 : 1u << 16, .n = t->n };
    to.keys = arena_array(a, to.cap, sizeof *to.keys);
    to.values = arena_array(a, to.cap, sizeof *to.values);
    if (!to.keys || !to.values) return ERR_MEMORY;
    memset(to.values, 0, to.cap * sizeof *to.values);
    for (uint32_t i = 0; i < t->cap; i++) {
        if (!t->values[i]) continue;
        uint32_t k = (uint32_t)t->keys[i] & (to.cap - 1);
        while (to.values[k])
            k = (k + 1) & (to.cap - 1);
        to.keys[k] = t->keys[i];
        to.values[k] = t->values[i];
    }
    *t = to;
    return OK;
}

/* The place of `key`'s value; a new key has the value 0, which the caller sets. */
static err table_at(struct lex_table *t, struct arena *a, uint64_t key, uint32_t **value)
{
    if (t->n * 2 >= t->cap) {
        err e = table_grow(t, a);
        if (e) return e;
    }
    uint32_t k = (uint32_t)key & (t->cap - 1);
    while (t->values[k] && t->keys[k] != key)
        k = (k + 1) & (t->cap - 1);
    if (!t->values[k]) {
        t->keys[k] = key;
        t->n++;
    }
    *value = &t->values[k];
    return OK;
}

/* Room for one more element of `size` bytes behind *v. */
static err room(struct arena *a, void **v, uint32_t n, uint32_t *cap, size_t size)
{
    if (n < *cap) return OK;
    uint32_t want = *cap ? *cap * 2 : 4096;
    void *p = arena_array(a, want, size);
    if (!p) return ERR_MEMORY;
    memset(p, 0, want * size);
    if (n) memcpy(p, *v, n * size);
    *v = p;
    *cap = want;
    return OK;
}

err lexlist_init(struct lexlist *l, struct arena *a, struct arena *scratch)
{
    err e = OK;
    *l = (struct lexlist){ .arena = a, .scratch = scratch, .n_words = 1, .n_nodes = 1 };
    TRY(room(a, (void **)&l->words, 0, &l->cap_words, sizeof *l->words));
    TRY(room(a, (void **)&l->nodes, 0, &l->cap_nodes, sizeof *l->nodes));
out:
    return e;
}

static void info_merge(struct lex_info *to, const struct lex_info *from)
{
    to->bits |= from->bits;
    to->given = MAX(to->given, from->given);
    to->surname = MAX(to->surname, from->surname);
    to->place = MAX(to->place, from->place);
    to->word = MAX(to->word, from->word);
}

static err word_at(struct lexlist *l, uint64_t hash, struct lex_word **out)
{
    err e = OK;
    uint32_t *at;
    TRY(table_at(&l->word_at, l->arena, hash, &at));
    if (*at == 0) {
        TRY(room(l->arena, (void **)&l->words, l->n_words, &l->cap_words, sizeof *l->words));
        *at = l->n_words++;
        l->words[*at] = (struct lex_word){ .hash = hash, .order = *at };
    }
    *out = &l->words[*at];
out:
    return e;
}

static err node_new(struct lexlist *l, uint32_t parent, uint64_t word, uint32_t *out)
{
    err e = room(l->arena, (void **)&l->nodes, l->n_nodes, &l->cap_nodes, sizeof *l->nodes);
    if (e) return e;
    *out = l->n_nodes++;
    l->nodes[*out] = (struct lex_node){ .parent = parent, .word = word };
    return OK;
}

static err phrase_add(struct lexlist *l, const uint64_t *hash, uint32_t n,
                      const struct lex_info *info)
{
    err e = OK;
    struct lex_word *first;
    TRY(word_at(l, hash[0], &first));
    if (!first->info.next) TRY(node_new(l, 0, hash[0], &first->info.next));
    uint32_t node = first->info.next;
    for (uint32_t i = 1; i < n; i++) {
        uint32_t *at;
        l->nodes[node].more = true;
        TRY(table_at(&l->node_at, l->arena, hash_mix(node, hash[i]), &at));
        if (*at == 0) {
            uint32_t made;
            TRY(node_new(l, node, hash[i], &made));
            *at = made;
        } else if (l->nodes[*at].parent != node || l->nodes[*at].word != hash[i]) {
            return ERR_CORRUPT; /* two edges with one key: another hash is needed */
        }
        node = *at;
    }
    l->n_phrases += l->nodes[node].info.bits == 0;
    info_merge(&l->nodes[node].info, info);
out:
    return e;
}

static err term_add_words(struct lexlist *l, const uint64_t *hash, uint32_t n,
                          const struct lex_info *info)
{
    if (n > 1) return phrase_add(l, hash, n, info);
    struct lex_word *w;
    err e = word_at(l, hash[0], &w);
    if (!e) info_merge(&w->info, info);
    return e;
}

/* Words of the term and their hashes; "&" is "and". False for anything that no text can match. */
static bool term_words(struct lexlist *l, view term, uint64_t *hash, view *word, uint32_t *n)
{
    struct tokens t;
    *n = 0;
    arena_reset(l->scratch);
    if (token_split(term, l->scratch, &t) != OK) return false;
    for (uint32_t i = 0; i < t.n; i++) {
        const struct token *k = &t.v[i];
        bool is_and = k->kind == TOK_MARK && k->hash == '&';
        if (k->kind == TOK_NUMBER) return false;
        if (k->kind == TOK_MARK && !is_and) {
            if (k->hash != '.' && k->hash != '\'' && k->hash != '-') return false;
            continue;
        }
        if (*n == WORDS_MAX) return false;
        word[*n] = is_and ? VIEW("and") : view_sub(term, k->start, token_end(k));
        hash[*n] = token_hash_word(word[*n]);
        ++*n;
    }
    return *n > 0;
}

static err term_add(struct lexlist *l, view term, const struct lex_info *info, struct diag *d)
{
    err e = OK;
    uint64_t hash[WORDS_MAX], joined[WORDS_MAX];
    view word[WORDS_MAX];
    uint32_t n, m = 0;
    if (!term_words(l, term, hash, word, &n))
        TRY(DIAG(d, ERR_FORMAT, "a term must be words, at most 12, without digits"));
    TRY(term_add_words(l, hash, n, info));
    for (uint32_t i = 0; i < n; i++) {
        const char *end = word[i].p + word[i].n;
        bool possessive = i + 1 < n && word[i + 1].n == 1 && ascii_lower(*word[i + 1].p) == 's' &&
                          word[i + 1].p == end + 1 && *end == '\'';
        if (!possessive) {
            joined[m++] = hash[i];
            continue;
        }
        char both[64];
        if (word[i].n + 1 > sizeof both) TRY(DIAG(d, ERR_FORMAT, "a word is too long"));
        memcpy(both, word[i].p, word[i].n);
        both[word[i].n] = 's';
        joined[m++] = token_hash_word(view_of(both, word[i].n + 1));
        i++;
    }
    if (m < n) TRY(term_add_words(l, joined, m, info));
out:
    return e;
}

static view next_field(view *rest, char a, char b)
{
    size_t i = 0;
    while (i < rest->n && rest->p[i] != a && rest->p[i] != b)
        i++;
    view field = view_sub(*rest, 0, i);
    *rest = view_sub(*rest, i + 1, rest->n);
    return field;
}

static enum rank rank_of(view name)
{
    static const char *const names[] = { "given", "surname", "place", "word" };
    for (uint32_t i = 0; i < COUNT_OF(names); i++)
        if (view_eq(name, view_of_str(names[i]))) return (enum rank)i;
    return RANK_NONE;
}

static bool rank_set(struct lex_info *info, enum rank r, view number)
{
    uint64_t x;
    if (!view_to_u64(number, &x) || x > 7 || r == RANK_NONE) return false;
    uint8_t *at[] = { &info->given, &info->surname, &info->place, &info->word };
    *at[r] = (uint8_t)x;
    return true;
}

static uint64_t class_of_word(view name)
{
#define X(id, text)                                                                                \
    if (view_eq(name, VIEW(text))) return LEX(id);
    LEX_MAP(X)
#undef X
    return 0;
}

/* "class class rank=3 : column column" */
static bool section_parse(view line, struct section *s)
{
    bool columns = false;
    *s = (struct section){ .open = true };
    while (line.n) {
        view f = next_field(&line, ' ', '\t');
        size_t eq = view_find_byte(f, 0, '=');
        if (f.n == 0) continue;
        if (view_eq(f, VIEW(":"))) {
            columns = true;
        } else if (columns) {
            enum rank r = rank_of(f);
            if (r == RANK_NONE || s->n_columns == COLUMNS_MAX) return false;
            s->columns[s->n_columns++] = r;
        } else if (eq < f.n) {
            if (!rank_set(&s->info, rank_of(view_sub(f, 0, eq)), view_sub(f, eq + 1, f.n)))
                return false;
        } else {
            uint64_t bit = class_of_word(f);
            if (!bit) return false;
            s->info.bits |= bit;
        }
    }
    return s->info.bits != 0;
}

static err line_add(struct lexlist *l, view line, struct section *s, struct diag *d)
{
    if (line.n == 0 || line.p[0] == '#') return OK;
    if (line.p[0] == '@') {
        if (!section_parse(view_sub(line, 1, line.n), s))
            return DIAG(d, ERR_FORMAT, "a line after @ names classes, then ranks, then columns");
        return OK;
    }
    if (!s->open) return DIAG(d, ERR_FORMAT, "a term before the first @ line");
    struct lex_info info = s->info;
    view rest = line, term = next_field(&rest, '\t', '\t');
    for (uint32_t i = 0; i < s->n_columns; i++)
        if (!rank_set(&info, s->columns[i], next_field(&rest, '\t', '\t')))
            return DIAG(d, ERR_FORMAT, "a rank is a number from 0 to 7 in its column");
    if (rest.n) return DIAG(d, ERR_FORMAT, "more columns than the @ line names");
    return term_add(l, term, &info, d);
}

err lexlist_add(struct lexlist *l, view text, struct diag *d)
{
    err e = OK;
    struct section s = { .open = false };
    for (uint64_t line = 1; text.n; line++) {
        e = line_add(l, next_field(&text, '\n', '\n'), &s, d);
        if (e) {
            if (d) d->record = line;
            return DIAG(d, e, "list not read");
        }
    }
    return OK;
}
