/* detect/age_of_pedigree.c — see age_passing.h: ages in histories of families, as oncologists and geneticists jot them.
 *
 *     aunt breast ca at 92     MGM: breast, 92     PGM colon 90     mat aunt ovarian 93, d. 94
 *     mother dx 91, d 93       97, A&W             A/W 97           sister alive, 97 */
#include "detect/age_inside.h"
#include "detect/age_passing_inside.h"

enum pedigree_class {
    PED_SITE = 1, /* what a relative had, and where */
    PED_FILL = 2, /* between that and the age */
    PED_LIFE = 4, /* alive, a&w */
};
static const struct wordset_row rows[] = {
    { "breast br ca cancer cancers colon colorectal crc ovarian ovary ov prostate lung pancreatic "
      "pancreas melanoma lymphoma leukemia leukaemia gastric stomach uterine endometrial brain "
      "bladder renal kidney liver thyroid sarcoma myeloma rectal esophageal cervical skin bilat "
      "bilateral glioma hodgkin aml cll mets polyps dementia alzheimer alzheimers stroke cva mi "
      "chf "
      "copd parkinsons dm htn",
      PED_SITE },
    { "dx dxd diagnosed d died dec decd deceased at age in her his onset postmenopausal and then "
      "of "
      "with had old",
      PED_FILL },
    { "alive living well", PED_LIFE },
};
static struct wordset words = WORDSET(rows);
WORDSET_CLASS_AT(cls, words)

/* "A&W", "a/w" whose first letter is token i. */
static bool is_alive_and_well(const struct doc *d, int64_t i)
{
    return doc_is_word(d, i, VIEW("a")) && !doc_joined(d, i) && doc_joined(d, i + 2) &&
           (doc_is_mark(d, i + 1, '&') || doc_is_mark(d, i + 1, '/')) &&
           doc_is_word(d, i + 2, VIEW("w"));
}

/* "97, A&W", "A/W 97" */
static bool is_beside_life(const struct doc *d, int64_t i)
{
    const int64_t after = i + 1 + doc_is_mark(d, i + 1, ',');
    if (after < (int64_t)d->n && !(doc_tok(d, after)->flags & TOK_LINE) &&
        is_alive_and_well(d, after))
        return true;
    const int64_t w = i - 1 - doc_is_mark(d, i - 1, ',');
    return age_passing_is_closed(d, i + 1) && is_alive_and_well(d, w - 2);
}

bool age_is_of_pedigree(const struct doc *d, int64_t i)
{
    enum { REACH = 12, YOUNGEST = 20, OLDEST = 125 };
    if (doc_joined(d, i) && doc_tok(d, i - 1)->kind == TOK_WORD) return false;
    if (is_beside_life(d, i)) return true;
    if (!age_passing_is_closed(d, i + 1) || doc_tok(d, i)->flags & TOK_LINE) return false;
    bool told = false;
    for (int64_t k = i - 1; k >= 0 && k > i - REACH; k--) {
        const struct token *t = doc_tok(d, k);
        if (age_passing_is_relative(d, k)) return told;
        if (t->flags & TOK_LINE) return false;
        if (t->kind == TOK_NUMBER) {
            if (t->hash < YOUNGEST || t->hash > OLDEST) return false;
        } else if (t->kind == TOK_MARK) {
            const bool point = t->hash == '.' && t->hash && cls(d, k - 1) & PED_FILL;
            if (!point && t->hash != ',' && t->hash != ':' && t->hash != '-' && t->hash != '(' &&
                t->hash != ')')
                return false;
        } else {
            const uint32_t c = cls(d, k);
            if (!c) return false;
            told |= (c & (PED_SITE | PED_LIFE)) || doc_is_word(d, k, VIEW("dx")) ||
                    doc_is_word(d, k, VIEW("d")) || doc_is_word(d, k, VIEW("died"));
        }
    }
    return false;
}
