/* organization_trade.c — organisations named after what they do, with capitals.
 *
 *     Blue Heron Roofing    Tri-County Surgicenter    Harlan County EMS    Dorsey & Sons Lumber
 *     Medic 12              Quick Stop Market
 *
 * From the word for the trade back over what names it. Notes write services of their own house so as
 * well ("Cardiac Imaging", "Outpatient Pharmacy"): a name must tell it from others of its kind, or plain
 * words do, in mid-sentence, that are no medicine and tell no kind of service. */
#include "detect/organization_inside.h"
#include "detect/place.h"
#include "detect/wordset.h"
#include "detect/workplace.h"

enum { W_KIND = 1, W_CREW = 2, W_UNION = 4, W_HOUSE = 8, W_FIELD = 16 };
static const struct wordset_row rows[] = {
    /* which kind of service, not whose */
    { "inpatient outpatient outside local main satellite central retail mail order express "
      "same day hospital clinic urgent acute chronic adult pediatric geriatric home community "
      "clinical primary preventive general special specialty current prior previous recent old new "
      "past next final other another any all no own private public staff "
      "employee student team on off call our your my his her their the this that walk fast track "
      "after hours early late morning evening night weekly daily monthly annual routine standard "
      "advanced basic initial repeat serial follow pre post intra peri sub non multi total full "
      "partial left right upper lower bilateral interventional diagnostic therapeutic functional "
      "portable mobile digital virtual remote senior assisted independent skilled memory nursing "
      "long short term transitional respite palliative comfort intensive critical step down high "
      "low risk quality infection control case care support supportive social patient family "
      "physical occupational speech vocational recreational art music play group individual dual "
      "board bed sober safe foster boarding rooming emergency maternal fetal women men child "
      "children infant newborn teen adolescent youth elderly aging disability mental behavioral "
      "whole blood fresh frozen fast health fair service services department unit section division "
      "plan test trial study note report result results history exam review consult consults "
      "request "
      "orders dose plant animal sea dog cat over counter street illicit iv oral topical active "
      "national federal state county city town rural international american natural organic "
      "healthy "
      "please refer see per continue start stop take give recommend discuss additional regular "
      "heart brain lung liver skin eye ear bone joint spine back neck hip knee foot hand wound "
      "pain "
      "sleep weight cancer stroke trauma surgery surgical medical dental custom wrist ankle "
      "shoulder elbow nearest nearby referring "
      "receiving tertiary freestanding critical access swing bed personal management transition "
      "travel fracture device movement public charter online grocery hardware department law "
      "office head level street road accepting receiving pending medicare medicaid medical",
      W_KIND },
    { "medic engine ladder squad battalion rescue ambulance airmed lifeflight lifenet medflight "
      "careflight aircare airevac mercyflight",
      W_CREW },
    { "local teamsters ironworkers carpenters electricians boilermakers pipefitters steamfitters "
      "bricklayers longshoremen machinists millwrights steelworkers firefighters plumbers ibew uaw "
      "seiu ufcw afscme",
      W_UNION },
    /* letters for a kind of house: one plain word before them is its name */
    { "cah cboc afc fht mps snf alf ltac ltach cmht camhs fqhc bhc vamc vfd ihs pdn koa", W_HOUSE },
    /* a field of medicine in short: a practice only behind a name of two words or a new one */
    { "rheum peds pulm derm gastro uro nephro vasc gyn surgical respiratory spine", W_FIELD },
};
static struct wordset words = WORDSET(rows);
WORDSET_CLASS_AT(cls, words)

/* "Medic 12", "Engine 7": a crew, the word at i, by its number. */
SELDOM static bool is_crew(const struct doc *d, uint32_t i)
{
    const struct token *n = doc_tok(d, (int64_t)i + 1);
    return n->kind == TOK_NUMBER && n->len <= 3 && !(n->flags & TOK_LINE) && !d->shield[i + 1] &&
           n->flags & TOK_SPACE &&
           !(doc_joined(d, (int64_t)i + 2) && doc_joined(d, (int64_t)i + 3)) &&
           !(doc_bits(d, (int64_t)i + 2) & LEX(UNIT));
}

/* "Local 213", "Teamsters Local 705", "IBEW 3": a branch of a union, named at i, its number last. */
SELDOM static bool union_at(const struct doc *d, uint32_t i, struct extent *s)
{
    uint32_t n = i + 1;
    const bool both = cls(d, n) & W_UNION && !(doc_tok(d, n)->flags & TOK_LINE);
    if (!both && (!(d->tok[i].flags & TOK_CAP) || d->is_caseless)) return false;
    n += both;
    const struct token *t = doc_tok(d, n), *unit = doc_tok(d, (int64_t)n + 1);
    if (t->kind != TOK_NUMBER || t->len < 2 || t->len > 4 || !(t->flags & TOK_SPACE) ||
        t->flags & TOK_LINE || d->shield[n] || doc_joined(d, n + 2) ||
        (unit->kind == TOK_WORD &&
         (doc_joined(d, n + 1) || doc_bits(d, (int64_t)n + 1) & LEX(UNIT))) ||
        doc_is_mark(d, n + 1, '%'))
        return false;
    /* "Bakers Union Local 79" */
    const int64_t before = (int64_t)i - 1;
    const bool trade = doc_bits(d, before) & LEX(TRADE) && shape_of(d, before) == SHAPE_TITLE;
    if (trade && !(d->tok[i].flags & TOK_LINE)) {
        s->first = (uint32_t)before;
        extent_left(d, s, i > 3 ? i - 3 : 0);
    }
    s->telling = 1;
    s->last = n;
    return true;
}

/* "Lone Peak Rheum", "Ridgecap Spine": the words of the name before token i, none of a person's. */
SELDOM static bool is_practice_name(const struct doc *d, uint32_t first, uint32_t i)
{
    const struct lex_info *l = d->lex[first];
    uint32_t named = 0;
    if (l->given >= 3 && l->given > l->place) return false;
    for (uint32_t k = first; k < i; k++)
        named += shape_of(d, k) == SHAPE_TITLE && !(cls(d, k) & W_KIND) && d->tok[k].len > 2;
    return named > 1 || (named == 1 && !l->bits && i == first + 1);
}

/* A capital word of the language that could name: "Quick", "Golden", "Sunrise". */
static bool is_plain_name(const struct doc *d, uint32_t i)
{
    const uint64_t never = LEX(MEDICAL) | LEX(DRUG) | LEX(EPONYM) | LEX(ABBREVIATION) | LEX(UNIT) |
                           LEX(DEMONYM) | LEX(FUNCTION) | LEX(MONTH) | LEX(WEEKDAY) |
                           LEX(PERSON_VERB) | LEX(COUNTRY) | LEX(TRADE) | LEX(ORG_HEAD);
    return shape_of(d, i) == SHAPE_TITLE && d->tok[i].len > 2 && !(doc_bits(d, i) & never);
}

/* Small letters, a quotation mark or a parenthesis right before token i on its line: its capital is not due to
 * a heading. */
static bool is_mid_sentence(const struct doc *d, uint32_t i)
{
    const struct token *before = doc_tok(d, (int64_t)i - 1);
    if (before->kind == TOK_MARK && (before->hash == '"' || before->hash == '('))
        return i > 1 && !(d->tok[i].flags & TOK_LINE) && d->tok[i - 2].flags & TOK_LOWER;
    return before->kind == TOK_WORD && before->flags & TOK_LOWER && !(d->tok[i].flags & TOK_LINE);
}

/* The only capital word before "of" and another, in mid-sentence. */
static bool is_word_of(const struct doc *d, uint32_t i)
{
    return shape_of(d, i) == SHAPE_TITLE &&
           (is_mid_sentence(d, i) || shape_owner(d, i - (i > 0)) >= 0) &&
           doc_is_word(d, (int64_t)i + 1, VIEW("of")) &&
           shape_of(d, (int64_t)i + 2) == SHAPE_TITLE && !d->shield[i] &&
           !(doc_bits(d, (int64_t)i + 2) & LEX(TRADE)); /* "Department of Medicine" */
}

int extent_plain(const struct doc *d, uint32_t first, uint32_t end)
{
    int plain = 0;
    for (uint32_t k = first; k < end; k++) {
        if (doc_bits(d, k) & (LEX(MEDICAL) | LEX(DRUG) | LEX(ABBREVIATION)) || cls(d, k) & W_KIND)
            return -1;
        plain += is_plain_name(d, k);
    }
    return plain;
}

/* Only words of which kind it is: "Newborn Nursery", though a town is called Newborn. */
static bool is_kind(const struct doc *d, uint32_t first, uint32_t end)
{
    for (uint32_t k = first; k < end; k++)
        if (d->tok[k].kind == TOK_WORD && d->tok[k].len > 1 && !(cls(d, k) & W_KIND) &&
            !(doc_bits(d, k) & (LEX(TRADE) | LEX(ORG_HEAD))))
            return false;
    return true;
}

/* "Dr. Chen Cardiology": the field of the person named before it. */
static bool is_titled(const struct doc *d, uint32_t first)
{
    const int64_t i = (int64_t)first - 1;
    return doc_bits(d, doc_is_mark(d, i, '.') ? i - 1 : i) & LEX(TITLE);
}

/* A town called so: "West Haven". */
static bool is_town(const struct doc *d, uint32_t first, uint32_t i)
{
    const struct phrase *p = doc_phrase_at(d, first);
    return p && p->lex->bits & LEX(PLACE) && first + p->n == i + 1;
}

/* "Danielle Steel", "Dr. House": a person. */
static bool is_person(const struct doc *d, uint32_t i)
{
    const struct lex_info *l = d->lex[i], *before = d->lex[i - 1];
    if (l->surname < 2) return false;
    if (doc_is_mark(d, (int64_t)i - 1, '.')) /* "J. House", not "Cobb Vol. Fire" */
        return i > 1 && d->tok[i - 2].len == 1;
    return doc_bits(d, (int64_t)i - 1) & LEX(TITLE) ||
           (before->given >= 3 && before->given > before->place);
}

/* In a text without case: a word of place or a list's mark right before, which parts it from what is no name. */
SELDOM static bool is_led(const struct doc *d, uint32_t first)
{
    const struct token *before = doc_tok(d, (int64_t)first - 1);
    if (first == 0 || d->tok[first].flags & TOK_LINE) return false;
    if (before->kind == TOK_MARK) /* not ".," */
        return (before->hash == ',' || before->hash == ';' || before->hash == '/' ||
                before->hash == '|' || before->hash == ':') &&
               doc_tok(d, (int64_t)first - 2)->kind != TOK_MARK;
    return organization_has_cue(d, first, 0) || doc_is_word(d, (int64_t)first - 1, VIEW("by")) ||
           doc_is_word(d, (int64_t)first - 1, VIEW("for"));
}

bool organization_trade(const struct doc *d, uint32_t i, uint32_t floor, struct extent *s)
{
    const struct lex_info *l = d->lex[i];
    const enum shape shape = shape_of(d, i);
    *s = (struct extent){ .first = i, .last = i };
    if (shape == SHAPE_LOWER || shape == SHAPE_NONE || d->shield[i] & ~SHIELD_PHRASE) return false;
    const uint32_t class = cls(d, i);
    if (class & W_UNION && union_at(d, i, s)) return true;
    if (class & W_CREW && is_crew(d, i) && shape == SHAPE_TITLE) {
        s->telling = 1;
        extent_left(d, s, floor);
        s->last = i + 1;
        return true;
    }
    if (is_word_of(d, i)) { /* "Orthopaedics of Brookhaven" */
        extent_left(d, s, floor);
        extent_right(d, s);
        return s->telling && s->last > i + 1;
    }
    if (!i || d->tok[i].flags & TOK_LINE) return false;
    if (doc_joined(d, i + 1) && doc_tok(d, (int64_t)i + 1)->kind == TOK_NUMBER)
        return false; /* "RxGrp RX4481" */
    const struct token *before = doc_tok(d, (int64_t)i - 1);
    if (before->kind == TOK_WORD && !(before->flags & TOK_CAP) && before->len > 1) return false;
    extent_left(d, s, floor);
    const bool the = doc_is_word(d, (int64_t)s->first - 1, VIEW("the")); /* nobody's name */
    if (s->first == i || (!the && is_person(d, i)) || d->shield[s->first] ||
        is_kind(d, s->first, i) || is_titled(d, s->first) || is_town(d, s->first, i))
        return false;
    if (class & W_FIELD) {
        /* "Yellin OB/GYN" */
        const bool both = doc_is_mark(d, (int64_t)i - 1, '/') && i >= s->first + 2;
        const bool line = both && s->telling && i > s->first + 2 &&
                          (!s->first || d->tok[s->first].flags & TOK_LINE);
        if (!line && !is_practice_name(d, s->first, both ? i - 2 : i)) return false;
        if (both) {
            s->telling = 1;
            return true;
        }
    }
    if (doc_tok(d, (int64_t)s->first - 1)->kind == TOK_NUMBER &&
        l->bits & LEX(STREET_TYPE)) /* "14 Elm Court" */
        return false;
    const int plain = extent_plain(d, s->first, i);
    const bool clinical = plain < 0;
    const bool mid = is_mid_sentence(d, s->first), work = workplace_before(d, s->first);
    const bool usual = l->bits & (LEX(MEDICAL) | LEX(ABBREVIATION) | LEX(DRUG)) || l->word >= 4;
    /* "Fontaine Roofing", though a stage is called after him */
    for (uint32_t k = s->first; k < i && !usual; k++)
        s->telling += doc_bits(d, k) & (LEX(SURNAME) | LEX_GIVEN | LEX(PLACE)) &&
                      shape_of(d, k) == SHAPE_TITLE && !(cls(d, k) & W_KIND) &&
                      !(doc_bits(d, k) & (LEX(TRADE) | LEX(FUNCTION)));
    /* "Sorvik County EMS" */
    const bool county = doc_is_word(d, (int64_t)i - 1, VIEW("county")) && s->first + 1 < i &&
                        !(cls(d, s->first) & W_KIND);
    s->telling += county;
    extent_right(d, s);
    if (shape == SHAPE_BLANK || d->is_caseless)
        return s->telling && (mid || (!usual && is_led(d, s->first)));
    if (s->telling && (!usual || mid || work || county || !clinical)) return true;
    return plain > 0 && (work || ((mid || extent_is_apart(d, s->first, s->last)) &&
                                  (!usual || plain > 1 || class & W_HOUSE)));
}
