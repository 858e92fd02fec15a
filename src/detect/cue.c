/* cue.c — the table of cue words and the walk back over them. */
#include "detect/cue.h"

/* One row an idea. CUE_NEEDS keeps words that mean much else ("record", "unit", "group") from being a
 * cue unless a number word or '#' follows them. */
static const struct wordset_row rows[] = {
    /* medical record numbers */
    { "mrn mrns emrn medrec epi empi mpi", CUE_MRN | CUE_STRONG },
    { "mr record records rec recs chart charts hospital unit emr ehr", CUE_MRN | CUE_NEEDS },
    /* accounts and what is paid with */
    { "account accounts acct accts acnt har guarantor iban", CUE_ACCOUNT | CUE_STRONG },
    { "fin", CUE_ACCOUNT },
    { "billing bill invoice bank routing visa mastercard amex card", CUE_ACCOUNT | CUE_NEEDS },
    /* health plans */
    { "mbi hicn hic hbn", CUE_PLAN | CUE_STRONG },
    { "insurance insur ins insurer insured policy plan medicare medicaid hmo ppo member mem "
      "subscriber "
      "subscr beneficiary coverage payer payor tricare bcbs aetna cigna humana unitedhealthcare "
      "kaiser enrollee policyholder",
      CUE_PLAN },
    { "group grp claim claims contract certificate", CUE_PLAN | CUE_NEEDS },
    /* licences and certificates */
    { "npi dea upin", CUE_LICENSE | CUE_STRONG },
    { "license licence lic licensure dl", CUE_LICENSE },
    { "registration registry permit certification", CUE_LICENSE | CUE_NEEDS },
    /* vehicles and devices */
    { "vin", CUE_VEHICLE | CUE_STRONG },
    { "plate plates vehicle tag", CUE_VEHICLE | CUE_NEEDS },
    { "udi imei", CUE_DEVICE | CUE_STRONG },
    { "serial", CUE_DEVICE },
    { "sn ser device implant pacemaker pump generator", CUE_DEVICE | CUE_NEEDS },
    /* any other number of a person, a visit, a sample, a paper */
    { "csn accession passport uuid guid", CUE_ID | CUE_STRONG },
    { "acc specimen requisition req encounter barcode reference confirmation ref", CUE_ID },
    { "patient patients pt pts case visit study subject participant order referral job dictation "
      "document doc ticket badge employee staff user username login tracking rx prescription "
      "authorization auth control request episode sample donor student national personal client "
      "provider admission appointment transaction receipt booking nhs file folder",
      CUE_ID | CUE_NEEDS },
    /* social security */
    { "ssn ssns", CUE_SSN | CUE_STRONG },
    { "ss social security", CUE_SSN | CUE_NEEDS },
    /* telephones */
    { "phone phones tel telephone telephones ph cell cellphone mobile contact call calls called "
      "calling callback reach reached text dial hotline helpline voicemail whatsapp landline",
      CUE_PHONE },
    { "fax faxed facsimile telefax faxes", CUE_FAX },
    { "pager beeper pgr paged page bleep", CUE_PAGER },
    /* not identifiers */
    { "dob born birth birthdate birthday", CUE_DOB },
    { "ndc loinc cpt hcpcs icd snomed sctid rxnorm rxcui umls cui omim mim pmid pmcid doi isbn "
      "issn "
      "nct clinicaltrials isrctn eudract atc meddra cas cvx drg lot batch grant model catalog "
      "catalogue version",
      CUE_SYSTEM },
    /* between cue and value */
    { "number numbers no num nos nr nbr numb", CUE_NUMBER },
    { "id ids identifier identifiers identification ident", CUE_NUMBER | CUE_IDENT },
    { "code codes", CUE_NUMBER | CUE_NEEDS },
    { "is was are were of the as reads being at on under with for under listed his her their to "
      "via by "
      "recorded ending in s",
      CUE_FILL },
    { "medical med social credit debit health license licence driver drivers vehicle state "
      "insurance patient hospital encounter",
      CUE_MODIFY },
};
static struct wordset words = WORDSET(rows);

uint32_t cue_class_of(const struct token *t)
{
    return wordset_class(wordset_ready(&words), t);
}

enum label cue_label(uint32_t what)
{
    static const struct {
        uint32_t what;
        enum label label;
    } map[] = {
        { CUE_MRN, LABEL_MRN },         { CUE_ACCOUNT, LABEL_ACCOUNT },
        { CUE_PLAN, LABEL_PLAN },       { CUE_LICENSE, LABEL_LICENSE },
        { CUE_VEHICLE, LABEL_VEHICLE }, { CUE_DEVICE, LABEL_DEVICE },
        { CUE_SSN, LABEL_SSN },         { CUE_FAX, LABEL_FAX },
        { CUE_PHONE, LABEL_PHONE },     { CUE_PAGER, LABEL_PHONE },
    };
    for (size_t i = 0; i < COUNT_OF(map); i++)
        if (what & map[i].what) return map[i].label;
    return LABEL_ID;
}

static bool is_word(const struct doc *d, int64_t i, view w)
{
    const struct token *t = doc_tok(d, i);
    return t->kind == TOK_WORD && view_eq_nocase(view_of(d->text.p + t->start, t->len), w);
}

/* The word before a kind word that gives it another meaning or makes it sure. */
static void refine(const struct doc *d, int64_t i, struct cue *c, uint32_t *class)
{
    int64_t p = i - 1;
    if (doc_is_mark(d, p, '.') || doc_is_mark(d, p, '-') || doc_is_mark(d, p, '/')) p--;
    if (is_word(d, p, VIEW("s")) && doc_is_mark(d, p - 1, '\'')) p -= 2; /* driver's license */
    if (p < 0 || doc_tok(d, p)->kind != TOK_WORD) return;
    bool known = true;
    if (is_word(d, i, VIEW("security")) && is_word(d, p, VIEW("social"))) {
        *class = CUE_SSN | CUE_STRONG;
    } else if (*class & CUE_MRN && (is_word(d, p, VIEW("medical")) || is_word(d, p, VIEW("med")))) {
        *class = CUE_MRN | CUE_STRONG;
    } else if (*class & CUE_MRN &&
               (is_word(d, p, VIEW("health")) || is_word(d, p, VIEW("patient")))) {
        *class = CUE_MRN;
    } else if (is_word(d, i, VIEW("card")) &&
               (is_word(d, p, VIEW("credit")) || is_word(d, p, VIEW("debit")))) {
        *class = CUE_ACCOUNT | CUE_STRONG;
    } else if (is_word(d, i, VIEW("card")) && cue_class_of(doc_tok(d, p)) & CUE_PLAN) {
        *class = CUE_PLAN;
    } else if (*class & CUE_VEHICLE && cue_class_of(doc_tok(d, p)) & CUE_LICENSE) {
        *class = CUE_VEHICLE;
    } else if (*class & CUE_ACCOUNT && cue_class_of(doc_tok(d, p)) & CUE_ACCOUNT) {
        *class = CUE_ACCOUNT | CUE_STRONG;
    } else if (!(*class & CUE_STRONG) && cue_class_of(doc_tok(d, p)) & CUE_MODIFY) {
        c->first = (uint32_t)p; /* "health plan": the same kind, a longer cue */
        return;
    } else {
        known = false;
    }
    if (known) c->first = (uint32_t)p;
}

/* May the unknown word at i be the first part of the value? "policy no. HP 98765". */
static bool is_value_prefix(const struct doc *d, uint32_t i)
{
    const struct token *t = &d->tok[i];
    uint32_t class = cue_class_of(t);
    if (t->len > 5 || !(t->flags & TOK_UPPER) || t->flags & TOK_WIDE) return false;
    /* "number IN 789012" in a text that is not all capitals */
    return !class || (!(class & ~CUE_FILL) && t->len <= 3 && i && d->tok[i - 1].flags & TOK_LOWER);
}

static enum cue_worth worth_of(const struct cue *c, uint32_t class)
{
    if (class & (CUE_DOB | CUE_SYSTEM)) return CUE_NONE;
    if (class & CUE_STRONG) return CUE_PLAIN;
    if (c->number) return CUE_CERTAIN;
    if (class & CUE_NEEDS) return CUE_NONE;
    return c->colon ? CUE_LIKELY : CUE_HINT;
}

/* A '.' that belongs to an abbreviation ("no.", "acct.", "tel."), not to a sentence's end. */
static bool is_abbreviation_dot(const struct doc *d, int64_t i)
{
    const struct token *t = doc_tok(d, i - 1);
    return doc_joined(d, i) && t->kind == TOK_WORD && t->len <= 5 &&
           cue_class_of(t) & (CUE_WHAT | CUE_NUMBER);
}

enum cue_worth cue_before(const struct doc *d, uint32_t at, struct cue *out)
{
    enum { STEPS = 9 };
    uint32_t alone = 0; /* classes of a number word, in case that no kind word comes */
    uint32_t unknown = 0;
    *out = (struct cue){ .first = at, .last = at };
    for (int64_t i = (int64_t)at - 1, steps = 0; i >= 0 && steps < STEPS; i--, steps++) {
        const struct token *t = &d->tok[i];
        if (d->tok[i + 1].flags & TOK_PARA) break;
        if (t->kind == TOK_NUMBER) break;
        if (t->kind == TOK_MARK) {
            switch (t->hash) {
            case ':':
            case '=': out->colon = true; continue;
            case '#': out->number = true; continue;
            case '(':
            case ')':
            case '[':
            case '"':
            case '\'':
            case '*':
            case '-':
            case '/':
            case '|': continue;
            case ',':
                if (alone || unknown) break;
                continue;
            case '.':
                if (!is_abbreviation_dot(d, i)) break;
                continue;
            default: break;
            }
            break;
        }
        uint32_t class = cue_class_of(t);
        if (class & CUE_NUMBER) {
            if (!alone) out->last = (uint32_t)i;
            out->first = (uint32_t)i;
            out->number = true;
            alone |= class;
        } else if (class & CUE_WHAT) {
            if (!alone) out->last = (uint32_t)i;
            out->first = (uint32_t)i;
            refine(d, i, out, &class);
            out->what = class & CUE_WHAT;
            return out->worth = (uint8_t)worth_of(out, class);
        } else if (i == (int64_t)at - 1 && is_value_prefix(d, (uint32_t)i)) {
            out->prefix = true;
        } else if (class & (CUE_FILL | CUE_MODIFY)) {
            continue;
        } else if (alone && !unknown) {
            unknown++; /* "policy holder number" */
        } else {
            break;
        }
    }
    if (!alone) {
        *out = (struct cue){ .first = at, .last = at };
        return CUE_NONE;
    }
    out->what = CUE_ID;
    out->worth = CUE_HINT;
    if (alone & CUE_NEEDS)
        out->worth = CUE_NONE;
    else if (out->colon || alone & CUE_IDENT)
        out->worth = CUE_LIKELY;
    return out->worth;
}
