/* detect/place_small.c — towns in small letters amid a text that has capitals.
 *
 *     lives in walterboro, no ride     saw dr roe in mamou for it     went to er in houma     moved from atmore
 *
 * Hurried lines among tidy ones, and what patients write themselves. A word of the lists that is a town and nothing
 * else, behind a preposition that a word of living, coming or a house rules.
 * Source: 45 CFR 164.514(b)(2)(i)(B). */
#include "detect/detectors.h"
#include "detect/place.h"
#include "detect/wordset.h"

static const struct wordset_row rows[] = { { "in from near outside nr", 1 } };
static struct wordset preps = WORDSET(rows);

/* A town on a list, and no word of anything else. */
static bool is_town_alone(const struct doc *d, uint32_t i, const struct phrase *p)
{
    const uint64_t names = LEX(PLACE) | LEX(SURNAME) | LEX_GIVEN | LEX(COUNTY) | LEX(WORD);
    const struct lex_info *l = p ? p->lex : d->lex[i];
    if (!(l->bits & LEX(PLACE)) || l->bits & ~names) return false;
    return p || (l->word <= 0 && d->tok[i].len > 3 && l->given <= MAX(l->place, 1));
}

err place_small_find(const struct doc *d, struct findings *out)
{
    err e = OK;
    const struct wordset *w = wordset_ready(&preps);
    if (d->is_caseless) return OK;
    for (uint32_t k = 0; k < d->hot.n; k++) {
        const uint32_t i = d->hot.v[k];
        const struct token *t = &d->tok[i], *before = t - (i > 0);
        if (LIKELY(!(t->flags & TOK_LOWER)) || t->flags & TOK_LINE || before->kind != TOK_WORD ||
            !wordset_find(w, before->hash) || d->shield[i])
            continue;
        const struct phrase *p = doc_phrase_at(d, i);
        if (p && p->n > 3) continue;
        if (!is_town_alone(d, i, p) || !place_is_ruled(d, i)) continue;
        struct finding x =
            doc_finding(d, i, p ? i + p->n - 1 : i, LABEL_LOCATION, RULE_PLACE_TOLD, 0.8F);
        x.part = PART_TOWN;
        TRY(findings_add(out, x));
    }
out:
    return e;
}
