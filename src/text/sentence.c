/* text/sentence.c — a look at each mark that may end a sentence, and at each line start. */
#include "text/sentence.h"

#include "text/section.h"

enum { FIRST_SENTENCES = 32 };

/* clang-format off */
/* In byte order. A dot after these belongs to them: a sentence never ends there. */
static const char never_last[][7] = {
    "approx", "capt", "cf", "col", "dr", "dra", "eg", "fig", "gen", "hon", "ie", "lt", "messrs", "mr",
    "mrs", "ms", "mx", "prof", "ref", "resp", "rev", "sgt", "sr", "sra", "srta", "st", "vol",
    "vs",
};
/* In byte order. After these a dot ends a sentence only when a word follows that begins one. */
static const char seldom_last[][5] = {
    "am", "apt", "ave", "bid", "blvd", "cc", "cm", "co", "corp", "deg", "dept", "dl", "ed", "esq",
    "etc", "ext", "ft", "g", "gm", "gtt", "hr", "hrs", "hs", "im", "in", "inc", "iu", "iv", "jr", "kg", "l",
    "lb", "lbs", "ltd", "mcg", "md", "meq", "mg", "min", "mins", "ml", "mm", "mo", "mos", "oz", "ph", "pm",
    "po", "prn", "pt", "qd", "qhs", "qid", "rd", "sec", "sp", "ste", "tab", "tabs", "tid", "wk", "wks",
    "yo", "yr", "yrs",
};
/* In byte order. */
static const char beginners[][10] = {
    "a", "after", "all", "although", "an", "as", "at", "because", "both", "but", "during", "each", "for",
    "given", "he", "her", "his", "however", "i", "if", "in", "is", "it", "its", "no", "on", "once",
    "otherwise", "our", "patient", "pt", "she", "since", "the", "their", "then", "there", "these", "they",
    "this", "those", "to", "today", "upon", "was", "we", "when", "while", "will", "with", "you",
};
/* In byte order. What is lettered: "hepatitis B." is no initial. */
static const char lettered[][11] = {
    "axis", "class", "factor", "grade", "group", "hemoglobin", "hepatitis", "influenza", "item", "lead",
    "level", "part", "phase", "stage", "step", "strep", "type", "vitamin",
};
/* clang-format on */

/* `size`: bytes of each in the list, with its zero. Most sentences end with a word that is too long for any. */
static bool is_one_of(view word, const char *list, size_t n, size_t size)
{
    char lower[16];
    size_t lo = 0, hi = n;
    if (word.n >= size || word.n > sizeof lower) return false;
    for (size_t i = 0; i < word.n; i++)
        lower[i] = ascii_lower(word.p[i]);
    while (lo < hi) {
        size_t mid = (lo + hi) / 2;
        int c = view_cmp_str(view_of(lower, word.n), list + mid * size);
        if (c == 0) return true;
        if (c < 0)
            hi = mid;
        else
            lo = mid + 1;
    }
    return false;
}
#define IS_ONE_OF(word, list) is_one_of((word), (list)[0], COUNT_OF(list), sizeof(list)[0])

struct split {
    view text;
    const struct tokens *t;
};

static view word_at(const struct split *s, uint32_t i)
{
    const struct token *k = &s->t->v[i];
    return k->kind == TOK_WORD ? view_sub(s->text, k->start, token_end(k)) : (view){ "", 0 };
}

/* `set`: a literal of marks below '`'; the loop over it is the compiler's. */
static inline bool is_mark_of(const struct split *s, uint32_t i, const char *set)
{
    const struct token *k = &s->t->v[i];
    uint64_t marks = 0;
    for (; *set; set++)
        marks |= UINT64_C(1) << (*set - ' ');
    return k->kind == TOK_MARK && k->hash - ' ' < 64 && marks >> (k->hash - ' ') & 1;
}

static bool is_joined(const struct split *s, uint32_t i)
{
    return !(s->t->v[i].flags & (TOK_SPACE | TOK_LINE));
}

/* Does the dot at token `dot` belong to the word before it? `next` is what comes after. */
static bool is_part_of_word(const struct split *s, uint32_t dot, uint32_t next)
{
    if (dot == 0 || !is_joined(s, dot) || s->t->v[dot - 1].kind != TOK_WORD) return false;
    view word = word_at(s, dot - 1), before = dot > 1 ? word_at(s, dot - 2) : (view){ "", 0 };
    if (IS_ONE_OF(word, never_last)) return true;
    if (view_eq_nocase(word, VIEW("no")) || view_eq_nocase(word, VIEW("nos")))
        return s->t->v[next].kind == TOK_NUMBER; /* "No. 4"; else it is an answer */
    if (word.n == 1 && !IS_ONE_OF(before, lettered)) {
        /* An initial, or the end of "e.g.", "p.o.", "q.d.": those never stand before a sentence's
         * first word unless that word says so. After a number it is a unit. */
        return !IS_ONE_OF(word_at(s, next), beginners);
    }
    return IS_ONE_OF(word, seldom_last) && !IS_ONE_OF(word_at(s, next), beginners);
}

/* Token i comes after a full stop and what may close with it: where is the stop? */
static bool find_stop(const struct split *s, uint32_t i, uint32_t *stop)
{
    uint32_t k = i - 1;
    /* A comma behind a stop is what became of a line break: "daily.,ALLERGIES:". */
    if (k > 0 && is_mark_of(s, k, ",") && is_mark_of(s, k - 1, ".!?")) k--;
    while (k > 0 && is_mark_of(s, k, "\"')]") && is_joined(s, k))
        k--;
    *stop = k;
    return is_mark_of(s, k, ".!?");
}

static bool can_begin(const struct split *s, uint32_t i)
{
    const struct token *k = &s->t->v[i];
    return k->kind == TOK_NUMBER || k->flags & TOK_CAP || is_mark_of(s, i, "([\"'*#") ||
           (k->kind == TOK_MARK && k->hash >= 0x80);
}

/* The number or letter of a list is not a sentence of its own: "1. Aspirin", "a) rest". */
static bool is_after_list_mark(const struct split *s, uint32_t i)
{
    const struct token *v = s->t->v;
    if (i < 2 || !is_mark_of(s, i - 1, ".)") || !is_joined(s, i - 1)) return false;
    bool is_label = v[i - 2].kind == TOK_NUMBER || (v[i - 2].kind == TOK_WORD && v[i - 2].len == 1);
    if (!is_label) return false;
    if (i == 2 || v[i - 2].flags & TOK_LINE) return true;
    /* Run on: "stenosis.,2. Mild" and "Plan: 1. Rest". */
    return is_mark_of(s, i - 3, ".,:;") && v[i - 2].kind == TOK_NUMBER && v[i - 2].len <= 2;
}

static bool is_list_mark(const struct split *s, uint32_t i)
{
    const struct token *v = s->t->v;
    if (i + 1 == s->t->n || v[i + 1].flags & TOK_LINE) return false;
    if (v[i].kind == TOK_MARK)
        return (is_mark_of(s, i, "-*+>") || v[i].hash >= 0x80) && v[i + 1].flags & TOK_SPACE;
    bool is_label = (v[i].kind == TOK_NUMBER && v[i].len <= 2) || v[i].len == 1;
    return is_label && is_mark_of(s, i + 1, ".)") && is_joined(s, i + 1) &&
           (i + 2 == s->t->n || v[i + 2].flags & TOK_SPACE);
}

static bool begins(const struct split *s, uint32_t i)
{
    const struct token *k = &s->t->v[i];
    uint32_t stop, body;
    enum section_kind kind;
    if (k->flags & TOK_PARA) return true;
    if (!(k->flags & TOK_LINE) && s->t->v[i - 1].kind != TOK_MARK) return false; /* most tokens */
    if (k->flags & TOK_LINE &&
        (is_list_mark(s, i) || section_header_at(s->text, s->t, i, &body, &kind)))
        return true;
    if (!find_stop(s, i, &stop) || is_after_list_mark(s, i)) return false;
    bool is_apart = k->flags & (TOK_SPACE | TOK_LINE) || is_mark_of(s, i - 1, ",");
    if (!is_apart || !can_begin(s, i)) return false;
    return !is_mark_of(s, stop, ".") || !is_part_of_word(s, stop, i);
}

err sentence_split(view text, const struct tokens *t, struct arena *a, struct sentences *out)
{
    struct split s = { text, t };
    struct sentences got = { 0 };
    uint32_t cap = 0;
    for (uint32_t i = 0; i < t->n; i++) {
        if (i > 0 && !begins(&s, i)) continue;
        uint32_t *v = arena_more(a, got.first, sizeof *v, got.n, &cap, FIRST_SENTENCES);
        if (!v) return ERR_MEMORY;
        got.first = v;
        got.first[got.n++] = i;
    }
    *out = got;
    return OK;
}
