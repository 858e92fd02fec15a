/* detect/name.c — names of persons: lexicon, titles, cues, form, and the document's second pass.
 *
 * A run of words (name_run) and its surroundings (name_context) each bring points. Ranks are logarithms
 * of frequency, so adding them up weighs evidence for a name against evidence for plain language; the
 * constants below were set on development text and are the whole of the model. */
#include "detect/detectors.h"
#include "detect/name_again.h"
#include "detect/name_context.h"
#include "detect/name_deed.h"
#include "detect/name_file.h"
#include "detect/name_handover.h"
#include "detect/name_initials.h"
#include "detect/name_jotted.h"
#include "detect/name_list.h"
#include "detect/name_quote.h"
#include "detect/name_register.h"
#include "detect/name_role.h"
#include "detect/name_sign_off.h"
#include "detect/name_signs.h"
#include "detect/name_signs_again.h"
#include "detect/name_signs_described.h"
#include "detect/name_signs_desk.h"
#include "detect/name_signs_initialed.h"
#include "detect/name_signs_small.h"
#include "detect/name_small.h"
#include "detect/organization_everybodys.h"
#include "detect/taken.h"
#include "detect/wordset.h"

enum {
    NEEDED = 4,         /* points that make a name */
    NEEDED_UNKNOWN = 7, /* when the lexicon knows none of its words */
    FULL_NAME = 2,      /* given and family name in order */
    COMMA_NAME = 3,
    WITH_INITIAL = 3,  /* "Anna S." */
    INITIAL_FIRST = 1, /* "J. Smith" */
    INITIAL_RARE = 3,  /* "A. Choudry", who is nothing else, in a sentence */
    INITIALLED = 5,    /* "T. Achterberg", whom no list knows */
    WITH_SUFFIX = 6,
    WITH_PARTICLE = 3,
    ALONE = -3,
    OWN_COLUMN = 3,       /* alone between the edges of a column */
    STARTS_SENTENCE = -2, /* its capital says little */
    DEED = 8              /* words that no list knows or that are names, and what only persons do */
};

static float score_of(int points)
{
    float s = 0.55F + 0.05F * (float)points;
    return s > 0.99F ? 0.99F : s < 0.5F ? 0.5F : s;
}

/* "Whitcomb	L THA", "OR3  Tolliver   C/S": a family name that fills its column, and no other word. */
static bool fills_column(const struct doc *d, const struct name_run *r)
{
    const uint64_t other = LEX(MEDICAL) | LEX(DRUG) | LEX(ABBREVIATION) | LEX(EPONYM) |
                           LEX(ORG_NAME) | LEX(UNIT) | LEX(MONTH) | LEX(WEEKDAY);
    const struct lex_info *l = d->lex[r->first];
    const struct token *t = &d->tok[r->first];
    bool begins = t->flags & TOK_LINE || r->first == 0 || shape_opens_column(d, r->first);
    bool ends = r->last + 1 < d->n && !(d->tok[r->last + 1].flags & TOK_LINE) &&
                shape_opens_column(d, r->last + 1);
    return begins && ends && shape_of(d, r->first) == SHAPE_TITLE && l->word <= 1 &&
           MAX(l->given, l->surname) >= MAX(2, l->place + 1) && !(l->bits & other);
}

/* A letter with a full stop and a new word that is built as a name: not what opens an item of a list. */
static bool is_initialled(const struct doc *d, const struct name_run *r)
{
    const struct token *t = &d->tok[r->last];
    const bool dotted = doc_is_mark(d, (int64_t)r->first + 1, '.') &&
                        !doc_is_mark(d, (int64_t)r->first - 1, '+'); /* "Stemmer + L. …" */
    if (!dotted || r->n_unknown != r->n_words || t->len < 4 || shape_of(d, r->last) != SHAPE_TITLE)
        return false;
    const int64_t after = (int64_t)r->last + 1;
    return !shape_starts_sentence(d, r->first) ||
           (doc_is_mark(d, after, '/') && !doc_joined(d, after)) ||
           name_run_is_credential(d, (uint32_t)after);
}

/* A letter with a full stop, and a word that people are called by and that means nothing else. */
static bool is_rare(const struct doc *d, const struct name_run *r)
{
    const uint64_t names = LEX_GIVEN | LEX(NICK) | LEX(SURNAME);
    return r->n_words == 1 && doc_is_mark(d, (int64_t)r->first + 1, '.') &&
           !(d->lex[r->last]->bits & ~names) && shape_of(d, r->last) == SHAPE_TITLE &&
           !shape_starts_sentence(d, r->first);
}

/* "given to Tressick 14:54": a time of day, no score. */
static bool is_clock(const struct doc *d, int64_t i)
{
    return doc_is_mark(d, i + 1, ':') && doc_joined(d, i + 2) &&
           doc_tok(d, i + 2)->kind == TOK_NUMBER && doc_tok(d, i + 2)->len == 2;
}

static int form_points(const struct doc *d, const struct name_run *r, enum rule *rule)
{
    int p = 0;
    const struct token *t = doc_tok(d, r->first);
    bool first_is_initial = t->len == 1;
    if (r->is_comma_form) {
        p += COMMA_NAME;
        *rule = RULE_NAME_COMMA;
    } else if (r->n_words >= 2) {
        if (r->begins_given && r->ends_surname && r->n_unknown < r->n_words) p += FULL_NAME;
        *rule = RULE_NAME_FULL;
    } else if (r->n_initials) {
        if (first_is_initial)
            p += is_initialled(d, r) ? INITIALLED
                 : is_rare(d, r)     ? INITIAL_RARE
                 : r->ends_surname   ? INITIAL_FIRST
                                     : -2;
        else
            p += !r->initial_dotted ? 0 : r->begins_given ? WITH_INITIAL : r->n_unknown;
        *rule = RULE_NAME_INITIAL;
    } else {
        p += fills_column(d, r) ? ALONE + OWN_COLUMN : ALONE;
        *rule = RULE_NAME_ALONE;
        /* Boston, Houston, Jordan: a place unless the words around say otherwise */
        const struct lex_info *l = d->lex[r->first];
        bool rather_place = (l->bits & LEX(PLACE)) && l->place + 2 >= MAX(l->given, l->surname);
        if (rather_place || (l->bits & (LEX(COUNTRY) | LEX(STATE) | LEX(ORG_NAME)))) p -= 3;
        /* "Hunt-Hess 3, Fisher 4": a score; "Smith 45F" is a person */
        const struct token *n = doc_tok(d, (int64_t)r->last + 1);
        if (n->kind == TOK_NUMBER && n->len <= 2 && !(n->flags & TOK_LINE) &&
            !(doc_joined(d, r->last + 2) && doc_tok(d, r->last + 2)->kind == TOK_WORD) &&
            doc_tok(d, r->last + 2)->kind == TOK_MARK && !is_clock(d, (int64_t)r->last + 1))
            p -= 2;
        if (shape_of(d, r->first) == SHAPE_BLANK) p -= 3;
        if (shape_of(d, r->first) == SHAPE_ACRONYM) p -= 2;
    }
    /* "Forrester II", "Outerbridge IV": a numeral after one word grades */
    if (r->has_suffix) p += r->n_words > 1 || r->has_senior ? WITH_SUFFIX : -2;
    if (r->has_particle) p += WITH_PARTICLE;
    if (!first_is_initial && shape_starts_sentence(d, r->first) && d->lex[r->first]->word > 0)
        p += STARTS_SENTENCE;
    return p;
}

/* "Byeolhun denies chest pain", "Ling was informed", "K. Ok was informed": see detect/name_deed.h. No word of the language
 * that few people are called by ("Staff denies"). */
static int deed_points(const struct doc *d, const struct name_run *r)
{
    if (!name_deed_at(d, r->last + 1)) return 0;
    const uint32_t begin = shape_word_begin(d, r->last);
    if (shape_of(d, r->last) != SHAPE_TITLE || shape_of(d, begin) != SHAPE_TITLE) return 0;
    if (r->n_initials)
        return r->initial_dotted && (r->n_words == 1 || r->n_unknown == r->n_words) ? DEED : 0;
    const bool is_usual = r->speaks_for > 0 && r->speaks_for >= r->speaks_against;
    const bool is_new = r->n_unknown == r->n_words && doc_tok(d, r->last)->len > 2 &&
                        !name_deed_is_misspelt(d, r->last);
    return is_new || (r->n_words == 1 && r->n_unknown == 0 && (is_usual || begin < r->last)) ? DEED
                                                                                             : 0;
}

static err emit(const struct doc *d, struct findings *out, uint32_t first, uint32_t last,
                float score, enum rule rule, const struct name_context *c)
{
    struct finding x = doc_finding(d, first, last, LABEL_NAME, rule, score);
    bool by_lexicon =
        rule == RULE_NAME_FULL || rule == RULE_NAME_ALONE || rule == RULE_NAME_INITIAL;
    x.source = by_lexicon ? SOURCE_LEXICON : SOURCE_RULE;
    x.role = (uint8_t)c->role;
    if (c->rule) {
        x.cue_start = d->tok[c->cue_first].start;
        x.cue_end = token_end(&d->tok[c->cue_last]);
    }
    return findings_add(out, x);
}

/* "gen" at the end of a line, "switched fr Camila", "4dr white", "rev C", "Lt BKA", "MS Ortho": words that are titles
 * elsewhere. `j`: the token behind the title and its full stop. */
static bool is_other_word(const struct doc *d, uint32_t i, uint32_t j)
{
    const struct token *t = &d->tok[i], *next = &d->tok[j];
    if (j == i + 2) return false;
    if (doc_joined(d, i) && doc_tok(d, (int64_t)i - 1)->kind == TOK_NUMBER) return true;
    if (t->flags & TOK_LOWER && !d->is_caseless &&
        ((next->flags & TOK_LINE && doc_is_word(d, i, VIEW("gen"))) ||
         doc_is_word(d, i, VIEW("fr")) || (next->len == 1 && doc_is_word(d, i, VIEW("rev")))))
        return true;
    return next->flags & TOK_UPPER && next->len <= 4 && next->len > 1 && !d->is_caseless &&
           !(d->lex[j]->bits & (LEX_GIVEN | LEX(SURNAME))) &&
           (doc_is_word(d, i, VIEW("lt")) ||
            (t->flags & TOK_UPPER && doc_is_word(d, i, VIEW("ms"))));
}

/* "Dr. Lee", "Mrs. Maria de la Cruz", "Drs. Smith and Jones". The title belongs to the finding: it is
 * put back by redact/. *next is the token after what was found. */
static err titled(const struct doc *d, uint32_t i, struct findings *out, uint32_t *next)
{
    const struct token *t = doc_tok(d, i);
    enum shape s = shape_of(d, i);
    uint32_t j = doc_is_mark(d, i + 1, '.') && doc_joined(d, i + 1) ? i + 2 : i + 1;
    bool dotted = j == i + 2;
    /* "Dr's Lindemar & Vann": so is the plural written as well */
    const bool plural = t->len == 2 && doc_is_mark(d, i + 1, '\'') &&
                        doc_is_word(d, i, VIEW("dr")) && doc_is_word(d, i + 2, VIEW("s"));
    if (plural) j = i + 3;
    struct name_run r;
    *next = i + 1;
    if (j >= d->n || (doc_tok(d, j)->flags & TOK_PARA) || is_other_word(d, i, j)) return OK;
    if (s == SHAPE_LOWER && doc_tok(d, (int64_t)i - 1)->kind == TOK_NUMBER && t->len == 2)
        return OK; /* "600 ms. RA-ERP": milliseconds */
    /* "sister", "miss", "father": words before they are titles; "MS": a disease, but "Ms." none */
    bool plain = dotted && s == SHAPE_TITLE && t->len == 2;
    bool weak = (d->lex[i]->word >= 3 && !plain) ||
                (d->lex[i]->bits & (LEX(RELATIVE) | LEX(CLINICIAN))) ||
                (!dotted && (t->flags & TOK_UPPER) && (d->lex[i]->bits & LEX(ABBREVIATION))) ||
                (dotted && s == SHAPE_ACRONYM && t->len == 2 &&
                 shape_of(d, j) == SHAPE_TITLE); /* "trivial MR. Mitral valve": regurgitation */
    if (weak && s == SHAPE_LOWER && !dotted) return OK;
    if (!dotted && (t->flags & TOK_LINE || i == 0 || shape_opens_column(d, i)) &&
        doc_is_mark(d, j + 1, ':') && d->tok[j].len <= 4 && t->len > 2 && !d->lex[j]->given &&
        !d->lex[j]->surname)
        return OK;                               /* "Adm Dt:", "Surg Dt:": the name of a field */
    if (d->shield[i] & SHIELD_PHRASE) return OK; /* Sister Mary Joseph nodule */
    if (doc_is_word(d, i, VIEW("sr")) && doc_bits(d, j) & (LEX(MEDICAL) | LEX(DRUG)) &&
        !(doc_bits(d, j) & (LEX(SURNAME) | LEX_GIVEN)))
        return OK; /* "Sr Creatinine 1.2": of the serum */
    if (doc_tok(d, (int64_t)i - 1)->kind == TOK_NUMBER &&
        (doc_is_word(d, i, VIEW("fr")) || doc_is_word(d, i, VIEW("mme"))))
        return OK; /* "16 Fr Foley", "max 60 MME" */
    if (dotted && t->len > 5 && !doc_is_word(d, i, VIEW("messrs")))
        return OK; /* no abbreviation: "given to Sheikh. Report" */
    if (dotted && s == SHAPE_ACRONYM && (doc_tok(d, j)->flags & TOK_LINE))
        return OK; /* an abbreviation at the end of its sentence */
    if (!name_run_parse(d, j, true, &r)) return OK;
    if (!r.n_words && !r.initial_dotted && r.n_initials < 2) return OK;
    if (plural && !doc_is_mark(d, (int64_t)r.last + 1, '&') &&
        !doc_is_word(d, (int64_t)r.last + 1, VIEW("and")))
        return OK; /* "Dr's Orders" */
    if (!dotted && shape_opens_column(d, j) && doc_is_mark(d, (int64_t)r.last + 1, ':'))
        return OK; /* "Med/Surg   Transport:": the next field */
    if ((weak || shape_of(d, j) == SHAPE_BLANK) && r.speaks_for <= r.speaks_against) return OK;
    struct name_context c = { .rule = RULE_NAME_TITLE, .cue_first = i, .cue_last = i };
    bool doctor = (d->lex[i]->bits & LEX(CLINICIAN)) || doc_is_word(d, i, VIEW("dr")) ||
                  doc_is_word(d, i, VIEW("drs")) || doc_is_word(d, i, VIEW("doctor")) ||
                  doc_is_word(d, i, VIEW("prof"));
    if (doctor) c.role = WHO_CLINICIAN;
    err e = emit(d, out, i, r.last, 0.98F, RULE_NAME_TITLE, &c);
    *next = r.last + 1;
    /* more people after the same title */
    while (!e &&
           (doc_is_word(d, *next, VIEW("and")) || doc_is_mark(d, *next, ',') ||
            doc_is_mark(d, *next, '&')) &&
           (plural || doc_is_word(d, i, VIEW("drs")) || doc_is_mark(d, *next, '&'))) {
        if (*next + 1 >= d->n || !name_run_parse(d, *next + 1, true, &r) || !r.n_words) break;
        e = emit(d, out, r.first, r.last, 0.95F, RULE_NAME_TITLE, &c);
        *next = r.last + 1;
    }
    return e;
}

/* "J. R. Smith": from the family name back over its initials. */
static uint32_t back_over_initials(const struct doc *d, uint32_t i, uint32_t floor)
{
    uint32_t j = i;
    for (int n = 0; n < 3; n++) {
        uint32_t k = j;
        if (k >= floor + 2 && doc_is_mark(d, k - 1, '.') && doc_joined(d, k - 1))
            k -= 2;
        else if (k >= floor + 1)
            k -= 1;
        else
            break;
        const struct token *t = doc_tok(d, k);
        bool is_initial =
            t->kind == TOK_WORD && t->len == 1 && (t->flags & TOK_CAP) && !d->shield[k];
        if (!is_initial || (doc_tok(d, j)->flags & TOK_LINE) || shape_is_class_letter(d, k)) break;
        if (j - k == 1 && (doc_bits(d, k) & LEX(FUNCTION))) break; /* "A Smith fracture", "I" */
        /* "T1-J", but "-H. Moll" in a line of its own */
        bool bullet = k && doc_is_mark(d, (int64_t)k - 1, '-') && (d->tok[k - 1].flags & TOK_LINE);
        if (doc_joined(d, k) && !bullet && !doc_is_mark(d, (int64_t)k - 1, '.')) break;
        j = k;
    }
    return j;
}

/* "de la Cruz, Maria": from the word that is looked at back over particles, to a mark or the line's begin. */
static uint32_t back_over_particles(const struct doc *d, uint32_t i, uint32_t floor)
{
    uint32_t j = i;
    while (j > floor && i - j < 3 && !(doc_tok(d, j)->flags & TOK_LINE) && !doc_joined(d, j) &&
           doc_bits(d, (int64_t)j - 1) & LEX(PARTICLE) && doc_tok(d, (int64_t)j - 1)->len > 1)
        j--;
    if (i == j && doc_is_mark(d, (int64_t)j - 1, '.') && doc_joined(d, (int64_t)j - 1) &&
        j > floor && doc_bits(d, (int64_t)j - 2) & LEX(SAINT) &&
        doc_tok(d, (int64_t)j - 2)->len == 2 && !(doc_tok(d, j)->flags & TOK_LINE))
        return j - 2; /* "St. Pierre, Yves" */
    const struct token *t = doc_tok(d, j);
    bool begins = t->flags & (TOK_LINE | TOK_CAP) || doc_tok(d, (int64_t)j - 1)->kind == TOK_MARK;
    return begins ? j : i;
}

/* Unknown word, then a usual given name: "Xarelto John Smith" is a drug and a man. */
static bool begins_too_early(const struct doc *d, uint32_t i, const struct name_context *c)
{
    if (d->lex[i]->bits || c->is_led || c->points >= 3) return false;
    uint32_t j = shape_word_end(d, i) + 1;
    return (doc_bits(d, j) & LEX_GIVEN) && d->lex[j < d->n ? j : i]->given >= 3 &&
           shape_may_name(d, j) && !(doc_tok(d, j)->flags & TOK_LINE);
}

/* "Dear Kamaka,": whoever a letter greets, behind the word at token i. */
static err greeted(const struct doc *d, uint32_t i, struct findings *out, uint32_t *next)
{
    const uint64_t other = LEX(TITLE) | LEX(RELATIVE) | LEX(CLINICIAN) | LEX(NAME_CUE) |
                           LEX(FUNCTION) | LEX(ORG_HEAD) | LEX(ORG_WORD);
    static const struct wordset_row rows[] = {
        { "veteran member customer subscriber enrollee resident applicant beneficiary claimant",
          1 },
    };
    static struct wordset anybody = WORDSET(rows);
    uint32_t last = i;
    if (wordset_class(wordset_ready(&anybody), doc_tok(d, (int64_t)i + 1))) return OK;
    if (i && !(d->tok[i].flags & TOK_LINE) && !doc_is_mark(d, (int64_t)i - 1, ',')) return OK;
    for (uint32_t j = i + 1; j < d->n && j < i + 4; j = last + 1) {
        const struct lex_info *l = d->lex[j];
        const bool name = MAX(l->given, l->surname) > l->word || l->given >= 3;
        if (d->tok[j].flags & TOK_LINE || !shape_may_name(d, j) || d->shield[j] ||
            (l->bits & other && !name) || (l->word >= 4 && !name))
            break;
        last = shape_word_end(d, j);
        const uint32_t joint = last + 1; /* "Dear Ilvana and Torbin," */
        if (doc_is_word(d, joint, VIEW("and")) && joint + 1 < d->n &&
            shape_of(d, (int64_t)joint + 1) == SHAPE_TITLE && !d->lex[joint + 1]->word)
            last = shape_word_end(d, joint + 1);
    }
    bool ends = doc_is_mark(d, last + 1, ',') || doc_is_mark(d, last + 1, ':') ||
                (last + 1 < d->n && d->tok[last + 1].flags & TOK_LINE);
    if (last == i || !ends) return OK;
    struct name_context c = { .rule = RULE_NAME_CUE, .cue_first = i, .cue_last = i };
    *next = last + 1;
    return emit(d, out, i + 1, last, 0.9F, RULE_NAME_CUE, &c);
}

/* "seen by dr patel", "wife lorraine": small letters where others have capitals. */
static err small(const struct doc *d, uint32_t i, const uint8_t *taken, struct findings *out,
                 uint32_t *next)
{
    uint32_t first, last;
    if (!name_small_after(d, i, &first, &last) || taken[last]) return OK;
    struct name_context c = { .cue_first = i, .cue_last = i };
    c.rule = first == i ? RULE_NAME_TITLE : RULE_NAME_CUE;
    *next = last + 1;
    return emit(d, out, first, last, 0.85F, c.rule, &c);
}

static err untitled(const struct doc *d, uint32_t i, uint32_t floor, const uint8_t *taken,
                    struct findings *out, uint32_t *next)
{
    struct name_run r;
    enum rule rule = RULE_NAME_ALONE;
    uint32_t first = shape_word_begin(d, i);
    if (first < floor) first = i;
    first = back_over_initials(d, first, floor);
    *next = i + 1;
    if (doc_is_word(d, i, VIEW("dear"))) return greeted(d, i, out, next);
    struct name_context c = name_context_before(d, first);
    if (begins_too_early(d, i, &c)) return OK;
    if (!name_run_parse(d, first, c.is_led, &r) || taken[r.last] || r.last < i) return OK;
    if (!r.n_words) {
        /* "Pt J.R.", "Patient: A.B." */
        bool degree = c.role == WHO_CLINICIAN && name_run_is_credential(d, r.first);
        bool told = c.points >= 5 && r.n_initials >= 2 && r.initial_dotted && !degree;
        if (!told) return OK;
        *next = r.last + 1;
        return emit(d, out, r.first, r.last, 0.85F, RULE_NAME_INITIALS, &c);
    }
    name_context_after(d, r.last, &c);
    const int deed = deed_points(d, &r);
    if (deed) name_context_reason(&c, deed, RULE_NAME_VERB, r.last + 1, r.last + 1, WHO_UNKNOWN);
    int own = r.speaks_for - r.speaks_against + form_points(d, &r, &rule);
    int needed = r.n_unknown == r.n_words ? NEEDED_UNKNOWN : NEEDED;
    if (own + c.points < needed && own + c.points + NAME_HANDOVER_POINTS >= needed &&
        r.n_words <= 2)
        name_handover(d, r.first, r.last, &c);
    int points = own + c.points;
    if (points < needed) return OK;
    const struct phrase *ph = c.is_led ? NULL : doc_phrase_at(d, r.first);
    if (ph && (ph->lex->bits & (LEX(STATE) | LEX(COUNTRY))) && r.last < ph->first + ph->n)
        return OK; /* West Virginia */
    if (name_run_is_author(d, r.last)) return OK;
    if (!c.is_led && organization_is_everybodys(d, r.first, r.last))
        return OK; /* "Humana denied" */
    if (c.points >= 3 && c.rule) rule = c.rule;
    *next = r.last + 1;
    first = back_over_particles(d, r.first, floor);
    if (first == r.first && !taken[shape_name_begin(d, first)]) first = shape_name_begin(d, first);
    return emit(d, out, first, r.last, score_of(points - needed), rule, &c);
}

/* A word in small letters follows token i after one blank, as it does behind most capitals; a dictated mark ends what was
 * said. */
static inline bool sentence_goes_on(const struct doc *d, uint32_t i)
{
    const struct token *next = doc_tok(d, (int64_t)i + 1);
    return next->flags & TOK_LOWER && next->start <= token_end(&d->tok[i]) + 1 &&
           next->hash != token_hash_literal(VIEW("slash"));
}

/* Initials without full stops. */
static err find_signs(const struct doc *d, const uint8_t *taken, struct findings *out)
{
    err e = OK;
    for (uint32_t k = 0; k < d->signs.n; k++) {
        const uint32_t i = d->signs.v[k];
        if (taken[i]) continue;
        if (doc_is_mark(d, (int64_t)i - 1, '.')) TRY(name_initials_alone(d, i, taken, out));
        TRY(name_signs(d, i, taken, out));
        if (!sentence_goes_on(d, i)) {
            TRY(name_signs_desk(d, i, taken, out));
            TRY(name_signs_initialed(d, i, taken, out));
        }
        TRY(name_signs_aged(d, i, taken, out));
        if (name_may_be_described(d, i)) TRY(name_signs_described(d, i, taken, out));
    }
    if (d->is_caseless) /* letters that no list knows are looked at there */
        for (uint32_t k = 0; k < d->hot.n; k++)
            if (name_may_sign_small(d, d->hot.v[k]))
                TRY(name_signs_small(d, d->hot.v[k], taken, out));
    if (name_may_sign_small(d, (int64_t)d->n - 1)) TRY(name_signs_small(d, d->n - 1, taken, out));
out:
    return e;
}

err name_find(const struct doc *d, struct findings *out)
{
    err e = OK;
    uint32_t next = 0, before = out->n;
    uint8_t *taken = taken_by(d, out, ~(1U << LABEL_NAME));
    if (!taken) return ERR_MEMORY;
    for (uint32_t k = 0; k < d->hot.n; k++) {
        uint32_t i = d->hot.v[k];
        if (i < next || taken[i] || (d->shield[i] & SHIELD_TAG)) continue;
        uint32_t floor = next;
        if (d->lex[i]->bits & LEX(TITLE)) {
            TRY(titled(d, i, out, &next));
            if (next > i + 1) continue;
            TRY(name_titled_letter(d, i, taken, out));
        }
        if (d->lex[i]->bits & (LEX(TITLE) | LEX(RELATIVE) | LEX(NAME_CUE))) {
            TRY(small(d, i, taken, out, &next));
            if (next > i + 1) continue;
        }
        TRY(untitled(d, i, floor, taken, out, &next));
    }
    struct name_spots spots;
    TRY(name_spots_find(d, taken, &spots));
    TRY(name_initials(d, &spots, taken, out));
    TRY(find_signs(d, taken, out));
    TRY(name_registers(d, &spots, taken, out));
    TRY(name_roles(d, &spots, taken, out));
    TRY(name_jotted(d, &spots, taken, out));
    TRY(name_files(d, taken, out));
    TRY(name_sign_off(d, taken, out));
    TRY(name_lists(d, &spots, before, taken, out));
    TRY(name_quotes(d, taken, out));
    TRY(name_again(d, before, taken, out));
    TRY(name_signs_again(d, before, taken, out));
out:
    return e;
}
