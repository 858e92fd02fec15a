/* place_town.c — the name of a town at one place of a text, by lexicon and case, with its state behind it.
 *
 *     New York     Austin, TX     Washington, D.C.     Toronto, Ontario
 */
#include "detect/place_inside.h"

bool place_has_zip_form(const struct doc *d, uint32_t i)
{
    const struct token *t = doc_tok(d, i);
    return t->kind == TOK_NUMBER && t->len == 5 && !(t->flags & TOK_LINE) && !doc_joined(d, i) &&
           (!doc_joined(d, i + 1) || doc_tok(d, i + 1)->kind == TOK_MARK);
}

static bool is_zip(const struct doc *d, uint32_t i)
{
    return place_has_zip_form(d, i) && !d->shield[i];
}

bool place_is_number_of(const struct doc *d, uint32_t i)
{
    enum { CODE = 6 };
    const struct token *value = doc_tok(d, (int64_t)i + 1);
    if (!doc_is_word(d, i, VIEW("id")) || value->flags & TOK_LINE) return false;
    if (i + 1 < d->n && d->shield[i + 1] & SHIELD_TAG) return true;
    if (value->kind == TOK_NUMBER) return value->len >= CODE;
    /* letters that digits go on */
    return value->kind == TOK_WORD && value->flags & TOK_UPPER &&
           doc_tok(d, (int64_t)i + 2)->kind == TOK_NUMBER && doc_joined(d, i + 2);
}

/* Behind "United, ID": no ZIP code, day or telephone number of Idaho. */
static bool is_member_number(const struct doc *d, const struct token *t, uint32_t i)
{
    enum { LEAST = 3, AREA = 208, SECOND_AREA = 986 };
    return t->kind == TOK_NUMBER && t->len >= LEAST && !is_zip(d, i) && t->hash != AREA &&
           t->hash != SECOND_AREA;
}

bool place_state_after(const struct doc *d, uint32_t i, uint32_t *last)
{
    bool comma = doc_is_mark(d, i, ',');
    uint32_t j = comma ? i + 1 : i;
    const struct token *t = doc_tok(d, j);
    if (j >= d->n || t->kind != TOK_WORD || (t->flags & TOK_LINE)) return false;
    /* "Washington, D.C." */
    if (t->len == 1 && (t->flags & TOK_CAP) && doc_is_mark(d, j + 1, '.') && doc_joined(d, j + 2) &&
        doc_tok(d, j + 2)->len == 1 && ascii_lower(d->text.p[t->start]) == 'd' &&
        ascii_lower(d->text.p[doc_tok(d, j + 2)->start]) == 'c') {
        *last = doc_is_mark(d, j + 3, '.') && doc_joined(d, j + 3) ? j + 3 : j + 2;
        return true;
    }
    const struct phrase *p = doc_phrase_at(d, j);
    uint64_t b = doc_bits(d, j);
    uint32_t end = j;
    if (p && (p->lex->bits & (LEX(STATE) | LEX(COUNTRY)))) {
        b = p->lex->bits;
        end = j + p->n - 1;
    }
    if (shape_of(d, j) == SHAPE_LOWER) return false;
    if (doc_is_mark(d, j + 1, '#')) return false; /* "emblem, id# 117" */
    const struct token *value = doc_tok(d, (int64_t)j + 1);
    const bool is_masked = j + 1 < d->n && d->shield[j + 1] & SHIELD_TAG;
    if (doc_is_word(d, j, VIEW("id")) &&
        (comma ? is_member_number(d, value, j + 1)
               : doc_is_mark(d, j + 1, ':') || is_masked ||
                     (value->kind == TOK_NUMBER && !is_zip(d, j + 1))))
        return false; /* "Anthem  ID: 4471", "Kaiser ID 952TU908", "United, ID 918 442": its number */
    if (place_is_number_of(d, j)) return false;
    if (doc_is_mark(d, j + 1, '-') && doc_joined(d, j + 1) && doc_joined(d, j + 2))
        return false; /* "Abernathy-Voss, PA-C" */
    bool code = (b & LEX(STATE_CODE)) && t->len == 2 &&
                ((t->flags & TOK_UPPER) || (comma && d->is_caseless));
    bool full = (b & LEX(STATE)) || (comma && (b & LEX(COUNTRY)));
    if (!code && !(full && (comma || !d->is_caseless))) return false;
    /* "in Boston, OR …" in capitals, "Austin MD": a credential needs no town */
    if (code && !comma && (b & (LEX(CREDENTIAL) | LEX(FUNCTION))) && !is_zip(d, end + 1))
        return false;
    *last = end;
    return true;
}

bool place_phrase_at(const struct doc *d, uint32_t i, const struct phrase *p, struct town *out)
{
    const struct lex_info *l = p ? p->lex : d->lex[i];
    if (!(l->bits & LEX(PLACE)) || (!p && d->tok[i].len < 3)) return false;
    *out = (struct town){ .first = i, .last = p ? i + p->n - 1 : i, .lex = l };
    for (uint32_t j = i; j <= out->last; j++)
        if (d->shield[j]) return false;
    enum shape s = shape_of(d, i);
    if (s == SHAPE_LOWER || s == SHAPE_NONE) return false;
    bool itself = out->lex->bits & (LEX(STATE) | LEX(COUNTRY)) && out->lex->place < 6;
    /* "Mexico, Jordan and Brazil" lists countries */
    out->has_state = !(itself && doc_bits(d, out->last + 2) & LEX(COUNTRY)) &&
                     place_state_after(d, out->last + 1, &out->last);
    /* California, Mexico: hamlets of that name are not what is meant; New York is */
    return out->has_state || !(out->lex->bits & (LEX(STATE) | LEX(COUNTRY))) ||
           out->lex->place >= 6;
}

bool place_town_at(const struct doc *d, uint32_t i, struct town *out)
{
    return place_phrase_at(d, i, doc_phrase_at(d, i), out);
}
