/* street_whole.c — what belongs to an address before and behind the street that was found.
 *
 *     No. 31, Goose Pond Rd     D.No 31-73/2, Mill Ave     Unit 18/73 Furnace Way     315 So. Beltline Hwy
 *     830½ Lafayette Ter        9 1/2 Pike Row             3510 Twp Rd 384            12 Ferry Ln, 2nd floor
 *
 * Source: 45 CFR 164.514(b)(2)(i)(B). */
#include "detect/street_whole.h"

#include "detect/detectors.h"
#include "detect/shape.h"
#include "detect/taken.h"
#include "detect/wordset.h"

enum {
    W_DOOR = 1,
    W_SIDE = 2,
    W_ROAD = 4,
    W_OWNED = 8,
    W_FLOOR = 16,
    W_REST = 32,
    W_SPOT = 64,
    W_KIND = 128,
    W_YARD = 256,
    W_CODE = 512,
    W_CALLED = 1024,
    W_PART = 2048 /* what a part of a country is, behind a hyphen: "Ota-ku" */
};
static const struct wordset_row rows[] = {
    { "no plot house flat unit lot apt door room block bldg building site stand erf shop stall "
      "trailer hut quarters villa mile milepost km",
      W_DOOR },
    { "ku ken shi cho gun machi mura son do si gu dong eup", W_PART },
    { "so no ea we", W_SIDE },
    { "rd road hwy highway route rte sr cr", W_ROAD },
    { "us i ih fm", W_CODE },
    { "fort camp county lot block phase sector zone exit one two three four five six "
      "seven eight nine ten",
      W_CALLED },
    { "twp township county co cty state st farm ranch forest parish", W_OWNED },
    { "floor fl flr level", W_FLOOR },
    { "rear upstairs downstairs basement bsmt", W_REST },
    /* what a place is at, in small letters as well: "Larkmead weir" */
    { "levee weir flyover viaduct underpass overpass bridge quarry landfill "
      "cemetery station marina dam lighthouse pier jetty wharf bottoms flats trailhead campground "
      "county crossing junction exit interchange fairgrounds landing ferry",
      W_SPOT },
    { "rail train bus boat car taxi truck lorry ferry rest bike picnic", W_KIND },
    { "yard park ramp rank stop station area landing terminal shelter depot lot stand", W_YARD },
};
static struct wordset words = WORDSET(rows);
WORDSET_CLASS_AT(cls, words)

/* May the word at i be in the name of a street that another meets? */
static bool is_street_word(const struct doc *d, int64_t i)
{
    const uint64_t never = LEX(FUNCTION) | LEX(TITLE) | LEX(MEDICAL) | LEX(DRUG) | LEX(CREDENTIAL);
    return i >= 0 && shape_of(d, i) == SHAPE_TITLE && !(d->shield[i] & SHIELD_TAG) &&
           !(doc_bits(d, i) & never);
}

/* The first token of the number that ends at token i: "31-73/2", "9 1/2", "8C". */
static uint32_t number_begin(const struct doc *d, uint32_t i)
{
    while (i > 0 && !(d->tok[i].flags & TOK_LINE)) {
        const int64_t b = (int64_t)i - 1;
        const bool half = (doc_is_mark(d, b, '-') || doc_is_mark(d, b, '/')) && doc_joined(d, i) &&
                          doc_joined(d, b) && doc_is_number(d, b - 1);
        if (half)
            i -= 2;
        else if (doc_joined(d, i) && doc_is_number(d, b) && d->tok[i].kind == TOK_WORD &&
                 d->tok[i].len == 1)
            i--;
        else if (doc_is_mark(d, (int64_t)i + 1, '/') && doc_joined(d, i + 1) &&
                 doc_is_number(d, b) && d->tok[i].len == 1 && !shape_opens_column(d, i))
            i--;
        else
            break;
    }
    return i;
}

/* The "No." or "Plot" whose value begins at token i; i when there is none. */
static uint32_t door_before(const struct doc *d, uint32_t i)
{
    int64_t b = (int64_t)i - 1;
    if (i == 0 || d->tok[i].flags & TOK_LINE || shape_opens_column(d, i)) return i;
    if (doc_is_mark(d, b, '.') && doc_joined(d, b)) b--;
    if (b < 0 || !(cls(d, b) & W_DOOR) ||
        !(d->tok[b].flags & TOK_CAP || d->is_caseless || b + 1 < (int64_t)i))
        return i;
    /* "D.No 31" */
    if (doc_is_word(d, b, VIEW("no")) && doc_joined(d, b) && doc_is_mark(d, b - 1, '.') &&
        doc_is_word(d, b - 2, VIEW("d")))
        b -= 2;
    return (uint32_t)b;
}

/* "US 28 &", "I-70/", "Rte 390 and" before the street at `first`: where that road begins, or `first`. */
static uint32_t crossed(const struct doc *d, uint32_t first)
{
    const int64_t joint = (int64_t)first - 1, n = joint - 1;
    if (!(doc_is_mark(d, joint, '&') || doc_is_mark(d, joint, '/') ||
          doc_is_word(d, joint, VIEW("and"))) ||
        !doc_is_number(d, n) || d->tok[n].len > 3 || d->tok[n].flags & TOK_LINE)
        return first;
    const int64_t road = n - 1 - doc_is_mark(d, n - 1, '-');
    if (road < 0 || d->tok[road + 1].flags & TOK_LINE || !(cls(d, road) & (W_ROAD | W_CODE)))
        return first;
    return (uint32_t)(cls(d, road) & W_ROAD && road > 0 && cls(d, road - 1) & W_OWNED &&
                              !(d->tok[road].flags & TOK_LINE)
                          ? road - 1
                          : road);
}

/* "& US 28", "/I-70", "and Rte 390" behind the street whose last token is `last`: the road's number, or `last`. */
static uint32_t crossing(const struct doc *d, uint32_t last)
{
    const uint32_t joint = last + 1;
    if (!(doc_is_mark(d, joint, '&') || doc_is_mark(d, joint, '/') ||
          doc_is_word(d, joint, VIEW("and"))))
        return last;
    uint32_t road = joint + 1;
    if (cls(d, road) & W_OWNED && cls(d, (int64_t)road + 1) & W_ROAD) road++;
    if (!(cls(d, road) & (W_ROAD | W_CODE)) || !(d->tok[road].flags & TOK_CAP || d->is_caseless))
        return last;
    const uint32_t n = road + 1 + doc_is_mark(d, road + 1, '-');
    return doc_is_number(d, n) && d->tok[n].len <= 3 && !(d->tok[n].flags & TOK_LINE) ? n : last;
}

SELDOM static uint32_t before(const struct doc *d, uint32_t first)
{
    uint32_t i = crossed(d, first);
    if (i < first) return i;
    if (i == 0 || d->tok[i].flags & TOK_LINE || shape_opens_column(d, i)) return i;
    /* "315 So. Beltline" */
    if (!doc_is_number(d, i) && doc_is_mark(d, (int64_t)i - 1, '.') &&
        cls(d, (int64_t)i - 2) & W_SIDE && doc_joined(d, (int64_t)i - 1) &&
        doc_is_number(d, (int64_t)i - 3) && !(d->tok[i - 2].flags & TOK_LINE))
        i -= 3;
    /* "830½" */
    if (!doc_is_number(d, i) && doc_is_mark(d, (int64_t)i - 1, 0xBD) &&
        doc_joined(d, (int64_t)i - 1) && doc_is_number(d, (int64_t)i - 2))
        i -= 2;
    if (doc_is_number(d, i)) i = number_begin(d, i);
    if (doc_is_number(d, i)) {
        const uint32_t door = door_before(d, i);
        if (door < i) return door;
    }
    /* "Plot 46, Banksia Ave", "Unit 18/73 Furnace Way" */
    const int64_t v = (int64_t)i - 1 - doc_is_mark(d, (int64_t)i - 1, ',');
    const bool value = v > 0 && !(d->tok[v].flags & TOK_LINE) &&
                       (doc_is_number(d, v) || (d->tok[v].kind == TOK_WORD && d->tok[v].len == 1));
    if (!value) return i;
    const uint32_t begin = number_begin(d, (uint32_t)v), door = door_before(d, begin);
    return door < begin ? door : i;
}

SELDOM static uint32_t behind(const struct doc *d, uint32_t last)
{
    uint32_t j = last + 1;
    if (j >= d->n || d->tok[j].flags & TOK_LINE || shape_opens_column(d, j)) return last;
    /* "Twp Rd 384", "County Road D" */
    if (cls(d, last) & W_ROAD && cls(d, (int64_t)last - 1) & W_OWNED &&
        (doc_is_number(d, j) || (d->tok[j].len == 1 && d->tok[j].flags & TOK_CAP)) &&
        (j + 1 >= d->n || !doc_joined(d, j + 1) || d->tok[j + 1].kind == TOK_MARK))
        return j;
    const uint32_t met = crossing(d, last);
    if (met > last) return met;
    j += doc_is_mark(d, j, ',');
    if (j >= d->n || d->tok[j].flags & TOK_LINE) return last;
    const struct token *past = doc_tok(d, (int64_t)j + 1);
    if (cls(d, j) & W_REST && (past->kind == TOK_MARK || past->flags & TOK_LINE)) return j;
    /* "2nd floor", "Flr 8" */
    if (doc_is_number(d, j) && d->tok[j].len <= 2 && doc_tok(d, (int64_t)j + 1)->len == 2 &&
        doc_joined(d, j + 1) && cls(d, (int64_t)j + 2) & W_FLOOR)
        return j + 2;
    if (cls(d, j) & W_FLOOR && doc_is_number(d, (int64_t)j + 1) && d->tok[j + 1].len <= 2)
        return j + 1;
    return last;
}

/* "Larkmead weir", "Sorvik boat ramp", "Sawyer's End": the last token of the place that is called by the name that
 * ends at token `last`. */
static uint32_t spot_end(const struct doc *d, uint32_t last, bool place)
{
    const uint32_t j = last + 1, owned = shape_after_possessive(d, last);
    if (j >= d->n || d->tok[j].flags & TOK_LINE || shape_opens_column(d, j)) return last;
    if (place && owned > j + 1 && shape_of(d, owned) == SHAPE_TITLE &&
        !(d->tok[owned].flags & TOK_LINE) && !(doc_bits(d, owned) & (LEX(FUNCTION) | LEX(MEDICAL))))
        return owned;
    /* "Savai'i", "Nuku'alofa" */
    if (place && doc_is_mark(d, j, '\'') && owned == j && doc_joined(d, j) &&
        doc_joined(d, j + 1) && doc_tok(d, (int64_t)j + 1)->flags & TOK_LOWER)
        return j + 1;
    /* "Carrick-on-Shannon" */
    const uint32_t half = j + 1, rest = j + 3;
    if (place && doc_is_mark(d, j, '-') && doc_joined(d, j) && doc_joined(d, half)) {
        if (doc_tok(d, half)->flags & TOK_CAP || cls(d, half) & W_PART) return half;
        if (doc_is_mark(d, (int64_t)half + 1, '-') && doc_joined(d, half + 1) &&
            doc_joined(d, rest) && doc_tok(d, rest)->flags & TOK_CAP)
            return rest;
    }
    if (cls(d, j) & W_KIND && cls(d, (int64_t)j + 1) & W_YARD && !(d->tok[j + 1].flags & TOK_LINE))
        return j + 1;
    return cls(d, j) & W_SPOT ? j : last;
}

/* "Fort" of "Fort Sorvik", "One" of "One Mill Plaza" before the place at `first`. */
static uint32_t called(const struct doc *d, uint32_t first)
{
    int64_t b = (int64_t)first - 1;
    if (b < 0 || d->tok[first].flags & TOK_LINE || shape_opens_column(d, first)) return first;
    if (doc_is_mark(d, b, '.') && doc_joined(d, b)) b--;
    return b >= 0 && cls(d, b) & W_CALLED && d->tok[b].flags & TOK_CAP ? (uint32_t)b : first;
}

/* "Loom Dr @", "Badger x" before the street at `first`: where the other one begins, or `first`. */
static uint32_t met_before(const struct doc *d, uint32_t first)
{
    enum { WORDS = 3 };
    const int64_t joint = (int64_t)first - 1;
    if (joint < 1 || d->tok[first].flags & TOK_LINE || d->tok[joint].flags & TOK_LINE ||
        !(doc_is_word(d, joint, VIEW("x")) ||
          (doc_is_mark(d, joint, '@') && doc_bits(d, joint - 1) & LEX(STREET_TYPE))))
        return first;
    uint32_t i = first;
    for (int64_t j = joint - 1; j >= 0 && j >= joint - WORDS && is_street_word(d, j); j--) {
        i = (uint32_t)j;
        if (d->tok[j].flags & TOK_LINE || shape_opens_column(d, i)) break;
    }
    return i;
}

/* "@ Lighthouse Sq", "x Poorhouse" behind the street whose last token is `last`: the other's last, or `last`. */
static uint32_t met_behind(const struct doc *d, uint32_t last)
{
    enum { WORDS = 3 };
    const uint32_t joint = last + 1;
    uint32_t end = last;
    if (joint >= d->n || d->tok[joint].flags & TOK_LINE ||
        !(doc_is_mark(d, joint, '@') || doc_is_word(d, joint, VIEW("x"))))
        return last;
    for (uint32_t j = joint + 1; j <= joint + WORDS && j < d->n && is_street_word(d, j) &&
                                 !(d->tok[j].flags & TOK_LINE) && !shape_opens_column(d, j);
         j++)
        end = j;
    return end;
}

static err whole(const struct doc *d, uint32_t from_finding, struct findings *out)
{
    err e = OK;
    const uint32_t n = out->n;
    for (uint32_t k = from_finding; k < n; k++) {
        const struct finding f = out->v[k];
        const bool street = f.part == PART_STREET, learned = f.source == SOURCE_TAGGER;
        const bool place = f.label == LABEL_LOCATION && (street || learned || f.part == PART_TOWN);
        /* the tagger may take a place for a person: "Larkmead boat ramp" */
        if (!place && !(learned && (f.label == LABEL_NAME || f.label == LABEL_ORGANIZATION)))
            continue;
        const uint32_t first = taken_token_at(d, f.start), last = taken_last(d, first, f.end);
        uint32_t from = first, to = last;
        if (place && (street || learned)) {
            from = before(d, first);
            to = behind(d, last);
        }
        if (place && from == first) from = called(d, first);
        if (place && from == first) from = met_before(d, first);
        if (place && to == last) to = met_behind(d, last);
        if (to == last && !doc_is_number(d, last)) to = spot_end(d, last, place);
        if (from == first && to == last) continue;
        const enum rule rule = learned ? RULE_PLACE_TOLD : (enum rule)f.rule;
        struct finding x = doc_finding(d, from, to, LABEL_LOCATION, rule, f.score);
        x.part = f.part;
        TRY(findings_add(out, x));
    }
out:
    return e;
}

err street_whole_find(const struct doc *d, struct findings *out)
{
    return whole(d, 0, out);
}

err street_whole_learned(const struct doc *d, uint32_t from, struct findings *out)
{
    return whole(d, from, out);
}
