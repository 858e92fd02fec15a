/* detect/age_of_deed.c — see age_passing.h: by what somebody did until then, or goes on to.
 *
 *     Drove until 93.       quit driving at 92       hip fx at 91,       ninety-something woman
 *     He's 94, so no        91 going on 92           AGE: 91Y */
#include "detect/age_inside.h"
#include "detect/age_passing_inside.h"

enum deed_class {
    DEED = 1,
    DEED_UNTIL = 2,
    DEED_SO = 4,
    DEED_SOME = 8,
    DEED_TURN = 16,
    DEED_LONG = 32, /* what goes on, and at a value too: "walked at 92" is a saturation */
    DEED_TO = 64
};

static const struct wordset_row rows[] = {
    { "quit widowed retired dx dxd diagnosed fx fracture stroke cva married remarried menopause",
      DEED },
    { "drove driving drive lived living independent independently worked working smoked golfed "
      "gardened cooked walked swam moved onset",
      DEED_LONG },
    { "until till", DEED_UNTIL | DEED_TO },
    { "at", DEED_UNTIL },
    { "so but too not still who lives and with bless", DEED_SO },
    { "something ish odd plus", DEED_SOME },
    { "going turning", DEED_TURN },
};
static struct wordset words = WORDSET(rows);
WORDSET_CLASS_AT(cls, words)

/* "Drove until 93.", "hip fx at 91,": the deed straight before, or one word between. */
static bool is_when_done(const struct doc *d, int64_t i)
{
    const int64_t p = doc_is_mark(d, i - 1, '@') ? i - 1 : cls(d, i - 1) & DEED_UNTIL ? i - 1 : 0;
    if (!p || !age_passing_is_closed(d, i + 1) || doc_tok(d, i)->flags & TOK_LINE) return false;
    if (doc_is_mark(d, i + 1, '.') && doc_joined(d, i + 2)) return false;
    const int64_t deed = doc_is_mark(d, p - 2, '\'') ? p - 3 : p - 1;  /* dx'd */
    const bool until = cls(d, p) & DEED_TO || cls(d, deed - 1) & DEED; /* "quit driving at 92" */
    return cls(d, deed) & (until ? DEED | DEED_LONG : DEED) && !(doc_tok(d, p)->flags & TOK_LINE);
}

/* "He's 94, so no surgery" */
static bool is_why(const struct doc *d, int64_t i)
{
    return age_passing_is_possessive(d, i - 1) && age_class_at(d, i - 3) & AGE_PRONOUN &&
           doc_is_mark(d, i + 1, ',') && !doc_joined(d, i + 2) && cls(d, i + 2) & DEED_SO;
}

/* "91 going on 92", "91 (turning 92 in May)" */
static bool is_before_next(const struct doc *d, int64_t i)
{
    int64_t k = i + 1 + doc_is_mark(d, i + 1, '(');
    if (!(cls(d, k) & DEED_TURN)) return false;
    k += doc_is_word(d, k + 1, VIEW("on")) ? 2 : 1;
    return doc_tok(d, k)->kind == TOK_NUMBER && doc_tok(d, k)->hash == doc_tok(d, i)->hash + 1;
}

/* "AGE: 91Y" */
static bool is_in_field(const struct doc *d, int64_t i)
{
    return doc_joined(d, i + 1) && doc_tok(d, i + 1)->len == 1 && !doc_joined(d, i + 2) &&
           age_class_at(d, i + 1) & AGE_YEAR && doc_is_mark(d, i - 1, ':') &&
           age_class_at(d, i - 2) & AGE_CUE;
}

bool age_is_of_deed(const struct doc *d, int64_t i)
{
    return is_when_done(d, i) || is_why(d, i) || is_before_next(d, i) || is_in_field(d, i);
}

bool age_words_of_deed(const struct doc *d, int64_t first, int64_t last)
{
    const int64_t more = last + 2; /* "ninety-something woman" */
    if (doc_is_mark(d, last + 1, '-') && doc_joined(d, more) && cls(d, more) & DEED_SOME)
        return age_class_at(d, more + 1) & (AGE_PERSON | AGE_YEAR) ||
               doc_is_word(d, more, VIEW("something"));
    return is_when_done(d, first) && age_passing_is_closed(d, last + 1);
}
