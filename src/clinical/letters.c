#include "clinical/letters.h"

static bool is_compared(const struct layout *l, uint32_t i)
{
    return i < l->t->n && (layout_is_mark(l, i, '>') || layout_is_mark(l, i, '<'));
}

static bool is_known_word(const struct layout *l, uint32_t i)
{
    const struct token *k = &l->t->v[i];
    return k->kind == TOK_WORD && vocab_symbol(l->s->vocabulary, l->text, k) != SYM_OTHER &&
           !view_eq_nocase(view_sub(l->text, k->start, token_end(k)), VIEW("spine"));
}

/* Does the statement end behind token i? */
static bool is_last(const struct layout *l, uint32_t i)
{
    if (i + 1 >= l->t->n || l->t->v[i + 1].flags & TOK_LINE) return true;
    return layout_is_mark(l, i + 1, '.') || layout_is_mark(l, i + 1, ',') ||
           layout_is_mark(l, i + 1, ';');
}

/* A side, where what stands beside it is told of a side and no number makes it a litre. */
static bool is_side(const struct layout *l, uint32_t i)
{
    const struct token *v = l->t->v, *k = &v[i];
    const bool is_begun = i == 0 || k->flags & (TOK_SPACE | TOK_LINE);
    if (i > 0 && v[i - 1].kind == TOK_NUMBER) return false;
    if (is_compared(l, i + 1)) return is_begun;
    if (i > 0 && is_compared(l, i - 1)) return true;
    if (!is_begun) return false;
    if (is_last(l, i)) return k->flags & TOK_UPPER && i > 0 && is_known_word(l, i - 1);
    if (!(v[i + 1].flags & TOK_SPACE)) return false;
    if (v[i + 1].kind == TOK_NUMBER) /* "R 7th rib" */
        return i + 2 < l->t->n && v[i + 2].kind == TOK_WORD && !(v[i + 2].flags & TOK_SPACE);
    return is_known_word(l, i + 1);
}

/* "w/ edema"; "w/o" is a cue of its own. */
static bool is_with(const struct layout *l, uint32_t i)
{
    const struct token *v = l->t->v;
    if (i + 2 >= l->t->n || !layout_is_mark(l, i + 1, '/') || v[i + 1].flags & TOK_SPACE)
        return false;
    return v[i + 2].kind == TOK_WORD && (v[i + 2].len > 1 || v[i + 2].flags & TOK_SPACE);
}

uint16_t letter_symbol(const struct layout *l, uint32_t i)
{
    const struct token *k = &l->t->v[i];
    if (k->kind != TOK_WORD || k->len != 1) return 0;
    switch (ascii_lower(l->text.p[k->start])) {
    case 'r': return is_side(l, i) ? l->s->word_right : 0;
    case 'l': return is_side(l, i) ? l->s->word_left : 0;
    case 'w': return is_with(l, i) ? l->s->word_with : 0;
    case 'n': return i > 0 && layout_is_mark(l, i - 1, ':') && is_last(l, i) ? l->s->word_no : 0;
    default: return 0;
    }
}
