/* lexicon/lexicon_inside.h — the parts of an image, as lexicon.c and phrases.c read them. Nothing outside lexicon/ includes it.
 * Threads: as lexicon.h. */
#pragma once
#include "lexicon/image.h"

struct lexicon {
    const struct lex_info *infos;
    const struct lex_slot *top, *hot, *words, *phrases;
    const uint32_t *nodes;
    const uint8_t *filter;
    uint32_t n_infos, n_top, n_hot, n_words, n_phrases;
    view version;
};
