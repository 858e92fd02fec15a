#include "detect/name_initials.h"

#include "detect/name_initials_inside.h"
#include "detect/name_signs_small.h"
#include "detect/shape.h"

/* Two or three letters together. */
static bool is_short_word(const struct doc *d, uint32_t i)
{
    const struct token *t = doc_tok(d, i);
    return t->kind == TOK_WORD && t->len >= 2 && t->len <= 3 && !(t->flags & TOK_WIDE) &&
           (t->flags & (TOK_UPPER | TOK_LOWER)) && !d->shield[i];
}

bool name_letters_mean_nothing(const struct doc *d, uint32_t i)
{
    const uint64_t other = LEX(ABBREVIATION) | LEX(UNIT) | LEX(DRUG) | LEX(CREDENTIAL) |
                           LEX(FUNCTION) | LEX(TITLE) | LEX(ORG_NAME) | LEX(MONTH) | LEX(WEEKDAY) |
                           LEX(DIRECTION) | LEX(NUMBER_WORD);
    return !(d->lex[i]->bits & other) && d->lex[i]->word <= 1 &&
           !(name_initials_class(d, i) & W_DOTTED);
}

/* "DT: 3/5/2021 1745": the line before the one that token i begins says when it was dictated or typed. */
static bool is_line_of_dictation(const struct doc *d, uint32_t i)
{
    enum { REACH = 16 };
    for (int64_t k = (int64_t)i - 1; k >= 0 && k + REACH > i; k--)
        if (d->tok[k].flags & TOK_LINE || k == 0)
            return name_initials_class(d, k) & W_MARK && d->tok[k].flags & TOK_UPPER &&
                   doc_is_mark(d, k + 1, ':');
    return false;
}

/* "A.J.G./SA", "JS/mt" around the mark m, in a line of its own. Capitals on both sides are read so with full
 * stops on the left, or where the next line says when it was dictated. */
static err typists(const struct doc *d, uint32_t m, const uint8_t *taken, struct findings *out)
{
    uint32_t first = m, last = m + 1, end;
    if (m == 0 || m + 1 >= d->n || !doc_joined(d, m) || !doc_joined(d, m + 1) ||
        !is_short_word(d, last) || d->tok[m].flags & TOK_LINE)
        return OK;
    bool dotted = doc_is_mark(d, (int64_t)m - 1, '.');
    const uint32_t reach = dotted ? 2 * NAME_INITIALS_MAX : 1;
    while (first > 0 && !(d->tok[first].flags & TOK_LINE) && m - first < reach)
        first--;
    if (!doc_opens_line(d, first) || taken[first] || taken[last]) return OK;
    if (dotted ? name_initials_dotted_at(d, first, &end) < 2 || end + 1 != m
               : !is_short_word(d, first) || !(d->tok[first].flags & TOK_UPPER))
        return OK;
    bool ends = doc_ends_line(d, last) ||
                (d->tok[last + 1].kind == TOK_NUMBER && !doc_joined(d, (int64_t)last + 1));
    ends |= shape_opens_column(d, last + 1);
    bool dated = (name_initials_class(d, (int64_t)last + 1) & W_MARK &&
                  doc_is_mark(d, (int64_t)last + 2, ':')) ||
                 is_line_of_dictation(d, first);
    if (!ends && !dated) return OK;
    bool plain =
        !dotted && name_letters_mean_nothing(d, first) && name_letters_mean_nothing(d, last);
    /* "MK:NS", whatever they mean, alone on its line */
    const bool shouted = d->tok[last].flags & TOK_UPPER && doc_is_mark(d, m, ':') && ends;
    if (!dotted && !(d->tok[last].flags & TOK_LOWER) && !dated && !plain && !shouted) return OK;
    return name_initials_add(d, first, last, dotted || dated ? 0.9F : 0.75F, WHO_UNKNOWN, out);
}

err name_initials_alone(const struct doc *d, uint32_t i, const uint8_t *taken, struct findings *out)
{
    const struct token *t = &d->tok[i], *next = doc_tok(d, (int64_t)i + 1);
    if (t->flags & (TOK_WIDE | TOK_LINE) || taken[i] || d->shield[i] ||
        !doc_is_mark(d, (int64_t)i - 1, '.') || doc_joined(d, i))
        return OK;
    /* letters that mean something too ("TM", "MP") only where the line ends with them */
    bool known = !name_letters_mean_nothing(d, i);
    if (known && (t->len > 2 || name_initials_class(d, i) & W_DOTTED)) return OK;
    const struct token *before = doc_tok(d, (int64_t)i - 2);
    /* "Braden 12. CM", but no item of a list: "2. DM" */
    bool counted = before->kind == TOK_NUMBER && !(before->flags & TOK_LINE) &&
                   doc_tok(d, (int64_t)i - 3)->kind == TOK_WORD;
    bool told = counted || before->flags & TOK_LOWER ||
                (before->kind == TOK_MARK && (before->hash == ')' || before->hash == '%'));
    /* the next sentence begins: "… well. RM The patient" */
    bool begins = next->kind == TOK_WORD && next->flags & TOK_CAP && !doc_joined(d, (int64_t)i + 1);
    bool begins_plainly =
        begins && doc_bits(d, (int64_t)i + 1) & LEX(FUNCTION) && !(next->flags & TOK_UPPER);
    bool clock = next->kind == TOK_NUMBER && next->len == 4 && next->hash < 1900;
    bool ends =
        doc_ends_line(d, i) || begins_plainly || (!known && (clock || (begins && next->len > 3)));
    return told && ends ? name_initials_add(d, i, i, known ? 0.7F : 0.75F, WHO_CLINICIAN, out) : OK;
}

/* A number of what was measured at token i, and neither the day nor the hour when somebody signed. */
static bool is_value(const struct doc *d, uint32_t i)
{
    const struct token *t = doc_tok(d, i), *next = doc_tok(d, (int64_t)i + 1);
    if (t->kind != TOK_NUMBER || t->flags & TOK_LINE || t->len > 3) return false;
    if (!doc_joined(d, i + 1) || next->kind != TOK_MARK) return true;
    if (next->hash == '/') /* "98/50", no "3/14" */
        return doc_tok(d, (int64_t)i + 2)->kind == TOK_NUMBER && t->hash > 31;
    return next->hash != ':' && next->hash != '-';
}

/* "Tech: TM", "Patient initials: AB." after the mark m. */
static err signed_by(const struct doc *d, uint32_t m, const uint8_t *taken, struct findings *out)
{
    uint32_t i = m + 1;
    if (m == 0 || i >= d->n || !is_short_word(d, i) || !(d->tok[i].flags & TOK_UPPER) ||
        d->tok[i].flags & TOK_LINE || taken[i])
        return OK;
    const uint32_t of = name_initials_class(d, (int64_t)m - 1);
    /* "Surgeon: JK", "Patient: KL", "D: JWK": letters that mean nothing */
    bool asks = (of & (W_LABEL | W_BY | W_MARK) ||
                 doc_bits(d, (int64_t)m - 1) & (LEX(CLINICIAN) | LEX(NAME_CUE))) &&
                name_letters_mean_nothing(d, i) && doc_ends_line(d, i);
    if (!(of & W_SIGNS) && !asks) return OK;
    bool told = of & W_LABEL, role = of & W_ROLE;
    bool more = doc_tok(d, i + 1)->kind == TOK_WORD && !doc_ends_line(d, i);
    more |= is_value(d, i + 1); /* "Nurse: BP 98/50", "Pharm: AUC 480" */
    if (!told && ((d->lex[i]->bits & LEX(ABBREVIATION) && (!role || d->tok[i].len > 2)) || more))
        return OK; /* "Tech: CT without contrast" */
    return name_initials_add(d, i, i, 0.8F, told ? WHO_PATIENT : WHO_CLINICIAN, out);
}

/* "Reviewed 03/12/2004 DD." after the number at token i: who did it that day. */
static err after_day(const struct doc *d, uint32_t i, const uint8_t *taken, struct findings *out)
{
    uint32_t at = i + 1;
    if (doc_is_word(d, at, VIEW("am")) || doc_is_word(d, at, VIEW("pm"))) return OK; /* 12:47 PM */
    if (at >= d->n || !is_short_word(d, at) || !(d->tok[at].flags & TOK_UPPER) || taken[at] ||
        doc_joined(d, at) || (d->tok[at].flags & TOK_LINE))
        return OK;
    const struct token *after = doc_tok(d, (int64_t)at + 1);
    bool ends = doc_ends_line(d, at) || (after->kind == TOK_MARK && after->hash == '.') ||
                (after->kind == TOK_WORD && (after->flags & TOK_CAP) && after->len > 3);
    if (!ends) return OK;
    for (uint32_t j = i, n = 0; j > 0 && n < 8 && !(d->tok[j].flags & TOK_LINE); n++)
        if (name_initials_class(d, --j) & W_CHECKED)
            return name_initials_add(d, at, at, 0.8F, WHO_CLINICIAN, out);
    return OK;
}

/* "Transcribed by: dlauterheim", "Login: xia.liu67" after the mark m: one word in small letters that is none. */
static err typed_by(const struct doc *d, uint32_t m, const uint8_t *taken, struct findings *out)
{
    int64_t cue = (int64_t)m - 1;
    uint32_t i = m + 1, last = i;
    const struct token *t = doc_tok(d, i);
    if (t->kind != TOK_WORD || !(t->flags & TOK_LOWER) || t->flags & TOK_LINE || taken[i] ||
        d->shield[i])
        return OK;
    if (name_initials_class(d, cue) & W_BY) cue--;
    if (!(name_initials_class(d, cue) & W_TYPED)) return OK;
    bool is_joined = false;
    while (last + 2 < d->n && doc_joined(d, last + 1) && d->tok[last + 1].kind != TOK_WORD &&
           (d->tok[last + 1].kind == TOK_NUMBER ||
            (doc_joined(d, last + 2) && d->tok[last + 2].kind == TOK_WORD))) {
        is_joined = true;
        last += d->tok[last + 1].kind == TOK_NUMBER ? 1 : 2;
    }
    if (last + 1 < d->n && doc_joined(d, last + 1) && d->tok[last + 1].kind == TOK_NUMBER) last++;
    bool ends = doc_ends_line(d, last) || d->tok[last + 1].kind == TOK_MARK;
    if (!ends || (!is_joined && last == i && (d->lex[i]->bits & LEX(WORD)) && d->lex[i]->word > 1))
        return OK;
    return findings_add(out, doc_finding(d, i, last, LABEL_ID, RULE_ID_CUE, 0.85F));
}

err name_initials(const struct doc *d, const struct name_spots *s, const uint8_t *taken,
                  struct findings *out)
{
    err e = OK;
    for (uint32_t k = 0; k < d->marks.n; k++) {
        const uint32_t m = d->marks.v[k];
        const struct token *next = doc_tok(d, (int64_t)m + 1);
        const uint64_t c = d->tok[m].hash;
        if (!(next->flags & (TOK_UPPER | TOK_LOWER))) continue; /* "PLAN: The", "3/4" */
        if (next->len - 2U < 2U) {
            if (c == '/' || c == ':') TRY(typists(d, m, taken, out));
            if (next->flags & TOK_LOWER) TRY(name_signs_small(d, m + 1, taken, out));
            if (c == ':') TRY(signed_by(d, m, taken, out));
        }
        if (c == ':' && next->flags & TOK_LOWER) TRY(typed_by(d, m, taken, out));
    }
    for (uint32_t k = 0; k < s->numbers.n; k++) {
        if (!(s->numbers.v[k].rules & NAME_SPOT_LETTERS)) continue;
        const uint32_t i = s->numbers.v[k].at, next = i + 1;
        TRY(after_day(d, i, taken, out));
        if (name_may_sign_small(d, next)) TRY(name_signs_small(d, next, taken, out));
    }
    TRY(name_initials_dotted(d, taken, out));
out:
    return e;
}
