#include "detect/engine.h"

#include "base/random.h"
#include "detect/bare_number.h"
#include "detect/detectors.h"
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
#include "text/offsets.h"

/* The folded text, tokens and lists of a document: 16 MB of text take well under this. */
static const size_t SCRATCH_MAX = (size_t)2 << 30;

struct detect {
    uint64_t number; /* random and not 0: tells it from one that stood at the same address before */
    struct detect_params with;
    struct routes routes;
};
struct detect_scratch {
    struct arena arena;
    struct tagger_scratch *tagger;
    struct seen *seen; /* NULL: every text is looked through */
};

err detect_new(struct detect **out, const struct lexicon *l)
{
    return detect_new_with(out, &(struct detect_params){ .lexicon = l });
}

err detect_new_with(struct detect **out, const struct detect_params *p)
{
    struct detect *d = mem_alloc_zero(sizeof *d);
    if (!d) return ERR_MEMORY;
    random_bytes(&d->number, sizeof d->number);
    d->number |= 1;
    d->with = *p;
    err e = routes_init(&d->routes, p->lexicon);
    if (e) {
        mem_free(d);
        return e;
    }
    *out = d;
    return OK;
}

void detect_free(struct detect *d)
{
    if (d) routes_clear(&d->routes);
    mem_free(d);
}

err detect_scratch_new(struct detect_scratch **out)
{
    struct detect_scratch *s = mem_alloc_zero(sizeof *s);
    if (!s) return ERR_MEMORY;
    arena_init(&s->arena, SCRATCH_MAX);
    err e = tagger_scratch_new(&s->tagger);
    if (e) {
        mem_free(s);
        return e;
    }
    *out = s;
    return OK;
}

err detect_scratch_remember(struct detect_scratch *s)
{
    return s->seen ? OK : seen_new(&s->seen);
}

void detect_scratch_free(struct detect_scratch *s)
{
    if (!s) return;
    seen_free(s->seen);
    arena_clear(&s->arena);
    tagger_scratch_free(s->tagger);
    mem_free(s);
}

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

err detect_text(const struct detect *d, struct detect_scratch *s, view text, view field,
                struct findings *out)
{
    return detect_text_known(d, s, text, field, NULL, out);
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
    TRY(tagger_find(model, d->with.recall, &part, s->tagger, &own));
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

/* Fills *out, in bytes of the text. What is seen before is looked up first, or, where somebody is known, when
 * nothing known is in it: then it holds what it would without. */
static err look_through(const struct detect *d, struct detect_scratch *s, view text, view field,
                        const struct known_list *known, struct findings *out)
{
    err e = OK;
    struct doc doc;
    struct offset_map map;
    struct site_spans allowed = { 0 };
    bool any_known = is_any_known(known), is_shipped = !d->with.terms && !d->with.patterns;
    if (is_shipped && !any_known && bare_number(text, field)) return OK;
    if (s->seen && !any_known && seen_find(s->seen, d->number, text, field, out)) return OK;
    TRY(doc_prepare(&doc, &d->routes, text, field, &s->arena, &map));
    doc.date_order = d->with.date_order;
    for (uint32_t i = 0; any_known && i < known->n; i++)
        if (known->v[i]) TRY(known_find(known->v[i], &doc, out));
    bool is_own = out->n == 0;
    if (s->seen && any_known && is_own && seen_find(s->seen, d->number, text, field, out))
        return OK;
    if (d->with.terms) TRY(site_terms_find(d->with.terms, &doc, out, &allowed));
    if (d->with.patterns) TRY(site_patterns_find(d->with.patterns, &doc, out));
    const struct tag_model *model = model_for(d, &doc);
    TRY(rules_run(model->kind->rules, &doc, out));
    const uint32_t by_rules = out->n;
    TRY(tagger_find(model, d->with.recall, &doc, s->tagger, out));
    if (model->kind->rules == RULES_ALL) {
        TRY(look_beside(&doc, by_rules, out));
        TRY(look_at_small(d, s, model, &doc, out));
    }
    if (view_eq(view_of_str(model->kind->language), VIEW("es"))) TRY(spanish_find(&doc, out));
    if (allowed.n) site_terms_drop(&allowed, out);
    merge_findings(out);
    TRY(subject_mark(&doc, out));
    map_back(out, &map);
    if (map.n) merge_findings(out); /* two that only touched can be parts of one character there */
    if (s->seen && is_own) seen_keep(s->seen, d->number, text, field, out);
out:
    return e;
}

err detect_text_known(const struct detect *d, struct detect_scratch *s, view text, view field,
                      const struct known_list *known, struct findings *out)
{
    out->n = 0;
    err e = look_through(d, s, text, field, known, out);
    if (e) out->n = 0;
    arena_reset(&s->arena);
    return e;
}
