/* street.c — street addresses, post office boxes and numbered roads. ZIP codes: zip.c.
 *
 * From each street word ("Street", "Ave") back over the words of the name to the house number, and on
 * over direction and apartment. Words that mean much else ("drive", "court", "St", "Dr", "CT") need
 * the house number; the others may stand with a name alone. The town is place.c's.
 * Source: 45 CFR 164.514(b)(2)(i)(B). */
#include "detect/cue.h"
#include "detect/detectors.h"
#include "detect/shape.h"
#include "detect/zip.h"

enum street_class {
    ST_TYPE = 1,       /* ends a street's name */
    ST_UNSURE = 2,     /* … and means much else: needs the house number */
    ST_AFTER = 4,      /* direction after the type */
    ST_UNIT = 8,       /* apartment, suite: a value follows */
    ST_ROAD = 16,      /* a number follows: Highway 61 */
    ST_WHERE = 32,     /* before a numbered road: on, at, off */
    ST_NEVER = 64,     /* not inside a street's name */
    ST_NUMBERED = 256, /* "road" after such a word: County Road 12 */
    ST_SPANISH = 512,  /* begins a street: Calle Olmo 14 */
    ST_BEFORE = 128,   /* first word of a numbered road: County, State, US */
    ST_RIDDEN = 1024,  /* before a street without a number: on, near */
    ST_CORNER = 2048,  /* … of two streets */
    ST_EVENT = 4096,   /* what happens at such a corner */
    ST_CODE = 8192,    /* US-31 */
    ST_HOME = 16384    /* before "at" and a house number */
};
static const struct wordset_row rows[] = {
    { "street avenue ave boulevard blvd road rd lane parkway pkwy terrace turnpike tpke highway "
      "hwy "
      "freeway fwy expressway expy broadway crescent cres alley causeway",
      ST_TYPE },
    { "st dr ct pl ln ter cir sq pt drive court place way circle square trail trl loop row walk "
      "plaza plz park point pass run ridge path pike close mews grove gardens heights hill hollow "
      "cove crossing xing bend landing commons manor terr cl esplanade promenade quay wharf bypass "
      "cv aly hts rdg pky spur trace knoll knolls meadow meadows chase oval common vista view mill "
      "strasse",
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
    { "on off near along onto down between", ST_RIDDEN },
    { "corner intersection crossing crossroads junction block", ST_CORNER },
    { "hit struck mvc mva crash crashed accident collision wreck rollover found collapsed fell "
      "picked "
      "stopped stop shot stabbed assaulted located lives",
      ST_EVENT },
    { "us sr cr sh rt fm", ST_CODE },
    { "lives resides living residing stays home house address", ST_HOME },
    { "county state us farm rural", ST_BEFORE },
    { "dr mr mrs ms miss prof md rn patient year yr month week day hour minute mile mg ml units "
      "type stage grade page chapter per times x am pm cm mm kg lb",
      ST_NEVER },
};
static struct wordset words = WORDSET(rows);

struct walk {
    const struct doc *d;
    const struct wordset *words;
    struct findings *out;
};

static uint32_t class_at(const struct walk *w, int64_t i)
{
    return wordset_class(w->words, doc_tok(w->d, i));
}

static bool is_capital(const struct doc *d, uint32_t i)
{
    return d->tok[i].flags & TOK_CAP;
}

/* "th" of "5th". */
static bool is_ordinal_end(const struct doc *d, uint32_t i)
{
    return doc_joined(d, i) && i && d->tok[i - 1].kind == TOK_NUMBER && d->tok[i].len == 2 &&
           (doc_is_word(d, i, VIEW("th")) || doc_is_word(d, i, VIEW("st")) ||
            doc_is_word(d, i, VIEW("nd")) || doc_is_word(d, i, VIEW("rd")));
}

static bool is_name_word(const struct walk *w, uint32_t i)
{
    const struct doc *d = w->d;
    const struct token *t = &d->tok[i];
    uint64_t bits = doc_bits(d, i);
    if (t->kind != TOK_WORD || class_at(w, i) & (ST_NEVER | ST_UNIT) || d->shield[i] & SHIELD_TAG)
        return false;
    if (bits & (LEX(UNIT) | LEX(MONTH) | LEX(WEEKDAY)) && !is_capital(d, i)) return false;
    if (class_at(w, i) & ST_AFTER) return true;
    if (bits & LEX(FUNCTION) && !doc_is_word(d, i, VIEW("of"))) return false;
    return true;
}

struct name {        /* of a street, and its number */
    uint32_t first;  /* first token of the name */
    uint32_t number; /* token of the house number; == first when there is none */
    uint32_t words;
    uint32_t near,
        near_words; /* the part of the name before the type whose words all have a capital */
    bool capital;   /* every word begins with a capital */
    bool ordinal;   /* "5th" is in it */
};

/* The name before the street word at i. */
static struct name read_name(const struct walk *w, uint32_t i)
{
    const struct doc *d = w->d;
    struct name n = { .first = i, .number = i, .near = i, .capital = true };
    uint32_t j = i;
    while (j > 0 && n.words < 5) {
        const struct token *t = &d->tok[j - 1];
        if (d->tok[j].flags & TOK_PARA || (d->tok[j].flags & TOK_LINE && !n.words)) break;
        if (t->kind == TOK_NUMBER) {
            n.number = j - 1;
            return n;
        }
        if (t->kind == TOK_MARK) {
            /* "St. James", "O'Hara", "Martin-Luther", "5-A Oak" */
            bool dot = t->hash == '.' && j >= 2 && d->tok[j - 2].kind == TOK_WORD &&
                       (d->tok[j - 2].len <= 2 || doc_is_word(d, (int64_t)j - 2, VIEW("ft"))) &&
                       doc_joined(d, j - 1);
            bool inner =
                (t->hash == '\'' || t->hash == '-') && doc_joined(d, j) && doc_joined(d, j - 1);
            if (!dot && !inner) break;
            j--;
            continue;
        }
        if (n.ordinal && doc_is_word(d, j - 1, VIEW("of"))) break; /* corner of 5th Avenue */
        if (is_ordinal_end(d, j - 1)) {
            j -= 2;
            n.first = j;
            n.words++;
            if (n.capital) n.near = j, n.near_words++;
            n.ordinal = true;
            continue;
        }
        /* "12B Oak Street", "123 1/2" are numbers with a part */
        if (doc_joined(d, j - 1) && t->len == 1 && j >= 2 && d->tok[j - 2].kind == TOK_NUMBER) {
            n.number = j - 2;
            return n;
        }
        if (!is_name_word(w, j - 1)) break;
        if (!is_capital(d, j - 1)) n.capital = false;
        j--;
        n.first = j;
        n.words++;
        if (n.capital) n.near = j, n.near_words++;
        if (d->tok[j].flags & TOK_LINE && !n.capital) break;
    }
    return n;
}

/* A house number: 1 to 6 digits, "45-12" too, not part of a longer code or a decimal. */
static bool is_house_number(const struct doc *d, uint32_t *i)
{
    const struct token *t = &d->tok[*i];
    if (t->len > 6 || t->hash == 0) return false;
    if (!doc_joined(d, *i)) return true;
    const struct token *p = doc_tok(d, (int64_t)*i - 1);
    if (p->kind == TOK_WORD) return p->len <= 2 && p->flags & TOK_UPPER && (*i)--; /* N12, W345 */
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
static uint32_t address_end(const struct walk *w, uint32_t last)
{
    const struct doc *d = w->d;
    uint32_t i = last + 1;
    if (doc_is_mark(d, i, '.') && doc_joined(d, i)) i++;
    if (class_at(w, i) & ST_AFTER && is_capital(d, i) && !(doc_tok(d, i)->flags & TOK_LINE)) {
        last = i++;
        if (doc_is_mark(d, i, '.') && doc_joined(d, i)) i++;
    }
    for (int units = 0; units < 2; units++) {
        uint32_t u = i;
        if (doc_is_mark(d, u, ',')) u++;
        bool hash = doc_is_mark(d, u, '#');
        if (!hash && !(class_at(w, u) & ST_UNIT)) break;
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
    return last;
}

static err emit(const struct walk *w, uint32_t first, uint32_t last, enum rule rule, float score)
{
    struct finding f = doc_finding(w->d, first, last, LABEL_LOCATION, rule, score);
    f.part = PART_STREET;
    return findings_add(w->out, f);
}

/* "Dr" and "St" before a capital are a title and a saint, unless the number is a house's. */
static bool is_title_here(const struct walk *w, uint32_t i, const struct token *number)
{
    const struct doc *d = w->d;
    if (!doc_is_word(d, i, VIEW("dr")) && !doc_is_word(d, i, VIEW("st"))) return false;
    uint32_t n = i + 1;
    if (doc_is_mark(d, n, '.')) n++;
    if (n < d->n && d->shield[n] & SHIELD_TAG) return true; /* Dr. [NAME] */
    return n < d->n && d->tok[n].kind == TOK_WORD && is_capital(d, n) && number->len < 3 &&
           !(d->tok[n].flags & TOK_LINE) && !(class_at(w, n) & (ST_AFTER | ST_UNIT));
}

/* "4 Chamber View", "2 Vessel Run": is one of the words clinical? */
static bool is_clinical(const struct doc *d, uint32_t first, uint32_t end)
{
    for (uint32_t i = first; i < end; i++)
        if (d->tok[i].len > 3 && doc_bits(d, i) & LEX(MEDICAL) &&
            !(doc_bits(d, i) & (LEX(SURNAME) | LEX(PLACE))))
            return true;
    return false;
}

/* "Ave. of the Pines", "Avenue of the Americas": the last token, i itself when no "of" follows. */
static uint32_t of_end(const struct doc *d, uint32_t i)
{
    uint32_t j = doc_is_mark(d, i + 1, '.') ? i + 2 : i + 1;
    if (!doc_is_word(d, j, VIEW("of"))) return i;
    j += doc_is_word(d, (int64_t)j + 1, VIEW("the")) ? 2 : 1;
    return shape_of(d, j) == SHAPE_TITLE && !(doc_tok(d, j)->flags & TOK_LINE) ? j : i;
}

static bool is_and(const struct doc *d, int64_t i)
{
    return doc_is_mark(d, i, '&') || doc_is_word(d, i, VIEW("and"));
}

/* Is the word at i of medicine, and no name of anything? */
static bool is_medical(const struct doc *d, uint32_t i)
{
    const uint64_t bits = doc_bits(d, i);
    return bits & (LEX(MEDICAL) | LEX(DRUG)) && !(bits & (LEX(SURNAME) | LEX(PLACE)));
}

/* A capital word that may be a street's name, in mid-line. */
static bool is_crossed(const struct walk *w, uint32_t i)
{
    const struct doc *d = w->d;
    return shape_of(d, i) == SHAPE_TITLE && !d->shield[i] && !(class_at(w, i) & ST_NEVER) &&
           !is_medical(d, i) &&
           !(doc_bits(d, i) & (LEX(FUNCTION) | LEX(TITLE) | LEX(MONTH) | LEX(WEEKDAY) |
                               LEX(RELATIVE) | LEX(ORG_HEAD)));
}

/* Could a street be called so without a word such as street? Not "Home and Work". */
static bool is_namely(const struct doc *d, uint32_t i)
{
    const struct lex_info *l = d->lex[i];
    return !l->bits || (l->word < 6 && l->bits & (LEX_GIVEN | LEX(SURNAME) | LEX(PLACE) |
                                                  LEX(STREET_TYPE) | LEX(DIRECTION)));
}

/* The last token of the street after "and" or "&" at `and`, 0 when there is none; *sure: a word such as
 * street or an ordinal is in it. */
static uint32_t crossed_end(const struct walk *w, uint32_t and, bool *sure)
{
    const struct doc *d = w->d;
    uint32_t last = 0, i = and+1;
    *sure = false;
    for (; i < d->n && i <= and+4 && !(d->tok[i].flags & TOK_LINE) && !*sure; i++) {
        if (d->tok[i].kind == TOK_NUMBER && d->tok[i].len <= 3 && is_ordinal_end(d, i + 1)) {
            last = ++i;
            *sure = !(class_at(w, i + 1) & ST_TYPE && is_capital(d, i + 1));
            continue;
        }
        bool type = last && class_at(w, i) & ST_TYPE && is_capital(d, i);
        if (!type && !is_crossed(w, i)) break;
        last = i;
        *sure = type;
    }
    return last;
}

/* "corner of", "intersection of", "between", "MVC at": what two streets stand behind. */
static bool is_corner_before(const struct walk *w, uint32_t first)
{
    const struct doc *d = w->d;
    int64_t i = (int64_t)first - 1;
    if (d->tok[first].flags & TOK_LINE) return false;
    if (doc_is_word(d, i, VIEW("between"))) return true;
    if (doc_is_word(d, i, VIEW("of"))) return class_at(w, i - 1) & ST_CORNER;
    if (!doc_is_word(d, i, VIEW("at")) && !doc_is_word(d, i, VIEW("near"))) return false;
    return (class_at(w, i - 1) | class_at(w, i - 2) | class_at(w, i - 3)) & ST_EVENT;
}

/* "Vine and Delancey", "Elm & 5th", "Mott St and 3rd Ave": the word at i is the last of the first. */
static err at_crossing(const struct walk *w, uint32_t i, uint32_t *done)
{
    const struct doc *d = w->d;
    bool sure;
    uint32_t first = i, last = crossed_end(w, i + 1, &sure);
    if (!last || !is_crossed(w, i)) return OK;
    while (first > 0 && first + 3 > i && !(d->tok[first].flags & TOK_LINE) &&
           is_crossed(w, first - 1))
        first--;
    const struct token *after = doc_tok(d, (int64_t)last + 1);
    bool ends = last + 1 >= d->n || after->flags & TOK_LINE || after->kind == TOK_MARK ||
                doc_bits(d, (int64_t)last + 1) & LEX(FUNCTION); /* not "at T4 and 5th rib" */
    bool where = sure && class_at(w, (int64_t)first - 1) & ST_WHERE;
    if (!ends || !(where || is_corner_before(w, first))) return OK;
    for (uint32_t k = first; !sure && k <= last; k++)
        if (!is_namely(d, k) && !is_and(d, k)) return OK;
    *done = last;
    return emit(w, first, last, RULE_STREET_NAME, sure ? 0.85f : 0.75f);
}

/* "on Bluestem Way", "near Mill Pond Loop": a type that means much else, with capitals behind such a word. */
static bool is_ridden(const struct walk *w, const struct name *n, uint32_t type)
{
    const struct doc *d = w->d;
    int64_t before = (int64_t)n->first - 1;
    const struct token *next = doc_tok(d, (int64_t)type + 1);
    if (doc_is_word(d, before, VIEW("the"))) before--;
    bool on = class_at(w, before) & ST_RIDDEN ||
              (doc_is_word(d, before, VIEW("of")) && class_at(w, before - 1) & ST_CORNER);
    /* "at Coral Ln", not "at Risk Way" */
    on |= doc_is_word(d, before, VIEW("at")) &&
          (doc_is_word(d, type, VIEW("ln")) || doc_is_word(d, type, VIEW("st")) ||
           doc_is_word(d, type, VIEW("dr")) || doc_is_word(d, type, VIEW("cir")) ||
           doc_is_word(d, type, VIEW("trl")));
    if (!on || d->tok[n->first].flags & TOK_LINE) return false;
    if (d->tok[type].flags & TOK_UPPER && !(d->tok[n->first].flags & TOK_UPPER)) return false;
    if (next->kind == TOK_WORD && next->flags & TOK_CAP && !(next->flags & TOK_LINE)) return false;
    /* "on Head Ct" is no street, though a family may be called Head */
    const uint64_t scan =
        doc_is_word(d, type, VIEW("ct")) || doc_is_word(d, type, VIEW("pt")) ? LEX(MEDICAL) : 0;
    const uint64_t never =
        scan | LEX(FUNCTION) | LEX(CLINICIAN) | LEX(ORG_HEAD) | LEX(ABBREVIATION);
    for (uint32_t i = n->first; i < type; i++)
        if (d->shield[i] || d->tok[i].flags & TOK_UPPER || is_medical(d, i) ||
            doc_bits(d, i) & never)
            return false;
    return true;
}

/* The name read before the type at i, and the house number before it. */
static err at_numbered(const struct walk *w, uint32_t i, const struct name *n, uint32_t *done)
{
    const struct doc *d = w->d;
    const uint32_t class = class_at(w, i), pines = of_end(d, i);
    const struct token *letter = doc_tok(d, (int64_t)i + 1); /* "3321 Avenue J" */
    uint32_t first = n->number;
    bool upper_type = d->tok[i].flags & TOK_UPPER && d->tok[i].len == 2;
    bool broadway = doc_is_word(d, i, VIEW("broadway"));
    bool lettered = n->words == 0 && !(class & ST_UNSURE) && is_capital(d, i) && letter->len == 1 &&
                    letter->flags & TOK_CAP;
    if (n->words == 0 && !broadway && !lettered && (pines == i || class & ST_UNSURE)) return OK;
    if (!is_house_number(d, &first) || is_title_here(w, i, &d->tok[n->number])) return OK;
    bool capital = n->capital && (is_capital(d, i) || d->is_caseless);
    if (upper_type && !(d->tok[n->first].flags & TOK_UPPER)) return OK; /* "2 Chest CT" */
    if (class & ST_UNSURE && d->tok[n->number].len < 3 && is_clinical(d, n->first, i)) return OK;
    if (!capital) {
        /* "30 minute drive" is none, "123 main st" is one */
        if (d->shield[n->number] & SHIELD_MEASURE || d->tok[n->number].len < 2 || n->words > 2)
            return OK;
        if (class & ST_UNSURE && d->tok[i].len > 2 && !d->is_caseless) return OK;
    }
    *done = address_end(w, lettered ? i + 1 : pines);
    return emit(w, first, *done, RULE_STREET_NUMBER, capital ? 0.95f : 0.75f);
}

/* The name before the type at i without a house number. */
static err at_named(const struct walk *w, uint32_t i, struct name n, uint32_t *done)
{
    const struct doc *d = w->d;
    const uint32_t class = class_at(w, i);
    bool upper_type = d->tok[i].flags & TOK_UPPER && d->tok[i].len == 2;
    bool sure = false;
    /* "down at 3rd Ln" */
    bool numbered = n.ordinal && n.words == 1 && d->tok[i].len == 2 && !upper_type &&
                    !doc_is_word(d, i, VIEW("dr")) && class_at(w, (int64_t)n.first - 1) & ST_WHERE;
    /* "seen at our 5th avenue clinic" */
    if (n.ordinal && n.words == 1 && !(class & ST_UNSURE) &&
        (doc_is_word(d, (int64_t)i + 1, VIEW("clinic")) ||
         doc_is_word(d, (int64_t)i + 1, VIEW("office")))) {
        *done = i;
        return emit(w, n.first, i, RULE_STREET_NAME, 0.75f);
    }
    if (!n.capital || !n.words || n.words > 4 || doc_is_word(d, i, VIEW("broadway"))) return OK;
    if (class & ST_UNSURE && !numbered && !is_ridden(w, &n, i)) return OK;
    if (!is_capital(d, i)) return OK;
    if (upper_type && doc_is_mark(d, (int64_t)i - 1, '.') && !(d->tok[n.first].flags & TOK_UPPER))
        return OK; /* "2 g Na. RD: teaching done" */
    /* A line in capitals is a heading more often than an address. */
    if (d->tok[i].flags & TOK_UPPER && d->tok[i].len > 3) return OK;
    if (n.words == 1 && (doc_bits(d, n.first) & LEX(FUNCTION) || is_medical(d, n.first))) return OK;
    /* "Chelsea Lane is an 18 yo F" */
    if (n.words == 1 && d->lex[n.first]->given >= 3 && doc_bits(d, i + 1) & LEX(PERSON_VERB))
        return OK;
    /* "400 block of Walnut St" */
    if (n.first >= 3 && doc_is_word(d, (int64_t)n.first - 1, VIEW("of")) &&
        doc_is_word(d, (int64_t)n.first - 2, VIEW("block")) &&
        d->tok[n.first - 3].kind == TOK_NUMBER)
        n.first -= 3;
    *done = address_end(w, i);
    uint32_t crossed = is_and(d, (int64_t)*done + 1) ? crossed_end(w, *done + 1, &sure) : 0;
    if (crossed && (sure || is_corner_before(w, n.first))) *done = crossed;
    return emit(w, n.first, *done, RULE_STREET_NAME, 0.75f);
}

static err at_type(const struct walk *w, uint32_t i, uint32_t *done)
{
    const struct doc *d = w->d;
    struct name n = read_name(w, i);
    if (is_ordinal_end(d, i)) return OK; /* the "st" of "1st" */
    bool broadway = doc_is_word(d, i, VIEW("broadway"));
    bool has_number = n.number < n.first || (broadway && n.number < i);
    /* "struck crossing Broad Street", "2 miles down Elm Street" */
    if (!n.capital && n.near_words && (!has_number || n.words > 2)) {
        n.first = n.number = n.near;
        n.words = n.near_words;
        n.capital = true;
        has_number = false;
    }
    return has_number ? at_numbered(w, i, &n, done) : at_named(w, i, n, done);
}

/* "Lives at 55 Lakeview", "Address: 12 The Ridings": the house number at i, behind the "at" or colon. */
static err at_home(const struct walk *w, uint32_t i, uint32_t *done)
{
    const struct doc *d = w->d;
    const uint64_t never = LEX(UNIT) | LEX(MONTH) | LEX(MEDICAL) | LEX(DRUG) | LEX(ORG_HEAD);
    uint32_t last = i;
    int64_t at = (int64_t)i - 1;
    if (!(class_at(w, at - 1) & ST_HOME) || d->tok[i].flags & TOK_LINE || d->tok[i].len > 5)
        return OK;
    while (last < i + 3 && shape_of(d, (int64_t)last + 1) == SHAPE_TITLE &&
           doc_tok(d, (int64_t)last + 1)->flags & TOK_SPACE &&
           !(doc_tok(d, (int64_t)last + 1)->flags & TOK_LINE) &&
           !(doc_bits(d, (int64_t)last + 1) & never))
        last++;
    if (last == i || d->tok[last].len < 3) return OK;
    *done = address_end(w, last);
    return emit(w, i, *done, RULE_STREET_NUMBER, 0.85f);
}

/* "lives on", "resides at" in front of token i. */
static bool is_lived_at(const struct walk *w, uint32_t i)
{
    const struct doc *d = w->d;
    int64_t at = (int64_t)i - 1;
    if (d->tok[i].flags & TOK_LINE ||
        !(doc_is_word(d, at, VIEW("on")) || doc_is_word(d, at, VIEW("at"))))
        return false;
    return doc_is_word(d, at - 1, VIEW("lives")) || doc_is_word(d, at - 1, VIEW("living")) ||
           doc_is_word(d, at - 1, VIEW("resides")) || doc_is_word(d, at - 1, VIEW("house"));
}

/* "1420 E 38th", "on W 11th": a street that is a number, its side of the town before it. */
static err at_side(const struct walk *w, uint32_t i)
{
    const struct doc *d = w->d;
    const uint32_t side = i - 1;
    const struct token *t = doc_tok(d, side), *after = doc_tok(d, (int64_t)i + 2);
    if (!i || !(class_at(w, side) & ST_AFTER) || !(t->flags & TOK_CAP) || t->flags & TOK_LINE ||
        d->tok[i].flags & TOK_LINE || doc_joined(d, i))
        return OK;
    if (class_at(w, (int64_t)i + 2) & ST_TYPE && !(after->flags & TOK_LINE))
        return OK; /* at_type's */
    uint32_t house = side ? side - 1 : 0;
    const bool numbered = side && d->tok[house].kind == TOK_NUMBER && d->tok[house].len >= 2 &&
                          !(d->shield[house] & SHIELD_MEASURE) && is_house_number(d, &house);
    /* "on W 11th and", not "on E 1st try" */
    const bool ends = after->kind == TOK_MARK || after->flags & TOK_LINE ||
                      doc_bits(d, (int64_t)i + 2) & LEX(FUNCTION);
    const bool ridden = ends && class_at(w, (int64_t)side - 1) & (ST_RIDDEN | ST_WHERE);
    if (!numbered && !ridden) return OK;
    return emit(w, numbered ? house : side, address_end(w, i + 1),
                numbered ? RULE_STREET_NUMBER : RULE_STREET_NAME, 0.8f);
}

/* "63rd and Halsted", "lives on 10th st": the number is at i. */
static err at_ordinal(const struct walk *w, uint32_t i)
{
    bool sure;
    const struct doc *d = w->d;
    uint32_t last = is_and(d, (int64_t)i + 2) ? crossed_end(w, i + 2, &sure) : 0;
    if (last && (is_corner_before(w, i) || is_lived_at(w, i)))
        return emit(w, i, last, RULE_STREET_NAME, 0.75f);
    if (is_lived_at(w, i) && class_at(w, (int64_t)i + 2) & ST_TYPE &&
        !(d->tok[i + 2].flags & TOK_LINE))
        return emit(w, i, i + 2, RULE_STREET_NAME, 0.75f);
    return at_side(w, i);
}

/* "US-31", "SR-9" after a word of place, "4410 FM 1960": the number is at i. */
static err at_code(const struct walk *w, uint32_t i, uint32_t *done)
{
    const struct doc *d = w->d;
    bool dash = doc_is_mark(d, (int64_t)i - 1, '-') && doc_joined(d, i) && doc_joined(d, i - 1);
    int64_t code = (int64_t)i - (dash ? 2 : 1);
    if (d->tok[i].len > 4 || !(class_at(w, code) & ST_CODE) || d->tok[i].flags & TOK_LINE ||
        !(doc_tok(d, code)->flags & TOK_UPPER) || doc_tok(d, code)->flags & TOK_LINE)
        return OK;
    uint32_t house = code > 0 ? (uint32_t)code - 1 : 0;
    bool where = class_at(w, house) & ST_WHERE && (dash || doc_is_word(d, code, VIEW("fm")));
    bool numbered = doc_tok(d, house)->kind == TOK_NUMBER && d->tok[house].len >= 3 &&
                    is_house_number(d, &house);
    if (code < 1 || !(where || numbered)) return OK;
    *done = address_end(w, i);
    return emit(w, numbered ? house : (uint32_t)code, *done, RULE_STREET_ROAD, 0.75f);
}

/* "Highway 61", "US Route 9", "County Road 12": after a word of place, or with a house number. */
static err at_road(const struct walk *w, uint32_t i, uint32_t *done)
{
    const struct doc *d = w->d;
    uint32_t v = i + 1, first = i;
    if (doc_is_mark(d, v, '-') || doc_is_mark(d, v, '.') || doc_is_mark(d, v, '#')) v++;
    const struct token *value = doc_tok(d, v);
    bool county = first && class_at(w, (int64_t)first - 1) & ST_BEFORE && is_capital(d, first - 1);
    /* "County Road K" */
    bool lettered =
        county && value->kind == TOK_WORD && value->len <= 2 && value->flags & TOK_UPPER;
    if ((!lettered && value->kind != TOK_NUMBER) || value->len > 4 || !is_capital(d, i)) return OK;
    first -= county;
    if (first > 1 && doc_is_mark(d, (int64_t)first - 1, '.') && d->tok[first - 2].len <= 2 &&
        class_at(w, (int64_t)first - 2) & ST_AFTER)
        first -= 2; /* "8801 E. Hwy 40" */
    bool where = class_at(w, (int64_t)first - 1) & ST_WHERE ||
                 doc_is_word(d, (int64_t)first - 1, VIEW("of"));
    uint32_t h = first ? first - 1 : 0;
    bool house = first && d->tok[h].kind == TOK_NUMBER && d->tok[h].len >= 2 &&
                 !(d->tok[first].flags & TOK_LINE) && is_house_number(d, &h);
    if (!where && !house) return OK;
    *done = address_end(w, v);
    return emit(w, house ? h : first, *done, RULE_STREET_ROAD, house ? 0.85f : 0.6f);
}

/* "Calle Olmo 14", "Avenida de la Paz, 120": the type comes first in Spanish, and the number last. */
static err at_spanish(const struct walk *w, uint32_t i, uint32_t *done)
{
    enum { REACH = 6 };
    const struct doc *d = w->d;
    uint32_t n = i + 1, named = 0;
    if (!is_capital(d, i) || (d->tok[i].flags & TOK_UPPER && d->tok[i].len <= 3)) return OK;
    for (; n < d->n && n <= i + REACH && !(d->tok[n].flags & TOK_LINE); n++) {
        bool joins = doc_is_word(d, n, VIEW("de")) || doc_is_word(d, n, VIEW("la")) ||
                     doc_is_word(d, n, VIEW("los")) || doc_is_word(d, n, VIEW("las")) ||
                     doc_is_word(d, n, VIEW("del")) || doc_is_word(d, n, VIEW("el"));
        if (d->tok[n].kind != TOK_WORD || (!is_capital(d, n) && !joins)) break;
        named += !joins;
    }
    uint32_t house = i ? i - 1 : 0; /* "300 Avenida Central" */
    if (named && i && d->tok[house].kind == TOK_NUMBER && !(d->tok[i].flags & TOK_LINE) &&
        is_house_number(d, &house)) {
        *done = address_end(w, n - 1);
        return emit(w, house, *done, RULE_STREET_NUMBER, 0.9f);
    }
    if (doc_is_mark(d, n, ',')) n++;
    if (doc_is_mark(d, n, '#')) n++;
    const struct token *number = doc_tok(d, n);
    if (!named || number->kind != TOK_NUMBER || number->len > 5 || number->flags & TOK_LINE)
        return OK;
    *done = address_end(w, n);
    return emit(w, i, *done, RULE_STREET_NUMBER, 0.9f);
}

/* "P.O. Box 123", "RR 2 Box 45", "Post Office Box 9", "Rural Route 3". */
static err at_box(const struct walk *w, uint32_t i, uint32_t *done)
{
    const struct doc *d = w->d;
    int64_t b = (int64_t)i - 1;
    if (doc_is_mark(d, b, '#')) b--;
    bool box = doc_is_word(d, b, VIEW("box")), rural = false;
    int64_t p = b - 1, first = -1;
    if (box) {
        if (doc_is_mark(d, p, ',')) p--;
        if (doc_tok(d, p)->kind == TOK_NUMBER) p--, rural = true;
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
            (rural && doc_is_word(d, p, VIEW("rd")))) { /* "RD 2 Box 118" */
            first = box ? p : -1;                       /* "RR 18" alone is a respiratory rate */
        } else if (doc_is_word(d, p, VIEW("route")) && doc_is_word(d, p - 1, VIEW("rural"))) {
            first = p - 1;
        }
    }
    if (first < 0) return OK;
    uint32_t last = i;
    if (doc_joined(d, i + 1) && d->tok[i + 1].kind == TOK_WORD && d->tok[i + 1].len == 1) last++;
    /* "Rural Route 3, Box 45" */
    if (!box && doc_is_word(d, last + (doc_is_mark(d, last + 1, ',') ? 2 : 1), VIEW("box"))) {
        uint32_t v = last + (doc_is_mark(d, last + 1, ',') ? 3 : 2);
        if (doc_tok(d, v)->kind == TOK_NUMBER) last = v;
    }
    *done = last;
    return emit(w, (uint32_t)first, last, RULE_STREET_BOX, 0.95f);
}

/* "Apt 4B" by itself: said of a person's home. */
static err at_apartment(const struct walk *w, uint32_t i)
{
    const struct doc *d = w->d;
    int64_t u = (int64_t)i - 1;
    if (doc_is_mark(d, u, '#')) u--;
    if (doc_is_mark(d, u, '.')) u--;
    bool suite = doc_is_word(d, u, VIEW("suite")) && is_capital(d, (uint32_t)u) &&
                 (d->tok[u].flags & TOK_LINE || doc_is_mark(d, u - 1, ','));
    if (!suite && !doc_is_word(d, u, VIEW("apt")) && !doc_is_word(d, u, VIEW("apartment")))
        return OK;
    uint32_t last = i;
    while (doc_joined(d, last + 1) && d->tok[last + 1].kind != TOK_MARK)
        last++;
    return emit(w, (uint32_t)u, last, RULE_STREET_UNIT, 0.7f);
}

err street_find(const struct doc *d, struct findings *out)
{
    err e = OK;
    struct walk w = { d, wordset_ready(&words), out };
    uint32_t first = out->n, done = 0;
    for (uint32_t k = 0; k < d->hot.n; k++) {
        uint32_t i = d->hot.v[k], class;
        const uint64_t bits = d->lex[i]->bits;
        if (i >= done && d->tok[i].flags & TOK_CAP && i + 1 < d->n &&
            (d->tok[i + 1].len == 3 || d->tok[i + 1].hash == '&') && is_and(d, (int64_t)i + 1))
            TRY(at_crossing(&w, i, &done));
        if (i < done || (bits && !(bits & (LEX(STREET_TYPE) | LEX(ORG_WORD) | LEX(PLACE)))))
            continue;
        class = class_at(&w, i);
        if (class & ST_NUMBERED && i && class_at(&w, i - 1) & ST_BEFORE) class |= ST_ROAD;
        if (class & ST_ROAD) TRY(at_road(&w, i, &done));
        if (class & ST_SPANISH) TRY(at_spanish(&w, i, &done));
        if (class & ST_TYPE && (i > done || !done)) TRY(at_type(&w, i, &done));
    }
    done = 0;
    for (uint32_t k = 0; k < d->digits.n; k++) {
        uint32_t i = d->digits.v[k];
        const struct token *p = doc_tok(d, (int64_t)i - 1);
        if (d->tok[i].len > 6 || i < done || d->shield[i] & SHIELD_TAG) continue;
        const bool word = p->kind == TOK_WORD;
        if (word ? p->len == 2 && p->flags & TOK_UPPER : p->hash == '-') TRY(at_code(&w, i, &done));
        if (word ? doc_is_word(d, (int64_t)i - 1, VIEW("at")) : p->hash == ':')
            TRY(at_home(&w, i, &done));
        if (i < done) continue;
        if (d->tok[i].len <= 3 && doc_tok(d, (int64_t)i + 1)->len == 2 && is_ordinal_end(d, i + 1))
            TRY(at_ordinal(&w, i));
        if (p->kind == TOK_WORD ? p->len < 3 || p->len > 9 : p->hash != '#' && p->hash != '.')
            continue;
        TRY(at_box(&w, i, &done));
        if (i > done || !done) TRY(at_apartment(&w, i));
    }
    TRY(zip_find(d, first, out));
out:
    return e;
}
