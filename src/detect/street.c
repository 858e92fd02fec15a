/* street.c — street addresses, post office boxes and numbered roads. ZIP codes: zip.c.
 *
 * From each street word ("Street", "Ave") back over the words of the name to the house number, and on
 * over direction and apartment. Words that mean much else ("drive", "court", "St", "Dr", "CT") need
 * the house number; the others may stand with a name alone. The town is place.c's.
 * Source: 45 CFR 164.514(b)(2)(i)(B). */
#include "detect/cue.h"
#include "detect/detectors.h"
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
    ST_BEFORE = 128    /* first word of a numbered road: County, State, US */
};
static const struct wordset_row rows[] = {
    { "street avenue ave boulevard blvd road rd lane parkway pkwy terrace turnpike tpke highway "
      "hwy "
      "freeway fwy expressway expy broadway crescent cres alley causeway",
      ST_TYPE },
    { "st dr ct pl ln ter cir sq pt drive court place way circle square trail trl loop row walk "
      "plaza plz park point pass run ridge path pike close mews grove gardens heights hill hollow "
      "cove crossing bend landing commons manor terr cl esplanade promenade quay wharf bypass "
      "strasse",
      ST_TYPE | ST_UNSURE },
    { "n s e w ne nw se sw north south east west northeast northwest southeast southwest",
      ST_AFTER },
    { "apt apartment suite ste unit rm room floor fl bldg building lot trailer space flat "
      "penthouse",
      ST_UNIT },
    { "highway hwy route rte interstate fm", ST_ROAD },
    { "road rd", ST_NUMBERED },
    { "calle avenida avda carrera callejon camino paseo", ST_SPANISH },
    { "on at off near along via", ST_WHERE },
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

static inline bool is_word(const struct doc *d, int64_t i, view v)
{
    return doc_is_word(d, i, v);
}

static bool is_capital(const struct doc *d, uint32_t i)
{
    return d->tok[i].flags & TOK_CAP;
}

/* "th" of "5th". */
static bool is_ordinal_end(const struct doc *d, uint32_t i)
{
    return doc_joined(d, i) && i && d->tok[i - 1].kind == TOK_NUMBER && d->tok[i].len == 2 &&
           (is_word(d, i, VIEW("th")) || is_word(d, i, VIEW("st")) || is_word(d, i, VIEW("nd")) ||
            is_word(d, i, VIEW("rd")));
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
    if (bits & LEX(FUNCTION) && !is_word(d, i, VIEW("of"))) return false;
    return true;
}

struct name {        /* of a street, and its number */
    uint32_t first;  /* first token of the name */
    uint32_t number; /* token of the house number; == first when there is none */
    uint32_t words;
    bool capital; /* every word begins with a capital */
    bool ordinal; /* "5th" is in it */
};

/* The name before the street word at i. */
static struct name read_name(const struct walk *w, uint32_t i)
{
    const struct doc *d = w->d;
    struct name n = { .first = i, .number = i, .capital = true };
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
                       (d->tok[j - 2].len <= 2 || is_word(d, (int64_t)j - 2, VIEW("ft"))) &&
                       doc_joined(d, j - 1);
            bool inner =
                (t->hash == '\'' || t->hash == '-') && doc_joined(d, j) && doc_joined(d, j - 1);
            if (!dot && !inner) break;
            j--;
            continue;
        }
        if (n.ordinal && is_word(d, j - 1, VIEW("of"))) break; /* corner of 5th Avenue */
        if (is_ordinal_end(d, j - 1)) {
            j -= 2;
            n.first = j;
            n.words++;
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
        if (is_word(d, u, VIEW("no"))) u += doc_is_mark(d, u + 1, '.') ? 2 : 1;
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
    if (!is_word(d, i, VIEW("dr")) && !is_word(d, i, VIEW("st"))) return false;
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

static err at_type(const struct walk *w, uint32_t i, uint32_t *done)
{
    const struct doc *d = w->d;
    uint32_t class = class_at(w, i);
    struct name n = read_name(w, i);
    bool upper_type = d->tok[i].flags & TOK_UPPER && d->tok[i].len == 2;
    bool broadway = is_word(d, i, VIEW("broadway"));
    if (is_ordinal_end(d, i)) return OK; /* the "st" of "1st" */
    if (n.number < n.first || (broadway && n.number < i)) {
        uint32_t first = n.number;
        if (n.words == 0 && !broadway) return OK;
        if (!is_house_number(d, &first) || is_title_here(w, i, &d->tok[n.number])) return OK;
        bool capital = n.capital && (is_capital(d, i) || d->is_caseless);
        if (upper_type && !(d->tok[n.first].flags & TOK_UPPER)) return OK; /* "2 Chest CT" */
        if (class & ST_UNSURE && d->tok[n.number].len < 3 && is_clinical(d, n.first, i)) return OK;
        if (!capital) {
            /* "30 minute drive" is none, "123 main st" is one */
            if (d->shield[n.number] & SHIELD_MEASURE || d->tok[n.number].len < 2 || n.words > 2)
                return OK;
            if (class & ST_UNSURE && d->tok[i].len > 2 && !d->is_caseless) return OK;
        }
        *done = address_end(w, i);
        return emit(w, first, *done, RULE_STREET_NUMBER, capital ? 0.95f : 0.75f);
    }
    /* "down at 3rd Ln", "on Broad St." */
    const struct token *next = doc_tok(d, (int64_t)i + 1);
    bool street = is_word(d, i, VIEW("st")) && !(next->kind == TOK_WORD && next->flags & TOK_CAP) &&
                  is_word(d, (int64_t)n.first - 1, VIEW("on"));
    bool numbered = (n.ordinal || street) && n.words == 1 && d->tok[i].len == 2 && !upper_type &&
                    !is_word(d, i, VIEW("dr")) && class_at(w, (int64_t)n.first - 1) & ST_WHERE;
    /* "seen at our 5th avenue clinic" */
    if (n.ordinal && n.words == 1 && !(class & ST_UNSURE) &&
        (is_word(d, (int64_t)i + 1, VIEW("clinic")) ||
         is_word(d, (int64_t)i + 1, VIEW("office")))) {
        *done = i;
        return emit(w, n.first, i, RULE_STREET_NAME, 0.75f);
    }
    if (broadway || (class & ST_UNSURE && !numbered) || !n.capital || !n.words || n.words > 4)
        return OK;
    if (!is_capital(d, i)) return OK;
    /* A line in capitals is a heading more often than an address. */
    if (d->tok[i].flags & TOK_UPPER && d->tok[i].len > 3) return OK;
    if (n.words == 1 && doc_bits(d, n.first) & (LEX(FUNCTION) | (street ? 0 : LEX(MEDICAL))))
        return OK;
    /* "Chelsea Lane is an 18 yo F" */
    if (n.words == 1 && d->lex[n.first]->given >= 3 && doc_bits(d, i + 1) & LEX(PERSON_VERB))
        return OK;
    *done = address_end(w, i);
    return emit(w, n.first, *done, RULE_STREET_NAME, 0.75f);
}

/* "Highway 61", "US Route 9", "County Road 12": after a word of place, or with a house number. */
static err at_road(const struct walk *w, uint32_t i, uint32_t *done)
{
    const struct doc *d = w->d;
    uint32_t v = i + 1, first = i;
    if (doc_is_mark(d, v, '-') || doc_is_mark(d, v, '.') || doc_is_mark(d, v, '#')) v++;
    if (doc_tok(d, v)->kind != TOK_NUMBER || doc_tok(d, v)->len > 4 || !is_capital(d, i)) return OK;
    if (first && class_at(w, (int64_t)first - 1) & ST_BEFORE && is_capital(d, first - 1)) first--;
    bool where = class_at(w, (int64_t)first - 1) & ST_WHERE;
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
    if (!is_capital(d, i)) return OK;
    for (; n < d->n && n <= i + REACH && !(d->tok[n].flags & TOK_LINE); n++) {
        bool joins = is_word(d, n, VIEW("de")) || is_word(d, n, VIEW("la")) ||
                     is_word(d, n, VIEW("los")) || is_word(d, n, VIEW("las")) ||
                     is_word(d, n, VIEW("del")) || is_word(d, n, VIEW("el"));
        if (d->tok[n].kind != TOK_WORD || (!is_capital(d, n) && !joins)) break;
        named += !joins;
    }
    if (doc_is_mark(d, n, ',')) n++;
    if (doc_is_mark(d, n, '#')) n++;
    const struct token *number = doc_tok(d, n);
    if (!named || number->kind != TOK_NUMBER || number->len > 5 || number->flags & TOK_LINE)
        return OK;
    *done = address_end(w, n);
    return emit(w, i, *done, RULE_STREET_NUMBER, 0.9f);
}

/* "at Main and 4th", "corner of Broad & 3rd": the number at i crosses a street with a name. */
static err at_crossing(const struct walk *w, uint32_t i)
{
    const struct doc *d = w->d;
    int64_t and = (int64_t)i - 1, name = and-1;
    if (!is_ordinal_end(d, i + 1) || name < 1 ||
        !(doc_is_mark(d, and, '&') || is_word(d, and, VIEW("and"))))
        return OK;
    const struct token *t = doc_tok(d, name), *after = doc_tok(d, (int64_t)i + 2);
    bool ends = i + 2 >= d->n || after->flags & TOK_LINE || after->kind == TOK_MARK ||
                doc_bits(d, (int64_t)i + 2) & LEX(FUNCTION);
    bool named = t->kind == TOK_WORD && t->flags & TOK_CAP && !(t->flags & TOK_LINE) &&
                 !(doc_bits(d, name) & (LEX(MEDICAL) | LEX(FUNCTION)));
    bool where = class_at(w, name - 1) & ST_WHERE || is_word(d, name - 1, VIEW("of"));
    if (!ends || !named || !where) return OK;
    return emit(w, (uint32_t)name, i + 1, RULE_STREET_NAME, 0.75f);
}

/* "P.O. Box 123", "RR 2 Box 45", "Post Office Box 9", "Rural Route 3". */
static err at_box(const struct walk *w, uint32_t i, uint32_t *done)
{
    const struct doc *d = w->d;
    int64_t b = (int64_t)i - 1;
    if (doc_is_mark(d, b, '#')) b--;
    bool box = is_word(d, b, VIEW("box")), rural = false;
    int64_t p = b - 1, first = -1;
    if (box) {
        if (doc_is_mark(d, p, ',')) p--;
        if (doc_tok(d, p)->kind == TOK_NUMBER) p--, rural = true;
        if (doc_is_mark(d, p, '.')) p--;
        if (!rural && is_word(d, p, VIEW("po"))) first = p;
        if (!rural && is_word(d, p, VIEW("o"))) {
            int64_t q = p - 1;
            if (doc_is_mark(d, q, '.')) q--;
            if (is_word(d, q, VIEW("p"))) first = q;
        }
        if (!rural && is_word(d, p, VIEW("office")) && is_word(d, p - 1, VIEW("post")))
            first = p - 1;
    } else {
        p = b;
    }
    if (first < 0 && (!box || rural)) {
        if (is_word(d, p, VIEW("rr")) || is_word(d, p, VIEW("hc"))) {
            first = box ? p : -1; /* "RR 18" alone is a respiratory rate */
        } else if (is_word(d, p, VIEW("route")) && is_word(d, p - 1, VIEW("rural"))) {
            first = p - 1;
        }
    }
    if (first < 0) return OK;
    uint32_t last = i;
    if (doc_joined(d, i + 1) && d->tok[i + 1].kind == TOK_WORD && d->tok[i + 1].len == 1) last++;
    /* "Rural Route 3, Box 45" */
    if (!box && is_word(d, last + (doc_is_mark(d, last + 1, ',') ? 2 : 1), VIEW("box"))) {
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
    bool suite = is_word(d, u, VIEW("suite")) && is_capital(d, (uint32_t)u) &&
                 (d->tok[u].flags & TOK_LINE || doc_is_mark(d, u - 1, ','));
    if (!suite && !is_word(d, u, VIEW("apt")) && !is_word(d, u, VIEW("apartment"))) return OK;
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
        if (d->tok[i].len <= 2) TRY(at_crossing(&w, i));
        if (d->tok[i].len > 6 || i < done || d->shield[i] & SHIELD_TAG) continue;
        if (p->kind == TOK_WORD ? p->len < 3 || p->len > 9 : p->hash != '#' && p->hash != '.')
            continue;
        TRY(at_box(&w, i, &done));
        if (i > done || !done) TRY(at_apartment(&w, i));
    }
    TRY(zip_find(d, first, out));
out:
    return e;
}
