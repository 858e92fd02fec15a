/* detect/organization_named.c — names that say it themselves, see organization_inside.h. */
#include "detect/organization_everybodys.h"
#include "detect/organization_inside.h"
#include "detect/place.h"
#include "detect/wordset.h"
#include "detect/workplace.h"

enum { NEW_WORD = 6 }; /* letters of a word that no list has, to be none that was mistyped */

bool organization_is_next_stop(const struct doc *d, uint32_t first, uint32_t end)
{
    if (!end || first <= end || first - end > 3) return false;
    for (uint32_t i = end; i < first; i++)
        if (!doc_is_mark(d, i, ',') && !doc_is_word(d, i, VIEW("then")) &&
            !doc_is_word(d, i, VIEW("and")) && !doc_is_word(d, i, VIEW("or")) &&
            !doc_is_word(d, i, VIEW("later")))
            return false;
    return !doc_is_mark(d, (int64_t)first - 1, ',');
}

bool organization_has_cue(const struct doc *d, uint32_t first, uint32_t floor)
{
    if (organization_is_next_stop(d, first, floor)) return true;
    int64_t i = (int64_t)first - 1;
    if (doc_is_word(d, i, VIEW("the")) || doc_is_word(d, i, VIEW("our"))) i--;
    if (doc_tok(d, first)->flags & TOK_LINE) return false;
    if (doc_is_mark(d, i, ':')) /* "Facility: UCSF" */
        return (doc_bits(d, i - 1) & LEX(ORG_HEAD)) || doc_is_word(d, i - 1, VIEW("facility")) ||
               doc_is_word(d, i - 1, VIEW("site")) || doc_is_word(d, i - 1, VIEW("client")) ||
               doc_is_word(d, i - 1, VIEW("location"));
    return (doc_bits(d, i) & LEX(PLACE_CUE)) || doc_is_word(d, i, VIEW("to")) ||
           doc_is_mark(d, i, '@');
}

/* "Walgreens #4412": one of everybody's, by its number. */
static bool is_store(const struct doc *d, uint32_t last)
{
    const struct token *n = doc_tok(d, (int64_t)last + 2);
    return doc_is_mark(d, last + 1, '#') && !(d->tok[last + 1].flags & TOK_LINE) &&
           n->kind == TOK_NUMBER && n->len >= 3 && n->len <= 6 && doc_joined(d, last + 2);
}

err organization_emit(const struct doc *d, struct extent s, enum rule rule, float score,
                      struct findings *out, uint32_t *next)
{
    *next = s.last + 1;
    if (!is_store(d, s.last) && organization_is_everybodys(d, s.first, s.last)) return OK;
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

/* "MENTAL HEALTH CLINIC NOTE", "Home Health Skilled Nursing Visit": what is written or done there, behind the kind of house. */
static bool is_title_of_note(const struct doc *d, uint32_t i)
{
    static const struct wordset_row rows[] = {
        { "note notes visit visits report record consult consultation encounter form progress "
          "intake followup summary appointment referral plan orders flowsheet questionnaire",
          1 },
    };
    static struct wordset set = WORDSET(rows);
    return i < d->n && !(d->tok[i].flags & TOK_LINE) && d->tok[i].flags & TOK_CAP &&
           wordset_class(wordset_ready(&set), &d->tok[i]);
}

/* "Phonak hearing aids", "his private duty nurse": heads of names with capitals alone. */
SELDOM static bool is_thing_in_small(const struct doc *d, uint32_t last)
{
    static const struct wordset_row rows[] = {
        { "aids duty nurses nurse life hope labs lab laboratory team nursing building camp drug "
          "drugs",
          1 },
    };
    static struct wordset set = WORDSET(rows);
    return wordset_class(wordset_ready(&set), &d->tok[last]);
}

err organization_headed(const struct doc *d, uint32_t first, uint32_t last, uint32_t floor,
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
    if (!s.telling && is_title_of_note(d, s.last + 1)) return OK;
    if (!s.telling && doc_is_word(d, last, VIEW("therapy")))
        return OK; /* "Home Physical Therapy": a service */
    bool left = s.first < first;
    /* "KCO Medical Center": letters that mean something else as well */
    if (left && !s.telling && last > first && doc_is_word(d, first, VIEW("medical")))
        s.telling += shape_of(d, (int64_t)first - 1) == SHAPE_ACRONYM;
    /* "quackenbos hospital" in a text without case: a word that nobody knows */
    if (left && !s.telling && d->is_caseless && d->tok[first - 1].kind == TOK_WORD &&
        !d->lex[first - 1]->bits && d->tok[first - 1].len >= NEW_WORD && !d->shield[first - 1])
        s.telling++;
    extent_right(d, &s);
    if (small) {
        /* "Dallas clinic": what stands directly before the small head must tell; a service does not */
        if (!left || !s.telling || is_thing_in_small(d, last) ||
            !(extent_is_telling(d, first - 1) || doc_joined(d, first - 1)))
            return OK;
    }
    struct extent with_town = s;
    extent_town(d, &with_town);
    /* "Cancer Center in New York": the town tells which */
    bool whole =
        last > first && shape_of(d, first) == SHAPE_TITLE; /* "Cancer Center in Calddale" */
    if ((left || whole) && !small && with_town.last > s.last) s.telling++;
    /* "sent by Urgent Care on Juniper" */
    if (whole && !s.telling && doc_is_word(d, (int64_t)s.last + 1, VIEW("on")))
        s.telling += extent_street_alone(d, s.last + 2);
    /* "at Corner Clinic" */
    bool plain = !s.telling && left && shape_of(d, first) == SHAPE_TITLE && !d->is_caseless &&
                 (organization_has_cue(d, s.first, floor) || workplace_before(d, s.first) ||
                  extent_is_apart(d, s.first, s.last)) &&
                 extent_plain(d, s.first, first) > doc_is_word(d, last, VIEW("clinic"));
    if (!s.telling && !plain && !(s.usual && !small && (left || s.last > last))) return OK;
    if (place_is_cited(d, s.first, s.last)) return OK;
    return organization_emit(d, s, left ? RULE_ORG_HEAD : RULE_ORG_OF, s.telling ? 0.95F : 0.8F,
                             out, next);
}

bool organization_is_line(const struct doc *d, uint32_t first, uint32_t last)
{
    return (first == 0 || (d->tok[first].flags & TOK_LINE)) &&
           (last + 1 >= d->n || (d->tok[last + 1].flags & TOK_LINE));
}

/* "Spire Larkmead": is the word at i the town by which one of a chain's houses is called? */
static bool is_chain_town(const struct doc *d, uint32_t i)
{
    struct town t;
    if ((doc_tok(d, i)->flags & (TOK_CAP | TOK_LINE)) != TOK_CAP || !place_town_at(d, i, &t))
        return false;
    const struct token *after = doc_tok(d, (int64_t)t.last + 1);
    return t.last == i && shape_of(d, i) == SHAPE_TITLE && !shape_opens_column(d, i) &&
           t.lex->word <= 1 && t.lex->given <= t.lex->place && t.lex->surname <= t.lex->place &&
           !(t.lex->bits & (LEX(MEDICAL) | LEX(DRUG) | LEX(EPONYM))) &&
           !(after->flags & TOK_CAP && !(after->flags & TOK_LINE)) &&
           !doc_is_mark(d, (int64_t)i + 1, ':');
}

err organization_known(const struct doc *d, uint32_t first, uint32_t last, const struct lex_info *l,
                       uint32_t floor, struct findings *out, uint32_t *next)
{
    struct extent s = { .first = first, .last = last, .telling = 1 };
    enum shape shape = shape_of(d, first);
    if (shape == SHAPE_LOWER || (d->shield[first] & SHIELD_PHRASE)) return OK;
    extent_left(d, &s, floor);
    if (first < last && doc_is_word(d, (int64_t)s.first - 1, VIEW("most")) && s.first > floor &&
        d->tok[s.first - 1].flags & TOK_CAP && !(d->tok[s.first].flags & TOK_LINE))
        s.first--; /* "Most Precious Blood" */
    extent_right(d, &s);
    if (s.last == last && is_chain_town(d, last + 1)) s.last = last + 1;
    /* "Meet at Kelfell Annex, UCSF" */
    bool behind = floor && s.first == floor + 1 && doc_is_mark(d, floor, ',');
    bool cue = behind || organization_has_cue(d, s.first, floor) || workplace_before(d, s.first) ||
               (shape == SHAPE_ACRONYM && doc_is_word(d, (int64_t)s.first - 1, VIEW("by"))) ||
               /* "CVS in Zelby" */
               (doc_is_word(d, (int64_t)s.last + 1, VIEW("in")) &&
                shape_of(d, (int64_t)s.last + 2) == SHAPE_TITLE),
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
        cue = cue ||
              (organization_is_line(d, first, last) && l->word < (shape == SHAPE_BLANK ? 2 : 4) &&
               !d->is_caseless && !(l->bits & (LEX(ABBREVIATION) | LEX(DRUG))) &&
               (!(l->bits & LEX(MEDICAL)) || l->word <= 1));
        if (double_meaning && !cue) return OK;
        if (l->word > 4 && (shape == SHAPE_BLANK || shape_starts_sentence(d, first))) return OK;
    }
    bool sure = cue || !alone || last > first || organization_is_line(d, first, last) ||
                doc_is_mark(d, (int64_t)s.first - 1, ':'); /* "Insurance: Aetna" */
    return organization_emit(d, s, RULE_ORG_KNOWN, sure ? 0.95F : 0.85F, out, next);
}

err organization_saint(const struct doc *d, uint32_t i, struct findings *out, uint32_t *next)
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
    if (!named || l->word > 3 || extent_opens_request(d, j)) return OK; /* "home PT. Draft it" */
    uint32_t last = shape_word_end(d, j);
    bool several = doc_is_word(d, i, VIEW("sts")) &&
                   doc_is_word(d, (int64_t)last + 1, VIEW("and")) &&
                   shape_of(d, (int64_t)last + 2) == SHAPE_TITLE;
    if (several) last = shape_word_end(d, last + 2); /* "Sts. Peter and Paul" */
    uint32_t after = shape_after_possessive(d, last);
    bool possessive = after > last + 1;
    if (!possessive && !several && !organization_has_cue(d, i, *next) &&
        !organization_is_line(d, i, last))
        return OK;
    struct extent s = { .first = i, .last = after - 1, .telling = 1 };
    if (doc_bits(d, after) & (LEX(EPONYM_HEAD) | LEX(DRUG))) return OK;
    extent_right(d, &s);
    s.last = organization_tail_end(d, s.last);
    if (place_is_cited(d, s.first, s.last)) return OK;
    return organization_emit(d, s, RULE_ORG_SAINT, 0.9F, out, next);
}

/* May the word at i be of whom a house is called after, "Lourdes"? In capitals alone only what notes never write. */
static bool is_of_lady(const struct doc *d, uint32_t i)
{
    if (i >= d->n || d->tok[i].flags & TOK_LINE || d->shield[i] ||
        doc_bits(d, i) & (LEX(ORG_HEAD) | LEX(FUNCTION)))
        return false;
    return shape_of(d, i) == SHAPE_TITLE || (shape_may_name(d, i) && d->lex[i]->word < 2);
}

err organization_our_lady(const struct doc *d, uint32_t i, struct findings *out, uint32_t *next)
{
    uint32_t last = i + 1;
    if (doc_is_word(d, last + 1, VIEW("the")) && is_of_lady(d, last + 2)) last++;
    const uint32_t of = last;
    while (last < of + 3 && is_of_lady(d, last + 1))
        last++;
    if (last == of) return OK;
    struct extent s = { .first = i - 1, .last = last, .telling = 1 };
    extent_right(d, &s);
    s.last = organization_tail_end(d, s.last);
    return organization_emit(d, s, RULE_ORG_SAINT, 0.9F, out, next);
}

/* "Larkmead Children's" and nothing more of a name. */
static bool is_named_before(const struct doc *d, uint32_t of, struct extent *s, uint32_t floor)
{
    const struct token *t = doc_tok(d, of);
    const bool ends = of >= d->n || t->flags & TOK_LINE || shape_opens_column(d, of) ||
                      (t->kind == TOK_MARK && t->hash != ':' && t->hash != '-') ||
                      doc_bits(d, of) & LEX(FUNCTION);
    if (!ends || d->is_caseless) return false;
    extent_left(d, s, floor);
    return s->telling && s->first < s->last;
}

err organization_childrens(const struct doc *d, uint32_t i, uint32_t floor, struct findings *out,
                           uint32_t *next)
{
    struct town t;
    bool is_new;
    const uint32_t of = shape_after_possessive(d, i);
    struct extent s = { .first = i, .last = i };
    if (of == i + 1 || !(d->tok[i].flags & TOK_CAP)) return OK;
    if (is_named_before(d, of, &s, floor)) {
        s.last = of - 1;
    } else {
        if (!doc_is_word(d, of, VIEW("of")) || doc_tok(d, (int64_t)of + 1)->flags & TOK_LINE ||
            !place_run_at(d, of + 1, &t, &is_new))
            return OK;
        s = (struct extent){ .first = i, .last = t.last, .telling = 1 };
    }
    return organization_emit(d, s, RULE_ORG_OF, 0.85F, out, next);
}
