#include "detect/name_deed.h"
#include "detect/name_run.h"
#include "detect/organization_everybodys.h"
#include "detect/shape.h"
#include "detect/tag_gate_inside.h"
#include "detect/tag_person.h"
#include "detect/wordset.h"

static bool has_capital(const struct doc *d, uint32_t first, uint32_t last)
{
    for (uint32_t i = first; i <= last; i++)
        if (d->tok[i].kind == TOK_WORD && !(d->tok[i].flags & TOK_LOWER)) return true;
    return d->is_caseless;
}

static bool is_over_89(const struct doc *d, uint32_t first, uint32_t last)
{
    for (uint32_t i = first; i <= last; i++)
        if (d->tok[i].kind == TOK_NUMBER && d->tok[i].hash > 89 && d->tok[i].hash < 130)
            return true;
    return false;
}

/* Floor and door look like a dose, a gene or a size: the 2 or the A of "Olmo 13, 2A". */
static bool is_door(const struct doc *d, uint32_t i)
{
    const uint32_t letter = d->tok[i].kind == TOK_NUMBER ? i + 1 : i;
    const struct token *t = doc_tok(d, letter);
    return !(d->shield[i] & SHIELD_TAG) && t->kind == TOK_WORD && t->len == 1 &&
           t->flags & TOK_CAP && doc_joined(d, letter) && d->tok[letter - 1].kind == TOK_NUMBER;
}

/* "EA61 7663", "OT24.41785": one or two digits joined to capitals read like a gene or a vitamin; with more digits behind
 * they are part of a number. */
static bool is_of_number(const struct doc *d, uint32_t i, uint32_t digits)
{
    enum { LEAST = 6, LONG = 4, SHORT = 2 };
    const struct token *t = &d->tok[i], *l = doc_tok(d, (int64_t)i - 1);
    return digits >= LEAST && t->kind == TOK_NUMBER && t->len == SHORT &&
           d->shield[i] == SHIELD_MEASURE && doc_joined(d, i) && l->flags & TOK_UPPER &&
           l->len >= SHORT && l->len <= LONG;
}

bool tag_gate_possible(const struct doc *d, uint32_t first, uint32_t last,
                       const struct tag_label *l)
{
    const uint32_t digits = tag_digits(d, first, last);
    for (uint32_t i = first; i <= last; i++)
        if (d->shield[i] && !(l->part == PART_STREET && is_door(d, i)) &&
            !(l->label == LABEL_ID && is_of_number(d, i, digits)))
            return false;
    switch (l->label) {
    case TAG_NO_LABEL: return false;
    case LABEL_AGE: return is_over_89(d, first, last);
    case LABEL_DATE:
        return first != last || d->tok[first].kind != TOK_NUMBER || d->tok[first].len > 4;
    case LABEL_NAME: return !digits && has_capital(d, first, last);
    case LABEL_PHONE:
    case LABEL_FAX: return digits >= 4;
    default: return true;
    }
}

/* The lexicon knows the words here as one thing, and not as a person. */
static bool is_phrase(const struct doc *d, uint32_t first, uint32_t last)
{
    for (uint32_t i = first > 2 ? first - 2 : 0; i <= last; i++) {
        const struct phrase *p = doc_phrase_at(d, i);
        if (p && p->n > 1 && p->first + p->n > first && !(p->lex->bits & LEX(PARTICLE)))
            return true;
    }
    return false;
}

static bool is_link(const struct doc *d, uint32_t i)
{
    return tag_is_and(d, i) || doc_is_mark(d, i, '/') || doc_is_mark(d, i, '&') ||
           doc_is_mark(d, i, ',');
}

/* "Andrzej and Jerzy", "Khan/Divya": one token from a name that a rule found. */
static bool is_beside_name(const struct doc *d, const uint8_t *hit, uint32_t first, uint32_t last)
{
    uint8_t before = hit && first >= 2 && is_link(d, first - 1) ? hit[first - 2] & 0x1F : 0;
    uint8_t behind = hit && last + 2 < d->n && is_link(d, last + 1) ? hit[last + 2] & 0x1F : 0;
    return before == 1 + LABEL_NAME || behind == 1 + LABEL_NAME;
}

/* "SCAI C", "NRAS Q61R": nothing but capitals, where other words have small letters. */
static bool is_shouted_alone(const struct doc *d, uint32_t first, uint32_t last)
{
    for (uint32_t i = first; i <= last; i++)
        if (d->tok[i].kind == TOK_WORD && !(d->tok[i].flags & TOK_UPPER)) return false;
    return !d->is_caseless;
}

/* "BLAISWICK for home": a long word in capitals that nobody knows, or as a name alone, as family names are written on boards and lists. */
static bool is_shouted_name(const struct doc *d, uint32_t i, float score)
{
    enum { LONG = 6 };
    const uint64_t names = LEX_GIVEN | LEX(SURNAME) | LEX(PLACE) | LEX(COUNTY);
    const struct lex_info *x = d->lex[i];
    if (d->tok[i].len < LONG || x->bits & ~names || x->word) return false;
    return score >= (x->bits ? TAG_SURE : TAG_TELLING);
}

/* "with Strand of micro": plain language, but for a capital that only a name has there. At the head of a sentence every
 * word has one. */
static bool is_called(const struct doc *d, uint32_t i, float score, bool single)
{
    const uint64_t other = LEX(COUNTRY) | LEX(STATE) | LEX(DEMONYM) | LEX(MEDICAL) | LEX(EPONYM) |
                           LEX(ABBREVIATION) | LEX(UNIT);
    if (!single && shape_starts_sentence(d, i)) return false; /* "Nova, Roche, Abbott assay" */
    return score >= (shape_starts_sentence(d, i) ? TAG_SURER : TAG_TELLING) &&
           shape_of(d, i) == SHAPE_TITLE && !(d->lex[i]->bits & other);
}

/* "12/1/2016  LA  LC": into which muscle, before whose initials. */
static bool is_arm(const struct doc *d, uint32_t i)
{
    static const struct wordset_row rows[] = { { "la ra ld rd lt rt lvl rvl", 1 } };
    static struct wordset set = WORDSET(rows);
    return wordset_class(wordset_ready(&set), &d->tok[i]) != 0;
}

/* "3/14 JR", "D7502789  JC": letters behind a day or a number at the end of a line or column: who signed. */
static bool is_signed_beside(const struct doc *d, const uint8_t *hit, uint32_t i, float score)
{
    enum { MOST = 3 };
    const uint64_t other = LEX(MEDICAL) | LEX(DRUG) | LEX(UNIT) | LEX(ABBREVIATION);
    if (!hit || !i || score < TAG_TELLING || d->tok[i].len < 2 || d->tok[i].len > MOST)
        return false;
    if (!(d->tok[i].flags & TOK_UPPER) || d->is_caseless || d->lex[i]->bits & other) return false;
    if (!hit[i - 1] || d->tok[i].flags & TOK_LINE) return false;
    return doc_ends_line(d, i) || (shape_opens_column(d, i + 1) && !is_arm(d, i));
}

/* A word with a capital that no rule found: what stands beside it in a list is of its kind. */
static bool is_thing_beside(const struct doc *d, const uint8_t *hit, int64_t i)
{
    const struct token *t = doc_tok(d, i);
    return t->kind == TOK_WORD && !(t->flags & TOK_LOWER) && !(hit && hit[i]);
}

/* "Nova, Roche, Abbott assay", "Gluzy; negative": no word of a sentence stands before and behind it, which names have in
 * "the office manager, Panfila, will not". */
static bool is_amid_things(const struct doc *d, const uint8_t *hit, uint32_t first, uint32_t last)
{
    const int64_t before = (int64_t)first - 1, behind = (int64_t)last + 1;
    const bool opens = doc_opens_line(d, first) || !doc_is_mark(d, before, ',');
    return opens || is_thing_beside(d, hit, before - 1) ||
           (doc_is_mark(d, behind, ',') && is_thing_beside(d, hit, behind + 1));
}

/* "agree, Paparik P.", "E. S. Larkham": a name with an initial is no thing of a list. */
static bool is_listed(const struct doc *d, const uint8_t *hit, uint32_t first, uint32_t last,
                      float score)
{
    if (!tag_person_is_listed(d, hit, first, last)) return false;
    if (d->is_caseless) return true;
    const bool initial = d->tok[last].len == 1 || d->tok[first].len == 1;
    if (first != last && initial && score >= TAG_TELLING) return false;
    return score < TAG_SURE || is_amid_things(d, hit, first, last);
}

/* "2310 g apgar": the unit of a number, and a word of medicine. */
static bool is_unit_behind_number(const struct doc *d, uint32_t first, uint32_t last)
{
    return first && first < last && d->tok[first].len == 1 && d->lex[first]->bits & LEX(UNIT) &&
           !(d->tok[first].flags & TOK_LINE) && d->tok[first - 1].kind == TOK_NUMBER &&
           d->lex[first + 1]->bits & (LEX(MEDICAL) | LEX(ABBREVIATION) | LEX(EPONYM));
}

/* "Odd Quilulgola", "Yaozu Ou": beside a word that nothing but names has. */
static bool is_beside_written(const struct doc *d, uint32_t first, uint32_t last, float score)
{
    for (uint32_t i = first; score >= TAG_FAIR && i <= last; i++)
        if (tag_gate_is_word_of_name(d, i) && d->tok[i].len > 2) return true;
    return false;
}

bool tag_gate_is_stage(const struct doc *d, uint32_t first, uint32_t last)
{
    enum { LETTERS = 4 };
    return d->tok[first].flags & TOK_UPPER && !d->lex[first]->given && !d->lex[first]->surname &&
           d->tok[first].len <= LETTERS && last <= first + 2 &&
           doc_tok(d, (int64_t)first + 1)->len == 1 &&
           doc_tok(d, (int64_t)first + 1)->flags & TOK_CAP;
}

bool tag_gate_is_lettered_house(const struct doc *d, uint32_t first, uint32_t last)
{
    return last == first + 1 && shape_of(d, last) == SHAPE_ACRONYM && !d->lex[last]->bits &&
           tag_bits_before(d, first, 1) & LEX(PLACE_CUE);
}

static bool name_alone(const struct doc *d, const uint8_t *hit, uint32_t first, uint32_t last,
                       float score)
{
    const uint64_t medicine = LEX(MEDICAL) | LEX(EPONYM) | LEX(ABBREVIATION) | LEX(UNIT);
    const uint64_t nobody = LEX(COUNTRY) | LEX(STATE) | LEX(DEMONYM);
    const uint64_t joint = LEX(PARTICLE) | LEX(SUFFIX) | LEX(SAINT);
    uint32_t words = 0, names = 0;
    const uint32_t begin = tag_gate_begin(d, first); /* "Dunn" of "Weaver-Dunn" */
    bool whole = shape_word_begin(d, begin) == begin && shape_word_end(d, last) == last;
    bool placed = score >= (d->is_caseless ? TAG_FAIR : 0.5F) && whole &&
                  tag_person_is_placed(d, hit, first, last);
    bool known = tag_person_is_near(d, first, last) || is_beside_name(d, hit, first, last) ||
                 (score >= TAG_SURE && whole && tag_person_has_number(d, hit, first, last));
    if (is_phrase(d, first, last) || name_run_is_author(d, last)) return false;
    if (is_unit_behind_number(d, first, last) || tag_gate_is_code(d, last)) return false;
    if (score < TAG_SURER && tag_gate_is_stage(d, first, last)) return false;
    if (tag_gate_is_lettered_house(d, first, last)) return false;
    if (begin != first && tag_gate_is_row_of_things(d, begin, last)) return false;
    if (shape_is_class_letter(d, first)) return false; /* "Wound class I. Wood splinter" */
    if (first > 1 && tag_is_sex(d, first - 2)) return false;
    for (uint32_t i = first; i <= last; i++) {
        const struct lex_info *x = d->lex[i];
        int rank = MAX(x->given, x->surname);
        if (d->tok[i].kind != TOK_WORD || d->tok[i].len < 2 || (first != last && (x->bits & joint)))
            continue;
        if (x->bits & LEX(DRUG)) return false;
        /* "Felicity Bones (60F)": a word of medicine beside one that is none, where a person is spoken of */
        if ((x->bits & medicine) && rank <= x->word &&
            !(first != last &&
              (known || placed || score >= TAG_SURER || is_beside_written(d, first, last, score))))
            return false;
        if (first == last && (x->bits & nobody)) return false;
        /* "daptomycin to June" */
        if (first == last && (x->bits & LEX(MONTH)) &&
            (doc_bits(d, (int64_t)i - 1) & LEX(FUNCTION)))
            return false;
        if (first == last && (x->bits & LEX(DIRECTION)) &&
            doc_tok(d, (int64_t)i - 1)->kind == TOK_NUMBER)
            return false;                             /* "Unit 5 West" */
        bool goes_on = i > first && doc_joined(d, i); /* "Stein-Leventhal" is one word */
        /* "negative Epstein-Barr" */
        if (goes_on && (x->bits | doc_bits(d, (int64_t)i - 2)) & LEX(EPONYM)) return false;
        /* "Nova, Roche": a comma parts a family name from a given one, or things of a list */
        bool listed = i > first && doc_is_mark(d, (int64_t)i - 1, ',') && x->bits && x->given < 3;
        if (shape_of(d, i) == SHAPE_ACRONYM && !is_shouted_name(d, i, score)) continue;
        bool is_place = (x->bits & (nobody | LEX(PLACE))) && MAX(x->place, 3) > rank;
        words += !goes_on && !listed;
        names += !x->bits || shape_of(d, i) == SHAPE_ACRONYM ||
                 (rank && rank >= x->word && !is_place) || is_called(d, i, score, first == last);
    }
    if (whole && !(first == last && tag_person_is_thing(d, last)) &&
        tag_gate_is_written(d, hit, first, last, score))
        return true;
    if (score < 0.5F) return false;
    if (!known && score < TAG_SURER && tag_gate_is_row_of_things(d, first, last)) return false;
    if (!known && !placed && score < TAG_SURER && tag_gate_is_thing(d, first, last)) return false;
    if (first == last && score < TAG_SURE && name_deed_is_misspelt(d, first)) return false;
    if (!names) return first == last && is_signed_beside(d, hit, first, score);
    bool single = first == last;
    if (single && tag_person_is_thing(d, last)) return false;
    bool sure = tag_is_sure(d, score, single && shape_starts_sentence(d, first)) && whole &&
                !(single && d->tok[first].len < 3) && !is_shouted_alone(d, first, last) &&
                !tag_person_has_value(d, hit, last) && !tag_person_is_field_head(d, first, last);
    if (words >= 2 || known || placed) return true;
    const bool valued = score < TAG_SURER && tag_person_has_value(d, hit, last);
    return (sure || (score >= TAG_SURE && !(single && (d->tok[first].len < 3 || valued)))) &&
           !is_listed(d, hit, begin, last, score);
}

bool tag_gate_alone(const struct doc *d, const uint8_t *hit, uint32_t first, uint32_t last,
                    const struct tag_label *l, float score)
{
    enum { PHONE_DESK = 5, PHONE_SHORT = 7, PHONE_LEAST = 9, PHONE_MOST = 15 };
    uint32_t digits = tag_digits(d, first, last);
    const bool house = l->label == LABEL_ORGANIZATION || l->label == LABEL_LOCATION;
    if (d->n == 1 && digits && digits < PHONE_SHORT) return false; /* bare_number.h */
    if (score < 0.5F && l->label == LABEL_NAME)
        return tag_gate_is_filed(d, hit, first, last, score) ||
               (score >= TAG_LIKELY && name_alone(d, hit, first, last, score));
    if (score < 0.5F && !house) return false;
    if (organization_is_everybodys(d, first, last)) return false;
    if (house && score < TAG_SURE && tag_gate_is_row_of_things(d, first, last)) return false;
    /* "Strength by Medical Research Council 4/5" */
    if (house && score < TAG_SURER && tag_person_has_value(d, hit, last) &&
        doc_is_mark(d, (int64_t)last + 2, '/'))
        return false;
    /* "Cost of Eversense" */
    if (house && first == last && score < TAG_TELLING && tag_gate_is_given(d, first) &&
        doc_is_word(d, (int64_t)first - 1, VIEW("of")))
        return false;
    if (house && tag_gate_house(d, first, last, score)) return true;
    if (score < 0.5F) return false;
    switch (l->label) {
    case LABEL_NAME: return name_alone(d, hit, first, last, score);
    case LABEL_ORGANIZATION:
    case LABEL_LOCATION: return tag_gate_place(d, hit, first, last, l, score);
    case LABEL_DATE: return tag_gate_day(d, first, last, score);
    case LABEL_PHONE:
    case LABEL_FAX:
        if (digits >= PHONE_DESK && digits <= PHONE_SHORT)
            return tag_gate_phone(d, first, last, score);
        return digits >= PHONE_LEAST && digits <= PHONE_MOST && score >= TAG_FAIR;
    case LABEL_ID: return tag_gate_id(d, first, last, score);
    default: return true;
    }
}
