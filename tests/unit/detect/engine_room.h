/* tests/unit/detect/engine_room.h — one engine with all its rules, for all tests of one file (*state). */
#pragma once
#include "unit.h"

#include "detect/engine.h"
#include "lexicon/lexicon.h"

struct fixture {
    struct detect *d;
    struct detect_scratch *s;
    struct findings f;
};

static inline int set_up(void **state)
{
    static struct fixture x;
    findings_init(&x.f, DETECT_MAX);
    *state = &x;
    return detect_new(&x.d, lexicon_builtin()) || detect_scratch_new(&x.s);
}

static inline int tear_down(void **state)
{
    struct fixture *x = *state;
    detect_scratch_free(x->s);
    detect_free(x->d);
    findings_clear(&x->f);
    return 0;
}
