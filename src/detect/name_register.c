#include "detect/name_register.h"

#include "detect/name_register_inside.h"
#include "detect/name_run.h"
#include "detect/shape.h"

enum { FAMILY_MAX = 4, GIVEN_MAX = 3, LONG_NUMBER = 5 };
static const uint32_t NONE = UINT32_MAX;

/* The written word at i as one of a name: its last token, or NONE. */
static uint32_t part_at(const struct doc *d, uint32_t i, bool led, struct name_entry *x)
{
    const struct token *t = doc_tok(d, i);
    if (t->kind != TOK_WORD || !(t->flags & TOK_CAP) || d->shield[i] & (SHIELD_TAG | SHIELD_EPONYM))
        return NONE;
    uint32_t last = shape_word_end(d, i);
    bool any_new = false;
    for (uint32_t j = i; j <= last; j++) {
        const struct lex_info *l = d->lex[j];
        if (d->tok[j].kind != TOK_WORD || d->tok[j].len < 2) continue;
        bool name = name_register_is_name(l) && MAX(l->given, l->surname) >= 1;
        if (l->bits & LEX(PARTICLE)) continue;
        const uint64_t never =
            led ? NAME_REGISTER_NEVER & ~(LEX(MEDICAL) | LEX(SAINT)) : NAME_REGISTER_NEVER;
        if ((l->bits & never) && !(name && (led || MAX(l->given, l->surname) > l->word)))
            return NONE;
        if (!led && l->bits && !name && l->word >= 2) return NONE;
        any_new |= !l->bits || (name && MAX(l->given, l->surname) > l->word);
        x->is_upper &= (d->tok[j].flags & TOK_UPPER) != 0;
    }
    x->n_new += any_new;
    return last;
}

static bool is_initial(const struct doc *d, uint32_t i)
{
    const struct token *t = doc_tok(d, i);
    return t->kind == TOK_WORD && t->len == 1 && (t->flags & TOK_CAP);
}

/* Words on one line from i on, apart by one blank: the last token of at most `max`, or NONE. */
static uint32_t parts_at(const struct doc *d, uint32_t i, uint32_t max, bool led,
                         struct name_entry *x)
{
    uint32_t last = NONE;
    for (uint32_t n = 0; n < max; n++) {
        uint32_t at = last != NONE ? last + 1 : i;
        if (last != NONE && ((doc_tok(d, at)->flags & TOK_LINE) || shape_opens_column(d, at)))
            break;
        if (is_initial(d, at) && shape_word_end(d, at) == at) {
            if (last == NONE) break;
            last = doc_is_mark(d, at + 1, '.') && doc_joined(d, at + 1) ? at + 1 : at;
            continue;
        }
        uint32_t end = part_at(d, at, led, x);
        if (end == NONE) break;
        last = end;
    }
    return last;
}

bool name_entry_at(const struct doc *d, uint32_t i, bool led, struct name_entry *x)
{
    *x = (struct name_entry){ .first = i, .is_upper = true };
    uint32_t family = parts_at(d, i, FAMILY_MAX, led, x), mark = family + 1;
    if (family == NONE || is_initial(d, family)) return false;
    x->is_caret = doc_is_mark(d, mark, '^') && doc_joined(d, mark) && doc_joined(d, mark + 1);
    if (!x->is_caret && !doc_is_mark(d, mark, ',')) return false;
    if ((doc_tok(d, mark + 1)->flags & TOK_LINE) || shape_opens_column(d, mark + 1)) return false;
    bool alone = is_initial(d, mark + 1) && shape_word_end(d, mark + 1) == mark + 1;
    x->last = alone ? mark + 1 : parts_at(d, mark + 1, GIVEN_MAX, led, x);
    if (x->last == NONE || (alone && (!led || name_run_is_credential(d, mark + 1)))) return false;
    if (alone && doc_is_mark(d, x->last + 1, '.') && doc_joined(d, x->last + 1)) x->last++;
    while (x->is_caret && doc_is_mark(d, x->last + 1, '^') && doc_joined(d, x->last + 1) &&
           doc_joined(d, x->last + 2) && doc_tok(d, x->last + 2)->kind == TOK_WORD)
        x->last += 2;
    return true;
}

static bool is_age_and_sex(const struct doc *d, int64_t i)
{
    const struct token *n = doc_tok(d, i), *s = doc_tok(d, i + 1);
    if (n->kind != TOK_NUMBER || n->len > 3 || s->kind != TOK_WORD || s->len != 1) return false;
    char c = ascii_lower(d->text.p[s->start]);
    return c == 'm' || c == 'f';
}

/* "54 y/o", "54-year-old", "54 yo" from token i. */
static bool is_age(const struct doc *d, int64_t i)
{
    const struct token *n = doc_tok(d, i);
    if (n->kind != TOK_NUMBER || n->len > 3) return false;
    if (doc_is_mark(d, i + 1, '-')) i++;
    return doc_bits(d, i + 1) & LEX(CUE_AGE) ||
           (doc_is_word(d, i + 1, VIEW("y")) && doc_is_mark(d, i + 2, '/'));
}

/* A number of a record, an age, a birth date: what stands beside a person in a register. */
static bool has_number_beside(const struct doc *d, int64_t i)
{
    if (doc_is_mark(d, i, '|') || doc_is_mark(d, i, '(') || doc_is_mark(d, i, ',') ||
        (doc_is_mark(d, i, '/') && !doc_joined(d, i)))
        i++;
    if (doc_is_mark(d, i, '#')) i++;
    if ((doc_tok(d, i)->flags & TOK_LINE) && doc_tok(d, i)->kind != TOK_NUMBER) return false;
    if (doc_bits(d, i) & (LEX(CUE_MRN) | LEX(CUE_DATE) | LEX(CUE_SSN))) return true;
    if (is_age_and_sex(d, i) || is_age(d, i)) return true;
    if (doc_bits(d, i) & LEX(MONTH) && shape_opens_column(d, (uint32_t)i))
        return doc_tok(d, i + 1)->kind == TOK_NUMBER; /* a birth date in the next column */
    uint32_t digits = 0;
    for (int64_t j = i; j < i + 6 && (j == i || doc_joined(d, j)); j++)
        if (doc_tok(d, j)->kind == TOK_NUMBER) digits += doc_tok(d, j)->len;
    return digits >= LONG_NUMBER;
}

/* "Page 2 of 6   …", "3 of 5  …" before token i, in columns. */
static bool is_after_page(const struct doc *d, int64_t i)
{
    return doc_tok(d, i - 1)->kind == TOK_NUMBER && doc_tok(d, i - 3)->kind == TOK_NUMBER &&
           doc_tok(d, i - 2)->kind == TOK_WORD && doc_tok(d, i - 2)->len == 2;
}

/* "VESTAGER,ILVANA was taken to", "and VESTAGER, ILVANA was": capitals around a comma, at the head of a sentence about a
 * person or behind a small word; with a blank, one of them must be a usual name. The given name is token i, the family's
 * first token j. */
static bool is_told_of(const struct doc *d, uint32_t i, uint32_t j)
{
    const uint32_t after = shape_word_end(d, i) + 1;
    if (!(d->tok[i].flags & TOK_UPPER) || !(d->tok[j].flags & TOK_UPPER) ||
        !(doc_tok(d, after)->flags & TOK_LOWER) ||
        !(doc_bits(d, after) & (LEX(PERSON_VERB) | LEX(FUNCTION))))
        return false;
    const struct lex_info *given = d->lex[i], *family = d->lex[j];
    const bool usual = given->given > given->word || family->surname > family->word;
    const uint64_t other = LEX(ABBREVIATION) | LEX(MEDICAL) | LEX(UNIT) | LEX(DRUG);
    if (!doc_joined(d, i) && (!usual || (given->bits | family->bits) & other ||
                              shape_of(d, i) != SHAPE_ACRONYM || d->tok[i].len < 3))
        return false;
    const struct token *before = doc_tok(d, (int64_t)j - 1);
    return shape_starts_sentence(d, j) || (usual && before->flags & TOK_LOWER) ||
           (doc_joined(d, i) && before->hash == ',' && before->kind == TOK_MARK);
}

/* "Quistleford, Ilvana, was taken to": the same in small letters, where a comma closes the entry. */
static bool is_told_between(const struct doc *d, uint32_t i, uint32_t j)
{
    const uint64_t says = LEX(PERSON_VERB) | LEX(FUNCTION);
    uint32_t after = shape_word_end(d, i) + 1;
    if (is_initial(d, after)) after += doc_is_mark(d, (int64_t)after + 1, '.') ? 2 : 1;
    const struct token *verb = doc_tok(d, (int64_t)after + 1);
    return doc_is_mark(d, after, ',') && !doc_joined(d, i) && verb->flags & TOK_LOWER &&
           doc_bits(d, (int64_t)after + 1) & says && shape_starts_sentence(d, j) &&
           doc_is_mark(d, (int64_t)i - 1, ',');
}

/* "Re: TOLLIVAR^MARGUN": capitals joined by a caret, of which none means anything else. */
static bool is_between_caret(const struct doc *d, uint32_t i, uint32_t j)
{
    enum { LEAST = 3 };
    const uint64_t other = LEX(MEDICAL) | LEX(DRUG) | LEX(ABBREVIATION) | LEX(UNIT) | LEX(FUNCTION);
    const struct lex_info *family = d->lex[j], *given = d->lex[i];
    if (!doc_is_mark(d, (int64_t)i - 1, '^') || !doc_joined(d, i) ||
        !doc_joined(d, (int64_t)i - 1) || !(d->tok[j].flags & d->tok[i].flags & TOK_UPPER) ||
        doc_joined(d, j) || d->tok[j].len < LEAST || d->tok[i].len < LEAST ||
        (family->bits | given->bits) & other)
        return false;
    return !family->bits || family->surname > family->word || !given->bits ||
           given->given > given->word;
}

/* Where the entry begins whose comma or caret stands right before token i: at a column's edge, or behind a cue. */
static bool entry_before(const struct doc *d, uint32_t i, uint32_t *first, bool *led)
{
    uint32_t j = i - 1; /* the mark */
    for (uint32_t n = 0; n < 2 * FAMILY_MAX && j > 0; n++) {
        j--;
        const struct token *t = &d->tok[j];
        bool part = t->kind == TOK_WORD ? (t->flags & TOK_CAP) != 0
                                        : (t->hash == '-' || t->hash == '\'') && doc_joined(d, j);
        if (!part) return false;
        *led = t->kind == TOK_WORD && name_field_is_asked(d, j);
        *first = j;
        if (*led || j == 0 || (t->flags & TOK_LINE) || shape_opens_column(d, j) ||
            doc_is_mark(d, (int64_t)j - 1, '|') || doc_is_mark(d, (int64_t)j - 1, '[') ||
            (doc_is_mark(d, (int64_t)j - 1, '^') && !doc_joined(d, j)) || /* "PV1: 5W ^ " */
            is_told_of(d, i, j) || is_told_between(d, i, j) || is_between_caret(d, i, j))
            return true;
    }
    return false;
}

/* "1047512 <tab> Quistleford, Ilvana": in the column behind the number that opens its row. */
static bool is_after_record(const struct doc *d, uint32_t i)
{
    const struct token *n = doc_tok(d, (int64_t)i - 1);
    return n->kind == TOK_NUMBER && n->len >= LONG_NUMBER && n->flags & TOK_LINE &&
           shape_opens_column(d, i) && !(d->tok[i].flags & TOK_LINE);
}

/* The word behind the comma of an entry. */
static uint32_t given_of(const struct doc *d, const struct name_entry *x)
{
    uint32_t i = x->first;
    while (i < x->last && !doc_is_mark(d, i, ','))
        i++;
    return MIN(i + 1, x->last);
}

bool name_entry_is_told(const struct doc *d, const struct name_entry *x, bool led)
{
    uint32_t after = x->last + 1;
    bool beside = has_number_beside(d, after);
    bool ends = after >= d->n || d->tok[after].flags & TOK_LINE || shape_opens_column(d, after);
    if (x->is_caret) return x->n_new || beside;
    if (!x->n_new) return false;
    /* "TARROW, OKELVA (8137)": the last four of a number; "[Tarrow, Okelva] [2023-01-07" */
    if (x->is_upper && doc_is_mark(d, after, '(') && doc_tok(d, after + 1)->len == 4 &&
        doc_tok(d, after + 1)->kind == TOK_NUMBER && doc_is_mark(d, after + 2, ')'))
        return true;
    if (doc_is_mark(d, (int64_t)x->first - 1, '['))
        return doc_is_mark(d, after, ']') && doc_is_mark(d, after + 1, '[');
    /* "Tarrow, Okelva   Sep. 2, 1978": two words that mean nothing else, and a day in the next column */
    if (x->n_new > 1 && !led && after < d->n && shape_opens_column(d, after) &&
        !(d->tok[after].flags & TOK_LINE) &&
        (d->lex[after]->bits & LEX(MONTH) || d->tok[after].kind == TOK_NUMBER))
        return true;
    if (is_told_of(d, x->last, x->first)) return true;
    if (is_after_record(d, x->first)) return true;
    if (d->tok[x->last].flags & TOK_CAP && !d->lex[x->first]->bits &&
        is_told_between(d, given_of(d, x), x->first))
        return true;
    if (led) return ends || beside || x->is_upper || doc_tok(d, after)->kind == TOK_MARK;
    return beside || (x->is_upper && ends && is_after_page(d, x->first));
}

/* "Khom Di⏎NPI: …": capital words alone on the line above what only a person has a number of. */
SELDOM static err above_number(const struct doc *d, uint32_t i, const uint8_t *taken,
                               struct findings *out)
{
    const uint64_t never = NAME_REGISTER_NEVER & ~LEX(MEDICAL);
    uint32_t first = i, last = i - 1, n = 0;
    while (last > 0 && name_run_is_credential(d, last) && !(d->tok[last].flags & TOK_LINE))
        last--;
    for (first = last + 1; first > 0 && n <= FAMILY_MAX;) {
        const struct token *t = &d->tok[--first];
        bool dot = t->kind == TOK_MARK && t->hash == '.' && doc_joined(d, first) &&
                   doc_tok(d, (int64_t)first - 1)->len == 1;
        if (taken[first] || d->shield[first] || (!dot && shape_of(d, first) != SHAPE_TITLE))
            return OK;
        if (t->len > 1 && d->lex[first]->bits & never && !name_register_is_name(d->lex[first]) &&
            !(d->lex[first]->bits & LEX(PARTICLE)))
            return OK;
        n += t->kind == TOK_WORD;
        if (t->flags & TOK_LINE) break;
    }
    if (n < 2 || n > FAMILY_MAX || (first && !(d->tok[first].flags & TOK_LINE))) return OK;
    if (d->lex[first]->bits && !(d->lex[first]->bits & (LEX_GIVEN | LEX(NICK)))) return OK;
    return findings_add(out, doc_finding(d, first, last, LABEL_NAME, RULE_NAME_LIST, 0.85F));
}

/* "Ivy Weak, MRN Z-92364": the capital words before a comma and the word for a record's number. */
SELDOM static err before_record(const struct doc *d, uint32_t i, const uint8_t *taken,
                                struct findings *out)
{
    uint32_t first = i - 1, n = 0;
    while (first > 0 && n < 4 && !taken[first - 1] && !d->shield[first - 1]) {
        const struct token *t = &d->tok[first - 1];
        bool joint =
            t->kind == TOK_MARK && (t->hash == '-' || t->hash == '\'') && doc_joined(d, first);
        if (!joint && (t->kind != TOK_WORD || shape_of(d, (int64_t)first - 1) != SHAPE_TITLE))
            break;
        /* "Honor Husband, MRN" has a given name before it, "Patient Name, MRN" has none */
        const struct lex_info *given = first > 1 ? d->lex[first - 2] : d->lex[first - 1];
        bool named = n == 0 && given->given >= 2 && !(given->bits & LEX(NAME_CUE));
        if (!joint && !named &&
            (doc_bits(d, (int64_t)first - 1) & (LEX(TITLE) | LEX(NAME_CUE) | LEX(CLINICIAN))))
            break;
        first--;
        n += !joint;
        if (d->tok[first].flags & TOK_LINE) break;
    }
    if (n < 2 || (doc_tok(d, i)->flags & TOK_LINE)) return OK;
    return findings_add(out, doc_finding(d, first, i - 2, LABEL_NAME, RULE_NAME_COMMA, 0.9F));
}

/* "Do, Kim": a line of its own, in which a given name follows a word of the language and a comma. */
static err whole_line(const struct doc *d, uint32_t i, struct findings *out)
{
    const uint32_t first = i - 2, last = shape_word_end(d, i);
    const struct token *t = &d->tok[first];
    bool ends = last + 1 >= d->n || d->tok[last + 1].flags & TOK_LINE;
    if (!ends || (first && !(t->flags & TOK_LINE)) || d->tok[i].flags & TOK_LINE) return OK;
    if (!name_run_is_short_surname(d, first) || d->lex[i]->given < 3 || d->lex[i]->word > 2 ||
        !(d->tok[i].flags & TOK_CAP))
        return OK;
    return findings_add(out, doc_finding(d, first, last, LABEL_NAME, RULE_NAME_COMMA, 0.8F));
}

/* "THUY DO IS A 49-YEAR-OLD": the subject of a sentence about an age, though its words mean other things too. The
 * number is token i. */
static err before_age(const struct doc *d, uint32_t i, const uint8_t *taken, struct findings *out)
{
    uint32_t is = i - 2, first = is, n = 0;
    bool any_name = false;
    if (!doc_is_word(d, is, VIEW("is")) || !is_age(d, i) || d->tok[is].flags & TOK_LINE) return OK;
    while (first > 0 && n < FAMILY_MAX) {
        const struct token *t = &d->tok[first - 1];
        const struct lex_info *l = d->lex[first - 1];
        if (t->kind != TOK_WORD || !(t->flags & TOK_CAP) || d->shield[first - 1] ||
            name_field_is_role(d, (int64_t)first - 1))
            break;
        const int rank = MAX(l->given, l->surname);
        if (l->bits & (LEX(NAME_CUE) | LEX(RELATIVE) | LEX(CLINICIAN) | LEX(TITLE))) return OK;
        if (l->bits && rank < 1 && !(l->bits & LEX(PARTICLE))) return OK;
        any_name |= !l->bits || rank > l->word;
        first--;
        n++;
        if (t->flags & TOK_LINE) break;
    }
    if (n < 2 || !any_name || !shape_starts_sentence(d, first)) return OK;
    for (uint32_t k = first; k < is; k++)
        if (!taken[k])
            return findings_add(out,
                                doc_finding(d, first, is - 1, LABEL_NAME, RULE_NAME_PERSON, 0.85F));
    return OK;
}

err name_registers(const struct doc *d, const struct name_spots *s, const uint8_t *taken,
                   struct findings *out)
{
    err e = OK;
    TRY(name_field_answers(d, s, taken, out));
    for (uint32_t k = 0; k < s->numbers.n; k++) {
        if (!(s->numbers.v[k].rules & NAME_SPOT_AGE)) continue;
        const uint32_t i = s->numbers.v[k].at;
        if (i > 3 && d->tok[i].len <= 3 && doc_is_word(d, (int64_t)i - 1, VIEW("a")))
            TRY(before_age(d, i, taken, out));
    }
    for (uint32_t k = 0, next = 0; k < s->words.n; k++) {
        if (!(s->words.v[k].rules & NAME_SPOT_ENTRY)) continue;
        uint32_t i = s->words.v[k].at, first;
        bool led;
        struct name_entry x;
        if (i < 2 || i < next) continue;
        const struct token *mark = &d->tok[i - 1];
        if (d->tok[i].flags & TOK_LINE &&
            d->lex[i]->bits & (LEX(CUE_NPI) | LEX(CUE_DEA) | LEX(CUE_LICENSE) | LEX(CUE_MRN)))
            TRY(above_number(d, i, taken, out));
        if ((d->lex[i]->bits & LEX(CUE_MRN)) && doc_is_mark(d, (int64_t)i - 1, ','))
            TRY(before_record(d, i, taken, out));
        if (mark->kind != TOK_MARK || (mark->hash != ',' && mark->hash != '^')) continue;
        if (mark->hash == ',' && !taken[i]) TRY(whole_line(d, i, out));
        if (!entry_before(d, i, &first, &led) || first < next || taken[first]) continue;
        if (!name_entry_at(d, first, led || mark->hash == '^', &x) ||
            !name_entry_is_told(d, &x, led) ||
            (taken[x.last] && !(led && doc_is_mark(d, (int64_t)first - 1,
                                                   '/')))) /* "/es/ HALE,REX, MD" is no town */
            continue;
        TRY(findings_add(out, doc_finding(d, x.first, x.last, LABEL_NAME, RULE_NAME_COMMA, 0.9F)));
        next = x.last + 1;
    }
out:
    return e;
}
