/* place_asked.c — towns where a field or a code of the post asks for one: any capital words will do.
 *
 *     Township: Sorvik     Lives: Zelby w/ aunt     The Old Bakery, Nether Zelby, YO99 7QQ
 *     OUTREACH CLINIC - Zelby
 *
 * Source: 45 CFR 164.514(b)(2)(i)(B). */
#include "detect/detectors.h"
#include "detect/place.h"
#include "detect/taken.h"
#include "detect/wordset.h"

enum { SEGMENTS = 4, WORDS = 4, USUAL = 3 };
enum { W_FIELD = 1, W_NONE = 2, W_LIVES = 4 /* how, with whom or where */, W_HELD = 8 };
static const struct wordset_row rows[] = {
    { "pob city town village township municipality hometown birthplace suburb locality "
      "barangay brgy taluk tehsil mandal",
      W_FIELD },
    { "outreach satellite visiting branch station", W_HELD },
    { "lives resides residence lived", W_FIELD | W_LIVES },
    { "unknown none same see not yes no with alone home house apartment shelter state zip other "
      "independently together currently retired married single",
      W_NONE },
};
static struct wordset words = WORDSET(rows);
WORDSET_CLASS_AT(cls, words)

SELDOM static err add(const struct doc *d, uint32_t first, uint32_t last, struct findings *out)
{
    struct finding x = doc_finding(d, first, last, LABEL_LOCATION, RULE_PLACE_CUE, 0.85F);
    x.part = PART_TOWN;
    return findings_add(out, x);
}

/* "(Tq)", "(Dt)": a kind of district in short, at token i. */
static bool is_district(const struct doc *d, int64_t i)
{
    return doc_is_mark(d, i, '(') &&
           (doc_is_word(d, i + 1, VIEW("tq")) || doc_is_word(d, i + 1, VIEW("dt")) ||
            doc_is_word(d, i + 1, VIEW("tal")) || doc_is_word(d, i + 1, VIEW("teh")) ||
            doc_is_word(d, i + 1, VIEW("dist")) || doc_is_word(d, i + 1, VIEW("village")));
}

/* "R/o Kudligi (Tq)": resident of, as written in India; "R/o Sepsis" rules out. */
SELDOM static err resident_of(const struct doc *d, uint32_t i, struct findings *out)
{
    struct town t;
    bool is_new;
    const struct lex_info *l = d->lex[i];
    if (!doc_is_mark(d, (int64_t)i - 2, '/') || !doc_is_word(d, (int64_t)i - 3, VIEW("r")) ||
        d->tok[i - 1].flags & TOK_CAP || !place_run_at(d, i, &t, &is_new) ||
        !(is_district(d, (int64_t)t.last + 1) || (l->bits & LEX(PLACE) && l->word <= 1)))
        return OK;
    return add(d, t.first, t.last, out);
}

/* "Winters in Larkmead": a word of the language, which place.c does not look at. */
static err winters_in(const struct doc *d, uint32_t i, struct findings *out)
{
    struct town t;
    if (!d->lex[i]->bits || d->lex[i]->bits & ~LEX(WORD) || !place_told_at(d, i, &t)) return OK;
    return add(d, t.first, t.last, out);
}

/* "Township: Sorvik": the value begins at token i. */
static err asked(const struct doc *d, uint32_t i, struct findings *out)
{
    uint32_t field = cls(d, (int64_t)i - 2);
    if (doc_is_mark(d, (int64_t)i - 3, '/')) field |= cls(d, (int64_t)i - 4); /* "City/State:" */
    struct town t;
    bool is_new;
    if (!(field & W_FIELD) || cls(d, i) & W_NONE || !place_run_at(d, i, &t, &is_new)) return OK;
    const struct lex_info *l = d->lex[i];
    if (field & W_LIVES ? l->bits && !(l->bits & LEX(PLACE) && l->word < 2)
                        : !is_new && l->word > USUAL)
        return OK; /* "Lives: Independently" */
    return add(d, i, t.last, out);
}

/* "OUTREACH CLINIC - Zelby": the name is at token i, and nothing behind it. */
static err held_at(const struct doc *d, uint32_t i, struct findings *out)
{
    struct town t;
    if (doc_joined(d, i) || !(cls(d, (int64_t)i - 2) & W_HELD || cls(d, (int64_t)i - 3) & W_HELD) ||
        !place_any_at(d, i, &t) || (t.last + 1 < d->n && !(d->tok[t.last + 1].flags & TOK_LINE)))
        return OK;
    return add(d, i, t.last, out);
}

/* The first of the capital words that end at token `last`; last + 1 when there are none. */
static uint32_t segment_begin(const struct doc *d, uint32_t last)
{
    const uint64_t never = LEX(TITLE) | LEX(CREDENTIAL) | LEX(MONTH) | LEX(WEEKDAY) |
                           LEX(RELATIVE) | LEX(CLINICIAN) | LEX(NAME_CUE) | LEX(CUE_ADDRESS);
    uint32_t first = last + 1;
    for (uint32_t n = 0; first > 0 && n < WORDS; n++) {
        uint32_t j = first - 1;
        if (doc_is_mark(d, j, '-') && j > 0 && doc_joined(d, j) && doc_joined(d, first)) j--;
        const bool the = doc_is_word(d, j, VIEW("the")) && d->tok[j].flags & TOK_CAP;
        if (shape_of(d, j) != SHAPE_TITLE || d->tok[j].len < 2 || d->shield[j] ||
            (!the && doc_bits(d, j) & (never | LEX(FUNCTION)) && !(doc_bits(d, j) & LEX(PLACE))))
            break;
        first = j;
        if (the || d->tok[j].flags & TOK_LINE) break;
    }
    return first;
}

/* ", The Old Bakery, Nether Zelby, YO99 7QQ": back from the code at token `code`. */
SELDOM static err before_code(const struct doc *d, uint32_t code, struct findings *out)
{
    uint32_t first = code;
    if (code > 1 && doc_bits(d, (int64_t)code - 1) & LEX(STATE_CODE) && d->tok[code - 1].len == 2 &&
        !(d->tok[code].flags & TOK_LINE))
        first--; /* "Ottawa, ON K1A 0B1" */
    for (uint32_t n = 0; n < SEGMENTS && first > 1 && !(d->tok[first].flags & TOK_LINE); n++) {
        const uint32_t last = first - (doc_is_mark(d, (int64_t)first - 1, ',') ? 2 : 1);
        const uint32_t begin = segment_begin(d, last);
        const struct token *before = doc_tok(d, (int64_t)begin - 1);
        const bool opens =
            begin == 0 || d->tok[begin].flags & TOK_LINE || before->flags & TOK_LOWER ||
            before->kind == TOK_NUMBER ||
            (before->kind == TOK_MARK && before->hash != '.' && before->hash != '\'');
        if (begin > last || !opens) break;
        first = begin;
        if (begin == 0 || !doc_is_mark(d, (int64_t)begin - 1, ',')) break;
    }
    return first < code ? add(d, first, code, out) : OK;
}

err place_asked_find(const struct doc *d, struct findings *out)
{
    err e = OK;
    const uint64_t in = token_hash_literal(VIEW("in")), near = token_hash_literal(VIEW("near")),
                   o = token_hash_literal(VIEW("o"));
    const uint32_t n = out->n;
    for (uint32_t k = 0; k < d->called.n; k++) {
        const uint32_t i = d->called.v[k];
        const struct token *before = &d->tok[i - 1]; /* none of the list begins a line */
        if (UNLIKELY(before->hash == ':'))
            TRY(asked(d, i, out));
        else if (UNLIKELY(before->hash == '-' && before->kind == TOK_MARK))
            TRY(held_at(d, i, out));
        else if (UNLIKELY(before->hash == in || before->hash == near))
            TRY(winters_in(d, i, out));
        else if (UNLIKELY(before->len == 1 && before->hash == o))
            TRY(resident_of(d, i, out));
    }
    for (uint32_t k = 0; k < n; k++)
        if (out->v[k].rule == RULE_ZIP_CUE) {
            const uint32_t code = taken_token_at(d, out->v[k].start);
            /* of Britain, Ireland, Canada and Australia, which begin with letters */
            if (d->tok[code].kind == TOK_WORD) TRY(before_code(d, code, out));
        }
out:
    return e;
}
