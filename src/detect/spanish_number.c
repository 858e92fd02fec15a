/* spanish_number.c — numbers of records, insurance, papers and clinicians behind their cue; DNI and NIE by
 * their check letter (number modulo 23, Real Decreto 1553/2005 and Orden INT/2058/2008). */
#include "detect/code.h"
#include "detect/spanish_inside.h"

enum { REACH = 7, DIGITS_LEAST = 4, DIGITS_MOST = 16, CHECK = 23 };

static enum label label_of(uint32_t cls)
{
    return cls & ES_MRN       ? LABEL_MRN
           : cls & ES_PLAN    ? LABEL_PLAN
           : cls & ES_LICENSE ? LABEL_LICENSE
                              : LABEL_ID;
}

/* One capital word that a number follows: "GAMO 480512", "X-1234567". */
static bool opens_value(const struct doc *d, uint32_t i)
{
    const struct token *t = &d->tok[i];
    if (t->kind != TOK_WORD || !(t->flags & TOK_UPPER) || t->len > 6) return false;
    uint32_t next = i + 1 + (doc_is_mark(d, i + 1, '-') && doc_joined(d, i + 1));
    return doc_tok(d, next)->kind == TOK_NUMBER && !(doc_tok(d, next)->flags & TOK_LINE);
}

/* The value behind the cue at i: its first token, or 0. A weak cue needs a sign that a number follows. */
static uint32_t value_after(const struct doc *d, uint32_t i, uint32_t cls)
{
    bool sign =
        spanish_class(d, (int64_t)i - 1) & ES_NUMBER ||
        (doc_is_mark(d, (int64_t)i - 1, '.') && spanish_class(d, (int64_t)i - 2) & ES_NUMBER);
    for (uint32_t j = i + 1; j < d->n && j - i <= REACH; j++) {
        const struct token *t = &d->tok[j];
        if (t->flags & TOK_PARA || (t->flags & TOK_LINE && !doc_is_mark(d, (int64_t)j - 1, ':')))
            return 0;
        const uint32_t c = spanish_class(d, j);
        if (t->kind == TOK_NUMBER) return sign || !(cls & ES_WEAK) ? j : 0;
        if (t->kind == TOK_MARK) {
            sign |= t->hash == ':' || t->hash == '=' || t->hash == '#';
            if (!memchr(":=#.-()/", (int)(t->hash & 0x7F), 8) || t->hash > 0x7F) return 0;
            if (t->hash == '.' && (!doc_joined(d, j) || d->tok[j - 1].len > 4))
                return 0;                               /* a sentence ends */
            sign |= t->hash == '.' && cls & ES_LICENSE; /* "col. 31312345" */
        } else if (c & ES_NUMBER && (t->len > 1 || !doc_is_mark(d, (int64_t)j + 1, '/'))) {
            sign = true;
        } else if (c & (ES_FILL | ES_IDS)) {
            sign |= doc_is_word(d, j, VIEW("clinica"));
        } else {
            return opens_value(d, j) && (sign || !(cls & ES_WEAK)) ? j : 0;
        }
    }
    return 0;
}

/* Groups that blanks part: "28 12345678 40", and the letter behind a DNI's number. */
static uint32_t with_groups(const struct doc *d, uint32_t last, uint32_t cls, uint32_t *digits)
{
    while (cls & (ES_PLAN | ES_PERSON_ID)) {
        const struct token *t = doc_tok(d, (int64_t)last + 1);
        if (last + 1 >= d->n || t->flags & TOK_LINE) break;
        bool letter = cls & ES_PERSON_ID && t->kind == TOK_WORD && t->len == 1 &&
                      t->flags & TOK_CAP && d->tok[last].kind == TOK_NUMBER;
        bool group = t->kind == TOK_NUMBER && cls & ES_PLAN && *digits + t->len <= DIGITS_MOST;
        if (!letter && !group) break;
        *digits += group ? t->len : 0;
        last++;
    }
    return last;
}

err spanish_number_at(const struct doc *d, uint32_t i, uint32_t cls, struct findings *out)
{
    struct code c;
    const uint32_t first = value_after(d, i, cls);
    if (!first || d->shield[first] & SHIELD_TAG) return OK;
    uint32_t number = first;
    while (d->tok[number].kind != TOK_NUMBER) /* opens_value saw one */
        number++;
    code_around(d, number, &c);
    uint32_t digits = c.digits, last = with_groups(d, c.last, cls, &digits);
    if (digits < DIGITS_LEAST || (code_is_date(d, &c) && c.first != c.last)) return OK;
    const bool joins_cue = spanish_class(d, c.first) & ES_IDS; /* "CIPA: nhc-150679" */
    struct finding f = doc_finding(d, joins_cue ? first : MIN(first, c.first), last, label_of(cls),
                                   RULE_ID_CUE, 0.95F);
    f.cue_start = d->tok[i].start;
    f.cue_end = token_end(&d->tok[i]);
    return findings_add(out, f);
}

err spanish_paper_at(const struct doc *d, uint32_t i, struct findings *out)
{
    static const char letters[] = "TRWAGMYFPDXBNJZSQVHLCKE";
    const struct token *t = &d->tok[i];
    uint32_t first = i, last = i + 1;
    uint64_t number = t->hash;
    if (t->len == 7 && doc_joined(d, i)) {
        first -= 1 + (doc_is_mark(d, (int64_t)i - 1, '-') && i > 1 && doc_joined(d, i - 1));
        const struct token *x = &d->tok[first];
        const char kind = (char)(d->text.p[x->start] & ~0x20);
        if (x->kind != TOK_WORD || x->len != 1 || kind < 'X' || kind > 'Z') return OK;
        number += (uint64_t)(kind - 'X') * 10000000;
    } else if (t->len != 8) {
        return OK;
    }
    if (doc_joined(d, first) && d->tok[first - 1].kind != TOK_MARK) return OK;
    if (doc_is_mark(d, last, '-') && doc_joined(d, last)) last++;
    const struct token *check = doc_tok(d, last);
    if (last >= d->n || !doc_joined(d, last) || check->kind != TOK_WORD || check->len != 1)
        return OK;
    if ((d->text.p[check->start] & ~0x20) != letters[number % CHECK]) return OK;
    if (doc_joined(d, (int64_t)last + 1) && d->tok[last + 1].kind != TOK_MARK) return OK;
    struct finding f = doc_finding(d, first, last, LABEL_ID, RULE_ID_CODE, 0.95F);
    f.source = SOURCE_CHECKSUM;
    return findings_add(out, f);
}
