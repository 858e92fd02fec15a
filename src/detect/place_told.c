/* place_told.c — places that no list has, told as where somebody lives, comes from or goes.
 *
 *     grew up in Souk Ahras     moved here from Goldcrest     lives in Oak Prairie, TX     Camp Copper Plains
 *     hiking in Hocking Hills   the Short North               Transport by Polatsk EMS
 *
 * Capital words behind a preposition which such a word rules; a word of the language needs another beside
 * it. States and countries stay: 45 CFR 164.514(b)(2)(i)(B) names what is smaller. */
#include "detect/place.h"
#include "detect/wordset.h"

enum { WORDS = 3, REACH = 2 }; /* of a name; between the ruling word and its preposition */
enum {
    W_HOME = 1,
    W_PREP = 2,
    W_SITE = 4,
    W_CREW = 8,
    W_CAMP = 16,
    W_LARGE = 32,
    W_THE = 64,
    W_KIND = 128,
    W_NEAR = 256,
    W_SHORT = 512,
    W_TOWN = 1024,
    W_BORN = 2048,
    W_WATER = 8192,  /* first words of towns */
    W_LINK = 4096,   /* inside a name in small letters */
    W_REACH = 16384, /* a clinic held elsewhere: "in our Zelby outreach clinic" */
    W_OUR = 32768
};
static const struct wordset_row rows[] = {
    { "live lives lived living reside resides resided residing resident grew born raised moved "
      "moving relocated native hails hometown ambulance drove drives driven travel travels "
      "traveled "
      "travelled traveling travelling trip vacation vacationed vacationing hiking hiked camping "
      "camped fishing hunting visiting flew flown emigrated immigrated originally commutes stays "
      "staying settled based miles farm cabin cottage teacher carpenter nurse farmer "
      "immigrant refugee transport stay boards boarding lodges emigrant fled escaped deported "
      "deployed deployment stationed tour tours killed wounded incarcerated imprisoned "
      "detained sleeps homeless evacuated winters wintering wintered summers summering summered "
      "comes came arrived arrives driving honeymoon honeymooned cruise cruised airlifted "
      "taxi bus train walked walking camera "
      "backpacking incarceration surfing surfs couch shuttles splits divides "
      "paroled",
      W_HOME },
    { "in from to near outside of nr between", W_PREP },
    { "near nr outside", W_NEAR },
    { "village barangay brgy township hamlet taluk tehsil townland suburb", W_KIND },
    { "town city county parish borough", W_TOWN },
    { "resident residents native natives", W_BORN },
    { "brgy dist teh tal vill mandal", W_SHORT },
    { "clinic lab office church store shop plant warehouse home house school hospital bar pub "
      "college market village farm ranch restaurant motel hotel shelter jail prison park "
      "places job jobs family er ed gym dentist doctor practice facility pharmacy daycare health "
      "hospice center resort down",
      W_SITE },
    { "ems fire police pd ambulance rescue", W_CREW },
    { "camp fort", W_CAMP },
    { "north south east west coast middle midwest central northern southern eastern western "
      "northeast "
      "northwest southeast southwest europe africa asia america",
      W_LARGE },
    { "the", W_THE },
    { "outreach satellite branch", W_REACH },
    { "our their the", W_OUR },
    { "bayou lake lac port fort mount mt san santa santo los las el rio cape glen puerto ciudad "
      "playa "
      "cabo isla pueblo villa aldea camp",
      W_WATER },
    { "du de del la las los le sur upon na do da dos", W_LINK },
};
static struct wordset words = WORDSET(rows);
WORDSET_CLASS_AT(cls, words)

/* May token i be a word of such a name? */
static bool is_word_of(const struct doc *d, uint32_t i)
{
    const uint64_t never = LEX(TITLE) | LEX(MONTH) | LEX(WEEKDAY) | LEX(CREDENTIAL) |
                           LEX(RELATIVE) | LEX(CLINICIAN) | LEX(DRUG) | LEX(DEMONYM) | LEX(SEASON) |
                           LEX(HOLIDAY) | LEX(ORG_HEAD) | LEX(FUNCTION) | LEX(NAME_CUE) |
                           LEX(ABBREVIATION);
    const struct lex_info *l = d->lex[i];
    if (i >= d->n || shape_of(d, i) != SHAPE_TITLE || d->shield[i] || d->tok[i].len < 2)
        return false;
    bool place = (l->bits & (LEX(PLACE) | LEX(SAINT) | LEX(DIRECTION) | LEX(STREET_TYPE))) != 0;
    if (never & l->bits || l->bits & LEX(MEDICAL)) /* "Copper Point", "Monday Creek" */
        place |= place_is_land(d, i + 1) && !(l->bits & (LEX(FUNCTION) | LEX(ABBREVIATION)));
    if (l->bits & LEX(MEDICAL) && !place && l->word >= 2) return false;
    return !(l->bits & never) || (place && !(l->bits & (LEX(ORG_HEAD) | LEX(MONTH) | LEX(TITLE))));
}

/* "Port" of "Port-Zelby", joined to another word of the name: whatever it means by itself. */
SELDOM static bool is_half(const struct doc *d, uint32_t i)
{
    return shape_of(d, i) == SHAPE_TITLE && d->tok[i].len > 2 && !d->shield[i];
}

/* From token i on, joined by '-' too: the last. */
static void run_on(const struct doc *d, struct town *t)
{
    for (int n = 0; n < WORDS && t->last + 1 < d->n; n++) {
        uint32_t j = t->last + 1;
        if (doc_is_mark(d, j, '.') && doc_joined(d, j) && d->lex[t->last]->bits & LEX(SAINT) &&
            d->tok[t->last].len <= 3)
            j++; /* "St. Odo" */
        if (doc_is_mark(d, j, '-') && doc_joined(d, j) && doc_joined(d, j + 1)) {
            j++;
            if (d->tok[j].len <= 3 && d->tok[j].flags & TOK_LOWER && doc_is_mark(d, j + 1, '-') &&
                shape_of(d, (int64_t)j + 2) == SHAPE_TITLE && doc_joined(d, j + 2)) {
                t->last = j + 2; /* Mazar-i-Sharif, Stoke-on-Trent */
                continue;
            }
            if (d->tok[j].len == 2 && d->tok[j].flags & TOK_CAP) { /* Rostov-Na-Donu */
                t->last = j;
                continue;
            }
        }
        if (cls(d, j) & W_LINK && d->tok[j].flags & TOK_LOWER && is_word_of(d, j + 1) &&
            !((d->tok[j].flags | d->tok[j + 1].flags) & TOK_LINE))
            j++; /* "Fond du Lac" */
        if (j >= d->n || d->tok[j].flags & TOK_LINE || !is_word_of(d, j) ||
            shape_opens_column(d, j))
            break;
        t->last = j;
    }
}

/* The run of such words around token i. */
static void run_around(const struct doc *d, uint32_t i, struct town *t)
{
    t->first = t->last = i;
    for (int n = 0; n < WORDS && t->first > 0; n++) {
        uint32_t j = t->first - 1;
        const bool half =
            doc_is_mark(d, j, '-') && j > 0 && doc_joined(d, j) && doc_joined(d, j + 1);
        j -= half;
        if (cls(d, j) & W_LINK && d->tok[j].flags & TOK_LOWER && j > 0 && is_word_of(d, j - 1) &&
            !(d->tok[j].flags & TOK_LINE))
            j--; /* "Fond du Lac" */
        if (d->tok[t->first].flags & TOK_LINE || cls(d, j) & W_KIND ||
            !(is_word_of(d, j) || (half && is_half(d, j))))
            break;
        t->first = j;
    }
    run_on(d, t);
}

/* Is a word of this run new, or are there two, of which none is as large as a region? */
SELDOM static bool is_name(const struct doc *d, const struct town *t)
{
    const struct phrase *p = doc_phrase_at(d, t->first);
    unsigned n = 0, small = 0, fresh = 0;
    if (p && p->lex->bits & (LEX(STATE) | LEX(COUNTRY) | LEX(ORG_HEAD) | LEX(ORG_NAME)))
        return false;
    for (uint32_t i = t->first; i <= t->last; i++) {
        const struct lex_info *l = d->lex[i];
        if (d->tok[i].kind != TOK_WORD) continue;
        n++;
        small += !(cls(d, i) & W_LARGE) && !(l->bits & (LEX(STATE) | LEX(COUNTRY)));
        fresh += !l->bits || (l->word <= 1 && l->bits & LEX(PLACE)) ||
                 (l->word <= 2 && !(l->bits & LEX(MEDICAL)));
    }
    return small && (fresh || n > 1);
}

static bool is_in(const struct doc *d, int64_t i)
{
    const struct token *t = doc_tok(d, i);
    return t->len == 2 && ascii_lower(d->text.p[t->start]) == 'i';
}

/* "daughter in", "uncle Eliseo in", "Dr. Ann Roe in", before the "in" at i. */
static bool is_person_near(const struct doc *d, int64_t i)
{
    int64_t j = i - 1;
    for (; j >= 0 && j >= i - 1 - REACH; j--) {
        if (doc_bits(d, j) & (LEX(RELATIVE) | LEX(TITLE))) return true;
        if (shape_of(d, j) != SHAPE_TITLE) break;
    }
    return j < i - 1 && doc_is_mark(d, j, '.') && doc_bits(d, j - 1) & LEX(TITLE);
}

/* A word of five letters or more that no list has, by itself, at the end of its clause. */
SELDOM static bool is_unheard(const struct doc *d, uint32_t i)
{
    const struct token *after = doc_tok(d, (int64_t)i + 1);
    const struct lex_info *l = d->lex[i];
    const bool is_new =
        !(l->bits & ~(LEX(SURNAME) | LEX(WORD) | LEX(PLACE))) && l->surname <= 2 && l->word <= 1;
    return is_new && d->tok[i].len >= 5 &&
           (i + 1 >= d->n || after->flags & TOK_LINE ||
            doc_bits(d, (int64_t)i + 1) & LEX(FUNCTION) ||
            (after->kind == TOK_MARK && !doc_joined(d, (int64_t)i + 2)));
}

/* "Dist. Moga", "Kinvara, Co. Galway": the dot is at `dot`. */
static bool is_short_kind(const struct doc *d, int64_t dot)
{
    return cls(d, dot - 1) & W_SHORT ||
           (doc_is_word(d, dot - 1, VIEW("co")) && doc_is_mark(d, dot - 2, ','));
}

/* "Pt is", "she was": token i is the verb. */
SELDOM static bool is_person_being(const struct doc *d, int64_t i)
{
    if (!doc_is_word(d, i, VIEW("is")) && !doc_is_word(d, i, VIEW("was"))) return false;
    return doc_bits(d, i - 1) & (LEX(NAME_CUE) | LEX(RELATIVE)) ||
           doc_is_word(d, i - 1, VIEW("he")) || doc_is_word(d, i - 1, VIEW("she")) ||
           doc_is_word(d, i - 1, VIEW("pt")) || doc_is_word(d, i - 1, VIEW("family"));
}

/* "SH: retired, from Bayou Zelby", "Soc: from Tuckawee": the name behind the "from" is at i. */
SELDOM static bool is_told_from(const struct doc *d, uint32_t i)
{
    if (doc_is_mark(d, (int64_t)i - 2, ':') && is_unheard(d, i)) return true;
    return cls(d, i) & W_WATER && is_word_of(d, i + 1) && !(d->tok[i + 1].flags & TOK_LINE);
}

/* A word that rules the preposition before the run: "grew up in", "moved here from", "lab in". */
bool place_is_ruled(const struct doc *d, uint32_t first)
{
    int64_t i = (int64_t)first - 1;
    if (cls(d, i) & W_THE) i--;
    if (doc_tok(d, first)->flags & TOK_LINE) return false;
    if (doc_is_mark(d, i, '.')) return is_short_kind(d, i);
    if (cls(d, i) & W_KIND) return i == (int64_t)first - 1 && is_unheard(d, first);
    if (!(cls(d, i) & W_PREP)) return false;
    const bool in = is_in(d, i);
    if (doc_is_word(d, i, VIEW("of")) && cls(d, i - 1) & (W_KIND | W_TOWN)) return true;
    if (doc_is_word(d, i, VIEW("from")) && (is_person_being(d, i - 1) || is_told_from(d, first)))
        return true;
    const bool works =
        in && (doc_is_word(d, i - 1, VIEW("works")) || doc_is_word(d, i - 1, VIEW("worked")));
    if ((works || cls(d, i) & W_NEAR) && i == (int64_t)first - 1 && is_unheard(d, first))
        return true;
    if (in && (cls(d, i - 1) & W_SITE || is_person_near(d, i))) return true;
    for (int64_t j = i - 1; j >= 0 && j >= i - 1 - REACH; j--) {
        if (doc_tok(d, j)->kind == TOK_MARK) return false;
        if (cls(d, j) & W_HOME) return true;
    }
    return false;
}

/* ", TX", ", Ohio" behind the run. */
SELDOM static void take_state(const struct doc *d, struct town *t)
{
    uint32_t j = t->last + 2;
    const struct token *bare = doc_tok(d, (int64_t)j - 1);
    if (doc_bits(d, (int64_t)j - 1) & LEX(STATE_CODE) && bare->len == 2 &&
        bare->flags & TOK_UPPER && !(bare->flags & TOK_LINE) &&
        !(doc_bits(d, (int64_t)j - 1) & LEX(CREDENTIAL))) {
        t->last = j - 1; /* "Zelby WY" */
        t->has_state = true;
        return;
    }
    const struct phrase *p = doc_phrase_at(d, j);
    const struct token *code = doc_tok(d, j);
    if (!doc_is_mark(d, (int64_t)j - 1, ',') || code->flags & TOK_LINE) return;
    bool short_form = doc_bits(d, j) & LEX(STATE_CODE) && code->len == 2 && code->flags & TOK_UPPER;
    if (p && p->lex->bits & LEX(STATE))
        t->last = j + p->n - 1;
    else if (short_form || (doc_bits(d, j) & LEX(STATE) && code->flags & TOK_CAP))
        t->last = j;
    t->has_state = t->last >= j;
}

bool place_run_at(const struct doc *d, uint32_t i, struct town *t, bool *is_new)
{
    if (i >= d->n || d->is_caseless || !is_word_of(d, i)) return false;
    *t = (struct town){ .first = i, .last = i, .lex = d->lex[i] };
    run_on(d, t);
    *is_new = is_name(d, t);
    take_state(d, t);
    return true;
}

/* May the word at i be in a name that stands where a town does, whatever it means elsewhere? */
static bool is_any_word(const struct doc *d, uint32_t i)
{
    const uint64_t never = LEX(TITLE) | LEX(MONTH) | LEX(WEEKDAY) | LEX(CREDENTIAL) |
                           LEX(RELATIVE) | LEX(CLINICIAN) | LEX(DRUG) | LEX(ORG_HEAD) |
                           LEX(NAME_CUE) | LEX(COUNTRY) | LEX(STATE) | LEX(PERSON_VERB) |
                           LEX(CUE_ADDRESS);
    const uint64_t bits = doc_bits(d, i);
    return i < d->n && shape_of(d, i) == SHAPE_TITLE && d->tok[i].len > 2 &&
           !(d->tok[i].flags & TOK_LINE) && !(d->shield[i] & SHIELD_TAG) && !(bits & never) &&
           (!(bits & LEX(FUNCTION)) || bits & (LEX(NUMBER_WORD) | LEX(DIRECTION)));
}

bool place_any_at(const struct doc *d, uint32_t i, struct town *t)
{
    uint32_t usual = 0;
    if (d->is_caseless) return false;
    *t = (struct town){ .first = i, .last = i, .lex = d->lex[i < d->n ? i : 0] };
    uint32_t j = i;
    for (; j < i + WORDS && is_any_word(d, j) && (j == i || !shape_opens_column(d, j)); j++)
        usual += (d->lex[j]->bits & LEX(MEDICAL) && d->lex[j]->word >= 3) || d->lex[j]->word >= 6;
    if (j == i || usual == j - i) return false;
    t->last = j - 1;
    take_state(d, t);
    return true;
}

/* "a Larkmead native", "an Elk Prairie resident": of a place that no list has. A resident is a doctor as well. */
static bool is_born(const struct doc *d, uint32_t i)
{
    const int64_t j = (int64_t)i + 1;
    if (doc_tok(d, j)->len - 6U > 3) return false; /* as long as such words are */
    return (!d->lex[i]->bits || doc_is_word(d, j, VIEW("native"))) && cls(d, j) & W_BORN &&
           !(doc_tok(d, j)->flags & (TOK_LINE | TOK_CAP));
}

/* A look at the neighbours tells most words off. */
static bool may_be_told(const struct doc *d, uint32_t i)
{
    const struct token *t = &d->tok[i], *before = doc_tok(d, (int64_t)i - 1),
                       *after = doc_tok(d, (int64_t)i + 1);
    if (d->is_caseless) return false;
    if (before->kind == TOK_WORD && before->flags & TOK_LOWER)
        return before->len <= 8 &&
               (cls(d, (int64_t)i - 1) & (W_PREP | W_THE | W_KIND | W_LINK | W_OUR) ||
                (after->flags & TOK_CAP ? cls(d, (int64_t)i + 1) & W_CREW : is_born(d, i)));
    return before->kind == TOK_WORD ||
           (before->kind == TOK_MARK &&
            (before->hash == '-' || (before->hash == '.' && i > 1 && d->tok[i - 2].len <= 6 &&
                                     is_short_kind(d, (int64_t)i - 1)))) ||
           (t->len == 4 && cls(d, i) & W_CAMP);
}

bool place_told_at(const struct doc *d, uint32_t i, struct town *t)
{
    if (!may_be_told(d, i)) return false;
    if (!is_word_of(d, i) && !(cls(d, i) & W_CAMP)) return false;
    *t = (struct town){ .lex = d->lex[i] };
    run_around(d, i, t);
    const uint32_t after = shape_after_possessive(d, t->last);
    if (after > t->last + 1 || doc_bits(d, after) & LEX(ORG_HEAD)) return false;
    const struct token *next = doc_tok(d, after);
    bool crew = cls(d, after) & W_CREW && next->flags & TOK_CAP && !(next->flags & TOK_LINE) &&
                cls(d, (int64_t)t->first - 1) == 0 && !shape_starts_sentence(d, t->first);
    crew |= is_born(d, t->last);
    crew |= cls(d, after) & W_REACH && next->flags & TOK_LOWER && !(next->flags & TOK_LINE) &&
            cls(d, (int64_t)t->first - 1) & W_OUR;
    if (!crew && !(t->last > t->first && cls(d, i) & W_CAMP) && !place_is_ruled(d, t->first))
        return false;
    if (!is_name(d, t)) return false;
    take_state(d, t);
    return true;
}
