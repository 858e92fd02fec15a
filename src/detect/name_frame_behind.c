/* What stands behind the name, see name_frame_inside.h. */
#include "detect/name_frame_inside.h"
#include "detect/wordset.h"

enum {
    B_OWNED = 1,    /* "Castellin's office" */
    B_CIRCLE = 2,   /* "(Rufus to friends)" */
    B_INFORMED = 4, /* "asks that Ottiline be told" */
    B_GOES_ON = 8,  /* the small words of these frames */
    B_COMES = 16,   /* "Torbin visiting, brought glasses" */
    B_GOES = 32,    /* with "to" or "at" and an owner: "then went to Ilvana's." */
    B_SHOP = 64,    /* but no shop */
    B_CASE = 128,   /* of two letters around a slash: "Okoronkwo s/p CABG" */
    B_CASES = 256,
    B_WHOSE = 1024,
    B_CAN = 2048,
    B_REACHED = 512, /* behind a dash: "Hoyt – lm x2" */
};
static const struct wordset_row rows[] = {
    { "told called notified informed contacted updated paged involved", B_INFORMED },
    { "friends family everyone everybody staff neighbors neighbours", B_CIRCLE },
    { "office note notes callback voicemail pager phone cell extension desk inbox badge shift "
      "recs appointment appt bedside name birthday pt chart card meds kid avs efforts job tablet "
      "laptop ipad wristband advice opinion hands porch",
      B_OWNED },
    { "to be c at and", B_GOES_ON },
    { "his her their my our your", B_WHOSE },
    { "can could please pls would will", B_CAN },
    { "c f s p a w h d", B_CASE },
    { "o u p w", B_CASES },
    { "reached lm lvm vm lmom unreachable noanswer confirmed declined voicemail wrong cb rtc msg",
      B_REACHED },
    { "flying driving arriving traveling travelling visiting heading moving asking "
      "calling requesting here",
      B_COMES },
    { "go goes going went stay stays staying stayed sleep sleeps sleeping slept moved moving "
      "crashing walk walked drive drove over dinner party back return returned",
      B_GOES },
    { "mcdonald mcdonalds wendy denny macy arby kohl lowe sam joe applebee chili carl popeye "
      "hardee dillard casey culver domino papa dunkin walgreen albertson von kinko trader levi "
      "sonny bojangle zaxby friendly perkin bob jack",
      B_SHOP },
};
static struct wordset words = WORDSET(rows);
WORDSET_CLASS_AT(cls, words)

/* "Castellin's office", "Delwyna's partner": what is somebody's; "took Derek's shift": whose first name it must be. */
static bool is_owner(const struct doc *d, uint32_t first, uint32_t last)
{
    const uint32_t i = shape_after_possessive(d, last);
    if (i > last + 1 && first == last && d->lex[first]->given >= 3 && name_is_usual(d, first) &&
        d->lex[first]->given >= d->lex[first]->surname && !shape_starts_sentence(d, first))
        return true;
    return i > last + 1 && i < d->n && d->tok[i].flags & TOK_LOWER &&
           !(d->tok[i].flags & TOK_LINE) &&
           (cls(d, i) & B_OWNED || d->lex[i]->bits & LEX(RELATIVE));
}

/* "Tolliver 6E04", "Tolliver 3S,": the bed or ward at token i, by number and side of the house. */
static bool is_ward(const struct doc *d, int64_t i)
{
    const struct token *n = doc_tok(d, i), *side = doc_tok(d, i + 1);
    return n->kind == TOK_NUMBER && n->len <= 2 && !(n->flags & TOK_LINE) &&
           side->kind == TOK_WORD && side->len == 1 && side->flags & TOK_CAP &&
           doc_joined(d, i + 1) && memchr("NESW", d->text.p[side->start], 4);
}

/* "Ilvana⏎Sent from my phone": the line above what a mail program adds. */
static bool signs_mail(const struct doc *d, uint32_t first, int64_t i)
{
    if (!(d->tok[first].flags & TOK_LINE) || !(doc_tok(d, i)->flags & TOK_LINE)) return false;
    if (doc_is_word(d, i, VIEW("get"))) return doc_is_word(d, i + 1, VIEW("outlook"));
    return doc_is_word(d, i, VIEW("sent")) &&
           (doc_is_word(d, i + 1, VIEW("from")) || doc_is_word(d, i + 1, VIEW("via")));
}

/* "then went to Ilvana's.": a home that the sentence or its part ends with. */
static bool is_home(const struct doc *d, uint32_t first, uint32_t last)
{
    const uint32_t i = shape_after_possessive(d, last);
    const struct token *t = doc_tok(d, i);
    if (i == last + 1 || first < 2 || cls(d, first) & B_SHOP || !name_is_new_or_usual(d, last))
        return false;
    const bool placed = doc_is_word(d, (int64_t)first - 1, VIEW("to")) ||
                        doc_is_word(d, (int64_t)first - 1, VIEW("at"));
    return placed && cls(d, (int64_t)first - 2) & B_GOES &&
           (i >= d->n || t->flags & TOK_LINE || t->kind == TOK_MARK);
}

/* "c/o", "s/p", "f/u", "p/w" from token i. */
SELDOM static bool is_case(const struct doc *d, int64_t i)
{
    return cls(d, i) & B_CASE && doc_is_mark(d, i + 1, '/') && cls(d, i + 2) & B_CASES &&
           d->tok[i].flags & TOK_LOWER;
}

/* "(8), his best friend" from token i. */
SELDOM static bool is_bracketed_age(const struct doc *d, int64_t i)
{
    const struct token *n = doc_tok(d, i + 1), *whose = doc_tok(d, i + 4);
    return n->kind == TOK_NUMBER && n->len <= 2 && doc_is_mark(d, i + 2, ')') &&
           doc_is_mark(d, i + 3, ',') && cls(d, i + 4) & B_WHOSE && whose->flags & TOK_LOWER;
}

void name_frame_behind(const struct doc *d, uint32_t first, uint32_t last, struct name_context *c)
{
    int64_t i = (int64_t)last + 1;
    if (signs_mail(d, first, i)) {
        name_frame_told(i, i, WHO_UNKNOWN, c);
        return;
    }
    if (doc_tok(d, i)->kind == TOK_MARK) {
        if (is_owner(d, first, last) || is_home(d, first, last) ||
            (c->role == WHO_PATIENT && shape_after_possessive(d, last) > i)) {
            name_frame_told(i, i, WHO_UNKNOWN, c);
            return;
        }
        /* "Trujillo → home; Hsieh → ARU" */
        if (doc_is_mark(d, i, ARROW) && name_is_usual(d, last) && first == last &&
            shape_starts_sentence(d, first))
            name_frame_told(i, i, WHO_PATIENT, c);
        const uint32_t mark = doc_tok(d, i)->hash;
        if ((mark == '-' || mark == DASH) && d->tok[first].flags & TOK_LINE && !doc_joined(d, i) &&
            cls(d, i + 1) & B_REACHED && d->tok[i + 1].flags & TOK_LOWER)
            name_frame_told(i, i + 1, WHO_PATIENT, c);
        if (mark == ',' && is_case(d, i + 1) && doc_is_word(d, i + 1, VIEW("c")))
            name_frame_told(i, i + 3, WHO_UNKNOWN, c); /* "Halvorstad, c/o the inn" */
        if (mark == '(' && is_bracketed_age(d, i) && name_is_new_or_usual(d, last))
            name_frame_told(i, i + 1, WHO_UNKNOWN, c);
        if (mark == ':' && cls(d, i + 1) & B_CAN && d->tok[i + 1].flags & TOK_LOWER &&
            name_is_new_or_usual(d, last) && shape_starts_sentence(d, first))
            name_frame_told(i, i + 1, WHO_UNKNOWN, c); /* "Meredwyn: can you look" */
        if (mark == '"') i++;
    }
    if (is_ward(d, i)) {
        name_frame_told(i, i + 1, WHO_PATIENT, c);
        return;
    }
    const uint32_t is = cls(d, i);
    if (!is || d->tok[i].flags & TOK_LINE) return;
    if (is & B_COMES && d->tok[i].flags & TOK_LOWER && name_is_new_or_usual(d, last) &&
        (doc_tok(d, i + 1)->kind != TOK_WORD ||
         doc_bits(d, i + 1) & (LEX(FUNCTION) | LEX(WEEKDAY)))) {
        name_frame_told(i, i, WHO_UNKNOWN, c);
        return;
    }
    if (doc_is_word(d, i, VIEW("at"))) {
        if (doc_is_word(d, i + 1, VIEW("bedside")) && name_is_usual(d, last))
            name_frame_told(i, i + 1, WHO_UNKNOWN, c);
    } else if (doc_is_word(d, i, VIEW("to"))) {
        const bool enclosed =
            doc_is_mark(d, (int64_t)first - 1, '(') || doc_is_mark(d, (int64_t)first - 1, '"');
        if (enclosed && cls(d, i + 1) & B_CIRCLE) name_frame_told(i, i + 1, WHO_PATIENT, c);
    } else if (doc_is_word(d, i, VIEW("and"))) { /* "Tarrow and I reviewed" */
        if (doc_is_word(d, i + 1, VIEW("i")) && d->tok[i + 1].flags & TOK_UPPER &&
            doc_tok(d, i + 2)->flags & TOK_LOWER && name_is_new_or_usual(d, last))
            name_frame_told(i, i + 1, WHO_UNKNOWN, c);
    } else if (doc_is_word(d, i, VIEW("be"))) {
        if (cls(d, i + 1) & B_INFORMED) name_frame_told(i, i + 1, WHO_UNKNOWN, c);
    } else if (is & B_CASE && is_case(d, i)) {
        if (shape_of(d, first) == SHAPE_TITLE &&
            (doc_is_word(d, i, VIEW("c")) ||
             (shape_starts_sentence(d, first) && name_is_new_or_usual(d, last))))
            name_frame_told(i, i + 2, WHO_PATIENT, c);
    }
}
