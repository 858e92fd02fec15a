/* detect/age_form.c — see age_form.h. */
#include "detect/age_form.h"

#include "detect/age_short.h"
#include "detect/measure_words.h"

enum form_class {
    FORM_YEAR = 1,
    FORM_MONTH = 2,
    FORM_ABOUT = 4, /* 90-something */
    FORM_SEX = 8,
    FORM_VITAL = 16, /* F and M mean something else after it */
    FORM_RELATIVE = 32,
    FORM_PERSON = 64, /* pt, resident */
    FORM_PRONOUN = 128,
    FORM_BE = 256,
    FORM_GOES_ON = 512,
    FORM_BIRTH = 1024,
    FORM_STEP = 2048, /* in-law: the end of a relative's word */
};
static const struct wordset_row rows[] = {
    { "y yr yrs year years yo", FORM_YEAR },
    { "m mo mos mth mths month months", FORM_MONTH },
    { "something odd ish plus", FORM_ABOUT },
    { "m f male female", FORM_SEX },
    { "temp temperature t tm tmax tc febrile fever fevers afebrile degrees deg vitals vs hr pulse "
      "rate sat sats spo spo2 sao o2 rr bp map ra bg glucose c",
      FORM_VITAL },
    { "mother father mom mum dad daddy mama mam parent sister brother sibling aunt uncle cousin "
      "grandmother grandfather grandma grandpa granny gran nana nan wife husband spouse "
      "partner widow widower mgm mgf pgm pgf roommate neighbor neighbour caregiver",
      FORM_RELATIVE },
    { "pt patient resident client vet veteran", FORM_PERSON },
    { "she he i", FORM_PRONOUN },
    { "is was s m be turns", FORM_BE },
    { "and with now but w who from", FORM_GOES_ON },
    { "dob born birth birthdate", FORM_BIRTH },
    { "law", FORM_STEP },
};
static struct wordset words = WORDSET(rows);
WORDSET_CLASS_AT(cls, words)

bool age_counts_nothing(const struct doc *d, int64_t i)
{
    const struct token *t = doc_tok(d, i + 1);
    if (i + 1 >= (int64_t)d->n || t->flags & TOK_LINE) return true;
    if (t->kind == TOK_NUMBER) return false;
    if (t->kind == TOK_MARK)
        return (t->hash == '.' || t->hash == ',' || t->hash == ';' || t->hash == ')' ||
                t->hash == '"' || (t->hash == '&' && !doc_joined(d, i + 1))) &&
               !(doc_joined(d, i + 2) && doc_tok(d, i + 2)->kind == TOK_NUMBER);
    return !doc_joined(d, i + 1) && !(doc_bits(d, i + 1) & LEX(UNIT)) &&
           !(wordset_class(measure_words(), t) & (MW_UNIT | MW_SHORT));
}

static bool ends_or_goes_on(const struct doc *d, int64_t after)
{
    const struct token *t = doc_tok(d, after);
    if (after >= (int64_t)d->n || t->flags & TOK_LINE) return true;
    if (t->kind == TOK_MARK)
        return (t->hash == '.' || t->hash == ',' || t->hash == ';' || t->hash == ')') &&
               !doc_joined(d, after + 1);
    return cls(d, after) & FORM_GOES_ON;
}

bool age_is_in_years(const struct doc *d, int64_t i)
{
    int64_t u = i + 1;
    const int64_t dash = doc_is_mark(d, u, '-') && doc_joined(d, u) ? u + 1 : u;
    if (cls(d, dash) & FORM_ABOUT)
        return doc_joined(d, dash) && (dash > u || doc_tok(d, u)->len == 3);
    if (!(cls(d, u) & FORM_YEAR)) return false;
    if (doc_joined(d, u)) { /* 95Y, and nothing more of a word or code joined to it */
        if (doc_joined(d, i) && doc_tok(d, i - 1)->kind != TOK_MARK) return false;
        return !doc_joined(d, u + 1) || doc_tok(d, u + 1)->kind == TOK_MARK;
    }
    const struct token *m = doc_tok(d, u + 1); /* 92 yr 4 mo */
    return m->kind == TOK_NUMBER && m->hash < 12 && m->len <= 2 && !(m->flags & TOK_LINE) &&
           cls(d, u + 2) & FORM_MONTH;
}

bool age_is_after_sex(const struct doc *d, int64_t i)
{
    const int64_t s = i - 2;
    const struct token *sex = doc_tok(d, s), *before = doc_tok(d, s - 1);
    if (!doc_is_mark(d, i - 1, '/') || !doc_joined(d, i) || !doc_joined(d, i - 1)) return false;
    if (!(cls(d, s) & FORM_SEX) || !(sex->flags & TOK_UPPER || sex->len > 1)) return false;
    if (!age_counts_nothing(d, i) && !age_is_in_years(d, i)) return false;
    if (s == 0 || sex->flags & TOK_LINE) return true;
    if (doc_joined(d, s) && before->kind != TOK_MARK) return false;
    for (int64_t k = s - 1; k >= 0 && k >= s - 3; k--) {
        if (cls(d, k) & FORM_VITAL || wordset_class(measure_words(), doc_tok(d, k)) & MW_BEFORE)
            return false;
        if (d->tok[k].flags & TOK_LINE) break;
    }
    if (before->kind == TOK_MARK)
        return before->hash == ',' || before->hash == '(' || before->hash == ':' ||
               before->hash == '|' || before->hash == ']' || before->hash == ';';
    return before->kind == TOK_WORD && (cls(d, s - 1) & FORM_PERSON || age_is_name(d, s - 1));
}

/* The last word before k of somebody of the family: "mother", "mother-in-law". */
static bool is_relative(const struct doc *d, int64_t k)
{
    if (cls(d, k) & FORM_RELATIVE) return true;
    return cls(d, k) & FORM_STEP && doc_joined(d, k) && doc_is_mark(d, k - 1, '-') &&
           doc_is_mark(d, k - 3, '-') && doc_is_word(d, k - 2, VIEW("in"));
}

/* "She will be 98 on the 19th", "(will be 93 in May)" */
static bool is_due(const struct doc *d, int64_t i)
{
    if (!doc_is_word(d, i - 1, VIEW("be")) ||
        !(doc_is_word(d, i - 2, VIEW("will")) ||
          (doc_is_word(d, i - 2, VIEW("ll")) && doc_is_mark(d, i - 3, '\''))))
        return false;
    if (!doc_is_word(d, i + 1, VIEW("on")) && !doc_is_word(d, i + 1, VIEW("in"))) return false;
    const int64_t who = doc_is_mark(d, i - 3, '\'') ? i - 4 : i - 3;
    /* "Ms. Roe, who will be 97 in May" */
    return doc_is_mark(d, who, '(') || doc_is_word(d, who, VIEW("who")) ||
           cls(d, who) & (FORM_PERSON | FORM_PRONOUN) || is_relative(d, who) || age_is_name(d, who);
}

/* "D.O.B. 6.4.31   93": the age that follows from the day of birth. */
static bool is_after_birth(const struct doc *d, int64_t i)
{
    const struct token *next = doc_tok(d, i + 1);
    int64_t y = i - 1;
    const bool bracket = doc_is_mark(d, y, '(');
    if (!bracket && i + 1 < (int64_t)d->n && !(next->flags & TOK_LINE) &&
        !(cls(d, i + 1) & FORM_SEX))
        return false;
    if (bracket && !doc_is_mark(d, i + 1, ')')) return false;
    if (bracket || doc_is_mark(d, y, ',')) y--;
    if (doc_tok(d, y)->kind != TOK_NUMBER || doc_tok(d, y - 1)->kind != TOK_MARK ||
        doc_tok(d, y - 2)->kind != TOK_NUMBER || doc_tok(d, y - 4)->kind != TOK_NUMBER ||
        !doc_joined(d, y) || doc_tok(d, y - 1)->hash != doc_tok(d, y - 3)->hash)
        return false;
    int64_t k = y - 5;
    if (doc_is_mark(d, k, ':')) k--;
    if (cls(d, k) & FORM_BIRTH) return true;
    return doc_is_mark(d, k, '.') && doc_is_word(d, k - 1, VIEW("b")) &&
           doc_is_word(d, k - 3, VIEW("o"));
}

/* "spouse 99 Elm Street" */
static bool is_house_number(const struct doc *d, int64_t i)
{
    const struct token *t = doc_tok(d, i + 1);
    return t->kind == TOK_WORD && t->flags & TOK_CAP && !(t->flags & TOK_LINE);
}

bool age_is_said(const struct doc *d, int64_t i)
{
    const bool apart = doc_tok(d, i)->flags & TOK_SPACE && !(doc_tok(d, i)->flags & TOK_LINE);
    if (is_after_birth(d, i)) return true;
    if (!apart) return false;
    if (is_due(d, i)) return true;
    if (doc_is_word(d, i - 1, VIEW("to"))) /* "mother died at 88, father to 91" */
        return is_relative(d, i - 2) && age_counts_nothing(d, i);
    if (is_relative(d, i - 1)) /* "wife 92 drives", not "wife 95 kg" or "spouse 91-" */
        return age_counts_nothing(d, i) && !is_house_number(d, i);
    if (doc_is_mark(d, i - 1, ',')) /* "her mother-in-law, 91, fainted" */
        return is_relative(d, i - 2) && cls(d, i - 2) & FORM_STEP && doc_is_mark(d, i + 1, ',') &&
               doc_tok(d, i + 2)->kind == TOK_WORD;
    if (!(cls(d, i - 1) & FORM_BE)) return false;
    int64_t who = i - 2;
    if (doc_is_mark(d, who, '\'')) who--;
    const bool pronoun = cls(d, who) & FORM_PRONOUN;
    const bool person = cls(d, who) & FORM_PERSON || is_relative(d, who);
    /* "Foley is 100 and draining" */
    const bool named = (age_is_name(d, who) && !(doc_bits(d, who) & LEX(EPONYM))) ||
                       (is_relative(d, who - 1) && doc_bits(d, who) & (LEX_GIVEN | LEX(SURNAME)));
    if (!pronoun && !person && !named) return false;
    if (doc_is_word(d, i + 1, VIEW("next")) || doc_is_word(d, i + 1, VIEW("this")))
        return doc_is_word(d, i + 2, VIEW("birthday"));
    if (cls(d, i + 1) & FORM_YEAR && doc_tok(d, i + 1)->len > 1) /* "pt is 102 yrs." */
        return ends_or_goes_on(d, i + 2);
    /* "my dad Ned is 95 and", "wait, she's 92, from": by now more than a pronoun and a number */
    if (pronoun) return who < i - 2 && doc_is_mark(d, i + 1, ',') && cls(d, i + 2) & FORM_GOES_ON;
    return !person && ends_or_goes_on(d, i + 1);
}

bool age_is_said_in_words(const struct doc *d, int64_t first, int64_t last)
{
    if (!age_counts_nothing(d, last) || doc_is_word(d, last + 1, VIEW("percent"))) return false;
    /* "one hundred and three, no allergies", "oldest of the ward, one hundred and one, sings" */
    if (doc_is_mark(d, last + 1, ',') && last > first &&
        (first == 0 || doc_tok(d, first)->flags & TOK_LINE || doc_is_mark(d, first - 1, ',')))
        return true;
    if (doc_is_mark(d, last + 1, ',') && doc_is_word(d, first - 1, VIEW("at")) &&
        doc_tok(d, first - 1)->flags & TOK_CAP)
        return true; /* "At ninety-six, does he still drive" */
    const int64_t be = doc_is_mark(d, first - 1, '"') ? first - 2 : first - 1;
    if (doc_is_word(d, be, VIEW("to")) ||
        doc_is_word(d, be, VIEW("a"))) { /* lived to a hundred and four */
        const int64_t lived = doc_is_word(d, be, VIEW("a")) ? be - 2 : be - 1;
        if (doc_is_word(d, lived, VIEW("lived")) || doc_is_word(d, lived, VIEW("live")))
            return true;
    }
    if (!(cls(d, be) & FORM_BE)) return false;
    int64_t who = be - 1;
    if (doc_is_word(d, who, VIEW("ll")) || doc_is_word(d, who, VIEW("will"))) who--;
    if (doc_is_mark(d, who, '\'')) who--;
    return cls(d, who) & (FORM_PRONOUN | FORM_PERSON) || is_relative(d, who);
}
