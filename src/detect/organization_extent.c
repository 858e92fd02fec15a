/* detect/organization_extent.c — from a head word to both sides, see organization_extent.h. */
#include "detect/organization_extent.h"

#include "detect/shape.h"
#include "detect/wordset.h"

enum { LEFT_MAX = 10 };

enum { W_CLIPPED = 1, W_OF_THE = 2 };
static const struct wordset_row rows[] = {
    { "vol univ med ctr reg mem gen hosp dept occ co cnty twp tech natl intl assoc", W_CLIPPED },
    /* before "of the": "Tip of the Mitt Clinic", "Heart of the Rockies Hospital" */
    { "tip top heart sisters daughters brothers missionaries land garden gardens star light crown "
      "spirit jewel pride gem valley mouth bend rim edge crossroads queen lake isle point shepherd "
      "lady angel angels keeper pearl voice path church medicine gate gateway center",
      W_OF_THE },
};
static struct wordset words = WORDSET(rows);
SELDOM WORDSET_CLASS_AT(cls, words)

/* The first of the initials whose last '.' is at token `dot`, `dot` itself when there are none: two, or one behind a
 * mark or a small word, which no other word ("vitamin C.") is. */
SELDOM static uint32_t initials_begin(const struct doc *d, uint32_t dot, uint32_t floor)
{
    uint32_t first = dot, n = 0;
    while (first >= floor + 2 && doc_is_mark(d, (int64_t)first - (n > 0), '.')) {
        const uint32_t i = first - 1 - (n > 0);
        if (d->tok[i].len != 1 || d->tok[i].kind != TOK_WORD || !(d->tok[i].flags & TOK_CAP) ||
            !doc_joined(d, i + 1))
            break;
        first = i;
        n++;
        if (d->tok[i].flags & TOK_LINE) break;
    }
    const bool led = first == 0 || d->tok[first].flags & TOK_LINE ||
                     doc_tok(d, (int64_t)first - 1)->kind == TOK_MARK ||
                     doc_bits(d, (int64_t)first - 1) & (LEX(FUNCTION) | LEX(PLACE_CUE));
    return n > 1 || (n && led) ? first : dot;
}

/* A new line or column: "Patient: Mary Ellis  Clinic: Elm" has two fields. */
static bool begins_field(const struct doc *d, uint32_t i)
{
    return doc_tok(d, i)->flags & TOK_LINE || shape_opens_column(d, i);
}

/* "Tip of the Mitt", before the name that goes on at i: where it begins, or i. */
static uint32_t of_the_begin(const struct doc *d, uint32_t i, uint32_t floor)
{
    if (i < floor + 3 || !doc_is_word(d, (int64_t)i - 1, VIEW("the")) ||
        !doc_is_word(d, (int64_t)i - 2, VIEW("of")) || !(cls(d, i - 3) & W_OF_THE) ||
        !(d->tok[i - 3].flags & TOK_CAP) || begins_field(d, i - 1) || begins_field(d, i - 2))
        return i;
    return i - 3;
}

/* "Nags Head Lab": where the town of two words that ends in the word at j begins, whatever these mean; else j. */
static uint32_t town_begin(const struct doc *d, uint32_t j, uint32_t floor)
{
    if (j <= floor || begins_field(d, j) || !(d->tok[j].flags & TOK_CAP)) return j;
    const struct phrase *p = doc_phrase_at(d, j - 1);
    return p && p->n == 2 && p->lex->bits & LEX(PLACE) && shape_of(d, j - 1) == SHAPE_TITLE &&
                   !d->shield[j - 1]
               ? j - 1
               : j;
}

/* A mark that a name may go on over: '.', '-', '&' or '/'. */
static inline bool is_joint(const struct token *t)
{
    static const uint64_t joints =
        DOC_MARK_BIT('.') | DOC_MARK_BIT('-') | DOC_MARK_BIT('&') | DOC_MARK_BIT('/');
    const uint64_t mark = t->hash - 0x20;
    return mark < 64 && joints >> mark & 1;
}

void extent_left(const struct doc *d, struct extent *s, uint32_t floor)
{
    uint32_t i = s->first;
    for (int steps = 0; i > floor && steps < LEFT_MAX; steps++) {
        if (begins_field(d, i)) break;
        uint32_t j = i - 1;
        const struct token *t = doc_tok(d, j);
        if (t->kind == TOK_MARK) {
            if (t->hash == '\'' && doc_joined(d, j) && j > floor) { /* "Physicians' Clinic" */
                i = j;
                continue;
            }
            if (!is_joint(t)) break;
            /* "St. Luke's Hospital", "Cobb Vol. Fire" */
            bool saint = t->hash == '.' && j > floor &&
                         (doc_bits(d, j - 1) & LEX(SAINT) ||
                          (cls(d, j - 1) & W_CLIPPED && doc_joined(d, j) &&
                           d->tok[j - 1].flags & TOK_CAP && !(d->tok[i].flags & TOK_LINE)));
            const uint32_t initials =
                t->hash == '.' && i < s->first ? initials_begin(d, j, floor) : j;
            if (initials < j) { /* "E. J. Trelby Clinic" */
                i = initials;
                continue;
            }
            /* "Ito - Goyang General" parts two fields */
            bool spaced = t->hash != '&' && !doc_joined(d, j) && !doc_joined(d, j + 1);
            /* "Sorvik In-Home Services" */
            if (t->hash == '-' && doc_is_word(d, (int64_t)j - 1, VIEW("in")) && j > floor &&
                doc_is_word(d, i, VIEW("home")) && d->tok[j - 1].flags & TOK_CAP &&
                !begins_field(d, j - 1)) {
                i = j - 1;
                continue;
            }
            /* "Hi-Line Clinic" */
            const bool half = t->hash == '-' && doc_joined(d, j) && doc_joined(d, j + 1) &&
                              i < s->first && shape_of(d, (int64_t)j - 1) == SHAPE_TITLE;
            bool joins = (t->hash == '-' || t->hash == '&' || t->hash == '/') && j > floor &&
                         !spaced && doc_tok(d, j - 1)->kind == TOK_WORD &&
                         (half || extent_is_inner(d, j - 1));
            if (!saint && !joins) break;
            i = half && !(d->shield[j - 1] & SHIELD_TAG) ? j - 1 : j;
            continue;
        }
        if (t->kind != TOK_WORD) break;
        if (t->len == 1 && doc_joined(d, j) && doc_tok(d, (int64_t)j - 1)->kind == TOK_NUMBER)
            break; /* "a1c Target" */
        int64_t owned_by = shape_owner(d, j);
        if (owned_by >= (int64_t)floor) {
            /* "Mary's", "Children's": the owner is part of the name whatever else the word can be */
            uint32_t owner = (uint32_t)owned_by;
            if (doc_tok(d, owner)->kind != TOK_WORD || shape_of(d, owner) == SHAPE_LOWER ||
                (d->shield[owner] & SHIELD_TAG) || (doc_bits(d, owner) & LEX(FUNCTION)))
                break;
            bool tells =
                !(doc_bits(d, owner) & (LEX(MEDICAL) | LEX(RELATIVE))) && d->lex[owner]->word < 5;
            s->telling += tells;
            s->usual += !tells && shape_of(d, owner) == SHAPE_TITLE;
            i = owner;
            continue;
        }
        /* "University of Texas Medical Center", "Bed and Breakfast Inn" */
        bool link = doc_is_word(d, j, VIEW("of")) || doc_is_word(d, j, VIEW("and")) ||
                    doc_is_word(d, j, VIEW("for"));
        /* "Univ. of Ashgrove Med Ctr" */
        const uint32_t clipped = j >= floor + 2 && doc_is_mark(d, j - 1, '.') ? j - 2 : j;
        if (link && clipped < j && cls(d, clipped) & W_CLIPPED && d->tok[clipped].flags & TOK_CAP) {
            i = clipped;
            continue;
        }
        if (link && j > floor && (doc_bits(d, j - 1) & (LEX(ORG_HEAD) | LEX(ORG_WORD))) &&
            extent_is_inner(d, j - 1)) {
            i = j;
            continue;
        }
        /* "Sts. Peter and Paul Hospital", "Our Lady of Hope Hospital" */
        if (doc_is_word(d, j, VIEW("and")) && j >= floor + 3 && doc_is_mark(d, j - 2, '.') &&
            doc_is_word(d, (int64_t)j - 3, VIEW("sts"))) {
            i = j - 3;
            continue;
        }
        if (doc_is_word(d, j, VIEW("of")) && j >= floor + 2 &&
            doc_is_word(d, (int64_t)j - 1, VIEW("lady")) &&
            doc_is_word(d, (int64_t)j - 2, VIEW("our"))) {
            s->telling++;
            i = j - 2;
            break;
        }
        /* "Roe & Daughters Funeral Home" */
        if (doc_bits(d, j) & LEX(RELATIVE) && t->flags & TOK_CAP && j >= floor + 2 &&
            (doc_is_mark(d, j - 1, '&') || doc_is_word(d, j - 1, VIEW("and"))) &&
            shape_of(d, (int64_t)j - 2) == SHAPE_TITLE && !begins_field(d, j) &&
            !begins_field(d, j - 1)) {
            s->telling++;
            i = j - 2;
            continue;
        }
        const uint32_t of_the = i < s->first ? of_the_begin(d, i, floor) : i;
        if (of_the < i) {
            s->telling++;
            i = of_the;
            continue;
        }
        const uint32_t town = town_begin(d, j, floor);
        if (town < j) {
            s->telling++;
            i = town;
            continue;
        }
        if (!extent_is_inner(d, j)) break;
        extent_count(d, j, s);
        i = j;
    }
    /* never begin with a mark or a link */
    while (i < s->first && (doc_tok(d, i)->kind == TOK_MARK || doc_is_word(d, i, VIEW("of")) ||
                            doc_is_word(d, i, VIEW("and")) || doc_is_word(d, i, VIEW("for"))))
        i++;
    s->first = i;
}

/* "Hospital and Clinics", "Hospital & Medical Center", "Hospital - East Campus": the last token of what the
 * mark or word at j joins, or 0. */
static uint32_t right_partner(const struct doc *d, const struct extent *s, uint32_t j)
{
    if (!s->telling || j + 1 >= d->n || (d->tok[j + 1].flags & TOK_LINE)) return 0;
    if (doc_is_word(d, j, VIEW("and")) || doc_is_mark(d, j, '&')) {
        const struct phrase *p = doc_phrase_at(d, j + 1);
        if (shape_of(d, j + 1) != SHAPE_TITLE) return 0;
        if (doc_is_mark(d, j, '&')) return j + 1; /* "Foot & Ankle" */
        if (p && (p->lex->bits & LEX(ORG_HEAD))) return j + p->n;
        return doc_bits(d, j + 1) & (LEX(ORG_HEAD) | LEX(TRADE)) ? j + 1 : 0;
    }
    if (!doc_is_mark(d, j, '-')) return 0;
    for (uint32_t k = j + 1; k <= j + 4 && k < d->n && !(d->tok[k].flags & TOK_LINE); k++) {
        if (shape_of(d, k) != SHAPE_TITLE) return 0;
        if (k > j + 1 && doc_is_word(d, k, VIEW("campus"))) return k;
    }
    return 0;
}

/* Is the word at i of something that stays? "Sleep Center" does by itself, not in "Restwell Sleep Center". */
static bool is_kept(const struct doc *d, const struct extent *s, uint32_t i)
{
    uint8_t may = s->telling && d->tok[i].flags & TOK_CAP ? SHIELD_PHRASE : 0;
    return d->shield[i] & (uint8_t)~may;
}

/* "Keller Institute for Joint Health", "Center for Digestive Health": the last of the capitals behind "for"
 * at j, or 0. */
static uint32_t purpose_end(const struct doc *d, const struct extent *s, uint32_t j)
{
    uint32_t k = j + 1;
    bool has = doc_is_word(d, s->last, VIEW("institute")) ||
               doc_is_word(d, s->last, VIEW("center")) || doc_is_word(d, s->last, VIEW("centre")) ||
               doc_is_word(d, s->last, VIEW("school"));
    if (!has || !s->telling || !doc_is_word(d, j, VIEW("for"))) return 0;
    if (doc_is_word(d, k, VIEW("the"))) k++;
    while (k <= j + 4 && shape_of(d, k) == SHAPE_TITLE && !(d->tok[k].flags & TOK_LINE))
        k++;
    return k > j + 1 && !doc_is_word(d, (int64_t)k - 1, VIEW("the")) ? k - 1 : 0;
}

void extent_right(const struct doc *d, struct extent *s)
{
    for (int steps = 0; steps < LEFT_MAX; steps++) {
        uint32_t j = s->last + 1;
        if (j >= d->n || begins_field(d, j)) return;
        if (doc_is_mark(d, j, '-') && doc_joined(d, j) && doc_joined(d, j + 1) &&
            doc_tok(d, j + 1)->kind == TOK_WORD && extent_is_inner(d, j + 1)) {
            s->last = j + 1;
            continue;
        }
        const struct phrase *p = doc_phrase_at(d, j);
        if (p && (p->lex->bits & (LEX(ORG_HEAD) | LEX(ORG_NAME)))) {
            s->last = j + p->n - 1;
            s->telling += (p->lex->bits & LEX(ORG_NAME)) != 0;
            continue;
        }
        /* "NYU Med. Center", "UCSF Children's Hospital" */
        uint32_t past = doc_is_mark(d, j, '.') && doc_joined(d, j) && d->tok[s->last].len <= 4
                            ? j + 1
                            : shape_after_possessive(d, s->last);
        if (past > j && past < d->n && !(doc_tok(d, past)->flags & TOK_LINE) &&
            doc_tok(d, past)->kind == TOK_WORD && shape_may_name(d, past) && !is_kept(d, s, past) &&
            (doc_bits(d, past) & (LEX(ORG_HEAD) | LEX(ORG_WORD)) || extent_is_practice(d, past))) {
            s->last = past;
            continue;
        }
        if (doc_tok(d, j)->kind == TOK_WORD && !is_kept(d, s, j) &&
            (doc_bits(d, j) & (LEX(ORG_HEAD) | LEX(ORG_WORD))) &&
            (shape_may_name(d, j) || (s->telling && (doc_bits(d, j) & LEX(ORG_HEAD)) &&
                                      !(doc_bits(d, j) & LEX(FUNCTION))))) {
            s->last = j;
            continue;
        }
        /* "Monarch Steel", "Harlan County EMS": no clinic's service, which would be another word */
        if (doc_tok(d, j)->kind == TOK_WORD && !is_kept(d, s, j) && doc_bits(d, j) & LEX(TRADE) &&
            doc_tok(d, j)->flags & TOK_CAP && shape_of(d, j) != SHAPE_BLANK &&
            (s->telling || doc_bits(d, (int64_t)s->last) & (LEX(TRADE) | LEX(ORG_HEAD)))) {
            s->last = j;
            continue;
        }
        /* "Northside Orthopedics" */
        if (s->telling && doc_tok(d, j)->kind == TOK_WORD && shape_of(d, j) == SHAPE_TITLE &&
            !d->shield[j] && extent_is_practice(d, j)) {
            s->last = j;
            continue;
        }
        uint32_t joined = right_partner(d, s, j);
        if (joined) {
            s->last = joined;
            continue;
        }
        joined = purpose_end(d, s, j);
        if (joined) {
            s->last = joined;
            continue;
        }
        bool of = doc_is_word(d, j, VIEW("of")) || doc_is_word(d, j, VIEW("for")) ||
                  doc_is_word(d, j, VIEW("at"));
        if (!of) return;
        uint32_t k = doc_is_word(d, j + 1, VIEW("the")) ? j + 2 : j + 1;
        if (k >= d->n || doc_tok(d, k)->kind != TOK_WORD || !extent_is_inner(d, k) ||
            (shape_of(d, k) == SHAPE_BLANK && !extent_is_telling(d, k)))
            return;
        if (doc_is_word(d, j, VIEW("for")) &&
            (!s->telling ||
             (doc_bits(d, k) & (LEX_GIVEN | LEX(EPONYM) | LEX(MEDICAL) | LEX(ABBREVIATION))) ||
             (doc_bits(d, k + 1) & LEX(EPONYM_HEAD))))
            return; /* "St. Anne Hospital for Whipple procedure" */
        p = doc_phrase_at(d, k);
        extent_count(d, k, s);
        s->last = p && (p->lex->bits & EXTENT_TELLS) ? k + p->n - 1 : k;
        while (s->last + 1 < d->n && doc_tok(d, s->last + 1)->kind == TOK_WORD &&
               !(doc_tok(d, s->last + 1)->flags & TOK_LINE) && extent_is_inner(d, s->last + 1) &&
               (extent_is_telling(d, s->last + 1) ||
                (doc_bits(d, s->last + 1) & (LEX(ORG_HEAD) | LEX(ORG_WORD))))) {
            s->last++;
            extent_count(d, s->last, s);
        }
    }
}

bool extent_is_apart(const struct doc *d, uint32_t first, uint32_t last)
{
    const struct token *b = doc_tok(d, (int64_t)first - 1), *a = doc_tok(d, (int64_t)last + 1);
    const bool left = begins_field(d, first) || first == 0 ||
                      (b->kind == TOK_MARK && (b->hash == ',' || b->hash == ';' || b->hash == '/' ||
                                               b->hash == '|' || b->hash == '('));
    return left && (last + 1 >= d->n || begins_field(d, last + 1) ||
                    (a->kind == TOK_MARK && (a->hash == ',' || a->hash == ';' || a->hash == '/' ||
                                             a->hash == '|' || a->hash == ')')));
}
