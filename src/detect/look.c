/* The way of texts through the engine. Several go together, stage by stage and detector by detector: the code of all
 * detectors is many times what the processor's first cache holds, and a clinical note (3 KB) is through it before it
 * pays to have fetched it. Run over a dozen notes before the next one begins, a detector is fetched, and its branches are
 * learned, once for all of them. Nothing passes from one text to another, so that what is found is the same in any
 * company. */
#include "detect/bare_number.h"
#include "detect/detectors.h"
#include "detect/engine_inside.h"
#include "detect/known.h"
#include "detect/language.h"
#include "detect/merge.h"
#include "detect/name_again.h"
#include "detect/name_chain.h"
#include "detect/name_halves.h"
#include "detect/name_letters.h"
#include "detect/name_series.h"
#include "detect/name_whole.h"
#include "detect/organization_whole.h"
#include "detect/rules_run.h"
#include "detect/seen.h"
#include "detect/site_pattern.h"
#include "detect/site_terms.h"
#include "detect/small_lines.h"
#include "detect/spanish.h"
#include "detect/street_whole.h"
#include "detect/subject.h"
#include "detect/tag_judge.h"

static void map_back(struct findings *f, const struct offset_map *map)
{
    if (!map->n) return;
    for (uint32_t i = 0; i < f->n; i++) {
        struct finding *x = &f->v[i];
        bool has_cue = x->cue_end > x->cue_start;
        x->start = offset_start(map, x->start);
        x->end = offset_end(map, x->end);
        x->cue_start = has_cue ? offset_start(map, x->cue_start) : 0;
        x->cue_end = has_cue ? offset_end(map, x->cue_end) : 0;
    }
}

static const struct tag_model *model_for(const struct detect *d, const struct doc *doc)
{
    if (d->with.model) return d->with.model;
    bool is_spanish = d->with.language == DETECT_SPANISH ||
                      (d->with.language == DETECT_AUTO && language_is_spanish(doc));
    return tag_model_builtin(is_spanish ? VIEW("es") : VIEW("en"));
}

static bool is_any_known(const struct known_list *known)
{
    bool any = false;
    for (uint32_t i = 0; known && i < known->n; i++)
        any |= known->v[i] != NULL;
    return any;
}

/* What looks behind and beside the findings of the rules, of which there are `by_rules`, and the tagger's. */
static err look_beside(const struct doc *doc, uint32_t by_rules, struct findings *out)
{
    err e = OK;
    TRY(street_whole_learned(doc, by_rules, out));
    TRY(organization_tail_learned(doc, by_rules, out));
    TRY(place_named_learned(doc, by_rules, out));
    TRY(organization_whole(doc, 0, out));
    TRY(id_beside_learned(doc, out));
    TRY(name_series(doc, out));
    TRY(name_chains(doc, out));
    TRY(name_again_learned(doc, by_rules, out));
    name_halves(doc, out);
    TRY(name_whole(doc, out));
    name_letters(doc, out);
out:
    return e;
}

/* Persons, places and houses of a part of doc's text, looked through by itself. */
static err look_at_part(const struct detect *d, struct detect_scratch *s,
                        const struct tag_model *model, const struct doc *doc, view text,
                        struct findings *out)
{
    enum { SAID = 40 };
    err e = OK;
    const uint32_t at = (uint32_t)(text.p - doc->text.p);
    struct doc part;
    struct offset_map map;
    struct findings own;
    findings_init(&own, out->max);
    TRY(doc_prepare(&part, &d->routes, text, (view){ 0 }, &s->arena, &map));
    /* "states "me duele el pecho"": in another language than the rest */
    if (!part.is_caseless || map.n || model_for(d, &part) != model) goto out;
    part.n_said = MAX(part.n_said, MIN(doc->n_said, SAID)); /* the rest says that it is a note */
    TRY(rules_run(model->kind->rules, &part, &own));
    const uint32_t by_rules = own.n;
    TRY(tagger_find(model, d->with.recall, &part, s->tagger, &own, NULL));
    TRY(look_beside(&part, by_rules, &own));
    for (uint32_t i = 0; i < own.n; i++) {
        struct finding x = own.v[i];
        if (x.label != LABEL_NAME && x.label != LABEL_LOCATION && x.label != LABEL_ORGANIZATION)
            continue;
        x.start += at;
        x.end += at;
        x.cue_start = x.cue_end = 0;
        TRY(findings_add(out, x));
    }
out:
    findings_clear(&own);
    return e;
}

static err look_at_small(const struct detect *d, struct detect_scratch *s,
                         const struct tag_model *model, const struct doc *doc, struct findings *out)
{
    err e = OK;
    struct small_lines lines = { .d = doc };
    uint32_t first, last;
    if (doc->is_caseless) return OK;
    while (small_lines_next(&lines, &first, &last)) {
        const uint32_t from = doc->tok[first].start, end = token_end(&doc->tok[last]);
        TRY(look_at_part(d, s, model, doc, view_sub(doc->text, from, end), out));
    }
out:
    return e;
}

/* Makes a text ready. False: all is said of it, by its result and its findings. What is seen before is looked up first,
 * or, where somebody is known, when nothing known is in it: then it holds what it would without. */
static bool look_begin(const struct detect *d, struct detect_scratch *s, struct look *x)
{
    err e = OK;
    struct detect_task *t = x->task;
    bool goes_on = false, any_known = is_any_known(t->known);
    bool is_shipped = !d->with.terms && !d->with.patterns;
    if (is_shipped && !any_known && bare_number(t->text, t->field)) goto out;
    if (s->seen && !any_known && seen_find(s->seen, d->number, t->text, t->field, t->out)) goto out;
    TRY(doc_prepare(&x->doc, &d->routes, t->text, t->field, &s->arena, &x->map));
    x->doc.date_order = d->with.date_order;
    for (uint32_t i = 0; any_known && i < t->known->n; i++)
        if (t->known->v[i]) TRY(known_find(t->known->v[i], &x->doc, t->out));
    x->keeps = s->seen && t->out->n == 0;
    if (x->keeps && any_known && seen_find(s->seen, d->number, t->text, t->field, t->out)) goto out;
    x->allowed = (struct site_spans){ 0 };
    if (d->with.terms) TRY(site_terms_find(d->with.terms, &x->doc, t->out, &x->allowed));
    if (d->with.patterns) TRY(site_patterns_find(d->with.patterns, &x->doc, t->out));
    x->model = model_for(d, &x->doc);
    goes_on = true;
out:
    t->result = e;
    return goes_on;
}

static void look_by_rules(struct look *v, uint32_t n)
{
    FILLED_LATER struct rules_task tasks[TUNE_TOGETHER_MAX];
    for (uint32_t i = 0; i < n; i++)
        tasks[i] = (struct rules_task){ v[i].model->kind->rules, &v[i].doc, v[i].task->out, OK };
    rules_run_together(tasks, n);
    for (uint32_t i = 0; i < n; i++) {
        v[i].task->result = tasks[i].result;
        v[i].by_rules = tasks[i].out->n;
    }
}

struct mapped { /* a tap that is told bytes of the text */
    const struct tag_tap *to;
    const struct offset_map *map;
};

static err see_mapped(void *ctx, uint32_t start, uint32_t end, const uint8_t *facts)
{
    const struct mapped *m = ctx;
    return m->to->see(m->to->ctx, m->map->n ? offset_start(m->map, start) : start,
                      m->map->n ? offset_end(m->map, end) : end, facts);
}

static err judge(const struct detect *d, struct detect_scratch *s, struct look *x)
{
    struct mapped to = { s->tap, &x->map };
    const struct tag_tap tap = { see_mapped, &to };
    return tag_judge(x->model, d->with.recall, &x->doc, &x->doubts, s->tap ? &tap : NULL,
                     x->task->out);
}

static err look_by_tagger(const struct detect *d, struct detect_scratch *s, struct look *x)
{
    err e = OK;
    struct findings *out = x->task->out;
    const bool judges = x->model->n_trees || s->tap;
    TRY(tagger_find(x->model, d->with.recall, &x->doc, s->tagger, out, judges ? &x->doubts : NULL));
    if (x->model->kind->rules == RULES_ALL) {
        TRY(look_beside(&x->doc, x->by_rules, out));
        TRY(look_at_small(d, s, x->model, &x->doc, out));
        if (judges) TRY(judge(d, s, x));
    }
    if (view_eq(view_of_str(x->model->kind->language), VIEW("es"))) TRY(spanish_find(&x->doc, out));
out:
    return e;
}

/* What was found, in bytes of the text. */
static err look_end(const struct detect *d, struct detect_scratch *s, struct look *x)
{
    err e = OK;
    const struct detect_task *t = x->task;
    if (x->allowed.n) site_terms_drop(&x->allowed, t->out);
    merge_findings(t->out);
    TRY(subject_mark(&x->doc, t->out));
    map_back(t->out, &x->map);
    if (x->map.n)
        merge_findings(t->out); /* two that only touched can be parts of one character there */
    if (x->keeps) seen_keep(s->seen, d->number, t->text, t->field, t->out);
out:
    return e;
}

void detect_together(const struct detect *d, struct detect_scratch *s, struct detect_task *v,
                     uint32_t n)
{
    struct look *looks = s->looks;
    uint32_t begun = 0;
    BUG_IF(n > TUNE_TOGETHER_MAX);
    for (uint32_t i = 0; i < n; i++) {
        v[i].out->n = 0;
        looks[begun].task = &v[i];
        begun += look_begin(d, s, &looks[begun]);
    }
    look_by_rules(looks, begun);
    for (uint32_t i = 0; i < begun; i++)
        if (!looks[i].task->result) looks[i].task->result = look_by_tagger(d, s, &looks[i]);
    for (uint32_t i = 0; i < begun; i++)
        if (!looks[i].task->result) looks[i].task->result = look_end(d, s, &looks[i]);
    for (uint32_t i = 0; i < n; i++)
        if (v[i].result) v[i].out->n = 0;
    arena_reset(&s->arena);
}
