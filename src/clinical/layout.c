#include "clinical/layout.h"

/* A text whose longest line is shorter was not wrapped at it. Where words do not tell by their capitals
 * where a sentence begins there must be room to spare, for the longest line may not be a full one. */
enum { WRAP_LEAST = 60, WRAP_LEAST_EVEN = 40, SPARE = 8 };

bool layout_is_mark(const struct layout *l, uint32_t i, char c)
{
    return i < l->t->n && l->t->v[i].kind == TOK_MARK && l->t->v[i].hash == (unsigned char)c;
}

static bool is_one_of(const struct layout *l, uint32_t i, const char *marks)
{
    const struct token *k = &l->t->v[i];
    return k->kind == TOK_MARK && k->hash && k->hash < 0x80 && strchr(marks, (int)k->hash);
}

uint16_t layout_traits(const struct layout *l, uint32_t i)
{
    if (i >= l->t->n || l->t->v[i].kind != TOK_WORD) return 0;
    return l->s->traits_of[vocab_symbol(l->s->vocabulary, l->text, &l->t->v[i])];
}

static bool is_spaced(const struct layout *l, uint32_t i)
{
    return l->t->v[i].flags & (TOK_SPACE | TOK_LINE);
}

/* ---- lines ---- */

static uint32_t line_end(const struct layout *l, uint32_t first)
{
    uint32_t i = first + 1;
    while (i < l->t->n && !(l->t->v[i].flags & TOK_LINE))
        i++;
    return i;
}

static uint32_t line_width(const struct layout *l, uint32_t first, uint32_t end)
{
    return token_end(&l->t->v[end - 1]) - l->t->v[first].start;
}

/* Does the line of tokens [first, next) end where no sentence, list or header does, and so early that what
 * begins the line [next, end) was put there on purpose? */
static bool is_short(const struct layout *l, uint32_t first, uint32_t next, uint32_t end)
{
    if (l->t->v[next].flags & TOK_PARA || is_one_of(l, next - 1, ".,;")) return false;
    for (uint32_t i = first; i < end; i++)
        if (layout_is_mark(l, i, ':')) return false;
    return line_width(l, first, next) + l->t->v[next].len + 2 * SPARE <=
           MAX(l->widest, WRAP_LEAST_EVEN);
}

void layout_read(struct layout *l, const struct schema *s, view text, const struct tokens *t)
{
    *l = (struct layout){ .text = text, .s = s, .t = t };
    for (uint32_t first = 0, end; first < t->n; first = end) {
        end = line_end(l, first);
        l->lines++;
        l->widest = MAX(l->widest, line_width(l, first, end));
    }
    if (l->lines < 2) return;
    for (uint32_t first = 0, next = line_end(l, 0), end; next < t->n && !l->is_list;) {
        end = line_end(l, next);
        l->is_list = is_short(l, first, next, end);
        first = next;
        next = end;
    }
}

/* Would the word at i, first of its line, have found room on the line before it, and more? */
static bool had_room(const struct layout *l, uint32_t i, uint32_t least, uint32_t spare)
{
    const struct token *v = l->t->v;
    uint32_t first = i - 1;
    while (first > 0 && !(v[first].flags & TOK_LINE))
        first--;
    return line_width(l, first, i) + 1 + v[i].len + spare <= MAX(l->widest, least);
}

static bool stands_alone(const struct layout *l, uint32_t i)
{
    const struct token *k = &l->t->v[i], *last = &l->t->v[i - 1];
    const uint16_t before = layout_traits(l, i - 1), here = layout_traits(l, i);
    if (last->kind == TOK_MARK && !is_one_of(l, i - 1, ".)]%?!")) return false;
    if (before & TRAIT_UNFINISHED) return false;
    if (k->len == 1 && l->text.p[k->start] == 'o' && i + 1 < l->t->n && is_spaced(l, i + 1))
        return true; /* a bullet, once the page was copied */
    if (k->kind == TOK_MARK) return is_one_of(l, i, "-*+~>#[") || k->hash >= 0x80 || k->hash == '?';
    if (k->kind == TOK_NUMBER) return had_room(l, i, WRAP_LEAST, SPARE);
    const bool is_upper = k->flags & TOK_UPPER && (k->len > 1 || last->flags & TOK_UPPER);
    const bool is_begun = k->flags & TOK_CAP && !is_upper;
    if (here & TRAIT_JOINING && !is_begun) return false;
    if (is_begun && !(before & TRAIT_DESCRIBING)) return true; /* wrapped prose seldom has that */
    if (is_begun) return had_room(l, i, WRAP_LEAST, 0);
    if (here & TRAIT_DENYING) return true;
    if (before & TRAIT_DESCRIBING) return false;
    return l->is_list || had_room(l, i, WRAP_LEAST_EVEN, SPARE);
}

uint32_t layout_line_end(const struct layout *l, uint32_t at, uint32_t end)
{
    if (l->lines < 2) return end;
    for (uint32_t i = at + 1; i < end; i++)
        if (l->t->v[i].flags & TOK_LINE && stands_alone(l, i)) return i;
    return end;
}

/* ---- stops ---- */

static bool is_known(const struct layout *l, uint32_t i)
{
    const struct token *k = &l->t->v[i];
    return k->len > 2 && vocab_symbol(l->s->vocabulary, l->text, k) != SYM_OTHER;
}

/* May a sentence end behind token i, were there a dot? */
static bool may_end(const struct layout *l, uint32_t i)
{
    const struct token *k = &l->t->v[i];
    if (k->kind == TOK_MARK) return is_one_of(l, i, ")]%\".!");
    if (k->kind == TOK_NUMBER) return true;
    if (k->len == 1) return i > 0 && layout_is_mark(l, i - 1, '/'); /* "n/v.", and no initial */
    return !(layout_traits(l, i) & TRAIT_SHORTENED);
}

/* Words on both sides of a dot whose blank was lost: "atelectasis.Catheter", "ptx.small effusion". */
static bool is_run_together(const struct layout *l, uint32_t a, uint32_t b)
{
    const struct token *v = l->t->v;
    if (v[a].kind != TOK_WORD || v[b].kind != TOK_WORD) return false;
    if (v[b].flags & TOK_CAP) return !(v[a].flags & TOK_UPPER) && v[a].len > 2;
    return is_known(l, a) && is_known(l, b);
}

bool layout_is_stop(const struct layout *l, uint32_t i)
{
    enum { ELLIPSIS = 0x2026 };
    const struct token *v = l->t->v;
    if (i == 0 || i + 1 >= l->t->n || v[i].kind != TOK_MARK) return false;
    if (v[i].hash != '.' && v[i].hash != '!' && v[i].hash != ELLIPSIS) return false;
    if (!is_spaced(l, i + 1)) return is_run_together(l, i - 1, i + 1);
    const bool is_mark = v[i + 1].kind == TOK_MARK && v[i + 1].hash < 0x80;
    if (is_mark && !is_one_of(l, i + 1, "+-~<>?([")) return false;
    return v[i].hash != '.' || may_end(l, i - 1);
}
