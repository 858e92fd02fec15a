/* organization_letterhead.c — the line above a street: SORVIK SPINE. */
#include "detect/organization_inside.h"
#include "detect/taken.h"

/* The line above token `street`, its first of capitals alone: false when it is none. */
SELDOM static bool line_above(const struct doc *d, uint32_t street, struct extent *s)
{
    enum { SIGNS_MAX = 6 };
    uint32_t j = street;
    for (uint32_t n = 0; j > 0 && n <= SIGNS_MAX; n++) {
        const struct token *t = &d->tok[--j];
        const bool joint = t->kind == TOK_MARK &&
                           (t->hash == '&' || t->hash == '\'' || t->hash == '-' || t->hash == '.');
        if (!joint && !(t->kind == TOK_WORD && (t->flags & (TOK_CAP | TOK_UPPER) || t->len <= 3)))
            return false;
        if (d->shield[j] & SHIELD_TAG) return false;
        if (j == 0 || t->flags & TOK_LINE) {
            s->first = j;
            s->last = street - 1;
            return s->last > j && d->tok[j].flags & (TOK_CAP | TOK_UPPER) &&
                   d->tok[j].kind == TOK_WORD;
        }
    }
    return false;
}

err organization_letterheads(const struct doc *d, struct findings *out)
{
    err e = OK;
    const uint32_t n = out->n;
    for (uint32_t k = 0; k < n; k++) {
        struct extent s = { .telling = 1 };
        uint32_t next;
        if (out->v[k].label != LABEL_LOCATION || out->v[k].part != PART_STREET) continue;
        const uint32_t street = taken_token_at(d, out->v[k].start);
        if ((d->tok[street].flags & (TOK_LINE | TOK_PARA)) != TOK_LINE ||
            !line_above(d, street, &s) || !organization_is_tail(d, s.last))
            continue;
        TRY(organization_emit(d, s, RULE_ORG_FRAME, 0.85F, out, &next));
    }
out:
    return e;
}
