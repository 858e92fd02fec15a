/* text/section.c — a header is told by its place and its shape, its kind by the words in it. */
#include "text/section.h"

enum { HEADER_WORDS_MAX = 6, HEADER_TOKENS_MAX = 14, HEADER_BYTES_MAX = 60, FIRST_SECTIONS = 16 };

/* What a word of a header says. */
enum cue {
    CUE_ADDENDUM,
    CUE_SIGNATURE,
    CUE_DATE,
    CUE_FAMILY,
    CUE_SOCIAL,
    CUE_ALLERGY,
    CUE_MEDICATION,
    CUE_REASON,
    CUE_CLINICAL,
    CUE_COMPARISON,
    CUE_FINDING,
    CUE_JUDGEMENT,
    CUE_REVIEW,
    CUE_HISTORY,
    CUE_LAB,
    CUE_EXAM,
    CUE_TECHNIQUE,
    CUE_PLAN,
    CUE_PART,
    CUE_PERSON,
    CUE_COUNT
};
_Static_assert((int)CUE_COUNT <= 32, "a set of them is a uint32_t");

/* clang-format off */
/* In byte order, for the binary search. PART: a part of an examination, of the body or a vital sign. */
static const struct {
    const char *word;
    enum cue cue;
} cue_words[] = {
    { "abd", CUE_PART }, { "abdomen", CUE_PART }, { "abdominal", CUE_PART },
    { "account", CUE_PERSON }, { "addenda", CUE_ADDENDUM }, { "addendum", CUE_ADDENDUM },
    { "address", CUE_PERSON }, { "admission", CUE_PERSON }, { "admitted", CUE_DATE },
    { "age", CUE_PERSON }, { "alcohol", CUE_SOCIAL }, { "allergic", CUE_ALLERGY },
    { "allergies", CUE_ALLERGY }, { "allergy", CUE_ALLERGY }, { "amended", CUE_ADDENDUM },
    { "amendment", CUE_ADDENDUM }, { "anesthesia", CUE_TECHNIQUE },
    { "anesthesiologist", CUE_SIGNATURE }, { "appearance", CUE_PART },
    { "assessment", CUE_JUDGEMENT }, { "assessments", CUE_JUDGEMENT },
    { "assistant", CUE_SIGNATURE }, { "assistants", CUE_SIGNATURE },
    { "attending", CUE_SIGNATURE }, { "author", CUE_SIGNATURE }, { "axis", CUE_JUDGEMENT },
    { "back", CUE_PART }, { "background", CUE_HISTORY }, { "birth", CUE_PERSON },
    { "birthdate", CUE_PERSON }, { "bmi", CUE_PART }, { "bones", CUE_PART },
    { "bowel", CUE_PART }, { "bp", CUE_PART }, { "breast", CUE_PART }, { "breasts", CUE_PART },
    { "cardiac", CUE_PART }, { "cardiovascular", CUE_PART }, { "cc", CUE_REASON },
    { "chest", CUE_PART }, { "clinical", CUE_CLINICAL }, { "compared", CUE_COMPARISON },
    { "comparison", CUE_COMPARISON }, { "comparisons", CUE_COMPARISON },
    { "complaint", CUE_REASON }, { "complaints", CUE_REASON }, { "complications", CUE_TECHNIQUE },
    { "conclusion", CUE_JUDGEMENT }, { "conclusions", CUE_JUDGEMENT },
    { "constitutional", CUE_PART }, { "contrast", CUE_TECHNIQUE }, { "cosigned", CUE_SIGNATURE },
    { "cosurgeon", CUE_SIGNATURE }, { "course", CUE_HISTORY }, { "cv", CUE_PART },
    { "date", CUE_DATE }, { "dates", CUE_DATE }, { "diagnoses", CUE_JUDGEMENT },
    { "diagnosis", CUE_JUDGEMENT }, { "diagnostic", CUE_JUDGEMENT },
    { "dictated", CUE_SIGNATURE }, { "dictating", CUE_SIGNATURE }, { "dictator", CUE_SIGNATURE },
    { "diet", CUE_PLAN }, { "discharge", CUE_PERSON }, { "discharged", CUE_DATE },
    { "discussion", CUE_JUDGEMENT }, { "disposition", CUE_PLAN }, { "dob", CUE_PERSON },
    { "drains", CUE_TECHNIQUE }, { "drugs", CUE_MEDICATION }, { "dx", CUE_JUDGEMENT },
    { "ears", CUE_PART }, { "ebl", CUE_TECHNIQUE }, { "electronically", CUE_SIGNATURE },
    { "endocrine", CUE_PART }, { "ent", CUE_PART }, { "exam", CUE_EXAM },
    { "examination", CUE_EXAM }, { "examinations", CUE_EXAM }, { "ext", CUE_PART },
    { "extremities", CUE_PART }, { "eyes", CUE_PART }, { "famhx", CUE_FAMILY },
    { "family", CUE_FAMILY }, { "fax", CUE_PERSON }, { "fh", CUE_FAMILY }, { "fhx", CUE_FAMILY },
    { "finding", CUE_FINDING }, { "findings", CUE_FINDING }, { "fluids", CUE_TECHNIQUE },
    { "followup", CUE_PLAN }, { "gait", CUE_PART }, { "gallbladder", CUE_PART },
    { "gastrointestinal", CUE_PART }, { "gender", CUE_PERSON }, { "general", CUE_PART },
    { "genital", CUE_PART }, { "genitalia", CUE_PART }, { "genitourinary", CUE_PART },
    { "gi", CUE_PART }, { "gu", CUE_PART }, { "habits", CUE_SOCIAL }, { "head", CUE_PART },
    { "heart", CUE_PART }, { "heent", CUE_PART }, { "height", CUE_PART },
    { "hematologic", CUE_PART }, { "histories", CUE_HISTORY }, { "history", CUE_HISTORY },
    { "hpi", CUE_HISTORY }, { "hx", CUE_HISTORY }, { "illness", CUE_HISTORY },
    { "immunizations", CUE_HISTORY }, { "imp", CUE_JUDGEMENT }, { "implants", CUE_TECHNIQUE },
    { "impression", CUE_JUDGEMENT }, { "impressions", CUE_JUDGEMENT },
    { "indication", CUE_REASON }, { "indications", CUE_REASON }, { "instructions", CUE_PLAN },
    { "insurance", CUE_PERSON }, { "interpretation", CUE_JUDGEMENT },
    { "interpreting", CUE_SIGNATURE }, { "interval", CUE_HISTORY }, { "kidneys", CUE_PART },
    { "lab", CUE_LAB }, { "laboratories", CUE_LAB }, { "laboratory", CUE_LAB },
    { "labs", CUE_LAB }, { "liver", CUE_PART }, { "loss", CUE_TECHNIQUE }, { "lung", CUE_PART },
    { "lungs", CUE_PART }, { "lymph", CUE_PART }, { "lymphatic", CUE_PART },
    { "lymphatics", CUE_PART }, { "mediastinum", CUE_PART }, { "medication", CUE_MEDICATION },
    { "medications", CUE_MEDICATION }, { "medicines", CUE_MEDICATION },
    { "meds", CUE_MEDICATION }, { "microbiology", CUE_LAB }, { "motor", CUE_PART },
    { "mouth", CUE_PART }, { "mrn", CUE_PERSON }, { "msk", CUE_PART },
    { "musculoskeletal", CUE_PART }, { "name", CUE_PERSON }, { "narrative", CUE_HISTORY },
    { "neck", CUE_PART }, { "neuro", CUE_PART }, { "neurologic", CUE_PART },
    { "neurological", CUE_PART }, { "nkda", CUE_ALLERGY }, { "nose", CUE_PART },
    { "objective", CUE_EXAM }, { "occupation", CUE_SOCIAL }, { "operation", CUE_TECHNIQUE },
    { "operations", CUE_TECHNIQUE }, { "operative", CUE_TECHNIQUE }, { "opinion", CUE_JUDGEMENT },
    { "pancreas", CUE_PART }, { "pathologist", CUE_SIGNATURE }, { "pathology", CUE_LAB },
    { "patient", CUE_PERSON }, { "pcp", CUE_PERSON }, { "pe", CUE_EXAM }, { "pelvic", CUE_PART },
    { "pelvis", CUE_PART }, { "phone", CUE_PERSON }, { "physical", CUE_EXAM },
    { "physician", CUE_SIGNATURE }, { "plan", CUE_PLAN }, { "plans", CUE_PLAN },
    { "pleura", CUE_PART }, { "pmh", CUE_HISTORY }, { "pmhx", CUE_HISTORY },
    { "prescriptions", CUE_MEDICATION }, { "problem", CUE_HISTORY }, { "problems", CUE_HISTORY },
    { "procedure", CUE_TECHNIQUE }, { "procedures", CUE_TECHNIQUE },
    { "protocol", CUE_TECHNIQUE }, { "provider", CUE_SIGNATURE }, { "psh", CUE_HISTORY },
    { "pshx", CUE_HISTORY }, { "psych", CUE_PART }, { "psychiatric", CUE_PART },
    { "pulmonary", CUE_PART }, { "pulse", CUE_PART }, { "race", CUE_PERSON },
    { "radiologist", CUE_SIGNATURE }, { "reason", CUE_REASON }, { "reasons", CUE_REASON },
    { "recommendation", CUE_PLAN }, { "recommendations", CUE_PLAN }, { "record", CUE_PERSON },
    { "rectal", CUE_PART }, { "referral", CUE_REASON }, { "reflexes", CUE_PART },
    { "resident", CUE_SIGNATURE }, { "resp", CUE_PART }, { "respirations", CUE_PART },
    { "respiratory", CUE_PART }, { "results", CUE_LAB }, { "review", CUE_REVIEW },
    { "ros", CUE_REVIEW }, { "rx", CUE_MEDICATION }, { "scribe", CUE_SIGNATURE },
    { "sensory", CUE_PART }, { "sex", CUE_PERSON }, { "sh", CUE_SOCIAL }, { "shx", CUE_SOCIAL },
    { "signature", CUE_SIGNATURE }, { "signed", CUE_SIGNATURE }, { "skin", CUE_PART },
    { "smoking", CUE_SOCIAL }, { "sochx", CUE_SOCIAL }, { "social", CUE_SOCIAL },
    { "specimen", CUE_TECHNIQUE }, { "specimens", CUE_TECHNIQUE }, { "spine", CUE_PART },
    { "spleen", CUE_PART }, { "ssn", CUE_PERSON }, { "subjective", CUE_HISTORY },
    { "summary", CUE_JUDGEMENT }, { "surgeon", CUE_SIGNATURE }, { "surgeons", CUE_SIGNATURE },
    { "technique", CUE_TECHNIQUE }, { "telephone", CUE_PERSON }, { "temp", CUE_PART },
    { "temperature", CUE_PART }, { "throat", CUE_PART }, { "tobacco", CUE_SOCIAL },
    { "tourniquet", CUE_TECHNIQUE }, { "transcribed", CUE_SIGNATURE },
    { "transcriptionist", CUE_SIGNATURE }, { "treatment", CUE_PLAN }, { "typist", CUE_SIGNATURE },
    { "vascular", CUE_PART }, { "verified", CUE_SIGNATURE }, { "views", CUE_TECHNIQUE },
    { "vital", CUE_EXAM }, { "vitals", CUE_EXAM }, { "vs", CUE_EXAM }, { "ward", CUE_PERSON },
    { "weight", CUE_PART },
};

/* The first row of which all cues are there decides. */
#define BIT(c) (UINT32_C(1) << (c))
static const struct {
    uint32_t all;
    enum section_kind kind;
} rules[] = {
    { BIT(CUE_ADDENDUM), SECTION_ADDENDUM },
    { BIT(CUE_SIGNATURE), SECTION_SIGNATURE },             /* before dates: "Date dictated" */
    { BIT(CUE_DATE), SECTION_DEMOGRAPHICS },
    { BIT(CUE_ALLERGY), SECTION_ALLERGIES },               /* "Medication allergies" */
    { BIT(CUE_REASON), SECTION_INDICATION },               /* "Reason for exam" */
    { BIT(CUE_CLINICAL) | BIT(CUE_HISTORY), SECTION_INDICATION },
    { BIT(CUE_FAMILY), SECTION_FAMILY_HISTORY },
    { BIT(CUE_SOCIAL), SECTION_SOCIAL_HISTORY },
    { BIT(CUE_HISTORY) | BIT(CUE_EXAM), SECTION_HISTORY }, /* "History and physical" */
    { BIT(CUE_COMPARISON), SECTION_COMPARISON },
    { BIT(CUE_FINDING), SECTION_FINDINGS },                /* "Operative findings" */
    { BIT(CUE_LAB), SECTION_LABS },
    { BIT(CUE_JUDGEMENT), SECTION_IMPRESSION },            /* "Assessment and plan" */
    { BIT(CUE_REVIEW), SECTION_HISTORY },
    { BIT(CUE_HISTORY), SECTION_HISTORY },
    { BIT(CUE_MEDICATION), SECTION_MEDICATIONS },
    { BIT(CUE_PLAN), SECTION_PLAN },
    { BIT(CUE_TECHNIQUE), SECTION_TECHNIQUE },
    { BIT(CUE_EXAM), SECTION_EXAM },
    { BIT(CUE_CLINICAL), SECTION_INDICATION },             /* "Clinical information" */
    { BIT(CUE_PERSON), SECTION_DEMOGRAPHICS },
    { BIT(CUE_PART), SECTION_EXAM },
};
/* clang-format on */

/* The cue of one word, as a set. */
static uint32_t cue_of(view word)
{
    char lower[24];
    if (word.n > sizeof lower) return 0;
    for (size_t i = 0; i < word.n; i++)
        lower[i] = ascii_lower(word.p[i]);
    size_t lo = 0, hi = COUNT_OF(cue_words);
    while (lo < hi) {
        size_t mid = (lo + hi) / 2;
        int c = view_cmp_str(view_of(lower, word.n), cue_words[mid].word);
        if (c == 0) return BIT(cue_words[mid].cue);
        if (c < 0)
            hi = mid;
        else
            lo = mid + 1;
    }
    return 0;
}

struct phrase {
    uint32_t end; /* token after its last one: the colon, or the next line's first */
    uint32_t words, letters;
    bool has_colon;
    bool is_upper; /* all words in capitals */
    bool is_title; /* all words but "of", "and" … begin with one */
};

static bool is_mark(const struct tokens *t, uint32_t i, char c)
{
    return i < t->n && t->v[i].kind == TOK_MARK && t->v[i].hash == (unsigned char)c;
}

static bool is_phrase_mark(const struct token *k)
{
    return k->kind == TOK_MARK && k->hash < 0x80 && strchr("/&-()'", (int)k->hash) && k->hash;
}

/* A colon that belongs to a time or an address ends no header. */
static bool is_header_colon(const struct tokens *t, uint32_t i)
{
    if (i + 1 == t->n || t->v[i + 1].flags & (TOK_SPACE | TOK_LINE)) return true;
    return !is_mark(t, i + 1, '/') &&
           !(t->v[i + 1].kind == TOK_NUMBER && t->v[i - 1].kind == TOK_NUMBER);
}

/* The longest run of words and the marks that headers have, in one line from token i; inside a line only
 * one whose words begin with capitals. */
static bool read_phrase(const struct tokens *t, uint32_t i, bool is_line, struct phrase *p)
{
    uint32_t j = i;
    *p = (struct phrase){ .is_upper = true, .is_title = true };
    for (; j < t->n && j - i < HEADER_TOKENS_MAX; j++) {
        const struct token *k = &t->v[j];
        if (k->start - t->v[i].start > HEADER_BYTES_MAX) return false;
        if (j > i && k->flags & TOK_LINE) break;
        if (is_mark(t, j, ':')) {
            p->has_colon = true;
            p->end = j;
            return p->words > 0 && is_header_colon(t, j);
        }
        if (k->kind == TOK_WORD) {
            if (++p->words > HEADER_WORDS_MAX) return false;
            p->letters += k->len;
            p->is_upper &= (k->flags & TOK_UPPER) != 0;
            p->is_title &= k->flags & TOK_CAP || k->len <= 3;
            if (!is_line && !p->is_title) return false;
        } else if (k->kind == TOK_MARK && !is_phrase_mark(k)) {
            return false;
        }
    }
    p->end = j;
    return p->words > 0 && (j == t->n || (t->v[j].flags & TOK_LINE));
}

static enum section_kind kind_of(uint32_t cues)
{
    for (size_t i = 0; i < COUNT_OF(rules); i++)
        if ((cues & rules[i].all) == rules[i].all) return rules[i].kind;
    return SECTION_OTHER;
}

/* "cc:" in small letters lists who gets a copy; "CC:" is the chief complaint. */
static bool is_copy_line(view text, const struct tokens *t, uint32_t i)
{
    return view_eq(view_sub(text, t->v[i].start, token_end(&t->v[i])), VIEW("cc")) &&
           is_mark(t, i + 1, ':');
}

/* Most tokens do not stand where a header may. */
static inline bool may_begin(const struct tokens *t, uint32_t i)
{
    if (t->v[i].kind != TOK_WORD) return false;
    return i == 0 || t->v[i].flags & TOK_LINE || is_mark(t, i - 1, '.') || is_mark(t, i - 1, ',');
}

/* `i`: where one may begin. */
static bool find_header(view text, const struct tokens *t, uint32_t i, uint32_t *body,
                        enum section_kind *kind, uint32_t *cues)
{
    struct phrase p;
    bool is_line = i == 0 || t->v[i].flags & TOK_LINE;
    *cues = 0;
    if (is_line && is_copy_line(text, t, i)) {
        *kind = SECTION_SIGNATURE;
        *body = i + 2;
        return true;
    }
    if (!(t->v[i].flags & TOK_CAP) || !read_phrase(t, i, is_line, &p)) return false;
    if (!p.has_colon && !(is_line && p.is_upper && p.letters >= 4)) return false;
    for (uint32_t j = i; j < p.end; j++)
        if (t->v[j].kind == TOK_WORD)
            *cues |= cue_of(view_sub(text, t->v[j].start, token_end(&t->v[j])));
    *kind = kind_of(*cues);
    if (!is_line && *kind == SECTION_OTHER) return false;
    *body = p.end + p.has_colon;
    if (p.has_colon && is_mark(t, *body, ',')) ++*body; /* "SUBJECTIVE:, This 23-year-old" */
    return true;
}

bool section_header_at(view text, const struct tokens *t, uint32_t i, uint32_t *body,
                       enum section_kind *kind)
{
    uint32_t cues;
    return may_begin(t, i) && find_header(text, t, i, body, kind, &cues);
}

static err push(struct arena *a, struct sections *out, uint32_t *cap, struct section s)
{
    struct section *v = arena_more(a, out->v, sizeof *v, out->n, cap, FIRST_SECTIONS);
    if (!v) return ERR_MEMORY;
    out->v = v;
    if (out->n) out->v[out->n - 1].end = s.header;
    out->v[out->n++] = s;
    return OK;
}

err section_split(view text, const struct tokens *t, struct arena *a, struct sections *out)
{
    err e = OK;
    struct sections got = { 0 };
    uint32_t cap = 0, body, cues;
    enum section_kind kind, around = SECTION_NONE; /* what a part of an examination stands in */
    for (uint32_t i = 0; i < t->n; i++) {
        bool is_header = may_begin(t, i) && find_header(text, t, i, &body, &kind, &cues);
        if (!is_header) {
            if (i == 0) TRY(push(a, &got, &cap, (struct section){ 0, 0, t->n, SECTION_NONE }));
            continue;
        }
        bool is_part = kind == SECTION_EXAM && cues & BIT(CUE_PART) && !(cues & BIT(CUE_EXAM));
        if (is_part && around != SECTION_NONE)
            kind = around;
        else if (cues & BIT(CUE_REVIEW) || kind == SECTION_EXAM || kind == SECTION_FINDINGS)
            around = kind;
        else if (kind != SECTION_OTHER)
            around = SECTION_NONE;
        TRY(push(a, &got, &cap, (struct section){ i, body, t->n, kind }));
        i = body - 1;
    }
    *out = got;
out:
    return e;
}
