#include "detect/name_signs_placed.h"

#include "detect/name_signs.h"
#include "detect/name_signs_described.h"
#include "detect/number_row.h"
#include "detect/shape.h"
#include "detect/wordset.h"

enum {
    P_TASK = 1 << 0,   /* whose initials follow, with a mark between or without one */
    P_CASE = 1 << 1,   /* "index case RC": behind one of … */
    P_INDEX = 1 << 2,  /* … these */
    P_LIST = 1 << 3,   /* with a colon: "Signout: HR," */
    P_ABOUT = 1 << 4,  /* "conference re AC," */
    P_BY = 1 << 5,     /* "taken 9/2 by IH" */
    P_PER = 1 << 6,    /* with … */
    P_WASTED = 1 << 7, /* … behind it: "per TB, wasted" */
    P_JOINT = 1 << 8,  /* between two who sign */
    P_SHOT = 1 << 9,   /* what is given once, then its day */
    P_TIMED = 1 << 10, /* behind a time or a value, and nobody */
    P_HALF = 1 << 11,  /* of the day */
    P_IS = 1 << 12,
    P_SO = 1 << 13,   /* between that and … */
    P_DONE = 1 << 14, /* … what is done to persons only */
    P_LAID = 1 << 15, /* with … */
    P_HOW = 1 << 16,  /* … where to, or how a person lies */
    P_SAYS = 1 << 17, /* what only persons do */
    P_SIDE = 1 << 18, /* "is right-handed" */
    P_MEASURED = 1 << 19,
    P_AT = 1 << 20,    /* behind … */
    P_WROTE = 1 << 21, /* … what whoever signs did: "filed at 21:05 HR", not "given at 0900 IO" */
    P_OUT = 1 << 22, /* the field of a day on which somebody signs: "REPORT OUT: 4/12/2011 (MM)" */
};
static const struct wordset_row rows[] = {
    { "dict dictator dictating trans transcriber transcriptionist typ typist collector phleb "
      "phlebotomist xcriber scribe dosimetry dosimetrist",
      P_TASK },
    { "case", P_CASE },
    { "index source contact", P_INDEX },
    { "signout handoff handover", P_LIST },
    { "re", P_ABOUT },
    { "by", P_BY },
    { "per", P_PER },
    { "at", P_AT },
    { "wrote written noted filed charted documented entered recorded signed faxed mailed sent seen "
      "this",
      P_WROTE },
    { "signed dictated transcribed typed entered reported read reviewed verified filed", P_OUT },
    { "out", P_OUT },
    { "wasted witnessed verified cosigned", P_WASTED },
    { "and with w", P_JOINT },
    { "influenza flu fluzone tdap td dtap mmr ppd hepb hepa pneumovax prevnar pcv13 ppsv23 "
      "shingrix "
      "zoster varicella covid moderna pfizer polio ipv hpv gardasil menactra mcv4 hib rotavirus "
      "bcg "
      "rabies quantiferon rhogam",
      P_SHOT },
    { "am pm et ct mt pt est cst mst pst edt cdt mdt pdt gmt utc ra nc nrb fm sr nsr st af po iv "
      "im "
      "sq sc sl io td gt og ng lr la ra ld rd lt rt lue rue lle rle vm vss mdi bg fs pr ac pc hs "
      "kg lb lbs wnl nad nil bx poc eta etd lkw tod npo dos doa bm bms los ok na",
      P_TIMED },
    { "am pm", P_HALF | P_TIMED },
    { "is was", P_IS },
    { "then also again subsequently initially recently not now being satisfactorily sterilely "
      "emergently urgently electively immediately promptly safely",
      P_SO },
    { "brought admitted discharged intubated extubated told asked advised born referred "
      "transferred "
      "counseled counselled instructed anesthetized awakened informed reassured prepped "
      "accompanied awake alert hospitalized",
      P_DONE },
    { "placed positioned taken laid", P_LAID },
    { "to supine prone lithotomy decubitus sitting seated trendelenburg", P_HOW },
    { "understood understands denies denied tolerated described describes wishes agreed "
      "verbalized complained complains",
      P_SAYS },
    { "right left", P_SIDE },
    { "mmhg lbs lb kg f c bpm", P_MEASURED },
};
static struct wordset words = WORDSET(rows);
WORDSET_CLASS_AT(cls, words)

/* Nothing but a mark, a number or a line's end behind it. */
static bool ends(const struct doc *d, int64_t i)
{
    const struct token *t = doc_tok(d, i + 1);
    return doc_ends_line(d, i) || t->kind == TOK_NUMBER ||
           (t->kind == TOK_MARK && t->hash < 0x80 && strchr(".,;)/|", (int)t->hash));
}

/* Two or three capitals at token i, of a service too. */
static bool is_sign(const struct doc *d, int64_t i)
{
    const struct token *t = doc_tok(d, i);
    return t->kind == TOK_WORD && t->len - 2U < 2U && t->flags & TOK_UPPER;
}

/* Does the token at i end a time of day: "1813", "06:53", "9:26pm"? */
static bool ends_clock(const struct doc *d, int64_t i)
{
    if (cls(d, i) & P_HALF) return doc_is_number(d, i - 1);
    const struct token *t = doc_tok(d, i);
    if (t->kind != TOK_NUMBER || t->flags & TOK_LINE) return false;
    if (doc_is_mark(d, i - 1, ':'))
        return doc_joined(d, i) && t->len == 2 && doc_is_number(d, i - 2);
    return t->len == 4 && number_is_clock(t) && !doc_joined(d, i);
}

/* "SIGNED OUT: 6/15/99 (VS)⏎": in brackets behind a day that fills a field. */
static bool is_behind_day(const struct doc *d, int64_t i, const uint8_t *taken, bool known)
{
    enum { DAY = 6 };
    if (!doc_is_mark(d, i + 1, ')') || !doc_ends_line(d, i + 1) || !doc_is_number(d, i - 2) ||
        !taken[i - 2] || cls(d, i) & P_TIMED)
        return false;
    for (int64_t k = i - 3; k > i - 3 - DAY; k--)
        if (doc_is_mark(d, k, ':')) return !known || cls(d, k - 1) & P_OUT;
    return !known;
}

/* "… 06:53 RH⏎", "Influenza 9/15/02 LC⏎", "5-5-12 07:15 BP 132/70 mmHg TB⏎" */
SELDOM static bool ends_dated(const struct doc *d, int64_t i, const uint8_t *taken, bool known)
{
    enum { ROW = 24, DAY = 7, CLOCK = 5 };
    const struct token *before = doc_tok(d, i - 1);
    if (doc_joined(d, i) || cls(d, i) & P_TIMED) return false;
    if (ends_clock(d, i - 1)) {
        for (int64_t k = i - 2; k >= i - CLOCK && known; k--)
            if (cls(d, k) & P_AT && cls(d, k - 1) & P_WROTE)
                return true; /* "Wrote this at 06:53 HR" */
        if (!known) return true;
    }
    if (before->kind != TOK_NUMBER && !(cls(d, i - 1) & P_MEASURED)) return false;
    for (int64_t k = i - 1; k > i - DAY && taken[i - 1]; k--)
        if (cls(d, k) & P_SHOT) return true;
    int64_t row = i - 1;
    while (row > 0 && row > i - ROW && !(d->tok[row].flags & TOK_LINE))
        row--;
    if (!doc_is_number(d, row) || row >= i - DAY) return false;
    for (int64_t k = row + 3; k < row + DAY + 2; k++)
        if (ends_clock(d, k)) return true;
    return false;
}

/* "at 401-555-0100, NL 9:10am⏎": between the comma behind what was found and the time that ends the line. */
static bool is_before_time(const struct doc *d, int64_t i, const uint8_t *taken, bool known)
{
    enum { TIME = 8, LAST_FOUR = 4 };
    const struct token *n = doc_tok(d, i + 1);
    if (n->kind != TOK_NUMBER || n->len > 4 || i < 2 || !taken[i - 2] || taken[i + 1] ||
        doc_joined(d, i + 1) || cls(d, i) & P_TIMED)
        return false;
    /* "seen 3/4, HD 0730", "3/4/2024, BNP 1450" */
    if (known && (doc_tok(d, i - 2)->len < LAST_FOUR || doc_ends_line(d, i + 1))) return false;
    for (int64_t k = i + 1; k < i + TIME; k++) /* a time and nothing else: "…, BG 145" is a value */
        if (doc_ends_line(d, k)) return ends_clock(d, k);
    return false;
}

/* "Dict: LG /", "collector LE.", "index case RC.", "re AC, 12/10", "Signout: HR,": c is of the word before, `mark`: what
 * stands between. */
static bool is_tasked(const struct doc *d, int64_t i, uint32_t c, bool mark, bool known)
{
    if (!c || !ends(d, i)) return false;
    if (c & P_TASK) return true;
    if (c & P_LIST) return mark && !known && doc_is_mark(d, i + 1, ',');
    if (mark) return false;
    if (c & P_INDEX) /* "index FD / RVCT", no "cardiac index CI 2.4" */
        return doc_is_mark(d, i + 1, '/') ||
               (doc_is_mark(d, i + 1, ',') && doc_is_word(d, i + 2, VIEW("contacts")));
    return (c & P_CASE && cls(d, i - 2) & P_INDEX) ||
           (c & P_ABOUT && doc_is_mark(d, i + 1, ',') && doc_is_number(d, i + 2));
}

/* "by LB with JP", "taken 9/2 by IH,", "per TB, wasted" */
static bool is_signing(const struct doc *d, int64_t i, uint32_t before, const uint8_t *taken,
                       bool known)
{
    if (before & P_BY)
        return (cls(d, i + 1) & P_JOINT && is_sign(d, i + 2) && ends(d, i + 2)) ||
               (doc_is_number(d, i - 2) && (taken[i - 2] || !known) && ends(d, i)) ||
               (cls(d, i - 2) & P_HALF && doc_is_number(d, i - 3) && doc_is_mark(d, i + 1, '.'));
    if (before & P_PER) return doc_is_mark(d, i + 1, ',') && cls(d, i + 2) & P_WASTED;
    return before & P_JOINT && is_sign(d, i - 2) && !name_signs_is_other(d, i - 2) &&
           cls(d, i - 3) & P_BY && ends(d, i);
}

/* "is a 23-year-old", "was then brought", "was placed supine", "understood" from token i on. */
static bool is_of_person(const struct doc *d, int64_t i)
{
    enum { REACH = 5 };
    if (!(doc_tok(d, i)->flags & TOK_LOWER) || doc_tok(d, i)->flags & TOK_LINE) return false;
    const uint32_t c = cls(d, i);
    if (!(c & P_IS)) return c & P_SAYS;
    if (cls(d, i + 1) & P_SO) i++;
    const uint32_t done = cls(d, i + 1);
    if (done & P_SIDE) return doc_is_mark(d, i + 2, '-') && doc_is_word(d, i + 3, VIEW("handed"));
    if (done & P_LAID) {
        for (int64_t k = i + 2; k < i + 2 + REACH && doc_tok(d, k)->kind == TOK_WORD; k++)
            /* "EVD was placed to drain" */
            if (cls(d, k) & P_HOW && !(k == i + 2 && doc_is_word(d, i + 1, VIEW("placed")) &&
                                       doc_is_word(d, k, VIEW("to"))))
                return true;
        return false;
    }
    if (doc_is_word(d, i + 1, VIEW("a")) || doc_is_word(d, i + 1, VIEW("an")))
        for (int64_t k = i + 2; k < i + REACH; k++)
            if (doc_is_number(d, k)) return name_signs_is_age(d, k);
    return done & P_DONE;
}

bool name_signs_placed(const struct doc *d, uint32_t i, const uint8_t *taken, bool known)
{
    const struct token *before = doc_tok(d, (int64_t)i - 1), *next = doc_tok(d, (int64_t)i + 1);
    const bool comma = before->kind == TOK_MARK && before->hash == ',';
    if (before->kind == TOK_WORD && !(d->tok[i].flags & TOK_LINE) && !cls(d, (int64_t)i - 1) &&
        !doc_ends_line(d, i))
        return false; /* most of them */
    if (next->flags & TOK_LOWER && is_of_person(d, (int64_t)i + 1) &&
        (comma || shape_starts_sentence(d, i)))
        return true;
    if (!i || d->tok[i].flags & TOK_LINE) return false;
    if (before->kind != TOK_MARK) {
        const uint32_t c = cls(d, (int64_t)i - 1);
        return (c && (is_tasked(d, i, c, false, known) || is_signing(d, i, c, taken, known))) ||
               (doc_ends_line(d, i) && ends_dated(d, i, taken, known));
    }
    if (comma) return is_before_time(d, i, taken, known);
    if (before->hash == '(') return is_behind_day(d, i, taken, known);
    return (before->hash == ':' || before->hash == '/') &&
           is_tasked(d, i, cls(d, (int64_t)i - 2), true, known);
}
