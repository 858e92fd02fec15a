#include "detect/name_run.h"
#include "detect/shape.h"
#include "detect/tag_gate.h"
#include "detect/tag_pass.h"
#include "detect/wordset.h"

/* Does it overlap a finding of the rules? */
static bool is_known(const struct tag_pass *p, uint32_t first, uint32_t last)
{
    for (uint32_t i = first; p->text.hit && i <= last; i++)
        if (p->text.hit[i]) return true;
    return false;
}

/* Did the rules find all of it? Then there is nothing to add, to its extent or to its score. */
static bool is_settled(const struct tag_pass *p, uint32_t first, uint32_t last)
{
    for (uint32_t i = first; i <= last; i++)
        if (!p->text.hit || !p->text.hit[i]) return false;
    return true;
}

/* "elderly lady of 97": an age is no part of anything else. */
static bool has_age(const struct tag_pass *p, uint32_t first, uint32_t last)
{
    for (uint32_t i = first; p->text.hit && i <= last; i++)
        if ((p->text.hit[i] & 0x1F) == 1 + LABEL_AGE) return true;
    return false;
}

/* "Sarah Vance OD": begins with what a rule is sure to be somebody's name. */
static bool is_person(const struct tag_pass *p, uint32_t first)
{
    return p->text.hit && (p->text.hit[first] & (0x1F | TAG_HIT_UNSURE)) == 1 + LABEL_NAME;
}

/* Parts of an address are findings of their own (detect/zip.h), and stay so. */
static bool joins_several(const struct tag_pass *p, uint32_t first, uint32_t last, uint8_t label)
{
    uint32_t begun = 0;
    for (uint32_t i = first; p->text.hit && label != LABEL_NAME && i <= last; i++)
        begun += p->text.hit[i] && (i == first || !(p->text.hit[i] & 0x80));
    return begun > 1;
}

err tag_put(struct tag_pass *p, uint32_t first, uint32_t last, const struct tag_label *l,
            float score)
{
    if (score < p->with.least) return OK;
    if (tag_pass_is_gated(p) && l->label == LABEL_NAME && last > first &&
        tag_is_dotted_letter(p->d, last))
        last++; /* "Lindemar, N." */
    struct finding x = doc_finding(p->d, first, last, (enum label)l->label, RULE_TAGGER, score);
    x.source = SOURCE_TAGGER;
    x.role = l->role;
    x.part = l->part;
    for (uint32_t i = MAX(first, p->w.first); i <= last && i <= p->w.last; i++)
        p->taken[i - p->w.first] = true;
    return findings_add(p->found, x);
}

/* Does token i stand in another column than the token before it, or begin a line with what a rule found? */
static bool is_apart(const struct tag_pass *p, uint32_t i, bool name)
{
    if (!(p->d->tok[i].flags & TOK_LINE))
        return name && !name_run_ends_before(p->d, i, false) ? shape_is_wide_gap(p->d, i)
                                                             : shape_opens_column(p->d, i);
    return p->text.hit && p->text.hit[i] && !(p->text.hit[i] & 0x80);
}

/* "Roe, Ada	04/02/1971	F	Hill, T.": the letter of a column between two names. */
static bool is_sex(const struct doc *d, uint32_t first, uint32_t last, const struct tag_label *l)
{
    return l->label == LABEL_NAME && first == last && d->tok[first].len == 1;
}

/* Persons and numbers do not reach over the edge of a column: each piece for itself, without what is medicine. */
err tag_put_apart(struct tag_pass *p, uint32_t first, uint32_t last, const struct tag_label *l,
                  float score)
{
    enum { DIGITS = 5 };
    err e = OK;
    const uint8_t *hit = p->text.hit;
    for (uint32_t i = first; i <= last; i++) {
        const uint32_t begin = i;
        uint32_t past, digits = 0; /* past: the token after the piece */
        while (i < last && !is_apart(p, i + 1, l->label == LABEL_NAME))
            i++;
        for (past = i + 1; l->label == LABEL_NAME && past > begin + (begin == first); past--)
            if ((hit && hit[past - 1]) || !name_run_ends_before(p->d, past - 1, begin > first))
                break;
        for (uint32_t k = begin; k < past; k++) {
            const struct token *t = &p->d->tok[k];
            digits += hit && hit[k] ? DIGITS : t->kind == TOK_NUMBER ? t->len : 0;
        }
        while (past > begin + 1 && doc_is_mark(p->d, (int64_t)past - 1, ','))
            past--; /* "Theatre 2: Abernathy, R THR" */
        const bool rest = begin > first || i < last;
        if (past == begin || (l->label == LABEL_ID && rest && digits < DIGITS)) continue;
        if (rest && is_sex(p->d, begin, past - 1, l)) continue;
        TRY(tag_put(p, begin, past - 1, l, score));
    }
out:
    return e;
}

/* Before a piece: a mark, or a small word, but one that is inside the names of houses: "Cancer Center in Pune". */
static bool is_no_part(const struct doc *d, uint32_t i, const struct tag_label *l)
{
    static const struct wordset_row rows[] = { { "in of on at and the", 1 } };
    static struct wordset inside = WORDSET(rows);
    const struct token *t = &d->tok[i];
    if (t->kind != TOK_WORD) return t->kind == TOK_MARK;
    return (t->flags & TOK_LOWER) && (d->lex[i]->bits & (LEX(FUNCTION) | LEX(PLACE_CUE))) &&
           !(l->label == LABEL_ORGANIZATION && wordset_class(wordset_ready(&inside), t));
}

/* "New Clemlowe, Alaska 96149", "Walgreens on Michael Lane": each finding of the rules takes the words before it,
 * the last one those behind it too; so they stay apart. Numbers that no rule took stay. */
static err put_pieces(struct tag_pass *p, uint32_t first, uint32_t last, const struct tag_label *l,
                      float score)
{
    err e = OK;
    const uint8_t *hit = p->text.hit;
    while (first <= last) {
        uint32_t end = first, more;
        bool has_word = false, has_number = false;
        while (end <= last && !hit[end])
            end++;
        while (end < last && (hit[end + 1] & 0x80))
            end++;
        for (more = end + 1; more <= last && !hit[more];)
            more++;
        if (more > last) end = last;
        while (first < end && !hit[first] && is_no_part(p->d, first, l))
            first++;
        for (uint32_t i = first; i <= end; i++) {
            has_word |= !hit[i] && p->d->tok[i].kind == TOK_WORD;
            has_number |= !hit[i] && p->d->tok[i].kind == TOK_NUMBER;
        }
        if (has_word && !has_number) TRY(tag_put(p, first, end, l, score));
        first = end + 1;
    }
out:
    return e;
}

float tag_pass_score(struct tag_pass *p, uint32_t first, uint32_t last)
{
    float least = 1;
    tag_pass_need_scores(p);
    /* a word may go on behind the window ("Ka'ahanui"): of that nothing is known */
    for (uint32_t i = MAX(first, p->w.first); i <= last && i <= p->w.last; i++)
        least = MIN(least, p->out[i - p->w.first].inside);
    return tag_calibrated(p->m, least);
}

const struct tag_label *tag_pass_label(const struct tag_model *m, enum label label,
                                       enum finding_part part, const struct tag_label * or)
{
    for (uint32_t k = 0; k < m->n_labels; k++)
        if (m->labels[k].label == label && m->labels[k].part == part) return &m->labels[k];
    return or ;
}

/* What the gate refuses as a person, or as a place of which it knows too little, may be a town or a house: its label, or
 * NULL. */
static const struct tag_label *second_look(const struct tag_pass *p, uint32_t first, uint32_t last,
                                           const struct tag_label *l, float score)
{
    if (l->label != LABEL_NAME && l->label != LABEL_LOCATION) return NULL;
    if (tag_gate_town(p->d, p->text.hit, first, last, score))
        return tag_pass_label(p->m, LABEL_LOCATION, PART_TOWN, l);
    return l->label == LABEL_NAME && tag_gate_called(p->d, first, last, score)
               ? tag_pass_label(p->m, LABEL_ORGANIZATION, PART_WHOLE, l)
               : NULL;
}

/* Does a line, a column or a part of a list begin at token i, or is it the mark between two? */
static bool parts_houses(const struct doc *d, uint32_t i)
{
    return d->tok[i].flags & TOK_LINE || shape_opens_column(d, i) || doc_is_mark(d, i, ',') ||
           doc_is_mark(d, i, ';');
}

/* "Silver Maple Clinic, Larkmead", a clinic and the name in the line below: a house or place that the gate refused may be
 * two, each of which it takes by itself. */
static err add_each(struct tag_pass *p, uint32_t first, uint32_t last, uint32_t label)
{
    err e = OK;
    const enum label is = (enum label)p->m->labels[label].label;
    bool parted = false;
    if (is != LABEL_ORGANIZATION && is != LABEL_LOCATION) return OK;
    for (uint32_t i = first + 1; i <= last; i++)
        parted |= parts_houses(p->d, i);
    if (!parted) return OK;
    for (uint32_t i = first; i <= last; i++) {
        const uint32_t begin = i;
        while (i < last && !parts_houses(p->d, i + 1))
            i++;
        TRY(tag_add(p, begin, i, label));
    }
out:
    return e;
}

static err add(struct tag_pass *p, uint32_t first, uint32_t last, uint32_t label)
{
    const struct tag_label *l = &p->m->labels[label];
    if (!tag_gate_possible(p->d, first, last, l) || is_settled(p, first, last) ||
        (l->label != LABEL_AGE && has_age(p, first, last)))
        return OK;
    /* The gate is about English words: models of other languages carry their own evidence. */
    bool gated = tag_pass_is_gated(p) && !is_known(p, first, last);
    if (tag_pass_is_gated(p) && l->label == LABEL_NAME && tag_gate_is_code(p->d, last) &&
        !(p->text.hit && p->text.hit[last]))
        return OK;
    float score = tag_pass_score(p, first, last);
    if (tag_pass_is_gated(p) && !gated && score < 0.5F && l->label == LABEL_ORGANIZATION &&
        is_person(p, first))
        return OK;
    if (joins_several(p, first, last, l->label))
        return tag_pass_is_gated(p) ? put_pieces(p, first, last, l, score) : OK;
    if (gated && !tag_gate_alone(p->d, p->text.hit, first, last, l, score)) {
        if (l->label == LABEL_NAME && tag_gate_is_lettered_house(p->d, first, last))
            return tag_put(p, first, last - 1,
                           tag_pass_label(p->m, LABEL_ORGANIZATION, PART_WHOLE, l), score);
        l = second_look(p, first, last, l, score);
        if (!l) return add_each(p, first, last, label);
    }
    if (tag_pass_is_gated(p) && l->label == LABEL_NAME && !(p->text.hit && p->text.hit[first]))
        first = tag_gate_begin(p->d, first);
    if (tag_pass_is_gated(p) && (l->label == LABEL_NAME || l->label == LABEL_ID))
        return tag_put_apart(p, first, last, l, score);
    return tag_put(p, first, last, l, score);
}

/* "Ka'ahanui": the tagger may see its first part alone. */
static uint32_t ends_word(const struct doc *d, uint32_t last)
{
    return shape_is_inside_name(d, (int64_t)last + 1) ? shape_word_end(d, last) : last;
}

err tag_add(struct tag_pass *p, uint32_t first, uint32_t last, uint32_t label)
{
    err e = OK;
    if (!tag_pass_is_gated(p)) return add(p, first, last, label);
    while (first <= last) {
        uint32_t a = first, b = last, next;
        if (tag_gate_trim(p->d, p->text.hit, &p->m->labels[label], &a, &b, &next))
            TRY(add(p, a, ends_word(p->d, b), label));
        first = next;
    }
out:
    return e;
}
