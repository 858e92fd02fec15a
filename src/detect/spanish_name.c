/* spanish_name.c — names behind a title ("el Dr. Sanz") and behind a relative ("su marido, Paco").
 *
 * The title stays outside, as the model has it. A bare "D." is a vitamin, a grade or a title: it needs a given
 * name behind it. A capital behind "madre:" is as often a disease, so what is no usual given name needs "su". */
#include "detect/shape.h"
#include "detect/spanish_inside.h"

enum { WORDS_MAX = 5, SHIELDS = SHIELD_TAG | SHIELD_EPONYM | SHIELD_PHRASE };
static const uint64_t MEDICINE = LEX(MEDICAL) | LEX(DRUG) | LEX(ABBREVIATION) | LEX(UNIT);

static bool is_given(const struct doc *d, uint32_t i)
{
    const struct token *t = &d->tok[i];
    return t->kind == TOK_WORD && t->len >= 3 && d->lex[i]->bits & (LEX_GIVEN | LEX(NICK));
}

/* By its letters and what it is: not yet what stands before it. */
static bool is_name_word(const struct doc *d, uint32_t i)
{
    const struct token *t = doc_tok(d, i);
    if (t->kind != TOK_WORD || d->shield[i] & SHIELDS) return false;
    if (spanish_class(d, i) & (ES_PLAIN | ES_DOCTOR | ES_TITLE | ES_CALLS | ES_IDS)) return false;
    if (t->flags & TOK_CAP) return true;
    return d->is_caseless && t->len >= 3 && d->lex[i]->bits & (LEX_GIVEN | LEX(SURNAME)) &&
           !(d->lex[i]->bits & MEDICINE) && !spanish_class(d, i);
}

/* Over "de la" at token i to a word of a name; that word's token, or 0. */
static uint32_t past_particles(const struct doc *d, uint32_t i)
{
    for (uint32_t k = 0; k < 3 && i < d->n && !(k && d->tok[i].flags & TOK_LINE); k++, i++)
        if (!(spanish_class(d, i) & ES_PARTICLE)) return k && is_name_word(d, i) ? i : 0;
    return i < d->n && is_name_word(d, i) ? i : 0;
}

/* "A. Lledó", "Fco. Javier": the point ends no sentence. */
static bool is_shortened(const struct doc *d, uint32_t i)
{
    return d->tok[i].len == 1 || doc_is_word(d, i, VIEW("fco")) || doc_is_word(d, i, VIEW("ma")) ||
           doc_is_word(d, i, VIEW("sta")) || doc_is_word(d, i, VIEW("sto"));
}

bool spanish_read_name(const struct doc *d, uint32_t i, uint32_t *last)
{
    uint32_t words = 0, j = i;
    bool has_word = false, is_upper = false;
    while (j < d->n && words < WORDS_MAX && (j == i || !(d->tok[j].flags & TOK_LINE))) {
        const struct token *t = &d->tok[j];
        const bool dot = doc_is_mark(d, j + 1, '.') && doc_joined(d, j + 1);
        if (spanish_class(d, j) & ES_PARTICLE && !(t->len == 1 && dot)) {
            uint32_t next = past_particles(d, j);
            if (!next || d->tok[next].flags & TOK_LINE) break;
            j = next;
            continue;
        }
        if (!is_name_word(d, j)) break;
        const bool upper = t->flags & TOK_UPPER && t->len > 1;
        if (upper && !is_upper && has_word) break; /* "Sanz UCI" */
        is_upper = upper;
        has_word |= t->len > 1;
        words++;
        *last = shape_word_end(d, j);
        j = *last + 1;
        if (dot && is_shortened(d, *last)) j++;
    }
    return has_word;
}

static err add(const struct doc *d, uint32_t cue, uint32_t first, uint32_t last, enum rule rule,
               enum finding_role role, struct findings *out)
{
    struct finding f = doc_finding(d, first, last, LABEL_NAME, rule, 0.9F);
    f.role = (uint8_t)role;
    f.cue_start = d->tok[cue].start;
    f.cue_end = token_end(&d->tok[cue]);
    return findings_add(out, f);
}

/* "Vitamina D. Control": the letter of a kind. */
static bool is_letter_of_kind(const struct doc *d, uint32_t i)
{
    const struct token *p = doc_tok(d, (int64_t)i - 1);
    return !(d->tok[i].flags & TOK_CAP) || (doc_joined(d, i) && p->kind != TOK_MARK) ||
           (p->kind == TOK_WORD && shape_starts_sentence(d, (int64_t)i + 2) &&
            !(spanish_class(d, (int64_t)i - 1) & (ES_PARTICLE | ES_PLAIN)));
}

err spanish_title_at(const struct doc *d, uint32_t i, uint32_t cls, struct findings *out)
{
    uint32_t j = i + 1, last;
    if (doc_is_word(d, i, VIEW("dna")) && (d->tok[i].flags & (TOK_UPPER | TOK_WIDE)) == TOK_UPPER)
        return OK; /* the acid; "DÑA" folds to the same letters */
    if (doc_is_mark(d, j, '.') && doc_joined(d, j)) {
        j++;
        if (doc_is_word(d, j, VIEW("a")) && doc_joined(d, j)) j++; /* "Dr.a", "Sr.a" */
        if (doc_tok(d, j)->kind == TOK_WORD && doc_joined(d, j) && doc_tok(d, j)->len == 2 &&
            doc_tok(d, j)->flags & TOK_WIDE) /* "D.ª" */
            j++;
    } else if (cls & ES_DON) {
        return OK;
    }
    if (spanish_class(d, j) & ES_DON && doc_is_mark(d, j + 1, '.')) j += 2; /* "Sr. D. Eusebio" */
    if (j >= d->n || d->tok[j].flags & TOK_LINE) return OK;
    if (cls & ES_DON && (!is_given(d, j) || is_letter_of_kind(d, i))) return OK;
    if (!spanish_read_name(d, j, &last)) return OK;
    return add(d, i, j, last, RULE_NAME_TITLE, cls & ES_DOCTOR ? WHO_CLINICIAN : WHO_UNKNOWN, out);
}

err spanish_relative_at(const struct doc *d, uint32_t i, struct findings *out)
{
    uint32_t j = i + 1, last;
    bool is_own = spanish_class(d, (int64_t)i - 1) & ES_OWN, is_field = false;
    while (j < d->n && spanish_class(d, j) & ES_KIN && !(d->tok[j].flags & TOK_CAP))
        j++;
    if (doc_is_mark(d, j, ',') || doc_is_mark(d, j, '('))
        j++;
    else if (doc_is_mark(d, j, ':'))
        j++, is_field = true;
    if (j >= d->n || d->tok[j].flags & TOK_LINE || !(d->tok[j].flags & TOK_CAP)) return OK;
    if (spanish_class(d, j) & (ES_DON | ES_PARTICLE))
        return OK; /* its title leads, or "El" a sentence */
    const uint64_t bits = d->lex[j]->bits;
    bool known = is_given(d, j);
    if (!known &&
        (!is_own || is_field || bits & (MEDICINE | LEX(EPONYM)) || d->tok[j].flags & TOK_UPPER))
        return OK;
    if (!spanish_read_name(d, j, &last)) return OK;
    return add(d, i, j, last, RULE_NAME_CUE, WHO_RELATIVE, out);
}

/* Is a word of first … last a usual name? "Paciente: Consciente y orientado" has none. */
static bool has_usual(const struct doc *d, uint32_t first, uint32_t last)
{
    for (uint32_t i = first; i <= last; i++)
        if (d->tok[i].len >= 3 && d->lex[i]->bits & (LEX_GIVEN | LEX(NICK) | LEX(SURNAME)) &&
            !(d->lex[i]->bits & MEDICINE))
            return true;
    return false;
}

err spanish_named_at(const struct doc *d, uint32_t i, struct findings *out)
{
    uint32_t j = i + 1, last, given;
    if (!doc_is_mark(d, j, ':')) return OK;
    j++;
    if (j >= d->n || d->tok[j].flags & TOK_PARA || spanish_class(d, j) & ES_RELATIVE) return OK;
    if (!spanish_read_name(d, j, &last)) return OK;
    if (doc_is_mark(d, last + 1, ',') && last + 2 < d->n && !(d->tok[last + 2].flags & TOK_LINE) &&
        spanish_read_name(d, last + 2, &given) && has_usual(d, last + 2, given))
        last = given; /* family name first */
    if (!has_usual(d, j, last)) return OK;
    return add(d, i, j, last, RULE_NAME_FIELD, WHO_PATIENT, out);
}
