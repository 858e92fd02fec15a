#include "detect/shield_joined.h"

#include "detect/cue.h"
#include "detect/measure_words.h"

bool shield_is_compound(const struct doc *d, uint32_t i, uint32_t *last)
{
    const struct token *t = &d->tok[i], *l = doc_tok(d, (int64_t)i - 1), *r = doc_tok(d, i + 1);
    bool left = doc_joined(d, i) && l->kind == TOK_WORD;
    bool right = doc_joined(d, i + 1) && r->kind == TOK_WORD;
    *last = i;
    if (t->len <= 4 && left && right && l->len == 1 && r->len == 1) return true;
    if (t->len > 2 || !(left || right)) return false;
    if (left && l->len == 1 && (doc_is_mark(d, i + 1, '-') || doc_is_mark(d, i + 1, '/')) &&
        doc_joined(d, i + 1) && doc_joined(d, i + 2) && doc_tok(d, i + 2)->len <= 2 &&
        doc_tok(d, i + 2)->kind == TOK_NUMBER && !doc_joined(d, i + 3))
        *last = i + 2;
    return true;
}

bool shield_is_colon_or_sum(const struct doc *d, uint32_t i, uint32_t *last)
{
    const struct token *m = doc_tok(d, i + 1);
    if (m->kind != TOK_MARK || (m->hash != ':' && m->hash != '+') || !doc_joined(d, i + 2) ||
        doc_tok(d, i + 2)->kind != TOK_NUMBER || !doc_joined(d, i + 1))
        return false;
    if (d->tok[i].len > 3 || d->tok[i + 2].len > 6) return false;
    *last = i + 2;
    /* More groups may follow: 14:30:05. Six groups are a hardware or network address. */
    uint32_t groups = 2;
    for (; groups < 6 && doc_is_mark(d, *last + 1, ':') && doc_joined(d, *last + 1) &&
           doc_joined(d, *last + 2) && doc_tok(d, *last + 2)->kind == TOK_NUMBER;
         groups++)
        *last += 2;
    return groups <= 3 && !(doc_joined(d, *last + 1) && doc_is_mark(d, *last + 1, ':'));
}

/* Genome positions, variants, sequence and trial names: chr17:41245466, rs1801133, c.68_69delAG,
 * NM_000546.5, ENSG00000141510, NCT01234567. */
static bool is_sequence(const struct doc *d, uint32_t i)
{
    int64_t k = i;
    for (int steps = 0; steps < 8 && k > 0; steps++) {
        if (!doc_joined(d, k)) return false;
        const struct token *l = doc_tok(d, k - 1);
        if (l->kind == TOK_MARK && l->hash != '.' && l->hash != ':' && l->hash != '_' &&
            l->hash != '-' && l->hash != '>')
            return false;
        if (l->kind == TOK_WORD) {
            uint32_t c = wordset_class(measure_words(), l);
            bool lower = l->flags & TOK_LOWER;
            if (c & MW_GENE && (l->len > 2 || (l->len == 1 && doc_is_mark(d, k, '.')) ||
                                (l->len == 2 && (doc_is_mark(d, k, '_') || (lower && k == i)))))
                return true;
            if (cue_class_of(l) & CUE_SYSTEM && l->len == 3) return true; /* NCT01234567 */
            if (l->len > 5) return false;
        }
        k--;
    }
    return false;
}

/* A code of a code system, by its own form: ICD-10 "E11.9", "S72.001A". */
static bool is_disease_code(const struct doc *d, uint32_t i)
{
    const struct token *l = doc_tok(d, (int64_t)i - 1), *t = &d->tok[i];
    return t->len == 2 && l->kind == TOK_WORD && l->len == 1 && l->flags & TOK_UPPER &&
           doc_joined(d, i) && doc_is_mark(d, i + 1, '.') && doc_joined(d, i + 1) &&
           doc_joined(d, i + 2) && doc_tok(d, i + 2)->len <= 4;
}

bool shield_is_of_code(const struct doc *d, uint32_t i)
{
    return is_sequence(d, i) || is_disease_code(d, i);
}
