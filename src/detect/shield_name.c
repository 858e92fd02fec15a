/* shield_name.c — eponyms of medicine that are somebody's full name: "Robert Jones", "Austin Moore", "Miller Fisher". */
#include "detect/name_run.h"
#include "detect/shield.h"

enum { NOUN_REACH = 2, USUAL = 4 };

/* "bandage", "uncemented prosthesis", "-type murmur" from token i on. */
SELDOM static bool has_noun(const struct doc *d, uint32_t i)
{
    const uint64_t noun = LEX(EPONYM_HEAD) | LEX(MEDICAL);
    if (doc_is_mark(d, i, '-') && doc_joined(d, i)) i++;
    for (uint32_t n = 0; n < NOUN_REACH && doc_is_on_line(d, i); n++, i++) {
        if (d->tok[i].kind != TOK_WORD) return false;
        if (d->lex[i]->bits & noun) return true;
        if (d->lex[i]->bits & (LEX(FUNCTION) | LEX(PERSON_VERB))) return false;
    }
    return false;
}

bool shield_is_full_name(const struct doc *d, const struct phrase *p)
{
    if (p->n != 2) return false;
    const uint32_t last = p->first + 1;
    const struct lex_info *a = d->lex[p->first], *b = d->lex[last];
    if (b->surname < 2 || MAX(a->given, a->surname) < 2 || b->bits & LEX(EPONYM_HEAD)) return false;
    return !(d->tok[last].flags & TOK_LINE) && !doc_joined(d, last) &&
           shape_may_name(d, p->first) && shape_may_name(d, last) &&
           !has_noun(d, shape_after_possessive(d, last));
}

/* "a Robert Jones", "the Austin Moore", "s/p Austin Moore": what is named after them. */
static bool is_thing(const struct doc *d, uint32_t first)
{
    const int64_t i = (int64_t)first - 1;
    const struct token *t = doc_tok(d, i);
    if (i < 0 || d->tok[first].flags & TOK_LINE) return false;
    if (t->kind == TOK_NUMBER || doc_tok(d, i - 1)->kind == TOK_NUMBER) return true; /* 19-French */
    return t->kind == TOK_WORD && (t->len == 1 || doc_is_word(d, i, VIEW("an")) ||
                                   doc_is_word(d, i, VIEW("the")) || doc_is_word(d, i, VIEW("of")));
}

/* "Cullen, Grey Turner": one of a list of signs. */
static bool is_listed(const struct doc *d, uint32_t first)
{
    const int64_t i = (int64_t)first - 1;
    return !(d->tok[first].flags & TOK_LINE) && (doc_is_mark(d, i, ',') || doc_is_mark(d, i, ';') ||
                                                 doc_is_mark(d, i, '/') || doc_is_mark(d, i, '-'));
}

static bool is_led(const struct doc *d, uint32_t first)
{
    const uint64_t people = LEX(TITLE) | LEX(NAME_CUE) | LEX(RELATIVE) | LEX(CLINICIAN);
    int64_t i = (int64_t)first - 1;
    if (i < 0 || d->tok[first].flags & TOK_LINE) return false;
    if (doc_is_mark(d, i, ':') || doc_is_mark(d, i, '.')) i--;
    return doc_bits(d, i) & people && !(doc_bits(d, i) & LEX(FUNCTION));
}

/* "denies", "is a 54 year old", ", 54,", "MD"; but not "was placed". */
static bool goes_on(const struct doc *d, uint32_t i)
{
    if (!doc_is_on_line(d, i)) return false;
    if (doc_bits(d, i) & LEX(PERSON_VERB) && !(doc_bits(d, i) & LEX(FUNCTION)) &&
        d->tok[i].flags & TOK_LOWER)
        return true;
    const bool comma = doc_is_mark(d, i, ',');
    if (name_run_is_credential(d, comma ? i + 1 : i)) return true;
    uint32_t at = comma ? i + 1 : i;
    if (doc_is_word(d, at, VIEW("is")) || doc_is_word(d, at, VIEW("was"))) at++;
    if (doc_is_word(d, at, VIEW("a")) || doc_is_word(d, at, VIEW("an"))) at++;
    const struct token *age = doc_tok(d, at);
    return age->kind == TOK_NUMBER && age->len <= 3 && doc_is_on_line(d, at) &&
           ((comma && doc_is_mark(d, at + 1, ',')) || doc_bits(d, (int64_t)at + 1) & LEX(CUE_AGE) ||
            doc_bits(d, (int64_t)at + 2) & LEX(CUE_AGE)); /* "54-year-old" */
}

bool shield_is_told_of(const struct doc *d, const struct phrase *p)
{
    const uint32_t last = p->first + 1;
    if (is_led(d, p->first)) return true;
    if (is_thing(d, p->first)) return false;
    return goes_on(d, last + 1) || (d->lex[p->first]->given >= USUAL &&
                                    d->lex[last]->surname >= USUAL && !is_listed(d, p->first));
}
