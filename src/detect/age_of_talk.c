/* detect/age_of_talk.c — see age_passing.h: as people write of themselves and theirs.
 *
 *     I am ninety-four and         im 92          I'll be 97 come May      we are both 93.
 *     At ninety-one I do not       a spry 97      pushing a hundred        97 good years
 *     Ninety-three and never been  lived to be ninety-nine                 94 yrs and counting */
#include "detect/age_inside.h"
#include "detect/age_passing_inside.h"
#include "detect/age_short.h"
#include "detect/measure_words.h"

enum talk_class {
    T_WHO = 1,      /* I, she, we */
    T_BE = 2,       /* am, is, turn, ll be */
    T_FILL = 4,     /* both, now, only */
    T_BEING = 8,    /* im, hes: a verb and who is meant */
    T_AND = 16,     /* behind the number */
    T_HALE = 32,    /* a spry 97 */
    T_PUSH = 64,    /* pushing, nearing */
    T_GOOD = 128,   /* 97 good years */
    T_NEVER = 256,  /* 93 and never */
    T_LIVED = 512,  /* lived to be */
    T_WHEN = 1024,  /* come, if, next, in */
    T_ABOUT = 2048, /* past, over, almost: behind somebody */
};
static const struct wordset_row rows[] = {
    { "i she he we they you", T_WHO },
    { "am is are was turn turns turned be m re s", T_BE },
    { "both now only just already almost nearly about", T_FILL },
    { "im ima hes shes", T_BEING },
    { "and but so when though still years yrs now years with", T_AND },
    { "spry sharp frail healthy young ripe hale stubborn feisty fit lovely lively vigorous robust "
      "tired",
      T_HALE },
    { "pushing nearing", T_PUSH },
    { "good long happy full wonderful", T_GOOD },
    { "never still not no lives living counting", T_NEVER },
    { "lived live living", T_LIVED },
    { "come if next in this on", T_WHEN },
    { "past over almost nearly", T_ABOUT },
};
static struct wordset words = WORDSET(rows);
WORDSET_CLASS_AT(cls, words)

/* The clause ends behind the number, or goes on with what nothing is measured by. */
static bool goes_on(const struct doc *d, int64_t after)
{
    if (age_passing_is_closed(d, after) || doc_is_mark(d, after, '-')) return true;
    const uint32_t c = cls(d, after);
    if (c & T_AND) return !doc_joined(d, after);
    return c & T_WHEN && (doc_bits(d, after + 1) & LEX(MONTH) ||
                          doc_is_word(d, after, VIEW("if")) || doc_is_word(d, after, VIEW("next")));
}

/* Past "be", "both", "'ll" before the number to who is meant: "we are both", "I'll be", "she will be". Digits are told of
 * the writer, or of a day to come: "she was 96" may be a saturation. The token of who, or -1. */
static int64_t who_of(const struct doc *d, int64_t first)
{
    enum { STEPS = 6 };
    const bool in_words = doc_tok(d, first)->kind == TOK_WORD;
    bool verb = false, will = false;
    int64_t k = first - 1;
    for (int n = 0; n < STEPS && k >= 0; n++, k--) {
        const uint32_t c = cls(d, k);
        if (doc_tok(d, k + 1)->flags & TOK_LINE) return -1;
        if (c & T_BEING) return !n ? k : -1;
        if (c & T_WHO) {
            const bool own = doc_is_word(d, k, VIEW("i")) || doc_is_word(d, k, VIEW("we"));
            return verb && (own || in_words || will) ? k : -1;
        }
        verb |= c & T_BE && (in_words || !doc_is_word(d, k, VIEW("was")));
        will |= doc_is_word(d, k, VIEW("will")) || doc_is_word(d, k, VIEW("ll")) ||
                doc_is_word(d, k, VIEW("turn")) || doc_is_word(d, k, VIEW("turns"));
        if (!(c & (T_BE | T_FILL)) && !will && !doc_is_mark(d, k, '\'')) return -1;
    }
    return -1;
}

static bool is_of_who(const struct doc *d, int64_t first, int64_t last)
{
    const int64_t who = who_of(d, first);
    if (who < 0 || (who && age_is_value(d, who))) return false;
    if (doc_tok(d, first)->kind == TOK_WORD) return goes_on(d, last + 1);
    const bool on = doc_is_word(d, last + 1, VIEW("with")) ||
                    doc_is_word(d, last + 2, VIEW("on")) ||
                    doc_tok(d, last + 2)->kind == TOK_NUMBER;
    return !on && goes_on(d, last + 1);
}

/* "My mom is 92 I can't lift her" */
static bool is_run_on(const struct doc *d, int64_t first, int64_t last)
{
    return age_class_at(d, first - 1) & AGE_BE && age_passing_class(d, first - 2) & PASS_KIN &&
           doc_is_word(d, last + 1, VIEW("i")) && doc_tok(d, last + 1)->flags & TOK_UPPER;
}

/* "At ninety-one I do not", "At 91 I don't want" */
static bool is_at(const struct doc *d, int64_t first, int64_t last)
{
    const int64_t who = last + 1 + doc_is_mark(d, last + 1, ',');
    return doc_is_word(d, first - 1, VIEW("at")) && cls(d, who) & T_WHO &&
           !doc_is_word(d, who, VIEW("you")) && age_passing_opens(d, first - 1);
}

/* "Ninety-three and never been", "94 yrs and counting" */
static bool is_opening(const struct doc *d, int64_t first, int64_t last)
{
    const int64_t and = last + 1 + (age_class_at(d, last + 1) & AGE_YEAR ? 1 : 0);
    if (!doc_is_word(d, and, VIEW("and")) || !(cls(d, and+1) & T_NEVER)) return false;
    return age_passing_opens(d, first) || doc_is_word(d, and+1, VIEW("counting"));
}

/* "lived to be ninety-nine" */
static bool is_lived_to(const struct doc *d, int64_t first, int64_t last)
{
    const int64_t to = first - 1 - doc_is_word(d, first - 1, VIEW("be"));
    return doc_is_word(d, to, VIEW("to")) && cls(d, to - 1) & T_LIVED &&
           age_passing_is_closed(d, last + 1);
}

/* "a spry 97 who", "pushing a hundred", "going on ninety-six", "We are both past ninety." */
static bool is_told(const struct doc *d, int64_t first, int64_t last)
{
    const int64_t p = first - 1;
    const bool ends = goes_on(d, last + 1) || doc_is_word(d, last + 1, VIEW("who"));
    const bool in_words = doc_tok(d, first)->kind == TOK_WORD;
    if (!ends) return false;
    if (cls(d, p) & T_HALE) return doc_is_word(d, p - 1, VIEW("a"));
    const int64_t push = p - doc_is_word(d, p, VIEW("a"));
    if (in_words && cls(d, push) & T_PUSH) return true;
    if (doc_is_word(d, p, VIEW("on"))) return in_words && doc_is_word(d, p - 1, VIEW("going"));
    return in_words && cls(d, p) & T_ABOUT && who_of(d, p) >= 0;
}

bool age_is_of_talk(const struct doc *d, int64_t first, int64_t last)
{
    if (doc_joined(d, first) && doc_tok(d, first - 1)->kind == TOK_WORD) return false;
    if (is_opening(d, first, last)) return true;
    if (doc_tok(d, first)->flags & TOK_LINE || !first) return false;
    if (is_of_who(d, first, last)) return true;
    if (age_is_value(d, first)) return false;
    if (cls(d, last + 1) & T_GOOD && age_class_at(d, last + 2) & AGE_YEAR) return true;
    const bool being = doc_is_word(d, first - 1, VIEW("being")) && cls(d, last + 1) & T_WHO;
    return being || is_at(d, first, last) || is_lived_to(d, first, last) ||
           is_told(d, first, last) || is_run_on(d, first, last);
}
