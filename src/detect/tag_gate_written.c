#include "detect/shape.h"
#include "detect/tag_gate_inside.h"
#include "detect/tag_person.h"
#include "detect/wordset.h"

/* What a word with a capital is besides somebody's name, and what leads a text away from persons. */
static const uint64_t OTHER = LEX(MEDICAL) | LEX(DRUG) | LEX(EPONYM) | LEX(EPONYM_FAMILY) |
                              LEX(ABBREVIATION) | LEX(UNIT) | LEX(COUNTRY) | LEX(STATE) |
                              LEX(DEMONYM) | LEX(MONTH) | LEX(WEEKDAY) | LEX(ORG_HEAD) |
                              LEX(ORG_NAME) | LEX(CLINICIAN) | LEX(TRADE) | LEX(HOLIDAY);

/* "SilverSneakers", "CEOs": a capital inside, but that of "McRoe" and "DeVann". */
static bool is_put_together(const struct doc *d, uint32_t i)
{
    enum { FROM = 2, TO = 3 };
    const view w = doc_view(d, i, i);
    for (size_t k = 1; k < w.n; k++)
        if (w.p[k] >= 'A' && w.p[k] <= 'Z' && (k < FROM || k > TO)) return true;
    return false;
}

/* "Yours in Christ" */
static bool is_nobody(const struct doc *d, uint32_t i)
{
    static const struct wordset_row rows[] = {
        { "christ jesus god lord allah buddha mohammed satan santa orange "
          /* fields and services, as wards shorten them */
          "urogyn uroonc gynonc neuroonc neuropsych neurovasc neuroir pulmcrit hemeonc medonc "
          "radonc "
          "surgonc electrophys biomed decon fasttrack stepdown navy huddle",
          1 },
    };
    static struct wordset set = WORDSET(rows);
    return wordset_class(wordset_ready(&set), &d->tok[i]);
}

/* "Achromobacter", "Granulicoccus": what grew, by the end of its name. */
static bool is_germ(const struct doc *d, uint32_t i)
{
    static const char *const ends[] = { "bacter",  "bacterium", "coccus",    "monas", "myces",
                                        "sporium", "plasma",    "spirillum", "phaga", "virus" };
    const view w = doc_view(d, i, i);
    for (size_t k = 0; k < COUNT_OF(ends); k++) {
        const size_t n = strlen(ends[k]);
        if (w.n > n && !memcmp(w.p + w.n - n, ends[k], n)) return true;
    }
    return false;
}

/* "Quilogard", "Nona": no list has the word as anything but a name, a town's perhaps, and only a capital leads it. */
bool tag_gate_is_word_of_name(const struct doc *d, uint32_t i)
{
    enum { SHORT = 4 };
    const struct lex_info *x = d->lex[i];
    const int rank = MAX(MAX(x->given, x->surname), x->place);
    if (shape_of(d, i) != SHAPE_TITLE || x->bits & OTHER || is_put_together(d, i)) return false;
    return rank ? rank >= x->word : !x->bits && d->tok[i].len >= SHORT && !is_germ(d, i);
}

static bool is_initial(const struct doc *d, uint32_t i)
{
    return d->tok[i].len == 1 && d->tok[i].flags & TOK_CAP && !doc_joined(d, i);
}

bool tag_gate_is_filed(const struct doc *d, const uint8_t *hit, uint32_t first, uint32_t last,
                       float score)
{
    static const float LEAST = 0.3F;
    if (d->is_caseless || score < LEAST || last < first + 2 || !is_initial(d, last) ||
        !doc_is_mark(d, (int64_t)last - 1, ','))
        return false;
    /* "eggs Benedict, K 5.9" */
    if (doc_tok(d, (int64_t)last + 1)->kind == TOK_NUMBER && !(hit && hit[last + 1])) return false;
    return d->tok[first].len > 1 && !d->shield[first] &&
           (!d->lex[first]->bits || MAX(d->lex[first]->given, d->lex[first]->surname));
}

/* "NIKPOUR,MINOO", "PILLUBIN, RITHON": two words in capitals that no list has as anything but names. */
static bool is_shouted_pair(const struct doc *d, uint32_t first, uint32_t last)
{
    enum { LEAST = 3 };
    if (last != first + 2 || !doc_is_mark(d, (int64_t)first + 1, ',')) return false;
    for (uint32_t i = first; i <= last; i += 2) {
        const struct lex_info *x = d->lex[i];
        if (!(d->tok[i].flags & TOK_UPPER) || d->tok[i].len < LEAST || x->bits & OTHER)
            return false;
        if (x->bits && MAX(x->given, x->surname) <= x->word) return false;
    }
    return true;
}

/* A word with a capital that no rule found, and that is no plain language: beside it stand things of its kind. Behind a
 * name, capitals are a degree. */
static bool is_thing(const struct doc *d, const uint8_t *hit, int64_t i)
{
    const struct token *t = doc_tok(d, i);
    return t->kind == TOK_WORD && t->len > 1 && !(t->flags & (TOK_LOWER | TOK_UPPER)) &&
           !(hit && hit[i]) && d->lex[i]->word < 4 && !shape_starts_sentence(d, i);
}

/* "Nova, Roche, Abbott assay", "Xylacort, Jarvir and Velsomira": one of several things. */
static bool is_among_things(const struct doc *d, const uint8_t *hit, uint32_t first, uint32_t last)
{
    const int64_t before = (int64_t)first - 1, behind = (int64_t)last + 1;
    return (tag_gate_is_link(d, before) && is_thing(d, hit, before - 1)) ||
           (tag_gate_is_link(d, behind) && is_thing(d, hit, behind + 1));
}

/* "Roche." is a sentence of its own, and the "None." of "HISTORY:, None." */
static bool is_all_of_sentence(const struct doc *d, uint32_t first, uint32_t last)
{
    const bool begins =
        shape_starts_sentence(d, first) ||
        (doc_is_mark(d, (int64_t)first - 1, ',') && doc_is_mark(d, (int64_t)first - 2, ':'));
    return first == last && begins &&
           (doc_ends_line(d, last) || doc_is_mark(d, (int64_t)last + 1, '.') ||
            doc_is_mark(d, (int64_t)last + 1, ';'));
}

/* "Presenter: Piyush at": what a colon asks for has a capital for itself. */
static bool is_behind_colon(const struct doc *d, uint32_t first)
{
    return doc_is_mark(d, (int64_t)first - 1, ':') && !(d->tok[first].flags & TOK_LINE);
}

/* "Katz 4/6", but no "Nerea 29, in Notch Hill": nobody's first name is a score. */
static bool has_value(const struct doc *d, const uint8_t *hit, uint32_t last)
{
    const struct lex_info *x = d->lex[last];
    if (!tag_person_has_value(d, hit, last)) return false;
    if (doc_joined(d, (int64_t)last + 2) && doc_tok(d, (int64_t)last + 2)->kind == TOK_WORD)
        return true; /* "Quattro 6935M" */
    return x->given <= x->surname || !doc_is_mark(d, (int64_t)last + 2, ',');
}

/* "Briganti 12.", "Leibovich 5;": nobody's given name, and a small number that ends what is said of it. */
static bool has_score(const struct doc *d, const uint8_t *hit, uint32_t last)
{
    const struct token *t = doc_tok(d, (int64_t)last + 1);
    return has_value(d, hit, last) && !d->lex[last]->given && t->len < 3 &&
           (doc_ends_line(d, last + 1) || doc_is_mark(d, (int64_t)last + 2, '.') ||
            doc_is_mark(d, (int64_t)last + 2, ';') || doc_is_mark(d, (int64_t)last + 2, ','));
}

/* "NHS Ilwaco": a town behind the letters of a house. */
static bool is_of_house(const struct doc *d, uint32_t i)
{
    const struct lex_info *x = d->lex[i];
    return x->bits && !x->given && !x->surname && shape_of(d, (int64_t)i - 1) == SHAPE_ACRONYM &&
           !(d->tok[i].flags & TOK_LINE);
}

/* Names and their initials, one word at least, and what is plain language too only where the score is fair. */
static bool is_of_names(const struct doc *d, uint32_t first, uint32_t last, float score)
{
    enum { PLAIN = 2 };
    uint32_t words = 0;
    for (uint32_t i = first; i <= last; i++) {
        if (i > first && d->tok[i].flags & TOK_LINE) return false;
        if (d->tok[i].kind != TOK_WORD || (first != last && is_initial(d, i))) continue;
        if (!tag_gate_is_word_of_name(d, i) || is_of_house(d, i) || is_nobody(d, i)) return false;
        if (d->lex[i]->word > PLAIN && score < TAG_FAIR) return false;
        words++;
    }
    return words;
}

/* "Hawai'i", "Jay J3": part of a longer word. */
static bool goes_on_behind(const struct doc *d, uint32_t last)
{
    if (doc_tok(d, (int64_t)last + 1)->kind == TOK_NUMBER) return doc_joined(d, (int64_t)last + 1);
    return doc_is_mark(d, (int64_t)last + 1, '\'') && doc_joined(d, (int64_t)last + 1) &&
           doc_joined(d, (int64_t)last + 2) && doc_tok(d, (int64_t)last + 2)->kind == TOK_WORD &&
           shape_after_possessive(d, last) == last + 1;
}

/* "PAOLA-1, SOPHIA and OLIVIA trials": capitals that go on in a number, or in a list of studies. */
static bool is_of_trials(const struct doc *d, uint32_t last)
{
    enum { REACH = 6 };
    if (!(d->tok[last].flags & TOK_UPPER) || d->tok[last].len < 2) return false;
    if (doc_is_mark(d, (int64_t)last + 1, '-') && doc_joined(d, (int64_t)last + 1) &&
        doc_joined(d, (int64_t)last + 2) && doc_tok(d, (int64_t)last + 2)->kind == TOK_NUMBER)
        return true;
    for (uint32_t i = last + 1; i <= last + REACH && i < d->n && !(d->tok[i].flags & TOK_LINE);
         i++) {
        if (doc_is_word(d, i, VIEW("trials")) || doc_is_word(d, i, VIEW("studies"))) return true;
        if (!tag_gate_is_link(d, i) && !(d->tok[i].flags & TOK_UPPER)) return false;
    }
    return false;
}

/* "lactato Magnésico a 9 comp": amid words that no list has, in another language or of another trade. */
static bool is_amid_unknown(const struct doc *d, uint32_t first, uint32_t last)
{
    const int64_t beside[] = { (int64_t)first - 1, (int64_t)last + 1 };
    for (size_t k = 0; k < COUNT_OF(beside); k++) {
        const struct token *t = doc_tok(d, beside[k]);
        if (t->kind == TOK_WORD && t->flags & TOK_LOWER && t->len > 1 && !doc_bits(d, beside[k]))
            return true;
    }
    return false;
}

/* Does what stands around words of names speak of a thing, a value, a list or a sentence of their own? */
static bool is_doubtful(const struct doc *d, const uint8_t *hit, uint32_t first, uint32_t last)
{
    return goes_on_behind(d, last) || tag_gate_has_thing_behind(d, last) ||
           doc_is_mark(d, (int64_t)last + 1, ':') || has_value(d, hit, last) ||
           is_among_things(d, hit, first, last) || tag_gate_is_thing(d, first, last) ||
           tag_gate_is_row_of_things(d, first, last) || is_amid_unknown(d, first, last) ||
           is_all_of_sentence(d, first, last) || is_of_trials(d, last);
}

static bool is_person(const uint8_t *hit, int64_t i)
{
    return hit && i >= 0 && (hit[i] & 0x1F) == 1 + LABEL_NAME;
}

/* "thought so; Quilo sent", "referred by Quilo", "Vesely/Quilo", "Vesely -> Quilo": where lists and sentences have persons. */
static bool is_led(const struct doc *d, const uint8_t *hit, uint32_t first)
{
    static const struct wordset_row rows[] = {
        { "by from to fr told asked tell ask per referred ref nor both cgc thanks thx hi", 1 },
    };
    static struct wordset set = WORDSET(rows);
    if (doc_opens_line(d, first)) return false;
    const struct token *t = doc_tok(d, (int64_t)first - 1),
                       *before = doc_tok(d, (int64_t)first - 2);
    if (t->kind == TOK_WORD)
        return wordset_class(wordset_ready(&set), t) ||
               (tag_gate_is_link(d, (int64_t)first - 1) && is_person(hit, (int64_t)first - 2));
    if (t->kind != TOK_MARK) return false;
    if (t->hash == '/') return is_person(hit, (int64_t)first - 2);
    /* "Trabectome; Ahmed; Molteno" are things */
    if (t->hash == ';') return before->kind != TOK_WORD || before->flags & TOK_LOWER;
    return t->hash == '>' && before->hash == '-';
}

/* Does a cell begin at token i: a line, a column, what a quote, dash or colon opens, or what stands behind a time? */
static bool opens_cell(const struct doc *d, uint32_t i)
{
    const struct token *t = doc_tok(d, (int64_t)i - 1);
    if (doc_opens_line(d, i) || shape_opens_column(d, i) || t->kind == TOK_NUMBER) return true;
    if (t->kind == TOK_WORD) return t->len == 2 && doc_tok(d, (int64_t)i - 2)->kind == TOK_NUMBER;
    if (t->hash == '.') return doc_is_word(d, (int64_t)i - 2, VIEW("m")); /* "5 a.m. Roe, Ada" */
    return t->hash == '"' || t->hash == ':' || t->hash == '|' ||
           (t->hash == '-' && !doc_joined(d, i));
}

static bool closes_cell(const struct doc *d, uint32_t last)
{
    const struct token *t = doc_tok(d, (int64_t)last + 1);
    return doc_ends_line(d, last) || shape_opens_column(d, last + 1) || t->hash == '"' ||
           t->hash == '(' || t->hash == '|' || (t->hash == '-' && t->flags & TOK_SPACE);
}

/* "05/12/2010 1441 Vorelundo, Zakusek⏎": two words that may be names fill a cell. Is the word first … last one of them? */
static bool is_entry(const struct doc *d, const uint8_t *hit, uint32_t first, uint32_t last)
{
    const bool given = doc_is_mark(d, (int64_t)first - 1, ',');
    const int64_t comma = (int64_t)(given ? first - 1 : last + 1);
    if (comma < 1 || comma + 1 >= (int64_t)d->n || !doc_is_mark(d, comma, ',') ||
        d->tok[comma].flags & TOK_LINE || d->tok[comma + 1].flags & TOK_LINE)
        return false;
    const uint32_t begin = given ? shape_word_begin(d, first - 2) : first;
    const uint32_t end = given ? last : shape_word_end(d, last + 2), other = given ? begin : end;
    return shape_of(d, other) == SHAPE_TITLE &&
           (is_person(hit, other) || tag_gate_is_word_of_name(d, other)) && opens_cell(d, begin) &&
           closes_cell(d, end);
}

/* "Rad: Sikorski.", "Pulm - Schmucker.": the whole answer to what stands before a colon or dash. */
static bool is_answer(const struct doc *d, uint32_t first, uint32_t last)
{
    const struct token *t = doc_tok(d, (int64_t)first - 1), *next = doc_tok(d, (int64_t)last + 1);
    if (doc_opens_line(d, first) || t->kind != TOK_MARK || doc_joined(d, first)) return false;
    return (t->hash == ':' || (t->hash == '-' && t->flags & TOK_SPACE)) &&
           (doc_ends_line(d, last) || next->hash == '.' || next->hash == '(' ||
            shape_opens_column(d, last + 1));
}

/* The last word of a line that has others, or all of one behind a line that ends with what was found. */
static bool is_closing(const struct doc *d, const uint8_t *hit, uint32_t first, uint32_t last)
{
    if (!doc_ends_line(d, last) || !first) return false;
    if (doc_opens_line(d, first))
        return (hit && hit[first - 1]) || d->tok[first - 1].kind == TOK_NUMBER;
    const struct token *t = &d->tok[first - 1];
    if (t->kind == TOK_NUMBER) return hit && hit[first - 1];
    return t->kind != TOK_WORD || !(d->lex[first - 1]->bits & (LEX(FUNCTION) | LEX(PLACE_CUE)));
}

bool tag_gate_is_left(const struct doc *d, const uint8_t *hit, uint32_t first, uint32_t last,
                      float inside)
{
    /* Of words that no list has, and of those that some list has as a name: nine in ten and seven in ten of what planted
     * notes gained were names, and 1,890 notes without them took 15 words more. */
    static const float UNKNOWN = 0.3F, UNKNOWN_HEAD = 0.35F, NAMES = 0.5F;
    /* … and where persons are told of */
    static const float UNKNOWN_LED = 0.1F, NAMES_LED = 0.2F, DOUBTFUL_LED = 0.3F;
    enum { SAID = 40, PLAIN = 2 };
    if (inside < UNKNOWN_LED || d->is_caseless || d->n_said < SAID) return false;
    bool known = false, plain = false;
    for (uint32_t i = first; i <= last; i++) {
        if (d->tok[i].kind != TOK_WORD) continue;
        if (is_of_house(d, i) || is_nobody(d, i) || d->lex[i]->word > PLAIN) return false;
        known |= d->lex[i]->bits != 0;
        plain |= d->lex[i]->word != 0;
    }
    const bool head = shape_starts_sentence(d, first);
    /* "Basil and sage", "Foxglove; Jimson;", "eggs Benedict, K 5.9" */
    const bool thing =
        (plain && head) || doc_is_mark(d, (int64_t)first - 1, ';') ||
        doc_is_mark(d, (int64_t)last + 1, ';') ||
        (doc_is_mark(d, (int64_t)last + 1, ',') && doc_tok(d, (int64_t)last + 2)->len == 1);
    if (known && thing) return false;
    if (is_led(d, hit, first) || is_closing(d, hit, first, last) || is_entry(d, hit, first, last)) {
        if (doc_is_mark(d, (int64_t)last + 1, ':') || goes_on_behind(d, last) ||
            tag_gate_has_thing_behind(d, last) || has_value(d, hit, last) ||
            tag_gate_is_row_of_things(d, first, last) || tag_gate_is_given(d, first))
            return false;
        return inside >= (known ? NAMES_LED : UNKNOWN_LED) &&
               (inside >= DOUBTFUL_LED || !is_doubtful(d, hit, first, last));
    }
    if (!known && inside >= DOUBTFUL_LED && is_answer(d, first, last))
        return !is_of_trials(d, last) && !tag_gate_is_row_of_things(d, first, last);
    return inside >= (known  ? NAMES
                      : head ? UNKNOWN_HEAD
                             : UNKNOWN) &&
           !is_doubtful(d, hit, first, last);
}

bool tag_gate_is_code(const struct doc *d, uint32_t last)
{
    return goes_on_behind(d, last) || is_of_trials(d, last);
}

bool tag_gate_is_written(const struct doc *d, const uint8_t *hit, uint32_t first, uint32_t last,
                         float score)
{
    static const float AMID = 0.4F, HEAD = 0.6F, PLAIN = 0.8F;
    enum { SAID = 40 };
    if (d->is_caseless || d->n_said < SAID) return false;
    if (tag_gate_is_filed(d, hit, first, last, score)) return true;
    if (is_shouted_pair(d, first, last)) return score >= TAG_FAIR;
    if (!is_of_names(d, first, last, score) || goes_on_behind(d, last) ||
        tag_gate_has_thing_behind(d, last) ||
        (tag_gate_is_link(d, (int64_t)last + 1) && tag_gate_has_thing_behind(d, last + 2)) ||
        doc_is_mark(d, (int64_t)last + 1, ':'))
        return false;
    /* where values and things of a list stand too, the score must be high */
    if ((score < PLAIN && has_value(d, hit, last)) ||
        (score < TAG_SURER && has_score(d, hit, last)) ||
        (score < TAG_TELLING && is_among_things(d, hit, first, last)))
        return false;
    if (score < TAG_TELLING && tag_gate_is_thing(d, first, last)) return false;
    if ((first == last || score < TAG_SURER) && tag_gate_is_row_of_things(d, first, last))
        return false;
    if (first == last && tag_gate_is_given(d, first) && shape_after_possessive(d, last) == last + 1)
        return score >= TAG_TELLING;
    if (score < TAG_FAIR && is_amid_unknown(d, first, last)) return false;
    if (is_all_of_sentence(d, first, last)) return score >= TAG_TELLING;
    if (!shape_starts_sentence(d, first) || is_behind_colon(d, first)) return score >= AMID;
    return score >= (d->lex[first]->word ? PLAIN : HEAD); /* "Basil and sage allergy" */
}
