/* lexicon/phrases.c — follows phrases through the tree of an image (drawn in lexicon/image.h), word by word. */
#include "lexicon/lexicon_inside.h"

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

static inline uint32_t is_set(const uint8_t *filter, uint32_t bit)
{
    return (filter[bit / 8] >> (bit % 8)) & 1;
}

static inline uint32_t is_led(const uint8_t *filter, uint64_t first, uint64_t second)
{
    return is_set(filter, lex_lead(first, second));
}

/* May the phrase of t[0] go on behind the number or mark t[1]? */
static inline uint32_t may_go_on(const uint8_t *filter, const struct token *t)
{
    if (!may_pass(&t[0], &t[1])) return false;
    const struct token *second = second_word(t);
    return !second || is_led(filter, t[0].hash, second->hash);
}

/* Of n_at tokens with two more behind each, those that the filter lets through. Between two texts other work drives it
 * out of the near caches: what a group asks of it is fetched before any is looked at. */
static uint32_t keep_led(const struct lexicon *l, const struct token *tok, uint32_t *at,
                         uint32_t n_at)
{
    enum { GROUP = 128 };
    const uint8_t *const filter = l->filter;
    FILLED_LATER uint32_t bit[GROUP];
    uint32_t *kept = at;
    for (uint32_t from = 0; from < n_at; from += GROUP) {
        const uint32_t *const of = at + from, n = MIN(n_at - from, (uint32_t)GROUP);
        for (uint32_t k = 0; k < n; k++) {
            const struct token *t = &tok[of[k]];
            bit[k] = lex_lead(t[0].hash, t[1].hash);
            __builtin_prefetch(filter + bit[k] / 8);
        }
        for (uint32_t k = 0; k < n; k++) {
            const struct token *t = &tok[of[k]];
            const uint32_t leads = is_set(filter, bit[k]);
            *kept = of[k];
            kept += t[1].kind == TOK_WORD ? leads : may_go_on(filter, t);
        }
    }
    return (uint32_t)(kept - at);
}

/* Of these, those whose second word the tree has. The table of phrases is in no near cache: what a word right behind leads
 * to, as it does at nearly all, is asked for before any is looked at, so that the waits overlap. */
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
