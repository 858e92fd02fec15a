/* lexicon/lexicon.c — looks words and phrases up in an image (drawn in lexicon/image.h).
 *
 * The image inside the program was written and checked by the build and is used as it stands. An
 * image from outside is checked completely before the first look-up: a checksum only finds damage,
 * so every index is also tested to lie inside its table, and every table to have an empty slot, at
 * which a search ends. After that no look-up needs a bounds check. */
#include "lexicon/lexicon.h"

#include <pthread.h>

#include "base/mem.h"
#include "lexicon/image.h"

struct lexicon {
    const struct lex_info *infos;
    const struct lex_slot *top, *hot, *words, *phrases;
    const uint32_t *nodes;
    const uint8_t *filter;
    uint32_t n_infos, n_top, n_hot, n_words, n_phrases;
    view version;
};

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
 * not in one table waits until all of its group were looked at there: the common ones are
 * found without a branch that could be guessed wrong, and the reads of the others overlap. */
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

/* May the phrase that had `a` last go on at `b`, right after it? White space may lie between, but
 * not an empty line and not a column's width of it. */
static bool is_near(const struct token *a, const struct token *b)
{
    uint32_t gap = b->start - token_end(a);
    if (b->flags & TOK_PARA) return false;
    return gap <= (b->flags & TOK_LINE ? 16u : 2u);
}

static bool is_mark(const struct token *t, uint64_t cp)
{
    return t->kind == TOK_MARK && t->hash == cp;
}
static bool is_apostrophe(const struct token *t)
{
    return t->kind == TOK_MARK && (t->hash == '\'' || t->hash == 0x2019 || t->hash == '`');
}

/* The next word of a phrase at or after tok[i], the last word being tok[i - 1]: its index, or n.
 * Passed over: "." right behind a short word (St., Mass.: a longer one ends a sentence), "'" inside a
 * word, and a hyphen that touches the word before it. "&" stands for "and". */
static uint32_t next_word(const struct token *tok, uint32_t n, uint32_t i)
{
    const struct token *last = &tok[i - 1];
    bool short_word = last->len <= 4;
    for (uint32_t k = i; k < n && k < i + 3; k++) {
        const struct token *t = &tok[k];
        bool touches = !(t->flags & TOK_SPACE);
        if (!is_near(&tok[k - 1], t)) return n;
        if (t->kind == TOK_WORD || is_mark(t, '&')) return k;
        if (is_mark(t, '.') && touches && short_word && k == i) continue;
        if (is_apostrophe(t) && touches) continue;
        if (is_mark(t, '-') && touches && k == i) continue;
        return n;
    }
    return n;
}

/* May a phrase go on behind this mark, which follows `last`? As next_word has it, without a look at more. */
static inline uint32_t may_pass(const struct token *last, const struct token *mark)
{
    const uint64_t marks = UINT64_C(1) << ('&' - 0x20) | UINT64_C(1) << ('\'' - 0x20) |
                           UINT64_C(1) << ('-' - 0x20) | UINT64_C(1) << ('.' - 0x20);
    const uint64_t c = mark->hash - 0x20;
    const uint32_t ends = (c == '.' - 0x20) & ((last->len > 4) | (mark->flags & TOK_SPACE));
    return (mark->kind == TOK_MARK) & ((c >= 64) | (marks >> (c & 63) & 1)) & ~ends;
}

/* The second word of a phrase that t[0] begins, when what stands behind it leaves no doubt which that is; or NULL. A
 * letter behind a mark may be a possessive's. */
static inline const struct token *second_word(const struct token *t)
{
    if (t[1].kind == TOK_WORD) return &t[1];
    return t[2].kind == TOK_WORD && t[2].len > 1 && t[1].hash != '&' ? &t[2] : NULL;
}

static inline uint32_t is_led(const uint8_t *filter, uint64_t first, uint64_t second)
{
    const uint32_t bit = lex_lead(first, second);
    return (filter[bit / 8] >> (bit % 8)) & 1;
}

/* May the phrase of t[0] go on behind the number or mark t[1]? */
static inline uint32_t may_go_on(const uint8_t *filter, const struct token *t)
{
    if (!may_pass(&t[0], &t[1])) return false;
    const struct token *second = second_word(t);
    return !second || is_led(filter, t[0].hash, second->hash);
}

/* Of n_at tokens with two more behind each, those that the filter lets through. */
static uint32_t keep_led(const struct lexicon *l, const struct token *tok, uint32_t *at,
                         uint32_t n_at)
{
    const uint8_t *const filter = l->filter;
    uint32_t *kept = at;
    for (const uint32_t *k = at, *end = at + n_at; k < end; k++) {
        const struct token *t = &tok[*k];
        const uint32_t leads = is_led(filter, t[0].hash, t[1].hash);
        *kept = *k;
        kept += t[1].kind == TOK_WORD ? leads : may_go_on(filter, t);
    }
    return (uint32_t)(kept - at);
}

/* Of these, those whose second word the tree has. The table of phrases is in no near cache: all are asked for before any
 * is looked at, so that the waits overlap. */
static uint32_t keep_edges(const struct lexicon *l, const struct token *tok,
                           const struct lex_info *const *lex, uint32_t *at, uint32_t n_at)
{
    uint32_t kept = 0;
    for (uint32_t k = 0; k < n_at; k++)
        __builtin_prefetch(lex[at[k]]);
    for (uint32_t k = 0; k < n_at; k++) {
        const uint64_t edge = lex_edge(lex[at[k]]->next, tok[at[k] + 1].hash);
        __builtin_prefetch(&l->phrases[lex_home(edge, l->n_phrases)]);
    }
    for (uint32_t k = 0; k < n_at; k++) {
        const uint32_t i = at[k];
        const struct token *second = second_word(&tok[i]);
        at[kept] = i;
        if (!second) {
            kept++;
            continue;
        }
        const uint32_t to =
            lex_slot_find(l->phrases, l->n_phrases, lex_edge(lex[i]->next, second->hash));
        __builtin_prefetch(&l->nodes[to]);
        kept += to != 0;
    }
    return kept;
}

uint32_t lexicon_may_lead(const struct lexicon *l, const struct token *tok,
                          const struct lex_info *const *lex, uint32_t n, uint32_t *at,
                          uint32_t n_at)
{
    if (n_at && at[n_at - 1] + 1 >= n) n_at--; /* nothing follows the last token */
    const uint32_t last = n_at && at[n_at - 1] + 2 >= n ? at[n_at - 1] : n; /* one does: it stays */
    n_at -= last < n;
    n_at = keep_led(l, tok, at, n_at);
    n_at = keep_edges(l, tok, lex, at, n_at);
    if (last < n) at[n_at++] = last;
    return n_at;
}

static bool is_letter_s(const struct token *t)
{
    return t->kind == TOK_WORD && t->len == 1 && t->hash == token_hash_literal(VIEW("s"));
}

uint32_t lexicon_phrase(const struct lexicon *l, const struct lex_info *first,
                        const struct token *tok, uint32_t n, const struct lex_info **out)
{
    uint32_t node = first->next, best = 0;
    if (node == 0 || n < 2) return 0;
    for (uint32_t i = 1; i < n;) {
        uint32_t k = next_word(tok, n, i);
        if (k == n) break;
        uint64_t word = tok[k].kind == TOK_WORD ? tok[k].hash : token_hash_literal(VIEW("and"));
        uint32_t to = lex_slot_find(l->phrases, l->n_phrases, lex_edge(node, word));
        if (to == 0) {
            /* "Down's syndrome" where the list has "down syndrome": 's is no word of the phrase */
            if (k == i + 1 && is_apostrophe(&tok[i]) && is_letter_s(&tok[k])) {
                i = k + 1;
                continue;
            }
            break;
        }
        uint32_t at = l->nodes[to];
        if (at & LEX_NODE_INFO) {
            best = k + 1;
            *out = &l->infos[at & LEX_NODE_INFO];
        }
        if (!(at & LEX_NODE_MORE)) break;
        node = to;
        i = k + 1;
    }
    return best;
}

view lexicon_version(const struct lexicon *l)
{
    return l->version;
}
