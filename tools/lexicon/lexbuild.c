/* lexbuild.c — the lists of data/lexicon into the image that src/lexicon/image.h draws.
 *
 *      lexbuild OUT.image OUT.S LIST.txt …
 *
 * Also writes the assembler file that puts the image into the program. Run by the build; the same
 * lists give the same bytes. Refuses lists in which two words or phrases can't be told apart. */
#include <limits.h>
#include <stdio.h>

#include "base/buf.h"
#include "base/file.h"
#include "base/mem.h"
#include "lexicon/image.h"
#include "lexlist.h"

enum { /* half a megabyte: a second-level cache holds it, and what texts use of it the first level */
       HOT_SLOTS = 65536,
       HOT_WORDS = HOT_SLOTS * 9 / 16,
       TOP_SLOTS = 4096,
       TOP_WORDS = TOP_SLOTS / 2,
};

struct image {
    struct lex_header h;
    struct lex_layout o;
    char *bytes;
    struct lex_info *infos;
    struct lex_slot *top, *hot, *words, *phrases;
    uint32_t *nodes;
    uint8_t *filter;
};

/* 4 slots for 3 keys: a failed search then looks at eight slots on average, one cache line. */
static uint32_t slots_for(uint32_t n)
{
    return n + n / 3 + 8;
}

/* How often a text has this word, roughly: a name of rank 7 about as often as a word of rank 5. */
static int use_of(const struct lex_info *i)
{
    int name = MAX(MAX(i->given, i->surname), i->place) - 2;
    return MAX(name, (int)i->word);
}

static int by_use(const void *a, const void *b)
{
    const struct lex_word *x = *(const struct lex_word *const *)a;
    const struct lex_word *y = *(const struct lex_word *const *)b;
    int use_x = use_of(&x->info), use_y = use_of(&y->info);
    if (use_x != use_y) return use_x > use_y ? -1 : 1;
    return x->order < y->order ? -1 : x->order > y->order;
}

/* The index of this combination in infos, made when it is new. Linear over a small hash bucket. */
static uint32_t info_index(struct image *m, const struct lex_info *info, uint32_t *chain,
                           uint32_t *bucket, uint32_t n_buckets)
{
    if (info->bits == 0 && info->next == 0 && !info->word) return 0;
    uint64_t ranks = (uint64_t)info->given | (uint64_t)info->surname << 8 |
                     (uint64_t)info->place << 16 | (uint64_t)info->word << 24 |
                     (uint64_t)info->next << 32;
    uint32_t b = (uint32_t)(hash_mix(info->bits, ranks) % n_buckets);
    for (uint32_t i = bucket[b]; i; i = chain[i])
        if (memcmp(&m->infos[i], info, sizeof *info) == 0) return i;
    uint32_t made = m->h.n_infos++;
    m->infos[made] = *info;
    chain[made] = bucket[b];
    bucket[b] = made;
    return made;
}

/* False when a key with the same check lies in the same run: look-up could not tell them apart. */
static bool slot_put(struct lex_slot *v, uint32_t n, uint64_t h, uint32_t index)
{
    uint32_t i = lex_home(h, n);
    while (v[i].index) {
        if (v[i].check == lex_check(h)) return false;
        if (++i == n) i = 0;
    }
    v[i] = (struct lex_slot){ .check = lex_check(h), .index = index };
    return true;
}

/* False when another word has its home there. */
static bool home_put(struct lex_slot *v, uint32_t n, uint64_t h, uint32_t index)
{
    struct lex_slot *s = &v[lex_home(h, n)];
    if (s->index) return false;
    *s = (struct lex_slot){ .check = lex_check(h), .index = index };
    return true;
}

static void image_place(struct image *m)
{
    m->o = lex_layout_of(&m->h);
    m->h.size = m->o.size;
}

static err image_fill(struct image *m, const struct lexlist *l, struct lex_word **use,
                      const uint32_t *word_info, const uint32_t *node_info, const uint64_t *first)
{
    m->top = (void *)(m->bytes + m->o.top);
    m->hot = (void *)(m->bytes + m->o.hot);
    m->words = (void *)(m->bytes + m->o.words);
    m->phrases = (void *)(m->bytes + m->o.phrases);
    m->nodes = (void *)(m->bytes + m->o.nodes);
    m->filter = (void *)(m->bytes + m->o.filter);
    memcpy(m->bytes, &m->h, sizeof m->h);
    memcpy(m->bytes + m->o.infos, m->infos, m->h.n_infos * sizeof *m->infos);
    for (uint32_t i = 0; i + 1 < l->n_words; i++) {
        uint32_t at = (uint32_t)(use[i] - l->words);
        if (word_info[at] == 0) continue;
        uint64_t h = use[i]->hash;
        if (i < TOP_WORDS && home_put(m->top, m->h.n_top, h, word_info[at])) continue;
        if (i < HOT_WORDS && home_put(m->hot, m->h.n_hot, h, word_info[at])) continue;
        if (!slot_put(m->words, m->h.n_words, h, word_info[at])) return ERR_CORRUPT;
    }
    for (uint32_t i = 1; i < l->n_nodes; i++) {
        const struct lex_node *n = &l->nodes[i];
        m->nodes[i] = node_info[i] | (n->more ? LEX_NODE_MORE : 0);
        if (!n->parent) continue;
        uint64_t edge = lex_edge(n->parent, n->word);
        if (!slot_put(m->phrases, m->h.n_phrases, edge, i)) return ERR_CORRUPT;
        if (!first[n->parent]) continue;
        uint32_t bit = lex_lead(first[n->parent], n->word);
        m->filter[bit / 8] |= (uint8_t)(1 << (bit % 8));
    }
    return OK;
}

/* Looks every word and edge up as the program will: a word of `words` may have met the check of
 * another in `top` or `hot`. */
static err image_prove(const struct image *m, const struct lexlist *l, const uint32_t *word_info,
                       const uint64_t *first)
{
    for (uint32_t i = 1; i < l->n_words; i++) {
        uint32_t at = lex_home_find(m->top, m->h.n_top, l->words[i].hash);
        if (!at) at = lex_home_find(m->hot, m->h.n_hot, l->words[i].hash);
        if (!at) at = lex_slot_find(m->words, m->h.n_words, l->words[i].hash);
        if (at != word_info[i]) return ERR_CORRUPT;
    }
    for (uint32_t i = 1; i < l->n_nodes; i++) {
        const struct lex_node *n = &l->nodes[i];
        if (!n->parent) continue;
        uint64_t edge = lex_edge(n->parent, n->word);
        if (lex_slot_find(m->phrases, m->h.n_phrases, edge) != i) return ERR_CORRUPT;
        uint32_t bit = lex_lead(first[n->parent], n->word);
        if (first[n->parent] && !(m->filter[bit / 8] >> (bit % 8) & 1)) return ERR_CORRUPT;
    }
    return OK;
}

static void image_seal(struct image *m)
{
    uint8_t sum[32];
    checksum32(view_of(m->bytes, m->o.sum), sum);
    for (size_t i = 0; i < sizeof sum; i++) {
        m->bytes[m->o.sum + 2 * i] = "0123456789abcdef"[sum[i] >> 4];
        m->bytes[m->o.sum + 2 * i + 1] = "0123456789abcdef"[sum[i] & 15];
    }
}

static err image_make(struct image *m, const struct lexlist *l, struct arena *a)
{
    err e = OK;
    uint32_t max = l->n_words + l->n_nodes, n_buckets = 1u << 16;
    uint32_t *chain = arena_array(a, max, sizeof *chain);
    uint32_t *bucket = arena_array(a, n_buckets, sizeof *bucket);
    uint32_t *word_info = arena_array(a, l->n_words, sizeof *word_info);
    uint32_t *node_info = arena_array(a, l->n_nodes, sizeof *node_info);
    uint64_t *first = arena_array(a, l->n_nodes, sizeof *first); /* hash of the word of a root */
    struct lex_word **use = arena_array(a, l->n_words, sizeof *use);
    m->infos = arena_array(a, max, sizeof *m->infos);
    if (!chain || !bucket || !word_info || !node_info || !first || !use || !m->infos)
        return ERR_MEMORY;
    memset(first, 0, l->n_nodes * sizeof *first);
    for (uint32_t i = 1; i < l->n_words; i++)
        if (l->words[i].info.next) first[l->words[i].info.next] = l->words[i].hash;
    memset(bucket, 0, n_buckets * sizeof *bucket);
    memset(m->infos, 0, max * sizeof *m->infos);

    memcpy(m->h.magic, LEX_MAGIC, sizeof m->h.magic);
    m->h.version = LEX_VERSION;
    m->h.order = LEX_ORDER;
    m->h.classes = lex_classes_hash();
    m->h.n_infos = 1;
    m->h.n_top = TOP_SLOTS;
    m->h.n_hot = HOT_SLOTS;
    m->h.n_words = slots_for(l->n_words); /* a few fewer: what `top` and `hot` hold is not here */
    m->h.n_phrases = slots_for(l->n_nodes);
    m->h.n_nodes = l->n_nodes;

    for (uint32_t i = 1; i < l->n_words; i++)
        use[i - 1] = &l->words[i];
    qsort(use, l->n_words - 1, sizeof *use, by_use);
    /* in order of use, so that the infos of common words lie together */
    for (uint32_t i = 0; i + 1 < l->n_words; i++)
        word_info[use[i] - l->words] = info_index(m, &use[i]->info, chain, bucket, n_buckets);
    for (uint32_t i = 1; i < l->n_nodes; i++)
        node_info[i] = info_index(m, &l->nodes[i].info, chain, bucket, n_buckets);

    image_place(m);
    m->bytes = arena_alloc(a, m->o.size);
    if (!m->bytes) return ERR_MEMORY;
    memset(m->bytes, 0, m->o.size);
    TRY(image_fill(m, l, use, word_info, node_info, first));
    TRY(image_prove(m, l, word_info, first));
    image_seal(m);
out:
    return e;
}

static bool write_file(const char *path, view v)
{
    FILE *f = fopen(path, "wb");
    if (!f) return false;
    bool good = fwrite(v.p, 1, v.n, f) == v.n;
    return fclose(f) == 0 && good;
}

/* cet.h marks the object as fit for control-flow enforcement: without it the linker would switch
 * that off for the whole program. */
static bool write_asm(const char *path, const char *image)
{
    FILE *f = fopen(path, "w");
    if (!f) return false;
    bool good = fprintf(f,
                        "/* made by lexbuild */\n"
                        "#if defined(__CET__)\n#include <cet.h>\n#endif\n"
                        "    .section .rodata.cordon_lexicon, \"a\", %%progbits\n"
                        "    .balign %d\n"
                        "    .globl cordon_lexicon_image\n"
                        "    .hidden cordon_lexicon_image\n"
                        "    .type cordon_lexicon_image, %%object\n"
                        "cordon_lexicon_image:\n"
                        "    .incbin \"%s\"\n"
                        "    .size cordon_lexicon_image, . - cordon_lexicon_image\n"
                        "    .section .note.GNU-stack, \"\", %%progbits\n",
                        LEX_ALIGN, image) > 0;
    return fclose(f) == 0 && good;
}

static err read_lists(struct lexlist *l, struct arena *a, char **path, int n)
{
    err e = OK;
    struct arena scratch;
    arena_init(&scratch, 1 << 20);
    TRY(lexlist_init(l, a, &scratch));
    for (int i = 0; i < n; i++) {
        struct diag d = { 0 };
        struct buf text;
        buf_init(&text, 64u << 20);
        e = file_read(path[i], &text, &d);
        if (!e) e = lexlist_add(l, buf_view(&text), &d);
        buf_clear(&text);
        if (e) {
            fprintf(stderr, "lexbuild: %s:%" PRIu64 ": %s: %s\n", path[i], d.record, err_text(e),
                    d.what ? d.what : "");
            goto out;
        }
    }
out:
    arena_clear(&scratch);
    return e;
}

int main(int argc, char **argv)
{
    if (argc < 4) {
        fprintf(stderr, "usage: lexbuild OUT.image OUT.S LIST.txt…\n");
        return 2;
    }
    struct arena a;
    struct lexlist l;
    struct image m = { .bytes = NULL };
    arena_init(&a, (size_t)1 << 30);
    err e = read_lists(&l, &a, argv + 3, argc - 3);
    if (!e) {
        e = image_make(&m, &l, &a);
        if (e) fprintf(stderr, "lexbuild: %s\n", err_text(e));
    }
    char image[PATH_MAX];
    if (!e && !write_file(argv[1], view_of(m.bytes, m.o.size))) e = ERR_IO;
    if (!e && (!realpath(argv[1], image) || !write_asm(argv[2], image))) e = ERR_IO;
    if (e)
        fprintf(stderr, "lexbuild: no image made: %s\n", err_text(e));
    else
        printf("lexicon: %u words, %u phrases, %u infos, %" PRIu64 " bytes, %.*s\n", l.n_words - 1,
               l.n_phrases, m.h.n_infos, m.o.size, 16, m.bytes + m.o.sum);
    arena_clear(&a);
    return e ? 1 : 0;
}
