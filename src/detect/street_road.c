/* street_road.c — addresses in which no type of street ends the name: see street_inside.h. */
#include "detect/place.h"
#include "detect/shape.h"
#include "detect/street_inside.h"

/* "Lives at 55 Lakeview", "Address: 12 The Ridings": the house number at i, behind the "at" or colon. */
err street_at_home(const struct street_walk *w, uint32_t i, uint32_t *done)
{
    const struct doc *d = w->d;
    const uint64_t never = LEX(UNIT) | LEX(MONTH) | LEX(MEDICAL) | LEX(DRUG) | LEX(ORG_HEAD);
    uint32_t last = i;
    int64_t at = (int64_t)i - 1;
    /* "at 212 N Commerce" */
    const bool sided = street_class_at(w, (int64_t)i + 1) & ST_AFTER && d->tok[i].len >= 2 &&
                       d->tok[i + 1].len == 1 && street_is_capital(d, i + 1) &&
                       d->tok[i + 1].flags & TOK_SPACE;
    if (!(street_class_at(w, at - 1) & ST_HOME || (sided && doc_is_word(d, at, VIEW("at")))) ||
        d->tok[i].flags & TOK_LINE || d->tok[i].len > 5)
        return OK;
    last += sided;
    const uint32_t before_name = last;
    while (last < i + 3 && shape_of(d, (int64_t)last + 1) == SHAPE_TITLE &&
           doc_tok(d, (int64_t)last + 1)->flags & TOK_SPACE &&
           !(doc_tok(d, (int64_t)last + 1)->flags & TOK_LINE) &&
           !(doc_bits(d, (int64_t)last + 1) & never))
        last++;
    if (last == before_name || d->tok[last].len < 3) return OK;
    *done = street_address_end(w, last);
    return street_emit(w, i, *done, RULE_STREET_NUMBER, 0.85f);
}

/* "mm 42", "mile marker 12 NB" behind a road that ends at `last`: the last token, or `last`. */
SELDOM static uint32_t mile_end(const struct doc *d, uint32_t last)
{
    uint32_t j = last + 1;
    if (doc_is_word(d, j, VIEW("mile")) && doc_is_word(d, j + 1, VIEW("marker")))
        j += 2;
    else if (doc_is_word(d, j, VIEW("mm")) || doc_is_word(d, j, VIEW("milepost")) ||
             doc_is_word(d, j, VIEW("exit")))
        j++;
    else
        return last;
    const struct token *n = doc_tok(d, j), *side = doc_tok(d, (int64_t)j + 1);
    if (n->kind != TOK_NUMBER || n->len > 3 || n->flags & TOK_LINE) return last;
    return side->len == 2 && side->flags & TOK_UPPER && d->text.p[side->start + 1] == 'B' ? j + 1
                                                                                          : j;
}

/* "MM 18 on" before the road that begins at `first`: its first token, or `first`. */
SELDOM static uint32_t mile_begin(const struct doc *d, uint32_t first)
{
    const bool on = first >= 3 && doc_is_word(d, (int64_t)first - 1, VIEW("on")) &&
                    d->tok[first - 2].kind == TOK_NUMBER && !(d->tok[first].flags & TOK_LINE);
    return on && (doc_is_word(d, (int64_t)first - 3, VIEW("mm")) ||
                  doc_is_word(d, (int64_t)first - 3, VIEW("milepost")))
               ? first - 3
               : first;
}

/* "turn at CR 116", "Loc: CR 393", "enroute CR 988": what shows the way stands before the road at `before`. */
SELDOM static bool is_turned_at(const struct street_walk *w, uint32_t before)
{
    if (street_class_at(w, before) & ST_TURN) return true;
    return before > 0 &&
           (doc_is_mark(w->d, before, ':') || street_class_at(w, before) & ST_WHERE) &&
           street_class_at(w, (int64_t)before - 1) & ST_TURN;
}

/* "US-31", "SR-9" after a word of place, "4410 FM 1960": the number is at i. */
err street_at_code(const struct street_walk *w, uint32_t i, uint32_t *done)
{
    const struct doc *d = w->d;
    bool dash = doc_is_mark(d, (int64_t)i - 1, '-') && doc_joined(d, i) && doc_joined(d, i - 1);
    int64_t code = (int64_t)i - (dash ? 2 : 1);
    if (d->tok[i].len > 4 || !(street_class_at(w, code) & ST_CODE) || d->tok[i].flags & TOK_LINE ||
        !(doc_tok(d, code)->flags & TOK_UPPER) || doc_tok(d, code)->flags & TOK_LINE)
        return OK;
    uint32_t house = code > 0 ? (uint32_t)code - 1 : 0;
    /* "4410 Old US 30" */
    const bool old = house > 0 && d->tok[house].flags & TOK_CAP &&
                     (doc_is_word(d, house, VIEW("old")) || doc_is_word(d, house, VIEW("alt")) ||
                      doc_is_word(d, house, VIEW("business")));
    house -= old;
    bool where = street_class_at(w, house) & ST_WHERE &&
                 (dash || doc_is_word(d, code, VIEW("fm")) ||
                  (d->tok[i].len >= 2 && doc_is_word(d, house, VIEW("off")))); /* "off US 43" */
    bool numbered = doc_tok(d, house)->kind == TOK_NUMBER && d->tok[house].len >= 3 &&
                    street_is_house_number(d, &house);
    const uint32_t mile = dash ? mile_end(d, i) : i; /* "US 45 mm" is a size */
    if (doc_tok(d, code)->len == 1) {                /* "I-35 mm 42", not "on I-131" */
        where = numbered = false;
    } else {
        where |= d->tok[i].len >= 2 && is_turned_at(w, house);
    }
    if (code < 1 || !(where || numbered || mile > i)) return OK;
    *done = mile > i ? mile : street_address_end(w, i);
    return street_emit(w, numbered ? house : mile_begin(d, (uint32_t)code), *done, RULE_STREET_ROAD,
                       0.75f);
}

/* "Highway 61", "US Route 9", "County Road 12": after a word of place, or with a house number. */
err street_at_road(const struct street_walk *w, uint32_t i, uint32_t *done)
{
    const struct doc *d = w->d;
    uint32_t v = i + 1, first = i;
    if (doc_is_mark(d, v, '-') || doc_is_mark(d, v, '.') || doc_is_mark(d, v, '#')) v++;
    const struct token *value = doc_tok(d, v);
    const bool prefix = first && street_class_at(w, (int64_t)first - 1) & ST_BEFORE;
    /* "off county rd 22": small where the word before it says that it is a road */
    const bool small = prefix && !street_is_capital(d, i) && !street_is_capital(d, first - 1) &&
                       street_class_at(w, (int64_t)first - 2) & ST_WHERE;
    bool county = prefix && (small || street_is_capital(d, first - 1));
    /* "County Road K" */
    bool lettered =
        county && value->kind == TOK_WORD && value->len <= 2 && value->flags & TOK_UPPER;
    if ((!lettered && value->kind != TOK_NUMBER) || value->len > 4 ||
        !(small || street_is_capital(d, i)))
        return OK;
    first -= county;
    /* "Old Hwy 6" */
    const bool old = first > 1 && doc_is_word(d, (int64_t)first - 1, VIEW("old")) &&
                     street_is_capital(d, first - 1) && !(d->tok[first].flags & TOK_LINE);
    first -= old;
    if (doc_joined(d, v + 1) && d->tok[v + 1].len == 1 && d->tok[v + 1].flags & TOK_CAP)
        v++; /* "County Road 73B" */
    if (first > 1 && doc_is_mark(d, (int64_t)first - 1, '.') && d->tok[first - 2].len <= 2 &&
        street_class_at(w, (int64_t)first - 2) & ST_AFTER)
        first -= 2; /* "8801 E. Hwy 40" */
    bool where = street_class_at(w, (int64_t)first - 1) & ST_WHERE ||
                 doc_is_word(d, (int64_t)first - 1, VIEW("of")) ||
                 doc_is_mark(d, (int64_t)first - 1, '@') || (first && is_turned_at(w, first - 1));
    uint32_t h = first ? first - 1 : 0;
    bool house = first && d->tok[h].kind == TOK_NUMBER && d->tok[h].len >= 2 &&
                 !(d->tok[first].flags & TOK_LINE) && street_is_house_number(d, &h);
    if (!where && !house) return OK;
    bool sure;
    const uint32_t crossed =
        street_is_and(d, (int64_t)v + 1) ? street_crossed_end(w, v + 1, &sure) : 0;
    *done = crossed ? crossed : street_address_end(w, v); /* "Route 29 & Hydraulic" */
    return street_emit(w, house ? h : first, *done, RULE_STREET_ROAD, house ? 0.85f : 0.6f);
}

/* "Calle Olmo 14", "Avenida de la Paz, 120": the type comes first in Spanish, and the number last. */
err street_at_spanish(const struct street_walk *w, uint32_t i, uint32_t *done)
{
    enum { REACH = 6 };
    const struct doc *d = w->d;
    uint32_t n = i + 1, named = 0;
    if (!street_is_capital(d, i) || (d->tok[i].flags & TOK_UPPER && d->tok[i].len <= 3)) return OK;
    for (; n < d->n && n <= i + REACH && !(d->tok[n].flags & TOK_LINE); n++) {
        bool joins = doc_is_word(d, n, VIEW("de")) || doc_is_word(d, n, VIEW("la")) ||
                     doc_is_word(d, n, VIEW("los")) || doc_is_word(d, n, VIEW("las")) ||
                     doc_is_word(d, n, VIEW("del")) || doc_is_word(d, n, VIEW("el"));
        if (d->tok[n].kind != TOK_WORD || (!street_is_capital(d, n) && !joins) ||
            street_class_at(w, n) & ST_UNIT)
            break;
        named += !joins;
    }
    uint32_t house = i ? i - 1 : 0; /* "300 Avenida Central" */
    if (named && i && d->tok[house].kind == TOK_NUMBER && !(d->tok[i].flags & TOK_LINE) &&
        street_is_house_number(d, &house)) {
        *done = street_address_end(w, n - 1);
        return street_emit(w, house, *done, RULE_STREET_NUMBER, 0.9f);
    }
    if (doc_is_mark(d, n, ',')) n++;
    if (doc_is_mark(d, n, '#')) n++;
    const struct token *number = doc_tok(d, n);
    if (!named || number->kind != TOK_NUMBER || number->len > 5 || number->flags & TOK_LINE)
        return OK;
    *done = street_address_end(w, n);
    return street_emit(w, i, *done, RULE_STREET_NUMBER, 0.9f);
}

/* "Rt 2 Box 45", "Star Rte 1 Box 9": the word before the number of a carrier's route is at i. */
static bool is_route(const struct doc *d, int64_t i)
{
    return doc_is_word(d, i, VIEW("rd")) || doc_is_word(d, i, VIEW("rt")) ||
           doc_is_word(d, i, VIEW("rte")) || doc_is_word(d, i, VIEW("route")) ||
           doc_is_word(d, i, VIEW("rfd")) || doc_is_word(d, i, VIEW("hcr")) ||
           doc_is_word(d, i, VIEW("psc")) || doc_is_word(d, i, VIEW("cmr"));
}

/* "P.O. Box 123", "RR 2 Box 45", "Post Office Box 9", "Rural Route 3". */
err street_at_box(const struct street_walk *w, uint32_t i, uint32_t *done)
{
    const struct doc *d = w->d;
    int64_t b = (int64_t)i - 1;
    if (doc_is_mark(d, b, '#')) b--;
    bool box = doc_is_word(d, b, VIEW("box")) || doc_is_word(d, b, VIEW("bx")), rural = false;
    int64_t p = b - 1, first = -1;
    if (box) {
        if (doc_is_mark(d, p, ',')) p--;
        if (doc_tok(d, p)->kind == TOK_NUMBER) p--, rural = true;
        /* "RR 3 Site 10 Box 29" */
        if (rural && doc_tok(d, p - 1)->kind == TOK_NUMBER &&
            (doc_is_word(d, p, VIEW("site")) || doc_is_word(d, p, VIEW("group")) ||
             doc_is_word(d, p, VIEW("comp"))))
            p -= 2;
        if (doc_is_mark(d, p, '.')) p--;
        if (!rural && doc_is_word(d, p, VIEW("po"))) first = p;
        if (!rural && doc_is_word(d, p, VIEW("o"))) {
            int64_t q = p - 1;
            if (doc_is_mark(d, q, '.')) q--;
            if (doc_is_word(d, q, VIEW("p"))) first = q;
        }
        if (!rural && doc_is_word(d, p, VIEW("office")) && doc_is_word(d, p - 1, VIEW("post")))
            first = p - 1;
    } else {
        p = b;
    }
    if (first < 0 && (!box || rural)) {
        if (doc_is_word(d, p, VIEW("rr")) || doc_is_word(d, p, VIEW("hc")) ||
            (rural && is_route(d, p))) { /* "RD 2 Box 118" */
            first = box ? p : -1;        /* "RR 18" alone is a respiratory rate */
            if (box &&
                (doc_is_word(d, p - 1, VIEW("rural")) || doc_is_word(d, p - 1, VIEW("star"))))
                first = p - 1;
        } else if (doc_is_word(d, p, VIEW("route")) &&
                   (doc_is_word(d, p - 1, VIEW("rural")) || doc_is_word(d, p - 1, VIEW("star")))) {
            first = p - 1;
        }
    }
    if (first < 0 && box && !rural && street_is_capital(d, (uint32_t)b) && place_is_box(d, i))
        first = b;
    if (first < 0) return OK;
    uint32_t last = i;
    if (doc_is_mark(d, last + 1, '-') && doc_joined(d, last + 1) && doc_joined(d, last + 2) &&
        d->tok[last + 2].kind == TOK_WORD && d->tok[last + 2].len == 1)
        last += 2; /* "Box 31-B" */
    if (doc_joined(d, i + 1) && d->tok[i + 1].kind == TOK_WORD && d->tok[i + 1].len == 1) last++;
    /* "Rural Route 3, Box 45" */
    if (!box && doc_is_word(d, last + (doc_is_mark(d, last + 1, ',') ? 2 : 1), VIEW("box"))) {
        uint32_t v = last + (doc_is_mark(d, last + 1, ',') ? 3 : 2);
        if (doc_tok(d, v)->kind == TOK_NUMBER) last = v;
    }
    *done = last;
    return street_emit(w, (uint32_t)first, last, RULE_STREET_BOX, 0.95f);
}

/* "Apt 4B" by itself: said of a person's home. */
err street_at_apartment(const struct street_walk *w, uint32_t i)
{
    const struct doc *d = w->d;
    int64_t u = (int64_t)i - 1;
    if (doc_is_mark(d, u, '#')) u--;
    if (doc_is_mark(d, u, '.')) u--;
    bool suite = doc_is_word(d, u, VIEW("suite")) && street_is_capital(d, (uint32_t)u) &&
                 (d->tok[u].flags & TOK_LINE || doc_is_mark(d, u - 1, ','));
    if (!suite && !doc_is_word(d, u, VIEW("apt")) && !doc_is_word(d, u, VIEW("apartment")))
        return OK;
    uint32_t last = i;
    while (doc_joined(d, last + 1) && d->tok[last + 1].kind != TOK_MARK)
        last++;
    return street_emit(w, (uint32_t)u, last, RULE_STREET_UNIT, 0.7f);
}

err street_at_delivery(const struct street_walk *w, uint32_t i, uint32_t *done)
{
    const struct doc *d = w->d;
    const uint32_t last = i + 1;
    if (last >= d->n || !doc_is_word(d, last, VIEW("delivery")) || d->tok[last].flags & TOK_LINE ||
        shape_of(d, i) != SHAPE_TITLE || shape_of(d, last) != SHAPE_TITLE)
        return OK;
    const struct token *after = doc_tok(d, (int64_t)last + 1);
    if (!doc_ends_line(d, last) && after->kind != TOK_MARK && !shape_opens_column(d, last + 1))
        return OK;
    *done = last;
    return street_emit(w, i, last, RULE_STREET_BOX, 0.85F);
}

err street_at_signpost(const struct street_walk *w, uint32_t i, uint32_t *done)
{
    const struct doc *d = w->d;
    const uint32_t word = i - 1;
    if (!street_is_capital(d, word) || d->tok[i].flags & TOK_LINE || d->tok[i].len > 4) return OK;
    if (doc_is_word(d, word, VIEW("exit"))) {
        if (word == 0 || d->tok[word].flags & TOK_LINE || d->tok[i].len > 3 ||
            !(street_class_at(w, (int64_t)word - 1) & ST_WHERE))
            return OK;
        *done = i;
        return street_emit(w, word, i, RULE_STREET_ROAD, 0.75F);
    }
    if (word < 2 || !doc_is_word(d, word - 1, VIEW("to")) ||
        !doc_is_word(d, (int64_t)word - 2, VIEW("farm")) || !street_is_capital(d, word - 2))
        return OK;
    uint32_t first = word - 2, house = first ? first - 1 : 0;
    if (first && d->tok[house].kind == TOK_NUMBER && !(d->tok[first].flags & TOK_LINE) &&
        street_is_house_number(d, &house))
        first = house;
    *done = street_address_end(w, i);
    return street_emit(w, first, *done, RULE_STREET_ROAD, 0.9F);
}
