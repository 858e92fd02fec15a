#include "detect/name_small_told.h"

#include "detect/name_small.h"
#include "detect/shape.h"
#include "detect/wordset.h"

enum {
    T_ASKS = 1 << 0,  /* "ask …" */
    T_TELLS = 1 << 1, /* "told …" */
    T_VIA = 1 << 2,
    T_PER = 1 << 3,
    T_OF = 1 << 4, /* "pt of …" */
    T_SPOKE = 1 << 5,
    T_LEFT = 1 << 6, /* "lm for …" */
    T_COACH = 1 << 7,
    T_PLANS = 1 << 8, /* "…, corvilla to schedule" */
    T_RE = 1 << 9,
    T_LIVES = 1 << 10,
    T_WITH = 1 << 11,
    T_FOR = 1 << 12,
    T_CALLED = 1 << 13,
    T_QUESTION = 1 << 14, /* behind whom it is asked */
    T_SAID = 1 << 15,     /* behind whom it is told */
    T_ABOUT = 1 << 16,    /* behind whom was spoken with */
    T_DOES = 1 << 17,     /* behind kin */
    T_OK = 1 << 18,       /* behind who decides */
    T_KIN = 1 << 19,
    T_MY = 1 << 20,    /* before kin */
    T_VERB = 1 << 21,  /* behind somebody's kin */
    T_PHONE = 1 << 22, /* opens the line below who signed */
    T_FROM = 1 << 23,  /* "fr berton (dtr)" */
};
static const struct wordset_row rows[] = {
    { "ask", T_ASKS },
    { "tell told", T_TELLS },
    { "via", T_VIA },
    { "per", T_PER },
    { "pt", T_OF },
    { "spoke", T_SPOKE },
    { "lm", T_LEFT },
    { "coach", T_COACH },
    { "rtc", T_PLANS },
    { "re", T_RE | T_ABOUT },
    { "lives", T_LIVES },
    { "w with", T_WITH },
    { "for", T_FOR },
    { "called calling msg", T_CALLED },
    { "where if when why whether what how", T_QUESTION },
    { "about", T_QUESTION | T_SAID | T_ABOUT },
    { "to", T_QUESTION | T_SAID | T_OK },
    { "that she he no not we pt running", T_SAID },
    { "cell phone ph tel cel mobile", T_PHONE },
    { "fr from with via by w", T_FROM },
    { "ok okay", T_OK },
    { "says said on at called calls wants raising aware updated asking worried states phoned rang",
      T_DOES },
    { "mom dad mother father dtr gma gpa grandma grandpa aunt uncle wife husband sister brother "
      "daughter son sis bro niece nephew partner neighbor neighbour cousin friend roommate "
      "grandson "
      "gran nan nana nanny granddaughter stepson stepdaughter fiance boyfriend girlfriend spouse",
      T_KIN },
    { "my her his our", T_MY },
    { "is has was will can and who needs takes came lives had wants did does would drives helps",
      T_VERB },
};
static struct wordset words = WORDSET(rows);

static uint32_t cls(const struct doc *d, int64_t i)
{
    const struct token *t = doc_tok(d, i);
    return t->flags & TOK_LINE ? 0 : wordset_class(wordset_ready(&words), t);
}

const view *name_small_told_words(size_t *n)
{
    /* none whose entry in the lexicon many other words have */
    static const view all[] = { VIEW("ask"),   VIEW("tell"), VIEW("pt"), VIEW("spoke"),
                                VIEW("coach"), VIEW("rtc"),  VIEW("re"), VIEW("lm") };
    *n = COUNT_OF(all);
    return all;
}

/* What was said ends behind token i: with its line, a mark, or before a capital. */
SELDOM static bool ends(const struct doc *d, uint32_t i)
{
    const struct token *t = doc_tok(d, (int64_t)i + 1);
    return doc_ends_line(d, i) || !(t->flags & TOK_LOWER || t->kind == TOK_NUMBER);
}

/* The last token of the name that begins at token i, of two words at most, or 0: before a word of class `behind`, or where
 * what was said ends. */
static uint32_t name_at(const struct doc *d, uint32_t i, uint32_t behind, bool may_end)
{
    if (i >= d->n || doc_joined(d, i) || !name_small_may_be(d, i)) return 0;
    uint32_t last = shape_word_end(d, i);
    if (cls(d, (int64_t)last + 1) & behind || (may_end && ends(d, last))) return last;
    const uint32_t next = last + 1;
    if (next >= d->n || doc_joined(d, next) || !name_small_may_be(d, next)) return 0;
    last = shape_word_end(d, next);
    return cls(d, (int64_t)last + 1) & behind || (may_end && ends(d, last)) ? last : 0;
}

SELDOM static err add(const struct doc *d, uint32_t first, uint32_t last, uint32_t cue,
                      const uint8_t *taken, struct findings *out)
{
    if (taken[first] || taken[last]) return OK;
    struct finding x = doc_finding(d, first, last, LABEL_NAME, RULE_NAME_CUE, 0.9F);
    x.cue_start = d->tok[cue].start;
    x.cue_end = token_end(&d->tok[cue]);
    return findings_add(out, x);
}

/* "via mojina (sis) and haydee (bro)" */
static err via(const struct doc *d, uint32_t i, const uint8_t *taken, struct findings *out)
{
    err e = OK;
    for (uint32_t at = i + 1; at + 3 < d->n && name_small_may_be(d, at) && !doc_joined(d, at);) {
        if (!doc_is_mark(d, at + 1, '(') || !doc_is_mark(d, at + 3, ')')) break;
        TRY(add(d, at, at, i, taken, out));
        if (!doc_is_word(d, at + 4, VIEW("and"))) break;
        at += 5;
    }
out:
    return e;
}

/* "rtc apr 14, corvilla to schedule" */
SELDOM static err plans(const struct doc *d, uint32_t i, const uint8_t *taken, struct findings *out)
{
    enum { FAR = 9 };
    for (uint32_t at = i + 2; at < i + FAR && at + 2 < d->n && !doc_opens_line(d, at); at++)
        if (doc_is_mark(d, (int64_t)at - 1, ',') && doc_is_word(d, at + 1, VIEW("to")) &&
            name_small_may_be(d, at))
            return add(d, at, at, i, taken, out);
    return OK;
}

/* Where the name begins and what must stand behind it, told by the word of class c at token i: false if nothing does. */
static bool leads(const struct doc *d, uint32_t i, uint32_t c, uint32_t *at, uint32_t *behind,
                  bool *may_end)
{
    *at = i + 1;
    *behind = 0;
    *may_end = true;
    if (c & (T_ASKS | T_TELLS)) {
        *behind = c & T_ASKS ? T_QUESTION : T_SAID;
        *may_end = false;
    } else if (c & T_PER) {
        *behind = T_OK;
    } else if (c & (T_SPOKE | T_LIVES | T_LEFT | T_OF)) {
        const bool of = c & T_OF && doc_is_word(d, i + 1, VIEW("of"));
        if (!of && !(cls(d, i + 1) & (c & T_LEFT ? T_FOR : c & T_OF ? 0 : T_WITH))) return false;
        *at = i + 2;
        if (doc_is_mark(d, *at, '/')) ++*at; /* "w/ daxa" */
        *behind = T_ABOUT;
    } else if (c & T_RE) {
        return i && cls(d, i - 1) & T_CALLED;
    } else if (c & T_KIN) {
        *behind = T_DOES;
        *may_end = false;
    } else {
        return c & T_COACH;
    }
    return true;
}

/* "thank you so much⏎quenby⏎cell 555-0100": the first token of the line above token i, where it is one word in small letters
 * that may be a name, or 0. */
static uint32_t signed_above(const struct doc *d, uint32_t i)
{
    const uint32_t at = i - 1;
    if (i < 2 || !(d->tok[i].flags & TOK_LINE) || !(d->tok[at].flags & TOK_LINE) ||
        !(d->tok[at].flags & TOK_LOWER))
        return 0;
    const struct token *number = doc_tok(d, (int64_t)i + 1);
    if (number->kind != TOK_NUMBER && !doc_is_mark(d, (int64_t)i + 1, '(') &&
        !doc_is_mark(d, (int64_t)i + 1, ':'))
        return 0;
    const struct lex_info *l = d->lex[at];
    return l->bits ? (l->given > l->word ? at : 0) : name_small_would_be(d, at) ? at : 0;
}

/* "quenby (dtr) at bedside", "fr berton (dtr)": kin at token i, in brackets behind a name. */
static bool is_kin_behind(const struct doc *d, uint32_t i)
{
    return i > 1 && doc_is_mark(d, (int64_t)i - 1, '(') && doc_is_mark(d, (int64_t)i + 1, ')') &&
           (name_small_would_be(d, i - 2) ||
            (i > 2 && cls(d, (int64_t)i - 3) & T_FROM && name_small_may_be(d, i - 2)));
}

err name_small_told(const struct doc *d, uint32_t i, const uint8_t *taken, struct findings *out)
{
    const uint32_t c = wordset_class(wordset_ready(&words), &d->tok[i]);
    uint32_t at, behind;
    bool may_end;
    if (!c || d->is_caseless) return OK;
    if (c & T_PHONE) {
        at = signed_above(d, i);
        return at ? add(d, at, at, i, taken, out) : OK;
    }
    if (c & T_VIA) return via(d, i, taken, out);
    if (c & T_PLANS) return plans(d, i, taken, out);
    if (c & T_KIN && is_kin_behind(d, i)) return add(d, i - 2, i - 2, i, taken, out);
    if (c & T_KIN && i && wordset_class(wordset_ready(&words), &d->tok[i - 1]) & T_MY &&
        i + 1 < d->n && name_small_would_be(d, i + 1) && (cls(d, i + 2) & T_VERB || ends(d, i + 1)))
        return add(d, i + 1, i + 1, i, taken, out);
    if (!leads(d, i, c, &at, &behind, &may_end) || cls(d, at) & T_KIN) return OK;
    /* "per field", "per bishop": what is told by a thing as well */
    if (c & T_PER && at < d->n && d->lex[at]->word > 1) return OK;
    const uint32_t last = c & T_COACH && at < d->n && name_small_may_be(d, at)
                              ? shape_word_end(d, at)
                              : name_at(d, at, behind, may_end);
    return last ? add(d, at, last, i, taken, out) : OK;
}
