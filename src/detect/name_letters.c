#include "detect/name_letters.h"

#include "detect/name_frame_inside.h"
#include "detect/name_initials.h"
#include "detect/taken.h"

static bool is_letter(const struct doc *d, int64_t i)
{
    const struct token *t = doc_tok(d, i);
    return t->kind == TOK_WORD && t->len == 1 && t->flags & TOK_CAP && !d->shield[i] &&
           !shape_is_class_letter(d, (uint32_t)i);
}

/* A day or a time at token i, "2320" and "7 p.m." too, and no value: "Perez, L 3.2". */
static bool is_time_beside(const struct doc *d, uint32_t i)
{
    const struct token *n = doc_tok(d, i), *half = doc_tok(d, (int64_t)i + 1);
    if (n->kind != TOK_NUMBER || doc_joined(d, i)) return false;
    if (n->len == 4 && doc_is_mark(d, (int64_t)i + 1, '.') && !doc_joined(d, (int64_t)i + 2))
        return true;
    if (n->len <= 2 && half->kind == TOK_WORD) {
        const char c = ascii_lower(d->text.p[half->start]);
        return (c == 'a' || c == 'p') &&
               (half->len == 2 || (half->len == 1 && doc_is_mark(d, (int64_t)i + 2, '.')));
    }
    return doc_joined(d, (int64_t)i + 1) ? name_is_moment(d, i) : n->len == 4;
}

/* Does an entry end before token i: with a line, a mark of a list, a moment or letters of a trade? */
static bool ends_before(const struct doc *d, uint32_t i)
{
    const struct token *t = doc_tok(d, i);
    if (i >= d->n || t->flags & TOK_LINE || shape_opens_column(d, i) || is_time_beside(d, i))
        return true;
    if (t->kind == TOK_WORD) return d->lex[i]->bits & LEX(CREDENTIAL) && t->flags & TOK_UPPER;
    return t->kind == TOK_MARK &&
           (t->hash == ',' || t->hash == ';' || t->hash == ')' || t->hash == '.' ||
            (t->hash == '/' && !(doc_joined(d, i) && doc_joined(d, (int64_t)i + 1))));
}

/* The last token of ", V." or " V" behind token `last`, or `last`. Without a comma only a field's whole answer. */
SELDOM static uint32_t letter_behind(const struct doc *d, uint32_t first, uint32_t last)
{
    const bool comma = doc_is_mark(d, (int64_t)last + 1, ',');
    uint32_t at = last + 1 + comma;
    if (!comma && !doc_is_mark(d, (int64_t)first - 1, ':') && !is_time_beside(d, at + 1))
        return last;
    if (at >= d->n || d->tok[at].flags & TOK_LINE || doc_joined(d, at) || !is_letter(d, at))
        return last;
    const char c = d->text.p[d->tok[at].start];
    if ((c == 'M' || c == 'F') && doc_tok(d, (int64_t)at + 2)->kind == TOK_NUMBER)
        return last; /* "Tarrow, F, 54" */
    if (doc_is_mark(d, (int64_t)at + 1, '.') && doc_joined(d, at + 1)) at++;
    /* "BP 87/47. Garbeck, L. However": between two sentences */
    const struct token *next = doc_tok(d, (int64_t)at + 1);
    const bool alone = comma && doc_is_mark(d, at, '.') &&
                       doc_is_mark(d, (int64_t)first - 1, '.') && !(next->flags & TOK_LOWER) &&
                       !doc_joined(d, (int64_t)at + 1);
    return alone || ends_before(d, at + 1) ? at : last;
}

/* The last token of the initials behind a given name: "Signed for by Ilvana TV.", "pt Ilvana TV   PT": or `last`. */
SELDOM static uint32_t signs_behind(const struct doc *d, uint32_t first, uint32_t last)
{
    const uint32_t at = last + 1;
    if (at >= d->n || !first || d->tok[at].flags & TOK_LINE || d->tok[at].kind != TOK_WORD ||
        !(d->tok[at].flags & TOK_UPPER) || d->tok[at].len > 3 || shape_opens_column(d, at) ||
        !(d->tok[first - 1].flags & TOK_LOWER) || d->tok[first].flags & (TOK_LINE | TOK_UPPER) ||
        d->shield[at])
        return last;
    const struct token *next = doc_tok(d, (int64_t)at + 1);
    const bool ends = ends_before(d, at + 1) || (next->kind == TOK_MARK && next->hash == '.') ||
                      doc_is_word(d, (int64_t)at + 1, VIEW("to"));
    const bool his = d->text.p[d->tok[at].start] == d->text.p[d->tok[first].start];
    return ends && (his ? !(d->lex[at]->bits & LEX(CREDENTIAL)) : name_letters_mean_nothing(d, at))
               ? at
               : last;
}

/* The last token of the initials behind a family name that stands under a title or alone on its line, as in India: "Dr.
 * Narlikar KR", "Narlikar KR⏎": or `last`. */
SELDOM static uint32_t initials_behind(const struct doc *d, uint32_t first, uint32_t last)
{
    const uint32_t at = last + 1;
    const struct token *t = doc_tok(d, at), *next = doc_tok(d, (int64_t)at + 1);
    if (t->kind != TOK_WORD || !(t->flags & TOK_UPPER) || t->flags & TOK_LINE || t->len > 3 ||
        doc_joined(d, at) || d->shield[at] || d->tok[last].flags & TOK_UPPER)
        return last;
    /* "Regards,⏎Narlikar IG": letters that mean something too */
    const bool signed_off = doc_opens_line(d, first) && doc_is_mark(d, (int64_t)first - 1, ',');
    if (d->lex[at]->bits & LEX(CREDENTIAL) ||
        (t->len > 1 && !signed_off && !name_letters_mean_nothing(d, at)))
        return last;
    const int64_t b = (int64_t)first - (doc_is_mark(d, (int64_t)first - 1, '.') ? 2 : 1);
    const bool titled = doc_bits(d, first) & LEX(TITLE) ||
                        (doc_bits(d, b) & LEX(TITLE) && !(doc_tok(d, first)->flags & TOK_LINE));
    const bool alone = doc_opens_line(d, first) && doc_ends_line(d, at) && t->len > 1;
    const bool goes_on = t->len > 1 && next->kind == TOK_WORD && next->flags & TOK_LOWER;
    return alone || (titled && (goes_on || ends_before(d, at + 1) || doc_is_mark(d, at + 1, '&')))
               ? at
               : last;
}

/* "Dr. K.R.Narlikar", of which the letters were found: past the family name joined to them, or 0. */
SELDOM static uint32_t joined_end(const struct doc *d, const struct finding *x)
{
    const uint32_t at = taken_token_at(d, x->end - 1) + 1;
    const struct token *t = doc_tok(d, at);
    if (t->kind != TOK_WORD || t->len < 3 || t->start != x->end || !(t->flags & TOK_CAP)) return 0;
    return token_end(&d->tok[shape_word_end(d, at)]);
}

/* "K.R.Narlikar", of which the family name was found: the first of the letters joined to it, or `first`. */
SELDOM static uint32_t joined_begin(const struct doc *d, uint32_t first)
{
    enum { LETTERS_MAX = 4 };
    uint32_t at = first;
    for (unsigned n = 0; n < LETTERS_MAX && at >= 2; n++) {
        if (!doc_is_mark(d, (int64_t)at - 1, '.') || !doc_joined(d, at) || !doc_joined(d, at - 1) ||
            !is_letter(d, (int64_t)at - 2))
            break;
        at -= 2;
    }
    return doc_joined(d, at) && doc_tok(d, (int64_t)at - 1)->kind != TOK_MARK ? first : at;
}

/* The first token of "E." right before token `first`, or `first`. The letter of an item of a list opens its line. */
SELDOM static uint32_t letter_before(const struct doc *d, uint32_t first)
{
    enum { ITEMS = 'F' };
    if (first < 2 || !doc_is_mark(d, (int64_t)first - 1, '.') || !doc_joined(d, first - 1) ||
        d->tok[first].flags & TOK_LINE || !is_letter(d, (int64_t)first - 2))
        return first;
    const uint32_t i = first - 2;
    const bool opens = !i || d->tok[i].flags & TOK_LINE;
    const bool joined = doc_joined(d, i) && !doc_is_mark(d, (int64_t)i - 1, '-');
    return joined || (opens && d->text.p[d->tok[i].start] <= ITEMS) ? first : i;
}

/* Two or three capitals. */
static bool are_signs(view text, size_t at)
{
    size_t n = 0;
    while (n < 4 && at + n < text.n && text.p[at + n] >= 'A' && text.p[at + n] <= 'Z')
        n++;
    return n - 2 < 2;
}

static bool is_capital_alone(view text, size_t at)
{
    return at < text.n && text.p[at] >= 'A' && text.p[at] <= 'Z' &&
           (at + 1 == text.n ||
            !(ascii_is_alpha(text.p[at + 1]) || ascii_is_digit(text.p[at + 1])));
}

/* Does the text beside the name look so at all? Most names are told by its bytes, without a search for their tokens. */
static bool may_have_letter(view text, const struct finding *x)
{
    const size_t behind = x->end + (x->end < text.n && text.p[x->end] == ',');
    if (behind < text.n && text.p[behind] == ' ' &&
        (is_capital_alone(text, behind + 1) || are_signs(text, behind + 1)))
        return true;
    if (x->end < text.n && x->end && text.p[x->end - 1] == '.' && text.p[x->end] >= 'A' &&
        text.p[x->end] <= 'Z')
        return true;
    if (x->start > 1 && text.p[x->start - 1] == '.' && is_capital_alone(text, x->start - 2))
        return true;
    return x->start > 2 && text.p[x->start - 1] == ' ' && text.p[x->start - 2] == '.' &&
           is_capital_alone(text, x->start - 3);
}

void name_letters(const struct doc *d, struct findings *out)
{
    for (uint32_t k = 0; k < out->n; k++) {
        struct finding *x = &out->v[k];
        if (x->label != LABEL_NAME || x->source == SOURCE_KNOWN || !may_have_letter(d->text, x))
            continue;
        const uint32_t first = taken_token_at(d, x->start), last = taken_last(d, first, x->end);
        if (doc_is_mark(d, last, '.')) {
            const uint32_t end = joined_end(d, x);
            if (end) x->end = end;
            continue;
        }
        if (d->tok[last].len < 2 || d->tok[last].kind != TOK_WORD) continue;
        uint32_t to = letter_behind(d, first, last);
        if (to == last) to = signs_behind(d, first, last);
        if (to == last) to = initials_behind(d, first, last);
        if (to > last) x->end = token_end(&d->tok[to]);
        if (shape_word_begin(d, last) != first) continue; /* of more than one word */
        uint32_t from = letter_before(d, first);
        if (from == first) from = joined_begin(d, first);
        if (from < first) x->start = d->tok[from].start;
    }
}
