#include "detect/name_list.h"

#include "detect/name_handover.h"
#include "detect/taken.h"

enum { NAMED = 2 };
enum { LEAD = 3, FIELDS_MAX = 6, FIELD_WORDS = 3, NUMBER_DIGITS = 5, LINE_MAX = 24 };

struct list {
    const struct doc *d;
    uint8_t *taken; /* one a token: 0, NAMED, or another value by another label */
    struct findings *out;
};

/* ' - ', ' / ', ' | ' at token i. */
static bool is_parting(const struct doc *d, uint32_t i)
{
    return doc_is_on_line(d, i) && d->tok[i].flags & TOK_SPACE &&
           (doc_is_mark(d, i, '-') || doc_is_mark(d, i, '/') || doc_is_mark(d, i, '|')) &&
           (i + 1 >= d->n || !doc_joined(d, i + 1));
}

/* A word that may be a name; in a list's field also one that no list knows where case says nothing. */
static bool is_name_word(const struct list *l, uint32_t i, bool field)
{
    const struct doc *d = l->d;
    if (i >= d->n || (l->taken[i] && l->taken[i] != NAMED) || d->tok[i].kind != TOK_WORD ||
        d->tok[i].flags & TOK_LOWER)
        return false;
    if (name_may_be_called(d, i)) return true;
    /* "- Do -", "- Bin -": words of the language and particles that fill their field */
    const uint64_t b = d->lex[i]->bits;
    if (field && is_parting(d, i + 1) && doc_is_mark(d, (int64_t)i - 1, '-') &&
        (b & (LEX(PARTICLE) | LEX(SAINT)) || name_run_is_short_surname(d, i)))
        return shape_of(d, i) == SHAPE_TITLE;
    return field && !d->lex[i]->bits && !d->shield[i] && d->tok[i].len > 3 &&
           shape_of(d, i) == SHAPE_BLANK && !d->is_caseless;
}

/* Words of a name from token i on: the last token, or i - 1 when there is none. */
static uint32_t name_end(const struct list *l, uint32_t i, bool field)
{
    const struct doc *d = l->d;
    uint32_t last = i - 1;
    for (int n = 0; n < FIELD_WORDS && (n == 0 || doc_is_on_line(d, last + 1)); n++) {
        if (!is_name_word(l, last + 1, field) || shape_owner(d, last + 1) >= 0) break;
        while (doc_bits(d, last + 1) & LEX(PARTICLE) && doc_is_on_line(d, last + 2) &&
               shape_may_name(d, last + 2))
            last++;
        last = shape_word_end(d, last + 1);
    }
    return last;
}

SELDOM static err add(struct list *l, uint32_t first, uint32_t last, enum finding_role role)
{
    for (uint32_t i = first; i <= last; i++)
        if (l->taken[i]) return OK;
    if (first == last && doc_is_word(l->d, (int64_t)last + 1, VIEW("by")))
        return OK; /* "Read by" */
    memset(l->taken + first, NAMED, last - first + 1);
    struct finding x = doc_finding(l->d, first, last, LABEL_NAME, RULE_NAME_LIST, 0.8F);
    x.role = (uint8_t)role;
    return findings_add(l->out, x);
}

/* "FOGH", "Providence", "Quebec General": in the field behind two persons, where they are. */
static bool is_house(const struct list *l, uint32_t first, uint32_t last, uint32_t end)
{
    const struct doc *d = l->d;
    const uint64_t house = LEX(ORG_NAME) | LEX(ORG_WORD) | LEX(ORG_HEAD);
    for (uint32_t i = first; i < end; i++)
        if (l->taken[i] || !(d->tok[i].flags & TOK_CAP)) return false;
    if (first + 1 == end && !d->lex[first]->bits)
        return d->tok[first].flags & TOK_UPPER && d->tok[first].len > 2;
    if (end - first <= FIELD_WORDS && doc_bits(d, (int64_t)end - 1) & house) return true;
    return last + 1 == end && doc_bits(d, last) & LEX(PLACE);
}

static err add_house(struct list *l, uint32_t first, uint32_t last)
{
    memset(l->taken + first, 1, last - first + 1);
    return findings_add(l->out,
                        doc_finding(l->d, first, last, LABEL_ORGANIZATION, RULE_ORG_LIST, 0.8F));
}

/* The fields of a line after the mark at token m: a field that opens with a name is one. `whole`: a name
 * must fill its field. */
SELDOM static err fields(struct list *l, uint32_t m, bool whole)
{
    err e = OK;
    const struct doc *d = l->d;
    const uint64_t mark = d->tok[m].hash;
    for (int n = 0; n < FIELDS_MAX && is_parting(d, m) && d->tok[m].hash == mark; n++) {
        uint32_t first = m + 1, end = first;
        if (!doc_is_on_line(d, first)) break;
        uint32_t last = name_end(l, first, true);
        while (doc_is_on_line(d, end) && end < first + LINE_MAX &&
               !(is_parting(d, end) && d->tok[end].hash == mark))
            end++;
        bool fills = last + 1 == end;
        const struct token *t = doc_tok(d, (int64_t)last + 1);
        bool stops = fills || (!whole && t->kind == TOK_WORD && t->flags & TOK_CAP);
        if (n >= 2 && whole && is_house(l, first, last, end))
            TRY(add_house(l, first, end - 1));
        else if (last >= first && stops)
            TRY(add(l, first, last, n ? WHO_CLINICIAN : WHO_UNKNOWN));
        m = end;
    }
out:
    return e;
}

/* "Room 33 Osei 39M celiac disease Drinkwater⏎": whoever ends the line that a bed opened. */
SELDOM static err ends_line(struct list *l, uint32_t last)
{
    const struct doc *d = l->d;
    uint32_t end = last + 1;
    while (doc_is_on_line(d, end) && end < last + LINE_MAX)
        end++;
    if (doc_is_on_line(d, end) || end < last + 4 ||
        doc_tok(d, (int64_t)last + 1)->kind != TOK_NUMBER)
        return OK;
    uint32_t first = shape_word_begin(d, end - 1);
    if (d->tok[first].len < 2 || !is_name_word(l, first, true)) return OK; /* the F of "45/F" */
    while (first > last + 3 && doc_bits(d, (int64_t)first - 1) & LEX(PARTICLE) &&
           d->tok[first - 1].flags & TOK_CAP)
        first--;
    return add(l, first, end - 1, WHO_CLINICIAN);
}

/* Past "(7)" behind a name. */
static uint32_t past_age(const struct doc *d, uint32_t i)
{
    const struct token *n = doc_tok(d, (int64_t)i + 1);
    bool aged = doc_is_mark(d, i, '(') && n->kind == TOK_NUMBER && n->len <= 2 &&
                doc_is_mark(d, (int64_t)i + 2, ')');
    return aged ? i + 3 : i;
}

static bool is_and(const struct doc *d, int64_t i)
{
    return doc_is_word(d, i, VIEW("and")) || doc_is_mark(d, i, '&') || doc_is_mark(d, i, '+') ||
           doc_is_word(d, i, VIEW("vs")) || doc_is_mark(d, i, 0x2192); /* → */
}

/* "Ava (7), Eli (4)", "Rocío and Mark live": after the name that ends at `last`. */
static err listed_after(struct list *l, uint32_t last, enum finding_role role)
{
    err e = OK;
    const struct doc *d = l->d;
    for (int n = 0; n < FIELDS_MAX; n++) {
        uint32_t i = past_age(d, last + 1);
        bool aged = i > last + 1, comma = doc_is_mark(d, i, ',');
        if (comma && is_and(d, (int64_t)i + 1)) i++, comma = false;
        if (doc_is_mark(d, i, '-') && doc_is_mark(d, (int64_t)i + 1, '>')) i++; /* handed over to */
        if (!comma && !is_and(d, i) && !doc_is_mark(d, i, '>')) break;
        if (!doc_is_on_line(d, ++i)) break;
        last = name_end(l, i, false);
        if (last < i || (comma && !(aged && past_age(d, last + 1) > last + 1))) break;
        const struct token *t = doc_tok(d, (int64_t)last + 1);
        if (t->kind == TOK_WORD && !(t->flags & (TOK_LOWER | TOK_LINE)))
            break; /* of something else */
        TRY(add(l, i, last, role));
    }
out:
    return e;
}

/* "Fiske/Rao", "Wyn/Coe/Adeyemi-Fox", "Stroud / Meeks": colleagues in one breath behind the name that ends at `last`. */
static err shared_with(struct list *l, uint32_t last, enum finding_role role)
{
    err e = OK;
    const struct doc *d = l->d;
    for (int n = 0; n < FIELDS_MAX; n++) {
        const uint32_t i = last + 2;
        if (!doc_is_mark(d, (int64_t)last + 1, '/') || !doc_is_on_line(d, last + 1) ||
            !doc_is_on_line(d, i) || d->tok[i].len < 2 || shape_of(d, i) != SHAPE_TITLE)
            break;
        const struct lex_info *x = d->lex[i];
        last = shape_word_end(d, i);
        const bool named = l->taken[i] == NAMED;
        if (!named && (l->taken[i] || !name_may_be_called(d, i) ||
                       (x->bits && x->surname <= x->word) || (!x->bits && d->tok[i].len < 3)))
            break;
        if (!named) TRY(add(l, i, last, role));
    }
out:
    return e;
}

/* "Supaporn and Yoojik", "Tou, Selton and Colm": before the name that begins at `first`. */
static err listed_before(struct list *l, uint32_t first, enum finding_role role)
{
    err e = OK;
    const struct doc *d = l->d;
    int64_t i = (int64_t)first - 1;
    bool is_last = is_and(d, i);
    if (!is_last) return OK;
    while (is_last || doc_is_mark(d, i, ',')) {
        if (d->tok[i].flags & TOK_LINE || --i < 0) break;
        if (is_last && doc_is_mark(d, i, ',')) i--;
        if (i < 0 || doc_tok(d, i + 1)->flags & TOK_LINE) break;
        uint32_t begin = shape_word_begin(d, (uint32_t)i);
        const struct token *before = doc_tok(d, (int64_t)begin - 1);
        bool alone =
            d->tok[begin].flags & TOK_LINE || before->kind != TOK_WORD || before->flags & TOK_LOWER;
        if (!alone || !is_name_word(l, begin, false) || shape_of(d, begin) != SHAPE_TITLE) break;
        if (!l->taken[i]) TRY(add(l, begin, (uint32_t)i, role));
        i = (int64_t)begin - 1;
        is_last = false;
    }
out:
    return e;
}

/* "Mohr/Ada 20685", "Osei/Kofi UK522514" around the mark m. */
static err filed(struct list *l, uint32_t m)
{
    const struct doc *d = l->d;
    if (!m || !doc_joined(d, m) || !doc_joined(d, m + 1) || !doc_is_on_line(d, m + 1)) return OK;
    uint32_t first = shape_word_begin(d, m - 1), last = shape_word_end(d, m + 1);
    const struct token *n = doc_tok(d, (int64_t)last + 1);
    if (n->kind == TOK_WORD && n->len <= 3 && n->flags & TOK_UPPER) { /* "DF-356975" */
        n = doc_tok(d, (int64_t)last + 2);
        if (n->kind == TOK_MARK && n->hash == '-') n = doc_tok(d, (int64_t)last + 3);
    }
    uint32_t digits = n->kind == TOK_NUMBER ? n->len : 0;
    for (const struct token *t = n + 1; digits && t + 1 < d->tok + d->n && t->hash == '-' &&
                                        t->kind == TOK_MARK && t[1].kind == TOK_NUMBER;
         t += 2)
        digits += t[1].len;
    if (digits < NUMBER_DIGITS || n->flags & TOK_LINE || doc_joined(d, (int64_t)last + 1))
        return OK;
    if (!is_name_word(l, first, false) || !is_name_word(l, m + 1, false)) return OK;
    return add(l, first, last, WHO_PATIENT);
}

/* "OSTROVA Ilvana  #408871": family name in capitals, given names, and in the next column the mark of a record at m. */
static err numbered(struct list *l, uint32_t m)
{
    const struct doc *d = l->d;
    uint32_t first = m, n = 0;
    if (!doc_is_on_line(d, m) || !shape_opens_column(d, m) || !doc_joined(d, m + 1)) return OK;
    while (first > 0 && !(first < m && d->tok[first].flags & TOK_LINE) && n <= FIELD_WORDS) {
        first = shape_word_begin(d, first - 1);
        n++;
        if (d->tok[first].kind != TOK_WORD || !(d->tok[first].flags & TOK_CAP) ||
            d->shield[first] || (d->lex[first]->bits && !name_may_be_called(d, first)))
            return OK;
    }
    const struct token *family = &d->tok[first];
    const bool opens = first == 0 || family->flags & TOK_LINE;
    return opens && n > 1 && n <= FIELD_WORDS && family->flags & TOK_UPPER && family->len > 2 &&
                   !(d->tok[m - 1].flags & TOK_UPPER)
               ? add(l, first, m - 1, WHO_PATIENT)
               : OK;
}

/* Behind a day: "Admit 2/8 - Xiong - …" at the head of its line, "to OR 5/31 (Oriele)". */
static err behind_day(struct list *l, uint32_t first, uint32_t last)
{
    const struct doc *d = l->d;
    uint32_t i = last + 1;
    if (doc_is_mark(d, i, '(') && doc_is_on_line(d, i) && doc_is_on_line(d, i + 1)) {
        uint32_t end = name_end(l, i + 1, false);
        bool only = end > i && doc_is_mark(d, (int64_t)end + 1, ')');
        return only ? add(l, i + 1, end, WHO_CLINICIAN) : OK;
    }
    if (!is_parting(d, i)) return OK;
    for (uint32_t k = 0; k <= LEAD && k <= first; k++)
        if (d->tok[first - k].flags & TOK_LINE || first == k) return fields(l, i, true);
    return OK;
}

/* "Quistleford⏎8 Oct 7 a.m.": one word on the line above a day that opens the next, as who wrote signs and dates. */
static err above_day(struct list *l, uint32_t day, uint32_t last)
{
    enum { TIME = 5 }; /* "7 a.m.", "06:16 PM" */
    const struct doc *d = l->d;
    uint32_t end = last + 1;
    while (doc_is_on_line(d, end) && end <= last + TIME)
        end++;
    if (doc_is_on_line(d, end) || doc_tok(d, (int64_t)last + 1)->kind != TOK_NUMBER) return OK;
    const uint32_t first = day ? shape_word_begin(d, day - 1) : 0;
    if (!day || !(d->tok[day].flags & TOK_LINE) || d->tok[day].flags & TOK_PARA ||
        !(d->tok[first].flags & TOK_LINE) || d->tok[first].len < 4 ||
        shape_of(d, first) != SHAPE_TITLE || l->taken[first] || d->shield[first])
        return OK;
    return !d->lex[first]->bits || name_is_usual(d, first) ? add(l, first, day - 1, WHO_CLINICIAN)
                                                           : OK;
}

err name_lists(const struct doc *d, const struct name_spots *s, uint32_t from, uint8_t *taken,
               struct findings *out)
{
    err e = OK;
    struct list l = { .d = d, .taken = taken, .out = out };
    const uint32_t n = out->n;
    for (uint32_t k = from; k < n; k++)
        for (uint32_t i = taken_token_at(d, out->v[k].start);
             i < d->n && d->tok[i].start < out->v[k].end; i++)
            taken[i] = out->v[k].label == LABEL_NAME ? NAMED : 1;
    for (uint32_t k = 0; k < n; k++) {
        struct finding x = out->v[k];
        if (x.label != LABEL_DATE && (x.label != LABEL_NAME || k < from)) continue;
        uint32_t first = taken_token_at(d, x.start), last = taken_last(d, first, x.end);
        if (x.label == LABEL_DATE) {
            TRY(behind_day(&l, first, last));
            TRY(above_day(&l, first, last));
            continue;
        }
        TRY(listed_after(&l, last, (enum finding_role)x.role));
        TRY(shared_with(&l, last, (enum finding_role)x.role));
        TRY(listed_before(&l, first, (enum finding_role)x.role));
        if (name_bed_before(d, (int64_t)first - 1) < 0) continue;
        if (is_parting(d, last + 1)) TRY(fields(&l, last + 1, false));
        TRY(ends_line(&l, last));
    }
    for (uint32_t k = 0; k < s->strokes.n; k++) {
        const uint32_t m = s->strokes.v[k];
        TRY(d->tok[m].hash == '/' ? filed(&l, m) : numbered(&l, m));
    }
out:
    return e;
}
