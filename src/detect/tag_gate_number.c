#include "detect/cue.h"
#include "detect/id_kinds.h"
#include "detect/number_row.h"
#include "detect/tag_gate_inside.h"
#include "detect/tag_left.h"
#include "detect/wordset.h"

/* Words whose values numbers behind them may be. */
static const uint64_t MEDICINE = LEX(MEDICAL) | LEX(ABBREVIATION) | LEX(UNIT) | LEX(DRUG);
/* Words whose values they are. */
static const uint64_t CUES = LEX(CUE_MRN) | LEX(CUE_ACCOUNT) | LEX(CUE_PLAN) | LEX(CUE_LICENSE) |
                             LEX(CUE_NPI) | LEX(CUE_DEA) | LEX(CUE_ACCESSION) | LEX(CUE_DEVICE) |
                             LEX(CUE_VEHICLE) | LEX(CUE_ID) | LEX(CUE_SSN);

/* What speaks for and against a span of digits. */
struct span {
    uint32_t first, last, digits, letters, groups;
    bool joined; /* no blank in it */
    bool
        rising; /* each number is greater than the one before, as ends of ranges and values in a course may be */
    bool short_groups;
};

static struct span span_of(const struct doc *d, uint32_t first, uint32_t last)
{
    enum { SHORT = 2 };
    struct span s = { .first = first, .last = last, .joined = true, .rising = true };
    uint64_t before = 0;
    uint32_t longest = 0;
    for (uint32_t i = first; i <= last; i++) {
        const struct token *t = &d->tok[i];
        s.joined &= i == first || doc_joined(d, i);
        if (t->kind == TOK_WORD) s.letters += t->len;
        if (t->kind != TOK_NUMBER) continue;
        s.rising &= t->hash >= before;
        before = t->hash;
        s.digits += t->len;
        s.groups++;
        longest = MAX(longest, t->len);
    }
    s.rising &= s.groups > 1;
    s.short_groups = longest <= SHORT;
    return s;
}

/* "99-05-72", "00-28-76-20": pairs by which charts are filed. Values of a course are round or rise: "60-50-40-30". */
static bool is_filed(const struct doc *d, const struct span *s)
{
    enum { LEAST = 3, LENGTH = 2, ROUND = 5 };
    uint32_t odd = 0;
    if (s->groups < LEAST) return false;
    for (uint32_t i = s->first; i <= s->last; i++) {
        const struct token *t = &d->tok[i];
        if (t->kind == TOK_NUMBER && t->len != LENGTH) return false;
        if (t->kind == TOK_MARK && t->hash != '-') return false;
        odd += t->kind == TOK_NUMBER && t->hash % ROUND;
    }
    return odd > (s->rising ? 1U : 0U);
}

/* "4500-11000", "1245/2380", "60-50-40-30": numbers of a few digits that values may be. `sure`: nothing but their
 * rising speaks for values. */
static bool is_values(const struct doc *d, const struct span *s, const struct code *c, bool sure)
{
    enum { FEW = 6, MANY = 3 };
    const uint64_t last = d->tok[s->last].hash;
    if (s->letters || s->groups < 2 || !s->joined) return false;
    if (sure && id_is_of_year(d, c)) return false;
    if (s->digits < FEW || s->groups > MANY || s->short_groups || code_is_date(d, c)) return true;
    if (s->rising && (s->groups == MANY || last % 10 == 0 || !sure)) return true;
    return code_is_range(d, c) && !(sure && s->digits == FEW);
}

/* Does a word before say what is counted in the maker's or the world's own numbers ("model 44-812"), a code of a
 * procedure, or pages? */
static bool is_systems(const struct doc *d, uint32_t first)
{
    enum { NEAR = 3 };
    static const struct wordset_row rows[] = {
        { "ref billing billed cpt code codes charge charges procedure images image slices slice "
          "pages page range counts count steps rows catalog catalogue",
          1 },
    };
    static struct wordset set = WORDSET(rows);
    for (int64_t i = first, n = 0; i > 0 && n < NEAR && !(d->tok[i].flags & TOK_LINE); n++) {
        const struct token *t = &d->tok[--i];
        if (wordset_class(wordset_ready(&set), t)) return true;
        if (cue_class_of(t) & CUE_SYSTEM) return true;
        if (t->kind == TOK_WORD && !(cue_class_of(t) & (CUE_NUMBER | CUE_FILL))) return false;
    }
    return false;
}

/* Does a word before say what a machine or a laboratory counts ("peak area 234567", "RLU 234567", "CK peaked 145678"),
 * what has its maker's number ("assay Hs00234422", "clone EPR1614Y"), or by whose plan somebody is treated ("per
 * AALL1131")? */
static bool is_counted(const struct doc *d, uint32_t first)
{
    enum { NEAR = 3 };
    static const struct wordset_row rows[] = {
        { "group area peak peaked peaks events acquired gated beats counted reads rlu cpm dpm bkg "
          "mfi "
          "complexes cells copies titer titre assay probe primer clone antibody kit reagent "
          "plasmid "
          "strain protocol per then cycles umi umis sbcma background phantom transcripts",
          1 },
    };
    static struct wordset set = WORDSET(rows);
    for (int64_t i = first, n = 0; i > 0 && n < NEAR && !(d->tok[i].flags & TOK_LINE); n++)
        if (wordset_class(wordset_ready(&set), doc_tok(d, --i))) return true;
    return false;
}

/* "Myoglobin 234567", "Catecholamines 234567": the ending of what is measured, in a word that is nobody's name. */
static bool is_behind_analyte(const struct doc *d, uint32_t first)
{
    enum { LONG = 7 };
    static const char *const endings[] = { "in", "ins", "ine", "ines", "ase", "gen", "rone" };
    const struct token *t = doc_tok(d, (int64_t)first - 1);
    if (!first || d->tok[first].flags & TOK_LINE || t->kind != TOK_WORD || t->len < LONG ||
        doc_bits(d, (int64_t)first - 1) & (LEX_GIVEN | LEX(SURNAME)))
        return false;
    const char *end = (const char *)d->text.p + t->start + t->len;
    for (size_t k = 0; k < sizeof endings / sizeof *endings; k++) {
        const size_t n = strlen(endings[k]);
        size_t same = 0;
        while (same < n && (end[(ptrdiff_t)same - (ptrdiff_t)n] | 0x20) == endings[k][same])
            same++;
        if (same == n) return true;
    }
    return false;
}

/* "NPSG.03.05.01", "USP797": chapters of rules. */
static bool is_of_rules(const struct doc *d, uint32_t first)
{
    return doc_is_word(d, first, VIEW("npsg")) || doc_is_word(d, first, VIEW("cfr")) ||
           doc_is_word(d, first, VIEW("usp"));
}

/* "PARASITES 234567/UL P": so many in a unit. */
static bool is_per_unit(const struct doc *d, uint32_t first, uint32_t last)
{
    for (uint32_t i = first + 1; i <= last + 1; i++)
        if (doc_is_mark(d, i, '/') && doc_joined(d, i) && doc_bits(d, (int64_t)i + 1) & LEX(UNIT))
            return true;
    return false;
}

/* "G20210A", "E746_A750", "g20210a": places in a gene. */
static bool is_mutation(const struct code *c)
{
    const char *s = c->shape;
    return (s[0] == 'A' || s[0] == 'a') && ascii_is_digit(s[1]) &&
           ((s[2] == s[0] && !s[3]) || s[2] == '_');
}

/* "98765 PVC 12345", "23456 bkg 234": a word that stands alone between two numbers is what one of them counts. */
static bool is_named_between(const struct doc *d, const struct span *s)
{
    for (uint32_t i = s->first + 1; i < s->last; i++)
        if (d->tok[i].kind == TOK_WORD && d->tok[i].len > 1 && !doc_joined(d, i) &&
            !doc_joined(d, (int64_t)i + 1) && d->tok[i - 1].kind == TOK_NUMBER &&
            d->tok[i + 1].kind == TOK_NUMBER)
            return true;
    return false;
}

/* "ZIT8045", "PU-49370 B", "GS022313": capitals and digits, whose words are as short as letters of codes are. */
static bool is_lettered(const struct doc *d, const struct span *s)
{
    enum { SHORT = 4 };
    if (is_named_between(d, s)) return false;
    for (uint32_t i = s->first; !s->joined && i <= s->last; i++) {
        const struct token *t = &d->tok[i];
        if (t->kind == TOK_WORD && (t->len > SHORT || (t->flags & TOK_LOWER && !d->is_caseless)))
            return false;
    }
    return s->letters;
}

/* Does a word straight before announce a number of a person or paper: "Complaint file 58414", "Job 565*52066"? Of devices
 * and vehicles it may count something. */
static bool is_announced(const struct doc *d, const struct span *s, const struct code *c)
{
    const uint32_t kinds = CUE_MRN | CUE_ACCOUNT | CUE_LICENSE | CUE_ID;
    enum { LEAST = 5 };
    struct cue cue;
    cue_before(d, s->first, &cue);
    if (s->digits < LEAST || !(cue.what & kinds) || cue.what & CUE_SYSTEM) return false;
    if (cue.last + 1 + cue.colon < s->first || code_is_date(d, c) || code_is_range(d, c))
        return false;
    return !code_is_round(d, c) && !(doc_bits(d, (int64_t)s->last + 1) & LEX(UNIT));
}

/* Numbers are the rules' own: what they left is a value more often than not, and a value that is taken for an identifier
 * is medicine invented. Letters, or more digits than values have where no word of medicine is near speak against
 * that. */
bool tag_gate_id(const struct doc *d, uint32_t first, uint32_t last, float score)
{
    enum { LEAST = 3, FEW = 5, LONG = 7, NEAR = 3 };
    static const float LIKELY_SCORE = 0.8F;
    const struct span s = span_of(d, first, last);
    struct code c;
    uint32_t i = first;
    if (s.digits < LEAST || (d->n == 1 && s.digits < LONG)) return false; /* bare_number.h */
    while (d->tok[i].kind != TOK_NUMBER)
        i++;
    code_around(d, i, &c);
    const bool medicine = tag_bits_before(d, first, NEAR) & MEDICINE;
    if (id_is_of_science(d, &c) || is_systems(d, first) || is_mutation(&c)) return false;
    if (s.digits > FEW && tag_bits_before(d, first, 2) & CUES) return score >= TAG_FAIR;
    if (is_counted(d, first) || is_per_unit(d, first, last) || is_of_rules(d, first)) return false;
    if (score >= TAG_TELLING && is_announced(d, &s, &c)) return true;
    if (!s.letters && is_behind_analyte(d, first)) return false;
    const bool filed = score >= TAG_TELLING && !medicine && is_filed(d, &s) && !code_is_date(d, &c);
    if (!filed && is_values(d, &s, &c, score >= TAG_SURE && !medicine)) return false;
    if (s.letters) {
        if (!is_lettered(d, &s) || s.digits + s.letters < FEW) return false;
        const bool many = s.digits >= FEW && s.letters > 1;
        return score >= (!medicine ? TAG_FAIR : many ? LIKELY_SCORE : TAG_SURE);
    }
    if (code_is_round(d, &c) || number_is_row(d, first, last)) return false;
    /* "CFU 123456": what is counted straight before; no count begins with 0 */
    const uint64_t counted = LEX(UNIT) | LEX(DRUG) | LEX(MEDICAL);
    if (s.groups == 1 && s.digits < LONG && d->text.p[d->tok[i].start] != '0' &&
        tag_bits_before(d, first, 1) & counted)
        return false;
    if (s.digits >= LONG) return score >= (medicine ? TAG_SURE : TAG_FAIR);
    if (s.digits > FEW) return score >= (medicine ? TAG_SURE : LIKELY_SCORE);
    return s.digits == FEW && score >= TAG_SURE && !medicine;
}

/* "Text me 268-4465", "770-7319": three digits and four, or what desks of a house have ("5-2231", "44821"), which no range rises
 * from, and no word of medicine before. */
bool tag_gate_phone(const struct doc *d, uint32_t first, uint32_t last, float score)
{
    enum { NEAR = 3 };
    struct code c;
    if (score < TAG_TELLING || d->tok[first].kind != TOK_NUMBER) return false;
    code_around(d, first, &c);
    if (c.first != first || c.last != last || code_is_range(d, &c) || code_is_round(d, &c))
        return false;
    const bool desk = code_is(&c, "5") || code_is(&c, "1-4") || code_is(&c, "2-4");
    if (!code_is(&c, "3-4") && !desk) return false;
    if (desk && d->tok[last].hash % 100 == 0) return false;
    return !(tag_bits_before(d, first, score >= TAG_SURER ? 1 : NEAR) & MEDICINE) &&
           !(doc_bits(d, (int64_t)last + 1) & LEX(UNIT));
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

/* "seen w/ Ada 11/16 | 4.2": a day and its month at a high score, where no word of medicine is near, nothing is counted
 * behind and no score reads so ("4/5"). */
static bool is_day_of_month(const struct doc *d, uint32_t i, float score)
{
    enum { NEAR = 3, SCORED = 10 };
    const struct token *a = &d->tok[i], *b = &d->tok[i + 2];
    const uint64_t mark = d->tok[i + 1].hash;
    if (a->kind != TOK_NUMBER || b->kind != TOK_NUMBER || a->len > 2 || b->len > 2) return false;
    if ((mark != '/' && mark != '-' && mark != '.') || !doc_joined(d, i + 1) ||
        !doc_joined(d, i + 2) || doc_joined(d, i))
        return false;
    if (!a->hash || a->hash > 12 || !b->hash || b->hash > 31) return false;
    if (score < TAG_SURE && a->hash <= b->hash && b->hash <= SCORED) return false;
    if (doc_joined(d, i + 3) && doc_tok(d, (int64_t)i + 3)->kind != TOK_MARK) return false;
    if (doc_joined(d, i + 3) && doc_joined(d, i + 4)) return false;
    if (mark == '.' && !tag_left_may_be_day(d, i)) return false;
    return !(tag_bits_before(d, i, NEAR) & MEDICINE) &&
           !(doc_bits(d, (int64_t)i + 3) & (LEX(UNIT) | LEX(MEDICAL)));
}

/* "25.7.22", "1934 05 25": three numbers with blanks or full stops between, and no word of medicine before them whose
 * values they may be. Slashes and hyphens are left to the rules. */
bool tag_gate_day(const struct doc *d, uint32_t first, uint32_t last, float score)
{
    enum { PARTS = 3, NEAR = 3, FEW = 4 };
    uint32_t parts = 0;
    if (first == last) return d->n > 1 && score >= TAG_TELLING && is_compact_day(d, first);
    if (last == first + 2 && score >= TAG_TELLING && is_day_of_month(d, first, score)) return true;
    for (uint32_t i = first; i <= last; i++) {
        const bool is_number = d->tok[i].kind == TOK_NUMBER;
        if (!is_number && !doc_is_mark(d, i, '.')) return false;
        parts += is_number;
    }
    return parts == PARTS && score >= TAG_FAIR && tag_digits(d, first, last) >= FEW &&
           !doc_joined(d, first) && !(tag_bits_before(d, first, NEAR) & MEDICINE);
}

/* "4-2021": a month and its year. */
static bool is_month_of_year(const struct doc *d, uint32_t first, uint32_t last)
{
    enum { MONTHS = 12, FROM = 1900, TO = 2100 };
    const struct token *a = &d->tok[first], *b = &d->tok[last];
    return last == first + 2 && a->kind == TOK_NUMBER && a->len <= 2 && a->hash &&
           a->hash <= MONTHS && b->kind == TOK_NUMBER && b->hash > FROM && b->hash < TO;
}

/* "1200-3400-890", "4000/90", "4500-11000": values of a course, or from the one to the other. */
static bool is_course(const struct doc *d, const struct span *s, const struct code *c)
{
    enum { MANY = 3, PAIR = 2, ROUND = 10 };
    if (s->letters || s->groups < PAIR || !s->joined || is_filed(d, s)) return false;
    for (uint32_t i = s->first; i <= s->last; i++)
        if (d->tok[i].kind == TOK_MARK && d->tok[i].hash != '-' && d->tok[i].hash != '.')
            return true;
    if (id_is_of_year(d, c) || code_is_date(d, c)) return true;
    const bool dotted = doc_is_mark(d, (int64_t)s->first + 1, '.');
    if (s->groups >= MANY) return !dotted;
    return s->rising && d->tok[s->last].hash % ROUND == 0;
}

bool tag_gate_may_be_number(const struct doc *d, uint32_t first, uint32_t last, bool reaches)
{
    const struct span s = span_of(d, first, last);
    struct code c;
    uint32_t i = first;
    if (!s.digits || d->n == 1) return false;
    while (d->tok[i].kind != TOK_NUMBER)
        i++;
    code_around(d, i, &c);
    const bool day = is_month_of_year(d, first, last) || tag_left_may_be_day(d, i);
    if (tag_bits_before(d, first, 1) & MEDICINE && !day && !reaches) return false;
    if (id_is_of_science(d, &c) || is_systems(d, first) || is_mutation(&c)) return false;
    if (is_counted(d, first) || is_per_unit(d, first, last) || is_of_rules(d, first)) return false;
    if (doc_bits(d, (int64_t)last + 1) & (LEX(UNIT) | LEX(MEDICAL))) return false;
    return day || !is_course(d, &s, &c);
}
