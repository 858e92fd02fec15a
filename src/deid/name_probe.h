/* deid/name_probe.h — names put through clinical sentences: which are found, and where.
 *
 * A template is a line; `\n` in it is a line break, and these are put in:
 *     {name} Maria Lopez   {given} Maria   {family} Lopez   {comma} Lopez, Maria   {li} Maria L.
 *     {fi} M. Lopez   {NAME} {COMMA} {FAMILY} {GIVEN} in capitals   {lower} maria lopez
 * A name counts as found in a template when every letter of all that was put in is covered by findings,
 * of whatever label. Empty lines and lines that begin with '#' count for nothing.
 *
 * Each name goes through `tries` templates. Which ones follows from its place in its set, so that all
 * sets of one size meet the same templates equally often.
 * Threads: name_probe_run starts workers of its own and joins them.
 */
#pragma once
#include "deid/name_sets.h"
#include "detect/engine.h"
#include "stats/gap.h"

struct probe_piece;
struct probe_template {
    const struct probe_piece *v; /* in the arena */
    uint32_t n;
    view line;
};
struct probe_templates {
    struct arena keep;
    struct probe_template *v;
    uint32_t n;
};
/* `text` is borrowed as long as *out is used. ERR_FORMAT (a slot that does not exist, a line without any;
 * the diag's record is the line), ERR_ENCODING, ERR_MEMORY, ERR_LIMIT. */
MUST_USE err probe_templates_read(struct probe_templates *out, view text, struct diag *d);
void probe_templates_clear(struct probe_templates *t);

struct probe_params {
    uint32_t tries; /* templates a name, at most all */
    unsigned jobs;  /* 0: one a processor */
};
struct probe_result {
    struct gap_item *items; /* one a name, in the order of the sets; stratum 1: outside */
    uint64_t *template_tries, *template_hits; /* one a template */
};
/* ERR_MEMORY, ERR_LIMIT, ERR_SYSTEM. *out wants probe_result_clear in any case. */
MUST_USE err name_probe_run(const struct detect *d, const struct name_sets *s,
                            const struct probe_templates *t, const struct probe_params *p,
                            struct probe_result *out);
void probe_result_clear(struct probe_result *r);
