#include "deid/cell_kind.h"

#include "detect/key_name.h"
#include "text/token.h"
#include "text/utf8.h"

enum { CELL_MAX = 40, TOKENS_MAX = 8, RARE_MIN = 3 };
static const uint64_t BORNE = LEX_GIVEN | LEX(SURNAME) | LEX(NICK),
                      NAMES = BORNE | LEX(PARTICLE) | LEX(SUFFIX),
                      OTHER = LEX(COUNTRY) | LEX(DEMONYM) | LEX(DRUG) | LEX(MEDICAL) | LEX(EPONYM) |
                              LEX(ABBREVIATION) | LEX(UNIT) | LEX(TITLE) | LEX(MONTH);

struct words {
    unsigned n, names, given, maybe, plain, rare;
};

static void take_word(const struct lexicon *l, const struct token *t, struct words *w)
{
    const struct lex_info *info = lexicon_find(l, t->hash);
    if (t->len == 1) return; /* an initial */
    /* One that is no word at all may be a rare name: a column has many, which speak for each other. */
    bool is_name =
        !(info->bits & OTHER) &&
        (key_word_is_name(info) || (info->bits & BORNE && !info->word)); /* not "Chad", "Thai" */
    w->n++;
    w->names += is_name;
    w->given += is_name && info->given > info->surname;
    w->plain += !is_name && info->bits & NAMES && info->word;
    bool is_rare = !(info->bits | info->word);
    w->rare += is_rare && t->len >= RARE_MIN;
    w->maybe += is_name || info->bits & NAMES || is_rare;
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

/* Marks that stand in names and towns. */
static bool is_inside_name(view cell, const struct token *t)
{
    return t->len == 1 && strchr(",.'-", cell.p[t->start]);
}

static unsigned kinds_of_words(const struct lexicon *l, view cell, const struct tokens *t)
{
    struct words w = { 0 };
    bool is_one_run = t->n > 0;
    for (uint32_t i = 0; i < t->n; i++) {
        bool is_word = t->v[i].kind == TOK_WORD;
        is_one_run &= is_word;
        if (!is_word && !is_inside_name(cell, &t->v[i])) return 0;
        if (is_word) take_word(l, &t->v[i], &w);
    }
    unsigned kinds = is_one_run && is_town(l, t->v, t->n) ? CSV_KIND_TOWN : 0;
    if (!w.n || w.maybe < w.n) return kinds;
    kinds |= CSV_KIND_MAYBE;
    if (!w.names && w.plain) kinds |= CSV_KIND_WORD;
    if (w.rare == w.n) kinds |= CSV_KIND_RARE;
    if (!w.names || kinds & CSV_KIND_TOWN) return kinds;
    return kinds | (w.n > 1 ? CSV_KIND_NAME : w.given ? CSV_KIND_GIVEN : CSV_KIND_FAMILY);
}

err cell_kinds(view cell, struct arena *scratch, unsigned *out)
{
    err e = OK;
    struct tokens t;
    cell = view_trim(cell);
    *out = 0;
    if (!cell.n || cell.n > CELL_MAX) return OK;
    for (size_t i = 0; i < cell.n; i++)
        if (ascii_is_digit(cell.p[i])) return OK;
    if (utf8_bad_at(cell) < cell.n) {
        *out = CSV_KIND_MAYBE; /* letters of another set */
        return OK;
    }
    TRY(token_split(cell, scratch, &t));
    if (t.n <= TOKENS_MAX) *out = kinds_of_words(lexicon_builtin(), cell, &t);
out:
    return e;
}
