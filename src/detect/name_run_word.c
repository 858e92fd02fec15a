/* detect/name_run_word.c — see name_run_word.h. */
#include "detect/name_run_word.h"

#include "detect/name_deed.h"
#include "detect/wordset.h"

/* Words that end a run unless they are usual names as well (April, Virginia, Page). */
static const uint64_t NEVER = LEX(TITLE) | LEX(CREDENTIAL) | LEX(ORG_HEAD) | LEX(STREET_TYPE) |
                              LEX(MONTH) | LEX(WEEKDAY) | LEX(STATE) | LEX(COUNTRY) | LEX(DEMONYM) |
                              LEX(CUE_MRN) | LEX(CUE_SSN) | LEX(CUE_PHONE) | LEX(CUE_FAX) |
                              LEX(CUE_DATE) | LEX(CUE_AGE) | LEX(CUE_PLAN) | LEX(CUE_ACCOUNT) |
                              LEX(NAME_CUE) | LEX(RELATIVE) | LEX(CLINICIAN) | LEX(UNIT) |
                              LEX(CUE_ID) | LEX(CUE_ADDRESS) | LEX(SEASON) | LEX(HOLIDAY);

/* Words of the language that are family names as well, of many people: only behind a given name or a title. */
enum { SHORT_NAME = 1, SHORT_BEGINS = 2 };
static const struct wordset_row short_rows[] = {
    { "do so an go her my you own ha to than am", SHORT_NAME },
    { "he she", SHORT_NAME | SHORT_BEGINS }, /* the next sentence: "Dr. T. She lives" */
};
static struct wordset short_names = WORDSET(short_rows);

bool name_run_is_short_surname(const struct doc *d, uint32_t i)
{
    return shape_of(d, i) == SHAPE_TITLE &&
           wordset_class(wordset_ready(&short_names), doc_tok(d, i));
}

/* "Maria To Cardiology": the small word, in a line that sets capitals on all. */
static bool leads_on(const struct doc *d, uint32_t i)
{
    const struct token *next = doc_tok(d, (int64_t)i + 1);
    return doc_is_word(d, i, VIEW("to")) && next->kind == TOK_WORD &&
           !(next->flags & (TOK_LOWER | TOK_LINE));
}

/* "O'Pickley", "McLed": built like a name of Irish or Scottish origin, and no other word. */
static bool is_gaelic(const struct doc *d, uint32_t first, uint32_t last)
{
    const struct token *t = doc_tok(d, first);
    view w = doc_view(d, first, first);
    if (last == first + 2 && t->len == 1 && (w.p[0] == 'O' || w.p[0] == 'D') &&
        doc_is_mark(d, (int64_t)first + 1, '\''))
        return shape_of(d, last) == SHAPE_TITLE && d->tok[last].len > 3 && !d->lex[last]->bits;
    bool mac = w.n > 4 && w.p[0] == 'M' && w.p[1] == 'c' && w.p[2] >= 'A' && w.p[2] <= 'Z';
    return mac && !d->lex[first]->bits;
}

SELDOM static bool is_plain_surname_shape(const struct doc *d, uint32_t first, uint32_t last)
{
    return last > first || shape_of(d, first) == SHAPE_TITLE;
}

/* "XXXX", "Mr. XXX" */
static bool is_crossed_out(view w)
{
    for (size_t i = 0; i < w.n; i++)
        if (ascii_lower(w.p[i]) != 'x') return false;
    return w.n > 1;
}

/* "Thu am" */
SELDOM static bool is_half_day(const struct doc *d, int64_t i)
{
    return doc_is_word(d, i, VIEW("am")) || doc_is_word(d, i, VIEW("pm"));
}

/* "Will Turner": a word of the language before what is a family name and little else. */
static bool leads_surname(const struct doc *d, uint32_t i, int given)
{
    const struct lex_info *l = d->lex[i + 1 < d->n ? i + 1 : i];
    const uint64_t other = LEX(EPONYM) | LEX(MEDICAL) | LEX(DRUG) | LEX(ABBREVIATION);
    return given >= 3 && shape_of(d, (int64_t)i + 1) == SHAPE_TITLE && l->surname >= 4 &&
           l->word < 3 && l->place < l->surname && !(l->bits & other) &&
           (doc_bits(d, (int64_t)i + 2) & LEX(PERSON_VERB) || doc_is_mark(d, (int64_t)i - 1, '('));
}

/* "Lisa Nelson LNelson@…": an address begins, whatever its first word looks like. */
static bool begins_address(const struct doc *d, uint32_t last)
{
    enum { LOCAL_TOKENS = 6 };
    for (uint32_t i = last + 1; i <= last + LOCAL_TOKENS && doc_joined(d, i); i++)
        if (doc_is_mark(d, i, '@')) return true;
    return false;
}

/* Is a name's rank so far above the word's that it needs no capital? */
static inline bool is_strong(int word, int rank)
{
    return rank > word || (word <= 1 && rank >= 1);
}

bool name_run_may_stand_first(const struct doc *d, uint32_t i)
{
    const struct token *t = &d->tok[i];
    const struct lex_info *l = d->lex[i];
    const int rank = MAX(l->given, l->surname);
    if (!(l->bits & NAME_RUN_NAMES)) return !l->bits && !(t->flags & TOK_UPPER);
    if (l->bits & LEX(FUNCTION) &&
        (l->given < 3 || !(doc_tok(d, (int64_t)i + 1)->flags & (TOK_CAP | TOK_UPPER))))
        return false; /* see leads_surname */
    if (l->bits & NEVER && rank < 2) return false;
    if (!(t->flags & TOK_UPPER)) return true;
    return shape_of_capitals(d, i) == SHAPE_BLANK
               ? is_strong(l->word, rank)
               : !(l->bits & (LEX(ABBREVIATION) | LEX(CREDENTIAL)));
}

/* A written word, as the lexicon knows its parts. */
struct word {
    uint32_t first, last;
    enum shape shape;
    int given, surname, rank; /* rank: the greater one */
    int plain;                /* rank as a word of the language */
    uint64_t all;             /* bits of all parts */
    bool is_known, is_name, is_gaelic;
};

static void read_parts(const struct doc *d, struct word *w)
{
    for (uint32_t i = w->first; i <= w->last; i++) {
        const struct token *t = doc_tok(d, i);
        if (t->kind != TOK_WORD) continue;
        if (t->len == 1 && w->last > w->first) continue; /* the L of L'Heureux */
        /* the parts of "Mo'okini" mean nothing by themselves */
        if (i < w->last && shape_is_inside_name(d, (int64_t)i + 1)) continue;
        if (i > w->first && shape_is_inside_name(d, (int64_t)i - 1)) continue;
        const struct lex_info *l = d->lex[i];
        if (i == w->first && w->last > i && l->bits & LEX(SAINT)) continue; /* St-Cyr */
        w->all |= l->bits;
        w->given = MAX(w->given, l->given);
        w->surname = MAX(w->surname, l->surname);
        w->plain = MAX(w->plain, l->word);
    }
    w->is_known = w->all != 0;
    w->is_name = w->all & NAME_RUN_NAMES;
}

/* A word of the language that is a family name as well, behind a given name or a title, or before a degree. */
static bool is_short_behind(const struct doc *d, const struct word *w, bool led,
                            const struct name_run *r)
{
    if (w->first != w->last || w->given) return false;
    const uint32_t next = w->last + 1;
    const bool licensed = doc_is_mark(d, next, ',') && name_run_is_credential(d, next + 1);
    const bool fits =
        led || (r->n_words && (r->begins_given || licensed) && !leads_on(d, w->first)) ||
        (r->initial_dotted && !r->n_words && name_deed_at(d, next) &&
         !(wordset_class(wordset_ready(&short_names), doc_tok(d, w->first)) & SHORT_BEGINS));
    return fits && name_run_is_short_surname(d, w->first);
}

/* Is it of a kind that rules a name out, unless it is a usual name as well? */
static bool is_ruled_out(const struct doc *d, const struct word *w, bool led,
                         const struct name_run *r)
{
    const bool title = w->shape == SHAPE_TITLE;
    if (w->all & LEX(FUNCTION) && !(title && w->is_name && w->rank >= 1 &&
                                    (led || r->n_words || leads_surname(d, w->first, w->given))))
        return true;
    if (doc_bits(d, w->first) & LEX(DEMONYM) && doc_is_mark(d, (int64_t)w->first + 1, '-') &&
        doc_bits(d, (int64_t)w->first + 2) & LEX(DEMONYM))
        return true; /* "an Irish-Greek man" */
    if (w->all & LEX(WEEKDAY) && is_half_day(d, (int64_t)w->last + 1)) return true;
    /* "Mina Yom": a family name, though "yom" is the age and sex of others */
    const bool is_yom = r->n_words && title && w->surname && (w->all & NEVER) == LEX(CUE_AGE);
    if (w->all & NEVER && !(w->rank >= 2 || (led && r->n_words == 0 && w->rank) || is_yom))
        return true;
    return w->all & (LEX(ORG_WORD) | LEX(ORG_NAME)) && !w->is_name && !led;
}

/* Does the case of its letters, or what medicine means by it, rule a name out? */
static bool is_spelled_otherwise(const struct doc *d, const struct word *w, bool led,
                                 const struct name_run *r)
{
    if (w->shape == SHAPE_ACRONYM) {
        if (!w->is_name && !(led && w->last == w->first)) return true;
        if (w->all & LEX(ABBREVIATION) && (!led || r->n_words)) return true;
        if (w->all & LEX(CREDENTIAL) && !led) return true; /* "COTA MD-809" */
        if (d->tok[w->first].len == 2 && !led && !r->n_words && r->n_initials && !r->initial_dotted)
            return true; /* "the L LE": of the leg */
    }
    /* "Mr. Dunn Lasix 40", "Ms. Hall DNR", "Mr. Boyd E Coli": what is given to or said of the person */
    if (r->n_words && w->all & (LEX(DRUG) | LEX(MEDICAL) | LEX(ABBREVIATION)) &&
        !(w->is_name && w->rank >= w->plain + (w->shape != SHAPE_TITLE)) &&
        (w->shape != SHAPE_TITLE || w->all & LEX(DRUG) || r->n_initials))
        return true;
    if (w->shape == SHAPE_BLANK) { /* case is silent: the lexicon must speak up */
        const bool strong = w->is_name && is_strong(w->plain, w->rank);
        const bool follows = r->n_words && r->begins_given && !w->is_known;
        return !strong && !follows &&
               !(led && (w->plain <= 4 || w->is_name) && !(w->all & LEX(MEDICAL)));
    }
    return !w->is_name && w->is_known && !led &&
           !(r->n_words && w->plain <= 1 && is_plain_surname_shape(d, w->first, w->last));
}

static void add_points(const struct word *w, struct name_run *r)
{
    const bool given = w->all & (LEX_GIVEN | LEX(NICK)), told = w->is_known || w->is_gaelic;
    r->n_unknown += !told;
    if (!r->n_words) r->begins_given = given || (r->n_initials && r->begins_given);
    r->ends_surname = w->all & LEX(SURNAME) || !w->is_known;
    r->speaks_for += !told ? 2 : r->n_words ? MAX(w->surname, w->given - 1) : w->rank;
    r->speaks_against += w->plain + (w->all & LEX(MEDICAL) ? 2 : 0) + (w->all & LEX(DRUG) ? 3 : 0) +
                         (w->all & LEX(EPONYM) ? 2 : 0);
    r->n_words++;
    r->last = w->last;
}

bool name_run_add_word(const struct doc *d, uint32_t first, uint32_t last, bool led,
                       struct name_run *r)
{
    const uint64_t rare =
        NEVER | LEX(FUNCTION) | LEX(ORG_WORD) | LEX(ORG_NAME); /* DEMONYM, WEEKDAY */
    if (first >= d->n || (d->tok[first].len < 2 && last == first)) return false;
    if (d->shield[first] && !(led && !(d->shield[first] & SHIELD_TAG))) return false;
    struct word w = { .first = first, .last = last, .shape = shape_of(d, first) };
    if (w.shape == SHAPE_LOWER || w.shape == SHAPE_NONE) return false;
    if (doc_joined(d, (int64_t)last + 1) && begins_address(d, last)) return false;
    read_parts(d, &w);
    if (w.all & LEX(FUNCTION) && is_short_behind(d, &w, led, r)) {
        w.is_name = true;
        w.surname = w.plain = 2;
        w.all = (w.all & ~LEX(FUNCTION)) | LEX(SURNAME);
    }
    w.is_gaelic = is_gaelic(d, first, last);
    if (w.is_gaelic) {
        w.is_name = true;
        w.surname = MAX(w.surname, 6);
        w.plain = 0;
    }
    w.rank = MAX(w.given, w.surname);
    if (is_crossed_out(doc_view(d, first, first))) return false;
    if (w.all & rare && is_ruled_out(d, &w, led, r)) return false;
    if (is_spelled_otherwise(d, &w, led, r)) return false;
    add_points(&w, r);
    return true;
}
