/* Forms, orders and messages that only a person fills, see name_frame_inside.h. */
#include "detect/name_frame_inside.h"
#include "detect/wordset.h"

enum {
    G_PERSON = 1 << 0, /* with … */
    G_THIS = 1 << 1,   /* … before it and commas around the name: "this vet, Lindemar, was" */
    G_INTERP = 1 << 2, /* "Interpreter no 0617; Ilvana; video" */
    G_COPY = 1 << 3,   /* heads a line, in a column of its own: "COPY    Lindemar; Vann; …" */
    G_UNDER = 1 << 4,  /* "home 9 March; under Lindemar⏎" */
    G_ORDER = 1 << 5,  /* "TORB Lindemar to Vann, read back", "Phone order, Lindemar taken …" */
    G_GIVEN = 1 << 6,
    G_BACK = 1 << 7,
    G_FORWARD = 1 << 8, /* "FW: Lindemar 335430" */
    G_HIS = 1 << 9,     /* "Lindemar's list" */
    G_SAYS = 1 << 10,   /* "Addendum 4 October: Lindemar rang" */
    G_ADDENDUM = 1 << 11,
    G_CALLER = 1 << 12, /* "caller Ilvana for" */
    G_WEEKS = 1 << 13,  /* "f/u Lindemar 2w, Vann 6w" */
    G_SHIFT = 1 << 14,  /* "Rota: Ilvana early, Torbin late" */
    G_POOL = 1 << 15,   /* "message to Lindemar pool" */
    G_MET = 1 << 16,    /* who was there follows: "Plan agreed Ilvana, Torbin, Vann." */
    G_OF = 1 << 17,     /* between that and them */
    G_TEAM = 1 << 18,   /* "Team Vann: Ilvana, Torbin" */
    G_LIST = 1 << 20,   /* "Waiting list: Lindemar AB; Vann Ilvana; …" */
    G_TALKED = 1 << 19, /* the same with a comma: "Discussed, Ilvana, Torbin." */
};
static const struct wordset_row rows[] = {
    { "vet veteran patient pt client resident infant child baby lady gentleman youngster teenager "
      "individual officer member person soldier student",
      G_PERSON },
    { "this the our that my", G_THIS },
    { "interpreter interp translator", G_INTERP },
    { "copy copies cc bcc subm submitter submitting ordering referrer attn ccs", G_COPY },
    { "under", G_UNDER },
    { "torb vorb tovb torbv vo order orders", G_ORDER },
    { "to taken rec received noted by d from", G_GIVEN },
    { "read rb rbv rbo rbvo readback repeated", G_BACK },
    { "fw fwd", G_FORWARD },
    { "team list lists clinic service panel practice", G_HIS },
    { "rang concurs phoned called agrees will pls please aware notified asked disagrees says",
      G_SAYS },
    { "addendum addenda", G_ADDENDUM },
    { "caller", G_CALLER },
    { "early late nights night days day twilight off evenings eves am pm", G_SHIFT },
    { "discussed reviewed", G_TALKED },
    { "agreed consensus mtg meeting rounding rounds present attended attendees happy "
      "room "
      "apologies esp including attending huddle conference w debrief debriefed mdt idt",
      G_MET },
    { "of with in by", G_OF },
    { "team teams firm pod crew", G_TEAM },
    { "list lists waitlist bookings addons adds schedule queue roster", G_LIST },
    { "pool inbox basket queue triage", G_POOL },
    { "w wk wks wo d m mo mos mths y yr", G_WEEKS },
};
static struct wordset words = WORDSET(rows);
WORDSET_CLASS_AT(cls, words)

/* A word of class c up to a few tokens before token i, on its line; at the head of it: `heads`. */
static int64_t before_on_line(const struct doc *d, int64_t i, uint32_t c, bool heads)
{
    enum { FAR = 12 };
    for (int64_t k = i; k >= 0 && k > i - FAR; k--) {
        const bool opens = k == 0 || d->tok[k].flags & TOK_LINE;
        if (cls(d, k) & c && (opens || !heads)) return k;
        if (opens) return -1;
    }
    return -1;
}

/* "2w", "6wks" from token i. */
static bool is_interval(const struct doc *d, int64_t i)
{
    return doc_tok(d, i)->kind == TOK_NUMBER && doc_joined(d, i + 1) && cls(d, i + 1) & G_WEEKS;
}

/* ", read back" from token i. */
static bool is_read_back(const struct doc *d, int64_t i)
{
    return doc_is_mark(d, i, ',') && cls(d, i + 1) & G_BACK;
}

/* "to Vann", "rec'd Vann", "noted by Vann" from token i. */
static bool is_given(const struct doc *d, int64_t i)
{
    enum { REACH = 4 };
    if (!(cls(d, i) & G_GIVEN)) return false;
    for (int64_t k = i + 1; k <= i + REACH && !doc_ends_line(d, k - 1); k++)
        if (d->tok[k].flags & TOK_CAP) return true;
    return false;
}

SELDOM static uint32_t digits_at(const struct doc *d, int64_t i)
{
    uint32_t n = 0;
    for (; doc_tok(d, i)->kind == TOK_NUMBER && !(d->tok[i].flags & TOK_LINE); i++)
        n += d->tok[i].len;
    return n;
}

/* "early, Torbin", "nights⏎" from token i: a shift of a rota, and the next one or the end. */
static bool is_shift(const struct doc *d, int64_t i)
{
    const struct token *t = doc_tok(d, i), *next = doc_tok(d, i + 1);
    return cls(d, i) & G_SHIFT && t->flags & TOK_LOWER && !(t->flags & TOK_LINE) &&
           (doc_ends_line(d, i) || next->flags & TOK_CAP || doc_is_mark(d, i + 1, ','));
}

static int64_t behind_mark(const struct doc *d, int64_t i, int64_t next)
{
    enum { RECORD = 5, NPI = 10, LINE = 4 };
    const bool listed = doc_is_mark(d, next, ';') || doc_ends_line(d, next - 1);
    switch (doc_tok(d, i)->hash) {
    case ';':
        return listed ? before_on_line(d, i - 1, G_INTERP | G_LIST, false) >= 0
                            ? i
                            : before_on_line(d, i - 1, G_COPY, true)
                      : -1;
    case ',':
        if (cls(d, i - 1) & G_PERSON && cls(d, i - 2) & G_THIS && doc_is_mark(d, next, ','))
            return i - 1;
        if (cls(d, i - 1) & G_ORDER && is_given(d, next)) return i - 1;
        if (is_shift(d, next)) return next;
        return is_interval(d, next) && is_interval(d, i - 2) ? next : -1;
    case '/': /* "NPI: 2432193433 / Lindemar" */
        return doc_tok(d, i - 1)->len == NPI && doc_tok(d, i - 1)->kind == TOK_NUMBER &&
                       !doc_joined(d, i)
                   ? i
                   : -1;
    case ':':
        if (is_shift(d, next)) return next;
        if (cls(d, i - 1) & G_LIST && listed) return next < d->n ? next : i - 1;
        if (cls(d, i - 1) & G_FORWARD) return digits_at(d, next) >= RECORD ? i - 1 : -1;
        return cls(d, next) & G_SAYS ? before_on_line(d, i - 1, G_ADDENDUM, false) : -1;
    case '>': return doc_is_mark(d, next, '>') ? i : -1; /* "Inbox > Lindemar > 335430_ref.pdf" */
    case ')':                                            /* "Interpreter (Spanish) Ilvana" */
        return doc_is_mark(d, i - 2, '(') && cls(d, i - 3) & G_INTERP ? i : -1;
    case '(': /* "928-953-4591 (Ilvana)" */
        return doc_is_mark(d, next, ')') && doc_tok(d, i - 1)->len == LINE &&
                       doc_tok(d, i - 1)->kind == TOK_NUMBER && doc_is_mark(d, i - 2, '-')
                   ? i
                   : -1;
    default: return -1;
    }
}

static int64_t behind_word(const struct doc *d, int64_t i, uint32_t first, int64_t next)
{
    const uint32_t is = cls(d, i);
    if (doc_is_word(d, i, VIEW("u")) && doc_is_mark(d, i - 1, '/'))
        return is_interval(d, next) ? next : -1;
    if (is & G_COPY && shape_opens_column(d, first))
        return i == 0 || d->tok[i].flags & TOK_LINE ? i : -1;
    if (is & G_ORDER) return is_given(d, next) ? i : -1;
    if (is & G_GIVEN)
        return is_read_back(d, next) || (cls(d, next) & G_POOL && doc_is_mark(d, next + 1, ';'))
                   ? i
                   : -1;
    if (is & G_TEAM) return doc_is_mark(d, next, ':') && d->tok[i].flags & TOK_CAP ? i : -1;
    if (is & G_UNDER)
        return doc_ends_line(d, next - 1) &&
                       (doc_is_mark(d, i - 1, ';') || doc_is_mark(d, i - 1, ','))
                   ? i
                   : -1;
    return is & G_CALLER && (doc_tok(d, next)->flags & TOK_LOWER || doc_ends_line(d, next - 1))
               ? i
               : -1;
}

/* One of a row of persons, each a word in small letters that no list knows, or as a name at least as much. */
static bool is_item(const struct doc *d, uint32_t i)
{
    const uint64_t other = LEX(MEDICAL) | LEX(DRUG) | LEX(ORG_NAME) | LEX(MONTH) | LEX(WEEKDAY);
    const struct lex_info *l = d->lex[i < d->n ? i : 0];
    const int rank = MAX(l->given, l->surname);
    return i < d->n && shape_of(d, i) == SHAPE_TITLE && d->tok[i].len > 2 && !d->shield[i] &&
           (!l->bits || (rank >= 2 && rank > l->word) || (rank && !(l->bits & other) && !l->word));
}

/* The word that says who was there, before the row in which the word first … last stands, or -1. */
static int64_t met_before(const struct doc *d, uint32_t first, uint32_t last)
{
    enum { ITEMS = 6 };
    const struct token *next = doc_tok(d, (int64_t)last + 1),
                       *before = doc_tok(d, (int64_t)first - 1);
    const bool marked = before->kind == TOK_MARK && (before->hash == ',' || before->hash == ':');
    if (!marked && !(cls(d, (int64_t)first - 1) & (G_MET | G_OF))) return -1;
    const bool goes_on = next->kind == TOK_MARK && next->hash == ',' && is_item(d, last + 2);
    uint32_t at = first;
    if (!is_item(d, first) || (next->kind == TOK_WORD && !(next->flags & (TOK_LOWER | TOK_LINE))))
        return -1;
    for (int n = 0; n < ITEMS && at > 1 && !(d->tok[at].flags & TOK_LINE); n++) {
        const int64_t i = (int64_t)at - 1;
        const bool colon = doc_is_mark(d, i, ':'), comma = doc_is_mark(d, i, ',');
        const int64_t cue = colon || comma ? i - 1 : i;
        const uint32_t is = cls(d, cue);
        if (is & G_MET || (comma && is & G_TALKED) || (is & G_OF && cls(d, cue - 1) & G_MET))
            return n || goes_on ? cue : -1;
        if (colon && cls(d, (int64_t)shape_word_begin(d, at - 2) - 1) & G_TEAM)
            return n || goes_on ? i : -1;
        if (!comma) return -1;
        at = shape_word_begin(d, at - 2);
        if (!is_item(d, at)) return -1;
    }
    return -1;
}

int64_t name_frame_form(const struct doc *d, uint32_t first, uint32_t last)
{
    const int64_t i = (int64_t)first - 1, next = (int64_t)last + 1;
    const int64_t owned = shape_after_possessive(d, last);
    if (owned > next && cls(d, owned) & G_HIS && d->tok[owned].flags & TOK_LOWER) return owned;
    /* "Lindemar x4-1150" */
    if (doc_is_word(d, next, VIEW("x")) && !doc_ends_line(d, last) && doc_joined(d, next + 1) &&
        doc_is_mark(d, next + 2, '-') && digits_at(d, next + 1) + digits_at(d, next + 3) > 3)
        return next;
    /* "Ilvana / stepson / 555-0173" at the head of its line */
    if (i < 0 || d->tok[first].flags & TOK_LINE)
        return doc_is_mark(d, next, '/') && !doc_joined(d, next) && doc_is_mark(d, next + 2, '/') &&
                       doc_tok(d, next + 1)->flags & TOK_LOWER &&
                       doc_tok(d, next + 3)->kind != TOK_WORD
                   ? next
                   : -1;
    const int64_t told = d->tok[i].kind == TOK_MARK   ? behind_mark(d, i, next)
                         : d->tok[i].kind == TOK_WORD ? behind_word(d, i, first, next)
                                                      : -1;
    return told < 0 && first == shape_word_begin(d, last) ? met_before(d, first, last) : told;
}
