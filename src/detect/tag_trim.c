#include "detect/id_kinds.h"
#include "detect/name_run.h"
#include "detect/shape.h"
#include "detect/tag_gate_inside.h"
#include "detect/wordset.h"

/* Classes that make a word a part of names, of any kind. */
static const uint64_t NAMES = LEX_GIVEN | LEX(SURNAME) | LEX(NICK) | LEX(PARTICLE) | LEX(SUFFIX) |
                              LEX(TITLE) | LEX(CREDENTIAL) | LEX(PLACE) | LEX(COUNTY) | LEX(STATE) |
                              LEX(STATE_CODE) | LEX(SAINT) | LEX(STREET_TYPE) | LEX(ORG_HEAD) |
                              LEX(ORG_WORD) | LEX(ORG_NAME) | LEX(DIRECTION);

/* Does token i end a name? Most marks do, a point not behind an initial or a title; and a word in small
 * letters does where others have capitals. */
static bool ends_name(const struct doc *d, uint32_t i)
{
    const struct token *t = &d->tok[i];
    if (t->kind == TOK_WORD) /* "Su hija Lucía" */
        return (t->flags & TOK_LOWER) && !d->is_caseless &&
               !(d->lex[i]->bits & (LEX(PARTICLE) | LEX(SUFFIX))) && !doc_joined(d, i);
    if (t->kind != TOK_MARK) return false;
    switch (t->hash) {
    case '\'':
    case '-':
    case ',':
    case '&': return false;
    case '.': {
        const struct token *w = doc_tok(d, (int64_t)i - 1);
        uint64_t bits = doc_bits(d, (int64_t)i - 1);
        return !(w->kind == TOK_WORD && (w->len == 1 || (bits & (LEX(TITLE) | LEX(SUFFIX) |
                                                                 LEX(SAINT) | LEX(CREDENTIAL)))));
    }
    default: return true;
    }
}

/* "Zainda D. does", "Neum, Kwaiphak M on": a capital letter that ends a name. */
static bool is_initial(const struct doc *d, uint32_t i)
{
    return d->tok[i].len == 1 && (d->tok[i].flags & TOK_CAP) && !doc_joined(d, i) &&
           (doc_is_mark(d, (int64_t)i + 1, '.') || !d->is_caseless);
}

/* "Healthcare proxy is May Asad": a word of many meanings that is a given name where a capital was no duty. */
static bool is_given_amid(const struct doc *d, uint32_t i)
{
    return d->lex[i]->given && (d->tok[i].flags & TOK_CAP) && !d->is_caseless &&
           !shape_starts_sentence(d, i);
}

/* "Yun-Hee Ok", "Jie An returned": a small word with a capital that nothing but a name gives it. */
static bool is_family_name(const struct doc *d, uint32_t i)
{
    return (d->lex[i]->surname || d->tok[i].len == 2) && shape_of(d, i) == SHAPE_TITLE &&
           !(d->tok[i].flags & (TOK_LINE | TOK_LOWER));
}

/* "Sorvik ISD", "Ada Roe PC": letters for what a house is, which no shift or degree is. */
static bool is_house_letters(const struct doc *d, uint32_t i)
{
    static const struct wordset_row rows[] = {
        { "isd cisd usd wic mhmr dfcs dss dhs pc pllc llp llc irb ymca ywca vfw umc ucc so pd vfd "
          "fd ems co",
          1 },
    };
    static struct wordset set = WORDSET(rows);
    return d->tok[i].flags & TOK_UPPER && wordset_class(wordset_ready(&set), &d->tok[i]);
}

/* "Norbeck Mine", "Medic One": a small word with a capital, behind another capital and before none. */
static bool ends_house(const struct doc *d, uint32_t i)
{
    const uint32_t next = i + 1;
    return i > 0 && shape_of(d, i) == SHAPE_TITLE && shape_of(d, (int64_t)i - 1) == SHAPE_TITLE &&
           !(d->tok[i].flags & TOK_LINE) && d->tok[i].len > 2 &&
           (doc_ends_line(d, i) || d->tok[next].kind != TOK_WORD ||
            d->tok[next].flags & TOK_LOWER) &&
           !(d->lex[i]->bits & (LEX(WEEKDAY) | LEX(MONTH) | LEX(PLACE_CUE) | LEX(NAME_CUE)));
}

/* Says nothing at an edge of a span of label l. */
static bool is_edge(const struct doc *d, uint32_t i, bool is_left, bool hit_before,
                    const struct tag_label *l)
{
    const struct token *t = &d->tok[i];
    const struct lex_info *x = d->lex[i];
    bool is_number_kind =
        l->label != LABEL_NAME && l->label != LABEL_ORGANIZATION && l->label != LABEL_LOCATION;
    if (t->kind == TOK_NUMBER) return false;
    if (t->kind == TOK_MARK)
        return is_left || t->hash != '.' || doc_tok(d, (int64_t)i - 1)->len != 1;
    if (is_number_kind) /* "SN 9988776": the cue is no part of the number */
        return is_left && !(x->bits & (LEX(MONTH) | LEX(WEEKDAY))) &&
               !doc_joined(d, (int64_t)i + 1) && !id_is_lead(d, i);
    if (t->len == 1) {
        if (l->label == LABEL_NAME && !is_left && is_initial(d, i)) return false;
        bool after_number =
            doc_joined(d, i) && doc_tok(d, (int64_t)i - 1)->kind == TOK_NUMBER; /* 54F */
        return after_number || (!(t->flags & TOK_CAP) && !d->is_caseless) ||
               ((x->bits & LEX(FUNCTION)) && !doc_is_mark(d, (int64_t)i + 1, '.'));
    }
    if (l->label == LABEL_NAME && (is_left ? is_given_amid(d, i) : is_family_name(d, i)))
        return false;
    if (!is_left && !d->is_caseless && l->label != LABEL_NAME &&
        (is_house_letters(d, i) || ends_house(d, i)))
        return false;
    if (x->bits & (LEX(FUNCTION) | LEX(PLACE_CUE) | LEX(NAME_CUE) | LEX(RELATIVE) | LEX(WEEKDAY)))
        return true;
    if ((t->flags & TOK_LOWER) && !d->is_caseless) return !(x->bits & LEX(PARTICLE));
    if (x->bits & NAMES) return false;
    if (!is_left && hit_before && shape_of(d, i) == SHAPE_ACRONYM)
        return true; /* "at DaVita MWF" */
    if (l->label == LABEL_NAME) return x->word >= 4 && (is_left || d->is_caseless);
    if (d->is_caseless && x->word >= 5) return true;
    return !is_left && !x->bits && shape_of(d, i) == SHAPE_ACRONYM;
}

/* "Broken Wheel Hospice - AIDE VISIT": a dash with blanks parts a house from what a page is. */
static bool is_dash(const struct doc *d, uint32_t i)
{
    return doc_is_mark(d, i, '-') && !doc_joined(d, i) && !doc_joined(d, (int64_t)i + 1);
}

/* May no span of label l go on over token i? */
static bool ends_here(const struct doc *d, const uint8_t *hit, uint32_t i, bool is_known,
                      const struct tag_label *l)
{
    if (hit && hit[i]) return false;
    if (doc_is_mark(d, i, '^')) return true; /* the parts of a message's field */
    if (d->tok[i].flags & TOK_LINE && l->label == LABEL_ID && !is_known) return true;
    if (l->label == LABEL_NAME && ends_name(d, i)) return true;
    if (l->label == LABEL_ORGANIZATION && (doc_is_mark(d, i, ';') || is_dash(d, i))) return true;
    return (is_known || l->label != LABEL_ORGANIZATION) &&
           tag_is_and(d, i); /* "corner of South and Partlow Road" */
}

/* "Twin B Price": a letter without a point before what a rule found, or behind a word that was cut off. */
static bool is_stray_letter(const struct doc *d, const uint8_t *hit, uint32_t i, bool is_cut)
{
    return d->tok[i].len == 1 && !doc_is_mark(d, (int64_t)i + 1, '.') &&
           (is_cut || (hit && i + 1 < d->n && hit[i + 1]));
}

/* "Rosalía Fuentes Fecha de nacimiento:": the head of the next field. */
static bool is_head(const struct doc *d, uint32_t i)
{
    for (uint32_t k = i + 1; k <= i + 3 && k < d->n && !(d->tok[k].flags & TOK_LINE); k++)
        if (doc_is_mark(d, k, ':')) return true;
    return false;
}

/* "Village Zelmark, Dist. Moga": what leads to the next thing that a rule found. */
static bool is_lead(const struct doc *d, const uint8_t *hit, uint32_t i)
{
    return doc_is_mark(d, (int64_t)i + 1, '.') && i + 2 < d->n && hit[i + 2];
}

bool tag_is_sex(const struct doc *d, uint32_t i)
{
    static const struct wordset_row rows[] = { { "sex sexo gender genero", 1 } };
    static struct wordset fields = WORDSET(rows);
    return d->tok[i].len == 1 && doc_is_mark(d, (int64_t)i - 1, ':') &&
           wordset_class(wordset_ready(&fields), doc_tok(d, (int64_t)i - 2));
}

/* "Xay Von PGY-1": a particle that more of a name could follow. "Deundul Do, FNP" ends with one. */
static bool goes_on_behind(const struct doc *d, uint32_t i)
{
    const struct token *next = doc_tok(d, (int64_t)i + 1);
    return (d->tok[i].flags & TOK_LOWER) || d->is_caseless ||
           (next->kind == TOK_WORD && !(next->flags & (TOK_LINE | TOK_LOWER)));
}

static bool is_clock(const struct doc *d, int64_t i)
{
    const struct token *t = doc_tok(d, i);
    return t->kind == TOK_NUMBER && t->len == 4 && t->hash < 2400 && t->hash % 100 < 60;
}

/* "11/22/26 0700-1900", "231118 0219": a time, or the first hour of a shift, is no part of the date, least of all without
 * its end. What no year begins with tells a time alone. */
static bool is_hour(const struct doc *d, uint32_t i)
{
    enum { LATE = 2100 };
    const int64_t dash = (int64_t)i + 1;
    if (is_clock(d, i) && (d->tok[i].hash >= LATE || d->text.p[d->tok[i].start] == '0'))
        return true;
    return is_clock(d, i) && doc_is_mark(d, dash, '-') && doc_joined(d, dash) &&
           doc_joined(d, dash + 1) && is_clock(d, dash + 1);
}

/* "77M, 2779-750-7": the age that stands before the number of a chart. */
static bool is_value_before(const struct doc *d, uint32_t i, uint32_t last,
                            const struct tag_label *l)
{
    return l->label == LABEL_ID && i < last && d->tok[i].kind == TOK_NUMBER && d->tok[i].len < 4 &&
           d->shield[i] & SHIELD_MEASURE && (shape_past_age(d, i) > i);
}

/* "2) Saint Mary's Asbury 3) Fairview": the number at `last` opens the next item. */
static bool opens_item(const struct doc *d, uint32_t first, uint32_t last)
{
    if (d->tok[last].kind != TOK_NUMBER || d->tok[last].len > 2 || doc_joined(d, last) ||
        !doc_is_mark(d, (int64_t)last + 1, ')') || !doc_joined(d, last + 1))
        return false;
    for (uint32_t i = first; i < last; i++)
        if (doc_is_mark(d, i, '(')) return false;
    return true;
}

/* "Cook at Sunny Side Diner", "Medical Center's Outpatient Department": a house that a rule found begins behind "at" and
 * ends at its possessive. */
static void keep_to_house(const struct doc *d, const uint8_t *hit, uint32_t *a, uint32_t *b)
{
    for (uint32_t i = *a; i < *b; i++) {
        const bool is_alone = !hit[i] && hit[i + 1];
        if (is_alone && doc_is_word(d, i, VIEW("at"))) *a = i + 1;
        if (hit[i] && !hit[i + 1] && shape_after_possessive(d, i) > i + 1) *b = i;
    }
}

bool tag_is_dotted_letter(const struct doc *d, int64_t i)
{
    const struct token *t = doc_tok(d, i);
    return t->kind == TOK_WORD && t->len == 1 && t->flags & TOK_CAP && !doc_joined(d, i) &&
           doc_is_mark(d, i + 1, '.') && doc_joined(d, i + 1) && !d->shield[i] &&
           !tag_is_sex(d, (uint32_t)i);
}

bool tag_gate_trim(const struct doc *d, const uint8_t *hit, const struct tag_label *l,
                   uint32_t *first, uint32_t *last, uint32_t *next)
{
    uint32_t a = *first, b = *first;
    bool is_known = false;
    for (uint32_t i = a; hit && i <= *last; i++)
        is_known |= hit[i] != 0;
    if (!(d->tok[a].flags & TOK_LINE && l->label == LABEL_ID) &&
        ends_here(d, hit, a, is_known, l)) {
        *next = a + 1;
        return false;
    }
    while (b < *last && !ends_here(d, hit, b + 1, is_known, l))
        b++;
    *next = b + 1;
    while (a <= b && !(hit && hit[a]) &&
           (is_value_before(d, a, b, l) || is_edge(d, a, true, false, l) || tag_is_sex(d, a) ||
            is_stray_letter(d, hit, a, a > *first)))
        a++;
    if (a > b) return false;
    if (b > a && shape_owner(d, b) >= (int64_t)a && !(hit && hit[b]) && !is_initial(d, b))
        b = (uint32_t)shape_owner(d, b);
    while (b > a && !(hit && hit[b]) &&
           ((hit && hit[a] && (is_head(d, b) || is_lead(d, hit, b))) || opens_item(d, a, b) ||
            is_edge(d, b, false, hit && hit[b - 1], l) ||
            (l->label == LABEL_DATE && is_hour(d, b)) ||
            (d->lex[b]->bits & LEX(PARTICLE) && d->lex[b]->surname < 3 && d->tok[b].len > 1 &&
             goes_on_behind(d, b))))
        b--;
    if (hit && l->label == LABEL_ORGANIZATION) keep_to_house(d, hit, &a, &b);
    *first = a;
    *last = b;
    return true;
}

/* May token i go on a name that begins at the token behind it: the "de la" of "de la Vega", the "Eius" of "Eius Kilquidden"? */
static bool is_forepart(const struct doc *d, uint32_t i, bool heads)
{
    const struct token *t = &d->tok[i];
    if (t->kind != TOK_WORD || t->len < 2 || d->shield[i] || d->tok[i + 1].flags & TOK_LINE ||
        doc_joined(d, (int64_t)i + 1))
        return false;
    if (t->flags & TOK_LOWER)
        return (d->lex[i]->bits & (LEX(PARTICLE) | LEX(FUNCTION))) == LEX(PARTICLE);
    /* at the head of a sentence, and a word that nobody knows */
    return heads && !d->lex[i]->bits && t->len > 3 && shape_of(d, i) == SHAPE_TITLE &&
           shape_starts_sentence(d, i) && !doc_joined(d, i) && !shape_opens_column(d, i + 1);
}

uint32_t tag_gate_begin(const struct doc *d, uint32_t first)
{
    enum { PARTS = 3 };
    uint32_t begin = shape_name_begin(d, first);
    const bool heads = !d->lex[begin]->given && !d->is_caseless;
    while (begin && first - begin < PARTS && is_forepart(d, begin - 1, heads))
        begin--;
    /* before a given name that is known, the letter of an item may stand: "A. Ada Smith" */
    if (d->lex[begin]->given) return begin;
    for (int n = 0; n < 2 && begin >= 2 && !(d->tok[begin].flags & TOK_LINE); n++) {
        if (!tag_is_dotted_letter(d, (int64_t)begin - 2)) break;
        begin -= 2;
    }
    return begin;
}
