/* detect/organization.c — hospitals, clinics, schools, employers.
 *
 * Three ways in: a head word ("… Hospital", "University of …") and what distinguishes it, a name the
 * lexicon knows ("Kaiser Permanente", "UCSF"), and a saint's possessive ("St. Luke's"). A clinic named
 * after what it treats ("Pain Clinic") is a service and stays. What is found takes its town along:
 * "St. Mary's Hospital in Chicago" is one designation.
 * Source: 45 CFR 164.514(b)(2)(i)(B): a facility is a geographic unit smaller than a state. */
#include "detect/detectors.h"
#include "detect/organization_extent.h"
#include "detect/place.h"
#include "detect/workplace.h"

/* "at Walmart, then Methodist", "between Baptist and Memorial": only such words since the organisation
 * that ended before token `end` (0: none), whose word of place counts here too. */
static bool is_next_stop(const struct doc *d, uint32_t first, uint32_t end)
{
    if (!end || first <= end || first - end > 3) return false;
    for (uint32_t i = end; i < first; i++)
        if (!doc_is_mark(d, i, ',') && !doc_is_word(d, i, VIEW("then")) &&
            !doc_is_word(d, i, VIEW("and")) && !doc_is_word(d, i, VIEW("or")) &&
            !doc_is_word(d, i, VIEW("later")))
            return false;
    return !doc_is_mark(d, (int64_t)first - 1, ',');
}

/* `floor` is the token after the organisation before, 0 when there is none. */
static bool has_place_cue(const struct doc *d, uint32_t first, uint32_t floor)
{
    if (is_next_stop(d, first, floor)) return true;
    int64_t i = (int64_t)first - 1;
    if (doc_is_word(d, i, VIEW("the")) || doc_is_word(d, i, VIEW("our"))) i--;
    if (doc_tok(d, first)->flags & TOK_LINE) return false;
    if (doc_is_mark(d, i, ':')) /* "Facility: UCSF" */
        return (doc_bits(d, i - 1) & LEX(ORG_HEAD)) || doc_is_word(d, i - 1, VIEW("facility")) ||
               doc_is_word(d, i - 1, VIEW("site")) || doc_is_word(d, i - 1, VIEW("location"));
    return (doc_bits(d, i) & LEX(PLACE_CUE)) || doc_is_word(d, i, VIEW("to")) ||
           doc_is_mark(d, i, '@');
}

/* "Lakeside Rheumatology, PLLC", "Tasty Treats, Inc.", "Juniper Women's" */
static void extent_form(const struct doc *d, struct extent *s)
{
    if (doc_is_word(d, s->last, VIEW("women")) || doc_is_word(d, s->last, VIEW("children")))
        s->last = shape_after_possessive(d, s->last) - 1;
    const uint32_t k = s->last + 2;
    if (!doc_is_mark(d, (int64_t)k - 1, ',') || !(doc_tok(d, k)->flags & TOK_CAP)) return;
    if (doc_is_word(d, k, VIEW("pllc")) || doc_is_word(d, k, VIEW("llc")) ||
        doc_is_word(d, k, VIEW("inc")) || doc_is_word(d, k, VIEW("llp")) ||
        doc_is_word(d, k, VIEW("ltd")))
        s->last = k;
}

/* "Walgreens #4412", "CVS on Juniper Street": which of a chain's it is. */
static void extent_branch(const struct doc *d, struct extent *s)
{
    uint32_t j = s->last + 1, k = j + 1;
    if (j >= d->n || d->tok[j].flags & TOK_LINE) return;
    if (doc_is_mark(d, j, '#') && doc_tok(d, k)->kind == TOK_NUMBER) s->last = k;
    /* "Fire District 3", "VFW Post 12", "Grays Harbor EMS Medic 4" */
    bool counted =
        doc_is_word(d, s->last, VIEW("district")) || doc_is_word(d, s->last, VIEW("medic")) ||
        doc_is_word(d, s->last, VIEW("post")) || doc_is_word(d, s->last, VIEW("station")) ||
        doc_is_word(d, s->last, VIEW("local")) || doc_is_word(d, s->last, VIEW("columbus")) ||
        doc_is_word(d, s->last, VIEW("teamsters")) || doc_is_word(d, s->last, VIEW("lodge"));
    if (counted && d->tok[j].kind == TOK_NUMBER && d->tok[j].len <= 4) s->last = j;
    if (!doc_is_word(d, j, VIEW("on"))) return;
    while (k < j + 4 && (shape_of(d, k) == SHAPE_TITLE || doc_tok(d, k)->kind == TOK_NUMBER)) {
        if (k > j + 1 && doc_bits(d, k) & LEX(STREET_TYPE) && d->tok[k].flags & TOK_CAP) {
            s->last = k;
            return;
        }
        k++;
    }
}

static err emit(const struct doc *d, struct extent s, enum rule rule, float score,
                struct findings *out, uint32_t *next)
{
    extent_form(d, &s);
    extent_town(d, &s);
    const uint32_t listed = s.last;
    extent_branch(d, &s);
    struct finding x =
        doc_finding(d, place_first(d, s.first), s.last, LABEL_ORGANIZATION, rule, score);
    /* with its street it is more than the street alone, which a rule finds as well */
    x.source = rule == RULE_ORG_KNOWN && s.last == listed ? SOURCE_LEXICON : SOURCE_RULE;
    *next = s.last + 1;
    return findings_add(out, x);
}

/* "Medical School", "High School graduate": a kind of school, not one. */
static bool is_schooling(const struct doc *d, uint32_t first, uint32_t last)
{
    static const view kinds[] = { { "medical", 7 }, { "high", 4 },       { "dental", 6 },
                                  { "nursing", 7 }, { "law", 3 },        { "graduate", 8 },
                                  { "middle", 6 },  { "elementary", 10 } };
    if (!doc_is_word(d, last, VIEW("school")) || last > first + 1) return false;
    for (size_t k = 0; k < COUNT_OF(kinds); k++)
        if (doc_is_word(d, first, kinds[k])) return true;
    return false;
}

/* "Elm Clinic", "UCLA Medical Center", "Hospital of St. Raphael" */
static err headed(const struct doc *d, uint32_t first, uint32_t last, uint32_t floor,
                  struct findings *out, uint32_t *next)
{
    struct extent s = { .first = first, .last = last };
    bool small = shape_of(d, first) == SHAPE_LOWER;
    extent_left(d, &s, floor);
    /* "Cardiac Rehab" stays, "Helping Hands Home Care" does not */
    if (d->shield[first] & SHIELD_PHRASE &&
        (s.first == first || d->shield[s.first] || extent_plain(d, s.first, first) <= 0))
        return OK;
    if (!s.telling && is_schooling(d, s.first, s.last)) return OK;
    if (!s.telling && doc_is_word(d, last, VIEW("therapy")))
        return OK; /* "Home Physical Therapy": a service */
    bool left = s.first < first;
    /* "KCO Medical Center": letters that mean something else as well */
    if (left && !s.telling && last > first && doc_is_word(d, first, VIEW("medical")))
        s.telling += shape_of(d, (int64_t)first - 1) == SHAPE_ACRONYM;
    extent_right(d, &s);
    if (small) {
        /* "Dallas clinic": what stands directly before the small head must tell; a service does not */
        if (!left || !s.telling || !(extent_is_telling(d, first - 1) || doc_joined(d, first - 1)))
            return OK;
    }
    struct extent with_town = s;
    extent_town(d, &with_town);
    /* "Cancer Center in New York": the town tells which */
    bool whole =
        last > first && shape_of(d, first) == SHAPE_TITLE; /* "Cancer Center in Calddale" */
    if ((left || whole) && !small && with_town.last > s.last) s.telling++;
    /* "at Corner Clinic" */
    bool plain = !s.telling && left && shape_of(d, first) == SHAPE_TITLE && !d->is_caseless &&
                 (has_place_cue(d, s.first, floor) || workplace_before(d, s.first)) &&
                 extent_plain(d, s.first, first) > doc_is_word(d, last, VIEW("clinic"));
    if (!s.telling && !plain && !(s.usual && !small && (left || s.last > last))) return OK;
    if (place_is_cited(d, s.first, s.last)) return OK;
    return emit(d, s, left ? RULE_ORG_HEAD : RULE_ORG_OF, s.telling ? 0.95F : 0.8F, out, next);
}

/* Nothing else on its line: a letterhead, or a heading. */
static bool is_line(const struct doc *d, uint32_t first, uint32_t last)
{
    return (first == 0 || (d->tok[first].flags & TOK_LINE)) &&
           (last + 1 >= d->n || (d->tok[last + 1].flags & TOK_LINE));
}

static err known(const struct doc *d, uint32_t first, uint32_t last, const struct lex_info *l,
                 uint32_t floor, struct findings *out, uint32_t *next)
{
    struct extent s = { .first = first, .last = last, .telling = 1 };
    enum shape shape = shape_of(d, first);
    if (shape == SHAPE_LOWER || (d->shield[first] & SHIELD_PHRASE)) return OK;
    extent_left(d, &s, floor);
    extent_right(d, &s);
    /* "Meet at Kelfell Annex, UCSF" */
    bool behind = floor && s.first == floor + 1 && doc_is_mark(d, floor, ',');
    bool cue = behind || has_place_cue(d, s.first, floor) || workplace_before(d, s.first),
         alone = s.last == last && s.first == first;
    if (place_is_cited(d, s.first, s.last)) return OK;
    if (alone && first == last) {
        /* "R-CHOP" */
        if (doc_joined(d, first) && doc_is_mark(d, (int64_t)first - 1, '-')) return OK;
        /* an acronym of medicine, a family name or a plain word needs a word of place before it */
        bool double_meaning =
            (l->bits & (LEX(ABBREVIATION) | LEX(MEDICAL) | LEX(DRUG) | LEX(EPONYM))) ||
            l->word > 2 || l->surname > 3 || l->given > 2 || shape == SHAPE_BLANK;
        /* a letterhead; not a heading, which would be words of the language or of medicine */
        cue = cue || (is_line(d, first, last) && l->word < (shape == SHAPE_BLANK ? 2 : 4) &&
                      !d->is_caseless && !(l->bits & (LEX(ABBREVIATION) | LEX(DRUG))) &&
                      (!(l->bits & LEX(MEDICAL)) || l->word <= 1));
        if (double_meaning && !cue) return OK;
        if (l->word > 4 && (shape == SHAPE_BLANK || shape_starts_sentence(d, first))) return OK;
    }
    bool sure = cue || !alone || last > first || is_line(d, first, last) ||
                doc_is_mark(d, (int64_t)s.first - 1, ':'); /* "Insurance: Aetna" */
    return emit(d, s, RULE_ORG_KNOWN, sure ? 0.95F : 0.85F, out, next);
}

/* "St. Luke's", "Mt. Sinai": a saint's or mountain's name after a word of place, or as a possessive. */
static err saint(const struct doc *d, uint32_t i, struct findings *out, uint32_t *next)
{
    uint32_t j = doc_is_mark(d, i + 1, '.') && doc_joined(d, i + 1) ? i + 2 : i + 1;
    const struct token *t = doc_tok(d, j);
    const struct phrase *p = doc_phrase_at(d, i);
    if (p && (p->lex->bits & (LEX(PLACE) | LEX(COUNTY))) && p->lex->place >= 4)
        return OK; /* San Diego */
    if (j >= d->n || t->kind != TOK_WORD || (t->flags & TOK_LINE) || d->shield[j] || d->shield[i])
        return OK;
    if (!shape_may_name(d, j) || !shape_may_name(d, i)) return OK;
    const struct lex_info *l = d->lex[j];
    bool named = (l->bits & (LEX_GIVEN | LEX(SURNAME) | LEX(ORG_NAME))) || !l->bits;
    if (!named || l->word > 3) return OK;
    uint32_t last = shape_word_end(d, j);
    bool several = doc_is_word(d, i, VIEW("sts")) &&
                   doc_is_word(d, (int64_t)last + 1, VIEW("and")) &&
                   shape_of(d, (int64_t)last + 2) == SHAPE_TITLE;
    if (several) last = shape_word_end(d, last + 2); /* "Sts. Peter and Paul" */
    uint32_t after = shape_after_possessive(d, last);
    bool possessive = after > last + 1;
    if (!possessive && !several && !has_place_cue(d, i, *next) && !is_line(d, i, last)) return OK;
    struct extent s = { .first = i, .last = after - 1, .telling = 1 };
    if (doc_bits(d, after) & (LEX(EPONYM_HEAD) | LEX(DRUG))) return OK;
    extent_right(d, &s);
    if (place_is_cited(d, s.first, s.last)) return OK;
    return emit(d, s, RULE_ORG_SAINT, 0.9F, out, next);
}

/* "Our Lady of Lourdes", with or without a head behind it. */
static bool is_our_lady(const struct doc *d, uint32_t i)
{
    return doc_is_word(d, i, VIEW("lady")) && doc_is_word(d, (int64_t)i - 1, VIEW("our")) &&
           doc_is_word(d, (int64_t)i + 1, VIEW("of"));
}

static err our_lady(const struct doc *d, uint32_t i, struct findings *out, uint32_t *next)
{
    uint32_t last = i + 1;
    while (last + 1 < d->n && last < i + 4 && shape_of(d, last + 1) == SHAPE_TITLE &&
           !(d->tok[last + 1].flags & TOK_LINE) && !d->shield[last + 1] &&
           !(doc_bits(d, last + 1) & (LEX(ORG_HEAD) | LEX(FUNCTION))))
        last++;
    if (last == i + 1) return OK;
    struct extent s = { .first = i - 1, .last = last, .telling = 1 };
    extent_right(d, &s);
    return emit(d, s, RULE_ORG_SAINT, 0.9F, out, next);
}

/* "LA General", "Stanford Med", "Westside Medical": a telling word, then a usual one, both capitals. */
static err worded(const struct doc *d, uint32_t i, uint32_t floor, struct findings *out,
                  uint32_t *next)
{
    struct extent s = { .first = i, .last = i };
    if (i == 0 || shape_of(d, i) != SHAPE_TITLE || d->shield[i]) return OK;
    extent_left(d, &s, floor);
    const struct phrase *p = doc_phrase_at(d, s.first);
    if (p && (p->lex->bits & LEX(COUNTY)) && p->first + p->n > i) return OK; /* Suffolk County */
    struct town t;
    if (p && p->lex->bits & LEX(PLACE) && place_town_at(d, s.first, &t) && t.has_state)
        return OK;                                                       /* "West Haven, CT" */
    bool acronym = s.first < i && shape_of(d, s.first) == SHAPE_ACRONYM; /* "SF General" */
    /* "delivered at Baptist", "seen at Memorial": what a whole hospital is called by */
    bool called =
        s.first == i && (doc_is_word(d, (int64_t)i - 1, VIEW("at")) || is_next_stop(d, i, floor)) &&
        (doc_is_word(d, i, VIEW("memorial")) || doc_is_word(d, i, VIEW("baptist")) ||
         doc_is_word(d, i, VIEW("presbyterian")) || doc_is_word(d, i, VIEW("methodist")) ||
         doc_is_word(d, i, VIEW("mercy")) || doc_is_word(d, i, VIEW("lutheran")));
    if (called) s.telling = 1;
    if ((s.first == i && !called) || !(s.telling || s.usual || acronym) ||
        !(has_place_cue(d, s.first, floor) || (s.telling && is_line(d, s.first, i))))
        return OK;
    extent_right(d, &s);
    if (place_is_cited(d, s.first, s.last)) return OK;
    return emit(d, s, RULE_ORG_WORD, 0.8F, out, next);
}

/* One word of the language behind "at" or "from": "a clerk at Northern", "fired from Sonic". */
static bool is_hired_at(const struct doc *d, uint32_t i)
{
    const uint64_t never = LEX(MEDICAL) | LEX(DRUG) | LEX(EPONYM) | LEX(ABBREVIATION) | LEX(UNIT) |
                           LEX(MONTH) | LEX(WEEKDAY) | LEX(SEASON) | LEX(HOLIDAY) | LEX(DEMONYM) |
                           LEX(COUNTRY) | LEX(STATE) | LEX(FUNCTION) | LEX(ORG_HEAD) | LEX(TRADE) |
                           LEX(CLINICIAN) | LEX(RELATIVE);
    const int64_t at = (int64_t)i - 1;
    const bool left =
        doc_is_word(d, at, VIEW("from")) &&
        (doc_is_word(d, at - 1, VIEW("fired")) || doc_is_word(d, at - 1, VIEW("retired")) ||
         doc_is_word(d, at - 1, VIEW("off")));
    return (left || doc_is_word(d, at, VIEW("at"))) && d->tok[i].len >= 4 && d->lex[i]->word < 4 &&
           !(d->lex[i]->bits & never);
}

/* "at Cedar Sinai", "@ Northwestern": a capital word or more after "at", in a text that knows small
 * letters, is where something happened, unless it is a person, a time or medicine. */
static err after_at(const struct doc *d, uint32_t i, struct findings *out, uint32_t *next)
{
    const uint64_t not_here = LEX(MEDICAL) | LEX(DRUG) | LEX(EPONYM) | LEX(HOLIDAY) | LEX(SEASON) |
                              LEX(DEMONYM) | LEX(COUNTRY) | LEX(STATE) | LEX(ABBREVIATION) |
                              LEX(UNIT);
    int64_t at = (int64_t)i - 1;
    if ((d->tok[i].flags & (TOK_CAP | TOK_UPPER)) != TOK_CAP) return OK;
    const struct token *before = doc_tok(d, at); /* tells most words off */
    bool may = before->kind == TOK_MARK ? before->hash == ':' || before->hash == ',' ||
                                              before->hash == '@' || before->hash == '('
                                        : before->len <= 4;
    /* "agency Open Cradle" */
    const bool called =
        !may && doc_tok(d, (int64_t)i + 1)->flags & TOK_CAP && workplace_called(d, i);
    if (!(may || called)) return OK;
    if (doc_is_word(d, at, VIEW("the")) || doc_is_word(d, at, VIEW("our"))) at--;
    const bool work = called || workplace_before(d, i);
    if (!(doc_is_word(d, at, VIEW("at")) || doc_is_mark(d, at, '@') || work) ||
        (doc_tok(d, i)->flags & TOK_LINE))
        return OK;
    struct extent s = { .first = i, .last = i };
    uint32_t j = i;
    for (; j < d->n && j < i + 4; j++) {
        const struct token *t = doc_tok(d, j);
        if (j > i && doc_is_mark(d, j, '-') && doc_joined(d, j) && doc_joined(d, j + 1)) continue;
        /* "Harmon's Hardware" */
        uint32_t past = j > i && doc_is_mark(d, j, '\'') ? shape_after_possessive(d, s.last) : j;
        if (past > j + 1 && shape_of(d, past) == SHAPE_TITLE && !(d->tok[past].flags & TOK_LINE)) {
            j = past - 1;
            continue;
        }
        /* "Vandermeer & Sons", "Foot & Ankle" */
        if (j > i && doc_is_mark(d, j, '&') && shape_of(d, j + 1) == SHAPE_TITLE) continue;
        const struct phrase *p = doc_phrase_at(d, j);
        if (j > i && p && p->lex->bits & LEX(ORG_HEAD)) break; /* extent_right takes it whole */
        if (p && p->lex->bits & (LEX(COUNTRY) | LEX(STATE) | LEX(DEMONYM)) && !p->lex->place) break;
        /* "Apex Physical Therapy" */
        const uint8_t passes = j > i && s.telling ? SHIELD_PHRASE : 0;
        if (t->kind != TOK_WORD || (j > i && (t->flags & TOK_LINE || shape_opens_column(d, j))) ||
            d->shield[j] & (uint8_t)~passes)
            break;
        if (shape_of(d, j) != SHAPE_TITLE || t->len < 3 || !extent_is_inner(d, j)) break;
        if (!(d->shield[j] & SHIELD_PHRASE) && (doc_bits(d, j) & not_here) &&
            !(doc_bits(d, j) & (LEX(ORG_NAME) | LEX(ORG_WORD) | LEX(PLACE))))
            break;
        extent_count(d, j, &s);
        s.last = j;
    }
    const struct lex_info *l = d->lex[i];
    bool person =
        l->given >= 4 && l->given > l->place && !(l->bits & (LEX(ORG_NAME) | LEX(ORG_WORD)));
    const bool alone = s.last == i;
    /* "fired from Sonic", "a clerk at Northern"; people are worked with, and supervisors called */
    const bool hired = work && alone && !called && is_hired_at(d, i);
    if (!(s.telling || hired || (work && !alone && extent_plain(d, i, s.last + 1) > 0)) || person ||
        (called && (alone || l->given >= 2)))
        return OK;
    if (alone && !hired &&
        (doc_tok(d, i)->len < 5 || l->word > 1 || (l->bits & not_here) ||
         (l->bits & LEX(PLACE) && l->place >= l->surname)))
        return OK;
    extent_right(d, &s);
    if (place_is_cited(d, s.first, s.last)) return OK;
    return emit(d, s, RULE_ORG_AT, alone ? 0.7F : 0.8F, out, next);
}

/* "Return to TFCH ED", "seen in the CWAH ICU": letters that stand for nothing in medicine, before a ward. */
static err warded(const struct doc *d, uint32_t i, struct findings *out, uint32_t *next)
{
    const struct token *t = doc_tok(d, i), *ward = doc_tok(d, (int64_t)i + 1);
    bool is_ward = doc_is_word(d, (int64_t)i + 1, VIEW("ed")) ||
                   doc_is_word(d, (int64_t)i + 1, VIEW("er")) ||
                   doc_is_word(d, (int64_t)i + 1, VIEW("icu"));
    if (d->lex[i]->bits || t->len < 3 || t->len > 5 || shape_of(d, i) == SHAPE_LOWER ||
        d->shield[i] || !(t->flags & TOK_UPPER) || !is_ward || !(ward->flags & TOK_UPPER) ||
        (ward->flags & TOK_LINE) || !has_place_cue(d, i, *next))
        return OK;
    *next = i + 1;
    return findings_add(out, doc_finding(d, i, i, LABEL_ORGANIZATION, RULE_ORG_AT, 0.85F));
}

/* "sees Kemplin Dermatology": a new word in mid-sentence, and what is practised there, with capitals. */
static err practiced(const struct doc *d, uint32_t i, uint32_t floor, struct findings *out,
                     uint32_t *next)
{
    const uint32_t j = i + 1;
    if (d->tok[i].len < 5 || j >= d->n || shape_of(d, j) != SHAPE_TITLE ||
        d->tok[j].flags & TOK_LINE || !(doc_tok(d, (int64_t)i - 1)->flags & TOK_LOWER) ||
        shape_of(d, i) != SHAPE_TITLE || !extent_is_practice(d, j))
        return OK;
    return headed(d, j, j, floor, out, next);
}

/* "discharged to Heartland of Dublin": a house that is called by its town, at token i. */
static err branded(const struct doc *d, uint32_t i, struct findings *out, uint32_t *next)
{
    const uint64_t never = LEX(ORG_HEAD) | LEX(PLACE_CUE) | LEX(DIRECTION) | LEX(MEDICAL) |
                           LEX(TITLE) | LEX(FUNCTION) | LEX(MONTH) | LEX(CREDENTIAL);
    const int64_t house = (int64_t)i - 2;
    struct town t;
    if (house < 1 || !doc_is_word(d, (int64_t)i - 1, VIEW("of")) || doc_bits(d, house) & never ||
        d->lex[house]->word > 2 || shape_of(d, house) != SHAPE_TITLE || d->shield[house] ||
        !(doc_tok(d, house - 1)->flags & TOK_LOWER) || d->tok[house].flags & TOK_LINE ||
        !has_place_cue(d, (uint32_t)house, 0) || !place_town_at(d, i, &t))
        return OK;
    *next = t.last + 1;
    return findings_add(
        out, doc_finding(d, (uint32_t)house, t.last, LABEL_ORGANIZATION, RULE_ORG_OF, 0.8F));
}

/* A letterhead in capitals that stand for nothing else, below a field and above an empty line. */
static err acronym(const struct doc *d, uint32_t i, struct findings *out, uint32_t *next)
{
    const struct token *t = &d->tok[i];
    const uint64_t names = LEX_GIVEN | LEX(SURNAME) | LEX(WORD);
    if (d->lex[i]->bits & ~names || d->lex[i]->word > 1 || t->len < 3 || t->len > 5 ||
        !(t->flags & TOK_UPPER) || !i || (t->flags & (TOK_LINE | TOK_PARA)) != TOK_LINE ||
        d->is_caseless || d->shield[i])
        return OK;
    if (i + 1 < d->n && !(d->tok[i + 1].flags & TOK_PARA)) return OK;
    uint32_t first = i - 1;
    bool field = false;
    while (first > 0 && !(d->tok[first].flags & TOK_LINE) && i - first < 16)
        field |= doc_is_mark(d, --first, ':');
    if (!field || doc_is_mark(d, (int64_t)i - 1, ':')) return OK;
    *next = i + 1;
    return findings_add(out, doc_finding(d, i, i, LABEL_ORGANIZATION, RULE_ORG_KNOWN, 0.7F));
}

/* "PS 118", "P.S. 74", "IS 145": the number i of a school, behind who goes there. */
static err school(const struct doc *d, uint32_t i, struct findings *out)
{
    enum { REACH = 5 };
    static const view goers[] = { { "attends", 7 }, { "attended", 8 }, { "goes", 4 },
                                  { "student", 7 }, { "grade", 5 },    { "grader", 6 },
                                  { "school", 6 },  { "teaches", 7 },  { "teacher", 7 },
                                  { "at", 2 } };
    int64_t first = (int64_t)i - 1;
    if (d->tok[first].kind == TOK_NUMBER || doc_joined(d, i)) return OK;
    if (doc_is_mark(d, first, '.')) first--;
    const struct token *s = doc_tok(d, first);
    if (s->kind != TOK_WORD || !(s->flags & TOK_UPPER) || s->len > 2 || d->shield[i]) return OK;
    if (s->len == 1) first -= doc_is_mark(d, first - 1, '.') ? 2 : 1;
    const struct token *p = doc_tok(d, first);
    char kind = p->kind == TOK_WORD ? d->text.p[p->start] : 0;
    char last = d->text.p[token_end(s) - 1];
    if (last != 'S' || (kind != 'P' && kind != 'I' && kind != 'M') ||
        (p != s && s->len + p->len > 2))
        return OK;
    for (int64_t j = first - 1; j >= 0 && j >= first - REACH; j--) {
        if (d->tok[j + 1].flags & TOK_LINE) break;
        for (size_t k = 0; k < COUNT_OF(goers); k++)
            if (doc_is_word(d, j, goers[k]))
                return findings_add(out, doc_finding(d, (uint32_t)first, i, LABEL_ORGANIZATION,
                                                     RULE_ORG_HEAD, 0.85F));
    }
    return OK;
}

struct search {
    const struct doc *d;
    struct findings *out;
    uint32_t next;     /* token after what was found last */
    uint32_t kind_end; /* past "high school", "medical center": one head, which told nothing */
};

/* What begins at token i, with the phrase that begins there, or NULL. */
static err look(struct search *s, uint32_t i, const struct phrase *ph)
{
    err e = OK;
    const struct doc *d = s->d;
    uint64_t b = d->lex[i]->bits;
    uint32_t floor = s->next, before = s->next;
    struct extent x;
    if (ph && (ph->lex->bits & LEX(ORG_NAME)) && !(d->shield[i] & SHIELD_PHRASE))
        TRY(known(d, i, i + ph->n - 1, ph->lex, floor, s->out, &s->next));
    if (s->next == before && ph && (ph->lex->bits & LEX(ORG_HEAD)))
        TRY(headed(d, i, i + ph->n - 1, floor, s->out, &s->next));
    /* "Pine Ridge Skilled Nursing Facility", "Blue Ridge Pediatrics": a place's name, then a head
     * that is none of the words looked at */
    if (s->next == before && ph && (ph->lex->bits & LEX(PLACE))) {
        uint32_t j = i + ph->n;
        if (j < d->n && shape_of(d, j) == SHAPE_TITLE && !(d->tok[j].flags & TOK_LINE) &&
            !doc_phrase_at(d, j) && extent_is_practice(d, j))
            TRY(headed(d, j, j, floor, s->out, &s->next));
    }
    if (s->next == before && ph && (ph->lex->bits & LEX(ORG_HEAD)) && !(b & LEX(ORG_WORD)))
        s->kind_end = i + ph->n;
    if (s->next == before && (b & LEX(ORG_HEAD)) && i >= s->kind_end)
        TRY(headed(d, i, i, floor, s->out, &s->next));
    if (s->next == before && (b & LEX(SAINT))) TRY(saint(d, i, s->out, &s->next));
    if (s->next == before && is_our_lady(d, i)) TRY(our_lady(d, i, s->out, &s->next));
    if (s->next == before && (b & LEX(ORG_NAME)) && !ph)
        TRY(known(d, i, i, d->lex[i], floor, s->out, &s->next));
    if (s->next == before && (b & LEX(ORG_WORD)) && !(b & LEX(ORG_HEAD)))
        TRY(worded(d, i, floor, s->out, &s->next));
    if (s->next == before && (b & LEX(TRADE)) && organization_trade(d, i, floor, &x) &&
        !place_is_source(d, x.first, x.last))
        TRY(emit(d, x, RULE_ORG_TRADE, 0.85F, s->out, &s->next));
    if (s->next == before) TRY(after_at(d, i, s->out, &s->next));
    if (s->next == before && !b) {
        TRY(warded(d, i, s->out, &s->next));
        if (s->next == before) TRY(practiced(d, i, floor, s->out, &s->next));
    }
    if (s->next == before && b & LEX(PLACE)) TRY(branded(d, i, s->out, &s->next));
    if (s->next == before && d->tok[i].flags & TOK_LINE && d->tok[i].len <= 5)
        TRY(acronym(d, i, s->out, &s->next));
    /* "Motel 6" */
    if (s->next == before && b & LEX(ORG_HEAD) && doc_is_word(d, i, VIEW("motel")) &&
        d->tok[i].flags & TOK_CAP && doc_tok(d, (int64_t)i + 1)->hash == 6 &&
        doc_tok(d, (int64_t)i + 1)->kind == TOK_NUMBER) {
        s->next = i + 2;
        TRY(findings_add(s->out,
                         doc_finding(d, i, i + 1, LABEL_ORGANIZATION, RULE_ORG_KNOWN, 0.9F)));
    }
out:
    return e;
}

/* "Care Center", "Assisted Living": heads before token `end` that begin with a word that is none by itself. */
static err look_between(struct search *s, uint32_t *p, uint32_t end)
{
    const struct doc *d = s->d;
    for (; *p < d->n_phrases && d->phrases[*p].first < end; ++*p) {
        const struct phrase *ph = &d->phrases[*p];
        bool may = ph->first >= s->next && (ph->lex->bits & (LEX(ORG_HEAD) | LEX(ORG_NAME))) &&
                   !(d->shield[ph->first] & SHIELD_TAG) && shape_may_name(d, ph->first);
        err e = may ? look(s, ph->first, ph) : OK;
        if (e) return e;
    }
    return OK;
}

err organization_find(const struct doc *d, struct findings *out)
{
    err e = OK;
    struct search s = { .d = d, .out = out };
    uint32_t p = 0;
    for (uint32_t k = 0; k < d->hot.n; k++) {
        uint32_t i = d->hot.v[k];
        TRY(look_between(&s, &p, i));
        if (i < s.next || (d->shield[i] & SHIELD_TAG)) continue;
        bool here = p < d->n_phrases && d->phrases[p].first == i;
        TRY(look(&s, i, here ? &d->phrases[p] : NULL));
    }
    TRY(look_between(&s, &p, d->n));
    for (uint32_t k = 0; k < d->digits.n; k++)
        if (d->tok[d->digits.v[k]].len <= 3 && d->digits.v[k]) TRY(school(d, d->digits.v[k], out));
out:
    return e;
}
