/* place_named.c — the town of which somebody is called, behind the names found so far.
 *
 *     Mr. Roe of Possum Hollow was seen     Ann Roe of Sorvik     PCP: Ann Roe (Zelby)     Roe in Larkmead
 *     Mr. Roe, Larkmead, was seen     Ms. Roe, of Mad Elk, was seen
 *     Ann Roe from Mad Elk denies pain     Ann Roe, ninety-one, of Mad Elk, died
 *     the line "DR Roe, Zelby" of a list of copies
 *
 * "of" ties a patient to a town, a doctor to a service as often: there a known or a new name is asked for.
 * Source: 45 CFR 164.514(b)(2)(i)(B). */
#include "detect/detectors.h"
#include "detect/organization_everybodys.h"
#include "detect/organization_extent.h"
#include "detect/organization_whole.h"
#include "detect/place.h"
#include "detect/taken.h"
#include "detect/wordset.h"

enum { W_PATIENT = 1, W_FIELD = 2, W_SERVICE = 4, REACH = 4 };
static const struct wordset_row rows[] = {
    { "mr mrs ms miss mister", W_PATIENT },
    { "pcp provider physician gp doctor attending referring dentist md cardiologist oncologist "
      "np therapist",
      W_FIELD },
    /* where colleagues call from */
    { "quality compliance security housekeeping transport billing admissions admission "
      "registration records dietary "
      "nutrition legal finance accounting marketing engineering maintenance facilities "
      "environmental research education "
      "staffing risk ethics utilization hr it desk materials supply central sterile front "
      "volunteer volunteers chaplaincy "
      "spiritual social case home insurance claims benefits payroll scheduling dispatch corporate "
      "church work school "
      "infection bed patient employee human information interpreter language",
      W_SERVICE },
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

/* Behind "Ann Roe from": where she is from, and who calls from a service of the house. */
static bool is_from(const struct doc *d, uint32_t last, uint32_t i, struct town *t)
{
    bool is_new;
    if (!place_any_at(d, i, t) || is_service(d, t) ||
        organization_is_everybodys(d, t->first, t->last) || /* "Ann Roe from Aetna" */
        wordset_class(wordset_ready(&words), &d->tok[i]) & W_SERVICE)
        return false;
    for (uint32_t k = t->first; k <= t->last; k++)
        if (doc_bits(d, k) & (LEX(MEDICAL) | LEX(EPONYM) | LEX(ABBREVIATION) | LEX(DEMONYM)) &&
            !(doc_bits(d, k) & LEX(PLACE)))
            return false;
    if (has_before(d, last, W_PATIENT)) return true;
    const struct token *after = doc_tok(d, (int64_t)t->last + 1);
    const bool ends = doc_ends_line(d, t->last) || doc_bits(d, t->last + 1) & LEX(PERSON_VERB) ||
                      (after->kind == TOK_MARK && (after->hash == ',' || after->hash == '.'));
    return ends && (t->last > t->first || d->lex[i]->word <= 2 ||
                    (place_run_at(d, i, t, &is_new) && is_known(d, t, is_new)));
}

/* ", ninety-one, of", ", 91, of" behind the name that ends at token `last`: the token of "of", or 0. */
static uint32_t past_age(const struct doc *d, uint32_t last)
{
    uint32_t j = last + 2;
    if (!doc_is_mark(d, (int64_t)last + 1, ',')) return 0;
    for (uint32_t n = 0; n < REACH && j < d->n && !(d->tok[j].flags & TOK_LINE); n++, j++)
        if (d->tok[j].kind != TOK_NUMBER && !(d->lex[j]->bits & LEX(NUMBER_WORD)) &&
            !doc_is_mark(d, j, '-'))
            break;
    return j > last + 2 && doc_is_mark(d, j, ',') && doc_is_word(d, (int64_t)j + 1, VIEW("of"))
               ? j + 1
               : 0;
}

/* "of Ridley's Crossing" */
static bool take_owned(const struct doc *d, struct town *t)
{
    const uint32_t past = shape_after_possessive(d, t->last);
    if (past == t->last + 1) return true;
    if (past >= d->n || shape_of(d, past) != SHAPE_TITLE || d->tok[past].flags & TOK_LINE)
        return false;
    t->last = past;
    return true;
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
    const uint32_t of = past_age(d, last);
    if (of)
        return place_any_at(d, of + 1, t) && take_owned(d, t) && !is_service(d, t) &&
               (is_at_end(d, t->last) || doc_tok(d, (int64_t)t->last + 1)->kind == TOK_MARK);
    if (doc_is_word(d, i - 1, VIEW("from"))) return is_from(d, last, i, t);
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
        return p[1] == ' ' && ((p[2] >= 'A' && p[2] <= 'Z') || (p[2] == 'o' && p[3] == 'f') ||
                               (p[2] >= '0' && p[2] <= '9') || p[2] == 'n' || p[2] == 'o');
    return p[0] == ' ' && (p[1] == 'o' || (p[1] == 'f' && p[2] == 'r') || p[1] == '(' ||
                           (p[1] == 'i' && p[2] == 'n'));
}

static bool is_somebody(const uint8_t *names, const struct town *t)
{
    for (uint32_t i = t->first; i <= t->last; i++)
        if (names[i]) return true;
    return false;
}

/* Behind the findings from `from` on. Where the tagger has spoken, what it took for a name stays one: "Vorelundo, Zakusek". */
static err named(const struct doc *d, uint32_t from, bool learned, struct findings *out)
{
    err e = OK;
    const uint32_t n = out->n;
    uint8_t *names = NULL;
    for (uint32_t k = from; k < n; k++) {
        const struct finding f = out->v[k];
        struct town t;
        if (f.label != LABEL_NAME || !may_follow(d, f.end)) continue;
        if (!town_of(d, taken_token_at(d, f.end - 1), &t)) continue;
        if (learned && !names && !(names = taken_by(d, out, 1U << LABEL_NAME))) return ERR_MEMORY;
        if (learned && is_somebody(names, &t)) continue;
        struct finding x = doc_finding(d, t.first, t.last, LABEL_LOCATION, RULE_PLACE_TOLD, 0.85F);
        x.part = PART_TOWN;
        TRY(findings_add(out, x));
    }
out:
    return e;
}

err place_named_find(const struct doc *d, struct findings *out)
{
    return named(d, 0, false, out);
}

err place_named_learned(const struct doc *d, uint32_t from, struct findings *out)
{
    return named(d, from, true, out);
}
