#include "detect/shield.h"

/* "[NAME]", "[NAME-7QK2]": from '[' at i; returns the token of ']' or 0. */
SELDOM static uint32_t bracket_tag(const struct doc *d, uint32_t i)
{
    const struct token *word = doc_tok(d, i + 1);
    if (word->kind != TOK_WORD || !(word->flags & TOK_UPPER) || word->len < 2) return 0;
    /* "[Roe, Ann] [2024-03-11 20:22] [KRHC]": the house of a stamp, letters that no list has */
    if (!d->lex[i + 1]->bits && doc_is_mark(d, (int64_t)i - 1, ']') &&
        doc_tok(d, (int64_t)i - 2)->kind == TOK_NUMBER)
        return 0;
    uint32_t j = i + 2;
    if (doc_is_mark(d, j, '-')) /* the tag's letters and digits are several tokens */
        for (j++; doc_joined(d, j) && doc_tok(d, j)->kind != TOK_MARK; j++) {
            if (j - i > 8) return 0;
        }
    return doc_is_mark(d, j, ']') && doc_joined(d, j) ? j : 0;
}

/* "[** … **]" as the PhysioNet corpora write it; at most 30 tokens. */
SELDOM static uint32_t star_tag(const struct doc *d, uint32_t i)
{
    if (!doc_is_mark(d, i + 1, '*') || !doc_is_mark(d, i + 2, '*')) return 0;
    for (uint32_t j = i + 3; j < d->n && j < i + 33; j++)
        if (doc_is_mark(d, j, '*') && doc_is_mark(d, j + 1, '*') && doc_is_mark(d, j + 2, ']'))
            return j + 2;
    return 0;
}

static void shield_range(struct doc *d, uint32_t first, uint32_t last, uint8_t bit)
{
    for (uint32_t i = first; i <= last && i < d->n; i++)
        d->shield[i] |= bit;
}

static bool is_scrubbed(view w)
{
    if (w.n < 2) return false;
    for (size_t i = 0; i < w.n; i++)
        if (ascii_lower(w.p[i]) != 'x') return false;
    return w.n > 2 || w.p[0] == 'X';
}

void shield_tags(struct doc *d)
{
    for (uint32_t k = 0; k < d->marks.n; k++) {
        uint32_t i = d->marks.v[k], last = 0;
        if (UNLIKELY(d->tok[i].hash == '[')) {
            last = bracket_tag(d, i);
            if (!last) last = star_tag(d, i);
        } else if (UNLIKELY(d->tok[i].hash == '@') && doc_joined(d, i + 1) &&
                   doc_joined(d, i + 2) && (doc_tok(d, i + 1)->flags & TOK_UPPER) &&
                   doc_is_mark(d, i + 2, '@')) {
            last = i + 2;
        }
        if (LIKELY(!last) || d->shield[i]) continue;
        shield_range(d, i, last, SHIELD_TAG);
        d->n_said -= last - i;
    }
    for (uint32_t k = 0; k < d->hot.n; k++) {
        uint32_t i = d->hot.v[k];
        __builtin_prefetch(d->lex[i]); /* all that follows asks for it */
        if (UNLIKELY((d->text.p[d->tok[i].start] | 0x20) == 'x') && is_scrubbed(doc_view(d, i, i)))
            d->shield[i] |= SHIELD_TAG;
    }
}

/* Past a possessive "'s" or "'" after token i. */
static uint32_t after_possessive(const struct doc *d, uint32_t i)
{
    if (!doc_is_mark(d, i + 1, '\'') || !doc_joined(d, i + 1)) return i + 1;
    const struct token *s = doc_tok(d, i + 2);
    return s->kind == TOK_WORD && s->len == 1 && doc_joined(d, i + 2) ? i + 3 : i + 2;
}

/* "Dr. Parkinson", "Mr. Graves": a title or a clinical role in front makes it a person. */
static bool is_titled(const struct doc *d, uint32_t i)
{
    uint32_t j = i;
    if (j && doc_is_mark(d, j - 1, '.')) j--;
    return j && (doc_bits(d, j - 1) & LEX(TITLE));
}

SELDOM static bool is_part_of_town(const struct doc *d, uint32_t i)
{
    static const view parts[] = { { "area", 4 }, { "branch", 6 }, { "region", 6 }, { "line", 4 } };
    view w = doc_view(d, i, i);
    for (size_t k = 0; k < COUNT_OF(parts); k++)
        if (view_eq_nocase(w, parts[k])) return true;
    return false;
}

/* "Murphy's negative.", "Homans positive bilaterally": the finding of a test that is named after someone.
 * Not "Murphy's positive attitude": a noun does not follow. */
static bool is_test_result(const struct doc *d, uint32_t i)
{
    static const view results[] = { { "negative", 8 }, { "positive", 8 },  { "absent", 6 },
                                    { "present", 7 },  { "equivocal", 9 }, { "neg", 3 },
                                    { "pos", 3 } };
    if (i >= d->n || d->tok[i].kind != TOK_WORD) return false;
    view w = doc_view(d, i, i);
    const struct token *next = doc_tok(d, (int64_t)i + 1);
    bool ends = i + 1 >= d->n || next->kind != TOK_WORD || (next->flags & TOK_LINE) ||
                (doc_bits(d, (int64_t)i + 1) & LEX(FUNCTION)) ||
                (next->len > 4 && d->text.p[token_end(next) - 2] == 'l' &&
                 d->text.p[token_end(next) - 1] == 'y');
    for (size_t k = 0; ends && k < COUNT_OF(results); k++)
        if (view_eq_nocase(w, results[k])) return true;
    return false;
}

/* Does the lexicon know the phrase of the word at i and this head: "Murphy sign"? */
static bool is_known_with(const struct doc *d, uint32_t i, view head)
{
    const struct lex_info *entry;
    const struct token both[] = { d->tok[i],
                                  { .start = token_end(&d->tok[i]) + 1,
                                    .len = (uint16_t)head.n,
                                    .kind = TOK_WORD,
                                    .flags = TOK_SPACE | TOK_LOWER,
                                    .hash = token_hash_word(head) } };
    return lexicon_phrase(d->lexicon, d->lex[i], both, 2, &entry) == 2 &&
           entry->bits & (LEX(MEDICAL) | LEX(EPONYM));
}

/* "Murphy neg, Rovsing neg": the same without the possessive, as it is jotted down. "Jones neg for flu"
 * tells of a person. */
static bool is_jotted_result(const struct doc *d, uint32_t i)
{
    view w = i < d->n ? doc_view(d, i, i) : VIEW("");
    if (!view_eq_nocase(w, VIEW("neg")) && !view_eq_nocase(w, VIEW("pos"))) return false;
    return is_test_result(d, i) && !doc_is_word(d, (int64_t)i + 1, VIEW("for")) &&
           !doc_is_word(d, (int64_t)i + 1, VIEW("on"));
}

SELDOM static bool has_a_sign(const struct doc *d, uint32_t i)
{
    return is_known_with(d, i, VIEW("sign")) || is_known_with(d, i, VIEW("test"));
}

/* "Ballard 38 weeks", "Braden 18": a score that is named after someone, with its value and without the
 * word for it. "Ballard 38M" and "Braden, 18 yo" are persons. */
static bool is_scored(const struct doc *d, uint32_t i)
{
    const struct token *value = doc_tok(d, (int64_t)i + 1), *unit = doc_tok(d, (int64_t)i + 2);
    if (value->kind != TOK_NUMBER || value->len > 2 || value->flags & TOK_LINE) return false;
    bool ends = i + 2 >= d->n || unit->flags & TOK_LINE ||
                (unit->kind == TOK_MARK ? unit->hash != '/' && unit->hash != '-'
                                        : ascii_lower(d->text.p[unit->start]) == 'w' &&
                                              doc_bits(d, (int64_t)i + 2) & LEX(UNIT));
    return ends && (is_known_with(d, i, VIEW("score")) || is_known_with(d, i, VIEW("scale")));
}

/* "Hoyer x2": as many of them; whom hardly anybody is called like. */
static bool is_numbered(const struct doc *d, uint32_t i)
{
    enum { FEW = 3 };
    return doc_is_word(d, (int64_t)i + 1, VIEW("x")) &&
           doc_tok(d, (int64_t)i + 2)->kind == TOK_NUMBER && doc_joined(d, i + 2) &&
           d->lex[i]->surname <= FEW && !d->lex[i]->given && !is_titled(d, i);
}

/* "McDonald 2017 criteria" */
static bool is_dated_criteria(const struct doc *d, uint32_t i)
{
    const struct token *year = doc_tok(d, (int64_t)i + 1);
    return year->kind == TOK_NUMBER && year->len == 4 &&
           doc_bits(d, (int64_t)i + 2) & LEX(EPONYM_HEAD) &&
           d->lex[i]->bits & (LEX(EPONYM) | LEX(EPONYM_FAMILY)) && !is_titled(d, i);
}

/* "Graves and Hashimoto", "Burkitt/Hodgkin": two that medicine is called after, the second of whom few people are. The
 * token of the second, or 0. */
static uint32_t pair_end(const struct doc *d, uint32_t i)
{
    enum { FEW = 3 };
    const uint32_t joint = i + 1, other = i + 2;
    if (!(doc_is_word(d, joint, VIEW("and")) || doc_is_mark(d, joint, '/') ||
          doc_is_mark(d, joint, '&')) ||
        other >= d->n || !(d->lex[other]->bits & LEX(EPONYM)) || d->lex[other]->surname > FEW ||
        d->lex[other]->given || !(d->tok[other].flags & TOK_CAP) || d->tok[other].flags & TOK_LINE)
        return 0;
    return d->tok[i].flags & TOK_CAP ? other : 0;
}

bool shield_protects(uint64_t bits)
{
    const uint64_t is_protected = LEX(MEDICAL) | LEX(DRUG) | LEX(EPONYM);
    const uint64_t is_identity = LEX(PLACE) | LEX(ORG_NAME) | LEX(COUNTY) | LEX(STATE);
    return (bits & is_protected) && !(bits & is_identity);
}

/* May the word at i be an eponym beside what says so? A look at it and the next token, without a branch. */
static inline bool may_be_eponym(const struct doc *d, uint32_t i)
{
    const struct token *next = &d->tok[i + (i + 1 < d->n)];
    const bool known = d->lex[i]->bits & (LEX(EPONYM) | LEX(EPONYM_FAMILY));
    const bool model = ((next->flags & TOK_UPPER) != 0) & (next->len <= 4);
    return known | model | (next->kind == TOK_NUMBER) | (next->hash == '\'') |
           (next->hash == token_hash_literal(VIEW("neg"))) |
           (next->hash == token_hash_literal(VIEW("pos")));
}

void shield_eponyms(struct doc *d)
{
    for (uint32_t k = 0; k < d->n_phrases; k++) {
        const struct phrase *p = &d->phrases[k];
        if (!shield_protects(p->lex->bits)) continue;
        const bool called = shield_is_full_name(d, p);
        if (called && shield_is_told_of(d, p)) continue;
        shield_range(d, p->first, p->first + p->n - 1,
                     called ? SHIELD_PHRASE | SHIELD_CALLED : SHIELD_PHRASE);
    }
    for (uint32_t k = 0; k < d->hot.n; k++) {
        uint32_t i = d->hot.v[k];
        if (LIKELY(!may_be_eponym(d, i))) continue;
        bool is_eponym = (d->lex[i]->bits & LEX(EPONYM)) != 0;
        const struct token *after = doc_tok(d, (int64_t)i + 1);
        if ((after->kind == TOK_NUMBER || after->flags & TOK_UPPER) && after->len <= 4 &&
            d->tok[i].flags & TOK_CAP) {
            const uint32_t model = shield_model_end(d, i), end = shield_scale_at(d, i);
            if (model) {
                shield_range(d, i, model - 1, SHIELD_EPONYM);
                continue;
            }
            if (is_dated_criteria(d, i)) {
                shield_range(d, i, i + 2, SHIELD_EPONYM);
                continue;
            }
            if (end) {
                /* the first word of "New York" too */
                const struct phrase *p = i ? doc_phrase_at(d, i - 1) : NULL;
                shield_range(d, p && p->n == 2 ? i - 1 : i, end, SHIELD_EPONYM);
                continue;
            }
        }
        if (d->lex[i]->bits & (LEX(EPONYM) | LEX(EPONYM_FAMILY)) && !is_titled(d, i)) {
            const uint32_t end = shield_thing_end(d, i);
            if (end) {
                shield_range(d, i, end - 1, SHIELD_EPONYM);
                continue;
            }
        }
        if (doc_tok(d, (int64_t)i + 1)->kind == TOK_NUMBER && !is_titled(d, i) && is_scored(d, i)) {
            shield_range(d, i, i, SHIELD_EPONYM);
            continue;
        }
        const bool jotted = doc_tok(d, (int64_t)i + 1)->len == 3 && is_jotted_result(d, i + 1);
        if (!is_eponym && !jotted && !doc_is_mark(d, (int64_t)i + 1, '\'')) continue;
        if (is_titled(d, i)) continue;
        /* "Stevens-Johnson syndrome", "Parkinson's disease", "Mayo endoscopic score": the head may
         * follow one more word, which must not be a name itself unless it is an eponym too. */
        uint32_t j = after_possessive(d, i);
        if (((j > i + 1 && is_test_result(d, j)) || jotted) && (is_eponym || has_a_sign(d, i))) {
            shield_range(d, i, j, SHIELD_EPONYM);
            continue;
        }
        if (!is_eponym) continue;
        if (is_numbered(d, i)) {
            shield_range(d, i, i, SHIELD_EPONYM);
            continue;
        }
        const uint32_t pair = pair_end(d, i);
        if (pair) {
            shield_range(d, i, pair, SHIELD_EPONYM);
            continue;
        }
        for (int step = 0; step < 3 && j < d->n; step++) {
            if (doc_bits(d, j) & LEX(EPONYM_HEAD)) {
                /* "the Milwaukee area", "our Austin branch": a place, not Broca's area */
                if ((d->lex[i]->bits & LEX(PLACE)) && d->lex[i]->place >= 4 &&
                    is_part_of_town(d, j))
                    break;
                shield_range(d, i, j, SHIELD_EPONYM);
                break;
            }
            const struct token *t = doc_tok(d, j);
            if (t->kind == TOK_MARK && (t->hash == '-' || t->hash == '/'))
                j++;
            else if (t->kind == TOK_WORD &&
                     ((t->flags & TOK_LOWER) || (doc_bits(d, j) & LEX(EPONYM))) &&
                     !(doc_bits(d, j) & (LEX(FUNCTION) | LEX(PERSON_VERB) | LEX(PLACE_CUE))))
                j = after_possessive(d, j);
            else
                break;
        }
    }
}
