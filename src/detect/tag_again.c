#include "detect/shape.h"
#include "detect/tag_gate_inside.h"
#include "detect/tag_left.h"
#include "detect/tag_pass.h"

/* Is token i a word of a name that nothing found? */
static bool is_left(const struct tag_pass *p, uint32_t i)
{
    if (i > p->w.last || (p->d->tok[i].flags & (TOK_CAP | TOK_UPPER)) != TOK_CAP) return false;
    if (p->taken[i - p->w.first]) return false;
    return !(p->text.hit && p->text.hit[i]) && !p->d->shield[i] &&
           tag_is_near(p->m, &p->s->decoder, i - p->w.first) && tag_gate_is_word_of_name(p->d, i);
}

/* The last of the words of names that begin at `first`: "Vorilaro Tegworth", "Vabstrom-Thrupingham". */
static uint32_t left_end(const struct tag_pass *p, uint32_t first)
{
    const struct doc *d = p->d;
    uint32_t i = first;
    for (;;) {
        const bool dash = doc_is_mark(d, (int64_t)i + 1, '-') && doc_joined(d, (int64_t)i + 1) &&
                          doc_joined(d, (int64_t)i + 2);
        const uint32_t next = i + 1 + dash;
        if (!is_left(p, next) || d->tok[next].flags & TOK_LINE || shape_opens_column(d, next))
            return i;
        i = next;
    }
}

static err look_at_names(struct tag_pass *p)
{
    err e = OK;
    const struct tag_label *name = tag_pass_label(p->m, LABEL_NAME, PART_WHOLE, NULL);
    if (!name) return OK;
    for (uint32_t i = p->w.first; i <= p->w.last; i++) {
        if (!is_left(p, i)) continue;
        const uint32_t first = i;
        const float score = tag_pass_score(p, first, i = left_end(p, first));
        float inside = 1;
        for (uint32_t k = first; k <= i; k++)
            inside = MIN(inside, p->out[k - p->w.first].inside);
        if (shape_word_begin(p->d, first) == first && shape_word_end(p->d, i) == i &&
            tag_gate_is_left(p->d, p->text.hit, first, i, inside))
            TRY(tag_put_apart(p, first, i, name, score));
    }
out:
    return e;
}

/* Are tokens first … last of the window, with nothing of them found? */
static bool are_left(const struct tag_pass *p, uint32_t first, uint32_t last)
{
    if (first < p->w.first || last > p->w.last) return false;
    for (uint32_t i = first; i <= last; i++)
        if (p->taken[i - p->w.first] || (p->text.hit && p->text.hit[i])) return false;
    return true;
}

static float inside_of(struct tag_pass *p, uint32_t first, uint32_t last)
{
    float most = 0;
    tag_pass_need_scores(p);
    for (uint32_t i = first; i <= last; i++)
        most = MAX(most, p->out[i - p->w.first].inside);
    return most;
}

/* Unless the model knows no such label. */
static err put_as(struct tag_pass *p, uint32_t first, uint32_t last, enum label label)
{
    const struct tag_label *l = tag_pass_label(p->m, label, PART_WHOLE, NULL);
    return l ? tag_put(p, first, last, l, tag_pass_score(p, first, last)) : OK;
}

/* The day or the code at number i, if it may be one: see tag_left.h. */
static err look_at_number(struct tag_pass *p, uint32_t i)
{
    const struct doc *d = p->d;
    if (tag_left_is_pair(d, i)) {
        if (!are_left(p, i, i + 2) || !tag_left_may_be_day(d, i)) return OK;
        const bool beside = i > p->w.first && !are_left(p, i - 1, i - 1);
        if (!tag_left_is_day(d, i, inside_of(p, i, i + 2), beside)) return OK;
        return put_as(p, i, i + 2, LABEL_DATE);
    }
    const bool left = doc_joined(d, i) && doc_tok(d, (int64_t)i - 1)->kind == TOK_WORD;
    if (!left && !(doc_joined(d, i + 1) && doc_tok(d, (int64_t)i + 1)->kind == TOK_WORD)) return OK;
    struct code c;
    code_around(d, i, &c);
    if (!are_left(p, c.first, c.last) || !tag_left_may_be_code(d, &c) ||
        !tag_left_is_code(d, &c, inside_of(p, c.first, c.last)))
        return OK;
    return put_as(p, c.first, c.last, LABEL_ID);
}

static err look_at_numbers(struct tag_pass *p)
{
    err e = OK;
    for (uint32_t i = p->w.first; i <= p->w.last; i++)
        if (p->d->tok[i].kind == TOK_NUMBER && are_left(p, i, i)) TRY(look_at_number(p, i));
out:
    return e;
}

err tag_look_again(struct tag_pass *p)
{
    err e = look_at_names(p);
    return e ? e : look_at_numbers(p);
}
