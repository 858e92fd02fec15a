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
    { "do so an go her my you own ha to", SHORT_NAME },
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

static bool is_plain_surname_shape(const struct doc *d, uint32_t first, uint32_t last)
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
static bool is_half_day(const struct doc *d, int64_t i)
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

bool name_run_add_word(const struct doc *d, uint32_t first, uint32_t last, bool led,
                       struct name_run *r)
{
    if (first >= d->n || (d->tok[first].len < 2 && last == first)) return false;
    if (d->shield[first] && !(led && !(d->shield[first] & SHIELD_TAG))) return false;
    enum shape s = shape_of(d, first);
    if (s == SHAPE_LOWER || s == SHAPE_NONE) return false;
    int given = 0, surname = 0, word = 0, against = 0;
    bool known = false, is_name = false;
    uint64_t all = 0;
    for (uint32_t i = first; i <= last; i++) {
        const struct token *t = doc_tok(d, i);
        if (t->kind != TOK_WORD) continue;
        if (t->len == 1 && last > first) continue; /* the L of L'Heureux */
        if (i == first && last > first && doc_bits(d, i) & LEX(SAINT)) continue; /* St-Cyr */
        const struct lex_info *l = d->lex[i];
        all |= l->bits;
        known |= l->bits != 0;
        is_name |= (l->bits & NAME_RUN_NAMES) != 0;
        given = MAX(given, l->given);
        surname = MAX(surname, l->surname);
        word = MAX(word, l->word);
    }
    if (doc_joined(d, (int64_t)last + 1) && begins_address(d, last)) return false;
    const bool licensed =
        doc_is_mark(d, (int64_t)last + 1, ',') && name_run_is_credential(d, last + 2);
    if (first == last && (all & LEX(FUNCTION)) && !given &&
        (led || (r->n_words && (r->begins_given || licensed) && !leads_on(d, first)) ||
         (r->initial_dotted && !r->n_words && name_deed_at(d, last + 1) &&
          !(wordset_class(wordset_ready(&short_names), doc_tok(d, first)) & SHORT_BEGINS))) &&
        name_run_is_short_surname(d, first)) {
        is_name = true;
        surname = word = 2;
        all = (all & ~LEX(FUNCTION)) | LEX(SURNAME);
    }
    bool gaelic = is_gaelic(d, first, last);
    if (gaelic) {
        is_name = true;
        surname = MAX(surname, 6);
        word = 0;
    }
    int rank = MAX(given, surname);
    if (is_crossed_out(doc_view(d, first, first))) return false;
    if ((all & LEX(FUNCTION)) && !(s == SHAPE_TITLE && is_name && rank >= 1 &&
                                   (led || r->n_words || leads_surname(d, first, given))))
        return false;
    /* "Mina Yom": a family name, though "yom" is the age and sex of others */
    if (doc_bits(d, first) & LEX(DEMONYM) && doc_is_mark(d, (int64_t)first + 1, '-') &&
        doc_bits(d, (int64_t)first + 2) & LEX(DEMONYM))
        return false; /* "an Irish-Greek man" */
    if (all & LEX(WEEKDAY) && is_half_day(d, (int64_t)last + 1)) return false;
    const bool is_yom = r->n_words && s == SHAPE_TITLE && surname && (all & NEVER) == LEX(CUE_AGE);
    if ((all & NEVER) && !(rank >= 2 || (led && r->n_words == 0 && rank) || is_yom)) return false;
    if ((all & (LEX(ORG_WORD) | LEX(ORG_NAME))) && !is_name && !led) return false;
    if (s == SHAPE_ACRONYM && !is_name && !(led && last == first)) return false;
    if (s == SHAPE_ACRONYM && (all & LEX(ABBREVIATION)) && (!led || r->n_words)) return false;
    if (s == SHAPE_ACRONYM && (all & LEX(CREDENTIAL)) && !led) return false; /* "COTA MD-809" */
    if (s == SHAPE_ACRONYM && d->tok[first].len == 2 && !led && !r->n_words && r->n_initials &&
        !r->initial_dotted)
        return false; /* "the L LE": of the leg */
    /* "Mr. Dunn Lasix 40", "Ms. Hall DNR", "Mr. Boyd E Coli": what is given to or said of the person */
    if (r->n_words && (all & (LEX(DRUG) | LEX(MEDICAL) | LEX(ABBREVIATION))) &&
        !(is_name && rank >= word + (s != SHAPE_TITLE)) &&
        (s != SHAPE_TITLE || (all & LEX(DRUG)) || r->n_initials))
        return false;
    if (s == SHAPE_BLANK) { /* case is silent: the lexicon must speak up */
        bool strong = is_name && is_strong(word, rank);
        bool follows = r->n_words && r->begins_given && !known;
        if (!strong && !follows && !(led && (word <= 4 || is_name) && !(all & LEX(MEDICAL))))
            return false;
    } else if (!is_name && known && !led &&
               !(r->n_words && word <= 1 && is_plain_surname_shape(d, first, last))) {
        return false;
    }
    against = word;
    if (all & LEX(MEDICAL)) against += 2;
    if (all & LEX(DRUG)) against += 3;
    if (all & LEX(EPONYM)) against += 2;
    if (!known && !gaelic) r->n_unknown++;
    if (!r->n_words && !r->n_initials) r->begins_given = (all & (LEX_GIVEN | LEX(NICK))) != 0;
    if (!r->n_words) r->begins_given |= (all & (LEX_GIVEN | LEX(NICK))) != 0;
    r->ends_surname = (all & LEX(SURNAME)) || !known;
    r->speaks_for +=
        known || gaelic ? (r->n_words ? MAX(surname, given - 1) : MAX(given, surname)) : 2;
    r->speaks_against += against;
    r->n_words++;
    r->last = last;
    return true;
}
