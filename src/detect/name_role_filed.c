#include "detect/name_handover.h"
#include "detect/name_role_inside.h"
#include "detect/name_run.h"
#include "detect/shape.h"

/* "78M", "45/F" from token i. */
bool name_role_is_age_and_sex(const struct doc *d, int64_t i)
{
    const struct token *n = doc_tok(d, i);
    if (n->kind != TOK_NUMBER || n->len > 3 || n->flags & TOK_LINE) return false;
    if (doc_is_mark(d, i + 1, '/')) i++;
    const struct token *s = doc_tok(d, i + 1);
    const char c = s->kind == TOK_WORD && s->len == 1 ? ascii_lower(d->text.p[s->start]) : 0;
    return c == 'm' || c == 'f';
}

/* "| Yamane, K |", "Brandy,O  #004491": a cell of its own, or a number of a record behind the column. */
SELDOM static bool is_registered(const struct doc *d, uint32_t i, uint32_t after)
{
    if (doc_is_mark(d, (int64_t)i - 1, '|') && doc_is_mark(d, after, '|')) return true;
    const bool opens = !i || d->tok[i].flags & TOK_LINE || doc_is_mark(d, (int64_t)i - 1, '|');
    return opens && doc_is_on_line(d, after) && doc_is_mark(d, after, '#') &&
           doc_tok(d, (int64_t)after + 1)->kind == TOK_NUMBER;
}

/* At the head of its line, or behind the place that heads it: "UC3 Bellamy, D cut finger". */
SELDOM static bool opens_row(const struct doc *d, uint32_t i)
{
    enum { PLACE_MAX = 3 };
    uint32_t k = i;
    if (!k || d->tok[k].flags & TOK_LINE) return true;
    while (k > 0 && i - k < PLACE_MAX && !(d->tok[k].flags & TOK_LINE)) {
        const struct token *t = &d->tok[--k];
        if (t->kind == TOK_WORD && t->len > 3) return false;
    }
    return (!k || d->tok[k].flags & TOK_LINE) &&
           (d->tok[i - 1].kind == TOK_NUMBER || doc_tok(d, (int64_t)i - 2)->kind == TOK_NUMBER);
}

/* "labels of Kangas, S and", "(Mooreland, D)": a usual family name and a letter that means nothing of medicine. */
SELDOM static bool is_amid(const struct doc *d, uint32_t i, uint32_t initial)
{
    const struct lex_info *l = d->lex[i];
    const struct token *before = doc_tok(d, (int64_t)i - 1),
                       *next = doc_tok(d, (int64_t)initial + 1);
    const bool goes_on =
        next->kind == TOK_WORD && !(next->flags & (TOK_LOWER | TOK_LINE)) && next->len > 1;
    return l->surname >= 2 && l->surname > l->place && !(l->bits & LEX(EPONYM)) && !goes_on &&
           next->kind != TOK_NUMBER &&
           !(before->kind == TOK_WORD && !(before->flags & TOK_LOWER)) &&
           !memchr("AILRKCPTV", d->text.p[d->tok[initial].start], 9);
}

/* "PYXIS3E CROWELL,L rem", "/ Thornbury, L /", "0815 Thornbury, P f/u": as registers write it, no blank behind the
 * comma, in a field between slashes or behind a clock time. `after`: the token behind the letter. */
SELDOM static bool is_filed(const struct doc *d, uint32_t i, uint32_t after)
{
    const struct token *before = doc_tok(d, (int64_t)i - 1), *next = doc_tok(d, after);
    const uint32_t comma = shape_word_end(d, i) + 1;
    if (d->tok[i].len < 3) return false;
    if (doc_is_mark(d, (int64_t)i - 1, '/') && !doc_joined(d, i))
        return doc_is_mark(d, after, '/') && !doc_joined(d, after);
    if (!name_is_usual(d, i) || next->kind == TOK_NUMBER) return false;
    if (doc_joined(d, comma + 1)) return !doc_joined(d, i) && !doc_joined(d, after);
    return before->kind == TOK_NUMBER && before->len == 4 && doc_is_on_line(d, i) &&
           next->flags & TOK_LOWER;
}

/* "Thornbury, J  78M", "Schaaf, L", "DELACROIX, M - left breast": the family name is at token i. */
err name_role_filed(const struct doc *d, uint32_t i, const uint8_t *taken, struct findings *out)
{
    const uint32_t last = shape_word_end(d, i), comma = last + 1, initial = last + 2;
    const struct token *j = doc_tok(d, initial);
    const struct lex_info *l = d->lex[i];
    if (!doc_is_mark(d, comma, ',') || !doc_is_on_line(d, initial) || j->kind != TOK_WORD ||
        j->len != 1 || !(j->flags & TOK_CAP))
        return OK;
    if (d->tok[i].len < (l->surname > l->word ? 2 : 3) || !name_role_is_free(d, i, taken) ||
        !name_role_is_rather_name(d, i))
        return OK;
    uint32_t after = initial + 1;
    if (doc_is_mark(d, after, '.') && doc_joined(d, after)) after++;
    bool aged = name_role_is_age_and_sex(d, after) || is_registered(d, i, after);
    const bool filed = is_filed(d, i, after);
    if (doc_joined(d, initial) && !aged && !filed) return OK;
    bool quoted = doc_is_mark(d, (int64_t)i - 1, '"');
    bool beside = name_role_class(d, (int64_t)i - 1) & R_BESIDE && doc_is_on_line(d, i);
    /* "Moss, K and Schaaf, L", not "type and Cross, A positive" */
    if (doc_is_word(d, (int64_t)i - 1, VIEW("and"))) beside = doc_tok(d, (int64_t)i - 2)->len == 1;
    /* "Quistleford, A MD": so signs who is known to no list */
    const bool signs =
        opens_row(d, i) && doc_is_on_line(d, after) && name_run_is_credential(d, after);
    bool opens =
        opens_row(d, i) && (name_role_is_closed(d, after - 1) || doc_is_mark(d, after, '-') ||
                            doc_tok(d, after)->flags & TOK_LOWER);
    if (!aged && !quoted && !beside && !filed && !signs &&
        !((opens || is_amid(d, i, initial)) && l->bits && l->surname > l->word))
        return OK;
    return name_role_add(d, i, after - 1, 0.85F, aged ? WHO_PATIENT : WHO_UNKNOWN, out);
}
