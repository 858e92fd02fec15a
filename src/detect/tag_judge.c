#include "detect/tag_judge.h"

#include "base/exp_plain.h"
#include "detect/shape.h"
#include "detect/tag_gate_inside.h"

static const float NEAR = 0.5F; /* nats: what is further from any span is not scored */
enum { DOUBT_LEAST = 51 /* of 255 */, DOUBTS_FIRST = 32 };
/* What a candidate must be likelier than, for a recall, in a text of so many tokens: chosen on planted notes of others,
 * docs/model-card.md. A prompt or a search tells less than a note, and is mostly about medicine; so is a number, and less by
 * itself than with others a word. */
static const struct bar {
    uint32_t least;
    struct {
        float word, words, number;
    } of[3]; /* by enum recall */
} bars[] = {
    { 80, { { 0.3F, 0.3F, 0.5F }, { 0.5F, 0.5F, 0.6F }, { 0.8F, 0.8F, 0.8F } } },
    { 16, { { 0.6F, 0.6F, 0.85F }, { 0.7F, 0.7F, 0.9F }, { 0.9F, 0.9F, 0.95F } } },
    { 0, { { 0.9F, 0.65F, 0.95F }, { 0.95F, 0.8F, 0.97F }, { 0.95F, 0.95F, 0.99F } } },
};
static const float LIKELY =
    0.7F; /* a number that the gate refuses, were the tagger ever so sure of it */

/* ------------------------------------------------------------------ in doubt */

static bool may_doubt(const struct tag_pass *p, uint32_t k)
{
    const uint32_t i = p->w.first + k;
    return !p->taken[k] && !(p->text.hit && p->text.hit[i]) && !(p->d->shield[i] & SHIELD_TAG);
}

err tag_doubts_note(struct tag_pass *p, struct tag_doubts *q)
{
    const uint32_t n = p->w.last - p->w.first + 1;
    bool near = false;
    for (uint32_t k = 0; k < n && !near; k++)
        near = may_doubt(p, k) && tag_is_within(p->m, &p->s->decoder, k, NEAR);
    if (!near) return OK;
    tag_pass_need_scores(p);
    for (uint32_t k = 0; k < n; k++) {
        /* a model that is sound may still say nothing of a token: not a number */
        const float x = p->out[k].inside;
        const uint8_t inside = x > 0 ? (uint8_t)(x * 255.0F) : 0;
        if (inside < DOUBT_LEAST || !may_doubt(p, k)) continue;
        struct tag_doubt *v = arena_more(p->d->arena, q->v, sizeof *v, q->n, &q->cap, DOUBTS_FIRST);
        if (!v) return ERR_MEMORY;
        q->v = v;
        q->v[q->n++] =
            (struct tag_doubt){ p->w.first + k, inside, p->out[k].likely, p->out[k].tag != 0 };
    }
    return OK;
}

/* ------------------------------------------------------------------ the verdict */

struct judge {
    const struct tag_model *m;
    struct tag_scene scene;
    const struct tag_tap *tap;
    struct findings *found;
    const struct bar *bar;
    enum recall recall;
};

static bool is_number(const struct tag_label *l)
{
    return l->label != LABEL_NAME && l->label != LABEL_LOCATION && l->label != LABEL_ORGANIZATION;
}

static float bar_of(const struct judge *j, const struct tag_label *l, uint32_t first, uint32_t last)
{
    const struct bar *b = j->bar;
    return is_number(l)    ? b->of[j->recall].number
           : first == last ? b->of[j->recall].word
                           : b->of[j->recall].words;
}

static bool may_be_number(const struct judge *j, const struct tag_label *l, uint32_t first,
                          uint32_t last, float score)
{
    const struct doc *d = j->scene.d;
    if (!tag_gate_may_be_number(d, first, last, l->label == LABEL_PHONE)) return false;
    return score >= LIKELY || tag_gate_alone(d, j->scene.hit, first, last, l, 1);
}

/* "ClinVar 17661": words that are none. "yo wm c/o": an end in the middle of something else. */
static bool is_no_words(const struct doc *d, uint32_t first, uint32_t last)
{
    bool has_word = false;
    for (uint32_t i = first; i <= last; i++)
        has_word |= d->tok[i].kind == TOK_WORD;
    return !has_word || (d->tok[last].len == 1 && doc_is_mark(d, (int64_t)last + 1, '/') &&
                         doc_joined(d, (int64_t)last + 1));
}

/* Words of a note may be whatever the trees say; of a line, what the gate would believe were the tagger sure. */
static bool may_be_word(const struct judge *j, const struct tag_label *l, uint32_t first,
                        uint32_t last)
{
    const struct doc *d = j->scene.d;
    if (first == last && d->lex[first]->bits & LEX(MONTH)) return false;
    if (is_no_words(d, first, last) || tag_gate_is_stage(d, first, last) ||
        tag_gate_is_row_of_things(d, first, last))
        return false;
    if (j->bar == bars) return true;
    /* "Fields full", "Stocker at …" */
    if (first == last && d->lex[first]->word && shape_starts_sentence(d, first)) return false;
    return tag_gate_alone(d, j->scene.hit, first, last, l, 1);
}

/* "Mohr, Rostam": a given name in doubt begins with the family name before it, of which there was less. */
static uint32_t name_begin(const struct judge *j, uint32_t first)
{
    const struct doc *d = j->scene.d;
    const uint32_t i = first - 2;
    if (first < 2 || !doc_is_mark(d, (int64_t)first - 1, ',') ||
        (d->lex[first]->bits && !d->lex[first]->given))
        return first;
    const bool family = d->tok[i].kind == TOK_WORD && d->tok[i].flags & TOK_CAP &&
                        !j->scene.hit[i] && !d->shield[i] &&
                        (d->lex[i]->surname || !d->lex[i]->bits);
    return family && doc_opens_line(d, i) ? i : first;
}

static err judge_piece(struct judge *j, const struct tag_doubt *v, uint32_t first, uint32_t last)
{
    FILLED_LATER uint8_t facts[TAG_FACTS];
    const struct doc *d = j->scene.d;
    const struct tag_doubt *most = tag_facts(&j->scene, v, first, last, facts);
    const struct tag_label *l = &j->m->labels[most->label];
    /* what the run is likeliest to be may be in doubt elsewhere in it */
    if (!tag_gate_possible(d, first, last, l)) return OK;
    const uint32_t word = shape_word_begin(d, first), end = shape_word_end(d, last);
    if (j->tap) return j->tap->see(j->tap->ctx, d->tok[word].start, token_end(&d->tok[end]), facts);
    const int32_t vote = j->m->trees_base + tag_trees_vote(j->m->trees, j->m->n_trees, facts);
    const float odds = exp_plain((float)vote / TAG_VOTE_UNIT), score = odds / (1 + odds);
    const uint32_t begin = l->label == LABEL_NAME ? name_begin(j, word) : word;
    if (score < bar_of(j, l, begin, end)) return OK;
    if (is_number(l) ? !may_be_number(j, l, first, last, score) : !may_be_word(j, l, begin, end))
        return OK;
    struct finding x = doc_finding(d, begin, end, (enum label)l->label, RULE_TAGGER, score);
    x.source = SOURCE_TAGGER;
    x.role = l->role;
    x.part = l->part;
    return findings_add(j->found, x);
}

/* v: the doubts of tokens first … last, which stand side by side. */
static err judge_run(struct judge *j, const struct tag_doubt *v, uint32_t first, uint32_t last)
{
    err e = OK;
    const struct tag_doubt *most = v;
    for (uint32_t k = 0; k <= last - first; k++)
        if (v[k].inside > most->inside) most = &v[k];
    const struct tag_label *l = &j->m->labels[most->label];
    for (uint32_t from = first; from <= last;) {
        uint32_t a = from, b = last, next;
        if (tag_gate_trim(j->scene.d, j->scene.hit, l, &a, &b, &next) &&
            tag_gate_possible(j->scene.d, a, b, l))
            TRY(judge_piece(j, v + (a - first), a, b));
        from = next;
    }
out:
    return e;
}

err tag_judge(const struct tag_model *m, enum recall recall, const struct doc *d,
              const struct tag_doubts *q, const struct tag_tap *tap, struct findings *found)
{
    err e = OK;
    struct tag_text text;
    struct judge j = { .m = m, .tap = tap, .found = found };
    if (!q->n || !(m->n_trees || tap)) return OK;
    TRY(tag_text_prepare(&text, d, found, 0));
    if (!text.hit) { /* nothing is found: no fact is another */
        uint8_t *none = arena_alloc(d->arena, d->n + 1);
        if (!none) return ERR_MEMORY;
        memset(none, 0, d->n + 1);
        text.hit = none;
    }
    j.scene = tag_scene_of(d, text.hit);
    j.recall = recall;
    for (j.bar = bars; d->n_said < j.bar->least;)
        j.bar++;
    for (uint32_t k = 0, next; k < q->n; k = next) {
        const uint32_t first = q->v[k].token;
        next = k + 1;
        if (text.hit[first]) continue;
        while (next < q->n && next - k < TAG_RUN_MAX &&
               q->v[next].token == q->v[next - 1].token + 1 && !text.hit[q->v[next].token] &&
               !(d->tok[q->v[next].token].flags & TOK_LINE) &&
               !shape_opens_column(d, q->v[next].token))
            next++;
        TRY(judge_run(&j, q->v + k, first, q->v[next - 1].token));
    }
out:
    return e;
}
