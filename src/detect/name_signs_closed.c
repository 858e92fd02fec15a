#include "detect/name_signs_closed.h"

#include "detect/letters_of_care.h"
#include "detect/name_initials.h"
#include "detect/name_signs.h"
#include "detect/number_row.h"
#include "detect/shape.h"
#include "detect/wordset.h"

enum {
    C_THING = 1 << 0, /* measures, tests, ways to give, how and where: never initials here */
    C_ENTRY = 1 << 1, /* of an entry that somebody closes */
    C_CLERK = 1 << 2, /* done with a number, or the whole of a clause */
    C_COPY = 1 << 3,
    C_TO = 1 << 4,
    C_SITE = 1 << 5, /* where a shot was given */
    C_SHOT = 1 << 6, /* what was given: opens a row */
    C_BY = 1 << 7,
    C_MADE = 1 << 8, /* what was done by whoever signs */
    C_HALF = 1 << 9, /* of the day */
    C_PAGE = 1 << 10,
    C_RE = 1 << 11,   /* … somebody */
    C_BACK = 1 << 12, /* r/b */
};
static const struct wordset_row rows[] = {
    { "bp hr rr bs bg fs fbs bm vs po iv im sq sc sl io prn bid tid qid qd hs qhs ac pc la ra lt "
      "rt "
      "ld rd am pm wnl nad nil neg pos nd na nr ok no iu mg kg lb ml cc ct mr mri cxr kub us ekg "
      "ecg "
      "echo pet er ed or icu ot pt rn md lpn np pa cna do ems pcp inr hgb hct wbc npo tod dos "
      "uti pe dvt mi af chf copd htn dm sob cp ha lue rue lle rle et ct mt utc est cst mst pst ii "
      "iii iv",
      C_THING },
    { "shift count counts report handoff handover keys wasted witness witnessed verified addendum "
      "addenda signed checked reviewed narcotics narcs",
      C_ENTRY },
    { "copy copies cc", C_COPY },
    { "deltoid thigh gluteal glute buttock vastus forearm ventrogluteal", C_SITE },
    { "influenza flu fluzone tdap td dtap mmr ppd hepb hepa hep pneumovax prevnar pcv13 ppsv23 "
      "shingrix zoster varicella covid moderna pfizer polio ipv hpv gardasil menactra menacwy menb "
      "mcv4 hib rotavirus bcg rabies typhoid rsv meningococcal hepatitis tetanus",
      C_SHOT },
    { "draw drawn collected ekg ecg pft spirometry faxed sent copied scanned mailed called phoned "
      "done obtained placed",
      C_MADE },
    { "am pm m", C_HALF },
    { "page paged pls", C_PAGE },
};
static struct wordset words = WORDSET(rows);
WORDSET_CLASS_AT(cls, words)

/* What stands right before the letters, by itself: few words have to be looked up for it. */
static const struct wordset_row lead_rows[] = {
    { "copied confirmed dosed scored verified reprocessed cleaned scanned logged filed ok checked "
      "thawed hung",
      C_CLERK },
    { "to", C_TO },
    { "by", C_BY },
    { "re", C_RE },
    { "b", C_BACK },
};
static struct wordset leads = WORDSET(lead_rows);

const struct wordset *name_signs_closers(void)
{
    return wordset_ready(&leads);
}

/* A line, a clause or a sentence ends behind token i, or the next begins. */
static bool ends(const struct doc *d, int64_t i)
{
    const struct token *t = doc_tok(d, i + 1);
    if (doc_ends_line(d, i) || shape_opens_column(d, (uint32_t)i + 1)) return true;
    if (t->kind == TOK_MARK)
        return (t->hash == '.' && !doc_joined(d, i + 2)) || t->hash == ';' || t->hash == ',';
    return t->kind == TOK_WORD && t->flags & TOK_CAP && t->len > 1;
}

/* Does one of the tokens before i on its line belong to class c? */
static bool has_before(const struct doc *d, int64_t i, uint32_t c, int64_t reach)
{
    for (int64_t k = i; k > 0 && k > i - reach && !(d->tok[k].flags & TOK_LINE); k--)
        if (cls(d, k - 1) & c) return true;
    return false;
}

/* Past the time of day from token i on, or i. */
static int64_t past_clock(const struct doc *d, int64_t i)
{
    int64_t k = i;
    if (!doc_is_number(d, k) || doc_tok(d, k)->flags & TOK_LINE) return i;
    const bool four = number_is_clock(doc_tok(d, k)) && doc_tok(d, k)->len == 4;
    const bool colon =
        doc_is_mark(d, k + 1, ':') && doc_joined(d, k + 1) && doc_is_number(d, k + 2);
    k += colon ? 3 : 1;
    if (!(cls(d, k) & C_HALF) && !(doc_tok(d, k)->len == 1 && doc_is_mark(d, k + 1, '.')))
        return four || colon ? k : i;
    while (cls(d, k) & C_HALF || doc_tok(d, k)->len == 1) {
        if (doc_opens_line(d, k) || doc_tok(d, k)->kind == TOK_NUMBER || k > i + 8) break;
        k++;
    }
    return k;
}

/* ". YV 1:09pm⏎": letters that mean something too only where an entry ends so. */
static bool is_timed(const struct doc *d, int64_t i)
{
    enum { ENTRY = 24 };
    if (!doc_is_number(d, i + 1)) return false;
    const int64_t past = past_clock(d, i + 1);
    if (past == i + 1 || !doc_ends_line(d, past - 1)) return false;
    if (d->tok[i].len > 2 && letters_of_care(d, (uint32_t)i)) return false; /* "GCS 0700" */
    return has_before(d, i, C_ENTRY, ENTRY) ||
           (name_letters_mean_nothing(d, (uint32_t)i) && !(cls(d, i) & C_THING));
}

/* "1234567 copied BW", "; scored TZ;", "copy to MS.", "V.O. senna r/b ST" */
static bool is_clerked(const struct doc *d, int64_t i, uint32_t before)
{
    if (!ends(d, i)) return false;
    if (before & C_TO) return cls(d, i - 2) & C_COPY;
    if (before & C_CLERK && d->tok[i - 1].flags & TOK_LOWER) {
        const struct token *t = doc_tok(d, i - 2);
        return t->kind == TOK_NUMBER ||
               (t->kind == TOK_MARK && t->hash == ';' && doc_tok(d, i + 1)->kind == TOK_MARK);
    }
    return doc_is_mark(d, i - 2, '/') && doc_is_word(d, i - 3, VIEW("r"));
}

/* "FAXED TO 555-0100 1156 BY RB.", "EKG by TT 05/10", "codes copied by BB: acct" */
static bool is_by(const struct doc *d, int64_t i)
{
    enum { ROW = 16 };
    const struct token *next = doc_tok(d, i + 1);
    if (next->kind == TOK_WORD && !doc_ends_line(d, i)) return false; /* "placed by IR Roe" */
    return (ends(d, i) || (next->kind == TOK_NUMBER && !doc_joined(d, i + 1)) ||
            next->hash == ':') &&
           !name_signs_is_other(d, i) && has_before(d, i - 1, C_MADE, ROW);
}

/* "MenACWY   12/1/2016   LA   LC⏎" */
static bool is_in_row(const struct doc *d, int64_t i, const uint8_t *taken)
{
    enum { ROW = 16 };
    bool dated = false;
    if (!doc_ends_line(d, i) || !shape_opens_column(d, (uint32_t)i)) return false;
    for (int64_t k = i - 1; k >= 0 && k > i - ROW; k--) {
        dated |= taken[k] && doc_is_number(d, k);
        if (d->tok[k].flags & TOK_LINE || !k) return dated && (cls(d, k) | cls(d, k + 1)) & C_SHOT;
    }
    return false;
}

/* "0910 Seyoum here. ST⏎", "Addendum 3/4/19: No change. PM⏎": the line's last sentence, where an entry opens it. */
static bool is_last(const struct doc *d, int64_t i)
{
    enum { FAR = 48 };
    if (!doc_is_mark(d, i - 1, '.') || !doc_ends_line(d, i) || d->tok[i].flags & TOK_LINE)
        return false;
    for (int64_t k = i - 1; k >= 0 && k > i - FAR; k--)
        if (doc_opens_line(d, k))
            return (cls(d, k) & C_ENTRY && doc_is_number(d, k + 1)) ||
                   (doc_tok(d, k)->len == 4 && doc_is_number(d, k) && number_is_clock(&d->tok[k]));
    return false;
}

/* "thawed 9 p.m. SZ/TU.": of two that sign behind a time, the one at token i. */
static bool is_of_two(const struct doc *d, int64_t i)
{
    const bool second = doc_is_mark(d, i - 1, '/');
    const int64_t first = second ? i - 2 : i, last = first + 2;
    const struct token *a = doc_tok(d, first), *b = doc_tok(d, last);
    if (!doc_is_mark(d, first + 1, '/') || !doc_joined(d, first + 1) || !doc_joined(d, last) ||
        a->kind != TOK_WORD || b->kind != TOK_WORD || !(a->flags & b->flags & TOK_UPPER) ||
        a->len > 3 || b->len > 3 || a->len < 2 || b->len < 2 || !ends(d, last) ||
        (cls(d, first) | cls(d, last)) & C_THING)
        return false;
    const bool dot = doc_is_mark(d, first - 1, '.');
    const int64_t half = dot ? first - 2 : first - 1;
    return cls(d, half) & C_HALF && (doc_tok(d, half)->len == 2 ? doc_is_number(d, half - 1) : dot);
}

/* Behind a word. Most of them stand so, and behind no word of these. */
static bool is_behind_word(const struct doc *d, int64_t i)
{
    const uint32_t c = wordset_class(wordset_ready(&leads), doc_tok(d, i - 1));
    if (LIKELY(!c)) return false;
    if (c & C_BY) return is_by(d, i);
    if (c & (C_CLERK | C_TO | C_BACK)) return is_clerked(d, i, c);
    return c & C_RE && ends(d, i) && has_before(d, i - 1, C_PAGE, 12);
}

/* At the end of its line. */
static bool is_at_end(const struct doc *d, int64_t i, const uint8_t *taken)
{
    if (shape_opens_column(d, (uint32_t)i) && is_in_row(d, i, taken)) return true;
    return doc_is_mark(d, i - 1, '.') && is_last(d, i);
}

static bool is_closing(const struct doc *d, int64_t i, const uint8_t *taken)
{
    const struct token *before = &d->tok[i - 1], *next = doc_tok(d, i + 1);
    if (next->hash == '/' || before->hash == '/') return is_of_two(d, i);
    if (before->kind == TOK_WORD && is_behind_word(d, i)) return true;
    if (doc_ends_line(d, i) && is_at_end(d, i, taken)) return true;
    if (before->hash == '.') return is_timed(d, i);
    return before->hash == ',' && cls(d, i - 2) & C_SITE && ends(d, i);
}

err name_signs_closed(const struct doc *d, uint32_t i, const uint8_t *taken, struct findings *out)
{
    if (!i || d->tok[i].flags & TOK_LINE || !is_closing(d, i, taken) || d->shield[i] || taken[i] ||
        d->tok[i].flags & TOK_WIDE || d->is_caseless ||
        ((cls(d, i) & C_THING || letters_of_care(d, i) ||
          d->lex[i]->bits & (LEX(FUNCTION) | LEX(NUMBER_WORD) | LEX(CUE_DEA))) &&
         !is_timed(d, i)))
        return OK;
    return doc_add_name(d, i, i, RULE_NAME_INITIALS, 0.75F, WHO_CLINICIAN, out);
}
