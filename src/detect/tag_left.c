/* detect/tag_left.c — see tag_left.h. */
#include "detect/tag_left.h"

#include "detect/date_judge_numbers.h"
#include "detect/id_kinds.h"
#include "detect/measure_words.h"
#include "detect/shape.h"
#include "detect/tag_gate_inside.h"
#include "detect/wordset.h"

/* What is counted, graded or told by two numbers, and what is asked how often. */
static bool counts_before(const struct doc *d, uint32_t first)
{
    static const struct wordset_row rows[] = {
        { "shift grade grad stage class version ratio score scored level size grades about "
          "approximately every now prev ate eaten took drank sees flow flows fw v ver index for "
          "than past over under only nearly almost another stage part parts chapter page x times "
          "vs versus minus plus "
          "vision power gauge model number no is are was were be been has have had a an each "
          "between averaging around "
          /* scales, instruments and what is read off them */
          "reps sets set norton epworth tinetti bishop morse berg rankin beck braden apgar apgars "
          "moca "
          "mmse ecog karnofsky katz lawton barthel gleason hamilton ransom zarit rinne asia fundus "
          "station dilated dilation effaced cervix strength reflex reflexes pupils pulses murmur "
          "edema rated rates rating graded cores core lens lenses sphere cyl add bite blade needle "
          "latch pass suture gown cuff ring leak tidal pump basal bolus setting settings rev "
          "revision diff "
          "target goal normal norm range reference trach gait motor sensory tone",
          1 },
    };
    static struct wordset set = WORDSET(rows);
    return wordset_class(wordset_ready(&set), doc_tok(d, (int64_t)first - 1)) != 0;
}

/* "4/5 strength", "2/14 positive nodes", "3/4 of tray eaten", but "9/24 of last year": what is shared or graded behind
 * token `last`. */
static bool counts_behind(const struct doc *d, uint32_t last)
{
    static const struct wordset_row rows[] = {
        { "strength strong positive nodes cores reflexes pulses bilaterally bilateral throughout "
          "symmetric correct eaten taken consumed ppd pack packs dilated",
          1 },
        { "this last that the each every", 2 },
    };
    static struct wordset set = WORDSET(rows);
    const struct wordset *w = wordset_ready(&set);
    const struct token *t = doc_tok(d, (int64_t)last + 1);
    if (t->kind != TOK_WORD || t->flags & TOK_LINE) return false;
    if (wordset_class(w, t) & 1) return true;
    const struct token *next = doc_tok(d, (int64_t)last + 2);
    return doc_is_word(d, (int64_t)last + 1, VIEW("of")) && next->kind == TOK_WORD &&
           !(wordset_class(w, next) & 2);
}

/* "2/6", "4/10": shares and grades are written so. */
static bool is_share(const struct doc *d, uint32_t first)
{
    const uint64_t a = d->tok[first].hash, b = d->tok[first + 2].hash;
    return a <= b && (b <= 6 || b == 8 || b == 10 || b == 12);
}

/* "Hgb 8.7", "Vioxx 12.5": what stands straight before, or two words before, has a value. */
static bool is_measured(const struct doc *d, uint32_t first)
{
    enum { NEAR = 3 };
    for (uint32_t i = first, n = 0; i > 0 && n < NEAR && !(d->tok[i].flags & TOK_LINE); n++) {
        const struct token *t = &d->tok[--i];
        if (t->kind == TOK_MARK && (t->hash == ';' || (t->hash == '.' && n))) break;
        if (t->kind != TOK_WORD) continue;
        if (doc_bits(d, i) & (LEX(DRUG) | LEX(UNIT)) ||
            wordset_class(measure_words(), t) & (MW_BEFORE | MW_PAIR | MW_GENE))
            return true;
        /* "called K 6.7", "VRd 3/28": letters that stand for a value or a course */
        if (!n && t->len < 4 && t->len > 1 && d->text.p[t->start + 1] <= 'Z') return true;
        if (!n && t->len == 1 && t->flags & TOK_UPPER) return true;
    }
    return false;
}

bool tag_left_is_pair(const struct doc *d, uint32_t first)
{
    const uint32_t last = first + 2;
    const struct token *a = &d->tok[first], *m = a + 1, *b = a + 2;
    if (last >= d->n || !first || a->len > 2 || b->len > 2 || a->hash > 12 || !a->hash)
        return false;
    if (b->kind != TOK_NUMBER || !b->hash || b->hash > 31 || b->flags & TOK_SPACE) return false;
    return (m->hash == '/' || m->hash == '-' || m->hash == '.') && !(m->flags & TOK_SPACE) &&
           a->flags & TOK_SPACE && !(d->shield[first] | d->shield[last]);
}

bool tag_left_may_be_day(const struct doc *d, uint32_t first)
{
    const uint32_t last = first + 2;
    if (!tag_left_is_pair(d, first)) return false;
    if (doc_joined(d, last + 1) &&
        (doc_tok(d, (int64_t)last + 1)->kind != TOK_MARK || doc_joined(d, last + 2) ||
         doc_is_mark(d, last + 1, '%') || doc_is_mark(d, last + 1, '"')))
        return false;
    const struct token *before = doc_tok(d, (int64_t)first - 1);
    const bool opens = d->tok[first].flags & TOK_LINE;
    if (!opens && (before->kind == TOK_NUMBER ||
                   (before->kind == TOK_MARK && (before->hash == '+' || before->hash == '#'))))
        return false;
    /* "1.3 on 5/6", "1.2 (3/15)": a value and its day; "3/1 | 2.9 |": a row of values */
    if (doc_is_mark(d, first + 1, '.') &&
        (doc_is_word(d, (int64_t)last + 1, VIEW("on")) || doc_is_mark(d, (int64_t)last + 1, '(') ||
         doc_is_mark(d, (int64_t)first - 1, '|') || doc_is_mark(d, (int64_t)last + 1, '(')))
        return false;
    /* "6/18 R": an eye's */
    const struct token *behind = doc_tok(d, (int64_t)last + 1);
    if (behind->kind == TOK_WORD && behind->len == 1 && !(behind->flags & TOK_LINE)) return false;
    /* "bisop 1.25": a small word that no list has may be short for a drug */
    if (doc_is_mark(d, first + 1, '.') && before->kind == TOK_WORD && before->flags & TOK_LOWER &&
        !d->lex[first - 1]->bits && d->lex[first - 1]->word < 2)
        return false;
    return !counts_before(d, first) && !counts_behind(d, last) && !is_measured(d, first) &&
           !date_counts_things(d, last) &&
           !(doc_bits(d, (int64_t)last + 1) & (LEX(UNIT) | LEX(MEDICAL)));
}

bool tag_left_is_day(const struct doc *d, uint32_t first, float inside, bool beside)
{
    static const float LEAST = 0.12F, LEAST_DASHED = 0.15F, LEAST_DOTTED = 0.25F, LED = 0.25F;
    const uint32_t last = first + 2;
    const bool slash = doc_is_mark(d, first + 1, '/'), dash = doc_is_mark(d, first + 1, '-');
    const uint64_t a = d->tok[first].hash, b = d->tok[last].hash;
    const float least = slash ? LEAST : dash || b > 9 ? LEAST_DASHED : LEAST_DOTTED;
    if (inside < least || !tag_left_may_be_day(d, first)) return false;
    const uint64_t bits = doc_bits(d, (int64_t)first - 1);
    const struct token *behind = doc_tok(d, (int64_t)last + 1);
    /* "11/16 wrench" */
    if (slash && b == 16 && a % 2 && behind->kind == TOK_WORD && !doc_ends_line(d, last))
        return false;
    if (slash && is_share(d, first) && inside < TAG_TELLING && !beside) {
        const struct token *t = doc_tok(d, (int64_t)first - 1);
        const bool led =
            inside >= LED && t->kind == TOK_WORD && t->flags & TOK_LOWER && !(bits & LEX(FUNCTION));
        if (!shape_opens_column(d, first) && !led) return false;
        if (tag_bits_before(d, first, 5) & (LEX(MEDICAL) | LEX(ABBREVIATION))) return false;
    }
    /* "D: 9-12", "in 7-10", "Mon-Fri 8-5", "she works 12-8": from the one to the other */
    if (dash && ((a < b && (bits & LEX(FUNCTION) || doc_is_mark(d, (int64_t)first - 1, ':'))) ||
                 bits & (LEX(WEEKDAY) | LEX(PERSON_VERB))))
        return false;
    return true;
}

/* "T2N0M0", "pT1N1MX", "G3P2012", "CHA2DS2": a stage, a history of births, a score. */
static bool is_scored(const struct doc *d, const struct code *c)
{
    static const struct wordset_row rows[] = {
        { "t n m g p pt pn ypt ct cn cha chad chads bp wbc rbc hgb plt hct icd lot model ugt mda "
          "mdamb",
          1 },
    };
    static struct wordset set = WORDSET(rows);
    return wordset_class(wordset_ready(&set), doc_tok(d, (int64_t)c->first)) != 0 &&
           (doc_tok(d, (int64_t)c->first + 1)->len <= 2 || d->tok[c->first].len > 4);
}

/* "12-year-old", "140/74mmHg", "CYP2C19": a part of it is a unit, or means something in medicine. */
static bool has_meaning(const struct doc *d, const struct code *c)
{
    const uint64_t other = LEX(MEDICAL) | LEX(DRUG) | LEX(EPONYM) | LEX(MONTH) | LEX(WEEKDAY);
    for (uint32_t i = c->first; i <= c->last; i++)
        if (d->tok[i].kind == TOK_WORD && d->tok[i].len > 2 &&
            d->lex[i]->bits & (other | LEX(UNIT)))
            return true;
    return false;
}

/* "L858R", "F508", "PT G20210A", "E746_A750": a residue or a base, its place and what stands there instead. */
static bool is_variant(const struct code *c)
{
    return c->letters <= 2 && c->shape[0] == 'A' && ascii_is_digit(c->shape[1]) &&
           (!c->shape[2] || (c->shape[2] == 'A' && !c->shape[3]) || c->shape[2] == '_');
}

/* "PAOLA-1", "NUR-66": a study or a rule, and which of a few. */
static bool is_counted_few(const struct code *c)
{
    enum { LETTERS = 3, DIGITS = 2 };
    return c->letters >= LETTERS && c->digits <= DIGITS && strchr(c->shape, '-') &&
           ascii_is_digit(strchr(c->shape, '-')[1]);
}

enum { CODE_LEAST = 5, CODE_MANY = 8 };

bool tag_left_may_be_code(const struct doc *d, const struct code *c)
{
    if (!c->letters || (uint32_t)c->digits + c->letters < CODE_LEAST || !c->upper || c->measure ||
        !c->shape[0] || is_variant(c) || is_counted_few(c))
        return false;
    for (uint32_t i = c->first; i <= c->last; i++)
        if (d->shield[i] & ~SHIELD_MEASURE || d->tok[i].flags & TOK_LOWER) return false;
    if (id_is_of_science(d, c) || is_scored(d, c) || has_meaning(d, c) || id_is_misread(d, c))
        return false;
    return !doc_joined(d, c->first) && !(doc_bits(d, (int64_t)c->last + 1) & LEX(UNIT));
}

bool tag_left_is_code(const struct doc *d, const struct code *c, float inside)
{
    enum { NEAR = 2 };
    static const float LIKELY = 0.25F, HALF = 0.5F;
    if (tag_bits_before(d, c->first, NEAR) & (LEX(MEDICAL) | LEX(DRUG)))
        return inside >= TAG_TELLING;
    return inside >= ((uint32_t)c->digits + c->letters >= CODE_MANY ? LIKELY : HALF);
}
