/* tests/unit/api/library_fixture.h — an engine with a session, and a note for them. */
#pragma once
#include "unit.h"

#include <cordon.h>

static const char library_note[] =
    "Patient John Smith (MRN 00482913) was seen on 03/12/2021 by Dr. Maria Lopez.\n"
    "Call (617) 555-0123. Parkinson's disease; metoprolol 25 mg BID. SMITH, JOHN left.\n";

struct library {
    struct cordon_engine *engine;
    struct cordon_session *session;
};

static inline struct library library_open(enum cordon_style style)
{
    struct library l;
    struct cordon_params p = cordon_default_params();
    p.style = style;
    assert_int_equal(cordon_engine_new(&l.engine, &p, NULL), CORDON_OK);
    assert_int_equal(cordon_session_new(&l.session, l.engine, NULL), CORDON_OK);
    return l;
}
static inline void library_close(struct library *l)
{
    cordon_session_free(l->session);
    cordon_engine_free(l->engine);
}
