/* detect/organization_small.c — houses and towns in texts typed without capitals, where nothing else stands.
 *
 *     who sees dr roe at sunnyside     age 76, seen at twin oaks     st odo visiting hours     lives elk prairie, rtc
 *
 * A word of the language is taken where the sentence, the search or its part ends behind it. See organization_inside.h. */
#include "detect/organization_inside.h"
#include "detect/wordset.h"

enum { WORDS = 3, USUAL = 5, RARE = 3 };
enum { W_AT = 1, W_DOCTOR = 2, W_NEVER = 4, W_SAINT = 8 };
static const struct wordset_row rows[] = {
    { "seen works worked working job stays staying lives living admitted treated hospitalized "
      "followed",
      W_AT },
    { "dr doctor drs", W_DOCTOR },
    { "home bedside work school night noon clinic hospital baseline rest time times discharge "
      "follow followup er ed "
      "triage midnight church once lunch dinner outside urgent care primary our your their the "
      "this that same other "
      "facility office pharmacy least most day risk alone independently with together upstairs "
      "downstairs nearby far "
      "local nursing assisted group rehab snf ltc apartment house motel shelter street family here "
      "there now "
      "what when where which icu nicu picu covid maternity ward unit floor dialysis lab infusion "
      "cancer surgery visit "
      "visits birth level station desk room nights days present first last all large ease peace "
      "high low",
      W_NEVER },
    { "st saint ss", W_SAINT },
};
static struct wordset words = WORDSET(rows);
WORDSET_CLASS_AT(cls, words)

/* May the word at i be in such a name? */
static bool is_part(const struct doc *d, uint32_t i)
{
    const uint64_t never = LEX(FUNCTION) | LEX(DRUG) | LEX(UNIT) | LEX(ABBREVIATION) |
                           LEX(MEDICAL) | LEX(CLINICIAN) | LEX(RELATIVE) | LEX(MONTH) |
                           LEX(WEEKDAY) | LEX(STATE) | LEX(COUNTRY) | LEX(DEMONYM) | LEX(TITLE) |
                           LEX(PERSON_VERB) | LEX(NUMBER_WORD);
    if (i >= d->n || d->tok[i].kind != TOK_WORD || d->shield[i] || cls(d, i) & W_NEVER)
        return false;
    if (cls(d, i) & W_SAINT || doc_is_word(d, i, VIEW("twin"))) return true;
    return d->tok[i].len > 2 && d->lex[i]->word <= USUAL &&
           (!(d->lex[i]->bits & never) || (d->lex[i]->bits & LEX(PLACE) && d->lex[i]->place));
}

/* Does the sentence or a part of it end before token i? */
static bool ends_before(const struct doc *d, uint32_t i)
{
    const struct token *t = doc_tok(d, i);
    if (t->hash == '\'' || t->hash == '-' || t->hash == '/') return !doc_joined(d, i);
    return i >= d->n || t->flags & TOK_LINE || t->kind != TOK_WORD ||
           d->lex[i]->bits & LEX(FUNCTION);
}

/* From token i on one to three words that end there; the last of them. False when it is none, or too usual a word. */
static bool run_at(const struct doc *d, uint32_t i, uint32_t *last)
{
    uint32_t j = i, rare = 0;
    for (; j < i + WORDS && is_part(d, j) && (j == i || !(d->tok[j].flags & TOK_LINE)); j++)
        rare += !d->lex[j]->bits || cls(d, j) & W_SAINT || d->lex[j]->bits & LEX(PLACE) ||
                (d->lex[j]->word < RARE && d->tok[j].len > 3);
    *last = j - 1;
    return j > i && ends_before(d, j) && rare && !(cls(d, *last) & W_SAINT) &&
           !(j == i + 1 && d->lex[i]->bits & LEX_GIVEN && !(d->lex[i]->bits & LEX(PLACE)));
}

/* "seen at", "dr roe at", "dr ann roe at": does the "at" at token b lead to a house? */
static bool is_led(const struct doc *d, int64_t b)
{
    return cls(d, b - 1) & W_AT || cls(d, b - 2) & W_DOCTOR || cls(d, b - 3) & W_DOCTOR;
}

static err add(const struct doc *d, uint32_t first, uint32_t last, enum label label,
               struct findings *out)
{
    struct finding x = doc_finding(d, first, last, label, RULE_ORG_AT, 0.7F);
    if (label == LABEL_LOCATION) x.part = PART_TOWN;
    return findings_add(out, x);
}

/* "sunnyside visiting hours": what somebody looks for, before the "visiting" at token i, from the line's beginning on. */
static err searched(const struct doc *d, uint32_t i, struct findings *out)
{
    uint32_t first = i, last;
    if (!doc_is_word(d, (int64_t)i + 1, VIEW("hours"))) return OK;
    while (first > 0 && i - first <= WORDS && !(d->tok[first].flags & TOK_LINE))
        first--;
    first += d->tok[first].kind == TOK_MARK;
    first += doc_is_word(d, first, VIEW("the"));
    if (first >= i || i - first > WORDS) return OK;
    for (last = first; last < i; last++)
        if (!is_part(d, last) &&
            !(last + 1 == i && last > first && doc_bits(d, last) & LEX(ORG_HEAD)))
            return OK;
    return add(d, first, i - 1, LABEL_ORGANIZATION, out);
}

err organization_small(const struct doc *d, struct findings *out)
{
    err e = OK;
    const uint64_t at = token_hash_literal(VIEW("at")), lives = token_hash_literal(VIEW("lives")),
                   visiting = token_hash_literal(VIEW("visiting"));
    for (uint32_t i = 1; i < d->n; i++) {
        const uint64_t before = d->tok[i - 1].hash;
        uint32_t last;
        if (UNLIKELY(d->tok[i].hash == visiting)) TRY(searched(d, i, out));
        if (LIKELY((before != at) & (before != lives)) || d->tok[i].flags & TOK_LINE) continue;
        if (before == at ? !is_led(d, (int64_t)i - 1) : false) continue;
        const uint32_t first = i + doc_is_word(d, i, VIEW("the"));
        if (!run_at(d, first, &last)) continue;
        TRY(add(d, first, last, before == at ? LABEL_ORGANIZATION : LABEL_LOCATION, out));
        i = last;
    }
out:
    return e;
}
