/* Persons in a row behind a word that says who they are, and names between two words, see name_frame_inside.h. */
#include "detect/name_frame_inside.h"
#include "detect/wordset.h"

enum {
    L_CUE = 1,   /* names follow straight: "kids Ilvana, Torbin, Amparo" */
    L_FIELD = 2, /* with a colon: "Lives with: Ilvana and Torbin" */
    L_AND = 4,
    L_WITH = 8,   /* before a title: "cared for by Dr. Tarrow, Ilvana and Torbin" */
    L_TRIED = 16, /* "Tried Okelva twice" */
    L_TWICE = 32,
    L_MARRIED = 64, /* "Married Okelva in October" */
    L_THERE = 128,
    L_ABOUT = 256,   /* "report filed re Okelva, 40332" */
    L_TO = 1024,     /* with … */
    L_COPIES = 2048, /* … before it: "Copies to Okelva, Torbin and the patient" */
    L_LIST = 4096,   /* with … */
    L_WAIT = 8192,   /* … before it: "wait list Okelva, Torbin" */
    L_PERSON = 512,  /* "sends a homemaker, Okelva, 4 hrs", "and a buddy, Okelva." */
};
static const struct wordset_row rows[] = {
    { "kids children sons daughters siblings sibs survivors witnesses grandkids twins triplets "
      "brothers sisters nieces nephews roommates cousins proband",
      L_CUE | L_FIELD },
    { "team", L_CUE },
    { "thread with household contacts", L_FIELD },
    { "and", L_AND },
    { "by with to from", L_WITH },
    { "to", L_TO },
    { "copies copied", L_COPIES },
    { "list", L_LIST },
    { "wait waiting call", L_WAIT },
    { "tried called paged texted", L_TRIED },
    { "twice again x2 x3 thrice", L_TWICE },
    { "married", L_MARRIED },
    { "in on at", L_THERE },
    { "re regarding", L_ABOUT },
    { "homemaker buddy friend aide sponsor neighbor neighbour roommate coworker volunteer sitter "
      "mentor landlord landlady babysitter nanny caregiver caseworker counselor interpreter tutor "
      "coach boyfriend girlfriend fiance fiancee partner classmate teammate colleague housemate "
      "hairdresser lawyer attorney chaplain pastor companion",
      L_PERSON },
};
static struct wordset words = WORDSET(rows);
WORDSET_CLASS_AT(cls, words)

static bool may_be_item(const struct doc *d, uint32_t i)
{
    return shape_of(d, i) == SHAPE_TITLE && !(d->tok[i].flags & TOK_LINE) &&
           (name_is_new_or_usual(d, i) || name_may_be_called(d, i));
}

/* "Tried Okelva twice", "a buddy, Okelva.": the token of the word before, whose class is `is`, or -1. */
static int64_t around(const struct doc *d, int64_t i, uint32_t last, uint32_t is)
{
    const int64_t next = (int64_t)last + 1;
    const struct token *after = doc_tok(d, next);
    const bool mark = after->kind == TOK_MARK;
    if (doc_is_mark(d, i, ','))
        return mark && (after->hash == ',' || after->hash == '.') && cls(d, i - 1) & L_PERSON &&
                       doc_tok(d, i - 1)->flags & TOK_LOWER
                   ? i - 1
                   : -1;
    if (is & L_TRIED) return cls(d, next) & L_TWICE ? i : -1;
    if (is & L_MARRIED) return cls(d, next) & L_THERE ? i : -1;
    /* a number of somebody, "re Okelva, 40332"; no count or dose */
    const struct token *number = doc_tok(d, next + 1);
    return is & L_ABOUT && mark && after->hash == ',' && number->kind == TOK_NUMBER &&
                   number->len >= 4
               ? i
               : -1;
}

/* Small letters, but for "/ team", and no house's "Sisters". */
SELDOM static bool is_cue(const struct doc *d, int64_t i)
{
    if (doc_is_word(d, i, VIEW("team")))
        return doc_is_mark(d, i - 1, '/') || d->tok[i].flags & TOK_LINE;
    return d->tok[i].flags & TOK_LOWER;
}

int64_t name_frame_list(const struct doc *d, uint32_t first, uint32_t last)
{
    enum { ITEMS = 6 };
    const struct token *next = doc_tok(d, (int64_t)last + 1);
    int64_t i = (int64_t)first - 1;
    const struct token *before = doc_tok(d, i);
    const uint32_t is = cls(d, i);
    const bool mark = before->kind == TOK_MARK &&
                      (before->hash == ',' || before->hash == ':' || before->hash == '&');
    if ((!mark && !is) || !may_be_item(d, last)) return -1;
    const int64_t told = name_is_new_or_usual(d, last) ? around(d, i, last, is) : -1;
    if (told >= 0) return told;
    if (next->kind == TOK_WORD && !(next->flags & (TOK_LOWER | TOK_LINE))) return -1;
    for (int n = 0; n < ITEMS && i > 0; n++) {
        if (doc_is_mark(d, i, ':')) return cls(d, i - 1) & L_FIELD ? i - 1 : -1;
        if ((cls(d, i) & L_TO && cls(d, i - 1) & L_COPIES) ||
            (cls(d, i) & L_LIST && cls(d, i - 1) & L_WAIT && d->tok[i].flags & TOK_LOWER))
            return i - 1;
        if (cls(d, i) & L_CUE) return is_cue(d, i) ? i : -1;
        if (n > 0 && doc_is_mark(d, i, '.') && doc_bits(d, i - 1) & LEX(TITLE))
            return cls(d, i - 2) & L_WITH ? i - 1 : -1;
        if (doc_tok(d, i + 1)->flags & TOK_LINE) return -1;
        const bool joint = doc_is_mark(d, i, ',') || doc_is_mark(d, i, '&') || cls(d, i) & L_AND;
        if (!joint) return -1;
        if (cls(d, i) & L_AND && doc_is_mark(d, i - 1, ',')) i--;
        if (!i) return -1; /* the list opens the text with a comma */
        const uint32_t begin = shape_word_begin(d, (uint32_t)i - 1);
        if (shape_of(d, begin) != SHAPE_TITLE) return -1;
        i = (int64_t)begin - 1;
    }
    return -1;
}
