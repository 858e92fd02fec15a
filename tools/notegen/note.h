/* tools/notegen/note.h — a text under construction, in code points, with what is marked in it.
 * Threads: one owner. */
#pragma once
#include "base/arena.h"
#include "base/buf.h"
#include "detect/label.h"
#include "stats/bootstrap.h"

struct note_mark {
    uint32_t start, end; /* code points */
    enum label label;
};
struct note {
    uint32_t *cp; /* owned */
    uint32_t n, cap;
    struct note_mark *marks; /* owned; ascending, apart from each other */
    uint32_t n_marks, cap_marks;
};
void note_clear(struct note *t);
void note_reset(struct note *t); /* empty, keeps the memory */
/* These stop the program when memory ends: a generator has nothing better to do. */
void note_put(struct note *t, uint32_t cp);
void note_add(struct note *t, view utf8);
void note_mark(struct note *t, uint32_t start, uint32_t end, enum label label);
/* Cuts back to n code points and the marks that end by then. */
void note_cut(struct note *t, uint32_t n);
/* Code points [from, to) as UTF-8, appended. */
void note_utf8(const struct note *t, uint32_t from, uint32_t to, struct buf *out);
/* {"id":…,"text":…,"spans":[…]} and a line end, appended. Marks lose white space at their ends; those
 * that hold neither letter nor digit are left out. */
void note_json(const struct note *t, view id, struct buf *out);

_Noreturn void die(const char *why);

/* Chance. Uniform in [low, high]. */
uint32_t between(struct stat_random *r, uint32_t low, uint32_t high);
bool chance(struct stat_random *r, uint32_t percent);
