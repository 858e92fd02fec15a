/* shield_cue.c — see shield_cue.h. */
#include "detect/shield_cue.h"

#include "detect/code.h"
#include "detect/cue.h"

/* May cue_before find one before token `at`? The same walk over marks and filler to a word that can be of a cue, without
 * what makes it one: most numbers have none before them. Over one unknown word it goes behind filler alone, or where
 * the number stands ("MRN on screen 392931"); capitals right before the number may be of the value. */
static bool may_be_cued(const struct doc *d, uint32_t at)
{
    enum { REACH = 9, PREFIX = 5 };
    static const uint64_t passed = DOC_MARK_BIT(':') | DOC_MARK_BIT('=') | DOC_MARK_BIT('(') |
                                   DOC_MARK_BIT(')') | DOC_MARK_BIT('"') | DOC_MARK_BIT('\'') |
                                   DOC_MARK_BIT('*') | DOC_MARK_BIT('-') | DOC_MARK_BIT('/') |
                                   DOC_MARK_BIT(',') | DOC_MARK_BIT('[') | DOC_MARK_BIT('#');
    static const uint64_t asked = DOC_MARK_BIT('.') | DOC_MARK_BIT('+') | DOC_MARK_BIT('>');
    uint32_t unknown = 0; /* words that it may yet go over */
    for (uint32_t i = at; i > 0 && i + REACH > at; i--) {
        const struct token *t = &d->tok[i - 1];
        if (d->tok[i].flags & TOK_PARA || t->kind == TOK_NUMBER) return false;
        if (t->kind == TOK_MARK) {
            const uint64_t mark = t->hash - 0x20;
            if (mark >= 64) return t->hash == '|';
            if (!(passed >> mark & 1)) return asked >> mark & 1;
            continue;
        }
        const uint32_t class = cue_class_of(t);
        if (t->len == 1 || class & (CUE_WHAT | CUE_NUMBER)) return true;
        if (class) {
            unknown |= 1;
            continue;
        }
        if (d->lex[i - 1]->bits & (LEX(STATE) | LEX(STATE_CODE))) return true;
        if (i == at && doc_tok(d, (int64_t)i - 2)->len == 2) return true;
        if (i == at && t->flags & TOK_UPPER && t->len <= PREFIX) continue;
        if (unknown != 1) return false;
        unknown = 2;
    }
    return true; /* the field's name may be one */
}

bool shield_is_cued(const struct doc *d, uint32_t i, uint32_t digits)
{
    struct cue c;
    const bool left = doc_joined(d, i), right = doc_joined(d, i + 1);
    if (!left && right && d->tok[i].len < 4 && !doc_joined(d, i + 2)) {
        /* "5mg", "5.": the code is the number and the word behind it, if there is one */
        if (d->tok[i + 1].kind == TOK_WORD && !(d->tok[i + 1].flags & TOK_WIDE))
            digits += d->tok[i + 1].len;
    } else if (left || right) {
        uint32_t last, letters = 0;
        bool upper = true;
        /* the cue stands before the code, not before this part of it */
        code_reach(d, i, &i, &last);
        digits = 0;
        for (uint32_t k = i; k <= last; k++) {
            const struct token *t = &d->tok[k];
            if (t->kind == TOK_NUMBER) digits += t->len;
            if (t->kind != TOK_WORD) continue;
            letters += t->len;
            upper &= (t->flags & TOK_UPPER) != 0;
        }
        /* 1EG4-TE5-MK73, ABCPE1234F */
        if (upper && letters >= 4 && digits >= (letters >= 6 ? 4 : 5)) return true;
        digits += letters;
    }
    if (digits < 3 || !may_be_cued(d, i)) return false;
    return cue_before(d, i, &c) >= CUE_CERTAIN && c.what & (CUE_IDS | CUE_SSN);
}

bool shield_is_of_system(const struct doc *d, uint32_t i)
{
    struct cue c;
    return may_be_cued(d, i) && cue_before(d, i, &c) == CUE_NONE && c.what & CUE_SYSTEM &&
           !shield_is_cued(d, i, d->tok[i].len);
}
