/* detect/organization.c — hospitals, clinics, schools, employers.
 *
 * Three ways in: a head word ("… Hospital", "University of …") and what distinguishes it, a name the
 * lexicon knows ("Kaiser Permanente", "UCSF"), and a saint's possessive ("St. Luke's"). A clinic named
 * after what it treats ("Pain Clinic") is a service and stays. What is found takes its town along:
 * "St. Mary's Hospital in Chicago" is one designation.
 * Source: 45 CFR 164.514(b)(2)(i)(B): a facility is a geographic unit smaller than a state. */
#include "detect/detectors.h"
#include "detect/organization_inside.h"
#include "detect/place.h"

/* "Our Lady of Lourdes" */
static bool is_our_lady(const struct doc *d, uint32_t i)
{
    return doc_is_word(d, i, VIEW("lady")) && doc_is_word(d, (int64_t)i - 1, VIEW("our")) &&
           doc_is_word(d, (int64_t)i + 1, VIEW("of"));
}

/* "… home care", "… records": what only a house has. */
SELDOM static bool is_followed(const struct doc *d, uint32_t last)
{
    const int64_t i = (int64_t)last + 1;
    if (!(doc_tok(d, i)->flags & TOK_LOWER) || doc_tok(d, i)->flags & TOK_LINE) return false;
    return doc_is_word(d, i, VIEW("records")) || doc_is_word(d, i, VIEW("staff")) ||
           doc_is_word(d, i, VIEW("admissions")) ||
           (doc_is_word(d, i, VIEW("home")) &&
            (doc_is_word(d, i + 1, VIEW("care")) || doc_is_word(d, i + 1, VIEW("health"))));
}

/* "LA General", "Stanford Med", "Westside Medical": a telling word, then a usual one, both capitals. */
static err worded(const struct doc *d, uint32_t i, uint32_t floor, struct findings *out,
                  uint32_t *next)
{
    struct extent s = { .first = i, .last = i };
    if (i == 0 || shape_of(d, i) != SHAPE_TITLE || d->shield[i]) return OK;
    /* "Pain Management System" is a device, "Osler Health System" is none */
    if (doc_is_word(d, i, VIEW("system")) &&
        !(doc_bits(d, (int64_t)i - 1) & (LEX(ORG_HEAD) | LEX(ORG_WORD))))
        return OK;
    extent_left(d, &s, floor);
    const struct phrase *p = doc_phrase_at(d, s.first);
    if (p && (p->lex->bits & LEX(COUNTY)) && p->first + p->n > i) return OK; /* Suffolk County */
    struct town t;
    if (p && p->lex->bits & LEX(PLACE) && place_town_at(d, s.first, &t) && t.has_state)
        return OK;                                                       /* "West Haven, CT" */
    bool acronym = s.first < i && shape_of(d, s.first) == SHAPE_ACRONYM; /* "SF General" */
    /* "delivered at Baptist", "seen at Memorial": what a whole hospital is called by */
    bool called =
        s.first == i &&
        (doc_is_word(d, (int64_t)i - 1, VIEW("at")) || organization_is_next_stop(d, i, floor)) &&
        (doc_is_word(d, i, VIEW("memorial")) || doc_is_word(d, i, VIEW("baptist")) ||
         doc_is_word(d, i, VIEW("presbyterian")) || doc_is_word(d, i, VIEW("methodist")) ||
         doc_is_word(d, i, VIEW("mercy")) || doc_is_word(d, i, VIEW("lutheran")));
    if (called) s.telling = 1;
    if ((s.first == i && !called) || !(s.telling || s.usual || acronym) ||
        !(organization_has_cue(d, s.first, floor) ||
          (s.telling && (organization_is_line(d, s.first, i) || is_followed(d, i)))))
        return OK;
    extent_right(d, &s);
    if (place_is_cited(d, s.first, s.last)) return OK;
    return organization_emit(d, s, RULE_ORG_WORD, 0.8F, out, next);
}

/* "the VA in Zelby": the town alone tells which. */
SELDOM static err veterans(const struct doc *d, uint32_t i, struct findings *out, uint32_t *next)
{
    struct town t;
    bool is_new;
    if (!(d->tok[i].flags & TOK_UPPER) || !doc_is_word(d, (int64_t)i - 1, VIEW("the")) ||
        !doc_is_word(d, (int64_t)i + 1, VIEW("in")) || !place_run_at(d, i + 2, &t, &is_new))
        return OK;
    *next = t.last + 1;
    return findings_add(out, doc_finding(d, i, t.last, LABEL_ORGANIZATION, RULE_ORG_WORD, 0.8F));
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
        (ward->flags & TOK_LINE) || !organization_has_cue(d, i, *next))
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
    return organization_headed(d, j, j, floor, out, next);
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
        !organization_has_cue(d, (uint32_t)house, 0) || !place_town_at(d, i, &t))
        return OK;
    *next = t.last + 1;
    return findings_add(
        out, doc_finding(d, (uint32_t)house, t.last, LABEL_ORGANIZATION, RULE_ORG_OF, 0.8F));
}

/* A letterhead in capitals that stand for nothing else, below a field and above an empty line. */
SELDOM static err acronym(const struct doc *d, uint32_t i, struct findings *out, uint32_t *next)
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

/* Up to three digits behind a few capitals or a full stop: a look at two tokens, without a branch. */
static bool may_be_school(const struct doc *d, uint32_t i)
{
    const struct token *t = &d->tok[i], *before = &d->tok[i - (i > 0)];
    const bool capitals = ((before->flags & TOK_UPPER) != 0) & (before->len <= 3);
    return (i > 0) & (t->len <= 3) & (t->flags & TOK_SPACE) & (capitals | (before->hash == '.'));
}

/* "PS 118", "P.S. 74", "IS 145": the number i of a school, behind who goes there, and may_be_school. */
static err school(const struct doc *d, uint32_t i, struct findings *out)
{
    enum { REACH = 5 };
    static const view goers[] = { { "attends", 7 }, { "attended", 8 }, { "goes", 4 },
                                  { "student", 7 }, { "grade", 5 },    { "grader", 6 },
                                  { "school", 6 },  { "teaches", 7 },  { "teacher", 7 },
                                  { "at", 2 } };
    int64_t first = (int64_t)i - 1;
    if (d->tok[first].kind == TOK_NUMBER) return OK;
    if (d->tok[first].len == 3 && d->tok[first].flags & TOK_UPPER && d->tok[i].len >= 2 &&
        !(d->tok[i].flags & TOK_LINE) && !d->shield[i] &&
        (doc_is_word(d, first, VIEW("isd")) || /* not dollars: "Sorvik USD 330" */
         (doc_is_word(d, first, VIEW("usd")) && shape_of(d, first - 1) == SHAPE_TITLE)))
        return findings_add(out, doc_finding(d, (uint32_t)first, i, LABEL_ORGANIZATION,
                                             RULE_ORG_HEAD, 0.85F)); /* "ISD 787" */
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
    /* with its dots, or before who works there, it needs nothing else: "P.S. 74", "PS 118 nurse" */
    const int64_t past = (int64_t)i + 1;
    const bool sure = (p != s && doc_is_mark(d, first + 1, '.') && kind == 'P') ||
                      doc_is_word(d, past, VIEW("nurse")) ||
                      doc_is_word(d, past, VIEW("teacher")) ||
                      doc_is_word(d, past, VIEW("principal"));
    const struct finding x =
        doc_finding(d, (uint32_t)first, i, LABEL_ORGANIZATION, RULE_ORG_HEAD, 0.85F);
    if (sure) return findings_add(out, x);
    for (int64_t j = first - 1; j >= 0 && j >= first - REACH; j--) {
        if (d->tok[j + 1].flags & TOK_LINE) break;
        for (size_t k = 0; k < COUNT_OF(goers); k++)
            if (doc_is_word(d, j, goers[k])) return findings_add(out, x);
    }
    return OK;
}

struct search {
    const struct doc *d;
    struct findings *out;
    uint32_t next;     /* token after what was found last */
    uint32_t kind_end; /* past "high school", "medical center": one head, which told nothing */
};

/* The phrase ph begins at token i: a name that the lexicon knows, or a head of several words. */
static err look_at_phrase(struct search *s, uint32_t i, const struct phrase *ph)
{
    err e = OK;
    const struct doc *d = s->d;
    const uint32_t floor = s->next, before = s->next;
    if ((ph->lex->bits & LEX(ORG_NAME)) && !(d->shield[i] & SHIELD_PHRASE))
        TRY(organization_known(d, i, i + ph->n - 1, ph->lex, floor, s->out, &s->next));
    if (s->next == before && (ph->lex->bits & LEX(ORG_HEAD)))
        TRY(organization_headed(d, i, i + ph->n - 1, floor, s->out, &s->next));
    /* "Pine Ridge Skilled Nursing Facility", "Blue Ridge Pediatrics": a place's name, then a head
     * that is none of the words looked at */
    if (s->next == before && (ph->lex->bits & LEX(PLACE))) {
        uint32_t j = i + ph->n;
        if (j < d->n && shape_of(d, j) == SHAPE_TITLE && !(d->tok[j].flags & TOK_LINE) &&
            !doc_phrase_at(d, j) && extent_is_practice(d, j))
            TRY(organization_headed(d, j, j, floor, s->out, &s->next));
    }
    if (s->next == before && (ph->lex->bits & LEX(ORG_HEAD)) && !(d->lex[i]->bits & LEX(ORG_WORD)))
        s->kind_end = i + ph->n;
out:
    return e;
}

/* The word at token i is of one of the classes TELLS. */
static err look_at_word(struct search *s, uint32_t i, bool has_phrase)
{
    err e = OK;
    const struct doc *d = s->d;
    const uint64_t b = d->lex[i]->bits;
    const uint32_t floor = s->next, before = s->next;
    struct extent x;
    if ((b & LEX(ORG_HEAD)) && i >= s->kind_end)
        TRY(organization_headed(d, i, i, floor, s->out, &s->next));
    if (s->next == before && (b & LEX(SAINT))) TRY(organization_saint(d, i, s->out, &s->next));
    if (s->next == before && d->tok[i].len == 4 && is_our_lady(d, i))
        TRY(organization_our_lady(d, i, s->out, &s->next));
    if (s->next == before && (b & LEX(ORG_NAME)) && !has_phrase)
        TRY(organization_known(d, i, i, d->lex[i], floor, s->out, &s->next));
    if (s->next == before && (b & LEX(ORG_WORD))) {
        uint32_t first, last;
        if (doc_is_word(d, i, VIEW("county")) && place_county_called(d, i, &first, &last))
            TRY(findings_add(s->out,
                             doc_finding(d, first, last, LABEL_LOCATION, RULE_PLACE_COUNTY, 0.9F)));
        if (doc_is_word(d, i, VIEW("children")) || doc_is_word(d, i, VIEW("women")))
            TRY(organization_childrens(d, i, floor, s->out, &s->next));
        if (s->next == before && !(b & LEX(ORG_HEAD)) && !(d->tok[i].flags & TOK_LOWER))
            TRY(worded(d, i, floor, s->out, &s->next));
        if (s->next == before && doc_is_word(d, i, VIEW("va")))
            TRY(veterans(d, i, s->out, &s->next));
    }
    if (s->next == before && (b & LEX(TRADE)) && organization_trade(d, i, floor, &x) &&
        !place_is_source(d, x.first, x.last))
        TRY(organization_emit(d, x, RULE_ORG_TRADE, 0.85F, s->out, &s->next));
out:
    return e;
}

/* The word at token i by its case and what stands around it, whatever it means. */
static err look_around(struct search *s, uint32_t i)
{
    err e = OK;
    const struct doc *d = s->d;
    const struct token *t = &d->tok[i];
    const uint64_t b = d->lex[i]->bits;
    const uint32_t floor = s->next, before = s->next;
    if ((t->flags & (TOK_CAP | TOK_UPPER | TOK_LINE)) == TOK_CAP)
        TRY(organization_after_at(d, i, s->out, &s->next));
    if (LIKELY(s->next == before) && !b) {
        TRY(warded(d, i, s->out, &s->next));
        if (s->next == before && t->flags & TOK_UPPER)
            TRY(organization_letters(d, i, s->out, &s->next));
        else if (s->next == before)
            TRY(organization_brand(d, i, s->out, &s->next));
        if (s->next == before) TRY(practiced(d, i, floor, s->out, &s->next));
    }
    if (LIKELY(s->next == before) && b & LEX(PLACE)) TRY(branded(d, i, s->out, &s->next));
    if (LIKELY(s->next == before) && t->flags & TOK_UPPER) {
        if (t->flags & TOK_LINE && t->len <= 5) TRY(acronym(d, i, s->out, &s->next));
        if (s->next == before && doc_is_mark(d, (int64_t)i - 1, '('))
            TRY(organization_outside(d, i, s->out, &s->next));
    }
    /* "Motel 6" */
    if (UNLIKELY(s->next == before && b & LEX(ORG_HEAD) && doc_is_word(d, i, VIEW("motel"))) &&
        t->flags & TOK_CAP && doc_tok(d, (int64_t)i + 1)->hash == 6 &&
        doc_tok(d, (int64_t)i + 1)->kind == TOK_NUMBER) {
        s->next = i + 2;
        TRY(findings_add(s->out,
                         doc_finding(d, i, i + 1, LABEL_ORGANIZATION, RULE_ORG_KNOWN, 0.9F)));
    }
out:
    return e;
}

/* What begins at token i, with the phrase that begins there, or NULL. */
static err look(struct search *s, uint32_t i, const struct phrase *ph)
{
    static const uint64_t tells =
        LEX(ORG_HEAD) | LEX(ORG_NAME) | LEX(ORG_WORD) | LEX(SAINT) | LEX(TRADE);
    err e = OK;
    const struct doc *d = s->d;
    const struct token *t = &d->tok[i];
    const uint64_t b = d->lex[i]->bits;
    const uint32_t before = s->next;
    if (ph) TRY(look_at_phrase(s, i, ph));
    if (LIKELY(s->next == before) && (b & tells || (t->len == 4 && is_our_lady(d, i))))
        TRY(look_at_word(s, i, ph != NULL));
    /* a word that is known, in small letters, is told by what it means alone */
    if (LIKELY(s->next == before) && (!(t->flags & TOK_LOWER) || !b || d->is_caseless))
        TRY(look_around(s, i));
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
        if (p < d->n_phrases && d->phrases[p].first < i) TRY(look_between(&s, &p, i));
        if (UNLIKELY(i < s.next || (d->shield[i] & SHIELD_TAG))) continue;
        bool here = p < d->n_phrases && d->phrases[p].first == i;
        TRY(look(&s, i, here ? &d->phrases[p] : NULL));
    }
    TRY(look_between(&s, &p, d->n));
    TRY(organization_frames(d, out));
    TRY(organization_letterheads(d, out));
    for (uint32_t k = 0; k < d->digits.n; k++)
        if (UNLIKELY(may_be_school(d, d->digits.v[k]))) TRY(school(d, d->digits.v[k], out));
out:
    return e;
}
