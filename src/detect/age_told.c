/* detect/age_told.c — ages told of a person, see age_inside.h. */
#include "detect/age_form.h"
#include "detect/age_inside.h"

bool age_is_life_end(const struct doc *d, int64_t i)
{
    static const view at[] = { { "died", 4 },     { "dying", 5 },  { "death", 5 },
                               { "deceased", 8 }, { "passed", 6 }, { "expired", 7 } };
    static const view to[] = { { "lived", 5 }, { "live", 4 }, { "living", 6 } };
    if (doc_is_word(d, i - 1, VIEW("be"))) i--; /* to be 104 */
    if (doc_is_word(d, i - 1, VIEW("at")) &&
        doc_is_word(d, i - 2, VIEW("away"))) /* passed away at */
        return doc_is_word(d, i - 3, VIEW("passed"));
    const struct token *p = doc_tok(d, i - 1), *v = doc_tok(d, i - 2);
    if (p->kind != TOK_WORD || v->kind != TOK_WORD) return false;
    if (doc_bits(d, i + 1) & LEX(UNIT)) return false;
    bool is_at = p->hash == token_hash_literal(VIEW("at"));
    if (!is_at && p->hash != token_hash_literal(VIEW("to"))) return false;
    view w = doc_view(d, (uint32_t)i - 2, (uint32_t)i - 2);
    for (size_t k = 0; k < (is_at ? COUNT_OF(at) : COUNT_OF(to)); k++)
        if (view_eq_nocase(w, is_at ? at[k] : to[k])) return true;
    return false;
}

bool age_is_told_of(const struct doc *d, int64_t i)
{
    const struct token *before = doc_tok(d, i - 1), *after = doc_tok(d, i + 1);
    bool comma = after->kind == TOK_MARK && after->hash == ',' && !doc_joined(d, i + 2);
    if (doc_tok(d, i)->flags & TOK_LINE) return false;
    if (before->kind == TOK_MARK && before->hash == '(') /* "his wife (91) drives" */
        return doc_is_mark(d, i + 1, ')') && age_class_at(d, i - 2) & AGE_RELATIVE;
    bool is_end = i + 1 >= (int64_t)d->n || after->flags & TOK_LINE;
    int64_t be = age_class_at(d, i - 1) & AGE_ABOUT ? i - 2 : i - 1; /* "is now 96" */
    if (doc_is_word(d, be, VIEW("s")) &&
        doc_is_mark(d, be - 1, '\'')) /* "She's 93", "Pt's 91 per" */
        return age_class_at(d, be - 2) & (AGE_PRONOUN | AGE_RELATIVE) &&
               (is_end || age_class_at(d, i + 1) & AGE_GOES_ON ||
                doc_is_word(d, i + 1, VIEW("per")));
    if (doc_is_word(d, be, VIEW("be")) &&
        doc_is_word(d, be - 1, VIEW("will"))) /* "will be 95 in" */
        return age_class_at(d, be - 2) & (AGE_RELATIVE | AGE_PRONOUN) &&
               (is_end || doc_is_word(d, i + 1, VIEW("in")) || doc_is_word(d, i + 1, VIEW("on")));
    if (doc_is_word(d, i - 1, VIEW("reached")) || doc_is_word(d, i - 1, VIEW("hit")))
        return age_class_at(d, i - 2) & AGE_RELATIVE && !(age_class_at(d, i - 2) & AGE_PERSON) &&
               age_counts_nothing(d, i);
    /* "Roe, Ada, 94, male" */
    if (before->kind == TOK_MARK && before->hash == ',' && comma &&
        (doc_is_word(d, i + 2, VIEW("male")) || doc_is_word(d, i + 2, VIEW("female"))))
        return doc_tok(d, i - 2)->flags & TOK_CAP && doc_tok(d, i - 2)->len > 2;
    if (before->kind == TOK_MARK) /* between commas: no pronoun, and words after it */
        return before->hash == ',' && comma && age_class_at(d, i - 2) & AGE_RELATIVE &&
               doc_tok(d, i + 2)->kind == TOK_WORD && !(doc_tok(d, i + 2)->flags & TOK_LINE);
    if (!(age_class_at(d, be) & AGE_BE) ||
        !(age_class_at(d, be - 1) & (AGE_RELATIVE | AGE_PRONOUN)))
        return false;
    if (is_end) return true;
    if (after->kind == TOK_MARK)
        return comma || (after->hash == '-' && !doc_joined(d, i + 1) && !doc_joined(d, i + 2))
                   ? doc_tok(d, i + 2)->kind == TOK_WORD
                   : after->hash == '.' && !doc_joined(d, i + 2);
    if (doc_is_word(d, i + 1, VIEW("w")) && /* "pt is 92 w O2" */
        (doc_bits(d, i + 2) & LEX(UNIT) || doc_tok(d, i + 3)->kind == TOK_NUMBER))
        return false;
    return age_class_at(d, i + 1) & AGE_GOES_ON && doc_tok(d, i + 2)->kind == TOK_WORD;
}

bool age_is_family_entry(const struct doc *d, int64_t i)
{
    int64_t k = i - 1;
    if (doc_is_word(d, k, VIEW("at")) || doc_is_mark(d, k, ',') || doc_is_mark(d, k, '.')) k--;
    if (!(age_class_at(d, k) & AGE_ALIVE) || doc_tok(d, k + 1)->flags & TOK_LINE) return false;
    if (doc_is_word(d, k - 1, VIEW("and"))) k -= 2; /* alive and well */
    k--;
    if (doc_is_mark(d, k, ':') || doc_is_mark(d, k, '-') || doc_is_mark(d, k, ',') ||
        age_class_at(d, k) & AGE_BE)
        k--;
    /* "Uncle Anders alive at 92" */
    if (doc_tok(d, k)->flags & TOK_CAP && !(doc_tok(d, k)->flags & TOK_LINE) &&
        age_class_at(d, k - 1) & AGE_RELATIVE && !(age_class_at(d, k) & AGE_RELATIVE))
        k--;
    return age_class_at(d, k) & AGE_RELATIVE && !(age_class_at(d, k) & AGE_PERSON) &&
           age_counts_nothing(d, i);
}

bool age_is_now(const struct doc *d, int64_t i)
{
    enum { REACH = 8 };
    if (!(age_class_at(d, i - 1) & AGE_BE) || !doc_is_word(d, i + 1, VIEW("now"))) return false;
    for (int64_t k = i - 2, numbers = 0; k >= 0 && k >= i - REACH; k--) {
        const struct token *t = doc_tok(d, k);
        if (age_class_at(d, k) & AGE_PRONOUN) return numbers == 1;
        if (t->kind == TOK_NUMBER)
            numbers++;
        else if (t->kind == TOK_MARK ? t->hash != ',' : !(age_class_at(d, k) & (AGE_BE | AGE_THEN)))
            return false;
    }
    return false;
}

bool age_is_nearly(const struct doc *d, int64_t i)
{
    if (!doc_is_word(d, i - 1, VIEW("of")) ||
        !(doc_is_word(d, i - 2, VIEW("shy")) || doc_is_word(d, i - 2, VIEW("short"))))
        return false;
    const uint64_t span = doc_tok(d, i - 3)->hash;
    static const view spans[] = { { "day", 3 },   { "days", 4 },   { "week", 4 }, { "weeks", 5 },
                                  { "month", 5 }, { "months", 6 }, { "year", 4 }, { "years", 5 } };
    for (size_t k = 0; k < COUNT_OF(spans); k++)
        if (span == token_hash_literal(spans[k])) return age_counts_nothing(d, i);
    return false;
}
