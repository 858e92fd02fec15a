#include "detect/organization_extent.h"

#include "detect/place.h"
#include "detect/wordset.h"

enum { LEFT_MAX = 10 };

static const uint64_t STOP = LEX(TITLE) | LEX(MONTH) | LEX(WEEKDAY) | LEX(CREDENTIAL) |
                             LEX(CUE_MRN) | LEX(CUE_DATE) | LEX(CUE_SSN) | LEX(NAME_CUE) |
                             LEX(RELATIVE);
static const uint64_t TELLS =
    LEX(PLACE) | LEX(ORG_NAME) | LEX(SURNAME) | LEX(SAINT) | LEX(STATE) | LEX_GIVEN | LEX(COUNTY);

enum { W_SHORT = 1, W_PRACTICE = 2, W_OPENS = 4, W_CLIPPED = 8 };
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
    { "vol univ med ctr reg mem gen hosp dept occ co cnty twp tech natl intl assoc", W_CLIPPED },
};
static struct wordset words = WORDSET(rows);

static uint32_t cls(const struct doc *d, uint32_t i)
{
    return wordset_class(wordset_ready(&words), doc_tok(d, i));
}

/* "Hematology", "Podiatric", "Derm": a service, however rarely notes write it small. */
static bool is_specialty(const struct doc *d, uint32_t i)
{
    const view w = doc_view(d, i, i);
    if (cls(d, i) & W_SHORT) return true;
    static const view ends[] = { { "ology", 5 },   { "ologic", 6 },   { "ological", 8 },
                                 { "iatry", 5 },   { "iatric", 6 },   { "iatrics", 7 },
                                 { "surgery", 7 }, { "surgical", 8 }, { "therapy", 7 },
                                 { "metry", 5 },   { "dontic", 6 },   { "dontics", 7 } };
    for (size_t k = 0; k < COUNT_OF(ends); k++)
        if (w.n >= ends[k].n && view_eq_nocase(view_sub(w, w.n - ends[k].n, w.n), ends[k]))
            return true;
    return false;
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
                         ((l->bits & TELLS) && l->word < 5);
    return (l->bits & TELLS) && l->word < 2;
}

/* "Golden Thistle Clinic", "Sorvik County EMS": a rare word with which a sentence opens, before another that
 * tells or the word county. */
static bool opens_name(const struct doc *d, uint32_t i)
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
    if ((l->bits & STOP) && !(l->bits & (LEX(PLACE) | LEX(ORG_NAME) | LEX(ORG_WORD)))) return false;
    if (s == SHAPE_LOWER) return false;
    if (l->bits & LEX(FUNCTION) && !(l->bits & (LEX(ORG_WORD) | LEX(SAINT)))) return false;
    if (s == SHAPE_BLANK)
        return extent_is_telling(d, i) ||
               (l->bits & (LEX(ORG_WORD) | LEX(ORG_HEAD) | LEX(DIRECTION))) || !l->bits;
    if (l->bits & LEX(PERSON_VERB) && !(l->bits & (LEX(PLACE) | LEX(ORG_NAME) | LEX(ORG_WORD))) &&
        shape_starts_sentence(d, i))
        return false; /* "Sees Lone Peak Rheum" */
    if (l->word >= 2 && shape_starts_sentence(d, i) && !extent_is_telling(d, i) &&
        !(l->bits & (LEX(ORG_WORD) | LEX(DIRECTION))) && !(cls(d, i) & W_OPENS) &&
        !opens_name(d, i))
        return false; /* "Visited Elm Clinic" */
    return true;
}

void extent_count(const struct doc *d, uint32_t i, struct extent *s)
{
    const struct lex_info *l = d->lex[i];
    if (extent_is_telling(d, i))
        s->telling++;
    else if ((l->bits & (LEX(ORG_WORD) | LEX(DIRECTION) | LEX(SAINT))) &&
             !((l->bits & LEX(MEDICAL)) && l->word >= 2) && l->word < 7 && !is_specialty(d, i))
        s->usual++;
}

/* The first of the initials whose last '.' is at token `dot`, `dot` itself when there are none: two, or one behind a
 * mark or a small word, which no other word ("vitamin C.") is. */
static uint32_t initials_begin(const struct doc *d, uint32_t dot, uint32_t floor)
{
    uint32_t first = dot, n = 0;
    while (first >= floor + 2 && doc_is_mark(d, (int64_t)first - (n > 0), '.')) {
        const uint32_t i = first - 1 - (n > 0);
        if (d->tok[i].len != 1 || d->tok[i].kind != TOK_WORD || !(d->tok[i].flags & TOK_CAP) ||
            !doc_joined(d, i + 1))
            break;
        first = i;
        n++;
        if (d->tok[i].flags & TOK_LINE) break;
    }
    const bool led = first == 0 || d->tok[first].flags & TOK_LINE ||
                     doc_tok(d, (int64_t)first - 1)->kind == TOK_MARK ||
                     doc_bits(d, (int64_t)first - 1) & (LEX(FUNCTION) | LEX(PLACE_CUE));
    return n > 1 || (n && led) ? first : dot;
}

/* A new line or column: "Patient: Mary Ellis  Clinic: Elm" has two fields. */
static bool begins_field(const struct doc *d, uint32_t i)
{
    return doc_tok(d, i)->flags & TOK_LINE || shape_opens_column(d, i);
}

/* "Nags Head Lab": where the town of two words that ends in the word at j begins, whatever these mean; else j. */
static uint32_t town_begin(const struct doc *d, uint32_t j, uint32_t floor)
{
    if (j <= floor || begins_field(d, j) || !(d->tok[j].flags & TOK_CAP)) return j;
    const struct phrase *p = doc_phrase_at(d, j - 1);
    return p && p->n == 2 && p->lex->bits & LEX(PLACE) && shape_of(d, j - 1) == SHAPE_TITLE &&
                   !d->shield[j - 1]
               ? j - 1
               : j;
}

void extent_left(const struct doc *d, struct extent *s, uint32_t floor)
{
    uint32_t i = s->first;
    for (int steps = 0; i > floor && steps < LEFT_MAX; steps++) {
        if (begins_field(d, i)) break;
        uint32_t j = i - 1;
        const struct token *t = doc_tok(d, j);
        if (t->kind == TOK_MARK) {
            if (t->hash == '\'' && doc_joined(d, j) && j > floor) { /* "Physicians' Clinic" */
                i = j;
                continue;
            }
            /* "St. Luke's Hospital", "Cobb Vol. Fire" */
            bool saint = t->hash == '.' && j > floor &&
                         (doc_bits(d, j - 1) & LEX(SAINT) ||
                          (cls(d, j - 1) & W_CLIPPED && doc_joined(d, j) &&
                           d->tok[j - 1].flags & TOK_CAP && !(d->tok[i].flags & TOK_LINE)));
            const uint32_t initials =
                t->hash == '.' && i < s->first ? initials_begin(d, j, floor) : j;
            if (initials < j) { /* "E. J. Trelby Clinic" */
                i = initials;
                continue;
            }
            /* "Ito - Goyang General" parts two fields */
            bool spaced = t->hash != '&' && !doc_joined(d, j) && !doc_joined(d, j + 1);
            /* "Sorvik In-Home Services" */
            if (t->hash == '-' && doc_is_word(d, (int64_t)j - 1, VIEW("in")) && j > floor &&
                doc_is_word(d, i, VIEW("home")) && d->tok[j - 1].flags & TOK_CAP &&
                !begins_field(d, j - 1)) {
                i = j - 1;
                continue;
            }
            bool joins = (t->hash == '-' || t->hash == '&' || t->hash == '/') && j > floor &&
                         !spaced && doc_tok(d, j - 1)->kind == TOK_WORD &&
                         extent_is_inner(d, j - 1);
            if (!saint && !joins) break;
            i = j;
            continue;
        }
        if (t->kind != TOK_WORD) break;
        int64_t owned_by = shape_owner(d, j);
        if (owned_by >= (int64_t)floor) {
            /* "Mary's", "Children's": the owner is part of the name whatever else the word can be */
            uint32_t owner = (uint32_t)owned_by;
            if (doc_tok(d, owner)->kind != TOK_WORD || shape_of(d, owner) == SHAPE_LOWER ||
                (d->shield[owner] & SHIELD_TAG) || (doc_bits(d, owner) & LEX(FUNCTION)))
                break;
            bool tells =
                !(doc_bits(d, owner) & (LEX(MEDICAL) | LEX(RELATIVE))) && d->lex[owner]->word < 5;
            s->telling += tells;
            s->usual += !tells && shape_of(d, owner) == SHAPE_TITLE;
            i = owner;
            continue;
        }
        /* "University of Texas Medical Center", "Bed and Breakfast Inn" */
        bool link = doc_is_word(d, j, VIEW("of")) || doc_is_word(d, j, VIEW("and")) ||
                    doc_is_word(d, j, VIEW("for"));
        /* "Univ. of Ashgrove Med Ctr" */
        const uint32_t clipped = j >= floor + 2 && doc_is_mark(d, j - 1, '.') ? j - 2 : j;
        if (link && clipped < j && cls(d, clipped) & W_CLIPPED && d->tok[clipped].flags & TOK_CAP) {
            i = clipped;
            continue;
        }
        if (link && j > floor && (doc_bits(d, j - 1) & (LEX(ORG_HEAD) | LEX(ORG_WORD))) &&
            extent_is_inner(d, j - 1)) {
            i = j;
            continue;
        }
        /* "Sts. Peter and Paul Hospital", "Our Lady of Hope Hospital" */
        if (doc_is_word(d, j, VIEW("and")) && j >= floor + 3 && doc_is_mark(d, j - 2, '.') &&
            doc_is_word(d, (int64_t)j - 3, VIEW("sts"))) {
            i = j - 3;
            continue;
        }
        if (doc_is_word(d, j, VIEW("of")) && j >= floor + 2 &&
            doc_is_word(d, (int64_t)j - 1, VIEW("lady")) &&
            doc_is_word(d, (int64_t)j - 2, VIEW("our"))) {
            s->telling++;
            i = j - 2;
            break;
        }
        /* "Roe & Daughters Funeral Home" */
        if (doc_bits(d, j) & LEX(RELATIVE) && t->flags & TOK_CAP && j >= floor + 2 &&
            (doc_is_mark(d, j - 1, '&') || doc_is_word(d, j - 1, VIEW("and"))) &&
            shape_of(d, (int64_t)j - 2) == SHAPE_TITLE && !begins_field(d, j) &&
            !begins_field(d, j - 1)) {
            s->telling++;
            i = j - 2;
            continue;
        }
        const uint32_t town = town_begin(d, j, floor);
        if (town < j) {
            s->telling++;
            i = town;
            continue;
        }
        if (!extent_is_inner(d, j)) break;
        extent_count(d, j, s);
        i = j;
    }
    /* never begin with a mark or a link */
    while (i < s->first && (doc_tok(d, i)->kind == TOK_MARK || doc_is_word(d, i, VIEW("of")) ||
                            doc_is_word(d, i, VIEW("and")) || doc_is_word(d, i, VIEW("for"))))
        i++;
    s->first = i;
}

/* "Hospital and Clinics", "Hospital & Medical Center", "Hospital - East Campus": the last token of what the
 * mark or word at j joins, or 0. */
static uint32_t right_partner(const struct doc *d, const struct extent *s, uint32_t j)
{
    if (!s->telling || j + 1 >= d->n || (d->tok[j + 1].flags & TOK_LINE)) return 0;
    if (doc_is_word(d, j, VIEW("and")) || doc_is_mark(d, j, '&')) {
        const struct phrase *p = doc_phrase_at(d, j + 1);
        if (shape_of(d, j + 1) != SHAPE_TITLE) return 0;
        if (doc_is_mark(d, j, '&')) return j + 1; /* "Foot & Ankle" */
        if (p && (p->lex->bits & LEX(ORG_HEAD))) return j + p->n;
        return doc_bits(d, j + 1) & (LEX(ORG_HEAD) | LEX(TRADE)) ? j + 1 : 0;
    }
    if (!doc_is_mark(d, j, '-')) return 0;
    for (uint32_t k = j + 1; k <= j + 4 && k < d->n && !(d->tok[k].flags & TOK_LINE); k++) {
        if (shape_of(d, k) != SHAPE_TITLE) return 0;
        if (k > j + 1 && doc_is_word(d, k, VIEW("campus"))) return k;
    }
    return 0;
}

/* Is the word at i of something that stays? "Sleep Center" does by itself, not in "Restwell Sleep Center". */
static bool is_kept(const struct doc *d, const struct extent *s, uint32_t i)
{
    uint8_t may = s->telling && d->tok[i].flags & TOK_CAP ? SHIELD_PHRASE : 0;
    return d->shield[i] & (uint8_t)~may;
}

/* "Keller Institute for Joint Health", "Center for Digestive Health": the last of the capitals behind "for"
 * at j, or 0. */
static uint32_t purpose_end(const struct doc *d, const struct extent *s, uint32_t j)
{
    uint32_t k = j + 1;
    bool has = doc_is_word(d, s->last, VIEW("institute")) ||
               doc_is_word(d, s->last, VIEW("center")) || doc_is_word(d, s->last, VIEW("centre")) ||
               doc_is_word(d, s->last, VIEW("school"));
    if (!has || !s->telling || !doc_is_word(d, j, VIEW("for"))) return 0;
    if (doc_is_word(d, k, VIEW("the"))) k++;
    while (k <= j + 4 && shape_of(d, k) == SHAPE_TITLE && !(d->tok[k].flags & TOK_LINE))
        k++;
    return k > j + 1 && !doc_is_word(d, (int64_t)k - 1, VIEW("the")) ? k - 1 : 0;
}

void extent_right(const struct doc *d, struct extent *s)
{
    for (int steps = 0; steps < LEFT_MAX; steps++) {
        uint32_t j = s->last + 1;
        if (j >= d->n || begins_field(d, j)) return;
        if (doc_is_mark(d, j, '-') && doc_joined(d, j) && doc_joined(d, j + 1) &&
            doc_tok(d, j + 1)->kind == TOK_WORD && extent_is_inner(d, j + 1)) {
            s->last = j + 1;
            continue;
        }
        const struct phrase *p = doc_phrase_at(d, j);
        if (p && (p->lex->bits & (LEX(ORG_HEAD) | LEX(ORG_NAME)))) {
            s->last = j + p->n - 1;
            s->telling += (p->lex->bits & LEX(ORG_NAME)) != 0;
            continue;
        }
        /* "NYU Med. Center", "UCSF Children's Hospital" */
        uint32_t past = doc_is_mark(d, j, '.') && doc_joined(d, j) && d->tok[s->last].len <= 4
                            ? j + 1
                            : shape_after_possessive(d, s->last);
        if (past > j && past < d->n && !(doc_tok(d, past)->flags & TOK_LINE) &&
            doc_tok(d, past)->kind == TOK_WORD && shape_may_name(d, past) && !is_kept(d, s, past) &&
            (doc_bits(d, past) & (LEX(ORG_HEAD) | LEX(ORG_WORD)) || extent_is_practice(d, past))) {
            s->last = past;
            continue;
        }
        if (doc_tok(d, j)->kind == TOK_WORD && !is_kept(d, s, j) &&
            (doc_bits(d, j) & (LEX(ORG_HEAD) | LEX(ORG_WORD))) &&
            (shape_may_name(d, j) || (s->telling && (doc_bits(d, j) & LEX(ORG_HEAD)) &&
                                      !(doc_bits(d, j) & LEX(FUNCTION))))) {
            s->last = j;
            continue;
        }
        /* "Monarch Steel", "Harlan County EMS": no clinic's service, which would be another word */
        if (doc_tok(d, j)->kind == TOK_WORD && !is_kept(d, s, j) && doc_bits(d, j) & LEX(TRADE) &&
            doc_tok(d, j)->flags & TOK_CAP && shape_of(d, j) != SHAPE_BLANK &&
            (s->telling || doc_bits(d, (int64_t)s->last) & (LEX(TRADE) | LEX(ORG_HEAD)))) {
            s->last = j;
            continue;
        }
        /* "Northside Orthopedics" */
        if (s->telling && doc_tok(d, j)->kind == TOK_WORD && shape_of(d, j) == SHAPE_TITLE &&
            !d->shield[j] && extent_is_practice(d, j)) {
            s->last = j;
            continue;
        }
        uint32_t joined = right_partner(d, s, j);
        if (joined) {
            s->last = joined;
            continue;
        }
        joined = purpose_end(d, s, j);
        if (joined) {
            s->last = joined;
            continue;
        }
        bool of = doc_is_word(d, j, VIEW("of")) || doc_is_word(d, j, VIEW("for")) ||
                  doc_is_word(d, j, VIEW("at"));
        if (!of) return;
        uint32_t k = doc_is_word(d, j + 1, VIEW("the")) ? j + 2 : j + 1;
        if (k >= d->n || doc_tok(d, k)->kind != TOK_WORD || !extent_is_inner(d, k) ||
            (shape_of(d, k) == SHAPE_BLANK && !extent_is_telling(d, k)))
            return;
        if (doc_is_word(d, j, VIEW("for")) &&
            (!s->telling ||
             (doc_bits(d, k) & (LEX_GIVEN | LEX(EPONYM) | LEX(MEDICAL) | LEX(ABBREVIATION))) ||
             (doc_bits(d, k + 1) & LEX(EPONYM_HEAD))))
            return; /* "St. Anne Hospital for Whipple procedure" */
        p = doc_phrase_at(d, k);
        extent_count(d, k, s);
        s->last = p && (p->lex->bits & TELLS) ? k + p->n - 1 : k;
        while (s->last + 1 < d->n && doc_tok(d, s->last + 1)->kind == TOK_WORD &&
               !(doc_tok(d, s->last + 1)->flags & TOK_LINE) && extent_is_inner(d, s->last + 1) &&
               (extent_is_telling(d, s->last + 1) ||
                (doc_bits(d, s->last + 1) & (LEX(ORG_HEAD) | LEX(ORG_WORD))))) {
            s->last++;
            extent_count(d, s->last, s);
        }
    }
}

/* A town that no list has, behind a facility's name: "in Kawasaki Heights", ", Port Welman, CA". */
static bool new_town(const struct doc *d, uint32_t k, bool in, uint32_t *last)
{
    const uint64_t never = LEX(FUNCTION) | LEX(MONTH) | LEX(WEEKDAY) | LEX(SEASON) | LEX(HOLIDAY) |
                           LEX(TITLE) | LEX(CREDENTIAL) | LEX(MEDICAL) | LEX(DRUG) | LEX(NAME_CUE) |
                           LEX(RELATIVE) | LEX(CLINICIAN) | LEX(ORG_HEAD) | LEX(ABBREVIATION);
    uint32_t j = k;
    bool is_new = false;
    for (; j < k + 3 && j < d->n && shape_of(d, j) == SHAPE_TITLE && d->tok[j].len > 2; j++) {
        if ((doc_bits(d, j) & never) && !(doc_bits(d, j) & (LEX(PLACE) | LEX(SAINT)))) return false;
        if (d->shield[j] || (d->tok[j].flags & TOK_LINE)) break;
        is_new |= !d->lex[j]->bits;
    }
    if (j == k) return false;
    const struct token *code = doc_tok(d, (int64_t)j + 1);
    *last = j + 1;
    if (doc_is_mark(d, j, ',') && (doc_bits(d, (int64_t)j + 1) & LEX(STATE_CODE)) &&
        code->len == 2 && (code->flags & TOK_UPPER))
        return true;
    *last = j - 1;
    return in && is_new;
}

void extent_town(const struct doc *d, struct extent *s)
{
    uint32_t j = s->last + 1;
    struct town t;
    const uint8_t breaks = doc_tok(d, j)->flags & (TOK_LINE | TOK_PARA);
    if (j >= d->n || breaks & TOK_PARA || (!breaks && shape_opens_column(d, j))) return;
    bool in = doc_is_word(d, j, VIEW("in")) || doc_is_word(d, j, VIEW("of"));
    bool link = in || doc_is_mark(d, j, ',');
    uint32_t k = link ? j + 1 : j;
    if (in && doc_is_word(d, k, VIEW("the"))) k++;
    if (k >= d->n) return;
    uint32_t last;
    if (place_town_at(d, k, &t)) {
        /* "St. Joseph's Hospital, Jane Smith": Jane is a town too, but not here */
        int names = MAX(t.lex->given, t.lex->surname);
        if (!t.has_state && !in && (t.lex->place < 3 || names > t.lex->place)) return;
        if (!link && t.lex->place < 4) return;
        last = t.last;
    } else if (link && ((doc_bits(d, k) & LEX(STATE)) ||
                        ((doc_bits(d, k) & LEX(STATE_CODE)) && doc_tok(d, k)->len == 2 &&
                         (doc_tok(d, k)->flags & TOK_UPPER) && !place_is_number_of(d, k)))) {
        const struct phrase *p = doc_phrase_at(d, k);
        last = p && (p->lex->bits & LEX(STATE)) ? k + p->n - 1 : k;
        if (shape_of(d, k) == SHAPE_LOWER) return;
    } else if (!link || !new_town(d, k, in, &last)) {
        return;
    }
    s->last = last;
}
