/* detect/known_number.c — numbers and births that are known, however they are grouped or spelled. */
#include "detect/known_set.h"
#include "text/written_date.h"

enum { MARKS_BETWEEN = 3, HYPHEN_MIN = 6, GROUPED_MIN = 7, DATE_BYTES = 48 };

static const struct known_number *find_number(const struct known *k, uint64_t hash)
{
    if (!hash) hash = 1;
    for (; k; k = k->base) {
        if (!k->number_slots) continue;
        for (uint32_t i = (uint32_t)hash & (k->number_slots - 1); k->numbers[i].hash;
             i = (i + 1) & (k->number_slots - 1))
            if (k->numbers[i].hash == hash) return &k->numbers[i];
    }
    return NULL;
}

static bool is_grouping(const struct token *t)
{
    if (t->kind != TOK_MARK) return false;
    switch (t->hash) {
    case '-':
    case '.':
    case '/':
    case '(':
    case ')':
    case '_':
    case ':':
    case '+': return true;
    default: return false;
    }
}

struct walk {
    uint64_t hash;
    uint32_t last;   /* token */
    uint16_t n;      /* letters and digits so far */
    bool is_cut;     /* it has several elements with a mark or white space between them */
    bool is_apart;   /* and not a hyphen alone */
    bool is_measure; /* a number of a dose, a value */
};

static bool take(const struct known *k, const struct doc *d, struct walk *w, uint32_t i)
{
    const struct token *t = &d->tok[i];
    if (t->kind == TOK_MARK || t->len > (uint32_t)(k->number_longest - w->n)) return false;
    for (uint32_t b = t->start; b < token_end(t); b++) {
        int sign = known_sign(d->text.p[b]);
        if (sign < 0) return false;
        w->hash = known_roll(w->hash, sign);
    }
    w->n = (uint16_t)(w->n + t->len);
    w->last = i;
    w->is_measure |= (d->shield[i] & SHIELD_MEASURE) != 0;
    return true;
}

/* The next element of the number behind w->last, or KNOWN_NONE. */
static uint32_t next_element(const struct doc *d, struct walk *w)
{
    uint32_t j = w->last + 1, marks = 0;
    while (j < d->n && marks < MARKS_BETWEEN && is_grouping(&d->tok[j])) {
        w->is_apart |= (d->tok[j].flags & TOK_SPACE) || d->tok[j].hash != '-';
        w->is_cut = true;
        j++;
        marks++;
    }
    if (j >= d->n || (d->tok[j].flags & TOK_PARA)) return KNOWN_NONE;
    w->is_apart |= (d->tok[j].flags & TOK_SPACE) != 0;
    w->is_cut |= w->is_apart;
    return j;
}

/* A short number in pieces, or one that the text gives a meaning, is something else. */
static bool counts(const struct known_number *x, const struct walk *w)
{
    if (x->n != w->n) return false;
    if (x->n >= GROUPED_MIN) return true;
    return !w->is_apart && !w->is_measure && (!w->is_cut || x->n >= HYPHEN_MIN);
}

err known_number_at(const struct known *k, const struct doc *d, uint32_t i, struct findings *out)
{
    struct walk w = { .hash = KNOWN_ROLL_START };
    const struct known_number *best = NULL;
    uint32_t end = i;
    if (doc_joined(d, i) && d->tok[i - 1].kind != TOK_MARK) return OK;
    for (uint32_t at = i; take(k, d, &w, at);) {
        if (d->shield[at] & SHIELD_TAG) return OK;
        bool goes_on = doc_joined(d, (int64_t)at + 1) && d->tok[at + 1].kind != TOK_MARK;
        const struct known_number *x =
            !goes_on && w.n >= k->number_min ? find_number(k, w.hash) : NULL;
        if (x && counts(x, &w)) {
            best = x;
            end = at;
        }
        at = next_element(d, &w);
        if (at == KNOWN_NONE) break;
    }
    if (!best) return OK;
    struct finding x = doc_finding(d, i, end, (enum label)best->label, RULE_KNOWN_NUMBER, 1.0F);
    x.source = SOURCE_KNOWN;
    x.part = best->part;
    x.role = best->role;
    return findings_add(out, x);
}

/* ---- births ---- */

static bool is_birth_year(const struct known *k, uint64_t year)
{
    return year >= (unsigned)k->birth_first_year && year <= (unsigned)k->birth_last_year &&
           known_has_bit(k->birth_short_years, year % 100);
}

/* Can a spelling of a birth begin with this token? */
static bool may_begin(const struct known *k, const struct doc *d, uint32_t i)
{
    const struct token *t = &d->tok[i];
    if (t->kind == TOK_WORD) return (d->lex[i]->bits & (LEX(MONTH) | LEX(WEEKDAY))) != 0;
    if (t->len <= 2) return known_has_bit(k->birth_parts, t->hash);
    if (t->len == 4) return is_birth_year(k, t->hash);
    return t->len >= 5; /* 030521, 20210305 … */
}

/* The birth that is written there, or NULL. */
static const struct known_birth *birth_of(const struct known *k, const struct written_date *w)
{
    const struct written_part *p = &w->part[0];
    const uint8_t all = WRITTEN_YEAR | WRITTEN_MONTH | WRITTEN_DAY;
    if (w->parts != 1 || (p->has & all) != all) return NULL;
    for (; k; k = k->base)
        for (uint32_t n = 0; n < k->n_births; n++) {
            const struct known_birth *b = &k->births[n];
            if (p->month == b->month && p->day == b->day && (p->year - b->year) % 100 == 0)
                return b;
        }
    return NULL;
}

/* Does its year stand near, as a number of its own or in one with month and day? Reading a date costs far more
 * than asking, and most dates of a chart are not the birth. */
static bool has_year(const struct known *k, const struct doc *d, uint32_t i)
{
    for (uint32_t j = i; j < d->n && d->tok[j].start < d->tok[i].start + DATE_BYTES; j++) {
        const struct token *t = &d->tok[j];
        if (t->kind != TOK_NUMBER) {
            const char *p = d->text.p + t->start;
            if (ascii_is_digit(p[0]) || ascii_is_digit(p[t->len - 1])) return true; /* 28MAR1921 */
            continue;
        }
        if (t->len >= 5 || is_birth_year(k, t->hash) ||
            (t->len == 2 && known_has_bit(k->birth_short_years, t->hash)))
            return true;
    }
    return false;
}

err known_birth_at(const struct known *k, const struct doc *d, uint32_t i, struct findings *out)
{
    if (doc_joined(d, i) && d->tok[i - 1].kind != TOK_MARK) return OK;
    if (!may_begin(k, d, i) || !has_year(k, d, i)) return OK;
    uint32_t start = d->tok[i].start;
    view v = view_sub(d->text, start, start + DATE_BYTES);
    for (unsigned order = 0; order < 2; order++) {
        struct written_date w;
        size_t len = written_date_scan(v, (enum date_order)order, &w);
        const struct known_birth *b = len ? birth_of(k, &w) : NULL;
        if (!b) continue;
        struct finding x = doc_finding(d, i, i, LABEL_DATE, RULE_KNOWN_BIRTH, 1.0F);
        x.end = start + (uint32_t)len;
        x.source = SOURCE_KNOWN;
        x.part = PART_BIRTH;
        x.role = b->role;
        return findings_add(out, x);
    }
    return OK;
}
