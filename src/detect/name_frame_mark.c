/* name_frame_mark.c — see name_frame_inside.h. */
#include "detect/name_frame_inside.h"
#include "detect/name_register_inside.h"

WORDSET_CLASS_AT(cls, name_frame_words)

/* A role that fills a cell of its own before the bar at token i: "| Attg | ". */
static bool is_role_cell(const struct doc *d, int64_t i)
{
    const uint64_t people = LEX(CLINICIAN) | LEX(RELATIVE);
    const struct token *t = doc_tok(d, i - 1);
    const bool alone = t->flags & TOK_LINE || doc_is_mark(d, i - 2, '|') || i == 1;
    return alone && t->kind == TOK_WORD &&
           (doc_bits(d, i - 1) & people || name_field_is_role(d, i - 1) ||
            cls(d, i - 1) & (F_STRAIGHT | F_IS_WHO));
}

/* The role at the head of the sentence that ends with a comma at token i and a name, or -1. */
static int64_t role_behind(const struct doc *d, int64_t i)
{
    enum { FAR = 10 };
    for (int64_t j = i - 1; j >= 0 && i - j < FAR; j--) {
        if (cls(d, j) & F_BEHIND) return j;
        if (doc_tok(d, j)->flags & TOK_LINE || doc_is_mark(d, j, ';')) return -1;
    }
    return -1;
}

/* "Path 15-03580 ": a long number up to token i, behind what somebody reads: its token, or -1. */
static int64_t study_before(const struct doc *d, int64_t i)
{
    enum { FAR = 10, DIGITS = 5 };
    uint32_t digits = 0;
    for (int n = 0; n < FAR && i > 0; n++, i--) {
        if (doc_tok(d, i)->kind == TOK_NUMBER) digits += doc_tok(d, i)->len;
        if (!doc_joined(d, i)) break;
    }
    if (doc_is_mark(d, i - 1, '#')) i--;
    return digits >= DIGITS && cls(d, i - 1) & F_STUDY ? i - 1 : -1;
}

/* A letter and a family name that fill a field to the end of its line. */
static bool is_lettered_answer(const struct doc *d, uint32_t i, uint32_t last)
{
    return i < last && d->tok[i].len == 1 && !(d->tok[i].flags & TOK_LINE) &&
           name_is_new_or_usual(d, last) && shape_of(d, last) == SHAPE_TITLE &&
           (last + 1 >= d->n || d->tok[last + 1].flags & TOK_LINE);
}

/* "66123", "6-2621" at token i: where somebody is reached in the house. */
static bool is_extension(const struct doc *d, int64_t i)
{
    const struct token *n = doc_tok(d, i);
    return n->kind == TOK_NUMBER && !(n->flags & TOK_LINE) &&
           (n->len >= 4 || (doc_is_mark(d, i + 1, '-') && doc_tok(d, i + 2)->len == 4));
}

/* "read-back: Imselund W 18:42", "Imselund, W 9 p.m.": a family name, a letter and a time, behind the mark of a field. */
static bool is_timed_letter(const struct doc *d, uint32_t first, uint32_t last)
{
    const bool inside = d->tok[last].len == 1 && first < last; /* the run took the letter */
    const bool listed = !inside && doc_is_mark(d, (int64_t)last + 1, ',');
    const int64_t letter = (int64_t)last + !inside + listed, time = letter + 1;
    const struct token *n = doc_tok(d, time), *half = doc_tok(d, time + 1);
    if (doc_tok(d, letter)->len != 1 || !(doc_tok(d, letter)->flags & TOK_CAP) ||
        n->kind != TOK_NUMBER || doc_joined(d, time) || !name_is_new_or_usual(d, first))
        return false;
    return name_is_moment(d, time) || (n->len <= 2 && half->kind == TOK_WORD && half->len <= 2 &&
                                       strchr("apAP", d->text.p[half->start]));
}

void name_frame_behind_mark(const struct doc *d, int64_t i, uint32_t last, struct name_context *c)
{
    const uint64_t people = LEX(CLINICIAN) | LEX(RELATIVE);
    switch (doc_tok(d, i)->hash) {
    case '/': {
        const int64_t meets = name_frame_met(d, i);
        if (meets >= 0) name_frame_told(meets, i, WHO_UNKNOWN, c);
        break;
    }
    case '|':
        if (is_role_cell(d, i)) name_frame_told(i - 1, i, WHO_UNKNOWN, c);
        break;
    case '-': /* "Thanks, agree. -Tarrow" */
        if (doc_joined(d, i + 1) && !doc_joined(d, i) && doc_is_mark(d, i - 1, '.') &&
            (last + 1 >= d->n || d->tok[last + 1].flags & TOK_LINE) &&
            name_is_new_or_usual(d, last))
            name_frame_told(i, i, WHO_UNKNOWN, c);
        break;
    case '=':
        if (cls(d, i - 1) & F_SERVICE && is_extension(d, (int64_t)last + 1) &&
            name_is_new_or_usual(d, last))
            name_frame_told(i, i, WHO_CLINICIAN, c); /* "surgery = Beckwater 66123" */
        else if (cls(d, i - 1) & F_IS_WHO || doc_bits(d, i - 1) & people || name_is_usual(d, last))
            name_frame_told(i - 1, i, WHO_UNKNOWN, c);
        break;
    case '.': /* "lives w. Amparo" */
        if (doc_joined(d, i) && cls(d, i - 1) & F_WITH && cls(d, i - 2) & F_MEETS)
            name_frame_told(i - 2, i, WHO_UNKNOWN, c);
        break;
    case ':': /* "Handoff given: M Ferrantino" */
        if (is_lettered_answer(d, (uint32_t)i + 1, last) ||
            is_timed_letter(d, (uint32_t)i + 1, last))
            name_frame_told(i, i, WHO_UNKNOWN, c);
        break;
    case ARROW: /* "EP → Hsieh" */
        if (name_is_usual(d, last) && name_frame_stops(d, last))
            name_frame_told(i, i, WHO_UNKNOWN, c);
        break;
    case '@': /* "@Simone thx" */
        if (doc_joined(d, i + 1) && !doc_joined(d, i)) name_frame_told(i, i, WHO_UNKNOWN, c);
        break;
    case '(': /* "badge 0417 (Hobbs)", "float (Hobbs?)" */
        if (!doc_is_mark(d, (int64_t)last + 1, ')') && !doc_is_mark(d, (int64_t)last + 1, '?'))
            break;
        if (name_is_usual(d, last) || study_before(d, i - 1) >= 0)
            name_frame_told(i, i, WHO_UNKNOWN, c);
        break;
    case ',':
        if (cls(d, i - 1) & F_CHILDREN && doc_tok(d, i - 1)->flags & TOK_LOWER) {
            name_frame_told(i - 1, i, WHO_RELATIVE, c);
        } else if (cls(d, i - 1) & F_THANKS || name_frame_is_thanks(d, i - 1)) {
            if (name_is_new_or_usual(d, last)) name_frame_told(i - 1, i, WHO_UNKNOWN, c);
        } else if (cls(d, i - 1) & F_DATED && doc_tok(d, i - 1)->flags & TOK_LOWER) {
            if (name_frame_ends_sentence(d, last) && name_is_new_or_usual(d, last) &&
                d->lex[last]->given >= d->lex[last]->word)
                name_frame_told(i - 1, i, WHO_CLINICIAN, c);
        } else if (name_frame_ends_sentence(d, last)) {
            const int64_t role = role_behind(d, i);
            if (role >= 0) name_frame_told(role, i, WHO_CLINICIAN, c);
        }
        break;
    default: break;
    }
}
