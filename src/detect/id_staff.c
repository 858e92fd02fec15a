/* id_staff.c — the short numbers by which people on duty are told apart: "badge 34B", "Officer Roe #N59", "juror no.
 * M67", "Interpreter 402-I", "(Karen) ID C37". A letter and two or three digits, which a vertebra or a vitamin has too,
 * so that the word straight before must be one of duty. */
#include "detect/cue.h"
#include "detect/id_kinds.h"
#include "detect/wordset.h"

enum staff_class {
    STAFF_TOLD = 1,    /* his number stands straight behind it */
    STAFF_OFFICER = 2, /* … or behind his name and "#" */
    STAFF_LINE = 4,    /* of interpreters */
    STAFF_NEAR = 8,    /* between those and the number */
};
static const struct wordset_row rows[] = {
    { "badge bdg juror interpreter interp translator terp collar shield", STAFF_TOLD },
    { "officer ofc deputy trooper constable sergeant detective guard", STAFF_OFFICER },
    { "line", STAFF_LINE },
    { "id no number num", STAFF_NEAR },
};
static struct wordset words = WORDSET(rows);
WORDSET_CLASS_AT(cls, words)

/* "Officer Ada Roe #T-93": a name before the "#" at token i, and his office before it. */
static bool is_behind_officer(const struct doc *d, int64_t i)
{
    enum { PARTS = 5 };
    for (int64_t k = i - 1; k >= 0 && k >= i - PARTS; k--) {
        const struct token *t = doc_tok(d, k);
        if (doc_tok(d, k + 1)->flags & TOK_LINE) return false;
        if (cls(d, k) & STAFF_OFFICER) return true;
        const bool mark = t->kind == TOK_MARK &&
                          (t->hash == '.' || t->hash == ':' || t->hash == '-' || t->hash == '\'');
        if (!mark && !(t->flags & TOK_CAP)) return false;
    }
    return false;
}

static bool has_form(const struct code *c)
{
    static const char *const forms[] = { "A2", "2A", "A-2", "2-A", "A3", "3A", "A-3", "3-A" };
    for (size_t k = 0; k < COUNT_OF(forms); k++)
        if (code_is(c, forms[k])) return true;
    return false;
}

bool id_may_be_staff(const struct doc *d, uint32_t i)
{
    const uint32_t joint = !doc_joined(d, i) ? 0 : d->tok[i - 1].kind == TOK_WORD ? 1 : 2;
    if (i <= joint) return false;
    const struct token *t = &d->tok[i - joint - 1];
    if (t->kind == TOK_MARK) return (t->hash == '#') | (t->hash == ':') | (t->hash == '.');
    return wordset_may_have(wordset_ready(&words), t->hash);
}

bool id_is_of_staff(const struct doc *d, const struct code *c)
{
    const uint32_t first = code_start(c);
    int64_t i = (int64_t)first - 1;
    if (i < 0 || d->tok[first].flags & TOK_LINE || !has_form(c)) return false;
    if (view_eq_nocase(doc_view(d, c->first, c->last), VIEW("b12"))) return false;
    if (c->hash && is_behind_officer(d, first)) return true;
    i -= doc_is_mark(d, i, ':');
    if (doc_is_mark(d, i, '.')) i--;
    if (cue_class_of(doc_tok(d, i)) & CUE_NUMBER && !doc_is_word(d, i, VIEW("id"))) i--;
    if (doc_tok(d, i + 1)->flags & TOK_LINE) return false;
    if (cls(d, i) & STAFF_TOLD) return true;
    if (!doc_is_word(d, i, VIEW("id"))) return false;
    return id_is_of_duty(d, (uint32_t)i) ||
           (doc_is_mark(d, i - 1, ',') && cls(d, i - 2) & STAFF_LINE);
}
