#include "detect/name_deed.h"

#include "detect/wordset.h"

enum {
    DOES = 1,
    LIVES = 2,
    HOW = 4,
    IS = 8,
    DONE = 16,
    NO_COMPLAINT = 32,
    MAY = 64,
    BACK = 128,
    DIED = 256,
    WHEN = 512,
    HOLDS = 1024,
    POWER = 2048
};
static const struct wordset_row rows[] = {
    { "denies denied endorses endorsed complains complained verbalizes verbalized verbalises "
      "verbalised smokes agrees asks asked worries wishes prefers insists insisted yelled recalls "
      "resides apologized apologised",
      DOES },
    { "lives", LIVES },
    { "with alone in at", HOW },
    { "was is were", IS },
    { "died", DIED },
    { "in on at last suddenly peacefully", WHEN },
    { "holds has", HOLDS },
    { "poa dpoa hcpoa power custody", POWER },
    { "may can", MAY },
    { "return resume", BACK },
    { "accompanied informed counseled counselled advised instructed told educated reassured "
      "interviewed consented",
      DONE },
    /* "Medcorix denies coverage": what an insurer does */
    { "coverage claim claims payment payments authorization authorisation request requests "
      "benefits",
      NO_COMPLAINT },
};
static struct wordset words = WORDSET(rows);

static uint32_t class_at(const struct doc *d, uint32_t i)
{
    const struct token *t = doc_tok(d, i);
    return t->flags & TOK_LOWER && !(t->flags & TOK_LINE) ? wordset_class(wordset_ready(&words), t)
                                                          : 0;
}

bool name_deed_at(const struct doc *d, uint32_t i)
{
    const uint32_t verb = class_at(d, i);
    if (!verb) return false;
    const uint32_t next = class_at(d, i + 1);
    if (verb & DIED)
        return next & WHEN || doc_tok(d, (int64_t)i + 1)->kind == TOK_NUMBER ||
               doc_bits(d, (int64_t)i + 1) & LEX(MONTH);
    if (verb & DOES) return !(next & NO_COMPLAINT);
    return (verb & LIVES && next & HOW) || (verb & MAY && next & BACK) ||
           (verb & HOLDS && next & POWER) || (verb & IS && next & DONE);
}

/* Letters that one word has more than the other, both ways; by count, so that their order does not matter. */
static int letters_apart(view a, view b)
{
    int count[26] = { 0 }, apart = 0;
    for (size_t i = 0; i < a.n; i++) {
        const char c = ascii_lower(a.p[i]);
        if (c >= 'a' && c <= 'z') count[c - 'a']++;
    }
    for (size_t i = 0; i < b.n; i++)
        count[b.p[i] - 'a']--;
    for (int i = 0; i < 26; i++)
        apart += count[i] < 0 ? -count[i] : count[i];
    return apart;
}

bool name_deed_is_misspelt(const struct doc *d, uint32_t i)
{
    static const char *const roles[] = {
        "patient", "patients", "mother",  "father", "husband", "daughter",  "resident", "parents",
        "infant",  "family",   "brother", "client", "sister",  "caregiver", "spouse",   "guardian",
    };
    const view w = doc_view(d, i, i);
    for (size_t k = 0; k < COUNT_OF(roles); k++)
        if (w.n && ascii_lower(w.p[0]) == roles[k][0] &&
            letters_apart(w, view_of_str(roles[k])) <= 1)
            return true;
    return false;
}
