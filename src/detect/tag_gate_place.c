#include "detect/shape.h"
#include "detect/tag_gate_inside.h"
#include "detect/wordset.h"

/* The longer a text, placeholders of another run not counted, the more the model has to go by. `doubtful`: one
 * word that begins a sentence, where its capital says nothing. */
bool tag_is_sure(const struct doc *d, float score, bool doubtful)
{
    if (d->n_said >= 80) return score >= TAG_FAIR;
    if (d->n_said >= 40) return score >= 0.7F;
    return score >= (d->n_said >= 16 ? 0.8F : doubtful ? TAG_SURER : TAG_TELLING);
}

/* A state or country and nothing else. */
static bool is_wide_place(const struct doc *d, uint32_t first, uint32_t last)
{
    const uint64_t wide = LEX(STATE) | LEX(COUNTRY);
    const struct phrase *p = doc_phrase_at(d, first);
    if (p && p->n == last - first + 1) return (p->lex->bits & wide) && p->lex->place < 6;
    return first == last && (d->lex[first]->bits & wide) && d->lex[first]->place < 6;
}

/* "Board of Health", "Dept of Surgery": every county and hospital has one. */
static bool is_public_body(const struct doc *d, uint32_t first, uint32_t last)
{
    static const struct wordset_row rows[] = {
        { "board department dept bureau office ministry division", 1 },
    };
    static struct wordset bodies = WORDSET(rows);
    return last == first + 2 && doc_is_word(d, first + 1, VIEW("of")) &&
           wordset_class(wordset_ready(&bodies), &d->tok[first]);
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
    const struct phrase *p = doc_phrase_at(d, first); /* "Adult Protective Services" */
    if (p && p->n > FEW && p->n == last - first + 1 && p->lex->bits & LEX(ORG_HEAD)) return true;
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

static bool is_place_hit(const uint8_t *hit, uint32_t i)
{
    return (hit[i] & 0x1F) == 1 + LABEL_LOCATION;
}

/* "Nashik 4309", "939440 Cebu": the number stands straight beside a place that a rule found. */
static bool is_beside_place(const struct doc *d, const uint8_t *hit, uint32_t first, uint32_t last)
{
    if (!hit) return false;
    const bool marked =
        first > 1 && (doc_is_mark(d, first - 1, ',') || doc_is_mark(d, first - 1, '-'));
    if (first > 0 && !doc_opens_line(d, first) && is_place_hit(hit, first - 1 - marked))
        return true;
    return !doc_ends_line(d, last) && is_place_hit(hit, last + 1);
}

/* A word with a capital that is no word of medicine and no kind of a house, `rare`: and no usual word. */
static bool has_own_word(const struct doc *d, uint32_t first, uint32_t last, bool rare)
{
    const uint64_t other = LEX(ORG_HEAD) | LEX(ORG_WORD) | LEX(FUNCTION) | LEX(MEDICAL) |
                           LEX(DRUG) | LEX(EPONYM) | LEX(ABBREVIATION) | LEX(UNIT) | LEX(CLINICIAN);
    enum { USUAL = 3 };
    for (uint32_t i = first; i <= last; i++) {
        const struct lex_info *x = d->lex[i];
        if (shape_of(d, i) == SHAPE_TITLE && d->tok[i].len > 2 && !(x->bits & other) &&
            !(rare && x->word >= USUAL))
            return true;
    }
    return false;
}

/* "Av. Insurgentes 1807", "Lucky 7 Mini Mart", a postcode: where a place or house may have a number in it. */
static bool may_hold_number(const struct doc *d, const uint8_t *hit, uint32_t first, uint32_t last,
                            const struct tag_label *l, float score)
{
    enum { LEAST = 3 };
    if (score < TAG_TELLING || d->is_caseless) return false;
    if (l->label == LABEL_LOCATION && tag_digits(d, first, last) >= LEAST &&
        is_beside_place(d, hit, first, last))
        return true;
    if (l->label == LABEL_ORGANIZATION &&
        (d->tok[first].kind != TOK_WORD || d->tok[last].kind != TOK_WORD))
        return false;
    return first != last && has_own_word(d, first, last, false);
}

/* "General Delivery", "Pho Sure": usual words and no kind of a house, of which the model is sure. */
static bool is_chosen_name(const struct doc *d, uint32_t first, uint32_t last,
                           const struct tag_label *l, float score)
{
    const uint64_t kinds = LEX(ORG_HEAD) | LEX(ORG_WORD) | LEX(MEDICAL) | LEX(ABBREVIATION) |
                           LEX(CLINICIAN) | LEX(DRUG) | LEX(EPONYM) | LEX(STATE) | LEX(COUNTRY);
    if (d->is_caseless) return false;
    if (l->label == LABEL_LOCATION && first != last)
        return score >= 0.8F || tag_bits_before(d, first, 2) & LEX(CUE_ADDRESS);
    if (score < TAG_SURE) return false;
    for (uint32_t i = first; i <= last; i++)
        if (d->lex[i]->bits & kinds || (d->tok[i].kind == TOK_WORD && d->tok[i].flags & TOK_LOWER))
            return false;
    return true;
}

/* "Josefita (Choctaw)": behind a person, what he speaks or is as often as where he is from. */
static bool is_said_of_person(const struct doc *d, const uint8_t *hit, uint32_t first,
                              uint32_t last)
{
    return first == last && first > 1 && doc_is_mark(d, (int64_t)first - 1, '(') &&
           doc_is_mark(d, (int64_t)last + 1, ')') && hit &&
           (hit[first - 2] & 0x1F) == 1 + LABEL_NAME;
}

bool tag_gate_place(const struct doc *d, const uint8_t *hit, uint32_t first, uint32_t last,
                    const struct tag_label *l, float score)
{
    const uint64_t place = LEX(ORG_HEAD) | LEX(ORG_WORD) | LEX(ORG_NAME) | LEX(SAINT) | LEX(PLACE) |
                           LEX(STREET_TYPE) | LEX(COUNTY) | LEX(STATE) | LEX(STATE_CODE);
    const uint64_t inside = tag_bits(d, first, last);
    const uint32_t digits = tag_digits(d, first, last);
    if (digits && !(inside & LEX(STREET_TYPE)) &&
        !(d->tok[last].kind == TOK_NUMBER && d->tok[last].len == 5)) /* no ZIP */
        return may_hold_number(d, hit, first, last, l, score);
    if (digits && may_hold_number(d, hit, first, last, l, score)) return true;
    if (l->label == LABEL_ORGANIZATION && score >= TAG_SURE && has_own_place(d, first, last) &&
        (inside & LEX(ORG_NAME)))
        return true;
    if (first == last && shape_of(d, first) == SHAPE_ACRONYM && inside) return false; /* the VA */
    if (inside & (LEX(DRUG) | LEX(EPONYM)) && !(inside & (LEX(ORG_HEAD) | LEX(STREET_TYPE))) &&
        !(score >= TAG_TELLING && first != last && !d->is_caseless &&
          has_own_word(d, first, last, true)))
        return false;
    if (score < 0.8F && is_said_of_person(d, hit, first, last)) return false;
    if (is_wide_place(d, first, last) || is_public_body(d, first, last)) return false;
    if (is_kind_of_house(d, first, last) && !is_chosen_name(d, first, last, l, score)) return false;
    /* "pain from Lake of fluid": a word that is a town's name more seldom than itself */
    if (l->label == LABEL_LOCATION && first == last &&
        d->lex[first]->word >= d->lex[first]->place && d->lex[first]->word && score < TAG_SURE)
        return false;
    return (inside & place) || (tag_is_sure(d, score, false) && !digits) ||
           ((first != last || !d->is_caseless) &&
            (tag_bits_before(d, first, 1) & (LEX(PLACE_CUE) | LEX(CUE_ADDRESS))));
}
