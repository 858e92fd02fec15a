/* detect/street_type.c — from a street's type back over its name to the house number, see street_inside.h. */
#include "detect/shape.h"
#include "detect/street_inside.h"

static bool is_name_word(const struct street_walk *w, uint32_t i)
{
    const struct doc *d = w->d;
    const struct token *t = &d->tok[i];
    const uint32_t class = street_class_at(w, i);
    uint64_t bits = doc_bits(d, i);
    if (t->kind != TOK_WORD || class & (ST_NEVER | ST_UNIT) || d->shield[i] & SHIELD_TAG)
        return false;
    if (UNLIKELY(class & ST_COUNTED))
        return street_is_capital(d, i) && doc_tok(d, (int64_t)i + 1)->flags & TOK_CAP &&
               (d->tok[i + 1].len > 2 || street_class_at(w, (int64_t)i + 1) & ST_TYPE);
    if (bits & (LEX(UNIT) | LEX(MONTH) | LEX(WEEKDAY)) && !street_is_capital(d, i)) return false;
    if (class & ST_AFTER) return true;
    if (bits & LEX(FUNCTION) && !doc_is_word(d, i, VIEW("of")))
        return i && d->tok[i - 1].kind == TOK_NUMBER && d->tok[i - 1].len > 1 &&
               street_is_capital(d, i) && shape_of(d, (int64_t)i + 1) == SHAPE_TITLE &&
               !(d->tok[i + 1].flags & TOK_LINE); /* "4636 Mine Shaft Rd" */
    return true;
}

/* "709 Fuente del Sol Blvd": the word at i, in small letters between two others of the name. */
static bool is_particle(const struct street_walk *w, uint32_t i, uint32_t words)
{
    return words && i && w->d->tok[i].flags & TOK_LOWER && w->d->tok[i].len <= 3 &&
           w->d->tok[i - 1].flags & TOK_CAP && street_class_at(w, i) & ST_PARTICLE;
}

/* A word of medicine that notes use: those of dictionaries alone are names of streets as well ("Cellarman"). */
SELDOM static bool is_of_medicine(const struct doc *d, uint32_t i)
{
    return street_is_medical(d, i) && (d->lex[i]->bits & LEX(DRUG) || d->lex[i]->word >= 2);
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
static struct name read_name(const struct street_walk *w, uint32_t i)
{
    const struct doc *d = w->d;
    struct name n = { .first = i, .number = i, .near = i, .capital = true };
    uint32_t j = i;
    while (j > 0 && n.words < 5) {
        const struct token *t = &d->tok[j - 1];
        if (d->tok[j].flags & TOK_PARA || (d->tok[j].flags & TOK_LINE && !n.words)) break;
        if (UNLIKELY(d->text.p[d->tok[j].start - 1] == '\t')) break; /* the cells of a table */
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
        /* "Shepherd's Crook Ln", "Ohi'a Rd" */
        if (UNLIKELY(t->len == 1) && j >= 3 && t->flags & TOK_LOWER && doc_joined(d, j - 1) &&
            doc_is_mark(d, (int64_t)j - 2, '\'') && doc_joined(d, j - 2)) {
            j -= 2;
            continue;
        }
        if (n.ordinal && doc_is_word(d, j - 1, VIEW("of"))) break; /* corner of 5th Avenue */
        if (street_is_ordinal_end(d, j - 1)) {
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
        if (is_particle(w, j - 1, n.words)) {
            j--;
            continue;
        }
        if (!is_name_word(w, j - 1)) break;
        if (!street_is_capital(d, j - 1)) n.capital = false;
        j--;
        n.first = j;
        n.words++;
        if (n.capital) n.near = j, n.near_words++;
        if (d->tok[j].flags & TOK_LINE && !n.capital) break;
    }
    return n;
}

/* "Dr" and "St" before a capital are a title and a saint, unless the number is a house's. */
static bool is_title_here(const struct street_walk *w, uint32_t i, const struct token *number)
{
    const struct doc *d = w->d;
    if (!doc_is_word(d, i, VIEW("dr")) && !doc_is_word(d, i, VIEW("st"))) return false;
    uint32_t n = i + 1;
    if (doc_is_mark(d, n, ':')) return number->len < 3; /* "LOC: 6B⏎ADM DR:" */
    if (doc_is_mark(d, n, '.')) n++;
    if (n < d->n && d->shield[n] & SHIELD_TAG) return true; /* Dr. [NAME] */
    return n < d->n && d->tok[n].kind == TOK_WORD && street_is_capital(d, n) && number->len < 3 &&
           !(d->tok[n].flags & TOK_LINE) && !shape_opens_column(d, n) &&
           !(street_class_at(w, n) & (ST_AFTER | ST_UNIT));
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

/* "12 beat run of VT", "100 Meter Walk": what is counted before the type at i. */
static bool is_counted(const struct doc *d, uint32_t i)
{
    static const struct wordset_row counts[] = {
        { "beat beats bt bts meter metre meters metres minute min gauge lumen picc central "
          "arterial "
          "first second third fourth assembly production hot help picket base",
          1 }
    };
    static struct wordset counted = WORDSET(counts);
    return i > 0 && wordset_class(wordset_ready(&counted), &d->tok[i - 1]);
}

/* "Ave. of the Pines", "Avenue of the Americas": the last token, i itself when no "of" follows. */
static uint32_t of_end(const struct doc *d, uint32_t i)
{
    uint32_t j = doc_is_mark(d, i + 1, '.') ? i + 2 : i + 1;
    if (!doc_is_word(d, j, VIEW("of"))) return i;
    j += doc_is_word(d, (int64_t)j + 1, VIEW("the")) ? 2 : 1;
    return shape_of(d, j) == SHAPE_TITLE && !(doc_tok(d, j)->flags & TOK_LINE) ? j : i;
}

/* "Keswick Drug, Larkspur Trl.": capitals before the comma, and nothing behind. */
static bool is_behind_shop(const struct doc *d, const struct name *n, uint32_t type)
{
    const struct token *after = doc_tok(d, (int64_t)type + 1);
    const bool dot = after->kind == TOK_MARK && after->hash == '.';
    const struct token *past = doc_tok(d, (int64_t)type + 1 + dot);
    const bool ends = type + 1 + dot >= d->n || past->flags & TOK_LINE ||
                      (dot && past->flags & TOK_SPACE) || (past->kind == TOK_MARK && !dot);
    return ends && d->lex[n->first]->given < 3 &&
           shape_of(d, (int64_t)n->first - 2) == SHAPE_TITLE &&
           doc_bits(d, (int64_t)n->first - 2) & (LEX(ORG_HEAD) | LEX(TRADE) | LEX(ABBREVIATION));
}

/* "on Bluestem Way", "near Mill Pond Loop": a type that means much else, with capitals behind such a word. */
SELDOM static bool is_ridden(const struct street_walk *w, const struct name *n, uint32_t type)
{
    const struct doc *d = w->d;
    int64_t before = (int64_t)n->first - 1;
    const struct token *next = doc_tok(d, (int64_t)type + 1);
    if (doc_is_word(d, before, VIEW("the"))) before--;
    bool on = street_class_at(w, before) & ST_RIDDEN ||
              (doc_is_word(d, before, VIEW("of")) && street_class_at(w, before - 1) & ST_CORNER);
    /* "at Coral Ln", not "at Risk Way" */
    on |= doc_is_word(d, before, VIEW("at")) &&
          (doc_is_word(d, type, VIEW("ln")) || doc_is_word(d, type, VIEW("st")) ||
           doc_is_word(d, type, VIEW("dr")) || doc_is_word(d, type, VIEW("cir")) ||
           doc_is_word(d, type, VIEW("trl")));
    if (!on && doc_is_mark(d, (int64_t)n->first - 1, ',')) on = is_behind_shop(d, n, type);
    if (!on || d->tok[n->first].flags & TOK_LINE) return false;
    if (d->tok[type].flags & TOK_UPPER && !(d->tok[n->first].flags & TOK_UPPER)) return false;
    if (next->kind == TOK_WORD && next->flags & TOK_CAP && !(next->flags & TOK_LINE)) return false;
    /* "on Head Ct" is no street, though a family may be called Head */
    const uint64_t scan =
        doc_is_word(d, type, VIEW("ct")) || doc_is_word(d, type, VIEW("pt")) ? LEX(MEDICAL) : 0;
    /* "on New Hope Church Ln", not "on Clinic Way" */
    const uint64_t church = n->words < 2 && !doc_is_word(d, type, VIEW("ln")) ? LEX(ORG_HEAD) : 0;
    const uint64_t never = scan | church | LEX(FUNCTION) | LEX(CLINICIAN) | LEX(ABBREVIATION);
    bool named = false; /* "on Fever Creek Dr" */
    for (uint32_t i = n->first; i < type; i++) {
        if (d->tok[i].len == 1 && d->tok[i].flags & TOK_LOWER) continue; /* "Shepherd's" */
        if (d->shield[i] || d->tok[i].flags & TOK_UPPER || doc_bits(d, i) & never) return false;
        named |= d->tok[i].kind == TOK_WORD && !is_of_medicine(d, i);
    }
    return named;
}

/* The "D" of "82D Foundry Rise", no letter that units are written with: "5L". */
static bool is_door(const struct doc *d, uint32_t letter, uint32_t class)
{
    const struct token *t = doc_tok(d, letter);
    return doc_joined(d, letter) && t->kind == TOK_WORD && t->len == 1 && t->flags & TOK_UPPER &&
           !(doc_tok(d, (int64_t)letter + 1)->flags & TOK_LINE) &&
           (!(class & ST_UNSURE) || !strchr("CFGLMVW", d->text.p[t->start]));
}

/* The name read before the type at i, and the house number before it. */
SELDOM static err at_numbered(const struct street_walk *w, uint32_t i, const struct name *n,
                              uint32_t *done)
{
    const struct doc *d = w->d;
    const uint32_t class = street_class_at(w, i), pines = of_end(d, i);
    const struct token *letter = doc_tok(d, (int64_t)i + 1); /* "3321 Avenue J" */
    uint32_t first = n->number;
    bool upper_type = d->tok[i].flags & TOK_UPPER && d->tok[i].len == 2;
    bool broadway = doc_is_word(d, i, VIEW("broadway"));
    bool lettered = n->words == 0 && !(class & ST_UNSURE) && street_is_capital(d, i) &&
                    letter->len == 1 && letter->flags & TOK_CAP;
    if (n->words == 0 && !broadway && !lettered && (pines == i || class & ST_UNSURE)) return OK;
    const uint32_t unit = n->number + 1; /* "25Fr Crescent": how thick it is */
    const bool door = is_door(d, unit, class) && n->capital && street_is_capital(d, i);
    if (!door && doc_joined(d, unit) &&
        (doc_bits(d, unit) & LEX(UNIT) || doc_is_word(d, unit, VIEW("fr"))))
        return OK;
    if (!street_is_house_number(d, &first)) return OK;
    if (is_title_here(w, i, &d->tok[n->number]) && !door && street_unit_before(w, first) == first)
        return OK;
    bool capital = n->capital && (street_is_capital(d, i) || d->is_caseless);
    if (upper_type && !(d->tok[n->first].flags & TOK_UPPER)) return OK; /* "2 Chest CT" */
    if (class & ST_UNSURE && d->tok[n->number].len < 3 && !door && is_clinical(d, n->first, i))
        return OK;
    if (class & ST_UNSURE && is_counted(d, i)) return OK;
    if (!capital) {
        /* "30 minute drive" is none, "123 main st" is one */
        if (d->shield[n->number] & SHIELD_MEASURE || d->tok[n->number].len < 2 || n->words > 2)
            return OK;
        if (class & ST_UNSURE && d->tok[i].len > 2 && !d->is_caseless) return OK;
    }
    *done = street_address_end(w, lettered ? i + 1 : pines);
    return street_emit(w, street_unit_before(w, first), *done, RULE_STREET_NUMBER,
                       capital ? 0.95f : 0.75f);
}

/* The name before the type at i without a house number. */
static err at_named(const struct street_walk *w, uint32_t i, struct name n, uint32_t *done)
{
    const struct doc *d = w->d;
    const uint32_t class = street_class_at(w, i);
    bool upper_type = d->tok[i].flags & TOK_UPPER && d->tok[i].len == 2;
    bool sure = false;
    /* "down at 3rd Ln" */
    bool numbered = n.ordinal && n.words == 1 && d->tok[i].len == 2 && !upper_type &&
                    !doc_is_word(d, i, VIEW("dr")) &&
                    street_class_at(w, (int64_t)n.first - 1) & ST_WHERE;
    /* "seen at our 5th avenue clinic" */
    if (n.ordinal && n.words == 1 && !(class & ST_UNSURE) &&
        (doc_is_word(d, (int64_t)i + 1, VIEW("clinic")) ||
         doc_is_word(d, (int64_t)i + 1, VIEW("office")))) {
        *done = i;
        return street_emit(w, n.first, i, RULE_STREET_NAME, 0.75f);
    }
    if (!n.capital || !n.words || n.words > 4 || doc_is_word(d, i, VIEW("broadway"))) return OK;
    if (class & ST_UNSURE && !numbered && !is_ridden(w, &n, i)) return OK;
    if (!street_is_capital(d, i)) return OK;
    if (upper_type && doc_is_mark(d, (int64_t)i - 1, '.') && !(d->tok[n.first].flags & TOK_UPPER))
        return OK; /* "2 g Na. RD: teaching done" */
    /* A line in capitals is a heading more often than an address. */
    if (d->tok[i].flags & TOK_UPPER && d->tok[i].len > 3) return OK;
    if (n.words == 1 && (doc_bits(d, n.first) & LEX(FUNCTION) || is_of_medicine(d, n.first)))
        return OK;
    /* "Chelsea Lane is an 18 yo F" */
    if (n.words == 1 && d->lex[n.first]->given >= 3 && doc_bits(d, i + 1) & LEX(PERSON_VERB))
        return OK;
    /* "400 block of Walnut St" */
    if (n.first >= 3 && doc_is_word(d, (int64_t)n.first - 1, VIEW("of")) &&
        doc_is_word(d, (int64_t)n.first - 2, VIEW("block")) &&
        d->tok[n.first - 3].kind == TOK_NUMBER)
        n.first -= 3;
    *done = street_address_end(w, i);
    uint32_t crossed =
        street_is_and(d, (int64_t)*done + 1) ? street_crossed_end(w, *done + 1, &sure) : 0;
    if (crossed && (sure || street_is_corner_before(w, n.first))) *done = crossed;
    return street_emit(w, n.first, *done, RULE_STREET_NAME, 0.75f);
}

err street_at_type(const struct street_walk *w, uint32_t i, uint32_t *done)
{
    const struct doc *d = w->d;
    err e;
    if (UNLIKELY(d->tok[i].len == 4) && doc_is_word(d, i, VIEW("park")) &&
        street_at_park(w, i, done, &e))
        return e;
    struct name n = read_name(w, i);
    if (street_is_ordinal_end(d, i)) return OK; /* the "st" of "1st" */
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
