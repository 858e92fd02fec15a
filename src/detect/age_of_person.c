/* detect/age_of_person.c — see age_passing.h: by anybody who is spoken of, in digits or words.
 *
 *     Landlord, 99, checks        the other driver was ninety-six.     Oldest deacon (91) at
 *     FH: M d. 104, F d. 61       gone at one hundred and one          Enrolled at 92,
 *     Ages of the house: 12, 57, ninety-four                           would be 94 this June
 *     Ada Roe | 94 | retired      Ada Roe, 97 (in a list of lines)     just shy of 96 */
#include "detect/age_inside.h"
#include "detect/age_passing_inside.h"
#include "detect/age_short.h"
#include "detect/measure_words.h"
#include "detect/shape.h"

enum person_class {
    P_WHO = 1,       /* somebody, by what he is to others */
    P_ENDED = 2,     /* gone at, enrolled at */
    P_PARENT = 4,    /* M, F, MG in a history of the family */
    P_HISTORY = 8,   /* FH */
    P_FIRST = 16,    /* oldest, eldest */
    P_WOULD = 32,    /* would be, should be */
    P_WHEN = 64,     /* behind it: this June, in May, on */
    P_GOES_ON = 128, /* "is 96 and wants" */
    P_AGES = 256,
    P_TITLE = 512,
    P_FEAST = 1024, /* birthdays of the week */
};
static const struct wordset_row rows[] = {
    { "driver landlord landlady signer cosigner donor deacon deaconess elder pastor priest tenant "
      "owner host mentor patriarch matriarch historian kin claimant informant passenger occupant "
      "pedestrian plaintiff veteran widow widower resident deceased decedent testator godmother "
      "godfather neighbor neighbour friend roommate relative caregiver carer caretaker guardian "
      "boarder lodger farmer nun sister brother parishioner member villager teacher founder "
      "alumnus",
      P_WHO },
    { "gone died passed dead deceased expired enrolled recruited consented buried widowed",
      P_ENDED },
    { "m f mg pg mgm mgf pgm pgf ma pa b s", P_PARENT },
    { "fh fhx fam famhx fmhx family", P_HISTORY },
    { "oldest eldest", P_FIRST },
    { "would should will", P_WOULD },
    { "this in on next come if", P_WHEN },
    { "and so but when today tomorrow", P_GOES_ON },
    { "ages", P_AGES },
    { "birthday birthdays bday bdays", P_FEAST },
    { "mr mrs ms miss", P_TITLE },
};
static struct wordset words = WORDSET(rows);
WORDSET_CLASS_AT(cls, words)

static bool is_somebody(const struct doc *d, int64_t i)
{
    return cls(d, i) & P_WHO || age_passing_class(d, i) & PASS_KIN;
}

/* "Mrs. Roe", "great-uncle Misao Roe": a name of up to two words that ends at token i, behind a title or a relative. */
static bool is_named(const struct doc *d, int64_t i)
{
    enum { WORDS = 3 };
    for (int64_t k = i; k >= 0 && k > i - WORDS; k--) {
        if (!(doc_tok(d, k)->flags & TOK_CAP) || doc_tok(d, k)->kind != TOK_WORD) return false;
        if (!doc_is_on_line(d, k)) return false;
        const int64_t p = k - 1 - doc_is_mark(d, k - 1, '.');
        if (cls(d, p) & P_TITLE || is_somebody(d, p)) return true;
        if (!age_passing_is_somebody(d, k)) return false;
    }
    return false;
}

/* "Oldest living relative: Ada Roe, 96, Ely": said of the line's first before token i. */
static bool is_of_first(const struct doc *d, int64_t i)
{
    enum { REACH = 9 };
    for (int64_t k = i - 1; k >= 0 && k > i - REACH; k--) {
        if (cls(d, k) & P_FIRST) return true;
        const struct token *t = doc_tok(d, k);
        if (!doc_is_on_line(d, k) || t->kind == TOK_NUMBER || doc_is_mark(d, k, '.')) return false;
    }
    return false;
}

/* "the other driver was 98.", "Next of kin is ninety-four and deaf" */
static bool is_said_to_be(const struct doc *d, int64_t first, int64_t last)
{
    const int64_t be = first - 1, who = first - 2;
    if (!(age_class_at(d, be) & AGE_BE)) return false;
    if (!age_passing_is_closed(d, last + 1) && !(cls(d, last + 1) & P_GOES_ON)) return false;
    return cls(d, who) & P_WHO || is_named(d, who) || doc_is_word(d, who, VIEW("who"));
}

/* "Landlord, 99, checks", "Oldest deacon (91)", "Mrs. Roe, ninety, signed" */
static bool is_parted(const struct doc *d, int64_t first, int64_t last)
{
    const int64_t who = first - 2;
    const bool brackets = doc_is_mark(d, first - 1, '(') && doc_is_mark(d, last + 1, ')');
    const bool commas = doc_is_mark(d, first - 1, ',') && doc_is_mark(d, last + 1, ',') &&
                        !doc_joined(d, first) && !doc_joined(d, last + 2) &&
                        doc_tok(d, last + 2)->kind == TOK_WORD;
    if (!brackets && !commas) return false;
    if (is_of_first(d, first - 1)) return true;
    if (!(doc_tok(d, last + 2)->flags & TOK_LOWER) && commas) return false;
    return cls(d, who) & P_WHO || is_named(d, who) || (commas && doc_is_word(d, who, VIEW("i")));
}

/* "Mom ninety-one, dad gone at 98;", "died at one hundred and one,", "Enrolled at 92," */
static bool is_end_of_life(const struct doc *d, int64_t first, int64_t last)
{
    if (!doc_is_word(d, first - 1, VIEW("at")) || !doc_is_on_line(d, first)) return false;
    if (doc_is_mark(d, last + 1, '%')) return false;
    return cls(d, first - 2) & P_ENDED && age_passing_is_closed(d, last + 1);
}

/* Past "d." before token i to the letters of a parent, or -1. */
static int64_t parent_before(const struct doc *d, int64_t i, bool *died)
{
    int64_t k = i - 1;
    k -= doc_is_mark(d, k, '.');
    *died = doc_is_word(d, k, VIEW("d"));
    k = *died ? k - 1 : k;
    return cls(d, k) & P_PARENT && doc_tok(d, k)->flags & TOK_UPPER ? k : -1;
}

/* "FH: M d. 104, F d. 61 MI", "FH: F 94 CHF, M 100": in a history of the family, or both parents dead. */
static bool is_in_history(const struct doc *d, int64_t first, int64_t last)
{
    enum { REACH = 14 };
    bool died = false;
    const int64_t parent = parent_before(d, first, &died);
    if (parent < 0 || !doc_is_on_line(d, first) || !age_passing_counts_nothing(d, last))
        return false;
    for (int64_t k = parent - 1; k >= 0 && k > parent - REACH; k--) {
        if (cls(d, k) & P_HISTORY) return true;
        if (doc_tok(d, k + 1)->flags & TOK_LINE) break;
        bool other_died;
        if (died && doc_tok(d, k)->kind == TOK_NUMBER && parent_before(d, k, &other_died) >= 0 &&
            other_died)
            return true;
    }
    return false;
}

/* "He would be 104 this February.", "Ada should be ninety-four on May 5" */
static bool is_to_come(const struct doc *d, int64_t first, int64_t last)
{
    if (!doc_is_word(d, first - 1, VIEW("be")) || !(cls(d, first - 2) & P_WOULD)) return false;
    const int64_t who = first - 3;
    const bool person = age_passing_class(d, who) & PASS_PRONOUN || is_somebody(d, who) ||
                        (age_passing_is_somebody(d, who) && doc_bits(d, last + 2) & LEX(MONTH));
    return person && cls(d, last + 1) & P_WHEN && doc_bits(d, last + 2) & LEX(MONTH);
}

/* "Ages of household: 12, 57, 60, ninety-four" */
static bool is_of_ages(const struct doc *d, int64_t first, int64_t last)
{
    enum { REACH = 20, LONG = 4 };
    const bool in_words = doc_tok(d, first)->kind == TOK_WORD;
    bool colon = in_words;
    if (!age_passing_is_closed(d, last + 1)) return false;
    for (int64_t k = first - 1; k >= 0 && k > first - REACH && doc_is_on_line(d, k + 1); k--) {
        const struct token *t = doc_tok(d, k);
        if (cls(d, k) & (in_words ? P_AGES | P_FEAST : P_FEAST)) return colon;
        colon |= doc_is_mark(d, k, ':');
        if (t->kind == TOK_MARK     ? t->hash != ',' && t->hash != ':' && t->hash != '-'
            : t->kind == TOK_NUMBER ? t->len > 3
                                    : in_words && t->len > LONG && first - k > REACH / 2)
            return false;
    }
    return false;
}

/* "Ada Roe | 94 | retired": two words of a name that begin the line. */
static bool is_in_cell(const struct doc *d, int64_t first, int64_t last)
{
    const struct token *go = doc_tok(d, last + 2);
    if (!doc_is_mark(d, first - 1, '|') || !doc_is_mark(d, last + 1, '|')) return false;
    return doc_opens_line(d, first - 3) && age_passing_is_somebody(d, first - 3) &&
           age_passing_is_somebody(d, first - 2) && go->flags & TOK_LOWER &&
           !(wordset_class(measure_words(), go) & (MW_UNIT | MW_BEFORE));
}

/* Is token i the last of a line "Ada Roe, 97"? */
static bool ends_roster_line(const struct doc *d, int64_t i)
{
    enum { WORDS = 4, OLDEST = 125 };
    const struct token *t = doc_tok(d, i);
    if (t->kind != TOK_NUMBER || t->hash > OLDEST || t->len > 3 || !doc_ends_line(d, i) ||
        !doc_is_mark(d, i - 1, ',') || doc_joined(d, i))
        return false;
    for (int64_t k = i - 2; k >= 0 && k > i - 2 - WORDS; k--) {
        const struct token *w = doc_tok(d, k);
        const bool point = doc_is_mark(d, k, '.') && doc_tok(d, k - 1)->len <= 2;
        const uint64_t bits = doc_bits(d, k), names = LEX_GIVEN | LEX(SURNAME) | LEX(SUFFIX);
        if (!point && (!(w->flags & TOK_CAP) || w->kind != TOK_WORD)) return false;
        if (!point && bits && !(bits & names)) return false;
        if (w->flags & TOK_LINE || k == 0) return k < i - 2;
    }
    return false;
}

/* "Ada Roe, 97" on a line, and another such line above or below. */
static bool is_in_roster(const struct doc *d, int64_t i)
{
    enum { REACH = 8 };
    if (!ends_roster_line(d, i)) return false;
    int64_t k = i;
    while (k > 0 && !(doc_tok(d, k)->flags & TOK_LINE))
        k--;
    if (ends_roster_line(d, k - 1)) return true;
    for (k = i + 2; k < (int64_t)d->n && k < i + REACH; k++)
        if (doc_ends_line(d, k)) return ends_roster_line(d, k);
    return false;
}

/* "Mrs. Roe 94 fell" */
static bool is_titled(const struct doc *d, int64_t first, int64_t last)
{
    const struct token *verb = doc_tok(d, last + 1);
    const int64_t title = first - 2 - doc_is_mark(d, first - 2, '.');
    return cls(d, title) & P_TITLE && doc_tok(d, first - 1)->flags & TOK_CAP &&
           verb->flags & TOK_LOWER && !(verb->flags & TOK_LINE) &&
           doc_bits(d, last + 1) & LEX(PERSON_VERB);
}

bool age_is_of_person(const struct doc *d, int64_t first, int64_t last)
{
    if (doc_joined(d, first) && doc_tok(d, first - 1)->kind == TOK_WORD) return false;
    if (first == last && is_in_roster(d, first)) return true;
    if (is_in_history(d, first, last)) return true;
    if (!doc_is_on_line(d, first) || age_is_value(d, first)) return false;
    return is_said_to_be(d, first, last) || is_parted(d, first, last) ||
           is_end_of_life(d, first, last) || is_to_come(d, first, last) ||
           is_in_cell(d, first, last) || is_of_ages(d, first, last) || is_titled(d, first, last);
}
