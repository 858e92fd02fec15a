#include "detect/shape.h"

#include "detect/wordset.h"

static const struct wordset_row rows[] = {
    { "twin baby infant triplet fetus type types group class grade grades stage category level "
      "phase pugh score schedule",
      1 },
    /* "Strep A", "vitamin K" */
    { "strep streptococcus hemophilia haemophilia hepatitis hep influenza flu vitamin vit factor "
      "toxin immunoglobulin bipolar cluster",
      1 },
};
static struct wordset words = WORDSET(rows);

bool shape_is_caseless(const struct doc *d)
{
    return d->is_caseless;
}

/* Two or more capitals: says nothing about a single letter. */
static bool is_shouted(const struct doc *d, int64_t i)
{
    const struct token *t = doc_tok(d, i);
    return t->kind == TOK_WORD && t->len > 1 && (t->flags & TOK_UPPER);
}

static bool is_small(const struct doc *d, int64_t i)
{
    const struct token *t = doc_tok(d, i);
    return t->kind == TOK_WORD && t->len > 1 && !(t->flags & TOK_UPPER);
}

/* Is the nearest longer word on each side in capitals too (or is there none)? Looks up to 6 tokens
 * away and counts words only. */
static bool is_in_shouted_run(const struct doc *d, int64_t i)
{
    int shouted = 0;
    for (int step = -1; step <= 1; step += 2)
        for (int64_t j = i + step, seen = 0; j >= 0 && j < d->n && seen < 6; j += step, seen++) {
            if (is_small(d, j)) return false;
            if (is_shouted(d, j)) {
                shouted++;
                break;
            }
        }
    return shouted > 0;
}

enum shape shape_of_capitals(const struct doc *d, int64_t i)
{
    return is_in_shouted_run(d, i) ? SHAPE_BLANK : SHAPE_ACRONYM;
}

/* No case: "iPhone", "deBoer", or a script without any. UPPER is one capital letter here. */
#define WORDS(no_case, small)                                                                      \
    no_case, SHAPE_TITLE, SHAPE_TITLE, SHAPE_TITLE, small, small, small, small
const uint8_t shape_by_case[2][16] = {
    { WORDS(SHAPE_LOWER, SHAPE_LOWER), WORDS(SHAPE_BLANK, SHAPE_LOWER) },
    { WORDS(SHAPE_LOWER, SHAPE_BLANK), WORDS(SHAPE_BLANK, SHAPE_BLANK) },
};
#undef WORDS
_Static_assert(TOK_CAP == 8 && TOK_UPPER == 16 && TOK_LOWER == 32 && TOK_WIDE == 64,
               "the table's order");

bool shape_may_name(const struct doc *d, int64_t i)
{
    enum shape s = shape_of(d, i);
    return s == SHAPE_TITLE || s == SHAPE_ACRONYM || s == SHAPE_BLANK;
}

/* A number of years before the letter of a sex at i: "34 yo M", "14 y/o F", "34M"; but "bed 12 M. Young". */
SELDOM static bool has_age_before(const struct doc *d, int64_t i)
{
    int64_t j = i - 1;
    bool is_age = doc_joined(d, i);
    if (doc_is_word(d, j, VIEW("o")) && doc_is_mark(d, j - 1, '/') &&
        doc_is_word(d, j - 2, VIEW("y"))) {
        is_age = true;
        j -= 3;
    }
    for (; j > i - 5 && (doc_bits(d, j) & LEX(CUE_AGE) || doc_is_mark(d, j, '-')); j--)
        is_age |= (doc_bits(d, j) & LEX(CUE_AGE)) != 0;
    const struct token *n = doc_tok(d, j);
    return is_age && n->kind == TOK_NUMBER && n->len <= 3 && n->hash < 120;
}

bool shape_is_class_letter(const struct doc *d, int64_t i)
{
    const struct token *t = doc_tok(d, i);
    if (t->kind != TOK_WORD || t->len != 1 || t->flags & TOK_LINE || i == 0) return false;
    const char c = ascii_lower(d->text.p[t->start]);
    if ((c == 'm' || c == 'f') && has_age_before(d, i)) return true;
    return wordset_class(wordset_ready(&words), doc_tok(d, i - 1)) != 0;
}

bool shape_starts_sentence(const struct doc *d, int64_t i)
{
    const struct token *t = doc_tok(d, i);
    if (i == 0 || (t->flags & TOK_LINE)) return true;
    const struct token *p = doc_tok(d, i - 1);
    if (p->kind != TOK_MARK) return false;
    switch (p->hash) {
    case '.': {
        /* not after an initial or a title: "J. Smith", "Dr. Lee" */
        const struct token *w = doc_tok(d, i - 2);
        bool initial = w->len == 1 && !shape_is_class_letter(d, i - 2);
        return !(w->kind == TOK_WORD && (initial || (doc_bits(d, i - 2) & LEX(TITLE))));
    }
    case '!':
    case '?':
    case ':':
    case ';':
    case '*':
    case 0x2022: return true;
    case '-':
    case '"': return i < 2 || (p->flags & TOK_SPACE);
    default: return false;
    }
}

/* Of a written word: nobody's name has more, and a text of nothing else is not walked from every part again. */
enum { PARTS_MAX = 16 };

bool shape_is_inside_name(const struct doc *d, int64_t mark)
{
    static const struct wordset_row shorts[] = { { "s t d m re ve ll em all til n er", 1 } };
    static struct wordset shortened = WORDSET(shorts);
    const struct token *before = doc_tok(d, mark - 1), *next = doc_tok(d, mark + 1);
    return doc_is_mark(d, mark, '\'') && doc_joined(d, mark) && doc_joined(d, mark + 1) &&
           before->kind == TOK_WORD && before->flags & TOK_CAP && next->kind == TOK_WORD &&
           next->flags & TOK_LOWER && !wordset_class(wordset_ready(&shortened), next);
}

uint32_t shape_joined_word_end(const struct doc *d, uint32_t i)
{
    for (int parts = 0; parts < PARTS_MAX; parts++) {
        if (!doc_joined(d, i + 1) || !doc_joined(d, i + 2)) return i;
        const struct token *mark = doc_tok(d, i + 1), *next = doc_tok(d, i + 2);
        if (mark->kind != TOK_MARK || next->kind != TOK_WORD) return i;
        if (mark->hash == '\'') {
            if (next->len == 1 && ascii_lower(d->text.p[next->start]) == 's') return i;
            if (next->flags & TOK_LOWER && d->tok[i].len > 2 && !shape_is_inside_name(d, i + 1))
                return i; /* "don't", "patient're" */
        } else if (mark->hash != '-') {
            return i;
        }
        i += 2;
    }
    return i;
}

uint32_t shape_word_begin(const struct doc *d, uint32_t i)
{
    const uint32_t floor = i > 2 * PARTS_MAX ? i - 2 * PARTS_MAX : 0;
    while (i >= floor + 2 && doc_joined(d, i) && doc_joined(d, i - 1) &&
           doc_tok(d, i - 1)->kind == TOK_MARK &&
           (doc_tok(d, i - 1)->hash == '-' || doc_tok(d, i - 1)->hash == '\'') &&
           doc_tok(d, i - 2)->kind == TOK_WORD)
        i -= 2;
    return i;
}

uint32_t shape_name_begin(const struct doc *d, uint32_t i)
{
    const uint32_t begin = shape_word_begin(d, i);
    if (d->tok[begin].len <= 2) return begin;
    for (uint32_t k = begin; k < i; k++) {
        const struct lex_info *x = d->lex[k];
        if (d->tok[k].kind == TOK_WORD && x->bits && MAX(x->given, x->surname) <= x->word) return i;
    }
    return begin;
}

int64_t shape_owner(const struct doc *d, uint32_t j)
{
    const struct token *t = doc_tok(d, j);
    if (t->kind != TOK_WORD || t->len != 1 || ascii_lower(d->text.p[t->start]) != 's' || j == 0)
        return -1;
    if (doc_is_mark(d, (int64_t)j - 1, '\'') && doc_joined(d, j)) return (int64_t)j - 2;
    const struct token *owner = doc_tok(d, j - 1);
    bool lost = owner->kind == TOK_WORD && owner->len > 2 && !(t->flags & TOK_LINE) &&
                shape_may_name(d, j - 1);
    return lost ? (int64_t)j - 1 : -1;
}

uint32_t shape_after_possessive(const struct doc *d, uint32_t last)
{
    if (shape_owner(d, last + 1) == (int64_t)last) return last + 2;
    if (!doc_is_mark(d, last + 1, '\'') || !doc_joined(d, last + 1)) return last + 1;
    const struct token *s = doc_tok(d, last + 2);
    return s->kind == TOK_WORD && s->len == 1 && doc_joined(d, last + 2) ? last + 3 : last + 2;
}

static view gap_before(const struct doc *d, uint32_t i)
{
    uint32_t from = i && i <= d->n ? token_end(&d->tok[i - 1]) : 0;
    return view_sub(d->text, from, i < d->n ? d->tok[i].start : from);
}

bool shape_is_wide_gap(const struct doc *d, uint32_t i)
{
    view gap = gap_before(d, i);
    return gap.n > 2 || (gap.n && memchr(gap.p, '\t', gap.n));
}

uint32_t shape_past_age(const struct doc *d, uint32_t i)
{
    const struct token *a = doc_tok(d, i), *b = doc_tok(d, (int64_t)i + 1);
    const struct token *n = a->kind == TOK_NUMBER ? a : b, *s = a->kind == TOK_NUMBER ? b : a;
    bool fits = n->kind == TOK_NUMBER && n->len <= 3 && n->hash < 120 && s->kind == TOK_WORD &&
                s->len == 1 && !(b->flags & TOK_LINE);
    char c = fits ? ascii_lower(d->text.p[s->start]) : 0;
    return c == 'm' || c == 'f' ? i + 2 : i;
}
