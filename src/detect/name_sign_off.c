#include "detect/name_sign_off.h"

#include "detect/name_initials.h"
#include "detect/name_small.h"
#include "detect/shape.h"
#include "detect/wordset.h"

enum { SHORTEST_TEXT = 6 };

/* What they are, in small letters, behind their initials. */
static const struct wordset_row rows[] = {
    { "rn lpn lvn cna cma ma md do np pa slp pt ot rt rph crna pgy cm sw lcsw msw rd emt", 1 },
};
static struct wordset trades = WORDSET(rows);

/* A full stop, or the mark at the end of a sentence, with words before it on its line or above. */
static bool ends_sentence(const struct doc *d, int64_t i)
{
    const struct token *t = doc_tok(d, i), *before = doc_tok(d, i - 1);
    if (t->kind != TOK_MARK || !(t->hash == '.' || t->hash == '!' || t->hash == '?')) return false;
    return (before->kind == TOK_WORD && before->len > 2) || before->kind == TOK_NUMBER;
}

/* One given name, or a letter and a family name, from token i to `last`. */
SELDOM static bool is_name(const struct doc *d, uint32_t i, uint32_t last, bool dashed)
{
    const uint64_t other = LEX(MEDICAL) | LEX(DRUG) | LEX(ABBREVIATION) | LEX(MONTH) |
                           LEX(WEEKDAY) | LEX(FUNCTION) | LEX(CLINICIAN) | LEX(CREDENTIAL);
    const bool letter = d->tok[i].len == 1 && d->tok[i].flags & TOK_CAP && i < last;
    if (letter) i += doc_is_mark(d, (int64_t)i + 1, '.') ? 2 : 1;
    if (i > last || shape_word_end(d, i) != last || shape_of(d, i) != SHAPE_TITLE ||
        d->tok[i].len < 2 || d->shield[i])
        return false;
    const struct lex_info *l = d->lex[i];
    const int rank = letter ? MAX(l->given, l->surname) : l->given;
    if (l->bits & other && MAX(l->given, l->surname) < 3) return false;
    if (letter) return !l->bits || rank > l->word;
    return dashed ? !l->bits || MAX(l->given, l->surname) >= MAX(1, l->word)
                  : rank >= 3 && rank > l->word;
}

/* "kmc" behind a day, "mjt cma" behind a sentence: letters in small that mean nothing. */
static bool is_letters(const struct doc *d, const uint8_t *taken, uint32_t i, bool has_trade)
{
    const struct token *t = &d->tok[i], *before = doc_tok(d, (int64_t)i - 1);
    if (t->kind != TOK_WORD || !(t->flags & TOK_LOWER) || t->len < 2 || t->len > 3 ||
        d->lex[i]->bits || !name_letters_mean_nothing(d, i))
        return false;
    const bool dated = i && before->kind == TOK_NUMBER && taken[i - 1] && !doc_joined(d, i);
    return dated || (has_trade && (ends_sentence(d, (int64_t)i - 1) || t->flags & TOK_LINE));
}

/* "… is better.⏎quenby", "… no fever. - quenby" in small letters: on no list, or above all a name. */
static bool is_small(const struct doc *d, uint32_t i)
{
    const bool dashed = doc_is_mark(d, (int64_t)i - 1, '-') && !doc_joined(d, i) &&
                        d->tok[i - 1].flags & (TOK_SPACE | TOK_LINE);
    const bool parted = d->tok[i].flags & TOK_LINE && i > 1 && d->tok[i - 1].kind == TOK_MARK &&
                        d->tok[i - 1].hash != ':';
    const struct lex_info *x = d->lex[i];
    const bool is_name = x->bits ? x->given > x->word : name_small_would_be(d, i);
    return !d->is_caseless && is_name && (parted || (dashed && ends_sentence(d, (int64_t)i - 2)));
}

SELDOM static err add(const struct doc *d, uint32_t first, uint32_t last, float score,
                      struct findings *out)
{
    return doc_add_name(d, first, last, RULE_NAME_HANDOVER, score, WHO_UNKNOWN, out);
}

err name_sign_off(const struct doc *d, const uint8_t *taken, struct findings *out)
{
    if (d->n < SHORTEST_TEXT) return OK;
    uint32_t last = d->n - 1;
    if (doc_is_mark(d, last, '.')) last--;
    if (d->tok[last].kind == TOK_NUMBER && doc_joined(d, last)) last--; /* pgy2 */
    const struct token *t = &d->tok[last];
    if (t->kind != TOK_WORD) return OK;
    if (t->flags & TOK_LOWER && t->len > 4) /* most texts */
        return is_small(d, last) && !taken[last] ? add(d, last, last, 0.9F, out) : OK;
    const bool has_trade =
        wordset_class(wordset_ready(&trades), &d->tok[last]) && d->tok[last].flags & TOK_LOWER;
    const uint32_t at = last - has_trade;
    uint32_t first = at;
    if (is_letters(d, taken, at, has_trade)) {
        if (taken[at]) return OK;
    } else {
        first = shape_word_begin(d, at);
        if (first > 2 && doc_is_mark(d, (int64_t)first - 1, '.') && d->tok[first - 2].len == 1)
            first -= 2;
        else if (first > 1 && d->tok[first - 1].len == 1 && d->tok[first - 1].flags & TOK_CAP)
            first--;
        if (first < 2) return OK;
        const struct token *dash = &d->tok[first - 1];
        const bool dashed = doc_is_mark(d, (int64_t)first - 1, '-') && dash->flags & TOK_SPACE &&
                            (dash->flags & TOK_LINE || ends_sentence(d, (int64_t)first - 2));
        if (has_trade || taken[first] || taken[at] ||
            !(dashed || ends_sentence(d, (int64_t)first - 1)) || !is_name(d, first, at, dashed))
            return OK;
    }
    return add(d, first, at, 0.75F, out);
}
