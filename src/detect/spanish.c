#include "detect/spanish.h"

#include "detect/spanish_inside.h"
#include "detect/taken.h"

/* Cuts words of kinship and small words off the ends of a name that the tagger took: "hijo Javi" is Javi, and
 * "Madre" nobody. False: nothing is left. */
static bool cut_kin(const struct doc *d, struct finding *f)
{
    const uint32_t kin = ES_RELATIVE | ES_OWN | ES_KIN | ES_PARTICLE;
    uint32_t first = taken_token_at(d, f->start), last = first, begin;
    bool has_kin = false, is_kin_only = true;
    while (last + 1 < d->n && d->tok[last + 1].start < f->end)
        last++;
    for (uint32_t i = first; i <= last; i++) {
        const uint32_t c = spanish_class(d, i);
        has_kin |= (c & ES_RELATIVE) != 0;
        is_kin_only &= d->tok[i].kind == TOK_MARK || (c & kin) != 0;
    }
    /* Sobrino, Primo and Tío are family names: the model must have meant a relative, or a field's name. */
    if (!has_kin ||
        (f->role != WHO_RELATIVE && !(is_kin_only && doc_is_mark(d, (int64_t)last + 1, ':'))))
        return true;
    if (is_kin_only) return false;
    for (begin = first; begin < last; begin++)
        if (d->tok[begin].kind != TOK_MARK && !(spanish_class(d, begin) & kin)) break;
    while (last > begin && (d->tok[last].kind == TOK_MARK || spanish_class(d, last) & kin))
        last--;
    bool is_name = false; /* "dos hijos sanos" */
    for (uint32_t i = begin; i <= last; i++)
        is_name |= d->tok[i].kind == TOK_NUMBER || d->is_caseless || d->tok[i].flags & TOK_CAP;
    f->start = d->tok[begin].start;
    f->end = token_end(&d->tok[last]);
    return is_name;
}

static void cut_all_kin(const struct doc *d, struct findings *out)
{
    uint32_t kept = 0;
    for (uint32_t k = 0; k < out->n; k++) {
        struct finding f = out->v[k];
        if (f.source == SOURCE_TAGGER && f.label == LABEL_NAME && !cut_kin(d, &f)) continue;
        out->v[kept++] = f;
    }
    out->n = kept;
}

/* "612 34 56 78 o al 944 55 66 77", which the tagger took for one number: *f ends before the first small word between
 * two numbers, *rest is what follows. False: there is none. */
static bool cut_number(const struct doc *d, struct finding *f, struct finding *rest)
{
    uint32_t i = taken_token_at(d, f->start), before = UINT32_MAX;
    bool is_past_word = false;
    for (; i < d->n && d->tok[i].start < f->end; i++) {
        const struct token *t = &d->tok[i];
        if (t->kind == TOK_NUMBER && is_past_word) break;
        if (t->kind == TOK_NUMBER) before = i;
        is_past_word |= t->kind == TOK_WORD && before != UINT32_MAX && (t->flags & TOK_LOWER) &&
                        !(spanish_class(d, i) & ES_CALLS);
    }
    if (!is_past_word || i == d->n || d->tok[i].start >= f->end) return false;
    *rest = *f;
    rest->start = d->tok[i].start;
    f->end = token_end(&d->tok[before]);
    return true;
}

static err cut_all_numbers(const struct doc *d, struct findings *out)
{
    err e = OK;
    struct finding rest;
    for (uint32_t k = 0; k < out->n; k++) /* grows by what is cut off */
        if (out->v[k].source == SOURCE_TAGGER &&
            (out->v[k].label == LABEL_PHONE || out->v[k].label == LABEL_FAX) &&
            cut_number(d, &out->v[k], &rest))
            TRY(findings_add(out, rest));
out:
    return e;
}

err spanish_find(const struct doc *d, struct findings *out)
{
    err e = OK;
    cut_all_kin(d, out);
    TRY(cut_all_numbers(d, out));
    for (uint32_t i = 0; i < d->n; i++) {
        if (d->shield[i] & SHIELD_TAG) continue;
        if (d->tok[i].kind == TOK_NUMBER) {
            TRY(spanish_paper_at(d, i, out));
            TRY(spanish_groups_at(d, i, out));
            TRY(spanish_age_at(d, i, out));
            TRY(spanish_birth_year_at(d, i, out));
            continue;
        }
        const uint32_t cls = spanish_class(d, i);
        if (!cls) continue;
        if (cls & (ES_DOCTOR | ES_TITLE | ES_DON)) TRY(spanish_title_at(d, i, cls, out));
        if (cls & ES_NAMED) TRY(spanish_named_at(d, i, out));
        if (cls & ES_RELATIVE) TRY(spanish_relative_at(d, i, out));
        if (cls & ES_IDS) TRY(spanish_number_at(d, i, cls, out));
        if (cls & ES_CALLS) TRY(spanish_phone_at(d, i, cls, out));
        if (cls & ES_HOME) TRY(spanish_home_at(d, i, out));
        if (cls & ES_STREET) TRY(spanish_street_at(d, i, cls, out));
    }
    spanish_mark_births(d, out);
out:
    return e;
}
