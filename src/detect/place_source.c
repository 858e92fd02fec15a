/* place_source.c — places and organisations of which knowledge comes, not patients.
 *
 *     guidelines from Mayo Clinic     Stanford protocol     Framingham Heart Study
 */
#include "detect/place.h"
#include "detect/wordset.h"

enum { W_CITED = 1, W_FROM = 2, W_STUDY = 4 };
static const struct wordset_row rows[] = {
    { "guideline guidelines recommendation recommendations protocol protocols criteria criterion "
      "study "
      "studies trial trials research researchers literature publication published consensus score "
      "scale classification algorithm nomogram registry cohort diet manual review data statement "
      "website according",
      W_CITED },
    { "study studies review", W_STUDY },
    { "from by of per at the to", W_FROM },
};
static struct wordset words = WORDSET(rows);

bool place_is_source(const struct doc *d, uint32_t first, uint32_t last)
{
    const struct wordset *w = wordset_ready(&words);
    const uint32_t after = shape_after_possessive(d, last);
    for (uint32_t j = after; j < after + 2 && j < d->n; j++) {
        if ((d->tok[j].flags & TOK_LINE) || doc_is_mark(d, j, '.')) break;
        if (wordset_class(w, doc_tok(d, j)) & W_CITED) return true;
    }
    int64_t i = (int64_t)first - 1;
    int links = 0;
    for (; i >= 0 && links < 3 && (wordset_class(w, doc_tok(d, i)) & W_FROM); i--)
        links++;
    if (!links || i < 0) return false;
    const uint32_t c = wordset_class(w, doc_tok(d, i));
    /* a sleep study at a hospital was the patient's */
    return c & W_CITED && !(c & W_STUDY && doc_is_word(d, i + 1, VIEW("at")));
}

bool place_is_cited(const struct doc *d, uint32_t first, uint32_t last)
{
    const uint32_t after = shape_after_possessive(d, last);
    const bool at = doc_is_word(d, (int64_t)first - 1, VIEW("at")); /* "at Menards, index case" */
    for (uint32_t j = after; j < after + 2 && j < d->n; j++) {
        if ((d->tok[j].flags & TOK_LINE) || doc_is_mark(d, j, '.') ||
            (at && doc_is_mark(d, j, ',')))
            break;
        if (doc_bits(d, j) & LEX(EPONYM_HEAD)) return true;
    }
    return place_is_source(d, first, last);
}
