/* tools/notegen/noise.h — how texts look by the time somebody reads them: case lost, marks lost, scanned,
 * mistyped, lines run together or broken. What is marked stays marked.   Threads: pure. */
#pragma once
#include "note.h"

#define NOISE_MAP(X)                                                                               \
    X(none, 56)                                                                                    \
    X(lower, 10)   /* no capitals */                                                               \
    X(upper, 7)    /* nothing but capitals */                                                      \
    X(title, 2)    /* Every Word With A Capital */                                                 \
    X(bare, 4)     /* marks become blanks */                                                       \
    X(unmarked, 4) /* full stops, commas and colons are gone */                                    \
    X(ocr, 4)      /* letters and digits taken for others */                                       \
    X(typos, 4)    /* letters swapped, dropped, doubled */                                         \
    X(together, 5) /* line ends lost */                                                            \
    X(joined, 2)   /* some blanks lost */                                                          \
    X(wrapped, 6)  /* lines broken at a width, also inside names */                                \
    X(spaced, 2)   /* blanks doubled */                                                            \
    X(lowbare, 3)  /* neither capitals nor marks */
enum noise {
#define X(name, share) NOISE_##name,
    NOISE_MAP(X)
#undef X
        NOISE_COUNT
};
bool noise_from_name(view name, enum noise *out);
enum noise noise_pick(struct stat_random *r); /* by the shares above */
/* `spare` is overwritten. */
void noise_make(struct note *t, enum noise kind, struct stat_random *r, struct note *spare);
