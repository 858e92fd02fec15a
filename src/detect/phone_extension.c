/* detect/phone_extension.c — extensions and pagers, behind a number or alone: see phone_inside.h. */
#include "detect/phone_inside.h"
#include "detect/shape.h"

static bool is_extension_word(const struct doc *d, uint32_t i)
{
    return doc_is_word(d, i, VIEW("x")) || doc_is_word(d, i, VIEW("ext")) ||
           doc_is_word(d, i, VIEW("extn")) || doc_is_word(d, i, VIEW("extension"));
}

uint32_t phone_with_extension(const struct doc *d, uint32_t last)
{
    uint32_t i = last + 1;
    if (doc_is_mark(d, i, ',')) i++;
    if (doc_is_mark(d, i, '(') || doc_is_mark(d, i, '/')) i++;
    /* "617-555-0123 #432" */
    if (doc_is_mark(d, i, '#') && doc_joined(d, i + 1) && doc_tok(d, i + 1)->kind == TOK_NUMBER &&
        doc_tok(d, i + 1)->len >= 2 && doc_tok(d, i + 1)->len <= 5 && phone_ends(d, i + 1) &&
        !(d->tok[i].flags & TOK_LINE))
        return i + 1;
    if (!is_extension_word(d, i)) return last;
    bool letter = d->tok[i].len == 1;
    i++;
    if (doc_is_mark(d, i, '.') || doc_is_mark(d, i, ':')) i++;
    const struct token *t = doc_tok(d, i);
    if (t->kind != TOK_NUMBER || t->len > 6 || (letter && !doc_joined(d, i) && t->len < 2))
        return last;
    return i;
}

/* "Chen MD" or "Dr Chen" before token i */
SELDOM static bool is_after_doctor(const struct doc *d, uint32_t i)
{
    const int64_t name = (int64_t)i - 1, dot = doc_is_mark(d, name - 1, '.');
    const struct token *t = doc_tok(d, name);
    if (t->kind != TOK_WORD || !(t->flags & TOK_CAP)) return false;
    return (doc_bits(d, name) & LEX(CREDENTIAL) && t->flags & TOK_UPPER) ||
           doc_bits(d, name - dot - 1) & LEX(TITLE);
}

/* "Mohr x244": three digits behind somebody's surname, of which the x is at token w. */
SELDOM static bool is_desk_of(const struct doc *d, uint32_t w, uint32_t i)
{
    const struct lex_info *l = d->lex[w ? w - 1 : 0];
    const struct token *t = &d->tok[i];
    return w && t->len == 3 && t->hash % 50 && d->tok[w].len == 1 && doc_joined(d, i) &&
           !(d->tok[w].flags & TOK_LINE) && shape_of(d, w - 1) == SHAPE_TITLE &&
           !(l->bits & ~(LEX_GIVEN | LEX(SURNAME) | LEX(PLACE))) && l->word < 2;
}

/* "Roe (p 34872)": the letter at token w opens a bracket behind a name, and the number fills it. */
static bool is_pager_in_brackets(const struct doc *d, uint32_t w, uint32_t end)
{
    enum { LEAST = 4, MOST = 7 };
    if (w < 2 || !doc_is_word(d, w, VIEW("p")) || !(d->tok[w].flags & TOK_LOWER)) return false;
    const struct token *name = &d->tok[w - 2];
    if (!doc_is_mark(d, (int64_t)w - 1, '(') || !doc_is_mark(d, (int64_t)end + 1, ')'))
        return false;
    if (!(name->flags & TOK_CAP) || name->kind != TOK_WORD ||
        d->lex[w - 2]->bits & (LEX(MEDICAL) | LEX(DRUG) | LEX(UNIT) | LEX(ABBREVIATION)))
        return false;
    const uint32_t digits = d->tok[end].len + (end > w + 1 ? d->tok[end - 2].len : 0);
    return digits >= LEAST && digits <= MOST;
}

err phone_extension(const struct doc *d, uint32_t w, uint32_t i, struct phone_state *s,
                    struct findings *out)
{
    struct cue c;
    uint32_t last = i;
    /* "My extension is 9626" */
    if (w && doc_is_word(d, w, VIEW("is"))) w--;
    /* "Laura Chen MD p1234", "cross cover p7-7258", "Dr Chen p 1234": a pager's number in a signature */
    const bool in_house = d->tok[i].len == 1 && doc_is_mark(d, i + 1, '-') &&
                          doc_joined(d, i + 1) && doc_joined(d, i + 2) &&
                          doc_tok(d, i + 2)->kind == TOK_NUMBER && doc_tok(d, i + 2)->len == 4;
    const uint32_t end = in_house ? i + 2 : i;
    if (w == i - 1 && doc_is_word(d, w, VIEW("p")) && d->tok[w].flags & TOK_LOWER &&
        (doc_joined(d, i) || in_house || is_after_doctor(d, w)) && !doc_joined(d, w) &&
        (in_house || (d->tok[i].len >= 4 && d->tok[i].len <= 5)) && phone_ends(d, end)) {
        struct phone_number page = { .first = w, .last = end };
        c = (struct cue){ .what = CUE_PHONE, .first = w, .last = w };
        return phone_emit(d, s, &page, &c, RULE_PHONE_EXTENSION, 0.7f, out);
    }
    /* "Roe (p 34872)", "Roe (p #72-433)": a pager behind who carries it */
    if (w == i - 1 && is_pager_in_brackets(d, w, end)) {
        struct phone_number page = { .first = i, .last = end };
        c = (struct cue){ .what = CUE_PHONE, .first = w, .last = w };
        return phone_emit(d, s, &page, &c, RULE_PHONE_EXTENSION, 0.7f, out);
    }
    /* "biomed Roe notified p. 90151": no page has five digits */
    if (w == i - 2 && doc_is_word(d, w, VIEW("p")) && doc_is_mark(d, i - 1, '.') &&
        d->tok[i].len == 5 && phone_ends(d, i) && !(d->tok[i].flags & TOK_LINE)) {
        struct phone_number page = { .first = i, .last = i };
        c = (struct cue){ .what = CUE_PHONE, .first = w, .last = w };
        return phone_emit(d, s, &page, &c, RULE_PHONE_EXTENSION, 0.7f, out);
    }
    if (!is_extension_word(d, w)) return OK;
    const struct token *x = &d->tok[w], *t = &d->tok[i];
    if (doc_joined(d, w) && doc_tok(d, (int64_t)w - 1)->kind != TOK_MARK) return OK;
    if (doc_is_mark(d, i + 1, '-') && doc_joined(d, i + 1) && doc_joined(d, i + 2) &&
        doc_tok(d, i + 2)->kind == TOK_NUMBER)
        last = i + 2;
    uint32_t digits = t->len + (last > i ? d->tok[last].len : 0);
    /* "Ext. 577-3777", "x532-6860": the whole number in the town */
    const bool whole = digits == 7 && t->len == 3 && last > i;
    if (digits < 3 || (digits > 6 && !whole) || !phone_ends(d, last)) return OK;
    bool called = cue_before(d, w, &c) != CUE_NONE || c.what;
    called = called && c.what & CUE_CALLS;
    /* "x3-7729": an in-house number, no count of times */
    called |= last == i + 2 && t->len == 1 && d->tok[last].len == 4;
    called |= whole;
    if (!called) {
        if (is_desk_of(d, w, i)) {
            c = (struct cue){ .what = CUE_PHONE, .first = w, .last = w };
            struct phone_number desk = { .first = w, .last = last };
            return phone_emit(d, s, &desk, &c, RULE_PHONE_EXTENSION, 0.7f, out);
        }
        /* "x4000" may be a magnification, "extension 120 degrees" a joint */
        const bool closed = x->len == 3 && digits == 3 && doc_tok(d, last + 1)->kind == TOK_MARK;
        if ((digits < 4 && !closed) || (x->len == 1 && !(doc_joined(d, i) && t->hash % 100)))
            return OK;
        /* "LMSW x8041      CM: Roe": no centimetres */
        if (d->shield[i] & SHIELD_MEASURE && !shape_opens_column(d, last + 1)) return OK;
    }
    struct phone_number n = { .first = w, .last = last };
    if (!called) c = (struct cue){ .what = CUE_PHONE, .first = w, .last = w };
    return phone_emit(d, s, &n, &c, RULE_PHONE_EXTENSION, called ? 0.9f : 0.7f, out);
}
