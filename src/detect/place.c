/* detect/place.c — towns and counties by lexicon, cue and form.
 * States, countries and peoples are no identifiers: 45 CFR 164.514(b)(2)(i)(B) names what is smaller
 * than a state. */
#include "detect/detectors.h"
#include "detect/place_inside.h"
#include "detect/taken.h"
#include "detect/wordset.h"

enum { W_OWNER = 1, W_AREA = 2, W_BORN = 4, W_TOWN = 8 };
static const struct wordset_row rows[] = {
    { "the our his her their my your", W_OWNER },
    { "county parish township borough twp", W_AREA },
    { "city town village township county borough", W_TOWN },
    { "resident residents native natives", W_BORN },
};
static struct wordset words = WORDSET(rows);

uint32_t place_first(const struct doc *d, uint32_t first)
{
    if (doc_tok(d, first)->flags & TOK_LINE) return first;
    first = place_land_first(d, first);
    if (d->tok[first].flags & TOK_LINE) return first;
    const int64_t the = (int64_t)first - 1;
    bool capital = doc_tok(d, the)->flags & TOK_CAP && shape_of(d, the) == SHAPE_TITLE;
    if (doc_is_word(d, the, VIEW("the")) && capital && !shape_starts_sentence(d, the))
        return first - 1;
    bool named = doc_is_word(d, the, VIEW("of")) && shape_of(d, the - 1) == SHAPE_TITLE &&
                 wordset_class(wordset_ready(&words), doc_tok(d, the - 1)) & W_TOWN;
    return named && !(doc_tok(d, the)->flags & TOK_LINE) ? first - 2 : first;
}

/* "Suffolk County", "Orange county", "County of Kent": p is the phrase that begins at i, or NULL. */
static uint32_t county_at(const struct doc *d, uint32_t i, const struct phrase *p)
{
    if (p && (p->lex->bits & LEX(COUNTY)) && shape_of(d, i) != SHAPE_LOWER && !d->shield[i])
        return i + p->n - 1;
    /* "Barlow County", "Millcreek Township": on no list */
    const struct token *kind = doc_tok(d, (int64_t)i + 1);
    if (!(kind->flags & TOK_CAP) || d->is_caseless ||
        !(wordset_class(wordset_ready(&words), kind) & W_AREA))
        return 0;
    const uint64_t never = LEX(FUNCTION) | LEX(MEDICAL) | LEX(ORG_HEAD) | LEX(DEMONYM) |
                           LEX(COUNTRY) | LEX(STATE) | LEX(TITLE) | LEX(MONTH);
    bool named = shape_of(d, i) == SHAPE_TITLE && shape_of(d, (int64_t)i + 1) == SHAPE_TITLE &&
                 d->tok[i].len > 2 && !(kind->flags & TOK_LINE) && !d->shield[i] &&
                 !d->shield[i + 1] && !(doc_bits(d, i) & never) &&
                 (d->lex[i]->word <= 1 || place_is_land(d, i) || !shape_starts_sentence(d, i));
    return named ? i + 1 : 0;
}

static bool is_place_cue(const struct doc *d, int64_t i, bool *strong)
{
    const struct token *t = doc_tok(d, i);
    if (wordset_class(wordset_ready(&words), t) & W_OWNER) t = doc_tok(d, --i);
    *strong = t->kind == TOK_WORD && (doc_bits(d, i) & LEX(CUE_ADDRESS));
    if (t->kind != TOK_WORD || !(doc_bits(d, i) & (LEX(PLACE_CUE) | LEX(CUE_ADDRESS))))
        return false;
    return true;
}

/* "Jane Roe, MD", "J. Hill, PA": a person with a credential, not a hamlet in Maryland. */
static bool is_signed(const struct doc *d, const struct town *t)
{
    if (!(doc_bits(d, t->last) & LEX(CREDENTIAL)) || t->lex->place >= 5) return false;
    int64_t i = (int64_t)t->first - 1;
    if (doc_is_mark(d, i, '.')) i--;
    /* "Abernathy, Ruth, MD" */
    if (doc_is_mark(d, i, ',') && t->lex->given > t->lex->place) i--;
    const struct token *before = doc_tok(d, i);
    return before->kind == TOK_WORD && !(doc_tok(d, t->first)->flags & TOK_LINE) &&
           ((doc_bits(d, i) & (LEX_GIVEN | LEX(TITLE) | LEX(SURNAME))) || before->len == 1) &&
           shape_may_name(d, i);
}

/* "ANNA-LISE ST. JOHN": a family name behind a given one. */
static bool is_family(const struct doc *d, const struct town *t)
{
    const struct lex_info *l = d->lex[t->first ? t->first - 1 : 0];
    return t->first && doc_bits(d, t->first) & LEX(SAINT) && l->bits & LEX_GIVEN && l->given >= 2 &&
           l->given > l->word && !(d->tok[t->first].flags & TOK_LINE) &&
           shape_may_name(d, (int64_t)t->first - 1);
}

/* "died from Huntington's.", "along the Achilles", "placed in Mayfield 3-point fixation": what is called after
 * somebody, without the word for it. */
static bool is_of_medicine(const struct doc *d, const struct town *t, int weight)
{
    enum { DOUBTFUL = 2 };
    const uint32_t past = shape_after_possessive(d, t->last);
    const struct token *after = doc_tok(d, past);
    if (past > t->last + 1)
        return past >= d->n || after->kind == TOK_MARK || after->flags & TOK_LINE;
    return weight < DOUBTFUL && (doc_is_word(d, (int64_t)t->first - 1, VIEW("the")) ||
                                 (after->kind == TOK_NUMBER && !(after->flags & TOK_LINE)));
}

static err town(const struct doc *d, const struct town *t, const uint8_t *address,
                struct findings *out)
{
    bool strong = false;
    if (d->shield[t->first] & SHIELD_EPONYM && t->has_state) return OK; /* "chase CT" */
    /* "12 Elm St, Springfield" */
    uint32_t last = t->last; /* "Davao City" */
    if (!t->has_state && place_is_land(d, last + 1) && !shape_opens_column(d, last + 1))
        last++; /* "Sorvik Forks" */
    if (last == t->first &&
        wordset_class(wordset_ready(&words), doc_tok(d, (int64_t)last + 1)) & W_TOWN &&
        shape_of(d, (int64_t)last + 1) == SHAPE_TITLE &&
        !(doc_tok(d, (int64_t)last + 1)->flags & TOK_LINE))
        last++;
    bool in_address = t->first >= 2 && doc_is_mark(d, t->first - 1, ',') &&
                      (address[t->first - 2] || (t->first >= 3 && address[t->first - 3]));
    bool cue = !(doc_tok(d, t->first)->flags & TOK_LINE) &&
               is_place_cue(d, (int64_t)t->first - 1, &strong);
    /* "a Wenatchee resident" */
    cue |= wordset_class(wordset_ready(&words), doc_tok(d, (int64_t)t->last + 1)) & W_BORN;
    bool phrase = t->last > t->first && !t->has_state;
    int names = MAX(t->lex->given, t->lex->surname), rank = t->lex->place, word = t->lex->word;
    enum shape s = shape_of(d, t->first);
    enum rule rule;
    float score;
    if (!cue && ((t->has_state && is_signed(d, t)) || (!t->has_state && is_family(d, t)))) {
        return OK;
    } else if (t->has_state) {
        rule = RULE_PLACE_STATE;
        score = 0.97F;
        /* "Smith, MA": a family name that is a hamlet too */
        if (names > rank + 2 && !cue) score = 0.6F;
    } else if (in_address) {
        rule = RULE_PLACE_ADDRESS;
        score = 0.95F;
    } else if (s == SHAPE_ACRONYM && (rank < 5 || (names && !strong))) {
        return OK; /* ACE, ADA, LIMA: an abbreviation before it is a town */
    } else if (t->lex->bits & LEX(DRUG) && doc_tok(d, (int64_t)t->last + 1)->kind == TOK_NUMBER) {
        return OK; /* "of Norco 10/325" */
    } else if (place_is_cited(d, t->first, t->last)) {
        return OK;
    } else if (cue) {
        rule = RULE_PLACE_CUE;
        int weight =
            rank + (phrase ? 3 : 0) + (strong ? 2 : 0) - word - (names > 3 && rank < 4 ? 2 : 0);
        if (s == SHAPE_BLANK) weight -= 2;
        if (shape_starts_sentence(d, t->first) || weight < 0) return OK;
        score = weight >= 4 ? 0.95F : weight >= 2 ? 0.85F : 0.7F;
        if (weight < 1 && (t->lex->bits & (LEX(MEDICAL) | LEX(DRUG) | LEX(EPONYM)))) return OK;
        if (t->lex->bits & LEX(EPONYM) && is_of_medicine(d, t, weight)) return OK;
    } else {
        rule = RULE_PLACE_KNOWN;
        int weight = rank + (phrase ? 2 : 0) - 2 * word - names;
        if (s == SHAPE_BLANK) weight -= 2;
        if (weight < 4) return OK;
        score = weight >= 6 ? 0.85F : 0.7F;
    }
    struct finding x = doc_finding(d, place_first(d, t->first), last, LABEL_LOCATION, rule, score);
    x.source = SOURCE_LEXICON;
    x.part = PART_TOWN;
    return findings_add(out, x);
}

/* "from Eau Claire, WI", "lives in Nowhere Springs, TX": a town the lexicon does not know, between a
 * word of place and its state's code at token i. */
static bool unknown_town(const struct doc *d, uint32_t i, struct town *t)
{
    const struct token *code = doc_tok(d, i);
    if (code->len != 2 || !(code->flags & TOK_UPPER) || i < 3 || !doc_is_mark(d, i - 1, ',') ||
        d->is_caseless || (doc_bits(d, i) & LEX(FUNCTION)))
        return false;
    uint32_t first = i - 1;
    bool strong;
    for (int n = 0; n < 3 && first > 0 && shape_of(d, (int64_t)first - 1) == SHAPE_TITLE &&
                    !d->shield[first - 1] &&
                    !(doc_bits(d, (int64_t)first - 1) & (LEX(FUNCTION) | LEX(PLACE_CUE))) &&
                    !(doc_tok(d, first)->flags & TOK_LINE);
         n++)
        first--;
    if (first == i - 1 || !is_place_cue(d, (int64_t)first - 1, &strong)) return false;
    for (uint32_t k = first; k < i - 1; k++)
        if (doc_bits(d, k) & (LEX(ORG_HEAD) | LEX(DRUG) | LEX(TITLE) | LEX(STATE)) ||
            (doc_bits(d, k) & LEX(MEDICAL) && d->lex[k]->word >= 2))
            return false;
    /* "seen at Hill, MD": a person's degree more often than Maryland */
    if ((doc_bits(d, i) & LEX(CREDENTIAL)) && !strong) return false;
    *t = (struct town){ .first = first, .last = i, .has_state = true, .lex = d->lex[first] };
    return true;
}

/* "Lake Norburg TN 27982", "San Mellio, Alaska 59698": any capital words before a state at token i and its
 * ZIP code, back to a comma, a number or the word that ends a street. p: the phrase that begins at i, or NULL. */
static bool town_of_zip(const struct doc *d, uint32_t i, const struct phrase *p, uint32_t floor,
                        struct town *t)
{
    const uint64_t never = LEX(STREET_TYPE) | LEX(DIRECTION) | LEX(ORG_HEAD) | LEX(TITLE) |
                           LEX(UNIT) | LEX(CUE_ADDRESS);
    const uint64_t prefix = LEX(SAINT) | LEX(PLACE);
    uint32_t last = p && (p->lex->bits & LEX(STATE)) ? i + p->n - 1 : i;
    const bool comma = doc_is_mark(d, last + 1, ','); /* "Zelby, NM, 96165" */
    if (i < 1 || !place_has_zip_form(d, last + 1 + comma) ||
        (d->tok[i].flags & (TOK_LOWER | TOK_LINE)))
        return false;
    /* nanometres and milliseconds stand behind their number: "Zelby, NM 87999" */
    if (d->shield[last + 1 + comma] &&
        (d->shield[last + 1 + comma] != SHIELD_MEASURE || !doc_is_mark(d, (int64_t)i - 1, ',')))
        return false;
    if (last == i && !(d->lex[i]->bits & LEX(STATE)) && d->tok[i].len != 2) return false;
    uint32_t end = doc_is_mark(d, (int64_t)i - 1, ',') ? i - 1 : i, first = end;
    for (int n = 0; n < 3 && first > floor && shape_may_name(d, (int64_t)first - 1) &&
                    !d->shield[first - 1] && d->tok[first - 1].len > 1;
         n++) {
        uint64_t b = doc_bits(d, (int64_t)first - 1);
        if (shape_of(d, (int64_t)first - 1) == SHAPE_TITLE && d->tok[first - 1].len > 3)
            b &= ~LEX(UNIT); /* "Zelby Grade" */
        if ((b & never) && !(b & prefix)) break;
        first--;
        if (d->tok[first].flags & TOK_LINE) break;
    }
    /* "SC ID 16337": whose number it is */
    if (first + 1 == end && d->tok[first].len == 2 && d->tok[first].flags & TOK_UPPER) return false;
    if (first == end) return false;
    *t = (struct town){ .first = first, .last = last, .has_state = true, .lex = d->lex[first] };
    return true;
}

static err add_told(const struct doc *d, const struct town *t, struct findings *out)
{
    struct finding x =
        doc_finding(d, place_first(d, t->first), t->last, LABEL_LOCATION, RULE_PLACE_TOLD, 0.85F);
    x.part = PART_TOWN;
    return findings_add(out, x);
}

static err told(const struct doc *d, uint32_t i, uint32_t floor, struct findings *out,
                uint32_t *next)
{
    struct town t;
    if (!place_told_at(d, i, &t) || t.first < floor) return OK;
    *next = t.last + 1;
    return add_told(d, &t, out);
}

/* "Sorvik AFB": a base, not the stain; its letters are among d->signs. */
static err bases(const struct doc *d, struct findings *out)
{
    const uint64_t afb = token_hash_literal(VIEW("afb"));
    const uint64_t never = LEX(FUNCTION) | LEX(MEDICAL) | LEX(DRUG) | LEX(ABBREVIATION);
    for (uint32_t k = 0; k < d->signs.n; k++) {
        const uint32_t i = d->signs.v[k];
        if (LIKELY(d->tok[i].hash != afb) || !i || d->tok[i].flags & TOK_LINE) continue;
        uint32_t first = i - 1;
        const struct lex_info *l = d->lex[first];
        if (shape_of(d, first) != SHAPE_TITLE || d->shield[first] || l->bits & never || l->word > 2)
            continue;
        const bool two = first && !(d->tok[first].flags & TOK_LINE) &&
                         shape_of(d, (int64_t)first - 1) == SHAPE_TITLE && !d->shield[first - 1] &&
                         !(d->lex[first - 1]->bits & (never & ~LEX(MEDICAL)));
        err e =
            findings_add(out, doc_finding(d, first - two, i, LABEL_LOCATION, RULE_PLACE_CUE, 0.9F));
        if (e) return e;
    }
    return OK;
}

err place_find(const struct doc *d, struct findings *out)
{
    err e = OK;
    struct town t;
    uint32_t next = 0, floor = 0; /* past what was looked at; past what was found */
    uint32_t phrase = 0;
    uint8_t *address = taken_by(d, out, 1U << LABEL_LOCATION);
    if (!address) return ERR_MEMORY;
    for (uint32_t k = 0; k < d->hot.n; k++) {
        uint32_t i = d->hot.v[k];
        while (phrase < d->n_phrases && d->phrases[phrase].first < i)
            phrase++;
        if (i < next || (d->shield[i] & SHIELD_TAG)) continue;
        const bool here = phrase < d->n_phrases && d->phrases[phrase].first == i;
        const struct phrase *p = here ? &d->phrases[phrase] : NULL;
        const uint64_t bits = d->lex[i]->bits;
        uint32_t last = county_at(d, i, p), n = out->n;
        if (last) {
            place_state_after(d, last + 1, &last);
            struct finding x =
                doc_finding(d, place_first(d, i), last, LABEL_LOCATION, RULE_PLACE_COUNTY, 0.9F);
            x.source = SOURCE_LEXICON;
            TRY(findings_add(out, x));
            next = last + 1;
        } else if ((p ? p->lex->bits : bits) & LEX(PLACE) && place_phrase_at(d, i, p, &t)) {
            TRY(town(d, &t, address, out));
            next = t.last + 1;
        } else if ((bits & (LEX(STATE_CODE) | LEX(STATE))) && town_of_zip(d, i, p, floor, &t)) {
            struct finding x =
                doc_finding(d, t.first, t.last, LABEL_LOCATION, RULE_PLACE_STATE, 0.95F);
            x.part = PART_TOWN;
            TRY(findings_add(out, x));
            next = t.last + 1;
        } else if ((bits & LEX(STATE_CODE)) && unknown_town(d, i, &t) && t.first >= next) {
            struct finding x =
                doc_finding(d, t.first, t.last, LABEL_LOCATION, RULE_PLACE_STATE, 0.85F);
            x.part = PART_TOWN;
            TRY(findings_add(out, x));
            next = t.last + 1;
        }
        if (out->n == n && (d->tok[i].flags & (TOK_CAP | TOK_UPPER | TOK_LINE)) == TOK_CAP)
            TRY(told(d, i, floor, out, &next));
        if (out->n > n) floor = next;
    }
    TRY(bases(d, out));
out:
    return e;
}
