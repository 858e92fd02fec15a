#include "detect/engine_inside.h"

#include "base/random.h"
#include "detect/seen.h"

/* The folded text, tokens and lists of a document: 16 MB of text take well under this. */
static const size_t SCRATCH_MAX = (size_t)2 << 30;

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

void detect_scratch_tap(struct detect_scratch *s, const struct tag_tap *tap)
{
    s->tap = tap;
}

void detect_scratch_free(struct detect_scratch *s)
{
    if (!s) return;
    seen_free(s->seen);
    arena_clear(&s->arena);
    tagger_scratch_free(s->tagger);
    mem_free(s);
}

err detect_text(const struct detect *d, struct detect_scratch *s, view text, view field,
                struct findings *out)
{
    return detect_text_known(d, s, text, field, NULL, out);
}

err detect_text_known(const struct detect *d, struct detect_scratch *s, view text, view field,
                      const struct known_list *known, struct findings *out)
{
    struct detect_task one = { .text = text, .field = field, .known = known, .out = out };
    detect_together(d, s, &one, 1);
    return one.result;
}
