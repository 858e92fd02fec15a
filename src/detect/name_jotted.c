#include "detect/name_jotted.h"

#include "detect/shape.h"
#include "detect/wordset.h"

enum { OLDEST = 115, PLACE_LETTERS = 3 };
enum {
    J_ILL = 1,     /* why somebody lies in a bed */
    J_SCAN = 2,    /* what somebody is sent to, and a time behind his name */
    J_ROOM = 4,    /* where somebody is operated on, and its number */
    J_ROLE = 8,    /* stands before a name as a title does */
    J_TOLD = 16,   /* the same with a colon */
    J_UNIT = 32,   /* of an infant's age in twelfths, fifty-seconds and sevenths */
    J_WORD = 64,   /* a given name that is a word of the language too */
    J_DOES = 128,  /* what only persons did */
    J_IS = 256,    /* with … */
    J_FELT = 512,  /* … what only persons are */
    J_PART = 1024, /* of the body, between a scan and a name */
    J_POST = 4096,
    J_FEEL = 2048, /* only some do: a wage denies nothing, and a bill can be denied */
};
static const struct wordset_row rows[] = {
    { "dka hhs chf copd cap hap nstemi stemi acs uti urosepsis tb tbm aki esrd ckd af afib rvr cva "
      "tia sbo gib ugib lgib pe dvt panc pancreatitis cellulitis sepsis septic pneumonia falls "
      "fall "
      "nof ftt etoh cabg tavr tka tkr tha thr meningitis stroke asthma bronchiolitis pna "
      "pyelo chole cholecystitis appendicitis appy syncope seizure seizures cirrhosis "
      "encephalopathy "
      "delirium hyponatremia hyponatraemia hyperkalemia osteo endocarditis neutropenia",
      J_ILL },
    { "ct mri us uss xr cxr echo egd ogd colonoscopy colon ercp tte toe doppler bloods tto ttos "
      "cannula mrcp mra cta eeg emg deaths dialysis pacing bronch flexi picc",
      J_SCAN },
    { "theatre theater or cath ot", J_ROOM },
    { "matron odp pharmd", J_ROLE | J_TOLD },
    { "chair apologies cons", J_TOLD },
    { "old", J_UNIT },
    { "post postop postpartum", J_POST },
    { "grace hope april bill will art dawn may joy faith rose mark rich june jack pat sue gene "
      "dean "
      "frank penny ginger daisy violet ivy olive iris ruby pearl amber crystal melody harmony "
      "patience constance honor mercy charity precious blessing summer autumn sky sunny chase "
      "hunter reed cliff rusty sandy misty robin lance miles grant earl duke guy skip buck chip",
      J_WORD },
    { "slept ate refused declined walked ambulated mobilised mobilized voided cried smiled states "
      "stated reports reported verbalised verbalized toileted showered vomited presented awoke",
      J_DOES },
    { "denies wishes wants feels complains lives", J_DOES | J_FEEL },
    { "was is", J_IS },
    { "tearful anxious agitated calm cooperative pleasant confused drowsy asleep awake restless "
      "intubated extubated upset distressed sleepy alert married divorced widowed pregnant "
      "combative sad happy teary irritable afebrile",
      J_FELT },
    { "head chest abdo abdomen neck brain spine pelvis knee hip shoulder", J_PART },
};
static struct wordset words = WORDSET(rows);
WORDSET_CLASS_AT(cls, words)

static const uint64_t NO_NAME = LEX(MEDICAL) | LEX(DRUG) | LEX(ABBREVIATION) | LEX(MONTH) |
                                LEX(WEEKDAY) | LEX(UNIT) | LEX(ORG_HEAD) | LEX(CLINICIAN) |
                                LEX(RELATIVE) | LEX(CREDENTIAL) | LEX(FUNCTION) | LEX(TITLE) |
                                LEX(EPONYM) | LEX(EPONYM_FAMILY) | LEX(ORG_NAME);
static const uint64_t NEVER = LEX(MEDICAL) | LEX(DRUG) | LEX(UNIT) | LEX(FUNCTION) | LEX(TITLE);

/* A family name that the lexicon has, and has as nothing else. */
static bool is_family(const struct doc *d, uint32_t i)
{
    const struct lex_info *l = d->lex[i];
    return l->surname >= 1 && l->surname > MAX(l->word, l->place) && !(l->bits & NO_NAME);
}

/* The same, though a town may be called so. */
static bool is_rather_family(const struct doc *d, uint32_t i)
{
    const struct lex_info *l = d->lex[i];
    return l->surname >= 1 && l->surname > l->word && !(l->bits & NO_NAME);
}

/* No word that any list has, and not built as the name of a procedure, a disease or a medicine. */
static bool is_new(const struct doc *d, uint32_t i)
{
    static const char *const ends[] = { "gram",   "graphy", "scopy", "plasty", "tomy",
                                        "oma",    "itis",   "osis",  "emia",   "aemia",
                                        "scan",   "logy",   "ine",   "pril",   "olol",
                                        "statin", "mab",    "nib",   "cillin", "mycin" };
    if (d->lex[i]->bits || d->tok[i].len < 4) return false;
    const view w = doc_view(d, i, i);
    for (size_t k = 0; k < COUNT_OF(ends); k++) {
        const view end = view_of_str(ends[k]);
        if (w.n > end.n && view_eq_nocase(view_sub(w, w.n - end.n, w.n), end)) return false;
    }
    return true;
}

SELDOM static err add(const struct doc *d, uint32_t first, uint32_t last, enum finding_role role,
                      struct findings *out)
{
    return doc_add_name(d, first, last, RULE_NAME_HANDOVER, 0.8F, role, out);
}

/* The first token of the row that ends with a name at token `first`: "3", "2A", "22-1", "5 |" before it, or `first`. */
static uint32_t row_begin(const struct doc *d, uint32_t first)
{
    enum { REACH = 4 };
    uint32_t k = first;
    if (doc_opens_line(d, k)) return k;
    if (doc_is_mark(d, (int64_t)k - 1, '|')) k--;
    for (uint32_t n = 0; n < REACH && k > 0 && !doc_opens_line(d, k); n++) {
        const struct token *t = &d->tok[k - 1];
        const bool bed = t->kind == TOK_NUMBER || (t->kind == TOK_WORD && t->len == 1) ||
                         (t->kind == TOK_MARK && t->hash == '-' && doc_joined(d, k));
        if (!bed || t->len > PLACE_LETTERS) break;
        k--;
    }
    return k;
}

/* Past a bar or a dash with blanks around it at token i. */
static uint32_t past_bar(const struct doc *d, uint32_t i)
{
    return doc_is_mark(d, i, '|') || (doc_is_mark(d, i, '-') && !doc_joined(d, i)) ? i + 1 : i;
}

/* "55 DKA", "| 70 | CHF", "- 80 - UTI", "91 #NOF" from token i on. */
static bool is_aged_and_ill(const struct doc *d, uint32_t i)
{
    const uint32_t age = past_bar(d, i);
    const struct token *n = doc_tok(d, age);
    if (!doc_is_on_line(d, age) || n->kind != TOK_NUMBER || n->len > 3 || n->len < 2 ||
        n->hash > OLDEST || doc_joined(d, age) || d->shield[age])
        return false;
    uint32_t why = past_bar(d, age + 1);
    if (!doc_is_on_line(d, why) || doc_joined(d, why)) return false;
    if (doc_is_mark(d, why, '#')) why++;
    return doc_is_on_line(d, why) && cls(d, why) & J_ILL;
}

/* "39+2" from token i on: weeks and days of a pregnancy. */
static bool is_gestation(const struct doc *d, uint32_t i)
{
    const struct token *weeks = doc_tok(d, i), *days = doc_tok(d, (int64_t)i + 2);
    return doc_is_on_line(d, i) && weeks->kind == TOK_NUMBER && weeks->len == 2 &&
           weeks->hash >= 22 && weeks->hash <= 42 && doc_is_mark(d, i + 1, '+') &&
           doc_joined(d, i + 1) && doc_joined(d, i + 2) && days->kind == TOK_NUMBER &&
           days->len == 1 && days->hash <= 6;
}

/* "4/12 old", "3/7 old" from token i on. */
static bool is_infant(const struct doc *d, uint32_t i)
{
    const struct token *of = doc_tok(d, (int64_t)i + 2);
    return doc_is_on_line(d, i) && d->tok[i].kind == TOK_NUMBER && doc_is_mark(d, i + 1, '/') &&
           of->kind == TOK_NUMBER && (of->hash == 12 || of->hash == 52 || of->hash == 7) &&
           doc_is_on_line(d, (int64_t)i + 3) && cls(d, (int64_t)i + 3) & J_UNIT;
}

/* "5 days post LSCS" from token i on. */
static bool is_delivered(const struct doc *d, uint32_t i)
{
    return doc_is_on_line(d, i) && d->tok[i].kind == TOK_NUMBER && d->tok[i].len <= 2 &&
           doc_bits(d, (int64_t)i + 1) & LEX(UNIT) && cls(d, (int64_t)i + 2) & J_POST;
}

/* "Ravenscroft 55 DKA" behind a bed, "BB Castellano 39+2", "Ogunleye 6/52 old": the name is first … last. */
static bool is_row(const struct doc *d, uint32_t first, uint32_t last)
{
    const uint32_t begin = row_begin(d, first), after = last + 1;
    const bool family = is_family(d, last) || (first < last && d->lex[first]->surname >= 1);
    const bool capital = d->tok[first].flags & TOK_CAP;
    if (!doc_is_on_line(d, after) || d->lex[last]->bits & NO_NAME) return false;
    if (doc_opens_line(d, begin) && is_aged_and_ill(d, after))
        return begin < first ? family || is_new(d, last) || is_rather_family(d, last)
                             : capital && family;
    if (!capital || !(family || is_new(d, last))) return false;
    const bool baby = doc_is_word(d, (int64_t)first - 1, VIEW("bb")) ||
                      doc_is_word(d, (int64_t)first - 1, VIEW("bg"));
    return (doc_opens_line(d, begin) || baby) &&
           (is_gestation(d, after) || is_infant(d, after) || is_delivered(d, after));
}

/* "0930", "10:15" at token i. */
SELDOM static bool is_clock(const struct doc *d, uint32_t i)
{
    const struct token *t = doc_tok(d, i);
    if (!doc_is_on_line(d, i) || t->kind != TOK_NUMBER) return false;
    if (t->len == 4) return t->hash < 2400 && t->hash % 100 < 60;
    return t->len <= 2 && t->hash < 24 && doc_is_mark(d, i + 1, ':') &&
           doc_tok(d, (int64_t)i + 2)->kind == TOK_NUMBER && doc_tok(d, (int64_t)i + 2)->len == 2;
}

SELDOM static bool ends_item(const struct doc *d, uint32_t i)
{
    return !doc_is_on_line(d, i) || doc_is_mark(d, i, ',') || doc_is_mark(d, i, ';');
}

SELDOM static bool opens_item(const struct doc *d, int64_t i)
{
    return i >= 0 && (doc_opens_line(d, (uint32_t)i) || doc_is_mark(d, i - 1, ',') ||
                      doc_is_mark(d, i - 1, ';'));
}

/* "CT Dhaliwal 0930", "CT head Okpara 10:15", "MRI: Okpara", "Bloods Stenning 0600": who is sent to what. */
static bool is_sent(const struct doc *d, uint32_t first, uint32_t last)
{
    int64_t scan = (int64_t)first - 1;
    const bool colon = doc_is_mark(d, scan, ':');
    if (!doc_is_on_line(d, first) || shape_of(d, first) != SHAPE_TITLE) return false;
    if (colon || cls(d, scan) & J_PART) scan--;
    if (!(cls(d, scan) & J_SCAN) || !opens_item(d, scan)) return false;
    if (is_clock(d, last + 1)) return is_family(d, last) || is_new(d, last);
    return colon && ends_item(d, last + 1) && is_family(d, last);
}

/* "Theatre 3: Abernathy, L THR", "OR 4: Pemberton - R TKA" */
SELDOM static bool is_in_theatre(const struct doc *d, uint32_t first, uint32_t last)
{
    const struct token *n = doc_tok(d, (int64_t)first - 2);
    const uint32_t after = last + 1;
    return doc_is_on_line(d, first) && doc_is_mark(d, (int64_t)first - 1, ':') &&
           n->kind == TOK_NUMBER && n->len <= 2 && cls(d, (int64_t)first - 3) & J_ROOM &&
           shape_of(d, first) == SHAPE_TITLE && (is_family(d, last) || is_new(d, last)) &&
           doc_is_on_line(d, after) &&
           (doc_is_mark(d, after, ',') || (doc_is_mark(d, after, '-') && !doc_joined(d, after)));
}

/* "Matron Ogilvie", "ODP: Shaz", "PharmD Isley" */
static bool is_of_role(const struct doc *d, uint32_t first, uint32_t last)
{
    const bool colon = doc_is_mark(d, (int64_t)first - 1, ':');
    const int64_t role = (int64_t)first - (colon ? 2 : 1);
    const struct lex_info *l = d->lex[last];
    const int rank = MAX(l->given, l->surname);
    if (!doc_is_on_line(d, first) || shape_of(d, first) != SHAPE_TITLE || d->tok[first].len < 3)
        return false;
    if (!(cls(d, role) & (colon ? J_TOLD : J_ROLE)) || !(d->tok[role].flags & TOK_CAP))
        return false;
    /* "Matron Ogilvie": an eponym is a name as well there */
    const uint64_t other = NO_NAME & ~(LEX(EPONYM) | LEX(EPONYM_FAMILY) | LEX(ORG_NAME));
    return l->bits ? rank >= 1 && rank > l->word && !(l->bits & other)
                   : d->tok[last].len > 3 || colon;
}

/* "Grace slept well", "Hope was tearful", "Will is a 4 yo boy": a word that is a name where it does what only persons
 * do. */
static bool is_called_by_word(const struct doc *d, uint32_t i)
{
    const struct lex_info *l = d->lex[i];
    if (!(cls(d, i) & J_WORD)) return false;
    const uint32_t does = cls(d, (int64_t)i + 1);
    if (!(does & (J_DOES | J_IS)) || !doc_is_on_line(d, (int64_t)i + 1) ||
        !shape_starts_sentence(d, i))
        return false;
    if (does & J_DOES) /* "April reported income", "Bill denies" a claim */
        return !(l->bits & LEX(MONTH)) || !(does & J_FEEL);
    if (cls(d, (int64_t)i + 2) & J_FELT) return true;
    const struct token *age = doc_tok(d, (int64_t)i + 3);
    return (doc_is_word(d, (int64_t)i + 2, VIEW("a")) ||
            doc_is_word(d, (int64_t)i + 2, VIEW("an"))) &&
           age->kind == TOK_NUMBER && age->len <= 3 && age->hash <= OLDEST &&
           (doc_bits(d, (int64_t)i + 4) & LEX(CUE_AGE) ||
            doc_bits(d, (int64_t)i + 5) & LEX(CUE_AGE));
}

enum { LOOK_CALLED = 1, LOOK_COUNTED = 2, LOOK_TOLD = 4, LOOK_ROLE = 8 };

/* What the marks and capitals around the word at token i leave possible. */
static unsigned looks_at(const struct doc *d, uint32_t i)
{
    const struct token *t = &d->tok[i], *next = doc_tok(d, (int64_t)i + 1),
                       *before = doc_tok(d, (int64_t)i - 1);
    const unsigned mark = before->kind == TOK_MARK, word = before->kind == TOK_WORD;
    const unsigned begins = mark | ((t->flags & TOK_LINE) != 0);
    const unsigned called = begins & ((next->flags & TOK_LOWER) != 0) &
                            ((t->flags & TOK_CAP) != 0) & (d->lex[i]->given != 0);
    const unsigned counted = (next->kind == TOK_NUMBER) | (next->hash == '|') |
                             ((next->hash == '-') & ((next->flags & TOK_SPACE) != 0));
    const unsigned told = mark & (before->hash == ':');
    /* the roles of is_of_role that need no colon have six letters */
    const unsigned role = word & (before->len == 6) & ((before->flags & TOK_CAP) != 0) &
                          ((t->flags & TOK_SPACE) != 0);
    return called * LOOK_CALLED | counted * LOOK_COUNTED | told * LOOK_TOLD | role * LOOK_ROLE;
}

err name_jotted(const struct doc *d, const struct name_spots *s, const uint8_t *taken,
                struct findings *out)
{
    err e = OK;
    for (uint32_t k = 0; k < s->words.n; k++) {
        if (!(s->words.v[k].rules & NAME_SPOT_JOTTED)) continue;
        const uint32_t last = s->words.v[k].at;
        const unsigned look = looks_at(d, last);
        if (!look) continue;
        if (look & LOOK_CALLED && !taken[last] && !d->shield[last] && is_called_by_word(d, last))
            TRY(add(d, last, last, WHO_PATIENT, out));
        if (look == LOOK_CALLED) continue;
        if (taken[last] || d->shield[last] || d->lex[last]->bits & NEVER ||
            shape_word_end(d, last) != last)
            continue;
        const uint32_t first = shape_word_begin(d, last);
        const struct token *next = doc_tok(d, (int64_t)last + 1);
        const bool told = doc_is_mark(d, (int64_t)first - 1, ':');
        if (taken[first]) continue;
        if ((look & LOOK_COUNTED && is_row(d, first, last)) ||
            ((told || next->kind == TOK_NUMBER) && is_sent(d, first, last)) ||
            (told && next->kind == TOK_MARK && is_in_theatre(d, first, last)))
            TRY(add(d, first, last, WHO_PATIENT, out));
        else if ((told || look & LOOK_ROLE) && is_of_role(d, first, last))
            TRY(add(d, first, last, WHO_CLINICIAN, out));
    }
out:
    return e;
}
