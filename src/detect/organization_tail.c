/* detect/organization_tail.c — houses called by their town or founder: the words behind a town or name found before.
 *
 *     Larkmead Children's     Elm Coulee Orthotics     Ada T. Roebuck Granite Works     Sorvik County DSS
 *
 * What a house is stands right behind, with capitals, and ends in a word that names of houses end in; a few such words
 * need nothing else. A doctor's field behind his family name is none. Source: 45 CFR 164.514(b)(2)(i)(B). */
#include "detect/detectors.h"
#include "detect/organization_inside.h"
#include "detect/organization_whole.h"
#include "detect/shape.h"
#include "detect/taken.h"
#include "detect/wordset.h"

enum { W_ALONE = 1 };
static const struct wordset_row rows[] = {
    { "children childrens general memorial regional va state christian annex deaconess mercy "
      "baptist methodist lutheran wic dss dhs dcf dcfs dfcs rcmp vamc umc ucc pllc prep "
      "consolidated behavioral psych eye patrol precinct unit ward psychiatric vfd afc djfs fht "
      "opo bhc "
      "chc cmh",
      W_ALONE },
};
static struct wordset words = WORDSET(rows);

/* "Larkmead Children's", "Zelby General": the last token of a name that ends at once behind such a word at i, or 0. */
static uint32_t alone_end(const struct doc *d, uint32_t i)
{
    if (!(wordset_class(wordset_ready(&words), &d->tok[i]) & W_ALONE)) return 0;
    if (shape_of(d, i) == SHAPE_ACRONYM) return i; /* "Zelby WIC" */
    const uint32_t after = shape_after_possessive(d, i);
    const struct token *t = doc_tok(d, after);
    if (doc_is_word(d, i, VIEW("children")) && after == i + 1) return 0;
    return after >= d->n || t->flags & TOK_LINE || shape_opens_column(d, after) ||
                   (t->kind == TOK_MARK && t->hash != ':' && t->hash != '-') ||
                   doc_bits(d, after) & LEX(FUNCTION)
               ? after - 1
               : 0;
}

/* Is it of two words or more beside its title: "Amos Roe", not "Dr. Roe"? */
static bool is_full_name(const struct doc *d, uint32_t first, uint32_t last)
{
    uint32_t n = 0;
    for (uint32_t i = first; i <= last; i++)
        n += d->tok[i].kind == TOK_WORD && !(d->lex[i]->bits & LEX(TITLE));
    return n > 1;
}

/* The last token of the house that the finding, tokens first … last, is the beginning of; `last` when it is none. */
static uint32_t house_end(const struct doc *d, const struct finding *f, uint32_t first,
                          uint32_t last)
{
    const uint32_t i = last + 1, alone = alone_end(d, i);
    const bool person = f->label == LABEL_NAME;
    if (person && !is_full_name(d, first, last)) return last;
    if (alone) return alone;
    const uint32_t end = organization_tail_end(d, last);
    if (person && doc_bits(d, end) & LEX(MEDICAL) && end == i) return last;
    return end;
}

static err behind(const struct doc *d, uint32_t from, struct findings *out)
{
    err e = OK;
    const uint32_t n = out->n;
    if (d->is_caseless) return OK;
    for (uint32_t k = from; k < n; k++) {
        const struct finding f = out->v[k];
        const bool town =
            f.label == LABEL_LOCATION && (f.part == PART_TOWN || f.rule == RULE_PLACE_COUNTY);
        if (!town && f.label != LABEL_NAME && f.label != LABEL_ORGANIZATION) continue;
        if ((size_t)f.end + 2 > d->text.n || d->text.p[f.end] != ' ' ||
            d->text.p[f.end + 1] < 'A' || d->text.p[f.end + 1] > 'Z')
            continue;
        const uint32_t first = taken_token_at(d, f.start), last = taken_last(d, first, f.end);
        const uint32_t end = house_end(d, &f, first, last);
        if (end == last) continue;
        struct extent s = { .first = first, .last = end, .telling = 1 };
        uint32_t next;
        TRY(organization_emit(d, s, RULE_ORG_HEAD, 0.95F, out, &next));
    }
out:
    return e;
}

err organization_tail_find(const struct doc *d, struct findings *out)
{
    return behind(d, 0, out);
}

err organization_tail_learned(const struct doc *d, uint32_t from, struct findings *out)
{
    return behind(d, from, out);
}
