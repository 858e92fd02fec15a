/* format/fhir_ages.c — ages by their type, and what an Observation of an age says.
 *
 * A Quantity is a measurement like another until the code of its Observation, which may stand behind it, tells that
 * somebody's age was measured. So the numbers of an Observation are noted, and become ages at its end.
 */
#include "format/fhir_walk.h"
#include "text/age_unit.h"

static bool is_observation(const struct fhir_frame *f)
{
    return f && (f->type == FHIR_T_Observation || f->type == FHIR_T_Observation_component);
}

/* Of whose number only the end of something around it tells what it is. */
static bool is_asked(const struct fhir_frame *f)
{
    return is_observation(f) || f->type == FHIR_T_QuestionnaireResponse_item_answer;
}

bool fhir_may_tell(const struct fhir_frame *f)
{
    return f->type == FHIR_T_Quantity || is_asked(f);
}

void fhir_read_word(struct fhir_walk *w, view text)
{
    struct fhir_frame *f = fhir_top(w);
    if (f->type == FHIR_T_Quantity) {
        if (view_eq(f->key, VIEW("code")) || (view_eq(f->key, VIEW("unit")) && !f->code.n))
            f->code = text;
        return;
    }
    if (f->type == FHIR_T_QuestionnaireResponse_item && view_eq(f->key, VIEW("text")))
        f->about = text;
    bool is_coding = f->type == FHIR_T_Coding && view_eq(f->key, VIEW("display"));
    bool is_concept = f->type == FHIR_T_CodeableConcept && view_eq(f->key, VIEW("text"));
    struct fhir_frame *of = is_coding ? fhir_around(w, 2) : is_concept ? fhir_around(w, 1) : NULL;
    if (is_observation(of) && view_eq(of->key, VIEW("code"))) of->is_age |= age_is_label(text);
}

err fhir_end_quantity(struct fhir_walk *w, const struct fhir_frame *f)
{
    bool is_observed = false;
    for (uint32_t up = 1; up <= w->depth && !is_observed; up++) {
        is_observed = is_asked(fhir_around(w, up));
        if (fhir_around(w, up)->is_resource) break;
    }
    if (!f->size_length || !is_observed) return OK;
    return fhir_add_measure(w, (struct fhir_measure){ .at = f->size_at,
                                                      .length = f->size_length,
                                                      .in_year = age_unit_in_year(f->code),
                                                      .has_unit = f->code.n > 0 });
}

err fhir_add_measure(struct fhir_walk *w, struct fhir_measure m)
{
    struct fhir_measure *v =
        arena_more(w->arena, w->measures, sizeof *v, w->n_measures, &w->measure_cap, 16);
    if (!v) return ERR_MEMORY;
    w->measures = v;
    v[w->n_measures++] = m;
    return OK;
}

void fhir_end_age(struct fhir_walk *w, const struct fhir_frame *f)
{
    if (!f->value) return;
    struct piece *p = &w->out->pieces[f->value - 1];
    if (p->role == ROLE_AGE) p->in_year = age_unit_in_year(f->code);
}

err fhir_push_measure(struct fhir_walk *w, const struct fhir_measure *m, enum piece_role role)
{
    err e = OK;
    const struct fhir_string s = { .text = view_sub(w->j.doc, m->at, (size_t)m->at + m->length),
                                   .base = m->at };
    TRY(fhir_push(w, &s, 0, s.text.n, role, SHAPE_DIGITS));
    fhir_last(w)->spelling = SPELL_JSON_NUMBER;
    fhir_last(w)->in_year = m->in_year;
out:
    return e;
}

err fhir_end_observed_age(struct fhir_walk *w, struct fhir_frame *f)
{
    err e = OK;
    const struct fhir_measure own = { .at = f->size_at, .length = f->size_length };
    uint32_t from = f->first_measure, n = w->n_measures;
    w->n_measures = from;
    if (!f->is_age) return OK;
    for (uint32_t i = from; i < n; i++)
        TRY(fhir_push_measure(w, &w->measures[i], ROLE_AGE));
    struct piece *p = f->value ? &w->out->pieces[f->value - 1] : NULL;
    bool is_number = p && p->spelling == SPELL_JSON_NUMBER;
    if (p && (p->role == ROLE_TEXT || is_number)) p->role = ROLE_AGE;            /* valueString */
    if (f->size_length && !is_number) TRY(fhir_push_measure(w, &own, ROLE_AGE)); /* valueInteger */
out:
    return e;
}
