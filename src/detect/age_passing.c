/* detect/age_passing.c — see age_passing.h. */
#include "detect/age_passing_inside.h"
#include "detect/measure_words.h"

#include "detect/age_form.h"
#include "detect/age_inside.h"
#include "detect/age_short.h"
#include "detect/shape.h"

static const struct wordset_row rows[] = {
    { "mother father mom mum mam mammy mummy dad daddy da mama papa parent sister brother sibling "
      "aunt "
      "aunty auntie uncle cousin niece nephew godson goddaughter godmother godfather grandmother "
      "grandfather grandma grandpa granda grandad granddad gran granny nan nana nanna nanny gramps "
      "grandson granddaughter gogo ouma oupa amma appa thatha paati nani nana dadi dada lola lolo "
      "tita tito "
      "abuela abuelo nonna nonno oma opa babcia yiayia halmoni wife husband spouse partner widow "
      "widower fiance fiancee boyfriend girlfriend neighbor neighbour roommate housemate flatmate "
      "roomie buddy caregiver carer caretaker survivor twin stepmother stepfather stepmom stepdad "
      "son daughter mil fil",
      PASS_KIN },
    { "parents sisters brothers siblings aunts uncles grandmothers grandfathers elders laws inlaws "
      "grandparents neighbors "
      "neighbours spouses twins widows cousins sibs",
      PASS_MANY },
    { "mil fil sil bil gm gf ggm ggf mgm mgf pgm pgf", PASS_SHORT },
    { "summers winters springs autumns christmases birthdays harvests monsoons", PASS_SEASON },
    { "hit hits hitting reached reaching reaches celebrated celebrating celebrates marked marking",
      PASS_REACH },
    { "made got lasted lived survived", PASS_LIVED },
    { "only just barely", PASS_BARELY },
    { "come in on this next soon if please god", PASS_WHEN },
    { "bad well good great sharp spry fit strong", PASS_PRAISE },
    { "for despite of at", PASS_DESPITE },
    { "is was who has had lives lived late formerly beloved signed holds held attends attended "
      "still "
      "keeps kept sits sat visits visiting phones rings cooks says said wants asks came drives "
      "died "
      "retired widowed holding sitting sends looks also never",
      PASS_GOES_ON },
    { "is was in on at this next last with party bash do and when", PASS_FEAST },
    { "household family siblings sibs children kids lives live living parents house home",
      PASS_HOUSE },
    { "her his their my your our", PASS_WHOSE },
    { "says said n per she he sure", PASS_SAYS },
    { "she he", PASS_PRONOUN },
    { "herself himself themselves", PASS_SELF },
    { "oldest eldest longevity obit obituary", PASS_ELDEST },
    { "hoping hopes hope wants determined plans planning", PASS_HOPE },
};
struct wordset age_passing_words = WORDSET(rows);

static uint32_t cls(const struct doc *d, int64_t i)
{
    return age_passing_class(d, i);
}

static bool is_mark_in(const struct doc *d, int64_t i, const char *marks)
{
    const struct token *t = doc_tok(d, i);
    return t->kind == TOK_MARK && t->hash && t->hash < 0x80 && strchr(marks, (int)t->hash);
}

bool age_passing_ends_in(const struct doc *d, int64_t i, view end)
{
    const struct token *t = doc_tok(d, i);
    const size_t to = token_end(t);
    return t->kind == TOK_WORD && t->len > end.n &&
           view_eq_nocase(view_sub(d->text, to - end.n, to), end);
}

bool age_passing_is_closed(const struct doc *d, int64_t i)
{
    if (i >= (int64_t)d->n || doc_tok(d, i)->flags & TOK_LINE) return true;
    return is_mark_in(d, i, ",.;)\"!?") &&
           !(doc_joined(d, i + 1) && doc_tok(d, i + 1)->kind == TOK_NUMBER);
}

bool age_passing_opens(const struct doc *d, int64_t i)
{
    return doc_opens_line(d, i) || (is_mark_in(d, i - 1, ".!?\"") && !doc_joined(d, i));
}

/* "in" and "n" are inches and newtons elsewhere, and are joined to nothing here. */
bool age_passing_counts_nothing(const struct doc *d, int64_t i)
{
    if (doc_is_word(d, i + 1, VIEW("in")) || doc_is_word(d, i + 1, VIEW("n")))
        return !doc_joined(d, i + 1) && doc_tok(d, i + 2)->kind == TOK_WORD;
    return age_counts_nothing(d, i);
}

bool age_passing_is_somebody(const struct doc *d, int64_t i)
{
    const struct token *t = doc_tok(d, i);
    if (cls(d, i) & PASS_KIN) return true;
    return t->kind == TOK_WORD && t->len > 2 &&
           (t->flags & TOK_CAP ||
            (d->is_caseless && !(doc_bits(d, i) & ~(LEX_GIVEN | LEX(SURNAME))))) &&
           !(doc_bits(d, i) &
             (LEX(MEDICAL) | LEX(DRUG) | LEX(UNIT) | LEX(ABBREVIATION) | LEX(MONTH))) &&
           !(d->shield[i] & (SHIELD_EPONYM | SHIELD_PHRASE));
}

/* "Roe, 94, signed", "her aunt, 97, at bedside" */
static bool is_between_commas(const struct doc *d, int64_t i)
{
    if (!doc_is_mark(d, i + 1, ',') || doc_joined(d, i + 2) || !age_passing_is_somebody(d, i - 2))
        return false;
    if (doc_tok(d, i + 2)->flags & TOK_LINE) return false;
    if (cls(d, i + 2) & PASS_GOES_ON) return true;
    return doc_is_word(d, i + 2, VIEW("at")) &&
           (doc_is_word(d, i + 3, VIEW("bedside")) || doc_is_word(d, i + 3, VIEW("home")));
}

/* "Roe, Ada (97)" heads its line; "household: Ada (97), Bo (61)" */
static bool is_bracketed(const struct doc *d, int64_t i)
{
    enum { REACH = 24 };
    if (!doc_is_mark(d, i + 1, ')') || !age_passing_is_somebody(d, i - 2)) return false;
    if (doc_is_mark(d, i - 3, ',') && doc_opens_line(d, i - 4))
        return age_passing_is_somebody(d, i - 4);
    for (int64_t k = i - 2; k >= 0 && k > i - REACH; k--) {
        if (cls(d, k) & PASS_HOUSE) return true;
        if (doc_tok(d, k)->flags & TOK_LINE || is_mark_in(d, k, ".;")) return false;
    }
    return false;
}

/* "his uncle Ezra, 94": a relative, or his name, ends with token i. */
static bool is_behind_kin(const struct doc *d, int64_t i)
{
    return cls(d, i) & PASS_KIN || (age_passing_is_somebody(d, i) && cls(d, i - 1) & PASS_KIN);
}

/* "Ezra (94, father)", "husband of 70 years (Ezra, 94)", "both parents past ninety (96, 92)" */
static bool is_kin_in_brackets(const struct doc *d, int64_t first, int64_t last)
{
    enum { REACH = 8 };
    if (doc_is_mark(d, first - 1, '(') && doc_is_mark(d, last + 1, ','))
        if (cls(d, last + 2) & PASS_KIN && doc_is_mark(d, last + 3, ')')) return true;
    if (!doc_is_mark(d, last + 1, ')') && !doc_is_mark(d, last + 1, ',')) return false;
    int64_t open = first - 1;
    while (open >= 0 && open > first - REACH / 2 && !doc_is_mark(d, open, '('))
        open--;
    for (int64_t k = open - 1; k >= 0 && k > open - REACH; k--) {
        if (doc_tok(d, k + 1)->flags & TOK_LINE || is_mark_in(d, k, ".;")) return false;
        if (cls(d, k) & (PASS_KIN | PASS_MANY)) return true;
    }
    return false;
}

/* "Longevity: F 105, M 97, PGM 100" */
static bool is_of_longevity(const struct doc *d, int64_t i)
{
    enum { REACH = 12 };
    for (int64_t k = i - 1; k >= 0 && k > i - REACH; k--) {
        if (doc_is_word(d, k, VIEW("longevity"))) return age_passing_is_closed(d, i + 1);
        if (doc_tok(d, k)->flags & TOK_LINE || is_mark_in(d, k, ".")) return false;
    }
    return false;
}

/* "both aunts, 94 & 91", "two elders, 98 and 96" */
static bool is_pair(const struct doc *d, int64_t i)
{
    enum { REACH = 6, LEAST = 60 };
    const bool second = doc_is_mark(d, i - 1, '&') || doc_is_word(d, i - 1, VIEW("and"));
    const int64_t one = second ? i - 2 : i, two = second ? i : i + 2;
    if (!second && !doc_is_mark(d, i + 1, '&') && !doc_is_word(d, i + 1, VIEW("and"))) return false;
    const struct token *a = doc_tok(d, one), *b = doc_tok(d, two);
    if (a->kind != TOK_NUMBER || b->kind != TOK_NUMBER || a->hash < LEAST || b->hash < LEAST ||
        a->hash > 125 || b->hash > 125 || !age_passing_is_closed(d, two + 1))
        return false;
    for (int64_t k = one - 1; k >= 0 && k >= one - REACH; k--) {
        if (cls(d, k) & PASS_MANY) return true;
        if (doc_tok(d, k + 1)->flags & TOK_LINE || is_mark_in(d, k, ".;")) return false;
        if (wordset_class(measure_words(), doc_tok(d, k)) & MW_BEFORE) return false;
    }
    return false;
}

/* "Ages of the house: 97, 61"; the numbers after it are age_plain.c's */
static bool is_of_ages(const struct doc *d, int64_t i)
{
    enum { REACH = 5 };
    for (int64_t k = i - 2; k >= 0 && k >= i - REACH; k--) {
        if (doc_is_word(d, k, VIEW("ages"))) return true;
        if (doc_tok(d, k)->kind != TOK_WORD || doc_tok(d, k)->flags & TOK_LINE) return false;
    }
    return false;
}

/* Under a line "Ages of …": lines of a few words and one number. */
static bool is_under_ages(const struct doc *d, int64_t i)
{
    enum { REACH = 30, WIDTH = 5 };
    if (!doc_ends_line(d, i) || doc_opens_line(d, i)) return false;
    int64_t end = i;
    for (int64_t k = i - 1; k >= 0 && k > i - REACH; k--) {
        if (doc_is_word(d, k, VIEW("ages"))) return true;
        if (!(doc_tok(d, k)->flags & TOK_LINE) && k > 0) continue;
        if (end - k >= WIDTH || doc_tok(d, end)->kind != TOK_NUMBER) return false;
        end = k - 1;
    }
    return false;
}

/* "Age ..... 96", "Age ____ 96" */
static bool is_led_to(const struct doc *d, int64_t i)
{
    enum { MOST = 40, LEAST = 2 };
    int64_t k = i - 1;
    while (k >= 0 && k > i - MOST && is_mark_in(d, k, "._:"))
        k--;
    return i - 1 - k >= LEAST && age_class_at(d, k) & AGE_CUE;
}

/* "3 Roe 98F dka": the line begins with the number of a bed. */
static bool is_bed(const struct doc *d, int64_t i)
{
    enum { REACH = 5 };
    for (int64_t k = i - 1; k >= 0 && k > i - REACH; k--)
        if (doc_opens_line(d, k))
            return doc_tok(d, k)->kind == TOK_NUMBER && doc_tok(d, k)->len <= 3 && k < i - 1 &&
                   doc_tok(d, k + 1)->flags & TOK_CAP;
    return false;
}

/* "MIL 94F upstairs", "98M roommate", "Roe   101F   Idowu" */
static bool is_sexed(const struct doc *d, int64_t i)
{
    const int64_t s = i + 1;
    const struct token *sex = doc_tok(d, s), *before = doc_tok(d, i - 1);
    if (!doc_joined(d, s) || !(age_class_at(d, s) & AGE_SEX) || doc_joined(d, s + 1)) return false;
    const bool upper = sex->flags & TOK_UPPER;
    if (age_passing_opens(d, i)) return (upper || d->is_caseless) && cls(d, s + 1) & PASS_KIN;
    if (!upper || before->kind != TOK_WORD) return false;
    if (cls(d, i - 1) & PASS_SHORT && before->flags & TOK_UPPER)
        return doc_tok(d, s + 1)->kind == TOK_WORD;
    if (!age_passing_is_somebody(d, i - 1)) return false;
    return is_bed(d, i) || (shape_opens_column(d, (uint32_t)i) &&
                            (doc_ends_line(d, s) || shape_opens_column(d, (uint32_t)s + 1)));
}

/* "M/97/Roe": the cells of a row. */
static bool is_between_slashes(const struct doc *d, int64_t i)
{
    const struct token *sex = doc_tok(d, i - 2);
    return doc_is_mark(d, i - 1, '/') && doc_is_mark(d, i + 1, '/') &&
           age_class_at(d, i - 2) & AGE_SEX && sex->flags & TOK_UPPER && !doc_joined(d, i - 2) &&
           doc_joined(d, i + 2) && doc_tok(d, i + 2)->kind == TOK_WORD &&
           doc_tok(d, i + 2)->flags & TOK_CAP && doc_tok(d, i + 2)->len > 2;
}

/* "F/97 with a cough" begins a sentence. */
static bool is_slashed(const struct doc *d, int64_t i)
{
    return doc_is_mark(d, i - 1, '/') && doc_joined(d, i) && doc_joined(d, i - 1) &&
           age_class_at(d, i - 2) & AGE_SEX && age_passing_opens(d, i - 2) &&
           (doc_tok(d, i - 2)->flags & TOK_UPPER || d->is_caseless) &&
           age_passing_counts_nothing(d, i) && doc_tok(d, i + 1)->kind == TOK_WORD &&
           !(doc_tok(d, i + 1)->flags & TOK_LINE);
}

bool age_passing_is_possessive(const struct doc *d, int64_t i)
{
    return doc_is_word(d, i, VIEW("s")) && doc_is_mark(d, i - 1, '\'') && doc_joined(d, i);
}

/* Birthdays: what ends with the token before `after`, from `first` on, is an ordinal. */
static bool is_birthday(const struct doc *d, int64_t first, int64_t after)
{
    const int64_t p = first - 1;
    const bool ends = age_passing_is_closed(d, after) || cls(d, after) & PASS_FEAST;
    if (doc_is_word(d, after, VIEW("year")))
        return age_passing_is_possessive(d, p) || cls(d, p) & PASS_WHOSE;
    if (doc_is_word(d, after, VIEW("bday"))) return true;
    if (!ends) return false;
    if (age_passing_is_possessive(d, p)) return age_passing_is_somebody(d, p - 2);
    return cls(d, p) & PASS_REACH &&
           (age_passing_is_somebody(d, p - 1) || cls(d, p - 1) & (PASS_KIN | PASS_PRONOUN));
}

static bool is_ordinal(const struct doc *d, int64_t i)
{
    const struct token *t = doc_tok(d, i + 1);
    return t->kind == TOK_WORD && t->len == 2 && doc_joined(d, i + 1) &&
           (doc_is_word(d, i + 1, VIEW("th")) || doc_is_word(d, i + 1, VIEW("st")) ||
            doc_is_word(d, i + 1, VIEW("nd")) || doc_is_word(d, i + 1, VIEW("rd")));
}

/* "I am only 94" */
static bool is_barely(const struct doc *d, int64_t i)
{
    return cls(d, i - 1) & PASS_BARELY && age_passing_is_closed(d, i + 1) &&
           (doc_is_word(d, i - 2, VIEW("am")) || doc_is_word(d, i - 2, VIEW("m")));
}

/* "mat. gm d. 93", "Ada, d. 93" */
static bool is_life_of_kin(const struct doc *d, int64_t i)
{
    const bool lives = doc_is_word(d, i - 2, VIEW("a")); /* "Ada, a. 93" */
    if (!doc_is_mark(d, i - 1, '.') || !(lives || doc_is_word(d, i - 2, VIEW("d"))) ||
        doc_tok(d, i)->flags & TOK_LINE)
        return false;
    if (doc_is_mark(d, i - 3, ',')) return age_passing_is_somebody(d, i - 4);
    return cls(d, i - 3) & (PASS_KIN | PASS_SHORT);
}

bool age_is_in_passing(const struct doc *d, int64_t i)
{
    const struct token *before = doc_tok(d, i - 1);
    if (is_mark_in(d, i + 1, "/%") && doc_joined(d, i + 1)) /* most: 120/80 */
        return is_between_slashes(d, i);
    if (is_led_to(d, i) || (is_life_of_kin(d, i) && age_passing_counts_nothing(d, i))) return true;
    if (age_passing_opens(d, i)) return is_sexed(d, i);
    if (cls(d, i + 1) & PASS_SEASON) return !doc_joined(d, i + 1);
    if (is_ordinal(d, i)) return is_birthday(d, i, i + 2);
    if (is_sexed(d, i) || is_slashed(d, i)) return !age_is_value(d, i);
    if (is_under_ages(d, i) || is_barely(d, i) || is_pair(d, i) || is_of_longevity(d, i))
        return true;
    if (before->kind == TOK_MARK && before->hash == ':') return is_of_ages(d, i);
    if (doc_joined(d, i) && before->kind != TOK_MARK) return false;
    if (age_is_value(d, i)) return false;
    if (doc_is_word(d, i + 1, VIEW("years"))) /* 94 years completed; celebrated 94 years at */
        return doc_is_word(d, i + 2, VIEW("completed")) ||
               doc_is_word(d, i + 2, VIEW("complete")) || doc_is_word(d, i - 1, VIEW("celebrated"));
    if (before->kind == TOK_WORD) return age_passing_is_behind_word(d, i, i);
    if (before->hash == ',')
        return is_between_commas(d, i) || is_kin_in_brackets(d, i, i) ||
               (doc_is_mark(d, i + 1, ',') && is_behind_kin(d, i - 2));
    return before->hash == '(' && (is_bracketed(d, i) || is_kin_in_brackets(d, i, i));
}

bool age_words_in_passing(const struct doc *d, int64_t first, int64_t last)
{
    const int64_t p = doc_is_word(d, first - 1, VIEW("a")) ? first - 2 : first - 1;
    if (age_passing_ends_in(d, last, VIEW("th"))) return is_birthday(d, first, last + 1);
    if (!age_passing_counts_nothing(d, last)) return false;
    if (doc_is_word(d, p, VIEW("at")) && age_passing_opens(d, p))
        return cls(d, last + 1) & (PASS_PRONOUN | PASS_WHOSE);
    if (doc_is_mark(d, p, ':')) return doc_is_mark(d, last + 1, ',');
    if (doc_is_mark(d, p, ',')) return is_behind_kin(d, p - 1);
    if (doc_is_mark(d, p, '.')) return is_life_of_kin(d, p + 1);
    if (doc_is_mark(d, p, '(')) return is_kin_in_brackets(d, first, last);
    return age_class_at(d, p) & AGE_TURN || age_passing_is_behind_word(d, p + 1, last);
}
