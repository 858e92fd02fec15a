/* detect/tag_gate_house.c — houses and towns that say themselves what they are, where the tagger is half sure or says
 * another kind.
 *
 *     Dead Ox Mortuary called     Overseen by Sawtooth Twin Study     HH orders to Dead Ox Hospice: SN 2w4
 *     Calling from: Ocilla        Hometown: Cut Bank, Tennessee
 *
 * Several capital words together that are no medicine and end in a kind of house are a house's name whatever a model
 * thinks of it that never saw them. Ordinary notes, where a hundred thousand capitals stand, have hardly any such words
 * that the tagger calls a house at all. */
#include "detect/organization_inside.h"
#include "detect/place.h"
#include "detect/shape.h"
#include "detect/tag_gate_inside.h"
#include "detect/tag_person.h"
#include "detect/wordset.h"

enum { W_KIND = 1, W_LINK = 2, W_NEVER = 4, W_BEFORE = 8, W_RARE = 16 };
static const struct wordset_row rows[] = {
    /* what houses are, beside the words of the lexicon; the last of the name */
    { "services mortuary tabernacle consortium network study biobank transit credit "
      "hospice "
      "compounding scribes transcription records information meals party children emergency high "
      "middle elementary primary law patrol rescue gazette league club cooperative mission "
      "outfitters logging mill mills mine mines farms ranch dairy foods motors marine hardware "
      "lumber supply salon tavern grill cafe lodge van thrift cryobank auditorium court gazette "
      "sentinel caregivers antiques tots",
      W_KIND },
    /* the same behind a word that hardly anything but a name is: services and fields of medicine end so too */
    { "service retina genetics source molecular works", W_RARE },
    { "of and at the on in for de del la las los y", W_LINK },
    /* tests and laws are called so too */
    { "act acts amendment scale test tests inventory questionnaire index score criteria protocol "
      "battery "
      "syndrome disease sign method technique procedure comprehension form team unit floor wing "
      "ward "
      "fund visit note plan tower diet system kit tray sinus training rehabilitation",
      W_NEVER },
    { "at from to with by via for of in aboard through outside behind near hometown birthplace",
      W_BEFORE },
};
static struct wordset words = WORDSET(rows);

static uint32_t cls(const struct doc *d, int64_t i)
{
    return wordset_class(wordset_ready(&words), doc_tok(d, i));
}

static bool is_kind(const struct doc *d, uint32_t i)
{
    return d->lex[i]->bits & (LEX(ORG_HEAD) | LEX(TRADE)) || cls(d, i) & W_KIND;
}

/* Marks that stand inside such names: "St. Onge", "OB-GYN", "Pilgrim's", "Ranch & Home". */
static bool is_inner_mark(const struct token *t)
{
    return t->hash == '.' || t->hash == '-' || t->hash == '\'' || t->hash == '&' || t->hash == '/';
}

/* Nothing but capital words and what joins them, the last of them no test and no unit. */
static bool is_run(const struct doc *d, uint32_t first, uint32_t last)
{
    const uint64_t never = LEX(DRUG) | LEX(EPONYM) | LEX(UNIT) | LEX(MONTH) | LEX(WEEKDAY) |
                           LEX(CREDENTIAL) | LEX(TITLE) | LEX(RELATIVE);
    if (d->is_caseless || cls(d, last) & W_NEVER) return false;
    for (uint32_t i = first; i <= last; i++) {
        const struct token *t = &d->tok[i];
        if (i > first && (t->flags & TOK_LINE || shape_opens_column(d, i))) return false;
        if (t->kind == TOK_MARK ? !is_inner_mark(t) : t->kind != TOK_WORD) return false;
        if (t->kind == TOK_MARK || t->len == 1) continue;
        if (t->flags & TOK_LOWER) {
            if (!(cls(d, i) & W_LINK) && !doc_joined(d, i)) return false;
        } else if (d->lex[i]->bits & never &&
                   !(d->lex[i]->bits & (LEX(ORG_HEAD) | LEX(ORG_WORD) | LEX(PLACE) | LEX(SAINT))) &&
                   !(cls(d, i) & W_KIND) && !doc_is_word(d, i, VIEW("second")) &&
                   !(i < last && is_kind(d, i + 1) && doc_is_word(d, i, VIEW("kids")))) {
            return false;
        }
    }
    return true;
}

/* Words of tokens first … last that name: no medicine, and no kind of a house or service. */
static uint32_t naming_words(const struct doc *d, uint32_t first, uint32_t last)
{
    const uint64_t other = LEX(MEDICAL) | LEX(ABBREVIATION) | LEX(FUNCTION) | LEX(CLINICIAN);
    uint32_t n = 0;
    for (uint32_t i = first; i <= last; i++)
        n += shape_of(d, i) == SHAPE_TITLE && d->tok[i].len > 2 && !(d->lex[i]->bits & other) &&
             !(cls(d, i) & (W_KIND | W_NEVER)) && extent_plain(d, i, i + 1) >= 0;
    return n;
}

/* "Advil Cold", "Neuro Intensive Care": medicine in a name that is nothing else. */
static bool has_medicine(const struct doc *d, uint32_t first, uint32_t last)
{
    for (uint32_t i = first; i <= last; i++)
        if (d->lex[i]->bits & LEX(MEDICAL) && d->lex[i]->word < 4 && !is_kind(d, i) &&
            !(i < last && (doc_is_word(d, i, VIEW("twin")) || doc_is_word(d, i, VIEW("organ")))) &&
            !(i == last && cls(d, i) & W_RARE))
            return true;
    return false;
}

/* A line or column of its own, or behind a word that leads to a house. */
static bool is_led(const struct doc *d, uint32_t first, uint32_t last)
{
    if (extent_is_apart(d, first, last)) return true;
    if (doc_opens_line(d, first)) return false;
    const int64_t before = (int64_t)first - 1;
    return cls(d, before) & W_BEFORE || doc_is_mark(d, before, ':') ||
           doc_is_mark(d, before, '(') ||
           tag_bits_before(d, first, 1) & (LEX(PLACE_CUE) | LEX(CUE_ADDRESS));
}

/* "Bascombe Records; Cane Ridge Meals": what a mark parts from the words before it. */
static bool is_parted(const struct doc *d, uint32_t first)
{
    return doc_opens_line(d, first) || doc_tok(d, (int64_t)first - 1)->kind == TOK_MARK;
}

/* "at Ten Sleep": nothing but capitals behind a small word that leads to a place. */
static bool is_titled_run(const struct doc *d, uint32_t first, uint32_t last)
{
    for (uint32_t i = first; i <= last; i++)
        if (shape_of(d, i) != SHAPE_TITLE) return false;
    return !doc_opens_line(d, first) && doc_tok(d, (int64_t)first - 1)->flags & TOK_LOWER &&
           !(doc_tok(d, (int64_t)last + 1)->flags & TOK_CAP);
}

/* "Poteet Services", not "Protective Services", which every county has. */
static bool has_rare_word(const struct doc *d, uint32_t first, uint32_t last)
{
    enum { USUAL = 2 };
    for (uint32_t i = first; i <= last; i++)
        if (d->lex[i]->word < USUAL && naming_words(d, i, i)) return true;
    return false;
}

/* "Zero Suicide pathway": a small word behind it says that it is a way to work. */
static bool is_of_work(const struct doc *d, uint32_t last)
{
    static const struct wordset_row work[] = {
        { "pathway pathways bundle guideline guidelines checklist protocol protocols algorithm "
          "score scale criteria questionnaire screen tool",
          1 },
    };
    static struct wordset set = WORDSET(work);
    const struct token *t = doc_tok(d, (int64_t)last + 1);
    return t->flags & TOK_LOWER && !(t->flags & TOK_LINE) && wordset_class(wordset_ready(&set), t);
}

bool tag_gate_house(const struct doc *d, uint32_t first, uint32_t last, float score)
{
    static const float LEAST = 0.1F, LIKELY = 0.3F, GOOD = 0.75F;
    const struct phrase *p = doc_phrase_at(d, first);
    if (first == last || score < LEAST || !is_run(d, first, last)) return false;
    if (is_of_work(d, last)) return false;
    /* "Point of Care", "Adult Protective Services": what is anywhere, or in every county */
    const uint64_t anywhere = LEX(STATE) | LEX(COUNTRY) | LEX(MEDICAL) | LEX(ORG_HEAD);
    if (p && p->n == last - first + 1 && p->lex->bits & anywhere) return false;
    const uint32_t names = naming_words(d, first, last);
    if (!names)
        return score >= GOOD && !is_kind(d, last) && is_titled_run(d, first, last) &&
               is_led(d, first, last);
    if (has_medicine(d, first, last)) return false;
    if (cls(d, last) & W_RARE)
        return score >= LIKELY && has_rare_word(d, first, last) && is_parted(d, first);
    if (is_kind(d, last))
        return names > 1 || is_led(d, first, last) ||
               (has_rare_word(d, first, last) && (score >= LIKELY || is_parted(d, first)));
    return score >= LIKELY && is_led(d, first, last);
}

bool tag_gate_called(const struct doc *d, uint32_t first, uint32_t last, float score)
{
    static const float LIKELY = 0.5F;
    return score >= LIKELY && first != last && is_kind(d, last) &&
           !(d->lex[last]->bits & (LEX_GIVEN | LEX(SURNAME)) && d->lex[last]->word < 2) &&
           tag_gate_house(d, first, last, score);
}

/* "referred by Roe, Fossil" at the end of a line: behind the comma of what a rule found. */
static bool is_behind_found(const struct doc *d, const uint8_t *hit, uint32_t first, uint32_t last)
{
    if (!hit || first < 2 || d->tok[first].flags & TOK_LINE || !doc_is_mark(d, first - 1, ',') ||
        !doc_ends_line(d, last))
        return false;
    const uint8_t label = hit[first - 2] & 0x1F;
    return label == 1 + LABEL_NAME || label == 1 + LABEL_ORGANIZATION;
}

/* "PT LIVES IN KANAB": a town's name in capitals, which no abbreviation is as long as. */
static bool is_shouted_town(const struct doc *d, uint32_t i)
{
    enum { LONG = 5 };
    return d->tok[i].flags & TOK_UPPER && d->tok[i].len >= LONG && !d->lex[i]->word &&
           (doc_is_word(d, (int64_t)i - 1, VIEW("in")) ||
            doc_is_word(d, (int64_t)i - 1, VIEW("from")));
}

/* "summers in Mad Elk": words of the language where somebody lives or goes. */
static bool is_told_run(const struct doc *d, uint32_t first, uint32_t last)
{
    return first != last && is_run(d, first, last) && is_titled_run(d, first, last) &&
           naming_words(d, first, last) == last - first + 1 && place_is_ruled(d, first);
}

/* "Drives for Roe & Co. out of Larkmead.": a word that no list has, at the end of a sentence. */
static bool is_out_of(const struct doc *d, uint32_t i)
{
    enum { LONG = 5 };
    return !d->lex[i]->bits && d->tok[i].len >= LONG && shape_of(d, i) == SHAPE_TITLE &&
           doc_is_word(d, (int64_t)i - 1, VIEW("of")) &&
           doc_is_word(d, (int64_t)i - 2, VIEW("out")) &&
           (doc_ends_line(d, i) || doc_is_mark(d, (int64_t)i + 1, '.'));
}

/* "Calling from: Ocilla": a town of the lists and nothing else, whatever kind the model takes it for. */
bool tag_gate_town(const struct doc *d, const uint8_t *hit, uint32_t first, uint32_t last,
                   float score)
{
    static const float LIKELY = 0.5F;
    const uint64_t wide = LEX(STATE) | LEX(COUNTRY) | LEX(DEMONYM) | LEX(MEDICAL) | LEX(EPONYM) |
                          LEX(DRUG) | LEX(ABBREVIATION);
    const struct phrase *p = doc_phrase_at(d, first);
    const bool whole = p && p->n == last - first + 1;
    const struct lex_info *l = whole ? p->lex : d->lex[first];
    const bool behind = is_behind_found(d, hit, first, last);
    if (d->is_caseless || tag_person_has_value(d, hit, last) || tag_person_is_thing(d, last))
        return false;
    if (score >= LIKELY && is_told_run(d, first, last)) return true;
    if (first == last && score > LIKELY && is_out_of(d, first)) return true;
    if ((score < LIKELY && !behind) || (!whole && first != last) || !(l->bits & LEX(PLACE)) ||
        l->bits & wide)
        return false;
    if (first == last && is_shouted_town(d, first)) return true;
    if (shape_of(d, first) != SHAPE_TITLE) return false;
    if (!whole && ((l->word > 1 && !behind) || d->tok[first].len < 4)) return false;
    return behind || (!tag_person_is_listed(d, hit, first, last) && is_led(d, first, last));
}
