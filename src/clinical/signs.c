#include "clinical/signs.h"

static bool is_mark(const struct layout *l, uint32_t i, char c)
{
    return layout_is_mark(l, i, c);
}

static bool is_spaced(const struct layout *l, uint32_t i)
{
    return i >= l->t->n || l->t->v[i].flags & (TOK_SPACE | TOK_LINE | TOK_PARA);
}

static bool is_word(const struct layout *l, uint32_t i)
{
    return i < l->t->n && l->t->v[i].kind == TOK_WORD;
}

/* Nothing of the same statement stands before token i. */
static bool is_first(const struct layout *l, uint32_t i)
{
    return i == 0 || l->t->v[i].flags & (TOK_LINE | TOK_PARA) || is_mark(l, i - 1, ',') ||
           is_mark(l, i - 1, ';') || is_mark(l, i - 1, '.') || is_mark(l, i - 1, ':');
}

/* A mark before a word that belongs to the word: right before it, or first of a statement. */
static bool is_joined_sign(const struct layout *l, uint32_t i)
{
    return is_spaced(l, i) && is_word(l, i + 1) && !is_spaced(l, i + 1);
}

static bool is_apart_sign(const struct layout *l, uint32_t i)
{
    return is_first(l, i) && is_word(l, i + 1) && is_spaced(l, i + 1) &&
           !(l->t->v[i + 1].flags & TOK_LINE);
}

static bool has_round_box(view text)
{
    for (size_t at = 0; (at = view_find_byte(text, at, '(')) + 2 < text.n; at++)
        if (ascii_lower(text.p[at + 1]) == 'x' && text.p[at + 2] == ')') return true;
    return false;
}

struct sign_use signs_used(const struct layout *l)
{
    struct sign_use use = { .round = has_round_box(l->text) };
    if (view_find_byte(l->text, 0, '+') == l->text.n) return use;
    for (uint32_t i = 0; i < l->t->n; i++) {
        if (!is_mark(l, i, '+')) continue;
        use.joined |= is_joined_sign(l, i);
        use.apart |= is_apart_sign(l, i);
    }
    return use;
}

/* ---- boxes ---- */

static enum sign box_at(const struct layout *l, const struct sign_use *use, uint32_t i,
                        uint32_t *behind)
{
    enum { BOX = 0x2610, BOX_TICKED = 0x2611, BOX_CROSSED = 0x2612 };
    const uint64_t mark = l->t->v[i].hash;
    *behind = i + 1;
    if (mark == BOX_TICKED || mark == BOX_CROSSED) return SIGN_TICKED;
    if (mark == BOX) return SIGN_UNTICKED;
    const char close = mark == '[' ? ']' : ')';
    if (mark != '[' && !(mark == '(' && use->round)) return SIGN_NONE;
    *behind = i + 2;
    if (is_mark(l, i + 1, close)) return SIGN_UNTICKED;
    *behind = i + 3;
    if (is_mark(l, i + 1, '_') && is_mark(l, i + 2, close)) return SIGN_UNTICKED;
    const bool is_x = is_word(l, i + 1) && l->t->v[i + 1].len == 1 &&
                      ascii_lower(l->text.p[l->t->v[i + 1].start]) == 'x';
    return is_x && is_mark(l, i + 2, close) ? SIGN_TICKED : SIGN_NONE;
}

bool signs_trail(const struct layout *l, const struct sign_use *use, uint32_t at, uint32_t end)
{
    enum { BOX_TOKENS = 3 };
    uint32_t behind;
    while (end > at && is_mark(l, end - 1, '.'))
        end--;
    if (end == at || l->t->v[end - 1].kind != TOK_MARK) return false;
    for (uint32_t i = end > at + BOX_TOKENS ? end - BOX_TOKENS : at + 1; i < end; i++)
        if (l->t->v[i].kind == TOK_MARK && box_at(l, use, i, &behind) && behind == end)
            return l->t->v[at].kind == TOK_WORD;
    return false;
}

/* ---- the others ---- */

/* "Effusion? Yes." and "Effusion? No": the answer is all there is up to a stop. */
static bool is_answered(const struct layout *l, uint32_t i)
{
    if (!(layout_traits(l, i + 1) & TRAIT_ANSWERING) || l->t->v[i + 1].flags & TOK_LINE)
        return false;
    return i + 2 >= l->t->n || l->t->v[i + 2].flags & TOK_LINE || is_mark(l, i + 2, '.') ||
           is_mark(l, i + 2, ',') || is_mark(l, i + 2, ';');
}

static bool is_last(const struct layout *l, uint32_t i)
{
    return i + 1 >= l->t->n || l->t->v[i + 1].flags & (TOK_LINE | TOK_PARA);
}

/* A plus or minus that is an answer of its own: "(-)", "-ve", and the rest of a line behind a colon. */
static bool is_answer(const struct layout *l, uint32_t i, uint32_t *behind)
{
    *behind = i + 1;
    if (i > 0 && is_mark(l, i - 1, ':')) return is_last(l, i);
    if (!is_word(l, i + 1) || is_spaced(l, i + 1)) return false;
    *behind = i + 2;
    return view_eq_nocase(view_sub(l->text, l->t->v[i + 1].start, token_end(&l->t->v[i + 1])),
                          VIEW("ve"));
}

static enum sign answer_at(const struct layout *l, uint32_t i, uint32_t *behind)
{
    const bool is_closed = is_mark(l, i, '(') && is_mark(l, i + 2, ')');
    const uint32_t at = i + is_closed;
    if (!is_mark(l, at, '+') && !is_mark(l, at, '-')) return SIGN_NONE;
    if (!is_closed && !is_answer(l, i, behind)) return SIGN_NONE;
    if (is_closed) *behind = i + 3;
    return is_mark(l, at, '+') ? SIGN_YES : SIGN_NO;
}

/* Parts one statement from the next: " - ", "--", "->", " | ". */
static bool is_dash(const struct layout *l, uint32_t i, uint32_t *behind)
{
    enum { EN_DASH = 0x2013, EM_DASH = 0x2014, ARROW = 0x2192 };
    const uint64_t mark = l->t->v[i].hash;
    *behind = i + 1;
    if (mark == EM_DASH || mark == ARROW) return true;
    if ((mark == '-' || mark == '=') && (is_mark(l, i + 1, '>') || is_mark(l, i + 1, '-'))) {
        while (is_mark(l, *behind, '-') || is_mark(l, *behind, '>'))
            ++*behind;
        return true;
    }
    return (mark == '-' || mark == EN_DASH || mark == '*' || mark == '|') && is_spaced(l, i) &&
           is_spaced(l, i + 1);
}

enum sign sign_at(const struct layout *l, const struct sign_use *use, uint32_t i, uint32_t *behind)
{
    enum { PLUS_MINUS = 0xB1 };
    const uint64_t mark = l->t->v[i].hash;
    const enum sign box = box_at(l, use, i, behind);
    if (box) return box;
    const enum sign answer = answer_at(l, i, behind);
    if (answer) return answer;
    *behind = i + 3;
    if (mark == '+' && is_mark(l, i + 1, '/') && is_mark(l, i + 2, '-')) return SIGN_MAYBE;
    *behind = i + 1;
    if (mark == PLUS_MINUS) return is_word(l, i + 1) ? SIGN_MAYBE : SIGN_NONE;
    if (mark == '&') return SIGN_AND;
    if (mark == '+' && (is_joined_sign(l, i) || is_apart_sign(l, i))) return SIGN_YES;
    if (mark == '+') return is_spaced(l, i) && is_word(l, i + 1) ? SIGN_AND : SIGN_NONE;
    if (mark == '-' &&
        ((use->joined && is_joined_sign(l, i)) || (use->apart && is_apart_sign(l, i))))
        return SIGN_NO;
    if (mark == '?') return is_answered(l, i) ? SIGN_ASKED : SIGN_NONE;
    return is_dash(l, i, behind) ? SIGN_DASH : SIGN_NONE;
}
