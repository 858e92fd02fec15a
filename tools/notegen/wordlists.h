/* tools/notegen/wordlists.h — names and towns of data/lexicon, by how usual they are.
 *
 * {lex.f} {lex.m} {lex.s} {lex.town}. Lists written there in lower case get their capitals here.
 * Threads: immutable after loading. */
#pragma once
#include "base/arena.h"
#include "lexicon/lexicon.h"
#include "stats/bootstrap.h"

enum word_kind { WORDS_WOMEN, WORDS_MEN, WORDS_FAMILY, WORDS_TOWNS, WORDS_KINDS };
enum { WORD_TIERS = 8 };
struct word_tier {
    view *v;
    uint32_t n, cap;
};
struct wordlists {
    struct arena arena;
    struct word_tier tier[WORDS_KINDS][WORD_TIERS];
    const struct lexicon *lexicon;
};
void wordlists_load(struct wordlists *w, const char *folder);
void wordlists_clear(struct wordlists *w);
/* A word in lower case: usual ones more often, rare ones often enough. */
view wordlists_pick(const struct wordlists *w, enum word_kind kind, struct stat_random *r);
/* Does the lexicon know every word of v as a name; or, if `any`, one of them as anything (particles
 * such as "de la" and single letters do not count)? */
bool wordlists_knows(const struct wordlists *w, view v, bool any);
/* v with the capitals of a name, UTF-8, appended: mcdonald gives McDonald. */
void wordlists_capitals(view v, struct buf *out);
