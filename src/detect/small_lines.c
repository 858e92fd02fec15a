/* detect/small_lines.c — see small_lines.h. */
#include "detect/small_lines.h"

#include "detect/taken.h"

enum { WORDS_LEAST = 4 };
static const char marks[SMALL_LINES_MARKS] = { '.', '"', '\n' };

/* Behind a full stop, a question mark, a quotation mark or an empty line: where a sentence begins. A line may only go on
 * from the one before. "5 a.m. on the day": no sentence ends with a short word. */
static bool may_begin(const struct doc *d, uint32_t i)
{
    enum { SHORT = 3 };
    const struct token *t = &d->tok[i], *mark = t - (i > 0), *word = t - 2 * (i > 1);
    if (t->kind != TOK_WORD || !(t->flags & TOK_LOWER)) return false;
    if (t->flags & TOK_PARA) return true;
    if (mark->kind != TOK_MARK) return false;
    if (mark->hash == '"' || mark->hash == 0x201C || mark->hash == '>') return true;
    return (t->flags & TOK_SPACE || t->flags & TOK_LINE) &&
           (word->kind != TOK_WORD || word->len >= SHORT);
}

/* A word that nobody knows, or that is a name and nothing else. */
static bool may_name(const struct doc *d, uint32_t i)
{
    const uint64_t names =
        LEX_GIVEN | LEX(SURNAME) | LEX(PLACE) | LEX(NICK) | LEX(COUNTY) | LEX(SAINT);
    const struct lex_info *l = d->lex[i];
    if (d->tok[i].len < 3 || d->shield[i]) return false;
    return !l->bits || (l->bits & names && l->word < 2) || l->bits & LEX(TITLE);
}

/* The last token of the words without a capital from token i on, or i where they are few or name nothing. */
static uint32_t stretch_end(const struct doc *d, uint32_t i)
{
    uint32_t j = i, words = 0;
    bool tells = false;
    for (; j < d->n && (j == i || !(d->tok[j].flags & TOK_PARA)); j++) {
        const struct token *t = &d->tok[j];
        if (t->kind != TOK_WORD) continue;
        if (!(t->flags & TOK_LOWER)) break;
        tells |= may_name(d, j);
        words++;
    }
    return tells && words >= WORDS_LEAST ? j - 1 : i;
}

/* The next place of `mark` at or behind byte `at` that a small letter follows, over blanks; the text's length when there
 * is none. Most full stops stand before a capital: a look at bytes tells them off. */
static uint32_t next_mark(view text, char mark, uint32_t at)
{
    for (; (size_t)at + 3 < text.n; at++) {
        const char *p = memchr(text.p + at, mark, text.n - at - 3);
        if (!p) break;
        at = (uint32_t)(p - text.p);
        const char *c = p + 1;
        c += *c == ' ' || *c == '\n';
        c += *c == ' ' || *c == '\n';
        if (*c >= 'a' && *c <= 'z') return at;
    }
    return (uint32_t)text.n;
}

void small_lines_begin(struct small_lines *s, const struct doc *d)
{
    *s = (struct small_lines){ .d = d };
    for (size_t k = 0; k < COUNT_OF(s->next); k++)
        s->next[k] = next_mark(d->text, marks[k], 0);
}

bool small_lines_next(struct small_lines *s, uint32_t *first, uint32_t *last)
{
    const struct doc *d = s->d;
    for (;;) {
        size_t k = 0;
        for (size_t m = 1; m < COUNT_OF(s->next); m++)
            if (s->next[m] < s->next[k]) k = m;
        const uint32_t at = s->next[k];
        if (at >= d->text.n) return false;
        s->next[k] = next_mark(d->text, marks[k], at + 1);
        const uint32_t i = at < s->past ? d->n : taken_token_at(d, at + 1);
        if (i >= d->n || !may_begin(d, i)) continue;
        const uint32_t end = stretch_end(d, i);
        s->past = token_end(&d->tok[end]);
        if (end == i) continue;
        *first = i;
        *last = end;
        return true;
    }
}
