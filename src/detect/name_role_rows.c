#include "detect/name_handover.h"
#include "detect/name_role_inside.h"
#include "detect/shape.h"

/* "Rm 302 OSEI 45/F": the name stands between a bed and an age. */
err name_role_in_bed(const struct doc *d, uint32_t i, const uint8_t *taken, struct findings *out)
{
    const uint32_t last = shape_word_end(d, i);
    if (!name_role_is_free(d, i, taken) || d->tok[i].len < 3 || !doc_is_on_line(d, i) ||
        name_bed_before(d, (int64_t)i - 1) < 0 || !name_role_is_age_and_sex(d, (int64_t)last + 1))
        return OK;
    if (d->lex[i]->bits & NAME_ROLE_NEVER && d->lex[i]->surname < 3) return OK;
    return name_role_add(d, i, last, 0.85F, WHO_PATIENT, out);
}

/* "0730 OR2  Mbeki      Lap chole": a column of its own behind the room of a schedule. */
err name_role_scheduled(const struct doc *d, uint32_t i, const uint8_t *taken, struct findings *out)
{
    const uint32_t last = shape_word_end(d, i);
    const struct token *room = doc_tok(d, (int64_t)i - 1), *time = doc_tok(d, (int64_t)i - 3);
    if (room->kind != TOK_NUMBER || room->len > 2 ||
        !(name_role_class(d, (int64_t)i - 2) & R_ROOM) || time->kind != TOK_NUMBER ||
        !doc_is_on_line(d, i))
        return OK;
    if (!name_role_is_free(d, i, taken) || shape_of(d, i) != SHAPE_TITLE ||
        !shape_opens_column(d, i) || !shape_opens_column(d, last + 1) ||
        d->lex[i]->bits & NAME_ROLE_NEVER)
        return OK;
    return name_role_add(d, i, last, 0.8F, WHO_PATIENT, out);
}

/* "3. Frost - DKA", "4) Young - ETOH", "2. VANN ROYCE - home Tue": the name at the head of a numbered row up to *last,
 * or 0. */
SELDOM static uint32_t row_word(const struct doc *d, uint32_t i, uint32_t *last)
{
    enum { SHOUTED = 3 };
    const struct token *n = &d->tok[i];
    const uint32_t at = i + 2;
    bool head = (!i || n->flags & TOK_LINE) && n->len <= 2 &&
                (doc_is_mark(d, i + 1, '.') || doc_is_mark(d, i + 1, ')'));
    if (!head || !doc_is_on_line(d, at) || d->tok[at].kind != TOK_WORD || d->tok[at].len < 2)
        return 0;
    const bool shouted = d->tok[at].flags & TOK_UPPER && d->tok[at].len >= SHOUTED;
    if (!shouted && shape_of(d, at) != SHAPE_TITLE) return 0;
    *last = shape_word_end(d, at);
    if (shouted && doc_is_on_line(d, *last + 1) && d->tok[*last + 1].kind == TOK_WORD &&
        d->tok[*last + 1].flags & TOK_UPPER)
        *last = shape_word_end(d, *last + 1);
    const uint32_t mark = *last + 1;
    return doc_is_on_line(d, mark) && doc_is_mark(d, mark, '-') && !doc_joined(d, mark) &&
                   !doc_joined(d, mark + 1)
               ? at
               : 0;
}

/* A family name, or in capitals a word that no list knows. */
SELDOM static bool heads_row(const struct doc *d, uint32_t at)
{
    enum { NEW = 4 };
    const struct lex_info *l = d->lex[at];
    if (d->shield[at]) return false;
    if (!l->bits) return d->tok[at].flags & TOK_UPPER && d->tok[at].len >= NEW;
    return l->surname >= 2 && l->surname > l->word && !(l->bits & NAME_ROLE_NEVER);
}

/* Rows of a numbered list that begin with family names: what half of them say, all of them are. */
err name_role_numbered(const struct doc *d, const struct name_spot_list *spots,
                       const uint8_t *taken, struct findings *out)
{
    enum { ROWS = 2 };
    err e = OK;
    uint32_t all = 0, names = 0, last;
    for (uint32_t k = 0; k < spots->n; k++) {
        if (!(spots->v[k].rules & NAME_SPOT_HEAD)) continue;
        const uint32_t at = row_word(d, spots->v[k].at, &last);
        if (!at) continue;
        all++;
        names += heads_row(d, at);
    }
    if (names < ROWS || names * 2 < all) return OK;
    for (uint32_t k = 0; k < spots->n; k++) {
        if (!(spots->v[k].rules & NAME_SPOT_HEAD)) continue;
        const uint32_t at = row_word(d, spots->v[k].at, &last);
        const struct lex_info *l = d->lex[at];
        if (!at || !name_role_is_free(d, at, taken)) continue;
        if (l->bits && (l->surname < 2 || l->bits & (LEX(MEDICAL) | LEX(DRUG)))) continue;
        TRY(name_role_add(d, at, last, 0.8F, WHO_PATIENT, out));
    }
out:
    return e;
}
