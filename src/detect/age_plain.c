/* detect/age_plain.c — see age_plain.h. */
#include "detect/age_plain.h"

#include "detect/age_form.h"
#include "detect/age_inside.h"
#include "detect/age_plain_inside.h"
#include "detect/age_short.h"

enum plain_class {
    PLAIN_HEAD = 1,   /* between "age" and its number on a form */
    PLAIN_YEARS = 2,  /* yrs: heads a line by itself */
    PLAIN_SPAN = 4,   /* past, last: years that are nobody's age */
    PLAIN_SEXED = 8,  /* female, widower: after the number, or before it */
    PLAIN_CLAIM = 64, /* claims to be, soon to be */
    PLAIN_BEING = 128,
    PLAIN_LOOK = 256,   /* looks good for */
    PLAIN_HALE = 512,   /* drives at, independent at */
    PLAIN_OLD = 1024,   /* elderly, geriatric */
    PLAIN_WHO = 2048,   /* decedent, participant: a person whose age stands beside */
    PLAIN_COUNT = 4096, /* patients: after the number and sex, they are counted */
    PLAIN_SEX = 8192,   /* f, m */
    PLAIN_MAKE = 16384, /* making her 94 */
    PLAIN_THOUGH = 32768,
    PLAIN_KEY = 131072, /* names of fields, written as one word */
    PLAIN_MONTH = 262144,
    PLAIN_RACE = 524288,
};
static const struct wordset_row rows[] = {
    { "at of in on the time is was and about approx approximately sex gender f m female male death "
      "dx diagnosis diag onset visit admission admit service enrollment enrolment consent "
      "presentation encounter surgery discharge injury interview registration referral procedure "
      "x years year yrs yr y stated reported current known est estimated given as listed recorded",
      PLAIN_HEAD },
    { "yrs years", PLAIN_YEARS },
    { "past last next first previous preceding for over within every after in about than nearly "
      "almost some by another",
      PLAIN_SPAN },
    { "female male woman man lady gentleman widow widower gent fem", PLAIN_SEXED },
    { "claims claimed claiming soon going believed thought says said purports supposed due "
      "appears seems hopes wants",
      PLAIN_CLAIM },
    { "despite reports reported mentions mentioned about like joked besides", PLAIN_BEING },
    { "good well great sharp spry fit strong young wonderful amazing healthy active remarkable "
      "robust mobile impressive",
      PLAIN_LOOK },
    { "drives independent alone active sharp works working walks walking spry "
      "gardening code golfs swims exercising exercises healthy widowed remarried",
      PLAIN_HALE },
    { "elderly geriatric aged old frail", PLAIN_OLD },
    { "decedent deceased participant subject client resident victim driver passenger caller "
      "donor occupant veteran vet widow widower lady gentleman woman man female male elder "
      "nonagenarian informant pedestrian complainant decd inmate",
      PLAIN_WHO },
    { "patients subjects participants controls cases volunteers adults residents donors "
      "individuals people rats mice nurses",
      PLAIN_COUNT },
    { "f m", PLAIN_SEX },
    { "making makes made puts putting", PLAIN_MAKE },
    { "although though tho altho while", PLAIN_THOUGH },
    { "ageyears ageinyears ageyrs ageatvisit ageatdeath ageatenrollment patientage ptage subjage "
      "currentage ageyr agey agenum",
      PLAIN_KEY },
    { "m mo mos mth mths month months", PLAIN_MONTH },
    { "w b h a wh bl hisp", PLAIN_RACE },
};
static struct wordset words = WORDSET(rows);
WORDSET_CLASS_AT(cls, words)

static bool is_end(const struct doc *d, int64_t i)
{
    return i >= (int64_t)d->n || doc_tok(d, i)->flags & TOK_LINE;
}

/* The clause ends with the token before i. */
bool age_plain_is_closed(const struct doc *d, int64_t i)
{
    const struct token *t = doc_tok(d, i);
    if (is_end(d, i)) return true;
    return t->kind == TOK_MARK &&
           (t->hash == ',' || t->hash == '.' || t->hash == ';' || t->hash == ')' ||
            t->hash == '"' || t->hash == '!' || (t->hash == '-' && !doc_joined(d, i))) &&
           !(doc_joined(d, i + 1) && doc_tok(d, i + 1)->kind == TOK_NUMBER);
}

/* "in May", "on the 4th" from i: when somebody will have that age. */
static bool is_when(const struct doc *d, int64_t i)
{
    if (doc_is_word(d, i, VIEW("in"))) return (doc_bits(d, i + 1) & LEX(MONTH)) != 0;
    return doc_is_word(d, i, VIEW("on")) &&
           (doc_is_word(d, i + 1, VIEW("the")) || doc_bits(d, i + 1) & LEX(MONTH));
}

/* It ends, or goes on with a word in small letters that is no unit: "94 and frail". */
bool age_plain_is_told(const struct doc *d, int64_t i)
{
    return age_plain_is_closed(d, i + 1) || is_when(d, i + 1) ||
           (age_counts_nothing(d, i) && doc_tok(d, i + 1)->flags & TOK_LOWER);
}

/* "Age (yrs): 95", "Age at visit: 91", "\"age\": 92", "Sex/Age: F/93", "age_years=92", "his age, 94," */
static bool is_headed(const struct doc *d, int64_t i)
{
    enum { REACH = 9 };
    bool comma = false;
    if (doc_tok(d, i + 1)->kind == TOK_MARK && doc_tok(d, i + 1)->hash == '-') return false;
    if (doc_tok(d, i + 1)->kind == TOK_WORD && doc_bits(d, i + 1) & LEX(UNIT) &&
        !(age_class_at(d, i + 1) & AGE_YEAR))
        return false;
    for (int64_t k = i - 1; k >= 0 && k >= i - REACH; k--) {
        if (doc_tok(d, k + 1)->flags & TOK_LINE) return false;
        const struct token *t = doc_tok(d, k);
        const uint32_t c = cls(d, k);
        if (age_class_at(d, k) & AGE_CUE) {
            if (!comma) return true;
            /* "given his age, 94," and "Age, years 95", not "aged, 94" in a list */
            return t->hash == token_hash_literal(VIEW("age")) &&
                   (k + 2 < i || age_plain_is_closed(d, i + 1));
        }
        if (c & PLAIN_KEY) return true;
        if (t->kind == TOK_MARK) {
            if (t->hash >= 0x80 || !strchr(":=-()\"'/&_?><,", (int)t->hash)) return false;
            comma |= t->hash == ',';
        } else if (t->kind == TOK_NUMBER || !(c & PLAIN_HEAD)) {
            return false;
        }
    }
    return false;
}

/* "Yrs: 95" heads its line. */
static bool is_years_field(const struct doc *d, int64_t i)
{
    return doc_is_mark(d, i - 1, ':') && cls(d, i - 2) & PLAIN_YEARS && doc_opens_line(d, i - 2) &&
           age_plain_is_closed(d, i + 1);
}

/* "94 years", "94 yrs F", "her 94 years", "93y4m": and no span of time that passed. */
static bool is_years(const struct doc *d, int64_t i)
{
    const struct token *y = doc_tok(d, i + 1), *m = doc_tok(d, i + 2);
    if (!(age_class_at(d, i + 1) & AGE_YEAR) || y->flags & TOK_LINE) return false;
    if (doc_joined(d, i + 1) && doc_joined(d, i + 2) && m->kind == TOK_NUMBER)
        return m->len <= 2 && m->hash < 12 && cls(d, i + 3) & PLAIN_MONTH; /* 93y4m */
    if (y->len == 1 && (!doc_is_mark(d, i - 1, '(') || !doc_is_mark(d, i + 2, ')')) &&
        !(cls(d, i - 1) & PLAIN_SEX))
        return false;
    if (cls(d, i - 1) & PLAIN_SPAN || age_class_at(d, i - 1) & AGE_LIMIT) return false;
    if (doc_tok(d, i - 1)->kind == TOK_NUMBER) return false;
    if (doc_is_mark(d, i + 2, ',') && doc_tok(d, i + 3)->kind == TOK_NUMBER) /* 93 yrs, 4 mos */
        return cls(d, i + 4) & PLAIN_MONTH;
    return age_plain_is_closed(d, i + 2) || cls(d, i + 2) & (PLAIN_SEXED | PLAIN_SEX);
}

/* "94 female", "94female": and not so many of them. */
static bool is_before_sex(const struct doc *d, int64_t i)
{
    const int64_t s = i + 1;
    const struct token *after = doc_tok(d, s + 1);
    if (!(cls(d, s) & PLAIN_SEXED) || doc_tok(d, s)->flags & TOK_LINE) return false;
    if (doc_tok(d, i - 1)->kind == TOK_NUMBER || cls(d, i - 1) & PLAIN_SPAN ||
        doc_is_word(d, i - 1, VIEW("of")) || doc_is_word(d, i - 1, VIEW("and")) ||
        doc_is_mark(d, i - 1, '=') || cls(d, s + 1) & PLAIN_COUNT)
        return false;
    /* "88 male, 102 female", "120 patients (94 female)" */
    if (doc_tok(d, i - 1)->kind == TOK_MARK && cls(d, i - 2) & (PLAIN_SEXED | PLAIN_COUNT))
        return false;
    if (is_end(d, s + 1)) return true;
    if (after->kind == TOK_MARK) /* "94 male, 102 female" */
        return age_plain_is_closed(d, s + 1) && doc_tok(d, s + 2)->kind != TOK_NUMBER;
    return after->kind == TOK_WORD && !doc_joined(d, s + 1) &&
           !(doc_tok(d, s)->len == 4 && after->len > 3 &&
             ascii_lower(d->text.p[token_end(after) - 1]) == 's' &&
             !(doc_bits(d, s + 1) & (LEX(PERSON_VERB) | LEX(FUNCTION) | LEX(MEDICAL)))) &&
           !doc_is_word(d, s + 1, VIEW("and")) && !doc_is_word(d, s + 1, VIEW("to"));
}

/* "female, 94,", "Male 94.", "W/F, 94", "P14, F, 94", "Pt: 94 F" aside. */
static bool is_behind_sex(const struct doc *d, int64_t i)
{
    int64_t s = i - 1;
    const bool comma = doc_is_mark(d, s, ',') || doc_is_mark(d, s, '/');
    if (doc_is_mark(d, s, '/') && !doc_joined(d, i)) return false;
    s -= comma;
    const uint32_t c = cls(d, s);
    if (doc_tok(d, i)->flags & TOK_LINE || doc_tok(d, s + 1)->flags & TOK_LINE) return false;
    const bool years = age_class_at(d, i + 1) & AGE_YEAR && age_plain_is_closed(d, i + 2);
    if (!years && !age_plain_is_closed(d, i + 1)) return false;
    if (c & PLAIN_SEXED)
        return doc_opens_line(d, s) || comma || years || doc_tok(d, s - 1)->len > 1;
    if (!(c & PLAIN_SEX) || !(doc_tok(d, s)->flags & TOK_UPPER)) return false;
    if (doc_is_mark(d, s - 1, '/') && doc_joined(d, s)) return cls(d, s - 2) & PLAIN_RACE;
    return comma && doc_is_mark(d, i - 1, ',') &&
           (doc_opens_line(d, s) || doc_is_mark(d, s - 1, ',') || doc_is_mark(d, s - 1, '('));
}

/* "94, female", "(94, F)", "(94F)", "94♀" */
static bool is_sexed(const struct doc *d, int64_t i)
{
    enum { VENUS = 0x2640, MARS = 0x2642 };
    const struct token *after = doc_tok(d, i + 1);
    const bool opens = doc_opens_line(d, i) || doc_is_mark(d, i - 1, '(') ||
                       (doc_is_mark(d, i - 1, ',') && doc_tok(d, i - 2)->kind == TOK_WORD);
    if (after->kind == TOK_MARK && (after->hash == VENUS || after->hash == MARS)) return true;
    if (doc_is_mark(d, i - 1, '-') && doc_is_mark(d, i + 1, '-')) /* "Roe, Mary - 97 - F" */
        return !doc_joined(d, i) && !doc_joined(d, i + 1) && cls(d, i + 2) & PLAIN_SEX &&
               age_plain_is_closed(d, i + 3);
    if ((doc_is_mark(d, i - 1, VENUS) || doc_is_mark(d, i - 1, MARS)) &&
        age_plain_is_closed(d, i + 1))
        return true;
    if (doc_is_mark(d, i - 1, '(') && cls(d, i + 1) & PLAIN_SEX && doc_is_mark(d, i + 2, ')'))
        return (doc_tok(d, i + 1)->flags & TOK_UPPER) != 0;
    if (!opens || !doc_is_mark(d, i + 1, ',') || is_end(d, i + 2)) return false;
    if (cls(d, i + 2) & PLAIN_SEX)
        return doc_tok(d, i + 2)->flags & TOK_UPPER && age_plain_is_closed(d, i + 3);
    return cls(d, i + 2) & PLAIN_SEXED && age_plain_is_closed(d, i + 3);
}

/* A machine works at a number; a person is told to do it still, or before anybody is told of. */
static bool is_run(const struct doc *d, int64_t verb)
{
    if (!doc_is_word(d, verb, VIEW("working")) && !doc_is_word(d, verb, VIEW("works")))
        return false;
    return doc_tok(d, verb - 1)->kind == TOK_WORD && !doc_opens_line(d, verb) &&
           !doc_is_word(d, verb - 1, VIEW("still")) &&
           !(age_class_at(d, verb - 1) & (AGE_PRONOUN | AGE_BE | AGE_PERSON | AGE_RELATIVE)) &&
           !(doc_tok(d, verb - 1)->flags & TOK_CAP && !doc_opens_line(d, verb - 1));
}

/* "going on 97", "pushing 100", "claims to be 93", "I'm 93", "looks good for 94", "still drives at 94" */
static bool is_said_plainly(const struct doc *d, int64_t i)
{
    const int64_t p = i - 1;
    const struct token *before = doc_tok(d, p);
    if (before->kind != TOK_WORD || doc_tok(d, i)->flags & TOK_LINE) return false;
    const bool told = age_plain_is_told(d, i) && !doc_is_word(d, i + 1, VIEW("percent"));
    if (!told) return false;
    if (doc_is_word(d, p, VIEW("on"))) return doc_is_word(d, p - 1, VIEW("going"));
    if (doc_is_word(d, p, VIEW("pushing")) || doc_is_word(d, p, VIEW("bday")) ||
        doc_is_word(d, p, VIEW("appears")))
        return true;
    if (doc_is_word(d, p, VIEW("be")))
        return (doc_is_word(d, p - 1, VIEW("to")) && cls(d, p - 2) & PLAIN_CLAIM) ||
               (doc_is_word(d, p - 1, VIEW("will")) &&
                (doc_opens_line(d, p - 1) || doc_is_word(d, p - 2, VIEW("who"))));
    if (doc_is_word(d, p, VIEW("being"))) return cls(d, p - 1) & PLAIN_BEING;
    if (doc_is_word(d, p, VIEW("now"))) /* "she was 93, now 94" */
        return doc_opens_line(d, p) || doc_is_mark(d, p - 1, ',');
    if (doc_is_word(d, p, VIEW("for"))) return cls(d, p - 1) & PLAIN_LOOK;
    if (doc_is_word(d, p, VIEW("at"))) /* not "vent working at 95" */
        return cls(d, p - 1) & PLAIN_HALE && age_plain_is_closed(d, i + 1) && !is_run(d, p - 1);
    if (doc_is_word(d, p, VIEW("of"))) /* an elderly lady of 96 */
        return doc_tok(d, p - 1)->flags & TOK_LOWER && cls(d, p - 1) & PLAIN_WHO &&
               age_plain_is_closed(d, i + 1);
    if (doc_is_word(d, p, VIEW("her")) || doc_is_word(d, p, VIEW("him")))
        return cls(d, p - 1) & PLAIN_MAKE;
    int64_t who = p; /* who is, who's, I'm, I am, he was */
    if (before->len == 1 && doc_is_mark(d, p - 1, '\''))
        who -= 2;
    else if (age_class_at(d, p) & AGE_BE || doc_is_word(d, p, VIEW("am")))
        who -= 1;
    if (who == p) return cls(d, p) & PLAIN_THOUGH && doc_is_mark(d, i + 1, ',');
    if (doc_is_word(d, who, VIEW("who"))) return true;
    if (doc_is_word(d, who, VIEW("i"))) return age_plain_is_closed(d, i + 1);
    return age_class_at(d, who) & AGE_PRONOUN && doc_is_word(d, i + 1, VIEW("at")) &&
           doc_is_word(d, i + 2, VIEW("the")) && doc_is_word(d, i + 3, VIEW("time"));
}

/* "will turn 94 in June", "about to turn 100" */
static bool is_turning(const struct doc *d, int64_t i)
{
    return doc_is_word(d, i - 1, VIEW("turn")) && age_plain_is_told(d, i) &&
           (doc_is_word(d, i - 2, VIEW("will")) || doc_is_word(d, i - 2, VIEW("ll")) ||
            (doc_is_word(d, i - 2, VIEW("to")) && cls(d, i - 3) & (PLAIN_CLAIM | PLAIN_BEING)));
}

/* "F94, lives alone", "M95 with CHF": joined, where it begins its line. */
static bool is_joined_sex(const struct doc *d, int64_t i)
{
    const int64_t s = i - 1;
    if (!(cls(d, s) & PLAIN_SEX) || !(doc_tok(d, s)->flags & TOK_UPPER) || !doc_opens_line(d, s))
        return false;
    if (doc_is_mark(d, i + 1, ',')) return doc_tok(d, i + 2)->kind == TOK_WORD;
    return age_class_at(d, i + 1) & AGE_STORY || doc_is_word(d, i + 1, VIEW("fall")) ||
           doc_is_word(d, i + 1, VIEW("fell"));
}

/* "At 94, surgery is", "at 94 he is", "happy 94th", "b-day, 94" */
static bool is_at(const struct doc *d, int64_t i)
{
    if (doc_is_word(d, i - 1, VIEW("happy")))
        return doc_joined(d, i + 1) && doc_is_word(d, i + 1, VIEW("th"));
    if (!doc_is_word(d, i - 1, VIEW("at")) || doc_tok(d, i)->flags & TOK_LINE) return false;
    if (age_class_at(d, i + 1) & AGE_PRONOUN) return true;
    return doc_tok(d, i - 1)->flags & TOK_CAP && doc_is_mark(d, i + 1, ',') &&
           doc_tok(d, i + 2)->flags & TOK_LOWER && !doc_is_word(d, i + 2, VIEW("the"));
}

/* "Decedent, 94, found", "participant (94, female)", "geriatric (94)", "elderly pt 94", "resident 94" */
static bool is_of_person(const struct doc *d, int64_t i)
{
    const struct token *before = doc_tok(d, i - 1);
    if (doc_tok(d, i)->flags & TOK_LINE || !age_plain_is_closed(d, i + 1)) return false;
    if (before->kind == TOK_MARK) {
        const uint32_t c = cls(d, i - 2);
        if (before->hash == '(') return c & (PLAIN_WHO | PLAIN_OLD) && doc_is_mark(d, i + 1, ')');
        return before->hash == ',' && c & PLAIN_WHO;
    }
    return age_class_at(d, i - 1) & (AGE_RELATIVE | AGE_PERSON) && cls(d, i - 2) & PLAIN_OLD;
}

/* "ages 91, 93", "aged 94 and 92", "siblings 90, 92 and 87": the next of a list, whose first is no less an age. */
static bool is_listed(const struct doc *d, int64_t i)
{
    enum { MOST = 8, LEAST_AGE = 40 };
    if (!age_counts_nothing(d, i) && !age_is_in_years(d, i)) return false;
    for (int64_t k = i - 1, n = 0; k >= 0 && n < MOST; k--, n++) {
        const struct token *t = doc_tok(d, k);
        if (doc_tok(d, k + 1)->flags & TOK_LINE) return false;
        if (t->kind == TOK_NUMBER) {
            if (t->hash < LEAST_AGE || t->hash > 125) return false;
        } else if (t->kind == TOK_MARK) {
            if (t->hash != ',' && t->hash != '&') return false;
        } else if (!doc_is_word(d, k, VIEW("and"))) {
            return n > 0 && (doc_is_word(d, k, VIEW("ages")) || doc_is_word(d, k, VIEW("aged")) ||
                             age_plain_is_relative(d, k));
        }
    }
    return false;
}

/* "90+" is what a run writes for an age. */
static bool is_written_by_run(const struct doc *d, int64_t i)
{
    return doc_is_mark(d, i + 1, '+') && doc_joined(d, i + 1);
}

bool age_is_plain(const struct doc *d, int64_t i)
{
    if (is_written_by_run(d, i)) return false;
    if (doc_joined(d, i) && doc_tok(d, i - 1)->kind == TOK_WORD) return is_joined_sex(d, i);
    if (doc_is_word(d, i - 1, VIEW("ages")) && age_plain_is_told(d, i)) return true;
    if (is_headed(d, i) || is_listed(d, i) || is_turning(d, i) || age_is_looked(d, i)) return true;
    if (age_is_value(d, i)) return false;
    if (is_years_field(d, i) || is_years(d, i)) return true;
    if (is_before_sex(d, i) || is_behind_sex(d, i) || is_sexed(d, i)) return true;
    return age_plain_is_of_kin(d, i) || is_said_plainly(d, i) || is_at(d, i) || is_of_person(d, i);
}

bool age_is_looked(const struct doc *d, int64_t i)
{
    enum { REACH = 5 };
    int64_t than = i - 1;
    if (is_written_by_run(d, i)) return false;
    if (cls(d, than) & PLAIN_HEAD || age_class_at(d, than) & AGE_WHOSE) than--;
    if (!doc_is_word(d, than, VIEW("than"))) return false;
    for (int64_t k = than - 1; k >= 0 && k >= than - REACH; k--) {
        if (doc_tok(d, k + 1)->flags & TOK_LINE) return false;
        if (doc_is_word(d, k, VIEW("looks")) || doc_is_word(d, k, VIEW("appears")) ||
            doc_is_word(d, k, VIEW("looking")) || doc_is_word(d, k, VIEW("appearing")) ||
            doc_is_word(d, k, VIEW("seems")))
            return true;
    }
    return than < i - 1 && doc_is_word(d, than - 1, VIEW("younger")) &&
           age_class_at(d, i + 1) & AGE_YEAR;
}

bool age_is_decade_of_sex(const struct doc *d, int64_t i, int64_t s)
{
    const bool part = age_class_at(d, i - 1) & AGE_PART ||
                      (doc_is_mark(d, i - 1, '-') && age_class_at(d, i - 2) & AGE_PART);
    if (!part && !doc_opens_line(d, i)) return false;
    const struct token *sex = doc_tok(d, s + 1);
    if (sex->flags & TOK_LINE || age_is_value(d, i)) return false;
    return cls(d, s + 1) & PLAIN_SEXED || (cls(d, s + 1) & PLAIN_SEX && sex->flags & TOK_UPPER);
}
