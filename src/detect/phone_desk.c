/* phone_desk.c — numbers of four or five digits in a house, by who is called there: see phone_inside.h.
 *
 *     call back 4482     Voicemail box 37206     Beep Roe 69154     Page GI fellow (44821)
 *     ICU 4-2231         On call tonight: Roe, 8971; backup
 *
 * A clock's four digits are none. */
#include "detect/number_row.h"
#include "detect/phone_inside.h"
#include "detect/wordset.h"

enum desk_class {
    DESK_CALL = 1,   /* the number stands straight behind */
    DESK_PAGE = 2,   /* … or behind who carries it */
    DESK_PLACE = 4,  /* a desk of the house: "ICU 4-2231" */
    DESK_ON = 8,     /* heads who is on call */
    DESK_VOICE = 16, /* voicemail box */
    DESK_WITH = 32,  /* behind the number */
    DESK_ROLE = 64,  /* who is on, before five digits */
};
static const struct wordset_row rows[] = {
    { "cb callback mailbox dial bleep beep beeper ring", DESK_CALL },
    { "beep bleep beeped bleeped page paged", DESK_PAGE },
    { "desk station icu micu sicu nicu picu ccu ed pacu lab pharmacy clinic office floor unit ward "
      "triage registration admitting switchboard radiology telemetry front charge",
      DESK_PLACE },
    { "contact oncall coverage covering attending senior junior fellow intern resident cover",
      DESK_ON },
    { "fellow intern resident attending senior junior team covering cover crosscover nf mod "
      "nightfloat "
      "float moonlighter hospitalist call pg nsgy ortho cards renal neuro psych gyn ent uro onc "
      "heme "
      "pulm consult pgy consults",
      DESK_ROLE },
    { "voicemail voice vm", DESK_VOICE },
    { "with for when if full before after and or to w prn please thanks asap re", DESK_WITH },
};
static struct wordset words = WORDSET(rows);
WORDSET_CLASS_AT(cls, words)

static bool is_closed(const struct doc *d, uint32_t last)
{
    const struct token *t = doc_tok(d, (int64_t)last + 1);
    if (last + 1 >= d->n || t->flags & TOK_LINE) return true;
    if (t->kind == TOK_WORD) return cls(d, (int64_t)last + 1) & DESK_WITH || t->flags & TOK_CAP;
    return t->kind == TOK_MARK && t->hash < 0x80 && strchr(".,;)", (int)t->hash) &&
           !(doc_joined(d, last + 2) && doc_tok(d, (int64_t)last + 2)->kind == TOK_NUMBER);
}

/* "GI fellow 44821", "team: 44821", "PGY-2, 44821", "PGY2 44821", "p: 44821": past a mark and the year of training. */
static bool is_of_role(const struct doc *d, int64_t p)
{
    p -= doc_is_mark(d, p, ':') || doc_is_mark(d, p, ',');
    if (doc_is_word(d, p, VIEW("p"))) return !doc_joined(d, p);
    if (doc_tok(d, p)->kind == TOK_NUMBER && doc_tok(d, p)->len == 1 && doc_joined(d, p)) {
        p -= doc_is_mark(d, p - 1, '-') ? 2 : 1;
        return doc_is_word(d, p, VIEW("pgy"));
    }
    return cls(d, p) & DESK_ROLE && !(doc_tok(d, p + 1)->flags & TOK_LINE);
}

/* "call back 4482", "voicemail box 37206", "text 44821" */
static bool is_straight(const struct doc *d, uint32_t first)
{
    const int64_t p = (int64_t)first - 1;
    if (d->tok[first].flags & TOK_LINE) return false;
    if (cls(d, p) & DESK_CALL) return true;
    /* "Call me at 8814" */
    if (doc_is_word(d, p, VIEW("at")) &&
        (doc_is_word(d, p - 1, VIEW("me")) || doc_is_word(d, p - 1, VIEW("us"))))
        return cls(d, p - 2) & (DESK_CALL | DESK_PAGE) || doc_is_word(d, p - 2, VIEW("call")) ||
               doc_is_word(d, p - 2, VIEW("text")) || doc_is_word(d, p - 2, VIEW("reach"));
    if (doc_is_word(d, p, VIEW("back"))) return doc_is_word(d, p - 1, VIEW("call"));
    if (doc_is_word(d, p, VIEW("box"))) return cls(d, p - 1) & DESK_VOICE;
    if (d->tok[first].len != 5) return false;
    if (doc_is_word(d, p, VIEW("text")) || doc_is_word(d, p, VIEW("page"))) return true;
    return is_of_role(d, p);
}

/* "Beep Roe 69154", "Paged Roe 44821", "Page GI fellow (44821)" */
static bool is_behind_paged(const struct doc *d, uint32_t first)
{
    enum { REACH = 5 };
    for (int64_t i = (int64_t)first - 1; i >= 0 && i >= (int64_t)first - REACH; i--) {
        const struct token *t = &d->tok[i];
        if (d->tok[i + 1].flags & TOK_LINE || t->kind == TOK_NUMBER) return false;
        if (cls(d, i) & DESK_PAGE) return i + 1 < (int64_t)first;
        if (t->kind == TOK_MARK ? t->hash != '.' && t->hash != '(' && t->hash != ','
                                : !(t->flags & TOK_CAP) && !(doc_bits(d, i) & LEX(CLINICIAN)))
            return false;
    }
    return false;
}

/* "On call tonight: Shumpert, 8971", "Contact: Roe 44821" */
static bool is_on_call(const struct doc *d, uint32_t first)
{
    enum { REACH = 9 };
    bool colon = false;
    for (int64_t i = (int64_t)first - 1; i >= 0 && i >= (int64_t)first - REACH; i--) {
        const struct token *t = &d->tok[i];
        if (d->tok[i + 1].flags & TOK_LINE || t->kind == TOK_NUMBER) return false;
        if (doc_is_mark(d, i, ':')) {
            if (i + 1 == (int64_t)first) return false;
            colon = true;
        } else if (colon) {
            if (cls(d, i) & DESK_ON) return true;
            if (doc_is_word(d, i, VIEW("call")))
                return doc_is_word(d, i - 1 - doc_is_mark(d, i - 1, '-'), VIEW("on"));
            if (t->kind == TOK_MARK) return false;
        } else if (t->kind == TOK_MARK ? t->hash != ',' && t->hash != '.' : !(t->flags & TOK_CAP)) {
            return false;
        }
    }
    return false;
}

bool phone_is_at_desk(const struct doc *d, const struct phone_number *n)
{
    const struct token *t = &d->tok[n->tok[0]];
    if (d->shield[n->tok[0]] & SHIELD_MEASURE || n->first != n->tok[0]) return false;
    if (phone_is_in_house(n)) {
        if (n->n != 2 || n->blanks || n->slash || !is_closed(d, n->last)) return false;
        const int64_t place = (int64_t)n->first - 1 - doc_is_mark(d, (int64_t)n->first - 1, ':');
        return d->tok[n->last].hash % 100 && cls(d, place) & DESK_PLACE &&
               !(d->tok[n->first].flags & TOK_LINE);
    }
    const bool year = t->len == 4 && t->hash >= 1900 && t->hash < 2100;
    if (n->n != 1 || t->len < 4 || t->len > 5 || number_is_clock(t) || year || t->hash % 100 == 0)
        return false;
    if (!is_closed(d, n->last)) return false;
    return is_straight(d, n->first) || is_behind_paged(d, n->first) || is_on_call(d, n->first);
}
