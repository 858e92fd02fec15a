#include "detect/tagger.h"

#include "detect/name_run.h"
#include "detect/tag_decode.h"
#include "detect/tag_gate.h"
#include "detect/tag_gate_inside.h"
#include "detect/tag_left.h"
#include "detect/taken.h"
#include "detect/wordset.h"

static const struct {
    bool biased; /* "outside" loses what the model says */
    float least; /* calibrated score below which nothing is added */
    float veto;  /* probability of an identifier below which the lexicon is overruled */
} presets[] = {
    [RECALL_HIGH] = { true, 0, 0.01F },
    [RECALL_BALANCED] = { false, 0, 0.05F },
    [RECALL_UTILITY] = { false, 0.8F, 0.25F },
};
static const float VETO_SCORE = 0.9F; /* what the rules are surer of is theirs */

struct tagger_scratch {
    struct tag_decoder decoder;
    uint64_t keys[TAG_RUN_MAX * TAG_TEMPLATES];
};

err tagger_scratch_new(struct tagger_scratch **out)
{
    return (*out = mem_alloc_zero(sizeof **out)) ? OK : ERR_MEMORY;
}

void tagger_scratch_free(struct tagger_scratch *s)
{
    mem_free(s);
}

struct pass {
    const struct tag_model *m;
    enum recall recall;
    const struct doc *d;
    struct tag_text text;
    struct tagger_scratch *s;
    struct tag_window w; /* what is decoded now */
    struct tag_decoded out[TAG_RUN_MAX];
    bool taken[TAG_RUN_MAX]; /* tokens of the window that became findings */
    bool has_scores;         /* `out` has its probabilities */
    uint8_t
        *inside; /* one a token, when there is something to doubt: probability × 255, or unseen */
    struct findings *found;
};

static bool may_doubt(const struct finding *x)
{
    return x->source == SOURCE_LEXICON && x->score < VETO_SCORE;
}

/* Does it overlap a finding of the rules? */
static bool is_known(const struct pass *p, uint32_t first, uint32_t last)
{
    for (uint32_t i = first; p->text.hit && i <= last; i++)
        if (p->text.hit[i]) return true;
    return false;
}

/* Did the rules find all of it? Then there is nothing to add, to its extent or to its score. */
static bool is_settled(const struct pass *p, uint32_t first, uint32_t last)
{
    for (uint32_t i = first; i <= last; i++)
        if (!p->text.hit || !p->text.hit[i]) return false;
    return true;
}

/* "elderly lady of 97": an age is no part of anything else. */
static bool has_age(const struct pass *p, uint32_t first, uint32_t last)
{
    for (uint32_t i = first; p->text.hit && i <= last; i++)
        if ((p->text.hit[i] & 0x1F) == 1 + LABEL_AGE) return true;
    return false;
}

/* "Sarah Vance OD": begins with what a rule is sure to be somebody's name. */
static bool is_person(const struct pass *p, uint32_t first)
{
    return p->text.hit && (p->text.hit[first] & (0x1F | TAG_HIT_UNSURE)) == 1 + LABEL_NAME;
}

/* Parts of an address are findings of their own (detect/zip.h), and stay so. */
static bool joins_several(const struct pass *p, uint32_t first, uint32_t last, uint8_t label)
{
    uint32_t begun = 0;
    for (uint32_t i = first; p->text.hit && label != LABEL_NAME && i <= last; i++)
        begun += p->text.hit[i] && (i == first || !(p->text.hit[i] & 0x80));
    return begun > 1;
}

static bool is_gated(const struct pass *p)
{
    return p->m->kind->rules == RULES_ALL;
}

static err put(struct pass *p, uint32_t first, uint32_t last, const struct tag_label *l,
               float score)
{
    if (score < presets[p->recall].least) return OK;
    if (is_gated(p) && l->label == LABEL_NAME && last > first && tag_is_dotted_letter(p->d, last))
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
static bool is_apart(const struct pass *p, uint32_t i, bool name)
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
static err put_apart(struct pass *p, uint32_t first, uint32_t last, const struct tag_label *l,
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
        TRY(put(p, begin, past - 1, l, score));
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
static err put_pieces(struct pass *p, uint32_t first, uint32_t last, const struct tag_label *l,
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
        if (has_word && !has_number) TRY(put(p, first, end, l, score));
        first = end + 1;
    }
out:
    return e;
}

static void need_scores(struct pass *p)
{
    if (!p->has_scores) tag_scores(p->m, &p->s->decoder, p->w.last - p->w.first + 1, p->out);
    p->has_scores = true;
}

static float score_of(struct pass *p, uint32_t first, uint32_t last)
{
    float least = 1;
    need_scores(p);
    for (uint32_t i = first; i <= last; i++)
        least = MIN(least, p->out[i - p->w.first].inside);
    return tag_calibrated(p->m, least);
}

/* A label that the model knows of this kind, `or` where it knows none. */
static const struct tag_label *label_of(const struct tag_model *m, enum label label,
                                        enum finding_part part, const struct tag_label * or)
{
    for (uint32_t k = 0; k < m->n_labels; k++)
        if (m->labels[k].label == label && m->labels[k].part == part) return &m->labels[k];
    return or ;
}

/* What the gate refuses as a person, or as a place of which it knows too little, may be a town or a house: its label, or
 * NULL. */
static const struct tag_label *second_look(const struct pass *p, uint32_t first, uint32_t last,
                                           const struct tag_label *l, float score)
{
    if (l->label != LABEL_NAME && l->label != LABEL_LOCATION) return NULL;
    if (tag_gate_town(p->d, p->text.hit, first, last, score))
        return label_of(p->m, LABEL_LOCATION, PART_TOWN, l);
    return l->label == LABEL_NAME && tag_gate_called(p->d, first, last, score)
               ? label_of(p->m, LABEL_ORGANIZATION, PART_WHOLE, l)
               : NULL;
}

static err add_parts(struct pass *p, uint32_t first, uint32_t last, uint32_t label);

/* Does a line, a column or a part of a list begin at token i, or is it the mark between two? */
static bool parts_houses(const struct doc *d, uint32_t i)
{
    return d->tok[i].flags & TOK_LINE || shape_opens_column(d, i) || doc_is_mark(d, i, ',') ||
           doc_is_mark(d, i, ';');
}

/* "Silver Maple Clinic, Larkmead", a clinic and the name in the line below: a house or place that the gate refused may be
 * two, each of which it takes by itself. */
static err add_each(struct pass *p, uint32_t first, uint32_t last, uint32_t label)
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
        TRY(add_parts(p, begin, i, label));
    }
out:
    return e;
}

static err add(struct pass *p, uint32_t first, uint32_t last, uint32_t label)
{
    const struct tag_label *l = &p->m->labels[label];
    if (!tag_gate_possible(p->d, first, last, l) || is_settled(p, first, last) ||
        (l->label != LABEL_AGE && has_age(p, first, last)))
        return OK;
    /* The gate is about English words: models of other languages carry their own evidence. */
    bool gated = is_gated(p) && !is_known(p, first, last);
    if (is_gated(p) && l->label == LABEL_NAME && tag_gate_is_code(p->d, last) &&
        !(p->text.hit && p->text.hit[last]))
        return OK;
    float score = score_of(p, first, last);
    if (is_gated(p) && !gated && score < 0.5F && l->label == LABEL_ORGANIZATION &&
        is_person(p, first))
        return OK;
    if (joins_several(p, first, last, l->label))
        return is_gated(p) ? put_pieces(p, first, last, l, score) : OK;
    if (gated && !tag_gate_alone(p->d, p->text.hit, first, last, l, score)) {
        l = second_look(p, first, last, l, score);
        if (!l) return add_each(p, first, last, label);
    }
    if (is_gated(p) && l->label == LABEL_NAME && !(p->text.hit && p->text.hit[first]))
        first = tag_gate_begin(p->d, first);
    if (is_gated(p) && (l->label == LABEL_NAME || l->label == LABEL_ID))
        return put_apart(p, first, last, l, score);
    return put(p, first, last, l, score);
}

/* "Ka'ahanui": the tagger may see its first part alone. */
static uint32_t ends_word(const struct doc *d, uint32_t last)
{
    return shape_is_inside_name(d, (int64_t)last + 1) ? shape_word_end(d, last) : last;
}

static err add_parts(struct pass *p, uint32_t first, uint32_t last, uint32_t label)
{
    err e = OK;
    if (!is_gated(p)) return add(p, first, last, label);
    while (first <= last) {
        uint32_t a = first, b = last, next;
        if (tag_gate_trim(p->d, p->text.hit, &p->m->labels[label], &a, &b, &next))
            TRY(add(p, a, ends_word(p->d, b), label));
        first = next;
    }
out:
    return e;
}

/* Is token i a word of a name that nothing found? */
static bool is_left(const struct pass *p, uint32_t i)
{
    const uint8_t flags = p->d->tok[i].flags & (TOK_CAP | TOK_UPPER);
    if (flags != TOK_CAP || i > p->w.last || p->taken[i - p->w.first]) return false;
    return !(p->text.hit && p->text.hit[i]) && !p->d->shield[i] &&
           tag_is_near(p->m, &p->s->decoder, i - p->w.first) && tag_gate_is_word_of_name(p->d, i);
}

/* The last of the words of names that begin at `first`: "Vorilaro Tegworth", "Vabstrom-Thrupingham". */
static uint32_t left_end(const struct pass *p, uint32_t first)
{
    const struct doc *d = p->d;
    uint32_t i = first;
    for (;;) {
        const bool dash = doc_is_mark(d, (int64_t)i + 1, '-') && doc_joined(d, (int64_t)i + 1) &&
                          doc_joined(d, (int64_t)i + 2);
        const uint32_t next = i + 1 + dash;
        if (!is_left(p, next) || d->tok[next].flags & TOK_LINE || shape_opens_column(d, next))
            return i;
        i = next;
    }
}

/* What the best tags left, for one name less is the likelier text: words that nothing but names has need less of a chance
 * than half. */
static err look_again(struct pass *p)
{
    err e = OK;
    for (uint32_t i = p->w.first; i <= p->w.last; i++) {
        if (!is_left(p, i)) continue;
        const uint32_t first = i;
        const float score = score_of(p, first, i = left_end(p, first));
        float inside = 1;
        for (uint32_t k = first; k <= i; k++)
            inside = MIN(inside, p->out[k - p->w.first].inside);
        if (shape_word_begin(p->d, first) == first && shape_word_end(p->d, i) == i &&
            tag_gate_is_left(p->d, p->text.hit, first, i, inside))
            TRY(put_apart(p, first, i, label_of(p->m, LABEL_NAME, PART_WHOLE, NULL), score));
    }
out:
    return e;
}

/* Are tokens first … last of the window, with nothing of them found? */
static bool are_left(const struct pass *p, uint32_t first, uint32_t last)
{
    if (first < p->w.first || last > p->w.last) return false;
    for (uint32_t i = first; i <= last; i++)
        if (p->taken[i - p->w.first] || (p->text.hit && p->text.hit[i])) return false;
    return true;
}

static float inside_of(struct pass *p, uint32_t first, uint32_t last)
{
    float most = 0;
    need_scores(p);
    for (uint32_t i = first; i <= last; i++)
        most = MAX(most, p->out[i - p->w.first].inside);
    return most;
}

/* The day or the code at number i, if it may be one: see tag_left.h. */
static err look_at_number(struct pass *p, uint32_t i)
{
    const struct doc *d = p->d;
    if (tag_left_is_pair(d, i)) {
        if (!are_left(p, i, i + 2) || !tag_left_may_be_day(d, i)) return OK;
        const bool beside = i > p->w.first && !are_left(p, i - 1, i - 1);
        if (!tag_left_is_day(d, i, inside_of(p, i, i + 2), beside)) return OK;
        return put(p, i, i + 2, label_of(p->m, LABEL_DATE, PART_WHOLE, NULL),
                   score_of(p, i, i + 2));
    }
    const bool left = doc_joined(d, i) && doc_tok(d, (int64_t)i - 1)->kind == TOK_WORD;
    if (!left && !(doc_joined(d, i + 1) && doc_tok(d, (int64_t)i + 1)->kind == TOK_WORD)) return OK;
    struct code c;
    code_around(d, i, &c);
    if (!are_left(p, c.first, c.last) || !tag_left_may_be_code(d, &c) ||
        !tag_left_is_code(d, &c, inside_of(p, c.first, c.last)))
        return OK;
    return put(p, c.first, c.last, label_of(p->m, LABEL_ID, PART_WHOLE, NULL),
               score_of(p, c.first, c.last));
}

static err look_at_numbers(struct pass *p)
{
    err e = OK;
    for (uint32_t i = p->w.first; i <= p->w.last; i++)
        if (p->d->tok[i].kind == TOK_NUMBER && are_left(p, i, i)) TRY(look_at_number(p, i));
out:
    return e;
}

static err window(struct pass *p, struct tag_window w, bool doubts)
{
    err e = OK;
    const struct tag_decoded *out = p->out;
    uint32_t n = w.last - w.first + 1;
    int32_t bias = presets[p->recall].biased ? p->m->bias : 0;
    p->w = w;
    p->has_scores = false;
    memset(p->taken, 0, n);
    tag_features(&p->text, p->m, w.first, w.last, p->s->keys);
    tag_decode(p->m, &p->s->decoder, p->s->keys, n, bias, p->out);
    if (doubts) need_scores(p);
    for (uint32_t i = 0; doubts && i < n; i++)
        p->inside[w.first + i] = (uint8_t)(out[i].inside * 254.0F + 0.5F);
    for (uint32_t i = 0; i < n;) {
        uint32_t first = i, label = (uint32_t)(out[i].tag - 1) / 2;
        if (!out[i++].tag) continue;
        /* two names with nothing between are one, whatever the model says of their border */
        while (i < n && (out[i].tag == 2 + 2 * label ||
                         (out[i].tag == 1 + 2 * label && p->m->labels[label].label == LABEL_NAME &&
                          !(p->d->tok[w.first + i].flags & TOK_LINE))))
            i++;
        TRY(add_parts(p, w.first + first, w.first + i - 1, label));
    }
    if (is_gated(p) && presets[p->recall].biased) {
        TRY(look_again(p));
        TRY(look_at_numbers(p));
    }
out:
    return e;
}

enum { UNSEEN = 255 };

/* Takes back what of the first n findings is doubted and was nowhere likely. */
static void take_back(struct pass *p, uint32_t n)
{
    struct findings *f = p->found;
    uint32_t kept = 0;
    float veto = presets[p->recall].veto * 254.0F;
    for (uint32_t k = 0; k < f->n; k++) {
        bool stays = k >= n || !may_doubt(&f->v[k]);
        uint32_t i = stays ? 0 : taken_token_at(p->d, f->v[k].start);
        for (; !stays && i < p->d->n && p->d->tok[i].start < f->v[k].end; i++)
            stays = p->inside[i] == UNSEEN || (float)p->inside[i] >= veto;
        if (stays) f->v[kept++] = f->v[k];
    }
    f->n = kept;
}

/* Sets doubted[k] of the windows that x reaches into; halved, as a text may be nothing but doubts and windows. */
static void doubt(const struct doc *d, const struct finding *x, const struct tag_windows *w,
                  uint8_t *doubted)
{
    uint32_t k = 0, end = w->n;
    while (k < end) {
        const uint32_t middle = k + (end - k) / 2;
        if (token_end(&d->tok[w->v[middle].last]) > x->start)
            end = middle;
        else
            k = middle + 1;
    }
    for (; k < w->n && d->tok[w->v[k].first].start < x->end; k++)
        doubted[k] = 1;
}

err tagger_find(const struct tag_model *m, enum recall recall, const struct doc *d,
                struct tagger_scratch *s, struct findings *found)
{
    err e = OK;
    FILLED_LATER struct pass p;
    p.m = m;
    p.recall = recall;
    p.d = d;
    p.s = s;
    p.found = found;
    p.inside = NULL;
    struct tag_windows w;
    const uint32_t n = found->n;
    bool has_doubts = false;
    TRY(tag_text_prepare(&p.text, d, found, m->kind->templates));
    TRY(tag_windows_find(&p.text, m->kind->reach, false, &w));
    if (!w.n) return OK;
    TRY(tag_text_remember(&p.text, m->kind->reach == TAG_REACH_WINDOWS));
    uint8_t *doubted = arena_alloc(d->arena, w.n); /* one a window */
    if (!doubted) return ERR_MEMORY;
    memset(doubted, 0, w.n);
    for (uint32_t k = 0; k < n; k++) {
        if (!may_doubt(&found->v[k])) continue;
        doubt(d, &found->v[k], &w, doubted);
        has_doubts = true;
    }
    if (has_doubts) {
        p.inside = arena_alloc(d->arena, d->n + 1);
        if (!p.inside) return ERR_MEMORY;
        memset(p.inside, UNSEEN, d->n + 1);
    }
    for (uint32_t i = 0; i < w.n; i++)
        TRY(window(&p, w.v[i], doubted[i]));
    if (has_doubts) take_back(&p, n);
out:
    return e;
}
