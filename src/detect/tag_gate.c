#include "detect/name_run.h"
#include "detect/organization_everybodys.h"
#include "detect/shape.h"
#include "detect/tag_gate_inside.h"
#include "detect/tag_person.h"

static const float SURER = 0.99F, TELLING = 0.9F;

/* The longer a text, placeholders of another run not counted, the more the model has to go by. `doubtful`: one
 * word that begins a sentence, where its capital says nothing. */
static bool is_sure(const struct doc *d, float score, bool doubtful)
{
    if (d->n_said >= 80) return score >= TAG_FAIR;
    if (d->n_said >= 40) return score >= 0.7F;
    return score >= (d->n_said >= 16 ? 0.8F : doubtful ? SURER : TELLING);
}

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

bool tag_gate_possible(const struct doc *d, uint32_t first, uint32_t last,
                       const struct tag_label *l)
{
    for (uint32_t i = first; i <= last; i++)
        if (d->shield[i] && !(l->part == PART_STREET && is_door(d, i))) return false;
    uint32_t digits = tag_digits(d, first, last);
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

static bool name_alone(const struct doc *d, const uint8_t *hit, uint32_t first, uint32_t last,
                       float score)
{
    const uint64_t medicine = LEX(MEDICAL) | LEX(EPONYM) | LEX(ABBREVIATION) | LEX(UNIT);
    const uint64_t nobody = LEX(COUNTRY) | LEX(STATE) | LEX(DEMONYM);
    const uint64_t joint = LEX(PARTICLE) | LEX(SUFFIX) | LEX(SAINT);
    uint32_t words = 0, names = 0;
    const uint32_t begin = tag_gate_begin(d, first); /* "Dunn" of "Weaver-Dunn" */
    bool whole = shape_word_begin(d, begin) == begin && shape_word_end(d, last) == last;
    bool placed = score >= TAG_FAIR && whole && tag_person_is_placed(d, hit, first, last);
    bool known = tag_person_is_near(d, first, last) || is_beside_name(d, hit, first, last) ||
                 (score >= TAG_SURE && whole && tag_person_has_number(d, hit, first, last));
    if (is_phrase(d, first, last) || name_run_is_author(d, last)) return false;
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
            !(first != last && (known || placed || score >= SURER)))
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
        /* "Nova, Roche": a comma parts a family name from a given one, or things of a list */
        bool listed = i > first && doc_is_mark(d, (int64_t)i - 1, ',') && x->bits && x->given < 3;
        if (shape_of(d, i) == SHAPE_ACRONYM) continue;
        bool is_place = (x->bits & (nobody | LEX(PLACE))) && MAX(x->place, 3) > rank;
        words += !goes_on && !listed;
        /* "with Strand of micro": plain language, but for a capital that only a name has there */
        bool is_called = score >= TELLING && shape_of(d, i) == SHAPE_TITLE &&
                         !shape_starts_sentence(d, i) && !(x->bits & (nobody | medicine));
        names += !x->bits || (rank && rank >= x->word && !is_place) || is_called;
    }
    if (!names) return false;
    bool single = first == last;
    if (single && tag_person_is_thing(d, last)) return false;
    bool sure = is_sure(d, score, single && shape_starts_sentence(d, first)) && whole &&
                !(single && d->tok[first].len < 3) && !is_shouted_alone(d, first, last) &&
                !tag_person_has_value(d, hit, last) && !tag_person_is_field_head(d, first, last);
    if (words >= 2 || known || placed) return true;
    return (sure || (score >= TAG_SURE && !(single && d->tok[first].len < 3))) &&
           !tag_person_is_listed(d, hit, begin, last);
}

/* A state or country and nothing else. */
static bool is_wide_place(const struct doc *d, uint32_t first, uint32_t last)
{
    const uint64_t wide = LEX(STATE) | LEX(COUNTRY);
    const struct phrase *p = doc_phrase_at(d, first);
    if (p && p->n == last - first + 1) return (p->lex->bits & wide) && p->lex->place < 6;
    return first == last && (d->lex[first]->bits & wide) && d->lex[first]->place < 6;
}

/* "Anticoag Clinic, Derm Clinic", "Care Center": what kinds of houses there are, and the name of none. */
static bool is_kind_of_house(const struct doc *d, uint32_t first, uint32_t last)
{
    const uint64_t kinds = LEX(ORG_HEAD) | LEX(ORG_WORD) | LEX(FUNCTION) | LEX(MEDICAL) |
                           LEX(ABBREVIATION) | LEX(CLINICIAN);
    enum {
        USUAL = 4,
        FEW = 2
    }; /* "Point of Care": two usual words; more of them may be chosen as a name */
    uint32_t others = 0, usual = 0;
    for (uint32_t i = first; i <= last; i++) {
        const struct lex_info *x = d->lex[i];
        if (d->tok[i].kind == TOK_NUMBER) return false;
        if (d->tok[i].kind != TOK_WORD || x->bits & LEX(FUNCTION)) continue;
        const bool is_name = MAX(MAX(x->given, x->surname), x->place) > x->word;
        if (is_name || x->bits & LEX(ORG_NAME)) return false;
        others += !(x->bits & kinds);
        usual++;
        if (!(x->bits & kinds) && x->word < USUAL) return false;
    }
    return !others || usual <= FEW;
}

/* Alone on its line or in its column, where letters that are a house's are no abbreviation of medicine. */
static bool has_own_place(const struct doc *d, uint32_t first, uint32_t last)
{
    bool begins = first == 0 || (d->tok[first].flags & TOK_LINE) || shape_opens_column(d, first);
    bool ends =
        last + 1 >= d->n || shape_opens_column(d, last + 1) || (d->tok[last + 1].flags & TOK_LINE);
    return begins && ends;
}

bool tag_gate_alone(const struct doc *d, const uint8_t *hit, uint32_t first, uint32_t last,
                    const struct tag_label *l, float score)
{
    const uint64_t place = LEX(ORG_HEAD) | LEX(ORG_WORD) | LEX(ORG_NAME) | LEX(SAINT) | LEX(PLACE) |
                           LEX(STREET_TYPE) | LEX(COUNTY) | LEX(STATE) | LEX(STATE_CODE);
    enum { PHONE_LEAST = 9, PHONE_MOST = 15 };
    uint64_t inside = tag_bits(d, first, last);
    uint32_t digits = tag_digits(d, first, last);
    if (score < 0.5F || organization_is_everybodys(d, first, last)) return false;
    switch (l->label) {
    case LABEL_NAME: return name_alone(d, hit, first, last, score);
    case LABEL_ORGANIZATION:
    case LABEL_LOCATION:
        if (digits && !(inside & LEX(STREET_TYPE)) &&
            !(d->tok[last].kind == TOK_NUMBER && d->tok[last].len == 5)) /* no ZIP */
            return false;
        if (l->label == LABEL_ORGANIZATION && score >= TAG_SURE && has_own_place(d, first, last) &&
            (inside & LEX(ORG_NAME)))
            return true;
        if (first == last && shape_of(d, first) == SHAPE_ACRONYM && inside)
            return false; /* the VA */
        if (inside & (LEX(DRUG) | LEX(EPONYM)) && !(inside & (LEX(ORG_HEAD) | LEX(STREET_TYPE))))
            return false;
        if (is_wide_place(d, first, last) || is_kind_of_house(d, first, last)) return false;
        /* "pain from Lake of fluid": a word that is a town's name more seldom than itself */
        if (l->label == LABEL_LOCATION && first == last &&
            d->lex[first]->word >= d->lex[first]->place && d->lex[first]->word && score < TAG_SURE)
            return false;
        return (inside & place) || (is_sure(d, score, false) && !digits) ||
               ((first != last || !d->is_caseless) &&
                (tag_bits_before(d, first, 1) & (LEX(PLACE_CUE) | LEX(CUE_ADDRESS))));
    case LABEL_DATE: return tag_gate_day(d, first, last, score);
    case LABEL_PHONE:
    case LABEL_FAX: return digits >= PHONE_LEAST && digits <= PHONE_MOST && score >= TAG_FAIR;
    case LABEL_ID: return tag_gate_id(d, first, last, score);
    default: return true;
    }
}
