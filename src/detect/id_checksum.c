/* id_checksum.c — identifiers that prove themselves.
 *
 *     NPI   ten digits beginning with 1 or 2, Luhn over 80840 and the number   45 CFR 162.406
 *     DEA   two letters and seven digits: (d1+d3+d5) + 2 (d2+d4+d6) ends in d7
 *     MBI   C A AN N A AN N A A N N, no S L O I B Z                            42 CFR 405, CMS
 *     VIN   seventeen, weighted sum modulo 11 in the ninth place                49 CFR 565
 *     card  13 to 19 digits of a known issuer, Luhn                            ISO/IEC 7812
 *     NHS   ten digits, weights 10 … 2 modulo 11; only with its cue
 *
 * One in ten random ten-digit numbers passes Luhn, so an NPI without cue is a provider number at best;
 * it is an identifier either way.
 */
#include "detect/id_kinds.h"

enum { BARE_MAX = 24, PROOF_MIN = 9, GROUP_MIN = 3, GROUP_MAX = 5 };

/* Letters and digits of tokens first … last without marks, upper case; its length, 0 when too long
 * or not ASCII. */
static size_t bare(const struct doc *d, uint32_t first, uint32_t last, char out[BARE_MAX + 1])
{
    size_t n = 0;
    for (uint32_t i = first; i <= last; i++) {
        const struct token *t = &d->tok[i];
        if (t->kind == TOK_MARK) continue;
        if (t->flags & TOK_WIDE || n + t->len > BARE_MAX) return 0;
        for (uint32_t k = 0; k < t->len; k++) {
            char c = ascii_lower(d->text.p[t->start + k]);
            out[n++] = ascii_is_alpha(c) ? (char)(c - 32) : c;
        }
    }
    out[n] = '\0';
    return n;
}

static bool luhn(const char *p, size_t n, uint32_t sum)
{
    for (size_t i = 0; i < n; i++) {
        uint32_t x = (uint32_t)(p[n - 1 - i] - '0') << (i & 1);
        sum += x > 9 ? x - 9 : x;
    }
    return sum % 10 == 0;
}

static bool all_digits(const char *p, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (!ascii_is_digit(p[i])) return false;
    return n > 0;
}

static bool is_npi(const char *p, size_t n)
{
    /* 24 is what the prefix 80840 adds to the sum */
    return n == 10 && (p[0] == '1' || p[0] == '2') && all_digits(p, n) && luhn(p, n, 24);
}

static bool is_dea(const char *p, size_t n)
{
    if (n != 9 || !ascii_is_alpha(p[0]) || !(ascii_is_alpha(p[1]) || p[1] == '9') ||
        !all_digits(p + 2, 7))
        return false;
    int odd = p[2] + p[4] + p[6] - 3 * '0', even = p[3] + p[5] + p[7] - 3 * '0';
    return (odd + 2 * even) % 10 == p[8] - '0';
}

static bool is_mbi(const char *p, size_t n)
{
    static const char form[] = "1AENAENAANN"; /* E: letter or digit; 1: digit but 0 */
    if (n != 11) return false;
    for (size_t i = 0; i < n; i++) {
        bool digit = ascii_is_digit(p[i]), letter = !digit && !strchr("SLOIBZ", p[i]);
        if (form[i] == '1'   ? !digit || p[i] == '0'
            : form[i] == 'A' ? !letter
            : form[i] == 'N' ? !digit
                             : !digit && !letter)
            return false;
    }
    return true;
}

static bool is_vin(const char *p, size_t n)
{
    static const uint8_t value[26] = { 1, 2, 3, 4, 5, 6, 7, 8, 0, 1, 2, 3, 4,
                                       5, 0, 7, 0, 9, 2, 3, 4, 5, 6, 7, 8, 9 };
    static const uint8_t weight[17] = { 8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2 };
    uint32_t sum = 0, letters = 0;
    if (n != 17) return false;
    for (size_t i = 0; i < n; i++) {
        if (p[i] == 'I' || p[i] == 'O' || p[i] == 'Q') return false;
        bool digit = ascii_is_digit(p[i]);
        letters += !digit;
        sum += weight[i] * (digit ? (uint32_t)(p[i] - '0') : value[p[i] - 'A']);
    }
    char check = sum % 11 == 10 ? 'X' : (char)('0' + sum % 11);
    return letters >= 2 && p[8] == check;
}

static bool is_card(const char *p, size_t n)
{
    if (n < 13 || n > 19 || !all_digits(p, n) || !luhn(p, n, 0)) return false;
    return p[0] == '4' || (p[0] == '5' && p[1] >= '1' && p[1] <= '5') ||
           (p[0] == '3' && (p[1] == '4' || p[1] == '7' || p[1] == '6')) ||
           (p[0] == '6' && (p[1] == '0' || p[1] == '5' || p[1] == '4')) ||
           (p[0] == '2' && p[1] >= '2' && p[1] <= '7');
}

static bool is_nhs(const char *p, size_t n)
{
    uint32_t sum = 0;
    if (n != 10 || !all_digits(p, n)) return false;
    for (uint32_t i = 0; i < 9; i++)
        sum += (10 - i) * (uint32_t)(p[i] - '0');
    uint32_t check = (11 - sum % 11) % 11;
    return check < 10 && check == (uint32_t)(p[9] - '0');
}

/* May token i be another group: in its line, of digits or capitals? */
static inline bool may_go_on(const struct doc *d, uint32_t i)
{
    const struct token *t = doc_tok(d, i);
    return i < d->n && !(t->flags & TOK_LINE) && t->len <= 6 && /* "3782 822463 10005" */
           (t->kind == TOK_NUMBER || t->flags & TOK_UPPER);
}

/* The code and up to four more groups of digits or capitals that one blank parts. */
SELDOM static uint32_t grouped_last(const struct doc *d, const struct code *c, uint32_t groups)
{
    uint32_t last = c->last;
    for (uint32_t g = 1; g < groups; g++) {
        uint32_t i = last + 1;
        if (!may_go_on(d, i)) break;
        while (doc_joined(d, i + 1) && d->tok[i + 1].kind != TOK_MARK)
            i++;
        last = i;
    }
    return last;
}

static bool is_nhs_cue(const struct doc *d, const struct cue *cue)
{
    if (cue->field) return false;
    for (uint32_t i = cue->first; i <= cue->last && cue->what; i++)
        if (view_eq_nocase(doc_view(d, i, i), VIEW("nhs"))) return true;
    return false;
}

SELDOM static bool prove(const struct doc *d, uint32_t first, uint32_t last, const struct cue *cue,
                         struct finding *f)
{
    char p[BARE_MAX + 1];
    size_t n = bare(d, first, last, p);
    enum label label = LABEL_ID;
    enum rule rule = RULE_NONE;
    if (n < PROOF_MIN) return false;
    if (is_mbi(p, n))
        label = LABEL_PLAN, rule = RULE_ID_MBI;
    else if (is_vin(p, n))
        label = LABEL_VEHICLE, rule = RULE_ID_VIN;
    else if (is_card(p, n))
        label = LABEL_ACCOUNT, rule = RULE_ID_CARD;
    else if (is_dea(p, n))
        label = LABEL_LICENSE, rule = RULE_ID_DEA;
    else if (is_nhs_cue(d, cue) && is_nhs(p, n))
        label = LABEL_MRN, rule = RULE_ID_NHS;
    else if (first == last && is_npi(p, n))
        label = LABEL_LICENSE, rule = RULE_ID_NPI;
    if (!rule) return false;
    /* a cue for another kind outweighs a check digit that one number in ten has */
    if (cue->worth >= CUE_LIKELY && cue->what & (CUE_IDS | CUE_CALLS | CUE_SSN) &&
        rule != RULE_ID_NHS && rule != RULE_ID_VIN)
        label = cue_label(cue->what);
    if (label == LABEL_PHONE || label == LABEL_FAX || label == LABEL_SSN) return false;
    *f = doc_finding(d, first, last, label, rule, 0.95f);
    f->source = SOURCE_CHECKSUM;
    if (cue->worth && !cue->field) {
        f->cue_start = d->tok[cue->first].start;
        f->cue_end = token_end(&d->tok[cue->last]);
    }
    return true;
}

bool id_by_checksum(const struct doc *d, const struct code *c, const struct cue *cue,
                    struct finding *f)
{
    const uint32_t length = (uint32_t)c->digits + c->letters;
    if (LIKELY(length < GROUP_MIN || (length > GROUP_MAX && length < PROOF_MIN)) || c->measure)
        return false;
    if (length >= PROOF_MIN) return prove(d, c->first, c->last, cue, f);
    /* "1EG4 TE5 MK73", "4111 1111 1111 1111", "943 476 5919" */
    if (may_go_on(d, c->last + 1)) {
        for (uint32_t groups = 4; groups >= 3; groups--) {
            uint32_t last = grouped_last(d, c, groups);
            if (last > c->last && prove(d, c->first, last, cue, f)) return true;
        }
    }
    return false;
}
