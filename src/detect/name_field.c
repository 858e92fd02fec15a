/* detect/name_field.c — fields that ask for a person, see name_register_inside.h. */
#include "detect/name_register_inside.h"
#include "detect/name_run.h"
#include "detect/name_small.h"
#include "detect/shape.h"
#include "detect/wordset.h"

static const uint64_t NO_FAMILY =
    LEX(DRUG) | LEX(ABBREVIATION) | LEX(CREDENTIAL) | LEX(CLINICIAN) | LEX(UNIT);

enum { ROLE = 1, FILLER = 2, READS = 4, THING = 8 };

/* Who stands behind these and a colon, beyond the words that the lexicon has; and what may stand between. */
static const struct wordset_row rows[] = {
    { "cover crosscover covering signed scribe caregiver poa interpreter coordinator manager "
      "caseworker att admitting therapist sitter chaperone tech hcp nok kin",
      ROLE },
    { "rend rendering phys phy attg investigator subinvestigator examiner reader reviewer "
      "prescriber dispenser "
      "operator verifier assessor evaluator presenter dictating rounding asst prov "
      "ref pi informant driver officer trooper deputy detective caller res pedi peds pediatrician "
      "midwife doula vet veteran soldier inmate enrollee decedent claimant "
      "worker supv supervisor adj adjuster counselor counsellor advocate notary hygienist escort "
      "guardian "
      "neph pct perfusionist odp chaplain navigator preceptor registrar "
      "signature cosignature signatory signer cosigner cosign",
      ROLE },
    { "at bedside on duty call of record today tonight now was is in charge this shift", FILLER },
    { "surgery procedure operation drug medication medicine med test study exam device product "
      "brand "
      "trade generic file form template protocol vaccine implant model",
      THING },                                                                 /* "Surgery name:" */
    { "reads said says label labels labelled labeled marked reading", READS }, /* a band, a tube */
};
static struct wordset roles = WORDSET(rows);
WORDSET_CLASS_AT(cls, roles)

bool name_field_is_role(const struct doc *d, int64_t i)
{
    return cls(d, i) & ROLE;
}

bool name_field_is_of_thing(const struct doc *d, int64_t i)
{
    return doc_is_word(d, i, VIEW("name")) && cls(d, i - 1) & THING;
}

/* "Attending at bedside:", "Your nurse today was:": over words of place and time back from token j. */
static int64_t past_filler(const struct doc *d, int64_t j)
{
    enum { FILLER_MAX = 4 };
    int64_t k = j;
    while (k > 0 && j - k < FILLER_MAX && !(d->tok[k].flags & TOK_LINE) && cls(d, k) & FILLER)
        k--;
    return doc_bits(d, k) & LEX(CLINICIAN) ? k : j;
}

/* "NAME........": the dots of a form that lead to what is filled in, up to token j; the token before them, or j. */
static int64_t past_leader(const struct doc *d, int64_t j)
{
    enum { LEAST = 3 };
    int64_t k = j;
    while (doc_is_mark(d, k, '.'))
        k--;
    return j - k >= LEAST ? k : j;
}

/* "/es/" up to token j, of an electronic signature. */
static bool is_signed(const struct doc *d, int64_t j)
{
    return doc_is_mark(d, j, '/') && doc_is_mark(d, j - 2, '/') &&
           doc_is_word(d, j - 1, VIEW("es"));
}

bool name_field_is_asked(const struct doc *d, int64_t i)
{
    int64_t j = i - 1;
    if (is_signed(d, j)) return true;
    const int64_t led = doc_is_mark(d, j, '.') ? past_leader(d, j) : j;
    bool colon = doc_is_mark(d, j, ':') || led < j;
    if (colon) j = led < j ? led : j - 1;
    const uint32_t of = cls(d, j);
    if (colon && of & FILLER) j = past_filler(d, j);
    if (j < 0 || (d->shield[j] & SHIELD_TAG)) return false;
    uint64_t b = doc_bits(d, j) | (colon ? doc_bits(d, j - 1) : 0);
    const uint64_t people = LEX(NAME_CUE) | LEX(RELATIVE) | LEX(CLINICIAN);
    bool opens = j == 0 || (d->tok[j].flags & TOK_LINE) || shape_opens_column(d, (uint32_t)j);
    bool role =
        of & ROLE || (opens && (doc_bits(d, j) & (LEX(TITLE) | LEX(CREDENTIAL)))); /* "DR:" */
    if (colon && role && !(doc_tok(d, i)->flags & TOK_PARA)) return true;
    if (colon)
        return (b & people) && !(doc_tok(d, i)->flags & TOK_PARA) && !name_field_is_of_thing(d, j);
    if (of & READS) return d->tok[i].flags & TOK_UPPER && shape_of(d, i) == SHAPE_ACRONYM;
    /* in a sentence: "reads SMALL, TRENINS"; not "with Melanoma, John Smith", and not where all is in capitals */
    return (b & LEX(NAME_CUE)) && !(b & LEX(FUNCTION)) && shape_of(d, i) != SHAPE_BLANK &&
           !(doc_tok(d, i)->flags & TOK_LINE);
}

/* "Attending: Gang Do", "Name: Honor Husband": capital words alone to the end of a field that asks for a person.
 * One word that notes use, or words of which none is new or a name, are an answer of another kind. */
SELDOM static bool field_at(const struct doc *d, uint32_t i, struct name_entry *x)
{
    *x = (struct name_entry){ .first = i, .is_upper = true };
    int rank = 0, word = 0;
    uint32_t n = 0, j = i;
    bool names = false, unknown = false;
    while (j < d->n && n < 5 &&
           (j == i || (!(d->tok[j].flags & TOK_LINE) && !shape_opens_column(d, j)))) {
        const struct lex_info *l = d->lex[j];
        const struct token *t = &d->tok[j];
        bool joint = t->kind == TOK_MARK && j > i && doc_joined(d, j) &&
                     (t->hash == '-' || t->hash == '\'') && doc_joined(d, (int64_t)j + 1);
        if (joint) {
            j++;
            continue;
        }
        if (n && name_run_is_credential(d, j)) break;
        const bool leads =
            t->flags & TOK_LOWER && l->bits & LEX(PARTICLE); /* "van der Westhuizen" */
        if (t->kind != TOK_WORD || !(t->flags & TOK_CAP || leads) || (d->shield[j] & SHIELD_TAG))
            break;
        if (d->shield[j] & SHIELD_EPONYM) return false; /* "Baby: Apgar 9" */
        if (shape_owner(d, j) >= 0) return false;
        if ((l->bits & LEX(ABBREVIATION)) && (t->flags & TOK_UPPER) && t->len > 1) return false;
        bool name = name_register_is_name(l) || (l->bits & LEX(PARTICLE)) || t->len == 1;
        /* "Ofelia Brandywine": a rare word behind a given name */
        const bool behind = names && l->word <= 1 && !(l->bits & NO_FAMILY);
        if ((l->bits & NAME_REGISTER_NEVER) && !(name && MAX(l->given, l->surname) >= l->word) &&
            !behind)
            return false;
        rank = MAX(rank, MAX(l->given, l->surname));
        word = MAX(word, l->word);
        unknown |= !l->bits && t->len > 1;
        names |= (!l->bits && t->len > 1) ||
                 (name_register_is_name(l) && MAX(l->given, l->surname) >= (l->word ? 2 : 1));
        x->n_new += t->len > 1;
        x->last = j++;
        n += t->len > 1;
        if (t->len == 1 && doc_is_mark(d, j, '.') && doc_joined(d, j)) x->last = j++;
    }
    if (!x->n_new || !names) return false;
    const struct token *after = doc_tok(d, x->last + 1);
    bool ends = x->last + 1 >= d->n || (after->flags & TOK_LINE) ||
                shape_opens_column(d, x->last + 1) || doc_is_mark(d, x->last + 1, ',') ||
                doc_is_mark(d, x->last + 1, '(') || name_run_is_credential(d, x->last + 1) ||
                (doc_is_mark(d, x->last + 1, '.') && shape_starts_sentence(d, x->last + 2));
    return ends && (x->n_new > 1 || rank > word || unknown);
}

/* "Name:   GOMA RAI     Collected:": two capital words and more in a column of their own, whatever they mean. */
SELDOM static bool fills_column(const struct doc *d, uint32_t i, struct name_entry *x)
{
    enum { LEAST = 2, MOST = 4 };
    const uint64_t never = LEX(FUNCTION) | LEX(NAME_CUE) | LEX(CLINICIAN) | LEX(ORG_HEAD) |
                           LEX(ORG_WORD) | LEX(DRUG) | LEX(CUE_MRN) | LEX(CUE_DATE) | LEX(RELATIVE);
    if (!doc_is_word(d, (int64_t)i - 2, VIEW("name")) || !shape_opens_column(d, i)) return false;
    *x = (struct name_entry){ .first = i, .last = i };
    for (uint32_t n = 1; n <= MOST; n++) {
        const uint32_t at = n == 1 ? i : x->last + 1;
        if (d->tok[at].kind != TOK_WORD || !(d->tok[at].flags & TOK_CAP) || d->tok[at].len < 2 ||
            d->shield[at] & SHIELD_TAG || d->lex[at]->bits & never)
            return false;
        x->last = shape_word_end(d, at);
        const bool ends = x->last + 1 >= d->n || d->tok[x->last + 1].flags & TOK_LINE ||
                          shape_opens_column(d, x->last + 1);
        if (ends) return n >= LEAST;
    }
    return false;
}

/* A word on the line of its field. */
static bool may_answer(const struct token *t)
{
    return t->kind == TOK_WORD && !(t->flags & TOK_LINE);
}

/* May the word at j, before a colon, ask for a person? Most name a part of the note, and nothing else need be asked. */
static bool may_ask(const struct doc *d, int64_t j)
{
    const uint64_t people =
        LEX(NAME_CUE) | LEX(RELATIVE) | LEX(CLINICIAN) | LEX(TITLE) | LEX(CREDENTIAL);
    return (doc_bits(d, j) | doc_bits(d, j - 1)) & people || cls(d, j);
}

/* Fields are where colons are. */
err name_field_answers(const struct doc *d, const struct name_spots *s, const uint8_t *taken,
                       struct findings *out)
{
    err e = OK;
    for (uint32_t k = 0; k < s->colons.n; k++) {
        uint32_t i = s->colons.v[k] + 1;
        struct name_entry x;
        if (!may_answer(doc_tok(d, i)) || taken[i] || !may_ask(d, (int64_t)i - 2) ||
            !name_field_is_asked(d, i))
            continue;
        if (d->tok[i].flags & TOK_LOWER && name_small_field(d, i - 1, &x.last) && !taken[x.last]) {
            TRY(findings_add(out, doc_finding(d, i, x.last, LABEL_NAME, RULE_NAME_FIELD, 0.85F)));
            continue;
        }
        bool whole = field_at(d, i, &x);
        if (!whole || doc_is_mark(d, x.last + 1, ',')) { /* "La, Van", "Netherter, A." */
            struct name_entry y;
            if (name_entry_at(d, i, true, &y) && name_entry_is_told(d, &y, true))
                x = y, whole = true;
        }
        whole = whole || fills_column(d, i, &x);
        /* "Res: Ofelia Brandywine", though a town is called so */
        if (!whole || taken[x.n_new > 1 ? x.first : x.last]) continue;
        TRY(findings_add(out, doc_finding(d, x.first, x.last, LABEL_NAME, RULE_NAME_FIELD, 0.9F)));
    }
out:
    return e;
}
