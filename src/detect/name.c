/* detect/name.c — names of persons: lexicon, titles, cues, form, and the document's second pass.
 *
 * A run of words (name_run), its form (name_points) and its surroundings (name_context) each bring points. Ranks are
 * logarithms of frequency, so adding them up weighs evidence for a name against evidence for plain language; the
 * constants below and in name_points.c were set on development text and are the whole of the model. */
#include "detect/detectors.h"
#include "detect/name_again.h"
#include "detect/name_context.h"
#include "detect/name_file.h"
#include "detect/name_handover.h"
#include "detect/name_initials.h"
#include "detect/name_jotted.h"
#include "detect/name_list.h"
#include "detect/name_points.h"
#include "detect/name_quote.h"
#include "detect/name_register.h"
#include "detect/name_role.h"
#include "detect/name_sign_off.h"
#include "detect/name_signs.h"
#include "detect/name_signs_again.h"
#include "detect/name_signs_closed.h"
#include "detect/name_signs_described.h"
#include "detect/name_signs_desk.h"
#include "detect/name_signs_initialed.h"
#include "detect/name_signs_patient.h"
#include "detect/name_signs_small.h"
#include "detect/name_small_told.h"
#include "detect/name_titled.h"
#include "detect/organization_everybodys.h"
#include "detect/taken.h"

enum {
    NEEDED = 4,        /* points that make a name */
    NEEDED_UNKNOWN = 7 /* when the lexicon knows none of its words */
};

SELDOM static float score_of(int points)
{
    float s = 0.55F + 0.05F * (float)points;
    return s > 0.99F ? 0.99F : s < 0.5F ? 0.5F : s;
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
SELDOM static uint32_t back_over_particles(const struct doc *d, uint32_t i, uint32_t floor)
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

/* Where the run around the word at token i begins: the first part of a joined word, or an initial before it, which most
 * words have not. */
static inline uint32_t run_begin(const struct doc *d, uint32_t i, uint32_t floor)
{
    const struct token *before = doc_tok(d, (int64_t)i - 1);
    if (before->len == 1) {
        const bool initial = before->kind == TOK_WORD && before->flags & TOK_CAP;
        const bool dot = before->hash == '.' && i > 1 && d->tok[i - 2].len == 1;
        if (initial || dot) return back_over_initials(d, i, floor);
        if (d->tok[i].flags & TOK_SPACE || !(before->hash == '-' || before->hash == '\'')) return i;
        const uint32_t begin = shape_word_begin(d, i);
        if (begin < i && begin >= floor) return back_over_initials(d, begin, floor);
    }
    return i;
}

/* A cheap look at the word at token i, which most hot words do not pass. */
static inline bool may_begin(const struct doc *d, uint32_t i)
{
    const enum name_run_may may = name_run_may_begin(d, i);
    return may == NAME_RUN_PERHAPS || (may == NAME_RUN_IF_LED && name_context_may_lead(d, i));
}

static err untitled(const struct doc *d, uint32_t i, uint32_t floor, const uint8_t *taken,
                    struct findings *out, uint32_t *next)
{
    FILLED_LATER struct name_run r;
    enum rule rule = RULE_NAME_ALONE;
    *next = i + 1;
    if (UNLIKELY(doc_is_word(d, i, VIEW("dear")))) return name_greeted(d, i, out, next);
    /* no part of a joined word: what an initial before it begins ends before it */
    if (name_run_is_small(d, i) && d->tok[i].flags & TOK_SPACE) return OK;
    uint32_t first = run_begin(d, i, floor);
    if (!may_begin(d, first)) return OK;
    struct name_context c = name_context_before(d, first);
    if (begins_too_early(d, i, &c)) return OK;
    if (!name_run_parse(d, first, c.is_led, &r) || taken[r.last] || r.last < i) return OK;
    if (!r.n_words) {
        /* "Pt J.R.", "Patient: A.B." */
        bool degree = c.role == WHO_CLINICIAN && name_run_is_credential(d, r.first);
        bool told = c.points >= 5 && r.n_initials >= 2 && r.initial_dotted && !degree;
        if (!told) return OK;
        *next = r.last + 1;
        return name_emit(d, out, r.first, r.last, 0.85F, RULE_NAME_INITIALS, &c);
    }
    name_context_after(d, r.last, &c);
    const int deed = name_points_of_deed(d, &r);
    if (deed) name_context_reason(&c, deed, RULE_NAME_VERB, r.last + 1, r.last + 1, WHO_UNKNOWN);
    int own = r.speaks_for - r.speaks_against + name_points_of_form(d, &r, &rule);
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
    return name_emit(d, out, first, r.last, score_of(points - needed), rule, &c);
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
    const struct wordset *leads = name_signs_leads(), *closers = name_signs_closers();
    for (uint32_t k = 0; k < d->signs.n; k++) {
        const uint32_t i = d->signs.v[k];
        if (taken[i]) continue;
        if (doc_is_mark(d, (int64_t)i - 1, '.')) TRY(name_initials_alone(d, i, taken, out));
        TRY(name_signs(d, i, taken, out));
        if (sentence_goes_on(d, i)) {
            if (name_signs_may_lead(d, leads, i)) TRY(name_signs_patient(d, i, taken, out));
        } else {
            TRY(name_signs_desk(d, i, taken, out));
            TRY(name_signs_initialed(d, i, taken, out));
            if (name_signs_may_close(d, closers, i)) TRY(name_signs_closed(d, i, taken, out));
            if (doc_is_mark(d, (int64_t)i + 1, '\'')) TRY(name_signs_patient(d, i, taken, out));
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
        const uint32_t i = d->hot.v[k], floor = next;
        if (UNLIKELY(i < next || taken[i] || d->shield[i] & SHIELD_TAG)) continue;
        const uint64_t bits = d->lex[i]->bits;
        if (bits & LEX(TITLE)) {
            TRY(name_titled(d, i, out, &next));
            if (next > i + 1) continue;
            TRY(name_titled_letter(d, i, taken, out));
        }
        if (bits & (LEX(TITLE) | LEX(RELATIVE) | LEX(NAME_CUE))) {
            TRY(name_titled_small(d, i, taken, out, &next));
            if (next > i + 1) continue;
        }
        if (name_small_may_tell(d, i)) TRY(name_small_told(d, i, taken, out));
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
