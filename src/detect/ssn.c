/* ssn.c — social security numbers, whole or their last four digits.
 *
 * Area numbers that were never issued (000, 666, 9xx) count too: typing errors and test data must not
 * slip through. A number in this form after a cue for another identifier belongs to id_cue.c.
 * Source: 45 CFR 164.514(b)(2)(i)(G). */
#include "detect/code.h"
#include "detect/cue.h"
#include "detect/detectors.h"
#include "detect/number_row.h"
#include "detect/shape.h"

/* ddd-dd-dddd with the same mark, or blanks, between: its last token, or 0. */
static uint32_t three_two_four(const struct doc *d, uint32_t i, bool *blanks)
{
    const struct token *m = doc_tok(d, i + 1);
    *blanks = m->kind == TOK_NUMBER;
    uint32_t step = *blanks ? 1 : 2, last = i + 2 * step;
    if (!doc_is_number_of(d, i, 3) || !doc_is_number_of(d, i + step, 2) ||
        !doc_is_number_of(d, last, 4))
        return 0;
    if (!*blanks && (m->kind != TOK_MARK || (m->hash != '-' && m->hash != '.' && m->hash != '/') ||
                     !doc_is_mark(d, i + 3, (uint32_t)m->hash)))
        return 0;
    for (uint32_t k = i + 1; k <= last; k++)
        if (d->tok[k].flags & TOK_LINE) return 0;
    if (doc_joined(d, i)) {
        const struct token *p = doc_tok(d, (int64_t)i - 1);
        if (p->kind == TOK_MARK && (p->hash == '-' || p->hash == '.' || p->hash == '/') &&
            doc_joined(d, i - 1) && doc_tok(d, (int64_t)i - 2)->kind == TOK_NUMBER)
            return 0;
        if (p->kind == TOK_WORD && !(cue_class_of(p) & CUE_SSN)) return 0;
    }
    if (doc_joined(d, last + 1) && !doc_joined(d, last + 2)) return last;
    if (doc_joined(d, last + 1) &&
        (doc_is_mark(d, last + 1, '-') || doc_is_mark(d, last + 1, '.')) &&
        doc_tok(d, last + 2)->kind == TOK_NUMBER)
        return 0;
    return last;
}

/* A word of x alone. */
static bool is_mask(const struct doc *d, int64_t i, uint32_t len)
{
    const struct token *t = doc_tok(d, i);
    if (t->kind != TOK_WORD || t->len != len) return false;
    for (uint32_t k = 0; k < len; k++)
        if (ascii_lower(d->text.p[t->start + k]) != 'x') return false;
    return true;
}

/* "xxxxx6527", "*****2661", "XXX XX 3188": the last four behind five signs that hide the others. *first: of these. */
static bool is_five_masked(const struct doc *d, uint32_t i, uint32_t *first)
{
    const int64_t p = (int64_t)i - 1;
    int64_t k = p;
    if (is_mask(d, p, 2) && is_mask(d, p - 1, 3) && !doc_joined(d, i) && !doc_joined(d, p)) {
        *first = (uint32_t)p - 1;
        return !((d->tok[i].flags | d->tok[p].flags) & TOK_LINE);
    }
    if (!doc_joined(d, i)) return false;
    *first = (uint32_t)p;
    if (is_mask(d, p, 5)) return !doc_joined(d, p) || doc_tok(d, p - 1)->kind == TOK_MARK;
    while ((doc_is_mark(d, k, '*') || doc_is_mark(d, k, '#')) && (k == p || doc_joined(d, k + 1)))
        k--;
    *first = (uint32_t)k + 1;
    return p - k == 5;
}

/* "last", "four", "ends", "ending": before the last four digits. */
static inline bool is_of_last(view w)
{
    if (LIKELY(w.n != 4 && w.n != 6)) return false;
    return view_eq_nocase(w, VIEW("last")) || view_eq_nocase(w, VIEW("ending")) ||
           view_eq_nocase(w, VIEW("ends")) || view_eq_nocase(w, VIEW("four"));
}

/* "SSN ending in 1234", "last four of social: 1234", "xxx-xx-1234". *first: of the masked number. */
static bool is_last_four(const struct doc *d, uint32_t i, struct cue *c, uint32_t *first)
{
    bool last = false, ssn = false;
    if (!doc_is_number_of(d, i, 4)) return false;
    if (is_five_masked(d, i, first)) {
        *c = (struct cue){ .first = *first, .last = *first };
        return true;
    }
    *first = i;
    if (doc_joined(d, i) && doc_is_mark(d, (int64_t)i - 1, '-') && doc_joined(d, i - 1)) {
        /* masked before: xxx-xx-, ***-**- */
        int64_t k = (int64_t)i - 2;
        int masks = 0, hyphens = 0;
        for (; k >= 0 && k + 9 > i; k--) {
            const struct token *t = &d->tok[k];
            if (t->kind == TOK_MARK && t->hash == '-')
                hyphens++;
            else if ((t->kind == TOK_MARK && (t->hash == '*' || t->hash == '#')) ||
                     (t->kind == TOK_WORD && ascii_lower(d->text.p[t->start]) == 'x' &&
                      ascii_lower(d->text.p[token_end(t) - 1]) == 'x'))
                masks++;
            else
                break;
            if (t->kind == TOK_WORD) *first = (uint32_t)k;
            if (t->flags & TOK_SPACE) break;
        }
        *c = (struct cue){ .first = *first, .last = *first };
        /* "xxxx-xxxx-xxxx-9076": a card */
        const bool masked = (masks >= 2 && hyphens == 1) || (masks == 3 && hyphens == 2);
        if (!masked) *first = i;
        return masked;
    }
    *c = (struct cue){ .first = i, .last = i };
    for (int64_t k = (int64_t)i - 1; k >= 0 && k + 9 > i; k--) {
        const struct token *t = &d->tok[k];
        if (t->kind == TOK_NUMBER && t->hash != 4) break;
        if (t->kind == TOK_MARK &&
            (t->hash == ';' || (t->hash == '.' && d->tok[k + 1].flags & TOK_SPACE) ||
             d->shield[k] & SHIELD_TAG))
            break;
        if (t->kind != TOK_WORD) continue;
        uint32_t class = cue_class_of(t);
        view w = doc_view(d, (uint32_t)k, (uint32_t)k);
        if (class & CUE_SSN) ssn = true;
        if (is_of_last(w)) last = true;
        if ((class & CUE_SSN) || last) {
            c->first = (uint32_t)k;
            if (c->last == i) c->last = (uint32_t)k;
        }
        if (class & (CUE_IDS | CUE_CALLS) && !(class & CUE_NEEDS)) break;
        if (ssn && last) return true;
    }
    return false;
}

/* "identity confirmed with last four 6789", "last 4: 6789": *c is the cue, and the label follows from
 * the word before it or after "of" ("card, last four 4242"). Not "last four 2019 visits". */
static bool is_told_last_four(const struct doc *d, uint32_t i, struct cue *c, enum label *label)
{
    enum { REACH = 5 };
    static const view between[] = {
        { "digits", 6 }, { "is", 2 }, { "are", 3 }, { "of", 2 }, { "were", 4 }
    };
    const bool equals = doc_is_mark(d, (int64_t)i - 1, '=') || doc_is_mark(d, (int64_t)i - 1, ':');
    if (!doc_is_number_of(d, i, 4) || (doc_joined(d, i) && !equals)) return false; /* last4=6789 */
    const struct token *after = doc_tok(d, (int64_t)i + 1);
    bool ends = after->kind == TOK_MARK
                    ? !doc_joined(d, i + 1) || !doc_joined(d, i + 2)
                    : i + 1 >= d->n || after->flags & (TOK_LINE | TOK_CAP) ||
                          doc_bits(d, i + 1) & LEX(FUNCTION) || shape_opens_column(d, i + 1);
    if (!ends || doc_is_mark(d, (int64_t)i + 1, '/')) return false;
    uint32_t class = 0;
    int64_t k = (int64_t)i - 1;
    for (; k >= 0 && k + REACH > i; k--) {
        const struct token *t = &d->tok[k];
        if (t->kind == TOK_MARK &&
            (t->hash == ':' || t->hash == '#' || t->hash == '(' || t->hash == '='))
            continue;
        bool passed = false;
        for (size_t n = 0; t->kind == TOK_WORD && n < COUNT_OF(between); n++)
            passed |= view_eq_nocase(doc_view(d, (uint32_t)k, (uint32_t)k), between[n]);
        uint32_t kind = t->kind == TOK_WORD ? cue_class_of(t) & CUE_WHAT : 0;
        class |= kind;
        if (!passed && !kind) break;
    }
    bool four = doc_is_number_of(d, (uint32_t)MAX(k, 0), 1)
                    ? d->tok[k].hash == 4
                    : k >= 0 && view_eq_nocase(doc_view(d, (uint32_t)k, (uint32_t)k), VIEW("four"));
    /* "SSN4: 6789", "L4=6789" */
    const bool glued = four && doc_joined(d, k) && d->tok[k].kind == TOK_NUMBER;
    if (glued && k >= 1 &&
        (cue_class_of(&d->tok[k - 1]) & CUE_SSN || (equals && doc_is_word(d, k - 1, VIEW("l"))))) {
        *label = LABEL_SSN;
        *c = (struct cue){ .first = (uint32_t)k - 1, .last = (uint32_t)k };
        return true;
    }
    if (four && doc_is_mark(d, k - 1, '-')) k--; /* last-four */
    if (!four || k < 1 ||
        !view_eq_nocase(doc_view(d, (uint32_t)k - 1, (uint32_t)k - 1), VIEW("last")))
        return false;
    const struct token *before = doc_tok(d, k - 2);
    if (!class && before->kind == TOK_WORD) class = cue_class_of(before) & CUE_WHAT;
    *label = class & (CUE_IDS | CUE_CALLS) ? cue_label(class) : LABEL_SSN;
    *c = (struct cue){ .first = (uint32_t)k - 1, .last = (uint32_t)k };
    return true;
}

/* "ROE, ADA (5101)" at the head of a line: how veterans are filed. */
static bool is_filed(const struct doc *d, uint32_t i)
{
    enum { REACH = 8, LETTERS = 3 };
    bool comma = false;
    uint32_t words = 0;
    if (!doc_is_mark(d, (int64_t)i - 1, '(') || !doc_is_mark(d, (int64_t)i + 1, ')') ||
        d->shield[i] & SHIELD_TAG || (d->tok[i].hash >= 1900 && d->tok[i].hash < 2100))
        return false;
    for (int64_t k = (int64_t)i - 2; k >= 0 && k + REACH > i; k--) {
        const struct token *t = &d->tok[k];
        comma |= doc_is_mark(d, k, ',');
        if (t->kind == TOK_WORD) {
            if (!(t->flags & TOK_UPPER) || d->lex[k]->word > 4 || doc_bits(d, k) & LEX(MEDICAL))
                return false;
            words += t->len >= LETTERS;
        } else if (t->kind != TOK_MARK || !strchr(",.-'", (int)(t->hash & 0x7F)) ||
                   t->hash > 0x7F) {
            return false;
        }
        if (t->flags & TOK_LINE || !k) return comma && words >= 2;
    }
    return false;
}

/* "R4821 77M", "Roe (R4821)", "Patient R4821": the initial of a family name and the last four, as veterans are told
 * apart. */
static bool is_of_veteran(const struct doc *d, uint32_t i)
{
    enum { REACH = 4 };
    const uint32_t letter = i - 1, behind = i + 1;
    if (!i || d->tok[letter].len != 1 || !(d->tok[letter].flags & TOK_UPPER) || d->is_caseless ||
        (doc_joined(d, letter) && doc_tok(d, (int64_t)letter - 1)->kind != TOK_MARK))
        return false;
    if (doc_joined(d, behind) &&
        (doc_tok(d, behind)->kind != TOK_MARK || doc_joined(d, behind + 1)))
        return false;
    if (shape_past_age(d, behind) > behind) return true;
    const char initial = (char)d->text.p[d->tok[letter].start];
    for (int64_t k = (int64_t)letter - 1; k >= 0 && k + REACH > letter; k--) {
        const struct token *t = &d->tok[k];
        if (d->tok[k + 1].flags & TOK_LINE) return false;
        if (doc_is_word(d, k, VIEW("patient")) || doc_is_word(d, k, VIEW("pt")) ||
            doc_is_word(d, k, VIEW("veteran")) || doc_is_word(d, k, VIEW("vet")))
            return k + 1 == letter;
        if (t->kind == TOK_MARK ? t->hash != '(' && t->hash != ',' : !(t->flags & TOK_CAP))
            return false;
        if (t->kind == TOK_WORD && t->len > 2 && !(t->flags & TOK_UPPER) &&
            (char)d->text.p[t->start] == initial &&
            !(doc_bits(d, k) & (LEX(MEDICAL) | LEX(DRUG) | LEX(UNIT) | LEX(ABBREVIATION))))
            return true;
    }
    return false;
}

SELDOM static err emit(const struct doc *d, uint32_t first, uint32_t last, const struct cue *c,
                       enum label label, enum rule r, float score, struct findings *out)
{
    struct finding f = doc_finding(d, first, last, label, r, score);
    if ((c->what & CUE_SSN || r == RULE_SSN_LAST) && !c->field) {
        f.cue_start = d->tok[c->first].start;
        f.cue_end = c->first < first ? token_end(&d->tok[c->last]) : f.cue_start;
    }
    return findings_add(out, f);
}

SELDOM static bool of_another_kind(const struct cue *c)
{
    return c->what & CUE_IDS && !(c->what & CUE_SSN) && c->worth >= CUE_HINT;
}

err ssn_find(const struct doc *d, struct findings *out)
{
    err e = OK;
    uint32_t next = 0;
    for (uint32_t k = 0; k < d->rows.n; k++) {
        uint32_t i = d->rows.v[k], last;
        const struct token *t = &d->tok[i];
        bool blanks;
        struct cue c FILLED_LATER;
        enum label label = LABEL_SSN;
        if (LIKELY(t->len < 3) || i < next || d->shield[i] & SHIELD_TAG) continue;
        if (t->len == 3 && (last = three_two_four(d, i, &blanks))) {
            cue_before(d, i, &c);
            if (c.what & CUE_SYSTEM) continue;
            /* groups apart by blanks are id_cue.c's only after a sure cue */
            if (of_another_kind(&c) && (!blanks || c.worth >= CUE_CERTAIN)) continue;
            if (blanks && !(c.what & CUE_SSN) && number_is_row(d, i, last)) continue;
            /* "700-37-7702Y": the letter that made it a Medicare number until 2019 */
            const struct token *suffix = doc_tok(d, (int64_t)last + 1);
            if (!blanks && doc_joined(d, last + 1) && suffix->kind == TOK_WORD &&
                suffix->len == 1 && suffix->flags & TOK_UPPER)
                last++;
            TRY(emit(d, i, last, &c, label, RULE_SSN_SHAPE, c.what & CUE_SSN ? 0.99f : 0.9f, out));
            next = last + 1;
            continue;
        }
        uint32_t masked = i;
        if (t->len == 4 && doc_joined(d, i) && is_filed(d, i)) {
            c = (struct cue){ .first = i, .last = i };
            TRY(emit(d, i, i, &c, LABEL_SSN, RULE_SSN_LAST, 0.75f, out));
            continue;
        }
        if (t->len == 4 && UNLIKELY(doc_joined(d, i) && d->tok[i - 1].len == 1) &&
            is_of_veteran(d, i)) {
            c = (struct cue){ .first = i - 1, .last = i - 1 };
            TRY(emit(d, i - 1, i, &c, LABEL_SSN, RULE_SSN_LAST, 0.75f, out));
            continue;
        }
        if (t->len == 4 &&
            (is_last_four(d, i, &c, &masked) || is_told_last_four(d, i, &c, &label))) {
            if (is_mask(d, masked, 4)) label = LABEL_ACCOUNT;
            TRY(emit(d, masked, i, &c, label, RULE_SSN_LAST, 0.9f, out));
            continue;
        }
        if (t->len < 4 || d->shield[i] & SHIELD_MEASURE) continue;
        /* any longer run of digits after the cue: "SSN 123456789", "SS# 12345-6789", "soc 123456789" */
        const enum cue_worth worth = cue_before(d, i, &c);
        if (c.what & CUE_SSN && (worth >= CUE_CERTAIN || (t->len == 9 && c.last + 3 > i))) {
            struct code code;
            code_around(d, i, &code);
            TRY(emit(d, i, MAX(i, code.last), &c, label, RULE_SSN_CUE, 0.95f, out));
            next = code.last + 1;
        }
    }
out:
    return e;
}
