/* Names between two words that say together who it is, see name_frame_inside.h. */
#include "detect/name_frame_inside.h"
#include "detect/wordset.h"

enum {
    A_TRIED = 1, /* "Tried Okelva twice" */
    A_TWICE = 2,
    A_MARRIED = 4, /* "Married Okelva in October" */
    A_THERE = 8,
    A_ABOUT = 16,  /* "report filed re Okelva, 40332" */
    A_PERSON = 32, /* "sends a homemaker, Okelva, 4 hrs", "and a buddy, Okelva." */
};
static const struct wordset_row rows[] = {
    { "tried called paged texted", A_TRIED },
    { "twice again x2 x3 thrice", A_TWICE },
    { "married", A_MARRIED },
    { "in on at", A_THERE },
    { "re regarding", A_ABOUT },
    { "homemaker buddy friend aide sponsor neighbor neighbour roommate coworker volunteer sitter "
      "mentor landlord landlady babysitter nanny caregiver caseworker counselor interpreter tutor "
      "coach boyfriend girlfriend fiance fiancee partner classmate teammate colleague housemate "
      "hairdresser lawyer attorney chaplain pastor companion",
      A_PERSON },
};
static struct wordset words = WORDSET(rows);

static uint32_t cls(const struct doc *d, int64_t i)
{
    return wordset_class(wordset_ready(&words), doc_tok(d, i));
}

int64_t name_frame_around(const struct doc *d, uint32_t first, uint32_t last)
{
    const int64_t i = (int64_t)first - 1, next = (int64_t)last + 1;
    const struct token *before = doc_tok(d, i), *after = doc_tok(d, next);
    if (before->kind == TOK_MARK ? before->hash != ',' : !cls(d, i)) return -1;
    if (!name_is_new_or_usual(d, last)) return -1;
    if (before->kind == TOK_MARK)
        return cls(d, i - 1) & A_PERSON && doc_tok(d, i - 1)->flags & TOK_LOWER &&
                       after->kind == TOK_MARK && (after->hash == ',' || after->hash == '.')
                   ? i - 1
                   : -1;
    const uint32_t is = cls(d, i), then = after->kind == TOK_WORD ? cls(d, next) : 0;
    if ((is & A_TRIED && then & A_TWICE) || (is & A_MARRIED && then & A_THERE)) return i;
    return is & A_ABOUT && after->kind == TOK_MARK && after->hash == ',' &&
                   doc_tok(d, next + 1)->kind == TOK_NUMBER
               ? i
               : -1;
}
