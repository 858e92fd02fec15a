#include "detect/id_user.h"

#include "detect/cue.h"

enum {
    U_DONE = 1, /* what is done to a record: a user's name may follow its "by" */
    U_BY = 2,
    U_ROLE = 4,     /* who does it; the name may follow straight after */
    U_FROM = 8,     /* the same where the name has digits or marks in it */
    U_UNDER = 32,   /* whose rights somebody uses, behind a verb of work on a record */
    U_KEYED = 64,   /* who did it may end the sentence: "Entered mkowal." */
    U_DESK = 128,   /* a field that holds one */
    U_NATURE = 256, /* what a molecule does, and no user */
    U_PLAY = 16,    /* where players are known by a name and four digits */
};
static const struct wordset_row rows[] = {
    { "printed reprinted opened closed signed esigned entered changed merged unmerged modified mod "
      "add added del deleted updated viewed accessed released verified verif approved approv filed "
      "scanned uploaded keyed typed transcribed rescheduled scheduled cancelled canceled resolved "
      "reset created edited logged locked unlocked thawed hooked reviewed dictated charted "
      "documented recorded corrected amended addended authored initiated generated exported "
      "downloaded queried registered assigned reassigned overridden voided resulted performed "
      "completed acknowledged attested cosigned collected dispensed worked rekeyed processed "
      "handled "
      "submitted posted rerouted rebooked triaged",
      U_DONE },
    { "by", U_BY },
    { "staff audit user desk queue agent clerk operator login who", U_DESK },
    { "tech technologist technician registrar scorer user users operator clerk transcriptionist "
      "editor uid userid username login logon witness",
      U_ROLE },
    { "under as", U_UNDER },
    { "entered keyed typed scanned charted posted inputted transcribed logged", U_KEYED },
    { "logged placed ordered copied fwd forwarded pulled reset", U_DONE },
    { "from who as override wit given w via per acct account proxy contrast rn coder "
      "author signed esigned",
      U_FROM },
    { "driven inhibited mediated encoded induced regulated upregulated downregulated expressed "
      "catalyzed catalysed metabolized metabolised cleaved phosphorylated methylated antagonized "
      "potentiated",
      U_NATURE },
    { "discord steam xbox battlenet gamertag gamer friend handle psn", U_PLAY },
};
static struct wordset words = WORDSET(rows);
WORDSET_CLASS_AT(cls, words)

enum { LEAST = 4, MOST = 16, REACH = 8 };

/* A mark that stands inside a name to sign on with. */
static bool is_inner(const struct doc *d, int64_t i)
{
    const struct token *t = doc_tok(d, i);
    return t->kind == TOK_MARK && t->hash < 0x80 && strchr("_.-\\", (int)t->hash) &&
           doc_joined(d, i) && doc_joined(d, i + 1) && doc_tok(d, i + 1)->kind != TOK_MARK &&
           doc_tok(d, i - 1)->kind != TOK_MARK;
}

struct run {
    uint32_t first, last, letters, number; /* number: of digits */
    bool digits, lower, upper;
    bool bound; /* '_' or '\' in it, which no written word has */
};

static struct run run_around(const struct doc *d, uint32_t i)
{
    struct run r = { .first = i, .last = i };
    while (i - r.first < MOST && doc_joined(d, r.first) &&
           (d->tok[r.first - 1].kind != TOK_MARK || is_inner(d, (int64_t)r.first - 1)))
        r.first--;
    while (r.last - i < MOST && doc_joined(d, r.last + 1) &&
           (d->tok[r.last + 1].kind != TOK_MARK || is_inner(d, (int64_t)r.last + 1)))
        r.last++;
    for (uint32_t k = r.first; k <= r.last; k++) {
        const struct token *t = &d->tok[k];
        r.digits |= t->kind == TOK_NUMBER;
        r.number += t->kind == TOK_NUMBER ? t->len : 0;
        r.bound |= t->kind == TOK_MARK && (t->hash == '_' || t->hash == '\\');
        if (t->kind != TOK_WORD) continue;
        r.letters += t->len;
        r.lower |= (t->flags & TOK_LOWER) != 0;
        r.upper |= (t->flags & TOK_UPPER) != 0;
    }
    return r;
}

SELDOM static bool is_unknown(const struct doc *d, uint32_t i)
{
    const struct lex_info *l = d->lex[i];
    return d->tok[i].kind == TOK_WORD && !l->bits && !l->word && !d->shield[i];
}

/* A word that no list knows, or only as somebody's name. */
static bool is_name_or_unknown(const struct doc *d, uint32_t i)
{
    const struct lex_info *l = d->lex[i];
    return !l->word && !(l->bits & ~(LEX_GIVEN | LEX(SURNAME) | LEX(NICK))) && !d->shield[i];
}

/* A verb of work on a record among the words before `by`: "changed from 03 to 07 by". */
SELDOM static bool is_done(const struct doc *d, int64_t by)
{
    for (int64_t i = by - 1; i >= 0 && i + REACH >= by; i--) {
        if (d->tok[i + 1].flags & TOK_LINE) return false;
        if (cls(d, i) & U_DONE) return true;
    }
    return false;
}

/* "Note copied fwd from": text that stands in another's record. */
SELDOM static bool is_copied(const struct doc *d, int64_t from)
{
    for (int64_t i = from - 1; i >= 0 && i + 3 >= from; i--)
        if (doc_is_word(d, i, VIEW("copied")) || doc_is_word(d, i, VIEW("fwd")) ||
            doc_is_word(d, i, VIEW("forwarded")))
            return true;
    return false;
}

/* "(kdunn)" behind "Dunn, Kiki", "(RCASTEL1)" behind "CASTELLANO, RENEE": it is made of the name before it. */
static bool is_made_of_name(const struct doc *d, const struct run *r)
{
    enum { WORDS = 5, SAME = 4 };
    if (!doc_is_mark(d, (int64_t)r->first - 1, '(') || !doc_is_mark(d, (int64_t)r->last + 1, ')'))
        return false;
    const view user = doc_view(d, r->first, r->last);
    for (int64_t i = (int64_t)r->first - 2; i >= 0 && i + WORDS >= r->first; i--) {
        const struct token *t = &d->tok[i];
        if (t->kind != TOK_WORD || t->len < (r->digits ? 3 : SAME) || t->flags & TOK_LOWER)
            continue;
        const size_t n = MIN((size_t)t->len, (size_t)SAME);
        for (size_t k = r->bound || r->digits ? 0 : 1; k + n <= user.n && k < 5; k++)
            if (view_eq_nocase(view_sub(user, k, k + n),
                               view_sub(doc_view(d, (uint32_t)i, (uint32_t)i), 0, n)))
                return true;
    }
    return false;
}

/* "moonfrog#2217" */
static bool is_player(const struct doc *d, const struct run *r, uint32_t *last)
{
    const struct token *n = doc_tok(d, (int64_t)r->last + 2);
    if (!doc_is_mark(d, (int64_t)r->last + 1, '#') || !doc_joined(d, r->last + 1) ||
        !doc_joined(d, r->last + 2) || n->kind != TOK_NUMBER || n->len != 4 || r->letters < LEAST)
        return false;
    *last = r->last + 2;
    return is_unknown(d, r->first) || cls(d, (int64_t)r->first - 1) & U_PLAY;
}

/* Most unknown words stand behind a word that says nothing of a user: told before the run is read. */
static bool may_be_user(const struct doc *d, uint32_t i)
{
    const struct token *p = doc_tok(d, (int64_t)i - 1);
    if (p->kind == TOK_WORD) return cls(d, (int64_t)i - 1) || doc_is_mark(d, i + 1, '#');
    if (p->kind == TOK_NUMBER) return doc_joined(d, i);
    return p->hash < 0x80 && p->hash && strchr("_\\:=\"(-.", (int)p->hash);
}

/* "Entered mkowal." is a sentence; "typed blood" goes on. */
SELDOM static bool is_sentence(const struct doc *d, int64_t verb, const struct run *r)
{
    const struct token *t = doc_tok(d, verb), *end = doc_tok(d, (int64_t)r->last + 1);
    const bool opens = verb == 0 || t->flags & TOK_LINE || doc_tok(d, verb - 1)->kind == TOK_MARK;
    const bool ends =
        r->last + 1 >= d->n || end->flags & TOK_LINE || (end->kind == TOK_MARK && end->hash == '.');
    return opens && ends && t->flags & TOK_CAP && !d->is_caseless && (int64_t)r->first == verb + 1;
}

bool id_user_before_day(const struct doc *d, uint32_t i, uint32_t *first, uint32_t *last)
{
    if (!id_user_alone(d, i, true, first, last)) return false;
    return *last == i && cls(d, (int64_t)*first - 1) & (U_FROM | U_DONE | U_ROLE | U_BY) &&
           !(d->tok[*first].flags & TOK_LINE);
}

bool id_user_at(const struct doc *d, uint32_t i, uint32_t *first, uint32_t *last)
{
    if (!may_be_user(d, i)) return false;
    const struct run r = run_around(d, i);
    *first = r.first;
    *last = r.last;
    if (!r.letters || token_end(&d->tok[r.last]) - d->tok[r.first].start > 2 * MOST) return false;
    if (is_player(d, &r, last) || is_made_of_name(d, &r)) return true;
    int64_t p = (int64_t)r.first - 1;
    if (d->tok[r.first].flags & TOK_PARA) return false;
    while (doc_is_mark(d, p, ':') || doc_is_mark(d, p, '=') || doc_is_mark(d, p, '"'))
        p--;
    const uint32_t c = cls(d, p);
    if (!c || (c & U_BY && cls(d, p - 1) & U_NATURE)) return false; /* "inhibited by cox222" */
    /* a form that no word has; in capitals "PCR2" and "CD34" have it as well */
    if (c & U_KEYED && is_sentence(d, p, &r))
        return id_user_alone(d, i, true, first, last) || (r.bound && r.lower);
    /* "worked by qo5844", "Staff: T08582p": no word of medicine and a number behind it */
    const bool numbered = r.digits && r.lower && r.number >= 3 && r.letters <= LEAST &&
                          r.first + 2 >= r.last && !d->shield[i] &&
                          !doc_is_word(d, r.first, VIEW("cd")) &&
                          !(doc_bits(d, r.first) & (LEX(MEDICAL) | LEX(DRUG) | LEX(UNIT)));
    const bool desk = c & U_DESK && doc_is_mark(d, (int64_t)r.first - 1, ':');
    /* "by clerk.am32", "Staff: trn.k30" */
    if (r.digits && r.lower && !r.upper && r.last > r.first + 2 && !d->shield[i] &&
        doc_is_mark(d, (int64_t)r.first + 1, '.') && (c & U_BY || desk))
        return true;
    if (desk && r.digits && r.lower && r.number >= LEAST && r.letters <= LEAST &&
        r.last == r.first + 1)
        return true;
    if (numbered && (c & U_BY || desk)) return true;
    /* "Printed by XXI752 for", "signed by KNE391" at a line's end */
    if (c & U_BY && r.upper && !r.lower && r.digits && r.number >= 3 && r.letters >= 2 &&
        r.letters <= LEAST && r.last == r.first + 1 && !d->shield[i] &&
        (is_done(d, p) || doc_ends_line(d, r.last)))
        return true;
    const bool formed = r.bound || (r.digits && (r.lower || r.letters >= 5) && !d->shield[i]);
    if (c & U_BY) {
        if (formed)
            return r.bound || is_done(d, p) ||
                   (r.letters >= 3 && r.letters + r.number > LEAST && is_unknown(d, r.first) &&
                    !doc_is_word(d, r.first, VIEW("q"))); /* "replaced by q24hr dosing" */
        if (!is_done(d, p)) return false;
    } else if (c & U_UNDER) {
        if (!is_done(d, p)) return false;
        if (formed && r.letters >= LEAST) return true; /* "charted under agency12" */
    } else if (r.letters < 3) {
        return c & U_ROLE && r.lower && r.number >= LEAST; /* "Registrar u88225" */
    } else if (formed) {
        return c & (U_ROLE | U_FROM) && (is_unknown(d, r.first) || r.bound);
    } else if (doc_is_word(d, p, VIEW("from"))) {
        if (!is_copied(d, p)) return false; /* "copied fwd from hzhang" */
    } else if (!(c & U_ROLE) && !(c & U_DONE && doc_is_mark(d, p - 1, '-'))) {
        return false; /* "E-signed mkowalczyk" */
    }
    /* "modified by ada.mohr": two that a mark joins */
    if (r.lower && !r.upper && is_name_or_unknown(d, r.first) &&
        id_user_alone(d, i, false, first, last))
        return true;
    /* one word that no list knows, in the case that a name to sign on with has and a name has not */
    return r.first == r.last && r.letters >= LEAST && r.letters <= MOST && is_unknown(d, r.first) &&
           (r.lower || (c & U_BY && r.upper));
}

bool id_user_alone(const struct doc *d, uint32_t i, bool word, uint32_t *first, uint32_t *last)
{
    if (i >= d->n || d->tok[i].kind == TOK_MARK) return false;
    const struct run r = run_around(d, i);
    const view v = doc_view(d, r.first, r.last);
    bool joined = false;
    *first = r.first;
    *last = r.last;
    if (r.letters < LEAST || v.n > 2 * MOST || d->tok[r.first].kind != TOK_WORD) return false;
    for (size_t k = 0; k < v.n; k++) {
        const bool joint = v.p[k] == '.' || v.p[k] == '_';
        if (!joint && !ascii_is_digit(v.p[k]) && !(v.p[k] >= 'a' && v.p[k] <= 'z')) return false;
        joined |= joint;
    }
    if (joined) return d->tok[r.first + 1].kind == TOK_MARK;
    if (!is_name_or_unknown(d, r.first)) return false;
    return r.last == r.first + 1 ? d->tok[r.last].kind == TOK_NUMBER
                                 : word && r.last == r.first && !d->is_caseless;
}

/* A part of a name to sign on with: small letters that no list knows, or only as somebody's name. */
SELDOM static bool is_part(const struct doc *d, uint32_t i)
{
    return d->tok[i].kind == TOK_WORD && d->tok[i].flags & TOK_LOWER && is_name_or_unknown(d, i);
}

bool id_user_formed(const struct doc *d, uint32_t i, uint32_t *first, uint32_t *last)
{
    enum { LONG = 7, PART = 3, DIGITS = 4 };
    if (!(d->tok[i].flags & TOK_LOWER) || d->is_caseless) return false;
    /* "p.o.", "pain.the" */
    if (LIKELY(d->tok[i].len < PART || (!doc_joined(d, i) && !is_part(d, i)))) return false;
    const struct run r = run_around(d, i);
    *first = r.first;
    *last = r.last;
    const struct token *end = &d->tok[r.last], *next = doc_tok(d, (int64_t)r.last + 1);
    const bool tail = end->kind == TOK_NUMBER;
    if (r.upper || doc_joined(d, r.first) || (tail && end->len > DIGITS) || !is_part(d, r.first) ||
        (doc_joined(d, r.last + 1) && (next->kind != TOK_MARK || doc_joined(d, r.last + 2))))
        return false;
    if (r.last == r.first + 1) /* "berelblumenthal89" */
        return tail && d->tok[r.first].len >= LONG && is_unknown(d, r.first);
    /* "amedea.pizzuferro", "ragna_odegaarden25" */
    const struct token *mark = &d->tok[r.first + 1];
    return r.last == r.first + 2 + tail && mark->kind == TOK_MARK &&
           (mark->hash == '.' || mark->hash == '_') && d->tok[r.first].len >= PART &&
           d->tok[r.first + 2].len >= PART && is_part(d, r.first + 2);
}
