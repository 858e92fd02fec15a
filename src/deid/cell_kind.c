#include "deid/cell_kind.h"

#include "detect/key_name.h"
#include "text/token.h"
#include "text/utf8.h"

enum { CELL_MAX = 40, TOKENS_MAX = 8 };
static const uint64_t NAMES = LEX_GIVEN | LEX(SURNAME) | LEX(NICK) | LEX(PARTICLE) | LEX(SUFFIX);

struct words {
    unsigned n, names, given, maybe;
};

static void take_word(const struct lexicon *l, const struct token *t, struct words *w)
{
    const struct lex_info *info = lexicon_find(l, t->hash);
    if (t->len == 1) return; /* an initial */
    bool is_name = key_word_is_name(info) &&
                   !(info->bits & (LEX(COUNTRY) | LEX(DEMONYM))); /* "Chad", "Thai" */
    w->n++;
    w->names += is_name;
    w->given += is_name && info->given > info->surname;
    w->maybe += is_name || info->bits & NAMES || !(info->bits | info->word);
}

/* As usual as a town as it is as a name, or nearly: "Boston", "San Diego". */
static bool is_town(const struct lexicon *l, const struct token *t, uint32_t n)
{
    enum { RATHER = 2 };
    const struct lex_info *entry = lexicon_find(l, t[0].hash);
    if (n > 1 && (!entry->next || lexicon_phrase(l, entry, t, n, &entry) != n)) return false;
    return entry->bits & LEX(PLACE) && entry->place >= entry->word &&
           entry->place + RATHER >= MAX(entry->given, entry->surname);
}

unsigned cell_kinds(view cell, struct arena *scratch)
{
    const struct lexicon *l = lexicon_builtin();
    struct words w = { 0 };
    struct tokens t;
    cell = view_trim(cell);
    if (!cell.n || cell.n > CELL_MAX) return 0;
    for (size_t i = 0; i < cell.n; i++)
        if (ascii_is_digit(cell.p[i])) return 0;
    if (utf8_bad_at(cell) < cell.n) return CSV_KIND_MAYBE; /* letters of another set */
    if (token_split(cell, scratch, &t) || !t.n || t.n > TOKENS_MAX) return 0;
    bool is_one_run = true;
    for (uint32_t i = 0; i < t.n; i++) {
        bool is_word = t.v[i].kind == TOK_WORD;
        is_one_run &= is_word;
        if (!is_word && (t.v[i].len > 1 || !strchr(",.'-", cell.p[t.v[i].start]))) return 0;
        if (is_word) take_word(l, &t.v[i], &w);
    }
    unsigned kinds = is_one_run && is_town(l, t.v, t.n) ? CSV_KIND_TOWN : 0;
    if (!w.n || w.maybe < w.n) return kinds;
    kinds |= CSV_KIND_MAYBE;
    if (!w.names || kinds & CSV_KIND_TOWN) return kinds;
    return kinds | (w.n > 1 ? CSV_KIND_NAME : w.given ? CSV_KIND_GIVEN : CSV_KIND_FAMILY);
}
