/* detect/tag_gate_inside.h — what the files of the gate share.
 *
 *     tag_trim.c          where a span begins and ends
 *     tag_gate.c          whether it may stand alone
 *     tag_gate_written.c  whether nothing but a name is written so
 *     tag_gate_things.c   whether things stand so
 *     tag_gate_place.c    the same of houses and places
 *     tag_gate_house.c    the same of those that say what they are
 *     tag_gate_number.c   the same of days and numbers
 *
 * Threads: pure. */
#pragma once
#include "detect/tag_gate.h"

/* Scores that are asked for. */
static const float TAG_LIKELY = 0.4F, TAG_FAIR = 0.6F, TAG_TELLING = 0.9F, TAG_SURE = 0.95F,
                   TAG_SURER = 0.99F;

/* Is a score enough for a text of this length? `doubtful`: one word that begins a sentence. */
bool tag_is_sure(const struct doc *d, float score, bool doubtful);

static inline uint32_t tag_digits(const struct doc *d, uint32_t first, uint32_t last)
{
    uint32_t n = 0;
    for (uint32_t i = first; i <= last; i++)
        if (d->tok[i].kind == TOK_NUMBER) n += d->tok[i].len;
    return n;
}

/* Classes of words first … last together. */
static inline uint64_t tag_bits(const struct doc *d, uint32_t first, uint32_t last)
{
    uint64_t bits = 0;
    for (uint32_t i = first; i <= last; i++)
        bits |= d->lex[i]->bits;
    return bits;
}

/* Those of the n words before token `first` on its line. */
static inline uint64_t tag_bits_before(const struct doc *d, uint32_t first, uint32_t n)
{
    uint64_t bits = 0;
    for (uint32_t i = first; i > 0 && n-- && !(d->tok[i].flags & TOK_LINE);)
        bits |= d->lex[--i]->bits;
    return bits;
}

static inline bool tag_is_and(const struct doc *d, uint32_t i)
{
    return d->tok[i].kind == TOK_WORD && d->tok[i].hash == token_hash_literal(VIEW("and"));
}

/* "Sexo: F. Motivo:": is the letter at token i the answer of a field? */
bool tag_is_sex(const struct doc *d, uint32_t i);
/* May "RZT4471", "92647181:5", which no rule found, stand alone? */
bool tag_gate_id(const struct doc *d, uint32_t first, uint32_t last, float score);
/* May "268-4465", without the code of its area? */
bool tag_gate_phone(const struct doc *d, uint32_t first, uint32_t last, float score);
/* May "25.7.22"? */
bool tag_gate_day(const struct doc *d, uint32_t first, uint32_t last, float score);
/* Is it no value, count, code of a procedure or stage that medicine has, as far as its form and the words before it tell? `reaches`: the
 * tagger takes it for a telephone's. What is left may be an identifier, if more speaks for it than a score (detect/tag_judge.h). */
bool tag_gate_may_be_number(const struct doc *d, uint32_t first, uint32_t last, bool reaches);
/* May "Second Step", "Av. Insurgentes 1807"? `hit` is struct tag_text's. */
bool tag_gate_place(const struct doc *d, const uint8_t *hit, uint32_t first, uint32_t last,
                    const struct tag_label *l, float score);
/* "charge, Vaidya, 18:00", "attn. Quilogard", "Zellner, V": words that no list has as anything but names, in a text with
 * small letters, and no things of a list beside them. */
bool tag_gate_is_written(const struct doc *d, const uint8_t *hit, uint32_t first, uint32_t last,
                         float score);
/* "started on Tamolin", "Quattro 6935M", a peptide: do the words beside a name, or its form, say that it is a thing's? */
bool tag_gate_is_thing(const struct doc *d, uint32_t first, uint32_t last);
/* "started on Tamolin", "s/p Tavi": does what stands before token first lead to a medicine, a device or goods? */
bool tag_gate_is_given(const struct doc *d, uint32_t first);
/* "per Vindeau criteria", "Lansinoh cream": does what stands behind token last? */
bool tag_gate_has_thing_behind(const struct doc *d, uint32_t last);
/* "SCAI C.": letters that nobody is called by, and the stage or class of a scale? */
bool tag_gate_is_stage(const struct doc *d, uint32_t first, uint32_t last);
/* A comma, "and" or "or" between two things. */
bool tag_gate_is_link(const struct doc *d, int64_t i);
/* "Cereal: Kix, Chex", "On Yaz, Apri, Camila", "Spanx. Crocs. Hoka.": does it stand in a row of goods, devices or
 * medicines? */
bool tag_gate_is_row_of_things(const struct doc *d, uint32_t first, uint32_t last);
/* Is token i a word with a capital that no list has as anything but a name? */
bool tag_gate_is_word_of_name(const struct doc *d, uint32_t i);
/* May words of names that the tagger left, with so much of a chance to be part of any span, be somebody's? */
bool tag_gate_is_left(const struct doc *d, const uint8_t *hit, uint32_t first, uint32_t last,
                      float inside);
/* "Zellner, V", "Quock, M.": a family name and a letter, as registers and logs have persons. */
bool tag_gate_is_filed(const struct doc *d, const uint8_t *hit, uint32_t first, uint32_t last,
                       float score);
/* May "Dead Ox Mortuary", several capital words that end in a kind of house, whatever the score? */
bool tag_gate_house(const struct doc *d, uint32_t first, uint32_t last, float score);
