/* detect/shape.h — what the letters' case says about a word, given the words around it.
 *
 * A capital says "name" only where others are small: in a line of capitals, or in a text typed without
 * any, case carries nothing and the lexicon must do more.   Threads: pure.
 */
#pragma once
#include "detect/doc.h"

enum shape {
    SHAPE_NONE,    /* no word */
    SHAPE_TITLE,   /* Smith, McDonald, a single capital letter */
    SHAPE_ACRONYM, /* capitals alone among small letters: MGH, or a name shouted */
    SHAPE_LOWER,   /* small letters in a text that has capitals: speaks against a name */
    SHAPE_BLANK,   /* case says nothing here */
};
/* Of a word of two capitals and more, which its neighbours decide. */
enum shape shape_of_capitals(const struct doc *d, int64_t i);
/* [is_caseless][the flags CAP, UPPER, LOWER and WIDE as bits]: of any other word. */
extern const uint8_t shape_by_case[2][16];
/* Which case a word has can't be guessed: what its flags say is looked up, not branched on. */
static inline enum shape shape_of(const struct doc *d, int64_t i)
{
    const struct token *t = doc_tok(d, i);
    if (t->kind != TOK_WORD) return SHAPE_NONE;
    if (t->flags & TOK_UPPER && t->len > 1) return shape_of_capitals(d, i);
    return (enum shape)shape_by_case[d->is_caseless][t->flags / TOK_CAP % 16];
}
/* Could begin a name as far as case goes: TITLE, ACRONYM or BLANK. */
bool shape_may_name(const struct doc *d, int64_t i);
/* The text is typed without minding capitals: see detect/caseless.h. */
bool shape_is_caseless(const struct doc *d);
/* Token i begins a sentence, a line, a list item or what follows a colon, so that its capital is due
 * to its place. */
bool shape_starts_sentence(const struct doc *d, int64_t i);
/* Is the capital letter at i a class or a sex, not an initial: "grade B", "Strep A", "Twin B", "34 yo M"? */
bool shape_is_class_letter(const struct doc *d, int64_t i);
/* The apostrophe of "Ka'ahanui", "Pe'a", "Sa'diyah", which has small letters behind it and stands for a sound; that of
 * "don't" and "she'll" does not. */
bool shape_is_inside_name(const struct doc *d, int64_t mark);
/* shape_word_end of a token that a mark is joined to, as few are. */
uint32_t shape_joined_word_end(const struct doc *d, uint32_t i);
/* Tokens that belong together as one written word: letters joined by ' or - ("O'Brien", "Smith-Jones").
 * Returns the last token of the word that begins at i; a possessive "'s" is left out.
 * Sixteen parts at most. */
static inline uint32_t shape_word_end(const struct doc *d, uint32_t i)
{
    const struct token *mark = doc_tok(d, (int64_t)i + 1);
    return mark->kind == TOK_MARK && !(mark->flags & TOK_SPACE) ? shape_joined_word_end(d, i) : i;
}
/* The other way: the first token of the written word that ends at i. */
uint32_t shape_word_begin(const struct doc *d, uint32_t i);
/* The same for a name's word, as long as what is before i can be of the name: a letter or two ("O'"), a name or
 * nothing that is known ("HYUN-" of "HYUN-WOO"), but no "post-". */
uint32_t shape_name_begin(const struct doc *d, uint32_t i);
/* The s of "Mary's" at j, or of "Mary s" in a text that lost its punctuation: the owner's token, or -1. */
int64_t shape_owner(const struct doc *d, uint32_t j);
/* Past a possessive after the written word that ends at `last`: the index of the next token. */
uint32_t shape_after_possessive(const struct doc *d, uint32_t last);
/* Two blanks, a tab or a line end before token i: the next field of a line that is set in columns. */
static inline bool shape_opens_column(const struct doc *d, uint32_t i)
{
    if (i >= d->n) return false;
    const uint32_t from = i ? token_end(&d->tok[i - 1]) : 0, gap = d->tok[i].start - from;
    return gap > 1 || (gap && d->text.p[from] == '\t');
}
/* The same, but for two blanks alone, which are typed in prose and left by lost marks as well. */
bool shape_is_wide_gap(const struct doc *d, uint32_t i);
/* "54F", "M 62" from token i on: the token after it, or i. */
uint32_t shape_past_age(const struct doc *d, uint32_t i);
