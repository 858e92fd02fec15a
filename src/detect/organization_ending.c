/* detect/organization_ending.c — what belongs to a name behind its last word: its form, number, branch and town.
 *
 *     Lakeside Rheumatology, PLLC     Sorvik Co. HD     Walgreens #4412     CVS on Juniper Street     …, Boston
 *
 * See organization_extent.h. */
#include "detect/organization_extent.h"
#include "detect/place.h"
#include "detect/wordset.h"

/* A word of what counties keep. */
static bool is_office(const struct doc *d, uint32_t i)
{
    static const struct wordset_row rows[] = {
        { "paramedics paramedic ambulance ems rescue fire coroner sheriff jail morgue crematory "
          "health dept department office schools school library court courthouse hospital medical "
          "examiner board probation detention center hospice nursing services",
          1 },
    };
    static struct wordset set = WORDSET(rows);
    return !(d->tok[i].flags & TOK_LINE) && shape_of(d, i) == SHAPE_TITLE &&
           !shape_opens_column(d, i) && wordset_class(wordset_ready(&set), &d->tok[i]);
}

/* "Sorvik Co. HD", "Zelby Co VA CBOC", "Sorvik Co. Paramedics", "Zelby Co. Health Dept": what the county at `co` has. */
static uint32_t county_office_end(const struct doc *d, uint32_t co)
{
    uint32_t j = co + 1, last = co;
    if (doc_is_mark(d, j, '.') && doc_joined(d, j)) j++;
    for (; j < d->n && j <= co + 3 && !(d->tok[j].flags & TOK_LINE) && d->tok[j].len >= 2 &&
           d->tok[j].len <= 4 && shape_of(d, j) == SHAPE_ACRONYM;
         j++)
        last = j;
    for (; j < d->n && j <= co + 4 && is_office(d, j); j++)
        last = j;
    return last;
}

/* "Lakeside Rheumatology, PLLC", "Tasty Treats, Inc.", "Zelby Pathologists, P.A." */
static void take_form(const struct doc *d, struct extent *s)
{
    static const struct wordset_row rows[] = {
        { "pllc llc inc llp ltd pc pa sc apc lllp", 1 },
    };
    static struct wordset set = WORDSET(rows);
    const uint32_t k = s->last + 2;
    const struct token *t = doc_tok(d, k), *second = doc_tok(d, (int64_t)k + 2);
    if (!doc_is_mark(d, (int64_t)k - 1, ',') || !(t->flags & TOK_CAP) || t->flags & TOK_LINE)
        return;
    if (wordset_class(wordset_ready(&set), t)) s->last = k;
    if (t->len > 1) return;
    const char c = d->text.p[t->start], e = d->text.p[second->start];
    if ((c == 'P' || c == 'S') && doc_is_mark(d, k + 1, '.') && second->len == 1 &&
        doc_joined(d, k + 2) && (e == 'A' || e == 'C') && doc_is_mark(d, k + 3, '.'))
        s->last = k + 3;
}

void extent_form(const struct doc *d, struct extent *s)
{
    if (doc_is_word(d, s->last, VIEW("women")) || doc_is_word(d, s->last, VIEW("children")))
        s->last = shape_after_possessive(d, s->last) - 1;
    if (doc_is_word(d, s->last, VIEW("co")) && !d->is_caseless)
        s->last = county_office_end(d, s->last);
    take_form(d, s);
}

bool extent_street_alone(const struct doc *d, uint32_t i)
{
    const uint64_t may = LEX(SURNAME) | LEX(PLACE) | LEX(STREET_TYPE) | LEX(DIRECTION);
    const uint64_t never = LEX(DRUG) | LEX(MEDICAL) | LEX(MONTH) | LEX(WEEKDAY) | LEX(HOLIDAY) |
                           LEX(ABBREVIATION) | LEX(FUNCTION) | LEX(SEASON) | LEX(NUMBER_WORD);
    const struct token *t = doc_tok(d, i), *after = doc_tok(d, (int64_t)i + 1),
                       *past = doc_tok(d, (int64_t)i + 2);
    if (t->flags & TOK_LINE) return false;
    if (t->kind == TOK_NUMBER) /* "5th", not "11th March" */
        return after->len == 2 && doc_joined(d, i + 1) && t->len <= 3 &&
               (past->kind == TOK_MARK || past->flags & TOK_LINE) &&
               (doc_is_word(d, (int64_t)i + 1, VIEW("th")) ||
                doc_is_word(d, (int64_t)i + 1, VIEW("st")) ||
                doc_is_word(d, (int64_t)i + 1, VIEW("nd")) ||
                doc_is_word(d, (int64_t)i + 1, VIEW("rd")));
    const bool ends = i + 1 >= d->n || after->flags & TOK_LINE || after->kind == TOK_MARK ||
                      doc_bits(d, (int64_t)i + 1) & LEX(FUNCTION) || after->len == 1;
    return ends && shape_of(d, i) == SHAPE_TITLE && !d->shield[i] && doc_bits(d, i) & may &&
           !(doc_bits(d, i) & never) && d->lex[i]->word < 7;
}

/* "Fire Co. No. 2", "School District No 4", "Medic Unit No. 7" */
static void take_number(const struct doc *d, struct extent *s)
{
    uint32_t j = s->last + 1;
    if (doc_is_mark(d, j, '.') && doc_joined(d, j)) j++;
    if (!doc_is_word(d, j, VIEW("no")) || !(d->tok[j].flags & TOK_CAP)) return;
    j += doc_is_mark(d, j + 1, '.') ? 2 : 1;
    if (doc_tok(d, j)->kind == TOK_NUMBER && d->tok[j].len <= 3 && !(d->tok[j].flags & TOK_LINE))
        s->last = j;
}

void extent_branch(const struct doc *d, struct extent *s)
{
    uint32_t j = s->last + 1, k = j + 1;
    if (j >= d->n || d->tok[j].flags & TOK_LINE) return;
    if (doc_is_mark(d, j, '#') && doc_tok(d, k)->kind == TOK_NUMBER && d->tok[k].len <= 6)
        s->last = k;
    /* "Fire District 3", "VFW Post 12", "Grays Harbor EMS Medic 4" */
    bool counted =
        doc_is_word(d, s->last, VIEW("district")) || doc_is_word(d, s->last, VIEW("medic")) ||
        doc_is_word(d, s->last, VIEW("post")) || doc_is_word(d, s->last, VIEW("station")) ||
        doc_is_word(d, s->last, VIEW("local")) || doc_is_word(d, s->last, VIEW("columbus")) ||
        doc_is_word(d, s->last, VIEW("teamsters")) || doc_is_word(d, s->last, VIEW("lodge"));
    /* "American Legion Post 12" */
    if (d->tok[j].flags & TOK_CAP && doc_tok(d, k)->kind == TOK_NUMBER &&
        (doc_is_word(d, j, VIEW("post")) || doc_is_word(d, j, VIEW("lodge")) ||
         doc_is_word(d, j, VIEW("store")) || doc_is_word(d, j, VIEW("branch"))) &&
        d->tok[k].len <= 5)
        s->last = k;
    if (counted && d->tok[j].kind == TOK_NUMBER && d->tok[j].len <= 4) s->last = j;
    take_number(d, s);
    if (!doc_is_word(d, j, VIEW("on"))) return;
    if (extent_street_alone(d, k)) s->last = k + (doc_tok(d, k)->kind == TOK_NUMBER);
    while (k < j + 4 && (shape_of(d, k) == SHAPE_TITLE || doc_tok(d, k)->kind == TOK_NUMBER)) {
        if (k > j + 1 && doc_bits(d, k) & LEX(STREET_TYPE) && d->tok[k].flags & TOK_CAP) {
            s->last = k;
            return;
        }
        k++;
    }
}

/* A town that no list has, behind a facility's name: "in Kawasaki Heights", ", Port Welman, CA". */
static bool new_town(const struct doc *d, uint32_t k, bool in, uint32_t *last)
{
    const uint64_t never = LEX(FUNCTION) | LEX(MONTH) | LEX(WEEKDAY) | LEX(SEASON) | LEX(HOLIDAY) |
                           LEX(TITLE) | LEX(CREDENTIAL) | LEX(MEDICAL) | LEX(DRUG) | LEX(NAME_CUE) |
                           LEX(RELATIVE) | LEX(CLINICIAN) | LEX(ORG_HEAD) | LEX(ABBREVIATION);
    uint32_t j = k;
    bool is_new = false;
    for (; j < k + 3 && j < d->n && shape_of(d, j) == SHAPE_TITLE && d->tok[j].len > 2; j++) {
        if ((doc_bits(d, j) & never) && !(doc_bits(d, j) & (LEX(PLACE) | LEX(SAINT)))) return false;
        if (d->shield[j] || (d->tok[j].flags & TOK_LINE)) break;
        is_new |= !d->lex[j]->bits;
    }
    if (j == k) return false;
    const struct token *code = doc_tok(d, (int64_t)j + 1);
    *last = j + 1;
    if (doc_is_mark(d, j, ',') && (doc_bits(d, (int64_t)j + 1) & LEX(STATE_CODE)) &&
        code->len == 2 && (code->flags & TOK_UPPER))
        return true;
    *last = j - 1;
    return in && is_new;
}

void extent_town(const struct doc *d, struct extent *s)
{
    uint32_t j = s->last + 1;
    struct town t;
    const uint8_t breaks = doc_tok(d, j)->flags & (TOK_LINE | TOK_PARA);
    if (j >= d->n || breaks & TOK_PARA || (!breaks && shape_opens_column(d, j))) return;
    bool in = doc_is_word(d, j, VIEW("in")) || doc_is_word(d, j, VIEW("of"));
    bool link = in || doc_is_mark(d, j, ',');
    uint32_t k = link ? j + 1 : j;
    if (in && doc_is_word(d, k, VIEW("the"))) k++;
    if (k >= d->n) return;
    uint32_t last;
    if (place_town_at(d, k, &t)) {
        /* "St. Joseph's Hospital, Jane Smith": Jane is a town too, but not here */
        int names = MAX(t.lex->given, t.lex->surname);
        if (!t.has_state && !in && (t.lex->place < 3 || names > t.lex->place)) return;
        if (!link && t.lex->place < 4) return;
        last = t.last;
    } else if (link && ((doc_bits(d, k) & LEX(STATE)) ||
                        ((doc_bits(d, k) & LEX(STATE_CODE)) && doc_tok(d, k)->len == 2 &&
                         (doc_tok(d, k)->flags & TOK_UPPER) && !place_is_number_of(d, k)))) {
        const struct phrase *p = doc_phrase_at(d, k);
        last = p && (p->lex->bits & LEX(STATE)) ? k + p->n - 1 : k;
        if (shape_of(d, k) == SHAPE_LOWER) return;
    } else if (!link || !new_town(d, k, in, &last)) {
        return;
    }
    s->last = last;
}
