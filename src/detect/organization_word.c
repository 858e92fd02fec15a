/* detect/organization_word.c — what one word can be in the name of an organisation, see organization_extent.h. */
#include "detect/organization_extent.h"

#include "detect/place.h"
#include "detect/shape.h"
#include "detect/wordset.h"

static const uint64_t STOP = LEX(TITLE) | LEX(MONTH) | LEX(WEEKDAY) | LEX(CREDENTIAL) |
                             LEX(CUE_MRN) | LEX(CUE_DATE) | LEX(CUE_SSN) | LEX(NAME_CUE) |
                             LEX(RELATIVE);
enum { W_SHORT = 1, W_PRACTICE = 2, W_OPENS = 4, W_ASKS = 8 };
static const struct wordset_row rows[] = {
    { "anticoag coag derm pulm ortho rheum peds nephro optho ophtho heme onc gyn uro endo neuro "
      "gastro cardio psych hem podi vasc hepat pharm rehab preop postop outpt inpt pacer",
      W_SHORT },
    { "orthopedics orthopaedics pediatrics dermatology cardiology radiology imaging dialysis "
      "urology oncology dentistry orthodontics chiropractic optometry physiotherapy counseling "
      "compounding practice annex wing authority corps service plant store mall morgue",
      W_PRACTICE },
    /* what names of houses begin with, more than sentences do */
    { "golden silver sunny sunrise sunset sunshine harbor harbour bayside brookside creekside "
      "hillcrest hilltop lakeside lakeshore riverbend meadow meadows willow maple cedar pine pines "
      "oak oaks elm elms birch aspen juniper magnolia sycamore cypress laurel rosewood heron eagle "
      "falcon hawk osprey quail robin bluebird swan beaver otter elk ridge ridgeview canyon mesa "
      "prairie summit cascade timber granite emerald sapphire starlight moonlight dawn daybreak "
      "horizon evergreen whispering rolling shady quiet tranquil serenity harmony lantern beacon "
      "lighthouse mariner pilgrim pioneer frontier heritage patriot cornerstone keystone gateway "
      "pathways guardian tall old little royal grand great blue green red white black bright",
      W_OPENS },
    /* what a request begins with: "Compare Elm Clinic and …", "Draft a letter" */
    { "draft compare write summarize summarise explain review convert translate compose create "
      "find list suggest describe rewrite outline generate prepare discuss interpret calculate "
      "estimate recommend provide search retrieve locate define contrast evaluate identify rank "
      "propose simplify shorten rephrase reword proofread edit paste format tabulate extract "
      "condense clarify paraphrase analyze analyse contact remind",
      W_ASKS },
};
static struct wordset words = WORDSET(rows);
WORDSET_CLASS_AT(cls, words)

/* "Hematology", "Podiatric", "Derm": a service, however rarely notes write it small. */
static bool is_specialty(const struct doc *d, uint32_t i)
{
    const view w = doc_view(d, i, i);
    const char last = w.n ? ascii_lower(w.p[w.n - 1]) : 0;
    if (cls(d, i) & W_SHORT) return true;
    static const view ends[] = { { "ology", 5 },   { "ologic", 6 },   { "ological", 8 },
                                 { "iatry", 5 },   { "iatric", 6 },   { "iatrics", 7 },
                                 { "surgery", 7 }, { "surgical", 8 }, { "therapy", 7 },
                                 { "metry", 5 },   { "dontic", 6 },   { "dontics", 7 } };
    for (size_t k = 0; k < COUNT_OF(ends); k++)
        if (ends[k].p[ends[k].n - 1] == last && w.n >= ends[k].n &&
            view_eq_nocase(view_sub(w, w.n - ends[k].n, w.n), ends[k]))
            return true;
    return false;
}

bool extent_opens_request(const struct doc *d, uint32_t i)
{
    return cls(d, i) & W_ASKS && shape_starts_sentence(d, i);
}

bool extent_is_practice(const struct doc *d, uint32_t i)
{
    return cls(d, i) & W_PRACTICE;
}

/* "ProMotion": a capital inside a word is a trade's. */
static bool is_brand(view w)
{
    for (size_t k = 3; k < w.n; k++)
        if (w.p[k] >= 'A' && w.p[k] <= 'Z' && w.p[k - 1] >= 'a' && w.p[k - 1] <= 'z') return true;
    return false;
}

bool extent_is_telling(const struct doc *d, uint32_t i)
{
    const struct lex_info *l = d->lex[i];
    enum shape s = shape_of(d, i);
    if (l->bits & (LEX(ORG_NAME) | LEX(SAINT))) return true;
    if (s == SHAPE_ACRONYM && (l->bits & LEX(STATE_CODE))) return true;
    /* "Moorfield": a word of dictionaries alone, that notes never have in small letters */
    if (is_specialty(d, i)) return false;
    bool rare = s == SHAPE_TITLE && l->word <= 1 && doc_tok(d, i)->len > 3;
    if ((l->bits & (LEX(DRUG) | LEX(EPONYM))) && !(l->bits & LEX(PLACE))) return false;
    if ((l->bits & LEX(MEDICAL)) && !(l->bits & LEX(PLACE)) && !rare) return false;
    if (s == SHAPE_TITLE || s == SHAPE_ACRONYM)
        return !l->bits
                   ? !(s == SHAPE_TITLE && doc_tok(d, i)->len == 1)
                   : rare || is_brand(doc_view(d, i, i)) || (l->bits & (LEX(PLACE) | LEX(STATE))) ||
                         ((l->bits & EXTENT_TELLS) && l->word < 5);
    return (l->bits & EXTENT_TELLS) && l->word < 2;
}

/* "Golden Thistle Clinic", "Sorvik County EMS": a rare word with which a sentence opens, before another that
 * tells or the word county. */
SELDOM static bool opens_name(const struct doc *d, uint32_t i)
{
    const struct lex_info *l = d->lex[i];
    const bool county = doc_is_word(d, (int64_t)i + 1, VIEW("county"));
    if (l->bits & (LEX(PERSON_VERB) | LEX(FUNCTION)) ||
        shape_of(d, (int64_t)i + 1) != SHAPE_TITLE || doc_tok(d, (int64_t)i + 1)->flags & TOK_LINE)
        return false;
    return county || (l->word <= 3 && !(l->bits & LEX(MEDICAL)) && extent_is_telling(d, i + 1) &&
                      d->lex[i + 1]->given < 3);
}

bool extent_is_inner(const struct doc *d, uint32_t i)
{
    const struct lex_info *l = d->lex[i];
    enum shape s = shape_of(d, i);
    if (d->shield[i] & SHIELD_TAG) return false;
    if (s == SHAPE_NONE) return false;
    /* "Monday Creek Clinic": whatever the word before such a one means */
    if (s == SHAPE_TITLE && place_is_land(d, i + 1) &&
        !(l->bits & (LEX(TITLE) | LEX(FUNCTION) | LEX(PERSON_VERB))))
        return true;
    if ((l->bits & STOP) && !(l->bits & (LEX(PLACE) | LEX(ORG_NAME) | LEX(ORG_WORD)))) return false;
    if (s == SHAPE_LOWER) return false;
    if (l->bits & LEX(FUNCTION) && !(l->bits & (LEX(ORG_WORD) | LEX(SAINT)))) return false;
    if (s == SHAPE_BLANK)
        return extent_is_telling(d, i) ||
               (l->bits & (LEX(ORG_WORD) | LEX(ORG_HEAD) | LEX(DIRECTION))) || !l->bits;
    if (l->bits & LEX(PERSON_VERB) && !(l->bits & (LEX(PLACE) | LEX(ORG_NAME) | LEX(ORG_WORD))) &&
        shape_starts_sentence(d, i))
        return false; /* "Sees Lone Peak Rheum" */
    if (l->word >= 2 && shape_starts_sentence(d, i)) {
        if (cls(d, i) & W_ASKS) return false; /* "Compare Elm Clinic and us" */
        if (!extent_is_telling(d, i) && !(l->bits & (LEX(ORG_WORD) | LEX(DIRECTION))) &&
            !(cls(d, i) & W_OPENS) && !opens_name(d, i))
            return false; /* "Visited Elm Clinic" */
    }
    return true;
}

void extent_count(const struct doc *d, uint32_t i, struct extent *s)
{
    const struct lex_info *l = d->lex[i];
    if (extent_is_telling(d, i))
        s->telling++;
    else if (place_land_first(d, i) < i &&
             !((l->bits | d->lex[i - 1]->bits) & (LEX(MEDICAL) | LEX(ORG_HEAD))))
        s->telling++; /* "Thousand Islands Hospice" */
    else if ((l->bits & (LEX(ORG_WORD) | LEX(DIRECTION) | LEX(SAINT))) &&
             !((l->bits & LEX(MEDICAL)) && l->word >= 2) && l->word < 7 && !is_specialty(d, i))
        s->usual++;
}
