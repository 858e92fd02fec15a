#include "detect/name_small.h"

#include "detect/shape.h"
#include "detect/wordset.h"

enum { W_TITLE = 1, W_THING = 2, W_PATIENT = 4, W_GOES_ON = 8, W_NAME = 16, W_NAMED = 32 };
static const struct wordset_row rows[] = {
    { "dr mr mrs ms mx", W_TITLE },
    { "brand generic trade drug product medication medicine pharmacy clinic hospital file test "
      "user company store program device trial study dog cat",
      W_THING },
    { "pt patient", W_PATIENT },
    { "name", W_NAME },
    { "named", W_NAMED },
    { "has is was wants needs takes says denies lives came called", W_GOES_ON },
};
static struct wordset words = WORDSET(rows);

SELDOM static bool is_of(const struct doc *d, int64_t i, uint32_t classes)
{
    return wordset_class(wordset_ready(&words), doc_tok(d, i)) & classes;
}

enum behind {         /* what the word is looked for as */
              GIVEN,  /* a usual given name that is hardly anything else */
              FAMILY, /* a usual name of either kind, the same */
              EITHER, /* a name as usual as it is a word, or an unknown word */
};

static bool is_name(const struct doc *d, uint32_t i, enum behind as)
{
    const uint64_t other = LEX(FUNCTION) | LEX(MEDICAL) | LEX(DRUG) | LEX(ABBREVIATION) |
                           LEX(UNIT) | LEX(TITLE) | LEX(CREDENTIAL) | LEX(RELATIVE) |
                           LEX(CLINICIAN) | LEX(NAME_CUE) | LEX(PERSON_VERB) | LEX(ORG_HEAD) |
                           LEX(WEEKDAY) | LEX(NUMBER_WORD) | LEX(EPONYM_HEAD);
    const struct token *t = doc_tok(d, i);
    if (t->kind != TOK_WORD || !(t->flags & TOK_LOWER) || t->flags & TOK_LINE || t->len < 3 ||
        d->shield[i])
        return false;
    const struct lex_info *l = d->lex[i];
    if (!l->bits) return as == EITHER && t->len > 3;
    const int rank = as == GIVEN ? l->given : MAX(l->given, l->surname);
    if (l->bits & other) return rank >= 5 && rank > l->word + 1 && !(l->bits & LEX(FUNCTION));
    /* "father rose early": what is said often needs more than a word before it */
    const int needed = l->word + (as == EITHER ? 0 : l->word > 2 ? 2 : 1);
    return rank >= MAX(as == EITHER && !l->word ? 1 : 3, needed);
}

/* "my husbands name is", "a friend named": not of what is sold or kept. */
SELDOM static bool is_persons_name(const struct doc *d, int64_t i)
{
    return !is_of(d, i - 1, W_THING) && !(doc_bits(d, i - 1) & (LEX(DRUG) | LEX(MEDICAL)));
}

/* "curently", "swoleln", "complaing": what words of the language end in. */
SELDOM static bool ends_like_word(const struct doc *d, uint32_t i)
{
    static const char *const ends[] = { "ly", "ing", "ed", "ng", "en", "nt", "ion", "ment" };
    const view w = doc_view(d, i, i);
    for (size_t k = 0; k < COUNT_OF(ends); k++) {
        const view end = view_of_str(ends[k]);
        if (w.n > end.n && view_eq_nocase(view_sub(w, w.n - end.n, w.n), end)) return true;
    }
    return false;
}

bool name_small_would_be(const struct doc *d, uint32_t i)
{
    enum { LEAST = 4 };
    const struct token *t = &d->tok[i];
    const char end = t->len ? d->text.p[token_end(t) - 1] : 0;
    return t->kind == TOK_WORD && t->len >= LEAST && !d->shield[i] && !d->lex[i]->bits &&
           !doc_joined(d, i) && !doc_joined(d, (int64_t)i + 1) && end != 's' &&
           !ends_like_word(d, i);
}

bool name_small_may_be(const struct doc *d, uint32_t i)
{
    return is_name(d, i, EITHER) && (d->lex[i]->bits || !ends_like_word(d, i));
}

bool name_small_after(const struct doc *d, uint32_t i, uint32_t *first, uint32_t *last)
{
    if (d->is_caseless || d->tok[i].flags & TOK_UPPER || d->shield[i]) return false;
    const uint32_t is = wordset_class(wordset_ready(&words), &d->tok[i]);
    const bool is_title = is & W_TITLE;
    enum behind as = GIVEN;
    uint32_t j = i + 1;
    if (is_title) {
        if (doc_tok(d, (int64_t)i - 1)->kind == TOK_NUMBER) return false; /* "600 ms" */
        if (doc_is_mark(d, j, '.') && doc_joined(d, j)) j++;
        as = EITHER;
    } else if (is & W_NAME) {
        const bool told = doc_is_word(d, j, VIEW("is")) || doc_is_word(d, j, VIEW("was"));
        if (!told || !is_persons_name(d, i)) return false;
        j++;
        as = EITHER;
    } else if (is & W_NAMED) {
        if (!is_persons_name(d, i)) return false;
    } else if (is & W_PATIENT) { /* "Pt lindemar has": no adverb with a slip in it */
        if (!is_of(d, (int64_t)j + 1, W_GOES_ON) || ends_like_word(d, j)) return false;
        as = EITHER;
    } else if (!(d->lex[i]->bits & LEX(RELATIVE))) {
        return false;
    }
    if (j >= d->n || doc_joined(d, j) || !is_name(d, j, as)) return false;
    *first = is_title ? i : j;
    *last = shape_word_end(d, j);
    const uint32_t next = *last + 1; /* the family name */
    if (next < d->n && !doc_joined(d, next) && is_name(d, next, FAMILY))
        *last = shape_word_end(d, next);
    return true;
}

/* ---- fields ---- */

enum { FIELD_WORDS = 3 };

struct small_part {
    uint32_t last;
    uint32_t words, told; /* those that are names above all, or on no list */
};

/* Past "van de", "st." before a family name. */
static uint32_t past_particles(const struct doc *d, uint32_t i)
{
    uint32_t j = i;
    while (j < i + FIELD_WORDS && doc_bits(d, j) & LEX(PARTICLE) &&
           doc_tok(d, (int64_t)j + 1)->kind == TOK_WORD)
        j++;
    if (j == i && doc_is_word(d, j, VIEW("st"))) j += doc_is_mark(d, j + 1, '.') ? 2 : 1;
    return j;
}

/* One word of a name with what leads to it, in small letters but for what a particle leads to. */
static bool take_part(const struct doc *d, uint32_t i, struct small_part *p)
{
    const uint64_t other = LEX(FUNCTION) | LEX(MEDICAL) | LEX(DRUG) | LEX(ABBREVIATION) |
                           LEX(UNIT) | LEX(RELATIVE) | LEX(CLINICIAN) | LEX(NAME_CUE) |
                           LEX(PERSON_VERB) | LEX(WEEKDAY) | LEX(NUMBER_WORD);
    const uint32_t at = past_particles(d, i), last = at < d->n ? shape_word_end(d, at) : at;
    bool told = false;
    for (uint32_t j = at; j <= last; j++) {
        const struct token *t = doc_tok(d, j);
        if (t->kind == TOK_MARK && j > at) continue;
        if (t->kind != TOK_WORD || t->flags & TOK_LINE || d->shield[j] & SHIELD_TAG ||
            (!(t->flags & TOK_LOWER) && at == i))
            return false;
        if (t->len < 2 && last == at) return false;
        const struct lex_info *l = d->lex[j];
        const int rank = MAX(l->given, l->surname);
        if (l->bits & other && rank <= l->word) return false;
        told |= l->bits ? rank > l->word : t->len > 2;
    }
    *p = (struct small_part){ last, p->words + 1, p->told + told };
    return true;
}

static bool ends_field(const struct doc *d, uint32_t i)
{
    const struct token *t = doc_tok(d, i);
    return i >= d->n || t->flags & TOK_LINE || shape_opens_column(d, i) || t->kind == TOK_NUMBER ||
           (t->kind == TOK_MARK && t->hash && t->hash < 0x80 && strchr(",;|(/", (int)t->hash)) ||
           (doc_is_mark(d, i, '.') && (i + 1 >= d->n || d->tok[i + 1].flags & TOK_LINE));
}

static void take_parts(const struct doc *d, uint32_t i, struct small_part *p)
{
    while (p->words < FIELD_WORDS && take_part(d, i, p) && !ends_field(d, p->last + 1))
        i = p->last + 1;
}

bool name_small_field(const struct doc *d, uint32_t m, uint32_t *last)
{
    const bool is_name = doc_is_word(d, (int64_t)m - 1, VIEW("name"));
    struct small_part family = { .last = m }, given = { 0 };
    if (d->is_caseless || (is_name && !is_persons_name(d, (int64_t)m - 1))) return false;
    take_parts(d, m + 1, &family);
    if (!family.words || !ends_field(d, family.last + 1)) return false;
    const uint32_t comma = family.last + 1;
    *last = family.last;
    if (!doc_is_mark(d, comma, ',')) /* "Name: kate o'brien" */
        return family.told == family.words && (is_name || family.words > 1);
    take_parts(d, comma + 1, &given);
    if (!given.words || !ends_field(d, given.last + 1)) return is_name && family.told;
    *last = given.last;
    const uint32_t told = family.told + given.told;
    return is_name ? told > 0 : told == family.words + given.words;
}
