/* detect/id_beside.c — the number that stands beside a person where nothing says what it is.
 *
 *     Page 1 of 5   SELLOCK, TYQUANON   4132-5578 Printed …      a column of its own
 *     Evangelia Hatz | 74F | 35261                               bars
 *     Roorda, Willem / 054313-U / 2/25/1994                      strokes, with the day of birth behind
 *     band reads ROORDA, WILLEM, 54-12-61-8, 2/25/1994           commas, the same
 *     Subject: Jarrar, Layla (57-24-83)                          brackets that hold nothing else
 *     Mohr, Ada  1977-12-01  720-001              a column behind that of the day of birth
 *     GUO^YUAN 720001      Mohr/Ada 720001      PID: 720001 ^ GUO^YUAN
 *     social worker Ada Mohr (3230)                      a number in the house
 *     MOHR,ADA 04412 77M                                 age and sex behind it, as in a ward's list
 *     Wade, Shayla\n03-JAN-89\n#638 738 293                      a line of its own, with its sign
 *
 * Five digits or more, or letters and digits in the form of an identifier; no date, no measure, nothing
 * that another detector knows. In running prose a number behind a name is left alone.
 */
#include "detect/code.h"
#include "detect/date_context.h"
#include "detect/detectors.h"
#include "detect/shape.h"
#include "detect/taken.h"

enum { DIGITS = 5, DIGITS_MAX = 12, LINES = 2 };

/* The code that token i begins, with groups of digits that blanks part: "524 454 189". */
static bool code_from(const struct doc *d, uint32_t i, const uint8_t *taken, uint32_t *last)
{
    uint32_t n = i, digits;
    while (n < d->n && n < i + 4 && d->tok[n].kind != TOK_NUMBER &&
           (n == i ? d->tok[n].kind == TOK_WORD : doc_joined(d, n)))
        n++;
    if (n >= d->n || d->tok[n].kind != TOK_NUMBER) return false;
    struct code c;
    code_around(d, n, &c);
    if (c.first != i || c.measure || !c.upper || code_is_date(d, &c)) return false;
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
    for (uint32_t k = i; k <= *last; k++)
        if (taken[k] || d->shield[k]) return false;
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

/* Nothing of the same field follows. */
static bool ends_field(const struct doc *d, uint32_t last)
{
    return last + 1 >= d->n || d->tok[last + 1].flags & TOK_LINE ||
           shape_opens_column(d, last + 1) || doc_is_mark(d, last + 1, '|') ||
           doc_is_mark(d, last + 1, ')') || doc_is_mark(d, last + 1, '^');
}

/* A '/' or ',' parts the number from the name, and the same mark from something that is found behind it, such as the day of
 * birth. `last`: of the number. */
static bool is_between(const struct doc *d, uint32_t name, uint32_t last, const uint8_t *taken)
{
    const struct token *mark = doc_tok(d, (int64_t)name + 1);
    const uint32_t behind = last + 1 + parting(d, name + 1);
    return doc_is_mark(d, last + 1, (uint32_t)mark->hash) && behind < d->n && taken[behind];
}

/* Where a number in a field beside the name that ends at token `last` would begin, or 0. */
static uint32_t field_beside(const struct doc *d, uint32_t last, bool caret, const uint8_t *taken)
{
    /* "Roe, Ada B.  1977-12-01  720001" */
    const bool initial = doc_is_mark(d, last + 1, '.') && doc_joined(d, last + 1);
    uint32_t i = past_day(d, last + 1 + initial, taken);
    const uint32_t marks = parting(d, i);
    bool field = caret || doc_is_mark(d, i, '(') || doc_is_mark(d, i, '|') || marks ||
                 (i < d->n && shape_opens_column(d, i));
    i += marks ? marks : doc_is_mark(d, i, '(') || doc_is_mark(d, i, '|');
    uint32_t j = shape_past_age(d, i);
    if (j > i) {
        field = true;
        i = doc_is_mark(d, j, '|') || doc_is_mark(d, j, ',') ? j + 1 : j;
    }
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

/* "(3230)" at token i: four digits that are no year. */
static bool is_desk(const struct doc *d, uint32_t i)
{
    const struct token *n = doc_tok(d, (int64_t)i + 1);
    return doc_is_mark(d, i, '(') && n->kind == TOK_NUMBER && n->len == 4 &&
           !(n->hash >= 1900 && n->hash < 2100) && doc_is_mark(d, (int64_t)i + 2, ')') &&
           !d->shield[i + 1];
}

/* "MOHR,ADA 04412 77M": in a line of a list. */
static bool is_before_age(const struct doc *d, uint32_t name, const uint8_t *taken, uint32_t *last)
{
    const uint32_t i = name + 1;
    if (i >= d->n || d->tok[i].kind != TOK_NUMBER || d->tok[i].flags & TOK_LINE ||
        doc_joined(d, i) || !code_from(d, i, taken, last))
        return false;
    const uint32_t age = *last + 1;
    return age < d->n && !(d->tok[age].flags & TOK_LINE) && shape_past_age(d, age) > age;
}

err id_beside_find(const struct doc *d, struct findings *out)
{
    err e = OK;
    uint32_t n = out->n, last;
    uint8_t *taken = NULL;
    for (uint32_t k = 0; k < n; k++) {
        struct finding x = out->v[k];
        if (x.label != LABEL_NAME) continue;
        if (!taken && !(taken = taken_by(d, out, ~0U))) return ERR_MEMORY;
        uint32_t end = taken_token_at(d, x.end - 1), below = 0;
        const view name = view_sub(d->text, x.start, x.end);
        bool caret = view_find_byte(name, 0, '^') < name.n ||
                     (x.rule == RULE_NAME_LIST && view_find_byte(name, 0, '/') < name.n);
        if (is_desk(d, end + 1) && !taken[end + 2]) {
            TRY(findings_add(
                out, doc_finding(d, end + 2, end + 2, LABEL_PHONE, RULE_PHONE_EXTENSION, 0.7F)));
            continue;
        }
        const uint32_t start = taken_token_at(d, x.start);
        uint32_t i = field_before(d, start, taken);
        if (i < start) {
            TRY(findings_add(out, doc_finding(d, i, start - 2, LABEL_MRN, RULE_ID_BESIDE, 0.8F)));
            continue;
        }
        i = field_beside(d, end, caret, taken);
        if (!i && is_before_age(d, end, taken, &last)) {
            struct finding listed = doc_finding(d, end + 1, last, LABEL_MRN, RULE_ID_BESIDE, 0.8F);
            listed.source = SOURCE_RULE;
            TRY(findings_add(out, listed));
            taken[end + 1] = 1;
            continue;
        }
        if (!i) i = below = line_below(d, end);
        if (!i || !code_from(d, i, taken, &last)) continue;
        if (parting(d, end + 1) ? !is_between(d, end, last, taken)
                                : !caret && !below && !ends_field(d, last))
            continue;
        struct finding f = doc_finding(d, i, last, LABEL_MRN, RULE_ID_BESIDE, 0.8F);
        f.source = SOURCE_RULE;
        TRY(findings_add(out, f));
        taken[i] = 1;
    }
out:
    return e;
}
