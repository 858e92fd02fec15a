/* id_shape.c — codes that have the form of an identifier, with no word before them to say so.
 *
 * Hospitals, plans and laboratories write their numbers in a few ways; medicine writes names of drugs,
 * antigens, scores and studies in ways that are close. The difference is length: COVID-19, CA-125,
 * HLA-B27, SARS-CoV-2 and PD-L1 have at most three digits, an identifier has four or more. Sponsors'
 * drug codes (BMS-986165) have as many and are told by their prefix. */
#include "detect/id_kinds.h"
#include "detect/measure_words.h"

/* Of all `n` letters the same sign? */
static size_t letters_at(const char *shape, size_t at)
{
    size_t n = at;
    while (shape[n] == 'A' || shape[n] == 'a')
        n++;
    return n - at;
}

/* Prefixes under which drug makers number compounds, and other code families of science. */
static bool is_science(const struct doc *d, const struct code *c)
{
    static const struct wordset_row rows[] = {
        { "bms mk abt azd gsk ly pf jnj sar bay regn aln vx gs incb mln tak amg cnto rg ro ono "
          "medi "
          "bi cp sb sch ag pd ci su zd tmc bmn hgs kw mt nct ins ici uk dsm icd pmid pmc rs iso "
          "ieee "
          "astm ansi en din cas ec atcc nsc omim mim grch hg ensembl ensg enst ensp ense usp fda "
          "cfr who icu jama nejm "
          "doi isbn issn isrctn eudract act chictr pog swog ecog nsabp rtog calgb gog cog acosog "
          "eortc ctsu nrg ncic aids actg dmf nda ind bla anda covid sars ncbi cms hcfa ssa omb gli "
          "nccn loinc rxnorm snomed hedis ncqa acord hipaa acgme",
          1 },
    };
    static struct wordset set = WORDSET(rows);
    const struct wordset *s = wordset_ready(&set);
    /* "CAS-635064-LWX", "CAS-929330-X0XL": letters behind the count as well */
    const bool closed = c->last > c->first + 3 && c->digits >= 6 && d->tok[c->first + 2].len == 6 &&
                        (d->tok[c->last].kind == TOK_WORD || d->tok[c->last - 1].kind == TOK_WORD);
    for (uint32_t i = c->first + closed; i <= c->last; i++)
        if (wordset_class(s, &d->tok[i])) return true;
    /* "45 CFR 164.514", "PMID 1234567": the word before; not "RO BME7246", which has letters of its own */
    if (c->upper && c->letters > 1 && doc_tok(d, (int64_t)c->first - 1)->len == 2) return false;
    return wordset_class(s, doc_tok(d, (int64_t)c->first - 1)) && !doc_joined(d, c->first);
}

/* "images #10-14", "model #12345", "trial C40502": numbered things. */
static bool is_numbered_thing(const struct doc *d, const struct code *c)
{
    static const struct wordset_row rows[] = {
        { "image images series slice slices frame frames figure model product part catalog item "
          "items "
          "size tooth teeth page pages table trial trials protocol section rule form version cfr "
          "usc "
          "stock style blade needle suture question chapter",
          1 },
    };
    static struct wordset set = WORDSET(rows);
    int64_t p = (int64_t)code_start(c) - 1;
    while (doc_is_mark(d, p, '#') || doc_is_mark(d, p, ':') || doc_is_mark(d, p, '/'))
        p--;
    return wordset_class(wordset_ready(&set), doc_tok(d, p)) != 0;
}

/* "AALL1131", "ANBL0532": protocols of the Children's Oncology Group, by what they treat. */
SELDOM static bool is_protocol(const struct doc *d, const struct code *c)
{
    enum { DIGITS = 4 };
    static const struct wordset_row rows[] = {
        { "aall aaml ahod anbl aren acns ahep aost agct arst aews accl alte ainv", 1 },
    };
    static struct wordset set = WORDSET(rows);
    return c->last == c->first + 1 && d->tok[c->last].len == DIGITS &&
           wordset_class(wordset_ready(&set), &d->tok[c->first]);
}

bool id_is_of_science(const struct doc *d, const struct code *c)
{
    const uint32_t at = code_start(c);
    /* "REF 1070-54": a catalog's number as labels have it */
    const bool is_catalog = at && d->tok[at - 1].flags & TOK_UPPER && !d->is_caseless &&
                            doc_is_word(d, (int64_t)at - 1, VIEW("ref"));
    /* "consent form W645146", "loan closet item PJN650960": one of so many is somebody's own */
    enum { FEW = 5 };
    return is_catalog || is_protocol(d, c) || is_science(d, c) ||
           (c->digits <= FEW && is_numbered_thing(d, c));
}

/* "5-mg", "12-Mar"; but "NG-21-000881" begins with a laboratory's prefix. */
static bool has_unit_word(const struct doc *d, const struct code *c)
{
    bool prefix = c->upper && c->digits >= 6 && d->tok[c->first].kind == TOK_WORD &&
                  !(doc_bits(d, c->first) & (LEX(MONTH) | LEX(WEEKDAY)));
    for (uint32_t i = c->first + prefix; i <= c->last; i++)
        if (d->tok[i].len > 1 && doc_bits(d, i) & (LEX(UNIT) | LEX(MONTH) | LEX(WEEKDAY)))
            return true;
    return false;
}

/* "E746_A750", "K745_E749": residues of a protein, one letter each. */
static bool is_residues(const char *s)
{
    return (s[0] == 'A' && ascii_is_digit(s[1]) && s[2] == '_' && s[3] == 'A' &&
            ascii_is_digit(s[4]));
}

/* "LAB0865", "SP0555": no model, drug or gene is numbered so. */
static bool is_led_by_0(const struct code *c, const struct doc *d, size_t letters)
{
    return letters >= 2 && letters <= 4 && c->upper && c->digits == 4 && c->shape[letters] == '4' &&
           !c->shape[letters + 1] && d->text.p[d->tok[c->last].start] == '0' &&
           !code_is_round(d, c);
}

static bool is_form(const struct code *c, const struct doc *d)
{
    const char *s = c->shape;
    if (is_residues(s)) return false;
    if (UNLIKELY(c->letters >= 2 && c->digits + c->letters >= 10) && id_is_computed(d, c))
        return true;
    if (UNLIKELY(c->digits + c->letters == 18) && c->upper && d->tok[c->first].hash == 1 &&
        doc_view(d, c->first, c->last).n == 18 && d->text.p[d->tok[c->first].start + 1] == 'Z')
        return true; /* "1ZESLHJ42674663871": a parcel's */
    uint32_t d4 = c->digits >= 4, d5 = c->digits >= 5;
    size_t k = letters_at(s, 0);
    if (!s[0] || strchr(s, 'W')) return false;
    bool caps = c->upper || (d->is_caseless && c->letters <= 4 && c->digits >= 5);
    if (!caps) {
        /* in mixed text a lower-case code must be long: "ab-123456" */
        if (!c->letters || c->letters > 3 || c->digits < 6 || k == 0 || s[k] != '-') return false;
    }
    if (k >= 1 && k <= 6 && s[k] == '-') return k == 1 ? d5 : d4;  /* HP-987654 */
    if (k >= 1 && k <= 4 && s[k] == '+' && !s[k + 1]) return true; /* V00094739340 */
    /* 22146976247745S */
    if (s[0] == '+' && c->upper && letters_at(s, 1) && letters_at(s, 1) <= 2 && !s[1 + c->letters])
        return true;
    if (is_led_by_0(c, d, k) && !is_protocol(d, c)) return true;
    if (k >= 1 && k <= 4 && ascii_is_digit(s[k])) {
        const char *rest = s + k + 1;
        if (!*rest) return d5;                                   /* ABC234567 */
        if (*rest == '-') return d5 && letters_at(rest, 1) == 0; /* S24-12345, B123-456 */
        return c->digits >= 6;                                   /* A12345B67 */
    }
    if (ascii_is_digit(s[0]) && c->letters) {
        if (s[1] == '-') /* 12345-XYZ, 69135948-S */
            return d4 && (letters_at(s, 2) >= 2 || (c->digits >= 7 && c->upper && c->letters == 1));
        return letters_at(s, 1) <= 3 && d5 && c->upper && s[0] >= '2'; /* 98765AB */
    }
    return false;
}

/* "SU-23-18131", "31-S-35895", "UK21-18201": a laboratory's letters, the year and the count of a specimen. */
static bool is_specimen(const struct code *c)
{
    const char *s = c->shape;
    size_t k = letters_at(s, 0);
    if (!c->upper || c->letters > 3) return false;
    if (k) { /* letters first */
        s += k + (s[k] == '-');
        if (s[0] != '2') return false;
    } else {
        k = s[0] == '2' && s[1] == '-' ? letters_at(s, 2) : 0;
        if (!k) return false;
        s += k + 1;
    }
    return s[1] == '-' && s[2] >= '4' && s[2] <= '6' && !s[3];
}

/* "12-33486", "2012-08504": the year and the count of a slide, a case or an application. */
static bool is_filed(const struct doc *d, const struct code *c)
{
    const uint64_t year = d->tok[c->first].hash;
    if (c->last != c->first + 2 || c->digits < 7 || c->letters) return false;
    /* "10-12000 cells" */
    if (d->tok[c->last].hash % 100 == 0 || doc_bits(d, c->last + 1) & LEX(UNIT)) return false;
    /* "26202-49594": no range ends so */
    if (code_is(c, "5-5")) return year % 100 != 0 && d->tok[c->last].hash % 10 != 0;
    if (code_is(c, "2-5") || code_is(c, "2-6")) return year < 40 || year >= 85;
    return (code_is(c, "4-5") || code_is(c, "4-6")) && year >= 1985 && year < 2040;
}

/* "65-2011-HU-84436": a year, an office's letters and a count, as courts and sheriffs number what they open. */
static bool is_docket(const struct code *c)
{
    enum { DIGITS = 8, LETTERS = 4, GROUPS = 3 };
    uint32_t groups = 0;
    if (!c->upper || !c->letters || c->letters > LETTERS || c->digits < DIGITS) return false;
    for (const char *s = c->shape; *s; s++)
        groups += *s == '-';
    return groups == GROUPS && !strpbrk(c->shape, "_/W");
}

/* Codes of diagnoses have four digits behind the point only under E, H, M and O. */
bool id_is_dotted_specimen(const struct doc *d, const struct code *c)
{
    return code_is(c, "A2.4") && !strchr("EHMO", d->text.p[d->tok[c->first].start]);
}

/* "95:NR9480923", "18:L14722I": a laboratory's year before its number. */
SELDOM static bool is_after_year(const struct doc *d, const struct code *c)
{
    const uint32_t first = code_start(c);
    const struct token *year = doc_tok(d, (int64_t)first - 2);
    return c->letters && c->upper && c->digits >= 5 && doc_is_mark(d, (int64_t)first - 1, ':') &&
           doc_joined(d, first) && doc_joined(d, first - 1) && year->kind == TOK_NUMBER &&
           year->len == 2 && !doc_joined(d, first - 2);
}

/* "39137,VOLKWEIN,IGNATZ,…": the key of a row of a table whose cells commas part. */
static bool is_row_key(const struct doc *d, const struct code *c)
{
    const uint32_t comma = c->last + 1;
    if (!doc_is_mark(d, comma, ',') || (c->first && !(d->tok[c->first].flags & TOK_LINE)) ||
        c->digits < 5 || c->measure || !c->upper || code_is_round(d, c) ||
        doc_bits(d, comma + 1) & (LEX(DRUG) | LEX(MEDICAL) | LEX(UNIT))) /* "10000,Heparin,SC" */
        return false;
    return doc_joined(d, comma) && doc_joined(d, comma + 1) && doc_joined(d, comma + 2) &&
           doc_tok(d, comma + 1)->flags & TOK_CAP && doc_is_mark(d, comma + 2, ',');
}

/* "Interpreter Ada Mohr #771", "#T655": who is on duty. */
static bool is_duty_number(const struct doc *d, const struct code *c)
{
    return c->hash && c->upper && !c->measure && (c->digits == 3 || c->digits == 4) &&
           c->letters <= 2 && !strpbrk(c->shape, "-/_") && id_is_of_duty(d, code_start(c));
}

/* "697868^^^AFG": a number and who gave it, as HL7 writes them. */
static bool is_assigned(const struct doc *d, const struct code *c)
{
    return c->digits >= 4 && doc_is_mark(d, c->last + 1, '^') && doc_joined(d, c->last + 1) &&
           doc_is_mark(d, c->last + 2, '^') && doc_is_mark(d, (int64_t)c->first - 1, '|');
}

/* "Korlym 300-600-900", "MFI 1100-4500-9000": how much at a time, or how it went; numbers that are given out do not
 * all end so. */
SELDOM static bool is_round_series(const struct doc *d, const struct code *c)
{
    bool steps = true;
    for (uint32_t i = c->first; i <= c->last; i++)
        if (d->tok[i].kind == TOK_NUMBER) steps &= d->tok[i].hash && d->tok[i].hash % 5 == 0;
    return steps || doc_bits(d, (int64_t)c->first - 1) & LEX(DRUG);
}

/* Digits alone, in groups: "987654-321", "5678-2345-4321". */
static bool is_grouped_form(const struct doc *d, const struct code *c)
{
    const char *s = c->shape;
    size_t n = strlen(s);
    if (code_is(c, "3-2-4A"))
        return true; /* a Medicare claim number of old: a social security number and a letter */
    if (c->letters || c->digits < 8 || strchr(s, '/') || code_is_date(d, c)) return false;
    /* "100-200-300 mg", "BG 112-198-240-301" */
    if (doc_bits(d, c->last + 1) & LEX(UNIT) ||
        wordset_class(measure_words(), doc_tok(d, (int64_t)c->first - 1)) & MW_BEFORE)
        return false;
    if (n == 3) /* two groups: not a range, not ZIP+4 */
        return !code_is_range(d, c) && s[0] != s[2] && !code_is(c, "5-4") && c->digits >= 8;
    if (n == 5) /* three: not NDC 5-4-2, CAS n-2-1, a telephone or social security number */
        return (s[4] >= '3' || code_is(c, "3-4-2") || code_is(c, "3-5-1")) &&
               !code_is(c, "3-2-4") && !code_is(c, "3-3-4") && c->digits >= 9 &&
               !is_round_series(d, c);
    return n == 7 && c->digits >= 12;
}

/* A run of digits by itself. */
static bool is_long_run(const struct doc *d, const struct code *c)
{
    const struct token *t = &d->tok[c->first];
    if (c->first != c->last || t->len < 7 || t->len > 20 || code_is_date(d, c)) return false;
    if (doc_joined(d, c->first) && doc_tok(d, (int64_t)c->first - 1)->hash == '$') return false;
    return t->hash % 10000 != 0; /* 10000000 is a count */
}

/* What five digits need to be told by what stands around them. */
static bool is_of_frame(const struct doc *d, const struct code *c)
{
    return c->letters && c->upper ? is_docket(c) || is_after_year(d, c) || is_row_key(d, c)
                                  : is_row_key(d, c);
}

/* "union # 44821": a mark and a blank before it, and what is numbered before that. */
static bool is_hash_apart(const struct doc *d, const struct code *c)
{
    const int64_t hash = (int64_t)c->first - 1;
    return c->digits >= 5 && doc_is_mark(d, hash, '#') && !(d->tok[c->first].flags & TOK_LINE) &&
           doc_tok(d, hash - 1)->kind == TOK_WORD && !(d->tok[hash].flags & TOK_LINE) &&
           !code_is_round(d, c);
}

bool id_by_shape(const struct doc *d, const struct code *c, struct finding *f)
{
    enum rule rule = RULE_NONE;
    float score = 0;
    if (is_assigned(d, c)) {
        *f = doc_finding(d, c->first, c->last, LABEL_MRN, RULE_ID_CODE, 0.85f);
        return true;
    }
    bool specimen = is_specimen(c);
    /* "975.576.19", "20144069193877.6073": no value is written so */
    if (c->measure && !c->letters && (code_is(c, "3.3.2") || code_is(c, "+.4"))) {
        *f = doc_finding(d, c->first, c->last, LABEL_ID, RULE_ID_CODE, 0.7f);
        return true;
    }
    if (c->measure && c->letters == 1 && id_is_dotted_specimen(d, c)) {
        *f = doc_finding(d, c->first, c->last, LABEL_ID, RULE_ID_CODE, 0.7f);
        return true;
    }
    if (c->measure || (!specimen && is_science(d, c)) || has_unit_word(d, c) ||
        is_numbered_thing(d, c))
        return false;
    if (((c->hash &&
          (c->digits >= 5 || (c->digits == 4 && (c->letters || !code_is_round(d, c))))) ||
         is_hash_apart(d, c)) &&
        !code_is_range(d, c) && !code_is(c, "3-3-4") && !code_is(c, "3-2-4") &&
        !code_is_date(d, c)) {
        rule = RULE_ID_HASH, score = 0.8f;
    } else if (is_duty_number(d, c)) {
        rule = RULE_ID_HASH, score = 0.75f;
    } else if (specimen || is_filed(d, c) || is_form(c, d) || is_grouped_form(d, c) ||
               id_is_machine_made(d, c) || (c->digits >= 5 && is_of_frame(d, c))) {
        rule = RULE_ID_CODE, score = 0.7f;
    } else if (is_long_run(d, c)) {
        rule = RULE_ID_LONG, score = 0.6f;
    }
    if (!rule) return false;
    uint32_t first = code_start(c);
    if (c->letters && is_after_year(d, c)) first -= 2;
    *f = doc_finding(d, first, c->last, LABEL_ID, rule, score);
    return true;
}
