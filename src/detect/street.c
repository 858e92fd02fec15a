/* street.c — street addresses, post office boxes and numbered roads. ZIP codes: zip.c.
 *
 * From each street word ("Street", "Ave") back over the words of the name to the house number, and on
 * over direction and apartment. Words that mean much else ("drive", "court", "St", "Dr", "CT") need
 * the house number; the others may stand with a name alone. The town is place.c's.
 * Source: 45 CFR 164.514(b)(2)(i)(B). */
#include "detect/street_inside.h"
#include "detect/zip.h"

static const struct wordset_row rows[] = {
    { "trailhead street avenue ave boulevard blvd road rd lane parkway pkwy terrace turnpike tpke "
      "highway "
      "hwy "
      "freeway fwy expressway expy broadway crescent cres alley causeway",
      ST_TYPE },
    { "st dr ct pl ln ter cir sq pt drive court place way circle square trail trl loop row walk "
      "plaza plz park point pass run ridge path pike close mews grove gardens heights hill hollow "
      "cove crossing xing bend landing commons manor terr cl esplanade promenade quay wharf bypass "
      "concession trce cv aly hts rdg pky spur trace knoll knolls meadow meadows chase oval common "
      "vista view mill "
      "strasse brae rise bnd wynd garth croft glen dell parade pde crt gate green nagar marg",
      ST_TYPE | ST_UNSURE },
    { "n s e w ne nw se sw north south east west northeast northwest southeast southwest",
      ST_AFTER },
    { "apt apartment suite ste unit rm room floor fl bldg building lot trailer trlr spc space flat "
      "penthouse",
      ST_UNIT },
    { "highway hwy route rte interstate fm", ST_ROAD },
    { "road rd", ST_NUMBERED },
    { "calle avenida avda carrera callejon camino paseo rue", ST_SPANISH },
    { "on at off near along via", ST_WHERE },
    { "on off near along onto down between crossing crossed from up to across", ST_RIDDEN },
    { "corner intersection crossing crossroads junction block", ST_CORNER },
    { "hit struck mvc mva crash crashed accident collision wreck rollover found collapsed fell "
      "picked "
      "stopped stop shot stabbed assaulted located lives boned ended underpass overpass",
      ST_EVENT },
    { "light lights bus stop corner underpass overpass sidewalk median bench curb crosswalk "
      "walking "
      "walked driving drove biking jogging lives living house apartment store station boned ended "
      "encampment tent motel trailer crash collision mvc mva bridge traffic pothole cyclist",
      ST_ROADSIDE },
    { "boned ended mvc mva crash crashed collision rollover", ST_STRUCK },
    { "called dispatched toned responded responding sent paged enroute", ST_SENT },
    { "us sr cr sh rt fm i", ST_CODE },
    { "lives resides living residing stays home house address addr neighbor neighbour pickup "
      "dropoff pu",
      ST_HOME },
    { "county state us farm rural cty cnty bia indian tribal navajo", ST_BEFORE },
    { "dr mr mrs ms miss prof md rn patient year yr month week day hour minute mg ml units type "
      "grade per times x am pm cm mm kg lb",
      ST_NEVER },
    { "stage page mile chapter", ST_COUNTED },
    { "del de la las los el du des", ST_PARTICLE },
    { "caravan trailer rv holiday mobile", ST_PARKED },
    { "box bx route suite apt apartment", ST_BOXED },
    { "turn left right drops enroute loc location scene residence address site", ST_TURN },
    { "general", ST_GENERAL },
};
static struct wordset words = WORDSET(rows);
/* Right before a number: of ST_BOXED, and "at" before a home's. */
static const struct wordset_row number_rows[] = {
    { "at box bx route suite apt apartment exit market", 1 }
};
static struct wordset before_number = WORDSET(number_rows);

/* "th" of "5th". */
bool street_is_ordinal_end(const struct doc *d, uint32_t i)
{
    return doc_joined(d, i) && i && d->tok[i - 1].kind == TOK_NUMBER && d->tok[i].len == 2 &&
           (doc_is_word(d, i, VIEW("th")) || doc_is_word(d, i, VIEW("st")) ||
            doc_is_word(d, i, VIEW("nd")) || doc_is_word(d, i, VIEW("rd")));
}

/* A house number: 1 to 6 digits, "45-12" too, not part of a longer code or a decimal. */
bool street_is_house_number(const struct doc *d, uint32_t *i)
{
    const struct token *t = &d->tok[*i];
    if (t->len > 6 || t->hash == 0) return false;
    if (!doc_joined(d, *i)) return true;
    const struct token *p = doc_tok(d, (int64_t)*i - 1);
    if (p->kind == TOK_WORD) { /* N12, W345, N28W845 */
        if (p->len > 2 || !(p->flags & TOK_UPPER)) return false;
        (*i)--;
        if (*i >= 2 && doc_joined(d, *i) && doc_joined(d, *i - 1) &&
            d->tok[*i - 1].kind == TOK_NUMBER && d->tok[*i - 2].flags & TOK_UPPER &&
            d->tok[*i - 2].len == 1)
            *i -= 2;
        return true;
    }
    if (p->hash == '-' && doc_joined(d, *i - 1) &&
        doc_tok(d, (int64_t)*i - 2)->kind == TOK_NUMBER) {
        *i -= 2;
        return !doc_joined(d, *i);
    }
    if (p->hash == '/' && doc_joined(d, *i - 1) &&
        doc_tok(d, (int64_t)*i - 2)->kind == TOK_NUMBER) {
        *i -= 2; /* "123 1/2" */
        if (*i && d->tok[*i - 1].kind == TOK_NUMBER) (*i)--;
        return true;
    }
    if (p->hash == ',') return *i < 2 || d->tok[*i - 2].kind != TOK_NUMBER;
    return p->hash != '.' && p->hash != '$';
}

/* On from token `last` over '.', a direction, and apartments: "NW, Apt. 4B". */
uint32_t street_address_end(const struct street_walk *w, uint32_t last)
{
    const struct doc *d = w->d;
    uint32_t i = last + 1;
    if (doc_is_mark(d, i, '.') && doc_joined(d, i)) i++;
    if (street_class_at(w, i) & ST_AFTER && street_is_capital(d, i) &&
        !(doc_tok(d, i)->flags & TOK_LINE)) {
        last = i++;
        if (doc_is_mark(d, i, '.') && doc_joined(d, i)) i++;
    }
    if (doc_tok(d, i)->kind == TOK_NUMBER && d->tok[i].len <= 2 && doc_is_mark(d, i + 1, '#'))
        last = i++; /* "Yishun Ave 11 #08-317" */
    for (int units = 0; units < 2; units++) {
        uint32_t u = i;
        if (doc_is_mark(d, u, ',')) u++;
        bool hash = doc_is_mark(d, u, '#');
        if (!hash && !(street_class_at(w, u) & ST_UNIT)) break;
        u++;
        if (doc_is_mark(d, u, '.') || doc_is_mark(d, u, '#')) u++;
        if (doc_is_word(d, u, VIEW("no"))) u += doc_is_mark(d, u + 1, '.') ? 2 : 1;
        if (doc_is_mark(d, u, '#')) u++;
        const struct token *v = doc_tok(d, u);
        if (v->kind == TOK_MARK || (v->kind == TOK_WORD && v->len > 2)) break;
        while (doc_joined(d, u + 1) && (d->tok[u + 1].kind != TOK_MARK ||
                                        (doc_is_mark(d, u + 1, '-') && doc_joined(d, u + 2))))
            u++;
        last = u;
        i = u + 1;
    }
    i += doc_is_mark(d, i, ',');
    const struct token *t = doc_tok(d, i);
    if ((t->flags & (TOK_CAP | TOK_LINE)) == TOK_CAP &&
        (doc_is_word(d, i, VIEW("rear")) || doc_is_word(d, i, VIEW("upper")) ||
         doc_is_word(d, i, VIEW("upstairs")) || doc_is_word(d, i, VIEW("downstairs"))))
        last = i; /* "12 Elm St, Rear" */
    return last;
}

err street_emit(const struct street_walk *w, uint32_t first, uint32_t last, enum rule rule,
                float score)
{
    struct finding f = doc_finding(w->d, first, last, LABEL_LOCATION, rule, score);
    f.part = PART_STREET;
    return findings_add(w->out, f);
}

/* What parts of a town are, behind their names. */
SELDOM static bool is_estate(const struct doc *d, uint32_t i)
{
    return doc_is_word(d, i, VIEW("roundabout")) || doc_is_word(d, i, VIEW("estate")) ||
           doc_is_word(d, i, VIEW("projects"));
}

/* Streets that cross may be called by any words: they are looked for beside what joins them. */
static err crossings(const struct street_walk *w)
{
    err e = OK;
    const struct doc *d = w->d;
    const uint64_t and = token_hash_literal(VIEW("and")),
                   one_estate = token_hash_literal(VIEW("estate")),
                   projects = token_hash_literal(VIEW("projects")),
                   roundabout = token_hash_literal(VIEW("roundabout"));
    uint32_t done = 0;
    for (uint32_t k = 0; k < d->called.n; k++) {
        const uint32_t i = d->called.v[k];
        const struct token *joint = &d->tok[i + (i + 1 < d->n)];
        const bool met = (joint->hash == and) | (joint->hash == '&');
        const bool estate =
            (joint->hash == roundabout) | (joint->hash == projects) | (joint->hash == one_estate);
        if (LIKELY(!(met | estate))) continue;
        if (estate && joint->flags & TOK_LOWER && is_estate(d, i + 1))
            TRY(street_at_estate(w, i));
        else if (i >= done && street_is_and(d, (int64_t)i + 1))
            TRY(street_at_crossing(w, i, &done));
    }
out:
    return e;
}

/* Streets at the words that end or begin their names, and on the road that something stands by. */
static err at_words(const struct street_walk *w)
{
    err e = OK;
    const struct doc *d = w->d;
    const uint64_t on = token_hash_literal(VIEW("on")), off = token_hash_literal(VIEW("off"));
    uint32_t done = 0;
    for (uint32_t k = 0; k < d->hot.n; k++) {
        const uint32_t i = d->hot.v[k];
        const struct token *before = &d->tok[i - (i > 0)];
        if (UNLIKELY((before->hash == on) | (before->hash == off)) && i > done &&
            (d->tok[i].flags & (TOK_CAP | TOK_UPPER)) == TOK_CAP && d->text.p[before->start] == 'o')
            TRY(street_at_roadside(w, i, &done));
        uint32_t class = wordset_find(w->words, d->tok[i].hash);
        if (LIKELY(!class)) continue;
        const uint64_t bits = d->lex[i]->bits;
        if (i < done || (bits && !(bits & (LEX(STREET_TYPE) | LEX(ORG_WORD) | LEX(PLACE)))))
            continue;
        if (class & ST_NUMBERED && i && street_class_at(w, i - 1) & ST_BEFORE) class |= ST_ROAD;
        if (class & ST_ROAD) TRY(street_at_road(w, i, &done));
        if (class & ST_GENERAL) TRY(street_at_delivery(w, i, &done));
        if (class & ST_SPANISH) TRY(street_at_spanish(w, i, &done));
        if (class & ST_TYPE && (i > done || !done)) TRY(street_at_type(w, i, &done));
    }
out:
    return e;
}

/* "Box 45", "Apt. #4B": is the word before the number at i, over '#' and '.', one for what has such a number? */
static bool is_boxed(const struct street_walk *w, uint32_t i)
{
    int64_t k = (int64_t)i - 1;
    if (doc_is_mark(w->d, k, '#')) k--;
    if (doc_is_mark(w->d, k, '.')) k--;
    return street_class_at(w, k) & ST_BOXED;
}

/* May a street stand at the number at token i? A look at its neighbours that tells most off: a letter or two, a mark or
 * one of `led` before it, or what may be the end of an ordinal behind. */
static inline bool may_be_numbered(const struct street_walk *w, const struct wordset *led,
                                   uint32_t i)
{
    static const uint64_t marks =
        DOC_MARK_BIT('-') | DOC_MARK_BIT(':') | DOC_MARK_BIT('#') | DOC_MARK_BIT('.');
    const struct doc *d = w->d;
    const struct token *t = &d->tok[i], *p = t - (i > 0), *next = t + (i + 1 < d->n);
    const uint64_t mark = p->hash - 0x20;
    const bool letters = ((p->flags & TOK_UPPER) != 0) & (p->len <= 2);
    const bool ordinal = (next->len == 2) & !(next->flags & TOK_SPACE);
    return letters | ordinal | ((mark < 64) & (marks >> (mark & 63))) || wordset_find(led, p->hash);
}

/* Streets at their numbers: grids, roads, homes, ordinals, boxes and apartments. */
static err at_numbers(const struct street_walk *w)
{
    err e = OK;
    const struct doc *d = w->d;
    const struct wordset *led = wordset_ready(&before_number);
    uint32_t done = 0;
    for (uint32_t k = 0; k < d->digits.n; k++) {
        const uint32_t i = d->digits.v[k];
        if (LIKELY(!may_be_numbered(w, led, i))) continue;
        const struct token *p = doc_tok(d, (int64_t)i - 1);
        if (d->tok[i].len > 6 || i < done || d->shield[i] & SHIELD_TAG) continue;
        const bool word = p->kind == TOK_WORD;
        if (word && p->len == 1 && p->flags & TOK_UPPER) TRY(street_at_grid(w, i, &done));
        if (word ? p->len == 2 && p->flags & TOK_UPPER : p->hash == '-')
            TRY(street_at_code(w, i, &done));
        if (word ? doc_is_word(d, (int64_t)i - 1, VIEW("at")) : p->hash == ':')
            TRY(street_at_home(w, i, &done));
        if (word && (doc_is_word(d, (int64_t)i - 1, VIEW("exit")) ||
                     doc_is_word(d, (int64_t)i - 1, VIEW("market"))))
            TRY(street_at_signpost(w, i, &done));
        if (i < done) continue;
        if (d->tok[i].len <= 3 && doc_tok(d, (int64_t)i + 1)->len == 2 &&
            street_is_ordinal_end(d, i + 1))
            TRY(street_at_ordinal(w, i));
        if ((!word && p->hash != '#' && p->hash != '.') || !is_boxed(w, i)) continue;
        TRY(street_at_box(w, i, &done));
        if (i > done || !done) TRY(street_at_apartment(w, i));
    }
out:
    return e;
}

err street_find(const struct doc *d, struct findings *out)
{
    err e = OK;
    const struct street_walk w = { d, wordset_ready(&words), out };
    const uint32_t first = out->n;
    TRY(crossings(&w));
    TRY(at_words(&w));
    TRY(at_numbers(&w));
    TRY(zip_find(d, first, out));
out:
    return e;
}
