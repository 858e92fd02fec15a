/* Two persons in one frame, see name_frame_inside.h. */
#include "detect/name_frame_inside.h"
#include "detect/wordset.h"

enum {
    T_CHECKS = 1,   /* two do it: "checked Lindemar/Ostrova" */
    T_HANDS = 2,    /* one to the other: "handoff Corvella to Ansgard" */
    T_PER = 4,      /* "correct per Hartvig and Imsel" */
    T_AGREED = 8,   /* before that */
    T_ARE = 16,     /* both names before it */
    T_COUPLE = 32,  /* what only persons are together: "are joint decision makers" */
    T_CONSENTS = 64 /* and do: "Ilvana and Torbin agree" */
};
static const struct wordset_row rows[] = {
    { "check checks checked chk chkd verified verify verifiers witnessed witness witnesses "
      "cosigned "
      "counted recounted counters primed signed initialed validated reconciled independent "
      "anesthesia anes anesthesiology crna crnas mda team crew recs nurses rns lpns techs scrubs "
      "circulators medics partners preceptors covering coverage oncall relief relieved surgeons "
      "attendings residents fellows readers providers hospitalists hosp transported escorted "
      "lifted "
      "turned",
      T_CHECKS },
    { "handoff handover handed report reported signout signoff endorsed endorsement shift relief "
      "keys narcs pager phone transferred forwarded message text page sbar ipass",
      T_HANDS },
    { "per with to", T_PER },
    { "correct verified confirmed counted reconciled checked agreed okayed ok signed witnessed "
      "validated x2 done talked spoke spoken met sat",
      T_AGREED },
    { "are were", T_ARE },
    { "joint married divorced separated engaged siblings sisters brothers cousins twins spouses "
      "roommates guardians decision healthcare surrogates estranged grandparents caregivers "
      "friends neighbors coworkers agreeable supportive visiting coming",
      T_COUPLE },
    { "agree agreed disagree consent consented understand understood decline declined wish want "
      "verbalize verbalized divorced married argue argued",
      T_CONSENTS },
};
static struct wordset words = WORDSET(rows);
SELDOM WORDSET_CLASS_AT(cls, words)

/* The run first … last and the one on its other side of a small word or mark. */
struct two {
    int64_t before; /* token before both */
    uint32_t left, right, last;
};

static bool is_joint(const struct doc *d, int64_t i, char mark, view word)
{
    return mark ? doc_is_mark(d, i, (uint32_t)mark) && doc_joined(d, i) && doc_joined(d, i + 1)
                : doc_is_word(d, i, word) && !(doc_tok(d, i)->flags & TOK_LINE);
}

/* Is there a second word on either side of the mark or word that joins them, which a person may be called by? One of
 * both must be a name or a word that no list knows. */
static bool two_around(const struct doc *d, uint32_t first, uint32_t last, char mark, view word,
                       struct two *x)
{
    const struct token *t;
    if (is_joint(d, (int64_t)last + 1, mark, word)) {
        *x = (struct two){ .left = first, .right = last + 2 };
    } else if (first > 1 && is_joint(d, (int64_t)first - 1, mark, word)) {
        *x = (struct two){ .left = shape_word_begin(d, first - 2), .right = first };
    } else {
        return false;
    }
    if (x->right >= d->n || (d->tok[x->right].flags & TOK_LINE)) return false;
    x->before = (int64_t)x->left - 1;
    x->last = shape_word_end(d, x->right);
    t = doc_tok(d, (int64_t)x->last + 1);
    if (t->kind == TOK_WORD && !(t->flags & (TOK_LOWER | TOK_LINE))) return false;
    for (int k = 0; k < 2; k++) {
        const uint32_t i = k ? x->right : x->left;
        if (shape_of(d, i) != SHAPE_TITLE || !name_may_be_called(d, i) ||
            doc_bits(d, i) & (LEX(EPONYM) | LEX(ORG_NAME) | LEX(STATE) | LEX(COUNTRY)))
            return false;
    }
    return !d->lex[x->left]->bits || !d->lex[x->right]->bits || name_is_usual(d, x->left) ||
           name_is_usual(d, x->right);
}

/* A mark or a small word that may join two, on either side of the run: most names have neither. */
static bool may_be_joined(const struct token *t)
{
    return t->kind == TOK_MARK
               ? t->hash == '/'
               : t->flags & TOK_LOWER && (t->hash == token_hash_literal(VIEW("and")) ||
                                          t->hash == token_hash_literal(VIEW("to")) ||
                                          t->hash == token_hash_literal(VIEW("or")) ||
                                          t->hash == token_hash_literal(VIEW("vs")));
}

int64_t name_frame_two(const struct doc *d, uint32_t first, uint32_t last)
{
    struct two x;
    if (!may_be_joined(doc_tok(d, (int64_t)last + 1)) &&
        !may_be_joined(doc_tok(d, (int64_t)first - 1)))
        return -1;
    if (two_around(d, first, last, '/', (view){ 0 }, &x)) {
        const int64_t i = doc_is_mark(d, x.before, '(') || doc_is_mark(d, x.before, ':')
                              ? x.before - 1
                              : x.before;
        if (cls(d, i) & T_CHECKS && !(d->tok[x.left].flags & TOK_LINE)) return i;
    }
    if (two_around(d, first, last, 0, VIEW("to"), &x)) {
        const int64_t i = doc_is_mark(d, x.before, ':') ? x.before - 1 : x.before;
        if (cls(d, i) & T_HANDS && !(d->tok[x.left].flags & TOK_LINE)) return i;
    }
    if (two_around(d, first, last, 0, VIEW("vs"), &x) && name_is_new_or_usual(d, x.left) &&
        name_is_new_or_usual(d, x.right))
        return (int64_t)x.right - 1;
    /* "Okelva or Torbin on call" */
    if (two_around(d, first, last, 0, VIEW("or"), &x) &&
        doc_is_word(d, (int64_t)x.last + 1, VIEW("on")) &&
        doc_is_word(d, (int64_t)x.last + 2, VIEW("call")))
        return (int64_t)x.last + 2;
    if (two_around(d, first, last, 0, VIEW("and"), &x)) {
        const int64_t i = (int64_t)x.last + 1;
        if ((cls(d, i) & T_ARE && cls(d, i + 1) & T_COUPLE) || cls(d, i) & T_CONSENTS) return i;
        if (cls(d, x.before) & T_PER && cls(d, x.before - 1) & T_AGREED) return x.before;
    }
    return -1;
}
