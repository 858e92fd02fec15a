/* lexicon/lexicon.c — looks words up in an image (drawn in lexicon/image.h).
 *
 * The image inside the program was written and checked by the build and is used as it stands. An
 * image from outside is checked completely before the first look-up: a checksum only finds damage,
 * so every index is also tested to lie inside its table, and every table to have an empty slot, at
 * which a search ends. After that no look-up needs a bounds check. */
#include "lexicon/lexicon.h"

#include <pthread.h>

#include "base/mem.h"
#include "lexicon/lexicon_inside.h"

static void lexicon_attach(struct lexicon *l, const char *bytes)
{
    const struct lex_header *h = (const struct lex_header *)(const void *)bytes;
    struct lex_layout o = lex_layout_of(h);
    *l = (struct lexicon){
        .infos = (const void *)(bytes + o.infos),
        .top = (const void *)(bytes + o.top),
        .hot = (const void *)(bytes + o.hot),
        .words = (const void *)(bytes + o.words),
        .phrases = (const void *)(bytes + o.phrases),
        .nodes = (const void *)(bytes + o.nodes),
        .filter = (const void *)(bytes + o.filter),
        .n_infos = h->n_infos,
        .n_top = h->n_top,
        .n_hot = h->n_hot,
        .n_words = h->n_words,
        .n_phrases = h->n_phrases,
        .version = view_of(bytes + o.sum, LEX_SUM_LEN),
    };
}

/* Set by the assembler file that lexbuild writes beside the image. */
extern const char cordon_lexicon_image[] __attribute__((aligned(LEX_ALIGN)));
static struct lexicon builtin;
static pthread_once_t builtin_once = PTHREAD_ONCE_INIT;

static void builtin_attach(void)
{
    lexicon_attach(&builtin, cordon_lexicon_image);
}

const struct lexicon *lexicon_builtin(void)
{
    pthread_once(&builtin_once, builtin_attach);
    return &builtin;
}

/* Every index below `bound`, and at least one slot empty. */
static bool slots_are_sound(const struct lex_slot *v, uint32_t n, uint32_t bound)
{
    bool ends = false;
    for (uint32_t i = 0; i < n; i++) {
        if (v[i].index >= bound) return false;
        ends |= v[i].index == 0;
    }
    return ends;
}

static bool infos_are_sound(const struct lex_info *v, uint32_t n, uint32_t n_nodes)
{
    const uint64_t known = UINT64_MAX >> (64 - LEX_BIT_COUNT);
    static const struct lex_info unknown;
    if (memcmp(&v[0], &unknown, sizeof unknown) != 0) return false;
    for (uint32_t i = 0; i < n; i++) {
        if (v[i].bits & ~known || v[i].next >= n_nodes) return false;
        if (v[i].given > 7 || v[i].surname > 7 || v[i].place > 7 || v[i].word > 7) return false;
    }
    return true;
}

/* A node with the top bit may be followed; its info must exist. */
static bool nodes_are_sound(const uint32_t *v, uint32_t n, uint32_t n_infos)
{
    for (uint32_t i = 0; i < n; i++)
        if ((v[i] & LEX_NODE_INFO) >= n_infos) return false;
    return true;
}

static bool sum_is_right(view bytes, view sum)
{
    static const char digit[] = "0123456789abcdef";
    uint8_t is[32];
    checksum32(bytes, is);
    for (size_t i = 0; i < sizeof is; i++)
        if (sum.p[2 * i] != digit[is[i] >> 4] || sum.p[2 * i + 1] != digit[is[i] & 15])
            return false;
    return true;
}

static err image_check(view bytes, struct diag *d)
{
    struct lex_header h;
    if (bytes.n < sizeof h + LEX_SUM_LEN) return DIAG(d, ERR_CORRUPT, "lexicon is too short");
    if ((uintptr_t)bytes.p % _Alignof(struct lex_info) != 0)
        return DIAG(d, ERR_CORRUPT, "lexicon is not aligned in memory");
    memcpy(&h, bytes.p, sizeof h);
    if (memcmp(h.magic, LEX_MAGIC, sizeof h.magic) != 0)
        return DIAG(d, ERR_CORRUPT, "not a lexicon");
    if (h.version != LEX_VERSION || h.order != LEX_ORDER || h.classes != lex_classes_hash())
        return DIAG(d, ERR_VERSION, "lexicon of another version or kind of machine");
    struct lex_layout o = lex_layout_of(&h);
    if (h.size != bytes.n || o.size != bytes.n || h.n_infos == 0 || h.n_nodes == 0 ||
        h.n_top == 0 || h.n_hot == 0 || h.n_phrases == 0 || h.n_words == 0)
        return DIAG(d, ERR_CORRUPT, "lexicon sizes do not agree");
    if (!sum_is_right(view_of(bytes.p, o.sum), view_of(bytes.p + o.sum, LEX_SUM_LEN)))
        return DIAG(d, ERR_CORRUPT, "lexicon checksum does not hold");
    struct lexicon l;
    lexicon_attach(&l, bytes.p);
    if (!infos_are_sound(l.infos, h.n_infos, h.n_nodes) ||
        !nodes_are_sound(l.nodes, h.n_nodes, h.n_infos) ||
        !slots_are_sound(l.top, h.n_top, h.n_infos) ||
        !slots_are_sound(l.hot, h.n_hot, h.n_infos) ||
        !slots_are_sound(l.words, h.n_words, h.n_infos) ||
        !slots_are_sound(l.phrases, h.n_phrases, h.n_nodes))
        return DIAG(d, ERR_CORRUPT, "lexicon points outside itself");
    return OK;
}

err lexicon_open(struct lexicon **out, view bytes, struct diag *d)
{
    err e = OK;
    struct lexicon *l = NULL;
    TRY(image_check(bytes, d));
    l = mem_alloc(sizeof *l);
    if (!l) TRY(DIAG(d, ERR_MEMORY, "lexicon"));
    lexicon_attach(l, bytes.p);
    *out = l;
out:
    return e;
}

void lexicon_close(struct lexicon *l)
{
    if (l != &builtin) mem_free(l);
}

const struct lex_info *lexicon_find(const struct lexicon *l, uint64_t word_hash)
{
    uint32_t i = lex_home_find(l->top, l->n_top, word_hash);
    if (i == 0) i = lex_home_find(l->hot, l->n_hot, word_hash);
    if (i == 0) i = lex_slot_find(l->words, l->n_words, word_hash);
    return &l->infos[i];
}

const struct lex_info *lexicon_entries(const struct lexicon *l, uint32_t *n)
{
    *n = l->n_infos;
    return l->infos;
}

/* All tables are asked for ahead: other work on a text drives even the smallest out of the nearest cache. A word that is
 * not in one table waits until all of its group were looked at there: the common ones are found without a branch that
 * could be guessed wrong, and the reads of the others overlap. */
void lexicon_find_all(const struct lexicon *l, const struct token *tok, uint32_t n,
                      const struct lex_info **out)
{
    enum { GROUP = 256, AHEAD = 16 };
    const struct lex_info *const infos = l->infos;
    const struct lex_slot *const top = l->top, *const hot = l->hot;
    const uint32_t n_top = l->n_top, n_hot = l->n_hot, n_words = l->n_words;
    for (uint32_t from = 0, to; from < n; from = to) {
        FILLED_LATER uint32_t late[GROUP + 1];
        uint32_t *end = late, *rare = late;
        const uint32_t ahead = n - from > AHEAD ? AHEAD : 0;
        to = MIN(n - ahead, from + GROUP);
        for (size_t i = from; i < to; i++) {
            __builtin_prefetch(&top[lex_home(tok[i + ahead].hash, n_top)]);
            const uint32_t is_word = tok[i].flags / TOK_LETTERS;
            const struct lex_slot *s = &top[lex_home(tok[i].hash, n_top)];
            const uint32_t same = is_word & (s->check == lex_check(tok[i].hash));
            const uint32_t index = s->index & (0 - same);
            out[i] = &infos[index];
            *end = (uint32_t)i;
            end += is_word & (index == 0);
        }
        for (const uint32_t *k = late; k < end; k++)
            __builtin_prefetch(&hot[lex_home(tok[*k].hash, n_hot)]);
        for (const uint32_t *k = late; k < end; k++) {
            const uint32_t i = *k, index = lex_home_find(hot, n_hot, tok[i].hash);
            out[i] = &infos[index];
            *rare = i;
            rare += index == 0;
        }
        for (const uint32_t *k = late; k < rare; k++)
            __builtin_prefetch(&l->words[lex_home(tok[*k].hash, n_words)]);
        for (const uint32_t *k = late; k < rare; k++)
            out[*k] = &infos[lex_slot_find(l->words, n_words, tok[*k].hash)];
    }
}
_Static_assert(TOK_LETTERS == 128, "a flag of eight bits, taken as a number above");

view lexicon_version(const struct lexicon *l)
{
    return l->version;
}
