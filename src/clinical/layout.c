#include "clinical/layout.h"

/* A text whose longest line is shorter was not wrapped at it. Where words do not tell by their capitals
 * where a sentence begins there must be room to spare, for the longest line may not be a full one. */
enum { WRAP_LEAST = 60, WRAP_LEAST_EVEN = 40, SPARE = 8 };

/* Does `line` end where a sentence, a list or a header does not, and is so short that what begins the next one
 * was put there on purpose? */
static bool is_short(const struct layout *l, view line, view next)
{
    line = view_trim(line);
    next = view_trim(next);
    if (line.n == 0 || next.n == 0 || strchr(".,;:", line.p[line.n - 1])) return false;
    if (view_find_byte(line, 0, ':') < line.n || view_find_byte(next, 0, ':') < next.n)
        return false;
    return line.n + view_find_byte(next, 0, ' ') + 2 * SPARE <= MAX(l->widest, WRAP_LEAST_EVEN);
}

/* A text in which one line is broken early was not wrapped: its other lines stand for themselves too. */
static bool has_short_lines(const struct layout *l)
{
    view line = VIEW("");
    for (size_t at = 0, end; at < l->text.n; at = end + 1) {
        end = view_find_byte(l->text, at, '\n');
        const view next = view_sub(l->text, at, end);
        if (is_short(l, line, next)) return true;
        line = next;
    }
    return false;
}

void layout_read(struct layout *l, const struct schema *s, view text, const struct tokens *t)
{
    *l = (struct layout){ text, s, t, 0, 0, false };
    for (size_t at = 0, end; at < text.n; at = end + 1) {
        end = view_find_byte(text, at, '\n');
        if (at == 0 && end == text.n) return;
        l->lines++;
        l->widest = MAX(l->widest, (uint32_t)(end - at));
    }
    l->is_list = has_short_lines(l);
}

bool layout_is_mark(const struct layout *l, uint32_t i, char c)
{
    const struct token *k = &l->t->v[i];
    return i < l->t->n && k->kind == TOK_MARK && k->hash == (unsigned char)c;
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

/* Would the word at i, first of its line, have found room on the line before it, and more? */
static bool had_room(const struct layout *l, uint32_t i, uint32_t least, uint32_t spare)
{
    const struct token *v = l->t->v;
    uint32_t first = i - 1;
    while (first > 0 && !(v[first].flags & TOK_LINE))
        first--;
    uint32_t width = token_end(&v[i - 1]) - v[first].start;
    return width + 1 + v[i].len + spare <= MAX(l->widest, least);
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
    if (l->widest == 0) return end;
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
    if (is_spaced(l, i) || (is_mark && !is_one_of(l, i + 1, "+-~<>?(["))) return false;
    return v[i].hash != '.' || may_end(l, i - 1);
}
