#include "detect/id_kinds.h"
#include "detect/tag_gate_inside.h"

/* Words whose values numbers behind them may be. */
static const uint64_t MEDICINE = LEX(MEDICAL) | LEX(ABBREVIATION) | LEX(UNIT) | LEX(DRUG);

/* "RZT4471", "CH-24-008817": letters and digits without a blank. */
static bool is_code(const struct doc *d, uint32_t first, uint32_t last)
{
    bool letters = false;
    for (uint32_t i = first; i <= last; i++) {
        if (i > first && !doc_joined(d, i)) return false;
        letters |= d->tok[i].kind == TOK_WORD;
    }
    return letters;
}

/* "4500-11000", "1245/2380": two numbers of a few digits. */
static bool is_range(const struct doc *d, uint32_t first, uint32_t last)
{
    enum { FEW = 5 };
    return last - first == 2 && d->tok[first].len <= FEW && d->tok[last].len <= FEW;
}

/* Numbers are the rules' own: what they left is a value more often than not, and a value that is taken for an identifier
 * is medicine invented. A cue, letters, or more digits than values have where no word of medicine is near speak
 * against that. */
bool tag_gate_id(const struct doc *d, uint32_t first, uint32_t last, float score)
{
    enum { FEW = 5, LONG = 7, NEAR = 3 };
    const uint32_t digits = tag_digits(d, first, last);
    const uint64_t cues = LEX(CUE_MRN) | LEX(CUE_ACCOUNT) | LEX(CUE_PLAN) | LEX(CUE_LICENSE) |
                          LEX(CUE_NPI) | LEX(CUE_DEA) | LEX(CUE_ACCESSION) | LEX(CUE_DEVICE) |
                          LEX(CUE_VEHICLE) | LEX(CUE_ID) | LEX(CUE_SSN);
    struct code c;
    uint32_t i = first;
    if (digits < FEW) return false;
    while (d->tok[i].kind != TOK_NUMBER)
        i++;
    code_around(d, i, &c);
    if (id_is_of_science(d, &c)) return false;
    /* "Billing: 99214": five digits alone are a code of a procedure as well */
    if ((tag_bits_before(d, first, 2) & cues) && digits > FEW) return score >= TAG_FAIR;
    if (score < TAG_SURE) return false;
    return is_code(d, first, last) || (digits >= LONG && !is_range(d, first, last) &&
                                       !(tag_bits_before(d, first, NEAR) & MEDICINE));
}

/* "WARD CENSUS 201127", "Checked 241226 by VL", "042723": the day in six digits, in one of the orders that people write,
 * with nothing measured beside it. */
static bool is_compact_day(const struct doc *d, uint32_t i)
{
    enum { DIGITS = 6, NEAR = 3 };
    const struct token *t = &d->tok[i], *next = doc_tok(d, (int64_t)i + 1);
    const uint64_t a = t->hash / 10000, b = t->hash / 100 % 100, c = t->hash % 100;
    if (t->kind != TOK_NUMBER || t->len != DIGITS || !b || b > 31 || doc_joined(d, i)) return false;
    const bool year_first = b <= 12 && c && c <= 31;
    const bool year_last = a && a <= 31 && (a <= 12 || b <= 12);
    if (!year_first && !year_last) return false;
    if (!doc_ends_line(d, i) && next->kind != TOK_NUMBER &&
        (doc_bits(d, (int64_t)i + 1) & MEDICINE ||
         (doc_joined(d, (int64_t)i + 1) && !doc_is_mark(d, (int64_t)i + 1, ',') &&
          !doc_is_mark(d, (int64_t)i + 1, '.'))))
        return false;
    return !(tag_bits_before(d, i, NEAR) & MEDICINE);
}

/* "25.7.22", "1934 05 25": three numbers with blanks or full stops between, and no word of medicine before them whose
 * values they may be. Slashes and hyphens are left to the rules. */
bool tag_gate_day(const struct doc *d, uint32_t first, uint32_t last, float score)
{
    enum { PARTS = 3, NEAR = 3, FEW = 4 };
    uint32_t parts = 0;
    if (first == last) return score >= TAG_TELLING && is_compact_day(d, first);
    for (uint32_t i = first; i <= last; i++) {
        const bool is_number = d->tok[i].kind == TOK_NUMBER;
        if (!is_number && !doc_is_mark(d, i, '.')) return false;
        parts += is_number;
    }
    return parts == PARTS && score >= TAG_FAIR && tag_digits(d, first, last) >= FEW &&
           !doc_joined(d, first) && !(tag_bits_before(d, first, NEAR) & MEDICINE);
}
