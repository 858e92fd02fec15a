/* zip.c — five digits that are a postal code by what stands before them.
 * Source: 45 CFR 164.514(b)(2)(i)(B). */
#include "detect/zip.h"

#include "detect/cue.h"
#include "detect/postcode.h"
#include "detect/shape.h"

/* Codes of states that are also words, degrees or tests. */
static bool is_doubtful_code(const struct doc *d, int64_t i)
{
    static const char *const codes[] = { "in", "or", "me", "ok", "hi", "id", "md", "ct", "pa", "ms",
                                         "oh", "al", "co", "la", "ma", "mt", "de", "va", "pr" };
    view v = doc_view(d, (uint32_t)i, (uint32_t)i);
    for (size_t k = 0; k < COUNT_OF(codes); k++)
        if (view_eq_nocase(v, view_of_str(codes[k]))) return true;
    return false;
}

static bool is_state_code(const struct doc *d, int64_t i)
{
    static const char all[] =
        " al ak az ar ca co ct de fl ga hi id il in ia ks ky la me md ma mi mn ms "
        "mo mt ne nv nh nj nm ny nc nd oh ok or pa ri sc sd tn tx ut vt va wa wv "
        "wi wy dc pr vi gu ";
    const struct token *t = doc_tok(d, i);
    if (t->kind != TOK_WORD || t->len != 2 || t->flags & TOK_WIDE) return false;
    char key[5] = { ' ', ascii_lower(d->text.p[t->start]), ascii_lower(d->text.p[t->start + 1]),
                    ' ' };
    return strstr(all, key) != NULL;
}

/* "Zelby / NJ / 07030", "Zelby^NJ^07030^": a mark between the parts of an address, at token i. */
static bool is_parting(const struct doc *d, int64_t i)
{
    return doc_is_mark(d, i, '/') || doc_is_mark(d, i, '^') || doc_is_mark(d, i, '|');
}

/* A state before token i: its code in capitals, or its name. */
SELDOM static bool after_state(const struct doc *d, uint32_t i)
{
    int64_t p = (int64_t)i - 1;
    if (is_parting(d, p))
        return is_parting(d, p - 2) && is_state_code(d, p - 1) &&
               (doc_tok(d, p - 1)->flags & TOK_UPPER || d->is_caseless);
    if (doc_is_mark(d, p, ',')) p--;
    if (doc_is_mark(d, p, '.')) p--;
    if (p < 0) return false;
    const struct token *t = doc_tok(d, p);
    if (t->kind != TOK_WORD) return false;
    if (doc_bits(d, p) & LEX(STATE) && (t->flags & TOK_CAP || d->is_caseless)) return true;
    if (doc_is_word(d, p, VIEW("c")) &&
        doc_is_word(d, p - (doc_is_mark(d, p - 1, '.') ? 2 : 1), VIEW("d")))
        return true; /* D.C. 20001 */
    if (!is_state_code(d, p)) return false;
    bool upper = t->flags & TOK_UPPER;
    bool town = doc_is_mark(d, p - 1, ',') || doc_bits(d, p - 1) & LEX(PLACE);
    if (!upper) return town && (d->is_caseless || t->flags & TOK_CAP || doc_is_mark(d, p - 1, ','));
    return town || !is_doubtful_code(d, p);
}

/* "ZIP", "zip code is", "postal code:". */
static bool after_cue(const struct doc *d, uint32_t i, uint32_t *cue)
{
    for (int64_t k = (int64_t)i - 1; k >= 0 && k + 6 > i; k--) {
        const struct token *t = &d->tok[k];
        if (t->kind == TOK_NUMBER) return false;
        if (doc_is_word(d, k, VIEW("zip")) || doc_is_word(d, k, VIEW("zipcode")) ||
            doc_is_word(d, k, VIEW("postal")) || doc_is_word(d, k, VIEW("postcode")) ||
            doc_is_word(d, k, VIEW("zips")) || doc_is_word(d, k, VIEW("eircode"))) {
            *cue = (uint32_t)k;
            return true;
        }
        if (t->kind == TOK_WORD && !(cue_class_of(t) & (CUE_FILL | CUE_NUMBER))) return false;
    }
    return false;
}

/* A town right before, said with a capital: "Boston 02115". */
SELDOM static bool after_town(const struct doc *d, uint32_t i)
{
    int64_t p = (int64_t)i - 1;
    if (doc_is_mark(d, p, ',')) p--;
    if (p < 0 || !(doc_tok(d, p)->flags & TOK_CAP)) return false;
    return doc_bits(d, p) & LEX(PLACE) && d->lex[p]->place >= 3 &&
           !(doc_bits(d, p) & (LEX(FUNCTION) | LEX(ABBREVIATION)));
}

/* Does an address end at most 48 bytes before, with nothing but words and commas between? */
SELDOM static bool in_address(const struct doc *d, uint32_t i, const struct findings *f,
                              uint32_t from, uint32_t to)
{
    uint32_t start = d->tok[i].start;
    for (uint32_t k = from; k < to; k++) {
        if (f->v[k].end > start || start - f->v[k].end > 48) continue;
        for (uint32_t j = i; j > 0 && d->tok[j - 1].start >= f->v[k].end; j--) {
            const struct token *t = &d->tok[j - 1];
            if (t->kind == TOK_NUMBER) return false;
            if (t->kind == TOK_MARK && t->hash != ',' && t->hash != '.') return false;
            if (t->kind == TOK_WORD && t->flags & TOK_LOWER && !d->is_caseless) return false;
        }
        return true;
    }
    return false;
}

/* "…,03/11/41,F,60642,(555) 0199": behind the letter of a sex in a row that commas part, before a number. */
SELDOM static bool after_sex(const struct doc *d, uint32_t i)
{
    if (!doc_joined(d, i) || !doc_joined(d, (int64_t)i - 1) ||
        !doc_is_mark(d, (int64_t)i - 1, ',') || !doc_is_mark(d, (int64_t)i - 3, ',') ||
        !doc_is_mark(d, (int64_t)i + 1, ','))
        return false;
    const struct token *sex = doc_tok(d, (int64_t)i - 2);
    const char c = d->text.p[sex->start];
    return sex->kind == TOK_WORD && sex->len == 1 && (c == 'F' || c == 'M' || c == 'X' || c == 'U');
}

static bool is_plus_four(const struct doc *d, uint32_t i)
{
    return doc_is_mark(d, i + 1, '-') && doc_joined(d, i + 1) && doc_joined(d, i + 2) &&
           doc_tok(d, i + 2)->kind == TOK_NUMBER && doc_tok(d, i + 2)->len == 4;
}

/* A number of four digits and more, or part of a code that letters or three more digits are beside: most numbers are
 * neither, and no branch tells. */
static inline bool may_be_code(const struct doc *d, uint32_t i)
{
    const struct token *t = &d->tok[i], *before = t - (i > 0), *after = t + (i + 1 < d->n);
    return (t->len > 3) | (((before->flags | after->flags) & TOK_UPPER) != 0) |
           ((t->len == 3) & (after->kind == TOK_NUMBER));
}

err zip_find(const struct doc *d, uint32_t streets, struct findings *out)
{
    uint32_t streets_end = out->n, near = streets;
    for (uint32_t k = 0; k < d->digits.n; k++) {
        uint32_t i = d->digits.v[k], last = i, cue = i;
        const struct token *t = &d->tok[i];
        if (LIKELY(!may_be_code(d, i))) continue;
        enum rule rule = RULE_NONE;
        float score = 0.9f;
        struct postcode code;
        if (postcode_may(d, i) && postcode_at(d, i, &code)) {
            struct finding f =
                doc_finding(d, code.first, code.last, LABEL_LOCATION, RULE_ZIP_CUE, 0.8f);
            if (!code.is_door) f.part = PART_ZIP;
            err e = findings_add(out, f);
            if (e) return e;
            continue;
        }
        if (t->len != 5 && t->len != 9 && !(t->len == 4 || t->len == 6)) continue;
        if (t->len == 5 && after_sex(d, i)) {
            struct finding f = doc_finding(d, i, i, LABEL_LOCATION, RULE_ZIP_CUE, score);
            f.part = PART_ZIP;
            err e = findings_add(out, f);
            if (e) return e;
            continue;
        }
        bool four = is_plus_four(d, i);
        if (four) last = i + 2;
        if (doc_joined(d, i) && !doc_is_mark(d, (int64_t)i - 1, ',') &&
            !doc_is_mark(d, (int64_t)i - 1, '(') && !doc_is_mark(d, (int64_t)i - 1, ':') &&
            !is_parting(d, (int64_t)i - 1))
            continue;
        if (doc_joined(d, last + 1) && doc_tok(d, last + 1)->kind != TOK_MARK) continue;
        if (doc_joined(d, last + 2) && doc_joined(d, last + 1) && !is_parting(d, last + 1))
            continue;
        while (near < streets_end && out->v[near].end + 64 < t->start)
            near++;
        if (after_cue(d, i, &cue))
            rule = RULE_ZIP_CUE;
        else if (t->len != 5)
            continue;
        else if (after_state(d, i))
            rule = RULE_ZIP_STATE;
        else if (in_address(d, i, out, near, streets_end))
            rule = four ? RULE_ZIP_FOUR : RULE_ZIP_STATE;
        else if (!(d->shield[i] & SHIELD_MEASURE) && after_town(d, i) &&
                 shape_past_age(d, last + 1) == last + 1) /* "MOHR,MORRIS 04412 77M" is a person */
            rule = four ? RULE_ZIP_FOUR : RULE_ZIP_STATE, score = 0.75f;
        if (!rule) continue;
        struct finding f = doc_finding(d, i, last, LABEL_LOCATION, rule, score);
        f.part = PART_ZIP;
        if (cue != i) f.cue_start = d->tok[cue].start, f.cue_end = token_end(&d->tok[cue]);
        err e = findings_add(out, f);
        if (e) return e;
    }
    return OK;
}
