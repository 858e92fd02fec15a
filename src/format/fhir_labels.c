/* format/fhir_labels.c — values that a label in plain words speaks of: the answers of a questionnaire by the text of
 * their question, extensions by the end of their url. What the label says is what a table's column of that name holds.
 */
#include "format/csv.h"
#include "format/fhir_walk.h"
#include "text/age_unit.h"

void fhir_label_piece(struct piece *p, view label)
{
    enum piece_who who;
    if (p->role != ROLE_TEXT && p->role != ROLE_DATE) return;
    enum piece_role role = csv_role_of_label(label, &who);
    if (p->role == ROLE_TEXT && !p->field.n) p->field = label; /* a cue, whatever it says */
    bool is_birth = p->role == ROLE_DATE && role == ROLE_BIRTH;
    if (role < ROLE_NAME || (p->role != ROLE_TEXT && !is_birth)) return;
    p->role = role;
    if (who == OF_UNKNOWN || who == p->who) return;
    bool is_told = p->who != OF_UNKNOWN && who == OF_PATIENT; /* by the resource around it */
    if (is_told) return;
    p->who = who;
    p->person = 0;
}

bool fhir_is_labelled_number(view label, view number)
{
    enum { LONG_NUMBER = 5 };
    enum piece_who who;
    return csv_role_of_label(label, &who) >= ROLE_NAME ||
           (view_count_digits(number) >= LONG_NUMBER && view_find_byte(number, 0, '.') == number.n);
}

void fhir_end_coding(struct fhir_walk *w, const struct fhir_frame *f)
{
    for (uint32_t i = f->first_code; i < w->out->n_codes && !f->about.n; i++)
        w->out->codes[i].has_system = false;
    if (!fhir_is_standard(f->about)) fhir_hand_up_value(w, f);
}

void fhir_hand_up_value(struct fhir_walk *w, const struct fhir_frame *f)
{
    struct fhir_frame *around = fhir_around(w, 1);
    if (!around || !f->value || around->value) return;
    if (around->type == FHIR_T_Extension || around->type == FHIR_T_CodeableConcept ||
        around->type == FHIR_T_QuestionnaireResponse_item_answer)
        around->value = f->value;
}

err fhir_end_answer(struct fhir_walk *w, const struct fhir_frame *f)
{
    const struct fhir_measure m = { .at = f->size_at, .length = f->size_length, .piece = f->value };
    return f->value || f->size_length ? fhir_add_measure(w, m) : OK;
}

err fhir_end_question(struct fhir_walk *w, const struct fhir_frame *f)
{
    err e = OK;
    uint32_t n = w->n_measures;
    w->n_measures = f->first_measure;
    for (uint32_t i = f->first_measure; i < n && f->about.n; i++) {
        const struct fhir_measure *m = &w->measures[i];
        if (m->piece) {
            fhir_label_piece(&w->out->pieces[m->piece - 1], f->about);
            continue;
        }
        view number = view_sub(w->j.doc, m->at, (size_t)m->at + m->length);
        bool is_number =
            m->has_unit ? age_is_label(f->about) : fhir_is_labelled_number(f->about, number);
        if (!is_number) continue;
        TRY(fhir_push_measure(w, m, ROLE_TEXT));
        fhir_last(w)->field = (view){ "", 0 };
        fhir_label_piece(fhir_last(w), f->about);
    }
out:
    return e;
}
