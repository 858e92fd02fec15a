/* lexlist.h — the lists of data/lexicon, read and merged (see data/lexicon/README.md for the form).
 *
 * A word that several sections name has the classes of all and the greatest of their ranks.
 * Part of the builder alone.   Threads: none.
 */
#pragma once
#include "base/arena.h"
#include "lexicon/lexicon.h"

struct lex_word {
    uint64_t hash;
    struct lex_info info; /* info.next: node of the phrases that begin here, 0: none */
    uint32_t order;       /* of first appearance: lists name frequent words first */
};
struct lex_node { /* of the phrase tree; the root of a first word has word = 0 */
    uint32_t parent;
    uint64_t word;        /* hash of the word that leads here from parent */
    struct lex_info info; /* of the phrase that ends here; bits = 0: none does */
    bool more;            /* longer phrases go on */
};
struct lex_table { /* hash to index of an entry; 0 is "none" */
    uint64_t *keys;
    uint32_t *values;
    uint32_t cap, n;
};
struct lexlist {
    struct arena *arena, *scratch; /* borrowed; scratch is reset at will */
    struct lex_word *words;        /* [0] unused, n_words counts it */
    struct lex_node *nodes;        /* [0] unused */
    uint32_t n_words, n_nodes, cap_words, cap_nodes, n_phrases;
    struct lex_table word_at, node_at;
};

MUST_USE err lexlist_init(struct lexlist *l, struct arena *a, struct arena *scratch);
/* Adds a file's text. ERR_FORMAT with the record (line) in *d, ERR_MEMORY, ERR_LIMIT. */
MUST_USE err lexlist_add(struct lexlist *l, view text, struct diag *d);
