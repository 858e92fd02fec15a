#include "detect/known.h"

#include "detect/known_set.h"
#include "detect/shape.h"

enum { USUAL_WORD = 2, EVERYDAY_WORD = 5, FREQUENT_GIVEN = 6 };

/* What a name may also be in a chart. */
static const uint64_t LANGUAGE =
    LEX(MEDICAL) | LEX(DRUG) | LEX(UNIT) | LEX(ABBREVIATION) | LEX(MONTH) | LEX(WEEKDAY) |
    LEX(SEASON) | LEX(HOLIDAY) | LEX(FUNCTION) | LEX(NUMBER_WORD) | LEX(TITLE) | LEX(RELATIVE) |
    LEX(CLINICIAN) | LEX(DIRECTION) | LEX(NAME_CUE) | LEX(EPONYM_HEAD) | LEX(DEMONYM);

bool known_is_language(const struct lex_info *l)
{
    return l->word >= USUAL_WORD || (l->bits & LANGUAGE);
}

bool known_is_given(const struct lex_info *l)
{
    return l->given >= FREQUENT_GIVEN && l->word < EVERYDAY_WORD && !(l->bits & LANGUAGE);
}

bool known_is_set_apart(const struct token *next)
{
    if (!next || (next->flags & TOK_LINE)) return true;
    if (next->kind != TOK_MARK) return false;
    if (next->hash == '-' || next->hash == '(') return next->flags & TOK_SPACE;
    return next->hash == ':' || next->hash == ',' || next->hash == ';';
}

/* Nothing else stands in the text. */
static bool is_whole(const struct doc *d, uint32_t i)
{
    enum { MARKS_AROUND = 4 };
    if (d->n > 1 + MARKS_AROUND) return false;
    for (uint32_t j = 0; j < d->n; j++)
        if (j != i && d->tok[j].kind != TOK_MARK) return false;
    return true;
}

static bool is_before_deed(const struct doc *d, uint32_t i)
{
    uint32_t next = shape_after_possessive(d, i);
    return next != i + 1 || (doc_bits(d, next) & LEX(PERSON_VERB));
}

static bool has_title(const struct doc *d, uint32_t i)
{
    int64_t at = (int64_t)i - 1;
    if (doc_is_mark(d, at, '.')) at--;
    return (doc_bits(d, at) & LEX(TITLE)) != 0;
}

bool known_is_sure(const struct doc *d, uint32_t i)
{
    const struct token *t = &d->tok[i];
    enum shape shape = shape_of(d, i);
    if (t->kind != TOK_WORD) return true;
    if (has_title(d, i)) return true;
    if (!known_is_language(d->lex[i])) return t->len > 2 || shape != SHAPE_LOWER;
    if (is_whole(d, i)) return true;
    if (shape == SHAPE_TITLE)
        return known_is_given(d->lex[i]) || !shape_starts_sentence(d, i) || is_before_deed(d, i) ||
               known_is_set_apart(i + 1 < d->n ? t + 1 : NULL);
    if (shape == SHAPE_ACRONYM) return known_is_given(d->lex[i]);
    if (shape != SHAPE_BLANK) return false;
    return !(d->lex[i]->bits & LANGUAGE) && d->lex[i]->word < EVERYDAY_WORD;
}

static err phrase_at(const struct known *k, const struct doc *d, uint32_t i, uint32_t of,
                     struct findings *out)
{
    const struct known_phrase *p = &k->phrases[of];
    uint32_t last = i;
    bool sure = false, has_number = false;
    if (!site_phrase_at(d, i, &p->words, &last)) return OK;
    for (uint32_t j = i; j <= last; j++) {
        if (d->shield[j] & SHIELD_TAG) return OK;
        if ((d->shield[j] & (SHIELD_EPONYM | SHIELD_PHRASE)) && p->words.n < 2) return OK;
        has_number |= d->tok[j].kind == TOK_NUMBER;
        sure |= d->tok[j].kind == TOK_WORD && known_is_sure(d, j);
    }
    if (!sure && !(has_number && p->words.n > 1)) return OK;
    if (p->takes_street_type && (doc_bits(d, (int64_t)last + 1) & LEX(STREET_TYPE))) last++;
    struct finding x = doc_finding(d, i, last, (enum label)p->label, RULE_KNOWN_PHRASE, 1.0F);
    x.source = SOURCE_KNOWN;
    x.part = p->part;
    x.role = p->role;
    return findings_add(out, x);
}

static err phrases_at(const struct known *k, const struct doc *d, uint32_t i, uint64_t hash,
                      uint32_t use, struct findings *out)
{
    for (; use != KNOWN_NONE; use = known_use_from(k, k->uses[use].next, hash)) {
        if (k->uses[use].kind != KNOWN_PHRASE) break;
        err e = phrase_at(k, d, i, k->uses[use].of, out);
        if (e) return e;
    }
    return OK;
}

/* A word that no list knows, or one that is known as a name alone. */
static bool may_be_typo(const struct doc *d, uint32_t i)
{
    const struct lex_info *l = d->lex[i];
    return d->tok[i].len + 1 >= TYPO_MIN && !known_is_language(l) && !(l->bits & LEX(EPONYM));
}

static err word_at(const struct known *k, const struct doc *d, uint32_t i, uint32_t *next,
                   struct findings *out)
{
    err e = OK;
    const struct token *t = &d->tok[i];
    bool is_known = false;
    for (const struct known *s = known_lowest(k); s; s = known_above(k, s)) {
        uint32_t use = known_first_use(s, t->hash);
        is_known |= use != KNOWN_NONE;
        TRY(phrases_at(s, d, i, t->hash, use, out));
    }
    if (is_known)
        TRY(known_name_at(k, d, i, next, out));
    else if (may_be_typo(d, i))
        TRY(known_typo_at(k, d, i, out));
    if (t->len <= 3 && (t->flags & TOK_UPPER)) TRY(known_initials_at(k, d, i, out));
out:
    return e;
}

err known_find(const struct known *k, const struct doc *d, struct findings *out)
{
    err e = OK;
    for (uint32_t i = 0; i < d->n;) {
        const struct token *t = &d->tok[i];
        uint32_t next = i + 1;
        if (t->kind == TOK_MARK) {
            i = next;
            continue;
        }
        if (t->kind == TOK_WORD) TRY(word_at(k, d, i, &next, out));
        if (t->kind == TOK_WORD && i + 1 < d->n && (t[1].flags & TOK_LINE))
            TRY(known_broken_at(k, d, i, &next, out));
        int sign = k->number_first ? known_sign(d->text.p[t->start]) : -1;
        if (sign >= 0 && (k->number_first >> sign & 1)) TRY(known_number_at(k, d, i, out));
        if (t->kind == TOK_NUMBER && k->has_number_phrases) {
            struct site_step step;
            uint64_t key = site_phrase_begin(d, i, &step) ? step.key : 0;
            for (const struct known *s = known_lowest(k); s && key; s = known_above(k, s))
                TRY(phrases_at(s, d, i, key, known_first_use(s, key), out));
        }
        if (k->has_births) TRY(known_birth_at(k, d, i, out));
        i = next;
    }
out:
    return e;
}
