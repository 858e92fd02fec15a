/* cue.c — the walk back from a value over the words before it. Their table: cue_words.c. */
#include "detect/cue.h"

#include "detect/field.h"

/* The word before a kind word that gives it another meaning or makes it sure. */
static void refine(const struct doc *d, int64_t i, struct cue *c, uint32_t *class)
{
    int64_t p = i - 1;
    if (doc_is_mark(d, p, '.') || doc_is_mark(d, p, '-') || doc_is_mark(d, p, '/')) p--;
    if (doc_is_word(d, p, VIEW("s")) && doc_is_mark(d, p - 1, '\'')) p -= 2; /* driver's license */
    if (p < 0 || doc_tok(d, p)->kind != TOK_WORD) return;
    bool known = true;
    if (*class & CUE_SSN && (doc_is_word(d, p, VIEW("social")) || doc_is_word(d, p, VIEW("soc")))) {
        *class = CUE_SSN | CUE_STRONG;
    } else if (*class & CUE_MRN &&
               (doc_is_word(d, p, VIEW("medical")) || doc_is_word(d, p, VIEW("med")))) {
        *class = CUE_MRN | CUE_STRONG;
    } else if (*class & CUE_MRN && !(*class & CUE_STRONG) &&
               (doc_is_word(d, p, VIEW("health")) || doc_is_word(d, p, VIEW("patient")))) {
        *class = CUE_MRN;
    } else if (doc_is_word(d, i, VIEW("card")) &&
               (doc_is_word(d, p, VIEW("credit")) || doc_is_word(d, p, VIEW("debit")))) {
        *class = CUE_ACCOUNT | CUE_STRONG;
    } else if (doc_is_word(d, i, VIEW("card")) && cue_class_of(doc_tok(d, p)) & CUE_PLAN) {
        *class = CUE_PLAN;
    } else if (doc_is_word(d, i, VIEW("tag")) && cue_class_of(doc_tok(d, p)) & CUE_DEVICE) {
        *class = CUE_DEVICE; /* asset tag */
    } else if (doc_is_word(d, i, VIEW("tag")) && cue_class_of(doc_tok(d, p)) & CUE_ID) {
        *class = CUE_ID; /* evidence tag */
    } else if (*class & CUE_VEHICLE && cue_class_of(doc_tok(d, p)) & (CUE_LICENSE | CUE_VEHICLE)) {
        *class = CUE_VEHICLE | CUE_STRONG;
    } else if (*class & CUE_ACCOUNT && cue_class_of(doc_tok(d, p)) & CUE_ACCOUNT) {
        *class = CUE_ACCOUNT | CUE_STRONG;
    } else if (!(*class & CUE_STRONG) && cue_class_of(doc_tok(d, p)) & CUE_MODIFY) {
        c->first = (uint32_t)p; /* "health plan": the same kind, a longer cue */
        return;
    } else {
        known = false;
    }
    if (known) c->first = (uint32_t)p;
}

/* May the unknown word at i be the first part of the value? "policy no. HP 98765". */
static bool is_value_prefix(const struct doc *d, uint32_t i)
{
    const struct token *t = &d->tok[i];
    uint32_t class = cue_class_of(t);
    if (t->len > 5 || !(t->flags & TOK_UPPER) || t->flags & TOK_WIDE) return false;
    if (!class && doc_bits(d, i) & LEX(FUNCTION)) return false; /* "donor OR 0430" */
    /* "number IN 789012" in a text that is not all capitals */
    return !class || (!(class & ~CUE_FILL) && t->len <= 3 && i && d->tok[i - 1].flags & TOK_LOWER);
}

static enum cue_worth worth_of(const struct cue *c, uint32_t class, bool ending)
{
    if (class & (CUE_DOB | CUE_SYSTEM)) return CUE_NONE;
    if (class & CUE_STRONG) return CUE_PLAIN;
    if (c->number) return CUE_CERTAIN;
    if (class & CUE_ACCOUNT && ending) return CUE_LIKELY; /* card ending in 4242 */
    if (class & CUE_NEEDS) return c->colon && class & CUE_MRN ? CUE_HINT : CUE_NONE; /* Chart: … */
    return c->colon ? CUE_LIKELY : CUE_HINT;
}

/* The letter at i that ends "M.R." or "M.R.N."; the first one's token, or -1. */
static int64_t dotted_record(const struct doc *d, int64_t i)
{
    if (doc_is_word(d, i, VIEW("n")) && doc_is_mark(d, i - 1, '.') && doc_joined(d, i)) i -= 2;
    bool is = doc_is_word(d, i, VIEW("r")) && doc_is_mark(d, i - 1, '.') && doc_joined(d, i) &&
              doc_is_word(d, i - 2, VIEW("m"));
    return is ? i - 2 : -1;
}

/* The "I" of "I.D.", whose "D" stands at i, or -1. */
static int64_t dotted_ident(const struct doc *d, int64_t i)
{
    bool is = doc_is_mark(d, i - 1, '.') && doc_joined(d, i) && doc_is_word(d, i, VIEW("d")) &&
              doc_is_word(d, i - 2, VIEW("i")) && d->tok[i].flags & TOK_UPPER;
    return is ? i - 2 : -1;
}

/* A '.' that belongs to an abbreviation ("no.", "acct.", "tel."), not to a sentence's end. */
static bool is_abbreviation_dot(const struct doc *d, int64_t i)
{
    const struct token *t = doc_tok(d, i - 1);
    if (doc_joined(d, i) && t->len == 1 &&
        (dotted_record(d, i - 1) >= 0 || dotted_ident(d, i - 1) >= 0))
        return true;
    return doc_joined(d, i) && t->kind == TOK_WORD && t->len <= 5 &&
           cue_class_of(t) & (CUE_WHAT | CUE_NUMBER);
}

/* "Ohio", "OH"; not "in". */
static bool is_state(const struct doc *d, uint32_t i)
{
    uint64_t bits = doc_bits(d, i);
    return bits & LEX(STATE) || (bits & LEX(STATE_CODE) && d->tok[i].flags & TOK_UPPER);
}

/* The walk's state: what was passed on the way back from the value. */
struct walk {
    uint32_t alone; /* classes of a number word, in case that no kind word comes */
    bool unknown;   /* one word that is none of ours: "policy holder number", "call mother at" */
    bool fill;      /* "at", "is" */
    bool ending;    /* "ending in" */
    bool twice;     /* "ID #", "ID no." */
    bool state;     /* of the US: "plate: Ohio HXR 2290" */
};

static enum cue_worth finish_alone(const struct walk *w, struct cue *out, uint32_t at)
{
    if (!w->alone) {
        *out = (struct cue){ .first = at, .last = at };
        return CUE_NONE;
    }
    out->what = CUE_ID;
    out->worth = CUE_HINT;
    if (w->alone & CUE_NEEDS)
        out->worth = CUE_NONE;
    else if (w->twice)
        out->worth = CUE_CERTAIN;
    else if (out->colon || w->alone & CUE_IDENT)
        out->worth = CUE_LIKELY;
    return out->worth;
}

enum { FIELD_REACH = 4 }; /* tokens from the front of a text to which its field's name speaks */

/* A value at the front of a text has its field's name as its cue: {"mrn": "123"}, {"acctNo": …}. A
 * field named only "id" or "number" says too little: it is often the record's own. */
SELDOM static enum cue_worth field_cue(view field, const struct walk *w, struct cue *out,
                                       uint32_t at)
{
    bool number = w->alone != 0 || out->number;
    size_t begin;
    for (int n = 0; n < 4 && field.n; n++) {
        view word = field_word_before(field, field.n, &begin);
        if (!word.n) break;
        uint32_t class = cue_class_of_word(word);
        field = view_sub(field, 0, begin);
        if (class & CUE_NUMBER) {
            number = true;
        } else if (class & CUE_WHAT && !(class & CUE_VERB)) {
            view before = field_word_before(field, field.n, &begin);
            bool medical =
                view_eq_nocase(before, VIEW("medical")) || view_eq_nocase(before, VIEW("social"));
            *out = (struct cue){ .what = class & CUE_WHAT, .colon = true, .number = number };
            out->first = out->last = at;
            out->field = true;
            return out->worth = (uint8_t)worth_of(out, medical ? class | CUE_STRONG : class, false);
        } else if (!(class & (CUE_FILL | CUE_MODIFY)) && n) {
            break;
        }
    }
    return finish_alone(w, out, at);
}

/* One mark on the way; false ends the walk. */
static bool pass_mark(const struct doc *d, int64_t i, const struct walk *w, struct cue *out)
{
    switch (d->tok[i].hash) {
    case ':':
    case '=': out->colon = true; return true;
    case '#': out->number = true; return true;
    case '+': return doc_joined(d, i + 1); /* "UDI +S8811W60858" */
    case '>':                              /* "<mrn>972096", not "> 5" */
        out->colon = true;
        return doc_joined(d, i) && doc_joined(d, i + 1);
    case '(':
    case ')':
    case '[':
    case '"':
    case '\'':
    case '*':
    case '-':
    case '/':
    case '|': return true;
    case ',': return !w->alone && !w->unknown;
    case '.': return is_abbreviation_dot(d, i);
    default: return false;
    }
}

/* "Visit # . . . . : V00094739", "Unit No....... 445-66": dots that lead the eye from a field's name to its value, the last
 * of which stands at i. The first one's token, or i where there are too few: three are an ellipsis unless a ':' ends them. */
SELDOM static int64_t leader_first(const struct doc *d, int64_t i, bool colon)
{
    enum { LEAST = 4, LEAST_COLON = 2, MOST = 64 };
    int64_t first = i;
    while (doc_is_mark(d, first - 1, '.') && i - first < MOST && !(d->tok[first].flags & TOK_LINE))
        first--;
    return i - first + 1 >= (colon ? LEAST_COLON : LEAST) ? first : i;
}

/* "S/N: NR 763689": the letters of a maker before his number, not the word "Nr." */
SELDOM static bool is_number_prefix(const struct doc *d, int64_t i, uint32_t at)
{
    const struct token *t = doc_tok(d, i);
    return i + 1 == (int64_t)at && t->len == 2 && t->flags & TOK_UPPER && !d->is_caseless &&
           doc_is_mark(d, i - 1, ':') && !doc_joined(d, i);
}

/* "epi 0324", "epi 1:10,000": given, in small letters; "EPI 448120" is a number of a patient's. */
static bool is_adrenaline(const struct doc *d, int64_t i)
{
    return doc_is_word(d, i, VIEW("epi")) && (d->is_caseless || !(d->tok[i].flags & TOK_UPPER));
}

/* The "N" of "S/N". */
static bool is_serial(const struct doc *d, int64_t i)
{
    return doc_is_word(d, i, VIEW("n")) && doc_is_mark(d, i - 1, '/') && doc_joined(d, i) &&
           doc_is_word(d, i - 2, VIEW("s"));
}

/* Does the value begin straight behind the cue, or a mark behind it: "badge 20871", "DIN =W4195…", "ser. 482211"? */
SELDOM static bool is_straight_behind(const struct doc *d, uint32_t at, const struct cue *c)
{
    const uint32_t first = at - c->prefix, after = c->last + 1;
    return c->colon || first == after || (first == after + 1 && d->tok[after].kind == TOK_MARK);
}

/* "MRN on screen 392931", "MRN in Meditech 448120": does the word at i say where the number at `at` stands? */
static bool is_where(const struct doc *d, int64_t i, uint32_t at)
{
    if (LIKELY(doc_tok(d, i - 1)->len != 2)) return false;
    return i + 1 == (int64_t)at && !(d->tok[at].flags & TOK_LINE) &&
           (doc_is_word(d, i - 1, VIEW("on")) || doc_is_word(d, i - 1, VIEW("in"))) &&
           !(~cue_class_of(doc_tok(d, i - 2)) & (CUE_MRN | CUE_STRONG));
}

static enum cue_worth walk_back(const struct doc *d, uint32_t at, struct cue *out)
{
    enum { STEPS = 9 };
    struct walk w = { 0 };
    int64_t i = (int64_t)at - 1;
    for (int steps = 0; i >= 0 && steps < STEPS; i--, steps++) {
        const struct token *t = &d->tok[i];
        if (d->tok[i + 1].flags & TOK_PARA || t->kind == TOK_NUMBER) break;
        if (t->kind == TOK_MARK) {
            if (t->hash == '.' && doc_is_mark(d, i - 1, '.')) {
                const int64_t leader = leader_first(d, i, out->colon);
                out->colon |= leader < i;
                if (leader < i) {
                    i = leader;
                    continue;
                }
            }
            if (!pass_mark(d, i, &w, out)) break;
            continue;
        }
        uint32_t class = cue_class_of(t);
        /* "Ada Roe, RN, BSN, 722-283-1489": a nurse's degree, not a citizen's number */
        if (class & CUE_WHAT && doc_is_mark(d, i + 1, ',') && doc_is_mark(d, i - 1, ',') &&
            doc_bits(d, i) & LEX(CREDENTIAL))
            break;
        if (class & CUE_NUMBER && !(class & CUE_IDENT) && is_number_prefix(d, i, at)) {
            out->prefix = true;
            continue;
        }
        if (t->len == 1 && is_serial(d, i)) class = CUE_DEVICE | CUE_STRONG;
        if (class & CUE_MRN && !out->number && is_adrenaline(d, i)) break;
        int64_t record = t->len == 1 ? dotted_record(d, i) : -1;
        if (record >= 0) {
            class = CUE_MRN | CUE_STRONG;
            i = record;
        }
        const int64_t ident = t->len == 1 ? dotted_ident(d, i) : -1;
        if (ident >= 0) {
            class = CUE_NUMBER | CUE_IDENT;
            i = ident;
        }
        if (class & CUE_NUMBER) {
            if (!w.alone) out->last = (uint32_t)i;
            out->first = (uint32_t)i;
            w.twice |= out->number && class & CUE_IDENT;
            out->number = true;
            w.alone |= class;
        } else if (class & CUE_WHAT) {
            if (!w.alone) out->last = (uint32_t)i;
            out->first = (uint32_t)i;
            refine(d, i, out, &class);
            /* over an unknown word only a number word or a call reaches */
            if (w.unknown && !w.alone && !(class & CUE_CALLS) && !is_where(d, (int64_t)at - 1, at))
                break;
            if (w.state && !(class & (CUE_VEHICLE | CUE_LICENSE))) break;
            if (class & CUE_VERB && w.alone & CUE_IDENT) break; /* "call id LL-5520" */
            out->what = class & CUE_WHAT;
            out->worth = (uint8_t)worth_of(out, class, w.ending);
            if (class & CUE_TOLD && out->worth < CUE_LIKELY && is_straight_behind(d, at, out))
                out->worth = CUE_LIKELY;
            return (enum cue_worth)out->worth;
        } else if (i == (int64_t)at - 1 && is_value_prefix(d, (uint32_t)i)) {
            out->prefix = true;
        } else if (class & (CUE_FILL | CUE_MODIFY)) {
            w.fill = true;
            w.ending |= (class & CUE_ENDING) != 0;
        } else if (is_state(d, (uint32_t)i)) {
            w.state = true;
        } else if ((w.alone || w.fill || is_where(d, i, at)) && !w.unknown) {
            w.unknown = true;
        } else {
            break;
        }
    }
    if (i < 0 && d->field.n && !w.unknown && at <= FIELD_REACH)
        return field_cue(d->field, &w, out, at);
    return finish_alone(&w, out, at);
}

/* Is the word at i none of ours, and no state's? */
static inline bool is_strange(const struct doc *d, int64_t i)
{
    const struct token *t = &d->tok[i];
    return t->kind == TOK_WORD && !cue_class_of(t) && t->len > 1 &&
           !(d->lex[i]->bits & (LEX(STATE) | LEX(STATE_CODE)));
}

/* Most values stand behind a number, or a word that is none of ours and that nothing reaches over; whether a mark between
 * them would be passed or not. */
static inline bool is_nothing_before(const struct doc *d, uint32_t at)
{
    if (at < 2) return false;
    const struct token *t = &d->tok[at - 1];
    if (d->tok[at].flags & TOK_PARA || t->kind == TOK_NUMBER) return true;
    if (t->kind == TOK_MARK) return t[-1].kind == TOK_NUMBER || is_strange(d, (int64_t)at - 2);
    const bool prefix = (t->flags & TOK_UPPER) && t->len <= 5;
    return !prefix && is_strange(d, (int64_t)at - 1) &&
           (LIKELY(t[-1].len != 2) || !is_where(d, (int64_t)at - 1, at));
}

enum cue_worth cue_before(const struct doc *d, uint32_t at, struct cue *out)
{
    *out = (struct cue){ .first = at, .last = at };
    return LIKELY(is_nothing_before(d, at)) ? CUE_NONE : walk_back(d, at, out);
}
