/* detect/id_login.c — names that people sign on with, see id_told_inside.h. */
#include "detect/id_told_inside.h"
#include "detect/id_user.h"

/* The run without blanks from token i on, its sentence's marks left out. */
SELDOM static uint32_t run_end(const struct doc *d, uint32_t i)
{
    uint32_t last = i;
    while (last + 1 < d->n && doc_joined(d, last + 1) && last - i < CODE_REACH) {
        const struct token *t = &d->tok[last + 1];
        if (t->kind == TOK_MARK && !strchr("._-@\\", (int)(t->hash & 0x7F))) break;
        if (t->kind == TOK_MARK && (t->hash > 0x7F || !doc_joined(d, last + 2))) break;
        last++;
    }
    while (last > i && d->tok[last].kind == TOK_MARK)
        last--;
    return last;
}

/* "logged in as pvance2", "screen name foxglove88": letters and digits. */
static bool is_account(const struct doc *d, const struct code *c)
{
    if (c->letters < 3 || !c->digits || c->measure || d->tok[c->first].kind != TOK_WORD)
        return false;
    if (c->letters > 3 && id_told_class_at(d, (int64_t)c->first - 1) & TOLD_SOCIAL) return true;
    uint32_t told = id_told_before(d, c->first, 4);
    /* "Portal: catwin1949" */
    if (doc_is_mark(d, (int64_t)c->first - 1, ':') &&
        id_told_class_at(d, (int64_t)c->first - 2) & TOLD_SYSTEM)
        return true;
    return told & TOLD_LOGIN ||
           (told & (TOLD_USER | TOLD_SYSTEM | TOLD_SOCIAL) && told & TOLD_LINK);
}

bool id_login_of(const struct doc *d, const struct code *c, uint32_t *first, uint32_t *last)
{
    /* the word of "sdurant2", and of "moonfrog#2217" */
    const uint32_t word = c->hash && c->first >= 2 ? c->first - 2 : c->first;
    if (d->tok[word].kind == TOK_WORD && (!c->hash || doc_joined(d, word + 1)) &&
        id_user_at(d, word, first, last))
        return true;
    if (!c->upper && !c->hash && id_user_formed(d, c->first, first, last)) return true;
    if (!is_account(d, c)) return false;
    *last = run_end(d, c->first);
    uint32_t i = c->first;
    while (i >= 2 && doc_joined(d, i) && doc_joined(d, i - 1) &&
           (doc_is_mark(d, i - 1, '.') || doc_is_mark(d, i - 1, '_')) &&
           d->tok[i - 2].kind == TOK_WORD)
        i -= 2; /* live.orrin22 */
    *first = i;
    return true;
}

/* A name to sign on with from token i on: letters with digits or marks inside, or a word that language does not have. `told`:
 * a mark or "name" says that one follows. */
static bool is_login(const struct doc *d, uint32_t i, bool told, uint32_t *last)
{
    enum { LENGTH = 4 };
    const struct token *t = doc_tok(d, i);
    uint32_t first = i + doc_is_mark(d, i, '@');
    if (i >= d->n || t->flags & TOK_LINE || d->shield[first < d->n ? first : i] & SHIELD_TAG ||
        doc_tok(d, first)->kind != TOK_WORD)
        return false;
    *last = run_end(d, first);
    bool digits = false, marks = first != i;
    for (uint32_t k = first; k <= *last; k++) {
        digits |= d->tok[k].kind == TOK_NUMBER;
        marks |= d->tok[k].kind == TOK_MARK && (told || d->tok[k].hash != '-');
    }
    if (token_end(&d->tok[*last]) - t->start < LENGTH) return false;
    if (digits || marks) return true;
    const struct lex_info *l = d->lex[first];
    t = &d->tok[first];
    return *last == first && told && t->flags & (TOK_LOWER | TOK_UPPER) && l->word <= 1 &&
           !(l->bits & (LEX(FUNCTION) | LEX(CLINICIAN) | LEX(RELATIVE) | LEX(ABBREVIATION)));
}

/* "tinam88", "Tina-Marie-88": letters, then digits at the end of what stands without blanks. */
static bool is_chosen(const struct doc *d, uint32_t i)
{
    enum { LETTERS = 4 };
    const struct token *t = doc_tok(d, i);
    if (i >= d->n || t->kind != TOK_WORD || t->len < LETTERS) return false;
    return d->tok[run_end(d, i)].kind == TOK_NUMBER;
}

err id_login_after(const struct doc *d, uint32_t cue, struct findings *out)
{
    uint32_t i = cue + 1, first, last;
    bool told = false;
    uint32_t of = id_told_class_at(d, cue);
    for (uint32_t n = 0; n < 4 && i < d->n && !(d->tok[i].flags & TOK_LINE); n++, i++) {
        const struct token *t = &d->tok[i];
        bool mark = t->kind == TOK_MARK && (t->hash == ':' || t->hash == '#' || t->hash == '=' ||
                                            t->hash == '"' || t->hash == '\'');
        if (!mark && !(id_told_class_at(d, i) & (TOLD_LINK | TOLD_LOGIN))) break;
        told |= mark || !doc_is_word(d, i, VIEW("in"));
    }
    /* "login failed", "user reports", "Epic inbox": nothing says so, but "venmo tina88" is a name */
    if (of & TOLD_SOCIAL && !told && is_chosen(d, i)) told = true;
    /* "user bwexler locked out": no list knows the word */
    if (of & TOLD_USER && !told && i < d->n && id_user_at(d, i, &first, &last))
        return findings_add(out, doc_finding(d, first, last, LABEL_ID, RULE_ID_CUE, 0.75F));
    if (of & (TOLD_USER | TOLD_SYSTEM | TOLD_SOCIAL) && !told && !doc_is_mark(d, i, '@')) return OK;
    if (!is_login(d, i, told || of & TOLD_LOGIN, &last)) return OK;
    return findings_add(out, doc_finding(d, i, last, LABEL_ID, RULE_ID_CUE, 0.8F));
}
