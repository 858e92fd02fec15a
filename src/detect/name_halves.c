#include "detect/name_halves.h"

#include "detect/shape.h"
#include "detect/taken.h"
#include "detect/wordset.h"

/* What stands before a hyphen and a capital in a heading, and in no name: "Follow-Up", "Non-Smoker". */
static const struct wordset_row rows[] = {
    { "follow check work sign post pre non anti co self re intra inter well long short high low "
      "multi semi sub ultra mid full part half on off in out up drop walk call set step break hand "
      "stand start mark ex x t b c d e i s peri extra trans para hyper hypo neo cross over under "
      "all one two three four five six seven eight nine ten first second third read write build "
      "sit head chest push pull cut lay run add",
      1 },
};
static struct wordset words = WORDSET(rows);

static const uint64_t NO_NAME = LEX(MEDICAL) | LEX(DRUG) | LEX(ABBREVIATION) | LEX(CREDENTIAL) |
                                LEX(UNIT) | LEX(MONTH) | LEX(WEEKDAY) | LEX(ORG_HEAD) |
                                LEX(ORG_NAME) | LEX(CLINICIAN) | LEX(STATE) | LEX(COUNTRY);

/* One word of such a name, by case and lists. */
static bool may_be_half(const struct doc *d, uint32_t i, uint64_t never)
{
    const struct lex_info *l = d->lex[i];
    const enum shape s = shape_of(d, i);
    return d->tok[i].kind == TOK_WORD && d->tok[i].len > 1 && !d->shield[i] &&
           (s == SHAPE_TITLE || s == SHAPE_ACRONYM ||
            (d->tok[i].flags & TOK_UPPER && !d->is_caseless)) &&
           (!(l->bits & never) || MAX(l->given, l->surname) > l->word);
}

/* Is the written word first … last two words with capitals and a hyphen between, as names have it? `told`: one of them
 * was taken for a name, so that the other may mean something: "Day-Brennick", "Bui-Do". */
SELDOM static bool is_double(const struct doc *d, uint32_t first, uint32_t last, bool told)
{
    const uint64_t never = told ? LEX(MEDICAL) | LEX(DRUG) : NO_NAME;
    if (last < first + 2 || wordset_class(wordset_ready(&words), &d->tok[first])) return false;
    for (uint32_t i = first; i <= last; i += 2)
        if (!may_be_half(d, i, never) || (i > first && !doc_is_mark(d, (int64_t)i - 1, '-')))
            return false;
    return true;
}

static bool is_capital(view text, size_t at)
{
    return at < text.n && text.p[at] >= 'A' && text.p[at] <= 'Z';
}

/* The last token of the double name behind token `last`, or the end of the one that it begins, or `last`. */
SELDOM static uint32_t double_behind(const struct doc *d, uint32_t last)
{
    const bool within = doc_is_mark(d, (int64_t)last + 1, '-') && doc_joined(d, (int64_t)last + 1);
    const uint32_t first = within ? shape_word_begin(d, last) : last + 1;
    if (first >= d->n || (!within && d->tok[first].flags & TOK_LINE)) return last;
    const uint32_t end = shape_word_end(d, first);
    return end > last && is_double(d, first, end, within) ? end : last;
}

/* Can the word at token i be the family name that its given name stands behind, and nothing else? */
static bool is_family(const struct doc *d, uint32_t i)
{
    const struct lex_info *l = d->lex[i];
    /* in a line of capitals too */
    const bool capitals =
        d->tok[i].flags & TOK_UPPER && !d->is_caseless && !d->shield[i] && !(l->bits & NO_NAME);
    return (capitals || may_be_half(d, i, NO_NAME)) && d->tok[i].len > 2 &&
           (!l->bits || MAX(l->given, l->surname) > MAX(l->word, l->place));
}

/* "10/30/2012 - Spann, Ruthella - U6464785", "Case 9. Spann, Ruthella   DOB": behind a dash with blanks or the number of an
 * item. */
static bool is_apart(const struct doc *d, uint32_t first, const struct token *before)
{
    if (before->kind != TOK_MARK || doc_joined(d, first)) return false;
    if (before->hash == ':') return true;
    if (before->hash == '-') return !doc_joined(d, (int64_t)first - 1);
    return before->hash == '.' && doc_tok(d, (int64_t)first - 2)->kind == TOK_NUMBER;
}

/* Does the entry first … last fill a cell: a line or bracket opens it, a column, bracket, mark or number follows? */
static bool fills_cell(const struct doc *d, uint32_t first, uint32_t last)
{
    const struct token *next = doc_tok(d, (int64_t)last + 1);
    const struct token *before = doc_tok(d, (int64_t)first - 1);
    const bool opens = !first || d->tok[first].flags & TOK_LINE || shape_opens_column(d, first) ||
                       doc_is_mark(d, (int64_t)first - 1, '[') ||
                       (is_apart(d, first, before) && !doc_is_mark(d, (int64_t)last + 1, ','));
    return opens && (last + 1 >= d->n || next->flags & TOK_LINE || next->kind != TOK_WORD ||
                     shape_opens_column(d, last + 1));
}

/* "BRENNICK, OTTILINE" among small letters. */
static bool is_shouted(const struct doc *d, uint32_t family, uint32_t given)
{
    const bool capitals = d->tok[family].flags & d->tok[given].flags & TOK_UPPER;
    return capitals && !d->is_caseless && d->tok[family].len > 2 && d->tok[given].len > 2 &&
           d->tok[family].len + d->tok[given].len > 7;
}

/* The first token of "Brennick, " before the given name first … last, or `first`. */
static uint32_t family_before(const struct doc *d, uint32_t first, uint32_t last)
{
    if (first < 2 || !doc_is_mark(d, (int64_t)first - 1, ',') || d->tok[first].flags & TOK_LINE ||
        d->tok[first - 1].flags & TOK_LINE)
        return first;
    const uint32_t begin = shape_word_begin(d, first - 2);
    const bool family =
        begin < first - 2 ? is_double(d, begin, first - 2, true) : is_family(d, begin);
    return family && (is_shouted(d, begin, first) || fills_cell(d, begin, last)) ? begin : first;
}

/* The last token of ", Ottiline" behind the family name first … last, or `last`. */
SELDOM static uint32_t given_behind(const struct doc *d, uint32_t first, uint32_t last)
{
    const uint32_t at = last + 2;
    if (at >= d->n || d->tok[at].flags & TOK_LINE || d->tok[at - 1].flags & TOK_LINE) return last;
    const uint32_t end = shape_word_end(d, at);
    if (shape_is_inside_name(d, (int64_t)at + 1) && d->tok[at].flags & TOK_CAP) return end;
    if (!is_family(d, at)) return last;
    return is_shouted(d, last, at) || fills_cell(d, first, end) ? end : last;
}

/* The last token of a Korean family name behind a given name of two parts, "Da-Hye Do", "Hal Kwun Ok", or `last`: a
 * word too, whose capital nothing else gives it there. "Ok to go" is none. */
SELDOM static uint32_t short_family_behind(const struct doc *d, uint32_t first, uint32_t last)
{
    static const struct wordset_row families[] = { { "do ok ban min im yom ha", 1 } };
    static struct wordset set = WORDSET(families);
    const uint32_t at = last + 1;
    if (first == last || at >= d->n || d->tok[at].flags & (TOK_LINE | TOK_UPPER) ||
        !wordset_class(wordset_ready(&set), &d->tok[at]) || shape_of(d, at) != SHAPE_TITLE)
        return last;
    const struct token *next = doc_tok(d, (int64_t)at + 1);
    const bool asks = doc_is_word(d, at + 1, VIEW("to")) || doc_is_word(d, at + 1, VIEW("not")) ||
                      doc_is_word(d, at + 1, VIEW("you")) || doc_is_mark(d, at + 1, '\'');
    return asks || (next->flags & TOK_CAP && next->len == 1) ? last : at;
}

/* "An Truong reports": an article stands before no consonant, so that the name begins there. */
static bool is_behind_an(view text, size_t start)
{
    if (start < 3 || start + 1 >= text.n || memcmp(text.p + start - 3, "An ", 3) != 0) return false;
    if (start > 3 && (ascii_is_alpha(text.p[start - 4]) || text.p[start - 4] == '-')) return false;
    return is_capital(text, start) && !strchr("AEIOUHXY", text.p[start]) &&
           text.p[start + 1] >= 'a' && text.p[start + 1] <= 'z';
}

/* The first byte of the word whose second part, behind an apostrophe, begins at `start`: "Ka'ahanui"; and the apostrophe that
 * opens a word and no quotation: "'Ana". */
SELDOM static size_t begin_of_word(const struct doc *d, size_t start)
{
    enum { FAR = 80 };
    const view text = d->text;
    const uint32_t i = taken_token_at(d, start);
    if (i > 1 && shape_is_inside_name(d, (int64_t)i - 1)) return d->tok[i - 2].start;
    if (!is_capital(text, start) || (start > 1 && ascii_is_alpha(text.p[start - 2]))) return start;
    for (size_t at = start; at < text.n && at < start + FAR && text.p[at] != '\n'; at++)
        if (text.p[at] == '\'' && !(at + 1 < text.n && ascii_is_alpha(text.p[at + 1])))
            return start;
    return start - 1;
}

void name_halves(const struct doc *d, struct findings *out)
{
    const view text = d->text;
    for (uint32_t k = 0; k < out->n; k++) {
        struct finding *x = &out->v[k];
        if (x->label != LABEL_NAME || x->source == SOURCE_KNOWN) continue;
        if (UNLIKELY(is_behind_an(text, x->start))) x->start -= 3;
        if (UNLIKELY(x->start && text.p[x->start - 1] == '\''))
            x->start = begin_of_word(d, x->start);
        if (UNLIKELY(x->end < text.n && text.p[x->end] == '\'')) {
            const uint32_t i = taken_token_at(d, x->end - 1);
            if (shape_is_inside_name(d, (int64_t)i + 1))
                x->end = token_end(&d->tok[shape_word_end(d, i)]);
        }
        /* most names are told by the bytes around, without a search for their tokens */
        const char after = x->end < text.n ? text.p[x->end] : 0;
        const bool behind = ((after == ' ' || after == '-') && is_capital(text, x->end + 1)) ||
                            (after == ',' && is_capital(text, x->end + 2));
        const bool before =
            x->start > 2 && (text.p[x->start - 1] == '-' || text.p[x->start - 2] == ',');
        if (!behind && !before) continue;
        uint32_t first = taken_token_at(d, x->start), last = taken_last(d, first, x->end);
        if (before && text.p[x->start - 1] == '-') {
            const uint32_t begin = shape_word_begin(d, first);
            if (begin < first && is_double(d, begin, shape_word_end(d, begin), true)) first = begin;
        } else if (before) {
            first = family_before(d, first, last);
        }
        if (behind && after != ',')
            last = short_family_behind(d, first, double_behind(d, last));
        else if (behind && first == shape_word_begin(d, last))
            last = given_behind(d, first, last);
        x->start = d->tok[first].start;
        x->end = MAX(x->end, token_end(&d->tok[last]));
    }
}
