#include "detect/postcode.h"

#include "detect/shape.h"
#include "detect/wordset.h"

enum {
    W_AREA = 1,
    W_ROUTE = 2,
    W_NOT_INWARD = 4,
    W_PIN = 8,
    W_STATE = 16,
    W_DOUBTFUL = 32,
    W_CASSETTE = 64,
    W_UNIT = 128 /* "CT4 5MM" */
};
static const struct wordset_row rows[] = {
    { "ab al b ba bb bd bh bl bn br bs bt ca cb cf ch cm co cr ct cv cw da dd de dg dh dl dn dt dy "
      "e ec eh en ex fk fy g gl gu gy ha hd hg hp hr hs hu hx ig im ip iv je ka kt kw ky l la ld "
      "le ll ln ls lu m me mk ml n ne ng nn np nr nw ol ox pa pe ph pl po pr rg rh rm s sa se sg "
      "sk "
      "sl sm sn so sp sr ss st sw sy ta td tf tn tq tr ts tw ub w wa wc wd wf wn wr ws wv yo ze",
      W_AREA },
    { "a c d e f h k n p r t v w x y", W_ROUTE },
    /* "2nd", "4hr": what a number and two letters can also be */
    { "th nd st rd hr pt yr wt ft ds gt qd db", W_NOT_INWARD },
    { "mm cm mg ml kg cc am pm mn in oz", W_UNIT },
    { "pin pincode postcode", W_PIN },
    { "nsw vic qld tas", W_STATE },
    { "sa wa nt act", W_STATE | W_DOUBTFUL },
    { "block blocks cassette cassettes section sections slide slides", W_CASSETTE },
};
static struct wordset words = WORDSET(rows);
WORDSET_CLASS_AT(cls, words)

static bool is_upper(const struct doc *d, int64_t i, uint32_t len)
{
    const struct token *t = doc_tok(d, i);
    return t->kind == TOK_WORD && t->len == len && t->flags & TOK_UPPER && !(t->flags & TOK_WIDE);
}

/* Nothing of a longer code before token `first` or behind token `last`. */
static bool is_apart(const struct doc *d, uint32_t first, uint32_t last)
{
    const struct token *before = doc_tok(d, (int64_t)first - 1);
    if (doc_joined(d, first) && before->kind != TOK_MARK) return false;
    if (doc_joined(d, first) && (before->hash == '-' || before->hash == '/')) return false;
    return !doc_joined(d, last + 1) || doc_tok(d, (int64_t)last + 1)->kind == TOK_MARK;
}

/* Behind a town with a capital, and its comma, or "Postcode": where a code stands whose letters no office gave, as notes
 * have them that somebody mistyped or made up. */
static bool is_awaited(const struct doc *d, uint32_t first)
{
    int64_t b = (int64_t)first - 1;
    if (d->is_caseless || d->tok[first].flags & TOK_LINE) return false;
    if (doc_is_mark(d, b, ',') || doc_is_mark(d, b, ':')) b--;
    if (doc_is_word(d, b, VIEW("postcode")) || doc_is_word(d, b, VIEW("eircode")) ||
        (doc_is_word(d, b, VIEW("code")) && doc_is_word(d, b - 1, VIEW("postal"))))
        return true;
    const uint64_t never = LEX(FUNCTION) | LEX(MEDICAL) | LEX(DRUG) | LEX(MONTH) | LEX(WEEKDAY) |
                           LEX(UNIT) | LEX(ABBREVIATION) | LEX(CREDENTIAL);
    const uint64_t bits = doc_bits(d, b);
    return shape_of(d, b) == SHAPE_TITLE && doc_tok(d, b)->len > 2 &&
           (bits & LEX(PLACE) || !(bits & never));
}

/* Does the code that ends with token `last` end its line or clause? */
static bool is_last(const struct doc *d, uint32_t last)
{
    const struct token *t = doc_tok(d, (int64_t)last + 1);
    return last + 1 >= d->n || t->flags & (TOK_LINE | TOK_CAP) || t->kind == TOK_MARK ||
           doc_is_word(d, (int64_t)last + 1, VIEW("was"));
}

/* "4JJ" at i, behind "BS35", "M1", "EC1A". */
static bool british(const struct doc *d, uint32_t i, struct postcode *out)
{
    static const char never[] = "CIKMOV"; /* not in an inward code */
    int64_t out_last = (int64_t)i - 1, area = out_last;
    if (d->tok[i].len != 1 || !is_upper(d, (int64_t)i + 1, 2) || !doc_joined(d, i + 1) ||
        doc_joined(d, i) || d->tok[i].flags & TOK_LINE || cls(d, (int64_t)i + 1) & W_NOT_INWARD)
        return false;
    const char *inward = d->text.p + d->tok[i + 1].start;
    const bool given = !strchr(never, inward[0]) && !strchr(never, inward[1]);
    if (is_upper(d, area, 1) && doc_joined(d, (uint32_t)area)) area--; /* the A of "EC1A" */
    if (!doc_is_number_of(d, area, 1) && !doc_is_number_of(d, area, 2)) return false;
    if (!doc_joined(d, (uint32_t)area) || !(doc_tok(d, area - 1)->flags & TOK_UPPER)) return false;
    *out = (struct postcode){ (uint32_t)(area - 1), i + 1, true };
    if (!given || !(cls(d, area - 1) & W_AREA))
        if (!is_upper(d, area - 1, 2) || cls(d, (int64_t)i + 1) & W_UNIT ||
            !is_awaited(d, out->first) || !is_last(d, out->last))
            return false;
    return is_apart(d, out->first, out->last);
}

/* "A92 X7K3", "D02 X285" from its 92: a letter of four in all leads the second part. */
static bool irish(const struct doc *d, uint32_t i, struct postcode *out)
{
    enum { UNIQUE = 4 };
    uint32_t last = i + 1, n = 0, digits = 0;
    if (d->tok[i].len != 2 || !i || !doc_joined(d, i) || !is_upper(d, (int64_t)i - 1, 1) ||
        doc_joined(d, last) || doc_tok(d, last)->flags & TOK_LINE ||
        !(doc_tok(d, last)->flags & TOK_UPPER))
        return false;
    for (uint32_t k = last; k < d->n && n <= UNIQUE && (k == last || doc_joined(d, k)); k++) {
        const struct token *t = &d->tok[k];
        if (n == UNIQUE && t->kind == TOK_MARK) break;
        if (t->kind == TOK_WORD ? !(t->flags & TOK_UPPER) : t->kind != TOK_NUMBER) return false;
        n += t->len;
        digits += t->kind == TOK_NUMBER;
        out->last = k;
    }
    out->first = i - 1;
    out->is_door = true;
    if (!digits || n < UNIQUE || n > UNIQUE + 1 || !is_apart(d, out->first, out->last))
        return false;
    if (n == UNIQUE && cls(d, (int64_t)i - 1) & W_ROUTE) return true;
    return is_awaited(d, out->first) && is_last(d, out->last);
}

/* "BFPO 57": where a soldier's post goes. */
static bool of_forces(const struct doc *d, uint32_t i, struct postcode *out)
{
    *out = (struct postcode){ i ? i - 1 : 0, i, true };
    return doc_is_word(d, (int64_t)i - 1, VIEW("bfpo")) && !(d->tok[i].flags & TOK_LINE);
}

static bool has_digit(const struct doc *d, uint32_t i, char most)
{
    if (i >= d->n) return false; /* "T2N1M" at the end of a text */
    const char c = d->text.p[d->tok[i].start];
    return c >= '0' && c <= most;
}

/* The letters before the numbers at i, i + 2 and i + 4 are these three, the numbers at most these. */
static bool is_graded(const struct doc *d, uint32_t i, const char letters[3], const char most[3])
{
    for (uint32_t k = 0; k < 3; k++)
        if (d->text.p[d->tok[i + 2 * k - 1].start] != letters[k] ||
            !has_digit(d, i + 2 * k, most[k]))
            return false;
    return true;
}

/* Is the town or the state told before it: "Calgary AB T2N1M1"? */
static bool is_after_place(const struct doc *d, uint32_t first)
{
    static const char *const provinces[] = { "ab",      "nb",        "nl",
                                             "alberta", "brunswick", "newfoundland" };
    int64_t b = (int64_t)first - 1;
    if (doc_is_mark(d, b, ',')) b--;
    for (size_t k = 0; k < COUNT_OF(provinces); k++)
        if (doc_is_word(d, b, view_of_str(provinces[k]))) return true;
    return doc_bits(d, b) & LEX(PLACE) && shape_of(d, b) == SHAPE_TITLE &&
           !(doc_bits(d, b) & (LEX(FUNCTION) | LEX(ABBREVIATION)));
}

/* "blocks A1A2B1" */
static bool is_cassette(const struct doc *d, uint32_t first)
{
    enum { REACH = 12 };
    for (int64_t i = (int64_t)first - 1, n = 0; i >= 0 && n < REACH; i--, n++) {
        if (cls(d, i) & W_CASSETTE) return true;
        if (d->tok[i].flags & TOK_LINE) break;
    }
    return false;
}

/* "E4V5M6", "T2N1M0", "A1A2B1" without a blank from the 4, 2 or 1: how awake, how far spread, cut into which blocks.
 * The first two are the codes of Miramichi and Calgary too. */
static bool is_scored(const struct doc *d, uint32_t i)
{
    if (doc_is_word(d, (int64_t)i - 2, VIEW("gcs"))) return true;
    const bool like = is_graded(d, i, "EVM", "456") || is_graded(d, i, "TNM", "431");
    return (like && !is_after_place(d, i - 1)) || is_cassette(d, i - 1);
}

/* "K1A 0B1" from the 1. */
static bool canadian(const struct doc *d, uint32_t i, struct postcode *out)
{
    if (!i || d->tok[i].len != 1 || !doc_joined(d, i) || !doc_joined(d, i + 1) ||
        doc_joined(d, i - 1))
        return false;
    for (uint32_t at = i - 1; at <= i + 3; at += 2)
        if (!is_upper(d, at, 1)) return false;
    /* "G2P1L1" counts births */
    if (doc_joined(d, i + 2) && doc_is_word(d, (int64_t)i - 1, VIEW("g")) &&
        doc_is_word(d, (int64_t)i + 1, VIEW("p")))
        return false;
    *out = (struct postcode){ i - 1, i + 4, false };
    if (doc_joined(d, i + 2) && is_scored(d, i)) return false;
    if (!doc_is_number_of(d, (int64_t)i + 2, 1) || !doc_joined(d, i + 3)) return false;
    /* "Moree Z9Q 1W8", "K1A 0B1, Canada" */
    const bool spaced = !doc_joined(d, i + 2), awaited = spaced && is_awaited(d, i - 1);
    const struct token *after = doc_tok(d, (int64_t)i + 5);
    return doc_is_number_of(d, (int64_t)i + 4, 1) && doc_joined(d, i + 4) &&
           (!doc_joined(d, i + 5) ||
            (spaced && after->kind == TOK_MARK && after->hash != '-' && after->hash != '/')) &&
           (awaited || strchr("ABCEGHJKLMNPRSTVXY", d->text.p[d->tok[i - 1].start]));
}

/* "NSW 2701", "Perth WA 6000": the state and the code; WA and SA need their town. */
static bool australian(const struct doc *d, uint32_t i, struct postcode *out)
{
    const int64_t state = (int64_t)i - 1;
    const uint32_t class = d->tok[i].len == 4 ? cls(d, state) : 0;
    if (!(class & W_STATE) || !(doc_tok(d, state)->flags & TOK_UPPER) || doc_joined(d, i) ||
        d->tok[i].flags & TOK_LINE)
        return false;
    int64_t town = state - 1;
    if (doc_is_mark(d, town, ',')) town--;
    *out = (struct postcode){ (uint32_t)state, i, false };
    const bool named = doc_bits(d, town) & LEX(PLACE) && shape_of(d, town) == SHAPE_TITLE;
    return (named || !(class & W_DOUBTFUL)) && is_apart(d, (uint32_t)state, i);
}

/* "PIN 560 078", "pin code: 560078", "Singapore 760442", "S(760442)". */
static bool six_digits(const struct doc *d, uint32_t i, struct postcode *out)
{
    const bool split = d->tok[i].len == 3 && doc_is_number_of(d, (int64_t)i + 1, 3) &&
                       !(d->tok[i + 1].flags & TOK_LINE);
    if (!split && d->tok[i].len != 6) return false;
    int64_t before = (int64_t)i - 1;
    *out = (struct postcode){ i, i + split, false };
    if (!split && (doc_is_word(d, before, VIEW("singapore")) ||
                   (doc_is_mark(d, before, '(') && doc_joined(d, i) && is_upper(d, before - 1, 1) &&
                    doc_is_word(d, before - 1, VIEW("s")))))
        return is_apart(d, i, i);
    while (doc_is_mark(d, before, ':') || doc_is_mark(d, before, '-') ||
           doc_is_mark(d, before, '.'))
        before--;
    if (doc_is_word(d, before, VIEW("code"))) before--;
    return cls(d, before) & W_PIN &&
           (!doc_joined(d, i) || doc_tok(d, (int64_t)i - 1)->kind == TOK_MARK) &&
           !(doc_joined(d, out->last + 1) && doc_tok(d, (int64_t)out->last + 1)->kind != TOK_MARK);
}

bool postcode_at(const struct doc *d, uint32_t i, struct postcode *out)
{
    switch (d->tok[i].len) {
    case 1: return british(d, i, out) || canadian(d, i, out);
    case 2: return of_forces(d, i, out) || irish(d, i, out);
    case 3:
    case 6: return six_digits(d, i, out);
    case 4: return australian(d, i, out);
    default: return false;
    }
}
