/* spanish_phone.c — Spanish telephones: nine digits, the first of them 6 to 9, however they are grouped.
 *
 * Behind a cue any grouping counts, and lists go on; without one the groups themselves must be those that people
 * write (612 345 678, 948 12 34 56, 91 123 45 67). */
#include "detect/spanish_inside.h"

enum { DIGITS = 9, GROUPS = 5, REACH = 6, COUNTRY = 34 };

struct number {
    uint32_t first, last, digits, groups;
    uint8_t len[GROUPS];
    uint32_t tok[GROUPS];
    char mark; /* between all groups: ' ', '-', '.', '/', or 0 where they differ */
};

/* The group after token `at` and the mark between, or 0. */
static uint32_t next_group(const struct doc *d, uint32_t at, char *mark)
{
    uint32_t i = at + 1;
    *mark = ' ';
    if (doc_is_mark(d, i, '-') || doc_is_mark(d, i, '.') || doc_is_mark(d, i, '/')) {
        if (!doc_joined(d, i) || !doc_joined(d, i + 1)) return 0;
        *mark = (char)d->tok[i].hash;
        i++;
    }
    return i < d->n && d->tok[i].kind == TOK_NUMBER && !(d->tok[i].flags & TOK_LINE) ? i : 0;
}

/* Groups from the number at i to nine digits, or as far as they go below twelve. */
static void read_number(const struct doc *d, uint32_t i, struct number *n)
{
    char mark;
    *n = (struct number){ .first = i, .last = i, .mark = ' ' };
    for (uint32_t at = i; at && n->groups < GROUPS; at = next_group(d, at, &mark)) {
        if (n->groups && n->digits + d->tok[at].len > DIGITS) break;
        if (n->groups > 0) n->mark = n->groups == 1 || n->mark == mark ? mark : 0;
        n->tok[n->groups] = at;
        n->len[n->groups++] = (uint8_t)MIN(d->tok[at].len, 255);
        n->digits += d->tok[at].len;
        n->last = at;
        if (n->digits >= DIGITS) break;
    }
}

static bool ends(const struct doc *d, uint32_t last)
{
    const struct token *t = doc_tok(d, (int64_t)last + 1);
    if (!doc_joined(d, (int64_t)last + 1)) return true;
    if (t->kind != TOK_MARK) return false;
    return t->hash != '%' &&
           (doc_tok(d, (int64_t)last + 2)->kind != TOK_NUMBER ||
            !doc_joined(d, (int64_t)last + 2) || t->hash == ',' || t->hash == '/');
}

/* Over "+34", "0034" and brackets at token i to the number itself; *first is where the prefix begins. */
static uint32_t past_country(const struct doc *d, uint32_t i, uint32_t *first)
{
    uint32_t j = i;
    *first = i;
    while (doc_is_mark(d, j, '(') || doc_is_mark(d, j, '+'))
        j++;
    const struct token *t = doc_tok(d, j);
    if (t->kind != TOK_NUMBER || t->hash != COUNTRY || (j == i && t->len != 4)) return j;
    j++;
    while (doc_is_mark(d, j, ')') || doc_is_mark(d, j, '-'))
        j++;
    if (doc_is_mark(d, *first, '(') && !doc_is_mark(d, (int64_t)j - 1, ')')) ++*first;
    return j;
}

static err add(const struct doc *d, uint32_t cue, uint32_t first, uint32_t last, enum label label,
               enum rule rule, float score, struct findings *out)
{
    struct finding f = doc_finding(d, first, last, label, rule, score);
    if (cue != first) {
        f.cue_start = d->tok[cue].start;
        f.cue_end = token_end(&d->tok[cue]);
    }
    return findings_add(out, f);
}

/* Over the marks and words between a cue and its number. */
static uint32_t past_fill(const struct doc *d, uint32_t i)
{
    uint32_t j = i + 1;
    for (; j < d->n && j - i <= REACH; j++) {
        const struct token *t = &d->tok[j];
        if (t->flags & TOK_PARA) return 0;
        if (t->flags & TOK_LINE && !doc_is_mark(d, (int64_t)j - 1, ':')) return 0;
        if (t->kind == TOK_NUMBER || doc_is_mark(d, j, '+')) return j;
        if (doc_is_mark(d, j, '(') &&
            (doc_is_mark(d, j + 1, '+') || doc_tok(d, j + 1)->kind == TOK_NUMBER))
            return j;
        if (t->kind == TOK_MARK ? !(t->hash < 0x80 && memchr(".:()-/", (int)t->hash, 6))
                                : !(spanish_class(d, j) & (ES_FILL | ES_NUMBER | ES_CALLS)))
            return 0;
    }
    return 0;
}

err spanish_phone_at(const struct doc *d, uint32_t i, uint32_t cls, struct findings *out)
{
    err e = OK;
    struct number n;
    const bool desk = cls & ES_EXTENSION;
    const enum label label = cls & ES_FAX ? LABEL_FAX : LABEL_PHONE;
    uint32_t at = past_fill(d, i), first;
    for (bool listed = false; at; listed = true) {
        const uint32_t start = past_country(d, at, &first);
        if (start >= d->n || d->tok[start].kind != TOK_NUMBER || d->shield[start] & SHIELD_TAG)
            break;
        read_number(d, start, &n);
        if (desk && !listed && d->tok[start].len >= 3 && d->tok[start].len <= 6 && ends(d, start))
            n.last = start;
        else if (!(n.digits == DIGITS || (n.digits >= 6 && n.digits <= 11 && !listed)) ||
                 !ends(d, n.last))
            break;
        TRY(add(d, i, first, n.last, label, desk ? RULE_PHONE_EXTENSION : RULE_PHONE_CUE, 0.95F,
                out));
        at = n.last + 1;
        if (!doc_is_mark(d, at, ',') && !doc_is_mark(d, at, '/') && !doc_is_mark(d, at, '-') &&
            !doc_is_word(d, at, VIEW("y")) && !doc_is_word(d, at, VIEW("o")))
            break;
        if (++at >= d->n || d->tok[at].flags & TOK_LINE) break;
    }
out:
    return e;
}

err spanish_groups_at(const struct doc *d, uint32_t i, struct findings *out)
{
    struct number n;
    const struct token *t = &d->tok[i];
    const char lead = d->text.p[t->start];
    if ((t->len != 2 && t->len != 3) || lead < '6' || d->shield[i] & (SHIELD_TAG | SHIELD_MEASURE))
        return OK;
    const struct token *p = doc_tok(d, (int64_t)i - 1);
    if (p->kind == TOK_NUMBER ||
        (doc_joined(d, i) && !(p->kind == TOK_MARK && memchr("(:;,", (int)(p->hash & 0x7F), 4))))
        return OK; /* a row of values, or within a code */
    read_number(d, i, &n);
    static const uint8_t forms[][4] = { { 3, 3, 3 }, { 3, 2, 2, 2 }, { 2, 3, 2, 2 } };
    bool known = false;
    for (size_t k = 0; k < COUNT_OF(forms); k++)
        known |= n.digits == DIGITS && n.groups == (k ? 4U : 3U) &&
                 memcmp(n.len, forms[k], n.groups) == 0;
    if (!known || !n.mark || n.mark == '/' || !ends(d, n.last)) return OK;
    const struct token *next = doc_tok(d, (int64_t)n.last + 1);
    if (next->kind == TOK_NUMBER && !(next->flags & TOK_LINE)) return OK;
    for (uint32_t k = 1; k < n.groups; k++)
        if (d->shield[n.tok[k]] & SHIELD_MEASURE) return OK;
    return add(d, i, i, n.last, LABEL_PHONE, RULE_PHONE_SHAPE, 0.8F, out);
}
