/* detect/id_beside.c — the number that stands beside a person where nothing says what it is.
 *
 *     Page 1 of 5   SELLOCK, TYQUANON   4132-5578 Printed …      a column of its own
 *     Evangelia Hatz | 74F | 35261                               bars
 *     Roorda, Willem / 054313-U / 2/25/1994                      strokes, with the day of birth behind
 *     band reads ROORDA, WILLEM, 54-12-61-8, 2/25/1994           commas, the same
 *     Subject: Jarrar, Layla (57-24-83)                          brackets that hold nothing else
 *     Mohr, Ada  1977-12-01  720-001              a column behind that of the day of birth
 *     GUO^YUAN 720001      Mohr/Ada 720001      PID: 720001 ^ GUO^YUAN
 *     |1||49662||POULIN^CONRAD                           the cell before it
 *     MOHR,ADA 04412 77M                                 age and sex behind it, as in a ward's list
 *     Wade, Shayla\n03-JAN-89\n#638 738 293                      a line of its own, with its sign
 *
 * Five digits or more, or letters and digits in the form of an identifier; no date, no measure, nothing
 * that another detector knows. In running prose a number behind a name is left alone.
 */
#include "detect/date_context.h"
#include "detect/detectors.h"
#include "detect/id_beside_inside.h"
#include "detect/id_kinds.h"
#include "detect/shape.h"
#include "detect/taken.h"

enum { DIGITS = 5, DIGITS_MAX = 12, LINES = 2 };

bool id_beside_code(const struct doc *d, uint32_t i, const uint8_t *taken, uint32_t *last)
{
    uint32_t n = i, digits;
    if (i >= d->n) return false; /* the text ends with "#" or a stroke */
    /* "T 378544" */
    const struct token *letter = &d->tok[i], *number = doc_tok(d, (int64_t)i + 1);
    if (letter->kind == TOK_WORD && letter->len == 1 && letter->flags & TOK_UPPER && !taken[i] &&
        number->kind == TOK_NUMBER && number->len >= DIGITS && !doc_joined(d, i + 1) &&
        !(number->flags & TOK_LINE))
        return id_beside_code(d, i + 1, taken, last);
    while (n < d->n && n < i + 4 && d->tok[n].kind != TOK_NUMBER &&
           (n == i ? d->tok[n].kind == TOK_WORD : doc_joined(d, n)))
        n++;
    if (n >= d->n || d->tok[n].kind != TOK_NUMBER) return false;
    struct code c;
    code_around(d, n, &c);
    if (c.first != i || !c.upper || code_is_date(d, &c)) return false;
    if (c.measure && !code_is(&c, "3.3.3") && !id_is_checked(&c)) return false;
    digits = c.digits;
    *last = c.last;
    bool group = c.letters == 0 && c.first == c.last && d->tok[i].len <= 4;
    for (uint32_t k = 0; group && k < 3; k++) {
        const struct token *t = doc_tok(d, (int64_t)*last + 1);
        if (t->kind != TOK_NUMBER || t->len < 2 || t->len > 4 || (t->flags & TOK_LINE) ||
            shape_opens_column(d, *last + 1))
            break;
        digits += t->len;
        ++*last;
    }
    /* what no value has is a number in spite of the word before it: "PT0645", "493.014757" */
    const bool sure = (c.letters && c.digits >= 4) || id_is_checked(&c) ||
                      (i && doc_is_mark(d, (int64_t)i - 1, '^') && digits >= DIGITS);
    for (uint32_t k = i; k <= *last; k++)
        if (taken[k] || d->shield[k] & ~(sure ? SHIELD_MEASURE : 0)) return false;
    bool mixed = c.letters && digits + c.letters >= (digits >= 3 ? 6U : 8U);
    return (digits >= DIGITS && digits <= DIGITS_MAX) || mixed;
}

/* " / ", " // " or ", " at token i: how many marks, or 0. */
static uint32_t parting(const struct doc *d, uint32_t i)
{
    const bool stroke = doc_is_mark(d, i, '/') && !doc_joined(d, i);
    const bool twice = stroke && doc_is_mark(d, (int64_t)i + 1, '/') && doc_joined(d, i + 1);
    if (!stroke && !doc_is_mark(d, i, ',')) return 0;
    if (doc_joined(d, (int64_t)i + 1 + twice)) return 0;
    return twice ? 2 : 1;
}

static bool is_part_of_day(const struct doc *d, uint32_t i)
{
    return d->tok[i].kind == TOK_NUMBER || date_class(d, i) & (DATE_MONTH | DATE_WEEKDAY);
}

/* A column at token i holds a day that was found: the token behind it, or i. */
static uint32_t past_day(const struct doc *d, uint32_t i, const uint8_t *taken)
{
    uint32_t k = i;
    if (i >= d->n || !taken[i] || !shape_opens_column(d, i) || !is_part_of_day(d, i)) return i;
    while (k < d->n && taken[k] && !(d->tok[k].flags & TOK_LINE))
        k++;
    return k < d->n && shape_opens_column(d, k) && !(d->tok[k].flags & TOK_LINE) ? k : i;
}

/* "PID: 720001 ^ GUO^YUAN": the first token of the number in the field before the name that begins at token `name`, or
 * `name`. */
static uint32_t field_before(const struct doc *d, uint32_t name, const uint8_t *taken)
{
    enum { REACH = 8 };
    uint32_t digits = 0, i = name;
    if (name < 2 || !doc_is_mark(d, (int64_t)name - 1, '^') || d->tok[name - 1].flags & TOK_LINE)
        return name;
    for (i = name - 1; i && i + REACH > name; i--) {
        const struct token *t = &d->tok[i - 1];
        if (taken[i - 1] || (t->kind == TOK_MARK && (t->hash == ':' || t->hash == '|'))) break;
        digits += t->kind == TOK_NUMBER ? t->len : 0;
        if (t->flags & TOK_LINE) {
            i--;
            break;
        }
        if (!doc_joined(d, i - 1) && i < name - 1 && !doc_joined(d, i)) return name;
    }
    return digits >= DIGITS && digits <= DIGITS_MAX && i < name - 1 && !taken[i] ? i : name;
}

bool id_beside_ends(const struct doc *d, uint32_t last)
{
    return last + 1 >= d->n || d->tok[last + 1].flags & TOK_LINE ||
           shape_opens_column(d, last + 1) || doc_is_mark(d, last + 1, '|') ||
           doc_is_mark(d, last + 1, ']') || doc_is_mark(d, last + 1, ')') ||
           doc_is_mark(d, last + 1, '^');
}

/* "Roe, Ada / Z666879 / ACT3001571 / Dr. Foe": two numbers in a row of strokes. *done: they are added. */
static err in_strokes(const struct doc *d, uint32_t end, uint8_t *taken, struct findings *out,
                      bool *done)
{
    err e = OK;
    const uint32_t i = end + 1 + parting(d, end + 1);
    uint32_t last = i, second;
    *done = false;
    if (!doc_is_mark(d, end + 1, '/') || i == end + 1 || i >= d->n) return OK;
    const bool known = taken[i];
    /* found by its form, no day of birth */
    const bool code =
        known && (d->tok[i].kind == TOK_NUMBER ? d->tok[i].len >= DIGITS : !is_part_of_day(d, i));
    if (code)
        while (last + 1 < d->n && taken[last + 1] && !(d->tok[last + 1].flags & TOK_LINE))
            last++;
    else if (known || !id_beside_code(d, i, taken, &last))
        return OK;
    const uint32_t at = last + 1 + parting(d, last + 1);
    if (!doc_is_mark(d, last + 1, '/') || at == last + 1 || at >= d->n ||
        !id_beside_code(d, at, taken, &second) ||
        !(id_beside_ends(d, second) || (doc_is_mark(d, second + 1, '/') && parting(d, second + 1))))
        return OK;
    *done = true;
    if (!known) TRY(findings_add(out, doc_finding(d, i, last, LABEL_MRN, RULE_ID_BESIDE, 0.8F)));
    TRY(findings_add(out, doc_finding(d, at, second, LABEL_ACCOUNT, RULE_ID_BESIDE, 0.8F)));
    taken[i] = taken[at] = 1;
out:
    return e;
}

/* A '/' or ',' parts the number from the name, and the same mark from something that is found behind it, such as the day of
 * birth. `last`: of the number. */
static bool is_between(const struct doc *d, uint32_t name, uint32_t last, const uint8_t *taken)
{
    const struct token *mark = doc_tok(d, (int64_t)name + 1);
    const uint32_t behind = last + 1 + parting(d, name + 1);
    return doc_is_mark(d, last + 1, (uint32_t)mark->hash) && behind < d->n && taken[behind];
}

/* " / June 30, 1981 / " and ", 1995-12-29, " at token i: the token behind the day that the same marks part, or i. */
static uint32_t past_parted_day(const struct doc *d, uint32_t i, const uint8_t *taken)
{
    uint32_t k = i + parting(d, i);
    if (k == i || k >= d->n || !taken[k] || !is_part_of_day(d, k)) return i;
    while (k < d->n && taken[k] && !(d->tok[k].flags & TOK_LINE))
        k++;
    if (k >= d->n || d->tok[k].hash != d->tok[i].hash) return i;
    const uint32_t marks = parting(d, k);
    return marks ? k + marks : i;
}

/* "|1||49662||POULIN^CONRAD": the first token of the number that fills the cell before the name at token `name`, or
 * `name`. */
static uint32_t cell_before(const struct doc *d, uint32_t name, const uint8_t *taken,
                            uint32_t *last)
{
    enum { REACH = 8 };
    uint32_t bar = name, digits = 0;
    while (bar && doc_is_mark(d, (int64_t)bar - 1, '|') && !(d->tok[bar].flags & TOK_LINE))
        bar--;
    if (bar == name || !bar) return name;
    uint32_t i = bar;
    for (; i && i + REACH > bar && !doc_is_mark(d, (int64_t)i - 1, '|'); i--) {
        const struct token *t = &d->tok[i - 1];
        if (taken[i - 1] || d->tok[i].flags & TOK_LINE) return name;
        if (t->kind == TOK_WORD && (!(t->flags & TOK_UPPER) || t->len > 3)) return name;
        digits += t->kind == TOK_NUMBER ? t->len : 0;
        if (t->flags & TOK_LINE) {
            i--;
            break;
        }
    }
    *last = bar - 1;
    return digits >= DIGITS && digits <= DIGITS_MAX ? i : name;
}

/* Where a number in a field beside the name that ends at token `last` would begin, or 0. */
static uint32_t field_beside(const struct doc *d, uint32_t last, bool caret, const uint8_t *taken)
{
    /* "Roe, Ada B.  1977-12-01  720001" */
    const bool initial = doc_is_mark(d, last + 1, '.') && doc_joined(d, last + 1);
    uint32_t i = past_day(d, last + 1 + initial, taken);
    const uint32_t marks = parting(d, i);
    const bool bracket = doc_is_mark(d, i, '(') || doc_is_mark(d, i, '|') || doc_is_mark(d, i, '[');
    bool field = caret || bracket || marks || (i < d->n && shape_opens_column(d, i));
    i += marks ? marks : bracket;
    uint32_t j = shape_past_age(d, i);
    if (j > i) {
        field = true;
        i = doc_is_mark(d, j, '|') || doc_is_mark(d, j, ',') ? j + 1 : j;
    }
    if (caret && doc_is_mark(d, i, '^')) i++; /* "MOHR^ADA^231277^H78745564" */
    if (!field || i >= d->n) return 0;
    for (uint32_t k = last + 1; k <= i; k++)
        if (d->tok[k].flags & TOK_LINE) return 0;
    return doc_is_mark(d, i, '#') ? i + 1 : i;
}

/* "#638 738 293" at the head of one of the next lines; what lies between is short. */
static uint32_t line_below(const struct doc *d, uint32_t last)
{
    uint32_t lines = 0;
    for (uint32_t i = last + 1; i < d->n && i < last + 16 && lines <= LINES; i++) {
        if (!(d->tok[i].flags & TOK_LINE)) {
            if (!lines) return 0;
            continue;
        }
        if (d->tok[i].flags & TOK_PARA) return 0;
        lines++;
        if (doc_is_mark(d, i, '#') && doc_joined(d, (int64_t)i + 1)) return i + 1;
    }
    return 0;
}

/* "MOHR,ADA 04412 77M": in a line of a list. */
static bool is_before_age(const struct doc *d, uint32_t name, const uint8_t *taken, uint32_t *last)
{
    const uint32_t i = name + 1;
    if (i >= d->n || d->tok[i].kind != TOK_NUMBER || d->tok[i].flags & TOK_LINE ||
        doc_joined(d, i) || !id_beside_code(d, i, taken, last))
        return false;
    const uint32_t age = *last + 1;
    if (age >= d->n || d->tok[age].flags & TOK_LINE) return false;
    /* "MOHR, ADA 951696   adm 09/06": another column, or a day that was found */
    return shape_past_age(d, age) > age || (taken[age] && is_part_of_day(d, age)) ||
           (shape_opens_column(d, age) && d->tok[i].len + d->tok[*last].len > DIGITS);
}

/* "…^Z189755^ACT4948641": the account in the component behind the number of the chart, which ends at token `last`. */
static err behind_caret(const struct doc *d, uint32_t last, uint8_t *taken, struct findings *out)
{
    const uint32_t i = last + 2;
    uint32_t end;
    if (!doc_is_mark(d, last + 1, '^') || i >= d->n || (d->tok[i].flags & TOK_LINE) || taken[i] ||
        !id_beside_code(d, i, taken, &end))
        return OK;
    taken[i] = 1;
    return findings_add(out, doc_finding(d, i, end, LABEL_ACCOUNT, RULE_ID_BESIDE, 0.8F));
}

/* The number that one name is beside; what is found is added and taken. */
static err beside_one(const struct doc *d, const struct finding *x, uint8_t *taken,
                      struct findings *out)
{
    const uint32_t start = taken_token_at(d, x->start), end = taken_last(d, start, x->end);
    const view name = view_sub(d->text, x->start, x->end);
    const bool caret = view_find_byte(name, 0, '^') < name.n ||
                       (x->rule == RULE_NAME_LIST && view_find_byte(name, 0, '/') < name.n);
    struct finding f;
    uint32_t last, below = 0;
    if (id_behind_person(d, start, end, taken, &f)) return findings_add(out, f);
    uint32_t i = field_before(d, start, taken);
    if (i < start)
        return findings_add(out, doc_finding(d, i, start - 2, LABEL_MRN, RULE_ID_BESIDE, 0.8F));
    i = cell_before(d, start, taken, &last);
    if (i < start)
        return findings_add(out, doc_finding(d, i, last, LABEL_MRN, RULE_ID_BESIDE, 0.8F));
    bool done;
    const err e = in_strokes(d, end, taken, out, &done);
    if (e || done) return e;
    i = past_parted_day(d, end + 1, taken);
    const bool dated = i > end + 1;
    if (!dated) i = field_beside(d, end, caret, taken);
    if (!i && is_before_age(d, end, taken, &last)) {
        i = end + 1;
    } else {
        if (!i) i = below = line_below(d, end);
        if (!i || !id_beside_code(d, i, taken, &last)) return OK;
        if (!dated && parting(d, end + 1) ? !is_between(d, end, last, taken)
                                          : !caret && !below && !id_beside_ends(d, last))
            return OK;
    }
    f = doc_finding(d, i, last, LABEL_MRN, RULE_ID_BESIDE, 0.8F);
    f.source = SOURCE_RULE;
    taken[i] = 1;
    const err added = findings_add(out, f);
    if (added || !caret) return added;
    return behind_caret(d, last, taken, out);
}

/* `learned`: beside the names that only the tagger found, else beside those of the rules. */
static err beside_all(const struct doc *d, bool learned, struct findings *out)
{
    err e = OK;
    uint8_t *taken = NULL;
    for (uint32_t k = 0, n = out->n; k < n; k++) {
        const struct finding x = out->v[k];
        if (x.label != LABEL_NAME || (x.rule == RULE_TAGGER) != learned) continue;
        if (!taken && !(taken = taken_by(d, out, ~0U))) return ERR_MEMORY;
        TRY(beside_one(d, &x, taken, out));
    }
out:
    return e;
}

err id_beside_find(const struct doc *d, struct findings *out)
{
    return beside_all(d, false, out);
}

err id_beside_learned(const struct doc *d, struct findings *out)
{
    return beside_all(d, true, out);
}
