/* Which letters by themselves are initials or degrees, and which are of medicine. */
#include "detect/name_run_word.h"

bool name_run_is_clinical(const struct doc *d, int64_t i)
{
    const struct lex_info *l = doc_tok(d, i)->kind == TOK_WORD ? d->lex[i] : NULL;
    if (!l || !(l->bits & (LEX(MEDICAL) | LEX(DRUG) | LEX(ABBREVIATION))) ||
        l->bits & LEX(CREDENTIAL))
        return false;
    const int rank = MAX(l->given, l->surname), usual = shape_of(d, i) == SHAPE_ACRONYM ? 3 : 1;
    return rank < MAX(usual, l->word);
}

bool name_run_is_clinical_letter(const struct doc *d, uint32_t i, bool led)
{
    const struct token *next = doc_tok(d, (int64_t)i + 1);
    if ((doc_is_mark(d, (int64_t)i + 1, '/') || doc_is_mark(d, (int64_t)i + 1, '&')) &&
        doc_joined(d, (int64_t)i + 1) && doc_tok(d, (int64_t)i + 2)->kind == TOK_WORD)
        return true;
    if (next->flags & TOK_LINE || shape_opens_column(d, i + 1) ||
        !strchr("lrbkoech", ascii_lower(d->text.p[d->tok[i].start])))
        return false;
    if (next->kind == TOK_NUMBER) return !doc_joined(d, (int64_t)i + 1);
    if (next->kind != TOK_WORD) return false;
    if (name_run_is_clinical(d, (int64_t)i + 1)) return !name_run_is_credential(d, i + 1);
    return led && !d->is_caseless && next->flags & TOK_LOWER &&
           !(doc_bits(d, (int64_t)i + 1) & (LEX(FUNCTION) | LEX(PERSON_VERB)));
}

bool name_run_ends_before(const struct doc *d, uint32_t i, bool alone)
{
    const struct token *t = doc_tok(d, i);
    if (t->kind != TOK_WORD) return false;
    if (t->len == 1)
        return t->flags & TOK_CAP && (alone || name_run_is_clinical_letter(d, i, true));
    return name_run_is_clinical(d, i) && (t->flags & TOK_UPPER || doc_bits(d, i) & LEX(DRUG)) &&
           !name_run_is_credential(d, i);
}

/* "Jefferson C1", "NASH F2": a letter and its number behind a word of medicine; not "Hill M34", "Hall G2P1" or
 * "Wood R1". */
static bool is_level(const struct doc *d, uint32_t i)
{
    const uint64_t medicine = LEX(EPONYM) | LEX(EPONYM_FAMILY) | LEX(MEDICAL) | LEX(ABBREVIATION);
    const struct token *n = doc_tok(d, (int64_t)i + 1);
    const char c = ascii_lower(d->text.p[d->tok[i].start]);
    if (n->kind != TOK_NUMBER || !doc_joined(d, (int64_t)i + 1)) return false;
    return !strchr("mrg", c) && (c != 'f' || n->len < 2) && doc_bits(d, (int64_t)i - 1) & medicine;
}

/* "uses tina w friends": where everything is small, "w" is "with" but before a family name. */
SELDOM static bool is_with(const struct doc *d, uint32_t i)
{
    const struct token *next = doc_tok(d, (int64_t)i + 1);
    if (!(d->tok[i].flags & TOK_LOWER) || !doc_is_word(d, i, VIEW("w"))) return false;
    if (next->kind != TOK_WORD || next->flags & TOK_LINE) return false;
    const struct lex_info *l = d->lex[i + 1];
    return l->bits && MAX(l->given, l->surname) <= l->word;
}

bool name_run_is_initial(const struct doc *d, uint32_t i)
{
    const struct token *t = doc_tok(d, i);
    if (t->kind != TOK_WORD || t->len != 1 || (d->shield[i] & SHIELD_TAG)) return false;
    if (shape_word_end(d, i) != i) return false; /* the O of O'Brien */
    if (doc_joined(d, i) && doc_tok(d, (int64_t)i - 1)->kind == TOK_NUMBER) return false; /* 54F */
    if (doc_joined(d, (int64_t)i + 1) && doc_tok(d, (int64_t)i + 1)->kind == TOK_NUMBER)
        return false; /* A1c */
    if (shape_is_class_letter(d, i)) return false;
    if (is_level(d, i)) return false;
    if (t->flags & TOK_LOWER && doc_is_mark(d, i + 1, '/') && doc_joined(d, i + 1))
        return false; /* "wm c/o" */
    if (doc_is_mark(d, (int64_t)i - 1, '/') && doc_joined(d, i) && doc_joined(d, (int64_t)i - 1) &&
        doc_tok(d, (int64_t)i - 2)->len == 1)
        return false; /* the tail of "d/c", "s/p" */
    bool dotted = doc_is_mark(d, i + 1, '.') && doc_joined(d, i + 1);
    if (t->flags & TOK_CAP)
        return dotted || (t->hash != token_hash_literal(VIEW("i")) &&
                          (i == 0 || !shape_starts_sentence(d, i) ||
                           t->hash != token_hash_literal(VIEW("a"))));
    return d->is_caseless && (dotted || !(doc_bits(d, i) & LEX(FUNCTION) || is_with(d, i)));
}

bool name_run_begins_sentence(const struct doc *d, uint32_t i)
{
    const struct token *next = doc_tok(d, (int64_t)i + 1);
    return doc_is_word(d, i, VIEW("a")) && next->kind != TOK_MARK && !(next->flags & TOK_LINE) &&
           !(doc_bits(d, (int64_t)i + 1) & (LEX(SURNAME) | LEX(SUFFIX)) &&
             shape_of(d, (int64_t)i + 1) == SHAPE_TITLE);
}

bool name_run_is_credential(const struct doc *d, uint32_t i)
{
    const struct token *t = doc_tok(d, i);
    if (t->kind != TOK_WORD || (t->flags & TOK_LINE)) return false;
    if (doc_joined(d, (int64_t)i + 1) && doc_tok(d, (int64_t)i + 1)->kind == TOK_NUMBER)
        return false; /* "RN656586" */
    if ((doc_bits(d, i) & LEX(CREDENTIAL)) && !(t->flags & TOK_LOWER)) return true;
    /* M.D. D.O. R.N. */
    const struct token *last = doc_tok(d, (int64_t)i + 2);
    if (t->len != 1 || !(t->flags & TOK_CAP) || last->kind != TOK_WORD || last->len != 1 ||
        !doc_is_mark(d, (int64_t)i + 1, '.') || !doc_joined(d, (int64_t)i + 1) ||
        !doc_joined(d, (int64_t)i + 2) || !doc_is_mark(d, (int64_t)i + 3, '.'))
        return false;
    char c = ascii_lower(d->text.p[last->start]);
    return c == 'd' || c == 'o' || c == 'n';
}
