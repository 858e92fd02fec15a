/* place_named.c — the town of which somebody is called, behind the names found so far.
 *
 *     Mr. Roe of Possum Hollow was seen     Ann Roe of Sorvik     PCP: Ann Roe (Zelby)     Roe in Larkmead
 *     Mr. Roe, Larkmead, was seen     Ms. Roe, of Mad Elk, was seen
 *     the line "DR Roe, Zelby" of a list of copies
 *
 * "of" ties a patient to a town, a doctor to a service as often: there a known or a new name is asked for.
 * Source: 45 CFR 164.514(b)(2)(i)(B). */
#include "detect/detectors.h"
#include "detect/organization_extent.h"
#include "detect/place.h"
#include "detect/taken.h"
#include "detect/wordset.h"

enum { W_PATIENT = 1, W_FIELD = 2, REACH = 4 };
static const struct wordset_row rows[] = {
    { "mr mrs ms miss mister", W_PATIENT },
    { "pcp provider physician gp doctor attending referring dentist md cardiologist oncologist "
      "np therapist",
      W_FIELD },
};
static struct wordset words = WORDSET(rows);

/* Does a word of `class` stand before the name that ends at token `last`, on its line? */
static bool has_before(const struct doc *d, uint32_t last, uint32_t class)
{
    for (int64_t j = (int64_t)last - 1, n = 0; j >= 0 && n <= REACH; j--, n++) {
        if (d->tok[j + 1].flags & TOK_LINE) return false;
        if (wordset_class(wordset_ready(&words), &d->tok[j]) & class) return true;
        if (d->tok[j].kind == TOK_WORD && d->tok[j].flags & TOK_LOWER) return false;
    }
    return false;
}

/* "of Cardiology", "of Sorvik Clinic": a service or a house, which are found elsewhere. */
static bool is_service(const struct doc *d, const struct town *t)
{
    for (uint32_t i = t->first; i <= t->last; i++)
        if ((doc_bits(d, i) & (LEX(TRADE) | LEX(ORG_HEAD)) && !(doc_bits(d, i) & LEX(PLACE))) ||
            extent_is_practice(d, i))
            return true;
    return doc_bits(d, (int64_t)t->last + 1) & (LEX(ORG_HEAD) | LEX(TRADE)) &&
           !(doc_tok(d, (int64_t)t->last + 1)->flags & TOK_LINE);
}

/* A town on a list, or a word that nobody knows. */
static bool is_known(const struct doc *d, const struct town *t, bool is_new)
{
    const struct lex_info *l = d->lex[t->first];
    if (t->has_state) return true;
    if (t->last > t->first) return is_new && !(l->bits & LEX(MEDICAL));
    return !l->bits || (l->bits & LEX(PLACE) && l->word <= 1 && l->given <= l->place);
}

/* A town on a list that is nobody's name, a word that nobody knows, or two of which one is of land: no field of medicine. */
static bool is_sure(const struct doc *d, const struct town *t, bool is_new)
{
    const struct lex_info *l = d->lex[t->first];
    if (t->last > t->first && place_is_land(d, t->last)) return true;
    return is_known(d, t, is_new) && !(l->bits & (LEX(MEDICAL) | LEX(CREDENTIAL))) &&
           l->given <= l->place;
}

/* Does the line or a parenthesis end behind token `last`? */
static bool is_at_end(const struct doc *d, uint32_t last)
{
    return last + 1 >= d->n || d->tok[last + 1].flags & TOK_LINE || doc_is_mark(d, last + 1, ')');
}

/* Behind the name that ends at token `last`. */
SELDOM static bool town_of(const struct doc *d, uint32_t last, struct town *t)
{
    const uint32_t i = last + 2;
    bool is_new = false;
    if (i >= d->n || d->tok[i - 1].flags & TOK_LINE || d->tok[i].flags & TOK_LINE) return false;
    if (doc_is_mark(d, i - 1, '('))
        return has_before(d, last, W_FIELD) && place_run_at(d, i, t, &is_new) &&
               doc_is_mark(d, (int64_t)t->last + 1, ')') && is_known(d, t, is_new) &&
               !is_service(d, t);
    /* "Mr. Roe, of Mad Elk, was seen" */
    if (doc_is_mark(d, i - 1, ',') && doc_is_word(d, i, VIEW("of")))
        return has_before(d, last, W_PATIENT) && place_any_at(d, i + 1, t) && !is_service(d, t) &&
               (is_at_end(d, t->last) || doc_is_mark(d, (int64_t)t->last + 1, ','));
    if (doc_is_mark(d, i - 1, ','))
        return place_run_at(d, i, t, &is_new) && is_sure(d, t, is_new) && !is_service(d, t) &&
               (is_at_end(d, t->last) ||
                (doc_is_mark(d, (int64_t)t->last + 1, ',') && has_before(d, last, W_PATIENT)));
    if (doc_is_word(d, i - 1, VIEW("in")))
        return place_run_at(d, i, t, &is_new) && is_sure(d, t, is_new) && !is_service(d, t) &&
               doc_tok(d, (int64_t)t->last + 1)->kind == TOK_MARK;
    if (!doc_is_word(d, i - 1, VIEW("of"))) return false;
    if (has_before(d, last, W_PATIENT) && place_any_at(d, i, t)) return !is_service(d, t);
    return place_run_at(d, i, t, &is_new) && is_known(d, t, is_new) && !is_service(d, t);
}

/* " of", " (", " in", ", X" behind byte `end`: most names have something else there. */
static bool may_follow(const struct doc *d, uint32_t end)
{
    if ((size_t)end + 4 > d->text.n) return false;
    const char *p = d->text.p + end;
    if (p[0] == ',')
        return p[1] == ' ' && ((p[2] >= 'A' && p[2] <= 'Z') || (p[2] == 'o' && p[3] == 'f'));
    return p[0] == ' ' && (p[1] == 'o' || p[1] == '(' || (p[1] == 'i' && p[2] == 'n'));
}

err place_named_find(const struct doc *d, struct findings *out)
{
    err e = OK;
    const uint32_t n = out->n;
    for (uint32_t k = 0; k < n; k++) {
        const struct finding f = out->v[k];
        struct town t;
        if (f.label != LABEL_NAME || !may_follow(d, f.end)) continue;
        if (!town_of(d, taken_token_at(d, f.end - 1), &t)) continue;
        struct finding x = doc_finding(d, t.first, t.last, LABEL_LOCATION, RULE_PLACE_TOLD, 0.85F);
        x.part = PART_TOWN;
        TRY(findings_add(out, x));
    }
out:
    return e;
}
