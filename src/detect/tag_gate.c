#include "detect/tag_gate.h"

#include "detect/id_kinds.h"
#include "detect/name_run.h"
#include "detect/organization_everybodys.h"
#include "detect/shape.h"
#include "detect/tag_person.h"

static const float FAIR = 0.6F, SURE = 0.95F, SURER = 0.99F, TELLING = 0.9F;

/* The longer a text, placeholders of another run not counted, the more the model has to go by. `doubtful`: one
 * word that begins a sentence, where its capital says nothing. */
static bool is_sure(const struct doc *d, float score, bool doubtful)
{
    if (d->n_said >= 80) return score >= FAIR;
    if (d->n_said >= 40) return score >= 0.7F;
    return score >= (d->n_said >= 16 ? 0.8F : doubtful ? SURER : TELLING);
}

static bool has_capital(const struct doc *d, uint32_t first, uint32_t last)
{
    for (uint32_t i = first; i <= last; i++)
        if (d->tok[i].kind == TOK_WORD && !(d->tok[i].flags & TOK_LOWER)) return true;
    return d->is_caseless;
}

static uint32_t count_digits(const struct doc *d, uint32_t first, uint32_t last)
{
    uint32_t n = 0;
    for (uint32_t i = first; i <= last; i++)
        if (d->tok[i].kind == TOK_NUMBER) n += d->tok[i].len;
    return n;
}

static uint64_t all_bits(const struct doc *d, uint32_t first, uint32_t last)
{
    uint64_t bits = 0;
    for (uint32_t i = first; i <= last; i++)
        bits |= d->lex[i]->bits;
    return bits;
}

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
               !doc_joined(d, (int64_t)i + 1);
    if (t->len == 1) {
        if (l->label == LABEL_NAME && !is_left && is_initial(d, i)) return false;
        bool after_number =
            doc_joined(d, i) && doc_tok(d, (int64_t)i - 1)->kind == TOK_NUMBER; /* 54F */
        return after_number || (!(t->flags & TOK_CAP) && !d->is_caseless) ||
               ((x->bits & LEX(FUNCTION)) && !doc_is_mark(d, (int64_t)i + 1, '.'));
    }
    if (l->label == LABEL_NAME && (is_left ? is_given_amid(d, i) : is_family_name(d, i)))
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

static bool is_and(const struct doc *d, uint32_t i)
{
    return d->tok[i].kind == TOK_WORD && d->tok[i].hash == token_hash_literal(VIEW("and"));
}

/* May no span of label l go on over token i? */
static bool ends_here(const struct doc *d, const uint8_t *hit, uint32_t i, bool is_known,
                      const struct tag_label *l)
{
    if (hit && hit[i]) return false;
    if (l->label == LABEL_NAME && ends_name(d, i)) return true;
    if (l->label == LABEL_ORGANIZATION && doc_is_mark(d, i, ';')) return true;
    return (is_known || l->label != LABEL_ORGANIZATION) &&
           is_and(d, i); /* "corner of South and Partlow Road" */
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

/* "11/22/26 0700-1900": the first hour of a shift is no part of the date, least of all without its end. */
static bool is_shift_hour(const struct doc *d, uint32_t i)
{
    const int64_t dash = (int64_t)i + 1;
    return is_clock(d, i) && doc_is_mark(d, dash, '-') && doc_joined(d, dash) &&
           doc_joined(d, dash + 1) && is_clock(d, dash + 1);
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

bool tag_gate_trim(const struct doc *d, const uint8_t *hit, const struct tag_label *l,
                   uint32_t *first, uint32_t *last, uint32_t *next)
{
    uint32_t a = *first, b = *first;
    bool is_known = false;
    for (uint32_t i = a; hit && i <= *last; i++)
        is_known |= hit[i] != 0;
    if (ends_here(d, hit, a, is_known, l)) {
        *next = a + 1;
        return false;
    }
    while (b < *last && !ends_here(d, hit, b + 1, is_known, l))
        b++;
    *next = b + 1;
    while (a <= b && !(hit && hit[a]) &&
           (is_edge(d, a, true, false, l) || is_stray_letter(d, hit, a, a > *first)))
        a++;
    if (a > b) return false;
    if (b > a && shape_owner(d, b) >= (int64_t)a && !(hit && hit[b]) && !is_initial(d, b))
        b = (uint32_t)shape_owner(d, b);
    while (b > a && !(hit && hit[b]) &&
           ((hit && hit[a] && is_head(d, b)) || opens_item(d, a, b) ||
            is_edge(d, b, false, hit && hit[b - 1], l) ||
            (l->label == LABEL_DATE && is_shift_hour(d, b)) ||
            (d->lex[b]->bits & LEX(PARTICLE) && d->lex[b]->surname < 3 && d->tok[b].len > 1 &&
             goes_on_behind(d, b))))
        b--;
    if (hit && l->label == LABEL_ORGANIZATION) keep_to_house(d, hit, &a, &b);
    *first = a;
    *last = b;
    return true;
}

static uint64_t bits_before(const struct doc *d, uint32_t first, uint32_t n)
{
    uint64_t bits = 0;
    for (uint32_t i = first; i > 0 && n-- && !(d->tok[i].flags & TOK_LINE);)
        bits |= d->lex[--i]->bits;
    return bits;
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
    uint32_t digits = count_digits(d, first, last);
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
    return is_and(d, i) || doc_is_mark(d, i, '/') || doc_is_mark(d, i, '&') ||
           doc_is_mark(d, i, ',');
}

/* "Andrzej and Jerzy", "Khan/Divya": one token from a name that a rule found. */
static bool is_beside_name(const struct doc *d, const uint8_t *hit, uint32_t first, uint32_t last)
{
    uint8_t before = hit && first >= 2 && is_link(d, first - 1) ? hit[first - 2] & 0x1F : 0;
    uint8_t behind = hit && last + 2 < d->n && is_link(d, last + 1) ? hit[last + 2] & 0x1F : 0;
    return before == 1 + LABEL_NAME || behind == 1 + LABEL_NAME;
}

/* A capital letter with a full stop, and not the end of something else: "B. Nghinh". */
static bool is_dotted_letter(const struct doc *d, int64_t i)
{
    const struct token *t = doc_tok(d, i);
    return t->kind == TOK_WORD && t->len == 1 && t->flags & TOK_CAP && !doc_joined(d, i) &&
           doc_is_mark(d, i + 1, '.') && doc_joined(d, i + 1) && !d->shield[i];
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
        if (!is_dotted_letter(d, (int64_t)begin - 2)) break;
        begin -= 2;
    }
    return begin;
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
    bool whole = shape_word_begin(d, tag_gate_begin(d, first)) == tag_gate_begin(d, first) &&
                 shape_word_end(d, last) == last;
    bool placed = score >= FAIR && whole && tag_person_is_placed(d, hit, first, last);
    bool known = tag_person_is_near(d, first, last) || is_beside_name(d, hit, first, last) ||
                 (score >= SURE && whole && tag_person_has_number(d, hit, first, last));
    if (is_phrase(d, first, last) || name_run_is_author(d, last)) return false;
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
    return (sure || (score >= SURE && !(single && d->tok[first].len < 3))) &&
           !tag_person_is_listed(d, hit, first, last);
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

/* Words whose values numbers behind them may be. */
static const uint64_t MEDICINE = LEX(MEDICAL) | LEX(ABBREVIATION) | LEX(UNIT) | LEX(DRUG);

/* "RZT4471", "CH-24-008817": letters and digits without a blank. */
static bool is_code(const struct doc *d, uint32_t first, uint32_t last)
{
    bool letters = false;
    for (uint32_t i = first; i <= last; i++) {
        if (i > first && !doc_joined(d, i)) return false;
        letters |= d->tok[i].kind == TOK_WORD;
    }
    return letters;
}

/* "4500-11000", "1245/2380": two numbers of a few digits. */
static bool is_range(const struct doc *d, uint32_t first, uint32_t last)
{
    enum { FEW = 5 };
    return last - first == 2 && d->tok[first].len <= FEW && d->tok[last].len <= FEW;
}

/* Numbers are the rules' own: what they left is a value more often than not, and a value that is taken for an identifier
 * is medicine invented. A cue, letters, or more digits than values have where no word of medicine is near speak
 * against that. */
static bool id_alone(const struct doc *d, uint32_t first, uint32_t last, uint32_t digits,
                     float score)
{
    enum { FEW = 5, LONG = 7, NEAR = 3 };
    const uint64_t cues = LEX(CUE_MRN) | LEX(CUE_ACCOUNT) | LEX(CUE_PLAN) | LEX(CUE_LICENSE) |
                          LEX(CUE_NPI) | LEX(CUE_DEA) | LEX(CUE_ACCESSION) | LEX(CUE_DEVICE) |
                          LEX(CUE_VEHICLE) | LEX(CUE_ID) | LEX(CUE_SSN);
    struct code c;
    uint32_t i = first;
    if (digits < FEW) return false;
    while (d->tok[i].kind != TOK_NUMBER)
        i++;
    code_around(d, i, &c);
    if (id_is_of_science(d, &c)) return false;
    /* "Billing: 99214": five digits alone are a code of a procedure as well */
    if ((bits_before(d, first, 2) & cues) && digits > FEW) return score >= FAIR;
    if (score < SURE) return false;
    return is_code(d, first, last) || (digits >= LONG && !is_range(d, first, last) &&
                                       !(bits_before(d, first, NEAR) & MEDICINE));
}

/* "25.7.22", "1934 05 25": three numbers with blanks or full stops between, and no word of medicine before them whose
 * values they may be. Slashes and hyphens are left to the rules. */
static bool is_day(const struct doc *d, uint32_t first, uint32_t last, uint32_t digits)
{
    enum { PARTS = 3, NEAR = 3, FEW = 4 };
    uint32_t parts = 0;
    for (uint32_t i = first; i <= last; i++) {
        const bool is_number = d->tok[i].kind == TOK_NUMBER;
        if (!is_number && !doc_is_mark(d, i, '.')) return false;
        parts += is_number;
    }
    return parts == PARTS && digits >= FEW && !doc_joined(d, first) &&
           !(bits_before(d, first, NEAR) & MEDICINE);
}

bool tag_gate_alone(const struct doc *d, const uint8_t *hit, uint32_t first, uint32_t last,
                    const struct tag_label *l, float score)
{
    const uint64_t place = LEX(ORG_HEAD) | LEX(ORG_WORD) | LEX(ORG_NAME) | LEX(SAINT) | LEX(PLACE) |
                           LEX(STREET_TYPE) | LEX(COUNTY) | LEX(STATE) | LEX(STATE_CODE);
    enum { PHONE_LEAST = 9, PHONE_MOST = 15 };
    uint64_t inside = all_bits(d, first, last);
    uint32_t digits = count_digits(d, first, last);
    if (score < 0.5F || organization_is_everybodys(d, first, last)) return false;
    switch (l->label) {
    case LABEL_NAME: return name_alone(d, hit, first, last, score);
    case LABEL_ORGANIZATION:
    case LABEL_LOCATION:
        if (digits && !(inside & LEX(STREET_TYPE)) &&
            !(d->tok[last].kind == TOK_NUMBER && d->tok[last].len == 5)) /* no ZIP */
            return false;
        if (l->label == LABEL_ORGANIZATION && score >= SURE && has_own_place(d, first, last) &&
            (inside & LEX(ORG_NAME)))
            return true;
        if (first == last && shape_of(d, first) == SHAPE_ACRONYM && inside)
            return false; /* the VA */
        if (inside & (LEX(DRUG) | LEX(EPONYM)) && !(inside & (LEX(ORG_HEAD) | LEX(STREET_TYPE))))
            return false;
        if (is_wide_place(d, first, last) || is_kind_of_house(d, first, last)) return false;
        /* "pain from Lake of fluid": a word that is a town's name more seldom than itself */
        if (l->label == LABEL_LOCATION && first == last &&
            d->lex[first]->word >= d->lex[first]->place && d->lex[first]->word && score < SURE)
            return false;
        return (inside & place) || (is_sure(d, score, false) && !digits) ||
               ((first != last || !d->is_caseless) &&
                (bits_before(d, first, 1) & (LEX(PLACE_CUE) | LEX(CUE_ADDRESS))));
    case LABEL_DATE: return is_day(d, first, last, digits) && score >= FAIR;
    case LABEL_PHONE:
    case LABEL_FAX: return digits >= PHONE_LEAST && digits <= PHONE_MOST && score >= FAIR;
    case LABEL_ID: return id_alone(d, first, last, digits, score);
    default: return true;
    }
}
