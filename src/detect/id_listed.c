/* id_listed.c — values listed behind an identifier, of its kind: when they have its form ("MRNs 123456, 234567 and
 * 345678"), or when what stands between says so. */
#include "detect/id_kinds.h"
#include "detect/wordset.h"

/* "merged: 72-17-45-7 into 085073954", "MERGE 186520 INTO 0611477": two charts of a person become one. */
SELDOM static bool is_merged(const struct doc *d, const struct id_previous *p, const struct code *c)
{
    enum { DIGITS = 5, REACH = 12 };
    const uint32_t to = p->end;
    if (!to || to + 1 != code_start(c) || p->label != LABEL_MRN || c->digits < DIGITS) return false;
    if (!doc_is_word(d, to, VIEW("into")) && !doc_is_word(d, to, VIEW("with")) &&
        !doc_is_word(d, to, VIEW("to")))
        return false;
    for (int64_t i = (int64_t)to - 1; i >= 0 && i + REACH > to; i--) {
        if (doc_is_word(d, i, VIEW("merge")) || doc_is_word(d, i, VIEW("merged"))) return true;
        if (d->tok[i].flags & TOK_LINE) break;
    }
    return false;
}

/* "serial ZB4015343 R and ZAV98016M L": one for each side, not always of one form. */
SELDOM static bool is_side_behind(const struct doc *d, const struct id_previous *p,
                                  const struct code *c)
{
    enum { LEAST = 6 };
    static const struct wordset_row rows[] = { { "l r lt rt left right od os", 1 }, { "and", 2 } };
    static struct wordset set = WORDSET(rows);
    const struct wordset *s = wordset_ready(&set);
    uint32_t i = p->end;
    if (!c->upper || c->measure || c->digits + c->letters < LEAST) return false;
    /* the side may be taken for the number's last letter */
    const bool own = wordset_class(s, doc_tok(d, (int64_t)i - 1)) & 1;
    const bool side = own || wordset_class(s, doc_tok(d, i)) & 1;
    i += side && !own;
    i += doc_is_mark(d, i, ',') || doc_is_mark(d, i, ';') || doc_is_mark(d, i, '/') ||
         wordset_class(s, doc_tok(d, i)) & 2;
    const bool before = !side && wordset_class(s, doc_tok(d, i)) & 1;
    i += before;
    return (side || before) && i == code_start(c) && !(d->tok[i].flags & TOK_LINE);
}

SELDOM static bool is_listed(const struct doc *d, const struct id_previous *p, const struct code *c)
{
    uint32_t first = code_start(c), from = p->end;
    if (!from || first <= from || first - from > 5 || c->digits < 4) return false;
    /* "MRNs 900121 (A) 900122 (B)" */
    if (doc_is_mark(d, from, '(') && doc_is_mark(d, (int64_t)from + 2, ')')) from += 3;
    if (from == p->end ? first - from > 2 : d->tok[first].flags & TOK_LINE) return false;
    for (uint32_t i = from; i < first; i++) {
        const struct token *t = &d->tok[i];
        view w = doc_view(d, i, i);
        bool joins = t->kind == TOK_MARK
                         ? t->hash == ',' || t->hash == ';' || t->hash == '/' || t->hash == '&'
                         : view_eq_nocase(w, VIEW("and")) || view_eq_nocase(w, VIEW("or")) ||
                               view_eq_nocase(w, VIEW("vs"));
        if (!joins) return false;
    }
    /* "chart 84895471 vs 385948", "Both 4090359 and 740811": of another form, but as long */
    const struct token *link = doc_tok(d, (int64_t)first - 1);
    if (c->digits >= 6 && !c->measure && link->kind == TOK_WORD && !code_is_round(d, c) &&
        !code_is_date(d, c) && strlen(p->shape) <= 2)
        return true;
    return p->shape[0] && strcmp(p->shape, c->shape) == 0;
}

SELDOM static struct finding of_list(const struct doc *d, const struct code *c,
                                     const struct id_previous *p)
{
    return doc_finding(d, code_start(c), c->last, p->label, RULE_ID_LIST, 0.85f);
}

bool id_by_other_side(const struct doc *d, const struct code *c, const struct id_previous *p,
                      struct finding *f)
{
    if (!p->end || p->label != LABEL_DEVICE || !is_side_behind(d, p, c)) return false;
    *f = of_list(d, c, p);
    return true;
}

bool id_by_list(const struct doc *d, const struct code *c, const struct id_previous *p,
                struct finding *f)
{
    if (!is_listed(d, p, c) && !is_merged(d, p, c)) return id_by_other_side(d, c, p, f);
    *f = of_list(d, c, p);
    return true;
}
