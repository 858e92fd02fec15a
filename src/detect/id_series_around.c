/* id_series_around.c — which groups of letters and digits, that blanks and marks part, belong together. A group that could
 * begin a measure, an age, a date or a time ends them. */
#include "detect/id_kinds.h"
#include "detect/shape.h"

enum {
    GROUPS = 7,
    GROUPS_LEFT = 4,
    DIGITS_MAX = 24,
    LONG = 5,
    LETTERS = 4,
    INNER_LETTERS = 5,
    ALL_MAX = 9
};

/* What may stand between letters and digits without blanks. */
static bool is_joint(const struct token *t)
{
    return t->kind == TOK_MARK && t->hash < 0x80 && strchr("-/._:+", (int)t->hash);
}

static bool is_part(const struct doc *d, int64_t i)
{
    const struct token *t = doc_tok(d, i);
    if (t->kind == TOK_NUMBER) return true;
    return t->kind == TOK_WORD && !(t->flags & TOK_WIDE) &&
           (t->len <= 2 || (t->flags & TOK_UPPER && t->len <= INNER_LETTERS));
}

/* May token i begin or end a part behind a mark? "118822/tw" ends before the typist. */
static bool is_edge(const struct doc *d, int64_t i)
{
    return is_part(d, i) && !(doc_tok(d, i)->flags & TOK_LOWER);
}

/* The "st" of "HK/st/40912", the "AMcK" of "HB/AMcK/8267": who dictated and who typed. */
SELDOM static bool is_between_strokes(const struct doc *d, int64_t i)
{
    const struct token *t = doc_tok(d, i);
    return t->kind == TOK_WORD && t->len <= LETTERS && doc_is_mark(d, i + 1, '/') &&
           doc_is_mark(d, i - 1, '/') && doc_joined(d, i) && doc_joined(d, i - 1) &&
           is_edge(d, i - 2);
}

/* A run may be as long as the text: no more of it is looked at than of a code. */
static bool is_long(const struct series *s)
{
    return s->last - s->first >= CODE_REACH;
}

/* Adds what is joined to the code on both sides: "SHC." and "DMC/R/". */
static void widen(const struct doc *d, struct series *s)
{
    for (int64_t m = (int64_t)s->first - 1; doc_joined(d, s->first) && m > 0 && !is_long(s);
         m = s->first - 1) {
        const uint32_t class = cue_class_of(doc_tok(d, m - 1));
        /* "MLC/882/24" begins with its own cue, "MRN/448291" and "Badge:20871" behind it */
        if (!is_joint(doc_tok(d, m)) || !doc_joined(d, m) ||
            !(is_edge(d, m - 1) || is_between_strokes(d, m - 1)) ||
            class & (CUE_STRONG | CUE_NUMBER) || (class & CUE_WHAT && !doc_is_mark(d, m, '/')))
            break;
        s->first = (uint32_t)m - 1;
        while (doc_joined(d, s->first) && is_part(d, (int64_t)s->first - 1) && !is_long(s))
            s->first--;
        s->marked = true;
    }
    for (uint32_t m = s->last + 1; doc_joined(d, m) && doc_joined(d, m + 1) && !is_long(s);
         m = s->last + 1) {
        if (!is_joint(doc_tok(d, m)) || !is_edge(d, m + 1)) break;
        s->last = m + 1;
        while (doc_joined(d, s->last + 1) && is_part(d, s->last + 1) && !is_long(s))
            s->last++;
        s->marked = true;
    }
}

static void count(const struct doc *d, struct series *s)
{
    s->digits = s->letters = 0;
    for (uint32_t i = s->first; i <= s->last; i++) {
        const struct token *t = &d->tok[i];
        if (t->kind == TOK_NUMBER) s->digits += t->len;
        if (t->kind == TOK_WORD) s->letters += t->len;
    }
}

/* "0430" */
SELDOM static bool is_time(const struct token *t)
{
    return t->kind == TOK_NUMBER && t->len == 4 && t->hash < 2400 && t->hash % 100 < 60;
}

/* Letters that may be a group of their own: no word, no unit, no cue. */
static bool is_letters(const struct doc *d, int64_t i)
{
    const struct token *t = doc_tok(d, i);
    if (t->kind != TOK_WORD || !(t->flags & TOK_UPPER) || t->flags & TOK_WIDE || t->len > LETTERS ||
        d->shield[i] & (SHIELD_TAG | SHIELD_PHRASE) || cue_class_of(t) & ~(uint32_t)CUE_FILL)
        return false;
    uint64_t bits = doc_bits(d, i);
    if (bits & (LEX(FUNCTION) | LEX(MONTH) | LEX(WEEKDAY) | LEX(CREDENTIAL)) && t->len != 2)
        return false;
    if (t->len > 2) return d->lex[i]->word <= 1;
    if (!(bits & LEX(FUNCTION))) return true;
    /* "A", "ME", "IN" behind small letters; "ON" and "IS" are words where all are capitals, and "donor OR 0430" has a time */
    if (!(doc_tok(d, i - 1)->flags & TOK_LOWER)) return false;
    return !is_time(doc_tok(d, i + 1)) || doc_tok(d, i + 2)->kind == TOK_NUMBER;
}

/* "C0", "PA0", "K22": what stands for a measure elsewhere is a group between groups. */
static bool is_mixed(const struct doc *d, uint32_t i)
{
    return !(d->shield[i] & ~SHIELD_MEASURE) &&
           ((doc_joined(d, i) && doc_tok(d, (int64_t)i - 1)->flags & TOK_UPPER) ||
            (doc_joined(d, i + 1) && doc_tok(d, (int64_t)i + 1)->flags & TOK_UPPER));
}

/* A group before the series that one blank parts from it. */
static bool take_left(const struct doc *d, struct series *s)
{
    int64_t p = (int64_t)s->first - 1;
    if (p < 0 || doc_joined(d, s->first) || d->tok[s->first].flags & TOK_LINE) return false;
    uint32_t first = (uint32_t)p;
    while (doc_joined(d, first) && first > 0 && d->tok[first - 1].kind != TOK_MARK) {
        if (p - first > LETTERS) return false;
        first--;
    }
    /* "=W1234", "(C": an open mark is no part of the group */
    bool is_number = false;
    for (uint32_t i = first; i <= (uint32_t)p; i++) {
        const bool number = d->tok[i].kind == TOK_NUMBER;
        is_number |= number;
        if (number ? d->tok[i].len > 4 || (d->shield[i] && !is_mixed(d, i)) : !is_part(d, i))
            return false;
    }
    /* the N of "S/N" */
    if (doc_joined(d, first) && (doc_is_mark(d, first - 1, '/') || doc_is_mark(d, first - 1, '.')))
        return false;
    if (d->tok[p].kind == TOK_MARK || (!is_number && (first != p || !is_letters(d, p))))
        return false;
    s->first = first;
    return true;
}

SELDOM static bool ends_there(const struct doc *d, uint32_t i)
{
    const struct token *t = doc_tok(d, i);
    return i >= d->n || t->flags & TOK_LINE || t->kind == TOK_MARK || shape_opens_column(d, i);
}

/* "62 M", "54F": the age and sex that often stand behind a number. */
SELDOM static bool is_age(const struct doc *d, uint32_t i, uint32_t end)
{
    if (d->tok[i].kind != TOK_NUMBER || d->tok[i].len > 3) return false;
    uint32_t sex = end > i ? i + 1 : end + 1;
    return doc_is_word(d, sex, VIEW("m")) || doc_is_word(d, sex, VIEW("f")) ||
           doc_is_word(d, sex, VIEW("y")) || doc_is_word(d, sex, VIEW("yo"));
}

/* The letters at i that end the series or stand between its numbers: "H 6610 2294 VK", "KA 05 MJ 4080". */
SELDOM static bool take_letters(const struct doc *d, struct series *s, uint32_t i)
{
    const struct token *t = &d->tok[i];
    uint64_t words =
        LEX(FUNCTION) | (t->len > 1 || s->groups == 1 ? LEX(UNIT) | LEX(ABBREVIATION) : 0);
    bool sex = t->len == 1 && (doc_is_word(d, i, VIEW("m")) || doc_is_word(d, i, VIEW("f")));
    if (sex || doc_bits(d, i) & words || cue_class_of(t) || t->len > 3 || d->shield[i])
        return false;
    bool more = doc_tok(d, (int64_t)i + 1)->kind == TOK_NUMBER;
    if (!more && s->digits < (s->groups > 1 ? 4 : 6)) return false;
    s->last = i;
    return true;
}

/* "5183 068 084 SS": the letters that tell a health card of Ontario from those its person had before. */
static bool is_version(const struct doc *d, const struct series *s, uint32_t i)
{
    const struct token *t = &d->tok[i];
    return s->digits == 10 && !s->letters && s->groups == 3 && t->kind == TOK_WORD && t->len == 2 &&
           t->flags & TOK_UPPER && ends_there(d, i + 1);
}

/* All digits and dashes of a date: "9-1-23". */
SELDOM static bool is_dashed_date(const struct doc *d, uint32_t i)
{
    struct code c;
    code_around(d, i, &c);
    return c.first == i && code_is_date(d, &c);
}

/* The 5512 of "880355 5512 083": between six digits and three. */
SELDOM static bool is_inner_group(const struct doc *d, const struct series *s, uint32_t i)
{
    const struct token *t = &d->tok[i], *last = doc_tok(d, (int64_t)i + 1);
    return s->digits == 6 && t->kind == TOK_NUMBER && t->len == 4 && last->kind == TOK_NUMBER &&
           last->len == 3 && !doc_joined(d, i + 1) && !(last->flags & TOK_LINE);
}

/* A group behind the series that one blank parts from it. */
static bool take_right(const struct doc *d, struct series *s)
{
    uint32_t i = s->last + 1, end = i, digits = 0, all = 0;
    if (i >= d->n || doc_joined(d, i) || shape_opens_column(d, i)) return false;
    if (is_version(d, s, i)) {
        s->last = i;
        return true;
    }
    if (is_letters(d, i) && (!doc_joined(d, i + 1) || ends_there(d, i + 1)))
        return take_letters(d, s, i);
    bool dash = false;
    for (;; end++) {
        const struct token *t = &d->tok[end];
        if (d->shield[end] && !(s->groups > 1 && is_mixed(d, end))) return false;
        dash |= t->kind == TOK_MARK;
        digits += t->kind == TOK_NUMBER ? t->len : 0;
        all += t->kind == TOK_MARK ? 0 : t->len;
        if (all > ALL_MAX || (t->kind == TOK_MARK ? t->hash != '-' : !is_part(d, end)))
            return false;
        if (!doc_joined(d, end + 1)) break;
        const struct token *r = doc_tok(d, (int64_t)end + 1);
        if (r->kind == TOK_MARK && (r->hash != '-' || !doc_joined(d, end + 2))) {
            if (r->hash == '/' || r->hash == ':' || r->hash == '%' || r->hash == '-') return false;
            if (doc_joined(d, end + 2) && doc_tok(d, (int64_t)end + 2)->kind == TOK_NUMBER)
                return false;
            break;
        }
    }
    if (!digits || all > ALL_MAX || is_age(d, i, end) || (dash && is_dashed_date(d, i)))
        return false;
    if (s->digits + digits > DIGITS_MAX) return false;
    if (s->groups == 1 && end == i && series_is_year(&d->tok[i]) &&
        doc_tok(d, (int64_t)end + 1)->kind != TOK_NUMBER)
        return false;
    if (all == 1 && !(s->digits >= 6 && doc_tok(d, (int64_t)end + 1)->kind != TOK_NUMBER))
        return false;
    /* a number that is whole already goes on only with what is no time, count or number of its own */
    if (s->digits >= LONG && s->groups == 1 && !dash) {
        if (all == 3
                ? !ends_there(d, end + 1)
                : (all < LONG && !is_inner_group(d, s, end)) || (all == s->head && !s->letters))
            return false;
    }
    s->last = end;
    return true;
}

bool series_is_year(const struct token *t)
{
    return t->kind == TOK_NUMBER && t->len == 4 && t->hash >= 1900 && t->hash < 2100;
}

struct series series_around(const struct doc *d, const struct code *c)
{
    const uint32_t own_first = code_start(c);
    struct series s = { .first = own_first, .last = c->last, .groups = 1, .head = c->digits };
    widen(d, &s);
    count(d, &s);
    if (!c->hash || s.first != own_first)
        while (s.groups < GROUPS_LEFT && take_left(d, &s))
            s.groups++, count(d, &s);
    while (s.groups < GROUPS && take_right(d, &s))
        s.groups++, count(d, &s);
    return s;
}
